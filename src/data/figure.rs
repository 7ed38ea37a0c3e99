//! Figures: every datum that a page can quote, with its unit and its record.

use std::fmt;
use std::sync::Arc;

use super::notation::Datum;
use super::number::Number;
use crate::diagnostic::Place;
use crate::document::Text;

/// One value that pages can quote: typed in a data set, or calculated from such.
#[derive(Clone, Debug)]
pub struct Figure {
    /// `bands.l3.total.median`
    pub id: Arc<str>,
    /// The data set's name.
    pub set: Arc<str>,
    /// The row's or the fact's code and title, such as "L3" and "Senior TPM"; for neighbors, both rows in file order.
    pub rows: Vec<RowName>,
    /// The measure's or ratio's title.
    pub measure: Option<Text>,
    /// Which side of the cell this is.
    pub aspect: Aspect,
    /// The value.
    pub amount: Amount,
    /// What it counts.
    pub unit: Unit,
    /// The step to which the source printed it, in the figure's own unit.
    pub precision: Option<Number>,
    /// Whether the source gives a threshold or hedges.
    pub bound: Option<Bound>,
    /// Words shown with it.
    pub qualifier: Option<Text>,
    /// A note on this value alone.
    pub note: Option<Text>,
    /// What it is calculated from; nothing for a typed value.
    pub inputs: Option<Inputs>,
    /// Where it comes from.
    pub record: Arc<Record>,
    /// Where the value stands in the data file; for a calculated one, where what asks for it stands.
    pub place: Place,
}

impl Figure {
    /// What a text that quotes it is held against.
    pub fn datum(&self) -> Datum<'_> {
        Datum {
            amount: &self.amount,
            unit: &self.unit,
            precision: self.precision,
            bound: self.bound,
            calculated: self.inputs.is_some(),
        }
    }
}

impl Figure {
    /// Whether rules have the same to say of a text that quotes either: value, unit, and what the record says of it.
    pub fn reads_as(&self, other: &Self) -> bool {
        self.datum() == other.datum() && self.record.says() == other.record.says()
    }
}

/// What a row is called.
#[derive(Clone, Debug)]
pub struct RowName {
    /// The row's id.
    pub id: Arc<str>,
    /// Its short code, such as "L3".
    pub code: Option<Text>,
    /// Its title.
    pub title: Option<Text>,
}

/// How a calculated figure comes about.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The formula, in which `{0}`, `{1}` … stand for the inputs: `{1} − {0}`.
    pub formula: Arc<str>,
    /// The ids of the figures that go in.
    pub ids: Vec<Arc<str>>,
}

/// Which side of a cell, a fact, a ratio or a pair of rows a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The cell or fact itself.
    Whole,
    /// Its low end.
    Low,
    /// Its high end.
    High,
    /// The median that the source states.
    Median,
    /// (low + high) / 2.
    Midpoint,
    /// (high − low) / low, in percent.
    Spread,
    /// high − low.
    Width,
    /// Stated median − midpoint.
    MedianOffset,
    /// The sum of the parts' lows to the sum of their highs.
    Parts,
    /// High end − the parts' highs, where above zero.
    AboveParts,
    /// The parts' lows − low end, where above zero.
    BelowParts,
    /// A ratio at both low ends.
    AtLow,
    /// A ratio at both high ends.
    AtHigh,
    /// What two neighboring rows have in common.
    Overlap,
    /// What lies between two neighboring rows.
    Gap,
    /// The change from one midpoint to the next, in percent.
    Step,
    /// The change from one stated median to the next, in percent.
    MedianStep,
    /// A calculation that the file asks for.
    Calculation,
}

/// A figure's value, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// The source does not say.
    Unstated,
    /// One value.
    One(Number),
    /// Low and high.
    Range(Number, Number),
    /// A date.
    Date(super::notation::Date),
}

/// What a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An amount of money: ISO code, and the period it is paid for.
    Money {
        /// ISO 4217 code.
        currency: Arc<str>,
        /// `year`, `month`, `week`, `day`, `hour`; nothing for `once`.
        period: Option<Arc<str>>,
    },
    /// Percent; 42.9 is 42.9 %.
    Percent,
    /// A duration in its own unit.
    Duration(super::notation::DurationUnit),
    /// A whole number of things.
    Count,
    /// A place in an order.
    Rank,
    /// A date.
    Date,
    /// A number with free words behind it, such as "GB".
    Other(Arc<str>),
}

impl fmt::Display for Unit {
    /// For messages: `USD per year`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money { currency, period: Some(period) } => write!(out, "{currency} per {period}"),
            Self::Money { currency, period: None } => write!(out, "{currency}"),
            Self::Percent => out.write_str("percent"),
            Self::Duration(unit @ super::notation::DurationUnit::Millisecond) => write!(out, "a time in {unit}"),
            Self::Duration(unit) => write!(out, "a time in {unit}s"),
            Self::Count => out.write_str("a count"),
            Self::Rank => out.write_str("a rank"),
            Self::Date => out.write_str("a date"),
            Self::Other(unit) if unit.is_empty() => out.write_str("a number"),
            Self::Other(unit) => write!(out, "a number of {unit}"),
        }
    }
}

/// A threshold or a hedge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// More than the value.
    Over,
    /// At most the value.
    UpTo,
    /// About the value.
    About,
}

/// How far a figure can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// One unverified report.
    VeryLow,
    /// A hedged or partial statement.
    Low,
    /// Named sources and a date, without method or sample.
    Medium,
    /// Published method and sample.
    High,
}

/// Where a figure comes from, after inheritance from set to row to cell.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Whose figure it is, such as "Technical Product Manager".
    pub role: Option<Text>,
    /// `market`, `tier` or `employer`.
    pub scope: Option<Text>,
    /// When it was true.
    pub as_of: Option<(super::notation::Date, Place)>,
    /// When the set is to be looked at again.
    pub next_review: Option<(super::notation::Date, Place)>,
    /// Ids of sources, in the file's order.
    pub sources: Vec<Text>,
    /// How far it can be relied on.
    pub confidence: Option<Confidence>,
    /// Why.
    pub confidence_reason: Option<Text>,
    /// What low and high mean; nothing when the source does not say.
    pub range_meaning: Option<Text>,
    /// What the median is; nothing when the source does not say.
    pub median_meaning: Option<Text>,
    /// Words shown wherever the figure shows.
    pub badge: Option<Text>,
}

impl Record {
    /// The words that rules ask for.
    fn says(&self) -> [Option<&str>; 5] {
        let words = [&self.role, &self.scope, &self.range_meaning, &self.median_meaning, &self.badge];
        words.map(|text| text.as_ref().map(|text| &*text.text))
    }
}

/// Every figure of a site, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    sorted: Vec<Figure>,
}

impl Figures {
    /// The figures, sorted by id. Of two with one id the first stays.
    pub fn new(mut figures: Vec<Figure>) -> Self {
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        figures.dedup_by(|b, a| a.id == b.id);
        Self { sorted: figures }
    }

    /// The figure of an id.
    pub fn get(&self, id: &str) -> Option<&Figure> {
        self.index(id).and_then(|at| self.sorted.get(at))
    }

    /// Where the figure of an id stands among all figures.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.sorted.binary_search_by(|figure| figure.id.as_ref().cmp(id)).ok()
    }

    /// The figure at an index.
    pub fn at(&self, index: usize) -> Option<&Figure> {
        self.sorted.get(index)
    }

    /// The figures whose ids begin with an id and a point: what is below it, itself not among them.
    pub fn below(&self, id: &str) -> &[Figure] {
        let prefix = format!("{id}.");
        let start = self.sorted.partition_point(|figure| *figure.id < *prefix);
        let rest = &self.sorted[start..];
        &rest[..rest.partition_point(|figure| figure.id.starts_with(&*prefix))]
    }

    /// All figures, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Figure> {
        self.sorted.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}
