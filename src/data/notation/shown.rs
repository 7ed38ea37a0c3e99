//! How many digits of a number are shown, and of which magnitude.

use std::collections::HashMap;

use super::digits::{FINEST, limit, shows};
use super::written::Magnitude;
use super::{Datum, Words, digits};
use crate::data::amount::Digits;
use crate::data::number::Number;
use crate::data::unit::Thing;

/// How the numbers of one unit are written.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Whether each can be written with a letter for its magnitude, as in "$285K".
    is_short: bool,
    /// The decimals of those that are, by magnitude.
    short: HashMap<Magnitude, u32>,
    /// The decimals of all, in full.
    full: u32,
}

impl Default for Form {
    fn default() -> Self {
        Self { is_short: true, short: HashMap::new(), full: 0 }
    }
}

impl Form {
    /// Makes sure that a number fits.
    pub(super) fn hold(&mut self, value: &Number, datum: &Datum<'_>) {
        let size = value.abs();
        match short(&size, datum) {
            Some((magnitude, decimals)) => {
                let most = self.short.entry(magnitude).or_default();
                *most = decimals.max(*most);
            }
            // Zero has no magnitude.
            None => self.is_short &= size.is_zero(),
        }
        let full = full(&size, datum);
        if full.digits() <= MOST_DIGITS && datum.digits == Digits::Free {
            self.full = self.full.max(full.decimals);
        }
    }
}

/// The most digits that a number has where a power of ten would save some.
const MOST_DIGITS: i64 = 15;

/// A size as it is shown: how many decimals of which magnitude.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) size: Number,
    pub(super) magnitude: Option<Magnitude>,
    pub(super) decimals: u32,
}

impl Shown {
    pub(super) fn of(value: &Number, datum: &Datum<'_>, form: &Form) -> Self {
        let size = value.abs();
        let magnitude = short(&size, datum).filter(|_| form.is_short).map(|(magnitude, _)| magnitude);
        if let Some((magnitude, decimals)) =
            magnitude.and_then(|magnitude| Some((magnitude, *form.short.get(&magnitude)?)))
        {
            return Self { size, magnitude: Some(magnitude), decimals };
        }
        let full = full(&size, datum);
        if full.digits() > MOST_DIGITS {
            return full.times_power(datum).filter(|power| power.digits() < full.digits()).unwrap_or(full);
        }
        let decimals = if datum.digits == Digits::Free { form.full.max(full.decimals) } else { full.decimals };
        Self { decimals, ..full }
    }

    /// With one digit before the point, times a power of ten. `None` for zero, and for a power that can't be read.
    pub(super) fn times_power(&self, datum: &Datum<'_>) -> Option<Self> {
        let exact = self.size.rounded_to_digits(1 + most_decimals(datum)) == self.size;
        let size = if exact { self.size.clone() } else { self.size.rounded_to_digits(3) };
        let exponent = size.exponent()?;
        let magnitude = Magnitude::Power(i8::try_from(exponent).ok()?);
        let decimals = size.div(&magnitude.factor())?.decimals()?;
        let decimals = if exact { decimals } else { 2 };
        Some(Self { size: self.size.clone(), magnitude: Some(magnitude), decimals })
    }

    /// With as many decimals more as a reader needs to know the value: two digits that count, unless fewer are all there are.
    fn clear(mut self, limit: Option<&Number>) -> Self {
        let size = self.in_magnitude();
        let is_clear = |decimals: u32| {
            let shown = size.rounded(decimals);
            let digits = shown.exponent().map_or(0, |exponent| i64::from(exponent) + 1 + i64::from(decimals));
            shown == size || digits >= 2 && shows(&size, decimals, limit)
        };
        while self.decimals < FINEST && !is_clear(self.decimals) {
            self.decimals += 1;
        }
        self
    }

    /// How many digits it has.
    fn digits(&self) -> i64 {
        let before = self.in_magnitude().exponent().map_or(1, |exponent| i64::from(exponent).max(0) + 1);
        before + i64::from(self.decimals)
    }

    pub(super) fn is_one(&self) -> bool {
        self.magnitude.is_none() && self.decimals == 0 && self.size == Number::ONE
    }

    fn in_magnitude(&self) -> Number {
        let size = self.magnitude.map(|magnitude| self.size.div(&magnitude.factor()));
        size.flatten().unwrap_or_else(|| self.size.clone())
    }

    pub(super) fn write(&self, words: &Words) -> String {
        let size = self.in_magnitude();
        let mut text = digits::decimal(&size, self.decimals, &words.thousands_mark, &words.decimal_mark);
        match self.magnitude {
            None => {}
            Some(Magnitude::Thousand) => text.push_str(&words.thousand),
            Some(Magnitude::Million) => text.push_str(&words.million),
            Some(Magnitude::Billion) => text.push_str(&words.billion),
            Some(Magnitude::Trillion) => text.push_str(&words.trillion),
            Some(Magnitude::Power(exponent)) => text.push_str(&digits::power(exponent)),
        }
        text
    }
}

/// The magnitude in which an amount of money has few digits, and how many decimals show all of them.
fn short(size: &Number, datum: &Datum<'_>) -> Option<(Magnitude, u32)> {
    let has_decimals = datum.decimals.is_some_and(|decimals| decimals > 0);
    if !datum.unit.is_money() || datum.digits != Digits::Free || has_decimals {
        return None;
    }
    let rounded = if datum.calculated { at_precision(size, datum.precision) } else { None };
    let (magnitude, decimals) = rounded.or_else(|| compact(size))?;
    let shown = Shown { size: size.clone(), magnitude: Some(magnitude), decimals }.clear(None);
    (shown.digits() <= MOST_DIGITS).then_some((magnitude, shown.decimals))
}

/// A size with all its digits before the point: those behind it as typed, or as many as a reader needs.
pub(super) fn full(size: &Number, datum: &Datum<'_>) -> Shown {
    let is_money = datum.unit.is_money();
    let exact = size.decimals().filter(|&decimals| decimals <= most_decimals(datum));
    let decimals = match (&datum.unit.thing, exact, datum.digits) {
        (.., Digits::Significant(digits)) => {
            let behind = |exponent: i32| i64::from(digits) - 1 - i64::from(exponent);
            let decimals = size.exponent().map_or(0, behind);
            return Shown { size: size.clone(), magnitude: None, decimals: u32::try_from(decimals).unwrap_or(0) };
        }
        (Thing::Percent | Thing::Points, exact, _) if datum.calculated => exact.map_or(1, |_| 1),
        (_, Some(0), _) => 0,
        (Thing::Money(_), Some(exact), Digits::Free) => exact.max(2),
        (_, Some(exact), _) => exact,
        (_, None, _) if is_money && *size >= Magnitude::Thousand.factor() => 0,
        (_, None, _) => 1 + u32::from(is_money),
    };
    let shown = Shown { size: size.clone(), magnitude: None, decimals }.clear(limit(datum.unit).as_ref());
    let typed = datum.decimals.and_then(|decimals| u32::try_from(decimals).ok()).unwrap_or(0);
    let as_typed = Shown { decimals: shown.decimals.max(typed), ..shown.clone() };
    if as_typed.digits() <= MOST_DIGITS { as_typed } else { shown }
}

/// The most decimals that are all shown: of a calculated number the rest is rounded off.
fn most_decimals(datum: &Datum<'_>) -> u32 {
    if datum.calculated { 2 } else { FINEST }
}

/// The magnitude in which a size has few digits, and how many decimals show all of them.
fn compact(size: &Number) -> Option<(Magnitude, u32)> {
    let whole = |step: i64| size.is_multiple_of(&Number::from_integer(step));
    let above = |least: i64| *size >= Number::from_integer(least);
    let magnitude = if above(1_000_000_000_000) && whole(1_000_000_000) {
        Magnitude::Trillion
    } else if above(1_000_000_000) && whole(1_000_000) {
        Magnitude::Billion
    } else if above(1_000_000) {
        Some(Magnitude::Million).filter(|_| whole(1000))?
    } else if above(1000) && (whole(1000) || (above(10_000) && whole(100))) {
        Magnitude::Thousand
    } else {
        return None;
    };
    Some((magnitude, size.div(&magnitude.factor())?.decimals()?))
}

/// The magnitude and decimals of a calculated size that is finer than the source's precision.
fn at_precision(size: &Number, precision: Option<&Number>) -> Option<(Magnitude, u32)> {
    let precision = precision.filter(|precision| !size.is_multiple_of(precision))?;
    let magnitude = [Magnitude::Trillion, Magnitude::Billion, Magnitude::Million, Magnitude::Thousand]
        .into_iter()
        .find(|magnitude| *size >= magnitude.factor())?;
    let decimals = precision.div(&magnitude.factor())?.decimals().filter(|decimals| *decimals <= 6)?;
    Some((magnitude, decimals.min(3)))
}
