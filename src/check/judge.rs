//! What the site and its authors have said about rules: severities from `[rules]`, and waivers beside the text.

use std::collections::HashMap;

use super::Waiting;
use super::grouped::grouped;
use crate::config::Config;
use crate::content::Waiver;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Span, nearest};
use crate::work;

pub(super) static CODES: &[&Code] = &[&UNKNOWN_RULE, &UNUSED_WAIVER];

static UNKNOWN_RULE: Code = Code {
    name: "unknown-rule",
    severity: Severity::Error,
    rule: false,
    what: "`[rules]` or a waiver names a rule that does not exist, or a fault that can't be switched.",
    why: "It would seem to be switched, and would not be.",
    example: "[rules]\ntyped-figur = \"off\"",
    mend: "Use the rule's name as the message that it raises shows it: `bandbook explain` lists all of them.",
};
static UNUSED_WAIVER: Code = Code {
    name: "unused-waiver",
    severity: Severity::Warning,
    rule: true,
    what: "A waiver waives nothing: the rule that it names has nothing to say there.",
    why: "What was excused once may come back, and would go unnoticed.",
    example: "<!-- bandbook: allow typed-figure: an example -->\n\nA text without a figure.",
    mend: "Remove the comment.",
};

/// Gives every problem its final severity, takes out what is waived or off, and sorts what is left by file and place.
///
/// `complete` gives the rules that wait, once every other rule has spoken; only then can a waiver be called unused.
pub fn judge(
    mut problems: Vec<Diagnostic>,
    config: &Config,
    waivers: &[&Waiver],
    codes: &[&'static Code],
    complete: Option<&Waiting>,
) -> Vec<Diagnostic> {
    problems.extend(unknown_rules(config, waivers, codes));
    let mut used = vec![false; waivers.len()];
    let index = Waivers::of(waivers, codes);
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(problems.len());
    for problem in problems {
        match index.waiver_of(&problem) {
            Some(at) => used[at] = true,
            None => kept.push(problem),
        }
    }
    if let Some(waiting) = complete {
        for (waiver, used) in waivers.iter().zip(&used) {
            let known = codes.iter().any(|code| code.rule && code.name == waiver.rule);
            // What it waives may be in text that can't be read.
            let waits = waiting.rules.contains(&*waiver.rule) || waiting.files.contains(waiver.covers.source.path());
            if !used && known && !waits {
                kept.push(
                    Diagnostic::new(
                        &UNUSED_WAIVER,
                        &waiver.place,
                        format!("nothing to waive: `{}` finds nothing here", waiver.rule),
                    )
                    .help("remove the comment"),
                );
            }
        }
    }
    for problem in &mut kept {
        if problem.code.rule {
            problem.severity = config.severity_of(problem.code).unwrap_or(problem.severity);
        }
    }
    kept.retain(|problem| problem.severity != Severity::Off);
    let mut kept = grouped(kept);
    kept.sort_by(|a, b| a.order().cmp(&b.order()));
    kept.dedup_by(|b, a| a.order() == b.order());
    kept
}

/// The span that a waiver covers, the greatest end of it and of those before, and the waiver's index.
type Covering = (Span, u32, usize);

/// Waivers by their file and rule, so that each problem looks at few.
struct Waivers<'w> {
    /// In the order of the bytes that they cover.
    by_rule: HashMap<(&'w str, &'w str), Vec<Covering>>,
}

/// In the place of a rule's name, for waivers that may be of any.
const ANY: &str = "";

impl<'w> Waivers<'w> {
    fn of(waivers: &'w [&Waiver], codes: &[&Code]) -> Self {
        let mut by_rule: HashMap<_, Vec<Covering>> = HashMap::new();
        for (at, waiver) in waivers.iter().enumerate() {
            let rule = if may_be_any(waiver, codes) { ANY } else { &*waiver.rule };
            by_rule.entry((waiver.covers.source.path(), rule)).or_default().push((waiver.covers.span, 0, at));
        }
        for waivers in by_rule.values_mut() {
            waivers.sort_unstable();
            // Of two that cover the same, the first waives.
            waivers.dedup_by_key(|(span, ..)| *span);
            let mut greatest = 0;
            for (span, end, _) in waivers {
                greatest = span.end.max(span.start + 1).max(greatest);
                *end = greatest;
            }
        }
        Self { by_rule }
    }

    /// The first waiver of a problem.
    fn waiver_of(&self, problem: &Diagnostic) -> Option<usize> {
        let place = problem.place.as_ref().filter(|_| problem.code.rule)?;
        let of_rule = |rule| self.by_rule.get(&(place.source.path(), rule)).map_or(&[][..], Vec::as_slice);
        [problem.code.name, ANY].into_iter().filter_map(|rule| first_touching(of_rule(rule), place.span)).min()
    }
}

fn first_touching(waivers: &[Covering], place: Span) -> Option<usize> {
    let end = place.end.max(place.start + 1);
    let behind = waivers.partition_point(|(span, ..)| span.start < end);
    let near = waivers[..behind].iter().rev().take_while(|(_, greatest, _)| place.start < *greatest);
    near.inspect(|_| work::steps(1)).filter(|(span, ..)| touch(*span, place)).map(|(.., at)| *at).min()
}

/// Whether two spans have a byte in common. An empty one is the byte that it stands before.
fn touch(one: Span, other: Span) -> bool {
    one.start < other.end.max(other.start + 1) && other.start < one.end.max(one.start + 1)
}

/// Whether a waiver is reported itself, since nobody knows what it waives. It may be any rule.
fn may_be_any(waiver: &Waiver, codes: &[&Code]) -> bool {
    waiver.rule.is_empty() || codes.iter().all(|code| code.name != waiver.rule)
}

fn unknown_rules(config: &Config, waivers: &[&Waiver], codes: &[&'static Code]) -> Vec<Diagnostic> {
    let rules: Vec<&str> = codes.iter().filter(|code| code.rule).map(|code| code.name).collect();
    let settings = config.rules.iter().map(|setting| (&*setting.name, &setting.place));
    let waived = waivers.iter().filter(|waiver| !waiver.rule.is_empty()).map(|waiver| (&*waiver.rule, &waiver.place));
    let mut problems = Vec::new();
    for (name, place) in settings.chain(waived).filter(|(name, _)| !rules.contains(name)) {
        let fault = codes.iter().any(|code| code.name == name);
        let message = if fault {
            format!("`{name}` is a fault, which can't be switched")
        } else {
            format!("there is no rule `{name}`")
        };
        // In a waiver, the name alone is wrong.
        let at = place.text().find(name).map(|at| place.span.start as usize + at);
        let own = at.map(|at| Place::new(&place.source, at..at + name.len()));
        let place = own.as_ref().unwrap_or(place);
        let problem = Diagnostic::new(&UNKNOWN_RULE, place, message);
        problems.push(match nearest(name, rules.iter().copied()).filter(|_| !fault) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if fault => problem.help("remove this line, and mend what the fault names"),
            None => problem.help("`bandbook explain` lists the rules"),
        });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RuleSetting;
    use crate::diagnostic::Source;

    static RULE: Code =
        Code { name: "a-rule", severity: Severity::Warning, rule: true, what: "", why: "", example: "", mend: "" };
    static FAULT: Code =
        Code { name: "a-fault", severity: Severity::Error, rule: false, what: "", why: "", example: "", mend: "" };
    static ALL: &[&Code] = &[&RULE, &FAULT, &UNUSED_WAIVER];

    fn check(settings: &[(&str, Severity)], waived: &[(&str, usize, usize)], expected: &[(&str, Severity)]) {
        let source = Source::new("content/a.md", "0123456789");
        let place = |start, end| Place::new(&source, start..end);
        let rules = settings
            .iter()
            .map(|(name, severity)| RuleSetting { name: (*name).into(), severity: *severity, place: place(0, 1) })
            .collect();
        let config = Config { rules, ..Config::default() };
        let waivers: Vec<Waiver> = waived
            .iter()
            .map(|(rule, start, end)| Waiver {
                rule: (*rule).into(),
                reason: "a reason".into(),
                covers: place(*start, *end),
                place: place(9, 10),
            })
            .collect();
        let waivers: Vec<&Waiver> = waivers.iter().collect();
        let problems = vec![Diagnostic::new(&RULE, &place(5, 6), "x"), Diagnostic::new(&FAULT, &place(2, 3), "y")];
        let found: Vec<(&str, Severity)> = judge(problems, &config, &waivers, ALL, Some(&Waiting::default()))
            .iter()
            .map(|problem| (problem.code.name, problem.severity))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn settings_and_waivers_reach_rules_and_never_faults() {
        use Severity::{Error, Off, Warning};
        check(&[], &[], &[("a-fault", Error), ("a-rule", Warning)]);
        check(&[("a-rule", Error)], &[], &[("a-fault", Error), ("a-rule", Error)]);
        check(&[("a-rule", Off)], &[], &[("a-fault", Error)]);
        check(&[], &[("a-rule", 4, 8)], &[("a-fault", Error)]);
        check(&[], &[("a-rule", 3, 5)], &[("a-fault", Error), ("a-rule", Warning), ("unused-waiver", Warning)]);
        check(&[], &[("a-rule", 6, 8)], &[("a-fault", Error), ("a-rule", Warning), ("unused-waiver", Warning)]);
        check(&[("a-fault", Off)], &[], &[("unknown-rule", Error), ("a-fault", Error), ("a-rule", Warning)]);
        check(&[("b-rule", Off)], &[], &[("unknown-rule", Error), ("a-fault", Error), ("a-rule", Warning)]);
        check(&[], &[("b-rule", 4, 8)], &[("a-fault", Error), ("unknown-rule", Error)]);
        check(&[], &[("", 4, 8)], &[("a-fault", Error)]);
        check(&[], &[("a-fault", 0, 9)], &[("a-fault", Error), ("a-rule", Warning), ("unknown-rule", Error)]);
    }
}
