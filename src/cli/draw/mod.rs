//! Diagnostics drawn: for people, one a line, as JSON, and as annotations on GitHub. One small file a format.

mod excerpt;
mod github;
mod human;
mod json;
mod patch;
mod sheet;
mod short;
mod summary;
mod visible;

#[cfg(test)]
mod samples;

use std::io::{self, Write};

use bandbook::diagnostic::Failure;
use bandbook::session::Report;

pub use github::workflow_log;
pub use human::{bold, refusal};
pub use json::{line as json_line, problems as json_problems};
pub use patch::patch;
pub use sheet::{Format, Sheet, severity};
pub use summary::{folded, plain as markdown, summary};
pub use visible::{visible, visible_line};

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
