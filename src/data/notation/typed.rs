//! Figures that stand in a text as typed digits: money, percentages, magnitudes and durations.
//!
//! This runs over every text of every page, so it looks for digits first and at words only around them.

use std::ops::Range;

use super::affix::{self, Money, Prefix, Suffix};
use super::range::{between_before, is_joined};
use super::read::{after_word, read};
use super::scan::{self, DigitFault, DigitRun, after_letters, after_spaces, before_spaces, char_at, char_before};
use super::scan::{is_hyphen, is_word_char, slice};
use super::vocabulary;
use super::written::{Part, Written};
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing, Unit};

/// A typed figure in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedFigure {
    /// Its bytes of the text.
    pub range: Range<usize>,
    /// What makes it a figure.
    pub kind: TypedKind,
    /// What it says, where it can be read as a figure's text.
    pub written: Option<Written>,
}

/// What makes digits a typed figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypedKind {
    /// A currency sign, code or word.
    Money,
    /// `%`, percent, percentage points.
    Percent,
    /// K, M, B, bn, tn, thousand, million, billion, trillion.
    Magnitude,
    /// A day or more; less where the site lists it.
    Duration,
    /// A unit that stands for nothing else: GB, kWh, °C.
    Quantity,
}

/// The typed figures of a text, in order. Durations of hours and less count only where they are asked for.
pub fn find(text: &str, hours_and_less: bool) -> Vec<TypedFigure> {
    let mut found = Vec::new();
    let mut last: Option<Candidate> = None;
    let mut at = 0;
    while let Some(digit) = next_digit(text, at) {
        let Some(number) = Candidate::at(text, digit, at, hours_and_less) else {
            at = after_word(text, digit);
            found.extend(last.take().and_then(|last| last.alone(text)));
            continue;
        };
        at = number.end;
        last = match last.take() {
            Some(first) if first.is_before(&number, text) => match first.joined(&number, text) {
                Some(range) => {
                    found.push(range);
                    None
                }
                None => {
                    found.extend(first.alone(text));
                    Some(number)
                }
            },
            first => {
                found.extend(first.and_then(|first| first.alone(text)));
                Some(number)
            }
        };
    }
    found.extend(last.and_then(|last| last.alone(text)));
    found
}

/// A number that may be a figure by itself, or an end of one.
struct Candidate {
    range: Range<usize>,
    /// Where everything that belongs to it ends, the plus of a bound included.
    end: usize,
    kind: Option<TypedKind>,
    /// Whether a hyphen, stroke or point ties it to a word or number before it, or it is a version.
    tied: bool,
}

impl Candidate {
    /// The number at a digit; nothing where the digit stands inside a word.
    fn at(text: &str, digit: usize, floor: usize, hours_and_less: bool) -> Option<Self> {
        let run = scan::digit_run(text, digit);
        let prefix = affix::prefix(text, digit, floor);
        let before = char_before(text, digit);
        if prefix.money.is_none() && before.is_some_and(is_word_char) {
            return None;
        }
        let suffix = affix::suffix(text, run.range.end, prefix.money.is_some());
        if prefix.hash || suffix.ordinal.is_some() || (suffix.glued.is_some() && prefix.money.is_none()) {
            return None;
        }
        let ties = matches!(before, Some('-' | '\u{2011}' | '/' | ':' | '.' | '\'' | '’'));
        let tied = ties && before.and_then(|c| char_before(text, digit - c.len_utf8())).is_some_and(is_word_char);
        let tied = tied || is_version(text, &run, prefix.start);
        let plus = suffix.plus.as_ref().filter(|plus| plus.end == suffix.end);
        let end = plus.map_or(suffix.end, |plus| plus.start);
        let kind = kind(text, &run, &prefix, &suffix, hours_and_less);
        let whole = !char_at(text, suffix.end).is_some_and(is_word_char);
        let kind = kind.filter(|&kind| (whole || kind == TypedKind::Money) && (!tied || kind <= TypedKind::Percent));
        Some(Self { range: prefix.start..end, end: suffix.end, kind, tied })
    }

    /// Whether a range may go on from this number to another.
    fn is_before(&self, other: &Self, text: &str) -> bool {
        let either = self.kind.is_some() || other.kind.is_some();
        either && !self.tied && self.range.end <= other.range.start && is_joined(text, &self.range, &other.range)
    }

    /// The range from this number to another, if one of them makes it a figure.
    fn joined(&self, other: &Self, text: &str) -> Option<TypedFigure> {
        let kind = [self.kind, other.kind].into_iter().flatten().min()?;
        let start = between_before(text, self.range.start).unwrap_or(self.range.start);
        let range = start..other.range.end;
        let written = read(slice(text, range.clone())).ok();
        // `from 2026 to 10%` is no range: its second number stands alone.
        let is_range = written.is_some() || (self.kind.is_some() && other.kind.is_some());
        is_range.then_some(TypedFigure { range, kind, written })
    }

    fn alone(&self, text: &str) -> Option<TypedFigure> {
        let written = || read(slice(text, self.range.clone())).ok();
        self.kind.map(|kind| TypedFigure { range: self.range.clone(), kind, written: written() })
    }
}

fn kind(text: &str, run: &DigitRun, prefix: &Prefix, suffix: &Suffix, hours_and_less: bool) -> Option<TypedKind> {
    let is_amount = run.grouped || suffix.magnitude.is_some();
    let is_money = |money: &Part<Money>| match money.value {
        // `TOP 10` and `PHP 8` are words unless the number looks like an amount.
        Money::Known(currency) if money.range.len() == 3 && currency.is_also_word() => is_amount,
        _ => true,
    };
    if prefix.money.iter().chain(&suffix.money).any(is_money) {
        return Some(TypedKind::Money);
    }
    match &suffix.thing {
        Some(Part { value: Thing::Percent | Thing::Points, .. }) => return Some(TypedKind::Percent),
        Some(Part { value: Thing::Measure(measure), range }) => {
            return quantity(text, run, measure, range, hours_and_less);
        }
        _ => {}
    }
    let part = suffix.magnitude.as_ref().filter(|part| part.value.is_word())?;
    let magnitude = slice(text, part.range.clone());
    let glued = part.range.start == run.range.end;
    let counts = magnitude.len() > 2 || (glued && matches!(magnitude, "K" | "M" | "B" | "bn"));
    let is_name = glued && vocabulary::is_name(slice(text, run.range.clone()), magnitude, word_after(text, suffix.end));
    (counts && !is_name).then_some(TypedKind::Magnitude)
}

/// A number of a unit.
fn quantity(
    text: &str,
    run: &DigitRun,
    measure: &Measure,
    range: &Range<usize>,
    hours_and_less: bool,
) -> Option<TypedKind> {
    if !Unit::measure(&measure.word).is_time() {
        return Some(TypedKind::Quantity);
    }
    let day = Measure::one("day");
    let is_short = measure.is_like(&day) && measure.scale().div(&day.scale()).is_some_and(|days| days < Number::ONE);
    let counts = (hours_and_less || !is_short) && !is_year(text, run, range);
    counts.then_some(TypedKind::Duration)
}

/// The word behind a space or a hyphen.
fn word_after(text: &str, end: usize) -> &str {
    let start = match char_at(text, end) {
        Some(c) if is_hyphen(c) => end + c.len_utf8(),
        _ => after_spaces(text, end),
    };
    slice(text, start..after_letters(text, start))
}

/// Whether a number is a version: `1.2.3`, or any number behind the word.
fn is_version(text: &str, run: &DigitRun, start: usize) -> bool {
    let digits = slice(text, run.range.clone());
    let mut parts = digits.split('.').skip(1);
    let is_dotted =
        run.fault == Some(DigitFault::DecimalMark) && !digits.contains(',') && parts.any(|part| part.len() != 3);
    let before = slice(text, 0..before_spaces(text, start));
    let is_named = ["version", "versions"].iter().any(|word| vocabulary::ends_with(before, word).is_some());
    is_dotted || is_named
}

/// Whether a number before a unit in the singular is a year, as in "the 2026 year-end".
fn is_year(text: &str, run: &DigitRun, unit: &Range<usize>) -> bool {
    let digits = slice(text, run.range.clone());
    let is_singular = !slice(text, unit.clone()).ends_with(['s', 'S']);
    let is_spaced = char_before(text, unit.start).is_some_and(char::is_whitespace);
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && is_singular && is_spaced
}

/// The next ASCII digit, looked for in blocks that the compiler turns into wide comparisons.
fn next_digit(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let mut offset = at;
    for block in rest.chunks(64) {
        if block.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
            return block.iter().position(u8::is_ascii_digit).map(|within| offset + within);
        }
        offset += block.len();
    }
    None
}
