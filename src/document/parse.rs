//! Reads TOML with every syntax error at once, and holds it against a field table.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::{Field, Shape};
use super::hidden::{self, HIDDEN};
use super::names;
use super::shape::{ITEM, meant, quoted, sample, takes};
use super::syntax::{self, Fault, SYNTAX};
use super::unclosed::{self, Missing};
use super::value::{Entry, Item, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span, nearest};

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

/// Reads the TOML at `span` of a source and holds it against `fields`.
///
/// All problems go to `diagnostics`; what could be read is returned all the same, in the order of the file.
/// Values of a wrong shape are left out, so that readers need not report them again.
pub fn parse(source: &Arc<Source>, span: Span, fields: &'static [Field], diagnostics: &mut Vec<Diagnostic>) -> Table {
    let before = diagnostics.len();
    let (mut table, whole) = read(source, span, diagnostics);
    check_table(&mut table, fields, None, whole, diagnostics);
    syntax::hold_back(source, before, diagnostics);
    table
}

/// Reads the TOML at `span` of a source, for readers that learn its fields from what it holds.
/// Whether the text was free of syntax errors, and the table therefore whole, comes second.
pub fn read(source: &Arc<Source>, span: Span, diagnostics: &mut Vec<Diagnostic>) -> (Table, bool) {
    let text = source.slice(span);
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let reader = Reader { source, offset: span.start, missing: &[] };
        let table = reader.table(root.get_ref(), span);
        hidden::in_escapes(&table, diagnostics);
        return (table, true);
    }
    let missing = unclosed::missing(text);
    let mended = unclosed::mended(text, &missing);
    let (root, errors) = DeTable::parse_recoverable(&mended);
    let reader = Reader { source, offset: span.start, missing: &missing };
    for missing in &missing {
        diagnostics.push(reader.unclosed(missing));
    }
    let faults = errors.iter().map(|error| Fault {
        range: error.span().map_or(span, |range| reader.span(range)).range(),
        message: error.message().to_owned(),
    });
    diagnostics.extend(syntax::problems(source, faults.collect()));
    let mut table = reader.table(root.get_ref(), span);
    syntax::leave_out(source, &mut table, diagnostics);
    (table, false)
}

/// Holds a table that was read before against a shape that takes tables.
/// Missing keys are reported only of a `whole` table. Unknown and misshapen ones are left out of it afterwards.
pub fn hold(table: &mut Table, shape: &'static Shape, whole: bool, diagnostics: &mut Vec<Diagnostic>) {
    match shape {
        Shape::Table(fields) => check_table(table, fields, None, whole, diagnostics),
        Shape::Open(fields, rest) => check_table(table, fields, Some(rest), whole, diagnostics),
        Shape::Map(inner) => check_map(table, inner, whole, diagnostics),
        _ => (),
    }
}

/// Reports a key that is none of the `known` ones, with the nearest of them.
pub fn unknown_key(entry: &Entry, known: &[&str]) -> Diagnostic {
    let place = entry.key_place();
    let problem = Diagnostic::new(&UNKNOWN_KEY, &place, format!("unknown key `{}`", entry.key));
    match nearest(&entry.key, known.iter().copied()) {
        Some(name) => problem.help(format!("did you mean `{name}`?")).edit(&place, name),
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
    if let (Some(text), Shape::OneOf(words)) = (value.as_str(), shape) {
        let problem = Diagnostic::new(&WRONG_TYPE, &place, format!("`{key}` can't be \"{text}\""));
        return match nearest(text, words.iter().copied()) {
            Some(word) => problem.help(format!("did you mean \"{word}\"?")).edit(&place, format!("\"{word}\"")),
            None => problem.help(format!("write one of {}", quoted(words))),
        };
    }
    let named = if key == ITEM { key.to_owned() } else { format!("`{key}`") };
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
    /// Brackets that were put into the text before it was parsed.
    missing: &'a [Missing],
}

impl Reader<'_> {
    /// A range of the parsed text as a span of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::from(unclosed::original(range, self.missing)).shifted(self.offset)
    }

    fn unclosed(&self, missing: &Missing) -> Diagnostic {
        let start = self.offset as usize;
        let at = Place::new(self.source, start + missing.at..start + missing.at);
        let opened = Place::new(self.source, start + missing.opened..start + missing.opened + 1);
        let what = if opened.text() == "[" { "list" } else { "table" };
        Diagnostic::new(&SYNTAX, &at, format!("this {what} is never closed"))
            .label(&opened, "it opens here")
            .help(format!("add `{}` here", missing.closing))
            .edit(&at, missing.closing.clone())
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
        Table { source: Arc::clone(self.source), span, entries }
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
    whole: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let renamed = renamed(table, fields, rest);
    for field in fields.iter().filter(|field| field.required && whole && renamed != Some(field.name)) {
        // A key that is mistyped may be this one, and an unknown table may hold it.
        let is_mistyped = || {
            let unknown = table.entries.iter().filter(|entry| fields.iter().all(|f| f.name != entry.key));
            unknown.into_iter().any(|entry| {
                nearest(&entry.key, fields.iter().map(|f| f.name)) == Some(field.name)
                    || (rest.is_none() && entry.value.as_table().is_some())
            })
        };
        if table.get(field.name).is_none() && !is_mistyped() {
            let place = Place::new(&table.source, first_line(table));
            diagnostics.push(Diagnostic::new(&MISSING_KEY, &place, format!("`{}` is missing", field.name)).help(
                format!(
                    "add {}: {}",
                    match place.text().starts_with('{') {
                        _ if matches!(field.shape, Shape::Table(_) | Shape::Open(..) | Shape::Map(_)) => {
                            format!("a table `[{}]`", field.name)
                        }
                        _ if matches!(field.shape, Shape::List(Shape::Table(_) | Shape::Open(..))) => {
                            format!("`[[{}]]`, once for each", field.name)
                        }
                        true => format!("`{}` between the braces", sample(field.name, &field.shape)),
                        false => format!("a line `{}`", sample(field.name, &field.shape)),
                    },
                    lower_first(field.about)
                ),
            ));
        }
    }
    let mut lost: Option<usize> = None;
    let present: Vec<String> = table.entries.iter().map(|entry| entry.key.clone()).collect();
    table.entries.retain_mut(|entry| match fields.iter().find(|field| field.name == entry.key) {
        Some(field) if rest.is_some() && is_entry(&entry.value, &field.shape) => {
            diagnostics.push(taken(entry));
            false
        }
        Some(field) => check_value(&mut entry.value, &entry.key, &field.shape, whole, diagnostics),
        None if rest.is_some() => true,
        None => {
            // What the table holds already was not meant once more.
            let is_table = matches!(&entry.value.item, Item::Table(_))
                || entry.value.as_list().is_some_and(|values| values.iter().any(|value| value.as_table().is_some()));
            let holds_tables = |shape: &Shape| {
                matches!(shape, Shape::Table(_) | Shape::Map(_) | Shape::List(Shape::Table(_) | Shape::Open(..)))
            };
            let free = fields.iter().filter(|field| {
                present.iter().all(|key| key != field.name) || (is_table && holds_tables(&field.shape))
            });
            let free = free.filter(|field| {
                !is_table || fields.iter().all(|f| !holds_tables(&f.shape)) || holds_tables(&field.shape)
            });
            let problem = unknown_key(entry, &free.map(|field| field.name).collect::<Vec<&str>>());
            if let Some(name) = renamed {
                let help = format!("write `{name}`, which is missing, in its place");
                diagnostics.push(Diagnostic { edit: None, ..problem }.help(help));
            } else if problem.edit.is_some() || is_table {
                diagnostics.push(problem);
            } else if let Some(first) = lost {
                // Several that are nothing like the known ones stand below a head that is missing.
                if let Some(problem) = diagnostics.get_mut(first) {
                    problem.help = Some(
                        "remove this and what follows, or write the head of their table above them: [name]".into(),
                    );
                }
            } else {
                lost = Some(diagnostics.len());
                diagnostics.push(problem);
            }
            false
        }
    });
}

/// The one key that is missing, where one unknown key stands that takes such a value: the author called it otherwise.
fn renamed(table: &Table, fields: &'static [Field], rest: Option<&'static Shape>) -> Option<&'static str> {
    let mut missing = fields.iter().filter(|field| field.required && table.get(field.name).is_none());
    let mut unknown = table.entries.iter().filter(|entry| fields.iter().all(|field| field.name != entry.key));
    let (missing, None) = (missing.next()?, missing.next()) else { return None };
    let (unknown, None) = (unknown.next()?, unknown.next()) else { return None };
    let is_near = nearest(&unknown.key, fields.iter().map(|field| field.name)).is_some();
    (rest.is_none() && !is_near && fits(&unknown.value, &missing.shape)).then_some(missing.name)
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
fn check_map(table: &mut Table, inner: &'static Shape, whole: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut lost: Option<usize> = None;
    let head = table.place().text().lines().next().unwrap_or("").trim_end_matches(']').to_owned();
    table.entries.retain_mut(|entry| {
        // A key of the entries that stands in none of them.
        let belongs = matches!(inner, Shape::Table(fields) if fields.iter().any(|field| field.name == entry.key));
        if belongs && entry.value.as_table().is_none() && head.starts_with('[') {
            let message = format!("`{}` stands in a table that has no name yet", entry.key);
            diagnostics.push(
                Diagnostic::new(&WRONG_TYPE, &entry.key_place(), message)
                    .help(format!("write the name into the head above it, such as {head}.base]")),
            );
            return false;
        }
        let before = diagnostics.len();
        let is_right = check_value(&mut entry.value, &entry.key, inner, whole, diagnostics);
        if !is_right && matches!(inner, Shape::OneOf(_)) && entry.value.as_str().is_none() {
            // Several values of another kind stand below a head that is missing.
            match lost {
                Some(first) => {
                    diagnostics.truncate(before);
                    if let Some(problem) = diagnostics.get_mut::<usize>(first) {
                        problem.help = Some("write the head of their table above this and what follows: [name]".into());
                    }
                }
                None => lost = Some(before),
            }
        }
        is_right
    });
}

/// Whether a value has a shape. One that has not is reported; one that has is looked into.
fn check_value(
    value: &mut Value,
    key: &str,
    shape: &'static Shape,
    whole: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    if !fits(value, shape) {
        diagnostics.push(wrong_shape(value, key, shape));
        return false;
    }
    let chosen = match shape {
        Shape::Either(shapes) => shapes.iter().find(|shape| fits(value, shape)).unwrap_or(shape),
        shape => shape,
    };
    let place = value.place();
    match (&mut value.item, chosen) {
        (Item::Table(table), shape) => hold(table, shape, whole, diagnostics),
        (Item::List(values), Shape::List(inner)) => {
            values.retain_mut(|value| check_value(value, ITEM, inner, whole, diagnostics));
        }
        (Item::List(values), Shape::Names(inner)) => {
            if values.is_empty() && whole {
                diagnostics.push(names::empty(&place, key));
            }
            values.retain_mut(|value| check_value(value, ITEM, inner, whole, diagnostics));
            diagnostics.extend(names::repeated(values, key));
        }
        _ => (),
    }
    true
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
        Field::optional("scope", Shape::OneOf(&["market", "employer"]), "The scope."),
        Field::optional("sources", Shape::List(&Shape::Id), "The sources."),
    ];

    fn check(text: &str, expected: &[&str]) {
        let source = Source::new("a.toml", text);
        let mut diagnostics = Vec::new();
        parse(&source, Span::new(0, text.len()), FIELDS, &mut diagnostics);
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
        let table = parse(&source, Span::new(0, source.text().len()), FIELDS, &mut diagnostics);
        assert_eq!(
            diagnostics.iter().filter(|problem| problem.code.name == "toml-syntax").count(),
            2,
            "{diagnostics:?}"
        );
        assert_eq!(table.str("title"), Some("x"));
        assert_eq!(table.texts("sources").len(), 1);
    }
}
