//! What a checkout may hold by mistake or by ill will: it is reported where it is, and nothing panics or waits.

#[cfg(unix)]
use std::process::Command;

use crate::project::Project;

fn page(front: &str, text: &str) -> String {
    format!("+++\ntitle = \"T\"\ndescription = \"D.\"\n{front}+++\n\n{text}\n")
}

#[test]
fn a_folder_in_the_place_of_a_file_is_an_error_with_a_place() {
    for file in ["content/site.toml", "content/addresses.lock"] {
        let project = Project::empty()
            .file("content/index.md", page("", "Text."))
            .file("content/site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n");
        let project = if project.has(file) { project.without(file) } else { project };
        let project = project.file(&format!("{file}/a.md"), page("", "Text."));
        for verb in ["check", "build"] {
            let run = project.run(&format!("{verb} --format short"));
            run.finds_errors().says(&format!("{file}:1:1: error[file-kind]: `{file}` is a folder"));
            assert_eq!(run.stderr.matches("error[").count(), 1, "{run:?}");
        }
        assert!(!project.has("public"));
    }
}

#[test]
fn of_a_data_file_in_whose_place_something_else_is_nothing_more_is_said() {
    let text = page("", "One [$5](figure:prices.a.hour) and [$6](figure:other.b).");
    for (file, inside) in [("content/data/prices.toml", "/x"), ("content/data", "")] {
        let project = Project::empty()
            .file("content/site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n")
            .file("content/index.md", text.replace("other.b", "prices.b"))
            .file(&format!("{file}{inside}"), "");
        let run = project.run("check --format short");
        run.finds_errors().says(&format!("{file}:1:1: error["));
        assert_eq!(run.stderr.matches("error[").count(), 1, "{run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_any_place_is_an_error_and_is_not_waited_for() {
    for file in [
        "content/site.toml",
        "content/addresses.lock",
        "content/page.md",
        "content/data/set.toml",
        "content/picture.svg",
        "templates/page.html",
        "static/site.css",
    ] {
        let project = Project::new().file("content/data/x.toml", "").file("templates/x", "").file("static/x", "");
        let project = if project.has(file) { project.without(file) } else { project };
        assert!(Command::new("mkfifo").arg(project.path(file)).status().unwrap().success());
        project.run("check --format short").finds_errors().says(&format!("{file}:1:1: error[file-kind]: "));
    }
}

#[test]
fn an_alias_that_cannot_be_published_is_an_error_of_check_and_build_alike() {
    let deep = "/a".repeat(5_000);
    let long = format!("/{}/", "a".repeat(1_001));
    for alias in
        [&*deep, &long, "/../x/", "/a/./b/", "/.bandbook-manifest", "/.git/config", "/.htaccess", "/CNAME", "/_headers"]
    {
        let project = Project::new().file("content/a.md", page(&format!("aliases = [\"{alias}\"]\n"), "Text."));
        for verb in ["check", "build"] {
            let run = project.run(&format!("{verb} --format short"));
            run.finds_errors().says("content/a.md:4:13: error[alias-address]: ");
            assert_eq!(run.stderr.matches("error[").count(), 1, "{run:?}");
        }
        assert!(!project.has("public"));
    }
}

#[test]
fn the_alias_that_a_help_says_to_write_is_accepted() {
    let project = Project::new().file("content/my 100% file.md", page("", "Text."));
    project.run("fix").succeeds();
    let project = project.without("content/my 100% file.md").file("content/new.md", page("", "Text."));
    let run = project.run("check --format short");
    run.finds_errors();
    let alias = "aliases = [\"/my 100%25 file/\"]";
    run.says(&format!("write {alias}"));
    let project = project.file("content/new.md", page(&format!("{alias}\n"), "Text."));
    project.run("check").succeeds();
    project.run("build").succeeds();
    assert!(project.has("public/my 100% file/index.html"));
}

#[test]
fn hidden_characters_are_errors_wherever_they_are() {
    let data =
        |title: &str| format!("kind = \"facts\"\nunit = \"\"\nscope = \"all\"\n[a]\ntitle = \"{title}\"\nvalue = 3\n");
    let quoted = page("", "It is [3](figure:set.a).");
    for (file, text, place) in [
        ("content/a.md", page("", "costs \u{202e}[3](figure:set.a)\u{202c} a month"), "6:7"),
        ("content/a.md", page("", "an \u{1b}[31m escape [3](figure:set.a)"), "6:4"),
        ("content/a.md", page("", "an &#x202E; entity [3](figure:set.a)"), "6:4"),
        ("content/a.md", page("", "a [link](a.md \"&#27;\") [3](figure:set.a)"), "6:3"),
        ("content/a.md", page("slug = \"b\" # \u{2066}\n", "[3](figure:set.a)"), "4:14"),
        ("content/data/set.toml", data("Sm\\u0000al\\u001bl"), "5:9"),
        ("content/data/set.toml", data("a\u{2067}b"), "5:11"),
        ("content/site.toml", "title = \"P\\u202Eay\"\nbase_url = \"https://example.org/\"\n".to_owned(), "1:9"),
    ] {
        let project =
            Project::new().file("content/data/set.toml", data("A")).file("content/a.md", &quoted).file(file, &text);
        let run = project.run("build --format short");
        run.finds_errors().says(&format!("{file}:{place}: error[hidden-character]: the text holds U+"));
        assert_eq!(run.stderr.matches("error[").count(), 1, "{text}\n{run:?}");
    }
    let marked = page("", "\u{200f}עברית\u{200e}\ttab, and `&#x202E;` in code.\r");
    Project::new().file("content/a.md", marked).run("build").succeeds();
}

#[test]
fn files_that_a_browser_would_run_are_reported() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>\n";
    for file in ["content/a.svg", "static/a.svg"] {
        let project = Project::new().file(file, svg);
        for verb in ["check", "build"] {
            let run = project.run(&format!("{verb} --format short"));
            run.finds_errors().says(&format!("{file}:1:41: error[svg-script]: the file holds an element `script`"));
        }
        let rules = "title = \"Pay\"\nbase_url = \"https://example.org/\"\n[rules]\nsvg-script = \"off\"\n";
        project.file("content/site.toml", rules).run("build").succeeds();
    }
    for file in ["content/a.html", "static/a.html"] {
        let project = Project::new().file(file, "<script>alert(1)</script>");
        let run = project.run("build --format short");
        run.succeeds().says(&format!("{file}:1:1: warning[html-file]: "));
        assert!(project.has("public/a.html"));
    }
}

#[cfg(unix)]
#[test]
fn closed_streams_are_no_reason_to_panic() {
    let project = Project::new();
    for (redirection, verb, code) in
        [(">&-", "check", 0), ("2>&-", "check", 0), (">&- 2>&-", "build", 0), ("<&- >&- 2>&-", "explain", 0)]
    {
        let script = format!("exec \"$0\" {verb} {redirection}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_bandbook")]).current_dir(project.path("."));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{script}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{script}");
    }
}
