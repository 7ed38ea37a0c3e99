//! `diff`: figures against a revision of the repository, and against another folder.

use serde_json::Value;

use crate::project::Project;

fn facts(uplift: &str, more: &str) -> String {
    format!(
        "kind = \"facts\"\nunit = \"USD/year\"\n[uplift]\ntitle = \"Uplift\"\nvalue = {uplift}\nunit = \"%\"\n{more}"
    )
}

const PAY: &str = "[pay]\ntitle = \"Pay\"\nvalue = 100_000\n";

fn site() -> Project {
    Project::new()
        .file("content/data/facts.toml", facts("[10, 20]", PAY))
        .file("content/pay.md", "# Pay\n\nUp by [10–20%](figure:facts.uplift), to [$100K](figure:facts.pay).\n")
}

/// The site, committed.
fn committed() -> Project {
    let project = site();
    for arguments in [&["init", "--initial-branch=main"][..], &["add", "."], &["commit", "--message=First"]] {
        project.git(arguments);
    }
    project
}

#[test]
fn nothing_differs_from_what_is_committed() {
    let run = committed().run("diff");
    run.succeeds().says("no figure changed since HEAD");
    assert_eq!(run.stdout, "");
}

#[test]
fn figures_are_shown_with_what_they_were_and_where_they_are_quoted() {
    let more = "[pay]\ntitle = \"Pay\"\nvalue = 110_000\n[new]\ntitle = \"New\"\nvalue = 3\nunit = \"\"\n";
    let project = committed().file("content/data/facts.toml", facts("[10, 22]", more));
    let run = project.run("diff HEAD");
    run.succeeds().says("2 figures changed, 1 added");
    run.prints("Changed\n  facts.pay  $100K → $110K, +$10K (+10.0%)\n      content/pay.md:3:")
        .prints("  facts.uplift  10–20% → 10–22%, high +2 points (+10.0%)\n")
        .prints("Added\n  facts.new  3\n");
    let project = project.file("content/data/facts.toml", facts("[10, 20]", ""));
    project.run("diff main").prints("Removed\n  facts.pay  $100K\n      content/pay.md:3:");
}

#[test]
fn another_folder_is_compared_as_a_revision_is() {
    let project = site()
        .file("old/content/data/facts.toml", facts("[10, 20]", PAY))
        .file("content/data/facts.toml", facts("[10, 20]", &PAY.replace("100_000", "110_000")));
    project.run("diff old").succeeds().prints("facts.pay  $100K → $110K");
}

#[test]
fn a_far_move_needs_a_reason_in_a_release() {
    let far = facts("[10, 20]", &PAY.replace("100_000", "130_000"));
    let project = committed().file("content/data/facts.toml", far);
    let run = project.run("diff");
    run.finds_errors().says("error[move-without-reason]").says("content/data/facts.toml:9:9").says("was = 100000");
    let release = "kind = \"releases\"\n[[release]]\nversion = \"2\"\n[[release.change]]\nfigure = \"facts.pay\"\n\
                   was = 100_000\nreason = \"A new survey.\"\n";
    let project = project.file("content/data/releases.toml", release);
    project.run("diff").succeeds();
    let project = project.file("content/data/releases.toml", release.replace("100_000", "90_000"));
    project.run("diff").finds_errors().says("a reason for another move");
    let lenient = "title = \"Pay\"\nbase_url = \"https://example.org/\"\n[limits]\nmax_move_percent = 30\n";
    project.file("content/site.toml", lenient).without("content/data/releases.toml").run("diff").succeeds();
}

#[test]
fn a_pull_request_gets_a_table_and_programs_get_json() {
    let project = committed().file("content/data/facts.toml", facts("[10, 20]", &PAY.replace("100_000", "110_000")));
    let run = project.run("diff --markdown");
    run.succeeds().prints("### 1 figure changed\n\n| Figure | Was | Is | Change | Quoted at |\n");
    run.prints("| Pay<br>`facts.pay` | \\$100K | \\$110K | \\+\\$10K (\\+10.0%) | content/pay.md\\:3\\:");
    let report: Value = serde_json::from_str(&project.run("diff --format json").stdout).unwrap();
    let figure = &report["figures"][0];
    assert_eq!((&figure["id"], &figure["change"]), (&"facts.pay".into(), &"changed".into()));
    assert_eq!((&figure["old_value"], &figure["new_value"]), (&"100000".into(), &"110000".into()));
    assert_eq!(figure["quoted"][0]["file"], "content/pay.md");
}

#[test]
fn on_github_the_table_goes_to_the_summary_and_a_far_move_is_annotated() {
    let far = facts("[10, 20]", &PAY.replace("100_000", "130_000"));
    let project = committed().file("content/data/facts.toml", far).file("summary.md", "Before.\n");
    let summary = project.path("summary.md");
    let project = project.variable("GITHUB_STEP_SUMMARY", summary);
    let run = project.run("diff --format github");
    run.finds_errors().prints("::error file=content/data/facts.toml,line=9,col=9,").prints("title=move-without-reason");
    let summary = project.read("summary.md");
    assert!(summary.starts_with("Before.\n### 1 figure changed\n\n| Figure | Was | Is | Change | Quoted at |\n"));
    assert!(summary.contains("| Pay<br>`facts.pay` | \\$100K | \\$130K | \\+\\$30K"), "{summary}");
    assert!(summary.contains("### bandbook: 1 error\n\n- **error** content/data/facts.toml\\:9\\:9"), "{summary}");
    project.run("diff").finds_errors();
    assert_eq!(project.read("summary.md"), summary, "only the format for GitHub writes it");
}

#[test]
fn what_is_no_revision_is_refused() {
    for (project, arguments, words) in [
        (committed(), "diff no-such-branch", "the repository has no revision `no-such-branch`"),
        (committed(), "diff -- --output=x", "the repository has no revision `--output=x`"),
        (committed(), "diff HEAD:content", "has no revision"),
        (site(), "diff", "it lies in no git repository"),
    ] {
        // The folder above may lie in a repository of its own.
        let ceiling = project.path("..");
        let project = project.variable("GIT_CEILING_DIRECTORIES", ceiling.canonicalize().unwrap());
        project.run(arguments).is_refused().says(words);
        assert!(!project.has("x"));
    }
}

#[cfg(unix)]
#[test]
fn names_of_an_old_revision_are_shown_as_harmless_as_new_ones() {
    let name = "content/data/a\n::error file=README.md::pwned\n\u{1b}[31m\u{202e}`<b>|.toml";
    let project =
        site().file(name, facts("[10, 20]", PAY)).file("content/data/::warning::b.toml", facts("[10, 20]", PAY));
    for arguments in [&["init", "--initial-branch=main"][..], &["add", "."], &["commit", "--message=First"]] {
        project.git(arguments);
    }
    let project = project.without(name).without("content/data/::warning::b.toml").file("summary.md", "");
    let summary = project.path("summary.md");
    let project = project.variable("GITHUB_STEP_SUMMARY", summary);
    let is_harmless = |c: char| (!c.is_control() || c == '\n') && c != '\u{202e}';
    for arguments in ["diff", "diff --markdown", "diff --format short", "diff --format json", "diff --format github"] {
        let run = project.run(arguments);
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(text.contains("pwned") && text.chars().all(is_harmless), "{arguments}: {text:?}");
        let is_command = |line: &&str| line.trim_start().starts_with("::");
        if arguments.ends_with("github") {
            assert_eq!(text.lines().find(is_command), None, "{text}");
        }
    }
    let summary = project.read("summary.md");
    assert!(summary.contains("pwned") && summary.chars().all(is_harmless), "{summary:?}");
    assert!(!summary.contains("<b>"), "{summary}");
}
