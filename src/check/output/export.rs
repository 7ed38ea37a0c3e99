//! Files for download, read back: each row of a set with figures says what its figure's datum says.

use serde_json::Value;

use super::numbers::UNMARKED;
use super::own::Own;
use super::{Findings, Reading};
use crate::data::notation;
use crate::diagnostic::{Code, Severity};
use crate::site::unguarded;

pub(super) static VALUE: Code = Code {
    name: "output-value",
    severity: Severity::Error,
    rule: true,
    what: "A row of a file for download does not say what the datum says, or can't be read.",
    why: "Whoever calculates with the file would get other numbers than the pages show.",
    example: "bands.l3.total.median,…,430000   # the datum is 432,000",
    mend: "This is a fault of the generator: please report it, with the data set.",
};

/// Columns whose text is not looked at: names, addresses, and what others said.
const NAMES: &[&str] = &["id", "url", "record", "title", "term", "publisher", "kind", "value", "low", "high", "text"];

pub(super) fn csv(reading: &Reading<'_>, findings: &mut Findings<'_>) {
    let (path, text) = (findings.path, findings.text);
    let own = reading.own(path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> =
        reader.headers().map(|names| names.iter().map(str::to_owned).collect()).unwrap_or_default();
    for record in reader.records() {
        let Ok(record) = record else {
            findings.add(&VALUE, 0, format!("`{path}` can't be read as CSV"), VALUE.mend.to_owned());
            break;
        };
        let at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let cells: Vec<(&str, String)> =
            columns.iter().map(String::as_str).zip(record.iter().map(|cell| unguarded(cell).into_owned())).collect();
        row(reading, &own, at, &cells, findings);
    }
}

pub(super) fn json(reading: &Reading<'_>, findings: &mut Findings<'_>) {
    let (path, text) = (findings.path, findings.text);
    let own = reading.own(path);
    match serde_json::from_str::<Value>(text) {
        Ok(whole) => {
            for cells in whole["rows"].as_array().into_iter().flatten().filter_map(Value::as_object) {
                let cells: Vec<(&str, String)> = cells.iter().map(|(key, cell)| (key.as_str(), plain(cell))).collect();
                row(reading, &own, 0, &cells, findings);
            }
        }
        Err(_) => findings.add(&VALUE, 0, format!("`{path}` can't be read as JSON"), VALUE.mend.to_owned()),
    }
}

fn row(reading: &Reading<'_>, own: &Own<'_>, at: usize, cells: &[(&str, String)], findings: &mut Findings<'_>) {
    let cell = |name: &str| cells.iter().find(|(key, _)| *key == name).map_or("", |(_, cell)| cell);
    let set = findings.path.strip_prefix("data/").and_then(|name| name.split('.').next()).unwrap_or("");
    if reading.site.set(set).is_some_and(crate::data::DataSet::holds_figures) {
        let id = cell("id");
        match reading.site.data.figures.get(id) {
            None => {
                let message = format!("`{}` has a row for the figure `{id}`, which there is not", findings.path);
                findings.add(&VALUE, at, message, VALUE.mend.to_owned());
            }
            Some(figure) => {
                let expected = notation::value_attribute(&figure.datum());
                let found = match cell("value") {
                    "" if !cell("low").is_empty() => format!("{}..{}", cell("low"), cell("high")),
                    value => value.to_owned(),
                };
                if found != expected || !reading.numbers.agrees(cell("text"), figure) {
                    let said = format!("{found} and \"{}\"", cell("text"));
                    let message = format!("`{}` gives {said} for `{id}`, which is `{expected}`", findings.path);
                    findings.add(&VALUE, at, message, VALUE.mend.to_owned());
                }
            }
        }
    }
    for (key, cell) in cells.iter().filter(|(key, _)| !NAMES.contains(key)) {
        for figure in reading.numbers.unmarked(cell) {
            let shown = cell.get(figure.range.clone()).unwrap_or("");
            if reading.numbers.is_shared(shown) || own.says(shown, figure.written.as_ref()) {
                continue;
            }
            let message = format!("`{}` holds `{shown}` in `{key}`, which is no datum of this set", findings.path);
            findings.add(&UNMARKED, at, message, "bind it in the data set's text: [text](figure:ID)".to_owned());
        }
    }
}

fn plain(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
