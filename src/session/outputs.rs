//! How the bytes of each output of a site are made.

use super::export;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::site::{Output, OutputKind};

/// The bytes of a file; none for one that is copied, which whoever reads the disk or holds its bytes gives.
pub(super) fn make(output: &Output, renderer: &Renderer<'_>) -> Result<Vec<u8>, Diagnostic> {
    let site = renderer.site();
    Ok(match output.kind {
        OutputKind::Page(at) => renderer.page(at)?,
        OutputKind::Sets => renderer.records_index()?,
        OutputKind::Records(set) | OutputKind::Row(set) => renderer.records(&site.data.sets[set], &output.address)?,
        OutputKind::Csv(set) => export::csv(renderer.export(&site.data.sets[set])),
        OutputKind::Json(set) => export::json(&site.data.sets[set], renderer.export(&site.data.sets[set])),
        OutputKind::Readme => export::readme(renderer),
        OutputKind::Sitemap => renderer.sitemap()?,
        OutputKind::Robots => renderer.robots()?,
        OutputKind::Redirect(at) => renderer.redirect(&site.redirects[at])?,
        OutputKind::NoJekyll | OutputKind::File(_) => Vec::new(),
    })
}
