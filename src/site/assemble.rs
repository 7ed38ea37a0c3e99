//! Puts a site together from what the rooms before have read.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::address::{Address, Base};
use super::alias;
use super::blocks::ResolvedBlock;
use super::blocks::list::ListContents;
use super::claims;
use super::dates;
use super::navigation::{Absent, navigation};
use super::outputs::{StaticFile, outputs};
use super::page::SitePage;
use super::resolved::{Entries, Index, Registers, Site};
use crate::config::{BaseUrl, Config};
use crate::content::{self, Inline};
use crate::data::{Contents, Data};
use crate::diagnostic::{Diagnostic, Reported, Source};
use crate::input::NoHistory;

/// What a site is made from.
#[derive(Debug, Default)]
pub struct Ingredients {
    /// The settings.
    pub config: Config,
    /// Replaces the configured base URL.
    pub base_url: Option<BaseUrl>,
    /// Data sets and figures.
    pub data: Arc<Data>,
    /// The free texts of the data, parsed.
    pub texts: Arc<[Inline]>,
    /// The pages, sorted by file, resolved against the same data.
    pub pages: Vec<SitePage>,
    /// Files to copy: address, and path from the root.
    pub files: Vec<StaticFile>,
    /// Why the repository tells nothing of the pages, where the site asks for it.
    pub no_history: Option<NoHistory>,
    /// `content/addresses.lock`, where the site has one.
    pub lock: Option<Arc<Source>>,
    /// Files of the pages that are left out as drafts.
    pub drafts: HashSet<Arc<str>>,
    /// Files of the pages that can't be read, which was reported.
    pub unread: HashMap<Arc<str>, Reported>,
}

/// Resolves everything that a site is made from. Problems go to `diagnostics`.
pub fn assemble(ingredients: Ingredients, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let Ingredients { config, base_url, data, texts, mut pages, files, no_history, lock, drafts, unread } = ingredients;
    if let Some(cause) = no_history {
        dates::report(&config, cause, diagnostics);
    }
    let navigation = navigation(&config, &mut pages, &Absent { drafts: &drafts, unread: &unread }, diagnostics);
    let redirects = alias::redirects(&pages, diagnostics);
    let outputs = outputs(&pages, &files, &redirects, &data);
    let base = Base::new(base_url.unwrap_or_else(|| config.base_url.clone()));
    let index = Index {
        pages_by_file: pages.iter().enumerate().map(|(at, page)| (Arc::clone(&page.file), at)).collect(),
        by_address: outputs.iter().enumerate().rev().map(|(at, output)| (output.address.clone(), at)).collect(),
        drafts,
        unread_addresses: unread.keys().map(|file| Address::of_page(file, None)).collect(),
        unread,
        ..Index::default()
    };
    let site = Site {
        texts,
        lock,
        base,
        navigation: Arc::new(navigation),
        redirects: redirects.into(),
        outputs: outputs.into(),
        quotes: OnceLock::new(),
        records: OnceLock::new(),
        entries: entries(&data),
        registers: registers(&pages),
        index: Arc::new(index),
        config: Arc::new(config),
        data,
        pages: pages.into_iter().map(Arc::new).collect(),
        files: files.into(),
    };
    claims::collisions(&site, diagnostics);
    site
}

/// The free texts of all data sets, parsed, in the order of sets and files. Problems go to `diagnostics`.
pub fn texts_of(data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Arc<[Inline]> {
    data.sets.iter().flat_map(|set| &set.texts).map(|text| content::inline(text, diagnostics)).collect()
}

impl Site {
    /// The same site with other data, of the same sets, kinds, ids of figures and addresses, and with the pages that show it resolved anew.
    #[must_use]
    pub fn with_data(
        &self,
        data: Arc<Data>,
        texts: Arc<[Inline]>,
        pages: impl IntoIterator<Item = (usize, SitePage)>,
    ) -> Self {
        let entries = entries(&data);
        Self { data, texts, entries, ..self.with_pages(pages) }
    }

    /// The same site with some of its pages written anew. Their addresses, aliases, weights and files must be what they were.
    #[must_use]
    pub fn with_pages(&self, pages: impl IntoIterator<Item = (usize, SitePage)>) -> Self {
        let mut site = self.clone();
        for (at, page) in pages {
            site.pages[at] = Arc::new(page);
        }
        site.quotes = OnceLock::new();
        site.records = OnceLock::new();
        site.registers = registers(&site.pages);
        site
    }
}

fn entries(data: &Data) -> Arc<Entries> {
    let mut found = Entries::default();
    let lost: HashSet<String> = data.lost_files().into_iter().collect();
    for (at, set) in data.sets.iter().enumerate() {
        match &set.contents {
            Contents::Terms(terms) => {
                if lost.contains(set.source.path()) {
                    found.faulty_term_sets.push(Arc::clone(&set.name));
                }
                for (index, term) in terms.iter().enumerate() {
                    found.terms.entry(Arc::clone(&term.id)).or_insert((at, index));
                }
            }
            Contents::Sources(sources) => sources.iter().enumerate().for_each(|(index, source)| {
                found.sources.entry(Arc::clone(&source.id)).or_insert((at, index));
            }),
            Contents::Conflicts(conflicts) => conflicts.iter().enumerate().for_each(|(index, conflict)| {
                for figure in &conflict.figures {
                    found.conflicts.entry(Arc::clone(&figure.text)).or_default().push((at, index));
                }
            }),
            _ => (),
        }
    }
    Arc::new(found)
}

/// Pages that list terms, by term; and pages that list other entries, by the entry's anchor.
fn registers<P: Borrow<SitePage>>(pages: &[P]) -> Arc<Registers> {
    let mut registers = Registers::default();
    for (at, page) in pages.iter().enumerate() {
        for (_, block) in page.borrow().blocks.iter() {
            let ResolvedBlock::List(list) = block else { continue };
            for row in &list.rows {
                if list.contents == ListContents::Terms {
                    registers.glossary.entry(Arc::clone(row)).or_insert(at);
                } else {
                    registers.entries.entry(list.contents.anchor(row)).or_insert(at);
                }
            }
        }
    }
    Arc::new(registers)
}
