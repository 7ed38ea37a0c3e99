//! A datum's value in an author's own notation: which bytes of the text change, and to what.

use std::mem::discriminant;
use std::ops::{Range, RangeInclusive};

use super::agree::{agree, is_bound_of, is_plain_year};
use super::digits::{limit, shows};
use super::read::read;
use super::scan::{char_before, slice};
use super::terms::{Terms, digits_needed, sign_fits, terms_of_range};
use super::vocabulary::{CARDINALS, ORDINALS};
use super::words::ENGLISH;
use super::written::{DateForm, NumeralStyle, Part, Quantity, Shape, Written};
use super::{Date, Datum, digits, names};
use crate::data::amount::{Amount, Bound};
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing, Unit};

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
    let is_same = is_same_bound(written, datum) && is_in_own_unit(written, datum);
    if !is_same || is_true_of_another_unit(written, datum) || is_true_of_reverse(written, datum) {
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

/// What the bytes in which all changes lie become, in the author's own unit even where that is another size.
pub(super) fn rewritten_part(written: &Written, datum: &Datum<'_>, range: &Range<usize>) -> Option<String> {
    let changes = changes(written, datum).filter(|_| is_same_bound(written, datum))?;
    let again = read(&apply(&written.text, &changes, 0)).ok()?;
    agree(&again, datum).is_ok().then(|| apply(written.slice(range), &changes, range.start))
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
    if let Some((value, bound)) = datum.threshold() {
        let amount = Amount::One(value.clone());
        return changes(written, &Datum { amount: &amount, bound: Some(bound), ..*datum });
    }
    let mut changes = Vec::new();
    match (&written.shape, datum.amount) {
        (Shape::Unstated, Amount::Unstated) => {}
        (Shape::Date(date, form), Amount::Date(value)) if discriminant(&date.value) == discriminant(value) => {
            changes.push(date_change(written, date, *form, *value));
        }
        (Shape::One(quantity), Amount::Date(value @ Date::Year(_))) if is_plain_year(written, quantity) => {
            changes.push(Replacement { range: quantity.range.clone(), text: value.write(&ENGLISH) });
        }
        (Shape::One(quantity), Amount::One(value) | Amount::Tolerance { value, .. }) => {
            let terms = Terms::of(written, quantity, datum).ok()?;
            let number = number_changes(written, quantity, &terms, value, datum, &mut changes)?;
            changes.extend(plural_change(written, quantity, &terms, datum, number == Number::ONE));
        }
        (Shape::Range(low, high), Amount::Range(from, to)) => {
            let terms = terms_of_range(written, low, high, datum).ok()?;
            let number = number_changes(written, low, &terms.0, from, datum, &mut changes)?;
            if low.thing != high.thing {
                changes.extend(plural_change(written, low, &terms.0, datum, number == Number::ONE));
            }
            number_changes(written, high, &terms.1, to, datum, &mut changes)?;
            changes.extend(plural_change(written, high, &terms.1, datum, false));
        }
        (Shape::Tolerance(nominal, more, less), Amount::Tolerance { value, plus, minus }) => {
            let last = less.as_ref().unwrap_or(more);
            (less.is_some() || plus == minus).then_some(())?;
            let terms = terms_of_range(written, nominal, last, datum).ok()?;
            let size = |quantity: &Quantity| Quantity { sign: None, ..quantity.clone() };
            number_changes(written, nominal, &terms.0, value, datum, &mut changes)?;
            let datum = &datum.tolerance();
            let terms = Terms::of(written, last, datum).ok()?;
            number_changes(written, &size(more), &terms, plus, datum, &mut changes)?;
            if let Some(less) = less {
                number_changes(written, &size(less), &terms, minus, datum, &mut changes)?;
            }
        }
        _ => return None,
    }
    changes.retain(|change| written.slice(&change.range) != change.text);
    Some(changes)
}

/// The changes to the digits of one number, whose sign must be right; gives the number that it then shows.
fn number_changes(
    written: &Written,
    quantity: &Quantity,
    terms: &Terms,
    value: &Number,
    datum: &Datum<'_>,
    changes: &mut Vec<Replacement>,
) -> Option<Number> {
    let target = terms.value(value)?;
    let shown = &quantity.numeral.value;
    let shown = if quantity.is_negative() { shown.negate() } else { shown.clone() };
    if shown.cmp(&Number::ZERO) != target.cmp(&Number::ZERO) || !sign_fits(quantity, &target, datum.signing) {
        return None;
    }
    let limit = limit(datum.unit).and_then(|limit| terms.value(&limit));
    let needed = digits_needed(value, datum).map(|needed| *needed.end());
    let text = numeral(written.slice(&quantity.numeral.range), quantity, &target.abs(), limit.as_ref(), needed)?;
    let mut range = quantity.numeral.range.clone();
    if quantity.numeral.style == NumeralStyle::Ordinal {
        range.end += 2;
    }
    changes.push(Replacement { range, text });
    Some(target)
}

/// Whether the text states the datum's bound. A text may say `about` of any figure.
fn is_same_bound(written: &Written, datum: &Datum<'_>) -> bool {
    let stated = written.bound.as_ref().map(|bound| bound.value);
    let is_hedge = |bound: Option<Bound>| matches!(bound, None | Some(Bound::About));
    let bound = datum.stated_bound();
    (is_hedge(stated) && is_hedge(bound))
        || stated.is_some_and(|stated| is_bound_of(stated, bound) && stated != Bound::About)
}

/// Whether the text is right but for the datum's unit, which is then what has changed: of 72 months that are now 72 years,
/// "six years" was true.
fn is_true_of_another_unit(written: &Written, datum: &Datum<'_>) -> bool {
    let Thing::Measure(own) = &datum.unit.thing else { return false };
    names::other_sizes(&own.word).into_iter().any(|word| {
        let unit = Unit { thing: Thing::Measure(Measure { word: word.into(), ..own.clone() }), ..datum.unit.clone() };
        agree(written, &Datum { unit: &unit, ..*datum }).is_ok()
    })
}

/// Whether the text is right but for what is set against what: of a share that was 25% and is 400% since its two sides changed
/// places, the sentence says something else.
fn is_true_of_reverse(written: &Written, datum: &Datum<'_>) -> bool {
    let (true, Amount::One(value)) = (datum.unit.is_percent() && datum.calculated, datum.amount) else { return false };
    let reverse = Number::from_integer(10_000).div(value).map(Amount::One);
    reverse.is_some_and(|amount| agree(written, &Datum { amount: &amount, ..*datum }).is_ok())
}

/// Whether all numbers are in the datum's own unit. In another size, the datum's unit may have changed since.
fn is_in_own_unit(written: &Written, datum: &Datum<'_>) -> bool {
    let is_own = |quantity: &Quantity| Terms::of(written, quantity, datum).is_ok_and(|terms| terms.is_own());
    match &written.shape {
        Shape::One(quantity) => matches!(datum.amount, Amount::Date(_)) || is_own(quantity),
        Shape::Range(low, high) => {
            terms_of_range(written, low, high, datum).is_ok_and(|terms| terms.0.is_own() && terms.1.is_own())
        }
        Shape::Tolerance(_, plus, minus) => is_own(minus.as_ref().unwrap_or(plus)),
        Shape::Unstated | Shape::Date(..) => true,
    }
}

/// A size in the notation of a numeral: its style, its grouping, and at least its decimals.
fn numeral(
    shown: &str,
    quantity: &Quantity,
    size: &Number,
    limit: Option<&Number>,
    needed: Option<i32>,
) -> Option<String> {
    let numeral = &quantity.numeral;
    let whole = size.is_integer().then_some(size);
    // A number that takes more decimals is better written in another magnitude.
    let finest = if quantity.magnitude.is_some() { 6 } else { 15 };
    let decimals = match needed.zip(size.exponent()) {
        Some((digits, exponent)) => u32::try_from(digits - 1 - exponent).unwrap_or(0),
        None => numeral.decimals,
    };
    let in_words = |words: &[&str; 12]| {
        let at = usize::try_from(whole?.to_integer()?.checked_sub(1)?).ok()?;
        words.get(at).map(|word| like(shown, word))
    };
    match numeral.style {
        NumeralStyle::Word => in_words(&CARDINALS).or_else(|| digits_of(size, 0..=finest, ",", limit)),
        NumeralStyle::OrdinalWord => in_words(&ORDINALS).or_else(|| whole.map(|rank| digits::ordinal(rank, ","))),
        NumeralStyle::Ordinal => whole.map(|rank| digits::ordinal(rank, ",")),
        NumeralStyle::Hash => whole.map(|rank| digits::decimal(rank, 0, ",", ".")),
        NumeralStyle::Digits { grouped } => {
            digits_of(size, decimals..=finest.max(decimals), if grouped { "," } else { "" }, limit)
        }
    }
}

/// A size in digits, with the fewest of some numbers of decimals that it can be known by.
fn digits_of(size: &Number, mut decimals: RangeInclusive<u32>, mark: &str, limit: Option<&Number>) -> Option<String> {
    let decimals = decimals.find(|&decimals| shows(size, decimals, limit))?;
    Some(digits::decimal(size, decimals, mark, "."))
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
fn plural_change(
    written: &Written,
    quantity: &Quantity,
    terms: &Terms,
    datum: &Datum<'_>,
    one: bool,
) -> Option<Replacement> {
    let stated = quantity.thing.as_ref().map(|part| part.range.clone());
    let range = terms.unit.clone().or(stated)?;
    let thing = quantity.thing.as_ref().map_or(&datum.unit.thing, |part| &part.value);
    let shown = written.slice(&range);
    let (singular, other) = names::other_number(shown, thing)?;
    let was_one = matches!(written.shape, Shape::One(_)) && quantity.numeral.value == Number::ONE;
    let apart = char_before(&written.text, range.start).is_some_and(char::is_whitespace);
    if !apart || one == singular || singular != was_one {
        return None;
    }
    let text = match shown.chars().next().is_some_and(char::is_uppercase) {
        true => like(shown, &other),
        false => other,
    };
    Some(Replacement { range, text })
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
