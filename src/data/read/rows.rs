//! The rows of a band table, and their cells.

use std::collections::HashMap;
use std::sync::Arc;

use super::Reader;
use super::bands::{UNKNOWN_MEASURE, list};
use super::inherit::Inherited;
use super::value;
use crate::data::fields::{CELL_TABLE, ROW};
use crate::data::figure::{Amount, Unit};
use crate::data::set::{BandRow, Cell, Measure, Median};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::{Entry, Item, Table, Value};

pub(super) static MISSING_MEASURE: Code = Code {
    name: "missing-measure",
    severity: Severity::Error,
    rule: false,
    what: "A row gives no value for a measure that the set declares.",
    why: "A blank cell leaves open whether the source is silent or somebody forgot.",
    example: "[measures.bonus]\ntitle = \"Bonus\"\n\n[[row]]\nid = \"l1\"   # and no bonus",
    mend: "Add the value, or `bonus = \"unstated\"` where the source doesn't give it.",
};
pub(super) static TYPED_SUM: Code = Code {
    name: "typed-sum",
    severity: Severity::Error,
    rule: false,
    what: "A row types a measure that is calculated.",
    why: "The typed value and the calculated one could disagree.",
    example: "[measures.cash]\ntitle = \"Cash\"\nsum = [\"base\", \"bonus\"]\n\n[[row]]\nid = \"l1\"\ncash = [126_000, 174_000]",
    mend: "Remove the value from the row, or `sum` from the measure.",
};
pub(super) static MEDIAN: Code = Code {
    name: "median",
    severity: Severity::Error,
    rule: false,
    what: "A stated median lies outside its range, or stands without one.",
    why: "A median is the middle of what lies between low and high; elsewhere one of the three numbers is a slip.",
    example: "total = { range = [365_000, 500_000], median = 342_000 }",
    mend: "Correct the number that is wrong; a single value has no median.",
};

/// What a row's readers share.
struct Columns<'a> {
    measures: &'a [Measure],
    position: HashMap<&'a str, usize>,
    ids: Vec<Arc<str>>,
    /// Names that are declared, and refused there.
    refused: &'a [&'a str],
    /// Whether more may be declared than could be read.
    suspect: bool,
}

impl Reader<'_> {
    pub(super) fn rows(
        &mut self,
        rows: &[Value],
        measures: &[Measure],
        refused: &[&str],
        suspect: bool,
        inherited: &Inherited,
    ) -> Vec<BandRow> {
        let columns = Columns {
            measures,
            position: measures.iter().enumerate().map(|(at, measure)| (&*measure.id, at)).collect(),
            ids: measures.iter().map(|measure| Arc::clone(&measure.id)).collect(),
            refused,
            suspect,
        };
        let mut seen = HashMap::with_capacity(rows.len());
        let mut found = Vec::with_capacity(rows.len());
        for table in rows.iter().filter_map(Value::as_table) {
            let (row, fault) = self.watch(|reader| reader.row(table, &columns, inherited, &mut seen));
            let fault = fault.or(table.reported);
            match (table.str("id"), fault) {
                (Some(id), fault) => self.lose_row(id, fault),
                (None, Some(reported)) => self.lose_set(reported),
                (None, None) => (),
            }
            found.extend(row);
        }
        found
    }

    fn row(
        &mut self,
        table: &Table,
        columns: &Columns<'_>,
        inherited: &Inherited,
        seen: &mut HashMap<Arc<str>, Place>,
    ) -> Option<BandRow> {
        let id = table.text("id");
        let good = id
            .as_ref()
            .is_some_and(|id| self.new_id(&id.text, &id.place, "row", seen) && self.names_one_row(&id.text, &id.place));
        let inherited = self.inherit(inherited, table);
        let mut cells: Vec<Option<Cell>> = vec![None; columns.measures.len()];
        let mut given = vec![false; columns.measures.len()];
        let mut meant: Vec<&str> = Vec::new();
        let mut outside = false;
        for entry in table.entries.iter().filter(|entry| !ROW.iter().any(|field| field.name == entry.key)) {
            let Some(&at) = columns.position.get(&*entry.key) else {
                let near = nearest(&entry.key, columns.ids.iter().map(|id| &**id));
                if matches!(&*entry.key, "range" | "value" | "median" | "bound") && near.is_none() {
                    // They stand below a head that is missing, and the measure is given there.
                    if !std::mem::replace(&mut outside, true) && !columns.suspect {
                        let missing = columns.measures.iter().find(|measure| table.get(&measure.id).is_none());
                        let measure = missing.or(columns.measures.first()).map_or("base", |measure| &measure.id);
                        self.push(outside_a_cell(entry, measure));
                    }
                    continue;
                }
                if columns.refused.contains(&&*entry.key) || (columns.suspect && near.is_none()) {
                    continue;
                }
                meant.extend(near);
                if near.is_some() || self.unknown.insert(entry.key.clone()) {
                    self.push(undeclared(entry, columns));
                }
                continue;
            };
            given[at] = true;
            if columns.measures[at].sum.is_empty() {
                let before = (self.fault, self.latest);
                let read = |reader: &mut Self| reader.cell(&entry.key, &entry.value, &columns.measures[at], &inherited);
                let (cell, fault) = self.watch(read);
                if let (None, Some(reported), Some(id)) = (&cell, fault, &id) {
                    // The row's other cells are none the worse for it.
                    (self.fault, self.latest) = before;
                    self.gathered.broken.cell(&self.set, &id.text, reported);
                }
                cells[at] = cell;
            } else {
                self.push(
                    Diagnostic::new(
                        &TYPED_SUM,
                        &entry.key_place(),
                        format!("`{}` is calculated, and typed here", entry.key),
                    )
                    .label(&columns.measures[at].place, "it is a sum by this")
                    .help("remove the line"),
                );
            }
        }
        for (measure, _) in
            columns.measures.iter().zip(&given).filter(|(measure, given)| !**given && measure.sum.is_empty())
        {
            if table.reported.is_none() && !outside && !columns.suspect && !meant.contains(&&*measure.id) {
                self.missing(table, measure);
            }
        }
        Some(BandRow {
            id: id.filter(|_| good)?.text,
            code: self.text(table, "code"),
            title: self.text(table, "title"),
            track: self.text(table, "track"),
            note: self.text(table, "note"),
            cells,
            record: inherited.record,
            place: table.place(),
        })
    }

    fn missing(&mut self, table: &Table, measure: &Measure) {
        let id = table.get("id");
        let place = id.map_or_else(|| table.place(), Value::place);
        let name = id.and_then(Value::as_str).map_or_else(|| "the row".to_owned(), |id| format!("row `{id}`"));
        let measure_id = &measure.id;
        self.push(
            Diagnostic::new(&MISSING_MEASURE, &place, format!("{name} has no `{measure_id}`"))
                .label(&measure.place, "declared here")
                .help(format!(
                    "add {measure_id} = [low, high], or {measure_id} = \"unstated\" where the source doesn't say"
                )),
        );
    }

    /// A cell: a range, one value, `"unstated"`, or a table with more said.
    fn cell(&mut self, key: &str, value: &Value, measure: &Measure, inherited: &Inherited) -> Option<Cell> {
        let Item::Table(table) = &value.item else {
            let amount = self.amount(key, value)?;
            return self.finished(key, value, amount, measure, inherited, None);
        };
        let mut table = table.clone();
        let before = self.diagnostics.len();
        self.hold(&mut table, &CELL_TABLE);
        let inherited = self.inherit(inherited, &table);
        let typed = match (table.get("range"), table.get("value")) {
            (Some(range), None) => range,
            (None, Some(one)) => one,
            (Some(_), Some(one)) => {
                let message = format!("`{key}` has both a range and a value");
                self.push(
                    Diagnostic::new(&value::BAD_VALUE, &one.place(), message)
                        .help("keep `range` where the source gives low and high, else `value`"),
                );
                return None;
            }
            (None, None) => {
                if self.diagnostics.len() == before {
                    self.push(
                        Diagnostic::new(
                            &value::BAD_VALUE,
                            &value.place(),
                            format!("`{key}` has neither a range nor a value"),
                        )
                        .help("add range = [low, high], or value = …, or value = \"unstated\""),
                    );
                }
                return None;
            }
        };
        if typed.as_list().is_none() && table.get("range").is_some() && typed.as_str() != Some("unstated") {
            self.push(
                Diagnostic::new(
                    &value::BAD_VALUE,
                    &typed.place(),
                    format!("`range` takes [low, high], not {}", typed.kind()),
                )
                .help("write range = [low, high], or value = … for one number"),
            );
            return None;
        }
        let amount = self.amount(key, typed);
        let median = table.get("median").filter(|median| median.as_str() != Some("unstated"));
        let stated =
            median.and_then(|median| Some(Median { value: self.number("median", median)?, place: median.place() }));
        let amount = amount?;
        let mut cell = self.finished(key, typed, amount, measure, &inherited, stated)?;
        cell.bound = value::bound(&table);
        cell.note = self.text(&table, "note");
        (median.is_some() == cell.median.is_some()).then_some(cell)
    }

    fn finished(
        &mut self,
        key: &str,
        value: &Value,
        amount: Amount,
        measure: &Measure,
        inherited: &Inherited,
        median: Option<Median>,
    ) -> Option<Cell> {
        let unit = match &measure.unit {
            Some(unit) => unit.clone(),
            None => self.money(inherited, value)?,
        };
        if matches!(unit, Unit::Count | Unit::Rank) && !self.is_whole(key, amount, value) {
            return None;
        }
        if unit == Unit::Rank && !self.is_from_one(key, amount, value) {
            return None;
        }
        let median = median.filter(|median| self.is_inside(key, median, amount, value));
        Some(Cell {
            amount,
            unit,
            median,
            precision: inherited.precision,
            bound: None,
            note: None,
            record: Arc::clone(&inherited.record),
            place: value.place(),
            ends: value.as_list().and_then(|ends| Some((ends.first()?.place(), ends.get(1)?.place()))),
        })
    }

    fn is_inside(&mut self, key: &str, median: &Median, amount: Amount, value: &Value) -> bool {
        let stated = median.value;
        let problem = match amount {
            Amount::Range(low, high) if low <= stated && stated <= high => return true,
            Amount::Range(low, high) => {
                let side = if stated < low { "below" } else { "above" };
                Diagnostic::new(
                    &MEDIAN,
                    &median.place,
                    format!("the median {stated} lies {side} the range {low} to {high}"),
                )
                .label(&value.place(), "the range")
                .help("correct the median, or the end of the range that is wrong")
            }
            _ => Diagnostic::new(&MEDIAN, &median.place, format!("`{key}` has a median, and no range"))
                .label(&value.place(), "the value")
                .help("write range = [low, high] where the source gives one, or remove the median"),
        };
        self.push(problem);
        false
    }
}

fn outside_a_cell(entry: &Entry, measure: &str) -> Diagnostic {
    let key = &entry.key;
    Diagnostic::new(&UNKNOWN_MEASURE, &entry.key_place(), format!("`{key}` belongs to a cell, and stands in none"))
        .help(format!("write it between braces, {measure} = {{ {key} = … }}, or below a line [row.{measure}]"))
}

fn undeclared(entry: &Entry, columns: &Columns<'_>) -> Diagnostic {
    let place = entry.key_place();
    let problem = Diagnostic::new(&UNKNOWN_MEASURE, &place, format!("there is no measure or key `{}`", entry.key));
    let known = columns.ids.iter().map(|id| &**id).chain(ROW.iter().map(|field| field.name));
    match nearest(&entry.key, known) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if columns.ids.is_empty() => problem.help(format!("declare it: [measures.{}]", entry.key)),
        None => problem.help(format!(
            "write one of {}, or declare [measures.{}] with a title",
            list(&columns.ids),
            entry.key
        )),
    }
}
