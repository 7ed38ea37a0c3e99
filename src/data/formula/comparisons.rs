//! Compares values: numbers in one unit, texts, choices and dates, and the words that cells have in place of numbers.

use std::cmp::Ordering;

use super::arithmetic::{self};
use super::engine::{Engine, Tried};
use super::eval::Spot;
use super::plan::{Step, TestStep};
use super::problems::KIND;
use super::quantity::{OpenEnd, Value};
use super::sheets::RowAt;
use super::tree::Comparison;
use crate::data::notation::Date;
use crate::data::table::ColumnKind;

impl<'e> Engine<'e, '_> {
    /// Whether a comparison is true; `None` where one side has no value.
    pub(super) fn test(&mut self, test: &'e TestStep, frames: &mut Vec<RowAt>) -> Tried<Option<bool>> {
        let mut values = self.eval_all([&test.left, &test.right], frames)?.into_iter();
        let (Some(left), Some(right)) = (values.next(), values.next()) else { return Ok(None) };
        self.compared(test, left, right, frames)
    }

    /// The same for values that are known.
    pub(super) fn compared(
        &mut self,
        test: &'e TestStep,
        left: Value,
        right: Value,
        frames: &[RowAt],
    ) -> Tried<Option<bool>> {
        let asks_for_order = test.comparison.asks_for_order();
        let equal = |is_equal: bool| Ok(Some(is_equal == (test.comparison == Comparison::Equal)));
        let order = match (&left, &right) {
            (Value::Nothing(gap), Value::Text(word)) | (Value::Text(word), Value::Nothing(gap)) if !asks_for_order => {
                return Ok(gap.is_word(word).map(|is_word| is_word == (test.comparison == Comparison::Equal)));
            }
            (Value::Nothing(_), _) | (_, Value::Nothing(_)) => return Ok(None),
            (Value::Open(one, _), Value::Open(two, _)) => rank(*one).cmp(&rank(*two)),
            (Value::Open(end, _), _) => rank(*end).cmp(&0),
            (_, Value::Open(end, _)) => 0.cmp(&rank(*end)),
            // A number is none of the words that a cell may have in place of one.
            (Value::Number(_) | Value::Range(_) | Value::Tolerance(_), Value::Text(_))
            | (Value::Text(_), Value::Number(_) | Value::Range(_) | Value::Tolerance(_))
                if !asks_for_order =>
            {
                return equal(false);
            }
            (
                Value::Text(_) | Value::Choice(..) | Value::Date(_),
                Value::Text(_) | Value::Choice(..) | Value::Date(_),
            ) => match self.order_of_words(&left, &right) {
                Some(order) => order,
                None if asks_for_order => return Err(self.no_order(&test.left, &test.right, &left).into()),
                None => return equal(false),
            },
            _ => {
                let (one, two) = match (self.number(left, &test.left)?, self.number(right, &test.right)?) {
                    (Ok(one), Ok(two)) => (one, two),
                    _ => return Ok(None),
                };
                let range = test.left.range.end..test.right.range.start;
                let spot = Spot { operator: &range, left: test.left.range.clone(), right: &test.right };
                match self.worked(arithmetic::compare(&one, &two), &spot, frames)? {
                    Ok(order) => order,
                    Err(_) => return Ok(None),
                }
            }
        };
        Ok(Some(match test.comparison {
            Comparison::Equal => order.is_eq(),
            Comparison::Unequal => order.is_ne(),
            Comparison::Below => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Above => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }))
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
        (text(one)? == text(two)?).then_some(Ordering::Equal)
    }

    fn no_order(&mut self, left: &'e Step, right: &'e Step, value: &Value) -> crate::diagnostic::Reported {
        let (shown, what) = (self.slice(&left.range), value.description());
        let message =
            format!("`{shown}` is {what}, and `{}` has no place before or behind it", self.slice(&right.range));
        let problem = self.problem(&KIND, &(left.range.start..right.range.end), message);
        self.report(problem.help("compare with `=` or `!=`; only numbers, dates and choices have an order"), "")
    }
}

/// Where an open end is beside any number, which is at 0.
fn rank(end: OpenEnd) -> i8 {
    match end {
        OpenEnd::Low => -1,
        OpenEnd::High => 1,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Choice(_, _, text) => Some(text),
        _ => None,
    }
}
