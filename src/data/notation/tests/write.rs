//! Data as the generator writes them.

use super::*;

#[track_caller]
fn check(short: &str, expected: &str) {
    let own = datum(short);
    assert_eq!(write(&own.datum(), &Style::default()), expected, "{short}");
}

#[test]
fn money_is_short_where_it_is_round() {
    check("USD 432000", "$432K");
    check("USD/year 432000", "$432K");
    check("USD 5000", "$5K");
    check("USD 1000", "$1K");
    check("USD 999", "$999");
    check("USD 0", "$0");
    check("USD 1250", "$1,250");
    check("USD 1500", "$1,500");
    check("USD 12500", "$12.5K");
    check("USD 432500", "$432.5K");
    check("USD 432550", "$432,550");
    check("USD 19.99", "$19.99");
    check("USD 19.9", "$19.90");
    check("USD 0.0035", "$0.0035");
    check("USD 1100000", "$1.1M");
    check("USD 1000000", "$1M");
    check("USD 1250000", "$1.25M");
    check("USD 1234000", "$1.234M");
    check("USD 1234500", "$1,234,500");
    check("USD 1100000000", "$1.1B");
    check("USD 1234500000", "$1,234.5M");
    check("USD 27700000000000", "$27.7T");
    check("USD -5000", "−$5K");
    check("EUR 432000", "€432K");
    check("GBP 432000", "£432K");
    check("JPY 1200", "¥1,200");
    check("CHF 1200", "CHF 1,200");
    check("CHF 432000", "CHF 432K");
    check("CHF -432000", "−CHF 432K");
}

#[test]
fn ranges_have_a_dash_or_a_word() {
    check("USD 365000..500000", "$365K–$500K");
    check("USD 900000..1100000", "$900K–$1.1M");
    check("USD 950..1000", "$950–$1,000");
    check("USD 5000..7250", "$5,000–$7,250");
    check("USD 19.99..25", "$19.99–$25.00");
    check("CHF 365000..500000", "CHF 365K–500K");
    check("CHF 950..1000", "CHF 950–1,000");
    check("% 10..20", "10–20%");
    check("% 10..12.5", "10.0–12.5%");
    check("month 12..24", "12–24 months");
    check("month 0..1", "0–1 months");
    check("rank 2..5", "#2–5");
    check("GB 8..16", "8–16 GB");
    check("% -10..-5", "−10% to −5%");
    check("% -5..10", "−5% to 10%");
    check("USD -10000..-5000", "−$10K to −$5K");
    check("month -2..3", "−2 to 3 months");
}

#[test]
fn other_units_stand_behind() {
    check("% 10", "10%");
    check("% 12.5", "12.5%");
    check("month 12", "12 months");
    check("month 1", "1 month");
    check("year 1.5", "1.5 years");
    check("ms 300", "300 ms");
    check("count 7", "7");
    check("count 1200000", "1,200,000");
    check("rank 2", "#2");
    check("GB 16", "16 GB");
    check("request 1", "1 request");
    check("person 1350", "1,350 people");
    check("request/minute 60", "60 requests per minute");
    check("km/h 120", "120 km/h");
    check("g/100_g 0.59", "0.59 g per 100 g");
    check("%/year 2.7", "2.7% a year");
    check("1/K 1.15e-5", "0.0000115 per K");
    check("GB-month 5", "5 GB-months");
    check("times 3", "3×");
    check("date 2026-Q1", "Q1 2026");
    check("date 2026-01-31", "January 31, 2026");
    check("date 2026", "2026");
    check("USD unstated", "not stated");
    check("date unstated", "not stated");
}

#[test]
fn calculated_values_show_what_a_reader_needs() {
    check("% 30.3167 calc", "30.3%");
    check("% 25 calc", "25.0%");
    check("% 0 calc", "0.0%");
    check("% 0.5 calc", "0.5%");
    check("EUR 0.00000021 calc", "€0.00000021");
    check("mm 0.00014375 calc", "0.00014 mm");
    check("% 0.4567 calc", "0.46%");
    check("% 0.04 calc", "0.04%");
    check("% -8.33 calc", "−8.3%");
    check("% 100/3..200/3 calc", "33.3–66.7%");
    check("USD 202500 calc", "$202.5K");
    check("USD 1650000 calc", "$1.65M");
    check("USD 1650000 calc to=100000", "$1.7M");
    check("USD 1960000 calc to=100000", "$2.0M");
    check("USD 432500 calc to=1000", "$433K");
    check("USD 202512.5 calc", "$202,512.50");
    check("USD 100000/3 calc", "$33,333");
    check("USD 100/3 calc", "$33.33");
    check("USD 1/3 calc", "$0.33");
    check("month 17.5 calc", "17.5 months");
    check("month 50/3 calc", "16.7 months");
    check("count 7.5 calc", "7.5");
}

#[test]
fn digits_are_those_that_were_typed() {
    check("mm 12.50", "12.50 mm");
    check("times 1.70", "1.70×");
    check("% 12.0", "12.0%");
    check("USD 285000.00", "$285,000.00");
    check("mm 12.50..13", "12.50–13.00 mm");
    check("mm 0.00014375 calc digits=3", "0.000144 mm");
    check("electron 6241509074460762607 calc digits=3", "6.24 × 10¹⁸ electrons");
}

#[test]
fn open_ranges_tolerances_and_texts_are_written() {
    check("USD 110000..", "from $110K");
    check("USD 110000.. ends=high", "over $110K");
    check("USD 110000.. ends=low", "from $110K");
    check("USD ..12400 ends=high", "up to $12.4K");
    check("USD ..12400 ends=low", "under $12.4K");
    check("mm 12.50±0.05", "12.50 ± 0.05 mm");
    check("mm 25.00±0.1-0.05", "25.00 +0.10/−0.05 mm");
    check("date \"no_data\"", "no data");
    check("% 10 at-least", "at least 10%");
    check("% 10 under", "under 10%");
}

#[test]
fn a_column_has_one_notation() {
    let check = |shorts: &[&str], expected: &[&str]| {
        let owned: Vec<Own> = shorts.iter().map(|short| datum(short)).collect();
        let notation = Notation::of(owned.iter().map(Own::datum));
        let written: Vec<String> = owned.iter().map(|own| notation.write(&own.datum(), &Style::default())).collect();
        assert_eq!(written, expected);
    };
    check(&["USD 285000", "USD 432000", "USD 0"], &["$285K", "$432K", "$0"]);
    check(&["USD 285000", "USD 1250"], &["$285,000", "$1,250"]);
    check(&["USD 285000", "USD 432500", "USD 1100000"], &["$285.0K", "$432.5K", "$1.1M"]);
    check(&["USD 601..700", "USD 502.95..600"], &["$601.00–$700.00", "$502.95–$600.00"]);
    check(&["USD 5", "EUR 5.50", "USD unstated"], &["$5", "€5.50", "not stated"]);
    check(&["% 12", "% 12.25"], &["12.00%", "12.25%"]);
    check(&["mm 12.50 digits=typed", "mm 3.0 digits=typed"], &["12.50 mm", "3.0 mm"]);
    check(&["C 1.602e-19", "C 5"], &["1.602 × 10⁻¹⁹ C", "5 C"]);
}

#[test]
fn large_and_fine_numbers_are_written_so_that_they_can_be_read() {
    check("°C -14.3", "−14.3 °C");
    check("V 0.0000001", "0.0000001 V");
    check("J 1.602176634e-19", "1.602176634 × 10⁻¹⁹ J");
    check("J -1.602176634e-19", "−1.602176634 × 10⁻¹⁹ J");
    check("1/mol 602214076000000000000000", "6.02214076 × 10²³ per mol");
    check("count 1e15", "1 × 10¹⁵");
    check("count 1e14", "100,000,000,000,000");
    check("m 1e-15", "1 × 10⁻¹⁵ m");
    check("m 1e-14", "0.00000000000001 m");
    check("% 1e-20", "1 × 10⁻²⁰%");
    // A power of ten would save no digits.
    check("count 1234567890123456789", "1,234,567,890,123,456,789");
    check("m 1.2345678901234567", "1.2345678901234567 m");
    check("USD 1e17", "$100,000T");
    check("USD 1e30", "$1 × 10³⁰");
    check("USD 0.0000001", "$0.0000001");
    check("CHF 1e30", "CHF 1 × 10³⁰");
    check("J 1e-19..3e-19", "1 × 10⁻¹⁹–3 × 10⁻¹⁹ J");
    check("J 0..3e-19", "0–3 × 10⁻¹⁹ J");
    check("J 3e-19..5", "3 × 10⁻¹⁹–5 J");
    check("J 5..3e20", "5 × 10⁰–3 × 10²⁰ J");
    check("J -3e-19..3e-19", "−3 × 10⁻¹⁹ to 3 × 10⁻¹⁹ J");
    check("USD 5000..1e30", "$5 × 10³–$1 × 10³⁰");
    check("m 1e-7/3 calc", "0.000000033 m");
    check("m 1e-19/3 calc", "3.33 × 10⁻²⁰ m");
    check("m 2.9999e-20 calc", "3.00 × 10⁻²⁰ m");
    check("m 9.9999e-20/1.00001 calc", "1.00 × 10⁻¹⁹ m");
    check("count 1e24/3 calc", "3.33 × 10²³");
}

#[test]
fn bounds_are_said() {
    check("USD 500000 over", "over $500K");
    check("% 10 up-to", "up to 10%");
    check("% 10..20 about", "about 10–20%");
    check("USD unstated over", "not stated");
}

#[test]
fn changes_have_signs_and_the_style_adds_periods() {
    let check = |short: &str, style: &Style<'_>, expected: &str| {
        let own = datum(short);
        assert_eq!(write(&own.datum(), style), expected, "{short}");
    };
    let plain = Style::default();
    check("% 30.3167 calc signed", &plain, "+30.3%");
    check("% -30.3167 calc signed", &plain, "−30.3%");
    check("% 0 calc signed", &plain, "0.0%");
    check("USD 5000 calc signed", &plain, "+$5K");
    check("% 5..10 signed", &plain, "+5% to +10%");
    check("% 30.3167 calc size", &plain, "30.3%");
    check("points 2.5", &plain, "2.5 percentage points");
    check("points 1", &plain, "1 percentage point");
    check("points -2.5 signed", &plain, "−2.5 percentage points");
    check("points 1..2.5", &plain, "1.0–2.5 percentage points");
    check("% 99.97 calc", &plain, "99.97%");
    let period = Style { per: Per::Always, ..Style::default() };
    check("USD/year 432000", &period, "$432K a year");
    check("USD/hour 20..30", &period, "$20–$30 an hour");
    check("USD/year 500000 over", &period, "over $500K a year");
    check("USD 432000", &period, "$432K");
    check("USD 432000 over", &Style { bound: false, ..Style::default() }, "$432K");
}

#[test]
fn another_language_has_its_own_words() {
    let mut words = Words::ENGLISH;
    for (key, text) in [("thousands_mark", "."), ("decimal_mark", ","), ("months", "Monate"), ("not_stated", "offen")] {
        assert!(words.set(key, text));
    }
    let style = Style { words: &words, ..Style::default() };
    let check = |short: &str, expected: &str| assert_eq!(write(&datum(short).datum(), &style), expected);
    check("EUR 1250.5", "€1.250,50");
    check("month 12..24", "12–24 Monate");
    check("USD unstated", "offen");
}

#[test]
fn attributes_hold_plain_numbers() {
    let check = |short: &str, expected: &str| assert_eq!(value_attribute(&datum(short).datum()), expected);
    check("USD 432000", "432000");
    check("USD 365000..500000", "365000..500000");
    check("month 12..24", "12..24");
    check("% -30.5 calc", "-30.5");
    check("% 100/3 calc", "33.3333333333");
    check("J 1.602176634e-19", "0.0000000000000000001602176634");
    check("USD 19.90", "19.9");
    check("date 2026-Q1", "2026-Q1");
    check("date 2026-01-31", "2026-01-31");
    check("USD unstated", "");
}
