//! The `table` block: tables and facts as rows and columns.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{COLUMN, KIND, choose_rows};
use crate::content::TableBlock;
use crate::data::{Amount, Aspect, CellValue, Column, ColumnKind, Contents, Data, DataSet, Figure, Number, Row, Table};
use crate::diagnostic::{Diagnostic, nearest};
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
}

/// A column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// How the author calls it: `total.median`.
    pub id: Arc<str>,
    /// The title that the data give; nothing for the generator's own columns.
    pub title: Option<Text>,
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
    /// Nothing is stated, or nothing can be calculated.
    Empty,
}

impl ResolvedTable {
    pub(super) fn figures(&self) -> Vec<&str> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells
            .filter_map(|cell| match cell {
                TableCell::Figure(id) => Some(id.as_ref()),
                TableCell::Markdown(_) | TableCell::Text(_) | TableCell::Empty => None,
            })
            .collect()
    }
}

pub(super) fn resolve(
    block: &TableBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedTable> {
    let before = diagnostics.len();
    let (columns, mut rows) = match &set.contents {
        Contents::Table(table) => rows_table(block, set, table, data, diagnostics),
        Contents::Facts(_) => facts_table(block, set, data, diagnostics),
        _ => {
            let problem = Diagnostic::new(&KIND, &block.set.place, format!("a table can't show `{}`", set.name));
            diagnostics.push(problem.help(format!("write ```list {}", set.name)));
            return None;
        }
    };
    let told = diagnostics.len();
    order(&set.name, block.order.as_ref(), &columns, &mut rows, data, diagnostics);
    if told > before {
        // The column that the rows go by may be one that could not be found.
        diagnostics.truncate(told);
    }
    Some(ResolvedTable { set: Arc::clone(&set.name), columns, rows })
}

/// A column of a table, or one side of its figures.
struct Shown<'t> {
    at: usize,
    column: &'t Column,
    aspect: Aspect,
    id: Arc<str>,
}

fn rows_table(
    block: &TableBlock,
    set: &DataSet,
    table: &Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    let chosen = choose_rows(&block.rows, set, data, diagnostics);
    let shown: Vec<Shown<'_>> = if block.columns.is_empty() {
        usual(table)
    } else {
        block.columns.iter().filter_map(|text| shown(text, set, table, data, diagnostics)).collect()
    };
    let columns = shown.iter().map(|shown| TableColumn {
        id: Arc::clone(&shown.id),
        title: Some(shown.column.title.clone()),
        aspect: shown.aspect,
        numeric: matches!(shown.column.kind, ColumnKind::Number | ColumnKind::Figure),
        scale: match &shown.column.kind {
            ColumnKind::Choice(words) => words.clone(),
            _ => Vec::new(),
        },
    });
    let row_of = |id: &Arc<str>| table.rows.get(set.ids().position(id)?);
    let rows = chosen.iter().filter_map(row_of).map(|row| TableRow {
        id: Arc::clone(&row.id),
        cells: shown.iter().map(|shown| cell(set, row, shown, data)).collect(),
    });
    (columns.collect(), rows.collect())
}

/// The columns of a table that names none: all that are typed, and the whole of each.
fn usual(table: &Table) -> Vec<Shown<'_>> {
    let typed = table.columns.iter().enumerate().filter(|(_, column)| column.formula.is_none());
    typed.map(|(at, column)| Shown { at, column, aspect: Aspect::Whole, id: Arc::clone(&column.id) }).collect()
}

fn shown<'t>(
    text: &Text,
    set: &DataSet,
    table: &'t Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Shown<'t>> {
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
        return Some(Shown { at, column, aspect, id: id.into() });
    }
    let mut known: Vec<String> = table.columns.iter().map(|column| column.id.to_string()).collect();
    for column in table.columns.iter().filter(|column| column.kind.is_number()) {
        known.extend(["low", "high", "median"].map(|side| format!("{}.{side}", column.id)));
        let derived = crate::data::Derived::ALL.into_iter().filter(|(derived, _)| column.derive.contains(derived));
        known.extend(derived.map(|(_, name)| format!("{}.{name}", column.id)));
    }
    diagnostics.push(unknown_column(text, &set.name, &known));
    None
}

fn cell(set: &DataSet, row: &Row, shown: &Shown<'_>, data: &Data) -> TableCell {
    let of_figure = || figure_cell(&format!("{}.{}.{}", set.name, row.id, shown.id), data);
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

fn facts_table(
    block: &TableBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    const COLUMNS: &[&str] = &["title", "value", "low", "high", "qualifier", "note"];
    let chosen = choose_rows(&block.rows, set, data, diagnostics);
    let wanted: Vec<&str> = if block.columns.is_empty() {
        vec!["title", "value"]
    } else {
        let known: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let names = block.columns.iter().filter(|text| {
            let good = COLUMNS.contains(&&*text.text);
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
                        side => figure_cell(&format!("{full}.{side}"), data),
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

fn figure_cell(id: &str, data: &Data) -> TableCell {
    data.figures.get(id).map_or(TableCell::Empty, |figure| TableCell::Figure(Arc::clone(&figure.id)))
}

fn unknown_column(text: &Text, set: &str, known: &[String]) -> Diagnostic {
    let problem = Diagnostic::new(&COLUMN, &text.place, format!("`{set}` has no column `{}`", text.text));
    match nearest(&text.text, known.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")),
        None => {
            let names: Vec<&str> = known.iter().map(String::as_str).filter(|name| !name.contains('.')).collect();
            problem.help(format!("use one of {}", names.join(", ")))
        }
    }
}

/// Sorts the rows by a column: figures by their low ends, texts by their letters or their place on the scale.
fn order(
    set: &str,
    wanted: Option<&Text>,
    columns: &[TableColumn],
    rows: &mut [TableRow],
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(wanted) = wanted.filter(|text| &*text.text != "file") else { return };
    let (name, reverse) = wanted.text.strip_prefix('-').map_or((&*wanted.text, false), |name| (name, true));
    let Some(at) = columns.iter().position(|column| *column.id == *name) else {
        // A side of a measure that the table does not show can be gone by too: `total.low` of `total`.
        let id = |row: &TableRow| format!("{set}.{}.{name}", row.id);
        if rows.iter().any(|row| data.figures.get(&id(row)).is_some()) {
            rows.sort_by(|a, b| {
                let side = |row: &TableRow| data.figures.get(&id(row)).and_then(amount_of);
                by_amount(side(a), side(b), reverse)
            });
            return;
        }
        let known: Vec<&str> = columns.iter().map(|column| &*column.id).collect();
        let problem = Diagnostic::new(&COLUMN, &wanted.place, format!("the table has no column `{name}` to go by"));
        diagnostics.push(problem.help(format!("write \"file\", or one of the columns: {}", known.join(", "))));
        return;
    };
    let amount = |cell: &TableCell| match cell {
        TableCell::Figure(id) => data.figures.get(id).and_then(amount_of),
        TableCell::Markdown(_) | TableCell::Text(_) | TableCell::Empty => None,
    };
    let text = |cell: &TableCell| match cell {
        TableCell::Markdown(text) | TableCell::Text(text) => {
            match columns[at].scale.iter().position(|word| word.text == text.text) {
                Some(place) => format!("{place:09}"),
                None => text.text.to_lowercase(),
            }
        }
        TableCell::Figure(_) | TableCell::Empty => String::new(),
    };
    rows.sort_by(|a, b| {
        let (a, b) = (&a.cells[at], &b.cells[at]);
        let texts = text(a).cmp(&text(b));
        by_amount(amount(a), amount(b), reverse).then(if reverse { texts.reverse() } else { texts })
    });
}

/// A figure's low end.
fn amount_of(figure: &Figure) -> Option<&Number> {
    match &figure.amount {
        Amount::One(value) | Amount::Range(value, _) | Amount::From(value) | Amount::To(value) => Some(value),
        Amount::Tolerance { value, .. } => Some(value),
        Amount::Unstated | Amount::Text(_) | Amount::Date(_) => None,
    }
}

/// What has no value stands last, whichever way the others go.
fn by_amount(a: Option<&Number>, b: Option<&Number>, reverse: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if reverse => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
