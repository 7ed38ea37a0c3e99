//! Kept addresses: what was published once answers still, or leads on. `content/addresses.lock` records it.

use std::collections::{BTreeSet, HashSet};

use crate::check::{Look, Rule};
use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::site::{Address, Site, alias_of, page_anchors};

pub(crate) static RULE: Rule = Rule { codes: &[&ADDRESS, &ANCHOR], look: Look::Late(look) };

static ADDRESS: Code = Code {
    name: "address-removed",
    severity: Severity::Error,
    rule: true,
    what: "An address that was published once is no page, file or redirect any more.",
    why: "Links and bookmarks out in the world lead to the not-found page.",
    example: "content/bands.md, renamed to content/pay.md",
    mend: "Give the page that took its place an alias: `aliases = [\"/bands/\"]`. Where nothing did, remove the line from \
           content/addresses.lock.",
};
static ANCHOR: Code = Code {
    name: "anchor-removed",
    severity: Severity::Warning,
    rule: true,
    what: "A heading or row that links could lead to is gone from its page.",
    why: "Who follows a link to it lands at the top of the page instead of at the place.",
    example: "## Ranges, reworded to ## The ranges",
    mend: "Set the old id at the heading's end, `## The ranges {#ranges}`. Where the heading is gone for good, remove the \
           line from content/addresses.lock.",
};

const OPENING: &str = "# What was published: addresses, and anchors on pages. `bandbook fix` writes this file.\n";

/// The text of `content/addresses.lock` for a site as it is.
pub fn lock_text(site: &Site) -> String {
    let mut text = String::from(OPENING);
    for line in entries(site) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Everything that a link may lead to: `/bands/`, `/bands/#l3`.
fn entries(site: &Site) -> BTreeSet<String> {
    let mut entries: BTreeSet<String> = addresses(site).into_iter().map(|address| address.to_string()).collect();
    for page in &site.pages {
        entries.extend(page_anchors(page).iter().map(|id| format!("{}#{id}", page.address)));
    }
    entries
}

fn addresses(site: &Site) -> Vec<Address> {
    let pages = site.pages.iter().map(|page| page.address.clone());
    let redirects = site.redirects.iter().map(|redirect| redirect.from.clone());
    // Files of `static/` carry their hash in the name, and are links of nobody.
    let files = site.files.iter().filter(|file| file.path.starts_with("content/")).map(|file| file.address.clone());
    pages.chain(redirects).chain(files).chain(site.generated_addresses()).collect()
}

fn look(site: &Site, _today: Option<Date>, problems: &mut Vec<Diagnostic>) {
    let Some(lock) = &site.lock else { return };
    let known = entries(site);
    let pages: HashSet<&str> = site.pages.iter().map(|page| page.address.as_str()).collect();
    let is_data_broken = site.data.is_any_broken(|_| true);
    let mut start = 0;
    for raw in lock.text().split_inclusive('\n') {
        let line = raw.trim_end();
        let place = Place::new(lock, start..start + line.len());
        start += raw.len();
        if line.is_empty() || line.starts_with('#') || known.contains(line) {
            continue;
        }
        match line.split_once('#') {
            None => {
                let problem = Diagnostic::new(&ADDRESS, &place, format!("`{line}` was published and is gone"));
                problems.push(problem.help(match alias_of(line) {
                    Some(alias) => {
                        format!("write aliases = [\"{alias}\"] between the `+++` lines of the page that took its place")
                    }
                    None => "put back what was there, or remove this line".to_owned(),
                }));
            }
            // The anchors of a page that is gone, or that leads on, go with it.
            // Of what a broken file may hold, nothing is said.
            Some((address, id)) if pages.contains(address) && !is_data_broken => {
                let below = format!("{address}#");
                let own = known.range(below.clone()..).take_while(|entry| entry.starts_with(&below));
                let near = nearest(id, own.filter_map(|entry| entry.strip_prefix(&below)));
                let problem =
                    Diagnostic::new(&ANCHOR, &place, format!("`#{id}` was on the page {address} and is gone"));
                problems.push(problem.help(match near {
                    Some(near) => format!("if it is now `#{near}`, write {{#{id}}} at that heading's end"),
                    None => {
                        format!("write {{#{id}}} at the end of the heading that took its place, or remove this line")
                    }
                }));
            }
            Some(_) => (),
        }
    }
}
