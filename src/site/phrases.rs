//! Finds many phrases in a text at once, such as the names of all terms.

use std::collections::HashMap;

use crate::work;

/// Phrases by their first word, each with a number.
#[derive(Debug)]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<(String, usize)>>,
    /// Whether capitals are as good as small letters.
    any_case: bool,
}

impl Phrases {
    /// Phrases with a number each. Empty ones are found nowhere.
    pub(super) fn of<'p>(phrases: impl Iterator<Item = (&'p str, usize)>, any_case: bool) -> Self {
        let mut found = Self { by_first: HashMap::new(), any_case };
        for (phrase, number) in phrases {
            let phrase = found.folded(phrase);
            if let Some(first) = first_word(&phrase) {
                found.by_first.entry(first.to_owned()).or_default().push((phrase, number));
            }
        }
        found
    }

    /// Where phrases stand in a text as words of their own, or with an `s` behind them: their first byte and their number, in the
    /// order of the text.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let mut is_inside = false;
        let starts = text.char_indices().filter(move |(_, c)| {
            let was_inside = std::mem::replace(&mut is_inside, c.is_alphanumeric());
            !was_inside && !c.is_whitespace()
        });
        starts.filter(|_| !self.by_first.is_empty()).flat_map(|(at, _)| self.at(text, at))
    }

    /// The phrases that a text holds at the start of a word.
    fn at<'t>(&'t self, text: &'t str, at: usize) -> impl Iterator<Item = (usize, usize)> + 't {
        let rest = text.get(at..).unwrap_or("");
        let first = self.folded(first_word(rest).unwrap_or(""));
        let singular = first.strip_suffix('s').unwrap_or(&first);
        let of = |word: &str| self.by_first.get(word).map_or(&[][..], Vec::as_slice);
        let singulars = if singular.len() < first.len() { of(singular) } else { &[] };
        let known = of(&first).iter().chain(singulars);
        known.filter(move |(phrase, _)| self.begins(rest, phrase)).map(move |(_, number)| (at, *number))
    }

    /// Whether a text begins with a phrase, behind which no letter or digit is but an `s`.
    fn begins(&self, text: &str, phrase: &str) -> bool {
        work::steps(1);
        let end = match self.any_case {
            false => text.starts_with(phrase).then_some(phrase.len()),
            true => {
                let small = |(at, c): (usize, char)| c.to_lowercase().map(move |small| (at + c.len_utf8(), small));
                let mut letters = text.char_indices().flat_map(small);
                phrase.chars().try_fold(0, |_, c| letters.next().filter(|(_, letter)| *letter == c).map(|(end, _)| end))
            }
        };
        let behind = end.and_then(|end| text.get(end..)).map(|behind| behind.strip_prefix('s').unwrap_or(behind));
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    }

    fn folded(&self, text: &str) -> String {
        if self.any_case { text.to_lowercase() } else { text.to_owned() }
    }
}

/// The letters and digits that a text begins with, or its first character where that is none; nothing of an empty text.
fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end.max(text.chars().next()?.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_words_of_their_own() {
        let phrases = ["R&D", "VPS", ".NET", "Fee grade"];
        let all = |any_case| Phrases::of(phrases.into_iter().zip(0..), any_case);
        for (text, exact, any) in [
            ("A VPS and VPSs, XVPS, VPSx", &[(2, 1), (10, 1)][..], &[(2, 1), (10, 1)][..]),
            ("(R&D) for .NET; r&d", &[(1, 0), (10, 2)], &[(1, 0), (10, 2), (16, 0)]),
            ("fee grades, Fee Grade, İ fee grade", &[], &[(0, 3), (12, 3), (26, 3)]),
            ("", &[], &[]),
        ] {
            assert_eq!(all(false).find(text).collect::<Vec<_>>(), exact, "{text}");
            assert_eq!(all(true).find(text).collect::<Vec<_>>(), any, "{text}");
        }
    }
}
