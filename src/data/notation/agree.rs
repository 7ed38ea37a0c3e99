//! Whether a figure's text agrees with its datum, and else in what it doesn't.

use std::ops::Range;

use super::mismatch::{DisagreementKind, Mismatch, arrived, describe, not_stated, plain, unit_mismatch};
use super::names;
use super::scan::{after_spaces, char_at, char_before, is_word_char};
use super::terms::{Terms, terms_of_range};
use super::words::ENGLISH;
use super::write::{Style, write};
use super::written::{Part, Quantity, Shape, Written};
use super::{Date, Datum};
use crate::data::amount::{Amount, Bound};
use crate::data::number::Number;

/// A warning for a text that agrees: a lowercase phrase, and what to type.
type Warning = Option<(String, String)>;

/// Holds a text against a datum.
pub(super) fn agree(written: &Written, datum: &Datum<'_>) -> Result<Warning, Mismatch> {
    if let Some((value, bound)) = datum.threshold() {
        let amount = Amount::One(value.clone());
        let warning = has_value(written, &Datum { amount: &amount, ..*datum })?;
        let open_end = |mismatch: Mismatch| mismatch.help(format!("Write `{}`.", write(datum, &Style::default())));
        has_bound(written, Some(bound)).map_err(open_end)?;
        return Ok(warning);
    }
    let warning = has_value(written, datum)?;
    has_bound(written, datum.bound)?;
    Ok(warning)
}

/// The bytes of what a text shows.
pub(super) fn shown_range(written: &Written) -> Range<usize> {
    match &written.shape {
        Shape::Unstated => 0..written.text.len(),
        Shape::One(quantity) => quantity.range.clone(),
        Shape::Range(low, high) => low.range.start..high.range.end,
        Shape::Tolerance(value, plus, minus) => value.range.start..minus.as_ref().unwrap_or(plus).range.end,
        Shape::Date(date, _) => date.range.clone(),
    }
}

/// Whether a number is four digits and nothing else, so that it can be a year.
pub(super) fn is_plain_year(written: &Written, quantity: &Quantity) -> bool {
    let digits = written.slice(&quantity.range);
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a bound may be said of a figure that has one: the same, or a weaker one.
pub(super) fn is_bound_of(stated: Bound, bound: Option<Bound>) -> bool {
    match stated {
        Bound::About => true,
        Bound::AtLeast => matches!(bound, Some(Bound::AtLeast | Bound::Over)),
        Bound::UpTo => matches!(bound, Some(Bound::UpTo | Bound::Under)),
        stated => bound == Some(stated),
    }
}

/// The words for a bound, and its key in data.
pub(super) fn bound_words(bound: Bound) -> (&'static str, &'static str) {
    match bound {
        Bound::Over => ("over", "over"),
        Bound::AtLeast => ("at least", "at-least"),
        Bound::Under => ("under", "under"),
        Bound::UpTo => ("up to", "up-to"),
        Bound::About => ("about", "about"),
    }
}

fn has_value(written: &Written, datum: &Datum<'_>) -> Result<Warning, Mismatch> {
    let shown = || written.slice(&shown_range(written));
    let shape = |message: &str| {
        Mismatch::new(DisagreementKind::Shape, format!("the text is the range `{}`, and {message}", shown()))
    };
    match (&written.shape, datum.amount) {
        (Shape::Unstated, Amount::Unstated) => Ok(None),
        (_, Amount::Text(text)) => same_text(&written.text, text).map(|()| None),
        (Shape::Unstated, _) => Err(arrived(shown())),
        (_, Amount::Unstated) => Err(not_stated(shown())),
        (Shape::Date(date, _), Amount::Date(value)) => same_date(shown(), date.value == *value, *value),
        (Shape::One(quantity), Amount::Date(value)) if is_plain_year(written, quantity) => {
            let year = quantity.numeral.value.to_integer().and_then(|year| u16::try_from(year).ok()).map(Date::Year);
            same_date(shown(), year == Some(*value), *value)
        }
        (Shape::Date(..), _) => Err(unit_mismatch(shown(), "a date", datum.unit)),
        (Shape::One(low) | Shape::Range(low, _) | Shape::Tolerance(low, ..), Amount::Date(_)) => {
            Err(unit_mismatch(shown(), &describe(low), datum.unit))
        }
        (
            Shape::One(quantity),
            Amount::One(value) | Amount::From(value) | Amount::To(value) | Amount::Tolerance { value, .. },
        ) => one(written, quantity, value, datum),
        (Shape::Range(low, high), Amount::Range(from, to)) => range(written, (low, from), (high, to), datum),
        (Shape::Tolerance(value, plus, minus), Amount::Tolerance { .. }) => {
            tolerance(written, value, plus, minus.as_ref(), datum)
        }
        (Shape::One(quantity), Amount::Range(low, high)) => Err(one_for_range(written, quantity, low, high, datum)),
        (Shape::Range(..), Amount::Tolerance { .. }) => {
            let help = "Add `.range` to the figure's id for its limits.";
            Err(shape("the figure is a number with its tolerance").help(help.to_owned()))
        }
        (Shape::Tolerance(..), _) => {
            let message = format!("the text has the tolerance `{}`, and the figure has none", shown());
            Err(Mismatch::new(DisagreementKind::Shape, message))
        }
        (Shape::Range(..), _) => Err(shape("the figure is one number")),
    }
}

fn one(written: &Written, quantity: &Quantity, value: &Number, datum: &Datum<'_>) -> Result<Warning, Mismatch> {
    let terms = Terms::of(written, quantity, datum)?;
    terms.equal(written, quantity, value, datum)?;
    is_in_step(written, quantity, &terms, quantity.is_one(), datum)?;
    Ok(terms.excess(written, quantity, datum))
}

fn range(
    written: &Written,
    (low, from): (&Quantity, &Number),
    (high, to): (&Quantity, &Number),
    datum: &Datum<'_>,
) -> Result<Warning, Mismatch> {
    let terms = terms_of_range(written, low, high, datum)?;
    let first = terms.0.equal(written, low, from, datum);
    let second = terms.1.equal(written, high, to, datum);
    both_ends(written, (low, first), (high, second), datum)?;
    is_in_step(written, high, &terms.1, false, datum)?;
    Ok(terms.0.excess(written, low, datum).or_else(|| terms.1.excess(written, high, datum)))
}

fn tolerance(
    written: &Written,
    value: &Quantity,
    plus: &Quantity,
    minus: Option<&Quantity>,
    datum: &Datum<'_>,
) -> Result<Warning, Mismatch> {
    let Amount::Tolerance { value: nominal, plus: more, minus: less } = datum.amount else { return Ok(None) };
    let last = minus.unwrap_or(plus);
    terms_of_range(written, value, last, datum)?.0.equal(written, value, nominal, datum)?;
    let free = datum.tolerance();
    let terms = Terms::of(written, last, &free)?;
    let size = |quantity: &Quantity| Quantity { sign: None, ..quantity.clone() };
    let same = |quantity: &Quantity, value: &Number| {
        terms.equal(written, &size(quantity), value, &free).map_err(|mismatch| {
            let message =
                format!("the text says `{}`, and the figure is {}", written.slice(&shown_range(written)), plain(datum));
            Mismatch { message, ..mismatch }
        })
    };
    same(plus, more)?;
    same(last, less)?;
    Ok(None)
}

/// Whether a unit at the end of a text is in the singular or plural that its number needs. Behind a hyphen, and before another
/// noun, it has the form for one.
fn is_in_step(
    written: &Written,
    quantity: &Quantity,
    terms: &Terms,
    is_one: bool,
    datum: &Datum<'_>,
) -> Result<(), Mismatch> {
    let text = &*written.text;
    let stated = quantity.thing.as_ref().map(|part| part.range.clone());
    let Some(range) = terms.unit.clone().or(stated) else { return Ok(()) };
    let thing = quantity.thing.as_ref().map_or(&datum.unit.thing, |part| &part.value);
    let next = after_spaces(text, range.end);
    let starts = |other: Option<&Range<usize>>| other.is_some_and(|other| other.start == next);
    let ends = !char_at(text, next).is_some_and(is_word_char)
        || starts(written.bound.as_ref().map(|part| &part.range))
        || starts(written.per.as_ref().map(|part| &part.range));
    let is_apart = char_before(text, range.start).is_some_and(char::is_whitespace);
    let Some((is_singular, other)) = names::other_number(written.slice(&range), thing) else { return Ok(()) };
    if !is_apart || !ends || is_singular == is_one {
        return Ok(());
    }
    let (shown, number) = (written.slice(&range), written.slice(&quantity.numeral.range));
    let message = match is_singular {
        true => format!("`{shown}` is the word for one, and the number is {number}"),
        false => format!("`{shown}` is the word for more than one, and the number is {number}"),
    };
    let help = format!("Write `{number} {other}`.");
    Err(Mismatch { range: Some(range), ..Mismatch::new(DisagreementKind::Unit, message).help(help) })
}

/// What is wrong with a range: one of its ends, or the whole where both are other numbers.
fn both_ends(
    written: &Written,
    (low, first): (&Quantity, Result<(), Mismatch>),
    (high, second): (&Quantity, Result<(), Mismatch>),
    datum: &Datum<'_>,
) -> Result<(), Mismatch> {
    match (first, second) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(first), Err(second)) if first.kind == second.kind && first.kind == DisagreementKind::Value => {
            let shown = written.slice(&shown_range(written));
            let message = format!("the text says `{shown}`, and the figure is {}", plain(datum));
            Err(Mismatch::new(DisagreementKind::Value, message))
        }
        (Err(first), _) => Err(first.of_end("low", written, low, &plain(datum))),
        (Ok(()), Err(second)) => Err(second.of_end("high", written, high, &plain(datum))),
    }
}

fn has_bound(written: &Written, bound: Option<Bound>) -> Result<(), Mismatch> {
    let Some(Part { value, range }) = &written.bound else { return Ok(()) };
    if is_bound_of(*value, bound) {
        return Ok(());
    }
    let shown = written.slice(range);
    let message = match bound.filter(|bound| *bound != Bound::About) {
        Some(bound) => format!("the text says `{shown}`, and the source gives `{}`", bound_words(bound).0),
        None => format!("the text says `{shown}`, and the figure is no threshold"),
    };
    let key = bound_words(*value).1;
    let help = format!("Leave `{shown}` out, or write `bound = \"{key}\"` in the data if the source says so.");
    Err(Mismatch::new(DisagreementKind::Bound, message).help(help))
}

/// Whether a text is that of the data. Spaces are folded, a sentence may begin with it, and an article may stand before it.
pub(super) fn same_text(shown: &str, text: &str) -> Result<(), Mismatch> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (whole, other) = (folded(shown), folded(text));
    let bare = ["a ", "an ", "the ", "A ", "An ", "The "].iter().find_map(|article| whole.strip_prefix(article));
    let one = bare.filter(|_| whole != other).unwrap_or(&whole);
    let (mut first, mut second) = (one.chars(), other.chars());
    let same_start = match (first.next(), second.next()) {
        (Some(one), Some(other)) => one == other || one.to_lowercase().eq(other.to_lowercase()),
        (None, None) => true,
        _ => false,
    };
    if same_start && first.as_str() == second.as_str() {
        return Ok(());
    }
    let message = format!("the text says `{whole}`, and the figure is `{other}`");
    Err(Mismatch::new(DisagreementKind::Value, message).help(format!("Write `{other}`.")))
}

fn same_date(shown: &str, same: bool, value: Date) -> Result<Warning, Mismatch> {
    if same {
        return Ok(None);
    }
    let message = format!("the text says `{shown}`, and the figure is {}", value.write(&ENGLISH));
    Err(Mismatch::new(DisagreementKind::Value, message))
}

fn one_for_range(written: &Written, quantity: &Quantity, low: &Number, high: &Number, datum: &Datum<'_>) -> Mismatch {
    let shown = written.slice(&quantity.range);
    let is_end = |value: &Number| {
        let terms = Terms::of(written, quantity, datum);
        terms.is_ok_and(|terms| terms.equal(written, quantity, value, datum).is_ok())
    };
    let end = if is_end(low) { Some("low") } else { is_end(high).then_some("high") };
    let message = match end {
        Some(end) => format!("`{shown}` is the {end} end, and the figure is the whole range"),
        None => format!("the text is one number, `{shown}`, and the figure is a range"),
    };
    let range = plain(datum);
    let help = match end {
        Some(end) => format!("Add `.{end}` to the figure's id, or write `{range}`."),
        None => format!("Write `{range}`, or add `.low` or `.high` to the figure's id for one of its ends."),
    };
    Mismatch::new(DisagreementKind::Shape, message).help(help)
}
