//! Currencies as texts name them: by ISO code, by one of the four signs that stand for one, by a word.

use crate::data::currency::CODES;

/// A currency, by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(&'static str);

/// Codes that are English words or names in capitals as often as they are money: `TOP 10`, `PHP 8`.
static ALSO_WORDS: &[&str] = &["ALL", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "PHP", "SOS", "TOP", "TRY"];

impl Currency {
    /// The currency of an ISO code in capitals.
    pub fn from_code(code: &str) -> Option<Self> {
        CODES.binary_search(&code).ok().and_then(|at| CODES.get(at)).map(|code| Self(code))
    }

    /// The currency of a sign. `$` is the US dollar: others are told apart by their codes.
    pub fn from_sign(sign: char) -> Option<Self> {
        Self::from_code(match sign {
            '$' => "USD",
            '€' => "EUR",
            '£' => "GBP",
            '¥' => "JPY",
            _ => return None,
        })
    }

    /// The currency of a word that stands after a number.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        let code = match word {
            "dollar" | "dollars" => "USD",
            "euro" | "euros" => "EUR",
            _ => return None,
        };
        Self::from_code(code)
    }

    /// Its ISO code.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Its sign, where it has one of the four.
    pub fn sign(self) -> Option<char> {
        sign_of(self.0)
    }

    /// Whether its code is a word as well.
    pub(super) fn is_also_word(self) -> bool {
        ALSO_WORDS.contains(&self.0)
    }
}

/// The sign that is written before an amount in the currency of a code.
pub(super) fn sign_of(code: &str) -> Option<char> {
    match code {
        "USD" => Some('$'),
        "EUR" => Some('€'),
        "GBP" => Some('£'),
        "JPY" => Some('¥'),
        _ => None,
    }
}

/// Whether a character is a currency sign, one of the four or another.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '\u{20A0}'..='\u{20CF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_found() {
        assert!(CODES.is_sorted());
        for &code in CODES {
            assert_eq!(Currency::from_code(code).map(Currency::code), Some(code));
        }
        for code in ["", "US", "usd", "USDT", "XXX", "VPS"] {
            assert_eq!(Currency::from_code(code), None, "{code}");
        }
        assert!(ALSO_WORDS.iter().all(|code| Currency::from_code(code).is_some()));
    }

    #[test]
    fn signs_stand_for_one_currency_each() {
        for (sign, code) in [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY")] {
            assert_eq!(Currency::from_sign(sign).map(Currency::code), Some(code));
            assert_eq!(sign_of(code), Some(sign));
            assert!(is_sign(sign));
        }
        assert_eq!(Currency::from_sign('₹'), None);
        assert!(is_sign('₹'));
        assert_eq!(sign_of("CHF"), None);
    }
}
