//! A block shows figures of one kind: the market's or one employer's, of one role or said to compare.

use std::collections::BTreeMap;

use crate::check::{Look, Rule};
use crate::content::{BlockKind, Node};
use crate::data::Figure;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::{Site, visit};

pub(crate) static RULE: Rule = Rule { codes: &[&SCOPE, &ROLE], look: Look::Page(look) };

static SCOPE: Code = Code {
    name: "mixed-scope",
    severity: Severity::Error,
    rule: true,
    what: "A block shows figures of one employer beside figures of the market.",
    why: "Side by side they read as alike, though one is a single report and the other a range over many.",
    example: "```facts\nfigures = [\"bands.l3.total\", \"one-employer.pm-total\"]\n```",
    mend: "Show them in two blocks, each with its own words.",
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

fn scope(figure: &Figure) -> Option<&str> {
    figure.record.scope.as_ref().map(|scope| &*scope.text)
}

/// The block's first line, so that a message doesn't draw all of it.
fn place(block: &Place) -> Place {
    let line = block.text().lines().next().map_or(0, str::len);
    let start = block.span.start as usize;
    Place::new(&block.source, start..start + line)
}
