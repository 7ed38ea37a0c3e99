//! What has changed on the disk, as far as anybody can say.

use std::collections::BTreeSet;

/// Paths that may have changed since the site was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files and folders, from the root, with forward slashes. A folder stands for all that is in it.
    paths: BTreeSet<String>,
    /// Whether changes may have been missed, so that everything has to be looked at.
    everything: bool,
}

impl Changes {
    /// Everything may have changed.
    pub fn everything() -> Self {
        Self { paths: BTreeSet::new(), everything: true }
    }

    /// Notes a file or folder.
    pub fn add(&mut self, path: impl Into<String>) {
        self.paths.insert(path.into());
    }

    /// Notes that changes may have been missed.
    pub fn add_everything(&mut self) {
        self.everything = true;
    }

    /// Adds what others say.
    pub fn extend(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.everything |= other.everything;
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    /// Whether a file may have changed.
    pub(super) fn touches(&self, file: &str) -> bool {
        let folders = || file.match_indices('/').map(|(at, _)| &file[..at]);
        self.everything || self.paths.contains(file) || folders().any(|folder| self.paths.contains(folder))
    }

    /// The paths, where those are all that may have changed.
    pub(super) fn only(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.everything).then(|| self.paths.iter().map(String::as_str))
    }
}

impl<S: Into<String>> FromIterator<S> for Changes {
    fn from_iter<I: IntoIterator<Item = S>>(paths: I) -> Self {
        Self { paths: paths.into_iter().map(Into::into).collect(), everything: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_what_is_in_it() {
        let changes: Changes = ["content/bands.md", "content/a"].into_iter().collect();
        for (file, expected) in [
            ("content/bands.md", true),
            ("content/a/b/c.md", true),
            ("content/ab.md", false),
            ("content/bands.md.orig", false),
        ] {
            assert_eq!(changes.touches(file), expected, "{file}");
        }
        assert!(Changes::everything().touches("content/x.md"));
    }
}
