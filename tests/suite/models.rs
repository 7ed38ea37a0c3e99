//! Twelve model sites: each of their figures has exactly the value that it must have, true sentences about them are accepted, and
//! false ones refused for what is wrong with them. `tests/models/README.md` says what they are.

#![expect(clippy::print_stdout, reason = "how much was right is part of the result")]

use bandbook::data::notation::Date;
use bandbook::data::{Amount, Bound, Data, Figure, Number, Signing};
use bandbook::diagnostic::{Diagnostic, Severity};
use bandbook::session::{CheckOptions, Report, check};
use rayon::prelude::*;

mod case;
mod measurements;

use case::{Case, Expected, Sentence, Verdict, cases};

/// False sentences that are accepted: nothing in the data says that they are false.
const UNKNOWABLE: &[(&str, &str)] = &[
    (
        "Otter is [2.5 times](speedup.otter-to-marten) as slow as Marten.",
        "which way a comparison runs is in its adjective",
    ),
    (
        "The North made [23.5%](north.since-2016.up) more in 2024 on the year before.",
        "what a change is measured from is in words",
    ),
    (
        "In 2025 the North made [4,105 GWh](north.2025).",
        "the badge is printed with the figure, so nothing is kept back",
    ),
    ("[40%](satisfied.very) of all respondents are very satisfied with Quill.", "what a share is of is in words"),
    ("The tax takes [14.1%](tax.60000.average) of the next dollar.", "what a share is of is in words"),
];

#[test]
fn each_figure_has_exactly_its_value() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases() {
        let mut problems = Vec::new();
        let data = case.data(&mut problems);
        wrong.extend(problems.iter().filter(|problem| problem.severity == Severity::Error).map(drawn));
        let of_case: Vec<String> = case.figures.iter().filter_map(|expected| differs(expected, &data)).collect();
        println!("{}: {} of {} figures", case.name, case.figures.len() - of_case.len(), case.figures.len());
        count += case.figures.len();
        wrong.extend(of_case.iter().map(|line| format!("{}: {line}", case.name)));
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, 227);
}

#[test]
fn true_sentences_are_accepted_and_false_ones_refused_for_what_is_wrong() {
    let judged: Vec<(String, Vec<Judged>)> = cases()
        .into_par_iter()
        .filter(|case| !case.sentences.is_empty())
        .map(|case| (case.name.clone(), judge(&case)))
        .collect();
    let (mut right, mut all, mut wrong) = ([0; 3], [0; 3], Vec::new());
    for (name, sentences) in &judged {
        for sentence in sentences {
            all[sentence.verdict as usize] += 1;
            match &sentence.wrong {
                None => right[sentence.verdict as usize] += 1,
                Some(why) => wrong.push(format!("{name}: {:?}: {}\n    {why}", sentence.verdict, sentence.text)),
            }
        }
    }
    println!("true {} of {}, false {} of {}, mended {} of {}", right[0], all[0], right[1], all[1], right[2], all[2]);
    assert!(wrong.is_empty(), "{} sentences\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(all, [70, 157, 157]);
    assert!(UNKNOWABLE.len() <= 12);
}

/// In what a figure differs from what it must be.
fn differs(expected: &Expected, data: &Data) -> Option<String> {
    let Some(figure) = data.figures.get(&expected.id) else { return Some(format!("there is no `{}`", expected.id)) };
    let has_amount = match (&expected.rounded, &figure.amount) {
        (Some(rounded), Amount::One(value)) => is_close(value, rounded),
        (Some(_), _) => false,
        (None, amount) => *amount == expected.amount,
    };
    let is_change = figure.signing == Signing::Always;
    let fits =
        has_amount && figure.unit == expected.unit && figure.bound == expected.bound && is_change == expected.change;
    (!fits).then(|| format!("`{}` is {}\n    and must be {expected:?}", expected.id, shown(figure)))
}

fn shown(figure: &Figure) -> String {
    let bound: Option<Bound> = figure.bound;
    format!("{:?} {:?} {bound:?} {:?}", figure.amount, figure.unit, figure.signing)
}

/// Whether a number that never ends is another one to twelve decimals.
fn is_close(value: &Number, rounded: &Number) -> bool {
    let half = Number::from_decimal("0.0000000000005").unwrap();
    value.sub(rounded).is_some_and(|rest| rest.abs() <= half)
}

/// A sentence with what is wrong with the judgement on it.
struct Judged {
    verdict: Verdict,
    text: String,
    wrong: Option<String>,
}

/// Holds the sentences of a case against its site: all true ones at once, through all that `check` does; and each false one on a page of
/// its own.
fn judge(case: &Case) -> Vec<Judged> {
    let folder = case.write();
    let page = |sentence: &Sentence, at: usize| {
        let text = format!(
            "+++\ntitle = \"Sentence {at}\"\ndescription = \"Number {at}.\"\n+++\n\n{}\n",
            case.bound(&sentence.text)
        );
        std::fs::write(folder.path().join(format!("content/s{at}.md")), text).unwrap();
    };
    let of = |is_false: bool| {
        let all = case.sentences.iter().enumerate();
        all.filter(move |(_, sentence)| (sentence.verdict == Verdict::False) == is_false)
    };
    let look = || {
        let options = CheckOptions {
            root: folder.path().to_owned(),
            today: Date::parse("2026-11-27").ok(),
            threads: Some(1),
            ..CheckOptions::default()
        };
        check(&options).unwrap()
    };
    of(false).for_each(|(at, sentence)| page(sentence, at));
    let whole = look();
    of(true).for_each(|(at, sentence)| page(sentence, at));
    let broken = look();
    let mut judged = Vec::new();
    for (at, sentence) in case.sentences.iter().enumerate() {
        let errors = |report: &Report| errors_of(report, &format!("content/s{at}.md"));
        let wrong = match sentence.verdict {
            Verdict::True | Verdict::Mended => accepted(&errors(&whole)),
            Verdict::False => refused(sentence, &errors(&broken)),
        };
        judged.push(Judged { verdict: sentence.verdict, text: sentence.text.clone(), wrong });
    }
    // What isn't about one of the sentences is a mistake of the site itself.
    let others =
        whole.diagnostics.iter().filter(|problem| problem.severity == Severity::Error && !is_of_sentence(problem));
    let others: Vec<String> = others.map(drawn).collect();
    if !others.is_empty() || whole.unfinished {
        judged.push(Judged { verdict: Verdict::True, text: "the site".to_owned(), wrong: Some(others.join("\n    ")) });
    }
    judged
}

fn is_of_sentence(problem: &Diagnostic) -> bool {
    problem
        .place
        .as_ref()
        .is_some_and(|place| place.source.path().starts_with("content/s") && place.source.path().ends_with(".md"))
}

fn errors_of(report: &Report, path: &str) -> Vec<Diagnostic> {
    let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
    let is_here = |problem: &&Diagnostic| problem.place.as_ref().is_some_and(|place| place.source.path() == path);
    report.diagnostics.iter().filter(is_error).filter(is_here).cloned().collect()
}

fn accepted(errors: &[Diagnostic]) -> Option<String> {
    (!errors.is_empty()).then(|| errors.iter().map(drawn).collect::<Vec<_>>().join("\n    "))
}

fn refused(sentence: &Sentence, errors: &[Diagnostic]) -> Option<String> {
    let is_known = UNKNOWABLE.iter().any(|(text, _)| *text == sentence.text);
    match errors {
        [] if is_known => None,
        [] => Some(format!("accepted, though it is false ({})", sentence.kind)),
        [problem] if is_known => Some(format!("no longer accepted: take it off the list: {}", drawn(problem))),
        [problem] if codes(&sentence.kind).contains(&problem.code.name) => None,
        errors => {
            Some(format!("not one problem that fits ({}): {}", sentence.kind, accepted(errors).unwrap_or_default()))
        }
    }
}

/// The codes that fit a kind of mistake.
fn codes(kind: &str) -> &'static [&'static str] {
    match kind {
        "value" | "rounding" | "stale" | "ratio" | "precision" => &["figure-value"],
        "magnitude" => &["figure-value", "figure-unit"],
        "range-end" => &["figure-value", "figure-shape", "figure-direction", "figure-text"],
        "unit" | "unit, by eye" => &["figure-unit", "figure-value", "figure-period"],
        "currency" | "percent-points" => &["figure-unit"],
        "period" => &["figure-period"],
        "direction" | "sign" => &["figure-direction"],
        "bound" => &["figure-bound"],
        "locale" => &["figure-text", "figure-value"],
        "plural" => &["figure-text", "figure-unit"],
        "state" => &["figure-unstated", "figure-value", "figure-text"],
        _ => &[],
    }
}

fn drawn(problem: &Diagnostic) -> String {
    let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{place}: {}: {} ({})", problem.code.name, problem.message, problem.help.as_deref().unwrap_or("no help"))
}
