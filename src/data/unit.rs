//! Units: `thing` or `thing/per`, such as `USD/year`, `GWh`, `g/100 g`, `USD/1_000_000 request`.
//!
//! Currencies are those of ISO 4217. Units of time convert among themselves, except months with days; so do bytes and bits, and
//! the units of the SI with their prefixes, whose sizes are those of the SI brochure (9th edition) and IEC 80000-13. Any other
//! word counts things, and takes no part in arithmetic.

mod atoms;
mod conversion;
mod dimensions;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

pub use conversion::Conversion;
pub use dimensions::{Base, Dimensions};

use super::currency;
use super::number::Number;
use crate::document::Text;
use conversion::Scale;

/// What a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// What there is so much of.
    pub thing: Thing,
    /// For how much of what: the `month` of `USD/month`.
    pub per: Option<Measure>,
}

/// What there is so much of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A plain number.
    Number,
    /// An amount of money, by the ISO code of its currency.
    Money(Arc<str>),
    /// Percent: 42.9 is 42.9%.
    Percent,
    /// Percentage points: the difference of two percentages.
    Points,
    /// How many times as much: 4 is 4×.
    Times,
    /// A place in an order.
    Rank,
    /// A date.
    Date,
    /// A measure, or things that are counted.
    Measure(Measure),
}

/// A number of a measure: `100 g`, `GB-month`, `request`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// How many of it: the 100 of `100 g`, else 1.
    pub number: Number,
    /// The word as typed: `GB-month`.
    pub word: Arc<str>,
}

/// Why a text is no unit. Its text is a lowercase phrase that completes "`USD/` ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitProblem {
    /// `USD/`, `/month`
    Missing,
    /// `USD/month/seat`
    TwoStrokes,
    /// A number that can't be read, or is zero.
    Number(Arc<str>),
    /// A sign that is no part of a word, such as that of a currency, which data name by its code.
    Sign(char),
    /// Capitals and small letters that differ from a known unit: what is meant.
    Known(Arc<str>),
}

impl Unit {
    /// A plain number.
    pub const NUMBER: Self = Self { thing: Thing::Number, per: None };
    /// Percent.
    pub const PERCENT: Self = Self { thing: Thing::Percent, per: None };
    /// Percentage points.
    pub const POINTS: Self = Self { thing: Thing::Points, per: None };
    /// A place in an order.
    pub const RANK: Self = Self { thing: Thing::Rank, per: None };
    /// How many times as much.
    pub const TIMES: Self = Self { thing: Thing::Times, per: None };
    /// A date.
    pub const DATE: Self = Self { thing: Thing::Date, per: None };

    /// An amount of money, maybe for one of a measure: `USD`, `USD/year`.
    pub fn money(currency: &str, per: Option<&str>) -> Self {
        Self { thing: Thing::Money(currency.into()), per: per.map(Measure::one) }
    }

    /// One of a measure: `GB`, `month`, `request`.
    pub fn measure(word: &str) -> Self {
        Self { thing: Thing::Measure(Measure::one(word)), per: None }
    }

    /// The unit that a text names. An empty text is a plain number.
    pub fn parse(text: &str) -> Result<Self, UnitProblem> {
        let text = text.trim();
        let (thing, per) = match text.split_once('/') {
            None => (text, None),
            Some((_, per)) if per.contains('/') => return Err(UnitProblem::TwoStrokes),
            Some((thing, per)) => (thing.trim(), Some(per.trim())),
        };
        if per.is_some_and(str::is_empty) || per.is_some() && thing.is_empty() {
            return Err(UnitProblem::Missing);
        }
        let per = per.map(Measure::parse_per).transpose()?;
        Ok(Self { thing: Thing::parse(thing, per.is_some())?, per })
    }

    /// The currency, of an amount of money.
    pub fn currency(&self) -> Option<&Arc<str>> {
        match &self.thing {
            Thing::Money(currency) => Some(currency),
            _ => None,
        }
    }

    /// The word of a measure of one that is not for one of anything: `month`.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self { thing: Thing::Measure(measure), per: None } if measure.number == Number::ONE => Some(&measure.word),
            _ => None,
        }
    }

    /// Whether it is a time, whose sizes are seconds to weeks, or months and years.
    pub fn is_time(&self) -> bool {
        let is_time = |dimensions: &Dimensions| [Base::Second, Base::Month].map(Dimensions::of).contains(dimensions);
        matches!(&self.thing, Thing::Measure(measure) if is_time(&measure.dimensions())) && self.per.is_none()
    }

    /// Whether it is percent, for whatever.
    pub fn is_percent(&self) -> bool {
        self.thing == Thing::Percent
    }

    /// Whether it is an amount of money, for whatever.
    pub fn is_money(&self) -> bool {
        self.currency().is_some()
    }

    /// Whether it counts whole things: a plain count or a rank is no money, time or size.
    pub fn is_rank(&self) -> bool {
        self.thing == Thing::Rank
    }

    /// What it is made of; things that are counted and percent have no part in it.
    pub fn dimensions(&self) -> Dimensions {
        let top = match &self.thing {
            Thing::Money(currency) => Dimensions::of(Base::Currency(Arc::clone(currency))),
            Thing::Measure(measure) => measure.dimensions(),
            _ => Dimensions::default(),
        };
        match &self.per {
            Some(per) => top.over(&per.dimensions()),
            None => top,
        }
    }

    /// The size of one of it in base units: 1/100 for percent, 12 for a year, 1/1,000,000 for `1/1_000_000 request`.
    pub fn scale(&self) -> Number {
        let top = match &self.thing {
            Thing::Percent | Thing::Points => Number::ONE.div(&Number::HUNDRED).unwrap_or(Number::ONE),
            Thing::Measure(measure) => measure.scale(),
            _ => Number::ONE,
        };
        match &self.per {
            Some(per) => top.div(&per.scale()).unwrap_or(top),
            None => top,
        }
    }

    /// By what a number of this unit is multiplied to be one of another; `None` where they measure different things.
    pub fn factor(&self, other: &Self) -> Option<Number> {
        self.is_like(other).then(|| self.scale().div(&other.scale()))?
    }

    /// How a number of this unit becomes one of another; `None` where they measure different things. Levels of temperature have
    /// different zeros, differences of them don't.
    pub fn conversion(&self, other: &Self, is_difference: bool) -> Option<Conversion> {
        if let (Some(from), Some(to)) = (self.word().and_then(Scale::of), other.word().and_then(Scale::of)) {
            return Some(from.conversion(&to, is_difference));
        }
        self.factor(other).map(|factor| Conversion { factor, shift: Number::ZERO })
    }

    /// Whether it measures the same as another unit, maybe in another size.
    pub fn is_like(&self, other: &Self) -> bool {
        use std::mem::discriminant;
        let is_same_thing = match (&self.thing, &other.thing) {
            (Thing::Measure(one), Thing::Measure(two)) => one.is_like(two),
            (Thing::Money(one), Thing::Money(two)) => one == two,
            (one, two) => discriminant(one) == discriminant(two),
        };
        is_same_thing
            && match (&self.per, &other.per) {
                (None, None) => true,
                (Some(one), Some(two)) => one.is_like(two),
                _ => false,
            }
    }

    /// The unit of the difference of two figures with this unit.
    pub fn of_difference(&self) -> Self {
        match self.thing {
            Thing::Percent => Self { thing: Thing::Points, per: self.per.clone() },
            Thing::Rank => Self::NUMBER,
            _ => self.clone(),
        }
    }
}

impl Thing {
    fn parse(text: &str, has_per: bool) -> Result<Self, UnitProblem> {
        Ok(match text {
            "" => Self::Number,
            "1" if has_per => Self::Number,
            "%" | "percent" => Self::Percent,
            "percentage points" => Self::Points,
            "times" => Self::Times,
            "rank" => Self::Rank,
            code if currency::CODES.binary_search(&code).is_ok() => Self::Money(code.into()),
            text => Self::Measure(Measure::parse(text)?),
        })
    }
}

impl Measure {
    /// A measure of one.
    pub fn one(word: &str) -> Self {
        Self { number: Number::ONE, word: word.into() }
    }

    /// What is behind a slash, whose number may be written with a word: `million requests`, `1M requests`.
    fn parse_per(text: &str) -> Result<Self, UnitProblem> {
        let Some((magnitude, (before, word))) = magnitude(text) else { return Self::parse(text) };
        let measure = Self::parse(&format!("{before} {word}"))?;
        let number = measure.number.mul(&Number::from_integer(magnitude));
        Ok(Self { number: number.ok_or_else(|| UnitProblem::Number(before.into()))?, ..measure })
    }

    /// Whether a text is the number of a measure, without its word: `100`, `million`, `1M`.
    pub fn is_number(text: &str) -> bool {
        let is_digit = |c: char| c.is_ascii_digit() || c == '_' || c == '.';
        !text.is_empty() && (text.chars().all(is_digit) || magnitude(&format!("{text} x")).is_some())
    }

    fn parse(text: &str) -> Result<Self, UnitProblem> {
        let text = text.trim();
        let (number, word) = split_digits(text);
        if word.is_empty() {
            return Err(if text.is_empty() { UnitProblem::Missing } else { UnitProblem::Number(number.into()) });
        }
        let number = match number {
            "" => Number::ONE,
            digits => Number::from_decimal(digits)
                .ok()
                .filter(|number| !number.is_zero())
                .ok_or_else(|| UnitProblem::Number(digits.into()))?,
        };
        let is_of_word = |c: char| c.is_alphanumeric() || "-·.'’_%°²³µ& ".contains(c);
        if let Some(sign) = word.chars().find(|c| !is_of_word(*c)) {
            return Err(UnitProblem::Sign(sign));
        }
        match atoms::meant(word) {
            Some(known) => Err(UnitProblem::Known(known.into())),
            None => Ok(Self { number, word: word.into() }),
        }
    }

    /// Whether it counts things: no part of it is a unit that is known.
    pub fn is_count(&self) -> bool {
        atoms::factors(&self.word).is_none()
    }

    /// Whether it measures the same as another, maybe in another size.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self.is_count(), other.is_count()) {
            (true, true) => self.word == other.word,
            (false, false) => self.dimensions() == other.dimensions(),
            _ => false,
        }
    }

    /// What it is made of; nothing for things that are counted.
    pub fn dimensions(&self) -> Dimensions {
        let factors = atoms::factors(&self.word).unwrap_or_default();
        factors.iter().fold(Dimensions::default(), |product, atom| product.times(&atom.dimensions))
    }

    /// The size of it in base units.
    pub fn scale(&self) -> Number {
        let factors = atoms::factors(&self.word).unwrap_or_default();
        factors.iter().fold(self.number.clone(), |size, atom| size.mul(&atom.size).unwrap_or(size))
    }
}

/// The digits at the start of a text, and what is behind them.
fn split_digits(text: &str) -> (&str, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '_' && c != '.').unwrap_or(text.len());
    (&text[..digits], text[digits..].trim())
}

/// The magnitude before a word, with the digits before it and the word: `million requests`, `10 thousand calls`, `1M tokens`. A letter
/// alone is no magnitude, as in `1/K`.
fn magnitude(text: &str) -> Option<(i64, (&str, &str))> {
    let (digits, rest) = split_digits(text);
    let (magnitude, word) = rest.split_once(' ')?;
    let size = match magnitude {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "K" | "k" if !digits.is_empty() => 1_000,
        "M" if !digits.is_empty() => 1_000_000,
        "B" if !digits.is_empty() => 1_000_000_000,
        _ => return None,
    };
    Some((size, (digits, word.trim())))
}

impl fmt::Display for Unit {
    /// As it is typed in data: `USD/year`, `%`; nothing for a plain number.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.thing {
            Thing::Number if self.per.is_some() => out.write_str("1")?,
            Thing::Number => (),
            Thing::Money(currency) => out.write_str(currency)?,
            Thing::Percent => out.write_str("%")?,
            Thing::Points => out.write_str("percentage points")?,
            Thing::Times => out.write_str("times")?,
            Thing::Rank => out.write_str("rank")?,
            Thing::Date => out.write_str("date")?,
            Thing::Measure(measure) => write!(out, "{measure}")?,
        }
        match &self.per {
            Some(per) => write!(out, "/{per}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.number != Number::ONE {
            write!(out, "{} ", self.number)?;
        }
        out.write_str(&self.word)
    }
}

impl fmt::Display for UnitProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => out.write_str("lacks a word before or behind the stroke"),
            Self::TwoStrokes => out.write_str("has two strokes"),
            Self::Number(number) => write!(out, "holds `{number}`, which is no number above zero"),
            Self::Sign(sign) => write!(out, "holds `{}`, which is no part of a word", sign.escape_debug()),
            Self::Known(unit) => write!(out, "is written `{unit}`"),
        }
    }
}

impl std::error::Error for UnitProblem {}

/// What the numbers of a column count.
#[derive(Clone, Debug)]
pub enum ColumnUnit {
    /// The same in each row.
    Fixed(Unit),
    /// A unit in which `{column}` stands for the row's text in that column, as typed.
    ByRow(Text),
}
