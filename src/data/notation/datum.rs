//! The part of a figure that its text is held against.

use crate::data::figure::{Amount, Bound, Signing, Unit};
use crate::data::number::Number;

/// A value with its unit, and what a text may make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datum<'a> {
    /// The value.
    pub amount: &'a Amount,
    /// What it counts.
    pub unit: &'a Unit,
    /// The step to which the source printed it, in the datum's own unit.
    pub precision: Option<Number>,
    /// Whether the source gives a threshold or hedges.
    pub bound: Option<Bound>,
    /// When a text needs a sign.
    pub signing: Signing,
    /// Whether it is calculated: then percentages show one decimal.
    pub calculated: bool,
}
