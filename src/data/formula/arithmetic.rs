//! Exact arithmetic with numbers and ranges that have units and bounds.

use std::cmp::Ordering;
use std::sync::Arc;

use super::quantity::{Interval, Kind, Quantity, Scale, Value};
use crate::data::amount::Bound;
use crate::data::number::Number;
use crate::data::unit::{Thing, Unit};

/// Why two values have no result.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// They count different things.
    Unlike(Arc<Scale>, Arc<Scale>),
    /// Their bounds point in opposite directions.
    Bounds,
    /// A division by zero.
    Zero,
    /// More digits than are kept.
    Digits,
    /// The second is a range, and one number must be there.
    Range,
}

/// What comes out of an operation.
pub(super) type Worked<T> = Result<T, Fault>;

/// Whether the second is added or subtracted, or multiplies or divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    Inverse,
}

impl Way {
    pub(super) fn of(is_inverse: bool) -> Self {
        if is_inverse { Self::Inverse } else { Self::Direct }
    }
}

impl Value {
    /// A number, or each number of a range, changed.
    pub(super) fn each(&self, change: impl Fn(&Quantity) -> Worked<Quantity>) -> Worked<Self> {
        match self {
            Self::Number(number) => change(number).map(Self::Number),
            Self::Range(range) => range.map(change).map(Self::from),
            _ => Err(Fault::Range),
        }
    }

    /// The sum, or the difference: of ranges end by end.
    pub(super) fn plus(&self, other: &Self, way: Way) -> Worked<Self> {
        match (self, other) {
            (_, Self::Number(two)) => self.each(|one| add(one, two, way)),
            (Self::Number(one), Self::Range(_)) if way == Way::Direct => other.each(|two| add(one, two, way)),
            (Self::Range(one), Self::Range(two)) if way == Way::Direct => {
                let end = |one: &Option<Quantity>, two: &Option<Quantity>| match (one, two) {
                    (Some(one), Some(two)) => add(one, two, way).map(Some),
                    _ => Ok(None),
                };
                Ok(Self::from([end(&one.low, &two.low)?, end(&one.high, &two.high)?, None]))
            }
            _ => Err(Fault::Range),
        }
    }

    /// The product, or the quotient: of a range end by end. The ends change places where they are multiplied by a number below zero.
    pub(super) fn times(&self, other: &Self, way: Way) -> Worked<Self> {
        let (product, by) = match (self, other) {
            (_, Self::Number(two)) => (self.each(|one| multiply(one, two, way))?, two),
            (Self::Number(one), Self::Range(_)) if way == Way::Direct => {
                (other.each(|two| multiply(one, two, way))?, one)
            }
            _ => return Err(Fault::Range),
        };
        Ok(match product {
            Self::Range(Interval { low, high, median }) if by.value.is_negative() => Self::from([high, low, median]),
            product => product,
        })
    }
}

/// The two in one unit: a plain number of the formula takes the other's.
pub(super) fn alike(one: &Quantity, two: &Quantity) -> Worked<(Quantity, Quantity)> {
    let in_unit_of = |number: &Quantity, other: &Quantity| {
        let value = number.value.mul(&other.scale.factor()).ok_or(Fault::Digits)?;
        Ok(Quantity { value, scale: Arc::clone(&other.scale), is_literal: false, ..number.clone() })
    };
    let (mut first, mut second) = (one.clone(), two.clone());
    if one.takes_unit() && !two.is_literal {
        first = in_unit_of(one, two)?;
    } else if two.takes_unit() && !one.is_literal {
        second = in_unit_of(two, one)?;
    }
    match first.scale.dimensions == second.scale.dimensions {
        true => Ok((first, second)),
        false => Err(Fault::Unlike(first.scale, second.scale)),
    }
}

/// The sum, or the difference. It has the unit of the first, and a percentage less a percentage is in points.
pub(super) fn add(one: &Quantity, two: &Quantity, way: Way) -> Worked<Quantity> {
    let is_whole = one.is_literal || one.is_rest;
    let (one, two) = alike(one, two)?;
    let (value, second) = match way {
        Way::Direct => (one.value.add(&two.value), two.bound),
        Way::Inverse => (one.value.sub(&two.value), two.bound.map(turned)),
    };
    let kind = match (one.scale.kind, two.scale.kind) {
        (Kind::Percent, Kind::Percent) if way == Way::Inverse && !is_whole => Kind::Points,
        (Kind::Percent, Kind::Points) | (Kind::Points, Kind::Percent) if way == Way::Direct => Kind::Percent,
        (one, two) if one == two => one,
        (Kind::Plain, _) | (_, Kind::Plain) => Kind::Plain,
        (first, _) => first,
    };
    let scale = match kind == one.scale.kind {
        true => Arc::clone(&one.scale),
        false => Arc::new(Scale { kind, unit: None, ..Scale::clone(&one.scale) }),
    };
    Ok(Quantity {
        value: value.ok_or(Fault::Digits)?,
        is_literal: one.is_literal && two.is_literal && scale.is_plain(),
        is_rest: is_whole && way == Way::Inverse && scale.kind == Kind::Percent,
        scale,
        bound: joined(one.bound, second)?,
        has_percent: one.has_percent || two.has_percent,
    })
}

/// The product, or the quotient.
fn multiply(one: &Quantity, two: &Quantity, way: Way) -> Worked<Quantity> {
    if way == Way::Inverse && two.value.is_zero() {
        return Err(Fault::Zero);
    }
    let turn = |quantity: &Quantity, is_turned: bool| match is_turned {
        true => quantity.bound.map(turned),
        false => quantity.bound,
    };
    let first = turn(one, two.value.is_negative());
    let second = turn(two, one.value.is_negative() != (way == Way::Inverse));
    let (a, b) = (&one.scale, &two.scale);
    let value = if way == Way::Direct { one.value.mul(&two.value) } else { one.value.div(&two.value) };
    let counts_things = matches!(&b.unit, Some(Unit { thing: Thing::Measure(_), .. }));
    let scale = if a.kind == Kind::Plain && b.dimensions.is_none() && b.size == Number::ONE && !counts_things {
        Arc::clone(a)
    } else {
        let (dimensions, size) = match way {
            Way::Direct => (a.dimensions.times(&b.dimensions), a.size.mul(&b.size)),
            Way::Inverse => (a.dimensions.over(&b.dimensions), a.size.div(&b.size)),
        };
        Arc::new(Scale { dimensions, size: size.ok_or(Fault::Digits)?, kind: Kind::Plain, unit: None })
    };
    Ok(Quantity {
        value: value.ok_or(Fault::Digits)?,
        scale,
        is_literal: one.is_literal && two.is_literal,
        bound: joined(first, second)?,
        has_percent: one.has_percent || two.has_percent,
        is_rest: false,
    })
}

/// The same size with the other sign.
pub(super) fn negative(one: &Quantity) -> Quantity {
    Quantity { value: one.value.negate(), bound: one.bound.map(turned), ..one.clone() }
}

/// A mean: a sum over a number of rows, in the sum's unit.
pub(super) fn shared(sum: &Quantity, count: usize) -> Worked<Quantity> {
    let count = Number::from_integer(i64::try_from(count).unwrap_or(i64::MAX));
    Ok(Quantity { value: sum.value.div(&count).ok_or(Fault::Digits)?, ..sum.clone() })
}

/// The middle between two numbers.
pub(super) fn midpoint(low: &Quantity, high: &Quantity) -> Worked<Quantity> {
    shared(&add(low, high, Way::Direct)?, 2)
}

/// The rise from one number, which is not zero, to another, in percent of the first.
pub(super) fn change(from: &Quantity, to: &Quantity) -> Worked<Quantity> {
    let rise = add(to, from, Way::Inverse)?;
    // A literal takes the other's unit before it is divided by.
    let (from, _) = alike(from, to)?;
    let part = multiply(&rise, &from, Way::Inverse)?;
    let scale = Scale { kind: Kind::Percent, unit: None, ..Scale::clone(&part.scale) };
    Ok(Quantity { scale: Arc::new(scale), has_percent: true, is_literal: false, ..part })
}

/// A number rounded to a step, halves away from zero.
pub(super) fn round(number: &Quantity, step: &Quantity) -> Worked<Quantity> {
    let (_, step) = alike(number, step)?;
    let value = number.value.rounded_to_step(&step.value).ok_or(Fault::Digits)?;
    Ok(Quantity { value, ..number.clone() })
}

/// The root of a number that is not below zero; `None` where its unit has no such root.
pub(super) fn root(number: &Quantity, degree: u32) -> Worked<Option<Quantity>> {
    let Some(dimensions) = i8::try_from(degree).ok().and_then(|degree| number.scale.dimensions.root(degree)) else {
        return Ok(None);
    };
    let value = number.value.root(degree).ok_or(Fault::Digits)?;
    let size = if number.scale.size == Number::ONE { Some(Number::ONE) } else { number.scale.size.root(degree) };
    let scale = Scale { dimensions, size: size.ok_or(Fault::Digits)?, kind: Kind::Plain, unit: None };
    Ok(Some(Quantity { value, scale: Arc::new(scale), ..number.clone() }))
}

/// How two numbers compare.
pub(super) fn compare(one: &Quantity, two: &Quantity) -> Worked<Ordering> {
    if !one.is_literal && !two.is_literal && Arc::ptr_eq(&one.scale, &two.scale) {
        return Ok(one.value.cmp(&two.value));
    }
    alike(one, two).map(|(one, two)| one.value.cmp(&two.value))
}

/// The bound of a figure behind a minus, or below a line.
fn turned(bound: Bound) -> Bound {
    match bound {
        Bound::Over => Bound::Under,
        Bound::AtLeast => Bound::UpTo,
        Bound::Under => Bound::Over,
        Bound::UpTo => Bound::AtLeast,
        Bound::About => Bound::About,
    }
}

/// The bound of what two figures with bounds make. Nothing is known where the bounds point in opposite directions.
fn joined(one: Option<Bound>, two: Option<Bound>) -> Worked<Option<Bound>> {
    use Bound::{About, AtLeast, Over, Under, UpTo};
    let (Some(first), Some(second)) = (one, two) else { return Ok(one.or(two)) };
    Ok(Some(match (first, second) {
        (first, second) if first == second => first,
        // More than one figure and at least another is more than both together.
        (Over, AtLeast) | (AtLeast, Over) => Over,
        (Under, UpTo) | (UpTo, Under) => Under,
        (About, _) | (_, About) => About,
        _ => return Err(Fault::Bounds),
    }))
}
