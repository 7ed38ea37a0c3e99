//! Characters that can't be seen and change what is: controls, and those that turn the direction of text.

use std::sync::Arc;

use super::value::{Item, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

pub(super) static HIDDEN: Code = Code {
    name: "hidden-character",
    severity: Severity::Error,
    rule: false,
    what: "A text holds a control character, or one that turns the direction of what follows it.",
    why: "Nobody sees them, and they change what is seen: digits may be shown in another order than the one that was checked, and \
          terminals obey what is meant to be read.",
    example: "title = \"Sm\\u001Ball\"",
    mend: "Remove the character. A text in a right-to-left script needs none: its direction comes from its letters and from the \
           page's language.",
};

/// True for control characters other than tabs and line ends, and for embeddings, overrides and isolates of direction.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_direction(c)
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The problem with a hidden character at a place.
pub fn hidden(c: char, place: &Place) -> Diagnostic {
    let (what, help) = match is_direction(c) {
        true => ("which turns the direction of text", "remove it: letters and the page's language say the direction"),
        false => ("a control character", "remove it"),
    };
    Diagnostic::new(&HIDDEN, place, format!("the text holds U+{:04X}, {what}", u32::from(c))).help(help)
}

/// Reports the first hidden character of each line of a source. Those of ASCII count from a byte on: before it they are reported
/// as errors of TOML.
pub fn hidden_in_lines(source: &Arc<Source>, ascii_from: usize, diagnostics: &mut Vec<Diagnostic>) {
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let is_reported = |(at, c): &(usize, char)| is_hidden(*c) && (!c.is_ascii() || ascii_from <= start + at);
        if let Some((at, c)) = line.char_indices().find(is_reported) {
            diagnostics.push(hidden(c, &Place::new(source, start + at..start + at + c.len_utf8())));
        }
        start += line.len();
    }
}

/// Reports the strings and keys of a table that hold a hidden character by an escape, such as `\u0000`.
pub(super) fn in_escapes(table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &table.entries {
        escaped(&entry.key, &entry.key_place(), diagnostics);
        in_value(&entry.value, diagnostics);
    }
}

fn in_value(value: &Value, diagnostics: &mut Vec<Diagnostic>) {
    match &value.item {
        Item::Text(text) => escaped(text, &value.place(), diagnostics),
        Item::List(values) => values.iter().for_each(|value| in_value(value, diagnostics)),
        Item::Table(table) => in_escapes(table, diagnostics),
        _ => (),
    }
}

fn escaped(text: &str, place: &Place, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(c) = text.chars().find(|c| is_hidden(*c) && !place.text().contains(*c)) {
        diagnostics.push(hidden(c, place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::document::read;

    fn found(diagnostics: &[Diagnostic]) -> Vec<String> {
        let place = |problem: &Diagnostic| problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        diagnostics.iter().map(|problem| format!("{} {}", place(problem), problem.message)).collect()
    }

    #[test]
    fn the_first_hidden_character_of_each_line_is_reported_where_it_is() {
        let text = "plain\tand \u{200f}marked\r\na \u{202e}b\u{202c}\nesc \u{1b}[31m\n\u{85}\u{0}\n";
        let source = Source::new("a.md", text);
        let mut diagnostics = Vec::new();
        hidden_in_lines(&source, 0, &mut diagnostics);
        assert_eq!(
            found(&diagnostics),
            [
                "a.md:2:3 the text holds U+202E, which turns the direction of text",
                "a.md:3:5 the text holds U+001B, a control character",
                "a.md:4:1 the text holds U+0085, a control character",
            ]
        );
        diagnostics.clear();
        hidden_in_lines(&source, text.len(), &mut diagnostics);
        assert_eq!(diagnostics.len(), 2);
    }

    #[test]
    fn an_escape_in_toml_is_reported_at_its_value() {
        let text = "a = \"Sm\\u0000al\\u001bl\"\nb = [\"x\", { c = \"\\u2066\" }]\n\"\\u0007\" = 1\nd = \"\\t\\n\"\n";
        let source = Source::new("a.toml", text);
        let mut diagnostics = Vec::new();
        read(&source, Span::new(0, text.len()), &mut diagnostics);
        assert_eq!(
            found(&diagnostics),
            [
                "a.toml:1:5 the text holds U+0000, a control character",
                "a.toml:2:17 the text holds U+2066, which turns the direction of text",
                "a.toml:3:1 the text holds U+0007, a control character",
            ]
        );
    }
}
