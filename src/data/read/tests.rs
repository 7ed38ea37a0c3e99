//! What is said about mistakes in data files: the place, the code, the message, and what is held back.

mod bands;
mod facts;
mod files;
mod hostile;
mod others;

use super::*;

/// Reads files and gives each problem as `place code message`, sorted as a reader sees them.
fn problems(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
    let mut diagnostics = Vec::new();
    read(&sources, &[], &mut diagnostics);
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    diagnostics
}

fn lines(diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let place = problem.place.as_ref().map(Place::to_string).unwrap_or_default();
        assert!(problem.help.is_some(), "{} has no help", problem.message);
        format!("{place} {} {}", problem.code.name, problem.message)
    };
    diagnostics.iter().map(line).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(lines(&problems(files)), expected, "{files:#?}");
}

/// A file with one problem that only an editor can decide: its help proposes something, and there is no edit.
#[track_caller]
fn undecided(name: &str, text: &str, proposed: &str) {
    let problems = problems(&[(name, text)]);
    let [problem] = problems.as_slice() else { panic!("{text}: {problems:#?}") };
    let help = problem.help.as_deref().unwrap_or_default();
    assert!(problem.edit.is_none() && help.contains(proposed), "{text}: {problem:#?}");
}

/// Applies the only edit of a text's problems.
#[track_caller]
fn mended(name: &str, text: &str) -> String {
    let problems = problems(&[(name, text)]);
    let edits: Vec<_> = problems.iter().filter_map(|problem| problem.edit.as_ref()).collect();
    let [edit] = edits.as_slice() else { panic!("{} edits for {text}: {problems:#?}", edits.len()) };
    let mut mended = text.to_owned();
    mended.replace_range(edit.place.span.range(), &edit.text);
    mended
}
