//! Kept addresses: what was published once answers still, or leads on. `content/addresses.lock` records it.

use std::collections::BTreeSet;

use crate::check::rule::hidden_addresses;
use crate::check::{Look, Rule};
use crate::data::RecordPages;
use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Subject};
use crate::site::{Address, OutputKind, Site, alias_of, page_anchors};

pub(crate) static ADDRESSES: Rule =
    Rule { codes: &[&ADDRESS], look: Look::Absence { look: look_at_addresses, waits: hidden_addresses, late: true } };
pub(crate) static ANCHORS: Rule = Rule { codes: &[&ANCHOR], look: Look::Late(look_at_anchors) };

static ADDRESS: Code = Code {
    name: "address-removed",
    severity: Severity::Error,
    rule: true,
    what: "An address that was published once is no page, file or redirect any more.",
    why: "Links and bookmarks out in the world lead to the not-found page.",
    example: "content/plans.md, renamed to content/prices.md",
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
    let kept = site.outputs.iter().filter(|output| match output.kind {
        // Files of `static/` carry their hash in the name, and are links of nobody.
        OutputKind::File(at) => site.files[at].path.starts_with("content/"),
        OutputKind::Sitemap | OutputKind::Robots | OutputKind::NoJekyll => false,
        _ => true,
    });
    let mut entries: BTreeSet<String> = kept.map(|output| output.address.to_string()).collect();
    for page in &site.pages {
        entries.extend(page_anchors(page).iter().map(|id| format!("{}#{id}", page.address)));
    }
    entries
}

/// The lines of the record that the site doesn't have now, with their places.
fn missing(site: &Site) -> impl Iterator<Item = (&str, Place)> {
    let known = entries(site);
    let mut start = 0;
    let lines = site.lock.iter().flat_map(|lock| lock.text().split_inclusive('\n').map(move |raw| (lock, raw)));
    let lines = lines.map(move |(lock, raw)| {
        let line = raw.trim_end();
        let place = Place::new(lock, start..start + line.len());
        start += raw.len();
        (line, place)
    });
    lines.filter(move |(line, _)| !line.is_empty() && !line.starts_with('#') && !known.contains(*line))
}

fn look_at_addresses(site: &Site, problems: &mut Vec<Diagnostic>) {
    for (line, place) in missing(site).filter(|(line, _)| !line.contains('#')) {
        // What is published of a page or a set that can't be read is gone with it.
        if site.is_unread_address(&Address::new(line)) || is_of_broken_data(site, line) {
            continue;
        }
        let problem = Diagnostic::new(&ADDRESS, &place, format!("`{line}` was published and is gone"));
        let problem = problem.help(match alias_of(line) {
            Some(alias) => {
                format!("write aliases = [\"{alias}\"] between the `+++` lines of the page that took its place")
            }
            None => "put back what was there, or remove this line".to_owned(),
        });
        problems.push(match missing_data(site, line) {
            Some(subject) => problem.subject(subject),
            None => problem,
        });
    }
}

/// The set of which the generator publishes something at an address, `bands` of `/data/bands.csv` and `/figures/bands/l3/`, and
/// what is the address's own of it: the set, or `bands.l3`.
fn generated_of(address: &str) -> Option<(&str, String)> {
    let (set, id) = match address.strip_prefix("/data/").and_then(|file| file.split_once('.')) {
        Some((set, _)) => (set, set.to_owned()),
        None => {
            let id = address.strip_prefix("/figures/")?.strip_suffix('/')?;
            (id.split('/').next().unwrap_or(id), id.replace('/', "."))
        }
    };
    (!set.is_empty() && !set.contains('/')).then_some((set, id))
}

/// Whether an address is generated of data that can't be read: `/data/plans.csv` of `plans`.
pub(super) fn is_of_broken_data(site: &Site, address: &str) -> bool {
    generated_of(address).is_some_and(|(_, id)| site.data.is_broken(&id))
}

/// What would have to be in the data for something to be generated at an address, where other addresses too may miss it.
pub(super) fn missing_data(site: &Site, address: &str) -> Option<Subject> {
    let (name, id) = generated_of(address)?;
    let Some(set) = site.data.set(name) else { return Some(Subject::Set(name.into())) };
    let has_rows = set.table().is_some_and(|table| table.records == RecordPages::Rows);
    (id != name && !has_rows).then(|| Subject::Rows(name.into()))
}

/// The anchors of a page that is gone, or that leads on, go with it.
fn look_at_anchors(site: &Site, _today: Option<Date>, problems: &mut Vec<Diagnostic>) {
    for (line, place) in missing(site) {
        let Some((address, id)) = line.split_once('#') else { continue };
        let Some(page) = site.page_at(&Address::new(address)).map(|at| &site.pages[at]) else { continue };
        if page.gaps.anchors.is_err() {
            continue;
        }
        let problem = Diagnostic::new(&ANCHOR, &place, format!("`#{id}` was on the page {address} and is gone"));
        problems.push(problem.help(match page_anchors(page).nearest(id) {
            Some(near) => format!("if it is now `#{near}`, write {{#{id}}} at that heading's end"),
            None => format!("write {{#{id}}} at the end of the heading that took its place, or remove this line"),
        }));
    }
}
