//! What a walk finds: the files of a site, by what each is.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Reported};

/// The folder of pages and data. A site must have it.
pub const CONTENT: &str = "content";
/// The folder of templates, where the site has its own.
pub const TEMPLATES: &str = "templates";
/// The folder of files that are published as they are.
pub const STATIC: &str = "static";

/// The files of a site. Each list is sorted by the bytes of the path.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `content/**/*.md`
    pub pages: Vec<Entry>,
    /// `content/data/*.toml`
    pub data: Vec<Entry>,
    /// `content/site.toml`
    pub config: Option<Entry>,
    /// `content/addresses.lock`
    pub lock: Option<Entry>,
    /// The other files in `content/`, which are published at the address of their path.
    pub files: Vec<Entry>,
    /// `templates/**`
    pub templates: Vec<Entry>,
    /// `static/**`
    pub statics: Vec<Entry>,
    /// What can't be used, and so is in none of the lists.
    pub diagnostics: Vec<Diagnostic>,
    /// The paths in `content/data`, or itself, at which there is something that can't be used: a folder, a link that leads nowhere.
    pub lost_data: Vec<(Arc<str>, Reported)>,
    /// Whether there are links, by which a file may change under another name than its own.
    pub has_links: bool,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The path from the site's root, with forward slashes: `content/bands/l3.md`.
    pub path: Arc<str>,
    /// Its size in bytes when the tree was walked.
    pub len: u64,
}
