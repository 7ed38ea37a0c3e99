//! The record of what is calculated: all sources and badges of the inputs, the lowest confidence, the oldest date.

use std::collections::HashSet;
use std::sync::Arc;

use crate::data::figure::Record;
use crate::data::notation::Date;
use crate::diagnostic::Place;
use crate::document::Text;

/// Records, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    all: Vec<Arc<Record>>,
    known: HashSet<*const Record>,
}

impl Records {
    /// Adds a record.
    pub(super) fn add(&mut self, record: &Arc<Record>) {
        if self.known.insert(Arc::as_ptr(record)) {
            self.all.push(Arc::clone(record));
        }
    }

    /// What all of them say together; `None` where there are none.
    pub(super) fn merged(&self) -> Option<Arc<Record>> {
        let (first, rest) = self.all.split_first()?;
        Some(if rest.is_empty() { Arc::clone(first) } else { Arc::new(merged(&self.all)) })
    }
}

fn merged(records: &[Arc<Record>]) -> Record {
    let mut known = HashSet::new();
    let sources = records.iter().flat_map(|record| &record.sources);
    let sources = sources.filter(|source| known.insert(Arc::clone(&source.text))).cloned().collect();
    let weakest = records.iter().filter(|record| record.confidence.is_some()).min_by_key(|record| record.confidence);
    Record {
        role: common(records, |record| record.role.as_ref()),
        scope: common(records, |record| record.scope.as_ref()),
        as_of: oldest(records, |record| record.as_of.as_ref()),
        next_review: oldest(records, |record| record.next_review.as_ref()),
        sources,
        confidence: weakest.and_then(|record| record.confidence),
        confidence_reason: weakest.and_then(|record| record.confidence_reason.clone()),
        range_meaning: common(records, |record| record.range_meaning.as_ref()),
        median_meaning: common(records, |record| record.median_meaning.as_ref()),
        badge: badges(records),
    }
}

/// All badges in one text.
fn badges(records: &[Arc<Record>]) -> Option<Text> {
    let mut badges: Vec<&Text> = Vec::new();
    for badge in records.iter().filter_map(|record| record.badge.as_ref()) {
        if !badges.iter().any(|known| known.text == badge.text) {
            badges.push(badge);
        }
    }
    let (first, rest) = badges.split_first()?;
    if rest.is_empty() {
        return Some((*first).clone());
    }
    let text: Vec<&str> = badges.iter().map(|badge| &*badge.text).collect();
    Some(Text { text: text.join(", ").into(), place: first.place.clone(), exact: false })
}

/// What all records say alike.
fn common(records: &[Arc<Record>], said: impl Fn(&Record) -> Option<&Text>) -> Option<Text> {
    let first = said(records.first()?)?;
    records.iter().all(|record| said(record).is_some_and(|text| text.text == first.text)).then(|| first.clone())
}

/// The oldest date.
fn oldest(records: &[Arc<Record>], said: impl Fn(&Record) -> Option<&(Date, Place)>) -> Option<(Date, Place)> {
    records.iter().filter_map(|record| said(record)).min_by_key(|(date, _)| date.first_day()).cloned()
}
