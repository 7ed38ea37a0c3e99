//! The ids of a set's rows or entries, each with where it is, so that blocks find the ones that they name.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Names;
use crate::work;

/// Some ids in the order of their file.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    in_order: Vec<Arc<str>>,
    positions: HashMap<Arc<str>, usize>,
    names: OnceLock<Names<Arc<str>>>,
}

impl From<Vec<Arc<str>>> for Ids {
    fn from(in_order: Vec<Arc<str>>) -> Self {
        work::steps(in_order.len());
        let positions = in_order.iter().enumerate().rev().map(|(at, id)| (Arc::clone(id), at)).collect();
        Self { in_order, positions, names: OnceLock::new() }
    }
}

impl Ids {
    /// The ids in the order of their file.
    pub fn in_order(&self) -> &[Arc<str>] {
        &self.in_order
    }

    /// Where an id is among the others: the index of its row or entry. Of two with one id it is the first.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The ids that an author may have meant, the nearest first.
    pub fn near(&self, typed: &str) -> Vec<&str> {
        self.names.get_or_init(|| self.in_order.iter().cloned().collect()).near(typed)
    }
}

/// The part of an id that a value makes: lower case, Latin letters without accents, every run of other characters than letters and
/// digits as one hyphen, and none at the ends. Empty where the value has no letter and no digit.
pub(super) fn id_of(value: &str) -> String {
    let mut id = String::new();
    let mut is_latin = false;
    for c in value.nfkd() {
        if is_combining_mark(c) {
            // In other scripts it is part of the letter, as in が and й.
            if !is_latin && id.ends_with(|c: char| c != '-') {
                id.push(c);
            }
            continue;
        }
        is_latin = matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
        for c in c.to_lowercase() {
            match c {
                'ß' => id.push_str("ss"),
                'æ' => id.push_str("ae"),
                'œ' => id.push_str("oe"),
                'ø' => id.push('o'),
                'ł' => id.push('l'),
                'đ' => id.push('d'),
                c if c.is_alphanumeric() => id.push(c),
                _ if id.ends_with('-') || id.is_empty() => (),
                _ => id.push('-'),
            }
        }
    }
    id.trim_end_matches('-').nfc().collect()
}

/// The part of an id that a key's value makes. A number below zero keeps its sign as a word: `-1.5` makes `minus-1-5`.
pub(super) fn id_of_value(value: &str, is_number: bool) -> String {
    match value.strip_prefix('-').filter(|_| is_number) {
        Some(size) => format!("minus-{}", id_of(size)),
        None => id_of(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{id_of, id_of_value};

    #[test]
    fn a_value_makes_an_id_that_can_be_typed() {
        for (value, id) in [
            ("North", "north"),
            ("next 450 TB", "next-450-tb"),
            ("45000.01", "45000-01"),
            ("2024-Q1", "2024-q1"),
            ("Kraków", "krakow"),
            ("Krako\u{301}w", "krakow"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Łódź", "lodz"),
            ("Ærø, Đà Nẵng", "aero-da-nang"),
            ("İstanbul", "istanbul"),
            ("Price (net) / €", "price-net"),
            ("  a -- b_c  ", "a-b-c"),
            ("m5.large", "m5-large"),
            ("½ kg", "1-2-kg"),
            ("ＡＢＣ", "abc"),
            ("Москва", "москва"),
            ("Чайковский", "чайковский"),
            ("北京", "北京"),
            ("서울", "서울"),
            ("がくせい", "がくせい"),
            ("हिन्दी", "हिन्दी"),
            ("—", ""),
            ("\u{301}", ""),
            ("", ""),
        ] {
            assert_eq!(id_of(value), id, "{value}");
            assert_eq!(id_of(id), id, "{value}");
        }
    }

    #[test]
    fn numbers_below_zero_make_ids_of_their_own() {
        for (value, is_number, id) in
            [("-1.5", true, "minus-1-5"), ("1.5", true, "1-5"), ("-1.5", false, "1-5"), ("- a", false, "a")]
        {
            assert_eq!(id_of_value(value, is_number), id, "{value}");
        }
    }
}
