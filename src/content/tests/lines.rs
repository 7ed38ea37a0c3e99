//! Inline Markdown in free text.

use super::*;
use crate::diagnostic::Span;
use crate::document;

static FIELDS: &[document::Field] = &[document::Field::optional("a", document::Shape::Markdown, "A text.")];

fn line(toml: &str) -> (Inline, Vec<Diagnostic>) {
    let source = Source::new("content/data/bands.toml", toml);
    let mut diagnostics = Vec::new();
    let span = Span::new(0, toml.len());
    let (text, _) = document::parse(&source, span, FIELDS, &mut diagnostics, |table, _| table.text("a"));
    let text = text.expect("a text");
    let inline = inline(&text, &mut diagnostics);
    (inline, diagnostics)
}

fn check_line(markdown: &str, expected: &str, plain: &str) {
    let (inline, diagnostics) = line(&format!("a = '{markdown}'"));
    assert!(diagnostics.is_empty(), "{markdown:?}: {diagnostics:?}");
    assert_eq!((tree(&inline.nodes), &*inline.plain), (expected.to_owned(), plain), "{markdown:?}");
}

fn check_problems(toml: &str, expected: &[&str]) {
    let (_, diagnostics) = line(toml);
    assert_eq!(diagnostics.iter().map(problem).collect::<Vec<_>>(), expected, "{toml:?}");
}

#[test]
fn a_line_is_read_as_prose_is() {
    for (markdown, expected, plain) in [
        ("", "", ""),
        ("Bands", "Bands", "Bands"),
        ("Bands & levels", "Bands &amp; levels", "Bands & levels"),
        ("a < b > c", "a &lt; b &gt; c", "a < b > c"),
        (
            "Base, extra; volume (50%): $5 {x} #1 - 2 + 3.",
            "Base, extra; volume (50%): $5 {x} #1 - 2 + 3.",
            "Base, extra; volume (50%): $5 {x} #1 - 2 + 3.",
        ),
        ("Zürich’s “bands”", "Zürich’s “bands”", "Zürich’s “bands”"),
        ("a | b", "a | b", "a | b"),
        ("a!", "a!", "a!"),
        ("*a* **b** `c` ~~d~~", "<em>a</em> <strong>b</strong> <code>c</code> <del>d</del>", "a b c d"),
        ("[$4](figure:a.b) a", "‹figure a.b \"$4\"› a", "$4 a"),
        ("a [4](literal:b) [c](term:d)", "a ‹literal \"b\" \"4\"› ‹term d c›", "a 4 c"),
        ("[a](bands/l3.md#b)", "‹link page bands/l3.md # b a›", "a"),
        ("[a](https://example.org)", "‹link external https://example.org a›", "a"),
        ("  padded  ", "padded", "padded"),
        ("a &amp; b\\. c", "a &amp; b. c", "a & b. c"),
        ("1 a", "1 a", "1 a"),
        ("$5", "$5", "$5"),
    ] {
        check_line(markdown, expected, plain);
    }
    check_line("a\\*b", "a*b", "a*b");
}

#[test]
fn blocks_in_a_line_are_errors() {
    for (markdown, what) in [
        ("# a", "a heading"),
        ("- a", "a list"),
        ("1. a", "a numbered list"),
        ("> a", "a quote"),
        ("---", "a rule"),
        ("```", "a block of code"),
        ("<div>", "HTML or a comment"),
        ("<!-- a -->", "HTML or a comment"),
        ("[^a]: b", "a footnote"),
    ] {
        check_problems(&format!("a = '{markdown}'"), &[&format!("1:6 block-in-text {what} can't stand in this text")]);
    }
    check_problems("a = '''b\n\nc'''", &["3:1 block-in-text a second paragraph can't stand in this text"]);
    check_problems("a = '''b\n- c'''", &["2:1 block-in-text a list can't stand in this text"]);
    check_problems("a = '''\n|a|\n|-|\n|b|'''", &["2:1 block-in-text a table can't stand in this text"]);
    check_problems("a = '''b\nc'''", &[]);
    check_problems("a = '2026\\. A year'", &[]);
    check_problems("a = 'b <b>c</b>'", &["1:8 raw-html `<b>` is HTML"]);
}

#[test]
fn places_are_exact_where_the_string_has_no_escapes() {
    check_problems("a = \"b [c](d:e) f\"", &["1:12 link-scheme links can't start with `d:`"]);
    check_problems("a = \"  b [c](d:e) f\"", &["1:14 link-scheme links can't start with `d:`"]);
    check_problems("a = '''\nb\nc [d](e:f)'''", &["3:7 link-scheme links can't start with `e:`"]);
    check_problems("a = \"b \\\"q\\\" [c](d:e) f\"", &["1:5 link-scheme links can't start with `d:`"]);
    check_problems("a = \"b \\u00e9 [$4](Figure:x)\"", &["1:5 link-scheme `Figure:` is written in small letters"]);
    let (inline, diagnostics) = line("a = \"\\u00e9 [$4](figure:x)\"");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let Some(Node::Figure(figure)) = inline.nodes.get(1) else { panic!("{inline:?}") };
    assert!(!figure.exact);
    assert_eq!(figure.text_place.text(), "\"\\u00e9 [$4](figure:x)\"");
    let (_, diagnostics) = line("a = \"\\u00e9 [$4](Figure:x)\"");
    assert!(diagnostics[0].edit.is_none(), "an edit needs an exact place");
}

#[test]
fn words_of_a_line_have_places() {
    let (inline, _) = line("a = \"b [$4](figure:x) and $5\"");
    assert_eq!(inline.words.text, "b \u{fffc} and $5\n");
    let at = inline.words.text.find("$5").expect("the words");
    assert_eq!(inline.words.place_of(at..at + 2).text(), "$5");
    let (inline, _) = line("a = \"Fee in $5\"");
    assert_eq!(inline.words.place_of(7..9).text(), "$5");
    let (inline, _) = line("a = \"Fee \\u00e9 $5\"");
    assert_eq!(inline.words.place_of(7..9).text(), "\"Fee \\u00e9 $5\"");
    let (inline, _) = line("a = \"\\u00e9 *b* $5\"");
    let at = inline.words.text.find("$5").expect("the words");
    assert_eq!(inline.words.place_of(at..at + 2).text(), "\"\\u00e9 *b* $5\"");
    assert_eq!(inline.words.runs[0].context, Context::Data);
}

#[test]
fn a_plain_line_is_what_the_parser_makes_of_it() {
    for text in [
        "Bands",
        "Fee: 50% (of base); \"total\" – 5 + 5 = {10} | a-b, c/d #1 $5 !",
        "L3's fee",
        "a  b",
        "Ünïcode ’s",
        "a:",
        "a.",
        "x = y",
        "A   ",
    ] {
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(text, crate::content::walk::markdown()),
        );
        let (inline, _) = line(&format!("a = '''{text}'''"));
        assert_eq!(format!("<p>{}</p>\n", tree(&inline.nodes)), html, "{text:?}");
    }
}
