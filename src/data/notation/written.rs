//! What a figure's text says, with the place of each of its parts. All ranges are bytes of the text.

use std::ops::Range;

use super::Date;
use super::currency::Currency;
use crate::data::amount::Bound;
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing};

/// A figure's text, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The text itself, as it stands in the sentence.
    pub text: Box<str>,
    /// One number, two or three, a date, or none.
    pub shape: Shape,
    /// A threshold or hedge that the text states.
    pub bound: Option<Part<Bound>>,
    /// For how much of what it is: `year` for `a year`, `100 g` for `per 100 g`.
    pub per: Option<Part<Measure>>,
}

/// What kind of value a text states.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "most texts are numbers, and few are kept")]
pub enum Shape {
    /// `not stated`
    Unstated,
    /// One number. A plain `2026` is a number too, until it is held against a date.
    One(Quantity),
    /// A range, low first. What the second number says for both stands in both.
    Range(Quantity, Quantity),
    /// A number with its tolerances: how much more, and how much less where that is not the same.
    Tolerance(Quantity, Quantity, Option<Quantity>),
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
    /// What is counted, where the text names something that is known wherever it stands: percent, points, times, a unit.
    pub thing: Option<Part<Thing>>,
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
    /// `±`
    PlusMinus,
}

/// What digits are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Magnitude {
    /// `K`
    Thousand,
    /// `M`
    Million,
    /// `B`
    Billion,
    /// `T`
    Trillion,
    /// `× 10⁻¹⁹`, `e-19`
    Power(i8),
}

impl Magnitude {
    /// The factor.
    pub fn factor(self) -> Number {
        let exponent = match self {
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
            Self::Trillion => 12,
            Self::Power(exponent) => exponent.into(),
        };
        Number::pow10(exponent).expect("powers of ten up to 10^127 are kept")
    }

    /// Whether it is a word or letter, which units such as `%` don't follow.
    pub const fn is_word(self) -> bool {
        !matches!(self, Self::Power(_))
    }
}

impl Quantity {
    /// What its digits are multiplied by.
    pub fn scale(&self) -> Number {
        self.magnitude.as_ref().map_or(Number::ONE, |magnitude| magnitude.value.factor())
    }

    /// The number it says, with magnitude and sign; nothing where it is too large.
    pub fn value(&self) -> Option<Number> {
        let size = self.numeral.value.mul(&self.scale())?;
        Some(if self.is_negative() { size.negate() } else { size })
    }

    /// Whether it is one of something, so that its noun is in the singular.
    pub fn is_one(&self) -> bool {
        self.numeral.value == Number::ONE && self.numeral.decimals == 0 && self.magnitude.is_none()
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
