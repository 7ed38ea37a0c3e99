//! The site itself: what the rest of this room has worked out, and how it is asked.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::address::{Address, Base};
use super::navigation::Navigation;
use super::outputs::{Output, OutputKind, Redirect, StaticFile};
use super::page::SitePage;
use super::quotes::{Quote, Quotes};
use super::vocabulary::Vocabulary;
use crate::config::Config;
use crate::content::Inline;
use crate::data::{Contents, Data, DataSet, SourceEntry, TermEntry};
use crate::diagnostic::{Names, Reported, Source};
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
    /// Every file that is published. The pages come first, so that a page and its file have one index.
    pub outputs: Arc<[Output]>,
    /// The free texts of all data sets, parsed, in the order of sets and files.
    pub texts: Arc<[Inline]>,
    /// What was published before: the text of `content/addresses.lock`.
    pub lock: Option<Arc<Source>>,
    pub(super) index: Arc<Index>,
    pub(super) entries: Arc<Entries>,
    pub(super) registers: Arc<Registers>,
    /// Where each figure shows, gathered when it is first asked for.
    pub(super) quotes: OnceLock<Quotes>,
    /// The figures of each page of records, by its address, gathered when they are first asked for.
    pub(super) records: OnceLock<HashMap<Address, Vec<usize>>>,
}

/// What is found by its file or its address.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) pages_by_file: HashMap<Arc<str>, usize>,
    /// Of two outputs with one address, which is reported, the first.
    pub(super) by_address: HashMap<Address, usize>,
    pub(super) drafts: HashSet<Arc<str>>,
    pub(super) unread: HashMap<Arc<str>, Reported>,
    /// The addresses of pages that can't be read.
    pub(super) unread_addresses: HashSet<Address>,
    /// Names among which the nearest to a mistyped one is found.
    pub(super) page_files: OnceLock<Names<Arc<str>>>,
    pub(super) page_addresses: OnceLock<Names<Arc<str>>>,
    pub(super) file_paths: OnceLock<Names<Arc<str>>>,
}

/// Entries of sets that are found by their ids.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Of terms, by id: set and entry.
    pub(super) terms: HashMap<Arc<str>, (usize, usize)>,
    /// Of sources, by id.
    pub(super) sources: HashMap<Arc<str>, (usize, usize)>,
    /// Conflicts by the ids that they name: set and entry.
    pub(super) conflicts: HashMap<Arc<str>, Vec<(usize, usize)>>,
    pub(super) term_names: OnceLock<Names<Arc<str>>>,
    /// The sets of terms of which something could not be read, by name.
    pub(super) faulty_term_sets: Vec<Arc<str>>,
    pub(super) vocabulary: OnceLock<Vocabulary>,
}

/// The pages that list entries of sets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Registers {
    /// Of terms, by the term's id.
    pub(super) glossary: HashMap<Arc<str>, usize>,
    /// Of sources, conflicts and releases, by the entry's anchor.
    pub(super) entries: HashMap<String, usize>,
}

impl Site {
    /// The page of a file, such as `bands/l3.md`.
    pub fn page_of_file(&self, file: &str) -> Option<usize> {
        self.index.pages_by_file.get(file).copied()
    }

    /// The page at an address.
    pub fn page_at(&self, address: &Address) -> Option<usize> {
        match self.output_at(address)?.kind {
            OutputKind::Page(at) => Some(at),
            _ => None,
        }
    }

    /// The copied file at an address.
    pub fn file_at(&self, address: &Address) -> Option<&StaticFile> {
        match self.output_at(address)?.kind {
            OutputKind::File(at) => self.files.get(at),
            _ => None,
        }
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
        let addresses = || self.pages.iter().map(|page| page.address.as_str().into());
        self.index.page_addresses.get_or_init(|| addresses().collect())
    }

    /// The paths of all copied files, from the published folder.
    pub fn file_paths(&self) -> &Names<Arc<str>> {
        let paths = || self.files.iter().map(|file| file.address.as_str().trim_start_matches('/').into());
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
        self.data.figures.index(id).map_or(&[], |at| self.all_quotes().of(at))
    }

    /// Whether a page, or a free text of the data, shows a figure.
    pub fn is_quoted(&self, id: &str) -> bool {
        self.data.figures.index(id).is_some_and(|at| self.all_quotes().has(at))
    }

    fn all_quotes(&self) -> &Quotes {
        self.quotes.get_or_init(|| {
            Quotes::collect(self.pages.iter().map(|page| &*page.quotes), &self.texts, &self.data.figures)
        })
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

    /// The conflicts that name exactly this figure, each as a set and an entry.
    pub fn conflicts_naming(&self, id: &str) -> impl Iterator<Item = (usize, usize)> {
        self.entries.conflicts.get(id).into_iter().flatten().copied()
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

    /// What is published at an address.
    pub fn output_at(&self, address: &Address) -> Option<&Output> {
        self.index.by_address.get(address).map(|at| &self.outputs[*at])
    }

    /// The index of the output with a path from the published folder.
    pub fn output_of_file(&self, path: &str) -> Option<usize> {
        let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let mut addresses = [Some(path), folder].into_iter().flatten().map(Address::new);
        addresses.find_map(|address| self.index.by_address.get(&address).copied())
    }
}
