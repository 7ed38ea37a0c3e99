//! Digits, arithmetic, order, rounding, and the one form that each value has.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::*;

mod properties;

fn typed(text: &str) -> Number {
    Number::from_decimal(text).unwrap()
}

/// A number or a fraction of two.
fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((over, under)) => number(over).div(&number(under)).unwrap(),
        // Exponents beyond those that may be typed are taken in too.
        None => match text.split_once('e') {
            Some((digits, exponent)) => typed(digits).mul(&Number::pow10(exponent.parse().unwrap()).unwrap()).unwrap(),
            None => typed(text),
        },
    }
}

/// The hash of a number.
fn hash(value: &Number) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn digits_are_read_as_written() {
    let check = |text: &str, expected: &str| assert_eq!(typed(text).to_plain_string(), expected, "{text}");
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
    check("999999999999.999999", "999999999999.999999");
    check("000000000000000001", "1");
    check("1.5_0", "1.5");
    check("1e6", "1000000");
    check("1.5E3", "1500");
    check("-1.25e-1_0", "-0.000000000125");
    check("1.602176634e-19", "0.0000000000000000001602176634");
    check("6.022_140_76e+23", "602214076000000000000000");
    check("0e30", "0");
    check("0.0000001", "0.0000001");
    check("123456789012345678901234567890", "123456789012345678901234567890");
    check("1.23456789012345678901234567890", "1.2345678901234567890123456789");
    check("100000000000000000000000000000000000000000", "100000000000000000000000000000000000000000");
    check("123456789012345678901234567890e30", &format!("123456789012345678901234567890{}", "0".repeat(30)));
    check("1.23456789012345678901234567891e-30", &format!("0.{}123456789012345678901234567891", "0".repeat(29)));
}

#[test]
fn other_texts_are_refused() {
    use NumberProblem::{Character, Digits, Exponent, NoDigits, Places};
    let check = |text: &str, expected: NumberProblem| assert_eq!(Number::from_decimal(text), Err(expected), "{text}");
    check("", NoDigits);
    check("-", NoDigits);
    check("1.", NoDigits);
    check("1.e5", NoDigits);
    check(".5", NoDigits);
    check("e5", NoDigits);
    check("1e", NoDigits);
    check("1e-", NoDigits);
    check("_1", Character('_'));
    check("1_", Character('_'));
    check("1__0", Character('_'));
    check("1_.5", Character('_'));
    check("0xff", Character('x'));
    check("inf", Character('i'));
    check("nan", Character('n'));
    check("1,000", Character(','));
    check("1.2.3", Character('.'));
    check("1e5.0", Character('.'));
    check("1e5e5", Character('e'));
    check("٣", Character('٣'));
    check("--1", Character('-'));
    check("1e31", Exponent);
    check("1e-31", Exponent);
    check("1e99999999999999999999", Exponent);
    check("1234567890123456789012345678901", Digits);
    check("1.234567890123456789012345678901", Digits);
    check(&"9".repeat(5000), Places);
    check(&format!("1{}", "0".repeat(60)), Places);
    check(&format!("0.{}", "0".repeat(61)), Places);
    check(&format!("0.{}1e-30", "0".repeat(30)), Places);
    check(&format!("1{}e30", "0".repeat(30)), Places);
}

#[test]
fn problems_are_said_in_words() {
    assert_eq!(NumberProblem::Exponent.to_string(), "has an exponent outside −30 to 30");
    assert_eq!(NumberProblem::Digits.to_string(), "has more than 30 significant digits");
    assert_eq!(NumberProblem::Character('\u{7}').to_string(), "has `\\u{7}`, which is not part of a number");
}

#[test]
fn arithmetic_is_exact() {
    let check = |value: Option<Number>, expected: &str| assert_eq!(value.unwrap(), number(expected));
    check(number("0.1").add(&number("0.2")), "0.3");
    check(number("1").sub(&number("1.000001")), "-0.000001");
    check(number("1/3").mul(&number("3")), "1");
    check(number("2").div(&number("-8")), "-0.25");
    check(number("1e30").add(&number("1e-30")).and_then(|sum| sum.sub(&number("1e30"))), "1e-30");
    check(number("1e30").mul(&number("1e-30")), "1");
    check(number("123456789012345678901234567890").div(&number("1e-30")), "123456789012345678901234567890e30");
    assert_eq!(number("-5").negate(), number("5"));
    assert_eq!(number("-5").abs(), number("5"));
    assert_eq!(number("-1e60/7").abs(), number("1e60/7"));
    assert_eq!(Number::ONE.div(&Number::ZERO), None);
    assert_eq!(number("1e30").div(&Number::ZERO), None);
}

#[test]
fn results_have_at_most_4096_bits() {
    let mut value = Number::from_integer(2);
    for _ in 0..11 {
        value = value.mul(&value).unwrap();
    }
    // 2^2048
    let half = value.clone();
    assert_eq!(value.mul(&value), None);
    let most = half.sub(&Number::ONE).and_then(|less| half.mul(&less)).unwrap();
    assert_eq!(most.add(&most), None);
    assert_eq!(Number::ONE.div(&most).unwrap().div(&Number::from_integer(2)), None);
    assert!(Number::pow10(1233).is_some() && Number::pow10(-1233).is_some());
    assert_eq!((Number::pow10(1234), Number::pow10(-1234), Number::pow10(i32::MIN)), (None, None, None));
}

#[test]
fn a_value_has_one_form() {
    let check = |one: Number, other: Number| {
        assert_eq!(one, other);
        assert_eq!(hash(&one), hash(&other));
        assert_eq!(one.cmp(&other), Ordering::Equal);
    };
    let max = Number::whole(i128::MAX);
    assert_eq!(std::mem::size_of::<Number>(), 32);
    let least = max.negate().sub(&Number::ONE).unwrap();
    assert!(matches!(least.0, Fraction::Large(_)), "i128::MIN is large, since its other sign doesn't fit");
    check(least.add(&Number::ONE).unwrap(), max.negate());
    check(least.negate().sub(&Number::ONE).unwrap(), max.clone());
    check(Number::ONE.div(&least).unwrap(), Number::ONE.div(&least.negate()).unwrap().negate());
    check(number("1e50").div(&number("1e50")).unwrap(), Number::ONE);
    check(number("1e50").div(&number("1e30")).unwrap(), number("1e20"));
    check(number("1e50/3").mul(&number("3")).unwrap(), number("1e50"));
    check(number("1e50").rounded_to_digits(1), number("1e50"));
    check(number("1e50").sub(&number("1e50")).unwrap(), Number::ZERO);
}

#[test]
fn order_is_exact() {
    let ascending = [
        "-1e30/3",
        "-1e29",
        "-1",
        "-1e-60",
        "0",
        "1e-60",
        "1e-59/7",
        "1/3",
        "0.333333333333333333333333333334",
        "1",
        "100000000000000000000",
        "100000000000000000000.000000001",
        "1e30",
        "1e60",
        "1e60/0.999",
    ];
    let numbers = ascending.map(|text| match text {
        "1e-60" | "-1e-60" => number(&text.replace("60", "30")).div(&number("1e30")).unwrap(),
        "1e-59/7" => number("1e-29").div(&number("7e30")).unwrap(),
        "1e60" => number("1e30").mul(&number("1e30")).unwrap(),
        "1e60/0.999" => number("1e30").mul(&number("1e30/0.999")).unwrap(),
        text => number(text),
    });
    for (at, one) in numbers.iter().enumerate() {
        for (other_at, other) in numbers.iter().enumerate() {
            assert_eq!(one.cmp(other), at.cmp(&other_at), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn rounding_goes_half_away_from_zero() {
    let check = |text: &str, decimals: u32, expected: &str| {
        let value = number(text);
        assert_eq!(value.to_fixed(decimals), expected, "{text}");
        let rounded = value.rounded(decimals);
        assert_eq!(rounded.to_fixed(decimals), expected, "{text}");
        assert!(rounded.decimals().unwrap() <= decimals, "{text}");
    };
    check("1.25", 1, "1.3");
    check("-1.25", 1, "-1.3");
    check("1.24", 1, "1.2");
    check("0.5", 0, "1");
    check("-0.5", 0, "-1");
    check("0.4", 0, "0");
    check("-0.4", 0, "0");
    check("-0.004", 2, "0.00");
    check("432.5", 0, "433");
    check("2.5", 0, "3");
    check("19.99", 2, "19.99");
    check("-14.3", 3, "-14.300");
    check("1", 3, "1.000");
    check("1/3", 2, "0.33");
    check("2/3", 2, "0.67");
    check("2/3", 60, &format!("0.{}7", "6".repeat(59)));
    check("1e30/3", 1, "333333333333333333333333333333.3");
    check("123456789012345678901234567.895", 2, "123456789012345678901234567.90");
    check("0.0000000000000000001602176634", 22, "0.0000000000000000001602");
}

#[test]
fn rounding_to_steps_and_to_significant_digits() {
    let step =
        |text: &str, step: &str| number(text).rounded_to_step(&number(step)).map(|value| value.to_plain_string());
    assert_eq!(step("1234", "50").as_deref(), Some("1250"));
    assert_eq!(step("1225", "50").as_deref(), Some("1250"));
    assert_eq!(step("-1225", "50").as_deref(), Some("-1250"));
    assert_eq!(step("0.37", "0.25").as_deref(), Some("0.25"));
    assert_eq!(step("10", "1/3").as_deref(), Some("10"));
    assert_eq!(step("1e30", "7").as_deref(), Some("999999999999999999999999999999"));
    assert_eq!(step("5", "0"), None);
    let digits = |text: &str, digits: u32, expected: &str| {
        assert_eq!(number(text).rounded_to_digits(digits), number(expected), "{text} to {digits}");
    };
    digits("123456", 2, "120000");
    digits("125", 2, "130");
    digits("-0.00012345", 3, "-0.000123");
    digits("999.6", 3, "1000");
    digits("0", 3, "0");
    digits("2/3", 4, "0.6667");
    digits("5", 0, "10");
    digits("4", 0, "0");
}

#[test]
fn roots_have_forty_digits() {
    let check = |text: &str, n: u32, expected: &str| {
        let (whole, decimals) = expected.split_once('.').unwrap_or((expected, ""));
        let root = number(text).root(n).unwrap();
        assert_eq!(root.to_fixed(u32::try_from(decimals.len()).unwrap()), expected, "{n}-th root of {text}");
        assert!(root.is_integer() || !whole.is_empty() && root.decimals() <= u32::try_from(decimals.len()).ok());
    };
    check("0", 2, "0");
    check("4", 2, "2");
    check("0.25", 2, "0.5");
    check("27", 3, "3");
    check("1e30", 3, "10000000000");
    check("1e-30", 3, "0.0000000001");
    check("7", 1, "7");
    check("2", 2, "1.414213562373095048801688724209698078570");
    check("2", 3, "1.259921049894873164767210607278228350570");
    check("0.5", 2, "0.7071067811865475244008443621048490392848");
    check("1e-29", 2, "0.000000000000003162277660168379331998893544432718533720");
    check("1.1", 1000, "1.000095314721963815559514629866896685715");
    for (text, n) in [("-4", 2), ("-8", 3), ("4", 0), ("4", 1001)] {
        assert_eq!(number(text).root(n), None);
    }
}

#[test]
fn decimals_end_only_for_twos_and_fives() {
    let check = |text: &str, expected| assert_eq!(number(text).decimals(), expected, "{text}");
    check("1", Some(0));
    check("1/2", Some(1));
    check("1/40", Some(3));
    check("1/3", None);
    check("6/3", Some(0));
    check("1e-30", Some(30));
    check("1e30/7", None);
    check("1234567890.12345678901234567891", Some(20));
    assert_eq!(number("1e-30").mul(&number("3e-30")).unwrap().decimals(), Some(60));
    assert_eq!(
        number("1e-30").mul(&number("1e-30")).and_then(|value| value.div(&number("3"))).unwrap().decimals(),
        None
    );
}

#[test]
fn multiples_and_steps() {
    assert!(number("1100000").is_multiple_of(&number("100000")));
    assert!(!number("1150000").is_multiple_of(&number("100000")));
    assert!(number("1e30").is_multiple_of(&number("-1e-30")));
    assert!(Number::ZERO.is_multiple_of(&number("5")) && Number::ZERO.is_multiple_of(&Number::ZERO));
    assert!(!Number::ONE.is_multiple_of(&Number::ZERO));
    let check = |text: &str, expected: Option<&str>| assert_eq!(number(text).step(), expected.map(number), "{text}");
    check("1100000", Some("100000"));
    check("-25", Some("1"));
    check("19.99", Some("0.01"));
    check("3e30", Some("1e30"));
    check("1.602e-19", Some("1e-22"));
    check("0", None);
    check("1/3", None);
}

#[test]
fn exponents_are_those_of_the_first_digit() {
    let check = |text: &str, expected: Option<i32>| assert_eq!(number(text).exponent(), expected, "{text}");
    check("0", None);
    check("1", Some(0));
    check("9.99", Some(0));
    check("-432", Some(2));
    check("0.05", Some(-2));
    check("0.1", Some(-1));
    check("1/3", Some(-1));
    check("1e30", Some(30));
    check("99e28/100", Some(27));
    check("1e-30", Some(-30));
    check("1e30/3e-30", Some(59));
}

#[test]
fn what_never_ends_is_written_to_twelve_digits() {
    let check = |text: &str, expected: &str| assert_eq!(number(text).to_plain_string(), expected, "{text}");
    check("1/3", "0.333333333333");
    check("-200/3", "-66.6666666667");
    check("1e9/3", "333333333.333333");
    check("1e-7/7", "0.0000000142857142857");
    check("1/128", "0.0078125");
    check("2999999999999/3", "999999999999.666667");
    check("1/30000000000", "0.0000000000333333333333");
    // 2^-64 has 64 decimals.
    let small = (0..64).fold(Number::ONE, |value, _| value.div(&Number::from_integer(2)).unwrap());
    assert_eq!(small.to_string(), "0.0000000000000000000542101086243");
}

#[test]
fn only_small_whole_numbers_are_integers() {
    assert_eq!(number("-432").to_integer(), Some(-432));
    assert_eq!(number("1.5").to_integer(), None);
    assert_eq!(number("1e50").to_integer(), None);
    assert!(number("1e50").is_integer() && !number("1e50/7").is_integer());
}
