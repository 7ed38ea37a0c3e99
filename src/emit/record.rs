//! What a run knows of the last one: kept in the user's cache folder, where nothing that a site carries can reach it.
//!
//! ```text
//! bandbook-record 1 <hash of the lines below>
//! stage <token of a run whose stage may still be there>
//! <hash> <device> <inode> <size> <seconds>.<nanoseconds> <path of a published file>
//! ```
//!
//! A file is what the record says if its inode, its size and its time of change are: no program can set the last. A
//! record that is broken, or that another version has written, counts as none, and so does a folder that can't be written.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use blake3::Hash;

use super::disk::Disk;
use super::name::Token;
use super::scan::{Identity, Stamp};

const HEADER: &str = "bandbook-record 1 ";

/// The record of one published folder.
#[derive(Default)]
pub(super) struct Record {
    /// Where it is kept, if anywhere.
    path: Option<PathBuf>,
    files: HashMap<Box<str>, (Hash, Stamp)>,
    /// Runs whose stage may still be there.
    pub stages: Vec<Token>,
    /// True if what is written down is not what is the case.
    pub is_stale: bool,
}

impl Record {
    /// The record of a folder, by its resolved path.
    pub(super) fn read(cache: Option<&Path>, folder: &Path) -> Self {
        let Some(path) = cache.map(|cache| file(cache, folder)) else { return Self::default() };
        let text = fs::read_to_string(&path).unwrap_or_default();
        let (files, stages) = parse(&text).unwrap_or_default();
        Self { path: Some(path), files, stages, is_stale: false }
    }

    /// True if the file at a path is the very one that was recorded with these bytes.
    pub(super) fn vouches(&self, path: &str, hash: &Hash, found: &Identity) -> bool {
        self.files.get(path).is_some_and(|(recorded, stamp)| recorded == hash && Some(*stamp) == found.stamp())
    }

    /// True if it need not be written for a site of this many files, all of which it vouches for.
    pub(super) fn is_current(&self, count: usize) -> bool {
        !self.is_stale && self.files.len() == count
    }

    /// Writes it down, with one more run that is about to make a stage.
    pub(super) fn save(&self, disk: &Disk, stage: Option<Token>) {
        if let Some(path) = &self.path {
            let stages: Vec<Token> = self.stages.iter().copied().chain(stage).collect();
            // Without a record the next run reads the files, and reports what it does not know.
            let _ = write(disk, path, &stages, &self.files);
        }
    }

    /// Replaces the files, and writes it down.
    pub(super) fn replace(&mut self, disk: &Disk, files: impl Iterator<Item = (Box<str>, Hash, Identity)>) {
        let stamped = files.filter_map(|(path, hash, found)| Some((path, (hash, found.stamp()?))));
        self.files = stamped.collect();
        self.save(disk, None);
    }

    /// True if there is a place for it.
    pub(super) fn is_kept(&self) -> bool {
        self.path.is_some()
    }
}

/// The file that records a folder.
pub(super) fn file(cache: &Path, folder: &Path) -> PathBuf {
    let name = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    cache.join(name.get(..32).unwrap_or_default())
}

fn write(disk: &Disk, path: &Path, stages: &[Token], files: &HashMap<Box<str>, (Hash, Stamp)>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        disk.create_folders(folder)?;
    }
    let incoming = path.with_extension("new");
    disk.remove_file(&incoming)?;
    let mut file = disk.create(&incoming, b"")?;
    // A file that was changed in this very tick of the clock may be changed again in it. The next run reads it.
    let now = Identity::new(&file.metadata()?).stamp().map_or((0, 0), |stamp| stamp.changed);
    let mut files: Vec<_> = files.iter().filter(|(_, (_, stamp))| stamp.changed < now).collect();
    files.sort_unstable_by(|a, b| a.0.cmp(b.0));
    let mut lines = String::with_capacity(files.len() * 160);
    for stage in stages {
        // Writing to a string can't fail.
        let _ = writeln!(lines, "stage {stage}");
    }
    for (path, (hash, stamp)) in files {
        let Stamp { device, inode, len, changed: (seconds, nanoseconds) } = stamp;
        let _ = writeln!(lines, "{} {device} {inode} {len} {seconds}.{nanoseconds} {path}", hash.to_hex());
    }
    let text = format!("{HEADER}{}\n{lines}", blake3::hash(lines.as_bytes()).to_hex());
    disk.write(&mut file, text.as_bytes())?;
    disk.rename(&incoming, path)
}

type Content = (HashMap<Box<str>, (Hash, Stamp)>, Vec<Token>);

fn parse(text: &str) -> Option<Content> {
    let (header, lines) = text.split_once('\n')?;
    if blake3::hash(lines.as_bytes()).to_hex().as_str() != header.strip_prefix(HEADER)? {
        return None;
    }
    let (mut files, mut stages) = Content::default();
    for line in lines.lines() {
        if let Some(stage) = line.strip_prefix("stage ") {
            stages.push(Token::parse(stage)?);
            continue;
        }
        let mut parts = line.splitn(6, ' ');
        let hash = Hash::from_hex(parts.next()?).ok()?;
        let mut number = || parts.next()?.parse::<u64>().ok();
        let (device, inode, len) = (number()?, number()?, number()?);
        let (seconds, nanoseconds) = parts.next()?.split_once('.')?;
        let changed = (seconds.parse().ok()?, nanoseconds.parse().ok()?);
        files.insert(Box::from(parts.next()?), (hash, Stamp { device, inode, len, changed }));
    }
    Some((files, stages))
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
        let identity = || Identity::new(&fs::symlink_metadata(&at).unwrap());
        let (hash, disk) = (blake3::hash(b"1"), Disk::default());
        let read = || Record::read(Some(cache.path()), folder.path());
        let is_vouched = || read().vouches("a b", &hash, &identity());
        // The clock may need to tick before the file is old enough to be recorded.
        while !is_vouched() {
            let mut record = read();
            record.stages = vec![Token::random()];
            record.replace(&disk, [(Box::from("a b"), hash, identity())].into_iter());
        }
        assert_eq!(read().stages.len(), 1);
        assert!(!read().vouches("a b", &blake3::hash(b"2"), &identity()));
        assert!(!Record::read(Some(cache.path()), cache.path()).vouches("a b", &hash, &identity()));
        assert!(!Record::read(None, folder.path()).vouches("a b", &hash, &identity()));

        let path = file(cache.path(), folder.path());
        let text = fs::read_to_string(&path).unwrap();
        for broken in
            ["", &text[..text.len() - 1], &text.replace("record 1", "record 2"), &text.replace("stage", "stag")]
        {
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
