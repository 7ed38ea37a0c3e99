//! Parses a page: front matter, then the body.

use std::sync::Arc;

use super::front::{self, FrontMatter};
use super::gaps::Gaps;
use super::inline::folder_of;
use super::origin::Origin;
use super::page::{Heading, Node, Waiver};
use super::plain::{Context, PlainText};
use super::slips;
use super::walk::{Settings, walk};
use crate::diagnostic::{Diagnostic, Source};

/// One Markdown file, parsed.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub source: Arc<Source>,
    /// What stands between the `+++` lines.
    pub front: FrontMatter,
    /// The body.
    pub body: Vec<Node>,
    /// Every heading in order, level 1 included.
    pub headings: Vec<Heading>,
    /// The words of the page, for what looks at words.
    pub plain: PlainText,
    /// Comments that waive a rule.
    pub waivers: Vec<Waiver>,
    /// What of the body could not be read.
    pub gaps: Gaps,
}

/// What a site allows in its pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Raw HTML.
    pub allow_html: bool,
}

/// Parses a page. All problems go to `diagnostics`; what could be read is returned all the same.
pub fn parse(source: &Arc<Source>, options: Options, diagnostics: &mut Vec<Diagnostic>) -> Page {
    let split = front::split(source, diagnostics);
    let (front, mut waivers) = front::read(source, &split, diagnostics);
    let body = source.text().get(split.body..).unwrap_or("");
    let origin = Origin::body(source, split.body);
    let settings = Settings {
        allow_html: options.allow_html,
        folder: folder_of(source.path()),
        context: Context::Prose,
        line: false,
    };
    let mut gaps = Gaps::NONE;
    for known in [split.whole, slips::merge_markers(body, &origin, diagnostics)] {
        known.unwrap_or_else(|reported| gaps.hide_text(reported));
    }
    let outcome = walk(body, &origin, settings, diagnostics);
    waivers.extend(outcome.waivers);
    Page {
        source: Arc::clone(source),
        front,
        body: outcome.nodes,
        headings: outcome.headings,
        plain: outcome.plain,
        waivers,
        gaps: gaps.and(outcome.gaps),
    }
}
