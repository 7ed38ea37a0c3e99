//! Two numbers as a range: what joins them, and what one of them says for both.

use std::ops::Range;

use super::scan::{self, before_spaces, slice};
use super::unreadable::{Unreadable, UnreadableKind};
use super::vocabulary;
use super::written::{DateForm, Part, Quantity, Shape, Sign};
use super::{Currency, Date};
use crate::data::number::Number;
use crate::data::unit::{Thing, Unit};

/// A number or a date that a text holds; with the `+` behind a number, which is a bound.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "most texts are numbers, and few are kept")]
pub(super) enum Item {
    Number(Quantity, Option<Range<usize>>),
    Date(Part<Date>, DateForm),
}

/// What two numbers or more say together: a range, or a number with its tolerances.
pub(super) fn several(text: &str, items: Vec<Item>) -> Result<Shape, Unreadable> {
    let mut numbers = Vec::new();
    for item in &items {
        match item {
            Item::Number(quantity, _) => numbers.push(quantity.clone()),
            Item::Date(..) => return Err(too_many(text, &items)),
        }
    }
    match <[Quantity; 2]>::try_from(numbers) {
        Ok([value, tolerance]) if has_sign(&tolerance, Sign::PlusMinus) => tolerances(text, value, tolerance, None),
        Ok([low, high]) => join(text, low, high),
        Err(numbers) => match <[Quantity; 3]>::try_from(numbers) {
            Ok([value, plus, minus]) if has_sign(&plus, Sign::Plus) && has_sign(&minus, Sign::Minus) => {
                tolerances(text, value, plus, Some(minus))
            }
            _ => Err(too_many(text, &items)),
        },
    }
}

fn has_sign(quantity: &Quantity, sign: Sign) -> bool {
    quantity.sign.as_ref().is_some_and(|part| part.value == sign)
}

/// A number with its tolerances. What only one of them says counts for all.
fn tolerances(
    text: &str,
    mut value: Quantity,
    mut plus: Quantity,
    mut minus: Option<Quantity>,
) -> Result<Shape, Unreadable> {
    let all = || [Some(&value), Some(&plus), minus.as_ref()].into_iter().flatten();
    let last = minus.as_ref().unwrap_or(&plus);
    let whole = value.range.start..last.range.end;
    let (currency, thing, magnitude) = (
        all().find_map(|each| each.currency.clone()),
        all().rev().find_map(|each| each.thing.clone()),
        last.magnitude.clone().filter(|magnitude| magnitude.value.is_word()),
    );
    for each in [Some(&mut value), Some(&mut plus), minus.as_mut()].into_iter().flatten() {
        each.currency = each.currency.take().or_else(|| currency.clone());
        each.thing = each.thing.take().or_else(|| thing.clone());
        each.magnitude = each.magnitude.take().or_else(|| magnitude.clone());
    }
    let is_mixed = [Some(&plus), minus.as_ref()].into_iter().flatten().any(|each| match (&value.thing, &each.thing) {
        (Some(one), Some(other)) => factor(&one.value, &other.value).is_none(),
        _ => false,
    });
    if is_mixed {
        return Err(mixed_units(text, whole));
    }
    Ok(Shape::Tolerance(value, plus, minus))
}

/// Joins two numbers to a range. What only the second says counts for both.
fn join(text: &str, mut low: Quantity, mut high: Quantity) -> Result<Shape, Unreadable> {
    let whole = low.range.start..high.range.end;
    if !is_joined(text, &low.range, &high.range) {
        return Err(not_joined(text, &low, &high));
    }
    let repeats = low.currency.is_some() && high.currency.is_some();
    share_currency(text, &mut low, &mut high)?;
    share_thing(text, &mut low, &mut high)?;
    share_magnitude(text, &mut low, &mut high, repeats)?;
    if in_order(&low, &high) {
        return Ok(Shape::Range(low, high));
    }
    let message = format!("`{}` does not start with its low end", slice(text, whole.clone()));
    let help = "Write the low number first; a range below zero goes from the lower, as in `−10% to −5%`.";
    Err(Unreadable::new(UnreadableKind::RangeOrder, whole, message, help))
}

/// The error for more numbers than a value or a range has.
fn too_many(text: &str, items: &[Item]) -> Unreadable {
    let [first, second, ..] = items else {
        return Unreadable::new(UnreadableKind::SeveralNumbers, 0..text.len(), String::new(), ONE_OR_TWO);
    };
    if let (Item::Number(low, _), Item::Number(high, _)) = (first, second)
        && !is_joined(text, &low.range, &high.range)
    {
        return not_joined(text, low, high);
    }
    let (shown, range) = (slice(text, first.range()), second.range());
    let message = format!("the text has more numbers than `{shown}`");
    Unreadable::new(UnreadableKind::SeveralNumbers, range, message, ONE_OR_TWO)
}

fn mixed_units(text: &str, whole: Range<usize>) -> Unreadable {
    let message = format!("the ends of `{}` have different units", slice(text, whole.clone()));
    Unreadable::new(UnreadableKind::MixedUnits, whole, message, "Write both in one unit, as in `12–24 months`.")
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

fn share_thing(text: &str, low: &mut Quantity, high: &mut Quantity) -> Result<(), Unreadable> {
    let whole = low.range.start..high.range.end;
    match (&low.thing, &high.thing) {
        (None, Some(thing)) => low.thing = Some(thing.clone()),
        (Some(thing), None) => {
            let unit = slice(text, thing.range.clone());
            let message = format!("the second number of `{}` lacks its unit", slice(text, whole.clone()));
            let help = format!("Write `{unit}` behind the second number; there it counts for both.");
            return Err(Unreadable::new(UnreadableKind::UnitOnFirst, whole, message, help));
        }
        (Some(one), Some(two)) if factor(&one.value, &two.value).is_none() => {
            return Err(mixed_units(text, whole));
        }
        _ => {}
    }
    Ok(())
}

fn share_magnitude(text: &str, low: &mut Quantity, high: &mut Quantity, repeats: bool) -> Result<(), Unreadable> {
    let whole = low.range.start..high.range.end;
    match (&low.magnitude, &high.magnitude) {
        // An exponent behind the digits belongs to them alone.
        (None, Some(magnitude)) if slice(text, magnitude.range.clone()).starts_with(['e', 'E']) => {}
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
    let factor = match (&low.thing, &high.thing) {
        (Some(one), Some(two)) => factor(&one.value, &two.value).unwrap_or(Number::ONE),
        _ => Number::ONE,
    };
    let low_value = low.value().and_then(|value| value.mul(&factor));
    low_value.zip(high.value()).is_none_or(|(low, high)| low <= high)
}

fn factor(one: &Thing, other: &Thing) -> Option<Number> {
    let unit = |thing: &Thing| Unit { thing: thing.clone(), per: None };
    unit(one).factor(&unit(other))
}

impl Item {
    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        match self {
            Self::Number(quantity, plus) => plus.as_ref().map_or(0, |plus| plus.end).max(quantity.range.end),
            Self::Date(date, _) => date.range.end,
        }
    }

    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Number(quantity, _) => quantity.range.clone(),
            Self::Date(date, _) => date.range.clone(),
        }
    }
}
