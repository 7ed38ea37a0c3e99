//! What is derived from a range, and from two rows that follow each other.

use std::ops::Range;
use std::sync::Arc;

use super::arithmetic::{Way, Worked, add, change, midpoint};
use super::engine::{Engine, Tried, given};
use super::gap::{Cause, Gap};
use super::plan::Side;
use super::quantity::{Given, Interval, Quantity, Value};
use super::sheets::{CellAt, RowAt};
use crate::data::number::Number;
use crate::data::table::Derived;
use crate::diagnostic::Place;

/// A number, or why there is none.
type Made = Result<Quantity, Arc<Gap>>;

/// What makes one number of several.
type Join = fn(&[Quantity]) -> Worked<Quantity>;

const MIDDLE: Join = |ends| midpoint(&ends[0], &ends[1]);

/// A derived value with its formula, in which `{0}` … stand for the inputs.
pub(super) struct DerivedValue {
    pub(super) value: Made,
    pub(super) formula: String,
    pub(super) inputs: Vec<Arc<str>>,
}

/// A value with its id and its place.
pub(super) struct Sided<'v> {
    pub(super) value: &'v Given,
    pub(super) id: Arc<str>,
    pub(super) place: Place,
    /// Whether its midpoint is a figure.
    pub(super) has_midpoint: bool,
}

impl Engine<'_, '_> {
    /// What is derived from one cell, for a formula.
    pub(super) fn derived_value(&mut self, derived: Derived, value: &Given, at: CellAt) -> Tried<Value> {
        let of = self.sided(at, value);
        match of_cell(derived, &of) {
            Some(derived) => Ok(Value::Number(derived.value?)),
            None => Err(of.gap(Cause::OneValue(Arc::clone(&of.id))).into()),
        }
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
        let cells = [row.cell(column), RowAt { row: next, ..row }.cell(column)];
        let (one, two) = (given(self.read(cells[0])), given(self.read(cells[1])));
        let (one, two) = (one?, two?);
        for record in cells.into_iter().filter_map(|at| self.record_of(at)).collect::<Vec<_>>() {
            self.note(&record, range)?;
        }
        let (one, two) = (self.sided(cells[0], &one), self.sided(cells[1], &two));
        match of_pair(derived, &one, &two) {
            Some(derived) => Ok(Value::Number(derived.value?)),
            None => Err(two.gap(Cause::NotBetween(self.slice(range).into())).into()),
        }
    }

    /// A cell's value with its id and place.
    pub(super) fn sided<'v>(&self, at: CellAt, value: &'v Given) -> Sided<'v> {
        let has_midpoint = self.sheets.column(at).derive.contains(&Derived::Midpoint);
        Sided { value, id: self.sheets.id(at), place: self.sheets.cell(at).place.clone(), has_midpoint }
    }
}

impl Sided<'_> {
    fn gap(&self, cause: Cause) -> Arc<Gap> {
        Gap::new(cause, &self.place)
    }

    /// The id of a side.
    fn side(&self, side: Side) -> Arc<str> {
        side.of(Arc::clone(&self.id))
    }

    /// Both are in one unit, so that nothing can go wrong but the number of digits.
    fn made(&self, worked: Worked<Quantity>) -> Made {
        worked.map(|number| Quantity { bound: None, ..number }).map_err(|_| self.gap(Cause::Digits))
    }

    /// An end of a range or its median, or why there is none.
    fn number(&self, range: &Interval, side: Side) -> Made {
        let (number, cause) = match side {
            Side::Low => (&range.low, Cause::Open(self.side(side))),
            Side::High => (&range.high, Cause::Open(self.side(side))),
            _ => (&range.median, Cause::NoMedian(Arc::clone(&self.id))),
        };
        number.clone().ok_or_else(|| self.gap(cause))
    }

    /// What is made of sides of the value; `None` where it isn't a range.
    fn joined(&self, sides: &[Side], join: Join) -> Option<Made> {
        match self.value {
            Ok(Value::Range(range)) => {
                let numbers: Result<Vec<Quantity>, _> = sides.iter().map(|side| self.number(range, *side)).collect();
                Some(numbers.and_then(|numbers| self.made(join(&numbers))))
            }
            Err(gap) => Some(Err(Arc::clone(gap))),
            Ok(_) => None,
        }
    }

    /// The value or midpoint, as a formula in which the numbers of inputs begin at `first`.
    fn middle(&self, first: usize) -> Option<DerivedValue> {
        let one = |value, id| DerivedValue { value, formula: format!("{{{first}}}"), inputs: vec![id] };
        if let Ok(Value::Number(number)) = self.value {
            return Some(one(Ok(number.clone()), Arc::clone(&self.id)));
        }
        let value = self.joined(&[Side::Low, Side::High], MIDDLE)?;
        if self.value.is_err() {
            return Some(one(value, Arc::clone(&self.id)));
        }
        if self.has_midpoint {
            return Some(one(value, self.side(Side::Derived(Derived::Midpoint))));
        }
        let formula = format!("({{{first}}} + {{{}}}) / 2", first + 1);
        Some(DerivedValue { value, formula, inputs: vec![self.side(Side::Low), self.side(Side::High)] })
    }

    /// The stated median of a range.
    fn median(&self, number: usize) -> Option<DerivedValue> {
        let value = self.joined(&[Side::Median], |numbers| Ok(numbers[0].clone()))?;
        Some(DerivedValue { value, formula: format!("{{{number}}}"), inputs: vec![self.side(Side::Median)] })
    }
}

/// What is derived from one value; `None` where there is nothing, as from a single number.
pub(super) fn of_cell(derived: Derived, of: &Sided<'_>) -> Option<DerivedValue> {
    let (formula, sides, join): (&str, &[Side], Join) = match derived {
        Derived::Midpoint => ("({0} + {1}) / 2", &[Side::Low, Side::High], MIDDLE),
        Derived::Width => ("{1} − {0}", &[Side::Low, Side::High], |ends| add(&ends[1], &ends[0], Way::Inverse)),
        Derived::Spread => ("({1} − {0}) / {0}", &[Side::Low, Side::High], |ends| change(&ends[0], &ends[1])),
        Derived::MedianOffset => ("{0} − ({1} + {2}) / 2", &[Side::Median, Side::Low, Side::High], |numbers| {
            add(&numbers[0], &midpoint(&numbers[1], &numbers[2])?, Way::Inverse)
        }),
        _ => return None,
    };
    let value = match of.value {
        Ok(Value::Range(Interval { low: Some(low), high: Some(_), .. }))
            if derived == Derived::Spread && low.value <= Number::ZERO =>
        {
            Err(of.gap(Cause::NotAboveZero(of.side(Side::Low))))
        }
        _ => of.joined(sides, join)?,
    };
    let inputs = sides.iter().map(|side| of.side(*side)).collect();
    Some(DerivedValue { value, formula: formula.to_owned(), inputs })
}

/// What is derived from two rows; `None` where there is nothing, as an overlap of ranges that don't overlap.
pub(super) fn of_pair(derived: Derived, one: &Sided<'_>, two: &Sided<'_>) -> Option<DerivedValue> {
    match derived {
        Derived::Step => {
            let from = one.middle(0)?;
            let to = two.middle(from.inputs.len())?;
            step(from, to, one)
        }
        Derived::MedianStep => step(one.median(0)?, two.median(1)?, one),
        Derived::Overlap | Derived::Gap => between(derived, one, two),
        _ => None,
    }
}

/// The change from one number to another; `None` where they are in units that don't convert.
fn step(from: DerivedValue, to: DerivedValue, one: &Sided<'_>) -> Option<DerivedValue> {
    let below = if from.formula.contains(' ') { format!("({})", from.formula) } else { from.formula.clone() };
    let formula = format!("({} − {}) / {below}", to.formula, from.formula);
    let value = match (from.value, to.value) {
        (Err(gap), _) | (_, Err(gap)) => Err(gap),
        (Ok(from), Ok(to)) if from.scale.dimensions != to.scale.dimensions => return None,
        (Ok(from), Ok(_)) if from.value <= Number::ZERO => Err(one.gap(Cause::NotAboveZero(Arc::clone(&one.id)))),
        (Ok(from), Ok(to)) => one.made(change(&from, &to)),
    };
    Some(DerivedValue { value, formula, inputs: [from.inputs, to.inputs].concat() })
}

/// What two ranges have in common, or what is between them; `None` where that is nothing. An open end is beyond any other.
fn between(derived: Derived, one: &Sided<'_>, two: &Sided<'_>) -> Option<DerivedValue> {
    let with = |value, inputs: [Arc<str>; 2]| {
        Some(DerivedValue { value, formula: "{0} − {1}".to_owned(), inputs: inputs.to_vec() })
    };
    let sides = [one.side(Side::High), two.side(Side::Low)];
    let (first, second) = match (one.value, two.value) {
        (Ok(Value::Range(first)), Ok(Value::Range(second))) => (first, second),
        (Err(gap), Ok(Value::Range(_)) | Err(_)) | (Ok(Value::Range(_)), Err(gap)) => {
            return with(Err(Arc::clone(gap)), sides);
        }
        _ => return None,
    };
    let by_size = |one: &(Quantity, Arc<str>), two: &(Quantity, Arc<str>)| one.0.value.cmp(&two.0.value);
    // What both cover runs from the higher low end to the lower high end; where it ends before it begins, there is a gap.
    let end = |(of, range): (&Sided<'_>, _), side| Some((of.number(range, side).ok()?, of.side(side)));
    let from = [end((two, second), Side::Low), end((one, first), Side::Low)];
    let to = [end((one, first), Side::High), end((two, second), Side::High)];
    let (from, to) = (from.into_iter().flatten().max_by(by_size), to.into_iter().flatten().min_by(by_size));
    match (from, to) {
        (None, _) if derived == Derived::Overlap => with(one.number(first, Side::Low), sides),
        (_, None) if derived == Derived::Overlap => with(one.number(first, Side::High), sides),
        (Some((from, _)), Some((to, _))) if from.scale.dimensions != to.scale.dimensions => None,
        (Some((from, from_id)), Some((to, to_id))) => match derived {
            Derived::Overlap if from.value < to.value => {
                with(one.made(add(&to, &from, Way::Inverse)), [to_id, from_id])
            }
            Derived::Gap if from.value > to.value => with(one.made(add(&from, &to, Way::Inverse)), [from_id, to_id]),
            _ => None,
        },
        _ => None,
    }
}

/// Whether what is derived is a change, whose text needs its sign.
pub(super) fn is_change(derived: Derived) -> bool {
    matches!(derived, Derived::Step | Derived::MedianStep | Derived::MedianOffset)
}
