//! What is wrong with the words outside of a figure's brackets.

use std::ops::Range;

use crate::data::notation::mismatch::DisagreementKind;
use crate::data::notation::scan::char_before;

/// What stands in the words of a page for another figure, a literal or code.
pub(super) const OBJECT: char = '\u{FFFC}';

/// What is outside a figure's brackets disagrees with its datum, or belongs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// In what.
    pub kind: DisagreementKind,
    /// On which side of the brackets.
    pub side: Side,
    /// Its bytes of the text there; nothing where a word is missing, which is said of the figure's text.
    pub range: Option<Range<usize>>,
    /// A lowercase phrase that names both.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
}

/// A side of the brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What stands before them.
    Before,
    /// What stands behind them.
    Behind,
}

impl Outside {
    pub(super) fn before(kind: DisagreementKind, range: Range<usize>, message: String, help: String) -> Self {
        Self { kind, side: Side::Before, range: Some(range), message, help }
    }

    pub(in crate::data::notation) fn behind(
        kind: DisagreementKind,
        range: Range<usize>,
        message: String,
        help: String,
    ) -> Self {
        Self { kind, side: Side::Behind, range: Some(range), message, help }
    }

    /// The error for letters or digits that touch a figure.
    pub(super) fn glued(side: Side, range: Range<usize>, shown: &str) -> Self {
        let message = format!("`{shown}` touches the figure from outside its brackets");
        let help =
            format!("Put a space between `{shown}` and the figure, or take it into the brackets if it belongs to it.");
        Self { kind: DisagreementKind::Notation, side, range: Some(range), message, help }
    }
}

/// Whether another figure, a literal or code ends before a byte.
pub(super) fn object_before(text: &str, at: usize) -> bool {
    char_before(text, at) == Some(OBJECT)
}

/// A mark that groups or splits digits where one stands on each side of it.
pub(super) fn is_digit_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’')
}
