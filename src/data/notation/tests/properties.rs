//! What holds for any text and any datum.

use std::mem::discriminant;

use proptest::prelude::*;

use super::*;
use crate::data::notation::typed::find;

/// Strings made of what the grammar looks at, so that its corners meet.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "1",
        "5",
        "20",
        "432",
        "2026",
        "1,000",
        "12,34",
        "1.5",
        "0",
        ".",
        ",",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        "-",
        "−",
        "–",
        "—",
        "\u{2011}",
        "+",
        "$",
        "US$",
        "€",
        "₹",
        "USD",
        "CHF",
        "TOP",
        "K",
        "M",
        "e-19",
        " × 10⁻¹⁹",
        "bn",
        "million",
        "%",
        "percent",
        "percentage points",
        "year",
        "months",
        "yr",
        "ms",
        "second",
        "to",
        "through",
        "between",
        "and",
        "over",
        "up to",
        "about",
        "~",
        "per",
        "a",
        "/",
        "#",
        "nd",
        "th",
        "one",
        "twelve",
        "first",
        "quarter of",
        "Q1",
        "-Q1",
        "-01",
        "January",
        "May",
        "not stated",
        "unstated",
        "L3",
        "x",
        "é",
        "٣",
        "½",
        "😀",
        "\u{200f}",
        "(",
        ")",
        ":",
        "'",
        "’",
        "dollars",
        "cents",
        "hundred",
        "or more",
        "*",
        "_",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = Number> {
    let (small, round, large) = (0_i64..100, (0_i64..10_000).prop_map(|value| value * 1000), 0_i64..999_999_999_999);
    let usual = (prop_oneof![small, round, large], prop_oneof![Just(0_i64), 0_i64..1_000_000]);
    let usual = usual.prop_map(|(whole, rest)| format!("{whole}.{rest:06}"));
    // All that data may hold: 30 digits and exponents.
    let wide = ("[1-9][0-9]{0,29}", -30_i32..=30).prop_map(|(digits, exponent)| format!("{digits}e{exponent}"));
    (prop_oneof![3 => usual, 1 => wide], any::<bool>()).prop_map(|(text, negative)| {
        let value = number(&text);
        if negative { value.negate() } else { value }
    })
}

fn unit() -> impl Strategy<Value = Unit> {
    let units = [
        "USD/year",
        "EUR",
        "JPY/month",
        "CHF/hour",
        "%",
        "%/year",
        "percentage points",
        "times",
        "",
        "rank",
        "month",
        "year",
        "second",
        "ms",
        "GB",
        "mm",
        "°C",
        "km/h",
        "g/100 g",
        "USD/1_000_000 request",
        "person",
        "requests per second",
    ];
    prop::sample::select(units.map(|unit| Unit::parse(unit).unwrap()).to_vec())
}

fn own() -> impl Strategy<Value = Own> {
    let bounds = [Bound::Over, Bound::AtLeast, Bound::Under, Bound::UpTo, Bound::About];
    let bound = prop::option::of(prop::sample::select(bounds.to_vec()));
    let ends = prop::sample::select(vec![Ends::Both, Ends::Low, Ends::High]);
    let amount = prop_oneof![
        value().prop_map(Amount::One),
        (value(), value()).prop_map(|(one, other)| Amount::Range(one.clone().min(other.clone()), one.max(other))),
        value().prop_map(Amount::From),
        value().prop_map(Amount::To),
        (value(), value(), value()).prop_map(|(value, plus, minus)| {
            let (plus, minus) = (plus.abs(), minus.abs());
            Amount::Tolerance { value, plus, minus }
        }),
        Just(Amount::Text("no data".into())),
        Just(Amount::Unstated),
    ];
    let signing = prop::sample::select(vec![Signing::BelowZero, Signing::Always]);
    let decimals = prop::sample::select(vec![None, Some(0), Some(2)]);
    (amount, unit(), bound, ends, signing, decimals, any::<bool>(), 1_i64..10).prop_map(
        |(amount, unit, bound, ends, signing, decimals, divided, by)| {
            // What is calculated can have decimals without end.
            let share = |value: Number| if divided { value.div(&Number::from_integer(by)).unwrap() } else { value };
            let whole = |value: Number| match () {
                _ if unit.is_rank() => value.abs().rounded(0),
                _ => share(value),
            };
            let amount = match amount {
                Amount::One(value) => Amount::One(whole(value)),
                Amount::Tolerance { value, .. } if unit.is_rank() => Amount::One(whole(value)),
                Amount::Range(low, high) if unit == Unit::RANK => {
                    let (low, high) = (whole(low), whole(high));
                    Amount::Range(low.clone().min(high.clone()), low.max(high))
                }
                Amount::Range(low, high) => Amount::Range(share(low), share(high)),
                Amount::From(value) => Amount::From(whole(value)),
                Amount::To(value) => Amount::To(whole(value)),
                amount => amount,
            };
            // A rank has no sign.
            let signing = if unit == Unit::RANK { Signing::BelowZero } else { signing };
            let decimals = decimals.filter(|_| !divided);
            Own { bound, ends, signing, decimals, calculated: divided, ..Own::new(amount, unit) }
        },
    )
}

/// The same figure on the other side of zero.
fn turned(own: &Own) -> Own {
    let amount = match &own.amount {
        Amount::One(value) => Amount::One(value.negate()),
        Amount::Range(low, high) => Amount::Range(high.negate(), low.negate()),
        amount => amount.clone(),
    };
    Own { amount, ..own.clone() }
}

fn date() -> impl Strategy<Value = Date> {
    (0_i64..100_000, 0_u8..4).prop_map(|(days, precision)| match Date::from_day_number(days).unwrap() {
        Date::Day(year, month, _) if precision == 1 => Date::Month(year, month),
        Date::Day(year, month, _) if precision == 2 => Date::Quarter(year, (month - 1) / 3 + 1),
        Date::Day(year, ..) if precision == 3 => Date::Year(year),
        date => date,
    })
}

/// Every range that a read text holds lies on boundaries of characters.
fn ranges_fit(text: &str, written: &Written) -> bool {
    let fits = |range: &std::ops::Range<usize>| text.get(range.clone()).is_some_and(|part| !part.is_empty());
    let quantity = |quantity: &Quantity| {
        fits(&quantity.range)
            && fits(&quantity.numeral.range)
            && quantity.sign.as_ref().is_none_or(|part| fits(&part.range))
            && quantity.currency.as_ref().is_none_or(|part| fits(&part.range))
            && quantity.magnitude.as_ref().is_none_or(|part| fits(&part.range))
            && quantity.thing.as_ref().is_none_or(|part| fits(&part.range))
    };
    (match &written.shape {
        Shape::Unstated => true,
        Shape::One(one) => quantity(one),
        Shape::Range(low, high) => quantity(low) && quantity(high) && low.range.end <= high.range.start,
        Shape::Tolerance(value, plus, minus) => {
            quantity(value) && quantity(plus) && minus.as_ref().is_none_or(quantity)
        }
        Shape::Date(date, _) => fits(&date.range),
    }) && written.bound.as_ref().is_none_or(|part| fits(&part.range))
        && written.per.as_ref().is_none_or(|part| fits(&part.range))
}

fn holds(text: &str, own: &Own) {
    match read(text) {
        Ok(written) => {
            assert!(ranges_fit(text, &written), "{text:?} {written:?}");
            let datum = own.datum();
            let _ = compare(&written, &datum);
            if let Some(rewritten) = rewrite(&written, &datum) {
                let again = read(&rewritten).unwrap();
                assert!(compare(&again, &datum).is_ok(), "{text:?} {rewritten:?}");
                assert_eq!(rewrite(&again, &datum).as_deref(), Some(rewritten.as_str()), "{text:?}");
            }
        }
        Err(problem) => assert!(text.get(problem.range.clone()).is_some(), "{text:?} {problem:?}"),
    }
    for hours_and_less in [false, true] {
        let mut end = 0;
        for figure in find(text, hours_and_less) {
            assert!(figure.range.start >= end && !figure.range.is_empty(), "{text:?} {figure:?}");
            let part = text.get(figure.range.clone()).unwrap();
            assert!(part.contains(|c: char| c.is_ascii_digit()), "{text:?} {part:?}");
            end = figure.range.end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", own in own()) {
        holds(&text, &own);
    }

    #[test]
    fn any_mixture_of_words_is_read_or_refused(text in soup(), own in own()) {
        holds(&text, &own);
    }

    #[test]
    fn what_is_written_reads_back_and_agrees(own in own(), always in any::<bool>()) {
        let datum = own.datum();
        let per = if always { Per::Always } else { Per::Quantities };
        let text = write(&datum, &Style { per, ..Style::default() });
        prop_assert_eq!(judge(&text, &datum, &Around::default()), Ok(Agreement::default()), "{}", text);
    }

    /// The promise of signs: a text that is true of a change is refused once the change is the other way, and so is one that
    /// is true of its size, whose id is gone; and no tool rewrites it.
    #[test]
    fn a_text_is_refused_once_the_sign_is_turned(own in own(), soup in soup(), plain in any::<bool>()) {
        let signing = if own.unit == Unit::RANK { Signing::BelowZero } else { Signing::Always };
        let own = Own { signing, ..own };
        let turned = turned(&own);
        let is_turned = matches!(&own.amount, Amount::One(value) if !value.is_zero());
        let text = write(&own.datum(), &Style::default());
        let unsigned = text.replace(['+', '−'], "");
        for text in [text, soup, if plain { unsigned } else { String::new() }] {
            let Ok(written) = read(&text) else { continue };
            if is_turned && compare(&written, &own.datum()).is_ok() {
                prop_assert!(compare(&written, &turned.datum()).is_err(), "{}", text);
                prop_assert_eq!(rewrite(&written, &turned.datum()), None, "{}", text);
            }
        }
    }

    #[test]
    fn what_is_written_for_one_is_rewritten_for_another(one in own(), other in own()) {
        let text = write(&one.datum(), &Style { bound: false, ..Style::default() });
        let Ok(written) = read(&text) else { return Ok(()) };
        let other = Own { unit: one.unit.clone(), signing: one.signing, ..other };
        let same_shape = matches!(
            (&one.amount, &other.amount),
            (Amount::One(_), Amount::One(_)) | (Amount::Range(..), Amount::Range(..))
        );
        let rewritten = rewrite(&written, &other.datum());
        if let Some(text) = rewritten {
            prop_assert!(compare(&read(&text).unwrap(), &other.datum()).is_ok(), "{}", text);
        }
        let expected = compare(&written, &other.datum()).map_err(|problem| problem.expected);
        if let (Err(expected), true) = (expected, same_shape && one.unit != Unit::RANK) {
            prop_assert!(read(&expected).is_ok_and(|written| compare(&written, &other.datum()).is_ok()), "{}", expected);
        }
    }

    #[test]
    fn dates_read_back(date in date(), other in date()) {
        let own = Own { amount: Amount::Date(date), ..datum("date unstated") };
        for text in [date.to_string(), date.write(&Words::ENGLISH)] {
            let written = read(&text).unwrap();
            prop_assert_eq!(compare(&written, &own.datum()), Ok(Agreement::default()));
            prop_assert_eq!(find(&text, true), vec![]);
            let own = Own { amount: Amount::Date(other), ..own.clone() };
            let rewritten = rewrite(&written, &own.datum());
            prop_assert_eq!(rewritten.is_some(), discriminant(&date) == discriminant(&other));
            if let Some(rewritten) = rewritten {
                prop_assert!(compare(&read(&rewritten).unwrap(), &own.datum()).is_ok());
            }
        }
    }

    #[test]
    fn written_money_and_shares_are_typed_figures(own in own()) {
        let is_found = own.unit.is_money() || [Unit::PERCENT, Unit::measure("month")].contains(&own.unit);
        let text = write(&own.datum(), &Style { bound: false, ..Style::default() });
        let is_number = matches!(own.amount, Amount::One(_) | Amount::Range(..));
        if is_found && is_number {
            let found = find(&text, true);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].range.clone(), 0..text.len(), "{}", text);
        }
    }
}
