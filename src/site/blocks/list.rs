//! The `list` block: terms, sources, conflicts, releases, or the rows of a table, as entries.

use std::sync::Arc;

use super::rows::{ChosenRows, chosen};
use super::table::{ResolvedTable, TableCell, rows_table};
use super::{COLUMN, KIND, choose};
use crate::content::ListBlock;
use crate::data::{Contents, Data, DataSet, RowName};
use crate::diagnostic::Diagnostic;

/// A list that knows its entries.
#[derive(Clone, Debug)]
pub struct ResolvedList {
    /// The set's name.
    pub set: Arc<str>,
    /// What its entries are.
    pub contents: ListContents,
    /// Ids of the entries, in order.
    pub rows: Vec<Arc<str>>,
    /// How many entries there would be without a limit.
    pub all: usize,
    /// Fields of a register to show.
    pub fields: Vec<Arc<str>>,
    /// Of a table, the rows with their cells: the first is the entry's title.
    pub table: Option<ResolvedTable>,
}

/// What a list's entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ListContents {
    Terms,
    Sources,
    Conflicts,
    Releases,
    Table,
}

impl ListContents {
    /// The id of an entry on the page.
    pub fn anchor(self, row: &str) -> String {
        match self {
            Self::Terms => format!("term-{row}"),
            Self::Sources => format!("source-{row}"),
            Self::Conflicts => format!("conflict-{row}"),
            Self::Releases => format!("release-{row}"),
            Self::Table => row.to_owned(),
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Terms => &["short", "definition", "not_to_confuse"],
            Self::Sources => &["publisher", "url", "kind", "accessed", "cites", "promotional", "caution"],
            Self::Conflicts => &["kind", "figures", "explanation", "decision", "status"],
            Self::Releases => &["date", "note", "changes"],
            Self::Table => &[],
        }
    }
}

impl ResolvedList {
    /// Whether a field shows.
    pub fn shows(&self, field: &str) -> bool {
        self.fields.iter().any(|wanted| **wanted == *field)
    }

    pub(super) fn figures(&self) -> Vec<&str> {
        self.table.as_ref().map_or_else(Vec::new, ResolvedTable::figures)
    }
}

/// The entries that the block names; unknown ones are reported.
pub(super) fn resolve(
    block: &ListBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedList> {
    let contents = match &set.contents {
        Contents::Terms(_) => ListContents::Terms,
        Contents::Sources(_) => ListContents::Sources,
        Contents::Conflicts(_) => ListContents::Conflicts,
        Contents::Table(_) => ListContents::Table,
        Contents::Releases(_) => ListContents::Releases,
        Contents::Facts(_) => {
            diagnostics.push(
                Diagnostic::new(
                    &KIND,
                    &block.set.place,
                    format!("a list can't show `{}`, which holds figures", set.name),
                )
                .help(format!("write ```table {}, or list its figures in a ```facts block", set.name)),
            );
            return None;
        }
    };
    let ChosenRows { ids: rows, all } = chosen(&block.rows, set, data, diagnostics);
    let known: Vec<Arc<str>> = contents.fields().iter().map(|name| Arc::from(*name)).collect();
    let (fields, table) = match &set.contents {
        Contents::Table(table) => {
            let (mut columns, mut cells) = rows_table(&block.fields, &rows, set, table, data, diagnostics);
            // Where no field is named, the column that gives rows their titles comes first.
            if let Some(title) = table.title_column().filter(|_| block.fields.is_empty()) {
                columns[..=title].rotate_right(1);
                for row in &mut cells {
                    row.cells[..=title].rotate_right(1);
                    let named = set.ids().position(&row.id).map(|at| RowName::of(table, &table.rows[at], None));
                    if let Some(words) = named.and_then(|name| name.title).filter(|_| table.keys.len() > 1) {
                        row.cells[0] = TableCell::Markdown(words);
                    }
                }
            }
            (Vec::new(), Some(ResolvedTable { set: Arc::clone(&set.name), columns, rows: cells, all }))
        }
        _ => (choose(&block.fields, &known.into(), &set.name, &COLUMN, diagnostics), None),
    };
    Some(ResolvedList { set: Arc::clone(&set.name), contents, rows, all, fields, table })
}
