//! Every page says in a sentence what it holds.

use crate::check::{Look, Rule};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&MISSING], look: Look::Page(look) };

static MISSING: Code = Code {
    name: "page-description",
    severity: Severity::Warning,
    rule: true,
    what: "A page has no description.",
    why: "Search engines and link previews then show any words of the page, or the same words for every page.",
    example: "+++\ntitle = \"Bands\"\n+++",
    mend: "Add a sentence to the front matter: `description = \"Prices by plan, with sources.\"`.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let page = &site.pages[page];
    let front = &page.page.front;
    let is_said = front.description.as_ref().is_some_and(|description| !description.plain.trim().is_empty());
    // The front page falls back on the site's own description, and nobody searches for the not-found page.
    let is_spared = match page.address.as_str() {
        "/" => site.config.description.is_some(),
        "/404.html" => true,
        _ => false,
    };
    // In front matter that can't be read there may well be a description.
    if !is_said && !is_spared && front.whole.and(page.titled).is_ok() {
        problems.push(
            Diagnostic::new(&MISSING, &front.place, "the page has no description")
                .help("write `description = \"…\"`, one sentence, between the `+++` lines at the top of the file"),
        );
    }
}
