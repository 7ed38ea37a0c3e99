//! Charts resolved from pages and data as they are written.

use super::*;
use crate::content::{self, BlockKind, Node, Options};
use crate::data;
use crate::diagnostic::Source;

const BANDS: &str = r#"unit = "USD/year"
ordered = true
derive = ["step", "overlap", "gap"]
[columns]
total = { title = "Total" }
base = { title = "Base" }
bonus = { title = "Bonus" }
sum = { title = "Sum", formula = "base + bonus" }
[[row]]
id = "l1"
base = [10, 20]
bonus = [1, 2]
total = { range = [11, 22], median = 15 }
[[row]]
id = "l2"
base = [20, 30]
bonus = "unstated"
total = [21, 33]
[[row]]
id = "l3"
base = [50, 60]
bonus = [5, 6]
total = 60
"#;

const FACTS: &str = r#"kind = "facts"
[short]
title = "Short"
unit = "month"
value = 6
[long]
title = "Long"
unit = "year"
value = [1, 2]
[days]
title = "Days"
unit = "day"
value = 3
[share]
title = "Share"
unit = "%"
value = 10
scope = "all shops"
[other-share]
title = "Other share"
unit = "%"
value = 20
scope = "one shop"
[start]
title = "Start"
type = "date"
value = "2026"
[plain]
title = "Plain"
value = 7
"#;

const STEPS: &str = r#"[columns]
title = { title = "Title", type = "text" }
price = { title = "Price", type = "figure" }
[[row]]
id = "low"
title = "Low"
price = "bands.l1.total"
[[row]]
id = "high"
title = "High"
price = "unstated"
"#;

fn data() -> Data {
    let sources = [("bands", BANDS), ("facts", FACTS), ("steps", STEPS), ("words", "kind = \"terms\"\n")];
    let sources: Vec<_> =
        sources.iter().map(|(name, text)| Source::new(format!("content/data/{name}.toml"), *text)).collect();
    let mut diagnostics = Vec::new();
    let data = data::read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    data
}

/// What a chart draws, and what is wrong with it: `line:column: message`, then the help.
fn resolve_text(set: &str, options: &str) -> (Option<ResolvedChart>, Vec<String>) {
    let data = data();
    let page = Source::new("content/a.md", format!("# A\n\n```chart {set}\n{options}\n```\n"));
    let mut diagnostics = Vec::new();
    let page = content::parse(&page, Options::default(), &mut diagnostics);
    let block = page.body.iter().find_map(|node| match node {
        Node::Block(block) => Some(block),
        _ => None,
    });
    let resolved = block.and_then(|block| match &block.kind {
        BlockKind::Chart(chart) => resolve(chart, data.set(set).unwrap(), &data, &mut diagnostics),
        _ => None,
    });
    let said = diagnostics.iter().map(|problem| {
        let place = problem.place.as_ref().unwrap().to_string();
        format!(
            "{} {}; {}",
            place.trim_start_matches("content/a.md:"),
            problem.message,
            problem.help.clone().unwrap_or_default()
        )
    });
    (resolved, said.collect())
}

fn check(set: &str, options: &str, expected: &[&str]) {
    let (chart, problems) = resolve_text(set, options);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(chart.unwrap().figures(), expected, "{options}");
}

fn refused(set: &str, options: &str, expected: &[&str]) {
    let (chart, problems) = resolve_text(set, options);
    assert_eq!(problems, expected, "{options}");
    assert!(chart.is_none(), "{options}");
}

#[test]
fn a_chart_that_names_nothing_draws_what_fits_its_kind() {
    // A median that the source leaves out is a figure too, which says so.
    let medians = ["bands.l1.total.median", "bands.l2.total.median"];
    check("bands", "kind = \"range\"", &["bands.l1.total", medians[0], "bands.l2.total", medians[1], "bands.l3.total"]);
    let overlap = "bands.l1-to-l2.total.overlap";
    let joined = ["bands.l1.total", medians[0], overlap, "bands.l2.total", medians[1], "bands.l3.total"];
    check("bands", "kind = \"overlap\"", &joined);
    let parts = ["total", "base", "bonus"].map(|column| ["l1", "l2", "l3"].map(|row| format!("bands.{row}.{column}")));
    let parts: Vec<&str> = parts.as_flattened().iter().map(String::as_str).collect();
    check("bands", "kind = \"parts\"", &parts);
    check("steps", "kind = \"ladder\"", &["bands.l1.total"]);
}

#[test]
fn rows_measures_and_figures_are_drawn_as_named() {
    check(
        "bands",
        "kind = \"range\"\nrows = [\"l2\", \"l1\"]\nmeasures = [\"base\"]",
        &["bands.l2.base", "bands.l1.base"],
    );
    let joined = ["bands.l2.base", "bands.l2-to-l3.base.gap", "bands.l3.base"];
    check("bands", "kind = \"overlap\"\nrows = [\"l2\", \"l3\"]\nmeasures = [\"base\"]", &joined);
    let turned = ["bands.l3.base", "bands.l2-to-l3.base.gap", "bands.l2.base"];
    check("bands", "kind = \"overlap\"\nrows = [\"l3\", \"l2\"]\nmeasures = [\"base\"]", &turned);
    check("steps", "kind = \"ladder\"\nrows = [\"high\"]", &[]);
    check("facts", "kind = \"timeline\"\nfigures = [\"facts.short\", \"facts.long\"]", &["facts.short", "facts.long"]);
    check("facts", "kind = \"range\"\nfigures = [\"facts.share\"]", &["facts.share"]);
    let pair = "kind = \"dumbbell\"\nfigures = [\"facts.short\", \"facts.long.high\"]";
    check("facts", pair, &["facts.short", "facts.long.high"]);
}

#[test]
fn unknown_names_are_reported_where_they_stand_with_the_nearest() {
    refused("bands", "kind = \"rnage\"", &["4:8 `kind` can't be \"rnage\"; did you mean \"range\"?"]);
    refused("bands", "kind = \"range\"\nrows = [\"l1\", \"l9\"]", &["5:16 `bands` has no `l9`; use one of l2, l3"]);
    let measure = "kind = \"parts\"\nmeasures = [\"bsae\"]";
    refused("bands", measure, &["5:14 `bands` has no `bsae`; did you mean \"base\"?"]);
    let figure = "kind = \"timeline\"\nfigures = [\"facts.shrot\"]";
    refused("facts", figure, &["5:13 there is no figure `facts.shrot`; did you mean \"facts.short\"?"]);
    refused("steps", "kind = \"ladder\"\nrows = [\"hihg\"]", &["5:10 `steps` has no `hihg`; did you mean \"high\"?"]);
}

#[test]
fn a_kind_that_does_not_fit_the_set_names_those_that_do() {
    refused(
        "bands",
        "kind = \"ladder\"",
        &[
            "4:9 a chart of kind `ladder` can't draw `bands`, which holds rows of numbers; write one of the kinds that can: \
           \"range\", \"parts\" or \"overlap\"",
        ],
    );
    refused(
        "facts",
        "kind = \"parts\"",
        &[
            "4:9 a chart of kind `parts` can't draw `facts`, which holds single figures; write one of the kinds that can: \
           \"range\", \"timeline\" or \"dumbbell\" with `figures`",
        ],
    );
    refused(
        "steps",
        "kind = \"overlap\"",
        &[
            "4:9 a chart of kind `overlap` can't draw `steps`, which holds rows that name figures; write one of the kinds that can: \"ladder\"",
        ],
    );
    refused(
        "facts",
        "kind = \"timeline\"\nfigures = [\"facts.plain\"]",
        &[
            "5:13 `facts.plain` is a plain number, and a timeline draws durations; write kind = \"range\" for other figures",
        ],
    );
    refused(
        "words",
        "kind = \"range\"",
        &["3:10 a chart can't draw `words`, which holds no figures; write ```table words or ```list words"],
    );
}

#[test]
fn options_that_a_kind_does_not_take_or_lacks_are_reported() {
    refused(
        "bands",
        "kind = \"overlap\"\nfigures = [\"bands.l1.total\"]",
        &[
            "5:1 a chart of kind `overlap` takes no `figures`; remove the line; such a chart takes `rows` and `measures`",
        ],
    );
    refused(
        "steps",
        "kind = \"ladder\"\nmeasures = [\"total\"]",
        &["5:1 a chart of kind `ladder` takes no `measures`; remove the line; such a chart takes `rows`"],
    );
    refused(
        "bands",
        "kind = \"range\"\nrows = [\"l1\"]\nfigures = [\"bands.l1.total\"]",
        &["5:1 a chart of single figures takes no `rows`; remove the line; such a chart takes `figures`"],
    );
    refused(
        "facts",
        "kind = \"dumbbell\"",
        &["4:9 a chart of kind `dumbbell` needs `figures`; add figures = [\"facts.…\", …] with the ids to draw"],
    );
}

#[test]
fn figures_without_a_common_scale_are_not_drawn_together() {
    refused(
        "facts",
        "kind = \"timeline\"\nfigures = [\"facts.short\", \"facts.days\"]",
        &["5:28 `facts.short` is a number of months, and `facts.days` a number of days; \
           draw figures of one unit, one currency and one period"],
    );
    refused(
        "facts",
        "kind = \"range\"\nfigures = [\"facts.share\", \"facts.other-share\"]",
        &["5:28 `facts.share` holds for the scope `all shops`, and `facts.other-share` for `one shop`; \
           draw figures of one scope, and the others in a chart of their own"],
    );
    refused(
        "facts",
        "kind = \"range\"\nfigures = [\"facts.start\"]",
        &["5:13 `facts.start` is a date, which has no place on a scale; remove it"],
    );
    refused(
        "facts",
        "kind = \"timeline\"\nfigures = [\"facts.share\"]",
        &[
            "5:13 `facts.share` is a percentage, and a timeline draws durations; write kind = \"range\" for other figures",
        ],
    );
}

#[test]
fn pairs_are_whole_and_neighbors_are_neighbors() {
    refused(
        "facts",
        "kind = \"dumbbell\"\nfigures = [\"facts.short\"]",
        &["5:13 `facts.short` has no partner; name the figure to set beside it, or remove it"],
    );
    refused(
        "facts",
        "kind = \"dumbbell\"\nfigures = [\"facts.short\", \"facts.long\"]",
        &["5:28 `facts.long` is a range, and a dumbbell sets single values side by side; \
           name one of its ends, such as \"facts.long.low\", or write kind = \"range\""],
    );
    refused(
        "bands",
        "kind = \"overlap\"\nrows = [\"l1\"]",
        &["5:10 `l1` alone overlaps with nothing; name two rows or more that follow each other in the data file"],
    );
    refused(
        "bands",
        "kind = \"overlap\"\nrows = [\"l1\", \"l3\"]",
        &[
            "5:16 `l1` and `l3` are no neighbors in `bands`; name rows that follow each other in the data file, in its order",
        ],
    );
}

#[test]
fn every_problem_of_a_chart_is_reported_at_once() {
    let (chart, problems) = resolve_text("bands", "kind = \"range\"\nrows = [\"x\"]\nmeasures = [\"y\"]");
    assert!(chart.is_none());
    assert_eq!(problems.len(), 2, "{problems:?}");
}
