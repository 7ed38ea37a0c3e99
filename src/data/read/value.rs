//! Typed values: numbers, dates, units, and texts that say something.

use super::reader::{Reader, is_csv};
use crate::data::amount::Bound;
use crate::data::notation::{self, Date, Quantity, Shape as Form, Written};
use crate::data::number::Number;
use crate::data::table::Typed;
use crate::data::unit::{Unit, UnitProblem};
use crate::diagnostic::{Code, Diagnostic, Known, Place, Severity};
use crate::document::{self, Item, Shape, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&BAD_NUMBER, &BAD_VALUE, &BAD_UNIT, &BAD_DATE, &BLANK_TEXT];

pub(super) static BAD_NUMBER: Code = Code {
    name: "bad-number",
    severity: Severity::Error,
    rule: false,
    what: "A number of the data has too many digits, or can't be what it is said of.",
    why: "Numbers are kept exactly as they are written, with up to thirty digits and exponents from -30 to 30.",
    example: "base = 1e99",
    mend: "Write a number with up to thirty digits: `base = 1e9`.",
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
pub(super) static BAD_UNIT: Code = Code {
    name: "bad-unit",
    severity: Severity::Error,
    rule: false,
    what: "A unit can't be read, or names a column that the table doesn't have.",
    why: "Texts and formulas are held against it.",
    example: "unit = \"USD/\"",
    mend: "Write a thing, or a thing and what it is for: `USD`, `USD/month`, `g/100 g`.",
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

    /// The text of a value that must be one.
    pub(super) fn text_of(&mut self, name: &str, value: &Value) -> Known<Text> {
        match value.text() {
            Some(text) if text.text.trim().is_empty() => {
                let problem = Diagnostic::new(&BLANK_TEXT, &value.place(), format!("`{name}` is empty"));
                Err(self.push(problem.help("write the text between the quotes")))
            }
            Some(text) => Ok(text),
            None => Err(self.push(document::wrong_shape(value, name, &Shape::Text))),
        }
    }

    /// A key's date.
    pub(super) fn date(&mut self, table: &Table, key: &str) -> Option<(Date, Place)> {
        let value = table.get(key)?;
        Some((self.date_of(key, value).ok()?, value.place()))
    }

    pub(super) fn date_of(&mut self, key: &str, value: &Value) -> Known<Date> {
        let written = match &value.item {
            Item::Text(text) | Item::Integer(text) | Item::Date(text) => text.as_str(),
            _ => "",
        };
        let problem = match Date::parse(written) {
            Ok(date) => return Ok(date),
            Err(problem) => problem,
        };
        let message = match written {
            "" if value.as_str().is_some() => format!("`{key}` is empty"),
            "" => format!("`{key}` takes a date, not {}", value.kind()),
            written => format!("`{key}` {problem}: {written}"),
        };
        let problem = Diagnostic::new(&BAD_DATE, &value.place(), message);
        Err(self.push(match meant(written) {
            Some(date) => problem.help(format!("write \"{date}\"")),
            None => problem.help("write a date that exists, as 2026, \"2026-Q1\", \"2026-01\" or \"2026-01-31\""),
        }))
    }

    /// A table's `precision`.
    pub(super) fn precision(&mut self, table: &Table) -> Option<Number> {
        let value = table.get("precision")?;
        let number = self.typed("precision", value).ok()?.value;
        if number > Number::ZERO {
            return Some(number);
        }
        let problem = Diagnostic::new(&BAD_NUMBER, &value.place(), "`precision` is not above zero".to_owned())
            .help("write the step to which the source rounds, such as 1_000, or remove it");
        self.push(problem);
        None
    }

    /// One number, with its digits as typed.
    pub(super) fn typed(&mut self, name: &str, value: &Value) -> Known<Typed> {
        let place = value.place();
        let (Item::Integer(digits) | Item::Float(digits)) = &value.item else {
            return Err(self.not_a_number(name, value));
        };
        match Number::from_decimal(digits) {
            Ok(value) => Ok(Typed { value, decimals: decimals(digits), place }),
            Err(problem) => {
                let problem = Diagnostic::new(&BAD_NUMBER, &place, format!("`{name}` {problem}: {digits}"));
                Err(self.push(problem.help("write up to thirty digits, and an exponent from -30 to 30")))
            }
        }
    }

    /// A unit as typed.
    pub(super) fn unit_of(&mut self, text: &str, place: &Place) -> Known<Unit> {
        let problem = match Unit::parse(text) {
            Ok(unit) => return Ok(unit),
            Err(problem) => problem,
        };
        let message = format!("the unit \"{text}\" {problem}");
        let help = match &problem {
            UnitProblem::Known(meant) => {
                let parts: Vec<&str> = text.split('/').collect();
                let swapped = parts.iter().map(|part| match part.to_lowercase().trim_end_matches('s') == &**meant {
                    true => meant,
                    false => *part,
                });
                format!("write \"{}\"", swapped.collect::<Vec<_>>().join("/"))
            }
            UnitProblem::Sign(_) => {
                "write a word, joined by hyphens where it is several; a currency by its code, such as \"USD\""
                    .to_owned()
            }
            UnitProblem::TwoStrokes => "join what it is for by hyphens, such as \"USD/GB-month\"".to_owned(),
            _ => "write what it is, or what it is and for what: \"USD\", \"USD/month\", \"g/100 g\"".to_owned(),
        };
        Err(self.push(Diagnostic::new(&BAD_UNIT, place, message).help(help)))
    }

    fn not_a_number(&mut self, name: &str, value: &Value) -> crate::diagnostic::Reported {
        let place = value.place();
        let Some(text) = value.as_str() else {
            let message = format!("`{name}` takes a number, not {}", value.kind());
            let problem = Diagnostic::new(&BAD_VALUE, &place, message);
            return self.push(problem.help("write a number, [low, high], or \"unstated\""));
        };
        let problem =
            Diagnostic::new(&BAD_VALUE, &place, format!("`{name}` is text where a number belongs: \"{text}\""));
        let in_csv = is_csv(&place.source);
        let problem = if text == "unstated" {
            let message = format!("one end of `{name}` can't be unstated");
            Diagnostic::new(&BAD_VALUE, &place, message)
                .help("write the end that is stated, with low and high and \"open\" for the other, or \"unstated\" for the whole")
        } else if let Some(meant) = in_digits(text) {
            problem.help(match (in_csv, meant.starts_with('[')) {
                (false, _) => format!("write it without quotes: {meant}"),
                (true, false) => format!("write {meant}"),
                (true, true) => format!("write its ends in two columns, `{name}.low` and `{name}.high`"),
            })
        } else if crate::diagnostic::nearest(text, ["unstated"]).is_some() || text == "not stated" {
            problem.help("write \"unstated\"")
        } else if in_csv {
            problem.help("write a number in digits, or \"unstated\", or add the word to the column's `words`")
        } else {
            problem.help("write digits without quotes, such as 1_500 or [1_500, 2_000], \"unstated\", or add the word to the column's `words`")
        };
        self.push(problem)
    }
}

/// A number or a range as people write it, as TOML has it: `450000` for `$450K`.
pub(super) fn in_digits(text: &str) -> Option<String> {
    let digits = |quantity: Quantity| Some(quantity.value()?.to_plain_string());
    match notation::read(text).ok()? {
        Written { shape: Form::One(one), bound: None, per: None, .. } => digits(one),
        Written { shape: Form::Range(low, high), bound: None, per: None, .. } => {
            Some(format!("[{}, {}]", digits(low)?, digits(high)?))
        }
        _ => None,
    }
}

/// How many digits are typed behind a number's point; below zero where an exponent moves it to the right.
fn decimals(digits: &str) -> i32 {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let typed = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.bytes().filter(u8::is_ascii_digit).count());
    i32::try_from(typed).unwrap_or(i32::MAX).saturating_sub(exponent.parse().unwrap_or(0))
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

/// What `bound` says; nothing for `"none"`. Its words were held against the field table before.
pub(super) fn bound(word: Option<&str>) -> Option<Bound> {
    Some(match word? {
        "over" => Bound::Over,
        "at-least" => Bound::AtLeast,
        "under" => Bound::Under,
        "up-to" => Bound::UpTo,
        "about" => Bound::About,
        _ => return None,
    })
}
