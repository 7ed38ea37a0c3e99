//! Tries expectations on rows, and reports those that are not true.

use std::sync::Arc;

use super::cells::Target;
use super::engine::{Engine, Halt, Tried};
use super::plan::{OverRows, Side, Step, StepKind, Terms, TestPlan};
use super::problems::EXPECTATION;
use super::quantity::{Kind, Quantity, Value};
use super::sheets::{CellAt, RowAt};
use crate::data::table::{CellValue, End};
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known, Place};

/// An expectation may compare whatever it likes.
const TERMS: Terms = Terms { compares: true, drops_bounds: true };

/// The figures of one side of a comparison.
#[derive(Default)]
struct Named {
    ids: Vec<Arc<str>>,
    places: Vec<(Place, bool)>,
}

impl<'e, 'a> Engine<'e, 'a> {
    /// Tries an expectation on each row of its sheet, or once where it names no column.
    pub(super) fn expect(&mut self, plan: &'e TestPlan<'a>, sheet: usize, excused: &dyn Fn(&[Arc<str>]) -> bool) {
        let rows = self.sheets.at(sheet).sheet.table.rows.len();
        let rows = if plan.takes_row { rows } else { rows.min(1) };
        for row in 0..rows {
            // A problem that keeps it from being tried has been reported.
            let _ = self.expect_of(plan, RowAt { sheet, row }, excused);
        }
    }

    /// Works out something and all that it needs.
    fn settled<T>(&mut self, mut tried: impl FnMut(&mut Self) -> Tried<T>) -> Known<T> {
        loop {
            self.needed.clear();
            match tried(self) {
                Ok(value) => return Ok(value),
                Err(Halt::Reported(reported)) => return Err(reported),
                Err(Halt::Needs) => {
                    for task in std::mem::take(&mut self.needed) {
                        self.settle(task);
                    }
                }
            }
        }
    }

    fn expect_of(&mut self, plan: &'e TestPlan<'a>, row: RowAt, excused: &dyn Fn(&[Arc<str>]) -> bool) -> Known<()> {
        let text = plan.text;
        let is_picked = self.settled(|engine| {
            engine.begin(text, TERMS);
            engine.holds(&plan.conditions, &mut vec![row])
        })?;
        if !is_picked {
            return Ok(());
        }
        let (values, is_true) = self.settled(|engine| {
            engine.begin(text, TERMS);
            let frames = &mut vec![row];
            let values = engine.eval_all([&plan.test.left, &plan.test.right], frames)?;
            let [left, right] = [values[0].clone(), values[1].clone()];
            let is_true = engine.compared(&plan.test, left, right, frames)?;
            Ok((values, is_true))
        })?;
        if is_true != Some(false) {
            return Ok(());
        }
        let mut named = Named::default();
        self.settled(|engine| {
            engine.begin(text, TERMS);
            named = Named::default();
            engine.figures(&plan.test.left, &mut vec![row], &mut named)?;
            engine.figures(&plan.test.right, &mut vec![row], &mut named)
        })?;
        if excused(&named.ids) {
            return Ok(());
        }
        let sides = self.settled(|engine| {
            engine.begin(text, TERMS);
            let frames = &[row];
            Ok([engine.named(&plan.test.left, frames)?.0, engine.named(&plan.test.right, frames)?.0])
        })?;
        let said: Vec<String> = sides.iter().zip(&values).map(|(name, value)| said(name, value)).collect();
        let message = format!("`{}` is not true: {}", text.text, said.join(", and "));
        let typed = named.places.iter().find(|(_, is_typed)| *is_typed).or(named.places.first());
        let place = typed.map_or_else(|| text.place.clone(), |(place, _)| place.clone());
        let mut problem = Diagnostic::new(&EXPECTATION, &place, message);
        for (other, _) in named.places.iter().filter(|(other, _)| other.span != place.span).take(3) {
            problem = problem.label(other, "this takes part");
        }
        let problem = problem
            .label(&text.place, "expected here")
            .help("correct the figure; if it is as its source gives it, name it in an entry of a set of conflicts");
        self.report(problem, &named.ids.join(" "));
        Ok(())
    }

    /// The figures that a part of a comparison takes.
    fn figures(&mut self, step: &'e Step, frames: &mut Vec<RowAt>, named: &mut Named) -> Tried<()> {
        match &step.kind {
            StepKind::Number(_) | StepKind::ByRow(..) | StepKind::Text(_) => Ok(()),
            StepKind::Name(reference) => {
                if let Ok(target) = self.target(reference, &step.range, frames)? {
                    named.ids.push(self.target_id(&target));
                    if let Target::Cell(at, side) = target {
                        named.places.push(self.place_of(at, side));
                    }
                }
                Ok(())
            }
            StepKind::Negative(inner) => self.figures(inner, frames, named),
            StepKind::Sum(first, rest) | StepKind::Product(first, rest) => {
                self.figures(first, frames, named)?;
                rest.iter().try_for_each(|term| self.figures(&term.step, frames, named))
            }
            StepKind::Apply(_, arguments) => arguments.iter().try_for_each(|step| self.figures(step, frames, named)),
            StepKind::Neighbor(function, frame, inner) => {
                let Ok(row) = self.neighbor(*function, frames[*frame]) else { return Ok(()) };
                let here = std::mem::replace(&mut frames[*frame], row);
                let done = self.figures(inner, frames, named);
                frames[*frame] = here;
                done
            }
            StepKind::OverRows(over) => self.figures_of_rows(over, frames, named),
        }
    }

    fn figures_of_rows(&mut self, over: &'e OverRows, frames: &mut Vec<RowAt>, named: &mut Named) -> Tried<()> {
        let Ok(rows) = self.candidates(over, frames)? else { return Ok(()) };
        for row in rows {
            frames.push(RowAt { sheet: over.sheet, row });
            let done = self.holds(&over.conditions, frames).and_then(|holds| {
                let steps = if holds { &over.arguments[..] } else { &[] };
                steps.iter().try_for_each(|step| self.figures(step, frames, named))
            });
            frames.pop();
            done?;
        }
        Ok(())
    }

    /// Where a side of a cell is typed; whether it is.
    fn place_of(&self, at: CellAt, side: Side) -> (Place, bool) {
        let cell = self.sheets.cell(at);
        let end = |end: &End| match end {
            End::At(typed) => typed.place.clone(),
            End::Open => cell.place.clone(),
        };
        let place = match (&cell.value, side) {
            (Ok(CellValue::Range(low, ..)), Side::Low) => end(low),
            (Ok(CellValue::Range(_, high, _)), Side::High) => end(high),
            (Ok(CellValue::Range(.., Some(median))), Side::Median) => median.place.clone(),
            _ => cell.place.clone(),
        };
        (place, !matches!(cell.value, Ok(CellValue::Formula)))
    }
}

/// A side of a comparison with its value.
fn said(name: &Arc<str>, value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_literal => shown(number),
        Value::Number(number) => format!("`{name}` is {}", shown(number)),
        Value::Text(text) if **name == *format!("'{text}'") => name.to_string(),
        Value::Text(text) | Value::Choice(_, _, text) => format!("`{name}` is '{text}'"),
        Value::Date(date) => format!("`{name}` is {date}"),
        Value::Open(..) => format!("`{name}` is open"),
        value => format!("`{name}` is {}", value.description()),
    }
}

/// A number with its unit.
fn shown(number: &Quantity) -> String {
    let value = number.in_unit(&number.scale).map_or_else(|| "too long a number".to_owned(), |value| value.to_string());
    match &number.scale.unit {
        Some(unit) if *unit == Unit::NUMBER => value,
        Some(unit) if *unit == Unit::PERCENT => format!("{value}%"),
        Some(unit) => format!("{value} {unit}"),
        None => match number.scale.kind {
            Kind::Percent => format!("{value}%"),
            Kind::Points => format!("{value} percentage points"),
            Kind::Plain if number.scale.dimensions.is_none() => value,
            Kind::Plain => format!("{value} {}", number.scale.dimensions),
        },
    }
}
