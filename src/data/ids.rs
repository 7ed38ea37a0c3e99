//! The ids of a set's rows or entries, each with where it is, so that blocks find the ones that they name.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::set::{Contents, DataSet};
use crate::diagnostic::Names;
use crate::work;

/// Some ids in the order of their file.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    in_order: Vec<Arc<str>>,
    positions: HashMap<Arc<str>, usize>,
    names: OnceLock<Names<Arc<str>>>,
}

impl From<Vec<Arc<str>>> for Ids {
    fn from(in_order: Vec<Arc<str>>) -> Self {
        work::steps(in_order.len());
        let positions = in_order.iter().enumerate().rev().map(|(at, id)| (Arc::clone(id), at)).collect();
        Self { in_order, positions, names: OnceLock::new() }
    }
}

impl Ids {
    /// The ids in the order of their file.
    pub fn in_order(&self) -> &[Arc<str>] {
        &self.in_order
    }

    /// Where an id is among the others: the index of its row or entry. Of two with one id it is the first.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The ids that an author may have meant, the nearest first.
    pub fn near(&self, typed: &str) -> Vec<&str> {
        self.names.get_or_init(|| self.in_order.iter().cloned().collect()).near(typed)
    }
}

impl Contents {
    /// The ids of the rows or entries: of facts, without the set's name.
    fn ids(&self) -> Vec<Arc<str>> {
        match self {
            Self::Bands(bands) => bands.rows.iter().map(|row| Arc::clone(&row.id)).collect(),
            Self::Facts(ids) => ids.iter().filter_map(|id| Some(id.split_once('.')?.1.into())).collect(),
            Self::Records(records) => records.rows.iter().map(|row| Arc::clone(&row.id)).collect(),
            Self::Ladder(ladder) => ladder.rungs.iter().map(|rung| Arc::clone(&rung.id)).collect(),
            Self::Terms(terms) => terms.iter().map(|term| Arc::clone(&term.id)).collect(),
            Self::Sources(sources) => sources.iter().map(|source| Arc::clone(&source.id)).collect(),
            Self::Conflicts(conflicts) => conflicts.iter().map(|conflict| Arc::clone(&conflict.id)).collect(),
            Self::Releases(releases) => releases.iter().map(|release| Arc::clone(&release.version.text)).collect(),
        }
    }
}

impl DataSet {
    /// The ids of its rows or entries, gathered when they are first asked for.
    pub fn ids(&self) -> &Ids {
        self.ids.get_or_init(|| self.contents.ids().into())
    }
}
