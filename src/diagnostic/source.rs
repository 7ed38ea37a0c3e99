//! A file's text, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::work;

/// After each so many bytes of a text it is noted how many characters are before, so that a column on a long line is found at once.
const STRIDE: usize = 256;

/// A range of bytes in a source's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to `end`, in bytes. Sources are below 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The same range, `offset` bytes further on.
    #[must_use]
    pub fn shifted(self, offset: u32) -> Self {
        Self { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// As a range of `usize`, to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// One text file as it was read.
pub struct Source {
    path: Box<str>,
    text: Box<str>,
    lines: OnceLock<Lines>,
}

/// Where the lines of a text are, and its characters.
struct Lines {
    /// The first byte of each line.
    starts: Vec<u32>,
    /// How many characters start before each multiple of [`STRIDE`].
    characters: Vec<u32>,
}

/// A line and a column, both from one; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from one.
    pub line: u32,
    /// The column in characters, from one.
    pub column: u32,
}

impl Source {
    /// A file: its path from the root with forward slashes, and its text.
    pub fn new(path: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// The path from the root, with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The line and column of a byte.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_at(offset);
        let start = self.lines().starts[line] as usize;
        let column = self.characters_before(offset as usize) - self.characters_before(start);
        Position { line: u32::try_from(line + 1).unwrap_or(u32::MAX), column: column + 1 }
    }

    /// The bytes of the line that a byte is on, without the line feed at its end.
    pub fn line(&self, offset: u32) -> Range<usize> {
        let starts = &self.lines().starts;
        let line = self.line_at(offset);
        let end = starts.get(line + 1).map_or(self.text.len(), |next| *next as usize - 1);
        starts[line] as usize..end
    }

    /// The number of a byte's line, from zero.
    fn line_at(&self, offset: u32) -> usize {
        self.lines().starts.partition_point(|start| *start <= offset).max(1) - 1
    }

    /// How many characters start before a byte.
    fn characters_before(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let known = offset / STRIDE;
        work::steps(offset - known * STRIDE);
        let rest = &self.text.as_bytes()[known * STRIDE..offset];
        self.lines().characters[known] + count_starts(rest)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
            let blocks = bytes.chunks(STRIDE).scan(0, |count, block| {
                *count += count_starts(block);
                Some(*count)
            });
            Lines { starts, characters: std::iter::once(0).chain(blocks).collect() }
        })
    }
}

/// How many characters start in some bytes of a text.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0b1100_0000 != 0b1000_0000)).sum()
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Source({})", self.path)
    }
}

/// A span of a source.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// A span of a source.
    pub fn new(source: &Arc<Source>, span: impl Into<Span>) -> Self {
        Self { source: Arc::clone(source), span: span.into() }
    }

    /// The start of a source.
    pub fn start_of(source: &Arc<Source>) -> Self {
        Self::new(source, Span::default())
    }

    /// The text at the place.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }

    /// Line and column of the first byte.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }
}

impl fmt::Display for Place {
    /// `content/bands.md:12:38`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position();
        write!(out, "{}:{line}:{column}", self.source.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new("a.md", "ab\nçd\n\nx");
        let at = |offset| (source.position(offset).line, source.position(offset).column);
        assert_eq!([at(0), at(2), at(3), at(5), at(7), at(8)], [(1, 1), (1, 3), (2, 1), (2, 2), (3, 1), (4, 1)]);
        let lines = [0, 2, 3, 5, 7, 8, 99].map(|offset| source.line(offset));
        assert_eq!(lines, [0..2, 0..2, 3..6, 3..6, 7..7, 8..9, 8..9]);
    }

    #[test]
    fn a_column_far_along_a_line_counts_characters() {
        let source = Source::new("a.md", format!("x\n{}", "é".repeat(1000)));
        for at in [0, 1, 126, 127, 128, 129, 999, 1000] {
            assert_eq!(source.position(2 + 2 * at), Position { line: 2, column: at + 1 });
        }
    }

    #[test]
    fn many_places_on_one_line_are_found_in_steps_that_grow_with_their_number() {
        work::growth("places on one line", |n| {
            let source = Source::new("a.md", "word ".repeat(n));
            (0..n).for_each(|at| _ = source.position(at as u32 * 5));
        });
    }
}
