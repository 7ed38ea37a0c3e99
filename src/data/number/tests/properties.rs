//! What holds for all numbers, against integers of any size.

use proptest::prelude::*;

use super::*;

/// Numerators and denominators of all sizes, around the limits of `i128` above all.
fn integer() -> impl Strategy<Value = BigInt> {
    let near = prop::sample::select(vec![0, 62, 63, 64, 100, 126, 127, 128, 200]);
    let edge = (near, -2_i64..=2).prop_map(|(power, off)| (BigInt::from(1) << power) + off);
    let other =
        prop::collection::vec(any::<u32>(), 1..8).prop_map(|digits| BigInt::new(num_bigint::Sign::Plus, digits));
    (prop_oneof![edge, other, (-20_i64..20).prop_map(BigInt::from)], any::<bool>())
        .prop_map(|(size, negative)| if negative { -size } else { size })
}

/// A fraction as two integers, not reduced.
fn fraction() -> impl Strategy<Value = (BigInt, BigInt)> {
    let under = integer().prop_map(|under| if under == BigInt::ZERO { BigInt::from(7) } else { under });
    (integer(), under)
}

/// The number of a fraction, from its digits, by nothing but sums, products and a quotient.
fn of((over, under): &(BigInt, BigInt)) -> Number {
    let whole = |value: &BigInt| {
        let digits = value.to_string();
        let unsigned = digits.trim_start_matches('-');
        let size = unsigned.bytes().fold(Number::ZERO, |sum, digit| {
            let digit = Number::from_integer(i64::from(digit - b'0'));
            sum.mul(&Number::from_integer(10)).and_then(|tens| tens.add(&digit)).unwrap()
        });
        if unsigned.len() < digits.len() { size.negate() } else { size }
    };
    whole(over).div(&whole(under)).unwrap()
}

/// Whether a number is a fraction, is in lowest terms, and is in its one form.
fn is(value: &Number, (over, under): (BigInt, BigInt)) -> Result<(), TestCaseError> {
    let large = value.to_large();
    prop_assert_eq!(large.numer() * &under, large.denom() * &over);
    prop_assert!(*large.denom() > BigInt::ZERO);
    prop_assert_eq!(large.reduced(), large.clone());
    prop_assert_eq!(large.reduced().denom().bits(), large.denom().bits());
    let size = i128::try_from(large.numer()).ok().filter(|numerator| *numerator != i128::MIN);
    let fits = size.is_some() && i128::try_from(large.denom()).is_ok();
    prop_assert_eq!(fits, matches!(value.0, Fraction::Small { .. }));
    Ok(())
}

proptest! {
    #[test]
    fn arithmetic_is_that_of_fractions(one in fraction(), other in fraction()) {
        let ((a, b), (c, d)) = (one.clone(), other.clone());
        let (x, y) = (of(&one), of(&other));
        is(&x.add(&y).unwrap(), (&a * &d + &c * &b, &b * &d))?;
        is(&x.sub(&y).unwrap(), (&a * &d - &c * &b, &b * &d))?;
        is(&x.mul(&y).unwrap(), (&a * &c, &b * &d))?;
        match x.div(&y) {
            Some(quotient) => is(&quotient, (&a * &d, &b * &c))?,
            None => prop_assert_eq!(c, BigInt::ZERO),
        }
        is(&x.negate(), (-a, b))?;
    }

    #[test]
    fn order_and_hashes_are_those_of_fractions(one in fraction(), other in fraction(), times in integer()) {
        let ((a, b), (c, d)) = (one.clone(), other.clone());
        let (x, y) = (of(&one), of(&other));
        // Both denominators squared are above zero.
        prop_assert_eq!(x.cmp(&y), (&a * &b * &d * &d).cmp(&(&c * &d * &b * &b)));
        prop_assert_eq!(x == y, &a * &d == &c * &b);
        prop_assume!(times != BigInt::ZERO);
        let same = of(&(&a * &times, &b * &times));
        prop_assert_eq!(&x, &same);
        prop_assert_eq!(hash(&x), hash(&same));
    }

    #[test]
    fn rounding_is_that_of_integers(value in fraction(), decimals in 0_u32..=60) {
        let x = of(&value);
        let (over, under) = value;
        let is_negative = x.is_negative();
        let (over, under) = (BigInt::from(over.magnitude().clone()), BigInt::from(under.magnitude().clone()));
        let power = BigInt::from(10).pow(decimals);
        // Half up of the size: floor((2 · over · 10^d + under) / (2 · under)).
        let scaled = (BigInt::from(2) * over * &power + &under) / (BigInt::from(2) * under);
        let digits = x.to_fixed(decimals).replace('.', "");
        prop_assert_eq!(digits.trim_start_matches('-').parse::<BigInt>().unwrap(), scaled.clone());
        prop_assert_eq!(digits.starts_with('-'), is_negative && scaled != BigInt::ZERO);
        let signed = if is_negative { -scaled } else { scaled };
        is(&x.rounded(decimals), (signed, power))?;
    }

    #[test]
    fn exponents_enclose_the_size(value in fraction()) {
        let size = of(&value).abs();
        match size.exponent() {
            None => prop_assert!(size.is_zero()),
            Some(exponent) => {
                prop_assert!(Number::pow10(exponent).unwrap() <= size);
                prop_assert!(size < Number::pow10(exponent + 1).unwrap());
            }
        }
    }

    #[test]
    fn roots_are_the_nearest_of_their_digits(value in fraction(), n in 1_u32..12) {
        let size = of(&value).abs();
        prop_assume!(!size.is_zero());
        let root = size.root(n).unwrap();
        // Half a unit of the fortieth digit below and above.
        let half = Number::pow10(root.exponent().unwrap() - 39).unwrap().div(&Number::from_integer(2)).unwrap();
        let power = |base: Option<Number>| (1..n).fold(base.clone(), |power, _| power?.mul(base.as_ref()?)).unwrap();
        prop_assert!(power(root.sub(&half)) <= size && size <= power(root.add(&half)));
    }

    #[test]
    fn plain_text_reads_back(digits in "-?[1-9][0-9]{0,29}", exponent in -30_i32..=30) {
        let value = typed(&format!("{digits}e{exponent}"));
        prop_assert_eq!(typed(&value.to_plain_string()), value);
    }

    #[test]
    fn no_text_panics(text in "[-+0-9._eE ٣]{0,40}") {
        let _ = Number::from_decimal(&text);
    }
}
