//! What the program answers the system with.

use std::process::ExitCode;

/// The verdict of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, and no error was found.
    Fine,
    /// 1: content, data, templates or configuration hold an error.
    Problems,
    /// 2: the arguments make no sense, or the system failed.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::from(0),
            Exit::Problems => Self::from(1),
            Exit::Trouble => Self::from(2),
        }
    }
}
