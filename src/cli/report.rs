//! What a verb that reads the site answers with: all problems, a closing line, an exit code.

use std::time::Duration;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, FixOptions, Report, Waiting};

use super::context::Context;
use super::draw::{self, Format};
use super::exit::Exit;
use super::output::Stream;
use super::tally::{Tally, count};

/// What has been done, for the closing line.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Which verb.
    pub verb: Work,
    /// Whether warnings are treated as errors.
    pub deny_warnings: bool,
    /// How long it took.
    pub took: Duration,
}

/// The verbs that read a whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Build,
    Check,
}

/// Draws a report, closes with one line, and says how it went.
pub fn conclude(context: &Context, report: &Report, done: Done) -> Result<Exit, Failure> {
    let tally = Tally::of(&report.diagnostics);
    let sheet = context.sheet();
    context.format.stream().write(|out| draw::report(context.format, report, &sheet, out))?;
    if context.format == Format::Github && !report.diagnostics.is_empty() {
        summarize(context, report)?;
    }
    if !context.quiet {
        Stream::Error.write(|out| writeln!(out, "{}", closing(report, tally, done)))?;
        if let Some(line) = waits(&report.waiting) {
            Stream::Error.write(|out| writeln!(out, "{line}"))?;
        }
    }
    let failed = tally.errors > 0 || (done.deny_warnings && tally.warnings > 0);
    Ok(if failed { Exit::Problems } else { Exit::Fine })
}

/// Adds the whole list to the summary of a step, since GitHub shows but ten annotations of a kind.
fn summarize(context: &Context, report: &Report) -> Result<(), Failure> {
    if context.summary.is_none() {
        return Ok(());
    }
    let prefix = context.sheet().prefix;
    let mut text = draw::summary(&report.diagnostics, &prefix);
    if report.diagnostics.iter().any(|problem| problem.edit.is_some()) {
        let options = FixOptions { root: context.root.clone(), dry_run: true, ..FixOptions::default() };
        let mut files = session::fix(&options)?.files;
        files.retain(|file| file.edits > 0);
        text.push_str(&draw::folded(&draw::patch(&files, &prefix)));
    }
    context.summarize(&text)
}

/// Which rules have not spoken, and what they wait for. Nothing where all have.
fn waits(waiting: &Waiting) -> Option<String> {
    let listed = |names: Vec<String>| match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [rest @ .., last] => Some(format!("{} and {last}", rest.join(", "))),
    };
    let rules = listed(waiting.rules.iter().map(|rule| format!("`{rule}`")).collect())?;
    let more = waiting.files.len().saturating_sub(3);
    let mut files: Vec<String> = waiting.files.iter().take(3).cloned().collect();
    files.extend((more > 0).then(|| count(more, "more file")));
    let verb = if waiting.rules.len() == 1 { "waits" } else { "wait" };
    Some(format!("{rules} {verb} until all of {} can be read", listed(files)?))
}

/// The closing line.
fn closing(report: &Report, tally: Tally, done: Done) -> String {
    let seconds = done.took.as_secs_f64();
    let pages = count(report.pages, "page");
    match done.verb {
        Work::Build if tally.errors > 0 => format!("{tally}: nothing was written"),
        Work::Build => {
            let changed = match (report.written, report.removed) {
                (written, 0) => format!("{written} changed"),
                (written, removed) => format!("{written} changed, {removed} removed"),
            };
            let warnings = if tally.warnings > 0 { format!("; {tally}") } else { String::new() };
            format!("built {pages}, {} ({changed}) in {seconds:.2} s{warnings}", count(report.files, "file"))
        }
        Work::Check => {
            let found = match tally {
                Tally { errors: 0, warnings: 0 } => "no problems".to_owned(),
                Tally { errors: 0, .. } if done.deny_warnings => format!("{tally}, denied"),
                _ => tally.to_string(),
            };
            let rest = if report.unfinished { "; the finished pages were not looked at" } else { "" };
            format!("checked {pages}, {} in {seconds:.2} s: {found}{rest}", count(report.figures, "figure"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_what_was_done_and_what_is_wrong() {
        let report = Report { pages: 24, figures: 210, files: 61, written: 3, ..Report::default() };
        let removed = Report { pages: 1, figures: 1, files: 1, removed: 2, ..Report::default() };
        let (build, check) = (Work::Build, Work::Check);
        for (report, verb, deny_warnings, (errors, warnings), expected) in [
            (&report, build, false, (0, 0), "built 24 pages, 61 files (3 changed) in 0.08 s"),
            (&report, build, false, (0, 2), "built 24 pages, 61 files (3 changed) in 0.08 s; 2 warnings"),
            (&report, build, false, (3, 1), "3 errors, 1 warning: nothing was written"),
            (&report, build, false, (1, 0), "1 error: nothing was written"),
            (&removed, build, false, (0, 0), "built 1 page, 1 file (0 changed, 2 removed) in 0.08 s"),
            (&report, check, true, (0, 0), "checked 24 pages, 210 figures in 0.08 s: no problems"),
            (&report, check, false, (0, 1), "checked 24 pages, 210 figures in 0.08 s: 1 warning"),
            (&report, check, true, (0, 2), "checked 24 pages, 210 figures in 0.08 s: 2 warnings, denied"),
            (&removed, check, true, (1, 2), "checked 1 page, 1 figure in 0.08 s: 1 error, 2 warnings"),
        ] {
            let done = Done { verb, deny_warnings, took: Duration::from_millis(81) };
            assert_eq!(closing(report, Tally { errors, warnings }, done), expected);
        }
    }
}
