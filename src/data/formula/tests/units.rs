//! Units: what they become in arithmetic, percentages, and the size that a column declares.

use super::{fact, value};

const TYPED: &str = r#"
fee = { value = 60_000, unit = "USD/year" }
extra = { value = 500, unit = "USD/month" }
euro = { value = 100, unit = "EUR" }
rate = { value = 1.1, unit = "USD/EUR" }
share = { value = 40, unit = "%" }
other = { value = 25, unit = "%" }
points = { value = 5, unit = "percentage points" }
hours = { value = 730, unit = "hour/month" }
price = { value = 0.10, unit = "USD/hour" }
traffic = { value = 2, unit = "TB" }
sodium = { value = 400, unit = "mg/100 g" }
serving = { value = 250, unit = "g/serving" }
per-million = { value = 0.20, unit = "USD/1_000_000 request" }
calls = { value = 3_000_000, unit = "request/month" }
people = { value = 30, unit = "person" }
answers = { value = 12, unit = "answer" }
factor = { value = 1.5, unit = "times" }
"#;

fn check(unit: &str, formula: &str, expected: &str) {
    assert_eq!(value(TYPED, unit, formula), expected, "{formula}");
}

fn code(unit: &str, formula: &str) -> Vec<&'static str> {
    fact(TYPED, unit, formula).codes()
}

#[test]
fn units_are_multiplied_and_canceled() {
    check("USD/month", "hours * price", "73 USD/month");
    check("USD", "euro * rate", "110 USD");
    check("USD/month", "convert(calls * per-million)", "0.6 USD/month");
    check("USD/request", "convert(per-million)", "0.0000002 USD/request");
    check("mg/serving", "convert(sodium * serving)", "1000 mg/serving");
    check("g/serving", "convert(sodium * serving)", "1 g/serving");
    check("times", "fee / 30_000 USD/year", "2 times");
    check("USD/TB-year", "fee / traffic", "30000 USD/TB-year");
}

#[test]
fn a_sum_has_the_unit_of_the_first() {
    check("USD/year", "fee + extra", "66000 USD/year");
    check("USD/month", "extra + fee", "5500 USD/month");
    check("GB", "convert(traffic - 500 GB)", "1500 GB");
    check("TB", "traffic - 500 GB", "1.5 TB");
}

#[test]
fn another_size_needs_convert() {
    assert_eq!(code("USD/month", "fee"), ["formula-size"]);
    assert_eq!(code("USD/month", "fee / 12"), ["formula-size"]);
    check("USD/month", "convert(fee)", "5000 USD/month");
    check("USD/month", "round(convert(fee / 7), 10)", "710 USD/month");
    assert_eq!(code("mg/serving", "sodium * serving"), ["formula-size"]);
}

#[test]
fn unlike_units_are_reported() {
    assert_eq!(code("USD/year", "fee + traffic"), ["formula-units"]);
    assert_eq!(code("USD", "fee"), ["formula-units"]);
    assert_eq!(code("EUR/year", "fee"), ["formula-units"]);
    assert_eq!(code("USD", "rate + euro"), ["formula-units"]);
    assert_eq!(code("month", "traffic / 1 TB * 30 day"), ["formula-units"]);
    assert_eq!(code("USD/year", "max(fee, traffic)"), ["formula-units"]);
    assert_eq!(code("USD", "people / answers"), ["formula-units"]);
    assert_eq!(code("USD", "convert(traffic)"), ["formula-units"]);
    let problem = &fact(TYPED, "USD", "2 USD + euro").diagnostics[0];
    assert!(problem.help.as_ref().unwrap().contains("rate"), "{problem:?}");
}

#[test]
fn what_convert_cant_do_says_what_is_needed() {
    let help = |unit: &str, formula: &str| {
        let site = fact(&format!("{TYPED}\ncold = {{ value = -14.3, unit = \"°C\" }}"), unit, formula);
        assert_eq!(site.codes(), ["formula-units"], "{formula}");
        site.diagnostics[0].help.as_deref().unwrap().to_owned()
    };
    assert_eq!(help("USD", "convert(euro)"), "multiply by a rate, a figure with the unit USD/EUR");
    assert_eq!(help("°F", "convert(cold)"), "write unit = \"°C\": a formula leaves a temperature on its own scale");
    assert_eq!(help("USD", "convert(traffic)"), "correct the formula or the unit");
    assert!(help("USD/month", "convert(price) * hours").starts_with("write `convert(…)` around the whole"));
}

#[test]
fn a_unit_in_a_formula_may_have_a_number_or_a_magnitude() {
    check("mg/100 g", "sodium - 100 mg/100 g", "300 mg/100 g");
    check("USD/1_000_000 request", "per-million + 0.1 USD/million request", "0.3 USD/1000000 request");
    check("USD/million request", "per-million + 0.1 USD/1M request", "0.3 USD/1000000 request");
    check("USD/request", "convert(per-million + 0.1 USD/1_000 request)", "0.0001002 USD/request");
}

#[test]
fn a_percentage_is_a_number_of_hundredths() {
    check("USD/year", "fee * share", "24000 USD/year");
    check("%", "share + other", "65 %");
    check("percentage points", "share - other", "15 percentage points");
    check("percentage points", "difference(other, share)", "±15 percentage points");
    check("%", "100% - share", "60 %");
    check("%", "100% - share - other", "35 %");
    check("%", "100% - (share + other)", "35 %");
    check("%", "100% - 5% - share - other", "30 %");
    check("percentage points", "share - other - other", "-10 percentage points");
    check("%", "share + points", "45 %");
    check("%", "share * other", "10 %");
    check("%", "answers / people", "40 %");
}

#[test]
fn a_plain_number_takes_the_unit_beside_it() {
    check("USD/year", "fee + 500", "60500 USD/year");
    check("USD/year", "max(0, fee - 70_000)", "0 USD/year");
    check("percentage points", "share - 5", "35 percentage points");
    check("%", "round(share, 25)", "50 %");
    check("%", "round(share / 3, 0.1%)", "13.3 %");
    assert_eq!(code("%", "round(share / 3, 0.1)"), ["formula-arguments"]);
    check("%", "min(share, 30)", "30 %");
}

#[test]
fn a_plain_result_is_what_its_column_declares() {
    check("", "answers / people", "0.4");
    check("times", "answers / people", "0.4 times");
    check("percentage points", "answers / people", "40 percentage points");
    check("person", "people - answers", "18 person");
    check("year", "2026 - 2020", "6 year");
    assert_eq!(code("USD", "2 * 3"), ["formula-units"]);
    assert_eq!(code("USD/year", "2 * 3"), ["formula-units"]);
    assert_eq!(code("GB", "people / answers"), ["formula-units"]);
}

#[test]
fn points_and_percent_are_never_taken_for_each_other() {
    assert_eq!(code("%", "share - other"), ["formula-units"]);
    assert_eq!(code("percentage points", "share + other"), ["formula-units"]);
    assert_eq!(code("", "share - other"), ["formula-units"]);
}

#[test]
fn a_hundred_beside_a_percentage_is_reported() {
    assert_eq!(code("%", "answers / people * 100"), ["formula-hundred"]);
    assert_eq!(code("%", "100 * (answers / people)"), ["formula-hundred"]);
    assert_eq!(code("USD/year", "fee * share / 100"), ["formula-hundred"]);
    check("", "answers / people * 100", "40");
    check("USD/year", "fee * 100", "6000000 USD/year");
}

#[test]
fn a_unit_may_be_taken_from_the_row() {
    let table = r#"
[columns]
title = { type = "text" }
currency = { type = "text" }
hour = { unit = "{currency}/hour" }
month = { unit = "{currency}/month", formula = "hour * 730 hour/month + 1 {currency}/month" }
code = { type = "text", formula = "currency" }
again = { unit = "{code}/hour", formula = "hour" }
wrong = { unit = "USD/hour", formula = "hour" }
[[row]]
id = "one"
title = "One"
currency = "USD"
hour = 2
[[row]]
id = "two"
title = "Two"
currency = "EUR"
hour = 3
"#;
    let site = super::Site::new(&[("prices.toml", table)]);
    assert_eq!(site.value("prices.one.month"), "1461 USD/month");
    assert_eq!(site.value("prices.two.month"), "2191 EUR/month");
    assert_eq!(site.value("prices.two.again"), "3 EUR/hour");
    assert_eq!(site.value("prices.one.wrong"), "2 USD/hour");
    assert_eq!(site.value("prices.two.wrong"), "reported");
    assert_eq!(site.codes(), ["formula-units"]);
}
