//! Tables and lists as they stand on a built page: which rows and columns, in which order, and what is said of wrong options.

use crate::project::Project;

const PRICES: &str = r#"title = "Server prices"
unit = "USD/hour"
key = ["region", "size"]
[columns]
region = { title = "Region", type = "choice", values = ["south", "north"] }
size = { title = "Size", type = "text" }
hour = { title = "Price" }
since = { title = "Since", type = "date" }
day = { title = "A day", unit = "USD/day", formula = "convert(hour)" }
[[row]]
region = "north"
size = "large"
hour = 0.2
since = "2026-03"
[[row]]
region = "north"
size = "small"
hour = 0.05
since = "2025"
[[row]]
region = "south"
size = "large"
hour = [0.15, 0.3]
since = "2026-01"
[[row]]
region = "south"
size = "small"
hour = "unstated"
since = "2024"
"#;

const LIMITS: &str = "kind = \"facts\"\n[most]\ntitle = \"The most\"\nvalue = 0.1\nunit = \"USD/hour\"\n";

/// A site with a page that holds some blocks.
fn site(blocks: &str) -> Project {
    Project::new()
        .file("content/data/prices.toml", PRICES)
        .file("content/data/limits.toml", LIMITS)
        .file("content/prices.md", format!("# Prices\n\n{blocks}\n"))
}

/// The ids of the rows of the first table of a page, in order.
fn rows(page: &str) -> Vec<&str> {
    let body = page.split("<tbody").nth(1).unwrap().split("</tbody>").next().unwrap();
    let rows = body.split("<tr").skip(1);
    rows.map(|row| row.split("id=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

/// The ids of the rows of a table with some options.
fn chosen(options: &str) -> Vec<String> {
    let project = site(&format!("```table prices\n{options}\n```"));
    project.run("build").succeeds();
    rows(&project.read("public/prices/index.html")).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_test_picks_the_rows_of_which_it_is_true() {
    assert_eq!(chosen("where = \"region = 'north' and hour < 0.1\""), ["north.small"]);
    assert_eq!(chosen("where = \"size = 'large'\""), ["north.large", "south.large"]);
    assert_eq!(chosen("where = \"hour.high > 0.25\""), ["south.large"], "the side of a range");
    assert_eq!(chosen("where = \"since >= '2026-01'\""), ["north.large", "south.large"]);
    assert_eq!(chosen("where = \"region > 'south'\""), ["north.large", "north.small"], "a choice, by its place");
    assert_eq!(
        chosen("where = \"day.low < 4 USD/day and day.low > 2 USD/day\""),
        ["south.large"],
        "a calculated column"
    );
    assert_eq!(chosen("where = \"day = 4.8\""), ["north.large"]);
    assert_eq!(
        chosen("where = \"hour = max(hour where region = 'north')\"\nrows = [\"north.small\", \"north.large\"]"),
        ["north.large"]
    );
    assert_eq!(chosen("where = \"hour.low < limits.most\""), ["north.small"], "a figure of another set");
}

#[test]
fn rows_are_sorted_by_several_columns_and_what_has_no_value_comes_last() {
    let all = ["north.large", "north.small", "south.large", "south.small"];
    assert_eq!(chosen(""), all);
    assert_eq!(chosen("order = [\"hour\"]"), ["north.small", "south.large", "north.large", "south.small"]);
    assert_eq!(chosen("order = [\"-hour.high\"]"), ["south.large", "north.large", "north.small", "south.small"]);
    assert_eq!(chosen("order = [\"-day\"]"), ["north.large", "south.large", "north.small", "south.small"]);
    assert_eq!(chosen("order = [\"size\", \"-hour\"]"), ["north.large", "south.large", "north.small", "south.small"]);
    assert_eq!(chosen("order = [\"region\", \"size\"]"), ["south.large", "south.small", "north.large", "north.small"]);
    assert_eq!(chosen("order = [\"-since\"]\nlimit = 2"), ["north.large", "south.large"]);
}

#[test]
fn a_limit_says_how_many_rows_there_are() {
    let project =
        site("```table prices\nwhere = \"hour.high > 0.01\"\nlimit = 2\n```\n\n```table prices\nlimit = 4\n```");
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    assert_eq!(page.matches("2 of 3 rows").count(), 1, "{page}");
    assert_eq!(page.matches(" rows</p>").count(), 1, "nothing is left out of the second");
}

/// The texts of a piece of HTML, tags and blanks aside.
fn texts(html: &str) -> Vec<&str> {
    let pieces = html.split('<').filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect()
}

/// The texts of the first table of a page.
fn grid(page: &str) -> Vec<&str> {
    texts(page.split("<table").nth(1).unwrap().split("</table>").next().unwrap())
}

#[test]
fn a_pivot_makes_columns_of_the_values_of_a_key() {
    let block = "```table prices\npivot = \"size\"\ncolumns = [\"hour\"]\norder = [\"region\"]\n```";
    let project = site(block);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    let south = ["south", "$0.15–$0.30", "not stated"];
    let expected = [["Region", "Price", "large"].as_slice(), &["small"], &south, &["north", "$0.20", "$0.05"]].concat();
    assert_eq!(grid(&page), expected, "{page}");
    assert_eq!(rows(&page), ["south", "north"]);
    assert!(page.contains("<th scope=\"colgroup\" colspan=\"2\""), "{page}");
    // What no row has is left empty, and a limit counts the rows of the table as it is shown.
    let block = "```table prices\npivot = \"region\"\ncolumns = [\"day\"]\nwhere = \"hour.low < 0.2\"\nlimit = 1\n```";
    let project = project.file("content/prices.md", format!("# Prices\n\n{block}\n\nSee [small](#small).\n"));
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    assert_eq!(grid(&page), ["Size", "A day", "calculated", "north", "south", "small", "$1.20"], "{page}");
    assert!(page.contains("1 of 2 rows"), "{page}");
}

#[test]
fn a_pivot_that_can_not_be_made_is_reported() {
    let table = |options: &str| format!("```table prices\n{options}\n```\n\n");
    let blocks = [
        table("pivot = \"hour\"\ncolumns = [\"day\"]"),
        table("pivot = \"size\""),
        table("pivot = \"size\"\ncolumns = [\"hour\", \"day\"]"),
        table("pivot = \"size\"\ncolumns = [\"huor\"]"),
        "```table limits\npivot = \"size\"\n```\n".to_owned(),
    ];
    let project = site(&blocks.concat());
    let run = project.run("check --format short");
    run.finds_errors();
    for said in [
        "content/prices.md:4:10: error[block-pivot]: `hour` is no key of `prices` (use one of region, size)",
        "content/prices.md:9:10: error[block-pivot]: a pivot takes the values of one column (name it alone, such as columns = [\"hour\"])",
        "content/prices.md:14:21: error[block-pivot]",
        "content/prices.md:19:13: error[block-column]: `prices` has no column `huor`",
        "content/prices.md:23:10: error[block-pivot]: `limits` has not two keys",
    ] {
        run.says(said);
    }
}

#[test]
fn a_column_is_written_in_one_notation() {
    let large = PRICES.replace("hour = 0.2\n", "hour = 1_250\n").replace("hour = 0.05\n", "hour = 1_285_000\n");
    let project = site("```table prices\ncolumns = [\"hour\"]\n```\n\n```list prices\nfields = [\"hour\"]\n```")
        .file("content/data/prices.toml", large);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    let texts = ["$1,250.00", "$1,285,000.00", "$0.15–$0.30", "not stated"];
    assert_eq!(grid(&page)[1..], texts, "{page}");
    assert_eq!(texts.map(|text| page.matches(&format!(">{text}<")).count()), [2; 4], "{page}");
    let thousands = PRICES.replace("hour = 0.2\n", "hour = 1_000\n").replace("hour = 0.05\n", "hour = 285_000\n");
    let project = project.file("content/data/prices.toml", thousands.replace("[0.15, 0.3]", "[2_000, 12_000]"));
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    assert_eq!(grid(&page)[1..], ["$1K", "$285K", "$2K–$12K", "not stated"], "{page}");
}

#[test]
fn tools_and_charts_write_a_column_as_a_table_does() {
    let bands = "title = \"Bands\"\nunit = \"USD\"\nordered = true\n[columns]\ncode = { title = \"Band\", type = \"text\" }\n\
        pay = { title = \"Pay\" }\n[[row]]\nid = \"a\"\ncode = \"A\"\npay = { range = [237_375, 290_000], median = 250_000 }\n\
        [[row]]\nid = \"b\"\ncode = \"B\"\npay = { range = [285_000, 310_000], median = 300_000 }\n";
    for (block, least) in [
        ("```tool compare\nset = \"bands\"\n```", 1),
        ("```tool place\nset = \"bands\"\ncolumn = \"pay\"\n```", 1),
        ("```chart bands\nkind = \"range\"\ny = \"pay\"\n```", 2),
    ] {
        let project = site(block).file("content/data/bands.toml", bands);
        project.run("build").succeeds();
        let page = project.read("public/prices/index.html");
        let count = |text: &str| page.matches(text).count();
        assert!(count("$285,000") >= least && count("$237,375") >= least, "{block}: {page}");
        // A column of its own.
        assert!(count(">$250K<") + count(" $250K") >= 1, "{block}: {page}");
        assert_eq!(count("$285K") + count("$290K"), 0, "{block}: {page}");
    }
}

/// What the script of a comparison needs to write a difference as the build does.
#[test]
fn the_difference_of_two_percentages_is_in_percentage_points_in_a_comparison_too() {
    let shares = "unit = \"%\"\nordered = true\n[columns]\nshare = { title = \"Share\" }\nhours = { title = \"Hours\", unit = \"hour\" }\n\
        [[row]]\nid = \"a\"\nshare = 20\nhours = 2\n[[row]]\nid = \"b\"\nshare = 42.5\nhours = 3\n";
    let project = site("```tool compare\nset = \"shares\"\n```").file("content/data/shares.toml", shares);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    for line in [
        r#"data-before="" data-after="%" data-apart=" percentage points" data-apart-one=" percentage point">"#,
        r#"data-before="" data-after=" hours" data-apart=" hours" data-apart-one=" hour">"#,
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    // Nothing is derived, so only the script's table has a column for it.
    assert_eq!(page.matches(">Difference<").count(), 1, "{page}");
    let pair = page.split("<details open>").nth(1).unwrap();
    assert_eq!(
        texts(pair.split("<tbody>").nth(1).unwrap())[..6],
        ["Share", "20.0%", "42.5%", "Hours", "2 hours", "3 hours"]
    );
    let derived = shares.replace("\"Share\" }", "\"Share\", derive = [\"overlap\"] }");
    let derived = derived.replace("share = 20", "share = [20, 30]").replace("share = 42.5", "share = [25, 42.5]");
    let project = project.file("content/data/shares.toml", derived);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    assert_eq!(page.matches(">Difference<").count(), 2, "{page}");
}

#[test]
fn the_open_end_of_a_range_is_called_open() {
    let taxes = "unit = \"USD\"\n[columns]\nincome = { title = \"Income\" }\nrate = { title = \"Rate\", unit = \"%\" }\n\
        [[row]]\nid = \"low\"\nincome = { low = \"open\", high = 10_000 }\nrate = 0\n[[row]]\nid = \"high\"\nincome = { low = 10_000, high = \"open\" }\nrate = 40\n\
        [[row]]\nid = \"none\"\nincome = \"unstated\"\nrate = 5\n";
    let options = "columns = [\"rate\", \"income.low\", \"income.high\"]";
    let project = site(&format!(
        "```table taxes\n{options}\n```\n\n```list taxes\n{}\n```",
        options.replace("columns", "fields")
    ));
    let project = project.file("content/data/taxes.toml", taxes);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    let cells = ["0%", "open", "$10K", "40%", "$10K", "open", "5%"];
    assert_eq!(grid(&page)[4..], cells, "{page}");
    let list = page.split("<ul class=\"entries\">").nth(1).unwrap().split("</ul>").next().unwrap();
    assert_eq!(texts(list).iter().filter(|text| **text == "open").count(), 2, "{page}");
}

#[test]
fn any_table_is_a_list() {
    let project = site("```list prices\nwhere = \"region = 'north'\"\norder = [\"hour\"]\nlimit = 1\n```");
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    let list = page.split("<ul class=\"entries\">").nth(1).unwrap().split("</ul>").next().unwrap();
    let expected = ["north, small", "Region", "north", "Price", "$0.05", "Since", "2025", "A day", "$1.20", "calc"];
    assert_eq!(texts(list), expected, "{page}");
    assert!(page.contains("1 of 2 rows"), "{page}");
    let project = project.file(
        "content/prices.md",
        "# Prices\n\n```list prices\nfields = [\"region\", \"hour.high\"]\nrows = [\"south.large\"]\n```\n\n\
         ```list words\nwhere = \"term = 'a'\"\norder = [\"term\"]\n```\n",
    );
    let project = project
        .file("content/data/words.toml", "kind = \"terms\"\n[vps]\nterm = \"VPS\"\ndefinition = \"A server.\"\n");
    let run = project.run("check --format short");
    run.finds_errors();
    run.says("content/prices.md:9:10: error[block-choice]: `where` needs a table, and `words` is none");
    run.says("content/prices.md:10:11: error[block-choice]: `order` needs a table, and `words` is none");
}

/// Each wrong option of a block, all in one run, with its place and what helps.
#[test]
fn wrong_options_are_reported_where_they_are_typed() {
    let blocks = "```table prices\nwhere = \"huor < 0.1 and reigon = 'north'\"\norder = [\"-hour\", \"szie\"]\nlimit = 0\n```\n\n\
```table prices\nwhere = \"hour > 5\"\n```\n\n```table prices\nwhere = \"hour\"\n```\n\n\
```table limits\nwhere = \"value > 1\"\norder = [\"hour\"]\n```\n\n```table prices\nwhere = \"\"\n```\n\n```table prices\nlimit = \"many\"\n```";
    let project = site(blocks);
    let run = project.run("check --format short");
    run.finds_errors();
    for said in [
        "content/prices.md:4:10: error[formula-name]: `huor`",
        "content/prices.md:4:25: error[formula-name]: `reigon`",
        "content/prices.md:5:20: error[block-column]: `prices` has no column `szie`",
        "content/prices.md:6:9: error[block-choice]: the limit is 0, which leaves no row",
        "content/prices.md:10:10: error[block-choice]: no row of `prices` meets `hour > 5`",
        "content/prices.md:14:10: error[formula-comparison]: `hour` is not compared with anything",
        "content/prices.md:18:10: error[block-choice]: `where` needs a table, and `limits` is none",
        "content/prices.md:19:11: error[block-column]: `limits` has no column `hour`",
        "content/prices.md:23:9: error[formula-syntax]: the formula is empty",
        "content/prices.md:27:9: error[wrong-type]",
    ] {
        run.says(said);
    }
}

const TILES: &str = "<ul class=\"tiles\" data-zoom=\"{{ block.extra.zoom }}\">{% for row in block.sets.prices.rows %}<li>{{ row.id }}: \
{% for cell in row.cells %}{% if cell.figure %}{% set figure = cell.figure %}{% include \"components/figure.html\" %}\
{% elif cell.html %}{{ cell.html | safe }}{% endif %} {% endfor %}</li>{% endfor %}</ul>\
<p>{% for column in block.sets.prices.columns %}{{ column.id }} {% endfor %}{{ block.sets.limits.rows | length }}</p>";

#[test]
fn a_block_of_the_site_has_its_own_template() {
    let project = site("```block tiles\nsets = [\"prices\", \"limits\"]\n[extra]\nzoom = \"<3\"\n```")
        .file("templates/blocks/tiles.html", TILES);
    project.run("build").succeeds();
    let page = project.read("public/prices/index.html");
    assert!(page.contains("<ul class=\"tiles\" data-zoom=\"&lt;3\">"), "{page}");
    assert!(page.contains("data-figure=\"prices.north.large.hour\""), "{page}");
    assert!(page.contains("<p>region size hour since day 1</p>"), "{page}");
    project.run("check").succeeds();
}

#[test]
fn a_block_of_the_site_is_reported_where_it_is_wrong() {
    let blocks = "```block tlies\n```\n\n```block tiles\nsets = [\"price\", \"words\"]\n```\n\n```block\n```\n\n```block tiles\nzoom = 3\n```";
    let project = site(blocks)
        .file("templates/blocks/tiles.html", "<p>{{ block.sets | length }}</p>")
        .file("content/data/words.toml", "kind = \"terms\"\n[vps]\nterm = \"VPS\"\ndefinition = \"A server.\"\n");
    let run = project.run("check --format short");
    run.finds_errors();
    for said in [
        "content/prices.md:3:10: error[template-missing]: there is no template `blocks/tlies.html` (did you mean `block tiles`?)",
        "content/prices.md:7:10: error[block-set]: there is no data set `price`",
        "content/prices.md:7:19: error[block-kind]: a template can't be given `words`, which is no table",
        "content/prices.md:10:4: error[unknown-block]: `block` names no template",
        "content/prices.md:14:1: error[unknown-key]: unknown key `zoom`",
    ] {
        run.says(said);
    }
}

#[test]
fn what_is_said_of_a_figure_is_printed_with_it() {
    const MARKED: &str = r#"unit = "USD/hour"
columns = { name = { type = "text", title = "Name" }, hour = { title = "Price", badge = "provisional" }, list = { title = "List price", badge = "as listed" } }
[[row]]
id = "a"
name = "A"
hour = { value = 0.2, bound = "up-to", qualifier = "in most regions" }
list = { range = [0.3, 0.4], qualifier = "on weekdays" }
[[row]]
id = "b"
name = "B"
hour = 0.1
list = 0.2
"#;
    const FACTS: &str =
        "kind = \"facts\"\n[most]\ntitle = \"Most\"\nvalue = 0.1\nunit = \"USD/hour\"\nqualifier = \"per server\"\n";
    let page = "\n```table marked\ncolumns = [\"name\", \"hour\", \"list.low\"]\n```\n\n```table marked\ncolumns = [\"name\", \"hour\"]\n```\n\n\
                ```list marked\n```\n\n```facts\nfigures = [\"marked.a.hour\"]\n```\n\n```table most\ncolumns = [\"value\"]\n```\n\n\
                ```table most\ncolumns = [\"value\", \"qualifier\"]\n```\n";
    let project = Project::new()
        .file("content/data/marked.toml", MARKED)
        .file("content/data/most.toml", FACTS)
        .file("content/index.md", format!("# Home\n{page}"));
    project.run("build").succeeds();
    let page = project.read("public/index.html");
    let tables: Vec<Vec<&str>> =
        page.split("<figure").skip(1).map(|part| texts(part.split("</figure>").next().unwrap())).collect();
    let [both, one, value, with_column] = &tables[..] else { panic!("{page}") };
    let holds = |found: &[&str], expected: &[&str]| {
        assert!(found.windows(expected.len()).any(|part| part == expected), "{expected:?} in {found:?}");
    };
    // Where a block has two badges, each figure says its own, and the credit says both.
    holds(both, &["up to $0.20", "in most regions", "† provisional", "$0.30", "on weekdays", "† as listed"]);
    holds(both, &["† provisional", "† as listed"]);
    holds(one, &["up to $0.20", "in most regions", "†", "provisional"]);
    assert_eq!(one.iter().filter(|text| **text == "† provisional").count(), 1, "{one:?}");
    holds(value, &["$0.10", "per server"]);
    assert_eq!(with_column.iter().filter(|text| **text == "per server").count(), 1, "{with_column:?}");
    // A list and quick facts.
    let list = texts(page.split("class=\"entries\"").nth(1).unwrap().split("</ul>").next().unwrap());
    holds(&list, &["up to $0.20", "in most regions", "† provisional"]);
    let facts = texts(page.split("class=\"facts").nth(1).unwrap().split("</dl>").next().unwrap());
    holds(&facts, &["up to $0.20", "in most regions", "† provisional"]);
}
