//! Files that nobody would write in earnest: whatever stands in them, reading ends and says something.

use proptest::prelude::*;

use super::{Source, problems, read};

const FILES: &[&str] = &[
    "kind = \"bands\"\ncurrency = \"USD\"\nperiod = \"year\"\nsources = [\"s\"]\n[measures.a]\ntitle = \"A\"\n[measures.b]\ntitle = \"B\"\n\
     parts = [\"a\", \"c\"]\n[measures.c]\ntitle = \"C\"\nsum = [\"a\", \"a\"]\n[ratios.r]\ntitle = \"R\"\nof = \"a\"\nto = \"parts.b\"\n\
     [[row]]\nid = \"x\"\na = [1, 2]\nb = { range = [1, 3], median = 2 }\n[[row]]\nid = \"y\"\na = 0.5\n[row.b]\nvalue = \"unstated\"\n",
    "kind = \"facts\"\nconfidence = \"low\"\nconfidence_reason = \"R\"\n[a]\ntitle = \"A\"\npercent = [60, 70]\ncomplement = \"b\"\n\
     [b]\ntitle = \"B\"\npercent = [30, 40]\npartition = \"p\"\n[d]\ntitle = \"D\"\ndate = \"2026-Q1\"\n[calc.x]\ntitle = \"X\"\n\
     share = [\"f.a.low\", \"f.b.high\"]\n[calc.y]\ntitle = \"Y\"\nsum = [\"f.x\", \"f.y\"]\n",
    "kind = \"ladder\"\n[[rung]]\nid = \"x\"\ntitle = \"X\"\nband = \"b.x\"\nbranch_of = \"x\"\n",
    "kind = \"sources\"\n[s]\ntitle = \"S\"\nurl = \"https://example.com\"\naccessed = 2026-01-31\n",
    "kind = \"conflicts\"\n[c]\ntitle = \"C\"\nseverity = 1\nfigures = [\"b.x\"]\nexplanation = \"E\"\nstatus = \"open\"\n",
    "kind = \"records\"\n[columns.a]\ntitle = \"A\"\nvalues = [\"é\"]\n[[row]]\nid = \"x\"\na = \"é\"\n",
];

const SPLICES: &[&str] = &[
    "",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    ".",
    "-",
    "-to-",
    "é",
    "\u{2028}",
    "\"\"\"",
    "'''",
    "1e9",
    "nan",
    "-0",
    "0x1F",
    "99999999999999",
    "0.0000001",
    "a",
    "id",
    "[[row]]",
    "[calc.z]",
    "\\u00e9",
    "\\",
    "2026-02-30",
    "unstated",
    "parts.",
    "x = 1\n",
    "#",
    "\r\n",
    "\0",
];

proptest! {
    #[test]
    fn no_text_makes_reading_panic_or_names_places_outside(
        file in 0..FILES.len(),
        splices in prop::collection::vec((0_usize..600, 0_usize..12, 0..SPLICES.len()), 1..4),
    ) {
        let mut text = FILES[file].to_owned();
        for (at, length, splice) in splices {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (floor(at), floor(at + length));
            text.replace_range(start..end, SPLICES[splice]);
        }
        let names = ["b.toml", "f.toml", "l.toml", "s.toml", "c.toml", "r.toml"];
        let sources: Vec<_> = FILES
            .iter()
            .enumerate()
            .map(|(at, original)| Source::new(names[at], if at == file { text.as_str() } else { original }))
            .collect();
        let mut diagnostics = Vec::new();
        read(&sources, &[], &mut diagnostics);
        for problem in diagnostics {
            let place = problem.place.expect("a place");
            prop_assert!(place.source.text().get(place.span.range()).is_some(), "{}: {}", problem.message, text);
        }
    }
}

#[test]
fn depth_is_no_danger() {
    for text in [
        format!("kind = \"facts\"\n{}a = 1\n", "a.".repeat(50_000)),
        format!("kind = \"facts\"\na = {}1{}\n", "[".repeat(50_000), "]".repeat(50_000)),
        format!("kind = \"facts\"\n[{}a]\nb = 1\n", "a.".repeat(50_000)),
    ] {
        assert!(!problems(&[("f.toml", &text)]).is_empty());
    }
}
