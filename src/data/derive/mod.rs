//! What is calculated from typed data: sums, ratios, midpoints, what neighboring rows share, and what a file asks for.
//!
//! Everything here is exact. A figure whose inputs are missing or unstated isn't made.

mod calculation;
mod cells;
mod neighbors;
mod order;
mod ratios;
mod record;
mod sums;
mod table;

use std::sync::Arc;

pub(super) use calculation::{Calculation, Operation, calculations};
pub(super) use order::in_order;
pub(super) use table::bands;

use super::figure::{Amount, Aspect, Bound, Figure};
use super::number::Number;
use crate::diagnostic::{Code, Place};
use crate::document::Value;

/// The codes that deriving raises.
pub(super) const CODES: &[&[&Code]] = &[sums::CODES, calculation::CODES];

/// A fact's figure, and one for each end of its range.
pub(super) fn with_ends(figure: Figure, ends: Option<&[Value]>, figures: &mut Vec<Figure>) {
    if let Amount::Range(low, high) = figure.amount {
        let place = |at: usize| ends.and_then(|ends| ends.get(at)).map_or_else(|| figure.place.clone(), Value::place);
        let (low_end, high_end) =
            (end(&figure, Aspect::Low, low, place(0)), end(&figure, Aspect::High, high, place(1)));
        figures.extend([low_end, high_end]);
    }
    figures.push(figure);
}

/// One end of a typed range. A threshold is that of the high end, a hedge that of both.
fn end(whole: &Figure, aspect: Aspect, value: Number, place: Place) -> Figure {
    let (name, bound) = match aspect {
        Aspect::High => ("high", whole.bound),
        _ => ("low", whole.bound.filter(|bound| *bound == Bound::About)),
    };
    Figure {
        id: format!("{}.{name}", whole.id).into(),
        aspect,
        amount: Amount::One(value),
        bound,
        place,
        ..whole.clone()
    }
}

/// Low and high of a stated amount; of a single value, that value twice.
pub(super) fn ends_of(amount: Amount) -> Option<(Number, Number)> {
    match amount {
        Amount::One(value) => Some((value, value)),
        Amount::Range(low, high) => Some((low, high)),
        Amount::Unstated | Amount::Date(_) => None,
    }
}

/// The ids of the two ends of a figure; of a single value, its own id twice.
fn end_ids(id: &Arc<str>, amount: Amount) -> (Arc<str>, Arc<str>) {
    match amount {
        Amount::Range(..) => (format!("{id}.low").into(), format!("{id}.high").into()),
        _ => (Arc::clone(id), Arc::clone(id)),
    }
}

/// Low and high as an amount: one value where they are the same by kind, not by chance.
fn amount(low: Number, high: Number, is_range: bool) -> Amount {
    if is_range { Amount::Range(low, high) } else { Amount::One(low) }
}

/// A part of a whole, in percent.
fn percent(part: Number, whole: Number) -> Option<Number> {
    part.div(whole)?.mul(Number::HUNDRED)
}

/// The rise from one number to another, in percent of the first.
fn change(from: Number, to: Number) -> Option<Number> {
    percent(to.sub(from)?, from)
}

/// `{0} + {1} + {2}`
fn plus(count: usize) -> Arc<str> {
    let terms: Vec<String> = (0..count).map(|at| format!("{{{at}}}")).collect();
    terms.join(" + ").into()
}

#[cfg(test)]
mod tests;
