//! Fences that are made from data: which kinds there are, and their options.

use super::inline::Inline;
use crate::diagnostic::{Known, Place};
use crate::document::Text;

/// A fence whose info string is a block word.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it makes.
    pub kind: BlockKind,
    /// The whole fence.
    pub place: Place,
    /// Err where some of its options could not be read.
    pub whole: Known<()>,
}

impl Block {
    /// How many rows its options name; 0 where it shows all.
    pub fn wanted_rows(&self) -> usize {
        match &self.kind {
            BlockKind::Table(table) => table.rows.len(),
            BlockKind::List(list) => list.rows.len(),
            BlockKind::Chart(_) | BlockKind::Facts(_) | BlockKind::OfferCheck(_) | BlockKind::Compare(_) => 0,
        }
    }
}

/// What a block makes.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// `table SET`
    Table(TableBlock),
    /// `chart SET`
    Chart(ChartBlock),
    /// `list SET`
    List(ListBlock),
    /// `facts`
    Facts(FactsBlock),
    /// `tool offer-check`
    OfferCheck(OfferCheckBlock),
    /// `tool compare`
    Compare(CompareBlock),
}

/// A table of a set.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// The set's name.
    pub set: Text,
    /// Columns: `code`, `title`, `track`, a measure or ratio, `total.low`, `total.median`, a record's column; all where empty.
    pub columns: Vec<Text>,
    /// Ids of rows; all where empty.
    pub rows: Vec<Text>,
    /// `file`, or a column, with `-` before it to reverse.
    pub order: Option<Text>,
    /// What stands above it.
    pub caption: Option<Inline>,
    /// What stands below it.
    pub notes: Vec<Inline>,
}

/// A chart of a set.
#[derive(Clone, Debug)]
pub struct ChartBlock {
    /// The set's name.
    pub set: Text,
    /// `range`, `parts`, `overlap`, `ladder`, `timeline` or `dumbbell`.
    pub kind: Text,
    /// Ids of rows; all where empty.
    pub rows: Vec<Text>,
    /// Measures; where empty, those that fit the kind.
    pub measures: Vec<Text>,
    /// Ids of figures, for kinds that draw single figures.
    pub figures: Vec<Text>,
    /// What stands above it.
    pub caption: Option<Inline>,
}

/// A list of terms, sources, conflicts, releases, records or rungs.
#[derive(Clone, Debug)]
pub struct ListBlock {
    /// The set's name.
    pub set: Text,
    /// Ids of entries; all where empty.
    pub rows: Vec<Text>,
    /// Fields to show; all where empty.
    pub fields: Vec<Text>,
}

/// A page's quick facts.
#[derive(Clone, Debug)]
pub struct FactsBlock {
    /// Ids of figures.
    pub figures: Vec<Text>,
}

/// Where an amount lies in the bands of a set.
#[derive(Clone, Debug)]
pub struct OfferCheckBlock {
    /// The set's name.
    pub set: Text,
    /// The measure that the amount is held against.
    pub measure: Text,
    /// The columns that an amount may be given by.
    pub parts: Vec<Text>,
    /// What to say when the offer's title holds certain words.
    pub warn: Vec<Warning>,
}

/// Words in an offer's title, and what to say to them.
#[derive(Clone, Debug)]
pub struct Warning {
    /// Any of these.
    pub words: Vec<Text>,
    /// Where they stand.
    pub words_place: Place,
    /// Inline Markdown.
    pub text: Inline,
}

/// Any two rows of a set side by side.
#[derive(Clone, Debug)]
pub struct CompareBlock {
    /// The set's name.
    pub set: Text,
    /// Measures to compare; all where empty.
    pub measures: Vec<Text>,
}
