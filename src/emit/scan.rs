//! What a published or staged folder holds. Links are listed, never followed.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

/// All that is below a folder, in no order.
#[derive(Default)]
pub(super) struct Scan {
    /// Everything that is not a folder.
    pub files: Vec<Found>,
    /// The folders, with the scanned one itself as the empty path.
    pub folders: Vec<FoundFolder>,
}

/// A file, a link, or anything else but a folder.
pub(super) struct Found {
    /// From the scanned folder, with forward slashes. Need not be UTF-8: anybody may put anything into a folder.
    pub path: OsString,
}

/// A folder below the scanned one.
pub(super) struct FoundFolder {
    /// From the scanned folder, with forward slashes.
    pub path: OsString,
    /// When something was last added to it or removed from it.
    pub modified: Option<SystemTime>,
}

/// Which file it is, and whether it has been changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
    /// Size in bytes.
    pub len: u64,
    /// When its bytes last changed.
    pub modified: Option<SystemTime>,
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), inode: metadata.ino(), len: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Without inodes no two files are told to be one.
    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { device: 0, inode: 0, len: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Whether both are on one disk.
    pub(super) fn is_on_disk_of(&self, other: &Self) -> bool {
        self.device == other.device
    }

    /// Whether both are one file under two names.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.inode != 0 && self == other
    }
}

/// Lists a folder; a missing one is empty.
pub(super) fn scan(folder: &Path) -> io::Result<Scan> {
    match folder.symlink_metadata() {
        Ok(_) => below(folder, OsString::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Scan::default()),
        Err(error) => Err(error),
    }
}

fn below(folder: &Path, path: OsString) -> io::Result<Scan> {
    // Asked before the folder is listed, so that what is added meanwhile shows as a change.
    let modified = folder.symlink_metadata()?.modified().ok();
    let mut found = Scan::default();
    let mut folders: Vec<(PathBuf, OsString)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = joined(&path, entry.file_name());
        if entry.file_type()?.is_dir() {
            folders.push((entry.path(), path));
        } else {
            found.files.push(Found { path });
        }
    }
    found.folders.push(FoundFolder { path, modified });
    let scans = folders.into_par_iter().map(|(folder, path)| below(&folder, path));
    scans
        .try_fold(Scan::default, |all, scan| Ok(all.with(scan?)))
        .try_reduce(Scan::default, |a, b| Ok(a.with(b)))
        .map(|scans: Scan| found.with(scans))
}

impl Scan {
    fn with(mut self, mut other: Self) -> Self {
        if self.files.len() + self.folders.len() < other.files.len() + other.folders.len() {
            std::mem::swap(&mut self, &mut other);
        }
        self.files.append(&mut other.files);
        self.folders.append(&mut other.folders);
        self
    }
}

fn joined(folder: &OsString, name: OsString) -> OsString {
    if folder.is_empty() {
        return name;
    }
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    path.push("/");
    path.push(name);
    path
}
