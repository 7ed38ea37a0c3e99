//! A data set that is gone is one problem, however many places name it.
//!
//! A file that was removed or renamed breaks every sentence and every block that it fed. Where no set has a name near to the one that
//! is missing, those places are right, and the file is what is to be mended.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;

/// Codes that name a figure or a set which is not there.
const NAMING: &[&str] = &[
    "figure-unknown",
    "block-figure",
    "block-set",
    "conflict-figure",
    "ladder-reference",
    "calculation-input",
    "release-figure",
];
/// So many places name a set that is gone; fewer are mistyped.
const MANY: usize = 3;
/// So many files are named.
const FILES: usize = 8;

/// Makes one problem of all that name the same missing set, at the first place; and takes out what was published of it.
pub(super) fn gather(problems: &mut Vec<Diagnostic>) {
    let lost: BTreeSet<String> = problems
        .iter()
        .filter(|problem| NAMING.contains(&problem.code.name))
        .filter_map(|problem| {
            let help = problem.help.as_deref().unwrap_or("");
            let says = |text: &str| text.contains("there is no data set `");
            let is_lost = (says(&problem.message) || says(help)) && !help.contains("did you mean");
            is_lost.then(|| set_of(&problem.message)).flatten()
        })
        .collect();
    for set in lost {
        let names = |problem: &Diagnostic| {
            NAMING.contains(&problem.code.name) && set_of(&problem.message).is_some_and(|named| named == set)
        };
        let mut places: Vec<usize> = (0..problems.len()).filter(|at| names(&problems[*at])).collect();
        if places.len() < MANY {
            continue;
        }
        places.sort_by(|a, b| problems[*a].order().cmp(&problems[*b].order()));
        let mut files: BTreeMap<String, usize> = BTreeMap::new();
        for place in places.iter().filter_map(|at| problems[*at].place.as_ref()) {
            *files.entry(place.source.path().to_owned()).or_default() += 1;
        }
        let mut first = problems[places[0]].clone();
        first.message = format!("there is no data set `{set}`, and {} places name it", places.len());
        first.help = Some(format!(
            "bring back content/data/{set}.toml under this name, or take out what names it: {}",
            listed(&files)
        ));
        first.edit = None;
        first.missing = None;
        let published = [format!("/data/{set}."), format!("/figures/{set}/")];
        let of_set = |problem: &Diagnostic| {
            matches!(problem.code.name, "address-removed" | "anchor-removed" | "link-address" | "link-anchor")
                && published.iter().any(|address| problem.message.contains(address.as_str()))
        };
        problems.retain(|problem| !names(problem) && !of_set(problem));
        problems.push(first);
    }
}

/// The files with how often each names the set.
fn listed(files: &BTreeMap<String, usize>) -> String {
    let named: Vec<String> = files.iter().take(FILES).map(|(file, times)| format!("{file} ({times})")).collect();
    match files.len().saturating_sub(FILES) {
        0 => named.join(", "),
        more => format!("{}, and {more} more files", named.join(", ")),
    }
}

/// `bands` of "there is no figure `bands.l3.total`".
fn set_of(message: &str) -> Option<String> {
    let id = message.split('`').nth(1)?;
    id.split('.').next().filter(|set| !set.is_empty()).map(str::to_owned)
}
