//! The words of a page, with their places, for rules that look at words.

use std::ops::Range;
use std::sync::Arc;

use super::origin::Origin;
use crate::diagnostic::{Place, Source};

/// All words of a page outside code, link targets, figures and literals, in order.
/// A figure, a literal or code stands in it as U+FFFC, so that what is left and right of it doesn't join.
/// A line break inside a run is a space.
#[derive(Clone, Debug)]
pub struct PlainText {
    /// The file.
    pub source: Arc<Source>,
    /// The words; runs are parted by line breaks.
    pub text: String,
    /// One run a paragraph, heading, table cell, footnote or image text.
    pub runs: Vec<Run>,
    /// Where pieces of the text start: byte in `text`, byte in the file. Sorted by both; the last entry is the end.
    /// A piece as long in the file as in the text is the same byte for byte; any other, such as `&nbsp;`, is one whole.
    /// A piece without text is markup between two others.
    pub map: Vec<(u32, u32)>,
}

/// A stretch of text that reads as one.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// First byte in `PlainText::text`.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is.
    pub context: Context,
}

/// What a run of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Context {
    Prose,
    Heading,
    TableCell,
    Footnote,
    ImageText,
    Title,
    Description,
    Caption,
    Data,
}

impl PlainText {
    /// Where a range of bytes of `text` stands in the file.
    pub fn place_of(&self, range: Range<usize>) -> Place {
        let start = range.start.min(self.text.len());
        let end = range.end.clamp(start, self.text.len());
        let from = self.file_start(start);
        let to = if end == start { from } else { self.file_end(end).max(from) };
        Place::new(&self.source, from..to)
    }

    /// The text from a byte to the end of its run.
    pub fn text_behind(&self, at: u32) -> &str {
        let run = self.runs.partition_point(|run| run.end < at);
        let end = self.runs.get(run).map_or(at, |run| run.end);
        self.text.get(at as usize..end as usize).unwrap_or("")
    }

    /// The text from the start of its run to the figure that ends at a byte.
    pub fn text_before(&self, behind: u32) -> &str {
        let run = self.runs.partition_point(|run| run.end < behind);
        let start = self.runs.get(run).map_or(behind, |run| run.start);
        let text = self.text.get(start as usize..behind as usize).unwrap_or("");
        text.strip_suffix('\u{FFFC}').unwrap_or("")
    }

    /// The text of a run.
    pub fn run_text(&self, run: &Run) -> &str {
        self.text.get(run.start as usize..run.end as usize).unwrap_or("")
    }

    /// The bytes within a range of `text` at which markup parts it, so that it shows in pieces.
    pub fn joints(&self, range: Range<usize>) -> Vec<usize> {
        let first = self.map.partition_point(|(text, _)| *text as usize <= range.start);
        let starts = self.map[first..].iter().map(|(text, _)| *text as usize);
        let mut joints: Vec<usize> = starts.take_while(|start| *start < range.end).collect();
        joints.dedup();
        joints
    }

    /// The file's byte for a byte of the text that starts something.
    fn file_start(&self, at: usize) -> usize {
        let piece = self.map.partition_point(|(text, _)| *text as usize <= at);
        self.within(piece, at, |from, _| from)
    }

    /// The file's byte after the byte of the text before `at`.
    fn file_end(&self, at: usize) -> usize {
        let piece = self.map.partition_point(|(text, _)| (*text as usize) < at);
        self.within(piece, at, |_, to| to)
    }

    /// A byte of the piece before the entry at `next`: counted where the piece is exact, else one of its ends.
    fn within(&self, next: usize, at: usize, whole: fn(usize, usize) -> usize) -> usize {
        let entry = |index: usize| self.map.get(index).map(|(text, file)| (*text as usize, *file as usize));
        match (next.checked_sub(1).and_then(entry), entry(next)) {
            (Some((text, file)), Some((text_end, file_end))) => {
                if text_end - text == file_end - file {
                    file + (at - text)
                } else {
                    whole(file, file_end)
                }
            }
            (Some((_, file)), None) | (None, Some((_, file))) => file,
            (None, None) => 0,
        }
    }
}

/// Gathers the words of a page as the parser meets them.
pub(super) struct Gathering {
    text: String,
    runs: Vec<Run>,
    map: Vec<(u32, u32)>,
    /// The file's byte after the last piece.
    file_end: usize,
    /// Whether the last piece is the same in the file, so that one straight behind it can join.
    joins: bool,
    /// Where the open run starts, and what it is.
    open: Option<(u32, Context)>,
    /// Stretches of the file whose words nobody is to look at.
    withheld: Vec<Range<usize>>,
}

impl Gathering {
    pub fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity + 1),
            runs: Vec::with_capacity(capacity / 64),
            map: Vec::with_capacity(capacity / 16),
            file_end: 0,
            joins: false,
            open: None,
            withheld: Vec::new(),
        }
    }

    /// Adds words that stand at a range of the file, byte for byte or as a whole.
    pub fn push(&mut self, text: &str, file: Range<usize>, exact: bool, context: Context) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.open = Some((self.end(), context));
        }
        self.piece(file, exact);
        self.text.push_str(text);
    }

    /// Adds the space that a line break is to the reader, inside a run.
    pub fn space(&mut self, file: Range<usize>) {
        if self.open.is_some() {
            let exact = file.len() == 1;
            self.piece(file, exact);
            self.text.push(' ');
        }
    }

    /// Ends the run, if one is open.
    pub fn close(&mut self) {
        if let Some((start, context)) = self.open.take() {
            self.runs.push(Run { start, end: self.end(), context });
            self.piece(self.file_end..self.file_end, false);
            self.text.push('\n');
        }
    }

    /// Puts spaces in the place of the words from a stretch of the file.
    pub fn withhold(&mut self, file: Range<usize>) {
        self.withheld.push(file);
    }

    pub fn finish(mut self, origin: &Origin) -> PlainText {
        self.close();
        let end = (self.end(), narrow(self.file_end));
        self.blank_withheld(end);
        if !origin.is_exact() {
            self.map = vec![(0, origin.place(0..0).span.start), (self.end(), origin.place(0..0).span.end)];
        } else if self.map.last() != Some(&end) {
            self.map.push(end);
        }
        PlainText { source: Arc::clone(&origin.source), text: self.text, runs: self.runs, map: self.map }
    }

    /// Puts a space as long in the place of every letter that comes from a withheld stretch of the file. A piece that isn't the
    /// file's own bytes is withheld as a whole.
    fn blank_withheld(&mut self, end: (u32, u32)) {
        if self.withheld.is_empty() {
            return;
        }
        self.withheld.sort_unstable_by_key(|withheld| (withheld.start, withheld.end));
        // Both lists are in the order of the file, so each is gone through once.
        let mut blanks: Vec<Range<usize>> = Vec::new();
        let mut next = 0;
        let ends = self.map.iter().skip(1).chain([&end]);
        for (&(text, file), &(text_end, file_end)) in self.map.iter().zip(ends) {
            let (text, file, text_end, file_end) = (text as usize, file as usize, text_end as usize, file_end as usize);
            while self.withheld.get(next).is_some_and(|withheld| withheld.end <= file) {
                next += 1;
            }
            for withheld in self.withheld[next..].iter().take_while(|withheld| withheld.start < file_end) {
                let (from, to) = (withheld.start.max(file), withheld.end.min(file_end));
                if from < to && text < text_end {
                    let is_exact = text_end - text == file_end - file;
                    blanks.push(if is_exact { text + from - file..text + to - file } else { text..text_end });
                }
            }
        }
        let mut blanks = blanks.into_iter().peekable();
        let mut text = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            while blanks.next_if(|range| range.end <= at).is_some() {}
            let is_withheld = c != '\n' && blanks.peek().is_some_and(|range| range.contains(&at));
            text.push(match c.len_utf8() {
                _ if !is_withheld => c,
                1 => ' ',
                2 => '\u{a0}',
                3 => '\u{2003}',
                _ => '\u{e0020}',
            });
        }
        self.text = text;
    }

    /// Where the next words start.
    pub fn end(&self) -> u32 {
        narrow(self.text.len())
    }

    fn piece(&mut self, file: Range<usize>, exact: bool) {
        let joins = exact && self.joins && self.file_end == file.start;
        if !joins {
            let at = self.end();
            if !self.map.is_empty() && self.file_end != file.start {
                self.map.push((at, narrow(self.file_end)));
            }
            self.map.push((at, narrow(file.start)));
        }
        self.joins = exact;
        self.file_end = file.end;
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
