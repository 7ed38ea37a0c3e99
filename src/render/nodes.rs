//! Nodes of a page to HTML: what needs the site or a template goes through its component.

use std::collections::{BTreeMap, HashSet};

use super::Renderer;
use super::text::plain;
use super::views::{
    AlertView, FootnoteMarkView, FootnoteView, HeadingView, ImageView, LinkRefView, LiteralView, ProseTableView,
    TermView,
};
use crate::content::{self, FigureLink, Node, Target};
use crate::diagnostic::Diagnostic;
use crate::document::Text;
use crate::site::visit;

/// What surrounds the nodes that are rendered.
pub(super) struct Scope<'a> {
    /// The page; nothing for texts of data.
    pub page: Option<usize>,
    /// The nearest heading's text, which names a table without a caption.
    pub heading: String,
    /// Ids that are given already, so that a row that shows twice is anchored once.
    pub claimed: HashSet<String>,
    /// The badges of the figures in each section of the page, the part before the first heading included.
    pub badges: Vec<Vec<String>>,
    /// Whether badges are spelled out near what is rendered, so that a figure bears their mark alone.
    pub signed: bool,
    /// The columns of the table around whose titles say that all of their figures are calculated.
    pub calculated: Vec<usize>,
    /// The page's headings.
    pub headings: &'a [content::Heading],
}

/// Stands before and behind each heading until what its section must say is known. No text holds it: CommonMark replaces it.
const SECTION: &str = "\0";

impl Scope<'_> {
    /// For a text of data, which belongs to no page.
    pub(super) fn of_data() -> Self {
        Self {
            page: None,
            heading: String::new(),
            claimed: HashSet::new(),
            badges: vec![Vec::new()],
            signed: false,
            calculated: Vec::new(),
            headings: &[],
        }
    }
}

impl Renderer<'_> {
    pub(super) fn nodes(&self, nodes: &[Node], scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        let mut out = String::new();
        self.nodes_into(nodes, scope, &mut out)?;
        Ok(out)
    }

    pub(super) fn nodes_into(&self, nodes: &[Node], scope: &mut Scope<'_>, out: &mut String) -> Result<(), Diagnostic> {
        for node in nodes {
            match node {
                Node::Html(html) => out.push_str(html),
                Node::Figure(figure) => out.push_str(&self.figure_html(figure, scope)?),
                Node::Literal(literal) => {
                    let view = LiteralView { text: literal.text.clone(), reason: literal.reason.clone() };
                    out.push_str(&self.engine.render("components/literal.html", "literal", &view)?);
                }
                Node::Term(term) => {
                    let html = self.nodes(&term.children, scope)?;
                    out.push_str(&self.engine.render("components/term.html", "term", &self.term(&term.id, html))?);
                }
                Node::Link(link) => {
                    let html = self.nodes(&link.children, scope)?;
                    let view = LinkRefView {
                        href: self.site.href(&link.target, &link.typed),
                        title: link.title.clone(),
                        external: matches!(link.target, Target::External(_)),
                        html,
                    };
                    out.push_str(&self.engine.render("components/link.html", "link", &view)?);
                }
                Node::Image(image) => {
                    let view = ImageView {
                        src: self.site.href(&image.target, &image.typed),
                        alt: image.alt.clone(),
                        title: image.title.clone(),
                    };
                    out.push_str(&self.engine.render("components/image.html", "image", &view)?);
                }
                Node::Heading(at, children) => {
                    let edge = if self.shared.has_badges { SECTION } else { "" };
                    scope.badges.push(Vec::new());
                    let heading = self.heading(*at, children, scope)?;
                    out.extend([edge, &heading, edge]);
                }
                Node::Alert(kind, children) => {
                    let view = AlertView { kind, title: self.alert_title(kind), html: self.nodes(children, scope)? };
                    out.push_str(&self.engine.render("components/alert.html", "alert", &view)?);
                }
                Node::Table(children) => {
                    let outer = std::mem::replace(&mut scope.calculated, self.calculated_columns(children));
                    let view = ProseTableView { html: self.nodes(children, scope)?, label: scope.heading.clone() };
                    out.push_str(&self.engine.render("components/prose-table.html", "table", &view)?);
                    scope.calculated = outer;
                }
                Node::ColumnTitle(column) => {
                    if scope.calculated.contains(column) {
                        out.push_str(&self.engine.render("components/calculated.html", "column", column)?);
                    }
                }
                Node::Task(done) => out.push_str(&self.engine.render("components/task.html", "done", done)?),
                Node::FootnoteMark(note, mark) => {
                    let view = FootnoteMarkView {
                        number: note + 1,
                        id: mark_id(*note, *mark),
                        target: format!("fn-{}", note + 1),
                    };
                    out.push_str(&self.engine.render("components/footnote-mark.html", "mark", &view)?);
                }
                Node::Footnotes(notes) => {
                    let mut views = Vec::with_capacity(notes.len());
                    for (at, note) in notes.iter().enumerate() {
                        views.push(FootnoteView {
                            number: at + 1,
                            id: format!("fn-{}", at + 1),
                            html: self.nodes(&note.children, scope)?,
                            marks: (0..note.marks).map(|mark| mark_id(at, mark)).collect(),
                        });
                    }
                    out.push_str(&self.engine.render("components/footnotes.html", "footnotes", &views)?);
                }
                Node::Block(block) => out.push_str(&self.block(block, scope)?),
            }
        }
        Ok(())
    }

    /// The columns of a Markdown table in which every figure is calculated: said once in the title, it need not be said in each cell.
    fn calculated_columns(&self, table: &[Node]) -> Vec<usize> {
        let mut columns: BTreeMap<usize, bool> = BTreeMap::new();
        visit(table, &mut |node| {
            let Node::Figure(FigureLink { id, column: Some(column), .. }) = node else { return };
            let is_calculated = self.site.data.figures.get(id).is_some_and(|figure| figure.inputs.is_some());
            *columns.entry(*column).or_insert(true) &= is_calculated;
        });
        columns.into_iter().filter(|(_, all)| *all).map(|(column, _)| column).collect()
    }

    /// A page's body with the badges of each section spelled out where the section begins; at the end of
    /// the one that leads the page.
    pub(super) fn with_badges(&self, body: String, scope: &Scope<'_>) -> Result<String, Diagnostic> {
        if scope.badges.iter().all(Vec::is_empty) {
            return Ok(if self.shared.has_badges { body.replace(SECTION, "") } else { body });
        }
        let mut out = String::with_capacity(body.len() + 200);
        let levels = std::iter::once(1).chain(scope.headings.iter().map(|heading| heading.level));
        let mut sections = scope.badges.iter().zip(levels);
        for (at, part) in body.split(SECTION).enumerate() {
            // Headings and what follows them take turns.
            let section = if at % 2 == 0 { sections.next() } else { None };
            let Some((badges, level)) = section.filter(|(badges, _)| !badges.is_empty()) else {
                out.push_str(part);
                continue;
            };
            let said = self.engine.render("components/badges.html", "badges", badges)?;
            out.extend(if level == 1 { [part, &said] } else { [&said, part] });
        }
        Ok(out)
    }

    /// Inline Markdown in a text of data, as HTML.
    pub(super) fn text_html(&self, text: &Text) -> Result<String, Diagnostic> {
        self.nodes(&content::inline(text, &mut Vec::new()).nodes, &mut Scope::of_data())
    }

    /// The same for a text that may be missing.
    pub(super) fn optional_html(&self, text: Option<&Text>) -> Result<Option<String>, Diagnostic> {
        text.map(|text| self.text_html(text)).transpose()
    }

    fn heading(&self, at: usize, children: &[Node], scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        let html = self.nodes(children, scope)?;
        let Some(heading) = scope.headings.get(at) else { return Ok(html) };
        scope.heading.clone_from(&heading.text);
        let view = HeadingView { level: heading.level, id: heading.id.clone(), html, text: heading.text.clone() };
        self.engine.render("components/heading.html", "heading", &view)
    }

    fn term(&self, id: &str, html: String) -> TermView {
        let id = id.rsplit('.').next().unwrap_or(id);
        let definition = self.site.term(id).map(|term| plain(&term.definition)).unwrap_or_default();
        let href = self
            .site
            .term_place(id)
            .map(|(page, anchor)| self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)));
        TermView { id: id.to_owned(), html, definition, href }
    }

    fn alert_title(&self, kind: &str) -> String {
        let labels = &self.site.config.labels;
        let title = match kind {
            "tip" => &labels.alert_tip,
            "important" => &labels.alert_important,
            "warning" => &labels.alert_warning,
            "caution" => &labels.alert_caution,
            _ => &labels.alert_note,
        };
        title.to_string()
    }
}

fn mark_id(note: usize, mark: usize) -> String {
    if mark == 0 { format!("fnref-{}", note + 1) } else { format!("fnref-{}-{}", note + 1, mark + 1) }
}
