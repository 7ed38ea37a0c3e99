//! Names of files, kinds, and what files say of each other.

use super::{LostFile, Source, check, lines, mended, read, undecided};
use crate::diagnostic::{Diagnostic, Place, Report};

const TERMS: &str = "kind = \"terms\"\n[api]\nterm = \"Interface\"\ndefinition = \"D\"\n";
const TABLE: &str = "[columns]\na = { title = \"A\" }\n[[row]]\nid = \"x\"\na = 1\n";

#[test]
fn a_file_is_a_table_unless_it_says_its_kind() {
    check(&[("t.toml", TERMS)], &[]);
    check(&[("t.toml", TABLE)], &[]);
    check(&[("t.toml", &format!("kind = \"table\"\n{TABLE}"))], &[]);
    check(&[("t.toml", "title = \"T\"\nkind = \"terms\"\n")], &[]);
    check(&[("t.toml", "")], &["t.toml:1:1 bad-rows the table has no rows"]);
    check(&[("t.toml", "kind = \"term\"\n")], &["t.toml:1:8 set-kind there is no kind \"term\""]);
    check(&[("t.toml", "kind = \"bands\"\n")], &["t.toml:1:8 set-kind there is no kind \"bands\""]);
    check(&[("t.toml", "kind = 5\n")], &["t.toml:1:8 set-kind `kind` takes text, not a whole number"]);
    undecided(&[("t.toml", "kind = \"term\"\n")], "\"terms\"");
    assert_eq!(mended("t.toml", &format!("knd = \"table\"\n{TABLE}")), format!("kind = \"table\"\n{TABLE}"));
}

#[test]
fn a_file_s_stem_is_the_set_s_name() {
    check(&[("content/data/glossary-2.toml", TERMS)], &[]);
    for (file, stem) in
        [("My Terms", "My Terms"), ("a.b", "a.b"), ("", ""), ("2024", "2024"), ("Überblick", "Überblick")]
    {
        let message = format!("content/data/{file}.toml:1:1 set-name \"{stem}\" can't be a set's name");
        check(&[(&format!("content/data/{file}.toml"), TERMS)], &[&message]);
    }
    undecided(&[("content/data/Fee Bands.toml", TERMS)], "fee-bands.toml");
}

#[test]
fn keys_of_a_table_are_known() {
    let check = |head: &str, expected: &[&str]| super::check_below("", &format!("{head}\n{TABLE}"), expected);
    check("title = \"T\"\nnote = \"*N*\"\nends = \"low\"\nrecords = \"rows\"\ndigits = 3\nexpect = [\"a > 0\"]", &[]);
    check("titel = \"T\"", &["1:1 unknown-key unknown key `titel`"]);
    check("currency = \"USD\"", &["1:1 unknown-key unknown key `currency`"]);
    check("ends = \"lo\"", &["1:8 wrong-type `ends` can't be \"lo\""]);
    check("records = \"row\"", &["1:11 wrong-type `records` can't be \"row\""]);
    check("words = []", &["1:9 empty-list `words` is an empty list"]);
}

#[test]
fn sources_that_are_cited_exist() {
    let sources =
        "kind = \"sources\"\n[fee-page]\ntitle = \"Fee\"\ncites = [\"survy\"]\n[survey]\ntitle = \"Survey\"\n";
    let facts = "kind = \"facts\"\nsources = [\"fee-page\", \"fee-pge\"]\n[a]\ntitle = \"T\"\nvalue = 1\nsources = [\"elsewhere\"]\n";
    check(
        &[("f.toml", facts), ("s.toml", sources)],
        &[
            "f.toml:2:25 unknown-source there is no source `fee-pge`",
            "f.toml:6:13 unknown-source there is no source `elsewhere`",
            "s.toml:4:11 unknown-source there is no source `survy`",
        ],
    );
    check(
        &[("f.toml", "kind = \"facts\"\nsources = \"a\"\n")],
        &["f.toml:2:11 wrong-type `sources` takes a list, not text"],
    );
}

#[test]
fn sources_of_a_file_that_can_t_be_read_are_not_missed() {
    let facts = "kind = \"facts\"\nsources = [\"fee-page\"]\n";
    check(
        &[("f.toml", facts), ("s.toml", "kind = \"source\"\n[fee-page]\ntitle = \"Fee\"\n")],
        &["s.toml:1:8 set-kind there is no kind \"source\""],
    );
    check(
        &[("f.toml", facts), ("s.toml", "kind = \"sources\"\n[fee-page]\ntitel = \"Fee\"\n")],
        &["s.toml:3:1 unknown-key unknown key `titel`"],
    );
}

#[test]
fn of_a_file_that_could_not_be_read_nothing_more_is_said() {
    let lost = |file: &str| {
        let mut diagnostics = Vec::new();
        let place = Place::start_of(&Source::new(file, ""));
        let reported = diagnostics.report(Diagnostic::new(&super::super::NAME, &place, "it can't be read"));
        LostFile { path: file.into(), reported }
    };
    let found = |files: &[(&str, &str)], lost: &[LostFile]| {
        let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
        let mut diagnostics = Vec::new();
        read(&sources, lost, &mut diagnostics);
        lines(&diagnostics)
    };
    let from_csv = "rows = \"csv\"\n[columns]\na = { title = \"A\" }\n";
    assert_eq!(found(&[("t.toml", from_csv)], &[lost("t.csv")]), [""; 0]);
    assert_eq!(found(&[("t.csv", "id,a\nx,1\n")], &[lost("t.toml")]), [""; 0]);
    let facts = "kind = \"facts\"\n[a]\ntitle = \"A\"\nformula = \"t.x.a\"\n";
    assert_eq!(found(&[("f.toml", facts)], &[lost("t.toml")]), [""; 0]);
}

#[test]
fn ids_that_links_name_without_a_set_stand_once_in_all_sets() {
    check(&[("a.toml", TERMS), ("b.toml", TERMS)], &["b.toml:2:2 duplicate-id the term id `api` stands twice"]);
    let sources = "kind = \"sources\"\n[s]\ntitle = \"S\"\n";
    check(&[("a.toml", sources), ("b.toml", sources)], &["b.toml:2:2 duplicate-id the source id `s` stands twice"]);
}
