//! The figures of a band table: each cell with its sides, sums, sums of parts, and ratios.

use std::collections::HashMap;
use std::sync::Arc;

use super::neighbors;
use super::record::merged;
use super::{amount, change, end, end_ids, ends_of, percent, plus};
use crate::data::figure::{Amount, Aspect, Figure, Inputs, Record, RowName, Unit};
use crate::data::number::Number;
use crate::data::set::{BandRow, Bands, Cell, Measure};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::Text;

pub(super) const CODES: &[&Code] = &[&MEASURE_UNIT];

static MEASURE_UNIT: Code = Code {
    name: "measure-unit",
    severity: Severity::Error,
    rule: false,
    what: "Measures that are added up, or set in a ratio, count different things.",
    why: "Dollars and euros, or a year's pay and a month's, have no sum.",
    example: "[[row]]\nid = \"l1\"\nbase = { range = [1, 2], currency = \"EUR\" }   # and the other parts in USD",
    mend: "Give the parts in one currency and for one period, or take the measure out of `sum`, `parts` or the ratio.",
};

/// What all figures of a row, or of two, have in common.
pub(super) struct Subject<'a> {
    pub(super) set: &'a Arc<str>,
    pub(super) rows: Vec<RowName>,
}

impl Subject<'_> {
    /// A calculated figure.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one field of the figure; a struct would only name them twice"
    )]
    pub(super) fn calculated(
        &self,
        id: String,
        measure: &Text,
        aspect: Aspect,
        amount: Amount,
        unit: Unit,
        inputs: (&str, Vec<Arc<str>>),
        record: &Arc<Record>,
        place: &Place,
    ) -> Figure {
        Figure {
            id: id.into(),
            set: Arc::clone(self.set),
            rows: self.rows.clone(),
            measure: Some(measure.clone()),
            aspect,
            amount,
            unit,
            precision: None,
            bound: None,
            qualifier: None,
            note: None,
            inputs: Some(Inputs { formula: inputs.0.into(), ids: inputs.1 }),
            record: Arc::clone(record),
            place: place.clone(),
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
    let position: HashMap<&str, usize> = measures.iter().enumerate().map(|(at, measure)| (&*measure.id, at)).collect();
    let at = |name: &Text| position.get(&*name.text).copied();
    let columns = Columns {
        sums: measures.iter().map(|measure| measure.sum.iter().filter_map(at).collect()).collect(),
        parts: measures.iter().map(|measure| measure.parts.iter().filter_map(at).collect()).collect(),
        measures,
    };
    let mut mixed = Mixed { said: vec![false; measures.len() + ratios.len()], diagnostics };
    for row in rows.iter_mut() {
        for &measure in sums {
            row.cells[measure] = columns.sum(row, measure, &mut mixed);
        }
    }
    let has_median: Vec<bool> = (0..measures.len())
        .map(|at| rows.iter().any(|row| row.cells[at].as_ref().is_some_and(|cell| cell.median.is_some())))
        .collect();
    for row in rows.iter() {
        let subject = Subject { set, rows: vec![name(row)] };
        for (at, measure) in measures.iter().enumerate() {
            let base: Arc<str> = format!("{set}.{}.{}", row.id, measure.id).into();
            if let Some(cell) = &row.cells[at] {
                columns.cell(&subject, row, at, cell, &base, has_median[at], figures);
            }
            if let Some(parts) = columns.added(row, &columns.parts[at], at, &mut mixed) {
                columns.parts(&subject, row, at, &parts, &base, figures);
            }
        }
        for (number, ratio) in ratios.iter().enumerate() {
            let base = format!("{set}.{}.{}", row.id, ratio.id);
            let of = at(&ratio.of).and_then(|at| columns.single(set, row, at));
            let to = match ratio.to.text.strip_prefix("parts.") {
                None => at(&ratio.to).and_then(|at| columns.single(set, row, at)),
                Some(measure) => position.get(measure).copied().and_then(|at| {
                    let mut sum = columns.added(row, &columns.parts[at], at, &mut mixed)?;
                    sum.id = format!("{set}.{}.{measure}.parts", row.id).into();
                    Some(sum)
                }),
            };
            let (Some(of), Some(to)) = (of, to) else { continue };
            if of.unit != to.unit {
                mixed.report(measures.len() + number, &ratio.place, row, &of.unit, &to.unit);
                continue;
            }
            let record = merged(&[&of.record, &to.record]);
            let (of_ids, to_ids) = (end_ids(&of.id, of.amount), end_ids(&to.id, to.amount));
            let sides = [
                ("at-low", Aspect::AtLow, of.low, to.low, of_ids.0, to_ids.0),
                ("at-high", Aspect::AtHigh, of.high, to.high, of_ids.1, to_ids.1),
            ];
            for (side, aspect, of, to, of_id, to_id) in sides {
                let Some(share) = percent(of, to) else { continue };
                let inputs = ("{0} / {1}", vec![of_id, to_id]);
                let id = format!("{base}.{side}");
                let amount = Amount::One(share);
                figures.push(subject.calculated(
                    id,
                    &ratio.title,
                    aspect,
                    amount,
                    Unit::Percent,
                    inputs,
                    &record,
                    &ratio.place,
                ));
            }
        }
    }
    for pair in rows.windows(2) {
        if let [lower, upper] = pair {
            neighbors::figures(set, measures, lower, upper, figures);
        }
    }
}

pub(super) fn name(row: &BandRow) -> RowName {
    RowName { id: Arc::clone(&row.id), code: row.code.clone(), title: row.title.clone() }
}

/// The measures with the positions of what they are made of.
struct Columns<'a> {
    measures: &'a [Measure],
    sums: Vec<Vec<usize>>,
    parts: Vec<Vec<usize>>,
}

/// Low and high of a cell, or of several added up.
struct Ends {
    id: Arc<str>,
    low: Number,
    high: Number,
    amount: Amount,
    unit: Unit,
    record: Arc<Record>,
}

/// Reports different units once a measure or ratio.
struct Mixed<'a> {
    said: Vec<bool>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Mixed<'_> {
    fn report(&mut self, number: usize, place: &Place, row: &BandRow, first: &Unit, second: &Unit) {
        if !std::mem::replace(&mut self.said[number], true) {
            self.diagnostics.push(
                Diagnostic::new(&MEASURE_UNIT, place, format!("in row `{}`, {first} meets {second}", row.id))
                    .label(&row.place, "the row")
                    .help("give all of them in one unit, or take the other one out"),
            );
        }
    }
}

impl Columns<'_> {
    /// A cell's ends under its own id.
    fn single(&self, set: &Arc<str>, row: &BandRow, at: usize) -> Option<Ends> {
        let cell = row.cells[at].as_ref()?;
        let (low, high) = ends_of(cell.amount)?;
        let id = format!("{set}.{}.{}", row.id, self.measures[at].id).into();
        Some(Ends { id, low, high, amount: cell.amount, unit: cell.unit.clone(), record: Arc::clone(&cell.record) })
    }

    /// The sum of cells; nothing where one of them is broken, unstated, or in another unit.
    fn added(&self, row: &BandRow, parts: &[usize], measure: usize, mixed: &mut Mixed<'_>) -> Option<Ends> {
        let cells: Vec<&Cell> = parts.iter().map(|at| row.cells[*at].as_ref()).collect::<Option<_>>()?;
        let first = cells.first()?;
        if let Some(other) = cells.iter().find(|cell| cell.unit != first.unit) {
            mixed.report(measure, &self.measures[measure].place, row, &first.unit, &other.unit);
            return None;
        }
        let (mut low, mut high) = (Number::ZERO, Number::ZERO);
        for cell in &cells {
            let ends = ends_of(cell.amount)?;
            (low, high) = (low.add(ends.0)?, high.add(ends.1)?);
        }
        let is_range = cells.iter().any(|cell| matches!(cell.amount, Amount::Range(..)));
        let records: Vec<&Arc<Record>> = cells.iter().map(|cell| &cell.record).collect();
        let amount = amount(low, high, is_range);
        Some(Ends { id: Arc::default(), low, high, amount, unit: first.unit.clone(), record: merged(&records) })
    }

    /// The cell of a measure that is a sum; it is unstated where one of its parts is.
    fn sum(&self, row: &BandRow, measure: usize, mixed: &mut Mixed<'_>) -> Option<Cell> {
        let parts = &self.sums[measure];
        let cells: Vec<&Cell> = parts.iter().map(|at| row.cells[*at].as_ref()).collect::<Option<_>>()?;
        let (amount, unit, record) = if cells.iter().any(|cell| cell.amount == Amount::Unstated) {
            let records: Vec<&Arc<Record>> = cells.iter().map(|cell| &cell.record).collect();
            (Amount::Unstated, cells.first()?.unit.clone(), merged(&records))
        } else {
            let sum = self.added(row, parts, measure, mixed)?;
            (sum.amount, sum.unit, sum.record)
        };
        let place = self.measures[measure].place.clone();
        Some(Cell { amount, unit, median: None, precision: None, bound: None, note: None, record, place, ends: None })
    }

    /// The ids of parts of a row, of the low ends, and of the high ends.
    fn ids(&self, set: &Arc<str>, row: &BandRow, parts: &[usize]) -> [Vec<Arc<str>>; 3] {
        let mut ids = [Vec::new(), Vec::new(), Vec::new()];
        for &at in parts {
            let id: Arc<str> = format!("{set}.{}.{}", row.id, self.measures[at].id).into();
            let cell_amount = row.cells[at].as_ref().map_or(Amount::Unstated, |cell| cell.amount);
            let (low, high) = end_ids(&id, cell_amount);
            ids[0].push(id);
            ids[1].push(low);
            ids[2].push(high);
        }
        ids
    }

    /// A cell with its ends, its median, and what is calculated from it alone.
    #[expect(clippy::too_many_arguments, reason = "what a cell is, and where its figures go")]
    fn cell(
        &self,
        subject: &Subject<'_>,
        row: &BandRow,
        at: usize,
        cell: &Cell,
        base: &Arc<str>,
        has_medians: bool,
        figures: &mut Vec<Figure>,
    ) {
        let measure = &self.measures[at];
        let parts = &self.sums[at];
        let [ids, low_ids, high_ids] = self.ids(subject.set, row, parts);
        let inputs = |ids: Vec<Arc<str>>| (!parts.is_empty()).then(|| Inputs { formula: plus(ids.len()), ids });
        let whole = Figure {
            id: Arc::clone(base),
            set: Arc::clone(subject.set),
            rows: subject.rows.clone(),
            measure: Some(measure.title.clone()),
            aspect: Aspect::Whole,
            amount: cell.amount,
            unit: cell.unit.clone(),
            precision: cell.precision,
            bound: cell.bound,
            qualifier: None,
            note: cell.note.clone(),
            inputs: inputs(ids),
            record: Arc::clone(&cell.record),
            place: cell.place.clone(),
        };
        let median_of = |amount: Amount, place: &Place| Figure {
            id: format!("{base}.median").into(),
            aspect: Aspect::Median,
            amount,
            bound: None,
            place: place.clone(),
            ..whole.clone()
        };
        if let Amount::Range(low, high) = cell.amount {
            let (low_place, high_place) = cell.ends.clone().unwrap_or_else(|| (cell.place.clone(), cell.place.clone()));
            let mut low_end = end(&whole, Aspect::Low, low, low_place);
            let mut high_end = end(&whole, Aspect::High, high, high_place);
            (low_end.inputs, high_end.inputs) = (inputs(low_ids), inputs(high_ids));
            let ends = vec![Arc::clone(&low_end.id), Arc::clone(&high_end.id)];
            figures.extend([low_end, high_end]);
            let mut push = |side: &str, aspect, value: Option<Number>, unit: &Unit, inputs: (&str, Vec<Arc<str>>)| {
                let Some(value) = value else { return };
                let (id, amount) = (format!("{base}.{side}"), Amount::One(value));
                let (unit, record, place) = (unit.clone(), &cell.record, &cell.place);
                figures.push(subject.calculated(id, &measure.title, aspect, amount, unit, inputs, record, place));
            };
            let midpoint = midpoint(low, high);
            push("midpoint", Aspect::Midpoint, midpoint, &cell.unit, ("({0} + {1}) / 2", ends.clone()));
            push("width", Aspect::Width, high.sub(low), &cell.unit, ("{1} − {0}", ends.clone()));
            push("spread", Aspect::Spread, change(low, high), &Unit::Percent, ("({1} − {0}) / {0}", ends));
            if let Some(median) = &cell.median {
                let ids = vec![format!("{base}.median").into(), format!("{base}.midpoint").into()];
                let offset = midpoint.and_then(|midpoint| median.value.sub(midpoint));
                push("median-offset", Aspect::MedianOffset, offset, &cell.unit, ("{0} − {1}", ids));
            }
        }
        match &cell.median {
            Some(median) => figures.push(median_of(Amount::One(median.value), &median.place)),
            None if has_medians && !matches!(cell.amount, Amount::One(_)) => {
                figures.push(median_of(Amount::Unstated, &cell.place));
            }
            None => (),
        }
        figures.push(whole);
    }

    /// The sum of a measure's parts, and how far the measure lies outside of it.
    fn parts(
        &self,
        subject: &Subject<'_>,
        row: &BandRow,
        at: usize,
        sum: &Ends,
        base: &Arc<str>,
        figures: &mut Vec<Figure>,
    ) {
        let measure = &self.measures[at];
        let [ids, low_ids, high_ids] = self.ids(subject.set, row, &self.parts[at]);
        let formula = plus(ids.len());
        let cell = row.cells[at].as_ref();
        let place = cell.map_or(&row.place, |cell| &cell.place);
        let mut push = |side: &str, aspect, amount, inputs: (&str, Vec<Arc<str>>), record: &Arc<Record>| {
            let (id, unit) = (format!("{base}.{side}"), sum.unit.clone());
            figures.push(subject.calculated(id, &measure.title, aspect, amount, unit, inputs, record, place));
        };
        push("parts", Aspect::Parts, sum.amount, (&formula, ids), &sum.record);
        let parts_id: Arc<str> = format!("{base}.parts").into();
        let (parts_low, parts_high) = end_ids(&parts_id, sum.amount);
        if let Amount::Range(low, high) = sum.amount {
            push("parts.low", Aspect::Parts, Amount::One(low), (&formula, low_ids), &sum.record);
            push("parts.high", Aspect::Parts, Amount::One(high), (&formula, high_ids), &sum.record);
        }
        let Some(cell) = cell.filter(|cell| cell.unit == sum.unit) else { return };
        let Some((low, high)) = ends_of(cell.amount) else { return };
        let (low_id, high_id) = end_ids(base, cell.amount);
        let record = merged(&[&cell.record, &sum.record]);
        if let Some(above) = high.sub(sum.high).filter(|_| high > sum.high) {
            push(
                "above-parts",
                Aspect::AboveParts,
                Amount::One(above),
                ("{0} − {1}", vec![high_id, parts_high]),
                &record,
            );
        }
        if let Some(below) = sum.low.sub(low).filter(|_| low < sum.low) {
            push(
                "below-parts",
                Aspect::BelowParts,
                Amount::One(below),
                ("{0} − {1}", vec![parts_low, low_id]),
                &record,
            );
        }
    }
}

/// Half of low and high together.
pub(super) fn midpoint(low: Number, high: Number) -> Option<Number> {
    low.add(high)?.div(Number::from_integer(2))
}
