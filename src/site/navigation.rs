//! The navigation: sections as the site lists them, or all pages; and from it, who comes before and after whom.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::page::SitePage;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Names, Report, Reported, Severity};
use crate::document::Text;

/// What the sidebar shows.
#[derive(Clone, Debug, Default)]
pub struct Navigation {
    /// The sections in order.
    pub sections: Vec<NavigationSection>,
    /// Every page that it reaches, in reading order.
    pub order: Vec<usize>,
    /// Set where an entry of it is unknown: it may be that of a page which the navigation seems to lack.
    pub reported: Option<Reported>,
}

/// Pages that a site has files of, and doesn't hold.
pub(super) struct Absent<'a> {
    pub drafts: &'a HashSet<Arc<str>>,
    pub unread: &'a HashMap<Arc<str>, Reported>,
}

/// A titled part of the navigation.
#[derive(Clone, Debug)]
pub struct NavigationSection {
    /// Its title; nothing where the site lists no sections.
    pub title: Option<Text>,
    /// Its pages.
    pub entries: Vec<NavigationEntry>,
}

/// A page with those below it.
#[derive(Clone, Debug)]
pub struct NavigationEntry {
    /// The page.
    pub page: usize,
    /// The pages of its folder, by weight, then path.
    pub children: Vec<NavigationEntry>,
}

pub(super) static CODES: &[&Code] = &[&UNKNOWN_PAGE, &REPEATED];

static UNKNOWN_PAGE: Code = Code {
    name: "nav-page",
    severity: Severity::Error,
    rule: false,
    what: "The navigation lists a page or folder that does not exist.",
    why: "Readers would miss a page that the site's owner believes to be there.",
    example: "pages = [\"band.md\"]",
    mend: "Write the page's file from the content folder, such as \"bands.md\", or a folder, such as \"bands\".",
};
static REPEATED: Code = Code {
    name: "nav-repeated",
    severity: Severity::Error,
    rule: false,
    what: "The navigation lists a page twice.",
    why: "A page has one place, so that `previous` and `next` lead one way.",
    example: "pages = [\"bands.md\", \"bands.md\"]",
    mend: "Remove one of the two.",
};

/// Builds the navigation, and gives each page its trail and its neighbors.
pub(super) fn navigation(
    config: &Config,
    pages: &mut [SitePage],
    absent: &Absent<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Navigation {
    let tree = Tree::new(pages);
    let mut navigation = Navigation::default();
    let mut listed = HashSet::new();
    if config.navigation.is_empty() {
        let entries = tree.entries("", pages, true);
        navigation.sections.push(NavigationSection { title: None, entries });
    }
    for group in &config.navigation {
        let mut entries: Vec<NavigationEntry> = Vec::new();
        for text in &group.pages {
            let file = text.text.trim_end_matches('/');
            if let Some(page) = tree.files.get(file).copied() {
                if !listed.insert(page) {
                    let problem = Diagnostic::new(&REPEATED, &text.place, format!("`{file}` is listed twice"));
                    diagnostics.push(problem.help("remove one of the two"));
                    continue;
                }
                entries.push(NavigationEntry { page, children: Vec::new() });
            } else if tree.folders.contains_key(&format!("{file}/")) {
                // A folder right behind its own page stands below it, else its pages stand in the list themselves.
                let folder = format!("{file}/");
                let children = tree.entries(&folder, pages, false);
                match entries.last_mut() {
                    Some(last) if pages[last.page].folder() == folder => last.children = children,
                    _ => entries.extend(children),
                }
            } else if absent.unread.contains_key(file) {
                // Its own file's problem says so.
            } else if absent.drafts.contains(file) {
                let problem = Diagnostic::new(&UNKNOWN_PAGE, &text.place, format!("the page `{file}` is a draft"));
                diagnostics.push(problem.help("publish the page, or take it out of the list until then"));
            } else {
                navigation.reported = Some(diagnostics.report(unknown(text, &tree)));
            }
        }
        navigation.sections.push(NavigationSection { title: Some(group.title.clone()), entries });
    }
    for section in &navigation.sections {
        collect(&section.entries, &mut navigation.order);
    }
    for (at, page) in navigation.order.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| navigation.order.get(at)).copied();
        pages[*page].neighbors = [before, navigation.order.get(at + 1).copied()];
    }
    trails(pages);
    navigation
}

fn unknown(text: &Text, tree: &Tree) -> Diagnostic {
    let problem = Diagnostic::new(&UNKNOWN_PAGE, &text.place, format!("there is no page or folder `{}`", text.text));
    let typed = text.text.trim_matches('/');
    let typed = typed.strip_prefix("content/").unwrap_or(typed);
    let file = format!("{typed}.md");
    let exact = [&*file, typed].into_iter().find(|name| tree.files.contains_key(*name));
    let near = exact.or_else(|| tree.folder_names().nearest(typed));
    match near.or_else(|| tree.file_names().nearest(&text.text)) {
        Some(name) => problem.help(format!("did you mean \"{name}\"?")),
        None => problem.help("write a page's file from the content folder, such as \"index.md\", or a folder's name"),
    }
}

fn collect(entries: &[NavigationEntry], order: &mut Vec<usize>) {
    for entry in entries {
        order.push(entry.page);
        collect(&entry.children, order);
    }
}

/// The pages above each page, found by their addresses.
fn trails(pages: &mut [SitePage]) {
    let by_address: HashMap<_, _> = pages.iter().enumerate().map(|(at, page)| (page.address.clone(), at)).collect();
    for page in pages {
        let mut trail = Vec::new();
        let mut above = page.address.parent();
        while let Some(address) = above {
            trail.extend(by_address.get(&address));
            above = address.parent();
        }
        trail.reverse();
        page.trail = trail;
    }
}

/// Pages by their folders.
struct Tree {
    files: HashMap<Arc<str>, usize>,
    /// Pages that lie in a folder, without those that stand for a folder; keys end with a slash, the root's is empty.
    folders: HashMap<String, Vec<usize>>,
    file_names: OnceCell<Names<Arc<str>>>,
    folder_names: OnceCell<Names<String>>,
}

impl Tree {
    fn new(pages: &[SitePage]) -> Self {
        let mut files = HashMap::new();
        let mut folders: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, page) in pages.iter().enumerate() {
            files.insert(Arc::clone(&page.file), at);
            let own = page.folder();
            let inner = own.trim_end_matches('/');
            let folder = inner.rfind('/').map_or(String::new(), |cut| inner[..=cut].to_owned());
            if !own.is_empty() && &*page.file != "404.md" {
                folders.entry(folder).or_default().push(at);
            }
        }
        // Folders without a page of their own still lead to what lies in them: their pages stand in every folder above, up to one
        // that has a page.
        let owned: HashSet<String> = pages.iter().map(SitePage::folder).collect();
        let above = |folder: &str| {
            let inner = folder.trim_end_matches('/');
            inner.rfind('/').map_or(String::new(), |cut| inner[..=cut].to_owned())
        };
        for (name, lost) in folders.clone() {
            let mut folder = name;
            while !folder.is_empty() && !owned.contains(&folder) {
                folder = above(&folder);
                folders.entry(folder.clone()).or_default().extend(&lost);
            }
        }
        for list in folders.values_mut() {
            list.sort_by_key(|at| (pages[*at].page.front.weight.unwrap_or(i64::MAX), Arc::clone(&pages[*at].file)));
        }
        Self { files, folders, file_names: OnceCell::new(), folder_names: OnceCell::new() }
    }

    /// The files of all pages.
    fn file_names(&self) -> &Names<Arc<str>> {
        self.file_names.get_or_init(|| self.files.keys().cloned().collect())
    }

    /// The folders beside the front page.
    fn folder_names(&self) -> &Names<String> {
        let folder = |file: &Arc<str>| file.split_once('/').map(|(folder, _)| folder.to_owned());
        self.folder_names.get_or_init(|| self.files.keys().filter_map(folder).collect())
    }

    fn entries(&self, folder: &str, pages: &[SitePage], root: bool) -> Vec<NavigationEntry> {
        let front = root.then(|| self.files.get("index.md")).flatten();
        let inside = self.folders.get(folder).map_or(&[][..], Vec::as_slice);
        front
            .into_iter()
            .chain(inside)
            .map(|page| {
                let own = pages[*page].folder();
                let children = if own.is_empty() { Vec::new() } else { self.entries(&own, pages, false) };
                NavigationEntry { page: *page, children }
            })
            .collect()
    }
}
