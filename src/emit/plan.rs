//! What a build is going to change in the published folder, and whether it may.

use std::collections::BTreeMap;
use std::fs::Metadata;

use super::manifest::{MANIFEST, Manifest};
use super::name::ancestors;
use super::stage::{Output, Stage};
use crate::diagnostic::Failure;

/// A site that is complete, and what is in the published folder so far.
pub(super) struct Plan<'a> {
    pub stage: &'a Stage,
    /// The site's files, by path.
    pub outputs: &'a BTreeMap<Box<str>, Output>,
    /// The list of them.
    pub manifest: &'a Manifest,
    /// The list of what was published before.
    pub before: &'a Manifest,
    /// Files that earlier builds have published and this one has not, with the bytes that they were published with.
    pub obsolete: Vec<&'a str>,
    /// The same, but with other bytes. They are left.
    pub altered: Vec<&'a str>,
    /// Whatever else no build has put there, by path.
    foreign: BTreeMap<&'a str, &'a Metadata>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        stage: &'a Stage,
        outputs: &'a BTreeMap<Box<str>, Output>,
        manifest: &'a Manifest,
        before: &'a Manifest,
    ) -> Self {
        let gone = before.paths().filter(|path| !manifest.lists(path) && stage.published(path).is_some());
        let (obsolete, altered) = gone.partition(|path| {
            stage.published_hash(path).is_some_and(|hash| before.hashes(path).any(|listed| *listed == hash))
        });
        let mut plan = Self { stage, outputs, manifest, before, obsolete, altered, foreign: BTreeMap::new() };
        let found = stage.live.iter().map(|(path, metadata)| (path.as_str(), metadata));
        plan.foreign = found.filter(|(path, metadata)| !plan.is_ours(path, metadata)).collect();
        plan
    }

    /// True if the published folder holds nothing but what earlier builds have put there.
    pub(super) fn owns_all(&self) -> bool {
        self.foreign.is_empty()
    }

    /// The paths of files that are new or have changed.
    pub(super) fn staged(&self) -> impl Iterator<Item = &'a str> {
        let outputs = self.outputs.iter();
        outputs.filter(|(_, output)| output.is_staged).map(|(path, _)| &**path)
    }

    /// Refuses to publish where something of somebody else's is in the way of one of the site's files.
    pub(super) fn refuse_conflicts(&self) -> Result<(), Failure> {
        for path in self.staged() {
            let below = format!("{path}/");
            let inside = self.foreign.range(&*below..).next().map(|(found, _)| *found);
            let inside = inside.filter(|found| found.starts_with(&below));
            let at = || Some(path).filter(|path| self.foreign.contains_key(path));
            let above = || ancestors(path).find(|folder| self.foreign.get(folder).is_some_and(|found| !found.is_dir()));
            if let Some(found) = inside.or_else(at).or_else(above) {
                return Err(self.in_the_way(found, path));
            }
        }
        Ok(())
    }

    pub(super) fn in_the_way(&self, found: &str, path: &str) -> Failure {
        let cause = format!("no build has written this, and the site has a file at `{path}`");
        Failure::new("replace", &self.stage.folder.live.join(found), cause)
            .help("delete it, or move it into the site's `static/` folder, and build again")
    }

    fn is_ours(&self, path: &str, found: &Metadata) -> bool {
        if found.is_dir() {
            return self.before.lists_below(path);
        }
        let is_of_site = |output: &Output| self.before.lists(path) || !output.is_staged;
        let is_replaced = || self.outputs.get(path).is_some_and(is_of_site);
        found.is_file() && (path == MANIFEST || self.obsolete.binary_search(&path).is_ok() || is_replaced())
    }
}
