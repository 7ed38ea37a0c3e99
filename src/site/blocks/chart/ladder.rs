//! A ladder: rows that name figures, and from which row each branches off.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::rows::chosen;
use super::super::{COLUMN, unknown};
use super::ROWS;
use crate::content::ChartBlock;
use crate::data::{CellValue, Column, Data, DataSet, Ids, RowName, Table};
use crate::diagnostic::Diagnostic;
use crate::document::Text;

/// The rungs of a ladder, the lowest first.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// The title of the column with the figures.
    pub title: Text,
    /// The title of the column that groups the rungs.
    pub group: Option<Text>,
    /// The rungs.
    pub rungs: Vec<ChartRung>,
}

/// A rung that is drawn.
#[derive(Clone, Debug)]
pub struct ChartRung {
    /// The row's id.
    pub rung: Arc<str>,
    /// Its title.
    pub title: Option<Text>,
    /// Its group.
    pub group: Option<Text>,
    /// The id of its figure.
    pub figure: Option<Arc<str>>,
    /// The rung from which it branches off.
    pub parent: Option<usize>,
}

/// The ladder of a set, whose table has a column that names figures.
pub(super) fn resolve(
    block: &ChartBlock,
    set: &DataSet,
    table: &Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Ladder {
    let mut column = |wanted: Option<&Text>, fits: &dyn Fn(&Column) -> bool| {
        let text = wanted?;
        let fitting = table.columns.iter().filter(|column| fits(column)).map(|column| Arc::clone(&column.id));
        let known: Ids = fitting.collect::<Vec<_>>().into();
        if known.position(&text.text).is_none() {
            diagnostics.push(unknown(text, &known, &Default::default(), &set.name, &COLUMN));
        }
        table.column(&text.text)
    };
    let is_figure = |column: &Column| column.kind.is_figure();
    let is_text = |column: &Column| column.kind.is_text();
    let figure = column(block.y.first(), &is_figure).or_else(|| table.columns.iter().position(is_figure));
    let branch = column(block.branch.as_ref(), &is_text);
    let group = column(block.group.as_ref(), &is_text);
    let chosen = chosen(&block.rows, set, data, diagnostics).ids;
    let mut rows: Vec<usize> = chosen.iter().filter_map(|id| set.ids().position(id)).collect();
    rows.sort_unstable();
    let rung_of: HashMap<usize, usize> = rows.iter().enumerate().map(|(rung, row)| (*row, rung)).collect();
    let text = |row: usize, at: Option<usize>| match &table.rows[row].cells[at?].value {
        Ok(CellValue::Text(text)) if !text.text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let mut rungs = Vec::with_capacity(rows.len());
    for row in rows {
        let id = &table.rows[row].id;
        let parent = text(row, branch).and_then(|parent| {
            let found = set.ids().position(&parent.text).filter(|found| *found != row);
            if let (None, Some(option)) = (found, &block.branch) {
                let message =
                    format!("`{id}` branches off from `{}`, which is no other row of `{}`", parent.text, set.name);
                let problem = Diagnostic::new(&ROWS, &option.place, message).label(&parent.place, "named here");
                diagnostics.push(problem.help("write the id of a row there, or leave the cell blank"));
            }
            found
        });
        let figure = match figure.map(|at| &table.rows[row].cells[at].value) {
            Some(Ok(CellValue::Figures(ids))) => ids.first().and_then(|id| data.figures.get(&id.text)),
            _ => None,
        };
        let name = RowName::of(table, &table.rows[row], None);
        rungs.push(ChartRung {
            rung: Arc::clone(id),
            title: name.title.or(name.code).filter(|title| !title.text.is_empty()),
            group: text(row, group),
            figure: figure.map(|figure| Arc::clone(&figure.id)),
            parent: parent.and_then(|row| rung_of.get(&row).copied()),
        });
    }
    let title = |at: usize| table.columns[at].title.clone();
    Ladder { title: figure.map_or_else(|| title(0), title), group: group.map(title), rungs }
}
