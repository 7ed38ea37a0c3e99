//! `bandbook fix`

use std::fmt::Write as _;
use std::time::Instant;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, FixOptions, Fixed, FixedFile, Passage};
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::draw::{self, Format, Sheet, bold, json_line, json_problems, visible, visible_line};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;
use crate::cli::tally::{Tally, count};

/// Applies every fix that has only one possible answer, such as the new size of a figure in a sentence.
///
/// A sentence never quotes another figure afterwards, and no word, sign, unit or value changes. Each changed sentence is
/// printed before and after, to be read again. What needs a decision is left, and listed with what to decide.
///
/// Only files in `content` are changed, and in them only the places in question: a figure keeps its author's notation,
/// and a data file its comments.
#[derive(Debug, clap::Args)]
pub struct Fix {
    /// Shows what would be changed, as a patch, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Changes drafts too.
    #[arg(long)]
    drafts: bool,
}

impl Fix {
    /// Applies the fixes, and reports what is left.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let started = Instant::now();
        let options = FixOptions {
            root: context.root.clone(),
            drafts: self.drafts,
            threads: context.threads,
            dry_run: self.dry_run,
        };
        let fixed = context.watch("fixing", || session::fix(&options))?;
        let sheet = context.sheet();
        if context.format == Format::Json {
            let document = Document::of(&fixed, self.dry_run, &sheet.prefix);
            Stream::Out.write(|out| out.write_all(json_line(&document).as_bytes()))?;
        } else {
            if self.dry_run {
                Stream::Out.write(|out| out.write_all(patch(context, &fixed, &sheet.prefix).as_bytes()))?;
            } else if context.format != Format::Github && !context.quiet {
                Stream::Error.write(|out| out.write_all(to_read_again(&fixed, &sheet).as_bytes()))?;
            }
            if context.format == Format::Human && !context.quiet && !fixed.left.diagnostics.is_empty() {
                Stream::Error.write(|out| writeln!(out, "{}\n", bold("left for you to decide:", sheet.color)))?;
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
                    edits => writeln!(text, "changed {}{path} ({})", sheet.prefix, places(edits)),
                };
            }
            let seconds = started.elapsed().as_secs_f64();
            text.push_str(&not_applied(&fixed, &sheet.prefix));
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
    /// What is to be read again.
    passages: Vec<Changed<'a>>,
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

/// A sentence, row or line that was changed.
#[derive(Serialize)]
struct Changed<'a> {
    file: String,
    line: usize,
    before: &'a str,
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
        let changed = |passage: &'a Passage| Changed {
            file: format!("{prefix}{}", passage.path),
            line: passage.line,
            before: &passage.before,
            after: &passage.after,
        };
        Document {
            written: !dry_run && !fixed.files.is_empty(),
            files: fixed.files.iter().map(file).collect(),
            passages: fixed.passages.iter().map(changed).collect(),
            diagnostics: json_problems(&fixed.left.diagnostics, prefix),
            errors,
            warnings,
        }
    }
}

/// Each changed sentence, row or line, before and after.
fn to_read_again(fixed: &Fixed, sheet: &Sheet) -> String {
    let mut text = String::new();
    if !fixed.passages.is_empty() {
        let _ = writeln!(text, "{}\n", bold("changed, to be read again:", sheet.color));
    }
    for passage in &fixed.passages {
        let place = bold(&format!("{}{}:{}", sheet.prefix, visible(&passage.path), passage.line), sheet.color);
        let (before, after) = (visible(&passage.before), visible(&passage.after));
        let _ = writeln!(text, "{place}\n  - {before}\n  + {after}\n");
    }
    text
}

/// The problems whose edit could not be applied.
fn not_applied(fixed: &Fixed, prefix: &str) -> String {
    let places = fixed.left.diagnostics.iter().filter(|problem| problem.edit.is_some()).filter_map(|problem| {
        let place = visible(&problem.place.as_ref()?.to_string()).into_owned();
        Some(format!("not changed, since the file could not be read afterwards: {prefix}{place}\n"))
    });
    places.collect()
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
        (0, _) => "nothing to change".to_owned(),
        (edits, true) => format!("would change {} in {files}", places(edits)),
        (edits, false) => format!("changed {} in {files}", places(edits)),
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
