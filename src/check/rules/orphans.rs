//! Every page can be found: by the navigation, or by a link from another page.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::check::rule::hidden_links_or_navigation;
use crate::check::{Look, Rule};
use crate::content::Node;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::{Destination, Site, visit, visit_page};

pub(crate) static RULE: Rule =
    Rule { codes: &[&ORPHAN], look: Look::Absence { look, waits: hidden_links_or_navigation, late: false } };

static ORPHAN: Code = Code {
    name: "page-orphan",
    severity: Severity::Warning,
    rule: true,
    what: "A page stands in no navigation, and no other page links to it.",
    why: "Readers can't find it, and editors forget that it is there.",
    example: "content/old-bands.md, in no list of `[[nav]]` and in no link",
    mend: "Add its file to a `[[nav]]` list in content/site.toml, link to it from another page, or remove it.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let mut reached: Vec<bool> =
        site.pages.iter().map(|page| matches!(page.address.as_str(), "/" | "/404.html")).collect();
    site.navigation.order.iter().for_each(|page| reached[*page] = true);
    if reached.iter().all(|reached| *reached) {
        return;
    }
    let linked: Vec<usize> = site
        .pages
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, page)| {
            let mut found = Vec::new();
            visit_page(&page.page, &mut |node| found.extend(target(site, node).filter(|to| *to != at)));
            found
        })
        .collect();
    linked.into_iter().for_each(|page| reached[page] = true);
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| {
            if let Some(page) = target(site, node) {
                reached[page] = true;
            }
        });
    }
    let unreached = site.pages.iter().zip(&reached).filter(|(_, reached)| !**reached).map(|(page, _)| page);
    // Two files of one address collide, and that is said.
    let mut claims: HashMap<String, usize> = HashMap::new();
    let addresses = site.outputs.iter().map(|output| output.address.as_str().to_ascii_lowercase());
    addresses.for_each(|address| *claims.entry(address).or_default() += 1);
    // A page without a title is not ready to be linked.
    for page in unreached.filter(|page| page.titled.is_ok()) {
        if claims.get(&page.address.as_str().to_ascii_lowercase()).is_some_and(|count| *count > 1) {
            continue;
        }
        let place = Place::start_of(&page.page.source);
        let problem = Diagnostic::new(&ORPHAN, &place, format!("nothing leads to the page `content/{}`", page.file));
        problems.push(problem.help(format!(
            "add \"{}\" to a `pages` list of `[[nav]]` in content/site.toml, or link to it from another page",
            page.file
        )));
    }
}

fn target(site: &Site, node: &Node) -> Option<usize> {
    match node {
        Node::Link(link) => match site.resolve(&link.target) {
            Ok(Destination::Page(page, _)) => Some(page),
            _ => None,
        },
        Node::Term(term) => site.term_place(term.id.rsplit('.').next().unwrap_or(&term.id)).map(|(page, _)| page),
        _ => None,
    }
}
