//! Builds from end to end: what a site becomes, and what every kind of mistake is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::project::Project;

const DATA: &str = r#"title = "Pay bands"
unit = "USD/year"
as_of = "2026-Q1"
sources = ["survey"]
confidence = "medium"
ordered = true
expect = ["total.low <= total.median", "total.median <= total.high"]

[columns]
code = { title = "Level", type = "text" }
title = { title = "Title", type = "text" }
base = { title = "Base", derive = ["step"] }
total = { title = "Total" }

[[row]]
id = "l2"
code = "L2"
title = "Engineer"
base = [100_000, 140_000]
total = { range = [120_000, 180_000], median = 150_000 }

[[row]]
id = "l3"
code = "L3"
title = "Senior"
base = [150_000, 200_000]
total = { range = [190_000, 260_000] }
"#;

const SOURCES: &str = "kind = \"sources\"\n[survey]\ntitle = \"A survey\"\nurl = \"not given\"\n";

const PAGE: &str = "+++\ntitle = \"Pay\"\ndescription = \"Pay by level.\"\n+++\n\nThe median is [$150K](figure:bands.l2.total.median) \
a year.\n\n## Every figure\n\n```table bands\ncolumns = [\"code\", \"title\", \"base\", \"total\", \"total.median\"]\n```\n\n\
See [home](index.md) and [above](#every-figure).\n";

/// A site with a page, a table of bands, and the source that they come from.
fn site() -> Project {
    Project::new()
        .file("content/data/bands.toml", DATA)
        .file("content/data/sources.toml", SOURCES)
        .file("content/pay.md", PAGE)
}

/// Every file below a folder, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, base: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, base, found);
            } else {
                found.insert(path.strip_prefix(base).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

#[test]
fn a_page_binds_figures_shows_a_table_and_leads_to_records() {
    let project = site();
    project.run("build").succeeds();
    let page = project.read("public/pay/index.html");
    for part in [
        r#"<data value="150000" data-figure="bands.l2.total.median""#,
        r#"<data value="190000..260000" data-figure="bands.l3.total""#,
        "not stated",
        "scope=\"row\"",
        "scope=\"col\"",
        "href=\"/figures/bands/#l2.total.median\"",
        "<link rel=\"canonical\" href=\"https://example.org/pay/\">",
        "<meta name=\"description\" content=\"Pay by level.\">",
        "aria-current=\"page\"",
        "href=\"#every-figure\"",
    ] {
        assert!(page.contains(part), "the page lacks {part}\n{page}");
    }
    let records = project.read("public/figures/bands/index.html");
    assert!(records.contains("id=\"l2.total.median\"") && records.contains("A survey"), "{records}");
    for file in
        ["sitemap.xml", "robots.txt", ".nojekyll", "data/bands.csv", "data/bands.json", "data/README.txt", "icon.svg"]
    {
        assert!(project.has(&format!("public/{file}")), "{file} is missing");
    }
    let csv = project.read("public/data/bands.csv");
    assert!(csv.contains("bands.l2.total.median") && csv.contains("150000") && csv.contains("2026-Q1"), "{csv}");
}

#[test]
fn a_changed_datum_changes_every_place_or_names_the_place_that_disagrees() {
    let project = site().file("content/data/bands.toml", DATA.replace("median = 150_000", "median = 155_000"));
    let run = project.run("build");
    run.finds_errors()
        .says("content/pay.md:6:16")
        .says("figure-value")
        .says("$155K")
        .says("content/data/bands.toml:20:");
    assert!(!project.has("public/index.html"), "nothing may be written");
    let project = project.file("content/pay.md", PAGE.replace("[$150K]", "[$155K]"));
    project.run("build").succeeds();
    let page = project.read("public/pay/index.html");
    assert_eq!(page.matches("value=\"155000\"").count(), 2, "the sentence and the table both show it");
}

#[test]
fn every_kind_of_mistake_has_a_code_a_place_and_a_help() {
    let page = |text: &str| ("content/pay.md", format!("# Pay\n\n{text}\n"));
    let data = |from: &str, to: &str| ("content/data/bands.toml", DATA.replacen(from, to, 1));
    let config =
        |text: &str| ("content/site.toml", format!("title = \"Pay\"\nbase_url = \"https://example.org/\"\n{text}\n"));
    let mut missed = Vec::new();
    for ((file, text), code, at) in [
        (page("[$151K](figure:bands.l2.total.median)"), "figure-value", "3:2"),
        (page("[150](figure:bands.l2.total.median)"), "figure-unit", "3:2"),
        (page("[$150K](figure:bands.l2.total)"), "figure-shape", "3:2"),
        (page("[$150K](figure:bands.l2.total.medain)"), "figure-unknown", "3:16"),
        (page("[about a lot](figure:bands.l2.total.median)"), "figure-text", "3:2"),
        (page("[$150K a month](figure:bands.l2.total.median)"), "figure-period", "3:2"),
        (page("[not stated](figure:bands.l2.total.median)"), "figure-unstated", "3:2"),
        (page("[x](inedx.md)"), "link-page", "3:5"),
        (page("[x](index.md#nowhere)"), "link-anchor", "3:5"),
        (page("[x](/nowhere/)"), "link-address", "3:5"),
        (page("![x](nothing.png)"), "link-file", "3:6"),
        (page("[x](javascript:alert)"), "link-scheme", "3:5"),
        (page("[x](term:nothing)"), "term-unknown", "3:10"),
        (page("<b>bold</b>"), "raw-html", "3:1"),
        (page("```tabel bands\n```"), "unknown-block", "3:4"),
        (page("```table bnads\n```"), "block-set", "3:10"),
        (page("```table bands\ncolumns = [\"titel\"]\n```"), "block-column", "4:13"),
        (page("```table bands\nrow = [\"l2\"]\n```"), "unknown-key", "4:1"),
        (page("```table bands\nrows = [\"l9\"]\n```"), "block-row", "4:10"),
        (page("## Twice\n\n## Twice"), "duplicate-heading-id", "5:1"),
        (("content/pay.md", "+++\ntitel = \"Pay\"\n+++\n\n# Pay\n".into()), "unknown-key", "2:1"),
        (("content/pay.md", "+++\ntitle = Pay\n+++\n".into()), "toml-syntax", "2:9"),
        (("content/pay.md", "Words without a title.\n".into()), "page-title", "1:1"),
        (("content/pay.md", "+++\ntemplate = \"pages.html\"\n+++\n# Pay\n".into()), "template-missing", "2:13"),
        (("content/pay/index.md", "# Pay\n".into()), "address-collision", "1:1"),
        (("content/pay.md", "+++\naliases = [\"old\"]\n+++\n# Pay\n".into()), "alias-address", "2:13"),
        (data("title = \"Pay bands\"", "titel = \"Pay bands\""), "unknown-key", "1:1"),
        (data("[100_000, 140_000]", "[140_000, 100_000]"), "range-order", "19:8"),
        (data("[100_000, 140_000]", "[100,140]"), "grouped-number", "19:8"),
        (data("[100_000, 140_000]", "\"\""), "blank-cell", "19:8"),
        (data("[120_000, 180_000]", "[120_000, 140_000]"), "expectation", "20:48"),
        (data("<= total.median\"", "<= total.median <= 5\""), "formula-chain", "7:38"),
        (data("[columns]", "[columns]\nhalf = { title = \"Half\", formula = \"bas / 2\" }"), "formula-name", "10:37"),
        (data("ordered = true\n", ""), "bad-derive", "11:37"),
        (data("unit = \"USD/year\"", "unit = \"USD/\""), "bad-unit", "2:9"),
        (data("[\"survey\"]", "[\"survye\"]"), "unknown-source", "4:13"),
        (data("id = \"l3\"", "id = \"l2\""), "duplicate-id", "23:7"),
        (data("base = [150_000, 200_000]\n", ""), "missing-cell", "23:6"),
        (data("title = \"Pay bands\"", "kind = \"tables\""), "set-kind", "1:8"),
        (data("[100_000, 140_000]", "[100_000, 140_000"), "toml-syntax", "20:1"),
        (config("titel = \"x\""), "unknown-key", "3:1"),
        (config("[rules]\ntyped-figur = \"off\""), "unknown-rule", "4:1"),
        (config("[[nav]]\ntitle = \"A\"\npages = [\"inedx.md\"]"), "nav-page", "5:11"),
        (("content/site.toml", "title = \"Pay\"\nbase_url = \"example.org\"\n".into()), "site-address", "2:13"),
        (("templates/page.html", "{% if %}".into()), "template", "1:7"),
        (("templates/components/figure.html", "x\n{{ figure.nothing.more }}".into()), "template", "2:11"),
        (("content/data/bands.csv", "a,b".into()), "bad-rows", "1:1"),
        (("content/data/other.csv", "a,b".into()), "csv-alone", "1:1"),
        (("content/data/bands.txt", "a,b".into()), "stray-data", "1:1"),
        (("content/data/more/x.toml", "kind = \"facts\"".into()), "stray-data", "content/data/more:1:1"),
    ] {
        let project = site().file(file, &text);
        let run = project.run("build --format short");
        let place = if at.contains('/') { at.to_owned() } else { format!("{file}:{at}") };
        let errors: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": error[")).collect();
        let told = format!("{place}: error[{code}]: ");
        // What to type stands between the last parentheses.
        let is_told = matches!(errors[..], [line] if line.starts_with(&told) && line.ends_with(')'));
        if run.code != Some(1) || !is_told || project.has("public") {
            missed.push(format!("expected only `{code}` at {place}\n{text}\n{}", run.stderr));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n----\n"));
}

#[test]
fn all_problems_of_all_files_are_reported_in_one_run_sorted_by_place() {
    let run = site()
        .file("content/site.toml", "title = \"Pay\"\nbase_url = \"https://example.org/\"\nlanguag = \"en\"\n")
        .file("content/data/bands.toml", DATA.replace("[100_000, 140_000]", "[140_000, 100_000]"))
        .file("content/pay.md", format!("{PAGE}\n[x](nothing.md) [$1](figure:bands.l3.total.high)\n"))
        .run("build --format short");
    run.finds_errors();
    let files: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.contains(": error["))
        .filter_map(|line| line.split(':').next())
        .filter(|file| file.starts_with("content"))
        .collect();
    assert_eq!(
        files,
        ["content/data/bands.toml", "content/pay.md", "content/pay.md", "content/site.toml"],
        "{}",
        run.stderr
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let project = site().variable("TZ", "Asia/Tokyo").variable("LANG", "tr_TR.UTF-8");
    project.run("build --out one --threads 1").succeeds();
    project.run("build --out two --threads 2").succeeds();
    let other = site();
    other.run("build --out three").succeeds();
    let one = tree(&project.path("one"));
    assert!(one.len() > 10, "{:?}", one.keys());
    assert!(one == tree(&project.path("two")), "another number of threads gave other bytes");
    assert!(one == tree(&other.path("three")), "another folder gave other bytes");
}

#[test]
fn a_checkout_with_other_line_ends_gives_the_same_bytes() {
    let page =
        format!("{PAGE}\n```sh\nmake\n\nmore\n```\n\n> [!NOTE]\n> Two\n> lines.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let site = site().file("content/pay.md", &page);
    let other = Project::new()
        .file("content/site.toml", crlf(&site.read("content/site.toml")))
        .file("content/index.md", crlf(&site.read("content/index.md")))
        .file("content/data/bands.toml", crlf(DATA))
        .file("content/data/sources.toml", crlf(SOURCES))
        .file("content/pay.md", crlf(&page));
    site.run("build").succeeds();
    other.run("build").succeeds();
    let (one, two) = (tree(&site.path("public")), tree(&other.path("public")));
    assert!(one.keys().eq(two.keys()));
    for (path, bytes) in &one {
        assert!(bytes == &two[path], "{path} has other bytes");
    }
}

#[test]
fn a_base_path_reaches_every_address() {
    let project = site()
        .file("content/404.md", "# Not found\n")
        .file("content/old.md", "+++\naliases = [\"/older/\"]\n+++\n# Old\n");
    project.run("build --base-url https://user.github.io/repo").succeeds();
    let mut seen = 0;
    for (path, bytes) in tree(&project.path("public")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if !path.ends_with(".html") {
            continue;
        }
        for attribute in ["href=\"/", "src=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let target = &text[at + attribute.len() - 1..];
                assert!(
                    target.starts_with("/repo/") && !target.starts_with("/repo/repo/"),
                    "{path}: {}",
                    &target[..40.min(target.len())]
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen} addresses");
    let redirect = project.read("public/older/index.html");
    for part in [
        "url=/repo/old/",
        "data-to=\"/repo/old/\"",
        "<link rel=\"canonical\" href=\"https://user.github.io/repo/old/\">",
    ] {
        assert!(redirect.contains(part), "the redirect lacks {part}\n{redirect}");
    }
    assert!(project.read("public/sitemap.xml").contains("https://user.github.io/repo/pay/"));
}

#[test]
fn a_failed_build_leaves_the_published_folder_as_it_was() {
    let project = site();
    project.run("build").succeeds();
    let before = tree(&project.path("public"));
    let project = project.file("content/pay.md", "[x](nothing.md)\n").file("content/new.md", "# New\n");
    project.run("build").finds_errors();
    assert!(before == tree(&project.path("public")));
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let project = site().file("public/precious.txt", "mine");
    project.run("build").is_refused().says("public");
    assert_eq!(project.read("public/precious.txt"), "mine");
    assert!(!project.has("public/index.html"));
}

#[test]
fn a_removed_page_is_removed_and_a_foreign_file_stays() {
    let project = site();
    project.run("build").succeeds();
    let project = project.file("public/CNAME", "example.org").without("content/pay.md");
    project.run("build").succeeds();
    assert!(!project.has("public/pay/index.html"));
    assert_eq!(project.read("public/CNAME"), "example.org");
}

#[test]
fn a_build_leaves_nothing_beside_its_folder_and_its_record_in_the_cache_folder() {
    let project = site();
    project.run("build").succeeds();
    let beside =
        || -> Vec<_> { fs::read_dir(project.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect() };
    assert!(!beside().iter().any(|name| name.to_string_lossy().contains("bandbook")), "{:?}", beside());
    assert!(!cfg!(unix) || tree(project.home()).len() == 1, "{:?}", tree(project.home()).keys());
    let before = tree(&project.path("public"));
    fs::remove_dir_all(project.home()).unwrap();
    project.run("build").succeeds().says("(0 changed)");
    assert!(before == tree(&project.path("public")));
    // A folder that can't be made is done without.
    fs::remove_dir_all(project.home()).unwrap();
    fs::write(project.home(), "").unwrap();
    project.run("build").succeeds().says("(0 changed)");
    fs::remove_file(project.home()).unwrap();
    fs::create_dir(project.home()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_stage_that_a_checkout_carries_is_neither_published_nor_removed() {
    let stage = ".public.bandbook-0123456789abcdef";
    let project = site()
        .file(&format!("{stage}/evil.html"), "evil")
        .file(".public.bandbook/stage/evil.html", "evil")
        .file(".public.bandbook/settled", "")
        .file("outside/precious.txt", "mine");
    std::os::unix::fs::symlink("../outside", project.path(&format!("{stage}/outside"))).unwrap();
    project.run("build").succeeds().says(stage).says("warning[leftover]");
    assert!(!project.has("public/evil.html") && project.has(&format!("{stage}/evil.html")));
    assert_eq!(project.read("outside/precious.txt"), "mine");
}

#[test]
fn a_site_replaces_one_template_and_keeps_the_others() {
    let project = site()
        .file("templates/components/figure.html", "<data value=\"{{ figure.value }}\">MINE {{ figure.text }}</data>");
    project.run("build").succeeds();
    let page = project.read("public/pay/index.html");
    assert!(page.contains("MINE $150K") && page.contains("scope=\"col\""), "{page}");
}

#[test]
fn a_broken_template_names_the_template_its_line_and_the_page() {
    let run = site().file("templates/components/heading.html", "ok\n{{ heading.nothing.more }}").run("build");
    run.finds_errors().says("templates/components/heading.html:2:").says("content/");
}

#[test]
fn drafts_are_published_only_when_asked_for() {
    let project = site().file("content/draft.md", "+++\ndraft = true\n+++\n# Draft\n");
    project.run("build").succeeds();
    assert!(!project.has("public/draft/index.html"));
    project.run("build --drafts").succeeds();
    assert!(project.has("public/draft/index.html"));
}

#[test]
fn text_from_pages_and_data_never_becomes_markup() {
    let evil = "<script>alert(1)</script>\\\"'&";
    let project = site()
        .file(
            "content/pay.md",
            format!("+++\ntitle = \"{evil}\"\ndescription = \"{evil}\"\n+++\n\nText.\n\n```table bands\n```\n"),
        )
        .file("content/data/bands.toml", DATA.replace("title = \"Senior\"", &format!("title = \"`{evil}`\"")));
    let run = project.run("build");
    run.finds_errors().says("content/pay.md:2:9").says("content/pay.md:3:15");
    let quoted = r#"a `<script>alert(1)</script>` \"'& b"#;
    let project = project.file(
        "content/pay.md",
        format!("+++\ntitle = \"{quoted}\"\ndescription = \"{quoted}\"\n+++\n\n```table bands\n```\n"),
    );
    project.run("build").succeeds();
    for (path, bytes) in tree(&project.path("public")).into_iter().filter(|(path, _)| path.ends_with("html")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("<script>alert"), "{path}");
    }
}

#[test]
fn a_table_goes_by_a_side_that_it_does_not_show() {
    let project = site().file(
        "content/pay.md",
        "# Pay\n\n```table bands\ncolumns = [\"code\", \"base\"]\norder = [\"-total.high\"]\n```\n",
    );
    project.run("build").succeeds();
    let page = project.read("public/pay/index.html");
    assert!(page.find("id=\"l3\"").unwrap() < page.find("id=\"l2\"").unwrap(), "{page}");
}

#[test]
fn pages_in_folders_without_a_page_stand_in_the_navigation_above() {
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\ndescription = \"D.\"\n+++\n\nText.\n");
    let project = Project::new()
        .file("content/one/two/three/deep.md", page("Deep"))
        .file("content/own.md", page("Own"))
        .file("content/own/four/five/below.md", page("Below"));
    project.run("build --format short").succeeds().says(" s\n");
    let front = project.read("public/index.html");
    let nav = |html: &str| html[html.find("<nav class=\"nav\"").unwrap()..html.find("<main").unwrap()].to_owned();
    assert!(nav(&front).contains("/one/two/three/deep/"), "{front}");
    assert!(!nav(&front).contains("/own/four/five/below/"), "{front}");
    assert!(nav(&project.read("public/own/index.html")).contains("/own/four/five/below/"));
}

#[test]
fn a_dead_link_in_a_text_of_data_is_found() {
    let project = site()
        .file("content/data/bands.toml", DATA.replace("title = \"Pay bands\"", "title = \"Pay [bands](bnads.md)\""));
    project.run("build --format short").finds_errors().says("content/data/bands.toml:1:").says("link-page");
}

#[test]
fn spreadsheets_meet_no_formula() {
    let project = site().file(
        "content/data/notes.toml",
        "type = \"text\"\ntitle = \"Notes\"\n[columns]\ntext = { title = \"Text\" }\n[[row]]\nid = \"a\"\ntext = \"=HYPERLINK(1)\"\n",
    );
    project.run("build").succeeds();
    assert!(project.read("public/data/notes.csv").contains("'=HYPERLINK(1)"));
}
