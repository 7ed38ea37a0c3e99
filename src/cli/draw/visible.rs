//! Text of users made harmless for a terminal: whatever would move the cursor, turn the writing round or hide is
//! replaced by one visible character, so that columns still count.

use std::borrow::Cow;

/// The text with control, direction and hidden characters replaced. Tabs become a space, line feeds a mark.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |c| match c {
        '\t' => Some(' '),
        c => stand_in(c),
    })
}

/// The same for a line of source, which keeps its tabs.
pub fn visible_line(line: &str) -> Cow<'_, str> {
    replaced(line, |c| if c == '\t' { None } else { stand_in(c) })
}

/// The same for text of several lines, such as advice.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| match c {
        '\n' => None,
        '\t' => Some(' '),
        c => stand_in(c),
    })
}

fn replaced(text: &str, stand_in: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().any(|c| stand_in(c).is_some()) {
        Cow::Owned(text.chars().map(|c| stand_in(c).unwrap_or(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// What stands for a character that must not reach a terminal.
pub fn stand_in(c: char) -> Option<char> {
    match c {
        // Unicode has a picture for each of the first controls, in the same order.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('␡'),
        // Terminals take these as escapes too.
        '\u{80}'..='\u{9f}' => Some('�'),
        // Direction: marks, embeddings, overrides, isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('�'),
        // Hidden, or ending a line on some terminals. The joiners are not here: scripts and emoji need them.
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' => Some('�'),
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Some('�'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_becomes_one_visible_character() {
        for (text, expected) in [
            ("plain", "plain"),
            ("$432K – 10 %", "$432K – 10 %"),
            ("日本 👩‍💻 é", "日本 👩‍💻 é"),
            ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
            ("\u{9b}31m", "�31m"),
            ("a\nb\tc\r", "a␊b c␍"),
            ("bell\x07 del\x7f", "bell␇ del␡"),
            ("\u{202e}abc\u{2069}", "�abc�"),
            ("zero\u{200b}width\u{feff}", "zero�width�"),
            ("line\u{2028}end", "line�end"),
        ] {
            assert_eq!(visible(text), expected);
            assert_eq!(visible(text).chars().count(), text.chars().count(), "columns still count");
        }
        assert_eq!(visible_line("\ta\x1b"), "\ta␛");
        assert_eq!(visible_lines("a\n\tb"), "a\n b");
    }
}
