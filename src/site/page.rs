//! One page of a site: its file, its address, its title, and its place among the others.

use std::sync::{Arc, OnceLock};

use super::address::Address;
use super::blocks::{self, ResolvedBlock};
use super::dates::{self, PageDates};
use super::quotes::{self, PageQuote};
use super::visit::visit;
use crate::content::{self, Gaps, Node};
use crate::data::Data;
use crate::diagnostic::{Code, Diagnostic, Known, Names, Report, Severity};
use crate::input::History;

/// A page with its place in the site.
#[derive(Clone, Debug)]
pub struct SitePage {
    /// The page as written.
    pub page: Arc<content::Page>,
    /// Its file from the content folder: `bands/l3.md`.
    pub file: Arc<str>,
    /// Where it is published.
    pub address: Address,
    /// Its title without markup.
    pub title: String,
    /// Err where it has no title, or one that can't be read.
    pub titled: Known<()>,
    /// When it was published and last changed.
    pub dates: PageDates,
    /// Its blocks, resolved, by the byte at which their fence starts.
    pub blocks: Arc<[(u32, ResolvedBlock)]>,
    /// The figures that show on it, in the order of the page.
    pub quotes: Arc<[PageQuote]>,
    /// The pages above it, from the front page down; indexes of pages.
    pub trail: Vec<usize>,
    /// The pages before and after it in the navigation.
    pub neighbors: [Option<usize>; 2],
    /// What of its text and its blocks could not be read.
    pub gaps: Gaps,
    /// What links may lead to on it; `page_anchors` fills it.
    pub(super) anchors: OnceLock<Names<String>>,
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
    /// A page with its blocks and figures resolved; its trail and its neighbors are for the whole site to say.
    /// `file` is the path from the content folder; `history` is what the repository tells, where the site asks for it.
    pub fn new(
        file: Arc<str>,
        page: Arc<content::Page>,
        data: &Data,
        history: Option<&History>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let (blocks, gaps) = resolve_blocks(&page, data, diagnostics);
        let title = title_of(&page, diagnostics);
        let address = Address::of_page(&file, page.front.slug.as_ref().map(|slug| &*slug.text));
        Self {
            dates: dates::of_page(&file, &page.front, &address, history),
            address,
            titled: title.as_ref().map(|_| ()).map_err(|reported| *reported),
            title: title.unwrap_or_default(),
            quotes: quotes::of_page(&page, &blocks, data).into(),
            blocks: blocks.into(),
            gaps: page.gaps.and(gaps),
            page,
            file,
            trail: Vec::new(),
            neighbors: [None, None],
            anchors: OnceLock::new(),
        }
    }

    /// The same page written anew: what the site says of it stays as it was.
    #[must_use]
    pub fn rewritten(
        &self,
        page: Arc<content::Page>,
        data: &Data,
        history: Option<&History>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let new = Self::new(Arc::clone(&self.file), page, data, history, diagnostics);
        Self { trail: self.trail.clone(), neighbors: self.neighbors, ..new }
    }

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
fn title_of(page: &content::Page, diagnostics: &mut Vec<Diagnostic>) -> Known<String> {
    if let Some(title) = &page.front.title {
        return Ok(title.plain.clone());
    }
    if let Some(heading) = page.headings.iter().find(|heading| heading.level == 1) {
        return Ok(heading.text.clone());
    }
    // In front matter or text that can't be read there may well be a title.
    page.front.whole.and(page.gaps.anchors)?;
    let problem = Diagnostic::new(&NO_TITLE, &page.front.place, "the page has no title")
        .help("write `title = \"…\"` between the `+++` lines, or begin the page with `# Title`");
    Err(diagnostics.report(problem))
}

/// The blocks of a page by their start, and what could not be resolved of them.
fn resolve_blocks(
    page: &content::Page,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<(u32, ResolvedBlock)>, Gaps) {
    let mut resolved = Vec::new();
    let mut gaps = Gaps::NONE;
    visit(&page.body, &mut |node| {
        if let Node::Block(block) = node {
            let (found, own) = blocks::resolve(block, data, diagnostics);
            resolved.extend(found.map(|found| (block.place.span.start, found)));
            gaps = gaps.and(own);
        }
    });
    resolved.sort_by_key(|(start, _)| *start);
    (resolved, gaps)
}
