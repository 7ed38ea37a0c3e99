//! What units are, and which of them convert.

use super::*;

fn unit(text: &str) -> Unit {
    Unit::parse(text).unwrap_or_else(|problem| panic!("{text} {problem}"))
}

#[test]
fn units_are_written_as_they_are_typed() {
    for text in ["", "USD", "USD/year", "%", "%/year", "percentage points", "times", "rank", "GWh", "g/100 g", "1/K"] {
        assert_eq!(unit(text).to_string(), text);
    }
    assert_eq!(unit("USD/1_000_000 request").to_string(), "USD/1000000 request");
}

#[test]
fn what_a_unit_is_for_may_have_a_magnitude() {
    let check = |text: &str, expected: &str| assert_eq!(unit(text), unit(expected), "{text}");
    check("USD/million requests", "USD/1000000 requests");
    check("USD/1M requests", "USD/1000000 requests");
    check("USD/1 million requests", "USD/1000000 requests");
    check("USD/10 thousand calls", "USD/10000 calls");
    check("USD/1K calls", "USD/1000 calls");
    check("USD/billion tokens", "USD/1000000000 tokens");
    assert_eq!(unit("1/K").to_string(), "1/K");
    assert_eq!(
        Unit::parse("USD/0 million requests").unwrap_err().to_string(),
        "holds `0`, which is no number above zero"
    );
}

#[test]
fn what_is_no_unit_says_why() {
    let problem = |text: &str| Unit::parse(text).unwrap_err().to_string();
    assert_eq!(problem("USD/"), "lacks a word before or behind the stroke");
    assert_eq!(problem("/month"), "lacks a word before or behind the stroke");
    assert_eq!(problem("USD/month/seat"), "has two strokes");
    assert_eq!(problem("g/0 g"), "holds `0`, which is no number above zero");
    assert_eq!(problem("USD/months"), "is written `month`");
    assert_eq!(problem("Year"), "is written `year`");
}

#[test]
fn units_of_one_kind_convert() {
    let factor = |from: &str, to: &str| unit(from).factor(&unit(to)).map(|factor| factor.to_string());
    let check = |from, to, expected: &str| assert_eq!(factor(from, to).as_deref(), Some(expected), "{from} in {to}");
    check("year", "month", "12");
    check("USD/month", "USD/year", "12");
    check("week", "day", "7");
    check("TWh", "GWh", "1000");
    check("kWh", "MJ", "3.6");
    check("kcal", "kJ", "4.184");
    check("GiB", "MiB", "1024");
    check("GB", "MB", "1000");
    check("byte", "bit", "8");
    check("mg/100 g", "µg/100 g", "1000");
    check("g/100 g", "g/g", "0.01");
    check("USD/1_000_000 request", "USD/request", "0.000001");
    check("µs", "ms", "0.001");
    check("km", "m", "1000");
    check("ha", "m²", "10000");
    check("m³", "l", "1000");
    check("USD/GB-month", "USD/TB-month", "1000");
    for (from, to) in [("month", "day"), ("USD", "EUR"), ("%", "percentage points"), ("request", "draw"), ("g", "")] {
        assert_eq!(factor(from, to), None, "{from} in {to}");
    }
}

#[test]
fn dimensions_cancel() {
    let dimensions = |text: &str| unit(text).dimensions();
    assert!(dimensions("g/100 g").is_none());
    assert!(dimensions("request").is_none());
    assert!(dimensions("%").is_none());
    assert_eq!(dimensions("W").times(&dimensions("h")), dimensions("Wh"));
    assert_eq!(dimensions("USD/year").times(&dimensions("month")), dimensions("USD"));
    assert_eq!(dimensions("EUR/USD").times(&dimensions("USD/hour")), dimensions("EUR/hour"));
    assert_eq!(dimensions("m²").root(2), Some(dimensions("m")));
    assert_eq!(dimensions("m").root(2), None);
    assert_eq!(dimensions("USD/GB-month").to_string(), "USD per month × data");
}
