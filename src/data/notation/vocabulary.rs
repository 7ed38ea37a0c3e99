//! The words that the grammar knows. Words are compared without regard to capitals.

use super::written::Magnitude;
use super::{Currency, scan};
use crate::data::amount::Bound;

/// What a word says about numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// One to twelve.
    Cardinal(u8),
    /// First to twelfth.
    Ordinal(u8),
    /// Any other, which must be typed in digits.
    Other,
}

/// The words for one to twelve.
pub(super) static CARDINALS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The words for first to twelfth.
pub(super) static ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Names that look like a magnitude.
const NAMES: [&str; 3] = ["401K", "403B", "457B"];

/// Widths of pictures, which look like a magnitude too.
const PICTURE_WIDTHS: [&str; 5] = ["2K", "4K", "5K", "6K", "8K"];

/// What stands behind the width of a picture, in the singular.
const PICTURE_WORDS: &str = "camera content display film footage HDR image monitor movie panel picture projector \
                             recording resolution screen stream streaming television TV UHD Ultra video";

/// Whether a number with a letter behind it is a name, before the word that comes next: `401K`, `4K video`.
pub(super) fn is_name(number: &str, letter: &str, next: &str) -> bool {
    let is = |name: &&str| name.strip_suffix(letter) == Some(number);
    let next = next.strip_suffix('s').unwrap_or(next);
    let is_picture = || PICTURE_WORDS.split(' ').any(|word| word.eq_ignore_ascii_case(next));
    NAMES.iter().any(is) || PICTURE_WIDTHS.iter().any(is) && is_picture()
}

/// Words of numbers that no text is read by, and words that multiply the number beside them.
static OTHER_NUMBERS: [&str; 30] = [
    "zero",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "dozen",
    "dozens",
    "double",
    "triple",
    "quadruple",
    "twice",
    "thrice",
];

static MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Bounds that stand before a number, longer ones before those they end with.
static BOUNDS_BEFORE: [(&str, Bound); 31] = [
    ("no more than", Bound::UpTo),
    ("not more than", Bound::UpTo),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("a maximum of", Bound::UpTo),
    ("a minimum of", Bound::AtLeast),
    ("more than", Bound::Over),
    ("less than", Bound::Under),
    ("fewer than", Bound::Under),
    ("at least", Bound::AtLeast),
    ("at most", Bound::UpTo),
    ("up to", Bound::UpTo),
    ("over", Bound::Over),
    ("above", Bound::Over),
    ("under", Bound::Under),
    ("below", Bound::Under),
    ("about", Bound::About),
    ("roughly", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("some", Bound::About),
    ("~", Bound::About),
    ("≈", Bound::About),
    (">", Bound::Over),
    ("≥", Bound::AtLeast),
    ("<", Bound::Under),
    ("≤", Bound::UpTo),
];

/// Bounds that stand after a number.
static BOUNDS_AFTER: [(&str, Bound); 12] = [
    ("or more", Bound::AtLeast),
    ("and more", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("and above", Bound::AtLeast),
    ("or over", Bound::AtLeast),
    ("and over", Bound::AtLeast),
    ("and up", Bound::AtLeast),
    ("or less", Bound::UpTo),
    ("or fewer", Bound::UpTo),
    ("or below", Bound::UpTo),
    ("and below", Bound::UpTo),
    ("or under", Bound::UpTo),
];

/// A word in small letters, kept on the stack: no word of the grammar is longer.
pub(super) struct Lowered {
    bytes: [u8; 16],
    length: usize,
}

impl Lowered {
    /// The word in small letters; empty for what is too long or not ASCII.
    pub(super) fn new(word: &str) -> Self {
        let mut lowered = Self { bytes: [0; 16], length: 0 };
        if word.is_ascii() && word.len() <= lowered.bytes.len() {
            for (to, from) in lowered.bytes.iter_mut().zip(word.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            lowered.length = word.len();
        }
        lowered
    }

    /// The word.
    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// What a word says about numbers, if anything.
pub(super) fn number_word(word: &str) -> Option<NumberWord> {
    let lowered = Lowered::new(word);
    let word = lowered.as_str();
    let place = |words: &[&str]| words.iter().position(|&each| each == word).and_then(|at| u8::try_from(at + 1).ok());
    place(&CARDINALS)
        .map(NumberWord::Cardinal)
        .or_else(|| place(&ORDINALS).map(NumberWord::Ordinal))
        .or_else(|| OTHER_NUMBERS.contains(&word).then_some(NumberWord::Other))
}

/// The month of an English name with a capital: 1 to 12.
pub(super) fn month(word: &str) -> Option<u16> {
    MONTHS.iter().position(|&each| each == word).and_then(|at| u16::try_from(at + 1).ok())
}

/// A period that is no unit of time in prose: `a quarter of it`.
pub(super) const QUARTER: &str = "quarter";

/// The unit of the period that one word says an amount is paid by: `monthly`.
pub(super) fn frequency(word: &str) -> Option<&'static str> {
    Some(match Lowered::new(word).as_str() {
        "hourly" => "hour",
        "daily" => "day",
        "weekly" => "week",
        "monthly" => "month",
        "quarterly" => QUARTER,
        "yearly" | "annually" | "annual" => "year",
        _ => return None,
    })
}

/// What a letter or a word multiplies by.
pub(super) fn magnitude(word: &str) -> Option<Magnitude> {
    match Lowered::new(word).as_str() {
        "k" | "thousand" => Some(Magnitude::Thousand),
        "m" | "million" => Some(Magnitude::Million),
        "b" | "bn" | "billion" => Some(Magnitude::Billion),
        "tn" | "trillion" => Some(Magnitude::Trillion),
        _ => None,
    }
}

/// The currency of a code in capitals, or of a word.
pub(super) fn currency(word: &str) -> Option<Currency> {
    Currency::from_code(word).or_else(|| Currency::from_word(Lowered::new(word).as_str()))
}

/// The bound that a text ends with, and where it starts.
pub(super) fn bound_before(text: &str) -> Option<(Bound, usize)> {
    BOUNDS_BEFORE.iter().find_map(|&(phrase, bound)| Some((bound, ends_with(text, phrase)?)))
}

/// The bound that a text starts with, spaces aside, and where it ends.
pub(super) fn bound_after(text: &str) -> Option<(Bound, usize)> {
    BOUNDS_AFTER.iter().find_map(|&(phrase, bound)| {
        let mut at = 0;
        for word in phrase.split(' ') {
            let start = scan::after_spaces(text, at);
            at = scan::after_letters(text, start);
            if start == at || !scan::slice(text, start..at).eq_ignore_ascii_case(word) {
                return None;
            }
        }
        Some((bound, at))
    })
}

/// Where a phrase starts that a text ends with, as words of their own, with spaces of any kind between them.
pub(super) fn ends_with(text: &str, phrase: &str) -> Option<usize> {
    let mut start = text.len();
    for (at, word) in phrase.rsplit(' ').enumerate() {
        let end = if at == 0 { start } else { scan::before_spaces(text, start) };
        if at > 0 && end == start {
            return None;
        }
        start = end.checked_sub(word.len())?;
        let apart = !word.starts_with(char::is_alphabetic) || !text.get(..start)?.ends_with(scan::is_word_char);
        if !apart || !text.get(start..end)?.eq_ignore_ascii_case(word) {
            return None;
        }
    }
    Some(start)
}
