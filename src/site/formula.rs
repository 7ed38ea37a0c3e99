//! Texts in CSV that a spreadsheet would take for a formula, and would run when somebody opens the file.
//!
//! An apostrophe before what begins a formula makes it text. Spreadsheets skip blanks and quotes at the start of a cell, take the
//! wide forms of the signs for the narrow ones, and in many countries split lines at semicolons, so that a formula may begin in
//! the middle of a cell.

use std::borrow::Cow;

const GUARD: char = '\'';

/// A text of which no spreadsheet takes a part for a formula. Plain numbers with a sign stay as they are.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let starts = starts(text);
    if starts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut guarded = String::with_capacity(text.len() + starts.len());
    let mut from = 0;
    for at in starts {
        guarded.push_str(&text[from..at]);
        guarded.push(GUARD);
        from = at;
    }
    guarded.push_str(&text[from..]);
    Cow::Owned(guarded)
}

/// A guarded text as it was.
pub fn unguarded(text: &str) -> Cow<'_, str> {
    if !text.contains(GUARD) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut may_begin = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if may_begin && c == GUARD && begins(rest, at) {
            may_begin = false;
            continue;
        }
        plain.push(c);
        may_begin = separates(c) || (may_begin && is_skipped(c));
    }
    Cow::Owned(plain)
}

/// Where formulas begin in a text.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut may_begin = true;
    for (at, c) in text.char_indices() {
        if may_begin && begins(&text[at..], at) {
            starts.push(at);
            may_begin = false;
        } else {
            may_begin = separates(c) || (may_begin && is_skipped(c));
        }
    }
    starts
}

/// Whether a formula begins at a byte of a text, from which on it is this. An apostrophe that the author typed before one is
/// guarded too, so that it is not taken for a guard.
fn begins(text: &str, at: usize) -> bool {
    let text = text.trim_start_matches(GUARD);
    // At the very start, some programs skip a tab or a line break, and for others it begins a formula.
    begins_formula(text) || (at == 0 && text.starts_with(is_break))
}

fn begins_formula(text: &str) -> bool {
    match text.chars().next() {
        Some('=' | '@' | '\u{ff1d}' | '\u{ff20}') => true,
        Some(sign @ ('+' | '-' | '\u{ff0b}' | '\u{ff0d}')) => !is_number(&text[sign.len_utf8()..]),
        _ => false,
    }
}

/// Whether a text, up to the next separator, is a number behind its sign.
fn is_number(text: &str) -> bool {
    let number = text.split(separates).next().unwrap_or("").trim_end();
    let number = number.strip_suffix('%').unwrap_or(number).trim_end();
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn separates(c: char) -> bool {
    c == ';' || is_break(c)
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\r' | '\n')
}

fn is_skipped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | ',' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_begins_a_formula_gets_an_apostrophe_and_nothing_else_does() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1+1", "'+1+1"),
            ("-1+1", "'-1+1"),
            ("-a", "'-a"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("\t=1+1", "'\t=1+1"),
            ("\r=1+1", "'\r=1+1"),
            (" =1+1", " '=1+1"),
            ("\u{a0}\u{3000}=1+1", "\u{a0}\u{3000}'=1+1"),
            ("\"=1+1", "\"'=1+1"),
            (",=1+1", ",'=1+1"),
            ("；=1", "；=1"),
            ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
            ("\u{ff0b}a", "'\u{ff0b}a"),
            ("\u{ff0d}a", "'\u{ff0d}a"),
            ("\u{ff20}a", "'\u{ff20}a"),
            ("x;=1+1", "x;'=1+1"),
            ("x; \"=1+1", "x; \"'=1+1"),
            ("x\n=1+1", "x\n'=1+1"),
            ("-", "'-"),
            ("-5", "-5"),
            ("+5.25", "+5.25"),
            ("-1,000.5", "-1,000.5"),
            ("-5%", "-5%"),
            ("+4.1 %", "+4.1 %"),
            ("x; -5; +6", "x; -5; +6"),
            ("-5-6", "'-5-6"),
            ("a = b", "a = b"),
            ("a\n\nb", "a\n\nb"),
            ("a, -b", "a, -b"),
            ("it's", "it's"),
            ("'=x", "''=x"),
            ("'\t=x", "''\t'=x"),
            ("'x", "'x"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected, "{text:?}");
            assert_eq!(unguarded(expected), text, "{text:?}");
        }
    }
}
