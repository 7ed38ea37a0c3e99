//! One build, from the sources to the published site.
//!
//! For now it reads `content/site.toml` alone, so that the command line has something to report on.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Failure, Severity, Source, Span};

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The folder to publish to.
    pub out: PathBuf,
    /// An address that replaces the site's own.
    pub base_url: Option<String>,
    /// Whether drafts are published too.
    pub drafts: bool,
    /// How many threads; as many as there are processors when nothing is said.
    pub threads: Option<usize>,
    /// The home folder, which is never published to.
    pub home: Option<PathBuf>,
}

/// What a check is asked for.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// An address that replaces the site's own.
    pub base_url: Option<String>,
    /// Whether drafts are checked too.
    pub drafts: bool,
    /// How many threads; as many as there are processors when nothing is said.
    pub threads: Option<usize>,
    /// The day that values are held against, as `2026-01-31`.
    pub today: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All problems, sorted, with their final severities.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many figures its data hold.
    pub figures: usize,
    /// How many files it is made of.
    pub files: usize,
    /// How many files were written, since they changed.
    pub written: usize,
    /// How many files were removed.
    pub removed: usize,
}

/// Builds the site; nothing is written while one problem is an error.
pub fn build(options: &BuildOptions) -> Result<Report, Failure> {
    let report = read(&options.root)?;
    if !report.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        std::fs::create_dir_all(&options.out).map_err(|error| Failure::new("write", &options.out, error))?;
    }
    Ok(report)
}

/// Checks the site; writes nothing.
pub fn check(options: &CheckOptions) -> Result<Report, Failure> {
    read(&options.root)
}

fn read(root: &std::path::Path) -> Result<Report, Failure> {
    let _ = crate::input::Root::open(root)?;
    let path = root.join("content/site.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::new("read", &path, error))?;
    let source = Source::new("content/site.toml", text);
    let mut report = Report { pages: 1, files: 1, ..Report::default() };
    let whole = Span::new(0, source.text().len());
    let _ = crate::document::parse(&source, whole, SITE, &mut report.diagnostics);
    Ok(report)
}

use crate::document::{Field, Shape};
static SITE: &[Field] =
    &[Field::required("title", Shape::Text, "The title."), Field::required("base_url", Shape::Text, "The address.")];
