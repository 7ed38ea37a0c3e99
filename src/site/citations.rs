//! Where each figure is quoted, down to the place: in the prose of pages, in the texts of data, and by blocks.

use std::collections::BTreeMap;

use super::Site;
use super::visit::{visit, visit_page};
use crate::content::Node;
use crate::diagnostic::Place;

/// A place that quotes a figure.
#[derive(Clone, Debug)]
pub struct Citation {
    /// Where: the text that the reader sees, or the block's fence.
    pub place: Place,
    /// How.
    pub by: CitedBy,
}

/// What quotes a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitedBy {
    /// A link in a page's text, title, description or caption.
    Prose,
    /// A block that is made from data.
    Block,
    /// A text of a data file.
    Data,
}

/// Places by the id of the figure that they quote.
pub type Citations<'a> = BTreeMap<&'a str, Vec<Citation>>;

/// Every place that quotes a figure, by the figure's id: pages in order, then the texts of data. Ids that no data set
/// holds are among them. A quote of a direction is a quote of the figure.
pub fn citations(site: &Site) -> Citations<'_> {
    let mut found = Citations::new();
    for page in &site.pages {
        visit_page(&page.page, &mut |node| match node {
            Node::Figure(figure) => {
                let citation = Citation { place: figure.text_place.clone(), by: CitedBy::Prose };
                found.entry(quoted(site, &figure.id)).or_default().push(citation);
            }
            Node::Block(block) => {
                let shown = page.block_at(block.place.span.start);
                for id in shown.iter().flat_map(|shown| shown.figures()) {
                    let citations = found.entry(id).or_default();
                    let repeats = citations.last().is_some_and(|last| {
                        last.by == CitedBy::Block
                            && last.place.span == block.place.span
                            && last.place.source.path() == block.place.source.path()
                    });
                    if !repeats {
                        citations.push(Citation { place: block.place.clone(), by: CitedBy::Block });
                    }
                }
            }
            _ => (),
        });
    }
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| {
            if let Node::Figure(figure) = node {
                let citation = Citation { place: figure.text_place.clone(), by: CitedBy::Data };
                found.entry(quoted(site, &figure.id)).or_default().push(citation);
            }
        });
    }
    found
}

/// The id of the figure that an id quotes.
fn quoted<'a>(site: &'a Site, id: &'a str) -> &'a str {
    site.data.figures.quoted(id).map_or(id, |figure| &figure.id)
}
