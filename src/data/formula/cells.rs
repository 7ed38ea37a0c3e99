//! The values of cells as formulas take them: of typed and calculated cells, their sides, their texts, and what is derived from them.

use std::ops::Range;
use std::sync::Arc;

use super::engine::{Engine, Halt, Tried, given};
use super::functions::Function;
use super::gap::{Before, Cause, Gap};
use super::names::{Unknown, find};
use super::plan::{Base, Frame, IdPart, Reference, Side};
use super::problems::{KIND, LITERAL, NAME};
use super::quantity::{Interval, Quantity, Scale, Value};
use super::sheets::{CellAt, RowAt, braces, columns_in, typed_text};
use super::tree::NamePart;
use crate::data::ids::id_of_value;
use crate::data::table::{CellValue, ColumnKind, Derived, End, Typed};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Place};

/// Where a name leads.
pub(super) enum Target {
    Cell(CellAt, Side),
    /// What is derived from two rows that follow each other.
    Pair(RowAt, usize, usize, Derived),
}

impl<'e> Engine<'e, '_> {
    /// The value of a name.
    pub(super) fn name(&mut self, reference: &'e Reference, range: &Range<usize>) -> Tried<Value> {
        match self.target(reference, range)? {
            Target::Cell(at, side) => self.side(at, side, range),
            Target::Pair(row, next, column, derived) => self.pair(row, next, column, derived, range),
        }
    }

    /// Where a name leads; the ids in columns of figures are followed.
    pub(super) fn target(&mut self, reference: &Reference, range: &Range<usize>) -> Tried<Target> {
        let (column, side) = (reference.column, reference.side);
        let row = match &reference.base {
            Base::Frame(frame) => self.frames[*frame],
            Base::Row(row) => *row,
            Base::LookUp(sheet, parts) => self.look_up(*sheet, parts, range)?,
            Base::Pair(row, next) => {
                return Ok(match side {
                    Side::Derived(derived) => Target::Pair(*row, *next, column, derived),
                    _ => Target::Cell(row.cell(column), side),
                });
            }
        };
        match self.sheets.column(row.cell(column)).kind {
            ColumnKind::Figure => self.followed(row.cell(column), side),
            _ => Ok(Target::Cell(row.cell(column), side)),
        }
    }

    /// The row of a sheet whose id is made from columns of the rows at hand.
    fn look_up(&mut self, sheet: usize, parts: &[IdPart], range: &Range<usize>) -> Tried<RowAt> {
        let mut id = Vec::with_capacity(parts.len());
        let mut from = None;
        for part in parts {
            if let IdPart::Column(frame, column) = part {
                from = Some(self.frames[*frame].cell(*column));
            }
            id.push(self.id_part(part)?.unwrap_or_else(|| "*".to_owned()));
        }
        let id = id.join(".");
        let indexed = self.sheets.at(sheet);
        if let Some(row) = indexed.row(&id) {
            return Ok(RowAt { sheet, row });
        }
        let set = indexed.sheet.name;
        if let Some(reported) = self.sheets.lost(&format!("{set}.{id}")).or_else(|| self.sheets.lost(set)) {
            return Err(reported.into());
        }
        let help = match indexed.nearest_row(&id) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add the row to `{set}`, or correct the value"),
        };
        let problem = Diagnostic::new(&NAME, &self.place(range), format!("`{set}` has no row `{id}`")).help(help);
        let problem = match from {
            Some(at) => problem.label(&self.sheets.cell(at).place, "which this names"),
            None => problem,
        };
        Err(self.report(problem, &id).into())
    }

    /// The figure that a cell names.
    fn followed(&mut self, at: CellAt, side: Side) -> Tried<Target> {
        let cell = self.sheets.cell(at);
        let id = match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Figures(ids) if ids.len() == 1 => ids[0].text.to_string(),
            CellValue::Text(_) | CellValue::Formula => self.text_of(at)?,
            _ => return Err(Gap::new(Cause::Unstated(self.sheets.id(at)), &cell.place).into()),
        };
        let side = Some(side.name()).filter(|side| !side.is_empty());
        let parts: Vec<NamePart> = id.split('.').chain(side).map(|part| NamePart::Word(part.into())).collect();
        match find(self.sheets, &parts) {
            Ok(Reference { base: Base::Row(row), column, side }) => Ok(Target::Cell(row.cell(column), side)),
            Ok(Reference { base: Base::Pair(row, next), column, side: Side::Derived(derived) }) => {
                Ok(Target::Pair(row, next, column, derived))
            }
            Err(Unknown::Reported(reported)) => Err(reported.into()),
            Ok(_) | Err(_) => {
                let id = side.map_or_else(|| id.clone(), |side| format!("{id}.{side}"));
                let message = format!("no figure has the id `{id}`");
                self.fail_at(&NAME, &cell.place, message, "name a figure by its whole id", &id)
            }
        }
    }

    /// Reports what is wrong in the data.
    fn fail_at<T>(
        &mut self,
        code: &'static Code,
        place: &Place,
        message: String,
        help: &'static str,
        about: &str,
    ) -> Tried<T> {
        Err(self.report(Diagnostic::new(code, place, message).help(help), about).into())
    }

    /// A side of a cell, which is noted as an input.
    fn side(&mut self, at: CellAt, side: Side, range: &Range<usize>) -> Tried<Value> {
        let value = self.input(at, range)?;
        let (id, place) = (self.sheets.id(at), &self.sheets.cell(at).place);
        let gap = |cause| Err(Gap::new(cause, place).into());
        let end = |number: Option<Quantity>| match (number, side) {
            (Some(number), _) => Value::Number(number),
            (None, Side::Low) => {
                Value::Open(std::cmp::Ordering::Less, Gap::new(Cause::Open(side.of(id.clone())), place))
            }
            (None, _) => Value::Open(std::cmp::Ordering::Greater, Gap::new(Cause::Open(side.of(id.clone())), place)),
        };
        Ok(match (side, value) {
            (Side::Whole, value) => value,
            (Side::Low, Value::Range(range)) => end(range.low),
            (Side::High, Value::Range(range)) => end(range.high),
            // One number is both ends of itself, so that a column may hold ranges and numbers.
            (Side::Low | Side::High, Value::Number(number)) => Value::Number(number),
            (Side::Median, Value::Range(Interval { median: Some(median), .. })) => Value::Number(median),
            (Side::Median, Value::Range(_) | Value::Number(_)) => return gap(Cause::NoMedian(id)),
            (Side::Plus, Value::Tolerance(parts)) => Value::Number(parts[1].clone()),
            (Side::Minus, Value::Tolerance(parts)) => Value::Number(parts[2].clone()),
            (Side::Low | Side::High | Side::Range, Value::Tolerance(parts)) => match (limits(&parts), side) {
                (Some(limits), Side::Low) => end(limits.low),
                (Some(limits), Side::High) => end(limits.high),
                (Some(limits), _) => Value::Range(limits),
                (None, _) => return gap(Cause::Digits),
            },
            (Side::Plus | Side::Minus | Side::Range, Value::Number(_) | Value::Range(_)) => {
                return gap(Cause::NoTolerance(id));
            }
            (Side::Derived(derived), value) => self.derived_value(derived, &Ok(value), at)?,
            (side, value) => {
                let what = value.description();
                let message = format!("`{}` is the `{}` of {what}", self.slice(range), side.name());
                return self.fail(&KIND, range, message, "leave the side out, or name a figure that has it");
            }
        })
    }

    /// The value of a cell, which is noted as an input.
    fn input(&mut self, at: CellAt, range: &Range<usize>) -> Tried<Value> {
        let mut value = given(self.read(at))?;
        if let (Ok(Value::Number(number)), true) = (&mut value, self.trace.terms.drops_bounds) {
            number.bound = None;
        }
        if let Some(Ok(cell)) = self.calculated(at) {
            self.trace.is_inexact |= !cell.outcome.inputs.exact;
        }
        if let Some(record) = self.record_of(at) {
            self.note(&record, range)?;
        }
        Ok(value?)
    }

    /// The value of a cell; a calculated one is needed until it is there.
    pub(super) fn read(&mut self, at: CellAt) -> Tried<Value> {
        if let Some(reported) = self.sheets.lost(self.sheets.at(at.sheet).sheet.name) {
            return Err(reported.into());
        }
        let cell = self.sheets.cell(at);
        let id = || self.sheets.id(at);
        let gap = |cause| Halt::from(Gap::new(cause, &cell.place));
        match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Formula => match self.calculated(at) {
                Some(Ok(cell)) => match &cell.value {
                    Ok(Value::Open(end, gap)) => Ok(Value::Open(*end, gap.through(&id()))),
                    Ok(value) => Ok(value.clone()),
                    Err(gap) => Err(gap.through(&id()).into()),
                },
                Some(Err(reported)) => Err((*reported).into()),
                None if self.sheets.column(at).formula.is_none() => Err(gap(Cause::Unstated(id()))),
                None => {
                    self.needed.push(at);
                    Err(Halt::Needs)
                }
            },
            CellValue::Unstated => Err(gap(Cause::Unstated(id()))),
            CellValue::Word(word) => Err(gap(Cause::Word(id(), Arc::clone(word)))),
            CellValue::Text(text) => Ok(Value::Text(Arc::clone(&text.text))),
            CellValue::Date(date) => Ok(Value::Date(*date)),
            CellValue::Figures(ids) => {
                Ok(Value::Text(ids.first().map_or_else(|| "".into(), |id| Arc::clone(&id.text))))
            }
            CellValue::Choice(choice) => match &self.sheets.column(at).kind {
                ColumnKind::Choice(words) if *choice < words.len() => {
                    Ok(Value::Choice(at.of_column(), *choice, Arc::clone(&words[*choice].text)))
                }
                _ => Err(gap(Cause::Unstated(id()))),
            },
            value => {
                let scale = self.scale_of(at)?;
                let value = numbers(value, &scale).ok_or_else(|| gap(Cause::Digits))?;
                Ok(match value {
                    Value::Number(number) => Value::Number(Quantity { bound: cell.bound, ..number }),
                    value => value,
                })
            }
        }
    }

    /// The row that a function takes its value from.
    pub(super) fn neighbor(&self, function: Function, at: RowAt) -> Result<RowAt, Arc<Gap>> {
        let neighbors = self.sheets.at(at.sheet).neighbors(at.row);
        let row = neighbors.and_then(|neighbors| match function {
            Function::Previous => neighbors.previous,
            Function::Next => neighbors.next,
            Function::First => Some(neighbors.first),
            _ => Some(neighbors.last),
        });
        let side = if function == Function::Next { Before::Behind } else { Before::Before };
        let here = self.sheets.row(at);
        row.map(|row| RowAt { row, ..at })
            .ok_or_else(|| Gap::new(Cause::NoNeighbor(side, Arc::clone(&here.id)), &here.place))
    }

    /// The text of a part of an id: of a column that is a key, the part of the row's own id. `None` for any.
    pub(super) fn id_part(&mut self, part: &IdPart) -> Tried<Option<String>> {
        let (frame, column): (Frame, usize) = match part {
            IdPart::Any => return Ok(None),
            IdPart::Word(word) => return Ok(Some(word.to_string())),
            IdPart::Column(frame, column) => (*frame, *column),
        };
        let row = self.frames[frame];
        let keys = &self.sheets.at(row.sheet).sheet.table.keys;
        match keys.iter().position(|key| *key == column) {
            Some(part) => Ok(Some(self.sheets.row(row).parts[part].to_string())),
            None => {
                let at = row.cell(column);
                let is_number = self.sheets.column(at).kind.is_number();
                self.text_of(at).map(|text| Some(id_of_value(&text, is_number)))
            }
        }
    }

    /// What a cell says, as text.
    pub(super) fn text_of(&mut self, at: CellAt) -> Tried<String> {
        let cell = self.sheets.cell(at);
        match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Unstated | CellValue::Word(_) => (),
            value => {
                if let Some(text) = typed_text(value, &self.sheets.column(at).kind) {
                    return Ok(text);
                }
            }
        }
        match self.read(at)? {
            Value::Text(text) | Value::Choice(_, _, text) => Ok(text.to_string()),
            Value::Date(date) => Ok(date.to_string()),
            Value::Open(_, gap) => Err(gap.into()),
            Value::Number(number) => {
                let scale = self.scale_of(at)?;
                let number = number.in_unit(&scale).ok_or_else(|| Gap::new(Cause::Digits, &cell.place))?;
                Ok(number.to_string())
            }
            value @ (Value::Range(_) | Value::Tolerance(_)) => {
                let message = format!("`{}` is {}, where a text must be", self.sheets.id(at), value.description());
                let help = "name a column of texts or of single numbers in the braces";
                self.fail_at(&KIND, &cell.place, message, help, "")
            }
        }
    }

    /// What the numbers of a cell count.
    pub(super) fn scale_of(&mut self, at: CellAt) -> Tried<Arc<Scale>> {
        let column = self.sheets.column(at);
        let indexed = self.sheets.at(at.sheet);
        let is_typed = |name: &str| {
            let named = indexed.column(name);
            named.is_none_or(|named| indexed.sheet.table.columns[named].formula.is_none())
        };
        let is_known = column.formula.is_none() && columns_in(&column.unit).into_iter().all(is_typed);
        match &column.unit {
            ColumnUnit::ByRow(_) if is_known => Ok(self.sheets.scale(&self.sheets.cell(at).unit)),
            unit => self.unit_scale(unit, at.row()),
        }
    }

    /// What numbers of a unit count; names in braces stand for what a row says.
    pub(super) fn unit_scale(&mut self, unit: &ColumnUnit, row: RowAt) -> Tried<Arc<Scale>> {
        let typed = match unit {
            ColumnUnit::Fixed(unit) => return Ok(self.sheets.scale(unit)),
            ColumnUnit::ByRow(text) => text,
        };
        let mut unit = String::new();
        for piece in braces(&typed.text) {
            match piece {
                Ok(plain) => unit.push_str(plain),
                Err(name) => match self.sheets.at(row.sheet).column(name) {
                    Some(column) => unit.push_str(&self.text_of(row.cell(column))?),
                    None => {
                        let message = format!("`{}` has no column `{name}`", self.sheets.at(row.sheet).sheet.name);
                        let help = "name a column of this table in the braces";
                        return self.fail_at(&NAME, &typed.place, message, help, name);
                    }
                },
            }
        }
        match Unit::parse(&unit) {
            Ok(unit) => Ok(self.sheets.scale(&unit)),
            Err(problem) => {
                let message = format!("the unit `{unit}` {problem}");
                self.fail_at(&LITERAL, &typed.place, message, "correct the column that the unit names", &unit)
            }
        }
    }
}

/// The numbers of a cell with what they count; `None` where one of them has more digits than are kept.
fn numbers(value: &CellValue, scale: &Arc<Scale>) -> Option<Value> {
    let one = |typed: &Typed| Quantity::typed(&typed.value, scale);
    let end = |end: &End| match end {
        End::Open => Some(None),
        End::At(typed) => one(typed).map(Some),
    };
    match value {
        CellValue::One(typed) => one(typed).map(Value::Number),
        CellValue::Range(low, high, median) => {
            let median = match median {
                Some(median) => Some(one(median)?),
                None => None,
            };
            Some(Value::from([end(low)?, end(high)?, median]))
        }
        CellValue::Tolerance(value, plus, minus) => {
            Some(Value::Tolerance(Box::new([one(value)?, one(plus)?, one(minus)?])))
        }
        _ => None,
    }
}

/// The range that a number makes with its tolerances.
fn limits([value, plus, minus]: &[Quantity; 3]) -> Option<Interval> {
    let at = |number| Some(Quantity { value: number, ..value.clone() });
    Some(Interval { low: at(value.value.sub(&minus.value)?), high: at(value.value.add(&plus.value)?), median: None })
}
