//! Nodes that are being filled: each has a frame on a stack, and goes into the one below it when it ends.

use std::ops::Range;

use super::heading;
use super::page::{Heading, Node, Target};
use super::walk::{Frame, FrameKind, HeadingFrame, Walk};
use crate::diagnostic::Report;

impl<'a> Walk<'a, '_> {
    /// Starts a node that holds others.
    pub fn open(&mut self, kind: FrameKind<'a>, range: Range<usize>) {
        self.flush();
        // A link mostly holds one piece of text.
        let nodes =
            if matches!(kind, FrameKind::Link(_) | FrameKind::Term(_)) { Vec::with_capacity(1) } else { Vec::new() };
        if matches!(kind, FrameKind::Heading(_) | FrameKind::Link(_) | FrameKind::Term(_)) {
            self.watchers += 1;
        }
        self.frames.push(Frame { kind, nodes, range, visible: self.visible.len() });
    }

    /// Ends the innermost node, and puts it into the one around it.
    pub fn close(&mut self) {
        self.flush();
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let text = self.visible.get(frame.visible..).unwrap_or("").to_owned();
        let node = match frame.kind {
            FrameKind::Root => return,
            FrameKind::Alert(kind) => Node::Alert(kind, frame.nodes),
            FrameKind::Table { .. } => Node::Table(frame.nodes),
            FrameKind::Footnote(label) => {
                let head = self.first_line(&frame.range);
                self.footnotes.define(&label, head, frame.nodes, self.origin, self.diagnostics);
                return;
            }
            FrameKind::Link(mut link) => {
                self.unwatch();
                link.children = frame.nodes;
                link.text = text;
                if link.target == Target::Broken {
                    self.plain.withhold(self.origin.file_range(frame.range.clone()));
                }
                self.check_text(&link, frame.range);
                Node::Link(link)
            }
            FrameKind::Term(mut term) => {
                self.unwatch();
                term.children = frame.nodes;
                term.text = text;
                self.check_term(&term, frame.range);
                Node::Term(term)
            }
            FrameKind::Heading(heading) => {
                self.unwatch();
                let index = self.add_heading(&heading, frame.range, text);
                Node::Heading(index, frame.nodes)
            }
        };
        if let Some(outer) = self.frames.last_mut() {
            outer.nodes.push(node);
        }
    }

    fn unwatch(&mut self) {
        self.watchers = self.watchers.saturating_sub(1);
        if self.watchers == 0 {
            self.visible.clear();
        }
    }

    fn add_heading(&mut self, frame: &HeadingFrame<'_>, range: Range<usize>, text: String) -> usize {
        let raw = self.body.get(range.clone()).unwrap_or("");
        let range = range.start..range.start + raw.trim_end().len();
        let mut id = frame.id.as_ref().map(ToString::to_string);
        if let Some(braces) = heading::find_braces(raw) {
            let text = raw.get(braces.clone()).unwrap_or("");
            if let Err(word) = heading::check_braces(text, id.as_deref(), &frame.classes) {
                let place = range.start + braces.start..range.start + braces.end;
                self.gaps.hide_anchors(self.diagnostics.report(heading::braces(self.origin, place, word)));
                // It has no id that could be taken, and lacks none.
                id = Some(String::new());
            }
        }
        // `{#prices} {.x}` and `{#prices` are text to the parser.
        let opening = ["{#", "{ #"].iter().find_map(|start| raw.find(start)).filter(|at| !raw[..*at].ends_with('\\'));
        if let Some(at) = opening.filter(|_| id.is_none() && !raw.contains('`')) {
            let end = range.end - range.start;
            let place = range.start + at..range.start + end.max(at);
            let word = raw.get(at..end).unwrap_or("{#");
            self.gaps.hide_anchors(self.diagnostics.report(heading::unread(self.origin, place, word)));
            id = Some(String::new());
        }
        let heading = Heading {
            level: frame.level as u8,
            id: String::new(),
            text: text.trim().to_owned(),
            classes: frame.classes.iter().map(ToString::to_string).collect(),
            place: self.origin.place(range),
        };
        self.headings.add(heading, id, &frame.figures, self.diagnostics)
    }
}
