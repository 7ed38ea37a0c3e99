//! The words of a page: a finished page holds them, whatever template it was made with.

use std::sync::Arc;

use html5gum::{Token, Tokenizer};

use super::Finding;
use super::origin::Origins;
use super::own::Holder;
use crate::content::Node;
use crate::diagnostic::{Code, Place, Severity, Source};

pub(super) static LOST: Code = Code {
    name: "output-words",
    severity: Severity::Error,
    rule: true,
    what: "A finished page doesn't hold the words of its file: the template that it was made with leaves them out.",
    why: "The page would be published empty.",
    example: "<main>{ page.body_html }</main>",
    mend: "Write `{{ page.body_html | safe }}` in the template, with two braces on either side, or let it extend a template that \
           does: `{% extends \"page.html\" %}`.",
};

/// What a template writes where the page's words are to stand.
const BODY: &str = "{{ page.body_html | safe }}";

/// Pieces of a page that are looked for. One of them that is there will do: a template may change some.
const PIECES: usize = 20;

/// Shorter ones may stand anywhere.
const LENGTH: usize = 16;

/// Looks for the words of a page in its finished file.
pub(super) fn lost(origins: &Origins<'_>, path: &str, text: &str) -> Option<Finding> {
    let Holder::Page(page) = origins.holder(path) else { return None };
    let mut pieces = Vec::new();
    gather(&page.page.body, &mut pieces);
    if pieces.is_empty() || pieces.iter().any(|piece| text.contains(piece)) {
        return None;
    }
    let first = match &page.page.front.template {
        Some(name) => &*name.text,
        None if path == "404.html" && origins.template("404.html").is_some() => "404.html",
        None => "page.html",
    };
    let template = without_body(origins, first)?;
    let name = template.path();
    let text = written_as_text(template);
    let is_whole = !template.text().contains("{% extends") && !template.text().contains("{%- extends");
    let help = match &text {
        Some(_) => format!("write two braces on either side: `{BODY}`"),
        None if is_whole => {
            format!("write `{BODY}` where they are to stand, or `{{% extends \"page.html\" %}}` on the first line")
        }
        None => format!("write `{BODY}` where they are to stand"),
    };
    let message = format!("the template `{name}` leaves out the words of its pages");
    let origin = Some(text.unwrap_or_else(|| block(template)));
    Some(Finding { code: &LOST, says: message.into(), help, shown: Vec::new(), place: None, origin })
}

/// Finished pieces of HTML that hold a word.
fn gather<'p>(nodes: &'p [Node], pieces: &mut Vec<&'p str>) {
    for node in nodes {
        if pieces.len() >= PIECES {
            return;
        }
        match node {
            Node::Html(html) if has_word(html) && html.trim().len() >= LENGTH => pieces.push(html.trim()),
            Node::Alert(_, children) | Node::Table(children) => gather(children, pieces),
            _ => (),
        }
    }
}

/// Whether a piece shows three letters in a row.
fn has_word(html: &str) -> bool {
    let has_word = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2);
    Tokenizer::new(html)
        .any(|token| matches!(token, Ok(Token::String(text)) if has_word(&String::from_utf8_lossy(&text))))
}

/// The template of a page, or of those that it extends, that doesn't write the page's words.
fn without_body<'o>(origins: &'o Origins<'_>, first: &str) -> Option<&'o Arc<Source>> {
    let start = origins.template(first)?;
    let mut template = start;
    // A chain that leads back to itself was never rendered.
    for _ in 0..16 {
        if written_as_text(template).is_some() || !template.text().contains("body_html") {
            return Some(template);
        }
        let Some((_, parent)) = template.text().split_once("extends \"") else { break };
        let Some(next) = parent.split('"').next().and_then(|parent| origins.template(parent)) else { break };
        template = next;
    }
    Some(start)
}

/// Where a template writes the body without its two braces, so that it is text.
fn written_as_text(template: &Arc<Source>) -> Option<Place> {
    let text = template.text();
    text.match_indices("body_html").find_map(|(at, name)| {
        let before = &text[..at];
        let opened = before.rfind("{{").max(before.rfind("{%"));
        if opened > before.rfind("}}").max(before.rfind("%}")) {
            return None;
        }
        let line = before.rfind(['\n', '}']).map_or(0, |end| end + 1);
        let start =
            before[line..].rfind('{').or_else(|| before[line..].rfind("page.")).map_or(at, |start| line + start);
        let rest = text[at..].lines().next().unwrap_or("");
        let end = at + rest.find('}').map_or(name.len(), |end| end + 1);
        Some(Place::new(template, start..end))
    })
}

/// Where the words are to stand: the block that a template replaces, else the page's body, else its first line.
fn block(template: &Arc<Source>) -> Place {
    let text = template.text();
    let marks = ["block body", "block main", "<main", "<body"];
    let start = marks.iter().find_map(|mark| text.find(mark)).unwrap_or(0);
    let length = text[start..].lines().next().unwrap_or("").len();
    let end = text[start..start + length].find(['%', '>']).unwrap_or(length);
    Place::new(template, start..start + end)
}
