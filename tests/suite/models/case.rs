//! A model site: its figures and what they must be, its sentences, and its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bandbook::data::{self, Amount, Bound, Data, Number, Unit};
use bandbook::diagnostic::{Diagnostic, Source, Span};
use bandbook::document::{self, Table};
use tempfile::TempDir;

use super::measurements;

/// A model site.
pub(super) struct Case {
    /// `01-cloud-prices`
    pub(super) name: String,
    folder: PathBuf,
    pub(super) figures: Vec<Expected>,
    pub(super) sentences: Vec<Sentence>,
}

/// What a figure must be.
#[derive(Debug)]
pub(super) struct Expected {
    /// What sentences call it.
    name: String,
    pub(super) id: String,
    pub(super) amount: Amount,
    /// The value to twelve decimals, of a number that never ends.
    pub(super) rounded: Option<Number>,
    pub(super) unit: Unit,
    pub(super) bound: Option<Bound>,
    pub(super) change: bool,
    /// The word that sentences have for it, where the data have another.
    instead_of: Option<String>,
}

/// A sentence, in which figures have the names of the case.
pub(super) struct Sentence {
    pub(super) verdict: Verdict,
    pub(super) text: String,
    /// What is wrong with a false one.
    pub(super) kind: String,
}

/// What a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    True,
    False,
    /// A false one, put right.
    Mended,
}

/// All cases, by name.
pub(super) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models");
    let folders = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut cases: Vec<Case> = folders.map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(cases.len(), 12);
    cases
}

fn case(folder: PathBuf) -> Case {
    let map = toml_of(&folder.join("map.toml")).unwrap();
    let figures = map.entries.iter().map(|entry| expected(&entry.key, entry.value.as_table().unwrap())).collect();
    // One case has none yet: its sentences are in languages that can't be read.
    let sentences = toml_of(&folder.with_extension("toml"));
    let sentences = sentences.iter().flat_map(|file| file.list("sentence"));
    let sentences = sentences.flat_map(|entry| sentences_of(entry.as_table().unwrap())).collect();
    Case { name: folder.file_name().unwrap().to_str().unwrap().to_owned(), folder, figures, sentences }
}

fn toml_of(path: &Path) -> Option<Table> {
    let source = Source::new(path.to_str().unwrap(), fs::read_to_string(path).ok()?);
    let mut problems = Vec::new();
    let read = document::read(&source, Span::new(0, source.text().len()), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    Some(read.table)
}

fn sentences_of(entry: &Table) -> Vec<Sentence> {
    let kind = entry.str("kind").unwrap_or("");
    let sentence = |key: &str, verdict: Verdict| {
        entry.str(key).map(|text| Sentence { verdict, text: text.to_owned(), kind: kind.to_owned() })
    };
    let all = [("pass", Verdict::True), ("fail", Verdict::False), ("mended", Verdict::Mended)];
    all.into_iter().filter_map(|(key, verdict)| sentence(key, verdict)).collect()
}

fn expected(name: &str, table: &Table) -> Expected {
    let said = |key: &str| table.str(key);
    let number_of = |key: &str| said(key).map(number);
    let amount = match (number_of("value"), number_of("low"), said("text"), said("date")) {
        (Some(value), ..) => match (number_of("plus"), number_of("minus")) {
            (Some(plus), Some(minus)) => Amount::Tolerance { value, plus, minus },
            _ => Amount::One(value),
        },
        (_, Some(low), ..) => Amount::Range(low, number_of("high").unwrap()),
        (.., Some(text), _) => Amount::Text(text.into()),
        (.., Some(date)) => Amount::Date(data::notation::Date::parse(date).unwrap()),
        _ => Amount::Unstated,
    };
    let unit = match &amount {
        Amount::Date(_) => Unit::DATE,
        _ => Unit::parse(said("unit").unwrap_or("")).unwrap(),
    };
    let bound = said("bound").map(|bound| match bound {
        "up-to" => Bound::UpTo,
        "at-least" => Bound::AtLeast,
        "under" => Bound::Under,
        other => panic!("{name}: {other}"),
    });
    Expected {
        name: name.to_owned(),
        id: said("id").unwrap().to_owned(),
        amount,
        rounded: number_of("rounded"),
        unit,
        bound,
        change: table.boolean("change") == Some(true),
        instead_of: said("instead-of").map(str::to_owned),
    }
}

/// A decimal, or a fraction such as `2875/42`.
fn number(text: &str) -> Number {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    Number::from_decimal(above).unwrap().div(&Number::from_decimal(below).unwrap()).unwrap()
}

impl Expected {
    /// The word that sentences have in place of the data's, and that of the data.
    fn words(&self) -> Option<(&str, &str)> {
        match (&self.instead_of, &self.amount) {
            (Some(other), Amount::Text(own)) => Some((other, own)),
            _ => None,
        }
    }
}

impl Case {
    /// The data files: path below `content/data/`, and text. The rows of the largest table are made here.
    fn data_files(&self) -> Vec<(String, String)> {
        let folder = self.folder.join("content/data");
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
            .collect();
        if files.iter().any(|(name, _)| name == "measurements.toml") {
            files.extend(measurements::files());
        }
        files.sort();
        files
    }

    /// The data, and what is wrong with them.
    pub(super) fn data(&self, problems: &mut Vec<Diagnostic>) -> Data {
        let files = self.data_files();
        let sources: Vec<Arc<Source>> =
            files.iter().map(|(name, text)| Source::new(format!("content/data/{name}"), text.as_str())).collect();
        data::read(&sources, &[], problems)
    }

    /// The site in a folder of its own.
    pub(super) fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir_all(content.join("data")).unwrap();
        fs::copy(self.folder.join("content/site.toml"), content.join("site.toml")).unwrap();
        fs::write(
            content.join("index.md"),
            "+++\ndescription = \"Sentences.\"\n+++\n\n# Sentences\n\nTrue and false.\n",
        )
        .unwrap();
        for (name, text) in self.data_files() {
            fs::write(content.join("data").join(name), text).unwrap();
        }
        folder
    }

    /// A sentence with the ids of this site.
    pub(super) fn bound(&self, sentence: &str) -> String {
        let mut bound = String::new();
        let mut rest = sentence;
        while let Some((before, behind)) = rest.split_once("](") {
            let (name, after) = behind.split_once(')').unwrap();
            let figure = self.figures.iter().find(|figure| figure.name == name);
            let (other, own) = figure.and_then(Expected::words).unwrap_or_default();
            let before =
                before.strip_suffix(other).map_or_else(|| before.to_owned(), |before| format!("{before}{own}"));
            bound += &format!("{before}](figure:{})", self.id_of(name));
            rest = after;
        }
        bound + rest
    }

    fn id_of(&self, name: &str) -> String {
        let find = |name: &str| self.figures.iter().find(|figure| figure.name == name);
        if let Some(figure) = find(name) {
            return figure.id.clone();
        }
        let (name, side) = name.rsplit_once('.').unwrap();
        let figure = find(name).unwrap_or_else(|| panic!("{}: no figure is called {name}", self.name));
        format!("{}.{side}", figure.id)
    }
}
