//! Dates of four precisions: their ISO forms, and the days they stand for.

use std::fmt;

/// A date as precise as the source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// `2026`
    Year(u16),
    /// `2026-Q1`
    Quarter(u16, u8),
    /// `2026-01`
    Month(u16, u8),
    /// `2026-01-31`
    Day(u16, u8, u8),
}

/// Why a text is no date. Its text is a lowercase phrase that completes "`2026-13` ".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// None of the four forms.
    Form,
    /// A quarter that is not 1 to 4.
    Quarter,
    /// A month that is not 01 to 12.
    Month,
    /// A day that its month does not have.
    Day,
}

impl Date {
    /// The date of an ISO form: `2026`, `2026-Q1`, `2026-01` or `2026-01-31`.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).filter(|&year| year > 0).ok_or(DateProblem::Form)?;
        let (second, third) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(DateProblem::Form);
        }
        match (second, third) {
            (None, _) => Ok(Self::Year(year)),
            (Some(second), None) => match second.strip_prefix('Q') {
                Some(quarter) => Self::quarter(year, digits(quarter, 1).ok_or(DateProblem::Form)?),
                None => Self::month(year, digits(second, 2).ok_or(DateProblem::Form)?),
            },
            (Some(month), Some(day)) => {
                let month = digits(month, 2).ok_or(DateProblem::Form)?;
                Self::day(year, month, digits(day, 2).ok_or(DateProblem::Form)?)
            }
        }
    }

    /// A quarter of a year.
    pub fn quarter(year: u16, quarter: u16) -> Result<Self, DateProblem> {
        match u8::try_from(quarter) {
            Ok(quarter @ 1..=4) => Ok(Self::Quarter(year, quarter)),
            _ => Err(DateProblem::Quarter),
        }
    }

    /// A month of a year.
    pub fn month(year: u16, month: u16) -> Result<Self, DateProblem> {
        match u8::try_from(month) {
            Ok(month @ 1..=12) => Ok(Self::Month(year, month)),
            _ => Err(DateProblem::Month),
        }
    }

    /// A day of a month.
    pub fn day(year: u16, month: u16, day: u16) -> Result<Self, DateProblem> {
        let Self::Month(year, month) = Self::month(year, month)? else { return Err(DateProblem::Month) };
        match u8::try_from(day) {
            Ok(day) if (1..=days_in(year, month)).contains(&day) => Ok(Self::Day(year, month, day)),
            _ => Err(DateProblem::Day),
        }
    }

    /// The year that it lies in.
    pub fn year(self) -> u16 {
        match self {
            Self::Year(year) | Self::Quarter(year, _) | Self::Month(year, _) | Self::Day(year, ..) => year,
        }
    }

    /// The first day it covers, in days since 1 January 1970.
    pub fn first_day(self) -> i64 {
        match self {
            Self::Year(year) => day_number(year, 1, 1),
            Self::Quarter(year, quarter) => day_number(year, 3 * quarter.clamp(1, 4) - 2, 1),
            Self::Month(year, month) => day_number(year, month, 1),
            Self::Day(year, month, day) => day_number(year, month, day),
        }
    }

    /// The last day it covers, in days since 1 January 1970.
    pub fn last_day(self) -> i64 {
        match self {
            Self::Year(year) => day_number(year, 12, 31),
            Self::Quarter(year, quarter) => {
                let month = 3 * quarter.clamp(1, 4);
                day_number(year, month, days_in(year, month))
            }
            Self::Month(year, month) => day_number(year, month, days_in(year, month)),
            Self::Day(year, month, day) => day_number(year, month, day),
        }
    }

    /// The day of a number of days since 1 January 1970; nothing outside the years 1 to 9999.
    pub fn from_day_number(days: i64) -> Option<Self> {
        // Years are counted from 1 March, so that the leap day comes last; 400 of them have 146,097 days.
        let shifted = days.checked_add(719_468)?;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let year = u16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        Self::day(year, u16::try_from(month).ok()?, u16::try_from(day).ok()?).ok()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Quarter(year, quarter) => write!(formatter, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Self::Day(year, month, day) => write!(formatter, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Form => "is none of the forms `2026`, `2026-Q1`, `2026-01` and `2026-01-31`",
            Self::Quarter => "has a quarter that is not Q1 to Q4",
            Self::Month => "has a month that is not 01 to 12",
            Self::Day => "has a day that its month does not have",
        })
    }
}

impl std::error::Error for DateProblem {}

/// Exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1 January 1970 in the Gregorian calendar, carried on to all years.
fn day_number(year: u16, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn iso_forms_are_read() {
        let check = |text: &str, expected: Result<Date, DateProblem>| {
            assert_eq!(Date::parse(text), expected, "{text}");
            if let Ok(date) = expected {
                assert_eq!(date.to_string(), text);
            }
        };
        check("2026", Ok(Date::Year(2026)));
        check("0001", Ok(Date::Year(1)));
        check("2026-Q1", Ok(Date::Quarter(2026, 1)));
        check("2026-Q4", Ok(Date::Quarter(2026, 4)));
        check("2026-01", Ok(Date::Month(2026, 1)));
        check("2026-01-31", Ok(Date::Day(2026, 1, 31)));
        check("2024-02-29", Ok(Date::Day(2024, 2, 29)));
        check("2000-02-29", Ok(Date::Day(2000, 2, 29)));
        check("2026-Q5", Err(DateProblem::Quarter));
        check("2026-Q0", Err(DateProblem::Quarter));
        check("2026-13", Err(DateProblem::Month));
        check("2026-00", Err(DateProblem::Month));
        check("2026-02-29", Err(DateProblem::Day));
        check("1900-02-29", Err(DateProblem::Day));
        check("2026-04-31", Err(DateProblem::Day));
        check("2026-01-00", Err(DateProblem::Day));
        for text in ["", "26", "0000", "02026", "2026-1", "2026-q1", "2026-Q12", "2026/01", "2026-01-31-", "Q1 2026"] {
            check(text, Err(DateProblem::Form));
        }
        for text in ["2026-01-1", "-2026", "+202", "2026 ", "٢٠٢٦", "2026-٠١", "2026-Q", "2026--01"] {
            check(text, Err(DateProblem::Form));
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let check = |text: &str, first: i64, last: i64| {
            let date = Date::parse(text).unwrap();
            assert_eq!((date.first_day(), date.last_day()), (first, last), "{text}");
        };
        check("1970-01-01", 0, 0);
        check("1969-12-31", -1, -1);
        check("1970", 0, 364);
        check("1972", 730, 1095);
        check("1970-Q1", 0, 89);
        check("1970-Q4", 273, 364);
        check("1970-02", 31, 58);
        check("2000-02-29", 11_016, 11_016);
        check("2026-01-31", 20_484, 20_484);
    }

    proptest! {
        #[test]
        fn day_numbers_turn_back(days in -719_162_i64..2_932_896) {
            let date = Date::from_day_number(days).unwrap();
            prop_assert_eq!(date.first_day(), days);
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}", days in any::<i64>()) {
            let _ = (Date::parse(&text), Date::from_day_number(days));
        }
    }
}
