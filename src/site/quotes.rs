//! Where each figure shows: in prose, in blocks, and under which heading.

use std::collections::BTreeMap;

use super::page::SitePage;
use super::visit::visit;
use crate::content::Node;

/// A place on a page where a figure shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The page.
    pub page: usize,
    /// The id of the heading above it; nothing before the first.
    pub heading: Option<usize>,
}

/// The quotes of every figure that shows anywhere, in the order of pages.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    by_figure: BTreeMap<String, Vec<Quote>>,
}

impl Quotes {
    /// Where a figure shows.
    pub fn of(&self, id: &str) -> &[Quote] {
        self.by_figure.get(id).map_or(&[], Vec::as_slice)
    }

    /// Every figure that shows, with its quotes, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Quote])> {
        self.by_figure.iter().map(|(id, quotes)| (id.as_str(), quotes.as_slice()))
    }

    pub(super) fn collect(pages: &[SitePage]) -> Self {
        let mut quotes = Self::default();
        for (at, page) in pages.iter().enumerate() {
            let mut heading = None;
            for inline in [&page.page.front.title, &page.page.front.description].into_iter().flatten() {
                visit(&inline.nodes, &mut |node| {
                    if let Node::Figure(figure) = node {
                        quotes.add(&figure.id, Quote { page: at, heading: None });
                    }
                });
            }
            visit(&page.page.body, &mut |node| match node {
                Node::Heading(index, _) => heading = Some(*index),
                Node::Figure(figure) => quotes.add(&figure.id, Quote { page: at, heading }),
                Node::Block(block) => {
                    let shown = page.block_at(block.place.span.start);
                    shown
                        .iter()
                        .flat_map(|block| block.figures())
                        .for_each(|id| quotes.add(id, Quote { page: at, heading }));
                }
                _ => (),
            });
        }
        quotes
    }

    fn add(&mut self, id: &str, quote: Quote) {
        let list = match self.by_figure.get_mut(id) {
            Some(list) => list,
            None => self.by_figure.entry(id.to_owned()).or_default(),
        };
        if list.last() != Some(&quote) {
            list.push(quote);
        }
    }
}
