//! Works out all formulas of a site, what its tables derive, and its expectations.

use std::collections::HashMap;
use std::sync::Arc;

use super::compile::Compiler;
use super::derived::{DerivedValue, is_change, of_cell, of_pair};
use super::engine::{Calculated, Engine, State, Task};
use super::gap::{Cause, Gap};
use super::plan::{Plan, TestPlan};
use super::quantity::{Column, Quantity, Scale, Value};
use super::record::Records;
use super::results::{Answer, NoAnswer, Outcome, Pair, Results};
use super::sheets::{CellAt, Sheet, Sheets};
use crate::data::figure::{Bound, Record};
use crate::data::table::{ColumnKind, Derived};
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known, Place, Reported};
use crate::document::Text;

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
    let (plans, tests) = compiled(&sheets, diagnostics);
    let Some(text) = sheets.any_text() else { return Results::default() };
    let mut engine = Engine::new(&sheets, &plans, text, diagnostics);
    let mut results = Results::default();
    for (at, indexed) in sheets.iter() {
        for (column, declared) in indexed.sheet.table.columns.iter().enumerate() {
            for row in 0..indexed.sheet.table.rows.len() {
                let cell = CellAt { sheet: at, row, column };
                if declared.formula.is_some() {
                    engine.settle(Task::Cell(cell));
                }
            }
        }
    }
    engine.collect(&mut results);
    for (at, indexed) in sheets.iter() {
        let mut pairs = Vec::new();
        for column in 0..indexed.sheet.table.columns.len() {
            engine.derive(at, column, &mut results, &mut pairs);
        }
        results.pairs.push(pairs);
    }
    let before = engine.diagnostics.len();
    for (sheet, test) in &tests {
        engine.expect(test, *sheet, excused);
    }
    results.unmet = engine.diagnostics.split_off(before);
    results
}

type Plans<'a> = HashMap<Column, Known<Plan<'a>>>;

fn compiled<'a>(sheets: &Sheets<'a>, diagnostics: &mut Vec<Diagnostic>) -> (Plans<'a>, Vec<(usize, TestPlan<'a>)>) {
    let mut compiler = Compiler::new(sheets);
    let (mut plans, mut tests) = (HashMap::new(), Vec::new());
    for (at, indexed) in sheets.iter() {
        let table = indexed.sheet.table;
        // Of a set that may lack anything nothing is worked out.
        if let Some(reported) = sheets.lost(indexed.sheet.name) {
            let calculated = table.columns.iter().enumerate().filter(|(_, column)| column.formula.is_some());
            plans.extend(calculated.map(|(column, _)| ((at, column), Err(reported))));
            continue;
        }
        for (column, declared) in table.columns.iter().enumerate() {
            if let Some(formula) = &declared.formula {
                plans.insert((at, column), compiler.formula(formula, (at, column), diagnostics));
            }
        }
        for expectation in &table.expectations {
            if let Ok(test) = compiler.expectation(expectation, at, diagnostics) {
                tests.push((at, test));
            }
        }
    }
    (plans, tests)
}

impl<'e> Engine<'e, '_> {
    /// Notes what all formulas have given.
    fn collect(&mut self, results: &mut Results) {
        for ((sheet, column), rows) in &self.cells {
            let place = self.formula_place(CellAt { sheet: *sheet, row: 0, column: *column });
            for (row, state) in rows.iter().enumerate() {
                let outcome = match state {
                    State::Done(Ok(cell)) => Ok(outcome(cell, &place)),
                    State::Done(Err(reported)) => Err(*reported),
                    State::Fresh | State::Begun => continue,
                };
                results.cells.insert(CellAt { sheet: *sheet, row, column: *column }, outcome);
            }
        }
    }

    /// Derives what a column asks for.
    fn derive(&mut self, sheet: usize, column: usize, results: &mut Results, pairs: &mut Vec<Pair>) {
        let indexed = self.sheets.at(sheet);
        let declared = &indexed.sheet.table.columns[column];
        if declared.derive.is_empty() || !matches!(declared.kind, ColumnKind::Number) {
            return;
        }
        let at = |row| CellAt { sheet, row, column };
        let rows = 0..indexed.sheet.table.rows.len();
        let values: Vec<Option<(Value, Arc<Scale>)>> = rows.map(|row| self.value_and_scale(at(row))).collect();
        let ranges = || {
            values.iter().flatten().filter_map(|(value, _)| match value {
                Value::Range(range) => Some(range),
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
    fn value_and_scale(&mut self, at: CellAt) -> Option<(Value, Arc<Scale>)> {
        let value = self.read(at).ok()?;
        let scale = self.scale_of(at).ok()?.unwrap_or_else(|_| self.sheets.scale(&Unit::NUMBER));
        Some((value, scale))
    }

    /// What is said of a cell, or of the inputs of a calculated one.
    pub(super) fn record_of(&self, at: CellAt) -> Option<Arc<Record>> {
        match self.cells.get(&(at.sheet, at.column)).map(|rows| &rows[at.row]) {
            Some(State::Done(Ok(cell))) => cell.findings.record.clone(),
            Some(_) => None,
            None => Some(Arc::clone(&self.sheets.cell(at).record)),
        }
    }
}

impl<'a> Sheets<'a> {
    /// A text of the first formula or expectation; `None` where there is none, and nothing derived.
    fn any_text(&self) -> Option<&'a Text> {
        self.iter().find_map(|(_, indexed)| indexed.sheet.table.columns.first().map(|column| &column.title))
    }
}

fn outcome(cell: &Calculated, place: &Place) -> Outcome {
    let (value, bound) = answer(&cell.value, &cell.scale, place);
    // A column of numbers may turn out to give texts, which count nothing.
    let unit = match value {
        Answer::Text(_) | Answer::Date(_) => Unit::NUMBER,
        _ => cell.scale.unit.clone().unwrap_or(Unit::NUMBER),
    };
    Outcome {
        value,
        unit,
        bound,
        signed: cell.signed,
        exact: cell.findings.is_exact,
        formula: Arc::clone(&cell.formula),
        inputs: cell.inputs.clone(),
        rows: cell.findings.rows.clone(),
        record: cell.findings.record.clone(),
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
    let (value, _) = answer(&made.value, &Scale::of(&unit), place);
    Outcome {
        value,
        unit,
        bound: None,
        signed: is_change(kind),
        exact: true,
        formula: made.formula.into(),
        inputs: made.inputs,
        rows: Vec::new(),
        record: all.merged(),
    }
}

/// A value in a unit, or none where that has more digits than are kept; the place is where the value comes from.
fn answer(value: &Value, scale: &Scale, place: &Place) -> (Answer, Option<Bound>) {
    let none = |gap: &Arc<Gap>| (Answer::None(NoAnswer(Arc::clone(gap))), None);
    let digits = || none(&Arc::new(Gap { cause: Cause::Digits, through: None, place: place.clone() }));
    let end = |end: &Option<Quantity>| match end {
        Some(number) => number.in_unit(scale).map(Some),
        None => Some(None),
    };
    match value {
        Value::Number(number) => match number.in_unit(scale) {
            Some(one) => (Answer::One(one), number.bound),
            None => digits(),
        },
        Value::Tolerance(parts) => answer(&Value::Number(parts[0].clone()), scale, place),
        Value::Range(range) => match (end(&range.low), end(&range.high), end(&range.median)) {
            (Some(low), Some(high), Some(median)) => (Answer::Range { low, high, median }, None),
            _ => digits(),
        },
        Value::Text(text) | Value::Choice(_, _, text) => (Answer::Text(Arc::clone(text)), None),
        Value::Date(date) => (Answer::Date(*date), None),
        Value::Nothing(gap) | Value::Open(_, gap) => none(gap),
    }
}
