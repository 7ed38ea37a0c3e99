//! Works out the parts of a formula on a row: names, signs, sums, products and comparisons.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{Fault, Way, compare, negative};
use super::cells::Target;
use super::engine::{Engine, Halt, Tried, given};
use super::gap::{Cause, Gap};
use super::plan::{Meaning, Side};
use super::problems::{BOUNDS, HUNDRED, KIND, RANGE, UNITS};
use super::quantity::{Given, Quantity, Value};
use super::tree::{Comparison, Node, NodeKind, Term};
use crate::data::notation::Date;
use crate::data::table::ColumnKind;
use crate::data::unit::{Thing, Unit};
use crate::diagnostic::Place;
use crate::work;

/// An operation in the formula's text: its operator or function, its first operand, and its second.
pub(super) type Spot<'s> = (&'s Range<usize>, Range<usize>, &'s Node);

impl<'e> Engine<'e, '_> {
    /// The value of a part of a formula.
    pub(super) fn eval(&mut self, node: &'e Node) -> Tried<Value> {
        work::steps(1);
        match (&node.kind, self.plan.meaning(node)) {
            (NodeKind::Number(number, unit), meaning) => {
                let row = if let Meaning::Row(frame) = meaning { self.frames[*frame] } else { self.frames[0] };
                let scale = self.unit_scale(unit, row)?;
                let number = Quantity::typed(number, &scale).ok_or_else(|| self.too_long(&node.range))?;
                // A share such as `5 g/100 g` has its unit, although nothing is left of it.
                let is_share =
                    matches!(&scale.unit, Some(Unit { thing: Thing::Measure(part), .. }) if !part.is_count());
                Ok(Value::Number(Quantity { is_literal: scale.dimensions.is_none() && !is_share, ..number }))
            }
            (NodeKind::Text(text), _) => Ok(Value::Text(Arc::clone(text))),
            (NodeKind::Name(_), Meaning::Name(reference)) => self.name(reference, &node.range),
            (NodeKind::Negative(inner), _) => {
                let value = self.eval(inner)?;
                Ok(Value::Number(negative(&self.number(value, inner)?)))
            }
            (NodeKind::Sum(terms), _) => self.terms(terms, false),
            (NodeKind::Product(terms), _) => self.terms(terms, true),
            (NodeKind::Call(call), Meaning::OverRows(over)) => self.over_rows(call, over),
            (NodeKind::Call(call), Meaning::Row(frame)) => {
                let row = self.neighbor(call.function, self.frames[*frame])?;
                let here = std::mem::replace(&mut self.frames[*frame], row);
                let value = self.eval(&call.arguments[0]);
                self.frames[*frame] = here;
                value
            }
            (NodeKind::Call(call), _) => self.apply(call, &node.range),
            (NodeKind::Name(_) | NodeKind::Compare(..), _) => Err(self.too_long(&node.range)),
        }
    }

    /// The values of several parts. All are tried, so that all that they need is noted at once.
    pub(super) fn eval_all(&mut self, nodes: impl IntoIterator<Item = &'e Node>) -> Tried<Vec<Given>> {
        let (mut values, mut needs) = (Vec::new(), false);
        for node in nodes {
            match given(self.eval(node)) {
                Ok(value) => values.push(value),
                Err(Halt::Needs) => needs = true,
                Err(halt) => return Err(halt),
            }
        }
        if needs { Err(Halt::Needs) } else { Ok(values) }
    }

    /// The values of several parts as arithmetic takes them. The first that is missing is the reason why there are none.
    pub(super) fn operands(&mut self, nodes: impl IntoIterator<Item = &'e Node> + Clone) -> Tried<Vec<Value>> {
        let values = self.eval_all(nodes.clone())?;
        let mut operands: Result<Vec<Value>, Arc<Gap>> = Ok(Vec::with_capacity(values.len()));
        for (value, node) in values.into_iter().zip(nodes) {
            let operand = given(value.map_err(Halt::from).and_then(|value| self.operand(value, node)))?;
            operands = operands.and_then(|mut operands| {
                operands.push(operand?);
                Ok(operands)
            });
        }
        Ok(operands?)
    }

    /// The value of a sum or a product.
    fn terms(&mut self, terms: &'e [Term], is_product: bool) -> Tried<Value> {
        let operands = self.operands(terms.iter().map(|term| &term.node))?;
        let join = if is_product { Value::times } else { Value::plus };
        let is_percent = |value: &Value| value.numbers().iter().any(|number| number.has_percent);
        if let (true, Some(term)) = (is_product, terms.iter().find(|term| term.node.is_hundred()))
            && operands.iter().any(is_percent)
        {
            return self.hundred(&term.node);
        }
        let mut total: Option<Value> = None;
        let mut left = terms[0].node.range.clone();
        for (operand, term) in operands.into_iter().zip(terms) {
            total = Some(match total {
                None => operand,
                Some(total) => {
                    let worked = join(&total, &operand, Way::of(term.is_inverse));
                    self.worked(worked, (&term.operator, left.clone(), &term.node))?
                }
            });
            left.end = term.node.range.end;
        }
        total.ok_or_else(|| self.too_long(&left))
    }

    /// Reports a factor of 100 beside a percentage.
    pub(super) fn hundred<T>(&mut self, factor: &Node) -> Tried<T> {
        let help = "leave it out: a percentage is a number of hundredths already";
        self.fail(&HUNDRED, &factor.range, "100 is a factor beside a percentage", help)
    }

    /// A value that arithmetic takes: a number or a range.
    pub(super) fn operand(&mut self, value: Value, node: &Node) -> Tried<Value> {
        match value {
            Value::Number(_) | Value::Range(_) => Ok(value),
            Value::Tolerance(parts) => Ok(Value::Number(parts[0].clone())),
            Value::Open(_, gap) => Err(gap.into()),
            Value::Text(_) | Value::Choice(..) | Value::Date(_) => {
                let (shown, what) = (self.slice(&node.range), value.description());
                let message = format!("`{shown}` is {what}, and a number must be here");
                self.fail(&KIND, &node.range, message, "name a column or a fact with numbers")
            }
        }
    }

    /// A value where one number must be.
    pub(super) fn number(&mut self, value: Value, node: &Node) -> Tried<Quantity> {
        match self.operand(value, node)? {
            Value::Number(number) => Ok(number),
            _ => self.range_where_number(node),
        }
    }

    fn range_where_number<T>(&mut self, node: &Node) -> Tried<T> {
        let shown = self.slice(&node.range);
        let help = match self.plan.meaning(node) {
            Meaning::Name(reference) if reference.side == Side::Whole => {
                format!("name an end: `{shown}.low` or `{shown}.high`")
            }
            _ => "name the ends of what goes in, `.low` or `.high`".to_owned(),
        };
        self.fail(&RANGE, &node.range, format!("`{shown}` is a range, and one number must be here"), help)
    }

    /// What an operation gives: a value, none with the reason, or a problem.
    pub(super) fn worked<T>(&mut self, worked: Result<T, Fault>, spot: Spot<'_>) -> Tried<T> {
        let fault = match worked {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        let (operator, left, node) = spot;
        let (left, right) = (self.slice(&left), self.slice(&node.range));
        match fault {
            Fault::Digits => Err(self.too_long(operator)),
            Fault::Zero => self.missing(Cause::Zero, node),
            Fault::Range => self.range_where_number(node),
            Fault::Unlike(one, two) => {
                let message = format!("`{left}` is in {}, and `{right}` in {}", one.name(), two.name());
                let help = match (one.currency(), two.currency()) {
                    (Some(one), Some(two)) if one != two => {
                        format!("multiply one of them by a rate, a figure with the unit {one}/{two} or {two}/{one}")
                    }
                    _ => "take figures that count the same".to_owned(),
                };
                self.fail(&UNITS, operator, message, help)
            }
            Fault::Bounds => {
                let message = format!("the bounds of `{left}` and `{right}` point in opposite directions here");
                let help = "add bound = \"none\" beside the formula, or the bound that the result has";
                self.fail(&BOUNDS, operator, message, help)
            }
        }
    }

    /// No value because of what a part names.
    pub(super) fn missing<T>(&mut self, cause: fn(Arc<str>) -> Cause, node: &Node) -> Tried<T> {
        let (of, place) = self.named(node)?;
        Err(Gap::new(cause(of), &place).into())
    }

    /// The id of the figure that a part of a formula names, else its text; and where it is.
    pub(super) fn named(&mut self, node: &Node) -> Tried<(Arc<str>, Place)> {
        if let Meaning::Name(reference) = self.plan.meaning(node)
            && let Ok(Target::Cell(at, side)) = given(self.target(reference, &node.range))?
        {
            return Ok((side.of(self.sheets.id(at)), self.sheets.cell(at).place.clone()));
        }
        Ok((self.slice(&node.range).into(), self.place(&node.range)))
    }

    /// Whether all conditions are true of the rows at hand. What they compare is no input.
    pub(super) fn holds(&mut self, conditions: &'e [Node]) -> Tried<bool> {
        let inner = super::engine::Trace::new(super::plan::Terms::FREE);
        let around = std::mem::replace(&mut self.trace, inner);
        let mut holds = Ok(true);
        for test in conditions {
            let Ok(true) = holds else { break };
            holds = self.test(test).map(|(is_true, _)| is_true == Some(true));
        }
        self.trace = around;
        holds
    }

    /// Whether a comparison is true, `None` where one side has no value; and both sides.
    pub(super) fn test(&mut self, node: &'e Node) -> Tried<(Option<bool>, Vec<Given>)> {
        let NodeKind::Compare(comparison, sides) = &node.kind else { return Ok((None, Vec::new())) };
        let values = self.eval_all(&**sides)?;
        let order = match &values[..] {
            [Ok(left), Ok(right)] => given(self.order(*comparison, sides, [left, right]))?.ok(),
            [Err(gap), Ok(Value::Text(word))] | [Ok(Value::Text(word)), Err(gap)] if !comparison.asks_for_order() => {
                gap.is_word(word).map(|is_word| is_word.then_some(Ordering::Equal))
            }
            _ => None,
        };
        let is_true = order.map(|order| match (comparison, order) {
            (Comparison::Equal, order) => order == Some(Ordering::Equal),
            (Comparison::Unequal, order) => order != Some(Ordering::Equal),
            (Comparison::Below, order) => order == Some(Ordering::Less),
            (Comparison::AtMost, order) => order != Some(Ordering::Greater),
            (Comparison::Above, order) => order == Some(Ordering::Greater),
            (Comparison::AtLeast, order) => order != Some(Ordering::Less),
        });
        Ok((is_true, values))
    }

    /// How two values compare; `None` where they only are not equal.
    fn order(&mut self, comparison: Comparison, sides: &'e [Node; 2], values: [&Value; 2]) -> Tried<Option<Ordering>> {
        use Value::{Choice, Date, Number, Open, Range, Text, Tolerance};
        let asks_for_order = comparison.asks_for_order();
        let [left, right] = sides;
        match values {
            [Open(one, _), Open(two, _)] => Ok(Some(one.cmp(two))),
            [Open(end, _), _] => Ok(Some(*end)),
            [_, Open(end, _)] => Ok(Some(end.reverse())),
            // A number is none of the words that a cell may have in place of one.
            [Number(_) | Range(_) | Tolerance(_), Text(_)] | [Text(_), Number(_) | Range(_) | Tolerance(_)]
                if !asks_for_order =>
            {
                Ok(None)
            }
            [one @ (Text(_) | Choice(..) | Date(_)), two @ (Text(_) | Choice(..) | Date(_))] => {
                let order = self.order_of_words(one, two);
                if order.is_some() || !asks_for_order {
                    return Ok(order);
                }
                let (shown, other) = (self.slice(&left.range), self.slice(&right.range));
                let message =
                    format!("`{shown}` is {}, and `{other}` has no place before or behind it", one.description());
                let help = "compare with `=` or `!=`; only numbers, dates and choices have an order";
                self.fail(&KIND, &(left.range.start..right.range.end), message, help)
            }
            [one, two] => {
                let (one, two) = (given(self.number(one.clone(), left))?, given(self.number(two.clone(), right))?);
                let operator = left.range.end..right.range.start;
                self.worked(compare(&one?, &two?), (&operator, left.range.clone(), right)).map(Some)
            }
        }
    }

    /// The order of texts, choices and dates; `None` where they have none and are not equal.
    fn order_of_words(&self, one: &Value, two: &Value) -> Option<Ordering> {
        let date = |value: &Value| match value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => Date::parse(text).ok(),
            _ => None,
        };
        let choice = |value: &Value, other: &Value| match (value, other) {
            (Value::Choice(column, at, _), _) => Some((*column, *at)),
            (Value::Text(text), Value::Choice(column, ..)) => {
                let kind = &self.sheets.at(column.0).sheet.table.columns[column.1].kind;
                let ColumnKind::Choice(words) = kind else { return None };
                words.iter().position(|word| word.text == *text).map(|at| (*column, at))
            }
            _ => None,
        };
        if let (Some((first, one)), Some((second, two))) = (choice(one, two), choice(two, one))
            && first == second
        {
            return Some(one.cmp(&two));
        }
        if let (Some(one), Some(two)) = (date(one), date(two)) {
            return Some((one.first_day(), one.last_day()).cmp(&(two.first_day(), two.last_day())));
        }
        (one.text()? == two.text()?).then_some(Ordering::Equal)
    }
}
