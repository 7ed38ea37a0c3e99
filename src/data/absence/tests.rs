//! One case for each reason: an id that names no figure, and what is said of it and where.

use crate::data::{Data, read};
use crate::diagnostic::Source;

const PLANS: &str = r#"unit = "USD/month"
ordered = true
derive = ["midpoint", "spread", "step", "gap", "overlap"]
[columns]
in = { title = "In", type = "text" }
server = { title = "Server", unit = "{in}/month", derive = ["midpoint", "spread", "median-offset", "step", "median-step", "gap", "overlap"] }
storage = { title = "Storage", words = ["unlimited"] }
total = { title = "Total", unit = "{in}/month", formula = "server", derive = ["width", "step"] }
[[row]]
id = "free"
in = "USD"
server = [0, 4]
storage = [0, 2]
[[row]]
id = "small"
in = "USD"
server = { range = [4, 6], median = 5 }
storage = [1, 2]
[[row]]
id = "medium"
in = "USD"
server = "unstated"
storage = 4
[[row]]
id = "large"
in = "USD"
server = [22, 30]
storage = [2, 10]
[[row]]
id = "huge"
in = "EUR"
server = [40, 50]
storage = [10, 12]
[[row]]
id = "vast"
in = "EUR"
server = [55, "open"]
storage = "unlimited"
"#;

const FACTS: &str = r#"kind = "facts"
unit = "USD"
[fee]
title = "Fee"
value = 5
[both]
title = "Both"
value = [5, 6]
[open]
title = "Open"
value = "unstated"
[word]
title = "Word"
words = ["free"]
value = "free"
[day]
title = "Day"
type = "date"
value = "2026-01-02"
[zero]
title = "Zero"
value = 0
[times]
title = "Times"
unit = "times"
formula = "fee / zero"
[exact]
title = "Exact"
value = { value = 5, plus_minus = 1 }
"#;

const YEARS: &str = r#"key = ["place", "year"]
ordered = "year"
derive = ["gap"]
[columns]
place = { title = "Place", type = "text" }
year = { title = "Year", type = "date" }
n = { title = "N" }
[[row]]
place = "a"
year = 2022
n = [1, 2]
[[row]]
place = "b"
year = 2022
n = [1, 2]
[[row]]
place = "a"
year = 2023
n = [2, 3]
[[row]]
place = "a"
year = 2024
n = [2, 4]
"#;

fn data() -> Data {
    let sources = [("facts", FACTS), ("plans", PLANS), ("years", YEARS)];
    let sources = sources.map(|(name, text)| Source::new(format!("content/data/{name}.toml"), text));
    let mut diagnostics = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    data
}

/// What is said of an id, and the line and the words of its label; nothing where there is no reason.
fn said(data: &Data, id: &str) -> Option<(String, String)> {
    let absence = data.absence(id)?;
    let (place, text) = absence.label();
    let line = place.source.text()[..place.span.start as usize].matches('\n').count();
    let line = place.source.text().lines().nth(line).unwrap();
    Some((absence.to_string(), format!("{line} | {text}")))
}

#[track_caller]
fn check(id: &str, message: &str, label: &str) {
    assert_eq!(said(&data(), id), Some((message.to_owned(), label.to_owned())), "{id}");
}

#[test]
fn a_side_of_one_value_or_of_a_date_is_none() {
    let one = "storage = 4 | one value";
    check("plans.medium.storage.low", "`plans.medium.storage` is one value, not a range", one);
    check("plans.medium.storage.median", "`plans.medium.storage` is one value, not a range", one);
    check("plans.medium.storage.midpoint", "`plans.medium.storage` is one value, not a range", one);
    check("plans.small-to-medium.storage.gap", "`plans.medium.storage` is one value, not a range", one);
    check("facts.fee.high", "`facts.fee` is one value, not a range", "value = 5 | one value");
    check(
        "facts.exact.median",
        "`facts.exact` is one value, not a range",
        "value = { value = 5, plus_minus = 1 } | one value",
    );
    check("facts.day.low", "`facts.day` is a date, not a range", "value = \"2026-01-02\" | a date");
}

#[test]
fn what_is_not_stated_has_no_sides() {
    let place = "server = \"unstated\" | not stated";
    check("facts.open.low", "`facts.open` is not stated", "value = \"unstated\" | not stated");
    check("plans.medium.server.high", "`plans.medium.server` is not stated", place);
    check("plans.medium.total.low", "not calculated: `plans.medium.server` is not stated", place);
    let through = "not calculated: `plans.medium.total` needs `plans.medium.server`, which is not stated";
    check("plans.small-to-medium.total.step.up", through, place);
}

#[test]
fn a_word_has_no_sides() {
    check("facts.word.low", "`facts.word` is \"free\", not a range", "value = \"free\" | \"free\"");
    check(
        "plans.vast.storage.high",
        "`plans.vast.storage` is \"unlimited\", not a range",
        "storage = \"unlimited\" | \"unlimited\"",
    );
}

#[test]
fn what_is_not_calculated_has_no_sides() {
    check("facts.times.low", "not calculated: `facts.zero` is zero", "value = 0 | zero");
}

#[test]
fn an_open_end_is_no_figure() {
    check("plans.vast.server.high", "`plans.vast.server` is open at this end", "server = [55, \"open\"] | an open end");
}

#[test]
fn a_median_is_missed_where_none_is_stated() {
    let large = "no median is stated for `plans.large.storage`";
    check("plans.large.storage.median", large, "storage = [2, 10] | no median");
}

#[test]
fn what_nothing_asks_for_is_not_derived() {
    let column = PLANS.lines().find(|line| line.starts_with("storage =")).unwrap();
    let said = |side: &str| {
        format!("`{side}` is not derived for `plans.storage`: nothing asks for it with derive = [\"{side}\"]")
    };
    check("plans.large.storage.width", &said("width"), &format!("{column} | the column"));
    check("plans.large.storage.median-offset", &said("median-offset"), &format!("{column} | the column"));
    check("plans.small-to-medium.storage.median-step", &said("median-step"), &format!("{column} | the column"));
    let fact = "`midpoint` is not derived for `facts.both`: nothing asks for it with derive = [\"midpoint\"]";
    check("facts.both.midpoint", fact, "[both] | the column");
}

#[test]
fn rows_that_are_no_neighbors_are_named_with_what_is_between_them() {
    let between = "the row `small` is between `free` and `medium`";
    check("plans.free-to-medium.server.gap", between, "[[row]] | the row `small`");
    let both = "the rows `small` and `medium` are between `free` and `large`";
    check("plans.free-to-large.storage.step", both, "[[row]] | the row `small`");
    check("plans.large-to-small.server.step", "`small` comes before `large`", "[[row]] | the row `small`");
    check(
        "years.a.2022-to-2024.n.gap",
        "the row `a.2023` is between `a.2022` and `a.2024`",
        "[[row]] | the row `a.2023`",
    );
    check("years.a.2023-to-2022.n.gap", "`a.2022` comes before `a.2023`", "[[row]] | the row `a.2022`");
}

#[test]
fn of_two_neighbors_the_ranges_overlap_or_leave_a_gap() {
    check("plans.free-to-small.storage.gap", "no gap: they overlap by $1", "storage = [1, 2] | `plans.small.storage`");
    check("plans.large-to-huge.storage.gap", "no gap: they touch", "storage = [10, 12] | `plans.huge.storage`");
    check(
        "plans.large-to-huge.storage.overlap",
        "no overlap: they only touch",
        "storage = [10, 12] | `plans.huge.storage`",
    );
    // What is between them needn't be asked for.
    check("years.a.2023-to-2024.n.gap", "no gap: they overlap by 1", "n = [2, 4] | `years.a.2024.n`");
    check(
        "plans.free-to-small.server.overlap",
        "no overlap: they only touch",
        "server = { range = [4, 6], median = 5 } | `plans.small.server`",
    );
    let data = {
        let text = PLANS.replace("server = \"unstated\"", "server = [8, 9]");
        read(&[Source::new("content/data/plans.toml", text)], &[], &mut Vec::new())
    };
    let found = said(&data, "plans.small-to-medium.server.overlap").unwrap();
    assert_eq!(found.0, "no overlap: there is a gap of $2 between them");
    assert_eq!(found.1, "server = [8, 9] | `plans.medium.server`");
}

#[test]
fn two_units_are_not_compared() {
    let units = "not calculated: `plans.large.server` is an amount in USD per month, and `plans.huge.server` an amount in EUR per month";
    for side in ["gap", "overlap", "step"] {
        let id = format!("plans.large-to-huge.server.{side}");
        check(&id, units, "server = [40, 50] | an amount in EUR per month");
    }
}

#[test]
fn of_a_figure_that_exists_and_of_a_mistyped_id_there_is_nothing_to_say() {
    for id in [
        "plans.small.server",
        "plans.small.server.low",
        "plans.small.server.lo",
        "plans.small.serve.low",
        "plans.smal.server.low",
        "plans.small-to-smal.server.gap",
        "plans.free-to-medium.server.gaps",
        "plans.free-to-medium.serve.gap",
        "plans.medium.server.midpoint",
        "plans.free.server.spread",
        "plan.small.server.low",
        "facts.fees.low",
        "facts.exact.low",
        "plans",
        "",
        "..",
        "plans.-to-.server.gap",
        "plans.é-to-é.server.gap",
        "years.a.2022-to-2025.n.gap",
        "years.a.2022-to-b.2022.n.gap",
    ] {
        assert_eq!(said(&data(), id), None, "{id}");
    }
}
