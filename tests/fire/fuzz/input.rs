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

/// What formulas and expectations are made from.
pub const FORMULAS: &[&str] = &[
    "server + storage",
    "sum(prices.*.large.hour where region = 'eu-north' and hour < 0.05)",
    "at_max(prices.{region}.*.hour, region)",
    "convert(60_000 GB / 1 year) * 12%",
    "difference(previous(total.low), round(total.high, 100))",
    "range(min(a, b, c), max(a, 2.5e-3))",
    "-(a - b) / (100% - share)",
    "total.low <= next(total.low)",
    "sum(hiring.*.share) = 100%",
];

/// Rows as spreadsheets write them, for [`CSV_COLUMNS`].
pub const CSV: &[&str] = &[
    "Region,Size,Price per hour,note\nEurope North,Small,0.006,\nUS East,\"Large, new\",<0.048,\"a \"\"note\"\"\"\n",
    "region;size;Price per hour.low;Price per hour.high\r\nNord;klein;0,005;0,006\r\nSüd;groß;;\r\n",
    "\u{feff}region\tsize\tPrice per hour.value\tPrice per hour.source\na\tb\t-1_000e-3\tlist\n\n",
];

/// The table that CSV files are read for.
pub const CSV_COLUMNS: &str = r#"title = "Prices"
key = ["region", "size"]
rows = "csv"
ordered = "size"
derive = ["step", "gap"]

[columns]
region = { title = "Region", type = "text" }
size = { title = "Size", type = "text" }
hour = { title = "An hour", header = "Price per hour", unit = "USD/hour", blank = "no data", words = ["free"] }
year = { title = "A year", unit = "USD/year", formula = "convert(hour)" }
"#;

/// What is put into a text: marks of every grammar that is read here, and characters that programs trip over.
const PIECES: &[&str] = &[
    "+++\n",
    "---\n",
    "```\n",
    "```table plans\n",
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
    "[columns]\n",
    "[[row]]\n",
    "id = \"a\"\n",
    "rows = \"csv\"\n",
    "key = [\"a\"]\n",
    "combine = [\"set\"]\n",
    "ordered = true\n",
    "derive = [\"step\", \"gap\"]\n",
    "formula = \"a + b\"\n",
    "unit = \"USD/100 g\"\n",
    "[1,500]",
    " where ",
    "sum(",
    "next(",
    ".*.",
    "{a}",
    " + ",
    " / ",
    "<=",
    ";",
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
