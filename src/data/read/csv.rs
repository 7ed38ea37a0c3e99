//! Rows from a CSV file (RFC 4180): each becomes the table that the same row would be in TOML, with its places in the CSV file.

use std::fmt;
use std::sync::Arc;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::reader::Reader;
use super::rows::ROWS;
use crate::data::fields::ROW_SHAPE;
use crate::data::ids::id_of;
use crate::data::table::Column;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span, nearest};
use crate::document::{Entry, Item, Table, Value};

pub(super) const CODES: &[&Code] = &[&HEADER, &CELLS, &ALONE];

static HEADER: Code = Code {
    name: "csv-header",
    severity: Severity::Error,
    rule: false,
    what: "A header of a CSV file stands for no column or for one that has a header already, or a column has no header.",
    why: "Its values would be lost.",
    example: "regoin,hour\nnorth,0.12",
    mend: "Declare the column in the TOML file, say `header = \"…\"` at the one that is meant, or correct the header.",
};
static CELLS: Code = Code {
    name: "csv-cells",
    severity: Severity::Error,
    rule: false,
    what: "A row of a CSV file has fewer or more cells than the header, or a cell whose quotes don't match.",
    why: "Nobody knows which cell belongs to which column.",
    example: "region,hour\nnorth",
    mend: "Add the cell that is missing, or put quotes around a text with a comma.",
};

pub(super) static ALONE: Code = Code {
    name: "csv-alone",
    severity: Severity::Error,
    rule: false,
    what: "A CSV file in `content/data/` has no TOML file of the same name.",
    why: "Nobody knows what its columns are, so nothing in it is read or published.",
    example: "content/data/prices.csv, without content/data/prices.toml",
    mend: "Write the TOML file with `rows = \"csv\"` and `[columns]`; a CSV to publish as it is goes elsewhere in `content/`.",
};

/// What may be said behind a column's header: `hour.low`.
const SIDES: [&str; 11] =
    ["low", "high", "median", "value", "plus", "minus", "note", "as_of", "confidence", "confidence_reason", "source"];
/// The sides that are numbers.
const NUMBERS: [&str; 6] = ["low", "high", "median", "value", "plus", "minus"];
/// Headers that are said of the row.
const OF_ROW: [&str; 8] = ["id", "as_of", "source", "confidence", "confidence_reason", "badge", "note", "was"];
/// Marks of a bound before a number.
const BOUNDS: [(char, &str); 5] = [('<', "under"), ('>', "over"), ('≤', "up-to"), ('≥', "at-least"), ('~', "about")];

/// A cell as typed.
struct Field {
    text: String,
    span: Span,
}

/// What a header stands for.
#[derive(Clone, Copy)]
enum Header<'c> {
    Column(&'c Column, Option<&'static str>),
    Row(&'static str),
}

impl PartialEq for Header<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Column(one, side), Self::Column(other, other_side)) => one.id == other.id && side == other_side,
            (Self::Row(one), Self::Row(other)) => one == other,
            _ => false,
        }
    }
}

impl fmt::Display for Header<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column, Some(side)) => write!(out, "{}.{side}", column.id),
            Self::Column(column, None) => out.write_str(&column.id),
            Self::Row(key) => out.write_str(key),
        }
    }
}

impl Reader<'_> {
    /// The rows of a CSV file. `decimal` is the mark of its numbers.
    pub(super) fn csv_rows(&mut self, source: &Arc<Source>, columns: &[&Column], decimal: &str) -> Vec<Table> {
        let mut records = records(source.text()).into_iter();
        let Some(first) = records.next() else {
            let problem = Diagnostic::new(&HEADER, &Place::start_of(source), "the file is empty".to_owned());
            let reported = self.push(problem.help("write a first line with the columns' headers"));
            self.lose_set(reported);
            return Vec::new();
        };
        let Some(headers) = self.headers(source, &first, columns) else { return Vec::new() };
        if records.len() == 0 {
            let problem = Diagnostic::new(&ROWS, &Place::start_of(source), "the file has no rows".to_owned());
            let reported = self.push(problem.help("add a line for each row below the headers"));
            self.lose_set(reported);
        }
        let mut rows = Vec::new();
        for record in records {
            let Some(start) = record.first().map(|field| field.span.start) else { continue };
            let end = record.last().map_or(start, |field| field.span.end);
            if let Some(problem) = record.iter().find_map(|field| quotes(source, field)) {
                let reported = self.push(problem);
                self.lose_set(reported);
                continue;
            }
            if record.len() != headers.len() {
                let place = Place::new(source, start as usize..end.max(start) as usize);
                let message = format!("the row has {} of {} cells", record.len(), headers.len());
                let problem = Diagnostic::new(&CELLS, &place, message);
                let reported = self.push(problem.help(match record.len() < headers.len() {
                    true => "add the cells that are missing, each behind a separator",
                    false => "put quotes around a text that holds a separator, or take out what is too much",
                }));
                self.lose_set(reported);
                continue;
            }
            let mut row = row(source, &headers, &record, Span::from(start as usize..end as usize), decimal);
            self.hold(&mut row, &ROW_SHAPE);
            rows.push(row);
        }
        rows
    }

    /// What each header stands for; `None` where one stands for nothing.
    fn headers<'c>(
        &mut self,
        source: &Arc<Source>,
        first: &[Field],
        columns: &[&'c Column],
    ) -> Option<Vec<Header<'c>>> {
        let mut headers = Vec::new();
        let mut is_sound = true;
        for field in first {
            let place = Place::new(source, field.span.start as usize..field.span.end as usize);
            let Some(header) = header(field.text.trim(), columns) else {
                is_sound = false;
                let problem =
                    Diagnostic::new(&HEADER, &place, format!("the header \"{}\" stands for no column", field.text));
                let id = id_of(&field.text);
                let reported = self.push(match nearest(&id, columns.iter().map(|column| &*column.id)) {
                    _ if id.is_empty() => problem.help("write the header of this column, or remove the column"),
                    Some(near) => {
                        problem.help(format!("did you mean `{near}`? or write header = \"{}\" there", field.text))
                    }
                    None => problem
                        .help(format!("declare it in {}.toml: [columns.{id}], or remove the column here", self.set)),
                });
                self.lose_set(reported);
                continue;
            };
            if let Header::Column(column, None) = header
                && column.formula.is_some()
            {
                is_sound = false;
                let message = format!("`{}` is calculated, and the file has a column for it", column.id);
                let problem = Diagnostic::new(&HEADER, &place, message).label(&column.place, "by this formula");
                let reported = self.push(problem.help("remove the column here, or the formula there"));
                self.lose_set(reported);
            }
            if headers.contains(&header) {
                is_sound = false;
                let problem = Diagnostic::new(&HEADER, &place, format!("two headers stand for `{header}`"));
                let reported = self.push(problem.help("give this column another header, or remove it"));
                self.lose_set(reported);
            }
            headers.push(header);
        }
        if !is_sound {
            return None;
        }
        for column in columns.iter().filter(|column| column.formula.is_none() && column.blank.is_none()) {
            let is_there =
                headers.iter().any(|header| matches!(header, Header::Column(known, _) if known.id == column.id));
            if !is_there {
                let message = format!("the file has no header for the column `{}`", column.id);
                let problem =
                    Diagnostic::new(&HEADER, &Place::start_of(source), message).label(&column.place, "declared here");
                let reported = self.push(
                    problem
                        .help("add it to the first line, or write at the column which header it has: header = \"…\""),
                );
                self.lose_set(reported);
                is_sound = false;
            }
        }
        is_sound.then_some(headers)
    }
}

/// What a header stands for: the column that says so, the column whose id it makes, or something said of the row.
fn header<'c>(text: &str, columns: &[&'c Column]) -> Option<Header<'c>> {
    let find = |text: &str| {
        let by_header =
            columns.iter().find(|column| column.header.as_ref().is_some_and(|header| &*header.text == text));
        let id = id_of(text);
        by_header.or_else(|| columns.iter().find(|column| column.header.is_none() && *column.id == *id)).copied()
    };
    if let Some(column) = find(text) {
        return Some(Header::Column(column, None));
    }
    if let Some((name, side)) = text.rsplit_once('.')
        && let (Some(column), Some(side)) = (find(name), SIDES.into_iter().find(|known| *known == side))
    {
        return Some(Header::Column(column, Some(side)));
    }
    OF_ROW.into_iter().find(|known| *known == text).map(Header::Row)
}

/// What is wrong with the quotes around a cell.
fn quotes(source: &Arc<Source>, field: &Field) -> Option<Diagnostic> {
    let inner = source.slice(field.span).strip_prefix('"')?.trim_end();
    // A quote that is part of the text is doubled, so that the closing one comes last and has none of its own before it.
    let mut rest = inner;
    let behind = loop {
        let Some((_, after)) = rest.split_once('"') else { break None };
        match after.strip_prefix('"') {
            Some(after) => rest = after,
            None => break Some(after),
        }
    };
    let (message, help) = match behind {
        Some("") => return None,
        Some(_) => ("text follows the closing quote", "write a quote that is part of the text twice: \"\""),
        None => (
            "a quote is opened and not closed",
            "close it, or write a quote that is part of the text as \"\" between quotes",
        ),
    };
    let start = field.span.start as usize;
    Some(Diagnostic::new(&CELLS, &Place::new(source, start..start + 1), message.to_owned()).help(help))
}

/// A record as the table that it would be in TOML.
fn row(source: &Arc<Source>, headers: &[Header<'_>], record: &[Field], span: Span, decimal: &str) -> Table {
    let value = |item: Item, field: &Field| Value { item, source: Arc::clone(source), span: field.span };
    let entry = |key: &str, value: Value| Entry { key: key.to_owned(), key_span: value.span, value };
    let mut entries: Vec<Entry> = Vec::with_capacity(headers.len());
    for (header, field) in headers.iter().zip(record) {
        let text = field.text.trim();
        match header {
            Header::Row(_) if text.is_empty() => (),
            Header::Row(key @ ("source" | "was")) => {
                let list = Item::List(vec![value(Item::Text(text.to_owned()), field)]);
                entries.push(entry(if *key == "source" { "sources" } else { key }, value(list, field)));
            }
            Header::Row(key) => entries.push(entry(key, value(Item::Text(text.to_owned()), field))),
            Header::Column(column, side) => {
                let is_number = column.kind.is_number() && side.is_none_or(|side| NUMBERS.contains(&side));
                let (bound, item) = if is_number { number(text, decimal) } else { (None, Item::Text(text.to_owned())) };
                let has_sides = headers
                    .iter()
                    .any(|other| matches!(other, Header::Column(known, Some(_)) if known.id == column.id));
                if !has_sides && bound.is_none() {
                    entries.push(entry(&column.id, value(item, field)));
                    continue;
                }
                let at = entries.iter().position(|entry| entry.key == *column.id).unwrap_or_else(|| {
                    let table =
                        Table { source: Arc::clone(source), span: field.span, entries: Vec::new(), reported: None };
                    entries.push(entry(&column.id, value(Item::Table(table), field)));
                    entries.len() - 1
                });
                let Item::Table(cell) = &mut entries[at].value.item else { continue };
                let side = side.unwrap_or("value");
                let is_blank = text.is_empty() && !matches!(side, "low" | "high" | "value");
                if !is_blank {
                    let (key, item) = match side {
                        "source" => ("sources", Item::List(vec![value(item, field)])),
                        side => (side, item),
                    };
                    cell.entries.push(entry(key, value(item, field)));
                }
                if let Some(bound) = bound {
                    cell.entries.push(entry("bound", value(Item::Text(bound.to_owned()), field)));
                }
            }
        }
    }
    for entry in &mut entries {
        blank_as_one(entry);
    }
    Table { source: Arc::clone(source), span, entries, reported: None }
}

/// A cell of which all ends are blank is blank itself.
fn blank_as_one(entry: &mut Entry) {
    let Item::Table(cell) = &entry.value.item else { return };
    let is_end = |entry: &&Entry| matches!(&*entry.key, "low" | "high" | "value");
    let mut ends = cell.entries.iter().filter(is_end).peekable();
    if ends.peek().is_some() && ends.all(|end| end.value.as_str() == Some("")) {
        entry.value.item = Item::Text(String::new());
    }
}

/// A number as TOML would hold it, and the bound before it; text stays text.
fn number(text: &str, decimal: &str) -> (Option<&'static str>, Item) {
    let (bound, rest) = match BOUNDS.iter().find(|(mark, _)| text.starts_with(*mark)) {
        Some((mark, bound)) => (Some(*bound), text[mark.len_utf8()..].trim_start()),
        None => (None, text),
    };
    let digits = rest.replace('−', "-");
    // The other mark may separate thousands, and is no decimal mark in any case.
    let digits = match decimal {
        "," if digits.contains('.') => return (None, Item::Text(text.to_owned())),
        "," => digits.replace(',', "."),
        _ => digits,
    };
    match (is_decimal(&digits), digits.contains(['.', 'e', 'E'])) {
        (false, _) => (None, Item::Text(text.to_owned())),
        (true, true) => (bound, Item::Float(digits)),
        (true, false) => (bound, Item::Integer(digits)),
    }
}

/// Whether a text has the form of a decimal number: a sign, digits, a point with more of them, an exponent.
fn is_decimal(text: &str) -> bool {
    let unsigned = |text: &str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    let is_digits = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '_')
    };
    let (mantissa, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(number, exponent)| (number, Some(exponent)));
    let mantissa = unsigned(mantissa);
    let (whole, decimals) =
        mantissa.split_once('.').map_or((&*mantissa, None), |(whole, decimals)| (whole, Some(decimals)));
    is_digits(whole) && decimals.is_none_or(is_digits) && exponent.is_none_or(|exponent| is_digits(&unsigned(exponent)))
}

/// What separates the cells of a file: the mark that is most frequent in its first line.
pub(super) fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or("");
    let count = |mark: char| first.matches(mark).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(',')
}

/// The records of a file, blank lines left out.
fn records(text: &str) -> Vec<Vec<Field>> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let separator = separator(&text[start..]);
    let mut reader = ReaderBuilder::new().delimiter(u8::try_from(separator).unwrap_or(b',')).build();
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut at, mut field_start) = (start, start);
    let mut buffer = vec![0; 1024];
    let mut field = Vec::new();
    loop {
        let (result, read, written) = reader.read_field(&text.as_bytes()[at..], &mut buffer);
        field.extend_from_slice(&buffer[..written]);
        at += read;
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => (),
            ReadFieldResult::Field { record_end } => {
                let span = trimmed(text, field_start, at, separator, record.is_empty());
                record.push(Field { text: String::from_utf8_lossy(&field).into_owned(), span });
                field.clear();
                field_start = at;
                if record_end {
                    records.push(std::mem::take(&mut record));
                }
            }
            ReadFieldResult::End => return records,
        }
    }
}

/// Where a field is, without the separator or line break behind it; the first of a record also without line breaks before it.
fn trimmed(text: &str, start: usize, end: usize, separator: char, is_first: bool) -> Span {
    let raw = &text[start..end];
    let lead = if is_first { raw.len() - raw.trim_start_matches(['\n', '\r']).len() } else { 0 };
    let raw = &raw[lead..];
    let raw = raw.strip_suffix(separator).unwrap_or_else(|| raw.trim_end_matches(['\n', '\r']));
    Span::from(start + lead..start + lead + raw.len())
}
