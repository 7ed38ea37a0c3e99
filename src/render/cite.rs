//! How to cite a page or a figure: the source first, then this site, as text and as BibTeX.

use std::collections::HashSet;

use super::Renderer;
use super::views::CiteView;
use crate::data::{Contents, DataSet, Figure};
use crate::document::Text;
use crate::site::{Address, SitePage};

impl Renderer<'_> {
    /// How to cite a page; nothing where it shows no figure.
    pub(super) fn cite(&self, at: usize) -> Option<CiteView> {
        let page = &self.site.pages[at];
        let mut shown: Vec<u32> = page.quotes.iter().map(|quote| quote.figure).collect();
        shown.sort_unstable();
        shown.dedup();
        let figures: Vec<&Figure> = shown.iter().filter_map(|at| self.site.data.figures.at(*at as usize)).collect();
        let address = self.site.base.absolute(&page.address);
        let mut sources = self.sources_of(&figures);
        let known: HashSet<String> = sources.iter().cloned().collect();
        sources.extend(self.sources_of_blocks(page).into_iter().filter(|title| !known.contains(title)));
        if sources.is_empty() {
            return None;
        }
        let date = figures.iter().filter_map(|figure| figure.record.as_of.as_ref()).map(|(date, _)| *date).max();
        Some(CiteView {
            text: self.reference(&sources, &page.title, date.map(|date| self.as_of(date)), &address),
            bibtex: self.bibtex(&page.address.as_str().replace('/', "-"), &page.title, &figures, sources, &address),
        })
    }

    /// How to cite a page of records; nothing where they name no source.
    pub(super) fn cite_records(
        &self,
        set: &DataSet,
        title: &str,
        figures: &[&Figure],
        page: &Address,
    ) -> Option<CiteView> {
        let sources =
            self.titles_of(figures.iter().flat_map(|figure| &figure.record.sources).chain(&set.record.sources));
        if sources.is_empty() {
            return None;
        }
        let address = self.site.base.absolute(page);
        let date = set.record.as_of.as_ref().map(|(date, _)| self.as_of(*date));
        Some(CiteView {
            text: self.reference(&sources, title, date, &address),
            bibtex: self.bibtex(&page.as_str().replace('/', "-"), title, figures, sources, &address),
        })
    }

    /// How to cite a figure.
    pub(super) fn cite_figure(&self, figure: &Figure, label: &str, text: &str) -> CiteView {
        let mark =
            if figure.inputs.is_some() { format!(" ({})", self.site.config.labels.calculated) } else { String::new() };
        let title = format!("{label}: {text}");
        let date = figure.record.as_of.as_ref().map(|(date, _)| self.as_of(*date));
        let address = self.record_address(figure).unwrap_or_default();
        CiteView {
            text: self.reference(&self.sources_of(&[figure]), &format!("{title}{mark}"), date, &address),
            bibtex: self.bibtex(&figure.id.replace('.', "-"), &title, &[figure], self.sources_of(&[figure]), &address),
        }
    }

    fn reference(&self, sources: &[String], title: &str, date: Option<String>, address: &str) -> String {
        let lead = if sources.is_empty() { String::new() } else { format!("{}. ", sources.join("; ")) };
        let date = date.map(|date| format!(", {date}")).unwrap_or_default();
        let version = self.version().map(|version| format!(", {version}")).unwrap_or_default();
        format!("{lead}{title}{date}. {}{version}, {address}", self.site.config.title)
    }

    fn bibtex(&self, key: &str, title: &str, figures: &[&Figure], sources: Vec<String>, address: &str) -> String {
        let year = figures.iter().filter_map(|figure| figure.record.as_of.as_ref()).map(|(date, _)| date.year()).max();
        let key = key.trim_matches('-');
        let mut lines = vec![
            format!("@misc{{{},", if key.is_empty() { "index" } else { key }),
            format!("  title = {{{}}},", tex(title)),
            format!("  howpublished = {{{}}},", tex(&self.site.config.title)),
            format!("  url = {{{address}}},"),
        ];
        lines.extend(year.map(|year| format!("  year = {{{year}}},")));
        let notes: Vec<String> = sources.into_iter().chain(self.version()).collect();
        if !notes.is_empty() {
            lines.push(format!("  note = {{{}}},", tex(&notes.join("; "))));
        }
        lines.push("}".to_owned());
        lines.join("\n")
    }

    /// Titles of the figures' sources, each once.
    fn sources_of(&self, figures: &[&Figure]) -> Vec<String> {
        self.titles_of(figures.iter().flat_map(|figure| &figure.record.sources))
    }

    /// Titles of the sources of the sets that a page's blocks show, each once.
    fn sources_of_blocks(&self, page: &SitePage) -> Vec<String> {
        let sets = page.blocks.iter().filter_map(|(_, block)| self.site.set(block.set()?));
        self.titles_of(sets.flat_map(|set| &set.record.sources))
    }

    /// Titles of sources, each once.
    fn titles_of<'t>(&self, ids: impl Iterator<Item = &'t Text>) -> Vec<String> {
        let mut seen: HashSet<&str> = HashSet::new();
        let fresh = ids.filter(|id| seen.insert(&id.text)).map(|id| self.source_title(&id.text));
        let mut titles: HashSet<String> = HashSet::new();
        fresh.filter(|title| titles.insert(title.clone())).collect()
    }

    /// The version of the data: that of the release listed first.
    fn version(&self) -> Option<String> {
        let release = self.site.data.sets.iter().find_map(|set| match &set.contents {
            Contents::Releases(releases) => releases.first(),
            _ => None,
        })?;
        Some(self.site.config.labels.data_version.replace("{version}", &release.version.text))
    }

    /// Where a figure's record is, as a whole address; `None` for a figure without a record.
    pub(super) fn record_address(&self, figure: &Figure) -> Option<String> {
        let page = self.site.record_page(figure)?;
        Some(format!("{}#{}", self.site.base.absolute(&page), super::figure::anchor(figure)))
    }
}

/// A text on one line in which nothing is a command of TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' | '\\' => (),
            c if c.is_whitespace() => out.push(' '),
            '%' | '$' | '&' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tex;

    #[test]
    fn nothing_in_a_title_is_a_command() {
        assert_eq!(tex("$365K–$500K & 10% {\\x}_#"), "\\$365K–\\$500K \\& 10\\% x\\_\\#");
    }
}
