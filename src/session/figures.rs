//! Answers about figures: which there are, and everything that is known of one.

use std::path::PathBuf;

use serde::Serialize;

use super::load::load;
use super::publish::failed;
use super::{text_of, with_threads};
use crate::check;
use crate::data::notation::{self, Words};
use crate::data::{Contents, Figure, RowCount};
use crate::diagnostic::{Failure, Place, nearest};
use crate::document::Text;
use crate::render::{as_typed, figure_label, plain};
use crate::site::{Citation, Citations, CitedBy, Site, citations};

/// What `figures` is asked for.
#[derive(Clone, Debug, Default)]
pub struct FiguresOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// How many threads; nothing for as many as there are processors.
    pub threads: Option<usize>,
    /// An id, what ids begin with, or words of an id or a title; nothing for all figures.
    pub wanted: Option<String>,
}

/// The figures that were asked for.
#[derive(Clone, Debug, Default)]
pub struct FoundFigures {
    /// One line each, by id; those below the one that has a record.
    pub lines: Vec<FigureLine>,
    /// The figure whose id was given in full.
    pub record: Option<Box<FigureRecord>>,
    /// Where nothing was found, the nearest id.
    pub nearest: Option<String>,
    /// Whether the site has errors, so that figures may be missing.
    pub incomplete: bool,
}

/// A figure in one line.
#[derive(Clone, Debug, Serialize)]
pub struct FigureLine {
    /// `bands.l3.total.median`
    pub id: String,
    /// As the site writes it: `$432K`.
    pub text: String,
    /// What it is: "M Medium server, Total, Median".
    pub title: String,
    /// The plain number, or `365000..500000`; empty where the source does not say.
    pub value: String,
    /// What it counts: `USD per year`.
    pub unit: String,
    /// Whether it is worked out from others.
    pub calculated: bool,
}

/// Everything that is known of a figure.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names are those of the data files, and the verb's help explains them")]
pub struct FigureRecord {
    #[serde(flatten)]
    pub line: FigureLine,
    pub set: String,
    pub qualifier: Option<String>,
    pub note: Option<String>,
    pub as_of: Option<String>,
    pub next_review: Option<String>,
    pub subject: Option<String>,
    pub scope: Option<String>,
    pub confidence: Option<&'static str>,
    pub confidence_reason: Option<String>,
    pub range_meaning: Option<String>,
    pub median_meaning: Option<String>,
    pub precision: Option<String>,
    pub badge: Option<String>,
    pub sources: Vec<Named>,
    /// The formula with the inputs' values in it.
    pub formula: Option<String>,
    /// What it is calculated from.
    pub inputs: Vec<FigureLine>,
    /// How many rows each function over rows took and left out.
    pub rows: Vec<Rows>,
    /// Why the formula gives no value.
    pub gap: Option<Gap>,
    /// Ids of what is calculated from it.
    pub feeds: Vec<String>,
    pub conflicts: Vec<Named>,
    /// Where it is written.
    pub place: Spot,
    /// Every place that quotes it.
    pub quoted: Vec<Quoting>,
}

/// An entry of another set, by its id and its title.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Named {
    pub id: String,
    pub title: String,
}

/// The rows of a set that a function took, and those that it left out because they have no value.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rows {
    pub set: String,
    pub taken: usize,
    pub left_out: usize,
}

/// Why a formula gives no value, and where the cause is.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Gap {
    pub reason: String,
    pub place: Spot,
}

/// A place in a file, both numbers from one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Spot {
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// A place that quotes a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Quoting {
    /// Where.
    #[serde(flatten)]
    pub at: Spot,
    /// `prose`, `block` or `data`.
    pub by: &'static str,
    /// What stands there.
    pub text: String,
}

/// Finds figures. A site with errors is searched as far as it can be read.
///
/// # Errors
/// When the system refuses to read.
pub fn figures(options: &FiguresOptions) -> Result<FoundFigures, Failure> {
    with_threads(options.threads, || {
        let mut loaded = load(&options.root, None, false)?;
        let problems = std::mem::take(&mut loaded.problems);
        let judged = check::judge(problems, &loaded.site.config, &loaded.waivers(), &super::codes(), None);
        let mut found = find(&loaded.site, options.wanted.as_deref().map(str::trim).unwrap_or_default());
        found.incomplete = failed(&judged);
        Ok(found)
    })
}

fn find(site: &Site, wanted: &str) -> FoundFigures {
    let figures = &site.data.figures;
    let mut all: Vec<&Figure> = figures.iter().chain(figures.directed()).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let all = || all.iter().copied();
    let lines = |figures: &[&Figure]| figures.iter().map(|figure| line(site, figure)).collect();
    if wanted.is_empty() {
        return FoundFigures { lines: all().map(|figure| line(site, figure)).collect(), ..FoundFigures::default() };
    }
    let is_below = |figure: &&Figure| figure.id.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'));
    let below: Vec<&Figure> = all().filter(is_below).collect();
    if let Some(figure) = figures.get(wanted) {
        let record = Some(Box::new(record(site, figure)));
        return FoundFigures { lines: lines(&below), record, ..FoundFigures::default() };
    }
    if !below.is_empty() {
        return FoundFigures { lines: lines(&below), ..FoundFigures::default() };
    }
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let found: Vec<FigureLine> = all()
        .map(|figure| line(site, figure))
        .filter(|line| {
            let text = format!("{} {}", line.id, line.title).to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    let nearest = nearest(wanted, all().map(|figure| &*figure.id)).filter(|_| found.is_empty()).map(str::to_owned);
    FoundFigures { lines: found, nearest, ..FoundFigures::default() }
}

/// A figure in one line.
pub(super) fn line(site: &Site, figure: &Figure) -> FigureLine {
    FigureLine {
        id: figure.id.to_string(),
        text: text_of(site, figure),
        title: figure_label(site, figure),
        value: notation::value_attribute(&figure.datum()),
        unit: figure.unit.to_string(),
        calculated: figure.inputs.is_some(),
    }
}

impl Spot {
    /// A place as a file, a line and a column.
    pub(super) fn of(place: &Place) -> Self {
        let position = place.position();
        Self { file: place.source.path().to_owned(), line: position.line, column: position.column }
    }
}

/// Every place that quotes a figure.
pub(super) fn quotes(citations: &Citations<'_>, id: &str) -> Vec<Quoting> {
    citations.get(id).map(Vec::as_slice).unwrap_or_default().iter().map(quoting).collect()
}

fn quoting(citation: &Citation) -> Quoting {
    let first_line = citation.place.text().lines().next().unwrap_or("");
    Quoting {
        at: Spot::of(&citation.place),
        by: match citation.by {
            CitedBy::Prose => "prose",
            CitedBy::Block => "block",
            CitedBy::Data => "data",
        },
        text: first_line.to_owned(),
    }
}

fn record(site: &Site, figure: &Figure) -> FigureRecord {
    let record = &figure.record;
    let shown = |text: &Option<Text>| text.as_ref().map(plain);
    let words = Words::from(&site.config.labels);
    let get = |id: &str| site.data.figures.get(id);
    let inputs: Vec<&Figure> = figure.inputs.iter().flat_map(|inputs| &inputs.ids).filter_map(|id| get(id)).collect();
    FigureRecord {
        line: line(site, figure),
        set: figure.set.to_string(),
        qualifier: shown(&figure.qualifier),
        note: shown(&figure.note),
        as_of: record.as_of.as_ref().map(|(date, _)| date.write(&words)),
        next_review: record.next_review.as_ref().map(|(date, _)| date.write(&words)),
        subject: record.subject.as_ref().map(as_typed),
        scope: shown(&record.scope),
        confidence: record.confidence.map(crate::render::confidence_key),
        confidence_reason: shown(&record.confidence_reason),
        range_meaning: shown(&record.range_meaning),
        median_meaning: shown(&record.median_meaning),
        precision: figure.precision.as_ref().map(|step| step.to_plain_string()),
        badge: shown(&record.badge),
        sources: record
            .sources
            .iter()
            .map(|id| Named {
                id: id.text.to_string(),
                title: site.source(&id.text).map(|source| source.title.text.to_string()).unwrap_or_default(),
            })
            .collect(),
        formula: figure.inputs.as_ref().map(|inputs| formula(site, &inputs.formula, &inputs.ids)),
        inputs: inputs.into_iter().map(|input| line(site, input)).collect(),
        rows: figure.inputs.iter().flat_map(|inputs| &inputs.rows).map(rows).collect(),
        gap: figure.gap.as_ref().map(|gap| Gap { reason: gap.to_string(), place: Spot::of(&gap.place) }),
        feeds: site
            .data
            .figures
            .iter()
            .filter(|other| other.inputs.iter().flat_map(|inputs| &inputs.ids).any(|id| **id == *figure.record_id()))
            .map(|other| other.id.to_string())
            .collect(),
        conflicts: conflicts(site, &figure.id),
        place: Spot::of(&figure.place),
        quoted: quotes(&citations(site), figure.record_id()),
    }
}

fn rows(count: &RowCount) -> Rows {
    Rows { set: count.set.to_string(), taken: count.taken, left_out: count.left_out }
}

/// `($365K + $500K) / 2`
fn formula(site: &Site, formula: &str, ids: &[std::sync::Arc<str>]) -> String {
    ids.iter().enumerate().fold(formula.to_owned(), |text, (at, id)| match site.data.figures.get(id) {
        Some(input) => text.replace(&format!("{{{at}}}"), &text_of(site, input)),
        None => text,
    })
}

/// Conflicts that name a figure, or what it is below.
fn conflicts(site: &Site, id: &str) -> Vec<Named> {
    let names = |named: &str| id.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let sets = site.data.sets.iter().filter_map(|set| match &set.contents {
        Contents::Conflicts(conflicts) => Some(conflicts),
        _ => None,
    });
    sets.flatten()
        .filter(|conflict| conflict.figures.iter().any(|figure| names(&figure.text)))
        .map(|conflict| Named { id: conflict.id.to_string(), title: plain(&conflict.title) })
        .collect()
}
