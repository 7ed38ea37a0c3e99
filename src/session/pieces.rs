//! The files that a site is published as: which there are, and how each is made.

use std::borrow::Cow;

use super::export;
use crate::diagnostic::Diagnostic;
use crate::emit::Asset;
use crate::render::Renderer;
use crate::site::{Address, Site};

/// How a file is made. Numbers are indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A page.
    Page(usize),
    /// A page that leads to another one.
    Redirect(usize),
    /// The records of a data set.
    Records(usize),
    /// The list of sets with records.
    RecordsIndex,
    /// A data set as CSV.
    Csv(usize),
    /// A data set as JSON.
    Json(usize),
    /// What the downloads hold.
    Readme,
    /// `sitemap.xml`
    Sitemap,
    /// `robots.txt`
    Robots,
    /// `.nojekyll`, which is empty.
    NoJekyll,
    /// A static file.
    Asset(usize),
    /// A file beside pages; whoever reads the disk or holds its bytes makes it.
    Copy(usize),
}

/// Every file of a site: its path from the published folder, and how it is made. `copies` are the addresses of the files beside
/// pages.
pub(super) fn pieces<'a>(
    site: &Site,
    assets: &[Asset],
    copies: impl Iterator<Item = &'a Address>,
) -> Vec<(String, Piece)> {
    let mut all: Vec<(String, Piece)> =
        site.pages.iter().enumerate().map(|(at, page)| (page.address.file(), Piece::Page(at))).collect();
    all.extend(site.redirects.iter().enumerate().map(|(at, redirect)| (redirect.from.file(), Piece::Redirect(at))));
    for (at, set) in site.data.sets.iter().enumerate() {
        if set.holds_figures() {
            all.push((format!("figures/{}/index.html", set.name), Piece::Records(at)));
        }
        all.push((format!("data/{}.csv", set.name), Piece::Csv(at)));
        all.push((format!("data/{}.json", set.name), Piece::Json(at)));
    }
    if !site.data.sets.is_empty() {
        all.push(("data/README.txt".to_owned(), Piece::Readme));
    }
    if !site.data.figures.is_empty() {
        all.push(("figures/index.html".to_owned(), Piece::RecordsIndex));
    }
    all.push(("sitemap.xml".to_owned(), Piece::Sitemap));
    all.push(("robots.txt".to_owned(), Piece::Robots));
    all.push((".nojekyll".to_owned(), Piece::NoJekyll));
    all.extend(assets.iter().enumerate().map(|(at, asset)| (asset.address.file(), Piece::Asset(at))));
    all.extend(copies.enumerate().map(|(at, address)| (address.file(), Piece::Copy(at))));
    all
}

/// A file's bytes; none for a copy.
pub(super) fn make<'a>(
    piece: Piece,
    renderer: &Renderer<'_>,
    assets: &'a [Asset],
) -> Result<Cow<'a, [u8]>, Diagnostic> {
    let site = renderer.site();
    Ok(Cow::Owned(match piece {
        Piece::Page(at) => renderer.page(at)?,
        Piece::Redirect(at) => renderer.redirect(&site.redirects[at])?,
        Piece::Records(at) => renderer.records(&site.data.sets[at])?,
        Piece::RecordsIndex => renderer.records_index()?,
        Piece::Csv(at) => export::csv(&renderer.export(&site.data.sets[at])),
        Piece::Json(at) => export::json(&site.data.sets[at], &renderer.export(&site.data.sets[at])),
        Piece::Readme => export::readme(renderer),
        Piece::Sitemap => renderer.sitemap()?,
        Piece::Robots => renderer.robots()?,
        Piece::NoJekyll | Piece::Copy(_) => Vec::new(),
        Piece::Asset(at) => return Ok(Cow::Borrowed(&assets[at].bytes)),
    }))
}
