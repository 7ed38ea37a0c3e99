//! The `tool offer-check` block: which rows of a measure hold an amount, and between which there is none.
//!
//! What is said of every amount is found here, at build; a script in the page only finds the place of one of them.

use std::collections::HashSet;
use std::sync::Arc;

use super::{COLUMN, KIND, choose, find_set, unknown};
use crate::content::{OfferCheckBlock, Warning};
use crate::data::notation::unit_name;
use crate::data::{Amount, Contents, Data, DataSet, Figure, Ids, Number, Table, Unit};
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::document::Text;

/// The rows of a measure, and what they say of every amount.
#[derive(Clone, Debug)]
pub struct ResolvedOfferCheck {
    /// The set's name.
    pub set: Arc<str>,
    /// The measure that amounts are held against.
    pub measure: Arc<str>,
    /// The measures that should add up to it, so that an amount may be given by them.
    pub parts: Vec<Arc<str>>,
    /// What all amounts are in.
    pub unit: Unit,
    /// The rows with a stated range, in the order of the file.
    pub rows: Vec<OfferRow>,
    /// The figures of the rows that have none.
    pub unstated: Vec<Arc<str>>,
    /// Every amount, from the lowest up. Neighbors share their edges.
    pub intervals: Vec<Interval>,
}

/// A row that can hold an amount.
#[derive(Clone, Debug)]
pub struct OfferRow {
    /// Its lowest amount.
    pub low: Edge,
    /// Its highest; the same as the lowest where the row holds a single one.
    pub high: Edge,
    /// The figure of its median, stated or not; nothing where the measure has none.
    pub median: Option<Arc<str>>,
}

/// An amount at which the answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The figure's id.
    pub figure: Arc<str>,
    /// Its value.
    pub value: Number,
}

/// Amounts that have the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest of them; nothing below all rows.
    pub from: Option<Edge>,
    /// The highest; nothing above all rows.
    pub to: Option<Edge>,
    /// What is said of them. An amount at an edge lies in several intervals: the one with the most rows tells.
    pub answer: Answer,
}

/// What is said of an amount. Rows are given by their place among [`ResolvedOfferCheck::rows`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Below every row.
    Below,
    /// In all of these rows.
    Within(Vec<usize>),
    /// In none, between the rows that end before it and those that begin behind it.
    Between(Vec<usize>, Vec<usize>),
    /// Above every row.
    Above,
}

pub(super) static EMPTY: Code = Code {
    name: "block-empty",
    severity: Severity::Error,
    rule: false,
    what: "A tool has nothing to work with: no row states a range, or there are no two rows to compare.",
    why: "The page would offer a question that it can't answer.",
    example: "```tool offer-check\nset = \"bands\"\nmeasure = \"signing\"   # \"unstated\" in every row\n```",
    mend: "Name a measure that at least one row states, or take the block out.",
};
pub(super) static UNITS: Code = Code {
    name: "block-units",
    severity: Severity::Error,
    rule: false,
    what: "An amount is to be held against rows in different units.",
    why: "A hundred thousand dollars and a hundred thousand euros lie at different places in the same band.",
    example: "currency = \"EUR\"   # in one row of a set in USD",
    mend: "Put the rows in another unit into a set of their own.",
};
pub(super) static WORDS: Code = Code {
    name: "block-words",
    severity: Severity::Error,
    rule: false,
    what: "A warning has no words that could call for it.",
    why: "It would never show, or always.",
    example: "warn = [{ words = [], text = \"…\" }]",
    mend: "Write the words of a title that call for the warning: `words = [\"program\"]`.",
};

impl ResolvedOfferCheck {
    pub(super) fn figures(&self) -> Vec<&str> {
        let rows =
            self.rows.iter().flat_map(|row| [Some(&row.low.figure), Some(&row.high.figure), row.median.as_ref()]);
        let mut ids: Vec<&str> = rows.flatten().chain(&self.unstated).map(AsRef::as_ref).collect();
        ids.dedup();
        ids
    }
}

pub(super) fn resolve(
    block: &OfferCheckBlock,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedOfferCheck> {
    for warning in &block.warn {
        diagnostics.extend(without_words(warning));
    }
    let (set, table) = table_of(&block.set, data, diagnostics)?;
    let Some(at) = table.column(&block.measure.text).filter(|at| table.columns[*at].kind.is_number()) else {
        let numbers = table.columns.iter().filter(|column| column.kind.is_number());
        let known: Vec<Arc<str>> = numbers.map(|column| Arc::clone(&column.id)).collect();
        diagnostics.push(unknown(&block.measure, &known.into(), &HashSet::new(), &set.name, &COLUMN));
        return None;
    };
    let measure = &table.columns[at];
    let mut unit: Option<&Unit> = None;
    let (mut rows, mut unstated) = (Vec::new(), Vec::new());
    let mut is_broken = false;
    for row in &table.rows {
        let id = format!("{}.{}.{}", set.name, row.id, measure.id);
        let Some(cell) = data.figures.get(&id) else {
            is_broken = true;
            continue;
        };
        let side = |side: &str| data.figures.get(&format!("{id}.{side}")).and_then(edge);
        let (low, high) = match (side("low"), side("high"), edge(cell)) {
            (Some(low), Some(high), _) => (low, high),
            (_, _, Some(value)) => (value.clone(), value),
            _ => {
                unstated.push(Arc::from(id));
                continue;
            }
        };
        match unit {
            Some(unit) if *unit != cell.unit => {
                let (other, unit) = (unit_name(&cell.unit), unit_name(unit));
                let message = format!("in row `{}`, `{}` is {other}, not {unit}", row.id, measure.id);
                let problem =
                    Diagnostic::new(&UNITS, &block.measure.place, message).label(&cell.place, "the other unit");
                diagnostics.push(problem.help("put the rows in another unit into a set of their own"));
                return None;
            }
            _ => unit = Some(&cell.unit),
        }
        let median = data.figures.get(&format!("{id}.median")).map(|figure| Arc::clone(&figure.id));
        rows.push(OfferRow { low, high, median });
    }
    let Some(unit) = unit.cloned() else {
        // A row that could not be read was reported where it stands.
        if !is_broken {
            let message = format!("no row of `{}` states a range for `{}`", set.name, measure.id);
            let problem = Diagnostic::new(&EMPTY, &block.measure.place, message);
            diagnostics.push(problem.help("name a measure that at least one row states, or take the block out"));
        }
        return None;
    };
    let numbers = table.columns.iter().filter(|column| column.kind.is_number());
    let known: Ids = numbers.map(|column| Arc::clone(&column.id)).collect::<Vec<_>>().into();
    let parts = match &block.parts[..] {
        [] => Vec::new(),
        parts => choose(parts, &known, &set.name, &COLUMN, diagnostics),
    };
    let intervals = intervals(&rows);
    Some(ResolvedOfferCheck {
        set: Arc::clone(&set.name),
        measure: Arc::clone(&measure.id),
        parts,
        unit,
        rows,
        unstated,
        intervals,
    })
}

/// The table that a tool works on; another kind is reported.
pub(super) fn table_of<'a>(
    name: &Text,
    data: &'a Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(&'a DataSet, &'a Table)> {
    let set = find_set(data, name, diagnostics)?;
    let numbers = |set: &DataSet| match &set.contents {
        Contents::Table(table) => table.columns.iter().any(|column| column.kind.is_number()),
        _ => false,
    };
    let what = match &set.contents {
        Contents::Table(table) if numbers(set) => return Some((set, table)),
        Contents::Table(_) => "has no column of numbers",
        _ => "is no table",
    };
    let problem = Diagnostic::new(&KIND, &name.place, format!("`{}` {what}", set.name));
    let known = data.sets.iter().filter(|set| numbers(set)).map(|set| &*set.name);
    diagnostics.push(match nearest(&name.text, known.clone()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => match known.collect::<Vec<_>>()[..] {
            [] => problem.help("make a table with numbers in content/data/ first"),
            [only] => problem.help(format!("write \"{only}\"")),
            ref several => problem.help(format!("write one of {}", several.join(", "))),
        },
    });
    None
}

/// A figure as an edge, where it is one number.
fn edge(figure: &Figure) -> Option<Edge> {
    match &figure.amount {
        Amount::One(value) => Some(Edge { figure: Arc::clone(&figure.id), value: value.clone() }),
        _ => None,
    }
}

fn without_words(warning: &Warning) -> Option<Diagnostic> {
    let blank = warning.words.iter().find(|word| !word.text.contains(char::is_alphanumeric));
    let place = match (blank, warning.words.is_empty()) {
        (Some(word), _) => &word.place,
        (None, true) => &warning.words_place,
        (None, false) => return None,
    };
    let problem = Diagnostic::new(&WORDS, place, "the warning has no word that calls for it");
    Some(problem.help("write words of a title that call for it: words = [\"program\"]"))
}

/// Every amount from the lowest up, cut at each end of a row. An edge at which more rows hold the amount than on either side
/// of it has an interval of its own, so that of the intervals that an amount lies in, the one with the most rows tells all.
fn intervals(rows: &[OfferRow]) -> Vec<Interval> {
    let mut edges: Vec<&Edge> = rows.iter().flat_map(|row| [&row.low, &row.high]).collect();
    edges.sort_by_key(|edge| &edge.value);
    edges.dedup_by_key(|edge| &edge.value);
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return Vec::new() };
    let interval =
        |from: Option<&Edge>, to: Option<&Edge>, answer| Interval { from: from.cloned(), to: to.cloned(), answer };
    let rows_where = |holds: &dyn Fn(&OfferRow) -> bool| -> Vec<usize> {
        rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(at, _)| at).collect()
    };
    let holding = |from: &Edge, to: &Edge| rows_where(&|row| row.low.value <= from.value && to.value <= row.high.value);
    let mut found = vec![interval(None, Some(first), Answer::Below)];
    let mut before = Vec::new();
    for (at, &from) in edges.iter().enumerate() {
        let next = edges.get(at + 1).map(|&to| (to, holding(from, to)));
        let after = next.as_ref().map(|(_, rows)| rows.clone()).unwrap_or_default();
        let here = holding(from, from);
        if here != before && here != after {
            found.push(interval(Some(from), Some(from), Answer::Within(here)));
        }
        let Some((to, holders)) = next else { break };
        let answer = if holders.is_empty() {
            let below = rows_where(&|row| row.high.value == from.value);
            Answer::Between(below, rows_where(&|row| row.low.value == to.value))
        } else {
            Answer::Within(holders)
        };
        found.push(interval(Some(from), Some(to), answer));
        before = after;
    }
    found.push(interval(Some(last), None, Answer::Above));
    found
}

#[cfg(test)]
mod tests;
