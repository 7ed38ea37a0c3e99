//! Raw HTML, which is refused unless the site allows it, and comments, which may waive a rule.

use std::ops::Range;
use std::sync::Arc;

use super::origin::Origin;
use super::page::Waiver;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span};

pub(super) static RAW_HTML: Code = Code {
    name: "raw-html",
    severity: Severity::Error,
    rule: false,
    what: "The page holds HTML, which this site doesn't allow.",
    why: "HTML from a page could break the layout, run scripts, or hide a number from the checks. A `<` straight before a \
          letter starts a tag, so text in angle brackets would vanish.",
    example: "The type is <T>.",
    mend: "Write it as code, between backticks, or type `&lt;` for the `<`. Where a site wants HTML, `allow_html = true` in \
           content/site.toml allows it.",
};
pub(super) static UNCLOSED_COMMENT: Code = Code {
    name: "unclosed-comment",
    severity: Severity::Error,
    rule: false,
    what: "A comment is opened and never closed.",
    why: "Everything behind it, down to the end of the page, would vanish.",
    example: "<!-- to be checked",
    mend: "Close it with `-->`.",
};
pub(super) static WAIVER: Code = Code {
    name: "malformed-waiver",
    severity: Severity::Error,
    rule: false,
    what: "A comment is meant to waive a rule, but can't be read as such.",
    why: "A waiver without a rule and a reason says nothing to the next editor.",
    example: "<!-- bandbook: allow typed-figure -->",
    mend: "Write the rule's name, a colon and the reason: `<!-- bandbook: allow typed-figure: quoted from the announcement -->`.",
};

const FORM: &str = "<!-- bandbook: allow RULE: reason -->";

/// What a piece of HTML is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Html {
    /// Comments and nothing else: the range of each, with its marks.
    Comments(Vec<Range<usize>>),
    /// A comment that is never closed, from this byte on.
    Unclosed(usize),
    /// Anything else; whether it starts with a comment.
    Raw { comment_first: bool },
}

/// Sorts a piece of HTML.
pub(super) fn sort(html: &str) -> Html {
    let mut comments = Vec::new();
    let mut at = 0;
    loop {
        let rest = &html[at..];
        let trimmed = rest.trim_start();
        let start = at + (rest.len() - trimmed.len());
        if trimmed.is_empty() {
            return Html::Comments(comments);
        }
        let Some(inner) = trimmed.strip_prefix("<!--") else {
            return Html::Raw { comment_first: !comments.is_empty() };
        };
        let length = match inner.find("-->") {
            _ if inner.starts_with('>') => 5,
            _ if inner.starts_with("->") => 6,
            Some(end) => 4 + end + 3,
            None => return Html::Unclosed(start),
        };
        comments.push(start..start + length);
        at = start + length;
    }
}

/// The problem of raw HTML at a place.
pub(super) fn raw_html(origin: &Origin, range: Range<usize>, html: &str, comment_first: bool) -> Diagnostic {
    let shown = html.trim().lines().next().unwrap_or("");
    let shown: String =
        if shown.chars().count() > 40 { shown.chars().take(39).chain(['…']).collect() } else { shown.into() };
    let problem = Diagnostic::new(&RAW_HTML, &origin.place(range.clone()), format!("`{shown}` is HTML"));
    if comment_first {
        return problem.help("put the comment on a line of its own: what stands behind it on its line counts as HTML");
    }
    let one_line = html.trim().lines().count() < 2 && !html.contains('`');
    if one_line {
        let code = format!("`{}`", html.trim());
        let problem = problem.help(format!("write it as code, {code}, or type `&lt;` for the `<`"));
        origin.edit(problem, trimmed(html, range), code)
    } else {
        problem.help("put it between ``` lines to show it as code, or write it in Markdown")
    }
}

/// The problem of a comment without an end.
pub(super) fn unclosed(origin: &Origin, at: usize) -> Diagnostic {
    Diagnostic::new(&UNCLOSED_COMMENT, &origin.place(at..at + 4), "the comment is never closed")
        .help("type `-->` where it ends: it hides everything down to the end of the page")
}

/// The name of the element that a tag opens, or with `/` the one that it closes.
pub(super) fn tag_name(html: &str) -> &str {
    let name = html.trim_start().trim_start_matches('<');
    let end = name.bytes().skip(1).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-');
    end.and_then(|end| name.get(..=end)).unwrap_or(name)
}

/// Reads a comment: the rule that it waives and the reason, nothing where it is an ordinary one.
pub(super) fn waiver(
    comment: &str,
    place: &Place,
    covers: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Waiver> {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    read(inner, FORM, place, covers, diagnostics)
}

/// The waivers in the comments of a TOML text, each for the line after it.
pub fn toml_waivers(source: &Arc<Source>, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Vec<Waiver> {
    let text = source.slice(span);
    let mut found = Vec::new();
    if !text.contains("bandbook") {
        return found;
    }
    let mut start = span.start as usize;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let end = start + line.len();
        let lead = line.len() - line.trim_start().len();
        if let Some(comment) = line.trim().strip_prefix('#') {
            let place = Place::new(source, start + lead..start + line.trim_end().len());
            let next = lines.peek().map_or(0, |next| next.len());
            let covers = Place::new(source, end..end + next);
            found.extend(read(comment, "# bandbook: allow RULE: reason", &place, &covers, diagnostics));
        }
        start = end;
    }
    found
}

fn read(inner: &str, form: &str, place: &Place, covers: &Place, diagnostics: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let inner = inner.trim();
    let ours = inner.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("bandbook"));
    let rest = ours.then(|| inner.get(8..).unwrap_or("").trim_start())?;
    let mut refuse = |message: String, help: String| {
        diagnostics.push(Diagnostic::new(&WAIVER, place, message).help(help));
        None
    };
    let Some(rest) = rest.strip_prefix(':').filter(|_| inner.starts_with("bandbook")) else {
        return refuse("the comment doesn't say `bandbook:`".into(), format!("write it as `{form}`"));
    };
    let Some(rest) = rest.trim_start().strip_prefix("allow").filter(|rest| rest.starts_with(char::is_whitespace))
    else {
        return refuse("the comment doesn't say what to allow".into(), format!("write it as `{form}`"));
    };
    let (rule, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let (rule, reason) = (rule.trim(), reason.split_whitespace().collect::<Vec<_>>().join(" "));
    let named =
        !rule.is_empty() && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !named {
        return refuse(format!("`{rule}` is not the name of a rule"), format!("write one rule's name: `{form}`"));
    }
    if reason.is_empty() {
        let written = form.replace("RULE", rule);
        return refuse(format!("the waiver of `{rule}` gives no reason"), format!("say why: `{written}`"));
    }
    Some(Waiver { rule: rule.to_owned(), reason, covers: covers.clone(), place: place.clone() })
}

/// A range without the blanks around its text.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let lead = text.len() - text.trim_start().len();
    let start = range.start + lead;
    start..start + text.trim().len()
}
