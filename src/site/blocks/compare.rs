//! The `tool compare` block: every two neighboring rows side by side, from which a script sets any two beside each other.

use std::sync::Arc;

use super::offer_check::{EMPTY, bands_of};
use super::{COLUMN, choose};
use crate::content::CompareBlock;
use crate::data::{Amount, Aspect, Data, Figure, Ids, Number, Unit};
use crate::diagnostic::Diagnostic;

/// The pairs of neighboring rows.
#[derive(Clone, Debug)]
pub struct ResolvedCompare {
    /// The set's name.
    pub set: Arc<str>,
    /// The measures compared, in the order wanted.
    pub measures: Vec<ComparedMeasure>,
    /// Ids of the rows in the order of the file.
    pub rows: Vec<Arc<str>>,
    /// Each row with the next one.
    pub pairs: Vec<ComparedPair>,
}

/// A measure that is compared.
#[derive(Clone, Debug)]
pub struct ComparedMeasure {
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

/// One side of a measure in both rows.
#[derive(Clone, Debug)]
pub struct ComparedLine {
    /// The measure.
    pub measure: Arc<str>,
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
    let (set, bands) = bands_of(&block.set, data, diagnostics)?;
    let known: Ids = bands.measures.iter().map(|measure| Arc::clone(&measure.id)).collect::<Vec<_>>().into();
    let measures: Vec<ComparedMeasure> = choose(&block.measures, &known, &set.name, &COLUMN, diagnostics)
        .into_iter()
        .map(|id| {
            let at = known.position(&id);
            let cells = || bands.rows.iter().filter_map(|row| row.cells.get(at?)?.as_ref());
            let unit = cells().next().map(|cell| &cell.unit).filter(|unit| cells().all(|cell| cell.unit == **unit));
            ComparedMeasure { unit: unit.cloned(), id }
        })
        .collect();
    let rows: Vec<Arc<str>> = bands.rows.iter().map(|row| Arc::clone(&row.id)).collect();
    if rows.len() < 2 {
        let message = format!("`{}` has no two rows to compare", set.name);
        diagnostics.push(
            Diagnostic::new(&EMPTY, &block.set.place, message)
                .help("add a second row to the set, or take the block out"),
        );
        return None;
    }
    let pairs = rows.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let lines = measures.iter().flat_map(|measure| lines(&set.name, [from, to], &measure.id, data)).collect();
        Some(ComparedPair { from: Arc::clone(from), to: Arc::clone(to), lines })
    });
    Some(ResolvedCompare { set: Arc::clone(&set.name), pairs: pairs.collect(), measures, rows })
}

/// The range, the median where one of the two is stated, and the midpoint where one of the two has any.
fn lines(set: &str, [from, to]: [&Arc<str>; 2], measure: &Arc<str>, data: &Data) -> Vec<ComparedLine> {
    let id = |figure: &Figure| Arc::clone(&figure.id);
    let side = |row: &str, side: &str| data.figures.get(&format!("{set}.{row}.{measure}{side}"));
    let neighbors = |side: &str| data.figures.get(&format!("{set}.{from}-to-{to}.{measure}.{side}"));
    let between = |side: &str| neighbors(side).map(id);
    let shared = neighbors("overlap").map(|overlap| meeting(overlap).unwrap_or_else(|| id(overlap)));
    let line = |aspect, name: &str, difference| {
        let (first, second) = (side(from, name), side(to, name));
        let has_value = [first, second].iter().flatten().any(|figure| figure.amount != Amount::Unstated);
        let line = ComparedLine {
            measure: Arc::clone(measure),
            aspect,
            first: first.map(id),
            second: second.map(id),
            difference,
        };
        (has_value || aspect == Aspect::Whole).then_some(line)
    };
    [
        line(Aspect::Whole, "", shared.or_else(|| between("gap"))),
        line(Aspect::Median, ".median", between("median-step")),
        line(Aspect::Midpoint, ".midpoint", between("step")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The id of the low end at which two ranges meet. `None` if they share more than that one value.
fn meeting(overlap: &Figure) -> Option<Arc<str>> {
    let low = overlap.inputs.as_ref()?.ids.last()?;
    (overlap.amount == Amount::One(Number::ZERO)).then(|| Arc::clone(low))
}

#[cfg(test)]
mod tests;
