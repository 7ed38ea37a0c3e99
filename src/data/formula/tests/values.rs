//! Operators, functions of their arguments, ranges, open ends, bounds, texts and dates.

use super::site::Site;
use super::value;

const TYPED: &str = r#"
a = { value = 12, unit = "USD" }
b = { value = 5, unit = "USD" }
n = { value = 4 }
negative = { value = -3 }
range = { range = [10, 20], unit = "USD" }
with-median = { range = [10, 20], median = 14, unit = "USD" }
top = { range = [100, "open"], unit = "USD" }
bottom = { range = ["open", 7], unit = "USD" }
shaft = { value = 12.50, plus = 0.05, minus = 0.02, unit = "mm" }
city = { value = "Berlin", type = "text" }
day = { value = "2026-03-01", type = "date" }
"#;

#[test]
fn operators_bind_as_usual() {
    let check = |formula: &str, expected: &str| assert_eq!(value(TYPED, "USD", formula), expected, "{formula}");
    check("a + b * n", "32 USD");
    check("(a + b) * n", "68 USD");
    check("a - b - 1", "6 USD");
    check("a - (b - 1)", "8 USD");
    check("a / n / 2", "1.5 USD");
    check("a / (n / 2)", "6 USD");
    check("-a + b", "-7 USD");
    check("-n * a", "-48 USD");
    check("a / 3", "4 USD");
    check("a / 7 * 7", "12 USD");
    check("a + 1e2", "112 USD");
    check("a + 1_000.5", "1012.5 USD");
    check("a - -b", "17 USD");
}

#[test]
fn functions_of_their_arguments() {
    let check = |formula: &str, expected: &str| assert_eq!(value(TYPED, "USD", formula), expected, "{formula}");
    check("sum(a, b, 3)", "20 USD");
    check("mean(a, b)", "8.5 USD");
    check("min(a, b, 7)", "5 USD");
    check("max(0, b - a)", "0 USD");
    check("max(a, range)", "20 USD");
    check("min(a, range)", "10 USD");
    check("round(a / 7, 0.01)", "1.71 USD");
    check("round(2.5 * b, 1)", "13 USD");
    check("round(-2.5 * b, 1)", "-13 USD");
    check("range(b, a)", "5–12 USD");
    check("difference(a, b)", "±-7 USD");
    check("round(difference(a, b), 5)", "±-5 USD");
    assert_eq!(value(TYPED, "%", "change(b, a)"), "±140 %");
    assert_eq!(value(TYPED, "%", "change(negative, n)"), "none: `facts.negative` is not above zero");
    assert_eq!(value(TYPED, "", "root(n * 4, 2)"), "4");
    assert_eq!(value(TYPED, "", "root(negative, 2)"), "none: `facts.negative` is below zero");
    assert_eq!(value(TYPED, "mm", "root(shaft * shaft, 2)"), "12.5 mm");
}

#[test]
fn a_root_is_not_exact_and_all_else_is() {
    let exact = |formula: &str| super::fact(TYPED, "", formula).outcome("facts.result").as_ref().unwrap().inputs.exact;
    assert!(exact("n / 7"));
    assert!(!exact("root(n, 3)"));
    assert!(!exact("root(n, 3) + 1"));
}

#[test]
fn ranges_are_taken_end_by_end() {
    let check = |formula: &str, expected: &str| assert_eq!(value(TYPED, "USD", formula), expected, "{formula}");
    check("range + range", "20–40 USD");
    check("range + a", "22–32 USD");
    check("a + range", "22–32 USD");
    check("range - b", "5–15 USD");
    check("range * n", "40–80 USD");
    check("n * range", "40–80 USD");
    check("range / n", "2.5–5 USD");
    check("range * negative", "-60–-30 USD");
    check("round(range / 3, 1)", "3–7 USD");
    check("convert(range)", "10–20 USD");
    check("with-median * 2", "20–40 (28) USD");
    check("with-median + with-median", "20–40 USD");
    check("range.high - range.low", "10 USD");
    check("with-median.median", "14 USD");
    check("a.low", "12 USD");
}

#[test]
fn an_open_end_is_beyond_all_numbers() {
    let check = |formula: &str, expected: &str| assert_eq!(value(TYPED, "USD", formula), expected, "{formula}");
    check("min(a, top.high)", "12 USD");
    check("max(a, bottom.low)", "12 USD");
    check("top + a", "112–open USD");
    check("top * negative", "open–-300 USD");
    check("top.high - a", "none: `facts.top.high` is an open end");
    check("max(a, top.high)", "none: `facts.top.high` is an open end");
    check("range(a, top.high)", "12–open USD");
}

#[test]
fn tolerances_have_sides() {
    let check = |formula: &str, expected: &str| assert_eq!(value(TYPED, "mm", formula), expected, "{formula}");
    check("shaft * 2", "25 mm");
    check("shaft.high - shaft.low", "0.07 mm");
    check("shaft.plus + shaft.minus", "0.07 mm");
    check("shaft.range", "12.48–12.55 mm");
}

#[test]
fn bounds_carry_over() {
    let typed = r#"
over = { value = 10, bound = "over" }
least = { value = 10, bound = "at-least" }
under = { value = 4, bound = "under" }
about = { value = 6, bound = "about" }
n = { value = 2 }
negative = { value = -2 }
"#;
    let check = |formula: &str, expected: &str| assert_eq!(value(typed, "", formula), expected, "{formula}");
    check("over + n", "over 12");
    check("n - over", "under -8");
    check("-least", "up to -10");
    check("over * n", "over 20");
    check("over * negative", "under -20");
    check("over / n", "over 5");
    check("n / over", "under 0.2");
    check("over + least", "over 20");
    check("over - under", "over 6");
    check("over + about", "about 16");
    check("round(over / 3, 1)", "over 3");
    check("max(over, n)", "over 10");
    let with = |bound: &str| {
        let text = format!("kind = \"facts\"\n{typed}\nresult = {{ formula = \"over + under\", bound = \"{bound}\" }}");
        Site::new(&[("facts.toml", &text)]).value("facts.result")
    };
    assert_eq!(with("about"), "about 14");
}

#[test]
fn a_bound_can_be_dropped() {
    let text = "kind = \"facts\"\nover = { value = 10, bound = \"over\" }\nresult = { formula = \"over * 2\", bound = \"none\" }";
    assert_eq!(Site::new(&[("facts.toml", text)]).value("facts.result"), "20");
}

#[test]
fn a_formula_may_give_a_text_or_a_date() {
    assert_eq!(value(TYPED, "", "city"), "'Berlin'");
    assert_eq!(value(TYPED, "", "day"), "2026-03-01");
    let table = r#"
ordered = true
[columns]
title = { type = "text" }
state = { type = "choice", values = ["draft", "final"] }
before = { type = "choice", values = ["draft", "final"], formula = "previous(state)" }
[[row]]
id = "one"
title = "One"
state = "final"
[[row]]
id = "two"
title = "Two"
state = "draft"
"#;
    let site = Site::new(&[("plans.toml", table)]);
    assert_eq!(site.value("plans.two.before"), "'final'");
    assert_eq!(site.value("plans.one.before"), "none: no row is before `one`");
}

#[test]
fn what_a_column_of_figures_names_is_followed() {
    let table = r#"
[columns]
title = { type = "text" }
figure = { type = "figure" }
twice = { formula = "figure * 2", unit = "USD" }
low = { formula = "figure.low", unit = "USD" }
[[row]]
id = "one"
title = "One"
figure = "facts.a"
[[row]]
id = "two"
title = "Two"
figure = "facts.range"
[[row]]
id = "three"
title = "Three"
figure = "unstated"
"#;
    let facts = format!("kind = \"facts\"\n{TYPED}");
    let site = Site::new(&[("plans.toml", table), ("facts.toml", &facts)]);
    assert_eq!(site.problems(), [""; 0]);
    assert_eq!(site.value("plans.one.twice"), "24 USD");
    assert_eq!(site.value("plans.two.twice"), "20–40 USD");
    assert_eq!(site.value("plans.two.low"), "10 USD");
    assert_eq!(site.value("plans.three.twice"), "none: `plans.three.figure` is not stated");
    let inputs = &site.outcome("plans.two.low").as_ref().unwrap().inputs.ids;
    assert_eq!(inputs.iter().map(|id| &**id).collect::<Vec<_>>(), ["facts.range.low"]);
}

#[test]
fn nested_calls_fit_a_small_stack() {
    let nested = format!("{}a{}", "max(1, ".repeat(39), ")".repeat(39));
    assert_eq!(value(TYPED, "USD", &nested), "12 USD");
}

#[test]
fn more_digits_than_are_kept_give_no_value() {
    let typed = "a = { value = 1.000000000000000000000000001 }";
    let product = vec!["a"; 60].join(" * ");
    assert_eq!(value(typed, "", &product), "none: the result has more digits than are kept");
}

#[test]
fn no_formula_makes_the_engine_panic() {
    use proptest::prelude::*;
    let part = prop::sample::select(vec![
        "a",
        "n",
        "range",
        "top.high",
        "shaft",
        "shaft.plus",
        "city",
        "day",
        "result",
        "2",
        "50%",
        "3 USD",
        "'x'",
        "t.*.n",
        "t.r.n",
        "t.{city}.n",
        "sum(t.*.n)",
        "min(t.*.n where n > 1)",
        "rank(n)",
        "at_max(t.*.n, id)",
        "next(n)",
        "-n",
    ]);
    let glue = prop::sample::select(vec![" + ", " - ", " * ", " / ", ", "]);
    let call =
        prop::sample::select(vec!["", "max", "round", "range", "root", "change", "convert", "mean", "count", "sum"]);
    let formulas = (call, prop::collection::vec((part, glue), 1..4));
    let table = "ordered = true\n[columns]\nn = { unit = \"USD\" }\n[[row]]\nid = \"r\"\nn = 4\n[[row]]\nid = \"s\"\nn = [1, 2]\n";
    proptest!(ProptestConfig::with_cases(2000), |((call, parts) in formulas)| {
        let body: String = parts.iter().enumerate().map(|(at, (part, glue))| {
            if at + 1 < parts.len() { format!("{part}{glue}") } else { (*part).to_owned() }
        }).collect();
        let facts = format!("kind = \"facts\"\n{TYPED}\nresult = {{ unit = \"USD\", formula = \"{call}({body})\" }}\n");
        let site = Site::new(&[("facts.toml", &facts), ("t.toml", table)]);
        // There is a value, or a reason, or a problem with a help.
        assert!(site.outcome_or_none("facts.result") || !site.diagnostics.is_empty(), "{call}({body})");
        assert!(site.diagnostics.iter().all(|problem| problem.help.is_some()), "{call}({body}): {:?}", site.diagnostics);
    });
}
