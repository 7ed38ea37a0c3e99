//! Where parsed text comes from: it turns ranges of Markdown into places of a file.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::Text;

/// The Markdown under the parser, and how its bytes lie in a file.
#[derive(Clone)]
pub(super) struct Origin {
    pub source: Arc<Source>,
    /// Byte 0 of the Markdown in the file.
    base: usize,
    /// The place that stands for every range, where the Markdown is not byte for byte in the file.
    whole: Option<Place>,
}

impl Origin {
    /// A page's body, which starts at a byte of its file.
    pub fn body(source: &Arc<Source>, base: usize) -> Self {
        Self { source: Arc::clone(source), base, whole: None }
    }

    /// A string of a TOML file, from a byte of the string on.
    pub fn string(text: &Text, skipped: usize) -> Self {
        Self {
            source: Arc::clone(&text.place.source),
            base: text.place.span.start as usize + skipped,
            whole: (!text.exact).then(|| text.place.clone()),
        }
    }

    /// Where a range of the Markdown stands.
    pub fn place(&self, range: Range<usize>) -> Place {
        match &self.whole {
            Some(place) => place.clone(),
            None => Place::new(&self.source, self.base + range.start..self.base + range.end),
        }
    }

    /// The range of the file's bytes that a range of the Markdown is.
    pub fn file_range(&self, range: Range<usize>) -> Range<usize> {
        match &self.whole {
            Some(place) => place.span.range(),
            None => self.base + range.start..self.base + range.end,
        }
    }

    /// Whether every byte of the Markdown is a byte of the file.
    pub fn is_exact(&self) -> bool {
        self.whole.is_none()
    }

    /// Adds the change that mends a problem, where a change can be made at all.
    pub fn edit(&self, problem: Diagnostic, range: Range<usize>, text: impl Into<String>) -> Diagnostic {
        if self.is_exact() { problem.edit(&self.place(range), text) } else { problem }
    }
}

/// Where a slice lies in the text that it was cut from; nothing where it is not one.
pub(super) fn offset_in(text: &str, slice: &str) -> Option<usize> {
    let offset = (slice.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset + slice.len() <= text.len()).then_some(offset)
}
