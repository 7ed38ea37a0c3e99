//! What a site or an author has accepted: links published as typed, waivers over several lines, images of other hosts.

use bandbook::config::Labels;

use crate::project::Project;

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/t/\"\n";
const HEAD: &str = "+++\ntitle = \"T\"\ndescription = \"D\"\n+++\n\n";
const SOURCES: &str = "kind = \"sources\"\n[s]\ntitle = \"S\"\n";
const FACTS: &str = "kind = \"facts\"\ntitle = \"F\"\nsources = [\"s\"]\nas_of = \"2026-11\"\nconfidence = \"medium\"\n\
[a]\ntitle = \"A\"\nvalue = 3\nunit = \"%\"\n";

/// A site of one page.
fn site(settings: &str, body: &str) -> Project {
    Project::empty()
        .file("content/site.toml", format!("{SITE}{settings}"))
        .file("content/index.md", format!("{HEAD}{body}\n"))
}

/// The same with one figure in its data, which the page quotes.
fn site_with_data(settings: &str, body: &str) -> Project {
    site(settings, &format!("[3%](figure:f.a) now.\n\n{body}"))
        .file("content/data/f.toml", FACTS)
        .file("content/data/sources.toml", SOURCES)
}

/// Holds the problems of a check against `FILE:LINE:COLUMN: SEVERITY[CODE]`, the file without `content/`.
#[track_caller]
fn check(project: &Project, expected: &[&str]) {
    let run = project.run("check --format short --quiet --today 2026-11-20");
    let code = |line: &str| Some(line.split_once(']')?.0.trim_start_matches("content/").to_owned() + "]");
    let found: Vec<String> = run.stderr.lines().filter_map(code).collect();
    assert_eq!(found, expected, "{}", run.stderr);
}

/// Builds a site, and gives a published file.
#[track_caller]
fn published(project: &Project, file: &str) -> String {
    project.run("build --quiet").succeeds();
    project.read(&format!("public/{file}"))
}

const LINKS: [(&str, &str, &str); 8] = [
    ("link-address", "[a](/api/v1/)", "<a href=\"/api/v1/\">"),
    ("link-file", "[a](report.pdf#page=3)", "<a href=\"report.pdf#page=3\">"),
    ("link-file", "[a](<my report.pdf>)", "<a href=\"my%20report.pdf\">"),
    ("link-file", "![a](made/a.png)", "<img src=\"made/a.png\""),
    ("link-anchor", "[a](#gone)", "<a href=\"#gone\">"),
    ("link-anchor", "[a](b.md#gone)", "<a href=\"/t/b/#gone\">"),
    ("link-page", "[a](sub/../later.md#x)", "<a href=\"sub/../later.md#x\">"),
    ("link-page", "[a](t/later.md \"b\")", "<a href=\"t/later.md\" title=\"b\">"),
];

fn with_b(project: Project) -> Project {
    project.file("content/b.md", format!("{HEAD}[Home](index.md)\n"))
}

#[test]
fn an_accepted_link_is_published_as_it_was_typed() {
    for (rule, link, html) in LINKS {
        let waived = with_b(site("", &format!("[B](b.md)\n\n<!-- bandbook: allow {rule}: made elsewhere -->\n{link}")));
        check(&waived, &[]);
        let page = published(&waived, "index.html");
        assert!(page.contains(html), "{link}: {page}");
        for (severity, expected) in [("off", 0), ("warn", 1)] {
            let set = with_b(site(&format!("[rules]\n{rule} = \"{severity}\"\n"), &format!("[B](b.md)\n\n{link}")));
            let run = set.run("check --format short --quiet");
            run.succeeds();
            assert_eq!(run.stderr.lines().filter(|line| line.contains("warning[")).count(), expected, "{}", run.stderr);
            assert!(published(&set, "index.html").contains(html), "{link}");
        }
    }
}

#[test]
fn a_waiver_accepts_its_own_link_and_no_other() {
    let waiver = "<!-- bandbook: allow link-address: made elsewhere -->\n[a](/api/)\n\n";
    check(&site("", &format!("{waiver}[b](/api/)")), &["index.md:9:5: error[link-address]"]);
    check(
        &with_b(site("", &format!("{waiver}[b](b.md)"))).file("content/b.md", format!("{HEAD}[a](/api/)\n")),
        &["b.md:6:5: error[link-address]"],
    );
    let template = "{% extends \"page.html\" %}\n{% block body -%}\n<a href=\"/api/\">w</a>{{ page.body_html | safe }}{% endblock body %}\n";
    let wide = HEAD.replace("description", "template = \"wide.html\"\ndescription");
    let project = with_b(site("", &format!("{waiver}[b](b.md)")))
        .file("templates/wide.html", template)
        .file("content/b.md", format!("{wide}Words that are long enough.\n"));
    check(&project, &["templates/wide.html:3:9: error[output-link]"]);
}

#[test]
fn a_link_in_data_is_accepted_wherever_it_shows() {
    let note = "# bandbook: allow link-file: made elsewhere\nnote = \"\"\"\nSee the\n[sheet](sheet.xlsx).\"\"\"\n";
    let project = site_with_data("", "```facts\nfigures = [\"f.a\"]\n```")
        .file("content/data/f.toml", FACTS.replace("value", &format!("{note}value")));
    check(&project, &[]);
    assert!(published(&project, "figures/f/index.html").contains("<a href=\"sheet.xlsx\">"));
}

#[test]
fn forbidden_schemes_stay_refused() {
    let waived = "<!-- bandbook: allow link-address: I want it -->\n[a](javascript:alert(1))";
    let run = site("", waived).run("check --format short --quiet");
    assert!(run.code == Some(1) && run.stderr.contains("error[link-scheme]"), "{}", run.stderr);
}

#[test]
fn what_follows_the_sign_of_a_files_address_is_published() {
    let project =
        site("", "[a](a.pdf#page=3) [b](b.html#x)").file("content/a.pdf", "").file("content/b.html", "<p id=x>");
    check(&project, &["b.html:1:1: warning[html-file]"]);
    let page = published(&project, "index.html");
    assert!(page.contains("href=\"/t/a.pdf#page=3\"") && page.contains("href=\"/t/b.html#x\""), "{page}");
}

#[test]
fn one_waiver_is_enough_wherever_a_line_breaks() {
    for text in [
        "We keep it for at least 3\nyears, and then for 5 years more.",
        "It falls by 3%\nto 5%.",
        "Between 3\nand 5 years.",
        "From [3](b.md)–[5 years](b.md).",
        "From **$3K** to\n*$5K*.",
        "From [3%](b.md)\nto [5%](b.md).",
        "> It took 3\n> years.",
        "- It took 3\n  years.",
        "It took 3\\\nyears, or 3%\\\nto 5%.",
    ] {
        let waived = format!("[B](b.md)\n\n<!-- bandbook: allow typed-figure: a promise -->\n{text}");
        check(&with_b(site_with_data("", &waived)), &[]);
        let off = "[rules]\ntyped-figure = \"off\"\n";
        check(&with_b(site_with_data(off, &format!("[B](b.md)\n\n{text}"))), &[]);
    }
    let in_line = "We keep it for at least 3\nyears. <!-- bandbook: allow typed-figure: a promise -->";
    check(&site_with_data("", in_line), &[]);
}

#[test]
fn a_waiver_in_data_covers_the_whole_value() {
    for value in ["\"\"\"\nFirst\n3 years,\nthen 5\nyears.\"\"\"", "'''\nFirst 3 years, \\\nthen 5 years.'''"] {
        let note = format!("# bandbook: allow typed-figure: a promise\n# A remark.\nnote = {value}\n");
        let facts = FACTS.replace("value", &format!("{note}value"));
        check(&site_with_data("", "").file("content/data/f.toml", facts), &[]);
        let facts = FACTS.replace("value", &format!("note = {value}\nvalue"));
        let run = site_with_data("", "").file("content/data/f.toml", facts).run("check --format short --quiet");
        assert_eq!(run.stderr.matches("warning[typed-figure]").count(), 2, "{}", run.stderr);
    }
}

#[test]
fn a_rule_that_the_site_sets_holds_without_data() {
    let text = "Pay is $500 a month, 5% more, for 12 months.";
    check(&site("", text), &[]);
    check(&site("[rules]\ntyped-figure = \"off\"\n", text), &[]);
    for (severity, shown) in [("error", "error"), ("warn", "warning")] {
        let expected = [8, 22, 35].map(|column| format!("index.md:6:{column}: {shown}[typed-figure]"));
        let project = site(&format!("[rules]\ntyped-figure = \"{severity}\"\n"), text);
        check(&project, &expected.each_ref().map(String::as_str));
        check(&project.file("content/data/sources.toml", SOURCES), &expected.each_ref().map(String::as_str));
    }
}

#[test]
fn names_are_no_figures_and_amounts_beside_them_are() {
    let text = "A 401K of $10k, 4K video for 20 days, version 5M, 1.2.3 days.";
    check(&site_with_data("", text), &["index.md:8:11: warning[typed-figure]", "index.md:8:30: warning[typed-figure]"]);
}

const IMAGE: &str = "![A](https://Images.example.com:443/a.png?b=c)";

#[test]
fn an_image_of_another_host_needs_the_hosts_name_in_the_settings() {
    let project = site("", IMAGE);
    check(&project, &["index.md:6:6: error[image-host]"]);
    let run = project.run("build --format short");
    assert!(run.code == Some(1) && run.stderr.contains("images = [\"https://images.example.com\"]"), "{}", run.stderr);
    let hosts = "[csp]\nimages = [\"https://images.example.com\", \"http://b.example:8080/\"]\n";
    let allowed = site(hosts, IMAGE);
    check(&allowed, &[]);
    let page = published(&allowed, "index.html");
    assert!(page.contains("img-src 'self' https://images.example.com http://b.example:8080; connect-src"), "{page}");
    check(&site("", "![A](https://example.org/elsewhere/a.png)"), &[]);
    check(&site(hosts, "![A](http://images.example.com/a.png)"), &["index.md:6:6: error[image-host]"]);
    check(&site(hosts, "![A](https://images.example.com.evil.example/a.png)"), &["index.md:6:6: error[image-host]"]);
    check(&site(hosts, "![A](https://me@images.example.com/a.png)"), &["index.md:6:6: error[image-host]"]);
    check(&site("", &format!("<!-- bandbook: allow image-host: own policy -->\n{IMAGE}")), &[]);
    check(&site("[rules]\nimage-host = \"warn\"\n", IMAGE), &["index.md:6:6: warning[image-host]"]);
}

#[test]
fn an_image_in_data_or_in_html_needs_it_too() {
    let facts = FACTS.replace("value", &format!("note = \"{IMAGE}\"\nvalue"));
    check(&site_with_data("", "").file("content/data/f.toml", facts), &["data/f.toml:8:14: error[image-host]"]);
    let html = "<p><img src=\"https://images.example.com/a.png\" alt=\"A\"></p>";
    let allow = "allow_html = true\n";
    check(&site(allow, html), &["index.md:6:13: error[image-host]"]);
    check(&site(allow, &html.replace("https:", "")), &["index.md:6:13: error[image-host]"]);
    check(&site(&format!("{allow}[csp]\nimages = [\"https://images.example.com\"]\n"), html), &[]);
    for gap in ["\n", "\n\n", " "] {
        check(&site(allow, &format!("<!-- bandbook: allow image-host: own policy -->{gap}{html}\n\nWords.")), &[]);
    }
}

#[test]
fn hosts_in_the_settings_are_hosts_and_nothing_else() {
    for wrong in [
        "images.example.com",
        "https://*.example.com",
        "https://a.example; script-src *",
        "https://a.example/b",
        "'self'",
    ] {
        check(&site(&format!("[csp]\nimages = [\"{wrong}\"]\n"), "A."), &["site.toml:4:12: error[site-address]"]);
    }
}

#[test]
fn labels_are_escaped_wherever_they_show() {
    let project = Project::empty();
    project.run("init .").succeeds();
    let labels = Labels::default();
    let labels: String = labels.iter().map(|(key, word)| format!("{key} = \"{word} R&D <i>x</i>\"\n")).collect();
    let settings = project.read("content/site.toml");
    let project = project.file("content/site.toml", format!("{settings}\n[labels]\n{labels}"));
    project.run("build --quiet").succeeds();
    for file in ["index.html", "plans/index.html", "figures/plans/index.html", "404.html"] {
        let page = project.read(&format!("public/{file}"));
        assert!(page.contains("&lt;i&gt;x") && !page.contains("<i>x"), "{file}");
    }
}
