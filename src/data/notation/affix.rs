//! What stands around the digits of a number: sign and currency before them; magnitude, currency and unit behind.

use std::ops::Range;

use super::scan::{self, after_letters, after_spaces, before_spaces, char_at, char_before, is_digit_at, is_hyphen};
use super::scan::{is_word_char, slice};
use super::written::{Magnitude, Part, Sign};
use super::{Currency, currency, names, vocabulary};
use crate::data::unit::Thing;

/// What says that a number is money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// A currency that the grammar knows.
    Known(Currency),
    /// Cents, which a figure's text can't be in.
    Cents,
    /// A sign such as `₹`, for which the code must be written.
    UnknownSign,
}

/// What stands straight before a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prefix {
    /// Where the number starts with all of it.
    pub(super) start: usize,
    pub(super) sign: Option<Part<Sign>>,
    pub(super) money: Option<Part<Money>>,
    /// `#`
    pub(super) hash: bool,
}

/// What stands behind a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Suffix {
    /// Where the last of it ends.
    pub(super) end: usize,
    pub(super) magnitude: Option<Part<Magnitude>>,
    pub(super) money: Option<Part<Money>>,
    pub(super) thing: Option<Part<Thing>>,
    /// `+`, which says that it may be more.
    pub(super) plus: Option<Range<usize>>,
    /// `nd`
    pub(super) ordinal: Option<Range<usize>>,
    /// Letters straight behind the digits that are none of these.
    pub(super) glued: Option<Range<usize>>,
    /// Whether a currency stands before the digits.
    pub(super) after_money: bool,
}

/// How a word is joined to what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Hyphen,
}

/// What stands before the number at a byte, back to a floor at which something else ends.
pub(super) fn prefix(text: &str, number: usize, floor: usize) -> Prefix {
    let hash = number > floor && char_before(text, number) == Some('#');
    if hash {
        return Prefix { start: number - 1, sign: None, money: None, hash };
    }
    let inner = sign_before(text, number, floor);
    let inner_start = inner.as_ref().map_or(number, |sign| sign.range.start);
    let money = money_before(text, inner_start, floor);
    let inner = inner.filter(|_| money.is_some() || !money_touches(text, inner_start, floor));
    let start =
        money.as_ref().map_or(inner.as_ref().map_or(number, |sign| sign.range.start), |money| money.range.start);
    let sign = inner.or_else(|| money.as_ref().and_then(|money| sign_before(text, money.range.start, floor)));
    let sign = sign.or_else(|| minus_before(text, start, floor));
    let start = sign.as_ref().map_or(start, |sign| sign.range.start.min(start));
    Prefix { start, sign, money, hash }
}

/// What stands behind the number that ends at a byte. Behind an amount of money the noun of a duration is just a word.
pub(super) fn suffix(text: &str, end: usize, after_money: bool) -> Suffix {
    let mut suffix = Suffix { end, after_money, ..Suffix::default() };
    while suffix.take(text, end) {}
    suffix
}

impl Suffix {
    /// Takes in one more part; whether there was one.
    fn take(&mut self, text: &str, number_end: usize) -> bool {
        let here = self.end;
        let Some(first) = char_at(text, here) else { return false };
        if let Some((exponent, end)) = scan::power(text, here).filter(|_| here == number_end) {
            self.magnitude = Some(Part { value: Magnitude::Power(exponent), range: here..end });
            self.end = end;
            return true;
        }
        if first == '+' && self.plus.is_none() && !is_digit_at(text, here + 1) {
            self.plus = Some(here..here + 1);
            self.end = here + 1;
            return true;
        }
        let spaced = after_spaces(text, here);
        let hyphened = here + first.len_utf8();
        let (at, gap) = match () {
            () if spaced > here => (spaced, Gap::Space),
            () if is_hyphen(first) => (hyphened, Gap::Hyphen),
            () => (here, Gap::None),
        };
        match char_at(text, at) {
            Some(sign @ ('%' | '×')) if gap != Gap::Hyphen && self.thing.is_none() => {
                let end = at + sign.len_utf8();
                // Before digits, `×` multiplies.
                let is_times = sign == '×' && !is_digit_at(text, after_spaces(text, end));
                let value = if sign == '%' { Thing::Percent } else { Thing::Times };
                (sign == '%' || is_times) && self.take_thing(Part { value, range: at..end })
            }
            Some(sign) if currency::is_sign(sign) => {
                let range = at..at + sign.len_utf8();
                // A sign before a number is that number's own.
                let free = gap != Gap::Hyphen && !is_digit_at(text, after_spaces(text, range.end));
                let value = match Currency::from_sign(sign) {
                    Some(currency) => Money::Known(currency),
                    None if sign == '¢' => Money::Cents,
                    None => Money::UnknownSign,
                };
                free && self.take_money(Part { value, range })
            }
            Some(letter) if letter.is_alphabetic() || letter == '°' => self.take_word(text, at, gap, number_end),
            _ => false,
        }
    }

    fn take_word(&mut self, text: &str, at: usize, gap: Gap, number_end: usize) -> bool {
        let end = after_letters(text, at);
        let word = slice(text, at..end);
        let glued = gap == Gap::None && at == number_end;
        if let Some(thing) = thing_at(text, at) {
            return self.take_thing(thing);
        }
        let whole = !char_at(text, end).is_some_and(is_word_char);
        if whole && self.take_known(text, word, at..end, gap, glued) {
            return true;
        }
        if glued {
            let rest = text.get(end..).unwrap_or_default();
            let more = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
            self.glued = Some(at..end + more);
        }
        false
    }

    fn take_known(&mut self, text: &str, word: &str, range: Range<usize>, gap: Gap, glued: bool) -> bool {
        let bare = self.magnitude.is_none() && self.money.is_none() && self.thing.is_none();
        if glued && bare && matches!(word, "st" | "nd" | "rd" | "th") {
            self.end = range.end;
            self.ordinal = Some(range);
            return false;
        }
        let written_out = word.len() > 2 || (gap == Gap::Space && matches!(word, "K" | "M" | "B" | "bn" | "tn"));
        // Behind other numbers, `T` is a unit.
        let trillion = (word == "T" && self.after_money).then_some(Magnitude::Trillion);
        let magnitude = vocabulary::magnitude(word).or(trillion);
        if let Some(value) = magnitude.filter(|_| bare && (written_out || gap == Gap::None)) {
            self.end = range.end;
            self.magnitude = Some(Part { value, range });
            return true;
        }
        if let Some(value) = money_word(word) {
            return self.take_money(Part { value, range });
        }
        if word == "US" {
            let dollars = after_spaces(text, range.end)..after_letters(text, after_spaces(text, range.end));
            return match money_word(slice(text, dollars.clone())) {
                Some(value) => self.take_money(Part { value, range: range.start..dollars.end }),
                None => false,
            };
        }
        let is_fold = word.eq_ignore_ascii_case("fold") && gap != Gap::Space || word == "x" && glued;
        is_fold && self.take_thing(Part { value: Thing::Times, range })
    }

    /// Takes in what is counted. Behind an amount of money, it is the noun of something else.
    fn take_thing(&mut self, thing: Part<Thing>) -> bool {
        if self.thing.is_some() || self.money.is_some() || self.after_money {
            return false;
        }
        self.end = thing.range.end;
        self.thing = Some(thing);
        true
    }

    fn take_money(&mut self, money: Part<Money>) -> bool {
        if self.money.is_some() || self.thing.is_some() {
            return false;
        }
        self.end = money.range.end;
        self.money = Some(money);
        true
    }
}

/// What is counted, as words at a byte name it: percent, percentage points, times, or a unit that is known wherever it stands.
pub(super) fn thing_at(text: &str, at: usize) -> Option<Part<Thing>> {
    let named = |phrases: &[&str], value: Thing| {
        let end = phrases.iter().find_map(|phrase| names::phrase_end(text, at, phrase))?;
        Some(Part { value, range: at..end })
    };
    named(&["percent", "per cent"], Thing::Percent)
        .or_else(|| points_at(text, at))
        .or_else(|| named(&["times"], Thing::Times))
        .or_else(|| {
            let (measure, end) = names::unit_at(text, at, names::Known::Plain)?;
            Some(Part { value: Thing::Measure(measure), range: at..end })
        })
}

/// `percentage points`, `pp`, or `percentage-point` before a noun.
fn points_at(text: &str, at: usize) -> Option<Part<Thing>> {
    let end = names::phrase_end(text, at, "pp").or_else(|| {
        let end = names::phrase_end(text, at, "percentage")?;
        let joined = char_at(text, end).filter(|&c| is_hyphen(c)).map_or(0, char::len_utf8);
        let start = after_spaces(text, end + joined);
        ["points", "point"].iter().find_map(|word| names::phrase_end(text, start, word))
    })?;
    Some(Part { value: Thing::Points, range: at..end })
}

fn money_word(word: &str) -> Option<Money> {
    if word.eq_ignore_ascii_case("cents") || word.eq_ignore_ascii_case("cent") {
        return Some(Money::Cents);
    }
    vocabulary::currency(word).map(Money::Known)
}

/// A currency sign or an ISO code that ends before a byte, spaces aside.
fn money_before(text: &str, at: usize, floor: usize) -> Option<Part<Money>> {
    let end = before_spaces(text, at);
    let last = char_before(text, end)?;
    if currency::is_sign(last) {
        let sign = end - last.len_utf8();
        let us = (last == '$').then(|| vocabulary::ends_with(slice(text, 0..sign), "US")).flatten();
        let start = us.filter(|&start| start >= floor && slice(text, start..sign) == "US").unwrap_or(sign);
        let value = Currency::from_sign(last).map_or(Money::UnknownSign, Money::Known);
        return (start >= floor).then_some(Part { value, range: start..end });
    }
    let start = end.checked_sub(3).filter(|&start| start >= floor)?;
    let value = Currency::from_code(text.get(start..end)?)?;
    let apart = !char_before(text, start).is_some_and(is_word_char);
    apart.then_some(Part { value: Money::Known(value), range: start..end })
}

/// Whether something that is no currency touches a sign from before, so that it is no sign but a hyphen.
fn money_touches(text: &str, at: usize, floor: usize) -> bool {
    at > floor && char_before(text, at).is_some_and(currency::is_sign)
}

/// A sign that ends before a byte, unless it joins what stands on both sides of it.
fn sign_before(text: &str, at: usize, floor: usize) -> Option<Part<Sign>> {
    let end = before_spaces(text, at);
    if let Some(start) =
        end.checked_sub('±'.len_utf8()).filter(|&start| start >= floor && slice(text, start..end) == "±")
    {
        return Some(Part { value: Sign::PlusMinus, range: start..end });
    }
    let c = char_before(text, at)?;
    let start = at - c.len_utf8();
    let value = match c {
        '-' | '\u{2212}' => Sign::Minus,
        '+' => Sign::Plus,
        _ => return None,
    };
    let joins = match char_before(text, start) {
        _ if start < floor || (start == floor && floor > 0) => true,
        Some(before) => is_word_char(before) || matches!(before, '%' | ')' | '+'),
        None => false,
    };
    (!joins).then_some(Part { value, range: start..at })
}

/// `minus` as a word before a number.
fn minus_before(text: &str, at: usize, floor: usize) -> Option<Part<Sign>> {
    let end = before_spaces(text, at);
    let start = vocabulary::ends_with(slice(text, 0..end), "minus").filter(|&start| start >= floor && end < at)?;
    Some(Part { value: Sign::Minus, range: start..end })
}
