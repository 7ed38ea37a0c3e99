//! That nothing decides by the words of a problem: the corpus is checked with its words replaced by noise.

#[path = "../../tests/suite/corpus/faults.rs"]
mod faults;

use std::path::Path;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::{CheckOptions, check};
use crate::data::notation::Date;
use crate::diagnostic::{Diagnostic, noise};
use faults::{Fault, break_site, faults, sample, write};

/// Codes and places of a broken site's problems, and the rules that wait.
fn found(root: &Path) -> Vec<String> {
    let today = Date::parse("2026-11-20").ok();
    let report = check(&CheckOptions { root: root.to_owned(), today, ..CheckOptions::default() }).expect("it is read");
    let waiting = report.waiting.rules.iter().map(|rule| (*rule).to_owned());
    let mut found: Vec<String> = report
        .diagnostics
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
            let labels: Vec<String> = problem.labels.iter().map(|label| label.place.to_string()).collect();
            format!("{place} {} {:?} {labels:?} {}", problem.code.name, problem.severity, problem.edit.is_some())
        })
        .chain(waiting)
        .collect();
    found.sort();
    found
}

#[test]
fn the_words_of_problems_decide_nothing() {
    let (sample, faults) = (sample(), faults());
    let chosen: Vec<&Fault> =
        faults.iter().step_by(3).filter(|fault| !cfg!(windows) || fault.code != "unusable-name").collect();
    let noisy = ThreadPoolBuilder::new().start_handler(|_| noise::start()).build().expect("a pool of threads");
    let words = |text: &'static str| Diagnostic::without_place(&crate::config::MISSING, text).message;
    assert_eq!((words("a"), noisy.install(|| words("a")).len()), ("a".to_owned(), 16));
    let wrong: Vec<String> = chosen
        .par_iter()
        .filter_map(|fault| {
            let (files, _) = break_site(fault, &sample).ok()?;
            let folder = write(&files);
            let plain = found(folder.path());
            let noise = noisy.install(|| found(folder.path()));
            (plain != noise).then(|| format!("{}: {plain:#?}, with noise {noise:#?}", fault.line))
        })
        .collect();
    assert!(300 < chosen.len() && wrong.is_empty(), "{} of {}\n{}", wrong.len(), chosen.len(), wrong.join("\n"));
}
