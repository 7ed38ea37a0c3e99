//! Values that know where they stand.

use std::sync::Arc;

use crate::diagnostic::{Place, Reported, Source, Span};
use crate::work;

/// A table's entries in the order of the file.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file.
    pub source: Arc<Source>,
    /// Where the table stands; for a whole document, all of it.
    pub span: Span,
    /// Key and value in the order of the file.
    pub entries: Vec<Entry>,
    /// Set once a problem with its own keys was reported: a key that it lacks may be there under a wrong name.
    pub reported: Option<Reported>,
}

/// One key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key, unquoted.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Value,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub item: Item,
    /// The file.
    pub source: Arc<Source>,
    /// Where it stands, quotes and brackets included.
    pub span: Span,
}

/// What a value is. Numbers keep the digits as they were written, without underscores.
#[derive(Clone, Debug)]
pub enum Item {
    /// A string.
    Text(String),
    /// A whole number's digits, base ten.
    Integer(String),
    /// A decimal number's digits.
    Float(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A TOML date, as it was written.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

/// A string with the place of each of its characters, as far as TOML's escapes allow.
#[derive(Clone, Debug)]
pub struct Text {
    /// The string.
    pub text: Arc<str>,
    /// Where it stands in the file: the characters between the quotes when `exact`, else the whole value.
    pub place: Place,
    /// Whether byte `n` of the text is byte `place.span.start + n` of the file.
    pub exact: bool,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().inspect(|_| work::steps(1)).find(|entry| entry.key == key)
    }

    /// A key's string with its place.
    pub fn text(&self, key: &str) -> Option<Text> {
        self.get(key).and_then(Value::text)
    }

    /// A key's string.
    pub fn str(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    /// A key's boolean.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        match self.get(key)?.item {
            Item::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// A key's whole number, where it fits.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match &self.get(key)?.item {
            Item::Integer(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// A key's list; a missing key is an empty one.
    pub fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Value::as_list).unwrap_or(&[])
    }

    /// A key's table.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.get(key).and_then(Value::as_table)
    }

    /// The strings of a key's list, or the one string that it has, with their places.
    pub fn texts(&self, key: &str) -> Vec<Text> {
        let one = self.text(key).into_iter();
        self.list(key).iter().filter_map(Value::text).chain(one).collect()
    }

    /// Where the table stands.
    pub fn place(&self) -> Place {
        Place::new(&self.source, self.span)
    }

    /// The proof of a problem with its keys, or with those of a table inside.
    pub fn fault(&self) -> Option<Reported> {
        let inside = |value: &Value| match &value.item {
            Item::Table(table) => table.fault(),
            Item::List(values) => values.iter().filter_map(Value::as_table).find_map(Table::fault),
            _ => None,
        };
        self.reported.or_else(|| self.entries.iter().find_map(|entry| inside(&entry.value)))
    }
}

impl Entry {
    /// Where the key stands.
    pub fn key_place(&self) -> Place {
        Place::new(&self.value.source, self.key_span)
    }
}

impl Value {
    /// Where the value stands.
    pub fn place(&self) -> Place {
        Place::new(&self.source, self.span)
    }

    /// The string, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.item {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list, where it is one.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.item {
            Item::List(values) => Some(values),
            _ => None,
        }
    }

    /// The table, where it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.item {
            Item::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The string with its place, where it is one.
    pub fn text(&self) -> Option<Text> {
        let text = self.as_str()?;
        if text.is_empty() {
            // Nothing stands between the quotes, so that they are its place.
            return Some(Text { text: "".into(), place: self.place(), exact: false });
        }
        let raw = self.source.slice(self.span);
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let inner = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or("");
        // A multi-line string may open with a line break that is not part of it.
        let skipped = if inner == text {
            Some(0)
        } else {
            ["\n", "\r\n"].iter().find(|lead| inner.strip_prefix(**lead) == Some(text)).map(|lead| lead.len())
        };
        Some(match skipped {
            Some(skipped) => {
                let start = self.span.start as usize + quotes + skipped;
                Text { text: text.into(), place: Place::new(&self.source, start..start + text.len()), exact: true }
            }
            None => Text { text: text.into(), place: self.place(), exact: false },
        })
    }

    /// "text", "a number" and so on, for messages.
    pub fn kind(&self) -> &'static str {
        match self.item {
            Item::Text(_) => "text",
            Item::Integer(_) => "a whole number",
            Item::Float(_) => "a decimal number",
            Item::Boolean(_) => "true or false",
            Item::Date(_) => "a date",
            Item::List(_) => "a list",
            Item::Table(_) => "a table",
        }
    }
}

impl Text {
    /// The place of a range of the text's bytes: exact where the string has no escapes, else the whole string's.
    pub fn place_of(&self, range: std::ops::Range<usize>) -> Place {
        if !self.exact {
            return self.place.clone();
        }
        let base = self.place.span.start as usize;
        Place::new(&self.place.source, base + range.start..base + range.end)
    }
}
