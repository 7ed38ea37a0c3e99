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
mod parts;
mod past;
mod pieces;
mod publish;
mod schema;
mod threads;

use std::path::PathBuf;

use crate::check;
pub use crate::check::Waiting;
use crate::config::BaseUrl;
use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::site::Site;

pub use difference::{Compared, DiffOptions, Moved, Step, diff};
pub use figures::{FigureLine, FigureRecord, FiguresOptions, FoundFigures, Named, Quoting, Spot, figures};
pub use fix::{FixOptions, Fixed, FixedFile, Passage, fix};
pub use init::{InitOptions, init};
pub use live::{Changes, FileBytes, Live, LiveOptions, Shelf};
pub use schema::{schema, write_schema};
pub use threads::MOST_THREADS;
pub(crate) use threads::with_threads;

/// What `build` is asked for.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The published folder.
    pub out: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Publishes drafts too.
    pub drafts: bool,
    /// How many threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// The user's home folder, which is never an output folder.
    pub home: Option<PathBuf>,
    /// A folder of the user's for what the next build need not find out again. Nothing of it reaches the published files.
    pub cache: Option<PathBuf>,
}

/// What `check` is asked for.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Checks drafts too.
    pub drafts: bool,
    /// How many threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// The day against which values out of date are judged; nothing to leave them unjudged.
    pub today: Option<Date>,
}

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

/// Reads, checks and publishes a site. Where any problem is an error, nothing is written.
///
/// # Errors
/// When the system refuses: a file that can't be read, a disk that is full, an output folder that isn't ours.
pub fn build(options: &BuildOptions) -> Result<Report, Failure> {
    with_threads(options.threads, || publish::build(options))
}

/// Reads and checks a site, renders it in memory, and writes nothing.
///
/// # Errors
/// When the system refuses to read.
pub fn check(options: &CheckOptions) -> Result<Report, Failure> {
    with_threads(options.threads, || publish::check(options))
}

/// Every code there is, sorted by name.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = check::codes();
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
        waiting: check::waiting(site),
        ..Report::default()
    }
}

#[cfg(test)]
mod tests;
