//! The steps of `cargo xtask test`, in the order they run: cheap and telling ones first.

mod browser;
mod content;
mod dependencies;
mod package;
mod same_bytes;

use crate::workspace::Workspace;

/// One thing that is tested.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Gives a note for the summary, which may be empty, or says what failed.
    pub(crate) run: fn(&Workspace) -> Result<String, String>,
}

pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "the code is formatted",
        run: |workspace| quiet(workspace.cargo(&["fmt", "--all", "--check"]).run()),
    },
    Step {
        name: "lint",
        about: "Clippy finds nothing in any target",
        run: |workspace| {
            let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
            quiet(workspace.cargo(&clippy).run())
        },
    },
    Step {
        name: "lint-library",
        about: "Clippy finds nothing in the library without its command line",
        run: |workspace| {
            let clippy = ["clippy", "--lib", "--no-default-features", "--locked", "--", "-D", "warnings"];
            quiet(workspace.cargo(&clippy).run())
        },
    },
    Step {
        name: "test",
        about: "the Rust tests pass",
        run: |workspace| quiet(workspace.cargo(&["test", "--workspace", "--locked"]).run()),
    },
    Step {
        name: "doc",
        about: "the documentation builds without a warning",
        run: |workspace| {
            let doc = workspace.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
            quiet(doc.env("RUSTDOCFLAGS", "-D warnings").run())
        },
    },
    Step {
        name: "dependencies",
        about: "licenses, versions that appear twice, and the number of crates",
        run: dependencies::run,
    },
    Step { name: "package", about: "the package holds what it must, and builds from that alone", run: package::run },
    Step {
        name: "release",
        about: "the binary that is shipped builds",
        run: |workspace| quiet(workspace.release().map(drop)),
    },
    Step { name: "content", about: "the repository's own site has no error and no warning", run: content::run },
    Step { name: "same-bytes", about: "the site is the same wherever and however it is built", run: same_bytes::run },
    Step { name: "browser", about: "the built site in Chromium, the Nu checker and Lighthouse", run: browser::run },
];

/// A step with nothing to note.
fn quiet(outcome: Result<(), String>) -> Result<String, String> {
    outcome.map(|()| String::new())
}
