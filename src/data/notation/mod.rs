//! How a figure is written: reading the words of a sentence, holding them against a datum, and writing a datum out.

mod affix;
mod around;
mod compare;
mod currency;
mod date;
mod dates;
mod datum;
mod digits;
mod duration;
mod faults;
mod mismatch;
mod outside;
mod range;
mod read;
mod rewrite;
mod scan;
mod terms;
#[cfg(test)]
mod tests;
pub mod typed;
mod unreadable;
mod vocabulary;
mod words;
mod write;
mod written;

pub(in crate::data) use compare::sizes_shown;
pub use compare::{Agreement, Disagreement, DisagreementKind, compare};
pub use currency::Currency;
pub use date::{Date, DateProblem};
pub use datum::Datum;
pub use duration::DurationUnit;
pub use outside::{Outside, compare_before, compare_behind};
pub use read::read;
pub use rewrite::{Replacement, replacements, rewrite};
pub use unreadable::{Unreadable, UnreadableKind};
pub use words::Words;
pub use write::{Style, value_attribute, write};
pub use written::{DateForm, Magnitude, Measure, Numeral, NumeralStyle, Part, Quantity, Shape, Sign, Written};
