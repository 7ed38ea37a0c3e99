//! The one pass over a page: the parser's events go through here on their way to the HTML writer, and what needs
//! the site or a template is taken out of the stream as a node.
//!
//! The writer asks for an event, writes it, and asks for the next: at each request everything before it is written.
//! So what was written since the last node is that much finished HTML, and one buffer serves the whole page.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};

use super::comment::{self, Html};
use super::depth;
use super::fence::{self, Fence, Reading};
use super::footnote::Footnotes;
use super::heading::{self, Headings};
use super::near_miss;
use super::origin::Origin;
use super::page::{Heading, Link, Node, TermLink, Waiver};
use super::plain::{Context, Gathering};
use crate::diagnostic::{Diagnostic, Place};

/// How a text is read.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub allow_html: bool,
    /// The folder below the content folder that links are seen from: `""`, `"bands/"`.
    pub folder: &'a str,
    /// What its words are.
    pub context: Context,
    /// Whether it is one line of text, without blocks.
    pub line: bool,
}

/// What came of a text.
pub(super) struct Outcome {
    pub nodes: Vec<Node>,
    pub headings: Vec<Heading>,
    pub plain: super::plain::PlainText,
    pub waivers: Vec<Waiver>,
    /// The text without markup, where it is one line.
    pub visible: String,
}

/// A node that is being filled, or the text itself at the bottom.
pub(super) struct Frame<'a> {
    pub kind: FrameKind<'a>,
    pub nodes: Vec<Node>,
    /// The whole of it in the Markdown.
    pub range: Range<usize>,
    /// Where its text starts in `Walk::visible`.
    pub visible: usize,
}

pub(super) enum FrameKind<'a> {
    Root,
    Heading(HeadingFrame<'a>),
    Alert(&'static str),
    Table { alignments: Vec<Alignment>, column: usize, head: bool },
    Footnote(CowStr<'a>),
    Link(Box<Link>),
    Term(Box<TermLink>),
}

/// A heading that is being filled.
pub(super) struct HeadingFrame<'a> {
    level: HeadingLevel,
    /// The id and the classes that the parser found.
    id: Option<CowStr<'a>>,
    classes: Vec<CowStr<'a>>,
    /// The stretches of its text that are figures.
    pub figures: Vec<Range<usize>>,
}

/// The state of the pass.
pub(super) struct Walk<'a, 'b> {
    pub events: OffsetIter<'a>,
    pub body: &'a str,
    pub origin: &'b Origin,
    pub settings: Settings<'b>,
    pub diagnostics: &'b mut Vec<Diagnostic>,
    html: &'b RefCell<String>,
    pub frames: Vec<Frame<'a>>,
    /// The innermost frame ends once the writer has written what it was given last.
    closing: bool,
    pub plain: Gathering,
    /// The text without markup of the frames that ask for it.
    pub visible: String,
    /// How many frames ask for it.
    pub watchers: usize,
    in_code: bool,
    in_cell: bool,
    in_heading: bool,
    footnote_depth: usize,
    /// Lists, items, quotes and the like that are open.
    containers: Vec<Range<usize>>,
    too_deep: bool,
    headings: Headings,
    footnotes: Footnotes,
    waivers: Vec<Waiver>,
    /// Waivers from this index on wait for the block that they cover.
    waiting: usize,
    /// Elements whose opening tag was refused, so that the closing one need not be.
    refused: Vec<String>,
    pub near_miss: near_miss::State,
    /// Paragraphs so far.
    paragraphs: usize,
}

/// Where the writer writes to: the same buffer that nodes are cut from.
struct Sink<'b>(&'b RefCell<String>);

impl fmt::Write for Sink<'_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.borrow_mut().push_str(text);
        Ok(())
    }
}

/// The Markdown that pages are written in.
pub(super) fn markdown() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Parses Markdown into nodes.
pub(super) fn walk(body: &str, origin: &Origin, settings: Settings<'_>, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
    let deep = depth::deep_line(body);
    let read = if deep.is_some() { "" } else { body };
    if let Some(line) = deep {
        diagnostics.push(depth::too_deep(origin, line));
    }
    let html = RefCell::new(String::with_capacity(if settings.line { 0 } else { 2048 }));
    let mut walk = Walk::new(read, origin, settings, &html, diagnostics);
    pulldown_cmark::html::write_html_fmt(Sink(&html), &mut walk).expect("writing to a string can't fail");
    walk.finish()
}

impl<'a, 'b> Walk<'a, 'b> {
    fn new(
        body: &'a str,
        origin: &'b Origin,
        settings: Settings<'b>,
        html: &'b RefCell<String>,
        diagnostics: &'b mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            events: Parser::new_ext(body, markdown()).into_offset_iter(),
            body,
            origin,
            settings,
            diagnostics,
            html,
            frames: vec![Frame { kind: FrameKind::Root, nodes: Vec::new(), range: 0..body.len(), visible: 0 }],
            closing: false,
            plain: Gathering::new(body.len()),
            visible: String::new(),
            watchers: usize::from(settings.line),
            in_code: false,
            in_cell: false,
            in_heading: false,
            footnote_depth: 0,
            containers: Vec::new(),
            too_deep: false,
            headings: Headings::default(),
            footnotes: Footnotes::default(),
            waivers: Vec::new(),
            waiting: 0,
            refused: Vec::new(),
            near_miss: near_miss::State::default(),
            paragraphs: 0,
        }
    }

    fn finish(mut self) -> Outcome {
        self.flush();
        let mut nodes = self.frames.drain(..).next().map_or_else(Vec::new, |root| root.nodes);
        let footnotes = self.footnotes.finish(&mut nodes, self.origin, self.diagnostics);
        if !footnotes.is_empty() {
            nodes.push(Node::Footnotes(footnotes));
        }
        Outcome {
            nodes,
            headings: self.headings.list,
            plain: self.plain.finish(self.origin),
            waivers: self.waivers,
            visible: self.visible,
        }
    }

    /// Cuts what was written since the last node off as finished HTML.
    pub fn flush(&mut self) {
        let mut html = self.html.borrow_mut();
        if html.is_empty() {
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.nodes.push(Node::Html(html.as_str().to_owned()));
        }
        html.clear();
    }

    /// Puts a node behind what is written.
    pub fn push(&mut self, node: Node) {
        self.flush();
        if let Some(frame) = self.frames.last_mut() {
            frame.nodes.push(node);
        }
    }

    /// Starts a node that holds others.
    pub fn open(&mut self, kind: FrameKind<'a>, range: Range<usize>) {
        self.flush();
        if matches!(kind, FrameKind::Heading(_) | FrameKind::Link(_) | FrameKind::Term(_)) {
            self.watchers += 1;
        }
        self.frames.push(Frame { kind, nodes: Vec::new(), range, visible: self.visible.len() });
    }

    /// Ends the innermost node, and puts it into the one around it.
    fn close(&mut self) {
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
                self.check_text(&link, frame.range);
                Node::Link(*link)
            }
            FrameKind::Term(mut term) => {
                self.unwatch();
                term.children = frame.nodes;
                term.text = text;
                Node::Term(*term)
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
        self.watchers -= 1;
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
                self.diagnostics.push(heading::braces(self.origin, place, word));
                // It has no id that could be taken, and lacks none.
                id = Some(String::new());
            }
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

    /// The first line of a range.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let length =
            self.body.get(range.clone()).and_then(|text| text.lines().next()).map_or(0, |line| line.trim_end().len());
        range.start..range.start + length
    }

    /// What the words that come next are.
    pub fn context(&self) -> Context {
        if self.in_heading {
            Context::Heading
        } else if self.in_cell {
            Context::TableCell
        } else if self.footnote_depth > 0 {
            Context::Footnote
        } else {
            self.settings.context
        }
    }

    /// Ends a stretch of text that reads as one.
    pub fn end_run(&mut self) {
        self.plain.close();
        self.near_miss.end_run();
    }

    /// Adds words that stand at a range of the Markdown.
    pub fn words(&mut self, text: &str, range: Range<usize>, context: Context) {
        let exact = text.len() == range.len()
            && self.body.get(range.clone()).is_some_and(|slice| slice.as_ptr() == text.as_ptr());
        self.plain.push(text, self.origin.file_range(range), exact, context);
    }

    /// Adds the mark for something that has no words: a figure, a literal, code.
    pub fn no_words(&mut self, range: Range<usize>) {
        let context = self.context();
        self.plain.push("\u{fffc}", self.origin.file_range(range), false, context);
    }

    /// Adds text that the reader sees, for the frames that ask for it.
    #[inline]
    pub fn show(&mut self, text: &str) {
        if self.watchers > 0 {
            self.visible.push_str(text);
        }
    }

    fn line_break(&mut self, range: Range<usize>) {
        self.plain.space(self.origin.file_range(range));
        self.show(" ");
    }
}

impl<'a> Iterator for Walk<'a, '_> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if std::mem::take(&mut self.closing) {
            self.close();
        }
        loop {
            let (event, range) = self.events.next()?;
            if self.waiting < self.waivers.len() {
                self.settle_waivers(&event, &range);
            }
            match event {
                Event::Text(text) => {
                    if !self.in_code {
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
                    let mark = self.footnotes.mark(&label, self.footnote_depth > 0);
                    self.push(mark);
                }
                Event::InlineHtml(html) => {
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
        if matches!(text.as_bytes().first(), Some(b'[' | b']')) {
            near_miss::bracket(self, range.start);
        }
        let context = self.context();
        self.words(text, range, context);
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
            Tag::Link { .. } => {
                self.link(tag, range);
                return None;
            }
            Tag::Image { .. } => {
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
            Tag::Paragraph => return (!self.settings.line).then_some(Event::Start(tag)),
            Tag::Heading { level, id, classes, .. } => {
                self.in_heading = true;
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
                self.footnote_depth += 1;
                self.open(FrameKind::Footnote(label), range);
                return None;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => return self.fence(info, range),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.in_code = true,
            Tag::HtmlBlock => return self.html_block(range).map(Event::Html),
            Tag::Table(alignments) => {
                self.open(FrameKind::Table { alignments, column: 0, head: false }, range);
                return Some(Event::Start(Tag::Table(Vec::new())));
            }
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => {
                self.in_cell = true;
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
                self.close();
                return false;
            }
            _ => self.end_run(),
        }
        match tag {
            TagEnd::Paragraph => return !self.settings.line,
            TagEnd::Heading(_) => {
                self.in_heading = false;
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
                self.footnote_depth = self.footnote_depth.saturating_sub(1);
                self.close();
                return false;
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::Table => self.closing = true,
            _ => (),
        }
        true
    }

    fn enter(&mut self, range: Range<usize>) {
        // A list and its item are one level to the reader.
        if self.containers.len() >= 2 * depth::LIMIT && !std::mem::replace(&mut self.too_deep, true) {
            let line = self.first_line(&range);
            self.diagnostics.push(depth::too_deep(self.origin, line));
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
        match fence::read(&fence, self.diagnostics) {
            Reading::Code => {
                self.in_code = true;
                Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))))
            }
            Reading::Block(block) => {
                while !matches!(self.events.next(), None | Some((Event::End(TagEnd::CodeBlock), _))) {}
                if let Some(block) = block {
                    self.push(Node::Block(block));
                }
                None
            }
        }
    }

    /// Takes a whole block of HTML; gives what of it is to be written.
    fn html_block(&mut self, range: Range<usize>) -> Option<CowStr<'a>> {
        let mut html = CowStr::Borrowed("");
        let mut gathered: Option<String> = None;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Html(text) if html.is_empty() => html = text,
                Event::Html(text) => gathered.get_or_insert_with(|| html.to_string()).push_str(&text),
                _ => break,
            }
        }
        let html = gathered.map_or(html, CowStr::from);
        let start = range.start;
        match comment::sort(&html) {
            Html::Comments(comments) => {
                for comment in comments {
                    let text = html.get(comment.clone()).unwrap_or("");
                    let place = self.origin.place(start + comment.start..(start + comment.end).min(self.body.len()));
                    let nothing = self.origin.place(range.end..range.end);
                    self.waivers.extend(comment::waiver(text, &place, &nothing, self.diagnostics));
                }
                None
            }
            Html::Unclosed(at) => {
                self.diagnostics.push(comment::unclosed(self.origin, start + at));
                None
            }
            Html::Raw { .. } if self.settings.allow_html => Some(html),
            Html::Raw { comment_first } => {
                let line = self.first_line(&range);
                self.diagnostics.push(comment::raw_html(self.origin, line, &html, comment_first));
                None
            }
        }
    }

    /// Takes inline HTML; says whether it is to be written.
    fn inline_html(&mut self, html: &str, range: Range<usize>) -> bool {
        if html.starts_with("<!--") {
            let covers = self.line_of(range.start);
            let settled = self.waiting == self.waivers.len();
            let place = self.origin.place(range);
            let waiver = comment::waiver(html, &place, &covers, self.diagnostics);
            self.waivers.extend(waiver);
            if settled {
                self.waiting = self.waivers.len();
            }
            return false;
        }
        if self.settings.allow_html {
            return true;
        }
        let name = comment::tag_name(html).to_ascii_lowercase();
        match name.strip_prefix('/') {
            Some(opened) if self.refused.iter().any(|refused| refused == opened) => return false,
            Some(_) => (),
            None if self.refused.contains(&name) => (),
            None => self.refused.push(name),
        }
        self.diagnostics.push(comment::raw_html(self.origin, range, html, false));
        false
    }

    /// The whole line of a byte.
    fn line_of(&self, at: usize) -> Place {
        let start = self.body.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
        let end = self.body.get(at..).and_then(|after| after.find('\n')).map_or(self.body.len(), |found| at + found);
        self.origin.place(start..end)
    }

    /// Says of waiting waivers what they cover: the block that starts here.
    fn settle_waivers(&mut self, event: &Event<'a>, range: &Range<usize>) {
        let covers = match event {
            Event::End(_) | Event::Start(Tag::HtmlBlock) => return,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                None
            }
            Event::Start(_) | Event::Rule => Some(range.clone()),
            _ => None,
        };
        // Text straight in an item has no element of its own: it goes up to the item's end.
        let covers = covers
            .unwrap_or_else(|| range.start..self.containers.last().map_or(range.end, |item| item.end.max(range.end)));
        let covers = self.origin.place(covers);
        for waiver in self.waivers.iter_mut().skip(self.waiting) {
            waiver.covers = covers.clone();
        }
        self.waiting = self.waivers.len();
    }

    /// Whether the words are a table's.
    pub fn in_cell(&self) -> bool {
        self.in_cell
    }

    fn allowed_in_line(&mut self, tag: &Tag<'_>) -> bool {
        self.paragraphs += usize::from(matches!(tag, Tag::Paragraph));
        matches!(tag, Tag::Paragraph) && self.paragraphs < 2
    }

    fn refuse_block(&mut self, what: &str, range: Range<usize>) {
        let line = self.first_line(&range);
        self.diagnostics.push(super::inline::block_in_text(self.origin, line, what));
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
