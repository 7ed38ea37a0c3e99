//! What the words around a figure's numbers say: a bound, a period, a unit.

use std::ops::Range;

use super::affix::percentage_points;
use super::compare::DisagreementKind;
use super::mismatch::{period_mismatch, unit_name};
use super::scan::{self, after_letters, char_at, is_hyphen, is_word_char, slice};
use super::vocabulary;
use super::written::{Measure, Part};
use super::{Datum, DurationUnit};
use crate::data::figure::{Bound, Unit};

/// The bound that stands around a number or a range.
pub(super) fn bound(text: &str, numbers: &Range<usize>, plus: Option<Range<usize>>) -> Option<Part<Bound>> {
    let mut found: Option<Part<Bound>> = None;
    let mut keep = |value: Bound, range: Range<usize>| {
        if found.as_ref().is_none_or(|part| part.value == Bound::About) {
            found = Some(Part { value, range });
        }
    };
    let mut end = scan::before_spaces(text, numbers.start);
    while let Some((value, start)) = vocabulary::bound_before(slice(text, 0..end)) {
        keep(value, start..end);
        end = scan::before_spaces(text, start);
    }
    if let Some(plus) = plus {
        keep(Bound::Over, plus);
    } else if let Some((value, length)) = vocabulary::bound_after(slice(text, numbers.end..text.len())) {
        keep(value, scan::after_spaces(text, numbers.end)..numbers.end + length);
    }
    found
}

/// The period that a text states: `per month` anywhere, `a month` or `/mo` behind the number; of money `monthly` too.
pub(super) fn period(text: &str, number: usize, is_money: bool) -> Option<Part<DurationUnit>> {
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let end = if c.is_alphabetic() { after_letters(text, at) } else { at + c.len_utf8() };
        let is_per = slice(text, at..end).eq_ignore_ascii_case("per");
        let found = introduced(text, at).filter(|_| is_per || at > number);
        let found = found.or_else(|| adverb(text, at).filter(|_| is_money && at > number));
        if found.is_some() {
            return found;
        }
        at = end;
    }
    None
}

/// Words right behind a figure that disagree with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsBehind {
    /// In what: [`DisagreementKind::Period`] or [`DisagreementKind::Unit`].
    pub kind: DisagreementKind,
    /// Their bytes.
    pub range: Range<usize>,
    /// A lowercase phrase that names both.
    pub message: String,
    /// A sentence that says what to type.
    pub help: String,
}

/// Holds the text behind a figure against its datum: the period of an amount, `percent` and `percentage points`, and of a
/// count or a duration a unit of time. Other figures may be followed by any period: a rate of 3% may be one a year.
pub fn compare_behind(text: &str, datum: &Datum<'_>) -> Result<(), WordsBehind> {
    let spaced = scan::after_spaces(text, 0);
    let at = char_at(text, spaced).filter(|&c| spaced == 0 && is_hyphen(c)).map_or(spaced, char::len_utf8);
    if let Unit::Money { period, .. } = datum.unit {
        let stated = introduced(text, at).filter(|part| !is_moment(text, part.range.end)).or_else(|| adverb(text, at));
        let Some(stated) = stated.filter(|part| period.as_deref() != Some(part.value.key())) else { return Ok(()) };
        let shown = slice(text, stated.range.clone());
        let mismatch =
            period_mismatch(&format!("the words behind the figure say `{shown}`"), shown, &stated, datum.unit);
        return Err(WordsBehind {
            kind: mismatch.kind,
            range: stated.range,
            message: mismatch.message,
            help: mismatch.help.unwrap_or_default(),
        });
    }
    let Some(stated) = unit_behind(text, at) else { return Ok(()) };
    let fits = match (datum.unit, stated.value) {
        (Unit::Percent, Measure::Percent) | (Unit::Points, Measure::Points) => true,
        (_, Measure::Percent | Measure::Points) => false,
        (Unit::Duration(own), Measure::Duration(other)) => *own == other,
        (unit, Measure::Duration(_)) => *unit != Unit::Count || is_moment(text, stated.range.end),
    };
    if fits {
        return Ok(());
    }
    let shown = slice(text, stated.range.clone());
    Err(WordsBehind {
        kind: DisagreementKind::Unit,
        message: format!("the words behind the figure say `{shown}`, and the figure is {}", unit_name(datum.unit)),
        help: format!("Leave `{shown}` out, or give the figure that unit in the data if the source does."),
        range: stated.range,
    })
}

/// A period that a word or a stroke introduces at a byte: `a month`, `per month`, `each month`, `/mo`, `-a-month`.
fn introduced(text: &str, at: usize) -> Option<Part<DurationUnit>> {
    let first = char_at(text, at)?;
    let end = if first.is_alphabetic() { after_letters(text, at) } else { at + first.len_utf8() };
    let word = slice(text, at..end);
    if word != "/" && !["per", "a", "an", "each", "every"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return None;
    }
    let joined = char_at(text, end).filter(|&c| is_hyphen(c)).map_or(end, |c| end + c.len_utf8());
    let start = scan::after_spaces(text, joined);
    let unit_end = after_letters(text, start);
    let word = slice(text, start..unit_end);
    let value = if word.eq_ignore_ascii_case("annum") { DurationUnit::Year } else { vocabulary::duration(word)? };
    let is_whole = !char_at(text, unit_end).is_some_and(is_word_char);
    is_whole.then_some(Part { value, range: at..unit_end })
}

/// A period in one word at a byte: `monthly`.
fn adverb(text: &str, at: usize) -> Option<Part<DurationUnit>> {
    let end = after_letters(text, at);
    let value = vocabulary::frequency(slice(text, at..end))?;
    let is_whole = !char_at(text, end).is_some_and(is_word_char);
    is_whole.then_some(Part { value, range: at..end })
}

/// Whether the words at a byte make a point in time of the time before them: `a year ago`, `two days later`.
fn is_moment(text: &str, at: usize) -> bool {
    let start = scan::after_spaces(text, at);
    let word = slice(text, start..after_letters(text, start));
    ["ago", "later", "earlier", "before", "after", "from", "since", "into", "early", "late", "sooner", "apart"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// The unit that words at a byte state: `percent`, `percentage points`, `hours`. A unit of time in the singular may belong to
/// the word behind it, as in `day care`.
fn unit_behind(text: &str, at: usize) -> Option<Part<Measure>> {
    let end = after_letters(text, at);
    let word = slice(text, at..end);
    let found = match vocabulary::measure(word) {
        Some(value) => Part { value, range: at..end },
        None => percentage_points(text, word, &(at..end))?,
    };
    let is_whole = !char_at(text, found.range.end).is_some_and(is_word_char);
    let is_plural = word.ends_with(['s', 'S']) || !matches!(found.value, Measure::Duration(_));
    (is_whole && is_plural).then_some(found)
}
