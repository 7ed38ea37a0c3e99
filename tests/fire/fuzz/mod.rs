//! Broken inputs for everything that reads what others wrote: pages, data, settings, figures, requests, and whole sites.
//!
//! Inputs are made from the repository's own sites by a seeded generator, and are a few thousand characters at most. Which problems are
//! reported doesn't matter here, but nothing may panic, and an input that is still being read after two minutes ends the run.

mod input;
mod request;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use bandbook::diagnostic::{Diagnostic, Source};
use bandbook::session::{CheckOptions, check};
use bandbook::{config, content, data};

use crate::desk::{Dice, put};

/// How long one input may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);
/// The sites that inputs are made from.
const SITES: &[&str] = &["tests/suite/corpus/site", "init", "examples/hosting"];
/// Reading a whole site from the disk, and answering a request, takes as long as reading so many texts.
const SLOW: usize = 100;

/// The file that a formula is put into.
const FORMULA: &str = "content/data/formula.toml";

/// How many panics there were, also in threads that catch them.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Files by their path from the root of their site.
type Files = BTreeMap<String, Vec<u8>>;

/// Reads `count` inputs.
pub fn run(count: usize, seed: u64) -> String {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        usual(panic);
    }));
    let (sender, progress) = channel();
    let reader = std::thread::spawn(move || {
        let samples = Samples::read();
        let served = request::Served::start();
        for at in 0..count {
            let mut dice = Dice::new(seed.wrapping_add(at as u64));
            let failed = samples.read_one(&mut dice, &served);
            sender.send((at, failed)).unwrap();
        }
    });
    let mut failures = Vec::new();
    for expected in 0..count {
        match progress.recv_timeout(PATIENCE) {
            Ok((_, None)) => (),
            Ok((at, Some(input))) => failures.push(keep(seed.wrapping_add(at as u64), &input)),
            Err(RecvTimeoutError::Timeout) => panic!("seed {}: still being read", seed.wrapping_add(expected as u64)),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    reader.join().unwrap();
    assert!(failures.is_empty(), "{} inputs make a reader panic:\n{}", failures.len(), failures.join("\n"));
    format!("inputs fuzzed: {count}")
}

/// Writes an input that failed where it can be looked at, and says where.
fn keep(seed: u64, input: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{seed}"));
    fs::write(&path, input).unwrap();
    format!("--seed {seed} --count 1: {}", path.display())
}

/// What inputs are made from, by the reader that they are for.
struct Samples {
    pages: Vec<String>,
    data: Vec<String>,
    settings: Vec<String>,
    figures: Vec<String>,
    formulas: Vec<String>,
    csv: Vec<String>,
    requests: Vec<String>,
    site: Files,
}

impl Samples {
    fn read() -> Self {
        let sites: Vec<Files> = SITES.iter().map(|site| files(Path::new(site))).collect();
        let texts = |wanted: fn(&str) -> bool| -> Vec<String> {
            let chosen = sites.iter().flatten().filter(|(path, _)| path.starts_with("content/") && wanted(path));
            chosen.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
        };
        let samples = Self {
            pages: texts(|path| path.ends_with(".md")),
            data: texts(|path| path.starts_with("content/data/") && path.ends_with(".toml")),
            settings: texts(|path| path == "content/site.toml"),
            figures: owned(input::FIGURES),
            formulas: owned(input::FORMULAS),
            csv: owned(input::CSV),
            requests: owned(request::SAMPLES),
            site: sites[0].clone(),
        };
        assert!(samples.pages.len() > 5 && samples.data.len() > 5 && samples.settings.len() > 1);
        samples
    }

    /// Makes one input and reads it. Gives the input where that panics.
    fn read_one(&self, dice: &mut Dice, served: &request::Served) -> Option<Vec<u8>> {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        match dice.roll(SLOW) {
            0 => {
                let (path, bytes) = self.broken_site_file(dice);
                return panics(|| self.check(&path, &bytes)).then_some(bytes);
            }
            1 => {
                let text = input::broken(dice, &self.requests);
                return panics(|| served.ask(text.as_bytes())).then(|| text.into_bytes());
            }
            _ => (),
        }
        let (samples, path) = match dice.roll(6) {
            0 => (&self.pages, "content/page.md"),
            1 => (&self.data, "content/data/set.toml"),
            2 => (&self.settings, "content/site.toml"),
            3 => (&self.formulas, FORMULA),
            4 => (&self.csv, "content/data/set.csv"),
            _ => (&self.figures, ""),
        };
        let text = input::broken(dice, samples);
        let options = content::Options { allow_html: dice.roll(2) == 0 };
        let source = Source::new(path, text.as_str());
        let read = || match path {
            "content/page.md" => drop(content::parse(&source, options, &mut diagnostics)),
            "content/data/set.toml" => drop(data::read(&[Arc::clone(&source)], &[], &mut diagnostics)),
            "content/site.toml" => drop(config::parse(&source, &mut diagnostics)),
            "content/data/set.csv" => {
                let columns = Source::new("content/data/set.toml", input::CSV_COLUMNS);
                drop(data::read(&[columns, Arc::clone(&source)], &[], &mut diagnostics));
            }
            FORMULA => {
                let toml = text.replace(['"', '\\', '\n', '\r'], " ");
                let facts =
                    format!("kind = \"facts\"\nexpect = [\"{toml}\"]\n[a]\ntitle = \"A\"\nformula = \"{toml}\"\n");
                drop(data::read(&[Source::new(path, facts.as_str())], &[], &mut diagnostics));
            }
            _ => {
                drop(data::notation::read(&text));
                drop(data::notation::typed::find(&text, true));
            }
        };
        panics(read).then(|| text.into_bytes())
    }

    /// One file of the site, or the record of its addresses, with some bytes changed.
    fn broken_site_file(&self, dice: &mut Dice) -> (String, Vec<u8>) {
        let texts: Vec<&String> = self.site.keys().filter(|path| path.starts_with("content/")).collect();
        match dice.roll(8) {
            0 => {
                let lock = "# Addresses\n/\n/bands/\n/bands/l2/#first\n/gone/\n".to_owned();
                ("content/addresses.lock".to_owned(), input::broken_bytes(dice, lock.as_bytes()))
            }
            _ => {
                let path = (*dice.pick(&texts)).clone();
                let bytes = input::broken_bytes(dice, &self.site[&path]);
                (path, bytes)
            }
        }
    }

    /// Checks the site with one file in place of its own.
    fn check(&self, path: &str, bytes: &[u8]) {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &self.site {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        put(&folder.path().join(path), "");
        fs::write(folder.path().join(path), bytes).unwrap();
        check(&CheckOptions { root: folder.path().to_owned(), ..CheckOptions::default() }).unwrap();
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Whether some work panics, in this thread or in one that works for it.
fn panics(work: impl FnOnce()) -> bool {
    let before = PANICS.load(Ordering::SeqCst);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    outcome.is_err() || PANICS.load(Ordering::SeqCst) != before
}

/// The files below a folder of the repository.
fn files(root: &Path) -> Files {
    fn walk(folder: &Path, root: &Path, files: &mut Files) {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(root, root, &mut files);
    files
}
