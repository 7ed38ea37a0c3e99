//! Rules on finished files: what templates made of the site is read back, as a reader's browser would.
//!
//! `session` hands over each file as it is rendered; what is known of all files together is judged at the end.

mod export;
mod html;
mod links;
mod marks;
mod numbers;
mod origin;
mod own;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use numbers::Numbers;
use origin::Origins;
use own::Own;

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span};
use crate::site::Site;

pub(super) static CODES: &[&Code] =
    &[&MARKUP, &words::LOST, &links::LINK, &links::DUPLICATE, &numbers::UNMARKED, &numbers::MARK, &export::VALUE];

static MARKUP: Code = Code {
    name: "output-markup",
    severity: Severity::Error,
    rule: true,
    what: "A finished page is not well-formed: a tag without an end, or an end tag without its start.",
    why: "Browsers guess what was meant, each in its own way, and what can't be read can't be checked.",
    example: "<a href=\"/bands/>Bands</a>",
    mend: "Correct the template that wrote it: the message shows its line where the tag stands in a template as it is.",
};

/// Reads finished files, from many threads.
pub struct Reading<'s> {
    site: &'s Site,
    numbers: Numbers<'s>,
    origins: Origins<'s>,
    copied: std::collections::HashSet<String>,
}

/// What was read of one finished file.
pub struct Finished {
    /// Its path in the published folder.
    path: String,
    /// Ids that links may lead to.
    ids: Vec<String>,
    /// Addresses that it links to, each once.
    links: Vec<String>,
    findings: Vec<Finding>,
    /// Whether words of the page are lost, and headings with them.
    lacks_words: bool,
}

/// A problem of a finished file, before it is known in how many more files it stands.
struct Finding {
    code: &'static Code,
    /// The same in each file.
    says: Says,
    help: String,
    /// What may stand in a template or a page as it is shown, to tell where it comes from.
    shown: Vec<String>,
    /// Where it is in the finished file, as far as its text is at hand.
    place: Option<Place>,
    /// Where it comes from, where that is known already.
    origin: Option<Place>,
}

/// What a finding says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// A whole phrase.
    Phrase(String),
    /// What the finished page does, such as "shows `5`", to be said of the page by its path where nothing else tells it.
    OfPage(String),
}

impl From<String> for Says {
    fn from(phrase: String) -> Self {
        Self::Phrase(phrase)
    }
}

impl Says {
    fn message(self, path: Option<&str>) -> String {
        match (self, path) {
            (Self::Phrase(phrase), _) => phrase,
            (Self::OfPage(does), Some(path)) => format!("the finished page `{path}` {does}"),
            (Self::OfPage(does), None) => format!("the finished page {does}"),
        }
    }
}

impl<'s> Reading<'s> {
    /// Gets ready to read the files of a site. The texts of its templates, its own first, tell where a finding comes from.
    pub fn new(site: &'s Site, templates: Vec<Arc<Source>>) -> Self {
        let copied = site.files.iter().map(|file| file.address.file()).collect();
        Self { site, numbers: Numbers::of(site), origins: Origins::of(site, templates), copied }
    }

    /// What a file may say without a mark.
    fn own(&self, path: &str) -> Own<'s> {
        Own::of(self.site, self.origins.holder(path))
    }

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
        match extension {
            _ if self.copied.contains(path) => (),
            "html" | "svg" | "xml" => {
                marks::read(self, text, &mut finished);
                finished.links.sort_unstable();
                finished.links.dedup();
                if extension == "html" {
                    links::duplicates(text, &mut finished);
                    let lost = words::lost(&self.origins, path, text);
                    finished.lacks_words = lost.is_some();
                    finished.findings.extend(lost);
                }
            }
            "csv" if path.starts_with("data/") => export::csv(self, text, &mut finished),
            "json" if path.starts_with("data/") => export::json(self, text, &mut finished),
            _ => (),
        }
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
        let is_markup = std::ptr::eq(a.code, &raw const MARKUP);
        // Where no line is known, the place is the start of a file.
        let is_known = |problem: &Diagnostic| problem.place.as_ref().is_some_and(|place| place.span != Span::default());
        code == other_code && path == other && ((start == at && is_known(a)) || is_markup)
    });
    problems
}

/// Where a file lies once it is published, unless `--out` says otherwise.
fn published(path: &str) -> String {
    format!("public/{path}")
}

/// Gathers the findings of one file, and keeps its text once where there are any.
struct Findings<'a> {
    path: &'a str,
    text: &'a str,
    source: Option<Arc<Source>>,
    found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, source: None, found: Vec::new() }
    }

    fn add(&mut self, code: &'static Code, at: usize, says: impl Into<Says>, help: String) {
        self.add_shown(code, at, says, help, Vec::new());
    }

    /// The same of what may stand in a template or a page as it is shown.
    fn add_shown(&mut self, code: &'static Code, at: usize, says: impl Into<Says>, help: String, shown: Vec<String>) {
        let source = self.source.get_or_insert_with(|| Source::new(published(self.path), self.text));
        // One byte of a line that may be very long.
        let end = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |first| at + first.len_utf8());
        self.found.push(Finding {
            code,
            says: says.into(),
            help,
            shown,
            place: Some(Place::new(source, at..end)),
            origin: None,
        });
    }
}

#[cfg(test)]
mod tests;
