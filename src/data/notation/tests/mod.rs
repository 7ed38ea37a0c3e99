//! Tables of texts and what they say.

mod compare;
mod outside;
mod properties;
mod read;
mod refused;
mod rewrite;
mod typed;
mod write;

use super::*;
use crate::data::amount::{Amount, Bound, Signing};
use crate::data::amount::{Digits, Ends};
use crate::data::number::Number;
use crate::data::unit::{Thing, Unit};

/// A datum that owns what it holds.
#[derive(Clone, Debug)]
struct Own {
    amount: Amount,
    unit: Unit,
    precision: Option<Number>,
    bound: Option<Bound>,
    ends: Ends,
    signing: Signing,
    digits: Digits,
    decimals: Option<i32>,
    calculated: bool,
}

impl Own {
    fn new(amount: Amount, unit: Unit) -> Self {
        Self {
            amount,
            unit,
            precision: None,
            bound: None,
            ends: Ends::Both,
            signing: Signing::BelowZero,
            digits: Digits::Free,
            decimals: None,
            calculated: false,
        }
    }

    fn datum(&self) -> Datum<'_> {
        Datum {
            amount: &self.amount,
            unit: &self.unit,
            precision: self.precision.as_ref(),
            bound: self.bound,
            ends: self.ends,
            signing: self.signing,
            digits: self.digits,
            decimals: self.decimals,
            calculated: self.calculated,
        }
    }
}

fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((over, under)) => number(over).div(&number(under)).unwrap(),
        None => Number::from_decimal(text).unwrap(),
    }
}

/// How many digits are typed behind a point.
fn decimals(text: &str) -> i32 {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let behind = mantissa.split_once('.').map_or("", |(_, behind)| behind);
    let behind = behind.bytes().take_while(u8::is_ascii_digit).count();
    i32::try_from(behind).unwrap() - exponent.parse::<i32>().unwrap_or(0)
}

/// A datum from a short form: `UNIT VALUE [calc] [signed|size|both] [over|at-least|under|up-to|about] [to=PRECISION] [ends=low|high]
/// [digits=N|typed]`. UNIT is one of data, with `_` for spaces; `count` is a plain number. VALUE is a number, two with `..` between
/// them, of which one may be missing, one with `±`, a date, `unstated`, or a text in quotes.
fn datum(short: &str) -> Own {
    let mut parts = short.split(' ');
    let (unit, value) = (parts.next().unwrap(), parts.next().unwrap());
    let unit = match unit {
        "points" => Unit::POINTS,
        "count" => Unit::NUMBER,
        "date" => Unit::DATE,
        unit => Unit::parse(&unit.replace('_', " ")).unwrap(),
    };
    let text = value.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let amount = match (value, value.split_once(".."), value.split_once('±')) {
        ("unstated", ..) => Amount::Unstated,
        (_, Some((low, "")), _) => Amount::From(number(low)),
        (_, Some(("", high)), _) => Amount::To(number(high)),
        (_, Some((low, high)), _) => Amount::Range(number(low), number(high)),
        (.., Some((value, both))) => {
            let (plus, minus) = both.split_once('-').unwrap_or((both, both));
            Amount::Tolerance { value: number(value), plus: number(plus), minus: number(minus) }
        }
        _ if text.is_some() => Amount::Text(text.unwrap().replace('_', " ").into()),
        _ if unit.thing == Thing::Date => Amount::Date(Date::parse(value).unwrap()),
        _ => Amount::One(number(value)),
    };
    let mut own = Own::new(amount, unit);
    own.decimals = value.split('±').flat_map(|part| part.split("..")).map(decimals).max();
    for flag in parts {
        match flag {
            "calc" => (own.calculated, own.decimals) = (true, None),
            "signed" => own.signing = Signing::Always,
            "size" => own.signing = Signing::Never,
            "both" => own.signing = Signing::BothWays,
            "over" => own.bound = Some(Bound::Over),
            "at-least" => own.bound = Some(Bound::AtLeast),
            "under" => own.bound = Some(Bound::Under),
            "up-to" => own.bound = Some(Bound::UpTo),
            "about" => own.bound = Some(Bound::About),
            "ends=low" => own.ends = Ends::Low,
            "ends=high" => own.ends = Ends::High,
            "digits=typed" => own.digits = Digits::AsTyped,
            flag => match flag.strip_prefix("digits=") {
                Some(digits) => own.digits = Digits::Significant(digits.parse().unwrap()),
                None => own.precision = Some(number(flag.strip_prefix("to=").unwrap())),
            },
        }
    }
    own
}
