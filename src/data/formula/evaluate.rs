//! Works out all formulas of a site, what its tables derive, and its expectations.

use std::collections::HashMap;
use std::sync::Arc;

use super::derived::{DerivedValue, is_change, of_cell, of_pair};
use super::engine::{Engine, given};
use super::gap::{Cause, Gap};
use super::plan::{Outside, Plan, Terms};
use super::quantity::{Column, Given, Quantity, Scale, Value};
use super::record::Records;
use super::resolve::resolve;
use super::results::{Outcome, Pair, Results};
use super::sheets::{CellAt, Sheet, Sheets};
use super::tree::{Expectation, Formula};
use crate::data::amount::Amount;
use crate::data::figure::Inputs;
use crate::data::number::Number;
use crate::data::record::Record;
use crate::data::table::{ColumnKind, Derived};
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known, Place, Reported};

/// Works out every formula, what tables derive, and every expectation.
///
/// `lost` gives the proof that what an id names could not be read; for the name of a set, that anything of it may be missing. What
/// depends on that is given up without a further problem. `excused` says whether figures that don't fit an expectation are known to
/// disagree.
pub fn evaluate(
    sheets: &[Sheet<'_>],
    lost: &dyn Fn(&str) -> Option<Reported>,
    excused: &dyn Fn(&[Arc<str>]) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Results {
    let sheets = Sheets::new(sheets, lost);
    let (plans, tests) = planned(&sheets, diagnostics);
    // While nothing is worked out, the text at hand is any.
    let Some(text) = sheets.iter().find_map(|(_, indexed)| indexed.sheet.table.columns.first()) else {
        return Results::default();
    };
    let (meanings, terms, outside) = (Vec::new(), Terms::FREE, Outside::default());
    let nothing = Plan { text: &text.title, meanings, terms, outside };
    let mut engine = Engine::new(&sheets, &plans, &nothing, diagnostics);
    let mut results = Results::default();
    for (sheet, indexed) in sheets.iter() {
        for (column, _) in indexed.calculated() {
            for row in 0..indexed.sheet.table.rows.len() {
                let at = CellAt { sheet, row, column };
                engine.settle(at);
                let done = engine.calculated(at).cloned();
                results.cells.extend(done.map(|done| (at, done.map(|done| done.outcome.clone()))));
            }
        }
    }
    for (sheet, indexed) in sheets.iter() {
        let mut pairs = Vec::new();
        for column in 0..indexed.sheet.table.columns.len() {
            engine.derive(sheet, column, &mut results, &mut pairs);
        }
        results.pairs.push(pairs);
    }
    let before = engine.diagnostics.len();
    for (sheet, expectation, plan) in &tests {
        engine.expect(expectation, plan, *sheet, excused);
    }
    results.unmet = engine.diagnostics.split_off(before);
    results
}

type Plans<'a> = HashMap<Column, Known<Plan<'a>>>;
type Tests<'a> = Vec<(usize, &'a Formula, Plan<'a>)>;

/// What all formulas and expectations mean.
fn planned<'a>(sheets: &Sheets<'a>, diagnostics: &mut Vec<Diagnostic>) -> (Plans<'a>, Tests<'a>) {
    let (mut plans, mut tests, mut functions) = (HashMap::new(), Vec::new(), 0);
    for (sheet, indexed) in sheets.iter() {
        // Of a set that may lack anything nothing is worked out.
        let lost = sheets.lost(indexed.sheet.name);
        for (at, formula) in indexed.calculated() {
            let column = &indexed.sheet.table.columns[at];
            let terms = Terms { compares: column.compare, drops_bounds: column.bound.is_some() };
            let plan = match lost {
                Some(reported) => Err(reported),
                None => resolve(sheets, formula, (sheet, terms), &mut functions, diagnostics),
            };
            plans.insert((sheet, at), plan);
        }
        for Expectation(formula) in indexed.sheet.table.expectations.iter().filter(|_| lost.is_none()) {
            if let Ok(plan) = resolve(sheets, formula, (sheet, Terms::FREE), &mut functions, diagnostics) {
                tests.push((sheet, formula, plan));
            }
        }
    }
    (plans, tests)
}

impl<'e> Engine<'e, '_> {
    /// Derives what a column asks for.
    fn derive(&mut self, sheet: usize, column: usize, results: &mut Results, pairs: &mut Vec<Pair>) {
        let indexed = self.sheets.at(sheet);
        let declared = &indexed.sheet.table.columns[column];
        if declared.derive.is_empty() || !matches!(declared.kind, ColumnKind::Number) {
            return;
        }
        let at = |row| CellAt { sheet, row, column };
        let rows = 0..indexed.sheet.table.rows.len();
        let values: Vec<Option<(Given, Arc<Scale>)>> = rows.map(|row| self.value_and_scale(at(row))).collect();
        let ranges = || {
            values.iter().flatten().filter_map(|(value, _)| match value {
                Ok(Value::Range(range)) => Some(range),
                _ => None,
            })
        };
        // A column without ranges has nothing to do with their middles and ends, even where a value is missing.
        let (has_range, has_median) = (ranges().next().is_some(), ranges().any(|range| range.median.is_some()));
        let is_asked = |kind: &Derived| match kind {
            Derived::Step => true,
            Derived::MedianOffset | Derived::MedianStep => has_median,
            _ => has_range,
        };
        let kinds: Vec<Derived> = declared.derive.iter().copied().filter(is_asked).collect();
        for (row, value) in values.iter().enumerate() {
            let Some((value, scale)) = value else { continue };
            let of = self.sided(at(row), value);
            let record: Vec<Arc<Record>> = self.record_of(at(row)).into_iter().collect();
            let made = kinds.iter().filter_map(|kind| {
                let made = of_cell(*kind, &of)?;
                Some((*kind, made_outcome(*kind, made, scale, &record, &of.place)))
            });
            let made: Vec<(Derived, Outcome)> = made.collect();
            if !made.is_empty() {
                results.derived.insert(at(row), made);
            }
            let Some(next) = indexed.neighbors(row).and_then(|neighbors| neighbors.next) else { continue };
            let Some((next_value, _)) = &values[next] else { continue };
            let two = self.sided(at(next), next_value);
            let records: Vec<Arc<Record>> = record.into_iter().chain(self.record_of(at(next))).collect();
            let id: Arc<str> = indexed.pair_id(row, next).into();
            pairs.extend(kinds.iter().filter_map(|kind| {
                let outcome = made_outcome(*kind, of_pair(*kind, &of, &two)?, scale, &records, &two.place);
                Some(Pair { first: row, second: next, column, id: Arc::clone(&id), derived: *kind, outcome })
            }));
        }
    }

    /// The value of a cell, and what it counts; `None` where a problem was reported.
    fn value_and_scale(&mut self, at: CellAt) -> Option<(Given, Arc<Scale>)> {
        let value = given(self.read(at)).ok()?;
        let scale = given(self.scale_of(at)).ok()?.unwrap_or_else(|_| self.sheets.scale(&Unit::NUMBER));
        Some((value, scale))
    }

    /// What is said of a cell, or of the inputs of a calculated one.
    pub(super) fn record_of(&self, at: CellAt) -> Option<Arc<Record>> {
        match self.calculated(at) {
            Some(Ok(cell)) => cell.outcome.record.clone(),
            Some(Err(_)) => None,
            None => Some(Arc::clone(&self.sheets.cell(at).record)),
        }
    }
}

fn made_outcome(kind: Derived, made: DerivedValue, scale: &Scale, records: &[Arc<Record>], place: &Place) -> Outcome {
    let unit = scale.unit.clone().unwrap_or(Unit::NUMBER);
    let unit = match kind {
        Derived::Midpoint => unit,
        Derived::Spread | Derived::Step | Derived::MedianStep => Unit::PERCENT,
        Derived::Width | Derived::MedianOffset | Derived::Overlap | Derived::Gap => unit.of_difference(),
    };
    let mut all = Records::default();
    records.iter().for_each(|record| all.add(record));
    let (amount, median) = amount(&made.value.map(Value::Number), &Scale::of(&unit), place);
    let inputs = Inputs { formula: made.formula.into(), ids: made.inputs, exact: true, rows: Vec::new() };
    Outcome { amount, median, unit, bound: None, signed: is_change(kind), inputs, record: all.merged() }
}

/// A value in a unit, or none where that has more digits than are kept, and its median; the place is where the value comes from.
pub(super) fn amount(value: &Given, scale: &Scale, place: &Place) -> (Result<Amount, Arc<Gap>>, Option<Number>) {
    let in_unit = |number: &Quantity| number.in_unit(scale).ok_or_else(|| Gap::new(Cause::Digits, place));
    let amount = match value {
        Ok(Value::Number(number)) => in_unit(number).map(Amount::One),
        Ok(Value::Tolerance(parts)) => in_unit(&parts[0]).map(Amount::One),
        Ok(Value::Range(range)) => match range.map(in_unit) {
            Ok([Some(low), Some(high), median]) => return (Ok(Amount::Range(low, high)), median),
            Ok([Some(low), None, median]) => return (Ok(Amount::From(low)), median),
            Ok([None, Some(high), median]) => return (Ok(Amount::To(high)), median),
            Ok([None, None, median]) => return (Ok(Amount::Unstated), median),
            Err(gap) => Err(gap),
        },
        Ok(Value::Text(text) | Value::Choice(_, _, text)) => Ok(Amount::Text(Arc::clone(text))),
        Ok(Value::Date(date)) => Ok(Amount::Date(*date)),
        Ok(Value::Open(_, gap)) | Err(gap) => Err(Arc::clone(gap)),
    };
    (amount, None)
}
