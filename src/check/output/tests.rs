//! Tests: finished files with one thing wrong each.

use super::*;
use crate::check::rules::fixture;

const DATA: &str = "kind = \"facts\"\ncurrency = \"USD\"\nperiod = \"once\"\n[l3]\ntitle = \"L3\"\nmoney = 432_000\n";

/// Reads finished files, and compares the codes and messages of what is found.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let content: &[(&str, &str)] =
        &[("index.md", "The median is [$432K](figure:pay.l3), and some say 40%.\n"), ("data/pay.toml", DATA)];
    let (site, _) = fixture::site(content);
    let reading = Reading::new(&site);
    let finished = files.iter().map(|(path, text)| reading.read(path, text.as_bytes())).collect();
    let found: Vec<String> = reading
        .problems(finished)
        .iter()
        .map(|problem| format!("{}: {}", problem.code.name, problem.message))
        .collect();
    assert_eq!(found, expected, "{files:?}");
}

/// The same for one page's body.
fn page(body: &str, expected: &[&str]) {
    check(&[("index.html", body)], expected);
}

#[test]
fn a_number_needs_a_mark_that_agrees_with_its_datum() {
    page("<p><data value=\"432000\" data-figure=\"pay.l3\"><a>$432K</a></data> in 2026</p>", &[]);
    page(
        "<p><data value=\"432000\" data-figure=\"pay.l3\">$430K</data></p>",
        &["output-mark: `$430K` is marked as `pay.l3`, which is $432K"],
    );
    page(
        "<p><data value=\"430000\" data-figure=\"pay.l3\">$432K</data></p>",
        &["output-mark: the mark of `pay.l3` has the value `430000`, and the datum is `432000`"],
    );
    page(
        "<p><data value=\"1\" data-figure=\"pay.l4\">1</data></p>",
        &["output-mark: a mark names the figure `pay.l4`, which there is not"],
    );
    page("<p>From $432K</p>", &["output-figure: the finished page shows `$432K`, which comes from no datum"]);
}

#[test]
fn numbers_that_are_no_data_or_cannot_be_marked_are_left_alone() {
    page("<p>Some say 40%, <span data-literal=\"a whole\">100%</span>, <code>5%</code></p>", &[]);
    page("<title>$432K</title><meta content=\"from $432K\"><nav><a title=\"$0.43M\">$432K</a></nav>", &[]);
    page("<title>$431K</title>", &["output-figure: the finished page shows `$431K`, which comes from no datum"]);
    page("<img alt=\"7 years\">", &["output-figure: the finished page shows `7 years`, which comes from no datum"]);
    page("<svg><text data-figure=\"pay.l3\">$432K</text><rect data-figure=\"pay.l3\"/></svg>", &[]);
    page(
        "<svg><text data-figure=\"pay.l3\">$433K</text><text data-literal=\"axis\">$500K</text></svg>",
        &["output-mark: `$433K` is marked as `pay.l3`, which is $432K"],
    );
}

#[test]
fn addresses_and_ids_are_found_below_the_base_path() {
    let other = ("a/index.html", "<h1 id=\"top-of\">A</h1>");
    let with = |body: &'static str, expected: &[&str]| check(&[("index.html", body), other], expected);
    with(
        "<a href=\"/repo/a/#top-of\"></a><a href=\"a/\"></a><a href=\"#x\" id=\"x\"></a><a href=\"mailto:a@b.c\"></a>",
        &[],
    );
    with("<a href=\"https://example.com/repo/a/\"></a><a href=\"https://elsewhere.org/b/\"></a>", &[]);
    with(
        "<a href=\"/a/\"></a>",
        &["output-link: the finished page links to `/a/`, which is not below the site's own path /repo/"],
    );
    with(
        "<a href=\"/repo/b/\"></a>",
        &["output-link: the finished page links to `/repo/b/`, where nothing is published"],
    );
    with(
        "<a href=\"/repo/a/#b\"></a>",
        &["output-link: the finished page links to `/repo/a/#b`, and `a/index.html` has no id `b`"],
    );
    with("<b id=\"x\"></b><b id=\"x\"></b>", &["output-id: the id `x` stands twice on the finished page `index.html`"]);
    check(
        &[("sitemap.xml", "<urlset><loc>https://example.com/repo/c/</loc></urlset>")],
        &["output-link: the finished page links to `https://example.com/repo/c/`, where nothing is published"],
    );
}

#[test]
fn one_fault_of_a_template_is_one_problem() {
    let body = "<p>5%</p><a href=\"/repo/b/\"></a>";
    check(
        &[("index.html", body), ("a/index.html", body), ("b.html", body)],
        &[
            "output-figure: the finished page shows `5%`, which comes from no datum, here and 2 more times in the finished site",
            "output-link: the finished page links to `/repo/b/`, where nothing is published, here and 2 more times in the finished site",
        ],
    );
}

#[test]
fn markup_is_well_formed() {
    page("<p>a<br><ul><li>b</ul>", &[]);
    page("<div><b>a</div>", &["output-markup: `index.html` holds a tag `<b>` without its end"]);
    page("a</b>", &["output-markup: `index.html` holds an end tag `</b>` without its start"]);
    page("<p", &["output-markup: `index.html` holds a tag without an end"]);
}

#[test]
fn files_for_download_say_what_the_data_say() {
    let csv = |value: &str, text: &str| format!("id,value,low,high,text,note\r\npay.l3,{value},,,{text},\r\n");
    check(&[("data/pay.csv", &csv("432000", "$432K"))], &[]);
    check(
        &[("data/pay.csv", &csv("430000", "$432K"))],
        &["output-value: `data/pay.csv` gives 430000 and \"$432K\" for `pay.l3`, which is `432000`"],
    );
    check(&[("data/pay.json", "{\"rows\": [{\"id\": \"pay.l3\", \"value\": 432000, \"text\": \"$432K\"}]}")], &[]);
    check(
        &[(
            "data/pay.json",
            "{\"rows\": [{\"id\": \"pay.l3\", \"value\": 432000, \"text\": \"$1\", \"note\": \"9%\"}]}",
        )],
        &[
            "output-figure: `data/pay.json` holds `9%` in `note`, which comes from no datum",
            "output-value: `data/pay.json` gives 432000 and \"$1\" for `pay.l3`, which is `432000`",
        ],
    );
    check(&[("data/pay.json", "{")], &["output-value: `data/pay.json` can't be read as JSON"]);
}
