//! Holding a figure's text against its datum.

use std::ops::Range;

use super::rewrite::rewritten_part;
use super::scan::{after_spaces, char_at, is_hyphen, is_word_char, slice};
use super::words::ENGLISH;
use super::write::{Style, write};
use super::written::{Measure, NumeralStyle, Part, Quantity, Shape, Sign, Written};
use super::{Date, Datum, DurationUnit, digits};
use crate::data::figure::{Amount, Bound, Unit};
use crate::data::number::Number;

/// A text agrees with its datum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The text shows more digits than the source printed: a lowercase phrase, and what to type.
    pub warning: Option<(String, String)>,
}

/// A text disagrees with its datum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// In what.
    pub kind: DisagreementKind,
    /// A lowercase phrase that names both.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
    /// The numbers, or the words, that the text shows.
    pub shown: String,
    /// What should stand in place of what is shown: the datum in the author's own notation, or in the generator's where
    /// the author's can't hold it.
    pub expected: String,
}

/// In what a text can disagree with its datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisagreementKind {
    /// Another number.
    Value,
    /// The right number, with too few digits to know it by.
    Rounding,
    /// The right size with the wrong sign.
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
    kind: DisagreementKind,
    message: String,
    /// Words to put before or instead of "Write `…`."
    help: Option<String>,
}

/// Holds a text against a datum.
pub fn compare(written: &Written, datum: &Datum<'_>) -> Result<Agreement, Disagreement> {
    agree(written, datum).map_err(|mismatch| {
        let style = Style { signed: false, bound: false, period: written.period.is_some(), words: &ENGLISH };
        let mut range = shown_range(written);
        range.end = free_unit_end(written, datum.unit).unwrap_or(range.end).max(range.end);
        let expected = rewritten_part(written, datum, &range).unwrap_or_else(|| write(datum, &style));
        Disagreement {
            kind: mismatch.kind,
            message: mismatch.message,
            help: mismatch.help.unwrap_or_else(|| format!("Write `{expected}`.")),
            shown: written.slice(&range).to_owned(),
            expected,
        }
    })
}

/// Whether so many decimals show a size: exactly, or rounded with two digits that say something.
pub(super) fn shows(size: Number, decimals: u32) -> bool {
    let rounded = size.round(decimals);
    Number::from_scaled(rounded, decimals) == Some(size) || digits::significant(rounded) >= 2
}

/// Whether a text agrees with a datum, without the words for what would.
pub(super) fn agree(written: &Written, datum: &Datum<'_>) -> Result<Agreement, Mismatch> {
    let shown = || written.slice(&shown_range(written));
    let mut unit_range = None;
    let warning = match (&written.shape, datum.amount) {
        (Shape::Unstated, Amount::Unstated) => None,
        (Shape::Unstated, _) => return Err(arrived(shown())),
        (_, Amount::Unstated) => return Err(not_stated(shown())),
        (Shape::Date(date, _), Amount::Date(value)) => same_date(shown(), date.value == *value, *value)?,
        (Shape::One(quantity), Amount::Date(value)) if is_plain_year(written, quantity) => {
            let year = u16::try_from(quantity.numeral.value.round(0)).ok().map(Date::Year);
            same_date(shown(), year == Some(*value), *value)?
        }
        (Shape::Date(..), _) => return Err(unit_mismatch(shown(), "a date", datum.unit)),
        (Shape::One(low) | Shape::Range(low, _), Amount::Date(_)) => {
            return Err(unit_mismatch(shown(), describe(low), datum.unit));
        }
        (Shape::One(quantity), Amount::One(value)) => {
            let terms = Terms::of(written, quantity, datum.unit)?;
            unit_range.clone_from(&terms.unit_range);
            terms.equal(written, quantity, *value, datum.calculated, datum)?;
            terms.excess(written, quantity, datum)
        }
        (Shape::Range(low, high), Amount::Range(from, to)) => {
            let terms = terms_of_range(written, low, high, datum.unit)?;
            unit_range.clone_from(&terms.1.unit_range);
            let (from, to, sizes) = ends(low, high, *from, *to, datum.calculated);
            terms.0.equal(written, low, from, sizes, datum)?;
            terms.1.equal(written, high, to, sizes, datum)?;
            terms.0.excess(written, low, datum).or_else(|| terms.1.excess(written, high, datum))
        }
        (Shape::One(quantity), Amount::Range(low, high)) => {
            return Err(one_for_range(written, quantity, *low, *high, datum));
        }
        (Shape::Range(..), Amount::One(_)) => {
            let message = format!("the text is the range `{}`, and the figure is one number", shown());
            return Err(Mismatch { kind: DisagreementKind::Shape, message, help: None });
        }
    };
    check_period(written, datum.unit, unit_range)?;
    check_bound(written, datum.bound)?;
    Ok(Agreement { warning })
}

/// Which values the two numbers of a range stand for, and whether their signs may be left out: `5–10%` may stand for
/// a calculated fall of ten to five percent.
pub(super) fn ends(
    low: &Quantity,
    high: &Quantity,
    from: Number,
    to: Number,
    calculated: bool,
) -> (Number, Number, bool) {
    let unsigned = low.sign.is_none() && high.sign.is_none();
    if calculated && unsigned && from.is_negative() && to.is_negative() { (to, from, true) } else { (from, to, false) }
}

/// A datum's value in the terms of a text: how one turns into the other.
pub(super) struct Terms {
    /// What the datum's value is multiplied by.
    factor: Number,
    /// Where a unit in free words stands.
    unit_range: Option<Range<usize>>,
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
            return Err(Mismatch { kind: DisagreementKind::Notation, message, help: None });
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
                None => Mismatch { kind: DisagreementKind::Unit, message, help: None },
            }
        })
    }

    /// The datum's value as the text would show it.
    pub(super) fn value(&self, value: Number) -> Option<Number> {
        value.mul(self.factor)
    }

    /// Whether a number shows a value.
    fn equal(
        &self,
        written: &Written,
        quantity: &Quantity,
        value: Number,
        sizes: bool,
        datum: &Datum<'_>,
    ) -> Result<(), Mismatch> {
        let shown = written.slice(&quantity.range);
        let is = write(&Datum { bound: None, ..*datum }, &Style { bound: false, ..Style::default() });
        let target = self.value(value);
        let size = target.map(Number::size);
        let decimals = quantity.numeral.decimals;
        let is_equal = size.is_some_and(|size| size.round(decimals) == quantity.numeral.value.round(decimals));
        if !is_equal {
            let message = format!("the text says `{shown}`, and the figure is {is}");
            return Err(Mismatch { kind: DisagreementKind::Value, message, help: None });
        }
        let is_negative = value.is_negative();
        let sign_fits = match quantity.sign.as_ref().map(|sign| sign.value) {
            Some(Sign::Minus) => is_negative || value.is_zero(),
            Some(Sign::Plus) => !is_negative,
            None => !is_negative || sizes,
        };
        if !sign_fits {
            let side = if is_negative { "below" } else { "above" };
            let message = format!("the text says `{shown}`, and the figure is {side} zero: {is}");
            return Err(Mismatch { kind: DisagreementKind::Sign, message, help: None });
        }
        if !size.is_some_and(|size| shows(size, decimals)) {
            let message = format!("`{shown}` rounds {is} to fewer than two digits");
            return Err(Mismatch { kind: DisagreementKind::Rounding, message, help: None });
        }
        Ok(())
    }

    /// The warning for more digits than the source printed.
    fn excess(&self, written: &Written, quantity: &Quantity, datum: &Datum<'_>) -> Option<(String, String)> {
        let precision = datum.precision?;
        let decimals = quantity.numeral.decimals;
        let shown_step = match decimals {
            0 => step(quantity.numeral.value)?,
            decimals => Number::from_scaled(1, decimals)?,
        };
        let is_finer = shown_step.div(self.factor)? < step(precision)?;
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

/// Whether a number is four digits and nothing else, so that it can be a year.
pub(super) fn is_plain_year(written: &Written, quantity: &Quantity) -> bool {
    let digits = written.slice(&quantity.range);
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The largest power of ten of which a number is a multiple.
fn step(value: Number) -> Option<Number> {
    let decimals = value.decimals().filter(|&decimals| decimals <= 6)?;
    let mut scaled = value.round(decimals);
    if scaled == 0 {
        return None;
    }
    let mut power = Number::from_scaled(1, decimals)?;
    while scaled % 10 == 0 {
        scaled /= 10;
        power = power.mul(Number::from_integer(10))?;
    }
    Some(power)
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

/// Where a unit in free words ends that stands behind the last number.
fn free_unit_end(written: &Written, unit: &Unit) -> Option<usize> {
    let (Shape::One(last) | Shape::Range(_, last)) = &written.shape else { return None };
    Some(Terms::of(written, last, unit).ok()?.unit_range?.end)
}

fn shown_range(written: &Written) -> Range<usize> {
    match &written.shape {
        Shape::Unstated => 0..written.text.len(),
        Shape::One(quantity) => quantity.range.clone(),
        Shape::Range(low, high) => low.range.start..high.range.end,
        Shape::Date(date, _) => date.range.clone(),
    }
}

fn check_period(written: &Written, unit: &Unit, unit_range: Option<Range<usize>>) -> Result<(), Mismatch> {
    let Some(Part { value, range }) = &written.period else { return Ok(()) };
    if unit_range.is_some_and(|unit| unit.start <= range.start && range.end <= unit.end) {
        return Ok(());
    }
    let shown = written.slice(range);
    let (message, help) = match unit {
        Unit::Money { period: Some(period), .. } if period.as_ref() == value.key() => return Ok(()),
        Unit::Money { period: Some(period), .. } => {
            (format!("the text says `{shown}`, and the figure is per {period}"), None)
        }
        _ => {
            let help = format!("Leave `{shown}` out, or put it outside the link.");
            (format!("the text says `{shown}`, and the figure has no period"), Some(help))
        }
    };
    Err(Mismatch { kind: DisagreementKind::Period, message, help })
}

fn check_bound(written: &Written, bound: Option<Bound>) -> Result<(), Mismatch> {
    let Some(Part { value, range }) = &written.bound else { return Ok(()) };
    if *value == Bound::About || bound == Some(*value) {
        return Ok(());
    }
    let shown = written.slice(range);
    let key = if *value == Bound::Over { "over" } else { "up-to" };
    let message = match bound {
        Some(Bound::Over) => format!("the text says `{shown}`, and the source gives a lower threshold"),
        Some(Bound::UpTo) => format!("the text says `{shown}`, and the source gives an upper threshold"),
        _ => format!("the text says `{shown}`, and the figure is no threshold"),
    };
    let help = format!("Leave `{shown}` out, or write `bound = \"{key}\"` in the data if the source says so.");
    Err(Mismatch { kind: DisagreementKind::Bound, message, help: Some(help) })
}

fn same_date(shown: &str, same: bool, value: Date) -> Result<Option<(String, String)>, Mismatch> {
    if same {
        return Ok(None);
    }
    let message = format!("the text says `{shown}`, and the figure is {}", value.write(&ENGLISH));
    Err(Mismatch { kind: DisagreementKind::Value, message, help: None })
}

fn one_for_range(written: &Written, quantity: &Quantity, low: Number, high: Number, datum: &Datum<'_>) -> Mismatch {
    let shown = written.slice(&quantity.range);
    let is_end = |value: Number| {
        let one = Datum { amount: &Amount::One(value), ..*datum };
        let terms = Terms::of(written, quantity, datum.unit);
        terms.is_ok_and(|terms| terms.equal(written, quantity, value, datum.calculated, &one).is_ok())
    };
    let end = if is_end(low) { Some("low") } else { is_end(high).then_some("high") };
    let message = match end {
        Some(end) => format!("`{shown}` is the {end} end, and the figure is the whole range"),
        None => format!("the text is one number, `{shown}`, and the figure is a range"),
    };
    let range = write(&Datum { bound: None, ..*datum }, &Style::default());
    let help = match end {
        Some(end) => format!("Add `.{end}` to the figure's id, or write `{range}`."),
        None => format!("Write `{range}`, or add `.low` or `.high` to the figure's id for one of its ends."),
    };
    Mismatch { kind: DisagreementKind::Shape, message, help: Some(help) }
}

fn arrived(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data now state a value");
    Mismatch { kind: DisagreementKind::Unstated, message, help: None }
}

fn not_stated(shown: &str) -> Mismatch {
    let message = format!("the text says `{shown}`, and the data say that the value is not stated");
    let help = "Write `not stated`, or give the value in the data.".to_owned();
    Mismatch { kind: DisagreementKind::Unstated, message, help: Some(help) }
}

fn unit_mismatch(shown: &str, what: &str, unit: &Unit) -> Mismatch {
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

fn currency_mismatch(shown: &str, code: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` is in {code}, and the figure is in {currency}");
    Mismatch { kind: DisagreementKind::Currency, message, help: None }
}

fn no_currency(shown: &str, currency: &str) -> Mismatch {
    let message = format!("`{shown}` has no currency, and the figure is in {currency}");
    Mismatch { kind: DisagreementKind::Currency, message, help: None }
}

fn not_convertible(shown: &str, own: DurationUnit, other: DurationUnit) -> Mismatch {
    let plural = |unit: DurationUnit| ENGLISH.duration(unit, false).to_owned();
    let message = format!("`{shown}` is in {}, which don't convert to the figure's {}", plural(other), plural(own));
    Mismatch { kind: DisagreementKind::Unit, message, help: None }
}

fn describe(quantity: &Quantity) -> &'static str {
    match (&quantity.currency, quantity.measure.as_ref().map(|measure| measure.value), quantity.numeral.style) {
        (Some(_), ..) => "an amount of money",
        (_, Some(Measure::Percent), _) => "a percentage",
        (_, Some(Measure::Duration(_)), _) => "a duration",
        (.., NumeralStyle::Ordinal | NumeralStyle::OrdinalWord | NumeralStyle::Hash) => "a rank",
        _ => "a plain number",
    }
}
