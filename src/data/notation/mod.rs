//! How a figure is written: reading the words of a sentence, holding them against a datum, and writing a datum out.

mod date;
mod datum;
mod duration;

pub use date::{Date, DateProblem};
pub use datum::Datum;
pub use duration::DurationUnit;
