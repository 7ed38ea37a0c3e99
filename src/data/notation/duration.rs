//! Units of duration, and which of them convert.

use std::fmt;

use crate::data::number::Number;

/// A unit of duration. Months and years convert, and milliseconds up to weeks; the two families don't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DurationUnit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl DurationUnit {
    /// Every unit, from the shortest.
    pub const ALL: [Self; 8] =
        [Self::Millisecond, Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// The unit of a key in a data file.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.key() == key)
    }

    /// Its key in a data file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Millisecond => "ms",
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// How many of the other unit one of this is, exactly; nothing between months and days.
    pub fn factor(self, other: Self) -> Option<Number> {
        let ((family, size), (other_family, other_size)) = (self.size(), other.size());
        (family == other_family).then(|| Number::from_integer(size).div(Number::from_integer(other_size)))?
    }

    /// Whether it is an hour or less.
    pub const fn is_short(self) -> bool {
        matches!(self, Self::Millisecond | Self::Second | Self::Minute | Self::Hour)
    }

    /// Whether it counts calendar months, and its size in the smallest unit of its family.
    const fn size(self) -> (bool, i64) {
        match self {
            Self::Millisecond => (false, 1),
            Self::Second => (false, 1000),
            Self::Minute => (false, 60 * 1000),
            Self::Hour => (false, 60 * 60 * 1000),
            Self::Day => (false, 24 * 60 * 60 * 1000),
            Self::Week => (false, 7 * 24 * 60 * 60 * 1000),
            Self::Month => (true, 1),
            Self::Year => (true, 12),
        }
    }
}

impl fmt::Display for DurationUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        for unit in DurationUnit::ALL {
            assert_eq!(DurationUnit::parse(unit.key()), Some(unit));
        }
        for key in ["", "months", "Month", "yr", "decade", "millisecond"] {
            assert_eq!(DurationUnit::parse(key), None, "{key}");
        }
    }

    #[test]
    fn units_convert_within_their_family() {
        let check = |from: &str, to: &str, expected: Option<&str>| {
            let factor = DurationUnit::parse(from).unwrap().factor(DurationUnit::parse(to).unwrap());
            assert_eq!(factor, expected.map(|text| Number::from_decimal(text).unwrap()), "{from} in {to}");
        };
        check("year", "month", Some("12"));
        check("minute", "second", Some("60"));
        check("day", "hour", Some("24"));
        check("week", "day", Some("7"));
        check("second", "ms", Some("1000"));
        check("ms", "second", Some("0.001"));
        check("hour", "minute", Some("60"));
        check("week", "hour", Some("168"));
        check("week", "week", Some("1"));
        check("month", "day", None);
        check("year", "week", None);
        check("hour", "month", None);
        let months = DurationUnit::Month.factor(DurationUnit::Year).unwrap();
        assert_eq!(months.mul(Number::from_integer(18)), Some(Number::from_decimal("1.5").unwrap()));
    }
}
