//! Works out the parts of a formula on a row: names, signs, sums and products.

use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{Fault, Way, add, add_ranges, multiply, negative};
use super::cells::Target;
use super::engine::{Engine, Halt, Tried};
use super::gap::{Cause, Gap};
use super::plan::{Side, Step, StepKind, TermStep};
use super::problems::{BOUNDS, HUNDRED, KIND, RANGE, UNITS};
use super::quantity::{Interval, Quantity, Value};
use super::sheets::RowAt;
use crate::data::number::Number;
use crate::diagnostic::{Place, Reported};
use crate::work;

/// A value that arithmetic takes.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Number(Quantity),
    Range(Interval),
}

impl From<Operand> for Value {
    fn from(operand: Operand) -> Self {
        match operand {
            Operand::Number(number) => Self::Number(number),
            Operand::Range(range) => Self::Range(range),
        }
    }
}

/// An operand, or why there is none.
pub(super) type Given<T> = Result<T, Arc<Gap>>;

/// The ranges of an operation in the formula's text: its operator or function, and both operands.
pub(super) struct Spot<'s> {
    pub(super) operator: &'s Range<usize>,
    pub(super) left: Range<usize>,
    pub(super) right: &'s Step,
}

impl<'e> Engine<'e, '_> {
    /// The value of a part of a formula.
    pub(super) fn eval(&mut self, step: &'e Step, frames: &mut Vec<RowAt>) -> Tried<Value> {
        work::steps(1);
        match &step.kind {
            StepKind::Number(number) => Ok(Value::Number(number.clone())),
            StepKind::ByRow(number, unit, frame) => {
                let place = self.text.place_of(step.range.clone());
                Ok(match self.unit_by_row(unit, frames[*frame], &place)? {
                    Ok(scale) => match Quantity::typed(number, &scale) {
                        Some(number) => Value::Number(number),
                        None => self.too_long(&step.range),
                    },
                    Err(gap) => Value::Nothing(gap),
                })
            }
            StepKind::Text(text) => Ok(Value::Text(Arc::clone(text))),
            StepKind::Name(reference) => self.name(reference, &step.range, frames),
            StepKind::Negative(inner) => {
                let value = self.eval(inner, frames)?;
                Ok(match self.number(value, inner)? {
                    Ok(number) => Value::Number(negative(&number)),
                    Err(gap) => Value::Nothing(gap),
                })
            }
            StepKind::Sum(first, rest) => self.sum(first, rest, frames),
            StepKind::Product(first, rest) => self.product(first, rest, frames),
            StepKind::Apply(function, arguments) => self.apply(*function, arguments, &step.range, frames),
            StepKind::Neighbor(function, frame, inner) => match self.neighbor(*function, frames[*frame]) {
                Ok(row) => {
                    let here = std::mem::replace(&mut frames[*frame], row);
                    let value = self.eval(inner, frames);
                    frames[*frame] = here;
                    value
                }
                Err(gap) => Ok(Value::Nothing(gap)),
            },
            StepKind::OverRows(over) => self.over_rows(over, frames),
        }
    }

    /// The values of several parts. All are tried, so that all that they need is noted at once.
    pub(super) fn eval_all(
        &mut self,
        steps: impl IntoIterator<Item = &'e Step>,
        frames: &mut Vec<RowAt>,
    ) -> Tried<Vec<Value>> {
        let (mut values, mut needs) = (Vec::new(), false);
        for step in steps {
            match self.eval(step, frames) {
                Ok(value) => values.push(value),
                Err(Halt::Needs) => needs = true,
                Err(reported) => return Err(reported),
            }
        }
        if needs { Err(Halt::Needs) } else { Ok(values) }
    }

    fn sum(&mut self, first: &'e Step, rest: &'e [TermStep], frames: &mut Vec<RowAt>) -> Tried<Value> {
        let operands = match self.operands(first, rest, frames)? {
            Ok(operands) => operands,
            Err(gap) => return Ok(Value::Nothing(gap)),
        };
        let mut operands = operands.into_iter();
        let Some(mut total) = operands.next() else { return Ok(self.too_long(&first.range)) };
        let mut end = first.range.end;
        for (operand, term) in operands.zip(rest) {
            let spot = Spot { operator: &term.operator, left: first.range.start..end, right: &term.step };
            total = match self.add(total, operand, Way::of(term.is_inverse), &spot, frames)? {
                Ok(total) => total,
                Err(gap) => return Ok(Value::Nothing(gap)),
            };
            end = term.step.range.end;
        }
        Ok(total.into())
    }

    fn product(&mut self, first: &'e Step, rest: &'e [TermStep], frames: &mut Vec<RowAt>) -> Tried<Value> {
        let operands = match self.operands(first, rest, frames)? {
            Ok(operands) => operands,
            Err(gap) => return Ok(Value::Nothing(gap)),
        };
        self.no_hundred(first, rest, &operands)?;
        let mut operands = operands.into_iter();
        let Some(mut total) = operands.next() else { return Ok(self.too_long(&first.range)) };
        let mut end = first.range.end;
        for (operand, term) in operands.zip(rest) {
            let spot = Spot { operator: &term.operator, left: first.range.start..end, right: &term.step };
            total = match self.multiply(total, operand, Way::of(term.is_inverse), &spot, frames)? {
                Ok(total) => total,
                Err(gap) => return Ok(Value::Nothing(gap)),
            };
            end = term.step.range.end;
        }
        Ok(total.into())
    }

    /// The operands of a sum or a product.
    fn operands(
        &mut self,
        first: &'e Step,
        rest: &'e [TermStep],
        frames: &mut Vec<RowAt>,
    ) -> Tried<Given<Vec<Operand>>> {
        let steps = || std::iter::once(first).chain(rest.iter().map(|term| &term.step));
        let values = self.eval_all(steps(), frames)?;
        let mut operands = Vec::with_capacity(values.len());
        let mut gap = None;
        for (value, step) in values.into_iter().zip(steps()) {
            match self.operand(value, step)? {
                Ok(operand) => operands.push(operand),
                Err(first) => gap = gap.or(Some(first)),
            }
        }
        Ok(gap.map_or(Ok(operands), Err))
    }

    /// Reports a factor of 100 beside a percentage.
    fn no_hundred(&mut self, first: &Step, rest: &[TermStep], operands: &[Operand]) -> Result<(), Reported> {
        let steps = || std::iter::once(first).chain(rest.iter().map(|term| &term.step));
        let Some(hundred) = steps().find(|step| step.kind.plain_number() == Some(&Number::HUNDRED)) else {
            return Ok(());
        };
        let is_percent = |operand: &Operand| match operand {
            Operand::Number(number) => number.has_percent,
            Operand::Range(range) => range.low.iter().chain(&range.high).any(|end| end.has_percent),
        };
        if !operands.iter().any(is_percent) {
            return Ok(());
        }
        let problem = self.problem(&HUNDRED, &hundred.range, "100 is a factor beside a percentage");
        Err(self.report(problem.help("leave it out: a percentage is a number of hundredths already"), ""))
    }

    /// A value that arithmetic takes: a number or a range.
    pub(super) fn operand(&mut self, value: Value, step: &Step) -> Tried<Given<Operand>> {
        Ok(match value {
            Value::Number(number) => Ok(Operand::Number(number)),
            Value::Tolerance(parts) => Ok(Operand::Number(parts[0].clone())),
            Value::Range(range) => Ok(Operand::Range(range)),
            Value::Nothing(gap) | Value::Open(_, gap) => Err(gap),
            Value::Text(_) | Value::Choice(..) | Value::Date(_) => {
                let shown = self.slice(&step.range);
                let message = format!("`{shown}` is {}, and a number must be here", value.description());
                let problem = self.problem(&KIND, &step.range, message).help("name a column or a fact with numbers");
                return Err(self.report(problem, "").into());
            }
        })
    }

    /// A value where one number must be.
    pub(super) fn number(&mut self, value: Value, step: &Step) -> Tried<Given<Quantity>> {
        match self.operand(value, step)? {
            Ok(Operand::Number(number)) => Ok(Ok(number)),
            Ok(Operand::Range(_)) => Err(self.range_where_number(step).into()),
            Err(gap) => Ok(Err(gap)),
        }
    }

    /// Reports a range where one number must be.
    pub(super) fn range_where_number(&mut self, step: &Step) -> Reported {
        let shown = self.slice(&step.range);
        let problem = self.problem(&RANGE, &step.range, format!("`{shown}` is a range, and one number must be here"));
        let is_whole = matches!(&step.kind, StepKind::Name(reference) if reference.side == Side::Whole);
        let problem = match is_whole {
            true => problem.help(format!("name an end: `{shown}.low` or `{shown}.high`")),
            false => problem.help("name the ends of what goes in, `.low` or `.high`"),
        };
        self.report(problem, "")
    }

    /// A sum or a difference: of ranges end by end.
    pub(super) fn add(
        &mut self,
        one: Operand,
        two: Operand,
        way: Way,
        spot: &Spot<'_>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let worked = match (&one, &two) {
            (Operand::Number(one), Operand::Number(two)) => add(one, two, way).map(Operand::Number),
            (Operand::Range(range), Operand::Number(two)) => range.map(|end| add(end, two, way)).map(Operand::Range),
            (Operand::Number(one), Operand::Range(range)) if way == Way::Direct => {
                range.map(|end| add(one, end, way)).map(Operand::Range)
            }
            (Operand::Range(one), Operand::Range(two)) if way == Way::Direct => {
                let sum = |one: &Interval, two: &Interval| add_ranges(one, two, way);
                sum(one, two).map(|range| Operand::Range(Interval { median: None, ..range }))
            }
            (_, Operand::Range(_)) => return Err(self.range_where_number(spot.right).into()),
        };
        self.worked(worked, spot, frames)
    }

    /// A product or a quotient: of a range end by end.
    pub(super) fn multiply(
        &mut self,
        one: Operand,
        two: Operand,
        way: Way,
        spot: &Spot<'_>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let turned = |range: Interval, by: &Quantity| if by.value.is_negative() { range.turned() } else { range };
        let worked = match (&one, &two) {
            (Operand::Number(one), Operand::Number(two)) => multiply(one, two, way).map(Operand::Number),
            (Operand::Range(range), Operand::Number(by)) => {
                if way == Way::Inverse && by.value.is_zero() {
                    Err(Fault::Zero)
                } else {
                    range.map(|end| multiply(end, by, way)).map(|range| Operand::Range(turned(range, by)))
                }
            }
            (Operand::Number(by), Operand::Range(range)) if way == Way::Direct => {
                range.map(|end| multiply(by, end, way)).map(|range| Operand::Range(turned(range, by)))
            }
            (_, Operand::Range(_)) => return Err(self.range_where_number(spot.right).into()),
        };
        self.worked(worked, spot, frames)
    }

    /// What an operation gives: a value, none with the reason, or a problem.
    pub(super) fn worked<T>(&mut self, worked: Result<T, Fault>, spot: &Spot<'_>, frames: &[RowAt]) -> Tried<Given<T>> {
        let fault = match worked {
            Ok(value) => return Ok(Ok(value)),
            Err(fault) => fault,
        };
        let (left, right) = (self.slice(&spot.left), self.slice(&spot.right.range));
        let problem = match fault {
            Fault::Digits => {
                let place = self.text.place_of(spot.operator.clone());
                return Ok(Err(Arc::new(Gap { cause: Cause::Digits, through: None, place })));
            }
            Fault::Zero => {
                let (of, place) = self.named(spot.right, frames)?;
                return Ok(Err(Arc::new(Gap { cause: Cause::Zero(of), through: None, place })));
            }
            Fault::Unlike(one, two) => {
                let currency = |scale: &super::quantity::Scale| scale.dimensions.currencies().next().cloned();
                let message = format!("`{left}` is in {}, and `{right}` in {}", one.name(), two.name());
                let problem = self.problem(&UNITS, spot.operator, message);
                match (currency(&one), currency(&two)) {
                    (Some(one), Some(two)) if one != two => problem.help(format!(
                        "multiply one of them by a rate, a figure with the unit {one}/{two} or {two}/{one}"
                    )),
                    _ => problem.help("take figures that count the same"),
                }
            }
            Fault::Bounds => {
                let message = format!("the bounds of `{left}` and `{right}` point in opposite directions here");
                self.problem(&BOUNDS, spot.operator, message)
                    .help("add bound = \"none\" beside the formula, or the bound that the result has")
            }
        };
        Err(self.report(problem, "").into())
    }

    /// The id of the figure that a part of a formula names, else its text; and where it is.
    pub(super) fn named(&mut self, step: &Step, frames: &[RowAt]) -> Tried<(Arc<str>, Place)> {
        if let StepKind::Name(reference) = &step.kind
            && let Ok(Target::Cell(at, side)) = self.target(reference, &step.range, frames)?
        {
            let id = self.sheets.id(at);
            let id = if side == Side::Whole { id } else { format!("{id}.{}", side.name()).into() };
            return Ok((id, self.sheets.cell(at).place.clone()));
        }
        Ok((self.slice(&step.range).into(), self.text.place_of(step.range.clone())))
    }

    /// No value, since it would have more digits than are kept.
    pub(super) fn too_long(&self, range: &Range<usize>) -> Value {
        let place = self.text.place_of(range.clone());
        Value::Nothing(Arc::new(Gap { cause: Cause::Digits, through: None, place }))
    }
}
