//! Neighboring rungs leave nothing uncovered between their ranges, or the site says what they leave.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::conflicts::{are_documented, is_documented};
use crate::check::{Look, Rule};
use crate::content::Node;
use crate::data::notation::{self, Style};
use crate::data::{Amount, Contents, Figure, Number, Rung};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, visit};

pub(crate) static RULE: Rule = Rule { codes: &[&UNCOVERED], look: Look::Site(look) };

static UNCOVERED: Code = Code {
    name: "range-gap",
    severity: Severity::Warning,
    rule: true,
    what: "The ranges of two neighboring rungs of a ladder leave values between them that neither covers, and the site \
           doesn't say so.",
    why: "A reader whose value lies there fits no rung, and can't tell a hole in the source from a mistyped end.",
    example: "[[row]]\nid = \"l2\"\ntotal = [220_000, 360_000]\n\n[[row]]\nid = \"l3\"\ntotal = [365_000, 500_000]   # and no page that quotes the gap",
    mend: "Correct the end that is wrong. Where the source leaves the gap, say so on a page, \
           `[$5K](figure:bands.l2-to-l3.total.gap)`, or add an entry to a set of `kind = \"conflicts\"`.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let in_data = OnceCell::new();
    let is_quoted = |id: &str| !site.quotes(id).is_empty() || in_data.get_or_init(|| quoted_in_data(site)).contains(id);
    for set in &site.data.sets {
        let Contents::Ladder(ladder) = &set.contents else { continue };
        let rungs: Vec<&Rung> = ladder.rungs.iter().filter(|rung| rung.branch_of.is_none()).collect();
        // A rung without a price may cover what lies between its neighbors.
        for pair in rungs.windows(2) {
            if let [lower, upper] = pair
                && let (Some(lower), Some(upper)) = (site.rung_figure(lower), site.rung_figure(upper))
            {
                problems.extend(problem(site, lower, upper, &is_quoted));
            }
        }
    }
}

fn problem(site: &Site, lower: &Figure, upper: &Figure, is_quoted: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
    let scope = |figure: &Figure| figure.record.scope.as_ref().map(|scope| scope.text.clone());
    if lower.unit != upper.unit || scope(lower) != scope(upper) {
        return None;
    }
    let (Amount::Range(_, end), Amount::Range(start, _)) = (lower.amount, upper.amount) else { return None };
    let apart = start.sub(end).filter(|apart| *apart > Number::ZERO)?;
    if touches(end, start, apart) {
        return None;
    }
    let between = gap(site, lower, upper);
    let (low, high) = (format!("{}.low", upper.id), format!("{}.high", lower.id));
    let is_said = match between {
        Some(gap) => is_quoted(&gap.id) || is_documented(site, &gap.id),
        None => are_documented(site, &low, &high),
    };
    if is_said {
        return None;
    }
    let end_of = |id: &str| site.data.figures.get(id);
    let write = |figure: Option<&Figure>| {
        figure
            .map(|figure| notation::write(&figure.datum(), &Style { bound: false, ..Style::default() }))
            .unwrap_or_default()
    };
    let (above, below) = (end_of(&low), end_of(&high));
    let message = format!(
        "`{}` starts at {}, and the rung before ends at {}: no rung covers what lies between",
        upper.id,
        write(above),
        write(below)
    );
    let said = match between {
        Some(gap) => format!("say on a page that nothing covers it, [{}](figure:{})", write(Some(gap)), gap.id),
        None => {
            let ids = format!("[\"{}\", \"{}\"]", lower.id, upper.id);
            format!("add an entry with figures = {ids} to a set of kind = \"conflicts\"")
        }
    };
    let place = |figure: Option<&Figure>, whole: &Figure| figure.map_or(&whole.place, |end| &end.place).clone();
    Some(
        Diagnostic::new(&UNCOVERED, &place(above, upper), message)
            .label(&place(below, lower), "the rung before ends here")
            .help(format!("correct the end that is wrong; where the source leaves the gap, {said}")),
    )
}

/// Whether two ends lie as close as numbers written so can: `1–10` and `11–50`, `$100K–$149K` and `$150K–$199K`.
fn touches(end: Number, start: Number, apart: Number) -> bool {
    let Some((end, start)) = end.step().zip(start.step()) else { return false };
    apart == end.min(start) && (end != start || apart == Number::ONE)
}

/// The gap as a figure, which there is between neighboring rows of one table.
fn gap<'s>(site: &'s Site, lower: &Figure, upper: &Figure) -> Option<&'s Figure> {
    let (set, rest) = lower.id.split_once('.')?;
    let (row, measure) = rest.split_once('.')?;
    let next = upper.id.strip_prefix(set)?.strip_prefix('.')?.strip_suffix(measure)?.strip_suffix('.')?;
    site.data.figures.get(&format!("{set}.{row}-to-{next}.{measure}.gap"))
}

/// The figures that texts of the data show.
fn quoted_in_data(site: &Site) -> HashSet<&str> {
    let mut found = HashSet::new();
    site.texts.iter().for_each(|text| {
        visit(&text.nodes, &mut |node| {
            if let Node::Figure(figure) = node {
                found.insert(&*figure.id);
            }
        });
    });
    found
}
