//! Installs what the browser tests need and runs them. What they test is said in `tests/browser/`.
//!
//! A missing browser fails this step, and so does a browser test that was skipped: neither may read as passed.

use crate::command::Task;
use crate::tools::Tool;
use crate::workspace::Workspace;

pub(crate) const TOOLS: &[Tool] = &[Tool::Node, Tool::Chromium, Tool::Java, Tool::Modules];

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    for tool in TOOLS {
        tool.install(workspace)?;
    }
    let bandbook = workspace.release()?;
    let target = workspace.target();
    Task::new("node")
        .arg("run.mjs")
        .arg("--bandbook")
        .arg(bandbook)
        .arg("--target")
        .arg(target)
        .current_dir(&workspace.root.join("tests/browser"))
        .run()?;
    Ok(String::new())
}
