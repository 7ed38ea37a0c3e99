//! Finds the reason: takes an id apart and looks up what its figure would be made from.

use std::sync::Arc;

use super::Absence;
use crate::data::amount::{Amount, Direction};
use crate::data::figure::Figure;
use crate::data::formula::{Cause, Gap};
use crate::data::notation::{self, Style};
use crate::data::set::{Contents, Data, DataSet};
use crate::data::table::{Derived, Order, Table};
use crate::work;

/// Looks up a figure by its id.
pub(in crate::data) type Lookup<'a, 'f> = &'a dyn Fn(&str) -> Option<&'f Figure>;

/// Why an id names no figure; `None` where the sets don't explain it, as where a row or a column is missing. The sets are sorted by
/// name.
pub(in crate::data) fn absence<'f>(id: &str, sets: &[DataSet], get: Lookup<'_, 'f>) -> Option<Absence> {
    // What states a direction is missing with the figure that has it.
    let signed = id.rsplit_once('.').filter(|(_, side)| Direction::of_key(side).is_some());
    let id = signed.map_or(id, |(signed, _)| signed);
    let (set, rest) = id.split_once('.')?;
    let at = sets.binary_search_by(|known| known.name.as_ref().cmp(set)).ok()?;
    let table = sets[at].table()?;
    let (whole, side) = id.rsplit_once('.')?;
    let search = Search { set: &sets[at], table, get };
    if let Some(figure) = get(whole) {
        let column = match &sets[at].contents {
            Contents::Facts(_) => rest.split('.').next()?,
            _ => whole.rsplit('.').next()?,
        };
        return search.in_cell(figure, column, side);
    }
    search.between(whole.strip_prefix(set)?.strip_prefix('.')?, side)
}

impl Data {
    /// Why an id names no figure; `None` where it names one, and where the sets don't explain it.
    pub(crate) fn absence(&self, id: &str) -> Option<Absence> {
        match self.figures.get(id) {
            Some(_) => None,
            None => absence(id, &self.sets, &|id| self.figures.get(id)),
        }
    }
}

/// Why a figure has no ends; `None` for a range.
fn end(whole: &Figure) -> Option<Absence> {
    let (of, place) = (Arc::clone(&whole.id), whole.place.clone());
    match &whole.amount {
        Amount::Range(..) => None,
        Amount::From(_) | Amount::To(_) => Some(Absence::Open { of, place }),
        Amount::Date(_) => Some(Absence::Date { of, place }),
        Amount::One(_) | Amount::Tolerance { .. } => Some(Absence::OneValue { of, place }),
        Amount::Unstated | Amount::Text(_) => Some(match (&whole.gap, &whole.amount) {
            (Some(gap), _) => Absence::NotCalculated(Gap::clone(gap)),
            (None, Amount::Text(word)) => Absence::Word { of, word: Arc::clone(word), place },
            (None, _) => Absence::NotStated { of, place },
        }),
    }
}

/// Why nothing is calculated from the ends of a figure; `None` for a range.
fn no_range(whole: &Figure) -> Option<Absence> {
    let of = || Arc::clone(&whole.id);
    let (cause, through, place) = match (&whole.gap, &whole.amount) {
        (Some(gap), _) => (gap.cause.clone(), Some(of()), gap.place.clone()),
        (None, Amount::Unstated) => (Cause::Unstated(of()), None, whole.place.clone()),
        (None, Amount::Text(word)) => (Cause::Word(of(), Arc::clone(word)), None, whole.place.clone()),
        _ => return end(whole),
    };
    Some(Absence::NotCalculated(Gap { cause, through, place }))
}

fn no_median(whole: &Figure) -> Absence {
    Absence::NoMedian { of: Arc::clone(&whole.id), place: whole.place.clone() }
}

/// A search in one set.
struct Search<'a, 'f> {
    set: &'a DataSet,
    table: &'a Table,
    get: Lookup<'a, 'f>,
}

impl<'f> Search<'_, 'f> {
    /// Why a figure lacks one of its sides.
    fn in_cell(&self, whole: &Figure, column: &str, side: &str) -> Option<Absence> {
        match side {
            "low" | "high" => return end(whole),
            "median" => {
                return match whole.amount {
                    Amount::Range(..) | Amount::From(_) | Amount::To(_) => Some(no_median(whole)),
                    _ => end(whole),
                };
            }
            _ => (),
        }
        let derived = Derived::ALL.into_iter().find(|(_, name)| *name == side)?.0;
        if derived.is_between_rows() {
            return None;
        }
        self.not_asked(column, derived, side).or_else(|| no_range(whole))
    }

    /// Why something isn't derived that nobody asks for.
    fn not_asked(&self, column: &str, derived: Derived, side: &str) -> Option<Absence> {
        let column = &self.table.columns[self.table.column(column)?];
        let lacks = !column.derive.contains(&derived);
        lacks.then(|| Absence::NotAsked {
            side: side.into(),
            of: format!("{}.{}", self.set.name, column.id).into(),
            place: column.place.clone(),
        })
    }

    /// What two rows have in common: the part along which rows are ordered is the parts of both, with `-to-` between them.
    fn between(&self, pair: &str, side: &str) -> Option<Absence> {
        let derived = Derived::ALL.into_iter().find(|(_, name)| *name == side)?.0;
        let (row, column) = pair.rsplit_once('.')?;
        let table = self.table;
        table.column(column)?;
        let position = |id: &str| self.set.ids().position(id);
        let parts: Vec<&str> = row.split('.').collect();
        let (first, second) = parts.iter().enumerate().find_map(|(at, part)| {
            // An id may hold the word itself, and so several places to part two of them.
            let with = |one: &str| {
                let mut parts = parts.clone();
                parts[at] = one;
                position(&parts.join("."))
            };
            part.match_indices("-to-")
                .find_map(|(joint, word)| Some((with(&part[..joint])?, with(&part[joint + word.len()..])?)))
        })?;
        if let Some(not_asked) = self.not_asked(column, derived, side) {
            return Some(not_asked);
        }
        let id = |at: usize| Arc::clone(&table.rows[at].id);
        if second < first {
            let place = table.rows[second].place.clone();
            return Some(Absence::RowsReversed { first: id(first), second: id(second), place });
        }
        let is_like = |at: &usize| match table.order {
            Some(Order::Along(key)) => {
                let without = |at: usize| {
                    table.rows[at]
                        .parts
                        .iter()
                        .enumerate()
                        .filter(|(part, _)| *part != key)
                        .map(|(_, part)| part.clone())
                        .collect::<Vec<_>>()
                };
                without(*at) == without(first)
            }
            _ => true,
        };
        work::steps(second - first);
        let between: Vec<usize> = (first + 1..second).filter(is_like).collect();
        if let Some(nearest) = between.first() {
            let place = table.rows[*nearest].place.clone();
            let between = between.iter().map(|at| id(*at)).collect();
            return Some(Absence::RowsBetween { first: id(first), second: id(second), between, place });
        }
        let cell = |at: usize| (self.get)(&format!("{}.{}.{column}", self.set.name, table.rows[at].id));
        in_pair([cell(first)?, cell(second)?], derived)
    }
}

/// Why two neighbors lack a side.
fn in_pair([first, second]: [&Figure; 2], derived: Derived) -> Option<Absence> {
    let lacks_value = |whole: &Figure| match whole.amount {
        Amount::One(_) if derived == Derived::Step => None,
        _ => no_range(whole),
    };
    if let Some(absence) = lacks_value(first).or_else(|| lacks_value(second)) {
        return Some(absence);
    }
    if first.unit != second.unit {
        let named = |figure: &Figure| (Arc::clone(&figure.id), figure.unit.clone());
        let place = second.place.clone();
        return Some(Absence::Units { first: named(first), second: named(second), place });
    }
    let (Amount::Range(low, high), Amount::Range(next_low, next_high)) = (&first.amount, &second.amount) else {
        return None;
    };
    let shared = high.min(next_high).sub(low.max(next_low))?;
    let by = Some(shared.abs()).filter(|by| !by.is_zero()).map(|by| {
        let figure = Figure { amount: Amount::One(by), bound: None, ..second.clone() };
        notation::write(&figure.datum(), &Style::default())
    });
    let (next, place) = (Arc::clone(&second.id), second.place.clone());
    match derived {
        Derived::Gap => Some(Absence::Overlapping { by, next, place }),
        Derived::Overlap => Some(Absence::Apart { by, next, place }),
        _ => None,
    }
}
