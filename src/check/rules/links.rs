//! Links and images lead somewhere: to a page, a heading, a file or an address that exists.

use std::collections::HashSet;

use super::kept::{is_of_broken_data, missing_data};
use crate::check::{Look, Rule};
use crate::content::{Node, Target};
use crate::diagnostic::{Code, Diagnostic, Names, Place, Severity, Subject};
use crate::site::{Address, Destination, Site, SitePage, Unresolved, page_anchors, visit, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&PAGE, &ANCHOR, &FILE, &ADDRESS], look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static PAGE: Code = Code {
    name: "link-page",
    severity: Severity::Error,
    rule: true,
    what: "A link names a page that does not exist.",
    why: "A reader who follows it meets the not-found page.",
    example: "[the bands](band.md)",
    mend: "Write the page's file as it lies beside this one, such as `bands.md` or `../bands.md`; the message names the nearest.",
};
static ANCHOR: Code = Code {
    name: "link-anchor",
    severity: Severity::Error,
    rule: true,
    what: "A link names a heading that its page does not have.",
    why: "A reader who follows it lands at the top of a long page instead of at the place.",
    example: "[the ranges](bands.md#rangs)",
    mend: "Use the id of a heading or of a table's row on that page; the message names the nearest.",
};
static FILE: Code = Code {
    name: "link-file",
    severity: Severity::Error,
    rule: true,
    what: "A link or an image names a file that does not exist.",
    why: "A reader sees a broken picture, or meets the not-found page.",
    example: "![the ladder](laddr.png)",
    mend: "Put the file into the content folder, or write its name as it is there, small and capital letters included.",
};
static ADDRESS: Code = Code {
    name: "link-address",
    severity: Severity::Error,
    rule: true,
    what: "A link names an address of this site at which there is nothing.",
    why: "A reader who follows it meets the not-found page.",
    example: "[the bands](/band/)",
    mend: "Link to the page by its file instead, such as `bands.md`: the address then follows the file.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let own = &site.pages[page];
    visit_page(&own.page, &mut |node| look_at_node(site, Some(own), node, problems));
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| look_at_node(site, None, node, problems));
    }
}

fn look_at_node(site: &Site, own: Option<&SitePage>, node: &Node, problems: &mut Vec<Diagnostic>) {
    let Some((target, _, place)) = parts(node) else { return };
    match fault(site, own, target) {
        Some(Fault::Anchor { fragment, on }) => {
            let name = match target {
                Target::Fragment(_) => "this page".to_owned(),
                _ => format!("content/{}", on.file),
            };
            problems.push(missing_anchor(fragment, page_anchors(on), &name, place));
        }
        Some(Fault::Target(reason)) => problems.push(unresolved(site, target, reason, place)),
        None => (),
    }
}

/// The addresses of a page's links and pictures to which these rules object, as they are published. Where a page is finished,
/// the site or its author has accepted them.
pub(in crate::check) fn accepted_on(site: &Site, page: &SitePage) -> HashSet<String> {
    let mut accepted = HashSet::new();
    visit_page(&page.page, &mut |node| accepted.extend(objectionable(site, Some(page), node)));
    accepted
}

/// The same for the free texts of data, which show on many pages.
pub(in crate::check) fn accepted_in_data(site: &Site) -> HashSet<String> {
    let mut accepted = HashSet::new();
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| accepted.extend(objectionable(site, None, node)));
    }
    accepted
}

fn objectionable(site: &Site, own: Option<&SitePage>, node: &Node) -> Option<String> {
    let (target, typed, _) = parts(node)?;
    fault(site, own, target).map(|_| site.href(target, typed))
}

/// A link's or a picture's target, the same as typed, and its place.
fn parts(node: &Node) -> Option<(&Target, &str, &Place)> {
    match node {
        Node::Link(link) => Some((&link.target, &link.typed, &link.target_place)),
        Node::Image(image) => Some((&image.target, &image.typed, &image.target_place)),
        _ => None,
    }
}

/// What is wrong with a target.
enum Fault<'s> {
    /// There is nothing at it.
    Target(Unresolved),
    /// A page lacks the anchor.
    Anchor { fragment: &'s str, on: &'s SitePage },
}

fn fault<'s>(site: &'s Site, own: Option<&'s SitePage>, target: &'s Target) -> Option<Fault<'s>> {
    let (fragment, on) = match site.resolve(target) {
        Ok(Destination::Page(other, Some(fragment))) => (fragment, &*site.pages[other]),
        // A text of data shows on pages that only its readers know.
        Ok(Destination::Here(fragment)) => (fragment, own?),
        Ok(_) | Err(Unresolved::Reported) => return None,
        // What is generated of a set that can't be read is the problem of its file.
        Err(_) if matches!(target, Target::Address { path, .. } if is_of_broken_data(site, path)) => return None,
        Err(reason) => return Some(Fault::Target(reason)),
    };
    // What can't be read of the page may hold it.
    let is_there = fragment == "main" || page_anchors(on).contains(fragment) || on.gaps.anchors.is_err();
    (!is_there).then_some(Fault::Anchor { fragment, on })
}

fn missing_anchor(fragment: &str, anchors: &Names<String>, page: &str, place: &Place) -> Diagnostic {
    let problem = Diagnostic::new(&ANCHOR, place, format!("{page} has no heading or row `#{fragment}`"));
    match anchors.nearest(fragment) {
        Some(near) => problem.help(format!("did you mean `#{near}`?")),
        None if anchors.is_empty() => problem.help("remove the `#` and what follows it: the page has no headings"),
        None => {
            let names: Vec<String> = anchors.iter().take(8).map(|id| format!("#{id}")).collect();
            problem.help(format!(
                "use one of its own: {}{}",
                names.join(", "),
                if anchors.iter().nth(8).is_some() { ", …" } else { "" }
            ))
        }
    }
}

fn unresolved(site: &Site, target: &Target, reason: Unresolved, place: &Place) -> Diagnostic {
    match (target, reason) {
        (Target::Page { path, .. }, _) => {
            let problem = Diagnostic::new(&PAGE, place, format!("there is no page `content/{path}`"))
                .subject(Subject::Page(path.as_str().into()));
            let draft = problem.clone().help("the page is a draft: publish it, or take the link out");
            if site.is_draft(path) {
                return draft;
            }
            if let Some(mended) = in_right_case(path, place, site.page_files()) {
                return problem.help(format!("write its name as the file has it: `{mended}`")).edit(place, mended);
            }
            match site.page_files().nearest(path) {
                Some(near) => problem.help(format!("did you mean `content/{near}`?")),
                None => problem
                    .help("write the page's file as it lies beside this one, such as `bands.md` or `../bands.md`"),
            }
        }
        (Target::File { path, .. }, _) => {
            let problem = Diagnostic::new(&FILE, place, format!("there is no file `content/{path}`"))
                .subject(Subject::File(path.as_str().into()));
            let page = format!("{path}.md");
            if site.page_of_file(&page).is_some() {
                let (typed, anchor) = place.text().split_once('#').map_or((place.text(), None), |(a, b)| (a, Some(b)));
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                return problem.help(format!("did you mean the page `{typed}.md{anchor}`?"));
            }
            let typed = place.text();
            if site.data.figures.get(typed).is_some() {
                let message = format!("the link to the figure `{typed}` lacks `figure:`");
                let mended = format!("figure:{typed}");
                return Diagnostic::new(&FILE, place, message)
                    .help(format!("write `{mended}` between the parentheses"));
            }
            let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
            let page = stem.map(|stem| format!("{stem}.md"));
            if page.is_some_and(|page| site.page_of_file(&page).is_some()) {
                let mended = typed.replacen(".html", ".md", 1).replacen(".htm", ".md", 1);
                return problem.help(format!("link to the page by its file: `{mended}`"));
            }
            if let Some(mended) = in_right_case(path, place, site.file_paths()) {
                return problem.help(format!("write its name as the file has it: `{mended}`")).edit(place, mended);
            }
            let host = place.text().split('/').next().unwrap_or("");
            if host.starts_with("www.") || [".com", ".org", ".net"].iter().any(|end| host.ends_with(end)) {
                return problem.help(format!("write https:// before it for another site: `https://{}`", place.text()));
            }
            match site.file_paths().nearest(path) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("put the file into the content folder, or write its name as it is there"),
            }
        }
        (Target::Address { path, .. }, _) => {
            let problem = Diagnostic::new(&ADDRESS, place, format!("there is nothing at the address `{path}`"));
            let problem = match missing_data(site, path) {
                Some(subject) => problem.subject(subject),
                None => problem,
            };
            // An address is written from the site's root, wherever the site is published.
            let below =
                path.strip_prefix(site.base.path().trim_end_matches('/')).filter(|below| below.starts_with('/'));
            let near = below.filter(|below| site.page_at(&Address::new(below)).is_some());
            match near.or_else(|| site.page_addresses().nearest(path)) {
                Some(near) => {
                    problem.help(format!("did you mean `{near}`? Better still, link to the page by its file"))
                }
                None => {
                    problem.help("link to the page by its file, such as `bands.md`: the address then follows the file")
                }
            }
        }
        _ => Diagnostic::new(&ADDRESS, place, "the link leads nowhere").help("write a page's file, such as `bands.md`"),
    }
}

/// A link's target with the capitals of the one file that differs from it in nothing else.
fn in_right_case<S: AsRef<str>>(path: &str, place: &Place, files: &Names<S>) -> Option<String> {
    let file = files.in_any_case(path)?;
    let typed = place.text();
    let (target, fragment) = typed.split_at(typed.find('#').unwrap_or(typed.len()));
    // What is typed behind `../` is how the path ends.
    let start = target.rfind("./").map_or(0, |at| at + 2);
    let (folders, end) = target.split_at(start);
    let (before, right) = file.split_at_checked(path.len().checked_sub(end.len())?)?;
    (path.ends_with(end) && path.starts_with(before)).then(|| format!("{folders}{right}{fragment}"))
}
