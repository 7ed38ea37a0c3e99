//! Where a figure comes from, and how far it can be relied on.

use super::notation::Date;
use crate::diagnostic::Place;
use crate::document::Text;

/// How far a figure can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// One unverified report.
    VeryLow,
    /// A hedged or partial statement.
    Low,
    /// Named sources and a date, without method or sample.
    Medium,
    /// Published method and sample.
    High,
}

/// Where a figure comes from, after inheritance from set to row to cell.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Whose figure it is, such as "North Hosting".
    pub subject: Option<Text>,
    /// What it holds for, in the words of the site.
    pub scope: Option<Text>,
    /// When it was true.
    pub as_of: Option<(Date, Place)>,
    /// When the set is to be looked at again.
    pub next_review: Option<(Date, Place)>,
    /// Ids of sources, in the file's order.
    pub sources: Vec<Text>,
    /// How far it can be relied on.
    pub confidence: Option<Confidence>,
    /// Why.
    pub confidence_reason: Option<Text>,
    /// What low and high mean; nothing when the source does not say.
    pub range_meaning: Option<Text>,
    /// What the median is; nothing when the source does not say.
    pub median_meaning: Option<Text>,
    /// Words shown wherever the figure shows.
    pub badge: Option<Text>,
}

impl Record {
    /// The words that rules ask for.
    pub(super) fn says(&self) -> [Option<&str>; 5] {
        let words = [&self.subject, &self.scope, &self.range_meaning, &self.median_meaning, &self.badge];
        words.map(|text| text.as_ref().map(|text| &*text.text))
    }
}
