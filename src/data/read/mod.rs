//! Reads the files of `content/data/`: each by its kind, with every problem of a file in one run.
//!
//! What one file says of another (sources, tables that are combined) is gathered here, and held against what exists once all files
//! are read.

mod cell;
mod columns;
mod combine;
mod csv;
mod entries;
mod facts;
mod id;
mod inherit;
mod keys;
mod reader;
mod references;
mod rows;
mod spelling;
mod value;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use reader::{Gathered, Reader, is_csv};

use super::fields::{KIND_NAMES, KINDS};
use super::set::{Contents, Data, DataSet};
use super::table::CellValue;
use super::{figures, former};
use crate::diagnostic::{Code, Diagnostic, Place, Report, Reported, Severity, Source, Span, nearest};
use crate::document::{self, Document, Shape, Table, Text};

/// The codes that reading raises.
pub(super) const CODES: &[&[&Code]] = &[
    &[&NAME, &KIND],
    id::CODES,
    value::CODES,
    inherit::CODES,
    cell::CODES,
    columns::CODES,
    rows::CODES,
    keys::CODES,
    csv::CODES,
    combine::CODES,
    facts::CODES,
    entries::CODES,
    references::CODES,
];

static NAME: Code = Code {
    name: "set-name",
    severity: Severity::Error,
    rule: false,
    what: "The name of a data file can't be the name of a set.",
    why: "The file's name is the first part of the id of each of its figures.",
    example: "content/data/Price List.toml",
    mend: "Rename the file with lowercase letters, digits and single hyphens: `content/data/price-list.toml`.",
};
static KIND: Code = Code {
    name: "set-kind",
    severity: Severity::Error,
    rule: false,
    what: "A data file is of a kind that doesn't exist.",
    why: "The kind decides which keys the file may hold; without it nothing in the file can be read.",
    example: "kind = \"fact\"",
    mend: "Write `kind = \"facts\"`, or whichever of the known kinds the file is; a table needs no `kind`.",
};

/// A data file that could not be read at all, which was reported.
#[derive(Clone, Debug)]
pub struct LostFile {
    /// Its path; that of the folder where no data file could be read.
    pub path: Arc<str>,
    /// The proof.
    pub reported: Reported,
}

impl LostFile {
    /// The set that the file is of; `None` for the folder.
    fn set(&self) -> Option<&str> {
        let file = self.path.rsplit('/').next()?;
        file.rsplit_once('.').map(|(set, _)| set)
    }
}

/// Reads all data files: the TOML of each set, and the CSV with the rows of some. Whatever is broken is reported and left out; the rest
/// is returned.
pub fn read(sources: &[Arc<Source>], lost: &[LostFile], diagnostics: &mut Vec<Diagnostic>) -> Data {
    let mut gathered = Gathered::default();
    for file in lost {
        match file.set() {
            Some(set) => gathered.broken.lose(set, file.reported),
            None => (gathered.broken.sources, gathered.broken.all) = (true, Some(file.reported)),
        }
    }
    let (csv, toml): (Vec<&Arc<Source>>, Vec<&Arc<Source>>) = sources.iter().partition(|source| is_csv(source));
    let csv: HashMap<&str, &Arc<Source>> = csv.into_iter().map(|source| (stem(source), source)).collect();
    let documents = toml.par_iter().map(|source| {
        let mut problems = Vec::new();
        (document::read(source, Span::new(0, source.text().len()), &mut problems), problems)
    });
    let mut sets: Vec<DataSet> = Vec::new();
    for (source, (document, problems)) in toml.iter().zip(documents.collect::<Vec<_>>()) {
        diagnostics.extend(problems);
        sets.extend(set(source, csv.get(stem(source)).copied(), document, &mut gathered, diagnostics));
    }
    without_set(&csv, &toml, lost, diagnostics);
    sets.sort_by(|a, b| a.name.cmp(&b.name));
    combine::combine(&mut sets, &mut gathered, diagnostics);
    former::check(&sets, diagnostics);
    let (figures, unmet) = figures::figures(&sets, &mut gathered.broken, diagnostics);
    former::follow(&mut sets, &figures, diagnostics);
    references::sources(&gathered.cited, &gathered.sources, &gathered.broken, diagnostics);
    references::terms(&sets, &gathered.terms, &gathered.broken, diagnostics);
    references::columns(&sets, &figures, &mut gathered.broken, diagnostics);
    let before = diagnostics.len();
    references::conflicts(&sets, &figures, &mut gathered.broken, diagnostics);
    if diagnostics.len() == before {
        // A conflict whose figure can't be found may be about what isn't met.
        diagnostics.extend(unmet);
    }
    references::releases(&sets, &figures, &gathered.broken, diagnostics);
    Data { sets, figures, broken: gathered.broken }
}

/// A file's name without its ending.
fn stem(source: &Source) -> &str {
    let file = source.path().rsplit('/').next().unwrap_or("");
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Reports CSV files that belong to no set.
fn without_set(
    csv: &HashMap<&str, &Arc<Source>>,
    toml: &[&Arc<Source>],
    lost: &[LostFile],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let known: HashSet<&str> =
        toml.iter().map(|source| stem(source)).chain(lost.iter().filter_map(LostFile::set)).collect();
    let mut alone: Vec<(&&str, &&Arc<Source>)> = csv.iter().filter(|(stem, _)| !known.contains(**stem)).collect();
    alone.sort_by_key(|(stem, _)| **stem);
    for (stem, source) in alone {
        let message = format!("there is no `{stem}.toml` that says what the columns are");
        let problem = Diagnostic::new(&csv::ALONE, &Place::start_of(source), message);
        diagnostics.push(problem.help(format!(
            "write content/data/{stem}.toml with rows = \"csv\" and [columns], or move the file out of `content/data/`"
        )));
    }
}

/// One file as a set. Of a file with a syntax error nothing more is said: what it holds is not certain then.
fn set(
    source: &Arc<Source>,
    csv: Option<&Arc<Source>>,
    Document { mut table, whole }: Document,
    gathered: &mut Gathered,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DataSet> {
    let file = source.path().rsplit('/').next().unwrap_or("");
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    if !id::is_part(stem) || stem.starts_with(|c: char| c.is_ascii_digit()) {
        let name = id::suggestion(stem).unwrap_or_else(|| "prices".to_owned());
        let name = if name.starts_with(|c: char| c.is_ascii_digit()) { format!("set-{name}") } else { name };
        diagnostics.push(
            Diagnostic::new(&NAME, &Place::start_of(source), format!("\"{stem}\" can't be a set's name"))
                .help(format!("rename the file, for example to {name}.toml")),
        );
    }
    let mut uncertain = Vec::new();
    let diagnostics = match whole {
        Ok(()) => diagnostics,
        Err(reported) => {
            gathered.broken.set(stem, reported);
            &mut uncertain
        }
    };
    let kind = match kind(&table) {
        Ok(kind) => kind,
        Err(problem) => {
            gathered.broken.lose(stem, diagnostics.report(*problem));
            return None;
        }
    };
    gathered.broken.sources |= whole.is_err() && kind.name == "sources";
    let lacks_table = lacks_table(&table, &kind.shape);
    document::hold(&mut table, &kind.shape, diagnostics);
    if let Some(reported) = table.reported.filter(|_| lacks_table) {
        gathered.broken.set(stem, reported);
    }
    let (set, source) = (Arc::from(stem), Arc::clone(source));
    let unknown = HashMap::new();
    let mut reader = Reader { diagnostics, gathered, set, source, decimal: ".", unknown, fault: None, latest: None };
    let mut texts = document::prose(&table, &kind.shape);
    let set = reader.data_set(kind.name, &table, csv);
    texts.extend(texts_of_rows(&set));
    let spot = |text: &Text| (text.place.source.path().to_owned(), text.place.span.start);
    texts.sort_by_cached_key(spot);
    Some(DataSet { texts, ..set })
}

/// Whether a table of a set, with all that is in it, has a name that the set's kind doesn't know.
fn lacks_table(table: &Table, shape: &Shape) -> bool {
    let Shape::Table(fields) = shape else { return false };
    table.entries.iter().filter(|entry| fields.iter().all(|field| field.name != entry.key)).any(|entry| {
        let is_table = |value: &document::Value| value.as_table().is_some();
        is_table(&entry.value) || entry.value.as_list().is_some_and(|values| values.iter().any(is_table))
    })
}

/// The free texts of a table's rows: those of its columns of text, and the notes in its CSV file. Other notes are known by their key.
fn texts_of_rows(set: &DataSet) -> Vec<Text> {
    let Some(table) = set.table() else { return Vec::new() };
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let texts = cells.filter_map(|cell| match &cell.value {
        Ok(CellValue::Text(text)) => Some(text),
        _ => None,
    });
    let notes =
        table.rows.iter().flat_map(|row| row.note.iter().chain(row.cells.iter().filter_map(|cell| cell.note.as_ref())));
    let notes = notes.filter(|note| !Arc::ptr_eq(&note.place.source, &set.source));
    texts.chain(notes).cloned().collect()
}

/// The kind that a file says it is; a table where it says none.
fn kind(table: &Table) -> Result<&'static super::fields::Kind, Box<Diagnostic>> {
    let names = KIND_NAMES.join(", ");
    let Some(entry) = table.entry("kind") else { return Ok(&KINDS[0]) };
    let place = entry.value.place();
    let Some(name) = entry.value.as_str() else {
        let message = format!("`kind` takes text, not {}", entry.value.kind());
        return Err(Box::new(
            Diagnostic::new(&KIND, &place, message).help(format!("write one of {names} between quotes")),
        ));
    };
    KINDS.iter().find(|kind| kind.name == name).ok_or_else(|| {
        let problem = Diagnostic::new(&KIND, &place, format!("there is no kind \"{name}\""));
        Box::new(match nearest(name, KIND_NAMES.iter().copied()) {
            Some(near) => problem.help(format!("did you mean \"{near}\"?")),
            None => problem.help(format!("write one of {names}")),
        })
    })
}

impl Reader<'_> {
    fn data_set(&mut self, kind: &str, table: &Table, csv: Option<&Arc<Source>>) -> DataSet {
        let inherited = self.said(table).below(&inherit::Inherited::default());
        let contents = match kind {
            "table" => Contents::Table(self.table(table, &inherited, csv)),
            "facts" => Contents::Facts(self.facts(table, &inherited)),
            "terms" => Contents::Terms(self.terms(table)),
            "sources" => Contents::Sources(self.sources(table)),
            "conflicts" => Contents::Conflicts(self.conflicts(table)),
            "releases" => Contents::Releases(self.releases(table)),
            other => unreachable!("the kind `{other}` is in KINDS and has no reader"),
        };
        DataSet {
            texts: Vec::new(),
            name: Arc::clone(&self.set),
            source: Arc::clone(&self.source),
            csv: csv.cloned(),
            was: table.texts("was"),
            title: self.text(table, "title"),
            note: self.text(table, "note"),
            record: inherited.record,
            contents,
            ids: OnceLock::new(),
        }
    }
}
