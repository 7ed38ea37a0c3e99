//! The steps of `cargo xtask test`, in the order they run: the quick ones, and those that fail most, first.

mod browser;
mod content;
mod dependencies;
mod fire;
mod package;
mod same_bytes;

pub(crate) use fire::{is_long_test, run as fire};

use crate::tools::Tool;
use crate::workspace::Workspace;

/// One thing that is tested.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// What it needs beside Cargo.
    pub(crate) tools: &'static [Tool],
    /// Gives a note for the summary, which may be empty, or says what failed.
    pub(crate) run: fn(&Workspace) -> Result<String, String>,
}

pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "the code is formatted",
        tools: &[],
        run: |workspace| quiet(workspace.cargo(&["fmt", "--all", "--check"]).run()),
    },
    Step {
        name: "lint",
        about: "Clippy finds nothing in any target",
        tools: &[],
        run: |workspace| {
            // `fire` is no test that `cargo test` runs, so it is not among all targets.
            for targets in [&["--workspace", "--all-targets"][..], &["--test", "fire"]] {
                let clippy = workspace.cargo(&["clippy", "--locked"]).args(targets);
                clippy.args(["--", "-D", "warnings"]).run()?;
            }
            Ok(String::new())
        },
    },
    Step {
        name: "lint-library",
        about: "Clippy finds nothing in the library without its command line",
        tools: &[],
        run: |workspace| {
            let clippy = ["clippy", "--lib", "--no-default-features", "--locked", "--", "-D", "warnings"];
            quiet(workspace.cargo(&clippy).run())
        },
    },
    Step {
        name: "test",
        about: "the Rust tests pass",
        tools: &[],
        run: |workspace| quiet(workspace.cargo(&["test", "--workspace", "--locked"]).run()),
    },
    Step {
        name: "doc",
        about: "the documentation builds without a warning",
        tools: &[],
        run: |workspace| {
            let doc = workspace.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
            quiet(doc.env("RUSTDOCFLAGS", "-D warnings").run())
        },
    },
    Step {
        name: "dependencies",
        about: "licenses, duplicate versions, sources, advisories, and the number of crates",
        tools: dependencies::TOOLS,
        run: dependencies::run,
    },
    Step {
        name: "package",
        about: "the package holds what it must, and builds from that alone",
        tools: &[],
        run: package::run,
    },
    Step {
        name: "release",
        about: "the binary that is shipped builds",
        tools: &[],
        run: |workspace| quiet(workspace.release().map(drop)),
    },
    Step {
        name: "content",
        about: "the repository's own site has no error and no warning",
        tools: &[],
        run: content::run,
    },
    Step {
        name: "same-bytes",
        about: "the site is the same wherever and however it is built",
        tools: &[],
        run: same_bytes::run,
    },
    Step {
        name: "fire",
        about: "a sample of the long tests: killed builds, broken inputs, many pages, random edits",
        tools: &[],
        run: fire::sample,
    },
    Step {
        name: "browser",
        about: "the built site in Chromium, the Nu checker and Lighthouse",
        tools: browser::TOOLS,
        run: browser::run,
    },
];

/// A step with nothing to note.
fn quiet(outcome: Result<(), String>) -> Result<String, String> {
    outcome.map(|()| String::new())
}
