//! What is a typed figure, and what never is.

use super::*;
use crate::data::notation::typed::{TypedKind, find};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = find(text, false);
    let shown: Vec<&str> = found.iter().map(|figure| &text[figure.range.clone()]).collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn money_is_found() {
    check("It pays $432K a year.", &["$432K"]);
    check("$432,000 and €50 or £5", &["$432,000", "€50", "£5"]);
    check("-$5K, −$5K, +$5K", &["-$5K", "−$5K", "+$5K"]);
    check("US$5 and USD 5 and USD5 and 5 USD", &["US$5", "USD 5", "USD5", "5 USD"]);
    check("5 dollars, 5 euros, 50 cents", &["5 dollars", "5 euros", "50 cents"]);
    check("50€, 50 €, ₹500", &["50€", "50 €", "₹500"]);
    check("$1.5 million", &["$1.5 million"]);
    check("$5k or $5m", &["$5k", "$5m"]);
    check("$365–500K", &["$365–500K"]);
    check("$365K–$500K", &["$365K–$500K"]);
    check("$365–$500K", &["$365–$500K"]);
    check("$365K to $500K", &["$365K to $500K"]);
    check("between $365K and $500K.", &["between $365K and $500K"]);
    check("365K–500K USD", &["365K–500K USD"]);
    check("$500K+ is", &["$500K"]);
    check("($432K)", &["$432K"]);
    check("fee$5", &["$5"]);
    check("$432K year over year", &["$432K"]);
    check("TOP 10 providers, PHP 8, ALL 5", &[]);
    check("PHP 1,200 and TOP 5K", &["PHP 1,200", "TOP 5K"]);
}

#[test]
fn percentages_are_found() {
    check("by 10%", &["10%"]);
    check("10 %, 10 percent, 10\u{a0}%", &["10 %", "10 percent", "10\u{a0}%"]);
    check("2.5 percentage points", &["2.5 percentage points"]);
    check("10–20%", &["10–20%"]);
    check("10% to 20%", &["10% to 20%"]);
    check("−5%", &["−5%"]);
    check("a 10-percent raise", &["10-percent"]);
    check("sub-10% rates", &["10%"]);
    check("40/60%", &["60%"]);
    check("from 2026 to 10%", &["10%"]);
    check("/5%20x", &[]);
    check("99.9%.", &["99.9%"]);
    check("1,5%", &["1,5%"]);
}

#[test]
fn magnitudes_are_found() {
    check("5K users, 5M, 5B, 5bn", &["5K", "5M", "5B", "5bn"]);
    check("5 thousand, 5 million, 5 Billion", &["5 thousand", "5 million", "5 Billion"]);
    check("5-million", &["5-million"]);
    check("2–3 million", &["2–3 million"]);
    check("5Kb, 5Bx, 5Mé, 5K2", &[]);
    check("401k, 5m, 5b", &[]);
    check("A 401K plan of $5K, a 403B, the 457B", &["$5K"]);
    check("401K USD, $401K, 401K–500K, 402K, 14K", &["401K USD", "$401K", "401K–500K", "402K", "14K"]);
    check("4K video, 8K-display, 5K monitors, 4K UHD, 4K Ultra HD, 4K users", &["4K"]);
    check("version 5M, Versions 2 days, 1.2.3 days, inversion 5M", &["5M"]);
    check("In version 3 it rose 5% and $4K in 2 years", &["5%", "$4K", "2 years"]);
    check("5 K", &[]);
}

#[test]
fn durations_of_a_day_or_more_are_found() {
    check("4 years, 18 months, 2 weeks, 1 day", &["4 years", "18 months", "2 weeks", "1 day"]);
    check("4-year plan, 5 yr, 18mo", &["4-year", "5 yr", "18mo"]);
    check("12 to 24 months", &["12 to 24 months"]);
    check("12–24 months", &["12–24 months"]);
    check("10+ years", &["10+ years"]);
    check("2 and 3 years", &["3 years"]);
    check("2 hours, 90 minutes, 5 seconds, 300 ms, 24-hour", &[]);
    check("3 yearly, 3 monthly", &[]);
    check("7-day-old", &["7-day"]);
    check("2000 days", &["2000 days"]);
    check("30 days’ notice", &["30 days"]);
}

#[test]
fn quantities_of_known_units_are_found() {
    check("16GB, 16 GB, 4.1 TWh, 300 kWh", &["16GB", "16 GB", "4.1 TWh", "300 kWh"]);
    check("−14.3 °C or 5 degrees Celsius", &["−14.3 °C", "5 degrees Celsius"]);
    check("12.50 mm, 5 kilograms, 8–16 GB", &["12.50 mm", "5 kilograms", "8–16 GB"]);
    check("5 m, 2 TV sets, 3 C, 5 requests, 4 times, 3×, 2x", &[]);
}

#[test]
fn hours_and_less_count_where_they_are_listed() {
    let text = "2 hours, 90 minutes, 5 seconds, 300 ms, 24-hour, 4 years";
    let found = find(text, true);
    let shown: Vec<&str> = found.iter().map(|figure| &text[figure.range.clone()]).collect();
    assert_eq!(shown, ["2 hours", "90 minutes", "5 seconds", "300 ms", "24-hour", "4 years"]);
}

#[test]
fn the_rest_is_never_a_match() {
    for text in [
        "",
        "no digits",
        "7 providers",
        "1,200",
        "L3",
        "L3–L5",
        "L3-5 years",
        "HTTP/2",
        "v1.2",
        "v1.2 years",
        "GPT-4",
        "GPT-4 days",
        "2026",
        "in 2026, months later",
        "the 2026 year-end",
        "2024–2026",
        "2026-01-31",
        "2026-01-31 days",
        "January 31, 2026",
        "31 January 2026",
        "Q1 2026",
        "2026-Q1",
        "H2 2026",
        "1st, 2nd, 3rd, 4th",
        "2nd year",
        "the 4th week",
        "#2",
        "#2 day",
        "1. Year one",
        "1) years",
        "[1] year",
        "24/7",
        "24/7 days",
        "10:30",
        "3:1",
        "four years",
        "ten percent",
        "1.2.3",
        "3D",
        "3×",
        "x5%",
        "M1K",
        "1e6",
        "٥%",
        "５%",
        "5\u{200f}%",
        "$",
        "$ a",
        "% 5",
        "a_5%",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_found_is_read() {
    let check = |text: &str, kind: TypedKind, short: &str| {
        let found = find(text, false);
        let own = datum(short);
        let written = found[0].written.as_ref().unwrap();
        assert_eq!((found.len(), found[0].kind), (1, kind), "{text}");
        assert!(compare(written, &own.datum()).is_ok(), "{text}");
    };
    check("pays $365–500K a year", TypedKind::Money, "USD/year 365000..500000");
    check("by between 10 and 20%", TypedKind::Percent, "% 10..20");
    check("in 12 to 24 months", TypedKind::Duration, "month 12..24");
    check("has 5K users", TypedKind::Magnitude, "count 5000");
    assert_eq!(find("$365–$500K", false)[0].written, None);
}

#[test]
fn long_texts_take_linear_time() {
    let long = |unit: &str, times: usize| unit.repeat(times);
    for unit in ["1", "1 ", "1-", "1–", "1,", "1.", "1 to ", "a1", "$", "$1", " 1   ", "between 1 and ", "~", "1%–"]
    {
        let text = long(unit, 50_000 / unit.len());
        assert!(find(&text, true).len() <= text.len());
        assert!(read(&text).is_err());
    }
    let spaced = format!("1{}2{}%", long(" ", 20_000), long("\u{a0}", 20_000));
    assert_eq!(find(&spaced, false).len(), 1);
}
