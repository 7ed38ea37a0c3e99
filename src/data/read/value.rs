//! Typed values: numbers, ranges, dates, and texts that say something.

use std::sync::Arc;

use super::Reader;
use crate::data::figure::{Amount, Bound, Unit};
use crate::data::notation::Date;
use crate::data::number::{Number, NumberProblem};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::{self, Item, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&BAD_NUMBER, &BAD_VALUE, &RANGE_ORDER, &BAD_DATE, &BLANK_TEXT];

static BAD_NUMBER: Code = Code {
    name: "bad-number",
    severity: Severity::Error,
    rule: false,
    what: "A number of the data is below zero, too large, too fine, or written with an exponent.",
    why: "Numbers are kept exactly as they are written, with up to twelve digits before the point and six behind it.",
    example: "base = [1e5, 155_000]",
    mend: "Write the digits out: `base = [100_000, 155_000]`.",
};
pub(super) static BAD_VALUE: Code = Code {
    name: "bad-value",
    severity: Severity::Error,
    rule: false,
    what: "A value is neither a number, nor a range of two numbers, nor \"unstated\".",
    why: "It can't be compared with what pages say.",
    example: "base = \"$115K to $155K\"",
    mend: "Write `[115_000, 155_000]`, `115_000` or `\"unstated\"`.",
};
static RANGE_ORDER: Code = Code {
    name: "range-order",
    severity: Severity::Error,
    rule: false,
    what: "The low end of a range is not below its high end.",
    why: "One of the two is a slip, and everything calculated from the range would be wrong.",
    example: "base = [155_000, 115_000]",
    mend: "Put the lower number first; write one value where the source gives one: `base = 115_000`.",
};
static BAD_DATE: Code = Code {
    name: "bad-date",
    severity: Severity::Error,
    rule: false,
    what: "A date doesn't exist, or is not written as dates are here.",
    why: "Whether a value is out of date is judged by it.",
    example: "as_of = \"2026-02-30\"",
    mend: "Write `2026`, `2026-Q1`, `2026-01` or `2026-01-31`, as exact as the source is.",
};
pub(super) static BLANK_TEXT: Code = Code {
    name: "blank-text",
    severity: Severity::Error,
    rule: false,
    what: "A text is empty.",
    why: "A blank on the page leaves open whether something was forgotten.",
    example: "note = \"\"",
    mend: "Write the text, or remove the line where it may be missing.",
};

impl Reader<'_> {
    /// A key's text; one that is blank is reported and left out.
    pub(super) fn text(&mut self, table: &Table, key: &str) -> Option<Text> {
        let value = table.get(key)?;
        let text = value.text()?;
        if text.text.trim().is_empty() {
            self.blank(key, &value.place());
            return None;
        }
        Some(text)
    }

    pub(super) fn blank(&mut self, key: &str, place: &Place) {
        self.remark(
            Diagnostic::new(&BLANK_TEXT, place, format!("`{key}` is empty"))
                .help("write the text between the quotes, or remove the line"),
        );
    }

    /// A key's date.
    pub(super) fn date(&mut self, table: &Table, key: &str) -> Option<(Date, Place)> {
        let value = table.get(key)?;
        self.date_of(key, value).map(|date| (date, value.place()))
    }

    pub(super) fn date_of(&mut self, key: &str, value: &Value) -> Option<Date> {
        let written = match &value.item {
            Item::Text(text) | Item::Integer(text) | Item::Date(text) => text.as_str(),
            _ => "",
        };
        let problem = match Date::parse(written) {
            Ok(date) => return Some(date),
            Err(problem) => problem,
        };
        let message = match written {
            "" if value.as_str().is_some() => format!("`{key}` is empty"),
            "" => format!("`{key}` takes a date, not {}", value.kind()),
            written => format!("`{key}` {problem}: {written}"),
        };
        let problem = Diagnostic::new(&BAD_DATE, &value.place(), message);
        self.push(match meant(written) {
            Some(date) => problem.help(format!("write \"{date}\"")),
            None => problem.help("write a date that exists, as 2026, \"2026-Q1\", \"2026-01\" or \"2026-01-31\""),
        });
        None
    }

    /// A key's number, such as `precision`.
    pub(super) fn number_at(&mut self, table: &Table, key: &str) -> Option<Number> {
        let value = table.get(key)?;
        let number = self.number(key, value)?;
        if number.is_zero() {
            self.push(
                Diagnostic::new(&BAD_NUMBER, &value.place(), format!("`{key}` is zero: nothing is rounded to that"))
                    .help("write the step to which the source rounds, such as 1_000, or remove it"),
            );
            return None;
        }
        Some(number)
    }

    /// One number, zero or above.
    pub(super) fn number(&mut self, key: &str, value: &Value) -> Option<Number> {
        let (Item::Integer(digits) | Item::Float(digits)) = &value.item else {
            self.not_a_number(key, value);
            return None;
        };
        let place = value.place();
        let (message, help) = match Number::from_decimal(digits) {
            Ok(number) if !number.is_negative() => return Some(number),
            Ok(_) => (
                format!("`{key}` is below zero: {digits}"),
                "write the size alone; what falls is calculated".to_owned(),
            ),
            Err(NumberProblem::Exponent) => {
                (format!("`{key}` is written with an exponent: {digits}"), "write all digits: 1_000_000".to_owned())
            }
            Err(problem) => (
                format!("`{key}` {problem}: {digits}"),
                "write up to twelve digits before the point and six behind it".to_owned(),
            ),
        };
        self.push(Diagnostic::new(&BAD_NUMBER, &place, message).help(help));
        None
    }

    /// Whether an amount of money has no point that was to set off thousands: `432.000` is 432. What has is reported.
    pub(super) fn is_plain_money(&mut self, value: &Value) -> bool {
        let numbers = value.as_list().unwrap_or(std::slice::from_ref(value));
        let grouped = numbers.iter().find_map(|number| match &number.item {
            Item::Float(digits) => {
                let (whole, decimals) = digits.split_once('.')?;
                (decimals.len() == 3 && decimals.ends_with('0') && whole != "0").then_some((number, whole, decimals))
            }
            _ => None,
        });
        let Some((number, whole, decimals)) = grouped else { return true };
        let rest = decimals.trim_end_matches('0');
        let plain = if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") };
        let message = format!("`{whole}.{decimals}` is {plain}, since a point sets off decimals");
        let help = format!("write {whole}_{decimals} where thousands are meant, else {plain}");
        self.push(Diagnostic::new(&BAD_NUMBER, &number.place(), message).help(help));
        false
    }

    /// A number, a range of two, or `"unstated"`.
    pub(super) fn amount(&mut self, key: &str, value: &Value) -> Option<Amount> {
        match &value.item {
            Item::Text(text) if text == "unstated" => Some(Amount::Unstated),
            Item::List(ends) => self.range(key, value, ends),
            Item::Integer(_) | Item::Float(_) => self.number(key, value).map(Amount::One),
            _ => {
                self.not_a_number(key, value);
                None
            }
        }
    }

    fn range(&mut self, key: &str, value: &Value, ends: &[Value]) -> Option<Amount> {
        if let [Value { item: Item::Table(_), .. }] = ends {
            let head = value.place().text().replace("[[", "[").replace("]]", "]");
            self.push(
                Diagnostic::new(
                    &BAD_VALUE,
                    &value.place(),
                    format!("`{key}` is a cell, and stands between two brackets"),
                )
                .help(format!("write one on either side: {head}")),
            );
            return None;
        }
        let [first, second] = ends else {
            let message = format!("`{key}` is a list of {}, not of low and high", ends.len());
            let help = "write two numbers, [low, high], or one number without brackets";
            self.push(Diagnostic::new(&BAD_VALUE, &value.place(), message).help(help));
            return None;
        };
        // Two ends that are wrong alike are one mistake.
        let low = self.number(key, first)?;
        let high = self.number(key, second)?;
        if low < high {
            return Some(Amount::Range(low, high));
        }
        let written = |end: &Value| end.place().text().to_owned();
        let problem = if low == high {
            Diagnostic::new(&RANGE_ORDER, &value.place(), format!("`{key}` is a range from {low} to {low}"))
                .help(format!("write the one value: {}", written(first)))
        } else {
            let swapped = format!("[{}, {}]", written(second), written(first));
            Diagnostic::new(
                &RANGE_ORDER,
                &value.place(),
                format!("the low end of `{key}`, {low}, is above its high end, {high}"),
            )
            .help(format!("write {swapped}"))
        };
        self.push(problem);
        None
    }

    /// Whether an amount counts whole things; what doesn't is reported.
    pub(super) fn is_whole(&mut self, key: &str, amount: Amount, value: &Value) -> bool {
        let whole = match amount {
            Amount::One(number) => number.is_integer(),
            Amount::Range(low, high) => low.is_integer() && high.is_integer(),
            _ => true,
        };
        if !whole {
            self.push(
                Diagnostic::new(&BAD_NUMBER, &value.place(), format!("`{key}` counts whole things, and has decimals"))
                    .help("write a whole number"),
            );
        }
        whole
    }

    /// Whether a rank begins where ranks do; what doesn't is reported.
    pub(super) fn is_from_one(&mut self, key: &str, amount: Amount, value: &Value) -> bool {
        let (Amount::One(first) | Amount::Range(first, _)) = amount else { return true };
        if first.is_zero() {
            let place = value.as_list().and_then(<[Value]>::first).unwrap_or(value).place();
            self.push(
                Diagnostic::new(&BAD_NUMBER, &place, format!("`{key}` is zero, and the first is 1"))
                    .help("write 1 for the first, 2 for the second"),
            );
            return false;
        }
        true
    }

    fn not_a_number(&mut self, key: &str, value: &Value) {
        let place = value.place();
        let problem = match value.as_str() {
            Some(text) if text.trim().is_empty() => Diagnostic::new(&BAD_VALUE, &place, format!("`{key}` is empty"))
                .help("write a number, [low, high], or \"unstated\" where the source doesn't say"),
            Some(text) => {
                let problem =
                    Diagnostic::new(&BAD_VALUE, &place, format!("`{key}` is text where a number belongs: \"{text}\""));
                let digits = text.replace(',', "");
                if text == "unstated" {
                    let message = format!("one end of `{key}` can't be unstated");
                    Diagnostic::new(&BAD_VALUE, &place, message).help(format!(
                        "write the one value that is stated, with its bound, or {key} = \"unstated\" without brackets"
                    ))
                } else if let Some(meant) = document::number_in(text) {
                    problem.help(format!("write it without quotes: {meant}"))
                } else if crate::diagnostic::nearest(text, ["unstated"]).is_some() || text == "not stated" {
                    problem.help("write \"unstated\"")
                } else if Number::from_decimal(&digits).is_ok() {
                    problem.help(format!("write it without quotes and commas: {digits}"))
                } else {
                    let sample = match key {
                        "percent" | "duration" | "count" | "rank" | "number" => "5 or [5, 10]",
                        _ => "115_000 or [115_000, 155_000]",
                    };
                    problem.help(format!("write digits without quotes, {sample}, or \"unstated\""))
                }
            }
            None => Diagnostic::new(&BAD_VALUE, &place, format!("`{key}` takes a number, not {}", value.kind()))
                .help("write a number, [low, high], or \"unstated\""),
        };
        self.push(problem);
    }
}

/// What a number with a unit in free words counts.
pub(super) fn free_unit(words: Arc<str>) -> Unit {
    if &*words == "percentage points" { Unit::Points } else { Unit::Other(words) }
}

/// What `bound` says. Its words were held against the field table before.
pub(super) fn bound(table: &Table) -> Option<Bound> {
    match table.str("bound")? {
        "over" => Some(Bound::Over),
        "up-to" => Some(Bound::UpTo),
        _ => Some(Bound::About),
    }
}

/// The date that a text surely means: "Q1 2026", "31 January 2026", "January 2026", "01/31/2026".
fn meant(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = text.split([' ', ',', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u16>().ok();
    let month = |part: &str| {
        let short = part.get(..3)?.to_lowercase();
        MONTHS.iter().position(|month| *month == short).and_then(|at| u16::try_from(at + 1).ok())
    };
    let year = |part: &str| number(part).filter(|year| *year > 1900);
    match parts.as_slice() {
        [first, last] => {
            let (other, year) = year(last).map(|year| (first, year)).or_else(|| Some((last, year(first)?)))?;
            let quarter = other.strip_prefix(['Q', 'q']).and_then(number);
            match quarter {
                Some(quarter) => Date::quarter(year, quarter).ok(),
                None => Date::month(year, month(other)?).ok(),
            }
        }
        [a, b, last] => {
            let year = year(last)?;
            match (number(a), number(b)) {
                (Some(day), None) => Date::day(year, month(b)?, day).ok(),
                (None, Some(day)) => Date::day(year, month(a)?, day).ok(),
                // Of two numbers up to twelve nobody knows which is the month.
                (Some(a), Some(b)) if a > 12 => Date::day(year, b, a).ok(),
                (Some(a), Some(b)) if b > 12 => Date::day(year, a, b).ok(),
                _ => None,
            }
        }
        _ => None,
    }
}
