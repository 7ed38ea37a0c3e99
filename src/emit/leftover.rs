//! Removing stages: this run's own, and those of runs that were killed.
//!
//! Only the record says that a stage is one: a checkout may carry a folder of any name. What it doesn't know is reported, and
//! left. The whole site in a stage may have been the published folder, if only for a moment: only files with listed bytes, or
//! that are in the published folder too, are removed from it, since somebody may have been in there.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::disk::{Disk, hash};
use super::folder::{Folder, scan};
use super::manifest::{MANIFEST, Manifest};
use super::name::Token;
use super::record::{Record, Stamp};
use super::stage::{NEW, SITE};
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

/// Removes the stages that the record knows of, and reports others.
pub(super) fn clean(disk: &Disk, folder: &Folder, record: &mut Record) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let known = record.stages.clone();
    // Without a lock they may be those of a build that is running.
    if folder.is_locked() && !known.is_empty() {
        record.stages.retain(|token| {
            let left = remove(disk, folder, *token);
            let is_left = left.is_some();
            problems.extend(left);
            is_left
        });
        record.save(disk);
    }
    let name = folder.live.file_name().unwrap_or_default();
    for place in folder.live.parent().into_iter().chain([folder.live.as_path()]) {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            if Token::of(&entry.file_name(), name).is_some_and(|token| !known.contains(&token)) {
                problems.push(kept(&entry.path(), "is named as the stage of a build, and no record says that it was"));
            }
        }
    }
    problems
}

/// Removes what there is of a run's stage. Gives back a warning if anything is left.
pub(super) fn remove(disk: &Disk, folder: &Folder, token: Token) -> Option<Diagnostic> {
    folder.stages(token).iter().find_map(|tree| match remove_stage(disk, &folder.live, tree) {
        Ok(true) => None,
        Ok(false) => Some(kept(tree, "holds files that no build has written")),
        Err(error) => Some(kept(tree, &format!("was made by a build, and can't be removed: {error}"))),
    })
}

/// A warning of what is left where it is.
pub(super) fn kept(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::without_place(&LEFTOVER, format!("`{}` {why}", path.display()))
        .help("delete it if nothing in it is yours")
}

/// Removes a stage, if there is one, and says whether it is gone.
fn remove_stage(disk: &Disk, live: &Path, tree: &Path) -> io::Result<bool> {
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
    if !is_folder(tree) {
        return Ok(true);
    }
    let (new, site) = (tree.join(NEW), tree.join(SITE));
    if is_folder(&new) {
        disk.remove_tree(&new)?;
    }
    if is_folder(&site) && !remove_site(disk, live, &site)? {
        return Ok(false);
    }
    disk.remove_folder(tree).map(|()| true)
}

/// Removes a whole site with its list, but for what no build has put there, and says whether it is gone.
fn remove_site(disk: &Disk, live: &Path, site: &Path) -> io::Result<bool> {
    let manifest = Manifest::read(site)?.and_then(Result::ok).unwrap_or_default();
    let found = scan(site)?;
    found.par_iter().filter(|(path, metadata)| metadata.is_file() && *path != MANIFEST).try_for_each(
        |(path, metadata)| {
            let is_published = || {
                let published = live.join(path).symlink_metadata();
                published.is_ok_and(|published| Stamp::of(&published).is_same_inode(&Stamp::of(metadata)))
            };
            let at = site.join(path);
            let is_listed = || hash(&at).is_ok_and(|hash| manifest.hashes(path).any(|listed| *listed == hash));
            if is_published() || is_listed() { disk.remove_file(&at) } else { Ok(()) }
        },
    )?;
    // The deepest first. One that holds anything else is not empty.
    for folder in found.keys().rev().filter(|path| manifest.lists_below(path)) {
        let _ = disk.remove_folder(&site.join(folder));
    }
    if fs::read_dir(site)?.flatten().any(|entry| entry.file_name() != MANIFEST) {
        return Ok(false);
    }
    disk.remove_file(&site.join(MANIFEST))?;
    disk.remove_folder(site).map(|()| true)
}
