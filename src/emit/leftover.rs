//! What runs that were killed have left behind.
//!
//! Only the record says that something is a leftover: a checkout may carry a folder of any name. What it doesn't know is
//! reported, and left. In a leftover that was published, or was being exchanged, only listed files are removed, since
//! somebody may have been in there.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::disk::{Disk, failed, hash};
use super::manifest::{MANIFEST, Manifest};
use super::name::Token;
use super::scan::{Kind, joined};
use super::stage::Stage;
use crate::diagnostic::{Code, Diagnostic, Failure, Severity};

pub(super) static LEFTOVER: Code = Code {
    name: "leftover",
    severity: Severity::Warning,
    rule: false,
    what: "Files lie in the published folder, or beside it, that bandbook neither publishes nor removes.",
    why: "A build that was stopped may have left them, or somebody has put them there. What is not known to be bandbook's is never deleted, and may be published with the site.",
    example: "A folder `.public.bandbook-0f1e2d3c4b5a6978` beside `public`.",
    mend: "Look into it, and delete it if nothing in it is yours.",
};

/// Removes what the record knows of, and reports what it doesn't.
pub(super) fn clean(stage: &mut Stage) -> Result<(), Failure> {
    // Without a lock they may be those of a build that is running.
    let known = if stage.folder.is_locked() { std::mem::take(&mut stage.record.stages) } else { Vec::new() };
    stage.record.is_stale = !known.is_empty();
    for token in &known {
        let tree = stage.folder.stage(*token);
        let why = match remove(&stage.disk, &tree, *token) {
            Ok(true) => continue,
            Ok(false) => "holds files that no build has written".to_owned(),
            Err(error) => format!("was left by a build that was stopped, and can't be removed: {error}"),
        };
        stage.record.stages.push(*token);
        stage.problems.push(kept(&tree, &why));
    }
    for entry in fs::read_dir(&stage.folder.parent).into_iter().flatten().flatten() {
        let token = Token::of_stage(&entry.file_name(), &stage.folder.name);
        if token.is_some_and(|token| !known.contains(&token)) {
            stage
                .problems
                .push(kept(&entry.path(), "is named as the stage of a build, and no record says that it was"));
        }
    }
    let files = stage.live.entries.iter().filter(|found| found.kind == Kind::File);
    for (found, token) in files.filter_map(|found| Some((found, incoming(&found.path)?))) {
        let at = stage.folder.live.join(&found.path);
        if known.contains(&token) {
            stage.disk.remove_file(&at).map_err(failed("remove", &at))?;
        } else {
            stage.problems.push(kept(&at, "is named as a file of a build, and no record says that it was"));
        }
    }
    stage.live.entries.retain(|found| incoming(&found.path).is_none_or(|token| !known.contains(&token)));
    Ok(())
}

/// The run whose file on its way into its folder is at a path.
fn incoming(path: &OsStr) -> Option<Token> {
    Path::new(path).file_name().and_then(OsStr::to_str).and_then(Token::of_incoming)
}

/// A warning of what is left where it is.
pub(super) fn kept(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::without_place(&LEFTOVER, format!("`{}` {why}", path.display()))
        .help("delete it if nothing in it is yours")
}

/// Removes what a run that was killed has left, and says whether it is gone. With a list it may have been the published
/// folder: somebody may have put files there, even in the place of listed ones.
fn remove(disk: &Disk, tree: &Path, token: Token) -> io::Result<bool> {
    match tree.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_dir() => return Ok(false),
        Ok(_) => (),
    }
    match Manifest::read(tree)? {
        None => disk.remove_tree(tree).map(|()| true),
        Some(Ok(manifest)) => {
            let is_listed = |path: &str| {
                hash(&tree.join(path)).is_ok_and(|hash| manifest.hashes(path).any(|listed| *listed == hash))
            };
            let is_ours = |path: &OsStr| incoming(path) == Some(token) || path.to_str().is_some_and(is_listed);
            remove_listed(disk, tree, &manifest, &is_ours)
        }
        Some(Err(_)) => Ok(false),
    }
}

/// Removes a folder with a list: its files that are ours, and the folders of listed files. Says whether it is gone, which
/// it is not if it holds anything else.
pub(super) fn remove_listed(
    disk: &Disk,
    tree: &Path,
    manifest: &Manifest,
    is_ours: &(impl Fn(&OsStr) -> bool + Sync),
) -> io::Result<bool> {
    let is_known = |folder: &OsStr| folder.to_str().is_some_and(|folder| manifest.lists_below(folder));
    empty(disk, tree, OsStr::new(""), &is_known, is_ours)?;
    if fs::read_dir(tree)?.flatten().any(|entry| entry.file_name() != MANIFEST) {
        return Ok(false);
    }
    disk.remove_file(&tree.join(MANIFEST))?;
    disk.remove_folder(tree).map(|()| true)
}

/// Removes the plain files in a folder that are ours, and folders in it that are known and empty then.
fn empty(
    disk: &Disk,
    tree: &Path,
    folder: &OsStr,
    is_known: &(impl Fn(&OsStr) -> bool + Sync),
    is_ours: &(impl Fn(&OsStr) -> bool + Sync),
) -> io::Result<()> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(tree.join(folder))? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, joined(folder, &entry.file_name()));
        if kind.is_dir() {
            folders.push(path);
        } else if kind.is_file() && is_ours(&path) {
            disk.remove_file(&tree.join(path))?;
        }
    }
    folders.into_par_iter().try_for_each(|folder| {
        empty(disk, tree, &folder, is_known, is_ours)?;
        if is_known(&folder) {
            // One that holds anything else is not empty.
            let _ = disk.remove_folder(&tree.join(folder));
        }
        Ok(())
    })
}
