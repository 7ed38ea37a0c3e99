//! What templates see: one typed struct a template or component.
//!
//! Fields named `html` or ending in `_html` hold finished, escaped markup (print them with `| safe`); every other text
//! is plain and is escaped by the engine. Addresses (`href`) already carry the base path.

#![expect(missing_docs, reason = "most fields say what they are by name; the others say it in words")]

use std::collections::BTreeMap;

use serde::Serialize;

/// Site-wide values, in the context of every template as `site`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub language: String,
    /// The front page.
    pub home: String,
    /// The base path: `/` or `/repo/`.
    pub base: String,
    /// The site's whole address, with its closing slash: `https://user.github.io/repo/`.
    pub address: String,
    pub stylesheet: String,
    pub script: Option<String>,
    /// The script of pages that have moved.
    pub redirect_script: Option<String>,
    pub icon: String,
    /// The font to preload.
    pub font: Option<String>,
    pub repository: Option<String>,
    /// Whether the site has figures, and so `/figures/`.
    pub figures: Option<String>,
    /// Other hosts from which pages may load images, as `https://host`.
    pub image_hosts: Vec<String>,
    /// `[extra]` of the site's settings.
    pub extra: serde_json::Value,
}

/// `page.html` and `404.html`, as `page`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    pub title_html: String,
    pub title: String,
    pub description: Option<String>,
    /// The address from the host's root: `/repo/bands/`.
    pub href: String,
    /// The whole address: `https://user.github.io/repo/bands/`; nothing for the not-found page.
    pub canonical: Option<String>,
    pub breadcrumbs: Vec<LinkView>,
    /// Headings of level 2 with those of level 3 below; empty where the page has no contents list.
    pub toc: Vec<TocView>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    /// Whether the body opens with its own level-1 heading.
    pub has_heading: bool,
    pub body_html: String,
    pub nav_html: String,
    pub edit: Option<String>,
    /// How to cite the page; nothing on pages without figures.
    pub cite: Option<CiteView>,
    /// Ready to read, with the ISO form beside it.
    pub published: Option<DateView>,
    pub updated: Option<DateView>,
    /// Whether it is the front page.
    pub front: bool,
    /// `[extra]` of its front matter.
    pub extra: serde_json::Value,
}

/// How to cite: the source first, then this site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CiteView {
    pub text: String,
    pub bibtex: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct DateView {
    pub iso: String,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkView {
    pub title: String,
    pub href: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct TocView {
    pub id: String,
    pub title: String,
    pub children: Vec<TocView>,
}

/// `components/nav.html`, as `sections`. Rendered once a section: the generator marks the current page in it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavSectionView {
    pub title: Option<String>,
    pub pages: Vec<NavPageView>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct NavPageView {
    pub title: String,
    pub href: String,
    /// Pages below it, given only on pages of its own branch.
    pub children: Vec<NavPageView>,
}

/// `components/figure.html`, as `figure`: a figure in prose, a table, a list or a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureView {
    /// `bands.l3.total.median`
    pub id: String,
    /// For `<data value>`: `432000`, `365000..500000`; empty where the source does not say.
    pub value: String,
    /// What the reader sees: `$432K`.
    pub text: String,
    /// Whether its bound and its qualifier are printed with it, since no sentence of an author says them.
    pub written: bool,
    /// Its record.
    pub href: String,
    /// What it is, in a line: "M Medium server, Total, stated median".
    pub label: String,
    /// "as of Q1 2026"; empty where undated.
    pub as_of: String,
    /// Titles of its sources.
    pub sources: Vec<String>,
    pub unstated: bool,
    /// Why its formula gives no value: "plans.medium.server is not stated".
    pub gap: Option<String>,
    pub calculated: bool,
    /// Whether the title of its column says so for it.
    pub calculated_above: bool,
    /// "high", "medium", "low", "very-low" or empty.
    pub confidence: String,
    /// Words shown wherever it shows.
    pub badge: Option<String>,
    /// Whether the badge is spelled out nearby, so that its mark alone will do.
    pub badge_again: bool,
    /// Words shown with it, such as "in most regions".
    pub qualifier: Option<String>,
    /// "over", "up to", "about" or empty.
    pub bound: String,
    /// The asterisks of open contradictions.
    pub flags: FlagsView,
}

/// Where a figure bears an asterisk, since an open contradiction names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FlagsView {
    /// Before the low end of a range.
    pub low: bool,
    /// Behind the figure: it is named, or its high end.
    pub own: bool,
}

/// `components/term.html`, as `term`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermView {
    pub id: String,
    pub html: String,
    pub definition: String,
    /// Its place in the glossary, where a page lists the terms.
    pub href: Option<String>,
}

/// `components/literal.html`, as `literal`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LiteralView {
    pub text: String,
    pub reason: String,
}

/// `components/heading.html`, as `heading`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadingView {
    pub level: u8,
    pub id: String,
    pub html: String,
    /// The plain text, for the anchor's name.
    pub text: String,
}

/// `components/alert.html`, as `alert`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AlertView {
    /// `note`, `tip`, `important`, `warning`, `caution`.
    pub kind: &'static str,
    /// "Note", in the site's language.
    pub title: String,
    pub html: String,
}

/// `components/footnotes.html`, as `footnotes`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FootnoteView {
    pub number: usize,
    /// `fn-1`
    pub id: String,
    pub html: String,
    /// Ids of the marks that lead here.
    pub marks: Vec<String>,
}

/// `components/footnote-mark.html`, as `mark`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FootnoteMarkView {
    pub number: usize,
    /// The mark's own id.
    pub id: String,
    /// The footnote's id.
    pub target: String,
}

/// `components/prose-table.html`, as `table`: a table written in Markdown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProseTableView {
    pub html: String,
    /// The heading before it, as the scroll region's name.
    pub label: String,
}

/// `components/image.html`, as `image`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImageView {
    pub src: String,
    pub alt: String,
    pub title: Option<String>,
}

/// `components/table.html`, as `table`: a table made from data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableView {
    /// Unique on the page: `table-bands`.
    pub id: String,
    pub caption_html: Option<String>,
    /// "US dollars a year, as of Q1 2026."
    pub about: String,
    pub columns: Vec<ColumnView>,
    /// Titles above several columns, of which those with `grouped` say only the side; empty where no two share one.
    pub groups: Vec<ColumnGroupView>,
    pub rows: Vec<RowView>,
    /// "10 of 24 rows", where a limit leaves rows out.
    pub rows_shown: Option<String>,
    pub notes_html: Vec<String>,
    /// What its asterisks stand for: `components/disagreements.html`.
    pub conflicts: Vec<LinkView>,
    pub credit: CreditView,
}

/// `blocks/NAME.html`, as `block`: what a template of the site's own is given.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OwnBlockView {
    /// The sets that the block names, by their names, each with all its rows and columns.
    pub sets: BTreeMap<String, TableView>,
    /// `[extra]` of the block.
    pub extra: serde_json::Value,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ColumnView {
    /// As a block names it: `total.low`; empty for a column of a pivot.
    pub id: String,
    pub title_html: String,
    /// Numbers are set flush right.
    pub numeric: bool,
    /// Whether each of its figures is calculated: then its head says so.
    pub calculated: bool,
    /// Whether it stands below the title of a group.
    pub grouped: bool,
}

/// Columns that are sides of one measure, such as its midpoint and its spread.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ColumnGroupView {
    pub title_html: String,
    /// How many columns it stands above.
    pub span: usize,
    /// Whether each of its columns is calculated: then it says so for them.
    pub calculated: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct RowView {
    /// The row's id, as an anchor; unique on the page.
    pub id: String,
    pub cells: Vec<CellView>,
}

/// One cell: either a figure, or text, or neither where the source is silent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CellView {
    /// Whether it names its row.
    pub header: bool,
    pub numeric: bool,
    /// Whether the cell itself must say that its figure is calculated, because its column does not.
    pub calculated: bool,
    pub figure: Option<FigureView>,
    pub html: Option<String>,
    /// What sorting goes by: a number, or the text.
    pub sort: String,
}

/// Where a block's figures come from: `components/credit.html`, as `credit`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CreditView {
    pub sources: Vec<LinkView>,
    pub as_of: Option<String>,
    pub confidence: Option<String>,
    /// The badges of its figures, each once.
    pub badges: Vec<String>,
    /// The set's records page.
    pub records: Option<LinkView>,
    /// "CSV", "JSON".
    pub downloads: Vec<LinkView>,
}

/// `components/facts.html`, as `facts`: a page's quick facts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FactView {
    pub title_html: String,
    pub figure: FigureView,
    pub note_html: Option<String>,
}

/// `components/terms.html`, as `terms`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermEntryView {
    pub id: String,
    pub term: String,
    pub short: Option<String>,
    pub definition_html: String,
    pub not_to_confuse_html: Option<String>,
    /// Where it names another term: that term.
    pub not_to_confuse: Option<LinkView>,
}

/// `components/sources.html`, as `sources`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceView {
    pub id: String,
    pub title: String,
    pub publisher: Option<String>,
    /// Nothing when the address is not given.
    pub url: Option<String>,
    pub kind: Option<String>,
    pub accessed: Option<String>,
    pub cites: Vec<LinkView>,
    pub promotional: bool,
    pub caution_html: Option<String>,
}

/// `components/conflicts.html`, as `conflicts`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConflictView {
    pub id: String,
    pub title_html: String,
    /// What it is, in words: a contradiction, something missing, a caution.
    pub kind: String,
    pub status: String,
    pub explanation_html: String,
    pub decision_html: Option<String>,
    pub figures: Vec<LinkView>,
}

/// `components/releases.html`, as `releases`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReleaseView {
    pub id: String,
    pub version: String,
    pub date: Option<DateView>,
    pub note_html: Option<String>,
    pub changes: Vec<ChangeView>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangeView {
    pub figure: FigureView,
    pub was: Option<String>,
    pub reason_html: Option<String>,
}

/// `components/records.html`, as `records`: rows of text as a list, one entry a row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RecordEntryView {
    pub id: String,
    /// The first column.
    pub title_html: String,
    pub fields: Vec<FieldView>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct FieldView {
    pub title_html: String,
    pub html: String,
}

/// `figures.html`, as `groups`: the records of one set, at `/figures/SET/`, or of one row, at `/figures/SET/ROW/`; `page` is there too.
/// A group holds what is said of a row, or of two neighboring ones; a set without rows is one group without a heading. `rows` are
/// links to the pages of the rows, where each has its own, and `downloads` the set's files, where not all its figures have a record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RecordGroupView {
    pub heading: Option<HeadingView>,
    pub records: Vec<FigureRecordView>,
}

/// One record of a group. What most of them share is said once, as `common` (a record with only those fields), and left out
/// of each.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureRecordView {
    /// `l3.total.median`: the anchor.
    pub anchor: String,
    pub figure: FigureView,
    /// What the figure means: range meaning, median meaning, or what it is calculated from.
    pub meaning: Option<String>,
    /// For a calculated figure: the formula in figures, `($365K + $500K) / 2`.
    pub formula: Option<String>,
    pub inputs: Vec<LinkView>,
    /// For each function over rows in the formula: "3 of 4 rows with a value", as a link to the records of their set.
    pub rows: Vec<LinkView>,
    pub subject: Option<String>,
    pub scope: Option<String>,
    pub as_of: Option<String>,
    pub next_review: Option<String>,
    pub sources: Vec<LinkView>,
    pub confidence: Option<String>,
    pub confidence_reason: Option<String>,
    pub note_html: Option<String>,
    /// Conflicts that name it or what it is below.
    pub conflicts: Vec<LinkView>,
    /// Pages that quote it, with the nearest heading.
    pub quoted: Vec<LinkView>,
    /// How to cite it, as plain text; empty for the ends of a range, which is cited whole.
    pub citation: String,
    /// Given for what is stated; empty for what is calculated from it.
    pub bibtex: String,
    /// The report-a-wrong-number link.
    pub report: Option<String>,
}

/// `redirect.html`, as `redirect`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RedirectView {
    pub title: String,
    /// Where it leads, with the base path.
    pub href: String,
    pub canonical: String,
}

/// `sitemap.xml`, as `entries`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SitemapEntryView {
    pub address: String,
    pub updated: Option<String>,
}

/// `components/link.html`, as `link`: any link in prose.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkRefView {
    pub href: String,
    pub title: Option<String>,
    pub html: String,
    /// Whether it leads to another site.
    pub external: bool,
}
