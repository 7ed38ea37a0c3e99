//! Diagnostics drawn: for people, one a line, as JSON, and as annotations on GitHub. One small file a format.

mod excerpt;
mod github;
mod human;
mod json;
mod patch;
mod short;
mod summary;
mod visible;

#[cfg(test)]
mod samples;

use std::io::{self, Write};

use bandbook::diagnostic::{Failure, Severity};
use bandbook::session::Report;

use super::output::Stream;
pub use github::workflow_log;
pub use human::{bold, refusal};
pub use json::{line as json_line, problems as json_problems};
pub use patch::patch;
pub use summary::{offer, plain as markdown, summary};
pub use visible::{visible, visible_line};

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, with the lines in question.
    #[default]
    Human,
    /// One problem a line.
    Short,
    /// One JSON object, on standard output.
    Json,
    /// Annotations for a pull request on GitHub, on standard output.
    Github,
}

impl Format {
    /// Where diagnostics go.
    pub fn stream(self) -> Stream {
        match self {
            Self::Human | Self::Short => Stream::Error,
            Self::Json | Self::Github => Stream::Out,
        }
    }
}

/// What diagnostics are drawn on.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Whether it shows color.
    pub color: bool,
    /// How many columns it has, where there is an end of them.
    pub width: Option<usize>,
    /// What stands before each path, so that paths are shown from where one stands.
    pub prefix: String,
}

/// Draws a report in a format: all of its diagnostics, in order.
pub fn report(format: Format, report: &Report, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = &report.diagnostics;
    match format {
        Format::Human => human::draw(diagnostics, sheet, out),
        Format::Short => short::draw(diagnostics, sheet, out),
        Format::Json => json::draw(report, &sheet.prefix, out),
        Format::Github => github::draw(diagnostics, &sheet.prefix, out),
    }
}

/// A failure as programs read it, in the formats that are for them.
pub fn failure(format: Format, failure: &Failure) -> Option<String> {
    match format {
        Format::Human | Format::Short => None,
        Format::Json => Some(json::failure(failure)),
        Format::Github => Some(github::failure(failure)),
    }
}

/// What a severity is called.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "off",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
