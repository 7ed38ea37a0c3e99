//! An alias that leads to a heading names one that its page has.

use crate::check::{Look, Rule};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, page_anchors};

pub(crate) static RULE: Rule = Rule { codes: &[&ANCHOR], look: Look::Page(look) };

static ANCHOR: Code = Code {
    name: "alias-anchor",
    severity: Severity::Error,
    rule: true,
    what: "An alias leads to a heading that the page does not have.",
    why: "Readers of the old address land at the top of the page instead of at the place.",
    example: "aliases = [{ from = \"/server-costs/\", to = \"#servrs\" }]",
    mend: "Use the id of a heading on this page; the message names the nearest.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let page = &site.pages[page];
    if page.gaps.anchors.is_err() {
        return;
    }
    for to in page.page.front.aliases.iter().filter_map(|alias| alias.to.as_ref()) {
        let Some(id) = to.text.strip_prefix('#') else { continue };
        let anchors = page_anchors(page);
        if anchors.contains(id) {
            continue;
        }
        let problem = Diagnostic::new(&ANCHOR, &to.place, format!("this page has no heading `#{id}`"));
        problems.push(match anchors.nearest(id) {
            Some(near) => problem.help(format!("did you mean \"#{near}\"?")),
            None => problem.help("write the id of a heading on this page, with its `#`"),
        });
    }
}
