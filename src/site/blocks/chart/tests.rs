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
extra = { title = "Extra" }
sum = { title = "Sum", formula = "base + extra" }
[[row]]
id = "l1"
base = [10, 20]
extra = [1, 2]
total = { range = [11, 22], median = 15 }
[[row]]
id = "l2"
base = [20, 30]
extra = "unstated"
total = [21, 33]
[[row]]
id = "l3"
base = [50, 60]
extra = [5, 6]
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
[most]
title = "Most"
unit = "%"
value = 95
scope = "all shops"
[loss]
title = "Loss"
value = -1
[ours]
title = "We, price"
subject = "We"
value = 1
[theirs]
title = "They, price"
subject = "They"
value = 2
[their-rest]
title = "They: rest"
subject = "They"
value = 3
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
from = { title = "From", type = "text", blank = "" }
team = { title = "Team", type = "text", blank = "" }
[[row]]
id = "low"
title = "Low"
price = "bands.l1.total"
team = "One"
[[row]]
id = "high"
title = "High"
price = "unstated"
from = "low"
"#;

const SALES: &str = r#"key = ["region", "year"]
ordered = "year"
[columns]
region = { title = "Region", type = "text" }
year = { title = "Year", type = "date" }
sold = { title = "Sold", unit = "item", blank = "none" }
price = { title = "Price", unit = "USD", blank = "none" }
[[row]]
region = "North"
year = "2023"
sold = 10
[[row]]
region = "South"
year = "2023"
sold = 5
[[row]]
region = "North"
year = "2024"
sold = 12
price = 3
[[row]]
region = "North"
year = "2025"
sold = 15
[[row]]
region = "South"
year = "2025"
sold = "unstated"
"#;

fn read(sources: &[(&str, &str)]) -> Data {
    let sources: Vec<_> =
        sources.iter().map(|(name, text)| Source::new(format!("content/data/{name}.toml"), *text)).collect();
    let mut diagnostics = Vec::new();
    let data = data::read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    data
}

/// What a chart draws, and what is wrong with it: `line:column: message`, then the help.
fn resolve_text(set: &str, options: &str) -> (Option<ResolvedChart>, Vec<String>) {
    let sets =
        [("bands", BANDS), ("facts", FACTS), ("steps", STEPS), ("sales", SALES), ("words", "kind = \"terms\"\n")];
    resolve_in(&sets, set, options)
}

fn resolve_in(sets: &[(&str, &str)], set: &str, options: &str) -> (Option<ResolvedChart>, Vec<String>) {
    let data = read(sets);
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
    let totals = ["bands.l1.total", "bands.l2.total", "bands.l3.total"];
    check("bands", "kind = \"range\"", &[totals[0], medians[0], totals[1], medians[1], totals[2]]);
    let overlap = "bands.l1-to-l2.total.overlap";
    let joined = [totals[0], medians[0], overlap, totals[1], medians[1], totals[2]];
    check("bands", "kind = \"range\"\nneighbors = true", &joined);
    let columns =
        ["total", "base", "extra"].map(|column| ["l1", "l2", "l3"].map(|row| format!("bands.{row}.{column}")));
    let columns: Vec<&str> = columns.as_flattened().iter().map(String::as_str).collect();
    check("bands", "kind = \"range\"\npanels = true", &columns);
    check("steps", "kind = \"ladder\"", &["bands.l1.total"]);
    let sales: Vec<String> = ["2023", "2024", "2025"]
        .iter()
        .flat_map(|year| ["north", "south"].map(|region| format!("sales.{region}.{year}.sold")))
        .collect();
    let sales: Vec<&str> = sales.iter().map(String::as_str).filter(|id| *id != "sales.south.2024.sold").collect();
    check("sales", "kind = \"line\"\nseries = \"region\"", &sales);
}

#[test]
fn rows_columns_and_figures_are_drawn_as_named() {
    let columns = "kind = \"range\"\nrows = [\"l2\", \"l1\"]\ny = \"base\"";
    check("bands", columns, &["bands.l2.base", "bands.l1.base"]);
    let sides = "kind = \"bar\"\ny = [\"base.low\", \"base.high\"]\nrows = [\"l1\"]";
    check("bands", sides, &["bands.l1.base.low", "bands.l1.base.high"]);
    let joined = ["bands.l2.base", "bands.l2-to-l3.base.gap", "bands.l3.base"];
    check("bands", "kind = \"range\"\nneighbors = true\nrows = [\"l2\", \"l3\"]\ny = \"base\"", &joined);
    let turned = ["bands.l3.base", "bands.l2-to-l3.base.gap", "bands.l2.base"];
    check("bands", "kind = \"range\"\nneighbors = true\nrows = [\"l3\", \"l2\"]\ny = \"base\"", &turned);
    check("steps", "kind = \"ladder\"\nrows = [\"high\"]", &[]);
    check("facts", "kind = \"timeline\"\nfigures = [\"facts.short\", \"facts.long\"]", &["facts.short", "facts.long"]);
    check("facts", "kind = \"range\"\nfigures = [\"facts.share\"]", &["facts.share"]);
    let tested = "kind = \"bar\"\nwhere = \"region = 'North' and sold > 10\"\norder = [\"-sold\"]";
    check("sales", tested, &["sales.north.2025.sold", "sales.north.2024.sold"]);
}

#[test]
fn each_value_of_a_column_is_a_series() {
    let (chart, problems) = resolve_text("sales", "kind = \"bar\"\nseries = \"region\"");
    assert!(problems.is_empty(), "{problems:?}");
    let Some(Drawing::Plots(PlotKind::Bar, plots)) = chart.map(|chart| chart.drawing) else { panic!("plots") };
    let [plot] = &plots[..] else { panic!("one plot") };
    assert_eq!(plot.series.len(), 2);
    let marks: Vec<Vec<bool>> = plot.rows.iter().map(|row| row.marks.iter().map(Option::is_some).collect()).collect();
    assert_eq!(marks, [[true, true], [true, false], [true, true]], "a row for each year");
}

#[test]
fn dots_of_two_subjects_are_paired_by_what_their_titles_have_in_common() {
    let figures = "kind = \"dots\"\nfigures = [\"facts.ours\", \"facts.theirs\", \"facts.their-rest\"]";
    let (chart, problems) = resolve_text("facts", figures);
    assert!(problems.is_empty(), "{problems:?}");
    let Some(Drawing::Plots(_, plots)) = chart.map(|chart| chart.drawing) else { panic!("plots") };
    let names = plots[0].rows.iter().map(|row| match &row.name {
        PlotName::Words(words) => (words.to_string(), row.marks.iter().flatten().count()),
        other => panic!("{other:?}"),
    });
    assert_eq!(names.collect::<Vec<_>>(), [("Price".to_owned(), 2), ("Rest".to_owned(), 1)]);
    assert_eq!(plots[0].series.len(), 2);
}

#[test]
fn a_rung_knows_from_which_it_branches_off_and_its_group() {
    let (chart, problems) = resolve_text("steps", "kind = \"ladder\"\nbranch = \"from\"\ngroup = \"team\"");
    assert!(problems.is_empty(), "{problems:?}");
    let Some(Drawing::Ladder(ladder)) = chart.map(|chart| chart.drawing) else { panic!("a ladder") };
    let rungs: Vec<_> =
        ladder.rungs.iter().map(|rung| (rung.parent, rung.group.as_ref().map(|text| &*text.text))).collect();
    assert_eq!(rungs, [(None, Some("One")), (Some(0), None)]);
    refused(
        "steps",
        "kind = \"ladder\"\nbranch = \"team\"",
        &[
            "5:11 `low` branches off from `One`, which is no other row of `steps`; write the id of a row there, or leave the cell blank",
        ],
    );
}

#[test]
fn unknown_names_are_reported_where_they_stand_with_the_nearest() {
    refused("bands", "kind = \"rnage\"", &["4:8 `kind` can't be \"rnage\"; did you mean \"range\"?"]);
    refused("bands", "kind = \"range\"\nrows = [\"l1\", \"l9\"]", &["5:16 `bands` has no `l9`; use one of l2, l3"]);
    let column = "kind = \"bar\"\ny = \"bsae\"";
    refused("bands", column, &["5:6 `bands` has no column `bsae`; did you mean \"base\"?"]);
    let words = "kind = \"bar\"\ny = \"region\"";
    refused("sales", words, &["5:6 `region` of `sales` holds no numbers; use one of sold, price"]);
    let series = "kind = \"line\"\nseries = \"regoin\"";
    refused("sales", series, &["5:11 `sales` has no column `regoin`; did you mean \"region\"?"]);
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
           \"range\", \"bar\", \"mix\", \"line\", \"dots\" or \"timeline\"",
        ],
    );
    refused(
        "facts",
        "kind = \"line\"",
        &[
            "4:9 a chart of kind `line` can't draw `facts`, which holds single figures; write one of the kinds that can: \
           \"range\", \"bar\", \"mix\", \"dots\" or \"timeline\", with `figures`",
        ],
    );
    refused(
        "steps",
        "kind = \"bar\"",
        &[
            "4:9 a chart of kind `bar` can't draw `steps`, which holds rows that name figures; write one of the kinds that can: \"ladder\"",
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
        "kind = \"line\"\nfigures = [\"bands.l1.total\"]",
        &[
            "5:1 a chart of kind `line` takes no `figures`; remove the line; such a chart takes `y`, `x`, `series`, `rows`, `where`, `order`, `panels`",
        ],
    );
    refused(
        "steps",
        "kind = \"ladder\"\nseries = \"title\"",
        &[
            "5:1 a chart of kind `ladder` takes no `series`; remove the line; such a chart takes `y`, `rows`, `where`, `branch`, `group`",
        ],
    );
    refused(
        "bands",
        "kind = \"range\"\nrows = [\"l1\"]\nfigures = [\"bands.l1.total\"]",
        &["5:1 a chart of single figures takes no `rows`; remove the line; such a chart takes `figures`"],
    );
    refused(
        "facts",
        "kind = \"dots\"",
        &[
            "4:9 a chart of `facts`, which holds single figures, needs `figures`; add figures = [\"facts.…\", …] with the ids to draw",
        ],
    );
    let both = "kind = \"bar\"\ny = [\"price\", \"sold\"]";
    refused(
        "sales",
        &format!("{both}\nseries = \"region\""),
        &["6:11 a chart draws several columns or several series, not both; \
           name one column in `y`, remove `series`, or add panels = true for a small chart of each column"],
    );
}

#[test]
fn more_lines_than_can_be_told_apart_are_refused() {
    let lines = |count: usize| {
        let rows: String = (1..=count)
            .flat_map(|of| [2024, 2025].map(|year| format!("[[row]]\nof = \"n{of}\"\nyear = {year}\nsold = 1\n")))
            .collect();
        let text = format!(
            "key = [\"of\", \"year\"]\n[columns]\nof = {{ title = \"Of\", type = \"text\" }}\n\
             year = {{ title = \"Year\" }}\nsold = {{ title = \"Sold\" }}\n{rows}"
        );
        resolve_in(&[("many", &text)], "many", "kind = \"line\"\nseries = \"of\"").1
    };
    assert!(lines(12).is_empty(), "{:?}", lines(12));
    let [said] = &lines(13)[..] else { panic!("{:?}", lines(13)) };
    assert!(said.contains("the chart has 13 lines, and at most 12 can be told apart"), "{said}");
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
    refused(
        "sales",
        "kind = \"dots\"\ny = [\"sold\", \"price\"]\nwhere = \"region = 'North'\"",
        &["5:15 `sales.north.2023.sold` is a number of items, and `sales.north.2024.price` an amount in USD; \
           draw columns and rows of one unit, or add panels = true for a small chart of each column"],
    );
}

#[test]
fn single_values_and_parts_of_a_whole_are_held_to_be_so() {
    refused(
        "facts",
        "kind = \"dots\"\nfigures = [\"facts.short\", \"facts.long\"]",
        &["5:28 `facts.long` is a range, and a chart of kind `dots` draws single values; \
           name one of its ends, with `.low` or `.high` behind the name, or write kind = \"range\""],
    );
    refused(
        "bands",
        "kind = \"bar\"\ny = \"base\"",
        &["5:6 `bands.l1.base` is a range, and a chart of kind `bar` draws single values; \
           name one of its ends, with `.low` or `.high` behind the name, or write kind = \"range\""],
    );
    refused(
        "facts",
        "kind = \"mix\"\nfigures = [\"facts.loss\"]",
        &["5:13 `facts.loss` is below zero, and no part of a whole can be; \
           write kind = \"bar\", which draws values below zero"],
    );
    refused(
        "facts",
        "kind = \"mix\"\nfigures = [\"facts.share\", \"facts.most\"]",
        &[
            "5:13 `facts.share` and the parts beside it add up to 105%; draw shares of one whole, or write kind = \"bar\"",
        ],
    );
}

#[test]
fn marks_do_not_cover_each_other_and_neighbors_are_neighbors() {
    refused(
        "sales",
        "kind = \"line\"",
        &["4:9 `sales.south.2023` is at `2023`, as `sales.north.2023.sold` is; \
           choose other `rows`, or name in `x` or `series` the column that tells them apart"],
    );
    refused(
        "bands",
        "kind = \"range\"\nneighbors = true\nrows = [\"l1\"]",
        &["6:10 `l1` alone has no neighbor; choose two rows or more that follow each other in the data file"],
    );
    refused(
        "bands",
        "kind = \"range\"\nneighbors = true\nrows = [\"l1\", \"l3\"]",
        &["6:16 `l1` and `l3` are no neighbors in `bands`; \
           choose rows that follow each other in the data file, in its order"],
    );
    refused(
        "bands",
        "kind = \"range\"\nneighbors = true\ny = [\"base\", \"extra\"]",
        &["5:1 neighbors are drawn for one series; \
           name one column in `y` and no `series`, or add panels = true for a small chart of each column"],
    );
    refused(
        "sales",
        "kind = \"range\"\nneighbors = true",
        &["5:1 `sold` of `sales` derives no overlaps and gaps; \
           add derive = [\"overlap\", \"gap\"] to the column in content/data/sales.toml"],
    );
}

#[test]
fn a_chart_of_more_than_five_hundred_rows_is_refused() {
    let rows: String = (0..501).map(|at| format!("[[row]]\nid = \"r{at}\"\nvalue = {at}\n")).collect();
    let many = format!("[columns]\nvalue = {{ title = \"Value\" }}\n{rows}");
    let said = |options: &str| resolve_in(&[("many", &many)], "many", options).1;
    let expected = "4:9 the chart has 501 rows, and at most 500 are drawn; \
                    choose some of them with `rows` or `where`";
    assert_eq!(said("kind = \"line\""), [expected]);
    assert!(said("kind = \"line\"\nwhere = \"value > 0\"").is_empty());
}

#[test]
fn every_problem_of_a_chart_is_reported_at_once() {
    let (chart, problems) = resolve_text("bands", "kind = \"range\"\nrows = [\"x\"]\ny = \"y\"");
    assert!(chart.is_none());
    assert_eq!(problems.len(), 2, "{problems:?}");
}
