//! Figures, literals and terms, and what only looks like them.

use super::*;

#[test]
fn figures_carry_their_text_and_places() {
    let text = "A [$432K](figure:bands.l3.total.median) year.";
    let (page, diagnostics) = page(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let Some(Node::Figure(figure)) = page.body.get(1) else { panic!("{:?}", page.body) };
    assert_eq!((&*figure.id, &*figure.text, figure.exact), ("bands.l3.total.median", "$432K", true));
    assert_eq!((figure.id_place.text(), figure.text_place.text()), ("bands.l3.total.median", "$432K"));
    assert_eq!(tree(&page.body), "<p>A ‹figure bands.l3.total.median \"$432K\"› year.</p>\n");
}

#[test]
fn a_figures_text_ignores_emphasis() {
    for (typed, expected) in [
        ("[$432K](figure:a.b)", "‹figure a.b \"$432K\"›"),
        ("[**$432K**](figure:a.b)", "‹figure a.b \"$432K\"›"),
        ("[*$432K*](figure:a.b)", "‹figure a.b \"$432K\"›"),
        ("**[$432K](figure:a.b)**", "<strong>‹figure a.b \"$432K\"›</strong>"),
        ("[$**432**K](figure:a.b)", "‹figure a.b \"$432K\" inexact›"),
        ("[\\$432K](figure:a.b)", "‹figure a.b \"$432K\"›"),
        ("[12\\.5%](figure:a.b)", "‹figure a.b \"12.5%\" inexact›"),
        ("[10&ndash;20%](figure:a.b)", "‹figure a.b \"10–20%\" inexact›"),
        ("[10&nbsp;%](figure:a.b)", "‹figure a.b \"10\\u{a0}%\" inexact›"),
        ("[10–20%](figure:a.b)", "‹figure a.b \"10–20%\"›"),
        ("[12\nmonths](figure:a.b)", "‹figure a.b \"12\\nmonths\"›"),
        ("[12  \nmonths](figure:a.b)", "‹figure a.b \"12\\nmonths\" inexact›"),
        ("[~~$4~~ $5](figure:a.b)", "‹figure a.b \"$4 $5\" inexact›"),
        ("[not stated](figure:a.b)", "‹figure a.b \"not stated\"›"),
        ("[$4](<figure:a.b>)", "‹figure a.b \"$4\"›"),
        ("[$4]( figure:a.b )", "‹figure a.b \"$4\"›"),
        ("[$4 [a]](figure:a.b)", "‹figure a.b \"$4 [a]\"›"),
    ] {
        check_tree(typed, &format!("<p>{expected}</p>\n"));
    }
    check_tree(
        "> a [12\n> months](figure:a.b)",
        "<blockquote>\n<p>a ‹figure a.b \"12\\nmonths\" inexact›</p>\n</blockquote>\n",
    );
    check_tree("[$4][m] [m]\n\n[m]: figure:a.b", "<p>‹figure a.b \"$4\"› ‹figure a.b \"m\"›</p>\n");
}

#[test]
fn places_of_figures_with_emphasis_are_the_texts_own() {
    for (typed, place, id) in [
        ("[**$432K**](figure:a.b)", "$432K", "a.b"),
        ("[$**432**K](figure:a.b)", "$**432**K", "a.b"),
        ("[\\$432K](figure:a.b)", "$432K", "a.b"),
        ("[$4](figure:a&period;b)", "$4", "a&period;b"),
        ("[$4](<figure:a.b>)", "$4", "a.b"),
    ] {
        let (page, _) = page(typed);
        let Some(Node::Figure(figure)) = page.body.get(1) else { panic!("{:?}", page.body) };
        assert_eq!(figure.text_place.text(), place, "{typed}");
        assert_eq!(figure.id_place.text(), id, "{typed}");
    }
}

#[test]
fn literals_and_terms_have_nodes_of_their_own() {
    check_tree("[100](literal:axis)", "<p>‹literal \"axis\" \"100\"›</p>\n");
    check_tree("[100](<literal:the index base>)", "<p>‹literal \"the index base\" \"100\"›</p>\n");
    check_tree("[100](literal:the%20index%20base)", "<p>‹literal \"the index base\" \"100\"›</p>\n");
    check_tree("[**100**](literal:axis)", "<p>‹literal \"axis\" \"100\"›</p>\n");
    check_tree("[TPgM](term:tpgm)", "<p>‹term tpgm TPgM›</p>\n");
    check_tree("[a *TPgM*](term:words.tpgm)", "<p>‹term words.tpgm a <em>TPgM</em>›</p>\n");
    let (page, _) = page("[a *TPgM*](term:words.tpgm)");
    let Some(Node::Term(term)) = page.body.get(1) else { panic!("{:?}", page.body) };
    assert_eq!((&*term.text, term.id_place.text()), ("a TPgM", "words.tpgm"));
}

#[test]
fn figures_stand_wherever_text_does() {
    check_tree("- [$4](figure:a.b)\n- b", "<ul>\n<li>‹figure a.b \"$4\"›</li>\n<li>b</li>\n</ul>\n");
    check_tree(
        "| a |\n|--:|\n| [$4](figure:a.b) |",
        "‹<table><thead><tr><th class=\"right\">a</th></tr></thead><tbody>\n<tr><td class=\"right\">‹figure a.b \"$4\"›</td></tr>\n</tbody></table>\n›",
    );
    check_tree("> [!NOTE]\n> [$4](figure:a.b)", "‹note <p>‹figure a.b \"$4\"›</p>\n›");
    check_tree("T\n: [$4](figure:a.b)", "<dl>\n<dt>T</dt>\n<dd>‹figure a.b \"$4\"›</dd>\n</dl>\n");
    check_tree("a[^1]\n\n[^1]: [$4](figure:a.b)", "<p>a‹mark 0.0›</p>\n‹footnotes 1×1 <p>‹figure a.b \"$4\"›</p>\n›");
}

#[test]
fn malformed_bound_links_are_errors() {
    for (text, expected) in [
        ("[$4](figure:)", "1:6 bound-link the link names no figure"),
        ("[](figure:a.b)", "1:1 bound-link the figure shows no text"),
        ("[ ](figure:a.b)", "1:1 bound-link the figure shows no text"),
        ("[4](literal:)", "1:5 bound-link the literal gives no reason"),
        ("[](literal:a)", "1:1 bound-link the literal shows no text"),
        ("[a](term:)", "1:5 bound-link the link names no term"),
        ("[](term:a)", "1:1 bound-link the term shows no text"),
        ("[$4](figure:a.b \"title\")", "1:1 bound-link a figure takes no title, such as \"title\""),
        ("[4](literal:a \"title\")", "1:1 bound-link a literal takes no title, such as \"title\""),
        ("[a](term:a \"title\")", "1:1 bound-link a term takes no title, such as \"title\""),
        ("[`$4`](figure:a.b)", "1:2 bound-link code can't stand in a figure"),
        ("[![$4](a.png)](figure:a.b)", "1:2 bound-link an image can't stand in a figure"),
        ("[$4<!-- a -->](figure:a.b)", "1:4 bound-link HTML or a comment can't stand in a figure"),
        ("[$4<b>](figure:a.b)", "1:4 bound-link HTML or a comment can't stand in a figure"),
        ("<figure:a.b>", "1:1 bound-link `<figure:a.b>` shows no text"),
        ("<Figure:a.b>", "1:1 bound-link `<Figure:a.b>` shows no text"),
        ("<term:tpgm>", "1:1 bound-link `<term:tpgm>` shows no text"),
        ("<literal:axis>", "1:1 bound-link `<literal:axis>` shows no text"),
        ("![$4](figure:a.b)", "1:1 bound-link a figure can't be an image"),
        ("![$4](Figure:a.b)", "1:1 bound-link a figure can't be an image"),
        ("![4](literal:a)", "1:1 bound-link a literal can't be an image"),
        ("![a](term:a)", "1:1 bound-link a term can't be an image"),
        ("![a [$4](figure:a.b)](c.png)", "1:5 bound-link a figure, term or literal can't stand in an image's text"),
    ] {
        check(text, &[expected]);
    }
    check_edit("A ![$4](figure:a.b) b", "A [$4](figure:a.b) b");
    check(
        "a [$4[^1]](figure:a.b)\n\n[^1]: b",
        &["1:10 not-a-link this is no `figure:` link, though it looks like one"],
    );
}

#[test]
fn what_looks_like_a_bound_link_and_is_none_is_an_error() {
    let none = "this is no `figure:` link, though it looks like one";
    for (text, place) in [
        ("[$4](figure: a.b)", "1:4"),
        ("[$4](figure:a b)", "1:4"),
        ("[$4](figure :a.b)", "1:4"),
        ("[$4]( Figure: a.b)", "1:4"),
        ("[$4] (figure:a.b)", "1:4"),
        ("[$4]\n(figure:a.b)", "1:4"),
        ("$4](figure:a.b)", "1:3"),
        ("[$4](figure:a.b", "1:4"),
        ("[$4](<figure:a.b)", "1:4"),
        ("[$4](figure:a.b \"t)", "1:4"),
        ("\\[$4](figure:a.b)", "1:5"),
        ("a [b](c.md) d](figure:a.b)", "1:14"),
        ("[a [b](c.md) d](figure:a.b)", "1:15"),
        ("*a](figure:x)*", "1:3"),
        ("# A](figure:x) b", "1:4"),
    ] {
        check(text, &[&format!("{place} not-a-link {none}")]);
    }
    check("[a] (term:b)", &["1:3 not-a-link this is no `term:` link, though it looks like one"]);
    check("[4] (LITERAL:b)", &["1:3 not-a-link this is no `literal:` link, though it looks like one"]);
    check("| a | b |\n|---|---|\n| [$4 | 5](figure:a.b) |", &[&format!("3:10 not-a-link {none}")]);
    let (_, diagnostics) = page("| a | b |\n|---|---|\n| [$4 | 5](figure:a.b) |");
    assert!(diagnostics[0].help.as_deref().unwrap_or("").contains("`|` ends the cell"), "{diagnostics:?}");
}

#[test]
fn a_bound_link_stands_in_no_other_link() {
    let inside = "a figure, term or literal can't stand inside another link";
    check("[see [$4](figure:a.b) here](l2.md)", &[&format!("1:1 not-a-link {inside}")]);
    check("[[TPgM](term:tpgm)](l2.md)", &[&format!("1:1 not-a-link {inside}")]);
    check("[a [4](literal:b)](https://example.org)", &[&format!("1:1 not-a-link {inside}")]);
    check("[a [$4](figure:a.b)][c]\n\n[c]: l2.md", &[&format!("1:1 not-a-link {inside}")]);
    check(
        "[a [$4](figure:a.b) b](figure:c.d)",
        &["1:22 not-a-link this is no `figure:` link, though it looks like one"],
    );
    check("[sic] [$4](figure:a.b) and [c](l2.md)", &[]);
    check("[note: [$4](figure:a.b)]", &[]);
    check("a [$4](figure:a.b) b](c)", &[]);
}

#[test]
fn our_syntax_in_code_and_behind_backslashes_is_just_text() {
    for text in [
        "`[$4](figure: a.b)`",
        "    [$4](figure: a.b)",
        "```\n[$4](figure: a.b)\n```",
        "[$4\\](figure:a.b)",
        "a (figure:b)",
        "figure:a.b",
        "[figure](l2.md)",
    ] {
        check(text, &[]);
    }
}

#[test]
fn braces_and_dollars_are_just_text() {
    check_tree("{{ x }} $5 {% y %} $x$ $$y$$ {#a}", "<p>{{ x }} $5 {% y %} $x$ $$y$$ {#a}</p>\n");
}

#[test]
fn a_single_tilde_that_strikes_is_an_error() {
    check("~$400K to ~$500K", &[]);
    check("~$400K–~$500K", &["1:1 single-tilde `~$400K–~` would be struck through"]);
    check("~$400K~ a", &["1:1 single-tilde `~$400K~` would be struck through"]);
    check(
        "a ~b~ ~~c~~ ~d~",
        &["1:3 single-tilde `~b~` would be struck through", "1:13 single-tilde `~d~` would be struck through"],
    );
    check("[~$4~](figure:a.b)", &["1:2 single-tilde `~$4~` would be struck through"]);
    check("\\~$400K~ a", &[]);
    check_tree("~~a~~", "<p><del>a</del></p>\n");
}

#[test]
fn alerts_are_githubs() {
    for (kind, name) in
        [("NOTE", "note"), ("tip", "tip"), ("Important", "important"), ("WARNING", "warning"), ("CAUTION", "caution")]
    {
        check_tree(&format!("> [!{kind}]\n> a"), &format!("‹{name} <p>a</p>\n›"));
    }
    check_tree("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n");
    check_tree("> [!NOTE]\n> > [!TIP]\n> > a", "‹note ‹tip <p>a</p>\n››");
    for (text, expected) in [
        ("> [!NOTICE]\n> a", "1:3 unknown-alert there is no alert `NOTICE`"),
        ("> [!DANGER]\n> a", "1:3 unknown-alert there is no alert `DANGER`"),
        ("> [!]\n> a", "1:3 unknown-alert there is no alert ``"),
        (">[!INFO]\n>a", "1:2 unknown-alert there is no alert `INFO`"),
        ("> [!NOTE] a\n> b", "1:3 unknown-alert text behind `[!NOTE]` makes it a plain quote"),
        ("> [!NOTE]: a", "1:3 unknown-alert text behind `[!NOTE]` makes it a plain quote"),
        ("> [! NOTE]\n> a", "1:3 unknown-alert `[! NOTE]` isn't read as an alert"),
        ("[!NOTE]\na", "1:1 unknown-alert `[!NOTE]` is no alert here"),
        ("> a\n> [!tip]\n> b", "2:3 unknown-alert `[!tip]` is no alert here"),
        ("> **[!NOTE]**\n> b", "1:5 unknown-alert `[!NOTE]` is no alert here"),
    ] {
        check(text, &[expected]);
    }
    check_edit("> [NOTE]\n> a", "> [!NOTE]\n> a");
    check_undecided("> [!NOTICE]\n> a");
    check("> \\[!NOTICE]\n> a", &[]);
    check("> [!x](y.md)\n> a", &[]);
}

#[test]
fn a_figure_in_a_table_knows_its_column() {
    let text =
        "[$1](figure:a.b)\n\n| [$2](figure:a.c) | two |\n|---|--:|\n| x | **[$3](figure:a.d)** |\n\n[$4](figure:a.e)";
    let mut found: Vec<(String, Option<usize>)> = Vec::new();
    let (page, _) = page(text);
    for node in &page.body {
        match node {
            Node::Figure(figure) => found.push((figure.text.clone(), figure.column)),
            Node::Table(children) => {
                for child in children {
                    match child {
                        Node::Figure(figure) => found.push((figure.text.clone(), figure.column)),
                        Node::ColumnTitle(column) => found.push(("title".to_owned(), Some(*column))),
                        _ => (),
                    }
                }
            }
            _ => (),
        }
    }
    let expected = [("$1", None), ("$2", None), ("title", Some(0)), ("title", Some(1)), ("$3", Some(1)), ("$4", None)];
    assert_eq!(found, expected.map(|(text, column)| (text.to_owned(), column)));
}
