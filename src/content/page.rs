//! A page as a tree: its nodes, lines of Markdown, and fences that are made from data with their options.

use super::plain::PlainText;
use crate::diagnostic::{Known, Place};
use crate::document::{Table, Text};

/// A line of Markdown without blocks.
#[derive(Clone, Debug)]
pub struct Inline {
    /// Its pieces: HTML, figures, literals, terms and links.
    pub nodes: Vec<Node>,
    /// The same without markup, for places where HTML can't stand.
    pub plain: String,
    /// The words outside figures and literals, for what looks at words.
    pub words: PlainText,
    /// Where it stands.
    pub place: Place,
    /// Err where a link or a figure in it could not be read.
    pub links: Known<()>,
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
    /// `[VM](term:vm)`
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

/// A fence whose info string is a block word.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it makes.
    pub kind: BlockKind,
    /// The whole fence.
    pub place: Place,
    /// Err where some of its options could not be read.
    pub whole: Known<()>,
}

impl Block {
    /// How many rows its options name; 0 where it shows all.
    pub fn wanted_rows(&self) -> usize {
        match &self.kind {
            BlockKind::Table(table) => table.rows.rows.len(),
            BlockKind::List(list) => list.rows.rows.len(),
            BlockKind::Chart(_)
            | BlockKind::Facts(_)
            | BlockKind::Place(_)
            | BlockKind::Compare(_)
            | BlockKind::Own(_) => 0,
        }
    }
}

/// What a block makes.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// `table SET`
    Table(TableBlock),
    /// `chart SET`
    Chart(ChartBlock),
    /// `list SET`
    List(ListBlock),
    /// `facts`
    Facts(FactsBlock),
    /// `tool place`
    Place(PlaceBlock),
    /// `tool compare`
    Compare(CompareBlock),
    /// `block NAME`
    Own(OwnBlock),
}

/// Which rows of a set a block shows, and in which order.
#[derive(Clone, Debug, Default)]
pub struct RowOptions {
    /// Ids of rows; all where empty.
    pub rows: Vec<Text>,
    /// `where`: what must be true of a row.
    pub condition: Option<Text>,
    /// Columns to sort by, the first before the others; `-` before one reverses it. As the rows come where empty.
    pub order: Vec<Text>,
    /// How many rows to show at most, and where that is typed.
    pub limit: Option<(i64, Place)>,
}

/// A table of a set.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// The set's name.
    pub set: Text,
    /// Columns, or sides of them such as `total.low`; all columns where empty.
    pub columns: Vec<Text>,
    /// Which rows it shows.
    pub rows: RowOptions,
    /// The key column whose values become columns.
    pub pivot: Option<Text>,
    /// What stands above it.
    pub caption: Option<Inline>,
    /// What stands below it.
    pub notes: Vec<Inline>,
}

impl TableBlock {
    /// All of a set.
    pub fn of(set: Text) -> Self {
        let rows = RowOptions::default();
        Self { set, columns: Vec::new(), rows, pivot: None, caption: None, notes: Vec::new() }
    }
}

/// A block with a template of the site's own.
#[derive(Clone, Debug)]
pub struct OwnBlock {
    /// The template's name: `templates/blocks/NAME.html`.
    pub name: Text,
    /// The sets that the template is given, each as a table of all its rows and columns.
    pub sets: Vec<TableBlock>,
    /// Free values for the template.
    pub extra: Option<Table>,
}

/// A chart of a set.
#[derive(Clone, Debug)]
pub struct ChartBlock {
    /// The set's name.
    pub set: Text,
    /// `range`, `bar`, `mix`, `line`, `dots`, `timeline` or `ladder`.
    pub kind: Text,
    /// Columns whose values are drawn; where empty, those that fit the kind.
    pub y: Vec<Text>,
    /// The column that names rows, or says where they are along a line.
    pub x: Option<Text>,
    /// The column each of whose values is a series.
    pub series: Option<Text>,
    /// Which rows it draws.
    pub rows: Box<RowOptions>,
    /// Ids of single figures, in place of rows.
    pub figures: Vec<Text>,
    /// Whether the overlaps and gaps of neighboring rows are drawn.
    pub neighbors: bool,
    /// Whether each column is drawn in a small chart of its own.
    pub panels: bool,
    /// The column of a ladder that names the row from which a row branches off.
    pub branch: Option<Text>,
    /// The column of a ladder that groups its rows.
    pub group: Option<Text>,
    /// What stands above it.
    pub caption: Option<Inline>,
    /// The options that are given: their names, and where these stand.
    pub given: Vec<(String, Place)>,
}

/// A list of the entries of a register, or of the rows of a table.
#[derive(Clone, Debug)]
pub struct ListBlock {
    /// The set's name.
    pub set: Text,
    /// Which entries it shows.
    pub rows: RowOptions,
    /// Fields to show, or columns of a table; all where empty.
    pub fields: Vec<Text>,
}

/// A page's quick facts.
#[derive(Clone, Debug)]
pub struct FactsBlock {
    /// Ids of figures.
    pub figures: Vec<Text>,
}

/// Where an amount lies in the bands of a set.
#[derive(Clone, Debug)]
pub struct PlaceBlock {
    /// The set's name.
    pub set: Text,
    /// The column that the amount is held against.
    pub column: Text,
    /// The columns that an amount may be given by.
    pub parts: Vec<Text>,
    /// What to say when the title of the value holds certain words.
    pub warn: Vec<Warning>,
    /// Words of the tool in the place of the site's.
    pub words: Option<Table>,
}

/// Words in a title, and what to say to them.
#[derive(Clone, Debug)]
pub struct Warning {
    /// Any of these.
    pub words: Vec<Text>,
    /// Where they stand.
    pub words_place: Place,
    /// Inline Markdown.
    pub text: Inline,
}

/// Any two rows of a set side by side.
#[derive(Clone, Debug)]
pub struct CompareBlock {
    /// The set's name.
    pub set: Text,
    /// Columns to compare; all where empty.
    pub columns: Vec<Text>,
}
