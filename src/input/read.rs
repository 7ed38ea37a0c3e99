//! Reading one file: text as a [`Source`], or bytes as they are.

use std::io::{self, Read};
use std::sync::Arc;

use super::name::start_of;
use super::{Entry, Root, STATIC};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

const MIB: u64 = 1024 * 1024;

pub(super) static OVERSIZED_FILE: Code = Code {
    name: "oversized-file",
    severity: Severity::Error,
    rule: false,
    what: "A file is larger than bandbook reads: 16 MiB for a page or a template, 64 MiB for a data set, 512 MiB for \
           a file that is published as it is.",
    why: "A page of that size is unusable for its readers, and is nearly always another file put in the wrong place.",
    example: "content/survey.md, of 80 MB",
    mend: "Split the file, or move what is not a page to where it belongs.",
};

pub(super) static NOT_UTF8: Code = Code {
    name: "not-utf8",
    severity: Severity::Error,
    rule: false,
    what: "A text file holds bytes that are not UTF-8.",
    why: "Read as anything else, letters beyond a to z would come out wrong, and differently on each machine.",
    example: "caf\\xe9 (Latin-1)",
    mend: "Save the file as UTF-8; editors show it beside the file's name or under \"Save with encoding\".",
};

pub(super) static UNREADABLE: Code = Code {
    name: "unreadable-file",
    severity: Severity::Error,
    rule: false,
    what: "A file or a folder of the site can't be read: the system refuses, or it vanished while the site was being read.",
    why: "Without it the site would be published with a part missing.",
    example: "content/bands.md, which only another user may read",
    mend: "Allow the file to be read, or remove it from the site, and build again.",
};

/// What was read, or why it can't be used.
pub type Reading<T> = Result<T, Box<Diagnostic>>;

/// Reads a text file, which must be UTF-8. Line ends are kept as they are.
///
/// A byte order mark at its start is no part of the source's text: byte 0 of the source is the first byte after the mark, so
/// that lines and columns are those of an editor. A file that is written back from its source loses the mark.
pub fn read_text(root: &Root, entry: &Entry) -> Reading<Arc<Source>> {
    if let Some(source) = root.unsaved(&entry.path) {
        return Ok(Arc::clone(source));
    }
    match String::from_utf8(read_bytes(root, entry)?) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(Source::new(&*entry.path, text))
        }
        Err(error) => Err(Box::new(not_utf8(entry, error.as_bytes()))),
    }
}

/// Reads a file as it is.
pub fn read_bytes(root: &Root, entry: &Entry) -> Reading<Vec<u8>> {
    let failed = |error: io::Error| Box::new(unreadable(&entry.path, &error));
    let (file, metadata) = root.open_file(&entry.path).map_err(failed)?;
    let limit = limit(&entry.path);
    if limit < metadata.len() {
        return Err(Box::new(oversized(&entry.path, metadata.len())));
    }
    // One byte more than expected, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if limit < bytes.len() as u64 {
        return Err(Box::new(oversized(&entry.path, bytes.len() as u64)));
    }
    Ok(bytes)
}

/// The most bytes that are read of a file.
pub(super) fn limit(path: &str) -> u64 {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match (path.split('/').next(), extension) {
        (Some("content"), "toml" | "lock") => 64 * MIB,
        (Some("templates"), _) | (Some("content"), "md") => 16 * MIB,
        (Some(STATIC) | None | Some(_), _) => 512 * MIB,
    }
}

/// The problem with a file or a folder that the system refuses.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "it vanished while the site was being read: build again",
        io::ErrorKind::PermissionDenied => "allow it to be read, or remove it from the site",
        _ => "try again; if it happens again, copy it to another disk, or remove it from the site",
    };
    Diagnostic::new(&UNREADABLE, &start_of(path), format!("it can't be read: {error}")).help(help)
}

pub(super) fn oversized(path: &str, len: u64) -> Diagnostic {
    let message = format!("a file of {} MiB is larger than {} MiB", len.div_ceil(MIB), limit(path) / MIB);
    Diagnostic::new(&OVERSIZED_FILE, &start_of(path), message)
        .help("split it, or move what is not part of the site out of the folder")
}

/// The problem, at the first byte that is wrong. The source shows the file with the wrong bytes replaced.
fn not_utf8(entry: &Entry, bytes: &[u8]) -> Diagnostic {
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let at = std::str::from_utf8(marked).map_or_else(|error| error.valid_up_to(), str::len);
    let before = marked.get(..at).unwrap_or_default();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = marked.get(at).copied().unwrap_or_default();
    let source = Source::new(&*entry.path, String::from_utf8_lossy(marked));
    let place = Place::new(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("byte {} of line {line}, 0x{byte:02X}, is not UTF-8", at - line_start + 1);
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    Diagnostic::new(&NOT_UTF8, &place, message).help(if wide {
        "the file was saved as UTF-16: save it as UTF-8"
    } else {
        "save the file as UTF-8, and look at the letters beyond a to z"
    })
}
