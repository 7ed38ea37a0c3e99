//! Where what a finished file shows comes from: a line of a template or of the content, as far as it can be known.

use std::sync::Arc;

use super::own::Holder;
use crate::diagnostic::{Place, Source};
use crate::site::{OutputKind, Site};

/// What finished files are made of, and the templates that made them.
pub(super) struct Origins<'s> {
    site: &'s Site,
    /// The site's own templates first.
    templates: Vec<Arc<Source>>,
}

impl<'s> Origins<'s> {
    pub(super) fn of(site: &'s Site, templates: Vec<Arc<Source>>) -> Self {
        Self { site, templates }
    }

    pub(super) fn holder(&self, path: &str) -> Holder<'s> {
        let Some(output) = self.site.output_of_file(path).map(|at| &self.site.outputs[at]) else { return Holder::None };
        let set = output.kind.set().map(|set| &self.site.data.sets[set]);
        match (output.kind, set) {
            (OutputKind::Page(at), _) => Holder::Page(&self.site.pages[at]),
            (OutputKind::Row(_), Some(set)) => Holder::Row(set, &output.address),
            (_, Some(set)) => Holder::Set(set),
            _ => Holder::None,
        }
    }

    /// The template of a path.
    pub(super) fn template(&self, path: &str) -> Option<&Arc<Source>> {
        self.templates.iter().find(|template| template.path().strip_prefix("templates/") == Some(path))
    }

    /// The line where one of some texts stands as it is shown: in a template, else in the file that the finished one is made of.
    pub(super) fn line(&self, path: &str, shown: &[String]) -> Option<Place> {
        if let Holder::Page(page) = self.holder(path) {
            let is_shown = |id: &str| shown.contains(&format!("id=\"{id}\""));
            if let Some(heading) = page.page.headings.iter().find(|heading| is_shown(&heading.id)) {
                return Some(heading.place.clone());
            }
        }
        let sources = self.templates.iter().chain(self.own(path));
        let found = sources.flat_map(|source| shown.iter().map(move |shown| (source, shown)));
        let mut found = found.filter(|(_, shown)| !shown.is_empty());
        found.find_map(|(source, shown)| {
            let at = whole(source.text(), shown)?;
            let value = shown.len() - shown.trim_start_matches('}').len();
            Some(Place::new(source, at + value..at + shown.len()))
        })
    }

    /// The start of the file that a finished one is made of.
    pub(super) fn start(&self, path: &str) -> Option<Place> {
        self.own(path).map(Place::start_of)
    }

    fn own(&self, path: &str) -> Option<&Arc<Source>> {
        match self.holder(path) {
            Holder::Page(page) => Some(&page.page.source),
            Holder::Set(set) | Holder::Row(set, _) => Some(&set.source),
            Holder::None => None,
        }
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
