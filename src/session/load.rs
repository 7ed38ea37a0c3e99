//! From the disk to a site: read, parse, assemble, check.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::config::{self, BaseUrl, Config};
use crate::content::{self, Waiver};
use crate::data::{self, Data};
use crate::diagnostic::{Diagnostic, Failure, Source, Span};
use crate::emit::{self, Asset};
use crate::input::{self, Entry, Root, Tree};
use crate::render::{Template, embedded};
use crate::site::{self, Address, Ingredients, Site, StaticFile};

/// A site with all that publishing it needs.
pub(super) struct Loaded {
    pub root: Root,
    pub site: Site,
    pub templates: Vec<Template>,
    pub assets: Vec<Asset>,
    /// Files beside pages, copied as they are: entry and address.
    pub copies: Vec<(Entry, Address)>,
    /// Waivers in data files.
    pub waivers: Vec<Waiver>,
    /// Every problem so far, unjudged.
    pub problems: Vec<Diagnostic>,
}

/// Reads everything, and holds the rules against it.
pub(super) fn load(root: &Path, base_url: Option<BaseUrl>, drafts: bool) -> Result<Loaded, Failure> {
    load_from(Root::open(root)?, base_url, drafts)
}

/// The same from a root that is open, and in which texts may stand that are not saved.
pub(super) fn load_from(root: Root, base_url: Option<BaseUrl>, drafts: bool) -> Result<Loaded, Failure> {
    let mut tree = input::walk(&root)?;
    let mut problems = std::mem::take(&mut tree.diagnostics);
    let config = read_config(&root, &tree, &mut problems)?;
    let options = content::Options { allow_html: config.allow_html };
    let (pages, data) = rayon::join(|| read_pages(&root, &tree.pages, options), || read_data(&root, &tree.data));
    let (pages, page_problems) = pages?;
    let (data, waivers, data_problems) = data?;
    problems.extend(page_problems);
    problems.extend(data_problems);
    let templates = read_templates(&root, &tree, &mut problems)?;
    let assets = emit::assets(read_statics(&root, &tree, &mut problems)?);
    let copies: Vec<(Entry, Address)> = tree
        .files
        .iter()
        .map(|entry| (entry.clone(), Address::new(entry.path.strip_prefix("content").unwrap_or(&entry.path))))
        .collect();
    let mut files: Vec<StaticFile> = copies
        .iter()
        .map(|(entry, address)| StaticFile { address: address.clone(), path: Arc::clone(&entry.path) })
        .collect();
    files.extend(emit::claims(&assets));
    let lock = read_lock(&root, &tree, &mut problems)?;
    let ingredients = Ingredients { config, base_url, data, pages, files, lock, drafts };
    let site = site::assemble(ingredients, &mut problems);
    problems.extend(check::run(&site));
    Ok(Loaded { root, site, templates, assets, copies, waivers, problems })
}

impl Loaded {
    /// Every waiver of the site's pages and data.
    pub(super) fn waivers(&self) -> Vec<&Waiver> {
        self.site.pages.iter().flat_map(|page| &page.page.waivers).chain(&self.waivers).collect()
    }
}

fn read_config(root: &Root, tree: &Tree, problems: &mut Vec<Diagnostic>) -> Result<Config, Failure> {
    let Some(entry) = &tree.config else { return Ok(Config::default()) };
    Ok(match input::read_text(root, entry)? {
        Ok(source) => config::parse(&source, problems),
        Err(problem) => {
            problems.push(*problem);
            Config::default()
        }
    })
}

fn read_lock(root: &Root, tree: &Tree, problems: &mut Vec<Diagnostic>) -> Result<Option<Arc<Source>>, Failure> {
    let Some(entry) = &tree.lock else { return Ok(None) };
    Ok(input::read_text(root, entry)?.map_err(|problem| problems.push(*problem)).ok())
}

type Pages = Vec<(Arc<str>, content::Page)>;

/// Reads and parses each page in one task, while its bytes are at hand. The order is that of the tree.
fn read_pages(root: &Root, entries: &[Entry], options: content::Options) -> Result<(Pages, Vec<Diagnostic>), Failure> {
    type Read = (Option<(Arc<str>, content::Page)>, Vec<Diagnostic>);
    let read: Vec<Read> = entries
        .par_iter()
        .map(|entry| {
            let mut problems = Vec::new();
            match input::read_text(root, entry)? {
                Ok(source) => {
                    let page = content::parse(&source, options, &mut problems);
                    let file = entry.path.strip_prefix("content/").unwrap_or(&entry.path);
                    Ok((Some((Arc::from(file), page)), problems))
                }
                Err(problem) => Ok((None, vec![*problem])),
            }
        })
        .collect::<Result<_, Failure>>()?;
    let mut pages = Vec::with_capacity(read.len());
    let mut problems = Vec::new();
    for (page, more) in read {
        pages.extend(page);
        problems.extend(more);
    }
    Ok((pages, problems))
}

pub(super) fn read_data(root: &Root, entries: &[Entry]) -> Result<(Data, Vec<Waiver>, Vec<Diagnostic>), Failure> {
    let mut sources: Vec<Arc<Source>> = Vec::with_capacity(entries.len());
    let mut problems = Vec::new();
    let mut unreadable: Vec<Diagnostic> = Vec::new();
    for entry in entries {
        match input::read_text(root, entry)? {
            Ok(source) => sources.push(source),
            Err(problem) => {
                // An empty file in its place tells the data that the set is broken, so that nothing is said of what names it.
                sources.push(Source::new(&*entry.path, ""));
                unreadable.push(*problem);
            }
        }
    }
    let data = data::read(&sources, &mut problems);
    let path = |problem: &Diagnostic| problem.place.as_ref().map(|place| place.source.path().to_owned());
    problems.retain(|problem| unreadable.iter().all(|other| path(other) != path(problem)));
    problems.extend(unreadable);
    let mut waivers = Vec::new();
    for source in &sources {
        waivers.extend(content::toml_waivers(source, Span::new(0, source.text().len()), &mut problems));
    }
    Ok((data, waivers, problems))
}

/// The default templates, and behind them the site's own, which replace those of the same path.
fn read_templates(root: &Root, tree: &Tree, problems: &mut Vec<Diagnostic>) -> Result<Vec<Template>, Failure> {
    let defaults = embedded::TEMPLATES.iter().map(|(path, text)| Template {
        path: Arc::from(*path),
        source: Source::new(format!("templates/{path}"), *text),
    });
    let mut templates: Vec<Template> = defaults.collect();
    for entry in &tree.templates {
        match input::read_text(root, entry)? {
            Ok(source) => {
                let path = entry.path.strip_prefix("templates/").unwrap_or(&entry.path);
                templates.push(Template { path: Arc::from(path), source });
            }
            Err(problem) => problems.push(*problem),
        }
    }
    Ok(templates)
}

type Statics = Vec<(Arc<str>, Cow<'static, [u8]>)>;

fn read_statics(root: &Root, tree: &Tree, problems: &mut Vec<Diagnostic>) -> Result<Statics, Failure> {
    let mut files: Statics =
        embedded::STATICS.iter().map(|(path, bytes)| (Arc::from(*path), Cow::Borrowed(*bytes))).collect();
    for entry in &tree.statics {
        match input::read_bytes(root, entry)? {
            Ok(bytes) => {
                let path = entry.path.strip_prefix("static/").unwrap_or(&entry.path);
                files.push((Arc::from(path), Cow::Owned(bytes)));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    Ok(files)
}
