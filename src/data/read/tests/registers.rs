//! Mistakes in sources, terms, conflicts and releases.

use super::check;

const TABLE: &str = "unit = \"USD\"\n[columns]\ntotal = { title = \"Total\" }\n[[row]]\nid = \"l1\"\ntotal = [1, 2]\n";

#[test]
fn conflicts_name_figures_or_what_is_above_them() {
    let check = |rest: &str, expected: &[&str]| {
        let conflict =
            format!("kind = \"conflicts\"\n[c]\ntitle = \"T\"\nexplanation = \"E\"\nstatus = \"open\"\n{rest}\n");
        check(&[("b.toml", TABLE), ("c.toml", &conflict)], expected);
    };
    check("kind = \"gap\"\nfigures = [\"b\", \"b.l1\", \"b.l1.total\", \"b.l1.total.low\"]", &[]);
    check("kind = \"contradiction\"\nline = \"*One* line.\"\nfigures = []", &[]);
    check("kind = \"gaps\"\nfigures = [\"b.l1\"]", &["c.toml:6:8 wrong-type `kind` can't be \"gaps\""]);
    check("figures = []", &["c.toml:2:1 missing-key `kind` is missing"]);
    check("severity = 1\nkind = \"gap\"\nfigures = []", &["c.toml:6:1 unknown-key unknown key `severity`"]);
    check(
        "kind = \"gap\"\nfigures = [\"b.l1\", \"b.l1\"]",
        &["c.toml:7:20 list-repeats `figures` names \"b.l1\" twice"],
    );
    check(
        "kind = \"gap\"\nfigures = [\"b.l\", \"b.l1.tota\"]",
        &[
            "c.toml:7:13 conflict-figure there is no figure `b.l`",
            "c.toml:7:20 conflict-figure there is no figure `b.l1.tota`",
        ],
    );
    check(
        "kind = \"caution\"\nfigures = []\n[d]\ntitle = \"T\"\nkind = \"gap\"\nfigures = []\nexplanation = \"\"\nstatus = \"closed\"",
        &["c.toml:12:15 blank-text `explanation` is empty", "c.toml:13:10 wrong-type `status` can't be \"closed\""],
    );
}

#[test]
fn sources_have_addresses_or_say_that_none_is_given() {
    let check = |rest: &str, expected: &[&str]| {
        check(&[("s.toml", &format!("kind = \"sources\"\n[a]\ntitle = \"A\"\n{rest}\n"))], expected);
    };
    check("url = \"not given\"\naccessed = \"2026-01-31\"\npromotional = true", &[]);
    check("url = \"https://example.com/a?b=c#d\"", &[]);
    check("url = \"example.com\"", &["s.toml:4:8 source-url `url` is no address of the web: \"example.com\""]);
    check(
        "url = \"javascript://x/%0aalert(1)\"",
        &["s.toml:4:8 source-url `url` is no address of the web: \"javascript://x/%0aalert(1)\""],
    );
    check("accessed = \"2026-13\"", &["s.toml:4:12 bad-date `accessed` has a month that is not 01 to 12: 2026-13"]);
    check("promotional = \"yes\"", &["s.toml:4:15 wrong-type `promotional` takes true or false, not text"]);
    check("cites = [\"a\"]", &["s.toml:4:11 self-citation the source `a` cites itself"]);
    check("[b]\ntitle = \"B\"\n[a-b]\ntitle = \"C\"\ncites = [\"a\", \"b\"]", &[]);
}

#[test]
fn terms_and_releases_are_read_by_their_fields() {
    check(
        &[("t.toml", "kind = \"terms\"\n[scope]\nterm = \"A\"\ndefinition = \"D\"\n")],
        &["t.toml:2:2 wrong-type `scope` can't be an id: the table has that key itself"],
    );
    check(&[("t.toml", "kind = \"terms\"\n[role]\nterm = \"A\"\ndefinition = \"D\"\n")], &[]);
    check(&[("t.toml", "kind = \"terms\"\n[a]\nterm = \"A\"\n")], &["t.toml:2:1 missing-key `definition` is missing"]);
    check(&[("t.toml", "kind = \"terms\"\nnot = \"A\"\n")], &["t.toml:2:1 unknown-key unknown key `not`"]);
    check(
        &[("t.toml", "kind = \"terms\"\n[a]\nterm = \"A\"\ndefinition = \"D\"\nnot_to_confuse = \"b\"\n")],
        &["t.toml:5:19 term-pair no set of terms holds `b`, which `t.a` names"],
    );
    check(
        &[("t.toml", "kind = \"terms\"\n[a]\nterm = \"A\"\ndefinition = \"D\"\nnot_to_confuse = \"a\"\n")],
        &["t.toml:5:19 term-pair `a` is not to be confused with itself"],
    );
    check(
        &[(
            "r.toml",
            "kind = \"releases\"\n[[release]]\nversion = \"1\"\ndate = \"2026-01-31\"\n[[release.change]]\nfigure = \"facts.x\"\nwas = [1, 2]\n",
        )],
        &["r.toml:6:11 release-figure there is no figure `facts.x`"],
    );
    check(
        &[(
            "r.toml",
            "kind = \"releases\"\n[[release]]\nversion = 1\ndate = \"2026-02-31\"\n[[release.change]]\nreason = \"x\"\n",
        )],
        &[
            "r.toml:3:11 wrong-type `version` takes text, not a whole number",
            "r.toml:5:1 missing-key `figure` is missing",
        ],
    );
    check(
        &[("r.toml", "kind = \"releases\"\n[release]\nversion = \"1\"\n")],
        &["r.toml:2:1 wrong-type `release` takes a list, not a table"],
    );
    let twice = "kind = \"releases\"\n[[release]]\nversion = \"1\"\n[[release]]\nversion = \"1\"\n";
    check(&[("r.toml", twice)], &["r.toml:5:12 duplicate-id the release `1` stands twice"]);
}
