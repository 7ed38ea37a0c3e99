//! Changed files as a unified diff, which `git apply` takes.

use bandbook::session::FixedFile;
use similar::TextDiff;

/// Lines shown before and after a change.
const CONTEXT: usize = 2;

/// The changes of all files.
pub fn patch(files: &[FixedFile], prefix: &str) -> String {
    files.iter().map(|file| unified(file, prefix)).collect()
}

fn unified(file: &FixedFile, prefix: &str) -> String {
    let before = file.before.as_ref().map_or("", |before| before.text());
    let old = if file.before.is_some() { format!("a/{prefix}{}", file.path) } else { "/dev/null".to_owned() };
    let diff = TextDiff::from_lines(before, file.after.as_str());
    diff.unified_diff().context_radius(CONTEXT).header(&old, &format!("b/{prefix}{}", file.path)).to_string()
}
