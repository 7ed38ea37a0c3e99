//! What a check must catch, from the outside: one small clean site, and for each kind of fault the site with that fault.

use crate::project::Project;

const SITE: &str = "title = \"Pay\"\nbase_url = \"https://example.org/pay/\"\ndescription = \"Pay by level.\"\n\
[[nav]]\ntitle = \"All\"\npages = [\"index.md\", \"words.md\"]\n";

const INDEX: &str = "+++\ntitle = \"Pay\"\n+++\n\n## The table\n\nIt starts at [$100](figure:bands.l1.base.low). One employer pays\n\
[$500](figure:employer.start).\n\n```table bands\n```\n\n## Words\n\n[Words](words.md#first), [again](/words/), ![A sign](sign.svg).\n\n\
### Below\n\n```list conflicts\n```\n\n```list ladder\n```\n";

const WORDS: &str = "+++\ntitle = \"Words\"\ndescription = \"Words.\"\naliases = [\"/old/\"]\n+++\n\n## First\n\n\
A [TPM](term:tpm). Moving takes [12 months](figure:facts.move), and [60%](figure:facts.inside) move inside.\n\n\
```facts\nfigures = [\"facts.outside\"]\n```\n";

const BANDS: &str = r#"subject = "TPM"
scope = "market"
unit = "USD/year"
as_of = "2026"
next_review = "2027-01"
sources = ["survey"]
ordered = true
expect = [
  "base.low < next(base.low)",
  "next(base.low) <= base.high",
  "total.low <= total.median",
  "total.median <= total.high",
  "total.high <= parts.high",
]
[columns]
base = { title = "Base" }
bonus = { title = "Bonus" }
total = { title = "Total" }
parts = { title = "Sum of the parts", formula = "base + bonus" }
[[row]]
id = "l1"
base = [100, 150]
bonus = [10, 20]
total = { range = [110, 170], median = 130 }
[[row]]
id = "l2"
base = [140, 200]
bonus = [20, 40]
total = { range = [165, 240], median = 180 }
"#;

const FACTS: &str = r#"kind = "facts"
subject = "TPM"
scope = "market"
unit = "USD/year"
as_of = "2026"
sources = ["survey"]
expect = ["inside + outside = 100%"]
[move]
title = "Moving"
value = 12
unit = "month"
[inside]
title = "Inside"
value = 60
unit = "%"
[outside]
title = "Outside"
value = 40
unit = "%"
"#;

const EMPLOYER: &str = r#"kind = "facts"
subject = "TPM"
scope = "employer"
unit = "USD/year"
as_of = "2026"
sources = ["survey"]
[start]
title = "Start"
value = 500
"#;

const CONFLICTS: &str = r#"kind = "conflicts"
[c]
title = "Two sources"
kind = "contradiction"
figures = ["bands.l1.bonus"]
line = "Two sources differ."
explanation = "They differ."
status = "open"
"#;

const LADDER: &str = r#"ordered = true
[columns]
title = { title = "Rung", type = "text" }
pay = { title = "Pay", type = "figure" }
[[row]]
id = "a"
title = "A"
pay = "bands.l1.total"
[[row]]
id = "b"
title = "B"
pay = "bands.l2.total"
"#;

const TERMS: &str =
    "kind = \"terms\"\n[tpm]\nterm = \"Technical Product Manager\"\nshort = \"TPM\"\ndefinition = \"Decides.\"\n";

fn clean() -> Project {
    Project::empty()
        .file("content/site.toml", SITE)
        .file("content/index.md", INDEX)
        .file("content/words.md", WORDS)
        .file("content/sign.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/data/bands.toml", BANDS)
        .file("content/data/facts.toml", FACTS)
        .file("content/data/employer.toml", EMPLOYER)
        .file("content/data/conflicts.toml", CONFLICTS)
        .file("content/data/ladder.toml", LADDER)
        .file("content/data/terms.toml", TERMS)
        .file("content/data/sources.toml", "kind = \"sources\"\n[survey]\ntitle = \"A survey\"\n")
}

/// The problems of a site as `SEVERITY[CODE]`, each kind once, and whether a check fails.
fn found(project: &Project, arguments: &str) -> (Vec<String>, bool) {
    let run = project.run(&format!("check --format short --quiet {arguments}"));
    let code = |line: &str| {
        let at = [": error[", ": warning["].iter().find_map(|mark| line.find(mark))?;
        line.get(at + 2..)?.split_once(']').map(|(code, _)| format!("{code}]"))
    };
    let mut codes: Vec<String> = run.stderr.lines().filter_map(code).collect();
    codes.sort();
    codes.dedup();
    (codes, run.code != Some(0))
}

/// A fault: a file in which one text is replaced, or a new file, and the problem that must be found; `""` for none.
#[track_caller]
fn catches(file: &str, old: &str, new: &str, expected: &str) {
    let project = clean();
    let text = match old {
        "" => new.to_owned(),
        old => {
            let text = project.read(file);
            assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
            text.replace(old, new)
        }
    };
    let project = project.file(file, text);
    let (codes, failed) = found(&project, "--today 2026-11-20");
    let expected: Vec<&str> = Some(expected).filter(|code| !code.is_empty()).into_iter().collect();
    assert_eq!(codes, expected, "{file}: {old:?} ⇒ {new:?}");
    assert_eq!(failed, expected.iter().any(|code| code.starts_with("error")), "{file}: {old:?} ⇒ {new:?}");
}

const PAGE: &str = "+++\ntitle = \"More\"\ndescription = \"More.\"\n+++\n\nMore.\n";

#[test]
fn a_clean_site_has_no_problem() {
    assert_eq!(found(&clean(), "--today 2026-11-20"), (Vec::new(), false));
}

#[test]
fn links() {
    let link = |new, expected| catches("content/index.md", "[Words](words.md#first)", new, expected);
    link("[Words](word.md)", "error[link-page]");
    link("[Words](Words.md)", "error[link-page]");
    link("[Words](words.md#second)", "error[link-anchor]");
    link("[Words](words.md#First)", "error[link-anchor]");
    link("[Words](#nowhere) [w](words.md)", "error[link-anchor]");
    link("[Words](/word/)", "error[link-address]");
    link("[Words](/Words/)", "error[link-address]");
    link("[Words](/pay/words/)", "error[link-address]");
    link("[Words](words.md) [f](list.pdf)", "error[link-file]");
    catches("content/index.md", "(sign.svg)", "(Sign.svg)", "error[link-file]");
    let draft = clean().file("content/draft.md", PAGE.replace("More.\"\n+++", "More.\"\ndraft = true\n+++"));
    let draft = draft.file("content/index.md", INDEX.replace("[again]", "[draft](draft.md) [again]"));
    assert_eq!(found(&draft, ""), (vec!["error[link-page]".to_owned()], true));
}

#[test]
fn finished_files() {
    let template = |words: &str| {
        format!(
            "{{% extends \"page.html\" %}}\n{{% block body -%}}{words}{{{{ page.body_html | safe }}}}{{% endblock body %}}\n"
        )
    };
    let shows = |words: &str, expected: &[&str]| {
        let words_page = WORDS.replace("aliases", "template = \"wide.html\"\naliases");
        let project = clean().file("templates/wide.html", template(words)).file("content/words.md", words_page);
        let run = project.run("check --format short --quiet --today 2026-11-20");
        let lines: Vec<&str> = run.stderr.lines().filter(|line| line.contains("output-")).collect();
        assert_eq!(lines.len(), expected.len(), "{words}: {}", run.stderr);
        for (line, expected) in lines.iter().zip(expected) {
            assert!(line.starts_with(expected), "{words}: {line}");
        }
    };
    shows("", &[]);
    shows("<a href=\"/pay/words/\">w</a>", &[]);
    shows("<a href=\"/words/\">w</a>", &["templates/wide.html:2:26: error[output-link]"]);
    shows("<a href=\"/pay/word/\">w</a>", &["templates/wide.html:2:26: error[output-link]"]);
    shows("<a href=\"/pay/words/#second\">w</a>", &["templates/wide.html:2:26: error[output-link]"]);
    shows("<p>From $9K</p>", &["templates/wide.html:2:26: error[output-figure]"]);
    shows("<i id=\"one\"></i><i id=\"one\"></i>", &["templates/wide.html:2:21: error[output-id]"]);
    shows("<div>", &["templates/wide.html:2:18: error[output-markup]"]);
    let mark = "<data value=\"100\" data-figure=\"bands.l1.base.low\">$101</data>";
    shows(mark, &["templates/wide.html:2:36: error[output-mark]"]);
}

#[test]
fn addresses() {
    catches("content/words/index.md", "", PAGE, "error[address-collision]");
    catches(
        "content/more.md",
        "",
        &PAGE.replace("\n+++\n\nMore", "\nslug = \"words\"\n+++\n\nMore"),
        "error[address-collision]",
    );
    catches("content/words.md", "[\"/old/\"]", "[\"/figures/\"]", "error[address-collision]");
    catches("content/words.md", "[\"/old/\"]", "[\"/\"]", "error[alias-address]");
    catches("content/WORDS.md", "", PAGE, "error[address-collision]");
    let (codes, _) = found(&clean().file("content/words/index.html", "<p>Words</p>"), "--today 2026-11-20");
    assert_eq!(codes, ["error[address-collision]", "warning[html-file]"]);
    catches("content/more.md", "", PAGE, "warning[page-orphan]");
}

#[test]
fn pages() {
    catches("content/index.md", "### Below", "#### Below", "warning[heading-order]");
    catches("content/words.md", "description = \"Words.\"\n", "", "warning[page-description]");
    catches("content/index.md", "![A sign]", "![]", "error[image-text]");
    catches("content/words.md", "A [TPM](term:tpm).", "A TPM.", "warning[term-first-use]");
}

#[test]
fn figures() {
    let figure = |new, expected| catches("content/index.md", "[$100](figure:bands.l1.base.low)", new, expected);
    figure("[$101](figure:bands.l1.base.low)", "error[figure-value]");
    figure("[€100](figure:bands.l1.base.low)", "error[figure-unit]");
    figure("[100%](figure:bands.l1.base.low)", "error[figure-unit]");
    figure("[one hundred dollars](figure:bands.l1.base.low)", "error[figure-text]");
    figure("[$1,00](figure:bands.l1.base.low)", "error[figure-text]");
    figure("[$100](figure:bands.l1.base.lo)", "error[figure-unknown]");
    figure("[$100](figure:band.l1.base.low)", "error[figure-unknown]");
    figure("[$100 a month](figure:bands.l1.base.low)", "error[figure-period]");
    figure("[$100](figure:bands.l1.base)", "error[figure-shape]");
    figure("$100", "warning[typed-figure]");
    catches("content/words.md", "[12 months]", "[12 years]", "error[figure-unit]");
}

#[test]
fn ranges_and_what_is_expected_of_them() {
    let bands = |old, new, expected| catches("content/data/bands.toml", old, new, expected);
    bands("bonus = [20, 40]", "bonus = [40, 20]", "error[range-order]");
    bands("median = 180", "median = 250", "error[expectation]");
    bands("range = [165, 240]", "range = [165, 250]", "error[expectation]");
    bands("base = [140, 200]", "base = [90, 200]", "error[expectation]");
    bands("base = [140, 200]", "base = [160, 200]", "error[expectation]");
    bands("median = 180", "median = 240", "");
    catches("content/data/facts.toml", "value = 40", "value = 39", "error[expectation]");
    catches("content/data/facts.toml", "value = 40", "value = [20, 39]", "error[formula-range]");
    // Where the source itself is wrong, a conflict that names the figure says so.
    let covered = clean()
        .file("content/data/bands.toml", BANDS.replace("range = [165, 240]", "range = [165, 250]"))
        .file("content/data/conflicts.toml", CONFLICTS.replace("\"bands.l1.bonus\"", "\"bands.l2.total.high\""));
    assert_eq!(found(&covered, "--today 2026-11-20"), (Vec::new(), false));
}

#[test]
fn formulas() {
    let parts = |new: &str, expected| {
        let line = format!("parts = {{ title = \"Sum of the parts\", {new} }}");
        let old = "parts = { title = \"Sum of the parts\", formula = \"base + bonus\" }";
        catches("content/data/bands.toml", old, &line, expected);
    };
    parts("formula = \"base + bonsu\"", "error[formula-name]");
    parts("formula = \"base +bonus\"", "error[formula-space]");
    parts("formula = \"base + facts.move\"", "error[formula-units]");
    parts("formula = \"base.high - bonus\"", "error[formula-range]");
    parts("formula = \"base + bonus\", unit = \"USD/month\"", "error[formula-size]");
    parts("formula = \"add(base, bonus)\"", "error[formula-function]");
    parts("formula = \"base + employer.start\"", "error[formula-compare]");
    parts("formula = \"base + employer.start\", compare = true", "");
    parts("formula = \"convert(base + bonus)\", unit = \"USD/month\"", "");
    let derive = "bonus = { title = \"Bonus\", derive = [\"step\"] }";
    catches("content/data/bands.toml", "bonus = { title = \"Bonus\" }", derive, "");
    catches(
        "content/data/facts.toml",
        "unit = \"month\"",
        "unit = \"month\"\nderive = [\"step\"]",
        "error[bad-derive]",
    );
}

#[test]
fn tables_from_csv() {
    let toml = "subject = \"TPM\"\nscope = \"market\"\nas_of = \"2026\"\nsources = [\"survey\"]\nrows = \"csv\"\n\
                key = [\"region\"]\n[columns]\nregion = { title = \"Region\", type = \"text\" }\n\
                hour = { title = \"An hour\", header = \"Price per hour\", unit = \"USD/hour\" }\n";
    let with = |csv: &str| {
        let project = clean().file("content/data/prices.toml", toml);
        let index =
            INDEX.replace("## Words", "```table prices\n```\n\n[$0.12](figure:prices.europe-north.hour)\n\n## Words");
        found(&project.file("content/index.md", index).file("content/data/prices.csv", csv), "--today 2026-11-20").0
    };
    assert_eq!(with("Region,Price per hour\nEurope North,0.12\nUS East,0.10\n"), [""; 0]);
    assert_eq!(with("Region;Price per hour\nEurope North;0.12\n"), [""; 0]);
    for (csv, expected) in [
        ("Region,Price per hour\nEurope North,0.13\n", "error[figure-value]"),
        ("Region,Price per hour\nEurope South,0.12\n", "error[figure-unknown]"),
        ("Regoin,Price per hour\nEurope North,0.12\n", "error[csv-header]"),
        ("Region,Price per hour\nEurope North,0.12,1\n", "error[csv-cells]"),
        ("Region,Price per hour\nEurope North,0.12\neurope-north,0.12\n", "error[duplicate-id]"),
        ("Region,Price per hour\nEurope North,\n", "error[blank-cell]"),
    ] {
        assert_eq!(with(csv), [expected], "{csv}");
    }
    catches("content/data/alone.csv", "", "a,b\n1,2\n", "error[csv-alone]");
}

#[test]
fn values_and_what_is_said_of_them() {
    let facts = |old, new, expected| catches("content/data/facts.toml", old, new, expected);
    catches("content/data/conflicts.toml", "[\"bands.l1.bonus\"]", "[\"bands.l9.bonus\"]", "error[conflict-figure]");
    catches("content/index.md", "```list conflicts\n```\n\n", "", "error[conflict-hidden]");
    facts("sources = [\"survey\"]", "sources = [\"servey\"]", "error[unknown-source]");
    facts("[inside]", "[idle]\ntitle = \"Idle\"\nvalue = 3\nunit = \"\"\n[inside]", "warning[unused-data]");
}

#[test]
fn contexts() {
    catches(
        "content/index.md",
        "## Words",
        "```facts\nfigures = [\"bands.l1.base\", \"employer.start\"]\n```\n\n## Words",
        "error[mixed-scope]",
    );
    catches("content/index.md", "base.low). One employer", "base.low), and one employer", "warning[mixed-scope]");
}

#[test]
fn two_values_for_one_measure() {
    let other = BANDS.replace("base = [100, 150]", "base = [101, 150]").replace("[110, 170]", "[111, 170]");
    let project = clean()
        .file("content/data/others.toml", &other)
        .file("content/index.md", INDEX.replace("## Words", "```table others\n```\n\n## Words"));
    assert_eq!(found(&project, "--today 2026-11-20"), (vec!["error[two-values]".to_owned()], true));
    let named = CONFLICTS.replace("[\"bands.l1.bonus\"]", "[\"bands.l1.base\", \"bands.l1.total\"]");
    let project = project.file("content/data/conflicts.toml", named);
    assert_eq!(found(&project, "--today 2026-11-20"), (Vec::new(), false));
}

#[test]
fn values_out_of_date() {
    let limits =
        clean().file("content/site.toml", format!("{SITE}[limits]\nstale_warn_days = 100\nstale_fail_days = 200\n"));
    assert_eq!(found(&limits, "--today 2027-01-20"), (Vec::new(), false));
    assert_eq!(found(&limits, "--today 2027-02-01").0, ["warning[review-due]"]);
    let (codes, failed) = found(&limits, "--today 2027-05-01");
    assert_eq!(
        (codes, failed),
        (vec!["warning[review-due]".to_owned(), "warning[value-out-of-date]".to_owned()], false)
    );
    let (codes, failed) = found(&limits, "--today 2027-08-01");
    assert_eq!((codes, failed), (vec!["error[value-out-of-date]".to_owned(), "warning[review-due]".to_owned()], true));
}

#[test]
fn waivers_are_read_in_the_settings_as_in_data() {
    let waived =
        |comment: &str| clean().file("content/site.toml", SITE.replace("[[nav]]", &format!("{comment}\n[[nav]]")));
    let codes = |comment: &str| found(&waived(comment), "--today 2026-11-20").0;
    assert_eq!(codes("# bandbook: allow page-orphan: none yet"), ["warning[unused-waiver]"]);
    assert_eq!(codes("# bandbook: allow page-orphn: none yet"), ["error[unknown-rule]"]);
    assert_eq!(codes("# bandbook: allow page-orphan"), ["error[malformed-waiver]"]);
    for comment in ["# bandbook is what makes this", "# an ordinary comment"] {
        assert_eq!(codes(comment), Vec::<String>::new(), "{comment}");
    }
}

#[test]
fn a_data_file_that_is_gone_is_one_problem() {
    let project = clean().without("content/data/bands.toml");
    let run = project.run("check --format short --today 2026-11-20");
    run.finds_errors().says("there is no data set `bands`, and ").says("bring back content/data/bands.toml");
    let errors: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": error[")).collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    // Nor does anything else follow from it once two are mistyped alone.
    let text = project.read("content/index.md").replace("figure:employer.start", "figure:employr.start");
    clean()
        .file("content/index.md", text)
        .run("check --format short")
        .finds_errors()
        .says("did you mean `employer.start`?");
}

#[test]
fn one_mistake_is_one_problem_wherever_else_it_shows() {
    let facts =
        "```facts\nfigures = [\"bands.l1.total\", \"bands.l2.total\"]\n```\n\nAll are in [a table](/data/bands.csv).\n";
    let page = format!("{PAGE}\n{facts}");
    let settings = SITE.replace("\"words.md\"]", "\"words.md\", \"more.md\"]");
    let with_page = || clean().file("content/site.toml", &settings).file("content/more.md", &page);
    assert_eq!(found(&with_page(), "--today 2026-11-20").0, [""; 0]);
    let gone = with_page().without("content/data/bands.toml");
    let unread = with_page().file("content/data/bands.toml", "title = \"Bands");
    let front = with_page().file("content/more.md", page.replacen("+++", "++", 1));
    for (project, said) in [(gone, "there is no data set `bands`"), (unread, "toml-syntax"), (front, "front-matter")] {
        let run = project.run("check --format short --today 2026-11-20");
        run.finds_errors().says(said);
        let problems: Vec<&str> =
            run.stderr.lines().filter(|line| line.contains("[") && line.contains("]: ")).collect();
        assert_eq!(problems.len(), 1, "{problems:#?}");
    }
}

#[test]
fn a_bad_cell_hides_nothing_of_the_other_cells_of_its_row() {
    let text =
        clean().read("content/words.md").replace("[60%]", "It is [$131](figure:bands.l1.total.median), and [60%]");
    let data = BANDS.replace("base = [100, 150]", "base = [150, 100]");
    let project = clean().file("content/data/bands.toml", data).file("content/words.md", text);
    assert_eq!(found(&project, "--today 2026-11-20").0, ["error[figure-value]", "error[range-order]"]);
}

#[test]
fn what_rules_wait_for_is_named_as_it_is_called() {
    let run = clean().file("content/words.md", b"\xff".as_slice()).run("check --today 2026-11-20");
    run.finds_errors().says(" content/words.md");
    let closing = run.stderr.lines().filter(|line| line.contains(" wait")).collect::<String>();
    assert!(closing.contains("content/words.md") && !closing.contains("site.toml"), "{run:?}");
}

#[test]
fn a_template_that_loses_a_block_is_named_itself() {
    for file in ["page.html", "base.html"] {
        let text = match file {
            "page.html" => "{% extends \"base.html\" %}{% block main %}{{ page.title }}{% endblock main %}",
            _ => "<!doctype html><title>T</title>",
        };
        let project = clean().file(&format!("templates/{file}"), text);
        let place = format!("templates/{file}:1:1: error[template]: the template has no block `");
        project.run("check --format short").finds_errors().says(&place);
    }
}
