//! Readers see the old site or the new one: the stage takes the published folder's place while that is brought up to date.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::disk::{EXCHANGES, failed, hash};
use super::folder::lockable;
use super::plan::Plan;
use super::scan::{Identity, mode};
use super::stage::{Output, State, in_the_way};
use super::transfer::write_manifest;
use crate::diagnostic::Failure;

/// Completes the stage, and puts it in the published folder's place. The lock on it is given back, or nothing where these two
/// folders can't be exchanged. Then nothing has changed.
pub(super) fn shield(plan: &Plan<'_>, tree: &Path) -> Result<Option<Option<File>>, Failure> {
    let live = &plan.stage.folder.live;
    let identity = |path: &Path| path.symlink_metadata().map(|metadata| Identity::new(&metadata));
    let is_one_disk = || identity(live).is_ok_and(|live| identity(tree).is_ok_and(|tree| live.is_on_disk_of(&tree)));
    if !EXCHANGES || !plan.stage.folder.is_locked() || !plan.owns_all() || !is_one_disk() {
        return Ok(None);
    }
    plan.outputs
        .par_iter()
        .filter(|(_, output)| output.state != State::Staged)
        .try_for_each(|(path, output)| keep(plan, tree, path, output))?;
    write_manifest(plan.stage, tree, plan.manifest)?;
    keep_modes(plan, tree)?;
    // A build that comes while the stage is published finds it locked.
    let lock = lockable(tree, None).ok().flatten().filter(|file| file.try_lock().is_ok());
    plan.stage.owns_tree.store(false, Ordering::SeqCst);
    let Err(error) = plan.stage.disk.exchange(tree, live) else { return Ok(Some(lock)) };
    plan.stage.owns_tree.store(true, Ordering::SeqCst);
    if is_refusal(&error) { Ok(None) } else { Err(failed("publish to", live)(error)) }
}

/// Gives a published file a second name in the stage; or a copy, where files have but one.
fn keep(plan: &Plan<'_>, tree: &Path, path: &str, output: &Output) -> Result<(), Failure> {
    let (published, staged) = (plan.stage.folder.live.join(path), tree.join(path));
    plan.stage.disk.link_or_copy(&published, &staged).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => in_the_way(path),
        _ => failed("write", &staged)(error),
    })?;
    let metadata = staged.symlink_metadata().map_err(failed("read", &staged))?;
    if Identity::new(&metadata).is_same_file(&output.identity) {
        return Ok(());
    }
    if hash(&staged).map_err(failed("read", &staged))? == output.hash {
        return Ok(());
    }
    Err(Failure::new("keep", &published, "it was changed during the build").help("build again"))
}

/// Gives the stage's folders the permissions that the published ones have.
fn keep_modes(plan: &Plan<'_>, tree: &Path) -> Result<(), Failure> {
    let disk = &plan.stage.disk;
    let metadata = |path: &Path| fs::symlink_metadata(path).map_err(failed("read", path));
    let (made, live) = (mode(&metadata(tree)?), mode(&metadata(&plan.stage.folder.live)?));
    let folders = plan.stage.live.folders().filter_map(|folder| Some((folder.path.to_str()?, folder.mode)));
    let folders = folders.filter(|(path, _)| plan.manifest.lists_below(path));
    for (path, mode) in folders.chain([("", live)]).filter(|(_, mode)| *mode != made) {
        let at = tree.join(path);
        // The stage must be removed in the end.
        disk.set_mode(&at, mode | 0o700).map_err(failed("write", &at))?;
    }
    Ok(())
}

fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, PermissionDenied, ResourceBusy, Unsupported};
    matches!(error.kind(), CrossesDevices | InvalidInput | PermissionDenied | ResourceBusy | Unsupported)
}
