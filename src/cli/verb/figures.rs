//! `bandbook figures`

use std::fmt::Write as _;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, FigureLine, FigureRecord, FiguresOptions};

use crate::cli::context::Context;
use crate::cli::draw::{Format, bold, json_line, visible};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;

/// Lists the figures that pages can quote, or shows all that is known of one and every place that quotes it.
///
/// A pipe gets one figure a line, with a tab between id, value and title.
#[derive(Debug, clap::Args)]
pub struct Figures {
    /// An id, what ids begin with, or words of an id or a title; all figures if you name none.
    #[arg(value_name = "ID")]
    wanted: Vec<String>,
}

impl Figures {
    /// Finds figures, and prints them.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let wanted = (!self.wanted.is_empty()).then(|| self.wanted.join(" "));
        let options = FiguresOptions { root: context.root.clone(), threads: context.threads, wanted: wanted.clone() };
        let found = session::figures(&options)?;
        if found.incomplete && !context.quiet {
            let note = "the site has errors, so figures may be missing: `bandbook check` lists them";
            Stream::Error.write(|out| writeln!(out, "{note}"))?;
        }
        if let (Some(wanted), None, true) = (&wanted, &found.record, found.lines.is_empty()) {
            let help = match &found.nearest {
                Some(near) => format!("The nearest is `{near}`: type `bandbook figures {near}`."),
                None => "Type `bandbook figures` for a list of all.".to_owned(),
            };
            return Ok(context.refuse(&format!("no figure has `{}` in its id or title", visible(wanted)), Some(&help)));
        }
        let prefix = context.sheet().prefix;
        let text = match (&found.record, context.format) {
            (Some(record), Format::Json) => json_line(record),
            (None, Format::Json) => json_line(&found.lines),
            (Some(record), _) => sheet(record, &found.lines, context, &prefix),
            (None, _) => list(&found.lines, context, ""),
        };
        Stream::Out.write(|out| out.write_all(text.as_bytes()))?;
        Ok(Exit::Fine)
    }
}

/// One figure a line: aligned for people, with tabs for programs.
fn list(lines: &[FigureLine], context: &Context, indent: &str) -> String {
    let mut text = String::new();
    if !context.out.is_terminal {
        for line in lines {
            let _ = writeln!(text, "{indent}{}\t{}\t{}", line.id, visible(&line.text), visible(&line.title));
        }
        return text;
    }
    let widest = |length: fn(&FigureLine) -> usize| lines.iter().map(length).max().unwrap_or(0);
    let (ids, values) = (widest(|line| line.id.len()), widest(|line| line.text.chars().count()));
    for line in lines {
        let id = format!("{indent}{:<ids$}", line.id);
        let value = format!("{:>values$}", visible(&line.text));
        let rest = format!("{}{}", visible(&line.title), if line.calculated { " (calculated)" } else { "" });
        let room = context.out.width.unwrap_or(usize::MAX).saturating_sub(id.len() + values + 4);
        let _ = writeln!(text, "{id}  {}  {}", bold(&value, context.out.color), cut(&rest, room));
    }
    text
}

/// A text in at most so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    if columns == 0 { kept } else { format!("{kept}…") }
}

/// A figure with its whole record.
fn sheet(record: &FigureRecord, below: &[FigureLine], context: &Context, prefix: &str) -> String {
    let color = context.out.color;
    let line = &record.line;
    let mut text =
        format!("{}  {}\n{}\n\n", bold(&line.id, color), bold(&visible(&line.text), color), visible(&line.title));
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:<14} {}", visible(value));
        }
    };
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    say("value", &line.value);
    say("unit", &line.unit);
    say("qualifier", &or_empty(&record.qualifier));
    say("precision", &or_empty(&record.precision));
    say("calculated", &or_empty(&record.formula));
    for input in &record.inputs {
        say("  from", &format!("{}  {}  {}", input.id, input.text, input.title));
    }
    for rows in &record.rows {
        let (taken, all) = (rows.taken, rows.taken + rows.left_out);
        say("  rows", &format!("{}: {taken} of {all} with a value", rows.set));
    }
    if let Some(gap) = &record.gap {
        say("not calculated", &gap.reason);
        say("  cause at", &format!("{prefix}{}:{}:{}", gap.place.file, gap.place.line, gap.place.column));
    }
    for source in &record.sources {
        let title = if source.title.is_empty() { String::new() } else { format!("  {}", source.title) };
        say("source", &format!("{}{title}", source.id));
    }
    say("as of", &or_empty(&record.as_of));
    say("next review", &or_empty(&record.next_review));
    say("subject", &or_empty(&record.subject));
    say("scope", &or_empty(&record.scope));
    say("confidence", record.confidence.unwrap_or(""));
    say("  because", &or_empty(&record.confidence_reason));
    say("range means", &or_empty(&record.range_meaning));
    say("median means", &or_empty(&record.median_meaning));
    say("badge", &or_empty(&record.badge));
    say("note", &or_empty(&record.note));
    for conflict in &record.conflicts {
        say("conflict", &format!("{}  {}", conflict.id, conflict.title));
    }
    say("goes into", &record.feeds.join(", "));
    say("stands at", &format!("{prefix}{}:{}:{}", record.place.file, record.place.line, record.place.column));
    if record.quoted.is_empty() {
        say("quoted", "nowhere");
    }
    for quoting in &record.quoted {
        let at = format!("{prefix}{}:{}:{}", quoting.at.file, quoting.at.line, quoting.at.column);
        say("quoted at", &format!("{at}  {}", quoting.text));
    }
    if !below.is_empty() {
        let _ = writeln!(text, "\n{}", bold("Below it", color));
        text.push_str(&list(below, context, "  "));
    }
    text
}
