//! The whole site, resolved and immutable: pages with their addresses, navigation, links, figures and blocks.
//!
//! Nothing is rendered here. What can't be resolved is reported, and left out.

mod address;
mod alias;
mod anchors;
mod assemble;
mod blocks;
mod citations;
mod claims;
mod dates;
mod formula;
mod links;
mod navigation;
mod outputs;
mod page;
mod phrases;
mod quotes;
mod records;
mod resolved;
mod visit;
mod vocabulary;

pub use address::{Address, Base};
pub use alias::alias_of;
pub use anchors::{anchor_of_block_row, page_anchors};
pub use assemble::{Ingredients, assemble, texts_of};
pub use blocks::chart::{
    ChartRung, Drawing, Ladder, Mark, Plot, PlotKind, PlotName, PlotRow, ResolvedChart, SeriesName,
};
pub use blocks::compare::{ComparedColumn, ComparedLine, ComparedPair, ResolvedCompare};
pub use blocks::place::{Answer, Edge, Interval, PlaceColumn, PlaceRow, ResolvedPlace};
pub use blocks::{
    ResolvedBlock, ResolvedOwn,
    list::ListContents,
    list::ResolvedList,
    table::{ResolvedTable, TableCell, TableColumn, TableRow},
};
pub use citations::{Citation, Citations, CitedBy, citations};
pub use dates::PageDates;
pub use formula::{guarded, unguarded};
pub use links::{Destination, Unresolved};
pub use navigation::{Navigation, NavigationEntry, NavigationSection};
pub use outputs::{Output, OutputKind, Redirect, StaticFile, outputs_of_data, record_pages_of_rows, records_of_set};
pub use page::SitePage;
pub use quotes::{PageQuote, Quote, Quotes};
pub use resolved::Site;
pub use visit::{texts, visit, visit_page};
pub use vocabulary::{Use, Vocabulary};

use crate::diagnostic::Code;

/// The codes that this room raises.
pub static CODES: &[&[&Code]] = &[claims::CODES, navigation::CODES, blocks::CODES, page::CODES, dates::CODES];
