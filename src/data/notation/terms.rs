//! A datum's value in the terms of a text: the same unit, the same magnitude, so that digits can be compared.

use std::ops::{Range, RangeInclusive};

use super::compare::DisagreementKind;
use super::mismatch::{
    Mismatch, currency_mismatch, describe, no_currency, not_convertible, sign_mismatch, unit_mismatch,
};
use super::scan::{after_spaces, char_at, is_hyphen, is_word_char, slice};
use super::write::{Style, write};
use super::written::{Measure, NumeralStyle, Quantity, Sign, Written};
use super::{Datum, digits};
use crate::data::figure::{Direction, Signing, Unit};
use crate::data::number::Number;

/// A datum's value in the terms of a text: how one turns into the other.
pub(super) struct Terms {
    /// What the datum's value is multiplied by.
    factor: Number,
    /// Where a unit in free words stands.
    pub(super) unit_range: Option<Range<usize>>,
}

impl Terms {
    /// The terms of a number that is or ends the text, if its unit is the datum's.
    pub(super) fn of(written: &Written, quantity: &Quantity, unit: &Unit) -> Result<Self, Mismatch> {
        if let Unit::Other(words) = unit {
            return Self::in_free_words(written, quantity, words, unit);
        }
        let shown = written.slice(&quantity.range);
        let is_plain = matches!(quantity.numeral.style, NumeralStyle::Digits { .. });
        if char_at(&written.text, quantity.range.end).is_some_and(char::is_alphanumeric) {
            let message = format!("letters stand straight behind `{shown}`, and are no unit of this figure");
            return Err(Mismatch::new(DisagreementKind::Notation, message));
        }
        let mismatch = || Err(unit_mismatch(shown, describe(quantity), unit));
        let no_magnitude = quantity.magnitude.is_none();
        let factor = match (unit, quantity.measure.as_ref().map(|measure| measure.value)) {
            (Unit::Money { currency, .. }, None) if is_plain => match &quantity.currency {
                Some(part) if part.value.code() == currency.as_ref() => Number::ONE,
                Some(part) => return Err(currency_mismatch(shown, part.value.code(), currency)),
                None => return Err(no_currency(shown, currency)),
            },
            _ if quantity.currency.is_some() => return mismatch(),
            (Unit::Percent, Some(Measure::Percent)) if is_plain && no_magnitude => Number::ONE,
            (Unit::Points, Some(Measure::Points)) if is_plain && no_magnitude => Number::ONE,
            (Unit::Duration(own), Some(Measure::Duration(other))) if no_magnitude => match own.factor(other) {
                Some(factor) => factor,
                None => return Err(not_convertible(shown, *own, other)),
            },
            (Unit::Count, None) if is_plain || quantity.numeral.style == NumeralStyle::Word => Number::ONE,
            (Unit::Rank, None) if no_magnitude => Number::ONE,
            _ => return mismatch(),
        };
        let factor = factor.div(quantity.scale()).ok_or_else(|| unit_mismatch(shown, describe(quantity), unit))?;
        Ok(Self { factor, unit_range: None })
    }

    /// A number with free words behind it, which must be the unit's own.
    fn in_free_words(written: &Written, quantity: &Quantity, words: &str, unit: &Unit) -> Result<Self, Mismatch> {
        let text = &written.text;
        let behind = quantity.magnitude.as_ref().map(|magnitude| (magnitude.range.end, quantity.scale()));
        // `5 M` is five of a unit called "M", and five million of any other.
        let places = [behind, Some((quantity.numeral.range.end, Number::ONE))];
        let found = places.into_iter().flatten().find_map(|(at, scale)| {
            let range = unit_words(text, at, words)?;
            Some(Self { factor: Number::ONE.div(scale)?, unit_range: Some(range) })
        });
        let is_money = quantity.currency.is_some();
        found.filter(|_| !is_money).ok_or_else(|| {
            let shown = written.slice(&quantity.range);
            let message = format!("`{shown}` does not name its unit, `{words}`");
            match quantity.currency {
                Some(_) => unit_mismatch(shown, describe(quantity), unit),
                None => Mismatch::new(DisagreementKind::Unit, message),
            }
        })
    }

    /// The datum's value as the text would show it.
    pub(super) fn value(&self, value: Number) -> Option<Number> {
        value.mul(self.factor)
    }

    /// The sizes of values that may round to a number, the ends included.
    pub(super) fn sizes(&self, quantity: &Quantity) -> Option<RangeInclusive<Number>> {
        let half = Number::from_scaled(1, quantity.numeral.decimals)?.div(Number::from_integer(2))?;
        let value = quantity.numeral.value;
        Some(value.sub(half)?.div(self.factor)?..=value.add(half)?.div(self.factor)?)
    }

    /// Whether a number shows a value.
    pub(super) fn equal(
        &self,
        written: &Written,
        quantity: &Quantity,
        value: Number,
        datum: &Datum<'_>,
    ) -> Result<(), Mismatch> {
        let shown = written.slice(&quantity.range);
        if !sign_fits(quantity, value, datum.signing) {
            return Err(sign_mismatch(shown, quantity, datum));
        }
        let is = write(&Datum { bound: None, ..*datum }, &Style::default());
        let target = self.value(value);
        let size = target.map(Number::size);
        let decimals = quantity.numeral.decimals;
        let is_equal = size.is_some_and(|size| size.round(decimals) == quantity.numeral.value.round(decimals));
        if !is_equal {
            let message = format!("the text says `{shown}`, and the figure is {is}");
            return Err(Mismatch::new(DisagreementKind::Value, message));
        }
        let limit = limit(datum.unit);
        if !size.is_some_and(|size| shows(size, decimals, limit)) {
            let message = match limit.filter(|limit| quantity.numeral.value == *limit) {
                Some(_) => format!("`{shown}` is a limit that the figure, {is}, does not reach"),
                None => format!("`{shown}` rounds {is} to fewer than two digits"),
            };
            return Err(Mismatch::new(DisagreementKind::Rounding, message));
        }
        Ok(())
    }

    /// The warning for more digits than the source printed.
    pub(super) fn excess(&self, written: &Written, quantity: &Quantity, datum: &Datum<'_>) -> Option<(String, String)> {
        let precision = datum.precision?;
        let decimals = quantity.numeral.decimals;
        let shown_step = match decimals {
            0 => quantity.numeral.value.step()?,
            decimals => Number::from_scaled(1, decimals)?,
        };
        let is_finer = shown_step.div(self.factor)? < precision.step()?;
        let shown = written.slice(&quantity.range);
        is_finer.then(|| {
            let message = format!("`{shown}` has more digits than its source, which is precise to {precision}");
            (message, format!("Show only the digits that the source gives: its values go in steps of {precision}."))
        })
    }
}

/// The terms of both ends of a range; a unit in free words stands behind the second for both.
pub(super) fn terms_of_range(
    written: &Written,
    low: &Quantity,
    high: &Quantity,
    unit: &Unit,
) -> Result<(Terms, Terms), Mismatch> {
    let second = Terms::of(written, high, unit)?;
    let first = match unit {
        Unit::Other(_) if low.magnitude == high.magnitude => {
            Terms { factor: second.factor, unit_range: second.unit_range.clone() }
        }
        Unit::Other(_) => Terms { factor: Number::ONE.div(low.scale()).unwrap_or(Number::ONE), unit_range: None },
        unit => Terms::of(written, low, unit)?,
    };
    Ok((first, second))
}

/// Whether a number has the sign that a value needs in a text.
pub(super) fn sign_fits(quantity: &Quantity, value: Number, signing: Signing) -> bool {
    match (quantity.sign.as_ref().map(|sign| sign.value), signing) {
        (Some(_), Signing::Never) => false,
        (Some(Sign::Plus), _) => Direction::of(value) == Some(Direction::Up),
        (Some(Sign::Minus), _) => Direction::of(value) == Some(Direction::Down),
        (None, Signing::Never) => true,
        (None, Signing::BelowZero) => !value.is_negative(),
        (None, Signing::Always) => value.is_zero(),
    }
}

/// Whether so many decimals show a size: exactly, or rounded with two digits that say something, and not to the limit.
pub(super) fn shows(size: Number, decimals: u32, limit: Option<Number>) -> bool {
    let rounded = size.round(decimals);
    let shown = Number::from_scaled(rounded, decimals);
    shown == Some(size) || (digits::significant(rounded) >= 2 && (limit.is_none() || shown != limit))
}

/// The value that nothing may be rounded to: of percentages, the whole. Zero is one for every unit, since it has no digit
/// that says something.
pub(super) fn limit(unit: &Unit) -> Option<Number> {
    matches!(unit, Unit::Percent).then_some(Number::HUNDRED)
}

/// Where the words of a unit stand behind a number, spaces and a hyphen aside.
fn unit_words(text: &str, at: usize, words: &str) -> Option<Range<usize>> {
    let joined = char_at(text, at).filter(|&c| is_hyphen(c)).map_or(at, |c| at + c.len_utf8());
    let start = after_spaces(text, joined);
    let mut end = start;
    for (place, word) in words.split_whitespace().enumerate() {
        let next = if place == 0 { end } else { after_spaces(text, end) };
        if !slice(text, next..text.len()).starts_with(word) {
            return None;
        }
        end = next + word.len();
    }
    let cut = words.ends_with(is_word_char) && char_at(text, end).is_some_and(is_word_char);
    (!cut).then_some(start..end)
}
