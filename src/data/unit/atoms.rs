//! The units that have a size, and what the parts of a compound such as `GB-month` are.

use super::dimensions::{Base, Dimensions};
use crate::data::currency;
use crate::data::number::Number;

/// A unit with a size.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) dimensions: Dimensions,
    /// How many base units one of it is.
    pub(super) size: Number,
}

/// Units of time, which have no prefixes but those of the second, with how many seconds or months each is.
const TIMES: [(&str, Base, i64); 12] = [
    ("min", Base::Second, 60),
    ("minute", Base::Second, 60),
    ("h", Base::Second, 3600),
    ("hour", Base::Second, 3600),
    ("second", Base::Second, 1),
    ("day", Base::Second, 86_400),
    ("week", Base::Second, 604_800),
    ("month", Base::Month, 1),
    ("quarter", Base::Month, 3),
    ("year", Base::Month, 12),
    ("decade", Base::Month, 120),
    ("century", Base::Month, 1200),
];

/// Units that take the prefixes of the SI: how many base units (a power of ten), and powers of metre, gram, second and ampere.
const COHERENT: [(&str, i32, [i8; 4]); 17] = [
    ("m", 0, [1, 0, 0, 0]),
    ("g", 0, [0, 1, 0, 0]),
    ("s", 0, [0, 0, 1, 0]),
    ("A", 0, [0, 0, 0, 1]),
    ("Hz", 0, [0, 0, -1, 0]),
    ("N", 3, [1, 1, -2, 0]),
    ("Pa", 3, [-1, 1, -2, 0]),
    ("J", 3, [2, 1, -2, 0]),
    ("W", 3, [2, 1, -3, 0]),
    ("C", 0, [0, 0, 1, 1]),
    ("V", 3, [2, 1, -3, -1]),
    ("Ω", 3, [2, 1, -3, -2]),
    ("F", -3, [-2, -1, 4, 2]),
    ("t", 6, [0, 1, 0, 0]),
    ("l", -3, [3, 0, 0, 0]),
    ("L", -3, [3, 0, 0, 0]),
    ("T", 3, [0, 1, -2, -1]),
];

/// Units that take the prefixes of the SI and are a number of others.
const DERIVED: [(&str, &str, i64); 2] = [("Wh", "J", 3600), ("cal", "mJ", 4184)];

/// Units of areas and volumes, which are written with an exponent.
const POWERS: [(char, i8); 2] = [('²', 2), ('³', 3)];

const PREFIXES: [(&str, i32); 13] = [
    ("p", -12),
    ("n", -9),
    ("µ", -6),
    ("μ", -6),
    ("m", -3),
    ("c", -2),
    ("d", -1),
    ("h", 2),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
];

/// The parts of a word that joins units by hyphens; `None` where one of them is no unit, so that the word counts things.
pub(super) fn factors(word: &str) -> Option<Vec<Atom>> {
    word.split(['-', '·']).map(atom).collect()
}

/// What a word surely means that differs from a unit of time by its plural or its capitals: `months`, `Year`.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let small = word.to_lowercase();
    let one = small.strip_suffix('s').unwrap_or(&small);
    let known = TIMES.iter().map(|(name, ..)| *name).find(|name| *name == one && name.len() > 1)?;
    (atom(word).is_none()).then_some(known)
}

fn atom(word: &str) -> Option<Atom> {
    let plain = |base: Base, size: i64| Atom { dimensions: Dimensions::of(base), size: Number::from_integer(size) };
    if currency::CODES.binary_search(&word).is_ok() {
        return Some(plain(Base::Currency(word.into()), 1));
    }
    if let Some((_, base, size)) = TIMES.iter().find(|(name, ..)| *name == word) {
        return Some(plain(base.clone(), *size));
    }
    match word {
        "K" => return Some(plain(Base::Kelvin, 1)),
        "mol" => return Some(plain(Base::Mole, 1)),
        "cd" => return Some(plain(Base::Candela, 1)),
        "°C" => return Some(plain(Base::Celsius, 1)),
        "°F" => return Some(plain(Base::Fahrenheit, 1)),
        _ => (),
    }
    data(word).or_else(|| power(word)).or_else(|| prefixed(word))
}

/// Bytes and bits, with the prefixes of the SI and of the IEC.
fn data(word: &str) -> Option<Atom> {
    let (lead, bits) = match word {
        "byte" => ("", 8),
        "bit" => ("", 1),
        _ => match word.strip_suffix("bit") {
            Some(lead) => (lead, 1),
            None => (word.strip_suffix('B')?, 8),
        },
    };
    let power = |base: i64, exponent: u32| base.checked_pow(exponent);
    let factor = match lead {
        "" => 1,
        "k" => 1000,
        lead => match lead.strip_suffix('i') {
            Some(letter) => power(1024, "KMGTPE".find(letter).filter(|_| letter.len() == 1)? as u32 + 1)?,
            None => power(1000, "KMGTPE".find(lead).filter(|_| lead.len() == 1)? as u32 + 1)?,
        },
    };
    let size = Number::from_integer(factor).mul(&Number::from_integer(bits))?.div(&Number::from_integer(8))?;
    Some(Atom { dimensions: Dimensions::of(Base::Byte), size })
}

/// `m²`, `km³`
fn power(word: &str) -> Option<Atom> {
    if word == "ha" {
        return power("hm²");
    }
    let (mark, exponent) = POWERS.iter().find(|(mark, _)| word.ends_with(*mark))?;
    let one = prefixed(word.strip_suffix(*mark)?)?;
    let mut all = one.clone();
    for _ in 1..*exponent {
        all = Atom { dimensions: all.dimensions.times(&one.dimensions), size: all.size.mul(&one.size)? };
    }
    Some(all)
}

/// A unit of the SI, with a prefix or without.
fn prefixed(word: &str) -> Option<Atom> {
    let prefixes = PREFIXES.iter().filter_map(|(prefix, power)| Some((word.strip_prefix(prefix)?, *power)));
    std::iter::once((word, 0)).chain(prefixes).find_map(|(word, prefix)| {
        let derived = DERIVED.iter().find(|(name, ..)| *name == word);
        let (name, times) = derived.map_or((word, 1), |(_, of, times)| (*of, *times));
        let (name, milli) = match name {
            "mJ" => ("J", -3),
            name => (name, 0),
        };
        let (_, power, [metre, gram, second, ampere]) = COHERENT.iter().find(|(known, ..)| *known == name)?;
        let is_usual = match name {
            // No millitonne, which would be a carat's or a point's sign, and no kiloliter.
            "t" => matches!(prefix, 0 | 3 | 6 | 9),
            "l" | "L" => matches!(prefix, -9 | -6 | -3 | -2 | -1 | 0 | 2),
            _ => true,
        };
        if !is_usual {
            return None;
        }
        let power = Number::pow10(power + prefix)?;
        let size = power.mul(&Number::from_integer(times))?.mul(&Number::pow10(milli)?)?;
        let powers = [(Base::Metre, *metre), (Base::Gram, *gram), (Base::Second, *second), (Base::Ampere, *ampere)];
        let powers = powers.into_iter().filter(|(_, power)| *power != 0);
        Some(Atom { dimensions: Dimensions::from_powers(powers), size })
    })
}
