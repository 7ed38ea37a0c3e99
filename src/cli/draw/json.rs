//! One JSON object, for programs:
//!
//! ```json
//! {
//!   "diagnostics": [
//!     {
//!       "code": "figure-value",
//!       "severity": "error",
//!       "message": "the text says $430K, the data say $432K",
//!       "file": "content/bands.md", "line": 12, "column": 38, "end_line": 12, "end_column": 43,
//!       "start": 530, "end": 535,
//!       "caption": "should be $432K",
//!       "help": "Type `$432K`.",
//!       "labels": [{ "text": "stands here", "file": "content/data/bands.toml", "line": 4, … }],
//!       "edit": { "replacement": "$432K", "file": "content/bands.md", "line": 12, … }
//!     }
//!   ],
//!   "errors": 1, "warnings": 0,
//!   "pages": 24, "figures": 210, "files": 61, "written": 0, "removed": 0
//! }
//! ```
//!
//! Lines and columns count from one, columns count characters, `end_column` is the one after the last. `start` and
//! `end` are bytes of the file. A diagnostic of the tree as a whole has none of the keys from `file` to `end`.
//! `caption`, `help` and `edit` may be null. Where the system failed, the object is
//! `{ "diagnostics": [], "failure": { "message", "action", "path", "cause", "help" } }`.

use std::io::{self, Write};

use bandbook::diagnostic::{self, Diagnostic, Failure};
use bandbook::session::Report;
use serde::Serialize;

use super::severity;
use super::visible::stand_in;
use crate::cli::tally::Tally;

#[derive(Serialize)]
struct Document<'a> {
    diagnostics: Vec<Problem<'a>>,
    errors: usize,
    warnings: usize,
    pages: usize,
    figures: usize,
    files: usize,
    written: usize,
    removed: usize,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
    caption: Option<&'a str>,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
    edit: Option<Edit<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Edit<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Failed<'a> {
    diagnostics: [(); 0],
    failure: Cause<'a>,
}

#[derive(Serialize)]
struct Cause<'a> {
    message: String,
    action: &'a str,
    path: String,
    cause: &'a str,
    help: Option<&'a str>,
}

/// Writes a report as one line.
pub fn draw(report: &Report, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let Tally { errors, warnings } = Tally::of(&report.diagnostics);
    let document = Document {
        diagnostics: report.diagnostics.iter().map(|diagnostic| problem(diagnostic, prefix)).collect(),
        errors,
        warnings,
        pages: report.pages,
        figures: report.figures,
        files: report.files,
        written: report.written,
        removed: report.removed,
    };
    out.write_all(line(&document).as_bytes())
}

/// A failure as one line.
pub fn failure(failure: &Failure) -> String {
    line(&Failed {
        diagnostics: [],
        failure: Cause {
            message: failure.to_string(),
            action: failure.action,
            path: failure.path.display().to_string(),
            cause: &failure.cause,
            help: failure.help.as_deref(),
        },
    })
}

/// A value as one line of JSON. What a terminal would obey is escaped; it can only stand in strings, where an escape
/// says the same.
pub fn line(value: &impl Serialize) -> String {
    let json =
        serde_json::to_string(value).expect("values of strings and numbers, with keys that are strings, are JSON");
    let mut line = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if stand_in(c).is_some() {
            let mut units = [0; 2];
            line.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

/// Problems as they stand in a report, for documents of other shapes.
pub fn problems<'a>(diagnostics: &'a [Diagnostic], prefix: &str) -> Vec<impl Serialize + use<'a>> {
    diagnostics.iter().map(|diagnostic| problem(diagnostic, prefix)).collect()
}

fn problem<'a>(diagnostic: &'a Diagnostic, prefix: &str) -> Problem<'a> {
    Problem {
        code: diagnostic.code.name,
        severity: severity(diagnostic.severity),
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(|of| place(of, prefix)),
        caption: diagnostic.caption.as_deref(),
        help: diagnostic.help.as_deref(),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| Label { text: &label.text, place: place(&label.place, prefix) })
            .collect(),
        edit: diagnostic.edit.as_ref().map(|edit| Edit { replacement: &edit.text, place: place(&edit.place, prefix) }),
    }
}

fn place(place: &diagnostic::Place, prefix: &str) -> Place {
    let (start, end) = (place.position(), place.source.position(place.span.end));
    Place {
        file: format!("{prefix}{}", place.source.path()),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: place.span.start,
        end: place.span.end,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::super::samples::{disagreement, hostile, loose, placeless};
    use super::*;

    fn drawn(diagnostics: Vec<Diagnostic>, prefix: &str) -> String {
        let report =
            Report { diagnostics, pages: 24, figures: 210, files: 61, written: 3, removed: 1, ..Report::default() };
        let mut drawn = Vec::new();
        draw(&report, prefix, &mut drawn).unwrap();
        String::from_utf8(drawn).unwrap()
    }

    #[test]
    fn a_report_is_one_object_on_one_line() {
        let line = drawn(vec![disagreement(), placeless(), loose("a.md")], "docs/");
        assert_eq!(line.matches('\n').count(), 1);
        let value: Value = serde_json::from_str(&line).unwrap();
        let counts = ["errors", "warnings", "pages", "figures", "files", "written", "removed"].map(|key| &value[key]);
        assert_eq!(counts, [2, 1, 24, 210, 61, 3, 1]);
        let place = json!({
            "file": "docs/content/bands.md", "line": 3, "column": 19, "end_line": 3, "end_column": 24,
            "start": 27, "end": 32,
        });
        let mut expected = json!({
            "code": "figure-value", "severity": "error", "message": "the text says $430K, the data say $432K",
            "caption": "should be $432K", "help": "Type `$432K`, or correct the datum.",
            "labels": [{
                "text": "the datum stands here", "file": "docs/content/data/bands.toml", "line": 5, "column": 10,
                "end_line": 5, "end_column": 17, "start": 46, "end": 53,
            }],
            "edit": { "replacement": "$432K" },
        });
        for (key, at) in place.as_object().unwrap() {
            expected[key] = at.clone();
            expected["edit"][key] = at.clone();
        }
        assert_eq!(value["diagnostics"][0], expected);
        let placeless = json!({
            "code": "figure-value", "severity": "error", "message": "there is no content folder",
            "caption": null, "help": "Run `bandbook init`.", "labels": [], "edit": null,
        });
        assert_eq!(value["diagnostics"][1], placeless);
    }

    #[test]
    fn a_terminal_may_be_shown_it_and_a_program_reads_the_text_as_it_was() {
        let line = drawn(vec![hostile()], "");
        assert!(line.contains("\\u009b31m") && line.contains("Type\\u200b a") && line.contains("\\u001b]0;"), "{line}");
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["diagnostics"][0]["caption"], "\u{9b}31m");
    }

    #[test]
    fn a_failure_is_an_object_too() {
        let refused = Failure::new("write", Path::new("public/x"), "disk full");
        let expected = json!({ "diagnostics": [], "failure": {
            "message": "cannot write public/x: disk full", "action": "write", "path": "public/x",
            "cause": "disk full", "help": null,
        } });
        assert_eq!(serde_json::from_str::<Value>(&failure(&refused)).unwrap(), expected);
    }
}
