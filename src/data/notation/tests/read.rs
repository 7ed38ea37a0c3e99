//! Texts, and what each says or why it can't be read.

use super::*;

/// What a text says, in short: sign, currency, number with decimals, magnitude, unit; two of them with `..`.
fn short(written: &Written) -> String {
    let one = |quantity: &Quantity| {
        let sign = match quantity.sign.as_ref().map(|sign| sign.value) {
            Some(Sign::Minus) => "-",
            Some(Sign::Plus) => "+",
            None => "",
        };
        let currency = quantity.currency.as_ref().map_or(String::new(), |part| format!("{} ", part.value.code()));
        let numeral = &quantity.numeral;
        let digits = digits::decimal(numeral.value.round(numeral.decimals), numeral.decimals, "", ".");
        let style = match numeral.style {
            NumeralStyle::Digits { grouped: true } => "",
            NumeralStyle::Digits { grouped: false } => "!",
            NumeralStyle::Word => "w",
            NumeralStyle::Ordinal => "o",
            NumeralStyle::OrdinalWord => "ow",
            NumeralStyle::Hash => "#",
        };
        let magnitude = match quantity.magnitude.as_ref().map(|part| part.value) {
            Some(Magnitude::Thousand) => "K",
            Some(Magnitude::Million) => "M",
            Some(Magnitude::Billion) => "B",
            None => "",
        };
        let measure = match quantity.measure.as_ref().map(|part| part.value) {
            Some(Measure::Percent) => "%".to_owned(),
            Some(Measure::Points) => "points".to_owned(),
            Some(Measure::Duration(unit)) => format!(" {unit}"),
            None => String::new(),
        };
        format!("{currency}{sign}{digits}{style}{magnitude}{measure}")
    };
    let mut text = match &written.shape {
        Shape::Unstated => "unstated".to_owned(),
        Shape::One(quantity) => one(quantity),
        Shape::Range(low, high) => format!("{}..{}", one(low), one(high)),
        Shape::Date(date, form) => format!("{form:?} {}", date.value),
    };
    if let Some(bound) = &written.bound {
        text = format!("{text} {:?}", bound.value);
    }
    if let Some(period) = &written.period {
        text = format!("{text} /{}", period.value);
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
fn refuse(text: &str, kind: UnreadableKind, part: &str) {
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
    check("40K employers", "40K");
    check("5 m", "5");
    check("5m", "5M");
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
    check("7 employers", "7");
    check("seven employers", "7w");
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
    check("16 GB", "16");
    check("16GB", "16");
    check("3×", "3");
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
    check("$5K+–$10K", "USD 5K..USD 10K Over");
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
    check("$500K+", "USD 500K Over");
    check("10+ years", "10 year Over");
    check("$5+ million", "USD 5M Over");
    check("10%+", "10% Over");
    check("over $500K", "USD 500K Over");
    check("Over $500K", "USD 500K Over");
    check("more than $500K", "USD 500K Over");
    check("more\u{a0}than $500K", "USD 500K Over");
    check("above 10%", "10% Over");
    check("at least 12 months", "12 month Over");
    check("$500K or more", "USD 500K Over");
    check("$500K and above", "USD 500K Over");
    check("up to $500K", "USD 500K UpTo");
    check("at most 10%", "10% UpTo");
    check("under 10%", "10% UpTo");
    check("below 10%", "10% UpTo");
    check("less than 10%", "10% UpTo");
    check("no more than 10%", "10% UpTo");
    check("not less than 10%", "10% Over");
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
fn not_stated_is_a_value() {
    check("not stated", "unstated");
    check("Not stated", "unstated");
    check("not\u{a0}stated", "unstated");
    check(" unstated ", "unstated");
    check("Unstated", "unstated");
    refuse("is not stated", UnreadableKind::NoNumber, "is not stated");
}

#[test]
fn texts_without_a_number_are_refused() {
    use UnreadableKind::*;
    refuse("", Empty, "");
    refuse("  \u{a0}\n", Empty, "  \u{a0}\n");
    refuse("–", NoNumber, "–");
    refuse(" – – – ", NoNumber, "– – –");
    refuse("$", NoNumber, "$");
    refuse("%", NoNumber, "%");
    refuse("the median", NoNumber, "the median");
    refuse("L3", NoNumber, "L3");
    refuse("HTTP/2", NoNumber, "HTTP/2");
    refuse("v1.2", NoNumber, "v1.2");
    refuse("GPT-4", NoNumber, "GPT-4");
    refuse("H2", NoNumber, "H2");
    refuse("a year", NoNumber, "a year");
    refuse("😀", NoNumber, "😀");
}

#[test]
fn wrong_digits_are_refused() {
    use UnreadableKind::*;
    refuse("$1,10,000", Grouping, "1,10,000");
    refuse("$11,00", Grouping, "11,00");
    refuse("1100,000", Grouping, "1100,000");
    refuse("1,5%", Grouping, "1,5");
    refuse("$1 100 000", Grouping, "$1 100");
    refuse("$1\u{202f}100", Grouping, "$1\u{202f}100");
    refuse("1_000", Grouping, "1_000");
    refuse("1'000", Grouping, "1'000");
    refuse("1.100.000", DecimalMark, "1.100.000");
    refuse("1.100,00 €", DecimalMark, "1.100,00");
    refuse("$.5", DecimalMark, ".5");
    refuse(".5%", DecimalMark, ".5");
    refuse("1000000000000", ManyDigits, "1000000000000");
    refuse("0.1234567%", ManyDigits, "0.1234567");
    refuse(&"9".repeat(10_000), ManyDigits, &"9".repeat(10_000));
    refuse("٤٣٢", ForeignDigits, "٤");
    refuse("４３２K", ForeignDigits, "４");
    refuse("½", ForeignDigits, "½");
    refuse("5½%", ForeignDigits, "½");
    refuse("10²", ForeignDigits, "²");
    refuse("$\u{200f}432K", Invisible, "\u{200f}");
    refuse("\u{202e}432K", Invisible, "\u{202e}");
    refuse("432\u{200b}K", Invisible, "\u{200b}");
    refuse("\u{feff}432K", Invisible, "\u{feff}");
    refuse("4\u{0}32K", Invisible, "\u{0}");
    refuse("3D2", Letters, "3D2");
    refuse("432K2", Letters, "432K2");
    refuse("1e6", Letters, "1e6");
    refuse("2th", Ordinal, "2th");
    refuse("11st", Ordinal, "11st");
    refuse("1.5th", Ordinal, "1.5th");
}

#[test]
fn numbers_in_words_ask_for_digits() {
    use UnreadableKind::*;
    refuse("five dollars", MoneyInWords, "five dollars");
    refuse("four hundred thousand dollars", MoneyInWords, "hundred");
    refuse("a million dollars", MoneyInWords, "million");
    refuse("$ five", MoneyInWords, "five");
    refuse("five million euros", MoneyInWords, "five million euros");
    refuse("ten percent", PercentInWords, "ten percent");
    refuse("twenty percent", PercentInWords, "twenty");
    refuse("thirteen", NumberInWords, "thirteen");
    refuse("twenty-five", NumberInWords, "twenty");
    refuse("zero", NumberInWords, "zero");
    refuse("two thousand", NumberInWords, "two thousand");
    refuse("50 cents", Cents, "cents");
    refuse("50¢", Cents, "¢");
    refuse("₹500", UnknownCurrency, "₹");
    refuse("500 ₹", UnknownCurrency, "₹");
}

#[test]
fn ranges_that_leave_something_open_are_refused() {
    use UnreadableKind::*;
    refuse("$365–$500K", MagnitudeOnSecond, "$365–$500K");
    refuse("$365–$500 thousand", MagnitudeOnSecond, "$365–$500 thousand");
    refuse("365K–$500K", CurrencyOnSecond, "365K");
    refuse("$500K–$365K", RangeOrder, "$500K–$365K");
    refuse("20–10%", RangeOrder, "20–10%");
    refuse("−5 to −10%", RangeOrder, "−5 to −10%");
    refuse("10%–20", UnitOnFirst, "10%–20");
    refuse("12 months to 24", UnitOnFirst, "12 months to 24");
    refuse("$365K–500", UnitOnFirst, "$365K–500");
    refuse("10% to 2 years", MixedUnits, "10% to 2 years");
    refuse("1 month to 60 days", MixedUnits, "1 month to 60 days");
    refuse("$5–€6", MixedCurrencies, "$5–€6");
    refuse("$5 EUR", MixedCurrencies, "$5 EUR");
    refuse("10 and 20%", SeveralNumbers, "20%");
    refuse("10, 20%", SeveralNumbers, "20%");
    refuse("10 −20%", SeveralNumbers, "−20%");
    refuse("10 up to 20%", SeveralNumbers, "20%");
    refuse("10% base to 20% total", SeveralNumbers, "20%");
    refuse("24/7", SeveralNumbers, "7");
    refuse("10:30", SeveralNumbers, "30");
    refuse("1–2–3%", SeveralNumbers, "2");
    refuse("$5K in 2026", SeveralNumbers, "2026");
    refuse("two of 7 employers", SeveralNumbers, "7");
    refuse("1 hour 30 minutes", SeveralNumbers, "30 minutes");
}

#[test]
fn the_help_says_what_to_type() {
    let check = |text: &str, expected: &str| {
        let help = read(text).unwrap_err().help;
        assert!(help.contains(expected), "{text}: {help}");
    };
    check("$365–$500K", "`$365K–$500K`");
    check("$365–$500 thousand", "`$365 thousand–$500 thousand`");
    check("365K–$500K", "`$365K`");
    check("365K–CHF 500K", "`CHF 365K`");
    check("$1,10,000", "`110,000`");
    check("$1 100", "`$1,100`");
    check("1_000", "`1,000`");
    check("$4'000.50", "`4,000.50`");
    check("$4’000.50", "`4,000.50`");
    check("$4'000.50–$6'000", "`4,000.50`");
    check("$4_000.50", "`4,000.50`");
    check("$4 000.50", "`$4,000.50`");
    check("1'000,50", "decimals by `.`");
    check("1,10,000.50", "`110,000.50`");
    check("1,1000.5", "`11,000.5`");
    check("1,5%", "`1.5`");
    check("$.5", "`0.5`");
    check("2th", "`2nd`");
    check("10%–20", "`%`");
    check("ten percent", "`10%`");
    check("50 cents", "`$0.50`");
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
    check("about −US$432.5K+ a year", |written| written.period.clone().unwrap().range, "a year");
    check("é 10 percent", |written| one(written).measure.clone().unwrap().range, "percent");
    check("é 4-year", |written| one(written).measure.clone().unwrap().range, "year");
    check("at\u{a0}least 5", |written| written.bound.clone().unwrap().range, "at\u{a0}least");
    check("5 or\u{2009}more", |written| written.bound.clone().unwrap().range, "or\u{2009}more");
    check("#2", |written| one(written).numeral.range.clone(), "2");
    check("10–20%", |written| one(written).range.clone(), "10");
}
