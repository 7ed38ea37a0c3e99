//! From the disk to a site: read, parse, assemble, check.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::parts::{PageFile, Parts};
use super::past::Past;
use crate::check;
use crate::config::BaseUrl;
use crate::content::Waiver;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Failure};
use crate::emit::{self, Asset};
use crate::input::{Entry, History, Root};
use crate::render::Template;
use crate::site::{self, Address, Ingredients, Site, SitePage, StaticFile};

/// A site with all that publishing it needs.
pub(super) struct Loaded {
    pub root: Root,
    /// What the figures were.
    pub past: Past,
    pub site: Site,
    pub templates: Vec<Template>,
    pub assets: Vec<Asset>,
    /// Files beside pages, copied as they are: entry and address.
    pub copies: Vec<(Entry, Address)>,
    /// Waivers in the site's settings and in data files.
    pub waivers: Vec<Waiver>,
    /// Every problem so far, unjudged.
    pub problems: Vec<Diagnostic>,
}

/// Reads everything, and holds the rules against it.
pub(super) fn load(root: &Path, base_url: Option<BaseUrl>, drafts: bool) -> Result<Loaded, Failure> {
    Ok(load_from(Root::open(root)?, base_url, drafts))
}

/// The same from a root that is open, and in which texts may stand that are not saved.
pub(super) fn load_from(root: Root, base_url: Option<BaseUrl>, drafts: bool) -> Loaded {
    let parts = Parts::read(&root);
    let assembled = assemble(&parts, base_url, drafts);
    let mut problems = parts.problems();
    problems.extend(assembled.pages.into_iter().flatten());
    problems.extend(assembled.texts);
    problems.extend(assembled.problems);
    problems.extend(check::run(&assembled.site));
    let waivers = parts.waivers().cloned().collect();
    let Parts { templates, assets, copies, .. } = parts;
    Loaded {
        root,
        past: Past::default(),
        site: assembled.site,
        templates: templates.value,
        assets: assets.value,
        copies,
        waivers,
        problems,
    }
}

impl Loaded {
    /// Every waiver of the site's pages, settings and data.
    pub(super) fn waivers(&self) -> Vec<&Waiver> {
        waivers(&self.site, self.waivers.iter())
    }
}

/// Every waiver of a site's pages, and those of its settings and data.
pub(super) fn waivers<'a>(site: &'a Site, others: impl Iterator<Item = &'a Waiver>) -> Vec<&'a Waiver> {
    site.pages.iter().flat_map(|page| &page.page.waivers).chain(others).collect()
}

/// A site, with what is wrong with each of its pages as such, and with the whole.
pub(super) struct Assembled {
    pub site: Site,
    /// Problems of pages, in the order of the site's pages.
    pub pages: Vec<Vec<Diagnostic>>,
    /// Problems of the free texts of data.
    pub texts: Vec<Diagnostic>,
    /// Problems of navigation and addresses.
    pub problems: Vec<Diagnostic>,
}

/// Puts together what was read.
pub(super) fn assemble(parts: &Parts, base_url: Option<BaseUrl>, drafts: bool) -> Assembled {
    let is_left_out = |page: &&PageFile| page.page.front.draft && !drafts;
    let written: Vec<&PageFile> = parts.pages.iter().filter_map(|part| part.value.as_ref().ok()).collect();
    let unread = parts.tree.pages.iter().zip(&parts.pages).filter_map(|(entry, part)| {
        let file = entry.path.strip_prefix("content/").unwrap_or(&entry.path);
        Some((Arc::from(file), part.value.as_ref().err().copied()?))
    });
    let left_out: HashSet<Arc<str>> =
        written.iter().copied().filter(is_left_out).map(|page| Arc::clone(&page.file)).collect();
    let data = Arc::clone(&parts.data.value.0);
    let (pages, page_problems): (Vec<SitePage>, Vec<Vec<Diagnostic>>) = written
        .into_par_iter()
        .filter(|page| !is_left_out(page))
        .map(|page| resolve(page, &data, parts.history()))
        .unzip();
    let mut files: Vec<StaticFile> = parts
        .copies
        .iter()
        .map(|(entry, address)| StaticFile { address: address.clone(), path: Arc::clone(&entry.path) })
        .collect();
    files.extend(emit::claims(&parts.assets.value));
    let config = parts.config.value.0.clone();
    let lock = parts.lock.value.clone();
    let no_history = parts.history.as_ref().and_then(|history| history.as_ref().err().copied());
    let mut problems = Vec::new();
    let texts = site::texts_of(&data, &mut problems);
    let text_problems = std::mem::take(&mut problems);
    let site = site::assemble(
        Ingredients {
            config,
            base_url,
            data,
            texts,
            pages,
            files,
            no_history,
            lock,
            drafts: left_out,
            unread: unread.collect(),
        },
        &mut problems,
    );
    Assembled { site, pages: page_problems, texts: text_problems, problems }
}

/// A page held against the data, and what is wrong with it there.
fn resolve(page: &PageFile, data: &Data, history: Option<&History>) -> (SitePage, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    (SitePage::new(Arc::clone(&page.file), Arc::clone(&page.page), data, history, &mut problems), problems)
}
