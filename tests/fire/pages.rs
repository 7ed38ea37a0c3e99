//! A site of very many pages is checked and built, and built again without a change.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::desk::put;

const PAGES_OF_A_FOLDER: usize = 500;

/// Checks and builds a site of `count` pages.
pub fn run(count: usize, bandbook: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(
        &root.join("content/site.toml"),
        "title = \"Site\"\nbase_url = \"https://example.org/\"\ndescription = \"D.\"\n",
    );
    put(&root.join("content/index.md"), "+++\ntitle = \"Front\"\ndescription = \"D.\"\n+++\n\nText.\n");
    for page in 1..count {
        put(&root.join("content").join(path(page)), &text(page));
    }
    let check = run_one(bandbook, root, "check");
    let build = run_one(bandbook, root, "build");
    let last = root.join("public").join(path(count - 1).replace(".md", "/index.html"));
    assert!(last.is_file(), "{} was not built", last.display());
    let again = run_one(bandbook, root, "build");
    format!("pages: {count} (checked in {check:.1} s, built in {build:.1} s, built again in {again:.1} s)")
}

fn path(page: usize) -> String {
    format!("part-{}/page-{page}.md", page / PAGES_OF_A_FOLDER)
}

/// A page with some words, and links to its neighbors.
fn text(page: usize) -> String {
    let mut text =
        format!("+++\ntitle = \"Page {page}\"\ndescription = \"D.\"\n+++\n\n## Part\n\nWords of page {page}.\n");
    if page > 1 {
        let _ = write!(text, "\nSee [the page before](../{}#part).\n", path(page - 1));
    }
    text
}

/// How many seconds a run takes that must succeed.
fn run_one(bandbook: &Path, root: &Path, verb: &str) -> f64 {
    let began = Instant::now();
    let output = Command::new(bandbook).args([verb, "--root"]).arg(root).output().unwrap();
    assert!(output.status.success(), "{verb}: {}", String::from_utf8_lossy(&output.stderr));
    began.elapsed().as_secs_f64()
}
