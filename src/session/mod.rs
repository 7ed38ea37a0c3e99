//! One build from the disk to the published folder: the order of the stages, and nothing else.

mod difference;
mod export;
mod figures;
mod fix;
#[cfg(test)]
mod growth;
mod init;
mod live;
mod load;
mod outputs;
mod parts;
mod past;
mod publish;
mod schema;
mod threads;

pub use crate::check::Waiting;
use crate::config::BaseUrl;
use crate::data::Figure;
use crate::data::notation::{self, Per, Style, Words};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub use difference::{Compared, DiffOptions, Moved, Step, diff};
pub use figures::{FigureLine, FigureRecord, FiguresOptions, FoundFigures, Gap, Named, Quoting, Rows, Spot, figures};
pub use fix::{FixOptions, Fixed, FixedFile, Passage, fix};
pub use init::{InitOptions, init};
pub use live::{Changes, FileBytes, Live, LiveOptions, Shelf};
pub use publish::{BuildOptions, CheckOptions, build, check};
pub use schema::{schema, write_schema};
pub use threads::MOST_THREADS;
pub(crate) use threads::with_threads;

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// All problems, sorted by file and place, with their final severities.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages there are.
    pub pages: usize,
    /// How many figures there are.
    pub figures: usize,
    /// How many files are published.
    pub files: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many files of the last build were removed.
    pub removed: usize,
    /// The rules that say nothing until files can be read whole.
    pub waiting: Waiting,
    /// Whether `check` did not look at the finished pages, since errors keep them from being made.
    pub unfinished: bool,
}

impl Report {
    /// Whether any problem is an error, so that nothing was published.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// Every code there is, sorted by name.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = crate::check::codes();
    codes.extend(crate::render::CODES);
    codes.extend(crate::emit::CODES);
    codes.sort_by_key(|code| code.name);
    codes
}

/// A base URL from the command line, which was checked there.
fn base_url(text: Option<&str>) -> Option<BaseUrl> {
    text.and_then(|text| BaseUrl::parse(text).ok())
}

/// A report on a site that was read and checked.
fn report(site: &Site, diagnostics: Vec<Diagnostic>) -> Report {
    Report {
        diagnostics,
        pages: site.pages.len(),
        figures: site.data.figures.iter().len(),
        waiting: crate::check::waiting(site),
        ..Report::default()
    }
}

/// A figure as the site writes it.
pub(super) fn text_of(site: &Site, figure: &Figure) -> String {
    let words = Words::from(&site.config.labels);
    let style = Style { bound: true, per: Per::Quantities, words: &words };
    notation::write(&figure.datum(), &style)
}

#[cfg(test)]
mod tests;
