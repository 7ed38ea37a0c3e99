//! What the grammar takes, and what is said of the rest.

use std::sync::Arc;

use crate::data::formula::{Expectation, Formula};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::Text;

fn text(formula: &str) -> Text {
    let source = Source::new("data/plans.toml", format!("formula = \"{formula}\""));
    let text: Arc<str> = formula.into();
    Text { place: Place::new(&source, 11..11 + text.len()), text, exact: true }
}

/// The problem of a formula: its code and the text that it points at.
fn problem(formula: &str) -> Option<(&'static str, String)> {
    let mut diagnostics = Vec::new();
    let parsed = Formula::parse(&text(formula), &mut diagnostics);
    assert_eq!(parsed.is_ok(), diagnostics.is_empty(), "{formula}");
    said(&diagnostics)
}

fn expectation_problem(formula: &str) -> Option<(&'static str, String)> {
    let mut diagnostics = Vec::new();
    let parsed = Expectation::parse(&text(formula), &mut diagnostics);
    assert_eq!(parsed.is_ok(), diagnostics.is_empty(), "{formula}");
    said(&diagnostics)
}

fn said(diagnostics: &[Diagnostic]) -> Option<(&'static str, String)> {
    assert!(diagnostics.len() < 2, "{diagnostics:?}");
    let first = diagnostics.first()?;
    assert!(first.help.as_ref().is_some_and(|help| !help.is_empty()), "{first:?}");
    Some((first.code.name, first.place.as_ref().map(|place| place.text().to_owned()).unwrap_or_default()))
}

#[test]
fn formulas_of_the_grammar_are_taken() {
    for formula in [
        "a",
        "a-b",
        "a - b",
        "-a",
        "- a * -2",
        "(a + b) * (c - d) / 2",
        "plans.small.total.low + plans.*.x",
        "places.{place}.factor * 1_000.5e-3",
        "a * 60_000 GB + 5% + 1 year + 3 USD/GB-month",
        "a + 1.5 °C",
        "5 {currency}/hour",
        "sum(a.*.b where c = 'd' and e.low >= 2)",
        "at_max(a.*.b, c where d < {income})",
        "round(sum(a), 100)",
        "größe + 名前.x.y",
        "a.2026.b",
        "a.2026-10.b",
        "max(1, 500)",
        "((((((((((a))))))))))",
    ] {
        assert_eq!(problem(formula), None, "{formula}");
    }
    for expectation in ["a < b", "a.low <= next(a.low) where c = 'x' and d != 2", "sum(a.*.b) = 100%", "a = 'no data'"]
    {
        assert_eq!(expectation_problem(expectation), None, "{expectation}");
    }
}

#[test]
fn what_the_grammar_does_not_take_is_named() {
    let check = |formula: &str, code: &str, place: &str| {
        assert_eq!(problem(formula), Some((code, place.to_owned())), "{formula}");
    };
    check("a -b", "formula-space", "-");
    check("a- b", "formula-space", "-");
    check("a+b", "formula-space", "+");
    check("2*a", "formula-space", "*");
    check("a/b", "formula-space", "/");
    check("3-2", "formula-space", "-");
    check("average(a)", "formula-function", "average");
    check("summ(a)", "formula-function", "summ");
    check("(a)(b)", "formula-function", "(");
    check("round(a)", "formula-arguments", "round(a)");
    check("change(a, b, c)", "formula-arguments", "change(a, b, c)");
    check("count()", "formula-arguments", "count()");
    check("at_max(a.*.b, c.d)", "formula-arguments", "c.d");
    check("round(a, 1 where b = 2)", "formula-where", "where");
    check("a where b = 2", "formula-where", "where");
    check("min(a, b where c = 2)", "formula-where", "where");
    check("sum(a where b = 1 or c = 2)", "formula-or", "or");
    check("sum(a where not b = 1)", "formula-or", "not");
    check("a and b", "formula-or", "and");
    check("(a + b", "formula-unclosed", "(");
    check("sum(a", "formula-unclosed", "(");
    check("a)", "formula-unclosed", ")");
    check("sum(a where b = 'x)", "formula-unclosed", "'");
    check("places.{place.factor", "formula-unclosed", "places.{");
    check("max(1,500, a)", "formula-number", "1,500");
    check("a + 0,5", "formula-number", "0,5");
    check("a, b", "formula-number", ",");
    check("a % b", "formula-percent", "%");
    check("share %", "formula-percent", "%");
    check("a < b", "formula-comparison", "<");
    check("sum(a where b)", "formula-comparison", "b");
    check("sum(a where b < c < d)", "formula-chain", "<");
    check("", "formula-syntax", "");
    check("a +", "formula-syntax", "+");
    check("a b", "formula-syntax", "b");
    check("* a", "formula-syntax", "*");
    check("a ≤ b", "formula-syntax", "≤");
    check("a × b", "formula-syntax", "×");
    check("a − b", "formula-syntax", "−");
    check("a == b", "formula-syntax", "==");
    check("a ^ 2", "formula-syntax", "^");
    check("a.", "formula-name", "a.");
    check("a..b", "formula-name", "a.");
    check("1 USD/", "formula-literal", "USD/");
    check("1 months", "formula-literal", "months");
    check("1e99", "formula-literal", "1e99");
    check(&format!("{}a{}", "(".repeat(41), ")".repeat(41)), "formula-deep", "(");
    check(&format!("{}a{}", "(".repeat(5000), ")".repeat(5000)), "formula-deep", "(");
}

#[test]
fn expectations_compare_once() {
    let check = |formula: &str, code: &str, place: &str| {
        assert_eq!(expectation_problem(formula), Some((code, place.to_owned())), "{formula}");
    };
    check("a", "formula-comparison", "a");
    check("a < b < c", "formula-chain", "<");
    check("a < b and c < d", "formula-or", "and");
    check("a < b where", "formula-syntax", "where");
}

#[test]
fn nothing_makes_the_parser_panic() {
    use proptest::prelude::*;
    proptest!(|(formula in "[a-c0-9 +*/().,{}'%=<>!_-]{0,40}|\\PC{0,20}")| {
        let text = text(&formula);
        let mut diagnostics = Vec::new();
        let _ = Formula::parse(&text, &mut diagnostics);
        let _ = Expectation::parse(&text, &mut diagnostics);
    });
}

#[test]
fn a_long_formula_needs_no_deep_stack() {
    let long = vec!["a"; 20_000].join(" + ");
    assert_eq!(problem(&long), None);
}
