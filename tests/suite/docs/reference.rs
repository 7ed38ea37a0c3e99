//! The reference of all keys, as a page: from the tables that files are held against.

use std::fmt::Write as _;

use bandbook::config;
use bandbook::content::{BLOCK_FIELDS, FRONT_MATTER_FIELDS};
use bandbook::data::KINDS;
use bandbook::document::{Field, Shape};

/// The whole page.
pub fn page() -> String {
    let mut text = String::from(
        "# Every key\n\n\
         <!-- Made from the code by `UPDATE_DOCS=1 cargo test --test suite docs`; don't edit it by hand. -->\n\n\
         Keys in bold are required; of those in italics, exactly one is. `ID` stands for a name of your own. [The guide](site-makers.md) says what they are for, and\n\
         `bandbook schema` gives the same to editors.\n",
    );
    section(&mut text, "`content/site.toml`", config::FIELDS);
    section(&mut text, "Front matter of a page", FRONT_MATTER_FIELDS);
    for (first_line, fields) in BLOCK_FIELDS {
        section(&mut text, &format!("Block `{first_line}`"), fields);
    }
    let all: Vec<&[Field]> = KINDS.iter().map(|kind| top(&kind.shape)).collect();
    let everywhere = |field: &Field| all.iter().all(|fields| fields.iter().any(|other| other.name == field.name));
    text.push_str("\n## Data sets of every kind\n\n");
    table(&mut text, all.first().into_iter().copied().flatten().filter(|field| everywhere(field)), "", &[]);
    for kind in KINDS {
        let _ = write!(text, "\n## Data sets of kind `{}`\n\n", kind.name);
        let fields = top(&kind.shape);
        if fields.iter().any(|field| field.name == "as_of") {
            text.push_str(
                "Columns, rows and cells may give those from `subject` to `precision` anew; the nearest wins.\n\n",
            );
        }
        table(&mut text, fields.iter().filter(|field| !everywhere(field)), "", fields);
        if let Shape::Open(_, entry) = &kind.shape {
            rows(&mut text, entry, "ID", fields);
        }
    }
    text
}

fn section(text: &mut String, heading: &str, fields: &[Field]) {
    let _ = write!(text, "\n## {heading}\n\n");
    table(text, fields.iter(), "", &[]);
}

fn top(shape: &Shape) -> &'static [Field] {
    match shape {
        Shape::Table(fields) | Shape::Open(fields, _) => fields,
        _ => &[],
    }
}

fn table<'a>(text: &mut String, fields: impl Iterator<Item = &'a Field>, prefix: &str, known: &[Field]) {
    text.push_str("| key | value | what it is |\n|---|---|---|\n");
    fields.for_each(|field| row(text, field, prefix, known));
}

fn row(text: &mut String, field: &Field, prefix: &str, known: &[Field]) {
    let name = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
    let key = match field {
        Field { required: true, .. } => format!("**`{name}`**"),
        Field { alternative: true, .. } => format!("*`{name}`*"),
        _ => format!("`{name}`"),
    };
    let _ = writeln!(text, "| {key} | {} | {} |", value(&field.shape), cell(field.about));
    rows(text, &field.shape, &name, known);
}

/// The keys of the tables inside a value. Those that the whole set has too are not repeated.
fn rows(text: &mut String, shape: &Shape, prefix: &str, known: &[Field]) {
    let is_new = |field: &&Field| !known.iter().any(|other| other.name == field.name && other.about == field.about);
    match shape {
        Shape::Table(fields) => fields.iter().filter(is_new).for_each(|field| row(text, field, prefix, known)),
        Shape::Open(fields, entry) => {
            fields.iter().filter(is_new).for_each(|field| row(text, field, prefix, known));
            rows(text, entry, &format!("{prefix}.ID"), known);
        }
        Shape::Map(entry) => rows(text, entry, &format!("{prefix}.ID"), known),
        Shape::List(entry) | Shape::Names(entry) | Shape::ByReader(entry) => rows(text, entry, prefix, known),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| rows(text, shape, prefix, known)),
        _ => (),
    }
}

/// What a value looks like, in words.
fn value(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Markdown => "inline Markdown".to_owned(),
        Shape::Id => "an id".to_owned(),
        Shape::Boolean => "`true` or `false`".to_owned(),
        Shape::Integer => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::OneOf(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Shape::List(entry) | Shape::Names(entry) => match &**entry {
            Shape::Table(_) | Shape::Open(..) => "tables".to_owned(),
            entry => format!("a list: {}", value(entry)),
        },
        Shape::Either(shapes) => shapes.iter().map(value).collect::<Vec<_>>().join("; or "),
        Shape::Table(_) | Shape::Open(..) => "a table".to_owned(),
        Shape::Map(entry) => match &**entry {
            Shape::Table(_) | Shape::Open(..) => "tables, each under an id".to_owned(),
            entry => format!("under each id: {}", value(entry)),
        },
        Shape::ByReader(shape) => value(shape),
        Shape::Anything => "anything".to_owned(),
    }
}

/// Text that can stand in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('[', "\\[")
}
