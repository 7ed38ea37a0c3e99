//! Links and images.

use super::*;

/// A link's target as classified, with its problems.
fn link(typed: &str) -> String {
    let (page, diagnostics) = page(&format!("[a]({typed})"));
    match diagnostics.as_slice() {
        [] => {
            let text = tree(&page.body);
            let inner = text.strip_prefix("<p>‹link ").and_then(|text| text.strip_suffix(" a›</p>\n"));
            inner.unwrap_or_else(|| panic!("{typed:?}: {text}")).to_owned()
        }
        [diagnostic] => format!("{}: {}", diagnostic.code.name, diagnostic.message),
        many => panic!("{typed:?}: {many:?}"),
    }
}

#[test]
fn pages_are_named_by_their_files() {
    for (typed, expected) in [
        ("l2.md", "page bands/l2.md"),
        ("./l2.md", "page bands/l2.md"),
        ("l2.md#prices", "page bands/l2.md # prices"),
        ("../index.md", "page index.md"),
        ("../bands/l2.md", "page bands/l2.md"),
        ("./.././index.md", "page index.md"),
        ("sub/../l2.md", "page bands/l2.md"),
        ("sub//l2.md", "page bands/sub/l2.md"),
        ("<a b.md>", "page bands/a b.md"),
        ("a%20b.md", "page bands/a b.md"),
        ("gr%C3%B6%C3%9Fe.md", "page bands/größe.md"),
        ("größe.md", "page bands/größe.md"),
        ("l2.md#gr%C3%B6%C3%9Fe", "page bands/l2.md # größe"),
        ("L2.MD", "page bands/L2.MD"),
        ("%2e%2e/index.md", "page index.md"),
        ("%252e%252e/a.md", "page bands/%2e%2e/a.md"),
        ("a&amp;b.md", "page bands/a&b.md"),
        ("a\\&b.md", "page bands/a&b.md"),
        ("l2.md \"Title\"", "page bands/l2.md \"Title\""),
        ("a:b.md", "link-scheme: links can't start with `a:`"),
        ("./a:b.md", "page bands/a:b.md"),
        (".md", "page bands/.md"),
    ] {
        assert_eq!(link(typed), expected, "{typed:?}");
    }
}

#[test]
fn other_targets_are_files_headings_addresses_and_sites() {
    for (typed, expected) in [
        ("fee.pdf", "file bands/fee.pdf"),
        ("fee.pdf#page=3", "file bands/fee.pdf # page=3"),
        ("../data/bands.toml", "file data/bands.toml"),
        ("l2", "file bands/l2"),
        ("l2.md.txt", "file bands/l2.md.txt"),
        ("#prices", "# prices"),
        ("#gr%C3%B6%C3%9Fe", "# größe"),
        ("/", "address /"),
        ("/bands/", "address /bands/"),
        ("/bands/#l3", "address /bands/ # l3"),
        ("/bands", "address /bands"),
        ("/a/../b/", "address /b/"),
        ("/a%20b/", "address /a b/"),
        ("https://example.org", "external https://example.org"),
        ("http://example.org/a?b=c#d", "external http://example.org/a?b=c#d"),
        ("HTTPS://example.org", "external HTTPS://example.org"),
        ("mailto:a@example.org", "external mailto:a@example.org"),
        ("tel:+15550100", "external tel:+15550100"),
    ] {
        assert_eq!(link(typed), expected, "{typed:?}");
    }
    check_tree("<https://example.org>", "<p>‹link external https://example.org https://example.org›</p>\n");
    check_tree("<a@example.org>", "<p>‹link external mailto:a@example.org a@example.org›</p>\n");
    check_tree(
        "[a][b] [b] [b][]\n\n[b]: l2.md",
        "<p>‹link page bands/l2.md a› ‹link page bands/l2.md b› ‹link page bands/l2.md b›</p>\n",
    );
}

#[test]
fn links_out_of_the_content_folder_are_errors() {
    for typed in [
        "../../LICENSE",
        "../../../etc/passwd",
        "%2e%2e/%2e%2e/a.md",
        "../..//a.md",
        "/../a.md",
        "sub/../../../a.md",
        ".%2e/../a.md",
    ] {
        assert_eq!(link(typed), format!("link-outside: `{typed}` leads out of the content folder"), "{typed:?}");
    }
}

#[test]
fn schemes_are_an_allow_list() {
    for (typed, scheme) in [
        ("javascript:alert(1)", "javascript"),
        ("JavaScript:alert(1)", "JavaScript"),
        ("JAVASCRIPT:alert(1)", "JAVASCRIPT"),
        ("javascript&colon;alert(1)", "javascript"),
        ("javascript&#58;alert(1)", "javascript"),
        ("javascript&#x3a;alert(1)", "javascript"),
        ("&#106;avascript:alert(1)", "javascript"),
        ("&#x6A;avascript:alert(1)", "javascript"),
        ("javascript\\:alert(1)", "javascript"),
        ("<javascript:alert(1)>", "javascript"),
        ("javascript://example.org/%0Aalert(1)", "javascript"),
        ("vbscript:x", "vbscript"),
        ("data:text/html,x", "data"),
        ("file:///etc/passwd", "file"),
        ("ftp://example.org", "ftp"),
        ("view-source:https://example.org", "view-source"),
        ("blob:https://example.org", "blob"),
        ("ws://example.org", "ws"),
        ("figures:a.b", "figures"),
        ("htps://example.org", "htps"),
        ("x+y-z.1:a", "x+y-z.1"),
    ] {
        assert_eq!(link(typed), format!("link-scheme: links can't start with `{scheme}:`"), "{typed:?}");
    }
    for typed in ["Term:tpgm", "FIGURE:a.b", "Literal:axis"] {
        let scheme = typed.split(':').next().unwrap_or("");
        assert_eq!(link(typed), format!("link-scheme: `{scheme}:` is written in small letters"), "{typed:?}");
    }
    check_edit("[$4](Figure:a.b)", "[$4](figure:a.b)");
    check_edit("[a](TERM:tpgm)", "[a](term:tpgm)");
    check("<javascript:alert>", &["1:2 link-scheme links can't start with `javascript:`"]);
    check("[a][b]\n\n[b]: javascript:alert", &["3:6 link-scheme links can't start with `javascript:`"]);
    check("![a](javascript:alert)", &["1:6 link-scheme links can't start with `javascript:`"]);
}

#[test]
fn invisible_characters_are_no_disguise() {
    for (typed, code) in [
        ("java&#10;script:alert(1)", "000A"),
        ("java&#9;script:alert(1)", "0009"),
        ("java&Tab;script:alert(1)", "0009"),
        ("java&NewLine;script:alert(1)", "000A"),
        ("&#1;javascript:alert(1)", "0001"),
        ("java\u{200b}script:alert", "200B"),
        ("\u{202e}javascript:alert", "202E"),
        ("java\u{ad}script:alert", "00AD"),
        ("a&#0;b", "FFFD"),
        ("a\u{7f}b", "007F"),
    ] {
        assert_eq!(link(typed), format!("link-target: the link holds the invisible character U+{code}"), "{typed:?}");
    }
    assert_eq!(
        link("&#32;javascript:alert"),
        "link-target: the link \" javascript:alert\" starts or ends with a space"
    );
    assert_eq!(
        link("&nbsp;javascript:alert"),
        "link-target: the link \"\u{a0}javascript:alert\" starts or ends with a space"
    );
    assert_eq!(link("javascript%3Aalert(1)"), "link-target: `javascript%3Aalert(1)` hides a scheme");
    assert_eq!(link("./javascript%3Aalert"), "page bands/javascript:alert".replace("page", "file"));
    assert_eq!(link("a%00b.md"), "link-target: `a%00b.md` holds %-codes that are no visible text");
    assert_eq!(link("a%0Ab.md"), "link-target: `a%0Ab.md` holds %-codes that are no visible text");
}

#[test]
fn what_browsers_would_guess_is_an_error() {
    for (typed, expected) in [
        ("", "link-target: the link leads nowhere"),
        ("<>", "link-target: the link leads nowhere"),
        ("#", "link-target: `#` names no heading after its `#`"),
        ("l2.md#", "link-target: `l2.md#` names no heading after its `#`"),
        ("//example.org", "link-target: `//example.org` doesn't say whether it is another site or a page of this one"),
        (
            "///example.org",
            "link-target: `///example.org` doesn't say whether it is another site or a page of this one",
        ),
        ("/\\\\example.org", "link-target: `/\\example.org` holds a backslash"),
        ("sub\\l2.md", "link-target: `sub\\l2.md` holds a backslash"),
        ("C:\\bands.md", "link-scheme: `C:\\bands.md` is a path of one computer"),
        ("c:/bands.md", "link-scheme: `c:/bands.md` is a path of one computer"),
        ("C:", "link-scheme: `C:` is a path of one computer"),
        ("\\\\\\\\host\\share", "link-scheme: `\\\\host\\share` is a path of one computer"),
        ("sub%2Fl2.md", "link-target: `sub%2Fl2.md` hides a slash in a name"),
        ("sub%5Cl2.md", "link-target: `sub%5Cl2.md` hides a slash in a name"),
        ("..%2F..%2Fa.md", "link-target: `..%2F..%2Fa.md` hides a slash in a name"),
        ("100%.md", "link-target: `100%.md` holds a `%` that begins no character"),
        ("a%zz.md", "link-target: `a%zz.md` holds a `%` that begins no character"),
        ("a%ff.md", "link-target: `a%ff.md` holds a `%` that begins no character"),
        ("l2.md?plain=1", "link-target: `l2.md?plain=1` holds a `?`, which pages don't answer to"),
        ("?a", "link-target: `?a` holds a `?`, which pages don't answer to"),
        ("sub/", "link-target: `sub/` is a folder"),
        (".", "link-target: `.` is a folder"),
        ("..", "link-target: `..` is a folder"),
        ("sub/..", "link-target: `sub/..` is a folder"),
        ("https:example.org", "link-target: `https:example.org` names no site or person"),
        ("https://", "link-target: `https://` names no site or person"),
        ("https:///a", "link-target: `https:///a` names no site or person"),
        ("https://?a", "link-target: `https://?a` names no site or person"),
        ("mailto:", "link-target: `mailto:` names no site or person"),
        ("<https://exa mple.org>", "link-target: `https://exa mple.org` holds a space or a backslash"),
        ("https://example.org\\a", "link-target: `https://example.org\\a` holds a space or a backslash"),
    ] {
        assert_eq!(link(typed), expected, "{typed:?}");
    }
    check_edit("[a](sub\\l2.md)", "[a](sub/l2.md)");
}

#[test]
fn problems_stand_at_the_target() {
    check(
        "See [a](c:d) and\n[b](  e:f  \"t\").",
        &["1:9 link-scheme links can't start with `c:`", "2:7 link-scheme links can't start with `e:`"],
    );
    check("[a](c&colon;d \"t\")", &["1:5 link-scheme links can't start with `c:`"]);
    check("[a](<c&colon;d e>)", &["1:5 link-scheme links can't start with `c:`"]);
    check("> - [a](c:d)", &["1:9 link-scheme links can't start with `c:`"]);
    check("| a |\n|---|\n| [a](c:d) |", &["3:7 link-scheme links can't start with `c:`"]);
}

#[test]
fn links_show_something() {
    check("[](l2.md)", &["1:1 empty-link the link shows no text"]);
    check("[ ](l2.md)", &["1:1 empty-link the link shows no text"]);
    check("[<!-- a -->](l2.md)", &["1:1 empty-link the link shows no text"]);
    check("[![a](b.png)](l2.md)", &[]);
    check("[`a`](l2.md)", &[]);
}

#[test]
fn links_hold_nodes_and_text() {
    check_tree("[a *b* `c`](l2.md)", "<p>‹link page bands/l2.md a <em>b</em> <code>c</code>›</p>\n");
    check_tree("[![a](b.png)](l2.md)", "<p>‹link page bands/l2.md ‹image file bands/b.png \"a\"››</p>\n");
    let (page, _) = page("[a *b*\n`c`](l2.md)");
    let Some(Node::Link(link)) = page.body.get(1) else { panic!("{:?}", page.body) };
    assert_eq!(link.text, "a b c");
    assert_eq!(link.target_place.text(), "l2.md");
}

#[test]
fn images_are_pictures() {
    check_tree("![a *b* `c`](d.png \"e\")", "<p>‹image file bands/d.png \"a b c\"›</p>\n");
    check_tree("![a [b](c.md) d](e.svg)", "<p>‹image file bands/e.svg \"a b d\"›</p>\n");
    check_tree("![](https://example.org/a.png)", "<p>‹image external https://example.org/a.png \"\"›</p>\n");
    check("![a](l2.md)", &["1:6 link-target `bands/l2.md` is a page, not a picture"]);
    check("![a](#b)", &["1:6 link-target `#b` is a heading, not a picture"]);
    check("![a](mailto:b@c.d)", &["1:6 link-target `mailto:b@c.d` is not a picture"]);
    check("![a](../../b.png)", &["1:6 link-outside `../../b.png` leads out of the content folder"]);
    check(
        "![a](//b/c.png)",
        &["1:6 link-target `//b/c.png` doesn't say whether it is another site or a page of this one"],
    );
}

#[test]
fn pages_at_the_top_see_the_content_folder() {
    let mut diagnostics = Vec::new();
    let source = Source::new("content/index.md", "[a](bands/l3.md) [b](../c.md)");
    let page = parse(&source, Options::default(), &mut diagnostics);
    assert_eq!(tree(&page.body), "<p>‹link page bands/l3.md a› ‹link broken b›</p>\n");
    assert_eq!(
        diagnostics.iter().map(problem).collect::<Vec<_>>(),
        ["1:22 link-outside `../c.md` leads out of the content folder"]
    );
}
