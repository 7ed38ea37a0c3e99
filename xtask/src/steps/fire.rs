//! The long tests: `cargo xtask fire` runs them for long, and the step of `cargo xtask test` a sample of each.
//!
//! Mutants have no sample: each needs the tests to be built once more, so a few minutes are not enough for any that would mean something.

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
    Fire { name: "edits", long: "20000", sample: "100", is_shipped: false },
];
const MUTANTS: &str = "mutants";

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
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| time.as_secs()).to_string();
    let mut notes = Vec::new();
    for fire in FIRES.iter().filter(|fire| is_wanted(fire.name)) {
        notes.push(start(fire, fire.long, &seed, workspace)?);
    }
    if is_wanted(MUTANTS) {
        notes.push(mutants(workspace)?);
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

/// Changes the code that reads and compares numbers, in every way that cargo-mutants knows, and looks whether a test notices.
fn mutants(workspace: &Workspace) -> Result<String, String> {
    Tool::CargoMutants.install(workspace)?;
    let files = ["src/data/number.rs", "src/data/notation/*.rs"].map(|file| ["--file", file]).concat();
    let output = workspace.target().join("mutants");
    workspace
        .cargo(&["mutants", "--package", "bandbook"])
        .args(files)
        .arg("--output")
        .arg(&output)
        .args(["--", "--lib", "data::"])
        .run()?;
    Ok("mutants: all killed".to_owned())
}
