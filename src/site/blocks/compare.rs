//! The `tool compare` block: every two neighboring rows side by side, from which a script sets any two beside each other.

use std::sync::Arc;

use super::place::{EMPTY, table_of};
use super::{COLUMN, choose};
use crate::content::CompareBlock;
use crate::data::{Amount, Aspect, Data, Ends, Figure, Ids, Row, Unit};
use crate::diagnostic::Diagnostic;

/// The pairs of neighboring rows.
#[derive(Clone, Debug)]
pub struct ResolvedCompare {
    /// The set's name.
    pub set: Arc<str>,
    /// The columns compared, in the order wanted.
    pub columns: Vec<ComparedColumn>,
    /// Ids of the rows in the order of the file.
    pub rows: Vec<Arc<str>>,
    /// Each row with the next one.
    pub pairs: Vec<ComparedPair>,
}

/// A column that is compared.
#[derive(Clone, Debug)]
pub struct ComparedColumn {
    /// Its key.
    pub id: Arc<str>,
    /// What all of its rows are in; nothing where they differ, and nothing can be calculated from two of them.
    pub unit: Option<Unit>,
}

/// Two neighboring rows.
#[derive(Clone, Debug)]
pub struct ComparedPair {
    /// The row that comes first in the file.
    pub from: Arc<str>,
    /// The one behind it.
    pub to: Arc<str>,
    /// What is set side by side.
    pub lines: Vec<ComparedLine>,
}

/// One side of a column in both rows.
#[derive(Clone, Debug)]
pub struct ComparedLine {
    /// The column.
    pub column: Arc<str>,
    /// The range, the stated median, or the midpoint.
    pub aspect: Aspect,
    /// The figure of the first row.
    pub first: Option<Arc<str>>,
    /// The figure of the second.
    pub second: Option<Arc<str>>,
    /// What lies between them: overlap or gap of ranges, or the low end at which two ranges meet; the step between medians or
    /// midpoints.
    pub difference: Option<Arc<str>>,
}

impl ResolvedCompare {
    pub(super) fn figures(&self) -> Vec<&str> {
        let lines = self.pairs.iter().flat_map(|pair| &pair.lines);
        lines.flat_map(|line| [&line.first, &line.second, &line.difference]).flatten().map(AsRef::as_ref).collect()
    }
}

pub(super) fn resolve(block: &CompareBlock, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Option<ResolvedCompare> {
    let (set, table) = table_of(&block.set, data, diagnostics)?;
    let known: Ids = {
        let numbers = table.columns.iter().filter(|column| column.kind.is_number());
        numbers.map(|column| Arc::clone(&column.id)).collect::<Vec<_>>().into()
    };
    let columns: Vec<ComparedColumn> = choose(&block.columns, &known, &set.name, &COLUMN, diagnostics)
        .into_iter()
        .map(|id| {
            let rows = || table.rows.iter();
            let cells = || rows().filter_map(|row| data.figures.get(&format!("{}.{}.{id}", set.name, row.id)));
            let unit = cells().next().map(|cell| &cell.unit).filter(|unit| cells().all(|cell| cell.unit == **unit));
            ComparedColumn { unit: unit.cloned(), id }
        })
        .collect();
    let rows: Vec<Arc<str>> = table.rows.iter().map(|row| Arc::clone(&row.id)).collect();
    if rows.len() < 2 {
        let message = format!("`{}` has no two rows to compare", set.name);
        diagnostics.push(
            Diagnostic::new(&EMPTY, &block.set.place, message)
                .help("add a second row to the set, or take the block out"),
        );
        return None;
    }
    let pairs = table.rows.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let lines = columns.iter().flat_map(|column| lines(&set.name, [from, to], &column.id, data)).collect();
        Some(ComparedPair { from: Arc::clone(&from.id), to: Arc::clone(&to.id), lines })
    });
    Some(ResolvedCompare { set: Arc::clone(&set.name), pairs: pairs.collect(), columns, rows })
}

/// The range, the median where one of the two is stated, and the midpoint where one of the two has any.
fn lines(set: &str, [from, to]: [&Row; 2], column: &Arc<str>, data: &Data) -> Vec<ComparedLine> {
    let id = |figure: &Figure| Arc::clone(&figure.id);
    let side = |row: &Row, side: &str| data.figures.get(&format!("{set}.{}.{column}{side}", row.id));
    let pair = from.pair_id(to);
    let between = |side: &str| {
        let figure = data.figures.get(&format!("{set}.{pair}.{column}.{side}"));
        figure.filter(|figure| matches!(figure.amount, Amount::One(_))).map(id)
    };
    let met = || {
        [(from, to), (to, from)].into_iter().find_map(|(one, other)| meeting(side(one, ".high")?, side(other, ".low")?))
    };
    let line = |aspect, name: &str, difference| {
        let (first, second) = (side(from, name), side(to, name));
        let has_value = [first, second].iter().flatten().any(|figure| figure.amount != Amount::Unstated);
        let line = ComparedLine {
            column: Arc::clone(column),
            aspect,
            first: first.map(id),
            second: second.map(id),
            difference,
        };
        (has_value || aspect == Aspect::Whole).then_some(line)
    };
    [
        line(Aspect::Whole, "", between("overlap").or_else(|| between("gap")).or_else(met)),
        line(Aspect::Median, ".median", between("median-step")),
        line(Aspect::Midpoint, ".midpoint", between("step")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The id of the low end at which two ranges meet, of which both belong to their range.
fn meeting(high: &Figure, low: &Figure) -> Option<Arc<str>> {
    (high.amount == low.amount && low.ends == Ends::Both).then(|| Arc::clone(&low.id))
}

#[cfg(test)]
mod tests;
