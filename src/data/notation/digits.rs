//! Digits as they are shown: grouped in threes, with their decimals, or as a rank.

use std::ops::RangeInclusive;

use crate::data::number::Number;
use crate::data::unit::Unit;

/// The raised digits, from 0.
pub(super) const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Digits in groups of three.
pub(super) fn group(digits: &str, mark: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * mark.len());
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(mark);
        }
        grouped.push(digit);
    }
    grouped
}

/// A number's size, rounded to so many decimals, as digits. An empty mark groups nothing.
pub(super) fn decimal(value: &Number, decimals: u32, group_mark: &str, decimal_mark: &str) -> String {
    let digits = value.to_fixed(decimals);
    let digits = digits.trim_start_matches('-');
    match digits.split_once('.') {
        Some((whole, rest)) => format!("{}{decimal_mark}{rest}", group(whole, group_mark)),
        None => group(digits, group_mark),
    }
}

/// What multiplies a number by a power of ten: ` × 10⁻¹⁹`.
pub(super) fn power(exponent: i8) -> String {
    let raised = |c: char| c.to_digit(10).and_then(|digit| SUPERSCRIPTS.chars().nth(digit as usize)).unwrap_or('⁻');
    format!(" × 10{}", exponent.to_string().chars().map(raised).collect::<String>())
}

/// A rank in digits with the letters that English puts behind: `2nd`, `1,001st`.
pub(super) fn ordinal(value: &Number, group_mark: &str) -> String {
    let digits = decimal(value, 0, group_mark, ".");
    let suffix = match digits.as_bytes() {
        [.., b'1', b'1' | b'2' | b'3'] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    format!("{digits}{suffix}")
}

/// The most decimals that are tried to show a number: none that is typed has more.
pub(super) const FINEST: u32 = 60;

/// Whether so many decimals show a size: rounded to them it differs by at most a twentieth, and isn't the limit.
pub(super) fn shows(size: &Number, decimals: u32, limit: Option<&Number>) -> bool {
    let shown = size.rounded(decimals);
    let is_near = || {
        let difference = shown.sub(size).and_then(|difference| difference.abs().mul(&Number::from_integer(20)));
        difference.is_some_and(|twentyfold| twentyfold <= *size)
    };
    shown == *size || (is_near() && Some(&shown) != limit)
}

/// The value that nothing may be rounded to: of percentages, the whole. Zero is one for every unit: it is never within a twentieth.
pub(super) fn limit(unit: &Unit) -> Option<Number> {
    unit.is_percent().then_some(Number::HUNDRED)
}

/// How many digits of a number count, the least and the most: those of `1,200` are two to four.
pub(super) fn counting(value: &Number, decimals: i32) -> Option<RangeInclusive<i32>> {
    let most = value.exponent()? + 1 + decimals;
    let zeros = value.step().and_then(|step| step.exponent()).filter(|zeros| decimals == 0 && *zeros > 0);
    Some(most - zeros.unwrap_or(0)..=most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_in_threes() {
        let check = |digits: &str, expected: &str| assert_eq!(group(digits, ","), expected);
        check("", "");
        check("1", "1");
        check("999", "999");
        check("1250", "1,250");
        check("100000", "100,000");
        check("1100000", "1,100,000");
        assert_eq!(group("1100000", ""), "1100000");
        assert_eq!(group("1100000", "\u{a0}"), "1\u{a0}100\u{a0}000");
    }

    #[test]
    fn decimals_follow_the_point() {
        let check = |value: &str, decimals: u32, expected: &str| {
            assert_eq!(decimal(&Number::from_decimal(value).unwrap(), decimals, ",", "."), expected);
        };
        check("19.99", 2, "19.99");
        check("0.5", 1, "0.5");
        check("0.0045", 3, "0.005");
        check("0", 2, "0.00");
        check("-1250", 0, "1,250");
        check("1234567.8", 1, "1,234,567.8");
        check("1e30", 0, "1,000,000,000,000,000,000,000,000,000,000");
    }

    #[test]
    fn ranks_have_their_letters() {
        for (value, expected) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")] {
            assert_eq!(ordinal(&Number::from_integer(value), ","), expected);
        }
        for (value, expected) in [(21, "21st"), (111, "111th"), (122, "122nd"), (1001, "1,001st"), (1012, "1,012th")] {
            assert_eq!(ordinal(&Number::from_integer(value), ","), expected);
        }
    }
}
