//! How a figure is written: reading the words of a sentence, holding them against a datum, and writing a datum out.

mod affix;
mod agree;
mod around;
mod compare;
mod currency;
mod date;
mod dates;
mod datum;
mod digits;
mod faults;
mod judge;
mod mismatch;
mod names;
mod outside;
mod range;
mod read;
mod rewrite;
mod scan;
mod shown;
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
pub use compare::{Agreement, Disagreement, Warning, WarningKind, compare};
pub use currency::Currency;
pub use date::{Date, DateProblem};
pub use datum::Datum;
pub use judge::{Around, Fault, is_true, judge};
pub use mismatch::{DisagreementKind, unit_name};
pub use outside::{Outside, Side};
pub use read::read;
pub use rewrite::{Replacement, replacements, rewrite};
pub use unreadable::{Unreadable, UnreadableKind};
pub use words::Words;
pub use write::{Notation, Per, Style, per_words, thing_words, value_attribute, write};
pub use written::{DateForm, Magnitude, Numeral, NumeralStyle, Part, Quantity, Shape, Sign, Written};
