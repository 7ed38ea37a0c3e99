//! What a mistake may hide of a page, so that nobody is told that it is missing.

use crate::diagnostic::{Known, Reported};

/// What of a text could not be read.
#[derive(Clone, Copy, Debug)]
pub struct Gaps {
    /// Err where headings or rows may be hidden: a link to one that seems to be missing is no problem of its own.
    pub anchors: Known<()>,
    /// Err where links, figures or blocks may be hidden: what seems to be linked or shown nowhere may be there.
    pub links: Known<()>,
}

impl Gaps {
    /// Nothing is hidden.
    pub const NONE: Self = Self { anchors: Ok(()), links: Ok(()) };

    /// Text is hidden: anything may have been in it.
    pub fn hide_text(&mut self, reported: Reported) {
        self.hide_anchors(reported);
        self.hide_links(reported);
    }

    /// A heading's id is hidden.
    pub fn hide_anchors(&mut self, reported: Reported) {
        self.anchors = Err(reported);
    }

    /// A link is hidden.
    pub fn hide_links(&mut self, reported: Reported) {
        self.links = Err(reported);
    }

    /// The gaps of two texts together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { anchors: self.anchors.and(other.anchors), links: self.links.and(other.links) }
    }
}
