//! What formulas give.

use std::collections::HashMap;
use std::sync::Arc;

use super::gap::Gap;
use super::sheets::CellAt;
use crate::data::figure::{Bound, Record};
use crate::data::notation::Date;
use crate::data::number::Number;
use crate::data::table::Derived;
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known};

/// What a formula gives, or what is derived from a value.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The value, in its unit.
    pub value: Answer,
    /// What it counts.
    pub unit: Unit,
    /// Whether it is a threshold or hedged, as its inputs are.
    pub bound: Option<Bound>,
    /// Whether it is a change, whose text needs its sign.
    pub signed: bool,
    /// Whether it is exact: a root is not.
    pub exact: bool,
    /// The formula as it was worked out, in which `{0}`, `{1}` … stand for the inputs; what functions ran over is named by its
    /// pattern, `sum(prices.*.large.hour)`.
    pub formula: Arc<str>,
    /// The ids of the inputs.
    pub inputs: Vec<Arc<str>>,
    /// How many rows each function over rows took and left out, in the formula's order.
    pub rows: Vec<RowCount>,
    /// What the records of all inputs say together; `None` where there are no inputs.
    pub record: Option<Arc<Record>>,
}

/// The value of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// No value.
    None(NoAnswer),
    /// One number.
    One(Number),
    /// A range, in which an end may be open, maybe with a median.
    Range {
        /// The low end; `None` where it is open.
        low: Option<Number>,
        /// The high end; `None` where it is open.
        high: Option<Number>,
        /// The median.
        median: Option<Number>,
    },
    /// A text, or the word of a choice.
    Text(Arc<str>),
    /// A date.
    Date(Date),
}

/// Why there is no value.
#[derive(Clone, Debug)]
pub struct NoAnswer(pub Arc<Gap>);

impl PartialEq for NoAnswer {
    /// Whether the reasons read alike.
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

/// How many rows a function ran over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowCount {
    /// Those that had a value.
    pub taken: usize,
    /// Those that had none, and were left out.
    pub left_out: usize,
}

/// What two rows that follow each other have to do with each other.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The index of the first row.
    pub first: usize,
    /// The index of the row behind it.
    pub second: usize,
    /// The column's index.
    pub column: usize,
    /// What the ids of the rows make: `senior-to-staff`.
    pub id: Arc<str>,
    /// What is derived.
    pub derived: Derived,
    /// What it is.
    pub outcome: Outcome,
}

/// All that is calculated, by the indexes of the sheets, their rows and their columns.
#[derive(Debug, Default)]
pub struct Results {
    pub(super) cells: HashMap<CellAt, Known<Outcome>>,
    pub(super) derived: HashMap<CellAt, Vec<(Derived, Outcome)>>,
    pub(super) pairs: Vec<Vec<Pair>>,
    /// The problems of expectations that aren't met.
    pub unmet: Vec<Diagnostic>,
}

impl Results {
    /// What a formula gives for a cell; `None` for a cell that is typed.
    pub fn cell(&self, sheet: usize, row: usize, column: usize) -> Option<&Known<Outcome>> {
        self.cells.get(&CellAt { sheet, row, column })
    }

    /// What is derived from a cell, typed or calculated.
    pub fn derived(&self, sheet: usize, row: usize, column: usize) -> &[(Derived, Outcome)] {
        self.derived.get(&CellAt { sheet, row, column }).map_or(&[], Vec::as_slice)
    }

    /// What is derived from rows of a sheet that follow each other.
    pub fn pairs(&self, sheet: usize) -> &[Pair] {
        self.pairs.get(sheet).map_or(&[], Vec::as_slice)
    }
}
