//! bandbook.
pub mod data;
pub mod diagnostic;
pub mod document;
pub mod input;
