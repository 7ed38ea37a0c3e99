//! A datum's value in an author's own notation: which bytes of the text change, and to what.

use std::mem::discriminant;
use std::ops::Range;

use super::compare::{agree, is_plain_year};
use super::read::read;
use super::scan::{char_before, slice};
use super::terms::{Terms, limit, shows, sign_fits, terms_of_range};
use super::vocabulary::{CARDINALS, ORDINALS};
use super::words::ENGLISH;
use super::written::{DateForm, Measure, NumeralStyle, Part, Quantity, Shape, Written};
use super::{Date, Datum, DurationUnit, digits};
use crate::data::figure::{Amount, Bound, Unit};
use crate::data::number::Number;

/// Text to put in place of some bytes of a figure's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// The text with the datum's size: sign, currency, grouping, magnitude, separator and words stay as the author wrote
/// them. `None` where more than the size differs: another shape, unit, sign or bound, or a unit that was converted. A
/// sentence that says one direction is not made to say the other.
pub fn rewrite(written: &Written, datum: &Datum<'_>) -> Option<String> {
    if !is_same_bound(written, datum) || is_true_of_another_unit(written, datum) || is_true_of_reverse(written, datum) {
        return None;
    }
    let text = apply(&written.text, &changes(written, datum)?, 0);
    let again = read(&text).ok()?;
    agree(&again, datum).is_ok().then_some(text)
}

/// The replacements that [`rewrite`] makes, in order, so that they can be made where emphasis or entities stand
/// between the words.
pub fn replacements(written: &Written, datum: &Datum<'_>) -> Option<Vec<Replacement>> {
    rewrite(written, datum)?;
    changes(written, datum)
}

/// What the bytes in which all changes lie become.
pub(super) fn rewritten_part(written: &Written, datum: &Datum<'_>, range: &Range<usize>) -> Option<String> {
    let changes = replacements(written, datum)?;
    Some(apply(written.slice(range), &changes, range.start))
}

/// A text with its changes, whose bytes are counted from an offset.
fn apply(text: &str, changes: &[Replacement], offset: usize) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut at = 0;
    for change in changes {
        result.push_str(slice(text, at..change.range.start.saturating_sub(offset)));
        result.push_str(&change.text);
        at = change.range.end.saturating_sub(offset);
    }
    result.push_str(slice(text, at..text.len()));
    result
}

fn changes(written: &Written, datum: &Datum<'_>) -> Option<Vec<Replacement>> {
    let mut changes = Vec::new();
    match (&written.shape, *datum.amount) {
        (Shape::Unstated, Amount::Unstated) => {}
        (Shape::Date(date, form), Amount::Date(value)) if discriminant(&date.value) == discriminant(&value) => {
            changes.push(date_change(written, date, *form, value));
        }
        (Shape::One(quantity), Amount::Date(value @ Date::Year(_))) if is_plain_year(written, quantity) => {
            changes.push(Replacement { range: quantity.range.clone(), text: value.write(&ENGLISH) });
        }
        (Shape::One(quantity), Amount::One(value)) => {
            let value = same_unit(written, quantity, datum)?.value(value)?;
            number_changes(written, quantity, value, datum, &mut changes)?;
            changes.extend(plural_change(written, quantity, value == Number::ONE));
        }
        (Shape::Range(low, high), Amount::Range(from, to)) => {
            let terms = terms_of_range(written, low, high, datum.unit).ok()?;
            (has_unit(low, datum.unit) && has_unit(high, datum.unit)).then_some(())?;
            number_changes(written, low, terms.0.value(from)?, datum, &mut changes)?;
            if low.measure != high.measure {
                changes.extend(plural_change(written, low, terms.0.value(from)? == Number::ONE));
            }
            number_changes(written, high, terms.1.value(to)?, datum, &mut changes)?;
            changes.extend(plural_change(written, high, false));
        }
        _ => return None,
    }
    changes.retain(|change| written.slice(&change.range) != change.text);
    Some(changes)
}

/// The changes to the digits of one number, whose sign must be right.
fn number_changes(
    written: &Written,
    quantity: &Quantity,
    value: Number,
    datum: &Datum<'_>,
    changes: &mut Vec<Replacement>,
) -> Option<()> {
    let shown = quantity.numeral.value;
    let shown = if quantity.is_negative() { shown.negate()? } else { shown };
    if shown.cmp(&Number::ZERO) != value.cmp(&Number::ZERO) || !sign_fits(quantity, value, datum.signing) {
        return None;
    }
    let text = numeral(written.slice(&quantity.numeral.range), quantity, value.size(), limit(datum.unit))?;
    let mut range = quantity.numeral.range.clone();
    if quantity.numeral.style == NumeralStyle::Ordinal {
        range.end += 2;
    }
    changes.push(Replacement { range, text });
    Some(())
}

/// Whether the text states the datum's bound. A text may say `about` of any figure.
fn is_same_bound(written: &Written, datum: &Datum<'_>) -> bool {
    let stated = written.bound.as_ref().map(|bound| bound.value);
    let is_hedge = |bound: Option<Bound>| matches!(bound, None | Some(Bound::About));
    stated == datum.bound || (is_hedge(stated) && is_hedge(datum.bound))
}

/// Whether the text is right but for the datum's unit, which is then what has changed: of 72 months that are now 72 years,
/// "six years" was true.
fn is_true_of_another_unit(written: &Written, datum: &Datum<'_>) -> bool {
    let Unit::Duration(own) = datum.unit else { return false };
    DurationUnit::ALL.into_iter().filter(|unit| unit != own).any(|unit| {
        let unit = Unit::Duration(unit);
        agree(written, &Datum { unit: &unit, ..*datum }).is_ok()
    })
}

/// Whether the text is right but for what is set against what: of a share that was 25% and is 400% since its two sides changed
/// places, the sentence says something else.
fn is_true_of_reverse(written: &Written, datum: &Datum<'_>) -> bool {
    let (Unit::Percent, Amount::One(value), true) = (datum.unit, *datum.amount, datum.calculated) else { return false };
    let reverse = Number::from_integer(10_000).div(value).map(Amount::One);
    reverse.is_some_and(|amount| agree(written, &Datum { amount: &amount, ..*datum }).is_ok())
}

/// Whether a number is in the datum's own unit. In another one, the datum's unit may have changed since.
fn has_unit(quantity: &Quantity, unit: &Unit) -> bool {
    match (quantity.measure.as_ref().map(|measure| measure.value), unit) {
        (Some(Measure::Duration(shown)), Unit::Duration(own)) => shown == *own,
        _ => true,
    }
}

fn same_unit(written: &Written, quantity: &Quantity, datum: &Datum<'_>) -> Option<Terms> {
    let terms = Terms::of(written, quantity, datum.unit).ok()?;
    has_unit(quantity, datum.unit).then_some(terms)
}

/// A size in the notation of a numeral: its style, its grouping, and at least its decimals.
fn numeral(shown: &str, quantity: &Quantity, size: Number, limit: Option<Number>) -> Option<String> {
    let numeral = &quantity.numeral;
    let whole = size.is_integer().then(|| size.round(0));
    let in_words = |words: &[&str; 12]| {
        let at = usize::try_from(whole?.checked_sub(1)?).ok()?;
        words.get(at).map(|word| like(shown, word))
    };
    match numeral.style {
        NumeralStyle::Word => in_words(&CARDINALS).or_else(|| digits_of(size, 0, ",", limit)),
        NumeralStyle::OrdinalWord => in_words(&ORDINALS).or_else(|| whole.map(|rank| digits::ordinal(rank, ","))),
        NumeralStyle::Ordinal => whole.map(|rank| digits::ordinal(rank, ",")),
        NumeralStyle::Hash => whole.map(|rank| digits::decimal(rank, 0, ",", ".")),
        NumeralStyle::Digits { grouped } => digits_of(size, numeral.decimals, if grouped { "," } else { "" }, limit),
    }
}

/// A size in digits, with at least so many decimals and as many more as it takes to know it by.
fn digits_of(size: Number, at_least: u32, mark: &str, limit: Option<Number>) -> Option<String> {
    let decimals = (at_least..=6).find(|&decimals| shows(size, decimals, limit))?;
    Some(digits::decimal(size.round(decimals), decimals, mark, "."))
}

/// A word with the capitals of another.
fn like(shown: &str, word: &str) -> String {
    if shown.len() > 1 && shown.chars().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    match word.split_at_checked(1) {
        Some((first, rest)) if shown.starts_with(char::is_uppercase) => first.to_uppercase() + rest,
        _ => word.to_owned(),
    }
}

/// The change from `month` to `months` or back. A unit that was not in step with its number, such as `4 year`, stands
/// before a noun and stays; so does one behind a hyphen, and `yr` and `mo`.
fn plural_change(written: &Written, quantity: &Quantity, one: bool) -> Option<Replacement> {
    let Part { value: Measure::Duration(unit), range } = quantity.measure.as_ref()? else { return None };
    let shown = written.slice(range);
    let singular = shown.eq_ignore_ascii_case(unit.key()) && unit.key() != "ms";
    let plural =
        shown.len() == unit.key().len() + 1 && slice(shown, 0..shown.len() - 1).eq_ignore_ascii_case(unit.key());
    let was_one = matches!(written.shape, Shape::One(_)) && quantity.numeral.value == Number::ONE;
    let apart = char_before(&written.text, range.start).is_some_and(char::is_whitespace);
    if !apart || one == singular || singular != was_one || !(singular || plural) {
        return None;
    }
    let upper = shown.chars().all(char::is_uppercase);
    let text = match one {
        true => slice(shown, 0..shown.len() - 1).to_owned(),
        false => format!("{shown}{}", if upper { "S" } else { "s" }),
    };
    Some(Replacement { range: range.clone(), text })
}

fn date_change(written: &Written, date: &Part<Date>, form: DateForm, value: Date) -> Replacement {
    let shown = written.slice(&date.range);
    let text = match (form, value) {
        (DateForm::Iso, value) => value.to_string(),
        (DateForm::QuarterInWords, Date::Quarter(year, quarter)) => {
            let word = shown.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
            let ordinal = ORDINALS.get(usize::from(quarter.saturating_sub(1))).copied().unwrap_or_default();
            let middle = slice(shown, word..shown.len().saturating_sub(4));
            format!("{}{middle}{year:04}", like(slice(shown, 0..word), ordinal))
        }
        (_, value) => value.write(&ENGLISH),
    };
    Replacement { range: date.range.clone(), text }
}
