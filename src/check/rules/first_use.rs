//! The first use of an abbreviation on a page is explained.

use super::confusable;
use crate::check::{Look, Rule};
use crate::content::{Context, Node, PlainText, TermLink};
use crate::data::{Contents, TermEntry};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::site::{Site, SitePage, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&FIRST], look: Look::Page(look) };

static FIRST: Code = Code {
    name: "term-first-use",
    severity: Severity::Warning,
    rule: true,
    what: "A page uses the short form of a glossary term in prose before it says what it stands for.",
    why: "Readers come to a page from a search, not from the page before. Who doesn't know the letters reads no further.",
    example: "TPMs write specifications.   # and nothing before it says Technical Product Manager",
    mend: "Link the first use to the glossary, `[TPM](term:tpm)`, or write it out there: Technical Product Manager (TPM).",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let own = &site.pages[page];
    if confusable::lists_terms(own) || confusable::lacks_links(site, own) {
        return;
    }
    let plain = &own.page.plain;
    let heading = own.title.to_lowercase();
    let mut said: Option<Vec<&str>> = None;
    for term in terms(site) {
        let short = confusable::short(term);
        // Prose alone: a heading or a cell of a table has no room for it.
        let in_prose = |at: &usize| {
            let run = plain.runs.iter().find(|run| (run.start as usize..run.end as usize).contains(at));
            run.is_some_and(|run| run.context == Context::Prose)
        };
        let Some(at) = confusable::uses(plain, short).find(in_prose) else { continue };
        let written_out = term.term.text.to_lowercase();
        let before = plain.text.get(..sentence_end(plain, at)).unwrap_or("").to_lowercase();
        if heading.contains(&written_out) || before.contains(&written_out) {
            continue;
        }
        let place = plain.place_of(at..at + short.len());
        // One cause, one problem: the rule on terms that are confused says more.
        let said =
            said.get_or_insert_with(|| confusable::unexplained(site, own).iter().map(|said| &*said.term.id).collect());
        if is_linked(own, &term.id, place.span.end) || said.contains(&&*term.id) {
            continue;
        }
        problems.push(
            Diagnostic::new(&FIRST, &place, format!("`{short}` is used before the page says what it means")).help(
                format!("link it here: [{short}](term:{}); or write it out: {} ({short})", term.id, term.term.text),
            ),
        );
    }
}

/// Where the sentence of a byte ends, or its run.
fn sentence_end(plain: &PlainText, at: usize) -> usize {
    let end = plain.runs.iter().map(|run| run.end as usize).find(|end| at < *end).unwrap_or(plain.text.len());
    let rest = plain.text.get(at..end).unwrap_or("");
    rest.find(". ").map_or(end, |stop| at + stop)
}

/// Terms whose short form is one word; some sites have whole sentences there.
fn terms(site: &Site) -> impl Iterator<Item = &TermEntry> {
    let sets = site.data.sets.iter().filter_map(|set| match &set.contents {
        Contents::Terms(terms) => Some(terms),
        _ => None,
    });
    let all: Vec<&TermEntry> = sets.flatten().collect();
    // What two terms share explains neither, and is reported.
    let is_shared = |term: &TermEntry| {
        all.iter().filter(|other| confusable::short(other) == confusable::short(term)).nth(1).is_some()
    };
    let shared: Vec<bool> = all.iter().map(|term| is_shared(term)).collect();
    all.into_iter().zip(shared).filter(|(_, is_shared)| !is_shared).map(|(term, _)| term).filter(|term| {
        let short = confusable::short(term);
        !short.is_empty() && !short.contains(char::is_whitespace) && short != &*term.term.text
    })
}

/// Whether a link to a term stands before a byte of the page's file, or around it.
fn is_linked(page: &SitePage, id: &str, at: u32) -> bool {
    let mut found = false;
    let around = |term: &TermLink| {
        let between = term.id_place.source.slice(Span { start: at, end: term.id_place.span.start });
        between.ends_with("](term:") && between.matches("](").count() == 1
    };
    visit_page(&page.page, &mut |node| {
        if let Node::Term(term) = node {
            let is_it = term.id.rsplit('.').next() == Some(id);
            found |= is_it && (term.id_place.span.start < at || around(term));
        }
    });
    found
}
