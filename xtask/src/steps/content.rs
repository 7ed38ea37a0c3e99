//! Checks the repository's own site as its editors do.
//!
//! Values out of date are judged as of the last commit, so that a commit which passed passes for good; the weekly
//! workflow judges them as of its own day.

use crate::command::Task;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let bandbook = workspace.release()?;
    let today = Task::new("git").args(["log", "-1", "--format=%cs"]).current_dir(&workspace.root).output()?;
    let check = ["check", "--deny-warnings", "--today", today.trim()];
    Task::new(bandbook).args(check).current_dir(&workspace.root).run()?;
    Ok(String::new())
}
