//! A data set as rows for other programs. Numbers take the same path as those on pages.

use serde_json::Value;

use super::Renderer;
use super::figure::confidence_key;
use super::text::plain;
use crate::data::notation;
use crate::data::{Aspect, CellValue, ColumnKind, Contents, DataSet, Figure, Row, Table};
use crate::document::Text;

/// A table of plain values.
pub struct Export<'a> {
    /// The set's title without markup.
    pub title: String,
    /// The set's note without markup.
    pub note: Option<String>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with a value for each column. They are made as they are taken.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

const FIGURE_COLUMNS: &[&str] = &[
    "id",
    "label",
    "value",
    "low",
    "high",
    "unit",
    "text",
    "qualifier",
    "calculated",
    "as_of",
    "sources",
    "confidence",
    "confidence_reason",
    "scope",
    "subject",
    "badge",
    "note",
    "record",
];

impl Renderer<'_> {
    /// A set as rows: one a figure, or one a row of text.
    pub fn export<'s>(&'s self, set: &'s DataSet) -> Export<'s> {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (columns, rows): (Vec<String>, Box<dyn Iterator<Item = Vec<Value>>>) = match &set.contents {
            _ if set.holds_figures() => {
                let figures = self.site.data.figures.below(&set.name).iter();
                // The two ends of a range are columns of its own row.
                let whole = figures.filter(|figure| !matches!(figure.aspect, Aspect::Low | Aspect::High));
                (columns(FIGURE_COLUMNS), Box::new(whole.map(|figure| self.figure_row(figure))))
            }
            Contents::Table(table) => {
                let ids = table.columns.iter().map(|column| column.id.to_string());
                let columns = std::iter::once("id".to_owned()).chain(ids).collect();
                (columns, Box::new(table.rows.iter().map(|row| self.text_row(table, row))))
            }
            Contents::Facts(_) => (Vec::new(), Box::new(std::iter::empty())),
            Contents::Terms(terms) => {
                let rows = terms.iter().map(|term| {
                    vec![
                        Value::from(&*term.id),
                        Value::from(&*term.term.text),
                        typed(term.short.as_ref()),
                        Value::from(plain(&term.definition)),
                        optional(term.not_to_confuse.as_ref()),
                    ]
                });
                (columns(&["id", "term", "short", "definition", "not_to_confuse"]), Box::new(rows))
            }
            Contents::Sources(sources) => {
                let rows = sources.iter().map(|source| {
                    vec![
                        Value::from(&*source.id),
                        Value::from(&*source.title.text),
                        typed(source.publisher.as_ref()),
                        typed(source.url.as_ref()),
                        typed(source.kind.as_ref()),
                        Value::from(joined(&source.cites)),
                        Value::from(source.promotional),
                        optional(source.caution.as_ref()),
                    ]
                });
                (
                    columns(&["id", "title", "publisher", "url", "kind", "cites", "promotional", "caution"]),
                    Box::new(rows),
                )
            }
            Contents::Conflicts(conflicts) => {
                let rows = conflicts.iter().map(|conflict| {
                    vec![
                        Value::from(&*conflict.id),
                        Value::from(plain(&conflict.title)),
                        Value::from(conflict.kind.key()),
                        Value::from(joined(&conflict.figures)),
                        Value::from(plain(&conflict.explanation)),
                        optional(conflict.decision.as_ref()),
                        Value::from(&*conflict.status.text),
                    ]
                });
                (columns(&["id", "title", "kind", "figures", "explanation", "decision", "status"]), Box::new(rows))
            }
            Contents::Releases(releases) => {
                let rows = releases.iter().map(|release| {
                    let figures: Vec<&str> = release.changes.iter().map(|change| &*change.figure.text).collect();
                    vec![
                        Value::from(&*release.version.text),
                        release.date.map_or(Value::Null, |date| Value::from(date.to_string())),
                        optional(release.note.as_ref()),
                        Value::from(figures.join("; ")),
                    ]
                });
                (columns(&["version", "date", "note", "figures"]), Box::new(rows))
            }
        };
        Export { title: self.set_title(set), note: set.note.as_ref().map(plain), columns, rows }
    }

    /// A row of a table without figures of its own: its texts, and the ids that it names.
    fn text_row(&self, table: &Table, row: &Row) -> Vec<Value> {
        let cells = row.cells.iter().zip(&table.columns).map(|(cell, column)| match &cell.value {
            Ok(CellValue::Text(text)) => Value::from(plain(text)),
            Ok(CellValue::Choice(at)) => match &column.kind {
                ColumnKind::Choice(words) => typed(words.get(*at)),
                _ => Value::Null,
            },
            Ok(CellValue::Figures(ids)) => Value::from(joined(ids)),
            _ => Value::Null,
        });
        std::iter::once(Value::from(&*row.id)).chain(cells).collect()
    }

    fn figure_row(&self, figure: &Figure) -> Vec<Value> {
        let record = &figure.record;
        let attribute = notation::value_attribute(&figure.datum());
        let (value, low, high) = match attribute.split_once("..") {
            Some((low, high)) => (Value::Null, number(low), number(high)),
            None => (number(&attribute), Value::Null, Value::Null),
        };
        vec![
            Value::from(&*figure.id),
            Value::from(self.figure_label(figure)),
            value,
            low,
            high,
            Value::from(figure.unit.to_string()),
            Value::from(self.exported_text(figure)),
            optional(figure.qualifier.as_ref()),
            Value::from(figure.inputs.is_some()),
            record.as_of.as_ref().map_or(Value::Null, |(date, _)| Value::from(date.to_string())),
            Value::from(joined(&record.sources)),
            record.confidence.map_or(Value::Null, |confidence| Value::from(confidence_key(confidence))),
            optional(record.confidence_reason.as_ref()),
            typed(record.scope.as_ref()),
            typed(record.subject.as_ref()),
            optional(record.badge.as_ref()),
            optional(figure.note.as_ref()),
            self.record_address(figure).map_or(Value::Null, Value::from),
        ]
    }

    /// A figure's value with its bound, such as "over $450K": nothing stands beside it in a file.
    fn exported_text(&self, figure: &Figure) -> String {
        notation::write(&figure.datum(), &notation::Style { bound: true, ..self.style() })
    }
}

/// A text of Markdown.
fn optional(text: Option<&Text>) -> Value {
    text.map_or(Value::Null, |text| Value::from(plain(text)))
}

/// A text that is no Markdown.
fn typed(text: Option<&Text>) -> Value {
    text.map_or(Value::Null, |text| Value::from(&*text.text))
}

fn joined(texts: &[Text]) -> String {
    texts.iter().map(|text| &*text.text).collect::<Vec<_>>().join("; ")
}

/// A decimal as a number where a double holds it exactly as written, else as text; nothing where it is empty.
fn number(decimal: &str) -> Value {
    if decimal.is_empty() {
        return Value::Null;
    }
    if let Ok(whole) = decimal.parse::<i64>() {
        return Value::from(whole);
    }
    let Ok(double) = decimal.parse::<f64>().map(Value::from) else { return Value::from(decimal) };
    let written = double.to_string();
    if written == decimal { double } else { Value::from(decimal) }
}
