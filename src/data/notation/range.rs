//! Two numbers as a range: what joins them, and what one of them says for both.

use std::ops::Range;

use super::read::Item;
use super::scan::{self, before_spaces, slice};
use super::unreadable::{Unreadable, UnreadableKind};
use super::vocabulary;
use super::written::{Measure, Quantity};
use super::{Currency, DurationUnit};
use crate::data::number::Number;

/// Joins two numbers to a range. What only the second says counts for both.
pub(super) fn join(text: &str, mut low: Quantity, mut high: Quantity) -> Result<(Quantity, Quantity), Unreadable> {
    let whole = low.range.start..high.range.end;
    if !is_joined(text, &low.range, &high.range) {
        return Err(not_joined(text, &low, &high));
    }
    let repeats = low.currency.is_some() && high.currency.is_some();
    share_currency(text, &mut low, &mut high)?;
    share_measure(text, &mut low, &mut high)?;
    share_magnitude(text, &mut low, &mut high, repeats)?;
    if in_order(&low, &high) {
        return Ok((low, high));
    }
    let message = format!("`{}` does not start with its low end", slice(text, whole.clone()));
    let help = "Write the low number first; a range below zero goes from the lower, as in `−10% to −5%`.";
    Err(Unreadable::new(UnreadableKind::RangeOrder, whole, message, help))
}

/// The error for more numbers than a value or a range has.
pub(super) fn several(text: &str, first: &Item, second: &Item) -> Unreadable {
    if let (Item::Number(low, _), Item::Number(high, _)) = (first, second)
        && !is_joined(text, &low.range, &high.range)
    {
        return not_joined(text, low, high);
    }
    let (shown, range) = (slice(text, first.range()), second.range());
    let message = format!("the text has more numbers than `{shown}`");
    Unreadable::new(UnreadableKind::SeveralNumbers, range, message, ONE_OR_TWO)
}

/// The error for two currencies in one text.
pub(super) fn mixed_currencies(range: Range<usize>, one: Currency, other: Currency) -> Unreadable {
    let message = format!("the text is in two currencies, {} and {}", one.code(), other.code());
    let help = format!("Keep one of them: {} or {}.", one.code(), other.code());
    Unreadable::new(UnreadableKind::MixedCurrencies, range, message, help)
}

static ONE_OR_TWO: &str =
    "A value has one number, a range has two, as in `10–20%`; leave other numbers outside the link.";

/// Whether two numbers stand with nothing but a separator between them.
pub(super) fn is_joined(text: &str, low: &Range<usize>, high: &Range<usize>) -> bool {
    let between = slice(text, low.end..high.start).trim();
    // The plus of a bound belongs to the number before it.
    let between = between.strip_prefix('+').unwrap_or(between).trim_start();
    if is_dash(between) {
        return true;
    }
    // `4-to-6` joins its words by hyphens.
    let word = between.strip_prefix(scan::is_hyphen).unwrap_or(between);
    let word = word.strip_suffix(scan::is_hyphen).unwrap_or(word);
    if word.eq_ignore_ascii_case("to") || word.eq_ignore_ascii_case("through") {
        return true;
    }
    word.eq_ignore_ascii_case("and") && between_before(text, low.start).is_some()
}

/// Whether a text is one of the dashes that join a range.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "–" | "-" | "\u{2011}" | "—")
}

/// Where `between` starts that stands before a number; hedges may stand in the middle.
pub(super) fn between_before(text: &str, number: usize) -> Option<usize> {
    let mut end = before_spaces(text, number);
    while let Some((_, start)) = vocabulary::bound_before(slice(text, 0..end)) {
        end = before_spaces(text, start);
    }
    vocabulary::ends_with(slice(text, 0..end), "between")
}

fn not_joined(text: &str, low: &Quantity, high: &Quantity) -> Unreadable {
    let (one, two) = (slice(text, low.range.clone()), slice(text, high.range.clone()));
    let between = slice(text, low.range.end..high.range.start);
    let digits = slice(text, high.numeral.range.clone());
    let is_group =
        digits.split('.').next().is_some_and(|whole| whole.len() == 3) && high.range.start == high.numeral.range.start;
    if is_group && !between.is_empty() && between.trim().is_empty() {
        let message = format!("a space can't group digits, as in `{one} {two}`");
        let help = format!("Write `{one},{two}`, and `,` between all thousands.");
        return Unreadable::new(UnreadableKind::Grouping, low.range.start..high.range.end, message, help);
    }
    let message = format!("`{one}` and `{two}` are two numbers, and nothing joins them to a range");
    Unreadable::new(UnreadableKind::SeveralNumbers, high.range.clone(), message, ONE_OR_TWO)
}

fn share_currency(text: &str, low: &mut Quantity, high: &mut Quantity) -> Result<(), Unreadable> {
    match (&low.currency, &high.currency) {
        (None, Some(currency)) if currency.range.start < high.numeral.range.start => {
            let sign = slice(text, currency.range.clone());
            let space = if currency.range.len() == 3 && sign.is_ascii() && sign != "US$" { " " } else { "" };
            let message =
                format!("the first number of `{}` lacks `{sign}`", slice(text, low.range.start..high.range.end));
            let help = format!("Write `{sign}{space}{}` first.", slice(text, low.range.clone()));
            Err(Unreadable::new(UnreadableKind::CurrencyOnSecond, low.range.clone(), message, help))
        }
        (Some(one), Some(two)) if one.value != two.value => {
            Err(mixed_currencies(low.range.start..high.range.end, one.value, two.value))
        }
        (None, Some(currency)) => {
            low.currency = Some(currency.clone());
            Ok(())
        }
        (Some(currency), None) => {
            high.currency = Some(currency.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}

fn share_measure(text: &str, low: &mut Quantity, high: &mut Quantity) -> Result<(), Unreadable> {
    let whole = low.range.start..high.range.end;
    match (&low.measure, &high.measure) {
        (None, Some(measure)) => low.measure = Some(measure.clone()),
        (Some(measure), None) => {
            let unit = slice(text, measure.range.clone());
            let message = format!("the second number of `{}` lacks its unit", slice(text, whole.clone()));
            let help = format!("Write `{unit}` behind the second number; there it counts for both.");
            return Err(Unreadable::new(UnreadableKind::UnitOnFirst, whole, message, help));
        }
        (Some(one), Some(two)) if measure_factor(one.value, two.value).is_none() => {
            let message = format!("the ends of `{}` have different units", slice(text, whole.clone()));
            let help = "Write both ends in one unit, as in `12–24 months`.";
            return Err(Unreadable::new(UnreadableKind::MixedUnits, whole, message, help));
        }
        _ => {}
    }
    Ok(())
}

fn share_magnitude(text: &str, low: &mut Quantity, high: &mut Quantity, repeats: bool) -> Result<(), Unreadable> {
    let whole = low.range.start..high.range.end;
    match (&low.magnitude, &high.magnitude) {
        (None, Some(magnitude)) if !repeats => low.magnitude = Some(magnitude.clone()),
        (None, Some(magnitude)) => {
            // `$365,000–$500K` can only be read one way; `$365–$500K` leaves open whether 365 are thousands.
            let mut both = low.clone();
            both.magnitude = Some(magnitude.clone());
            if in_order(&both, high) {
                let shown = slice(text, whole.clone());
                let letter = slice(text, low_end_to(text, high, magnitude.range.clone()));
                let at = low.numeral.range.end;
                let first = format!("{}{letter}{}", slice(text, whole.start..at), slice(text, at..whole.end));
                let message = format!("`{shown}` leaves open whether its first number is in `{}` too", letter.trim());
                let help = format!("Write `{first}`, or the first number in full with its thousands.");
                return Err(Unreadable::new(UnreadableKind::MagnitudeOnSecond, whole, message, help));
            }
        }
        (Some(magnitude), None) if !in_order(low, high) => {
            let letter = slice(text, magnitude.range.clone());
            let message = format!("the second number of `{}` lacks `{letter}`", slice(text, whole.clone()));
            let help = format!("Write `{letter}` behind the second number; there it counts for both.");
            return Err(Unreadable::new(UnreadableKind::UnitOnFirst, whole, message, help));
        }
        _ => {}
    }
    Ok(())
}

/// A magnitude with the space before it.
fn low_end_to(text: &str, quantity: &Quantity, magnitude: Range<usize>) -> Range<usize> {
    let start = before_spaces(text, magnitude.start).max(quantity.numeral.range.end);
    start..magnitude.end
}

/// Whether a range goes up.
fn in_order(low: &Quantity, high: &Quantity) -> bool {
    let factor = match (&low.measure, &high.measure) {
        (Some(one), Some(two)) => measure_factor(one.value, two.value).unwrap_or(Number::ONE),
        _ => Number::ONE,
    };
    let low_value = low.value().and_then(|value| value.mul(factor));
    low_value.zip(high.value()).is_none_or(|(low, high)| low <= high)
}

fn measure_factor(one: Measure, other: Measure) -> Option<Number> {
    match (one, other) {
        (Measure::Percent, Measure::Percent) | (Measure::Points, Measure::Points) => Some(Number::ONE),
        (Measure::Duration(one), Measure::Duration(other)) => DurationUnit::factor(one, other),
        _ => None,
    }
}
