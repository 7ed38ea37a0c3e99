//! Headings go down one level at a time.

use crate::check::{Look, Rule};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&ORDER], look: Look::Page(look) };

static ORDER: Code = Code {
    name: "heading-order",
    severity: Severity::Warning,
    rule: true,
    what: "A heading lies more than one level below the heading before it.",
    why: "Screen readers and contents lists show headings as a tree, in which a level would be missing.",
    example: "## Bands\n\n#### By level",
    mend: "Take one `#` away, or add the heading between the two.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    // A page's title is its level-1 heading, whether the body writes it or not.
    let mut before = 1;
    for heading in &site.pages[page].page.headings {
        if heading.level > before + 1 {
            let message = format!("a level-{} heading follows one of level {before}", heading.level);
            let marks = "#".repeat(usize::from(before) + 1);
            let problem = Diagnostic::new(&ORDER, &heading.place, message);
            problems.push(problem.help(format!("begin it with `{marks}`, or add the heading between the two")));
        }
        before = heading.level;
    }
}
