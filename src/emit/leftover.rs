//! Removing stages: this run's own, and those of runs that were killed.
//!
//! Only the record says that a stage is one: a checkout may carry a folder of any name. What it doesn't know is reported, and
//! left. The whole site in a stage may have been the published folder, if only for a moment: only files with listed bytes, or
//! that are in the published folder too, are removed from it, since somebody may have been in there.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, hash};
use super::folder::scan;
use super::manifest;
use super::name::{self, MANIFEST, NEW, SITE};
use super::record::{Record, Stamp};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub(super) static LEFTOVER: Code = Code {
    name: "leftover",
    severity: Severity::Warning,
    rule: false,
    what: "Files lie in the published folder, or beside it, that bandbook neither publishes nor removes.",
    why: "A build that was stopped may have left them, or somebody has put them there. What is not known to be bandbook's is never deleted, and may be published with the site.",
    example: "A folder `.public.bandbook-0f1e2d3c4b5a6978` beside `public`.",
    mend: "Look into it, and delete it if nothing in it is yours.",
};

/// Where a stage of this name may be: beside the published folder, or in it.
pub(super) fn places(live: &Path, name: &OsStr) -> [PathBuf; 2] {
    [live.with_file_name(name), live.join(name)]
}

/// Removes the stages that the record knows of, and reports others. Without a lock they may be those of a build that is running.
pub(super) fn clean(disk: &Disk, live: &Path, is_locked: bool, record: &mut Record) -> Vec<Diagnostic> {
    let known = record.stages.clone();
    let mut problems = Vec::new();
    if is_locked {
        record.stages.retain(|name| remove(disk, live, name).map(|left| problems.push(left)).is_some());
    }
    for place in live.parent().into_iter().chain([live]) {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name::target(&name).map(OsStr::new) == live.file_name() && !known.contains(&name) {
                problems.push(kept(&entry.path(), "is named as the stage of a build, and no record says that it was"));
            }
        }
    }
    problems
}

/// Removes what there is of a stage. Gives back a warning if anything is left.
pub(super) fn remove(disk: &Disk, live: &Path, name: &OsStr) -> Option<Diagnostic> {
    places(live, name).iter().filter(|tree| tree.symlink_metadata().is_ok()).find_map(|tree| {
        let error = remove_stage(disk, live, tree).err()?;
        Some(kept(tree, &format!("was left by a build, and can't be removed whole: {error}")))
    })
}

/// A warning of what is left where it is.
pub(super) fn kept(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::without_place(&LEFTOVER, format!("`{}` {why}", path.display()))
        .help("delete it if nothing in it is yours")
}

/// Removes a stage, but for what no build has put there: then its folders aren't empty, and stay.
fn remove_stage(disk: &Disk, live: &Path, tree: &Path) -> io::Result<()> {
    let found = scan(tree)?;
    let listed = manifest::read(&tree.join(SITE).join(MANIFEST)).unwrap_or_default();
    // What is in a folder comes before it.
    for (path, found) in found.iter().rev() {
        let at = tree.join(&**path);
        let is_published = |path: &str| {
            let published = live.join(path).symlink_metadata();
            published.is_ok_and(|published| Stamp::of(&published).is_same_inode(&Stamp::of(found)))
        };
        let is_listed = |path: &str| {
            let hashes = listed.get(path).zip(fs::read(&at).ok());
            hashes.is_some_and(|(hashes, bytes)| hashes.contains(&hash(&bytes)))
        };
        let is_ours = match path.split_once('/').unwrap_or((path, "")) {
            (NEW, _) | (SITE, "") => true,
            (SITE, path) if found.is_dir() => name::below(&listed, path).is_some(),
            (SITE, path) => found.is_file() && (is_published(path) || is_listed(path)),
            _ => false,
        };
        // By its list the next run knows what is left of the site, so that it goes last.
        let is_list = |entry: fs::DirEntry| entry.file_name() == MANIFEST;
        if &**path == SITE && found.is_dir() && fs::read_dir(&at)?.flatten().all(is_list) {
            disk.remove(fs::remove_file, &at.join(MANIFEST))?;
        }
        if is_ours && found.is_dir() {
            let _ = disk.run(fs::remove_dir, &at);
        } else if is_ours {
            disk.remove(fs::remove_file, &at)?;
        }
    }
    disk.run(fs::remove_dir, tree)
}
