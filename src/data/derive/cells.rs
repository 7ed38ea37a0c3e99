//! The figures of one cell: its ends, its median, and what is calculated from it alone.

use std::sync::Arc;

use super::table::{Calculated, Columns, Subject};
use super::{change, end, plus};
use crate::data::figure::{Amount, Aspect, Figure, Inputs, Signing, Unit};
use crate::data::number::Number;
use crate::data::set::{BandRow, Cell};

impl Columns<'_> {
    /// The figures of a row's cell, typed or a sum; none where it is broken.
    pub(super) fn cell(&self, subject: &Subject<'_>, row: &BandRow, at: usize, figures: &mut Vec<Figure>) {
        let Some(cell) = &row.cells[at] else { return };
        let (measure, parts) = (&self.measures[at], &self.sums[at]);
        let [ids, low_ids, high_ids] = self.ids(subject.set, row, parts);
        let inputs = |ids: Vec<Arc<str>>| (!parts.is_empty()).then(|| Inputs { formula: plus(ids.len()), ids });
        let whole = Figure {
            id: self.id(subject.set, row, at),
            set: Arc::clone(subject.set),
            rows: subject.rows.clone(),
            measure: Some(measure.title.clone()),
            aspect: Aspect::Whole,
            amount: cell.amount,
            unit: cell.unit.clone(),
            precision: cell.precision,
            bound: cell.bound,
            signing: Signing::BelowZero,
            qualifier: None,
            note: cell.note.clone(),
            inputs: inputs(ids),
            record: Arc::clone(&cell.record),
            place: cell.place.clone(),
        };
        if let Amount::Range(low, high) = cell.amount {
            let (low_place, high_place) = cell.ends.clone().unwrap_or_else(|| (cell.place.clone(), cell.place.clone()));
            let mut low_end = end(&whole, Aspect::Low, low, low_place);
            let mut high_end = end(&whole, Aspect::High, high, high_place);
            (low_end.inputs, high_end.inputs) = (inputs(low_ids), inputs(high_ids));
            figures.extend([low_end, high_end]);
            self.inner(subject, &whole, cell, (low, high), figures);
        }
        figures.extend(median(&whole, cell, self.has_median[at]));
        figures.push(whole);
    }

    /// What is calculated from the two ends of a range, and from its median.
    fn inner(
        &self,
        subject: &Subject<'_>,
        whole: &Figure,
        cell: &Cell,
        (low, high): (Number, Number),
        figures: &mut Vec<Figure>,
    ) {
        let Some(title) = &whole.measure else { return };
        let side = |name: &str| -> Arc<str> { format!("{}.{name}", whole.id).into() };
        let mut push = |name: &str, aspect, value: Option<Number>, unit: &Unit, formula, inputs| {
            let Some(value) = value else { return };
            figures.push(subject.figure(Calculated {
                id: format!("{}.{name}", whole.id),
                measure: title,
                aspect,
                amount: Amount::One(value),
                unit: unit.clone(),
                formula,
                inputs,
                record: &cell.record,
                place: &cell.place,
            }));
        };
        let ends = || vec![side("low"), side("high")];
        let midpoint = midpoint(low, high);
        push("midpoint", Aspect::Midpoint, midpoint, &cell.unit, "({0} + {1}) / 2", ends());
        let distance = cell.unit.of_difference();
        push("width", Aspect::Width, high.sub(low), &distance, "{1} − {0}", ends());
        push("spread", Aspect::Spread, change(low, high), &Unit::Percent, "({1} − {0}) / {0}", ends());
        if let Some(median) = &cell.median {
            let offset = midpoint.and_then(|midpoint| median.value.sub(midpoint));
            let inputs = vec![side("median"), side("midpoint")];
            push("median-offset", Aspect::MedianOffset, offset, &distance, "{0} − {1}", inputs);
        }
    }
}

/// The stated median; where other rows state theirs, that this one is not stated.
fn median(whole: &Figure, cell: &Cell, others_have: bool) -> Option<Figure> {
    let (amount, place) = match &cell.median {
        Some(median) => (Amount::One(median.value), &median.place),
        None if others_have && !matches!(cell.amount, Amount::One(_)) => (Amount::Unstated, &cell.place),
        None => return None,
    };
    Some(Figure {
        id: format!("{}.median", whole.id).into(),
        aspect: Aspect::Median,
        amount,
        bound: None,
        place: place.clone(),
        ..whole.clone()
    })
}

/// Half of low and high together.
pub(super) fn midpoint(low: Number, high: Number) -> Option<Number> {
    low.add(high)?.div(Number::from_integer(2))
}
