//! Digits, arithmetic, order and rounding.

use proptest::prelude::*;

use super::*;

fn number(text: &str) -> Number {
    Number::from_decimal(text).unwrap()
}

#[test]
fn digits_are_read_as_written() {
    let check = |text: &str, expected: &str| assert_eq!(number(text).to_plain_string(), expected, "{text}");
    check("0", "0");
    check("-0", "0");
    check("+7", "7");
    check("007", "7");
    check("180_000", "180000");
    check("1_100_000", "1100000");
    check("0.1", "0.1");
    check("19.99", "19.99");
    check("19.90", "19.9");
    check("-0.000001", "-0.000001");
    check("0.123456", "0.123456");
    check("999999999999.999999", "999999999999.999999");
    check("000000000000000001", "1");
    check("1.5_0", "1.5");
}

#[test]
fn other_texts_are_refused() {
    let check = |text: &str, expected: NumberProblem| assert_eq!(Number::from_decimal(text), Err(expected), "{text}");
    check("", NumberProblem::NoDigits);
    check("-", NumberProblem::NoDigits);
    check("1.", NumberProblem::NoDigits);
    check(".5", NumberProblem::NoDigits);
    check("_1", NumberProblem::Character('_'));
    check("1e6", NumberProblem::Exponent);
    check("1.5E3", NumberProblem::Exponent);
    check("0xff", NumberProblem::Character('x'));
    check("inf", NumberProblem::Character('i'));
    check("1,000", NumberProblem::Character(','));
    check("1.2.3", NumberProblem::Character('.'));
    check("٣", NumberProblem::Character('٣'));
    check("--1", NumberProblem::Character('-'));
    check("1000000000000", NumberProblem::Large);
    check(&"9".repeat(5000), NumberProblem::Large);
    check("0.1234567", NumberProblem::Fine);
    check(&format!("0.{}", "0".repeat(5000)), NumberProblem::Fine);
}

#[test]
fn arithmetic_is_exact() {
    let check = |value: Option<Number>, expected: &str| assert_eq!(value.unwrap().to_plain_string(), expected);
    check(number("0.1").add(number("0.2")), "0.3");
    check(number("1").sub(number("1.000001")), "-0.000001");
    check(number("432000").div(number("331500")).and_then(|ratio| ratio.sub(Number::ONE)), "0.303167");
    check(number("1").div(number("3")).and_then(|third| third.mul(number("3"))), "1");
    check(number("2").div(number("-8")), "-0.25");
    check(number("1").div(number("64")), "0.015625");
    check(number("1").div(number("128")), "0.0078125");
    check(number("-5").negate(), "5");
    check(number("-5").abs(), "5");
    assert_eq!(Number::ONE.div(Number::ZERO), None);
    let large = number("999999999999");
    let larger = large.mul(large).unwrap();
    assert_eq!(larger.mul(larger), None);
}

#[test]
fn rounding_goes_half_away_from_zero() {
    let check =
        |text: &str, decimals: u32, expected: i128| assert_eq!(number(text).round(decimals), expected, "{text}");
    check("1.25", 1, 13);
    check("-1.25", 1, -13);
    check("1.24", 1, 12);
    check("0.5", 0, 1);
    check("-0.5", 0, -1);
    check("0.4", 0, 0);
    check("432.5", 0, 433);
    check("2.5", 0, 3);
    check("19.99", 2, 1999);
    check("19.99", 6, 19_990_000);
    check("1", 60, 1_000_000);
    assert_eq!(number("1").div(number("3")).unwrap().round(2), 33);
    assert_eq!(number("2").div(number("3")).unwrap().round(2), 67);
}

#[test]
fn decimals_end_only_for_twos_and_fives() {
    let check = |over: &str, under: &str, expected| {
        assert_eq!(number(over).div(number(under)).unwrap().decimals(), expected, "{over}/{under}");
    };
    check("1", "1", Some(0));
    check("1", "2", Some(1));
    check("1", "40", Some(3));
    check("1", "3", None);
    check("6", "3", Some(0));
    check("1", "7", None);
}

#[test]
fn multiples_are_whole_ones() {
    assert!(number("1100000").is_multiple_of(number("100000")));
    assert!(!number("1150000").is_multiple_of(number("100000")));
    assert!(Number::ZERO.is_multiple_of(number("5")));
    assert!(!Number::ONE.is_multiple_of(Number::ZERO));
}

fn decimal() -> impl Strategy<Value = Number> {
    (-999_999_999_999_i64..=999_999_999_999, 0_i64..1_000_000)
        .prop_map(|(whole, rest)| number(&format!("{whole}.{rest:06}")))
}

proptest! {
    #[test]
    fn plain_text_reads_back(value in decimal()) {
        prop_assert_eq!(number(&value.to_plain_string()), value);
    }

    #[test]
    fn no_text_panics(text in "[-+0-9._eE ٣]{0,40}") {
        let _ = Number::from_decimal(&text);
    }

    #[test]
    fn order_follows_differences(left in decimal(), right in decimal()) {
        let difference = left.sub(right).unwrap();
        prop_assert_eq!(left.cmp(&right), difference.numerator.cmp(&0));
    }

    #[test]
    fn order_holds_where_products_do_not_fit(top in 1_i128..LIMIT, bottom in 1_i128..LIMIT, step in 1_i128..1000) {
        let (a, b) = (Number::reduced(top, bottom).unwrap(), Number::reduced(top, bottom - bottom.min(step) + 1).unwrap());
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b), a.negate().unwrap().cmp(&b.negate().unwrap()).reverse());
        prop_assert!(step == 1 || a < b || bottom == 1);
    }

    #[test]
    fn rounding_is_within_half_a_unit(value in decimal(), decimals in 0_u32..=6) {
        let rounded = Number::from_scaled(value.round(decimals), decimals).unwrap();
        let off = rounded.sub(value).unwrap().size();
        prop_assert!(off.mul(Number::from_scaled(2 * 10_i128.pow(decimals), 0).unwrap()).unwrap() <= Number::ONE);
    }
}
