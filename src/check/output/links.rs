//! The addresses in finished files: each leads to a file that is published, and to an id that it has.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::origin::Origins;
use super::own::Holder;
use super::{Finding, Findings, Finished, Says};
use crate::check::rules::links::{accepted_in_data, accepted_on};
use crate::diagnostic::{Code, Severity};
use crate::site::{Address, Site};

pub(super) static LINK: Code = Code {
    name: "output-link",
    severity: Severity::Error,
    rule: true,
    what: "An address in a finished page leads to nothing that is published.",
    why: "Templates make links too: navigation, downloads, pictures. A reader who follows it meets the not-found page.",
    example: "<a href=\"/bands/\">   # on a site below /repo/",
    mend: "Correct the template that writes it. Addresses there come from the view, such as `{{ page.href }}`, never typed.",
};
pub(super) static DUPLICATE: Code = Code {
    name: "output-id",
    severity: Severity::Error,
    rule: true,
    what: "A finished page has the same id twice.",
    why: "Links lead to the first of them alone, and labels may name the wrong thing to screen readers.",
    example: "## Main   # beside the template's own <main id=\"main\">",
    mend: "Give the heading another id, `## Main {#main-part}`; or show the rows of a set in one block of the page.",
};

/// Reports ids that a file has twice, and sorts what it has.
pub(super) fn duplicates(finished: &mut Finished, findings: &mut Findings<'_>) {
    finished.ids.sort_unstable();
    let mut twice: Vec<_> =
        finished.ids.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].clone()).collect();
    twice.dedup_by(|b, a| a.0 == b.0);
    let path = findings.path;
    for (id, at) in twice {
        let message = match &*id {
            "" => format!("the finished page `{path}` has empty ids"),
            id => format!("the id `{id}` stands twice on the finished page `{path}`"),
        };
        let help = "give the heading, row or block another id".to_owned();
        findings.add_shown(&DUPLICATE, at, message, help, vec![format!("id=\"{id}\""), format!("{{#{id}}}")]);
    }
    finished.ids.dedup_by(|b, a| a.0 == b.0);
}

/// The links of each file that lead nowhere, but for those that the rules on links leave to the author.
pub(super) fn resolve(site: &Site, origins: &Origins<'_>, files: &[Finished]) -> Vec<Vec<Finding>> {
    let by_path: HashMap<&str, &Finished> = files.iter().map(|file| (&*file.path, file)).collect();
    // A template that loses the words of a page loses the headings of all pages that it makes.
    let template = |file: &Finished| match origins.holder(&file.path) {
        Holder::Page(page) => Some(page.page.front.template.as_ref().map(|name| Arc::clone(&name.text))),
        _ => None,
    };
    let lossy: HashSet<Option<Arc<str>>> = files.iter().filter(|file| file.lacks_words).filter_map(template).collect();
    let is_lossy = |file: &Finished| !lossy.is_empty() && template(file).is_some_and(|name| lossy.contains(&name));
    // A page's links are nearly all those of the pages before it.
    let distinct: HashSet<&str> = files
        .iter()
        .flat_map(|file| &file.links)
        .map(String::as_str)
        .filter(|link| link.starts_with('/') || link.contains(':'))
        .collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let whole: HashMap<&str, Option<String>> =
        distinct.par_iter().map(|link| (*link, problem(site, "", link, &by_path, &is_lossy))).collect();
    let in_all_data: OnceLock<HashSet<String>> = OnceLock::new();
    let in_data = || in_all_data.get_or_init(|| accepted_in_data(site));
    files
        .par_iter()
        .map(|file| {
            let wrong = |link: &String| match whole.get(&**link) {
                Some(known) => known.clone(),
                None => problem(site, &file.path, link, &by_path, &is_lossy),
            };
            let on_page: OnceCell<HashSet<String>> = OnceCell::new();
            let is_accepted = |link: &String| {
                let Holder::Page(page) = origins.holder(&file.path) else { return in_data().contains(link) };
                on_page.get_or_init(|| accepted_on(site, page)).contains(link) || in_data().contains(link)
            };
            let found = file.links.iter().filter_map(|link| Some((link, wrong(link)?)));
            found
                .filter(|(link, _)| !is_accepted(link))
                .map(|(link, why)| Finding {
                    code: &LINK,
                    says: Says::OfPage(format!("links to `{link}`, {why}")),
                    help: "correct the template that writes this address".to_owned(),
                    shown: written(link),
                    place: None,
                    origin: None,
                })
                .collect()
        })
        .collect()
}

/// How a template may write an address: as it is, or from one of its slashes on, behind a value.
fn written(link: &str) -> Vec<String> {
    let tails = link.match_indices('/').map(|(at, _)| &link[at..]).filter(|tail| tail.len() > 1);
    let behind = tails.flat_map(|tail| [format!("}}}}{tail}\""), format!("}}}}{}\"", &tail[1..])]);
    [format!("\"{link}\""), format!("'{link}'")].into_iter().chain(behind).collect()
}

/// Why an address leads nowhere.
fn problem(
    site: &Site,
    from: &str,
    link: &str,
    files: &HashMap<&str, &Finished>,
    is_lossy: &(dyn Fn(&Finished) -> bool + Sync),
) -> Option<String> {
    let base = site.base.path();
    let root = site.base.absolute(&Address::new("/"));
    let (address, fragment) =
        link.split_once('#').map_or((link, None), |(address, fragment)| (address, Some(fragment)));
    let address = address.split('?').next().unwrap_or(address);
    let path = if address.is_empty() {
        from.to_owned()
    } else if let Some(below) = address.strip_prefix(&root) {
        decoded(below)
    } else if format!("{address}/") == root {
        String::new()
    } else if address.starts_with("//") || has_scheme(address) {
        return None;
    } else if address.starts_with('/') {
        match address.strip_prefix(base) {
            Some(below) => decoded(below),
            None if format!("{address}/") == base => String::new(),
            None => return Some(format!("which is not below the site's own path {base}")),
        }
    } else {
        relative(from, &decoded(address))?
    };
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    let Some(target) = files.get(&*file) else { return Some("where nothing is published".to_owned()) };
    let fragment = fragment.filter(|fragment| !fragment.is_empty() && *fragment != "top" && file.ends_with(".html"))?;
    // What is copied as it is was not read: its ids are its own.
    if site.file_at(&Address::new(&file)).is_some() {
        return None;
    }
    let id = decoded(fragment);
    let is_there = target.ids.binary_search_by(|(known, _)| known.cmp(&id)).is_ok() || is_lossy(target);
    (!is_there).then(|| format!("and `{file}` has no id `{id}`"))
}

/// A path as seen from a file: `../a/` from `b/index.html`; nothing where it leads out, which browsers cut off.
fn relative(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in path.split('/') {
        match part {
            "." => (),
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or("");
    scheme.len() < address.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// An address without its percent signs.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
