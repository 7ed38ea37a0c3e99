//! Figures as the generator writes them, and the values that files hold.

use std::collections::HashMap;

use super::shown::{Form, Shown, full};
use super::words::ENGLISH;
use super::{Datum, Words, currency, names};
use crate::data::amount::Digits;
use crate::data::amount::{Amount, Bound, Direction, Signing};
use crate::data::number::Number;
use crate::data::unit::{Thing, Unit};

/// What is asked of a written figure beside its value.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The datum's bound in words, as in "over $500K".
    pub bound: bool,
    /// Whether it says for how much of what it is, as in "$432K a year".
    pub per: Per,
    /// The words to write with.
    pub words: &'a Words,
}

/// Whether a written figure says for how much of what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// Never.
    Never,
    /// Unless it is an amount of money, whose period stands beside it.
    #[default]
    Quantities,
    /// Always.
    Always,
}

impl Default for Style<'static> {
    /// A value with its bound, in English.
    fn default() -> Self {
        Self { bound: true, per: Per::Quantities, words: &ENGLISH }
    }
}

/// How the numbers of a column are written: all in one notation, with the same number of decimals. Each unit in it is written for
/// itself.
#[derive(Clone, Debug, Default)]
pub struct Notation {
    forms: HashMap<Unit, Form>,
}

impl Notation {
    /// The shortest notation in which none of these figures loses a digit.
    pub fn of<'d>(datums: impl IntoIterator<Item = Datum<'d>>) -> Self {
        let mut forms: HashMap<Unit, Form> = HashMap::new();
        for datum in datums {
            for value in numbers(datum.amount) {
                let form = match forms.get_mut(datum.unit) {
                    Some(form) => form,
                    None => forms.entry(datum.unit.clone()).or_default(),
                };
                form.hold(value, &datum);
            }
        }
        Self { forms }
    }

    /// Writes a figure of the column.
    pub fn write(&self, datum: &Datum<'_>, style: &Style<'_>) -> String {
        let form = self.forms.get(datum.unit).cloned().unwrap_or_default();
        write_as(&form, datum, style)
    }
}

/// Writes a datum: `$432K`, `$365K–$500K`, `10–20%`, `12–24 months`, or the word for what is not stated.
pub fn write(datum: &Datum<'_>, style: &Style<'_>) -> String {
    let mut form = Form::default();
    numbers(datum.amount).for_each(|value| form.hold(value, datum));
    write_as(&form, datum, style)
}

/// The value as files and attributes hold it: `432000`, `365000..500000`, `110000..`, `12.5±0.05`, `2026-Q1`; empty for what is not
/// stated.
pub fn value_attribute(datum: &Datum<'_>) -> String {
    match datum.amount {
        Amount::Unstated => String::new(),
        Amount::Text(text) => text.to_string(),
        Amount::One(value) => value.to_plain_string(),
        Amount::Range(low, high) => format!("{}..{}", low.to_plain_string(), high.to_plain_string()),
        Amount::From(low) => format!("{}..", low.to_plain_string()),
        Amount::To(high) => format!("..{}", high.to_plain_string()),
        Amount::Tolerance { value, plus, minus } if plus == minus => format!("{value}±{plus}"),
        Amount::Tolerance { value, plus, minus } => format!("{value}+{plus}-{minus}"),
        Amount::Date(date) => date.to_string(),
    }
}

/// For how much of what a figure is, behind its number: `a year`, `per 100 g`; `/h` behind another symbol. Empty for nothing.
pub fn per_words(unit: &Unit, words: &Words) -> String {
    let Some(per) = &unit.per else { return String::new() };
    let is_one = per.number == Number::ONE;
    match words.period(&per.word).filter(|_| is_one) {
        Some(period) => period.to_owned(),
        None if is_one && is_symbol(unit) && names::is_symbol(&per.word) => format!("/{}", per.word),
        None => words.per.replace("{unit}", &names::per(per)),
    }
}

/// What figures of a unit count: `GB`, `months`, `percentage points`.
pub fn thing_words(unit: &Unit, words: &Words) -> String {
    let (before, after) = marks(unit, words, false);
    format!("{before}{after}").trim().to_owned()
}

/// The numbers of an amount that are written with the same digits.
fn numbers(amount: &Amount) -> impl Iterator<Item = &Number> {
    let (first, second) = match amount {
        Amount::One(value) | Amount::From(value) | Amount::To(value) => (Some(value), None),
        Amount::Range(low, high) => (Some(low), Some(high)),
        Amount::Tolerance { value, .. } => (Some(value), None),
        Amount::Unstated | Amount::Text(_) | Amount::Date(_) => (None, None),
    };
    first.into_iter().chain(second)
}

fn write_as(form: &Form, datum: &Datum<'_>, style: &Style<'_>) -> String {
    let words = style.words;
    let mut text = match datum.amount {
        Amount::Unstated => return words.not_stated.to_string(),
        Amount::Text(text) => return text.to_string(),
        Amount::Date(date) => return date.write(words),
        Amount::One(value) | Amount::From(value) | Amount::To(value) => {
            let shown = Shown::of(value, datum, form);
            let (before, after) = marks(datum.unit, words, shown.is_one());
            format!("{}{before}{}{after}", sign(value, datum.signing, words), shown.write(words))
        }
        Amount::Range(low, high) => range(form, datum, low, high, words),
        Amount::Tolerance { value, plus, minus } => tolerance(form, datum, value, (plus, minus), words),
    };
    let is_said = match style.per {
        Per::Never => false,
        Per::Quantities => !datum.unit.is_money(),
        Per::Always => true,
    };
    if is_said && datum.unit.per.is_some() {
        let per = per_words(datum.unit, words);
        let space = if per.starts_with('/') { "" } else { " " };
        text = format!("{text}{space}{per}");
    }
    let bound = match datum.threshold() {
        Some((_, Bound::AtLeast)) => &words.from,
        Some((_, bound)) => words.bound(bound),
        None => match datum.bound.filter(|_| style.bound) {
            Some(bound) => words.bound(bound),
            None => return text,
        },
    };
    bound.replace("{value}", &text)
}

fn range(form: &Form, datum: &Datum<'_>, low: &Number, high: &Number, words: &Words) -> String {
    let (mut from, to) = (Shown::of(low, datum, form), Shown::of(high, datum, form));
    if from.magnitude.is_none() && to.magnitude.is_some() {
        // A power on the second alone would be read for both.
        from = from.times_power(datum).unwrap_or(from);
    }
    let (before, after) = marks(datum.unit, words, false);
    let (from, to) = (from.write(words), to.write(words));
    let is_money = datum.unit.is_money();
    if low.is_negative() || high.is_negative() || datum.signing == Signing::Always {
        let each = if is_money || datum.unit.is_percent() { after.as_str() } else { "" };
        let (low, high) = (sign(low, datum.signing, words), sign(high, datum.signing, words));
        let second = if is_money { before.as_str() } else { "" };
        return format!("{low}{before}{from}{each} {} {high}{second}{to}{after}", words.range_word);
    }
    // A sign is repeated, a code is not.
    let second = if is_money && !before.ends_with(' ') { before.as_str() } else { "" };
    format!("{before}{from}{}{second}{to}{after}", words.range_dash)
}

/// `12.50 ± 0.05 mm`, `25.00 +0.10/−0.05 mm`
fn tolerance(
    form: &Form,
    datum: &Datum<'_>,
    value: &Number,
    (plus, minus): (&Number, &Number),
    words: &Words,
) -> String {
    let free = Datum { digits: Digits::Free, ..*datum };
    let size = |value: &Number| full(value, &free);
    let (shown, more, less) = (Shown::of(value, datum, form), size(plus), size(minus));
    let decimals = shown.decimals.max(more.decimals).max(less.decimals);
    let write = |shown: Shown| {
        Shown { decimals: if datum.digits == Digits::Free { decimals } else { shown.decimals }, ..shown }.write(words)
    };
    let (before, after) = marks(datum.unit, words, false);
    let sign = sign(value, datum.signing, words);
    let both = if plus == minus {
        format!("± {}", write(more))
    } else {
        format!("{}{}/{}{}", words.plus, write(more), words.minus, write(less))
    };
    format!("{sign}{before}{} {both}{after}", write(shown))
}

/// What stands before and behind the digits.
fn marks(unit: &Unit, words: &Words, one: bool) -> (String, String) {
    let behind = |text: &str| (String::new(), format!(" {text}"));
    match &unit.thing {
        Thing::Money(currency) => match currency::sign_of(currency) {
            Some(sign) => (sign.to_string(), String::new()),
            None => (format!("{currency} "), String::new()),
        },
        Thing::Percent => (String::new(), words.percent_sign.to_string()),
        Thing::Points if one => behind(&words.percentage_point),
        Thing::Points => behind(&words.percentage_points),
        Thing::Times => (String::new(), "×".to_owned()),
        Thing::Measure(measure) => match words.duration(&measure.word, one) {
            Some(word) => behind(word),
            None => {
                let (singular, plural) = names::forms(&measure.word);
                behind(if one { &singular } else { &plural })
            }
        },
        Thing::Rank => (words.rank.to_string(), String::new()),
        Thing::Number | Thing::Date => (String::new(), String::new()),
    }
}

fn is_symbol(unit: &Unit) -> bool {
    matches!(&unit.thing, Thing::Measure(measure) if names::is_symbol(&measure.word))
}

fn sign<'w>(value: &Number, signing: Signing, words: &'w Words) -> &'w str {
    match Direction::of(value) {
        Some(Direction::Down) => &words.minus,
        Some(Direction::Up) if signing == Signing::Always => &words.plus,
        _ => "",
    }
}
