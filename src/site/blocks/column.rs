//! A column of a table, or one side of it, as a block names it: `total`, `total.low`.

use std::sync::Arc;

use super::COLUMN;
use crate::data::{Aspect, Column, Data, DataSet, Derived, Row, Table};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::Text;

/// A column of a table, or one side of its figures.
pub(super) struct NamedColumn<'t> {
    /// The column's index.
    pub(super) at: usize,
    pub(super) column: &'t Column,
    pub(super) aspect: Aspect,
    /// As a block names it.
    pub(super) id: Arc<str>,
}

impl<'t> NamedColumn<'t> {
    /// A column as a whole.
    pub(super) fn whole(at: usize, column: &'t Column) -> Self {
        Self { at, column, aspect: Aspect::Whole, id: Arc::clone(&column.id) }
    }

    /// The column that a name means; an unknown one is reported.
    pub(super) fn find(
        text: &Text,
        set: &DataSet,
        table: &'t Table,
        data: &Data,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let id = &*text.text;
        let (name, side) = id.split_once('.').map_or((id, None), |(name, side)| (name, Some(side)));
        let known = table.column(name).map(|at| (at, &table.columns[at]));
        let aspect = match side {
            None => Some(Aspect::Whole),
            Some(side) => Aspect::of_side(side).filter(|_| {
                let has = |row: &Row| data.figures.get(&format!("{}.{}.{id}", set.name, row.id)).is_some();
                table.rows.iter().any(has)
                    || table.rows.iter().any(|row| data.is_broken(&format!("{}.{}", set.name, row.id)))
            }),
        };
        if let (Some((at, column)), Some(aspect)) = (known, aspect) {
            return Some(Self { at, column, aspect, id: id.into() });
        }
        let mut known: Vec<String> = table.columns.iter().map(|column| column.id.to_string()).collect();
        for column in table.columns.iter().filter(|column| column.kind.is_number()) {
            known.extend(["low", "high", "median"].map(|side| format!("{}.{side}", column.id)));
            let derived = Derived::ALL
                .into_iter()
                .filter(|(derived, _)| column.derive.contains(derived) && !derived.is_between_rows());
            known.extend(derived.map(|(_, name)| format!("{}.{name}", column.id)));
        }
        diagnostics.push(unknown_column(text, &set.name, &known));
        None
    }

    /// The id of its figure in a row.
    pub(super) fn figure(&self, set: &DataSet, row: &Row) -> String {
        format!("{}.{}.{}", set.name, row.id, self.id)
    }
}

/// The problem of a name that no column has.
pub(super) fn unknown_column(text: &Text, set: &str, known: &[String]) -> Diagnostic {
    let problem = Diagnostic::new(&COLUMN, &text.place, format!("`{set}` has no column `{}`", text.text));
    match nearest(&text.text, known.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")),
        None => {
            let names: Vec<&str> = known.iter().map(String::as_str).filter(|name| !name.contains('.')).collect();
            problem.help(format!("use one of {}", names.join(", ")))
        }
    }
}
