//! Formulas: what is calculated from other figures, and what must be true of them.
//!
//! A formula is parsed when its file is read, and worked out once all files are.

mod apply;
mod arithmetic;
mod calculate;
mod cells;
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
mod parse;
mod plan;
mod problems;
mod quantity;
mod record;
mod resolve;
mod results;
mod rows;
mod sheets;
#[cfg(test)]
mod tests;
mod tree;

pub use evaluate::evaluate;
pub use gap::{Cause, Gap};
pub(super) use problems::CODES;
pub use results::{Outcome, Results};
pub use sheets::Sheet;
pub(super) use sheets::typed_text;
pub use tree::{Expectation, Formula};
