//! `figures`: lists, searches, and shows one figure with all that is known of it.

use serde_json::Value;

use crate::project::Project;

fn site() -> Project {
    Project::new()
        .file(
            "content/data/bands.toml",
            "unit = \"USD/year\"\nas_of = \"2026-Q1\"\nsources = [\"survey\"]\n\
             confidence = \"low\"\nconfidence_reason = \"One report.\"\nscope = \"market\"\n\
             derive = [\"midpoint\", \"spread\", \"median-offset\"]\n[columns]\n\
             code = { title = \"Level\", type = \"text\" }\ntitle = { title = \"Title\", type = \"text\" }\ntotal = { title = \"Total\" }\n\
             [[row]]\nid = \"l3\"\ncode = \"L3\"\ntitle = \"Senior\"\ntotal = { range = [365_000, 500_000], median = 432_000 }\n",
        )
        .file(
            "content/data/sources.toml",
            "kind = \"sources\"\n[survey]\ntitle = \"A survey of pay\"\nurl = \"not given\"\n",
        )
        .file(
            "content/data/conflicts.toml",
            "kind = \"conflicts\"\n[median-off]\ntitle = \"The median lies off\"\nkind = \"caution\"\nfigures = [\"bands.l3\"]\n\
             explanation = \"It does: [$432K](figure:bands.l3.total.median).\"\nstatus = \"open\"\n",
        )
        .file(
            "content/bands.md",
            "# Bands\n\nA median of [$432K](figure:bands.l3.total.median).\n\n```table bands\n```\n",
        )
}

#[test]
fn a_pipe_gets_a_figure_a_line_with_tabs() {
    let list = site().run("figures");
    list.succeeds().prints("bands.l3.total.median\t$432K\tL3 Senior, Total, Stated median\n");
    assert!(list.stdout.lines().all(|line| line.split('\t').count() == 3) && list.stdout.lines().is_sorted());
}

#[test]
fn figures_are_found_by_what_ids_begin_with_and_by_words() {
    let project = site();
    let ids = |arguments: &str| -> Vec<String> {
        let run = project.run(arguments);
        run.stdout.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
    };
    assert_eq!(ids("figures bands"), ids("figures"));
    assert_eq!(ids("figures bands.l3"), ids("figures"));
    assert_eq!(
        ids("figures SENIOR median"),
        ["bands.l3.total.median", "bands.l3.total.median-offset", "bands.l3.total.median-offset.down"]
    );
    assert_eq!(ids("figures spread"), ["bands.l3.total.spread"]);
    project.run("figures bands.l3.total.medain").is_refused().says("bandbook figures bands.l3.total.median");
    project.run("figures nothing-of-the-kind").is_refused().says("no figure has `nothing-of-the-kind`");
}

#[test]
fn a_figure_is_shown_with_its_record_and_every_place_that_quotes_it() {
    let run = site().run("figures bands.l3.total.median");
    run.succeeds();
    for words in [
        "bands.l3.total.median  $432K\nL3 Senior, Total, Stated median\n",
        "unit           USD/year",
        "source         survey  A survey of pay",
        "as of          Q1 2026",
        "scope          market",
        "confidence     low",
        "because      One report.",
        "conflict       median-off  The median lies off",
        "stands at      content/data/bands.toml:16:",
        "quoted at      content/bands.md:3:14  $432K",
        "quoted at      content/data/conflicts.toml:6:",
        "goes into      bands.l3.total.median-offset",
    ] {
        run.prints(words);
    }
    site().run("figures bands.l3.total").prints("quoted at      content/bands.md:5:1  ```table bands");
}

#[test]
fn a_change_is_listed_with_its_direction_and_a_quote_of_that_is_a_quote_of_the_change() {
    let page = "# Offset\n\nIt lies [$500](figure:bands.l3.total.median-offset.down) below.\n";
    let project = site().file("content/offset.md", page);
    for id in ["bands.l3.total.median-offset", "bands.l3.total.median-offset.down"] {
        let run = project.run(&format!("figures {id}"));
        run.succeeds().prints("quoted at      content/offset.md:3:10  $500").prints("from");
    }
    project.run("figures bands.l3.total.median-offset").prints("bands.l3.total.median-offset.down\t$500");
    project.run("figures bands.l3.total.median").prints("goes into      bands.l3.total.median-offset\n");
    project.run("build").succeeds();
    assert!(!project.read("public/figures/bands/index.html").contains("id=\"l3.total.median-offset.down\""));
    assert!(!project.read("public/data/bands.csv").contains("median-offset.down"));
    assert!(project.read("public/offset/index.html").contains("/figures/bands/#l3.total.median-offset\""));
}

#[test]
fn a_calculated_figure_shows_its_formula_and_what_goes_in() {
    let run = site().run("figures bands.l3.total.midpoint");
    run.succeeds().prints("$365K").prints("$500K").prints("from").prints("bands.l3.total.low");
}

#[test]
fn programs_read_lists_and_records() {
    let project = site();
    let list: Value = serde_json::from_str(&project.run("figures --format json").stdout).unwrap();
    assert!(
        list.as_array().unwrap().iter().any(|line| line["id"] == "bands.l3.total" && line["value"] == "365000..500000")
    );
    let record: Value =
        serde_json::from_str(&project.run("figures bands.l3.total.median --format json").stdout).unwrap();
    assert_eq!((&record["text"], &record["quoted"][0]["line"]), (&"$432K".into(), &3.into()));
}

#[test]
fn a_site_with_errors_is_searched_as_far_as_it_can_be_read() {
    let project = site().file("content/broken.md", "# Broken\n\n[words](nowhere.md)\n");
    project.run("figures bands.l3.total").succeeds().says("figures may be missing").prints("$365K–$500K");
}
