//! How deep lists and quotes may stand in each other. A line of thousands of markers costs the parser the square
//! of their number, so lines are looked at before it sees them.

use std::ops::Range;

use super::origin::Origin;
use crate::diagnostic::{Code, Diagnostic, Severity};

/// Lists and quotes in each other, at most.
pub(super) const LIMIT: usize = 60;

pub(super) static NESTING_DEPTH: Code = Code {
    name: "nesting-depth",
    severity: Severity::Error,
    rule: false,
    what: "Lists and quotes stand in each other more than 60 deep.",
    why: "No reader can follow that, and reading it takes time that grows with the square of the depth.",
    example: "> > > > > > … (more than 60 on one line)",
    mend: "Take the text out of the lists and quotes around it, or show it as code between ``` lines.",
};

/// The problem of lists and quotes that stand too deep.
pub(super) fn too_deep(origin: &Origin, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(&NESTING_DEPTH, &origin.place(range), format!("lists and quotes stand more than {LIMIT} deep"))
        .help("take the text out of the lists and quotes around it, or put it between ``` lines if it is code")
}

/// The first line that opens too many lists and quotes.
pub(super) fn deep_line(body: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut fences = Fences::default();
    for line in body.split_inclusive('\n') {
        let opens =
            matches!(line.bytes().find(|byte| *byte != b' '), Some(b'>' | b'-' | b'*' | b'+' | b'0'..=b'9' | b'\t'));
        if opens && markers(line) > LIMIT && !is_rule(line) && !fences.is_open_at(body, start) {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// The markers of lists and quotes that a line starts with.
fn markers(line: &str) -> usize {
    let mut rest = line.as_bytes();
    let mut count = 0;
    loop {
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        rest = &rest[blanks..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let blank_at = |at: usize| rest.get(at).is_none_or(u8::is_ascii_whitespace);
        let length = match rest.get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 && blank_at(1) => 1,
            Some(b'.' | b')') if (1..=9).contains(&digits) && blank_at(digits + 1) => digits + 1,
            _ => return count,
        };
        count += 1;
        rest = &rest[length..];
    }
}

/// A line of dashes or stars alone, with spaces.
fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !byte.is_ascii_whitespace());
    marks.next().is_some_and(|first| matches!(first, b'-' | b'*') && marks.all(|byte| byte == first))
}

/// The fences of the page's margin, looked at as far as was asked.
#[derive(Default)]
struct Fences {
    read: usize,
    /// The mark of the open fence, and how many of it.
    open: Option<(u8, usize)>,
}

impl Fences {
    /// Whether a fence is open at a line's start.
    fn is_open_at(&mut self, body: &str, at: usize) -> bool {
        for line in body.get(self.read..at).unwrap_or("").lines() {
            let line = line.trim_start().as_bytes();
            let Some(&mark @ (b'`' | b'~')) = line.first() else { continue };
            let length = line.iter().take_while(|byte| **byte == mark).count();
            let rest = &line[length..];
            match self.open {
                None if length >= 3 && !(mark == b'`' && rest.contains(&b'`')) => self.open = Some((mark, length)),
                Some((fence, least)) if fence == mark && length >= least && rest.trim_ascii().is_empty() => {
                    self.open = None
                }
                _ => (),
            }
        }
        self.read = at;
        self.open.is_some()
    }
}
