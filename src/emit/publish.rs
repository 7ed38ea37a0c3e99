//! The end of a build: whether anything has changed, and by which way it gets into the published folder.

use std::ffi::OsStr;
use std::path::Path;

use super::disk::failed;
use super::manifest::{INCOMING, Manifest};
use super::scan::{Scan, scan};
use super::stage::{Output, Stage};
use super::{exchange, name, piecemeal};
use crate::diagnostic::Failure;

/// What a build did to the published folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The files of the site.
    pub files: usize,
    /// Those that are new or have changed.
    pub written: usize,
    /// Those that were there already.
    pub kept: usize,
    /// The files of the build before that are gone.
    pub removed: usize,
}

/// A site that is complete, and what stands in the published folder so far.
pub(super) struct Job<'a> {
    pub stage: &'a Stage,
    /// The site's files, sorted by path.
    pub outputs: &'a [(Box<str>, Output)],
    /// The list of them.
    pub manifest: &'a Manifest,
    /// The list of what was published before.
    pub before: &'a Manifest,
    /// What is in the published folder.
    pub live: &'a Scan,
}

pub(super) fn publish(mut stage: Stage) -> Result<Published, Failure> {
    let outputs = std::mem::replace(&mut stage.files, super::shards::Shards::new()).into_sorted();
    let manifest = Manifest::new(outputs.iter().map(|(path, output)| (path.clone(), output.hash)).collect());
    let listed = stage.before.take();
    let is_first = listed.is_none();
    let before = listed.unwrap_or_default();
    let kept = outputs.iter().filter(|(_, output)| output.published.is_some()).count();
    let published = Published {
        files: outputs.len(),
        written: outputs.len() - kept,
        kept,
        removed: before.paths().filter(|path| !manifest.lists(path)).count(),
    };
    remove_incoming(&stage)?;
    if !is_first && published.written == 0 && manifest == before {
        return Ok(published);
    }
    let live = scan(&stage.folder.live).map_err(failed("read", &stage.folder.live))?;
    let job = Job { stage: &stage, outputs: &outputs, manifest: &manifest, before: &before, live: &live };
    if !job.live_is_all_ours() || exchange::publish(&job)? == exchange::Outcome::Refused {
        piecemeal::publish(&job)?;
    }
    Ok(published)
}

/// A build that was killed may have left a file on its way in.
fn remove_incoming(stage: &Stage) -> Result<(), Failure> {
    let incoming = stage.folder.live.join(INCOMING);
    if incoming.symlink_metadata().is_err() {
        return Ok(());
    }
    stage.disk.remove_file(&incoming).map_err(failed("remove", &incoming))
}

impl Job<'_> {
    /// Whether the published folder holds nothing but what an earlier build has put there.
    fn live_is_all_ours(&self) -> bool {
        self.live.files.iter().all(|file| is_ours(&file.path, self.before))
    }

    /// Whether the site has a file below this folder.
    pub(super) fn needs_folder(&self, folder: &str) -> bool {
        folder.is_empty() || self.manifest.lists_below(folder)
    }

    pub(super) fn live_path(&self) -> &Path {
        &self.stage.folder.live
    }
}

/// Whether a list, or bandbook's own needs, account for a file.
pub(super) fn is_ours(path: &OsStr, manifest: &Manifest) -> bool {
    path.to_str().is_some_and(|path| name::is_own(path) || manifest.lists(path))
}
