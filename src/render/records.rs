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
        self.whole_page("figures-index.html", &view, &[("sets", Value::from_serializable(&links))])
            .map_err(|problem| self.while_making(problem, "/figures/"))
    }

    /// `/figures/SET/`: the record of every figure of a set.
    pub fn records(&self, set: &DataSet) -> Result<Vec<u8>, Diagnostic> {
        let mut figures: Vec<&Figure> = self.site.data.figures.iter().filter(|figure| figure.set == set.name).collect();
        // As the file has them: each row with what is calculated from it, then what lies between rows.
        figures
            .sort_by_key(|figure| (figure.rows.len() > 1, figure.place.span, figure.inputs.is_some(), figure.aspect));
        let common = self.common(set);
        let mut records = Vec::with_capacity(figures.len());
        for figure in figures {
            records.push(without(self.record(figure)?, &common));
        }
        let title = format!("{}: {}", self.site.config.labels.figures, self.set_title(set));
        let above = LinkView {
            title: self.site.config.labels.figures.to_string(),
            href: self.site.base.href(&Address::new("/figures/")),
        };
        let view = self.frame(&title, &records_address(set), vec![above])?;
        let values = [("records", Value::from_serializable(&records)), ("common", Value::from_serializable(&common))];
        self.whole_page("figures.html", &view, &values)
            .map_err(|problem| self.while_making(problem, &format!("/figures/{}/", set.name)))
    }

    /// What the set says for all its figures, so that their records need not repeat it.
    fn common(&self, set: &DataSet) -> FigureRecordView {
        let record = &set.record;
        FigureRecordView {
            role: record.role.as_ref().map(plain),
            scope: record.scope.as_ref().map(|scope| scope.text.to_string()),
            as_of: record.as_of.as_ref().map(|(date, _)| self.date_text(*date)),
            next_review: record.next_review.as_ref().map(|(date, _)| self.date_text(*date)),
            sources: record.sources.iter().map(|id| self.source_link(&id.text)).collect(),
            confidence: record.confidence.map(|confidence| confidence_key(confidence).to_owned()),
            confidence_reason: record.confidence_reason.as_ref().map(plain),
            ..FigureRecordView::default()
        }
    }

    fn record(&self, figure: &Figure) -> Result<FigureRecordView, Diagnostic> {
        let record = &figure.record;
        let labels = &self.site.config.labels;
        let inputs = figure.inputs.as_ref();
        let view = self.figure(figure);
        let cite = self.cite_figure(figure, &view.label, &view.text);
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
            citation: cite.text,
            bibtex: cite.bibtex,
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
        let quotes = self.site.quotes(id).iter();
        quotes
            .map(|quote| {
                let page = &self.site.pages[quote.page as usize];
                let heading = quote
                    .heading
                    .and_then(|at| page.page.headings.get(at as usize))
                    .filter(|heading| heading.level > 1);
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

    /// A new issue in the site's repository that names the figure; nothing where the site has no repository.
    fn report(&self, figure: &Figure) -> Option<String> {
        let repository = self.site.config.repository.as_ref()?;
        let title: String = format!("{} {}", self.site.config.labels.figure, figure.id);
        let encoded = Address::new(&title).encoded().trim_start_matches('/').replace('&', "%26").replace('+', "%2B");
        Some(format!("{}/issues/new?title={encoded}", repository.text.trim_end_matches('/')))
    }

    pub(super) fn set_title(&self, set: &DataSet) -> String {
        set.title.as_ref().map_or_else(|| set.name.to_string(), plain)
    }

    /// The view of a page that the generator adds.
    fn frame(&self, title: &str, address: &Address, above: Vec<LinkView>) -> Result<PageView, Diagnostic> {
        let home = self.site.page_at(&Address::new("/")).map(|page| self.crumb(page));
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

/// A record without what the set says for all.
fn without(record: FigureRecordView, common: &FigureRecordView) -> FigureRecordView {
    fn own(own: Option<String>, common: Option<&String>) -> Option<String> {
        own.filter(|text| Some(text) != common)
    }
    let same_confidence =
        record.confidence == common.confidence && record.confidence_reason == common.confidence_reason;
    FigureRecordView {
        role: own(record.role, common.role.as_ref()),
        scope: own(record.scope, common.scope.as_ref()),
        as_of: own(record.as_of, common.as_of.as_ref()),
        next_review: own(record.next_review, common.next_review.as_ref()),
        sources: if record.sources == common.sources { Vec::new() } else { record.sources },
        confidence: record.confidence.filter(|_| !same_confidence),
        confidence_reason: record.confidence_reason.filter(|_| !same_confidence),
        ..record
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
        for place in ends.filter_map(|end| self.shared.conflicts.get(&id[..end])).flatten() {
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
