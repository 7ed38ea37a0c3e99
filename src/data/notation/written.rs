//! What a figure's text says, with the place of each of its parts. All ranges are bytes of the text.

use std::ops::Range;

use super::currency::Currency;
use super::{Date, DurationUnit};
use crate::data::figure::Bound;
use crate::data::number::Number;

/// A figure's text, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text itself, as it stands in the sentence.
    pub text: Box<str>,
    /// One number, two, a date, or none.
    pub shape: Shape,
    /// A threshold or hedge that the text states.
    pub bound: Option<Part<Bound>>,
    /// The key of the period that the text states: `year` for `a year`.
    pub period: Option<Part<&'static str>>,
}

/// What kind of value a text states.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `not stated`
    Unstated,
    /// One number. A plain `2026` is a number too, until it is held against a date.
    One(Quantity),
    /// A range, low first. What the second number says for both stands in both.
    Range(Quantity, Quantity),
    /// A date in words or in an ISO form.
    Date(Part<Date>, DateForm),
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `2026-Q1`, `2026-01`, `2026-01-31`
    Iso,
    /// `Q1 2026`, `January 2026`, `January 31, 2026`
    Prose,
    /// `first quarter of 2026`
    QuarterInWords,
}

/// Something said, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<T> {
    /// What it says.
    pub value: T,
    /// Its bytes of the text.
    pub range: Range<usize>,
}

/// One number with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// From its sign or currency to its unit.
    pub range: Range<usize>,
    /// A sign straight before currency or digits.
    pub sign: Option<Part<Sign>>,
    /// The currency, before or after the number.
    pub currency: Option<Part<Currency>>,
    /// The digits or the word.
    pub numeral: Numeral,
    /// What the digits are multiplied by.
    pub magnitude: Option<Part<Magnitude>>,
    /// Percent, percentage points, or a unit of duration.
    pub measure: Option<Part<Measure>>,
}

/// The digits of a number, or the word for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// The number shown, without sign and magnitude.
    pub value: Number,
    /// How many decimals are shown.
    pub decimals: u32,
    /// How it is written.
    pub style: NumeralStyle,
    /// Its bytes of the text.
    pub range: Range<usize>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralStyle {
    /// `432`, `432,000`; not grouped is only what has four digits or more and no comma.
    Digits {
        /// Whether thousands are set off by commas.
        grouped: bool,
    },
    /// `four`
    Word,
    /// `2nd`
    Ordinal,
    /// `second`
    OrdinalWord,
    /// `#2`; the range is that of the digits.
    Hash,
}

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-` or U+2212
    Minus,
}

/// What digits are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Magnitude {
    /// `K`
    Thousand,
    /// `M`
    Million,
    /// `B`
    Billion,
}

/// A unit that the grammar knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `%`
    Percent,
    /// `percentage points`
    Points,
    /// `months`
    Duration(DurationUnit),
}

impl Magnitude {
    /// The factor.
    pub const fn factor(self) -> Number {
        Number::from_integer(match self {
            Self::Thousand => 1_000,
            Self::Million => 1_000_000,
            Self::Billion => 1_000_000_000,
        })
    }
}

impl Quantity {
    /// What its digits are multiplied by.
    pub fn scale(&self) -> Number {
        self.magnitude.as_ref().map_or(Number::ONE, |magnitude| magnitude.value.factor())
    }

    /// The number it says, with magnitude and sign; nothing where it is too large.
    pub fn value(&self) -> Option<Number> {
        let size = self.numeral.value.mul(self.scale())?;
        if self.is_negative() { size.negate() } else { Some(size) }
    }

    /// Whether it has a minus sign.
    pub fn is_negative(&self) -> bool {
        self.sign.as_ref().is_some_and(|sign| sign.value == Sign::Minus)
    }
}

impl Written {
    /// The bytes that a range covers, or nothing where it lies outside.
    pub(super) fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}
