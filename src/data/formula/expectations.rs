//! Tries expectations on rows, and reports those that are not true.

use std::sync::Arc;

use super::cells::Target;
use super::engine::{Engine, Tried, given};
use super::plan::{Meaning, Plan, Side};
use super::problems::EXPECTATION;
use super::quantity::{Given, Kind, Quantity, Value};
use super::sheets::{CellAt, RowAt};
use super::tree::{Formula, Node, NodeKind};
use crate::data::amount::Amount;
use crate::data::notation::{self, Datum, Per, Style};
use crate::data::table::{CellValue, End};
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Place};

/// The figures of a comparison: their ids, where they are, and whether they are typed.
#[derive(Default)]
struct Named {
    ids: Vec<Arc<str>>,
    places: Vec<(Place, bool)>,
}

impl<'e, 'a> Engine<'e, 'a> {
    /// Tries an expectation on each row of its sheet, or once where it names no column.
    pub(super) fn expect(
        &mut self,
        expectation: &'e Formula,
        plan: &'e Plan<'a>,
        sheet: usize,
        excused: &dyn Fn(&[Arc<str>]) -> bool,
    ) {
        let rows = self.sheets.at(sheet).sheet.table.rows.len();
        let outside = &plan.outside;
        let takes_row = outside.takes_values || !outside.texts.is_empty() || !expectation.conditions.is_empty();
        for row in 0..if takes_row { rows } else { rows.min(1) } {
            // A problem that keeps it from being tried has been reported.
            let _ = self.expect_of(expectation, plan, RowAt { sheet, row }, excused);
        }
    }

    fn expect_of(
        &mut self,
        expectation: &'e Formula,
        plan: &'e Plan<'a>,
        row: RowAt,
        excused: &dyn Fn(&[Arc<str>]) -> bool,
    ) -> Tried<()> {
        if !self.settled(plan, row, |engine| engine.holds(&expectation.conditions))? {
            return Ok(());
        }
        let root = &expectation.root;
        let NodeKind::Compare(_, sides) = &root.kind else { return Ok(()) };
        let (is_true, values) = self.settled(plan, row, |engine| engine.test(root))?;
        if is_true != Some(false) {
            return Ok(());
        }
        let named = self.settled(plan, row, |engine| {
            let mut named = Named::default();
            engine.figures(root, &mut named).map(|()| named)
        })?;
        if excused(&named.ids) {
            return Ok(());
        }
        let mut said = Vec::with_capacity(2);
        for (side, value) in sides.iter().zip(&values) {
            let name = self.settled(plan, row, |engine| engine.named(side))?.0;
            said.push(said_of(&name, value, matches!(side.kind, NodeKind::Number(..))));
        }
        let message = format!("`{}` is not true: {}", plan.text.text, said.join(", and "));
        let typed = named.places.iter().find(|(_, is_typed)| *is_typed).or(named.places.first());
        let place = typed.map_or(&plan.text.place, |(place, _)| place);
        let others = named.places.iter().map(|(other, _)| other).filter(|other| other.span != place.span).take(3);
        let problem = Diagnostic::new(&EXPECTATION, place, message);
        let problem = others.fold(problem, |problem, other| problem.label(other, "this takes part"));
        let problem = problem
            .label(&plan.text.place, "expected here")
            .help("correct the figure; if it is as its source gives it, name it in an entry of a set of conflicts");
        self.report(problem, &named.ids.join(" "));
        Ok(())
    }

    /// The figures that a part of a comparison takes.
    fn figures(&mut self, node: &'e Node, named: &mut Named) -> Tried<()> {
        match (&node.kind, self.plan.meaning(node)) {
            (_, Meaning::Name(reference)) => {
                if let Ok(target) = given(self.target(reference, &node.range))? {
                    named.ids.push(self.target_id(&target));
                    if let Target::Cell(at, side) = target {
                        named.places.push(self.place_of(at, side));
                    }
                }
                Ok(())
            }
            (NodeKind::Call(call), Meaning::Row(frame)) => {
                let Ok(row) = self.neighbor(call.function, self.frames[*frame]) else { return Ok(()) };
                let here = std::mem::replace(&mut self.frames[*frame], row);
                let done = self.figures(&call.arguments[0], named);
                self.frames[*frame] = here;
                done
            }
            (NodeKind::Call(call), Meaning::OverRows(over)) => {
                for row in given(self.candidates(over))?.unwrap_or_default() {
                    self.frames.push(RowAt { sheet: over.sheet, row });
                    let done = self.holds(&call.conditions).and_then(|holds| {
                        let nodes = if holds { call.values() } else { &[] };
                        nodes.iter().try_for_each(|node| self.figures(node, named))
                    });
                    self.frames.pop();
                    done?;
                }
                Ok(())
            }
            _ => node.children().into_iter().try_for_each(|child| self.figures(child, named)),
        }
    }

    /// Where a side of a cell is typed; whether it is.
    fn place_of(&self, at: CellAt, side: Side) -> (Place, bool) {
        let cell = self.sheets.cell(at);
        let place = match (&cell.value, side) {
            (Ok(CellValue::Range(End::At(end), ..)), Side::Low)
            | (Ok(CellValue::Range(_, End::At(end), _)), Side::High)
            | (Ok(CellValue::Range(.., Some(end))), Side::Median) => &end.place,
            _ => &cell.place,
        };
        (place.clone(), !matches!(cell.value, Ok(CellValue::Formula)))
    }
}

/// A side of a comparison with its value; a number that is typed in the comparison is all that there is to say.
fn said_of(name: &Arc<str>, value: &Given, is_typed: bool) -> String {
    match value {
        Ok(Value::Number(number)) if number.is_literal || is_typed => shown(number),
        Ok(Value::Number(number)) => format!("`{name}` is {}", shown(number)),
        Ok(Value::Text(text)) if **name == *format!("'{text}'") => name.to_string(),
        Ok(Value::Text(text) | Value::Choice(_, _, text)) => format!("`{name}` is '{text}'"),
        Ok(Value::Date(date)) => format!("`{name}` is {date}"),
        Ok(Value::Open(..)) => format!("`{name}` is open"),
        Ok(value) => format!("`{name}` is {}", value.description()),
        Err(_) => format!("`{name}` is not stated"),
    }
}

/// A number with its unit, as readers of English see it.
fn shown(number: &Quantity) -> String {
    let scale = &number.scale;
    let Some(value) = number.in_unit(scale) else { return "too long a number".to_owned() };
    let unit = match (&scale.unit, scale.kind) {
        (Some(unit), _) => unit.clone(),
        (None, Kind::Percent) => Unit::PERCENT,
        (None, Kind::Points) => Unit::POINTS,
        (None, Kind::Plain) if scale.dimensions.is_none() => Unit::NUMBER,
        (None, Kind::Plain) => return format!("{value} {}", scale.dimensions),
    };
    match value.decimals() {
        // All of its digits are written, so that two numbers that differ look different.
        Some(_) => {
            let style = Style { bound: false, per: Per::Always, ..Style::default() };
            notation::write(&Datum::new(&Amount::One(value), &unit), &style)
        }
        None => format!("{value} {unit}").trim_end().to_owned(),
    }
}
