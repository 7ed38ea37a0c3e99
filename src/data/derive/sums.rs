//! What measures add up to: sums that stand in a table, and the sum of parts beside a typed total.

use std::sync::Arc;

use super::record::merged;
use super::table::{Calculated, Columns, Subject};
use super::{amount, end_ids, ends_of, plus};
use crate::data::figure::{Amount, Aspect, Figure, Record, Unit};
use crate::data::number::Number;
use crate::data::set::{BandRow, Cell, Measure};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

pub(super) const CODES: &[&Code] = &[&MEASURE_UNIT];

static MEASURE_UNIT: Code = Code {
    name: "measure-unit",
    severity: Severity::Error,
    rule: false,
    what: "Measures that are added up, or set in a ratio, count different things.",
    why: "Dollars and euros, or a year's pay and a month's, have no sum.",
    example: "[[row]]\nid = \"l1\"\nbase = { range = [1, 2], currency = \"EUR\" }   # and the other parts in USD",
    mend: "Give the parts in one currency and for one period, or take the measure out of `sum`, `parts` or the ratio.",
};

/// Low and high of a cell, or of several added up.
pub(super) struct Ends {
    pub(super) id: Arc<str>,
    pub(super) low: Number,
    pub(super) high: Number,
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    pub(super) record: Arc<Record>,
}

/// Reports different units, the same two of them once.
pub(super) struct Mixed<'a> {
    said: Vec<[Unit; 2]>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Mixed<'a> {
    pub(super) fn new(diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { said: Vec::new(), diagnostics }
    }

    pub(super) fn report(&mut self, place: &Place, row: &BandRow, first: &Unit, second: &Unit) {
        if !self.said.iter().any(|two| two.contains(first) && two.contains(second)) {
            self.said.push([first.clone(), second.clone()]);
            self.diagnostics.push(
                Diagnostic::new(&MEASURE_UNIT, place, format!("in row `{}`, {first} meets {second}", row.id))
                    .label(&row.place, "the row")
                    .help("give all of them in one unit, or take the other one out"),
            );
        }
    }
}

impl Columns<'_> {
    /// Where the measure stands that has a unit of its own, among those that are added up; else the one that they make.
    fn odd(&self, measure: usize, one: &Unit, other: &Unit) -> &Place {
        let own = |measure: &&Measure| measure.unit.as_ref().is_some_and(|unit| unit == one || unit == other);
        let mut odd = self.measures.iter().filter(own);
        match (odd.next(), odd.next()) {
            (Some(only), None) => &only.place,
            _ => &self.measures[measure].place,
        }
    }

    /// A cell's ends under its own id.
    pub(super) fn single(&self, set: &Arc<str>, row: &BandRow, at: usize) -> Option<Ends> {
        let cell = row.cells[at].as_ref()?;
        let (low, high) = ends_of(cell.amount)?;
        let id = self.id(set, row, at);
        Some(Ends { id, low, high, amount: cell.amount, unit: cell.unit.clone(), record: Arc::clone(&cell.record) })
    }

    /// The sum of cells; nothing where one of them is broken, unstated, or in another unit.
    pub(super) fn added(&self, row: &BandRow, parts: &[usize], measure: usize, mixed: &mut Mixed<'_>) -> Option<Ends> {
        let cells: Vec<&Cell> = parts.iter().map(|at| row.cells[*at].as_ref()).collect::<Option<_>>()?;
        let first = cells.first()?;
        if let Some(other) = cells.iter().find(|cell| cell.unit != first.unit) {
            mixed.report(self.odd(measure, &first.unit, &other.unit), row, &first.unit, &other.unit);
            return None;
        }
        let (mut low, mut high) = (Number::ZERO, Number::ZERO);
        for cell in &cells {
            let ends = ends_of(cell.amount)?;
            (low, high) = (low.add(ends.0)?, high.add(ends.1)?);
        }
        let is_range = cells.iter().any(|cell| matches!(cell.amount, Amount::Range(..)));
        let records: Vec<&Arc<Record>> = cells.iter().map(|cell| &cell.record).collect();
        let amount = amount(low, high, is_range);
        Some(Ends { id: Arc::default(), low, high, amount, unit: first.unit.clone(), record: merged(&records) })
    }

    /// The cell of a measure that is a sum; it is unstated where one of its parts is.
    pub(super) fn sum(&self, row: &BandRow, measure: usize, mixed: &mut Mixed<'_>) -> Option<Cell> {
        let parts = &self.sums[measure];
        let cells: Vec<&Cell> = parts.iter().map(|at| row.cells[*at].as_ref()).collect::<Option<_>>()?;
        let (amount, unit, record) = if cells.iter().any(|cell| cell.amount == Amount::Unstated) {
            let records: Vec<&Arc<Record>> = cells.iter().map(|cell| &cell.record).collect();
            (Amount::Unstated, cells.first()?.unit.clone(), merged(&records))
        } else {
            let sum = self.added(row, parts, measure, mixed)?;
            (sum.amount, sum.unit, sum.record)
        };
        let place = self.measures[measure].place.clone();
        Some(Cell { amount, unit, median: None, precision: None, bound: None, note: None, record, place, ends: None })
    }

    /// The ids of parts of a row, of the low ends, and of the high ends.
    pub(super) fn ids(&self, set: &Arc<str>, row: &BandRow, parts: &[usize]) -> [Vec<Arc<str>>; 3] {
        let mut ids = [Vec::new(), Vec::new(), Vec::new()];
        for &at in parts {
            let id = self.id(set, row, at);
            let cell_amount = row.cells[at].as_ref().map_or(Amount::Unstated, |cell| cell.amount);
            let (low, high) = end_ids(&id, cell_amount);
            ids[0].push(id);
            ids[1].push(low);
            ids[2].push(high);
        }
        ids
    }

    /// The sum of a measure's parts, and how far the measure lies outside of it.
    pub(super) fn parts(
        &self,
        subject: &Subject<'_>,
        row: &BandRow,
        at: usize,
        mixed: &mut Mixed<'_>,
        figures: &mut Vec<Figure>,
    ) {
        let Some(sum) = self.added(row, &self.parts[at], at, mixed) else { return };
        let base = self.id(subject.set, row, at);
        let [ids, low_ids, high_ids] = self.ids(subject.set, row, &self.parts[at]);
        let formula = plus(ids.len());
        let cell = row.cells[at].as_ref();
        let mut push = |side: &str, aspect, amount, formula: &str, inputs, record: &Arc<Record>| {
            figures.push(subject.figure(Calculated {
                id: format!("{base}.{side}"),
                measure: &self.measures[at].title,
                aspect,
                amount,
                unit: sum.unit.clone(),
                formula,
                inputs,
                record,
                place: cell.map_or(&row.place, |cell| &cell.place),
            }));
        };
        push("parts", Aspect::Parts, sum.amount, &formula, ids, &sum.record);
        if let Amount::Range(low, high) = sum.amount {
            push("parts.low", Aspect::Parts, Amount::One(low), &formula, low_ids, &sum.record);
            push("parts.high", Aspect::Parts, Amount::One(high), &formula, high_ids, &sum.record);
        }
        let Some(cell) = cell else { return };
        if cell.unit != sum.unit {
            mixed.report(self.odd(at, &cell.unit, &sum.unit), row, &cell.unit, &sum.unit);
            return;
        }
        let Some((low, high)) = ends_of(cell.amount) else { return };
        let (low_id, high_id) = end_ids(&base, cell.amount);
        let (parts_low, parts_high) = end_ids(&format!("{base}.parts").into(), sum.amount);
        let record = merged(&[&cell.record, &sum.record]);
        if let Some(above) = high.sub(sum.high).filter(|_| high > sum.high) {
            let ids = vec![high_id, parts_high];
            push("above-parts", Aspect::AboveParts, Amount::One(above), "{0} − {1}", ids, &record);
        }
        if let Some(below) = sum.low.sub(low).filter(|_| low < sum.low) {
            let ids = vec![parts_low, low_id];
            push("below-parts", Aspect::BelowParts, Amount::One(below), "{0} − {1}", ids, &record);
        }
    }
}
