//! `bandbook diff`

use std::fmt::Write as _;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, Compared, DiffOptions, Moved, Quoting};
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::draw::{self, Format, bold, json_line, json_problems, markdown, visible, workflow_log};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;
use crate::cli::tally::{Tally, count};

/// Shows which figures were added, removed and changed since a revision of the repository, and where they are quoted.
///
/// A value that moved by more than the site's limit, and whose move no release explains, is an error. On GitHub,
/// `--format github` adds the table to the summary of the step.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// A branch, a tag or a commit, or a folder that holds `content`.
    #[arg(value_name = "REV or DIR", default_value = "HEAD")]
    against: String,
    /// Prints a table in Markdown, for a pull request.
    #[arg(long)]
    markdown: bool,
}

impl Diff {
    /// Compares, and prints what differs.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let options = DiffOptions { root: context.root.clone(), against: self.against, threads: context.threads };
        let compared = context.watch("comparing", || session::diff(&options))?;
        let sheet = context.sheet();
        let tally = Tally::of(&compared.report.diagnostics);
        let text = match context.format {
            Format::Json => json_line(&Document::of(&compared, &sheet.prefix)),
            _ if self.markdown => table(&compared, &sheet.prefix),
            Format::Github => workflow_log(&list(&compared, context.out.color, &sheet.prefix)),
            _ => list(&compared, context.out.color, &sheet.prefix),
        };
        Stream::Out.write(|out| out.write_all(text.as_bytes()))?;
        if context.format == Format::Github {
            context.summarize(&format!("{}\n", table(&compared, &sheet.prefix)))?;
        }
        if context.format != Format::Json {
            context.format.stream().write(|out| draw::report(context.format, &compared.report, &sheet, out))?;
        }
        if !context.quiet {
            let closing = closing(&compared, tally, &options.against);
            Stream::Error.write(|out| writeln!(out, "{closing}"))?;
        }
        Ok(if tally.errors > 0 { Exit::Problems } else { Exit::Fine })
    }
}

/// What programs read.
#[derive(Serialize)]
struct Document<'a, Problem> {
    figures: &'a [Moved],
    old_problems: usize,
    diagnostics: Vec<Problem>,
    errors: usize,
    warnings: usize,
}

impl Document<'_, ()> {
    fn of<'a>(compared: &'a Compared, prefix: &str) -> Document<'a, impl Serialize + use<'a>> {
        let Tally { errors, warnings } = Tally::of(&compared.report.diagnostics);
        Document {
            figures: &compared.figures,
            old_problems: compared.old_problems,
            diagnostics: json_problems(&compared.report.diagnostics, prefix),
            errors,
            warnings,
        }
    }
}

/// The figures that people are shown: typed ones as a whole, and calculated ones where a page quotes them.
fn shown(compared: &Compared) -> Vec<&Moved> {
    compared.figures.iter().filter(|moved| !moved.end && (!moved.calculated || !moved.quoted.is_empty())).collect()
}

fn list(compared: &Compared, color: bool, prefix: &str) -> String {
    let mut text = String::new();
    for (change, heading) in [("changed", "Changed"), ("added", "Added"), ("removed", "Removed")] {
        let moved: Vec<&Moved> = shown(compared).into_iter().filter(|moved| moved.change == change).collect();
        if moved.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}{heading}", if text.is_empty() { "" } else { "\n" });
        for figure in moved {
            let _ = writeln!(text, "  {}  {}", bold(&visible(&figure.id), color), visible(&values(figure)));
            for quoting in &figure.quoted {
                let _ = writeln!(text, "      {}  {}", spot(quoting, prefix), visible(&quoting.text));
            }
        }
    }
    text
}

/// `$365K–$500K → $380K–$500K, low +$15K (+4.1%)`
fn values(figure: &Moved) -> String {
    let calculated = if figure.calculated { " (calculated)" } else { "" };
    let values = match (&figure.old, &figure.new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    let steps = steps(figure);
    let steps = if steps.is_empty() { steps } else { format!(", {steps}") };
    format!("{values}{steps}{calculated}")
}

fn steps(figure: &Moved) -> String {
    let steps: Vec<String> = figure
        .steps
        .iter()
        .map(|step| {
            let side = step.side.map(|side| format!("{side} ")).unwrap_or_default();
            let percent = step.percent.as_ref().map(|percent| format!(" ({percent})")).unwrap_or_default();
            format!("{side}{}{percent}", step.by)
        })
        .collect();
    steps.join(", ")
}

fn spot(quoting: &Quoting, prefix: &str) -> String {
    format!("{prefix}{}:{}:{}", quoting.at.file, quoting.at.line, quoting.at.column)
}

fn table(compared: &Compared, prefix: &str) -> String {
    let shown = shown(compared);
    let mut text = format!("### {}\n", counted(compared));
    if !shown.is_empty() {
        text.push_str("\n| Figure | Was | Is | Change | Quoted at |\n|---|---|---|---|---|\n");
    }
    for figure in shown {
        let value = |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| markdown(text));
        let quoted: Vec<String> = figure.quoted.iter().map(|quoting| markdown(&spot(quoting, prefix))).collect();
        let title = format!("{}{}", figure.title, if figure.calculated { " (calculated)" } else { "" });
        let _ = writeln!(
            text,
            "| {}<br>{} | {} | {} | {} | {} |",
            markdown(&title),
            code(&figure.id),
            value(&figure.old),
            value(&figure.new),
            markdown(&steps(figure)),
            quoted.join("<br>")
        );
    }
    if !compared.report.diagnostics.is_empty() {
        text.push('\n');
        text.push_str(&draw::summary(&compared.report.diagnostics, prefix));
    }
    text
}

/// An id as code. One of an old revision may hold whatever the name of a file can hold, and is escaped as text.
fn code(id: &str) -> String {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    if is_plain { format!("`{id}`") } else { markdown(id) }
}

/// `2 figures changed, 1 added`, counting typed ones.
fn counted(compared: &Compared) -> String {
    let number = |change| {
        let typed = compared.figures.iter().filter(|moved| !moved.end && !moved.calculated);
        typed.filter(|moved| moved.change == change).count()
    };
    let kinds = ["changed", "added", "removed"].map(|change| (change, number(change)));
    let mut parts: Vec<String> =
        kinds.iter().filter(|(_, number)| *number > 0).map(|(change, number)| format!("{number} {change}")).collect();
    match parts.first_mut() {
        None => "No figure changed".to_owned(),
        Some(first) => {
            if let Some((number, change)) = first.split_once(' ') {
                *first = format!("{} {change}", count(number.parse().unwrap_or(0), "figure"));
            }
            parts.join(", ")
        }
    }
}

fn closing(compared: &Compared, tally: Tally, against: &str) -> String {
    let found = counted(compared);
    let mut chars = found.chars();
    let found: String = chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect();
    let calculated = compared.figures.iter().filter(|moved| moved.calculated).count();
    let with = if calculated > 0 { format!(", and {calculated} calculated from them") } else { String::new() };
    let broken = match compared.old_problems {
        0 => String::new(),
        problems => format!("; the old data have {}, so figures may be missing there", count(problems, "error")),
    };
    let left = if tally == Tally::default() { String::new() } else { format!(": {tally}") };
    format!("{found}{with} since {}{broken}{left}", visible(against))
}
