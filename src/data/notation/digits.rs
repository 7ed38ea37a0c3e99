//! Digits as they are shown: grouped in threes, with their decimals, or as a rank.

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

/// A size in units of its last decimal, as digits: 1999 at two decimals is `19.99`. An empty mark groups nothing.
pub(super) fn decimal(scaled: i128, decimals: u32, group_mark: &str, decimal_mark: &str) -> String {
    let places = usize::try_from(decimals).unwrap_or(0);
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = places + 1);
    let (integer, rest) = digits.split_at(digits.len() - places);
    let mut text = group(integer, group_mark);
    if places > 0 {
        text.push_str(decimal_mark);
        text.push_str(rest);
    }
    text
}

/// A rank in digits with the letters that English puts behind: `2nd`, `1,001st`.
pub(super) fn ordinal(value: i128, group_mark: &str) -> String {
    let suffix = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", decimal(value, 0, group_mark, "."))
}

/// How many digits a number shows that say something: those from the first that is not nought.
pub(super) fn significant(scaled: i128) -> usize {
    if scaled == 0 { 0 } else { scaled.unsigned_abs().to_string().len() }
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
        let check = |scaled: i128, decimals: u32, expected: &str| {
            assert_eq!(decimal(scaled, decimals, ",", "."), expected);
        };
        check(1999, 2, "19.99");
        check(5, 1, "0.5");
        check(5, 3, "0.005");
        check(0, 2, "0.00");
        check(-1250, 0, "1,250");
        check(12_345_678, 1, "1,234,567.8");
    }

    #[test]
    fn ranks_have_their_letters() {
        for (value, expected) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")] {
            assert_eq!(ordinal(value, ","), expected);
        }
        for (value, expected) in [(21, "21st"), (111, "111th"), (122, "122nd"), (1001, "1,001st"), (1012, "1,012th")] {
            assert_eq!(ordinal(value, ","), expected);
        }
    }
}
