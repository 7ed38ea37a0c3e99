//! What the system refused: a file that can't be read, a disk that is full.

use std::fmt;
use std::path::{Path, PathBuf};

/// The system failed, or refused: nobody's page or datum is wrong. Exit code 2.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What was being done: "read", "write", "publish".
    pub action: &'static str,
    /// The path it was done to.
    pub path: PathBuf,
    /// What the system said, or why we refused.
    pub cause: String,
    /// A sentence that says what to do, when one is known.
    pub help: Option<String>,
}

impl Failure {
    /// A failure of an action on a path.
    pub fn new(action: &'static str, path: &Path, cause: impl fmt::Display) -> Self {
        Self { action, path: path.to_owned(), cause: cause.to_string(), help: None }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "cannot {} {}: {}", self.action, self.path.display(), self.cause)
    }
}

impl std::error::Error for Failure {}
