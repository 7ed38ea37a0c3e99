//! Which row, fact or key of a data file a place belongs to, so that a problem there is known to be one of it,
//! and nothing is said of what depends on it.

use super::{KIND, NAME, Reader};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::document::{Item, Table};

/// Keys at a file's top that every figure of the set depends on.
const SHARED: &[&str] = &["currency", "period", "precision", "role", "scope"];

/// Problems that leave every figure as it is.
const HARMLESS: &[&str] = &["blank-text", "unknown-source", "confidence-reason", "source-url"];

/// Problems of one value by itself. They stand even where the file's tables can't be told apart.
const OF_A_VALUE: &[&str] = &["bad-number", "bad-value", "range-order", "bad-date", "blank-text", "unknown-currency"];

/// The parts of a data file in its order.
#[derive(Default)]
pub(super) struct Outline {
    parts: Vec<(u32, Part)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A row, a rung or a fact, by its id.
    Row(String),
    /// A key at the top of the file.
    Key(String),
    /// What all rows depend on: measures, ratios, columns, tables that nobody knows, rows without an id.
    Shared,
}

impl Outline {
    /// The parts of a file of a kind, before anything is taken out of it.
    pub(super) fn of(kind: &str, table: &Table) -> Self {
        let has_rows = matches!(kind, "bands" | "records" | "ladder" | "releases");
        let mut parts = Vec::new();
        for entry in &table.entries {
            let start = entry.key_span.start.min(entry.value.span.start);
            match &entry.value.item {
                Item::Table(inner) if entry.key == "calc" || has_rows => {
                    let is_calc = entry.key == "calc";
                    parts.push((start, Part::Shared));
                    for inner in &inner.entries {
                        let part = if is_calc { Part::Row(inner.key.clone()) } else { Part::Shared };
                        parts.push((inner.key_span.start.min(inner.value.span.start), part));
                    }
                }
                Item::Table(_) => parts.push((start, Part::Row(entry.key.clone()))),
                Item::List(values) if values.iter().any(|value| value.as_table().is_some()) => {
                    for row in values.iter().filter_map(|value| value.as_table()) {
                        let id = row.str("id").filter(|_| matches!(&*entry.key, "row" | "rung"));
                        parts.push((row.span.start, id.map_or(Part::Shared, |id| Part::Row(id.to_owned()))));
                    }
                }
                _ => parts.push((start, Part::Key(entry.key.clone()))),
            }
        }
        parts.sort_by_key(|(start, _)| *start);
        Self { parts }
    }

    fn part(&self, at: u32) -> Option<&Part> {
        let after = self.parts.partition_point(|(start, _)| *start <= at);
        self.parts.get(after.checked_sub(1)?).map(|(_, part)| part)
    }
}

impl Reader<'_> {
    /// The problems of this file from one on, each with the part that it belongs to.
    fn told(&self, from: usize) -> impl Iterator<Item = (&Diagnostic, Option<&Part>)> {
        self.diagnostics[from..].iter().filter_map(|problem| {
            let place = problem.place.as_ref().filter(|place| place.source.path() == self.source.path())?;
            Some((problem, self.outline.part(place.span.start)))
        })
    }

    /// Whether something is wrong with what the rows depend on, so that nothing can be said of names that it would declare.
    pub(super) fn is_suspect(&self) -> bool {
        let declares = ["unknown-key", "wrong-type"];
        !self.whole
            || self.told(self.start).any(|(problem, part)| {
                declares.contains(&problem.code.name) && matches!(part, Some(Part::Shared) | None)
            })
    }

    /// Whether something was said of the row or fact that stands at a place.
    pub(super) fn is_told(&self, at: u32) -> bool {
        let own = self.outline.part(at);
        self.told(self.start).any(|(_, part)| part == own)
    }

    /// Notes what is broken, now that all of the file is read.
    pub(super) fn note_broken(&mut self) {
        let mut rows = Vec::new();
        let mut all = false;
        for (problem, part) in self.told(self.start) {
            if problem.severity != Severity::Error || problem.code.rule || HARMLESS.contains(&problem.code.name) {
                continue;
            }
            if [&raw const KIND, &raw const NAME].contains(&(&raw const *problem.code)) {
                continue;
            }
            match part {
                Some(Part::Row(id)) => rows.push(id.clone()),
                Some(Part::Key(key)) => all |= nearest(key, SHARED.iter().copied()).is_some(),
                Some(Part::Shared) | None => all = true,
            }
        }
        let set = std::sync::Arc::clone(&self.set);
        for row in rows {
            self.gathered.broken.row(&set, &row);
        }
        if all {
            self.gathered.broken.set(&set);
        }
    }

    /// Where the file's syntax is broken, takes out all that may follow from that.
    pub(super) fn hold_back(&mut self) {
        if self.whole {
            return;
        }
        crate::document::hold_back(&self.source, self.start, self.diagnostics);
        let (start, path) = (self.start, self.source.path().to_owned());
        let mut at = 0;
        self.diagnostics.retain(|problem| {
            at += 1;
            let is_here = problem.place.as_ref().is_some_and(|place| place.source.path() == path);
            let stays = problem.code.name == "toml-syntax" || OF_A_VALUE.contains(&problem.code.name);
            at <= start || !is_here || stays
        });
    }
}
