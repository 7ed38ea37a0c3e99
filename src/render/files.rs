//! Pages and files that the generator adds: redirects, the sitemap, `robots.txt`.

use tera::Context;

use super::Renderer;
use super::views::{RedirectView, SitemapEntryView};
use crate::diagnostic::Diagnostic;
use crate::site::{Address, Output, OutputKind, Redirect};

impl Renderer<'_> {
    /// A page that leads to another one.
    pub fn redirect(&self, redirect: &Redirect) -> Result<Vec<u8>, Diagnostic> {
        let page = &self.site.pages[redirect.page];
        let base = &self.site.base;
        let view = RedirectView {
            title: page.title.clone(),
            href: base.href_with(&page.address, redirect.fragment.as_deref()),
            canonical: base.absolute(&page.address),
        };
        let html = self.engine.render("redirect.html", "redirect", &view);
        html.map(String::into_bytes).map_err(|problem| self.while_making(problem, redirect.from.as_str()))
    }

    /// Every page that is to be found, by address.
    pub fn sitemap(&self) -> Result<Vec<u8>, Diagnostic> {
        let site = self.site;
        let is_found = |output: &&Output| output.kind.is_page() && output.address.as_str() != "/404.html";
        let mut found: Vec<&Output> = site.outputs.iter().filter(is_found).collect();
        found.sort_by(|a, b| a.address.cmp(&b.address));
        let entry = |output: &Output| SitemapEntryView {
            address: site.base.absolute(&output.address),
            updated: match output.kind {
                OutputKind::Page(at) => site.pages[at].dates.latest().map(|date| date.to_string()),
                _ => None,
            },
        };
        let entries: Vec<SitemapEntryView> = found.into_iter().map(entry).collect();
        self.engine.render("sitemap.xml", "entries", &entries).map(String::into_bytes)
    }

    /// `robots.txt`, which names the sitemap.
    pub fn robots(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        context.insert("sitemap", &self.site.base.absolute(&Address::new("/sitemap.xml")));
        let mut out = Vec::new();
        self.engine.render_into("robots.txt", &context, &mut out)?;
        Ok(out)
    }
}
