//! Texts that can't be read, and what is said of them.

use super::read::refuse;
use super::*;

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
    refuse("1234567890123456789012345678901", ManyDigits, "1234567890123456789012345678901");
    refuse("0.1234567890123456789012345678901%", ManyDigits, "0.1234567890123456789012345678901");
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
    refuse("1e6x", Letters, "1e6x");
    refuse("1e999", Letters, "1e999");
    refuse("five × 10³", NumberInWords, "five × 10³");
    refuse("1 × 10³%%²", ForeignDigits, "²");
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
    refuse("double $1.10", MoneyInWords, "double");
    refuse("$1.10 quadrillion", MoneyInWords, "quadrillion");
    refuse("40 dozen", NumberInWords, "dozen");
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
    refuse("two of 7 providers", SeveralNumbers, "7");
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
