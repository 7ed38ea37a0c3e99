//! Tables: their keys, and their rows from the file itself or from its CSV.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::cell::{Slot, calculated};
use super::columns::ReadColumn;
use super::inherit::Inherited;
use super::reader::Reader;
use crate::data::amount::Ends;
use crate::data::fields::ROW;
use crate::data::formula::Expectation;
use crate::data::table::{Cell, Column, RecordPages, Row, Table as DataTable};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Reported, Severity, Source, nearest};
use crate::document::{self, Entry, Item, Table, Value};

pub(super) const CODES: &[&Code] = &[&ROWS];

pub(super) static ROWS: Code = Code {
    name: "bad-rows",
    severity: Severity::Error,
    rule: false,
    what: "A table has no rows, or says twice where they are.",
    why: "There would be nothing to show, or two tables in one.",
    example: "title = \"Prices\"\n\n[columns]\nhour = { title = \"Hour\" }",
    mend: "Write the rows as `[[row]]`, or `rows = \"csv\"` and put a CSV file of the same name beside it.",
};

impl Reader<'_> {
    /// A table of rows and typed columns. `csv` is the file beside it.
    pub(super) fn table(&mut self, table: &Table, above: &Inherited, csv: Option<&Arc<Source>>) -> DataTable {
        let key_names = table.texts("key");
        let order = self.order(table, &key_names);
        let defaults = self.defaults(table, order);
        self.misplaced(table);
        let mut columns = self.columns(table.table("columns"), &defaults, order, above);
        // What the set says of all its columns may be missing.
        columns.iter_mut().for_each(|read| read.lost = read.lost.or(table.reported));
        let suspect = self.suspect(table, &columns);
        let keys = self.keys(&key_names, &columns, suspect);
        let raw = self.raw_rows(table, &columns, csv);
        let rows = match raw {
            Some(raw) => self.rows(&raw, &columns, &keys, suspect, above),
            None => Vec::new(),
        };
        let expectations = table.texts("expect");
        let expectations = expectations.iter().filter_map(|text| Expectation::parse(text, self.diagnostics).ok());
        let expectations = expectations.collect();
        DataTable {
            columns: columns.into_iter().map(|column| column.column).collect(),
            order: order.filter(|_| keys.is_ok()),
            keys: keys.unwrap_or_default(),
            rows,
            ends: ends(table),
            expectations,
            records: record_pages(table),
            combine: table.texts("combine"),
        }
    }

    /// Reports a set's own keys that are below `[columns]`.
    fn misplaced(&mut self, table: &Table) {
        let Some(columns) = table.table("columns") else { return };
        for entry in columns.entries.iter().filter(|entry| entry.value.as_table().is_none()) {
            let reported = match crate::data::fields::is_of_table(&entry.key) {
                true => {
                    let message = format!("`{}` is said of the whole table, and is below [columns]", entry.key);
                    let problem = Diagnostic::new(&ROWS, &entry.key_place(), message);
                    self.push(problem.help("move the line up, above [columns]"))
                }
                false => {
                    let message = format!("the column `{}` takes a table, not {}", entry.key, entry.value.kind());
                    let problem = Diagnostic::new(&ROWS, &entry.value.place(), message);
                    self.push(problem.help(format!("write {} = {{ title = \"…\" }}", entry.key)))
                }
            };
            self.lose_set(reported);
        }
    }

    /// The proof that columns may be missing that could not be read.
    fn suspect(&mut self, table: &Table, columns: &[ReadColumn]) -> Option<Reported> {
        let own = table.table("columns");
        let declared = own.map_or(0, |columns| columns.entries.len());
        let fault = table.reported.or_else(|| own.and_then(Table::fault));
        let fault = fault.or_else(|| self.fault.filter(|_| columns.len() < declared));
        if let Some(reported) = fault {
            self.lose_set(reported);
        }
        fault
    }

    /// The rows as typed; `None` where other tables make them, and where there are none to read.
    fn raw_rows(&mut self, table: &Table, columns: &[ReadColumn], csv: Option<&Arc<Source>>) -> Option<Vec<Table>> {
        let typed: Vec<Table> = table.list("row").iter().filter_map(|row| row.as_table().cloned()).collect();
        let from_csv = table.entry("rows");
        if let Some(entry) = from_csv.filter(|entry| entry.value.as_str() != Some("csv")) {
            let message = match entry.value.as_str() {
                Some(text) => format!("`rows` can't be \"{text}\""),
                None => format!("`rows` says where the rows are, and takes \"csv\", not {}", entry.value.kind()),
            };
            let problem = Diagnostic::new(&ROWS, &entry.key_place(), message);
            let reported = self.push(problem.help("write each row below a line [[row]], or rows = \"csv\""));
            self.lose_set(reported);
            return None;
        }
        let combine = table.entry("combine");
        let ways: Vec<&Entry> = [from_csv, combine, table.entry("row")].into_iter().flatten().collect();
        if let [first, second, ..] = *ways {
            let message = format!("the rows come from `{}` and from `{}`", first.key, second.key);
            let problem = Diagnostic::new(&ROWS, &second.key_place(), message).label(&first.key_place(), "the first");
            let reported = self.push(problem.help("keep one of the two"));
            self.lose_set(reported);
            return None;
        }
        if let Some(entry) = combine {
            if table.list("combine").is_empty() {
                let message = "`combine` names no table".to_owned();
                let problem = Diagnostic::new(&super::combine::COMBINE, &entry.key_place(), message);
                let reported = self.push(problem.help("name the tables whose rows are combined, one for each key"));
                self.lose_set(reported);
            }
            return None;
        }
        match (from_csv, csv) {
            (None, None) => {
                if typed.is_empty() && table.reported.is_none() {
                    let place = Place::new(&table.source, 0..0);
                    let problem = Diagnostic::new(&ROWS, &place, "the table has no rows".to_owned());
                    let reported = self.push(problem.help(format!(
                        "add [[row]] for each, or rows = \"csv\" and the file {}.csv beside this one",
                        self.set
                    )));
                    self.lose_set(reported);
                }
                Some(typed)
            }
            (None, Some(_)) if table.reported.is_some() => Some(typed),
            (None, Some(file)) => {
                let problem = Diagnostic::new(
                    &ROWS,
                    &Place::start_of(file),
                    format!("`{}.toml` doesn't read this file", self.set),
                );
                let reported = self.push(problem.help("add rows = \"csv\" above its columns, or remove the file"));
                self.lose_set(reported);
                Some(typed)
            }
            // The file is there, and can't be read.
            (Some(_), None) if self.gathered.broken.has_set(&self.set) => None,
            (Some(entry), None) => {
                let message = format!("there is no `content/data/{}.csv`", self.set);
                let problem = Diagnostic::new(&ROWS, &entry.value.place(), message);
                let reported = self.push(problem.help("put the file there, or write the rows as [[row]]"));
                self.lose_set(reported);
                None
            }
            (Some(_), Some(file)) => {
                let columns: Vec<&Column> = columns.iter().map(|column| &column.column).collect();
                self.decimal = if table.str("decimal") == Some(",") { "," } else { "." };
                Some(self.csv_rows(file, &columns, self.decimal))
            }
        }
    }

    fn rows(
        &mut self,
        raw: &[Table],
        columns: &[ReadColumn],
        keys: &Known<Vec<usize>>,
        suspect: Option<Reported>,
        above: &Inherited,
    ) -> Vec<Row> {
        let mut seen: HashMap<Arc<str>, Place> = HashMap::new();
        let mut unknown = HashSet::new();
        let mut rows = Vec::with_capacity(raw.len());
        for table in raw {
            let (row, fault) = self.watch(|reader| reader.row(table, columns, keys, suspect, above, &mut unknown));
            let Some(row) = row else {
                if let Some(reported) = fault.or(table.reported) {
                    self.lose_set(reported);
                }
                continue;
            };
            let key = keys.as_ref().ok().and_then(|keys| keys.first()).map_or("id", |key| &*columns[*key].column.id);
            let place = table.text(key).map_or_else(|| row.place.clone(), |text| text.place);
            if let Some(first) = seen.get(&row.id) {
                let what =
                    if keys.as_ref().is_ok_and(|keys| !keys.is_empty()) { "a row with this key" } else { "the row id" };
                let problem =
                    Diagnostic::new(&super::id::DUPLICATE_ID, &place, format!("{what} is there twice: `{}`", row.id))
                        .label(first, "the first")
                        .help("correct one of the two, or remove it");
                let reported = self.push(problem);
                self.lose_set(reported);
                continue;
            }
            seen.insert(Arc::clone(&row.id), place);
            if let Some(reported) = row.cells.iter().find_map(|cell| cell.value.as_ref().err()) {
                self.gathered.broken.cell(&self.set, &row.id, *reported);
            }
            rows.push(row);
        }
        self.is_no_pair(&rows);
        rows
    }

    /// Reports a row called `a-to-b` beside rows called `a` and `b`: the id of what is between the two.
    fn is_no_pair(&mut self, rows: &[Row]) {
        let known: HashSet<&str> = rows.iter().flat_map(|row| &row.parts).map(|part| &**part).collect();
        let pair = rows.iter().flat_map(|row| row.parts.iter().map(move |part| (row, part))).find(|(_, part)| {
            part.split_once("-to-").is_some_and(|(first, second)| known.contains(first) && known.contains(second))
        });
        if let Some((row, part)) = pair {
            let message = format!("`{part}` is also what is between two other rows");
            let problem = Diagnostic::new(&super::id::BAD_ID, &row.place, message);
            let reported =
                self.push(problem.help(format!("write it in another way, such as `{}`", part.replace("-to-", "-"))));
            self.lose_set(reported);
        }
    }

    fn row(
        &mut self,
        table: &Table,
        columns: &[ReadColumn],
        keys: &Known<Vec<usize>>,
        suspect: Option<Reported>,
        above: &Inherited,
        unknown: &mut HashSet<String>,
    ) -> Option<Row> {
        self.unknown_columns(table, columns, suspect, unknown);
        let said = self.said(table);
        let of_row = said.below(above);
        let parts = self.parts(table, columns, keys, suspect);
        let name = parts.as_ref().map_or_else(|_| "the row".to_owned(), |parts| format!("row `{}`", parts.join(".")));
        let mut cells = Vec::with_capacity(columns.len());
        for (at, read) in columns.iter().enumerate() {
            if parts.is_err() && keys.as_ref().is_ok_and(|keys| keys.contains(&at)) {
                // It was reported as a part of the id.
                continue;
            }
            let inherited = match (read.says, said.is_empty()) {
                (false, _) => of_row.clone(),
                (true, true) => read.inherited.clone(),
                (true, false) => said.below(&read.inherited),
            };
            cells.push(self.row_cell(table, read, columns, &inherited, &name, suspect));
        }
        let parts = parts.ok()?;
        let id = parts.join(".").into();
        let (note, was) = (self.text(table, "note"), table.texts("was"));
        Some(Row { parts, id, cells, note, record: of_row.record, was, place: table.place() })
    }

    fn row_cell(
        &mut self,
        table: &Table,
        read: &ReadColumn,
        columns: &[ReadColumn],
        inherited: &Inherited,
        name: &str,
        suspect: Option<Reported>,
    ) -> Cell {
        let column = &read.column;
        let value = table.get(&column.id);
        let unit = self.row_unit(table, column, columns);
        let slot = Slot {
            column,
            unit: unit.clone().unwrap_or(Unit::NUMBER),
            inherited,
            name: &column.id,
            row: row_place(table, columns),
            of: name.to_owned(),
        };
        if column.formula.is_some() {
            if let Some(value) = value {
                let message = format!("`{}` is calculated, and {name} gives a value", column.id);
                let problem = Diagnostic::new(&ROWS, &value.place(), message).label(&column.place, "by this formula");
                self.push(problem.help("take the value out of the row, or the formula out of the column"));
            }
            return match read.lost.or(read.fault) {
                Some(reported) => Cell { value: Err(reported), ..calculated(&slot) },
                None => calculated(&slot),
            };
        }
        if let Some(reported) = read.lost {
            return Cell { value: Err(reported), ..calculated(&slot) };
        }
        let mistyped = value.is_none() && self.is_mistyped(table, &column.id, columns);
        let mut cell = match (value, suspect.or(table.reported).or(read.fault)) {
            (None, Some(reported)) if column.blank.is_none() => Cell { value: Err(reported), ..calculated(&slot) },
            (None, _) if mistyped => {
                let reported = self.fault.unwrap_or_else(|| unreachable!("a mistyped column was reported"));
                Cell { value: Err(reported), ..calculated(&slot) }
            }
            (value, _) => self.cell(&slot, value),
        };
        // What a column could not say may be what its values are.
        if let (Some(reported), true) = (unit.err().or(read.fault), cell.value.is_ok()) {
            cell.value = Err(reported);
        }
        cell
    }

    /// The unit of a column in a row.
    fn row_unit(&mut self, table: &Table, column: &Column, columns: &[ReadColumn]) -> Known<Unit> {
        let text = match &column.unit {
            ColumnUnit::Fixed(unit) => return Ok(unit.clone()),
            // The formulas' own business: the unit may depend on a calculated column.
            ColumnUnit::ByRow(_) if column.formula.is_some() => return Ok(Unit::NUMBER),
            ColumnUnit::ByRow(text) => text,
        };
        let mut unit = String::new();
        let mut rest = &*text.text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            unit.push_str(before);
            if columns.iter().all(|read| *read.column.id != *name) {
                if let Some(reported) = self.unknown.get(name) {
                    return Err(*reported);
                }
                let problem =
                    Diagnostic::new(&super::value::BAD_UNIT, &text.place, format!("there is no column `{name}`"));
                let reported = self.push(match nearest(name, columns.iter().map(|read| &*read.column.id)) {
                    Some(near) => problem.help(format!("did you mean {{{near}}}?")),
                    None => problem.help("name a text column of this table between the braces"),
                });
                self.unknown.insert(name.to_owned(), reported);
                return Err(reported);
            }
            if let Some(Item::Text(text) | Item::Integer(text) | Item::Float(text)) =
                table.get(name).map(|value| &value.item)
            {
                unit.push_str(text);
            }
            rest = after;
        }
        unit.push_str(rest);
        let place = table.get(&column.id).map_or_else(|| table.place(), Value::place);
        self.unit_of(&unit, &place)
    }

    /// Reports keys of a row that are no columns. A name that no column has is one mistake, in however many rows it is.
    fn unknown_columns(
        &mut self,
        table: &Table,
        columns: &[ReadColumn],
        suspect: Option<Reported>,
        unknown: &mut HashSet<String>,
    ) {
        let is_known =
            |key: &str| columns.iter().any(|read| *read.column.id == *key) || ROW.iter().any(|field| field.name == key);
        for entry in table.entries.iter().filter(|entry| !is_known(&entry.key)) {
            let free = columns.iter().map(|read| &*read.column.id).filter(|id| table.get(id).is_none());
            let free: Vec<&str> = free.collect();
            let problem = document::unknown_key(entry, &free);
            if nearest(&entry.key, free).is_some() {
                self.push(problem);
            } else if suspect.is_none() && unknown.insert(entry.key.clone()) {
                self.push(problem.help(format!("remove it, or declare [columns.{}] with a title", entry.key)));
            }
        }
    }

    pub(super) fn is_mistyped(&self, table: &Table, column: &str, columns: &[ReadColumn]) -> bool {
        self.fault.is_some()
            && table.entries.iter().any(|entry| {
                columns.iter().all(|read| *read.column.id != *entry.key)
                    && ROW.iter().all(|field| field.name != entry.key)
                    && nearest(&entry.key, [column]).is_some()
            })
    }
}

/// Where to point at a row: its `id`, or what is typed first in it.
fn row_place(table: &Table, columns: &[ReadColumn]) -> Place {
    let first = columns.iter().find_map(|read| table.get(&read.column.id));
    table.get("id").or(first).map_or_else(|| table.place(), Value::place)
}

/// On which pages the records of the set's figures are.
pub(super) fn record_pages(table: &Table) -> RecordPages {
    match table.str("records") {
        Some("rows") => RecordPages::Rows,
        Some("quoted") => RecordPages::Quoted,
        _ => RecordPages::Set,
    }
}

/// Which ends belong to a range.
pub(super) fn ends(table: &Table) -> Ends {
    match table.str("ends") {
        Some("low") => Ends::Low,
        Some("high") => Ends::High,
        _ => Ends::Both,
    }
}
