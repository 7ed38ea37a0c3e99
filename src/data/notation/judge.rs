//! Whether a sentence says of a figure what its datum is: the text between the brackets, and what stands right outside them.

use super::Datum;
use super::around::below_zero;
use super::compare::{Agreement, Disagreement, Warning, WarningKind, compare, compare_text};
use super::mismatch::DisagreementKind;
use super::outside::{Outside, compare_before, compare_behind};
use super::read::read;
use super::scan::slice;
use super::unreadable::Unreadable;
use super::written::{Part, Shape, Sign, Written};
use crate::data::amount::{Amount, Bound};

/// What stands around the brackets of a figure. U+FFFC stands for another figure, for code and the like.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// The words before them.
    pub before: &'a str,
    /// The words behind them.
    pub behind: &'a str,
    /// What an end of a range may be called: `at least` or `over` of its low end, `up to` or `under` of its high end.
    pub end: Option<Bound>,
}

/// What is wrong with a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text can't be read.
    Unreadable(Unreadable),
    /// The text disagrees with the datum.
    Disagreement(Disagreement),
    /// What stands outside the brackets does.
    Outside(Outside),
}

/// Holds the text of a figure, and what stands around it, against its datum.
pub fn judge(text: &str, datum: &Datum<'_>, around: &Around<'_>) -> Result<Agreement, Fault> {
    if let Amount::Text(value) = datum.amount {
        return compare_text(text, value).map_err(Fault::Disagreement);
    }
    let written = read(text).map_err(Fault::Unreadable)?.beside(around.behind).map_err(Fault::Outside)?;
    let agreement = compare(&written, datum).map_err(Fault::Disagreement)?;
    let has_per = compare_behind(around.behind, &written, datum).map_err(Fault::Outside)?;
    let limit = compare_before(around.before, &written, datum, around.end, has_per).map_err(Fault::Outside)?;
    let limit = limit.map(|(message, help)| Warning { kind: WarningKind::Limit, message, help });
    Ok(Agreement { warning: limit.or(agreement.warning) })
}

/// Whether the text of a figure is true of a datum, whatever stands around it.
pub fn is_true(text: &str, datum: &Datum<'_>) -> bool {
    match datum.amount {
        Amount::Text(value) => compare_text(text, value).is_ok(),
        _ => read(text).is_ok_and(|written| compare(&written, datum).is_ok()),
    }
}

impl Written {
    /// The text with what stands right behind its brackets and belongs to its number: `below zero` is a sign.
    pub fn beside(mut self, behind: &str) -> Result<Self, Outside> {
        let Some(range) = below_zero(behind, 0) else { return Ok(self) };
        let end = self.text.len();
        if let Shape::One(quantity) = &mut self.shape {
            if quantity.sign.is_some() {
                let message =
                    format!("`{}` behind the figure says again that it is below zero", slice(behind, range.clone()));
                let help = "Leave the sign between the brackets out, or these words.".to_owned();
                return Err(Outside::behind(DisagreementKind::Sign, range, message, help));
            }
            quantity.sign = Some(Part { value: Sign::Minus, range: end..end });
        }
        Ok(self)
    }
}
