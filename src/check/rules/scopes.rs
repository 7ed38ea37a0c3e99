//! A block shows figures of one scope, and so does a sentence.

use std::collections::HashSet;

use crate::check::{Look, Rule};
use crate::content::{BlockKind, Context, FigureLink, Node, Page};
use crate::data::Figure;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::site::{Site, visit, visit_page};
use crate::work;

pub(crate) static RULE: Rule = Rule { codes: &[&SCOPE], look: Look::Page(look) };
pub(crate) static IN_DATA: Rule = Rule { codes: &[&UNKNOWN], look: Look::Site(in_data) };

static SCOPE: Code = Code {
    name: "mixed-scope",
    severity: Severity::Error,
    rule: true,
    what: "A block shows figures of different scopes. In one sentence it is a warning.",
    why: "Side by side they read as alike, though one may be a single report and the other a range over many.",
    example: "```facts\nfigures = [\"prices.small.server\", \"one-shop.server\"]\n```",
    mend: "Show them in two blocks, or say them in two sentences, each with words of its own on what the figure holds for.",
};

static UNKNOWN: Code = Code {
    name: "unknown-scope",
    severity: Severity::Error,
    rule: true,
    what: "A figure's scope is none of those that `scopes` in `content/site.toml` declares.",
    why: "A mistyped scope would never be told from the others.",
    example: "scope = \"markt\"",
    mend: "Write one of the declared scopes, or declare it: `scopes = [\"market\"]`.",
};

/// Reports scopes that the site doesn't declare, each where it is said.
fn in_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    let known = &site.config.scopes;
    if known.is_empty() {
        return;
    }
    let mut seen = HashSet::new();
    for text in site.data.figures.iter().filter_map(|figure| figure.record.scope.as_ref()) {
        let is_known = known.iter().any(|scope| scope.text == text.text);
        if is_known || !seen.insert((text.place.source.path().to_owned(), text.place.span)) {
            continue;
        }
        let names = known.iter().map(|scope| &*scope.text);
        let problem = Diagnostic::new(&UNKNOWN, &text.place, format!("\"{}\" is no scope of this site", text.text));
        problems.push(match nearest(&text.text, names.clone()) {
            Some(near) => problem.help(format!("did you mean \"{near}\"?")),
            None => problem.help(format!("write one of {}", names.collect::<Vec<_>>().join(", "))),
        });
    }
}

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let own = &site.pages[page];
    sentences(site, &own.page, problems);
    visit(&own.page.body, &mut |node| {
        let Node::Block(block) = node else { return };
        let mut ids = own.block_at(block.place.span.start).map(|shown| shown.figures()).unwrap_or_default();
        if let BlockKind::Chart(chart) = &block.kind {
            ids.extend(chart.figures.iter().map(|figure| &*figure.text));
        }
        let figures: Vec<&Figure> = ids.iter().filter_map(|id| site.data.figures.get(id)).collect();
        let Some((one, other)) = of_two_scopes(site, figures.iter().copied()) else { return };
        let message = format!("`{}` is of {}, and `{}` of {}", one.1.id, one.0, other.1.id, other.0);
        let problem = Diagnostic::new(&SCOPE, &place(&block.place), message);
        problems.push(problem.help("show the two in blocks of their own"));
    });
}

/// A figure with its scope.
type Scoped<'f> = (&'f str, &'f Figure);

/// The first two figures of different scopes, each with its scope.
fn of_two_scopes<'f>(site: &Site, figures: impl Iterator<Item = &'f Figure>) -> Option<(Scoped<'f>, Scoped<'f>)> {
    let mut scoped = figures.filter_map(|figure| Some((scope(site, figure)?, figure)));
    let first = scoped.next()?;
    scoped.find(|(scope, _)| *scope != first.0).map(|other| (first, other))
}

/// Sentences that bind figures of different scopes.
fn sentences(site: &Site, page: &Page, problems: &mut Vec<Diagnostic>) {
    let mut bound: Vec<(&FigureLink, &Figure)> = Vec::new();
    visit_page(page, &mut |node| {
        if let Node::Figure(link) = node {
            bound.extend(site.data.figures.get(&link.id).map(|figure| (link, figure)));
        }
    });
    if of_two_scopes(site, bound.iter().map(|(_, figure)| *figure)).is_none() {
        return;
    }
    bound.sort_by_key(|(link, _)| link.text_place.span.start);
    let front = [&page.front.title, &page.front.description].into_iter().flatten().map(|inline| &inline.words);
    for plain in front.chain([&page.plain]) {
        for run in plain.runs.iter().filter(|run| run.context != Context::TableCell) {
            let mut start = run.start as usize;
            for sentence in plain.run_text(run).split_inclusive(". ") {
                let end = start + sentence.len();
                let stretch = plain.place_of(start..end).span;
                start = end;
                let first = bound.partition_point(|(link, _)| link.text_place.span.start < stretch.start);
                let within = bound[first..].iter().take_while(|(link, _)| link.text_place.span.start < stretch.end);
                let mut scoped = within
                    .inspect(|_| work::steps(1))
                    .filter_map(|(link, figure)| Some((scope(site, figure)?, link, figure)));
                let Some((one, beside, first)) = scoped.next() else { continue };
                let Some((other, link, second)) = scoped.find(|(scope, ..)| *scope != one) else { continue };
                let message =
                    format!("`{}` is of {other}, and `{}` in the same sentence of {one}", second.id, first.id);
                let mut problem = Diagnostic::new(&SCOPE, &link.text_place, message)
                    .label(&beside.text_place, format!("of {one}"))
                    .help("say the two in sentences of their own, each with words on what the figure holds for");
                problem.severity = Severity::Warning;
                problems.push(problem);
            }
        }
    }
}

/// What a figure holds for; nothing where that is none of the scopes that the site declares, which is reported.
fn scope<'f>(site: &Site, figure: &'f Figure) -> Option<&'f str> {
    let known = &site.config.scopes;
    let scope = &*figure.record.scope.as_ref()?.text;
    (known.is_empty() || known.iter().any(|known| *known.text == *scope)).then_some(scope)
}

/// The block's first line, so that a message doesn't draw all of it.
fn place(block: &Place) -> Place {
    let line = block.text().lines().next().map_or(0, str::len);
    let start = block.span.start as usize;
    Place::new(&block.source, start..start + line)
}
