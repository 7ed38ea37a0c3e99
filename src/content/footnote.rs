//! Footnotes: numbered by first mark, gathered at the page's end.

use std::collections::HashMap;
use std::ops::Range;

use super::gaps::Gaps;
use super::origin::Origin;
use super::page::{Footnote, Node};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub(super) static FOOTNOTE: Code = Code {
    name: "footnote",
    severity: Severity::Error,
    rule: false,
    what: "A footnote's mark leads to no footnote, a footnote has no mark, or two have the same label.",
    why: "A mark without a footnote shows as `[^1]` on the page; a footnote without a mark is never found.",
    example: "Paid in stock.[^vesting]",
    mend: "Write the footnote on a line of its own, `[^vesting]: Over four years.`, and a mark where it belongs.",
};

/// The footnotes of a page while it is read.
#[derive(Default)]
pub(super) struct Footnotes {
    index: HashMap<String, usize>,
    entries: Vec<Entry>,
    /// Entries in order of their first mark outside footnotes.
    order: Vec<usize>,
    /// Lines that lack the colon of a footnote, by label.
    without_colon: Vec<(String, Diagnostic)>,
    /// Marks that lead to no footnote, by label.
    unknown: Vec<(String, Diagnostic)>,
}

struct Entry {
    label: String,
    marks: usize,
    /// Whether it is in the order.
    placed: bool,
    /// The definition: its first line, and what it says.
    definition: Option<(Range<usize>, Vec<Node>)>,
}

impl Footnotes {
    /// Counts a mark, and gives the node that stands for it. Its index is final only after `finish`.
    pub fn mark(&mut self, label: &str, inside: bool) -> Node {
        let index = self.entry(label);
        let Some(entry) = self.entries.get_mut(index) else {
            return Node::FootnoteMark(0, 0);
        };
        entry.marks += 1;
        let mark = entry.marks - 1;
        if !inside && !std::mem::replace(&mut entry.placed, true) {
            self.order.push(index);
        }
        Node::FootnoteMark(index, mark)
    }

    /// Adds what a footnote says.
    pub fn define(
        &mut self,
        label: &str,
        head: Range<usize>,
        children: Vec<Node>,
        origin: &Origin,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let index = self.entry(label);
        let Some(entry) = self.entries.get_mut(index) else {
            return;
        };
        if let Some((first, _)) = &entry.definition {
            diagnostics.push(
                Diagnostic::new(&FOOTNOTE, &origin.place(head), format!("the footnote `[^{label}]` is written twice"))
                    .label(&origin.place(first.clone()), "the first")
                    .help("give one of the two another label, and its marks with it"),
            );
            return;
        }
        entry.definition = Some((head, children));
    }

    /// All footnotes in order of their first mark; marks in the nodes get their final index.
    pub fn finish(
        mut self,
        nodes: &mut [Node],
        origin: &Origin,
        gaps: Gaps,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Footnote> {
        let mut at = 0;
        while let Some(index) = self.order.get(at) {
            let children = self.entries.get(*index).and_then(|entry| entry.definition.as_ref());
            let mut inner = Vec::new();
            marks_in(children.map_or(&[], |(_, children)| children), &mut inner);
            for index in inner {
                if self.entries.get_mut(index).is_some_and(|entry| !std::mem::replace(&mut entry.placed, true)) {
                    self.order.push(index);
                }
            }
            at += 1;
        }
        // What leads nowhere may lead into text that could not be read.
        if gaps.links.is_ok() && gaps.anchors.is_ok() {
            self.report(origin, diagnostics);
        }
        let mut places = vec![0; self.entries.len()];
        for (place, index) in self.order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*index) {
                *slot = place;
            }
        }
        renumber(nodes, &places);
        let mut footnotes = Vec::with_capacity(self.order.len());
        for index in &self.order {
            let Some(entry) = self.entries.get_mut(*index) else {
                continue;
            };
            let mut children = entry.definition.take().map_or_else(Vec::new, |(_, children)| children);
            renumber(&mut children, &places);
            footnotes.push(Footnote { label: std::mem::take(&mut entry.label), marks: entry.marks, children });
        }
        footnotes
    }

    /// Notes a line that would be a footnote with a colon behind its label.
    pub fn without_colon(&mut self, label: &str, problem: Diagnostic) {
        self.without_colon.push((label.to_lowercase(), problem));
    }

    /// Notes a mark that leads to no footnote.
    pub fn unknown_mark(&mut self, origin: &Origin, range: Range<usize>, label: &str) {
        let problem = Diagnostic::new(&FOOTNOTE, &origin.place(range), format!("`[^{label}]` leads to no footnote"))
            .help(format!(
                "write the footnote on a line of its own, `[^{label}]: …`, or type `\\[` for a bracket that should be seen"
            ));
        self.unknown.push((label.to_lowercase(), problem));
    }

    /// Reports marks without footnotes and footnotes without marks. Where there are both, one is the other with another label,
    /// and the footnotes are reported.
    fn report(&mut self, origin: &Origin, diagnostics: &mut Vec<Diagnostic>) {
        let lacks_colon = |label: &String| self.without_colon.iter().any(|(other, _)| other == label);
        let mut marks: Vec<Diagnostic> =
            self.unknown.iter().filter(|(label, _)| !lacks_colon(label)).map(|(_, problem)| problem.clone()).collect();
        for entry in self.entries.iter().filter(|entry| !entry.placed) {
            let Some((head, _)) = &entry.definition else { continue };
            let problem = Diagnostic::new(
                &FOOTNOTE,
                &origin.place(head.clone()),
                format!("no mark leads to `[^{}]`", entry.label),
            );
            let problem = marks
                .drain(..)
                .filter_map(|mark| mark.place)
                .fold(problem, |problem, mark| problem.label(&mark, "this mark leads to no footnote"));
            diagnostics
                .push(problem.help(format!("write `[^{}]` where it belongs, or remove the footnote", entry.label)));
        }
        diagnostics.append(&mut marks);
        diagnostics.extend(self.without_colon.drain(..).map(|(_, problem)| problem));
    }

    fn entry(&mut self, label: &str) -> usize {
        let key = label.to_lowercase();
        *self.index.entry(key).or_insert_with(|| {
            self.entries.push(Entry { label: label.to_owned(), marks: 0, placed: false, definition: None });
            self.entries.len() - 1
        })
    }
}

/// The nodes inside a node.
fn children(node: &Node) -> &[Node] {
    match node {
        Node::Heading(_, children) | Node::Alert(_, children) | Node::Table(children) => children,
        Node::Link(link) => &link.children,
        Node::Term(term) => &term.children,
        _ => &[],
    }
}

fn marks_in(nodes: &[Node], found: &mut Vec<usize>) {
    for node in nodes {
        if let Node::FootnoteMark(index, _) = node {
            found.push(*index);
        }
        marks_in(children(node), found);
    }
}

fn renumber(nodes: &mut [Node], places: &[usize]) {
    for node in nodes {
        match node {
            Node::FootnoteMark(index, _) => *index = places.get(*index).copied().unwrap_or(*index),
            Node::Heading(_, children) | Node::Alert(_, children) | Node::Table(children) => renumber(children, places),
            Node::Link(link) => renumber(&mut link.children, places),
            Node::Term(term) => renumber(&mut term.children, places),
            _ => (),
        }
    }
}
