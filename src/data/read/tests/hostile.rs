//! Files that nobody would write in earnest: whatever is in them, reading ends and says something.

use proptest::prelude::*;

use super::{Source, problems, read};

const NAMES: &[&str] = &["b.toml", "c.csv", "c.toml", "f.toml", "k.toml", "p.toml", "s.toml", "x.toml"];
const FILES: &[&str] = &[
    "unit = \"USD/year\"\nsources = [\"s\"]\nordered = true\nderive = [\"midpoint\", \"step\", \"overlap\"]\nexpect = [\"a.low < next(a.low)\"]\n\
     [columns]\na = { title = \"A\" }\nb = { title = \"B\", words = [\"none\"], blank = \"no data\" }\n\
     c = { title = \"C\", formula = \"a + b\" }\nd = { title = \"D\", type = \"choice\", values = [\"é\", \"f\"] }\n\
     [[row]]\nid = \"x\"\na = [1, 2]\nb = { range = [1, 3], median = 2 }\nd = \"é\"\n[[row]]\nid = \"y\"\na = 0.5\nd = \"f\"\n[row.b]\nvalue = 1\nplus_minus = 0.1\n",
    "Place,size,price.low,price.high,note,é\nNorth,\"Small, \"\"s\"\"\",1,2.5,n,x\nKraków,L,<1e3,open,,\n",
    "key = [\"place\", \"size\"]\nrows = \"csv\"\n[columns]\nplace = { title = \"P\", type = \"text\" }\nsize = { title = \"S\", type = \"text\" }\n\
     price = { title = \"Price\", unit = \"g/100 g\" }\ne = { title = \"É\", header = \"é\", type = \"text\", blank = \"-\" }\n",
    "kind = \"facts\"\nconfidence = \"low\"\nconfidence_reason = \"R\"\n[a]\ntitle = \"A\"\nunit = \"%\"\nvalue = [60, 70]\n\
     [b]\ntitle = \"B\"\ntype = \"date\"\nvalue = \"2026-Q1\"\n[c]\ntitle = \"C\"\nunit = \"%\"\nformula = \"100% - a.low\"\n\
     [d]\ntitle = \"D\"\nformula = \"count(c.*.L.price where size = 'L')\"\n",
    "kind = \"conflicts\"\n[c]\ntitle = \"C\"\nkind = \"gap\"\nfigures = [\"b.x\"]\nexplanation = \"E\"\nstatus = \"open\"\n",
    "key = [\"one\", \"two\"]\ncombine = [\"b\", \"k\"]\n[columns]\none = { title = \"1\", type = \"text\" }\ntwo = { title = \"2\", type = \"text\" }\n",
    "kind = \"sources\"\n[s]\ntitle = \"S\"\nurl = \"https://example.com\"\naccessed = 2026-01-31\n",
    "kind = \"releases\"\n[[release]]\nversion = \"1\"\n[[release.change]]\nfigure = \"b.x.a\"\nwas = [1, 2]\n",
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
    "[columns.z]",
    "\\u00e9",
    "\\",
    "2026-02-30",
    "unstated",
    "open",
    "x = 1\n",
    "#",
    "\r\n",
    "\0",
    ",",
    ";",
    "\t",
    "\u{FEFF}",
    "{a}",
    "*",
    "next(",
    "csv",
    "b.x.a",
    " + ",
    "(",
];

proptest! {
    #[test]
    fn no_text_makes_reading_panic_or_names_places_outside(
        file in 0..FILES.len(),
        splices in prop::collection::vec((0_usize..700, 0_usize..12, 0..SPLICES.len()), 1..4),
    ) {
        let mut text = FILES[file].to_owned();
        for (at, length, splice) in splices {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (floor(at), floor(at + length));
            text.replace_range(start..end, SPLICES[splice]);
        }
        let sources: Vec<_> = FILES
            .iter()
            .enumerate()
            .map(|(at, original)| Source::new(NAMES[at], if at == file { text.as_str() } else { original }))
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
        format!("[columns]\n{}a = 1\n", "a.".repeat(50_000)),
    ] {
        assert!(!problems(&[("f.toml", &text)]).is_empty());
    }
}
