//! What cells say as text, and the units and ids that are made from it.

use std::sync::Arc;

use super::cells::Found;
use super::engine::{Engine, Tried};
use super::gap::{Cause, Gap};
use super::plan::Frame;
use super::problems::{KIND, LITERAL, NAME};
use super::quantity::{Scale, Value};
use super::sheets::{CellAt, RowAt, braces, columns_in, typed_text};
use crate::data::ids::id_of;
use crate::data::table::{CellValue, ColumnUnit};
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Place};

impl Engine<'_, '_> {
    /// The part of an id that a column of a row makes: of a key the part of the row's own id.
    pub(super) fn id_part(&mut self, frame: Frame, column: usize, frames: &[RowAt]) -> Tried<Found<String>> {
        let row = frames[frame];
        let table = self.sheets.at(row.sheet).sheet.table;
        if let Some(part) = table.keys.iter().position(|key| *key == column) {
            return Ok(Ok(self.sheets.row(row).parts[part].to_string()));
        }
        Ok(self.text_of(row.cell(column))?.map(|text| id_of(&text)))
    }

    /// What a cell says, as text.
    pub(super) fn text_of(&mut self, at: CellAt) -> Tried<Found<String>> {
        let cell = self.sheets.cell(at);
        let gap = |cause| Ok(Err(Arc::new(Gap { cause, through: None, place: cell.place.clone() })));
        match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Unstated => return gap(Cause::Unstated(self.sheets.id(at))),
            CellValue::Word(word) => return gap(Cause::Word(self.sheets.id(at), Arc::clone(word))),
            CellValue::Formula => (),
            value => {
                if let Some(text) = typed_text(value, &self.sheets.column(at).kind) {
                    return Ok(Ok(text));
                }
            }
        }
        let value = self.read(at)?;
        Ok(match value {
            Value::Text(text) | Value::Choice(_, _, text) => Ok(text.to_string()),
            Value::Date(date) => Ok(date.to_string()),
            Value::Nothing(gap) | Value::Open(_, gap) => Err(gap),
            Value::Number(number) => match self.scale_of(at)?.map(|scale| number.in_unit(&scale)) {
                Ok(Some(number)) => Ok(number.to_string()),
                Ok(None) => Err(Arc::new(Gap { cause: Cause::Digits, through: None, place: cell.place.clone() })),
                Err(gap) => Err(gap),
            },
            Value::Range(_) | Value::Tolerance(_) => {
                let message = format!("`{}` is {}, where a text must be", self.sheets.id(at), value.description());
                let problem = Diagnostic::new(&KIND, &cell.place, message);
                let problem = problem.help("name a column of texts or of single numbers in the braces");
                return Err(self.report(problem, "").into());
            }
        })
    }

    /// What the numbers of a cell count.
    pub(super) fn scale_of(&mut self, at: CellAt) -> Tried<Found<Arc<Scale>>> {
        let column = self.sheets.column(at);
        let text = match &column.unit {
            ColumnUnit::Fixed(unit) => return Ok(Ok(self.sheets.scale(unit))),
            ColumnUnit::ByRow(text) => text,
        };
        let indexed = self.sheets.at(at.sheet);
        let is_typed = |name: &str| {
            let named = indexed.column(name);
            named.is_none_or(|named| indexed.sheet.table.columns[named].formula.is_none())
        };
        if column.formula.is_none() && columns_in(&column.unit).into_iter().all(is_typed) {
            return Ok(Ok(self.sheets.scale(&self.sheets.cell(at).unit)));
        }
        self.unit_by_row(&text.text, at.row(), &text.place)
    }

    /// A unit in which names in braces stand for what the row says.
    pub(super) fn unit_by_row(&mut self, text: &str, row: RowAt, place: &Place) -> Tried<Found<Arc<Scale>>> {
        let mut unit = String::new();
        for piece in braces(text) {
            match piece {
                Ok(plain) => unit.push_str(plain),
                Err(name) => match self.sheets.at(row.sheet).column(name) {
                    Some(column) => match self.text_of(row.cell(column))? {
                        Ok(text) => unit.push_str(&text),
                        Err(gap) => return Ok(Err(gap)),
                    },
                    None => {
                        let set = self.sheets.at(row.sheet).sheet.name;
                        let problem = Diagnostic::new(&NAME, place, format!("`{set}` has no column `{name}`"));
                        let problem = problem.help("name a column of this table in the braces");
                        return Err(self.report(problem, name).into());
                    }
                },
            }
        }
        match Unit::parse(&unit) {
            Ok(unit) => Ok(Ok(self.sheets.scale(&unit))),
            Err(problem) => {
                let problem = Diagnostic::new(&LITERAL, place, format!("the unit `{unit}` {problem}"));
                let problem = problem.help("correct the column that the unit names");
                Err(self.report(problem, &unit).into())
            }
        }
    }
}
