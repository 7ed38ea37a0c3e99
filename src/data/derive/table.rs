//! A band table as a whole: what its figures have in common, and the order in which they are made.

use std::collections::HashMap;
use std::sync::Arc;

use super::neighbors;
use super::sums::Mixed;
use crate::data::figure::{Amount, Aspect, Figure, Inputs, Record, RowName, Signing, Unit};
use crate::data::set::{BandRow, Bands, Measure};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Text;

/// What all figures of a row, or of two, have in common.
pub(super) struct Subject<'a> {
    pub(super) set: &'a Arc<str>,
    pub(super) rows: Vec<RowName>,
}

/// What a calculated figure has of its own.
pub(super) struct Calculated<'a> {
    pub(super) id: String,
    pub(super) measure: &'a Text,
    pub(super) aspect: Aspect,
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    pub(super) formula: &'a str,
    pub(super) inputs: Vec<Arc<str>>,
    pub(super) record: &'a Arc<Record>,
    pub(super) place: &'a Place,
}

/// The measures with the positions of what they are made of.
pub(super) struct Columns<'a> {
    pub(super) measures: &'a [Measure],
    position: HashMap<&'a str, usize>,
    pub(super) sums: Vec<Vec<usize>>,
    pub(super) parts: Vec<Vec<usize>>,
    /// Whether some row states a median, so that others can be said not to.
    pub(super) has_median: Vec<bool>,
}

impl Subject<'_> {
    pub(super) fn figure(&self, calculated: Calculated<'_>) -> Figure {
        Figure {
            id: calculated.id.into(),
            set: Arc::clone(self.set),
            rows: self.rows.clone(),
            measure: Some(calculated.measure.clone()),
            aspect: calculated.aspect,
            amount: calculated.amount,
            unit: calculated.unit,
            precision: None,
            bound: None,
            signing: match calculated.aspect {
                Aspect::Step | Aspect::MedianStep | Aspect::MedianOffset => Signing::Always,
                _ => Signing::BelowZero,
            },
            qualifier: None,
            note: None,
            inputs: Some(Inputs { formula: calculated.formula.into(), ids: calculated.inputs }),
            record: Arc::clone(calculated.record),
            place: calculated.place.clone(),
        }
    }
}

/// Fills in the cells of the sums, in the order given, and makes every figure of the table.
pub(in crate::data) fn bands(
    set: &Arc<str>,
    bands: &mut Bands,
    sums: &[usize],
    figures: &mut Vec<Figure>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Bands { measures, ratios, rows } = bands;
    let has_median =
        |at: usize| rows.iter().any(|row| row.cells[at].as_ref().is_some_and(|cell| cell.median.is_some()));
    let has_median: Vec<bool> = (0..measures.len()).map(has_median).collect();
    let columns = Columns::new(measures, has_median);
    let mut mixed = Mixed::new(diagnostics);
    for row in rows.iter_mut() {
        for &measure in sums {
            row.cells[measure] = columns.sum(row, measure, &mut mixed);
        }
        let subject = Subject { set, rows: vec![name(row)] };
        for at in 0..measures.len() {
            columns.cell(&subject, row, at, figures);
            columns.parts(&subject, row, at, &mut mixed, figures);
        }
        for ratio in ratios.iter() {
            columns.ratio(&subject, row, ratio, &mut mixed, figures);
        }
    }
    for pair in rows.windows(2) {
        if let [first, second] = pair {
            neighbors::figures(set, measures, first, second, figures);
        }
    }
}

pub(super) fn name(row: &BandRow) -> RowName {
    RowName { id: Arc::clone(&row.id), code: row.code.clone(), title: row.title.clone() }
}

impl<'a> Columns<'a> {
    fn new(measures: &'a [Measure], has_median: Vec<bool>) -> Self {
        let position: HashMap<&str, usize> =
            measures.iter().enumerate().map(|(at, measure)| (&*measure.id, at)).collect();
        let at = |name: &Text| position.get(&*name.text).copied();
        let sums = measures.iter().map(|measure| measure.sum.iter().filter_map(at).collect()).collect();
        let parts = measures.iter().map(|measure| measure.parts.iter().filter_map(at).collect()).collect();
        Self { measures, position, sums, parts, has_median }
    }

    /// The column of a measure.
    pub(super) fn at(&self, measure: &str) -> Option<usize> {
        self.position.get(measure).copied()
    }

    /// The id of a cell.
    pub(super) fn id(&self, set: &str, row: &BandRow, at: usize) -> Arc<str> {
        format!("{set}.{}.{}", row.id, self.measures[at].id).into()
    }
}
