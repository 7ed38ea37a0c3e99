//! The part of a figure that its text is held against.

use crate::data::amount::{Amount, Bound, Signing};
use crate::data::amount::{Digits, Ends};
use crate::data::number::Number;
use crate::data::unit::Unit;

/// A value with its unit, and what a text may make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datum<'a> {
    /// The value.
    pub amount: &'a Amount,
    /// What it counts.
    pub unit: &'a Unit,
    /// The step to which the source printed it, in the datum's own unit.
    pub precision: Option<&'a Number>,
    /// Whether the source gives a threshold or hedges.
    pub bound: Option<Bound>,
    /// Which ends of a range belong to it.
    pub ends: Ends,
    /// When a text needs a sign.
    pub signing: Signing,
    /// How many digits a text has.
    pub digits: Digits,
    /// How many digits are typed behind its point; below zero for an exponent. `None` for what is calculated.
    pub decimals: Option<i32>,
    /// Whether it is calculated: then percentages show one decimal.
    pub calculated: bool,
}

impl<'a> Datum<'a> {
    /// A typed amount of a unit, and nothing more.
    pub fn new(amount: &'a Amount, unit: &'a Unit) -> Self {
        Self {
            amount,
            unit,
            precision: None,
            bound: None,
            ends: Ends::Both,
            signing: Signing::BelowZero,
            digits: Digits::Free,
            decimals: None,
            calculated: false,
        }
    }

    /// The one end of an open range, with what it is a bound of.
    pub(super) fn threshold(&self) -> Option<(&'a Number, Bound)> {
        match (self.amount, self.ends) {
            (Amount::From(low), Ends::High) => Some((low, Bound::Over)),
            (Amount::From(low), Ends::Both | Ends::Low) => Some((low, Bound::AtLeast)),
            (Amount::To(high), Ends::Low) => Some((high, Bound::Under)),
            (Amount::To(high), Ends::Both | Ends::High) => Some((high, Bound::UpTo)),
            _ => None,
        }
    }

    /// The bound that a text needs.
    pub(super) fn stated_bound(&self) -> Option<Bound> {
        match (self.amount, self.threshold()) {
            (Amount::Unstated | Amount::Text(_) | Amount::Date(_), _) => None,
            (_, Some((_, bound))) => Some(bound),
            _ => self.bound,
        }
    }

    /// The same of a tolerance, which is the size of a difference.
    pub(super) fn tolerance(&self) -> Self {
        Self { signing: Signing::Never, digits: Digits::Free, ..*self }
    }

    /// Whether it is a difference of two, whose unit has no zero of its own.
    pub(super) fn is_difference(&self) -> bool {
        self.signing != Signing::BelowZero
    }
}
