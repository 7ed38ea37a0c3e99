//! Bringing the published folder from the old site to the new one.
//!
//! File by file: a changed file is replaced by a rename, so that a reader sees the old bytes or the new ones; a new one gets
//! its name only if that is free. The list comes first, with the old and the new files: were it written last, a build that was
//! killed would leave files that no list accounts for.
//!
//! Where it is possible, a whole site takes the folder's place meanwhile: readers see the old site or the new one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::disk::{EXCHANGES, failed, mode};
use super::folder::lockable;
use super::manifest::{MANIFEST, Manifest};
use super::name::ancestors;
use super::plan::Plan;
use super::stage::{NEW, SITE};
use crate::diagnostic::Failure;

impl Plan<'_> {
    /// Brings the published folder up to date.
    pub(super) fn bring(&self) -> Result<(), Failure> {
        let (disk, live, tree) = (&self.stage.disk, self.stage.folder.live.as_path(), self.stage.tree()?);
        let (new, site) = (tree.join(NEW), tree.join(SITE));
        let can_exchange =
            EXCHANGES && tree.parent() == live.parent() && self.owns_all() && self.stage.folder.is_locked();
        let shield = if can_exchange { self.shield(&new, &site) } else { Err(io::ErrorKind::Unsupported.into()) };
        match shield {
            Ok(_lock) => {
                // From here on readers have the new site, whatever happens. A folder that can't be brought up to date is
                // removed with the stage, but for what no build has written.
                let updated = self.transfer(&new, &site);
                let _ = updated.and_then(|()| disk.exchange(&site, live).map_err(failed("publish to", live)));
                Ok(())
            }
            Err(error) if is_refusal(&error) => self.transfer(&new, live),
            Err(error) => Err(failed("publish to", live)(error)),
        }
    }

    /// Makes a whole site of links to the new and the published files, and exchanges it with the published folder. Gives back
    /// the lock on it: a build that comes meanwhile finds it taken.
    fn shield(&self, new: &Path, site: &Path) -> io::Result<Option<File>> {
        let (disk, live) = (&self.stage.disk, &self.stage.folder.live);
        disk.create_folder(site)?;
        // If this run is killed, the next one can tell by the list what is ours.
        self.list(new, site, self.manifest)?;
        let paths: Vec<&str> = self.manifest.paths().collect();
        folders(&paths).into_iter().try_for_each(|folder| disk.create_folder(&site.join(folder)))?;
        self.outputs.par_iter().try_for_each(|(path, output)| {
            let from = if output.is_staged { new } else { live };
            disk.link(&from.join(&**path), &site.join(&**path))
        })?;
        self.keep_modes(site)?;
        let lock = lockable(site, None)?.filter(|file| file.try_lock().is_ok());
        disk.exchange(site, live)?;
        Ok(lock)
    }

    /// Gives the folders of a whole site the permissions that the published ones have.
    fn keep_modes(&self, site: &Path) -> io::Result<()> {
        let (made, live) = (mode(&fs::symlink_metadata(site)?), fs::symlink_metadata(&self.stage.folder.live)?);
        let folders = self.stage.live.iter().filter(|(path, found)| found.is_dir() && self.manifest.lists_below(path));
        let folders = folders.map(|(path, found)| (path.as_str(), mode(found))).chain([("", mode(&live))]);
        for (path, mode) in folders.filter(|(_, mode)| *mode != made) {
            // It must be removed in the end.
            self.stage.disk.set_mode(&site.join(path), mode | 0o700)?;
        }
        Ok(())
    }

    /// Brings a folder that holds the old site to the new one, file by file.
    fn transfer(&self, new: &Path, to: &Path) -> Result<(), Failure> {
        let manifest = self.manifest;
        let list = |manifest: &Manifest| self.list(new, to, manifest).map_err(failed("write", &to.join(MANIFEST)));
        list(&manifest.union(self.before))?;
        let is_in_the_way =
            |path: &str| manifest.lists_below(path) || ancestors(path).any(|folder| manifest.lists(folder));
        let (blocking, obsolete): (Vec<&str>, Vec<&str>) = self.obsolete.iter().partition(|path| is_in_the_way(path));
        self.remove(to, &blocking)?;
        let staged: Vec<&str> = self.staged().collect();
        self.make_folders(to, &staged)?;
        // What pages refer to is there before the pages are.
        let (pages, parts): (Vec<&str>, Vec<&str>) = staged.into_iter().partition(|path| path.ends_with(".html"));
        parts.into_par_iter().try_for_each(|path| self.place(new, to, path))?;
        pages.into_par_iter().try_for_each(|path| self.place(new, to, path))?;
        self.remove(to, &obsolete)?;
        list(manifest)
    }

    /// Moves a new or changed file to its place.
    fn place(&self, new: &Path, to: &Path, path: &str) -> Result<(), Failure> {
        let (from, target) = (new.join(path), to.join(path));
        let placed = match self.stage.published(path) {
            Some(_) => self.stage.disk.rename(&from, &target),
            None => self.stage.disk.rename_new(&from, &target),
        };
        placed.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.in_the_way(path, path),
            _ => failed("publish", &target)(error),
        })
    }

    /// Removes files, and the folders of the old site that are empty and not needed.
    fn remove(&self, to: &Path, paths: &[&str]) -> Result<(), Failure> {
        let disk = &self.stage.disk;
        for folder in folders(paths) {
            self.is_real_folder(to, folder)?;
        }
        paths.par_iter().try_for_each(|path| {
            let at = to.join(path);
            disk.remove_file(&at).map_err(failed("remove", &at))
        })?;
        let is_unneeded = |path: &str| self.before.lists_below(path) && !self.manifest.lists_below(path);
        let unneeded = self.stage.live.iter().filter(|(path, found)| found.is_dir() && is_unneeded(path));
        // The deepest first. One that holds something of somebody else's is not empty, and stays.
        for (folder, _) in unneeded.rev() {
            let _ = disk.remove_folder(&to.join(folder));
        }
        Ok(())
    }

    fn make_folders(&self, to: &Path, paths: &[&str]) -> Result<(), Failure> {
        for folder in folders(paths) {
            if !self.is_real_folder(to, folder)? {
                let at = to.join(folder);
                self.stage.disk.create_folder(&at).map_err(failed("make", &at))?;
            }
        }
        Ok(())
    }

    /// False if nothing is there. What was put in a folder's place since it was looked at, such as a link, is never gone through.
    fn is_real_folder(&self, to: &Path, folder: &str) -> Result<bool, Failure> {
        let at = to.join(folder);
        match at.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => Ok(true),
            Ok(_) => Err(self.in_the_way(folder, folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed("read", &at)(error)),
        }
    }

    /// Writes a list in the stage, and moves it into its folder.
    fn list(&self, new: &Path, to: &Path, manifest: &Manifest) -> io::Result<()> {
        let made = new.join(MANIFEST);
        self.stage.disk.create(&made, manifest.text().as_bytes())?;
        self.stage.disk.rename(&made, &to.join(MANIFEST))
    }
}

/// The folders that files are in, each before those that are in it.
fn folders<'a>(paths: &[&'a str]) -> BTreeSet<&'a str> {
    paths.iter().flat_map(|path| ancestors(path)).collect()
}

/// True if the system can't link these files, or exchange these folders.
fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, PermissionDenied, ResourceBusy, TooManyLinks, Unsupported};
    matches!(error.kind(), CrossesDevices | InvalidInput | PermissionDenied | ResourceBusy | TooManyLinks | Unsupported)
}
