//! Reads the rows of small tables: typed, from CSV, or combined from those of other tables.

use std::collections::HashMap;
use std::sync::Arc;

use super::read::{Toml, bound, cell, cell_value, column, expectations, record, shown, text_of, word_or_number};
use crate::data::amount::Ends;
use crate::data::ids::id_of;
use crate::data::record::Record;
use crate::data::table::{Cell, CellValue, Column, ColumnKind, Order, Row, Table};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::{self, Item, Value};

/// What a row of a table says in each column, with its place, and what is said of the row.
type Said<'t> = (HashMap<String, Value>, Vec<&'t Toml>);

pub(super) fn table(
    toml: &Toml,
    csv: Option<&Arc<Source>>,
    others: &[(Arc<str>, Table)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Table {
    let key_ids: Vec<String> = toml.texts("key").iter().map(|key| key.text.to_string()).collect();
    let mut columns: Vec<Column> = Vec::new();
    let mut own_of: HashMap<Arc<str>, &Toml> = HashMap::new();
    for entry in toml.table("columns").map_or(&[][..], |columns| &columns.entries) {
        let own = entry.value.as_table().unwrap();
        columns.push(column(&entry.key, own, toml, entry.key_place(), diagnostics));
        own_of.insert(entry.key.as_str().into(), own);
    }
    for key in &key_ids {
        if columns.iter().all(|column| *column.id != **key) {
            let place = Place::start_of(&toml.source);
            let mut column = column(key, &empty(toml), &empty(toml), place, diagnostics);
            column.kind = ColumnKind::Text;
            columns.push(column);
        }
    }
    let keys: Vec<usize> =
        key_ids.iter().map(|key| columns.iter().position(|column| *column.id == **key).unwrap()).collect();
    let order = match (toml.boolean("ordered"), toml.str("ordered")) {
        (Some(true), _) => Some(Order::Typed),
        (_, Some(key)) => Some(Order::Along(key_ids.iter().position(|known| known == key).unwrap())),
        _ => None,
    };
    let (said, parts) = said(toml, csv, others, &key_ids, &columns);
    let rows = said.iter().enumerate().map(|(at, (values, of_row))| {
        let cells: Vec<Cell> =
            columns.iter().map(|column| row_cell(column, values, of_row, toml, &columns, &own_of)).collect();
        let parts = parts.get(at).cloned().unwrap_or_else(|| match keys[..] {
            [] => vec![shown(&values["id"]).into()],
            _ => key_ids.iter().map(|key| id_of(&shown(&values[key])).into()).collect(),
        });
        let id = parts.iter().map(|part: &Arc<str>| &**part).collect::<Vec<_>>().join(".").into();
        let place = of_row.first().map_or_else(|| Place::start_of(&toml.source), |row| row.place());
        Row { parts, id, cells, note: None, record: Arc::default(), was: Vec::new(), place }
    });
    let rows = rows.collect();
    Table {
        columns,
        keys,
        rows,
        order,
        ends: Ends::Both,
        expectations: expectations(toml, diagnostics),
        ..Table::default()
    }
}

fn empty(toml: &Toml) -> Toml {
    Toml { source: Arc::clone(&toml.source), span: toml.span, entries: Vec::new(), reported: None }
}

/// The rows of a table, and the parts of their ids where they aren't made from its own values.
fn said<'t>(
    toml: &'t Toml,
    csv: Option<&Arc<Source>>,
    others: &[(Arc<str>, Table)],
    keys: &[String],
    columns: &[Column],
) -> (Vec<Said<'t>>, Vec<Vec<Arc<str>>>) {
    let combined = toml.texts("combine");
    if !combined.is_empty() {
        let mut rows: Vec<(Vec<String>, Vec<Arc<str>>)> = vec![Default::default()];
        for set in &combined {
            let other = &others.iter().find(|(name, _)| *name == set.text).unwrap().1;
            let titles = other.rows.iter().map(|row| match &row.cells[other.title_column().unwrap()].value {
                Ok(CellValue::Text(text)) => (text.text.to_string(), Arc::clone(&row.id)),
                other => panic!("{other:?}"),
            });
            let titles: Vec<(String, Arc<str>)> = titles.collect();
            let with = |(before, parts): &(Vec<String>, Vec<Arc<str>>)| {
                let next = titles.iter().map(|(title, id)| {
                    ([before.clone(), vec![title.clone()]].concat(), [parts.clone(), vec![Arc::clone(id)]].concat())
                });
                next.collect::<Vec<_>>()
            };
            rows = rows.iter().flat_map(with).collect();
        }
        let value = |text: String| Value { item: Item::Text(text), source: Arc::clone(&toml.source), span: toml.span };
        let (values, parts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let values = values
            .into_iter()
            .map(|row: Vec<String>| (keys.iter().cloned().zip(row.into_iter().map(value)).collect(), Vec::new()));
        return (values.collect(), parts);
    }
    if let Some(source) = csv {
        return (of_csv(source, columns), Vec::new());
    }
    let rows = toml
        .list("row")
        .iter()
        .filter_map(Value::as_table)
        .map(|row| (row.entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect(), vec![row]));
    (rows.collect(), Vec::new())
}

fn of_csv<'t>(source: &Arc<Source>, columns: &[Column]) -> Vec<Said<'t>> {
    let mut reader = csv::Reader::from_reader(source.text().as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let start = usize::try_from(record.position().unwrap().byte()).unwrap();
        let mut values: HashMap<String, Value> = HashMap::new();
        let mut sides: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (header, text) in headers.iter().zip(&record) {
            let (name, side) = header.split_once('.').unwrap_or((header, ""));
            let named = columns.iter().find(|column| column.header.as_ref().is_some_and(|known| *known.text == *name));
            let id = named.map_or_else(|| id_of(name), |column| column.id.to_string());
            let blank = columns.iter().find(|column| *column.id == *id).and_then(|column| column.blank.clone());
            let text = match (text, blank) {
                ("", Some(blank)) if !matches!(side, "plus" | "minus") => blank.text.to_string(),
                (text, _) => text.to_owned(),
            };
            if !text.is_empty() {
                sides.entry(id).or_default().push((side.to_owned(), text));
            }
        }
        for (id, sides) in sides {
            let value = |text: &str| Value {
                item: Item::Text(text.to_owned()),
                source: Arc::clone(source),
                span: (start..start + record.as_slice().len()).into(),
            };
            let item = match &sides[..] {
                [(side, text)] if side.is_empty() => value(text).item,
                _ => {
                    let entry = |(side, text): &(String, String)| document::Entry {
                        key: if side.is_empty() { "value".to_owned() } else { side.clone() },
                        key_span: Default::default(),
                        value: value(text),
                    };
                    let entries = sides.iter().map(entry).collect();
                    Item::Table(Toml { source: Arc::clone(source), span: Default::default(), entries, reported: None })
                }
            };
            values.insert(id, Value { item, ..value("") });
        }
        rows.push((values, Vec::new()));
    }
    rows
}

fn row_cell(
    column: &Column,
    values: &HashMap<String, Value>,
    of_row: &[&Toml],
    toml: &Toml,
    columns: &[Column],
    own_of: &HashMap<Arc<str>, &Toml>,
) -> Cell {
    let own = own_of.get(&column.id).copied();
    let mut said: Vec<&Toml> = Vec::new();
    let value = values.get(&*column.id);
    said.extend(value.and_then(Value::as_table));
    said.extend(of_row.iter().chain(own.iter()));
    said.push(toml);
    let row_place = of_row.first().map_or_else(|| Place::start_of(&toml.source), |row| row.place());
    let badge = values.get("badge").filter(|_| of_row.is_empty());
    let mut record = record(&said);
    if let Some(badge) = badge {
        record = Arc::new(Record { badge: Some(text_of(&shown(badge), &badge.place())), ..Record::clone(&record) });
    }
    if column.formula.is_some() {
        return cell(CellValue::Formula, column, Unit::NUMBER, record, row_place);
    }
    let place = value.map_or(row_place, Value::place);
    let unit = match &column.unit {
        ColumnUnit::ByRow(text)
            if columns
                .iter()
                .all(|other| other.formula.is_none() || !text.text.contains(&format!("{{{}}}", other.id))) =>
        {
            let mut unit = text.text.to_string();
            for other in columns {
                if let Some(value) = values.get(&*other.id).filter(|value| matches!(value.item, Item::Text(_))) {
                    unit = unit.replace(&format!("{{{}}}", other.id), &shown(value));
                }
            }
            Unit::parse(&unit).unwrap()
        }
        _ => Unit::NUMBER,
    };
    let Some(value) = value else { return cell(CellValue::Unstated, column, unit, record, place) };
    let text = match &value.item {
        Item::Text(text) if matches!(column.kind, ColumnKind::Number) => text.clone(),
        _ => return cell(cell_value(value, column), column, unit, record, place),
    };
    let marks = ['<', '>', '≤', '≥', '~'];
    let number = text.trim_start_matches(marks);
    let mut made = cell(word_or_number(number.trim(), column, &place), column, unit, record, place);
    made.bound = made.bound.or_else(|| text.get(..text.len() - number.len()).and_then(bound));
    made
}
