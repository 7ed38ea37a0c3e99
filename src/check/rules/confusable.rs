//! A page that uses two terms which are easily confused explains both.

use std::collections::HashSet;

use crate::check::{Look, Rule};
use crate::content::Node;
use crate::data::TermEntry;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{ListContents, ResolvedBlock, Site, SitePage, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&CONFUSABLE], look: Look::Page(look) };

static CONFUSABLE: Code = Code {
    name: "confusable-terms",
    severity: Severity::Warning,
    rule: true,
    what: "A page uses the short forms of two terms that the glossary tells not to confuse, and explains one of them nowhere.",
    why: "Two short names that differ by one letter may mean two quite different things. Who doesn't know that there are two takes them for one.",
    example: "A VM costs more than a VMM.",
    mend: "Link the first use to the glossary, `[VMM](term:vmm)`, or write it out once: virtual machine monitor (VMM).",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let own = &site.pages[page];
    if lacks_links(site, own) {
        return;
    }
    for Unexplained { term, at, other } in unexplained(site, own) {
        let (short, otherwise) = (short(term), short(other));
        let message = format!("`{short}` is used beside `{otherwise}`, and the page doesn't say what it means");
        let place = own.page.plain.place_of(at..at + short.len());
        problems.push(
            Diagnostic::new(&CONFUSABLE, &place, message).help(format!(
                "link it: [{short}](term:{}); or write it out once: {} ({short})",
                term.id, term.term.text
            )),
        );
    }
}

/// A term that a page explains nowhere, though it uses it beside another that it is confused with.
pub(super) struct Unexplained<'s> {
    pub(super) term: &'s TermEntry,
    /// Where it is first used, as a byte of the page's plain text.
    pub(super) at: usize,
    pub(super) other: &'s TermEntry,
}

pub(super) fn unexplained<'s>(site: &'s Site, own: &SitePage) -> Vec<Unexplained<'s>> {
    let plain = &own.page.plain;
    let vocabulary = site.vocabulary();
    let used = vocabulary.used(plain);
    let pairs = vocabulary.confusable(&used);
    if pairs.is_empty() || lists_terms(own) {
        return Vec::new();
    }
    let mut linked: HashSet<&str> = HashSet::new();
    visit_page(&own.page, &mut |node| {
        if let Node::Term(term) = node {
            linked.insert(term.id.rsplit('.').next().unwrap_or(&term.id));
        }
    });
    let written_out = vocabulary.written_out(&plain.text);
    let mut said: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for (one, two) in pairs {
        for (number, other) in [(one, two), (two, one)] {
            let (Some(term), Some(other)) = (vocabulary.term(number, &site.data), vocabulary.term(other, &site.data))
            else {
                continue;
            };
            let is_explained = linked.contains(&*term.id) || written_out.contains_key(&number);
            if !is_explained && said.insert(&term.id) {
                found.push(Unexplained { term, at: used[&number].first, other });
            }
        }
    }
    found
}

/// Whether a link of the page to a term can't be read or found, so that it may explain any.
pub(super) fn lacks_links(site: &Site, page: &SitePage) -> bool {
    let mut lacks = page.gaps.links.is_err();
    visit_page(&page.page, &mut |node| {
        if let Node::Term(term) = node {
            lacks |= site.term(term.id.rsplit('.').next().unwrap_or(&term.id)).is_none();
        }
    });
    lacks
}

/// A term's short form, or nothing.
pub(super) fn short(term: &TermEntry) -> &str {
    term.short.as_ref().map_or("", |short| &short.text)
}

/// Whether a page shows a glossary, which explains them all.
pub(super) fn lists_terms(page: &SitePage) -> bool {
    let is_glossary =
        |block: &ResolvedBlock| matches!(block, ResolvedBlock::List(list) if list.contents == ListContents::Terms);
    page.blocks.iter().any(|(_, block)| is_glossary(block))
}
