//! Names of files to publish: which are safe to write, and names that change with the content.

use super::manifest::{INCOMING, MANIFEST};

/// A file's path with ten hexadecimal digits of its content's hash before the extension: `site.css` becomes
/// `site.1a2b3c4d5e.css`. Such a file may be kept by browsers forever.
pub fn asset_name(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let digits = hash.get(..10).unwrap_or_default();
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, extension)) => format!("{folder}{slash}{stem}.{digits}.{extension}"),
        None => format!("{folder}{slash}{name}.{digits}"),
    }
}

/// Why a path may not be written, if so. Rooms before this one never make such a path; this is the last door.
pub(super) fn refusal(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        Some("the path is empty")
    } else if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        Some("the path holds a control character, a backslash or a colon")
    } else if path.split('/').any(|name| matches!(name, "" | "." | "..")) {
        Some("the path is not a plain path below the published folder")
    } else if is_own(path) {
        Some("the name is kept for bandbook's own list of files")
    } else {
        None
    }
}

/// Files at the top of the published folder that are bandbook's, but no part of the site.
pub(super) fn is_own(path: &str) -> bool {
    matches!(path, MANIFEST | INCOMING)
}

/// The folders that a file is in, the innermost first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assets_name_holds_ten_digits_of_its_hash() {
        for (path, expected) in [
            ("site.css", "site.af1349b9f5.css"),
            ("assets/site.css", "assets/site.af1349b9f5.css"),
            ("a.b/site", "a.b/site.af1349b9f5"),
            ("a/font.latin.woff2", "a/font.latin.af1349b9f5.woff2"),
            (".htaccess", ".htaccess.af1349b9f5"),
        ] {
            assert_eq!(asset_name(path, b""), expected);
        }
        assert_ne!(asset_name("a.css", b"a"), asset_name("a.css", b"b"));
    }

    #[test]
    fn only_plain_paths_below_the_folder_are_written() {
        for path in
            ["index.html", "a/b/index.html", "a b/ü.html", ".nojekyll", ".well-known/x", "..a", "a/.bandbook-manifest"]
        {
            assert_eq!(refusal(path), None, "{path}");
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
            ".bandbook-incoming",
        ] {
            assert!(refusal(path).is_some(), "{path:?}");
        }
    }
}
