//! Which ids a page holds: its headings', and those of the rows and entries that its blocks show.

use super::blocks::ResolvedBlock;
use super::page::SitePage;
use crate::diagnostic::Names;

/// Every id on a page that a link may lead to, gathered when it is first asked for.
pub fn page_anchors(page: &SitePage) -> &Names<String> {
    page.anchors.get_or_init(|| {
        let headings = page.page.headings.iter().map(|heading| heading.id.clone());
        let blocks = page.blocks.iter().flat_map(|(_, block)| block.anchors());
        headings.chain(blocks).collect()
    })
}

/// The id of a block's row: `l3` for a row of a table, `term-tpgm` for an entry of a list.
pub fn anchor_of_block_row(block: &ResolvedBlock, row: &str) -> String {
    match block {
        ResolvedBlock::List(list) => list.contents.anchor(row),
        _ => row.to_owned(),
    }
}
