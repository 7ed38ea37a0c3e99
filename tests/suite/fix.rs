//! `fix`: what is changed, and that nothing else is touched.

mod property;

use serde_json::Value;

use crate::project::Project;

const BANDS: &str = r#"unit = "USD/year"

[columns]
title = { title = "Title", type = "text" }
# What a level pays.
total = { title = "Total", derive = ["median-offset"] }

[[row]]
id = "l3"
title = "Senior"
total = { range = [365_000, 500_000], median = 432_000 }   # as printed
"#;

const NOTATIONS: &str = "# Bands\n\n\
    One [$432K](figure:bands.l3.total.median), two [$432,000](figure:bands.l3.total.median),\n\
    three [432 thousand dollars](figure:bands.l3.total.median), four [USD 432k](figure:bands.l3.total.median),\n\
    five [from $365K to $500K](figure:bands.l3.total), six [$0.432M](figure:bands.l3.total.median).\n";

/// A site whose pages say what its data say.
fn site() -> Project {
    Project::new().file("content/data/bands.toml", BANDS).file("content/bands.md", NOTATIONS)
}

/// The same after somebody changed the data alone.
fn stale() -> Project {
    let moved = BANDS.replace("432_000", "441_000").replace("365_000", "370_000");
    site().file("content/data/bands.toml", moved)
}

#[test]
fn a_changed_datum_is_mended_wherever_it_is_quoted_in_the_words_of_each() {
    site().run("build").succeeds();
    let project = stale();
    project.run("build").finds_errors().says("content/bands.md:3:6").says("figure-value");
    assert!(!project.has("public"));
    project
        .run("fix")
        .succeeds()
        .says("changed content/bands.md (6 places)\nwrote content/addresses.lock\nchanged 6 places in 1 file");
    assert_eq!(
        project.read("content/bands.md"),
        NOTATIONS
            .replace("$432K", "$441K")
            .replace("$432,000", "$441,000")
            .replace("432 thousand", "441 thousand")
            .replace("USD 432k", "USD 441k")
            .replace("$365K", "$370K")
            .replace("$0.432M", "$0.441M")
    );
    project.run("build").succeeds();
}

#[test]
fn mending_twice_changes_nothing() {
    let project = stale();
    project.run("fix").succeeds();
    let (page, data) = (project.read("content/bands.md"), project.read("content/data/bands.toml"));
    project.run("fix").succeeds().says("nothing to change");
    assert_eq!((project.read("content/bands.md"), project.read("content/data/bands.toml")), (page, data));
}

#[test]
fn what_a_killed_fix_has_left_is_removed_by_the_next() {
    let (left, mine) = ("content/.bands.md.bandbook-0123456789abcdef", "content/.bands.md.bandbook-mine");
    let project = stale().file(left, "half").file(mine, "mine");
    for harmless in ["fix --dry-run", "check"] {
        project.run(harmless);
        assert!(project.has(left), "{harmless}");
    }
    project.run("fix").succeeds();
    assert!(!project.has(left) && project.has(mine));
    let project = project.file(left, "half");
    project.run("fix").succeeds().says("nothing to change");
    assert!(!project.has(left));
}

#[test]
fn a_dry_run_prints_a_patch_and_writes_nothing() {
    let project = stale();
    let run = project.run("fix --dry-run");
    run.succeeds().says("would change 6 places in 1 file");
    run.prints("--- a/content/bands.md\n+++ b/content/bands.md\n@@ ")
        .prints("-One [$432K](figure:bands.l3.total.median)")
        .prints("+One [$441K](figure:bands.l3.total.median)");
    assert_eq!(project.read("content/bands.md"), NOTATIONS);
    project.file("fix.patch", &run.stdout).run("fix").succeeds();
}

#[test]
fn every_byte_elsewhere_stays_as_it_was() {
    let page = "\u{feff}+++\r\ntitle = \"Bands at [$432K](figure:bands.l3.total.median)\" # why\r\nweight=3\r\n+++\r\n\r\n\
                Tab\there,  two spaces  \r\nand [*$365K–$500K*](figure:bands.l3.total).\r\n\r\nNo line end";
    let project = stale().file("content/bands.md", page);
    project.run("fix").succeeds();
    assert_eq!(project.read("content/bands.md"), page.replace("$432K", "$441K").replace("$365K", "$370K"));
}

#[test]
fn texts_of_data_are_mended_and_their_comments_kept() {
    let facts = "# About facts.\nkind = \"facts\"\n[share]\ntitle = 'Beside [$432K](figure:bands.l3.total.median)' # note\n\
                 value  =  12\nunit = \"%\"\nnote = \"\"\"\nMore than [$365K](figure:bands.l3.total.low)\"\"\"\n";
    let project = stale().file("content/data/facts.toml", facts);
    project.run("fix").succeeds().says("changed content/data/facts.toml (2 places)");
    assert_eq!(project.read("content/data/facts.toml"), facts.replace("$432K", "$441K").replace("$365K", "$370K"));
    project.run("build").succeeds();
}

#[test]
fn mistyped_keys_are_mended_and_what_they_hid_after_them() {
    let page = "+++\ntitel = \"Bands at [$432K](figure:bands.l3.total.median)\"\n+++\n\nText\n";
    let project = stale().file("content/bands.md", page);
    project.run("fix").succeeds();
    assert_eq!(project.read("content/bands.md"), page.replace("titel", "title").replace("$432K", "$441K"));
}

#[test]
fn names_are_proposed_and_never_put_in() {
    let data = format!("{BANDS}sources = [\"lits-2026\"]\n");
    let page = "# Bands\n\n[$441K](figure:bands.l3.total.medain), [b](bands.md#band), [i](indx.md)\n\n\
                ```table bands\ncolumns = [\"title\", \"totl\"]\n```\n";
    let sources = "kind = \"sources\"\n[list-2026]\ntitle = \"List\"\nurl = \"not given\"\n";
    let project = site()
        .file("content/data/bands.toml", &data)
        .file("content/data/sources.toml", sources)
        .file("content/index.md", "# Welcome\n")
        .file("content/bands.md", page);
    let run = project.run("fix");
    run.finds_errors().says("did you mean `list-2026`?").says("did you mean `bands.l3.total.median`?");
    run.says("did you mean `#bands`?").says("did you mean \"total\"?").says("did you mean `content/index.md`?");
    run.says("left for you to decide:").says("nothing to change");
    assert_eq!(project.read("content/bands.md"), page);
    assert_eq!(project.read("content/data/bands.toml"), data);
}

#[test]
fn a_sentence_that_may_say_the_opposite_now_is_left() {
    let page = "# Bands\n\nIt is [$500](figure:bands.l3.total.median-offset.down) below the middle,\n\
                or [−$500](figure:bands.l3.total.median-offset).\n";
    let project = site().file("content/bands.md", page);
    project.run("check").succeeds();
    let higher = BANDS.replace("432_000", "440_000");
    let run = project.file("content/data/bands.toml", higher).run("fix");
    run.finds_errors().says("is now above zero, +$7,500").says("Read the sentence again").says("nothing to change");
}

const FACTS: &str = r#"kind = "facts"
unit = "USD/month"
[stay]
title = "Stay"
value = 72
unit = "month"
[fee]
title = "Fee"
value = 500
unit = "USD/month"
[cost]
title = "Cost"
value = 700
[dues]
title = "Dues"
value = 300
[rooms]
title = "Rooms"
value = 6
unit = ""
[rise]
title = "Rise"
formula = "difference(dues, cost)"
"#;

/// A page of the facts, which is right.
fn of_facts(page: &str) -> Project {
    let project = site().file("content/data/facts.toml", FACTS).file("content/facts.md", page);
    project.run("check").succeeds();
    project
}

#[test]
fn a_figure_that_counts_something_else_now_is_left() {
    let months_to_years = FACTS.replace("unit = \"month\"", "unit = \"year\"");
    let month_to_year = FACTS.replace("value = 500\nunit = \"USD/month\"", "value = 7000\nunit = \"USD/year\"");
    let another = FACTS.replace("(dues, cost)", "(fee, cost)");
    let said = "is not the same figure as before";
    for (text, data, in_history) in [
        // What the text itself tells needs no history.
        ("[6 years](figure:facts.stay)", &months_to_years, false),
        ("[$500](figure:facts.fee) a month", &month_to_year, false),
        ("[$500](figure:facts.fee)", &month_to_year, true),
        ("[+$400](figure:facts.rise)", &another, true),
    ] {
        let page = format!("# Facts\n\nIt is {text}.\n");
        let project = of_facts(&page);
        if in_history {
            project.git(&["init", "--initial-branch=main"]);
            project.commit("2026-01-01T00:00:00Z");
        }
        let project = project.file("content/data/facts.toml", data);
        let left = || {
            let run = project.run("fix");
            run.finds_errors().says("Read the ").says("nothing to change");
            assert_eq!(run.stderr.contains(said), in_history, "{text}: {run:?}");
            assert_eq!(project.read("content/facts.md"), page);
        };
        left();
        if in_history {
            // The same once the data are committed.
            project.commit("2026-01-02T00:00:00Z");
            left();
        }
    }
}

const PLANS: &str = r#"unit = "USD/month"
[columns]
title = { title = "Plan", type = "text" }
server = { title = "Server" }
storage = { title = "Storage" }
traffic = { title = "Traffic" }
total = { title = "Total", formula = "server + storage" }
share = { title = "Share", unit = "%", formula = "storage.low / total.low" }
part = { title = "Part", unit = "%", formula = "storage.low / server.low" }
[[row]]
id = "small"
title = "Small"
server = [4, 6]
storage = [1, 2]
traffic = [3, 4]
"#;

#[test]
fn a_formula_further_down_counts_too_and_a_turned_share_is_seen_without_history() {
    let page = "# Plans\n\nIt is [20.0%](figure:plans.small.share) of both, and \
                [25.0%](figure:plans.small.part) of the server.\n";
    let site = || site().file("content/data/plans.toml", PLANS).file("content/plans.md", page);
    site().run("check").succeeds();
    let summed = site();
    summed.git(&["init", "--initial-branch=main"]);
    summed.commit("2026-01-01T00:00:00Z");
    let sum = PLANS.replace("\"server + storage\"", "\"server + storage + traffic\"");
    let turned = PLANS.replace("storage.low / server.low", "server.low / storage.low");
    for (project, data) in [(summed, sum), (site(), turned)] {
        assert_ne!(data, PLANS);
        let project = project.file("content/data/plans.toml", &data);
        project.run("fix").finds_errors().says("Read the ").says("nothing to change").says("1 error");
        assert_eq!(project.read("content/plans.md"), page);
        // What only grew is mended.
        let grown = PLANS.replace("storage = [1, 2]", "storage = [2, 3]");
        project.file("content/data/plans.toml", grown).run("fix").succeeds().says("changed 2 places in 1 file");
    }
}

#[test]
fn no_word_of_a_sentence_is_changed() {
    let page = "# Facts\n\nIt has [six](figure:facts.rooms), for [72 months](figure:facts.stay).\n";
    let data = FACTS.replace("value = 6\n", "value = 7\n").replace("value = 72", "value = 1");
    let project = of_facts(page).file("content/data/facts.toml", data);
    project.run("fix").finds_errors().says("Write `seven`.").says("Write `1 month`.").says("nothing to change");
    assert_eq!(project.read("content/facts.md"), page);
}

#[test]
fn what_was_changed_is_printed_as_whole_sentences() {
    let page = "# Bands\n\nWho starts gets less. At the\nmedian it is [$432K](figure:bands.l3.total.median) a\nyear. \
                Nobody knows why.\n\n| [$432K](figure:bands.l3.total.median) |\n|---|\n| x |\n";
    let run = stale().file("content/bands.md", page).run("fix");
    run.succeeds().says("changed, to be read again:").says(
        "content/bands.md:3\n  - At the median it is [$432K](figure:bands.l3.total.median) a year.\n  \
         + At the median it is [$441K](figure:bands.l3.total.median) a year.\n\ncontent/bands.md:7\n",
    );
    assert!(!run.stderr.contains("Nobody knows") && !run.stderr.contains("Who starts"), "{}", run.stderr);
}

#[test]
fn the_capitals_of_a_link_are_those_of_the_one_file() {
    let page = "# L3\n\n[b](../Bands.md#bands) ![s](../Img/Sign.svg) [i](../Indx.md)\n";
    let project = site()
        .file("content/levels/l3.md", page)
        .file("content/index.md", "# Welcome\n")
        .file("content/img/sign.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    project.run("fix").finds_errors().says("there is no page `content/Indx.md`");
    let mended = page.replace("../Bands.md", "../bands.md").replace("../Img/Sign", "../img/sign");
    assert_eq!(project.read("content/levels/l3.md"), mended);
}

#[test]
fn what_can_not_be_mended_is_left_and_said() {
    let project =
        stale().file("content/index.md", "# Welcome\n\n[words](nowhere.md) and [$1](figure:nothing.at.all)\n");
    let run = project.run("fix");
    run.finds_errors().says("changed content/bands.md").says("left to you: ").says("content/index.md:3:");
    assert!(project.read("content/bands.md").contains("$441K"), "one problem keeps no other from being mended");
}

#[test]
fn only_what_stands_in_content_is_changed() {
    let template = "{% extends \"page.html\" %}\n";
    let project = stale().file("templates/other.html", template).file("notes.md", NOTATIONS);
    project.run("fix");
    assert_eq!((project.read("templates/other.html"), project.read("notes.md")), (template.into(), NOTATIONS.into()));
    assert!(!project.has("public"));
}

#[test]
fn drafts_are_mended_for_those_who_ask() {
    let page = format!("+++\ndraft = true\n+++\n{NOTATIONS}");
    let project = stale().file("content/bands.md", &page);
    project.run("fix").succeeds().says("nothing to change");
    assert_eq!(project.read("content/bands.md"), page);
    project.run("fix --drafts").succeeds().says("changed 6 places");
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_nothing_is_left_beside_the_files() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    let project = stale();
    let path = project.path("content/bands.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    project.run("fix").succeeds();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let names: Vec<String> = fs::read_dir(project.path("content"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
}

#[test]
fn what_was_published_is_recorded_and_never_forgotten() {
    let project = site();
    project.run("check").succeeds();
    project.run("fix").succeeds().says("wrote content/addresses.lock");
    let lock = project.read("content/addresses.lock");
    assert!(lock.starts_with("# ") && lock.lines().any(|line| line == "/bands/"), "{lock}");
    assert!(!project.run("fix").succeeds().stderr.contains("wrote"), "once is enough");
    let project = project.without("content/bands.md").file("content/new.md", "# New\n");
    project.run("fix");
    assert!(project.read("content/addresses.lock").lines().any(|line| line == "/bands/"));
    project.run("check").says("content/addresses.lock:").says("`/bands/` was published and is gone");
}

#[test]
fn the_summary_of_a_step_on_github_offers_the_patch() {
    let project = stale().file("summary.md", "");
    let summary = project.path("summary.md");
    let project = project.variable("GITHUB_STEP_SUMMARY", summary);
    project.run("check --format github").finds_errors();
    let summary = project.read("summary.md");
    assert!(summary.contains("~~~diff\n--- a/content/bands.md\n+++ b/content/bands.md\n"), "{summary}");
    assert_eq!(project.read("content/bands.md"), NOTATIONS);
}

#[test]
fn programs_read_both_texts_and_what_is_left() {
    let run = stale().run("fix --dry-run --format json");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let file = &report["files"][0];
    assert_eq!((&file["file"], &file["places"]), (&"content/bands.md".into(), &6.into()));
    assert_eq!(file["before"], NOTATIONS);
    assert!(file["after"].as_str().unwrap().contains("$441K"));
    let passage = &report["passages"][0];
    assert_eq!((&passage["file"], &passage["line"]), (&"content/bands.md".into(), &3.into()));
    assert!(passage["before"].as_str().unwrap().contains("$432K"), "{passage}");
    assert_eq!((&report["written"], &report["errors"]), (&false.into(), &0.into()));
}

#[test]
fn a_sentence_is_not_turned_when_its_figure_changes_sign() {
    let data = |next: &str| {
        format!(
            "kind = \"facts\"\n[before]\ntitle = \"Before\"\nvalue = 100\n[after]\ntitle = \"After\"\nvalue = {next}\n\
             [growth]\ntitle = \"Growth\"\nunit = \"%\"\nformula = \"change(before, after)\"\n"
        )
    };
    let page = "# Growth\n\nIt rose by [4%](figure:f.growth.up), that is [+4%](figure:f.growth), from [100](figure:f.before).\n";
    let project = Project::new().file("content/data/f.toml", data("104")).file("content/growth.md", page);
    project.run("build").succeeds();
    let project = project.file("content/data/f.toml", data("105"));
    project.run("fix").succeeds().says("changed 2 places");
    assert_eq!(project.read("content/growth.md"), page.replace("4%", "5%"));
    let project = project.file("content/growth.md", page).file("content/data/f.toml", data("97"));
    project
        .run("check")
        .finds_errors()
        .says("error[figure-direction]: `f.growth` is now below zero, −3.0%, so this sentence may say the opposite of what is true")
        .says("the figure is now −3.0%, so this sentence may say the opposite of what is true")
        .says("content/data/f.toml:11:12");
    project.run("fix");
    assert_eq!(project.read("content/growth.md"), page);
}

#[test]
fn a_renamed_figure_is_followed_and_its_link_rewritten() {
    let renamed = BANDS
        .replace("unit =", "was = [\"bands\"]\nunit =")
        .replace("id = \"l3\"", "id = \"senior\"\nwas = [\"l3\"]")
        .replace("total = { title = \"Total\",", "whole = { title = \"Total\", was = [\"total\"],")
        .replace("total = { range", "whole = { range");
    let project = Project::new().file("content/data/pay.toml", renamed).file("content/bands.md", NOTATIONS);
    let built = project.run("build");
    built.succeeds().says("figure-renamed").says("`bands.l3.total.median` is called `pay.senior.whole.median` now");
    assert!(
        project.read("public/bands/index.html").contains("pay/#senior.whole.median"),
        "the link leads to the figure"
    );
    project.run("fix").succeeds().says("changed content/bands.md (6 places)");
    assert_eq!(project.read("content/bands.md"), NOTATIONS.replace("bands.l3.total", "pay.senior.whole"));
    assert!(!project.run("check").succeeds().stderr.contains("figure-renamed"));
}
