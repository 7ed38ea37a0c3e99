//! Reads what Cargo says of the dependencies, and holds it against the lists in `deny.toml`.
//!
//! Advisories need a database that changes by the day, so they are not checked here: the weekly workflow does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::spdx;
use crate::workspace::Workspace;

/// Crates that the generator itself may be made of, on the machine that tests it.
const MOST_CRATES: usize = 109;

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let accepted = fs::read_to_string(workspace.root.join("deny.toml"))
        .map_err(|error| format!("deny.toml could not be read: {error}"))
        .map(|text| Accepted::read(&text))?;
    let all = packages(workspace, &["--workspace", "--edges", "normal,build,dev", "--target", "all"])?;
    let shipped = packages(workspace, &["--package", "bandbook", "--edges", "normal,build", "--target", "all"])?;
    let normal = packages(workspace, &["--package", "bandbook", "--edges", "normal"])?;

    let mut problems = unlicensed(&all, &accepted);
    problems.extend(twice(&shipped, &accepted));
    if normal.len() > MOST_CRATES {
        problems.push(format!("{} crates in the normal tree, where at most {MOST_CRATES} are accepted", normal.len()));
    }
    for problem in &problems {
        println!("error: {problem}");
    }
    println!(
        "Advisories were not checked here: the weekly workflow checks them, and so does `cargo deny check advisories`."
    );
    match problems.len() {
        0 => Ok(format!("{} crates, {} with those for tests; advisories not checked", normal.len(), all.len())),
        1 => Err(problems.remove(0)),
        more => Err(format!("{more} problems, see above")),
    }
}

/// The lists of `deny.toml`.
struct Accepted {
    licenses: Vec<String>,
    /// `name` or `name@version`, the version as far as it is said.
    twice: Vec<String>,
}

impl Accepted {
    fn read(text: &str) -> Self {
        let crates = list(text, "skip").iter().filter_map(|line| quoted(line.split_once("crate =")?.1)).collect();
        Self { licenses: list(text, "allow").iter().filter_map(|line| quoted(line)).collect(), twice: crates }
    }

    fn license(&self, expression: &str) -> bool {
        spdx::allows(expression, |name| self.licenses.iter().any(|accepted| accepted == name))
    }
}

/// The lines of the list `key`, one entry each, as `deny.toml` is written.
fn list<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let opening = format!("{key} = [");
    text.lines().skip_while(|line| *line != opening).skip(1).take_while(|line| *line != "]").collect()
}

fn quoted(text: &str) -> Option<String> {
    text.split('"').nth(1).map(str::to_owned)
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    license: String,
}

/// The packages of a tree that come from elsewhere, in order, each once.
fn packages(workspace: &Workspace, options: &[&str]) -> Result<BTreeSet<Package>, String> {
    let tree =
        workspace.cargo(&["tree", "--locked", "--prefix", "none", "--format", "{p}|{l}"]).args(options).output()?;
    let packages: BTreeSet<Package> = tree.lines().filter_map(package).collect();
    if packages.is_empty() { Err("Cargo lists no dependency at all".into()) } else { Ok(packages) }
}

/// A line such as `name v1.2.3 (proc-macro)|MIT OR Apache-2.0 (*)`; nothing for a package of this repository.
fn package(line: &str) -> Option<Package> {
    let (package, license) = line.trim_end_matches(" (*)").split_once('|')?;
    if package.contains(" (/") || package.contains(":\\") {
        return None;
    }
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.trim_start_matches('v'));
    Some(Package { name: name.into(), version: version.into(), license: license.into() })
}

fn unlicensed(packages: &BTreeSet<Package>, accepted: &Accepted) -> Vec<String> {
    let refused = packages.iter().filter(|package| !accepted.license(&package.license));
    refused
        .map(|package| format!("{} {}: license `{}` is not accepted", package.name, package.version, package.license))
        .collect()
}

fn twice(packages: &BTreeSet<Package>, accepted: &Accepted) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let skipped = accepted.twice.iter().any(|entry| match entry.split_once('@') {
            Some((name, version)) => {
                name == package.name
                    && (package.version == version || package.version.starts_with(&format!("{version}.")))
            }
            None => *entry == package.name,
        });
        if !skipped {
            versions.entry(&package.name).or_default().push(&package.version);
        }
    }
    let double = versions.into_iter().filter(|(_, versions)| versions.len() > 1);
    double.map(|(name, versions)| format!("{name} appears in several versions: {}", versions.join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: &str = r#"
allow = [
  "MIT",
  "Apache-2.0 WITH LLVM-exception",
]
skip = [
  { crate = "syn@2", reason = "it is old" },
]
"#;

    #[test]
    fn lines_of_the_tree_are_packages_from_elsewhere() {
        let syn = Package { name: "syn".into(), version: "2.0.1".into(), license: "MIT OR Apache-2.0".into() };
        assert_eq!(package("syn v2.0.1|MIT OR Apache-2.0 (*)"), Some(syn));
        assert_eq!(
            package("serde_derive v1.0.2 (proc-macro)|MIT").map(|package| package.version),
            Some("1.0.2".into())
        );
        assert_eq!(package("bandbook v0.1.0 (/home/someone/bandbook)|MIT"), None);
        assert_eq!(package("bandbook v0.1.0 (C:\\bandbook)|MIT"), None);
    }

    #[test]
    fn a_license_is_accepted_where_deny_toml_lists_it() {
        let accepted = Accepted::read(DENY);
        assert!(accepted.license("GPL-3.0 OR Apache-2.0 WITH LLVM-exception"));
        assert!(!accepted.license("Apache-2.0"));
    }

    #[test]
    fn a_second_version_needs_a_reason() {
        let tree = |lines: &[&str]| lines.iter().filter_map(|line| package(line)).collect::<BTreeSet<_>>();
        let accepted = Accepted::read(DENY);
        assert!(twice(&tree(&["syn v2.0.1|MIT", "syn v3.0.0|MIT", "toml v1.0.0|MIT"]), &accepted).is_empty());
        assert_eq!(twice(&tree(&["syn v20.0.1|MIT", "syn v3.0.0|MIT"]), &accepted).len(), 1);
        assert_eq!(twice(&tree(&["toml v1.0.0|MIT", "toml v2.0.0|MIT"]), &accepted).len(), 1);
    }
}
