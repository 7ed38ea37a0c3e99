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
mod phrases;
mod quotes;
mod visit;
mod vocabulary;

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
pub use vocabulary::{Use, Vocabulary};

use crate::config::Config;
use crate::content::Inline;
use crate::data::{Contents, Data, DataSet, SourceEntry, TermEntry};
use crate::diagnostic::{Code, Names, Reported, Source};
use crate::work;

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
    entries: Arc<Entries>,
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
    /// The addresses of pages that can't be read.
    unread_addresses: HashSet<Address>,
    /// What the generator adds: records of figures and files for download.
    generated: HashSet<Address>,
    /// Names among which the nearest to a mistyped one is found.
    page_files: OnceLock<Names<Arc<str>>>,
    page_addresses: OnceLock<Names<Arc<str>>>,
    file_paths: OnceLock<Names<Arc<str>>>,
}

/// Entries of sets that are found by their ids.
#[derive(Debug, Default)]
struct Entries {
    /// Of terms, by id: set and entry.
    terms: HashMap<Arc<str>, (usize, usize)>,
    /// Of sources, by id.
    sources: HashMap<Arc<str>, (usize, usize)>,
    /// Conflicts by the ids that they name: set and entry.
    conflicts: HashMap<Arc<str>, Vec<(usize, usize)>>,
    term_names: OnceLock<Names<Arc<str>>>,
    /// The sets of terms of which something could not be read, by name.
    faulty_term_sets: Vec<Arc<str>>,
    vocabulary: OnceLock<Vocabulary>,
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
        let (set, entry) = self.entries.terms.get(id)?;
        match &self.data.sets[*set].contents {
            Contents::Terms(terms) => terms.get(*entry),
            _ => None,
        }
    }

    /// The terms as words of pages.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.entries.vocabulary.get_or_init(|| Vocabulary::of(&self.data))
    }

    /// Ids of all terms.
    pub fn term_names(&self) -> &Names<Arc<str>> {
        self.entries.term_names.get_or_init(|| self.entries.terms.keys().cloned().collect())
    }

    /// The names of the sets of terms of which something could not be read.
    pub fn faulty_term_sets(&self) -> &[Arc<str>] {
        &self.entries.faulty_term_sets
    }

    /// The files of all pages, from the content folder.
    pub fn page_files(&self) -> &Names<Arc<str>> {
        self.index.page_files.get_or_init(|| self.index.pages_by_file.keys().cloned().collect())
    }

    /// The addresses of all pages.
    pub fn page_addresses(&self) -> &Names<Arc<str>> {
        let addresses = || self.index.pages_by_address.keys().map(|address| address.as_str().into());
        self.index.page_addresses.get_or_init(|| addresses().collect())
    }

    /// The paths of all copied files, from the published folder.
    pub fn file_paths(&self) -> &Names<Arc<str>> {
        let paths =
            || self.index.files_by_address.keys().map(|address| address.as_str().trim_start_matches('/').into());
        self.index.file_paths.get_or_init(|| paths().collect())
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
        let (set, entry) = self.entries.sources.get(id)?;
        match &self.data.sets[*set].contents {
            Contents::Sources(sources) => sources.get(*entry),
            _ => None,
        }
    }

    /// The conflicts that name a figure, or something that it is below: those of whole rows first. Each is a set and an entry.
    pub fn conflicts(&self, id: &str) -> impl Iterator<Item = (usize, usize)> {
        let ends = id.match_indices('.').map(|(at, _)| at).chain([id.len()]);
        let found = ends.filter_map(|end| self.entries.conflicts.get(&id[..end])).flatten();
        found.copied().inspect(|_| work::steps(1))
    }

    /// The proof that a page's file can't be read, which was reported.
    pub fn unread(&self, file: &str) -> Option<Reported> {
        self.index.unread.get(file).copied()
    }

    /// Whether a page's file that can't be read would be published at an address.
    pub fn is_unread_address(&self, address: &Address) -> bool {
        self.index.unread_addresses.contains(address)
    }

    /// Files in which links, figures or blocks may be hidden: what seems to be linked or shown nowhere may be there.
    pub fn files_with_hidden_links(&self) -> BTreeSet<String> {
        let pages = self.pages.iter().filter(|page| page.gaps.links.is_err()).map(|page| page.page.source.path());
        let texts = self.texts.iter().filter(|text| text.links.is_err()).map(|text| text.place.source.path());
        let unread = self.index.unread.keys().map(|file| format!("content/{file}"));
        pages.chain(texts).map(str::to_owned).chain(unread).collect()
    }

    /// Whether a file is that of a page that was left out as a draft.
    pub fn is_draft(&self, file: &str) -> bool {
        self.index.drafts.contains(file)
    }
}
