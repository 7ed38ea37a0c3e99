//! What pages are read as, case by case: small texts, and the problems or the tree that come of them.

mod blocks;
mod figures;
mod front;
mod headings;
mod html;
mod limits;
mod lines;
mod links;
mod properties;
mod words;

use super::*;
use crate::diagnostic::{Diagnostic, Place, Source};

/// A page in a folder, and its problems.
fn page(text: &str) -> (Page, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let page = parse(&Source::new("content/bands/l3.md", text), Options::default(), &mut diagnostics);
    (page, diagnostics)
}

/// A problem as `line:column code message`.
fn problem(diagnostic: &Diagnostic) -> String {
    let position = diagnostic.place.as_ref().expect("a place").position();
    format!("{}:{} {} {}", position.line, position.column, diagnostic.code.name, diagnostic.message)
}

/// Holds a page's problems against what is expected.
fn check(text: &str, expected: &[&str]) {
    let (_, diagnostics) = page(text);
    let found: Vec<String> = diagnostics.iter().map(problem).collect();
    assert_eq!(found, expected, "{text:?}");
    for diagnostic in &diagnostics {
        assert!(diagnostic.help.is_some(), "no help: {diagnostic:?}");
        assert!(!diagnostic.message.ends_with('.'), "{}", diagnostic.message);
    }
}

/// Holds a page's tree against what is expected; it has no problems.
fn check_tree(text: &str, expected: &str) {
    let (page, diagnostics) = page(text);
    assert_eq!(diagnostics.iter().map(problem).collect::<Vec<_>>(), Vec::<String>::new(), "{text:?}");
    assert_eq!(tree(&page.body), expected, "{text:?}");
}

/// Applies the edit of a page's only problem, and gives the body as it should have been typed.
fn check_edit(text: &str, expected: &str) {
    let (_, diagnostics) = page(text);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{text:?}: {diagnostics:?}") };
    let edit = diagnostic.edit.as_ref().unwrap_or_else(|| panic!("{text:?}: no edit in {diagnostic:?}"));
    let mut mended = text.to_owned();
    mended.replace_range(edit.place.span.range(), &edit.text);
    assert_eq!(mended, expected, "{text:?}");
    check(&mended, &[]);
}

/// A page with one problem that only an editor can decide.
fn check_undecided(text: &str) {
    let (_, diagnostics) = page(text);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{text:?}: {diagnostics:?}") };
    assert!(diagnostic.edit.is_none() && diagnostic.help.is_some(), "{text:?}: {diagnostic:?}");
}

/// Nodes in one line: HTML as it is, everything else between ‹ and ›.
fn tree(nodes: &[Node]) -> String {
    nodes.iter().map(node).collect()
}

fn node(node: &Node) -> String {
    match node {
        Node::Html(html) => html.clone(),
        Node::Figure(figure) => {
            assert_eq!(figure.exact, figure.text_place.text() == figure.text, "{figure:?}");
            format!("‹figure {} {:?}{}›", figure.id, figure.text, if figure.exact { "" } else { " inexact" })
        }
        Node::Literal(literal) => format!("‹literal {:?} {:?}›", literal.reason, literal.text),
        Node::Term(term) => format!("‹term {} {}›", term.id, tree(&term.children)),
        Node::Link(link) => {
            let title = link.title.as_ref().map_or_else(String::new, |title| format!(" {title:?}"));
            format!("‹link {}{title} {}›", target(&link.target), tree(&link.children))
        }
        Node::Image(image) => format!("‹image {} {:?}›", target(&image.target), image.alt),
        Node::Heading(index, children) => format!("‹heading {index} {}›", tree(children)),
        Node::Alert(kind, children) => format!("‹{kind} {}›", tree(children)),
        Node::Table(children) => format!("‹{}›", tree(children)),
        Node::ColumnTitle(_) => String::new(),
        Node::Task(done) => format!("‹task {done}›"),
        Node::FootnoteMark(index, mark) => format!("‹mark {index}.{mark}›"),
        Node::Footnotes(footnotes) => {
            let all = footnotes.iter().map(|note| format!("{}×{} {}", note.label, note.marks, tree(&note.children)));
            format!("‹footnotes {}›", all.collect::<Vec<_>>().join("| "))
        }
        Node::Block(block) => format!("‹block {}›", block.place.text().lines().next().unwrap_or("")),
    }
}

fn target(target: &Target) -> String {
    let with = |path: &str, fragment: &Option<String>| match fragment {
        Some(fragment) => format!("{path} # {fragment}"),
        None => path.to_owned(),
    };
    match target {
        Target::Page { path, fragment } => format!("page {}", with(path, fragment)),
        Target::File { path, fragment } => format!("file {}", with(path, fragment)),
        Target::Fragment(id) => format!("# {id}"),
        Target::Address { path, fragment } => format!("address {}", with(path, fragment)),
        Target::External(address) => format!("external {address}"),
        Target::Broken => "broken".to_owned(),
    }
}

#[test]
fn every_code_explains_itself() {
    for code in CODES {
        for text in [code.what, code.why, code.mend] {
            assert!(text.ends_with('.') || text.ends_with(')') || text.ends_with('`'), "{}: {text}", code.name);
        }
        assert!(!code.example.is_empty(), "{}", code.name);
    }
}

#[test]
fn every_example_raises_its_code() {
    for code in CODES.iter().filter(|code| !code.example.contains('…')) {
        let example = code.example.replace("title = \"1. Bands\"", "+++\ntitle = \"1. Bands\"\n+++\n");
        let example = example.replace("slug = \"bands/l3\"", "+++\nslug = \"bands/l3\"\n+++\n");
        let (_, diagnostics) = page(&example);
        assert!(diagnostics.iter().any(|found| found.code.name == code.name), "{}: {diagnostics:?}", code.name);
    }
}
