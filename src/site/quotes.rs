//! Where each figure shows: in prose, in blocks, and under which heading.

use std::collections::HashSet;

use super::blocks::ResolvedBlock;
use super::visit::{texts, visit};
use crate::content::{self, Inline, Node};
use crate::data::{Data, Figures};

/// A figure that shows on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// The figures that free texts of the data show.
    in_data: HashSet<usize>,
}

impl Quotes {
    /// Where a figure shows, by its index among all figures.
    pub fn of(&self, figure: usize) -> &[Quote] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.quotes.get(bound(figure)..bound(figure + 1)).unwrap_or(&[])
    }

    /// Whether a page, or a free text of the data, shows a figure.
    pub fn has(&self, figure: usize) -> bool {
        !self.of(figure).is_empty() || self.in_data.contains(&figure)
    }

    /// From the quotes of each page, and the free texts of the data.
    pub(super) fn collect<'a>(
        pages: impl Iterator<Item = &'a [PageQuote]> + Clone,
        texts: &[Inline],
        known: &Figures,
    ) -> Self {
        let figures = known.iter().len();
        let mut in_data = HashSet::new();
        for text in texts {
            visit(&text.nodes, &mut |node| {
                if let Node::Figure(figure) = node {
                    in_data.extend(known.index(&figure.id));
                }
            });
        }
        let mut starts = vec![0_u32; figures + 1];
        for quote in pages.clone().flatten() {
            starts[quote.figure as usize + 1] += 1;
        }
        for at in 0..figures {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut quotes = vec![Quote { page: 0, heading: None }; starts[figures] as usize];
        for (at, page) in pages.enumerate() {
            for quote in page {
                let slot = &mut next[quote.figure as usize];
                quotes[*slot as usize] = Quote { page: at as u32, heading: quote.heading };
                *slot += 1;
            }
        }
        Self { starts, quotes, in_data }
    }
}

/// The figures that show on a page: in its title, its description, its body, and the texts and cells of its blocks. Of several quotes
/// of one figure under one heading the first counts. What no data set holds is left out.
pub(super) fn of_page(page: &content::Page, blocks: &[(u32, ResolvedBlock)], data: &Data) -> Vec<PageQuote> {
    let mut found: Vec<PageQuote> = Vec::new();
    let mut known: HashSet<PageQuote> = HashSet::new();
    let mut add = |heading: Option<u32>, id: &str| {
        let Some(figure) = data.figures.index(id) else { return };
        let quote = PageQuote { figure: figure as u32, heading };
        if known.insert(quote) {
            found.push(quote);
        }
    };
    let mut heading = None;
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        visit(&inline.nodes, &mut |node| {
            if let Node::Figure(figure) = node {
                add(None, &figure.id);
            }
        });
    }
    visit(&page.body, &mut |node| match node {
        Node::Heading(index, _) => heading = Some(*index as u32),
        Node::Figure(figure) => add(heading, &figure.id),
        Node::Block(block) => {
            for inline in texts(block) {
                visit(&inline.nodes, &mut |node| {
                    if let Node::Figure(figure) = node {
                        add(heading, &figure.id);
                    }
                });
            }
            let start = block.place.span.start;
            let shown = blocks.binary_search_by_key(&start, |(at, _)| *at).ok().map(|at| &blocks[at].1);
            for id in shown.iter().flat_map(|shown| shown.figures()) {
                add(heading, id);
            }
        }
        _ => (),
    });
    found
}
