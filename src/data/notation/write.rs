//! Figures as the generator writes them, and the values that files hold.

use super::terms::{limit, shows};
use super::words::ENGLISH;
use super::written::Magnitude;
use super::{Datum, Words, currency, digits};
use crate::data::figure::{Amount, Bound, Direction, Signing, Unit};
use crate::data::number::Number;

/// What is asked of a written figure beside its value.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The datum's bound in words, as in "over $500K".
    pub bound: bool,
    /// The period of pay, as in "$432K a year".
    pub period: bool,
    /// The words to write with.
    pub words: &'a Words,
}

impl Default for Style<'static> {
    /// A value with its bound, in English.
    fn default() -> Self {
        Self { bound: true, period: false, words: &ENGLISH }
    }
}

/// Writes a datum: `$432K`, `$365K–$500K`, `10–20%`, `12–24 months`, or the word for what is not stated.
pub fn write(datum: &Datum<'_>, style: &Style<'_>) -> String {
    let words = style.words;
    let mut text = match *datum.amount {
        Amount::Unstated => return words.not_stated.to_string(),
        Amount::Date(date) => return date.write(words),
        Amount::One(value) => {
            let (before, after) = marks(datum.unit, words, value.size() == Number::ONE);
            let shown = Shown::of(value, datum);
            format!("{}{before}{}{after}", sign(value, datum.signing, words), shown.write(words))
        }
        Amount::Range(low, high) => range(datum, low, high, style),
    };
    if let (true, Unit::Money { period: Some(period), .. }) = (style.period, datum.unit)
        && let Some(period) = words.period(period)
    {
        text = format!("{text} {period}");
    }
    let bound = match datum.bound.filter(|_| style.bound) {
        Some(Bound::Over) => &words.over,
        Some(Bound::UpTo) => &words.up_to,
        Some(Bound::About) => &words.about,
        None => return text,
    };
    bound.replace("{value}", &text)
}

/// The value as files and attributes hold it: `432000`, `365000..500000`, `2026-Q1`; empty for what is not stated.
pub fn value_attribute(datum: &Datum<'_>) -> String {
    match datum.amount {
        Amount::Unstated => String::new(),
        Amount::One(value) => value.to_plain_string(),
        Amount::Range(low, high) => format!("{}..{}", low.to_plain_string(), high.to_plain_string()),
        Amount::Date(date) => date.to_string(),
    }
}

/// A size as it is shown: how many decimals of which magnitude.
#[derive(Clone, Copy)]
struct Shown {
    size: Number,
    magnitude: Option<Magnitude>,
    decimals: u32,
    limit: Option<Number>,
}

impl Shown {
    fn of(value: Number, datum: &Datum<'_>) -> Self {
        let size = value.size();
        let is_money = matches!(datum.unit, Unit::Money { .. });
        let rounded = if datum.calculated { at_precision(size, datum.precision) } else { None };
        match rounded.or_else(|| compact(size)).filter(|_| is_money) {
            Some((magnitude, decimals)) => Self { size, magnitude: Some(magnitude), decimals, limit: None }.clear(),
            None => Self::in_full(size, datum),
        }
    }

    /// With all its digits before the point.
    fn in_full(size: Number, datum: &Datum<'_>) -> Self {
        let is_money = matches!(datum.unit, Unit::Money { .. });
        let most = if datum.calculated { 2 } else { 6 };
        let exact = size.decimals().filter(|&decimals| decimals <= most);
        let decimals = match (datum.unit, exact) {
            (Unit::Percent | Unit::Points, exact) if datum.calculated => exact.map_or(1, |_| 1),
            (_, Some(0)) => 0,
            (Unit::Money { .. }, Some(exact)) => exact.max(2),
            (_, Some(exact)) => exact,
            (_, None) if is_money && size >= Magnitude::Thousand.factor() => 0,
            (_, None) => 1 + u32::from(is_money),
        };
        Self { size, magnitude: None, decimals, limit: limit(datum.unit) }.clear()
    }

    /// With as many decimals more as a reader needs to know the value.
    fn clear(mut self) -> Self {
        while self.decimals < 6 && !shows(self.in_magnitude(), self.decimals, self.limit) {
            self.decimals += 1;
        }
        self
    }

    fn in_magnitude(&self) -> Number {
        let factor = self.magnitude.map_or(Number::ONE, Magnitude::factor);
        self.size.div(factor).unwrap_or(self.size)
    }

    fn write(&self, words: &Words) -> String {
        let scaled = self.in_magnitude().round(self.decimals);
        let mut text = digits::decimal(scaled, self.decimals, &words.thousands_mark, &words.decimal_mark);
        text.push_str(match self.magnitude {
            None => "",
            Some(Magnitude::Thousand) => &words.thousand,
            Some(Magnitude::Million) => &words.million,
            Some(Magnitude::Billion) => &words.billion,
        });
        text
    }
}

fn range(datum: &Datum<'_>, low: Number, high: Number, style: &Style<'_>) -> String {
    let words = style.words;
    let (mut from, mut to) = (Shown::of(low, datum), Shown::of(high, datum));
    if from.magnitude.is_some() != to.magnitude.is_some() {
        // A magnitude on one of them alone would be read for both.
        (from, to) = (Shown::in_full(from.size, datum), Shown::in_full(to.size, datum));
    }
    let (before, after) = marks(datum.unit, words, false);
    let (from, to) = (from.write(words), to.write(words));
    let is_money = matches!(datum.unit, Unit::Money { .. });
    if low.is_negative() || high.is_negative() || datum.signing == Signing::Always {
        let each = if is_money || matches!(datum.unit, Unit::Percent) { after.as_str() } else { "" };
        let (low, high) = (sign(low, datum.signing, words), sign(high, datum.signing, words));
        let second = if is_money { before.as_str() } else { "" };
        return format!("{low}{before}{from}{each} {} {high}{second}{to}{after}", words.range_word);
    }
    // A sign is repeated, a code is not.
    let second = if is_money && !before.ends_with(' ') { before.as_str() } else { "" };
    format!("{before}{from}{}{second}{to}{after}", words.range_dash)
}

/// What stands before and behind the digits.
fn marks(unit: &Unit, words: &Words, one: bool) -> (String, String) {
    match unit {
        Unit::Money { currency, .. } => match currency::sign_of(currency) {
            Some(sign) => (sign.to_string(), String::new()),
            None => (format!("{currency} "), String::new()),
        },
        Unit::Percent => (String::new(), words.percent_sign.to_string()),
        Unit::Points if one => (String::new(), format!(" {}", words.percentage_point)),
        Unit::Points => (String::new(), format!(" {}", words.percentage_points)),
        Unit::Duration(unit) => (String::new(), format!(" {}", words.duration(*unit, one))),
        Unit::Rank => (words.rank.to_string(), String::new()),
        Unit::Other(unit) if unit.starts_with(char::is_alphanumeric) => (String::new(), format!(" {unit}")),
        Unit::Other(unit) => (String::new(), unit.to_string()),
        Unit::Count | Unit::Date => (String::new(), String::new()),
    }
}

fn sign(value: Number, signing: Signing, words: &Words) -> &str {
    match Direction::of(value) {
        Some(Direction::Down) => &words.minus,
        Some(Direction::Up) if signing == Signing::Always => &words.plus,
        _ => "",
    }
}

/// The magnitude in which a size has few digits, and how many decimals show all of them.
fn compact(size: Number) -> Option<(Magnitude, u32)> {
    let whole = |step: i64| size.is_multiple_of(Number::from_integer(step));
    let above = |least: i64| size >= Number::from_integer(least);
    let magnitude = if above(1_000_000_000) && whole(1_000_000) {
        Magnitude::Billion
    } else if above(1_000_000) {
        Some(Magnitude::Million).filter(|_| whole(1000))?
    } else if above(1000) && (whole(1000) || (above(10_000) && whole(100))) {
        Magnitude::Thousand
    } else {
        return None;
    };
    Some((magnitude, size.div(magnitude.factor())?.decimals()?))
}

/// The magnitude and decimals of a calculated size that is finer than the source's precision.
fn at_precision(size: Number, precision: Option<Number>) -> Option<(Magnitude, u32)> {
    let precision = precision.filter(|&precision| !size.is_multiple_of(precision))?;
    let magnitude = [Magnitude::Billion, Magnitude::Million, Magnitude::Thousand]
        .into_iter()
        .find(|magnitude| size >= magnitude.factor())?;
    let step = precision.div(magnitude.factor())?;
    let decimals =
        (0..=6).find(|&decimals| step.round(decimals) > 0 && step.decimals().is_some_and(|most| most <= decimals));
    Some((magnitude, decimals?.min(3)))
}
