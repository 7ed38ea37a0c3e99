//! One page of a site: its file, its address, its title, and its place among the others.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::address::Address;
use super::blocks::ResolvedBlock;
use crate::content::{self, Node};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// A page with its place in the site.
#[derive(Clone, Debug)]
pub struct SitePage {
    /// The page as written.
    pub page: content::Page,
    /// Its file from the content folder: `bands/l3.md`.
    pub file: Arc<str>,
    /// Where it is published.
    pub address: Address,
    /// Its title without markup.
    pub title: String,
    /// Its blocks, resolved, by the byte at which their fence starts.
    pub blocks: Vec<(u32, ResolvedBlock)>,
    /// The pages above it, from the front page down; indexes of pages.
    pub trail: Vec<usize>,
    /// The pages before and after it in the navigation.
    pub neighbors: [Option<usize>; 2],
    /// What links may lead to on it; `page_anchors` fills it.
    pub(super) anchors: OnceLock<HashSet<String>>,
}

pub(super) static CODES: &[&Code] = &[&NO_TITLE];

static NO_TITLE: Code = Code {
    name: "page-title",
    severity: Severity::Error,
    rule: false,
    what: "A page has no title.",
    why: "Navigation, the browser's tab and search results have nothing to call it.",
    example: "+++\nweight = 2\n+++\n\nText without a heading.",
    mend: "Write `title = \"…\"` between the `+++` lines, or begin the page with a heading: `# Title`.",
};

impl SitePage {
    /// The nodes of its title: the front matter's, or those of its first level-1 heading.
    pub fn title_nodes(&self) -> &[Node] {
        if let Some(title) = &self.page.front.title {
            return &title.nodes;
        }
        self.first_heading().unwrap_or(&[])
    }

    /// Whether the body opens with a level-1 heading of its own.
    pub fn has_heading(&self) -> bool {
        self.page.headings.iter().any(|heading| heading.level == 1)
    }

    /// The resolved block whose fence starts at a byte.
    pub fn block_at(&self, start: u32) -> Option<&ResolvedBlock> {
        self.blocks.binary_search_by_key(&start, |(at, _)| *at).ok().map(|at| &self.blocks[at].1)
    }

    /// The folder that this page stands for: `bands/` of `bands.md` and of `bands/index.md`; empty for the front page.
    pub fn folder(&self) -> String {
        let stem = self.file.strip_suffix(".md").unwrap_or(&self.file);
        match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ => format!("{stem}/"),
        }
    }

    fn first_heading(&self) -> Option<&[Node]> {
        self.page.body.iter().find_map(|node| match node {
            Node::Heading(at, children) if self.page.headings.get(*at).is_some_and(|heading| heading.level == 1) => {
                Some(children.as_slice())
            }
            _ => None,
        })
    }
}

/// A page's title without markup: the front matter's, else the first level-1 heading's, else a problem.
pub(super) fn title_of(page: &content::Page, diagnostics: &mut Vec<Diagnostic>) -> String {
    if let Some(title) = &page.front.title {
        return title.plain.clone();
    }
    if let Some(heading) = page.headings.iter().find(|heading| heading.level == 1) {
        return heading.text.clone();
    }
    // In front matter that can't be read there may well be a title.
    let file = page.source.path();
    if diagnostics.iter().any(|problem| problem.place.as_ref().is_some_and(|place| place.source.path() == file)) {
        return String::new();
    }
    diagnostics.push(
        Diagnostic::new(&NO_TITLE, &page.front.place, "the page has no title")
            .help("write `title = \"…\"` between the `+++` lines, or begin the page with `# Title`"),
    );
    String::new()
}
