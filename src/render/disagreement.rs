//! What does not agree: the conflicts of a figure's record, the asterisks of open contradictions, and the lines below a block that
//! say what its asterisks stand for.

use std::collections::HashSet;

use super::Renderer;
use super::text::plain;
use super::views::{FlagsView, LinkView};
use crate::data::{Amount, Aspect, ConflictEntry, Contents, Figure};

/// A conflict: its set and its entry.
type Entry = (usize, usize);

/// The open contradictions that name a figure: its low end, or the figure itself or its high end.
#[derive(Default)]
struct Marks {
    low: Vec<Entry>,
    own: Vec<Entry>,
}

impl Renderer<'_> {
    /// Conflicts of every kind that name a figure, or what it is below.
    pub(super) fn conflicts_of(&self, id: &str) -> Vec<LinkView> {
        let mut seen: HashSet<Entry> = HashSet::new();
        let found: Vec<Entry> = self.site.conflicts(id).filter(|entry| seen.insert(*entry)).collect();
        found
            .into_iter()
            .filter_map(|entry| self.conflict(entry))
            .map(|conflict| self.leading(conflict, false))
            .collect()
    }

    /// Which asterisks a figure bears.
    pub(super) fn flags(&self, figure: &Figure) -> FlagsView {
        let marks = self.marks(figure);
        FlagsView { low: !marks.low.is_empty(), own: !marks.own.is_empty() }
    }

    /// The lines of the open contradictions that mark a figure of a block, each once.
    pub(super) fn disagreements<'f>(&self, figures: impl Iterator<Item = &'f Figure>) -> Vec<LinkView> {
        let mut seen: HashSet<Entry> = HashSet::new();
        let marks = figures.map(|figure| self.marks(figure)).flat_map(|marks| marks.low.into_iter().chain(marks.own));
        let found: Vec<Entry> = marks.filter(|entry| seen.insert(*entry)).collect();
        found
            .into_iter()
            .filter_map(|entry| self.conflict(entry))
            .map(|conflict| self.leading(conflict, true))
            .collect()
    }

    /// A range is marked at the end that is named; what is named as a range marks its ends where they show alone. What is not
    /// stated bears no mark.
    fn marks(&self, figure: &Figure) -> Marks {
        let open = |id: &str| -> Vec<Entry> {
            let is_open = |entry: &Entry| self.conflict(*entry).is_some_and(ConflictEntry::is_open_contradiction);
            self.site.conflicts_naming(id).filter(is_open).collect()
        };
        let mut marks = Marks::default();
        if figure.amount == Amount::Unstated {
            return marks;
        }
        marks.own = open(&figure.id);
        match (&figure.amount, figure.aspect) {
            (Amount::Range(..), _) => {
                marks.low = open(&format!("{}.low", figure.id));
                marks.own.extend(open(&format!("{}.high", figure.id)));
            }
            (_, Aspect::Low | Aspect::High) => {
                marks.own.extend(figure.id.rsplit_once('.').map(|(range, _)| open(range)).unwrap_or_default());
            }
            _ => (),
        }
        marks
    }

    fn conflict(&self, (set, entry): Entry) -> Option<&ConflictEntry> {
        match &self.site.data.sets[set].contents {
            Contents::Conflicts(conflicts) => conflicts.get(entry),
            _ => None,
        }
    }

    /// A conflict by its title or its line, with the place where it is listed.
    fn leading(&self, conflict: &ConflictEntry, by_line: bool) -> LinkView {
        let anchor = format!("conflict-{}", conflict.id);
        let page = self.site.register_place(&anchor);
        let words = conflict.line.as_ref().filter(|_| by_line).unwrap_or(&conflict.title);
        LinkView {
            title: plain(words),
            href: page
                .map(|page| self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)))
                .unwrap_or_default(),
        }
    }
}
