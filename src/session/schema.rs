//! JSON Schema (draft-07) of every file that editors write, from the field tables that the files are held against, so
//! that editors complete keys and check values while one types.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::codes;
use crate::config;
use crate::content;
use crate::data::KINDS;
use crate::diagnostic::Failure;
use crate::document::{Field, Shape};
use crate::emit;

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
const PART: &str = "[a-z0-9]+(-[a-z0-9]+)*";
const DATE: &str = "^[0-9]{4}(-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?$";

/// All schemas as one document, each under `definitions`.
pub fn schema() -> String {
    let definitions: Map<String, Value> =
        definitions().into_iter().map(|(name, title, schema)| (name, titled(&title, schema))).collect();
    written(&json!({ "$schema": DRAFT, "title": "bandbook", "definitions": definitions }))
}

/// Writes one file a schema into a folder, which is made where it is missing.
///
/// # Errors
/// When the system refuses to write.
pub fn write_schema(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for (name, title, schema) in definitions() {
        let mut whole = titled(&title, schema);
        if let Some(whole) = whole.as_object_mut() {
            whole.insert("$schema".to_owned(), json!(DRAFT));
            if name == "data" {
                let kinds: Map<String, Value> = kinds().into_iter().map(|(name, _, schema)| (name, schema)).collect();
                whole.insert("definitions".to_owned(), Value::Object(kinds));
            }
        }
        let file = format!("{name}.json");
        emit::put(&folder.join(&file), written(&whole).as_bytes())?;
        names.push(file);
    }
    Ok(names)
}

/// Name, title and schema.
type Definition = (String, String, Value);

fn definitions() -> Vec<Definition> {
    let mut all = vec![
        ("site".to_owned(), "content/site.toml".to_owned(), site()),
        ("front-matter".to_owned(), "Front matter of a page".to_owned(), of_fields(content::FRONT_MATTER_FIELDS)),
        ("data".to_owned(), "A file of content/data/".to_owned(), data()),
    ];
    all.extend(kinds());
    all
}

fn kinds() -> Vec<Definition> {
    let of_kind = |kind: &crate::data::Kind| {
        let mut schema = of_shape(&kind.shape);
        if let Some(says) = schema.pointer_mut("/properties/kind") {
            *says = json!({ "const": kind.name, "description": "What the file holds." });
        }
        (kind.name.to_owned(), format!("A data set of kind \"{}\"", kind.name), schema)
    };
    KINDS.iter().map(of_kind).collect()
}

/// Any data file: its `kind` says which of the others it must be.
fn data() -> Value {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let choices: Vec<Value> = names
        .iter()
        .map(|name| {
            let says = json!({ "kind": { "const": name } });
            // What doesn't say its kind is a table.
            let is_kind = match *name {
                "table" => json!({ "properties": says }),
                _ => json!({ "properties": says, "required": ["kind"] }),
            };
            json!({ "if": is_kind, "then": { "$ref": format!("#/definitions/{name}") } })
        })
        .collect();
    json!({
        "type": "object",
        "properties": { "kind": { "enum": names, "description": "What the file holds; a table where it doesn't say." } },
        "allOf": choices,
    })
}

/// The site's settings, with each rule by its name.
fn site() -> Value {
    let mut schema = of_fields(config::FIELDS);
    if let Some(rules) = schema.pointer_mut("/properties/rules") {
        let about = rules["description"].clone();
        let severity = rules["additionalProperties"].clone();
        let known = codes().into_iter().filter(|code| code.rule).map(|code| {
            let mut rule = severity.clone();
            rule["description"] = json!(code.what);
            (code.name.to_owned(), rule)
        });
        let known: Map<String, Value> = known.collect();
        *rules = json!({ "type": "object", "description": about, "properties": known, "additionalProperties": false });
    }
    schema
}

fn titled(title: &str, schema: Value) -> Value {
    let mut whole = Map::new();
    whole.insert("title".to_owned(), json!(title));
    if let Value::Object(schema) = schema {
        whole.extend(schema);
    }
    Value::Object(whole)
}

fn of_fields(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let alternatives: Vec<Value> =
        fields.iter().filter(|field| field.alternative).map(|field| json!({ "required": [field.name] })).collect();
    if !alternatives.is_empty() {
        schema["oneOf"] = json!(alternatives);
    }
    schema
}

fn property(field: &Field) -> Value {
    let mut schema = of_shape(&field.shape);
    let about = match field.shape {
        Shape::Markdown => format!("{} Inline Markdown, in which figures are bound.", field.about),
        _ => field.about.to_owned(),
    };
    schema["description"] = json!(about);
    schema
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Markdown => json!({ "type": "string" }),
        Shape::Id => json!({ "type": "string", "pattern": format!("^{PART}(\\.{PART})*$") }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Date => {
            json!({ "anyOf": [{ "type": "string", "pattern": DATE }, { "type": "integer", "minimum": 1, "maximum": 9999 }] })
        }
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::List(inner) => json!({ "type": "array", "items": of_shape(inner) }),
        Shape::Names(inner) => {
            json!({ "type": "array", "items": of_shape(inner), "minItems": 1, "uniqueItems": true })
        }
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(of_shape).collect::<Vec<_>>() }),
        Shape::Table(fields) => of_fields(fields),
        Shape::Open(fields, other) => {
            let mut schema = of_fields(fields);
            schema["additionalProperties"] = of_shape(other);
            schema
        }
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": of_shape(inner) }),
        Shape::ByReader(Shape::Date) => json!({ "anyOf": [of_shape(&Shape::Date), { "const": "unstated" }] }),
        Shape::ByReader(inner) => of_shape(inner),
        Shape::Anything => json!({}),
    }
}

fn written(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
