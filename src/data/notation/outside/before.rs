//! What stands right before a figure: a sign, a currency, a period, a bound.

use std::ops::Range;

use super::{Outside, is_digit_mark, object_before};
use crate::data::figure::{Amount, Bound, Unit};
use crate::data::notation::compare::DisagreementKind;
use crate::data::notation::mismatch::{period_mismatch, unit_name};
use crate::data::notation::scan::{before_spaces, char_before, is_word_char, slice};
use crate::data::notation::written::Written;
use crate::data::notation::{Currency, Datum, Style, currency, vocabulary, write};

/// Holds the text before a figure against its datum, and reports a bound of the datum that neither the figure's own text nor,
/// where it is `about`, the word before states. The end of a range may say which end it is: `up to` its high end.
pub fn compare_before(
    text: &str,
    written: &Written,
    datum: &Datum<'_>,
    range_end: Option<Bound>,
) -> Result<(), Outside> {
    touching(text, datum)?;
    let end = before_spaces(text, text.len());
    let (end, hedged) = bounds(text, end, datum, range_end)?;
    minus(text, end)?;
    if let Unit::Money { currency, .. } = datum.unit {
        period(text, end, datum.unit)?;
        other_currency(text, end, currency, datum)?;
    }
    missing_bound(written, datum, hedged || is_second_end(text))
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
            Err(Outside::new(DisagreementKind::Unit, range, message, "Put a space behind `%`, or leave it out.".into()))
        }
        c if currency::is_sign(c) => {
            let message = format!("`{c}` stands outside the figure's brackets");
            let help = format!("Leave `{c}` out: the currency belongs into the brackets, `{}`.", plain(datum));
            Err(Outside::new(DisagreementKind::Currency, range, message, help))
        }
        c if is_word_char(c) => {
            let start = word_start(text, at);
            Err(Outside::glued(start..at, slice(text, start..at)))
        }
        c if beyond.is_some_and(|c| c.is_ascii_digit()) => {
            let start = word_start(text, range.start);
            // `5–` is half a range; in `L5–` the dash joins words.
            let is_number = slice(text, start..range.start).bytes().all(|byte| byte.is_ascii_digit());
            let joins = is_digit_mark(c) || matches!(c, '-' | '–') && is_number;
            if joins { Err(Outside::glued(start..at, slice(text, start..at))) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Whether a dash or a plus before a figure is its sign: it joins nothing before it, and is no range of two figures.
fn is_sign(text: &str, c: char, at: usize) -> bool {
    let joins = |c: char| is_word_char(c) || matches!(c, '%' | ')' | '"' | '”' | '+' | '-') || c == super::OBJECT;
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
    Outside::new(DisagreementKind::Sign, range, message, help)
}

/// The words of bounds right before a figure, which must be the datum's: where they start, and whether they hedge.
fn bounds(text: &str, mut end: usize, datum: &Datum<'_>, range_end: Option<Bound>) -> Result<(usize, bool), Outside> {
    let mut hedged = false;
    while let Some((bound, start)) = vocabulary::bound_before(slice(text, 0..end)) {
        let range = start..end;
        end = before_spaces(text, start);
        if bound == Bound::About {
            hedged = true;
        } else if range_end != Some(bound) && !is_prose(text, &range, datum.unit) {
            return Err(bound_outside(slice(text, range.clone()), range, bound, datum));
        }
    }
    Ok((end, hedged))
}

/// Whether a word of a bound may be prose: `over 3 years` is during them, `5% over $400` compares two figures, `below $400`
/// compares with one, and parts add up to a sum.
fn is_prose(text: &str, range: &Range<usize>, unit: &Unit) -> bool {
    let phrase = slice(text, range.clone());
    let before = before_spaces(text, range.start);
    let is_word = phrase.starts_with(char::is_alphabetic);
    let sum = slice(text, word_start(text, before)..before);
    let adds = ["add", "adds", "added", "adding", "sum", "sums", "summing"];
    match unit {
        Unit::Duration(_) | Unit::Date if is_word => true,
        _ if object_before(text, before) => true,
        _ if phrase.eq_ignore_ascii_case("up to") => adds.iter().any(|word| sum.eq_ignore_ascii_case(word)),
        _ => ["above", "below"].iter().any(|word| phrase.eq_ignore_ascii_case(word)),
    }
}

fn bound_outside(shown: &str, range: Range<usize>, bound: Bound, datum: &Datum<'_>) -> Outside {
    let (message, help) = if datum.bound == Some(bound) {
        let help = format!("Take it into the brackets: `{}`.", write(datum, &Style::default()));
        (format!("`{shown}` belongs to the figure, and stands outside its brackets"), help)
    } else {
        let key = if bound == Bound::Over { "over" } else { "up-to" };
        let compare = if bound == Bound::Over { "above" } else { "below" };
        let help = format!(
            "Leave `{shown}` out, or write `{compare}` if the sentence compares something with the figure, or `bound = \"{key}\"` in \
             the data if the source says so."
        );
        (format!("the words before the figure say `{shown}`, and the figure is no such threshold"), help)
    };
    Outside::new(DisagreementKind::Bound, range, message, help)
}

/// `minus` before a figure, unless it is taken from another.
fn minus(text: &str, end: usize) -> Result<(), Outside> {
    let Some(start) = vocabulary::ends_with(slice(text, 0..end), "minus") else { return Ok(()) };
    let before = char_before(text, before_spaces(text, start));
    if before.is_some_and(|c| c == super::OBJECT || c == ')' || c.is_ascii_digit()) {
        return Ok(());
    }
    let shown = slice(text, start..end);
    let message = format!("`{shown}` before the figure is a sign outside its brackets");
    let help =
        format!("Leave `{shown}` out: a sign belongs into the brackets. Write `less` where something is subtracted.");
    Err(Outside::new(DisagreementKind::Sign, start..end, message, help))
}

/// `annual`, `monthly` before an amount.
fn period(text: &str, end: usize, unit: &Unit) -> Result<(), Outside> {
    let start = word_start(text, end);
    let shown = slice(text, start..end);
    let Some(value) = vocabulary::frequency(shown) else { return Ok(()) };
    if let Unit::Money { period: Some(own), .. } = unit
        && own.as_ref() == value
    {
        return Ok(());
    }
    let mismatch = period_mismatch(&format!("the word before the figure says `{shown}`"), shown, value, unit);
    let help = match unit {
        Unit::Money { period: Some(_), .. } => format!("Leave `{shown}` out."),
        _ => mismatch.help.unwrap_or_default(),
    };
    Err(Outside::new(mismatch.kind, start..end, mismatch.message, help))
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
    Err(Outside::new(DisagreementKind::Currency, start..end, message, help))
}

/// A bound that the source states and the sentence leaves out.
fn missing_bound(written: &Written, datum: &Datum<'_>, hedged: bool) -> Result<(), Outside> {
    let stated = written.bound.as_ref().map(|part| part.value);
    let Some(bound) = datum.bound.filter(|_| !matches!(datum.amount, Amount::Unstated | Amount::Date(_))) else {
        return Ok(());
    };
    if stated == Some(bound) || (bound == Bound::About && hedged) {
        return Ok(());
    }
    let (word, outside) = match bound {
        Bound::Over => ("over", ""),
        Bound::UpTo => ("up to", ""),
        Bound::About => ("about", ", or `about` before the link"),
    };
    // A hedge inside gives way to the threshold.
    let text = match &written.bound {
        Some(part) => written.text.get(part.range.end..).unwrap_or_default().trim_start(),
        None => written.text.trim(),
    };
    let message = format!("the source says {}, and the text leaves out `{word}`", write(datum, &Style::default()));
    let help = format!("Write `{word} {text}` between the brackets{outside}.");
    Err(Outside { kind: DisagreementKind::Bound, range: None, message, help })
}

/// The datum without its bound.
fn plain(datum: &Datum<'_>) -> String {
    write(&Datum { bound: None, ..*datum }, &Style::default())
}

/// Where the letters and digits start that end at a byte.
fn word_start(text: &str, end: usize) -> usize {
    slice(text, 0..end).trim_end_matches(is_word_char).len()
}
