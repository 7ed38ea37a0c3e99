//! Which figures a text may be the value of, found by unit and size, since a page may hold as many typed numbers as a set figures.

use std::collections::HashMap;

use super::amount::Amount;
use super::notation::{Written, sizes_shown};
use super::number::Number;
use super::unit::Unit;
use crate::work;

/// So many figures of one size are looked at.
const MOST: usize = 64;

/// Figures by what they count and by their size; ranges by that of their low end.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    by_unit: HashMap<Unit, BySize>,
}

/// Figures as indexes, typed ones before calculated ones of the same size.
#[derive(Clone, Debug, Default)]
struct BySize {
    single: Vec<(Number, bool, usize)>,
    ranges: Vec<(Number, bool, usize)>,
}

impl Values {
    /// The values of figures, each with its unit and whether it is calculated.
    pub(super) fn of<'f>(figures: impl Iterator<Item = (&'f Unit, &'f Amount, bool)>) -> Self {
        let mut by_unit: HashMap<Unit, BySize> = HashMap::new();
        for (at, (unit, amount, is_calculated)) in figures.enumerate() {
            let of_unit = by_unit.entry(unit.clone()).or_default();
            match amount {
                Amount::One(value) | Amount::From(value) | Amount::To(value) | Amount::Tolerance { value, .. } => {
                    of_unit.single.push((value.abs(), is_calculated, at))
                }
                Amount::Range(low, _) => of_unit.ranges.push((low.abs(), is_calculated, at)),
                Amount::Unstated | Amount::Text(_) | Amount::Date(_) => (),
            }
        }
        for of_unit in by_unit.values_mut() {
            of_unit.single.sort_unstable();
            of_unit.ranges.sort_unstable();
        }
        Self { by_unit }
    }

    /// The indexes of figures whose size a text may show, of each unit the first few.
    pub(super) fn shown_by(&self, written: &Written) -> Vec<usize> {
        let mut found = Vec::new();
        for (unit, figures) in &self.by_unit {
            let Some((is_range, sizes)) = sizes_shown(written, unit) else { continue };
            let figures = if is_range { &figures.ranges } else { &figures.single };
            let start = figures.partition_point(|(size, ..)| size < sizes.start());
            let near = figures[start..].iter().take_while(|(size, ..)| size <= sizes.end()).take(MOST);
            found.extend(near.map(|(_, _, at)| *at));
        }
        work::steps(found.len() + 1);
        found.sort_unstable();
        found
    }
}
