//! Reads TOML with every syntax error at once, and holds it against a field table.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::{Field, Shape};
use super::hidden::{self, HIDDEN};
use super::names;
use super::shape::{ITEM, meant, quoted, sample, takes};
use super::syntax::{self, SYNTAX};
use super::value::{Entry, Item, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Known, Place, Report, Reported, Severity, Source, Span, is_slip, nearest};

/// The codes that this room raises.
pub static CODES: &[&Code] =
    &[&SYNTAX, &UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &HIDDEN, &names::EMPTY, &names::REPEATED];

static UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    severity: Severity::Error,
    rule: false,
    what: "The table holds a key that it does not know.",
    why: "A mistyped key would otherwise be ignored, and what it says would quietly not happen.",
    example: "titel = \"Bands\"",
    mend: "Use one of the known keys; the message names the nearest one.",
};
static MISSING_KEY: Code = Code {
    name: "missing-key",
    severity: Severity::Error,
    rule: false,
    what: "The table lacks a key that it must hold.",
    why: "What the key says can't be guessed.",
    example: "kind = \"bands\"   # and no title",
    mend: "Add the key that the message names.",
};
static WRONG_TYPE: Code = Code {
    name: "wrong-type",
    severity: Severity::Error,
    rule: false,
    what: "A key's value is not of the kind that the key takes.",
    why: "A list in place of a text, say, can't be understood.",
    example: "title = 5",
    mend: "Write the value as the message says: text between quotes, lists between brackets, numbers bare.",
};

/// A document, read as far as its syntax lets it.
pub struct Document {
    /// Its root table. Where the syntax is broken, entries may be missing or be in another table.
    pub table: Table,
    /// Err where the syntax is broken, so that nothing can be said of what the document holds.
    pub whole: Known<()>,
}

/// Reads the TOML at `span` of a source, holds it against `fields`, and gives what `reader` makes of it. Values of a wrong shape
/// are left out.
///
/// A syntax error is all that is reported of a document: nothing else in it is certain then, and the second value is Err.
pub fn parse<T>(
    source: &Arc<Source>,
    span: Span,
    fields: &'static [Field],
    diagnostics: &mut Vec<Diagnostic>,
    reader: impl FnOnce(&Table, &mut Vec<Diagnostic>) -> T,
) -> (T, Known<()>) {
    let Document { mut table, whole } = read(source, span, diagnostics);
    let mut uncertain = Vec::new();
    let sink = if whole.is_ok() { diagnostics } else { &mut uncertain };
    check_table(&mut table, fields, None, sink);
    (reader(&table, sink), whole)
}

/// Reads the TOML at `span` of a source, for readers that learn its fields from what it holds.
pub fn read(source: &Arc<Source>, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let (root, errors) = DeTable::parse_recoverable(source.slice(span));
    let mut whole = Ok(());
    for problem in syntax::problems(source, span, &errors) {
        whole = Err(diagnostics.report(problem));
    }
    let reader = Reader { source, offset: span.start };
    let mut table = reader.table(root.get_ref(), span);
    if whole.is_ok() {
        hidden::in_escapes(&table, diagnostics);
    }
    table.reported = whole.err();
    Document { table, whole }
}

/// Holds a table that was read before against a shape that takes tables. Unknown and misshapen keys are reported, and left out
/// of it afterwards.
pub fn hold(table: &mut Table, shape: &'static Shape, diagnostics: &mut Vec<Diagnostic>) {
    match shape {
        Shape::Table(fields) => check_table(table, fields, None, diagnostics),
        Shape::Open(fields, rest) => check_table(table, fields, Some(rest), diagnostics),
        Shape::Map(inner) => check_map(table, inner, diagnostics),
        _ => (),
    }
}

/// Reports a key that is none of the `known` ones, with the nearest of them.
pub fn unknown_key(entry: &Entry, known: &[&str]) -> Diagnostic {
    let place = entry.key_place();
    let problem = Diagnostic::new(&UNKNOWN_KEY, &place, format!("unknown key `{}`", entry.key));
    match nearest(&entry.key, known.iter().copied()) {
        Some(name) => problem.help(format!("did you mean `{name}`?")),
        None if known.is_empty() => problem.help("remove it: nothing may stand here"),
        None => {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let one_of = if names.len() > 1 { "one of " } else { "" };
            problem.help(format!("remove it, or use {one_of}{}", names.join(", ")))
        }
    }
}

/// Reports a value that has not the shape that its key takes.
pub fn wrong_shape(value: &Value, key: &str, shape: &Shape) -> Diagnostic {
    let place = value.place();
    let named = if key == ITEM { key.to_owned() } else { format!("`{key}`") };
    if let (Some(text), Shape::OneOf(words)) = (value.as_str(), shape) {
        let problem = Diagnostic::new(&WRONG_TYPE, &place, format!("{named} can't be \"{text}\""));
        return match nearest(text, words.iter().copied()) {
            Some(word) => problem.help(format!("did you mean \"{word}\"?")),
            None => problem.help(format!("write one of {}", quoted(words))),
        };
    }
    let problem = Diagnostic::new(&WRONG_TYPE, &place, format!("{named} takes {}, not {}", takes(shape), value.kind()));
    let head = place.text();
    match (&value.item, shape) {
        (Item::List(_), Shape::Table(_) | Shape::Open(..) | Shape::Map(_)) if head.starts_with("[[") => {
            let single = head.replace("[[", "[").replace("]]", "]");
            problem.help(format!("write one bracket on either side: {single}"))
        }
        (Item::Table(_), Shape::List(Shape::Table(_) | Shape::Open(..))) => {
            let double = if head.starts_with('[') { format!("[{head}]") } else { format!("[[{key}]]") };
            problem.help(format!("write two brackets, once for each: {double}"))
        }
        (_, Shape::List(Shape::Table(_) | Shape::Open(..))) => {
            problem.help(format!("write each below a line [[{key}]]"))
        }
        _ => problem.help(format!("write {}", meant(value, key, shape))),
    }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    offset: u32,
}

impl Reader<'_> {
    /// A range of the parsed text as a span of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }

    fn table(&self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .filter(|(_, value)| self.is_written(value))
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(key.span()),
                value: self.value(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { source: Arc::clone(self.source), span, entries, reported: None }
    }

    /// Whether the value is the file's own: what the parser puts in the place of a broken one is text without quotes.
    fn is_written(&self, value: &Spanned<DeValue<'_>>) -> bool {
        let raw = self.source.slice(self.span(value.span()));
        !matches!(value.get_ref(), DeValue::String(_)) || raw.starts_with(['"', '\''])
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let span = self.span(value.span());
        let item = match value.get_ref() {
            DeValue::String(text) => Item::Text(text.to_string()),
            DeValue::Integer(integer) => match integer.radix() {
                10 => Item::Integer(integer.as_str().to_owned()),
                radix => i128::from_str_radix(integer.as_str(), radix).map_or_else(
                    |_| Item::Integer(integer.as_str().to_owned()),
                    |value| Item::Integer(value.to_string()),
                ),
            },
            DeValue::Float(float) => Item::Float(float.as_str().to_owned()),
            DeValue::Boolean(boolean) => Item::Boolean(*boolean),
            DeValue::Datetime(date) => Item::Date(date.to_string()),
            DeValue::Array(values) => Item::List({
                values.iter().filter(|value| self.is_written(value)).map(|value| self.value(value)).collect()
            }),
            DeValue::Table(table) => Item::Table(self.table(table, span)),
        };
        Value { item, source: Arc::clone(self.source), span }
    }
}

/// Reports unknown, missing and misshapen keys, and removes the first and the last from the table.
/// Where a `rest` is allowed, other keys stay as they are: their reader knows more of them than a shape says.
fn check_table(
    table: &mut Table,
    fields: &'static [Field],
    rest: Option<&'static Shape>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_known = |entry: &Entry| fields.iter().any(|field| field.name == entry.key);
    let unknown: Vec<Entry> = match rest {
        Some(_) => Vec::new(),
        None => table.entries.iter().filter(|entry| !is_known(entry)).cloned().collect(),
    };
    let missing: Vec<&Field> =
        fields.iter().filter(|field| field.required && table.get(field.name).is_none()).collect();
    if unknown.is_empty() {
        let is_there = |field: &&&Field| table.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(field.name));
        let missing: Vec<&Field> = missing.iter().filter(|field| !is_there(field)).copied().collect();
        for field in missing {
            table.reported = Some(diagnostics.report(missing_key(table, field)));
        }
    } else {
        // A key that is missing may be one of the unknown ones.
        let renamed = missing.first().filter(|field| unknown.len() == 1 && fits(&unknown[0].value, &field.shape));
        let help = renamed.map(|field| format!("write `{}`, which is missing, in its place", field.name));
        table.reported = unknown_keys(table, &unknown, fields, help, diagnostics).or(table.reported);
    }
    let mut reported = table.reported;
    table.entries.retain_mut(|entry| {
        let Some(field) = fields.iter().find(|field| field.name == entry.key) else { return rest.is_some() };
        if rest.is_some() && is_entry(&entry.value, &field.shape) {
            reported = Some(diagnostics.report(taken(entry)));
            return false;
        }
        let known = check_value(&mut entry.value, &entry.key, &field.shape, diagnostics);
        reported = known.unwrap_or_else(Some).or(reported);
        known.is_ok()
    });
    table.reported = reported;
}

fn missing_key(table: &Table, field: &Field) -> Diagnostic {
    let place = Place::new(&table.source, first_line(table));
    let what = match (&field.shape, place.text().starts_with('{')) {
        (Shape::Table(_) | Shape::Open(..) | Shape::Map(_), _) => format!("a table `[{}]`", field.name),
        (Shape::List(Shape::Table(_) | Shape::Open(..)), _) => format!("`[[{}]]`, once for each", field.name),
        (shape, true) => format!("`{}` between the braces", sample(field.name, shape)),
        (shape, false) => format!("a line `{}`", sample(field.name, shape)),
    };
    Diagnostic::new(&MISSING_KEY, &place, format!("`{}` is missing", field.name))
        .help(format!("add {what}: {}", lower_first(field.about)))
}

/// Reports the unknown keys of a table. Those that are like a known one are mistakes each; the others are one, since several
/// of them most often lack the head of their table.
fn unknown_keys(
    table: &Table,
    unknown: &[Entry],
    fields: &'static [Field],
    renamed: Option<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Reported> {
    let holds_tables = |shape: &Shape| {
        matches!(shape, Shape::Table(_) | Shape::Map(_) | Shape::List(Shape::Table(_) | Shape::Open(..)))
    };
    let mut far: Option<Diagnostic> = None;
    let mut reported = None;
    for entry in unknown {
        let is_table = entry.value.as_table().is_some()
            || entry.value.as_list().is_some_and(|values| values.iter().any(|value| value.as_table().is_some()));
        // What the table holds already was not meant once more, and a table was meant for a key that takes one.
        let takes = |field: &&Field| match is_table && fields.iter().any(|field| holds_tables(&field.shape)) {
            true => holds_tables(&field.shape),
            false => table.get(field.name).is_none(),
        };
        let free: Vec<&str> = fields.iter().filter(takes).map(|field| field.name).collect();
        let problem = unknown_key(entry, &free);
        let is_near = nearest(&entry.key, free.iter().copied()).is_some();
        if is_near || is_table {
            reported = Some(diagnostics.report(match only_near(table, entry, fields).filter(|_| is_near) {
                Some(name) => problem.edit(&entry.key_place(), name),
                None => problem,
            }));
        } else if let Some(first) = &mut far {
            first.help =
                Some("remove this and what follows, or write the head of their table above them: [name]".into());
        } else {
            far = Some(match &renamed {
                Some(help) => problem.help(help.clone()),
                None => problem,
            });
        }
    }
    far.map(|problem| diagnostics.report(problem)).or(reported)
}

/// The one key that a mistyped one can be: it is one slip away and no other is near, the table lacks it, and it takes such a
/// value.
fn only_near(table: &Table, entry: &Entry, fields: &'static [Field]) -> Option<&'static str> {
    let mut near = fields.iter().filter(|field| nearest(&entry.key, [field.name]).is_some());
    let (field, None) = (near.next()?, near.next()) else { return None };
    let is_free = table.get(field.name).is_none();
    let shape = if let Shape::ByReader(shape) = &field.shape { shape } else { &field.shape };
    (is_free && is_slip(&entry.key, field.name) && fits(&entry.value, shape)).then_some(field.name)
}

/// Whether an author took a table's own key for the id of an entry of theirs.
fn is_entry(value: &Value, shape: &Shape) -> bool {
    matches!(value.item, Item::Table(_)) && !fits(value, shape)
}

fn taken(entry: &Entry) -> Diagnostic {
    let (key, place) = (&entry.key, entry.key_place());
    Diagnostic::new(&WRONG_TYPE, &place, format!("`{key}` can't be an id: the table has that key itself"))
        .help(format!("give the entry another id, such as `{}-entry`", key.replace('_', "-")))
}

/// Reports the misshapen values of a table whose keys are the author's, and removes them.
fn check_map(table: &mut Table, inner: &'static Shape, diagnostics: &mut Vec<Diagnostic>) {
    let head = table.place().text().lines().next().unwrap_or("").trim_end_matches(']').to_owned();
    let mut reported = table.reported;
    table.entries.retain_mut(|entry| {
        // A key of the entries that stands in none of them.
        let belongs = matches!(inner, Shape::Table(fields) if fields.iter().any(|field| field.name == entry.key));
        if belongs && entry.value.as_table().is_none() && head.starts_with('[') {
            let message = format!("`{}` stands in a table that has no name yet", entry.key);
            let problem = Diagnostic::new(&WRONG_TYPE, &entry.key_place(), message)
                .help(format!("write the name into the head above it, such as {head}.base]"));
            reported = Some(diagnostics.report(problem));
            return false;
        }
        let is_lost = matches!(inner, Shape::OneOf(_)) && entry.value.as_str().is_none();
        if is_lost && reported.is_some() {
            // Several values of another kind most often lack the head of their table, which is one mistake.
            return false;
        }
        let known = check_value(&mut entry.value, &entry.key, inner, diagnostics);
        reported = known.unwrap_or_else(Some).or(reported);
        known.is_ok()
    });
    table.reported = reported;
}

/// Err where a value has not the shape that its key takes, and is to be left out of its table. One that has is looked into;
/// what was reported of its items comes with it.
fn check_value(
    value: &mut Value,
    key: &str,
    shape: &'static Shape,
    diagnostics: &mut Vec<Diagnostic>,
) -> Known<Option<Reported>> {
    if !fits(value, shape) {
        return Err(diagnostics.report(wrong_shape(value, key, shape)));
    }
    let chosen = match shape {
        Shape::Either(shapes) => shapes.iter().find(|shape| fits(value, shape)).unwrap_or(shape),
        shape => shape,
    };
    let place = value.place();
    let mut reported = None;
    match (&mut value.item, chosen) {
        (Item::Table(table), shape) => hold(table, shape, diagnostics),
        (Item::List(values), Shape::List(inner) | Shape::Names(inner)) => {
            let is_names = matches!(chosen, Shape::Names(_));
            if values.is_empty() && is_names {
                diagnostics.push(names::empty(&place, key));
            }
            values.retain_mut(|value| {
                let checked = check_value(value, ITEM, inner, diagnostics);
                reported = checked.unwrap_or_else(Some).or(reported);
                checked.is_ok()
            });
            if is_names {
                diagnostics.extend(names::repeated(values, key));
            }
        }
        _ => (),
    }
    Ok(reported)
}

/// Whether a value has a shape, not looking into tables and lists; those report their own contents.
fn fits(value: &Value, shape: &Shape) -> bool {
    match (&value.item, shape) {
        (_, Shape::Anything | Shape::ByReader(_))
        | (Item::Text(_), Shape::Text | Shape::Markdown | Shape::Id | Shape::Date)
        | (Item::Boolean(_), Shape::Boolean)
        | (Item::Integer(_), Shape::Integer | Shape::Number | Shape::Date)
        | (Item::Float(_), Shape::Number)
        | (Item::Date(_), Shape::Date)
        | (Item::List(_), Shape::List(_) | Shape::Names(_))
        | (Item::Table(_), Shape::Table(_) | Shape::Open(..) | Shape::Map(_)) => true,
        (Item::Text(text), Shape::OneOf(words)) => words.contains(&text.as_str()),
        (_, Shape::Either(shapes)) => shapes.iter().any(|shape| fits(value, shape)),
        _ => false,
    }
}

fn lower_first(sentence: &str) -> String {
    let trimmed = sentence.trim_end_matches('.');
    let mut chars = trimmed.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The first line of a table's text, where a missing key is reported.
fn first_line(table: &Table) -> Span {
    let text = table.source.slice(table.span);
    let lead = text.len() - text.trim_start().len();
    let line = text[lead..].lines().next().unwrap_or("").len();
    Span::new(table.span.start as usize + lead, table.span.start as usize + lead + line)
}

#[cfg(test)]
mod tests {
    use super::*;

    static FIELDS: &[Field] = &[
        Field::required("title", Shape::Text, "The title."),
        Field::optional("weight", Shape::Integer, "The order."),
        Field::optional("scope", Shape::OneOf(&["market", "provider"]), "The scope."),
        Field::optional("sources", Shape::List(&Shape::Id), "The sources."),
    ];

    fn check(text: &str, expected: &[&str]) {
        let source = Source::new("a.toml", text);
        let mut diagnostics = Vec::new();
        let _ = parse(&source, Span::new(0, text.len()), FIELDS, &mut diagnostics, |_, _| ());
        let found: Vec<String> = diagnostics
            .iter()
            .map(|problem| {
                format!("{} {} {}", problem.place.as_ref().expect("a place"), problem.code.name, problem.message)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_table_is_held_against_its_fields() {
        check("title = \"x\"\nweight = 5\nsources = [\"a\"]", &[]);
        check("titel = \"x\"\ntitle = \"y\"", &["a.toml:1:1 unknown-key unknown key `titel`"]);
        check("weight = 5", &["a.toml:1:1 missing-key `title` is missing"]);
        check("title = 5", &["a.toml:1:9 wrong-type `title` takes text, not a whole number"]);
        check("title = \"x\"\nscope = \"markt\"", &["a.toml:2:9 wrong-type `scope` can't be \"markt\""]);
        check("title = \"x\"\nsources = [1]", &["a.toml:2:12 wrong-type each item takes text, not a whole number"]);
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let source = Source::new("a.toml", "title = \"x\"\nweight = \nscope = market\nsources = [\"a\"]\n");
        let mut diagnostics = Vec::new();
        let span = Span::new(0, source.text().len());
        let (table, _) = parse(&source, span, FIELDS, &mut diagnostics, |table, _| table.clone());
        assert_eq!(
            diagnostics.iter().filter(|problem| problem.code.name == "toml-syntax").count(),
            2,
            "{diagnostics:?}"
        );
        assert_eq!(table.str("title"), Some("x"));
        assert_eq!(table.texts("sources").len(), 1);
    }
}
