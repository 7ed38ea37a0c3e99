//! The scale of a chart: where it begins and ends, its round numbers, and where a value lies on it.
//!
//! Everything is exact until a place is rounded to a hundredth of a percent.

use super::views::Position;
use crate::data::notation::DurationUnit;
use crate::data::{Number, Unit};

/// A scale from one round number to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    low: Number,
    high: Number,
    step: Number,
}

/// Where a scale begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// At zero, so that lengths from there can be compared.
    Zero,
    /// At zero where that leaves the values most of the room, else near the lowest.
    Fitting,
    /// Near the lowest value.
    Lowest,
}

impl Scale {
    /// The scale of some values, with at most so many steps; nothing where there are no values.
    pub(super) fn new(values: &[Number], start: Start, unit: &Unit, most: i128) -> Option<Self> {
        let (&low, &high) = (values.iter().min()?, values.iter().max()?);
        let double = low.add(low)?;
        let from_zero = match start {
            Start::Zero => true,
            Start::Fitting => double <= high,
            Start::Lowest => low == high,
        };
        let (low, high) = if from_zero { (low.min(Number::ZERO), high.max(Number::ZERO)) } else { (low, high) };
        let high = if low == high { low.add(Number::ONE)? } else { high };
        steps(unit).find_map(|step| {
            let (first, last) = (floor(low.div(step)?)?, ceiling(high.div(step)?)?);
            let fits = last - first <= most.max(1);
            let at = |count: i128| Number::from_scaled(count, 0)?.mul(step);
            fits.then(|| Some(Self { low: at(first)?, high: at(last)?, step }))?
        })
    }

    /// Whether lengths on it can be compared.
    pub(super) fn begins_at_zero(&self) -> bool {
        self.low.is_zero()
    }

    /// Whether zero lies on it.
    pub(super) fn holds_zero(&self) -> bool {
        self.low <= Number::ZERO && self.high >= Number::ZERO
    }

    /// The round numbers, from the lowest.
    pub(super) fn ticks(&self) -> Vec<Number> {
        let next = |tick: &Number| tick.add(self.step).filter(|tick| *tick <= self.high);
        std::iter::successors(Some(self.low), next).collect()
    }

    /// Where a value lies; one outside lies at the nearer end.
    pub(super) fn position(&self, value: Number) -> Position {
        let share = |value: Number| value.sub(self.low)?.div(self.high.sub(self.low)?)?.mul(Number::HUNDRED);
        let hundredths = share(value).map_or(0, |percent| percent.round(2).clamp(0, 10_000));
        Position(i32::try_from(hundredths).unwrap_or_default())
    }
}

/// The steps that a scale may have, from the smallest: 1, 2, 2.5, 5 and their tenfolds; months and hours by the dozen.
fn steps(unit: &Unit) -> Box<dyn Iterator<Item = Number>> {
    let whole = |steps: &'static [i64]| steps.iter().map(|step| Number::from_integer(*step));
    let decimal = (0..19).flat_map(|power| {
        [10, 20, 25, 50].into_iter().filter_map(move |step: i128| {
            let step = step * 10_i128.pow(power);
            // In millionths; a quarter of one is finer than any number is kept.
            (step % 10 == 0).then(|| Number::from_scaled(step / 10, 6)).flatten()
        })
    });
    match unit {
        Unit::Duration(DurationUnit::Month) => {
            let years = decimal.filter(|step| step.is_integer()).filter_map(|step| step.mul(Number::from_integer(12)));
            Box::new(whole(&[1, 2, 3, 6]).chain(years))
        }
        Unit::Duration(DurationUnit::Hour) => {
            Box::new(whole(&[1, 2, 3, 6, 12, 24, 48]).chain(decimal.skip_while(|step| *step < Number::HUNDRED)))
        }
        Unit::Duration(DurationUnit::Minute | DurationUnit::Second) => {
            Box::new(whole(&[1, 2, 5, 10, 15, 30, 60]).chain(decimal.skip_while(|step| *step < Number::HUNDRED)))
        }
        Unit::Count | Unit::Rank => Box::new(decimal.filter(|step| step.is_integer())),
        _ => Box::new(decimal),
    }
}

fn floor(value: Number) -> Option<i128> {
    let rounded = value.round(0);
    Some(if Number::from_scaled(rounded, 0)? > value { rounded - 1 } else { rounded })
}

fn ceiling(value: Number) -> Option<i128> {
    let rounded = value.round(0);
    Some(if Number::from_scaled(rounded, 0)? < value { rounded + 1 } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::from_decimal(text).unwrap()
    }

    fn money() -> Unit {
        Unit::Money { currency: "USD".into(), period: Some("year".into()) }
    }

    fn ticks(values: &[&str], start: Start, unit: &Unit) -> String {
        let values: Vec<Number> = values.iter().map(|text| number(text)).collect();
        let Some(scale) = Scale::new(&values, start, unit, 5) else { return String::new() };
        scale.ticks().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        let check =
            |values: &[&str], start, expected| assert_eq!(ticks(values, start, &money()), expected, "{values:?}");
        check(&["155000", "920000"], Start::Fitting, "0 200000 400000 600000 800000 1000000");
        check(&["1100000", "2200000"], Start::Fitting, "0 500000 1000000 1500000 2000000 2500000");
        check(&["1100000", "2100000"], Start::Fitting, "1000000 1250000 1500000 1750000 2000000 2250000");
        check(&["1100000", "2100000"], Start::Lowest, "1000000 1250000 1500000 1750000 2000000 2250000");
        check(&["180000", "245000"], Start::Fitting, "180000 200000 220000 240000 260000");
        check(&["180000", "468000"], Start::Zero, "0 100000 200000 300000 400000 500000");
        check(&["0.5", "2.5"], Start::Fitting, "0 0.5 1 1.5 2 2.5");
        check(&["0.000001", "0.000003"], Start::Zero, "0 0.000001 0.000002 0.000003");
        check(&["999999999999"], Start::Zero, "0 200000000000 400000000000 600000000000 800000000000 1000000000000");
    }

    #[test]
    fn values_at_below_and_around_zero_have_a_scale() {
        let check =
            |values: &[&str], start, expected| assert_eq!(ticks(values, start, &Unit::Percent), expected, "{values:?}");
        check(&[], Start::Zero, "");
        check(&["0", "0"], Start::Fitting, "0 0.2 0.4 0.6 0.8 1");
        check(&["7", "7"], Start::Lowest, "0 2 4 6 8");
        check(&["-7", "-7"], Start::Lowest, "-8 -6 -4 -2 0");
        check(&["-12", "30"], Start::Zero, "-20 -10 0 10 20 30");
        check(&["-30", "-25"], Start::Lowest, "-30 -29 -28 -27 -26 -25");
        check(&["-30", "-25"], Start::Zero, "-30 -20 -10 0");
    }

    #[test]
    fn time_is_divided_as_clocks_and_calendars_divide_it() {
        let check = |unit, values: &[&str], expected| {
            assert_eq!(ticks(values, Start::Zero, &Unit::Duration(unit)), expected, "{values:?}");
        };
        check(DurationUnit::Month, &["24", "72"], "0 24 48 72");
        check(DurationUnit::Month, &["6", "18"], "0 6 12 18");
        check(DurationUnit::Month, &["2"], "0 1 2");
        check(DurationUnit::Month, &["400"], "0 120 240 360 480");
        check(DurationUnit::Year, &["4"], "0 1 2 3 4");
        check(DurationUnit::Hour, &["90"], "0 24 48 72 96");
        check(DurationUnit::Minute, &["45"], "0 10 20 30 40 50");
        check(DurationUnit::Second, &["1200"], "0 250 500 750 1000 1250");
    }

    #[test]
    fn counts_have_whole_ticks() {
        assert_eq!(ticks(&["2"], Start::Zero, &Unit::Count), "0 1 2");
        assert_eq!(ticks(&["11"], Start::Zero, &Unit::Count), "0 5 10 15");
    }

    #[test]
    fn places_are_hundredths_of_a_percent() {
        let check = |values: [&str; 2], value: &str, expected| {
            let scale = Scale::new(&values.map(number), Start::Zero, &money(), 5).unwrap();
            assert_eq!(scale.position(number(value)), Position(expected), "{value}");
        };
        check(["0", "300"], "0", 0);
        check(["0", "300"], "100", 3333);
        check(["0", "300"], "200", 6667);
        check(["0", "300"], "300", 10_000);
        check(["0", "300"], "900", 10_000);
        check(["-100", "100"], "0", 5000);
        check(["-100", "100"], "-300", 0);
    }

    #[test]
    fn fewer_steps_can_be_asked_for() {
        let scale = Scale::new(&[number("0"), number("920000")], Start::Zero, &money(), 2).unwrap();
        assert_eq!(scale.ticks().len(), 3);
        let scale = Scale::new(&[number("0"), number("920000")], Start::Zero, &money(), 0).unwrap();
        assert_eq!(scale.ticks().len(), 2);
    }
}
