//! What two neighboring rows of a band table have to do with each other, in file order.

use std::sync::Arc;

use super::cells::midpoint;
use super::change;
use super::record::merged;
use super::table::{Calculated, Subject, name};
use crate::data::figure::{Amount, Aspect, Figure, Unit};
use crate::data::number::Number;
use crate::data::set::{BandRow, Measure};

/// Overlap or gap, the step of the midpoints, and that of the stated medians, for each measure that is a range in both.
pub(super) fn figures(
    set: &Arc<str>,
    measures: &[Measure],
    first: &BandRow,
    second: &BandRow,
    figures: &mut Vec<Figure>,
) {
    let subject = Subject { set, rows: vec![name(first), name(second)] };
    let cells = first.cells.iter().zip(&second.cells).zip(measures);
    for ((one, two), measure) in cells {
        let (Some(one), Some(two)) = (one, two) else { continue };
        let (Amount::Range(low, high), Amount::Range(next_low, next_high)) = (one.amount, two.amount) else { continue };
        if one.unit != two.unit {
            continue;
        }
        let base = format!("{set}.{}-to-{}.{}", first.id, second.id, measure.id);
        let side = |row: &BandRow, side: &str| -> Arc<str> { format!("{set}.{}.{}.{side}", row.id, measure.id).into() };
        let record = merged(&[&one.record, &two.record]);
        let mut push = |name: &str, aspect, value: Option<Number>, unit: &Unit, formula, inputs| {
            let Some(value) = value else { return };
            figures.push(subject.figure(Calculated {
                id: format!("{base}.{name}"),
                measure: &measure.title,
                aspect,
                amount: Amount::One(value),
                unit: unit.clone(),
                formula,
                inputs,
                record: &record,
                place: &two.place,
            }));
        };
        // What both cover runs from the higher low to the lower high; where it ends before it begins, there is a gap.
        let (from, from_id) = if low >= next_low { (low, side(first, "low")) } else { (next_low, side(second, "low")) };
        let (to, to_id) =
            if high <= next_high { (high, side(first, "high")) } else { (next_high, side(second, "high")) };
        let distance = one.unit.of_difference();
        if from <= to {
            push("overlap", Aspect::Overlap, to.sub(from), &distance, "{0} − {1}", vec![to_id, from_id]);
        } else {
            push("gap", Aspect::Gap, from.sub(to), &distance, "{0} − {1}", vec![from_id, to_id]);
        }
        let steps = "({1} − {0}) / {0}";
        let step = midpoint(low, high).zip(midpoint(next_low, next_high)).and_then(|(from, to)| change(from, to));
        let ids = vec![side(first, "midpoint"), side(second, "midpoint")];
        push("step", Aspect::Step, step, &Unit::Percent, steps, ids);
        if let (Some(median), Some(next)) = (&one.median, &two.median) {
            let ids = vec![side(first, "median"), side(second, "median")];
            push("median-step", Aspect::MedianStep, change(median.value, next.value), &Unit::Percent, steps, ids);
        }
    }
}
