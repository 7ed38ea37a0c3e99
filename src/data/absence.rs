//! Why an id names no figure although its set, its rows and its columns exist: an input that is not stated, a zero below a line, a
//! range that became one value, rows that are no longer neighbors.
//!
//! A reason is worked out from the sets when somebody asks for it; nothing is stored for ids that nobody uses.

mod search;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use super::formula::{Cause, Gap};
use super::notation::unit_name;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Place};

pub(in crate::data) use search::absence;

/// Why an id names no figure. The places are those of what the reason names.
#[derive(Clone, Debug)]
pub(crate) enum Absence {
    /// A side of a figure that has one value and no ends.
    OneValue { of: Arc<str>, place: Place },
    /// A side of a date.
    Date { of: Arc<str>, place: Place },
    /// A side of a figure that the source doesn't state.
    NotStated { of: Arc<str>, place: Place },
    /// A side of a word in place of a number.
    Word { of: Arc<str>, word: Arc<str>, place: Place },
    /// A side of a figure that isn't calculated, or what is calculated from one that has no value.
    NotCalculated(Gap),
    /// A calculation from two figures in different units.
    Units { first: (Arc<str>, Unit), second: (Arc<str>, Unit), place: Place },
    /// The median of a range, or what is calculated from it.
    NoMedian { of: Arc<str>, place: Place },
    /// What is derived only where a set or a column asks for it.
    NotAsked { side: Arc<str>, of: Arc<str>, place: Place },
    /// An end of a range that is open there.
    Open { of: Arc<str>, place: Place },
    /// The gap between ranges that overlap by this amount, as it is written; `None` where they touch.
    Overlapping { by: Option<String>, next: Arc<str>, place: Place },
    /// The overlap of ranges between which this gap lies, as it is written; `None` where they touch, and share nothing.
    Apart { by: Option<String>, next: Arc<str>, place: Place },
    /// What two rows have in common that don't follow each other.
    RowsBetween { first: Arc<str>, second: Arc<str>, between: Vec<Arc<str>>, place: Place },
    /// What two rows have in common that follow each other the other way round.
    RowsReversed { first: Arc<str>, second: Arc<str>, place: Place },
}

impl Absence {
    /// A problem with the reason as its message, at the place that asks for the figure.
    pub(crate) fn problem(&self, code: &'static Code, place: &Place, help: &str) -> Diagnostic {
        let (at, text) = self.label();
        Diagnostic::new(code, place, self.to_string()).label(at, text).help(help)
    }

    /// Where the reason is in the data, and a few words on it.
    fn label(&self) -> (&Place, String) {
        match self {
            Self::OneValue { place, .. } => (place, "one value".to_owned()),
            Self::Date { place, .. } => (place, "a date".to_owned()),
            Self::NotStated { place, .. } => (place, "not stated".to_owned()),
            Self::Word { place, word, .. } => (place, format!("\"{word}\"")),
            Self::NotCalculated(gap) => (
                &gap.place,
                match &gap.cause {
                    Cause::Unstated(_) => "not stated".to_owned(),
                    Cause::Word(_, word) => format!("\"{word}\""),
                    Cause::Zero(_) => "zero".to_owned(),
                    _ => "the cause".to_owned(),
                },
            ),
            Self::Units { second: (_, unit), place, .. } => (place, unit_name(unit)),
            Self::NoMedian { place, .. } => (place, "no median".to_owned()),
            Self::NotAsked { place, .. } => (place, "the column".to_owned()),
            Self::Open { place, .. } => (place, "an open end".to_owned()),
            Self::Overlapping { next, place, .. } | Self::Apart { next, place, .. } => (place, format!("`{next}`")),
            Self::RowsBetween { between, place, .. } => {
                (place, format!("the row `{}`", between.first().map_or("", |row| row)))
            }
            Self::RowsReversed { second, place, .. } => (place, format!("the row `{second}`")),
        }
    }
}

impl fmt::Display for Absence {
    /// The reason as a message: a lowercase phrase without a full stop.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneValue { of, .. } => write!(out, "`{of}` is one value, not a range"),
            Self::Date { of, .. } => write!(out, "`{of}` is a date, not a range"),
            Self::NotStated { of, .. } => write!(out, "`{of}` is not stated"),
            Self::Word { of, word, .. } => write!(out, "`{of}` is \"{word}\", not a range"),
            Self::NotCalculated(gap) => write!(out, "not calculated: {gap}"),
            Self::Units { first, second, .. } => {
                let (one, other) = (unit_name(&first.1), unit_name(&second.1));
                write!(out, "not calculated: `{}` is {one}, and `{}` {other}", first.0, second.0)
            }
            Self::NoMedian { of, .. } => write!(out, "no median is stated for `{of}`"),
            Self::NotAsked { side, of, .. } => {
                write!(out, "`{side}` is not derived for `{of}`: nothing asks for it with derive = [\"{side}\"]")
            }
            Self::Open { of, .. } => write!(out, "`{of}` is open at this end"),
            Self::Overlapping { by: Some(by), .. } => write!(out, "no gap: they overlap by {by}"),
            Self::Overlapping { by: None, .. } => out.write_str("no gap: they touch"),
            Self::Apart { by: Some(by), .. } => write!(out, "no overlap: there is a gap of {by} between them"),
            Self::Apart { by: None, .. } => out.write_str("no overlap: they only touch"),
            Self::RowsBetween { first, second, between, .. } => {
                let rows: Vec<String> = between.iter().map(|row| format!("`{row}`")).collect();
                match rows.as_slice() {
                    [only] => write!(out, "the row {only} is between `{first}` and `{second}`"),
                    [start @ .., last] => {
                        let start = start.join(", ");
                        write!(out, "the rows {start} and {last} are between `{first}` and `{second}`")
                    }
                    [] => write!(out, "`{first}` and `{second}` are no neighbors"),
                }
            }
            Self::RowsReversed { first, second, .. } => write!(out, "`{second}` comes before `{first}`"),
        }
    }
}
