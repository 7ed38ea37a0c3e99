//! Tests: which rows and pairs the tool shows.

use super::*;
use crate::data::read;
use crate::diagnostic::{Place, Source};
use crate::document::Text;

const SET: &str = "unit = \"USD/year\"\nordered = true\n\
                   derive = [\"midpoint\", \"step\", \"median-step\", \"overlap\", \"gap\"]\n\
                   [columns]\nbase = { title = \"Base\" }\ntotal = { title = \"Total\" }\n";
const A: &str = "[[row]]\nid = \"a\"\nbase = [10, 20]\ntotal = { range = [30, 50], median = 40 }\n";
const B: &str = "[[row]]\nid = \"b\"\nbase = \"unstated\"\ntotal = { range = [40, 60], median = 50 }\n";
const C: &str = "[[row]]\nid = \"c\"\nbase = 30\ntotal = [70, 80]\n";

fn text(words: &str) -> Text {
    let source = Source::new("content/compare.md", words);
    Text { text: words.into(), place: Place::new(&source, 0..words.len()), exact: true }
}

fn resolved(rows: &[&str], columns: &[&str]) -> (Option<ResolvedCompare>, Vec<String>) {
    resolved_in(&format!("{SET}{}", rows.concat()), columns)
}

fn resolved_in(set: &str, columns: &[&str]) -> (Option<ResolvedCompare>, Vec<String>) {
    let data = read(&[Source::new("content/data/bands.toml", set)], &[], &mut Vec::new());
    let block = CompareBlock { set: text("bands"), columns: columns.iter().map(|column| text(column)).collect() };
    let mut problems = Vec::new();
    let found = resolve(&block, &data, &mut problems);
    (found, problems.iter().map(|problem| format!("{}: {}", problem.code.name, problem.message)).collect())
}

/// The lines of each pair, as the ends of the figures' ids.
fn check(rows: &[&str], columns: &[&str], expected: &[&str]) {
    let (found, problems) = resolved(rows, columns);
    assert!(problems.is_empty(), "{problems:?}");
    let id = |figure: &Option<Arc<str>>| figure.as_deref().map_or("-", |id| &id["bands.".len()..]).to_owned();
    let lines: Vec<String> = found
        .iter()
        .flat_map(|found| &found.pairs)
        .flat_map(|pair| &pair.lines)
        .map(|line| format!("{} {} {}", id(&line.first), id(&line.second), id(&line.difference)))
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn neighbors_stand_side_by_side_with_what_the_build_has_calculated() {
    check(
        &[A, B],
        &["total"],
        &[
            "a.total b.total a-to-b.total.overlap",
            "a.total.median b.total.median a-to-b.total.median-step",
            "a.total.midpoint b.total.midpoint a-to-b.total.step",
        ],
    );
    check(
        &[B, C],
        &["total"],
        &[
            "b.total c.total b-to-c.total.gap",
            "b.total.median c.total.median -",
            "b.total.midpoint c.total.midpoint b-to-c.total.step",
        ],
    );
}

#[test]
fn ranges_that_meet_at_one_value_have_that_value_between_them() {
    let next = "[[row]]\nid = \"next\"\nbase = \"unstated\"\ntotal = [50, 60]\n";
    check(
        &[A, next],
        &["total"],
        &[
            "a.total next.total next.total.low",
            "a.total.median next.total.median -",
            "a.total.midpoint next.total.midpoint a-to-next.total.step",
        ],
    );
}

#[test]
fn what_neither_states_has_no_line_but_its_own() {
    check(&[A, B], &["base"], &["a.base b.base -", "a.base.midpoint b.base.midpoint -"]);
    check(&[B, C], &["base"], &["b.base c.base -"]);
}

#[test]
fn every_pair_of_neighbors_is_there_and_all_measures_unless_some_are_wanted() {
    let (found, _) = resolved(&[A, B, C], &[]);
    let found = found.expect("a comparison");
    let pairs: Vec<(&str, &str)> = found.pairs.iter().map(|pair| (&*pair.from, &*pair.to)).collect();
    assert_eq!(pairs, [("a", "b"), ("b", "c")]);
    assert_eq!(found.columns.iter().map(|column| &*column.id).collect::<Vec<_>>(), ["base", "total"]);
    assert!(found.figures().contains(&"bands.a-to-b.total.overlap"), "{:?}", found.figures());
}

#[test]
fn a_measure_in_two_units_is_not_calculated_with() {
    let set = "[columns]\nin = { title = \"In\", type = \"text\" }\nbase = { title = \"Base\" }\n\
               total = { title = \"Total\", unit = \"{in}/year\" }\n";
    let row = |id: &str, currency: &str| format!("[[row]]\nid = \"{id}\"\nin = \"{currency}\"\nbase = 1\ntotal = 2\n");
    let (found, _) = resolved_in(&format!("{set}{}{}", row("a", "USD"), row("b", "EUR")), &["total", "base"]);
    let units: Vec<bool> = found.expect("a comparison").columns.iter().map(|column| column.unit.is_some()).collect();
    assert_eq!(units, [false, true]);
}

#[test]
fn what_can_t_be_compared_is_said() {
    assert_eq!(resolved(&[A], &[]).1, ["block-empty: `bands` has no two rows to compare"]);
    assert_eq!(resolved(&[A, B], &["totl"]).1, ["block-column: `bands` has no `totl`"]);
    let words = "type = \"text\"\n[columns]\nname = { title = \"Name\" }\n[[row]]\nid = \"a\"\nname = \"A\"\n";
    assert_eq!(resolved_in(words, &[]).1, ["block-kind: `bands` has no column of numbers"]);
    assert_eq!(resolved_in("kind = \"facts\"\n", &[]).1, ["block-kind: `bands` is no table"]);
}

#[test]
fn rows_with_a_key_of_several_columns_have_the_differences_of_their_neighbors() {
    let set = "unit = \"USD\"\nkey = [\"place\", \"size\"]\nordered = \"size\"\nderive = [\"overlap\", \"gap\"]\n[columns]\n\
               place = { title = \"Place\", type = \"text\" }\nsize = { title = \"Size\", type = \"choice\", values = [\"S\", \"M\"] }\n\
               total = { title = \"Total\" }\n\
               [[row]]\nplace = \"Here\"\nsize = \"S\"\ntotal = [10, 30]\n\
               [[row]]\nplace = \"Here\"\nsize = \"M\"\ntotal = [20, 40]\n\
               [[row]]\nplace = \"There\"\nsize = \"S\"\ntotal = [50, 60]\n";
    let (found, problems) = resolved_in(set, &[]);
    assert!(problems.is_empty(), "{problems:?}");
    let found = found.expect("a comparison");
    let differences: Vec<_> =
        found.pairs.iter().flat_map(|pair| &pair.lines).map(|line| line.difference.as_deref()).collect();
    assert_eq!(differences, [Some("bands.here.s-to-m.total.overlap"), None]);
}
