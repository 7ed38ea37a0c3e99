//! Headings and their ids.

use super::*;

fn check_ids(text: &str, expected: &[&str]) {
    let (page, diagnostics) = page(text);
    assert_eq!(diagnostics.iter().map(problem).collect::<Vec<_>>(), Vec::<String>::new(), "{text:?}");
    assert_eq!(page.headings.iter().map(|heading| &*heading.id).collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn ids_are_the_words_of_the_heading() {
    for (text, id) in [
        ("# Bands", "bands"),
        ("# The Bands, and why", "the-bands-and-why"),
        ("# L3: Medium VPS", "l3-medium-vps"),
        ("#   Spaces   inside   ", "spaces-inside"),
        ("# What's `new` in **v1.2**?", "what-s-new-in-v1-2"),
        ("# Größe & Maß", "größe-maß"),
        ("# ÉCOLE", "école"),
        ("# 日本", "日本"),
        ("# 2026", "2026"),
        ("# A -- b", "a-b"),
        ("# -a-", "a"),
        ("# [Bands](bands.md)", "bands"),
        ("# [TPgM](term:tpgm)", "tpgm"),
        ("# ![A chart](a.png)", "a-chart"),
        ("# A &amp; b &lt; c", "a-b-c"),
        ("Underlined\n===", "underlined"),
        ("Two\nlines\n---", "two-lines"),
        ("## Closed ##", "closed"),
        ("> # Quoted", "quoted"),
        ("- # Listed", "listed"),
    ] {
        check_ids(text, &[id]);
    }
}

#[test]
fn figures_and_literals_are_left_out_of_ids() {
    check_ids("# A median of [$432K](figure:a.b) a year", &["a-median-of-a-year"]);
    check_ids("# [$432K](figure:a.b) for seniors alone", &["for-seniors-alone"]);
    check_ids("# The [100](literal:axis) best", &["the-best"]);
    check_ids("# Over[$4](figure:a.b)done", &["over-done"]);
    check_ids("# [$432K](figure:a.b) {#median}", &["median"]);
    check("# [$432K](figure:a.b)", &["1:1 heading-id too few words beside the figure in `$432K` to make an id"]);
    check(
        "# Median [$432K](figure:a.b)",
        &["1:1 heading-id too few words beside the figure in `Median $432K` to make an id"],
    );
    check("# Top [100](literal:axis)", &["1:1 heading-id too few words beside the figure in `Top 100` to make an id"]);
}

#[test]
fn an_author_may_set_ids_and_classes() {
    check_ids("# Bands {#all}", &["all"]);
    check_ids("# Bands {#All_1.a:b-c}", &["All_1.a:b-c"]);
    check_ids("# Bands { #all .wide .calm }", &["all"]);
    check_ids("# Bands {.wide}", &["bands"]);
    check_ids("Bands {#all}\n===", &["all"]);
    let (page, _) = page("# Bands {#all .wide .calm}");
    assert_eq!(page.headings[0].classes, ["wide", "calm"]);
    assert_eq!(page.headings[0].text, "Bands");
    assert_eq!(page.headings[0].place.text(), "# Bands {#all .wide .calm}");
}

#[test]
fn braces_that_are_neither_id_nor_class_are_errors() {
    for (text, expected) in [
        ("# A {x}", "1:5 heading-braces `x` at a heading's end is no id and no class"),
        ("# A {}", "1:5 heading-braces `{}` at a heading's end is no id and no class"),
        ("# A { }", "1:5 heading-braces `{ }` at a heading's end is no id and no class"),
        ("# A {key=value}", "1:5 heading-braces `key=value` at a heading's end is no id and no class"),
        ("# A {#a key}", "1:5 heading-braces `key` at a heading's end is no id and no class"),
        ("# A {#a #b}", "1:5 heading-braces `#a` at a heading's end is no id and no class"),
        ("# A {#}", "1:5 heading-braces `#` at a heading's end is no id and no class"),
        ("# A {.}", "1:5 heading-braces `.` at a heading's end is no id and no class"),
        ("# A {#a\"b}", "1:5 heading-braces `#a\"b` at a heading's end is no id and no class"),
        ("# A {#a} ##", "1:5 heading-braces `#a` at a heading's end is no id and no class"),
        ("# Sets {a, b}", "1:8 heading-braces `a,` at a heading's end is no id and no class"),
        ("A {x}\n===", "1:3 heading-braces `x` at a heading's end is no id and no class"),
    ] {
        check(text, &[expected]);
    }
    check_ids("# Sets \\{a, b\\}", &["sets-a-b"]);
    check_ids("# Sets `{a, b}`", &["sets-a-b"]);
    check_ids("# Open {a", &["open-a"]);
    check_ids("# {a} first", &["a-first"]);
}

#[test]
fn empty_headings_are_errors() {
    for text in ["#", "# ", "## ##", "# {#a}", "#\ntext", "# <!-- a -->"] {
        check(text, &["1:1 empty-heading the heading is empty"]);
    }
    check("# ???", &["1:1 heading-id no id can be made from `???`"]);
    check("# ??? {#why}", &[]);
}

#[test]
fn ids_are_unique_on_a_page() {
    check("# Prices\n\n## Prices", &["3:1 duplicate-heading-id the heading's id `prices` is taken on this page"]);
    check("# Prices\n\n## prices!", &["3:1 duplicate-heading-id the heading's id `prices` is taken on this page"]);
    check("# Prices\n\n## Bids {#prices}", &["3:1 duplicate-heading-id the id `prices` is taken on this page"]);
    check("# A {#prices}\n\n## Prices", &["3:1 duplicate-heading-id the heading's id `prices` is taken on this page"]);
    check("# Prices\n\n## Prices {#abroad}", &[]);
    let (_, diagnostics) = page("# Prices\n\n## Prices-2\n\n## Prices");
    let help = diagnostics[0].help.as_deref().unwrap_or("");
    assert!(help.contains("`{#prices-3}`"), "{help}");
    assert_eq!(diagnostics[0].labels[0].place.text(), "# Prices");
}

#[test]
fn headings_hold_nodes() {
    check_tree("# A [b](c.md)\n\ntext", "‹heading 0 A ‹link page bands/c.md b››\n<p>text</p>\n");
    check_tree("a\n# B\nc", "<p>a</p>\n‹heading 0 B›\n<p>c</p>\n");
    let (page, _) = page("# A\n\n### C [$4](figure:a.b) of d\n");
    let found: Vec<_> = page.headings.iter().map(|heading| (heading.level, &*heading.text)).collect();
    assert_eq!(found, [(1, "A"), (3, "C $4 of d")]);
}
