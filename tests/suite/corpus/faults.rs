//! The corpus's files: one sample site that uses every feature, and a thousand single faults made from it.
//!
//! `corpus/faults.txt` holds a fault a line, below a line `## FILE` that names the file it is made in:
//!
//! ```text
//! CODE :: FOUND ⇒ TYPED
//! CODE :: FOUND ⇒ TYPED @ FILE :: NEEDLE
//! CODE :: FOUND ⇒ TYPED @ FILE :: LINE:COLUMN
//! ```
//!
//! `FOUND` stands once in the file, and `TYPED` replaces it; `^` is the file's start, `$` its end, and `new` a file that
//! the sample doesn't have. `¦` marks the place at which the problem is expected, `⏎` is a line break, `␣` a space, and `⟦FF⟧`
//! a byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a site by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One fault.
pub struct Fault {
    /// Its line in the list.
    pub line: usize,
    pub code: String,
    pub file: String,
    pub found: String,
    pub typed: String,
    /// The file and the text at which the problem is expected, where that isn't in the text typed.
    pub elsewhere: Option<(String, String)>,
}

/// The sample with one fault, and the place of the problem.
pub fn break_site(fault: &Fault, sample: &Files) -> Result<(Files, String), String> {
    let mut files = sample.clone();
    let before = files.get(&fault.file).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = match (fault.found.as_str(), before) {
        ("new", None) => fault.typed.clone(),
        ("^", Some(before)) => format!("{}{before}", fault.typed),
        ("$", Some(before)) => format!("{before}{}", fault.typed),
        (found, Some(before)) if before.matches(found).count() == 1 => before.replacen(found, &fault.typed, 1),
        (found, before) => {
            let count = before.map(|text| text.matches(found).count());
            return Err(format!("{found:?} stands {count:?} times in {}", fault.file));
        }
    };
    files.insert(fault.file.clone(), bytes(&text.replace('¦', "")));
    let (file, marked) = match &fault.elsewhere {
        None => (&fault.file, text),
        Some((file, needle)) => {
            if !needle.contains('¦') {
                return Ok((files, format!("{file}:{needle}")));
            }
            let text = files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            (file, text.replacen(&needle.replace('¦', ""), needle, 1))
        }
    };
    let (before, _) = marked.split_once('¦').ok_or_else(|| format!("nothing is marked in {file}"))?;
    let column = before.rsplit('\n').next().unwrap_or("").trim_start_matches('\u{feff}').chars().count() + 1;
    Ok((files, format!("{file}:{}:{column}", before.matches('\n').count() + 1)))
}

/// The bytes of a text in which `⟦FF⟧` stands for a byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split('⟦');
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_once('⟧').unwrap();
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/corpus")
}

/// The files of the sample site.
pub fn sample() -> Files {
    fn read(folder: &Path, base: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, base, files);
            } else {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let (mut files, base) = (Files::new(), folder().join("site"));
    read(&base, &base, &mut files);
    files
}

pub fn write(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

pub fn faults() -> Vec<Fault> {
    let text = fs::read_to_string(folder().join("faults.txt")).unwrap();
    let mut file = "";
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("## ") {
            file = name;
        } else if !line.is_empty() && !line.starts_with("# ") {
            faults.push(fault(line, file).unwrap_or_else(|| panic!("line {}: {line}", at + 1)).at(at + 1));
        }
    }
    faults
}

fn fault(line: &str, file: &str) -> Option<Fault> {
    let plain = |text: &str| text.replace('⏎', "\n").replace('␣', " ");
    let (code, rest) = line.split_once(" :: ")?;
    let (found, rest) = rest.split_once(" ⇒")?;
    let (typed, elsewhere) = match rest.split_once(" @ ") {
        Some((typed, place)) => (typed, Some(place.split_once(" :: ")?)),
        None => (rest, None),
    };
    let typed = typed.strip_prefix(' ').unwrap_or(typed);
    Some(Fault {
        line: 0,
        code: code.to_owned(),
        file: file.to_owned(),
        found: plain(found),
        typed: plain(typed),
        elsewhere: elsewhere.map(|(file, needle)| (file.to_owned(), plain(needle))),
    })
}

impl Fault {
    fn at(self, line: usize) -> Self {
        Self { line, ..self }
    }
}
