//! Conflicts: which figures they document, and that readers can see them.

use crate::check::waiting::hidden_links;
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
    what: "A conflict of severity 1 or 2 is shown on no page. One of severity 1 is an error.",
    why: "The editors know that figures disagree, and the reader who relies on them does not.",
    example: "[l1-total-above-parts]   # and no ```list conflicts on any page",
    mend: "Add a block to a page: ```list conflicts. A conflict that is for editors alone has `severity = 3`.",
};

/// Whether a conflict names a figure, or something that it is below.
pub(super) fn is_documented(site: &Site, id: &str) -> bool {
    site.conflicts(id).next().is_some()
}

/// Whether one conflict names two figures.
pub(super) fn are_documented(site: &Site, one: &str, two: &str) -> bool {
    site.conflicts(one).any(|conflict| site.conflicts(two).any(|other| conflict == other))
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
        if conflict.severity > 2 || is_shown {
            continue;
        }
        let message = format!("the conflict `{}` of severity {} is shown on no page", conflict.id, conflict.severity);
        let mut problem = Diagnostic::new(&HIDDEN, &conflict.place, message)
            .help(format!("add a fence to a page: ```list {set}; what is for editors alone has `severity = 3`"));
        if conflict.severity == 1 {
            problem.severity = Severity::Error;
        }
        problems.push(problem);
    }
}
