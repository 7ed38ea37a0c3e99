//! Taking a build's files, from many threads, as they are made.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use blake3::Hash;

use super::disk::{Disk, failed, open};
use super::folder::{Folder, Guard};
use super::leftover;
use super::name::{self, Token};
use super::publish::{self, Published};
use super::record::Record;
use super::scan::{Found, Identity, Scan, mode, scan};
use crate::diagnostic::{Diagnostic, Failure};

/// A site on its way into its folder. Dropped without [`publish`](Self::publish), it leaves the folder as it was.
pub struct Stage {
    pub(super) disk: Disk,
    pub(super) folder: Folder,
    /// What is in the published folder.
    pub(super) live: Scan,
    pub(super) record: Record,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) files: Mutex<BTreeMap<Box<str>, Output>>,
    pub(super) token: Token,
    /// Where the files that are new or have changed are written, as soon as there is one.
    tree: OnceLock<PathBuf>,
    making: Mutex<()>,
    /// False as soon as what lies at the tree's path may be the published folder, or the site is published.
    pub(super) owns_tree: AtomicBool,
}

/// A file of the site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub hash: Hash,
    pub state: State,
    /// The published file where it is kept, else the staged one.
    pub identity: Identity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The published file has these bytes, as the record says.
    Recorded,
    /// The published file has these bytes: it was read.
    Read,
    /// The file is in the stage.
    Staged,
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
        let mut stage = Self {
            record: Record::read(cache, &folder.live),
            live: scan(&folder.live).map_err(failed("read", &folder.live))?,
            disk,
            folder,
            problems: Vec::new(),
            files: Mutex::default(),
            token: Token::random(),
            tree: OnceLock::new(),
            making: Mutex::new(()),
            owns_tree: AtomicBool::new(true),
        };
        leftover::clean(&mut stage)?;
        Ok(stage)
    }

    /// Adds a file to the site. The path is relative to the published folder, with forward slashes. May be called from
    /// many threads at once.
    ///
    /// # Errors
    /// The path is none that may be written, it was written before, or the system failed.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(cause) = name::refusal(path) {
            return Err(Failure::new("write", Path::new(path), cause));
        }
        let hash = blake3::hash(bytes);
        let found = self.live.file(path);
        let output = match found {
            Some(found) if self.record.vouches(path, &hash, &found.identity) => {
                Output { hash, state: State::Recorded, identity: found.identity }
            }
            Some(found) if has_bytes(&self.folder.live.join(path), found, bytes) => {
                Output { hash, state: State::Read, identity: found.identity }
            }
            _ => Output { hash, state: State::Staged, identity: self.create(path, bytes, found)? },
        };
        let former = self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(Box::from(path), output);
        if former.is_some() { Err(twice(path)) } else { Ok(()) }
    }

    /// Puts the files in place, and removes those that an earlier build has put there and this one has not.
    ///
    /// # Errors
    /// A file of somebody else's is in the way, or the system failed.
    pub fn publish(self) -> Result<Published, Failure> {
        publish::publish(self)
    }

    /// The folder that the new files are written to. It is this run's alone: its name can't be guessed, and it must not
    /// exist before.
    pub(super) fn tree(&self) -> Result<&Path, Failure> {
        if let Some(tree) = self.tree.get() {
            return Ok(tree);
        }
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = self.tree.get() {
            return Ok(tree);
        }
        let tree = self.folder.stage(self.token);
        // The name is written down first, so that the next run knows it even if this one is killed.
        self.record.save(&self.disk, Some(self.token));
        self.disk.create_folder(&tree).map_err(failed("make", &tree))?;
        Ok(self.tree.get_or_init(|| tree))
    }

    /// Writes a file of the stage, with the permissions of the one that it replaces.
    fn create(&self, path: &str, bytes: &[u8], replaced: Option<&Found>) -> Result<Identity, Failure> {
        let at = self.tree()?.join(path);
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists if at.is_file() => twice(path),
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => in_the_way(path),
            _ => failed("write", &at)(error),
        };
        let metadata = self.disk.create_deep(&at, bytes).and_then(|file| file.metadata()).map_err(failed)?;
        if let Some(replaced) = replaced.filter(|replaced| replaced.mode != mode(&metadata)) {
            self.disk.set_mode(&at, replaced.mode).map_err(failed)?;
        }
        Ok(Identity::new(&metadata))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.owns_tree.load(Ordering::SeqCst) {
            return;
        }
        // What can't be removed now is a leftover for the next run.
        if self.tree.get().is_some_and(|tree| self.disk.remove_tree(tree).is_ok()) {
            self.record.save(&self.disk, None);
        }
        if self.folder.is_new {
            let _ = self.disk.remove_folder(&self.folder.live);
        }
    }
}

pub(super) fn in_the_way(path: &str) -> Failure {
    Failure::new("write", Path::new(path), "the site has a file of this path, and files in a folder of the same path")
}

fn twice(path: &str) -> Failure {
    Failure::new("write", Path::new(path), "two files of the site have this path")
}

/// True if a published file has exactly these bytes, and still is the one that was found.
fn has_bytes(path: &Path, found: &Found, bytes: &[u8]) -> bool {
    if found.identity.len() != bytes.len() as u64 {
        return false;
    }
    let Ok(mut file) = open(path) else { return false };
    if !file.metadata().is_ok_and(|metadata| Identity::new(&metadata) == found.identity) {
        return false;
    }
    let mut rest = bytes;
    let mut buffer = [0; 16 * 1024];
    while !rest.is_empty() {
        match file.read(&mut buffer) {
            Ok(read @ 1..) if rest.starts_with(&buffer[..read]) => rest = &rest[read..],
            _ => return false,
        }
    }
    true
}
