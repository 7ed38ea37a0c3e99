//! Bringing a folder from the old site to the new one, file by file.
//!
//! A changed file is replaced by a rename, so that a reader sees the old bytes or the new ones; a new one gets its name only
//! if that is free. The list comes first, with the old and the new files: were it written last, a build that was killed
//! would leave files that no list accounts for.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::disk::failed;
use super::manifest::{MANIFEST, Manifest};
use super::name::ancestors;
use super::plan::Plan;
use super::stage::Stage;
use crate::diagnostic::Failure;

/// A folder with the new files, and one that holds the old site.
pub(super) struct Transfer<'a> {
    pub plan: &'a Plan<'a>,
    pub from: &'a Path,
    pub to: &'a Path,
}

impl Transfer<'_> {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let (manifest, before) = (self.plan.manifest, self.plan.before);
        let both = manifest.union(before);
        if both != *before || self.plan.stage.live.file(MANIFEST).is_none() {
            write_manifest(self.plan.stage, self.to, &both)?;
        }
        let is_in_the_way =
            |path: &str| manifest.lists_below(path) || ancestors(path).any(|folder| manifest.lists(folder));
        let (blocking, obsolete): (Vec<&str>, Vec<&str>) =
            self.plan.obsolete.iter().copied().partition(|path| is_in_the_way(path));
        self.remove(&blocking)?;
        let staged: Vec<&str> = self.plan.staged().collect();
        self.make_folders(&staged)?;
        // What pages refer to is there before the pages are.
        let staged: Vec<(usize, &str)> = staged.into_iter().enumerate().collect();
        let (pages, parts): (Vec<_>, Vec<_>) = staged.into_iter().partition(|(_, path)| path.ends_with(".html"));
        parts.into_par_iter().try_for_each(|(number, path)| self.place(number, path))?;
        pages.into_par_iter().try_for_each(|(number, path)| self.place(number, path))?;
        self.remove(&obsolete)?;
        if both == *manifest { Ok(()) } else { write_manifest(self.plan.stage, self.to, manifest) }
    }

    fn place(&self, number: usize, path: &str) -> Result<(), Failure> {
        let (disk, live) = (&self.plan.stage.disk, &self.plan.stage.live);
        let (source, target) = (self.from.join(path), self.to.join(path));
        let is_new = live.file(path).is_none();
        let linked = is_new.then(|| disk.link(&source, &target));
        let placed = match linked {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Another disk, or one where files have but one name.
            _ => self.rename_in(number, &source, &target, is_new),
        };
        placed.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.plan.in_the_way(Path::new(path), path),
            _ => failed("publish", &target)(error),
        })
    }

    /// Brings a file into its folder under another name, and gives it its own there.
    fn rename_in(&self, number: usize, source: &Path, target: &Path, is_new: bool) -> io::Result<()> {
        let disk = &self.plan.stage.disk;
        let incoming = target.with_file_name(self.plan.stage.token.incoming(number));
        let renamed = disk.link_or_copy(source, &incoming).and_then(|()| match target.symlink_metadata() {
            Ok(_) if is_new => Err(io::ErrorKind::AlreadyExists.into()),
            _ => disk.rename(&incoming, target),
        });
        if renamed.is_err() {
            let _ = disk.remove_file(&incoming);
        }
        renamed
    }

    /// Removes files, and the folders of the old site that are empty and not needed.
    fn remove(&self, paths: &[&str]) -> Result<(), Failure> {
        let disk = &self.plan.stage.disk;
        for folder in folders(paths) {
            self.is_real_folder(folder)?;
        }
        paths.par_iter().try_for_each(|path| {
            let at = self.to.join(path);
            disk.remove_file(&at).map_err(failed("remove", &at))
        })?;
        let folders = self.plan.stage.live.folders().filter_map(|folder| folder.path.to_str());
        let (manifest, before) = (self.plan.manifest, self.plan.before);
        let unneeded: Vec<&str> =
            folders.filter(|path| before.lists_below(path) && !manifest.lists_below(path)).collect();
        // The deepest first. One that holds something of somebody else's is not empty, and stays.
        for folder in unneeded.into_iter().rev() {
            let _ = disk.remove_folder(&self.to.join(folder));
        }
        Ok(())
    }

    fn make_folders(&self, paths: &[&str]) -> Result<(), Failure> {
        for folder in folders(paths) {
            if !self.is_real_folder(folder)? {
                let at = self.to.join(folder);
                self.plan.stage.disk.create_folder(&at).map_err(failed("make", &at))?;
            }
        }
        Ok(())
    }

    /// False if nothing is there. What was put in a folder's place since it was looked at, such as a link, is never gone through.
    fn is_real_folder(&self, folder: &str) -> Result<bool, Failure> {
        let at = self.to.join(folder);
        match at.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => Ok(true),
            Ok(_) => Err(self.plan.in_the_way(Path::new(folder), folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed("read", &at)(error)),
        }
    }
}

/// Writes a list under another name, and renames it.
pub(super) fn write_manifest(stage: &Stage, folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let (incoming, to) = (folder.join(stage.token.incoming(0)), folder.join(MANIFEST));
    stage
        .disk
        .create(&incoming, manifest.text().as_bytes())
        .and_then(|_| stage.disk.rename(&incoming, &to))
        .map_err(failed("write", &to))
}

/// The folders that files are in, each before those that are in it.
fn folders<'a>(paths: &[&'a str]) -> BTreeSet<&'a str> {
    paths.iter().flat_map(|path| ancestors(path)).collect()
}
