//! Shapes in words: what a key takes, and how one would type it.

use super::field::Shape;
use super::value::{Item, Value};

/// What an item of a list is called in place of a key.
pub(super) const ITEM: &str = "each item";

/// What an author may have meant by a value of a wrong shape, else any that has the right one.
pub(super) fn meant(value: &Value, key: &str, shape: &Shape) -> String {
    let is_text = |shape: &Shape| matches!(shape, Shape::Text | Shape::Markdown | Shape::Id);
    let value = match (&value.item, shape) {
        (item, Shape::ByReader(inner)) if !matches!(item, Item::Table(_)) => return meant(value, key, inner),
        (Item::Text(text), Shape::Boolean) => match &*text.to_lowercase() {
            "no" | "false" | "off" => "false".to_owned(),
            "yes" | "true" | "on" => "true".to_owned(),
            _ => "true, or false".to_owned(),
        },
        (Item::Text(text), Shape::Integer) if text.parse::<i64>().is_ok() => format!("{text}, without quotes"),
        (Item::Float(digits), Shape::Integer) => digits.split('.').next().unwrap_or("1").to_owned(),
        (Item::Text(_), Shape::Integer) => return "a whole number, such as 1".to_owned(),
        (Item::Text(_), Shape::Number) => return "a number, such as 1_000, without quotes".to_owned(),
        (Item::Text(text), Shape::List(inner) | Shape::Names(inner))
            if is_text(inner) && !text.contains(['"', '\\', '\n']) =>
        {
            format!("[\"{text}\"]")
        }
        (Item::Integer(digits) | Item::Float(digits), shape) if is_text(shape) => format!("\"{digits}\""),
        (Item::List(values), shape) if is_text(shape) => match values.as_slice() {
            [Value { item: Item::Text(text), .. }] if !text.contains(['"', '\\', '\n']) => format!("\"{text}\""),
            _ => "\"…\"".to_owned(),
        },
        _ => return sample(key, shape),
    };
    if key == ITEM { value } else { format!("{key} = {value}") }
}

/// What a shape takes, for "takes X, not Y".
pub(super) fn takes(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Markdown | Shape::Id => "text".into(),
        Shape::Boolean => "true or false".into(),
        Shape::Integer => "a whole number".into(),
        Shape::Number => "a number".into(),
        Shape::Date => "a date".into(),
        Shape::OneOf(words) => format!("one of {}", quoted(words)),
        Shape::List(_) | Shape::Names(_) => "a list".into(),
        Shape::Either(shapes) => {
            let mut kinds: Vec<String> = shapes.iter().map(takes).collect();
            kinds.dedup();
            kinds.join(" or ")
        }
        Shape::Table(_) | Shape::Open(..) | Shape::Map(_) => "a table".into(),
        Shape::ByReader(shape) => takes(shape),
        Shape::Anything => "anything".into(),
    }
}

/// How one would type it.
pub(super) fn sample(key: &str, shape: &Shape) -> String {
    let value = match shape {
        Shape::Text | Shape::Markdown | Shape::Id => "\"…\"".to_owned(),
        Shape::Boolean => "true".into(),
        Shape::Integer => "1".into(),
        Shape::Number => "1_000".into(),
        Shape::Date => "\"2026-01-31\"".into(),
        Shape::OneOf(words) => format!("\"{}\"", words.first().unwrap_or(&"")),
        Shape::List(Shape::Text | Shape::Markdown | Shape::Id) => "[\"…\"]".into(),
        Shape::Names(_) => "[\"…\"]".into(),
        Shape::List(_) => "[…]".into(),
        Shape::Either(shapes) => return shapes.first().map_or_else(String::new, |shape| sample(key, shape)),
        Shape::Table(_) | Shape::Open(..) | Shape::Map(_) => return format!("it as a table: [{key}]"),
        Shape::ByReader(shape) => return sample(key, shape),
        Shape::Anything => "…".into(),
    };
    format!("{key} = {value}")
}

pub(super) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
