//! Works out the functions that take their arguments alone.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{self, Fault, Way, Worked, alike, compare, shared};
use super::engine::{Engine, Tried};
use super::eval::{Given, Operand, Spot};
use super::functions::Function;
use super::gap::{Cause, Gap};
use super::plan::Step;
use super::problems::{ARGUMENTS, RANGE, UNITS};
use super::quantity::{Interval, Kind, OpenEnd, Quantity, Scale, Value};
use super::sheets::RowAt;
use crate::data::number::Number;

/// The largest degree of a root.
const LARGEST_DEGREE: i128 = 100;

impl<'e> Engine<'e, '_> {
    /// The value of a function of its arguments.
    pub(super) fn apply(
        &mut self,
        function: Function,
        arguments: &'e [Step],
        range: &'e Range<usize>,
        frames: &mut Vec<RowAt>,
    ) -> Tried<Value> {
        let values = self.eval_all(arguments, frames)?;
        match function {
            Function::Range => return self.range(values, arguments, range, frames),
            Function::Min | Function::Max => {
                let values = values.into_iter().zip(arguments).collect();
                return self.extreme(function, values, range, frames);
            }
            _ => (),
        }
        let mut operands = Vec::with_capacity(values.len());
        let mut gap = None;
        for (value, step) in values.into_iter().zip(arguments) {
            match self.operand(value, step)? {
                Ok(operand) => operands.push(operand),
                Err(first) => gap = gap.or(Some(first)),
            }
        }
        if let Some(gap) = gap {
            return Ok(Value::Nothing(gap));
        }
        let given = match function {
            Function::Sum | Function::Mean => {
                let operands = operands.into_iter().zip(arguments).collect();
                self.total(operands, function == Function::Mean, range, frames)?
            }
            Function::Convert => self.convert(operands, arguments)?,
            Function::Round => self.round(operands, arguments, range, frames)?,
            Function::Root => self.root(operands, arguments, range, frames)?,
            _ => self.difference(function, operands, arguments, range, frames)?,
        };
        Ok(given.map_or_else(Value::Nothing, Value::from))
    }

    /// The sum of operands, or their mean.
    pub(super) fn total(
        &mut self,
        operands: Vec<(Operand, &Step)>,
        is_mean: bool,
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let count = operands.len();
        let mut operands = operands.into_iter();
        let Some((mut total, first)) = operands.next() else {
            return Ok(Err(self.digits(range)));
        };
        for (operand, step) in operands {
            let spot = Spot { operator: range, left: first.range.clone(), right: step };
            total = match self.add(total, operand, Way::Direct, &spot, frames)? {
                Ok(total) => total,
                Err(gap) => return Ok(Err(gap)),
            };
        }
        if !is_mean {
            return Ok(Ok(total));
        }
        let worked = match &total {
            Operand::Number(number) => shared(number, count).map(Operand::Number),
            Operand::Range(sum) => sum.map(|end| shared(end, count)).map(Operand::Range),
        };
        let spot = Spot { operator: range, left: range.clone(), right: first };
        self.worked(worked, &spot, frames)
    }

    /// In the size that the formula's own unit has.
    fn convert(&mut self, operands: Vec<Operand>, arguments: &[Step]) -> Tried<Given<Operand>> {
        let (Some(operand), Some(step)) = (operands.into_iter().next(), arguments.first()) else {
            return Ok(Err(self.digits(&(0..0))));
        };
        // In an expectation, and for each row that a function runs over, there is no unit to convert to.
        let Some(declared) = self.declared.clone() else { return Ok(Ok(operand)) };
        let converted = |number: &Quantity| -> Worked<Quantity> {
            if number.takes_unit() {
                return Ok(number.clone());
            }
            if number.scale.dimensions != declared.dimensions {
                return Err(Fault::Unlike(Arc::clone(&number.scale), Arc::clone(&declared)));
            }
            let scale =
                Scale { size: declared.size.clone(), unit: declared.unit.clone(), ..Scale::clone(&number.scale) };
            Ok(Quantity { scale: Arc::new(scale), ..number.clone() })
        };
        let worked = match &operand {
            Operand::Number(number) => converted(number).map(Operand::Number),
            Operand::Range(range) => range.map(converted).map(Operand::Range),
        };
        match worked {
            Ok(operand) => Ok(Ok(operand)),
            Err(_) => {
                let scale = match &operand {
                    Operand::Number(number) => Some(&number.scale),
                    Operand::Range(range) => range.low.as_ref().or(range.high.as_ref()).map(|end| &end.scale),
                };
                let name = scale.map_or_else(String::new, |scale| scale.name());
                let shown = self.slice(&step.range);
                let message = format!("`{shown}` is in {name}, which is no size of {}", declared.name());
                let problem = self.problem(&UNITS, &step.range, message);
                let help = "write `convert(…)` around the whole formula, whose unit it brings to the declared size";
                Err(self.report(problem.help(help), "").into())
            }
        }
    }

    fn round(
        &mut self,
        operands: Vec<Operand>,
        arguments: &'e [Step],
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let [operand, Operand::Number(step)] = &operands[..] else {
            return Err(self.range_where_number(&arguments[1]).into());
        };
        if step.value <= Number::ZERO {
            let shown = self.slice(&arguments[1].range);
            let problem =
                self.problem(&ARGUMENTS, &arguments[1].range, format!("`{shown}` is a step that is not above zero"));
            return Err(self.report(problem.help("write the step to round to, such as 100 or 0.01"), "").into());
        }
        let is_ratio = |number: &Quantity| number.scale.is_plain() && !number.is_literal;
        let rounds_ratio = match operand {
            Operand::Number(number) => is_ratio(number),
            Operand::Range(range) => range.low.iter().chain(&range.high).any(is_ratio),
        };
        let gives_percent = self.declared.as_ref().is_some_and(|declared| declared.kind != Kind::Plain);
        if gives_percent && rounds_ratio && step.takes_unit() {
            let shown = self.slice(&arguments[1].range);
            let message = format!("`{shown}` is a step of hundredths or of whole ones, and the unit is a percentage");
            let problem = self.problem(&ARGUMENTS, &arguments[1].range, message);
            return Err(self.report(problem.help(format!("write `{shown}%`")), "").into());
        }
        let worked = match operand {
            Operand::Number(number) => arithmetic::round(number, step).map(Operand::Number),
            Operand::Range(of) => of.map(|end| arithmetic::round(end, step)).map(Operand::Range),
        };
        let spot = Spot { operator: range, left: arguments[0].range.clone(), right: &arguments[1] };
        self.worked(worked, &spot, frames)
    }

    fn root(
        &mut self,
        operands: Vec<Operand>,
        arguments: &'e [Step],
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let numbers: Vec<Quantity> = match self.numbers(operands, arguments)? {
            numbers if numbers.len() == 2 => numbers,
            _ => return Ok(Err(self.digits(range))),
        };
        let degree = numbers[1].value.to_integer().filter(|degree| (1..=LARGEST_DEGREE).contains(degree));
        let Some(degree) = degree.and_then(|degree| u32::try_from(degree).ok()) else {
            let shown = self.slice(&arguments[1].range);
            let message = format!("`{shown}` is no whole number from 1 to {LARGEST_DEGREE}");
            let problem = self.problem(&ARGUMENTS, &arguments[1].range, message);
            return Err(self.report(problem.help("write which root to take: 2 for the square root"), "").into());
        };
        self.trace.is_inexact = true;
        if numbers[0].value.is_negative() {
            let (of, place) = self.named(&arguments[0], frames)?;
            return Ok(Err(Arc::new(Gap { cause: Cause::BelowZero(of), through: None, place })));
        }
        let spot = Spot { operator: range, left: arguments[0].range.clone(), right: &arguments[1] };
        match self.worked(arithmetic::root(&numbers[0], degree), &spot, frames)? {
            Ok(Some(root)) => Ok(Ok(Operand::Number(root))),
            Err(gap) => Ok(Err(gap)),
            Ok(None) => {
                let shown = self.slice(&arguments[0].range);
                let message = format!("`{shown}` is in {}, which has no such root", numbers[0].scale.name());
                let problem = self.problem(&UNITS, &arguments[0].range, message);
                Err(self.report(problem.help("divide by a figure of the same unit first"), "").into())
            }
        }
    }

    /// Operands that are one number each.
    fn numbers(&mut self, operands: Vec<Operand>, arguments: &[Step]) -> Tried<Vec<Quantity>> {
        let mut numbers = Vec::with_capacity(operands.len());
        for (operand, step) in operands.into_iter().zip(arguments) {
            match operand {
                Operand::Number(number) => numbers.push(number),
                Operand::Range(_) => return Err(self.range_where_number(step).into()),
            }
        }
        Ok(numbers)
    }

    /// The difference of two numbers, or the change in percent of the first.
    fn difference(
        &mut self,
        function: Function,
        operands: Vec<Operand>,
        arguments: &'e [Step],
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Given<Operand>> {
        let numbers = self.numbers(operands, arguments)?;
        let [from, to] = &numbers[..] else { return Ok(Err(self.digits(range))) };
        let spot = Spot { operator: range, left: arguments[0].range.clone(), right: &arguments[1] };
        let worked = if function == Function::Difference {
            arithmetic::add(to, from, Way::Inverse)
        } else if from.value <= Number::ZERO {
            let (of, place) = self.named(&arguments[0], frames)?;
            return Ok(Err(Arc::new(Gap { cause: Cause::NotAboveZero(of), through: None, place })));
        } else {
            arithmetic::change(from, to)
        };
        Ok(self.worked(worked, &spot, frames)?.map(Operand::Number))
    }

    /// A range from two numbers, of which each may be open.
    fn range(
        &mut self,
        values: Vec<Value>,
        arguments: &'e [Step],
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Value> {
        let mut ends = Vec::with_capacity(2);
        for (at, (value, step)) in values.into_iter().zip(arguments).enumerate() {
            ends.push(match (value, at) {
                (Value::Open(OpenEnd::Low, _), 0) | (Value::Open(OpenEnd::High, _), 1) => None,
                (value, _) => match self.number(value, step)? {
                    Ok(number) => Some(number),
                    Err(gap) => return Ok(Value::Nothing(gap)),
                },
            });
        }
        let (low, high) = match &ends[..] {
            [Some(low), Some(high)] => {
                let spot = Spot { operator: range, left: arguments[0].range.clone(), right: &arguments[1] };
                let (low, high) = match self.worked(alike(low, high), &spot, frames)? {
                    Ok(both) => both,
                    Err(gap) => return Ok(Value::Nothing(gap)),
                };
                (Some(low), Some(high))
            }
            [low, high] => (low.clone(), high.clone()),
            _ => return Ok(self.too_long(range)),
        };
        if let (Some(one), Some(two)) = (&low, &high)
            && one.value > two.value
        {
            let (one, two) = (self.slice(&arguments[0].range), self.slice(&arguments[1].range));
            let message = format!("the low end, `{one}`, is above the high end, `{two}`");
            let problem = self.problem(&RANGE, range, message).help("exchange the two, or correct the figures");
            return Err(self.report(problem, "").into());
        }
        Ok(Value::Range(Interval { low, high, median: None }))
    }

    /// The least or the greatest: of ranges by their low and by their high ends. An open end is greater or less than any number.
    pub(super) fn extreme(
        &mut self,
        function: Function,
        values: Vec<(Value, &Step)>,
        range: &Range<usize>,
        frames: &[RowAt],
    ) -> Tried<Value> {
        let wins = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
        let without_effect = if function == Function::Min { OpenEnd::High } else { OpenEnd::Low };
        let mut numbers: Vec<(Quantity, &Step)> = Vec::with_capacity(values.len());
        let mut open = None;
        for (value, step) in values {
            let value = match value {
                Value::Range(of) => match if function == Function::Min { of.low } else { of.high } {
                    Some(end) => Value::Number(end),
                    None => {
                        let end = if function == Function::Min { OpenEnd::Low } else { OpenEnd::High };
                        let (of, place) = self.named(step, frames)?;
                        Value::Open(end, Arc::new(Gap { cause: Cause::Open(of), through: None, place }))
                    }
                },
                value => value,
            };
            if let Value::Open(end, _) = &value
                && *end == without_effect
            {
                open = open.or(Some(value));
                continue;
            }
            match self.number(value, step)? {
                Ok(number) => numbers.push((number, step)),
                Err(gap) => return Ok(Value::Nothing(gap)),
            }
        }
        let Some(at) =
            numbers.iter().position(|(number, _)| !number.takes_unit()).or((!numbers.is_empty()).then_some(0))
        else {
            return Ok(open.unwrap_or_else(|| self.too_long(range)));
        };
        let (base, first) = numbers[at].clone();
        let mut best = base.clone();
        for (number, step) in numbers {
            let spot = Spot { operator: range, left: first.range.clone(), right: step };
            let worked = alike(&base, &number).and_then(|(_, number)| Ok((compare(&number, &best)?, number)));
            match self.worked(worked, &spot, frames)? {
                Ok((order, number)) if order == wins => best = number,
                Ok(_) => (),
                Err(gap) => return Ok(Value::Nothing(gap)),
            }
        }
        // The unit is that of the figures, whichever of them it comes from.
        Ok(Value::Number(Quantity { scale: base.scale, ..best }))
    }

    pub(super) fn digits(&self, range: &Range<usize>) -> Arc<Gap> {
        Arc::new(Gap { cause: Cause::Digits, through: None, place: self.text.place_of(range.clone()) })
    }
}
