//! Mistakes in records, ladders, sources, terms, conflicts and releases.

use super::{check, undecided};

const BANDS: &str =
    "kind = \"bands\"\ncurrency = \"USD\"\n[measures.total]\ntitle = \"Total\"\n[[row]]\nid = \"l1\"\ntotal = [1, 2]\n";

#[test]
fn records_give_a_text_for_each_column() {
    let records = |row: &str| {
        format!(
            "kind = \"records\"\n[columns.what]\ntitle = \"What\"\n[columns.demand]\ntitle = \"Demand\"\n\
             values = [\"High\", \"Low\"]\n[[row]]\nid = \"a\"\n{row}\n"
        )
    };
    let check = |row: &str, expected: &[&str]| check(&[("r.toml", &records(row))], expected);
    check("what = \"x\"\ndemand = \"Low\"", &[]);
    check("what = \"x\"", &["r.toml:8:7 record-cell row `a` has no `demand`"]);
    check("what = \"x\"\ndemnd = \"Low\"", &["r.toml:10:1 unknown-key unknown key `demnd`"]);
    check("what = 5\ndemand = \"Low\"", &["r.toml:9:8 wrong-type `what` takes text, not a whole number"]);
    check("what = \" \"\ndemand = \"Low\"", &["r.toml:9:8 blank-text `what` is empty"]);
    check(
        "what = \"x\"\ndemand = \"Middle\"",
        &["r.toml:10:11 record-cell \"Middle\" is not on the scale of `demand`"],
    );
    check(
        "what = \"x\"\ndemand = \"Low\"\n[[row]]\nid = \"a\"\nwhat = \"x\"\ndemand = \"Low\"",
        &["r.toml:12:7 duplicate-id the row id `a` stands twice"],
    );
    let text = records("what = \"x\"\ndemand = \"Hihg\"");
    undecided("r.toml", &text, "\"High\"");
}

#[test]
fn rungs_name_what_exists() {
    let check = |rung: &str, expected: &[&str]| {
        let ladder = format!(
            "kind = \"ladder\"\n[[rung]]\nid = \"one\"\ntitle = \"One\"\n[[rung]]\nid = \"two\"\ntitle = \"Two\"\n{rung}\n"
        );
        check(&[("b.toml", BANDS), ("l.toml", &ladder)], expected);
    };
    check("band = \"b.l1\"\nbranch_of = \"one\"", &[]);
    check("figure = \"b.l1.total\"", &[]);
    check("band = \"b.l2\"", &["l.toml:8:9 ladder-reference there is no band `b.l2`"]);
    check("band = \"l1\"", &["l.toml:8:9 ladder-reference there is no band `l1`"]);
    check("figure = \"b.l1.totl\"", &["l.toml:8:11 ladder-reference there is no figure `b.l1.totl`"]);
    check("figure = \"b.l1\"", &["l.toml:8:11 ladder-reference there is no figure `b.l1`"]);
    check("branch_of = \"on\"", &["l.toml:8:14 ladder-reference there is no rung `on`"]);
    check("branch_of = \"two\"", &["l.toml:8:14 ladder-reference the rung `two` branches off itself"]);
    check(
        "band = \"b.l1\"\nfigure = \"b.l1.total\"",
        &["l.toml:9:11 ladder-reference the rung `two` names both a band and a figure"],
    );
    check("[[rung]]\nid = \"one\"\ntitle = \"Again\"", &["l.toml:9:7 duplicate-id the rung id `one` stands twice"]);
    check("[[rung]]\nid = \"three\"", &["l.toml:8:1 missing-key `title` is missing"]);
}

#[test]
fn conflicts_name_figures_or_what_is_above_them() {
    let check = |rest: &str, expected: &[&str]| {
        let conflict =
            format!("kind = \"conflicts\"\n[c]\ntitle = \"T\"\nexplanation = \"E\"\nstatus = \"open\"\n{rest}\n");
        check(&[("b.toml", BANDS), ("c.toml", &conflict)], expected);
    };
    check("severity = 1\nfigures = [\"b\", \"b.l1\", \"b.l1.total\", \"b.l1.total.low\"]", &[]);
    check("severity = 4\nfigures = [\"b.l1\"]", &["c.toml:6:12 conflict-severity there is no severity 4"]);
    check("severity = 0\nfigures = [\"b.l\"]", &["c.toml:6:12 conflict-severity there is no severity 0"]);
    check(
        "severity = 3\nfigures = [\"b.l\", \"b.l1.tota\"]",
        &[
            "c.toml:7:13 conflict-figure there is no figure `b.l`",
            "c.toml:7:20 conflict-figure there is no figure `b.l1.tota`",
        ],
    );
    check(
        "severity = 3\nfigures = []\n[d]\ntitle = \"T\"\nseverity = 1\nfigures = []\nexplanation = \"\"\nstatus = \"closed\"",
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
}

#[test]
fn terms_and_releases_are_read_by_their_fields() {
    check(
        &[("t.toml", "kind = \"terms\"\n[role]\nterm = \"A\"\ndefinition = \"D\"\n")],
        &["t.toml:2:2 wrong-type `role` can't be an id: the table has that key itself"],
    );
    check(&[("t.toml", "kind = \"terms\"\n[a]\nterm = \"A\"\n")], &["t.toml:2:1 missing-key `definition` is missing"]);
    check(&[("t.toml", "kind = \"terms\"\nnot = \"A\"\n")], &["t.toml:2:1 unknown-key unknown key `not`"]);
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
}
