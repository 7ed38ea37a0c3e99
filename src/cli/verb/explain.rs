//! `bandbook explain`

use std::fmt::Write as _;

use bandbook::diagnostic::{Code, Failure, nearest};
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::draw::{Format, bold, json_line, severity};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;

/// Text wider than this is hard to read, and wider than the terminal broken anywhere.
const WIDTH: usize = 80;

/// Explains a kind of problem: what it is, why it matters, and how to mend it.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The kind's name, as a message has it between brackets; all kinds if you name none.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Explains one, or lists all.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut codes = codes();
        codes.sort_by_key(|code| code.name);
        if let Some(typed) = &self.code {
            // As a message has it: `error[figure-value]`.
            let name = typed.rsplit('[').next().unwrap_or(typed).trim_end_matches([']', ':']);
            codes.retain(|code| code.name.eq_ignore_ascii_case(name));
            let Some(code) = codes.first() else { return Ok(unknown(context, name)) };
            return say(context, &explanation(code, context.out.color, width(context)), &codes);
        }
        say(context, &list(&codes, context.out.color), &codes)
    }
}

/// A code as programs read it.
#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    severity: &'static str,
    rule: bool,
    what: &'static str,
    why: &'static str,
    example: &'static str,
    mend: &'static str,
}

/// Every kind of problem that there is.
fn codes() -> Vec<&'static Code> {
    bandbook::session::codes()
}

fn say(context: &Context, text: &str, codes: &[&Code]) -> Result<Exit, Failure> {
    let text = match context.format {
        Format::Json => json_line(&codes.iter().map(|code| Explanation::of(code)).collect::<Vec<_>>()),
        Format::Human | Format::Short | Format::Github => text.to_owned(),
    };
    Stream::Out.write(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Fine)
}

fn unknown(context: &Context, typed: &str) -> Exit {
    let help = match nearest(typed, codes().iter().map(|code| code.name)) {
        Some(name) => format!("The nearest is `{name}`: type `bandbook explain {name}`."),
        None => "Type `bandbook explain` for a list of all.".to_owned(),
    };
    context.refuse(&format!("no kind of problem is called `{typed}`"), Some(&help))
}

impl Explanation {
    fn of(code: &Code) -> Self {
        let Code { name, rule, what, why, example, mend, .. } = *code;
        Self { code: name, severity: severity(code.severity), rule, what, why, example, mend }
    }
}

/// One line a code: its name, how bad it is, and the first sentence of what it is.
fn list(codes: &[&Code], color: bool) -> String {
    let longest = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for code in codes {
        let what = code.what.split_inclusive(". ").next().unwrap_or("").trim_end();
        let padding = " ".repeat(longest - code.name.len());
        let _ = writeln!(text, "{}{padding}  {:<7}  {what}", bold(code.name, color), severity(code.severity));
    }
    text
}

/// A code in full: a heading, then what, why, an example and what to do, each under its own words.
fn explanation(code: &Code, color: bool, width: usize) -> String {
    let mut text = format!("{} ({})\n\n", bold(code.name, color), severity(code.severity));
    text.push_str(&wrapped(code.what, width, ""));
    let mut part = |heading, body: String| {
        let _ = write!(text, "\n{}\n{body}", bold(heading, color));
    };
    part("Why it matters", wrapped(code.why, width, "  "));
    part("For example", code.example.lines().map(|line| format!("    {line}\n")).collect());
    part("What to do", wrapped(code.mend, width, "  "));
    if code.rule {
        let set = format!(
            "A site sets it in `content/site.toml`, to \"error\", \"warn\" or \"off\":\n\n    [rules]\n    {} = \"warn\"\n",
            code.name
        );
        let waive =
            format!("A page waives it for what follows:\n\n    <!-- bandbook: allow {}: the reason -->\n", code.name);
        part("Where it doesn't fit", format!("  {set}\n  {waive}"));
    }
    text
}

/// The text in lines of at most `width` characters, words kept whole, each after `indent`.
fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(format!("{indent}{word}")),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn width(context: &Context) -> usize {
    context.out.width.unwrap_or(WIDTH).min(WIDTH)
}

#[cfg(test)]
mod tests {
    use bandbook::diagnostic::Severity;

    use super::*;

    static CODE: Code = Code {
        name: "figure-value",
        severity: Severity::Error,
        rule: true,
        what: "A figure's text and its datum disagree. One of them is wrong.",
        why: "A reader would take home a number that is not so, and no other page would say it.",
        example: "[$430K](figure:bands.l3.total.median)",
        mend: "Type the datum as it is.",
    };

    #[test]
    fn a_code_is_explained_in_full() {
        let expected = "\
figure-value (error)

A figure's text and its datum disagree. One of
them is wrong.

Why it matters
  A reader would take home a number that is not
  so, and no other page would say it.

For example
    [$430K](figure:bands.l3.total.median)

What to do
  Type the datum as it is.

Where it doesn't fit
  A site sets it in `content/site.toml`, to \"error\", \"warn\" or \"off\":

    [rules]
    figure-value = \"warn\"

  A page waives it for what follows:

    <!-- bandbook: allow figure-value: the reason -->
";
        assert_eq!(explanation(&CODE, false, 48), expected);
        let bare = Code { rule: false, ..CODE };
        assert!(!explanation(&bare, false, 48).contains("[rules]"));
    }

    #[test]
    fn a_list_has_one_line_a_code() {
        let short = Code { name: "a", severity: Severity::Warning, what: "Short.", ..CODE };
        let expected = "\
figure-value  error    A figure's text and its datum disagree.
a             warning  Short.
";
        assert_eq!(list(&[&CODE, &short], false), expected);
    }
}
