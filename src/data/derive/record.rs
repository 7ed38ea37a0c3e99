//! The record of a calculated figure: all sources of what goes in, and no more confidence than the least of it.

use std::sync::Arc;

use crate::data::figure::Record;
use crate::data::notation::Date;
use crate::diagnostic::Place;
use crate::document::Text;

/// The record of what is calculated from figures with these records.
pub(super) fn merged(records: &[&Arc<Record>]) -> Arc<Record> {
    let Some((first, rest)) = records.split_first() else { return Arc::default() };
    if rest.iter().all(|record| Arc::ptr_eq(record, first)) {
        return Arc::clone(first);
    }
    let mut sources: Vec<Text> = Vec::new();
    for source in records.iter().flat_map(|record| &record.sources) {
        if !sources.iter().any(|known| known.text == source.text) {
            sources.push(source.clone());
        }
    }
    let weakest = records.iter().filter(|record| record.confidence.is_some()).min_by_key(|record| record.confidence);
    Arc::new(Record {
        role: common(records, |record| record.role.as_ref()),
        scope: common(records, |record| record.scope.as_ref()),
        as_of: earliest(records, |record| record.as_of.as_ref()),
        next_review: earliest(records, |record| record.next_review.as_ref()),
        sources,
        confidence: weakest.and_then(|record| record.confidence),
        confidence_reason: weakest.and_then(|record| record.confidence_reason.clone()),
        range_meaning: common(records, |record| record.range_meaning.as_ref()),
        median_meaning: common(records, |record| record.median_meaning.as_ref()),
        badge: records.iter().find_map(|record| record.badge.clone()),
    })
}

/// What all records say alike.
fn common(records: &[&Arc<Record>], said: impl Fn(&Record) -> Option<&Text>) -> Option<Text> {
    let first = said(records.first()?)?;
    records.iter().all(|record| said(record).is_some_and(|text| text.text == first.text)).then(|| first.clone())
}

/// The date that is out of date first.
fn earliest(records: &[&Arc<Record>], said: impl Fn(&Record) -> Option<&(Date, Place)>) -> Option<(Date, Place)> {
    records.iter().filter_map(|record| said(record)).min_by_key(|(date, _)| date.first_day()).cloned()
}
