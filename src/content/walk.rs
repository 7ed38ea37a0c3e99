//! The one pass over a page: the parser's events go through here on their way to the HTML writer, and what needs
//! the site or a template is taken out of the stream as a node.
//!
//! The writer asks for an event, writes it, and asks for the next: at each request everything before it is written.
//! So what was written since the last node is that much finished HTML, and one buffer serves the whole page.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, HeadingLevel, OffsetIter, Options, Parser};

use super::depth;
use super::footnote::Footnotes;
use super::gaps::Gaps;
use super::heading::Headings;
use super::origin::Origin;
use super::page::{Heading, Link, Node, TermLink, Waiver};
use super::plain::{Context, Gathering, PlainText};
use crate::diagnostic::{Diagnostic, Report};

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
    pub plain: PlainText,
    pub waivers: Vec<Waiver>,
    /// The text without markup, where it is one line.
    pub visible: String,
    /// What could not be read.
    pub gaps: Gaps,
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
    pub closing: bool,
    pub plain: Gathering,
    /// The text without markup of the frames that ask for it.
    pub visible: String,
    /// How many frames ask for it.
    pub watchers: usize,
    pub within: Within,
    /// Lists, items, quotes and the like that are open.
    pub containers: Vec<Range<usize>>,
    pub headings: Headings,
    pub footnotes: Footnotes,
    pub waivers: Waivers,
    pub refused: Refused,
    pub near_miss: NearMiss,
    pub gaps: Gaps,
}

/// What the next event stands in, as far as its words go.
#[derive(Default)]
pub(super) struct Within {
    pub code: bool,
    pub cell: bool,
    pub heading: bool,
    /// An address that shows itself: `<https://example.org>`.
    pub address: bool,
    pub footnotes: usize,
    /// Paragraphs so far.
    pub paragraphs: usize,
    /// Whether lists and quotes are too deep, and reported.
    pub too_deep: bool,
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
    Link(Link),
    Term(TermLink),
}

/// A heading that is being filled.
pub(super) struct HeadingFrame<'a> {
    pub level: HeadingLevel,
    /// The id and the classes that the parser found.
    pub id: Option<CowStr<'a>>,
    pub classes: Vec<CowStr<'a>>,
    /// The stretches of its text that are figures.
    pub figures: Vec<Range<usize>>,
}

/// Elements whose opening tag was refused, so that the closing one need not be.
#[derive(Default)]
pub(super) struct Refused(pub HashSet<String>);

/// What is remembered within a stretch of text.
#[derive(Default)]
pub(super) struct NearMiss {
    /// A bracket that opened no link, and whether a bound link stands behind it.
    pub open: Option<(usize, bool)>,
    /// The bracket of an alert that is reported already.
    pub alert: Option<usize>,
}

impl NearMiss {
    pub fn end_run(&mut self) {
        self.open = None;
    }

    /// Remembers a figure, term or literal.
    pub fn bound(&mut self) {
        if let Some((_, bound)) = &mut self.open {
            *bound = true;
        }
    }
}

/// The waivers of a page while it is read.
#[derive(Default)]
pub(super) struct Waivers {
    pub list: Vec<Waiver>,
    /// Those from this index on wait for the block that they cover.
    pub waiting: usize,
    /// The line that was looked for last.
    pub line: Range<usize>,
}

impl Waivers {
    pub fn are_waiting(&self) -> bool {
        self.waiting < self.list.len()
    }

    /// Adds waivers that say what they cover. None waits by then.
    pub fn settled(&mut self, waivers: Vec<Waiver>) {
        self.list.extend(waivers);
        self.waiting = self.list.len();
    }
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
    let mut gaps = Gaps::NONE;
    if let Some(line) = deep {
        gaps.hide_text(diagnostics.report(depth::too_deep(origin, line)));
    }
    let html = RefCell::new(String::with_capacity(if settings.line { 0 } else { 2048 }));
    let mut walk = Walk::new(read, origin, settings, &html, diagnostics);
    pulldown_cmark::html::write_html_fmt(Sink(&html), &mut walk).expect("writing to a string can't fail");
    let mut outcome = walk.finish();
    outcome.gaps = outcome.gaps.and(gaps);
    outcome
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
            within: Within::default(),
            containers: Vec::new(),
            headings: Headings::default(),
            footnotes: Footnotes::default(),
            waivers: Waivers::default(),
            refused: Refused::default(),
            near_miss: NearMiss::default(),
            gaps: Gaps::NONE,
        }
    }

    fn finish(mut self) -> Outcome {
        self.flush();
        let mut nodes = self.frames.drain(..).next().map_or_else(Vec::new, |root| root.nodes);
        let footnotes = self.footnotes.finish(&mut nodes, self.origin, self.gaps, self.diagnostics);
        if !footnotes.is_empty() {
            nodes.push(Node::Footnotes(footnotes));
        }
        Outcome {
            nodes,
            headings: self.headings.list,
            plain: self.plain.finish(self.origin),
            waivers: self.waivers.list,
            visible: self.visible,
            gaps: self.gaps,
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

    /// The column of a table in whose cell the walk is, and whether that is its title.
    pub fn column(&self) -> Option<(usize, bool)> {
        self.frames.iter().rev().find_map(|frame| match frame.kind {
            FrameKind::Table { column, head, .. } => Some((column.checked_sub(1)?, head)),
            _ => None,
        })
    }

    /// The first line of a range.
    pub fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let length =
            self.body.get(range.clone()).and_then(|text| text.lines().next()).map_or(0, |line| line.trim_end().len());
        range.start..range.start + length
    }

    /// What the words that come next are.
    pub fn context(&self) -> Context {
        if self.within.heading {
            Context::Heading
        } else if self.within.cell {
            Context::TableCell
        } else if self.within.footnotes > 0 {
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

    /// Reports text that was meant to be a link and can't be read as one. Rules that look at words don't see its words.
    pub fn broken_link(&mut self, problem: Diagnostic, range: Range<usize>) {
        self.gaps.hide_links(self.diagnostics.report(problem));
        self.plain.withhold(self.origin.file_range(range));
    }

    pub fn line_break(&mut self, range: Range<usize>) {
        self.plain.space(self.origin.file_range(range));
        self.show(" ");
    }
}
