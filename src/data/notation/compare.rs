//! Holding a figure's text against its datum.

use std::ops::{Range, RangeInclusive};

use super::mismatch::{Mismatch, arrived, describe, not_stated, period_mismatch, unit_mismatch};
use super::rewrite::rewritten_part;
use super::terms::{Terms, terms_of_range};
use super::words::ENGLISH;
use super::write::{Style, write};
use super::written::{Part, Quantity, Shape, Written};
use super::{Date, Datum};
use crate::data::figure::{Amount, Bound, Unit};
use crate::data::number::Number;
use crate::work;

/// A text agrees with its datum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The text shows more digits than the source printed: a lowercase phrase, and what to type.
    pub warning: Option<(String, String)>,
}

/// A text disagrees with its datum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// In what.
    pub kind: DisagreementKind,
    /// A lowercase phrase that names both.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
    /// The numbers, or the words, that the text shows.
    pub shown: String,
    /// The bytes of the text that are wrong: one end of a range where the other is right, else all of it.
    pub range: Range<usize>,
    /// What should stand in place of what is shown: the datum in the author's own notation, or in the generator's where
    /// the author's can't hold it.
    pub expected: String,
}

/// In what a text can disagree with its datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisagreementKind {
    /// Another number.
    Value,
    /// The right number, with too few digits to know it by.
    Rounding,
    /// The wrong sign, none where the figure needs one, or one where its id states the direction.
    Sign,
    /// Another unit, or none.
    Unit,
    /// Another currency, or none.
    Currency,
    /// One number for a range, or a range for one number.
    Shape,
    /// A threshold that the datum does not have.
    Bound,
    /// Another period.
    Period,
    /// A value for what is not stated, or `unstated` for what is.
    Unstated,
    /// Letters that belong to the number, and are none that the grammar knows.
    Notation,
}

/// Holds a text against a datum.
pub fn compare(written: &Written, datum: &Datum<'_>) -> Result<Agreement, Disagreement> {
    work::steps(1);
    agree(written, datum).map_err(|mismatch| {
        let style = Style { bound: false, period: written.period.is_some(), words: &ENGLISH };
        let mut range = shown_range(written);
        range.end = free_unit_end(written, datum.unit).unwrap_or(range.end).max(range.end);
        let expected = rewritten_part(written, datum, &range).unwrap_or_else(|| write(datum, &style));
        Disagreement {
            kind: mismatch.kind,
            message: mismatch.message,
            help: mismatch.help.unwrap_or_else(|| format!("Write `{expected}`.")),
            shown: written.slice(&range).to_owned(),
            range: mismatch.range.unwrap_or(0..written.text.len()),
            expected,
        }
    })
}

/// Whether a text agrees with a datum, without the words for what would.
pub(super) fn agree(written: &Written, datum: &Datum<'_>) -> Result<Agreement, Mismatch> {
    let shown = || written.slice(&shown_range(written));
    let mut unit_range = None;
    let warning = match (&written.shape, datum.amount) {
        (Shape::Unstated, Amount::Unstated) => None,
        (Shape::Unstated, _) => return Err(arrived(shown())),
        (_, Amount::Unstated) => return Err(not_stated(shown())),
        (Shape::Date(date, _), Amount::Date(value)) => same_date(shown(), date.value == *value, *value)?,
        (Shape::One(quantity), Amount::Date(value)) if is_plain_year(written, quantity) => {
            let year = u16::try_from(quantity.numeral.value.round(0)).ok().map(Date::Year);
            same_date(shown(), year == Some(*value), *value)?
        }
        (Shape::Date(..), _) => return Err(unit_mismatch(shown(), "a date", datum.unit)),
        (Shape::One(low) | Shape::Range(low, _), Amount::Date(_)) => {
            return Err(unit_mismatch(shown(), describe(low), datum.unit));
        }
        (Shape::One(quantity), Amount::One(value)) => {
            let terms = Terms::of(written, quantity, datum.unit)?;
            unit_range.clone_from(&terms.unit_range);
            terms.equal(written, quantity, *value, datum)?;
            terms.excess(written, quantity, datum)
        }
        (Shape::Range(low, high), Amount::Range(from, to)) => {
            let terms = terms_of_range(written, low, high, datum.unit)?;
            unit_range.clone_from(&terms.1.unit_range);
            let first = terms.0.equal(written, low, *from, datum);
            let second = terms.1.equal(written, high, *to, datum);
            both_ends(written, (low, first), (high, second), datum)?;
            terms.0.excess(written, low, datum).or_else(|| terms.1.excess(written, high, datum))
        }
        (Shape::One(quantity), Amount::Range(low, high)) => {
            return Err(one_for_range(written, quantity, *low, *high, datum));
        }
        (Shape::Range(..), Amount::One(_)) => {
            let message = format!("the text is the range `{}`, and the figure is one number", shown());
            return Err(Mismatch::new(DisagreementKind::Shape, message));
        }
    };
    check_period(written, datum.unit, unit_range)?;
    check_bound(written, datum.bound)?;
    Ok(Agreement { warning })
}

/// The sizes of the values of a unit that a text may show, and whether they are those of the low end of a range; `None` where the
/// text is of another unit, or states no number. Whether a datum of such a size agrees is for [`compare`] to say.
pub(in crate::data) fn sizes_shown(written: &Written, unit: &Unit) -> Option<(bool, RangeInclusive<Number>)> {
    let (quantity, terms) = match &written.shape {
        Shape::One(quantity) => (quantity, Terms::of(written, quantity, unit).ok()?),
        Shape::Range(low, high) => (low, terms_of_range(written, low, high, unit).ok()?.0),
        Shape::Unstated | Shape::Date(..) => return None,
    };
    let is_range = matches!(written.shape, Shape::Range(..));
    Some((is_range, terms.sizes(quantity)?))
}

/// What is wrong with a range: one of its ends, or the whole where both are other numbers.
fn both_ends(
    written: &Written,
    (low, first): (&Quantity, Result<(), Mismatch>),
    (high, second): (&Quantity, Result<(), Mismatch>),
    datum: &Datum<'_>,
) -> Result<(), Mismatch> {
    let is = || write(&Datum { bound: None, ..*datum }, &Style::default());
    match (first, second) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(first), Err(second)) if first.kind == second.kind && first.kind == DisagreementKind::Value => {
            let message =
                format!("the text says `{}`, and the figure is {}", written.slice(&shown_range(written)), is());
            Err(Mismatch::new(DisagreementKind::Value, message))
        }
        (Err(first), _) => Err(first.of_end("low", written, low, &is())),
        (Ok(()), Err(second)) => Err(second.of_end("high", written, high, &is())),
    }
}

/// Where a unit in free words ends that stands behind the last number.
fn free_unit_end(written: &Written, unit: &Unit) -> Option<usize> {
    let (Shape::One(last) | Shape::Range(_, last)) = &written.shape else { return None };
    Some(Terms::of(written, last, unit).ok()?.unit_range?.end)
}

fn shown_range(written: &Written) -> Range<usize> {
    match &written.shape {
        Shape::Unstated => 0..written.text.len(),
        Shape::One(quantity) => quantity.range.clone(),
        Shape::Range(low, high) => low.range.start..high.range.end,
        Shape::Date(date, _) => date.range.clone(),
    }
}

fn check_period(written: &Written, unit: &Unit, unit_range: Option<Range<usize>>) -> Result<(), Mismatch> {
    let Some(stated) = &written.period else { return Ok(()) };
    if unit_range.is_some_and(|unit| unit.start <= stated.range.start && stated.range.end <= unit.end) {
        return Ok(());
    }
    match unit {
        Unit::Money { period: Some(period), .. } if period.as_ref() == stated.value => Ok(()),
        unit => {
            let shown = written.slice(&stated.range);
            Err(period_mismatch(&format!("the text says `{shown}`"), shown, stated.value, unit))
        }
    }
}

fn check_bound(written: &Written, bound: Option<Bound>) -> Result<(), Mismatch> {
    let Some(Part { value, range }) = &written.bound else { return Ok(()) };
    if *value == Bound::About || bound == Some(*value) {
        return Ok(());
    }
    let shown = written.slice(range);
    let key = if *value == Bound::Over { "over" } else { "up-to" };
    let message = match bound {
        Some(Bound::Over) => format!("the text says `{shown}`, and the source gives a lower threshold"),
        Some(Bound::UpTo) => format!("the text says `{shown}`, and the source gives an upper threshold"),
        _ => format!("the text says `{shown}`, and the figure is no threshold"),
    };
    let help = format!("Leave `{shown}` out, or write `bound = \"{key}\"` in the data if the source says so.");
    Err(Mismatch::new(DisagreementKind::Bound, message).help(help))
}

fn same_date(shown: &str, same: bool, value: Date) -> Result<Option<(String, String)>, Mismatch> {
    if same {
        return Ok(None);
    }
    let message = format!("the text says `{shown}`, and the figure is {}", value.write(&ENGLISH));
    Err(Mismatch::new(DisagreementKind::Value, message))
}

/// Whether a number is four digits and nothing else, so that it can be a year.
pub(super) fn is_plain_year(written: &Written, quantity: &Quantity) -> bool {
    let digits = written.slice(&quantity.range);
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn one_for_range(written: &Written, quantity: &Quantity, low: Number, high: Number, datum: &Datum<'_>) -> Mismatch {
    let shown = written.slice(&quantity.range);
    let is_end = |value: Number| {
        let one = Datum { amount: &Amount::One(value), ..*datum };
        let terms = Terms::of(written, quantity, datum.unit);
        terms.is_ok_and(|terms| terms.equal(written, quantity, value, &one).is_ok())
    };
    let end = if is_end(low) { Some("low") } else { is_end(high).then_some("high") };
    let message = match end {
        Some(end) => format!("`{shown}` is the {end} end, and the figure is the whole range"),
        None => format!("the text is one number, `{shown}`, and the figure is a range"),
    };
    let range = write(&Datum { bound: None, ..*datum }, &Style::default());
    let help = match end {
        Some(end) => format!("Add `.{end}` to the figure's id, or write `{range}`."),
        None => format!("Write `{range}`, or add `.low` or `.high` to the figure's id for one of its ends."),
    };
    Mismatch::new(DisagreementKind::Shape, message).help(help)
}
