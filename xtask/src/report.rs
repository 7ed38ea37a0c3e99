//! Runs steps one after the other, each under a heading, and closes with a summary of all of them.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::steps::Step;
use crate::workspace::Workspace;

struct Row {
    name: &'static str,
    outcome: Result<String, String>,
    took: Duration,
}

/// Runs every step, also after one that failed, so that one run shows all problems.
pub(crate) fn run(steps: Vec<&Step>, workspace: &Workspace) -> ExitCode {
    let started = Instant::now();
    let count = steps.len();
    let mut rows = Vec::with_capacity(count);
    for (index, step) in steps.into_iter().enumerate() {
        println!("\n=== {}/{count} {}: {}", index + 1, step.name, step.about);
        let began = Instant::now();
        let outcome = (step.run)(workspace);
        let row = Row { name: step.name, outcome, took: began.elapsed() };
        println!("--- {}", line(&row, 0));
        rows.push(row);
    }
    let failed = rows.iter().filter(|row| row.outcome.is_err()).count();
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    println!("\n=== Summary");
    for row in &rows {
        println!("{}", line(row, width));
    }
    println!("{} passed, {failed} failed, in {}", count - failed, seconds(started.elapsed()));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(row: &Row, width: usize) -> String {
    let (verdict, words) = match &row.outcome {
        Ok(note) => ("ok    ", note),
        Err(problem) => ("FAILED", problem),
    };
    let name = row.name;
    let colon = if words.is_empty() { "" } else { ": " };
    format!("{verdict} {name:width$} {:>8}{colon}{words}", seconds(row.took))
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
