//! Names of files and folders: which can stand in an address and be checked out on every system.

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

/// The longest name in bytes. File systems end at 255, and a name is lengthened on its way out.
const MAX_NAME: usize = 200;
/// The longest path from the root in bytes, which bounds the depth of folders too.
const MAX_PATH: usize = 1_000;

pub(super) static UNUSABLE_NAME: Code = Code {
    name: "unusable-name",
    severity: Severity::Error,
    rule: false,
    what: "A file or folder has a name that can't be an address, or that some systems can't store.",
    why: "The name becomes the page's address, and the repository must be usable on Windows, macOS and Linux alike.",
    example: "content/prices: plans.md",
    mend: "Rename it. Letters, digits, `-`, `_` and `.` are always right; spaces and letters of any script are allowed.",
};

/// The start of a file whose text is not at hand.
pub(super) fn start_of(path: &str) -> Place {
    Place::start_of(&Source::new(printable(path), ""))
}

/// What is wrong with a file whose path ends in a name, if anything. The path is only for the report.
pub(super) fn check(name: &str, path: &str) -> Option<Diagnostic> {
    let shown = printable(name);
    let message = fault(name, path, &shown)?;
    let help = match suggestion(name) {
        Some(better) => format!("rename it, for example to `{better}`"),
        None => "rename it: letters, digits, `-`, `_` and `.` are always right".to_owned(),
    };
    Some(Diagnostic::new(&UNUSABLE_NAME, &start_of(path), message).help(help))
}

/// Whether a file or a folder can have this name on every system.
pub fn is_portable(name: &str) -> bool {
    fault(name, "", "").is_none()
}

/// A name that is not text at all: `lossy` is what can be shown of it.
pub(super) fn not_text(lossy: &str, path: &str) -> Diagnostic {
    let message = format!("the name `{}` is not UTF-8", printable(lossy));
    Diagnostic::new(&UNUSABLE_NAME, &start_of(path), message)
        .help("rename it: letters, digits, `-`, `_` and `.` are always right")
}

/// The text with everything that would move a terminal's cursor, or hide, replaced.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn fault(name: &str, path: &str, shown: &str) -> Option<String> {
    if let Some(c) = name.chars().find(|c| is_invisible(*c)) {
        return Some(format!("the name `{shown}` holds an invisible character, U+{:04X}", c as u32));
    }
    if let Some(c) = name.chars().find(|c| is_refused_by_windows(*c)) {
        return Some(format!("the name `{shown}` holds `{c}`, which Windows can't store"));
    }
    if name.ends_with(['.', ' ']) {
        return Some(format!("the name `{shown}` ends in a dot or a space, which Windows drops"));
    }
    if name.starts_with(' ') {
        return Some(format!("the name `{shown}` starts with a space"));
    }
    if is_reserved_by_windows(name) {
        return Some(format!("the name `{shown}` is a device on Windows"));
    }
    if MAX_NAME < name.len() {
        return Some(format!("a name of {} bytes is longer than {MAX_NAME}", name.len()));
    }
    (MAX_PATH < path.len()).then(|| format!("a path of {} bytes is longer than {MAX_PATH}", path.len()))
}

/// The name without what is wrong with it, where that leaves something sensible.
fn suggestion(name: &str) -> Option<String> {
    let is_wrong = |c: char| is_invisible(c) || is_refused_by_windows(c);
    let words: Vec<&str> = name.split(is_wrong).map(str::trim).filter(|word| !word.is_empty()).collect();
    let better = words.join("-").replace("-.", ".");
    let better = better.trim_matches([' ', '.']);
    let right = !better.is_empty() && better != name && fault(better, "", "").is_none();
    right.then(|| better.to_owned())
}

/// A path as the system writes it, with forward slashes. Only the system's own separator is one: elsewhere `\\` is a
/// character of a name, and refused as such.
pub(super) fn with_slashes(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

/// A resolved path as people and other programs write it. Windows resolves to `\\?\C:\site`, which few take.
pub(super) fn without_verbatim(path: &str) -> String {
    let Some(rest) = path.strip_prefix(r"\\?\") else { return path.to_owned() };
    match rest.strip_prefix(r"UNC\") {
        Some(share) => format!(r"\\{share}"),
        None if rest.get(1..3) == Some(r":\") => rest.to_owned(),
        None => path.to_owned(),
    }
}

/// Control characters, and format characters that hide or reorder what is read.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

fn is_refused_by_windows(c: char) -> bool {
    matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// `CON`, `nul.md`, `com1.tar.gz`: a device whatever the extension. Raised digits count as digits.
fn is_reserved_by_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").trim_end().to_ascii_uppercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest, "¹" | "²" | "³") || matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_travel_are_accepted() {
        for name in
            ["bands.md", "l3", "Überblick.md", "fee bands.md", "日本.md", "a.b.c", "com10.md", "console.md", "it's.md"]
        {
            assert_eq!(fault(name, name, name), None, "{name}");
        }
        assert_eq!(fault(&"a".repeat(MAX_NAME), "", ""), None);
    }

    #[test]
    fn the_systems_separator_becomes_a_slash_and_the_other_one_stays() {
        for (path, separator, expected) in [
            (r"bands\l3.md", '\\', "bands/l3.md"),
            (r"a\b\c", '\\', "a/b/c"),
            ("bands/l3.md", '/', "bands/l3.md"),
            (r"a\b/c", '/', r"a\b/c"),
            ("", '\\', ""),
        ] {
            assert_eq!(with_slashes(path, separator), expected, "{path}");
        }
    }

    #[test]
    fn a_resolved_path_is_written_as_people_do() {
        for (path, expected) in [
            (r"\\?\C:\my site", r"C:\my site"),
            (r"\\?\UNC\server\share\site", r"\\server\share\site"),
            (r"\\?\Volume{1}\site", r"\\?\Volume{1}\site"),
            (r"C:\site", r"C:\site"),
            ("/home/me/site", "/home/me/site"),
            ("", ""),
        ] {
            assert_eq!(without_verbatim(path), expected, "{path}");
        }
    }

    #[test]
    fn names_that_do_not_travel_are_refused_with_a_better_one() {
        for (name, expected, better) in [
            ("a:b.md", "holds `:`", Some("a-b.md")),
            ("fee: bands.md", "holds `:`", Some("fee-bands.md")),
            ("a\\b.md", "holds `\\`", Some("a-b.md")),
            ("why?.md", "holds `?`", Some("why.md")),
            ("a\nb.md", "U+000A", Some("a-b.md")),
            ("a\u{202e}dm.b", "U+202E", Some("a-dm.b")),
            ("a\u{1b}[31m.md", "U+001B", Some("a-[31m.md")),
            ("con", "device", None),
            ("NUL.md", "device", None),
            ("Com1.tar.gz", "device", None),
            ("lpt9", "device", None),
            ("COM0.md", "device", None),
            ("com².md", "device", None),
            ("conin$", "device", None),
            ("a.", "ends in a dot", Some("a")),
            ("a ", "ends in a dot or a space", Some("a")),
            (" a.md", "starts with a space", Some("a.md")),
            ("???", "holds `?`", None),
        ] {
            let message = fault(name, name, &printable(name)).expect(name);
            assert!(message.contains(expected), "{name:?}: {message}");
            assert!(!message.contains(is_invisible), "{name:?}: {message:?}");
            assert_eq!(suggestion(name).as_deref(), better, "{name:?}");
        }
        assert!(fault(&"a".repeat(MAX_NAME + 1), "", "").is_some());
        assert!(fault("a", &"a/".repeat(MAX_PATH), "").is_some());
    }
}
