//! TOML's syntax errors: the parser's own message and place, and what to type for the commonest slips.
//!
//! What to type is read off the line that the error is on, never off the parser's message.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span};

pub(super) static SYNTAX: Code = Code {
    name: "toml-syntax",
    severity: Severity::Error,
    rule: false,
    what: "The text is not valid TOML.",
    why: "Nothing behind the mistake can be read with certainty, so nothing else is said of the file.",
    example: "title = Bands",
    mend: "Text stands between quotes, lists between brackets, and each key on its own line: `title = \"Bands\"`.",
};

/// The problems of the syntax errors in the TOML at `span` of a source.
///
/// The first error is a mistake of its own. A later one may follow from it, as all lines below an open bracket do. So it
/// counts only where its line can't be parsed by itself either. A line has one problem at most.
pub(super) fn problems(source: &Arc<Source>, span: Span, errors: &[Error]) -> Vec<Diagnostic> {
    let text = source.text();
    let mut ranges: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| {
            (error.span().map_or(span, |range| Span::from(range).shifted(span.start)).range(), error.message())
        })
        .collect();
    ranges.sort_by_key(|(range, _)| range.start);
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut seen = 0;
    for (range, message) in ranges {
        let line = line_of(text, span, range.start);
        let is_first = found.is_empty();
        if !is_first && (line.start < seen || parses(&text[line.clone()])) {
            continue;
        }
        seen = line.end + 1;
        let message = message.lines().next().unwrap_or("this is not valid TOML");
        let place = Place::new(source, range);
        let help = match parses(&text[line.clone()]) {
            true => help_above(&text[span.start as usize..line.start]),
            false => help(&text[line]),
        };
        found.push(Diagnostic::new(&SYNTAX, &place, message).help(help));
    }
    found
}

fn parses(line: &str) -> bool {
    DeTable::parse_recoverable(line).1.is_empty()
}

/// The line that holds a byte, without its line break.
fn line_of(text: &str, span: Span, at: usize) -> Range<usize> {
    let Range { start, end } = span.range();
    let at = (start..=at.clamp(start, end)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let line_start = text[start..at].rfind('\n').map_or(start, |found| start + found + 1);
    let line_end = text[at..end].find('\n').map_or(end, |found| at + found);
    line_start..line_end
}

/// What to type where a line is right by itself: something above it isn't.
fn help_above(above: &str) -> String {
    let is_written = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let before = above.lines().rev().find(is_written).unwrap_or("").trim();
    for (open, close) in [('[', ']'), ('{', '}')] {
        if before.matches(open).count() > before.matches(close).count() {
            return format!("close what is open in the line before: it lacks a `{close}`");
        }
    }
    "each key and each table may be given once: remove what is given twice, or give it another name".to_owned()
}

/// What to type in place of a line with a syntax error.
fn help(line: &str) -> String {
    let line = line.trim();
    if line.contains(['“', '”', '„', '‘', '’']) {
        return "type straight quotes: \"…\"".to_owned();
    }
    if line.starts_with('[') && !line.contains('=') {
        let name = line.trim_matches(['[', ']', ' ']);
        let name = if name.is_empty() { "name" } else { name };
        return match line.starts_with("[[") {
            true => format!("write two brackets on either side, on a line of its own: [[{name}]]"),
            false => format!("write one bracket on either side, and each name once: [{name}]"),
        };
    }
    let Some((key, value)) = line.split_once('=') else {
        return match line.split_once(':') {
            Some((key, value)) => format!("write `=` in place of `:`, as in {} = {}", key.trim(), value.trim()),
            None => {
                "write key = value; text stands between quotes, and a list or a table between brackets that are closed"
                    .to_owned()
            }
        };
    };
    if key.contains(':') {
        return "write `=` in place of `:` behind the key".to_owned();
    }
    let (key, value) = (key.trim(), value.trim());
    if value.is_empty() {
        return format!("write a value behind the `=`: {key} = \"…\"");
    }
    if ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return format!("write it in small letters: {key} = {}", value.to_lowercase());
    }
    if value.contains('\\') {
        return "write a backslash between double quotes as `\\\\`, or put the text between single quotes: '…'"
            .to_owned();
    }
    let opened = value.matches(['[', '{']).count();
    let closed = value.matches([']', '}']).count();
    if opened != closed {
        return "close what is open: each `[` needs a `]`, each `{` a `}`".to_owned();
    }
    let in_threes = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count() == 3;
    if !value.contains(|c: char| c.is_alphabetic() || matches!(c, '"' | '\''))
        && (value.contains(['$', '€', '£', '¥', '%', '–', '—']) || value.split(',').skip(1).any(in_threes))
    {
        return format!("write numbers in digits alone, as in {key} = 1_500, and ranges as in {key} = [1_500, 2_000]");
    }
    if opened > 0 {
        return "put a comma between two entries, and text between quotes".to_owned();
    }
    match value.starts_with(['"', '\'']) {
        true => {
            "end the text with the quote that it starts with, and write nothing behind it; a quote inside is `\\\"`"
                .to_owned()
        }
        false if value.contains('"') => "text stands between quotes: key = \"text\"".to_owned(),
        false => {
            format!("put text between quotes, {key} = \"{value}\"; numbers are digits alone, and dates \"2026-01-31\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the problems of a text, from one.
    fn check(text: &str, expected: &[u32]) {
        let source = Source::new("a.toml", text);
        let (_, errors) = DeTable::parse_recoverable(text);
        let found = problems(&source, Span::new(0, text.len()), &errors);
        let lines = found.iter().filter_map(|problem| Some(problem.place.as_ref()?.position().line));
        assert_eq!(lines.collect::<Vec<u32>>(), expected, "{text}: {found:?}");
        assert!(found.iter().all(|problem| problem.help.is_some()));
    }

    #[test]
    fn each_slip_is_one_problem_and_what_follows_from_it_is_none() {
        check("a = 1", &[]);
        check("a = x\nb = 2\nc = y", &[1, 3]);
        check("a = [1, 2\nb = 2\n[c]\nd = 3\n[[e]]\nf = \"g\"", &[2]);
        check("[a\nb = 1\nb = 2", &[1]);
        check("a: 1\nb: 2", &[1, 2]);
        check("a = \"b\nc = 1", &[1]);
    }

    #[test]
    fn help_is_read_off_the_line() {
        for (line, expected) in [
            ("title = Bands", "title = \"Bands\""),
            ("title: Bands", "title = Bands"),
            ("title = “Bands”", "straight"),
            ("price = $1,500", "digits alone"),
            ("price = [100,000, 140,000", "close"),
            ("draft = True", "draft = true"),
            ("[row", "[row]"),
            ("[[row]", "[[row]]"),
            ("path = \"a\\q\"", "backslash"),
            ("title =", "title = \"…\""),
            ("title = \"x", "end the text"),
        ] {
            assert!(help(line).contains(expected), "{line}: {}", help(line));
        }
    }
}
