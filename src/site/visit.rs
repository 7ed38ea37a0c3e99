//! Walks the nodes of a page, parents before children.

use crate::content::{Block, BlockKind, Inline, Node, Page};
use crate::work;

/// Calls `see` for every node, in the order of the page.
pub fn visit<'a>(nodes: &'a [Node], see: &mut impl FnMut(&'a Node)) {
    for node in nodes {
        work::steps(1);
        see(node);
        match node {
            Node::Heading(_, children) | Node::Alert(_, children) | Node::Table(children) => visit(children, see),
            Node::Link(link) => visit(&link.children, see),
            Node::Term(term) => visit(&term.children, see),
            Node::Footnotes(notes) => notes.iter().for_each(|note| visit(&note.children, see)),
            Node::Html(_)
            | Node::ColumnTitle(_)
            | Node::Figure(_)
            | Node::Literal(_)
            | Node::Image(_)
            | Node::Task(_)
            | Node::FootnoteMark(..)
            | Node::Block(_) => (),
        }
    }
}

/// Calls `see` for every node of a page: its title and description, its body, and the texts of its blocks.
pub fn visit_page<'a>(page: &'a Page, see: &mut impl FnMut(&'a Node)) {
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        visit(&inline.nodes, see);
    }
    visit(&page.body, &mut |node| {
        see(node);
        if let Node::Block(block) = node {
            for inline in texts(block) {
                visit(&inline.nodes, see);
            }
        }
    });
}

/// The free texts of a block: caption, notes, what a tool says.
pub fn texts(block: &Block) -> Vec<&Inline> {
    match &block.kind {
        BlockKind::Table(table) => table.caption.iter().chain(&table.notes).collect(),
        BlockKind::Chart(chart) => chart.caption.iter().collect(),
        BlockKind::Place(tool) => tool.warn.iter().map(|warning| &warning.text).collect(),
        BlockKind::List(_) | BlockKind::Facts(_) | BlockKind::Compare(_) | BlockKind::Own(_) => Vec::new(),
    }
}
