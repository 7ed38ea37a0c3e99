//! A corpus of broken sites: one sample site that uses every feature, and a thousand single faults made from it.
//!
//! `faults` says how they are written.

use std::path::Path;

use bandbook::data::notation::Date;
use bandbook::diagnostic::{Diagnostic, Severity};
use bandbook::session::{CheckOptions, FixOptions, Report, check, fix};
use rayon::prelude::*;

mod faults;
mod pairs;

use faults::{Fault, break_site, faults, write};
pub(crate) use faults::{Files, sample};

#[test]
fn the_sample_has_no_problem() {
    let folder = write(&sample());
    let report = check_folder(folder.path());
    assert!(report.diagnostics.is_empty(), "{}", drawn(&report));
    assert!(5 < report.pages && 50 < report.figures);
}

#[test]
fn each_fault_is_one_problem_at_its_place_with_a_help_that_mends_it() {
    let (sample, faults) = (sample(), faults());
    assert!(1000 < faults.len(), "{} faults", faults.len());
    let wrong: Vec<String> = faults
        .par_iter()
        // Windows refuses to make such files.
        .filter(|fault| !cfg!(windows) || fault.code != "unusable-name")
        .filter_map(|fault| judge(fault, &sample).err().map(|cause| format!("{}: {cause}", fault.line)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), faults.len(), wrong.join("\n"));
}

fn judge(fault: &Fault, sample: &Files) -> Result<(), String> {
    let (files, expected) = break_site(fault, sample)?;
    let folder = write(&files);
    let report = check_folder(folder.path());
    let found = || drawn(&report);
    let [problem] = report.diagnostics.as_slice() else {
        return Err(format!("{} at {expected}: {} problems\n{}", fault.code, report.diagnostics.len(), found()));
    };
    let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
    if (problem.code.name, place.as_str()) != (fault.code.as_str(), expected.as_str()) {
        return Err(format!("{} at {expected}\n{}", fault.code, found()));
    }
    if problem.help.as_ref().is_none_or(|help| help.trim().is_empty()) {
        return Err(format!("no help\n{}", found()));
    }
    if report.failed() != (problem.severity == Severity::Error) {
        return Err(format!("the severity is not that of the exit code\n{}", found()));
    }
    if problem.edit.is_some() {
        let root = folder.path().to_owned();
        fix(&FixOptions { root, ..FixOptions::default() }).map_err(|failure| failure.to_string())?;
        let mended = check_folder(folder.path());
        if !mended.diagnostics.is_empty() {
            return Err(format!("`fix` leaves a problem\n{}before\n{}", drawn(&mended), found()));
        }
    }
    Ok(())
}

fn check_folder(root: &Path) -> Report {
    let today = Date::parse("2026-11-20").ok();
    check(&CheckOptions { root: root.to_owned(), today, ..CheckOptions::default() }).unwrap()
}

fn drawn(report: &Report) -> String {
    let line = |problem: &Diagnostic| {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let help = problem.help.as_deref().unwrap_or("NO HELP");
        format!("    {place}: {}: {} ({help})\n", problem.code.name, problem.message)
    };
    report.diagnostics.iter().map(line).collect()
}
