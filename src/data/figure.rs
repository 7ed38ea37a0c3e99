//! Figures: every datum that a page can quote, with its unit and its record.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::amount::{Amount, Bound, Digits, Direction, Ends, Signing};
use super::formula::Gap;
use super::notation::{Datum, Written, compare};
use super::number::Number;
use super::record::Record;
use super::table::Derived;
use super::unit::Unit;
use super::values::Values;
use crate::diagnostic::{Names, Place};
use crate::document::Text;
use crate::work;

/// One value that pages can quote: typed in a data set, or calculated from such.
#[derive(Clone, Debug)]
pub struct Figure {
    /// `bands.l3.total.median`
    pub id: Arc<str>,
    /// The ids that it had.
    pub was: Vec<Arc<str>>,
    /// The data set's name.
    pub set: Arc<str>,
    /// The row's or the fact's code and title, such as "M" and "Medium server"; for neighbors, both rows in file order.
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
    /// Which ends of a range belong to it.
    pub ends: Ends,
    /// When a text of it needs a sign.
    pub signing: Signing,
    /// How many digits a text of it has.
    pub digits: Digits,
    /// How many digits are typed behind its point, the most of its numbers; below zero for an exponent. `None` for what is calculated.
    pub decimals: Option<i32>,
    /// Words shown with it.
    pub qualifier: Option<Text>,
    /// A note on this value alone.
    pub note: Option<Text>,
    /// What it is calculated from; nothing for a typed value.
    pub inputs: Option<Inputs>,
    /// Why it could not be calculated, where its amount is no number because of that.
    pub gap: Option<Arc<Gap>>,
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
            precision: self.precision.as_ref(),
            bound: self.bound,
            ends: self.ends,
            signing: self.signing,
            digits: self.digits,
            decimals: self.decimals,
            calculated: self.inputs.is_some(),
        }
    }

    /// The id of its record: its own, without a direction.
    pub fn record_id(&self) -> &str {
        match self.signing {
            Signing::Never => self.id.rsplit_once('.').map_or(&*self.id, |(id, _)| id),
            Signing::BelowZero | Signing::Always | Signing::BothWays => &self.id,
        }
    }

    /// The size of a signed figure, under the id that states its direction: `growth.up` while `growth` is above zero.
    /// `None` for a figure without a sign, for zero, and for a range that is on both sides of zero.
    fn with_direction(&self) -> Option<Self> {
        if self.signing != Signing::Always {
            return None;
        }
        let (direction, amount) = match &self.amount {
            Amount::One(value) => (Direction::of(value)?, Amount::One(value.abs())),
            Amount::Range(low, high) => match (Direction::of(low)?, Direction::of(high)?) {
                (Direction::Up, Direction::Up) => (Direction::Up, Amount::Range(low.clone(), high.clone())),
                (Direction::Down, Direction::Down) => (Direction::Down, Amount::Range(high.abs(), low.abs())),
                _ => return None,
            },
            _ => return None,
        };
        let id = format!("{}.{}", self.id, direction.key()).into();
        Some(Self { id, amount, signing: Signing::Never, ..self.clone() })
    }

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
    /// Whether the result is exact: a root is not.
    pub exact: bool,
    /// How many rows each function over rows took and left out, in the formula's order.
    pub rows: Vec<RowCount>,
}

/// How many rows a function ran over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCount {
    /// The name of their set.
    pub set: Arc<str>,
    /// Those that had a value.
    pub taken: usize,
    /// Those that had none, and were left out.
    pub left_out: usize,
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
    /// How much more than a value with tolerances there may be.
    Plus,
    /// How much less.
    Minus,
    /// The range that a value's tolerances make.
    Limits,
    /// What two neighboring rows have in common.
    Overlap,
    /// What lies between two neighboring rows.
    Gap,
    /// The change from one midpoint to the next, in percent.
    Step,
    /// The change from one stated median to the next, in percent.
    MedianStep,
}

impl Aspect {
    /// The side that something derived is.
    pub const fn of(derived: Derived) -> Self {
        match derived {
            Derived::Midpoint => Self::Midpoint,
            Derived::Spread => Self::Spread,
            Derived::Width => Self::Width,
            Derived::MedianOffset => Self::MedianOffset,
            Derived::Step => Self::Step,
            Derived::MedianStep => Self::MedianStep,
            Derived::Overlap => Self::Overlap,
            Derived::Gap => Self::Gap,
        }
    }

    /// The side that the last part of an id names.
    pub fn of_side(side: &str) -> Option<Self> {
        Some(match side {
            "low" => Self::Low,
            "high" => Self::High,
            "median" => Self::Median,
            "plus" => Self::Plus,
            "minus" => Self::Minus,
            "range" => Self::Limits,
            side => Self::of(Derived::ALL.into_iter().find(|(_, name)| *name == side)?.0),
        })
    }
}

/// Every figure of a site, sorted by id. A signed figure can also be quoted by its direction: see [`Figures::directed`].
#[derive(Clone, Debug, Default)]
pub struct Figures {
    sorted: Vec<Figure>,
    directed: Vec<Figure>,
    /// Where the figures are among all that had other ids, by those.
    former: HashMap<Arc<str>, usize>,
    names: OnceLock<Names<Arc<str>>>,
    values: OnceLock<Values>,
}

impl Figures {
    /// The figures, sorted by id. Of two with one id the first stays.
    pub fn new(mut figures: Vec<Figure>) -> Self {
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        figures.dedup_by(|b, a| a.id == b.id);
        let mut directed: Vec<Figure> = figures.iter().filter_map(Figure::with_direction).collect();
        directed.sort_by(|a, b| a.id.cmp(&b.id));
        let past =
            figures.iter().enumerate().flat_map(|(at, figure)| figure.was.iter().map(move |id| (id.clone(), at)));
        let former = past.collect();
        Self { sorted: figures, directed, former, ..Self::default() }
    }

    /// The figure of an id, which may state a direction that the figure has, and may be one that the figure had.
    pub fn get(&self, id: &str) -> Option<&Figure> {
        let of_now = |id: &str| {
            [&self.sorted, &self.directed].into_iter().find_map(|figures| figures.get(position(figures, id)?))
        };
        of_now(id).or_else(|| of_now(&self.renamed(id)?))
    }

    /// The id that a figure has now, for one that it had.
    pub fn renamed(&self, id: &str) -> Option<String> {
        let now = |id: &str| Some(self.sorted[*self.former.get(id)?].id.to_string());
        let with_direction = || {
            let (id, side) = id.rsplit_once('.').filter(|(_, side)| Direction::of_key(side).is_some())?;
            Some(format!("{}.{side}", now(id)?))
        };
        if self.former.is_empty() || position(&self.sorted, id).is_some() {
            return None;
        }
        now(id).or_else(with_direction)
    }

    /// What a figure of later data was in these, whatever its id was then.
    pub fn past_of(&self, figure: &Figure) -> Option<&Figure> {
        [&figure.id].into_iter().chain(&figure.was).find_map(|id| self.get(id))
    }

    /// The figure that a quote of an id is counted for: for an id that states a direction, the signed figure, even if it
    /// does not have that direction now.
    pub fn quoted(&self, id: &str) -> Option<&Figure> {
        self.index(id).and_then(|at| self.sorted.get(at))
    }

    /// Where the figure that an id quotes is among all figures.
    pub fn index(&self, id: &str) -> Option<usize> {
        let of_now = |id: &str| {
            position(&self.sorted, id).or_else(|| {
                let (id, _) = id.rsplit_once('.').filter(|(_, side)| Direction::of_key(side).is_some())?;
                position(&self.sorted, id).filter(|at| self.sorted[*at].signing == Signing::Always)
            })
        };
        of_now(id).or_else(|| of_now(&self.renamed(id)?))
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

    /// The sizes of signed figures, by the ids that state a direction, such as `growth.up`. Sentences quote them; they are no
    /// figures of their own, and have no record.
    pub fn directed(&self) -> std::slice::Iter<'_, Figure> {
        self.directed.iter()
    }

    /// The ids of all figures, to find the nearest to a mistyped one.
    pub fn names(&self) -> &Names<Arc<str>> {
        self.names.get_or_init(|| self.sorted.iter().map(|figure| Arc::clone(&figure.id)).collect())
    }

    /// Figures whose value a text states, and without more digits than the source gives: where very many have it, some of them.
    pub fn stated_by(&self, written: &Written) -> Vec<&Figure> {
        let values = self.values.get_or_init(|| {
            Values::of(
                self.sorted
                    .iter()
                    .chain(&self.directed)
                    .map(|figure| (&figure.unit, &figure.amount, figure.inputs.is_some())),
            )
        });
        let figure = |at: usize| self.sorted.get(at).or_else(|| self.directed.get(at - self.sorted.len()));
        let agrees =
            |figure: &&Figure| compare(written, &figure.datum()).is_ok_and(|agreement| agreement.warning.is_none());
        values.shown_by(written).into_iter().filter_map(figure).filter(agrees).collect()
    }

    /// All figures, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Figure> {
        work::steps(self.sorted.len());
        self.sorted.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}

fn position(sorted: &[Figure], id: &str) -> Option<usize> {
    sorted.binary_search_by(|figure| figure.id.as_ref().cmp(id)).ok()
}
