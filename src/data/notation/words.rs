//! The words and marks with which the generator writes figures, so that a site may speak another language.

use std::borrow::Cow;

use super::Date;
use crate::config::Labels;
use crate::data::amount::Bound;

/// The words of American English, to borrow.
pub(super) static ENGLISH: Words = Words::ENGLISH;

/// Declares the words once: field, key in `[labels]`, English.
macro_rules! words {
    ($($(#[$doc:meta])* $field:ident $key:literal $english:literal)*) => {
        /// Words and marks that stand in written figures. A site replaces them by their keys.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Words {
            $($(#[$doc])* pub $field: Cow<'static, str>,)*
        }

        impl Words {
            /// The words of American English.
            pub const ENGLISH: Self = Self { $($field: Cow::Borrowed($english),)* };

            /// The keys by which words are replaced.
            pub const KEYS: &[&str] = &[$($key),*];

            /// Replaces the word of a key; whether there is such a key.
            pub fn set(&mut self, key: &str, text: &str) -> bool {
                match key {
                    $($key => self.$field = Cow::Owned(text.to_owned()),)*
                    _ => return false,
                }
                true
            }
        }
    };
}

words! {
    /// What stands for a value that the source does not state.
    not_stated "not_stated" "not stated"
    /// Sets off thousands.
    thousands_mark "thousands_mark" ","
    /// Sets off decimals.
    decimal_mark "decimal_mark" "."
    /// Behind thousands.
    thousand "thousand" "K"
    /// Behind millions.
    million "million" "M"
    /// Behind billions.
    billion "billion" "B"
    /// Behind trillions.
    trillion "trillion" "T"
    /// Behind percentages.
    percent_sign "percent_sign" "%"
    /// Behind one percentage point.
    percentage_point "percentage_point" "percentage point"
    /// Behind a number of percentage points.
    percentage_points "percentage_points" "percentage points"
    /// Before what is below zero.
    minus "minus" "−"
    /// Before a change that is above zero.
    plus "plus" "+"
    /// Before a rank.
    rank "rank" "#"
    /// Joins a range.
    range_dash "range_dash" "–"
    /// Joins a range whose ends have signs.
    range_word "range_word" "to"
    /// A threshold that is exceeded, with `{value}`.
    over "over" "over {value}"
    /// The lowest value, with `{value}`.
    at_least "at_least" "at least {value}"
    /// The low end of a range that is open above, with `{value}`.
    from "from" "from {value}"
    /// A threshold that is not reached, with `{value}`.
    under "under" "under {value}"
    /// The highest value, with `{value}`.
    up_to "up_to" "up to {value}"
    /// A hedged value, with `{value}`.
    about "about" "about {value}"
    /// A quarter, with `{quarter}` and `{year}`.
    date_quarter "date_quarter" "Q{quarter} {year}"
    /// A month, with `{month}` and `{year}`.
    date_month "date_month" "{month} {year}"
    /// A day, with `{month}`, `{day}` and `{year}`.
    date_day "date_day" "{month} {day}, {year}"
    /// A unit of duration, for one and for more.
    millisecond "millisecond" "ms"
    /// A unit of duration, for one.
    second "second" "second"
    /// A unit of duration, for more.
    seconds "seconds" "seconds"
    /// A unit of duration, for one.
    minute "minute" "minute"
    /// A unit of duration, for more.
    minutes "minutes" "minutes"
    /// A unit of duration, for one.
    hour "hour" "hour"
    /// A unit of duration, for more.
    hours "hours" "hours"
    /// A unit of duration, for one.
    day "day" "day"
    /// A unit of duration, for more.
    days "days" "days"
    /// A unit of duration, for one.
    week "week" "week"
    /// A unit of duration, for more.
    weeks "weeks" "weeks"
    /// A unit of duration, for one.
    month "month" "month"
    /// A unit of duration, for more.
    months "months" "months"
    /// A unit of duration, for one.
    year "year" "year"
    /// A unit of duration, for more.
    years "years" "years"
    /// For how much of what, with `{unit}`.
    per "per" "per {unit}"
    /// A period.
    per_hour "per_hour" "an hour"
    /// A period.
    per_day "per_day" "a day"
    /// A period.
    per_week "per_week" "a week"
    /// A period.
    per_month "per_month" "a month"
    /// A period.
    per_year "per_year" "a year"
    /// A month's name.
    january "january" "January"
    /// A month's name.
    february "february" "February"
    /// A month's name.
    march "march" "March"
    /// A month's name.
    april "april" "April"
    /// A month's name.
    may "may" "May"
    /// A month's name.
    june "june" "June"
    /// A month's name.
    july "july" "July"
    /// A month's name.
    august "august" "August"
    /// A month's name.
    september "september" "September"
    /// A month's name.
    october "october" "October"
    /// A month's name.
    november "november" "November"
    /// A month's name.
    december "december" "December"
}

impl From<&Labels> for Words {
    /// The words that a site's labels hold; the marks that they don't are those of English.
    fn from(labels: &Labels) -> Self {
        let mut words = Self::ENGLISH;
        for (key, text) in labels.iter() {
            words.set(key, text);
        }
        words
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl Words {
    /// A unit of time by its word in data, for one or for more.
    pub fn duration(&self, word: &str, one: bool) -> Option<&str> {
        let (singular, plural) = match word {
            "ms" => (&self.millisecond, &self.millisecond),
            "second" => (&self.second, &self.seconds),
            "minute" => (&self.minute, &self.minutes),
            "hour" => (&self.hour, &self.hours),
            "day" => (&self.day, &self.days),
            "week" => (&self.week, &self.weeks),
            "month" => (&self.month, &self.months),
            "year" => (&self.year, &self.years),
            _ => return None,
        };
        Some(if one { singular } else { plural })
    }

    /// A bound, with `{value}`.
    pub fn bound(&self, bound: Bound) -> &str {
        match bound {
            Bound::Over => &self.over,
            Bound::AtLeast => &self.at_least,
            Bound::Under => &self.under,
            Bound::UpTo => &self.up_to,
            Bound::About => &self.about,
        }
    }

    /// A period by its word in data, such as "a year" for `year`.
    pub fn period(&self, word: &str) -> Option<&str> {
        Some(match word {
            "hour" => &self.per_hour,
            "day" => &self.per_day,
            "week" => &self.per_week,
            "month" => &self.per_month,
            "year" => &self.per_year,
            _ => return None,
        })
    }

    /// The name of a month, 1 to 12; empty outside.
    pub fn month_name(&self, month: u8) -> &str {
        match month {
            1 => &self.january,
            2 => &self.february,
            3 => &self.march,
            4 => &self.april,
            5 => &self.may,
            6 => &self.june,
            7 => &self.july,
            8 => &self.august,
            9 => &self.september,
            10 => &self.october,
            11 => &self.november,
            12 => &self.december,
            _ => "",
        }
    }
}

impl Date {
    /// The date as prose has it: `2026`, `Q1 2026`, `January 2026`, `January 31, 2026`.
    pub fn write(self, words: &Words) -> String {
        let (form, year, quarter, month, day) = match self {
            Self::Year(year) => return format!("{year:04}"),
            Self::Quarter(year, quarter) => (&words.date_quarter, year, quarter, 0, 0),
            Self::Month(year, month) => (&words.date_month, year, 0, month, 0),
            Self::Day(year, month, day) => (&words.date_day, year, 0, month, day),
        };
        form.replace("{quarter}", &quarter.to_string())
            .replace("{month}", words.month_name(month))
            .replace("{day}", &day.to_string())
            .replace("{year}", &format!("{year:04}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_prose() {
        let check = |iso: &str, expected: &str| {
            assert_eq!(Date::parse(iso).unwrap().write(&Words::ENGLISH), expected);
        };
        check("2026", "2026");
        check("2026-Q1", "Q1 2026");
        check("2026-01", "January 2026");
        check("2026-12", "December 2026");
        check("2026-01-31", "January 31, 2026");
        check("2026-05-01", "May 1, 2026");
    }

    #[test]
    fn words_are_replaced_by_their_keys() {
        let mut words = Words::ENGLISH;
        assert!(words.set("march", "März"));
        assert!(words.set("date_day", "{day}. {month} {year}"));
        assert!(!words.set("march ", ""));
        assert_eq!(Date::parse("2026-03-01").unwrap().write(&words), "1. März 2026");
        for key in Words::KEYS {
            assert!(words.set(key, "x"), "{key}");
        }
        assert_eq!(words.duration("week", true), Some("x"));
        assert_eq!(words.period("once"), None);
    }

    #[test]
    fn the_labels_of_a_site_are_english_unless_it_says_otherwise() {
        let labels = Labels::default();
        assert_eq!(Words::from(&labels), Words::ENGLISH);
        let labels = Labels { months: "Monate".into(), not_stated: "offen".into(), ..labels };
        let words = Words::from(&labels);
        assert_eq!((&*words.months, &*words.not_stated), ("Monate", "offen"));
    }

    #[test]
    fn keys_are_unique() {
        let mut keys = Words::KEYS.to_vec();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Words::KEYS.len());
    }
}
