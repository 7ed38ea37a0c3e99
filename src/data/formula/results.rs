//! What formulas give.

use std::collections::HashMap;
use std::sync::Arc;

use super::gap::Gap;
use super::sheets::CellAt;
use crate::data::amount::{Amount, Bound};
use crate::data::figure::Inputs;
use crate::data::number::Number;
use crate::data::record::Record;
use crate::data::table::Derived;
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known};

/// What a formula gives, or what is derived from a value.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The value in its unit, or why there is none.
    pub amount: Result<Amount, Arc<Gap>>,
    /// The median of a range.
    pub median: Option<Number>,
    /// What it counts.
    pub unit: Unit,
    /// Whether it is a threshold or hedged, as its inputs are.
    pub bound: Option<Bound>,
    /// Whether it is a change, whose text needs its sign.
    pub signed: bool,
    /// How it comes about. What functions ran over is named by its pattern, `sum(prices.*.large.hour)`.
    pub inputs: Inputs,
    /// What the records of all inputs say together; `None` where there are no inputs.
    pub record: Option<Arc<Record>>,
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
