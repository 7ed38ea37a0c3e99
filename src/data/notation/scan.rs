//! Looking at text byte by byte without ever leaving a character's boundary: spaces, letters, and runs of digits.

use std::ops::Range;

use super::digits::SUPERSCRIPTS;

/// Digits with their grouping and decimals, as far as they go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DigitRun {
    /// All of it.
    pub(super) range: Range<usize>,
    /// Where the digits before the point end.
    pub(super) integer_end: usize,
    /// Whether commas set off thousands.
    pub(super) grouped: bool,
    /// What is wrong with it.
    pub(super) fault: Option<DigitFault>,
}

/// What can be wrong with a run of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DigitFault {
    /// `1,10,000`
    Grouping,
    /// `1.100.000`, or decimals followed by a comma
    DecimalMark,
    /// `1_000`, `1'000`
    Mark(char),
}

/// The character that starts at a byte.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends before a byte.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether a byte is an ASCII digit.
pub(super) fn is_digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// The text from one byte to another; empty where there is none.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Where spaces of any kind, line breaks included, end.
pub(super) fn after_spaces(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

/// Where spaces of any kind that end at a byte start.
pub(super) fn before_spaces(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().trim_end().len()
}

/// Where a run of letters ends.
pub(super) fn after_letters(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
}

/// Whether a character belongs to a word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A hyphen that can join words: `-` or U+2011.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2011}')
}

/// The run of digits that starts at a byte, which must be one.
pub(super) fn digit_run(text: &str, start: usize) -> DigitRun {
    let mut at = after_digits(text, start);
    let mut run = DigitRun { range: start..at, integer_end: at, grouped: false, fault: None };
    let mut well_grouped = at - start <= 3;
    while let Some(mark @ (',' | '_' | '\'' | '’')) = char_at(text, at) {
        let group = at + mark.len_utf8();
        if !is_digit_at(text, group) {
            break;
        }
        let end = after_digits(text, group);
        well_grouped &= end - group == 3;
        match mark {
            ',' => run.grouped = true,
            mark => run.fault = run.fault.or(Some(DigitFault::Mark(mark))),
        }
        at = end;
    }
    if run.grouped && !well_grouped {
        run.fault = run.fault.or(Some(DigitFault::Grouping));
    }
    run.integer_end = at;
    if char_at(text, at) == Some('.') && is_digit_at(text, at + 1) {
        at = after_digits(text, at + 1);
        while matches!(char_at(text, at), Some('.' | ',')) && is_digit_at(text, at + 1) {
            at = after_digits(text, at + 1);
            run.fault = Some(DigitFault::DecimalMark);
        }
    }
    run.range.end = at;
    run
}

/// The power of ten by which a number that ends at a byte is multiplied, and where it ends: `e-19`, ` × 10⁻¹⁹`.
pub(super) fn power(text: &str, at: usize) -> Option<(i8, usize)> {
    let rest = text.get(at..)?;
    let (digits, end) = match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let is_sign = |c: char| matches!(c, '-' | '+' | '\u{2212}');
            let digits = exponent.find(|c: char| !c.is_ascii_digit() && !is_sign(c)).unwrap_or(exponent.len());
            (exponent[..digits].replace('\u{2212}', "-"), at + 1 + digits)
        }
        None => {
            let exponent = rest.trim_start().strip_prefix('×')?.trim_start().strip_prefix("10")?;
            let plain = |c: char| match c {
                '⁻' => Some('-'),
                '⁺' => Some('+'),
                c => SUPERSCRIPTS.chars().zip('0'..='9').find(|(raised, _)| *raised == c).map(|(_, digit)| digit),
            };
            let digits: String = exponent.chars().map_while(plain).collect();
            let length: usize = exponent.chars().take(digits.len()).map(char::len_utf8).sum();
            (digits, at + rest.len() - exponent.len() + length)
        }
    };
    let is_whole = !char_at(text, end).is_some_and(is_word_char);
    Some((digits.parse().ok().filter(|_| is_whole)?, end))
}

fn after_digits(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_run_as_far_as_they_belong_together() {
        let check = |text: &str, length: usize, fault: Option<DigitFault>| {
            let run = digit_run(text, 0);
            assert_eq!((run.range.end, run.fault), (length, fault), "{text}");
        };
        check("432K", 3, None);
        check("432,000", 7, None);
        check("1,100,000.50 x", 12, None);
        check("1100000", 7, None);
        check("432,", 3, None);
        check("432. Then", 3, None);
        check("432, 433", 3, None);
        check("1,10,000", 8, Some(DigitFault::Grouping));
        check("1100,000", 8, Some(DigitFault::Grouping));
        check("1,2", 3, Some(DigitFault::Grouping));
        check("1.100.000", 9, Some(DigitFault::DecimalMark));
        check("1.100,00", 8, Some(DigitFault::DecimalMark));
        check("1_000", 5, Some(DigitFault::Mark('_')));
        check("1’000", 7, Some(DigitFault::Mark('’')));
        check("5’s", 1, None);
    }

    #[test]
    fn powers_of_ten_have_two_forms() {
        let check = |text: &str, expected: Option<(i8, usize)>| assert_eq!(power(text, 1), expected, "{text}");
        check("1e-19", Some((-19, 5)));
        check("1e−19 J", Some((-19, 7)));
        check("1E6", Some((6, 3)));
        check("1e+6.", Some((6, 4)));
        check("1 × 10⁻¹⁹", Some((-19, 15)));
        check("1×10²³", Some((23, 9)));
        check("1e", None);
        check("1e-", None);
        check("1e6a", None);
        check("1e999", None);
        check("1e6-7", None);
        check("1 × 10", None);
        check("1 × 10⁻", None);
        check("1 × 10²m", None);
    }

    #[test]
    fn spaces_of_any_kind_are_spaces() {
        assert_eq!(after_spaces("a \u{a0}\u{2009}\u{202f}\r\n\tb", 1), 13);
        assert_eq!(before_spaces("a\u{202f}b", 4), 1);
        assert_eq!(after_spaces("é", 1), 1);
        assert_eq!(before_spaces("é", 1), 0);
    }
}
