//! From a site to bytes: typed views, and the templates that turn them into markup.
//!
//! No markup is written here: numbers, addresses and texts go into views, and `templates/` makes HTML of them.

mod block;
mod cite;
mod compare;
mod chart;
mod context;
mod disagreement;
mod engine;
mod export;
mod figure;
mod files;
mod frame;
mod list;
mod nodes;
mod place;
mod page;
mod records;
mod table;
mod text;
mod tool;
pub mod embedded;
pub mod views;

pub use context::{Assets, Renderer, Shared};
pub use engine::{Engine, Template, escaped};
pub use export::Export;
pub use figure::{confidence_key, figure_label};
pub use text::{as_typed, plain};

use crate::diagnostic::Code;

/// The codes that this room raises.
pub static CODES: &[&Code] = &[&engine::TEMPLATE, &engine::MISSING, &records::TOO_LARGE];
