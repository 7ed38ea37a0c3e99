//! The whole site, resolved and immutable: pages with their addresses, navigation, links, figures and blocks.
//!
//! Nothing is rendered here. What can't be resolved is reported, and left out.

mod address;
mod anchors;
mod assemble;
mod blocks;
mod citations;
mod claims;
mod links;
mod navigation;
mod page;
mod quotes;
mod visit;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use address::{Address, Base};
pub use anchors::{anchor_of_block_row, page_anchors};
pub use assemble::{Ingredients, assemble};
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
pub use links::{Destination, Unresolved};
pub use navigation::{Navigation, NavigationEntry, NavigationSection};
pub use page::SitePage;
pub use quotes::{Quote, Quotes};
pub use visit::{texts, visit, visit_page};

use crate::config::Config;
use crate::content::Inline;
use crate::data::{Contents, Data, DataSet, Figure, Rung, SourceEntry, TermEntry};
use crate::diagnostic::{Code, Source};

/// A site, resolved.
#[derive(Debug)]
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// Where it is published.
    pub base: Base,
    /// Its data sets and figures.
    pub data: Data,
    /// Its pages by file path.
    pub pages: Vec<SitePage>,
    /// What the sidebar shows.
    pub navigation: Navigation,
    /// Files copied as they are.
    pub files: Vec<StaticFile>,
    /// Addresses that lead to others.
    pub redirects: Vec<Redirect>,
    /// Where each figure shows.
    pub quotes: Quotes,
    /// The free texts of all data sets, parsed, in the order of sets and files.
    pub texts: Vec<Inline>,
    /// What was published before: the text of `content/addresses.lock`.
    pub lock: Option<Arc<Source>>,
    pages_by_file: HashMap<Arc<str>, usize>,
    pages_by_address: HashMap<Address, usize>,
    files_by_address: HashMap<Address, usize>,
    terms: HashMap<Arc<str>, (usize, usize)>,
    glossary: HashMap<Arc<str>, usize>,
    registers: HashMap<String, usize>,
    drafts: HashSet<Arc<str>>,
}

/// The codes that this room raises.
pub static CODES: &[&[&Code]] = &[claims::CODES, navigation::CODES, blocks::CODES, page::CODES];

impl Site {
    /// The page of a file, such as `bands/l3.md`.
    pub fn page_of_file(&self, file: &str) -> Option<usize> {
        self.pages_by_file.get(file).copied()
    }

    /// The page at an address.
    pub fn page_at(&self, address: &Address) -> Option<usize> {
        self.pages_by_address.get(address).copied()
    }

    /// The copied file at an address.
    pub fn file_at(&self, address: &Address) -> Option<&StaticFile> {
        self.files_by_address.get(address).map(|at| &self.files[*at])
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
        Some((*self.glossary.get(id)?, format!("term-{id}")))
    }

    /// The page and the anchor where an entry of a set of sources, conflicts or releases is listed.
    pub fn register_place(&self, anchor: &str) -> Option<usize> {
        self.registers.get(anchor).copied()
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

    /// Whether a file is that of a page that was left out as a draft.
    pub fn is_draft(&self, file: &str) -> bool {
        self.drafts.contains(file)
    }
}
