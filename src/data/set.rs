//! Data sets as their files hold them, typed.

use std::sync::{Arc, OnceLock};

use super::broken::Broken;
use super::figure::Figures;
use super::ids::Ids;
use super::notation::Date;
use super::record::Record;
use super::table::{Column, Table};
use crate::diagnostic::{Place, Reported, Source};
use crate::document::{Text, Value};

/// All data sets of a site, and every figure that they hold or that is calculated from them.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// The sets, by name.
    pub sets: Vec<DataSet>,
    /// The figures, by id.
    pub figures: Figures,
    /// What could not be read.
    pub(super) broken: Broken,
}

impl Data {
    /// Whether an id may be that of something that could not be read, so that its absence is no further problem.
    pub fn is_broken(&self, id: &str) -> bool {
        self.broken.covers(id)
    }

    /// Whether even a figure that exists may be other than it seems, so that nothing is said of it.
    pub fn is_unsure(&self, id: &str) -> bool {
        self.broken.unsure(id).is_some()
    }

    /// The proof that what is missing of an id was reported, where it may be that of something that could not be read.
    pub fn reported(&self, id: &str) -> Option<Reported> {
        self.broken.reported(id)
    }

    /// The same for a row or an entry of a set.
    pub fn reported_below(&self, set: &str) -> Option<Reported> {
        self.broken.reported_below(set)
    }

    /// The files of which not everything could be read, by their paths.
    pub fn lost_files(&self) -> Vec<String> {
        self.broken.sets_with_faults().map(|set| format!("content/data/{set}.toml")).collect()
    }

    /// Whether something of a kind of set is broken, or a set may be of that kind that could not be read at all.
    pub fn is_any_broken(&self, is_kind: impl Fn(&Contents) -> bool) -> bool {
        self.broken.has_lost_set(|name| self.set(name).is_some())
            || self.sets.iter().any(|set| is_kind(&set.contents) && self.broken.has(&set.name))
    }

    /// The set of a name.
    pub fn set(&self, name: &str) -> Option<&DataSet> {
        self.sets.binary_search_by(|set| set.name.as_ref().cmp(name)).ok().map(|at| &self.sets[at])
    }
}

/// One file of `content/data/`.
#[derive(Clone, Debug)]
pub struct DataSet {
    /// Every free text of the file, in its order: inline Markdown in which figures are bound.
    pub texts: Vec<Text>,
    /// The file's stem.
    pub name: Arc<str>,
    /// The file.
    pub source: Arc<Source>,
    /// The CSV file with its rows.
    pub csv: Option<Arc<Source>>,
    /// The names that it had.
    pub was: Vec<Text>,
    /// `title`.
    pub title: Option<Text>,
    /// `note`.
    pub note: Option<Text>,
    /// What figures of this set inherit.
    pub record: Arc<Record>,
    /// What the set holds, by its kind.
    pub contents: Contents,
    /// The ids of its rows or entries; `ids` fills it.
    pub(super) ids: OnceLock<Ids>,
}

impl DataSet {
    /// Whether another set was read from the same texts.
    pub fn is_of_same_texts(&self, other: &Self) -> bool {
        let csv = [self, other].map(|set| set.csv.as_ref().map(|csv| csv.text()));
        self.source.text() == other.source.text() && csv[0] == csv[1]
    }

    /// Its table, of rows or of facts.
    pub fn table(&self) -> Option<&Table> {
        match &self.contents {
            Contents::Table(table) | Contents::Facts(table) => Some(table),
            _ => None,
        }
    }

    /// The ids of its rows or entries, gathered when they are first asked for.
    pub fn ids(&self) -> &Ids {
        self.ids.get_or_init(|| self.contents.ids().into())
    }

    /// Whether it holds single figures.
    pub fn is_facts(&self) -> bool {
        matches!(self.contents, Contents::Facts(_))
    }

    /// Whether it holds figures, so that they have records.
    pub fn holds_figures(&self) -> bool {
        self.table().is_some_and(|table| table.columns.iter().any(Column::makes_figures))
    }
}

/// What a set holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rows × typed columns.
    Table(Table),
    /// Single figures: a table with one row, of which each column is a fact.
    Facts(Table),
    /// A glossary.
    Terms(Vec<TermEntry>),
    /// Who said it.
    Sources(Vec<SourceEntry>),
    /// What does not agree.
    Conflicts(Vec<ConflictEntry>),
    /// What changed when.
    Releases(Vec<Release>),
}

impl Contents {
    /// The ids of the rows or entries: of facts, without the set's name.
    fn ids(&self) -> Vec<Arc<str>> {
        match self {
            Self::Table(table) => table.rows.iter().map(|row| Arc::clone(&row.id)).collect(),
            Self::Facts(facts) => facts.columns.iter().map(|fact| Arc::clone(&fact.id)).collect(),
            Self::Terms(terms) => terms.iter().map(|term| Arc::clone(&term.id)).collect(),
            Self::Sources(sources) => sources.iter().map(|source| Arc::clone(&source.id)).collect(),
            Self::Conflicts(conflicts) => conflicts.iter().map(|conflict| Arc::clone(&conflict.id)).collect(),
            Self::Releases(releases) => releases.iter().map(|release| Arc::clone(&release.version.text)).collect(),
        }
    }
}

/// An entry of `kind = "terms"`.
#[derive(Clone, Debug)]
pub struct TermEntry {
    /// `tpgm`
    pub id: Arc<str>,
    /// `virtual machine`
    pub term: Text,
    /// `VM`
    pub short: Option<Text>,
    /// What it means.
    pub definition: Text,
    /// What it is not.
    pub not_to_confuse: Option<Text>,
    /// Where it starts.
    pub place: Place,
}

/// An entry of `kind = "sources"`.
#[derive(Clone, Debug)]
pub struct SourceEntry {
    /// `price-list`
    pub id: Arc<str>,
    /// The title, taken as it is.
    pub title: Text,
    /// Who published it.
    pub publisher: Option<Text>,
    /// Its address; nothing for `"not given"`.
    pub url: Option<Text>,
    /// What it is: "survey", "article".
    pub kind: Option<Text>,
    /// When it was read.
    pub accessed: Option<Date>,
    /// Ids of the sources that it cites.
    pub cites: Vec<Text>,
    /// Whether it sells something.
    pub promotional: bool,
    /// What a reader should know.
    pub caution: Option<Text>,
    /// Where it starts.
    pub place: Place,
}

/// An entry of `kind = "conflicts"`.
#[derive(Clone, Debug)]
pub struct ConflictEntry {
    /// `l1-total-above-parts`
    pub id: Arc<str>,
    /// What does not agree.
    pub title: Text,
    /// What it is.
    pub kind: ConflictKind,
    /// What a table or chart that shows the figures says below it.
    pub line: Option<Text>,
    /// Ids of figures; one covers what is below it.
    pub figures: Vec<Text>,
    /// The arithmetic.
    pub explanation: Text,
    /// What the site does about it.
    pub decision: Option<Text>,
    /// `open`, `explained` or `corrected`.
    pub status: Text,
    /// Where it starts.
    pub place: Place,
}

impl ConflictKind {
    /// Its word in the data.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Gap => "gap",
            Self::Caution => "caution",
        }
    }
}

impl ConflictEntry {
    /// Whether figures contradict each other and nobody has explained it: only then they are marked.
    pub fn is_open_contradiction(&self) -> bool {
        self.kind == ConflictKind::Contradiction && &*self.status.text == "open"
    }
}

/// What a conflict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// Figures contradict each other.
    Contradiction,
    /// Something is missing.
    Gap,
    /// Something that a reader should know.
    Caution,
}

/// An entry of `kind = "releases"`.
#[derive(Clone, Debug)]
pub struct Release {
    /// `1.0`
    pub version: Text,
    /// When.
    pub date: Option<Date>,
    /// What.
    pub note: Option<Text>,
    /// Figures that moved.
    pub changes: Vec<ReleaseChange>,
    /// Where it starts.
    pub place: Place,
}

/// A figure that moved.
#[derive(Clone, Debug)]
pub struct ReleaseChange {
    /// Its id.
    pub figure: Text,
    /// What it was.
    pub was: Option<Value>,
    /// Why it moved.
    pub reason: Option<Text>,
}
