//! Reads small data files into columns and cells, without checking them.

use std::collections::HashMap;
use std::sync::Arc;

use super::rows_of_files::table;
use crate::data::amount::Bound;
use crate::data::amount::Digits;
use crate::data::formula::{Expectation, Formula};
use crate::data::notation::Date;
use crate::data::number::Number;
use crate::data::record::{Confidence, Record};
use crate::data::table::{Cell, CellValue, Column, ColumnKind, Derived, End, Row, Table, Typed};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::{self, Item, Text, Value};

pub(super) type Toml = document::Table;

/// The tables of some files, in the order of their names.
pub(super) fn read(files: &[(&str, &str)], diagnostics: &mut Vec<Diagnostic>) -> Vec<(Arc<str>, Table)> {
    let mut tomls: Vec<(Arc<str>, Toml)> = Vec::new();
    let mut csvs: HashMap<&str, Arc<Source>> = HashMap::new();
    for (name, text) in files {
        let source = Source::new(format!("data/{name}"), *text);
        match name.split_once('.') {
            Some((stem, "csv")) => _ = csvs.insert(stem, source),
            Some((stem, _)) => {
                let span = 0..text.len();
                tomls.push((stem.into(), document::read(&source, span.into(), diagnostics).table));
            }
            None => panic!("{name} has no ending"),
        }
    }
    tomls.retain(|(_, toml)| matches!(toml.str("kind"), None | Some("table" | "facts")));
    // Tables that combine others come behind them.
    tomls.sort_by_key(|(_, toml)| toml.get("combine").is_some());
    let mut tables: Vec<(Arc<str>, Table)> = Vec::new();
    for (name, toml) in &tomls {
        let table = if toml.str("kind") == Some("facts") {
            facts(toml, diagnostics)
        } else {
            table(toml, csvs.get(&**name), &tables, diagnostics)
        };
        tables.push((Arc::clone(name), table));
    }
    tables.sort_by(|(one, _), (two, _)| one.cmp(two));
    tables
}

fn facts(toml: &Toml, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let mut columns = Vec::new();
    let mut cells = Vec::new();
    for entry in &toml.entries {
        let Some(own) = entry.value.as_table() else { continue };
        let column = column(&entry.key, own, toml, entry.key_place(), diagnostics);
        let value = ["value", "range", "low"].iter().find_map(|key| own.get(key)).map(|value| match own.get("range") {
            Some(_) => cell_value(&entry.value, &column),
            None if own.get("plus_minus").or(own.get("plus")).is_some() || own.get("low").is_some() => {
                cell_value(&entry.value, &column)
            }
            None => cell_value(value, &column),
        });
        let value = value.unwrap_or(CellValue::Formula);
        let place = own.get("value").or(own.get("formula")).map_or_else(|| entry.key_place(), Value::place);
        cells.push(cell(value, &column, Unit::NUMBER, record(&[own, toml]), place));
        columns.push(column);
    }
    let row = Row {
        parts: Vec::new(),
        id: "".into(),
        cells,
        note: None,
        record: Arc::default(),
        was: Vec::new(),
        place: Place::start_of(&toml.source),
    };
    Table { columns, rows: vec![row], expectations: expectations(toml, diagnostics), ..Table::default() }
}

pub(super) fn expectations(toml: &Toml, diagnostics: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    toml.texts("expect").iter().filter_map(|text| Expectation::parse(text, diagnostics).ok()).collect()
}

pub(super) fn column(id: &str, own: &Toml, set: &Toml, place: Place, diagnostics: &mut Vec<Diagnostic>) -> Column {
    let text = |key: &str| own.text(key).or_else(|| set.text(key));
    let formula = own.text("formula").map(|text| Formula::parse(&text, diagnostics));
    let kind = match text("type").map(|kind| kind.text).as_deref() {
        Some("text") => ColumnKind::Text,
        Some("date") => ColumnKind::Date,
        Some("figure") => ColumnKind::Figure,
        Some("choice") => ColumnKind::Choice(own.texts("values")),
        _ => ColumnKind::Number,
    };
    let unit = match text("unit") {
        Some(text) if text.text.contains('{') => ColumnUnit::ByRow(text),
        Some(text) => ColumnUnit::Fixed(Unit::parse(&text.text).unwrap()),
        None => ColumnUnit::Fixed(Unit::NUMBER),
    };
    let asked =
        if formula.is_some() { own.texts("derive") } else { [set.texts("derive"), own.texts("derive")].concat() };
    let derive = asked.iter().map(|asked| Derived::ALL.iter().find(|(_, name)| **name == *asked.text).unwrap().0);
    Column {
        id: id.into(),
        title: text_of(own.str("title").unwrap_or(id), &place),
        kind,
        unit,
        formula: formula.and_then(Result::ok),
        words: own.texts("words"),
        blank: own.text("blank"),
        digits: Digits::Free,
        derive: derive.collect(),
        bound: own.str("bound").map(bound),
        signed: own.boolean("signed"),
        compare: own.boolean("compare").unwrap_or(false),
        header: own.text("header"),
        record: Arc::default(),
        was: Vec::new(),
        place,
    }
}

pub(super) fn bound(word: &str) -> Option<Bound> {
    Some(match word {
        "over" | ">" => Bound::Over,
        "at-least" | "≥" => Bound::AtLeast,
        "under" | "<" => Bound::Under,
        "up-to" | "≤" => Bound::UpTo,
        "about" | "~" => Bound::About,
        _ => return None,
    })
}

pub(super) fn text_of(text: &str, place: &Place) -> Text {
    Text { text: text.into(), place: place.clone(), exact: false }
}

/// What is said, the nearest first.
pub(super) fn record(said: &[&Toml]) -> Arc<Record> {
    let text = |key: &str| said.iter().find_map(|toml| toml.text(key));
    let sources = said.iter().map(|toml| toml.texts("sources")).find(|sources| !sources.is_empty());
    Arc::new(Record {
        subject: text("subject"),
        scope: text("scope"),
        as_of: text("as_of").map(|text| (Date::parse(&text.text).unwrap(), text.place)),
        sources: sources.unwrap_or_default(),
        confidence: text("confidence").map(|text| match &*text.text {
            "low" => Confidence::Low,
            "medium" => Confidence::Medium,
            _ => Confidence::High,
        }),
        badge: text("badge"),
        ..Record::default()
    })
}

pub(super) fn cell(value: CellValue, column: &Column, unit: Unit, record: Arc<Record>, place: Place) -> Cell {
    let unit = match &column.unit {
        ColumnUnit::Fixed(unit) => unit.clone(),
        ColumnUnit::ByRow(_) => unit,
    };
    Cell {
        value: Ok(value),
        unit,
        precision: None,
        bound: column.bound.flatten(),
        qualifier: None,
        note: None,
        record,
        place,
    }
}

pub(super) fn cell_value(value: &Value, column: &Column) -> CellValue {
    let typed = |value: &Value| match word_or_number(&shown(value), column, &value.place()) {
        CellValue::One(typed) => typed,
        other => panic!("{other:?}"),
    };
    let end = |value: &Value| if shown(value) == "open" { End::Open } else { End::At(typed(value)) };
    match &value.item {
        Item::List(ends) => CellValue::Range(end(&ends[0]), end(&ends[1]), None),
        Item::Table(table) => {
            let get = |key: &str| table.get(key);
            let median = get("median").map(typed);
            let both = get("plus_minus");
            match (get("range"), get("low"), get("value")) {
                (Some(Value { item: Item::List(ends), .. }), ..) => {
                    CellValue::Range(end(&ends[0]), end(&ends[1]), median)
                }
                (_, Some(low), _) => CellValue::Range(end(low), end(get("high").unwrap()), median),
                (_, _, Some(value)) => match (get("plus").or(both), get("minus").or(both)) {
                    (Some(plus), Some(minus)) => CellValue::Tolerance(typed(value), typed(plus), typed(minus)),
                    _ => cell_value(value, column),
                },
                _ => panic!("no value"),
            }
        }
        Item::Text(text) => word_or_number(text, column, &value.place()),
        _ => word_or_number(&shown(value), column, &value.place()),
    }
}

pub(super) fn shown(value: &Value) -> String {
    match &value.item {
        Item::Text(text) | Item::Integer(text) | Item::Float(text) | Item::Date(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

pub(super) fn word_or_number(text: &str, column: &Column, place: &Place) -> CellValue {
    if text == "unstated" {
        return CellValue::Unstated;
    }
    match &column.kind {
        ColumnKind::Text => CellValue::Text(text_of(text, place)),
        ColumnKind::Date => CellValue::Date(Date::parse(text).unwrap()),
        ColumnKind::Choice(words) => CellValue::Choice(words.iter().position(|word| *word.text == *text).unwrap()),
        ColumnKind::Figure | ColumnKind::Figures => CellValue::Figures(vec![text_of(text, place)]),
        ColumnKind::Number => {
            if column.words.iter().chain(&column.blank).any(|word| *word.text == *text) {
                return CellValue::Word(text.into());
            }
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let value = Number::from_decimal(text).unwrap_or_else(|problem| panic!("{text} {problem}"));
            CellValue::One(Typed { value, decimals: i32::try_from(decimals).unwrap(), place: place.clone() })
        }
    }
}
