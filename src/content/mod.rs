//! Pages as written: front matter, and Markdown as a tree with places, in which nothing is resolved yet.

mod bound;
mod depth;
mod events;
mod fence;
mod footnote;
mod frame;
mod front;
mod gaps;
mod heading;
mod html;
mod image;
mod inline;
mod link;
mod near_miss;
mod origin;
mod page;
mod parse;
mod plain;
mod slips;
mod waiver;
mod walk;

pub use fence::BLOCK_FIELDS;
pub use front::{Alias, FIELDS as FRONT_MATTER_FIELDS, FrontMatter};
pub use gaps::Gaps;
pub use inline::inline;
pub use page::{
    Block, BlockKind, ChartBlock, CompareBlock, FactsBlock, FigureLink, Footnote, Heading, Image, Inline, Link,
    ListBlock, LiteralLink, Node, OwnBlock, PlaceBlock, RowOptions, TableBlock, Target, TermLink, Waiver, Warning,
};
pub use parse::{Options, Page, parse};
pub use plain::{Context, PlainText, Run};
pub use waiver::toml_waivers;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Source};

/// Where a page's front matter stands, without its `+++` lines; nothing where there is none.
pub fn front_matter(source: &Arc<Source>) -> Option<Range<usize>> {
    front::split(source, &mut Vec::new()).front
}

/// The codes that this room raises.
pub static CODES: &[&Code] = &[
    &front::FRONT_MATTER,
    &front::FRONT_MATTER_VALUE,
    &heading::EMPTY_HEADING,
    &heading::HEADING_ID,
    &heading::DUPLICATE_ID,
    &heading::HEADING_BRACES,
    &bound::BOUND_LINK,
    &near_miss::NOT_A_LINK,
    &near_miss::UNKNOWN_ALERT,
    &near_miss::SINGLE_TILDE,
    &slips::HEADING_SPACE,
    &slips::TABLE_SHAPE,
    &slips::MERGE_MARKER,
    &link::LINK_SCHEME,
    &link::LINK_TARGET,
    &link::LINK_OUTSIDE,
    &link::EMPTY_LINK,
    &footnote::FOOTNOTE,
    &fence::UNKNOWN_BLOCK,
    &fence::BLOCK_PLACE,
    &fence::UNCLOSED_FENCE,
    &html::RAW_HTML,
    &html::UNCLOSED_COMMENT,
    &waiver::WAIVER,
    &depth::NESTING_DEPTH,
    &inline::BLOCK_IN_TEXT,
];

#[cfg(test)]
mod tests;
