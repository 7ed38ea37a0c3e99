//! The end of a build: what is going to change in the published folder, whether it may, how it changes, and what is recorded.
//!
//! File by file: a changed file is replaced by a rename, so that a reader sees the old bytes or the new ones; a new one gets
//! its name only if that is free. The list comes first, with the old and the new files: were it written last, a build that was
//! killed would leave files that no list accounts for.
//!
//! Where it is possible, a whole site takes the folder's place meanwhile: readers see the old site or the new one.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use rayon::prelude::*;

use super::disk::{EXCHANGES, failed};
use super::folder::lockable;
use super::leftover::kept;
use super::manifest::Listed;
use super::name::{MANIFEST, NEW, SITE, ancestors, below};
use super::record::Stamp;
use super::stage::{Files, Stage};
use crate::diagnostic::{Diagnostic, Failure};

/// What a build did to the published folder.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The number of files of the site.
    pub files: usize,
    /// Those that are new or have changed.
    pub written: usize,
    /// Files of the build before that are gone.
    pub removed: usize,
    /// Warnings of what was found and left alone.
    pub problems: Vec<Diagnostic>,
}

/// A site that is complete, and what is in the published folder so far.
struct Plan<'a> {
    stage: &'a Stage,
    files: &'a Files,
    /// The list of them.
    list: Listed,
    /// Files that earlier builds have published and this one has not.
    obsolete: Vec<&'a str>,
    /// Whatever else no build has put in the published folder.
    foreign: Vec<(&'a str, &'a Metadata)>,
}

impl Stage {
    /// Puts the files in place, and removes those that an earlier build has put there and this one has not.
    ///
    /// # Errors
    /// A file of somebody else's is in the way, or the system failed.
    pub fn publish(mut self) -> Result<Published, Failure> {
        let files = std::mem::take(&mut self.files).into_inner().unwrap_or_else(PoisonError::into_inner);
        let problems = std::mem::take(&mut self.problems);
        let written = files.values().filter(|file| file.is_staged).count();
        let mut published = Published { files: files.len(), written, removed: 0, problems };
        let list: Listed = files.iter().map(|(path, file)| (path.clone(), [file.hash.clone()].into())).collect();
        if written > 0 || self.before != list {
            let plan = Plan::new(&self, &files, list)?;
            plan.bring()?;
            published.removed = plan.obsolete.len();
            let altered = plan.foreign.iter().filter(|(path, _)| self.before.contains_key(*path));
            published.problems.extend(altered.map(|(path, _)| {
                let why = "was published by an earlier build, and somebody has changed it since";
                kept(&self.live.join(path), why)
            }));
        }
        self.is_new = false;
        published.problems.extend(self.clear());
        // Only what this build has written, or has found.
        let recorded = files.into_par_iter().filter_map(|(path, file)| {
            let found = Stamp::of(&self.live.join(&*path).symlink_metadata().ok()?);
            found.is_same_file(&file.stamp).then_some((path, (file.hash, found)))
        });
        self.record.files = recorded.collect();
        self.record.save(&self.disk);
        Ok(published)
    }
}

impl<'a> Plan<'a> {
    /// # Errors
    /// Two files of the site are in each other's way, or something of somebody else's is in the way of one.
    fn new(stage: &'a Stage, files: &'a Files, list: Listed) -> Result<Self, Failure> {
        if let Some(path) = files.keys().find(|path| below(files, path).is_some()) {
            return Err(Failure::new(
                "write",
                path.as_ref().as_ref(),
                "the site has files in a folder of this path too",
            ));
        }
        let before = &stage.before;
        let gone = before.iter().filter(|(path, _)| !files.contains_key(*path));
        let listed =
            gone.filter(|(path, hashes)| stage.published_hash(path).is_some_and(|hash| hashes.contains(&hash)));
        let obsolete: Vec<&str> = listed.map(|(path, _)| &**path).collect();
        let is_replaced = |path: &str| files.get(path).is_some_and(|file| before.contains_key(path) || !file.is_staged);
        let is_ours = |path: &str, found: &Metadata| match found.is_dir() {
            true => below(before, path).is_some(),
            false => {
                found.is_file() && (path == MANIFEST || obsolete.binary_search(&path).is_ok() || is_replaced(path))
            }
        };
        let found = stage.found.iter().map(|(path, found)| (&**path, found));
        let foreign: Vec<_> = found.filter(|(path, found)| !is_ours(path, found)).collect();
        let plan = Self { stage, files, list, obsolete, foreign };
        for (found, metadata) in plan.foreign.iter().rev() {
            let mut at = std::iter::once(*found).chain(ancestors(found));
            let inside = || below(files, found).filter(|_| !metadata.is_dir());
            if let Some(path) = at.find(|path| files.contains_key(*path)).or_else(inside) {
                return Err(plan.in_the_way(found, path));
            }
        }
        Ok(plan)
    }

    /// Brings the published folder up to date.
    fn bring(&self) -> Result<(), Failure> {
        let (live, tree) = (&self.stage.live, self.stage.tree()?);
        let (new, site) = (tree.join(NEW), tree.join(SITE));
        let is_beside = tree.parent() == live.parent();
        let can_exchange = EXCHANGES && is_beside && self.foreign.is_empty() && self.stage.lock.is_some();
        let Some(Ok(_lock)) = can_exchange.then(|| self.shield(&new, &site)) else { return self.transfer(&new, live) };
        // From here on readers have the new site, whatever happens. A folder that can't be brought up to date is removed with
        // the stage, but for what no build has written.
        if self.transfer(&new, &site).is_ok() {
            let _ = self.stage.disk.exchange(&site, live);
        }
        Ok(())
    }

    /// Makes a whole site of links to the new and the published files, and exchanges it with the published folder. Gives back
    /// the lock on it: a build that comes meanwhile finds it taken.
    fn shield(&self, new: &Path, site: &Path) -> Result<Option<File>, Failure> {
        let (disk, live) = (&self.stage.disk, &self.stage.live);
        self.make_folders(site, [MANIFEST].into_iter())?;
        // If this run is killed, the next one can tell by the list what is ours.
        self.list(new, site, &self.list)?;
        self.make_folders(site, self.files.keys().map(|path| &**path))?;
        let linked = self.files.par_iter().try_for_each(|(path, file)| {
            let from = if file.is_staged { new } else { live };
            disk.link(&from.join(&**path), &site.join(&**path))
        });
        let lock = lockable(site, None).filter(|file| file.try_lock().is_ok());
        linked.and_then(|()| disk.exchange(site, live)).map_err(failed("publish to", live))?;
        Ok(lock)
    }

    /// Brings a folder that holds the old site to the new one, file by file.
    fn transfer(&self, new: &Path, to: &Path) -> Result<(), Failure> {
        let mut both = self.list.clone();
        for (path, hashes) in &self.stage.before {
            both.entry(path.clone()).or_default().extend(hashes.iter().cloned());
        }
        self.list(new, to, &both)?;
        let is_in_the_way =
            |path: &str| below(self.files, path).is_some() || ancestors(path).any(|at| self.files.contains_key(at));
        let (blocking, gone): (Vec<&str>, Vec<&str>) = self.obsolete.iter().partition(|path| is_in_the_way(path));
        let staged = self.files.iter().filter(|(_, file)| file.is_staged).map(|(path, _)| &**path);
        // What pages refer to is there before the pages are.
        let (pages, parts): (Vec<&str>, Vec<&str>) = staged.partition(|path| path.ends_with(".html"));
        self.remove(to, &blocking)?;
        for paths in [parts, pages] {
            self.make_folders(to, paths.iter().copied())?;
            paths.into_par_iter().try_for_each(|path| self.place(new, to, path))?;
        }
        self.remove(to, &gone)?;
        self.list(new, to, &self.list)
    }

    /// Moves a new or changed file to its place.
    fn place(&self, new: &Path, to: &Path, path: &str) -> Result<(), Failure> {
        let (disk, from, target) = (&self.stage.disk, new.join(path), to.join(path));
        let is_there = self.stage.published(path).is_some();
        let placed = if is_there { disk.rename(&from, &target) } else { disk.rename_new(&from, &target) };
        placed.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.in_the_way(path, path),
            _ => failed("publish", &target)(error),
        })
    }

    /// Removes files, and the folders of the old site that are empty and not needed.
    fn remove(&self, to: &Path, paths: &[&str]) -> Result<(), Failure> {
        let (stage, disk) = (self.stage, &self.stage.disk);
        self.make_folders(to, paths.iter().copied())?;
        paths.par_iter().try_for_each(|path| {
            let at = to.join(path);
            disk.remove(fs::remove_file, &at).map_err(failed("remove", &at))
        })?;
        let is_unneeded = |path: &str| below(&stage.before, path).is_some() && below(self.files, path).is_none();
        let unneeded = stage.found.iter().filter(|(path, found)| found.is_dir() && is_unneeded(path));
        // The deepest first. One that holds something of somebody else's is not empty, and stays.
        for (folder, _) in unneeded.rev() {
            let _ = disk.run(fs::remove_dir, &to.join(&**folder));
        }
        Ok(())
    }

    /// Makes the folders that files are in, with the permissions of the published ones. What was put in a folder's place since
    /// it was looked at, such as a link, is never gone through.
    fn make_folders<'p>(&self, to: &Path, paths: impl Iterator<Item = &'p str>) -> Result<(), Failure> {
        let disk = &self.stage.disk;
        // Each before those that are in it.
        let folders: BTreeSet<&str> = paths.flat_map(ancestors).collect();
        for folder in folders {
            let at = to.join(folder);
            match at.symlink_metadata() {
                Ok(found) if found.is_dir() => continue,
                Ok(_) => return Err(self.in_the_way(folder, folder)),
                Err(_) => disk.run(fs::create_dir, &at).map_err(failed("make", &at))?,
            }
            if let Ok(published) = self.stage.live.join(folder).symlink_metadata() {
                let set = |at: &Path| fs::set_permissions(at, published.permissions());
                disk.run(set, &at).map_err(failed("make", &at))?;
            }
        }
        Ok(())
    }

    /// Writes a list in the stage, and moves it into its folder.
    fn list(&self, new: &Path, to: &Path, list: &Listed) -> Result<(), Failure> {
        let (disk, made, at) = (&self.stage.disk, new.join(MANIFEST), to.join(MANIFEST));
        let write = || {
            disk.create(&made, &serde_json::to_vec_pretty(list)?)?;
            disk.rename(&made, &at)
        };
        write().map_err(failed("write", &at))
    }

    fn in_the_way(&self, found: &str, path: &str) -> Failure {
        let cause = format!("no build has written this, and the site has a file at `{path}`");
        Failure::new("replace", &self.stage.live.join(found), cause)
            .help("delete it, or move it into the site's `static/` folder, and build again")
    }
}
