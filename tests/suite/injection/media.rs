//! Published files and drawn problems read back by parsers of their own, as lists that can be compared.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A part of a file: where it is (`a href`, `text`, a column, a key) and what it says.
pub type Part = (String, String);

/// HTML, SVG or XML as its tags, attributes and texts, in order.
pub fn html(text: &str) -> Vec<Part> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Parts::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut parts = tokenizer.sink.parts.into_inner();
    parts.retain(|(place, text)| place != "text" || !text.trim().is_empty());
    drawings_as_one(parts)
}

/// Each drawing as the names that are in it, and all its words: how they break into lines follows from their length.
fn drawings_as_one(parts: Vec<Part>) -> Vec<Part> {
    let mut whole = Vec::new();
    let mut drawing: Option<(BTreeSet<String>, String)> = None;
    for (place, text) in parts {
        match &mut drawing {
            Some((names, words)) if place == "</svg>" => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                whole.push((format!("svg of {}", names.join(", ")), String::new()));
                whole.push(("text".to_owned(), std::mem::take(words)));
                drawing = None;
            }
            Some((_, words)) if place == "text" => words.push_str(&text),
            Some((names, _)) => drop(names.insert(place)),
            None if place == "<svg>" => drawing = Some(Default::default()),
            None => whole.push((place, text)),
        }
    }
    whole
}

#[derive(Default)]
struct Parts {
    parts: RefCell<Vec<Part>>,
}

impl Parts {
    fn text(&self, text: &str) {
        let mut parts = self.parts.borrow_mut();
        match parts.last_mut() {
            Some((place, last)) if place == "text" => last.push_str(text),
            _ => parts.push(("text".to_owned(), text.to_owned())),
        }
    }
}

impl TokenSink for Parts {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text(&text),
            Token::NullCharacterToken => self.text("\0"),
            Token::CommentToken(text) => self.parts.borrow_mut().push(("comment".to_owned(), text.to_string())),
            Token::TagToken(tag) => {
                let mut parts = self.parts.borrow_mut();
                let end = if tag.kind == TagKind::EndTag { "/" } else { "" };
                parts.push((format!("<{end}{}>", tag.name), String::new()));
                // A cell says how it is sorted only where its text doesn't.
                for attribute in tag.attrs.iter().filter(|attribute| &*attribute.name.local != "data-sort") {
                    parts.push((format!("{} {}", tag.name, attribute.name.local), attribute.value.to_string()));
                }
                if tag.kind == TagKind::StartTag {
                    match &*tag.name {
                        "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                        "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                        "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                        _ => (),
                    }
                }
            }
            Token::DoctypeToken(_) | Token::EOFToken | Token::ParseError(_) => (),
        }
        TokenSinkResult::Continue
    }
}

/// Whether a part says a text. Space and case may differ, for titles begin sentences and labels end them.
pub fn says(place: &str, text: &str, expected: &str) -> bool {
    let plain = |text: &str| -> String { text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect() };
    match place {
        _ if text == expected => true,
        "text" if text.starts_with("@misc{") => is_bibtex(text),
        // Made of words and addresses: whatever they are, none runs.
        _ if is_address(place) => !runs(text),
        _ if place.ends_with(" id") => true,
        // Regular expressions.
        "div data-words" | "div data-pattern" => plain(text).replace('\\', "") == plain(expected).replace('\\', ""),
        _ => plain(text) == plain(expected),
    }
}

/// Whether a browser follows what a part says.
pub fn is_address(place: &str) -> bool {
    [" href", " src", " action", " data-to"].iter().any(|attribute| place.ends_with(attribute))
}

/// Whether a browser runs what an address holds.
pub fn runs(address: &str) -> bool {
    let address: String = address.to_lowercase().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    ["javascript:", "data:", "vbscript:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Whether each line is a key with a value in braces, in which TeX finds nothing to do.
fn is_bibtex(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let [_, inner @ .., "}"] = lines.as_slice() else { return false };
    inner.iter().all(|line| {
        let value = line.split_once(" = {").and_then(|(_, value)| value.strip_suffix("},"));
        value.is_some_and(|value| !value.contains(['{', '}']))
    })
}

/// CSV as its cells, without the guards against formulas. Each row says how many cells it has.
pub fn csv(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        parts.push((format!("{} cells", row.len()), String::new()));
        for cell in &row {
            if is_formula(cell) {
                return Err(format!("a spreadsheet takes {cell:?} for a formula"));
            }
            parts.push(("cell".to_owned(), bandbook::site::unguarded(cell).into_owned()));
        }
    }
    Ok(parts)
}

/// Whether a spreadsheet calculates a cell; numbers and shares with a sign are what they say.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && cell.trim_end_matches('%').parse::<f64>().is_err()
}

/// JSON as its keys and texts.
pub fn json(text: &str) -> Result<Vec<Part>, String> {
    fn walk(value: &serde_json::Value, path: &str, parts: &mut Vec<Part>) {
        match value {
            serde_json::Value::Object(entries) => {
                for (key, value) in entries {
                    walk(value, &format!("{path}.{key}"), parts);
                }
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| walk(value, path, parts)),
            serde_json::Value::String(text) => parts.push((path.to_owned(), text.clone())),
            other => parts.push((path.to_owned(), other.to_string())),
        }
    }
    let mut parts = Vec::new();
    walk(&serde_json::from_str(text).map_err(|error| error.to_string())?, "", &mut parts);
    Ok(parts)
}

/// What a text holds that a terminal would obey, or that hides what it says.
pub fn obeyed(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// A line of a workflow's log that starts a command other than an annotation of ours, or one with a property that is not ours.
pub fn foreign_command(log: &str) -> Option<&str> {
    let is_ours = |line: &str| {
        let Some(rest) = ["::error ", "::warning "].iter().find_map(|kind| line.strip_prefix(kind)) else {
            return false;
        };
        let Some((properties, _)) = rest.split_once("::") else { return false };
        let keys = ["file", "line", "col", "endLine", "endColumn", "title"];
        properties.split(',').all(|one| one.split_once('=').is_some_and(|(key, _)| keys.contains(&key)))
    };
    // The runner ends a line at a carriage return as well.
    log.split(['\n', '\r']).find(|line| (line.trim_start().starts_with("::") || line.contains("##[")) && !is_ours(line))
}

/// An element of a summary's Markdown, as GitHub shows it, that no summary of ours has.
pub fn foreign_element(markdown: &str) -> Option<String> {
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut shown = String::new();
    pulldown_cmark::html::push_html(&mut shown, pulldown_cmark::Parser::new_ext(markdown, options));
    let ours = ["h3", "ul", "li", "strong", "br", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "pre"];
    let ours = |name: &str| ours.contains(&name) || matches!(name, "details" | "summary");
    html(&shown).into_iter().map(|(place, _)| place).find(|place| {
        let name = place.trim_matches(['<', '>', '/']);
        place != "text" && name != "code class" && !ours(name)
    })
}
