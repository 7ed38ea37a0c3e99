//! Where a link leads, judged by its text alone: whether the page, file or heading exists is decided where all pages are known.

use super::page::Target;
use crate::config;
use crate::diagnostic::{Code, Severity, nearest};

pub(super) static LINK_SCHEME: Code = Code {
    name: "link-scheme",
    severity: Severity::Error,
    rule: false,
    what: "A link starts with a scheme that is not allowed.",
    why: "`javascript:` and its like run in the reader's browser; `file:` and `C:\\` exist on the author's computer alone.",
    example: "[bands](file:///home/me/bands.md)",
    mend: "Link to a page by its file, to a site with `https://`, to a person with `mailto:` or `tel:`, to a datum with `figure:`.",
};
pub(super) static LINK_TARGET: Code = Code {
    name: "link-target",
    severity: Severity::Error,
    rule: false,
    what: "A link's target can't be read.",
    why: "A browser would guess, and each another way.",
    example: "[bands](//bands.md)",
    mend: "Link to a page by its file, seen from this one: `[bands](../bands.md#l3)`; to a site with `https://`.",
};
pub(super) static LINK_OUTSIDE: Code = Code {
    name: "link-outside",
    severity: Severity::Error,
    rule: false,
    what: "A link leads out of the content folder.",
    why: "Only what stands in `content/` is published.",
    example: "[license](../../LICENSE)",
    mend: "Move the file into `content/`, or link to it where it is published, with `https://`.",
};
pub(super) static EMPTY_LINK: Code = Code {
    name: "empty-link",
    severity: Severity::Error,
    rule: false,
    what: "A link shows nothing to click.",
    why: "Nobody can see it, and a screen reader reads out its address.",
    example: "[](bands.md)",
    mend: "Write what the reader should see between the brackets.",
};

/// Schemes of links to other places than this site.
const EXTERNAL: &[&str] = &["http", "https", "mailto", "tel"];
/// Schemes of links to data.
pub(super) const BOUND: &[&str] = &["figure", "term", "literal"];

/// Why a target is refused: its code, what to say, what to type, and the whole target mended, where that is certain.
#[derive(Debug)]
pub(super) struct Refusal {
    pub code: &'static Code,
    pub message: String,
    pub help: String,
    pub mended: Option<String>,
}

/// A target's scheme, lowercase or not, and what follows its colon.
pub(super) fn scheme(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let goes_on = bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (starts && goes_on).then_some((scheme, rest))
}

/// Sorts a target, seen from a folder below the content folder (`""`, `"bands/"`).
pub(super) fn classify(target: &str, folder: &str) -> Result<Target, Refusal> {
    if target.is_empty() {
        return malformed("the link leads nowhere", "write the page's file between the parentheses: `(bands.md)`");
    }
    let is_plain = target.bytes().all(|byte| byte.is_ascii_graphic());
    if let Some(hidden) = target.chars().find(|c| !is_plain && is_hidden(*c)) {
        return malformed(
            format!("the link holds the invisible character U+{:04X}", hidden as u32),
            "delete the target and type it again: an invisible character disguises where it leads",
        );
    }
    if target.trim() != target {
        return malformed(format!("the link \"{target}\" starts or ends with a space"), "remove the space");
    }
    if is_windows_path(target) {
        return Err(Refusal {
            code: &LINK_SCHEME,
            message: format!("`{target}` is a path of one computer"),
            help: "link to the page by its file as seen from this one, with `/` between folders: `(bands/l3.md)`"
                .into(),
            mended: None,
        });
    }
    if let Some((name, rest)) = scheme(target) {
        return external(target, name, rest);
    }
    if target.contains('\\') {
        let mended = target.replace('\\', "/");
        return Err(Refusal {
            code: &LINK_TARGET,
            message: format!("`{target}` holds a backslash"),
            help: format!("type `/` between folders: `{mended}`"),
            mended: (!target.starts_with('\\')).then_some(mended),
        });
    }
    if let Some(host) = target.strip_prefix("//") {
        return malformed(
            format!("`{target}` doesn't say whether it is another site or a page of this one"),
            format!(
                "type `https://{host}` for another site, `/{}` for a page of this one",
                host.trim_start_matches('/')
            ),
        );
    }
    inside(target, folder)
}

fn external(target: &str, name: &str, rest: &str) -> Result<Target, Refusal> {
    let lower = name.to_ascii_lowercase();
    if EXTERNAL.contains(&&*lower) {
        let named = match &*lower {
            "http" | "https" => {
                rest.strip_prefix("//").is_some_and(|rest| !rest.starts_with(['/', '?', '#', ':']) && !rest.is_empty())
            }
            _ => !rest.is_empty(),
        };
        if !named {
            return malformed(
                format!("`{target}` names no site or person"),
                format!("write it whole: {}", sample(&lower)),
            );
        }
        if target.contains(char::is_whitespace) || target.contains('\\') {
            return malformed(
                format!("`{target}` holds a space or a backslash"),
                "write %20 for a space, %5C for a backslash",
            );
        }
        return Ok(Target::External(target.to_owned()));
    }
    if BOUND.contains(&&*lower) {
        return Err(Refusal {
            code: &LINK_SCHEME,
            message: format!("`{name}:` is written in small letters"),
            help: format!("type `{lower}:{rest}`"),
            mended: Some(format!("{lower}:{rest}")),
        });
    }
    // What is near, or a beginning of it: `fig:`.
    let known = || BOUND.iter().chain(EXTERNAL).copied();
    let begun = || known().find(|known| lower.len() > 2 && known.starts_with(&*lower));
    let near = nearest(&lower, known()).or_else(begun);
    let help = match (&*lower, near) {
        ("file", _) => "a file: address works on one computer alone; link to the page by its file as seen from this one: `(bands/l3.md)`".into(),
        ("javascript" | "vbscript" | "data" | "blob", _) => "remove it: only http, https, mailto and tel lead out of the site".into(),
        (_, Some(near)) => format!("did you mean `{near}:{rest}`?"),
        _ => "use http, https, mailto or tel, or link to a page by its file; write %3A for a colon in a file's name".into(),
    };
    Err(Refusal { code: &LINK_SCHEME, message: format!("links can't start with `{name}:`"), help, mended: None })
}

fn inside(target: &str, folder: &str) -> Result<Target, Refusal> {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment, target)?)),
        None => (target, None),
    };
    if fragment.as_deref() == Some("") {
        return malformed(
            format!("`{target}` names no heading after its `#`"),
            "write the heading's id after the `#`, or remove the `#`",
        );
    }
    if path.contains('?') {
        return malformed(
            format!("`{target}` holds a `?`, which pages don't answer to"),
            "remove it and what follows it; write %3F if it is part of a file's name",
        );
    }
    if path.is_empty() {
        return Ok(Target::Fragment(fragment.unwrap_or_default()));
    }
    if let Some(rest) = path.strip_prefix('/') {
        let segments = segments(rest, target, Vec::new())?;
        let slash = if rest.ends_with('/') && !segments.is_empty() { "/" } else { "" };
        return Ok(Target::Address { path: format!("/{}{slash}", segments.join("/")), fragment });
    }
    let first = decode(path.split('/').next().unwrap_or(""), target)?;
    if scheme(&first).is_some() {
        return malformed(format!("`{target}` hides a scheme"), "write `./` before it if it is a file's name");
    }
    let names_folder = path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | ".."));
    let path = if is_simple(path) {
        [folder, path].concat()
    } else {
        let within = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        segments(path, target, within)?.join("/")
    };
    if names_folder || path.is_empty() {
        return malformed(
            format!("`{target}` is a folder"),
            match path.trim_end_matches('/') {
                "" => "link to the page by its file, such as `bands.md` or `bands/index.md`".to_owned(),
                _ if target.contains("..") => "link to the page by its file, such as `../bands.md`".to_owned(),
                _ => {
                    let name = target.split('#').next().unwrap_or(target).trim_end_matches('/');
                    format!("link to the page by its file: `{name}.md` or `{name}/index.md`")
                }
            },
        );
    }
    let is_page = path.len() > 3 && path.get(path.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case(".md"));
    Ok(if is_page { Target::Page { path, fragment } } else { Target::File { path, fragment } })
}

/// Whether a path says its file as it is: nothing to decode, nothing to resolve.
fn is_simple(path: &str) -> bool {
    !path.contains('%') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Decodes the parts of a path and resolves `.` and `..` after the parts of the folder that it is seen from.
fn segments(path: &str, target: &str, mut found: Vec<String>) -> Result<Vec<String>, Refusal> {
    for part in path.split('/') {
        match &*decode(part, target)? {
            "" | "." => (),
            ".." => {
                if found.pop().is_none() {
                    return Err(Refusal {
                        code: &LINK_OUTSIDE,
                        message: format!("`{target}` leads out of the content folder"),
                        help: "link to what stands in content/, or to where it is published, with https://".into(),
                        mended: None,
                    });
                }
            }
            part if part.contains(['/', '\\']) => {
                return malformed(format!("`{target}` hides a slash in a name"), "write the slash as `/`");
            }
            part => found.push(part.to_owned()),
        }
    }
    Ok(found)
}

/// Percent-decodes one part of a target.
pub(super) fn decode(part: &str, target: &str) -> Result<String, Refusal> {
    if !part.contains('%') {
        return Ok(part.to_owned());
    }
    match config::decoded(part) {
        Some(text) if !text.chars().any(is_hidden) => Ok(text),
        Some(_) => malformed(
            format!("`{target}` holds %-codes that are no visible text"),
            "write the file's name as it is; only spaces need a code, %20",
        ),
        None => malformed(
            format!("`{target}` holds a `%` that begins no character"),
            "write %25 for a percent sign in a file's name, and letters as they are",
        ),
    }
}

fn malformed<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code: &LINK_TARGET, message: message.into(), help: help.into(), mended: None })
}

/// Characters that nobody sees, and that browsers drop or reorder: the usual disguise of a scheme.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

/// `C:\bands.md`, `C:/bands.md`, `\\host\share`
fn is_windows_path(target: &str) -> bool {
    let bytes = target.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    drive && bytes.get(2).is_none_or(|byte| matches!(byte, b'\\' | b'/')) || target.starts_with("\\\\")
}

fn sample(scheme: &str) -> &'static str {
    match scheme {
        "mailto" => "`mailto:name@example.org`",
        "tel" => "`tel:+15550100`",
        _ => "`https://example.org/`",
    }
}
