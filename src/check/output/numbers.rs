//! The numbers of finished files: which texts hold one without a mark, and whether mark, text and datum agree.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use rayon::prelude::*;

use crate::content::{Inline, Node, PlainText};
use crate::data::notation::{self, Style, typed};
use crate::data::{Amount, Contents};
use crate::diagnostic::{Code, Severity};
use crate::site::{Site, texts, visit, visit_page};

pub(super) static UNMARKED: Code = Code {
    name: "output-figure",
    severity: Severity::Error,
    rule: true,
    what: "A finished page shows an amount, percentage, magnitude or duration that comes from no datum.",
    why: "A number that a template writes of its own goes stale as one typed in prose does, and no rule on pages sees it.",
    example: "<p>Pay starts at $155K.</p>   # in a template",
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
    /// As bound figures, and plain texts that hold some, are read.
    bound: HashSet<String>,
    /// Whether any datum has the value of other texts.
    asked: Mutex<HashMap<String, bool>>,
}

impl<'s> Numbers<'s> {
    pub(super) fn of(site: &'s Site) -> Self {
        let small = !site.config.limits.typed_units.is_empty();
        let mut numbers =
            Self { site, small, typed: HashSet::new(), bound: HashSet::new(), asked: Mutex::new(HashMap::new()) };
        if site.data.figures.is_empty() {
            return numbers;
        }
        let (typed, bound) = site
            .pages
            .par_iter()
            .map(|page| {
                let mut texts = Texts { small, ..Texts::default() };
                texts.plain(&page.page.plain);
                let front = [&page.page.front.title, &page.page.front.description];
                front.into_iter().flatten().for_each(|inline| texts.inline(inline));
                page.page.headings.iter().for_each(|heading| texts.bound(&heading.text));
                visit_page(&page.page, &mut |node| texts.node(node));
                (texts.typed, texts.bound)
            })
            .reduce(<(HashSet<String>, HashSet<String>)>::default, |mut all, more| {
                all.0.extend(more.0);
                all.1.extend(more.1);
                all
            });
        let mut texts = Texts { small, typed, bound };
        for text in site.texts.iter() {
            texts.inline(text);
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
        for figure in site.data.figures.iter() {
            texts.bound(&notation::write(&figure.datum(), &Style::default()));
        }
        (numbers.typed, numbers.bound) = (texts.typed, texts.bound);
        numbers
    }

    /// The numbers of a text that come from nowhere. Where a mark can't stand, those that read as a figure are right.
    pub(super) fn unmarked(&self, text: &str, can_be_marked: bool) -> Vec<(usize, String)> {
        if self.site.data.figures.is_empty() {
            return Vec::new();
        }
        typed::find(text, self.small)
            .into_iter()
            .filter_map(|figure| {
                let shown = text.get(figure.range.clone())?;
                let is_known = self.typed.contains(shown)
                    || (!can_be_marked && (self.bound.contains(shown) || self.is_datum(shown, &figure)));
                (!is_known).then(|| (figure.range.start, shown.to_owned()))
            })
            .collect()
    }

    fn is_datum(&self, shown: &str, figure: &typed::TypedFigure) -> bool {
        let known = self.asked.lock().ok().and_then(|asked| asked.get(shown).copied());
        known.unwrap_or_else(|| {
            let written = figure.written.as_ref();
            let answer = written.is_some_and(|written| {
                self.site.data.figures.iter().any(|figure| notation::compare(written, &figure.datum()).is_ok())
            });
            if let Ok(mut asked) = self.asked.lock() {
                asked.insert(shown.to_owned(), answer);
            }
            answer
        })
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
        notation::read(text).is_ok_and(|written| notation::compare(&written, &datum).is_ok())
            || digits(text) == digits(&notation::write(&datum, &Style::default()))
    }
}

/// The numbers of the content's texts.
#[derive(Default)]
struct Texts {
    small: bool,
    typed: HashSet<String>,
    bound: HashSet<String>,
}

impl Texts {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Figure(figure) => self.bound(&figure.text),
            Node::Literal(literal) => self.bound(&literal.text),
            Node::Block(block) => texts(block).into_iter().for_each(|inline| self.inline(inline)),
            _ => (),
        }
    }

    fn inline(&mut self, inline: &Inline) {
        self.plain(&inline.words);
        self.bound(&inline.plain);
    }

    fn plain(&mut self, plain: &PlainText) {
        for run in &plain.runs {
            self.typed(plain.run_text(run));
        }
    }

    fn typed(&mut self, text: &str) {
        let found = typed::find(text, self.small);
        self.typed.extend(found.into_iter().filter_map(|figure| text.get(figure.range).map(str::to_owned)));
    }

    fn bound(&mut self, text: &str) {
        let found = typed::find(text, self.small);
        self.bound.extend(found.into_iter().filter_map(|figure| text.get(figure.range).map(str::to_owned)));
    }
}
