//! What is read of a site before it is put together: each part with its own problems, so that one can be read again alone.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::config::{self, Config, Dates};
use crate::content::{self, Waiver};
use crate::data::{self, Data, LostFile};
use crate::diagnostic::{Diagnostic, Known, Report, Source, Span};
use crate::document;
use crate::emit::{self, Asset};
use crate::input::{self, Entry, History, NoHistory, Root, Tree};
use crate::render::{Template, embedded};
use crate::site::Address;

/// A part, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Part<T> {
    pub value: T,
    pub problems: Vec<Diagnostic>,
}

/// The settings, and the waivers in their file.
pub(super) type ConfigPart = Part<(Config, Vec<Waiver>)>;
/// The data, and the waivers in their files.
pub(super) type DataPart = Part<(Arc<Data>, Vec<Waiver>)>;
/// A page; Err for one that can't be read.
pub(super) type PagePart = Part<Known<PageFile>>;

/// A page's file, parsed.
#[derive(Clone, Debug)]
pub(super) struct PageFile {
    /// Its path from the content folder.
    pub file: Arc<str>,
    pub page: Arc<content::Page>,
}

/// All parts of a site.
pub(super) struct Parts {
    pub tree: Tree,
    pub config: ConfigPart,
    pub lock: Part<Option<Arc<Source>>>,
    /// What the repository tells of the pages, where the site asks for it.
    pub history: Option<Result<Arc<History>, NoHistory>>,
    /// The pages in the order of the tree.
    pub pages: Vec<PagePart>,
    pub data: DataPart,
    pub templates: Part<Vec<Template>>,
    pub assets: Part<Vec<Asset>>,
    /// Files beside pages, copied as they are: entry and address.
    pub copies: Vec<(Entry, Address)>,
    /// What is wrong with what is in those.
    pub in_copies: Vec<Diagnostic>,
}

impl Parts {
    /// Reads all of them.
    pub(super) fn read(root: &Root) -> Self {
        Self::read_but(root, input::walk(root), |_, _| None)
    }

    /// Reads the files of a tree but for the pages that are kept as they were read before, with the same options.
    pub(super) fn read_but(
        root: &Root,
        tree: Tree,
        kept: impl Fn(&Entry, content::Options) -> Option<PagePart> + Sync,
    ) -> Self {
        let config = config(root, &tree);
        let options = options(&config);
        let pages = || -> Vec<PagePart> {
            let read = |entry| kept(entry, options).unwrap_or_else(|| page(root, entry, options));
            tree.pages.par_iter().map(read).collect()
        };
        let read = || rayon::join(pages, || data(root, &tree));
        let (history, (pages, data)) = rayon::join(|| history(root, &config), read);
        Self {
            config,
            pages,
            data,
            templates: templates(root, &tree),
            assets: assets(root, &tree),
            lock: lock(root, &tree),
            copies: copies(&tree),
            in_copies: in_copies(root, &tree),
            history,
            tree,
        }
    }

    /// How pages are read.
    pub(super) fn options(&self) -> content::Options {
        options(&self.config)
    }

    /// The history of the pages, where it is asked for and can be told.
    pub(super) fn history(&self) -> Option<&History> {
        self.history.as_ref()?.as_deref().ok()
    }

    /// The waivers in settings and data.
    pub(super) fn waivers(&self) -> impl Iterator<Item = &Waiver> {
        self.config.value.1.iter().chain(&self.data.value.1)
    }

    /// What is wrong with the parts as such.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let parts = [&self.config.problems, &self.data.problems, &self.templates.problems];
        let mut problems: Vec<Diagnostic> = self.tree.diagnostics.clone();
        problems.extend(parts.into_iter().flatten().cloned());
        problems.extend([&self.assets.problems, &self.lock.problems, &self.in_copies].into_iter().flatten().cloned());
        problems.extend(self.pages.iter().flat_map(|page| &page.problems).cloned());
        problems
    }
}

/// `content/site.toml`
pub(super) fn config(root: &Root, tree: &Tree) -> ConfigPart {
    let Some(entry) = &tree.config else {
        // Where it is there and can't be used, or where all of `content/` is missing, that has been said.
        let is_missing = input::holds_site(root.path()) && !root.has("content/site.toml");
        return Part { problems: is_missing.then(config::missing).into_iter().collect(), ..Part::default() };
    };
    match input::read_text(root, entry) {
        Ok(source) => {
            let mut problems = Vec::new();
            document::hidden_in_lines(&source, source.text().len(), &mut problems);
            let waivers = content::toml_waivers(&source, Span::new(0, source.text().len()), &mut problems);
            Part { value: (config::parse(&source, &mut problems), waivers), problems }
        }
        Err(problem) => Part { problems: vec![*problem], ..Part::default() },
    }
}

/// What the repository tells of the pages, where the site asks for it.
pub(super) fn history(root: &Root, config: &ConfigPart) -> Option<Result<Arc<History>, NoHistory>> {
    matches!(config.value.0.dates, Dates::Git(_)).then(|| input::history(root).map(Arc::new))
}

/// `content/addresses.lock`
pub(super) fn lock(root: &Root, tree: &Tree) -> Part<Option<Arc<Source>>> {
    let Some(entry) = &tree.lock else { return Part::default() };
    match input::read_text(root, entry) {
        Ok(source) => Part { value: Some(source), problems: Vec::new() },
        Err(problem) => Part { value: None, problems: vec![*problem] },
    }
}

fn options(config: &ConfigPart) -> content::Options {
    content::Options { allow_html: config.value.0.allow_html }
}

/// One page, read and parsed while its bytes are at hand.
pub(super) fn page(root: &Root, entry: &Entry, options: content::Options) -> PagePart {
    match input::read_text(root, entry) {
        Ok(source) => {
            let mut problems = Vec::new();
            let page = Arc::new(content::parse(&source, options, &mut problems));
            let front = page.front.place.span.range();
            document::hidden_in_lines(&source, front.end, &mut problems);
            let file = Arc::from(entry.path.strip_prefix("content/").unwrap_or(&entry.path));
            Part { value: Ok(PageFile { file, page }), problems }
        }
        Err(problem) => {
            let mut problems = Vec::new();
            Part { value: Err(problems.report(*problem)), problems }
        }
    }
}

/// The data sets.
pub(super) fn data(root: &Root, tree: &Tree) -> DataPart {
    let mut sources: Vec<Arc<Source>> = Vec::with_capacity(tree.data.len());
    let mut problems = Vec::new();
    let lost = tree.lost_data.iter().map(|(path, reported)| LostFile { path: Arc::clone(path), reported: *reported });
    let mut lost: Vec<LostFile> = lost.collect();
    for entry in &tree.data {
        match input::read_text(root, entry) {
            Ok(source) => sources.push(source),
            Err(problem) => {
                lost.push(LostFile { path: Arc::clone(&entry.path), reported: problems.report(*problem) });
            }
        }
    }
    let data = data::read(&sources, &lost, &mut problems);
    let mut waivers = Vec::new();
    for source in &sources {
        let is_csv = source.path().ends_with(".csv");
        // TOML's own parser reports the controls of ASCII.
        document::hidden_in_lines(source, if is_csv { 0 } else { source.text().len() }, &mut problems);
        if is_csv {
            continue;
        }
        waivers.extend(content::toml_waivers(source, Span::new(0, source.text().len()), &mut problems));
    }
    Part { value: (Arc::new(data), waivers), problems }
}

/// The generator's own templates.
pub(super) fn default_templates() -> Vec<Template> {
    let template = |(path, text): &(&str, &str)| Template {
        path: Arc::from(*path),
        source: Ok(Source::new(format!("templates/{path}"), *text)),
    };
    embedded::TEMPLATES.iter().map(template).collect()
}

/// The default templates, and behind them the site's own, which replace those of the same path.
pub(super) fn templates(root: &Root, tree: &Tree) -> Part<Vec<Template>> {
    let mut part = Part { value: default_templates(), problems: Vec::new() };
    for entry in &tree.templates {
        let path = entry.path.strip_prefix("templates/").unwrap_or(&entry.path);
        let source = match input::read_text(root, entry) {
            Ok(source) => Ok(source),
            Err(problem) => Err(part.problems.report(*problem)),
        };
        part.value.push(Template { path: Arc::from(path), source });
    }
    part
}

/// Static files: the generator's, and the site's own, which replace those of the same path.
pub(super) fn assets(root: &Root, tree: &Tree) -> Part<Vec<Asset>> {
    let mut files: Vec<(Arc<str>, Cow<'static, [u8]>)> =
        embedded::STATICS.iter().map(|(path, bytes)| (Arc::from(*path), Cow::Borrowed(*bytes))).collect();
    let mut problems = Vec::new();
    for entry in &tree.statics {
        match input::read_bytes(root, entry) {
            Ok(bytes) => {
                problems.extend(check::active(&entry.path, &bytes));
                let path = entry.path.strip_prefix("static/").unwrap_or(&entry.path);
                files.push((Arc::from(path), Cow::Owned(bytes)));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    Part { value: emit::assets(files), problems }
}

/// Files beside pages, with their addresses.
pub(super) fn copies(tree: &Tree) -> Vec<(Entry, Address)> {
    let address = |entry: &Entry| Address::new(entry.path.strip_prefix("content").unwrap_or(&entry.path));
    tree.files.iter().map(|entry| (entry.clone(), address(entry))).collect()
}

/// What is wrong with files beside pages that a browser may run. One that can't be read is reported when it is published.
fn in_copies(root: &Root, tree: &Tree) -> Vec<Diagnostic> {
    let entries = tree.files.iter().filter(|entry| check::may_be_active(&entry.path));
    entries.filter_map(|entry| check::active(&entry.path, &input::read_bytes(root, entry).ok()?)).collect()
}
