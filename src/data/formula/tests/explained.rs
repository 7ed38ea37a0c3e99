//! Formulas as they were worked out, with the ids of their inputs.

use super::site::Site;

const TABLE: &str = r#"
key = ["region", "plan"]
ordered = "plan"
[columns]
region = { type = "text" }
plan = { type = "text" }
a = { }
b = { }
sum = { formula = "a + b" }
nested = { formula = "(a + b) * (a - (b - 1)) / (a * b)" }
twice = { formula = "a + a" }
rise = { unit = "%", formula = "change(previous(a), a)" }
gap = { formula = "difference(a, sum(a, b))" }
rounded = { formula = "convert(round(-a, 100))" }
share = { unit = "%", formula = "a / sum(t.{region}.*.a)" }
of-kind = { formula = "sum(a where plan = {plan} and b > 0)" }
look = { formula = "t.us.{plan}.a" }
[[row]]
region = "EU"
plan = "S"
a = 1
b = 2
[[row]]
region = "EU"
plan = "M"
a = 3
b = 4
[[row]]
region = "US"
plan = "S"
a = 5
b = 6
[[row]]
region = "US"
plan = "M"
a = 7
b = 8
"#;

fn check(site: &Site, id: &str, formula: &str, inputs: &[&str]) {
    let outcome = site.outcome(id).as_ref().unwrap();
    let own: Vec<&str> = outcome.inputs.ids.iter().map(|id| &**id).collect();
    assert_eq!((&*outcome.inputs.formula, &own[..]), (formula, inputs), "{id}");
}

#[test]
fn inputs_have_numbers_and_functions_over_rows_their_pattern() {
    let site = Site::new(&[("t.toml", TABLE)]);
    assert_eq!(site.problems(), [""; 0]);
    check(&site, "t.eu.m.sum", "{0} + {1}", &["t.eu.m.a", "t.eu.m.b"]);
    check(&site, "t.eu.m.nested", "({0} + {1}) × ({0} − ({1} − 1)) / ({0} × {1})", &["t.eu.m.a", "t.eu.m.b"]);
    check(&site, "t.eu.m.twice", "{0} + {0}", &["t.eu.m.a"]);
    check(&site, "t.eu.m.rise", "({1} − {0}) / {0}", &["t.eu.s.a", "t.eu.m.a"]);
    check(&site, "t.eu.m.gap", "sum({0}, {1}) − {0}", &["t.eu.m.a", "t.eu.m.b"]);
    check(&site, "t.eu.m.rounded", "round(−{0}, 100)", &["t.eu.m.a"]);
    check(&site, "t.eu.m.share", "{0} / sum(t.eu.*.a)", &["t.eu.m.a"]);
    check(&site, "t.us.s.of-kind", "sum(t.*.*.a where plan = {0} and b > 0)", &["t.us.s.plan"]);
    check(&site, "t.eu.m.look", "{0}", &["t.us.m.a"]);
    check(&site, "t.eu.s.rise", "({0} − previous(a)) / previous(a)", &["t.eu.s.a"]);
}

#[test]
fn one_number_has_no_id_for_its_ends() {
    let text = "kind = \"facts\"\na = { value = 1 }\nb = { range = [1, 2] }\nc = { formula = \"a.low + b.low\" }";
    check(&Site::new(&[("facts.toml", text)]), "facts.c", "{0} + {1}", &["facts.a", "facts.b.low"]);
}
