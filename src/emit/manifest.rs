//! The list of a published folder's files, which marks the folder as ours.
//!
//! ```text
//! bandbook-manifest 1 <hash of the lines below>
//! <hash of the file>  404.html
//! <hash of the file>  bands/index.html
//! ```
//!
//! Sorted, so that the same site has the same list. While files are replaced one by one, a path has a line for its old bytes
//! and one for the new. The first line tells a list that was cut off, merged or edited from a whole one. That is a guard
//! against accidents: anybody can write a list, so that it is believed only of plain files inside its own folder.

use std::fmt::Write;
use std::io;
use std::path::Path;

use blake3::Hash;

/// The list's own name, at the top of the published folder.
pub(super) const MANIFEST: &str = ".bandbook-manifest";

const HEADER: &str = "bandbook-manifest 1 ";

/// The files of a site with their BLAKE3 hashes, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: Vec<(Box<str>, Hash)>,
}

/// The list can't be read as one that bandbook wrote.
#[derive(Debug)]
pub(super) struct Damaged;

impl Manifest {
    /// The list of these files.
    pub(super) fn new(mut files: Vec<(Box<str>, Hash)>) -> Self {
        files.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        files.dedup();
        Self { files }
    }

    /// The list in a folder, if there is one.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Result<Self, Damaged>>> {
        let path = folder.join(MANIFEST);
        match path.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => Ok(Some(Self::parse(&std::fs::read(path)?))),
            Ok(_) => Ok(Some(Err(Damaged))),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, Damaged> {
        let text = std::str::from_utf8(bytes).map_err(|_| Damaged)?;
        let (header, lines) = text.split_once('\n').ok_or(Damaged)?;
        let sum = header.strip_prefix(HEADER).ok_or(Damaged)?;
        if blake3::hash(lines.as_bytes()).to_hex().as_str() != sum {
            return Err(Damaged);
        }
        let file = |line: &str| {
            let (hash, path) = line.split_once("  ").ok_or(Damaged)?;
            match super::name::refusal(path) {
                None => Ok((Box::from(path), Hash::from_hex(hash).map_err(|_| Damaged)?)),
                Some(_) => Err(Damaged),
            }
        };
        let files = lines.lines().map(file).collect::<Result<Vec<_>, _>>()?;
        let is_sorted = files.is_sorted_by(|a, b| key(a) < key(b));
        is_sorted.then_some(Self { files }).ok_or(Damaged)
    }

    /// The list as it is written in the folder.
    pub(super) fn text(&self) -> String {
        let mut lines = String::with_capacity(self.files.iter().map(|(path, _)| path.len() + 67).sum());
        for (path, hash) in &self.files {
            // Writing to a string can't fail.
            let _ = writeln!(lines, "{}  {path}", hash.to_hex());
        }
        format!("{HEADER}{}\n{lines}", blake3::hash(lines.as_bytes()).to_hex())
    }

    /// The paths, sorted, each once.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.chunk_by(|a, b| a.0 == b.0).filter_map(|lines| lines.first()).map(|(path, _)| &**path)
    }

    /// The hashes that a path is listed with.
    pub(super) fn hashes(&self, path: &str) -> impl Iterator<Item = &Hash> {
        let start = self.files.partition_point(|(listed, _)| **listed < *path);
        self.files.iter().skip(start).take_while(move |(listed, _)| **listed == *path).map(|(_, hash)| hash)
    }

    pub(super) fn lists(&self, path: &str) -> bool {
        self.hashes(path).next().is_some()
    }

    /// True if a file below the folder is listed.
    pub(super) fn lists_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|(listed, _)| **listed < *prefix);
        self.files.get(start).is_some_and(|(listed, _)| listed.starts_with(&prefix))
    }

    /// What either lists.
    #[must_use]
    pub(super) fn union(&self, other: &Self) -> Self {
        Self::new(self.files.iter().chain(&other.files).cloned().collect())
    }
}

fn key(line: &(Box<str>, Hash)) -> (&str, &[u8; 32]) {
    (&line.0, line.1.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        Manifest::new(paths.iter().map(|path| (Box::from(*path), blake3::hash(path.as_bytes()))).collect())
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for paths in [&[][..], &["a"], &["b/index.html", "a  b", "b-c", "ü"]] {
            let manifest = manifest(paths);
            assert_eq!(Manifest::parse(manifest.text().as_bytes()).unwrap(), manifest);
        }
    }

    #[test]
    fn a_list_that_was_cut_merged_or_edited_is_damaged() {
        let text = manifest(&["a", "b", "c"]).text();
        for end in 0..text.len() {
            assert!(Manifest::parse(&text.as_bytes()[..end]).is_err(), "{end}");
        }
        for changed in [
            text.replace("  b", "  d"),
            text.replace('\n', "\r\n"),
            text.replace("manifest 1", "manifest 2"),
            format!("{text}x"),
            format!("{text}\n"),
            format!("<<<<<<<\n{text}"),
        ] {
            assert!(Manifest::parse(changed.as_bytes()).is_err(), "{changed}");
        }
        assert!(Manifest::parse(b"\xff").is_err());
    }

    #[test]
    fn a_list_with_a_path_that_may_not_be_written_is_damaged() {
        for path in ["../a", "/etc/passwd", "a/../../b", "a//b", "C:\\a", "", ".bandbook-manifest"] {
            assert!(Manifest::parse(manifest(&[path]).text().as_bytes()).is_err(), "{path:?}");
        }
    }

    #[test]
    fn files_below_a_folder_are_those_of_the_folder_itself() {
        let manifest = manifest(&["a", "a-b/x", "a/b", "a/c/d", "ab/x"]);
        assert!(["a", "a/c", "a-b", "ab"].iter().all(|folder| manifest.lists_below(folder)));
        assert!(["a/b", "b", ""].iter().all(|folder| !manifest.lists_below(folder)));
    }

    #[test]
    fn two_lists_together_have_both_hashes_of_a_path_and_the_path_once() {
        let (old, new) = (blake3::hash(b"old"), blake3::hash(b"new"));
        let list = |hash| Manifest::new(vec![(Box::from("a"), hash), (Box::from("b"), old)]);
        let both = list(old).union(&list(new));
        assert_eq!(Manifest::parse(both.text().as_bytes()).unwrap(), both);
        assert_eq!(both.paths().collect::<Vec<_>>(), ["a", "b"]);
        assert!(both.hashes("a").any(|hash| *hash == old) && both.hashes("a").any(|hash| *hash == new));
        assert_eq!(both.hashes("b").count(), 1);
    }
}
