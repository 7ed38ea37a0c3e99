//! The record of what is calculated: all sources and badges of the inputs, the lowest confidence, the oldest date.

use std::collections::HashSet;
use std::sync::Arc;

use crate::data::notation::Date;
use crate::data::record::Record;
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
        let all = &self.all[..];
        let [first, _, ..] = all else { return all.first().cloned() };
        // What all records say alike.
        let common = |said: fn(&Record) -> Option<&Text>| {
            let text = said(first)?;
            all.iter().all(|record| said(record).is_some_and(|other| other.text == text.text)).then(|| text.clone())
        };
        let oldest = |said: fn(&Record) -> Option<&(Date, Place)>| {
            all.iter().filter_map(|record| said(record)).min_by_key(|(date, _)| date.first_day()).cloned()
        };
        let mut badges = once(all.iter().filter_map(|record| record.badge.as_ref()));
        if let [first, _, ..] = &badges[..] {
            let text: Vec<&str> = badges.iter().map(|badge| &*badge.text).collect();
            badges = vec![Text { text: text.join(", ").into(), place: first.place.clone(), exact: false }];
        }
        let weakest = all.iter().filter(|record| record.confidence.is_some()).min_by_key(|record| record.confidence);
        Some(Arc::new(Record {
            subject: common(|record| record.subject.as_ref()),
            scope: common(|record| record.scope.as_ref()),
            as_of: oldest(|record| record.as_of.as_ref()),
            next_review: oldest(|record| record.next_review.as_ref()),
            sources: once(all.iter().flat_map(|record| &record.sources)),
            confidence: weakest.and_then(|record| record.confidence),
            confidence_reason: weakest.and_then(|record| record.confidence_reason.clone()),
            range_meaning: common(|record| record.range_meaning.as_ref()),
            median_meaning: common(|record| record.median_meaning.as_ref()),
            badge: badges.into_iter().next(),
        }))
    }
}

/// Texts, each once.
fn once<'t>(texts: impl Iterator<Item = &'t Text>) -> Vec<Text> {
    let mut known = HashSet::new();
    texts.filter(|text| known.insert(Arc::clone(&text.text))).cloned().collect()
}
