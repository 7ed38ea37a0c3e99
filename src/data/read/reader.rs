//! What the readers of data files share: what a file leaves to be resolved, and how a problem is noted.

use std::collections::HashMap;
use std::sync::Arc;

use crate::data::broken::Broken;
use crate::diagnostic::{Diagnostic, Place, Report, Reported, Source};
use crate::document::{self, Shape, Table, Text};

/// What all files together leave to be resolved.
#[derive(Default)]
pub(super) struct Gathered {
    /// Ids of sources, each at the one place where it is typed.
    pub(super) cited: Vec<Text>,
    /// Ids that are shared by all sets of a kind: where each is first said.
    pub(super) sources: HashMap<Arc<str>, Place>,
    pub(super) terms: HashMap<Arc<str>, Place>,
    pub(super) broken: Broken,
}

/// What the readers of one file share.
pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) gathered: &'a mut Gathered,
    /// The set's name.
    pub(super) set: Arc<str>,
    pub(super) source: Arc<Source>,
    /// The decimal mark of its CSV file.
    pub(super) decimal: &'static str,
    /// Names that were reported to be missing: each is reported once.
    pub(super) unknown: HashMap<String, Reported>,
    /// The last problem that leaves something unknown, since `watch` began to look.
    pub(super) fault: Option<Reported>,
    /// The last problem of any kind, since then.
    pub(super) latest: Option<Reported>,
}

impl Reader<'_> {
    /// Notes a problem that was reported by another room, and leaves something unknown.
    pub(super) fn fail(&mut self, reported: Reported) -> Reported {
        (self.fault, self.latest) = (Some(reported), Some(reported));
        reported
    }

    /// Reports a problem that leaves something unknown.
    pub(super) fn push(&mut self, problem: Diagnostic) -> Reported {
        let reported = self.diagnostics.report(problem);
        (self.fault, self.latest) = (Some(reported), Some(reported));
        reported
    }

    /// Reports a problem that leaves all figures as they are.
    pub(super) fn remark(&mut self, problem: Diagnostic) {
        self.latest = Some(self.diagnostics.report(problem));
    }

    /// Holds a table against a shape; a problem of it leaves something unknown.
    pub(super) fn hold(&mut self, table: &mut Table, shape: &'static Shape) {
        let before = self.diagnostics.len();
        document::hold(table, shape, self.diagnostics);
        if self.diagnostics.len() > before {
            self.fault = table.reported.or(self.fault);
            self.latest = self.fault.or(self.latest);
        }
    }

    /// Reads something, and says whether a problem of it leaves something unknown. Where there is nothing, any problem does.
    pub(super) fn watch<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> (Option<T>, Option<Reported>) {
        let outer = (self.fault.take(), self.latest.take());
        let value = read(self);
        let fault = if value.is_some() { self.fault } else { self.fault.or(self.latest) };
        (self.fault, self.latest) = (self.fault.or(outer.0), self.latest.or(outer.1));
        (value, fault)
    }

    /// Notes that a row, an entry or a fact is unknown, where something was reported of it.
    pub(super) fn lose_row(&mut self, row: &str, fault: Option<Reported>) {
        if let Some(reported) = fault {
            self.gathered.broken.row(&self.set, row, reported);
        }
    }

    /// Notes that the set may lack anything.
    pub(super) fn lose_set(&mut self, reported: Reported) {
        self.gathered.broken.set(&self.set, reported);
    }
}

/// Whether a file holds comma-separated values.
pub(super) fn is_csv(source: &Source) -> bool {
    source.path().ends_with(".csv")
}
