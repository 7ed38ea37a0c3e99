//! What is read outside the brackets of a figure.

use super::DisagreementKind::{Bound, Currency, Notation, Period, Sign, Unit, Value};
use super::*;
use crate::data::amount::Bound as End;
use crate::data::notation::outside::{compare_before, compare_behind};

/// What is wrong, and its words.
fn found(text: &str, result: Result<(), Outside>) -> Option<(DisagreementKind, &str)> {
    result.err().map(|problem| {
        assert!(!problem.message.ends_with('.') && problem.help.ends_with('.'), "{problem:?}");
        (problem.kind, problem.range.map_or("", |range| &text[range]))
    })
}

/// The datum as it is written, read.
fn shown(own: &Own) -> Written {
    read(&write(&own.datum(), &Style::default())).unwrap()
}

/// Holds words before a figure, shown as a text, against a datum.
fn before(words: &str, text: &str, short: &str, expected: Option<(DisagreementKind, &str)>) {
    let own = datum(short);
    let written = read(text).unwrap();
    let result = compare_before(words, &written, &own.datum(), None, false).map(|_| ());
    assert_eq!(found(words, result), expected, "{words}[{text}] for {short}");
}

fn behind(words: &str, short: &str, expected: Option<(DisagreementKind, &str)>) {
    let own = datum(short);
    assert_eq!(
        found(words, compare_behind(words, &shown(&own), &own.datum()).map(|_| ())),
        expected,
        "{words:?} for {short}"
    );
}

#[test]
fn what_touches_a_figure_belongs_between_its_brackets() {
    let amount = |words, expected| before(words, "$500", "USD/month 500", expected);
    amount("-", Some((Sign, "-")));
    amount("costs \u{2212}", Some((Sign, "\u{2212}")));
    amount("costs –", Some((Sign, "–")));
    amount("(+", Some((Sign, "+")));
    amount("$", Some((Currency, "$")));
    amount("US", Some((Notation, "US")));
    amount("in 1,", Some((Notation, "1,")));
    amount("from 4–", Some((Notation, "4–")));
    for fine in
        ["", " ", "(", "“", "a pre-", "bands—", "\u{FFFC}–", "\u{FFFC} – ", "\u{FFFC}-", "L5–", "24/", "that is: ", "~"]
    {
        amount(fine, None);
    }
    let amount = |words, expected| behind(words, "USD/month 400", expected);
    amount("k", Some((Notation, "k")));
    amount("K a month", Some((Notation, "K")));
    amount("s", Some((Notation, "s")));
    amount("000", Some((Notation, "000")));
    amount(",000", Some((Notation, ",000")));
    amount(".5", Some((Notation, ".5")));
    amount("–500", Some((Notation, "–500")));
    amount("%", Some((Unit, "%")));
    amount("+", Some((Bound, "+")));
    amount("€", Some((Currency, "€")));
    for fine in [
        ".",
        ",",
        "’s",
        ")",
        "”",
        "–\u{FFFC}",
        "-\u{FFFC}",
        " – \u{FFFC}",
        "+\u{FFFC}",
        "/mo",
        "-a-month plan",
        ": 5",
        "/5",
    ] {
        amount(fine, None);
    }
}

#[test]
fn words_behind_a_figure_state_its_size_and_its_currency() {
    let amount = |words, expected| behind(words, "USD/month 400", expected);
    amount(" million", Some((Value, "million")));
    amount(" thousand a month", Some((Value, "thousand")));
    amount(" K", Some((Value, "K")));
    amount(" k", Some((Value, "k")));
    amount(" EUR", Some((Currency, "EUR")));
    amount(" (EUR)", Some((Currency, "EUR")));
    amount(" euros", Some((Currency, "euros")));
    for fine in [" USD", " (USD)", " dollars", " millions", " TRY it", ", EUR prices"] {
        amount(fine, None);
    }
    behind(" million", "million_users 3", None);
    behind(" M", "rows 3", Some((Value, "M")));
    behind(" dollars", "count 3", Some((Currency, "dollars")));
    behind(" euro countries", "count 3", None);
    behind(" Million Dollar Club", "date 2024", None);
}

#[test]
fn a_period_is_read_behind_a_comma_too() {
    let amount = |words, expected| behind(words, "USD/month 500", expected);
    amount(" p.a.", Some((Period, "p.a.")));
    amount(" a quarter", Some((Period, "a quarter")));
    amount(" quarterly", Some((Period, "quarterly")));
    amount(" (a year)", Some((Period, "a year")));
    amount(" (yearly)", Some((Period, "yearly")));
    amount(", a year", Some((Period, "a year")));
    amount(", yearly.", Some((Period, "yearly")));
    amount(" – a year", Some((Period, "a year")));
    amount("—a year", Some((Period, "a year")));
    for fine in [
        ", a year ago",
        ", a year later",
        " a year earlier",
        " a quarter of it",
        ", each year the same",
        ", a year of rent",
        ", annual fees",
        " (annual fees)",
        ", in total a year",
        " – a month",
        " (a month)",
        ". A year",
    ] {
        amount(fine, None);
    }
    let own = datum("USD/month 500");
    assert!(compare(&read("$500 a quarter").unwrap(), &own.datum()).is_err());
}

#[test]
fn words_before_a_figure_state_its_sign_its_period_and_its_bound() {
    let amount = |words, expected| before(words, "$500", "USD/month 500", expected);
    amount("costs minus ", Some((Sign, "minus")));
    amount("an annual ", Some((Period, "annual")));
    amount("Yearly ", Some((Period, "Yearly")));
    amount("EUR ", Some((Currency, "EUR")));
    for (words, shown) in [
        ("over ", "over"),
        ("up to ", "up to"),
        ("at least ", "at least"),
        ("at most ", "at most"),
        ("More than ", "More than"),
        ("less than ", "less than"),
        ("no more than ", "no more than"),
        ("over about ", "over"),
        ("≥ ", "≥"),
        (">", ">"),
    ] {
        amount(words, Some((Bound, shown)));
    }
    for fine in [
        "about ",
        "around ",
        "roughly ",
        "some ",
        "a monthly ",
        "USD ",
        "annual fee ",
        "parts add up to ",
        "prices below ",
        "everything above ",
        "\u{FFFC} over ",
        "\u{FFFC} minus ",
        "spread all over. ",
        "moreover ",
        "from ",
    ] {
        amount(fine, None);
    }
    before("over ", "3 years", "year 3", None);
    before("> ", "3 years", "year 3", Some((Bound, ">")));
    before("annual ", "5%", "% 5", None);
    let own = datum("USD 500");
    let written = read("$500").unwrap();
    assert!(compare_before("up to ", &written, &own.datum(), Some(End::UpTo), false).is_ok());
    assert!(compare_before("up to ", &written, &own.datum(), Some(End::AtLeast), false).is_err());
}

#[test]
fn a_bound_of_the_data_is_quoted() {
    before("", "$500", "USD 500 over", Some((Bound, "")));
    before("over ", "$500", "USD 500 over", None);
    before("at least ", "$500", "USD 500 over", None);
    before("up to ", "$500", "USD 500 over", Some((Bound, "up to")));
    before("about ", "$500", "USD 500 over", Some((Bound, "")));
    before("", "about $500", "USD 500 over", Some((Bound, "")));
    before("", "$500+", "USD 500 over", None);
    before("", "over $500", "USD 500 over", None);
    before("", "$500", "USD 500 under", Some((Bound, "")));
    before("", "$500", "USD ..500", Some((Bound, "")));
    before("", "at most $500", "USD 500 up-to", None);
    before("", "$500", "USD 500 about", Some((Bound, "")));
    for fine in ["about ", "~", "Some ", "around ", "\u{FFFC} to ", "\u{FFFC}–"] {
        before(fine, "$500", "USD 500 about", None);
    }
    before("", "roughly $500", "USD 500 about", None);
    before("", "not stated", "USD unstated over", None);
    let own = datum("USD 450000 over");
    let problem = compare_before("", &read("$0.45M").unwrap(), &own.datum(), None, false).unwrap_err();
    assert_eq!(problem.message, "the source says over $450K, and the text leaves out `over`");
    assert_eq!(problem.help, "Write `over $0.45M` between the brackets, or `over` before the link.");
}

#[test]
fn a_limit_that_is_left_out_is_a_warning() {
    let warning = |text: &str, before: &str, short: &str| {
        let own = datum(short);
        let around = Around { before, ..Around::default() };
        judge(text, &own.datum(), &around).unwrap().warning.map(|warning| warning.kind)
    };
    assert_eq!(warning("50 projects", "", "project 50 up-to"), Some(WarningKind::Limit));
    assert_eq!(warning("7 days", "", "day 7 at-least"), Some(WarningKind::Limit));
    assert_eq!(warning("up to 50 projects", "", "project 50 up-to"), None);
    assert_eq!(warning("50 projects", "up to ", "project 50 up-to"), None);
    assert_eq!(warning("50 projects", "", "project 50"), None);
}

#[test]
fn the_period_of_the_noun_phrase_is_read() {
    let amount = |words, expected| before(words, "$500", "USD/month 500", expected);
    amount("The yearly minimum is ", Some((Period, "yearly")));
    amount("an annual fee of ", Some((Period, "annual")));
    amount("The monthly base fee is ", None);
    amount("The annual review of fee was long and cost ", None);
    amount("Per year, the fee is ", Some((Period, "Per year")));
    amount("Per month, the fee is ", None);
    amount("It rose. Per year, the fee is ", Some((Period, "Per year")));
}

#[test]
fn what_stands_behind_says_for_how_much_of_what_a_figure_is() {
    let salt = |words, expected| behind(words, "g/100_g 0.59", expected);
    salt(" of salt per 100 g, which", None);
    salt(" of salt per serving", Some((Unit, "per serving")));
    salt(" a serving", None);
    behind(" per million requests", "USD/1000000_request 0.22", None);
    behind(" per request", "USD/1000000_request 0.22", Some((Unit, "per request")));
    behind(" per GB and month", "USD/GB-month 0.0229", None);
    behind(" requests per minute", "request/second 25", Some((Period, "per minute")));
    behind(" requests per second", "request/second 25", None);
    behind(" per month", "GB/user 250", Some((Period, "per month")));
    behind(" a month", "%/year 2.7", Some((Period, "a month")));
    behind(" per user", "USD/month 9", None);
    behind(" person", "person 1350", Some((Unit, "person")));
    behind(" people", "person 1350", None);
}

#[test]
fn words_behind_a_figure_state_its_period_and_its_unit() {
    let check = |behind: &str, short: &str, expected: Option<(DisagreementKind, &str)>| {
        let own = datum(short);
        assert_eq!(
            found(behind, compare_behind(behind, &shown(&own), &own.datum()).map(|_| ())),
            expected,
            "{behind} for {short}"
        );
    };
    for words in
        [" a month", "/mo", " per month", "/month", " monthly", "-a-month plan", " each month", ", a month", ""]
    {
        check(words, "USD/month 500", None);
    }
    for words in ["a year", "per week", "an hour", "yearly", "annually", "per annum", "every day", "each year"] {
        check(&format!(" {words}."), "USD/month 500", Some((Period, words)));
        check(&format!("\n{words} and"), "USD/month 500..600", Some((Period, words)));
        check(&format!(" {words}"), "USD 500", Some((Period, words)));
        check(&format!(" {words}"), "% 3", None);
        check(&format!(" {words}"), "count 3", None);
    }
    check("/year", "USD/month 500", Some((Period, "/year")));
    check("/yr,", "USD/month 500", Some((Period, "/yr")));
    check("-a-year plan", "USD/month 500", Some((Period, "a-year")));
    check(" a year ago", "USD/month 500", None);
    check(" a day later", "USD/month 500", None);
    check(" a yearling", "USD/month 500", None);
    check(" a few years", "USD/month 500", None);
    check(" percent", "% 5", None);
    check(" points", "% 5", Some((Unit, "points")));
    check(" percentage points", "% 5", Some((Unit, "percentage points")));
    check(" percent", "points 5", Some((Unit, "percent")));
    check(" percentage points", "points 5", None);
    check(" percent", "count 5", Some((Unit, "percent")));
    check(" percent", "USD/month 500", Some((Unit, "percent")));
    check(" years ago", "USD/month 500", None);
    check(" hours", "count 5", Some((Unit, "hours")));
    check(" hours ago", "count 5", None);
    check(" day care places", "count 5", None);
    check(" requests", "count 5", None);
    check(" hours", "hour 38", None);
    check(" days", "hour 38", Some((Unit, "days")));
    check(" years ago", "% 5", None);
}
