//! What is said about mistakes in data files: the place, the code, the message, and what is held back.

mod cells;
mod columns;
mod combine;
mod csv;
mod facts;
mod files;
mod former;
mod hostile;
mod inherit;
mod registers;
mod rows;

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

/// The same for a file `t.toml` that begins with other lines: places count from the first line of `rest`.
#[track_caller]
fn check_below(head: &str, rest: &str, expected: &[&str]) {
    let before = i64::try_from(head.lines().count()).expect("a few lines");
    let expected: Vec<String> = expected
        .iter()
        .map(|line| {
            let (number, rest) = line.split_once(':').expect("a line");
            format!("t.toml:{}:{rest}", number.parse::<i64>().expect("a number") + before)
        })
        .collect();
    check(&[("t.toml", &format!("{head}{rest}"))], &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

/// Files with one problem that only an editor can decide: its help proposes something, and there is no edit.
#[track_caller]
fn undecided(files: &[(&str, &str)], proposed: &str) {
    let problems = problems(files);
    let [problem] = problems.as_slice() else { panic!("{files:#?}: {problems:#?}") };
    let help = problem.help.as_deref().unwrap_or_default();
    assert!(problem.edit.is_none() && help.contains(proposed), "{files:#?}: {problem:#?}");
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

/// The figures of sound files, each with its value: ranges with two points, words in quotes.
#[track_caller]
fn figures(files: &[(&str, &str)]) -> Vec<String> {
    use crate::data::Amount;
    let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
    let mut diagnostics = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:#?}", lines(&diagnostics));
    let value = |amount: &Amount| match amount {
        Amount::Unstated => "unstated".to_owned(),
        Amount::Text(text) => format!("\"{text}\""),
        Amount::One(value) => value.to_string(),
        Amount::Range(low, high) => format!("{low}..{high}"),
        Amount::From(low) => format!("{low}.."),
        Amount::To(high) => format!("..{high}"),
        Amount::Tolerance { value, plus, minus } => format!("{value}+{plus}-{minus}"),
        Amount::Date(date) => date.to_string(),
    };
    data.figures.iter().map(|figure| format!("{}={}", figure.id, value(&figure.amount))).collect()
}
