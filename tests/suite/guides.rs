//! The examples of the documents, tried: what a reader types does what the document says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The first block of a language behind a sentence of a document.
fn block<'a>(text: &'a str, sentence: &str, language: &str) -> &'a str {
    let (_, after) = text.split_once(sentence).unwrap_or_else(|| panic!("no sentence `{sentence}`"));
    let (_, block) = after.split_once(&format!("```{language}\n")).unwrap();
    block.split_once("```").unwrap().0
}

#[test]
fn the_readme_shows_the_error_as_it_is() {
    let path = document("README.md");
    let readme = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let sentence = block(&readme, "A figure in a sentence is a link.", "markdown");
    let shown = block(&readme, "the build fails at this sentence:", "text");
    let project = Project::empty();
    project.run("init").succeeds();
    let front = "+++\ntitle = \"Plans\"\ndescription = \"D\"\n+++\n\n";
    let plans = project.read("content/data/plans.toml").replacen("server = [4, 6]", "server = [4, 7]", 1);
    let project = project.file("content/index.md", format!("{front}{sentence}")).file("content/data/plans.toml", plans);
    let run = project.run("check");
    let drawn = run.finds_errors().stderr.split_inclusive("\n\n").find(|problem| problem.contains("content/index.md"));
    let drawn = format!("{}\n", drawn.unwrap().trim_end());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, readme.replacen(shown, &drawn, 1)).unwrap();
    } else {
        assert_eq!(shown, drawn, "run `UPDATE_DOCS=1 cargo test --test suite guides`");
    }
    project.run("fix").succeeds();
    assert!(project.read("content/index.md").contains("[$5–$9](figure:plans.small.total)"));
}

#[test]
fn the_five_minutes_of_the_readme_go_as_it_says() {
    let readme = fs::read_to_string(document("README.md")).unwrap();
    for command in ["bandbook init prices && cd prices", "bandbook serve --open"] {
        assert!(readme.contains(command), "{command}");
    }
    let project = Project::empty();
    project.run("init prices").succeeds();
    project.run_in("prices", "build").succeeds().says("built 3 pages");
    let page = project.read("prices/content/index.md").replace("A small server", "The small server");
    let project = project.file("prices/content/index.md", page);
    project.run_in("prices", "build").succeeds().says("(1 changed)");
    let plans = project.read("prices/content/data/plans.toml").replacen("server = [4, 6]", "server = [4, 7]", 1);
    let project = project.file("prices/content/data/plans.toml", plans);
    let run = project.run_in("prices", "check");
    run.finds_errors().says("content/index.md:6:").says("content/plans.md:24:").says("2 errors");
    project.run_in("prices", "fix --dry-run").succeeds().prints("+The small server with its storage costs [$5–$9]");
    project.run_in("prices", "fix").succeeds().says("changed 2 places");
    project.run_in("prices", "check --deny-warnings").succeeds().says("no problems");
    project.run_in("prices", "explain figure-value").succeeds().prints("A figure in prose disagrees with its datum");
}

/// A site made of the files that the guide for site makers shows: each begins with its own path, and the page is `index.md`.
fn site_of_the_guide() -> Project {
    let guide = fs::read_to_string(document("docs/site-makers.md")).unwrap().replace("\r\n", "\n");
    let page = guide.split_once("````markdown\n+++\n").unwrap().1.split_once("````\n").unwrap().0;
    let mut project = Project::empty().file("content/index.md", format!("+++\n{page}"));
    for example in guide.split("```toml\n# content/").skip(1) {
        let (path, text) = example.split_once("```\n").unwrap().0.split_once('\n').unwrap();
        project = project.file(&format!("content/{path}"), text);
    }
    project.file("content/data/prices.csv", block(&guide, "### A spreadsheet", "csv"))
}

#[test]
fn the_site_of_the_guide_has_every_kind_of_data_and_builds() {
    let project = site_of_the_guide();
    project.run("check --deny-warnings --today 2026-11-24").succeeds();
    project.run("build").succeeds();
    let sets = fs::read_dir(project.path("content/data")).unwrap();
    let mut kinds: Vec<String> = sets
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .filter_map(|text| text.lines().next().filter(|line| line.starts_with("kind = ")).map(str::to_owned))
        .collect();
    kinds.sort();
    let all = ["conflicts", "facts", "releases", "sources", "terms"];
    assert_eq!(kinds, all.map(|kind| format!("kind = \"{kind}\"")), "all others are tables");
    let page = project.read("public/index.html");
    let all = [
        "Small",
        "Chat, on working days",
        "US East",
        "Virtual private server",
        "Two prices",
        "Prices of November",
        "<svg",
    ];
    for shown in all {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn editors_are_led_to_the_file_of_a_page_and_of_a_number() {
    let project = site_of_the_guide();
    let edit = "https://github.com/NAME/REPOSITORY/edit/main/content/";
    let config = format!("edit_base = \"{edit}\"\n{}", project.read("content/site.toml"));
    let project = project.file("content/site.toml", config);
    project.run("build").succeeds();
    for (page, file) in [("index.html", "index.md"), ("figures/plans/index.html", "data/plans.toml")] {
        let text = project.read(&format!("public/{page}"));
        assert!(text.contains(&format!("<a href=\"{edit}{file}\">Edit this page</a>")), "{page}");
    }
}

#[test]
fn a_literal_is_written_as_the_guide_for_editors_says() {
    let guide = fs::read_to_string(document("docs/editing.md")).unwrap();
    let sentence = block(&guide, "say why it needs no source.", "markdown");
    let front = "+++\ndescription = \"D.\"\n+++\n\n# Welcome\n\n";
    let project = Project::new().file("content/index.md", format!("{front}{sentence}"));
    project.run("check --deny-warnings").succeeds();
    let bare = sentence.replace("(<", "(").replace(">)", ")");
    let project = project.file("content/index.md", format!("{front}{bare}"));
    project.run("check").finds_errors().says("between angle brackets");
    assert!(fs::read_to_string(document("init/README.md")).unwrap().contains("(<literal:an example>)"));
}

#[test]
fn a_page_of_the_guide_takes_another_template_and_hands_it_values() {
    let guide = fs::read_to_string(document("docs/site-makers.md")).unwrap();
    let template = block(&guide, "A page chooses another template with", "html");
    let front = "title = \"Offer\"\ndescription = \"D.\"\ntemplate = \"offer.html\"\n\n[extra]\nuntil = \"May\"";
    let project = site_of_the_guide()
        .file("templates/offer.html", template)
        .file("content/offer.md", format!("+++\n{front}\n+++\n\nText.\n"));
    project.run("build").succeeds();
    let page = project.read("public/offer/index.html");
    assert!(page.contains("<p>Until May</p>\n<p>Text.</p>") && page.contains("<p>Made by nobody.</p>"), "{page}");
}

#[test]
fn one_component_is_replaced_as_the_guide_for_site_makers_says() {
    let guide = fs::read_to_string(document("docs/site-makers.md")).unwrap();
    let foot = block(&guide, "its whole text is then, say,", "html");
    let project = Project::new()
        .file("content/imprint.md", "+++\ntitle = \"Imprint\"\ndescription = \"Who made this.\"\n+++\n\nText.\n")
        .file("templates/components/foot.html", foot);
    project.run("check --deny-warnings --base-url https://example.org/repo/").succeeds();
    project.run("build --base-url https://example.org/repo/").succeeds();
    let page = project.read("public/index.html");
    assert_eq!(page.matches("<footer").count(), 1);
    assert!(page.contains("<p>Pay · <a href=\"/repo/imprint/\">Imprint</a></p>"), "{page}");
    // All else is the generator's own.
    assert!(page.contains("class=\"bar\"") && page.contains("id=\"nav\""), "{page}");
}

#[test]
fn this_repository_has_one_address() {
    let manifest = fs::read_to_string(document("Cargo.toml")).unwrap();
    let site = fs::read_to_string(document("content/site.toml")).unwrap();
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))).unwrap_or_default();
        line.trim_end_matches('"').to_owned()
    };
    let repository = value(&manifest, "repository");
    assert_eq!(value(&site, "repository"), repository, "content/site.toml and Cargo.toml name different repositories");
    let security = fs::read_to_string(document("SECURITY.md")).unwrap();
    assert!(
        security.contains(&format!("({repository}/security/advisories/new)")),
        "SECURITY.md names another repository"
    );
    let edit_base = value(&site, "edit_base");
    assert!(edit_base.starts_with(&format!("{repository}/edit/")), "`edit_base` is {edit_base}");
}
