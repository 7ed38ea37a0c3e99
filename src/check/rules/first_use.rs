//! The first use of an abbreviation on a page is explained.

use std::collections::{HashMap, HashSet};

use super::confusable;
use crate::check::{Look, Rule};
use crate::content::{Node, PlainText};
use crate::data::TermEntry;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, SitePage, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&FIRST], look: Look::Page(look) };

static FIRST: Code = Code {
    name: "term-first-use",
    severity: Severity::Warning,
    rule: true,
    what: "A page uses the short form of a glossary term in prose before it says what it stands for.",
    why: "Readers come to a page from a search, not from the page before. Who doesn't know the letters reads no further.",
    example: "VMs start in seconds.   # and nothing before it says virtual machine",
    mend: "Link the first use to the glossary, `[VM](term:vm)`, or write it out there: virtual machine (VM).",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let own = &site.pages[page];
    if confusable::lists_terms(own) || confusable::lacks_links(site, own) {
        return;
    }
    let plain = &own.page.plain;
    let vocabulary = site.vocabulary();
    let used = vocabulary.used(plain);
    if used.is_empty() {
        return;
    }
    let (in_title, in_text) = (vocabulary.written_out(&own.title), vocabulary.written_out(&plain.text));
    let sentences: Vec<usize> = plain.text.match_indices(". ").map(|(at, _)| at).collect();
    let mut links: Option<Links> = None;
    let mut said: Option<HashSet<&str>> = None;
    for (number, used) in used {
        let Some(term) = vocabulary.term(number, &site.data).filter(|term| is_word(term)) else { continue };
        // What two terms share explains neither, and is reported. And prose alone counts: a heading or a cell of a table has no
        // room for it.
        let Some(at) = used.in_prose.filter(|_| !used.shared) else { continue };
        let is_before = |out: &usize| *out < sentence_end(plain, &sentences, at);
        if in_title.contains_key(&number) || in_text.get(&number).is_some_and(is_before) {
            continue;
        }
        let short = confusable::short(term);
        let place = plain.place_of(at..at + short.len());
        // One cause, one problem: the rule on terms that are confused says more.
        let said =
            said.get_or_insert_with(|| confusable::unexplained(site, own).iter().map(|said| &*said.term.id).collect());
        if links.get_or_insert_with(|| Links::of(own)).explain(&term.id, place.span.end) || said.contains(&*term.id) {
            continue;
        }
        problems.push(
            Diagnostic::new(&FIRST, &place, format!("`{short}` is used before the page says what it means")).help(
                format!("link it here: [{short}](term:{}); or write it out: {} ({short})", term.id, term.term.text),
            ),
        );
    }
}

/// Whether a term's short form is one word; some sites have whole sentences there.
fn is_word(term: &TermEntry) -> bool {
    let short = confusable::short(term);
    !short.is_empty() && !short.contains(char::is_whitespace) && short != &*term.term.text
}

/// Where the sentence of a byte ends, or its run. `sentences` are the places of all points with a space behind them.
fn sentence_end(plain: &PlainText, sentences: &[usize], at: usize) -> usize {
    let run = plain.runs.get(plain.runs.partition_point(|run| run.end as usize <= at));
    let end = run.map_or(plain.text.len(), |run| run.end as usize);
    sentences.get(sentences.partition_point(|stop| *stop < at)).map_or(end, |stop| end.min(*stop))
}

/// A page's links to terms.
struct Links<'p> {
    /// Where the ids of links stand, in order, by term.
    by_term: HashMap<&'p str, Vec<u32>>,
    /// Where the text of any link ends.
    ends: Vec<usize>,
}

impl<'p> Links<'p> {
    fn of(own: &'p SitePage) -> Self {
        let mut by_term: HashMap<&str, Vec<u32>> = HashMap::new();
        visit_page(&own.page, &mut |node| {
            if let Node::Term(term) = node {
                let id = term.id.rsplit('.').next().unwrap_or(&term.id);
                by_term.entry(id).or_default().push(term.id_place.span.start);
            }
        });
        by_term.values_mut().for_each(|places| places.sort_unstable());
        Self { by_term, ends: own.page.source.text().match_indices("](").map(|(at, _)| at).collect() }
    }

    /// Whether a link to a term stands before a byte of the page's file, or around it.
    fn explain(&self, id: &str, at: u32) -> bool {
        let Some(places) = self.by_term.get(id) else { return false };
        let around = || {
            let next = self.ends.get(self.ends.partition_point(|end| *end < at as usize));
            next.is_some_and(|end| places.binary_search(&((end + "](term:".len()) as u32)).is_ok())
        };
        places.first().is_some_and(|first| *first < at) || around()
    }
}
