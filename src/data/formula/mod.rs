//! Formulas: what is calculated from other figures, and what must be true of them.
//!
//! A formula is parsed when its file is read, and worked out once all files are.

mod apply;
mod arithmetic;
mod bounds;
mod calculate;
mod cells;
mod comparisons;
mod compile;
mod derived;
mod engine;
mod eval;
mod evaluate;
mod expectations;
mod explain;
mod functions;
mod gap;
mod lexer;
mod names;
mod outside;
mod parse;
mod plan;
mod problems;
mod quantity;
mod ranging;
mod record;
mod results;
mod rows;
mod sheets;
#[cfg(test)]
mod tests;
mod texts;
mod tree;
mod typed;

pub use evaluate::evaluate;
pub use gap::{Cause, Gap};
pub(super) use problems::CODES;
pub use results::{Answer, NoAnswer, Outcome, Results, RowCount};
pub use sheets::Sheet;
pub use typed::{Expectation, Formula};
