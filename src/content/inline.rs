//! Inline Markdown in the free text of data, front matter and block options.

use std::ops::Range;

use super::origin::Origin;
use super::page::{Inline, Node};
use super::plain::{Context, Gathering};
use super::walk::{Settings, walk};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Text;

pub(super) static BLOCK_IN_TEXT: Code = Code {
    name: "block-in-text",
    severity: Severity::Error,
    rule: false,
    what: "A text that is one line holds a list, a heading, a second paragraph or another block.",
    why: "It stands in titles, captions and cells, where a block has no room.",
    example: "title = \"1. Bands\"",
    mend: "Write it as one paragraph; put a backslash before the mark that makes a block of it, in single quotes: 'No\\. 1'.",
};

/// Parses a line of Markdown. Blocks in it are errors. Links to pages are seen from the page that the text stands in;
/// in data, from the content folder.
pub fn inline(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Inline {
    inline_as(text, Context::Data, diagnostics)
}

/// Parses a line of Markdown whose words are a title, a caption or the like.
pub(super) fn inline_as(text: &Text, context: Context, diagnostics: &mut Vec<Diagnostic>) -> Inline {
    let body = text.text.trim_start();
    let origin = Origin::string(text, text.text.len() - body.len());
    if is_plain(body) {
        return plain_line(text, body.trim_end(), &origin, context);
    }
    let folder = folder_of(text.place.source.path());
    let outcome = walk(body, &origin, Settings { allow_html: false, folder, context, line: true }, diagnostics);
    Inline {
        nodes: outcome.nodes,
        plain: outcome.visible.trim().to_owned(),
        words: outcome.plain,
        place: text.place.clone(),
        links: outcome.gaps.links,
    }
}

/// Whether a text is words alone, which need no parser. Most titles and notes are.
fn is_plain(body: &str) -> bool {
    let is_mark = |byte: u8| {
        matches!(byte, b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'>' | b'&' | b'\\' | b'~')
            || byte < b' '
            || byte == 0x7f
    };
    body.starts_with(char::is_alphabetic) && !body.bytes().any(is_mark)
}

fn plain_line(text: &Text, body: &str, origin: &Origin, context: Context) -> Inline {
    let mut words = Gathering::new(body.len());
    words.push(body, origin.file_range(0..body.len()), true, context);
    Inline {
        nodes: vec![Node::Html(body.to_owned())],
        plain: body.to_owned(),
        words: words.finish(origin),
        place: text.place.clone(),
        links: Ok(()),
    }
}

/// The folder of a page below the content folder, with a closing slash; nothing for data and for what is elsewhere.
pub(super) fn folder_of(path: &str) -> &str {
    let within = path.strip_prefix("content/").filter(|within| within.ends_with(".md")).unwrap_or("");
    within.rfind('/').and_then(|slash| within.get(..=slash)).unwrap_or("")
}

/// The problem of a block where only a line of text can stand.
pub(super) fn block_in_text(origin: &Origin, range: Range<usize>, what: &str) -> Diagnostic {
    let help = match what {
        "a second paragraph" => "write it as one paragraph",
        "a numbered list" => "write `\\.` for the point after the number, in single quotes: '2026\\. A year'",
        "HTML or a comment" => "remove it: this text is one line of Markdown",
        _ => {
            "write it as one line; put a backslash before the mark that starts it, in single quotes, to show the mark itself"
        }
    };
    Diagnostic::new(&BLOCK_IN_TEXT, &origin.place(range), format!("{what} can't stand in this text")).help(help)
}
