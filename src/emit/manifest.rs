//! The list of a published folder's files, which makes the folder ours.
//!
//! ```text
//! bandbook-manifest 1 <hash of the lines below>
//! <hash of the file>  404.html
//! <hash of the file>  bands/index.html
//! ```
//!
//! Sorted by path, so that the same site has the same list. The first line tells a list that was cut off, merged or edited
//! from one that can be trusted with deleting files.

use std::fmt::Write;
use std::io;
use std::path::Path;

use blake3::Hash;

/// The list's own name, at the top of the published folder.
pub(super) const MANIFEST: &str = ".bandbook-manifest";
/// A file on its way into a published folder that lies on another disk than the stage.
pub(super) const INCOMING: &str = ".bandbook-incoming";

const HEADER: &str = "bandbook-manifest 1 ";

/// The files of a site, sorted by path, and their BLAKE3 hashes.
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
        files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
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
        let is_sorted = files.is_sorted_by(|a, b| a.0 < b.0);
        is_sorted.then_some(Self { files }).ok_or(Damaged)
    }

    /// The list as it stands in the folder.
    pub(super) fn text(&self) -> String {
        let mut lines = String::with_capacity(self.files.iter().map(|(path, _)| path.len() + 67).sum());
        for (path, hash) in &self.files {
            // Writing to a string can't fail.
            let _ = writeln!(lines, "{}  {path}", hash.to_hex());
        }
        format!("{HEADER}{}\n{lines}", blake3::hash(lines.as_bytes()).to_hex())
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| &**path)
    }

    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.binary_search_by(|(listed, _)| (**listed).cmp(path)).is_ok()
    }

    /// Whether a file below the folder is listed.
    pub(super) fn lists_below(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }

    /// The listed files below a folder.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|(listed, _)| **listed < *prefix);
        self.files.iter().skip(start).map(|(path, _)| &**path).take_while(move |path| path.starts_with(&prefix))
    }

    /// What either lists, with the hashes of `self` where both do.
    #[must_use]
    pub(super) fn union(&self, other: &Self) -> Self {
        let more = other.files.iter().filter(|(path, _)| !self.lists(path));
        Self::new(self.files.iter().chain(more).cloned().collect())
    }
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
        for paths in [&["../a"][..], &["/etc/passwd"], &["a", "a"]] {
            assert!(Manifest::parse(manifest(paths).text().as_bytes()).is_err(), "{paths:?}");
        }
    }

    #[test]
    fn files_below_a_folder_are_those_of_the_folder_itself() {
        let manifest = manifest(&["a", "a-b/x", "a/b", "a/c/d", "ab/x"]);
        assert_eq!(manifest.below("a").collect::<Vec<_>>(), ["a/b", "a/c/d"]);
        assert!(manifest.lists_below("a/c") && !manifest.lists_below("a/b") && !manifest.lists_below("b"));
    }
}
