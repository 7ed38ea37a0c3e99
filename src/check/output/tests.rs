//! Tests: finished files with one thing wrong each.

use super::*;
use crate::check::rules::fixture;

const DATA: &str = "kind = \"facts\"\nunit = \"USD\"\n[l3]\ntitle = \"L3\"\nvalue = 432_000\n";

const OTHER: &str = "kind = \"facts\"\nunit = \"USD\"\nnote = \"Not [$432K](figure:fee.l3).\"\n[l3]\ntitle = \"Other\"\nvalue = 99_000\n\
    [both]\ntitle = \"Both\"\nformula = \"l3 + extra.l3\"\n";
const EXTRA: &str =
    "kind = \"facts\"\nunit = \"USD\"\n[l3]\ntitle = \"Extra\"\nvalue = 7_000\n[l4]\ntitle = \"More\"\nvalue = 8_000\n";

const WORDS: &str = "kind = \"terms\"\n[word]\nterm = \"Word\"\ndefinition = \"From [$7K](figure:extra.l3) to [$8,000](figure:extra.l4).\"\n";

const CONTENT: &[(&str, &str)] = &[
    ("index.md", "The median is [$432K](figure:fee.l3), and some say 40%.\n"),
    ("b.md", "It is [$99K](figure:other.l3).\n\n## Second\n"),
    ("c.md", "A [word](term:word).\n"),
    ("data/words.toml", WORDS),
    ("data/fee.toml", DATA),
    ("data/other.toml", OTHER),
    ("data/extra.toml", EXTRA),
];

/// Reads finished files, and compares the codes and messages of what is found.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let (site, _) = fixture::site(CONTENT);
    let reading = Reading::new(&site, vec![Source::new("templates/page.html", "<p>\n<b>$5K</b>\n")]);
    let finished = files.iter().map(|(path, text)| reading.read(path, text.as_bytes())).collect();
    let found: Vec<String> = reading
        .problems(finished)
        .iter()
        .filter(|problem| problem.code.name != "output-words")
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
    page("<p><data value=\"432000\" data-figure=\"fee.l3\"><a>$432K</a></data> in 2026</p>", &[]);
    page(
        "<p><data value=\"432000\" data-figure=\"fee.l3\">$430K</data></p>",
        &["output-mark: `$430K` is marked as `fee.l3`, which is $432K"],
    );
    page(
        "<p><data value=\"430000\" data-figure=\"fee.l3\">$432K</data></p>",
        &["output-mark: the mark of `fee.l3` has the value `430000`, and the datum is `432000`"],
    );
    page(
        "<p><data value=\"1\" data-figure=\"fee.l4\">1</data></p>",
        &["output-mark: a mark names the figure `fee.l4`, which there is not"],
    );
    page("<p>From $432K</p>", &["output-figure: the finished page shows `$432K`, which comes from no datum"]);
}

#[test]
fn numbers_that_are_no_data_or_cannot_be_marked_are_left_alone() {
    page("<p>Some say 40%, <span data-literal=\"a whole\">100%</span>, <code>5%</code></p>", &[]);
    page("<title>$432K</title><meta content=\"from $432K\"><nav><a title=\"$0.43M\">$432K</a></nav>", &[]);
    page(
        "<title>$431K</title>",
        &["output-figure: the finished page `index.html` shows `$431K`, which is no datum of this page"],
    );
    // What another page binds is none of this one's.
    page(
        "<title>$99K</title>",
        &["output-figure: the finished page `index.html` shows `$99K`, which is no datum of this page"],
    );
    check(&[("b/index.html", "<title>$99K</title>")], &[]);
    // A definition at hand is plain text, where two figures read as one range.
    check(&[("c/index.html", "<a title=\"From $7K to $8,000.\">word</a>")], &[]);
    page(
        "<img alt=\"7 years\">",
        &["output-figure: the finished page `index.html` shows `7 years`, which is no datum of this page"],
    );
    page("<svg><text data-figure=\"fee.l3\">$432K</text><rect data-figure=\"fee.l3\"/></svg>", &[]);
    page(
        "<svg><text data-figure=\"fee.l3\">$433K</text><text data-literal=\"axis\">$500K</text></svg>",
        &["output-mark: `$433K` is marked as `fee.l3`, which is $432K"],
    );
}

#[test]
fn the_records_of_a_set_say_what_it_holds_quotes_and_is_calculated_from() {
    let record = |shown: &str| format!("<p>{shown}</p>");
    let check_record = |set: &str, shown: &str, expected: &[&str]| {
        check(&[(&format!("figures/{set}/index.html"), &record(shown))], expected);
    };
    check_record("other", "$99K + $7K = $106K, not $432K, and some say 40%", &[]);
    check_record("fee", "$432K", &[]);
    for (set, shown) in [("fee", "$99K"), ("other", "$8,000"), ("extra", "$99K")] {
        let message = format!(
            "output-figure: the finished page `figures/{set}/index.html` shows `{shown}`, which is no datum of this page"
        );
        check_record(set, shown, &[&message]);
    }
    let csv = |note: &str| format!("id,value,low,high,text,note\r\nfee.l3,432000,,,$432K,{note}\r\n");
    check(&[("data/fee.csv", &csv("from $432K"))], &[]);
    check(
        &[("data/fee.csv", &csv("from $99K"))],
        &["output-figure: `data/fee.csv` holds `$99K` in `note`, which is no datum of this set"],
    );
}

#[test]
fn a_finding_names_the_line_of_a_template_or_the_file_behind_the_page() {
    let check_place = |path: &str, body: &str, expected: &str| {
        let (site, _) = fixture::site(CONTENT);
        let reading = Reading::new(&site, vec![Source::new("templates/page.html", "<p>\n<b>$5K</b>\n")]);
        let finished = vec![reading.read(path, body.as_bytes())];
        let problems = reading.problems(finished);
        let places: Vec<String> = problems
            .iter()
            .filter(|problem| problem.code.name != "output-words")
            .flat_map(|problem| problem.place.iter().chain(problem.labels.iter().map(|label| &label.place)))
            .map(ToString::to_string)
            .collect();
        assert_eq!(places.join(" "), expected, "{path}: {body}");
    };
    check_place("index.html", "<p><b>$5K</b></p>", "templates/page.html:2:4 public/index.html:1:7");
    check_place("index.html", "<p><b>$15K</b></p>", "content/index.md:1:1 public/index.html:1:7");
    check_place(
        "b/index.html",
        "<i id=\"second\"></i><i id=\"second\"></i>",
        "content/b.md:8:1 public/b/index.html:1:23",
    );
    check_place("figures/fee/index.html", "<i>$9K</i>", "content/data/fee.toml:1:1 public/figures/fee/index.html:1:4");
    check_place("404.html", "<i>$9K</i>", "public/404.html:1:4");
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
        &["output-link: the finished page `index.html` links to `/a/`, which is not below the site's own path /repo/"],
    );
    with(
        "<a href=\"/repo/b/\"></a>",
        &["output-link: the finished page `index.html` links to `/repo/b/`, where nothing is published"],
    );
    with(
        "<a href=\"/repo/a/#b\"></a>",
        &["output-link: the finished page `index.html` links to `/repo/a/#b`, and `a/index.html` has no id `b`"],
    );
    with("<b id=\"x\"></b><b id=\"x\"></b>", &["output-id: the id `x` stands twice on the finished page `index.html`"]);
    check(
        &[("sitemap.xml", "<urlset><loc>https://example.com/repo/c/</loc></urlset>")],
        &[
            "output-link: the finished page `sitemap.xml` links to `https://example.com/repo/c/`, where nothing is published",
        ],
    );
}

#[test]
fn numbers_are_the_same_wherever_lines_break() {
    let content = &[
        ("index.md", "[$432K](figure:fee.l3), 3\nyears, [4](b.md)–[5 years](b.md) and 6% to\n*7%*.\n"),
        ("b.md", "Text.\n"),
        ("data/fee.toml", DATA),
    ];
    let (site, _) = fixture::site(content);
    let found = |body: &str| {
        let reading = Reading::new(&site, Vec::new());
        let finished = reading.read("index.html", body.as_bytes());
        let problems = reading.problems(vec![finished]);
        problems.iter().filter(|problem| problem.code.name == numbers::UNMARKED.name).count()
    };
    for body in ["<p>3 years</p>", "<p>3\n  years</p>", "<p><a>4</a>–<a>5 years</a></p>", "<p>6% to\n<em>7%</em></p>"]
    {
        assert_eq!(found(body), 0, "{body}");
    }
    assert_eq!(found("<p>4 years</p><p>3\nweeks</p>"), 2);
}

#[test]
fn one_fault_of_a_template_is_one_problem() {
    let body = "<p>5%</p><a href=\"/repo/b/\"></a>";
    check(
        &[("index.html", body), ("a/index.html", body), ("b.html", body)],
        &[
            "output-link: the finished page `a/index.html` links to `/repo/b/`, where nothing is published, here and 2 more times in the finished site",
            "output-figure: the finished page `a/index.html` shows `5%`, which comes from no datum, here and 2 more times in the finished site",
        ],
    );
}

#[test]
fn markup_is_well_formed() {
    page("<p>a<br><ul><li>b</ul>", &[]);
    page("<div><b>a</div>", &["output-markup: the finished file holds a tag `<b>` without its end"]);
    page("a</b>", &["output-markup: the finished file holds an end tag `</b>` without its start"]);
    page("<p", &["output-markup: the finished file is not valid HTML: end of the file in tag"]);
    page("<p class=a title='b'>&hellip;</p><i id=x></i><a href=#x></a>", &[]);
    page(
        "<p class=\"a><b id=\"b\">5%</b></p>",
        &["output-markup: the finished file is not valid HTML: missing whitespace between attributes"],
    );
}

#[test]
fn files_for_download_say_what_the_data_say() {
    let csv = |value: &str, text: &str| format!("id,value,low,high,text,note\r\nfee.l3,{value},,,{text},\r\n");
    check(&[("data/fee.csv", &csv("432000", "$432K"))], &[]);
    check(
        &[("data/fee.csv", &csv("430000", "$432K"))],
        &["output-value: `data/fee.csv` gives 430000 and \"$432K\" for `fee.l3`, which is `432000`"],
    );
    check(&[("data/fee.json", "{\"rows\": [{\"id\": \"fee.l3\", \"value\": 432000, \"text\": \"$432K\"}]}")], &[]);
    check(
        &[(
            "data/fee.json",
            "{\"rows\": [{\"id\": \"fee.l3\", \"value\": 432000, \"text\": \"$1\", \"note\": \"9%\"}]}",
        )],
        &[
            "output-figure: `data/fee.json` holds `9%` in `note`, which is no datum of this set",
            "output-value: `data/fee.json` gives 432000 and \"$1\" for `fee.l3`, which is `432000`",
        ],
    );
    check(&[("data/fee.json", "{")], &["output-value: `data/fee.json` can't be read as JSON"]);
}
