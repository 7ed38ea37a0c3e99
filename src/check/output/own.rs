//! What a finished file may say where a mark can't stand: the numbers of its own page or set, and no others.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::content::{self, Inline, Node};
use crate::data::notation::{self, Style, typed};
use crate::data::{Contents, DataSet, Figure};
use crate::document::Text;
use crate::site::{Address, Site, SitePage, texts, visit, visit_page};

/// What a finished file is made of.
#[derive(Clone, Copy)]
pub(super) enum Holder<'s> {
    /// A page of the content.
    Page(&'s SitePage),
    /// The records of a set, or the set for download.
    Set(&'s DataSet),
    /// The records of one row of a set, by their address.
    Row(&'s DataSet, &'s Address),
    /// Nothing of its own, such as a redirect.
    None,
}

/// The numbers that a file may say: first those of the texts that it surely shows, then, where these don't do, all that it
/// may take from data. Most files are done with the first.
pub(super) struct Own<'s> {
    site: &'s Site,
    holder: Holder<'s>,
    said: Said,
    data: OnceCell<Shown<'s>>,
}

/// Texts with numbers in them.
#[derive(Default)]
struct Said {
    small: bool,
    texts: HashSet<String>,
}

/// What a file takes from data.
struct Shown<'s> {
    said: Said,
    figures: Vec<&'s Figure>,
    /// Whether one of the figures has the value of other texts.
    asked: RefCell<HashMap<String, bool>>,
}

impl<'s> Own<'s> {
    pub(super) fn of(site: &'s Site, holder: Holder<'s>) -> Self {
        let mut said = Said::of(site);
        if let Holder::Page(page) = holder {
            page.page.headings.iter().for_each(|heading| said.text(&heading.text));
            for inline in [&page.page.front.title, &page.page.front.description].into_iter().flatten() {
                said.text(&inline.plain);
            }
        }
        Self { site, holder, said, data: OnceCell::new() }
    }

    /// Whether the file may say what it shows.
    pub(super) fn says(&self, shown: &str, written: Option<&notation::Written>) -> bool {
        let folded = folded(shown);
        self.said.texts.contains(&*folded) || {
            let data = self.data.get_or_init(|| Shown::of(self.site, self.holder));
            data.said.texts.contains(&*folded) || written.is_some_and(|written| data.has(shown, written))
        }
    }
}

impl<'s> Shown<'s> {
    fn of(site: &'s Site, holder: Holder<'s>) -> Self {
        let mut own = Self { said: Said::of(site), figures: Vec::new(), asked: RefCell::default() };
        let mut ids: Vec<&'s str> = Vec::new();
        match holder {
            Holder::Page(page) => own.page(site, page, &mut ids),
            Holder::Set(set) => {
                own.set_texts(site, set);
                own.records(site, site.data.figures.below(&set.name).iter(), &mut ids);
            }
            Holder::Row(_, address) => own.records(site, site.records_at(address), &mut ids),
            Holder::None => (),
        }
        own.figures(site, ids);
        own
    }

    /// Whether one of the figures has the value of a text.
    fn has(&self, shown: &str, written: &notation::Written) -> bool {
        let known = self.asked.borrow().get(shown).copied();
        known.unwrap_or_else(|| {
            let answer = self.figures.iter().any(|figure| notation::compare(written, &figure.datum()).is_ok());
            self.asked.borrow_mut().insert(shown.to_owned(), answer);
            answer
        })
    }

    /// What a page binds, shows in its blocks, and explains.
    fn page(&mut self, site: &'s Site, page: &'s SitePage, ids: &mut Vec<&'s str>) {
        visit_page(&page.page, &mut |node| match node {
            Node::Figure(figure) => {
                self.said.text(&figure.text);
                ids.push(&figure.id);
            }
            Node::Literal(literal) => self.said.text(&literal.text),
            Node::Term(term) => {
                // Its definition is at hand in a title.
                if let Some(entry) = site.term(term.id.rsplit('.').next().unwrap_or(&term.id)) {
                    [Some(&entry.definition), entry.not_to_confuse.as_ref()]
                        .into_iter()
                        .flatten()
                        .for_each(|text| self.said.raw(text));
                }
            }
            Node::Block(block) => texts(block).into_iter().for_each(|inline| self.said.inline(inline)),
            _ => (),
        });
        for (_, block) in page.blocks.iter() {
            ids.extend(block.figures());
            if let Some(set) = block.set().and_then(|name| site.set(name)) {
                self.set_texts(site, set);
            }
        }
    }

    /// Figures, and where they are quoted.
    fn records(&mut self, site: &'s Site, figures: impl Iterator<Item = &'s Figure>, ids: &mut Vec<&'s str>) {
        for figure in figures {
            ids.push(&figure.id);
            for quote in site.quotes(&figure.id) {
                let headings = &site.pages[quote.page as usize].page.headings;
                quote
                    .heading
                    .and_then(|at| headings.get(at as usize))
                    .into_iter()
                    .for_each(|heading| self.said.text(&heading.text));
            }
        }
    }

    /// The free texts of a set, as plain text has them: two figures may read as one range there.
    fn set_texts(&mut self, site: &'s Site, set: &'s DataSet) {
        let own = site.texts.iter().filter(|text| Arc::ptr_eq(&text.place.source, &set.source));
        own.for_each(|text| self.said.text(&text.plain));
    }

    /// Figures with their sides, and with all that they are calculated from.
    fn figures(&mut self, site: &'s Site, mut ids: Vec<&'s str>) {
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(id) = ids.pop() {
            let Some(figure) = site.data.figures.get(id).filter(|_| seen.insert(id)) else { continue };
            ids.extend(figure.inputs.iter().flat_map(|inputs| &inputs.ids).map(|id| &**id));
            ids.extend(site.data.figures.below(id).iter().map(|side| &*side.id));
            self.said.text(&notation::write(&figure.datum(), &Style::default()));
            let record = &figure.record;
            let rows = figure.rows.iter().flat_map(|row| [&row.code, &row.title]).flatten();
            let more = [
                [&figure.measure, &figure.qualifier, &figure.note, &record.badge, &record.confidence_reason],
                [&record.subject, &record.scope, &record.range_meaning, &record.median_meaning, &None],
            ];
            let more = more.into_iter().flatten();
            rows.chain(more.flatten()).for_each(|text| self.said.raw(text));
            self.figures.push(figure);
        }
    }
}

impl Said {
    fn of(site: &Site) -> Self {
        Self { small: !site.config.limits.typed_units.is_empty(), texts: HashSet::new() }
    }

    fn inline(&mut self, inline: &Inline) {
        self.text(&inline.plain);
        visit(&inline.nodes, &mut |node| {
            if let Node::Literal(literal) = node {
                self.text(&literal.text);
            }
        });
    }

    /// Inline Markdown as plain text, in which two figures may read as one range.
    fn raw(&mut self, text: &Text) {
        if !text.text.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        match text.text.contains("](") {
            true => self.text(&content::inline(text, &mut Vec::new()).plain),
            false => self.text(&text.text),
        }
    }

    fn text(&mut self, text: &str) {
        self.texts.extend(figures_of(text, self.small));
    }
}

/// The numbers of what every page may show: titles of the site, of its pages and of its sets, and what is said of conflicts.
pub(super) fn shared(site: &Site) -> HashSet<String> {
    let mut shared = Said::of(site);
    shared.text(&site.config.title);
    site.config.description.iter().for_each(|text| shared.raw(text));
    site.pages.iter().for_each(|page| shared.text(&page.title));
    for set in &site.data.sets {
        set.title.iter().for_each(|text| shared.raw(text));
        if let Contents::Conflicts(conflicts) = &set.contents {
            let words = conflicts.iter().flat_map(|conflict| [Some(&conflict.title), conflict.line.as_ref()]);
            words.flatten().for_each(|text| shared.raw(text));
        }
    }
    shared.texts
}

/// The texts of the figures that are typed in a text.
pub(super) fn figures_of(text: &str, small: bool) -> impl Iterator<Item = String> {
    let found = typed::find(text, small);
    found.into_iter().filter_map(move |figure| text.get(figure.range).map(|shown| folded(shown).into_owned()))
}

/// A text with each stretch of white space as one space: where a line breaks changes nothing about a number.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if is_folded { Cow::Borrowed(text) } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}
