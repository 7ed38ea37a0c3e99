//! The day in UTC, from the system's clock or as typed. Nothing else knows what day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use bandbook::data::notation::Date;

const SECONDS_PER_DAY: u64 = 86_400;

/// The day of a moment in UTC, as `2026-01-31`. A clock before 1970 reads as the first day of that year, and one
/// after 9999 as the last day of that.
pub fn day_of(moment: SystemTime) -> Date {
    let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let day = i64::try_from(seconds / SECONDS_PER_DAY).ok().and_then(Date::from_day_number);
    day.unwrap_or(Date::Day(9999, 12, 31))
}

/// A day as typed: `2026-01-31`, and one that the calendar has.
pub fn read_day(typed: &str) -> Result<Date, String> {
    match Date::parse(typed) {
        Ok(day @ Date::Day(..)) => Ok(day),
        _ => Err("a day is a year, a month and a day of the calendar, such as 2026-01-31".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn seconds_become_the_day_in_utc() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (951_782_400, "2000-02-29"),
            (1_772_323_199, "2026-02-28"),
            (1_772_323_200, "2026-03-01"),
            (1_798_761_599, "2026-12-31"),
            (4_107_542_400, "2100-03-01"),
            // The last second that every system can tell.
            (910_692_730_085, "9999-12-31"),
        ] {
            assert_eq!(day_of(UNIX_EPOCH + Duration::from_secs(seconds)).to_string(), expected);
        }
        assert_eq!(day_of(UNIX_EPOCH - Duration::from_secs(1)).to_string(), "1970-01-01");
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for (typed, good) in [
            ("2026-01-31", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-1-31", false),
            ("2026-01", false),
            ("2026-Q1", false),
            ("2026", false),
            ("today", false),
            ("", false),
        ] {
            assert_eq!(read_day(typed).is_ok(), good, "{typed}");
        }
    }
}
