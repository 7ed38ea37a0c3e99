//! What of the data could not be read.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Reported;

/// What could not be read, so that nothing is said of what depends on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Broken {
    /// Whether sources may be missing that nobody can name.
    pub(super) sources: bool,
    /// Set where no data file could be read.
    pub(super) all: Option<Reported>,
    /// Sets of which parts are missing that nobody can name.
    sets: HashMap<String, Reported>,
    /// Rows and facts, as `set.row`.
    rows: BTreeMap<String, Reported>,
    /// Rows that lack a cell, as `set.row`: what they have is sound.
    cells: BTreeMap<String, Reported>,
}

impl Broken {
    /// Whether an id may be that of something that could not be read.
    pub(super) fn covers(&self, id: &str) -> bool {
        self.reported(id).is_some()
    }

    /// The proof that what is missing of an id was reported, where it may be that of something that could not be read.
    pub(super) fn reported(&self, id: &str) -> Option<Reported> {
        self.unsure(id).or_else(|| Self::of_rows(&self.cells, id))
    }

    /// The same where even what there is of it can't be relied on.
    pub(super) fn unsure(&self, id: &str) -> Option<Reported> {
        let of_set = self.sets.get(id.split('.').next().unwrap_or("")).copied();
        self.all.or(of_set).or_else(|| Self::of_rows(&self.rows, id))
    }

    /// Whether the rows hold one that an id is below of, or one of the two that it is between.
    fn of_rows(rows: &BTreeMap<String, Reported>, id: &str) -> Option<Reported> {
        if rows.is_empty() {
            return None;
        }
        let (set, row) = id.split_once('.')?;
        let ends = row.match_indices('.').map(|(at, _)| at).chain([row.len()]);
        ends.map(|end| &row[..end]).find_map(|row| {
            let of_row = |row: &str| rows.get(&format!("{set}.{row}")).copied();
            let parts: Vec<&str> = row.split('.').collect();
            let of_pair = || {
                parts.iter().enumerate().find_map(|(at, part)| {
                    let (first, second) = part.split_once("-to-")?;
                    let with = |one| parts[..at].iter().copied().chain([one]).chain(parts[at + 1..].iter().copied());
                    let joined = |one| of_row(&with(one).collect::<Vec<_>>().join("."));
                    joined(first).or_else(|| joined(second))
                })
            };
            of_row(row).or_else(of_pair)
        })
    }

    /// The proof that something of a set is broken.
    pub(super) fn reported_below(&self, set: &str) -> Option<Reported> {
        let start = format!("{set}.");
        let first = || self.rows.range(start.clone()..).next().filter(|(row, _)| row.starts_with(&start));
        let row = || first().map(|(_, reported)| *reported);
        self.all.or_else(|| self.sets.get(set).copied()).or_else(row)
    }

    /// Whether anything of a set is broken.
    pub(super) fn has(&self, set: &str) -> bool {
        let start = format!("{set}.");
        let lacks_cell = || self.cells.range(start.clone()..).next().is_some_and(|(row, _)| row.starts_with(&start));
        self.reported_below(set).is_some() || lacks_cell()
    }

    /// Whether a set is broken of which not even its kind is known.
    pub(super) fn has_lost_set(&self, is_known: impl Fn(&str) -> bool) -> bool {
        self.all.is_some() || self.sets.keys().any(|name| !is_known(name))
    }

    /// The sets of which anything is broken; one may come several times.
    pub(super) fn sets_with_faults(&self) -> impl Iterator<Item = &str> {
        let of_row = |row: &'_ String| row.split('.').next().unwrap_or("").len();
        let rows = self.rows.keys().chain(self.cells.keys());
        self.sets.keys().map(String::as_str).chain(rows.map(move |row| &row[..of_row(row)]))
    }

    /// Whether a set may lack anything.
    pub(super) fn has_set(&self, set: &str) -> bool {
        self.all.is_some() || self.sets.contains_key(set)
    }

    pub(super) fn has_sources(&self) -> bool {
        self.sources
    }

    /// Notes a row, an entry or a fact that could not be read, which was reported.
    pub(super) fn row(&mut self, set: &str, row: &str, reported: Reported) {
        self.rows.insert(format!("{set}.{row}"), reported);
    }

    /// Notes a cell of a row that could not be read, which was reported.
    pub(super) fn cell(&mut self, set: &str, row: &str, reported: Reported) {
        self.cells.insert(format!("{set}.{row}"), reported);
    }

    /// Notes a file of which not even the kind is certain.
    pub(super) fn lose(&mut self, set: &str, reported: Reported) {
        self.sources = true;
        self.set(set, reported);
    }

    /// Notes a set that may lack anything, which was reported.
    pub(super) fn set(&mut self, set: &str, reported: Reported) {
        self.sets.insert(set.to_owned(), reported);
    }
}
