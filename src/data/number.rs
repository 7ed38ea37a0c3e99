//! Exact numbers: what a file's digits say, and what is calculated from them, without a float anywhere.

use std::cmp::Ordering;
use std::fmt;

#[cfg(test)]
mod tests;

/// The most digits a typed number may have before its point.
const INTEGER_DIGITS: u32 = 12;
/// The most digits a typed number may have behind its point, and the most that rounding goes to.
const DECIMALS: u32 = 6;
/// What neither numerator nor denominator exceeds, so that six decimals of any number still fit.
const LIMIT: i128 = 10_i128.pow(32);

/// An exact rational number. Typed data are decimals with at most twelve digits before the point and six behind it,
/// so that sums, differences, shares and comparisons of them fit without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// Numerator; it carries the sign.
    numerator: i128,
    /// Denominator, above zero, without a common factor with the numerator.
    denominator: i128,
}

/// Why digits are no number. Its text is a lowercase phrase that completes "`1e6` ".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// Nothing that could be digits.
    NoDigits,
    /// A character that is neither digit, sign, point nor `_`.
    Character(char),
    /// `1e6`
    Exponent,
    /// More than twelve digits before the point.
    Large,
    /// More than six digits behind the point.
    Fine,
}

#[expect(clippy::should_implement_trait, reason = "operators can't give nothing where a result does not fit")]
impl Number {
    /// Nought.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };
    /// A hundred, for shares in percent.
    pub const HUNDRED: Self = Self { numerator: 100, denominator: 1 };

    /// The number that digits say, as written: an optional sign, `_` between digits, an optional point.
    pub fn from_decimal(text: &str) -> Result<Self, NumberProblem> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (integer, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        if !integer.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(integer.chars().next().map_or(NumberProblem::NoDigits, NumberProblem::Character));
        }
        if digits.ends_with('.') {
            return Err(NumberProblem::NoDigits);
        }
        let mut numerator: i128 = 0;
        let mut push = |part: &str, leading_zeros_count: bool| {
            let mut places = 0_u32;
            for c in part.chars().filter(|&c| c != '_') {
                let digit = c.to_digit(10).ok_or(match c {
                    'e' | 'E' => NumberProblem::Exponent,
                    c => NumberProblem::Character(c),
                })?;
                places += u32::from(leading_zeros_count || places > 0 || digit > 0);
                // What exceeds the limits is refused below; until then the sum only has to stay in bounds.
                numerator = numerator.saturating_mul(10).saturating_add(i128::from(digit));
            }
            Ok(places)
        };
        if push(integer, false)? > INTEGER_DIGITS {
            return Err(NumberProblem::Large);
        }
        let places = push(decimals, true)?;
        if places > DECIMALS {
            return Err(NumberProblem::Fine);
        }
        let numerator = if negative { -numerator } else { numerator };
        Self::reduced(numerator, 10_i128.pow(places)).ok_or(NumberProblem::Large)
    }

    /// A whole number.
    pub const fn from_integer(value: i64) -> Self {
        Self { numerator: value as i128, denominator: 1 }
    }

    /// The number of `scaled` units of the given decimal: what [`Number::round`] gives, back.
    pub fn from_scaled(scaled: i128, decimals: u32) -> Option<Self> {
        Self::reduced(scaled, 10_i128.checked_pow(decimals)?)
    }

    /// The sum, if it fits.
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
        let common = gcd(self.denominator, other.denominator);
        let left = self.numerator.checked_mul(other.denominator / common)?;
        let right = other.numerator.checked_mul(self.denominator / common)?;
        Self::reduced(left.checked_add(right)?, self.denominator.checked_mul(other.denominator / common)?)
    }

    /// The difference, if it fits.
    #[must_use]
    pub fn sub(self, other: Self) -> Option<Self> {
        self.add(other.negate()?)
    }

    /// The product, if it fits.
    #[must_use]
    pub fn mul(self, other: Self) -> Option<Self> {
        let one = gcd(self.numerator, other.denominator);
        let two = gcd(other.numerator, self.denominator);
        Self::reduced(
            (self.numerator / one).checked_mul(other.numerator / two)?,
            (self.denominator / two).checked_mul(other.denominator / one)?,
        )
    }

    /// The quotient; nothing for a division by nought, or if it does not fit.
    #[must_use]
    pub fn div(self, other: Self) -> Option<Self> {
        if other.numerator == 0 {
            return None;
        }
        let sign = other.numerator.signum();
        self.mul(Self { numerator: other.denominator * sign, denominator: other.numerator.abs() })
    }

    /// The same size with the other sign. There always is one: the limit is the same on both sides.
    #[must_use]
    pub fn negate(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    /// The size without a sign.
    #[must_use]
    pub fn abs(self) -> Option<Self> {
        Some(self.size())
    }

    /// The size without a sign, for callers in this room who need no question about it.
    pub(super) fn size(self) -> Self {
        Self { numerator: self.numerator.abs(), denominator: self.denominator }
    }

    /// Whether it is nought.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether it is whole.
    pub fn is_integer(self) -> bool {
        self.denominator == 1
    }

    /// Whether it is a whole multiple of a step; nought has no multiples but nought.
    pub fn is_multiple_of(self, step: Self) -> bool {
        self.is_zero() || self.div(step).is_some_and(Self::is_integer)
    }

    /// The largest power of ten of which it is a multiple; nothing for nought, and for what never ends.
    pub fn step(self) -> Option<Self> {
        let decimals = self.decimals().filter(|decimals| *decimals <= DECIMALS)?;
        let mut scaled = self.round(decimals);
        if scaled == 0 {
            return None;
        }
        let mut power = Self::from_scaled(1, decimals)?;
        while scaled % 10 == 0 {
            scaled /= 10;
            power = power.mul(Self::from_integer(10))?;
        }
        Some(power)
    }

    /// Rounded half away from zero, in units of the last decimal: 1.25 at one decimal is 13. More than six decimals
    /// count as six.
    pub fn round(self, decimals: u32) -> i128 {
        let power = 10_i128.pow(decimals.min(DECIMALS));
        let whole = self.numerator / self.denominator * power;
        let rest = self.numerator % self.denominator * power;
        let (quotient, left) = (rest / self.denominator, (rest % self.denominator).abs());
        let away = if left >= self.denominator - left { self.numerator.signum() } else { 0 };
        whole + quotient + away
    }

    /// How many decimals write it exactly; nothing for what never ends, such as a third.
    pub fn decimals(self) -> Option<u32> {
        let mut rest = self.denominator;
        let mut count = |factor: i128| {
            let mut times = 0;
            while rest % factor == 0 {
                rest /= factor;
                times += 1;
            }
            times
        };
        let decimals: u32 = count(2).max(count(5));
        (rest == 1).then_some(decimals)
    }

    /// Digits, a point, `-`, and nothing else: exact where the decimals end, else rounded to six, without trailing
    /// zeros. This is what files hold.
    pub fn to_plain_string(self) -> String {
        let places = match self.decimals() {
            Some(places) => places,
            None => return Self::from_scaled(self.round(DECIMALS), DECIMALS).unwrap_or(Self::ZERO).to_plain_string(),
        };
        let sign = if self.is_negative() { "-" } else { "" };
        let mut text = format!("{sign}{}", (self.numerator / self.denominator).abs());
        if places > 0 {
            text.push('.');
        }
        let mut rest = (self.numerator % self.denominator).abs();
        for _ in 0..places {
            rest *= 10;
            let digit = u32::try_from(rest / self.denominator).unwrap_or(0);
            text.extend(char::from_digit(digit, 10));
            rest %= self.denominator;
        }
        text
    }

    /// The number in lowest terms, if both of them stay within the limit.
    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        let common = gcd(numerator, denominator).max(1);
        let (numerator, denominator) = (numerator / common, denominator / common);
        let fits = (-LIMIT..=LIMIT).contains(&numerator) && (1..=LIMIT).contains(&denominator);
        fits.then_some(Self { numerator, denominator })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    /// By cross-multiplication; where that does not fit, by whole parts and then by the reciprocals of the rests.
    fn cmp(&self, other: &Self) -> Ordering {
        let products = self.numerator.checked_mul(other.denominator).zip(other.numerator.checked_mul(self.denominator));
        if let Some((left, right)) = products {
            return left.cmp(&right);
        }
        let (mut left, mut right) = (*self, *other);
        let mut turned = false;
        loop {
            let whole = (left.numerator.div_euclid(left.denominator), right.numerator.div_euclid(right.denominator));
            let rest = (left.numerator.rem_euclid(left.denominator), right.numerator.rem_euclid(right.denominator));
            let order = match whole.0.cmp(&whole.1) {
                Ordering::Equal if rest.0 == 0 || rest.1 == 0 => rest.0.cmp(&rest.1),
                Ordering::Equal => {
                    left = Self { numerator: left.denominator, denominator: rest.0 };
                    right = Self { numerator: right.denominator, denominator: rest.1 };
                    turned = !turned;
                    continue;
                }
                order => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_plain_string())
    }
}

impl fmt::Display for NumberProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDigits => formatter.write_str("has no digits where some must stand"),
            Self::Character(c) => {
                write!(formatter, "holds `{}`, which is no part of a decimal number", c.escape_debug())
            }
            Self::Exponent => formatter.write_str("has an exponent; numbers are written out, `1_000_000` for `1e6`"),
            Self::Large => write!(formatter, "has more than {INTEGER_DIGITS} digits before its point"),
            Self::Fine => write!(formatter, "has more than {DECIMALS} decimals"),
        }
    }
}

impl std::error::Error for NumberProblem {}

fn gcd(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}
