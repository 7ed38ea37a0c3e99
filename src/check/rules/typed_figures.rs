//! Figures typed into prose without a datum behind them.

use crate::check::{Look, Rule};
use crate::content::PlainText;
use crate::data::notation::{self, typed};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, texts};

pub(crate) static RULE: Rule = Rule { codes: &[&TYPED], look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static TYPED: Code = Code {
    name: "typed-figure",
    severity: Severity::Warning,
    rule: true,
    what: "An amount of money, a percentage, a magnitude or a duration is typed into a text and bound to no datum.",
    why: "Nobody notices when such a number goes stale: the data change, and the sentence does not.",
    example: "A Senior TPM has a median of $432K a year.",
    mend: "Bind the number to its datum: `[$432K](figure:bands.l3.total.median)`. A number that is not data says why: \
           `[100%](literal:whole)`.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    if site.data.figures.is_empty() {
        return;
    }
    let page = &site.pages[page].page;
    find(site, &page.plain, problems);
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        find(site, &inline.words, problems);
    }
    crate::site::visit(&page.body, &mut |node| {
        if let crate::content::Node::Block(block) = node {
            texts(block).iter().for_each(|inline| find(site, &inline.words, problems));
        }
    });
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    if !site.data.figures.is_empty() {
        site.texts.iter().for_each(|text| find(site, &text.words, problems));
    }
}

fn find(site: &Site, plain: &PlainText, problems: &mut Vec<Diagnostic>) {
    let small = !site.config.limits.typed_units.is_empty();
    for run in &plain.runs {
        let Some(text) = plain.text.get(run.start as usize..run.end as usize) else { continue };
        for figure in typed::find(text, small) {
            let start = run.start as usize;
            let place = plain.place_of(start + figure.range.start..start + figure.range.end);
            let shown = text.get(figure.range.clone()).unwrap_or_default();
            problems.push(problem(site, shown, &figure, plain, &place));
        }
    }
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
    let mut found: Vec<(bool, bool, &str)> = site
        .data
        .figures
        .iter()
        .chain(site.data.figures.directed())
        .filter(|figure| notation::compare(written, &figure.datum()).is_ok_and(|agreement| agreement.warning.is_none()))
        .map(|figure| (*figure.set != *stem, figure.inputs.is_some(), &*figure.id))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, id)| id).collect()
}
