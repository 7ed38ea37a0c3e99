//! `bandbook fix`

use std::fmt::Write as _;
use std::time::Instant;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, FixOptions, Fixed, FixedFile};
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::draw::{self, Format, bold, json_line, json_problems, visible, visible_line};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;
use crate::cli::report::{Tally, count};

/// Mends what has one certain remedy, such as figures in prose that no longer are what their data say.
///
/// Only files in `content` are changed, and in them only the places in question: a figure keeps its author's notation,
/// and a data file its comments. What is left for you to mend is listed.
#[derive(Debug, clap::Args)]
pub struct Fix {
    /// Shows what would be changed, as a patch, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Mends drafts too.
    #[arg(long)]
    drafts: bool,
}

impl Fix {
    /// Mends, and reports what is left.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let started = Instant::now();
        let options = FixOptions {
            root: context.root.clone(),
            drafts: self.drafts,
            threads: context.threads,
            dry_run: self.dry_run,
        };
        let fixed = context.watch("mending", || session::fix(&options))?;
        let sheet = context.sheet();
        if context.format == Format::Json {
            let document = Document::of(&fixed, self.dry_run, &sheet.prefix);
            Stream::Out.write(|out| out.write_all(json_line(&document).as_bytes()))?;
        } else {
            if self.dry_run {
                Stream::Out.write(|out| out.write_all(patch(context, &fixed, &sheet.prefix).as_bytes()))?;
            }
            context.format.stream().write(|out| draw::report(context.format, &fixed.left, &sheet, out))?;
        }
        let tally = Tally::of(&fixed.left.diagnostics);
        if !context.quiet {
            let mut text = String::new();
            for file in fixed.files.iter().filter(|_| !self.dry_run && context.format == Format::Human) {
                let path = visible(&file.path);
                let _ = match file.edits {
                    0 => writeln!(text, "wrote {}{path}", sheet.prefix),
                    edits => writeln!(text, "mended {}{path} ({})", sheet.prefix, places(edits)),
                };
            }
            let seconds = started.elapsed().as_secs_f64();
            text.push_str(&closing(&fixed, tally, self.dry_run, seconds));
            Stream::Error.write(|out| writeln!(out, "{text}"))?;
        }
        Ok(if tally.errors > 0 { Exit::Problems } else { Exit::Fine })
    }
}

/// What programs read.
#[derive(Serialize)]
struct Document<'a, Problem> {
    written: bool,
    files: Vec<File<'a>>,
    /// What is left.
    diagnostics: Vec<Problem>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct File<'a> {
    file: String,
    places: usize,
    before: Option<&'a str>,
    after: &'a str,
}

impl Document<'_, ()> {
    fn of<'a>(fixed: &'a Fixed, dry_run: bool, prefix: &str) -> Document<'a, impl Serialize + use<'a>> {
        let Tally { errors, warnings } = Tally::of(&fixed.left.diagnostics);
        let file = |file: &'a FixedFile| File {
            file: format!("{prefix}{}", file.path),
            places: file.edits,
            before: file.before.as_ref().map(|before| before.text()),
            after: &file.after,
        };
        Document {
            written: !dry_run && !fixed.files.is_empty(),
            files: fixed.files.iter().map(file).collect(),
            diagnostics: json_problems(&fixed.left.diagnostics, prefix),
            errors,
            warnings,
        }
    }
}

/// The changes as a unified diff that `git apply` takes. A terminal is shown no character that it would obey.
fn patch(context: &Context, fixed: &Fixed, prefix: &str) -> String {
    let text = draw::patch(&fixed.files, prefix);
    if !context.out.is_terminal && !context.out.color {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for line in text.lines() {
        let safe = visible_line(line);
        let painted = match line.chars().next().filter(|_| context.out.color) {
            Some('+') if !line.starts_with("+++") => format!("\x1b[32m{safe}\x1b[0m"),
            Some('-') if !line.starts_with("---") => format!("\x1b[31m{safe}\x1b[0m"),
            Some('+' | '-') => bold(&safe, true),
            _ => safe.into_owned(),
        };
        shown.push_str(&painted);
        shown.push('\n');
    }
    shown
}

fn closing(fixed: &Fixed, left: Tally, dry_run: bool, seconds: f64) -> String {
    let edits: usize = fixed.files.iter().map(|file| file.edits).sum();
    let files = count(fixed.files.iter().filter(|file| file.edits > 0).count(), "file");
    let done = match (edits, dry_run) {
        (0, _) => "nothing to mend".to_owned(),
        (edits, true) => format!("would mend {} in {files}", places(edits)),
        (edits, false) => format!("mended {} in {files}", places(edits)),
    };
    let left = match left {
        Tally { errors: 0, warnings: 0 } => String::new(),
        left => format!("; left to you: {left}"),
    };
    format!("{done} in {seconds:.2} s{left}")
}

fn places(number: usize) -> String {
    count(number, "place")
}
