//! Dates in a figure's text: the ISO forms, and those of prose.

use std::ops::Range;

use super::Date;
use super::date::DateProblem;
use super::scan::{after_letters, after_spaces, char_at, char_before, is_digit_at, is_word_char, slice};
use super::unreadable::{Unreadable, UnreadableKind};
use super::vocabulary::{self, NumberWord};
use super::written::{DateForm, Part};

type Found = Result<Option<(Part<Date>, DateForm)>, Unreadable>;

/// The date that starts at a byte, if one does. A year alone is a number until it is held against a date.
pub(super) fn at(text: &str, start: usize) -> Found {
    if char_before(text, start).is_some_and(|before| is_word_char(before) || before == '.') {
        return Ok(None);
    }
    match char_at(text, start) {
        Some(c) if c.is_ascii_digit() => iso(text, start),
        Some('Q') => quarter(text, start),
        Some(c) if c.is_alphabetic() => {
            let end = after_letters(text, start);
            match vocabulary::month(slice(text, start..end)) {
                Some(month) => Ok(month_in_words(text, start, end, month)?),
                None => quarter_in_words(text, start, end),
            }
        }
        _ => Ok(None),
    }
}

/// `2026-Q1`, `2026-01`, `2026-01-31`
fn iso(text: &str, start: usize) -> Found {
    let Some(year) = year(text, start) else { return Ok(None) };
    let end = match slice(text, start + 4..text.len()).as_bytes() {
        [b'-', b'Q', b'0'..=b'9', ..] => start + 7,
        [b'-', a, b, b'-', c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()) => start + 10,
        // `1200-15` is no month of a year that anyone writes about.
        [b'-', b'0'..=b'9', b'0'..=b'9', ..] if (1500..2500).contains(&year) => start + 7,
        _ => return Ok(None),
    };
    let goes_on = match char_at(text, end) {
        Some('%' | '-' | '.' | ',') => is_digit_at(text, end + 1) || char_at(text, end) == Some('%'),
        Some(c) => is_word_char(c),
        None => false,
    };
    if goes_on {
        return Ok(None);
    }
    found(text, start..end, DateForm::Iso, Date::parse(slice(text, start..end)))
}

/// `Q1 2026`
fn quarter(text: &str, start: usize) -> Found {
    let Some(digit) = text.as_bytes().get(start + 1).filter(|byte| byte.is_ascii_digit()) else { return Ok(None) };
    let comma = if char_at(text, start + 2) == Some(',') { start + 3 } else { start + 2 };
    let at = after_spaces(text, comma);
    match lone_year(text, at).filter(|_| at > comma) {
        Some(year) => {
            let date = Date::quarter(year, u16::from(digit - b'0'));
            found(text, start..at + 4, DateForm::Prose, date)
        }
        None => Ok(None),
    }
}

/// `January 2026`, `January 31, 2026`
fn month_in_words(text: &str, start: usize, end: usize, month: u16) -> Found {
    let at = after_spaces(text, end);
    if at == end {
        return Ok(None);
    }
    if let Some(year) = lone_year(text, at) {
        return found(text, start..at + 4, DateForm::Prose, Date::month(year, month));
    }
    let digits = usize::from(is_digit_at(text, at)) + usize::from(is_digit_at(text, at) && is_digit_at(text, at + 1));
    let Ok(day) = slice(text, at..at + digits).parse() else { return Ok(None) };
    let comma = at + digits + usize::from(char_at(text, at + digits) == Some(','));
    let year_at = after_spaces(text, comma);
    match lone_year(text, year_at).filter(|_| year_at > comma) {
        Some(year) => found(text, start..year_at + 4, DateForm::Prose, Date::day(year, month, day)),
        None => Ok(None),
    }
}

/// `first quarter of 2026`
fn quarter_in_words(text: &str, start: usize, end: usize) -> Found {
    let Some(NumberWord::Ordinal(quarter)) = vocabulary::number_word(slice(text, start..end)) else { return Ok(None) };
    let word = after_spaces(text, end)..after_letters(text, after_spaces(text, end));
    if !slice(text, word.clone()).eq_ignore_ascii_case("quarter") {
        return Ok(None);
    }
    let mut at = after_spaces(text, word.end);
    let of = after_letters(text, at);
    if slice(text, at..of).eq_ignore_ascii_case("of") {
        at = after_spaces(text, of);
    }
    match lone_year(text, at) {
        Some(year) => found(text, start..at + 4, DateForm::QuarterInWords, Date::quarter(year, u16::from(quarter))),
        None => Ok(None),
    }
}

fn found(text: &str, range: Range<usize>, form: DateForm, date: Result<Date, DateProblem>) -> Found {
    match date {
        Ok(value) => Ok(Some((Part { value, range }, form))),
        Err(problem) => {
            let message = format!("`{}` {problem}", slice(text, range.clone()));
            let help =
                "Write `2026`, `2026-Q1`, `2026-01` or `2026-01-31`, or the same in words, as in `January 31, 2026`.";
            Err(Unreadable::new(UnreadableKind::Date, range, message, help))
        }
    }
}

/// Four digits and no fifth, with nothing that would make them another number.
fn lone_year(text: &str, at: usize) -> Option<u16> {
    let year = year(text, at)?;
    let end = at + 4;
    let goes_on = match char_at(text, end) {
        Some('.' | ',' | '-') => is_digit_at(text, end + 1),
        Some('%') => true,
        Some(c) => is_word_char(c),
        None => false,
    };
    (!goes_on).then_some(year)
}

fn year(text: &str, at: usize) -> Option<u16> {
    let digits = text.as_bytes().get(at..at + 4)?;
    let is_year = digits.iter().all(u8::is_ascii_digit) && !is_digit_at(text, at + 4);
    slice(text, at..at + 4).parse().ok().filter(|&year| is_year && year > 0)
}
