//! bandbook: a static documentation-site generator that does not publish a number which disagrees with its data.
//!
//! The modules stand in the order in which data flows; each may name only those before it.

mod work;

pub mod diagnostic;
pub mod input;
pub mod document;
pub mod config;
pub mod data;
pub mod content;
pub mod site;
pub mod check;
pub mod render;
pub mod emit;
pub mod session;
#[cfg(feature = "serve")]
pub mod serve;
