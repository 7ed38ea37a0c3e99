//! The sample with two faults at once, in different files: both are reported, and nothing else is.

use std::collections::BTreeSet;

use super::*;

/// How many partners each fault gets.
const PARTNERS: usize = 4;

/// What is found: codes and places.
type Found = BTreeSet<(String, String)>;

#[test]
fn two_faults_in_two_files_are_two_problems() {
    let (sample, faults) = (sample(), faults());
    let count = faults.len();
    let pairs: Vec<(&Fault, &Fault)> = (0..count)
        .flat_map(|at| (1..=PARTNERS).map(move |step| (at, (at + step * 241 + at % 7) % count)))
        .map(|(one, two)| (&faults[one], &faults[two]))
        .filter(|(one, two)| is_independent(one, two, &sample) && is_independent(two, one, &sample))
        .filter(|(one, two)| !cfg!(windows) || [one, two].iter().all(|fault| fault.code != "unusable-name"))
        .collect();
    assert!(2500 < pairs.len(), "{} pairs", pairs.len());
    let wrong: Vec<String> = pairs.par_iter().filter_map(|(one, two)| judge_pair(one, two, &sample).err()).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

/// Whether one fault can't hide what the other breaks: they are in different files, and neither the paragraph that the other
/// changes nor its problem is about the one's file.
fn is_independent(one: &Fault, two: &Fault, sample: &Files) -> bool {
    let stem_of = |path: &str| path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("").to_owned();
    let stem = stem_of(&one.file);
    // Sets whose figures are calculated from the one's.
    let takes = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        text.lines().any(|line| line.starts_with("formula = ") && line.contains(&format!("{stem}.")))
    };
    let takers = sample.iter().filter(|(path, text)| path.starts_with("content/data/") && takes(text));
    let stems: Vec<String> =
        takers.map(|(path, _)| format!("figure:{}.", stem_of(path))).chain([stem.clone()]).collect();
    let place = |fault: &Fault| fault.elsewhere.as_ref().map_or(fault.file.clone(), |(file, _)| file.clone());
    let text = sample.get(&two.file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let mut around = text.split("\n\n").filter(|paragraph| two.found.lines().any(|line| paragraph.contains(line)));
    let (is_data, code) = (one.file.starts_with("content/data/"), two.code.as_str());
    one.file != two.file
        && place(one) != place(two)
        && one.file != place(two)
        && !two.typed.contains(&stem)
        && !around.any(|paragraph| stems.iter().any(|stem| paragraph.contains(stem)))
        // A page that shows a set lacks the anchors of what can't be read; a set of no known kind may hold any term.
        && !(is_data && code.ends_with("-anchor"))
        // A set that can't be read has no page of records, whose address a page could take.
        && !(is_data && code == "address-collision")
        && !(one.code == "set-kind" && code == "term-unknown")
        // The line of the settings that can't be read may allow HTML, or say how old a value may be.
        && !(one.file == "content/site.toml"
            && one.code == "toml-syntax"
            && matches!(code, "raw-html" | "value-out-of-date"))
}

fn judge_pair(one: &Fault, two: &Fault, sample: &Files) -> Result<(), String> {
    let (files, first) = break_site(one, sample)?;
    let (files, second) = break_site(two, &files)?;
    let folder = write(&files);
    let report = check_folder(folder.path());
    let found: Found = report
        .diagnostics
        .iter()
        .map(|problem| {
            (problem.code.name.to_owned(), problem.place.as_ref().map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    // Rules that wait are named in the closing line; finished pages are looked at once there is no error.
    let may_wait = |fault: &Fault| {
        report.waiting.rules.contains(fault.code.as_str())
            || (fault.code == "unused-waiver" && (report.unfinished || !report.waiting.rules.is_empty()))
            || (report.unfinished && (fault.code.starts_with("output-") || fault.code == "template"))
    };
    let all: Found = [(one, &first), (two, &second)].map(|(fault, at)| (fault.code.clone(), at.clone())).into();
    let sure: Found = [(one, &first), (two, &second)]
        .into_iter()
        .filter(|(fault, _)| !may_wait(fault))
        .map(|(fault, at)| (fault.code.clone(), at.clone()))
        .collect();
    if found.is_subset(&all) && sure.is_subset(&found) && found.len() == report.diagnostics.len() {
        return Ok(());
    }
    Err(format!("{} and {}: {all:?}, waiting {:?}\n{}", one.line, two.line, report.waiting, drawn(&report)))
}
