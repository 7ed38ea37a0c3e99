//! Tables whose rows are each combination of the rows of others.

use std::sync::Arc;

use super::cell::{Slot, calculated};
use super::inherit::Inherited;
use super::reader::Gathered;
use crate::data::broken::Broken;
use crate::data::former;
use crate::data::set::{Contents, DataSet};
use crate::data::table::{Cell, CellValue, ColumnKind, Row, Table};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Known, Names, Report, Severity, Subject};
use crate::document::Text;

pub(super) const CODES: &[&Code] = &[&COMBINE];

pub(super) static COMBINE: Code = Code {
    name: "bad-combine",
    severity: Severity::Error,
    rule: false,
    what: "A table combines rows of a table that doesn't exist, or has not as many keys as tables.",
    why: "It would have no rows.",
    example: "key = [\"role\"]\ncombine = [\"roles\", \"places\"]",
    mend: "Name as many tables as `key` has columns, each with one key or an `id`.",
};

/// What a row gives to the rows that it is combined to.
struct Part {
    /// Its own title.
    title: Text,
    /// The last part of its id.
    id: Arc<str>,
    /// What that part was.
    was: Vec<Text>,
}

/// Makes the rows of tables that combine others. One table may combine what another has combined.
pub(super) fn combine(sets: &mut [DataSet], gathered: &mut Gathered, diagnostics: &mut Vec<Diagnostic>) {
    let tables = sets.iter().filter(|set| matches!(&set.contents, Contents::Table(table) if !table.combine.is_empty()));
    let mut waiting: Vec<Arc<str>> = tables.map(|set| Arc::clone(&set.name)).collect();
    while let Some(at) = waiting.iter().position(|name| is_ready(sets, name, &waiting)) {
        let name = waiting.remove(at);
        fill(sets, &name, &mut gathered.broken, diagnostics);
    }
    while let Some(cycle) = cycle(sets, &waiting) {
        let message = match &cycle[..] {
            [only] => format!("`{}` combines itself", only.text),
            [.., last] => {
                let steps: Vec<&str> = cycle.iter().map(|named| &*named.text).collect();
                let last = &last.text;
                format!("`{last}` combines itself: {last} → {}", steps.join(" → "))
            }
            [] => break,
        };
        let reported =
            diagnostics.report(Diagnostic::new(&COMBINE, &cycle[0].place, message).help("name other tables"));
        waiting.retain(|name| cycle.iter().all(|named| named.text != *name));
        cycle.iter().for_each(|named| gathered.broken.set(&named.text, reported));
        // What combines one of them is without rows too.
        while let Some(at) = waiting.iter().position(|name| is_ready(sets, name, &waiting)) {
            let name = waiting.remove(at);
            fill(sets, &name, &mut gathered.broken, diagnostics);
        }
    }
}

/// The names by which one of the waiting tables leads back to itself.
fn cycle(sets: &[DataSet], waiting: &[Arc<str>]) -> Option<Vec<Text>> {
    let mut path: Vec<Text> = Vec::new();
    let mut at = Arc::clone(waiting.first()?);
    loop {
        let table = set_of(sets, &at)?.table()?;
        let next = table.combine.iter().find(|named| waiting.contains(&named.text))?;
        if let Some(start) = path.iter().position(|named| named.text == next.text) {
            return Some(path.split_off(start));
        }
        at = Arc::clone(&next.text);
        path.push(next.clone());
    }
}

fn set_of<'s>(sets: &'s [DataSet], name: &str) -> Option<&'s DataSet> {
    sets.iter().find(|set| *set.name == *name)
}

fn is_ready(sets: &[DataSet], name: &str, waiting: &[Arc<str>]) -> bool {
    let Some(Contents::Table(table)) = set_of(sets, name).map(|set| &set.contents) else { return true };
    table.combine.iter().all(|other| !waiting.contains(&other.text))
}

fn fill(sets: &mut [DataSet], name: &str, broken: &mut Broken, diagnostics: &mut Vec<Diagnostic>) {
    let Some(at) = sets.iter().position(|set| *set.name == *name) else { return };
    let Contents::Table(table) = &sets[at].contents else { return };
    if broken.has_set(name) {
        return;
    }
    match parts(sets, table, broken, diagnostics) {
        Ok(parts) => {
            let rows = rows(table, &parts, &sets[at]);
            if let Contents::Table(table) = &mut sets[at].contents {
                table.rows = rows;
            }
        }
        Err(reported) => broken.set(name, reported),
    }
}

/// The rows of each combined table.
fn parts(sets: &[DataSet], table: &Table, broken: &Broken, diagnostics: &mut Vec<Diagnostic>) -> Known<Vec<Vec<Part>>> {
    if table.combine.len() != table.keys.len() {
        let place = &table.combine[0].place;
        let message = format!("`combine` names {} tables, and `key` {} columns", table.combine.len(), table.keys.len());
        let problem = Diagnostic::new(&COMBINE, place, message);
        return Err(diagnostics.report(problem.help("name a column in `key` for each table, in the same order")));
    }
    let names: Names<Arc<str>> = sets.iter().map(|set| Arc::clone(&set.name)).collect();
    let mut all = Vec::new();
    for named in &table.combine {
        if let Some(reported) = broken.reported_below(&named.text) {
            return Err(reported);
        }
        let other = match set_of(sets, &named.text).map(|set| &set.contents) {
            Some(Contents::Table(other)) => other,
            Some(_) => {
                let problem = Diagnostic::new(&COMBINE, &named.place, format!("`{}` is no table", named.text));
                return Err(diagnostics.report(problem.help("name a table whose rows are combined")));
            }
            None => {
                let problem = Diagnostic::new(&COMBINE, &named.place, format!("there is no table `{}`", named.text))
                    .subject(Subject::Set(Arc::clone(&named.text)));
                return Err(diagnostics.report(match names.nearest(&named.text) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("name a file of content/data/ without its ending"),
                }));
            }
        };
        if other.keys.len() > 1 {
            let message = format!("a row of `{}` has {} keys, and one is needed", named.text, other.keys.len());
            let problem = Diagnostic::new(&COMBINE, &named.place, message);
            return Err(diagnostics.report(problem.help("name a table with one key, or whose rows have an `id`")));
        }
        all.push(other.rows.iter().filter_map(|row| part(other, row, named)).collect());
    }
    let misfit = table.columns.iter().enumerate().find_map(|(at, column)| {
        match (table.keys.contains(&at), &column.kind, &column.formula) {
            (true, ColumnKind::Text, _) | (false, _, Some(_)) => None,
            (true, ..) => Some((column, "is a key of combined rows, which is text", "add type = \"text\"")),
            (false, _, None) => Some((
                column,
                "has no formula, and the rows of the table aren't typed",
                "add a formula, or type the rows",
            )),
        }
    });
    match misfit {
        None => Ok(all),
        Some((column, what, help)) => {
            let problem = Diagnostic::new(&COMBINE, &column.place, format!("`{}` {what}", column.id));
            Err(diagnostics.report(problem.help(help)))
        }
    }
}

fn part(table: &Table, row: &Row, named: &Text) -> Option<Part> {
    let id = Arc::clone(row.parts.last()?);
    let title = table.title_column().and_then(|at| match &row.cells[at].value {
        Ok(CellValue::Text(text)) => Some(text.clone()),
        _ => None,
    });
    let was = row.was.clone();
    let by_id = || Text { text: Arc::clone(&id), place: named.place.clone(), exact: false };
    Some(Part { title: title.unwrap_or_else(by_id), id: Arc::clone(&id), was })
}

fn rows(table: &Table, parts: &[Vec<Part>], set: &DataSet) -> Vec<Row> {
    let mut combinations: Vec<Vec<&Part>> = vec![Vec::new()];
    for of_one in parts {
        let mut longer = Vec::with_capacity(combinations.len() * of_one.len());
        for so_far in &combinations {
            longer.extend(of_one.iter().map(|part| so_far.iter().copied().chain([part]).collect::<Vec<_>>()));
        }
        combinations = longer;
    }
    combinations.into_iter().map(|parts| row(table, &parts, set)).collect()
}

fn row(table: &Table, parts: &[&Part], set: &DataSet) -> Row {
    let ids: Vec<Arc<str>> = parts.iter().map(|part| Arc::clone(&part.id)).collect();
    let place = table.combine[0].place.clone();
    let names: Vec<Vec<&str>> = parts.iter().map(|part| former::names(&part.id, &part.was)).collect();
    let former = former::joined(&names);
    let cells = table.columns.iter().enumerate().map(|(at, column)| {
        let unit = match &column.unit {
            ColumnUnit::Fixed(unit) => unit.clone(),
            ColumnUnit::ByRow(_) => Unit::NUMBER,
        };
        let inherited = Inherited { record: Arc::clone(&column.record), precision: None };
        let slot =
            Slot { column, unit, inherited: &inherited, name: &column.id, row: place.clone(), of: String::new() };
        let cell = calculated(&slot);
        match table.keys.iter().position(|key| *key == at) {
            Some(key) => Cell { value: Ok(CellValue::Text(parts[key].title.clone())), ..cell },
            None => cell,
        }
    });
    Row {
        id: ids.join(".").into(),
        parts: ids,
        cells: cells.collect(),
        note: None,
        record: Arc::clone(&set.record),
        was: former.into_iter().skip(1).map(|text| Text { text, place: place.clone(), exact: false }).collect(),
        place: place.clone(),
    }
}
