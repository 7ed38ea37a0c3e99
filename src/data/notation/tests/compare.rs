//! Texts and data that agree, and those that don't.

use super::*;
use DisagreementKind::*;

#[track_caller]
fn agree(text: &str, short: &str) {
    let own = datum(short);
    let outcome = compare(&read(text).unwrap(), &own.datum());
    assert_eq!(outcome, Ok(Agreement::default()), "{text} for {short}");
}

#[track_caller]
fn warn(text: &str, short: &str) {
    let own = datum(short);
    let outcome = compare(&read(text).unwrap(), &own.datum());
    assert!(outcome.as_ref().is_ok_and(|agreement| agreement.warning.is_some()), "{text} for {short}: {outcome:?}");
}

#[track_caller]
fn disagree(text: &str, short: &str, kind: DisagreementKind, expected: &str) {
    let own = datum(short);
    let problem = compare(&read(text).unwrap(), &own.datum()).expect_err(text);
    assert_eq!((problem.kind, problem.expected.as_str()), (kind, expected), "{text} for {short}: {problem:?}");
    assert!(!problem.message.ends_with('.') && problem.help.ends_with('.'), "{problem:?}");
}

#[test]
fn the_last_digit_shown_decides() {
    agree("$432K", "USD 432000");
    agree("$0.43M", "USD 432000");
    disagree("a stated median of $430K a year", "USD/year 432000", Value, "$432K");
    agree("a stated median of $432K a year", "USD/year 432000");
    agree("$432,000", "USD 432000");
    agree("$432000", "USD 432000");
    agree("432,000 dollars", "USD 432000");
    agree("$432.0K", "USD 432000");
    disagree("$430K", "USD 432000", Value, "$432K");
    disagree("$0.4M", "USD 432000", Rounding, "$0.43M");
    disagree("$433K", "USD 432000", Value, "$432K");
    agree("$1.1M", "USD 1100000");
    agree("$27.7 trillion", "USD 27700000000000");
    agree("$27.7tn", "USD 27700000000000");
    agree("$27.7T", "USD 27700000000000");
    disagree("$1.10 trillion", "USD 1.10", Value, "$1.10");
    agree("5 T", "T 5");
    disagree("$1M", "USD 1100000", Rounding, "$1.1M");
    agree("$1M", "USD 1000000");
    agree("$1.0M", "USD 1040000");
    agree("$10M", "USD 10400000");
    agree("$433K", "USD 432500");
    disagree("$432K", "USD 432500", Value, "$433K");
    agree("$19.99", "USD 19.99");
    agree("$20", "USD 19.99");
    disagree("$19", "USD 19.99", Value, "$20");
    agree("30.3%", "% 30.3167 calc");
    agree("30%", "% 30.3167 calc");
    disagree("31%", "% 30.3167 calc", Value, "30%");
    agree("33.3%", "% 100/3 calc");
    agree("33.333333%", "% 100/3 calc");
    agree("8%", "% 25/3 calc");
    disagree("7%", "% 6.6", Rounding, "6.6%");
    agree("0%", "% 0");
    disagree("0%", "% 0.04", Rounding, "0.04%");
    agree("7", "count 7");
    agree("1.2K", "count 1234");
    agree("2bn", "count 2000000000");
}

#[test]
fn powers_of_ten_are_held_against_the_value() {
    agree("1.602176634 × 10⁻¹⁹ J", "J 1.602176634e-19");
    agree("1.6e-19 J", "J 1.602176634e-19");
    agree("−1.6e−19 J", "J -1.602176634e-19");
    agree("0.0000000000000000001602 J", "J 1.602176634e-19");
    agree("1.1 × 10⁶ dollars", "USD 1100000");
    agree("1–2 × 10⁻¹⁹ J", "J 1e-19..2e-19");
    agree("−14.3°C", "°C -14.3");
    agree("-14.3°C", "°C -14.3");
    disagree("1.602 × 10⁻¹⁹ J", "J 1.7e-19", Value, "1.700 × 10⁻¹⁹ J");
    disagree("2 × 10⁻¹⁹ J", "J 1.602176634e-19", Rounding, "1.6 × 10⁻¹⁹ J");
    disagree("1.6 × 10⁻¹⁸ J", "J 1.6e-19", Value, "0.16 × 10⁻¹⁸ J");
    disagree("0.5 J", "J 1.6e-19", Value, "1.6 × 10⁻¹⁹ J");
    disagree("1.6 × 10⁻¹⁹ J", "J -1.6e-19", Sign, "−1.6 × 10⁻¹⁹ J");
    // The limit of percentages is the whole, however it is written.
    disagree("1.0 × 10²%", "% 99.97", Rounding, "0.9997 × 10²%");
    disagree("100000000000000000000", "count 100000000000000000001", Value, "100000000000000000001");
}

#[test]
fn ranges_hold_both_ends() {
    agree("$365K–$500K", "USD/year 365000..500000");
    agree("$365–500K", "USD/year 365000..500000");
    agree("between $365K and $500K", "USD/year 365000..500000");
    agree("10–20%", "% 10..20");
    agree("10 to 20 percent", "% 10..20");
    agree("12 to 24 months", "month 12..24");
    agree("1–2 years", "month 12..24");
    agree("12 months to 2 years", "month 12..24");
    agree("one to two years", "year 1..2");
    disagree("$365–510K", "USD 365000..500000", Value, "$365–500K");
    disagree("$360–500K", "USD 365000..500000", Value, "$365–500K");
    disagree("10–25%", "% 10..20", Value, "10–20%");
    disagree("$432K", "USD 365000..500000", Shape, "$365K–$500K");
    disagree("$500K", "USD 365000..500000", Shape, "$365K–$500K");
    disagree("$365K–$500K", "USD 432000", Shape, "$432K");
}

#[test]
fn the_end_of_a_range_that_differs_is_named_and_both_are_named_whole() {
    let check = |text: &str, short: &str, message: &str, wrong: &str| {
        let found = compare(&read(text).unwrap(), &datum(short).datum()).unwrap_err();
        assert_eq!((&*found.message, &text[found.range]), (message, wrong), "{text}");
    };
    check("$5–$8", "USD 5..9", "the high end of the text is `$8`, and the figure is $5–$9", "$8");
    check("$4–$9", "USD 5..9", "the low end of the text is `$4`, and the figure is $5–$9", "$4");
    check("about $4–$8", "USD 5..9", "the text says `$4–$8`, and the figure is $5–$9", "about $4–$8");
    check(
        "10–25 percent",
        "% 10..20",
        "the high end of the text is `25 percent`, and the figure is 10–20%",
        "25 percent",
    );
    check("$8", "USD 9", "the text says `$8`, and the figure is $9", "$8");
}

#[test]
fn one_end_of_a_range_is_pointed_to() {
    let check = |text: &str, short: &str, expected: &str| {
        let own = datum(short);
        let help = compare(&read(text).unwrap(), &own.datum()).unwrap_err().help;
        assert!(help.contains(expected), "{text}: {help}");
    };
    check("$500K", "USD 365000..500000", "Add `.high`");
    check("$365K", "USD 365000..500000", "Add `.low`");
    check("$450K", "USD 365000..500000", "`.low` or `.high`");
    check("$450K", "USD 365000..500000", "Write `$365K–$500K`");
}

#[test]
fn units_must_be_the_datum_s() {
    agree("CHF 1,200", "CHF 1200");
    agree("1,200 CHF", "CHF 1200");
    agree("¥1,200", "JPY 1200");
    disagree("€432K", "USD 432000", Currency, "$432K");
    disagree("$1,200", "CHF 1200", Currency, "CHF 1,200");
    disagree("432K", "USD 432000", Currency, "$432K");
    disagree("432", "USD 432000", Currency, "$432K");
    disagree("10%", "USD 432000", Unit, "$432K");
    disagree("12 months", "USD 432000", Unit, "$432K");
    disagree("10", "% 10", Unit, "10%");
    disagree("$10", "% 10", Unit, "10%");
    disagree("10 months", "% 10", Unit, "10%");
    agree("2.5 percentage points", "points 2.5");
    agree("a 2.5-percentage-point lead", "points 2.5");
    agree("10 percent", "% 10");
    disagree("2.5 percentage points", "% 2.5", Unit, "2.5%");
    disagree("2.5%", "points 2.5", Unit, "2.5 percentage points");
    disagree("2.5 percent", "points 2.5", Unit, "2.5 percentage points");
    disagree("2.5", "points 2.5", Unit, "2.5 percentage points");
    agree("1.5 years", "month 18");
    agree("18 mo", "month 18");
    agree("18 months", "year 1.5");
    agree("90 seconds", "minute 1.5");
    agree("300 ms", "second 0.3");
    agree("2 weeks", "day 14");
    agree("48 hours", "day 2");
    disagree("2 years", "month 18", Rounding, "1.5 years");
    disagree("540 days", "month 18", Unit, "18 months");
    disagree("18", "month 18", Unit, "18 months");
    disagree("18%", "month 18", Unit, "18 months");
    agree("seven", "count 7");
    agree("Seven providers", "count 7");
    disagree("2nd", "count 2", Unit, "2");
    disagree("7 days", "count 7", Unit, "7");
    disagree("seven", "count 8", Value, "eight");
    disagree("Seven", "count 8", Value, "Eight");
    disagree("seven", "count 13", Value, "13");
    agree("2nd", "rank 2");
    agree("#2", "rank 2");
    agree("second", "rank 2");
    agree("2", "rank 2");
    disagree("#3", "rank 2", Value, "#2");
    disagree("third", "rank 13", Value, "13th");
    disagree("3rd", "rank 22", Value, "22nd");
    agree("16 GB", "GB 16");
    agree("16GB", "GB 16");
    agree("16-GB", "GB 16");
    agree("8–16 GB", "GB 8..16");
    agree("3×", "times 3");
    agree("5K requests per second", "requests_per_second 5000");
    agree("5M", "M 5");
    agree("5 M", "M 5");
    agree("25 days of leave", "days_of_leave 25");
    disagree("up to 8 GB each", "GB 16 up-to", Value, "16 GB");
    disagree("16", "GB 16", Unit, "16 GB");
    disagree("16 MB", "GB 16", Unit, "16 GB");
    disagree("16 GBit", "GB 16", Unit, "16 GB");
    disagree("$16", "GB 16", Unit, "16 GB");
    disagree("432Kx", "count 432", Notation, "432");
    disagree("7x", "count 7", Unit, "7");
}

#[test]
fn dates_are_equal_or_not() {
    agree("Q1 2026", "date 2026-Q1");
    agree("first quarter of 2026", "date 2026-Q1");
    agree("2026-Q1", "date 2026-Q1");
    agree("January 2026", "date 2026-01");
    agree("January 31, 2026", "date 2026-01-31");
    agree("2026-01-31", "date 2026-01-31");
    agree("2026", "date 2026");
    agree("since 2026", "date 2026");
    disagree("2025", "date 2026", Value, "2026");
    disagree("Q2 2026", "date 2026-Q1", Value, "Q1 2026");
    disagree("as of Q2 2026", "date 2026-Q1", Value, "Q1 2026");
    disagree("First quarter of 2026", "date 2025-Q3", Value, "Third quarter of 2025");
    disagree("2026-01", "date 2026-02", Value, "2026-02");
    disagree("2026", "date 2026-Q1", Value, "Q1 2026");
    disagree("January 2026", "date 2026-01-31", Value, "January 31, 2026");
    disagree("2,026", "date 2026", Unit, "2026");
    disagree("2026–2027", "date 2026", Unit, "2026");
    disagree("$5", "date 2026", Unit, "2026");
    disagree("Q1 2026", "count 7", Unit, "7");
}

#[test]
fn bounds_need_the_datum_s() {
    agree("$500K+", "USD 500000 over");
    agree("over $500K", "USD 500000 over");
    agree("more than $500K", "USD 500000 over");
    agree("at least $500K", "USD 500000 over");
    agree("up to 10%", "% 10 up-to");
    agree("at most 10%", "% 10 up-to");
    agree("about $500K", "USD 500000");
    agree("~$500K", "USD 500000 about");
    agree("about $500K", "USD 500000 over");
    agree("$500K", "USD 500000 over");
    agree("10%", "% 10 up-to");
    disagree("over $500K", "USD 500000", Bound, "$500K");
    disagree("$500K+", "USD 500000", Bound, "$500K");
    disagree("$500K+", "USD 500000 about", Bound, "$500K");
    disagree("up to $500K", "USD 500000 over", Bound, "$500K");
    disagree("over 10%", "% 10 up-to", Bound, "10%");
    disagree("less than 12 months", "month 12", Bound, "12 months");
}

#[test]
fn periods_must_be_the_datum_s() {
    agree("$432K a year", "USD/year 432000");
    agree("$432K/yr", "USD/year 432000");
    agree("$432K", "USD/year 432000");
    agree("$36K per month", "USD/month 36000");
    disagree("$432K a month", "USD/year 432000", Period, "$432K a year");
    disagree("$432K a year", "USD 432000", Period, "$432K");
    disagree("10% a year", "% 10", Period, "10%");
    agree("$36K monthly", "USD/month 36000");
    agree("$36K per annum", "USD/year 36000");
    agree("12 monthly reports", "count 12");
    disagree("$432K yearly", "USD/month 432000", Period, "$432K a month");
    agree("5 requests/second", "requests/second 5");
}

#[test]
fn another_size_of_the_unit_is_true_too() {
    agree("3.97 ms", "µs 3968");
    agree("51.2 TB", "GB 51200");
    agree("4.1 TWh", "GWh 4105");
    agree("5 m", "mm 5000");
    agree("0.0230 kg", "g 23.0 digits=typed");
    agree("5.9 g per kg", "g/100_g 0.59");
    agree("$36K a month", "USD/year 432000");
    agree("−43.1 °F", "°C -41.7");
    agree("14 °F", "°C -10");
    agree("2.6 °F", "°C 43/30 calc size");
    agree("60-minute", "hour 1");
    agree("10.5 MB", "MiB 10");
    disagree("10 MB", "MiB 10", Unit, "10 MiB");
    disagree("454 cm", "mm 454", Unit, "454 mm");
    disagree("3.97 µs", "µs 3968", Value, "3,968.00 µs");
    disagree("34.6 °F", "°C 43/30 calc size", Value, "2.6 °F");
    disagree("3,852 MW", "GWh 3852", Unit, "3,852 GWh");
}

#[test]
fn counted_things_are_named_in_the_right_number() {
    agree("17 combinations", "combination 17");
    agree("17 offered combinations", "combination 17");
    agree("17", "combination 17");
    agree("1 project", "project 1");
    agree("1.0 projects", "project 1");
    agree("9.88 million visits", "visit 9881092");
    agree("a 7-day history", "day 7");
    agree("7 day history", "day 7");
    disagree("17 combination", "combination 17", Unit, "17 combinations");
    disagree("1 projects", "project 1", Unit, "1 project");
    disagree("7 day", "day 7", Unit, "7 days");
    disagree("17 requests", "combination 17", Unit, "17 combinations");
    disagree("17 hours", "combination 17", Unit, "17 combinations");
    disagree("1,350 person", "person 1350", Unit, "1,350 people");
    disagree("5 requests a minute", "request/second 5", Period, "5 requests per second");
    agree("300 requests a minute", "request/second 5");
    disagree("250 GB per month", "GB/user 250", Period, "250 GB per user");
    agree("250 GB a user", "GB/user 250");
    agree("$9 a month", "USD/user-month 9");
    agree("$9 per user and month", "USD/user-month 9");
    agree("$9 per user", "USD/month 9");
    disagree("$9 per user and year", "USD/user-month 9", Unit, "$9 per user-month");
}

#[test]
fn digits_that_count_are_held() {
    agree("12.50 mm", "mm 12.50 digits=typed");
    agree("1.44e-4 mm", "mm 0.00014375 digits=3");
    agree("0.000144 mm", "mm 0.00014375 digits=3");
    agree("1,200 m", "m 1200 digits=2");
    disagree("12.5 mm", "mm 12.50 digits=typed", Digits, "12.50 mm");
    disagree("8 mm", "mm 8.00 digits=typed", Digits, "8.00 mm");
    disagree("3.00 mm", "mm 3.0 digits=typed", Digits, "3.0 mm");
    disagree("0.00014 mm", "mm 0.00014375 digits=3", Digits, "0.000144 mm");
    disagree("1.43e-4 mm", "mm 0.00014375 digits=3", Value, "1.44e-4 mm");
}

#[test]
fn tolerances_are_said_or_left_out() {
    agree("12.50 ± 0.05 mm", "mm 12.50±0.05");
    agree("12.50 mm", "mm 12.50±0.05");
    agree("25.00 +0.10/−0.05 mm", "mm 25.00±0.1-0.05");
    agree("±0.05 mm", "mm 0.05 both");
    agree("0.05 mm", "mm 0.05 both");
    disagree("12.50 ± 0.50 mm", "mm 12.50±0.05", Value, "12.50 ± 0.05 mm");
    disagree("12.50 ± 0.05 mm", "mm 12.50", Shape, "12.50 mm");
    disagree("12.45 to 12.55 mm", "mm 12.50±0.05", Shape, "12.50 ± 0.05 mm");
    disagree("±0.05 mm", "mm 0.05", Sign, "0.05 mm");
}

#[test]
fn open_ranges_are_quoted_by_their_end() {
    agree("over $110,000", "USD 110000.. ends=high");
    agree("from $110,000", "USD 110000.. ends=low");
    agree("at least $110,000", "USD 110000.. ends=low");
    agree("up to $12,400", "USD ..12400 ends=high");
    disagree("over $110,000", "USD 110000.. ends=low", Bound, "$110K");
    disagree("up to $110,000", "USD 110000..", Bound, "$110K");
    disagree("over $120,000", "USD 110000.. ends=high", Value, "$110,000");
}

#[test]
fn a_text_is_that_of_the_data() {
    let check = |text: &str, value: &str, is_true: bool| {
        let own = Own::new(Amount::Text(value.into()), crate::data::unit::Unit::NUMBER);
        assert_eq!(is_true_of(text, &own), is_true, "{text} for {value}");
    };
    check("no data", "no data", true);
    check("No data", "no data", true);
    check("smoked\nmackerel", "Smoked mackerel", true);
    check("a trace", "trace", true);
    check("The North", "The North", true);
    check("st-041", "st-041", true);
    check("st-014", "st-041", false);
    check("0 GWh", "no data", false);
    check("EU-north", "eu-north", false);
}

fn is_true_of(text: &str, own: &Own) -> bool {
    is_true(text, &own.datum())
}

#[test]
fn what_is_not_stated_has_no_value() {
    agree("not stated", "USD unstated");
    agree("unstated", "% unstated");
    disagree("not stated", "USD 432000", Unstated, "$432K");
    disagree("unstated", "USD 365000..500000", Unstated, "$365K–$500K");
    disagree("$432K", "USD unstated", Unstated, "not stated");
    disagree("Q1 2026", "date unstated", Unstated, "not stated");
}

#[test]
fn a_figure_below_zero_needs_its_sign() {
    agree("5%", "% 5");
    agree("+5%", "% 5");
    agree("−5%", "% -5");
    agree("-$5K", "USD -5000 calc");
    agree("0%", "% 0 calc");
    disagree("30.3%", "% -30.3 calc", Sign, "−30.3%");
    disagree("$5K", "USD -5000 calc", Sign, "−$5K");
    disagree("+30.3%", "% -30.3", Sign, "−30.3%");
    disagree("−5%", "% 5", Sign, "5%");
    disagree("−5%", "% 7", Sign, "7%");
    disagree("−0%", "% 0", Sign, "0%");
    disagree("5–10%", "% -10..-5 calc", Sign, "−10.0% to −5.0%");
    agree("−10% to −5%", "% -10..-5 calc");
    disagree("5–10%", "% -5..10", Sign, "−5% to 10%");
    agree("−5% to 10%", "% -5..10 calc");
    disagree("−5–12%", "% -5..10 calc", Value, "−5–10%");
}

#[test]
fn a_change_needs_its_sign_and_a_size_has_none() {
    agree("+4%", "% 4 signed");
    agree("−3%", "% -3 signed");
    agree("+$500", "USD 500 signed");
    agree("0%", "% 0 signed");
    disagree("4%", "% 4 signed", Sign, "+4%");
    disagree("4%", "% -3 signed", Sign, "−3%");
    disagree("+4%", "% -4 signed", Sign, "−4%");
    disagree("+4%", "% -3 signed", Sign, "−3%");
    disagree("+4%", "% 0 signed", Sign, "0%");
    disagree("+0%", "% 0 signed", Sign, "0%");
    disagree("+4%", "% 5 signed", Value, "+5%");
    agree("+10% to +20%", "% 10..20 signed");
    disagree("10–20%", "% 10..20 signed", Sign, "+10% to +20%");
    disagree("two", "count 2 signed", Sign, "+2");
    agree("4%", "% 4 size");
    disagree("+4%", "% 4 size", Sign, "4%");
    disagree("−4%", "% 4 size", Sign, "4%");
    disagree("5%", "% 4 size", Value, "4%");
}

#[test]
fn no_text_is_rounded_to_a_limit() {
    agree("100%", "% 100");
    agree("99.97%", "% 99.97");
    disagree("100%", "% 99.97", Rounding, "99.97%");
    disagree("100.0%", "% 99.97 calc", Rounding, "99.97%");
    disagree("100%", "% 100.4", Rounding, "100.4%");
    disagree("0%", "% 0.02", Rounding, "0.02%");
    disagree("0.0%", "% 0.02 calc", Rounding, "0.02%");
    agree("$100", "USD 99.97");
    agree("120%", "% 119.97");
}

#[test]
fn more_digits_than_the_source_are_a_warning() {
    agree("$1.1M", "USD 1100000 to=100000");
    agree("$1,100,000", "USD 1100000 to=100000");
    warn("$1.10M", "USD 1100000 to=100000");
    warn("$1.15M", "USD 1150000 to=100000");
    agree("$1.15M", "USD 1150000 to=50000");
    agree("$432K", "USD 432000 to=1000");
    warn("$432.0K", "USD 432000 to=1000");
    warn("10.0–20.0%", "% 10..20 to=1");
    agree("1.5 years", "month 18 to=1");
    agree("2.5%", "% 2.5 to=0.5");
    agree("$432K", "USD 432000");
}

#[test]
fn messages_name_both_sides() {
    let check = |text: &str, short: &str, message: &str, help: &str| {
        let own = datum(short);
        let problem = compare(&read(text).unwrap(), &own.datum()).unwrap_err();
        assert_eq!((problem.message.as_str(), problem.help.as_str()), (message, help), "{text}");
    };
    check("$430K", "USD 432000", "the text says `$430K`, and the figure is $432K", "Write `$432K`.");
    check(
        "+4%",
        "% -3 signed",
        "the text says `+4%`, and the figure is now −3%, so this sentence may say the opposite of what is true",
        "Read the sentence again, and change it until it is true of −3%.",
    );
    check(
        "4%",
        "% 5 signed",
        "`4%` has no sign, and the figure needs one: +5%",
        "Write `+5%`, or, if the words of the sentence say the direction, `5%` with `.up` added to the figure's id.",
    );
    check(
        "$500",
        "USD -500 signed",
        "`$500` has no sign, and the figure needs one: −$500",
        "Write `−$500`, or, if the words of the sentence say the direction, `$500` with `.down` added to the figure's id.",
    );
    check("$0.4M", "USD 432000", "`$0.4M` is rounded too far: the figure is $432K", "Write `$0.43M`.");
    check("432K", "USD 432000", "`432K` has no currency, and the figure is in USD", "Write `$432K`.");
    check(
        "540 days",
        "month 18",
        "`540 days` is a number of days, and the figure is a number of months",
        "Write `18 months`.",
    );
    check(
        "over $5K",
        "USD 5000",
        "the text says `over`, and the figure is no threshold",
        "Leave `over` out, or write `bound = \"over\"` in the data if the source says so.",
    );
    check("not stated", "USD 5000", "the text says `not stated`, and the data now state a value", "Write `$5K`.");
}
