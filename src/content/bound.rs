//! Links and images: those that are bound to data become nodes of their own, the others get their target.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::link::{self, EMPTY_LINK, Refusal};
use super::page::{FigureLink, Link, LiteralLink, Node, Target, TermLink};
use super::walk::{Frame, FrameKind, Walk};
use crate::diagnostic::{Code, Diagnostic, Report, Severity};

pub(super) static BOUND_LINK: Code = Code {
    name: "bound-link",
    severity: Severity::Error,
    rule: false,
    what: "A link to a datum, a term or a literal is written in a way that can't be read.",
    why: "The number in it couldn't be held against its datum.",
    example: "<figure:bands.l3.total.median>",
    mend: "Write `[$432K](figure:bands.l3.total.median)`: what the reader sees between brackets, as plain text, and the id behind it.",
};

/// The text of a bound link.
#[derive(Default)]
struct Shown {
    text: String,
    /// From the first byte to the last.
    range: Option<Range<usize>>,
    exact: bool,
    /// Something in it that is no text.
    foreign: Option<(&'static str, Range<usize>)>,
}

impl<'a> Walk<'a, '_> {
    /// Takes the start of a link, and all of it where it is a figure or a literal.
    pub(super) fn link(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else {
            return;
        };
        let place = self.target_range(&dest_url, link_type, &id, &range);
        self.within.address = matches!(link_type, LinkType::Autolink | LinkType::Email);
        if let Some((scheme, rest)) = link::scheme(&dest_url) {
            if link_type == LinkType::Autolink && link::BOUND.iter().any(|bound| bound.eq_ignore_ascii_case(scheme)) {
                let help =
                    format!("write what the reader should see: `[text]({}:{rest})`", scheme.to_ascii_lowercase());
                self.refuse(&range, format!("`<{dest_url}>` shows no text"), help);
                self.open_link(Target::Broken, &dest_url, place, title, range);
                return;
            }
            let typed = self.body.get(place.clone()).and_then(|typed| typed.strip_prefix(scheme)?.strip_prefix(':'));
            let name = place.end - typed.map_or(place.len(), str::len)..place.end;
            match scheme {
                "figure" => return self.figure(rest, name, &title, range),
                "literal" => return self.literal(rest, name, &title, range),
                "term" => return self.term(rest, name, &title, range),
                _ => (),
            }
        }
        let target = if link_type == LinkType::Email {
            Target::External(format!("mailto:{dest_url}"))
        } else {
            self.target(&dest_url, &place)
        };
        self.open_link(target, &dest_url, place, title, range);
    }

    fn open_link(&mut self, target: Target, typed: &str, place: Range<usize>, title: CowStr<'a>, range: Range<usize>) {
        let link = Link {
            target,
            typed: typed.to_owned(),
            target_place: self.origin.place(place),
            title: (!title.is_empty()).then(|| title.to_string()),
            children: Vec::new(),
            text: String::new(),
        };
        self.open(FrameKind::Link(link), range);
    }

    /// Judges a target, and reports one that is refused.
    pub(super) fn target(&mut self, target: &str, place: &Range<usize>) -> Target {
        match link::classify(target, self.settings.folder) {
            Ok(target) => target,
            Err(Refusal { code, message, help, mended }) => {
                let problem = Diagnostic::new(code, &self.origin.place(place.clone()), message).help(help);
                let typed = self.body.get(place.clone()) == Some(target);
                let problem = match mended {
                    Some(mended) if typed => self.origin.edit(problem, place.clone(), mended),
                    _ => problem,
                };
                self.gaps.hide_links(self.diagnostics.report(problem));
                Target::Broken
            }
        }
    }

    fn figure(&mut self, id: &str, id_range: Range<usize>, title: &str, range: Range<usize>) {
        let shown = self.take_shown();
        self.near_miss.bound();
        self.show_figure(&shown.text, range.clone());
        if !self.is_sound(&shown, "figure", id, &id_range, title, &range) {
            return;
        }
        let text_range = shown.range.unwrap_or(range);
        self.push(Node::Figure(FigureLink {
            id: id.to_owned(),
            id_place: self.origin.place(id_range),
            text_place: self.origin.place(text_range),
            exact: shown.exact && self.origin.is_exact(),
            text: shown.text,
            column: self.column().filter(|(_, is_head)| !is_head).map(|(column, _)| column),
            behind: self.plain.end(),
        }));
    }

    fn literal(&mut self, reason: &str, reason_range: Range<usize>, title: &str, range: Range<usize>) {
        let shown = self.take_shown();
        self.near_miss.bound();
        self.show_figure(&shown.text, range.clone());
        if !self.is_sound(&shown, "literal", reason, &reason_range, title, &range) {
            return;
        }
        let reason = link::decode(reason, reason).unwrap_or_else(|_| reason.to_owned());
        let place = self.origin.place(shown.range.unwrap_or(range));
        self.push(Node::Literal(LiteralLink { reason, text: shown.text, place }));
    }

    /// Adds the text of a figure or literal where text is asked for, and its mark among the words.
    fn show_figure(&mut self, text: &str, range: Range<usize>) {
        let at = self.visible.len();
        self.show(text);
        for frame in &mut self.frames {
            if let Frame { kind: FrameKind::Heading(heading), visible: start, .. } = frame {
                heading.figures.push(at - *start..at - *start + text.len());
            }
        }
        self.no_words(range);
    }

    fn term(&mut self, id: &str, id_range: Range<usize>, title: &str, range: Range<usize>) {
        self.near_miss.bound();
        if id.is_empty() {
            let target = target_of("term", &id_range);
            self.refuse(
                &target,
                "the link names no term".into(),
                "write the term's id behind the colon: `[API](term:api)`".into(),
            );
            return self.open_link(Target::Broken, "", target, CowStr::Borrowed(""), range);
        }
        if !title.is_empty() {
            self.refuse(
                &range,
                format!("a term takes no title, such as \"{title}\""),
                "remove the title: the definition is shown in its place".into(),
            );
        }
        let term = TermLink {
            id: id.to_owned(),
            id_place: self.origin.place(id_range),
            children: Vec::new(),
            text: String::new(),
        };
        self.open(FrameKind::Term(term), range);
    }

    /// Whether a figure or literal can be read; reports it where not.
    fn is_sound(
        &mut self,
        shown: &Shown,
        scheme: &str,
        id: &str,
        id_range: &Range<usize>,
        title: &str,
        range: &Range<usize>,
    ) -> bool {
        let before = self.diagnostics.len();
        if id.is_empty() {
            let (what, help) = match scheme {
                "figure" => (
                    "the link names no figure",
                    "write the figure's id behind the colon: `(figure:plans.small.server)`",
                ),
                _ => {
                    ("the literal gives no reason", "say behind the colon why the number is no datum: `(literal:axis)`")
                }
            };
            self.refuse(&target_of(scheme, id_range), what.into(), help.into());
        }
        if let Some((what, at)) = &shown.foreign {
            self.refuse(
                &at.clone(),
                format!("{what} can't stand in a {scheme}"),
                "write the number as plain text between the brackets".into(),
            );
        } else if shown.text.trim().is_empty() {
            self.refuse(
                range,
                format!("the {scheme} shows no text"),
                format!("write the number between the brackets: `[$432K]({scheme}:…)`"),
            );
        }
        if !title.is_empty() {
            self.refuse(
                range,
                format!("a {scheme} takes no title, such as \"{title}\""),
                "remove the title and its quotes".into(),
            );
        }
        self.diagnostics.len() == before
    }

    pub(super) fn refuse(&mut self, range: &Range<usize>, message: String, help: String) {
        let problem = Diagnostic::new(&BOUND_LINK, &self.origin.place(range.clone()), message).help(help);
        self.gaps.hide_links(self.diagnostics.report(problem));
    }

    /// Takes all events up to the link's end, and gives its text.
    fn take_shown(&mut self) -> Shown {
        let mut shown = Shown { exact: true, ..Shown::default() };
        let mut depth = 0usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Text(text) => {
                    let exact = self.body.get(range.clone()) == Some(&*text);
                    shown.add(&text, range, exact);
                }
                Event::SoftBreak | Event::HardBreak => {
                    let exact = self.body.get(range.clone()) == Some("\n");
                    shown.add("\n", range, exact);
                }
                Event::Code(text) => {
                    shown.foreign.get_or_insert(("code", range.clone()));
                    shown.add(&text, range, false);
                }
                Event::InlineHtml(_) => {
                    shown.foreign.get_or_insert(("HTML or a comment", range));
                }
                Event::Start(tag) => {
                    depth += 1;
                    match tag {
                        Tag::Image { .. } => {
                            shown.foreign.get_or_insert(("an image", range));
                        }
                        Tag::Strikethrough => super::near_miss::tilde(self, range),
                        _ => (),
                    }
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => (),
            }
        }
        shown
    }

    /// Where a link's target stands in the Markdown.
    pub(super) fn target_range(
        &self,
        target: &CowStr<'_>,
        link_type: LinkType,
        id: &str,
        range: &Range<usize>,
    ) -> Range<usize> {
        if let CowStr::Borrowed(slice) = target
            && let Some(start) = super::origin::offset_in(self.body, slice).filter(|_| !slice.is_empty())
        {
            return start..start + slice.len();
        }
        if !matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email)
            && let Some(definition) = self.events.reference_definitions().get(id)
        {
            return definition.span.clone();
        }
        // A target with escapes is a copy: it stands behind the last `](`.
        let text = self.body.get(range.clone()).unwrap_or("");
        let Some(at) = text.rfind("](") else {
            return range.clone();
        };
        let inner = text.get(at + 2..text.len() - usize::from(text.ends_with(')'))).unwrap_or("");
        let lead = inner.len() - inner.trim_start().len();
        let inner = inner.trim();
        let length = match inner.strip_prefix('<') {
            Some(bracketed) => bracketed.find('>').map_or(inner.len(), |end| end + 2),
            None => inner.find(char::is_whitespace).unwrap_or(inner.len()),
        };
        let start = range.start + at + 2 + lead;
        start..start + length
    }

    /// Reports a term that shows nothing.
    pub(super) fn check_term(&mut self, term: &TermLink, range: Range<usize>) {
        if term.text.trim().is_empty() {
            let help = "write the term between the brackets: `[API](term:api)`".to_owned();
            self.refuse(&range, "the term shows no text".into(), help);
        }
    }

    /// Reports a link that shows nothing.
    pub(super) fn check_text(&mut self, link: &Link, range: Range<usize>) {
        if link.text.trim().is_empty() && !link.children.iter().any(|child| matches!(child, Node::Image(_))) {
            self.diagnostics.push(
                Diagnostic::new(&EMPTY_LINK, &self.origin.place(range), "the link shows no text")
                    .help("write what the reader should see between the brackets"),
            );
        }
    }
}

/// The scheme and its colon before an id.
fn target_of(scheme: &str, id: &Range<usize>) -> Range<usize> {
    id.start.saturating_sub(scheme.len() + 1)..id.end
}

impl Shown {
    fn add(&mut self, text: &str, range: Range<usize>, exact: bool) {
        let straight = self.range.as_ref().is_none_or(|before| before.end == range.start);
        self.exact &= exact && straight;
        let start = self.range.as_ref().map_or(range.start, |before| before.start);
        self.range = Some(start..range.end);
        self.text.push_str(text);
    }
}
