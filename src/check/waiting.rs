//! Rules that wait: those on what is missing in the whole site can't speak while a file can't be read whole.

use std::collections::BTreeSet;

use super::rules;
use crate::site::Site;

/// Rules that say nothing yet, and what has to be mended before they can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The names of the rules, sorted.
    pub rules: BTreeSet<&'static str>,
    /// The files that can't be read whole, sorted.
    pub files: BTreeSet<String>,
}

/// The rules that wait, given the state of a site.
pub fn waiting(site: &Site) -> Waiting {
    let mut waiting = Waiting::default();
    for rule in rules::ALL {
        let files = rule.waits_for(site);
        if !files.is_empty() {
            waiting.rules.extend(rule.codes.iter().map(|code| code.name));
            waiting.files.extend(files);
        }
    }
    waiting
}
