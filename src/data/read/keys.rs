//! The ids of rows: an `id` of their own, or what their keys make.

use std::sync::Arc;

use super::columns::{ReadColumn, names};
use super::reader::{Reader, is_csv};
use crate::data::ids::id_of_value;
use crate::data::table::{Column, ColumnKind};
use crate::diagnostic::{Code, Diagnostic, Known, Reported, Severity, nearest};
use crate::document::{Item, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&KEY, &ROW_ID];

static KEY: Code = Code {
    name: "bad-key",
    severity: Severity::Error,
    rule: false,
    what: "A table's `key` names a column that doesn't exist, or whose values can't name a row.",
    why: "The ids of its rows are made from these columns.",
    example: "key = [\"regoin\"]\n\n[columns]\nregion = { title = \"Region\", type = \"text\" }",
    mend: "Name columns of this table that hold text, choices, dates or numbers.",
};
static ROW_ID: Code = Code {
    name: "row-id",
    severity: Severity::Error,
    rule: false,
    what: "A row has no id, or one that can't be made from its values.",
    why: "Its figures could not be quoted.",
    example: "[[row]]\nserver = 4",
    mend: "Add an `id`, or say with `key` which columns name a row.",
};

impl Reader<'_> {
    /// The columns that make the rows' ids.
    pub(super) fn keys(
        &mut self,
        keys: &[Text],
        columns: &[ReadColumn],
        suspect: Option<Reported>,
    ) -> Known<Vec<usize>> {
        let mut found = Vec::new();
        let mut lost = None;
        for key in keys {
            let at = columns.iter().position(|column| column.column.id == key.text);
            let problem = match at.map(|at| (at, &columns[at].column)) {
                Some((at, column))
                    if column.formula.is_none() && !matches!(column.kind, ColumnKind::Figure | ColumnKind::Figures) =>
                {
                    found.push(at);
                    continue;
                }
                Some((_, column)) => {
                    let what = if column.formula.is_some() { "is calculated" } else { "holds ids of figures" };
                    Diagnostic::new(&KEY, &key.place, format!("`{}` {what}, and can't name rows", key.text))
                        .help("name columns whose values are typed")
                }
                None if suspect.is_some() => {
                    lost = suspect;
                    continue;
                }
                None => {
                    let known = names(columns);
                    let problem = Diagnostic::new(&KEY, &key.place, format!("there is no column `{}`", key.text));
                    match nearest(&key.text, known.iter().map(|id| &**id)) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem.help(format!("declare it: [columns.{}]", key.text)),
                    }
                }
            };
            let reported = self.push(problem);
            self.lose_set(reported);
            lost = Some(reported);
        }
        lost.map_or(Ok(found), Err)
    }

    /// The parts of a row's id.
    pub(super) fn parts(
        &mut self,
        table: &Table,
        columns: &[ReadColumn],
        keys: &Known<Vec<usize>>,
        suspect: Option<Reported>,
    ) -> Known<Vec<Arc<str>>> {
        let keys = keys.as_ref().map_err(|reported| *reported)?;
        let Some(entry) = table.entry("id") else {
            let mistyped = self.fault.filter(|_| self.is_mistyped(table, "id", columns));
            return match (keys.is_empty(), table.reported.or(suspect).or(mistyped)) {
                (false, _) => keys.iter().map(|key| self.id_part(table, &columns[*key].column)).collect(),
                (true, Some(reported)) => Err(reported),
                (true, None) => {
                    let problem = Diagnostic::new(&ROW_ID, &table.place(), "the row has no id".to_owned());
                    let add = if is_csv(&table.source) { "a column with the header id" } else { "id = \"…\"" };
                    let keys = "say above [columns] which columns name a row: key = [\"…\"]";
                    Err(self.push(problem.help(format!("add {add}, or {keys}"))))
                }
            };
        };
        if keys.is_empty() {
            let text = self.text_of("id", &entry.value)?;
            self.well_made(&text.text, &text.place, "row")?;
            return Ok(vec![text.text]);
        }
        if let Some(reported) = self.unknown.get("id") {
            return Err(*reported);
        }
        let problem =
            Diagnostic::new(&ROW_ID, &entry.key_place(), "the row has an `id`, and the table a `key`".to_owned());
        let reported = self.push(problem.help("keep one of the two"));
        self.unknown.insert("id".to_owned(), reported);
        Err(reported)
    }

    /// The part of a row's id that the value of a key makes.
    fn id_part(&mut self, table: &Table, column: &Column) -> Known<Arc<str>> {
        let value = table.get(&column.id);
        let typed = match value.map(|value| &value.item) {
            Some(Item::Text(text) | Item::Integer(text) | Item::Float(text) | Item::Date(text)) => text.as_str(),
            Some(Item::Table(cell)) => match cell.get("value").map(|value| &value.item) {
                Some(Item::Text(text) | Item::Integer(text) | Item::Float(text) | Item::Date(text)) => text.as_str(),
                _ => "",
            },
            _ => "",
        };
        let part = id_of_value(typed, column.kind.is_number());
        if !part.is_empty() {
            return Ok(part.into());
        }
        let place = value.map_or_else(|| table.place(), Value::place);
        let message = match typed.trim() {
            "" => format!("the row has no `{}`, which is part of its id", column.id),
            typed => format!("no id can be made of \"{typed}\", which has no letter and no digit"),
        };
        let problem = Diagnostic::new(&ROW_ID, &place, message);
        Err(self.push(problem.help("write a text with letters or digits")))
    }
}
