//! Rounding numbers, half away from zero, and writing them as digits.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Fraction, Number, power_of_ten};

/// The most decimals with which a number is written exactly.
const EXACT_DECIMALS: u32 = 60;
/// The significant digits of a number whose decimals go on without an end, or for too long.
const WRITTEN_DIGITS: u32 = 12;
/// The fewest decimals of such a number.
const WRITTEN_DECIMALS: u32 = 6;
/// The significant digits of a root.
const ROOT_DIGITS: i32 = 40;
/// The highest root that is taken; the digits on the way grow with it.
const HIGHEST_ROOT: u32 = 1000;

impl Number {
    /// Rounded to a number of decimals.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Self {
        if self.is_integer() { self.clone() } else { self.rounded_at(place(decimals)) }
    }

    /// Rounded to a number of significant digits.
    #[must_use]
    pub fn rounded_to_digits(&self, digits: u32) -> Self {
        match self.exponent() {
            Some(exponent) => self.rounded_at(place(digits).saturating_sub(1).saturating_sub(exponent)),
            None => Self::ZERO,
        }
    }

    /// Rounded to the nearest multiple of a step. `None` for a step of zero, or if a number on the way has more than 4,096
    /// bits.
    #[must_use]
    pub fn rounded_to_step(&self, step: &Self) -> Option<Self> {
        self.div(step)?.rounded(0).mul(step)
    }

    /// The n-th root of a number that is zero or above, rounded to 40 significant digits. `None` for a number below zero, and
    /// unless `n` is 1 to 1,000.
    pub fn root(&self, n: u32) -> Option<Self> {
        if self.is_negative() || !(1..=HIGHEST_ROOT).contains(&n) {
            return None;
        }
        let Some(exponent) = self.exponent() else { return Some(Self::ZERO) };
        let degree = i32::try_from(n).ok()?;
        let decimals = ROOT_DIGITS - 1 - exponent.div_euclid(degree);
        // The root, doubled so that its last bit tells how to round, with all its digits before the point.
        let scaled = self.to_large() * BigInt::from(2).pow(n) * power_of_ten(decimals * degree).to_large();
        let doubled: BigInt = scaled.to_integer().nth_root(n);
        let digits: BigInt = (doubled + 1) / 2;
        Some(Self::from_large(BigRational::from(digits)).shifted(-decimals))
    }

    /// The power of ten of the first significant digit: 2 for 432, -2 for 0.05. `None` for zero.
    pub fn exponent(&self) -> Option<i32> {
        if self.is_zero() {
            return None;
        }
        let size = self.abs();
        let (above, below) = match size.small() {
            Some((numerator, denominator)) => (numerator.ilog10(), denominator.ilog10()),
            None => {
                let value = size.to_large();
                (digits_before_first(value.numer()), digits_before_first(value.denom()))
            }
        };
        let most = place(above) - place(below);
        Some(if size < power_of_ten(most) { most - 1 } else { most })
    }

    /// The largest power of ten that divides it. `None` for zero, and for what never ends.
    pub fn step(&self) -> Option<Self> {
        let decimals = self.decimals().filter(|_| !self.is_zero())?;
        if decimals > 0 {
            return Some(power_of_ten(-place(decimals)));
        }
        let digits = self.to_fixed(0);
        Some(power_of_ten(place_of(digits.len() - digits.trim_end_matches('0').len())))
    }

    /// How many decimals write it exactly. `None` for what never ends, such as a third.
    pub fn decimals(&self) -> Option<u32> {
        match &self.0 {
            Fraction::Small { denominator, .. } => {
                let denominator = denominator.get();
                let twos = denominator.trailing_zeros();
                let (mut rest, mut fives) = (denominator >> twos, 0);
                while rest % 5 == 0 {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                (rest == 1).then_some(twos.max(fives))
            }
            Fraction::Large(value) => {
                let twos = value.denom().trailing_zeros().unwrap_or(0);
                let (mut rest, mut fives) = (value.denom() >> twos, 0);
                let zero = BigInt::ZERO;
                while &rest % 5 == zero {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                (rest == BigInt::from(1)).then_some(u32::try_from(twos).ok()?.max(fives))
            }
        }
    }

    /// Its digits with exactly so many decimals, rounded: `-14.30`. What rounds to zero has no sign.
    pub fn to_fixed(&self, decimals: u32) -> String {
        let scaled = match self.small_scaled(decimals) {
            Some(scaled) => scaled.to_string(),
            None => self.scaled(place(decimals)).to_string(),
        };
        let (sign, digits) = scaled.strip_prefix('-').map_or(("", &*scaled), |digits| ("-", digits));
        let decimals = usize::try_from(decimals).unwrap_or(0);
        let digits = format!("{digits:0>width$}", width = decimals.saturating_add(1));
        let (whole, rest) = digits.split_at(digits.len() - decimals);
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    }

    /// Digits, a point, `-`, and nothing else, without trailing zeros. This is what files hold. It is exact for what ends
    /// within 60 decimals; anything else is rounded to twelve significant digits, and to no fewer than six decimals.
    pub fn to_plain_string(&self) -> String {
        if let Some(decimals) = self.decimals().filter(|decimals| *decimals <= EXACT_DECIMALS) {
            return self.to_fixed(decimals);
        }
        let behind = place(WRITTEN_DIGITS) - 1 - self.exponent().unwrap_or(0);
        let text = self.to_fixed(u32::try_from(behind).unwrap_or(0).max(WRITTEN_DECIMALS));
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Multiplied by a power of ten.
    pub(super) fn shifted(&self, exponent: i32) -> Self {
        let power = power_of_ten(exponent);
        self.small_product(&power).unwrap_or_else(|| Self::from_large(self.to_large() * power.to_large()))
    }

    /// Rounded at a decimal, or, below zero, at a digit before the point.
    fn rounded_at(&self, place: i32) -> Self {
        let scaled = u32::try_from(place).ok().and_then(|decimals| self.small_scaled(decimals));
        let whole = match scaled {
            Some(numerator) => Self::whole(numerator),
            None => Self::from_large(BigRational::from(self.scaled(place))),
        };
        whole.shifted(-place)
    }

    /// The number in units of a decimal, rounded, where everything on the way fits `i128`.
    fn small_scaled(&self, decimals: u32) -> Option<i128> {
        let (numerator, denominator) = self.small()?;
        let power = 10_i128.checked_pow(decimals)?;
        let whole = (numerator / denominator).checked_mul(power)?;
        let rest = (numerator % denominator).checked_mul(power)?;
        let (quotient, left) = (rest / denominator, (rest % denominator).abs());
        let away = if left >= denominator - left { numerator.signum() } else { 0 };
        whole.checked_add(quotient + away).filter(|scaled| *scaled != i128::MIN)
    }

    /// The number in units of a decimal, rounded.
    fn scaled(&self, place: i32) -> BigInt {
        (self.to_large() * power_of_ten(place).to_large()).round().to_integer()
    }
}

/// How many digits an integer has behind its first.
fn digits_before_first(value: &BigInt) -> u32 {
    u32::try_from(value.magnitude().to_string().len() - 1).unwrap_or(u32::MAX)
}

fn place(decimals: u32) -> i32 {
    i32::try_from(decimals).unwrap_or(i32::MAX)
}

fn place_of(zeros: usize) -> i32 {
    i32::try_from(zeros).unwrap_or(i32::MAX)
}
