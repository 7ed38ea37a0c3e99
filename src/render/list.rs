//! Terms, sources, conflicts, releases and the rows of tables as lists.

use super::Renderer;
use super::nodes::Scope;
use super::text::as_typed;
use super::views::{
    ChangeView, ConflictView, DateView, FieldView, LinkView, RecordEntryView, ReleaseView, SourceView, TermEntryView,
};
use crate::data::{ConflictEntry, ConflictKind, Contents, DataSet, Release, SourceEntry, TermEntry};
use crate::diagnostic::Diagnostic;
use crate::document::{Item, Text};
use crate::site::{ResolvedList, ResolvedTable};

impl Renderer<'_> {
    pub(super) fn list(&self, list: &ResolvedList, scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        let Some(set) = self.site.set(&list.set) else { return Ok(String::new()) };
        let entries = self.list_entries(set, list, scope)?;
        match self.rows_shown(list.rows.len(), list.all) {
            Some(shown) => Ok(entries + &self.engine.render("components/rows-shown.html", "rows_shown", &shown)?),
            None => Ok(entries),
        }
    }

    fn list_entries(&self, set: &DataSet, list: &ResolvedList, scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        match &set.contents {
            Contents::Terms(terms) => {
                let chosen = pick(terms, list, set);
                let views: Vec<_> =
                    chosen.map(|entry| self.term_entry(entry, list, scope)).collect::<Result<_, _>>()?;
                self.engine.render("components/terms.html", "terms", &views)
            }
            Contents::Sources(sources) => {
                let chosen = pick(sources, list, set);
                let views: Vec<_> =
                    chosen.map(|entry| self.source_entry(entry, list, scope)).collect::<Result<_, _>>()?;
                self.engine.render("components/sources.html", "sources", &views)
            }
            Contents::Conflicts(conflicts) => {
                let chosen = pick(conflicts, list, set);
                let views: Vec<_> =
                    chosen.map(|entry| self.conflict_entry(entry, list, scope)).collect::<Result<_, _>>()?;
                self.engine.render("components/conflicts.html", "conflicts", &views)
            }
            Contents::Releases(releases) => {
                let chosen = pick(releases, list, set);
                let views: Vec<_> = chosen.map(|entry| self.release(entry, list, scope)).collect::<Result<_, _>>()?;
                self.engine.render("components/releases.html", "releases", &views)
            }
            Contents::Table(_) => {
                let views = list.table.iter().map(|table| self.table_entries(table, list, scope));
                let views = views.collect::<Result<Vec<_>, _>>()?.concat();
                self.engine.render("components/records.html", "records", &views)
            }
            Contents::Facts(_) => Ok(String::new()),
        }
    }

    fn term_entry(
        &self,
        entry: &TermEntry,
        list: &ResolvedList,
        scope: &mut Scope<'_>,
    ) -> Result<TermEntryView, Diagnostic> {
        let confused = entry.not_to_confuse.as_ref().filter(|_| list.shows("not_to_confuse"));
        Ok(TermEntryView {
            id: self.anchor(list, &entry.id, scope),
            term: as_typed(&entry.term),
            short: entry.short.as_ref().filter(|_| list.shows("short")).map(as_typed),
            definition_html: self.text_html(&entry.definition)?,
            not_to_confuse_html: match confused {
                // An id names another term; other text stands as it is.
                Some(text) if self.site.term(&text.text).is_some() => None,
                other => self.optional_html(other)?,
            },
            not_to_confuse: confused
                .and_then(|text| self.site.term(&text.text))
                .map(|term| LinkView { title: as_typed(&term.term), href: self.term_href(&term.id) }),
        })
    }

    fn term_href(&self, id: &str) -> String {
        let place = self.site.term_place(id);
        place
            .map(|(page, anchor)| self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)))
            .unwrap_or_default()
    }

    fn source_entry(
        &self,
        entry: &SourceEntry,
        list: &ResolvedList,
        scope: &mut Scope<'_>,
    ) -> Result<SourceView, Diagnostic> {
        Ok(SourceView {
            id: self.anchor(list, &entry.id, scope),
            title: entry.title.text.to_string(),
            publisher: entry.publisher.as_ref().filter(|_| list.shows("publisher")).map(as_typed),
            url: entry.url.as_ref().filter(|_| list.shows("url")).map(|url| url.text.to_string()),
            kind: entry.kind.as_ref().filter(|_| list.shows("kind")).map(as_typed),
            accessed: entry.accessed.filter(|_| list.shows("accessed")).map(|date| self.date_text(date)),
            cites: match list.shows("cites") {
                true => entry.cites.iter().map(|id| self.source_link(&id.text)).collect(),
                false => Vec::new(),
            },
            promotional: entry.promotional && list.shows("promotional"),
            caution_html: self.optional_html(entry.caution.as_ref().filter(|_| list.shows("caution")))?,
        })
    }

    fn conflict_entry(
        &self,
        entry: &ConflictEntry,
        list: &ResolvedList,
        scope: &mut Scope<'_>,
    ) -> Result<ConflictView, Diagnostic> {
        let labels = &self.site.config.labels;
        let figures = entry.figures.iter().filter(|_| list.shows("figures"));
        Ok(ConflictView {
            id: self.anchor(list, &entry.id, scope),
            title_html: self.text_html(&entry.title)?,
            kind: match entry.kind {
                ConflictKind::Contradiction => &labels.conflict_contradiction,
                ConflictKind::Gap => &labels.conflict_gap,
                ConflictKind::Caution => &labels.conflict_caution,
            }
            .to_string(),
            status: match &*entry.status.text {
                "explained" => &labels.status_explained,
                "corrected" => &labels.status_corrected,
                _ => &labels.status_open,
            }
            .to_string(),
            explanation_html: self.text_html(&entry.explanation)?,
            decision_html: self.optional_html(entry.decision.as_ref().filter(|_| list.shows("decision")))?,
            figures: figures.map(|id| self.figure_or_group_link(id)).collect(),
        })
    }

    fn release(&self, entry: &Release, list: &ResolvedList, scope: &mut Scope<'_>) -> Result<ReleaseView, Diagnostic> {
        let mut changes = Vec::new();
        for change in entry.changes.iter().filter(|_| list.shows("changes")) {
            let Some(figure) = self.site.data.figures.get(&change.figure.text) else { continue };
            changes.push(ChangeView {
                figure: self.figure(figure),
                was: change.was.as_ref().map(|value| match &value.item {
                    Item::Text(text) | Item::Integer(text) | Item::Float(text) | Item::Date(text) => text.clone(),
                    _ => value.place().text().to_owned(),
                }),
                reason_html: self.optional_html(change.reason.as_ref())?,
            });
        }
        Ok(ReleaseView {
            id: self.anchor(list, &entry.version.text, scope),
            version: self.site.config.labels.release.replace("{version}", &entry.version.text),
            date: entry.date.map(|date| DateView { iso: date.to_string(), text: self.date_text(date) }),
            note_html: self.optional_html(entry.note.as_ref().filter(|_| list.shows("note")))?,
            changes,
        })
    }

    /// The rows of a table, each with its first shown column as its title.
    fn table_entries(
        &self,
        table: &ResolvedTable,
        list: &ResolvedList,
        scope: &mut Scope<'_>,
    ) -> Result<Vec<RecordEntryView>, Diagnostic> {
        let notations = self.notations(table);
        let mut views = Vec::new();
        for row in &table.rows {
            let mut entry = RecordEntryView { id: self.anchor(list, &row.id, scope), ..RecordEntryView::default() };
            for (at, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
                let html = self.cell_html(cell, &notations[at])?;
                if at == 0 {
                    entry.title_html = html;
                } else if !html.is_empty() {
                    entry.fields.push(FieldView { title_html: self.column(column)?.title_html, html });
                }
            }
            views.push(entry);
        }
        Ok(views)
    }

    /// A link to a figure's record, or to the first record of a group of figures.
    fn figure_or_group_link(&self, id: &Text) -> LinkView {
        let figures = &self.site.data.figures;
        let figure = figures.get(&id.text).or_else(|| figures.below(&id.text).first());
        match figure {
            Some(figure) => {
                LinkView { title: self.figure_label(figure), href: self.record_href(figure).unwrap_or_default() }
            }
            None => LinkView { title: id.text.to_string(), href: String::new() },
        }
    }

    /// The id of an entry on the page; empty where the page has given it already.
    fn anchor(&self, list: &ResolvedList, row: &str, scope: &mut Scope<'_>) -> String {
        let id = list.contents.anchor(row);
        if scope.claimed.insert(id.clone()) { id } else { String::new() }
    }
}

/// The entries that a list shows, in its order.
fn pick<'e, T>(entries: &'e [T], list: &'e ResolvedList, set: &'e DataSet) -> impl Iterator<Item = &'e T> {
    list.rows.iter().filter_map(|row| entries.get(set.ids().position(row)?))
}
