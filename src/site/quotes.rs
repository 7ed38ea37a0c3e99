//! Where each figure shows: in prose, in blocks, and under which heading.

use super::blocks::ResolvedBlock;
use super::page::SitePage;
use super::visit::{texts, visit};
use crate::content::{self, Node};
use crate::data::Data;

/// A figure that shows on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageQuote {
    /// The figure: its index among all figures, which are sorted by id.
    pub figure: u32,
    /// The index of the heading above it; nothing before the first.
    pub heading: Option<u32>,
}

/// A place on a page where a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The page.
    pub page: u32,
    /// The index of the heading above it; nothing before the first.
    pub heading: Option<u32>,
}

/// The quotes of every figure, in the order of pages.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Where the quotes of each figure begin; one more than there are figures.
    starts: Vec<u32>,
    quotes: Vec<Quote>,
}

impl Quotes {
    /// Where a figure shows, by its index among all figures.
    pub fn of(&self, figure: usize) -> &[Quote] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.quotes.get(bound(figure)..bound(figure + 1)).unwrap_or(&[])
    }

    pub(super) fn collect<'a>(pages: impl Iterator<Item = &'a SitePage> + Clone, figures: usize) -> Self {
        let mut starts = vec![0_u32; figures + 1];
        for quote in pages.clone().flat_map(|page| page.quotes.iter()) {
            starts[quote.figure as usize + 1] += 1;
        }
        for at in 0..figures {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut quotes = vec![Quote { page: 0, heading: None }; starts[figures] as usize];
        for (at, page) in pages.enumerate() {
            for quote in page.quotes.iter() {
                let slot = &mut next[quote.figure as usize];
                quotes[*slot as usize] = Quote { page: at as u32, heading: quote.heading };
                *slot += 1;
            }
        }
        Self { starts, quotes }
    }
}

/// The figures that show on a page: in its title, its description, its body, and the texts and cells of its blocks. Of several quotes
/// of one figure under one heading the first counts. What no data set holds is left out.
pub(super) fn of_page(page: &content::Page, blocks: &[(u32, ResolvedBlock)], data: &Data) -> Vec<PageQuote> {
    let mut found: Vec<PageQuote> = Vec::new();
    let mut section = 0;
    let add = |found: &mut Vec<PageQuote>, section: usize, heading: Option<u32>, id: &str| {
        let Some(figure) = data.figures.index(id) else { return };
        let quote = PageQuote { figure: figure as u32, heading };
        if !found[section..].contains(&quote) {
            found.push(quote);
        }
    };
    let mut heading = None;
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        visit(&inline.nodes, &mut |node| {
            if let Node::Figure(figure) = node {
                add(&mut found, 0, None, &figure.id);
            }
        });
    }
    visit(&page.body, &mut |node| match node {
        Node::Heading(index, _) => {
            heading = Some(*index as u32);
            section = found.len();
        }
        Node::Figure(figure) => add(&mut found, section, heading, &figure.id),
        Node::Block(block) => {
            for inline in texts(block) {
                visit(&inline.nodes, &mut |node| {
                    if let Node::Figure(figure) = node {
                        add(&mut found, section, heading, &figure.id);
                    }
                });
            }
            let start = block.place.span.start;
            let shown = blocks.iter().find(|(at, _)| *at == start);
            for id in shown.iter().flat_map(|(_, shown)| shown.figures()) {
                add(&mut found, section, heading, id);
            }
        }
        _ => (),
    });
    found
}
