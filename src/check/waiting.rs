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

/// Files in which links, figures or blocks may be hidden, data included.
pub(super) fn hidden_links(site: &Site) -> BTreeSet<String> {
    let mut files = site.files_with_hidden_links();
    files.extend(site.data.lost_files());
    files
}

/// The same, and the settings where the navigation could not be read.
pub(super) fn hidden_links_or_navigation(site: &Site) -> BTreeSet<String> {
    let mut files = hidden_links(site);
    if site.config.whole.is_err() || site.navigation.reported.is_some() {
        files.insert("content/site.toml".to_owned());
    }
    files
}

/// Pages whose front matter could not be read, so that an address of theirs may be missing.
pub(super) fn hidden_addresses(site: &Site) -> BTreeSet<String> {
    let pages = site.pages.iter().filter(|page| page.page.front.whole.is_err());
    pages.map(|page| page.page.source.path().to_owned()).collect()
}
