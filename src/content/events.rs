//! Each event of the parser in turn: what the writer gets to see of it, and what becomes a node.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::depth;
use super::fence::{self, Fence, Reading};
use super::inline::block_in_text;
use super::near_miss;
use super::page::Node;
use super::slips;
use super::waiver::toml_waivers;
use super::walk::{Frame, FrameKind, HeadingFrame, Walk};
use crate::diagnostic::Report;
use crate::document::{hidden, is_hidden};

impl<'a> Iterator for Walk<'a, '_> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if std::mem::take(&mut self.closing) {
            self.close();
        }
        loop {
            let (event, range) = self.events.next()?;
            if self.waivers.are_waiting() {
                self.settle_waivers(&event, &range);
            }
            match event {
                Event::Text(text) => {
                    if !self.within.code {
                        self.text(&text, range);
                    }
                    return Some(Event::Text(text));
                }
                Event::Start(tag) => {
                    if let Some(event) = self.start(tag, range) {
                        return Some(event);
                    }
                }
                Event::End(tag) => {
                    if self.end(tag) {
                        return Some(Event::End(tag));
                    }
                }
                Event::Code(text) => {
                    self.show(&text);
                    self.no_words(range);
                    return Some(Event::Code(text));
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.line_break(range);
                    return Some(event);
                }
                Event::FootnoteReference(label) => {
                    let mark = self.footnotes.mark(&label, self.within.footnotes > 0);
                    self.push(mark);
                }
                Event::TaskListMarker(done) => self.push(Node::Task(done)),
                Event::InlineHtml(html) | Event::Html(html) => {
                    if self.inline_html(&html, range) {
                        return Some(Event::InlineHtml(html));
                    }
                }
                Event::Rule if self.settings.line => {
                    self.refuse_block("a rule", range);
                    return None;
                }
                Event::Rule => {
                    self.end_run();
                    return Some(event);
                }
                other => return Some(other),
            }
        }
    }
}

impl<'a> Walk<'a, '_> {
    fn text(&mut self, text: &str, range: Range<usize>) {
        self.show(text);
        self.hidden(text, &range);
        if matches!(text.as_bytes().first(), Some(b'[' | b']')) {
            near_miss::bracket(self, range.start);
        }
        if self.within.address {
            return self.no_words(range);
        }
        let context = self.context();
        self.words(text, range, context);
    }

    /// Reports a hidden character that a text holds by an entity, such as `&#x202E;`. One that was typed is reported of its line.
    fn hidden(&mut self, text: &str, range: &Range<usize>) {
        let written = self.body.get(range.clone()).unwrap_or("");
        if let Some(c) = text.chars().find(|c| is_hidden(*c) && !written.contains(*c)) {
            self.diagnostics.push(hidden(c, &self.origin.place(range.clone())));
        }
    }

    /// Takes the start of an element; gives what the writer is to write for it.
    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Event<'a>> {
        match &tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => {
                return Some(Event::Start(tag));
            }
            Tag::Strikethrough => {
                near_miss::tilde(self, range);
                return Some(Event::Start(tag));
            }
            Tag::Link { title, .. } => {
                self.hidden(title, &range);
                self.link(tag, range);
                return None;
            }
            Tag::Image { title, .. } => {
                self.hidden(title, &range);
                self.image(tag, range);
                return None;
            }
            _ => self.end_run(),
        }
        if self.settings.line && !self.allowed_in_line(&tag) {
            self.refuse_block(block_name(&tag), range);
            // What follows belongs to the block: nothing more is read.
            while self.events.next().is_some() {}
            return None;
        }
        match tag {
            Tag::Paragraph if !self.settings.line => {
                slips::paragraph(self, &range);
                return Some(Event::Start(tag));
            }
            Tag::Paragraph => return None,
            Tag::Heading { level, id, classes, .. } => {
                self.within.heading = true;
                self.open(FrameKind::Heading(HeadingFrame { level, id, classes, figures: Vec::new() }), range);
                return None;
            }
            Tag::BlockQuote(Some(kind)) => {
                self.open(FrameKind::Alert(near_miss::alert_name(kind)), range.clone());
                self.enter(range);
                return None;
            }
            Tag::BlockQuote(None) => {
                near_miss::quote(self, &range);
                self.enter(range);
            }
            Tag::List(_) | Tag::Item | Tag::DefinitionList | Tag::DefinitionListDefinition => self.enter(range),
            Tag::FootnoteDefinition(label) => {
                self.within.footnotes += 1;
                self.open(FrameKind::Footnote(label), range);
                return None;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => return self.fence(info, range),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.within.code = true,
            Tag::HtmlBlock => return self.html_block(range).map(Event::Html),
            Tag::Table(alignments) => {
                slips::table(self, &range, alignments.len());
                self.open(FrameKind::Table { alignments, column: 0, head: false }, range);
                return Some(Event::Start(Tag::Table(Vec::new())));
            }
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => {
                self.within.cell = true;
                return Some(self.start_cell());
            }
            _ => (),
        }
        Some(Event::Start(tag))
    }

    /// Takes the end of an element; says whether the writer is to write it.
    fn end(&mut self, tag: TagEnd) -> bool {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                return true;
            }
            TagEnd::Link => {
                self.within.address = false;
                self.close();
                return false;
            }
            _ => self.end_run(),
        }
        match tag {
            TagEnd::Paragraph => return !self.settings.line,
            TagEnd::Heading(_) => {
                self.within.heading = false;
                self.close();
                return false;
            }
            TagEnd::BlockQuote(kind) => {
                self.containers.pop();
                if kind.is_some() {
                    self.close();
                    return false;
                }
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::DefinitionList | TagEnd::DefinitionListDefinition => {
                self.containers.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.within.footnotes = self.within.footnotes.saturating_sub(1);
                self.close();
                return false;
            }
            TagEnd::CodeBlock => self.within.code = false,
            TagEnd::TableCell => {
                self.within.cell = false;
                if let Some((column, true)) = self.column() {
                    self.push(Node::ColumnTitle(column));
                }
            }
            TagEnd::Table => self.closing = true,
            _ => (),
        }
        true
    }

    fn enter(&mut self, range: Range<usize>) {
        // A list and its item are one level to the reader.
        if self.containers.len() >= 2 * depth::LIMIT && !std::mem::replace(&mut self.within.too_deep, true) {
            let line = self.first_line(&range);
            self.gaps.hide_text(self.diagnostics.report(depth::too_deep(self.origin, line)));
        }
        self.containers.push(range);
    }

    fn start_row(&mut self, is_head: bool) {
        if let Some(Frame { kind: FrameKind::Table { column, head, .. }, .. }) = self.frames.last_mut() {
            (*column, *head) = (0, is_head);
        }
    }

    /// The start of a cell. The writer would set its alignment by a style, which a strict policy forbids.
    fn start_cell(&mut self) -> Event<'a> {
        if let Some(Frame { kind: FrameKind::Table { alignments, column, head }, .. }) = self.frames.last_mut() {
            let alignment = alignments.get(*column).copied();
            *column += 1;
            let tag = match (alignment, *head) {
                (Some(Alignment::Left), true) => "<th class=\"left\">",
                (Some(Alignment::Center), true) => "<th class=\"center\">",
                (Some(Alignment::Right), true) => "<th class=\"right\">",
                (Some(Alignment::Left), false) => "<td class=\"left\">",
                (Some(Alignment::Center), false) => "<td class=\"center\">",
                (Some(Alignment::Right), false) => "<td class=\"right\">",
                _ => return Event::Start(Tag::TableCell),
            };
            return Event::Html(CowStr::Borrowed(tag));
        }
        Event::Start(Tag::TableCell)
    }

    fn fence(&mut self, info: CowStr<'a>, range: Range<usize>) -> Option<Event<'a>> {
        let fence = Fence { body: self.body, origin: self.origin, range, info: &info };
        match fence::read(&fence, &mut self.gaps, self.diagnostics) {
            Reading::Code => {
                self.within.code = true;
                Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))))
            }
            Reading::Block(block) => {
                while !matches!(self.events.next(), None | Some((Event::End(TagEnd::CodeBlock), _))) {}
                if let Some(block) = block {
                    let span = block.place.span;
                    self.waivers.settled(toml_waivers(&self.origin.source, span, self.diagnostics));
                    self.push(Node::Block(block));
                }
                None
            }
        }
    }

    fn allowed_in_line(&mut self, tag: &Tag<'_>) -> bool {
        self.within.paragraphs += usize::from(matches!(tag, Tag::Paragraph));
        matches!(tag, Tag::Paragraph) && self.within.paragraphs < 2
    }

    fn refuse_block(&mut self, what: &str, range: Range<usize>) {
        let line = self.first_line(&range);
        self.gaps.hide_text(self.diagnostics.report(block_in_text(self.origin, line, what)));
    }
}

/// What a block is called where it can't stand.
fn block_name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Heading { .. } => "a heading",
        Tag::BlockQuote(_) => "a quote",
        Tag::CodeBlock(_) => "a block of code",
        Tag::HtmlBlock => "HTML or a comment",
        Tag::List(Some(_)) => "a numbered list",
        Tag::List(None) => "a list",
        Tag::FootnoteDefinition(_) => "a footnote",
        Tag::Table(_) => "a table",
        Tag::DefinitionList => "a definition list",
        _ => "a second paragraph",
    }
}
