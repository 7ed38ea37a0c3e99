//! Texts and free values of settings, front matter and data as templates get them.

use serde_json::Value as Json;

use crate::content;
use crate::document::{Item, Text, Value};

/// Inline Markdown without its markup.
pub fn plain(text: &Text) -> String {
    if text.text.bytes().any(|byte| matches!(byte, b'[' | b'*' | b'_' | b'`' | b'\\' | b'&' | b'<' | b'!' | b'~')) {
        content::inline(text, &mut Vec::new()).plain
    } else {
        text.text.to_string()
    }
}

/// A text that is no Markdown, as it was typed.
pub fn as_typed(text: &Text) -> String {
    text.text.to_string()
}

/// Free values of `[extra]` for templates.
pub(super) fn extra<'v>(entries: impl Iterator<Item = (&'v str, &'v Value)>) -> Json {
    Json::Object(entries.map(|(key, value)| (key.to_owned(), json(value))).collect())
}

fn json(value: &Value) -> Json {
    match &value.item {
        Item::Text(text) | Item::Date(text) => Json::from(text.as_str()),
        Item::Integer(digits) => digits.parse::<i64>().map_or_else(|_| Json::from(digits.as_str()), Json::from),
        Item::Float(digits) => digits.parse::<f64>().map_or_else(|_| Json::from(digits.as_str()), Json::from),
        Item::Boolean(value) => Json::from(*value),
        Item::List(values) => Json::Array(values.iter().map(json).collect()),
        Item::Table(table) => extra(table.entries.iter().map(|entry| (entry.key.as_str(), &entry.value))),
    }
}
