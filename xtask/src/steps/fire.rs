//! The long tests: `cargo xtask fire` runs them for long, and the step of `cargo xtask test` a sample of each.
//!
//! Mutants have no sample: each needs the tests to be built once more, so a few minutes are not enough for any that would mean something.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::tools::Tool;
use crate::workspace::Workspace;

/// One long test.
struct Fire {
    name: &'static str,
    /// How much is done at length.
    long: &'static str,
    /// How much is done in the sample.
    sample: &'static str,
    /// Whether it runs the program as it is shipped, since the one with debug assertions would take hours.
    is_shipped: bool,
}

const FIRES: &[Fire] = &[
    Fire { name: "kills", long: "2000", sample: "60", is_shipped: true },
    Fire { name: "fuzz", long: "2000000", sample: "20000", is_shipped: false },
    Fire { name: "pages", long: "100000", sample: "2000", is_shipped: true },
    Fire { name: "edits", long: "20000", sample: "400", is_shipped: false },
];
const MUTANTS: &str = "mutants";
/// Into how many parts the changes to the code are divided: all of them would take a day.
const MUTANT_PARTS: u64 = 40;
/// Exit codes of cargo-mutants: no test noticed some change, or the tests never came to an end with some.
const SOME_MISSED: i32 = 2;
const SOME_TIMED_OUT: i32 = 3;

/// Runs the sample of each, from seeds that stay the same: a commit that passed passes for good.
pub(super) fn sample(workspace: &Workspace) -> Result<String, String> {
    let run = |fire: &Fire| start(fire, fire.sample, "1", workspace);
    let notes = FIRES.iter().map(run).collect::<Result<Vec<String>, String>>()?;
    Ok(format!("{}; mutants: only in `cargo xtask fire`", notes.join(", ")))
}

pub(crate) fn is_long_test(name: &str) -> bool {
    name == MUTANTS || FIRES.iter().any(|fire| fire.name == name)
}

/// Runs the named tests at length, or all where none is named, each from a new seed.
pub(crate) fn run(names: &[&str], workspace: &Workspace) -> Result<String, String> {
    let is_wanted = |name: &str| names.is_empty() || names.contains(&name);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs());
    let mut notes = Vec::new();
    for fire in FIRES.iter().filter(|fire| is_wanted(fire.name)) {
        notes.push(start(fire, fire.long, &seed.to_string(), workspace)?);
    }
    if is_wanted(MUTANTS) {
        notes.push(mutants(seed, workspace)?);
    }
    Ok(notes.join(", "))
}

/// Runs one test. The note is the line that it writes at its end.
fn start(fire: &Fire, count: &str, seed: &str, workspace: &Workspace) -> Result<String, String> {
    println!("{}: {count} from seed {seed}", fire.name);
    let test = ["test", "--quiet", "--locked", "--test", "fire", "--", fire.name, "--count", count, "--seed", seed];
    let mut task = workspace.cargo(&test);
    if fire.is_shipped {
        task = task.arg("--bandbook").arg(workspace.release()?);
    }
    let note = task.output()?;
    print!("{note}");
    Ok(note.trim().to_owned())
}

/// Changes the code that reads and compares numbers in the ways that cargo-mutants knows, and counts the changes that a test notices. One
/// run takes a part of them, which the seed chooses.
fn mutants(seed: u64, workspace: &Workspace) -> Result<String, String> {
    Tool::CargoMutants.install(workspace)?;
    let files = ["src/data/number.rs", "src/data/notation/*.rs"].map(|file| ["--file", file]).concat();
    let output = workspace.target().join("mutants");
    let task = workspace.cargo(&["mutants", "--package", "bandbook", "--shard"]);
    task.arg(format!("{}/{MUTANT_PARTS}", seed % MUTANT_PARTS))
        .args(files)
        .arg("--output")
        .arg(&output)
        .args(["--", "--lib", "data::"])
        .run_accepting(&[0, SOME_MISSED, SOME_TIMED_OUT])?;
    let results = output.join("mutants.out");
    let count = |name: &str| -> Result<usize, String> {
        let path = results.join(name);
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{} could not be read: {error}", path.display()))?;
        Ok(text.lines().count())
    };
    let killed = count("caught.txt")? + count("timeout.txt")?;
    let missed = count("missed.txt")?;
    Ok(format!("mutants killed: {killed} of {}, the others are in {}/missed.txt", killed + missed, results.display()))
}
