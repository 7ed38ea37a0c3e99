//! Rules on finished files: what templates made of the site is read back, as a reader's browser would.
//!
//! `session` hands over each file as it is rendered; what is known of all files together is judged at the end.

mod export;
mod links;
mod marks;
mod numbers;
mod origin;
mod own;
mod reading;
mod words;

use std::collections::BTreeMap;

use reading::{Finding, Findings, Says, published};
pub use reading::{Finished, Reading};

use crate::diagnostic::{Code, Diagnostic, Place, Source, Span};
use crate::site::Address;

pub(super) static CODES: &[&Code] = &[
    &marks::MARKUP,
    &words::LOST,
    &links::LINK,
    &links::DUPLICATE,
    &numbers::UNMARKED,
    &numbers::MARK,
    &export::VALUE,
];

impl Reading<'_> {
    /// Reads one finished file: its path in the published folder, and its bytes.
    pub fn read(&self, path: &str, bytes: &[u8]) -> Finished {
        let mut finished = Finished {
            path: path.to_owned(),
            ids: Vec::new(),
            links: Vec::new(),
            findings: Vec::new(),
            lacks_words: false,
        };
        // Files that are copied as they are hold nothing of ours.
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let text = std::str::from_utf8(bytes).unwrap_or("");
        let mut findings = Findings::new(path, text);
        match extension {
            _ if self.site.file_at(&Address::new(path)).is_some() => (),
            "html" | "svg" | "xml" => {
                marks::read(self, &mut finished, &mut findings);
                finished.links.sort_unstable();
                finished.links.dedup();
                if extension == "html" {
                    links::duplicates(&mut finished, &mut findings);
                    let lost = words::lost(&self.origins, path, text);
                    finished.lacks_words = lost.is_some();
                    findings.found.extend(lost);
                }
            }
            "csv" if path.starts_with("data/") => export::csv(self, &mut findings),
            "json" if path.starts_with("data/") => export::json(self, &mut findings),
            _ => (),
        }
        finished.findings = findings.found;
        finished
    }

    /// The problems of all files together; the same problem of many files is one.
    pub fn problems(self, mut files: Vec<Finished>) -> Vec<Diagnostic> {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let unresolved = links::resolve(self.site, &self.origins, &files);
        let mut grouped: BTreeMap<(&'static str, Says), (Diagnostic, usize)> = BTreeMap::new();
        let mut add = |path: &str, finding: Finding| {
            let key = (finding.code.name, finding.says.clone());
            grouped.entry(key).and_modify(|(_, more)| *more += 1).or_insert_with(|| (self.problem(path, finding), 0));
        };
        for (file, unresolved) in files.into_iter().zip(unresolved) {
            file.findings.into_iter().for_each(|finding| add(&file.path, finding));
            unresolved.into_iter().for_each(|finding| add(&file.path, finding));
        }
        let problems = grouped.into_values().map(|(mut problem, more)| {
            let again = match more {
                0 => return problem,
                1 => "once more".to_owned(),
                more => format!("{more} more times"),
            };
            problem.message = format!("{}, here and {again} in the finished site", problem.message);
            problem
        });
        first_of_each(problems.collect())
    }

    /// A finding at the line that it comes from. Where no line is known, the message names the finished file.
    fn problem(&self, path: &str, finding: Finding) -> Diagnostic {
        let line = finding.origin.or_else(|| self.origins.line(path, &finding.shown));
        let message = finding.says.message(line.is_none().then_some(path));
        let origin = line.or_else(|| self.origins.start(path));
        let problem = match (origin, finding.place) {
            (Some(origin), Some(finished)) => {
                Diagnostic::new(finding.code, &origin, message).label(&finished, "in the finished file")
            }
            (Some(place), None) | (None, Some(place)) => Diagnostic::new(finding.code, &place, message),
            (None, None) => Diagnostic::new(finding.code, &Place::start_of(&Source::new(published(path), "")), message),
        };
        problem.help(finding.help)
    }
}

/// One problem of a code at a place, and one of a file's markup: what else is wrong with it most often follows from the first.
fn first_of_each(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by(|a, b| a.order().cmp(&b.order()));
    problems.dedup_by(|b, a| {
        let ((path, start, code, _), (other, at, other_code, _)) = (a.order(), b.order());
        let is_markup = std::ptr::eq(a.code, &raw const marks::MARKUP);
        // Where no line is known, the place is the start of a file.
        let is_known = |problem: &Diagnostic| problem.place.as_ref().is_some_and(|place| place.span != Span::default());
        code == other_code && path == other && ((start == at && is_known(a)) || is_markup)
    });
    problems
}

#[cfg(test)]
mod tests;
