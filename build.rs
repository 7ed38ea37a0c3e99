//! Embeds `templates/`, `static/` and `init/`, so that an installed binary works in any folder.
//!
//! Sorted, without a clock, and without any environment but Cargo's own. It never reads `content/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A folder, as a list of paths and contents under a name.
struct Folder {
    path: &'static str,
    name: &'static str,
    kind: &'static str,
    macro_name: &'static str,
    /// Whether files whose names begin with a dot belong to it.
    hidden: bool,
}

const TEMPLATES: Folder =
    Folder { path: "templates", name: "TEMPLATES", kind: "str", macro_name: "include_str", hidden: false };
const STATICS: Folder =
    Folder { path: "static", name: "STATICS", kind: "[u8]", macro_name: "include_bytes", hidden: false };
const INIT: Folder = Folder { path: "init", name: "FILES", kind: "str", macro_name: "include_str", hidden: true };

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), code(&TEMPLATES)? + &code(&STATICS)?)?;
    fs::write(out.join("init.rs"), code(&INIT)?)
}

fn code(folder: &Folder) -> io::Result<String> {
    let Folder { path, name, kind, macro_name, hidden } = folder;
    println!("cargo::rerun-if-changed={path}");
    let base = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join(path);
    let mut files = Vec::new();
    collect(&base, *hidden, &mut files)?;
    files.sort();
    let mut code = String::new();
    let _ = writeln!(code, "/// Path and contents of every file of `{path}/`, sorted by path.");
    let _ = writeln!(code, "pub static {name}: &[(&str, &{kind})] = &[");
    for file in files {
        let path = file.strip_prefix(&base).expect("collected below it");
        let path = path.to_str().expect("names in this repository are UTF-8").replace('\\', "/");
        let whole = file.to_str().expect("names in this repository are UTF-8");
        let _ = writeln!(code, "    ({path:?}, {macro_name}!({whole:?})),");
    }
    code.push_str("];\n");
    Ok(code)
}

fn collect(folder: &Path, hidden: bool, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, hidden, files)?;
        } else if hidden || !is_hidden {
            files.push(path);
        }
    }
    Ok(())
}
