//! Blocks to HTML.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Renderer;
use super::engine::escaped;
use super::figure::{confidence_key, row_names};
use super::nodes::Scope;
use super::table::lower_first;
use super::text::{extra, plain};
use super::views::{CreditView, FactView, LinkView, OwnBlockView};
use crate::content::{Block, BlockKind, TableBlock};
use crate::data::notation::Date;
use crate::data::{Confidence, DataSet, Figure};
use crate::diagnostic::Diagnostic;
use crate::site::{Address, ResolvedBlock, ResolvedOwn, ResolvedTable, records_of_set};

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
            ResolvedBlock::Place(tool) => self.place(block, tool, scope),
            ResolvedBlock::Compare(tool) => self.compare(tool, scope),
            ResolvedBlock::Own(own) => self.own_block(block, own),
            ResolvedBlock::Facts(ids) => {
                let figures: Vec<&Figure> = ids.iter().filter_map(|id| self.site.data.figures.get(id)).collect();
                let said = page.is_some_and(|page| is_of_one_row(&figures, &page.title));
                let facts = figures.iter().map(|figure| self.fact(figure, said)).collect::<Result<Vec<_>, _>>()?;
                self.engine.render("components/facts.html", "facts", &facts)
            }
        }
    }

    /// A block with a template of the site's own. One that is missing was reported.
    fn own_block(&self, block: &Block, own: &ResolvedOwn) -> Result<String, Diagnostic> {
        let (BlockKind::Own(options), template) = (&block.kind, own.template()) else { return Ok(String::new()) };
        if !self.engine.has(&template) {
            return Ok(String::new());
        }
        let view = |table: &ResolvedTable| {
            // What is given may be shown or not, so that no id of it is taken.
            let view = self.table_view(&TableBlock::of(own.name.clone()), table, &mut Scope::of_data())?;
            Ok((table.set.to_string(), view))
        };
        let sets = own.tables.iter().map(view).collect::<Result<_, _>>()?;
        let entries = options.extra.iter().flat_map(|table| &table.entries);
        let extra = extra(entries.map(|entry| (entry.key.as_str(), &entry.value)));
        self.engine.render(&template, "block", &OwnBlockView { sets, extra })
    }

    /// A quick fact; without its row's name where the page's title says it.
    fn fact(&self, figure: &Figure, said: bool) -> Result<FactView, Diagnostic> {
        let title = match &figure.measure {
            Some(measure) => {
                let row = if said { String::new() } else { row_names(self.site, figure) };
                let side = lower_first(self.aspect(figure.aspect));
                let parts = [row, plain(measure), side];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
            None => self.figure_label(figure),
        };
        Ok(FactView {
            title_html: escaped(&title),
            note_html: self.optional_html(figure.note.as_ref())?,
            figure: self.figure(figure),
        })
    }

    /// Where the figures of a block come from: the sources, the dates, and how far most of them and the
    /// least of them can be relied on.
    pub(super) fn credit<'f>(&self, set: &DataSet, figures: impl Iterator<Item = &'f Figure> + Clone) -> CreditView {
        let mut sources: Vec<&str> = Vec::new();
        for id in figures.clone().flat_map(|figure| &figure.record.sources).chain(&set.record.sources) {
            if !sources.contains(&&*id.text) {
                sources.push(&id.text);
            }
        }
        let records = || figures.clone().map(|figure| &figure.record);
        let as_of = self.dates(figures.clone()).or_else(|| {
            let (date, _) = set.record.as_of.as_ref()?;
            Some(self.as_of(*date))
        });
        let stated: Vec<Confidence> = records().filter_map(|record| record.confidence).collect();
        let own = set.record.confidence.or_else(|| commonest(&stated));
        let lowest = stated.into_iter().min().or(own);
        let confidence = match (own, lowest) {
            // The set's own, or what most have, and that some of what is shown has less.
            (Some(own), Some(lowest)) if lowest < own => {
                let words = |confidence| self.confidence(confidence).to_owned();
                let mixed = self.site.config.labels.confidence_in_part.replace("{own}", &words(own));
                Some(mixed.replace("{lowest}", &words(lowest)))
            }
            (_, lowest) => lowest.map(|confidence| confidence_key(confidence).to_owned()),
        };
        let mut badges = self.badges(&figures.collect::<Vec<_>>());
        if badges.is_empty() {
            badges.extend(set.record.badge.as_ref().map(plain));
        }
        let labels = &self.site.config.labels;
        CreditView {
            sources: sources.into_iter().map(|id| self.source_link(id)).collect(),
            as_of,
            confidence,
            badges,
            records: set.holds_figures().then(|| LinkView {
                title: labels.figures.to_string(),
                href: self.site.base.href(&records_of_set(&set.name)),
            }),
            downloads: self.downloads(set),
        }
    }

    /// A set's files for download.
    pub(super) fn downloads(&self, set: &DataSet) -> Vec<LinkView> {
        let labels = &self.site.config.labels;
        let files = [(&labels.download_csv, "csv"), (&labels.download_json, "json")];
        let link = |(title, ending): (&Arc<str>, &str)| LinkView {
            title: title.to_string(),
            href: self.site.base.href(&Address::new(&format!("/data/{}.{ending}", set.name))),
        };
        files.map(link).into()
    }

    /// "as of Q1 2026", "as of 2025 and Q1 2026": the dates of some figures, as they come; of more than three, the first and
    /// the last.
    fn dates<'f>(&self, figures: impl Iterator<Item = &'f Figure>) -> Option<String> {
        let mut dates: Vec<Date> = Vec::new();
        for (date, _) in figures.filter_map(|figure| figure.record.as_of.as_ref()) {
            if !dates.contains(date) {
                dates.push(*date);
            }
        }
        let labels = &self.site.config.labels;
        let texts: Vec<String> = dates.iter().map(|date| self.date_text(*date)).collect();
        let text = match (dates.iter().min(), dates.iter().max()) {
            (Some(first), Some(last)) if dates.len() > 3 => {
                let range = labels.from_to.replace("{from}", &self.date_text(*first));
                range.replace("{to}", &self.date_text(*last))
            }
            _ => self.listed(&texts),
        };
        (!text.is_empty()).then(|| labels.dated.replace("{date}", &text))
    }
}

/// Whether all figures are of one row, whose code or title a page's title names.
fn is_of_one_row(figures: &[&Figure], title: &str) -> bool {
    let [first, others @ ..] = figures else { return false };
    let [row] = &first.rows[..] else { return false };
    let same = |figure: &&Figure| matches!(&figure.rows[..], [other] if other.id == row.id);
    let mut words = row.code.iter().map(plain).chain(row.title.iter().map(plain));
    others.iter().all(same) && words.any(|words| names(title, &words))
}

/// Whether a title holds a code as a word.
fn names(title: &str, code: &str) -> bool {
    title.split(|c: char| !c.is_alphanumeric()).any(|word| word == code)
}

/// What most have; of two as common, the lower.
fn commonest(all: &[Confidence]) -> Option<Confidence> {
    let mut counts: BTreeMap<Confidence, usize> = BTreeMap::new();
    all.iter().for_each(|one| *counts.entry(*one).or_default() += 1);
    counts.into_iter().max_by_key(|(one, count)| (*count, Reverse(*one))).map(|(one, _)| one)
}
