//! Installs what the browser tests need and runs them. What they test is said in `tests/browser/`.
//!
//! A missing browser fails this step: a test that was skipped is one nobody notices is gone.

use std::fs;
use std::path::Path;

use crate::command::{Task, find};
use crate::workspace::Workspace;

/// Programs that Debian has, and the package of each.
const PACKAGES: &[(&str, &str)] = &[("chromium", "chromium"), ("java", "default-jre-headless")];

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let bandbook = workspace.release()?;
    if let Some(missing) = ["node", "npm"].into_iter().find(|program| find(program).is_none()) {
        return Err(format!("`{missing}` is not on the PATH: install Node.js 20 or later"));
    }
    install_packages()?;
    let folder = workspace.root.join("tests/browser");
    install_modules(&folder)?;
    let target = workspace.target();
    Task::new("node")
        .arg("run.mjs")
        .arg("--bandbook")
        .arg(bandbook)
        .arg("--target")
        .arg(target)
        .current_dir(&folder)
        .run()?;
    Ok(String::new())
}

fn install_packages() -> Result<(), String> {
    let missing: Vec<_> = PACKAGES.iter().filter(|(program, _)| find(program).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let programs: Vec<_> = missing.iter().map(|(program, _)| *program).collect();
    let packages: Vec<_> = missing.iter().map(|(_, package)| *package).collect();
    let wanted = format!("not on the PATH: {}; install {} by hand", programs.join(", "), packages.join(" "));
    if find("apt-get").is_none() {
        return Err(format!("{wanted} (there is no apt-get here)"));
    }
    if Task::new("id").arg("-u").output()?.trim() != "0" {
        return Err(format!("{wanted} (apt-get needs root)"));
    }
    let apt = || Task::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    let installed = apt()
        .args(["update", "--quiet"])
        .run()
        .and_then(|()| apt().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(&packages).run());
    installed.map_err(|problem| format!("{wanted} ({problem})"))?;
    match programs.into_iter().find(|program| find(program).is_none()) {
        Some(program) => Err(format!("apt-get installed no `{program}`; {wanted}")),
        None => Ok(()),
    }
}

/// Installs the locked modules, unless exactly these are installed already.
fn install_modules(folder: &Path) -> Result<(), String> {
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("package-lock.json could not be read: {error}"))?;
    let installed = folder.join("node_modules/.bandbook-installed");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Task::new("npm").arg("ci").current_dir(folder).run()?;
    fs::write(&installed, lock).map_err(|error| format!("{} could not be written: {error}", installed.display()))
}
