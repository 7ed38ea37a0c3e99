//! Names of files, kinds, and what files say of each other.

use super::{check, mended, undecided};

const TERMS: &str = "kind = \"terms\"\n[api]\nterm = \"Interface\"\ndefinition = \"D\"\n";

#[test]
fn the_first_key_is_a_known_kind() {
    check(&[("t.toml", TERMS)], &[]);
    check(&[("t.toml", "")], &["t.toml:1:1 set-kind the file doesn't say its `kind`"]);
    check(&[("t.toml", "title = \"T\"\n[api]\nterm = 5\n")], &["t.toml:1:1 set-kind the file doesn't say its `kind`"]);
    check(&[("t.toml", "kind = \"term\"\n")], &["t.toml:1:8 set-kind there is no kind \"term\""]);
    check(&[("t.toml", "kind = \"prices\"\n")], &["t.toml:1:8 set-kind there is no kind \"prices\""]);
    check(&[("t.toml", "kind = 5\n")], &["t.toml:1:8 set-kind `kind` takes text, not a whole number"]);
    check(
        &[("t.toml", "title = \"T\"\nkind = \"terms\"\n")],
        &["t.toml:2:1 set-kind `kind` is not the file's first key"],
    );
    undecided("t.toml", "kind = \"term\"\n", "\"terms\"");
    assert_eq!(mended("t.toml", "knd = \"terms\"\n"), "kind = \"terms\"\n");
}

#[test]
fn a_file_s_stem_is_the_set_s_name() {
    check(&[("content/data/glossary-2.toml", TERMS)], &[]);
    check(
        &[("content/data/My Terms.toml", TERMS)],
        &["content/data/My Terms.toml:1:1 set-name \"My Terms\" can't be a set's name"],
    );
    check(&[("content/data/a.b.toml", TERMS)], &["content/data/a.b.toml:1:1 set-name \"a.b\" can't be a set's name"]);
    check(&[("content/data/.toml", TERMS)], &["content/data/.toml:1:1 set-name \"\" can't be a set's name"]);
}

#[test]
fn sources_that_are_cited_exist() {
    let sources =
        "kind = \"sources\"\n[pay-page]\ntitle = \"Pay\"\ncites = [\"survy\"]\n[survey]\ntitle = \"Survey\"\n";
    let facts = "kind = \"facts\"\nsources = [\"pay-page\", \"pay-pge\"]\n[a]\ntitle = \"T\"\npercent = 1\nsources = [\"elsewhere\"]\n";
    check(
        &[("f.toml", facts), ("s.toml", sources)],
        &[
            "f.toml:2:25 unknown-source there is no source `pay-pge`",
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
    let facts = "kind = \"facts\"\nsources = [\"pay-page\"]\n";
    check(
        &[("f.toml", facts), ("s.toml", "kind = \"source\"\n[pay-page]\ntitle = \"Pay\"\n")],
        &["s.toml:1:8 set-kind there is no kind \"source\""],
    );
    check(
        &[("f.toml", facts), ("s.toml", "kind = \"sources\"\n[pay-page]\ntitel = \"Pay\"\n")],
        &["s.toml:3:1 unknown-key unknown key `titel`"],
    );
}

#[test]
fn ids_that_links_name_without_a_set_stand_once_in_all_sets() {
    check(&[("a.toml", TERMS), ("b.toml", TERMS)], &["b.toml:2:2 duplicate-id the term id `api` stands twice"]);
    let sources = "kind = \"sources\"\n[s]\ntitle = \"S\"\n";
    check(&[("a.toml", sources), ("b.toml", sources)], &["b.toml:2:2 duplicate-id the source id `s` stands twice"]);
}
