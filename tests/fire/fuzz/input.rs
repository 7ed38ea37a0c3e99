//! Makes broken texts: a piece of a good one in which parts were lost, repeated, exchanged or put in.

use crate::desk::Dice;

/// The most characters of a piece, before anything is put into it.
const LONGEST: usize = 2_000;
/// The most changes that are made to one.
const CHANGES: usize = 8;

/// Texts of figures, as authors write them.
pub const FIGURES: &[&str] = &[
    "$432K",
    "€3.95",
    "3,95 €",
    "$155K–$290K",
    "from $4 to $6 a month",
    "12–24 months",
    "60%",
    "−0.5 %",
    "about 1.2M",
    "1,234,567.89 USD",
    "at least 99.9%",
    "not stated",
    "Q1 2026",
    "November 2026",
    "2026-11-27",
    "three of 10",
    "10th",
    "1.2x",
];

/// What is put into a text: marks of every grammar that is read here, and characters that programs trip over.
const PIECES: &[&str] = &[
    "+++\n",
    "---\n",
    "```\n",
    "```table bands\n",
    "````",
    "[",
    "]",
    "(",
    ")",
    "](figure:",
    "](term:",
    "](<literal:",
    "{#",
    "}",
    "\"",
    "'''",
    "\"\"\"",
    "[[",
    "]]",
    "=",
    "# ",
    "## ",
    "> ",
    "- ",
    "|",
    "|--:|",
    "[^a]",
    "[^a]: ",
    "<b>",
    "</b>",
    "<!-- bandbook: allow ",
    "-->",
    "# bandbook: allow x: y",
    "&amp;",
    "\\",
    "`",
    "~~",
    "*",
    "**",
    "_",
    "!",
    "![",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{a0}",
    "\u{2009}",
    "e\u{301}",
    "é",
    "ß",
    "İ",
    "漢",
    "🦀",
    "👩\u{200d}🔬",
    "\u{fffd}",
    "$",
    "€",
    "£",
    "%",
    "−",
    "–",
    "-",
    "+",
    ".",
    ",",
    ":",
    "/",
    "..",
    "0",
    "1",
    "9",
    "00",
    "1e400",
    "0x10",
    "1_000",
    "1,000",
    "99999999999999999999999999999999999999999",
    "0.0000000000000000000000000001",
    "nan",
    "inf",
    "true",
    "1979-05-27T07:32:00Z",
    "2026-02-30",
    "K",
    "M",
    "unstated",
    "kind = \"facts\"\n",
    "[row]\n",
    "[[row]]\n",
    "id = \"a\"\n",
    "../",
    "%00",
    "%",
    "%ff",
    "HTTP/1.1",
    "Host: ",
];

/// A broken text made from one of some good ones, or from nothing.
pub fn broken(dice: &mut Dice, samples: &[String]) -> String {
    let mut text: Vec<char> = match dice.roll(8) {
        0 => Vec::new(),
        _ => piece(dice, samples),
    };
    for _ in 0..=dice.roll(CHANGES) {
        let range = range(dice, text.len());
        match dice.roll(5) {
            0 => drop(text.drain(range)),
            1 => {
                let part = text[range.clone()].to_vec();
                let times = 1 + dice.roll(3);
                text.splice(range.start..range.start, part.repeat(times));
            }
            2 => {
                let part = piece(dice, samples);
                text.splice(range, part);
            }
            3 => {
                let part = dice.pick(PIECES).repeat(1 + dice.roll(40));
                text.splice(range.start..range.start, part.chars());
            }
            _ => {
                let part = dice.pick(PIECES).chars();
                text.splice(range, part);
            }
        }
    }
    text.into_iter().collect()
}

/// Bytes of which some were changed, lost or added; what comes out may be no text.
pub fn broken_bytes(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    if dice.roll(2) == 0 {
        return broken(dice, &[String::from_utf8_lossy(bytes).into_owned()]).into_bytes();
    }
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(CHANGES) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(3) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes.insert(at, dice.roll(256) as u8),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.roll(256) as u8;
                }
            }
        }
    }
    bytes
}

/// A part of one of some texts, or all of it where it is short.
fn piece(dice: &mut Dice, samples: &[String]) -> Vec<char> {
    let text: Vec<char> = dice.pick(samples).chars().collect();
    if text.len() <= LONGEST {
        return text;
    }
    let start = dice.roll(text.len() - LONGEST);
    text[start..start + LONGEST].to_vec()
}

/// A short range of a text, which may be empty.
fn range(dice: &mut Dice, length: usize) -> std::ops::Range<usize> {
    let start = dice.roll(length + 1);
    start..(start + dice.roll(30)).min(length)
}
