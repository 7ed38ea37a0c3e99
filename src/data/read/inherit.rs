//! What figures inherit from their set, their column and their row: the nearest wins, and a list replaces.

use std::sync::Arc;

use super::reader::Reader;
use crate::data::notation::Date;
use crate::data::number::Number;
use crate::data::record::{Confidence, Record};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::{Table, Text};

pub(super) const CODES: &[&Code] = &[&CONFIDENCE_REASON];

static CONFIDENCE_REASON: Code = Code {
    name: "confidence-reason",
    severity: Severity::Error,
    rule: false,
    what: "A confidence below medium has no reason.",
    why: "A reader who is warned must be told why.",
    example: "confidence = \"low\"",
    mend: "Add a line beside it: `confidence_reason = \"One page, without a date.\"`",
};

/// What holds for everything below a set, a column, a row or a cell.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub(super) record: Arc<Record>,
    pub(super) precision: Option<Number>,
}

/// What a table says itself of the figures below it.
#[derive(Default)]
pub(super) struct Said {
    subject: Option<Text>,
    scope: Option<Text>,
    as_of: Option<(Date, Place)>,
    next_review: Option<(Date, Place)>,
    sources: Option<Vec<Text>>,
    confidence: Option<Option<Confidence>>,
    confidence_reason: Option<Text>,
    /// The inner nothing is `"unstated"`.
    range_meaning: Option<Option<Text>>,
    median_meaning: Option<Option<Text>>,
    badge: Option<Text>,
    precision: Option<Number>,
    is_empty: bool,
}

/// The keys that are inherited.
static KEYS: &[&str] = &[
    "subject",
    "scope",
    "as_of",
    "next_review",
    "sources",
    "confidence",
    "confidence_reason",
    "range_meaning",
    "median_meaning",
    "badge",
    "precision",
];

impl Said {
    /// What holds below, where this is said below `above`.
    pub(super) fn below(&self, above: &Inherited) -> Inherited {
        if self.is_empty {
            return above.clone();
        }
        let mut record = Record::clone(&above.record);
        let replace = |said: &Option<Text>, old: &mut Option<Text>| {
            if let Some(said) = said {
                *old = Some(said.clone());
            }
        };
        replace(&self.subject, &mut record.subject);
        replace(&self.scope, &mut record.scope);
        replace(&self.badge, &mut record.badge);
        record.as_of = self.as_of.clone().or(record.as_of);
        record.next_review = self.next_review.clone().or(record.next_review);
        if let Some(sources) = &self.sources {
            record.sources.clone_from(sources);
        }
        if let Some(confidence) = self.confidence {
            // A reason holds for the confidence beside it.
            (record.confidence, record.confidence_reason) = (confidence, None);
        }
        replace(&self.confidence_reason, &mut record.confidence_reason);
        if let Some(said) = &self.range_meaning {
            record.range_meaning.clone_from(said);
        }
        if let Some(said) = &self.median_meaning {
            record.median_meaning.clone_from(said);
        }
        let precision = self.precision.clone().or_else(|| above.precision.clone());
        Inherited { record: Arc::new(record), precision }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }
}

impl Reader<'_> {
    /// What a table says of the figures below it.
    pub(super) fn said(&mut self, table: &Table) -> Said {
        if !table.entries.iter().any(|entry| KEYS.contains(&&*entry.key)) {
            return Said { is_empty: true, ..Said::default() };
        }
        let sources = table.get("sources").map(|_| table.texts("sources"));
        self.gathered.cited.extend(sources.iter().flatten().cloned());
        let confidence_reason = self.text(table, "confidence_reason");
        Said {
            subject: self.text(table, "subject"),
            scope: self.text(table, "scope"),
            as_of: self.date(table, "as_of"),
            next_review: self.date(table, "next_review"),
            sources,
            confidence: self.confidence(table),
            confidence_reason,
            range_meaning: self.meaning(table, "range_meaning"),
            median_meaning: self.meaning(table, "median_meaning"),
            badge: self.text(table, "badge"),
            precision: self.precision(table),
            is_empty: false,
        }
    }

    fn confidence(&mut self, table: &Table) -> Option<Option<Confidence>> {
        let value = table.get("confidence")?;
        let confidence = value.as_str().and_then(confidence);
        let is_weak = confidence.is_some_and(|confidence| confidence < Confidence::Medium);
        if is_weak && table.reported.is_none() && table.get("confidence_reason").is_none() {
            let word = value.as_str().unwrap_or_default();
            let message = format!("the confidence is {word}, without a reason");
            self.remark(
                Diagnostic::new(&CONFIDENCE_REASON, &value.place(), message)
                    .help("add beside it: confidence_reason = \"…\", with what a reader should know"),
            );
        }
        Some(confidence)
    }

    /// A meaning's text; the inner nothing is `"unstated"`.
    fn meaning(&mut self, table: &Table, key: &str) -> Option<Option<Text>> {
        self.text(table, key).map(|text| Some(text).filter(|text| &*text.text != "unstated"))
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
