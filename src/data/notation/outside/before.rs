//! What stands right before a figure: a sign, a currency, a period, a bound.

use std::ops::Range;

use super::problem::{OBJECT, Outside, Side, is_digit_mark, object_before};
use crate::data::amount::Bound;
use crate::data::notation::agree::{bound_words, is_bound_of};
use crate::data::notation::around::{introduced, per, per_factor};
use crate::data::notation::mismatch::{DisagreementKind, per_mismatch, plain, unit_name};
use crate::data::notation::scan::{after_spaces, before_spaces, char_before, is_word_char, slice};
use crate::data::notation::written::Written;
use crate::data::notation::{Currency, Datum, Style, currency, names, vocabulary, write};
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing, Unit};

/// Holds the text before a figure against its datum, and reports a bound of the datum that neither the figure's own text nor
/// the words before state. The end of a range may say which end it is: `up to` its high end. What the sentence begins with counts unless
/// something nearer says for how much of what the figure is. Gives the warning for a limit that the sentence doesn't call one.
pub(in crate::data::notation) fn compare_before(
    text: &str,
    written: &Written,
    datum: &Datum<'_>,
    range_end: Option<Bound>,
    has_per: bool,
) -> Result<Option<(String, String)>, Outside> {
    touching(text, datum)?;
    let end = before_spaces(text, text.len());
    let (end, stated) = bounds(text, end, datum, range_end)?;
    minus(text, end)?;
    if datum.unit.is_money() || datum.unit.per.is_some() {
        period(text, end, datum.unit)?;
    }
    if let Thing::Money(currency) = &datum.unit.thing {
        other_currency(text, end, currency, datum)?;
    }
    if !has_per && written.per.is_none() {
        at_start(text, datum.unit)?;
        noun_phrase(text, end, datum.unit)?;
    }
    let stated = stated.or_else(|| is_second_end(text).then_some(Bound::About));
    missing_bound(written, datum, stated)
}

/// Whether the figure is the second end of a range of two links, which the words before the first one hedge:
/// `about [$4](…) to [$8](…)`.
fn is_second_end(text: &str) -> bool {
    let end = before_spaces(text, text.len());
    let text = slice(text, 0..end);
    let word = ["to", "and"].iter().find_map(|word| vocabulary::ends_with(text, word));
    let start = word.or_else(|| text.strip_suffix(['–', '-']).map(str::len));
    start.is_some_and(|start| object_before(text, before_spaces(text, start)))
}

/// What touches the figure: a sign, a currency sign, `%`, letters and digits.
fn touching(text: &str, datum: &Datum<'_>) -> Result<(), Outside> {
    let at = text.len();
    let Some(c) = char_before(text, at) else { return Ok(()) };
    let range = at - c.len_utf8()..at;
    let beyond = char_before(text, range.start);
    match c {
        '-' | '\u{2212}' | '+' | '–' if is_sign(text, c, range.start) => Err(sign(range, c)),
        '%' => {
            let message = format!("`%` stands right before the figure, and the figure is {}", unit_name(datum.unit));
            Err(Outside::before(
                DisagreementKind::Unit,
                range,
                message,
                "Put a space behind `%`, or leave it out.".into(),
            ))
        }
        c if currency::is_sign(c) => {
            let message = format!("`{c}` stands outside the figure's brackets");
            let help = format!("Leave `{c}` out: the currency belongs into the brackets, `{}`.", plain(datum));
            Err(Outside::before(DisagreementKind::Currency, range, message, help))
        }
        c if is_word_char(c) => {
            let start = word_start(text, at);
            Err(Outside::glued(Side::Before, start..at, slice(text, start..at)))
        }
        c if beyond.is_some_and(|c| c.is_ascii_digit()) => {
            let start = word_start(text, range.start);
            // `5–` is half a range; in `L5–` the dash joins words.
            let is_number = slice(text, start..range.start).bytes().all(|byte| byte.is_ascii_digit());
            let joins = is_digit_mark(c) || matches!(c, '-' | '–') && is_number;
            if joins { Err(Outside::glued(Side::Before, start..at, slice(text, start..at))) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Whether a dash or a plus before a figure is its sign: it joins nothing before it, and is no range of two figures.
fn is_sign(text: &str, c: char, at: usize) -> bool {
    let joins = |c: char| is_word_char(c) || matches!(c, '%' | ')' | '"' | '”' | '+' | '-') || c == OBJECT;
    let is_range = c == '–' && object_before(text, before_spaces(text, at));
    !is_range && !char_before(text, at).is_some_and(joins)
}

fn sign(range: Range<usize>, c: char) -> Outside {
    let message = format!("the sign `{c}` stands outside the figure's brackets");
    let help = match c {
        '-' | '–' => {
            format!(
                "Leave `{c}` out, since a sign belongs into the brackets, or put a space behind it if it is a dash."
            )
        }
        _ => format!("Leave `{c}` out: a sign belongs into the brackets."),
    };
    Outside::before(DisagreementKind::Sign, range, message, help)
}

/// The words of bounds right before a figure, which must be the datum's: where they start, and what they say.
fn bounds(
    text: &str,
    mut end: usize,
    datum: &Datum<'_>,
    range_end: Option<Bound>,
) -> Result<(usize, Option<Bound>), Outside> {
    let mut stated = None;
    while let Some((bound, start)) = vocabulary::bound_before(slice(text, 0..end)) {
        let range = start..end;
        end = before_spaces(text, start);
        let is_own = is_bound_of(bound, datum.stated_bound());
        if !is_own && !is_end(bound, range_end) && !is_prose(text, &range, datum.unit) {
            return Err(bound_outside(slice(text, range.clone()), range, bound));
        }
        stated = stated.filter(|stated| *stated != Bound::About || !is_own).or(Some(bound).filter(|_| is_own));
    }
    Ok((end, stated))
}

/// Whether a bound may be said of an end of a range: `at least` and `over` of the low one, `up to` and `under` of the high one.
fn is_end(stated: Bound, range_end: Option<Bound>) -> bool {
    match stated {
        Bound::Over | Bound::AtLeast => range_end == Some(Bound::AtLeast),
        Bound::Under | Bound::UpTo => range_end == Some(Bound::UpTo),
        Bound::About => false,
    }
}

/// Whether a word of a bound may be prose: `over 3 years` is during them, `5% over $400` compares two figures, `below $400`
/// compares with one, and parts add up to a sum.
fn is_prose(text: &str, range: &Range<usize>, unit: &Unit) -> bool {
    let phrase = slice(text, range.clone());
    let before = before_spaces(text, range.start);
    let is_word = phrase.starts_with(char::is_alphabetic);
    let sum = slice(text, word_start(text, before)..before);
    let is_date = unit.thing == Thing::Date;
    let adds = ["add", "adds", "added", "adding", "sum", "sums", "summing"];
    match () {
        () if is_date && is_word => true,
        () if unit.is_time() && phrase.eq_ignore_ascii_case("over") => true,
        () if object_before(text, before) => true,
        () if phrase.eq_ignore_ascii_case("up to") => adds.iter().any(|word| sum.eq_ignore_ascii_case(word)),
        () => ["above", "below"].iter().any(|word| phrase.eq_ignore_ascii_case(word)),
    }
}

fn bound_outside(shown: &str, range: Range<usize>, bound: Bound) -> Outside {
    let key = bound_words(bound).1;
    let compare = if matches!(bound, Bound::Over | Bound::AtLeast) { "above" } else { "below" };
    let message = format!("the words before the figure say `{shown}`, and the figure is no such threshold");
    let help = format!(
        "Leave `{shown}` out, or write `{compare}` if the sentence compares something with the figure, or `bound = \"{key}\"` in \
         the data if the source says so."
    );
    Outside::before(DisagreementKind::Bound, range, message, help)
}

/// `minus` before a figure, unless it is taken from another.
fn minus(text: &str, end: usize) -> Result<(), Outside> {
    let Some(start) = vocabulary::ends_with(slice(text, 0..end), "minus") else { return Ok(()) };
    let before = char_before(text, before_spaces(text, start));
    if before.is_some_and(|c| c == OBJECT || c == ')' || c.is_ascii_digit()) {
        return Ok(());
    }
    let shown = slice(text, start..end);
    let message = format!("`{shown}` before the figure is a sign outside its brackets");
    let help =
        format!("Leave `{shown}` out: a sign belongs into the brackets. Write `less` where something is subtracted.");
    Err(Outside::before(DisagreementKind::Sign, start..end, message, help))
}

/// `annual`, `monthly` before a figure that is for a period, or for none.
fn period(text: &str, end: usize, unit: &Unit) -> Result<(), Outside> {
    let start = word_start(text, end);
    let shown = slice(text, start..end);
    let Some(stated) = vocabulary::frequency(shown).map(Measure::one) else { return Ok(()) };
    if is_for(unit, &stated) {
        return Ok(());
    }
    let mismatch = per_mismatch(&format!("the word before the figure says `{shown}`"), shown, &stated, unit);
    let help = match &unit.per {
        Some(_) => format!("Leave `{shown}` out."),
        None => mismatch.help.unwrap_or_default(),
    };
    Err(Outside::before(mismatch.kind, start..end, mismatch.message, help))
}

/// `Per serving, …` at the start of the sentence.
fn at_start(text: &str, unit: &Unit) -> Result<(), Outside> {
    let Some(own) = &unit.per else { return Ok(()) };
    let mark =
        text.rmatch_indices(['.', '!', '?', ';', ':']).find(|(at, _)| text[at + 1..].starts_with(char::is_whitespace));
    let start = after_spaces(text, mark.map_or(0, |(at, _)| at + 1));
    let is_per = names::phrase_end(text, start, "per").is_some();
    let Some(stated) = introduced(text, start, Some(own)).filter(|stated| is_per && !is_for(unit, &stated.value))
    else {
        return Ok(());
    };
    if per(slice(text, stated.range.end..text.len()), 0, true, Some(own)).is_some() {
        return Ok(());
    }
    let shown = slice(text, stated.range.clone());
    let says = format!("the sentence begins with `{shown}`");
    let mismatch = per_mismatch(&says, shown, &stated.value, unit);
    Err(Outside::before(mismatch.kind, stated.range, mismatch.message, mismatch.help.unwrap_or_default()))
}

/// `the yearly minimum is`, `a monthly fee of`: the word for a period in the noun phrase that the figure ends.
fn noun_phrase(text: &str, end: usize, unit: &Unit) -> Result<(), Outside> {
    let is_time = |per: &Measure| Unit::measure(&per.word).is_time();
    let verb =
        ["is", "was", "are", "were", "of"].iter().find_map(|word| vocabulary::ends_with(slice(text, 0..end), word));
    let (Some(mut end), true) = (verb, unit.per.as_ref().is_some_and(is_time)) else { return Ok(()) };
    // One or two nouns stand behind the word.
    for _ in 0..2 {
        end = before_spaces(text, end);
        end = word_start(text, end);
        let word_end = before_spaces(text, end);
        if word_end == end {
            return Ok(());
        }
        period(text, word_end, unit)?;
    }
    Ok(())
}

fn is_for(unit: &Unit, stated: &Measure) -> bool {
    unit.per.as_ref().is_some_and(|own| per_factor(own, stated) == Some(Number::ONE))
}

/// The code or the sign of a currency before an amount in another.
fn other_currency(text: &str, end: usize, own: &str, datum: &Datum<'_>) -> Result<(), Outside> {
    let start = word_start(text, end);
    let shown = slice(text, start..end);
    let Some(stated) = Currency::from_code(shown).filter(|stated| !stated.is_also_word() && stated.code() != own)
    else {
        return Ok(());
    };
    let message = format!("the word before the figure says `{}`, and the figure is in {own}", stated.code());
    let help = format!("Leave `{shown}` out: the figure is {}.", plain(datum));
    Err(Outside::before(DisagreementKind::Currency, start..end, message, help))
}

/// A bound that the source states and the sentence leaves out. A limit that can be reached is the number itself, so leaving it out
/// is no error: "the plan has 50 projects" is true of one that has up to 50.
fn missing_bound(
    written: &Written,
    datum: &Datum<'_>,
    before: Option<Bound>,
) -> Result<Option<(String, String)>, Outside> {
    let Some(bound) = datum.stated_bound() else { return Ok(None) };
    let inside = written.bound.as_ref().map(|part| part.value);
    let is_stated =
        |stated: Bound| is_bound_of(stated, Some(bound)) && (stated != Bound::About || bound == Bound::About);
    if [inside, before].into_iter().flatten().any(is_stated) {
        return Ok(None);
    }
    let word = bound_words(bound).0;
    // A hedge inside gives way to the threshold.
    let text = match &written.bound {
        Some(part) => written.text.get(part.range.end..).unwrap_or_default().trim_start(),
        None => written.text.trim(),
    };
    let message = format!("the source says {}, and the text leaves out `{word}`", write(datum, &Style::default()));
    let help = format!("Write `{word} {text}` between the brackets, or `{word}` before the link.");
    match bound {
        Bound::AtLeast | Bound::UpTo if datum.threshold().is_none() => Ok(Some((message, help))),
        _ => Err(Outside { kind: DisagreementKind::Bound, side: Side::Before, range: None, message, help }),
    }
}

/// Where the letters and digits start that end at a byte.
fn word_start(text: &str, end: usize) -> usize {
    slice(text, 0..end).trim_end_matches(is_word_char).len()
}
