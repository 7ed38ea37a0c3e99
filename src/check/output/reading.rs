//! What reading finished files takes and gives: what is known of the site, and the findings of each file.

use std::sync::Arc;

use super::numbers::Numbers;
use super::origin::Origins;
use super::own::Own;
use crate::diagnostic::{Code, Place, Source};
use crate::site::Site;

/// Reads finished files, from many threads.
pub struct Reading<'s> {
    pub(super) site: &'s Site,
    pub(super) numbers: Numbers<'s>,
    pub(super) origins: Origins<'s>,
}

impl<'s> Reading<'s> {
    /// Gets ready to read the files of a site. The texts of its templates, its own first, tell where a finding comes from.
    pub fn new(site: &'s Site, templates: Vec<Arc<Source>>) -> Self {
        Self { site, numbers: Numbers::of(site), origins: Origins::of(site, templates) }
    }

    /// What a file may say without a mark.
    pub(super) fn own(&self, path: &str) -> Own<'s> {
        Own::of(self.site, self.origins.holder(path))
    }
}

/// What was read of one finished file.
pub struct Finished {
    /// Its path in the published folder.
    pub(super) path: String,
    /// Ids that links may lead to, and where each is.
    pub(super) ids: Vec<(String, usize)>,
    /// Addresses that it links to, each once.
    pub(super) links: Vec<String>,
    pub(super) findings: Vec<Finding>,
    /// Whether words of the page are lost, and headings with them.
    pub(super) lacks_words: bool,
}

/// A problem of a finished file, before it is known in how many more files it stands.
pub(super) struct Finding {
    pub(super) code: &'static Code,
    /// The same in each file.
    pub(super) says: Says,
    pub(super) help: String,
    /// What may stand in a template or a page as it is shown, to tell where it comes from.
    pub(super) shown: Vec<String>,
    /// Where it is in the finished file, as far as its text is at hand.
    pub(super) place: Option<Place>,
    /// Where it comes from, where that is known already.
    pub(super) origin: Option<Place>,
}

/// What a finding says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// A whole phrase.
    Phrase(String),
    /// What the finished page does, such as "shows `5`", to be said of the page by its path where nothing else tells it.
    OfPage(String),
}

impl From<String> for Says {
    fn from(phrase: String) -> Self {
        Self::Phrase(phrase)
    }
}

impl Says {
    pub(super) fn message(self, path: Option<&str>) -> String {
        match (self, path) {
            (Self::Phrase(phrase), _) => phrase,
            (Self::OfPage(does), Some(path)) => format!("the finished page `{path}` {does}"),
            (Self::OfPage(does), None) => format!("the finished page {does}"),
        }
    }
}

/// Where a file lies once it is published, unless `--out` says otherwise.
pub(super) fn published(path: &str) -> String {
    format!("public/{path}")
}

/// Gathers the findings of one file, and keeps its text once where there are any.
pub(super) struct Findings<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) source: Option<Arc<Source>>,
    pub(super) found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, source: None, found: Vec::new() }
    }

    pub(super) fn add(&mut self, code: &'static Code, at: usize, says: impl Into<Says>, help: String) {
        self.add_shown(code, at, says, help, Vec::new());
    }

    /// The same of what may stand in a template or a page as it is shown.
    pub(super) fn add_shown(
        &mut self,
        code: &'static Code,
        at: usize,
        says: impl Into<Says>,
        help: String,
        shown: Vec<String>,
    ) {
        let source = self.source.get_or_insert_with(|| Source::new(published(self.path), self.text));
        // One byte of a line that may be very long.
        let end = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |first| at + first.len_utf8());
        self.found.push(Finding {
            code,
            says: says.into(),
            help,
            shown,
            place: Some(Place::new(source, at..end)),
            origin: None,
        });
    }
}
