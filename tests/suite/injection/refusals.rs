//! What is refused is quoted by the refusal, in every format; none of them lets it out.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::media;
use super::site::{Site, Texts};
use super::{PAYLOADS, REFUSED};
use crate::project::{Project, Run};

/// A page on which each payload is wrong, wherever it names something.
const WRONG: &str = include_str!("wrong.md");

#[test]
fn a_refusal_is_drawn_safely_in_every_format() {
    let site = Site::new();
    let wrong: Vec<String> = PAYLOADS
        .par_iter()
        .chain(REFUSED.par_iter())
        .flat_map_iter(|payload| {
            let folder = hostile_site(&site, payload);
            let mut wrong = Vec::new();
            for format in ["human", "short", "json", "github"] {
                let verb = format!("check --format {format}");
                wrong.extend(judge(&folder, &verb, format).map(|cause| format!("{payload:?}: {verb}: {cause}")));
            }
            wrong
        })
        .collect();
    println!("{} payloads × {} fields × 4 formats", PAYLOADS.len() + REFUSED.len(), site.places.len());
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn control_characters_are_refused_in_every_field() {
    let site = Site::new();
    for payload in REFUSED {
        let texts: Texts = (0..site.places.len()).map(|at| (at, (*payload).to_owned())).collect();
        let written = site.write(&texts);
        let folder = tempfile::tempdir().unwrap();
        written.save(folder.path());
        let report = super::build_folder(folder.path());
        let hidden = report.diagnostics.iter().filter(|problem| problem.code.name == "hidden-character");
        // A line's first one is reported.
        let reported: BTreeSet<(&str, usize)> = hidden
            .filter_map(|problem| problem.place.as_ref())
            .map(|place| (place.source.path(), place.position().line as usize - 1))
            .collect();
        let silent: Vec<&str> = (0..site.places.len())
            .filter(|at| !reported.contains(&written.line(*at)))
            .map(|at| site.places[at].field.as_str())
            .collect();
        assert!(silent.is_empty(), "{payload:?} is taken by {silent:?}");
    }
}

#[test]
fn what_an_old_revision_holds_is_drawn_safely() {
    let rows: String = PAYLOADS
        .iter()
        .enumerate()
        .map(|(at, payload)| format!("[row-{at}]\ntitle = {}\nvalue = 5\n", super::fields::quoted(payload)))
        .collect();
    let data = format!("kind = \"facts\"\nunit = \"USD/year\"\n{rows}");
    let project = Project::new().file("content/data/old.toml", &data);
    project.git(&["init", "--quiet"]);
    project.commit("2026-01-01T00:00:00Z");
    let project = project.file("content/data/old.toml", data.replace("value = 5", "value = 6"));
    for format in ["human", "json", "github"] {
        let run = project.run(&format!("diff HEAD --format {format}"));
        run.succeeds();
        assert!(run.stdout.contains("row-0") || run.stderr.contains("row-0"), "{run:?}");
        let wrong = drawn_wrongly(&run, "", format);
        assert_eq!(wrong, None, "{format}\n{run:?}");
    }
}

/// The sample with a payload in each of its fields, and wherever a page may name something.
pub(super) fn hostile_site(site: &Site, payload: &str) -> Project {
    let is_kind = |at: &usize| !site.places[*at].field.ends_with(".kind");
    let text = |at: usize| (at, format!("{}{payload}", site.places[at].typed));
    let mut project = Project::empty();
    for (path, bytes) in site.write(&(0..site.places.len()).filter(is_kind).map(text).collect()).files {
        project = project.file(&path, bytes);
    }
    let kind = format!("kind = {}\n", super::fields::quoted(payload));
    let name: String = payload.chars().filter(|c| !matches!(c, '/' | '\0')).take(60).collect();
    let page = WRONG.replace('¤', &payload.replace('\n', " "));
    let project = project.file("content/wrong.md", &page).file("content/data/wrong.toml", kind);
    // Some systems refuse such names themselves.
    if cfg!(unix) {
        return project.file(&format!("content/x{name}.md"), page).file(&format!("content/data/x{name}.toml"), "x");
    }
    project
}

fn judge(project: &Project, verb: &str, format: &str) -> Option<String> {
    let summary = project.path("summary.md");
    std::fs::write(&summary, "").unwrap();
    let output = project.command(".", verb).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    let run = Run {
        stdout: String::from_utf8(output.stdout).ok()?,
        stderr: String::from_utf8(output.stderr).ok()?,
        code: output.status.code(),
    };
    if run.code != Some(1) {
        return Some(format!("{run:?}"));
    }
    drawn_wrongly(&run, &std::fs::read_to_string(&summary).unwrap(), format)
}

/// What a run let out that its reader would obey.
fn drawn_wrongly(run: &Run, summary: &str, format: &str) -> Option<String> {
    for text in [&run.stdout, &run.stderr] {
        if let Some(c) = media::obeyed(text) {
            let line = text.lines().find(|line| line.contains(c)).unwrap_or_default();
            return Some(format!("U+{:04X} in {line:?}", u32::from(c)));
        }
    }
    match format {
        "json" => media::json(&run.stdout).err(),
        "github" => media::foreign_command(&run.stdout)
            .or_else(|| media::foreign_command(&run.stderr))
            .map(|line| format!("a command: {line:?}"))
            .or_else(|| media::foreign_element(summary).map(|element| format!("the summary holds {element}"))),
        _ => None,
    }
}
