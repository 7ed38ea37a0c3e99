//! Tables of typed columns, and single facts, as their files hold them.
//!
//! A set of facts is a table with one row, which has no name: each fact is a column with one cell.

use std::sync::Arc;

use super::amount::{Bound, Digits, Ends};
use super::formula::{Expectation, Formula};
use super::notation::Date;
use super::number::Number;
use super::record::Record;
use super::unit::{ColumnUnit, Unit};
use crate::diagnostic::{Known, Place};
use crate::document::Text;

/// Rows and typed columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns in the order written.
    pub columns: Vec<Column>,
    /// The columns whose values make a row's id, by their indexes; empty where each row has an `id`, and for facts.
    pub keys: Vec<usize>,
    /// The rows in the order of the file.
    pub rows: Vec<Row>,
    /// How rows follow each other; `None` where they don't.
    pub order: Option<Order>,
    /// Which ends of a range belong to it.
    pub ends: Ends,
    /// What must be true of each row.
    pub expectations: Vec<Expectation>,
    /// On which pages the records of its figures are.
    pub records: RecordPages,
    /// The tables whose rows are combined to its own.
    pub combine: Vec<Text>,
}

/// How rows follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As they are typed.
    Typed,
    /// Along one of the keys, by its place among [`Table::keys`], separately for each value of the other keys.
    Along(usize),
}

/// On which pages the records of a set's figures are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordPages {
    /// All on one page.
    #[default]
    Set,
    /// On a page for each row.
    Rows,
    /// On one page, and only those that a page shows or quotes.
    Quoted,
}

/// A column, or a fact: what its values are, and what is said of them.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its key.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text,
    /// What its values are.
    pub kind: ColumnKind,
    /// What its numbers count.
    pub unit: ColumnUnit,
    /// How its values are calculated; they are then never typed.
    pub formula: Option<Formula>,
    /// The words that are values beside numbers.
    pub words: Vec<Text>,
    /// The word for a blank cell.
    pub blank: Option<Text>,
    /// How many digits its texts have.
    pub digits: Digits,
    /// What is derived from each of its values.
    pub derive: Vec<Derived>,
    /// `bound`: `Some(None)` for `"none"`, which drops the bounds of a formula's inputs.
    pub bound: Option<Option<Bound>>,
    /// Whether a text of it needs its sign; `None` where the formula decides.
    pub signed: Option<bool>,
    /// Whether inputs of different scope or subject may meet in its formula.
    pub compare: bool,
    /// What a row says in place of it: the header of a CSV file.
    pub header: Option<Text>,
    /// What is said of its figures where no row says otherwise.
    pub record: Arc<Record>,
    /// The names that it had.
    pub was: Vec<Text>,
    /// Where it is declared.
    pub place: Place,
}

/// What a column's values are.
#[derive(Clone, Debug)]
pub enum ColumnKind {
    /// Numbers and ranges.
    Number,
    /// Inline Markdown.
    Text,
    /// One of these words, lowest first.
    Choice(Vec<Text>),
    /// A date.
    Date,
    /// The id of a figure.
    Figure,
    /// Ids of figures.
    Figures,
}

/// What can be derived from a value, or from two that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derived {
    /// (low + high) / 2.
    Midpoint,
    /// (high − low) / low, in percent.
    Spread,
    /// high − low.
    Width,
    /// Stated median − midpoint.
    MedianOffset,
    /// The change to the next row's value or midpoint, in percent.
    Step,
    /// The change to the next row's stated median, in percent.
    MedianStep,
    /// What two neighboring rows have in common.
    Overlap,
    /// What lies between two neighboring rows.
    Gap,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The parts of its id: one for each key, or its `id`; none for facts.
    pub parts: Vec<Arc<str>>,
    /// The parts joined by dots: `backend.senior`.
    pub id: Arc<str>,
    /// A cell for each column, in the columns' order.
    pub cells: Vec<Cell>,
    /// A note on the row.
    pub note: Option<Text>,
    /// What is said of its figures.
    pub record: Arc<Record>,
    /// The ids that it had.
    pub was: Vec<Text>,
    /// Where it starts.
    pub place: Place,
}

impl Row {
    /// What the ids of this row and the next make: the parts that they share, and `a-to-b` where they differ.
    pub fn pair_id(&self, next: &Self) -> String {
        let parts = self.parts.iter().zip(&next.parts).map(|(one, two)| match one == two {
            true => one.to_string(),
            false => format!("{one}-to-{two}"),
        });
        parts.collect::<Vec<_>>().join(".")
    }
}

/// A cell, or the value of a fact.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it holds.
    pub value: Known<CellValue>,
    /// What its number counts: the column's unit, for this row.
    pub unit: Unit,
    /// The step to which the source printed it, in its unit.
    pub precision: Option<Number>,
    /// Whether the source gives a threshold or hedges.
    pub bound: Option<Bound>,
    /// Words printed with it.
    pub qualifier: Option<Text>,
    /// A note on it.
    pub note: Option<Text>,
    /// What is said of it.
    pub record: Arc<Record>,
    /// Where its value is; for a calculated one, where the column's formula is.
    pub place: Place,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub enum CellValue {
    /// The source does not say: `"unstated"`.
    Unstated,
    /// A word in place of a number: one of the column's `words`, or the one for a blank.
    Word(Arc<str>),
    /// One number.
    One(Typed),
    /// A range, maybe with a stated median.
    Range(End, End, Option<Typed>),
    /// A number with its tolerances: how much more and how much less, both as sizes.
    Tolerance(Typed, Typed, Typed),
    /// Inline Markdown.
    Text(Text),
    /// One of the column's choices, by its index, from 0.
    Choice(usize),
    /// A date.
    Date(Date),
    /// The ids of figures.
    Figures(Vec<Text>),
    /// The column's formula gives the value.
    Formula,
}

/// An end of a range.
#[derive(Clone, Debug)]
pub enum End {
    /// There is none.
    Open,
    /// Here, in the cell's unit.
    At(Typed),
}

/// A number as it is typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The number.
    pub value: Number,
    /// How many digits are typed behind its point; below zero for an exponent: `-3` for `1e3`.
    pub decimals: i32,
    /// Where.
    pub place: Place,
}

impl Table {
    /// The position of a column.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| *column.id == *id)
    }

    /// The column that gives rows their titles: `title`, else the first of text.
    pub fn title_column(&self) -> Option<usize> {
        self.column("title").or_else(|| self.columns.iter().position(|column| matches!(column.kind, ColumnKind::Text)))
    }
}

impl ColumnKind {
    /// Whether it holds numbers.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number)
    }

    /// Whether it holds inline Markdown.
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Text)
    }

    /// Whether each of its cells names one figure.
    pub const fn is_figure(&self) -> bool {
        matches!(self, Self::Figure)
    }
}

impl Column {
    /// Whether its cells are figures: its numbers and dates, and the texts that a formula gives.
    pub fn makes_figures(&self) -> bool {
        match self.kind {
            ColumnKind::Number | ColumnKind::Date => true,
            ColumnKind::Text | ColumnKind::Choice(_) => self.formula.is_some(),
            ColumnKind::Figure | ColumnKind::Figures => false,
        }
    }
}

impl Derived {
    /// All, with the names by which `derive` asks for them, which are also the last parts of their ids.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Midpoint, "midpoint"),
        (Self::Spread, "spread"),
        (Self::Width, "width"),
        (Self::MedianOffset, "median-offset"),
        (Self::Step, "step"),
        (Self::MedianStep, "median-step"),
        (Self::Overlap, "overlap"),
        (Self::Gap, "gap"),
    ];

    /// Whether it takes two rows that follow each other.
    pub const fn is_between_rows(self) -> bool {
        matches!(self, Self::Step | Self::MedianStep | Self::Overlap | Self::Gap)
    }
}
