//! A figure as a view: what it reads, what it is, and where it comes from.

use std::sync::Arc;

use super::Renderer;
use super::nodes::Scope;
use super::text::plain;
use super::views::{FigureView, LinkView};
use crate::config::Labels;
use crate::content::FigureLink;
use crate::data::notation::{self, Date, Notation};
use crate::data::unit::Thing;
use crate::data::{Amount, Aspect, Confidence, Figure, RowName, Unit};
use crate::diagnostic::Diagnostic;
use crate::site::{Site, records_of_set};

impl Renderer<'_> {
    /// A figure in prose, with the author's own text.
    pub(super) fn figure_html(&self, link: &FigureLink, scope: &mut Scope<'_>) -> Result<Arc<str>, Diagnostic> {
        let Some(figure) = self.site.data.figures.get(&link.id) else { return Ok(Arc::from("")) };
        let signed = scope.signed;
        let titled = link.column.is_some_and(|column| scope.calculated.contains(&column));
        if let (Some(badge), Some(section)) = (&figure.record.badge, scope.badges.last_mut()) {
            let badge = plain(badge);
            if !section.contains(&badge) {
                section.push(badge);
            }
        }
        let key = (Arc::clone(&figure.id), link.text.clone(), signed, titled);
        if let Some(html) = self.shared.figures.read().ok().and_then(|cache| cache.get(&key).cloned()) {
            return Ok(html);
        }
        let view = FigureView {
            text: link.text.clone(),
            written: false,
            badge_again: signed,
            calculated_above: titled,
            ..self.figure(figure)
        };
        let html: Arc<str> = self.engine.render("components/figure.html", "figure", &view)?.into();
        if let Ok(mut cache) = self.shared.figures.write() {
            cache.insert(key, Arc::clone(&html));
        }
        Ok(html)
    }

    /// A figure with the generator's own text.
    pub(super) fn figure(&self, figure: &Figure) -> FigureView {
        let record = &figure.record;
        FigureView {
            id: figure.id.to_string(),
            value: notation::value_attribute(&figure.datum()),
            text: self.figure_text(figure),
            written: true,
            href: self.record_href(figure).unwrap_or_else(|| self.site.base.href(&records_of_set(&figure.set))),
            label: self.figure_label(figure),
            as_of: record.as_of.as_ref().map(|(date, _)| self.as_of(*date)).unwrap_or_default(),
            sources: record.sources.iter().map(|id| self.source_title(&id.text)).collect(),
            unstated: figure.amount == Amount::Unstated,
            gap: figure.gap.as_ref().map(|gap| gap.to_string().replace('`', "")),
            calculated: figure.inputs.is_some(),
            calculated_above: false,
            confidence: record.confidence.map(confidence_key).unwrap_or_default().to_owned(),
            badge: record.badge.as_ref().map(plain),
            badge_again: false,
            qualifier: figure.qualifier.as_ref().map(plain),
            bound: match figure.bound.filter(|_| figure.amount != Amount::Unstated) {
                Some(bound) => self.words.bound(bound).replace("{value}", "").trim().to_owned(),
                None => String::new(),
            },
            flags: self.flags(figure),
        }
    }

    /// A figure with the text that it has in a column.
    pub(super) fn figure_in(&self, figure: &Figure, column: &Notation) -> FigureView {
        FigureView { text: column.write(&figure.datum(), &self.style()), ..self.figure(figure) }
    }

    /// What the generator writes for a figure.
    pub(super) fn figure_text(&self, figure: &Figure) -> String {
        notation::write(&figure.datum(), &self.style())
    }

    /// How the generator writes: values without bound and period, which stand beside them.
    pub(super) fn style(&self) -> notation::Style<'_> {
        notation::Style { bound: false, per: notation::Per::Quantities, words: &self.words }
    }

    /// A date in the site's words.
    pub(super) fn date_text(&self, date: Date) -> String {
        date.write(&self.words)
    }

    /// `/figures/bands/#l3.total.median`, with the base path; `None` for a figure without a record.
    pub(super) fn record_href(&self, figure: &Figure) -> Option<String> {
        Some(self.site.base.href_with(&self.site.record_page(figure)?, Some(anchor(figure))))
    }

    /// What a figure is, in a line: "M Medium server, Total, Median".
    pub(super) fn figure_label(&self, figure: &Figure) -> String {
        figure_label(self.site, figure)
    }

    /// What a side is called; nothing for the whole.
    pub(super) fn aspect(&self, aspect: Aspect) -> &str {
        aspect_label(&self.site.config.labels, aspect)
    }

    /// "as of Q1 2026".
    pub(super) fn as_of(&self, date: Date) -> String {
        self.site.config.labels.dated.replace("{date}", &self.date_text(date))
    }

    /// A source's title; its id where no set holds it.
    pub(super) fn source_title(&self, id: &str) -> String {
        self.site.source(id).map_or_else(|| id.to_owned(), |source| source.title.text.to_string())
    }

    /// A source as a link to where it is described.
    pub(super) fn source_link(&self, id: &str) -> LinkView {
        let anchor = format!("source-{id}");
        let href = match self.site.register_place(&anchor) {
            Some(page) => self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)),
            None => String::new(),
        };
        LinkView { title: self.source_title(id), href }
    }

    /// A confidence in the site's words.
    pub(super) fn confidence(&self, confidence: Confidence) -> &str {
        let labels = &self.site.config.labels;
        match confidence {
            Confidence::High => &labels.confidence_high,
            Confidence::Medium => &labels.confidence_medium,
            Confidence::Low => &labels.confidence_low,
            Confidence::VeryLow => &labels.confidence_very_low,
        }
    }

    /// What figures of a unit count, where that doesn't stand beside each: "USD a year", "percent". "US dollars a year" can't be said
    /// in every language: the code and the period are.
    pub(super) fn unit(&self, unit: &Unit) -> String {
        let labels = &self.site.config.labels;
        let thing = match &unit.thing {
            Thing::Money(currency) => currency.to_string(),
            Thing::Percent => labels.percent.to_string(),
            Thing::Points => labels.percentage_points.to_string(),
            Thing::Measure(_) if !unit.is_time() => notation::thing_words(unit, &self.words),
            _ => String::new(),
        };
        format!("{thing} {}", notation::per_words(unit, &self.words)).trim().to_owned()
    }
}

/// What a figure is, in a line: "M Medium server, Total, Median".
pub fn figure_label(site: &Site, figure: &Figure) -> String {
    let parts = [row_names(site, figure), within_rows(site, figure)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The row that a figure stands in, or the two between which it lies: "M Medium server".
pub(super) fn row_names(site: &Site, figure: &Figure) -> String {
    let rows: Vec<String> = figure.rows.iter().map(row_name).collect();
    match &rows[..] {
        [from, to] => site.config.labels.from_to.replace("{from}", from).replace("{to}", to),
        _ => rows.join(", "),
    }
}

/// The code and the title of a row; its id where it has neither.
pub(super) fn row_name(row: &RowName) -> String {
    let words: Vec<String> = [&row.code, &row.title].into_iter().flatten().map(plain).collect();
    if words.is_empty() { row.id.to_string() } else { words.join(" ") }
}

/// What a figure is among those of its rows: "Total, Median".
pub(super) fn within_rows(site: &Site, figure: &Figure) -> String {
    let measure = figure.measure.as_ref().map(plain).unwrap_or_default();
    let parts = [measure.as_str(), aspect_label(&site.config.labels, figure.aspect)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a side is called; nothing for the whole.
fn aspect_label(labels: &Labels, aspect: Aspect) -> &str {
    match aspect {
        Aspect::Whole => "",
        Aspect::Low => &labels.low,
        Aspect::High => &labels.high,
        Aspect::Median => &labels.median,
        Aspect::Midpoint => &labels.midpoint,
        Aspect::Spread => &labels.spread,
        Aspect::Width => &labels.width,
        Aspect::MedianOffset => &labels.median_offset,
        Aspect::Plus => &labels.plus_tolerance,
        Aspect::Minus => &labels.minus_tolerance,
        Aspect::Limits => &labels.limits,
        Aspect::Overlap => &labels.overlap,
        Aspect::Gap => &labels.gap,
        Aspect::Step => &labels.step,
        Aspect::MedianStep => &labels.median_step,
    }
}

/// The anchor of a figure's record on the page of its set: the id without the set.
pub(super) fn anchor(figure: &Figure) -> &str {
    let id = figure.record_id();
    id.strip_prefix(&*figure.set).and_then(|rest| rest.strip_prefix('.')).unwrap_or(id)
}

/// `very-low` and the like, for class names and data files.
pub fn confidence_key(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
        Confidence::VeryLow => "very-low",
    }
}
