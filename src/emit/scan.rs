//! What a published or staged folder holds. Links are listed, never followed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

/// All that is below a folder, sorted by path.
#[derive(Default)]
pub(super) struct Scan {
    pub entries: Vec<Found>,
}

/// One thing below a folder.
pub(super) struct Found {
    /// From the scanned folder, with forward slashes. Need not be UTF-8: anybody may put anything into a folder.
    pub path: OsString,
    pub kind: Kind,
    pub identity: Identity,
    /// Its permissions; zero where the system has none.
    pub mode: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    /// A plain file.
    File,
    /// A link, a pipe, a socket, a device.
    Other,
}

/// Which file it is, and whether it has been changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
    len: u64,
    /// When its bytes last changed. Anybody can set it.
    modified: Option<SystemTime>,
    /// When anything of it last changed, in seconds and nanoseconds. Nobody can set it.
    changed: Option<(i64, i64)>,
}

/// What a record says of a file: any change to the file changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub device: u64,
    pub inode: u64,
    pub len: u64,
    pub changed: (i64, i64),
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn new(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            len: metadata.len(),
            modified: metadata.modified().ok(),
            changed: Some((metadata.ctime(), metadata.ctime_nsec())),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn new(metadata: &Metadata) -> Self {
        Self { device: 0, inode: 0, len: metadata.len(), modified: metadata.modified().ok(), changed: None }
    }

    /// Its stamp. `None` where the system doesn't say when a file was changed in a way that nobody can set.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let Self { device, inode, len, .. } = *self;
        self.changed.map(|changed| Stamp { device, inode, len, changed })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn is_same_inode(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    pub(super) fn is_on_disk_of(&self, other: &Self) -> bool {
        self.device == other.device
    }

    /// True if both are the same file with the same bytes. A new name for a file does not make it another.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.is_same_inode(other) && (self.len, self.modified) == (other.len, other.modified)
    }
}

impl Scan {
    pub(super) fn find(&self, path: &str) -> Option<&Found> {
        let at = self.entries.binary_search_by(|found| found.path.as_os_str().cmp(OsStr::new(path))).ok()?;
        self.entries.get(at)
    }

    /// The plain file at a path.
    pub(super) fn file(&self, path: &str) -> Option<&Found> {
        self.find(path).filter(|found| found.kind == Kind::File)
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = &Found> {
        self.entries.iter().filter(|found| found.kind == Kind::Folder)
    }
}

#[cfg(unix)]
pub(super) fn mode(metadata: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o7777
}

#[cfg(not(unix))]
pub(super) fn mode(_metadata: &Metadata) -> u32 {
    0
}

/// Lists what is below a folder.
pub(super) fn scan(folder: &Path) -> io::Result<Scan> {
    let mut entries = below(folder, OsStr::new(""))?;
    entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(Scan { entries })
}

fn below(folder: &Path, path: &OsStr) -> io::Result<Vec<Found>> {
    let mut all = Vec::new();
    let mut folders: Vec<(PathBuf, OsString)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Of the entry itself, not of what a link leads to.
        let metadata = entry.metadata()?;
        let path = joined(path, &entry.file_name());
        let kind = match metadata.file_type() {
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        if kind == Kind::Folder {
            folders.push((entry.path(), path.clone()));
        }
        all.push(Found { path, kind, identity: Identity::new(&metadata), mode: mode(&metadata) });
    }
    let deeper: Vec<Vec<Found>> =
        folders.into_par_iter().map(|(folder, path)| below(&folder, &path)).collect::<io::Result<_>>()?;
    all.extend(deeper.into_iter().flatten());
    Ok(all)
}

/// A name in a folder that is given by its path from the top.
pub(super) fn joined(folder: &OsStr, name: &OsStr) -> OsString {
    if folder.is_empty() {
        return name.to_owned();
    }
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    path.push("/");
    path.push(name);
    path
}
