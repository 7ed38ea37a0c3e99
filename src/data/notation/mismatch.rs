//! In what a text and its datum differ, in words.

use std::ops::Range;

use super::Datum;
use super::names;
use super::vocabulary::QUARTER;
use super::words::ENGLISH;
use super::write::{Style, per_words, write};
use super::written::{NumeralStyle, Quantity, Sign, Written};
use crate::data::amount::{Amount, Direction, Signing};
use crate::data::unit::{Measure, Thing, Unit};

/// In what a text can disagree with its datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisagreementKind {
    /// Another number, or another text.
    Value,
    /// The right number, rounded too far.
    Rounding,
    /// The right number, with more or fewer digits than the data have.
    Digits,
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

/// A datum as messages name it: without its bound.
pub(super) fn plain(datum: &Datum<'_>) -> String {
    write(&Datum { bound: None, ..*datum }, &Style::default())
}

/// The error for a sign that is wrong, missing, or said twice.
pub(super) fn sign_mismatch(shown: &str, quantity: &Quantity, datum: &Datum<'_>) -> Mismatch {
    let is = plain(datum);
    let (message, help) = match (quantity.sign.as_ref().map(|sign| sign.value), datum.signing) {
        (Some(Sign::PlusMinus), _) => (
            format!("`{shown}` is a tolerance, and the figure is {is}"),
            format!("Write `{is}`, or quote the tolerance."),
        ),
        (Some(_), Signing::Never) => (
            format!("`{shown}` has a sign, and the figure's id states the direction already"),
            "Take the sign out of the text, or the direction off the end of the figure's id.".to_owned(),
        ),
        (None, Signing::Always) => {
            let directed = match datum.amount {
                Amount::One(value) => Direction::of(value).map(|direction| (direction, Amount::One(value.abs()))),
                _ => None,
            };
            let in_words = directed.map_or_else(String::new, |(direction, amount)| {
                let size = Datum { amount: &amount, signing: Signing::Never, ..*datum };
                let (size, key) = (plain(&size), direction.key());
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

/// The error for a measure that the figure is not for; a phrase says where it was found.
pub(super) fn per_mismatch(says: &str, shown: &str, stated: &Measure, unit: &Unit) -> Mismatch {
    let is_time = Unit { thing: Thing::Measure(stated.clone()), per: None }.is_time();
    let kind = if is_time { DisagreementKind::Period } else { DisagreementKind::Unit };
    let (message, help) = match (&unit.per, &unit.thing) {
        (Some(own), _) => {
            let per = format!("per {}", names::per(own));
            let words = Some(per_words(unit, &ENGLISH)).filter(|words| !words.starts_with('/'));
            let help = format!("Write `{}`.", words.unwrap_or_else(|| per.clone()));
            (format!("{says}, and the figure is {per}"), help)
        }
        (None, Thing::Money(currency)) if &*stated.word != QUARTER => (
            format!("{says}, and the figure has no period"),
            format!(
                "Leave `{shown}` out, or write `unit = \"{currency}/{stated}\"` in the data if the source says so."
            ),
        ),
        (None, Thing::Money(_)) => (format!("{says}, and the figure has no period"), format!("Leave `{shown}` out.")),
        (None, _) => (
            format!("{says}, and the figure has no period"),
            format!("Leave `{shown}` out, or put it outside the link."),
        ),
    };
    Mismatch::new(kind, message).help(help)
}

pub(super) fn unit_mismatch(shown: &str, what: &str, unit: &Unit) -> Mismatch {
    let message = format!("`{shown}` is {what}, and the figure is {}", unit_name(unit));
    Mismatch::new(DisagreementKind::Unit, message)
}

/// What a figure of a unit is: `an amount in USD per year`, `a number of GB`.
pub fn unit_name(unit: &Unit) -> String {
    let thing = match &unit.thing {
        Thing::Number => "a plain number".to_owned(),
        Thing::Money(currency) => format!("an amount in {currency}"),
        Thing::Percent => "a percentage".to_owned(),
        Thing::Points => "a number of percentage points".to_owned(),
        Thing::Times => "a factor".to_owned(),
        Thing::Rank => "a rank".to_owned(),
        Thing::Date => "a date".to_owned(),
        Thing::Measure(measure) => format!("a number of {}", names::forms(&measure.word).1),
    };
    match &unit.per {
        Some(per) => format!("{thing} per {}", names::per(per)),
        None => thing,
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

/// What a number is, by what the text says of it.
pub(super) fn describe(quantity: &Quantity) -> String {
    match (&quantity.currency, quantity.thing.as_ref().map(|thing| &thing.value), quantity.numeral.style) {
        (Some(_), ..) => "an amount of money".to_owned(),
        (_, Some(Thing::Measure(measure)), _) => unit_name(&Unit::measure(&measure.word)),
        (_, Some(thing), _) => unit_name(&Unit { thing: thing.clone(), per: None }),
        (.., NumeralStyle::Ordinal | NumeralStyle::OrdinalWord | NumeralStyle::Hash) => "a rank".to_owned(),
        _ => "a plain number".to_owned(),
    }
}
