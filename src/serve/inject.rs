//! The one tag that a served page has and a built one has not: the script that shows the page anew.

use super::board::State;

/// A page's bytes as two short hashes: of the whole, and of what is left without the stylesheet's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Print {
    pub page: String,
    pub rest: String,
}

/// What tells one state of a page from another.
pub(super) fn print(bytes: &[u8], stylesheet: Option<&str>) -> Print {
    let page = blake3::hash(bytes);
    let mut rest = blake3::Hasher::new();
    let style = stylesheet.unwrap_or("").as_bytes();
    let mut from = 0;
    if !style.is_empty() {
        while let Some(at) = find(&bytes[from..], style) {
            rest.update(&bytes[from..from + at]);
            from += at + style.len();
        }
    }
    rest.update(&bytes[from..]);
    let short = |hash: blake3::Hash| hash.to_hex()[..16].to_owned();
    Print { page: short(page), rest: short(rest.finalize()) }
}

/// A page with the tag in its head. `base` is the site's folder on its host, with its slashes.
pub(super) fn with_script(bytes: &[u8], base: &str, print: &Print) -> Vec<u8> {
    let tag = format!(
        "<script src=\"{base}{}reload.js?page={}&amp;rest={}\"></script>",
        State::FOLDER,
        print.page,
        print.rest
    );
    let at = find(bytes, b"</head>").unwrap_or(bytes.len());
    let mut whole = Vec::with_capacity(bytes.len() + tag.len());
    whole.extend_from_slice(&bytes[..at]);
    whole.extend_from_slice(tag.as_bytes());
    whole.extend_from_slice(&bytes[at..]);
    whole
}

/// Where some bytes first stand in others.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_built_one_but_for_one_tag() {
        let built = b"<html><head><title>T</title></head><body></body></html>";
        let print = print(built, None);
        let served = String::from_utf8(with_script(built, "/repo/", &print)).expect("text");
        let start = served.find("<script").expect("a tag");
        let end = served.find("</script>").expect("its end") + "</script>".len();
        assert_eq!(format!("{}{}", &served[..start], &served[end..]).as_bytes(), built);
        assert!(served[start..end].starts_with("<script src=\"/repo/.bandbook/reload.js?page="), "{served}");
    }

    #[test]
    fn another_stylesheet_alone_leaves_the_rest_as_it_was() {
        let page = |style: &str, text: &str| format!("<link href=\"{style}\"><p>{text}");
        let old = print(page("/a.css", "x").as_bytes(), Some("/a.css"));
        let new = print(page("/b.css", "x").as_bytes(), Some("/b.css"));
        assert!(old.page != new.page && old.rest == new.rest);
        let other = print(page("/b.css", "y").as_bytes(), Some("/b.css"));
        assert_ne!(old.rest, other.rest);
    }
}
