//! Names: those that are safe to publish, and those of a run's own files.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, RandomState};
use std::ops::Bound;

/// The list's own name, at the top of the published folder.
pub(super) const MANIFEST: &str = ".bandbook-manifest";
/// The folder in a stage to which the files are written that are new or have changed.
pub(super) const NEW: &str = "new";
/// The folder in a stage that holds the whole site, and takes the published folder's place for a moment.
pub(super) const SITE: &str = "site";

/// A name for what a run makes for a file or folder, and puts in its place. Nobody can guess it: the seeds of the standard
/// library's hash maps come from the system's random numbers.
pub(super) fn own(target: &OsStr) -> OsString {
    let mut name = OsString::from(".");
    name.push(target);
    name.push(format!(".bandbook-{:016x}", RandomState::new().hash_one("")));
    name
}

/// The name of the file or folder that a thing of this name was made for, if it is such a name.
pub(super) fn target(own: &OsStr) -> Option<&str> {
    let (target, digits) = own.to_str()?.strip_prefix('.')?.rsplit_once(".bandbook-")?;
    (digits.len() == 16 && digits.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))).then_some(target)
}

/// True if a file may be published at a path. Rooms before this one never make another; this is the last door.
pub(super) fn is_plain(path: &str) -> bool {
    let is_odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.contains(is_odd) && path != MANIFEST && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}

/// The folders that a file is in, the innermost first and the site's own, which has no name, last.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at]).chain([""])
}

/// The first of these paths that is in a folder.
pub(super) fn below<'a, T>(paths: &'a BTreeMap<Box<str>, T>, folder: &str) -> Option<&'a str> {
    let start = format!("{folder}/");
    let (first, _) = paths.range::<str, _>((Bound::Included(&*start), Bound::Unbounded)).next()?;
    first.starts_with(&start).then_some(&**first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_below_the_folder_are_written() {
        for path in
            ["index.html", "a/b/index.html", "a b/ü.html", ".nojekyll", ".well-known/x", "..a", "a/.bandbook-manifest"]
        {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            "a\\b",
            "C:a",
            "a\0",
            "a\nb",
            "//host/a",
            ".bandbook-manifest",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }

    #[test]
    fn a_runs_own_names_are_told_from_all_others() {
        let public = OsStr::new("public");
        assert_ne!(own(public), own(public));
        assert_eq!(target(&own(public)), Some("public"));
        for name in [
            ".public.bandbook",
            ".public.bandbook-",
            ".public.bandbook-123",
            ".public.bandbook-0123456789ABCDEF",
            ".public.bandbook-+123456789abcdef",
            "public.bandbook-0123456789abcdef",
        ] {
            assert_eq!(target(OsStr::new(name)), None, "{name}");
        }
    }

    #[test]
    fn files_below_a_folder_are_those_of_the_folder_itself() {
        let paths = ["a", "a-b/x", "a/b", "a/c/d", "ab/x"].map(|path| (Box::from(path), ())).into();
        assert_eq!(
            ["a", "a/c", "a-b", "ab"].map(|folder| below(&paths, folder)),
            ["a/b", "a/c/d", "a-b/x", "ab/x"].map(Some)
        );
        assert!(["a/b", "b", ""].iter().all(|folder| below(&paths, folder).is_none()));
    }
}
