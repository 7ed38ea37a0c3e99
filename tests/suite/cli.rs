//! The command line as people and programs meet it.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::project::Project;

/// A site whose configuration can't be read.
fn broken() -> Project {
    Project::new().file("content/site.toml", "title = Pay\nbase_url = \"https://example.org/\"\n")
}

#[test]
fn a_build_says_what_it_did_in_one_line_on_standard_error() {
    let project = Project::new();
    let run = project.run("build");
    run.succeeds().says("built 1 page, ");
    assert!(run.stderr.ends_with(" s\n") && run.stderr.lines().count() == 1, "{run:?}");
    assert_eq!(run.stdout, "");
    assert!(project.has("public"));
}

#[test]
fn quiet_leaves_the_closing_line_out() {
    let run = Project::new().run("build --quiet");
    assert_eq!((&*run.stdout, &*run.stderr, run.code), ("", "", Some(0)));
    let run = broken().run("--quiet build");
    run.finds_errors().says("error[toml-syntax]");
    assert!(!run.stderr.contains("nothing was written"), "{run:?}");
}

#[test]
fn the_output_folder_is_taken_from_where_one_stands() {
    let project = Project::new().file("elsewhere/x", "");
    project.run_in("elsewhere", "build --root .. --out here").succeeds();
    assert!(project.has("elsewhere/here") && !project.has("here") && !project.has("public"));
    project.run_in("elsewhere", "build --root ..").succeeds();
    assert!(project.has("public") && !project.has("elsewhere/public"));
}

#[test]
fn an_error_is_drawn_for_people_and_nothing_is_written() {
    let project = broken();
    let run = project.run("build");
    run.finds_errors();
    assert_eq!(run.stdout, "");
    assert!(run.stderr.starts_with("error[toml-syntax]: "), "{}", run.stderr);
    run.says("\n --> content/site.toml:1:9\n  |\n1 | title = Pay\n  |         ^^^")
        .says("1 error: nothing was written\n");
    assert!(!project.has("public"));
}

#[test]
fn a_check_writes_nothing() {
    let project = Project::new();
    project.run("check --today 2026-01-31").succeeds().says("checked 1 page, ").says(": no problems\n");
    assert!(!project.has("public"));
    project.run("build").succeeds();
    let project = project.without("public");
    project.run("check").succeeds();
    assert!(!project.has("public"), "not even where a build has been");
    broken().run("check").finds_errors().says(": 1 error; the finished pages were not looked at\n");
}

#[test]
fn general_flags_stand_on_either_side_of_the_verb() {
    let project = broken();
    let short = project.run("build --format short --quiet").stderr;
    assert!(short.starts_with("content/site.toml:1:9: error[toml-syntax]: ") && short.lines().count() == 1, "{short}");
    for arguments in
        ["--format short --quiet build", "--quiet build --format=short", "build -q --format short --threads 1"]
    {
        assert_eq!(project.run(arguments).stderr, short, "{arguments}");
    }
}

#[test]
fn paths_are_shown_from_where_one_stands() {
    let project = broken().file("elsewhere/x", "");
    project.run_in("elsewhere", "--root .. build --format short").says("../content/site.toml:1:9: ");
    project.run_in("content", "--root ./../ build").says(" --> ../content/site.toml:1:9\n");
}

#[test]
fn json_goes_to_standard_output_whatever_happens() {
    let run = broken().run("build --format json");
    run.finds_errors().says("nothing was written");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let [problem] = report["diagnostics"].as_array().unwrap().as_slice() else { panic!("{report}") };
    let at = ["code", "severity", "file", "line", "column"].map(|key| problem[key].to_string());
    assert_eq!(at, ["\"toml-syntax\"", "\"error\"", "\"content/site.toml\"", "1", "9"]);

    let run = Project::new().run("check --format json --quiet");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&report["errors"], &*run.stderr), (&Value::from(0), ""));

    let run = Project::new().run("--root nowhere build --format json");
    run.is_refused();
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(report["failure"]["path"].as_str().unwrap().starts_with("nowhere"), "{report}");
}

#[test]
fn github_gets_annotations_and_the_summary_of_the_step() {
    let project = broken();
    let summary = project.path("summary.md");
    let project = project.variable("GITHUB_STEP_SUMMARY", summary).file("summary.md", "before\n");
    let run = project.run("check --format github");
    run.finds_errors().prints("::error file=content/site.toml,line=1,col=9,endLine=1,").prints(",title=toml-syntax::");
    let summary = project.read("summary.md");
    assert!(summary.starts_with("before\n### bandbook: 1 error\n\n- **error** content/site.toml"), "{summary}");

    project.run("check").finds_errors();
    assert_eq!(project.read("summary.md"), summary, "only this format writes there");
}

#[test]
fn github_counts_paths_from_its_workspace() {
    let project = Project::empty().file("sites/pay/content/site.toml", "title = Pay\nbase_url = \"https://a.org/\"\n");
    let workspace = project.path(".");
    let project = project.file("sites/pay/content/index.md", "# Pay\n").variable("GITHUB_WORKSPACE", workspace);
    let run = project.run_in("sites", "check --root pay --format github");
    run.prints("::error file=sites/pay/content/site.toml,line=1,");
    project.run_in("sites", "check --root pay").says(" --> pay/content/site.toml:1:9\n");
}

#[test]
fn color_is_for_terminals_and_for_those_who_ask() {
    let colored = |project: Project, arguments: &str| project.run(arguments).stderr.contains('\x1b');
    assert!(!colored(broken(), "build"), "a pipe is no terminal");
    assert!(colored(broken(), "build --color always"));
    assert!(colored(broken().variable("CLICOLOR_FORCE", "1"), "build"));
    assert!(!colored(broken().variable("CLICOLOR_FORCE", "1"), "build --color never"));
    assert!(!colored(broken().variable("CLICOLOR_FORCE", "1").variable("NO_COLOR", "1"), "build"));
    assert!(colored(broken().variable("NO_COLOR", "1"), "--color=always build --format short"));
}

#[test]
fn wrong_usage_is_refused_with_words_on_what_is_right() {
    let project = Project::new();
    for (arguments, words) in [
        ("", "Usage: bandbook"),
        ("--quiet", "Usage: bandbook"),
        ("biuld", "a similar subcommand exists: 'build'"),
        ("build --drafst", "a similar argument exists: '--drafts'"),
        ("build --format xml", "[possible values: human, short, json, github]"),
        ("build --threads 0", "a whole number from 1 to 512"),
        ("build --threads 65535", "a whole number from 1 to 512"),
        ("check --threads=-1", "a whole number from 1 to 512"),
        ("build --base-url example.org", "write the whole address: \"https://example.org\""),
        ("check --base-url ftp://example.org/", "begin it with https://"),
        ("check --today yesterday", "such as 2026-01-31"),
        ("check --today 2026-02-30", "such as 2026-01-31"),
        ("build --deny-warnings", "unexpected argument"),
        ("explain no-such-thing-at-all", "bandbook explain"),
    ] {
        let run = project.run(arguments);
        run.is_refused().says(words);
        assert_eq!(run.stdout, "", "{arguments}");
    }
    assert!(!project.has("public"));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let project = Project::empty();
    for verb in ["build", "check", "completions", "diff", "explain", "figures", "fix", "man", "schema"] {
        project.run("--help").succeeds().prints(&format!("  {verb} "));
        project.run(&format!("{verb} --help")).succeeds().prints("--root <DIR>");
    }
    project.run("--version").succeeds().prints("bandbook ");
}

#[test]
fn a_failure_says_what_could_not_be_done() {
    let run = Project::empty().run("build --root nowhere");
    run.is_refused();
    assert!(run.stderr.starts_with("error: cannot open nowhere: ") && run.stderr.contains("\nhelp: "), "{run:?}");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_code_is_explained_by_its_name_as_a_message_has_it() {
    let project = Project::empty();
    let text = project.run("explain toml-syntax").stdout;
    assert!(text.starts_with("toml-syntax (error)\n\n") && text.contains("\nWhat to do\n"), "{text}");
    for spelled in ["[toml-syntax]", "error[toml-syntax]:", "TOML-Syntax"] {
        assert_eq!(project.run(&format!("explain {spelled}")).stdout, text);
    }
    project.run("explain toml-sintax").is_refused().says("The nearest is `toml-syntax`");

    let list = project.run("explain");
    list.succeeds().prints("toml-syntax");
    assert!(list.stdout.lines().is_sorted(), "{}", list.stdout);
    let codes: Value = serde_json::from_str(&project.run("explain --format json").stdout).unwrap();
    assert_eq!(codes.as_array().unwrap().len(), list.stdout.lines().count());
}

#[test]
fn every_code_explains_itself_in_full_and_under_a_name_of_its_own() {
    let codes: Value = serde_json::from_str(&Project::empty().run("explain --format json").stdout).unwrap();
    let codes = codes.as_array().unwrap();
    let names: std::collections::BTreeSet<&str> = codes.iter().map(|code| code["code"].as_str().unwrap()).collect();
    assert_eq!(names.len(), codes.len());
    for code in codes {
        for key in ["what", "why", "example", "mend"] {
            assert!(!code[key].as_str().unwrap().trim().is_empty(), "{} has no {key}", code["code"]);
        }
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let project = broken();
    for arguments in ["explain", "build --format json", "build"] {
        let mut child = project.command(".", arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        if arguments == "build" {
            drop(child.stderr.take());
        } else {
            child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        }
        let code = child.wait().unwrap().code();
        assert_eq!(code, Some(i32::from(arguments != "explain")), "{arguments}: {stderr}");
        assert!(!stderr.contains("panicked") && !stderr.contains("cannot"), "{stderr}");
    }
}
