//! Headings: their ids, and the braces at their ends.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::origin::Origin;
use super::page::Heading;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub(super) static EMPTY_HEADING: Code = Code {
    name: "empty-heading",
    severity: Severity::Error,
    rule: false,
    what: "A heading holds no text.",
    why: "Contents lists and screen readers would show a line without words.",
    example: "##",
    mend: "Write the heading's words, or remove the `#` marks.",
};
pub(super) static HEADING_ID: Code = Code {
    name: "heading-id",
    severity: Severity::Error,
    rule: false,
    what: "A heading has too few words to make an id from, once figures are left out.",
    why: "Links lead to a heading by its id. Made from a figure, it would change with the number, and old links would break.",
    example: "## [$432K](figure:bands.l3.total.median)",
    mend: "Set an id at the heading's end: `{#senior-median}`.",
};
pub(super) static DUPLICATE_ID: Code = Code {
    name: "duplicate-heading-id",
    severity: Severity::Error,
    rule: false,
    what: "Two headings of a page have the same id.",
    why: "A link to the id leads to the first of them alone.",
    example: "## Prices\n\n## Prices",
    mend: "Set another id at the end of the second: `## Prices {#prices-abroad}`.",
};
pub(super) static HEADING_BRACES: Code = Code {
    name: "heading-braces",
    severity: Severity::Error,
    rule: false,
    what: "The braces at a heading's end hold something else than one id and classes.",
    why: "Braces there are read as the heading's id and classes. What is neither would silently vanish.",
    example: "## Sets {a, b}",
    mend: "Write `{#id}` or `{.class}` at the very end, or `\\{` and `\\}` for braces that should be seen.",
};

/// Where the braces at a heading's end stand in its Markdown, whether the parser took them off or left them as text.
pub(super) fn find_braces(raw: &str) -> Option<Range<usize>> {
    let raw = raw.trim_end();
    let line = match raw.rsplit_once('\n') {
        // The last line of a heading that is underlined is the line.
        Some((text, _)) => text.trim_end(),
        None if raw.trim_start().starts_with('#') => {
            let open = raw.trim_end_matches('#');
            if open.ends_with([' ', '\t']) { open.trim_end() } else { raw }
        }
        None => raw,
    };
    let inner = line.strip_suffix('}').filter(|inner| !is_escaped(inner))?;
    let start = inner.rfind('{').filter(|start| !is_escaped(inner.get(..*start).unwrap_or("")))?;
    (!inner.get(start..)?.contains('\n')).then_some(start..line.len())
}

/// Whether what follows this text is escaped by a backslash.
fn is_escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Holds the braces at a heading's end against the id and the classes that the parser found: `Err` is what can't stand there.
pub(super) fn check_braces<'b>(braces: &'b str, id: Option<&str>, classes: &[CowStr<'_>]) -> Result<(), &'b str> {
    let inner = braces.trim_start_matches('{').trim_end_matches('}');
    let mut ids = 0;
    for word in inner.split_whitespace() {
        match (word.strip_prefix('#'), word.strip_prefix('.')) {
            (Some(typed), _) if is_name(typed) && id == Some(typed) && ids == 0 => ids += 1,
            (_, Some(typed)) if is_name(typed) && classes.iter().any(|class| **class == *typed) => (),
            _ => return Err(word),
        }
    }
    if ids == 0 && classes.is_empty() { Err(braces) } else { Ok(()) }
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        && word.starts_with(char::is_alphanumeric)
}

/// The problem of braces that are neither id nor class.
pub(super) fn braces(origin: &Origin, range: Range<usize>, word: &str) -> Diagnostic {
    let help = match word {
        word if word.starts_with('#') => {
            "write one id, of letters, digits and `-`: `{#price}`; or type `\\{` and `\\}` for braces that should be seen"
        }
        _ => "write `{#id}` or `{.class}`, or type `\\{` and `\\}` for braces that should be seen",
    };
    Diagnostic::new(&HEADING_BRACES, &origin.place(range), format!("`{word}` at a heading's end is no id and no class"))
        .help(help)
}

/// The problem of braces that were to give an id, and show as text.
pub(super) fn unread(origin: &Origin, range: Range<usize>, word: &str) -> Diagnostic {
    Diagnostic::new(&HEADING_BRACES, &origin.place(range), format!("`{word}` gives the heading no id"))
        .help("write the id, and classes behind it, between one pair of braces: `{#price .wide}`")
}

/// Words of a heading's text outside its figures, joined by `-`, and how many they are.
pub(super) fn id_of(text: &str, figures: &[Range<usize>]) -> (String, usize) {
    let mut id = String::with_capacity(text.len());
    let mut words = 0;
    let mut in_word = false;
    let mut figures = figures.iter().peekable();
    for (at, c) in text.char_indices() {
        while figures.next_if(|figure| figure.end <= at).is_some() {}
        let is_figure = figures.peek().is_some_and(|figure| figure.contains(&at));
        if is_figure || !c.is_alphanumeric() {
            in_word = false;
            continue;
        }
        if !in_word {
            in_word = true;
            words += 1;
            if words > 1 {
                id.push('-');
            }
        }
        id.extend(c.to_lowercase());
    }
    (id, words)
}

/// The headings of a page, with the ids that are taken.
#[derive(Default)]
pub(super) struct Headings {
    pub list: Vec<Heading>,
    taken: HashMap<String, usize>,
}

impl Headings {
    /// Adds a heading and gives its index. `figures` are the stretches of its text that are figures.
    pub fn add(
        &mut self,
        mut heading: Heading,
        own_id: Option<String>,
        figures: &[Range<usize>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> usize {
        let index = self.list.len();
        let own = own_id.is_some();
        let broken = own_id.as_deref() == Some("");
        let (made, words) = id_of(&heading.text, figures);
        heading.id = own_id.unwrap_or(made);
        if heading.text.trim().is_empty() {
            diagnostics.push(
                Diagnostic::new(&EMPTY_HEADING, &heading.place, "the heading is empty")
                    .help("write its words behind the `#` marks, or remove them"),
            );
        } else if broken {
            // Reported by whoever read the braces.
        } else if !own && (words == 0 || (words < 2 && !figures.is_empty())) {
            let message = match figures.is_empty() {
                true => format!("no id can be made from `{}`", heading.text.trim()),
                false => format!("too few words beside the figure in `{}` to make an id", heading.text.trim()),
            };
            diagnostics.push(
                Diagnostic::new(&HEADING_ID, &heading.place, message)
                    .help("set an id at the heading's end: `{#a-name}`"),
            );
        } else if let Some(first) = self.taken.get(&heading.id).and_then(|first| self.list.get(*first)) {
            let other = (2..).map(|n| format!("{}-{n}", heading.id)).find(|id| !self.taken.contains_key(id));
            let other = other.unwrap_or_default();
            let what = if own { "the id" } else { "the heading's id" };
            diagnostics.push(
                Diagnostic::new(
                    &DUPLICATE_ID,
                    &heading.place,
                    format!("{what} `{}` is taken on this page", heading.id),
                )
                .label(&first.place, "by this heading")
                .help(format!(
                    "set another at the heading's end: `{{#{other}}}`, better in words that say what differs"
                )),
            );
        } else {
            self.taken.insert(heading.id.clone(), index);
        }
        self.list.push(heading);
        index
    }
}
