//! A strict scanner for the HTML, SVG and XML that our own templates write: tags, attributes and texts with their places.

use std::borrow::Cow;

/// A piece of a finished file.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// `<a href="…">`; whether it closes itself.
    Open { name: &'a str, attributes: Vec<(&'a str, Cow<'a, str>)>, alone: bool },
    /// `</a>`
    Close(&'a str),
    /// What stands between tags, with its entities read.
    Text(Cow<'a, str>),
    /// What can't be read.
    Broken(&'static str),
}

/// Walks the pieces of a file.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The element whose content is text up to its own end tag: `script`, `style`.
    raw: Option<&'a str>,
}

/// Elements without content.
pub(super) const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, raw: None }
    }

    /// The next piece with the byte at which it starts.
    pub(super) fn next(&mut self) -> Option<(usize, Piece<'a>)> {
        loop {
            let at = self.at;
            let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
            if let Some(raw) = self.raw.take() {
                let end = rest.find("</").filter(|end| rest[end + 2..].starts_with(raw)).unwrap_or_else(|| {
                    let close = format!("</{raw}");
                    rest.find(&close).unwrap_or(rest.len())
                });
                self.at += end;
                continue;
            }
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some((at, Piece::Text(decoded(&rest[..end]))));
            };
            if tag.starts_with(['!', '?']) {
                let (open, close) = if tag.starts_with("!--") { (3, "-->") } else { (1, ">") };
                match tag[open..].find(close) {
                    Some(end) => self.at += 1 + open + end + close.len(),
                    None => return self.broken("a comment or declaration without an end"),
                }
                continue;
            }
            return match tag.strip_prefix('/') {
                Some(name) => match name.find('>') {
                    Some(end) => {
                        self.at += 2 + end + 1;
                        Some((at, Piece::Close(name[..end].trim_end())))
                    }
                    None => self.broken("an end tag without an end"),
                },
                None => self.open(at, tag),
            };
        }
    }

    fn open(&mut self, at: usize, tag: &'a str) -> Option<(usize, Piece<'a>)> {
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_')).unwrap_or(tag.len());
        let name = &tag[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.broken("a `<` that starts no tag");
        }
        let mut attributes = Vec::new();
        let mut rest = &tag[end..];
        loop {
            rest = rest.trim_start();
            let (length, alone) = match rest.as_bytes() {
                [b'>', ..] => (1, false),
                [b'/', b'>', ..] => (2, true),
                [] => return self.broken("a tag without an end"),
                _ => {
                    let Some(end) = rest
                        .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '"' | '\'' | '<'))
                        .filter(|end| *end > 0)
                    else {
                        return self.broken("an attribute without a name");
                    };
                    let key = &rest[..end];
                    rest = &rest[end..];
                    let Some(value) = rest.strip_prefix('=') else {
                        attributes.push((key, Cow::Borrowed("")));
                        continue;
                    };
                    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                    let Some((inner, close)) = quote.and_then(|quote| Some((&value[1..], value[1..].find(quote)?)))
                    else {
                        return self.broken("an attribute whose value isn't quoted");
                    };
                    attributes.push((key, decoded(&inner[..close])));
                    rest = &inner[close + 1..];
                    continue;
                }
            };
            self.at = self.text.len() - rest.len() + length;
            self.raw = matches!(name, "script" | "style").then_some(name).filter(|_| !alone);
            let alone = alone || VOID.contains(&name);
            return Some((at, Piece::Open { name, attributes, alone }));
        }
    }

    /// Nothing behind it can be read.
    fn broken(&mut self, what: &'static str) -> Option<(usize, Piece<'a>)> {
        let at = std::mem::replace(&mut self.at, self.text.len());
        Some((at, Piece::Broken(what)))
    }
}

/// A text with its entities read: the five of XML, and numbers.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 10).map(|end| &rest[1..end]);
        match entity.and_then(character) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(entity: &str) -> Option<(char, usize)> {
    let character = match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, entity.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut scanner = Scanner::new(text);
        let mut shown = Vec::new();
        while let Some((_, piece)) = scanner.next() {
            shown.push(match piece {
                Piece::Open { name, attributes, alone } => {
                    let attributes: String = attributes.iter().map(|(key, value)| format!(" {key}={value}")).collect();
                    format!("{name}{attributes}{}", if alone { " /" } else { "" })
                }
                Piece::Close(name) => format!("/{name}"),
                Piece::Text(text) => format!("\"{text}\""),
                Piece::Broken(_) => "broken".to_owned(),
            });
        }
        assert_eq!(shown.join(", "), expected, "{text}");
    }

    #[test]
    fn tags_attributes_and_texts_are_told_apart() {
        check("", "");
        check("<!doctype html><p>a &amp; b</p>", "p, \"a & b\", /p");
        check("<a href=\"/x/\" hidden title='a > b'>é</a >", "a href=/x/ hidden= title=a > b, \"é\", /a");
        check("<br><img src=\"a\"/>", "br /, img src=a /");
        check("<!-- <p> --><b>&#39;&#x2013;&unknown;&", "b, \"'–&unknown;&\"");
        check("<script>if (a < b) {}</script>c", "script, /script, \"c\"");
        check("<style>a</b></style>c", "style, /style, \"c\"");
    }

    #[test]
    fn what_our_templates_never_write_is_broken() {
        for text in ["a < b", "<p", "<p a=b>", "<p a=\"b>", "<!-- a", "</p", "<p \"a\">", "<1>"] {
            let mut scanner = Scanner::new(text);
            let mut last = None;
            while let Some((_, piece)) = scanner.next() {
                last = Some(piece);
            }
            assert!(matches!(last, Some(Piece::Broken(_))), "{text}: {last:?}");
        }
    }
}
