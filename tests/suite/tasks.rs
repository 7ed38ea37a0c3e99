//! What readers come to the first site for, each found on the page that promises it, without a script.
//!
//! In the words of a page, a figure stands as its id in braces, so a corrected number breaks nothing here and a
//! missing figure does. That the numbers are those of the data files has a test of its own.

mod built;
mod marks;

use std::collections::BTreeMap;

use serde_json::Value;

use built::{HOST, attribute, files, output, page, rows, words};

const LEVELS: [&str; 6] = ["l1", "l2", "l3", "l4", "l5", "l6"];

// A product manager who thinks of the move.

#[test]
fn senior_pay_stands_on_the_bands_and_on_a_page_of_its_own() {
    let row = [
        "L3",
        "Senior TPM",
        "{bands.l3.base}",
        "{bands.l3.bonus}",
        "{bands.l3.equity}",
        "{bands.l3.total}",
        "{bands.l3.total.median}",
    ];
    page("/bands/").has_row(&row).says("USD a year, as of Q1 2026").says("Equity is counted per year.");
    page("/bands/l3/")
        .says("Total {bands.l3.total} Total, stated median {bands.l3.total.median}")
        .says("stated median is {bands.l3.total.median}, which is {bands.l3.total.median-offset.down} below the middle of the band");
}

#[test]
fn the_rise_on_moving_is_told_from_the_premium() {
    page("/transition/")
        .says("Pay increase on moving from generalist PM to TPM {facts.transition-uplift} at most employers")
        .has_row(&["Premium", "{facts.premium} at most employers", "A TPM and a generalist PM at the same level"])
        .has_row(&[
            "Increase on moving",
            "{facts.transition-uplift} at most employers",
            "One person's pay before and after the move",
        ])
        .says("Don't add them")
        .links_to("methodology/#conflict-premium-against-parity");
}

#[test]
fn the_whole_move_and_the_study_within_it_are_two_durations() {
    page("/transition/")
        .has_row(&["The whole move from generalist PM to TPM", "{facts.transition-time}"])
        .has_row(&["Learning to read code well enough to discuss trade-offs", "{facts.code-reading-time}"])
        .says("runs inside the move, so the two are not added");
}

#[test]
fn the_move_usually_costs_no_level() {
    page("/transition/")
        .says("the move normally costs none")
        .says("with {facts.example-experience} of experience comes in at the equivalent level");
}

#[test]
fn the_first_step_is_to_own_a_technical_surface() {
    let page = page("/transition/");
    page.says("to own one technical surface while still a generalist");
    for surface in
        ["An internal API", "A feature that developers use", "integrate a platform", "The technical specification"]
    {
        page.says(surface);
    }
}

#[test]
fn an_engineering_background_is_not_needed_everywhere() {
    page("/faq/").says("Do I need an engineering background?");
    page("/faq/")
        .section("engineering")
        .says("Not everywhere")
        .says("{facts.from-engineering} of TPMs")
        .says("platform engineering")
        .says("{facts.from-product} came from product");
}

#[test]
fn the_ceiling_and_the_cost_of_leaving_are_on_one_page() {
    page("/career-ceiling/")
        .has_row(&["", "Principal TPM", "Individual contributor", "{facts.principal-total} big-tech tier"])
        .has_row(&["L5", "Director Technical Product", "Management", "{bands.l5.total}"])
        .has_row(&["L6", "VP Technical Product", "Management", "{bands.l6.total}"])
        .says("going to consumer products may be harder than coming from them");
}

#[test]
fn what_a_career_gives_stands_before_what_it_costs() {
    let page = page("/career-ceiling/");
    let gives = page.section("gives");
    for point in [
        "A way into engineering management",
        "An individual ladder to Principal",
        "More paths nearby if PM roles shrink",
    ] {
        gives.has_row_beginning(&[point]);
    }
    page.section("costs").has_row_beginning(&["Fewer employers"]);
}

#[test]
fn pay_is_compared_with_that_of_generalists_where_pay_is_read() {
    page("/bands/")
        .section("generalist")
        .says("{facts.premium}")
        .says("{facts.premium-rank}")
        .links_to("methodology/#conflict-premium-against-parity");
    page("/bands/l4/").says("{facts.senior-staff-rise.up} above the middle of Senior's");
}

#[test]
fn types_of_employer_are_rated_and_each_share_says_what_it_counts() {
    let page = page("/employer-concentration/");
    for (employer, rating) in [
        ("Cloud infrastructure provider", "Very high"),
        ("API platform or developer experience", "High"),
        ("Database or data infrastructure", "High"),
        ("Observability or monitoring", "Medium-high"),
        ("Big-tech internal platforms", "High"),
    ] {
        page.has_row_beginning(&[employer, rating]);
    }
    page.has_row(&[
        "Cloud infrastructure, API platforms, developer tools, databases, and observability",
        "{facts.hiring-developer-platforms} of external hiring",
        "External hiring",
    ])
    .has_row(&[
        "Big-tech employers with large internal platform organizations",
        "{facts.hiring-big-tech} mostly internal moves",
        "Mostly people who move inside the company, not outside hires",
    ])
    .has_row(&[
        "Growth-stage startups with technical products, and traditional enterprises with APIs for developers",
        "{facts.hiring-other}",
        "The rest; not said further",
    ]);
}

#[test]
fn five_skill_areas_can_be_ticked_on_paper() {
    let page = page("/transition/");
    assert_eq!(page.html.matches("type=\"checkbox\"").count(), 5);
    for area in
        ["Reading code.", "The technical domain.", "Technical authorship.", "Advocates in engineering.", "Interviews."]
    {
        page.says(area);
    }
}

// An analyst of pay, or someone who hires.

#[test]
fn the_bands_go_into_a_spreadsheet() {
    page("/bands/").links_to("data/bands.csv");
    assert!(output("data/README.txt").contains("bands.csv, bands.json: "));
    page("/data/").links_to("data/README.txt");
    let csv = output("data/bands.csv");
    for column in ["id", "value", "low", "high", "unit", "as_of", "sources", "confidence"] {
        assert!(csv.lines().next().unwrap().split(',').any(|name| name == column), "{column}");
    }
    let stated: Vec<&Value> = rows("bands").iter().filter(|row| row["calculated"] != Value::Bool(true)).collect();
    let typed = |row: &&&Value| row.get("low").is_some() && row.get("high").is_some();
    assert_eq!(stated.iter().filter(typed).count(), 24, "ranges");
    assert_eq!(stated.iter().filter(|row| row["value"].is_number()).count(), 4, "stated medians");
    let unstated = stated.iter().filter(|row| row["text"] == "not stated").count();
    assert_eq!((stated.len(), unstated), (30, 2), "medians that are not stated have a row each, and nothing else has");
    for row in stated {
        assert!(csv.contains(&format!("\n{},", row["id"].as_str().unwrap())), "{row}");
        for key in ["as_of", "sources", "confidence"] {
            assert!(row[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {row}");
        }
    }
}

#[test]
fn overlaps_and_gaps_between_levels_are_listed() {
    page("/bands/")
        .says("What is shared or uncovered is calculated; the ends are as stated.")
        .has_row_beginning(&["L1 and L2", "{bands.l1-to-l2.total.overlap} shared"])
        .has_row_beginning(&["L2 and L3", "{bands.l2-to-l3.total.gap} uncovered"])
        .has_row_beginning(&["L3 and L4", "{bands.l3-to-l4.total.overlap} shared"])
        .has_row_beginning(&["L4 and L5", "{bands.l4-to-l5.total.overlap} shared"])
        .has_row_beginning(&["L5 and L6", "{bands.l5-to-l6.total.gap} uncovered"]);
}

#[test]
fn a_figure_leads_to_its_record_and_on_to_what_it_rests_on() {
    page("/bands/l3/").links_to("figures/bands/#l3.total.median");
    let records = page("/figures/bands/");
    assert!(records.html.contains("id=\"l3.total.median\""));
    records.links_to("methodology/#source-pay-page");
    page("/methodology/")
        .says("Levels.fyi TPM data; Dice Tech Salary Report 2026; Pragmatic PM Survey 2026, technical cohort")
        .says("its sources include these three, so there may be more")
        .says("Bands: Q1 2026")
        .says("no method, sample, or place")
        .says("country not stated")
        .says("doesn't say whether the ends of its bands are the least and the most that was found, quartiles, or something else");
}

#[test]
fn totals_that_do_not_fit_their_parts_are_registered() {
    let page = page("/methodology/");
    for (level, figure) in [("l1", "above"), ("l2", "above"), ("l5", "above"), ("l6", "below")] {
        page.says(&format!("{{bands.{level}.{figure}-parts}}"));
        let id = format!("id=\"conflict-{level}-total-{figure}-parts\"");
        assert!(page.html.contains(&id), "{id}");
    }
}

#[test]
fn a_page_with_figures_says_how_to_cite_it_source_first() {
    let mut cited = 0;
    for (path, html) in files().iter().filter(|(path, _)| path.ends_with("index.html") && !path.starts_with("figures/"))
    {
        // Of the glossary's figures none is its own: each stands in the definition of a word.
        if !html.contains("<data ") || path.starts_with("glossary/") {
            continue;
        }
        cited += 1;
        let (_, cite) = html.split_once("<details class=\"cite\">").unwrap_or_else(|| panic!("{path} can't be cited"));
        let text = words(cite.split("</p>").next().unwrap_or(""));
        let source = text.find("Technical product manager salary").or_else(|| text.find("Anthropic PM vs TPM"));
        let site = text.find("Technical Product Manager Pay and Career");
        assert!(source.is_some() && source < site, "{path}: {text}");
        assert!(text.contains("data version ") && text.contains(HOST), "{path}: {text}");
        assert!(cite.contains("@misc{"), "{path}: no BibTeX");
    }
    assert!(cited >= 15, "{cited}");
    assert!(output("figures/bands/index.html").contains("@misc{bands-l3-total,"));
}

#[test]
fn when_to_open_a_dedicated_role_is_said_as_far_as_it_is_known() {
    page("/organization/")
        .says("often a generalist PM")
        .says("Once technical products are central to what the company does, dedicated roles appear.")
        .says("The list is missing from its text");
}

#[test]
fn the_role_is_placed_in_four_kinds_of_team() {
    let page = page("/organization/");
    for place in ["Platform team", "Infrastructure engineering", "API product team", "Inside a product team"] {
        page.has_row_beginning(&[place]);
    }
}

// An engineer who considers the role.

#[test]
fn the_work_is_four_specifications_six_duties_and_partners() {
    let page = page("/what-tpms-do/");
    for first in [
        "API design",
        "Integration contracts",
        "Meaning of errors",
        "Data schemas",
        "Roadmaps for platforms and infrastructure",
        "API and integration strategy",
        "Technical debt",
        "Build or buy",
        "Technical coordination across teams",
        "Developer experience, where the platform faces outward",
    ] {
        page.has_row_beginning(&[first]);
    }
    page.says("Senior engineers and engineering leaders come first.");
}

#[test]
fn the_depth_of_each_type_of_role_has_a_column() {
    page("/what-tpms-do/")
        .has_row(&["API platform", "Infrastructure", "Internal platform"])
        .has_row(&["HTTP semantics", "Primitives of distributed systems", "The stack of one's own organization"])
        .has_row(&[
            "Trade-offs between REST and GraphQL",
            "Performance trade-offs",
            "Patterns of integration across it",
        ])
        .has_row(&["Patterns of authentication and authorization", "Patterns of platform engineering", ""])
        .has_row(&["Design of SDKs", "", ""]);
}

#[test]
fn reading_code_is_part_of_the_job_and_writing_it_sometimes() {
    page("/what-tpms-do/").says("TPMs read code; some write it at times, and some take part in code review.");
    page("/faq/").says("Expect to read code. Some TPMs write it at times, and some take part in code reviews.");
}

#[test]
fn an_engineer_finds_the_likely_gap() {
    page("/transition/").says("may have business and strategy to learn").has_row(&[
        "From engineering",
        "Credibility with engineers",
        "Business and strategy, possibly",
    ]);
}

#[test]
fn the_way_back_to_engineering_management_is_described() {
    page("/career-ceiling/")
        .says("the door is open from L3")
        .says("made the move at L4 or L5")
        .says("this is the way back");
}

#[test]
fn a_comparison_with_engineers_pay_is_said_to_be_missing() {
    page("/related/")
        .says("Principal TPM is said to be paid like senior engineers on the individual track")
        .says("any pay of an engineer at any level")
        .says("is announced; it is not held");
}

// A candidate with an offer in hand.

/// The table that answers for every amount, made when the site is built.
const INTERVALS: [(&str, &str, &str); 11] = [
    ("l1.total.low", "l2.total.low", "in one band: L1"),
    ("l2.total.low", "l1.total.high", "in two bands: L1 and L2"),
    ("l1.total.high", "l2.total.high", "in one band: L2"),
    ("l2.total.high", "l3.total.low", "between bands: over L2, under L3"),
    ("l3.total.low", "l4.total.low", "in one band: L3"),
    ("l4.total.low", "l3.total.high", "in two bands: L3 and L4"),
    ("l3.total.high", "l5.total.low", "in one band: L4"),
    ("l5.total.low", "l4.total.high", "in two bands: L4 and L5"),
    ("l4.total.high", "l5.total.high", "in one band: L5"),
    ("l5.total.high", "l6.total.low", "between bands: over L5, under L6"),
    ("l6.total.low", "l6.total.high", "in one band: L6"),
];

/// The answer of that table for an amount inside an interval.
fn answer(amount: i64) -> String {
    let html = page("/offer/").html;
    let row = html.split("<tr data-from=\"").skip(1).find(|row| {
        let from = row.split('"').next().unwrap_or("").parse().unwrap_or(i64::MIN);
        let to = attribute(row, "data-to").parse().unwrap_or(i64::MAX);
        from < amount && amount < to
    });
    let row = row.unwrap_or_else(|| panic!("no interval holds {amount}"));
    words(row.split("</tr>").next().and_then(|row| row.split_once("<td")).unwrap().1.split_once('>').unwrap().1)
}

#[test]
fn an_amount_inside_one_band_finds_its_level() {
    assert_eq!(answer(450_000), "in one band: L3");
    page("/offer/").has_row(&[
        "L3 Senior TPM",
        "{bands.l3.total.low}",
        "{bands.l3.total.high}",
        "{bands.l3.total.median}",
    ]);
}

#[test]
fn an_amount_in_a_gap_is_between_its_neighbors() {
    assert_eq!(answer(362_000), "between bands: over L2, under L3");
    page("/offer/").says("The amount is in a gap, so no stated level fits it.");
}

#[test]
fn an_amount_in_two_bands_asks_for_the_level() {
    assert_eq!(answer(250_000), "in two bands: L1 and L2");
    page("/offer/").says("The total can't decide between the two; ask for the level.");
}

#[test]
fn an_offer_of_the_program_role_is_not_measured_by_these_bands() {
    page("/pm-vs-program-manager/")
        .section("ai-lab-offer")
        .says("{one-employer.program-total} at an AI lab")
        .says("may mean Technical Program Manager")
        .says("{one-employer.program-base}");
    page("/pm-vs-program-manager/")
        .says("reported by one blog post that sells interview preparation, and not verified")
        .says("The pay bands are for Technical Product Managers.");
    page("/offer/").says("This title names the Program role. The bands here are for Technical Product Managers");
    // A title of these letters alone may be of either role.
    page("/offer/").says("Where the title says “TPM”").says("may also mean Technical Program Manager");
}

#[test]
fn every_reported_time_to_promotion_keeps_its_hedge() {
    let times: Vec<&Value> =
        rows("one-employer").iter().filter(|row| row["id"].as_str().is_some_and(|id| id.ends_with("-time"))).collect();
    assert_eq!(times.len(), 6);
    for time in times {
        assert!(time["text"].as_str().is_some_and(|text| text.starts_with("about ")), "{time}");
    }
}

#[test]
fn the_sum_shows_that_the_raise_falls_short() {
    page("/pm-vs-program-manager/")
        .has_row(&["Reported Product total", "{one-employer.pm-total}"])
        .has_row(&["More base", "{one-employer.ask-raise}"])
        .has_row(&["New total", "{one-employer.total-after-raise}"])
        .has_row(&["Missing to the threshold", "{one-employer.shortfall}"])
        .says("the extra base has to exceed {one-employer.needed-raise}");
}

#[test]
fn interviews_for_the_two_roles_are_told_apart() {
    page("/pm-vs-program-manager/")
        .says("designing product metrics for Product, drawing a dependency graph for Program")
        .says("The behavioral round is shared, and the same answer is scored by two different rubrics.")
        .says("Interviews for the two roles at Anthropic: reported by one blog post, not verified");
}

#[test]
fn a_level_that_is_passed_on_says_its_range_and_date_in_the_preview() {
    for level in LEVELS {
        let id = format!("bands.{level}.total");
        let range = rows("bands").iter().find(|row| row["id"] == *id).and_then(|row| row["text"].as_str()).unwrap();
        let html = output(&format!("bands/{level}/index.html"));
        let content = |property: &str| {
            attribute(html.split_once(&format!("property=\"{property}\"")).unwrap().1, "content").to_owned()
        };
        let code = level.to_uppercase();
        assert!(content("og:title").contains(&code), "{}", content("og:title"));
        let description = content("og:description");
        for expected in [code.as_str(), range, "as of Q1 2026"] {
            assert!(description.contains(expected), "{expected}: {description}");
        }
        assert_eq!(content("og:url"), format!("{HOST}bands/{level}/"));
    }
}

#[test]
fn every_amount_has_its_answer_without_a_script() {
    let page = page("/offer/");
    page.has_row(&["under {bands.l1.total.low}", "below every band"]);
    for (from, to, answer) in INTERVALS {
        page.has_row(&[&format!("{{bands.{from}}}–{{bands.{to}}}"), answer]);
    }
    page.has_row(&["over {bands.l6.total.high}", "above every band"]);
    page.says("An amount at the end of a band lies in that band.");
    let (whole, parts) = page.html.split_once("<details>").unwrap();
    assert_eq!(whole.matches("<tr data-from=").count(), INTERVALS.len() + 2);
    // The parts have answers of their own, and all are drawn.
    page.has_row(&["under {bands.l1.base.low}", "below every band"]);
    page.has_row(&["over {bands.l6.equity.high}", "above every band"]);
    assert_eq!(page.html.matches("<svg height=").count(), 4);
    assert_eq!((whole.matches("class=\"band").count(), parts.matches("class=\"band").count()), (2 + 6, 3 * 6));
}

// What holds for all of them.

#[test]
fn every_figure_on_every_page_has_the_value_that_is_given_out() {
    let mut values = BTreeMap::new();
    for row in ["bands", "facts", "one-employer"].into_iter().flat_map(rows) {
        let id = row["id"].as_str().unwrap();
        if let (Some(low), Some(high)) = (row.get("low"), row.get("high")) {
            values.insert(format!("{id}.low"), low.to_string());
            values.insert(format!("{id}.high"), high.to_string());
            values.insert(id.to_owned(), format!("{low}..{high}"));
        } else {
            // What is not stated has no value.
            values.insert(id.to_owned(), row.get("value").map(Value::to_string).unwrap_or_default());
        }
    }
    let mut count = 0;
    for (path, html) in files().iter().filter(|(path, _)| path.ends_with(".html")) {
        for mark in html.split("<data ").skip(1) {
            let id = attribute(mark, "data-figure");
            // An id that states a direction names the size of a change.
            let direction = [(".up", ""), (".down", "-")].into_iter().find(|(end, _)| id.ends_with(end));
            let (end, sign) = direction.unwrap_or_default();
            let Some(value) = values.get(id.strip_suffix(end).unwrap_or(id)) else {
                panic!("{path}: {id} is given out nowhere");
            };
            assert_eq!(&format!("{sign}{}", attribute(mark, "value")), value, "{path}: {id}");
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}
