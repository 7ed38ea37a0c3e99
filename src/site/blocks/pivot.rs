//! Pivoted tables: the values of a key column become columns, and the rows are the other keys.

use std::collections::HashMap;
use std::sync::Arc;

use super::column::NamedColumn;
use super::rows::limit;
use super::table::{ResolvedTable, TableCell, TableColumn, TableRow, cell, column};
use crate::content::TableBlock;
use crate::data::{Data, DataSet, Row, Table};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Text;

pub(super) static PIVOT: Code = Code {
    name: "block-pivot",
    severity: Severity::Error,
    rule: false,
    what: "A table can't be pivoted as its block asks.",
    why: "The table would lack rows or columns.",
    example: "pivot = \"region\"\ncolumns = [\"hour\", \"day\"]",
    mend: "`pivot` names one of two or more columns in the set's `key`, and `columns` the one column of values.",
};

/// Columns that a pivot makes at most: more can't be read, and cost as many cells for each row.
const MOST_COLUMNS: usize = 60;

/// The table with the values of a key as columns. `chosen` are the ids of the rows, in order.
pub(super) fn resolve(
    block: &TableBlock,
    key: &Text,
    chosen: &[Arc<str>],
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedTable> {
    let (table, part) = pivoted_key(key, set, diagnostics)?;
    let value = values(block, key, set, table, data, diagnostics)?;
    let keys = || table.keys.iter().map(|at| NamedColumn::whole(*at, &table.columns[*at]));
    let others: Vec<NamedColumn<'_>> =
        keys().enumerate().filter(|(at, _)| *at != part).map(|(_, column)| column).collect();
    let head = keys().nth(part)?;
    let rows: Vec<&Row> = chosen.iter().filter_map(|id| table.rows.get(set.ids().position(id)?)).collect();
    // Columns in the order of the file, whichever way the rows are sorted.
    let mut in_file = rows.clone();
    in_file.sort_by_key(|row| set.ids().position(&row.id));
    let mut columns: Vec<TableColumn> = others.iter().map(column).collect();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in in_file {
        if !places.contains_key(&*row.parts[part]) {
            places.insert(&row.parts[part], columns.len());
            columns.push(TableColumn { head: Some(cell(set, row, &head, data)), ..column(&value) });
        }
    }
    if places.len() > MOST_COLUMNS {
        let message = format!("`{}` has {} values, more than can be columns", key.text, places.len());
        let help = format!("pick at most {MOST_COLUMNS} of them with `where`, or pivot by another key");
        diagnostics.push(Diagnostic::new(&PIVOT, &key.place, message).help(help));
        return None;
    }
    let mut made: Vec<TableRow> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let parts = row.parts.iter().enumerate().filter(|(at, _)| *at != part).map(|(_, part)| &**part);
        let id = parts.collect::<Vec<_>>().join(".");
        let at = *known.entry(id.clone()).or_insert_with(|| {
            let mut cells: Vec<TableCell> = others.iter().map(|other| cell(set, row, other, data)).collect();
            cells.resize(columns.len(), TableCell::Empty);
            made.push(TableRow { id: id.into(), cells });
            made.len() - 1
        });
        made[at].cells[places[&*row.parts[part]]] = cell(set, row, &value, data);
    }
    let all = limit(&block.rows, &mut made, diagnostics);
    Some(ResolvedTable { set: Arc::clone(&set.name), columns, rows: made, all })
}

/// The table that is pivoted, and which part of its keys the column is.
fn pivoted_key<'s>(key: &Text, set: &'s DataSet, diagnostics: &mut Vec<Diagnostic>) -> Option<(&'s Table, usize)> {
    let table = set.table()?;
    let names: Vec<&str> = table.keys.iter().map(|at| &*table.columns[*at].id).collect();
    let problem = |message: String| Diagnostic::new(&PIVOT, &key.place, message);
    if names.len() < 2 {
        let message = format!("`{}` has not two keys, so that nothing is left for the rows", set.name);
        diagnostics.push(problem(message).help("take `pivot` out, or give the set a `key` of two columns"));
        return None;
    }
    let part = names.iter().position(|name| *name == &*key.text);
    if part.is_none() {
        let message = format!("`{}` is no key of `{}`", key.text, set.name);
        diagnostics.push(problem(message).help(format!("use one of {}", names.join(", "))));
    }
    Some((table, part?))
}

/// The one column whose values fill the table.
fn values<'t>(
    block: &TableBlock,
    key: &Text,
    set: &DataSet,
    table: &'t Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<NamedColumn<'t>> {
    if let [only] = &block.columns[..] {
        return NamedColumn::find(only, set, table, data, diagnostics);
    }
    let columns = table.columns.iter().enumerate();
    let mut values = columns.filter(|(at, column)| !table.keys.contains(at) && column.kind.is_number());
    match (values.next(), values.next()) {
        (Some((at, column)), None) if block.columns.is_empty() => Some(NamedColumn::whole(at, column)),
        (first, _) => {
            let example = first.map_or("value", |(_, column)| &*column.id);
            let place = block.columns.get(1).map_or(&key.place, |second| &second.place);
            let problem = Diagnostic::new(&PIVOT, place, "a pivot takes the values of one column");
            diagnostics.push(problem.help(format!("name it alone, such as columns = [\"{example}\"]")));
            None
        }
    }
}
