//! Exact numbers: what a file's digits say, and what is calculated from them, without a float anywhere.

/// An exact rational number. Typed data are decimals with at most twelve digits before the point and six behind it,
/// so that sums, differences, shares and comparisons of them fit without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Numerator; it carries the sign.
    numerator: i128,
    /// Denominator, above zero, without a common factor with the numerator.
    denominator: i128,
}
