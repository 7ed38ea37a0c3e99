//! Reading a number from digits as files and texts have them.

use std::fmt;

use super::Number;

/// The most significant digits that a typed number may have.
const DIGITS: usize = 30;
/// The most digits that a typed number may have before its point, and behind it, once its exponent is applied.
const PLACES: i32 = 60;
/// The largest exponent that may be typed, above and below zero.
const EXPONENT: i32 = 30;

/// Why digits are no number. Its text is a lowercase phrase that completes "`1e99` ".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// No digits where some are needed.
    NoDigits,
    /// A character that is neither digit, sign, point, exponent nor `_` between digits.
    Character(char),
    /// An exponent outside −30 to 30.
    Exponent,
    /// More than 30 significant digits.
    Digits,
    /// More than 60 digits before or behind the point.
    Places,
}

impl Number {
    /// The number that digits say: an optional sign, `_` between digits, an optional point and decimals, an optional
    /// exponent such as `e-19`. It has up to 30 significant digits, zeros at either end aside, and up to 60 digits on either
    /// side of the point.
    pub fn from_decimal(text: &str) -> Result<Self, NumberProblem> {
        let (is_negative, unsigned) = sign(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, decimals) = match mantissa.split_once('.') {
            Some((whole, decimals)) => (digits(whole)?, digits(decimals)?),
            None => (digits(mantissa)?, String::new()),
        };
        let exponent = exponent.map_or(Ok(0), exponent_of)?;
        let whole = whole.trim_start_matches('0');
        let places = |digits: &str| i32::try_from(digits.len()).unwrap_or(i32::MAX / 2);
        if places(whole) + exponent > PLACES || places(&decimals) - exponent > PLACES {
            return Err(NumberProblem::Places);
        }
        let all = format!("{whole}{decimals}");
        let significant = all.trim_matches('0');
        if significant.len() > DIGITS {
            return Err(NumberProblem::Digits);
        }
        let zeros = places(&all) - places(all.trim_end_matches('0'));
        // Thirty digits fit; none at all are zero.
        let size: i128 = significant.parse().unwrap_or(0);
        if size == 0 {
            return Ok(Self::ZERO);
        }
        let last_place = exponent - places(&decimals) + zeros;
        Ok(Self::whole(if is_negative { -size } else { size }).shifted(last_place))
    }
}

/// A sign, and what follows it.
fn sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// Digits without the `_` between them.
fn digits(text: &str) -> Result<String, NumberProblem> {
    let mut found = String::with_capacity(text.len());
    let mut after_digit = false;
    for (at, c) in text.char_indices() {
        let before_digit = || text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        match c {
            '0'..='9' => found.push(c),
            '_' if after_digit && before_digit() => {}
            c => return Err(NumberProblem::Character(c)),
        }
        after_digit = c != '_';
    }
    if found.is_empty() { Err(NumberProblem::NoDigits) } else { Ok(found) }
}

fn exponent_of(text: &str) -> Result<i32, NumberProblem> {
    let (is_negative, unsigned) = sign(text);
    let digits = digits(unsigned)?;
    // Digits that don't fit are out of range.
    let size = digits.parse::<i32>().ok().filter(|size| *size <= EXPONENT).ok_or(NumberProblem::Exponent)?;
    Ok(if is_negative { -size } else { size })
}

impl fmt::Display for NumberProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDigits => formatter.write_str("lacks digits"),
            Self::Character(c) => write!(formatter, "has `{}`, which is not part of a number", c.escape_debug()),
            Self::Exponent => write!(formatter, "has an exponent outside −{EXPONENT} to {EXPONENT}"),
            Self::Digits => write!(formatter, "has more than {DIGITS} significant digits"),
            Self::Places => write!(formatter, "has more than {PLACES} digits before or behind its point"),
        }
    }
}

impl std::error::Error for NumberProblem {}
