//! One measure has one value, in whichever set it stands.

use std::collections::{BTreeMap, HashMap};

use super::conflicts::is_documented;
use crate::check::{Look, Rule};
use crate::data::notation::{self, Style};
use crate::data::{Amount, Aspect, Figure, Unit};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&TWO], look: Look::Site(look) };

static TWO: Code = Code {
    name: "two-values",
    severity: Severity::Error,
    rule: true,
    what: "Two sets give one measure two values: same id below the set, title, unit, subject, scope, and date.",
    why: "Two pages would answer one question in two ways, each with a source.",
    example: "plans.small.server = 4 and prices.small.server = 5, both of one provider in 2026-Q1",
    mend: "Take out the one that is wrong. Where two sources differ, add an entry to a set of `kind = \"conflicts\"` that \
           names both, or say what differs: `subject`, `scope`, or `as_of`.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let mut by_measure: BTreeMap<[&str; 5], Vec<(&Figure, Option<String>)>> = BTreeMap::new();
    for figure in site.data.figures.iter() {
        let is_typed = figure.inputs.is_none() && matches!(figure.aspect, Aspect::Whole | Aspect::Median);
        // Without a subject, two sets may well measure two things in the same words.
        let (Some(subject), true) = (&figure.record.subject, is_typed && figure.amount != Amount::Unstated) else {
            continue;
        };
        let rest = figure.id.split_once('.').map_or("", |(_, rest)| rest);
        let row = figure.rows.first().and_then(|row| row.title.as_ref()).map_or("", |title| &title.text);
        let measure = figure.measure.as_ref().map_or("", |title| &title.text);
        let scope = figure.record.scope.as_ref().map_or("", |scope| &scope.text);
        let date = figure.record.as_of.as_ref().map(|(date, _)| date.to_string());
        by_measure.entry([rest, row, measure, &subject.text, scope]).or_default().push((figure, date));
    }
    for figures in by_measure.values() {
        let mut firsts: HashMap<(&Unit, &Option<String>), &Figure> = HashMap::new();
        for (figure, date) in figures {
            let first = *firsts.entry((&figure.unit, date)).or_insert(figure);
            if first.amount == figure.amount || is_documented(site, &first.id) || is_documented(site, &figure.id) {
                continue;
            }
            let write = |figure: &Figure| notation::write(&figure.datum(), &Style::default());
            let message = format!("`{}` is {}, and `{}` is {}", figure.id, write(figure), first.id, write(first));
            problems.push(Diagnostic::new(&TWO, &figure.place, message).label(&first.place, "the other value").help(
                format!(
                    "correct one, or add an entry with figures = [\"{}\", \"{}\"] to a set of kind = \"conflicts\"",
                    first.id, figure.id
                ),
            ));
        }
    }
}
