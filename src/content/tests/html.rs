//! Raw HTML, comments and waivers.

use super::*;

#[test]
fn raw_html_is_refused() {
    for (text, expected) in [
        ("a <b>c</b>", "1:3 raw-html `<b>` is HTML"),
        ("a <b>c</b> <b>d</b>", "1:3 raw-html `<b>` is HTML"),
        ("a </b>", "1:3 raw-html `</b>` is HTML"),
        ("a <br/> b", "1:3 raw-html `<br/>` is HTML"),
        ("The type is <T>.", "1:13 raw-html `<T>` is HTML"),
        ("a <?php ?> b", "1:3 raw-html `<?php ?>` is HTML"),
        ("a <!DOCTYPE html> b", "1:3 raw-html `<!DOCTYPE html>` is HTML"),
        ("a <![CDATA[x]]> b", "1:3 raw-html `<![CDATA[x]]>` is HTML"),
        ("<div>\nhi\n</div>", "1:1 raw-html `<div>` is HTML"),
        ("<script>alert(1)</script>", "1:1 raw-html `<script>alert(1)</script>` is HTML"),
        ("> <div>\n> a", "1:3 raw-html `<div>` is HTML"),
        ("<!-- a --> b", "1:1 raw-html `<!-- a --> b` is HTML"),
        ("<!-- a --><p>", "1:1 raw-html `<!-- a --><p>` is HTML"),
        ("<!-- a\nb --> c", "1:1 raw-html `<!-- a` is HTML"),
    ] {
        let (_, diagnostics) = page(text);
        assert_eq!(diagnostics.first().map(problem).as_deref(), Some(expected), "{text:?}");
    }
    check("a <b>c</b> <b>d</b>", &["1:3 raw-html `<b>` is HTML", "1:12 raw-html `<b>` is HTML"]);
    let (page, _) = page("a <b onclick=x>c</b>\n\n<script>d</script>");
    assert_eq!(tree(&page.body), "<p>a c</p>\n");
}

#[test]
fn what_is_no_tag_is_text() {
    check_tree("a < b, <5 years, a<b, < T>", "<p>a &lt; b, &lt;5 years, a&lt;b, &lt; T&gt;</p>\n");
    check_tree("`<b>` &lt;b&gt; \\<b>", "<p><code>&lt;b&gt;</code> &lt;b&gt; &lt;b&gt;</p>\n");
}

#[test]
fn a_site_may_allow_html() {
    let mut diagnostics = Vec::new();
    let source = Source::new("content/a.md", "a <b>c</b>\n\n<div>\nd\n</div>\n\n> <p>\n> e\n\n<!-- f -->");
    let page = parse(&source, Options { allow_html: true }, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(tree(&page.body), "<p>a <b>c</b></p>\n<div>\nd\n</div>\n<blockquote>\n<p>\ne\n</blockquote>\n");
    let source = Source::new("content/a.md", "[a](javascript:b) <!-- c");
    parse(&source, Options { allow_html: true }, &mut diagnostics);
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn a_waiver_covers_html_that_a_site_allows() {
    for gap in ["\n", "\n\n", " "] {
        let text = format!("<!-- bandbook: allow a: b -->{gap}<div>c</div>\n\nd");
        let source = Source::new("content/a.md", &*text);
        let mut diagnostics = Vec::new();
        let page = parse(&source, Options { allow_html: true }, &mut diagnostics);
        let [waiver] = page.waivers.as_slice() else { panic!("{:?}", page.waivers) };
        assert!(waiver.covers.text().ends_with("<div>c</div>\n"), "{:?}", waiver.covers.text());
        assert_eq!(tree(&page.body).trim_start(), "<div>c</div>\n<p>d</p>\n");
    }
}

#[test]
fn comments_are_dropped() {
    check_tree("<!-- a -->\n\nb", "<p>b</p>\n");
    check_tree("<!-- a\n\nb -->\nc", "<p>c</p>\n");
    check_tree("<!-- a --> <!-- b -->\nc", "<p>c</p>\n");
    check_tree("a <!-- b --> c", "<p>a  c</p>\n");
    check_tree("<!-->\na", "<p>a</p>\n");
    check_tree("a <!---> b", "<p>a  b</p>\n");
    check_tree("- a\n\n  <!-- b -->\n- c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n");
    check("<!-- a\n\n# b", &["1:1 unclosed-comment the comment is never closed"]);
    check("x\n\n> <!-- a\n> b", &["3:3 unclosed-comment the comment is never closed"]);
    check("<!-- a -->\n<!-- b", &["2:1 unclosed-comment the comment is never closed"]);
}

fn covered(text: &str) -> Vec<String> {
    let (page, diagnostics) = page(text);
    assert_eq!(diagnostics.iter().map(problem).collect::<Vec<_>>(), Vec::<String>::new(), "{text:?}");
    page.waivers
        .iter()
        .map(|waiver| {
            assert!(waiver.place.text().starts_with("<!--") && waiver.place.text().ends_with("-->"), "{waiver:?}");
            format!("{}: {} | {}", waiver.rule, waiver.reason, waiver.covers.text().trim_end())
        })
        .collect()
}

#[test]
fn a_waiver_covers_the_block_after_it() {
    for (text, expected) in [
        ("<!-- bandbook: allow a: b -->\n# C\n\nd", "a: b | # C"),
        ("<!-- bandbook: allow a: b -->\n\nc\nd\n\ne", "a: b | c\nd"),
        ("<!-- bandbook: allow a: b -->\n\n- c\n- d\n\ne", "a: b | - c\n- d"),
        ("<!-- bandbook: allow a: b -->\n\n| c |\n|---|\n| d |\n\ne", "a: b | | c |\n|---|\n| d |"),
        ("<!-- bandbook: allow a: b -->\n\n> c\n\nd", "a: b | > c"),
        (
            "<!-- bandbook: allow a: b -->\n\n```table x\ncaption = \"$5\"\n```\n\nd",
            "a: b | ```table x\ncaption = \"$5\"\n```",
        ),
        ("<!-- bandbook: allow a: b -->\n\n    code\n", "a: b | code"),
        ("<!-- bandbook: allow a: b -->\n\n---\n", "a: b | ---"),
        ("c\n<!-- bandbook: allow a: b -->\nd\n\ne", "a: b | d"),
        ("> <!-- bandbook: allow a: b -->\n> c\n\nd", "a: b | c"),
        ("- <!-- bandbook: allow a: b -->\n  c *d*\n- e", "a: b | c *d*"),
        ("- a\n\n  <!-- bandbook: allow a: b -->\n\n  c\n\n- e", "a: b | c"),
        ("- c\n  <!-- bandbook: allow a: b -->\n- d\n- e", "a: b | - d"),
        ("<!--bandbook:allow a:b-->\n\nc", "a: b | c"),
        ("<!--\n  bandbook: allow a:\n  b\n  c\n-->\n\nd", "a: b c | d"),
        ("<!-- a --> <!-- bandbook: allow a: b -->\n\nc", "a: b | c"),
        ("<!-- bandbook: allow a: b: c, d -->\n\ne", "a: b: c, d | e"),
        ("c\n\n<!-- bandbook: allow a: b -->", "a: b | "),
    ] {
        assert_eq!(covered(text), [expected], "{text:?}");
    }
    let two = "<!-- bandbook: allow a: b -->\n<!-- bandbook: allow c: d -->\n\ne";
    assert_eq!(covered(two), ["a: b | e", "c: d | e"]);
}

#[test]
fn a_waiver_inside_a_line_covers_that_line() {
    for (text, expected) in [
        ("c\nd <!-- bandbook: allow a: b -->\ne", "a: b | d <!-- bandbook: allow a: b -->"),
        ("# C <!-- bandbook: allow a: b -->", "a: b | # C <!-- bandbook: allow a: b -->"),
        ("- c <!-- bandbook: allow a: b -->\n- d", "a: b | - c <!-- bandbook: allow a: b -->"),
        ("| c |\n|---|\n| d <!-- bandbook: allow a: b --> |\n| e |", "a: b | | d <!-- bandbook: allow a: b --> |"),
    ] {
        assert_eq!(covered(text), [expected], "{text:?}");
    }
}

#[test]
fn a_waiver_names_a_rule_and_a_reason() {
    for (comment, expected) in [
        ("bandbook: allow a", "the waiver of `a` gives no reason"),
        ("bandbook: allow a:", "the waiver of `a` gives no reason"),
        ("bandbook: allow a:  ", "the waiver of `a` gives no reason"),
        ("bandbook: allow", "the comment doesn't say what to allow"),
        ("bandbook: alow a: b", "the comment doesn't say what to allow"),
        ("bandbook: a: b", "the comment doesn't say what to allow"),
        ("bandbook:", "the comment doesn't say what to allow"),
        ("bandbook allow a: b", "the comment doesn't say `bandbook:`"),
        ("Bandbook: allow a: b", "the comment doesn't say `bandbook:`"),
        ("bandbook: allow a, b: c", "`a, b` is not the name of a rule"),
        ("bandbook: allow : b", "`` is not the name of a rule"),
        ("bandbook: allow Typed-Figure: b", "`Typed-Figure` is not the name of a rule"),
    ] {
        check(&format!("<!-- {comment} -->\n\nx"), &[&format!("1:1 malformed-waiver {expected}")]);
        check(&format!("x <!-- {comment} -->"), &[&format!("1:3 malformed-waiver {expected}")]);
    }
    for comment in ["the bandbook: allow", "bandbook", "bandbook is what makes this"] {
        check(&format!("<!-- {comment} -->\n\nx"), &[]);
    }
}
