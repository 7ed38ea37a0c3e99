//! Ratios of two measures, at both low ends and at both high ends.

use super::record::merged;
use super::sums::Mixed;
use super::table::{Calculated, Columns, Subject};
use super::{end_ids, percent};
use crate::data::figure::{Amount, Aspect, Figure, Unit};
use crate::data::set::{BandRow, Ratio};

impl Columns<'_> {
    /// A row's ratio; a side on which it would divide by zero isn't made.
    pub(super) fn ratio(
        &self,
        subject: &Subject<'_>,
        row: &BandRow,
        ratio: &Ratio,
        mixed: &mut Mixed<'_>,
        figures: &mut Vec<Figure>,
    ) {
        let set = subject.set;
        let of = self.at(&ratio.of.text).and_then(|at| self.single(set, row, at));
        let to = match ratio.to.text.strip_prefix("parts.") {
            None => self.at(&ratio.to.text).and_then(|at| self.single(set, row, at)),
            Some(measure) => self.at(measure).and_then(|at| {
                let mut sum = self.added(row, &self.parts[at], at, mixed)?;
                sum.id = format!("{}.parts", self.id(set, row, at)).into();
                Some(sum)
            }),
        };
        let (Some(of), Some(to)) = (of, to) else { return };
        if of.unit != to.unit {
            mixed.report(&ratio.place, row, &of.unit, &to.unit);
            return;
        }
        let record = merged(&[&of.record, &to.record]);
        let ((of_low, of_high), (to_low, to_high)) = (end_ids(&of.id, of.amount), end_ids(&to.id, to.amount));
        let sides = [
            ("at-low", Aspect::AtLow, percent(of.low, to.low), vec![of_low, to_low]),
            ("at-high", Aspect::AtHigh, percent(of.high, to.high), vec![of_high, to_high]),
        ];
        for (side, aspect, share, inputs) in sides {
            let Some(share) = share else { continue };
            figures.push(subject.figure(Calculated {
                id: format!("{set}.{}.{}.{side}", row.id, ratio.id),
                measure: &ratio.title,
                aspect,
                amount: Amount::One(share),
                unit: Unit::Percent,
                formula: "{0} / {1}",
                inputs,
                record: &record,
                place: &ratio.place,
            }));
        }
    }
}
