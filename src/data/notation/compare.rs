//! Holding a figure's text against its datum, with what to type where they disagree.

use std::ops::{Range, RangeInclusive};

use super::Datum;
use super::agree::{agree, same_text, shown_range};
use super::mismatch::{DisagreementKind, Mismatch};
use super::rewrite::rewritten_part;
use super::terms::{Terms, terms_of_range};
use super::words::ENGLISH;
use super::write::{Per, Style, write};
use super::written::{Shape, Written};
use crate::data::amount::Amount;
use crate::data::number::Number;
use crate::data::unit::Unit;
use crate::work;

/// A text agrees with its datum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// What the text still keeps back.
    pub warning: Option<Warning>,
}

/// What a text that agrees with its datum keeps back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// A lowercase phrase that names it.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
}

/// What a text can keep back that agrees with its datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// That the source printed fewer digits.
    Digits,
    /// That the number is a limit: the most, or the least.
    Limit,
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

/// Holds a text against a datum.
pub fn compare(written: &Written, datum: &Datum<'_>) -> Result<Agreement, Disagreement> {
    work::steps(1);
    let digits = |(message, help)| Warning { kind: WarningKind::Digits, message, help };
    let agreement = |warning: Option<(String, String)>| Agreement { warning: warning.map(digits) };
    agree(written, datum).map(agreement).map_err(|mismatch| {
        let per = if written.per.is_some() { Per::Always } else { Per::Never };
        let style = Style { bound: false, per, words: &ENGLISH };
        let mut range = shown_range(written);
        range.end = unit_end(written, datum).unwrap_or(range.end).max(range.end);
        // A number that is right in the datum's own unit needs that unit.
        let is_size = !matches!(mismatch.kind, DisagreementKind::Unit | DisagreementKind::Period);
        let rewritten = if is_size { rewritten_part(written, datum, &range) } else { None };
        let expected = rewritten.unwrap_or_else(|| {
            let one = datum.threshold().map(|(value, _)| Amount::One(value.clone()));
            write(&Datum { amount: one.as_ref().unwrap_or(datum.amount), ..*datum }, &style)
        });
        disagreement(mismatch, &written.text, range, expected)
    })
}

/// Holds a text against a datum that is a text: a word in place of a number, or the name of what a formula picks.
pub(super) fn compare_text(shown: &str, text: &str) -> Result<Agreement, Disagreement> {
    same_text(shown, text)
        .map(|()| Agreement::default())
        .map_err(|mismatch| disagreement(mismatch, shown, 0..shown.len(), text.to_owned()))
}

/// The sizes of the values of a unit that a text may show, and whether they are those of the low end of a range; `None` where the
/// text is of another unit, or states no number. Whether a datum of such a size agrees is for [`compare`] to say.
pub(in crate::data) fn sizes_shown(written: &Written, unit: &Unit) -> Option<(bool, RangeInclusive<Number>)> {
    let amount = Amount::Unstated;
    let datum = Datum::new(&amount, unit);
    let (quantity, terms) = match &written.shape {
        Shape::One(quantity) | Shape::Tolerance(quantity, ..) => (quantity, Terms::of(written, quantity, &datum).ok()?),
        Shape::Range(low, high) => (low, terms_of_range(written, low, high, &datum).ok()?.0),
        Shape::Unstated | Shape::Date(..) => return None,
    };
    let is_range = matches!(written.shape, Shape::Range(..));
    Some((is_range, terms.sizes(quantity)?))
}

fn disagreement(mismatch: Mismatch, text: &str, shown: Range<usize>, expected: String) -> Disagreement {
    Disagreement {
        kind: mismatch.kind,
        message: mismatch.message,
        help: mismatch.help.unwrap_or_else(|| format!("Write `{expected}`.")),
        shown: text.get(shown).unwrap_or_default().to_owned(),
        range: mismatch.range.unwrap_or(0..text.len()),
        expected,
    }
}

/// Where a unit ends that only the datum's own explains.
fn unit_end(written: &Written, datum: &Datum<'_>) -> Option<usize> {
    let last = match &written.shape {
        Shape::One(last) | Shape::Range(_, last) => last,
        Shape::Tolerance(_, plus, minus) => minus.as_ref().unwrap_or(plus),
        Shape::Unstated | Shape::Date(..) => return None,
    };
    Some(Terms::of(written, last, datum).ok()?.unit?.end)
}
