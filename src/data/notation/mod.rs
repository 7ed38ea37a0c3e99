//! How a figure is written: reading the words of a sentence, holding them against a datum, and writing a datum out.

mod date;

pub use date::{Date, Span};
