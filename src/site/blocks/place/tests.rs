//! Tests: the intervals of bands, and what is wrong with a tool.

use super::*;
use crate::content::inline;
use crate::data::read;
use crate::diagnostic::{Place, Source};

const HEAD: &str =
    "[columns]\nin = { title = \"In\", type = \"text\" }\ntotal = { title = \"Total\", unit = \"{in}/year\" }\n";

fn text(words: &str) -> Text {
    let source = Source::new("content/price.md", words);
    Text { text: words.into(), place: Place::new(&source, 0..words.len()), exact: true }
}

/// Resolves a check against the rows of a set: id and what `total` is, in dollars unless it goes on with another currency.
fn resolved(rows: &[(&str, &str)], column: &str, words: &[&[&str]]) -> (Option<ResolvedPlace>, Vec<Diagnostic>) {
    resolved_in("", rows, column, words)
}

fn resolved_in(
    set: &str,
    rows: &[(&str, &str)],
    column: &str,
    words: &[&[&str]],
) -> (Option<ResolvedPlace>, Vec<Diagnostic>) {
    let row = |(id, total): &(&str, &str)| {
        let (total, currency) = total.split_once(" EUR").map_or((*total, "USD"), |(total, _)| (total, "EUR"));
        format!("[[row]]\nid = \"{id}\"\nin = \"{currency}\"\ntotal = {total}\n")
    };
    let rows: String = rows.iter().map(row).collect();
    let bands = Source::new("content/data/bands.toml", format!("{set}{HEAD}{rows}"));
    let other = Source::new(
        "content/data/places.toml",
        "type = \"text\"\n[columns.name]\ntitle = \"Name\"\n[[row]]\nid = \"a\"\nname = \"A\"\n",
    );
    let data = read(&[bands, other], &[], &mut Vec::new());
    let warn = words.iter().map(|words| Warning {
        words: words.iter().map(|word| text(word)).collect(),
        words_place: text("[]").place,
        text: inline(&text("Careful."), &mut Vec::new()),
    });
    let set = text(if column == "name" { "places" } else { "bands" });
    let block = PlaceBlock { set, column: text(column), parts: Vec::new(), warn: warn.collect(), words: None };
    let mut problems = Vec::new();
    (resolve(&block, &data, &mut problems), problems)
}

/// The intervals in words: `155..220 l1`, with the edges in thousands.
fn check(rows: &[(&str, &str)], expected: &[&str]) {
    check_in("", rows, expected);
}

/// The same in a set that says more of itself.
fn check_in(set: &str, rows: &[(&str, &str)], expected: &[&str]) {
    let (found, problems) = resolved_in(set, rows, "total", &[]);
    assert!(problems.is_empty(), "{problems:?}");
    let found = found.expect("a check");
    let row = |at: &usize| found.whole.rows[*at].cell.split('.').nth(1).expect("a row").to_owned();
    let names = |rows: &[usize]| rows.iter().map(row).collect::<Vec<_>>().join("+");
    let edge = |edge: &Option<Edge>| edge.as_ref().map_or_else(String::new, |edge| edge.value.to_plain_string());
    let intervals: Vec<String> = found
        .whole
        .intervals
        .iter()
        .map(|interval| {
            let answer = match &interval.answer {
                Answer::Below => "below".to_owned(),
                Answer::Above => "above".to_owned(),
                Answer::Within(rows) => names(rows),
                Answer::Between(below, above) => format!("{}|{}", names(below), names(above)),
            };
            format!("{}..{} {answer}", edge(&interval.from), edge(&interval.to))
        })
        .collect();
    assert_eq!(intervals, expected, "{rows:?}");
    agrees_with_the_rows(&found);
}

/// At every edge and one beside it, just one interval has the value, and it names exactly the rows that hold it.
fn agrees_with_the_rows(found: &ResolvedPlace) {
    let edges = found.whole.rows.iter().flat_map(|row| [&row.low, &row.high]).flatten().map(|edge| edge.value.clone());
    let beside = |edge: Number| [-1, 0, 1].map(|step| edge.add(&Number::from_integer(step)).expect("a small number"));
    for amount in edges.flat_map(beside) {
        let holds = |row: &PlaceRow| {
            let is_single = row.low == row.high;
            let above = |low: &Edge| {
                low.value < amount || (low.value == amount && (found.whole.ends != Ends::High || is_single))
            };
            let below = |high: &Edge| {
                amount < high.value || (amount == high.value && (found.whole.ends != Ends::Low || is_single))
            };
            row.low.as_ref().is_none_or(above) && row.high.as_ref().is_none_or(below)
        };
        let rows = found.whole.rows.iter().enumerate();
        let holders: Vec<usize> = rows.filter(|(_, row)| holds(row)).map(|(at, _)| at).collect();
        let here = found.whole.intervals.iter().filter(|interval| {
            let [from, to] = interval.holds;
            interval.from.as_ref().is_none_or(|edge| edge.value < amount || (from && edge.value == amount))
                && interval.to.as_ref().is_none_or(|edge| amount < edge.value || (to && edge.value == amount))
        });
        let told: Vec<Vec<usize>> = here
            .map(|interval| match &interval.answer {
                Answer::Within(rows) => rows.clone(),
                Answer::Below | Answer::Between(..) | Answer::Above => Vec::new(),
            })
            .collect();
        assert_eq!(told, [holders], "at {amount}");
    }
}

#[test]
fn amounts_are_cut_at_the_ends_of_rows() {
    check(&[("a", "[10, 20]")], &["..10 below", "10..20 a", "20.. above"]);
    check(
        &[("a", "[10, 30]"), ("b", "[20, 40]"), ("c", "[45, 50]")],
        &["..10 below", "10..20 a", "20..30 a+b", "30..40 b", "40..45 b|c", "45..50 c", "50.. above"],
    );
}

#[test]
fn an_open_end_holds_every_value_on_its_side() {
    check(&[("a", "[\"open\", 20]"), ("b", "[20, 30]")], &["..20 a", "20..20 a+b", "20..30 b", "30.. above"]);
    check(&[("a", "[10, 20]"), ("b", "[30, \"open\"]")], &["..10 below", "10..20 a", "20..30 a|b", "30.. b"]);
    check(
        &[("a", "[\"open\", 20]"), ("b", "[10, \"open\"]"), ("c", "15")],
        &["..10 a", "10..15 a+b", "15..15 a+b+c", "15..20 a+b", "20.. b"],
    );
}

#[test]
fn an_end_that_ranges_don_t_hold_belongs_to_the_next_one() {
    let low = "ends = \"low\"\n";
    check_in(low, &[("a", "[10, 20]"), ("b", "[20, 30]")], &["..10 below", "10..20 a", "20..30 b", "30.. above"]);
    check_in(low, &[("a", "[10, 20]"), ("b", "20")], &["..10 below", "10..20 a", "20..20 b", "20.. above"]);
    let high = "ends = \"high\"\n";
    check_in(high, &[("a", "[10, 20]"), ("b", "[30, \"open\"]")], &["..10 below", "10..20 a", "20..30 a|b", "30.. b"]);
}

#[test]
fn rows_may_come_in_any_order() {
    check(
        &[("c", "[45, 50]"), ("a", "[10, 30]"), ("b", "[20, 40]")],
        &["..10 below", "10..20 a", "20..30 a+b", "30..40 b", "40..45 b|c", "45..50 c", "50.. above"],
    );
}

#[test]
fn three_rows_may_overlap_and_one_may_lie_in_another() {
    check(
        &[("a", "[10, 40]"), ("b", "[20, 50]"), ("c", "[30, 60]")],
        &["..10 below", "10..20 a", "20..30 a+b", "30..40 a+b+c", "40..50 b+c", "50..60 c", "60.. above"],
    );
    check(&[("a", "[10, 40]"), ("b", "[20, 30]")], &["..10 below", "10..20 a", "20..30 a+b", "30..40 a", "40.. above"]);
    check(&[("a", "[10, 20]"), ("b", "[10, 20]")], &["..10 below", "10..20 a+b", "20.. above"]);
}

#[test]
fn an_edge_that_more_rows_hold_than_either_side_has_an_interval_of_its_own() {
    check(&[("a", "[10, 20]"), ("b", "[20, 30]")], &["..10 below", "10..20 a", "20..20 a+b", "20..30 b", "30.. above"]);
    check(&[("a", "15")], &["..15 below", "15..15 a", "15.. above"]);
    check(
        &[("a", "[10, 20]"), ("b", "15"), ("c", "30")],
        &["..10 below", "10..15 a", "15..15 a+b", "15..20 a", "20..30 a|c", "30..30 c", "30.. above"],
    );
}

#[test]
fn gaps_name_all_rows_beside_them() {
    check(
        &[("a", "[10, 20]"), ("b", "[15, 20]"), ("c", "[30, 35]"), ("d", "[30, 40]")],
        &["..10 below", "10..15 a", "15..20 a+b", "20..30 a+b|c+d", "30..35 c+d", "35..40 d", "40.. above"],
    );
}

#[test]
fn rows_without_a_range_are_set_aside_and_shown() {
    let (found, problems) =
        resolved(&[("a", "\"unstated\""), ("b", "{ range = [10, 20], median = 15 }")], "total", &[]);
    let found = found.expect("a check");
    assert!(problems.is_empty(), "{problems:?}");
    let figures = ["bands.b.total", "bands.b.total.low", "bands.b.total.high", "bands.b.total.median", "bands.a.total"];
    assert_eq!(found.figures(), figures);
    assert_eq!(found.whole.intervals.len(), 3);
}

fn complain(rows: &[(&str, &str)], column: &str, words: &[&[&str]], expected: &str) {
    let (_, problems) = resolved(rows, column, words);
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            format!("{}: {}; {}", problem.code.name, problem.message, problem.help.as_deref().unwrap_or_default())
        })
        .collect();
    assert_eq!(told, [expected]);
    assert!(problems.iter().all(|problem| problem.place.is_some()), "{problems:?}");
}

#[test]
fn what_can_t_be_checked_is_said_with_what_to_type() {
    let rows = [("a", "[10, 20]")];
    complain(&rows, "totl", &[], "block-column: `bands` has no `totl`; did you mean \"total\"?");
    complain(&rows, "name", &[], "block-kind: `places` has no column of numbers; write \"bands\"");
    complain(
        &[("a", "\"unstated\"")],
        "total",
        &[],
        "block-empty: no row of `bands` states a range for `total`; name a column that at least one row states, or take the block out",
    );
    complain(
        &[("a", "[10, 20]"), ("b", "[20, 30] EUR")],
        "total",
        &[],
        "block-units: in row `b`, `total` is an amount in EUR per year, not an amount in USD per year; put the rows in another unit into a set of their own",
    );
    let words = "block-words: the warning has no word that calls for it; write words of a title that call for it: words = [\"program\"]";
    complain(&rows, "total", &[&[]], words);
    complain(&rows, "total", &[&["program"], &["program", " "]], words);
}
