//! What a run knows of the last one: kept in the user's cache folder, where nothing that a site carries can reach it.
//!
//! A file is what the record says if its inode, its size and its times are: no program can set the time of change. A
//! record that is broken, or that another version has written, counts as none, and so does a folder that can't be written.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Hash};

const VERSION: u32 = 1;

/// The record of one published folder.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Record {
    version: u32,
    /// The names of stages that may still be there.
    pub stages: Vec<OsString>,
    /// The published files.
    pub files: HashMap<Box<str>, (Hash, Stamp)>,
    /// Where it is kept, if anywhere.
    #[serde(skip)]
    path: Option<PathBuf>,
    /// When it was written, by the clock of files.
    #[serde(skip)]
    written: Time,
}

/// Seconds and nanoseconds.
type Time = (i64, i64);

/// Which file it is, and whether it has been changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The device and the inode. Zero where the system doesn't say.
    inode: (u64, u64),
    len: u64,
    /// When its bytes last changed. Anybody can set it.
    modified: Time,
    /// When anything of it last changed. Nobody can set it.
    changed: Time,
}

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            inode: (metadata.dev(), metadata.ino()),
            len: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Changed later than any record was written, so that none vouches for it.
    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), changed: (i64::MAX, 0), ..Self::default() }
    }

    pub(super) fn is_same_inode(&self, other: &Self) -> bool {
        self.inode != (0, 0) && self.inode == other.inode
    }

    /// True if both are the same file with the same bytes. A new name for a file does not make it another.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.is_same_inode(other) && (self.len, self.modified) == (other.len, other.modified)
    }
}

impl Record {
    /// The record of a folder, by its resolved path.
    pub(super) fn read(cache: Option<&Path>, folder: &Path) -> Self {
        let path = cache.map(|cache| file(cache, folder));
        let record = path.as_deref().and_then(parse).unwrap_or_default();
        Self { path, version: VERSION, ..record }
    }

    /// The hash of a file's bytes, if it has not been changed since it was recorded. One that was changed in the very tick of
    /// the clock in which the record was written may have been changed again in it.
    pub(super) fn hash(&self, path: &str, found: &Stamp) -> Option<&Hash> {
        let (hash, recorded) = self.files.get(path)?;
        (recorded == found && found.changed < self.written).then_some(hash)
    }

    /// Writes it down, if there is a place for it. Without a record the next run reads the files, and reports what it does not
    /// know.
    pub(super) fn save(&self, disk: &Disk) {
        let Some((path, folder)) = self.path.as_deref().and_then(|path| Some((path, path.parent()?))) else { return };
        let Ok(bytes) = serde_json::to_vec(self) else { return };
        let _ = disk.run(fs::create_dir_all, folder).and_then(|()| disk.replace(path, &bytes, |_| Ok(())));
    }
}

/// The file that records a folder.
pub(super) fn file(cache: &Path, folder: &Path) -> PathBuf {
    let name = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    cache.join(name.get(..32).unwrap_or_default())
}

fn parse(path: &Path) -> Option<Record> {
    let record: Record = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let written = Stamp::of(&path.metadata().ok()?).modified;
    (record.version == VERSION).then_some(Record { written, ..record })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_record_vouches_for_a_file_until_it_changes_and_a_broken_one_for_none() {
        let cache = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("a b");
        fs::write(&at, "1").unwrap();
        let stamp = || Stamp::of(&fs::symlink_metadata(&at).unwrap());
        let hash = super::super::disk::hash(b"1");
        let read = || Record::read(Some(cache.path()), folder.path());
        let is_vouched = || read().hash("a b", &stamp()) == Some(&hash);
        // The clock may need to tick before the file is old enough to be vouched for.
        while !is_vouched() {
            let mut record = read();
            record.stages = vec!["x".into()];
            record.files = [(Box::from("a b"), (hash.clone(), stamp()))].into();
            record.save(&Disk::default());
        }
        assert_eq!(read().stages.len(), 1);
        assert_eq!(Record::read(Some(cache.path()), cache.path()).hash("a b", &stamp()), None);
        assert_eq!(Record::read(None, folder.path()).hash("a b", &stamp()), None);

        let path = file(cache.path(), folder.path());
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"version\":1"));
        for broken in [
            "",
            &text[..text.len() - 1],
            &text.replace("\"version\":1", "\"version\":2"),
            &text.replace("stages", "stage"),
            &"\0".repeat(text.len()),
        ] {
            fs::write(&path, broken).unwrap();
            assert!(!is_vouched() && read().stages.is_empty(), "{broken}");
        }
        fs::write(&path, &text).unwrap();
        assert!(is_vouched());

        // Bytes, size and time of modification are as they were.
        let modified = fs::metadata(&at).unwrap().modified().unwrap();
        fs::write(&at, "2").unwrap();
        fs::File::options().write(true).open(&at).unwrap().set_modified(modified).unwrap();
        assert!(!is_vouched());
    }
}
