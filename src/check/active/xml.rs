//! Looks for scripts in the text of an SVG or XML file. It reads tags and attributes, and forgives more than a browser does.

use std::ops::Range;

/// Elements that run or embed something, by their names without a prefix.
const ELEMENTS: [&str; 7] = ["script", "foreignobject", "iframe", "object", "embed", "handler", "listener"];
const HTML_NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// The first thing in a text that may run or hide a script: where it is, and what.
pub(super) fn script(text: &str) -> Option<(Range<usize>, String)> {
    // Browsers take a text with such bytes for UTF-16.
    if let Some(at) = text.find('\0') {
        return Some((at..at + 1, "the character U+0000".to_owned()));
    }
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[start..];
        at = if rest.starts_with("<!--") {
            end_of(text, start, "-->")
        } else if rest.starts_with("<![CDATA[") {
            end_of(text, start, "]]>")
        } else if rest.starts_with("<?") {
            let end = end_of(text, start, "?>");
            if let Some(what) = instruction(&text[start..end]) {
                return Some((start..end, what.to_owned()));
            }
            end
        } else if begins_with(rest, "<!entity") || begins_with(rest, "<!attlist") {
            return Some((
                start..end_of(text, start, ">"),
                "a declaration, behind which a script may be hidden".to_owned(),
            ));
        } else if rest.starts_with("<!") {
            // Of a document type only its opening is skipped, so that the declarations in it are seen.
            start + "<!".len()
        } else {
            match element(text, start) {
                Ok(end) => end,
                Err(found) => return Some(found),
            }
        };
    }
    None
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

fn end_of(text: &str, start: usize, mark: &str) -> usize {
    text[start..].find(mark).map_or(text.len(), |at| start + at + mark.len())
}

/// What is wrong with `<?…?>`.
fn instruction(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    if text.starts_with("<?xml-stylesheet") {
        return Some("a stylesheet of XML, which may hold a script");
    }
    let (_, encoding) = text.strip_prefix("<?xml")?.split_once("encoding")?;
    let encoding = encoding.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    let is_right = ["utf-8", "us-ascii", "ascii"]
        .iter()
        .any(|right| encoding.strip_prefix(right).is_some_and(|rest| rest.starts_with(['"', '\''])));
    (!is_right).then_some("an encoding other than UTF-8")
}

/// The end of a tag, or what is wrong with it.
fn element(text: &str, start: usize) -> Result<usize, (Range<usize>, String)> {
    let is_end_of_name = |c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<');
    let name_start = start + '<'.len_utf8();
    if text[name_start..].starts_with('/') {
        return Ok(end_of(text, start, ">"));
    }
    let mut at = text[name_start..].find(is_end_of_name).map_or(text.len(), |end| name_start + end);
    let name = &text[name_start..at];
    let local = name.rsplit(':').next().unwrap_or(name);
    if ELEMENTS.contains(&&*local.to_ascii_lowercase()) {
        return Err((start..at, format!("an element `{name}`")));
    }
    loop {
        at += text[at..].find(|c: char| !c.is_whitespace() && c != '/').unwrap_or(text.len() - at);
        match text[at..].chars().next() {
            None => return Ok(at),
            Some('>') => return Ok(at + 1),
            Some('<') => return Ok(at),
            Some(_) => (),
        }
        let (name, value, end) = attribute(text, at);
        if let Some(what) = attribute_fault(name, value) {
            return Err((at..end, what));
        }
        at = end;
    }
}

/// The attribute at a place: its name, its value as written, and where it ends.
fn attribute(text: &str, start: usize) -> (&str, &str, usize) {
    let is_end_of_name = |c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>' | '<');
    // At least one character, so that there is an end.
    let first = text[start..].chars().next().map_or(0, char::len_utf8);
    let end = text[start + first..].find(is_end_of_name).map_or(text.len(), |end| start + first + end);
    let name = &text[start..end];
    let rest = text[end..].trim_start();
    let Some(rest) = rest.strip_prefix('=') else { return (name, "", end) };
    let rest = rest.trim_start();
    let at = text.len() - rest.len();
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let value = &rest[1..];
            let length = value.find(quote).unwrap_or(value.len());
            (name, &value[..length], (at + 1 + length + 1).min(text.len()))
        }
        _ => {
            let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<')).unwrap_or(rest.len());
            (name, &rest[..length], at + length)
        }
    }
}

fn attribute_fault(name: &str, value: &str) -> Option<String> {
    let value = decoded(value);
    let handles = |name: &str| name.len() > 2 && begins_with(name, "on");
    if handles(name) || (name.eq_ignore_ascii_case("attributeName") && handles(value.trim())) {
        return Some(format!("an event handler, `{name}`"));
    }
    if value.trim() == HTML_NAMESPACE {
        return Some("HTML, which may hold a script".to_owned());
    }
    // Browsers skip blanks and controls in the name of a scheme. Animations list their values between semicolons.
    let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let runs = |value: &str| begins_with(value, "javascript:") || begins_with(value, "vbscript:");
    bare.split(';').any(runs).then(|| format!("a link to a script, in `{name}`"))
}

/// A value with its character references resolved.
fn decoded(value: &str) -> String {
    let mut parts = value.split('&');
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (reference, rest) = part.split_once(';').unwrap_or((part, ""));
        let code = reference.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        match (code.and_then(char::from_u32), reference) {
            (Some(c), _) => text.push(c),
            (None, "amp") => text.push('&'),
            (None, "lt") => text.push('<'),
            (None, "gt") => text.push('>'),
            (None, "quot") => text.push('"'),
            (None, "apos") => text.push('\''),
            (None, _) => {
                text.push('&');
                text.push_str(part);
                continue;
            }
        }
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whatever_may_run_or_hide_a_script_is_found() {
        for (text, expected) in [
            ("<svg><script>x</script></svg>", Some("`script`")),
            ("<svg><SCRIPT/></svg>", Some("`SCRIPT`")),
            ("<svg xmlns:s='http://www.w3.org/2000/svg'><s:script/></svg>", Some("`s:script`")),
            ("<svg onload=\"x\">", Some("`onload`")),
            ("<svg><a\nONclick = 'x'>", Some("`ONclick`")),
            ("<svg/onload=x>", Some("`onload`")),
            ("<svg><a href=\"javascript:x\">", Some("link to a script")),
            ("<svg><a xlink:href=' java&#10;script&#x3a;x'>", Some("link to a script")),
            ("<svg><a href='JaVaScRiPt:x'>", Some("link to a script")),
            ("<svg><animate attributeName='href' values='#a;javascript:x'>", Some("link to a script")),
            ("<svg><set attributeName='onclick' to='x'>", Some("event handler")),
            ("<svg><foreignObject>", Some("`foreignObject`")),
            ("<svg><g xmlns:h='http://www.w3.org/1999/xhtml'>", Some("HTML")),
            ("<?xml-stylesheet href='a.xsl' type='text/xsl'?><svg/>", Some("stylesheet")),
            ("<?xml version='1.0' encoding='UTF-16'?><svg/>", Some("encoding")),
            ("<!DOCTYPE svg [<!ENTITY a '&#60;script/>'>]><svg>&a;</svg>", Some("declaration")),
            ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]><svg/>", Some("declaration")),
            ("<svg>\0", Some("U+0000")),
            ("<a b='<!--'><script>", Some("`script`")),
            ("<!-- > --><script>", Some("`script`")),
            ("<?xml version='1.0' encoding='UTF-8'?><svg/>", None),
            ("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'><svg/>", None),
            ("<svg><!-- <script> onload='x' --><text>script onload=\"x\" javascript:</text></svg>", None),
            ("<svg><style><![CDATA[ a > b { } <script> ]]></style></svg>", None),
            ("<svg><a href='https://example.org/?on=1'><title>on</title></a></svg>", None),
            ("<svg><a title='about javascript: links' b=''/></svg>", None),
            ("", None),
            ("<", None),
            ("<a b", None),
            ("<a b='", None),
        ] {
            let found = script(text);
            match (&found, expected) {
                (Some((_, what)), Some(expected)) => assert!(what.contains(expected), "{text}: {what}"),
                (found, expected) => assert_eq!(found.is_some(), expected.is_some(), "{text}: {found:?}"),
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_to_its_end(text in "[<>/!?='\" a-eonscript&#;:é\\[\\]-]{0,60}") {
            if let Some((range, _)) = script(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
