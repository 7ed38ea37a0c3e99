//! The list of a published folder's files, which marks the folder as ours.
//!
//! ```text
//! {
//!   "404.html": ["<hash of its bytes>"],
//!   "bands/index.html": ["<hash of its old bytes>", "<hash of its new bytes>"]
//! }
//! ```
//!
//! Sorted, so that the same site has the same list. A file has two hashes while it is replaced. Anybody can write a list, so that it
//! is believed only of plain files inside its own folder, and only if they have these bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::disk::Hash;
use super::name;

/// The listed files, with the hashes that they are listed with.
pub(super) type Listed = BTreeMap<Box<str>, BTreeSet<Hash>>;

/// What the list at a path says, if it is one that bandbook wrote. A link is not followed, and a pipe is not waited for.
pub(super) fn read(path: &Path) -> Option<Listed> {
    let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
    is_file.then(|| fs::read(path).ok()).flatten().and_then(|list| parse(&list))
}

fn parse(list: &[u8]) -> Option<Listed> {
    let listed: Listed = serde_json::from_slice(list).ok()?;
    listed.keys().all(|path| name::is_plain(path)).then_some(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(paths: &[&str]) -> Vec<u8> {
        let listed = paths.iter().map(|path| (Box::from(*path), [super::super::disk::hash(path.as_bytes())].into()));
        serde_json::to_vec_pretty(&listed.collect::<Listed>()).unwrap()
    }

    #[test]
    fn a_list_that_was_cut_merged_or_edited_into_something_else_is_damaged() {
        let list = list(&["a", "b", "c"]);
        assert!(parse(&list).unwrap().keys().map(|path| &**path).eq(["a", "b", "c"]));
        for end in 0..list.len() {
            assert!(parse(&list[..end]).is_none(), "{end}");
        }
        let text = String::from_utf8(list).unwrap();
        for changed in [
            format!("{text}x"),
            format!("<<<<<<<\n{text}"),
            text.replace("  \"b", "=======\n  \"b"),
            text.replace(['[', ']'], ""),
        ] {
            assert!(parse(changed.as_bytes()).is_none(), "{changed}");
        }
        assert!(parse(b"\xff").is_none());
    }

    #[test]
    fn a_list_with_a_path_that_may_not_be_written_is_damaged() {
        assert!(parse(&list(&["b/index.html", "a  b", "b-c", "ü"])).is_some());
        for path in ["../a", "/etc/passwd", "a/../../b", "a//b", "C:\\a", "", ".bandbook-manifest"] {
            assert!(parse(&list(&[path])).is_none(), "{path:?}");
        }
    }
}
