//! TOML documents as trees, written so that each value's place is known, and all places where a field table takes a string.

use std::ops::Range;

use bandbook::document::{Field, Shape};
use toml::de::{DeTable, DeValue};

/// A TOML value.
#[derive(Clone)]
pub enum Toml {
    Text(String),
    /// A number, a date or a boolean, as typed.
    Bare(String),
    List(Vec<Toml>),
    Table(Vec<(String, Toml)>),
}

/// The keys and indexes that lead to a value.
pub type Path = Vec<String>;

/// A place that takes a string.
pub struct Spot {
    pub path: Path,
    /// The same with `*` for what authors name or count: `table.row.*.title`.
    pub field: String,
    pub shape: &'static Shape,
}

impl Toml {
    pub fn parse(text: &str) -> Self {
        of_table(DeTable::parse(text).unwrap().get_ref())
    }

    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(entries) => entries.iter().find(|(own, _)| own == key).map(|(_, value)| value),
            Self::List(values) => values.get(key.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The text at a path.
    pub fn text(&self, path: &[String]) -> Option<&str> {
        match (path, self) {
            ([], Self::Text(text)) => Some(text),
            ([], _) => None,
            ([key, rest @ ..], _) => self.get(key)?.text(rest),
        }
    }

    /// Puts a text at a path, and what is missing on the way.
    pub fn set(&mut self, path: &[String], text: &str) {
        let Some((key, rest)) = path.split_first() else {
            *self = Self::Text(text.to_owned());
            return;
        };
        if !matches!(self, Self::List(_) | Self::Table(_)) {
            *self = if key == "0" { Self::List(Vec::new()) } else { Self::Table(Vec::new()) };
        }
        match self {
            Self::List(values) => {
                let at: usize = key.parse().unwrap();
                if values.len() <= at {
                    values.push(Self::Text(String::new()));
                }
                values[at].set(rest, text);
            }
            Self::Table(entries) => match entries.iter_mut().find(|(own, _)| own == key) {
                Some((_, value)) => value.set(rest, text),
                None => {
                    let mut value = Self::Text(String::new());
                    value.set(rest, text);
                    entries.push((key.clone(), value));
                }
            },
            _ => (),
        }
    }

    /// Writes a document, one key a line, and notes the range of each value with its path.
    pub fn write(&self, out: &mut String, places: &mut Vec<(Path, Range<usize>)>) {
        let Self::Table(entries) = self else { return };
        for (key, value) in entries {
            out.push_str(&format!("{} = ", quoted(key)));
            value.write_value(&mut vec![key.clone()], out, places);
            out.push('\n');
        }
    }

    fn write_value(&self, path: &mut Path, out: &mut String, places: &mut Vec<(Path, Range<usize>)>) {
        let start = out.len();
        match self {
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Bare(text) => out.push_str(text),
            Self::List(values) => {
                out.push('[');
                for (at, value) in values.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    path.push(at.to_string());
                    value.write_value(path, out, places);
                    path.pop();
                }
                out.push(']');
            }
            Self::Table(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    out.push_str(&format!("{} {} = ", if at == 0 { "" } else { "," }, quoted(key)));
                    path.push(key.clone());
                    value.write_value(path, out, places);
                    path.pop();
                }
                out.push_str(" }");
            }
        }
        places.push((path.clone(), start..out.len()));
    }
}

fn of_table(table: &DeTable<'_>) -> Toml {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Toml::Table(
        entries.into_iter().map(|(key, value)| (key.get_ref().to_string(), of_value(value.get_ref()))).collect(),
    )
}

fn of_value(value: &DeValue<'_>) -> Toml {
    match value {
        DeValue::String(text) => Toml::Text(text.to_string()),
        DeValue::Integer(digits) => Toml::Bare(digits.as_str().to_owned()),
        DeValue::Float(digits) => Toml::Bare(digits.as_str().to_owned()),
        DeValue::Boolean(value) => Toml::Bare(value.to_string()),
        DeValue::Datetime(date) => Toml::Bare(date.to_string()),
        DeValue::Array(values) => Toml::List(values.iter().map(|value| of_value(value.get_ref())).collect()),
        DeValue::Table(table) => of_table(table),
    }
}

/// A text as TOML; controls are escaped, since they can't be typed.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// All places of a document that take a string, those too at which it has none yet.
pub fn spots(fields: &'static [Field], value: &Toml, name: &str) -> Vec<Spot> {
    let mut spots = Vec::new();
    of_fields(fields, Some(value), &mut Vec::new(), name, &mut spots);
    spots
}

/// The same for a whole shape.
pub fn spots_of(shape: &'static Shape, value: &Toml, name: &str) -> Vec<Spot> {
    let mut spots = Vec::new();
    of_shape(shape, Some(value), &mut Vec::new(), name, &mut spots);
    spots
}

fn of_fields(fields: &'static [Field], value: Option<&Toml>, path: &mut Path, name: &str, spots: &mut Vec<Spot>) {
    for field in fields {
        // One of the table's alternatives is there, and a second one would be a mistake; so would an end of a range without the other.
        let present = value.and_then(|value| value.get(field.name));
        if present.is_some() || !(field.alternative || matches!(field.shape, Shape::ByReader(_))) {
            path.push(field.name.to_owned());
            of_shape(&field.shape, present, path, &format!("{name}.{}", field.name), spots);
            path.pop();
        }
    }
}

fn of_shape(shape: &'static Shape, value: Option<&Toml>, path: &mut Path, name: &str, spots: &mut Vec<Spot>) {
    let mut below = |key: &str, value: Option<&Toml>, shape: &'static Shape, spots: &mut Vec<Spot>| {
        path.push(key.to_owned());
        of_shape(shape, value, path, &format!("{name}.*"), spots);
        path.pop();
    };
    match (shape, value) {
        (Shape::Table(fields), _) => of_fields(fields, value, path, name, spots),
        (Shape::Open(fields, other), Some(Toml::Table(entries))) => {
            of_fields(fields, value, path, name, spots);
            for (key, value) in entries.iter().filter(|(key, _)| fields.iter().all(|field| field.name != key)) {
                path.push(key.clone());
                of_shape(other, Some(value), path, &format!("{name}.*"), spots);
                path.pop();
            }
        }
        (Shape::Map(inner), Some(Toml::Table(entries))) => {
            entries.iter().for_each(|(key, value)| below(key, Some(value), inner, spots));
        }
        (Shape::Map(inner @ Shape::Anything), None) => below("added", None, inner, spots),
        (Shape::List(inner) | Shape::Names(inner), Some(Toml::List(values))) if !values.is_empty() => {
            values.iter().enumerate().for_each(|(at, value)| below(&at.to_string(), Some(value), inner, spots));
        }
        (Shape::List(inner) | Shape::Names(inner), _) if is_string(inner) => below("0", None, inner, spots),
        (Shape::Either(shapes), _) => {
            let fits = |shape: &&'static Shape| match value {
                Some(Toml::Table(_)) => matches!(shape, Shape::Table(_)),
                Some(Toml::List(_)) => matches!(shape, Shape::List(_)),
                Some(Toml::Bare(_)) => !is_string(shape) && !matches!(shape, Shape::Table(_) | Shape::List(_)),
                Some(Toml::Text(_)) | None => is_string(shape),
            };
            let of_no_table = |shape: &&'static Shape| !matches!(shape, Shape::Table(_));
            if let Some(shape) = shapes.iter().find(fits).or_else(|| shapes.iter().rev().find(of_no_table)) {
                of_shape(shape, value, path, name, spots);
            }
        }
        (Shape::ByReader(inner), _) => of_shape(inner, value, path, name, spots),
        (Shape::List(_) | Shape::Names(_) | Shape::Map(_) | Shape::Open(..), _) => (),
        _ => spots.push(Spot { path: path.clone(), field: name.to_owned(), shape }),
    }
}

fn is_string(shape: &Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Markdown | Shape::Id | Shape::Anything)
}

/// The names of all fields of a table that hold text or Markdown, as `Spot::field` names them.
pub fn text_fields(shape: &Shape, name: &str, names: &mut Vec<String>) {
    let mut of = |fields: &[Field]| {
        fields.iter().for_each(|field| text_fields(&field.shape, &format!("{name}.{}", field.name), names));
    };
    match shape {
        Shape::Text | Shape::Markdown => names.push(name.to_owned()),
        Shape::Table(fields) => of(fields),
        Shape::Open(fields, other) => {
            of(fields);
            text_fields(other, &format!("{name}.*"), names);
        }
        Shape::List(inner) | Shape::Names(inner) | Shape::Map(inner) => {
            text_fields(inner, &format!("{name}.*"), names);
        }
        Shape::Either(shapes) => {
            shapes.iter().filter(|shape| !is_string(shape)).for_each(|shape| text_fields(shape, name, names));
        }
        Shape::ByReader(inner) => text_fields(inner, name, names),
        _ => (),
    }
}
