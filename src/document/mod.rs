//! TOML documents with places: every syntax error of a file at once, values that know where they stand,
//! and field tables that say which keys a table may hold.
//!
//! One field table serves three readers: the check of a document, the suggestion of a known key, and the JSON Schema.

mod field;
mod hidden;
mod names;
mod parse;
mod prose;
mod shape;
mod syntax;
mod tokens;
mod value;

pub use field::{Field, Shape};
pub use hidden::{hidden, hidden_in_lines, is_hidden};
pub use names::repeated;
pub use parse::{CODES, Document, hold, parse, read, unknown_key, wrong_shape};
pub use prose::prose;
pub use tokens::{comments, strings};
pub use value::{Entry, Item, Table, Text, Value};
