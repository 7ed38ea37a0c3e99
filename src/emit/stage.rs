//! Taking a build's files, from many threads, as they are made.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use blake3::Hash;

use super::disk::{Disk, failed};
use super::folder::{Folder, Guard};
use super::manifest::Manifest;
use super::publish::{self, Published};
use super::scan::Identity;
use super::shards::Shards;
use super::{exchange, name};
use crate::diagnostic::Failure;

/// A site on its way into its folder. Dropped without [`publish`](Self::publish), it leaves the folder as it was.
pub struct Stage {
    pub(super) disk: Disk,
    pub(super) folder: Folder,
    /// What the published folder's manifest lists.
    pub(super) before: Option<Manifest>,
    pub(super) tree: PathBuf,
    pub(super) leftovers: Leftovers,
    /// Whether the tree could be marked as being changed.
    unsettled: OnceLock<bool>,
    pub(super) files: Shards<Output>,
    pub(super) folders: Shards<()>,
}

/// What the stage held when this build took it.
pub(super) enum Leftovers {
    Nothing,
    /// The files of the site before last, and nothing else.
    Listed(Manifest),
    /// Whatever a build that failed has left.
    Unknown,
}

/// A file of the site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub hash: Hash,
    /// The published file, where it has these bytes already. Else the file is in the stage.
    pub published: Option<Identity>,
}

impl Stage {
    /// Takes an output folder for a build. Refused are the disk's root, the site's own folder and those of its sources,
    /// what holds one of these, the home folder, a file, and a folder with files that bandbook has not written.
    ///
    /// # Errors
    /// The folder is refused, another build is publishing to it, or the system failed.
    pub fn open(out: &Path, guard: &Guard<'_>) -> Result<Self, Failure> {
        Self::open_on(Disk::default(), out, guard)
    }

    pub(super) fn open_on(disk: Disk, out: &Path, guard: &Guard<'_>) -> Result<Self, Failure> {
        let (folder, before) = Folder::open(&disk, out, guard)?;
        exchange::recover(&disk, &folder)?;
        let tree = folder.stage();
        if tree.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
            disk.remove_file(&tree).map_err(failed("remove", &tree))?;
        }
        let leftovers = match (tree.is_dir(), folder.settled().exists()) {
            (false, _) => Leftovers::Nothing,
            (true, false) => Leftovers::Unknown,
            (true, true) => match Manifest::read(&tree).map_err(failed("read", &tree))? {
                Some(Ok(manifest)) => Leftovers::Listed(manifest),
                _ => Leftovers::Unknown,
            },
        };
        disk.create_folders(&tree).map_err(failed("make", &tree))?;
        let (files, folders, unsettled) = (Shards::new(), Shards::new(), OnceLock::new());
        Ok(Self { disk, folder, before, tree, leftovers, unsettled, files, folders })
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
        let published = if self.before.is_some() { identical(&self.folder.live.join(path), bytes) } else { None };
        // Said before anything is made, so that of two files that stand in each other's way one at least sees the other.
        if !self.files.insert(path, Output { hash: blake3::hash(bytes), published }) {
            return Err(Failure::new("write", Path::new(path), "two files of the site have this path"));
        }
        match published {
            Some(_) => Ok(()),
            None => self.create(path, |disk, at| disk.create(at, bytes).map(drop)),
        }
    }

    /// Puts the files in place, and removes those that an earlier build has put there and this one has not.
    ///
    /// # Errors
    /// A file of somebody else's is in the way, or the system failed.
    pub fn publish(self) -> Result<Published, Failure> {
        publish::publish(self)
    }

    /// Makes a file of the stage, in place of whatever an earlier build has left there.
    pub(super) fn create(&self, path: &str, make: impl Fn(&Disk, &Path) -> io::Result<()>) -> Result<(), Failure> {
        self.unsettle()?;
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.ensure_folder(folder)?;
        }
        let at = self.tree.join(path);
        match make(&self.disk, &at) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.clear(path, &at)?;
                make(&self.disk, &at).map_err(failed("write", &at))
            }
            Err(error) => Err(failed("write", &at)(error)),
        }
    }

    /// Marks the stage as being changed, before anything in it is.
    pub(super) fn unsettle(&self) -> Result<(), Failure> {
        let marker = self.folder.settled();
        let is_marked = self.unsettled.get_or_init(|| self.disk.remove_file(&marker).is_ok());
        if *is_marked { Ok(()) } else { Err(Failure::new("remove", &marker, "the system refuses to")) }
    }

    fn clear(&self, path: &str, at: &Path) -> Result<(), Failure> {
        if !at.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return self.disk.remove_file(at).map_err(failed("remove", at));
        }
        if self.folders.contains(path) {
            return Err(in_the_way(path));
        }
        self.disk.remove_tree(at).map_err(failed("remove", at))
    }

    /// Makes a folder of the stage, once.
    fn ensure_folder(&self, folder: &str) -> Result<(), Failure> {
        if self.folders.contains(folder) {
            return Ok(());
        }
        if let Some((parent, _)) = folder.rsplit_once('/') {
            self.ensure_folder(parent)?;
        }
        self.folders.insert_with(folder, || self.make_folder(folder))?;
        if self.files.contains(folder) { Err(in_the_way(folder)) } else { Ok(()) }
    }

    fn make_folder(&self, folder: &str) -> Result<(), Failure> {
        let at = self.tree.join(folder);
        match self.disk.create_folder(&at) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => (),
            result => return result.map_err(failed("make", &at)),
        }
        if at.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Ok(());
        }
        if self.files.contains(folder) {
            return Err(in_the_way(folder));
        }
        self.disk.remove_file(&at).map_err(failed("remove", &at))?;
        self.disk.create_folder(&at).map_err(failed("make", &at))
    }
}

fn in_the_way(path: &str) -> Failure {
    Failure::new("write", Path::new(path), "the site has a file of this path, and files in a folder of the same path")
}

/// The file at a path, if it has exactly these bytes.
fn identical(path: &Path, bytes: &[u8]) -> Option<Identity> {
    let mut file = open(path).ok()?;
    let metadata = file.metadata().ok()?;
    if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
        return None;
    }
    let mut rest = bytes;
    let mut buffer = [0; 16 * 1024];
    while !rest.is_empty() {
        let read = file.read(&mut buffer).ok()?;
        rest = rest.strip_prefix(buffer.get(..read).filter(|read| !read.is_empty())?)?;
    }
    Some(Identity::of(&metadata))
}

/// Opens a published file. A link is none of ours, and a pipe must not be waited for.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_file() {
        OpenOptions::new().read(true).open(path)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}
