//! A block shows figures of one kind: the market's or one employer's, of one role or said to compare. A sentence too keeps
//! an employer's figure apart from the market's.

use std::collections::BTreeMap;

use crate::check::{Look, Rule};
use crate::content::{BlockKind, Context, FigureLink, Node, Page};
use crate::data::Figure;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::{Site, visit, visit_page};
use crate::work;

pub(crate) static RULE: Rule = Rule { codes: &[&SCOPE, &ROLE], look: Look::Page(look) };

static SCOPE: Code = Code {
    name: "mixed-scope",
    severity: Severity::Error,
    rule: true,
    what: "A block shows figures of one employer beside figures of the market. In one sentence it is a warning.",
    why: "Side by side they read as alike, though one is a single report and the other a range over many.",
    example: "```facts\nfigures = [\"bands.l3.total\", \"one-employer.pm-total\"]\n```",
    mend: "Show them in two blocks, or say them in two sentences, each with words of its own on whose figure it is.",
};
static ROLE: Code = Code {
    name: "mixed-role",
    severity: Severity::Warning,
    rule: true,
    what: "A block shows figures of more than one role.",
    why: "A reader takes all rows of a table for the same job, above all where titles are alike.",
    example: "```facts\nfigures = [\"bands.l3.total\", \"facts.platform-pm-range\"]\n```",
    mend: "Show them in two blocks. Where the block is there to compare roles, waive the rule and say so: \
           `<!-- bandbook: allow mixed-role: compares the two roles -->`.",
};

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
        let is_employer = |figure: &&&Figure| scope(figure) == Some("employer");
        let employers = figures.iter().find(is_employer);
        let others = figures.iter().find(|figure| matches!(scope(figure), Some("market" | "tier")));
        if let (Some(employer), Some(other)) = (employers, others) {
            let message = format!("`{}` is of one employer, and `{}` of a whole market", employer.id, other.id);
            let problem = Diagnostic::new(&SCOPE, &place(&block.place), message);
            problems.push(problem.help("show the two in blocks of their own"));
            return;
        }
        let mut roles: BTreeMap<&str, &Figure> = BTreeMap::new();
        for figure in figures.iter().filter(|figure| figure.inputs.is_none()) {
            if let Some(role) = &figure.record.role {
                roles.entry(&role.text).or_insert(figure);
            }
        }
        if roles.len() > 1 {
            let names: Vec<String> = roles.iter().map(|(role, figure)| format!("{role} (`{}`)", figure.id)).collect();
            let message = format!("the block shows figures of {} roles: {}", roles.len(), names.join(", "));
            problems.push(Diagnostic::new(&ROLE, &place(&block.place), message).help(
                "show them in blocks of their own, or waive the rule where the block compares roles: \
                 <!-- bandbook: allow mixed-role: compares the two roles -->",
            ));
        }
    });
}

/// Sentences that bind a figure of one employer beside one of a whole market.
fn sentences(site: &Site, page: &Page, problems: &mut Vec<Diagnostic>) {
    let mut bound: Vec<(&FigureLink, &Figure)> = Vec::new();
    visit_page(page, &mut |node| {
        if let Node::Figure(link) = node {
            bound.extend(site.data.figures.get(&link.id).map(|figure| (link, figure)));
        }
    });
    let is_employer = |figure: &Figure| scope(figure) == Some("employer");
    if !bound.iter().any(|(_, figure)| is_employer(figure)) {
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
                let within: Vec<_> = within.inspect(|_| work::steps(1)).collect();
                let employer = within.iter().find(|(_, figure)| is_employer(figure));
                let market = within.iter().find(|(_, figure)| matches!(scope(figure), Some("market" | "tier")));
                let (Some((link, employer)), Some((beside, market))) = (employer, market) else { continue };
                let message = format!(
                    "`{}` is of one employer, and `{}` in the same sentence of a whole market",
                    employer.id, market.id
                );
                let mut problem = Diagnostic::new(&SCOPE, &link.text_place, message)
                    .label(&beside.text_place, "of a whole market")
                    .help("say the two in sentences of their own, each with words on whose figure it is");
                problem.severity = Severity::Warning;
                problems.push(problem);
            }
        }
    }
}

fn scope(figure: &Figure) -> Option<&str> {
    figure.record.scope.as_ref().map(|scope| &*scope.text)
}

/// The block's first line, so that a message doesn't draw all of it.
fn place(block: &Place) -> Place {
    let line = block.text().lines().next().map_or(0, str::len);
    let start = block.span.start as usize;
    Place::new(&block.source, start..start + line)
}
