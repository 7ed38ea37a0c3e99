//! Charts as they stand on a built page: every kind, with its numbers traced and its table beside it.

use std::collections::HashSet;

use crate::project::Project;

const BANDS: &str = r#"title = "Bands & `<b>`"
unit = "USD/year"
badge = "not verified"
ordered = true
[columns]
code = { title = "Level", type = "text" }
title = { title = "Title", type = "text" }
total = { title = "Total", derive = ["overlap", "gap"] }
base = { title = "Base" }
[[row]]
id = "l1"
code = "L1"
title = "Junior \"one\" &lt;i&gt;"
base = [100_000, 120_000]
total = { range = [110_000, 150_000], median = 130_000 }
[[row]]
id = "l2"
code = "L2"
title = "Senior"
base = "unstated"
total = [140_000, 190_000]
[[row]]
id = "l3"
code = "L3"
title = "Director"
base = [200_000, 220_000]
total = [900_000, 950_000]
"#;

const FACTS: &str = r#"kind = "facts"
subject = "Product"
unit = "USD"
[first]
title = "Product, pay"
value = 468_000
qualifier = "senior"
[second]
subject = "Program"
title = "Program, pay"
value = 305_000
[time]
title = "To senior"
value = [12, 24]
unit = "month"
bound = "about"
"#;

const LADDER: &str = r#"title = "Ladder"
ordered = true
[columns]
title = { title = "Rung", type = "text" }
pay = { title = "Pay", type = "figure" }
from = { title = "Branches from", type = "text", blank = "" }
[[row]]
id = "a"
title = "Junior"
pay = "bands.l1.total"
[[row]]
id = "b"
title = "Aside"
pay = "unstated"
from = "a"
"#;

const USERS: &str = r#"title = "Users"
key = ["region", "year"]
ordered = "year"
[columns]
region = { title = "Region", type = "text" }
year = { title = "Year", type = "date" }
users = { title = "Users", unit = "user" }
change = { title = "Change", unit = "%", signed = true }
[[row]]
region = "North"
year = "2023"
users = 120
change = -4
[[row]]
region = "North"
year = "2024"
users = "unstated"
change = 6
[[row]]
region = "North"
year = "2025"
users = 140
change = "unstated"
[[row]]
region = "South"
year = "2024"
users = 90
change = 2
[[row]]
region = "South"
year = "2025"
users = 100
change = 11
"#;

const SHARES: &str = r#"title = "Shares"
unit = "%"
[columns]
title = { title = "Place", type = "text" }
solar = { title = "Solar" }
wind = { title = "Wind" }
[[row]]
id = "north"
title = "In the north"
solar = 30
wind = 70
"#;

const PAGE: &str = r#"# Charts

```chart bands
kind = "range"
caption = "Total pay"
```

```chart bands
kind = "range"
y = ["base", "total"]
panels = true
```

```chart bands
kind = "range"
neighbors = true
```

```chart steps
kind = "ladder"
branch = "from"
```

```chart facts
kind = "timeline"
figures = ["facts.time"]
```

```chart facts
kind = "dots"
figures = ["facts.first", "facts.second"]
```

```chart users
kind = "line"
series = "region"
```

```chart users
kind = "bar"
y = "change"
where = "region = 'North'"
order = ["-change"]
```

```chart shares
kind = "mix"
```

```chart days
kind = "line"
```
"#;

const DAYS: &str = r#"title = "Days"
rows = "csv"
key = ["day"]
ordered = "day"
unit = "USD"
[columns]
day = { title = "Day", type = "date" }
price = { title = "Price" }
"#;

/// A price for each of five hundred days.
fn days() -> String {
    let day = |at: usize| format!("{}-{:02}-{:02},{}\n", 2000 + at / 336, at / 28 % 12 + 1, at % 28 + 1, 100 + at % 37);
    std::iter::once("day,price\n".to_owned()).chain((0..500).map(day)).collect()
}

const SITE: &str = r#"title = "Pay"
base_url = "https://example.org/"
description = "A site of charts."

[rules]
page-description = "off"
"#;

fn built() -> (Project, String) {
    let project = Project::new()
        .file("content/site.toml", SITE)
        .file("content/data/bands.toml", BANDS)
        .file("content/data/facts.toml", FACTS)
        .file("content/data/steps.toml", LADDER)
        .file("content/data/users.toml", USERS)
        .file("content/data/shares.toml", SHARES)
        .file("content/data/days.toml", DAYS)
        .file("content/data/days.csv", days())
        .file("content/charts.md", PAGE);
    project.run("build").succeeds();
    let page = project.read("public/charts/index.html");
    (project, page)
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split_once(to)).map(|(inner, _)| inner).collect()
}

#[test]
fn every_kind_is_a_drawing_with_words_and_a_table() {
    let (_, page) = built();
    assert_eq!(page.matches("<figure class=\"range").count(), 10);
    assert_eq!(page.matches("role=\"img\"").count(), 11, "two columns are two drawings");
    assert_eq!(page.matches("<details class=\"twin\">").count(), 10);
    for words in [
        "L2 Senior: $140K–$190K.",
        "L1 Junior &quot;one&quot; &lt;i&gt;: $110K–$150K, stated median $130K.",
        "L2: not stated.",
        "Overlap $10K (calculated).",
        "Gap $710K (calculated).",
        "Aside: no published figure, branches from Junior.",
        "To senior: about 12–24 months.",
        "Pay, Product: $468K, senior. Pay, Program: $305K.",
        "2023, North: 120 users. 2024, North: not stated. 2024, South: 90 users. 2025, North: 140 users.",
        "North, 2024: +6%. North, 2023: −4%. North, 2025: not stated.",
        "In the north, Solar: 30%. In the north, Wind: 70%.",
        "Price: from $100 (January 1, 2000) to $118 (June 24, 2001); lowest $100 (January 1, 2000), highest $136",
        "not verified.",
    ] {
        let found = between(&page, "<desc", "</svg>").iter().any(|drawing| drawing.contains(words));
        assert!(found, "no drawing says {words:?}\n{page}");
    }
}

#[test]
fn every_number_in_a_drawing_names_its_figure_or_says_that_it_is_none() {
    let (_, page) = built();
    let mut seen = 0;
    for drawing in between(&page, "<desc", "</svg>") {
        for text in between(drawing, "<text", "</text>") {
            let words = text.split_once('>').map_or("", |(_, words)| words);
            if words.contains('$') || words.contains("month") {
                assert!(text.contains("data-figure=\"") || text.contains("data-literal=\"axis\""), "{text}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn lines_have_gaps_where_nothing_is_stated() {
    let (_, page) = built();
    let drawings = between(&page, "<desc", "</figure>");
    let lines = drawings.iter().find(|drawing| drawing.contains("2024, North")).unwrap();
    assert_eq!(between(lines, "<polyline", "/>").len(), 1, "two values of the north have nothing between them");
    let long = drawings.iter().find(|drawing| drawing.contains("lowest")).unwrap();
    let points = between(long, " points=\"", "\"");
    assert_eq!(points.iter().map(|points| points.split(' ').count()).collect::<Vec<_>>(), [500]);
}

#[test]
fn ids_are_given_once_and_each_drawing_is_named() {
    let (_, page) = built();
    let ids = between(&page, " id=\"", "\"");
    let unique: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let drawings = between(&page, "role=\"img\" aria-labelledby=\"", "\"");
    assert_eq!(drawings.len(), 11);
    for names in drawings {
        assert!(names.split(' ').all(|name| unique.contains(name)), "{names}");
    }
}

#[test]
fn places_have_at_most_two_decimals_and_none_are_missing() {
    let (_, page) = built();
    for name in ["x=\"", "x1=\"", "x2=\"", "cx=\"", "width=\""] {
        let attribute = format!(" {name}");
        let places = between(&page, &attribute, "\"");
        assert!(!places.is_empty(), "no {name} is drawn");
        for place in places {
            let number = place.trim_end_matches('%');
            let decimals = number.split_once('.').map_or("", |(_, decimals)| decimals);
            assert!(number.parse::<f64>().is_ok() && decimals.len() <= 2 && !decimals.ends_with('0'), "{name}{place}");
        }
    }
}

#[test]
fn figures_that_only_a_chart_shows_are_quoted_there() {
    let (project, _) = built();
    let records = project.read("public/figures/bands/index.html");
    let record = between(&records, "id=\"l2-to-l3.total.gap\"", "</section>");
    assert!(record.first().is_some_and(|record| record.contains("/charts/")), "{records}");
}

#[test]
fn a_chart_that_cannot_be_drawn_fails_the_build_at_its_line() {
    let project = Project::new()
        .file("content/data/bands.toml", BANDS)
        .file("content/charts.md", "# Charts\n\n```chart bands\nkind = \"range\"\ny = [\"totl\"]\n```\n");
    project.run("build").finds_errors().says("content/charts.md:5:7").says("did you mean \"total\"?");
}
