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
mod tree;
mod walk;

#[cfg(test)]
mod tests;

use crate::diagnostic::Code;

pub use git::{data_at, data_commits, head, is_revision};
pub use history::{Changes, History, NoHistory, history};
pub use name::is_portable;
pub use read::{Reading, read_bytes, read_text};
pub use root::{Root, holds_site};
pub use tree::{CONTENT, Entry, STATIC, TEMPLATES, Tree};
pub use walk::{is_ignored, walk};

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
