//! `bandbook init`: what it makes is whole, and nothing of anybody's is lost.

use crate::project::Project;

#[test]
fn what_init_makes_builds_and_checks_clean_as_it_is() {
    let project = Project::empty();
    project.run("init").succeeds().says("type `bandbook serve --open`").says("README.md");
    let run = project.run("check --deny-warnings");
    run.succeeds().says("no problems");
    project.run("build --base-url https://example.org/prices/").succeeds();
    assert!(project.read("public/index.html").contains("/prices/"), "the address from the command line");
    for path in [".github/workflows/pages.yml", ".gitignore", ".taplo.toml", ".vscode/settings.json", "README.md"] {
        assert!(project.has(path), "{path}");
    }
}

#[test]
fn the_files_are_filled_in() {
    let project = Project::empty();
    project.run("init").succeeds();
    let workflow = project.read(".github/workflows/pages.yml");
    assert!(workflow.contains(&format!("VERSION: \"{}\"\n", env!("CARGO_PKG_VERSION"))), "{workflow}");
    for path in [".github/workflows/pages.yml", "README.md", "content/data/plans.toml"] {
        // GitHub's own expressions, which have a space or a `$`, stay.
        let text = project.read(path).replace("${{ ", "");
        assert!(!text.contains("{{"), "{path}:\n{text}");
    }
}

#[test]
fn a_site_is_made_in_a_folder_by_name() {
    let project = Project::empty().file("elsewhere/x", "");
    project.run("init sites/prices").succeeds().says("in sites/prices; go there, type");
    project.run("check --deny-warnings --root sites/prices").succeeds();
    project.run_in("elsewhere", "init --root .. --quiet").succeeds();
    assert!(project.has("content/site.toml") && !project.has("elsewhere/content"));
}

#[test]
fn a_file_that_is_there_stops_it_before_anything_is_written() {
    let project = Project::empty().file("README.md", "mine").file("notes.txt", "mine too");
    project.run("init").is_refused().says("cannot write README.md").says("nothing is overwritten");
    assert!(!project.has("content") && !project.has(".github"));
    assert_eq!(project.read("README.md"), "mine");

    let project = project.file(".gitignore", "mine");
    project.run("init").is_refused().says(".gitignore, README.md");
    let project = project.without("README.md").without(".gitignore");
    project.run("init").succeeds();
    assert_eq!(project.read("notes.txt"), "mine too");
    project.run("init").is_refused();
}

#[test]
fn a_file_in_place_of_a_folder_is_a_failure_that_names_it() {
    let project = Project::empty().file("here", "a file");
    project.run("init here").is_refused().says("cannot write here");
    assert_eq!(project.read("here"), "a file");
}

#[test]
fn a_changed_number_is_reported_in_what_init_makes() {
    let project = Project::empty();
    project.run("init").succeeds();
    let data = project.read("content/data/plans.toml").replace("server = [4, 6]", "server = [4, 7]");
    let project = project.file("content/data/plans.toml", data);
    project.run("check").finds_errors().says("error[figure-value]").says("content/index.md:6:").says("Write `$5–$9`");
}
