//! The pages of records: one for a set, one for each row, or one for what is quoted alone.

use std::fmt::Write as _;

use crate::live::desk::{Desk, SITE, put};
use crate::project::Project;

const PLANS: &str = r#"unit = "USD/month"
ordered = true
derive = ["step"]
sources = ["prices"]
[columns]
title = { title = "Plan", type = "text" }
server = { title = "Server" }
total = { title = "Total", formula = "server + 1" }
[[row]]
id = "small"
title = "Small"
server = [4, 6]
[[row]]
id = "large"
title = "Large 2"
server = [10, 15]
note = "Twice [$4](figure:plans.small.server.low) and more."
"#;

const FACTS: &str =
    "kind = \"facts\"\nunit = \"USD\"\n[fee]\ntitle = \"Fee\"\nvalue = 5\n[cost]\ntitle = \"Cost\"\nvalue = 7\n";

const PAGE: &str =
    "# Plans\n\nA large one is [$11–$16](figure:plans.large.total), and the fee is [$5](figure:facts.fee).\n";

const RULES: &str = "title = \"Pay\"\nbase_url = \"https://example.org/\"\n[rules]\nunused-data = \"off\"\n";

fn site(records: &str) -> Project {
    let head = format!("records = \"{records}\"\n");
    Project::new()
        .file("content/site.toml", RULES)
        .file("content/data/plans.toml", head.clone() + PLANS)
        .file("content/data/facts.toml", FACTS.replace("unit", &format!("{head}unit")))
        .file(
            "content/data/sources.toml",
            "kind = \"sources\"\n[prices]\ntitle = \"A price list\"\nurl = \"not given\"\n",
        )
        .file("content/index.md", format!("+++\ndescription = \"Words.\"\n+++\n\n{PAGE}"))
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(text.contains(part), "lacks {part}\n{text}"));
}

#[track_caller]
fn lacks(text: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(!text.contains(part), "holds {part}\n{text}"));
}

#[test]
fn each_row_has_a_page() {
    let project = site("rows");
    assert_eq!(project.run("check").succeeds().stderr.lines().count(), 1);
    project.run("build").succeeds();
    holds(
        &project.read("public/index.html"),
        &["href=\"/figures/plans/large/#large.total\"", "href=\"/figures/facts/fee/#fee\""],
    );
    let set = project.read("public/figures/plans/index.html");
    holds(
        &set,
        &[
            "<a href=\"/figures/plans/small/\">Small</a>",
            "<a href=\"/figures/plans/large/\">Large 2</a>",
            "A price list",
        ],
    );
    lacks(&set, &["class=\"record\""]);
    // What lies between two rows is on the page of the first.
    let small = project.read("public/figures/plans/small/index.html");
    holds(
        &small,
        &[
            "id=\"small.server\"",
            "id=\"small.total.low\"",
            "id=\"small-to-large.server.step\"",
            ">Figures: plans, Small<",
        ],
    );
    holds(&small, &["href=\"/figures/plans/large/#large.server.low\"", "href=\"/figures/plans/\""]);
    lacks(&small, &["id=\"large"]);
    let large = project.read("public/figures/plans/large/index.html");
    holds(&large, &["href=\"#large.server\"", "id=\"large.total\""]);
    lacks(&large, &["step"]);
    assert!(project.has("public/figures/facts/cost/index.html"));
    holds(&project.read("public/sitemap.xml"), &["https://example.org/figures/plans/large/"]);
    holds(&project.read("public/data/plans.csv"), &["https://example.org/figures/plans/large/#large.total"]);
    holds(&project.read("public/data/facts.json"), &["https://example.org/figures/facts/fee/#fee"]);
}

#[test]
fn an_address_of_a_row_is_kept_linked_and_claimed() {
    let project = site("rows")
        .file("content/more.md", "+++\ndescription = \"More.\"\n+++\n\n# More\n\nA [link](/figures/plans/small/).\n");
    let project = project
        .file("content/site.toml", RULES.replace("[rules]", "[[nav]]\ntitle = \"N\"\npages = [\"more.md\"]\n[rules]"));
    project.run("fix").succeeds();
    holds(&project.read("content/addresses.lock"), &["\n/figures/plans/small/\n", "\n/figures/facts/fee/\n"]);
    let project = project.file("content/figures/plans/large.md", "# Large\n");
    project.run("check").finds_errors().says(
        "the page `content/figures/plans/large.md` and what the generator writes to `figures/plans/large/index.html`",
    );
    // The pages of all rows go at once.
    let project = project.without("content/figures");
    let plans = project.read("content/data/plans.toml");
    let project = project.file("content/data/plans.toml", plans.replace("records = \"rows\"\n", ""));
    project
        .run("check")
        .finds_errors()
        .says("there is no page of records for each row of `plans`, and 3 places name it")
        .says("write records = \"rows\" at the top of content/data/plans.toml");
    // The row goes, and what can't be read of it is no second problem.
    let project = project.file(
        "content/data/plans.toml",
        plans.replace("id = \"small\"", "id = \"tiny\"").replace("plans.small", "plans.tiny"),
    );
    let run = project.run("check");
    run.finds_errors()
        .says("`/figures/plans/small/` was published and is gone")
        .says("there is nothing at the address");
    let project = project.file(
        "content/data/plans.toml",
        plans.replace("[4, 6]", "[4, 6").replace("Twice [$4](figure:plans.small.server.low) and more.", "N"),
    );
    let run = project.run("check");
    assert!(!run.finds_errors().stderr.contains("is gone"), "{run:#?}");
}

#[test]
fn what_nothing_quotes_has_no_record() {
    let project = site("quoted");
    assert_eq!(project.run("check").succeeds().stderr.lines().count(), 1);
    project.run("build").succeeds();
    let records = project.read("public/figures/plans/index.html");
    holds(&records, &["id=\"large.total\"", "id=\"small.server.low\"", "/data/plans.csv", "A price list"]);
    lacks(&records, &["id=\"large.server\"", "id=\"small.total\"", "href=\"#large.server\""]);
    // What a figure is calculated from is said, also without a record of its own.
    holds(&records, &["$10–$15"]);
    let csv = project.read("public/data/plans.csv");
    let rows: Vec<&str> = csv.lines().filter(|row| row.contains("#")).collect();
    assert_eq!(rows.len(), 1, "{csv}");
    holds(&csv, &["plans.large.server,", "plans.small.total,"]);
    lacks(&project.read("public/figures/facts/index.html"), &["id=\"cost\""]);

    // A page comes to show the whole table.
    let project = project
        .file("content/index.md", format!("+++\ndescription = \"Words.\"\n+++\n\n{PAGE}\n```table plans\n```\n"));
    project.run("check").succeeds();
    project.run("build").succeeds();
    holds(&project.read("public/figures/plans/index.html"), &["id=\"large.server\"", "id=\"small.server\""]);
}

fn many(records: &str, rows: usize) -> String {
    let mut text = format!("records = \"{records}\"\n[columns]\na = {{ title = \"A\" }}\nb = {{ title = \"B\" }}\n");
    (0..rows).for_each(|at| _ = write!(text, "[[row]]\nid = \"r{at}\"\na = {}\nb = {}\n", 2 * at + 1, 2 * at + 2));
    text
}

#[test]
fn a_page_of_records_above_a_megabyte_names_the_key() {
    let project = site("set").file("content/data/many.toml", many("set", 2_000));
    for command in ["build", "check"] {
        project
            .run(command)
            .finds_errors()
            .says("records-size")
            .says("--> content/data/many.toml:1:1")
            .says("the page of records /figures/many/ has more than 1 MB, with 4000 records")
            .says("write records = \"rows\" at the top of content/data/many.toml, for a page a row, or records = \"quoted\"");
    }
    assert!(!project.has("public"));
    for records in ["rows", "quoted"] {
        let project = site("set").file("content/data/many.toml", many(records, 2_000));
        project.run("build").succeeds();
    }
}

#[test]
fn a_live_site_has_the_records_of_a_build() {
    let mut desk = Desk::new(SITE);
    let plans = desk.read("content/data/plans.toml");
    let index = desk.read("content/index.md");
    for (path, text) in [
        ("content/data/plans.toml", format!("records = \"rows\"\n{plans}")),
        ("content/data/plans.toml", format!("records = \"quoted\"\n{plans}")),
        ("content/index.md", index.replace("figure:plans", "figure:plan")),
        ("content/index.md", "+++\ndescription = \"D\"\n+++\n\n# Nothing\n\nText.\n".to_owned()),
        ("content/index.md", index),
        ("content/data/plans.toml", plans),
        ("content/data/many.toml", many("set", 3)),
        ("content/data/many.toml", many("set", 2_000)),
        ("content/data/many.toml", many("quoted", 2_000)),
        ("content/data/many.toml", many("set", 2_000)),
        ("content/data/many.toml", many("set", 2)),
    ] {
        put(&desk.path(path), &text);
        desk.update(&[path].into_iter().collect());
        let opening: String = text.lines().take(1).collect();
        desk.compare(&format!("{path} {opening}"));
    }
    assert!(desk.live.problems().iter().all(|problem| problem.code.name != "records-size"));
}

#[test]
fn a_record_says_why_a_formula_has_no_value_and_which_rows_it_takes() {
    let plans = "unit = \"USD\"\nsources = [\"prices\"]\n[columns]\ntitle = { title = \"Plan\", type = \"text\" }\n\
                 fee = { title = \"Fee\" }\n[[row]]\nid = \"a\"\ntitle = \"A\"\nfee = 4\n[[row]]\nid = \"b\"\ntitle = \"B\"\n\
                 fee = \"unstated\"\n[[row]]\nid = \"c\"\ntitle = \"C\"\nfee = 0\n";
    let facts = "kind = \"facts\"\n[ratio]\ntitle = \"Ratio\"\nformula = \"plans.a.fee / plans.c.fee\"\n\
                 [all]\ntitle = \"All\"\nunit = \"USD\"\nformula = \"sum(plans.*.fee)\"\n\
                 [least]\ntitle = \"Least\"\nunit = \"USD\"\nformula = \"min(plans.*.fee)\"\n\
                 [none]\ntitle = \"None\"\nunit = \"USD\"\nformula = \"max(plans.*.fee where fee > 9)\"\n";
    let page =
        "# Plans\n\nA ratio that is [not stated](figure:facts.ratio), and the least is [$0](figure:facts.least).\n";
    let project = site("set").file("content/data/plans.toml", plans).file("content/data/facts.toml", facts);
    let project = project.file("content/index.md", format!("+++\ndescription = \"Words.\"\n+++\n\n{page}"));
    project.run("build").succeeds();
    let records = project.read("public/figures/facts/index.html");
    holds(&records, &["plans.c.fee is zero</dd>", "plans.b.fee is not stated</dd>", "no row fits plans.*.fee</dd>"]);
    holds(&records, &[": 2 of 3 rows with a value</a>", ": 0 of 0 rows with a value</a>", "href=\"/figures/plans/\""]);
    holds(&project.read("public/index.html"), &["Not calculated: plans.c.fee is zero"]);
    project.run("figures facts.ratio").succeeds().prints("not calculated `plans.c.fee` is zero");
    project.run("figures facts.all").succeeds().prints("plans: 2 of 3 with a value");
}
