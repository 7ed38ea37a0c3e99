//! Finds the reason: takes an id apart and looks up what its figure would be made from.

use std::sync::Arc;

use super::{Absence, written};
use crate::data::figure::{Amount, Direction, Figure};
use crate::data::set::{BandRow, Bands, Contents, DataSet, Measure, Ratio};

/// Looks up a figure by its id.
pub(in crate::data) type Lookup<'a, 'f> = &'a dyn Fn(&str) -> Option<&'f Figure>;

/// Why an id names no figure; `None` where the sets don't explain it, as where a row or a column is missing. The sets are sorted by
/// name.
pub(in crate::data) fn absence<'f>(id: &str, sets: &[DataSet], get: Lookup<'_, 'f>) -> Option<Absence> {
    // What states a direction is missing with the figure that has it.
    let signed =
        id.rsplit_once('.').filter(|(_, side)| Direction::ALL.iter().any(|direction| direction.key() == *side));
    let id = signed.map_or(id, |(signed, _)| signed);
    let (set, rest) = id.split_once('.')?;
    let at = sets.binary_search_by(|known| known.name.as_ref().cmp(set)).ok()?;
    match &sets[at].contents {
        Contents::Bands(bands) => {
            let (row, rest) = rest.split_once('.')?;
            let (column, side) = rest.split_once('.')?;
            Search { set, get }.in_bands(bands, row, column, side)
        }
        Contents::Facts(_) => {
            let (whole, side) = id.rsplit_once('.')?;
            matches!(side, "low" | "high").then(|| end(get(whole)?, get))?
        }
        _ => None,
    }
}

/// The typed figure because of which a figure isn't stated: itself, or what it is calculated from at some remove.
pub(in crate::data) fn unstated_root<'f>(figure: &'f Figure, get: Lookup<'_, 'f>) -> &'f Figure {
    let mut root = figure;
    while let Some(input) = unstated_input(root, get) {
        root = input;
    }
    root
}

fn unstated_input<'f>(figure: &Figure, get: Lookup<'_, 'f>) -> Option<&'f Figure> {
    let inputs = figure.inputs.iter().flat_map(|inputs| &inputs.ids);
    inputs.filter_map(|id| get(id)).find(|input| input.amount == Amount::Unstated)
}

/// Why there is no calculation from an input that isn't stated.
pub(in crate::data) fn not_calculated<'f>(input: &'f Figure, get: Lookup<'_, 'f>) -> Absence {
    let root = unstated_root(input, get);
    let through = (root.id != input.id).then(|| Arc::clone(&input.id));
    Absence::NotCalculated { root: Arc::clone(&root.id), through, place: root.place.clone() }
}

/// Why a figure has no ends; `None` for a range.
fn end<'f>(whole: &'f Figure, get: Lookup<'_, 'f>) -> Option<Absence> {
    let (of, place) = (Arc::clone(&whole.id), whole.place.clone());
    match whole.amount {
        Amount::Range(..) => None,
        Amount::One(_) => Some(Absence::OneValue { of, place }),
        Amount::Date(_) => Some(Absence::Date { of, place }),
        Amount::Unstated => Some(match unstated_input(whole, get) {
            Some(input) => not_calculated(input, get),
            None => Absence::NotStated { of, place },
        }),
    }
}

fn is_zero(figure: &Figure) -> bool {
    matches!(figure.amount, Amount::One(value) if value.is_zero())
}

fn zero(divisor: &Figure) -> Option<Absence> {
    is_zero(divisor).then(|| Absence::Zero { divisor: Arc::clone(&divisor.id), place: divisor.place.clone() })
}

fn no_median(whole: &Figure) -> Absence {
    Absence::NoMedian { of: Arc::clone(&whole.id), place: whole.place.clone() }
}

/// A search in one set.
struct Search<'a, 'f> {
    set: &'a str,
    get: Lookup<'a, 'f>,
}

impl<'f> Search<'_, 'f> {
    fn cell(&self, row: &str, column: &str) -> Option<&'f Figure> {
        (self.get)(&format!("{}.{row}.{column}", self.set))
    }

    fn side(&self, whole: &Figure, side: &str) -> Option<&'f Figure> {
        (self.get)(&format!("{}.{side}", whole.id))
    }

    fn in_bands(&self, bands: &Bands, row: &str, column: &str, side: &str) -> Option<Absence> {
        if let Some(measure) = bands.measures.iter().find(|measure| *measure.id == *column) {
            return match self.cell(row, column) {
                Some(whole) => self.in_cell(whole, row, measure, side),
                None => self.between(&bands.rows, row, column, side),
            };
        }
        let ratio = bands.ratios.iter().find(|ratio| *ratio.id == *column)?;
        let measure = |id: &str| bands.measures.iter().find(|measure| *measure.id == *id);
        matches!(side, "at-low" | "at-high").then(|| self.in_ratio(row, ratio, &measure, side))?
    }

    fn in_cell(&self, whole: &'f Figure, row: &str, measure: &Measure, side: &str) -> Option<Absence> {
        match side {
            "low" | "high" => end(whole, self.get),
            "midpoint" | "width" => self.no_range(whole),
            "spread" => self.no_range(whole).or_else(|| zero(self.side(whole, "low")?)),
            "median" => match whole.amount {
                Amount::Range(..) => Some(no_median(whole)),
                Amount::Unstated if !measure.sum.is_empty() => Some(no_median(whole)),
                _ => end(whole, self.get),
            },
            "median-offset" => self.no_range(whole).or_else(|| Some(no_median(whole))),
            "parts" | "parts.low" | "parts.high" | "above-parts" | "below-parts" => {
                self.in_parts(whole, row, measure, side)
            }
            _ => None,
        }
    }

    /// Why nothing is calculated from the ends of a figure; `None` for a range.
    fn no_range(&self, whole: &'f Figure) -> Option<Absence> {
        match whole.amount {
            Amount::Unstated => Some(not_calculated(whole, self.get)),
            _ => end(whole, self.get),
        }
    }

    fn unstated_part(&self, row: &str, measure: &Measure) -> Option<Absence> {
        let parts = measure.parts.iter().filter_map(|part| self.cell(row, &part.text));
        parts.into_iter().find(|part| part.amount == Amount::Unstated).map(|part| not_calculated(part, self.get))
    }

    fn in_parts(&self, whole: &'f Figure, row: &str, measure: &Measure, side: &str) -> Option<Absence> {
        if let Some(unstated) = self.unstated_part(row, measure) {
            return Some(unstated);
        }
        let parts = self.side(whole, "parts")?;
        match side {
            "parts.low" | "parts.high" => end(parts, self.get),
            _ if whole.amount == Amount::Unstated => Some(not_calculated(whole, self.get)),
            _ => {
                let (of, place) = (Arc::clone(&whole.id), whole.place.clone());
                Some(Absence::NoExcess { of, above: side == "above-parts", place })
            }
        }
    }

    fn in_ratio<'m>(
        &self,
        row: &str,
        ratio: &Ratio,
        measure: &dyn Fn(&str) -> Option<&'m Measure>,
        side: &str,
    ) -> Option<Absence> {
        let of = self.cell(row, &ratio.of.text)?;
        let to = match ratio.to.text.strip_prefix("parts.") {
            None => self.cell(row, &ratio.to.text),
            Some(name) => {
                if let Some(unstated) = self.unstated_part(row, measure(name)?) {
                    return Some(unstated);
                }
                self.side(self.cell(row, name)?, "parts")
            }
        }?;
        if let Some(unstated) = [of, to].into_iter().find(|input| input.amount == Amount::Unstated) {
            return Some(not_calculated(unstated, self.get));
        }
        let end = if side == "at-low" { "low" } else { "high" };
        zero(self.side(to, end).unwrap_or(to))
    }

    /// What two rows have in common: `row` is the ids of both, with `-to-` between them.
    fn between(&self, rows: &[BandRow], row: &str, column: &str, side: &str) -> Option<Absence> {
        if !matches!(side, "overlap" | "gap" | "step" | "median-step") {
            return None;
        }
        let position = |id: &str| rows.iter().position(|row| *row.id == *id);
        // An id may hold the word itself, and so several places to part two of them.
        let mut joints = row.char_indices().filter(|(at, _)| row[*at..].starts_with("-to-"));
        let (first, second) =
            joints.find_map(|(at, _)| Some((position(&row[..at])?, position(&row[at + "-to-".len()..])?)))?;
        let id = |at: usize| Arc::clone(&rows[at].id);
        if second < first {
            let place = rows[second].place.clone();
            return Some(Absence::RowsReversed { first: id(first), second: id(second), place });
        }
        if let Some(between) = rows.get(first + 1..second).filter(|between| !between.is_empty()) {
            let place = between[0].place.clone();
            let between = between.iter().map(|row| Arc::clone(&row.id)).collect();
            return Some(Absence::RowsBetween { first: id(first), second: id(second), between, place });
        }
        let pair = [self.cell(&rows[first].id, column)?, self.cell(&rows[second].id, column)?];
        self.in_pair(pair, &format!("{}.{row}.{column}", self.set), side)
    }

    /// Why two neighbors lack a side.
    fn in_pair(&self, [first, second]: [&'f Figure; 2], base: &str, side: &str) -> Option<Absence> {
        if let Some(absence) = [first, second].into_iter().find_map(|whole| self.no_range(whole)) {
            return Some(absence);
        }
        if first.unit != second.unit {
            let named = |figure: &Figure| (Arc::clone(&figure.id), figure.unit.clone());
            let place = second.place.clone();
            return Some(Absence::Units { first: named(first), second: named(second), place });
        }
        let (next, place) = (Arc::clone(&second.id), second.place.clone());
        match side {
            "gap" => {
                let overlap = (self.get)(&format!("{base}.overlap"))?;
                let by = (!is_zero(overlap)).then(|| written(overlap));
                Some(Absence::Overlapping { by, next, place })
            }
            "overlap" => {
                let by = written((self.get)(&format!("{base}.gap"))?);
                Some(Absence::Apart { by, next, place })
            }
            "step" => zero(self.side(first, "midpoint")?),
            _ => {
                let lacks =
                    |whole: &&Figure| self.side(whole, "median").is_none_or(|median| median.amount == Amount::Unstated);
                match [first, second].into_iter().find(lacks) {
                    Some(whole) => Some(no_median(whole)),
                    None => zero(self.side(first, "median")?),
                }
            }
        }
    }
}
