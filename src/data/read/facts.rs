//! `kind = "facts"`: single figures, each with its own unit. They are read as the columns of a table with one row.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell::{Slot, calculated};
use super::inherit::Inherited;
use super::reader::Reader;
use super::rows::{ends, record_pages};
use super::value::BAD_UNIT;
use crate::data::fields::{FACT_TABLE, FACTS};
use crate::data::formula::Expectation;
use crate::data::table::{Cell, Row, Table as DataTable};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Reported, Severity, nearest};
use crate::document::{self, Entry, Item, Table, Text};

pub(super) const CODES: &[&Code] = &[&FACT_VALUE];

static FACT_VALUE: Code = Code {
    name: "fact-value",
    severity: Severity::Error,
    rule: false,
    what: "A fact has neither a value nor a formula, or both.",
    why: "A fact is one figure: it is typed or calculated.",
    example: "[uplift]\ntitle = \"Rise on moving\"",
    mend: "Give exactly one of `value` and `formula`; `value = \"unstated\"` where the source doesn't say.",
};

impl Reader<'_> {
    /// The facts of a file, in its order.
    pub(super) fn facts(&mut self, table: &Table, above: &Inherited) -> DataTable {
        let known: Vec<&str> = FACTS.iter().map(|field| field.name).collect();
        let mut defaults = self.defaults(table, None);
        if let Some(Ok(ColumnUnit::ByRow(text))) = &defaults.unit {
            defaults.unit = Some(Err(self.names_column(&text.clone())));
        }
        if let Some(reported) = table.reported {
            // What the set says of its facts may be missing.
            self.lose_set(reported);
        }
        let mut seen = HashMap::new();
        let (mut columns, mut cells) = (Vec::new(), Vec::new());
        for entry in table.entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let Item::Table(own) = &entry.value.item else {
                let problem = document::unknown_key(entry, &known);
                match nearest(&entry.key, known.iter().copied()) {
                    Some(_) => {
                        let reported = self.push(problem);
                        self.lose_set(reported);
                    }
                    None => {
                        let help = format!("a fact is a table: [{}] with a title and a value", entry.key);
                        let reported = self.push(problem.help(help));
                        self.lose_row(&entry.key, Some(reported));
                    }
                }
                continue;
            };
            if !self.new_id(&entry.key, &entry.key_place(), "fact", &mut seen) || !self.is_free_name(entry, "fact") {
                continue;
            }
            let ((column, cell), fault) = self.fact(entry, own, &defaults, above);
            self.lose_row(&entry.key, fault.or(cell.value.as_ref().err().copied()));
            columns.push(column);
            cells.push(cell);
        }
        let expectations = table.texts("expect");
        let expectations = expectations.iter().filter_map(|text| Expectation::parse(text, self.diagnostics).ok());
        let expectations = expectations.collect();
        let row = Row {
            parts: Vec::new(),
            id: "".into(),
            cells,
            note: None,
            record: Arc::clone(&above.record),
            was: Vec::new(),
            place: table.place(),
        };
        let (ends, records) = (ends(table), record_pages(table));
        DataTable { columns, rows: vec![row], ends, expectations, records, ..DataTable::default() }
    }

    /// Reports a unit of facts that names a column.
    fn names_column(&mut self, unit: &Text) -> Reported {
        let part = unit.text.find('{').and_then(|start| unit.text[start..].split_inclusive('}').next()).unwrap_or("");
        let message = format!("a fact has no columns, and the unit names `{part}`");
        self.push(Diagnostic::new(&BAD_UNIT, &unit.place, message).help("write the unit itself"))
    }

    fn fact(
        &mut self,
        entry: &Entry,
        own: &Table,
        defaults: &super::columns::Defaults,
        above: &Inherited,
    ) -> ((crate::data::table::Column, Cell), Option<Reported>) {
        let mut own = own.clone();
        let (read, fault) = self.watch(|reader| {
            reader.hold(&mut own, &FACT_TABLE);
            let read = reader.column(entry, &own, defaults, None, above);
            let (qualifier, note) = (reader.text(&own, "qualifier"), reader.text(&own, "note"));
            Some((read, qualifier, note))
        });
        let (read, qualifier, note) = read.unwrap_or_else(|| unreachable!("a fact is always given"));
        let (unit, fault) = match &read.column.unit {
            ColumnUnit::Fixed(unit) => (unit.clone(), fault),
            ColumnUnit::ByRow(text) => (Unit::NUMBER, Some(self.names_column(text))),
        };
        let slot = Slot {
            column: &read.column,
            unit,
            inherited: &read.inherited,
            name: "value",
            row: entry.key_place(),
            of: format!("the fact `{}`", entry.key),
        };
        let mut cell = match (own.entry("value"), own.entry("formula")) {
            (Some(_), None) if read.lost.is_some() => calculated(&slot),
            (Some(value), None) => self.cell(&slot, Some(&value.value)),
            (None, Some(_)) => calculated(&slot),
            (None, None) => match fault.or(own.reported) {
                Some(reported) => Cell { value: Err(reported), ..calculated(&slot) },
                None => {
                    let message = format!("the fact `{}` has no value", entry.key);
                    let problem = Diagnostic::new(&FACT_VALUE, &entry.key_place(), message)
                        .help("add value = …, or value = \"unstated\" where the source doesn't say");
                    Cell { value: Err(self.push(problem)), ..calculated(&slot) }
                }
            },
            (Some(value), Some(formula)) => {
                let message = format!("the fact `{}` has a value and a formula", entry.key);
                let problem = Diagnostic::new(&FACT_VALUE, &formula.key_place(), message)
                    .label(&value.key_place(), "the value")
                    .help("keep one of the two");
                Cell { value: Err(self.push(problem)), ..calculated(&slot) }
            }
        };
        if let (Some(reported), true) = (fault, cell.value.is_ok()) {
            cell.value = Err(reported);
        }
        cell.qualifier = qualifier.or(cell.qualifier);
        cell.note = note.or(cell.note);
        ((read.column, cell), fault)
    }
}
