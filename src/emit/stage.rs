//! Taking a build's files, from many threads, as they are made.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use blake3::Hash;

use super::disk::{self, Disk, failed, mode};
use super::folder::{Folder, Guard, Scan, scan};
use super::leftover;
use super::manifest::Manifest;
use super::name::{self, Token, ancestors};
use super::record::{Record, Stamp};
use crate::diagnostic::{Diagnostic, Failure};

/// The folder in a stage to which the files are written that are new or have changed.
pub(super) const NEW: &str = "new";
/// The folder in a stage that holds the whole site, and takes the published folder's place for a moment.
pub(super) const SITE: &str = "site";

/// A site on its way into its folder. Dropped without [`publish`](Self::publish), it leaves the folder as it was.
pub struct Stage {
    pub(super) disk: Disk,
    pub(super) folder: Folder,
    /// The list in the published folder.
    pub(super) before: Option<Manifest>,
    /// What is in the published folder.
    pub(super) live: Scan,
    pub(super) record: Record,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) files: Mutex<BTreeMap<Box<str>, Output>>,
    token: Token,
    /// The stage, as soon as there is one.
    tree: OnceLock<Result<PathBuf, Failure>>,
}

/// A file of the site.
#[derive(Clone, Copy, Debug)]
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
        let folder = Folder::open(&disk, out, guard, cache)?;
        let mut record = Record::read(cache, &folder.live);
        let problems = leftover::clean(&disk, &folder, &mut record);
        let live = scan(&folder.live).map_err(failed("read", &folder.live))?;
        let before = folder.published(&live)?;
        let token = Token::random();
        record.stages.push(token);
        let (files, tree) = (Mutex::default(), OnceLock::new());
        Ok(Self { disk, folder, before, live, record, problems, files, token, tree })
    }

    /// Adds a file to the site. The path is relative to the published folder, with forward slashes. May be called from
    /// many threads at once.
    ///
    /// # Errors
    /// The path is none that may be written, another file of the site is in the way, or the system failed.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(cause) = name::refusal(path) {
            return Err(Failure::new("write", Path::new(path), cause));
        }
        let hash = blake3::hash(bytes);
        let kept = self.published(path).filter(|found| found.len() == bytes.len() as u64);
        let kept = kept.filter(|_| self.published_hash(path) == Some(hash));
        let stamp = kept.map(Stamp::of).unwrap_or_default();
        self.claim(path, Output { hash, is_staged: kept.is_none(), stamp })?;
        if kept.is_none() {
            let stamp = self.create(path, bytes)?;
            self.files
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(path.into())
                .and_modify(|file| file.stamp = stamp);
        }
        Ok(())
    }

    /// The published plain file at a path.
    pub(super) fn published(&self, path: &str) -> Option<&Metadata> {
        self.live.get(path).filter(|found| found.is_file())
    }

    /// The hash of the published file at a path: as recorded, or else it is read.
    pub(super) fn published_hash(&self, path: &str) -> Option<Hash> {
        let found = self.published(path)?;
        self.record.hash(path, &Stamp::of(found)).or_else(|| disk::hash(&self.folder.live.join(path)).ok())
    }

    /// The stage: in the folder that the published one is in, or in that itself where it can't leave it, since it is a mount
    /// or the folder around it can't be written. It is this run's alone: its name can't be guessed, and must be free.
    pub(super) fn tree(&self) -> Result<&Path, Failure> {
        let make = || {
            // The name is written down first, so that the next run knows it even if this one is killed.
            self.record.save(&self.disk);
            let [beside, inside] = self.folder.stages(self.token);
            let made = self.disk.create_folder(&inside).and_then(|()| self.disk.create_folder(&inside.join(NEW)));
            made.map_err(failed("make", &inside))?;
            Ok(if self.disk.rename(&inside, &beside).is_ok() { beside } else { inside })
        };
        self.tree.get_or_init(make).as_deref().map_err(Clone::clone)
    }

    /// Removes the stage, if there is one. Gives back a warning if anything is left of it.
    pub(super) fn clear(&mut self) -> Option<Diagnostic> {
        let left = self.tree.take().and_then(|_| leftover::remove(&self.disk, &self.folder, self.token));
        if left.is_none() {
            self.record.stages.retain(|token| *token != self.token);
        }
        left
    }

    /// Notes a file of the site, if no other is in its way.
    fn claim(&self, path: &str, output: Output) -> Result<(), Failure> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let below = format!("{path}/");
        let next = files.range::<str, _>((Bound::Included(&*below), Bound::Unbounded)).next();
        let is_folder = next.is_some_and(|(other, _)| other.starts_with(&below));
        let cause = if files.contains_key(path) {
            "two files of the site have this path"
        } else if is_folder || ancestors(path).any(|folder| files.contains_key(folder)) {
            "the site has a file of this path, and files in a folder of the same path"
        } else {
            files.insert(path.into(), output);
            return Ok(());
        };
        Err(Failure::new("write", Path::new(path), cause))
    }

    /// Writes a file of the stage, with the permissions of the one that it replaces.
    fn create(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Failure> {
        let at = self.tree()?.join(NEW).join(path);
        let create = || {
            self.disk.create_folders(at.parent().unwrap_or(&at))?;
            let metadata = self.disk.create(&at, bytes)?.metadata()?;
            if let Some(replaced) = self.published(path).filter(|replaced| mode(replaced) != mode(&metadata)) {
                self.disk.set_mode(&at, mode(replaced))?;
            }
            io::Result::Ok(Stamp::of(&metadata))
        };
        create().map_err(failed("write", &at))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.tree.get().is_some() {
            // What can't be removed now is a leftover for the next run.
            let _ = self.clear();
            self.record.save(&self.disk);
        }
        if self.folder.is_new {
            let _ = self.disk.remove_folder(&self.folder.live);
        }
    }
}
