//! Reads the files of `content/data/`: each by its kind, with every problem of a file in one run.
//!
//! What one file says of another (sources, figures that a calculation takes) is gathered here,
//! and held against what exists once all files are read.

mod balance;
mod bands;
mod entries;
mod facts;
mod id;
mod inherit;
mod outline;
mod references;
mod rows;
mod value;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use outline::Outline;
pub(super) use references::unknown_figure;

use rayon::prelude::*;

use super::derive::{self, Calculation};
use super::fields::{KIND_NAMES, KINDS};
use super::figure::{Figure, Figures};
use super::set::{Contents, Data, DataSet};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span, nearest};
use crate::document::{self, Table, Text};

/// The codes that reading raises.
pub(super) const CODES: &[&[&Code]] = &[
    &[&NAME, &KIND],
    id::CODES,
    value::CODES,
    inherit::CODES,
    bands::CODES,
    facts::CODES,
    balance::CODES,
    entries::CODES,
    references::CODES,
];

static NAME: Code = Code {
    name: "set-name",
    severity: Severity::Error,
    rule: false,
    what: "The name of a data file can't be the name of a set.",
    why: "The file's name is the first part of the id of each of its figures.",
    example: "content/data/Pay Bands.toml",
    mend: "Rename the file with lowercase letters, digits and single hyphens: `content/data/pay-bands.toml`.",
};
static KIND: Code = Code {
    name: "set-kind",
    severity: Severity::Error,
    rule: false,
    what: "A data file doesn't begin with a kind that is known.",
    why: "The kind decides which keys the file may hold; without it nothing in the file can be read.",
    example: "kind = \"band\"",
    mend: "Make the first line `kind = \"bands\"`, or whichever of the known kinds the file is.",
};

/// What all files together leave to be resolved.
#[derive(Default)]
struct Gathered {
    figures: Vec<Figure>,
    calculations: Vec<Calculation>,
    /// Ids of sources, each at the one place where it is typed.
    cited: Vec<Text>,
    /// Ids that are shared by all sets of a kind: where each is first said.
    sources: HashMap<Arc<str>, Place>,
    terms: HashMap<Arc<str>, Place>,
    broken: Broken,
}

/// What could not be read, so that nothing is said of what depends on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Broken {
    /// Whether sources may be missing that nobody can name.
    sources: bool,
    /// Sets of which parts are missing that nobody can name.
    sets: HashSet<String>,
    /// Rows and facts, as `set.row`.
    rows: HashSet<String>,
}

impl Broken {
    /// Whether an id may be that of something that could not be read.
    pub(super) fn covers(&self, id: &str) -> bool {
        let mut parts = id.splitn(3, '.');
        let (set, row) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let is_broken = |row: &str| self.rows.contains(&format!("{set}.{row}"));
        self.sets.contains(set)
            || is_broken(row)
            || row.split_once("-to-").is_some_and(|(first, second)| is_broken(first) || is_broken(second))
    }

    /// Whether anything of a set is broken.
    pub(super) fn has(&self, set: &str) -> bool {
        let below = format!("{set}.");
        self.sets.contains(set) || self.rows.iter().any(|row| row.starts_with(&below))
    }

    /// Whether a set is broken of which not even its kind is known.
    pub(super) fn has_lost_set(&self, known: &[DataSet]) -> bool {
        self.sets.iter().any(|name| known.iter().all(|set| *set.name != **name))
    }

    fn has_sources(&self) -> bool {
        self.sources
    }

    /// Notes the id of a calculated figure that could not be worked out.
    pub(super) fn figure(&mut self, id: &str) {
        self.rows.insert(id.to_owned());
    }

    fn row(&mut self, set: &str, row: &str) {
        self.rows.insert(format!("{set}.{row}"));
    }

    fn set(&mut self, set: &str) {
        self.sets.insert(set.to_owned());
    }
}

/// What the readers of one file share.
struct Reader<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    gathered: &'a mut Gathered,
    /// The set's name.
    set: Arc<str>,
    source: Arc<Source>,
    /// Whether the file is free of syntax errors, so that what is missing is truly missing.
    whole: bool,
    /// Whether a missing currency has been reported, or one is there that could not be read.
    currency_missed: bool,
    /// Where the file's parts begin.
    outline: Outline,
    /// How many problems there were before the file was read.
    start: usize,
    /// Measures that were reported to be missing: a name is reported once.
    unknown: HashSet<String>,
}

/// Reads all data files. Whatever is broken is reported and left out; the rest is returned.
pub fn read(sources: &[Arc<Source>], diagnostics: &mut Vec<Diagnostic>) -> Data {
    let mut gathered = Gathered::default();
    let mut sets: Vec<DataSet> = Vec::new();
    let documents = sources.par_iter().map(|source| {
        let mut problems = Vec::new();
        (document::read(source, Span::new(0, source.text().len()), &mut problems), problems)
    });
    for (source, (document, problems)) in sources.iter().zip(documents.collect::<Vec<_>>()) {
        let start = diagnostics.len();
        diagnostics.extend(problems);
        sets.extend(set(source, document, start, &mut gathered, diagnostics));
    }
    derive::calculations(&gathered.calculations, &mut gathered.broken, &mut gathered.figures, diagnostics);
    let figures = Figures::new(gathered.figures);
    for set in &mut sets {
        if let Contents::Facts(ids) = &mut set.contents {
            ids.retain(|id| figures.get(id).is_some());
        }
    }
    references::sources(&gathered.cited, &gathered.sources, &gathered.broken, diagnostics);
    references::terms(&sets, &gathered.terms, &gathered.broken, diagnostics);
    references::ladders(&sets, &figures, &gathered.broken, diagnostics);
    references::conflicts(&sets, &figures, &mut gathered.broken, diagnostics);
    references::releases(&sets, &figures, &gathered.broken, diagnostics);
    sets.sort_by(|a, b| a.name.cmp(&b.name));
    Data { sets, figures, broken: gathered.broken }
}

/// One file as a set: its document, and whether that is free of syntax errors; `start` is how many problems there were before it.
fn set(
    source: &Arc<Source>,
    (mut table, whole): (Table, bool),
    start: usize,
    gathered: &mut Gathered,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DataSet> {
    let file = source.path().rsplit('/').next().unwrap_or("");
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    if !id::is_part(stem) {
        let name = id::suggestion(stem).unwrap_or_else(|| "prices".to_owned());
        diagnostics.push(
            Diagnostic::new(&NAME, &Place::start_of(source), format!("\"{stem}\" can't be a set's name"))
                .help(format!("rename the file, for example to {name}.toml")),
        );
    }
    let Some(kind) = kind(&mut table, whole, diagnostics) else {
        gathered.broken.set(stem);
        gathered.broken.sources = true;
        return None;
    };
    if !whole {
        gathered.broken.set(stem);
    }
    let has_currency = table.entries.iter().any(|entry| nearest(&entry.key, ["currency"]).is_some());
    let outline = Outline::of(kind.name, &table);
    document::hold(&mut table, &kind.shape, whole, diagnostics);
    let currency_missed = has_currency && table.get("currency").is_none();
    let (set, source) = (Arc::from(stem), Arc::clone(source));
    let unknown = HashSet::new();
    let mut reader = Reader { diagnostics, gathered, set, source, whole, currency_missed, outline, start, unknown };
    let texts = document::prose(&table, &kind.shape);
    let set = reader.data_set(kind.name, &table);
    reader.hold_back();
    reader.note_broken();
    Some(DataSet { texts, ..set })
}

/// The kind that a file says it is. `kind` is its first key.
fn kind(table: &mut Table, whole: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<&'static super::fields::Kind> {
    let sample = "make the first line of the file kind = \"facts\", or whichever it is of";
    let names = KIND_NAMES.join(", ");
    let Some(entry) = table.entry("kind") else {
        if whole {
            let place =
                table.entries.first().map_or_else(|| Place::start_of(&table.source), document::Entry::key_place);
            let mut problem = Diagnostic::new(&KIND, &place, "the file doesn't say its `kind`");
            let mistyped = table.entries.first().filter(|entry| {
                nearest(&entry.key, ["kind"]).is_some()
                    && entry.value.as_str().is_some_and(|name| KIND_NAMES.contains(&name))
            });
            problem = match mistyped {
                Some(entry) => problem.help("did you mean `kind`?").edit(&entry.key_place(), "kind"),
                None => problem.help(format!("{sample} {names}")),
            };
            diagnostics.push(problem);
        }
        return None;
    };
    let place = entry.value.place();
    let found = entry.value.as_str().and_then(|name| KINDS.iter().find(|kind| kind.name == name));
    match (found, entry.value.as_str()) {
        (Some(_), _) => {
            if table.entries.first().is_some_and(|first| first.key != "kind") {
                diagnostics.push(
                    Diagnostic::new(&KIND, &entry.key_place(), "`kind` is not the file's first key")
                        .help("move the line to the top of the file"),
                );
            }
        }
        (None, Some(name)) => {
            let problem = Diagnostic::new(&KIND, &place, format!("there is no kind \"{name}\""));
            diagnostics.push(match nearest(name, KIND_NAMES.iter().copied()) {
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help(format!("write one of {names}")),
            });
        }
        (None, None) => diagnostics.push(
            Diagnostic::new(&KIND, &place, format!("`kind` takes text, not {}", entry.value.kind()))
                .help(format!("{sample} {names}")),
        ),
    }
    found
}

impl Reader<'_> {
    fn data_set(&mut self, kind: &str, table: &Table) -> DataSet {
        let inherited = self.inherit(&inherit::Inherited::default(), table);
        let contents = match kind {
            "bands" => Contents::Bands(self.bands(table, &inherited)),
            "facts" => Contents::Facts(self.facts(table, &inherited)),
            "records" => Contents::Records(self.records(table)),
            "ladder" => Contents::Ladder(self.ladder(table)),
            "terms" => Contents::Terms(self.terms(table)),
            "sources" => Contents::Sources(self.sources(table)),
            "conflicts" => Contents::Conflicts(self.conflicts(table)),
            _ => Contents::Releases(self.releases(table)),
        };
        DataSet {
            texts: Vec::new(),
            name: Arc::clone(&self.set),
            source: Arc::clone(&self.source),
            title: self.text(table, "title"),
            note: self.text(table, "note"),
            record: inherited.record,
            contents,
        }
    }

    fn push(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }
}

#[cfg(test)]
mod tests;
