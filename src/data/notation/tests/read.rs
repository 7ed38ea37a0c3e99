//! Texts, and what each says or why it can't be read.

use super::*;

/// What a text says, in short: sign, currency, number with decimals, magnitude, unit; two of them with `..`.
fn short(written: &Written) -> String {
    let one = |quantity: &Quantity| {
        let sign = match quantity.sign.as_ref().map(|sign| sign.value) {
            Some(Sign::Minus) => "-",
            Some(Sign::Plus) => "+",
            Some(Sign::PlusMinus) => "±",
            None => "",
        };
        let currency = quantity.currency.as_ref().map_or(String::new(), |part| format!("{} ", part.value.code()));
        let numeral = &quantity.numeral;
        let digits = digits::decimal(&numeral.value, numeral.decimals, "", ".");
        let style = match numeral.style {
            NumeralStyle::Digits { grouped: true } => "",
            NumeralStyle::Digits { grouped: false } => "!",
            NumeralStyle::Word => "w",
            NumeralStyle::Ordinal => "o",
            NumeralStyle::OrdinalWord => "ow",
            NumeralStyle::Hash => "#",
        };
        let magnitude = match quantity.magnitude.as_ref().map(|part| part.value) {
            Some(Magnitude::Thousand) => "K".to_owned(),
            Some(Magnitude::Million) => "M".to_owned(),
            Some(Magnitude::Billion) => "B".to_owned(),
            Some(Magnitude::Trillion) => "T".to_owned(),
            Some(Magnitude::Power(exponent)) => format!("e{exponent}"),
            None => String::new(),
        };
        let measure = match quantity.thing.as_ref().map(|part| &part.value) {
            Some(Thing::Percent) => "%".to_owned(),
            Some(Thing::Points) => "points".to_owned(),
            Some(Thing::Times) => "×".to_owned(),
            Some(thing) => format!(" {}", Unit { thing: thing.clone(), per: None }),
            None => String::new(),
        };
        format!("{currency}{sign}{digits}{style}{magnitude}{measure}")
    };
    let mut text = match &written.shape {
        Shape::Unstated => "unstated".to_owned(),
        Shape::One(quantity) => one(quantity),
        Shape::Range(low, high) => format!("{}..{}", one(low), one(high)),
        Shape::Tolerance(value, plus, minus) => {
            format!("{} {}{}", one(value), one(plus), minus.as_ref().map_or(String::new(), one))
        }
        Shape::Date(date, form) => format!("{form:?} {}", date.value),
    };
    if let Some(bound) = &written.bound {
        text = format!("{text} {:?}", bound.value);
    }
    if let Some(per) = &written.per {
        text = format!("{text} /{}", per.value);
    }
    text
}

#[track_caller]
fn check(text: &str, expected: &str) {
    match read(text) {
        Ok(written) => assert_eq!(short(&written), expected, "{text}"),
        Err(problem) => panic!("{text}: {problem:?}"),
    }
}

#[track_caller]
pub(super) fn refuse(text: &str, kind: UnreadableKind, part: &str) {
    let problem = read(text).map(|written| short(&written)).expect_err(text);
    assert_eq!((problem.kind, &text[problem.range.clone()]), (kind, part), "{text}: {problem:?}");
    assert!(!problem.message.ends_with('.') && problem.message.starts_with(|c: char| !c.is_uppercase()), "{problem:?}");
    assert!(problem.help.ends_with('.'), "{problem:?}");
}

#[test]
fn money_has_its_currency_before_or_after() {
    check("$432K", "USD 432K");
    check("US$432K", "USD 432K");
    check("$ 432K", "USD 432K");
    check("€50", "EUR 50");
    check("£1,200.50", "GBP 1200.50");
    check("¥1200", "JPY 1200!");
    check("CHF 1,200", "CHF 1200");
    check("CHF1,200", "CHF 1200");
    check("1,200 CHF", "CHF 1200");
    check("1,200CHF", "CHF 1200");
    check("432K USD", "USD 432K");
    check("432,000 dollars", "USD 432000");
    check("432 thousand dollars", "USD 432K");
    check("5 million US dollars", "USD 5M");
    check("432,000 Dollars", "USD 432000");
    check("$432K USD", "USD 432K");
    check("50 €", "EUR 50");
    check("50€", "EUR 50");
    check("20 euros", "EUR 20");
    check("$19.99", "USD 19.99");
    check("a stated median of $432K", "USD 432K");
    check("$432K total", "USD 432K");
    check("L3 pays $432K", "USD 432K");
    check("(L3: $432K)", "USD 432K");
    check("$432K, stated", "USD 432K");
    check("It is $432K.", "USD 432K");
    check("$432K year over year", "USD 432K");
    check("**$432K**", "USD 432K");
    check("😀 $432K 😀", "USD 432K");
}

#[test]
fn magnitudes_multiply() {
    check("$432k", "USD 432K");
    check("$1.1M", "USD 1.1M");
    check("$1.1m", "USD 1.1M");
    check("$2B", "USD 2B");
    check("$2b", "USD 2B");
    check("$2bn", "USD 2B");
    check("$1.1 million", "USD 1.1M");
    check("$1.1-million", "USD 1.1M");
    check("$1.1 M", "USD 1.1M");
    check("$2 Billion", "USD 2B");
    check("40 thousand", "40K");
    check("40K providers", "40K");
    check("5 m", "5");
    check("5m", "5M");
}

#[test]
fn powers_of_ten_have_two_forms() {
    check("1.602176634 × 10⁻¹⁹ J", "1.602176634e-19");
    check("1.602176634e-19 J", "1.602176634e-19");
    check("-1.6e−19", "-1.6e-19");
    check("−1.6×10²³", "-1.6e23");
    check("$1 × 10³⁰", "USD 1e30");
    check("1e6", "1e6");
    check("5E3%", "5e3%");
    check("3 × 10⁸ seconds", "3e8 second");
    check("1–2 × 10⁻¹⁹", "1e-19..2e-19");
    check("1 × 10⁻¹⁹–2 × 10⁻¹⁹", "1e-19..2e-19");
    check("1–2e3", "1..2e3");
    check("0.0000001", "0.0000001");
    check("123456789.123456789012345678901", "123456789.123456789012345678901!");
    refuse("2 × 10⁻¹⁹–1 × 10⁻¹⁹", UnreadableKind::RangeOrder, "2 × 10⁻¹⁹–1 × 10⁻¹⁹");
    refuse("4 × 10 GB", UnreadableKind::SeveralNumbers, "10 GB");
}

#[test]
fn signs_stand_straight_before() {
    check("-$5K", "USD -5K");
    check("−$5K", "USD -5K");
    check("$-5K", "USD -5K");
    check("−CHF 5K", "CHF -5K");
    check("CHF −5K", "CHF -5K");
    check("+30.3%", "+30.3%");
    check("−5%", "-5%");
    check("-5%", "-5%");
    check("(−5%)", "-5%");
    check("by −5%", "-5%");
    check("- 5%", "5%");
    check("– 5%", "5%");
}

#[test]
fn percent_is_a_sign_or_a_word() {
    check("10%", "10%");
    check("10 %", "10%");
    check("10\u{a0}%", "10%");
    check("10\u{202f}%", "10%");
    check("10 percent", "10%");
    check("10-percent raise", "10%");
    check("2.5 percentage points", "2.5points");
    check("1 percentage point", "1points");
    check("100%", "100%");
    check("0.5%", "0.5%");
}

#[test]
fn durations_are_nouns() {
    check("12 months", "12 month");
    check("1 month", "1 month");
    check("4-year", "4 year");
    check("a 4-year plan", "4 year");
    check("4\u{2011}year", "4 year");
    check("four years", "4w year");
    check("four-year", "4w year");
    check("Twelve Months", "12w month");
    check("5 yr", "5 year");
    check("5yrs", "5 year");
    check("18 mo", "18 month");
    check("18mo", "18 month");
    check("300ms", "300 ms");
    check("300 ms", "300 ms");
    check("60 seconds", "60 second");
    check("1 second", "1 second");
    check("2 weeks’ notice", "2 week");
    check("7 days", "7 day");
    check("90 minutes", "90 minute");
    check("24\nhours", "24 hour");
    check("1.5 years", "1.5 year");
}

#[test]
fn counts_and_ranks_may_be_words() {
    check("7", "7");
    check("7 providers", "7");
    check("seven providers", "7w");
    check("Seven", "7w");
    check("twelve", "12w");
    check("1,200", "1200");
    check("1200", "1200!");
    check("2nd", "2o");
    check("1st", "1o");
    check("3rd of the list", "3o");
    check("11th", "11o");
    check("21st", "21o");
    check("1,001st", "1001o");
    check("#2", "2#");
    check("rank #12", "12#");
    check("second", "2ow");
    check("Twelfth", "12ow");
    check("the first", "1ow");
    check("16 GB", "16 GB");
    check("16GB", "16 GB");
    check("3×", "3×");
}

#[test]
fn ranges_share_what_stands_behind_the_second() {
    check("$365–500K", "USD 365K..USD 500K");
    check("$365K–$500K", "USD 365K..USD 500K");
    check("$365K–500K", "USD 365K..USD 500K");
    check("$365K to $500K", "USD 365K..USD 500K");
    check("$365K through $500K", "USD 365K..USD 500K");
    check("between $365K and $500K", "USD 365K..USD 500K");
    check("Between 10 and 20%", "10%..20%");
    check("between about 10 and 20%", "10%..20% About");
    check("10–20%", "10%..20%");
    check("10%–20%", "10%..20%");
    check("10-20%", "10%..20%");
    check("10\u{2011}20%", "10%..20%");
    check("10—20%", "10%..20%");
    check("10 – 20 %", "10%..20%");
    check("10 - 20%", "10%..20%");
    check("10\u{2009}–\u{2009}20%", "10%..20%");
    check("from 10 to 20%", "10%..20%");
    check("10 to 20 percent", "10%..20%");
    check("12 to 24 months", "12 month..24 month");
    check("12–24 months", "12 month..24 month");
    check("12 months to 2 years", "12 month..2 year");
    check("4-to-6-week", "4 week..6 week");
    check("one to two years", "1w year..2w year");
    check("2–3", "2..3");
    check("#2–5", "2#..5");
    check("#2–#5", "2#..5#");
    check("$1.1–2.1M", "USD 1.1M..USD 2.1M");
    check("$900K–$1.1M", "USD 900K..USD 1.1M");
    check("$900K–1.1M", "USD 900K..USD 1.1M");
    check("365,000 to 500,000 dollars", "USD 365000..USD 500000");
    check("365–500K USD", "USD 365K..USD 500K");
    check("CHF 365K–500K", "CHF 365K..CHF 500K");
    check("USD 365K to USD 500K", "USD 365K..USD 500K");
    check("$365,000–$500K", "USD 365000..USD 500K");
    check("$5K–7,000", "USD 5K..USD 7000");
    check("$900–$1.1K", "USD 900..USD 1.1K");
    check("−10% to −5%", "-10%..-5%");
    check("−5–10%", "-5%..10%");
    check("-10--5%", "-10%..-5%");
    check("−5% to +10%", "-5%..+10%");
    check("10–10%", "10%..10%");
    check("$5K+–$10K", "USD 5K..USD 10K AtLeast");
    check("2024–2026", "2024!..2026!");
}

#[test]
fn dates_have_many_forms() {
    check("Q1 2026", "Prose 2026-Q1");
    check("Q1, 2026", "Prose 2026-Q1");
    check("Q1\u{a0}2026", "Prose 2026-Q1");
    check("2026-Q1", "Iso 2026-Q1");
    check("first quarter of 2026", "QuarterInWords 2026-Q1");
    check("the fourth quarter of 2026", "QuarterInWords 2026-Q4");
    check("First quarter 2026", "QuarterInWords 2026-Q1");
    check("January 2026", "Prose 2026-01");
    check("May 2026", "Prose 2026-05");
    check("January 31, 2026", "Prose 2026-01-31");
    check("January 31 2026", "Prose 2026-01-31");
    check("January 1, 2026.", "Prose 2026-01-01");
    check("2026-01", "Iso 2026-01");
    check("2026-01-31", "Iso 2026-01-31");
    check("as of 2026-01-31", "Iso 2026-01-31");
    check("2026", "2026!");
    refuse("2026-13", UnreadableKind::Date, "2026-13");
    refuse("2026-02-30", UnreadableKind::Date, "2026-02-30");
    refuse("February 30, 2026", UnreadableKind::Date, "February 30, 2026");
    refuse("Q5 2026", UnreadableKind::Date, "Q5 2026");
    refuse("fifth quarter of 2026", UnreadableKind::Date, "fifth quarter of 2026");
    refuse("Q1 2026 to Q2 2026", UnreadableKind::SeveralNumbers, "Q2 2026");
    refuse("January 31st, 2026", UnreadableKind::SeveralNumbers, "2026");
    refuse("$5K in Q1 2026", UnreadableKind::SeveralNumbers, "Q1 2026");
    refuse("Q1", UnreadableKind::NoNumber, "Q1");
    check("may 5", "5");
}

#[test]
fn bounds_stand_around_the_number() {
    check("$500K+", "USD 500K AtLeast");
    check("10+ years", "10 year AtLeast");
    check("$5+ million", "USD 5M AtLeast");
    check("10%+", "10% AtLeast");
    check("over $500K", "USD 500K Over");
    check("Over $500K", "USD 500K Over");
    check("more than $500K", "USD 500K Over");
    check("more\u{a0}than $500K", "USD 500K Over");
    check("above 10%", "10% Over");
    check("at least 12 months", "12 month AtLeast");
    check("$500K or more", "USD 500K AtLeast");
    check("$500K and above", "USD 500K AtLeast");
    check("up to $500K", "USD 500K UpTo");
    check("at most 10%", "10% UpTo");
    check("under 10%", "10% Under");
    check("below 10%", "10% Under");
    check("less than 10%", "10% Under");
    check("no more than 10%", "10% UpTo");
    check("not less than 10%", "10% AtLeast");
    check("five or fewer", "5w UpTo");
    check("about $432K", "USD 432K About");
    check("roughly $432K", "USD 432K About");
    check("around $432K", "USD 432K About");
    check("~$432K", "USD 432K About");
    check("~ 10–20%", "10%..20% About");
    check("about over $5", "USD 5 Over");
    check("over about $5", "USD 5 Over");
    check(">10%", "10% Over");
    check("$5K above the parts", "USD 5K");
    check("moreover $5K", "USD 5K");
    check("handover $5K", "USD 5K");
    check("≥ 10%", "10% AtLeast");
    check("from $110,000", "USD 110000 AtLeast");
    check("a maximum of 10%", "10% UpTo");
}

#[test]
fn periods_follow_a_per_or_a_stroke() {
    check("$432K a year", "USD 432K /year");
    check("$432K per year", "USD 432K /year");
    check("$432K per month", "USD 432K /month");
    check("$432K/yr", "USD 432K /year");
    check("$36K/mo", "USD 36K /month");
    check("$36K / month", "USD 36K /month");
    check("$200 an hour", "USD 200 /hour");
    check("$200 per second", "USD 200 /second");
    check("3 a second", "3 /second");
    check("3/second", "3 /second");
    check("365–500K dollars a year", "USD 365K..USD 500K /year");
    check("$365K–$500K per year", "USD 365K..USD 500K /year");
    check("per month $5K", "USD 5K /month");
    check("$432K a piece", "USD 432K");
    check("a month of 5 days", "5 day");
}

#[test]
fn units_are_read_by_name_and_by_symbol() {
    check("3.97 ms", "3.97 ms");
    check("8.2 µg", "8.2 µg");
    check("8.2 micrograms", "8.2 µg");
    check("−14.3 °C", "-14.3 °C");
    check("300 kilowatt-hours", "300 kW-hour");
    check("4 times", "4×");
    check("2.5x", "2.5×");
    check("a 2.5-fold rise", "2.5×");
    check("8 per cent", "8%");
    check("2.6 pp", "2.6points");
    check("5 m", "5");
    check("17 combinations", "17");
    refuse("10% ± 2 GB", UnreadableKind::MixedUnits, "10% ± 2 GB");
}

#[test]
fn denominators_are_read_in_words() {
    check("0.59 g per 100 g", "0.59 /100 g");
    check("0.59 g/100 g", "0.59 /100 g");
    check("$0.22 per million requests", "USD 0.22 /1000000 requests");
    check("$0.22 per 1,000 requests", "USD 0.22 /1000 requests");
    check("$0.0229 per GB and month", "USD 0.0229 /GB-month");
    check("$0.0229 per GB-month", "USD 0.0229 /GB-month");
    check("$0.0229 per GB per month", "USD 0.0229 /GB-month");
    check("$9 per user", "USD 9 /user");
    check("5 req/s", "5 /s");
    check("$9 a seat", "USD 9");
}

#[test]
fn signs_may_be_words() {
    check("minus 14.3 °C", "-14.3 °C");
    check("14.3 °C below zero", "-14.3 °C");
    check("±0.05 mm", "±0.05 mm");
    refuse("−14.3 °C below zero", UnreadableKind::SignTwice, "below zero");
}

#[test]
fn a_number_may_have_tolerances() {
    check("12.50 ± 0.05 mm", "12.50 mm ±0.05 mm");
    check("12.50±0.05 mm", "12.50 mm ±0.05 mm");
    check("12.50 mm ± 0.05 mm", "12.50 mm ±0.05 mm");
    check("25.00 +0.10/−0.05 mm", "25.00 mm +0.10 mm-0.05 mm");
    check("$5 ± 1", "USD 5 USD ±1");
    refuse("12.50 ± 0.05 ± 0.06 mm", UnreadableKind::SeveralNumbers, "± 0.05");
}

#[test]
fn not_stated_is_a_value() {
    check("not stated", "unstated");
    check("Not stated", "unstated");
    check("not\u{a0}stated", "unstated");
    check(" unstated ", "unstated");
    check("Unstated", "unstated");
    refuse("is not stated", UnreadableKind::NoNumber, "is not stated");
}

#[test]
fn parts_know_their_places() {
    let check = |text: &str, part: fn(&Written) -> std::ops::Range<usize>, expected: &str| {
        let written = read(text).unwrap();
        assert_eq!(&text[part(&written)], expected, "{text}");
    };
    fn one(written: &Written) -> &Quantity {
        match &written.shape {
            Shape::One(quantity) | Shape::Range(quantity, _) => quantity,
            shape => panic!("{shape:?}"),
        }
    }
    check("about −US$432.5K+ a year", |written| one(written).range.clone(), "−US$432.5K");
    check("about −US$432.5K+ a year", |written| one(written).sign.clone().unwrap().range, "−");
    check("about −US$432.5K+ a year", |written| one(written).currency.clone().unwrap().range, "US$");
    check("about −US$432.5K+ a year", |written| one(written).numeral.range.clone(), "432.5");
    check("about −US$432.5K+ a year", |written| one(written).magnitude.clone().unwrap().range, "K");
    check("about −US$432.5K+ a year", |written| written.bound.clone().unwrap().range, "+");
    check("about −US$432.5K+ a year", |written| written.per.clone().unwrap().range, "a year");
    check("é 10 percent", |written| one(written).thing.clone().unwrap().range, "percent");
    check("é 4-year", |written| one(written).thing.clone().unwrap().range, "year");
    check("at\u{a0}least 5", |written| written.bound.clone().unwrap().range, "at\u{a0}least");
    check("5 or\u{2009}more", |written| written.bound.clone().unwrap().range, "or\u{2009}more");
    check("#2", |written| one(written).numeral.range.clone(), "2");
    check("10–20%", |written| one(written).range.clone(), "10");
}
