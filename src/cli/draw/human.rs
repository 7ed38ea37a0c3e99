//! For people: the message, the lines in question with what is wrong about them marked, and what to type.

use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_WARNING_STYLE, Style,
};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use bandbook::diagnostic::{Diagnostic, Place, Position, Severity, Source, Span};

use super::Sheet;
use super::excerpt::{Excerpt, excerpt};
use super::visible::{visible, visible_lines};

/// A further place at most so many lines away is drawn in the same excerpt.
const NEAR: u32 = 40;
/// So many excerpts are looked at for one that a further place is near to.
const OPEN: usize = 8;
/// Narrower terminals are drawn for as if they had so many columns.
const NARROWEST: usize = 60;
/// More than any line that an excerpt holds: nothing is cut for the width's sake.
const UNBOUNDED: usize = 10_000;

/// Draws all diagnostics, each followed by an empty line.
pub fn draw(diagnostics: &[Diagnostic], sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if sheet.color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let renderer = renderer.term_width(sheet.width.map_or(UNBOUNDED, |width| width.max(NARROWEST)));
    for diagnostic in diagnostics {
        writeln!(out, "{}", drawn(diagnostic, sheet, &renderer))?;
    }
    Ok(())
}

/// Why nothing was done, and what to type instead.
pub fn refusal(message: &str, help: Option<&str>, color: bool) -> String {
    let paint = |style, text| if color { styled(style, text) } else { text.to_owned() };
    let error = format!("{}: {}\n", paint(DEFAULT_ERROR_STYLE, "error"), visible(message));
    match help {
        Some(help) => format!("{error}{}: {}\n", paint(DEFAULT_HELP_STYLE, "help"), visible_lines(help)),
        None => error,
    }
}

/// A text in the color of a severity.
pub fn paint(severity: Severity, text: &str) -> String {
    styled(if severity == Severity::Error { DEFAULT_ERROR_STYLE } else { DEFAULT_WARNING_STYLE }, text)
}

/// A text in bold, where there is color.
pub fn bold(text: &str, color: bool) -> String {
    if color { styled(DEFAULT_EMPHASIS_STYLE, text) } else { text.to_owned() }
}

fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// One diagnostic, ending in a line feed.
fn drawn(diagnostic: &Diagnostic, sheet: &Sheet, renderer: &Renderer) -> String {
    let level = if diagnostic.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let mut group = Group::with_title(level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name));
    let mut corrections = Vec::new();
    for (place, marks) in panels(diagnostic) {
        let (snippet, correction) = snippet(place, &marks, sheet);
        group = group.element(snippet);
        corrections.extend(correction);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible_lines(help)));
    }
    let mut drawn = renderer.render(&[group]);
    for (wrong, right) in corrections {
        drawn = drawn.replacen(&wrong, &right, 1);
    }
    drawn.push('\n');
    drawn
}

/// A span of an excerpt's file, and what is said about it.
struct Mark<'a> {
    span: Span,
    text: Option<&'a str>,
    kind: AnnotationKind,
}

/// The excerpts that a diagnostic needs, each with what is marked in it: its own place with the labels near it, then
/// the labels elsewhere.
fn panels(diagnostic: &Diagnostic) -> Vec<(&Place, Vec<Mark<'_>>)> {
    let mut panels = Vec::new();
    if let Some(place) = &diagnostic.place {
        let text = diagnostic.caption.as_deref();
        panels.push((place, vec![Mark { span: place.span, text, kind: AnnotationKind::Primary }]));
    }
    for label in &diagnostic.labels {
        let mark = Mark { span: label.place.span, text: Some(&label.text), kind: AnnotationKind::Context };
        match panels.iter_mut().rev().take(OPEN).find(|(place, _)| is_near(place, &label.place)) {
            Some((_, marks)) => marks.push(mark),
            None => panels.push((&label.place, vec![mark])),
        }
    }
    panels
}

/// The lines of a panel, the path and position before them, and, where the line was cut, so that its columns count
/// otherwise than the file's: the position as it will be drawn, and as it should be.
fn snippet<'a>(
    place: &Place,
    marks: &[Mark<'a>],
    sheet: &Sheet,
) -> (Snippet<'a, Annotation<'a>>, Option<(String, String)>) {
    let path = format!("{}{}", sheet.prefix, place.source.path());
    let path = visible(&path).into_owned();
    let spans: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
    let Excerpt { text, first_line, spans } = excerpt(&place.source, &spans);

    let Position { line, column } = place.position();
    let before = spans.first().and_then(|span| text.get(..span.start)).unwrap_or("");
    let drawn_column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let correction = (drawn_column != column as usize)
        .then(|| (format!(" {path}:{line}:{drawn_column}\n"), format!(" {path}:{line}:{column}\n")));

    let annotations = marks.iter().zip(spans).map(|(mark, span)| mark.kind.span(span).label(mark.text.map(visible)));
    (Snippet::source(text).line_start(first_line).path(path).annotations(annotations), correction)
}

fn is_near(place: &Place, other: &Place) -> bool {
    let line = |source: &Source, offset| source.position(offset).line;
    let same = std::sync::Arc::ptr_eq(&place.source, &other.source) || place.source.path() == other.source.path();
    same && line(&place.source, place.span.start).abs_diff(line(&other.source, other.span.start)) <= NEAR
}

#[cfg(test)]
mod tests;
