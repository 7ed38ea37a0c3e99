//! The `list` block: terms, sources, conflicts, releases, or the rows of a table, as entries.

use std::sync::Arc;

use super::{COLUMN, KIND, choose, choose_rows};
use crate::content::ListBlock;
use crate::data::{CellValue, Contents, Data, DataSet, Table};
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
    /// Fields to show, all where empty.
    pub fields: Vec<Arc<str>>,
    /// Figures that the entries show.
    pub shown: Vec<Arc<str>>,
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
        self.fields.is_empty() || self.fields.iter().any(|wanted| **wanted == *field)
    }

    pub(super) fn figures(&self) -> Vec<&str> {
        self.shown.iter().map(AsRef::as_ref).collect()
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
    let rows = choose_rows(&block.rows, set, data, diagnostics);
    let fields: Vec<Arc<str>> = match &set.contents {
        Contents::Table(table) => table.columns.iter().map(|column| Arc::clone(&column.id)).collect(),
        _ => contents.fields().iter().map(|name| Arc::from(*name)).collect(),
    };
    let fields = choose(&block.fields, &fields.into(), &set.name, &COLUMN, diagnostics);
    let shown = match &set.contents {
        Contents::Table(table) => shown(table, set, &rows, &fields, data),
        _ => Vec::new(),
    };
    Some(ResolvedList { set: Arc::clone(&set.name), contents, rows, fields, shown })
}

/// The figures of the fields that entries of a table show.
fn shown(table: &Table, set: &DataSet, rows: &[Arc<str>], fields: &[Arc<str>], data: &Data) -> Vec<Arc<str>> {
    let columns: Vec<usize> = fields.iter().filter_map(|id| table.column(id)).collect();
    let rows = rows.iter().filter_map(|id| table.rows.get(set.ids().position(id)?));
    let ids = rows.flat_map(|row| {
        columns.iter().filter_map(move |at| match &row.cells[*at].value {
            Ok(CellValue::Figures(ids)) => ids.first().map(|id| id.text.to_string()),
            _ => Some(format!("{}.{}.{}", set.name, row.id, table.columns[*at].id)),
        })
    });
    ids.filter_map(|id| data.figures.get(&id).map(|figure| Arc::clone(&figure.id))).collect()
}
