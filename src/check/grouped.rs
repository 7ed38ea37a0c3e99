//! Many places that name one missing thing are one problem.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Subject};

/// So many of the other places are shown; the others are counted.
const SHOWN: usize = 8;

/// Makes one problem of all that have the same subject: the first fault, or the first where there are rules alone.
pub(super) fn grouped(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Subject, Vec<Diagnostic>> = BTreeMap::new();
    let mut found = Vec::with_capacity(problems.len());
    for problem in problems {
        match &problem.subject {
            Some(subject) => groups.entry(subject.clone()).or_default().push(problem),
            None => found.push(problem),
        }
    }
    for (subject, mut group) in groups {
        group.sort_by(|a, b| (a.code.rule, a.order()).cmp(&(b.code.rule, b.order())));
        group.dedup_by(|b, a| a.order() == b.order());
        let severity = group.iter().map(|problem| problem.severity).max().unwrap_or(Severity::Error);
        let mut group = group.into_iter();
        let Some(first) = group.next() else { continue };
        found.push(match group.len() {
            0 => first,
            _ => Diagnostic { severity, ..joined(&subject, first, group.collect()) },
        });
    }
    found
}

fn joined(subject: &Subject, first: Diagnostic, others: Vec<Diagnostic>) -> Diagnostic {
    let mut problem = first;
    problem.message = format!("there is no {subject}, and {} places name it", others.len() + 1);
    problem.help = Some(subject.help());
    problem.edit = None;
    problem.missing = None;
    let places: Vec<_> = others.into_iter().filter_map(|other| other.place).collect();
    let hidden = places.len().saturating_sub(SHOWN);
    for (at, place) in places.iter().take(SHOWN).enumerate() {
        let is_last = at + 1 == SHOWN && hidden > 0;
        let text = if is_last { format!("and here, and {hidden} more times") } else { "and here".to_owned() };
        problem = problem.label(place, text);
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place, Source};

    const fn code(name: &'static str, rule: bool) -> Code {
        Code { name, severity: Severity::Error, rule, what: "", why: "", example: "", mend: "" }
    }

    static FAULT: Code = code("a-fault", false);
    static RULE: Code = code("a-rule", true);

    #[test]
    fn places_that_name_one_missing_thing_are_one_problem_at_the_first_fault() {
        let source = Source::new("content/a.md", "0123456789 0123456789");
        let set = |name: &str| Subject::Set(name.into());
        let at = |code, start: usize, subject: &str| {
            Diagnostic::new(code, &Place::new(&source, start..start + 1), "x").help("y").subject(set(subject))
        };
        let many = (0..12).map(|start| at(&FAULT, start, "many"));
        let problems = vec![at(&RULE, 1, "two"), at(&FAULT, 5, "two"), at(&FAULT, 7, "one")];
        let found = grouped(problems.into_iter().chain(many).collect());
        let shown: Vec<(&str, usize, &str)> = found
            .iter()
            .map(|problem| {
                let start = problem.place.as_ref().map_or(0, |place| place.span.start as usize);
                (problem.message.as_str(), start, problem.labels.last().map_or("", |label| &label.text))
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("there is no data set `many`, and 12 places name it", 0, "and here, and 3 more times"),
                ("x", 7, ""),
                ("there is no data set `two`, and 2 places name it", 5, "and here"),
            ]
        );
    }
}
