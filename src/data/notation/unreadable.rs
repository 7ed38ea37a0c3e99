//! Texts that can't be read as a figure: what each holds, and what to type instead.

use std::ops::Range;

/// A text that can't be read as a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong.
    pub kind: UnreadableKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// A lowercase phrase that names it.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
}

/// What can be wrong with a figure's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnreadableKind {
    /// Nothing but spaces.
    Empty,
    /// Words, but no number.
    NoNumber,
    /// `1,10,000`, `1 100 000`
    Grouping,
    /// `1.100.000`, `.5`
    DecimalMark,
    /// More digits than a datum can have.
    ManyDigits,
    /// Digits of another script, fractions, raised digits.
    ForeignDigits,
    /// A character that can't be seen, between those that can.
    Invisible,
    /// Letters and digits in one word: `3D2`.
    Letters,
    /// `four hundred dollars`
    MoneyInWords,
    /// `ten percent`
    PercentInWords,
    /// `twenty`
    NumberInWords,
    /// `50 cents`
    Cents,
    /// `₹500`
    UnknownCurrency,
    /// `$5 EUR`, `$5–€6`
    MixedCurrencies,
    /// `365K–$500K`
    CurrencyOnSecond,
    /// `$365–$500K`
    MagnitudeOnSecond,
    /// `10%–20`
    UnitOnFirst,
    /// `10% to 2 years`
    MixedUnits,
    /// `$500K–$365K`
    RangeOrder,
    /// More numbers than a value or a range has.
    SeveralNumbers,
    /// `−5 °C below zero`
    SignTwice,
    /// `2th`
    Ordinal,
    /// `2026-13`
    Date,
}

impl Unreadable {
    pub(super) fn new(kind: UnreadableKind, range: Range<usize>, message: String, help: impl Into<String>) -> Self {
        Self { kind, range, message, help: help.into() }
    }
}
