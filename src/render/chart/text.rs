//! Text in drawings, where nothing wraps by itself: how wide it runs, and where its lines break.
//!
//! Lines are broken for the narrowest screen that the site is made for, since a drawing is made once for all widths.

/// The widths of U+0020 to U+007E in hundredths of an em, in the site's own font.
const ASCII: [u8; 95] = [
    20, 29, 43, 50, 50, 82, 61, 25, 30, 30, 42, 50, 25, 31, 25, 35, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 25, 25, 50,
    50, 50, 42, 85, 54, 59, 57, 61, 53, 49, 62, 65, 26, 48, 58, 49, 73, 65, 66, 57, 66, 57, 53, 54, 64, 51, 79, 51, 48,
    54, 30, 35, 30, 50, 50, 54, 50, 55, 46, 55, 50, 29, 50, 54, 25, 25, 49, 25, 83, 55, 54, 55, 55, 35, 42, 34, 54, 47,
    72, 45, 47, 42, 30, 24, 30, 50,
];

/// How wide a drawing is at least, in pixels: that of a phone of 320 pixels, less its margins.
pub(super) const NARROW: u32 = 288;
/// The same for one of several small drawings side by side.
pub(super) const SMALL: u32 = 224;
/// The size of names and values on a narrow screen, in pixels.
pub(super) const NAME: u32 = 14;
/// The size of notes and of a scale's labels, in pixels.
pub(super) const NOTE: u32 = 13;

/// How wide a text runs at a size, in pixels, rounded up and with some room for another font.
pub(super) fn width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text.chars().map(advance).sum();
    (hundredths * size * 104).div_ceil(10_000)
}

/// Breaks a text into lines: the first at most so wide, the others at most that wide, in pixels.
/// A word that is wider than a line is broken.
pub(super) fn wrap(text: &str, size: u32, first: u32, others: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let room = if lines.is_empty() { first } else { others };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        // The first line may have room for nothing beside a value; then it stays empty only if the word fits below.
        if !line.is_empty() || (lines.is_empty() && width(word, size) <= others) {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            let room = if lines.is_empty() { first } else { others };
            line.push(c);
            // What is written above another letter stays with it.
            if width(&line, size) > room && line.chars().count() > 1 && advance(c) > 0 {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

fn advance(c: char) -> u32 {
    match c {
        ' '..='~' => u32::from(ASCII[(c as usize) - 0x20]),
        '\u{00A0}' | '·' => 25,
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' => 0,
        '\u{00A1}'..='\u{10FF}' | '–' | '−' | '€' | '‘'..='„' => 58,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_long_words_inside() {
        let check = |text: &str, first, others, expected: &[&str]| {
            assert_eq!(wrap(text, 10, first, others), expected, "{text}");
        };
        check("", 50, 50, &[""]);
        check("nnn", 50, 50, &["nnn"]);
        check("nnn nnn nnn", 50, 50, &["nnn nnn", "nnn"]);
        check("nnn nnn nnn", 20, 50, &["nnn", "nnn nnn"]);
        check("nnn nnn", 5, 50, &["", "nnn nnn"]);
        check("nnnnnnnnnnnn", 50, 30, &["nnnnnnnn", "nnnn"]);
        check("a nnnnnnnnnnnn", 30, 30, &["a", "nnnnn", "nnnnn", "nn"]);
        check("語語語語", 25, 25, &["語語", "語語"]);
        check("n\u{301}n\u{301}", 0, 0, &["n\u{301}", "n\u{301}"]);
        check("nnnn", 0, 0, &["n", "n", "n", "n"]);
    }

    #[test]
    fn widths_count_every_character_with_some_room() {
        for (text, expected) in [("", 0), ("1000", 21), ("l", 3), ("m", 9), ("–", 7), ("語", 11), ("n\u{301}", 6)] {
            assert_eq!(width(text, 10), expected, "{text}");
        }
    }
}
