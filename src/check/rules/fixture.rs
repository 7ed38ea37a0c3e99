//! Small sites in memory, and for every code of a rule one that breaks it and one that doesn't.

mod cases;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ALL;
use crate::check;
use crate::config;
use crate::content;
use crate::data;
use crate::data::notation::Date;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::site::{Address, Ingredients, Site, SitePage, StaticFile, assemble, texts_of};

/// A file below `content/`, and its text.
pub(crate) type File = (&'static str, &'static str);

/// Two sites: the first breaks a rule, and the second doesn't.
struct Case {
    code: &'static str,
    breaks: &'static [File],
    holds: &'static [File],
}

const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.com/repo/\"\ndescription = \"D\"\n";

/// A site from the texts of its files. Configuration and front page are added where they are missing, and front matter where
/// a page has none.
pub(crate) fn site(files: &[(&str, &str)]) -> (Site, Vec<Diagnostic>) {
    let mut all: BTreeMap<&str, String> = BTreeMap::new();
    all.insert("site.toml", CONFIG.to_owned());
    all.insert("index.md", "Text.\n".to_owned());
    all.extend(files.iter().map(|(path, text)| (*path, (*text).to_owned())));
    let mut diagnostics = Vec::new();
    let mut ingredients = Ingredients::default();
    let mut sets = Vec::new();
    let mut pages: Vec<(Arc<str>, Arc<content::Page>)> = Vec::new();
    for (path, text) in all {
        let from_root = format!("content/{path}");
        if path == "site.toml" {
            ingredients.config = config::parse(&Source::new(from_root, text), &mut diagnostics);
        } else if path == "addresses.lock" {
            ingredients.lock = Some(Source::new(from_root, text));
        } else if path.starts_with("data/") {
            sets.push(Source::new(from_root, text));
        } else if path.ends_with(".md") {
            let opening = if text.starts_with("+++") { "" } else { "+++\ntitle = \"T\"\ndescription = \"D\"\n+++\n\n" };
            let source = Source::new(from_root, format!("{opening}{text}"));
            let page = content::parse(&source, content::Options { allow_html: false }, &mut diagnostics);
            pages.push((Arc::from(path), Arc::new(page)));
        } else {
            ingredients.files.push(StaticFile { address: Address::new(path), path: from_root.into() });
        }
    }
    let data = Arc::new(data::read(&sets, &[], &mut diagnostics));
    for (file, page) in pages {
        match page.front.draft {
            true => drop(ingredients.drafts.insert(file)),
            false => ingredients.pages.push(SitePage::new(file, page, &data, None, &mut diagnostics)),
        }
    }
    ingredients.texts = texts_of(&data, &mut diagnostics);
    ingredients.data = data;
    let site = assemble(ingredients, &mut diagnostics);
    (site, diagnostics)
}

/// Everything that rules and rooms before them say of a site.
fn problems(files: &[File]) -> Vec<Diagnostic> {
    let (site, mut problems) = site(files);
    problems.extend(check::run(&site));
    problems.extend(check::run_late(&site, Date::parse("2026-11-20").ok()));
    problems
}

fn names(problems: &[Diagnostic]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.code.name, problem.message)).collect()
}

#[test]
fn every_rule_has_a_site_that_breaks_it_and_one_that_does_not() {
    for code in ALL.iter().flat_map(|rule| rule.codes) {
        assert!(cases::ALL.iter().any(|case| case.code == code.name), "no case for `{}`", code.name);
    }
}

#[test]
fn broken_sites_raise_their_one_code_and_whole_ones_nothing() {
    let mut wrong = Vec::new();
    for case in cases::ALL {
        let found = problems(case.breaks);
        let is_complete = |problem: &Diagnostic| problem.place.is_some() && problem.help.is_some();
        if found.is_empty() || !found.iter().all(|problem| problem.code.name == case.code && is_complete(problem)) {
            wrong.push(format!("`{}` is broken and raises {:?}", case.code, names(&found)));
        }
        let found = problems(case.holds);
        if !found.is_empty() {
            wrong.push(format!("`{}` holds and raises {:?}", case.code, names(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_an_open_contradiction_that_no_page_lists_is_an_error() {
    for (kind, status, expected) in [
        ("contradiction", "open", Severity::Error),
        ("contradiction", "explained", Severity::Warning),
        ("gap", "open", Severity::Warning),
        ("caution", "open", Severity::Warning),
    ] {
        let set = format!(
            "kind = \"conflicts\"\n[c]\ntitle = \"T\"\nkind = \"{kind}\"\nfigures = []\nexplanation = \"E\"\nstatus = \"{status}\"\n"
        );
        let (site, mut found) = site(&[("data/known.toml", &set)]);
        found.extend(check::run(&site));
        let found: Vec<(&str, Severity)> = found.iter().map(|problem| (problem.code.name, problem.severity)).collect();
        assert_eq!(found, [("conflict-hidden", expected)], "{kind}, {status}");
    }
}

#[test]
fn a_site_keeps_all_that_its_own_lock_records() {
    let page = ("a.md", "## One\n\n## Two\n");
    let text = super::lock_text(&site(&[page]).0);
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["/", "/a/", "/a/#one", "/a/#two"]);
    let (kept, _) = site(&[page, ("addresses.lock", &text)]);
    assert!(check::run_late(&kept, None).is_empty());
    let (lost, _) = site(&[("a.md", "## One\n"), ("addresses.lock", &text)]);
    assert_eq!(names(&check::run_late(&lost, None)), ["anchor-removed: `#two` was on the page /a/ and is gone"]);
}

#[test]
fn of_what_a_broken_file_may_hold_no_anchor_is_missed() {
    let page = ("index.md", "```list known\n```\n\n[the gap](#conflict-gap)\n");
    let lock = ("addresses.lock", "/\n/#conflict-gap\n");
    let entry = |status: &str| {
        format!(
            "kind = \"conflicts\"\n[gap]\ntitle = \"T\"\nkind = \"gap\"\nfigures = []\nexplanation = \"E\"\nstatus = \"{status}\"\n"
        )
    };
    for (status, expected) in [("open", &[][..]), ("closed", &["wrong-type"][..])] {
        let (site, mut found) = site(&[page, lock, ("data/known.toml", &entry(status))]);
        found.extend(check::run(&site));
        found.extend(check::run_late(&site, None));
        assert_eq!(found.iter().map(|problem| problem.code.name).collect::<Vec<_>>(), expected, "{status}");
    }
}
