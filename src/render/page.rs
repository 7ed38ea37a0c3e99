//! A whole page.

use super::Renderer;
use super::nodes::Scope;
use super::text::extra;
use super::views::{DateView, LinkView, PageView, TocView};
use crate::content::Heading;
use crate::data::notation::Date;
use crate::diagnostic::Diagnostic;
use crate::site::{Address, SitePage};
use tera::Context;

impl Renderer<'_> {
    /// A page's bytes.
    pub fn page(&self, at: usize) -> Result<Vec<u8>, Diagnostic> {
        let page = &self.site.pages[at];
        self.page_bytes(at, page).map_err(|problem| self.while_making(problem, &format!("content/{}", page.file)))
    }

    /// Where a file of `content/` is edited, by its path from there, if the site says so.
    pub(super) fn edit_address(&self, file: &str) -> Option<String> {
        let base = self.site.config.edit_base.as_ref()?;
        Some(format!("{base}{}", Address::new(file).encoded().trim_start_matches('/')))
    }

    fn page_bytes(&self, at: usize, page: &SitePage) -> Result<Vec<u8>, Diagnostic> {
        let headings = &page.page.headings;
        let claimed = headings.iter().map(|heading| heading.id.clone()).collect();
        let mut scope =
            Scope { page: Some(at), heading: page.title.clone(), claimed, headings, signed: true, ..Scope::of_data() };
        let mut body = String::with_capacity(page.page.source.text().len() * 2);
        self.nodes_into(&page.page.body, &mut scope, &mut body)?;
        let body = self.with_badges(body, &scope)?;
        let front = &page.page.front;
        let not_found = page.address.as_str() == "/404.html";
        let view = PageView {
            title_html: self.nodes(page.title_nodes(), &mut Scope::of_data())?,
            title: page.title.clone(),
            description: front.description.as_ref().map(|text| text.plain.clone()),
            href: self.site.base.href(&page.address),
            canonical: (!not_found).then(|| self.site.base.absolute(&page.address)),
            breadcrumbs: page.trail.iter().map(|above| self.crumb(*above)).collect(),
            toc: if front.toc.unwrap_or(true) { contents(headings) } else { Vec::new() },
            previous: page.neighbors[0].map(|page| self.link_to(page)),
            next: page.neighbors[1].map(|page| self.link_to(page)),
            has_heading: page.has_heading(),
            body_html: body,
            nav_html: self.sidebar(Some(at))?,
            edit: self.edit_address(&page.file),
            cite: self.cite(at),
            published: page.dates.published.map(|date| self.date(date)),
            updated: page.dates.updated.map(|date| self.date(date)),
            front: page.address.as_str() == "/",
            extra: front
                .extra
                .as_ref()
                .map(|table| extra(table.entries.iter().map(|entry| (entry.key.as_str(), &entry.value))))
                .unwrap_or_default(),
        };
        let template = match &front.template {
            Some(name) => &*name.text,
            None if not_found && self.engine.has("404.html") => "404.html",
            None => "page.html",
        };
        self.whole_page(template, &view, &[])
    }

    /// Renders a page template with its view, and with further values under their names.
    pub(super) fn whole_page(
        &self,
        template: &str,
        view: &PageView,
        more: &[(&'static str, tera::Value)],
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        context.insert("page", view);
        for (name, value) in more {
            context.insert_value(*name, value.clone());
        }
        let mut out = Vec::with_capacity(view.body_html.len() + view.nav_html.len() + 4096);
        self.engine.render_into(template, &context, &mut out)?;
        Ok(out)
    }

    /// A page in the trail above another one; the front page by its short name.
    pub(super) fn crumb(&self, page: usize) -> LinkView {
        let link = self.link_to(page);
        match self.site.pages[page].address.as_str() {
            "/" => LinkView { title: self.site.config.labels.home.to_string(), ..link },
            _ => link,
        }
    }

    pub(super) fn link_to(&self, page: usize) -> LinkView {
        let page = &self.site.pages[page];
        LinkView { title: page.title.clone(), href: self.site.base.href(&page.address) }
    }

    fn date(&self, date: Date) -> DateView {
        DateView { iso: date.to_string(), text: self.date_text(date) }
    }
}

/// Headings of level 2 with those of level 3 below; nothing where there are fewer than two.
fn contents(headings: &[Heading]) -> Vec<TocView> {
    let mut entries: Vec<TocView> = Vec::new();
    for heading in headings {
        let entry = TocView { id: heading.id.clone(), title: heading.text.clone(), children: Vec::new() };
        match (heading.level, entries.last_mut()) {
            (2, _) => entries.push(entry),
            (3, Some(last)) => last.children.push(entry),
            _ => (),
        }
    }
    if entries.len() < 2 { Vec::new() } else { entries }
}
