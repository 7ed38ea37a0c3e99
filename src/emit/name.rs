//! Names: those that are safe to publish, those that change with the content, and those of a run's own files.

use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Serialize};

use super::manifest::MANIFEST;

/// The part of the names of a run's own files and folders that nobody can guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Token(u64);

impl Token {
    /// A new one. The seeds of the standard library's hash maps come from the system's random numbers.
    pub(super) fn random() -> Self {
        Self(RandomState::new().hash_one(""))
    }

    /// The name of what is made for a file or folder, and takes its place.
    pub(super) fn beside(self, name: &OsStr) -> OsString {
        let mut own = OsString::from(".");
        own.push(name);
        own.push(format!(".bandbook-{:016x}", self.0));
        own
    }

    /// The name of the file or folder that something of a run's own was made for, if this is the name of such a thing.
    pub(super) fn target(own: &OsStr) -> Option<&str> {
        let (name, _) = own.to_str()?.strip_prefix('.')?.rsplit_once(".bandbook-")?;
        Self::of(own, OsStr::new(name)).map(|_| name)
    }

    /// The token in the name of what was made for a file or folder of this name.
    pub(super) fn of(own: &OsStr, name: &OsStr) -> Option<Self> {
        let (_, digits) = own.to_str()?.rsplit_once('-')?;
        let token = Self(u64::from_str_radix(digits, 16).ok()?);
        (token.beside(name) == own).then_some(token)
    }
}

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
    } else if path == MANIFEST {
        Some("the name is kept for bandbook's own list of files")
    } else {
        None
    }
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
        ] {
            assert!(refusal(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn a_runs_own_names_are_told_from_all_others() {
        let token = Token::random();
        assert_ne!(token, Token::random());
        let public = OsStr::new("public");
        assert_eq!(Token::of(&token.beside(public), public), Some(token));
        for name in [
            ".public.bandbook",
            ".public.bandbook-",
            ".public.bandbook-123",
            ".public.bandbook-0123456789ABCDEF",
            ".public.bandbook-+123456789abcdef",
            ".other.bandbook-0123456789abcdef",
            "public.bandbook-0123456789abcdef",
        ] {
            assert_eq!(Token::of(OsStr::new(name), public), None, "{name}");
        }
    }
}
