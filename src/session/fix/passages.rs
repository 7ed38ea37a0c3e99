//! What was changed as an editor reads it: whole sentences, table rows and lines of TOML, before and after.
//!
//! No edit adds or removes a line, so the lines of a file before and after are the same ones.

use std::ops::Range;
use std::sync::Arc;

use super::file::FixedFile;
use super::revise::toml_of;
use crate::diagnostic::Source;

/// A sentence, a table row or a line of TOML that was changed, to be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file's path from the root.
    pub path: Arc<str>,
    /// The line on which it starts, counted from one.
    pub line: usize,
    /// What it said, in one line.
    pub before: String,
    /// What it says now, in one line.
    pub after: String,
}

/// The changed passages of a file, in order; none of a file that is written as a whole.
pub(super) fn passages(file: &FixedFile) -> Vec<Passage> {
    let Some(source) = file.before.as_ref().filter(|_| file.edits > 0) else { return Vec::new() };
    let before: Vec<&str> = source.text().lines().collect();
    let after: Vec<&str> = file.after.lines().collect();
    let prose = Prose::of(source, &before);
    let mut found = Vec::new();
    let mut done = 0;
    for line in 0..before.len().min(after.len()) {
        if line < done || before[line] == after[line] {
            continue;
        }
        let block = prose.block(&before, line);
        done = block.end;
        let (old, new) = (before[block.clone()].join("\n"), after[block.clone()].join("\n"));
        let (old_parts, new_parts) = (sentences(&old), sentences(&new));
        if old_parts.len() != new_parts.len() {
            found.push(passage(file, block.start, &old, &new));
            continue;
        }
        for (one, other) in old_parts.into_iter().zip(new_parts) {
            if old[one.clone()] != new[other.clone()] {
                let line = block.start + old[..one.start].matches('\n').count();
                found.push(passage(file, line, &old[one], &new[other]));
            }
        }
    }
    found
}

fn passage(file: &FixedFile, line: usize, before: &str, after: &str) -> Passage {
    let in_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Passage { path: Arc::clone(&file.path), line: line + 1, before: in_one_line(before), after: in_one_line(after) }
}

/// Which lines of a file are prose, so that sentences may go over several of them.
struct Prose {
    is_prose: Vec<bool>,
}

impl Prose {
    fn of(source: &Arc<Source>, lines: &[&str]) -> Self {
        let toml = toml_of(source).unwrap_or_default();
        let mut fence: Option<&str> = None;
        let mut is_in_string = false;
        let mut start = 0;
        let is_prose = lines.iter().map(|line| {
            let is_toml = toml.contains(&start);
            start += line.len() + source.text()[start + line.len()..].find('\n').map_or(0, |end| end + 1);
            if is_toml {
                let quotes = line.matches("\"\"\"").count() + line.matches("'''").count();
                let was_in_string = is_in_string;
                is_in_string ^= quotes % 2 == 1;
                // The line on which a text of several lines is opened belongs to it.
                return is_in_string || was_in_string;
            }
            let marks = ["```", "~~~"].into_iter().find(|marks| line.trim_start().starts_with(marks));
            match (fence, marks) {
                (None, Some(_)) => fence = marks,
                (Some(open), Some(marks)) if open == marks => fence = None,
                (open, _) => return open.is_none(),
            }
            false
        });
        Self { is_prose: is_prose.collect() }
    }

    /// The lines of the paragraph around a line; the line alone where it is no prose.
    fn block(&self, lines: &[&str], line: usize) -> Range<usize> {
        let is_prose = |at: usize| self.is_prose[at] && !stands_alone(lines[at]);
        let (mut start, mut end) = (line, line + 1);
        if is_prose(line) {
            while start > 0 && !starts_item(lines[start]) && is_prose(start - 1) {
                start -= 1;
            }
            while end < lines.len() && is_prose(end) && !starts_item(lines[end]) {
                end += 1;
            }
        }
        start..end
    }
}

/// A blank line, a heading, a table's row, a comment.
fn stands_alone(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with(['#', '|']) || line.starts_with("<!--")
}

/// Whether a line starts an entry of a list.
fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "));
    is_numbered || ["- ", "* ", "+ ", "[^"].iter().any(|mark| line.starts_with(mark))
}

/// The sentences of a text: each ends with a mark behind which a space and no small letter stands, outside brackets.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut characters = text.char_indices().peekable();
    let mut is_ended = false;
    while let Some((at, c)) = characters.next() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => (),
        }
        is_ended = match c {
            '.' | '!' | '?' => depth == 0,
            '"' | '”' | '’' | '*' | '_' | ')' | ']' => is_ended,
            _ => false,
        };
        let next = text[at + c.len_utf8()..].trim_start();
        let is_apart = characters.peek().is_some_and(|(_, next)| next.is_whitespace());
        if is_ended && is_apart && !next.starts_with(char::is_lowercase) {
            found.push(start..at + c.len_utf8());
            start = text.len() - next.len();
            is_ended = false;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, before: &str, (old, new): (&str, &str), expected: &[(usize, &str)]) {
        let after = before.replace(old, new);
        let source = Source::new(path, before);
        let file = FixedFile { path: path.into(), before: Some(source), after, edits: 1 };
        let found: Vec<(usize, String)> = passages(&file).into_iter().map(|one| (one.line, one.after)).collect();
        let expected: Vec<(usize, String)> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
        assert_eq!(found, expected, "{before}");
    }

    #[test]
    fn a_sentence_is_shown_whole_over_its_lines() {
        let page = "# A\n\nOne is fine. Two costs\n[$5](figure:a.b) a\nmonth (cf. No. 3). Three: $5.\n";
        check("content/a.md", page, ("[$5]", "[$6]"), &[(3, "Two costs [$6](figure:a.b) a month (cf. No. 3).")]);
        check(
            "content/a.md",
            "Cost [$1.5](x). Then [$1.5](y)!",
            ("1.5", "2.5"),
            &[(1, "Cost [$2.5](x)."), (1, "Then [$2.5](y)!")],
        );
    }

    #[test]
    fn rows_entries_and_lines_of_toml_are_shown_alone() {
        check("content/a.md", "| a | $5 |\n|---|---|\n| b | c |\n", ("$5", "$6"), &[(1, "| a | $6 |")]);
        check("content/a.md", "- one\n- two $5\n  and. More\n- three", ("$5", "$6"), &[(2, "- two $6 and.")]);
        check("content/a.md", "+++\ntitle = \"$5\"\nweight = 1\n+++\n\nText", ("$5", "$6"), &[(2, "title = \"$6\"")]);
        check("content/a.md", "a\n\n```table x\nrows = 5\nb = 1\n```\n", ("rows", "rowz"), &[(4, "rowz = 5")]);
        let data = "[a]\nnote = \"\"\"\nOne. Two is\n$5.\"\"\"\nvalue = 5\n";
        check("content/data/a.toml", data, ("$5", "$6"), &[(3, "Two is $6.\"\"\"")]);
    }
}
