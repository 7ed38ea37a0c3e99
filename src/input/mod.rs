//! The site's files: the only room that reads the source tree, and it interprets nothing.
//!
//! It says which files there are and what kind of thing each is by its place alone (page, data, configuration,
//! template, static file), and reads them. What leads out of the site, hangs, or can't be served is refused here, with a
//! diagnostic, so that no later room has to think of it.
//!
//! Skipped without a word: hidden files and folders (in `static/`, `.well-known` and `.nojekyll` are not), and what
//! editors leave behind (`page.md~`, `#page.md#`).

mod git;
mod history;
mod name;
mod read;
mod root;
mod walk;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, Source};

pub use git::{data_at, data_commits, head, is_revision};
pub use history::{Changes, History, NoHistory, history};
pub use name::is_portable;
pub use read::{Reading, read_bytes, read_text};
pub use root::{Root, holds_site};
pub use walk::{is_ignored, walk};

/// The folder of pages and data. A site must have it.
pub const CONTENT: &str = "content";
/// The folder of templates, where the site has its own.
pub const TEMPLATES: &str = "templates";
/// The folder of files that are published as they are.
pub const STATIC: &str = "static";

/// The codes of this room.
pub static CODES: &[&Code] = &[
    &walk::MISSING_CONTENT,
    &walk::PAGE_EXTENSION,
    &walk::STRAY_DATA,
    &walk::FILE_KIND,
    &walk::UNUSABLE_LINK,
    &name::UNUSABLE_NAME,
    &read::OVERSIZED_FILE,
    &read::NOT_UTF8,
    &read::UNREADABLE,
];

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

/// The start of a file whose text is not at hand.
fn start_of(path: &str) -> Place {
    Place::start_of(&Source::new(name::printable(path), ""))
}
