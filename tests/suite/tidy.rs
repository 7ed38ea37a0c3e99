//! Rules about the source tree itself: the flow of the rooms, the size of files, and a word on top of each.

mod cycles;

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in the order data flows. A module may name only those before it.
const FLOW: &[&str] = &[
    "work",
    "diagnostic",
    "input",
    "document",
    "config",
    "data",
    "content",
    "site",
    "check",
    "render",
    "emit",
    "session",
    "serve",
];
const MAX_LINES: usize = 500;

#[test]
fn modules_name_only_earlier_modules() {
    let mut broken = Vec::new();
    for path in rust_files(Path::new("src")) {
        let Some(owner) = owner(&path) else { continue };
        let text = without_comments(&fs::read_to_string(&path).unwrap());
        for (offset, target) in crate_paths(&text) {
            let line = text[..offset].lines().count().max(1);
            match (rank(&owner), rank(target)) {
                (Some(own), Some(named)) if named <= own => (),
                (Some(_), Some(_)) => broken.push(format!("{}:{line}: {owner} may not name {target}", path.display())),
                _ => broken.push(format!("{}:{line}: {owner} or {target} is not in FLOW", path.display())),
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = rust_files(Path::new("src"))
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| MAX_LINES < *lines)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_owns() {
    let silent: Vec<String> = ["src", "tests", "xtask"]
        .iter()
        .flat_map(|dir| rust_files(Path::new(dir)))
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "))
        .map(|path| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "\n{}", silent.join("\n"));
}

#[test]
fn the_library_never_reads_the_disk_outside_input_nor_writes_it_outside_emit() {
    let mut broken = Vec::new();
    for path in rust_files(Path::new("src")) {
        let Some(owner) = owner(&path) else { continue };
        if matches!(&*owner, "input" | "emit") {
            continue;
        }
        let text = without_comments(&fs::read_to_string(&path).unwrap());
        for word in
            ["std::fs", "fs::read", "fs::write", "File::open", "File::create", "std::env", "SystemTime", "Command::new"]
        {
            if text.contains(word) {
                broken.push(format!("{}: {owner} names {word}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_markup_is_written_in_rust() {
    let mut broken = Vec::new();
    for path in rust_files(Path::new("src/render")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = without_comments(text.split("#[cfg(test)]").next().unwrap_or(""));
        for (number, line) in code.lines().enumerate() {
            if line.contains("\"<") || line.contains("</") {
                broken.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Words of the first site, which the generator, its comments and its tests do without.
const WORDS_OF_THE_FIRST_SITE: &[&str] = &[
    "salary",
    "salaries",
    "pay",
    "employer",
    "employers",
    "offer",
    "offers",
    "equity",
    "bonus",
    "bonuses",
    "seniority",
    "tpm",
    "tpms",
    "compensation",
    "wage",
    "wages",
    "promotion",
    "promotions",
];

#[test]
fn the_generator_knows_nothing_of_its_first_site() {
    let mut broken = Vec::new();
    for path in ["src", "templates", "static"].iter().flat_map(|folder| files(Path::new(folder))) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (at, line) in text.lines().enumerate() {
            // A word right behind a line break of a Rust text: `"\\npay"`.
            let line = line.replace("\\n", " ").to_lowercase();
            let words = line.split(|c: char| !c.is_alphanumeric());
            for word in words.filter(|word| WORDS_OF_THE_FIRST_SITE.contains(word)) {
                broken.push(format!("{}:{}: {word}", path.display(), at + 1));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// The first component below `src`, or nothing for the crate roots and the command line.
fn owner(path: &Path) -> Option<String> {
    let first = path.strip_prefix("src").unwrap().components().next()?;
    let name = first.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (!matches!(&*name, "lib" | "main" | "cli")).then_some(name)
}

/// Every module named through `crate::`, alone or in a braced list, with its offset.
fn crate_paths(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, prefix) in text.match_indices("crate::") {
        let start = at + prefix.len();
        match text[start..].strip_prefix('{') {
            Some(list) => found.extend(branches(list).into_iter().map(|branch| (at, head(branch)))),
            None => found.push((at, head(&text[start..]))),
        }
    }
    found
}

/// The top-level branches of a use list, given the text after its opening brace.
fn branches(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&list[start..at]);
                start = at + 1;
            }
            _ => (),
        }
    }
    found.retain(|branch| !branch.trim().is_empty());
    found
}

fn head(path: &str) -> &str {
    path.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

fn rank(module: &str) -> Option<usize> {
    FLOW.iter().position(|name| *name == module)
}

/// The text with line comments blanked, so that line numbers hold.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    files(dir).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_word_of_the_generator_shows_somewhere() {
    let mut text = String::new();
    for path in rust_files(Path::new("src/render")).into_iter().chain(rust_files(Path::new("src/data"))) {
        text += &fs::read_to_string(&path).unwrap();
    }
    for folder in ["templates", "templates/components"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                text += &fs::read_to_string(&path).unwrap();
            }
        }
    }
    let months = 1..=12;
    let labels = bandbook::config::Labels::default();
    let months: Vec<&str> = months.filter_map(|month| labels.month_name(month)).collect();
    let shows = |key: &str| {
        let by_value = key.starts_with("confidence_") && text.contains("\"confidence_\" ~");
        by_value
            || text.contains(&format!("labels.{key}"))
            || text.contains(&format!("\"{key}\""))
            || text.contains(&format!(".{key}"))
    };
    let silent: Vec<&str> =
        labels.iter().filter(|(key, word)| !months.contains(word) && !shows(key)).map(|(key, _)| key).collect();
    assert!(silent.is_empty(), "no page shows {silent:?}");
    let shows = |key: &str| text.contains(&format!("words.{key}")) || text.contains(&format!("labels.{key}"));
    let silent: Vec<&str> = labels.place.iter().filter(|(key, _)| !shows(key)).map(|(key, _)| key).collect();
    assert!(silent.is_empty(), "the tool shows no {silent:?}");
}
