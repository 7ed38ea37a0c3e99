//! What the words around a figure's numbers say: a bound, the side of zero, for how much of what.

use std::borrow::Cow;
use std::ops::Range;

use super::names::{self, Known};
use super::scan::{self, after_letters, char_at, is_digit_at, is_hyphen, is_word_char, slice};
use super::vocabulary;
use super::written::Part;
use crate::data::amount::Bound;
use crate::data::number::Number;
use crate::data::unit::{Measure, Unit};

/// The bound that stands around a number, or around the two of a range.
pub(super) fn bound(
    text: &str,
    numbers: &Range<usize>,
    is_range: bool,
    plus: Option<Range<usize>>,
) -> Option<Part<Bound>> {
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
    // `from 10 to 20` is a range.
    if let Some(start) = vocabulary::ends_with(slice(text, 0..end), "from").filter(|_| !is_range) {
        keep(Bound::AtLeast, start..end);
    }
    if let Some(plus) = plus {
        keep(Bound::AtLeast, plus);
    } else if let Some((value, length)) = vocabulary::bound_after(slice(text, numbers.end..text.len())) {
        keep(value, scan::after_spaces(text, numbers.end)..numbers.end + length);
    }
    found
}

/// Where `below zero` ends that stands at a byte, spaces aside.
pub(super) fn below_zero(text: &str, at: usize) -> Option<Range<usize>> {
    let start = scan::after_spaces(text, at);
    let end = names::phrase_end(text, start, "below zero")?;
    Some(start..end)
}

/// For how much of what a number is, as a text states it: `per month` anywhere; `a month` or `/mo` behind the number; of money
/// `monthly` too. What a figure is for is known by its own word, such as `serving`.
pub(super) fn per(text: &str, number: usize, is_money: bool, own: Option<&Measure>) -> Option<Part<Measure>> {
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let end = if c.is_alphabetic() { after_letters(text, at) } else { at + c.len_utf8() };
        let is_per = slice(text, at..end).eq_ignore_ascii_case("per");
        let found = introduced(text, at, own).filter(|_| is_per || at > number);
        let found = found.or_else(|| adverb(text, at).filter(|_| is_money && at > number));
        if found.is_some() {
            return found;
        }
        at = end;
    }
    None
}

/// For how much of what, with the word or stroke that introduces it at a byte: `a month`, `per 100 g`, `each month`, `/mo`,
/// `-a-month`, `p.a.`. Anything can follow `per`; other words, only what is known or the figure's own.
pub(super) fn introduced(text: &str, at: usize, own: Option<&Measure>) -> Option<Part<Measure>> {
    let first = char_at(text, at)?;
    if slice(text, at..at + 4).eq_ignore_ascii_case("p.a.") {
        return Some(Part { value: Measure::one("year"), range: at..at + 4 });
    }
    let end = if first.is_alphabetic() { after_letters(text, at) } else { at + first.len_utf8() };
    let lead = match slice(text, at..end) {
        "/" => Lead::Stroke,
        word if word.eq_ignore_ascii_case("per") => Lead::Per,
        word if ["a", "an", "each", "every"].iter().any(|known| word.eq_ignore_ascii_case(known)) => Lead::Article,
        _ => return None,
    };
    let joined = char_at(text, end).filter(|&c| is_hyphen(c)).map_or(end, |c| end + c.len_utf8());
    let (value, end) = measure_at(text, scan::after_spaces(text, joined), lead, own)?;
    // `a quarter of the base` is a share.
    let is_share = &*value.word == vocabulary::QUARTER && next_word(text, end).eq_ignore_ascii_case("of");
    (!is_share).then_some(Part { value, range: at..end })
}

/// A period in one word at a byte: `monthly`.
pub(super) fn adverb(text: &str, at: usize) -> Option<Part<Measure>> {
    let end = after_letters(text, at);
    let value = vocabulary::frequency(slice(text, at..end))?;
    let is_whole = !char_at(text, end).is_some_and(is_word_char);
    is_whole.then(|| Part { value: Measure::one(value), range: at..end })
}

/// The word behind a byte, spaces aside; empty where something else stands there.
pub(super) fn next_word(text: &str, at: usize) -> &str {
    let start = scan::after_spaces(text, at);
    slice(text, start..after_letters(text, start))
}

/// By what a number for one measure is multiplied to be one for another; `None` where they measure different things.
pub(super) fn per_factor(own: &Measure, stated: &Measure) -> Option<Number> {
    if own.is_like(stated) {
        return stated.scale().div(&own.scale());
    }
    let parts = |measure: &Measure| measure.word.split(['-', '·']).map(str::to_owned).collect::<Vec<_>>();
    let (own_parts, mut rest) = (parts(own), parts(stated));
    for part in own_parts {
        rest.swap_remove(rest.iter().position(|other| names::is_same(&part, other))?);
    }
    if rest.is_empty() { stated.number.div(&own.number) } else { None }
}

/// Whether a measure can be said of a figure that is for another one, and takes nothing from it: `per user` of one for a month,
/// `a month` of one for a month and user.
pub(super) fn is_beside(own: Option<&Measure>, stated: &Measure) -> bool {
    let Some(own) = own else { return stated.is_count() };
    let is_time = Unit::measure(&own.word).is_time();
    let is_part =
        own.number == stated.number && own.word.split(['-', '·']).any(|part| names::is_same(part, &stated.word));
    is_part || is_time && stated.is_count()
}

/// What introduces a measure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Per,
    Stroke,
    Article,
}

/// The measure at a byte, with its number, and where it ends: `100 g`, `million requests`, `GB and month`.
fn measure_at(text: &str, at: usize, lead: Lead, own: Option<&Measure>) -> Option<(Measure, usize)> {
    let (number, at) = match lead {
        Lead::Article => (Number::ONE, at),
        Lead::Per | Lead::Stroke => number_at(text, at)?,
    };
    let known = if lead == Lead::Article { Known::Named } else { Known::Any };
    if let Some(end) = own.and_then(|own| Some(names::noun_at(text, at, &own.word)?.1)) {
        return Some((Measure { number, word: own?.word.clone() }, end));
    }
    let free = || {
        let end = after_letters(text, at);
        let word = slice(text, at..end);
        let is_thing = lead == Lead::Per && end > at && !word.eq_ignore_ascii_case("cent");
        is_thing.then_some((Cow::Borrowed(word), end))
    };
    let (word, mut end) = part_at(text, at, known, own).or_else(free)?;
    let mut word = word.into_owned();
    while let Some((part, next)) = joint(text, end).and_then(|start| part_at(text, start, known, own)) {
        word = format!("{word}-{part}");
        end = next;
    }
    Some((Measure { number, word: word.into() }, end))
}

/// A unit at a byte, or a part of the figure's own measure.
fn part_at<'t>(text: &'t str, at: usize, known: Known, own: Option<&'t Measure>) -> Option<(Cow<'t, str>, usize)> {
    let mut parts = own.into_iter().flat_map(|own| own.word.split(['-', '·']));
    let of_own = parts.find_map(|part| Some((Cow::Borrowed(part), names::noun_at(text, at, part)?.1)));
    of_own.or_else(|| {
        let (measure, end) = names::unit_at(text, at, known)?;
        Some((Cow::Owned(measure.word.to_string()), end))
    })
}

/// Where the next part of a product starts: behind `-`, `/`, `and`, `per`.
fn joint(text: &str, at: usize) -> Option<usize> {
    if let Some(c) = char_at(text, at).filter(|&c| is_hyphen(c) || matches!(c, '·' | '/')) {
        return Some(at + c.len_utf8());
    }
    let start = scan::after_spaces(text, at);
    let end = after_letters(text, start);
    let word = slice(text, start..end);
    let joins = start > at && ["and", "per"].iter().any(|known| word.eq_ignore_ascii_case(known));
    joins.then(|| scan::after_spaces(text, end))
}

/// The number before a measure, 1 where there is none, and where the measure starts.
fn number_at(text: &str, at: usize) -> Option<(Number, usize)> {
    let (mut number, mut end) = (Number::ONE, at);
    if is_digit_at(text, at) {
        let run = scan::digit_run(text, at);
        number = Number::from_decimal(&slice(text, run.range.clone()).replace(',', "")).ok()?;
        end = scan::after_spaces(text, run.range.end);
    }
    let word = after_letters(text, end);
    let is_word = word - end > 2;
    if let Some(magnitude) = vocabulary::magnitude(slice(text, end..word)).filter(|_| is_word) {
        number = number.mul(&magnitude.factor())?;
        end = scan::after_spaces(text, word);
    }
    (!number.is_zero()).then_some((number, end))
}
