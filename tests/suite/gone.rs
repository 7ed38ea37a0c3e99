//! A figure that is gone says why, wherever it is named: from the data where they tell it, from the last commit where they don't.

use std::fs;

use bandbook::diagnostic::Severity;
use bandbook::session::{Changes, Live, LiveOptions};

use crate::project::Project;

const PLANS: &str = r#"unit = "USD/month"
ordered = true
[columns]
title = { title = "Plan", type = "text" }
server = { title = "Server" }
storage = { title = "Storage" }
total = { title = "Total", formula = "server + storage", derive = ["step"] }
share = { title = "Storage of the server", unit = "%", formula = "storage.low / server.low" }
[[row]]
id = "small"
title = "Small"
server = [4, 6]
storage = [1, 2]
[[row]]
id = "medium"
title = "Medium"
server = [10, 15]
storage = [4, 6]
"#;

const FACTS: &str = r#"kind = "facts"
unit = "USD"
[fee]
title = "Fee"
value = 5
[cost]
title = "Cost"
value = 7
[rise]
title = "Rise"
formula = "difference(fee, cost)"
"#;

const PAGE: &str = "# Plans\n\n\
    A step of [+169.2%](figure:plans.small-to-medium.total.step), up to [$15](figure:plans.medium.server.high).\n\
    Storage is [40.0%](figure:plans.medium.share), and all is [$14–$21](figure:plans.medium.total).\n";

fn site() -> Project {
    Project::new()
        .file("content/data/plans.toml", PLANS)
        .file("content/data/facts.toml", FACTS)
        .file("content/plans.md", PAGE)
        .file("content/fees.md", "# Fees\n\nThe fee is [$5](figure:facts.fee).\n")
}

fn committed(project: Project) -> Project {
    project.git(&["init", "--initial-branch=main"]);
    project.commit("2026-01-01T00:00:00Z");
    project
}

/// Without what a folder above may hold.
fn alone(project: Project) -> Project {
    let ceiling = project.path("..").canonicalize().unwrap();
    project.variable("GIT_CEILING_DIRECTORIES", ceiling)
}

fn unstated() -> String {
    PLANS.replace("server = [10, 15]", "server = \"unstated\"")
}

#[test]
fn each_sentence_names_the_input_that_is_not_stated_any_more() {
    site().run("check").succeeds();
    for project in [alone(site()), committed(site())] {
        let project = project.file("content/data/plans.toml", unstated());
        for verb in ["check", "build", "fix --dry-run"] {
            let run = project.run(verb);
            run.finds_errors()
                .says("not calculated: `plans.medium.total` needs `plans.medium.server`, which is not stated\n")
                .says("error[figure-unknown]: `plans.medium.server` is not stated\n")
                .says("not calculated: `plans.medium.server` is not stated\n")
                .says("content/plans.md:3:12")
                .says("content/data/plans.toml:17:10")
                .says("error[figure-unstated]")
                .says("4 errors");
            assert!(!run.stderr.contains("there is no figure") && !run.stderr.contains("did you mean"), "{run:?}");
            assert_eq!(run.stderr.contains("it was $15 in HEAD"), project.has(".git"), "{run:?}");
        }
        project.run("fix").finds_errors();
        assert_eq!(project.read("content/plans.md"), PAGE);
    }
}

#[test]
fn a_row_in_between_is_named_where_two_rows_are_no_longer_neighbors() {
    let row = "[[row]]\nid = \"plus\"\ntitle = \"Plus\"\nserver = [6, 9]\nstorage = [2, 4]\n";
    let at = PLANS.rfind("[[row]]").unwrap();
    let project = site().file("content/data/plans.toml", format!("{}{row}{}", &PLANS[..at], &PLANS[at..]));
    let run = project.run("check");
    run.finds_errors().says("the row `plus` is between `small` and `medium`").says("1 error").says("the row `plus`\n");
}

/// A fact, and every place that may name it.
fn named_everywhere() -> Project {
    site()
        .file(
            "content/index.md",
            "+++\ndescription = \"Words.\"\n+++\n\n# Welcome\n\n```facts\nfigures = [\"facts.fee\", \"facts.cost\"]\n```\n\n\
             ```table facts\nrows = [\"fee\", \"cost\"]\n```\n\n```list known\n```\n\n```list ladder\n```\n\n```list log\n```\n",
        )
        .file(
            "content/data/known.toml",
            "kind = \"conflicts\"\n[odd]\ntitle = \"Odd\"\nkind = \"gap\"\nfigures = [\"facts.fee\"]\n\
             explanation = \"It is [$5](figure:facts.fee).\"\nstatus = \"open\"\n",
        )
        .file(
            "content/data/ladder.toml",
            "[columns]\ntitle = { title = \"Rung\", type = \"text\" }\npay = { title = \"Pay\", type = \"figure\" }\n\
             [[row]]\nid = \"one\"\ntitle = \"One\"\npay = \"facts.fee\"\n",
        )
        .file(
            "content/data/log.toml",
            "kind = \"releases\"\n[[release]]\nversion = \"1\"\ndate = \"2026-01-01\"\n[[release.change]]\n\
             figure = \"facts.fee\"\nwas = 4\nreason = \"New.\"\n",
        )
}

#[test]
fn a_figure_of_the_last_commit_is_gone_with_its_value_and_its_place() {
    named_everywhere().run("build").succeeds();
    let gone = FACTS.replace("[fee]", "[fees]");
    let project = committed(named_everywhere()).file("content/data/facts.toml", &gone);
    let run = project.run("check --format short");
    run.finds_errors();
    let drawn = format!("{}{}", run.stdout, run.stderr);
    for (place, code) in [
        ("content/fees.md:3:", "figure-unknown"),
        ("content/data/known.toml:6:", "figure-unknown"),
        ("content/index.md:8:", "block-figure"),
        ("content/index.md:12:", "block-row"),
        ("content/data/facts.toml:11:", "formula-name"),
        ("content/data/known.toml:5:", "conflict-figure"),
        ("content/data/ladder.toml:7:", "cell-figure"),
        ("content/data/log.toml:6:", "release-figure"),
    ] {
        let line = drawn.lines().find(|line| line.starts_with(place) && line.contains(code));
        let line = line.unwrap_or_else(|| panic!("{code} at {place}\n{drawn}"));
        assert!(line.contains("`facts.fee` is gone: it was $5 in HEAD (content/data/facts.toml:5)"), "{line}");
    }
    assert!(!drawn.contains("did you mean") && !drawn.contains("there is no figure"), "{drawn}");
    project.run("fix").finds_errors();
    assert_eq!(project.read("content/data/facts.toml"), gone);
    assert!(project.read("content/fees.md").contains("[$5](figure:facts.fee)"));
    project.commit("2026-01-02T00:00:00Z");
    let run = project.run("check");
    run.finds_errors().says("`facts.fee` is gone: it was $5 in ");
    assert!(!run.stderr.contains("HEAD") && !run.stderr.contains("did you mean"), "{run:?}");
}

#[test]
fn what_a_withdrawn_row_held_is_gone_too() {
    let project = site()
        .file("content/index.md", "+++\ndescription = \"W.\"\n+++\n\n# W\n\n```table plans\nrows = [\"medium\"]\n```\n")
        .file(
            "content/data/ladder.toml",
            "[columns]\ntitle = { title = \"Rung\", type = \"text\" }\npay = { title = \"Pay\", type = \"figure\" }\n\
             [[row]]\nid = \"one\"\ntitle = \"One\"\npay = \"plans.medium.server\"\n",
        )
        .file(
            "content/data/known.toml",
            "kind = \"conflicts\"\n[odd]\ntitle = \"Odd\"\nkind = \"caution\"\nfigures = [\"plans.medium\"]\nexplanation = \"E.\"\n\
             status = \"open\"\n",
        );
    let at = PLANS.rfind("[[row]]").unwrap();
    let project = committed(project).file("content/data/plans.toml", &PLANS[..at]);
    let run = project.run("check --format short");
    run.finds_errors();
    let drawn = format!("{}{}", run.stdout, run.stderr);
    for (code, words) in [
        (
            "figure-unknown",
            "`plans.small-to-medium.total.step` is gone with `plans.medium`: it was +169.2% in HEAD (content/data/plans.toml:17)",
        ),
        (
            "figure-unknown",
            "`plans.medium.total` is gone with `plans.medium`: it was $14–$21 in HEAD (content/data/plans.toml:17)",
        ),
        (
            "cell-figure",
            "`plans.medium.server` is gone with `plans.medium`: it was $10–$15 in HEAD (content/data/plans.toml:17)",
        ),
        ("block-row", "`plans.medium` is gone: it held 10 figures in HEAD"),
        ("conflict-figure", "`plans.medium` is gone: it held 10 figures in HEAD"),
    ] {
        let found = drawn.lines().any(|line| line.contains(code) && line.contains(words));
        assert!(found, "{code}: {words}\n{drawn}");
    }
    assert!(!drawn.contains("did you mean"), "{drawn}");
}

#[test]
fn of_a_set_that_is_gone_the_file_is_named() {
    let project = committed(site()).without("content/data/facts.toml");
    project
        .run("check")
        .finds_errors()
        .says("`facts.fee` is gone: it was $5 in HEAD (content/data/facts.toml:5)")
        .says("help: bring back content/data/facts.toml under this name");
    let three = "# Fees\n\n[$5](figure:facts.fee), [$7](figure:facts.cost), [$2](figure:facts.rise).\n";
    project
        .file("content/fees.md", three)
        .run("check")
        .finds_errors()
        .says("there is no data set `facts`, and 3 places");
}

#[test]
fn nothing_is_said_of_the_past_where_there_is_none() {
    let renamed = FACTS.replace("[fee]", "[fees]");
    let without_repository = alone(site());
    let without_commit = alone(site());
    without_commit.git(&["init"]);
    let broken = committed(site());
    fs::write(broken.path(".git/HEAD"), "ref: refs/heads/none\n").unwrap();
    let lost = committed(site());
    for entry in fs::read_dir(lost.path(".git/objects")).unwrap() {
        fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    for project in [without_repository, without_commit, broken, lost] {
        let project = project.file("content/data/facts.toml", &renamed);
        let run = project.run("check");
        run.finds_errors().says("there is no figure `facts.fee`");
        assert!(!run.stderr.contains("HEAD") && !run.stderr.contains("git"), "{run:?}");
    }
}

#[test]
fn a_site_in_a_folder_of_the_repository_has_its_own_past() {
    let project = Project::empty()
        .file("docs/content/site.toml", "title = \"Pay\"\nbase_url = \"https://example.org/\"\n")
        .file("docs/content/index.md", "+++\ndescription = \"W.\"\n+++\n\n# W\n\nIt is [$5](figure:facts.fee).\n")
        .file("docs/content/data/facts.toml", FACTS)
        .file("content/data/facts.toml", FACTS.replace("value = 5", "value = 6"));
    let project = committed(project).file("docs/content/data/facts.toml", FACTS.replace("[fee]", "[fees]"));
    let said = "`facts.fee` is gone: it was $5 in HEAD (content/data/facts.toml:5)";
    project.run_in("docs", "check").finds_errors().says(said);
    project.run("check --root docs").finds_errors().says(said);
}

#[test]
fn words_of_the_past_are_shown_as_all_others() {
    let odd =
        "kind = \"facts\"\n[size]\ntitle = \"Size\"\nwords = [\"\\u001b[31mnone\"]\nvalue = \"\\u001b[31mnone\"\n";
    let project = committed(site().file("content/data/odd.toml", odd))
        .file("content/data/odd.toml", odd.replace("[size]", "[sizes]"))
        .file("content/fees.md", "# Fees\n\nThe size is [none](figure:odd.size).\n");
    for format in ["human", "short", "json", "github"] {
        let run = project.run(&format!("check --format {format}"));
        run.finds_errors();
        let drawn = format!("{}{}", run.stdout, run.stderr);
        assert!(drawn.contains("`odd.size` is gone: it was ") && !drawn.contains('\u{1b}'), "{drawn}");
    }
}

#[test]
fn a_site_that_is_kept_up_to_date_says_the_same_and_follows_the_commits() {
    let project = committed(site());
    let options = LiveOptions { root: project.path("."), ..LiveOptions::default() };
    let mut live = Live::open(options).unwrap();
    let said = |live: &Live| {
        let errors = live.problems().iter().filter(|problem| problem.severity == Severity::Error);
        errors.map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert!(said(&live).is_empty(), "{:?}", said(&live));
    let facts = "content/data/facts.toml";
    let project = project.file(facts, FACTS.replace("[fee]", "[fees]"));
    live.update(&[facts].into_iter().collect::<Changes>()).unwrap();
    let gone = "`facts.fee` is gone: it was $5 in HEAD (content/data/facts.toml:5)";
    assert_eq!(said(&live), [gone, gone]);
    project.commit("2026-01-02T00:00:00Z");
    let project = project.file("content/fees.md", "# Fees\n\nThe fee was [$5](figure:facts.fee).\n");
    live.update(&["content/fees.md"].into_iter().collect::<Changes>()).unwrap();
    // The commit that took it away is the last one: it was there in the one before.
    let said = said(&live);
    assert_eq!(said.len(), 2, "{said:?}");
    for said in &said {
        assert!(said.starts_with("`facts.fee` is gone: it was $5 in ") && !said.contains("HEAD"), "{said}");
    }
    project.run("check").finds_errors().says(&said[0]);
}

#[cfg(unix)]
#[test]
fn the_repository_is_asked_once_whatever_the_number_of_figures_that_are_gone() {
    use std::os::unix::fs::PermissionsExt;
    let calls = |figures: usize| {
        let text: String = (0..figures).map(|at| format!("It is [$5](figure:plans.gone-{at}.server).\n")).collect();
        let project = site().file("content/plans.md", format!("# Plans\n\n{text}"));
        let (program, log) = (project.path("bin/git"), project.path("calls"));
        let project = project.file("bin/git", format!("#!/bin/sh\necho \"$@\" >> '{}'\nexit 1\n", log.display()));
        fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
        let folder = project.path("bin");
        let project = project.variable("PATH", folder);
        project.run("check").finds_errors();
        project.read("calls").lines().count()
    };
    assert_eq!(calls(1), calls(40));
}
