//! The calculated figures of a site, to be found by what they are called and by what they come to.

use std::collections::HashMap;

use crate::data::{Amount, Aspect, Figure, Number};
use crate::site::Site;

/// What is called by a name of its own. A sum is called by its measure, which other figures may be called too.
const NAMED: &[(Aspect, &str)] = &[
    (Aspect::Midpoint, "midpoint"),
    (Aspect::Spread, "spread"),
    (Aspect::Width, "width"),
    (Aspect::MedianOffset, "offset"),
    (Aspect::Parts, "parts"),
    (Aspect::AboveParts, "above"),
    (Aspect::BelowParts, "below"),
    (Aspect::AtLow, "low"),
    (Aspect::AtHigh, "high"),
    (Aspect::Overlap, "overlap"),
    (Aspect::Gap, "gap"),
    (Aspect::Step, "step"),
    (Aspect::MedianStep, "step"),
];
/// Words of ids that titles may leave out.
const FILLING: &[&str] = &["to", "of", "at"];
/// Values are found by at most so many decimals, and compared whole.
const DECIMALS: u32 = 2;
/// So many figures of one value are looked at.
const MOST: usize = 64;

pub(super) struct Calculated<'s> {
    by_name: HashMap<String, &'s Figure>,
    by_row: HashMap<(Aspect, &'s str), Vec<&'s Figure>>,
    by_value: HashMap<(u32, i128), Vec<&'s Figure>>,
}

impl<'s> Calculated<'s> {
    pub(super) fn of(site: &'s Site) -> Self {
        let mut found = Self { by_name: HashMap::new(), by_row: HashMap::new(), by_value: HashMap::new() };
        for figure in site.data.figures.iter().filter(|figure| figure.inputs.is_some()) {
            found.by_name.entry(joined(rest(&figure.id))).or_insert(figure);
            if let Some(row) = figure.rows.first() {
                found.by_row.entry((figure.aspect, &row.id)).or_default().push(figure);
            }
            for decimals in 0..=DECIMALS {
                if let Some(value) = key(figure.amount) {
                    let same = found.by_value.entry((decimals, value.round(decimals))).or_default();
                    same.extend(Some(figure).filter(|_| same.len() < MOST));
                }
            }
        }
        found
    }

    /// The figure whose id another repeats, or whose row, measure and side it names in its words.
    pub(super) fn named(&self, figure: &Figure, words: &[String]) -> Option<&'s Figure> {
        let name = joined(rest(&figure.id));
        if let Some(found) = self.by_name.get(&name) {
            return Some(found);
        }
        let rows = words.iter().map(String::as_str);
        let starts = name.match_indices('-').filter_map(|(at, _)| name.get(..at));
        let rows: Vec<&str> = rows.chain(starts).chain(figure.rows.iter().map(|row| &*row.id)).collect();
        let sides = NAMED.iter().filter(|(_, word)| words.iter().any(|other| is_word(other, word)));
        sides
            .flat_map(|(aspect, _)| rows.iter().filter_map(|row| self.by_row.get(&(*aspect, *row))).flatten().copied())
            .find(|other| {
                let parts = split(rest(&other.id));
                let mut parts = parts.iter().filter(|part| !FILLING.contains(&part.as_str()));
                parts.all(|part| words.iter().any(|word| is_word(word, part)))
            })
    }

    /// Figures with the value of another, exactly or as far as that is written.
    pub(super) fn equal(&self, figure: &Figure) -> impl Iterator<Item = &'s Figure> {
        let value = key(figure.amount).and_then(|value| {
            let decimals = value.decimals()?.min(DECIMALS);
            self.by_value.get(&(decimals, value.round(decimals)))
        });
        value.into_iter().flatten().copied().filter(|other| other.unit == figure.unit && is_equal(figure, other))
    }
}

/// The number by which an amount is found.
fn key(amount: Amount) -> Option<Number> {
    match amount {
        Amount::One(value) | Amount::Range(value, _) => value.abs(),
        Amount::Unstated | Amount::Date(_) => None,
    }
}

/// Whether words name what a figure is calculated as: its last part, such as `midpoint`, or its ratio's or sum's id.
pub(super) fn is_called(words: &[String], other: &Figure) -> bool {
    let mut parts = other.id.rsplit('.');
    let name = match other.aspect {
        Aspect::Low | Aspect::High | Aspect::Median | Aspect::Calculation => return false,
        Aspect::AtLow | Aspect::AtHigh => parts.nth(1),
        _ => parts.next(),
    };
    // A bare sum is named by its row too: a measure's name alone says little.
    let row = other.rows.first().filter(|_| other.aspect == Aspect::Whole).map_or("", |row| &row.id);
    let has = |text: &str| split(text).iter().all(|part| words.iter().any(|word| is_word(word, part)));
    name.is_some_and(|name| has(name) && has(row))
}

/// The words of a figure's id and titles.
pub(super) fn words(figure: &Figure) -> Vec<String> {
    let titles = figure.rows.iter().filter_map(|row| row.title.as_ref()).chain(&figure.measure);
    let texts = titles.map(|title| title.text.to_lowercase()).chain([rest(&figure.id).to_owned()]);
    texts.flat_map(|text| split(&text)).collect()
}

/// Whether a word is another, or its plural.
fn is_word(word: &str, other: &str) -> bool {
    word.strip_prefix(other).is_some_and(|rest| matches!(rest, "" | "s"))
}

fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What stands behind the set's name.
fn rest(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, rest)| rest)
}

/// `l3-total-midpoint` of `l3.total.midpoint`
fn joined(id: &str) -> String {
    id.replace('.', "-")
}

/// Whether a typed amount is a calculated one. A number of one digit would be so by chance.
fn is_equal(figure: &Figure, other: &Figure) -> bool {
    match (figure.amount, other.amount) {
        (Amount::One(typed), Amount::One(exact)) => is_number(typed, exact),
        (Amount::Range(low, high), Amount::Range(from, to)) => is_number(low, from) && is_number(high, to),
        _ => false,
    }
}

fn is_number(typed: Number, exact: Number) -> bool {
    let size = exact.abs().unwrap_or(exact);
    let digits = typed.step().and_then(|step| typed.div(step)).map_or(0, |digits| digits.round(0).to_string().len());
    let rounded = || typed.decimals().is_some_and(|decimals| size.round(decimals) == typed.round(decimals));
    1 < digits && (typed == size || 2 < digits && rounded())
}
