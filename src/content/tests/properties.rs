//! What holds for every text.

use proptest::prelude::*;

use super::*;
use crate::content::walk::markdown;

/// Pieces that a page of trouble is made of.
const PIECES: &[&str] = &[
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](figure:",
    "](term:a)",
    "](literal:",
    "](b.md)",
    "[$4](figure:a.b)",
    "[^a]",
    "[^a]: ",
    "figure:",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<!-- bandbook: allow a: b -->",
    "<!-- bandbook",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "`",
    "```",
    "```table bands\n",
    "```facts\n",
    "~~~\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "    ",
    "# ",
    "## ",
    "===\n",
    "---\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "[!NOTICE]",
    "| ",
    "|---|\n",
    " | a |\n",
    ": ",
    "{#a}",
    "{",
    "}",
    "\\",
    "&amp;",
    "&nbsp;",
    "&#10;",
    "&",
    "+++\n",
    "title = \"a\"\n",
    "é",
    "日本",
    "\u{a0}",
    "\u{fffc}",
    "\u{0}",
    "$5",
    "10%",
    "a",
    "word ",
    "javascript:",
    "https://a.org",
    "//",
    "..",
    "\"",
    "'",
    "[a]: b\n",
    "- [ ] ",
    "%20",
    "%",
    "kind = \"range\"\n",
    "caption = \"[a](b)\"\n",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// Every place that a page holds.
fn places(nodes: &[Node], found: &mut Vec<Place>) {
    for node in nodes {
        match node {
            Node::Html(_) | Node::ColumnTitle(_) | Node::Task(_) | Node::FootnoteMark(..) => (),
            Node::Figure(figure) => found.extend([figure.id_place.clone(), figure.text_place.clone()]),
            Node::Literal(literal) => found.push(literal.place.clone()),
            Node::Term(term) => {
                found.push(term.id_place.clone());
                places(&term.children, found);
            }
            Node::Link(link) => {
                found.push(link.target_place.clone());
                places(&link.children, found);
            }
            Node::Image(image) => found.extend([image.target_place.clone(), image.place.clone()]),
            Node::Heading(_, children) | Node::Alert(_, children) | Node::Table(children) => places(children, found),
            Node::Footnotes(notes) => notes.iter().for_each(|note| places(&note.children, found)),
            Node::Block(block) => found.push(block.place.clone()),
        }
    }
}

fn check_any(text: &str, allow_html: bool) -> Result<(), TestCaseError> {
    let source = Source::new("content/a/b.md", text);
    let mut diagnostics = Vec::new();
    let page = parse(&source, Options { allow_html }, &mut diagnostics);
    let mut all = Vec::new();
    places(&page.body, &mut all);
    all.extend(page.headings.iter().map(|heading| heading.place.clone()));
    all.extend(page.waivers.iter().flat_map(|waiver| [waiver.covers.clone(), waiver.place.clone()]));
    for diagnostic in &diagnostics {
        prop_assert!(diagnostic.help.is_some(), "{:?}", diagnostic);
        all.extend(diagnostic.place.clone());
        all.extend(diagnostic.labels.iter().map(|label| label.place.clone()));
        all.extend(diagnostic.edit.iter().map(|edit| edit.place.clone()));
    }
    let plain = &page.plain;
    for run in &plain.runs {
        prop_assert!(plain.text.get(run.start as usize..run.end as usize).is_some());
    }
    for (at, c) in plain.text.char_indices() {
        all.push(plain.place_of(at..at + c.len_utf8()));
        all.push(plain.place_of(0..at));
        all.push(plain.place_of(at..plain.text.len()));
    }
    for pair in plain.map.windows(2) {
        prop_assert!(pair[0].0 <= pair[1].0, "{:?}", plain.map);
    }
    for place in all {
        prop_assert!(text.get(place.span.range()).is_some(), "{:?} in {:?}", place.span, text);
    }
    Ok(())
}

/// The tree as pulldown-cmark's own writer would have written it.
fn as_html(page: &Page, nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Html(html) => out.push_str(html),
            Node::Table(children) => as_html(page, children, out),
            Node::ColumnTitle(_) => (),
            Node::Heading(index, children) => {
                let level = page.headings[*index].level;
                out.push_str(&format!("<h{level}>"));
                as_html(page, children, out);
                out.push_str(&format!("</h{level}>\n"));
            }
            Node::Alert(kind, children) => {
                out.push_str(&format!("<blockquote class=\"markdown-alert-{kind}\">\n"));
                as_html(page, children, out);
                out.push_str("</blockquote>\n");
            }
            Node::Task(false) => out.push_str("<input disabled=\"\" type=\"checkbox\"/>\n"),
            Node::Task(true) => out.push_str("<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n"),
            other => panic!("{other:?}"),
        }
    }
}

/// The finished HTML of nodes, and the targets of their links to other sites.
fn finished(nodes: &[Node], html: &mut String, targets: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Html(piece) => html.push_str(piece),
            Node::Heading(_, children) | Node::Alert(_, children) | Node::Table(children) => {
                finished(children, html, targets);
            }
            Node::Term(term) => finished(&term.children, html, targets),
            Node::Footnotes(notes) => notes.iter().for_each(|note| finished(&note.children, html, targets)),
            Node::Link(link) => {
                if let Target::External(address) = &link.target {
                    targets.push(address.to_ascii_lowercase());
                }
                finished(&link.children, html, targets);
            }
            _ => (),
        }
    }
}

/// Line breaks between elements mean nothing.
fn squeezed(html: &str) -> String {
    html.replace('\n', "")
}

fn pulldown(text: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, markdown()));
    html
}

#[test]
fn plain_markdown_is_the_parsers_own_html() {
    for text in [
        "a",
        "a\nb",
        "a  \nb",
        "a\\\nb",
        "a\n\nb",
        "*a* _b_ **c** __d__ ***e*** ~~f~~",
        "`a` ``b ` c`` `<d>`",
        "a & b < c > d \"e\" 'f'",
        "&amp; &copy; &#35; &nbsp; &unknown;",
        "\\* \\# \\[ \\`",
        "---",
        "***",
        "a\n---\n\nb",
        "# A",
        "## A *b* `c`",
        "A\n===\n\nB\n---",
        "- a\n- b",
        "- a\n\n- b",
        "* a\n  * b\n    * c",
        "1. a\n2. b",
        "5. a\n6. b",
        "1) a",
        "- a\n\n  b\n\n      c",
        "- [ ] a\n- [x] b",
        "> a\n> b",
        "> a\n>\n> b",
        "> > a",
        "> - a\n>   - b",
        "> [!NOTE]\n> a",
        "> [!TIP]\n> - a\n>\n> b",
        "    a\n    b",
        "```\na\n```",
        "```rust\n<a>\n```",
        "~~~ toml\na = 1\n~~~",
        "| a | b |\n|---|---|\n| c | d |",
        "a | b\n--|--\nc | d | e",
        "| a |\n|---|\n| `b \\| c` |",
        "T\n: d\n: e\n\nU\n: f",
        "T\n\n: d\n\n  e",
        "a\n# B\nc\n> d\n- e\n1. f",
        "- a\n  # B\n  c",
        "- # A\n- > b\n- ```\n  c\n  ```",
        "a*b*c **d*e*f**",
        "日本 *é*",
        "a\r\nb\r\n\r\nc",
        "\ta",
        "a\u{a0}b",
        "{{ a }} {% b %} $c$",
        "a\n\n\n\nb",
        "  a",
        "a  ",
        "* * *",
        "- a\n- b\n\n\n- c",
        "10. a",
        "a ~ b ~ c",
        "\u{0}",
    ] {
        let (page, _) = page(text);
        let mut html = String::new();
        as_html(&page, &page.body, &mut html);
        assert_eq!(squeezed(&html), squeezed(&pulldown(text)), "{text:?}");
    }
}

#[test]
fn plain_markdown_without_nodes_is_the_same_to_the_byte() {
    for text in
        ["a\n\n- b\n- c\n\n> d\n\n```\ne\n```\n", "a\n***\nb", "1. a\n   - b\n\n   c\n", "T\n: d", "*a*\n\n    b\n\nc"]
    {
        let (page, _) = page(text);
        assert!(
            matches!(page.body.as_slice(), [Node::Html(html)] if *html == pulldown(text)),
            "{text:?}: {:?}",
            page.body
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_is_read_without_panic_and_with_true_places(text in soup(), allow_html in any::<bool>()) {
        check_any(&text, allow_html)?;
    }

    #[test]
    fn any_text_is_read_without_panic_and_with_true_places(text in "\\PC{0,80}") {
        check_any(&text, false)?;
    }

    #[test]
    fn front_matter_soup_is_read(text in soup()) {
        check_any(&format!("+++\n{text}\n+++\n{text}"), false)?;
    }

    #[test]
    fn options_are_read(text in soup()) {
        check_any(&format!("```table bands\n{text}\n```\n"), false)?;
    }

    #[test]
    fn refused_html_and_schemes_never_come_through(text in soup()) {
        let source = Source::new("content/a.md", &*text);
        let page = parse(&source, Options::default(), &mut Vec::new());
        let (mut html, mut targets) = (String::new(), Vec::new());
        finished(&page.body, &mut html, &mut targets);
        prop_assert!(!html.to_ascii_lowercase().contains("<b>") && !html.contains("<!--"), "{html}");
        for target in targets {
            let allowed = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
            prop_assert!(allowed, "{target}");
        }
    }
}
