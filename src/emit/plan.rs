//! What a build is going to change in the published folder, and whether it may.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use super::disk::hash;
use super::manifest::{MANIFEST, Manifest};
use super::name::ancestors;
use super::scan::{Found, Kind};
use super::stage::{Output, Stage, State};
use crate::diagnostic::Failure;

/// A site that is complete, and what is in the published folder so far.
pub(super) struct Plan<'a> {
    pub stage: &'a Stage,
    /// The site's files, sorted by path.
    pub outputs: &'a [(Box<str>, Output)],
    /// The list of them.
    pub manifest: &'a Manifest,
    /// The list of what was published before.
    pub before: &'a Manifest,
    /// Files that earlier builds have published and this one has not, with the bytes that they were published with.
    pub obsolete: Vec<&'a str>,
    /// The same, but with other bytes. They are left.
    pub altered: Vec<&'a str>,
    /// Whatever else no build has put there, by path.
    foreign: BTreeMap<&'a OsStr, &'a Found>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        stage: &'a Stage,
        outputs: &'a [(Box<str>, Output)],
        manifest: &'a Manifest,
        before: &'a Manifest,
    ) -> Self {
        let gone = before.paths().filter(|path| !manifest.lists(path) && stage.live.file(path).is_some());
        let (obsolete, altered) = gone.partition(|path| is_as_listed(stage, before, path));
        let mut plan = Self { stage, outputs, manifest, before, obsolete, altered, foreign: BTreeMap::new() };
        let foreign = stage.live.entries.iter().filter(|found| !plan.is_ours(found));
        plan.foreign = foreign.map(|found| (found.path.as_os_str(), found)).collect();
        plan
    }

    /// True if the published folder holds nothing but what earlier builds have put there.
    pub(super) fn owns_all(&self) -> bool {
        self.foreign.is_empty()
    }

    /// The paths of files that are new or have changed.
    pub(super) fn staged(&self) -> impl Iterator<Item = &'a str> {
        let outputs = self.outputs.iter();
        outputs.filter(|(_, output)| output.state == State::Staged).map(|(path, _)| &**path)
    }

    /// Refuses to publish where something of somebody else's is in the way of one of the site's files.
    pub(super) fn refuse_conflicts(&self) -> Result<(), Failure> {
        let foreign = |path: &str| self.foreign.get(OsStr::new(path)).copied();
        for path in self.staged() {
            let below = format!("{path}/");
            let inside = self.foreign.range(OsStr::new(&below)..).next().map(|(_, found)| *found);
            let inside = inside.filter(|found| found.path.as_encoded_bytes().starts_with(below.as_bytes()));
            let above = || ancestors(path).filter_map(foreign).find(|found| found.kind != Kind::Folder);
            if let Some(found) = inside.or(foreign(path)).or_else(above) {
                return Err(self.in_the_way(Path::new(&found.path), path));
            }
        }
        Ok(())
    }

    pub(super) fn in_the_way(&self, found: &Path, path: &str) -> Failure {
        let cause = format!("no build has written this, and the site has a file at `{path}`");
        Failure::new("replace", &self.stage.folder.live.join(found), cause)
            .help("delete it, or move it into the site's `static/` folder, and build again")
    }

    fn is_ours(&self, found: &Found) -> bool {
        let Some(path) = found.path.to_str() else { return false };
        match found.kind {
            Kind::Folder => self.before.lists_below(path),
            Kind::File if path == MANIFEST || self.obsolete.binary_search(&path).is_ok() => true,
            Kind::File if self.before.lists(path) => self.manifest.lists(path),
            Kind::File => self.keeps(path),
            Kind::Other => false,
        }
    }

    /// True if the published file has the bytes of the site's file already.
    fn keeps(&self, path: &str) -> bool {
        let at = self.outputs.binary_search_by(|(output, _)| (**output).cmp(path)).ok();
        at.and_then(|at| self.outputs.get(at)).is_some_and(|(_, output)| output.state != State::Staged)
    }
}

/// True if a published file has bytes that the list has for it.
fn is_as_listed(stage: &Stage, before: &Manifest, path: &str) -> bool {
    let Some(found) = stage.live.file(path) else { return false };
    if before.hashes(path).any(|hash| stage.record.vouches(path, hash, &found.identity)) {
        return true;
    }
    hash(&stage.folder.live.join(path)).is_ok_and(|hash| before.hashes(path).any(|listed| *listed == hash))
}
