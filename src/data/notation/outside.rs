//! What stands directly outside the brackets of a figure, read as part of it: what touches it, and the words right before
//! and right behind.

mod before;
mod behind;
mod problem;

pub(super) use before::compare_before;
pub(super) use behind::compare_behind;
pub use problem::{Outside, Side};
