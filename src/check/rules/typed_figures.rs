//! Figures typed into prose without a datum behind them.

use crate::check::{Look, Rule};
use crate::content::{Node, PlainText};
use crate::data::Amount;
use crate::data::notation::typed;
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::site::{Site, texts, visit, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&TYPED], look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static TYPED: Code = Code {
    name: "typed-figure",
    severity: Severity::Warning,
    rule: true,
    what: "An amount of money, a percentage, a magnitude, a duration or a number of a known unit is typed into a text and bound to no \
           datum.",
    why: "Nobody notices when such a number goes stale: the data change, and the sentence does not. A site without figures in its \
          data is held to it only where `[rules]` sets it.",
    example: "The large plan costs $24 a month.",
    mend: "Bind the number to its datum: `[$432K](figure:bands.l3.total.median)`. A number that is not data says why: \
           `[100%](literal:whole)`.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    if !is_held(site) {
        return;
    }
    let page = &site.pages[page].page;
    let mut reported = Vec::new();
    visit_page(page, &mut |node| reported.extend(reported_at(site, node)));
    reported.sort_unstable();
    find(site, &page.plain, &reported, problems);
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        find(site, &inline.words, &reported, problems);
    }
    visit(&page.body, &mut |node| {
        if let Node::Block(block) = node {
            texts(block).iter().for_each(|inline| find(site, &inline.words, &reported, problems));
        }
    });
}

/// Whether the rule holds: where there are figures to bind to, and wherever the site asks for it.
fn is_held(site: &Site) -> bool {
    !site.data.figures.is_empty() || site.config.severity_of(&TYPED).is_some()
}

/// Where a number stands of which another problem is reported: in the text of a link that lacks its `figure:`, or behind a figure
/// that quotes one end of a range, `[$5](figure:…) to $8`.
fn reported_at(site: &Site, node: &Node) -> Option<Span> {
    match node {
        Node::Link(link) if site.data.figures.get(link.target_place.text()).is_some() => {
            let end = link.target_place.span.start as usize;
            let start = link.target_place.source.text().get(..end)?.rfind('[')?;
            Some(Span::new(start, end))
        }
        Node::Figure(figure) => {
            let is_range = matches!(site.data.figures.get(&figure.id)?.amount, Amount::Range(..));
            let text = figure.id_place.source.text();
            let behind = text.get(figure.id_place.span.end as usize..)?.strip_prefix(')')?;
            let rest = behind.trim_start();
            let joint = ["to ", "through ", "and ", "–", "—", "-"].into_iter().find(|joint| rest.starts_with(joint))?;
            let number = rest[joint.len()..].trim_start();
            let length = number.find(char::is_whitespace).unwrap_or(number.len());
            let start = figure.id_place.span.end as usize + 1 + (behind.len() - number.len());
            is_range.then(|| Span::new(start, start + length))
        }
        _ => None,
    }
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    if is_held(site) {
        for text in site.texts.iter() {
            let mut reported = Vec::new();
            visit(&text.nodes, &mut |node| reported.extend(reported_at(site, node)));
            reported.sort_unstable();
            find(site, &text.words, &reported, problems);
        }
    }
}

fn find(site: &Site, plain: &PlainText, reported: &[Span], problems: &mut Vec<Diagnostic>) {
    let small = !site.config.limits.typed_units.is_empty();
    for run in &plain.runs {
        let Some(text) = plain.text.get(run.start as usize..run.end as usize) else { continue };
        for figure in typed::find(text, small) {
            let start = run.start as usize;
            let place = plain.place_of(start + figure.range.start..start + figure.range.end);
            if is_within(place.span, reported) {
                continue;
            }
            let shown = text.get(figure.range.clone()).unwrap_or_default();
            problems.push(problem(site, shown, &figure, plain, &place));
        }
    }
}

/// Whether a span is inside of one of others, which are in order and apart.
fn is_within(span: Span, others: &[Span]) -> bool {
    let behind = others.partition_point(|other| other.start <= span.start);
    others[..behind].last().is_some_and(|other| span.end <= other.end)
}

fn problem(
    site: &Site,
    shown: &str,
    figure: &typed::TypedFigure,
    plain: &PlainText,
    place: &crate::diagnostic::Place,
) -> Diagnostic {
    let problem = Diagnostic::new(&TYPED, place, format!("the figure `{shown}` is typed and bound to no datum"));
    let ids = candidates(site, figure, plain);
    match &ids[..] {
        [] => problem.help(format!(
            "bind it: [{shown}](figure:ID), after adding it to a file in content/data/; a number that is not data says why: \
             [{shown}](literal:reason)"
        )),
        [id] => problem.help(format!("did you mean [{shown}](figure:{id})?")),
        [id, rest @ ..] => {
            let others: Vec<String> = rest.iter().take(4).map(|id| format!("`{id}`")).collect();
            problem.help(format!("did you mean [{shown}](figure:{id})? This value is also {}", others.join(", ")))
        }
    }
}

/// The data that have this value: typed ones before calculated ones, those of sets that the page already names first.
fn candidates<'s>(site: &'s Site, figure: &typed::TypedFigure, plain: &PlainText) -> Vec<&'s str> {
    let Some(written) = &figure.written else { return Vec::new() };
    let file = plain.source.path().rsplit('/').next().unwrap_or("");
    let stem = file.split('.').next().unwrap_or("");
    let found = site.data.figures.stated_by(written).into_iter();
    let mut found: Vec<(bool, bool, &str)> =
        found.map(|figure| (*figure.set != *stem, figure.inputs.is_some(), &*figure.id)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, id)| id).collect()
}
