//! The free texts of a document: every string that a field table declares to be inline Markdown.

use super::field::{Field, Shape};
use super::value::{Item, Table, Text, Value};

/// The texts of a table that are inline Markdown, in the order of the file. Blank ones are left out.
pub fn prose(table: &Table, shape: &Shape) -> Vec<Text> {
    let mut texts = Vec::new();
    of_table(table, shape, &mut texts);
    texts
}

fn of_table(table: &Table, shape: &Shape, texts: &mut Vec<Text>) {
    let find =
        |fields: &&'static [Field], key: &str| fields.iter().find(|field| field.name == key).map(|field| &field.shape);
    for entry in &table.entries {
        let inner = match shape {
            Shape::Table(fields) => find(fields, &entry.key),
            Shape::Open(fields, other) => find(fields, &entry.key).or(Some(other)),
            Shape::Map(inner) => Some(*inner),
            _ => None,
        };
        if let Some(inner) = inner {
            of_value(&entry.value, inner, texts);
        }
    }
}

fn of_value(value: &Value, shape: &Shape, texts: &mut Vec<Text>) {
    match (&value.item, shape) {
        (_, Shape::ByReader(inner)) => of_value(value, inner, texts),
        (Item::Text(text), Shape::Markdown) if !text.trim().is_empty() => texts.extend(value.text()),
        (Item::List(values), Shape::List(inner) | Shape::Names(inner)) => {
            values.iter().for_each(|value| of_value(value, inner, texts))
        }
        (Item::Table(table), Shape::Table(_) | Shape::Open(..) | Shape::Map(_)) => of_table(table, shape, texts),
        (Item::Table(_) | Item::List(_), Shape::Either(shapes)) => {
            shapes.iter().for_each(|shape| of_value(value, shape, texts));
        }
        (Item::Text(_), Shape::Either(shapes)) if shapes.iter().any(|shape| matches!(shape, Shape::Markdown)) => {
            of_value(value, &Shape::Markdown, texts);
        }
        _ => (),
    }
}
