//! The programs that steps need beside Cargo: which are missing, how each is installed, and how long that takes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Task, find};
use crate::workspace::Workspace;

/// The version that is installed where there is no cargo-deny.
const CARGO_DENY: &str = "0.20.2";
/// The version that is installed where there is no cargo-mutants.
const CARGO_MUTANTS: &str = "27.1.0";

/// Something that a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `cargo deny`, which holds the dependencies against `deny.toml`.
    CargoDeny,
    /// `cargo mutants`, which changes the code and looks whether a test notices.
    CargoMutants,
    /// `node` and `npm`.
    Node,
    /// The browser that the tests drive.
    Chromium,
    /// What the Nu checker runs on.
    Java,
    /// The npm packages of `tests/browser/package-lock.json`.
    Modules,
}

impl Tool {
    /// Whether it is on this machine.
    pub(crate) fn is_here(self, workspace: &Workspace) -> bool {
        match self {
            Self::CargoDeny => workspace.cargo(&["deny", "--version"]).succeeds(),
            Self::CargoMutants => workspace.cargo(&["mutants", "--version"]).succeeds(),
            Self::Node => find("node").is_some() && find("npm").is_some(),
            Self::Chromium => find("chromium").is_some(),
            Self::Java => find("java").is_some(),
            Self::Modules => {
                let (lock, installed) = lock_and_stamp(workspace);
                fs::read(lock).is_ok_and(|lock| fs::read(installed).is_ok_and(|installed| installed == lock))
            }
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CargoDeny => "cargo-deny",
            Self::CargoMutants => "cargo-mutants",
            Self::Node => "Node.js",
            Self::Chromium => "Chromium",
            Self::Java => "Java",
            Self::Modules => "the npm packages of tests/browser",
        }
    }

    /// How it gets here and how long that takes, or what to do by hand where this program can't install it.
    pub(crate) fn plan(self) -> Result<String, String> {
        match self {
            Self::CargoDeny => Ok(format!("cargo install --locked cargo-deny --version {CARGO_DENY}; about 3 minutes")),
            Self::CargoMutants => {
                Ok(format!("cargo install --locked cargo-mutants --version {CARGO_MUTANTS}; about 3 minutes"))
            }
            Self::Node => Err("install Node.js 20 or later, with npm".to_owned()),
            Self::Chromium | Self::Java => {
                let package = self.package();
                if find("apt-get").is_none() {
                    return Err(format!("install it by hand ({package} on Debian): there is no apt-get here"));
                }
                if !is_root() {
                    return Err(format!("run `apt-get install {package}` as root"));
                }
                Ok(format!("apt-get install {package}; about 1 minute"))
            }
            Self::Modules => Ok("npm ci; about half a minute".to_owned()),
        }
    }

    /// Installs it, unless it is here. The problem says what to do by hand.
    pub(crate) fn install(self, workspace: &Workspace) -> Result<(), String> {
        if self.is_here(workspace) {
            return Ok(());
        }
        let plan = self.plan().map_err(|by_hand| format!("{} is missing: {by_hand}", self.name()))?;
        println!("Installing {}: {plan}", self.name());
        let outcome = match self {
            Self::CargoDeny => install_crate(workspace, "cargo-deny", CARGO_DENY),
            Self::CargoMutants => install_crate(workspace, "cargo-mutants", CARGO_MUTANTS),
            Self::Node => Ok(()),
            Self::Chromium | Self::Java => install_package(self.package()),
            Self::Modules => install_modules(workspace),
        };
        outcome.map_err(|problem| format!("{} could not be installed: {problem}", self.name()))?;
        if self.is_here(workspace) { Ok(()) } else { Err(format!("{} is still missing after: {plan}", self.name())) }
    }

    /// The package of Debian that holds it.
    fn package(self) -> &'static str {
        match self {
            Self::Java => "default-jre-headless",
            _ => "chromium",
        }
    }
}

/// One line for each missing tool: what will be installed, or what can't be.
pub(crate) fn announcement(tools: &[Tool], workspace: &Workspace) -> Vec<String> {
    let missing = tools.iter().filter(|tool| !tool.is_here(workspace));
    missing
        .map(|tool| match tool.plan() {
            Ok(plan) => format!("will install {}: {plan}", tool.name()),
            Err(by_hand) => format!("can't install {}, and a step will fail without it: {by_hand}", tool.name()),
        })
        .collect()
}

fn install_crate(workspace: &Workspace, name: &str, version: &str) -> Result<(), String> {
    // A folder of its own for the build, since the repository's profiles and settings are not meant for it.
    workspace.cargo(&["install", "--locked", name, "--version", version]).current_dir(&env::temp_dir()).run()
}

fn install_package(package: &str) -> Result<(), String> {
    let apt = || Task::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    apt().args(["update", "--quiet"]).run()?;
    apt().args(["install", "--quiet", "--yes", "--no-install-recommends", package]).run()
}

fn install_modules(workspace: &Workspace) -> Result<(), String> {
    let (lock, installed) = lock_and_stamp(workspace);
    let folder = lock.parent().expect("the lock file lies in a folder");
    Task::new("npm").arg("ci").current_dir(folder).run()?;
    fs::copy(&lock, &installed).map_err(|error| format!("{} could not be written: {error}", installed.display()))?;
    Ok(())
}

/// The lock file of the npm packages, and its copy that says that exactly these are installed.
fn lock_and_stamp(workspace: &Workspace) -> (PathBuf, PathBuf) {
    let folder: &Path = &workspace.root.join("tests/browser");
    (folder.join("package-lock.json"), folder.join("node_modules/.bandbook-installed"))
}

fn is_root() -> bool {
    Task::new("id").arg("-u").output().is_ok_and(|user| user.trim() == "0")
}
