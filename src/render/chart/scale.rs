//! The scale of a chart: where it begins and ends, its round numbers, and where a value lies on it.
//!
//! Everything is exact until a place is rounded to a hundredth of a percent.

use super::views::Position;
use crate::data::unit::Thing;
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
    pub(super) fn new(values: &[Number], start: Start, unit: &Unit, most: i64) -> Option<Self> {
        let (low, high) = (values.iter().min()?.clone(), values.iter().max()?.clone());
        let double = low.add(&low)?;
        let from_zero = match start {
            Start::Zero => true,
            Start::Fitting => double <= high,
            Start::Lowest => low == high,
        };
        let (low, high) = if from_zero { (low.min(Number::ZERO), high.max(Number::ZERO)) } else { (low, high) };
        let high = if low == high { low.add(&Number::ONE)? } else { high };
        let most = Number::from_integer(most.max(1));
        let counts = match &unit.thing {
            Thing::Number | Thing::Rank => true,
            Thing::Measure(measure) => measure.is_count(),
            _ => false,
        };
        let is_whole = counts && values.iter().all(Number::is_integer);
        steps(unit, &high.sub(&low)?, is_whole).find_map(|step| {
            let (first, last) = (floor(&low.div(&step)?)?, ceiling(&high.div(&step)?)?);
            let fits = last.sub(&first)? <= most;
            fits.then(|| Some(Self { low: first.mul(&step)?, high: last.mul(&step)?, step }))?
        })
    }

    /// Where it begins, and where it ends.
    pub(super) fn ends(&self) -> [&Number; 2] {
        [&self.low, &self.high]
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
        let next = |tick: &Number| tick.add(&self.step).filter(|tick| *tick <= self.high);
        std::iter::successors(Some(self.low.clone()), next).collect()
    }

    /// Where a value lies; one outside lies at the nearer end.
    pub(super) fn position(&self, value: &Number) -> Position {
        let inside = value.clamp(&self.low, &self.high);
        let hundredths = |whole: Number| inside.sub(&self.low)?.div(&whole)?.mul(&Number::from_integer(10_000));
        let hundredths = self.high.sub(&self.low).and_then(hundredths).and_then(|place| place.rounded(0).to_integer());
        Position(hundredths.and_then(|place| i32::try_from(place).ok()).unwrap_or_default())
    }
}

/// The steps that a scale of some length may have, from the smallest: 1, 2, 2.5, 5 and their tenfolds; months and hours by
/// the dozen.
fn steps(unit: &Unit, length: &Number, is_whole: bool) -> Box<dyn Iterator<Item = Number>> {
    let whole = |steps: &'static [i64]| steps.iter().map(|step| Number::from_integer(*step));
    // From a thousandth of the length, which is finer than any scale, to more than all of it.
    let exponent = length.exponent().unwrap_or(0);
    let decimal = (exponent - 4..=exponent + 2).flat_map(|power| {
        [10, 20, 25, 50].into_iter().filter_map(move |step| Number::from_integer(step).mul(&Number::pow10(power)?))
    });
    match unit.word().unwrap_or_default() {
        "month" => {
            let years = decimal.filter(|step| step.is_integer()).filter_map(|step| step.mul(&Number::from_integer(12)));
            Box::new(whole(&[1, 2, 3, 6]).chain(years))
        }
        "hour" | "h" => {
            Box::new(whole(&[1, 2, 3, 6, 12, 24, 48]).chain(decimal.skip_while(|step| *step < Number::HUNDRED)))
        }
        "minute" | "min" | "second" | "s" => {
            Box::new(whole(&[1, 2, 5, 10, 15, 30, 60]).chain(decimal.skip_while(|step| *step < Number::HUNDRED)))
        }
        _ if is_whole => Box::new(decimal.filter(|step| step.is_integer())),
        _ => Box::new(decimal),
    }
}

fn floor(value: &Number) -> Option<Number> {
    let rounded = value.rounded(0);
    if rounded > *value { rounded.sub(&Number::ONE) } else { Some(rounded) }
}

fn ceiling(value: &Number) -> Option<Number> {
    Some(floor(&value.negate())?.negate())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::from_decimal(text).unwrap()
    }

    fn money() -> Unit {
        Unit::money("USD", Some("year"))
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
        check(&["1e-19", "3e-19"], Start::Zero, "0 0.0000000000000000001 0.0000000000000000002 0.0000000000000000003");
        let large = ["2", "4", "6", "8", "10"].map(|step| format!("{step}{}", "0".repeat(29))).join(" ");
        assert_eq!(ticks(&["1e30"], Start::Zero, &money()), format!("0 {large}"));
        check(&["999999999999"], Start::Zero, "0 200000000000 400000000000 600000000000 800000000000 1000000000000");
    }

    #[test]
    fn values_at_below_and_around_zero_have_a_scale() {
        let check =
            |values: &[&str], start, expected| assert_eq!(ticks(values, start, &Unit::PERCENT), expected, "{values:?}");
        check(&[], Start::Zero, "");
        check(&["0", "0"], Start::Fitting, "0 0.2 0.4 0.6 0.8 1");
        check(&["0.1", "0.1"], Start::Zero, "0 0.02 0.04 0.06 0.08 0.1");
        check(&["7", "7"], Start::Lowest, "0 2 4 6 8");
        check(&["-7", "-7"], Start::Lowest, "-8 -6 -4 -2 0");
        check(&["-12", "30"], Start::Zero, "-20 -10 0 10 20 30");
        check(&["-30", "-25"], Start::Lowest, "-30 -29 -28 -27 -26 -25");
        check(&["-30", "-25"], Start::Zero, "-30 -20 -10 0");
    }

    #[test]
    fn time_is_divided_as_clocks_and_calendars_divide_it() {
        let check = |unit, values: &[&str], expected| {
            assert_eq!(ticks(values, Start::Zero, &Unit::measure(unit)), expected, "{values:?}");
        };
        check("month", &["24", "72"], "0 24 48 72");
        check("month", &["6", "18"], "0 6 12 18");
        check("month", &["2"], "0 1 2");
        check("month", &["400"], "0 120 240 360 480");
        check("year", &["4"], "0 1 2 3 4");
        check("hour", &["90"], "0 24 48 72 96");
        check("minute", &["45"], "0 10 20 30 40 50");
        check("second", &["1200"], "0 250 500 750 1000 1250");
    }

    #[test]
    fn counts_have_whole_ticks() {
        assert_eq!(ticks(&["2"], Start::Zero, &Unit::NUMBER), "0 1 2");
        assert_eq!(ticks(&["11"], Start::Zero, &Unit::NUMBER), "0 5 10 15");
    }

    #[test]
    fn places_are_hundredths_of_a_percent() {
        let check = |values: [&str; 2], value: &str, expected| {
            let scale = Scale::new(&values.map(number), Start::Zero, &money(), 5).unwrap();
            assert_eq!(scale.position(&number(value)), Position(expected), "{value}");
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
