//! Conflicts: which figures they document, and that readers can see them.

use crate::check::rule::hidden_links;
use crate::check::{Look, Rule};
use crate::data::{ConflictEntry, Contents};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule =
    Rule { codes: &[&HIDDEN], look: Look::Absence { look, waits: hidden_links, late: false } };

static HIDDEN: Code = Code {
    name: "conflict-hidden",
    severity: Severity::Warning,
    rule: true,
    what: "A conflict is listed on no page. An open contradiction is an error, since its figures are marked and nothing explains them.",
    why: "The editors know that figures disagree, and the reader who relies on them does not.",
    example: "[l1-total-above-parts]   # and no ```list conflicts on any page",
    mend: "Add a block to a page: ```list conflicts.",
};

/// Whether a conflict names a figure, or something that it is below.
pub(super) fn is_documented(site: &Site, id: &str) -> bool {
    site.conflicts(id).next().is_some()
}

fn entries(site: &Site) -> impl Iterator<Item = (&str, &ConflictEntry)> {
    site.data.sets.iter().flat_map(|set| {
        let entries = match &set.contents {
            Contents::Conflicts(conflicts) => &conflicts[..],
            _ => &[],
        };
        entries.iter().map(|entry| (&*set.name, entry))
    })
}

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    for (set, conflict) in entries(site) {
        let is_shown = site.register_place(&format!("conflict-{}", conflict.id)).is_some();
        if is_shown {
            continue;
        }
        let message = format!("the conflict `{}` is listed on no page", conflict.id);
        let mut problem =
            Diagnostic::new(&HIDDEN, &conflict.place, message).help(format!("add a fence to a page: ```list {set}"));
        if conflict.is_open_contradiction() {
            problem.severity = Severity::Error;
        }
        problems.push(problem);
    }
}
