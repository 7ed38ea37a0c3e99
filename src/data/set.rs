//! Data sets as their files hold them, typed.

use std::sync::{Arc, OnceLock};

use super::absence::{self, Absence};
use super::figure::{Amount, Bound, Figure, Figures, Record, Unit};
use super::ids::Ids;
use super::notation::Date;
use super::number::Number;
use super::read::Broken;
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
        self.broken.has_lost_set(&self.sets)
            || self.sets.iter().any(|set| is_kind(&set.contents) && self.broken.has(&set.name))
    }

    /// Why an id names no figure; `None` where it names one, and where the sets don't explain it.
    pub(crate) fn absence(&self, id: &str) -> Option<Absence> {
        match self.figures.get(id) {
            Some(_) => None,
            None => absence::absence(id, &self.sets, &|id| self.figures.get(id)),
        }
    }

    /// The typed figure because of which a figure isn't stated: itself, or one that it is calculated from.
    pub(crate) fn unstated_root<'a>(&'a self, figure: &'a Figure) -> &'a Figure {
        absence::unstated_root(figure, &|id| self.figures.get(id))
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
    /// Whether it holds figures, so that they have records.
    pub fn holds_figures(&self) -> bool {
        matches!(self.contents, Contents::Bands(_) | Contents::Facts(_))
    }
}

/// What a set holds.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Rows × measures.
    Bands(Bands),
    /// Single values, ranges and calculations: the whole ids (`facts.premium`) of their figures, in the file's order.
    Facts(Vec<Arc<str>>),
    /// Rows of text.
    Records(Records),
    /// Rungs, priced and unpriced.
    Ladder(Ladder),
    /// A glossary.
    Terms(Vec<TermEntry>),
    /// Who said it.
    Sources(Vec<SourceEntry>),
    /// What does not agree.
    Conflicts(Vec<ConflictEntry>),
    /// What changed when.
    Releases(Vec<Release>),
}

/// `kind = "bands"`.
#[derive(Clone, Debug, Default)]
pub struct Bands {
    /// Columns in the order written.
    pub measures: Vec<Measure>,
    /// Calculated ratios in the order written.
    pub ratios: Vec<Ratio>,
    /// Rows in the order of the file.
    pub rows: Vec<BandRow>,
}

/// A column of a band table.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its key.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text,
    /// The measures that should add up to it.
    pub parts: Vec<Text>,
    /// The measures whose sum it is; it is then never typed.
    pub sum: Vec<Text>,
    /// What it counts where it is not money.
    pub unit: Option<Unit>,
    /// Where it is declared.
    pub place: Place,
}

/// A ratio of two measures.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// Its key.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text,
    /// The measure above the line.
    pub of: Text,
    /// The measure below it, or `parts.MEASURE`.
    pub to: Text,
    /// Where it is declared.
    pub place: Place,
}

/// A row of a band table.
#[derive(Clone, Debug)]
pub struct BandRow {
    /// `l3`
    pub id: Arc<str>,
    /// `L3`
    pub code: Option<Text>,
    /// `Senior TPM`
    pub title: Option<Text>,
    /// The track it belongs to.
    pub track: Option<Text>,
    /// A note on the row.
    pub note: Option<Text>,
    /// The cell of each measure, in the measures' order; sums included. Nothing where the file's cell is broken.
    pub cells: Vec<Option<Cell>>,
    /// The row's record.
    pub record: Arc<Record>,
    /// Where it starts.
    pub place: Place,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The value.
    pub amount: Amount,
    /// What it counts.
    pub unit: Unit,
    /// The stated median.
    pub median: Option<Median>,
    /// The step to which the source printed it.
    pub precision: Option<Number>,
    /// A threshold or hedge.
    pub bound: Option<Bound>,
    /// A note on the cell.
    pub note: Option<Text>,
    /// The cell's record.
    pub record: Arc<Record>,
    /// Where the value stands.
    pub place: Place,
    /// Where the two ends of a range stand.
    pub ends: Option<(Place, Place)>,
}

/// A median that a source states.
#[derive(Clone, Debug)]
pub struct Median {
    /// The value.
    pub value: Number,
    /// Where it stands.
    pub place: Place,
}

/// `kind = "records"`: rows of text.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Key, title and, for an ordinal scale, its words from the highest.
    pub columns: Vec<RecordColumn>,
    /// The rows in the order of the file.
    pub rows: Vec<RecordRow>,
}

/// A column of records.
#[derive(Clone, Debug)]
pub struct RecordColumn {
    /// Its key.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text,
    /// The words of an ordinal scale, or none.
    pub values: Vec<Text>,
}

/// A row of records.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Its id.
    pub id: Arc<str>,
    /// A text for each column, in the columns' order.
    pub cells: Vec<Option<Text>>,
    /// Where it starts.
    pub place: Place,
}

/// `kind = "ladder"`.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    /// The rungs in the order of the file, lowest first.
    pub rungs: Vec<Rung>,
}

/// A rung of a ladder.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text,
    /// The track it belongs to.
    pub track: Option<Text>,
    /// The band row that prices it, such as `bands.l3`.
    pub band: Option<Text>,
    /// The figure that prices it.
    pub figure: Option<Text>,
    /// The rung from which it branches off.
    pub branch_of: Option<Text>,
    /// A note.
    pub note: Option<Text>,
    /// Where it starts.
    pub place: Place,
}

/// An entry of `kind = "terms"`.
#[derive(Clone, Debug)]
pub struct TermEntry {
    /// `tpgm`
    pub id: Arc<str>,
    /// `Technical Program Manager`
    pub term: Text,
    /// `TPgM`
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
    /// `pay-page`
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
    /// From 1, which must be shown, to 3, which editors note.
    pub severity: u8,
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
