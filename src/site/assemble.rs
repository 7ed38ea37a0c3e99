//! Puts a site together from what the rooms before have read.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::address::{Address, Base};
use super::blocks::{self, ResolvedBlock};
use super::claims::{self, Claimant, StaticFile};
use super::navigation::navigation;
use super::page::{SitePage, title_of};
use super::quotes::Quotes;
use super::visit::visit;
use super::{ListContents, Site};
use crate::config::{BaseUrl, Config};
use crate::content::{self, Node};
use crate::data::{Contents, Data};
use crate::diagnostic::{Diagnostic, Place, Source};

/// What a site is made from.
#[derive(Debug, Default)]
pub struct Ingredients {
    /// The settings.
    pub config: Config,
    /// Replaces the configured base URL.
    pub base_url: Option<BaseUrl>,
    /// Data sets and figures.
    pub data: Data,
    /// Pages with their files from the content folder, sorted by file.
    pub pages: Vec<(Arc<str>, content::Page)>,
    /// Files to copy: address, and path from the root.
    pub files: Vec<StaticFile>,
    /// `content/addresses.lock`, where the site has one.
    pub lock: Option<Arc<Source>>,
    /// Whether drafts are published.
    pub drafts: bool,
}

/// Resolves everything that a site is made from. Problems go to `diagnostics`.
pub fn assemble(ingredients: Ingredients, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let Ingredients { config, base_url, data, pages, files, lock, drafts } = ingredients;
    let is_left_out = |page: &content::Page| page.front.draft && !drafts;
    let left_out = pages.iter().filter(|(_, page)| is_left_out(page)).map(|(file, _)| Arc::clone(file)).collect();
    let mut pages: Vec<SitePage> = pages
        .into_iter()
        .filter(|(_, page)| !is_left_out(page))
        .map(|(file, page)| SitePage {
            address: Address::of_page(&file, page.front.slug.as_ref().map(|slug| &*slug.text)),
            title: title_of(&page, diagnostics),
            blocks: resolve_blocks(&page, &data, diagnostics),
            page,
            file,
            trail: Vec::new(),
            neighbors: [None, None],
            anchors: OnceLock::new(),
        })
        .collect();
    let navigation = navigation(&config, &mut pages, diagnostics);
    let (redirects, aliases) = claims::redirects(&pages, diagnostics);
    let base = Base::new(base_url.unwrap_or_else(|| config.base_url.clone()));
    let texts: Vec<content::Inline> =
        data.sets.iter().flat_map(|set| &set.texts).map(|text| content::inline(text, diagnostics)).collect();
    let mut site = Site {
        texts,
        drafts: left_out,
        lock,
        base,
        navigation,
        redirects,
        quotes: Quotes::collect(&pages),
        pages_by_file: pages.iter().enumerate().map(|(at, page)| (Arc::clone(&page.file), at)).collect(),
        pages_by_address: pages.iter().enumerate().rev().map(|(at, page)| (page.address.clone(), at)).collect(),
        files_by_address: files.iter().enumerate().map(|(at, file)| (file.address.clone(), at)).collect(),
        terms: terms(&data),
        glossary: HashMap::new(),
        registers: HashMap::new(),
        config,
        data,
        pages,
        files,
    };
    (site.glossary, site.registers) = registers(&site.pages);
    let mut all = claimants(&site);
    all.extend(aliases);
    claims::collisions(&all, diagnostics);
    site
}

fn resolve_blocks(page: &content::Page, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Vec<(u32, ResolvedBlock)> {
    let mut resolved = Vec::new();
    visit(&page.body, &mut |node| {
        if let Node::Block(block) = node {
            let found = blocks::resolve(block, data, diagnostics);
            resolved.extend(found.map(|found| (block.place.span.start, found)));
        }
    });
    resolved.sort_by_key(|(start, _)| *start);
    resolved
}

fn terms(data: &Data) -> HashMap<Arc<str>, (usize, usize)> {
    let mut terms = HashMap::new();
    for (at, set) in data.sets.iter().enumerate() {
        if let Contents::Terms(entries) = &set.contents {
            for (index, entry) in entries.iter().enumerate() {
                terms.entry(Arc::clone(&entry.id)).or_insert((at, index));
            }
        }
    }
    terms
}

/// Pages that list terms, by term; and pages that list other entries, by the entry's anchor.
fn registers(pages: &[SitePage]) -> (HashMap<Arc<str>, usize>, HashMap<String, usize>) {
    let mut glossary = HashMap::new();
    let mut registers = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (_, block) in &page.blocks {
            let ResolvedBlock::List(list) = block else { continue };
            for row in &list.rows {
                if list.contents == ListContents::Terms {
                    glossary.entry(Arc::clone(row)).or_insert(at);
                } else {
                    registers.entry(list.contents.anchor(row)).or_insert(at);
                }
            }
        }
    }
    (glossary, registers)
}

fn claimants(site: &Site) -> Vec<Claimant> {
    let pages = site.pages.iter().map(|page| Claimant {
        address: page.address.clone(),
        name: format!("the page `content/{}`", page.file),
        place: Some(match &page.page.front.slug {
            Some(slug) => slug.place.clone(),
            None => Place::start_of(&page.page.source),
        }),
    });
    let files = site.files.iter().map(|file| Claimant {
        address: file.address.clone(),
        name: format!("the file `{}`", file.path),
        place: Some(claims::place_of_file(&file.path)),
    });
    let generated =
        site.generated_addresses().into_iter().chain(["/sitemap.xml", "/robots.txt", "/.nojekyll"].map(Address::new));
    let generated = generated.map(|address| Claimant {
        name: format!("what the generator writes to `{}`", address.file()),
        address,
        place: None,
    });
    pages.chain(files).chain(generated).collect()
}
