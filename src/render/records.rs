//! The records of figures: a page for each set, and the list of sets.

use std::collections::BTreeMap;

use tera::Value;

use super::Renderer;
use super::figure::{anchor, confidence_key};
use super::nodes::plain;
use super::views::{FigureRecordView, LinkView, PageView};
use crate::data::{Aspect, Contents, DataSet, Figure};
use crate::diagnostic::Diagnostic;
use crate::site::{Address, Site};

impl Renderer<'_> {
    /// `/figures/`: the sets that hold figures.
    pub fn records_index(&self) -> Result<Vec<u8>, Diagnostic> {
        let sets = self.site.data.sets.iter().filter(|set| set.holds_figures());
        let links: Vec<LinkView> = sets
            .map(|set| LinkView { title: self.set_title(set), href: self.site.base.href(&records_address(set)) })
            .collect();
        let address = Address::new("/figures/");
        let view = self.frame(&self.site.config.labels.figures, &address, Vec::new())?;
        self.whole_page("figures-index.html", &view, Some(("sets", Value::from_serializable(&links))))
            .map_err(|problem| self.while_making(problem, "/figures/"))
    }

    /// `/figures/SET/`: the record of every figure of a set.
    pub fn records(&self, set: &DataSet) -> Result<Vec<u8>, Diagnostic> {
        let figures = self.site.data.figures.iter().filter(|figure| figure.set == set.name);
        let records: Vec<FigureRecordView> = figures.map(|figure| self.record(figure)).collect::<Result<_, _>>()?;
        let title = format!("{}: {}", self.site.config.labels.figures, self.set_title(set));
        let above = LinkView {
            title: self.site.config.labels.figures.to_string(),
            href: self.site.base.href(&Address::new("/figures/")),
        };
        let view = self.frame(&title, &records_address(set), vec![above])?;
        self.whole_page("figures.html", &view, Some(("records", Value::from_serializable(&records))))
            .map_err(|problem| self.while_making(problem, &format!("/figures/{}/", set.name)))
    }

    fn record(&self, figure: &Figure) -> Result<FigureRecordView, Diagnostic> {
        let record = &figure.record;
        let labels = &self.site.config.labels;
        let inputs = figure.inputs.as_ref();
        let view = self.figure(figure);
        let meaning = match figure.aspect {
            Aspect::Median => record.median_meaning.as_ref(),
            Aspect::Whole | Aspect::Low | Aspect::High if inputs.is_none() => record.range_meaning.as_ref(),
            _ => None,
        };
        let names_range =
            inputs.is_none() && matches!(figure.aspect, Aspect::Whole | Aspect::Low | Aspect::High | Aspect::Median);
        let is_range = matches!(figure.amount, crate::data::Amount::Range(..)) || figure.aspect != Aspect::Whole;
        Ok(FigureRecordView {
            anchor: anchor(figure).to_owned(),
            meaning: match meaning {
                Some(text) => Some(plain(text)),
                None => (names_range && is_range).then(|| labels.not_stated.to_string()),
            },
            formula: inputs.map(|inputs| self.formula(&inputs.formula, &inputs.ids)),
            inputs: inputs
                .map(|inputs| inputs.ids.iter().filter_map(|id| self.input(id)).collect())
                .unwrap_or_default(),
            role: record.role.as_ref().map(plain),
            scope: record.scope.as_ref().map(|scope| scope.text.to_string()),
            as_of: record.as_of.as_ref().map(|(date, _)| self.date_text(*date)),
            next_review: record.next_review.as_ref().map(|(date, _)| self.date_text(*date)),
            sources: record.sources.iter().map(|id| self.source_link(&id.text)).collect(),
            confidence: record.confidence.map(|confidence| confidence_key(confidence).to_owned()),
            confidence_reason: record.confidence_reason.as_ref().map(plain),
            note_html: self.optional_html(figure.note.as_ref())?,
            quoted: self.quoted(&figure.id),
            citation: self.citation(figure, &view.label, &view.text),
            bibtex: self.bibtex(figure, &view.label, &view.text),
            report: self.report(figure),
            figure: view,
        })
    }

    /// The formula with the inputs' values in it: `($365K + $500K) / 2`.
    fn formula(&self, formula: &str, ids: &[std::sync::Arc<str>]) -> String {
        let mut text = formula.to_owned();
        for (at, id) in ids.iter().enumerate() {
            if let Some(figure) = self.site.data.figures.get(id) {
                text = text.replace(&format!("{{{at}}}"), &self.figure_text(figure));
            }
        }
        text
    }

    fn input(&self, id: &str) -> Option<LinkView> {
        let figure = self.site.data.figures.get(id)?;
        let title = format!("{}: {}", self.figure_label(figure), self.figure_text(figure));
        Some(LinkView { title, href: self.record_href(figure) })
    }

    /// Pages that quote a figure, at the heading above it.
    fn quoted(&self, id: &str) -> Vec<LinkView> {
        let quotes = self.site.quotes.of(id).iter();
        quotes
            .map(|quote| {
                let page = &self.site.pages[quote.page];
                let heading =
                    quote.heading.and_then(|at| page.page.headings.get(at)).filter(|heading| heading.level > 1);
                LinkView {
                    title: match heading {
                        Some(heading) => format!("{}: {}", page.title, heading.text),
                        None => page.title.clone(),
                    },
                    href: self.site.base.href_with(&page.address, heading.map(|heading| heading.id.as_str())),
                }
            })
            .collect()
    }

    /// The source first, then this site.
    fn citation(&self, figure: &Figure, label: &str, text: &str) -> String {
        let sources: Vec<String> = figure.record.sources.iter().map(|id| self.source_title(&id.text)).collect();
        let date = figure.record.as_of.as_ref().map(|(date, _)| format!(", {}", self.as_of(*date))).unwrap_or_default();
        let mark =
            if figure.inputs.is_some() { format!(" ({})", self.site.config.labels.calculated) } else { String::new() };
        let lead = if sources.is_empty() { String::new() } else { format!("{}. ", sources.join("; ")) };
        format!("{lead}{label}: {text}{mark}{date}. {}, {}", self.site.config.title, self.record_address(figure))
    }

    fn bibtex(&self, figure: &Figure, label: &str, text: &str) -> String {
        let escape = |text: &str| {
            text.replace('\\', "")
                .replace(['{', '}'], "")
                .replace('%', "\\%")
                .replace('$', "\\$")
                .replace('&', "\\&")
                .replace('#', "\\#")
                .replace('_', "\\_")
        };
        let sources: Vec<String> = figure.record.sources.iter().map(|id| self.source_title(&id.text)).collect();
        let year = figure.record.as_of.as_ref().map(|(date, _)| date.to_string().chars().take(4).collect::<String>());
        let mut lines = vec![
            format!("@misc{{{},", figure.id.replace('.', "-")),
            format!("  title = {{{}: {}}},", escape(label), escape(text)),
            format!("  howpublished = {{{}}},", escape(&self.site.config.title)),
            format!("  url = {{{}}},", self.record_address(figure)),
        ];
        lines.extend(year.map(|year| format!("  year = {{{year}}},")));
        if !sources.is_empty() {
            lines.push(format!("  note = {{{}}},", escape(&sources.join("; "))));
        }
        lines.push("}".to_owned());
        lines.join("\n")
    }

    /// A new issue in the site's repository that names the figure; nothing where the site has no repository.
    fn report(&self, figure: &Figure) -> Option<String> {
        let repository = self.site.config.repository.as_ref()?;
        let title: String = format!("{} {}", self.site.config.labels.figure, figure.id);
        let encoded = Address::new(&title).encoded().trim_start_matches('/').replace('&', "%26").replace('+', "%2B");
        Some(format!("{}/issues/new?title={encoded}", repository.text.trim_end_matches('/')))
    }

    pub(super) fn record_address(&self, figure: &Figure) -> String {
        let address = Address::new(&format!("/figures/{}/", figure.set));
        format!("{}#{}", self.site.base.absolute(&address), anchor(figure))
    }

    pub(super) fn set_title(&self, set: &DataSet) -> String {
        set.title.as_ref().map_or_else(|| set.name.to_string(), plain)
    }

    /// The view of a page that the generator adds.
    fn frame(&self, title: &str, address: &Address, above: Vec<LinkView>) -> Result<PageView, Diagnostic> {
        let home = self.site.page_at(&Address::new("/")).map(|page| self.link_to(page));
        Ok(PageView {
            title: title.to_owned(),
            title_html: self.escaped(title)?,
            href: self.site.base.href(address),
            canonical: Some(self.site.base.absolute(address)),
            breadcrumbs: home.into_iter().chain(above).collect(),
            nav_html: self.sidebar(None)?,
            ..PageView::default()
        })
    }
}

fn records_address(set: &DataSet) -> Address {
    Address::new(&format!("/figures/{}/", set.name))
}

/// Conflicts by the figures that they name, as set and entry.
pub(super) fn conflicts_by_figure(site: &Site) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut found: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, set) in site.data.sets.iter().enumerate() {
        let Contents::Conflicts(conflicts) = &set.contents else { continue };
        for (index, conflict) in conflicts.iter().enumerate() {
            for id in &conflict.figures {
                found.entry(id.text.to_string()).or_default().push((at, index));
            }
        }
    }
    found
}

impl Renderer<'_> {
    /// Conflicts that name a figure, or what it is below.
    pub(super) fn conflicts_of(&self, id: &str) -> Vec<LinkView> {
        let ends = id.match_indices('.').map(|(at, _)| at).chain([id.len()]);
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for place in ends.filter_map(|end| self.conflicts.get(&id[..end])).flatten() {
            if !seen.contains(place) {
                seen.push(*place);
            }
        }
        seen.into_iter()
            .filter_map(|(set, index)| match &self.site.data.sets[set].contents {
                Contents::Conflicts(conflicts) => conflicts.get(index),
                _ => None,
            })
            .map(|conflict| {
                let anchor = format!("conflict-{}", conflict.id);
                let page = self.site.register_place(&anchor);
                LinkView {
                    title: plain(&conflict.title),
                    href: page
                        .map(|page| self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)))
                        .unwrap_or_default(),
                }
            })
            .collect()
    }
}
