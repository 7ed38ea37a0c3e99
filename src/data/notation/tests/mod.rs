//! Tables of texts and what they say.

mod compare;
mod outside;
mod properties;
mod read;
mod rewrite;
mod typed;
mod write;

use super::*;
use crate::data::figure::{Amount, Bound, Signing, Unit};
use crate::data::number::Number;

/// A datum that owns what it holds.
#[derive(Clone, Debug)]
struct Own {
    amount: Amount,
    unit: Unit,
    precision: Option<Number>,
    bound: Option<Bound>,
    signing: Signing,
    calculated: bool,
}

impl Own {
    fn datum(&self) -> Datum<'_> {
        Datum {
            amount: &self.amount,
            unit: &self.unit,
            precision: self.precision,
            bound: self.bound,
            signing: self.signing,
            calculated: self.calculated,
        }
    }
}

fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((over, under)) => number(over).div(number(under)).unwrap(),
        None => Number::from_decimal(text).unwrap(),
    }
}

/// A datum from a short form: `UNIT VALUE [calc] [signed|size] [over|up-to|about] [to=PRECISION]`, where UNIT is an ISO code with or
/// without a period, `%`, a key of duration, `count`, `rank`, `date`, or `=` and free words with `_` for spaces; and
/// VALUE is a number, two with `..` between them, a date, or `unstated`.
fn datum(short: &str) -> Own {
    let mut parts = short.split(' ');
    let (unit, value) = (parts.next().unwrap(), parts.next().unwrap());
    let unit = match unit {
        "%" => Unit::Percent,
        "points" => Unit::Points,
        "count" => Unit::Count,
        "rank" => Unit::Rank,
        "date" => Unit::Date,
        unit => match (unit.strip_prefix('='), DurationUnit::parse(unit), unit.split_once('/')) {
            (Some(words), ..) => Unit::Other(words.replace('_', " ").into()),
            (_, Some(unit), _) => Unit::Duration(unit),
            (.., Some((currency, period))) => Unit::Money { currency: currency.into(), period: Some(period.into()) },
            _ => Unit::Money { currency: unit.into(), period: None },
        },
    };
    let amount = match (value, value.split_once("..")) {
        ("unstated", _) => Amount::Unstated,
        (_, Some((low, high))) => Amount::Range(number(low), number(high)),
        _ if unit == Unit::Date => Amount::Date(Date::parse(value).unwrap()),
        _ => Amount::One(number(value)),
    };
    let mut own = Own { amount, unit, precision: None, bound: None, signing: Signing::BelowZero, calculated: false };
    for flag in parts {
        match flag {
            "calc" => own.calculated = true,
            "signed" => own.signing = Signing::Always,
            "size" => own.signing = Signing::Never,
            "over" => own.bound = Some(Bound::Over),
            "up-to" => own.bound = Some(Bound::UpTo),
            "about" => own.bound = Some(Bound::About),
            _ => own.precision = Some(number(flag.strip_prefix("to=").unwrap())),
        }
    }
    own
}
