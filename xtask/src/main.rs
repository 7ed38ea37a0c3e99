//! The project's own tasks. `cargo xtask test` is all that continuous integration runs, so anyone can run the same; `cargo xtask fire`
//! runs the long tests, for hours.
//!
//! This crate depends on nothing, since it is compiled before anything can be tested.

mod command;
mod report;
mod steps;
mod tools;
mod workspace;

use std::process::ExitCode;

use crate::steps::{STEPS, Step};
use crate::tools::Tool;
use crate::workspace::Workspace;

const USAGE: &str = "\
The project's own tasks.

Usage: cargo xtask test [--only STEP]...
       cargo xtask fire [kills|fuzz|pages|edits|mutants]...

`test` runs every step in order, goes on after one that fails, and closes with a summary. What a step needs and is
missing is installed, or said to be missing. `fire` runs the long tests, for hours: builds that are killed, broken
inputs, a hundred thousand pages, random edits, and changes to the code that a test must notice.
The exit code is 0 if all passed, 1 if something failed, 2 for wrong usage.

Steps:
";

/// How long all steps take, as measured on a machine with two cores.
const TIME: &str =
    "takes less than 10 minutes on two cores once everything is built; the first time, about 15 more to build";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        [] | ["--help" | "-h" | "help"] | ["test" | "fire", "--help" | "-h"] => {
            print!("{}", usage());
            ExitCode::SUCCESS
        }
        ["test", options @ ..] => match chosen(options) {
            Ok(names) => test(&names),
            Err(problem) => refuse(&problem),
        },
        ["fire", names @ ..] => fire(names),
        [other, ..] => refuse(&format!("no such task: `{other}`")),
    }
}

/// Runs the named steps, or all of them where none is named.
fn test(names: &[&str]) -> ExitCode {
    let workspace = Workspace::here();
    let steps: Vec<&Step> = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect();
    announce(&steps, &workspace);
    report::run(steps, &workspace)
}

/// Runs the named long tests, or all of them where none is named.
fn fire(names: &[&str]) -> ExitCode {
    if let Some(unknown) = names.iter().find(|name| !steps::is_long_test(name)) {
        return refuse(&format!("no such long test: `{unknown}`"));
    }
    match steps::fire(names, &Workspace::here()) {
        Ok(note) => {
            println!("ok: {note}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Says what will be installed, what can't be, and how long it takes.
fn announce(steps: &[&Step], workspace: &Workspace) {
    let tools: Vec<Tool> = steps.iter().flat_map(|step| step.tools).copied().collect();
    let lines = tools::announcement(&tools, workspace);
    for line in &lines {
        println!("{line}");
    }
    if lines.is_empty() {
        println!("nothing needs to be installed");
    }
    if steps.len() == STEPS.len() {
        println!("{TIME}");
    }
}

/// The steps named by `--only`, which may be given several times.
fn chosen<'a>(options: &[&'a str]) -> Result<Vec<&'a str>, String> {
    let mut names = Vec::new();
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let name = match option.strip_prefix("--only") {
            Some("") => rest.next().ok_or("`--only` needs the name of a step")?,
            Some(value) if value.starts_with('=') => &value[1..],
            _ => return Err(format!("no such option: `{option}`")),
        };
        if !STEPS.iter().any(|step| step.name == name) {
            return Err(format!("no such step: `{name}`"));
        }
        names.push(name);
    }
    Ok(names)
}

fn refuse(problem: &str) -> ExitCode {
    eprint!("error: {problem}\n\n{}", usage());
    ExitCode::from(2)
}

fn usage() -> String {
    let width = STEPS.iter().map(|step| step.name.len()).max().unwrap_or(0);
    let steps: String = STEPS.iter().map(|step| format!("  {:width$}  {}\n", step.name, step.about)).collect();
    format!("{USAGE}{steps}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_takes_names_of_steps() {
        assert_eq!(chosen(&[]), Ok(vec![]));
        assert_eq!(chosen(&["--only", "format", "--only=lint"]), Ok(vec!["format", "lint"]));
        assert!(chosen(&["--only"]).is_err());
        assert!(chosen(&["--only", "nothing"]).is_err());
        assert!(chosen(&["--onlyformat"]).is_err());
        assert!(chosen(&["format"]).is_err());
    }
}
