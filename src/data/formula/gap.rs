//! Why a formula has no value.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Place;

/// Why a formula has no value: the cause, and the way that it took.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The cause.
    pub cause: Cause,
    /// The id of the input that has no value for the same reason; `None` where the cause is the input itself.
    pub through: Option<Arc<str>>,
    /// Where the cause is in the data.
    pub place: Place,
}

/// What leaves a formula without a value. Names are ids of figures, or the text of a part of the formula.
#[derive(Clone, Debug)]
pub enum Cause {
    /// The source doesn't state a figure.
    Unstated(Arc<str>),
    /// A figure is a word in place of a number.
    Word(Arc<str>, Arc<str>),
    /// No median is stated for a range.
    NoMedian(Arc<str>),
    /// No tolerance is stated for a number.
    NoTolerance(Arc<str>),
    /// A figure has one value, and no ends to take anything from.
    OneValue(Arc<str>),
    /// A range is open at an end that the formula takes.
    Open(Arc<str>),
    /// A formula divides by a figure that is zero.
    Zero(Arc<str>),
    /// A change or a spread is in percent of a figure that is not above zero.
    NotAboveZero(Arc<str>),
    /// A root is of a figure below zero.
    BelowZero(Arc<str>),
    /// A row has no row before or behind it.
    NoNeighbor(Before, Arc<str>),
    /// No row fits a name with `*`, or what is behind `where`.
    NoRow(Arc<str>),
    /// None of the rows that a function runs over has a value.
    NoValue(Arc<str>),
    /// Several rows share the value that only one may have.
    Shared(Vec<Arc<str>>),
    /// What two rows that follow each other have in common, or what is between them, isn't there.
    NotBetween(Arc<str>),
    /// The result has more digits than are kept.
    Digits,
}

/// On which side of a row another one is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The row before it.
    Before,
    /// The row behind it.
    Behind,
}

impl Gap {
    /// A cause at its place.
    pub(super) fn new(cause: Cause, place: &Place) -> Arc<Self> {
        Arc::new(Self { cause, through: None, place: place.clone() })
    }

    /// The word of the data by which the missing value is quoted: `no data`.
    pub fn word(&self) -> Option<&Arc<str>> {
        match &self.cause {
            Cause::Word(_, word) => Some(word),
            _ => None,
        }
    }

    /// Whether a comparison with a word is true: `= 'no data'` or `= 'unstated'`. `None` where nothing is missing in the data.
    pub(super) fn is_word(&self, word: &str) -> Option<bool> {
        match &self.cause {
            Cause::Word(_, own) => Some(**own == *word),
            Cause::Unstated(_) => Some(word == "unstated"),
            _ => None,
        }
    }

    /// The same, for what takes it from an input.
    pub(in crate::data) fn through(&self, input: &Arc<str>) -> Arc<Self> {
        Arc::new(Self { cause: self.cause.clone(), through: Some(Arc::clone(input)), place: self.place.clone() })
    }
}

impl fmt::Display for Gap {
    /// The reason as a lowercase phrase without a full stop: "`plans.medium.server` is not stated".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(through) = &self.through else { return write!(out, "{}", self.cause) };
        match &self.cause {
            Cause::Unstated(of) => write!(out, "`{through}` needs `{of}`, which is not stated"),
            Cause::Word(of, word) => write!(out, "`{through}` needs `{of}`, which is \"{word}\""),
            cause => write!(out, "`{through}` has no value: {cause}"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unstated(of) => write!(out, "`{of}` is not stated"),
            Self::Word(of, word) => write!(out, "`{of}` is \"{word}\""),
            Self::NoMedian(of) => write!(out, "no median is stated for `{of}`"),
            Self::NoTolerance(of) => write!(out, "no tolerance is stated for `{of}`"),
            Self::OneValue(of) => write!(out, "`{of}` is one value, not a range"),
            Self::Open(of) => write!(out, "`{of}` is an open end"),
            Self::Zero(of) => write!(out, "`{of}` is zero"),
            Self::NotAboveZero(of) => write!(out, "`{of}` is not above zero"),
            Self::BelowZero(of) => write!(out, "`{of}` is below zero"),
            Self::NoNeighbor(Before::Before, row) => write!(out, "no row is before `{row}`"),
            Self::NoNeighbor(Before::Behind, row) => write!(out, "no row is behind `{row}`"),
            Self::NoRow(of) => write!(out, "no row fits `{of}`"),
            Self::NoValue(of) => write!(out, "no row has a value for `{of}`"),
            Self::Shared(rows) => {
                let rows: Vec<String> = rows.iter().map(|row| format!("`{row}`")).collect();
                write!(out, "{} share it", rows.join(" and "))
            }
            Self::NotBetween(of) => write!(out, "there is no `{of}`"),
            Self::Digits => out.write_str("the result has more digits than are kept"),
        }
    }
}
