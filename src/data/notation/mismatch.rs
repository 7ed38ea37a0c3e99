//! In what a text and its datum differ, in words.

use std::ops::Range;

use super::DurationUnit;
use super::compare::DisagreementKind;
use super::words::ENGLISH;
use super::written::{Measure, NumeralStyle, Quantity, Written};
use crate::data::figure::Unit;

/// What is wrong, before it is known what would be right.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) kind: DisagreementKind,
    pub(super) message: String,
    /// Words to put before or instead of "Write `…`."
    pub(super) help: Option<String>,
    /// The bytes of the text that are wrong, where that is not all that it shows.
    pub(super) range: Option<Range<usize>>,
}

impl Mismatch {
    pub(super) fn new(kind: DisagreementKind, message: String) -> Self {
        Self { kind, message, help: None, range: None }
    }

    pub(super) fn help(self, help: String) -> Self {
        Self { help: Some(help), ..self }
    }

    /// The same of one end of a range, whose other end is right.
    pub(super) fn of_end(self, end: &str, written: &Written, quantity: &Quantity, is: &str) -> Self {
        let shown = written.slice(&quantity.range);
        let message = match self.kind {
            DisagreementKind::Value => format!("the {end} end of the text is `{shown}`, and the figure is {is}"),
            _ => self.message,
        };
        Self { message, range: Some(quantity.range.clone()), ..self }
    }
}

pub(super) fn arrived(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data now state a value");
    Mismatch::new(DisagreementKind::Unstated, message)
}

pub(super) fn not_stated(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data say that the value is not stated");
    let help = "Write `not stated`, or give the value in the data.".to_owned();
    Mismatch::new(DisagreementKind::Unstated, message).help(help)
}

pub(super) fn unit_mismatch(shown: &str, what: &str, unit: &Unit) -> Mismatch {
    let figure = match unit {
        Unit::Money { currency, .. } => format!("an amount in {currency}"),
        Unit::Percent => "a percentage".to_owned(),
        Unit::Duration(unit) => format!("a duration in {unit}s").replace("mss", "ms"),
        Unit::Count => "a count".to_owned(),
        Unit::Rank => "a rank".to_owned(),
        Unit::Date => "a date".to_owned(),
        Unit::Other(words) => format!("a number of `{words}`"),
    };
    let message = format!("`{shown}` is {what}, and the figure is {figure}");
    Mismatch::new(DisagreementKind::Unit, message)
}

pub(super) fn currency_mismatch(shown: &str, code: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` is in {code}, and the figure is in {currency}");
    Mismatch::new(DisagreementKind::Currency, message)
}

pub(super) fn no_currency(shown: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` has no currency, and the figure is in {currency}");
    Mismatch::new(DisagreementKind::Currency, message)
}

pub(super) fn not_convertible(shown: &str, own: DurationUnit, other: DurationUnit) -> Mismatch {
    let plural = |unit: DurationUnit| ENGLISH.duration(unit, false).to_owned();
    let message = format!("`{shown}` is in {}, which don't convert to the figure's {}", plural(other), plural(own));
    Mismatch::new(DisagreementKind::Unit, message)
}

pub(super) fn describe(quantity: &Quantity) -> &'static str {
    match (&quantity.currency, quantity.measure.as_ref().map(|measure| measure.value), quantity.numeral.style) {
        (Some(_), ..) => "an amount of money",
        (_, Some(Measure::Percent), _) => "a percentage",
        (_, Some(Measure::Duration(_)), _) => "a duration",
        (.., NumeralStyle::Ordinal | NumeralStyle::OrdinalWord | NumeralStyle::Hash) => "a rank",
        _ => "a plain number",
    }
}
