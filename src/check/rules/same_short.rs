//! Two terms that share an abbreviation can't be told apart by it.

use std::collections::HashMap;

use crate::check::{Look, Rule};
use crate::data::Contents;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Text;
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&SAME], look: Look::Site(look) };

static SAME: Code = Code {
    name: "same-abbreviation",
    severity: Severity::Warning,
    rule: true,
    what: "Two terms have the same abbreviation.",
    why: "A reader who meets it can't tell which of the two is meant.",
    example: "[memory]\nterm = \"Main memory\"\nshort = \"MM\"\n\n[module]\nterm = \"Memory module\"\nshort = \"MM\"",
    mend: "Give one of the two another `short`, or none.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    let all = site.data.sets.iter().filter_map(|set| match &set.contents {
        Contents::Terms(terms) => Some(terms),
        _ => None,
    });
    for short in all.flatten().filter_map(|term| term.short.as_ref()) {
        match seen.get(&*short.text) {
            Some(first) => problems.push(
                Diagnostic::new(&SAME, &short.place, format!("two terms have the abbreviation \"{}\"", short.text))
                    .label(&first.place, "the first")
                    .help("give one of the two another `short`, or remove the line of one"),
            ),
            None => drop(seen.insert(&short.text, short)),
        }
    }
}
