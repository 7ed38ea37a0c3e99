//! The rows that a block shows: those that it names or tests, in its order, up to its limit.

use std::cmp::Ordering;
use std::sync::Arc;

use super::choose_rows;
use super::column::{NamedColumn, unknown_column};
use crate::content::RowOptions;
use crate::data::notation::Date;
use crate::data::{Amount, CellValue, ColumnKind, Contents, Data, DataSet, Figure, Number, Row};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Text;

/// The columns of a set of facts.
pub(super) const FACT_COLUMNS: &[&str] = &["title", "value", "low", "high", "qualifier", "note"];

pub(super) static CHOICE: Code = Code {
    name: "block-choice",
    severity: Severity::Error,
    rule: false,
    what: "An option that chooses a block's rows can't be followed, or leaves none.",
    why: "The block would show other rows than its author asks for.",
    example: "where = \"region = 'north'\"\nlimit = 0",
    mend: "`where` and `order` need a table with columns, at least one row must be left, and `limit` is 1 or more.",
};

/// The ids of the rows or entries that a block shows: those in `rows` (else all), of them those of which `where` is true, sorted by
/// the columns in `order`, and of these the first `limit`. What is wrong with an option is reported at its place, and the option is
/// left aside.
pub(super) fn chosen(
    options: &RowOptions,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> ChosenRows {
    let mut ids = sorted(options, set, data, diagnostics);
    let all = limit(options, &mut ids, diagnostics);
    ChosenRows { ids, all }
}

/// The same without the limit.
pub(super) fn sorted(
    options: &RowOptions,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<str>> {
    let mut ids = choose_rows(&options.rows, set, data, diagnostics);
    if let Some(test) = &options.condition {
        test_rows(test, &mut ids, set, data, diagnostics);
    }
    sort(&options.order, &mut ids, set, data, diagnostics);
    ids
}

/// Leaves the first rows, up to the limit, and returns how many there were.
pub(super) fn limit<T>(options: &RowOptions, rows: &mut Vec<T>, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let all = rows.len();
    match &options.limit {
        Some((limit, place)) if *limit < 1 => {
            let problem = Diagnostic::new(&CHOICE, place, format!("the limit is {limit}, which leaves no row"));
            diagnostics.push(problem.help("write a whole number from 1 on, or leave `limit` out"));
        }
        Some((limit, _)) => rows.truncate(usize::try_from(*limit).unwrap_or(usize::MAX)),
        None => (),
    }
    all
}

/// The rows that a block shows.
#[derive(Clone, Debug)]
pub(super) struct ChosenRows {
    /// Their ids, in order.
    pub(super) ids: Vec<Arc<str>>,
    /// How many there would be without the limit.
    pub(super) all: usize,
}

/// Leaves the rows of which a test is true.
fn test_rows(test: &Text, ids: &mut Vec<Arc<str>>, set: &DataSet, data: &Data, diagnostics: &mut Vec<Diagnostic>) {
    let Contents::Table(table) = &set.contents else {
        diagnostics.push(without_columns("where", test, set));
        return;
    };
    let Ok(picked) = data.picked(set, table, test, diagnostics) else { return };
    let had = ids.len();
    ids.retain(|id| picked.contains(id));
    // A row that could not be read may be one that the test picks.
    if ids.is_empty() && had > 0 && data.reported_below(&set.name).is_none() {
        let message = format!("no row of `{}` meets `{}`", set.name, test.text);
        diagnostics
            .push(Diagnostic::new(&CHOICE, &test.place, message).help("correct the test, or take the block out"));
    }
}

fn without_columns(option: &str, text: &Text, set: &DataSet) -> Diagnostic {
    let message = format!("`{option}` needs a table, and `{}` is none", set.name);
    let help = format!("take `{option}` out, and name what to show in `rows`");
    Diagnostic::new(&CHOICE, &text.place, message).help(help)
}

/// What a row is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Number),
    Date(Date),
    /// A word of a choice, by its place.
    Choice(usize),
    Text(String),
}

/// Sorts rows by some columns, the first before the others. What has no value comes last, whichever way the others go.
fn sort(order: &[Text], ids: &mut Vec<Arc<str>>, set: &DataSet, data: &Data, diagnostics: &mut Vec<Diagnostic>) {
    let mut columns: Vec<(bool, Vec<Option<Key>>)> = Vec::new();
    for text in order {
        let reverse = text.text.starts_with('-');
        let name = Text {
            text: text.text.trim_start_matches('-').into(),
            place: text.place_of(usize::from(reverse)..text.text.len()),
            exact: text.exact,
        };
        let keys = match &set.contents {
            Contents::Table(table) => NamedColumn::find(&name, set, table, data, diagnostics).map(|column| {
                let row = |id: &Arc<str>| table.rows.get(set.ids().position(id)?);
                ids.iter().map(|id| row_key(row(id)?, &column, set, data)).collect()
            }),
            Contents::Facts(_) if FACT_COLUMNS.contains(&&*name.text) => {
                Some(ids.iter().map(|id| fact_key(id, &name.text, set, data)).collect())
            }
            Contents::Facts(_) => {
                let known: Vec<String> = FACT_COLUMNS.iter().map(|name| (*name).to_owned()).collect();
                diagnostics.push(unknown_column(&name, &set.name, &known));
                None
            }
            _ => {
                diagnostics.push(without_columns("order", text, set));
                return;
            }
        };
        columns.extend(keys.map(|keys| (reverse, keys)));
    }
    let compare = |a: &usize, b: &usize| {
        let orders = columns.iter().map(|(reverse, keys)| match (&keys[*a], &keys[*b]) {
            (Some(a), Some(b)) if *reverse => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        orders.fold(Ordering::Equal, Ordering::then)
    };
    let mut sorted: Vec<usize> = (0..ids.len()).collect();
    sorted.sort_by(compare);
    *ids = sorted.into_iter().map(|at| Arc::clone(&ids[at])).collect();
}

fn row_key(row: &Row, column: &NamedColumn<'_>, set: &DataSet, data: &Data) -> Option<Key> {
    match (&column.column.kind, row.cells[column.at].value.as_ref().ok()?) {
        (_, CellValue::Text(text)) => Some(text_key(&text.text)),
        (_, CellValue::Choice(at)) => Some(Key::Choice(*at)),
        (_, CellValue::Figures(ids)) => figure_key(data.figures.get(&ids.first()?.text)?),
        (ColumnKind::Choice(words), CellValue::Formula) => match &data.figures.get(&column.figure(set, row))?.amount {
            Amount::Text(text) => words.iter().position(|word| word.text == *text).map(Key::Choice),
            _ => None,
        },
        _ => figure_key(data.figures.get(&column.figure(set, row))?),
    }
}

fn fact_key(id: &str, column: &str, set: &DataSet, data: &Data) -> Option<Key> {
    let figure = data.figures.get(&format!("{}.{id}", set.name))?;
    let text = |text: Option<&Text>| text.map(|text| text_key(&text.text));
    match column {
        "title" => text(figure.rows.first()?.title.as_ref()),
        "qualifier" => text(figure.qualifier.as_ref()),
        "note" => text(figure.note.as_ref()),
        "value" => figure_key(figure),
        side => figure_key(data.figures.get(&format!("{}.{id}.{side}", set.name))?),
    }
}

/// A figure's value or low end.
fn figure_key(figure: &Figure) -> Option<Key> {
    match &figure.amount {
        Amount::Text(_) if figure.gap.is_some() => None,
        Amount::Text(text) => Some(text_key(text)),
        Amount::Date(date) => Some(Key::Date(*date)),
        amount => amount.first().cloned().map(Key::Number),
    }
}

fn text_key(text: &str) -> Key {
    Key::Text(text.to_lowercase())
}
