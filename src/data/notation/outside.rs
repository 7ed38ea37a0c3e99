//! What stands directly outside the brackets of a figure, read as part of it: what touches it, and the words right before
//! and right behind.

mod before;
mod behind;

use std::ops::Range;

pub use before::compare_before;
pub use behind::compare_behind;

use super::compare::DisagreementKind;
use super::scan::char_before;

/// What stands in the words of a page for another figure, a literal or code.
const OBJECT: char = '\u{FFFC}';

/// What is outside a figure's brackets disagrees with its datum, or belongs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// In what.
    pub kind: DisagreementKind,
    /// Its bytes; nothing where a word is missing, which is said of the figure's text.
    pub range: Option<Range<usize>>,
    /// A lowercase phrase that names both.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
}

impl Outside {
    fn new(kind: DisagreementKind, range: Range<usize>, message: String, help: String) -> Self {
        Self { kind, range: Some(range), message, help }
    }

    /// The error for letters or digits that touch a figure.
    fn glued(range: Range<usize>, shown: &str) -> Self {
        let message = format!("`{shown}` touches the figure from outside its brackets");
        let help =
            format!("Put a space between `{shown}` and the figure, or take it into the brackets if it belongs to it.");
        Self::new(DisagreementKind::Notation, range, message, help)
    }
}

/// Whether another figure, a literal or code ends before a byte.
fn object_before(text: &str, at: usize) -> bool {
    char_before(text, at) == Some(OBJECT)
}

/// A mark that groups or splits digits where one stands on each side of it.
fn is_digit_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’')
}
