//! Texts, another value, and the text with that value.

use super::*;

#[track_caller]
fn check(text: &str, short: &str, expected: &str) {
    let own = datum(short);
    assert_eq!(rewrite(&read(text).unwrap(), &own.datum()).as_deref(), Some(expected), "{text} for {short}");
}

#[track_caller]
fn refuse(text: &str, short: &str) {
    let own = datum(short);
    assert_eq!(rewrite(&read(text).unwrap(), &own.datum()), None, "{text} for {short}");
}

#[test]
fn notation_stays_the_author_s() {
    check("$432K", "USD 450000", "$450K");
    check("$432k", "USD 450000", "$450k");
    check("US$432K", "USD 450000", "US$450K");
    check("$432,000", "USD 450000", "$450,000");
    check("$432000", "USD 450000", "$450000");
    check("$432000", "USD 1450000", "$1450000");
    check("$432", "USD 1450", "$1,450");
    check("432 thousand dollars", "USD 450000", "450 thousand dollars");
    check("432K USD", "USD 450000", "450K USD");
    check("CHF 432", "CHF 450", "CHF 450");
    check("$0.43M", "USD 450000", "$0.45M");
    check("a stated median of $432K total", "USD 450000", "a stated median of $450K total");
    check("$432K a year", "USD/year 450000", "$450K a year");
    check("about $432K", "USD 450000", "about $450K");
    check("$432K+", "USD 450000 over", "$450K+");
    check("\u{a0}$432\u{2009}K", "USD 450000", "\u{a0}$450\u{2009}K");
}

#[test]
fn decimals_are_added_only_as_far_as_needed() {
    check("$432K", "USD 432500", "$433K");
    check("$1M", "USD 1100000", "$1.1M");
    check("$2M", "USD 1125000", "$1.1M");
    check("$432K", "USD 500", "$0.5K");
    check("$432K", "USD 1100000", "$1,100K");
    check("$19.99", "USD 20", "$20.00");
    check("$1.1M", "USD 2000000", "$2.0M");
    check("8%", "% 25/3 calc", "8%");
    check("8%", "% 6.6", "6.6%");
    check("8%", "% 0.04", "0.04%");
    check("8%", "% 0.0456", "0.046%");
    refuse("$2B", "USD 1");
}

#[test]
fn ranges_keep_their_separators() {
    check("$365–500K", "USD 370000..510000", "$370–510K");
    check("$365K to $500K", "USD 370000..510000", "$370K to $510K");
    check("between $365K and $500K", "USD 370000..1100000", "between $370K and $1,100K");
    check("$900K–$1.1M", "USD 800000..1250000", "$800K–$1.3M");
    check("$900K–$1.1M", "USD 800000..1000000", "$800K–$1.0M");
    check("10-20%", "% 12..24", "12-24%");
    check("12 to 24 months", "month 1..6", "1 to 6 months");
    check("one to two years", "year 2..13", "two to 13 years");
    check("One to two years", "year 3..4", "Three to four years");
    check("8–16 GB", "GB 16..32", "16–32 GB");
    check("#2–5", "rank 3..6", "#3–6");
}

#[test]
fn a_sign_is_never_turned() {
    check("−5%", "% -6 calc", "−6%");
    check("-5%", "% -6 calc", "-6%");
    check("+5%", "% 6 calc", "+6%");
    check("+5%", "% 6 signed", "+6%");
    check("5%", "% 6 size", "6%");
    check("−10% to −5%", "% -12..-6 calc", "−12% to −6%");
    refuse("−5%", "% 6 calc");
    refuse("+5%", "% -6 calc");
    refuse("5%", "% -6");
    refuse("$5K", "USD -6000");
    refuse("5–10%", "% -12..-6 calc");
    refuse("5–10%", "% -6..12 calc");
    check("−5% to 10%", "% -6..12 calc", "−6% to 12%");
    refuse("5%", "% 6 signed");
    refuse("5%", "% -6 signed");
    refuse("+5%", "% 0 signed");
    refuse("+5%", "% 6 size");
    for (text, value) in [("5%", "% 0"), ("0%", "% 5"), ("0%", "% 0.02"), ("−5%", "% 0 calc"), ("0–10%", "% 1..10")]
    {
        refuse(text, value);
    }
}

#[test]
fn nothing_is_rounded_to_a_limit() {
    check("98%", "% 99.97", "99.97%");
    check("98%", "% 99.6", "99.6%");
    check("98.5%", "% 100", "100.0%");
    check("98 months", "month 99.97", "100 months");
    check("$98", "USD 99.97", "$100");
}

#[test]
fn another_bound_is_another_statement() {
    check("over $450K", "USD 500000 over", "over $500K");
    check("about $450K", "USD 500000 about", "about $500K");
    check("$450K", "USD 500000 about", "$500K");
    refuse("$450K", "USD 500000 over");
    refuse("up to $450K", "USD 500000 over");
    refuse("about $450K", "USD 500000 up-to");
}

#[test]
fn words_become_words_up_to_twelve() {
    check("seven providers", "count 12", "twelve providers");
    check("SEVEN", "count 12", "TWELVE");
    check("seven", "count 13", "13");
    check("seven", "count 1300", "1,300");
    refuse("seven", "count 0");
    check("second", "rank 3", "third");
    check("2nd", "rank 13", "13th");
    check("2nd", "rank 3", "3rd");
    check("#2", "rank 3", "#3");
    check("four-year", "year 13", "13-year");
}

#[test]
fn nouns_stay_in_step_with_their_numbers() {
    check("1 month", "month 2", "2 months");
    check("2 months", "month 1", "1 month");
    check("one year", "year 2", "two years");
    check("Two Years", "year 1", "One Year");
    check("4-year", "year 1", "1-year");
    check("4 year plan", "year 5", "5 year plan");
    check("5 yr", "year 1", "1 yr");
    check("1 year", "year 1.5", "1.5 years");
    check("5 ms", "ms 1", "1 ms");
}

#[test]
fn dates_keep_their_forms() {
    check("Q1 2026", "date 2027-Q2", "Q2 2027");
    check("2026-Q1", "date 2027-Q2", "2027-Q2");
    check("the first quarter of 2026", "date 2027-Q2", "the second quarter of 2027");
    check("January 2026", "date 2027-05", "May 2027");
    check("January 31, 2026", "date 2027-05-01", "May 1, 2027");
    check("2026", "date 2027", "2027");
    refuse("2026-Q1", "date 2027-05");
    refuse("first quarter of 2026", "date 2027-05");
    refuse("January 2026", "date 2027-05-01");
    refuse("January 31, 2026", "date 2027-05");
    refuse("since 2026", "date 2027-Q1");
}

#[test]
fn what_only_an_author_can_say_is_left_alone() {
    refuse("$432K", "USD 365000..500000");
    refuse("$365K–$500K", "USD 432000");
    refuse("$432K", "EUR 432000");
    refuse("432K", "USD 432000");
    refuse("$432K", "% 10");
    refuse("540 days", "month 18");
    refuse("12 months", "year 12");
    refuse("12 months to 2 years", "month 6..18");
    refuse("over $432K", "USD 432000");
    refuse("$432K a month", "USD/year 432000");
    refuse("not stated", "USD 432000");
    refuse("$432K", "USD unstated");
    refuse("16 MB", "GB 16");
    refuse("2nd", "rank 2.5");
    check("not stated", "USD unstated", "not stated");
}

#[test]
fn replacements_name_only_what_changes() {
    let own = datum("USD 370000..500000");
    let found = replacements(&read("$365–500K").unwrap(), &own.datum()).unwrap();
    assert_eq!(found, [Replacement { range: 1..4, text: "370".to_owned() }]);
    let own = datum("month 1");
    let found = replacements(&read("2 months").unwrap(), &own.datum()).unwrap();
    let expected = [(0..1, "1"), (2..8, "month")];
    assert_eq!(found, expected.map(|(range, text)| Replacement { range, text: text.to_owned() }));
}
