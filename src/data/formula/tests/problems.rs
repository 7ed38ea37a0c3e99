//! What is wrong with names, rows, kinds and units is reported once, at its place, with a help.

use super::site::Site;

const PLANS: &str = r#"
[columns]
title = { type = "text" }
server = { unit = "USD" }
storage = { unit = "USD" }
state = { type = "choice", values = ["old", "new"] }
total = { unit = "USD", formula = "FORMULA" }
[[row]]
id = "small"
title = "Small"
server = [4, 6]
storage = 1
state = "old"
[[row]]
id = "large"
title = "Large"
server = [8, 12]
storage = 2
state = "old"
"#;

const FACTS: &str =
    "kind = \"facts\"\nfee = { value = 3, unit = \"USD\" }\nname = { value = \"Fee\", type = \"text\" }\n";

fn site(formula: &str) -> Site {
    Site::new(&[("plans.toml", &PLANS.replace("FORMULA", formula)), ("facts.toml", FACTS)])
}

/// The one problem of a formula, and its help.
fn check(formula: &str, problem: &str, help: &str) {
    let site = site(formula);
    let own: Vec<String> = site
        .diagnostics
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().map(|place| place.text().to_owned()).unwrap_or_default();
            format!("{} at {place}: {}", problem.code.name, problem.message)
        })
        .collect();
    assert_eq!(own, [problem], "{formula}");
    assert_eq!(site.diagnostics[0].help.as_deref(), Some(help), "{formula}");
    assert_eq!(site.value("plans.small.total"), "reported");
}

#[test]
fn unknown_names_are_one_problem_each() {
    check(
        "server.low + strage",
        "formula-name at strage: `strage` is no column of this table",
        "did you mean `storage`?",
    );
    check(
        "server-storage",
        "formula-name at server-storage: `server-storage` is no column of this table",
        "for a difference write a space on each side: `server - storage`",
    );
    check("fee", "formula-name at fee: `fee` is no column of this table", "write `facts.fee` for the fact");
    check(
        "plan.small.server",
        "formula-name at plan.small.server: no data set is called `plan`",
        "did you mean `plans`?",
    );
    check(
        "plans.smal.storage",
        "formula-name at plans.smal.storage: `plans` has no row `smal`",
        "did you mean `small`?",
    );
    check(
        "plans.small.servr.low",
        "formula-name at plans.small.servr.low: `plans` has no column `servr`",
        "did you mean `server`?",
    );
    check(
        "server.hihg",
        "formula-name at server.hihg: `server.hihg` ends in `hihg`, which is no side of a figure",
        "did you mean `high`?",
    );
    check(
        "server.midpoint",
        "formula-name at server.midpoint: `midpoint` is not derived in this column",
        "add derive = [\"midpoint\"] to the column",
    );
    check("facts.fe", "formula-name at facts.fe: `facts` has no fact `fe`", "did you mean `fee`?");
    check(
        "plans.small",
        "formula-name at plans.small: `plans.small` names no figure",
        "name a column behind the row, one of `title`, `server`, `storage`, `state`, `total`",
    );
    check(
        "sum(plans.*.strage)",
        "formula-name at plans.*.strage: `plans` has no column `strage`",
        "did you mean `storage`?",
    );
    check(
        "plans.{titel}.storage",
        "formula-name at plans.{titel}.storage: `plans` has no column `titel`",
        "did you mean `title`?",
    );
    check("at_max(storage, titel)", "formula-name at titel: `plans` has no column `titel`", "did you mean `title`?");
}

#[test]
fn several_unknown_names_are_all_reported() {
    assert_eq!(site("first + second * third").codes(), ["formula-name"; 3]);
}

#[test]
fn rows_must_fit() {
    check(
        "plans.*.storage",
        "formula-rows at plans.*.storage: `plans.*.storage` stands for many figures",
        "write a function that makes one of them, such as `sum(…)` or `max(…)`",
    );
    check(
        "sum(facts.fee)",
        "formula-rows at sum(facts.fee): `sum` has no rows to run over",
        "name a column of this table, or an id with `*` for the rows of another: `sum(plans.*.price)`",
    );
    check(
        "previous(storage)",
        "formula-order at previous(storage): the rows of `plans` have no order, so that `previous` is unknown",
        "add ordered = true to the table, or ordered = \"KEY\" with the key along which rows follow",
    );
    check(
        "sum(storage where state = 'odl')",
        "formula-word at 'odl': no row of `plans` has 'odl' as its `state`",
        "did you mean 'old'?",
    );
    check(
        "sum(storage where state = old)",
        "formula-name at old: `old` is no column of this table",
        "put a word between quotes: 'old'",
    );
    check(
        "sum(storage where title = 'Huge')",
        "formula-word at 'Huge': no row of `plans` has 'Huge' as its `title`",
        "write a word that the column has",
    );
    // A choice that no row has made is a word of the column all the same.
    assert_eq!(site("max(0, count(storage where state = 'new') * facts.fee)").codes(), [""; 0]);
}

#[test]
fn patterns_of_one_function_are_alike() {
    let table = |formula: &str| {
        format!(
            "key = [\"a\", \"b\"]\n[columns]\na = {{ type = \"text\" }}\nb = {{ type = \"text\" }}\nn = {{ }}\nm = {{ formula = \"{formula}\" }}\n[[row]]\na = \"x\"\nb = \"y\"\nn = 1\n"
        )
    };
    let problems = |formula: &str| Site::new(&[("t.toml", &table(formula))]).problems();
    assert_eq!(problems("sum(t.*.y.n * t.*.y.n)"), [""; 0]);
    assert_eq!(
        problems("sum(t.*.y.n * t.x.*.n)"),
        ["data/t.toml:6:32 formula-rows: `t.x.*.n` and `t.*.y` don't stand for the same rows"]
    );
    assert_eq!(
        problems("sum(t.*.z.n)"),
        ["data/t.toml:6:22 formula-name: no row of `t` has `z` in its id at this place"]
    );
}

#[test]
fn one_number_must_be_one_number() {
    check(
        "server - server",
        "formula-range at server: `server` is a range, and one number must be here",
        "name an end: `server.low` or `server.high`",
    );
    check(
        "storage / server",
        "formula-range at server: `server` is a range, and one number must be here",
        "name an end: `server.low` or `server.high`",
    );
    check(
        "change(storage, server)",
        "formula-range at server: `server` is a range, and one number must be here",
        "name an end: `server.low` or `server.high`",
    );
    check(
        "range(server.high, server.low)",
        "formula-range at range(server.high, server.low): the low end, `server.high`, is above the high end, `server.low`",
        "exchange the two, or correct the figures",
    );
    check(
        "storage + facts.name",
        "formula-kind at facts.name: `facts.name` is a text, and a number must be here",
        "name a column or a fact with numbers",
    );
    check(
        "sum(storage where title < 'M')",
        "formula-kind at title < 'M': `title` is a text, and `'M'` has no place before or behind it",
        "compare with `=` or `!=`; only numbers, dates and choices have an order",
    );
    check(
        "round(storage, 0)",
        "formula-arguments at 0: `0` is a step that is not above zero",
        "write the step to round to, such as 100 or 0.01",
    );
    check(
        "root(storage, 1.5)",
        "formula-arguments at 1.5: `1.5` is no whole number from 1 to 100",
        "write which root to take: 2 for the square root",
    );
}

#[test]
fn a_circle_is_one_problem_whatever_the_number_of_rows() {
    check(
        "total + 1",
        "formula-cycle at total + 1: `plans.small.total` is calculated from itself: plans.small.total → plans.small.total",
        "name a typed figure in place of one of them, or another row",
    );
    check(
        "sum(total)",
        "formula-cycle at sum(total): `plans.small.total` is calculated from itself: plans.small.total → plans.small.total",
        "name a typed figure in place of one of them, or another row",
    );
    let text = "kind = \"facts\"\na = { formula = \"b + 1\" }\nb = { formula = \"c + 1\" }\nc = { formula = \"a + 1\" }\nd = { formula = \"b * 2\" }";
    let site = Site::new(&[("facts.toml", text)]);
    assert_eq!(
        site.problems(),
        [
            "data/facts.toml:2:18 formula-cycle: `facts.a` is calculated from itself: facts.a → facts.b → facts.c → facts.a"
        ]
    );
}

#[test]
fn a_row_that_is_looked_up_must_exist() {
    let table = r#"
[columns]
title = { type = "text" }
place = { type = "text" }
factor = { formula = "places.{place}.factor" }
[[row]]
id = "one"
title = "One"
place = "Berlin"
[[row]]
id = "two"
title = "Two"
place = "Bern"
"#;
    let places = "key = [\"place\"]\n[columns]\nplace = { type = \"text\" }\nfactor = { }\n[[row]]\nplace = \"Berlin\"\nfactor = 2\n";
    let site = Site::new(&[("people.toml", table), ("places.toml", places)]);
    assert_eq!(site.problems(), ["data/people.toml:5:23 formula-name: `places` has no row `bern`"]);
    assert_eq!(site.diagnostics[0].labels[0].place.text(), "\"Bern\"");
    assert_eq!(site.value("people.one.factor"), "2");
}

#[test]
fn bounds_that_disagree_are_reported() {
    let text = "kind = \"facts\"\na = { value = 1, bound = \"over\" }\nb = { value = 2, bound = \"under\" }\nc = { formula = \"a + b\" }";
    assert_eq!(Site::new(&[("facts.toml", text)]).codes(), ["formula-bounds"]);
}

#[test]
fn what_could_not_be_read_is_silent() {
    use crate::data::formula::{Sheet, evaluate};
    use crate::diagnostic::{Code, Diagnostic, Report, Severity};
    static LOST: Code =
        Code { name: "lost", severity: Severity::Error, rule: false, what: "", why: "", example: "", mend: "" };
    let files = [("plans.toml", PLANS.replace("FORMULA", "gone.a.b + plans.lost.storage + extra"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut diagnostics = Vec::new();
    let tables = super::read::read(&files, &mut diagnostics);
    let sheets: Vec<Sheet<'_>> = tables.iter().map(|(name, table)| Sheet { name, table }).collect();
    let reported = diagnostics.report(Diagnostic::without_place(&LOST, "lost"));
    evaluate(&sheets, &|_| Some(reported), &|_| false, &mut diagnostics);
    assert_eq!(diagnostics.len(), 1);
    evaluate(&sheets, &|_| None, &|_| false, &mut diagnostics);
    assert_eq!(diagnostics.len(), 4);
}
