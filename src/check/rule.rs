//! What a rule is, and in which files what it looks for may be hidden.

use std::collections::BTreeSet;

use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

/// A rule: which problems it raises, and what it looks at.
pub(crate) struct Rule {
    /// The codes of the problems that it raises.
    pub codes: &'static [&'static Code],
    /// How it looks.
    pub look: Look,
}

impl Rule {
    /// The files that have to be read whole before it can speak.
    pub(super) fn waits_for(&self, site: &Site) -> BTreeSet<String> {
        match self.look {
            Look::Absence { waits, .. } => waits(site),
            _ => BTreeSet::new(),
        }
    }
}

/// What a rule looks at.
pub(crate) enum Look {
    /// One page at a time, by its index; pages are looked at in parallel.
    Page(fn(&Site, usize, &mut Vec<Diagnostic>)),
    /// The site as a whole.
    Site(fn(&Site, &mut Vec<Diagnostic>)),
    /// The site as a whole, for what it lacks. It waits until the files that `waits` gives can be read whole.
    Absence {
        /// Finds what is missing.
        look: fn(&Site, &mut Vec<Diagnostic>),
        /// Files in which it may be hidden.
        waits: fn(&Site) -> BTreeSet<String>,
        /// Whether `check` alone asks it.
        late: bool,
    },
    /// What `check` alone asks: kept addresses, and values against the day.
    Late(fn(&Site, Option<Date>, &mut Vec<Diagnostic>)),
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
