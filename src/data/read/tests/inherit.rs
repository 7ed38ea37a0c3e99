//! What figures inherit: cell before row before column before set.

use super::{Source, check_below, read};
use crate::data::Data;

const TABLE: &str = r#"scope = "set"
subject = "set"
as_of = "2020"
sources = ["one"]
confidence = "low"
confidence_reason = "Set."
precision = 10
range_meaning = "Set."
[columns]
a = { title = "A" }
b = { title = "B", scope = "column", as_of = "2021", sources = ["two", "one"], confidence = "medium", precision = 5, badge = "new" }
[[row]]
id = "plain"
a = 1
b = 2
[[row]]
id = "own"
scope = "row"
as_of = "2022"
confidence = "very-low"
confidence_reason = "Row."
range_meaning = "unstated"
a = 1
b = { value = 2, scope = "cell", sources = ["three"], precision = 1 }
"#;

const SOURCES: &str = "kind = \"sources\"\n[one]\ntitle = \"1\"\n[two]\ntitle = \"2\"\n[three]\ntitle = \"3\"\n";

fn data(table: &str) -> Data {
    let sources = [Source::new("s.toml", SOURCES), Source::new("t.toml", table)];
    let mut diagnostics = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:#?}", super::lines(&diagnostics));
    data
}

/// Scope, date, sources, confidence with its reason, and precision.
fn said(data: &Data, id: &str) -> String {
    let figure = data.figures.get(id).unwrap_or_else(|| panic!("no {id}"));
    let record = &figure.record;
    let text =
        |text: &Option<crate::document::Text>| text.as_ref().map_or("-".to_owned(), |text| text.text.to_string());
    let sources: Vec<&str> = record.sources.iter().map(|source| &*source.text).collect();
    format!(
        "{} {} {} {:?} {} {}",
        text(&record.scope),
        record.as_of.as_ref().map_or("-".to_owned(), |(date, _)| date.to_string()),
        sources.join("+"),
        record.confidence.expect("a confidence"),
        text(&record.confidence_reason),
        figure.precision.as_ref().map_or("-".to_owned(), ToString::to_string),
    )
}

#[test]
fn the_nearest_wins_and_a_list_replaces() {
    let data = data(TABLE);
    for (id, expected) in [
        ("t.plain.a", "set 2020 one Low Set. 10"),
        ("t.plain.b", "column 2021 two+one Medium - 5"),
        ("t.own.a", "row 2022 one VeryLow Row. 10"),
        ("t.own.b", "cell 2022 three VeryLow Row. 1"),
    ] {
        assert_eq!(said(&data, id), expected, "{id}");
    }
    let record = |id: &str| &data.figures.get(id).unwrap().record;
    assert!(record("t.own.a").range_meaning.is_none() && record("t.plain.a").range_meaning.is_some());
    assert!(record("t.own.b").badge.is_some() && record("t.own.a").badge.is_none());
}

#[test]
fn facts_inherit_as_columns_do() {
    let text = "kind = \"facts\"\nscope = \"set\"\nas_of = \"2020\"\nsources = [\"one\"]\nconfidence = \"low\"\nconfidence_reason = \"Set.\"\n\
                [a]\ntitle = \"A\"\nvalue = 1\n[b]\ntitle = \"B\"\nscope = \"fact\"\nconfidence = \"high\"\nvalue = 1\n\
                [c]\ntitle = \"C\"\nscope = \"fact\"\nvalue = { value = 1, scope = \"cell\", precision = 2 }\n";
    let data = data(text);
    for (id, expected) in
        [("t.a", "set 2020 one Low Set. -"), ("t.b", "fact 2020 one High - -"), ("t.c", "cell 2020 one Low Set. 2")]
    {
        assert_eq!(said(&data, id), expected, "{id}");
    }
}

#[test]
fn confidence_below_medium_needs_its_own_reason() {
    let table = "[columns]\na = { title = \"A\" }\n[[row]]\nid = \"x\"\na = 1\n";
    let check = |head: &str, expected: &[&str]| check_below("", &format!("{head}\n{table}"), expected);
    check("confidence = \"low\"", &["1:14 confidence-reason the confidence is low, without a reason"]);
    check("confidence = \"very-low\"", &["1:14 confidence-reason the confidence is very-low, without a reason"]);
    check("confidence = \"low\"\nconfidence_reason = \"R\"", &[]);
    check("confidence = \"medium\"", &[]);
    check("confidence = \"lw\"", &["1:14 wrong-type `confidence` can't be \"lw\""]);
    check("confidence = \"low\"\nconfidence_reason = \" \"", &["2:21 blank-text `confidence_reason` is empty"]);
    check_below(
        "confidence = \"low\"\nconfidence_reason = \"R\"\n",
        &table.replace("a = 1", "a = { value = 1, confidence = \"very-low\" }"),
        &["5:31 confidence-reason the confidence is very-low, without a reason"],
    );
    check_below(
        "",
        &table.replace("\"A\" }", "\"A\", confidence = \"low\" }"),
        &["2:33 confidence-reason the confidence is low, without a reason"],
    );
}

#[test]
fn each_place_names_its_own_sources() {
    let text = "sources = []\n[columns]\na = { title = \"A\", sources = [\"one\", \"one\", \"four\"] }\n\
                [[row]]\nid = \"x\"\na = { value = 1, sources = [\"on\"] }\n";
    super::check(
        &[("s.toml", SOURCES), ("t.toml", text)],
        &[
            "t.toml:1:11 empty-list `sources` is an empty list",
            "t.toml:3:38 list-repeats `sources` names \"one\" twice",
            "t.toml:3:46 unknown-source there is no source `four`",
            "t.toml:6:30 unknown-source there is no source `on`",
        ],
    );
}
