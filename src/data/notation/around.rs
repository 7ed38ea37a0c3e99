//! What the words around a figure's numbers say: a bound, a period.

use std::ops::Range;

use super::DurationUnit;
use super::scan::{self, after_letters, char_at, is_word_char, slice};
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

/// The period: `per month` anywhere, `a month` or `/mo` behind the number.
pub(super) fn period(text: &str, number: usize) -> Option<Part<DurationUnit>> {
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let end = if c.is_alphabetic() { after_letters(text, at) } else { at + c.len_utf8() };
        let word = slice(text, at..end);
        let behind = at > number;
        let introduces = word.eq_ignore_ascii_case("per")
            || (behind && (word == "/" || word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an")));
        if introduces {
            let start = scan::after_spaces(text, end);
            let unit_end = after_letters(text, start);
            let unit = vocabulary::duration(slice(text, start..unit_end));
            if let Some(value) = unit.filter(|_| !char_at(text, unit_end).is_some_and(is_word_char)) {
                return Some(Part { value, range: at..unit_end });
            }
        }
        at = end;
    }
    None
}
