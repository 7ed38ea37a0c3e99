//! Publishing file by file, where the folder can't be exchanged or holds files of somebody else's.
//!
//! Each file is replaced by a rename, so that a reader sees the old or the new one. The manifest is written first, with the
//! old and the new paths: were it written last, a build that was killed would leave files that no list accounts for.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::disk::failed;
use super::manifest::{INCOMING, MANIFEST, Manifest};
use super::name::ancestors;
use super::publish::{Job, is_ours};
use crate::diagnostic::Failure;

pub(super) fn publish(job: &Job<'_>) -> Result<(), Failure> {
    let fresh: Vec<&str> =
        job.outputs.iter().filter(|(_, output)| output.published.is_none()).map(|(path, _)| &**path).collect();
    refuse_conflicts(job, &fresh)?;
    let live = job.live_path();
    job.stage.disk.create_folders(live).map_err(failed("make", live))?;
    let both = job.manifest.union(job.before);
    if both != *job.before || !live.join(MANIFEST).exists() {
        write_manifest(job, &both)?;
    }
    // What pages refer to is there before the pages are.
    let (pages, parts): (Vec<&str>, Vec<&str>) = fresh.iter().partition(|path| path.ends_with(".html"));
    for path in parts.into_iter().chain(pages) {
        make_way(job, path)?;
        let to = live.join(path);
        move_in(job, &job.stage.tree.join(path), &to).map_err(failed("publish", &to))?;
    }
    for path in present(job).filter(|path| !job.manifest.lists(path)) {
        remove(job, path)?;
    }
    if both != *job.manifest {
        write_manifest(job, job.manifest)?;
    }
    Ok(())
}

/// Nothing is changed if a file of somebody else's is in the way of one of the site's.
fn refuse_conflicts(job: &Job<'_>, fresh: &[&str]) -> Result<(), Failure> {
    let foreign: BTreeSet<String> = job
        .live
        .files
        .iter()
        .filter(|file| !is_ours(&file.path, job.before))
        .map(|file| file.path.to_string_lossy().into_owned())
        .collect();
    if foreign.is_empty() {
        return Ok(());
    }
    for path in fresh {
        let below = format!("{path}/");
        let inside = foreign.range(below.clone()..).next().filter(|found| found.starts_with(&below));
        let above = ancestors(path).find_map(|folder| foreign.get(folder));
        if let Some(found) = foreign.get(*path).or(inside).or(above) {
            let at = job.live_path().join(found);
            let cause = format!("bandbook has not written this file, and the site has one at `{path}`");
            return Err(Failure::new("replace", &at, cause)
                .help("delete it, or move it into the site's `static/` folder, and build again"));
        }
    }
    Ok(())
}

/// The listed files that are there. Nothing is looked for behind a link.
fn present<'a>(job: &'a Job<'_>) -> impl Iterator<Item = &'a str> {
    job.live.files.iter().filter_map(|file| file.path.to_str()).filter(|path| job.before.lists(path))
}

/// Removes what an earlier build has left where a folder or a file of the site is going to be.
fn make_way(job: &Job<'_>, path: &str) -> Result<(), Failure> {
    let live = job.live_path();
    for folder in ancestors(path).filter(|folder| job.before.lists(folder)) {
        let at = live.join(folder);
        if at.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
            job.stage.disk.remove_file(&at).map_err(failed("remove", &at))?;
        }
    }
    let at = live.join(path);
    if at.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        for below in job.before.below(path) {
            remove(job, below)?;
        }
        remove_empty(job, &at);
    }
    if let Some(parent) = at.parent() {
        job.stage.disk.create_folders(parent).map_err(failed("make", parent))?;
    }
    Ok(())
}

/// Removes a listed file, and the folders that are empty without it.
fn remove(job: &Job<'_>, path: &str) -> Result<(), Failure> {
    let live = job.live_path();
    let at = live.join(path);
    if at.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
        job.stage.disk.remove_file(&at).map_err(failed("remove", &at))?;
    }
    for folder in ancestors(path).filter(|folder| !job.needs_folder(folder)) {
        if job.stage.disk.remove_folder(&live.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Removes a folder that holds nothing but folders. If it can't be removed, what is to take its place will say so.
fn remove_empty(job: &Job<'_>, folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        remove_empty(job, &entry.path());
    }
    let _ = job.stage.disk.remove_folder(folder);
}

fn write_manifest(job: &Job<'_>, manifest: &Manifest) -> Result<(), Failure> {
    let (incoming, to) = (job.live_path().join(INCOMING), job.live_path().join(MANIFEST));
    let disk = &job.stage.disk;
    disk.remove_file(&incoming)
        .and_then(|()| disk.create(&incoming, manifest.text().as_bytes()))
        .and_then(|_| disk.rename(&incoming, &to))
        .map_err(failed("write", &to))
}

fn move_in(job: &Job<'_>, from: &Path, to: &Path) -> io::Result<()> {
    let disk = &job.stage.disk;
    match disk.rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let incoming = job.live_path().join(INCOMING);
            disk.remove_file(&incoming)?;
            disk.create(&incoming, &fs::read(from)?)?;
            disk.rename(&incoming, to)
        }
        result => result,
    }
}
