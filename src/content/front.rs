//! Front matter: TOML between `+++` lines.

use std::ops::Range;
use std::sync::Arc;

use super::inline::inline_as;
use super::page::{Inline, Waiver};
use super::plain::Context;
use super::waiver::toml_waivers;
use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Report, Severity, Source, Span};
use crate::document::{self, Field, Item, Shape, Table, Text, Value};
use crate::input;

/// What a page says of itself.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its title; inline Markdown.
    pub title: Option<Inline>,
    /// One sentence for search engines and lists; inline Markdown.
    pub description: Option<Inline>,
    /// Replaces the last segment of the address.
    pub slug: Option<Text>,
    /// Addresses that lead here.
    pub aliases: Vec<Alias>,
    /// Its place among its neighbors; lighter first.
    pub weight: Option<i64>,
    /// The template, from the templates folder, such as `page.html`.
    pub template: Option<Text>,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// When it was published, ISO.
    pub date: Option<Text>,
    /// When it was last changed, ISO.
    pub updated: Option<Text>,
    /// Whether it has a contents list; where it says nothing, when it has two headings or more.
    pub toc: Option<bool>,
    /// Free values for templates.
    pub extra: Option<Table>,
    /// Err where some of it could not be read, so that what is missing may only be mistyped.
    pub whole: Known<()>,
    /// The front matter, or the start of the file.
    pub place: Place,
}

/// An address that leads to this page.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The old address: `/old/`.
    pub from: Text,
    /// A heading of this page: `#ai-pm`.
    pub to: Option<Text>,
}

pub(super) static FRONT_MATTER: Code = Code {
    name: "front-matter",
    severity: Severity::Error,
    rule: false,
    what: "The front matter doesn't stand between two `+++` lines at the very start of the file.",
    why: "Otherwise its lines would be read as the page's text.",
    example: "+++\ntitle = \"Plans\"\n\nPrices by plan.",
    mend: "Make `+++` the file's first line, and put a second `+++` after the last key.",
};
pub(super) static FRONT_MATTER_VALUE: Code = Code {
    name: "front-matter-value",
    severity: Severity::Error,
    rule: false,
    what: "A key of the front matter holds a value that can't be used.",
    why: "An address or a date that nobody can read would end up on the published site.",
    example: "slug = \"bands/l3\"",
    mend: "Write it as the message says.",
};

const ALIAS: &[Field] = &[
    Field::required("from", Shape::Text, "The old address, such as \"/old/\"."),
    Field::optional("to", Shape::Text, "A heading of this page, such as \"#prices\"."),
];

/// The keys of front matter.
pub static FIELDS: &[Field] = &[
    Field::optional("title", Shape::Markdown, "The page's title; else its first level-1 heading."),
    Field::optional("description", Shape::Markdown, "One sentence for search engines and lists."),
    Field::optional("slug", Shape::Text, "Replaces the last segment of the address."),
    Field::optional(
        "aliases",
        Shape::List(&Shape::Either(&[Shape::Text, Shape::Table(ALIAS)])),
        "Addresses that lead here: \"/old/\", or { from = \"/old/\", to = \"#heading\" }.",
    ),
    Field::optional("weight", Shape::Integer, "Its place among its neighbors; lighter first."),
    Field::optional("template", Shape::Text, "The template, from the templates folder."),
    Field::optional("draft", Shape::Boolean, "Left out of a build without --drafts."),
    Field::optional("date", Shape::Date, "When it was published, such as \"2026-01-31\"."),
    Field::optional("updated", Shape::Date, "When it was last changed, such as \"2026-01-31\"."),
    Field::optional("toc", Shape::Boolean, "Whether it has a contents list."),
    Field::optional("extra", Shape::Map(&Shape::Anything), "Free values for templates."),
];

/// A page's text in its two parts.
pub(super) struct Split {
    /// The TOML, without its `+++` lines; nothing where there is none.
    pub front: Option<Range<usize>>,
    /// Where the Markdown starts.
    pub body: usize,
    /// Err where front matter was meant and can't be read as such.
    pub whole: Known<()>,
}

/// Parts front matter from the body. Where it is never closed there is no body, for where it starts can't be told.
pub(super) fn split(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let text = source.text();
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = text.get(mark..).unwrap_or("");
    let first = rest.split_inclusive('\n').next().unwrap_or("");
    let first_place = Place::new(source, mark..mark + first.trim_end().len());
    if first.trim_end() != "+++" {
        let whole = near_miss(source, rest, mark).map_or(Ok(()), |problem| Err(diagnostics.report(problem)));
        return Split { front: None, body: mark, whole };
    }
    let start = mark + first.len();
    let mut at = start;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Split { front: Some(start..at), body: at + line.len(), whole: Ok(()) };
        }
        at += line.len();
    }
    let problem = Diagnostic::new(&FRONT_MATTER, &first_place, "the front matter is never closed")
        .help("type a line `+++` after its last key");
    Split { front: None, body: text.len(), whole: Err(diagnostics.report(problem)) }
}

/// Front matter that isn't read as such: `---`, `++`, `+++` below an empty line, `+++ toml`.
fn near_miss(source: &Arc<Source>, rest: &str, mark: usize) -> Option<Diagnostic> {
    let mut at = mark;
    let mut lines = rest.split_inclusive('\n');
    let line = lines.by_ref().find(|line| {
        let found = !line.trim().is_empty();
        at += if found { 0 } else { line.len() };
        found
    })?;
    let place = Place::new(source, at..at + line.trim_end().len());
    let problem = |message: &str, help: &str| Some(Diagnostic::new(&FRONT_MATTER, &place, message).help(help));
    // `++` starts front matter where a line ends it.
    let starts = line.trim().len() > 1 && line.trim().bytes().all(|byte| byte == b'+');
    let is_closed = || rest.split('\n').any(|line| line.trim_end() == "+++");
    if line.trim_start().starts_with("+++") || (starts && is_closed()) {
        return problem(
            "the front matter doesn't start with a line `+++` at the top of the file",
            "make `+++`, alone, the file's first line",
        );
    }
    if at != mark || line.trim_end() != "---" {
        return None;
    }
    let next = lines.next().unwrap_or("");
    let key = next.split_once([':', '=']).map_or("", |(key, _)| key.trim_end());
    let help = match next.split_once(':').is_some_and(|(key, _)| !key.contains('=')) {
        true => "write `+++` in place of both `---`, and the lines between as: title = \"…\"",
        false => "write `+++` in place of both `---`",
    };
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_key && lines.any(|line| line.trim_end() == "---") {
        return problem("front matter between `---` lines is not read", help);
    }
    None
}

/// Reads front matter.
pub(super) fn read(
    source: &Arc<Source>,
    split: &Split,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, Vec<Waiver>) {
    let Some(range) = split.front.clone() else {
        return (FrontMatter { whole: split.whole, ..empty(Place::start_of(source)) }, Vec::new());
    };
    let span = Span::from(range);
    let (mut front, whole) = document::parse(source, span, FIELDS, diagnostics, |table, diagnostics| {
        Reader { diagnostics, whole: table.reported.map_or(Ok(()), Err) }.front(table, Place::new(source, span))
    });
    front.whole = front.whole.and(whole);
    (front, toml_waivers(source, span, diagnostics))
}

fn empty(place: Place) -> FrontMatter {
    FrontMatter {
        title: None,
        description: None,
        slug: None,
        aliases: Vec::new(),
        weight: None,
        template: None,
        draft: false,
        date: None,
        updated: None,
        toc: None,
        extra: None,
        whole: Ok(()),
        place,
    }
}

/// Reads the values of front matter.
struct Reader<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    whole: Known<()>,
}

impl Reader<'_> {
    fn front(mut self, table: &Table, place: Place) -> FrontMatter {
        let mut front = empty(place);
        front.title = self.inline(table, "title", Context::Title);
        front.description = self.inline(table, "description", Context::Description);
        front.slug = self.said(table, "slug").filter(|slug| {
            self.keep(slug, is_segment(&slug.text), "slug", "write one segment of an address, such as \"l3\"")
        });
        front.aliases = table.list("aliases").iter().filter_map(alias).collect();
        front.weight = self.weight(table);
        front.template = self.said(table, "template");
        front.draft = table.boolean("draft").unwrap_or(false);
        front.date = self.date(table, "date");
        front.updated = self.date(table, "updated");
        front.toc = table.boolean("toc");
        front.extra = table.table("extra").cloned();
        front.whole = self.whole;
        front
    }

    fn refuse(&mut self, problem: Diagnostic) {
        self.whole = Err(self.diagnostics.report(problem));
    }

    fn inline(&mut self, table: &Table, key: &str, context: Context) -> Option<Inline> {
        let inline = inline_as(&self.said(table, key)?, context, self.diagnostics);
        self.whole = self.whole.and(inline.links);
        Some(inline)
    }

    /// A key's text; one that is blank is reported.
    fn said(&mut self, table: &Table, key: &str) -> Option<Text> {
        let text = table.text(key)?;
        if !text.text.trim().is_empty() {
            return Some(text);
        }
        let place = table.get(key).map_or_else(|| text.place.clone(), Value::place);
        self.refuse(
            Diagnostic::new(&FRONT_MATTER_VALUE, &place, format!("`{key}` is empty"))
                .help(format!("write it between the quotes, or remove the line: {key} = \"…\"")),
        );
        None
    }

    /// Whether a value is right; reports it where not.
    fn keep(&mut self, text: &Text, right: bool, key: &str, help: &str) -> bool {
        if !right {
            let message = format!("`{key}` can't be \"{}\"", text.text.escape_debug());
            self.refuse(Diagnostic::new(&FRONT_MATTER_VALUE, &text.place, message).help(help));
        }
        right
    }

    fn weight(&mut self, table: &Table) -> Option<i64> {
        let value = table.get("weight")?;
        let weight = table.integer("weight");
        if weight.is_none() {
            self.refuse(
                Diagnostic::new(&FRONT_MATTER_VALUE, &value.place(), "`weight` is too large a number")
                    .help("write a smaller one, such as 10"),
            );
        }
        weight
    }

    fn date(&mut self, table: &Table, key: &str) -> Option<Text> {
        let value = table.get(key)?;
        let text = match &value.item {
            Item::Date(date) | Item::Integer(date) => {
                Text { text: date.as_str().into(), place: value.place(), exact: false }
            }
            _ => self.said(table, key)?,
        };
        let is_day = matches!(Date::parse(&text.text), Ok(Date::Day(..)));
        self.keep(&text, is_day, key, "write year, month and day: \"2026-01-31\"").then_some(text)
    }
}

fn is_segment(slug: &str) -> bool {
    let wrong = |c: char| matches!(c, '/' | '\\' | '?' | '#' | '%') || c.is_control() || c.is_whitespace();
    !slug.is_empty() && !slug.starts_with('.') && !slug.contains(wrong) && input::is_portable(slug)
}

/// An alias. Whether it names an address of the site is for the site to say.
fn alias(value: &Value) -> Option<Alias> {
    let (from, to) = match &value.item {
        Item::Table(table) => (table.text("from")?, table.text("to")),
        _ => (value.text()?, None),
    };
    Some(Alias { from, to })
}
