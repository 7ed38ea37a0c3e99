//! What figures inherit from their set and their row: the nearest wins, and a list replaces.

use std::sync::Arc;

use super::Reader;
use crate::data::currency;
use crate::data::figure::{Confidence, Record, Unit};
use crate::data::number::Number;
use crate::diagnostic::{Code, Diagnostic, Reported, Severity, nearest};
use crate::document::{Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&CURRENCY, &NO_CURRENCY, &CONFIDENCE_REASON];

static CURRENCY: Code = Code {
    name: "unknown-currency",
    severity: Severity::Error,
    rule: false,
    what: "A currency is not an ISO 4217 code.",
    why: "Pages write the currency's sign before each amount, and the code in every exported file.",
    example: "currency = \"Dollar\"",
    mend: "Write the code of three capitals: `currency = \"USD\"`.",
};
static NO_CURRENCY: Code = Code {
    name: "no-currency",
    severity: Severity::Error,
    rule: false,
    what: "An amount of money has no currency.",
    why: "A number without a currency can't be written as money.",
    example: "kind = \"facts\"\n\n[bonus]\ntitle = \"Bonus\"\nmoney = 1000",
    mend: "Write `currency = \"USD\"` above the set's first table, or what else it is; a measure that isn't money says its `unit`.",
};
static CONFIDENCE_REASON: Code = Code {
    name: "confidence-reason",
    severity: Severity::Error,
    rule: false,
    what: "A confidence below medium stands without a reason.",
    why: "A reader who is warned must be told why.",
    example: "confidence = \"low\"",
    mend: "Add a line beside it: `confidence_reason = \"One page, without a date.\"`",
};

/// The keys that rows, cells and facts may say anew.
static KEYS: &[&str] = &[
    "role",
    "scope",
    "currency",
    "period",
    "as_of",
    "sources",
    "confidence",
    "confidence_reason",
    "range_meaning",
    "median_meaning",
    "badge",
    "precision",
];

/// What holds for everything below a set, a row or a cell.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub(super) record: Arc<Record>,
    pub(super) currency: Option<Arc<str>>,
    pub(super) period: Option<Arc<str>>,
    pub(super) precision: Option<Number>,
    /// Set where the currency could not be read.
    currency_broken: Option<Reported>,
}

impl Reader<'_> {
    /// What a table hands down: what it says itself, else what it got.
    pub(super) fn inherit(&mut self, above: &Inherited, table: &Table) -> Inherited {
        let says = |key: &str| KEYS.contains(&key) || key == "next_review";
        if !table.entries.iter().any(|entry| says(&entry.key)) {
            return above.clone();
        }
        let mut inherited = above.clone();
        let mut record = Record::clone(&above.record);
        record.role = self.text(table, "role").or(record.role);
        record.scope = table.text("scope").or(record.scope);
        record.as_of = self.date(table, "as_of").or(record.as_of);
        record.next_review = self.date(table, "next_review").or(record.next_review);
        record.badge = self.text(table, "badge").or(record.badge);
        if table.get("sources").is_some() {
            record.sources = table.texts("sources");
            self.gathered.cited.extend(record.sources.iter().cloned());
        }
        self.confidence(&mut record, table);
        if let Some(said) = self.meaning(table, "range_meaning") {
            record.range_meaning = said;
        }
        if let Some(said) = self.meaning(table, "median_meaning") {
            record.median_meaning = said;
        }
        inherited.record = Arc::new(record);
        if let Some(value) = table.get("currency") {
            inherited.currency = self.currency(value);
            inherited.currency_broken = self.fault.filter(|_| inherited.currency.is_none());
        }
        inherited.period = table.str("period").map(Arc::from).or(inherited.period);
        inherited.precision = self.number_at(table, "precision").or(inherited.precision);
        inherited
    }

    /// A reason holds for the confidence beside it; a confidence said anew needs its own.
    fn confidence(&mut self, record: &mut Record, table: &Table) {
        let reason = self.text(table, "confidence_reason");
        if let Some(value) = table.get("confidence") {
            record.confidence = value.as_str().and_then(confidence);
            record.confidence_reason = None;
            let weak = record.confidence.is_some_and(|confidence| confidence < Confidence::Medium);
            if weak && table.reported.is_none() && table.get("confidence_reason").is_none() {
                let word = value.as_str().unwrap_or_default();
                self.remark(
                    Diagnostic::new(
                        &CONFIDENCE_REASON,
                        &value.place(),
                        format!("the confidence is {word}, without a reason"),
                    )
                    .help("add beside it: confidence_reason = \"…\", with what a reader should know"),
                );
            }
        }
        record.confidence_reason = reason.or(record.confidence_reason.take());
    }

    /// A meaning's text; the inner nothing stands for `"unstated"`.
    fn meaning(&mut self, table: &Table, key: &str) -> Option<Option<Text>> {
        self.text(table, key).map(|text| Some(text).filter(|text| &*text.text != "unstated"))
    }

    fn currency(&mut self, value: &Value) -> Option<Arc<str>> {
        let code = value.as_str()?;
        if currency::CODES.binary_search(&code).is_ok() {
            return Some(code.into());
        }
        let place = value.place();
        let problem = Diagnostic::new(&CURRENCY, &place, format!("there is no currency \"{code}\""));
        let capitals = code.to_uppercase();
        self.push(if currency::CODES.contains(&&*capitals) {
            problem.help(format!("write it in capitals: \"{capitals}\""))
        } else if let Some(near) = nearest(code, currency::CODES.iter().copied()) {
            problem.help(format!("did you mean \"{near}\"? write a code of ISO 4217"))
        } else {
            problem.help("write the three letters of the currency, such as \"USD\" or \"EUR\" (ISO 4217)")
        });
        None
    }

    /// The unit of an amount of money at a value's place; a missing currency is reported there, once a file.
    pub(super) fn money(&mut self, inherited: &Inherited, value: &Value) -> Option<Unit> {
        if !self.is_plain_money(value) {
            return None;
        }
        if inherited.currency.is_none() && inherited.currency_broken.is_none() && self.unit_missed.is_none() {
            let problem = Diagnostic::new(&NO_CURRENCY, &value.place(), "the amount has no currency")
                .help("write currency = \"USD\", or another code, in the lines below the file's `kind`");
            self.unit_missed = Some(self.push(problem));
        }
        if inherited.currency.is_none() || inherited.period.is_none() {
            // Each amount that may lack either is unknown.
            self.fault = inherited.currency_broken.or(self.unit_missed).or(self.fault);
        }
        Some(Unit::Money {
            currency: inherited.currency.clone()?,
            period: inherited.period.clone().filter(|period| &**period != "once"),
        })
    }
}

fn confidence(word: &str) -> Option<Confidence> {
    match word {
        "high" => Some(Confidence::High),
        "medium" => Some(Confidence::Medium),
        "low" => Some(Confidence::Low),
        "very-low" => Some(Confidence::VeryLow),
        _ => None,
    }
}
