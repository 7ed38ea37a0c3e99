//! Exact arithmetic with numbers and ranges that have units.

use std::cmp::Ordering;
use std::sync::Arc;

use super::bounds::{joined, turned};
use super::quantity::{Interval, Kind, Quantity, Scale};
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

/// The two in one unit: a plain number of the formula takes the other's.
pub(super) fn alike(one: &Quantity, two: &Quantity) -> Worked<(Quantity, Quantity)> {
    let (mut one, mut two) = (one.clone(), two.clone());
    if one.takes_unit() && !two.is_literal {
        one = in_unit_of(one, &two)?;
    } else if two.takes_unit() && !one.is_literal {
        two = in_unit_of(two, &one)?;
    }
    if one.scale.dimensions != two.scale.dimensions {
        return Err(Fault::Unlike(one.scale, two.scale));
    }
    Ok((one, two))
}

/// A plain number as one of another's unit.
fn in_unit_of(number: Quantity, other: &Quantity) -> Worked<Quantity> {
    let value = number.value.mul(&other.scale.factor()).ok_or(Fault::Digits)?;
    Ok(Quantity { value, scale: Arc::clone(&other.scale), is_literal: false, ..number })
}

/// The sum, or the difference. It has the unit of the first, and a percentage less a percentage is in points.
pub(super) fn add(one: &Quantity, two: &Quantity, way: Way) -> Worked<Quantity> {
    let is_whole = one.is_literal;
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
    let scale = if kind == one.scale.kind {
        Arc::clone(&one.scale)
    } else {
        let scale = Scale { dimensions: one.scale.dimensions.clone(), size: one.scale.size.clone(), kind, unit: None };
        Arc::new(scale)
    };
    Ok(Quantity {
        value: value.ok_or(Fault::Digits)?,
        is_literal: one.is_literal && two.is_literal && scale.is_plain(),
        scale,
        bound: joined(one.bound, second).map_err(|_| Fault::Bounds)?,
        has_percent: one.has_percent || two.has_percent,
    })
}

/// The product, or the quotient.
pub(super) fn multiply(one: &Quantity, two: &Quantity, way: Way) -> Worked<Quantity> {
    if way == Way::Inverse && two.value.is_zero() {
        return Err(Fault::Zero);
    }
    let turn = |quantity: &Quantity, other: &Quantity| match other.value.is_negative() {
        true => quantity.bound.map(turned),
        false => quantity.bound,
    };
    let (first, mut second) = (turn(one, two), turn(two, one));
    if way == Way::Inverse {
        second = second.map(turned);
    }
    let value = match way {
        Way::Direct => one.value.mul(&two.value),
        Way::Inverse => one.value.div(&two.value),
    };
    Ok(Quantity {
        value: value.ok_or(Fault::Digits)?,
        scale: product(&one.scale, &two.scale, way)?,
        is_literal: one.is_literal && two.is_literal,
        bound: joined(first, second).map_err(|_| Fault::Bounds)?,
        has_percent: one.has_percent || two.has_percent,
    })
}

/// What a product or a quotient counts.
fn product(one: &Arc<Scale>, two: &Arc<Scale>, way: Way) -> Worked<Arc<Scale>> {
    let counts_things = matches!(&two.unit, Some(Unit { thing: Thing::Measure(_), .. }));
    if one.kind == Kind::Plain && two.dimensions.is_none() && two.size == Number::ONE && !counts_things {
        return Ok(Arc::clone(one));
    }
    let (dimensions, size) = match way {
        Way::Direct => (one.dimensions.times(&two.dimensions), one.size.mul(&two.size)),
        Way::Inverse => (one.dimensions.over(&two.dimensions), one.size.div(&two.size)),
    };
    Ok(Arc::new(Scale { dimensions, size: size.ok_or(Fault::Digits)?, kind: Kind::Plain, unit: None }))
}

/// The same size with the other sign.
pub(super) fn negative(one: &Quantity) -> Quantity {
    Quantity { value: one.value.negate(), bound: one.bound.map(turned), ..one.clone() }
}

/// A mean: a sum over a number of rows, in the sum's unit.
pub(super) fn shared(sum: &Quantity, count: usize) -> Worked<Quantity> {
    let count = Number::from_integer(i64::try_from(count).unwrap_or(i64::MAX));
    let value = sum.value.div(&count).ok_or(Fault::Digits)?;
    Ok(Quantity { value, ..sum.clone() })
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
    let (one, two) = alike(one, two)?;
    Ok(one.value.cmp(&two.value))
}

/// A sum or difference of ranges end by end; a number has itself as both ends. The second is no range where it is subtracted.
pub(super) fn add_ranges(one: &Interval, two: &Interval, way: Way) -> Worked<Interval> {
    let end = |one: &Option<Quantity>, two: &Option<Quantity>| match (one, two) {
        (Some(one), Some(two)) => add(one, two, way).map(Some),
        _ => Ok(None),
    };
    Ok(Interval {
        low: end(&one.low, &two.low)?,
        high: end(&one.high, &two.high)?,
        median: end(&one.median, &two.median)?,
    })
}
