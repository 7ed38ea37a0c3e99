//! What is derived from a range, and from two rows that follow each other.

use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{Way, Worked, add, change, shared};
use super::engine::{Engine, Tried};
use super::gap::{Cause, Gap};
use super::quantity::{Interval, Quantity, Value};
use super::sheets::{CellAt, RowAt, derived_name};
use crate::data::number::Number;
use crate::data::table::Derived;
use crate::diagnostic::Place;

/// A derived value with its formula, in which `{0}` … stand for the inputs.
pub(super) struct DerivedValue {
    pub(super) value: Value,
    pub(super) formula: String,
    pub(super) inputs: Vec<Arc<str>>,
}

/// A value or a midpoint, or why there is none, with its formula.
struct Middle {
    value: Result<Quantity, Value>,
    text: String,
    inputs: Vec<Arc<str>>,
}

/// A value with its id and its place.
pub(super) struct Sided<'v> {
    pub(super) value: &'v Value,
    pub(super) id: Arc<str>,
    pub(super) place: Place,
    /// Whether its midpoint is a figure.
    pub(super) has_midpoint: bool,
}

impl Engine<'_, '_> {
    /// What is derived from one cell, for a formula.
    pub(super) fn derived_value(
        &mut self,
        derived: Derived,
        value: &Value,
        id: &Arc<str>,
        place: &Place,
    ) -> Tried<Value> {
        let of = Sided { value, id: Arc::clone(id), place: place.clone(), has_midpoint: false };
        Ok(of_cell(derived, &of)
            .map_or_else(|| Value::Nothing(of.gap(Cause::OneValue(Arc::clone(&of.id)))), |derived| derived.value))
    }

    /// What is derived from two rows that follow each other, for a formula.
    pub(super) fn pair(
        &mut self,
        row: RowAt,
        next: usize,
        column: usize,
        derived: Derived,
        range: &Range<usize>,
    ) -> Tried<Value> {
        let second = RowAt { row: next, ..row };
        let (one, two) = (self.read(row.cell(column)), self.read(second.cell(column)));
        let (one, two) = (one?, two?);
        for at in [row.cell(column), second.cell(column)] {
            let record = self.record_of(at);
            if let Some(record) = record {
                self.note(&record, range)?;
            }
        }
        let (one, two) = (self.sided(row.cell(column), &one), self.sided(second.cell(column), &two));
        Ok(of_pair(derived, &one, &two).map_or_else(
            || {
                let id = self.slice(range);
                Value::Nothing(two.gap(Cause::NotBetween(id.into())))
            },
            |derived| derived.value,
        ))
    }

    /// A cell's value with its id and place.
    pub(super) fn sided<'v>(&self, at: CellAt, value: &'v Value) -> Sided<'v> {
        Sided {
            value,
            id: self.sheets.id(at),
            place: self.sheets.cell(at).place.clone(),
            has_midpoint: self.sheets.column(at).derive.contains(&Derived::Midpoint),
        }
    }
}

impl Sided<'_> {
    fn gap(&self, cause: Cause) -> Arc<Gap> {
        Arc::new(Gap { cause, through: None, place: self.place.clone() })
    }

    fn end(&self, side: &str) -> Arc<str> {
        format!("{}.{side}", self.id).into()
    }

    /// No value since an end is open.
    fn open(&self, end: &str) -> Value {
        Value::Nothing(self.gap(Cause::Open(self.end(end))))
    }

    fn number(&self, worked: Worked<Quantity>) -> Value {
        // Both are in one unit, so that nothing else can go wrong.
        worked.map_or_else(|_| Value::Nothing(self.gap(Cause::Digits)), |number| Value::Number(unbounded(number)))
    }

    /// Both ends of a range, or why there are none.
    fn ends<'r>(&self, range: &'r Interval) -> Result<(&'r Quantity, &'r Quantity), Value> {
        match (&range.low, &range.high) {
            (Some(low), Some(high)) => Ok((low, high)),
            (None, _) => Err(self.open("low")),
            (_, None) => Err(self.open("high")),
        }
    }

    /// The value or midpoint; the numbers of its inputs begin at `first`.
    fn middle(&self, first: usize) -> Option<Middle> {
        let one = |value| Middle { value, text: format!("{{{first}}}"), inputs: vec![Arc::clone(&self.id)] };
        let range = match self.value {
            Value::Number(number) => return Some(one(Ok(number.clone()))),
            Value::Nothing(gap) => return Some(one(Err(Value::Nothing(Arc::clone(gap))))),
            Value::Range(range) => range,
            _ => return None,
        };
        let digits = || Value::Nothing(self.gap(Cause::Digits));
        let value = self.ends(range).and_then(|(low, high)| midpoint(low, high).map_err(|_| digits()));
        if self.has_midpoint {
            return Some(Middle { inputs: vec![self.end("midpoint")], ..one(value) });
        }
        let text = format!("({{{first}}} + {{{}}}) / 2", first + 1);
        Some(Middle { value, text, inputs: vec![self.end("low"), self.end("high")] })
    }
}

/// What is derived from one value; `None` where there is nothing, as from a single number.
pub(super) fn of_cell(derived: Derived, of: &Sided<'_>) -> Option<DerivedValue> {
    let (formula, sides): (&str, &[&str]) = match derived {
        Derived::Midpoint => ("({0} + {1}) / 2", &["low", "high"]),
        Derived::Width => ("{1} − {0}", &["low", "high"]),
        Derived::Spread => ("({1} − {0}) / {0}", &["low", "high"]),
        Derived::MedianOffset => ("{0} − ({1} + {2}) / 2", &["median", "low", "high"]),
        _ => return None,
    };
    let with = |value| DerivedValue {
        value,
        formula: formula.to_owned(),
        inputs: sides.iter().map(|side| of.end(side)).collect(),
    };
    let range = match of.value {
        Value::Range(range) => range,
        Value::Nothing(gap) => return Some(with(Value::Nothing(Arc::clone(gap)))),
        _ => return None,
    };
    let (low, high) = match of.ends(range) {
        Ok(ends) => ends,
        Err(open) => return Some(with(open)),
    };
    Some(with(match derived {
        Derived::Midpoint => of.number(midpoint(low, high)),
        Derived::Width => of.number(add(high, low, Way::Inverse)),
        Derived::Spread if low.value <= Number::ZERO => Value::Nothing(of.gap(Cause::NotAboveZero(of.end("low")))),
        Derived::Spread => of.number(change(low, high)),
        _ => match &range.median {
            None => Value::Nothing(of.gap(Cause::NoMedian(Arc::clone(&of.id)))),
            Some(median) => of.number(midpoint(low, high).and_then(|middle| add(median, &middle, Way::Inverse))),
        },
    }))
}

/// What is derived from two rows; `None` where there is nothing, as an overlap of ranges that don't overlap.
pub(super) fn of_pair(derived: Derived, one: &Sided<'_>, two: &Sided<'_>) -> Option<DerivedValue> {
    match derived {
        Derived::Step => {
            let from = one.middle(0)?;
            let to = two.middle(from.inputs.len())?;
            step(from, to, one)
        }
        Derived::MedianStep => {
            let median = |of: &Sided<'_>| match of.value {
                Value::Range(Interval { median: Some(median), .. }) => Some(Ok(median.clone())),
                Value::Range(_) => Some(Err(Value::Nothing(of.gap(Cause::NoMedian(Arc::clone(&of.id)))))),
                Value::Nothing(gap) => Some(Err(Value::Nothing(Arc::clone(gap)))),
                _ => None,
            };
            let middle = |of: &Sided<'_>, text: &str| {
                Some(Middle { value: median(of)?, text: text.to_owned(), inputs: vec![of.end("median")] })
            };
            step(middle(one, "{0}")?, middle(two, "{1}")?, one)
        }
        Derived::Overlap | Derived::Gap => between(derived, one, two),
        _ => None,
    }
}

/// The change from one number to another; `None` where they are in units that don't convert.
fn step(from: Middle, to: Middle, one: &Sided<'_>) -> Option<DerivedValue> {
    let below = if from.text.contains(' ') { format!("({})", from.text) } else { from.text.clone() };
    let formula = format!("({} − {}) / {below}", to.text, from.text);
    let inputs = [from.inputs, to.inputs].concat();
    let value = match (from.value, to.value) {
        (Err(nothing), _) | (_, Err(nothing)) => nothing,
        (Ok(from), Ok(to)) if from.scale.dimensions != to.scale.dimensions => return None,
        (Ok(from), Ok(_)) if from.value <= Number::ZERO => {
            Value::Nothing(one.gap(Cause::NotAboveZero(Arc::clone(&one.id))))
        }
        (Ok(from), Ok(to)) => one.number(change(&from, &to)),
    };
    Some(DerivedValue { value, formula, inputs })
}

/// What two ranges have in common, or what is between them; `None` where that is nothing. An open end is beyond any other.
fn between(derived: Derived, one: &Sided<'_>, two: &Sided<'_>) -> Option<DerivedValue> {
    let with = |value, from: Arc<str>, to: Arc<str>| {
        Some(DerivedValue { value, formula: "{0} − {1}".to_owned(), inputs: vec![from, to] })
    };
    let (first, second) = match (one.value, two.value) {
        (Value::Range(first), Value::Range(second)) => (first, second),
        (Value::Nothing(gap), Value::Range(_) | Value::Nothing(_)) | (Value::Range(_), Value::Nothing(gap)) => {
            return with(Value::Nothing(Arc::clone(gap)), one.end("high"), two.end("low"));
        }
        _ => return None,
    };
    // What both cover runs from the higher low end to the lower high end; where it ends before it begins, there is a gap.
    let from = match (&first.low, &second.low) {
        (Some(low), Some(next)) if low.value >= next.value => Some((low, one.end("low"))),
        (_, Some(next)) => Some((next, two.end("low"))),
        (low, None) => low.as_ref().map(|low| (low, one.end("low"))),
    };
    let to = match (&first.high, &second.high) {
        (Some(high), Some(next)) if high.value <= next.value => Some((high, one.end("high"))),
        (_, Some(next)) => Some((next, two.end("high"))),
        (high, None) => high.as_ref().map(|high| (high, one.end("high"))),
    };
    let (Some((from, from_id)), Some((to, to_id))) = (&from, &to) else {
        let end = if from.is_none() { "low" } else { "high" };
        return if derived == Derived::Overlap { with(one.open(end), one.end("high"), two.end("low")) } else { None };
    };
    if from.scale.dimensions != to.scale.dimensions {
        return None;
    }
    match derived {
        Derived::Overlap if from.value < to.value => {
            with(one.number(add(to, from, Way::Inverse)), Arc::clone(to_id), Arc::clone(from_id))
        }
        Derived::Gap if from.value > to.value => {
            with(one.number(add(from, to, Way::Inverse)), Arc::clone(from_id), Arc::clone(to_id))
        }
        _ => None,
    }
}

fn midpoint(low: &Quantity, high: &Quantity) -> Worked<Quantity> {
    shared(&add(low, high, Way::Direct)?, 2)
}

fn unbounded(number: Quantity) -> Quantity {
    Quantity { bound: None, ..number }
}

/// Whether what is derived is a change, whose text needs its sign.
pub(super) fn is_change(derived: Derived) -> bool {
    matches!(derived, Derived::Step | Derived::MedianStep | Derived::MedianOffset)
}

/// The id of what is derived from a base.
pub(super) fn derived_id(base: &str, derived: Derived) -> Arc<str> {
    format!("{base}.{}", derived_name(derived)).into()
}
