//! Blocks to HTML.

use super::Renderer;
use super::figure::confidence_key;
use super::nodes::Scope;
use super::views::{CreditView, FactView, LinkView};
use crate::content::Block;
use crate::data::{DataSet, Figure};
use crate::diagnostic::Diagnostic;
use crate::site::{Address, ResolvedBlock};

impl Renderer<'_> {
    /// A block's markup; nothing for a block that could not be resolved, which was reported before.
    pub(super) fn block(&self, block: &Block, scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        let page = scope.page.map(|page| &self.site.pages[page]);
        let Some(resolved) = page.and_then(|page| page.block_at(block.place.span.start)) else {
            return Ok(String::new());
        };
        match resolved {
            ResolvedBlock::Table(table) => self.table(block, table, scope),
            ResolvedBlock::Chart(chart) => self.chart(block, chart, scope),
            ResolvedBlock::List(list) => self.list(list, scope),
            ResolvedBlock::OfferCheck(tool) => self.offer_check(block, tool, scope),
            ResolvedBlock::Compare(tool) => self.compare(tool, scope),
            ResolvedBlock::Facts(ids) => {
                let figures = ids.iter().filter_map(|id| self.site.data.figures.get(id));
                let facts = figures.map(|figure| self.fact(figure)).collect::<Result<Vec<_>, _>>()?;
                self.engine.render("components/facts.html", "facts", &facts)
            }
        }
    }

    fn fact(&self, figure: &Figure) -> Result<FactView, Diagnostic> {
        Ok(FactView {
            title_html: self.escaped(&self.figure_label(figure))?,
            note_html: self.optional_html(figure.note.as_ref())?,
            figure: self.figure(figure),
        })
    }

    /// Where the figures of a block come from: the sources, the earliest date and the lowest confidence among them.
    pub(super) fn credit<'f>(&self, set: &DataSet, figures: impl Iterator<Item = &'f Figure> + Clone) -> CreditView {
        let mut sources: Vec<&str> = Vec::new();
        for id in figures.clone().flat_map(|figure| &figure.record.sources).chain(&set.record.sources) {
            if !sources.contains(&&*id.text) {
                sources.push(&id.text);
            }
        }
        let records = || figures.clone().map(|figure| &figure.record);
        let as_of = records().filter_map(|record| record.as_of.as_ref()).map(|(date, _)| *date).min();
        let as_of = as_of.or_else(|| set.record.as_of.as_ref().map(|(date, _)| *date));
        let lowest = records().filter_map(|record| record.confidence).min().or(set.record.confidence);
        let confidence = match (set.record.confidence, lowest) {
            // The set's own, and that some of what is shown has less.
            (Some(own), Some(lowest)) if lowest < own => {
                let words = |confidence| self.confidence(confidence).to_owned();
                let mixed = self.site.config.labels.confidence_in_part.replace("{own}", &words(own));
                Some(mixed.replace("{lowest}", &words(lowest)))
            }
            (_, lowest) => lowest.map(|confidence| confidence_key(confidence).to_owned()),
        };
        let badge = records().find_map(|record| record.badge.as_ref()).or(set.record.badge.as_ref());
        let download = |title: &str, ending: &str| LinkView {
            title: title.to_owned(),
            href: self.site.base.href(&Address::new(&format!("/data/{}.{ending}", set.name))),
        };
        let labels = &self.site.config.labels;
        CreditView {
            sources: sources.into_iter().map(|id| self.source_link(id)).collect(),
            as_of: as_of.map(|date| self.as_of(date)),
            confidence,
            badge: badge.map(super::nodes::plain),
            records: set.holds_figures().then(|| LinkView {
                title: labels.figures.to_string(),
                href: self.site.base.href(&Address::new(&format!("/figures/{}/", set.name))),
            }),
            downloads: vec![download(&labels.download_csv, "csv"), download(&labels.download_json, "json")],
        }
    }
}
