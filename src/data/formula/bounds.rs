//! How bounds carry over from inputs to results.

use crate::data::figure::Bound;

/// The bound of a figure behind a minus, or below a line.
pub(super) fn turned(bound: Bound) -> Bound {
    match bound {
        Bound::Over => Bound::Under,
        Bound::AtLeast => Bound::UpTo,
        Bound::Under => Bound::Over,
        Bound::UpTo => Bound::AtLeast,
        Bound::About => Bound::About,
    }
}

/// Bounds that point in opposite directions: nothing is known of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opposite;

/// The bound of a sum of two figures with bounds.
pub(super) fn joined(one: Option<Bound>, two: Option<Bound>) -> Result<Option<Bound>, Opposite> {
    use Bound::{About, AtLeast, Over, Under, UpTo};
    let (Some(first), Some(second)) = (one, two) else { return Ok(one.or(two)) };
    Ok(Some(match (first, second) {
        (first, second) if first == second => first,
        // More than one figure and at least another is more than both together.
        (Over, AtLeast) | (AtLeast, Over) => Over,
        (Under, UpTo) | (UpTo, Under) => Under,
        (About, _) | (_, About) => About,
        _ => return Err(Opposite),
    }))
}
