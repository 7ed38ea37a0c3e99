//! The numbers of finished files: which texts hold one without a mark, and whether mark, text and datum agree.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::own::{figures_of, folded, shared};
use crate::content::{Node, PlainText};
use crate::data::notation::typed::{self, TypedFigure};
use crate::data::notation::{self, Style};
use crate::data::{Amount, Contents};
use crate::diagnostic::{Code, Severity};
use crate::site::{Site, SitePage, texts, visit, visit_page};

pub(super) static UNMARKED: Code = Code {
    name: "output-figure",
    severity: Severity::Error,
    rule: true,
    what: "A finished page shows an amount, percentage, magnitude or duration that comes from no datum. In a title, a \
           description or a link, where no mark can stand, the datum must be one that the page itself binds or shows; on the \
           records of a set, one of that set.",
    why: "A number that a template writes of its own goes stale as one typed in prose does, and no rule on pages sees it.",
    example: "<p>Plans start at $5.</p>   # in a template",
    mend: "Take it from a view and mark it, `<data value=\"155000\" data-figure=\"bands.l1.total.low\">`; a number that is \
           not data says why: `<span data-literal=\"axis\">`.",
};
pub(super) static MARK: Code = Code {
    name: "output-mark",
    severity: Severity::Error,
    rule: true,
    what: "A figure's mark in a finished page, its text, and the datum do not agree.",
    why: "The number that readers see would be another than the one its record gives.",
    example: "<data value=\"432000\" data-figure=\"bands.l3.total.median\">$430K</data>",
    mend: "Let the template write text and value from the same figure.",
};

/// A figure's mark.
pub(super) struct Mark {
    pub id: String,
    pub value: Option<String>,
    /// Whether it is a `<data>` element, which shows its figure; others may draw it.
    pub is_data: bool,
    pub at: usize,
    pub text: String,
}

/// What is known of the numbers of a site.
pub(super) struct Numbers<'s> {
    site: &'s Site,
    small: bool,
    /// Typed into the content without a datum: the rule on typed figures speaks of them, or was told not to.
    typed: HashSet<String>,
    /// Read in the titles that every page may show.
    shared: HashSet<String>,
}

impl<'s> Numbers<'s> {
    pub(super) fn of(site: &'s Site) -> Self {
        let small = !site.config.limits.typed_units.is_empty();
        let mut numbers = Self { site, small, typed: HashSet::new(), shared: HashSet::new() };
        if site.data.figures.is_empty() {
            return numbers;
        }
        let of_page = |page: &Arc<SitePage>| {
            let mut texts = Texts { small, ..Texts::default() };
            texts.plain(&page.page.plain);
            let front = [&page.page.front.title, &page.page.front.description];
            front.into_iter().flatten().for_each(|inline| texts.plain(&inline.words));
            visit_page(&page.page, &mut |node| texts.node(node));
            texts.typed
        };
        let typed = site.pages.par_iter().map(of_page).reduce(HashSet::new, |mut all, more| {
            all.extend(more);
            all
        });
        let mut texts = Texts { small, typed };
        for text in site.texts.iter() {
            texts.plain(&text.words);
            visit(&text.nodes, &mut |node| texts.node(node));
        }
        for set in &site.data.sets {
            match &set.contents {
                // The words of others, taken as they are.
                Contents::Sources(sources) => sources.iter().for_each(|source| {
                    let words =
                        [Some(&source.title), source.publisher.as_ref(), source.kind.as_ref(), source.caution.as_ref()];
                    words.into_iter().flatten().for_each(|text| texts.typed(&text.text));
                }),
                Contents::Terms(terms) => terms.iter().for_each(|term| texts.typed(&term.term.text)),
                _ => (),
            }
        }
        (numbers.typed, numbers.shared) = (texts.typed, shared(site));
        numbers
    }

    /// The numbers of a text that nobody typed into the content as they are.
    pub(super) fn unmarked(&self, text: &str) -> Vec<TypedFigure> {
        if self.site.data.figures.is_empty() {
            return Vec::new();
        }
        let mut found = typed::find(text, self.small);
        found
            .retain(|figure| text.get(figure.range.clone()).is_some_and(|shown| !self.typed.contains(&*folded(shown))));
        found
    }

    /// Whether a number stands in a title that every page may show.
    pub(super) fn is_shared(&self, shown: &str) -> bool {
        self.shared.contains(&*folded(shown))
    }

    /// What is wrong with a mark, if anything.
    pub(super) fn mark(&self, mark: &Mark) -> Option<String> {
        let Some(figure) = self.site.data.figures.get(&mark.id) else {
            return Some(format!("a mark names the figure `{}`, which there is not", mark.id));
        };
        let datum = figure.datum();
        let expected = notation::value_attribute(&datum);
        if let Some(value) = mark.value.as_ref().filter(|value| **value != expected) {
            return Some(format!("the mark of `{}` has the value `{value}`, and the datum is `{expected}`", mark.id));
        }
        let text = mark.text.trim();
        if text.is_empty() && !mark.is_data {
            return None;
        }
        let agrees = self.agrees(text, figure);
        (!agrees).then(|| {
            let written = notation::write(&datum, &Style::default());
            format!("`{text}` is marked as `{}`, which is {written}", mark.id)
        })
    }

    /// Whether a text says a figure's value. In the words of another language, its digits have to.
    pub(super) fn agrees(&self, text: &str, figure: &crate::data::Figure) -> bool {
        let datum = figure.datum();
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if *datum.amount == Amount::Unstated {
            return digits(text).is_empty();
        }
        notation::is_true(text, &datum) || digits(text) == digits(&notation::write(&datum, &Style::default()))
    }
}

/// The numbers typed into the content's texts.
#[derive(Default)]
struct Texts {
    small: bool,
    typed: HashSet<String>,
}

impl Texts {
    fn node(&mut self, node: &Node) {
        if let Node::Block(block) = node {
            texts(block).into_iter().for_each(|inline| self.plain(&inline.words));
        }
    }

    fn plain(&mut self, plain: &PlainText) {
        for run in &plain.runs {
            let text = plain.run_text(run);
            for figure in typed::find(text, self.small) {
                let start = run.start as usize;
                self.pieces(plain, start + figure.range.start..start + figure.range.end);
                self.typed.extend(text.get(figure.range).map(|shown| folded(shown).into_owned()));
            }
        }
    }

    /// The numbers in the pieces of a figure that is parted by markup: of `[3](a.md)–[5 years](b.md)`, a finished page shows
    /// `5 years` as a text of its own.
    fn pieces(&mut self, plain: &PlainText, range: Range<usize>) {
        let joints = plain.joints(range.clone());
        if joints.is_empty() || joints.len() > MOST_JOINTS {
            return;
        }
        let cuts: Vec<usize> = std::iter::once(range.start).chain(joints).chain([range.end]).collect();
        for (at, start) in cuts.iter().enumerate() {
            for end in &cuts[at + 1..] {
                self.typed(plain.text.get(*start..*end).unwrap_or(""));
            }
        }
    }

    fn typed(&mut self, text: &str) {
        self.typed.extend(figures_of(text, self.small));
    }
}

/// More joints than this are in no figure that anybody types.
const MOST_JOINTS: usize = 8;
