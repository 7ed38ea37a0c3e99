//! Taking a build's files, from many threads, as they are made.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::disk::{Disk, Hash, failed, hash};
use super::folder::{Guard, Scan, lock, refused, resolve, scan};
use super::leftover;
use super::manifest::{self, Listed};
use super::name::{self, MANIFEST, NEW};
use super::record::{Record, Stamp};
use crate::diagnostic::{Diagnostic, Failure};

/// A site on its way into its folder. Dropped without [`publish`](Self::publish), it leaves the folder as it was.
pub struct Stage {
    pub(super) disk: Disk,
    /// The published folder, resolved.
    pub(super) live: PathBuf,
    /// True if this build has made it, and not yet published to it.
    pub(super) is_new: bool,
    /// Held until it is dropped. Without it another build may be publishing to the folder at the same time.
    pub(super) lock: Option<File>,
    /// What is in the published folder.
    pub(super) found: Scan,
    /// The list in it.
    pub(super) before: Listed,
    pub(super) record: Record,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) files: Mutex<Files>,
    name: OsString,
    /// The stage, as soon as there is one.
    tree: OnceLock<Result<PathBuf, Failure>>,
}

/// The files of a site, by path.
pub(super) type Files = BTreeMap<Box<str>, Output>;

/// A file of the site.
#[derive(Debug)]
pub(super) struct Output {
    pub hash: Hash,
    /// True if it is in the stage. Else the published file has these bytes already.
    pub is_staged: bool,
    /// The stamp of the staged file, or of the published one.
    pub stamp: Stamp,
}

impl Stage {
    /// Takes an output folder for a build. Refused are the disk's root, the site's own folder and those of its sources,
    /// what holds one of these, the home folder, a file, and a folder with files that bandbook has not written.
    ///
    /// In the cache folder a build leaves a record of what it wrote, so that the next one need not read it again.
    ///
    /// # Errors
    /// The folder is refused, another build is publishing to it, or the system failed.
    pub fn open(out: &Path, guard: &Guard<'_>, cache: Option<&Path>) -> Result<Self, Failure> {
        Self::open_on(Disk::default(), out, guard, cache)
    }

    pub(super) fn open_on(disk: Disk, out: &Path, guard: &Guard<'_>, cache: Option<&Path>) -> Result<Self, Failure> {
        let live = resolve(out, guard)?;
        let is_new = live.symlink_metadata().is_err();
        if is_new {
            disk.run(fs::create_dir_all, &live).map_err(failed("make", &live))?;
        }
        let lock = lock(&live, out, cache)?;
        let mut record = Record::read(cache, &live);
        let problems = leftover::clean(&disk, &live, lock.is_some(), &mut record);
        let found = scan(&live).map_err(failed("read", &live))?;
        let before = listed(&live, &found)?;
        let name = name::own(live.file_name().unwrap_or_default());
        record.stages.push(name.clone());
        let (files, tree) = (Mutex::default(), OnceLock::new());
        Ok(Self { disk, live, is_new, lock, found, before, record, problems, files, name, tree })
    }

    /// Adds a file to the site. The path is relative to the published folder, with forward slashes. May be called from
    /// many threads at once.
    ///
    /// # Errors
    /// The path is none that may be written, another file of the site is in the way, or the system failed.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let refused = |cause| Failure::new("write", Path::new(path), cause);
        if !name::is_plain(path) {
            return Err(refused("a file of the site can't have this path"));
        }
        let hash = hash(bytes);
        let kept = self.published(path).filter(|_| self.published_hash(path).as_ref() == Some(&hash)).map(Stamp::of);
        let is_staged = kept.is_none();
        let stamp = kept.map_or_else(|| self.create(path, bytes), Ok)?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path.into(), Output { hash, is_staged, stamp }) {
            None => Ok(()),
            Some(_) => Err(refused("two files of the site have this path")),
        }
    }

    /// The published plain file at a path.
    pub(super) fn published(&self, path: &str) -> Option<&Metadata> {
        self.found.get(path).filter(|found| found.is_file())
    }

    /// The hash of the published file at a path: as recorded, or else it is read.
    pub(super) fn published_hash(&self, path: &str) -> Option<Hash> {
        let recorded = self.record.hash(path, &Stamp::of(self.published(path)?));
        recorded.cloned().or_else(|| Some(hash(&fs::read(self.live.join(path)).ok()?)))
    }

    /// The stage: in the folder that the published one is in, or in that itself where it can't leave it, since it is a mount
    /// or the folder around it can't be written. It is this run's alone: its name can't be guessed, and must be free.
    pub(super) fn tree(&self) -> Result<&Path, Failure> {
        let make = || {
            // The name is written down first, so that the next run knows it even if this one is killed.
            self.record.save(&self.disk);
            let [beside, inside] = leftover::places(&self.live, &self.name);
            let made = self.disk.run(fs::create_dir, &inside);
            made.and_then(|()| self.disk.run(fs::create_dir, &inside.join(NEW))).map_err(failed("make", &inside))?;
            Ok(if self.disk.rename(&inside, &beside).is_ok() { beside } else { inside })
        };
        self.tree.get_or_init(make).as_deref().map_err(Clone::clone)
    }

    /// Removes the stage, if there is one. Gives back a warning if anything is left of it.
    pub(super) fn clear(&mut self) -> Option<Diagnostic> {
        let left = self.tree.take().and_then(|_| leftover::remove(&self.disk, &self.live, &self.name));
        self.record.stages.retain(|name| left.is_some() || *name != self.name);
        left
    }

    /// Writes a file of the stage, with the permissions of the one that it replaces.
    fn create(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Failure> {
        let at = self.tree()?.join(NEW).join(path);
        let create = || {
            self.disk.run(fs::create_dir_all, at.parent().unwrap_or(&at))?;
            let file = self.disk.create(&at, bytes)?;
            if let Some(replaced) = self.published(path) {
                file.set_permissions(replaced.permissions())?;
            }
            io::Result::Ok(Stamp::of(&file.metadata()?))
        };
        create().map_err(failed("write", &at))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What can't be removed now is a leftover for the next run.
        let _ = self.clear();
        if self.is_new {
            let _ = self.disk.run(fs::remove_dir, &self.live);
        }
    }
}

/// The list of what was published in a folder. One that holds anything must have it, for without it nothing in there may be replaced.
fn listed(live: &Path, found: &Scan) -> Result<Listed, Failure> {
    let failure = |cause: &str, help| Err(refused(live, cause, help));
    match manifest::read(&live.join(MANIFEST)) {
        Some(before) => Ok(before),
        None if found.is_empty() => Ok(Listed::new()),
        None if found.contains_key(MANIFEST) => failure(
            "its `.bandbook-manifest` is damaged or can't be read, so that bandbook's files can't be told from yours",
            "delete the folder if nothing in it is yours, and build again; or choose another with `--out DIR`",
        ),
        None => failure(
            "it holds files, and bandbook has not written them",
            "choose an empty folder with `--out DIR`, or empty this one; files to publish as they are belong in `static/`",
        ),
    }
}
