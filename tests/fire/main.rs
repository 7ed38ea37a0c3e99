//! The long tests: builds that are killed, broken inputs, many pages, random edits. Each runs as long as it is told to.
//!
//! ```text
//! cargo test --test fire -- kills --count 1000 --seed 7 --bandbook target/release/bandbook
//! ```
//!
//! A failure names the seed that repeats it. At the end, one line on standard output says what was done.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]
#![expect(clippy::print_stdout, reason = "the one line that says what was done")]

#[path = "../suite/live/desk.rs"]
mod desk;
mod fuzz;
mod kills;
mod pages;

use std::path::PathBuf;

/// How many edits are made to one site before the next begins.
const EDITS_OF_ONE_SITE: usize = 100;

/// What one run is asked for.
struct Options {
    test: String,
    count: usize,
    seed: u64,
    bandbook: PathBuf,
}

fn main() {
    let options = options(std::env::args().skip(1)).unwrap_or_else(|problem| panic!("{problem}"));
    let Options { test, count, seed, bandbook } = &options;
    let told = match test.as_str() {
        "kills" => kills::run(*count, *seed, bandbook),
        "fuzz" => fuzz::run(*count, *seed),
        "pages" => pages::run(*count, bandbook),
        "edits" => edits(*count, *seed),
        other => panic!("no such test: `{other}`; there are kills, fuzz, pages and edits"),
    };
    println!("{told}");
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        test: arguments.next().unwrap_or_default(),
        count: 100,
        seed: 1,
        bandbook: env!("CARGO_BIN_EXE_bandbook").into(),
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("`{name}` takes a number, not `{value}`"));
        match name.as_str() {
            "--count" => options.count = number()? as usize,
            "--seed" => options.seed = number()?,
            "--bandbook" => options.bandbook = value.into(),
            _ => return Err(format!("no such option: `{name}`")),
        }
    }
    Ok(options)
}

/// Edits site after site at random, each held against a build after each edit.
fn edits(count: usize, seed: u64) -> String {
    let mut built = 0;
    let mut left = count;
    for seed in seed.. {
        if left == 0 {
            break;
        }
        let steps = left.min(EDITS_OF_ONE_SITE);
        built += desk::edit_at_random(seed, steps);
        left -= steps;
    }
    assert!(0 < built, "no edit left a site that could be built");
    format!("edits: {count}")
}
