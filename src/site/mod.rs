//! The whole site, resolved and immutable: pages with their addresses, navigation, links, figures and blocks.
//!
//! Nothing is rendered here. What can't be resolved is reported, and left out.

mod address;
mod alias;
mod anchors;
mod assemble;
mod blocks;
mod citations;
mod claims;
mod dates;
mod formula;
mod links;
mod navigation;
mod page;
mod quotes;
mod visit;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

pub use address::{Address, Base};
pub use alias::alias_of;
pub use anchors::{anchor_of_block_row, page_anchors};
pub use assemble::{Ingredients, assemble, texts_of};
pub use blocks::chart::{Bar, ChartRung, Drawing, ResolvedChart, Series};
pub use blocks::compare::{ComparedLine, ComparedMeasure, ComparedPair, ResolvedCompare};
pub use blocks::offer_check::{Answer, Edge, Interval, OfferRow, ResolvedOfferCheck};
pub use blocks::{
    ResolvedBlock,
    list::ListContents,
    list::ResolvedList,
    table::{ResolvedTable, TableCell, TableColumn, TableRow},
};
pub use citations::{Citation, Citations, CitedBy, citations};
pub use claims::{Claimant, Redirect, StaticFile};
pub use dates::PageDates;
pub use formula::{guarded, unguarded};
pub use links::{Destination, Unresolved};
pub use navigation::{Navigation, NavigationEntry, NavigationSection};
pub use page::SitePage;
pub use quotes::{PageQuote, Quote, Quotes};
pub use visit::{texts, visit, visit_page};

use crate::config::Config;
use crate::content::Inline;
use crate::data::{Contents, Data, DataSet, Figure, Rung, SourceEntry, TermEntry};
use crate::diagnostic::{Code, Reported, Source};

/// A site, resolved. A copy of it costs little: its parts are shared.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its settings.
    pub config: Arc<Config>,
    /// Where it is published.
    pub base: Base,
    /// Its data sets and figures.
    pub data: Arc<Data>,
    /// Its pages by file path.
    pub pages: Vec<Arc<SitePage>>,
    /// What the sidebar shows.
    pub navigation: Arc<Navigation>,
    /// Files copied as they are.
    pub files: Arc<[StaticFile]>,
    /// Addresses that lead to others.
    pub redirects: Arc<[Redirect]>,
    /// The free texts of all data sets, parsed, in the order of sets and files.
    pub texts: Arc<[Inline]>,
    /// What was published before: the text of `content/addresses.lock`.
    pub lock: Option<Arc<Source>>,
    index: Arc<Index>,
    terms: Arc<HashMap<Arc<str>, (usize, usize)>>,
    registers: Arc<Registers>,
    /// Where each figure shows, gathered when it is first asked for.
    quotes: OnceLock<Quotes>,
}

/// What is found by its file or its address.
#[derive(Debug, Default)]
struct Index {
    pages_by_file: HashMap<Arc<str>, usize>,
    pages_by_address: HashMap<Address, usize>,
    files_by_address: HashMap<Address, usize>,
    drafts: HashSet<Arc<str>>,
    unread: HashMap<Arc<str>, Reported>,
}

/// The pages that list entries of sets.
#[derive(Debug, Default, PartialEq, Eq)]
struct Registers {
    /// Of terms, by the term's id.
    glossary: HashMap<Arc<str>, usize>,
    /// Of sources, conflicts and releases, by the entry's anchor.
    entries: HashMap<String, usize>,
}

/// The codes that this room raises.
pub static CODES: &[&[&Code]] = &[claims::CODES, navigation::CODES, blocks::CODES, page::CODES, dates::CODES];

impl Site {
    /// The page of a file, such as `bands/l3.md`.
    pub fn page_of_file(&self, file: &str) -> Option<usize> {
        self.index.pages_by_file.get(file).copied()
    }

    /// The page at an address.
    pub fn page_at(&self, address: &Address) -> Option<usize> {
        self.index.pages_by_address.get(address).copied()
    }

    /// The copied file at an address.
    pub fn file_at(&self, address: &Address) -> Option<&StaticFile> {
        self.index.files_by_address.get(address).map(|at| &self.files[*at])
    }

    /// A glossary term by its id, over all sets of terms.
    pub fn term(&self, id: &str) -> Option<&TermEntry> {
        let (set, entry) = self.terms.get(id)?;
        match &self.data.sets[*set].contents {
            Contents::Terms(terms) => terms.get(*entry),
            _ => None,
        }
    }

    /// Ids of all terms, sorted.
    pub fn term_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.terms.keys().map(AsRef::as_ref).collect();
        ids.sort_unstable();
        ids
    }

    /// The page and the anchor where a term is listed.
    pub fn term_place(&self, id: &str) -> Option<(usize, String)> {
        Some((*self.registers.glossary.get(id)?, format!("term-{id}")))
    }

    /// The page and the anchor where an entry of a set of sources, conflicts or releases is listed.
    pub fn register_place(&self, anchor: &str) -> Option<usize> {
        self.registers.entries.get(anchor).copied()
    }

    /// Where a figure shows, in the order of pages.
    pub fn quotes(&self, id: &str) -> &[Quote] {
        let all = || Quotes::collect(self.pages.iter().map(|page| &**page), self.data.figures.iter().len());
        self.data.figures.index(id).map_or(&[], |at| self.quotes.get_or_init(all).of(at))
    }

    /// Whether the same pages list the same terms and entries as in another state of the site.
    pub fn lists_as(&self, other: &Self) -> bool {
        self.registers == other.registers
    }

    /// A data set by name.
    pub fn set(&self, name: &str) -> Option<&DataSet> {
        self.data.set(name)
    }

    /// A source by its id, over all sets of sources.
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        self.data.sets.iter().find_map(|set| match &set.contents {
            Contents::Sources(sources) => sources.iter().find(|source| &*source.id == id),
            _ => None,
        })
    }

    /// The figure that prices a rung: the one it names, or its band's measure that has parts, or the band's first measure.
    pub fn rung_figure(&self, rung: &Rung) -> Option<&Figure> {
        blocks::rung_figure(rung, &self.data)
    }

    /// The proof that a page's file can't be read, which was reported.
    pub fn unread(&self, file: &str) -> Option<Reported> {
        self.index.unread.get(file).copied()
    }

    /// Whether a page's file that can't be read would be published at an address.
    pub fn is_unread_address(&self, address: &Address) -> bool {
        self.index.unread.keys().any(|file| Address::of_page(file, None) == *address)
    }

    /// Files in which links, figures or blocks may be hidden: what seems to be linked or shown nowhere may be there.
    pub fn files_with_hidden_links(&self) -> BTreeSet<&str> {
        let pages = self.pages.iter().filter(|page| page.gaps.links.is_err()).map(|page| page.page.source.path());
        let texts = self.texts.iter().filter(|text| text.links.is_err()).map(|text| text.place.source.path());
        let unread = self.index.unread.keys().map(AsRef::as_ref);
        pages.chain(texts).chain(unread).collect()
    }

    /// Whether a file is that of a page that was left out as a draft.
    pub fn is_draft(&self, file: &str) -> bool {
        self.index.drafts.contains(file)
    }
}
