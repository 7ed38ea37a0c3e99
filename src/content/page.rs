//! A page as a tree.

use std::sync::Arc;

use super::block::Block;
use super::front::FrontMatter;
use super::gaps::Gaps;
use super::plain::PlainText;
use crate::diagnostic::{Place, Source};

/// One Markdown file, parsed.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub source: Arc<Source>,
    /// What stands between the `+++` lines.
    pub front: FrontMatter,
    /// The body.
    pub body: Vec<Node>,
    /// Every heading in order, level 1 included.
    pub headings: Vec<Heading>,
    /// The words of the page, for what looks at words.
    pub plain: PlainText,
    /// Comments that waive a rule.
    pub waivers: Vec<Waiver>,
    /// What of the body could not be read.
    pub gaps: Gaps,
}

/// A piece of a page. Plain Markdown is finished HTML; what needs the site or a template is a node of its own.
#[derive(Clone, Debug)]
pub enum Node {
    /// Finished HTML.
    Html(String),
    /// `[$432K](figure:…)`
    Figure(FigureLink),
    /// `[100](literal:axis)`
    Literal(LiteralLink),
    /// `[TPgM](term:tpgm)`
    Term(TermLink),
    /// Any other link.
    Link(Link),
    /// An image.
    Image(Image),
    /// A heading: its index in `Page::headings`, and what it holds.
    Heading(usize, Vec<Node>),
    /// A GitHub alert: `note`, `tip`, `important`, `warning`, `caution`.
    Alert(&'static str, Vec<Node>),
    /// A Markdown table: the `<table>` element, to be wrapped.
    Table(Vec<Node>),
    /// The end of a title in a table's head: its column, from 0.
    ColumnTitle(usize),
    /// The box of a task in a list: whether it is done.
    Task(bool),
    /// A mark that leads to a footnote: its index in the page's footnotes, and which mark of it this is, both from 0.
    FootnoteMark(usize, usize),
    /// All footnotes of the page in order of first mark, at its end.
    Footnotes(Vec<Footnote>),
    /// A fence made from data.
    Block(Box<Block>),
}

/// A figure bound in prose.
#[derive(Clone, Debug)]
pub struct FigureLink {
    /// The datum's id, as typed.
    pub id: String,
    /// Where the id stands.
    pub id_place: Place,
    /// What the reader sees, without emphasis.
    pub text: String,
    /// Where that stands.
    pub text_place: Place,
    /// Whether every byte of `text` is a byte of the place, so that `fix` may rewrite it.
    pub exact: bool,
    /// The column of the table below whose head it stands, from 0.
    pub column: Option<usize>,
    /// Where the words behind it start in the [`PlainText`] of the same text.
    pub behind: u32,
}

/// A number that is not data.
#[derive(Clone, Debug)]
pub struct LiteralLink {
    /// Why it isn't.
    pub reason: String,
    /// What the reader sees.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A term with its definition at hand.
#[derive(Clone, Debug)]
pub struct TermLink {
    /// The term's id, with its set where the author gave one.
    pub id: String,
    /// Where the id stands.
    pub id_place: Place,
    /// What the reader sees.
    pub children: Vec<Node>,
    /// The same without markup.
    pub text: String,
}

/// A link to a page, a file, a heading or another site.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The target as typed, without Markdown's escapes. It is published where the site has nothing to lead to.
    pub typed: String,
    /// Where the target stands.
    pub target_place: Place,
    /// The link's title attribute.
    pub title: Option<String>,
    /// What the reader sees.
    pub children: Vec<Node>,
    /// The same without markup.
    pub text: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page by its file, from the content folder: `bands/l3.md`, decoded, without `.` and `..`.
    Page {
        /// The file.
        path: String,
        /// The heading's id.
        fragment: Option<String>,
    },
    /// Another file beside the pages, from the content folder.
    File {
        /// The file.
        path: String,
        /// What follows its `#`, such as `page=3` of a PDF.
        fragment: Option<String>,
    },
    /// A heading of the same page.
    Fragment(String),
    /// An address from the site's root: `/bands/`.
    Address {
        /// The address with its opening slash, decoded.
        path: String,
        /// The heading's id.
        fragment: Option<String>,
    },
    /// Another site, or a mail address; its scheme is allowed.
    External(String),
    /// Refused, and reported already.
    Broken,
}

/// An image.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where the picture is.
    pub target: Target,
    /// The target as typed, without Markdown's escapes. It is published where the site has no such picture.
    pub typed: String,
    /// Where the target stands.
    pub target_place: Place,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// Its title attribute.
    pub title: Option<String>,
    /// The whole image.
    pub place: Place,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Unique on the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Classes, from `{.class}`.
    pub classes: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Footnote {
    /// Its label, as typed.
    pub label: String,
    /// How many marks lead to it.
    pub marks: usize,
    /// What it says.
    pub children: Vec<Node>,
}

/// A comment that waives a rule for the block after it, or for its own line.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule's name; empty where the comment is malformed, so that nobody knows which rule it waives.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// What it covers: diagnostics that have a part in this span.
    pub covers: Place,
    /// The comment.
    pub place: Place,
}
