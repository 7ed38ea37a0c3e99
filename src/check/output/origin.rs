//! Where what a finished file shows comes from: a line of a template or of the content, as far as it can be known.

use std::collections::HashMap;
use std::sync::Arc;

use super::own::Holder;
use crate::diagnostic::{Place, Source};
use crate::site::{Address, Site};

/// Finished files by path, and the templates that made them.
pub(super) struct Origins<'s> {
    holders: HashMap<String, Holder<'s>>,
    /// The site's own templates first.
    templates: Vec<Arc<Source>>,
}

impl<'s> Origins<'s> {
    pub(super) fn of(site: &'s Site, templates: Vec<Arc<Source>>) -> Self {
        let mut holders: HashMap<String, Holder<'s>> =
            site.pages.iter().map(|page| (page.address.file(), Holder::Page(page))).collect();
        for set in &site.data.sets {
            holders.insert(Address::new(&format!("/figures/{}/", set.name)).file(), Holder::Set(set));
            for extension in ["csv", "json"] {
                holders.insert(format!("data/{}.{extension}", set.name), Holder::Set(set));
            }
        }
        Self { holders, templates }
    }

    pub(super) fn holder(&self, path: &str) -> Holder<'s> {
        self.holders.get(path).copied().unwrap_or(Holder::None)
    }

    /// Where one of some texts stands as it is shown: in a template, else in the file that the finished one is made of, or
    /// at its start.
    pub(super) fn place(&self, path: &str, shown: &[String]) -> Option<Place> {
        let holder = self.holder(path);
        let own = match holder {
            Holder::Page(page) => Some(&page.page.source),
            Holder::Set(set) => Some(&set.source),
            Holder::None => None,
        };
        if let Holder::Page(page) = holder {
            let is_shown = |id: &str| shown.contains(&format!("id=\"{id}\""));
            if let Some(heading) = page.page.headings.iter().find(|heading| is_shown(&heading.id)) {
                return Some(heading.place.clone());
            }
        }
        let sources = self.templates.iter().chain(own);
        let found = sources.flat_map(|source| shown.iter().map(move |shown| (source, shown)));
        let found = found.filter(|(_, shown)| !shown.is_empty());
        let mut places = found.filter_map(|(source, shown)| {
            let at = whole(source.text(), shown)?;
            Some(Place::new(source, at..at + shown.len()))
        });
        places.next().or_else(|| own.map(Place::start_of))
    }
}

/// Where a text stands and is no part of a longer word or number.
fn whole(text: &str, shown: &str) -> Option<usize> {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '$'));
    let starts = shown.starts_with(|c: char| c.is_alphanumeric());
    let ends = shown.ends_with(|c: char| c.is_alphanumeric());
    text.match_indices(shown).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + shown.len()..).and_then(|after| after.chars().next());
        !(starts && joins(before) || ends && after.is_some_and(char::is_alphanumeric))
    })
}
