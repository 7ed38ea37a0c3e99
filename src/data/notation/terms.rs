//! A datum's value in the terms of a text: the same unit in the same size, so that digits can be compared.

use std::ops::{Range, RangeInclusive};

use super::Datum;
use super::around::{self, per_factor};
use super::digits::{counting, limit, shows};
use super::mismatch::{
    DisagreementKind, Mismatch, currency_mismatch, describe, no_currency, per_mismatch, plain, sign_mismatch,
    unit_mismatch,
};
use super::names::{self, Known};
use super::scan::{after_letters, after_spaces, char_at, char_before, is_hyphen, slice};
use super::written::{NumeralStyle, Part, Quantity, Sign, Written};
use crate::data::amount::Digits;
use crate::data::amount::{Direction, Signing};
use crate::data::number::Number;
use crate::data::unit::{Conversion, Measure, Thing, Unit};

/// How a datum's value becomes the digits that a text shows.
#[derive(Clone)]
pub(super) struct Terms {
    /// From the datum's unit to that of the text.
    conversion: Conversion,
    /// What the digits are multiplied by.
    scale: Number,
    /// Where the words of the unit stand, where they are read for this datum alone.
    pub(super) unit: Option<Range<usize>>,
    /// The words for how much of what, where that is another size than the datum's.
    per: Option<(String, Measure)>,
}

impl Terms {
    /// The terms of a number that is or ends the text, if its unit is of the datum's kind.
    pub(super) fn of(written: &Written, quantity: &Quantity, datum: &Datum<'_>) -> Result<Self, Mismatch> {
        let named = Named::of(written, quantity, datum.unit)?;
        let per = stated_per(written, quantity, datum.unit);
        let thing = Unit { thing: named.thing, per: None };
        let own = Unit { thing: datum.unit.thing.clone(), per: None };
        let conversion = own.conversion(&thing, datum.is_difference() || datum.unit.per.is_some());
        let mismatch = || unit_mismatch(written.slice(&quantity.range), &describe(quantity), datum.unit);
        let mut conversion = conversion.ok_or_else(mismatch)?;
        let mut other_per = None;
        if let Some(stated) = per.filter(|stated| !is_inside(&stated.range, named.range.as_ref())) {
            let factor = datum.unit.per.as_ref().and_then(|own| per_factor(own, &stated.value));
            let is_beside = around::is_beside(datum.unit.per.as_ref(), &stated.value);
            let Some(factor) = factor.or(is_beside.then_some(Number::ONE)) else {
                let shown = written.slice(&stated.range);
                let says = format!("the text says `{shown}`");
                return Err(per_mismatch(&says, shown, &stated.value, datum.unit));
            };
            conversion.factor = conversion.factor.mul(&factor).ok_or_else(mismatch)?;
            if factor != Number::ONE {
                other_per = Some((written.slice(&stated.range).to_owned(), stated.value));
            }
        }
        Ok(Self { conversion, scale: named.scale, unit: named.range, per: other_per })
    }

    /// Whether the text is in the datum's own unit, of the same size.
    pub(super) fn is_own(&self) -> bool {
        self.conversion.is_none()
    }

    /// The datum's value as the text would show it.
    pub(super) fn value(&self, value: &Number) -> Option<Number> {
        self.conversion.apply(value)?.div(&self.scale)
    }

    /// The sizes of values that may round to a number, the ends included.
    pub(super) fn sizes(&self, quantity: &Quantity) -> Option<RangeInclusive<Number>> {
        let half = last_place(quantity.numeral.decimals)?.div(&Number::from_integer(2))?;
        let shown = &quantity.numeral.value;
        let shown = if quantity.is_negative() { shown.negate() } else { shown.clone() };
        let value = |shown: Number| self.conversion.undo(&shown.mul(&self.scale)?);
        let (one, other) = (value(shown.sub(&half)?)?, value(shown.add(&half)?)?);
        let (low, high) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
        let low = if one.is_negative() == other.is_negative() { low } else { Number::ZERO };
        Some(low..=high)
    }

    /// Whether a number shows a value.
    pub(super) fn equal(
        &self,
        written: &Written,
        quantity: &Quantity,
        value: &Number,
        datum: &Datum<'_>,
    ) -> Result<(), Mismatch> {
        let shown = written.slice(&quantity.range);
        let target = self.value(value);
        let other = || {
            Mismatch::new(
                DisagreementKind::Value,
                format!("the text says `{shown}`, and the figure is {}", plain(datum)),
            )
        };
        let target = target.ok_or_else(other)?;
        if !sign_fits(quantity, &target, datum.signing) {
            return Err(sign_mismatch(shown, quantity, datum));
        }
        let (size, decimals) = (target.abs(), quantity.numeral.decimals);
        let is_equal = size.rounded(decimals) == quantity.numeral.value;
        if size != quantity.numeral.value && self.has_digits_of_own(quantity, value, is_equal) {
            return Err(self.other_size(shown, datum));
        }
        if !is_equal {
            return Err(other());
        }
        let limit = limit(datum.unit).and_then(|limit| self.value(&limit));
        if !shows(&size, decimals, limit.as_ref()) {
            let is = plain(datum);
            let message = match limit.filter(|limit| quantity.numeral.value == *limit) {
                Some(_) => format!("`{shown}` is a limit that the figure, {is}, does not reach"),
                None => format!("`{shown}` is rounded too far: the figure is {is}"),
            };
            return Err(Mismatch::new(DisagreementKind::Rounding, message));
        }
        has_digits(shown, quantity, value, datum)
    }

    /// Whether a text in another size of the unit shows the number that the datum has in its own: 10 MB for 10 MiB.
    fn has_digits_of_own(&self, quantity: &Quantity, value: &Number, exactly: bool) -> bool {
        let size = value.abs().div(&self.scale).filter(|size| !self.is_own() && !size.is_zero());
        let decimals = quantity.numeral.decimals;
        size.is_some_and(|size| quantity.numeral.value == if exactly { size } else { size.rounded(decimals) })
    }

    /// The error for the right number with a unit of another size, or for another period.
    fn other_size(&self, shown: &str, datum: &Datum<'_>) -> Mismatch {
        if let Some((text, stated)) = &self.per {
            return per_mismatch(&format!("the text says `{text}`"), text, stated, datum.unit);
        }
        let message = format!("`{shown}` has the number of {} and another unit", plain(datum));
        Mismatch::new(DisagreementKind::Unit, message)
    }

    /// The warning for more digits than the source printed.
    pub(super) fn excess(&self, written: &Written, quantity: &Quantity, datum: &Datum<'_>) -> Option<(String, String)> {
        let precision = datum.precision?;
        let decimals = quantity.numeral.decimals;
        let shown_step = match decimals {
            0 => quantity.numeral.value.step()?,
            decimals => last_place(decimals)?,
        };
        let is_finer = shown_step.mul(&self.scale)?.div(&self.conversion.factor)? < precision.step()?;
        let shown = written.slice(&quantity.range);
        is_finer.then(|| {
            let message = format!("`{shown}` has more digits than its source, which is precise to {precision}");
            (message, format!("Show only the digits that the source gives: its values go in steps of {precision}."))
        })
    }
}

/// The terms of both ends of a range. A unit that only this datum explains stands behind the second for both.
pub(super) fn terms_of_range(
    written: &Written,
    low: &Quantity,
    high: &Quantity,
    datum: &Datum<'_>,
) -> Result<(Terms, Terms), Mismatch> {
    let second = Terms::of(written, high, datum)?;
    let is_own = low.thing != high.thing || own_unit(written, low, datum.unit).is_some();
    let first = match second.unit {
        Some(_) if !is_own && low.magnitude == high.magnitude => second.clone(),
        Some(_) if !is_own => Terms { scale: low.scale(), ..second.clone() },
        _ => Terms::of(written, low, datum)?,
    };
    Ok((first, second))
}

/// Whether a number has the sign that a value needs in a text.
pub(super) fn sign_fits(quantity: &Quantity, value: &Number, signing: Signing) -> bool {
    match (quantity.sign.as_ref().map(|sign| sign.value), signing) {
        (Some(Sign::PlusMinus), signing) => signing == Signing::BothWays,
        (Some(_), Signing::Never) => false,
        (Some(Sign::Plus), _) => Direction::of(value) == Some(Direction::Up),
        (Some(Sign::Minus), _) => Direction::of(value) == Some(Direction::Down),
        (None, Signing::Never | Signing::BothWays) => true,
        (None, Signing::BelowZero) => !value.is_negative(),
        (None, Signing::Always) => value.is_zero(),
    }
}

/// How many significant digits a text of a value must have.
pub(super) fn digits_needed(value: &Number, datum: &Datum<'_>) -> Option<RangeInclusive<i32>> {
    match (datum.digits, datum.decimals) {
        (Digits::Significant(digits), _) => i32::try_from(digits).ok().map(|digits| digits..=digits),
        (Digits::AsTyped, Some(decimals)) => counting(value, decimals),
        _ => None,
    }
}

fn has_digits(shown: &str, quantity: &Quantity, value: &Number, datum: &Datum<'_>) -> Result<(), Mismatch> {
    let decimals = i32::try_from(quantity.numeral.decimals).unwrap_or(i32::MAX);
    let Some((needed, found)) = digits_needed(value, datum).zip(counting(&quantity.numeral.value, decimals)) else {
        return Ok(());
    };
    if found.start() <= needed.end() && needed.start() <= found.end() {
        return Ok(());
    }
    let count = |digits: &i32| {
        if *digits == 1 { "1 digit that counts".to_owned() } else { format!("{digits} digits that count") }
    };
    let message = format!("`{shown}` has {}, and the figure {}", count(found.end()), count(needed.end()));
    Err(Mismatch::new(DisagreementKind::Digits, message))
}

/// What a text counts.
struct Named {
    thing: Thing,
    /// What the digits are multiplied by.
    scale: Number,
    /// Where its words stand, where they are read for this datum alone.
    range: Option<Range<usize>>,
}

impl Named {
    /// What a number counts, in a text about a figure of some unit.
    fn of(written: &Written, quantity: &Quantity, unit: &Unit) -> Result<Self, Mismatch> {
        let shown = written.slice(&quantity.range);
        if let Some((thing, scale, range)) = own_unit(written, quantity, unit).filter(|_| quantity.currency.is_none()) {
            return Ok(Self { thing, scale, range: Some(range) });
        }
        if char_at(&written.text, quantity.range.end).is_some_and(char::is_alphanumeric) {
            let message = format!("letters stand straight behind `{shown}`, and are no unit of this figure");
            return Err(Mismatch::new(DisagreementKind::Notation, message));
        }
        let is_plain = matches!(quantity.numeral.style, NumeralStyle::Digits { .. });
        let is_word = quantity.numeral.style == NumeralStyle::Word;
        let no_word = !quantity.magnitude.as_ref().is_some_and(|magnitude| magnitude.value.is_word());
        let mismatch = || Err(unit_mismatch(shown, &describe(quantity), unit));
        let stated = quantity.thing.as_ref().map(|thing| &thing.value);
        let thing = match (&unit.thing, stated) {
            (Thing::Money(currency), None) if is_plain => match &quantity.currency {
                Some(part) if part.value.code() == currency.as_ref() => unit.thing.clone(),
                Some(part) => return Err(currency_mismatch(shown, part.value.code(), currency)),
                None => return Err(no_currency(shown, currency)),
            },
            _ if quantity.currency.is_some() => return mismatch(),
            (Thing::Percent | Thing::Points, Some(stated)) if *stated == unit.thing && is_plain && no_word => {
                stated.clone()
            }
            (Thing::Times, Some(Thing::Times)) if is_plain || is_word => Thing::Times,
            (Thing::Number, None) if is_plain || is_word => Thing::Number,
            (Thing::Rank, None) if no_word => Thing::Rank,
            (Thing::Measure(own), None) if own.is_count() && (is_plain || is_word) => counted(written, quantity, own)?,
            (Thing::Measure(own), stated) => return Err(no_unit(shown, own, stated.is_some(), unit, quantity)),
            _ => return mismatch(),
        };
        Ok(Self { thing, scale: quantity.scale(), range: None })
    }
}

/// The error for a number of another unit, or of none.
fn no_unit(shown: &str, own: &Measure, is_other: bool, unit: &Unit, quantity: &Quantity) -> Mismatch {
    if is_other || !matches!(quantity.numeral.style, NumeralStyle::Digits { .. } | NumeralStyle::Word) {
        return unit_mismatch(shown, &describe(quantity), unit);
    }
    let message = format!("`{shown}` does not name its unit, `{}`", names::forms(&own.word).1);
    Mismatch::new(DisagreementKind::Unit, message)
}

/// What a number without a known unit counts in a text: the things that the figure counts, unless another noun follows it.
fn counted(written: &Written, quantity: &Quantity, own: &Measure) -> Result<Thing, Mismatch> {
    let text = &*written.text;
    let start = after_spaces(text, quantity.range.end);
    let mut at = start;
    while let Some(c) = char_at(text, at) {
        if !char_before(text, at).is_some_and(char::is_alphabetic) && names::noun_at(text, at, &own.word).is_some() {
            return Ok(Thing::Measure(own.clone()));
        }
        at += c.len_utf8();
    }
    let word = slice(text, start..after_letters(text, start));
    let is_other = written.bound.as_ref().is_some_and(|bound| bound.range.start == start)
        || written.per.as_ref().is_some_and(|per| per.range.start == start)
        || around::introduced(text, start, None).is_some();
    if word.is_empty() || is_other {
        return Ok(Thing::Measure(own.clone()));
    }
    let shown = slice(text, quantity.range.start..start + word.len());
    let message = format!("`{shown}` does not name its unit, `{}`", names::forms(&own.word).1);
    Err(Mismatch::new(DisagreementKind::Unit, message))
}

/// The unit right behind a number that only the figure's own explains: a noun that it counts, a symbol of its kind such as `m`,
/// `points` of percentage points. With what the digits are multiplied by: `5 M` is five of a unit called M, and five million of any
/// other.
fn own_unit(written: &Written, quantity: &Quantity, unit: &Unit) -> Option<(Thing, Number, Range<usize>)> {
    let text = &*written.text;
    let behind = quantity.magnitude.as_ref().map(|magnitude| (magnitude.range.end, quantity.scale()));
    let places = [behind, Some((quantity.numeral.range.end, Number::ONE))];
    places.into_iter().flatten().find_map(|(at, scale)| {
        let joined = char_at(text, at).filter(|&c| is_hyphen(c)).map_or(at, |c| at + c.len_utf8());
        let start = after_spaces(text, joined);
        let (thing, end) = match &unit.thing {
            Thing::Measure(own) => match names::noun_at(text, start, &own.word) {
                Some((_, end)) => (Thing::Measure(Measure::one(&own.word)), end),
                None => {
                    let (stated, end) = names::unit_at(text, start, Known::Any)?;
                    let stated = Unit { thing: Thing::Measure(stated), per: None };
                    let own = Unit { thing: unit.thing.clone(), per: None };
                    own.conversion(&stated, true)?;
                    (stated.thing, end)
                }
            },
            Thing::Points => {
                let end = ["points", "point"].iter().find_map(|word| names::phrase_end(text, start, word))?;
                (Thing::Points, end)
            }
            _ => return None,
        };
        Some((thing, scale, start..end))
    })
}

/// For how much of what a text says its number is; words that only the figure explains, such as `a serving`, too.
fn stated_per(written: &Written, quantity: &Quantity, unit: &Unit) -> Option<Part<Measure>> {
    written.per.clone().or_else(|| {
        let own = unit.per.as_ref()?;
        around::per(&written.text, quantity.range.start, quantity.currency.is_some(), Some(own))
    })
}

fn is_inside(range: &Range<usize>, outer: Option<&Range<usize>>) -> bool {
    outer.is_some_and(|outer| outer.start <= range.start && range.end <= outer.end)
}

/// One unit of the last of so many decimals.
fn last_place(decimals: u32) -> Option<Number> {
    Number::pow10(-i32::try_from(decimals).ok()?)
}
