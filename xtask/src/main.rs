//! The project's own tasks. `cargo xtask test` is all that continuous integration runs, so a desk can run the same.
//!
//! This crate depends on nothing, since it is compiled before anything can be tested.

mod command;
mod report;
mod spdx;
mod steps;
mod workspace;

use std::process::ExitCode;

use crate::steps::STEPS;
use crate::workspace::Workspace;

const USAGE: &str = "\
The project's own tasks.

Usage: cargo xtask test [--only STEP]...

Runs every step in order, goes on after one that fails, and closes with a summary.
The exit code is 0 if every step passed, 1 if one failed, 2 for wrong usage.

Steps:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        [] | ["--help" | "-h" | "help"] | ["test", "--help" | "-h"] => {
            print!("{}", usage());
            ExitCode::SUCCESS
        }
        ["test", options @ ..] => match chosen(options) {
            Ok(names) => test(&names),
            Err(problem) => refuse(&problem),
        },
        [other, ..] => refuse(&format!("no such task: `{other}`")),
    }
}

/// Runs the named steps, or all of them where none is named.
fn test(names: &[&str]) -> ExitCode {
    let workspace = Workspace::here();
    let steps = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name));
    report::run(steps.collect(), &workspace)
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
