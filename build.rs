//! Embeds `templates/` and `static/`, so that an installed binary works in any folder.
//!
//! Sorted, without a clock, and without any environment but Cargo's own. It never reads `content/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut code = String::new();
    for (name, folder, kind, macro_name) in
        [("TEMPLATES", "templates", "str", "include_str"), ("STATICS", "static", "[u8]", "include_bytes")]
    {
        println!("cargo::rerun-if-changed={folder}");
        let base = root.join(folder);
        let mut files = Vec::new();
        collect(&base, &mut files)?;
        files.sort();
        let _ = writeln!(code, "/// Path and contents of every file of `{folder}/`, sorted by path.");
        let _ = writeln!(code, "pub static {name}: &[(&str, &{kind})] = &[");
        for file in files {
            let path = file.strip_prefix(&base).expect("collected below it");
            let path = path.to_str().expect("names in this repository are UTF-8").replace('\\', "/");
            let whole = file.to_str().expect("names in this repository are UTF-8");
            let _ = writeln!(code, "    ({path:?}, {macro_name}!({whole:?})),");
        }
        code.push_str("];\n");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !hidden {
            files.push(path);
        }
    }
    Ok(())
}
