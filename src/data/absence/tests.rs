//! One case for each reason: an id that names no figure, and what is said of it and where.

use crate::data::{Data, read};
use crate::diagnostic::{Diagnostic, Source};

const PLANS: &str = r#"kind = "bands"
currency = "USD"
period = "month"
[measures.server]
title = "Server"
[measures.storage]
title = "Storage"
[measures.total]
title = "Total"
sum = ["server", "storage"]
[measures.list]
title = "List price"
parts = ["server", "storage"]
[ratios.share]
title = "Storage of the server"
of = "storage"
to = "server"
[ratios.of-parts]
title = "Storage of the parts"
of = "storage"
to = "parts.list"
[[row]]
id = "free"
server = [0, 4]
storage = [0, 2]
list = [0, 6]
[[row]]
id = "small"
server = { range = [4, 6], median = 5 }
storage = [1, 2]
list = [5, 8]
[[row]]
id = "medium"
server = "unstated"
storage = 4
list = "unstated"
[[row]]
id = "large"
server = [22, 30]
storage = [2, 10]
list = [24, 40]
[[row]]
id = "huge"
server = { range = [40, 50], currency = "EUR" }
storage = [10, 12]
list = "unstated"
[[row]]
id = "vast"
server = { range = [50, 60], currency = "EUR" }
storage = [12, 13]
list = "unstated"
"#;

const FACTS: &str = r#"kind = "facts"
currency = "USD"
[fee]
title = "Fee"
money = 5
[range]
title = "Range"
money = [5, 6]
[open]
title = "Open"
money = "unstated"
[day]
title = "Day"
date = "2026-01-02"
"#;

fn data() -> Data {
    let sources = [Source::new("content/data/facts.toml", FACTS), Source::new("content/data/plans.toml", PLANS)];
    read(&sources, &[], &mut Vec::new())
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
    check("plans.medium.storage.midpoint", "`plans.medium.storage` is one value, not a range", one);
    check("plans.medium.storage.median-offset", "`plans.medium.storage` is one value, not a range", one);
    check("plans.small-to-medium.storage.step", "`plans.medium.storage` is one value, not a range", one);
    check("facts.fee.high", "`facts.fee` is one value, not a range", "money = 5 | one value");
    check("facts.day.low", "`facts.day` is a date, not a range", "date = \"2026-01-02\" | a date");
}

#[test]
fn what_is_not_stated_has_no_sides_and_nothing_is_calculated_from_it() {
    let place = "server = \"unstated\" | not stated";
    let server = "not calculated: `plans.medium.server` is not stated";
    let total = "not calculated: `plans.medium.total` needs `plans.medium.server`, which is not stated";
    check("facts.open.low", "`facts.open` is not stated", "money = \"unstated\" | not stated");
    check("plans.medium.server.high", "`plans.medium.server` is not stated", place);
    check("plans.medium.server.spread", server, place);
    check("plans.medium.total.low", server, place);
    check("plans.medium.total.width", total, place);
    check("plans.medium-to-large.server.overlap", server, place);
    check("plans.small-to-medium.total.step", total, place);
    check("plans.medium.share.at-low", server, place);
    check("plans.medium.list.parts", server, place);
    check("plans.medium.list.above-parts", server, place);
    check("plans.medium.of-parts.at-high", server, place);
}

#[test]
fn nothing_is_divided_by_zero() {
    let server = "not calculated: `plans.free.server.low` is zero";
    check("plans.free.share.at-low", server, "server = [0, 4] | zero");
    check("plans.free.server.spread", server, "server = [0, 4] | zero");
    check("plans.free.of-parts.at-low", "not calculated: `plans.free.list.parts.low` is zero", "list = [0, 6] | zero");
}

#[test]
fn a_median_is_missed_where_none_is_stated() {
    let large = "no median is stated for `plans.large.storage`";
    check("plans.large.storage.median", large, "storage = [2, 10] | no median");
    check("plans.large.storage.median-offset", large, "storage = [2, 10] | no median");
    check("plans.medium.total.median", "no median is stated for `plans.medium.total`", "[measures.total] | no median");
    check(
        "plans.free-to-small.server.median-step",
        "no median is stated for `plans.free.server`",
        "server = [0, 4] | no median",
    );
}

#[test]
fn rows_that_are_no_neighbors_are_named_with_what_is_between_them() {
    let between = "the row `small` is between `free` and `medium`";
    check("plans.free-to-medium.server.gap", between, "[[row]] | the row `small`");
    let both = "the rows `small` and `medium` are between `free` and `large`";
    check("plans.free-to-large.storage.step", both, "[[row]] | the row `small`");
    check("plans.large-to-small.server.step", "`small` comes before `large`", "[[row]] | the row `small`");
}

#[test]
fn of_two_neighbors_the_ranges_overlap_or_leave_a_gap() {
    let storage = "storage = [1, 2] | `plans.small.storage`";
    check("plans.free-to-small.storage.gap", "no gap: they overlap by $1", storage);
    check("plans.large-to-huge.storage.gap", "no gap: they touch", "storage = [10, 12] | `plans.huge.storage`");
    let server = PLANS.replace("server = \"unstated\"", "server = [8, 9]");
    let sources = [Source::new("content/data/plans.toml", server)];
    let data = read(&sources, &[], &mut Vec::<Diagnostic>::new());
    let found = said(&data, "plans.small-to-medium.server.overlap").unwrap();
    assert_eq!(found.0, "no overlap: there is a gap of $2 between them");
    assert_eq!(found.1, "server = [8, 9] | `plans.medium.server`");
    let units = "not calculated: `plans.large.server` is USD per month, and `plans.huge.server` EUR per month";
    assert_eq!(said(&data, "plans.large-to-huge.server.step").unwrap().0, units);
}

#[test]
fn a_total_that_is_its_parts_has_no_excess() {
    let list = "list = [5, 8] | `plans.small.list`";
    check("plans.small.list.above-parts", "`plans.small.list` is not above the sum of its parts", list);
    check("plans.small.list.below-parts", "`plans.small.list` is not below the sum of its parts", list);
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
        "plans.small-to-small.server.gap",
        "plans.free-to-medium.server.gaps",
        "plans.free-to-medium.serve.gap",
        "plans.small.share",
        "plans.small.share.low",
        "plan.small.server.low",
        "facts.fee.median",
        "facts.fees.low",
        "plans",
        "",
        "..",
        "plans.-to-.server.gap",
        "plans.é-to-é.server.gap",
    ] {
        assert_eq!(said(&data(), id), None, "{id}");
    }
}
