//! Raw HTML, which is refused unless the site allows it, and comments, which are dropped.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::origin::Origin;
use super::walk::Walk;
use crate::diagnostic::{Code, Diagnostic, Report, Severity};

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

/// What a piece of HTML is.
#[derive(Debug, PartialEq, Eq)]
enum Html {
    /// Comments and nothing else: the range of each, with its marks.
    Comments(Vec<Range<usize>>),
    /// A comment that is never closed, from this byte on.
    Unclosed(usize),
    /// Anything else, behind such comments.
    Raw(Vec<Range<usize>>),
}

/// Sorts a piece of HTML.
fn sort(html: &str) -> Html {
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
            return Html::Raw(comments);
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
fn raw_html(origin: &Origin, range: Range<usize>, html: &str, comment_first: bool) -> Diagnostic {
    let shown = html.trim().lines().next().unwrap_or("");
    let shown: String =
        if shown.chars().count() > 40 { shown.chars().take(39).chain(['…']).collect() } else { shown.into() };
    let problem = Diagnostic::new(&RAW_HTML, &origin.place(range), format!("`{shown}` is HTML"));
    if comment_first {
        return problem.help("put the comment on a line of its own: what stands behind it on its line counts as HTML");
    }
    let one_line = html.trim().lines().count() < 2 && !html.contains('`');
    if one_line {
        problem.help(format!("write it as code, `{}`, or type `&lt;` for the `<`", html.trim()))
    } else {
        problem.help("put it between ``` lines to show it as code, or write it in Markdown")
    }
}

/// The problem of a comment without an end.
fn unclosed(origin: &Origin, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(&UNCLOSED_COMMENT, &origin.place(range), "the comment is never closed")
        .help("type `-->` where it ends: it hides everything down to the end of the page")
}

/// The name of the element that a tag opens, or with `/` the one that it closes.
fn tag_name(html: &str) -> &str {
    let name = html.trim_start().trim_start_matches('<');
    let end = name.bytes().skip(1).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-');
    end.and_then(|end| name.get(..=end)).unwrap_or(name)
}

impl<'a> Walk<'a, '_> {
    /// Takes a whole block of HTML; gives what of it is to be written.
    pub(super) fn html_block(&mut self, range: Range<usize>) -> Option<CowStr<'a>> {
        let mut html = CowStr::Borrowed("");
        let mut gathered = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                // An indented block comes with its indent as text.
                Event::Html(text) | Event::Text(text) if html.is_empty() => html = text,
                Event::Html(text) | Event::Text(text) => {
                    if gathered.is_empty() {
                        gathered.push_str(&html);
                    }
                    gathered.push_str(&text);
                }
                Event::End(TagEnd::HtmlBlock) => break,
                _ => (),
            }
        }
        let html = if gathered.is_empty() { html } else { CowStr::from(gathered) };
        let start = range.start;
        // In a quote or a list, each line has marks before it that are not part of the HTML.
        let straight = self.body.get(start..).is_some_and(|body| body.starts_with(&*html));
        let place = |inner: &Range<usize>| match straight {
            true => start + inner.start..start + inner.end,
            false => range.clone(),
        };
        match sort(&html) {
            Html::Comments(comments) => {
                for comment in comments {
                    let place = place(&comment);
                    self.comment_block(html.get(comment).unwrap_or(""), place);
                }
                None
            }
            Html::Unclosed(at) => {
                let place = if straight { start + at..start + at + 4 } else { self.first_line(&range) };
                self.gaps.hide_text(self.diagnostics.report(unclosed(self.origin, place)));
                None
            }
            Html::Raw(comments) if self.settings.allow_html => {
                let behind = comments.last().map_or(0, |last| last.end);
                for comment in comments {
                    let place = place(&comment);
                    self.comment_block(html.get(comment).unwrap_or(""), place);
                }
                self.cover(range);
                Some(if behind == 0 { html } else { CowStr::from(html[behind..].to_owned()) })
            }
            Html::Raw(comments) => {
                let line = self.first_line(&range);
                self.diagnostics.push(raw_html(self.origin, line, &html, !comments.is_empty()));
                None
            }
        }
    }

    /// Takes inline HTML; says whether it is to be written.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) -> bool {
        if html.starts_with("<!--") {
            self.comment_in_line(html, range);
            return false;
        }
        if self.settings.allow_html {
            return true;
        }
        let name = tag_name(html).to_ascii_lowercase();
        match name.strip_prefix('/') {
            Some(opened) if self.refused.0.contains(opened) => return false,
            Some(_) => (),
            None => {
                self.refused.0.insert(name);
            }
        }
        self.diagnostics.push(raw_html(self.origin, range, html, false));
        false
    }
}
