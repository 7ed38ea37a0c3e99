//! A file's edits applied to its text: from back to front, each byte elsewhere as it was, and TOML still TOML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::content;
use crate::diagnostic::{Diagnostic, Edit, Source, Span};
use crate::document;

/// Only what authors write is changed: never a template, and nothing that is copied as it is.
const FOLDER: &str = "content/";

/// A file's text with its edits applied.
pub(super) struct Revision {
    pub source: Arc<Source>,
    pub after: String,
    pub edits: usize,
}

/// A range of bytes, and what stands there afterwards.
type Change = (Range<usize>, String);

/// Applies the edits that problems carry, file by file. Of two edits that overlap the second is left to another round.
pub(super) fn revise(problems: &[Diagnostic]) -> Vec<Revision> {
    let mut files: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in problems.iter().filter_map(|problem| problem.edit.as_ref()) {
        let path = edit.place.source.path();
        if path.starts_with(FOLDER) && edit.place.source.text().get(edit.place.span.range()).is_some() {
            files.entry(path).or_default().push(edit);
        }
    }
    files.into_values().filter_map(|edits| revised(&edits)).collect()
}

fn revised(edits: &[&Edit]) -> Option<Revision> {
    let source = Arc::clone(&edits.first()?.place.source);
    let toml = toml_of(&source).unwrap_or_default();
    let strings = document::strings(source.text().get(toml.clone()).unwrap_or(""));
    let strings: Vec<Range<usize>> = strings.map(|string| toml.start + string.start..toml.start + string.end).collect();
    let mut changes: Vec<Change> = edits.iter().filter_map(|edit| fitted(edit, source.text(), &strings)).collect();
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut end = None;
    changes.retain(|(range, _)| {
        let free = end.is_none_or(|end| end < range.start || (end == range.start && !range.is_empty()));
        if free {
            end = Some(range.end);
        }
        free
    });
    let faults = faults(&source);
    let sound = |changes: &[Change]| {
        let after = applied(source.text(), changes);
        (self::faults(&Source::new(source.path(), after.as_str())) <= faults).then_some(after)
    };
    if let Some(after) = sound(&changes) {
        return (!changes.is_empty()).then(|| Revision { source: Arc::clone(&source), after, edits: changes.len() });
    }
    // Some edit would break the file: keep those that don't.
    changes.retain(|change| sound(std::slice::from_ref(change)).is_some());
    let after = sound(&changes).filter(|_| !changes.is_empty())?;
    Some(Revision { source: Arc::clone(&source), after, edits: changes.len() })
}

fn applied(text: &str, changes: &[Change]) -> String {
    let mut after = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, replacement) in changes {
        after.push_str(text.get(at..range.start).unwrap_or(""));
        after.push_str(replacement);
        at = range.end;
    }
    after.push_str(text.get(at..).unwrap_or(""));
    after
}

/// Where a file holds TOML: all of a data file, the front matter of a page.
pub(super) fn toml_of(source: &Arc<Source>) -> Option<Range<usize>> {
    match source.path().ends_with(".toml") {
        true => Some(0..source.text().len()),
        false => content::front_matter(source),
    }
}

/// How many errors of syntax a file's TOML has.
fn faults(source: &Arc<Source>) -> usize {
    let mut problems = Vec::new();
    if let Some(range) = toml_of(source) {
        document::read(source, Span::from(range), &mut problems);
    }
    problems.len()
}

/// An edit as it must stand in its file: between quotes where it replaces a whole string, escaped inside one.
fn fitted(edit: &Edit, text: &str, strings: &[Range<usize>]) -> Option<Change> {
    let range = edit.place.span.range();
    let old = text.get(range.clone())?;
    let is_string = old.len() >= 2 && ['"', '\''].iter().any(|quote| old.starts_with(*quote) && old.ends_with(*quote));
    // Lines are never added or removed, so that each changed one can be shown beside what it was.
    if edit.text.matches('\n').count() != old.matches('\n').count() {
        return None;
    }
    let new = if is_string && !is_value(&edit.text) {
        format!("\"{}\"", escaped(&edit.text))
    } else {
        // The string that the edit is in, between its quotes.
        let around = strings.iter().find(|string| string.start < range.start && range.end < string.end);
        match around.and_then(|string| text.get(string.clone())) {
            None => edit.text.clone(),
            Some(raw) if raw.starts_with('"') => escaped(&edit.text),
            Some(_) if edit.text.contains(['\'', '\n', '\r']) => return None,
            Some(_) => edit.text.clone(),
        }
    };
    (new != old).then_some((range, new))
}

/// Whether a text is a whole TOML value, so that it may stand where a string stood.
fn is_value(text: &str) -> bool {
    let mut problems = Vec::new();
    let source = Source::new("", format!("x = {text}"));
    let table = document::read(&source, Span::new(0, source.text().len()), &mut problems).table;
    problems.is_empty() && table.entries.len() == 1
}

/// A text as it stands between double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            c if c.is_control() && c != '\t' => escaped.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place, Severity};

    static CODE: Code = Code {
        name: "sample",
        severity: Severity::Error,
        rule: false,
        what: "A sample.",
        why: "It is one.",
        example: "x",
        mend: "Write y.",
    };

    /// Each edit is the text to find, its occurrence, and what replaces it.
    fn check(path: &str, text: &str, edits: &[(&str, usize, &str)], expected: Option<&str>) {
        let source = Source::new(path, text);
        let problems: Vec<Diagnostic> = edits
            .iter()
            .map(|(find, nth, new)| {
                let (at, _) = text.match_indices(find).nth(*nth).expect("the text is there");
                let place = Place::new(&source, at..at + find.len());
                Diagnostic::new(&CODE, &place, "wrong").edit(&place, *new)
            })
            .collect();
        let found = revise(&problems).pop().map(|revision| revision.after);
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn edits_change_their_own_bytes_and_no_others() {
        let page = "content/a.md";
        check(page, "a b a\r\n c", &[("a", 0, "xx"), ("a", 1, ""), ("c", 0, "é")], Some("xx b \r\n é"));
        check(page, "a b", &[("b", 0, "c"), ("b", 0, "c")], Some("a c"));
        check(page, "a b", &[("a b", 0, "c"), ("b", 0, "d")], Some("c"));
        check(page, "a b", &[("b", 0, "b")], None);
        check(page, "a b", &[], None);
        check("templates/page.html", "a b", &[("a", 0, "c")], None);
        check("static/a.svg", "a b", &[("a", 0, "c")], None);
    }

    #[test]
    fn a_text_is_escaped_as_its_string_needs() {
        let data = "content/data/a.toml";
        check(data, "a = \"x $1\" # c\n", &[("$1", 0, "\"2\\")], Some("a = \"x \\\"2\\\\\" # c\n"));
        check(data, "a = 'x $1'\n", &[("$1", 0, "\"2\\")], Some("a = 'x \"2\\'\n"));
        check(data, "a = 'x $1'\n", &[("$1", 0, "it's")], None);
        check(data, "a = \"\"\"\nx $1\n\"\"\"\n", &[("$1", 0, "$2")], Some("a = \"\"\"\nx $2\n\"\"\"\n"));
        check(
            "content/a.md",
            "+++\ntitle = \"x\"\n+++\ny",
            &[("x", 0, "\""), ("y", 0, "\"")],
            Some("+++\ntitle = \"\\\"\"\n+++\n\""),
        );
    }

    #[test]
    fn a_string_stays_one_unless_a_value_takes_its_place() {
        let data = "content/data/a.toml";
        check(data, "a = 'x'\n", &[("'x'", 0, "y")], Some("a = \"y\"\n"));
        check(data, "a = \"x\"\n", &[("\"x\"", 0, "\"y\"")], Some("a = \"y\"\n"));
        check(data, "a = \"180,000\"\n", &[("\"180,000\"", 0, "180_000")], Some("a = 180_000\n"));
        check(data, "\"titel\" = 1\n", &[("\"titel\"", 0, "title")], Some("\"title\" = 1\n"));
    }

    #[test]
    fn an_edit_that_would_break_the_file_is_left_out() {
        let data = "content/data/a.toml";
        check(data, "a = 1\nb = 2\n", &[("1", 0, "x y"), ("2", 0, "3")], Some("a = 1\nb = 3\n"));
        check(data, "a = 1\n", &[("1", 0, "=")], None);
        check(data, "a = x\nb = 2\n", &[("2", 0, "3")], Some("a = x\nb = 3\n"));
    }
}
