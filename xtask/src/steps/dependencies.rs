//! Holds the dependencies against `deny.toml` with cargo-deny, and counts the crates of the generator.
//!
//! Advisories come from a database on the network. Where it can't be fetched the step says so, in its note too.

use std::collections::BTreeSet;

use crate::tools::Tool;
use crate::workspace::Workspace;

/// The most crates that the generator may be made of, on the machine that tests it.
const MOST_CRATES: usize = 150;

pub(crate) const TOOLS: &[Tool] = &[Tool::CargoDeny];

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let tree = ["tree", "--locked", "--package", "bandbook", "--edges", "normal", "--prefix", "none"];
    let crates = count(&workspace.cargo(&tree).output()?);
    if crates > MOST_CRATES {
        return Err(format!("the generator is made of {crates} crates, where at most {MOST_CRATES} are accepted"));
    }
    Tool::CargoDeny.install(workspace)?;
    workspace.cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]).run()?;
    if let Err(problem) = workspace.cargo(&["deny", "fetch", "db"]).run() {
        println!("Advisories were NOT checked, since their database could not be fetched: {problem}");
        return Ok(format!("{crates} crates; advisories NOT checked, their database could not be fetched"));
    }
    workspace.cargo(&["deny", "--locked", "check", "--disable-fetch", "advisories"]).run()?;
    Ok(format!("{crates} crates; no advisory"))
}

/// How many packages a tree lists, without the one that it is the tree of.
fn count(tree: &str) -> usize {
    let packages: BTreeSet<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    packages.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_counts_once() {
        let tree =
            "bandbook v0.1.0 (/here)\nserde v1.0.0\nserde_core v1.0.0\nserde v1.0.0 (*)\nsyn v2.0.0\nsyn v3.0.0\n";
        assert_eq!(count(tree), 4);
    }
}
