//! What stands right behind a figure: what touches it, a magnitude, a currency, a unit, a period.

use super::problem::{OBJECT, Outside, Side, is_digit_mark};
use crate::data::amount::Bound;
use crate::data::notation::affix::thing_at;
use crate::data::notation::around::{adverb, introduced, is_beside, next_word, per_factor};
use crate::data::notation::mismatch::{DisagreementKind, per_mismatch, plain, unit_name};
use crate::data::notation::scan::{
    after_letters, after_spaces, char_at, is_digit_at, is_hyphen, is_word_char, power, slice,
};
use crate::data::notation::written::{Part, Shape, Written};
use crate::data::notation::{Currency, Datum, currency, names, vocabulary};
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing, Unit};

/// Words that make a point in time of the time before them: `a year ago`, `two days later`.
const MOMENTS: &str = "ago later earlier before after from since into early late sooner apart";

/// Words behind a time that make it the start of a new thought: `$5, a day of work`.
const THOUGHTS: &str = "of in that when where which while with without to on";

/// What leads from a figure to the words behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A space, a hyphen, or nothing.
    None,
    /// A parenthesis.
    Parenthesis,
    /// A comma or a dash.
    Break,
}

/// Holds the text behind a figure against its datum: what touches it, magnitudes, currencies, for how much of what it is,
/// `percent` and `points`, the noun of what it counts, and of a count or a quantity another unit. A figure that is for nothing in
/// particular may be followed by any period, unless it is money: a rate of 3% may be one a year. Gives whether the text says for how
/// much of what the figure is.
pub(in crate::data::notation) fn compare_behind(
    text: &str,
    written: &Written,
    datum: &Datum<'_>,
) -> Result<bool, Outside> {
    touching(text, datum)?;
    let (at, opening) = opening(text);
    if opening != Opening::Break {
        magnitude(text, at, opening, datum)?;
        other_currency(text, at, datum)?;
    }
    if opening == Opening::None {
        noun(text, at, written, datum.unit)?;
        unit(text, at, datum.unit)?;
    }
    per(text, at, opening, datum.unit)
}

/// What touches the figure: letters, digits, `%`, `+`, a currency sign.
fn touching(text: &str, datum: &Datum<'_>) -> Result<(), Outside> {
    let Some(c) = char_at(text, 0) else { return Ok(()) };
    let next = c.len_utf8();
    let is_joint = char_at(text, next) == Some(OBJECT);
    let mark = |kind, help: String| {
        let message =
            format!("`{c}` stands outside the figure's brackets, and the figure is {}", unit_name(datum.unit));
        Err(Outside::behind(kind, 0..next, message, help))
    };
    match c {
        '+' if is_joint => Ok(()),
        '+' if matches!(datum.stated_bound(), Some(Bound::Over | Bound::AtLeast)) => mark(DisagreementKind::Bound, "Leave `+` out: the brackets say it.".into()),
        '+' => mark(
            DisagreementKind::Bound,
            "Leave `+` out, or take it into the brackets and write `bound = \"at-least\"` in the data if the source says so.".into(),
        ),
        '%' | '‰' => mark(DisagreementKind::Unit, format!("Leave `{c}` out.")),
        c if currency::is_sign(c) && !is_joint => {
            mark(DisagreementKind::Currency, format!("Leave `{c}` out: the currency belongs into the brackets."))
        }
        c if is_word_char(c) => glued(text, 0),
        c if (is_digit_mark(c) || is_hyphen(c) || c == '–') && is_digit_at(text, next) => glued(text, next),
        _ => Ok(()),
    }
}

/// The error for what runs on from a byte without a space.
fn glued(text: &str, at: usize) -> Result<(), Outside> {
    let rest = text.get(at..).unwrap_or_default();
    let end = at + rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
    Err(Outside::glued(Side::Behind, 0..end, slice(text, 0..end)))
}

/// Where the words behind a figure start, and what leads to them.
fn opening(text: &str) -> (usize, Opening) {
    let spaced = after_spaces(text, 0);
    let Some(c) = char_at(text, spaced) else { return (spaced, Opening::None) };
    let next = spaced + c.len_utf8();
    let words = after_spaces(text, next);
    match c {
        '(' => (next, Opening::Parenthesis),
        ',' if spaced == 0 && words > next => (words, Opening::Break),
        '—' => (words, Opening::Break),
        '–' | '-' if spaced > 0 && words > next => (words, Opening::Break),
        c if spaced == 0 && is_hyphen(c) => (next, Opening::None),
        _ => (spaced, Opening::None),
    }
}

/// `million` or `K` behind a space, or a power of ten: the figure's own digits were read without it.
fn magnitude(text: &str, at: usize, opening: Opening, datum: &Datum<'_>) -> Result<(), Outside> {
    let end = after_letters(text, at);
    let word = slice(text, at..end);
    let is_money = datum.unit.is_money();
    let is_word = word.len() > 2 || matches!(word, "K" | "M" | "B" | "bn" | "tn") || (is_money && word == "k");
    let is_known = vocabulary::magnitude(word).is_some() || ["hundred", "dozen", "quadrillion"].contains(&word);
    let is_own = match &datum.unit.thing {
        Thing::Measure(measure) => measure.word.split(' ').next() == Some(word),
        Thing::Date => true,
        _ => false,
    };
    let is_word = at > 0 && opening == Opening::None && is_word && is_known && !is_own && is_whole(text, end);
    let power = power(text, 0).map(|(_, end)| end);
    let Some(end) = power.or(is_word.then_some(end)) else { return Ok(()) };
    let word = slice(text, at..end);
    let figure = plain(datum);
    let message = format!("the words behind the figure say `{word}`, and the figure is {figure}");
    let help = format!("Leave `{word}` out, and write the whole figure between the brackets, such as `{figure}`.");
    Err(Outside::behind(DisagreementKind::Value, at..end, message, help))
}

/// The code or the name of a currency that is not the figure's.
fn other_currency(text: &str, at: usize, datum: &Datum<'_>) -> Result<(), Outside> {
    let end = after_letters(text, at);
    let word = slice(text, at..end);
    let Some(stated) = vocabulary::currency(word).filter(|_| is_whole(text, end)) else { return Ok(()) };
    let is_code = Currency::from_code(word).is_some();
    let fits = match &datum.unit.thing {
        Thing::Money(currency) => currency.as_ref() == stated.code(),
        // `3 euro countries`
        Thing::Date => true,
        _ => !is_code && !word.ends_with(['s', 'S']),
    };
    if fits || (is_code && stated.is_also_word()) {
        return Ok(());
    }
    let message = format!("the words behind the figure say `{word}`, and the figure is {}", unit_name(datum.unit));
    let help = format!("Leave `{word}` out: the figure is {}.", plain(datum));
    Err(Outside::behind(DisagreementKind::Currency, at..end, message, help))
}

/// For how much of what the figure is.
fn per(text: &str, at: usize, opening: Opening, unit: &Unit) -> Result<bool, Outside> {
    if !unit.is_money() && unit.per.is_none() {
        return Ok(false);
    }
    let own = unit.per.as_ref();
    let is_phrase = |part: &Part<Measure>| {
        let next = next_word(text, part.range.end);
        let starts = |words: &str| words.split(' ').any(|word| next.eq_ignore_ascii_case(word));
        let first = next_word(text, part.range.start);
        let is_thought = starts(THOUGHTS) || ["each", "every"].iter().any(|word| first.eq_ignore_ascii_case(word));
        !(starts(MOMENTS) || opening == Opening::Break && is_thought)
    };
    let ends = |part: &Part<Measure>| opening == Opening::None || next_word(text, part.range.end).is_empty();
    let at = match &unit.thing {
        Thing::Measure(measure) => {
            names::noun_at(text, at, &measure.word).map_or(at, |(_, end)| after_spaces(text, end))
        }
        _ => at,
    };
    let stated = introduced(text, at, own).filter(is_phrase).or_else(|| adverb(text, at).filter(ends));
    let stated = stated.or_else(|| behind_noun(text, at, own?).filter(|_| opening == Opening::None));
    let is_own = |stated: &Measure| own.is_some_and(|own| per_factor(own, stated) == Some(Number::ONE));
    let Some(stated) = stated else { return Ok(false) };
    if is_own(&stated.value) || is_beside(own, &stated.value) {
        return Ok(true);
    }
    let shown = slice(text, stated.range.clone());
    let says = format!("the words behind the figure say `{shown}`");
    let mismatch = per_mismatch(&says, shown, &stated.value, unit);
    Err(Outside::behind(mismatch.kind, stated.range, mismatch.message, mismatch.help.unwrap_or_default()))
}

/// `per serving` behind some words that go on from the figure: `of salt per serving`.
fn behind_noun(text: &str, at: usize, own: &Measure) -> Option<Part<Measure>> {
    let mut at = at;
    for _ in 0..6 {
        let end = after_letters(text, at);
        let word = slice(text, at..end);
        if word.eq_ignore_ascii_case("per") {
            return introduced(text, at, Some(own));
        }
        let next = after_spaces(text, end);
        if word.is_empty() || next == end {
            return None;
        }
        at = next;
    }
    None
}

/// The noun of what is counted, which must have the number that the figure needs.
fn noun(text: &str, at: usize, written: &Written, unit: &Unit) -> Result<(), Outside> {
    let (Thing::Measure(measure), Shape::One(quantity)) = (&unit.thing, &written.shape) else { return Ok(()) };
    let is_glued = char_at(text, 0).is_some_and(is_hyphen);
    let Some((_, end)) = names::noun_at(text, at, &measure.word).filter(|_| !is_glued) else { return Ok(()) };
    let shown = slice(text, at..end);
    let next = next_word(text, end);
    let goes_on = !next.is_empty() && introduced(text, after_spaces(text, end), unit.per.as_ref()).is_none();
    let Some((is_singular, other)) = names::other_number(shown, &unit.thing).filter(|_| !goes_on) else {
        return Ok(());
    };
    if is_singular == quantity.is_one() {
        return Ok(());
    }
    let number = if is_singular { "one" } else { "more than one" };
    let message =
        format!("`{shown}` behind the figure is the word for {number}, and the text says `{}`", written.text.trim());
    Err(Outside::behind(DisagreementKind::Unit, at..end, message, format!("Write `{other}`.")))
}

/// The unit of what is no money.
fn unit(text: &str, at: usize, unit: &Unit) -> Result<(), Outside> {
    let Some(stated) = stated_unit(text, at, unit) else { return Ok(()) };
    let is_moment = || {
        let next = next_word(text, stated.range.end);
        MOMENTS.split(' ').any(|word| next.eq_ignore_ascii_case(word))
    };
    let fits = match (&unit.thing, &stated.value) {
        (_, Thing::Times) => true,
        (Thing::Percent, Thing::Percent) | (Thing::Points, Thing::Points) => true,
        (_, Thing::Percent | Thing::Points) => false,
        (Thing::Measure(own), Thing::Measure(other)) if !own.is_count() => own.word == other.word,
        (Thing::Number | Thing::Measure(_), _) => is_moment(),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    let shown = slice(text, stated.range.clone());
    let message = format!("the words behind the figure say `{shown}`, and the figure is {}", unit_name(unit));
    let help = format!("Leave `{shown}` out, or give the figure that unit in the data if the source does.");
    Err(Outside::behind(DisagreementKind::Unit, stated.range, message, help))
}

/// The unit that words at a byte state: `percent`, `percentage points`, `hours`, and behind a percentage `points`. A unit that
/// has a plural and stands in the singular may belong to the word behind it, as in `day care`.
fn stated_unit(text: &str, at: usize, unit: &Unit) -> Option<Part<Thing>> {
    let points = || {
        let end = ["points", "point"].iter().find_map(|word| names::phrase_end(text, at, word))?;
        unit.is_percent().then_some(Part { value: Thing::Points, range: at..end })
    };
    let found = thing_at(text, at).or_else(points)?;
    let shown = slice(text, found.range.clone());
    let is_adjective = matches!(found.value, Thing::Measure(_))
        && names::other_number(shown, &found.value).is_some_and(|(is_singular, _)| is_singular);
    (is_whole(text, found.range.end) && !is_adjective).then_some(found)
}

/// Whether a word ends at a byte.
fn is_whole(text: &str, end: usize) -> bool {
    !char_at(text, end).is_some_and(is_word_char)
}
