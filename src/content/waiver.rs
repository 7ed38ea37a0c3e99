//! Comments that waive a rule, in Markdown and in TOML.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::page::Waiver;
use super::walk::Walk;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source, Span, nearest};
use crate::document;

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

/// Reads a comment: the rule that it waives and the reason, nothing where it is an ordinary one.
fn waiver(comment: &str, place: &Place, covers: &Place, diagnostics: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    read(inner, FORM, place, covers, diagnostics)
}

/// The waivers in the comments of a TOML text. Each covers the line after it, and all of a value that starts there and goes on
/// over more lines. Comments in a row cover the same.
pub fn toml_waivers(source: &Arc<Source>, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Vec<Waiver> {
    let text = source.slice(span);
    if !text.contains("bandbook") && !text.contains("allow") {
        return Vec::new();
    }
    let place = |range: Range<usize>| Place::new(source, Span::from(range).shifted(span.start));
    let waivers = document::comments(text).into_iter().filter_map(|(comment, under)| {
        let inner = text[comment.clone()].trim_start_matches('#');
        read(inner, "# bandbook: allow RULE: reason", &place(comment), &place(under), diagnostics)
    });
    waivers.collect()
}

fn read(inner: &str, form: &str, place: &Place, covers: &Place, diagnostics: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let inner = inner.trim();
    let named = inner.split_at_checked(8).filter(|(start, _)| start.eq_ignore_ascii_case("bandbook"));
    // A comment may begin with the name and mean the program.
    let said =
        named.map(|(_, rest)| rest.trim_start()).filter(|rest| rest.starts_with(':') || rest.starts_with("allow"));
    let is_near = || {
        let (word, rest) = inner.split_once(':').unwrap_or((inner, ""));
        !word.trim().contains(char::is_whitespace)
            && nearest(word.trim(), ["bandbook"]).is_some()
            && rest.trim_start().starts_with("allow")
    };
    if said.is_none() && !is_near() {
        return None;
    }
    let rest = said.unwrap_or("");
    let mut refuse = |message: String, help: String| {
        diagnostics.push(Diagnostic::new(&WAIVER, place, message).help(help));
        // It waives something, and nobody knows what.
        Some(Waiver { rule: String::new(), reason: String::new(), covers: covers.clone(), place: place.clone() })
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

impl Walk<'_, '_> {
    /// Reads a comment that stands by itself, and covers the block after it.
    pub(super) fn comment_block(&mut self, comment: &str, range: Range<usize>) {
        let place = self.origin.place(range.clone());
        let nothing = self.origin.place(range.end..range.end);
        self.waivers.list.extend(waiver(comment, &place, &nothing, self.diagnostics));
    }

    /// Reads a comment inside a line, which covers that line.
    pub(super) fn comment_in_line(&mut self, comment: &str, range: Range<usize>) {
        let covers = self.line_of(range.start);
        let place = self.origin.place(range);
        self.waivers.settled(waiver(comment, &place, &covers, self.diagnostics).into_iter().collect());
    }

    /// The whole line of a byte. A line is looked for once, however many comments it holds.
    fn line_of(&mut self, at: usize) -> Place {
        if !self.waivers.line.contains(&at) {
            let start = self.body.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
            let end =
                self.body.get(at..).and_then(|after| after.find('\n')).map_or(self.body.len(), |found| at + found);
            self.waivers.line = start..end;
        }
        self.origin.place(self.waivers.line.clone())
    }

    /// Says of waiting waivers what they cover: the block that starts here.
    pub(super) fn settle_waivers(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let end = match event {
            Event::End(_) | Event::Start(Tag::HtmlBlock) => return,
            Event::Start(tag) if !is_inline(tag) => range.end,
            Event::Rule => range.end,
            // Text straight in an item has no element of its own: it goes up to the item's end.
            _ => self.containers.last().map_or(range.end, |item| item.end.max(range.end)),
        };
        self.cover(range.start..end);
    }

    /// Lets waiting waivers cover a range.
    pub(super) fn cover(&mut self, range: Range<usize>) {
        let covers = self.origin.place(range);
        let waiting = self.waivers.waiting;
        for waiver in self.waivers.list.iter_mut().skip(waiting) {
            waiver.covers = covers.clone();
        }
        self.waivers.waiting = self.waivers.list.len();
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}
