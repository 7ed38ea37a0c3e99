//! In what a text and its datum differ, in words.

use std::ops::Range;

use super::compare::DisagreementKind;
use super::vocabulary::QUARTER;
use super::words::ENGLISH;
use super::write::{Style, write};
use super::written::{Measure, NumeralStyle, Quantity, Written};
use super::{Datum, DurationUnit};
use crate::data::figure::{Amount, Direction, Signing, Unit};

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

/// The error for a sign that is wrong, missing, or said twice.
pub(super) fn sign_mismatch(shown: &str, quantity: &Quantity, datum: &Datum<'_>) -> Mismatch {
    let is = write(&Datum { bound: None, ..*datum }, &Style::default());
    let (message, help) = match (&quantity.sign, datum.signing) {
        (Some(_), Signing::Never) => (
            format!("`{shown}` has a sign, and the figure's id states the direction already"),
            "Take the sign out of the text, or the direction off the end of the figure's id.".to_owned(),
        ),
        (None, Signing::Always) => {
            let directed = match *datum.amount {
                Amount::One(value) => Direction::of(value).map(|direction| (direction, Amount::One(value.size()))),
                _ => None,
            };
            let in_words = directed.map_or_else(String::new, |(direction, amount)| {
                let size = Datum { amount: &amount, signing: Signing::Never, bound: None, ..*datum };
                let (size, key) = (write(&size, &Style::default()), direction.key());
                format!(", or, if the words of the sentence say the direction, `{size}` with `.{key}` added to the figure's id")
            });
            (format!("`{shown}` has no sign, and the figure needs one: {is}"), format!("Write `{is}`{in_words}."))
        }
        _ => (
            format!(
                "the text says `{shown}`, and the figure is now {is}, so this sentence may say the opposite of what is true"
            ),
            format!("Read the sentence again, and change it until it is true of {is}."),
        ),
    };
    Mismatch::new(DisagreementKind::Sign, message).help(help)
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

/// The error for a period, by its key, that is not the figure's; a phrase says where it was found.
pub(super) fn period_mismatch(says: &str, shown: &str, key: &str, unit: &Unit) -> Mismatch {
    let (message, help) = match unit {
        Unit::Money { period: Some(period), .. } => (
            format!("{says}, and the figure is per {period}"),
            format!("Write `{}`.", ENGLISH.period(period).unwrap_or(period)),
        ),
        Unit::Money { period: None, .. } if key != QUARTER => (
            format!("{says}, and the figure has no period"),
            format!("Leave `{shown}` out, or write `period = \"{key}\"` in the data if the source says so."),
        ),
        Unit::Money { .. } => (format!("{says}, and the figure has no period"), format!("Leave `{shown}` out.")),
        _ => (
            format!("{says}, and the figure has no period"),
            format!("Leave `{shown}` out, or put it outside the link."),
        ),
    };
    Mismatch::new(DisagreementKind::Period, message).help(help)
}

pub(super) fn unit_mismatch(shown: &str, what: &str, unit: &Unit) -> Mismatch {
    let message = format!("`{shown}` is {what}, and the figure is {}", unit_name(unit));
    Mismatch::new(DisagreementKind::Unit, message)
}

/// What a figure of a unit is.
pub(super) fn unit_name(unit: &Unit) -> String {
    match unit {
        Unit::Money { currency, .. } => format!("an amount in {currency}"),
        Unit::Percent => "a percentage".to_owned(),
        Unit::Points => "a number of percentage points".to_owned(),
        Unit::Duration(unit) => format!("a duration in {unit}s").replace("mss", "ms"),
        Unit::Count => "a count".to_owned(),
        Unit::Rank => "a rank".to_owned(),
        Unit::Date => "a date".to_owned(),
        Unit::Other(words) => format!("a number of `{words}`"),
    }
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
        (_, Some(Measure::Points), _) => "a number of percentage points",
        (_, Some(Measure::Duration(_)), _) => "a duration",
        (.., NumeralStyle::Ordinal | NumeralStyle::OrdinalWord | NumeralStyle::Hash) => "a rank",
        _ => "a plain number",
    }
}
