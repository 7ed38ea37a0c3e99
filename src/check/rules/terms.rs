//! Terms that pages refer to are in a glossary.

use std::sync::Arc;

use crate::check::{Look, Rule};
use crate::content::Node;
use crate::diagnostic::{Code, Diagnostic, Severity, Subject};
use crate::site::{Site, visit, visit_page};
use crate::work;

pub(crate) static RULE: Rule = Rule { codes: &[&UNKNOWN], look: Look::Page(look) };

static UNKNOWN: Code = Code {
    name: "term-unknown",
    severity: Severity::Error,
    rule: false,
    what: "A `term:` link names a term that no set of terms holds.",
    why: "There is no definition to show.",
    example: "[VM](term:vmn)",
    mend: "Use the term's id, or add the term to a set of `kind = \"terms\"`.",
};

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    visit_page(&site.pages[page].page, &mut |node| look_at_node(site, node, problems));
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| look_at_node(site, node, problems));
    }
}

fn look_at_node(site: &Site, node: &Node, problems: &mut Vec<Diagnostic>) {
    {
        let Node::Term(term) = node else { return };
        let id = term.id.rsplit('.').next().unwrap_or(&term.id);
        // A term that could not be read is not the page's fault.
        let is_lost = |set: &Arc<str>| site.data.is_broken(&format!("{set}.{id}"));
        let mut faulty = site.faulty_term_sets().iter().inspect(|_| work::steps(1));
        if site.term(id).is_some() || site.data.is_any_broken(|_| false) || faulty.any(is_lost) {
            return;
        }
        let problem = Diagnostic::new(&UNKNOWN, &term.id_place, format!("there is no term `{}`", term.id))
            .subject(Subject::Term(id.into()));
        problems.push(match site.term_names().nearest(id) {
            Some(near) => problem.help(format!("did you mean `term:{near}`?")),
            None => problem.help("use the id of a term in a set of `kind = \"terms\"`, or add the term there"),
        });
    }
}
