//! What is doubtful, calculated or left out bears its mark where it is read, and records are easy to find.

use super::built::{output, page};

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
}

#[test]
fn an_open_contradiction_marks_the_end_that_it_names_and_nothing_else() {
    let chart = between(page("/bands/").html, "id=\"chart-bands\"", "</figure>").to_owned();
    assert!(chart.contains("<tspan data-figure=\"bands.l1.total\">$155K–$290K</tspan>*<"), "{chart}");
    assert!(chart.contains(">*<tspan data-figure=\"bands.l6.total\">$1.1M–$2.1M</tspan><"), "{chart}");
    let compare = page("/compare/");
    let pair = between(compare.html, "data-from=\"l1\"", "</figure>");
    let total = between(pair, "<tr data-line=\"total\">", "</tr>");
    assert_eq!(total.matches("class=\"flag\"").count(), 2, "{total}");
    let rows = between(output("offer/index.html"), "id=\"place-bands-rows\"", "</tbody>");
    let is_marked = |id: &str| between(rows, &format!("data-figure=\"{id}\""), "</td>").contains("class=\"flag\"");
    let marked = ["l1.total.high", "l2.total.high", "l5.total.high", "l6.total.low"];
    for row in ["l1", "l2", "l3", "l4", "l5", "l6"] {
        for side in ["low", "high", "median"] {
            let id = format!("{row}.total.{side}");
            assert_eq!(is_marked(&format!("bands.{id}")), marked.contains(&&*id), "{id}");
        }
    }
}

#[test]
fn a_block_prints_the_line_of_each_open_contradiction_once() {
    let line = "At L1 the total reaches higher than its listed parts can.";
    for (path, blocks) in [("compare", 1), ("offer", 1), ("bands", 3)] {
        let html = output(&format!("{path}/index.html"));
        assert_eq!(html.matches(&format!("#conflict-l1-total-above-parts\">{line}</a>")).count(), blocks, "{path}");
    }
    page("/compare/").says(&format!("* {line} At L2 the total reaches higher"));
    let chart = between(page("/bands/").html, "id=\"chart-bands\"", "</figure>").to_owned();
    assert!(!between(&chart, "<details", "</details>").contains(line), "a closed table would hide it");
    // Cautions are read where the site lists them.
    assert!(!output("compare/index.html").contains("Totals are not sums of their parts"));
}

#[test]
fn a_column_of_calculated_figures_says_so_once() {
    let said = "<small>calculated</small>";
    let steps = between(output("bands/index.html"), "aria-label=\"Steps between levels\"", "</table>");
    assert_eq!(steps.matches(said).count(), 4, "{steps}");
    assert!(!steps.contains("class=\"calc\""), "{steps}");
    // Reported and calculated figures share a column: there each calculated one says so.
    let worked = between(output("pm-vs-program-manager/index.html"), "aria-label=\"Worked arithmetic\"", "</table>");
    let (head, body) = worked.split_once("</thead>").expect("it has a head");
    assert_eq!(head.matches(said).count(), 1, "{head}");
    assert!(head.contains(&format!("Everything else{said}")), "{head}");
    assert!(body.contains("class=\"calc\""), "{body}");
}

#[test]
fn a_scale_that_leaves_zero_out_says_so() {
    let note = "Scale does not begin at zero";
    for (path, count) in [("bands/l3", 1), ("bands/l6", 1), ("bands", 0)] {
        assert_eq!(output(&format!("{path}/index.html")).matches(note).count(), count, "{path}");
    }
}

#[test]
fn a_level_page_does_not_repeat_its_level_in_every_quick_fact() {
    let facts = between(output("bands/l4/index.html"), "<dl class=\"facts", "</dl>");
    assert!(facts.contains("<dt>Total, stated median</dt>") && !facts.contains("<dt>L4"), "{facts}");
    let facts = between(output("bands/index.html"), "<dl class=\"facts", "</dl>");
    assert!(facts.contains("<dt>L4 Staff TPM, Total</dt>"), "{facts}");
    let facts = between(output("index.html"), "<dl class=\"facts", "</dl>");
    assert!(facts.contains("<dt>L3 Senior TPM, Total, stated median</dt>"), "{facts}");
}

#[test]
fn the_ladder_says_which_dates_it_joins_and_how_far_most_rungs_can_be_trusted() {
    page("/career-ceiling/").says("as of Q1 2026 and 2026 Confidence: medium, low in part");
}

#[test]
fn records_stand_by_level_with_what_is_stated_first() {
    let html = output("figures/bands/index.html");
    let place = |id: &str| html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let order = ["l1", "l1.base", "l1.base.low", "l1.total.median", "l1.cash", "l2", "l6.cash", "l1-to-l2"];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{:?}", order.map(place));
    for id in ["l1", "l6", "l1-to-l2", "l5-to-l6"] {
        assert!(html.contains(&format!("<li><a href=\"#{id}\">")), "no {id} among the contents");
    }
    let facts = output("figures/facts/index.html");
    assert!(facts.contains("<li><a href=\"#premium\">") && !facts.contains("<li><a href=\"#premium.low\">"));
}

#[test]
fn a_record_is_cited_whole_and_what_goes_into_it_is_near() {
    let html = output("figures/bands/index.html");
    let record = |id: &str| between(html, &format!("<section class=\"record\" id=\"{id}\""), "</section>");
    assert!(record("l1.base").contains("@misc{bands-l1-base,"));
    assert!(!record("l1.base.low").contains("class=\"cite\""), "the range is cited");
    assert!(record("l1.cash").contains("Cite or report") && !record("l1.cash").contains("@misc{"));
    assert!(record("l1.cash").contains("<a href=\"#l1.base\">Base: $115K–$155K</a>"), "{}", record("l1.cash"));
    assert!(html.contains("@misc{figures-bands,"), "the page itself can be cited");
}

#[test]
fn a_badge_stands_where_a_section_begins_and_never_inside_a_sentence() {
    let html = output("pm-vs-program-manager/index.html");
    let words = "† reported by one blog post, not verified";
    let said = format!("<small class=\"badge said\">{words}</small>");
    let section = between(html, "id=\"ai-lab-offer\"", "<div class=\"h h2\"");
    assert_eq!(section.matches(&said).count(), 1, "{section}");
    assert!(section.find(&said) < section.find("<p>"), "{section}");
    for paragraph in html.split("<p>").skip(1).filter_map(|rest| rest.split_once("</p>")).map(|(text, _)| text) {
        assert!(!paragraph.contains(words), "{paragraph}");
        assert_eq!(
            paragraph.matches("data-figure=\"one-").count(),
            paragraph.matches("again\">†<").count(),
            "{paragraph}"
        );
    }
    assert!(!html.contains('\0') && !output("bands/index.html").contains('\0'));
}

#[test]
fn a_title_that_columns_share_stands_once_above_them() {
    let html = output("bands/index.html");
    let head = |caption: &str| between(between(html, caption, "</table>"), "<thead>", "</thead>");
    let reach = head("Middle and reach of each band");
    for (title, columns) in [("Total", 3), ("Base", 1)] {
        let group =
            format!("<th scope=\"colgroup\" colspan=\"{columns}\" class=\"n\">{title}<small>calculated</small></th>");
        assert_eq!(reach.matches(&group).count(), 1, "{reach}");
    }
    assert_eq!(reach.matches("<th scope=\"col\" class=\"n\">Spread</th>").count(), 2, "{reach}");
    assert_eq!(reach.matches("rowspan=\"2\"").count(), 2, "the level and its title: {reach}");
    assert!(!head("Stated pay by level, total and parts").contains("colgroup"), "one column alone is the range itself");
}

#[test]
fn the_card_of_a_figure_says_that_something_does_not_agree() {
    let html = output("bands/l1/index.html");
    let title = |id: &str| between(between(html, &format!("data-figure=\"{id}\""), ">$"), "title=\"", "\"").to_owned();
    assert!(title("bands.l1.total").ends_with("What does not agree: see its record"), "{}", title("bands.l1.total"));
    assert!(!title("bands.l1.base").contains("What does not agree"), "{}", title("bands.l1.base"));
}
