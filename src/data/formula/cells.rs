//! The values of cells as formulas take them: of typed and calculated cells, their sides, and what is derived from them.

use std::ops::Range;
use std::sync::Arc;

use super::engine::{Engine, Halt, State, Task, Tried};
use super::gap::{Before, Cause, Gap};
use super::names::{Unknown, find};
use super::plan::{Base, IdPart, Reference, Side};
use super::problems::{KIND, NAME};
use super::quantity::{Interval, OpenEnd, Quantity, Scale, Value};
use super::sheets::{CellAt, RowAt};
use crate::data::table::{CellValue, ColumnKind, Derived, End, Typed};
use crate::diagnostic::{Diagnostic, Place};

/// A text that may be missing.
pub(super) type Found<T> = Result<T, Arc<Gap>>;

/// Where a name leads.
pub(super) enum Target {
    Cell(CellAt, Side),
    /// What is derived from two rows that follow each other.
    Pair(RowAt, usize, usize, Derived),
}

impl<'e> Engine<'e, '_> {
    /// The value of a name.
    pub(super) fn name(&mut self, reference: &'e Reference, range: &Range<usize>, frames: &[RowAt]) -> Tried<Value> {
        match self.target(reference, range, frames)? {
            Err(gap) => Ok(Value::Nothing(gap)),
            Ok(Target::Cell(at, side)) => self.side(at, side, range),
            Ok(Target::Pair(row, next, column, derived)) => self.pair(row, next, column, derived, range),
        }
    }

    /// Where a name leads; the ids in columns of figures are followed.
    pub(super) fn target(
        &mut self,
        reference: &Reference,
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Found<Target>> {
        let row = match &reference.base {
            Base::Frame(frame) => frames[*frame],
            Base::Row(row) => *row,
            Base::LookUp(sheet, parts) => match self.look_up(*sheet, parts, range, frames)? {
                Ok(row) => RowAt { sheet: *sheet, row },
                Err(gap) => return Ok(Err(gap)),
            },
            Base::Pair(row, next) => {
                let Side::Derived(derived) = reference.side else {
                    return Ok(Ok(Target::Cell(row.cell(reference.column), reference.side)));
                };
                return Ok(Ok(Target::Pair(*row, *next, reference.column, derived)));
            }
        };
        let at = row.cell(reference.column);
        match self.sheets.column(at).kind {
            ColumnKind::Figure => self.followed(at, reference.side),
            _ => Ok(Ok(Target::Cell(at, reference.side))),
        }
    }

    /// The row of a sheet whose id is made from columns of the rows at hand.
    fn look_up(
        &mut self,
        sheet: usize,
        parts: &[IdPart],
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Found<usize>> {
        let mut id = String::new();
        let mut from = None;
        for part in parts {
            if !id.is_empty() {
                id.push('.');
            }
            match part {
                IdPart::Word(word) => id.push_str(word),
                IdPart::Any => id.push('*'),
                IdPart::Column(frame, column) => {
                    from = Some(frames[*frame].cell(*column));
                    match self.id_part(*frame, *column, frames)? {
                        Ok(part) => id.push_str(&part),
                        Err(gap) => return Ok(Err(gap)),
                    }
                }
            }
        }
        let indexed = self.sheets.at(sheet);
        if let Some(row) = indexed.row(&id) {
            return Ok(Ok(row));
        }
        let set = indexed.sheet.name;
        if let Some(reported) = self.sheets.lost(&format!("{set}.{id}")).or_else(|| self.sheets.lost(set)) {
            return Err(reported.into());
        }
        let problem = self.problem(&NAME, range, format!("`{set}` has no row `{id}`"));
        let problem = match indexed.nearest_row(&id) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("add the row to `{set}`, or correct the value")),
        };
        let problem = match from {
            Some(at) => problem.label(&self.sheets.cell(at).place, "which this names"),
            None => problem,
        };
        Err(self.report(problem, &id).into())
    }

    /// The figure that a cell names.
    fn followed(&mut self, at: CellAt, side: Side) -> Tried<Found<Target>> {
        let cell = self.sheets.cell(at);
        let id = match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Figures(ids) if ids.len() == 1 => Arc::clone(&ids[0].text),
            CellValue::Text(id) => Arc::clone(&id.text),
            CellValue::Formula => match self.text_of(at)? {
                Ok(id) => id.into(),
                Err(gap) => return Ok(Err(gap)),
            },
            _ => {
                let cause = Cause::Unstated(self.sheets.id(at));
                return Ok(Err(Arc::new(Gap { cause, through: None, place: cell.place.clone() })));
            }
        };
        let mut parts: Vec<&str> = id.split('.').collect();
        if side != Side::Whole {
            parts.push(side.name());
        }
        match find(self.sheets, &parts) {
            Ok(Reference { base: Base::Row(row), column, side }) => Ok(Ok(Target::Cell(row.cell(column), side))),
            Ok(Reference { base: Base::Pair(row, next), column, side: Side::Derived(derived) }) => {
                Ok(Ok(Target::Pair(row, next, column, derived)))
            }
            Err(Unknown::Reported(reported)) => Err(reported.into()),
            Ok(_) | Err(_) => {
                let problem =
                    Diagnostic::new(&NAME, &cell.place, format!("no figure has the id `{}`", parts.join(".")));
                let problem = problem.help("name a figure by its whole id");
                Err(self.report(problem, &id).into())
            }
        }
    }

    /// A side of a cell, which is noted as an input.
    fn side(&mut self, at: CellAt, side: Side, range: &Range<usize>) -> Tried<Value> {
        let value = self.input(at, range)?;
        let id = || -> Arc<str> { self.sheets.id(at) };
        let place = || -> Place { self.sheets.cell(at).place.clone() };
        let nothing = |cause: fn(Arc<str>) -> Cause| {
            Value::Nothing(Arc::new(Gap { cause: cause(id()), through: None, place: place() }))
        };
        let open = |end: OpenEnd| {
            let cause = Cause::Open(format!("{}.{}", id(), if end == OpenEnd::Low { "low" } else { "high" }).into());
            Value::Open(end, Arc::new(Gap { cause, through: None, place: place() }))
        };
        let end = |number: Option<Quantity>, end| number.map_or_else(|| open(end), Value::Number);
        Ok(match (side, value) {
            (Side::Whole, value) => value,
            (_, Value::Nothing(gap)) => Value::Nothing(gap),
            (Side::Low, Value::Range(range)) => end(range.low, OpenEnd::Low),
            (Side::High, Value::Range(range)) => end(range.high, OpenEnd::High),
            // One number is both ends of itself, so that a column may hold ranges and numbers.
            (Side::Low | Side::High, Value::Number(number)) => Value::Number(number),
            (Side::Median, Value::Range(range)) => match range.median {
                Some(median) => Value::Number(median),
                None => nothing(Cause::NoMedian),
            },
            (Side::Median, Value::Number(_)) => nothing(Cause::NoMedian),
            (Side::Plus, Value::Tolerance(parts)) => Value::Number(parts[1].clone()),
            (Side::Minus, Value::Tolerance(parts)) => Value::Number(parts[2].clone()),
            (Side::Low | Side::High | Side::Range, Value::Tolerance(parts)) => {
                let Some(limits) = limits(&parts) else { return Ok(nothing(|_| Cause::Digits)) };
                match side {
                    Side::Low => end(limits.low, OpenEnd::Low),
                    Side::High => end(limits.high, OpenEnd::High),
                    _ => Value::Range(limits),
                }
            }
            (Side::Plus | Side::Minus | Side::Range, Value::Number(_) | Value::Range(_)) => nothing(Cause::NoTolerance),
            (Side::Derived(derived), value) => self.derived_value(derived, &value, &id(), &place())?,
            (side, value) => {
                let shown = self.slice(range);
                let what = value.description();
                let message = format!("`{shown}` is the `{}` of {what}", side.name());
                let problem =
                    self.problem(&KIND, range, message).help("leave the side out, or name a figure that has it");
                return Err(self.report(problem, "").into());
            }
        })
    }

    /// The value of a cell, which is noted as an input.
    fn input(&mut self, at: CellAt, range: &Range<usize>) -> Tried<Value> {
        let mut value = self.read(at)?;
        if let (Value::Number(number), true) = (&mut value, self.trace.terms.drops_bounds) {
            number.bound = None;
        }
        let calculated = match self.cells.get(&(at.sheet, at.column)).map(|rows| &rows[at.row]) {
            Some(State::Done(Ok(cell))) => Some(cell.findings.clone()),
            _ => None,
        };
        match calculated {
            Some(findings) => {
                self.trace.is_inexact |= !findings.is_exact;
                if let Some(record) = &findings.record {
                    self.note(record, range)?;
                }
            }
            None => self.note(&Arc::clone(&self.sheets.cell(at).record), range)?,
        }
        Ok(value)
    }

    /// The value of a cell; a calculated one is needed until it is there.
    pub(super) fn read(&mut self, at: CellAt) -> Tried<Value> {
        if let Some(reported) = self.sheets.lost(self.sheets.at(at.sheet).sheet.name) {
            return Err(reported.into());
        }
        let cell = self.sheets.cell(at);
        let gap = |cause| Value::Nothing(Arc::new(Gap { cause, through: None, place: cell.place.clone() }));
        Ok(match cell.value.as_ref().map_err(|reported| *reported)? {
            CellValue::Formula => return self.read_calculated(at),
            CellValue::Unstated => gap(Cause::Unstated(self.sheets.id(at))),
            CellValue::Word(word) => gap(Cause::Word(self.sheets.id(at), Arc::clone(word))),
            CellValue::Text(text) => Value::Text(Arc::clone(&text.text)),
            CellValue::Date(date) => Value::Date(*date),
            CellValue::Choice(choice) => match &self.sheets.column(at).kind {
                ColumnKind::Choice(words) => match words.get(*choice) {
                    Some(word) => Value::Choice((at.sheet, at.column), *choice, Arc::clone(&word.text)),
                    None => gap(Cause::Unstated(self.sheets.id(at))),
                },
                _ => gap(Cause::Unstated(self.sheets.id(at))),
            },
            CellValue::Figures(ids) => Value::Text(ids.first().map_or_else(|| "".into(), |id| Arc::clone(&id.text))),
            CellValue::One(one) => {
                let scale = match self.scale_of(at)? {
                    Ok(scale) => scale,
                    Err(gap) => return Ok(Value::Nothing(gap)),
                };
                match quantity(one, &scale) {
                    Some(number) => Value::Number(Quantity { bound: cell.bound, ..number }),
                    None => gap(Cause::Digits),
                }
            }
            value @ (CellValue::Range(..) | CellValue::Tolerance(..)) => {
                let scale = match self.scale_of(at)? {
                    Ok(scale) => scale,
                    Err(gap) => return Ok(Value::Nothing(gap)),
                };
                several(value, &scale).unwrap_or_else(|| gap(Cause::Digits))
            }
        })
    }

    fn read_calculated(&mut self, at: CellAt) -> Tried<Value> {
        let id = || self.sheets.id(at);
        match self.cells.get(&(at.sheet, at.column)).map(|rows| &rows[at.row]) {
            Some(State::Done(Ok(cell))) => Ok(match &cell.value {
                Value::Nothing(gap) => Value::Nothing(gap.through(&id())),
                Value::Open(end, gap) => Value::Open(*end, gap.through(&id())),
                value => value.clone(),
            }),
            Some(State::Done(Err(reported))) => Err((*reported).into()),
            Some(State::Fresh | State::Begun) => {
                self.needed.push(Task::Cell(at));
                Err(Halt::Needs)
            }
            None => {
                let (cause, place) = (Cause::Unstated(id()), self.sheets.cell(at).place.clone());
                Ok(Value::Nothing(Arc::new(Gap { cause, through: None, place })))
            }
        }
    }

    /// The row that a function takes its value from; `None` where there is none, with the reason.
    pub(super) fn neighbor(&self, function: super::functions::Function, at: RowAt) -> Found<RowAt> {
        use super::functions::Function;
        let neighbors = self.sheets.at(at.sheet).neighbors(at.row);
        let row = neighbors.and_then(|neighbors| match function {
            Function::Previous => neighbors.previous,
            Function::Next => neighbors.next,
            Function::First => Some(neighbors.first),
            _ => Some(neighbors.last),
        });
        row.map(|row| RowAt { row, ..at }).ok_or_else(|| {
            let row = self.sheets.row(at);
            let cause = Cause::NoNeighbor(Before::of(function), Arc::clone(&row.id));
            Arc::new(Gap { cause, through: None, place: row.place.clone() })
        })
    }
}

fn quantity(typed: &Typed, scale: &Arc<Scale>) -> Option<Quantity> {
    Quantity::typed(&typed.value, scale)
}

/// A typed range, or a number with its tolerances.
fn several(value: &CellValue, scale: &Arc<Scale>) -> Option<Value> {
    let end = |end: &End| match end {
        End::Open => Some(None),
        End::At(typed) => quantity(typed, scale).map(Some),
    };
    match value {
        CellValue::Range(low, high, median) => {
            let median = match median {
                Some(median) => Some(quantity(median, scale)?),
                None => None,
            };
            Some(Value::Range(Interval { low: end(low)?, high: end(high)?, median }))
        }
        CellValue::Tolerance(value, plus, minus) => {
            Some(Value::Tolerance(Box::new([quantity(value, scale)?, quantity(plus, scale)?, quantity(minus, scale)?])))
        }
        _ => None,
    }
}

/// The range that a number makes with its tolerances.
fn limits(parts: &[Quantity; 3]) -> Option<Interval> {
    let [value, plus, minus] = parts;
    let at = |number| Some(Quantity { value: number, ..value.clone() });
    Some(Interval { low: at(value.value.sub(&minus.value)?), high: at(value.value.add(&plus.value)?), median: None })
}
