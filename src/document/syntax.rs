//! What a parser of TOML says of broken text, said to who typed it: one problem a cause, and what to type instead.
//! `written` mends numbers.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::value::{Item, Table};
use super::written;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, nearest};

pub(super) static SYNTAX: Code = Code {
    name: "toml-syntax",
    severity: Severity::Error,
    rule: false,
    what: "The text is not valid TOML.",
    why: "Nothing behind the mistake can be read with certainty.",
    example: "title = Bands",
    mend: "Text stands between quotes, lists between brackets, and each key on its own line: `title = \"Bands\"`.",
};

/// An error of the parser: where it is in the file, and its words.
pub(super) struct Fault {
    pub range: Range<usize>,
    pub message: String,
}

/// The problems of a file's syntax errors. What follows from another one is left out: whatever else is wrong with a line,
/// what stands below a broken head, and keys that stand twice since a head is missing.
pub(super) fn problems(source: &Arc<Source>, mut faults: Vec<Fault>) -> Vec<Diagnostic> {
    faults.sort_by_key(|fault| fault.range.start);
    let mut told = 0;
    let mut found = Vec::new();
    for fault in faults {
        let is_double = fault.message.contains("duplicate key");
        if fault.range.start < told || (is_double && !found.is_empty()) {
            continue;
        }
        let line = line_of(source.text(), fault.range.start);
        told = reach(source.text(), &line);
        found.push(Line { source, text: &source.text()[line.clone()], start: line.start }.problem(&fault));
    }
    found
}

/// Takes out what was said, from `before` on, of lines that can't be read: it follows from what is wrong with them.
pub fn hold_back(source: &Source, before: usize, diagnostics: &mut Vec<Diagnostic>) {
    let here =
        |problem: &Diagnostic| problem.place.as_ref().filter(|place| place.source.path() == source.path()).cloned();
    let broken: Vec<Range<usize>> = diagnostics[before..]
        .iter()
        .filter(|problem| std::ptr::eq(problem.code, &raw const SYNTAX))
        .filter_map(here)
        .map(|place| {
            let line = line_of(source.text(), place.span.start as usize);
            line.start..reach(source.text(), &line)
        })
        .collect();
    if broken.is_empty() {
        return;
    }
    let mut at = 0;
    diagnostics.retain(|problem| {
        at += 1;
        let follows = || {
            let Some(place) = here(problem) else { return false };
            let span = place.span.range();
            broken.iter().any(|line| span.start < line.end && line.start < span.end.max(span.start + 1))
        };
        at <= before || std::ptr::eq(problem.code, &raw const SYNTAX) || !follows()
    });
}

/// Takes out of a table what stands on lines that can't be read, so that nobody reads half a value.
pub(super) fn leave_out(source: &Source, table: &mut Table, diagnostics: &[Diagnostic]) {
    let broken: Vec<Range<usize>> = diagnostics
        .iter()
        .filter(|problem| std::ptr::eq(problem.code, &raw const SYNTAX))
        .filter_map(|problem| problem.place.as_ref().filter(|place| place.source.path() == source.path()))
        .map(|place| line_of(source.text(), place.span.start as usize))
        .filter(|line| source.text()[line.clone()].contains('='))
        .collect();
    leave_out_of(table, &broken);
}

fn leave_out_of(table: &mut Table, broken: &[Range<usize>]) {
    table.entries.retain_mut(|entry| {
        let key = entry.key_span.start as usize;
        let is_broken = broken.iter().any(|line| line.contains(&key));
        match &mut entry.value.item {
            Item::Table(inner) if !is_broken => leave_out_of(inner, broken),
            Item::List(values) => values.iter_mut().for_each(|value| {
                if let Item::Table(inner) = &mut value.item {
                    leave_out_of(inner, broken);
                }
            }),
            _ => (),
        }
        !is_broken
    });
}

/// The line of a byte, without its break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |found| at + found);
    start..end
}

/// How far a broken line reaches: where it was to be a table's head, all that was to stand in that table.
fn reach(text: &str, line: &Range<usize>) -> usize {
    let words = text[line.clone()].trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_head = words.starts_with('[')
        || (words.ends_with(']') && !words.contains('['))
        || (!words.is_empty() && words.chars().all(is_key));
    let mut end = line.end + 1;
    while is_head && end < text.len() {
        let next = line_of(text, end);
        if text[next.clone()].trim_start().starts_with('[') {
            break;
        }
        end = next.end + 1;
    }
    end
}

/// A line that can't be read.
struct Line<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    start: usize,
}

/// Words for a value that nobody knows.
const NOTHING: &[&str] = &["n/a", "na", "none", "null", "nil", "unknown", "tbd", "tba", "unstated"];
const UNKNOWN_VALUE: &str =
    "write \"unstated\", with its quotes, where a number is not known; else put the text between quotes";

impl Line<'_> {
    fn problem(&self, fault: &Fault) -> Diagnostic {
        let at = fault.range.start.saturating_sub(self.start).min(self.text.len());
        let at = (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let whole = Place::new(self.source, fault.range.clone());
        let message = fault.message.lines().next().unwrap_or("not valid TOML").trim_end_matches('.');
        if message.contains("duplicate key") {
            return self.double(whole);
        }
        self.head(message, at).or_else(|| self.colon(at)).or_else(|| self.value(message, at, &whole)).unwrap_or_else(
            || {
                let help = match message {
                    text if text.contains("missing comma") => "add a comma before this",
                    text if text.contains("extra comma") => "remove the comma",
                    text if text.contains("key with no value") && at == self.text.trim_end().len() => {
                        "write key = value, or the name of a table between brackets: [name]"
                    }
                    text if text.contains("key with no value") => "write key = value: an `=` is missing here",
                    text if text.contains("string") => "text stands between quotes: key = \"text\"",
                    _ => "each line is: key = value, with text between quotes and lists between brackets",
                };
                let message = match message {
                    text if text.contains("missing comma") => "a comma is missing between two entries",
                    text => text,
                };
                Diagnostic::new(&SYNTAX, &whole, message).help(help)
            },
        )
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.source, self.start + range.start..self.start + range.end)
    }

    /// Whether the line would be right if it read so.
    fn is_right(line: &str) -> bool {
        DeTable::parse_recoverable(line).1.is_empty()
    }

    /// A head that has one bracket where the others have two, or another name.
    fn other_head(&self) -> Option<Diagnostic> {
        let words = self.text.trim();
        let name = words.trim_matches(['[', ']']);
        let root = name.split('.').next().unwrap_or(name);
        let mut end = self.start;
        for line in self.source.text()[..self.start].split_inclusive('\n').rev() {
            end -= line.len();
            let head = line.trim();
            let start = end + (line.len() - line.trim_start().len());
            let place = Place::new(self.source, start..start + head.len());
            if words.starts_with("[[") && head.strip_prefix('[').and_then(|head| head.strip_suffix(']')) == Some(name) {
                let problem = Diagnostic::new(&SYNTAX, &place, format!("`{head}` stands beside `{words}`"));
                return Some(problem.help(format!("write two brackets on either side: {words}")).edit(&place, words));
            }
            let other = head.strip_prefix("[[").and_then(|head| head.strip_suffix("]]")).unwrap_or(root);
            if !words.starts_with("[[") && other != root && nearest(other, [root]).is_some() {
                let place = Place::new(self.source, start + 2..start + 2 + other.len());
                let problem = Diagnostic::new(
                    &SYNTAX,
                    &place,
                    format!("`{words}` below belongs to a `{root}`, not to `{other}`"),
                );
                return Some(problem.help(format!("did you mean `{root}`?")));
            }
            if root == name && !words.starts_with("[[") && head.starts_with("[[") && other == root {
                let lead = self.text.len() - self.text.trim_start().len();
                let place = self.place(lead..lead + words.len());
                let problem = Diagnostic::new(&SYNTAX, &place, format!("`{words}` stands beside `{head}`"));
                return Some(problem.help(format!("write two brackets on either side: {head}")).edit(&place, head));
            }
            if !words.starts_with("[[") && (other == root && head.starts_with("[[") || head == words) {
                return None;
            }
        }
        None
    }

    /// A key, or a table's head, that stands twice.
    fn double(&self, place: Place) -> Diagnostic {
        if let Some(problem) = self.text.trim().starts_with('[').then(|| self.other_head()).flatten() {
            return problem;
        }
        let key = place.text().to_owned();
        let before = &self.source.text()[..self.start];
        let is_head = self.text.trim_start().starts_with('[');
        let mut first = None;
        let mut end = before.len();
        for line in before.split_inclusive('\n').rev() {
            end -= line.len();
            let lead = line.len() - line.trim_start().len();
            let words = line.trim();
            let is_same = match is_head {
                true => words == self.text.trim(),
                false => words.strip_prefix(&*key).is_some_and(|rest| rest.trim_start().starts_with('=')),
            };
            if is_same {
                let length = if is_head { words.len() } else { key.len() };
                first = Some(Place::new(self.source, end + lead..end + lead + length));
                break;
            }
            if !is_head && words.starts_with('[') {
                break;
            }
        }
        let head = before.lines().rev().map(str::trim).find(|line| line.starts_with('['));
        let help = match (is_head, head.filter(|head| head.starts_with("[["))) {
            (true, _) => "give one of the two tables another name, or remove it".to_owned(),
            (false, Some(head)) => format!("remove one of the two, or begin a new entry above it with {head}"),
            (false, None) => "remove one of the two: each key is written once a table".to_owned(),
        };
        let problem = Diagnostic::new(&SYNTAX, &place, format!("`{key}` stands twice")).help(help);
        match first {
            Some(first) => problem.label(&first, "the first"),
            None => problem,
        }
    }

    /// A table's head that isn't closed, or has a space in it.
    fn head(&self, message: &str, at: usize) -> Option<Diagnostic> {
        let words = self.text.trim();
        let lead = self.text.len() - self.text.trim_start().len();
        if words.ends_with(']') && !words.contains(['[', '=']) {
            let opening = if words.ends_with("]]") { "[[" } else { "[" };
            let here = self.place(lead..lead);
            return Some(
                Diagnostic::new(&SYNTAX, &here, "the head of this table is never opened")
                    .help(format!("add `{opening}` here: {opening}{words}"))
                    .edit(&here, opening),
            );
        }
        if words.starts_with('[') && (words.contains(".]") || words.contains("..") || words.contains("[.")) {
            return Some(
                Diagnostic::new(
                    &SYNTAX,
                    &self.place(lead..lead + words.len()),
                    "a part of the table's name is missing",
                )
                .help("write a name on either side of each point, as in [measures.base]"),
            );
        }
        if !words.starts_with('[') || !message.contains("unclosed") {
            return None;
        }
        let place = self.place(at..at);
        let closing = if words.starts_with("[[") { "]]" } else { "]" };
        let missing = closing.len().saturating_sub(words.bytes().filter(|byte| *byte == b']').count());
        if at < self.text.trim_end().len() || missing == 0 {
            let holders = ["measures", "ratios", "columns", "calc", "row", "rung", "release"];
            let holds =
                words.trim_start_matches('[').split_whitespace().next().is_some_and(|word| holders.contains(&word));
            let joined = words.split_whitespace().collect::<Vec<_>>().join(if holds { "." } else { "-" });
            return Some(
                Diagnostic::new(&SYNTAX, &place, "a table's name holds no spaces")
                    .help(format!("write it as {joined}")),
            );
        }
        let closing = &closing[..missing];
        Some(
            Diagnostic::new(&SYNTAX, &place, "the head of this table is never closed")
                .help(format!("add `{closing}` here"))
                .edit(&place, closing),
        )
    }

    /// `key: value`, as other formats have it.
    fn colon(&self, at: usize) -> Option<Diagnostic> {
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let next = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let colon = self.text[..next].rfind(':')?;
        let key = self.text[..colon].trim_end().rsplit(|c| !is_key(c)).next().filter(|key| !key.is_empty())?;
        let value = self.text[colon + 1..].trim();
        if at > colon + 2 || self.text[..colon].contains('"') {
            return None;
        }
        let place = self.place(colon..colon + 1);
        let problem = Diagnostic::new(&SYNTAX, &place, format!("`:` stands where `=` belongs, after `{key}`"));
        let mended = format!("{} ={}", &self.text[..colon], &self.text[colon + 1..]);
        Some(match Self::is_right(&mended) {
            true => problem.help(format!("write {}", mended.trim())).edit(&place, " ="),
            false => problem.help(format!("write {key} = \"{}\"", value.trim_matches('"'))),
        })
    }

    /// What stands behind the `=`.
    fn value(&self, message: &str, at: usize, whole: &Place) -> Option<Diagnostic> {
        let equals = self.text.find('=')?;
        let (key, after) = (self.text[..equals].trim(), &self.text[equals + 1..]);
        let start = equals + 1 + (after.len() - after.trim_start().len());
        let value = after.split(" #").next().unwrap_or("").trim();
        let problem =
            |place: &Place, message: String, help: String| Some(Diagnostic::new(&SYNTAX, place, message).help(help));
        if value.is_empty() {
            return problem(whole, format!("`{key}` has no value"), format!("write it: {key} = …, or remove the line"));
        }
        let truth = match &*value.to_lowercase() {
            "yes" | "on" | "true" => Some("true"),
            "no" | "off" | "false" => Some("false"),
            _ => None,
        };
        if let Some(truth) = truth {
            let place = self.place(start..start + value.len());
            let help = format!("write {key} = {truth}, or \"{value}\" between quotes where it is a text");
            return problem(&place, format!("`{value}` is neither true nor false"), help);
        }
        let parts: Vec<&str> = value.split(['.', '/']).collect();
        if parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
            let place = self.place(start..start + value.len());
            let help = format!("write year, month and day between quotes: {key} = \"2026-01-31\"");
            return problem(&place, format!("`{value}` is not how a date is written here"), help);
        }
        let number = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_').len();
        if number > 0 && value[number..].trim_start().starts_with(char::is_alphabetic) && message.contains("quoted") {
            let place = self.place(start..start + value.len());
            return problem(
                &place,
                format!("`{value}` is no number"),
                match value[number..].trim_start().split(|c: char| !c.is_alphabetic()).next() {
                    Some("k" | "K") => {
                        format!("write the digits out: {}_000, and a range as [100_000, 120_000]", &value[..number])
                    }
                    Some("m" | "M") => format!(
                        "write the digits out: {}_000_000, and a range as [1_000_000, 2_000_000]",
                        &value[..number]
                    ),
                    _ => format!("write the number alone: {}", &value[..number]),
                },
            );
        }
        if value.contains(['“', '”', '„', '‘', '’']) && !value.starts_with(['"', '\'']) {
            let straight = value.replace(['“', '”', '„'], "\"").replace(['‘', '’'], "'");
            let right = Self::is_right(&format!("x = {straight}"));
            let help =
                if right { format!("type straight ones: {straight}") } else { "type straight quotes: \"text\"".into() };
            return problem(&self.place(start..start + value.len()), "the quotes are curly".into(), help);
        }
        let backslash = self.text[..at].rfind('\\').filter(|back| at - back < 10);
        if let Some(back) = backslash.filter(|_| message.contains("escape") || message.contains("unicode")) {
            let length = self.text[back + 1..].chars().next().map_or(0, char::len_utf8);
            let place = self.place(back..back + 1 + length);
            let said = format!("`{}` means nothing in a text between double quotes", place.text());
            return problem(&place, said, "write `\\\\` for a backslash, or put the text between single quotes".into());
        }
        if message.contains("date") || message.contains("month") || message.contains("day") {
            let token = value.split([',', ']', '}', ' ']).next().unwrap_or(value);
            let has_day = token.matches('-').count() > 1;
            if token.len() >= 7 && token.as_bytes()[4] == b'-' {
                let help = match has_day {
                    true => "write a date that exists, between quotes: \"2026-01-31\"".to_owned(),
                    false => format!("put it between quotes: {key} = \"{token}\""),
                };
                return problem(&self.place(start..start + token.len()), format!("`{token}` is no whole date"), help);
            }
        }
        if let Some(mended) = written::mended(value) {
            let place = self.place(start + mended.culprit.start..start + mended.culprit.end);
            let said = format!("`{}` is not how a number is written here", place.text());
            return problem(&place, said, format!("write {key} = {}", mended.text));
        }
        // A value in a table between braces.
        let inner = self.text[..at].rfind('=').filter(|inner| *inner > equals).map(|inner| inner + 1);
        if let Some(inner) = inner {
            let text = &self.text[inner..];
            let start = inner + text.len() - text.trim_start().len();
            let text = text.trim_start();
            let end = if text.starts_with('[') {
                text.find(']').map(|end| end + 1)
            } else {
                text.find('}').into_iter().chain(text.find(", ")).min()
            };
            let text = text[..end.unwrap_or(text.len())].trim_end();
            if let Some(mended) = written::mended(text) {
                let place = self.place(start + mended.culprit.start..start + mended.culprit.end);
                let said = format!("`{}` is not how a number is written here", place.text());
                return problem(&place, said, format!("write {}", mended.text));
            }
        }
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((whole_part, decimals)) = value.split_once([',', '.'])
            && (is_number(whole_part) || whole_part.is_empty())
            && (is_number(decimals) || decimals.is_empty())
        {
            let place = self.place(start..start + value.len());
            let whole_part = if whole_part.is_empty() { "0" } else { whole_part };
            let meant = if decimals.is_empty() { whole_part.to_owned() } else { format!("{whole_part}.{decimals}") };
            return problem(
                &place,
                format!("`{value}` is not how a number is written here"),
                format!("write {key} = {meant}"),
            );
        }
        if message.contains("invalid basic string") || message.contains("invalid literal string") {
            let quote = if message.contains("basic") { "\"" } else { "'" };
            let here = self.place(at..at);
            let mut line = self.text.to_owned();
            line.insert_str(at, quote);
            let found = Diagnostic::new(&SYNTAX, &here, "this text is never closed")
                .help(format!("add `{quote}` where it ends"));
            // What follows a `#` may be a comment, and no part of the text.
            let is_whole = !self.text[..at].contains('#');
            return Some(if is_whole && Self::is_right(&line) { found.edit(&here, quote) } else { found });
        }
        if message.contains("must be quoted") {
            let word = whole.text().to_owned();
            let help = match &*word.to_lowercase() {
                "yes" | "on" | "true" => "write true, or \"yes\" between quotes where it is a text".to_owned(),
                "no" | "off" | "false" => "write false, or \"no\" between quotes where it is a text".to_owned(),
                word if NOTHING.contains(&word) => UNKNOWN_VALUE.to_owned(),
                _ if word.contains(['"', '(', ')']) => "put the text between quotes: key = \"text\"".to_owned(),
                _ => format!("put the text between quotes: \"{}\"", word.trim()),
            };
            return problem(whole, "text stands between quotes".into(), help);
        }
        if message.contains("unexpected key or value") {
            let rest = self.text[at..].trim();
            let place = self.place(at..at + self.text[at..].trim_end().len());
            let help = match rest {
                "," => "remove the comma",
                rest if value.starts_with('"')
                    && rest.ends_with('"')
                    && rest.len() > 1
                    && !rest.starts_with(['"', ',']) =>
                {
                    "write `\\\"` for a quote inside the text, or put the whole text between single quotes"
                }
                _ if value.starts_with('\'') => {
                    "put the whole text between double quotes: an apostrophe ends a text between single ones"
                }
                _ => "remove it, or put it on a line of its own",
            };
            return problem(&place, format!("`{rest}` stands behind the value of `{key}`"), help.into());
        }
        // A word without quotes that begins as a number or a date does.
        let token = self.text[at..].split([',', ']', '}', ' ']).next().unwrap_or("").trim_end();
        if token.starts_with(char::is_alphabetic) && !token.contains('"') {
            let help = match NOTHING.contains(&&*token.to_lowercase()) {
                true => UNKNOWN_VALUE.to_owned(),
                false => format!("put the text between quotes: \"{token}\""),
            };
            return problem(&self.place(at..at + token.len()), "text stands between quotes".into(), help);
        }
        None
    }
}
