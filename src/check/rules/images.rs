//! Images say in words what they show.

use crate::check::{Look, Rule};
use crate::content::Node;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&TEXT], look: Look::Page(look) };

static TEXT: Code = Code {
    name: "image-text",
    severity: Severity::Error,
    rule: true,
    what: "An image has no text that says what it shows.",
    why: "Who can't see the picture, or whose connection doesn't load it, learns nothing of it.",
    example: "![](ladder.png)",
    mend: "Write between the brackets what the picture shows: `![The ladder of six levels](ladder.png)`. A mere ornament \
           can be waived.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    visit_page(&site.pages[page].page, &mut |node| {
        let Node::Image(image) = node else { return };
        if image.alt.trim().is_empty() {
            let file = image.target_place.text();
            problems.push(
                Diagnostic::new(&TEXT, &image.place, "the image has no text")
                    .help(format!("write between the brackets what it shows: ![what it shows]({file})")),
            );
        }
    });
}
