//! In what a text and its datum differ, in words.

use super::DurationUnit;
use super::compare::DisagreementKind;
use super::words::ENGLISH;
use super::written::{Measure, NumeralStyle, Quantity};
use crate::data::figure::Unit;

/// What is wrong, before it is known what would be right.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) kind: DisagreementKind,
    pub(super) message: String,
    /// Words to put before or instead of "Write `…`."
    pub(super) help: Option<String>,
}

pub(super) fn arrived(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data now state a value");
    Mismatch { kind: DisagreementKind::Unstated, message, help: None }
}

pub(super) fn not_stated(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data say that the value is not stated");
    let help = "Write `not stated`, or give the value in the data.".to_owned();
    Mismatch { kind: DisagreementKind::Unstated, message, help: Some(help) }
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
    Mismatch { kind: DisagreementKind::Unit, message, help: None }
}

pub(super) fn currency_mismatch(shown: &str, code: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` is in {code}, and the figure is in {currency}");
    Mismatch { kind: DisagreementKind::Currency, message, help: None }
}

pub(super) fn no_currency(shown: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` has no currency, and the figure is in {currency}");
    Mismatch { kind: DisagreementKind::Currency, message, help: None }
}

pub(super) fn not_convertible(shown: &str, own: DurationUnit, other: DurationUnit) -> Mismatch {
    let plural = |unit: DurationUnit| ENGLISH.duration(unit, false).to_owned();
    let message = format!("`{shown}` is in {}, which don't convert to the figure's {}", plural(other), plural(own));
    Mismatch { kind: DisagreementKind::Unit, message, help: None }
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
