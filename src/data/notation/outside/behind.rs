//! What stands right behind a figure: what touches it, a magnitude, a currency, a unit, a period.

use std::ops::Range;

use super::{OBJECT, Outside, is_digit_mark};
use crate::data::figure::{Bound, Unit};
use crate::data::notation::affix::percentage_points;
use crate::data::notation::around::{adverb, introduced, next_word};
use crate::data::notation::compare::DisagreementKind;
use crate::data::notation::mismatch::{period_mismatch, unit_name};
use crate::data::notation::scan::{after_letters, after_spaces, char_at, is_digit_at, is_hyphen, is_word_char, slice};
use crate::data::notation::written::{Measure, Part};
use crate::data::notation::{Currency, Datum, Style, currency, vocabulary, write};

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

/// Holds the text behind a figure against its datum: what touches it, magnitudes, currencies, the period of an amount,
/// `percent` and `points`, and of a count or a duration a unit of time. Other figures may be followed by any period: a rate
/// of 3% may be one a year.
pub fn compare_behind(text: &str, datum: &Datum<'_>) -> Result<(), Outside> {
    touching(text, datum)?;
    let (at, opening) = opening(text);
    if opening != Opening::Break {
        magnitude(text, at, opening, datum)?;
        other_currency(text, at, datum)?;
    }
    if opening == Opening::None {
        unit(text, at, datum.unit)?;
    }
    period(text, at, opening, datum.unit)
}

/// What touches the figure: letters, digits, `%`, `+`, a currency sign.
fn touching(text: &str, datum: &Datum<'_>) -> Result<(), Outside> {
    let Some(c) = char_at(text, 0) else { return Ok(()) };
    let next = c.len_utf8();
    let is_joint = char_at(text, next) == Some(OBJECT);
    let mark = |kind, help: String| {
        let message =
            format!("`{c}` stands outside the figure's brackets, and the figure is {}", unit_name(datum.unit));
        Err(Outside::new(kind, 0..next, message, help))
    };
    match c {
        '+' if is_joint => Ok(()),
        '+' if datum.bound == Some(Bound::Over) => mark(DisagreementKind::Bound, "Leave `+` out: the brackets say it.".into()),
        '+' => mark(
            DisagreementKind::Bound,
            "Leave `+` out, or take it into the brackets and write `bound = \"over\"` in the data if the source says so.".into(),
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
    Err(Outside::glued(0..end, slice(text, 0..end)))
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

/// `million` or `K` behind a space: the figure's own digits were read without it.
fn magnitude(text: &str, at: usize, opening: Opening, datum: &Datum<'_>) -> Result<(), Outside> {
    let end = after_letters(text, at);
    let word = slice(text, at..end);
    let is_money = matches!(datum.unit, Unit::Money { .. });
    let is_word = word.len() > 2 || matches!(word, "K" | "M" | "B" | "bn") || (is_money && word == "k");
    let is_known = vocabulary::magnitude(word).is_some() || ["hundred", "trillion"].contains(&word);
    let is_own = match datum.unit {
        Unit::Other(unit) => unit.split(' ').next() == Some(word),
        Unit::Date => true,
        _ => false,
    };
    if at == 0 || opening != Opening::None || !is_word || !is_known || is_own || !is_whole(text, end) {
        return Ok(());
    }
    let figure = plain(datum);
    let message = format!("the words behind the figure say `{word}`, and the figure is {figure}");
    let help = format!("Leave `{word}` out, and write the whole figure between the brackets, such as `{figure}`.");
    Err(Outside::new(DisagreementKind::Value, at..end, message, help))
}

/// The code or the name of a currency that is not the figure's.
fn other_currency(text: &str, at: usize, datum: &Datum<'_>) -> Result<(), Outside> {
    let end = after_letters(text, at);
    let word = slice(text, at..end);
    let Some(stated) = vocabulary::currency(word).filter(|_| is_whole(text, end)) else { return Ok(()) };
    let is_code = Currency::from_code(word).is_some();
    let fits = match datum.unit {
        Unit::Money { currency, .. } => currency.as_ref() == stated.code(),
        // `3 euro countries`
        Unit::Date => true,
        _ => !is_code && !word.ends_with(['s', 'S']),
    };
    if fits || (is_code && stated.is_also_word()) {
        return Ok(());
    }
    let message = format!("the words behind the figure say `{word}`, and the figure is {}", unit_name(datum.unit));
    let help = format!("Leave `{word}` out: the figure is {}.", plain(datum));
    Err(Outside::new(DisagreementKind::Currency, at..end, message, help))
}

/// The period of an amount.
fn period(text: &str, at: usize, opening: Opening, unit: &Unit) -> Result<(), Outside> {
    let Unit::Money { period, .. } = unit else { return Ok(()) };
    let is_phrase = |part: &Part<&str>| {
        let next = next_word(text, part.range.end);
        let starts = |words: &str| words.split(' ').any(|word| next.eq_ignore_ascii_case(word));
        let first = next_word(text, part.range.start);
        let is_thought = starts(THOUGHTS) || ["each", "every"].iter().any(|word| first.eq_ignore_ascii_case(word));
        !(starts(MOMENTS) || opening == Opening::Break && is_thought)
    };
    let ends = |part: &Part<&str>| opening == Opening::None || next_word(text, part.range.end).is_empty();
    let stated = introduced(text, at).filter(is_phrase).or_else(|| adverb(text, at).filter(ends));
    let Some(stated) = stated.filter(|part| period.as_deref() != Some(part.value)) else { return Ok(()) };
    let shown = slice(text, stated.range.clone());
    let says = format!("the words behind the figure say `{shown}`");
    let mismatch = period_mismatch(&says, shown, stated.value, unit);
    Err(Outside::new(mismatch.kind, stated.range, mismatch.message, mismatch.help.unwrap_or_default()))
}

/// The unit of what is no money.
fn unit(text: &str, at: usize, unit: &Unit) -> Result<(), Outside> {
    let Some(stated) = stated_unit(text, at, unit) else { return Ok(()) };
    let fits = match (unit, stated.value) {
        (Unit::Percent, Measure::Percent) | (Unit::Points, Measure::Points) => true,
        (_, Measure::Percent | Measure::Points) => false,
        (Unit::Duration(own), Measure::Duration(other)) => *own == other,
        (unit, Measure::Duration(_)) => {
            let next = next_word(text, stated.range.end);
            *unit != Unit::Count || MOMENTS.split(' ').any(|word| next.eq_ignore_ascii_case(word))
        }
    };
    if fits {
        return Ok(());
    }
    let shown = slice(text, stated.range.clone());
    let message = format!("the words behind the figure say `{shown}`, and the figure is {}", unit_name(unit));
    let help = format!("Leave `{shown}` out, or give the figure that unit in the data if the source does.");
    Err(Outside::new(DisagreementKind::Unit, stated.range, message, help))
}

/// The unit that words at a byte state: `percent`, `percentage points`, `hours`, and behind a percentage `points`. A unit of
/// time in the singular may belong to the word behind it, as in `day care`.
fn stated_unit(text: &str, at: usize, unit: &Unit) -> Option<Part<Measure>> {
    let range: Range<usize> = at..after_letters(text, at);
    let word = slice(text, range.clone());
    let is_points =
        *unit == Unit::Percent && ["points", "point", "pp"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let found = match vocabulary::measure(word) {
        Some(value) => Part { value, range },
        None if is_points => Part { value: Measure::Points, range },
        None => percentage_points(text, word, &range)?,
    };
    let is_plural = word.ends_with(['s', 'S']) || !matches!(found.value, Measure::Duration(_));
    (is_whole(text, found.range.end) && is_plural).then_some(found)
}

/// Whether a word ends at a byte.
fn is_whole(text: &str, end: usize) -> bool {
    !char_at(text, end).is_some_and(is_word_char)
}

/// The datum without its bound.
fn plain(datum: &Datum<'_>) -> String {
    write(&Datum { bound: None, ..*datum }, &Style::default())
}
