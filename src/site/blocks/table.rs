//! The `table` block: tables and facts as rows and columns.

use std::sync::Arc;

use super::column::{NamedColumn, unknown_column};
use super::rows::FACT_COLUMNS;
use crate::content::TableBlock;
use crate::data::{Amount, Aspect, CellValue, ColumnKind, Data, DataSet, Row, Table};
use crate::diagnostic::Diagnostic;
use crate::document::Text;

/// A table that knows its cells.
#[derive(Clone, Debug)]
pub struct ResolvedTable {
    /// The set's name.
    pub set: Arc<str>,
    /// Columns in order.
    pub columns: Vec<TableColumn>,
    /// Rows in order.
    pub rows: Vec<TableRow>,
    /// How many rows there would be without a limit.
    pub all: usize,
}

/// A column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// How the author calls it: `total.median`.
    pub id: Arc<str>,
    /// The title that the data give; nothing for the generator's own columns.
    pub title: Option<Text>,
    /// Of a pivoted table, the value of the key that the column is for.
    pub head: Option<TableCell>,
    /// Which side of the measure it shows.
    pub aspect: Aspect,
    /// Whether it holds figures.
    pub numeric: bool,
    /// The words of an ordinal scale, from the highest.
    pub scale: Vec<Text>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its id.
    pub id: Arc<str>,
    /// A cell for each column.
    pub cells: Vec<TableCell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub enum TableCell {
    /// A figure, by id.
    Figure(Arc<str>),
    /// Inline Markdown.
    Markdown(Text),
    /// Text as it was typed.
    Text(Text),
    /// The end of a range that has none.
    Open,
    /// Nothing is stated, or nothing can be calculated.
    Empty,
}

impl ResolvedTable {
    pub(super) fn figures(&self) -> Vec<&str> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells
            .filter_map(|cell| match cell {
                TableCell::Figure(id) => Some(id.as_ref()),
                TableCell::Markdown(_) | TableCell::Text(_) | TableCell::Open | TableCell::Empty => None,
            })
            .collect()
    }
}

/// Columns and rows of a table, of which a block names some columns, or none for all.
pub(super) fn rows_table(
    columns: &[Text],
    chosen: &[Arc<str>],
    set: &DataSet,
    table: &Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    let shown: Vec<NamedColumn<'_>> = if columns.is_empty() {
        table.columns.iter().enumerate().map(|(at, column)| NamedColumn::whole(at, column)).collect()
    } else {
        let find = |text| NamedColumn::find(text, set, table, data, diagnostics);
        columns.iter().filter_map(find).collect()
    };
    let row_of = |id: &Arc<str>| table.rows.get(set.ids().position(id)?);
    let rows = chosen.iter().filter_map(row_of).map(|row| TableRow {
        id: Arc::clone(&row.id),
        cells: shown.iter().map(|shown| cell(set, row, shown, data)).collect(),
    });
    (shown.iter().map(column).collect(), rows.collect())
}

/// The head of a column.
pub(super) fn column(named: &NamedColumn<'_>) -> TableColumn {
    TableColumn {
        id: Arc::clone(&named.id),
        title: Some(named.column.title.clone()),
        head: None,
        aspect: named.aspect,
        numeric: matches!(named.column.kind, ColumnKind::Number | ColumnKind::Figure),
        scale: match &named.column.kind {
            ColumnKind::Choice(words) => words.clone(),
            _ => Vec::new(),
        },
    }
}

/// What a row has in a column.
pub(super) fn cell(set: &DataSet, row: &Row, shown: &NamedColumn<'_>, data: &Data) -> TableCell {
    let of_figure = || side_cell(&shown.figure(set, row), shown.aspect, data);
    match (&shown.column.kind, &row.cells[shown.at].value) {
        (ColumnKind::Number | ColumnKind::Date, _) | (_, Ok(CellValue::Formula)) => of_figure(),
        (_, Ok(CellValue::Text(text))) => TableCell::Markdown(text.clone()),
        (ColumnKind::Choice(words), Ok(CellValue::Choice(at))) => {
            words.get(*at).map_or(TableCell::Empty, |word| TableCell::Text(word.clone()))
        }
        (ColumnKind::Figure, Ok(CellValue::Figures(ids))) => {
            ids.first().map_or(TableCell::Empty, |id| figure_cell(&id.text, data))
        }
        _ => TableCell::Empty,
    }
}

pub(super) fn facts_table(
    block: &TableBlock,
    chosen: &[Arc<str>],
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    let wanted: Vec<&str> = if block.columns.is_empty() {
        vec!["title", "value"]
    } else {
        let known: Vec<String> = FACT_COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let names = block.columns.iter().filter(|text| {
            let good = FACT_COLUMNS.contains(&&*text.text);
            if !good {
                diagnostics.push(unknown_column(text, &set.name, &known));
            }
            good
        });
        names.map(|text| &*text.text).collect()
    };
    let columns = wanted
        .iter()
        .map(|id| TableColumn {
            id: (*id).into(),
            title: None,
            head: None,
            aspect: match *id {
                "low" => Aspect::Low,
                "high" => Aspect::High,
                _ => Aspect::Whole,
            },
            numeric: matches!(*id, "value" | "low" | "high"),
            scale: Vec::new(),
        })
        .collect();
    let rows = chosen
        .iter()
        .map(|id| {
            let full = format!("{}.{id}", set.name);
            let figure = data.figures.get(&full);
            TableRow {
                id: Arc::clone(id),
                cells: wanted
                    .iter()
                    .map(|column| match *column {
                        "title" => markdown_cell(
                            figure.and_then(|figure| figure.rows.first()).and_then(|row| row.title.as_ref()),
                        ),
                        "qualifier" => markdown_cell(figure.and_then(|figure| figure.qualifier.as_ref())),
                        "note" => markdown_cell(figure.and_then(|figure| figure.note.as_ref())),
                        "value" => figure_cell(&full, data),
                        "low" => side_cell(&format!("{full}.low"), Aspect::Low, data),
                        _ => side_cell(&format!("{full}.high"), Aspect::High, data),
                    })
                    .collect(),
            }
        })
        .collect();
    (columns, rows)
}

fn markdown_cell(text: Option<&Text>) -> TableCell {
    text.map_or(TableCell::Empty, |text| TableCell::Markdown(text.clone()))
}

/// A figure, or one side of it: an end that a range leaves open has no figure.
fn side_cell(id: &str, aspect: Aspect, data: &Data) -> TableCell {
    let whole = || id.rsplit_once('.').and_then(|(whole, _)| data.figures.get(whole));
    let amount = match aspect {
        Aspect::Low | Aspect::High => whole().map(|whole| &whole.amount),
        _ => None,
    };
    match (aspect, amount) {
        (Aspect::Low, Some(Amount::To(_))) | (Aspect::High, Some(Amount::From(_))) => TableCell::Open,
        _ => figure_cell(id, data),
    }
}

fn figure_cell(id: &str, data: &Data) -> TableCell {
    data.figures.get(id).map_or(TableCell::Empty, |figure| TableCell::Figure(Arc::clone(&figure.id)))
}
