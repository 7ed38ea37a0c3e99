//! The `table` block: bands, facts, records and ladders as rows and columns.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{COLUMN, KIND, choose, choose_rows};
use crate::content::TableBlock;
use crate::data::{Amount, Aspect, Bands, Contents, Data, DataSet, Figure, Ids, Number, Records};
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

/// Sides of a measure that a column may show, as typed.
const ASPECTS: &[(&str, Aspect)] = &[
    ("low", Aspect::Low),
    ("high", Aspect::High),
    ("median", Aspect::Median),
    ("midpoint", Aspect::Midpoint),
    ("spread", Aspect::Spread),
    ("width", Aspect::Width),
    ("median-offset", Aspect::MedianOffset),
    ("parts", Aspect::Parts),
    ("above-parts", Aspect::AboveParts),
    ("below-parts", Aspect::BelowParts),
];

pub(super) fn resolve(
    block: &TableBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedTable> {
    let before = diagnostics.len();
    let (columns, mut rows) = match &set.contents {
        Contents::Bands(bands) => bands_table(block, set, bands, data, diagnostics),
        Contents::Facts(_) => facts_table(block, set, data, diagnostics),
        Contents::Records(records) => records_table(block, set, records, data, diagnostics),
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

fn bands_table(
    block: &TableBlock,
    set: &DataSet,
    bands: &Bands,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    let chosen = choose_rows(&block.rows, set, data, diagnostics);
    let columns = if block.columns.is_empty() {
        all_band_columns(bands)
    } else {
        block.columns.iter().filter_map(|text| band_column(text, set, bands, diagnostics)).collect()
    };
    let row_of = |id: &Arc<str>| bands.rows.get(set.ids().position(id)?);
    let rows = chosen
        .iter()
        .filter_map(row_of)
        .map(|row| TableRow {
            id: Arc::clone(&row.id),
            cells: columns
                .iter()
                .map(|column| match &*column.id {
                    "code" => text_cell(row.code.as_ref()),
                    "title" => markdown_cell(row.title.as_ref()),
                    "track" => text_cell(row.track.as_ref()),
                    "note" => markdown_cell(row.note.as_ref()),
                    id => figure_cell(&format!("{}.{}.{id}", set.name, row.id), data),
                })
                .collect(),
        })
        .collect();
    (columns, rows)
}

fn all_band_columns(bands: &Bands) -> Vec<TableColumn> {
    let own =
        |id: &str| TableColumn { id: id.into(), title: None, aspect: Aspect::Whole, numeric: false, scale: Vec::new() };
    let mut columns = Vec::new();
    if bands.rows.iter().any(|row| row.code.is_some()) {
        columns.push(own("code"));
    }
    columns.push(own("title"));
    columns.extend(bands.measures.iter().map(|measure| TableColumn {
        id: Arc::clone(&measure.id),
        title: Some(measure.title.clone()),
        aspect: Aspect::Whole,
        numeric: true,
        scale: Vec::new(),
    }));
    columns
}

fn band_column(text: &Text, set: &DataSet, bands: &Bands, diagnostics: &mut Vec<Diagnostic>) -> Option<TableColumn> {
    let id = &*text.text;
    let column = |title: Option<&Text>, aspect, numeric| {
        Some(TableColumn { id: id.into(), title: title.cloned(), aspect, numeric, scale: Vec::new() })
    };
    if matches!(id, "code" | "title" | "track" | "note") {
        return column(None, Aspect::Whole, false);
    }
    let (name, side) = id.split_once('.').map_or((id, None), |(name, side)| (name, Some(side)));
    if let Some(measure) = bands.measures.iter().find(|measure| *measure.id == *name) {
        match side {
            None => return column(Some(&measure.title), Aspect::Whole, true),
            Some(side) => {
                if let Some((_, aspect)) = ASPECTS.iter().find(|(known, _)| *known == side) {
                    return column(Some(&measure.title), *aspect, true);
                }
            }
        }
    }
    if let Some(ratio) = bands.ratios.iter().find(|ratio| *ratio.id == *name) {
        match side {
            Some("at-low") => return column(Some(&ratio.title), Aspect::AtLow, true),
            Some("at-high") => return column(Some(&ratio.title), Aspect::AtHigh, true),
            _ => (),
        }
    }
    let mut known: Vec<String> = ["code", "title", "track", "note"].map(str::to_owned).to_vec();
    for measure in &bands.measures {
        known.push(measure.id.to_string());
        known.extend(ASPECTS.iter().map(|(side, _)| format!("{}.{side}", measure.id)));
    }
    known
        .extend(bands.ratios.iter().flat_map(|ratio| ["at-low", "at-high"].map(|side| format!("{}.{side}", ratio.id))));
    diagnostics.push(unknown_column(text, &set.name, &known));
    None
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

fn records_table(
    block: &TableBlock,
    set: &DataSet,
    records: &Records,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<TableColumn>, Vec<TableRow>) {
    let names: Ids = records.columns.iter().map(|column| Arc::clone(&column.id)).collect::<Vec<_>>().into();
    let rows = choose_rows(&block.rows, set, data, diagnostics);
    let wanted = choose(&block.columns, &names, &set.name, &COLUMN, diagnostics);
    let indexes: Vec<usize> = wanted.iter().filter_map(|id| names.position(id)).collect();
    let columns = indexes
        .iter()
        .map(|at| &records.columns[*at])
        .map(|column| TableColumn {
            id: Arc::clone(&column.id),
            title: Some(column.title.clone()),
            aspect: Aspect::Whole,
            numeric: false,
            scale: column.values.clone(),
        })
        .collect();
    let rows = rows
        .iter()
        .filter_map(|id| records.rows.get(set.ids().position(id)?))
        .map(|row| TableRow {
            id: Arc::clone(&row.id),
            cells: indexes.iter().map(|at| markdown_cell(row.cells.get(*at).and_then(Option::as_ref))).collect(),
        })
        .collect();
    (columns, rows)
}

fn markdown_cell(text: Option<&Text>) -> TableCell {
    text.map_or(TableCell::Empty, |text| TableCell::Markdown(text.clone()))
}

fn text_cell(text: Option<&Text>) -> TableCell {
    text.map_or(TableCell::Empty, |text| TableCell::Text(text.clone()))
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
fn amount_of(figure: &Figure) -> Option<Number> {
    match figure.amount {
        Amount::One(value) | Amount::Range(value, _) => Some(value),
        Amount::Unstated | Amount::Date(_) => None,
    }
}

/// What has no value stands last, whichever way the others go.
fn by_amount(a: Option<Number>, b: Option<Number>, reverse: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if reverse => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
