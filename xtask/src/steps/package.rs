//! Packs the crate as a registry would take it: what is in it, and whether it builds from that alone.

use std::fs;

use crate::command::Task;
use crate::workspace::Workspace;

/// What an installed binary is made from.
const NEEDED: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "build.rs",
    "docs/bands.png",
    "src/lib.rs",
    "src/main.rs",
    "static/fonts/OFL.txt",
];
/// Folders of which every file is embedded in the binary, hidden ones too.
const EMBEDDED: &[&str] = &["init/", "static/", "templates/"];
/// Folders of which nothing belongs to the generator.
const FOREIGN: &[&str] = &["content/", "examples/", "public/", "schema/", "target/", "tests/", "xtask/"];

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let list =
        workspace.cargo(&["package", "--list", "--locked", "--allow-dirty", "--package", "bandbook"]).output()?;
    let packed: Vec<&str> = list.lines().map(str::trim).collect();
    let kept = Task::new("git").args(["ls-files", "-z"]).current_dir(&workspace.root).output()?;
    let problems = problems(&packed, &kept.split_terminator('\0').collect::<Vec<_>>());
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let package = ["package", "--locked", "--allow-dirty", "--package", "bandbook"];
    workspace.cargo(&package).run()?;
    let size = fs::read_dir(workspace.target().join("package"))
        .ok()
        .and_then(|entries| {
            let mut sizes = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().ends_with(".crate"));
            sizes.next()?.metadata().ok()
        })
        .map_or(0, |metadata| metadata.len());
    Ok(format!("{} files, {} KB", packed.len(), size / 1000))
}

fn problems(packed: &[&str], kept: &[&str]) -> Vec<String> {
    let is_below = |folders: &[&str], path: &str| folders.iter().any(|folder| path.starts_with(folder));
    let embedded = kept.iter().filter(|path| is_below(EMBEDDED, path));
    let missing = NEEDED.iter().chain(embedded).filter(|path| !packed.contains(path));
    let foreign = packed.iter().filter(|path| is_below(FOREIGN, path));
    missing
        .map(|path| format!("{path} is missing from the package"))
        .chain(foreign.map(|path| format!("{path} does not belong into the package")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_and_what_is_foreign_is_found() {
        let kept = ["init/.gitignore", "templates/base.html", "content/index.md"];
        let mut packed = NEEDED.to_vec();
        packed.extend(["init/.gitignore", "templates/base.html"]);
        assert!(problems(&packed, &kept).is_empty());
        packed.retain(|path| *path != "init/.gitignore" && *path != "build.rs");
        packed.push("content/index.md");
        let expected = [
            "build.rs is missing from the package",
            "init/.gitignore is missing from the package",
            "content/index.md does not belong into the package",
        ];
        assert_eq!(problems(&packed, &kept), expected);
    }
}
