//! Why an id names no figure although its set, its rows and its columns exist: an input that is not stated, a zero below a line, a
//! range that became one value, rows that are no longer neighbors.
//!
//! A reason is worked out from the sets when somebody asks for it; nothing is stored for ids that nobody uses.

mod search;

use std::fmt;
use std::sync::Arc;

use super::figure::{Figure, Unit};
use super::notation::{self, Style};
use crate::diagnostic::{Code, Diagnostic, Place};

pub(in crate::data) use search::{Lookup, absence, not_calculated, unstated_root};

/// Why an id names no figure. The places are those of what the reason names.
#[derive(Clone, Debug)]
pub(crate) enum Absence {
    /// A side of a figure that has one value and no ends.
    OneValue { of: Arc<str>, place: Place },
    /// A side of a date.
    Date { of: Arc<str>, place: Place },
    /// A side of a figure that the source doesn't state.
    NotStated { of: Arc<str>, place: Place },
    /// A calculation from a figure that isn't stated.
    NotCalculated {
        /// The typed figure that isn't stated.
        root: Arc<str>,
        /// The input that isn't calculated for the same reason; `None` where the root is the input.
        through: Option<Arc<str>>,
        place: Place,
    },
    /// A calculation that would divide by zero.
    Zero { divisor: Arc<str>, place: Place },
    /// A calculation from two figures in different units.
    Units { first: (Arc<str>, Unit), second: (Arc<str>, Unit), place: Place },
    /// The median of a range, or what is calculated from it.
    NoMedian { of: Arc<str>, place: Place },
    /// The excess of a total over its parts, which has none on this side.
    NoExcess { of: Arc<str>, above: bool, place: Place },
    /// The gap between ranges that overlap by this amount, as it is written; `None` where they touch.
    Overlapping { by: Option<String>, next: Arc<str>, place: Place },
    /// The overlap of ranges between which this gap lies, as it is written.
    Apart { by: String, next: Arc<str>, place: Place },
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
            Self::NotStated { place, .. } | Self::NotCalculated { place, .. } => (place, "not stated".to_owned()),
            Self::Zero { place, .. } => (place, "zero".to_owned()),
            Self::Units { second: (_, unit), place, .. } => (place, unit.to_string()),
            Self::NoMedian { place, .. } => (place, "no median".to_owned()),
            Self::NoExcess { of, place, .. } => (place, format!("`{of}`")),
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
            Self::NotCalculated { root, through: None, .. } => write!(out, "not calculated: `{root}` is not stated"),
            Self::NotCalculated { root, through: Some(input), .. } => {
                write!(out, "not calculated: `{input}` needs `{root}`, which is not stated")
            }
            Self::Zero { divisor, .. } => write!(out, "not calculated: `{divisor}` is zero"),
            Self::Units { first, second, .. } => {
                write!(out, "not calculated: `{}` is {}, and `{}` {}", first.0, first.1, second.0, second.1)
            }
            Self::NoMedian { of, .. } => write!(out, "no median is stated for `{of}`"),
            Self::NoExcess { of, above: true, .. } => write!(out, "`{of}` is not above the sum of its parts"),
            Self::NoExcess { of, above: false, .. } => write!(out, "`{of}` is not below the sum of its parts"),
            Self::Overlapping { by: Some(by), .. } => write!(out, "no gap: they overlap by {by}"),
            Self::Overlapping { by: None, .. } => out.write_str("no gap: they touch"),
            Self::Apart { by, .. } => write!(out, "no overlap: there is a gap of {by} between them"),
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

/// A figure's value as messages show it.
fn written(figure: &Figure) -> String {
    notation::write(&figure.datum(), &Style::default())
}

#[cfg(test)]
mod tests;
