//! Functions over rows, look-ups, neighbors, ranks, and what is derived.

use super::site::Site;

const PLANS: &str = r#"
key = ["region", "plan"]
ordered = "plan"
unit = "USD/month"
derive = ["midpoint", "spread", "width", "median-offset", "step", "median-step", "overlap", "gap"]
[columns]
region = { type = "text" }
plan = { type = "text" }
kind = { type = "choice", values = ["old", "new"] }
price = { }
users = { unit = "user" }
of-region = { unit = "%", formula = "price.low / sum(plans.{region}.*.price.low)" }
place = { unit = "rank", formula = "rank(users)" }
rise = { formula = "difference(previous(price.low), price.low)" }
since-first = { formula = "price.low - first(price.low)" }
to-last = { formula = "last(price.low) - price.low" }
running = { unit = "user", formula = "users + before" }
before = { unit = "user", formula = "sum(users where region = {region} and users < {users}) * 0" }
mean-of-kind = { unit = "user", formula = "mean(users where kind = {kind})" }
factor = { unit = "", formula = "factors.{plan}.factor" }

[[row]]
region = "EU West"
plan = "S"
kind = "old"
price = [4, 6]
users = 10

[[row]]
region = "EU West"
plan = "M"
kind = "new"
price = { range = [5, 9], median = 8 }
users = 30

[[row]]
region = "US"
plan = "S"
kind = "new"
price = [3, 4]
users = 30

[[row]]
region = "US"
plan = "M"
kind = "new"
price = { range = [6, 10], median = 6 }
users = "unstated"
"#;

const FACTORS: &str = r#"
key = ["plan"]
[columns]
plan = { type = "text" }
factor = { }
[[row]]
plan = "s"
factor = 1
[[row]]
plan = "M"
factor = 2.5
"#;

fn site(facts: &str) -> Site {
    let facts = format!("kind = \"facts\"\n{facts}");
    Site::new(&[("plans.toml", PLANS), ("factors.toml", FACTORS), ("facts.toml", &facts)])
}

fn fact(formula: &str, unit: &str) -> String {
    let site = site(&format!("result = {{ unit = \"{unit}\", formula = \"{formula}\" }}"));
    match site.diagnostics.is_empty() {
        true => site.value("facts.result"),
        false => site.problems().join("; "),
    }
}

#[test]
fn functions_run_over_the_rows_that_fit() {
    let check = |formula: &str, expected: &str| assert_eq!(fact(formula, "USD/month"), expected, "{formula}");
    check("sum(plans.*.*.price)", "18–29 USD/month");
    check("sum(plans.eu-west.*.price.low)", "9 USD/month");
    check("mean(plans.*.s.price.high)", "5 USD/month");
    check("median(plans.*.*.price.high)", "7.5 USD/month");
    check("median(plans.*.*.price.high where kind = 'new')", "9 USD/month");
    check("min(plans.*.*.price)", "3 USD/month");
    check("max(plans.*.*.price)", "10 USD/month");
    check("sum(plans.*.*.price.low * plans.*.*.factor)", "34.5 USD/month");
    check("sum(plans.*.*.price.low where kind = 'new' and plan = 'S')", "3 USD/month");
    check("sum(plans.*.*.price.low where price.low > 4)", "11 USD/month");
    check("sum(max(0, plans.*.*.price.low - 4))", "3 USD/month");
}

#[test]
fn rows_without_a_value_are_left_out_but_of_a_sum() {
    assert_eq!(fact("mean(plans.*.*.users)", "user"), "23.3333333333 user");
    assert_eq!(fact("count(plans.*.*.users)", "plan"), "3 plan");
    assert_eq!(fact("count(plans.*.*.price)", ""), "4");
    assert_eq!(fact("sum(plans.*.*.users)", "user"), "none: `plans.us.m.users` is not stated");
    assert_eq!(
        fact("max(plans.us.*.users where plan = 'M')", "user"),
        "none: no row has a value for `plans.us.*.users`"
    );
    let site = site("result = { unit = \"user\", formula = \"mean(plans.*.*.users)\" }");
    let rows = &site.outcome("facts.result").as_ref().unwrap().inputs.rows;
    assert_eq!(rows.iter().map(|rows| (rows.taken, rows.left_out)).collect::<Vec<_>>(), [(3, 1)]);
}

#[test]
fn no_row_may_be_picked() {
    assert_eq!(fact("sum(plans.*.*.price where users > 1_000)", "USD/month"), "none: no row fits `plans.*.*.price`");
    assert_eq!(fact("count(plans.*.*.price where users > 1_000)", ""), "0");
}

#[test]
fn the_row_of_an_extreme_gives_its_text() {
    assert_eq!(fact("at_max(plans.*.*.price.high, region)", ""), "'US'");
    assert_eq!(fact("at_min(plans.*.*.price.low)", ""), "'US'");
    assert_eq!(fact("at_max(plans.*.*.price.high, kind where region = 'EU West')", ""), "'new'");
    assert_eq!(fact("at_max(plans.*.*.users, plan)", ""), "none: `eu-west.m` and `us.s` share it");
}

#[test]
fn a_column_runs_over_its_own_table() {
    let site = site("");
    assert_eq!(site.problems(), [""; 0]);
    assert_eq!(site.value("plans.us.s.mean-of-kind"), "30 user");
    assert_eq!(site.value("plans.eu-west.s.mean-of-kind"), "10 user");
    assert_eq!(site.value("plans.eu-west.m.before"), "0 user");
}

#[test]
fn braces_look_up_a_row_by_what_the_row_says() {
    let site = site("");
    assert_eq!(site.value("plans.eu-west.s.factor"), "1");
    assert_eq!(site.value("plans.us.m.factor"), "2.5");
    assert_eq!(site.value("plans.eu-west.s.of-region"), "44.4444444444 %");
    assert_eq!(site.value("plans.us.m.of-region"), "66.6666666667 %");
}

#[test]
fn neighbors_follow_each_other_along_the_key() {
    let site = site("");
    assert_eq!(site.value("plans.eu-west.m.rise"), "±1 USD/month");
    assert_eq!(site.value("plans.us.m.rise"), "±3 USD/month");
    assert_eq!(site.value("plans.us.s.rise"), "none: no row is before `us.s`");
    assert_eq!(site.value("plans.us.m.since-first"), "3 USD/month");
    assert_eq!(site.value("plans.us.s.to-last"), "3 USD/month");
}

#[test]
fn ranks_are_shared_and_left_out() {
    let site = site("");
    assert_eq!(site.value("plans.eu-west.m.place"), "1 rank");
    assert_eq!(site.value("plans.us.s.place"), "1 rank");
    assert_eq!(site.value("plans.eu-west.s.place"), "3 rank");
    assert_eq!(site.value("plans.us.m.place"), "none: `plans.us.m.users` is not stated");
    let table = PLANS.replace("rank(users)", "rank(users, price.low)");
    let site = Site::new(&[("plans.toml", &table), ("factors.toml", FACTORS)]);
    assert_eq!(site.value("plans.us.s.place"), "2 rank");
}

#[test]
fn what_is_derived_of_a_cell() {
    let site = site("");
    let check = |id: &str, expected: &str| {
        assert_eq!(site.derived(id).map(super::site::words).as_deref(), Some(expected), "{id}");
    };
    check("plans.eu-west.m.price.midpoint", "7 USD/month");
    check("plans.eu-west.m.price.width", "4 USD/month");
    check("plans.eu-west.m.price.spread", "80 %");
    check("plans.eu-west.m.price.median-offset", "±1 USD/month");
    check("plans.us.s.price.median-offset", "none: no median is stated for `plans.us.s.price`");
    assert!(site.derived("plans.eu-west.m.users.width").is_none());
}

#[test]
fn what_is_derived_of_neighbors() {
    let site = site("");
    let derived = |id: &str| site.derived(id).map(super::site::words);
    assert_eq!(derived("plans.eu-west.s-to-m.price.step").as_deref(), Some("±40 %"));
    assert_eq!(derived("plans.eu-west.s-to-m.price.overlap").as_deref(), Some("1 USD/month"));
    assert_eq!(derived("plans.eu-west.s-to-m.price.gap"), None);
    assert_eq!(derived("plans.us.s-to-m.price.gap").as_deref(), Some("2 USD/month"));
    assert_eq!(derived("plans.us.s-to-m.price.overlap"), None);
    assert_eq!(derived("plans.eu-west.s-to-m.users.step").as_deref(), Some("±200 %"));
    assert_eq!(derived("plans.us.s-to-m.users.step").as_deref(), Some("none: `plans.us.m.users` is not stated"));
}

#[test]
fn formulas_may_name_what_is_derived() {
    let check = |formula: &str, unit: &str, expected: &str| assert_eq!(fact(formula, unit), expected, "{formula}");
    check("plans.eu-west.m.price.midpoint * 2", "USD/month", "14 USD/month");
    check("plans.eu-west.s-to-m.price.step", "%", "40 %");
    check("plans.us.s-to-m.price.gap + 1", "USD/month", "3 USD/month");
    check("plans.us.s-to-m.price.overlap", "USD/month", "none: there is no `plans.us.s-to-m.price.overlap`");
    check("mean(plans.*.*.price.midpoint)", "USD/month", "5.875 USD/month");
}

#[test]
fn touching_ranges_neither_overlap_nor_leave_a_gap() {
    let table = r#"
ordered = true
ends = "low"
derive = ["overlap", "gap"]
[columns]
title = { type = "text" }
size = { unit = "GB", blank = "open" }
[[row]]
id = "a"
title = "A"
size = [0, 10]
[[row]]
id = "b"
title = "B"
size = [10, "open"]
[[row]]
id = "c"
title = "C"
size = [50, "open"]
"#;
    let site = Site::new(&[("tiers.toml", table)]);
    assert!(site.derived("tiers.a-to-b.size.gap").is_none());
    assert!(site.derived("tiers.a-to-b.size.overlap").is_none());
    let overlap = site.derived("tiers.b-to-c.size.overlap").map(super::site::words);
    assert_eq!(overlap.as_deref(), Some("none: `tiers.b.size.high` is an open end"));
}
