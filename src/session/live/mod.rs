//! A site that is kept up to date while its files change: what an edit doesn't touch is neither read nor checked again.
//!
//! A [`Shelf`] makes each file when it is asked for, so an edit costs what has to be read and checked (and, to see whether a template
//! fails on them, its pages made once):
//! the words of a page cost that page; its headings also the pages that link to it; a value the pages that show it. Whatever may
//! change addresses, navigation or the words of the site itself is read and checked as a whole.

mod changes;
mod effect;
mod shelf;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::load::{Assembled, assemble, waivers};
use super::parts::{DataPart, PagePart, Parts};
use super::past::Past;
use super::{base_url, codes, publish};
use crate::check;
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Failure};
use crate::emit;
use crate::input::{self, Entry, Root, Tree};
use crate::render::{Engine, Shared};
use crate::site::Site;

pub use changes::Changes;
pub use shelf::{FileBytes, Shelf};

/// Which site is kept up to date.
#[derive(Clone, Debug, Default)]
pub struct LiveOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Shows drafts too.
    pub drafts: bool,
}

/// A site as it is on the disk, and the last that had no error.
pub struct Live {
    options: LiveOptions,
    root: Root,
    parts: Parts,
    site: Arc<Site>,
    engine: Result<Arc<Engine>, Vec<Diagnostic>>,
    shared: Arc<Shared>,
    copies: Arc<Vec<Arc<Vec<u8>>>>,
    assets: Arc<Vec<emit::Asset>>,
    found: Found,
    linkers: Option<Linkers>,
    judged: Vec<Diagnostic>,
    /// What the figures were in the last commits.
    past: Past,
    shelf: Option<Arc<Shelf>>,
    /// The last site of which every file was made.
    proven: Option<Arc<Shelf>>,
    /// Outputs that are still to be made once, to see whether that fails.
    unproven: Vec<usize>,
}

/// What an edit has changed. Pages stand with their index in the tree.
enum Effect {
    /// Nothing.
    Nothing,
    /// Pages.
    Pages(Vec<(usize, PagePart)>),
    /// Values of data, and maybe pages: the sets, their kinds and the ids of their figures are the same.
    Data(Box<DataPart>, Vec<(usize, PagePart)>),
    /// Something on which anything may depend.
    Anything,
}

/// Pages that link to a heading of a page, or have done so, by that page.
type Linkers = Vec<Vec<u32>>;

/// What was found wrong, apart from the parts as such: each list is found anew by itself.
#[derive(Debug, Default)]
struct Found {
    /// With the blocks and the title of each page.
    pages: Vec<Vec<Diagnostic>>,
    /// By the rules that look at one page.
    rules: Vec<Vec<Diagnostic>>,
    /// In the free texts of data.
    texts: Vec<Diagnostic>,
    /// With navigation and addresses.
    site: Vec<Diagnostic>,
    /// By the rules that look at the whole site.
    whole: Vec<Diagnostic>,
    /// With files beside pages.
    copies: Vec<Diagnostic>,
    /// What failed while an output was made, by the output's index.
    made: HashMap<usize, Diagnostic>,
}

impl Live {
    /// Reads and checks a site.
    ///
    /// # Errors
    /// When the system refuses to read.
    pub fn open(options: LiveOptions) -> Result<Self, Failure> {
        let root = Root::open(&options.root)?;
        let parts = Parts::read(&root);
        Ok(Self::from(options, root, parts, Past::default()))
    }

    fn from(options: LiveOptions, root: Root, parts: Parts, past: Past) -> Self {
        let Assembled { site, pages, texts, problems } = assemble(&parts, url(&options), options.drafts);
        let rules = (0..site.pages.len()).into_par_iter().map(|page| check::run_page(&site, page)).collect();
        let (copies, copy_problems) = read_copies(&root, &parts);
        let assets = Arc::new(parts.assets.value.clone());
        let engine = engine(&parts, &site);
        let whole = check::run_whole(&site);
        let unproven = (0..site.outputs.len()).rev().collect();
        let found = Found { pages, rules, texts, site: problems, whole, copies: copy_problems, made: HashMap::new() };
        let mut live = Self {
            shared: Arc::new(Shared::new(&site)),
            site: Arc::new(site),
            copies: Arc::new(copies),
            options,
            root,
            parts,
            engine,
            assets,
            found,
            linkers: None,
            judged: Vec::new(),
            past,
            shelf: None,
            proven: None,
            unproven,
        };
        live.conclude();
        live
    }

    /// The last site without errors; nothing while there has been none.
    pub fn shelf(&self) -> Option<&Arc<Shelf>> {
        self.shelf.as_ref()
    }

    /// What is wrong with the site as it is on the disk: what `build` would say.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.judged
    }

    /// The folder on its host that the site is published in, with its slashes: `/`, `/repo/`.
    pub fn base(&self) -> &str {
        self.site.base.path()
    }

    /// How many pages and figures the site has.
    pub fn counts(&self) -> (usize, usize) {
        (self.site.pages.len(), self.site.data.figures.iter().len())
    }

    /// Reads again what has changed. Says whether anything had.
    ///
    /// # Errors
    /// When the system refuses to read; what was read before then stays as it was, and everything must be read the next time.
    pub fn update(&mut self, changes: &Changes) -> Result<bool, Failure> {
        let changes = &self.relevant(changes);
        if changes.is_empty() {
            return Ok(false);
        }
        let is_known = |path: &str| self.entry(path).is_some_and(|entry| self.root.is_file(&entry.path));
        if !changes.only().is_some_and(|mut paths| paths.all(is_known)) {
            return self.update_tree(changes);
        }
        self.apply(changes)
    }

    /// Changes without what no site holds, and without what came and went: the files that editors write beside the one they save.
    /// Where there are links, a file may have changed under other names too.
    fn relevant(&self, changes: &Changes) -> Changes {
        let Some(paths) = changes.only() else { return Changes::everything() };
        let is_refused = |path: &str| {
            let places = self.parts.tree.diagnostics.iter().filter_map(|problem| problem.place.as_ref());
            let below =
                |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            places.into_iter().any(|place| below(place.source.path()))
        };
        let is_listed = |path: &str| {
            let tree = &self.parts.tree;
            let inside = format!("{path}/");
            let lists = [&tree.pages, &tree.data, &tree.templates, &tree.statics, &tree.files];
            let holds = |list: &[Entry]| {
                let start = list.partition_point(|entry| *entry.path < *inside);
                list.get(start).is_some_and(|entry| entry.path.starts_with(&inside))
            };
            self.entry(path).is_some() || lists.into_iter().any(|list| holds(list)) || is_refused(path)
        };
        let relevant: Changes =
            paths.filter(|path| !input::is_ignored(path) && (is_listed(path) || self.root.has(path))).collect();
        match self.parts.tree.has_links && !relevant.is_empty() {
            true => Changes::everything(),
            false => relevant,
        }
    }

    /// Files have come or gone, or nobody knows: the tree is walked, and what stayed as it was is kept.
    fn update_tree(&mut self, changes: &Changes) -> Result<bool, Failure> {
        let root = Root::open(&self.options.root)?;
        let tree = input::walk(&root);
        let is_same = same_names(&tree, &self.parts.tree);
        self.root = root;
        if is_same {
            self.parts.tree = tree;
            return self.apply(changes);
        }
        self.start_again(tree, changes)?;
        Ok(true)
    }

    /// Reads a site anew, but for the pages that stayed as they were; the last good one stays on show until this one is.
    fn start_again(&mut self, tree: Tree, changes: &Changes) -> Result<(), Failure> {
        let root = Root::open(&self.options.root)?;
        let old = &self.parts;
        let parts = Parts::read_but(&root, tree, |entry, options| {
            let at = old.tree.pages.binary_search_by(|page| page.path.cmp(&entry.path)).ok()?;
            let page = &old.pages[at];
            let is_kept = page.value.is_ok() && options == old.options() && !changes.touches(&entry.path);
            is_kept.then(|| page.clone())
        });
        let new = Self::from(self.options.clone(), root, parts, std::mem::take(&mut self.past));
        let (shelf, proven) = (self.shelf.take(), self.proven.take());
        *self = new;
        self.shelf = self.shelf.take().or(shelf);
        self.proven = proven;
        Ok(())
    }

    /// The file of a path, where the tree had one.
    fn entry(&self, path: &str) -> Option<&Entry> {
        let tree = &self.parts.tree;
        let lists = [&tree.pages, &tree.data, &tree.templates, &tree.statics, &tree.files];
        let listed = lists
            .into_iter()
            .find_map(|list| list.binary_search_by(|entry| entry.path.as_ref().cmp(path)).ok().map(|at| &list[at]));
        listed.or_else(|| tree.config.iter().chain(&tree.lock).find(|entry| &*entry.path == path))
    }

    /// Reads what may have changed, takes it over, and checks what it may have touched. Says whether anything had changed.
    fn apply(&mut self, changes: &Changes) -> Result<bool, Failure> {
        match self.effect(changes) {
            Effect::Nothing => return Ok(false),
            Effect::Pages(pages) => self.rewrite(pages),
            Effect::Data(data, pages) => self.exchange_data(*data, pages),
            Effect::Anything => self.start_again(self.parts.tree.clone(), changes)?,
        }
        Ok(true)
    }

    /// All problems as `build` would report them; and where none is an error, the site that is shown from now on.
    fn conclude(&mut self) {
        let mut problems = self.parts.problems();
        let found = &self.found;
        problems.extend(found.pages.iter().chain(&found.rules).flatten().cloned());
        problems.extend([&found.texts, &found.site, &found.whole].into_iter().flatten().cloned());
        match &self.engine {
            Ok(engine) => problems.extend(engine.missing_templates(&self.site)),
            Err(broken) => problems.extend(broken.iter().cloned()),
        }
        let waivers = waivers(&self.site, self.parts.waivers());
        let judge = |problems| check::judge(problems, &self.site.config, &waivers, &codes(), None);
        let mut judged = judge(problems.clone());
        // As in a build, templates are tried on a site that has no other error.
        if !publish::failed(&judged) {
            if let (Ok(engine), true, true) = (&self.engine, found.made.is_empty(), found.copies.is_empty()) {
                self.shelf = Some(Arc::new(Shelf {
                    site: Arc::clone(&self.site),
                    engine: Arc::clone(engine),
                    shared: Arc::clone(&self.shared),
                    assets: Arc::clone(&self.assets),
                    copies: Arc::clone(&self.copies),
                    made: Arc::default(),
                }));
            }
            if !found.made.is_empty() || !found.copies.is_empty() {
                problems.extend(found.made.values().cloned());
                problems.extend(found.copies.iter().cloned());
                judged = judge(problems);
            }
        }
        drop(waivers);
        self.past.explain(&mut judged, &self.site, &self.root);
        self.judged = judged;
    }

    /// Makes some of the files that may have changed, the last ones first, to see whether a template fails on them. Says whether
    /// any are left. What fails is among the problems afterwards, and the last site that did not fail is back on show.
    pub fn prove(&mut self, most: usize) -> bool {
        let Some(shelf) = self.shelf.clone().filter(|shelf| Arc::ptr_eq(&shelf.site, &self.site)) else { return false };
        let rest = self.unproven.len().saturating_sub(most);
        let batch = self.unproven.split_off(rest);
        let fails = |at: usize| match shelf.output(at) {
            Err(problem) => Some((at, problem)),
            Ok(FileBytes::Held(bytes)) if self.site.outputs[at].kind.is_page() => {
                shelf.keep(at, bytes);
                None
            }
            Ok(_) => None,
        };
        let failed: Vec<(usize, Diagnostic)> = batch.into_par_iter().filter_map(fails).collect();
        if !failed.is_empty() {
            self.found.made.extend(failed);
            self.shelf = self.proven.clone().or(self.shelf.take());
            self.conclude();
        } else if self.unproven.is_empty() && self.found.made.is_empty() {
            self.proven = Some(shelf);
        }
        !self.unproven.is_empty()
    }
}

fn url(options: &LiveOptions) -> Option<BaseUrl> {
    base_url(options.base_url.as_deref())
}

/// The templates, made ready for the site.
fn engine(parts: &Parts, site: &Site) -> Result<Arc<Engine>, Vec<Diagnostic>> {
    let engine = Engine::load(&parts.templates.value)?;
    Ok(Arc::new(engine.for_site(site, &emit::for_templates(&parts.assets.value))))
}

fn read_copies(root: &Root, parts: &Parts) -> (Vec<Arc<Vec<u8>>>, Vec<Diagnostic>) {
    let mut copies = Vec::with_capacity(parts.copies.len());
    let mut problems = Vec::new();
    for (entry, _) in &parts.copies {
        match input::read_bytes(root, entry) {
            Ok(bytes) => copies.push(Arc::new(bytes)),
            Err(problem) => {
                copies.push(Arc::default());
                problems.push(*problem);
            }
        }
    }
    (copies, problems)
}

/// Whether two trees hold the same files, whatever is in them.
fn same_names(one: &Tree, other: &Tree) -> bool {
    let same =
        |one: &[Entry], other: &[Entry]| one.iter().map(|entry| &entry.path).eq(other.iter().map(|entry| &entry.path));
    let lists = |tree: &Tree| [&tree.pages, &tree.data, &tree.templates, &tree.statics, &tree.files].map(Clone::clone);
    let single = |one: &Option<Entry>, other: &Option<Entry>| one.is_some() == other.is_some();
    let messages = |tree: &Tree| tree.diagnostics.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
    lists(one).iter().zip(&lists(other)).all(|(one, other)| same(one, other))
        && single(&one.config, &other.config)
        && single(&one.lock, &other.lock)
        && messages(one) == messages(other)
}
