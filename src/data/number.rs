//! Exact numbers: what typed digits say and what is calculated from them, without floats.
//!
//! Reading digits is in `parse`, rounding and writing in `rounding`. How a page shows a number is not decided here.

mod parse;
mod rounding;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZero;
use std::sync::Arc;

use num_bigint::BigInt;
use num_rational::BigRational;

pub use parse::NumberProblem;

/// The most bits that arithmetic lets a numerator or denominator have, about 1,233 digits. It bounds the memory that a
/// calculation can take.
const MOST_BITS: u64 = 4096;
/// The highest power of ten within that bound.
const MOST_DIGITS: u32 = 1233;

/// An exact rational number. What is typed has at most 30 significant digits; what is calculated may have up to 4,096 bits
/// above and below the fraction line.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Fraction);

/// A fraction in lowest terms, with the sign in its numerator. Each value has one form, so that equality and hashes follow
/// from the fields: whatever fits is `Small`.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Fraction {
    /// Both in `i128`. The numerator is never `i128::MIN`, so that it can change its sign; the denominator is above zero.
    Small { numerator: i128, denominator: NonZero<i128> },
    /// Everything else.
    Large(Arc<BigRational>),
}

impl Number {
    /// 0
    pub const ZERO: Self = Self::from_integer(0);
    /// 1
    pub const ONE: Self = Self::from_integer(1);
    /// 100, for shares in percent.
    pub const HUNDRED: Self = Self::from_integer(100);

    /// A whole number.
    pub const fn from_integer(value: i64) -> Self {
        Self::whole(value as i128)
    }

    /// Ten to a power. `None` beyond 10^±1233, where it has more than 4,096 bits.
    pub fn pow10(exponent: i32) -> Option<Self> {
        (exponent.unsigned_abs() <= MOST_DIGITS).then(|| power_of_ten(exponent))
    }

    /// The sum. `None` if it has more than 4,096 bits.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        self.small_sum(other).or_else(|| Self::from_large(self.to_large() + other.to_large()).bounded())
    }

    /// The difference. `None` if it has more than 4,096 bits.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Option<Self> {
        self.add(&other.negate())
    }

    /// The product. `None` if it has more than 4,096 bits.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Option<Self> {
        self.small_product(other).or_else(|| Self::from_large(self.to_large() * other.to_large()).bounded())
    }

    /// The quotient. `None` for a division by zero, or if it has more than 4,096 bits.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        self.mul(&other.reciprocal()?)
    }

    /// The same size with the other sign.
    #[must_use]
    pub fn negate(&self) -> Self {
        Self(match &self.0 {
            Fraction::Small { numerator, denominator } => {
                Fraction::Small { numerator: -numerator, denominator: *denominator }
            }
            Fraction::Large(value) => Fraction::Large(Arc::new(-&**value)),
        })
    }

    /// The size without a sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.negate() } else { self.clone() }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Fraction::Small { numerator, .. } => *numerator < 0,
            Fraction::Large(value) => value.numer().sign() == num_bigint::Sign::Minus,
        }
    }

    /// Whether it is whole.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Fraction::Small { denominator, .. } => denominator.get() == 1,
            Fraction::Large(value) => value.is_integer(),
        }
    }

    /// The number as an integer. `None` if it isn't whole, or too large.
    pub fn to_integer(&self) -> Option<i128> {
        self.small().filter(|(_, denominator)| *denominator == 1).map(|(numerator, _)| numerator)
    }

    /// Whether it is a whole multiple of a step. Zero is one of every step, and its own only multiple.
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        self.is_zero() || self.div(step).is_some_and(|times| times.is_integer())
    }

    /// A whole number in `i128`, but for `i128::MIN`.
    const fn whole(numerator: i128) -> Self {
        Self(Fraction::Small { numerator, denominator: NonZero::new(1).expect("1 is not 0") })
    }

    /// One divided by it. `None` for zero.
    fn reciprocal(&self) -> Option<Self> {
        match &self.0 {
            Fraction::Small { numerator, denominator } => Some(Self(Fraction::Small {
                numerator: denominator.get() * numerator.signum(),
                denominator: NonZero::new(numerator.abs())?,
            })),
            // The reciprocal of what doesn't fit doesn't fit either.
            Fraction::Large(value) => Some(Self(Fraction::Large(Arc::new(value.recip())))),
        }
    }

    /// The sum, where everything on the way fits `i128`.
    fn small_sum(&self, other: &Self) -> Option<Self> {
        let ((numerator, denominator), (other, under)) = (self.small()?, other.small()?);
        let common = gcd(denominator, under);
        let left = numerator.checked_mul(under / common)?;
        let right = other.checked_mul(denominator / common)?;
        Self::from_small(left.checked_add(right)?, denominator.checked_mul(under / common)?)
    }

    /// The product, where everything on the way fits `i128`.
    fn small_product(&self, other: &Self) -> Option<Self> {
        let ((numerator, denominator), (other, under)) = (self.small()?, other.small()?);
        let (one, two) = (gcd(numerator, under), gcd(other, denominator));
        Self::from_small((numerator / one).checked_mul(other / two)?, (denominator / two).checked_mul(under / one)?)
    }

    /// Numerator and denominator, if both fit `i128`.
    fn small(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Fraction::Small { numerator, denominator } => Some((*numerator, denominator.get())),
            Fraction::Large(_) => None,
        }
    }

    /// The number of a fraction with a denominator above zero. `None` for the one numerator that has no other sign.
    fn from_small(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator == i128::MIN {
            return None;
        }
        let common = gcd(numerator, denominator);
        Some(Self(Fraction::Small { numerator: numerator / common, denominator: NonZero::new(denominator / common)? }))
    }

    fn to_large(&self) -> BigRational {
        match &self.0 {
            Fraction::Small { numerator, denominator } => {
                BigRational::new_raw((*numerator).into(), denominator.get().into())
            }
            Fraction::Large(value) => BigRational::clone(value),
        }
    }

    /// The number of a fraction in lowest terms, in its one form.
    fn from_large(value: BigRational) -> Self {
        let small = i128::try_from(value.numer()).ok().zip(i128::try_from(value.denom()).ok());
        let small = small.and_then(|(numerator, denominator)| Self::from_small(numerator, denominator));
        small.unwrap_or_else(|| Self(Fraction::Large(Arc::new(value))))
    }

    /// The number, unless it has more bits than are kept.
    fn bounded(self) -> Option<Self> {
        let fits = |part: &BigInt| part.bits() <= MOST_BITS;
        match &self.0 {
            Fraction::Large(value) if !(fits(value.numer()) && fits(value.denom())) => None,
            _ => Some(self),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    /// By cross-multiplication.
    fn cmp(&self, other: &Self) -> Ordering {
        let products = self.small().zip(other.small()).and_then(|((numerator, denominator), (other, under))| {
            Some((numerator.checked_mul(under)?, other.checked_mul(denominator)?))
        });
        match products {
            Some((left, right)) => left.cmp(&right),
            None => self.to_large().cmp(&other.to_large()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_plain_string())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Fraction::Small { numerator, denominator } => write!(formatter, "{numerator}/{denominator}"),
            Fraction::Large(value) => write!(formatter, "{value}"),
        }
    }
}

/// The greatest common divisor; at least 1. Neither may be `i128::MIN`.
fn gcd(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

/// Ten to a power, however large.
fn power_of_ten(exponent: i32) -> Number {
    let size = exponent.unsigned_abs();
    let power = match 10_i128.checked_pow(size) {
        Some(power) => Number::whole(power),
        None => Number::from_large(BigRational::from(BigInt::from(10).pow(size))),
    };
    if exponent < 0 { power.reciprocal().unwrap_or(power) } else { power }
}
