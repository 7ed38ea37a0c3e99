//! Annotations for a pull request on GitHub: workflow commands, one a line.
//!
//! GitHub shows the first ten errors and the first ten warnings of a step, so sentences that one changed datum left stale and
//! that `fix` rewrites are one annotation at the datum, which comes first, and then the first of each file.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use bandbook::diagnostic::{Diagnostic, Failure, Place, Severity};

use super::severity;
use super::visible::{visible, visible_lines};

/// Writes one annotation a diagnostic, and one a datum with which several texts disagree.
pub fn draw(diagnostics: &[Diagnostic], prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut by_datum: BTreeMap<(&str, u32, u32), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some(place) = datum(diagnostic) {
            by_datum.entry(key(place)).or_default().push(diagnostic);
        }
    }
    by_datum.retain(|_, group| 1 < group.len());
    for group in by_datum.values() {
        writeln!(out, "{}", stale(group, prefix))?;
    }
    let is_grouped = |diagnostic: &Diagnostic| datum(diagnostic).is_some_and(|at| by_datum.contains_key(&key(at)));
    let mut seen = BTreeSet::new();
    let (first, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().filter(|diagnostic| !is_grouped(diagnostic)).partition(|diagnostic| {
            seen.insert((diagnostic.severity, diagnostic.place.as_ref().map(|place| place.source.path())))
        });
    for diagnostic in first.into_iter().chain(others) {
        writeln!(out, "{}", annotation(diagnostic, prefix))?;
    }
    Ok(())
}

/// A failure as an annotation of no file.
pub fn failure(failure: &Failure) -> String {
    let mut text = failure.to_string();
    if let Some(help) = &failure.help {
        let _ = write!(text, "\n{help}");
    }
    format!("::error title=bandbook::{}\n", data(&text))
}

/// Lines for people in the log of a workflow, none of which the runner takes for a command: it looks for `::` at the start of a
/// line, after blanks, and for `##[` anywhere in it.
pub fn workflow_log(text: &str) -> String {
    let mut log = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = line.replace("##[", "#\\#[");
        let words = line.trim_start();
        let (blanks, _) = line.split_at(line.len() - words.len());
        log.push_str(blanks);
        if words.starts_with("::") {
            log.push('\\');
        }
        log.push_str(words);
    }
    log
}

/// The place of the datum with which a text disagrees, where `fix` rewrites the text.
fn datum(diagnostic: &Diagnostic) -> Option<&Place> {
    diagnostic.labels.first().filter(|_| diagnostic.edit.is_some()).map(|label| &label.place)
}

fn key(place: &Place) -> (&str, u32, u32) {
    (place.source.path(), place.span.start, place.span.end)
}

/// One annotation at the datum for all texts that disagree with it.
fn stale(group: &[&Diagnostic], prefix: &str) -> String {
    let worst = group.iter().map(|diagnostic| diagnostic.severity).max().unwrap_or(Severity::Error);
    let lines =
        group.iter().find_map(|diagnostic| datum(diagnostic)).map(|place| lines(place, prefix)).unwrap_or_default();
    let title = group.first().map_or("", |diagnostic| diagnostic.code.name);
    let mut command = format!("::{} {lines}title={}::", severity(worst), property(title));
    let mut text = format!("{} texts disagree with this value", group.len());
    for diagnostic in group {
        if let Some(place) = &diagnostic.place {
            let _ = write!(text, "\n{prefix}{place}: {}", diagnostic.message);
        }
    }
    text.push_str("\nRun `bandbook fix` to rewrite them, or correct the value here.");
    command.push_str(&data(&text));
    command
}

fn annotation(diagnostic: &Diagnostic, prefix: &str) -> String {
    let mut command = format!("::{} ", severity(diagnostic.severity));
    if let Some(place) = &diagnostic.place {
        command.push_str(&lines(place, prefix));
    }
    let _ = write!(command, "title={}::", property(diagnostic.code.name));
    let mut text = diagnostic.message.clone();
    for label in &diagnostic.labels {
        let _ = write!(text, "\n{prefix}{}: {}", label.place, label.text);
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\n{help}");
    }
    command.push_str(&data(&text));
    command
}

/// `file=…,line=…,col=…,endLine=…,endColumn=…,`; GitHub takes columns only of places on one line.
fn lines(place: &Place, prefix: &str) -> String {
    let (start, end) = (place.position(), place.source.position(place.span.end));
    let file = property(&format!("{prefix}{}", place.source.path()));
    if start.line == end.line {
        let (line, column, end_column) = (start.line, start.column, end.column.max(start.column));
        format!("file={file},line={line},col={column},endLine={line},endColumn={end_column},")
    } else {
        format!("file={file},line={},endLine={},", start.line, end.line)
    }
}

fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    visible(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use bandbook::diagnostic::Source;

    use super::super::samples::{VALUE, disagreement, hostile, loose, placeless};
    use super::*;

    #[test]
    fn each_problem_is_one_command_with_its_text_escaped() {
        let several = Source::new("a.md", "one\ntwo\n");
        let several = Diagnostic::new(&VALUE, &Place::new(&several, 1..6), "m");
        for (diagnostic, expected) in [
            (
                disagreement(),
                "::error file=content/bands.md,line=3,col=19,endLine=3,endColumn=24,title=figure-value::\
                 the text says $430K, the data say $432K%0A\
                 content/data/bands.toml:5:10: the datum stands here%0AType `$432K`, or correct the datum.",
            ),
            (
                loose("a.md"),
                "::warning file=a.md,line=1,col=7,endLine=1,endColumn=10,title=loose-figure::12% is bound to no datum",
            ),
            (placeless(), "::error title=figure-value::there is no content folder%0ARun `bandbook init`."),
            (several, "::error file=a.md,line=1,endLine=2,title=figure-value::m"),
            (
                hostile(),
                "::error file=content/a%2Cb%3Ac%25.md,line=1,col=3,endLine=1,endColumn=12,title=figure-value::\
                 ␛]0;title␇ 100%25%0A::error::<b>`*_|%0AType� a␍%0Ab.",
            ),
        ] {
            let expected = expected.replace("12% is", "12%25 is");
            assert_eq!(annotation(&diagnostic, ""), expected);
        }
        assert!(annotation(&loose("a.md"), "docs/").starts_with("::warning file=docs/a.md,"));
    }

    #[test]
    fn the_first_problem_of_each_file_comes_first() {
        let second = |path| Diagnostic { message: "again".to_owned(), ..loose(path) };
        let error = Diagnostic { message: "worse".to_owned(), code: &VALUE, severity: VALUE.severity, ..loose("a.md") };
        let mut drawn = Vec::new();
        draw(&[loose("a.md"), second("a.md"), error, second("a.md"), loose("b.md")], "", &mut drawn).unwrap();
        let drawn = String::from_utf8(drawn).unwrap();
        let order: Vec<(&str, &str)> = drawn
            .lines()
            .map(|line| (&line[line.find("file=").unwrap() + 5..][..1], line.rsplit("::").next().unwrap()))
            .collect();
        let (one, again) = ("12%25 is bound to no datum", "again");
        assert_eq!(order, [("a", one), ("a", "worse"), ("b", one), ("a", again), ("a", again)]);
    }

    #[test]
    fn texts_left_stale_by_one_datum_are_one_annotation_at_the_datum() {
        let at = |path: &str, message: &str| {
            let source = Source::new(path, "[$430K](figure:a.b)\n");
            let place = Place::new(&source, 1..6);
            Diagnostic { message: message.to_owned(), place: Some(place), ..disagreement() }
        };
        let other = Source::new("content/data/other.toml", "x = 5\n");
        let mut alone = at("c.md", "alone");
        alone.labels[0].place = Place::new(&other, 4..5);
        let mut drawn = Vec::new();
        draw(&[loose("a.md"), at("a.md", "one"), at("b.md", "two"), alone], "docs/", &mut drawn).unwrap();
        let drawn = String::from_utf8(drawn).unwrap();
        let lines: Vec<&str> = drawn.lines().collect();
        let [group, warning, alone] = lines.as_slice() else { panic!("{drawn}") };
        assert!(group.starts_with("::error file=docs/content/data/bands.toml,line=5,col=10,"), "{group}");
        assert!(
            group.ends_with(
                "title=figure-value::2 texts disagree with this value%0Adocs/a.md:1:2: one%0Adocs/b.md:1:2: two%0A\
                 Run `bandbook fix` to rewrite them, or correct the value here."
            ),
            "{group}"
        );
        assert!(warning.starts_with("::warning file=docs/a.md"), "{warning}");
        assert!(alone.starts_with("::error file=docs/c.md"), "{alone}");
    }

    #[test]
    fn no_line_for_people_is_taken_for_a_command() {
        for (text, expected) in [
            ("Changed\n  a.b  $5\n", "Changed\n  a.b  $5\n"),
            ("  ::error::x\n::stop-commands::x\n", "  \\::error::x\n\\::stop-commands::x\n"),
            ("  a  ##[error]x", "  a  #\\#[error]x"),
            ("a ::error::", "a ::error::"),
            ("\n\n", "\n\n"),
        ] {
            assert_eq!(workflow_log(text), expected);
        }
    }

    #[test]
    fn a_failure_is_an_annotation_of_no_file() {
        let refused = Failure::new("write", Path::new("public/x"), "disk full").help("Make room.");
        assert_eq!(failure(&refused), "::error title=bandbook::cannot write public/x: disk full%0AMake room.\n");
    }
}
