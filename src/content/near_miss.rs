//! What looks like our syntax and isn't: the parser would pass it on as prose.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::footnote;
use super::link::BOUND;
use super::walk::Walk;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};

pub(super) static NOT_A_LINK: Code = Code {
    name: "not-a-link",
    severity: Severity::Error,
    rule: false,
    what: "The text holds what looks like a link, to a datum or to a page, but isn't one.",
    why: "It would show on the page with its brackets, and its number would go unchecked.",
    example: "[$432K] (figure:bands.l3.total.median)",
    mend: "Write `[text](figure:ID)` without spaces or a `|` inside, outside other links; write `\\]` for a bracket that should be seen.",
};
pub(super) static UNKNOWN_ALERT: Code = Code {
    name: "unknown-alert",
    severity: Severity::Error,
    rule: false,
    what: "A quote starts with `[!…]`, but is no alert.",
    why: "It would show as a quote that starts with brackets.",
    example: "> [!NOTICE]\n> Prices expire.",
    mend: "Write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`, alone on the quote's first line.",
};
pub(super) static SINGLE_TILDE: Code = Code {
    name: "single-tilde",
    severity: Severity::Error,
    rule: false,
    what: "Text between two single tildes would be struck through.",
    why: "A `~` for \"about\" that another follows would strike what is between them, without anyone meaning it.",
    example: "~$400K–~$500K",
    mend: "Write `about`, or `\\~` for a tilde that should be seen, or `~~text~~` to strike.",
};

const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Bytes behind a bracket that are looked at.
const WINDOW: usize = 200;

/// The name of an alert in nodes.
pub(super) fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// Looks at a bracket that the parser made text of.
pub(super) fn bracket(walk: &mut Walk<'_, '_>, at: usize) {
    let before = walk.body.get(..at).unwrap_or("");
    let escaped = before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    if escaped {
        return;
    }
    let Some(text) = walk.body.get(at..).map(window) else { return };
    match text.strip_prefix(']') {
        Some(rest) => closing(walk, at, rest),
        None => opening(walk, at, text.get(1..).unwrap_or("")),
    }
}

/// As much of a text as a link's target or a label may take, so that a page of brackets is not read over and over.
fn window(text: &str) -> &str {
    let end = (0..=WINDOW).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    if text.len() > WINDOW { text.get(..end).unwrap_or("") } else { text }
}

fn opening(walk: &mut Walk<'_, '_>, at: usize, rest: &str) {
    if walk.near_miss.open.is_none() {
        walk.near_miss.open = Some((at, false));
    }
    let line = rest.lines().next().unwrap_or("");
    let Some((label, _)) = line.split_once(']') else {
        return;
    };
    let range = at..at + label.len() + 2;
    if !line.get(label.len() + 1..).is_some_and(|behind| behind.starts_with(['(', '['])) {
        reversed(walk, at, label);
    }
    let starts_line = walk.body.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
    let behind = line.get(label.len() + 1..).unwrap_or("");
    if let Some(label) =
        label.strip_prefix('^').filter(|label| starts_line && !label.is_empty() && behind.starts_with(' '))
    {
        let place = walk.origin.place(range.end..range.end);
        let problem = Diagnostic::new(&footnote::FOOTNOTE, &place, format!("`:` is missing behind `[^{label}]`"))
            .help(format!("write `[^{label}]: ` before what the footnote says"));
        walk.footnotes.without_colon(label, problem);
    } else if let Some(label) =
        label.strip_prefix('^').filter(|label| !label.is_empty() && !label.contains(char::is_whitespace))
    {
        walk.footnotes.unknown_mark(walk.origin, range, label);
    } else if let Some(word) = label.strip_prefix('!')
        && walk.near_miss.alert != Some(at)
        && ALERTS.iter().any(|alert| alert.eq_ignore_ascii_case(word))
    {
        let problem =
            Diagnostic::new(&UNKNOWN_ALERT, &walk.origin.place(range), format!("`[!{word}]` is no alert here"))
                .help(format!("write it alone on the first line of a quote: `> [!{}]`", word.to_ascii_uppercase()));
        walk.diagnostics.push(problem);
    }
}

fn closing(walk: &mut Walk<'_, '_>, at: usize, rest: &str) {
    let target = rest.trim_start_matches([' ', '\t', '\n']);
    let blanks = rest.len() - target.len();
    let Some(inner) = target.strip_prefix('(') else {
        if let Some(label) = target.strip_prefix('[').filter(|_| blanks == 0) {
            inside_link(walk, at);
            reference(walk, at, label);
        }
        return;
    };
    let trimmed = inner.trim_start_matches([' ', '<']);
    let name = trimmed.split(':').next().unwrap_or("");
    // A target of another kind, that the parser could not read, or that a space parts from its text.
    let first = trimmed.split([' ', ')', '\n']).next().unwrap_or("");
    let is_target = first.contains(".md") || (blanks == 0 && (first.contains("://") || first.starts_with("../")));
    if is_target && !walk.near_miss.open.is_some_and(|(_, bound)| bound) && walk.near_miss.open.is_some() {
        let line = inner.lines().next().unwrap_or("");
        let length = line.find(')').map_or(line.trim_end().len(), |end| end + 1);
        let help = match (blanks > 0, line.contains(')')) {
            (true, _) => "remove the space between `]` and `(`",
            (_, false) => "close the target with `)`",
            _ if inner.trim_start().starts_with('<') => "close the `<` with `>`, or remove it",
            _ if first.ends_with([',', '.']) => "close the target with `)`, behind its last letter",
            _ => "write the target without spaces, and `%20` for one in a file's name",
        };
        let end = at + 1 + blanks + 1 + length;
        let place = walk.origin.place(at..end);
        let problem = Diagnostic::new(&NOT_A_LINK, &place, "this is no link, though it looks like one").help(help);
        let start = walk.near_miss.open.take().map_or(at, |(start, _)| start);
        walk.broken_link(problem, start..end);
        return;
    }
    let Some(name) =
        BOUND.iter().find(|bound| bound.eq_ignore_ascii_case(name.trim_end()) && trimmed.len() > name.len())
    else {
        if blanks == 0 {
            inside_link(walk, at);
        }
        return;
    };
    let line = inner.lines().next().unwrap_or("");
    let length = line.find([')', '|']).map_or(line.len(), |end| end + usize::from(line[end..].starts_with(')')));
    let range = at..at + 1 + blanks + 1 + length;
    let help = match walk.near_miss.open {
        _ if blanks > 0 => {
            format!("remove the space between `]` and `(`, so that it reads `[text]({name}:…)`")
        }
        None if walk.within.cell => format!(
            "a `|` ends the cell, even inside a link: write `\\|` for one, or take it out of `[text]({name}:…)`"
        ),
        None => format!("type the `[` where the text of `[text]({name}:…)` starts"),
        Some((_, true)) => "take the link inside it out: a link can't stand inside another".to_owned(),
        Some(_) if !line.contains(')') => "close the target with `)`".to_owned(),
        Some(_) if *name == "literal" && line.contains(' ') => {
            "a reason of several words stands between angle brackets: `[text](<literal:…>)`".to_owned()
        }
        Some(_) => format!("write `[text]({name}:ID)` without spaces in the target, and no other link in the text"),
    };
    let problem = Diagnostic::new(
        &NOT_A_LINK,
        &walk.origin.place(range.clone()),
        format!("this is no `{name}:` link, though it looks like one"),
    )
    .help(help);
    let start = walk.near_miss.open.take().map_or_else(|| line_start(walk.body, at), |(start, _)| start);
    walk.broken_link(problem, start..range.end);
}

/// Where the text of a link starts whose opening bracket is missing: no further back than its line.
fn line_start(body: &str, at: usize) -> usize {
    body.get(..at).and_then(|before| before.rfind(['\n', '|', ']', '['])).map_or(0, |found| found + 1)
}

/// `[the bands][bands]` where nothing says what `bands` is.
fn reference(walk: &mut Walk<'_, '_>, at: usize, rest: &str) {
    let line = rest.lines().next().unwrap_or("");
    let Some((label, _)) = line.split_once(']').filter(|(label, _)| !label.contains('[') && !label.starts_with('^'))
    else {
        return;
    };
    let before = walk.body.get(..at).unwrap_or("");
    let Some(start) = before.rfind(['[', ']', '\n']).filter(|start| before[*start..].starts_with('[')) else { return };
    let text = &before[start + 1..];
    // `a[i][j]` is no link, nor is `[1][2]`.
    let is_index = before[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | ')' | '\\' | '!'));
    if is_index || text.starts_with(['^', '!']) || !text.contains(char::is_alphabetic) {
        return;
    }
    let named = if label.is_empty() { text } else { label };
    let range = start..at + label.len() + 3;
    let place = walk.origin.place(range.clone());
    let problem = if is_target(label) {
        let mended = format!("[{text}]({label})");
        let problem = Diagnostic::new(&NOT_A_LINK, &place, "this is no link: where it leads stands between brackets");
        walk.origin.edit(problem.help(format!("write it between parentheses: `{mended}`")), range.clone(), mended)
    } else {
        Diagnostic::new(&NOT_A_LINK, &place, format!("this is no link: nothing says where `[{named}]` leads")).help(format!(
            "write the page's file or its address between parentheses, `[{text}](bands.md)`; or `\\[` for a bracket that should be seen"
        ))
    };
    walk.near_miss.open = None;
    walk.broken_link(problem, range);
}

/// Whether a text was surely meant to be where a link leads.
fn is_target(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or("");
    let leads = text.contains(".md") || text.contains("://") || text.starts_with("../");
    (leads || (scheme.len() < text.len() && BOUND.contains(&scheme))) && !text.contains(char::is_whitespace)
}

/// `(the bands)[bands.md]`: the brackets stand where the parentheses should.
fn reversed(walk: &mut Walk<'_, '_>, at: usize, target: &str) {
    let before = walk.body.get(..at).unwrap_or("");
    let Some(text) = before.strip_suffix(')').filter(|_| is_target(target)) else { return };
    let Some(start) = text.rfind(['(', ')', '[', ']', '\n']).filter(|start| text[*start..].starts_with('(')) else {
        return;
    };
    let range = start..at + target.len() + 2;
    let mended = format!("[{}]({target})", &text[start + 1..]);
    let problem = Diagnostic::new(
        &NOT_A_LINK,
        &walk.origin.place(range.clone()),
        "this is no link: its brackets and parentheses are exchanged",
    )
    .help(format!("write the text between brackets, and where it leads between parentheses: `{mended}`"));
    let problem = walk.origin.edit(problem, range.clone(), mended);
    walk.near_miss.open = None;
    walk.broken_link(problem, range);
}

/// A link around a bound link: the parser reads the inner one, and leaves the outer one's brackets as text.
fn inside_link(walk: &mut Walk<'_, '_>, at: usize) {
    if let Some((start, true)) = walk.near_miss.open.take() {
        let problem = Diagnostic::new(
            &NOT_A_LINK,
            &walk.origin.place(start..at + 1),
            "a figure, term or literal can't stand inside another link",
        )
        .help("end the other link before it: `[see the bands](bands.md) [$432K](figure:…)`");
        walk.broken_link(problem, start..at + 1);
    }
}

/// Looks at a quote that is no alert.
pub(super) fn quote(walk: &mut Walk<'_, '_>, range: &Range<usize>) {
    let Some(text) = walk.body.get(range.clone()) else {
        return;
    };
    let line = text.lines().next().unwrap_or("");
    let inner = line.trim_start_matches(['>', ' ', '\t']);
    let bare = line.len() - inner.len();
    if let Some(alert) = ALERTS
        .iter()
        .find(|alert| inner.trim_end().strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) == Some(**alert))
    {
        let place = range.start + bare..range.start + bare + inner.trim_end().len();
        let problem =
            Diagnostic::new(&UNKNOWN_ALERT, &walk.origin.place(place.clone()), format!("`[{alert}]` is no alert"))
                .help(format!("did you mean `[!{alert}]`?"));
        let problem = walk.origin.edit(problem, place, format!("[!{alert}]"));
        walk.diagnostics.push(problem);
        return;
    }
    let Some((word, rest)) = inner.strip_prefix("[!").and_then(|inner| inner.split_once(']')) else {
        return;
    };
    if rest.starts_with(['(', '[']) {
        return;
    }
    let start = range.start + (line.len() - inner.len());
    walk.near_miss.alert = Some(start);
    let end = start + 2 + word.len() + 1;
    let known = ALERTS.iter().find(|alert| alert.eq_ignore_ascii_case(word.trim()));
    let problem = match known {
        Some(alert) if !rest.trim().is_empty() => Diagnostic::new(
            &UNKNOWN_ALERT,
            &walk.origin.place(start..start + inner.trim_end().len()),
            format!("text behind `[!{alert}]` makes it a plain quote"),
        )
        .help("move the text to the next line, with `>` before it"),
        Some(alert) => Diagnostic::new(
            &UNKNOWN_ALERT,
            &walk.origin.place(start..end),
            format!("`[!{word}]` isn't read as an alert"),
        )
        .help(format!("write `[!{alert}]` alone on the first line, and the text on the next, with `>` before it")),
        None => {
            let problem =
                Diagnostic::new(&UNKNOWN_ALERT, &walk.origin.place(start..end), format!("there is no alert `{word}`"));
            match nearest(word, ALERTS.iter().copied()) {
                Some(near) => problem.help(format!("did you mean `[!{near}]`?")),
                None => problem.help("write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]; or `\\[` for a bracket that should be seen"),
            }
        }
    };
    walk.diagnostics.push(problem);
}

/// Looks at struck text: with single tildes it was hardly meant.
pub(super) fn tilde(walk: &mut Walk<'_, '_>, range: Range<usize>) {
    let struck = walk.body.get(range.clone()).unwrap_or("");
    if struck.starts_with("~~") {
        return;
    }
    let shown = struck.lines().next().unwrap_or("");
    let problem = Diagnostic::new(
        &SINGLE_TILDE,
        &walk.origin.place(range.start..range.start + shown.len()),
        format!("`{shown}` would be struck through"),
    )
    .help("type `about`, or `\\~` for a tilde that should be seen, or `~~` on both sides to strike");
    walk.diagnostics.push(problem);
}
