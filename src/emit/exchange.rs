//! Publishing all at once: the stage is completed, and changes places with the published folder.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::disk::{Disk, EXCHANGES, failed};
use super::folder::Folder;
use super::manifest::{MANIFEST, Manifest};
use super::name::ancestors;
use super::publish::{Job, is_ours};
use super::scan::{Identity, scan};
use super::stage::Leftovers;
use crate::diagnostic::Failure;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// These two folders can't be exchanged here. Nothing has been changed.
    Refused,
}

/// Publishes by exchange, if the system can.
pub(super) fn publish(job: &Job<'_>) -> Result<Outcome, Failure> {
    let (live, staged) = (job.live_path(), &job.stage.tree);
    if !may_exchange(live, staged) {
        return Ok(Outcome::Refused);
    }
    remove_leftovers(job)?;
    job.outputs.par_iter().try_for_each(|(path, output)| match &output.published {
        Some(published) => keep(job, path, published),
        None => Ok(()),
    })?;
    let text = job.manifest.text();
    job.stage.create(MANIFEST, |disk, at| disk.create(at, text.as_bytes()).map(drop))?;
    let Ok(metadata) = fs::metadata(live) else {
        return outcome(job.stage.disk.rename(staged, live)).map_err(failed("publish to", live));
    };
    // What the publisher has allowed for the folder holds for the one that takes its place.
    fs::set_permissions(staged, metadata.permissions()).map_err(failed("publish to", live))?;
    swap(job)
}

/// Brings back what somebody put into the published folder while it was exchanged by a build that was then killed.
pub(super) fn recover(disk: &Disk, folder: &Folder) -> Result<(), Failure> {
    let (marker, stage) = (folder.marker(), folder.stage());
    if !marker.exists() {
        return Ok(());
    }
    match Manifest::read(&stage).map_err(failed("read", &stage))? {
        Some(Err(_)) => set_aside(disk, &stage, &folder.found())?,
        listed => rescue(disk, folder, &listed.and_then(Result::ok).unwrap_or_default())?,
    }
    disk.remove_file(&marker).map_err(failed("remove", &marker))
}

/// Removes from the stage what is no part of the site: files of the site before last, and of builds that failed.
fn remove_leftovers(job: &Job<'_>) -> Result<(), Failure> {
    let (disk, tree) = (&job.stage.disk, &job.stage.tree);
    job.stage.unsettle()?;
    let (files, mut folders) = leftovers(job)?;
    files.par_iter().try_for_each(|file| {
        let at = tree.join(file);
        disk.remove_file(&at).map_err(failed("remove", &at))
    })?;
    // The deepest first: a folder's path is longer than that of the folder it is in.
    folders.sort_unstable_by_key(|folder| std::cmp::Reverse(folder.len()));
    for folder in folders {
        let at = tree.join(folder);
        disk.remove_folder(&at).map_err(failed("remove", &at))?;
    }
    Ok(())
}

/// The files of the stage that are no part of the site, and the folders that are empty without them.
fn leftovers(job: &Job<'_>) -> Result<(Vec<OsString>, Vec<OsString>), Failure> {
    match &job.stage.leftovers {
        Leftovers::Nothing => Ok((Vec::new(), Vec::new())),
        Leftovers::Listed(manifest) => {
            let is_gone = |path: &&str| !job.manifest.lists(path);
            // Where the site now has a file instead of a folder, or a folder instead of a file, they are gone already.
            let is_there =
                |path: &&str| !job.needs_folder(path) && !ancestors(path).any(|above| job.manifest.lists(above));
            let gone: Vec<&str> = manifest.paths().filter(is_gone).filter(is_there).collect();
            let folders: BTreeSet<&str> = gone.iter().flat_map(|path| ancestors(path)).collect();
            let folders = folders.into_iter().filter(|path| !job.needs_folder(path));
            let files = gone.into_iter().map(OsString::from);
            Ok((files.collect(), folders.map(OsString::from).collect()))
        }
        Leftovers::Unknown => {
            let staged = scan(&job.stage.tree).map_err(failed("read", &job.stage.tree))?;
            let files = staged.files.into_iter().map(|file| file.path);
            let files = files.filter(|path| path.to_str().is_none_or(|path| !job.manifest.lists(path)));
            let folders = staged.folders.into_iter().map(|folder| folder.path);
            let folders = folders.filter(|path| path.to_str().is_none_or(|path| !job.needs_folder(path)));
            Ok((files.collect(), folders.collect()))
        }
    }
}

/// Sees to it that the stage has the published file itself, under a second name; or a copy, where files have but one.
fn keep(job: &Job<'_>, path: &str, published: &Identity) -> Result<(), Failure> {
    let (staged, live) = (job.stage.tree.join(path), job.live_path().join(path));
    if let Ok(metadata) = staged.symlink_metadata() {
        let found = Identity::of(&metadata);
        if metadata.is_file() && (found.is_same_file(published) || is_copy(&found, published, &staged, &live)) {
            return Ok(());
        }
    }
    job.stage.create(path, |disk, at| match disk.link(&live, at) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            let modified = published.modified.unwrap_or(std::time::SystemTime::UNIX_EPOCH);
            disk.create_copy(at, &fs::read(&live)?, modified)
        }
        Ok(()) => Ok(()),
    })
}

/// Whether the stage's file is a copy of the published one, its time of change included.
fn is_copy(found: &Identity, published: &Identity, staged: &Path, live: &Path) -> bool {
    let is_alike = (found.len, found.modified) == (published.len, published.modified);
    is_alike && fs::read(staged).is_ok_and(|staged| fs::read(live).is_ok_and(|live| staged == live))
}

fn swap(job: &Job<'_>) -> Result<Outcome, Failure> {
    let (folder, disk) = (&job.stage.folder, &job.stage.disk);
    let marker = folder.marker();
    match disk.create(&marker, b"") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed("write", &marker)(error)),
        _ => (),
    }
    let outcome = outcome(disk.exchange(&job.stage.tree, &folder.live)).map_err(failed("publish to", &folder.live))?;
    if outcome == Outcome::Done {
        if was_touched(job) {
            rescue(disk, folder, job.before)?;
        } else {
            disk.create(&folder.settled(), b"").map_err(failed("write", &folder.settled()))?;
        }
    }
    disk.remove_file(&marker).map_err(failed("remove", &marker))?;
    Ok(outcome)
}

/// Whether anything was added to the published folder since it was looked through. By now it is the stage.
fn was_touched(job: &Job<'_>) -> bool {
    job.live.folders.par_iter().any(|folder| {
        let modified = job.stage.tree.join(&folder.path).symlink_metadata().and_then(|metadata| metadata.modified());
        modified.ok() != folder.modified
    })
}

/// Moves files that no build has written from the stage into the published folder.
fn rescue(disk: &Disk, folder: &Folder, ours: &Manifest) -> Result<(), Failure> {
    let stage = folder.stage();
    for file in scan(&stage).map_err(failed("read", &stage))?.files {
        if is_ours(&file.path, ours) {
            continue;
        }
        let (from, to) = (stage.join(&file.path), folder.live.join(&file.path));
        let is_free = to.symlink_metadata().is_err();
        let has_folder = to.parent().is_some_and(|parent| disk.create_folders(parent).is_ok());
        if is_free && has_folder {
            disk.rename(&from, &to).map_err(failed("publish to", &to))?;
        } else {
            set_aside(disk, &from, &folder.found())?;
        }
    }
    Ok(())
}

/// Moves something that is not ours to where nothing deletes it.
fn set_aside(disk: &Disk, from: &Path, found: &Path) -> Result<(), Failure> {
    disk.create_folders(found).map_err(failed("make", found))?;
    let name = from.file_name().unwrap_or_default().to_string_lossy();
    let free = (1_u32..).map(|number| found.join(format!("{number}-{name}"))).find(|to| to.symlink_metadata().is_err());
    match free {
        Some(to) => disk.rename(from, &to).map_err(failed("move", from)),
        None => Ok(()),
    }
}

fn outcome(result: io::Result<()>) -> io::Result<Outcome> {
    use io::ErrorKind::{CrossesDevices, DirectoryNotEmpty, InvalidInput, PermissionDenied, ResourceBusy, Unsupported};
    match result {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => match error.kind() {
            CrossesDevices | DirectoryNotEmpty | InvalidInput | PermissionDenied | ResourceBusy | Unsupported => {
                Ok(Outcome::Refused)
            }
            _ => Err(error),
        },
    }
}

/// Whether it is worth trying: a published folder that is a mount is not. Without the system call only a folder that does
/// not exist yet can be published at once.
fn may_exchange(live: &Path, staged: &Path) -> bool {
    match (fs::metadata(live), fs::metadata(staged)) {
        (Ok(live), Ok(staged)) => EXCHANGES && Identity::of(&live).is_on_disk_of(&Identity::of(&staged)),
        _ => true,
    }
}
