//! A file that `fix` changes.

use std::sync::Arc;

use crate::diagnostic::Source;

/// A file with its text before and after.
#[derive(Clone, Debug)]
pub struct FixedFile {
    /// Its path from the root.
    pub path: Arc<str>,
    /// What it held; nothing for a new file. A byte order mark is no part of it.
    pub before: Option<Arc<Source>>,
    /// What it holds now.
    pub after: String,
    /// How many places were mended; none in a file that is written as a whole.
    pub edits: usize,
}

impl FixedFile {
    /// A file that is written as a whole; nothing where it holds that text already.
    pub fn whole(path: &str, before: Option<Arc<Source>>, after: String) -> Option<Self> {
        let differs = before.as_ref().is_none_or(|before| before.text() != after);
        differs.then(|| Self { path: path.into(), before, after, edits: 0 })
    }
}
