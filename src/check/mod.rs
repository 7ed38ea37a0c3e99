//! The rules: what must hold of a whole site before it is published.
//!
//! One rule a file, each with its own explanation. Rules see the site and never templates; `output` alone reads finished files,
//! as addresses with bytes that `session` hands it.

mod active;
mod grouped;
mod judge;
mod moves;
mod output;
mod rule;
pub(crate) mod rules;
mod waiting;

use rayon::prelude::*;

use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

pub use active::{active, may_be_active};
pub use judge::judge;
pub use moves::{CODES as MOVE_CODES, moves};
pub use output::{Finished, Reading};
pub(crate) use rule::{Look, Rule};
pub use rules::lock_text;
pub use waiting::{Waiting, waiting};

/// Holds every rule against a site. The order of the problems says nothing; `judge` sorts them.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> =
        (0..site.pages.len()).into_par_iter().flat_map_iter(|page| run_page(site, page)).collect();
    problems.extend(run_whole(site));
    problems
}

/// Holds those rules against one page that look at pages one at a time.
pub fn run_page(site: &Site, page: usize) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for rule in rules::ALL {
        if let Look::Page(look) = rule.look {
            look(site, page, &mut problems);
        }
    }
    problems
}

/// Holds those rules against a site that look at it as a whole.
pub fn run_whole(site: &Site) -> Vec<Diagnostic> {
    let found = rules::ALL.par_iter().filter_map(|rule| match rule.look {
        Look::Site(look) => Some(look),
        Look::Absence { look, late: false, .. } if rule.waits_for(site).is_empty() => Some(look),
        _ => None,
    });
    let found = found.map(|look| {
        let mut problems = Vec::new();
        look(site, &mut problems);
        problems
    });
    found.flatten_iter().collect()
}

/// Holds what `check` alone asks against a site: kept addresses, and values against the day, where one is given.
pub fn run_late(site: &Site, today: Option<Date>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for rule in rules::ALL {
        match rule.look {
            Look::Late(look) => look(site, today, &mut problems),
            Look::Absence { look, late: true, .. } if rule.waits_for(site).is_empty() => look(site, &mut problems),
            _ => (),
        }
    }
    problems
}

/// Whether a problem is one that `check` alone reports.
pub fn is_late(code: &Code) -> bool {
    let is_late = |rule: &&&Rule| matches!(rule.look, Look::Late(_) | Look::Absence { late: true, .. });
    rules::ALL.iter().filter(is_late).flat_map(|rule| rule.codes).any(|known| std::ptr::eq(*known, code))
}

/// Every code that the library raises before rendering, sorted by name; the command line adds none of its own.
pub fn codes() -> Vec<&'static Code> {
    let earlier = [crate::input::CODES, crate::document::CODES, crate::config::CODES];
    let grouped = [crate::data::CODES, crate::content::CODES];
    let own =
        rules::ALL.iter().map(|rule| rule.codes).chain([active::CODES, judge::CODES, moves::CODES, output::CODES]);
    let mut codes: Vec<&Code> = earlier
        .into_iter()
        .chain(grouped)
        .chain(crate::site::CODES.iter().copied())
        .chain(own)
        .flatten()
        .copied()
        .collect();
    codes.sort_by_key(|code| code.name);
    codes
}
