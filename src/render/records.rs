//! The records of figures: a page for each set, or for each of its rows, and the list of sets.

use std::collections::HashMap;

use tera::Value;

use super::Renderer;
use super::engine::escaped;
use super::figure::{anchor, confidence_key, row_name, row_names, within_rows};
use super::text::{as_typed, plain};
use super::views::{CiteView, FigureRecordView, FigureView, HeadingView, LinkView, PageView, RecordGroupView, TocView};
use crate::data::{Aspect, DataSet, Figure, RecordPages, RowCount, RowName};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::{Address, record_pages_of_rows, records_of_set};

/// The most bytes of a page of records.
const MOST: usize = 1_000_000;
/// So many records are more than that, whatever templates make of them.
const MOST_RECORDS: usize = 20_000;

pub(super) static TOO_LARGE: Code = Code {
    name: "records-size",
    severity: Severity::Error,
    rule: false,
    what: "A page of records of figures has more than 1 MB.",
    why: "Readers who follow a figure to its record wait for the records of thousands of others, on a phone for long.",
    example: "content/data/measurements.csv, with 10,000 rows of 6 columns",
    mend: "Write `records = \"rows\"` in the set's file, for a page a row, or `records = \"quoted\"`, for records of only those figures \
           that a page shows. All figures are in the files for download in any case.",
};

impl Renderer<'_> {
    /// `/figures/`: the sets that hold figures.
    pub fn records_index(&self) -> Result<Vec<u8>, Diagnostic> {
        let sets = self.site.data.sets.iter().filter(|set| set.holds_figures());
        let links: Vec<LinkView> = sets.map(|set| self.link(self.set_title(set), &records_of_set(&set.name))).collect();
        let address = Address::new("/figures/");
        let view = self.frame(&self.site.config.labels.figures, &address, Vec::new())?;
        self.whole_page("figures-index.html", &view, &[("sets", Value::from_serializable(&links))])
            .map_err(|problem| self.while_making(problem, "/figures/"))
    }

    /// A page of records, by its address: those of a set, `/figures/SET/`, or of one of its rows, `/figures/SET/ROW/`. Where each
    /// row has a page, that of the set lists the rows.
    pub fn records(&self, set: &DataSet, address: &Address) -> Result<Vec<u8>, Diagnostic> {
        let figures: Vec<&Figure> = self.site.records_at(address).collect();
        let count = figures.len();
        if count > MOST_RECORDS {
            return Err(too_large(set, address, count));
        }
        let groups = groups(figures);
        let common = self.common(set);
        let mut views = Vec::with_capacity(groups.len());
        let mut toc = Vec::new();
        for figures in &groups {
            let heading = figures.first().and_then(|figure| self.group_heading(figure));
            let mut records = Vec::with_capacity(figures.len());
            for figure in figures {
                records.push(without(self.record(figure)?, &common));
            }
            let entry =
                |id: &str, title: &str| TocView { id: id.to_owned(), title: title.to_owned(), children: Vec::new() };
            match &heading {
                Some(heading) => toc.push(entry(&heading.id, &heading.text)),
                None => toc.extend(
                    records
                        .iter()
                        .zip(figures)
                        .filter(|(_, figure)| !is_end(figure))
                        .map(|(record, _)| entry(&record.anchor, &record.figure.label)),
                ),
            }
            views.push(RecordGroupView { heading, records });
        }
        let labels = &self.site.config.labels;
        let of_set = records_of_set(&set.name);
        let mut above = vec![self.link(labels.figures.to_string(), &Address::new("/figures/"))];
        let mut title = self.set_title(set);
        if *address != of_set {
            above.push(self.link(title.clone(), &of_set));
            let row = groups.iter().flatten().find_map(|figure| figure.rows.first());
            title = format!("{title}, {}", row.map(row_name).unwrap_or_default());
        }
        let frame = self.frame(&format!("{}: {title}", labels.figures), address, above)?;
        let toc = if toc.len() < 2 { Vec::new() } else { toc };
        let edit = self.edit_address(&format!("data/{}.toml", set.name));
        let view = PageView { toc, edit, cite: self.cite_records(set, &title, &groups.concat(), address), ..frame };
        let mode = set.table().map(|table| table.records).unwrap_or_default();
        let rows = if *address == of_set { self.row_links(set) } else { Vec::new() };
        let downloads = if mode == RecordPages::Quoted { self.downloads(set) } else { Vec::new() };
        let values = [
            ("groups", Value::from_serializable(&views)),
            ("common", Value::from_serializable(&common)),
            ("rows", Value::from_serializable(&rows)),
            ("downloads", Value::from_serializable(&downloads)),
        ];
        let page = self.whole_page("figures.html", &view, &values);
        let page = page.map_err(|problem| self.while_making(problem, address.as_str()))?;
        if page.len() <= MOST { Ok(page) } else { Err(too_large(set, address, count)) }
    }

    /// The pages of a set's rows.
    fn row_links(&self, set: &DataSet) -> Vec<LinkView> {
        let link = |page: Address| {
            let row = self.site.records_at(&page).find_map(|figure| figure.rows.first())?;
            Some(self.link(row_name(row), &page))
        };
        record_pages_of_rows(set).filter_map(link).collect()
    }

    fn link(&self, title: String, address: &Address) -> LinkView {
        LinkView { title, href: self.site.base.href(address) }
    }

    /// What stands above the records of a row, or of two neighboring ones; nothing where there are no rows.
    fn group_heading(&self, figure: &Figure) -> Option<HeadingView> {
        let id = figure.rows.iter().map(|row| &*row.id).collect::<Vec<_>>().join("-to-");
        let text = match &figure.rows[..] {
            // Their names stand above their own records.
            [RowName { code: Some(from), .. }, RowName { code: Some(to), .. }] => {
                self.site.config.labels.from_to.replace("{from}", &plain(from)).replace("{to}", &plain(to))
            }
            _ => row_names(self.site, figure),
        };
        is_of_rows(figure).then(|| HeadingView { level: 2, id, html: escaped(&text), text })
    }

    /// What the set says for all its figures, so that their records need not repeat it.
    fn common(&self, set: &DataSet) -> FigureRecordView {
        let record = &set.record;
        FigureRecordView {
            subject: record.subject.as_ref().map(as_typed),
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
        let cite = if is_end(figure) { CiteView::default() } else { self.cite_figure(figure, &view.label, &view.text) };
        let label = if is_of_rows(figure) { within_rows(self.site, figure) } else { view.label };
        let view = FigureView { label, ..view };
        let meaning = match figure.aspect {
            Aspect::Median => record.median_meaning.as_ref(),
            Aspect::Whole if inputs.is_none() => record.range_meaning.as_ref(),
            _ => None,
        };
        let names_range = inputs.is_none() && matches!(figure.aspect, Aspect::Whole | Aspect::Median);
        let is_range = matches!(figure.amount, crate::data::Amount::Range(..)) || figure.aspect != Aspect::Whole;
        Ok(FigureRecordView {
            anchor: anchor(figure).to_owned(),
            meaning: match meaning {
                Some(text) => Some(plain(text)),
                None => (names_range && is_range).then(|| labels.not_stated.to_string()),
            },
            formula: inputs.map(|inputs| self.formula(&inputs.formula, &inputs.ids)),
            inputs: inputs
                .map(|inputs| inputs.ids.iter().filter_map(|id| self.input(id, figure)).collect())
                .unwrap_or_default(),
            rows: inputs
                .map(|inputs| inputs.rows.iter().map(|count| self.rows_taken(count)).collect())
                .unwrap_or_default(),
            subject: record.subject.as_ref().map(as_typed),
            scope: record.scope.as_ref().map(|scope| scope.text.to_string()),
            as_of: record.as_of.as_ref().map(|(date, _)| self.date_text(*date)),
            next_review: record.next_review.as_ref().map(|(date, _)| self.date_text(*date)),
            sources: record.sources.iter().map(|id| self.source_link(&id.text)).collect(),
            confidence: record.confidence.map(|confidence| confidence_key(confidence).to_owned()),
            confidence_reason: record.confidence_reason.as_ref().map(plain),
            note_html: self.optional_html(figure.note.as_ref())?,
            conflicts: self.conflicts_of(&figure.id),
            quoted: self.quoted(&figure.id),
            citation: cite.text,
            bibtex: if inputs.is_none() { cite.bibtex } else { String::new() },
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

    /// How many rows a function took, as a link to the records of their set.
    fn rows_taken(&self, count: &RowCount) -> LinkView {
        let set = self.site.data.sets.iter().find(|set| set.name == count.set);
        let words = &self.site.config.labels.rows_taken;
        let title = words
            .replace("{taken}", &count.taken.to_string())
            .replace("{all}", &(count.taken + count.left_out).to_string())
            .replace("{set}", &set.map_or_else(|| count.set.to_string(), |set| self.set_title(set)));
        self.link(title, &records_of_set(&count.set))
    }

    /// What goes into a figure, with its row where that is another one.
    fn input(&self, id: &str, into: &Figure) -> Option<LinkView> {
        let figure = self.site.data.figures.get(id)?;
        let ids = |figure: &Figure| figure.rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
        let is_near = figure.set == into.set;
        let label = if is_near && is_of_rows(figure) && ids(figure) == ids(into) {
            within_rows(self.site, figure)
        } else {
            self.figure_label(figure)
        };
        let page = self.site.record_page(figure);
        let href = match page.is_some() && page == self.site.record_page(into) {
            true => format!("#{}", anchor(figure)),
            false => self.record_href(figure).unwrap_or_default(),
        };
        Some(LinkView { title: format!("{label}: {}", self.figure_text(figure)), href })
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
            title_html: escaped(title),
            href: self.site.base.href(address),
            canonical: Some(self.site.base.absolute(address)),
            breadcrumbs: home.into_iter().chain(above).collect(),
            nav_html: self.sidebar(None)?,
            ..PageView::default()
        })
    }
}

/// Figures by row, as the file has the rows, then by pairs of rows: in each what is stated, then what is calculated from it. Without
/// rows they are one group.
fn groups(mut figures: Vec<&Figure>) -> Vec<Vec<&Figure>> {
    figures.sort_by_key(|figure| {
        (!is_of_rows(figure), figure.rows.len() > 1, figure.inputs.is_some(), figure.place.span, figure.aspect)
    });
    let mut groups: Vec<Vec<&Figure>> = Vec::new();
    let mut by_rows: HashMap<Vec<&str>, usize> = HashMap::new();
    for figure in figures {
        let rows = figure.rows.iter().filter(|_| is_of_rows(figure)).map(|row| &*row.id).collect();
        let at = *by_rows.entry(rows).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(figure);
    }
    groups
}

/// Whether a figure is one of several of its row; a fact is its own.
fn is_of_rows(figure: &Figure) -> bool {
    figure.measure.is_some() && !figure.rows.is_empty()
}

/// Whether a figure is one end of another.
fn is_end(figure: &Figure) -> bool {
    matches!(figure.aspect, Aspect::Low | Aspect::High)
}

/// A record without what the set says for all.
fn without(record: FigureRecordView, common: &FigureRecordView) -> FigureRecordView {
    fn own(own: Option<String>, common: Option<&String>) -> Option<String> {
        own.filter(|text| Some(text) != common)
    }
    let same_confidence =
        record.confidence == common.confidence && record.confidence_reason == common.confidence_reason;
    FigureRecordView {
        subject: own(record.subject, common.subject.as_ref()),
        scope: own(record.scope, common.scope.as_ref()),
        as_of: own(record.as_of, common.as_of.as_ref()),
        next_review: own(record.next_review, common.next_review.as_ref()),
        sources: if record.sources == common.sources { Vec::new() } else { record.sources },
        confidence: record.confidence.filter(|_| !same_confidence),
        confidence_reason: record.confidence_reason.filter(|_| !same_confidence),
        ..record
    }
}

fn too_large(set: &DataSet, address: &Address, count: usize) -> Diagnostic {
    let message = format!("the page of records {address} has more than 1 MB, with {count} records");
    let file = set.source.path();
    let quoted = "records = \"quoted\", for records of the figures that pages show alone";
    Diagnostic::new(&TOO_LARGE, &Place::start_of(&set.source), message).help(
        match set.table().map(|table| table.records).unwrap_or_default() {
            RecordPages::Set => format!("write records = \"rows\" at the top of {file}, for a page a row, or {quoted}"),
            RecordPages::Rows => format!("write {quoted}, at the top of {file}"),
            RecordPages::Quoted => format!("write records = \"rows\" at the top of {file}, for a page a row"),
        },
    )
}
