//! The `tool place` block: which rows of a column hold an amount, and between which there is none.
//!
//! What is said of every amount is found here, at build; a script in the page only finds the place of one of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{COLUMN, KIND, choose, find_set, unknown};
use crate::content::{PlaceBlock, Warning};
use crate::data::notation::unit_name;
use crate::data::{Amount, Contents, Data, DataSet, Ends, Figure, Ids, Number, Table, Unit};
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::document::Text;
use crate::work;

/// The columns that an amount and its parts are held against.
#[derive(Clone, Debug)]
pub struct ResolvedPlace {
    /// The set's name.
    pub set: Arc<str>,
    /// What all amounts are in.
    pub unit: Unit,
    /// The column that amounts are held against.
    pub whole: PlaceColumn,
    /// The columns that should add up to it, so that an amount may be given by them.
    pub parts: Vec<PlaceColumn>,
}

/// The rows of a column, and what they say of every amount.
#[derive(Clone, Debug)]
pub struct PlaceColumn {
    /// Its id.
    pub id: Arc<str>,
    /// The rows with a stated range, in the order of the file.
    pub rows: Vec<PlaceRow>,
    /// The figures of the rows that have none.
    pub unstated: Vec<Arc<str>>,
    /// Which ends of their ranges the rows hold.
    pub ends: Ends,
    /// Every value, from the lowest up.
    pub intervals: Vec<Interval>,
}

/// A row that can hold a value.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// The figure of its cell.
    pub cell: Arc<str>,
    /// Its lowest value; nothing where it is open below.
    pub low: Option<Edge>,
    /// Its highest; the same as the lowest where the row holds a single one; nothing where it is open above.
    pub high: Option<Edge>,
    /// The figure of its median, stated or not; nothing where the column has none.
    pub median: Option<Arc<str>>,
}

/// A value at which the answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The figure's id.
    pub figure: Arc<str>,
    /// Its value.
    pub value: Number,
}

/// Values that have the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest of them; nothing where they have none.
    pub from: Option<Edge>,
    /// The highest; nothing where they have none.
    pub to: Option<Edge>,
    /// Whether `from` and `to` are among them. Each value is in one interval.
    pub holds: [bool; 2],
    /// What is said of them.
    pub answer: Answer,
}

/// What is said of a value. Rows are given by their place among [`PlaceColumn::rows`].
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
    why: "The page would ask a question that it can't answer.",
    example: "```tool place\nset = \"bands\"\nmeasure = \"signing\"   # \"unstated\" in every row\n```",
    mend: "Name a column that at least one row states, or take the block out.",
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

impl ResolvedPlace {
    pub(super) fn figures(&self) -> Vec<&str> {
        let ids = std::iter::once(&self.whole).chain(&self.parts).flat_map(PlaceColumn::figures);
        let mut ids: Vec<&str> = ids.map(AsRef::as_ref).collect();
        ids.dedup();
        ids
    }
}

impl PlaceColumn {
    fn figures(&self) -> impl Iterator<Item = &Arc<str>> {
        let of_rows = self.rows.iter().flat_map(|row| {
            let ends = [&row.low, &row.high].into_iter().flatten().map(|edge| &edge.figure);
            std::iter::once(&row.cell).chain(ends).chain(&row.median)
        });
        of_rows.chain(&self.unstated)
    }
}

pub(super) fn resolve(block: &PlaceBlock, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Option<ResolvedPlace> {
    for warning in &block.warn {
        diagnostics.extend(without_words(warning));
    }
    let (set, table) = table_of(&block.set, data, diagnostics)?;
    let Some(at) = table.column(&block.column.text).filter(|at| table.columns[*at].kind.is_number()) else {
        let numbers = table.columns.iter().filter(|column| column.kind.is_number());
        let known: Vec<Arc<str>> = numbers.map(|column| Arc::clone(&column.id)).collect();
        diagnostics.push(unknown(&block.column, &known.into(), &HashSet::new(), &set.name, &COLUMN));
        return None;
    };
    let mut unit = None;
    let whole = place_column((set, table), at, &block.column, &mut unit, data, diagnostics)?;
    let Some(unit) = unit else {
        // A row that could not be read was reported where it stands.
        if whole.unstated.len() == table.rows.len() {
            let message = format!("no row of `{}` states a range for `{}`", set.name, whole.id);
            let problem = Diagnostic::new(&EMPTY, &block.column.place, message);
            diagnostics.push(problem.help("name a column that at least one row states, or take the block out"));
        }
        return None;
    };
    let numbers = table.columns.iter().filter(|column| column.kind.is_number());
    let known: Ids = numbers.map(|column| Arc::clone(&column.id)).collect::<Vec<_>>().into();
    let chosen = match &block.parts[..] {
        [] => Vec::new(),
        parts => choose(parts, &known, &set.name, &COLUMN, diagnostics),
    };
    let mut of_parts = Some(unit.clone());
    let parts = block.parts.iter().filter(|part| chosen.contains(&part.text));
    let parts = parts.filter_map(|part| Some((part, table.column(&part.text)?)));
    let parts = parts.map(|(part, at)| place_column((set, table), at, part, &mut of_parts, data, diagnostics));
    let parts = parts.collect::<Option<Vec<_>>>()?;
    Some(ResolvedPlace { set: Arc::clone(&set.name), unit, whole, parts })
}

/// What the rows say of every amount of a column, all in the unit that is given or in that of the first; another unit is reported.
fn place_column(
    (set, table): (&DataSet, &Table),
    at: usize,
    asked: &Text,
    unit: &mut Option<Unit>,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PlaceColumn> {
    let column = &table.columns[at];
    let (mut rows, mut unstated) = (Vec::new(), Vec::new());
    let mut ends = Ends::Both;
    for row in &table.rows {
        let id = format!("{}.{}.{}", set.name, row.id, column.id);
        let Some(cell) = data.figures.get(&id) else { continue };
        let side = |side: &str| data.figures.get(&format!("{id}.{side}")).and_then(edge);
        let (low, high) = match &cell.amount {
            Amount::One(_) => (edge(cell), edge(cell)),
            Amount::Range(..) | Amount::From(_) | Amount::To(_) => (side("low"), side("high")),
            _ => (None, None),
        };
        if low.is_none() && high.is_none() {
            unstated.push(Arc::from(id));
            continue;
        }
        ends = cell.ends;
        let unit = unit.get_or_insert_with(|| cell.unit.clone());
        if *unit != cell.unit {
            let (other, unit) = (unit_name(&cell.unit), unit_name(unit));
            let message = format!("in row `{}`, `{}` is {other}, not {unit}", row.id, column.id);
            let problem = Diagnostic::new(&UNITS, &asked.place, message).label(&cell.place, "the other unit");
            diagnostics.push(problem.help(match rows.is_empty() {
                // Only for a part another column has given the unit.
                true => format!("take `{}` out of `parts`, or state it in the unit of `column`", column.id),
                false => "put the rows in another unit into a set of their own".to_owned(),
            }));
            return None;
        }
        let median = data.figures.get(&format!("{id}.median")).map(|figure| Arc::clone(&figure.id));
        rows.push(PlaceRow { cell: Arc::clone(&cell.id), low, high, median });
    }
    let intervals = intervals(&rows, ends);
    Some(PlaceColumn { id: Arc::clone(&column.id), rows, unstated, ends, intervals })
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

/// What happens at a value: rows that begin there and rows that end there.
struct Turn<'r> {
    edge: &'r Edge,
    begin: Vec<usize>,
    end: Vec<usize>,
}

/// Every value from the lowest up, cut at each end of a row. An end belongs to the stretch before it or behind it that has the
/// same rows; where neither has, it is an interval of its own.
fn intervals(rows: &[PlaceRow], ends: Ends) -> Vec<Interval> {
    let mut turns: BTreeMap<&Number, Turn<'_>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for (edge, begins) in [(&row.low, true), (&row.high, false)] {
            let Some(edge) = edge else { continue };
            let turn = turns.entry(&edge.value).or_insert_with(|| Turn { edge, begin: Vec::new(), end: Vec::new() });
            if begins { &mut turn.begin } else { &mut turn.end }.push(at);
        }
    }
    // Rows that hold the stretch before the next turn, and what is said of it.
    let mut active: BTreeSet<usize> = (0..rows.len()).filter(|at| rows[*at].low.is_none()).collect();
    let named = |active: &BTreeSet<usize>| Answer::Within(active.iter().copied().collect());
    let first = if active.is_empty() { Answer::Below } else { named(&active) };
    let mut found = vec![Interval { from: None, to: None, holds: [false; 2], answer: first }];
    let mut turns = turns.into_values().peekable();
    while let Some(turn) = turns.next() {
        work::steps(active.len() + turn.begin.len() + turn.end.len());
        let before = active.clone();
        active.extend(&turn.begin);
        for at in &turn.end {
            active.remove(at);
        }
        let is_single = |at: &usize| rows[*at].low == rows[*at].high;
        let mut here: BTreeSet<usize> = before.intersection(&active).copied().collect();
        here.extend(turn.begin.iter().filter(|at| ends != Ends::High || is_single(at)));
        here.extend(turn.end.iter().filter(|at| ends != Ends::Low || is_single(at)));
        let is_before = here == before;
        let is_after = here == active && !is_before;
        if let Some(last) = found.last_mut() {
            (last.to, last.holds[1]) = (Some(turn.edge.clone()), is_before);
        }
        if !is_before && !is_after {
            let edge = || Some(turn.edge.clone());
            found.push(Interval { from: edge(), to: edge(), holds: [true; 2], answer: named(&here) });
        }
        let answer = match turns.peek() {
            _ if !active.is_empty() => named(&active),
            Some(next) => Answer::Between(turn.end, next.begin.clone()),
            None => Answer::Above,
        };
        found.push(Interval { from: Some(turn.edge.clone()), to: None, holds: [is_after, false], answer });
    }
    found
}

#[cfg(test)]
mod tests;
