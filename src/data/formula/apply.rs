//! Works out the functions that take their arguments alone.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{Way, add, alike, change, compare, root, round, shared};
use super::engine::{Engine, Tried};
use super::functions::Function;
use super::gap::{Cause, Gap};
use super::problems::{ARGUMENTS, RANGE, UNITS};
use super::quantity::{Kind, Quantity, Scale, Value};
use super::tree::{Call, Node};
use crate::data::number::Number;

/// The largest degree of a root.
const LARGEST_DEGREE: i128 = 100;

impl<'e> Engine<'e, '_> {
    /// The value of a function of its arguments.
    pub(super) fn apply(&mut self, call: &'e Call, range: &Range<usize>) -> Tried<Value> {
        let (function, arguments) = (call.function, &call.arguments);
        if matches!(function, Function::Range | Function::Min | Function::Max) {
            let values = self.eval_all(arguments)?;
            let values = values.into_iter().collect::<Result<Vec<Value>, Arc<Gap>>>()?.into_iter().zip(arguments);
            return match function {
                Function::Range => self.range(values.collect(), range),
                _ => self.extreme(function, values.collect(), range),
            };
        }
        let operands = self.operands(arguments)?;
        match function {
            Function::Sum | Function::Mean => {
                let operands = operands.into_iter().zip(arguments).collect();
                return self.total(operands, function == Function::Mean, range);
            }
            Function::Convert => return self.convert(&operands[0], &arguments[0], range),
            _ => (),
        }
        let [first, second] = &arguments[..] else { return Err(self.too_long(range)) };
        let spot = (range, first.range.clone(), second);
        let two = self.number(operands[1].clone(), second)?;
        if function == Function::Round {
            self.fits_step(&operands[0], &two, second)?;
            return self.worked(operands[0].each(|number| round(number, &two)), spot);
        }
        let one = self.number(operands[0].clone(), first)?;
        match function {
            Function::Root => self.root(&one, &two, arguments, range),
            Function::Difference => self.worked(add(&two, &one, Way::Inverse), spot).map(Value::Number),
            _ if one.value <= Number::ZERO => self.missing(Cause::NotAboveZero, first),
            _ => self.worked(change(&one, &two), spot).map(Value::Number),
        }
    }

    /// The sum of operands, or their mean.
    pub(super) fn total(&mut self, operands: Vec<(Value, &Node)>, is_mean: bool, range: &Range<usize>) -> Tried<Value> {
        let count = operands.len();
        let mut operands = operands.into_iter();
        let Some((mut total, first)) = operands.next() else { return Err(self.too_long(range)) };
        for (operand, node) in operands {
            let spot = (range, first.range.clone(), node);
            total = self.worked(total.plus(&operand, Way::Direct), spot)?;
        }
        if is_mean {
            let spot = (range, range.clone(), first);
            total = self.worked(total.each(|sum| shared(sum, count)), spot)?;
        }
        Ok(total)
    }

    /// In the size that the formula's own unit has.
    fn convert(&mut self, operand: &Value, node: &Node, call: &Range<usize>) -> Tried<Value> {
        // In an expectation, and for each row that a function runs over, there is no unit to convert to.
        let Some(declared) = self.declared.clone() else { return Ok(operand.clone()) };
        let other = operand
            .numbers()
            .into_iter()
            .find(|number| !number.takes_unit() && number.scale.dimensions != declared.dimensions);
        if let Some(other) = other {
            let (shown, name) = (self.slice(&node.range), other.scale.name());
            let message = format!("`{shown}` is in {name}, which is no size of {}", declared.name());
            let help = self.instead_of_convert(&other.scale, &declared, call);
            return self.fail(&UNITS, &node.range, message, help);
        }
        let converted = operand.each(|number| {
            let (size, unit) = (declared.size.clone(), declared.unit.clone());
            let scale = || Arc::new(Scale { size, unit, ..Scale::clone(&number.scale) });
            let is_plain = number.takes_unit();
            Ok(if is_plain { number.clone() } else { Quantity { scale: scale(), ..number.clone() } })
        });
        converted.map_err(|_| self.too_long(&node.range))
    }

    /// What is needed where `convert` can't give the declared unit.
    fn instead_of_convert(&self, own: &Scale, declared: &Scale, call: &Range<usize>) -> String {
        if let (Some(one), Some(two)) = (own.currency(), declared.currency())
            && one != two
        {
            return format!("multiply by a rate, a figure with the unit {two}/{one}");
        }
        if let (Some(one), Some(two)) = (&own.unit, &declared.unit)
            && one.conversion(two, false).is_some()
        {
            return format!("write unit = \"{one}\": a formula leaves a temperature on its own scale");
        }
        match *call == (0..self.plan.text.text.trim_end().len()) {
            true => "correct the formula or the unit".to_owned(),
            false => {
                "write `convert(…)` around the whole formula, whose unit it brings to the declared size".to_owned()
            }
        }
    }

    /// Reports a step that nothing can be rounded to.
    fn fits_step(&mut self, operand: &Value, step: &Quantity, node: &Node) -> Tried<()> {
        let shown = self.slice(&node.range);
        if step.value <= Number::ZERO {
            let message = format!("`{shown}` is a step that is not above zero");
            return self.fail(&ARGUMENTS, &node.range, message, "write the step to round to, such as 100 or 0.01");
        }
        let is_ratio = |number: &&Quantity| number.scale.is_plain() && !number.is_literal;
        let gives_percent = self.declared.as_ref().is_some_and(|declared| declared.kind != Kind::Plain);
        if gives_percent && step.takes_unit() && operand.numbers().iter().any(is_ratio) {
            let message = format!("`{shown}` is a step of hundredths or of whole ones, and the unit is a percentage");
            return self.fail(&ARGUMENTS, &node.range, message, format!("write `{shown}%`"));
        }
        Ok(())
    }

    fn root(&mut self, one: &Quantity, two: &Quantity, arguments: &'e [Node], range: &Range<usize>) -> Tried<Value> {
        let [of, degree_of] = arguments else { return Err(self.too_long(range)) };
        let degree = two.value.to_integer().filter(|degree| (1..=LARGEST_DEGREE).contains(degree));
        let Some(degree) = degree.and_then(|degree| u32::try_from(degree).ok()) else {
            let message = format!("`{}` is no whole number from 1 to {LARGEST_DEGREE}", self.slice(&degree_of.range));
            let help = "write which root to take: 2 for the square root";
            return self.fail(&ARGUMENTS, &degree_of.range, message, help);
        };
        self.trace.is_inexact = true;
        if one.value.is_negative() {
            return self.missing(Cause::BelowZero, of);
        }
        match self.worked(root(one, degree), (range, of.range.clone(), degree_of))? {
            Some(root) => Ok(Value::Number(root)),
            None => {
                let (shown, name) = (self.slice(&of.range), one.scale.name());
                let message = format!("`{shown}` is in {name}, which has no such root");
                self.fail(&UNITS, &of.range, message, "divide by a figure of the same unit first")
            }
        }
    }

    /// A range from two numbers, of which each may be open.
    fn range(&mut self, values: Vec<(Value, &'e Node)>, range: &Range<usize>) -> Tried<Value> {
        let mut ends = Vec::with_capacity(2);
        let mut nodes = Vec::with_capacity(2);
        for ((value, node), own) in values.into_iter().zip([Ordering::Less, Ordering::Greater]) {
            ends.push(match value {
                Value::Open(end, _) if end == own => None,
                value => Some(self.number(value, node)?),
            });
            nodes.push(node);
        }
        let ([low, high], [one, two]) = (&ends[..], &nodes[..]) else { return Err(self.too_long(range)) };
        let (Some(low), Some(high)) = (low, high) else { return Ok(Value::from([low.clone(), high.clone(), None])) };
        let (low, high) = self.worked(alike(low, high), (range, one.range.clone(), two))?;
        if low.value > high.value {
            let (one, two) = (self.slice(&one.range), self.slice(&two.range));
            let message = format!("the low end, `{one}`, is above the high end, `{two}`");
            return self.fail(&RANGE, range, message, "exchange the two, or correct the figures");
        }
        Ok(Value::from([Some(low), Some(high), None]))
    }

    /// The least or the greatest: of ranges by their low and by their high ends. An open end is greater or less than any number.
    pub(super) fn extreme(
        &mut self,
        function: Function,
        values: Vec<(Value, &Node)>,
        range: &Range<usize>,
    ) -> Tried<Value> {
        let wins = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
        let mut numbers: Vec<(Quantity, &Node)> = Vec::with_capacity(values.len());
        let mut open = None;
        for (value, node) in values {
            let value = match value {
                Value::Range(of) => match if function == Function::Min { of.low } else { of.high } {
                    Some(end) => Value::Number(end),
                    None => return self.missing(Cause::Open, node),
                },
                // An end that is open the other way never wins.
                Value::Open(end, _) if end != wins => {
                    open = open.or(Some(value));
                    continue;
                }
                value => value,
            };
            numbers.push((self.number(value, node)?, node));
        }
        let base = numbers.iter().find(|(number, _)| !number.takes_unit()).or(numbers.first()).cloned();
        let Some((base, first)) = base else { return open.ok_or_else(|| self.too_long(range)) };
        let mut best = base.clone();
        for (number, node) in numbers {
            let worked = alike(&base, &number).and_then(|(_, number)| Ok((compare(&number, &best)?, number)));
            let (order, number) = self.worked(worked, (range, first.range.clone(), node))?;
            if order == wins {
                best = number;
            }
        }
        // The unit is that of the figures, whichever of them it comes from.
        Ok(Value::Number(Quantity { scale: base.scale, ..best }))
    }
}
