//! What the words around a figure's numbers say: a bound, a period.

use std::ops::Range;

use super::DurationUnit;
use super::scan::{self, after_letters, char_at, is_hyphen, is_word_char, slice};
use super::vocabulary;
use super::written::Part;
use crate::data::figure::Bound;

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

/// The key of the period that a text states: `per month` anywhere, `a month` or `/mo` behind the number; of money `monthly` too.
pub(super) fn period(text: &str, number: usize, is_money: bool) -> Option<Part<&'static str>> {
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

/// A period that a word or a stroke introduces at a byte: `a month`, `per month`, `each month`, `/mo`, `-a-month`, `p.a.`.
pub(super) fn introduced(text: &str, at: usize) -> Option<Part<&'static str>> {
    let first = char_at(text, at)?;
    if slice(text, at..at + 4).eq_ignore_ascii_case("p.a.") {
        return Some(Part { value: DurationUnit::Year.key(), range: at..at + 4 });
    }
    let end = if first.is_alphabetic() { after_letters(text, at) } else { at + first.len_utf8() };
    let word = slice(text, at..end);
    if word != "/" && !["per", "a", "an", "each", "every"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return None;
    }
    let joined = char_at(text, end).filter(|&c| is_hyphen(c)).map_or(end, |c| end + c.len_utf8());
    let start = scan::after_spaces(text, joined);
    let unit_end = after_letters(text, start);
    let value = vocabulary::period(slice(text, start..unit_end))?;
    // `a quarter of the base` is a share.
    let is_share = value == vocabulary::QUARTER && next_word(text, unit_end).eq_ignore_ascii_case("of");
    let is_whole = !char_at(text, unit_end).is_some_and(is_word_char);
    (is_whole && !is_share).then_some(Part { value, range: at..unit_end })
}

/// A period in one word at a byte: `monthly`.
pub(super) fn adverb(text: &str, at: usize) -> Option<Part<&'static str>> {
    let end = after_letters(text, at);
    let value = vocabulary::frequency(slice(text, at..end))?;
    let is_whole = !char_at(text, end).is_some_and(is_word_char);
    is_whole.then_some(Part { value, range: at..end })
}

/// The word behind a byte, spaces aside; empty where something else stands there.
pub(super) fn next_word(text: &str, at: usize) -> &str {
    let start = scan::after_spaces(text, at);
    slice(text, start..after_letters(text, start))
}
