//! Data that no page quotes or shows.

use std::collections::HashSet;

use crate::check::rule::hidden_links;
use crate::check::{Look, Rule};
use crate::content::{BlockKind, Node};
use crate::data::{Aspect, Contents, DataSet, Figure, Figures};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::Text;
use crate::site::{Site, visit, visit_page};

pub(crate) static RULE: Rule =
    Rule { codes: &[&UNUSED], look: Look::Absence { look, waits: hidden_links, late: false } };

static UNUSED: Code = Code {
    name: "unused-data",
    severity: Severity::Warning,
    rule: true,
    what: "A data set, or a row or fact of one, is quoted in no text and shown in no block.",
    why: "Nobody reads it, so nobody notices when it goes stale; or a page was meant to show it and does not.",
    example: "[transfer-fee]\ntitle = \"Fee for moving a domain\"\nvalue = 10   # and no page that quotes it",
    mend: "Quote it or show it in a block, or remove it.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let used = Used::of(site);
    // A figure that can't be found may be any of the set that its id names, or of any where there is no such set.
    let unfound = unfound_sets(site);
    if unfound.iter().any(|name| site.data.set(name).is_none()) {
        return;
    }
    for set in site.data.sets.iter().filter(|set| !unfound.contains(&*set.name)) {
        match &set.contents {
            Contents::Table(_) | Contents::Facts(_) if set.holds_figures() => figures(site, set, &used, problems),
            Contents::Table(_) if !used.named.contains(&*set.name) => {
                let message = format!("no block shows the set `{}`", set.name);
                let problem = Diagnostic::new(&UNUSED, &opening(set), message);
                problems.push(problem.help(format!("show it on a page: ```table {}; or remove the file", set.name)));
            }
            // Records of figures show sources, links show terms, `diff` reads releases, and conflicts have a rule of
            // their own.
            _ => (),
        }
    }
}

/// The sets of figures that pages and texts name, and that don't exist.
fn unfound_sets(site: &Site) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut look = |node: &Node| {
        if let Node::Figure(figure) = node
            && site.data.figures.get(&figure.id).is_none()
        {
            found.insert(figure.id.split('.').next().unwrap_or("").to_owned());
        }
    };
    site.pages.iter().for_each(|page| visit_page(&page.page, &mut look));
    site.texts.iter().for_each(|text| visit(&text.nodes, &mut look));
    found
}

/// The rows and facts of a set, as one problem where all of them are unused.
fn figures(site: &Site, set: &DataSet, used: &Used, problems: &mut Vec<Diagnostic>) {
    let typed = site.data.figures.below(&set.name).iter();
    let typed = typed.filter(|figure| figure.inputs.is_none() && figure.aspect == Aspect::Whole);
    let mut rows: Vec<(String, &Place)> =
        typed.flat_map(|figure| rows_of(figure).map(|row| (row, &figure.place))).collect();
    rows.dedup_by(|a, b| a.0 == b.0);
    let unused: Vec<&(String, &Place)> = rows.iter().filter(|(row, _)| !used.rows.contains(row)).collect();
    if used.sets.contains(&*set.name) || unused.is_empty() {
        return;
    }
    if unused.len() == rows.len() && rows.len() > 1 {
        let message = format!("no page quotes or shows a figure of `{}`", set.name);
        let problem = Diagnostic::new(&UNUSED, &opening(set), message);
        problems.push(problem.help(format!("show it on a page: ```table {}; or remove the file", set.name)));
        return;
    }
    for (row, place) in unused {
        let problem = Diagnostic::new(&UNUSED, place, format!("no page quotes or shows `{row}`"));
        problems.push(problem.help(format!("quote it: […](figure:{row}); or remove it")));
    }
}

/// The first line that is no comment, so that a comment before it can waive the rule.
fn opening(set: &DataSet) -> Place {
    let mut start = 0;
    for line in set.source.text().split_inclusive('\n') {
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            return Place::new(&set.source, start..start + line.trim_end().len());
        }
        start += line.len();
    }
    Place::start_of(&set.source)
}

/// The row of a figure, or the two that it is between: `bands.l3` of `bands.l3.total.median`.
fn rows_of(figure: &Figure) -> impl Iterator<Item = String> {
    figure.rows.iter().map(|row| format!("{}.{}", figure.set, row.id))
}

/// What pages use.
struct Used {
    /// Sets that a block names.
    named: HashSet<String>,
    /// Sets of which a block shows everything.
    sets: HashSet<String>,
    /// Rows and facts: `bands.l3`.
    rows: HashSet<String>,
}

impl Used {
    fn of(site: &Site) -> Self {
        let mut used = Self { named: HashSet::new(), sets: HashSet::new(), rows: HashSet::new() };
        let all = &site.data.figures;
        let mut shown = vec![false; all.iter().len()];
        for page in &site.pages {
            page.quotes.iter().for_each(|quote| shown[quote.figure as usize] = true);
            if !page.blocks.is_empty() {
                visit(&page.page.body, &mut |node| {
                    if let Node::Block(block) = node {
                        used.block(&block.kind, all);
                    }
                });
            }
        }
        for text in site.texts.iter() {
            visit(&text.nodes, &mut |node| {
                if let Node::Figure(figure) = node {
                    all.index(&figure.id).into_iter().for_each(|at| shown[at] = true);
                }
            });
        }
        let mut ids: Vec<&str> =
            all.iter().zip(shown).filter(|(_, shown)| *shown).map(|(figure, _)| &*figure.id).collect();
        // What goes into a calculated figure is shown with it.
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(id) = ids.pop() {
            if seen.insert(id) {
                let figure = site.data.figures.get(id);
                used.rows.extend(figure.into_iter().flat_map(rows_of));
                let inputs = figure.and_then(|figure| figure.inputs.as_ref());
                ids.extend(inputs.into_iter().flat_map(|inputs| &inputs.ids).map(|id| &**id));
            }
        }
        used
    }

    fn block(&mut self, kind: &BlockKind, all: &Figures) {
        let named = |figures: &[Text]| -> Vec<String> {
            figures.iter().filter_map(|named| all.get(&named.text)).flat_map(rows_of).collect()
        };
        let (set, rows, figures) = match kind {
            BlockKind::Table(table) => (&table.set, &table.rows.rows[..], &[][..]),
            BlockKind::Chart(chart) => (&chart.set, &chart.rows.rows[..], &chart.figures[..]),
            BlockKind::List(list) => (&list.set, &list.rows.rows[..], &[][..]),
            BlockKind::Place(tool) => (&tool.set, &[][..], &[][..]),
            BlockKind::Compare(tool) => (&tool.set, &[][..], &[][..]),
            BlockKind::Own(own) => {
                let names = || own.sets.iter().map(|table| table.set.text.to_string());
                self.named.extend(names());
                self.sets.extend(names());
                return;
            }
            BlockKind::Facts(facts) => {
                self.rows.extend(named(&facts.figures));
                return;
            }
        };
        self.named.insert(set.text.to_string());
        if rows.is_empty() && figures.is_empty() {
            self.sets.insert(set.text.to_string());
        }
        self.rows.extend(rows.iter().map(|row| format!("{}.{}", set.text, row.text)));
        self.rows.extend(named(figures));
    }
}
