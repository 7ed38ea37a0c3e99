//! The `list` block: terms, sources, conflicts, releases, records or rungs as entries.

use std::collections::HashSet;
use std::sync::Arc;

use super::{COLUMN, KIND, choose, choose_rows, rung_figure};
use crate::content::ListBlock;
use crate::data::{Contents, Data, DataSet};
use crate::diagnostic::Diagnostic;

/// A list that knows its entries.
#[derive(Clone, Debug)]
pub struct ResolvedList {
    /// The set's name.
    pub set: Arc<str>,
    /// What its entries are.
    pub contents: ListContents,
    /// Ids of the entries, in order.
    pub rows: Vec<Arc<str>>,
    /// Fields to show, all where empty.
    pub fields: Vec<Arc<str>>,
    /// Figures that the entries show.
    pub shown: Vec<Arc<str>>,
}

/// What a list's entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ListContents {
    Terms,
    Sources,
    Conflicts,
    Releases,
    Records,
    Ladder,
}

impl ListContents {
    /// The id of an entry on the page.
    pub fn anchor(self, row: &str) -> String {
        match self {
            Self::Terms => format!("term-{row}"),
            Self::Sources => format!("source-{row}"),
            Self::Conflicts => format!("conflict-{row}"),
            Self::Releases => format!("release-{row}"),
            Self::Ladder => format!("rung-{row}"),
            Self::Records => row.to_owned(),
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Terms => &["short", "definition", "not_to_confuse"],
            Self::Sources => &["publisher", "url", "kind", "accessed", "cites", "promotional", "caution"],
            Self::Conflicts => &["severity", "figures", "explanation", "decision", "status"],
            Self::Releases => &["date", "note", "changes"],
            Self::Ladder => &["track", "figure", "note"],
            Self::Records => &[],
        }
    }
}

impl ResolvedList {
    /// Whether a field shows.
    pub fn shows(&self, field: &str) -> bool {
        self.fields.is_empty() || self.fields.iter().any(|wanted| **wanted == *field)
    }

    pub(super) fn figures(&self) -> Vec<&str> {
        self.shown.iter().map(AsRef::as_ref).collect()
    }
}

/// The entries that the block names; unknown ones are reported.
pub(super) fn resolve(
    block: &ListBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedList> {
    let contents = match &set.contents {
        Contents::Terms(_) => ListContents::Terms,
        Contents::Sources(_) => ListContents::Sources,
        Contents::Conflicts(_) => ListContents::Conflicts,
        Contents::Records(_) => ListContents::Records,
        Contents::Ladder(_) => ListContents::Ladder,
        Contents::Releases(_) => ListContents::Releases,
        Contents::Bands(_) | Contents::Facts(_) => {
            diagnostics.push(
                Diagnostic::new(
                    &KIND,
                    &block.set.place,
                    format!("a list can't show `{}`, which holds figures", set.name),
                )
                .help(format!("write ```table {}, or list its figures in a ```facts block", set.name)),
            );
            return None;
        }
    };
    let rows = choose_rows(&block.rows, set, data, diagnostics);
    let fields: Vec<Arc<str>> = match &set.contents {
        Contents::Records(records) => records.columns.iter().map(|column| Arc::clone(&column.id)).collect(),
        _ => contents.fields().iter().map(|name| Arc::from(*name)).collect(),
    };
    let fields = choose(&block.fields, &fields.into(), &set.name, &COLUMN, diagnostics);
    let shown = match &set.contents {
        Contents::Ladder(ladder) => {
            let chosen: HashSet<&Arc<str>> = rows.iter().collect();
            let rungs = ladder.rungs.iter().filter(|rung| chosen.contains(&rung.id));
            rungs.filter_map(|rung| rung_figure(rung, data)).map(|figure| Arc::clone(&figure.id)).collect()
        }
        _ => Vec::new(),
    };
    Some(ResolvedList { set: Arc::clone(&set.name), contents, rows, fields, shown })
}
