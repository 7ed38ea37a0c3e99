//! The site's own address, taken apart: where it is served from, and below which path.

use std::borrow::Cow;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

/// Where the site is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host and port, without a closing slash: `https://example.github.io`.
    pub origin: Arc<str>,
    /// The path, with a slash at both ends: `/` or `/repo/`.
    pub base_path: Arc<str>,
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self { origin: "http://localhost".into(), base_path: "/".into() }
    }
}

impl BaseUrl {
    /// Takes an absolute address of `http` or `https` apart. The error says what is wrong with it, and then what to type.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let wrong = |what: &str, help: &str| Err((what.to_owned(), help.to_owned()));
        let example = "write the whole address, such as \"https://example.com/\"";
        let Some((scheme, rest)) = text.split_once("://") else {
            let whole = format!("https://{}", text.trim_start_matches('/'));
            let help = match whole.contains('.') && Self::parse(&whole).is_ok() {
                true => format!("write the whole address: \"{whole}\""),
                false => example.to_owned(),
            };
            return wrong("is not an absolute address", &help);
        };
        if !matches!(scheme, "http" | "https") {
            return wrong("is not an address of the web", "begin it with https:// (or http://)");
        }
        if let Some(at) = rest.find(['?', '#']) {
            let kept = &text[..scheme.len() + 3 + at];
            return Err(("has a query or a fragment".into(), format!("write it without them: \"{kept}\"")));
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_host(host) {
            return wrong("has no valid host", example);
        }
        let segments: Vec<&str> = path.split('/').collect();
        let inner = segments.get(1..segments.len().saturating_sub(1)).unwrap_or(&[]);
        if inner.iter().any(|segment| segment.is_empty())
            || segments.iter().any(|segment| matches!(*segment, "." | ".."))
        {
            return wrong("has a path that leads elsewhere", "write the path without `//`, `.` and `..`");
        }
        if !path.bytes().all(is_path_byte) {
            return wrong(
                "has a path with signs that addresses don't hold",
                "write spaces and letters beyond ASCII percent-encoded",
            );
        }
        let path = path.trim_matches('/');
        let base_path = if path.is_empty() { "/".into() } else { format!("/{path}/").into() };
        Ok(Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()).into(), base_path })
    }
}

/// Scheme, host and port of an address of the web, in small letters and without the port that the scheme has by itself.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let own_port = match &*scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.strip_suffix(own_port).unwrap_or(host);
    is_host(host).then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

/// Whether a text is a host name or a bracketed IPv6 address, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (text, None),
    };
    let port_fits = port.is_none_or(|port| !port.starts_with('+') && port.parse::<u16>().is_ok());
    let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let name_fits = match bracketed {
        Some(inner) => inner.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.split('.').all(|label| {
            let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        }),
    };
    port_fits && name_fits
}

/// A text with its %-codes resolved; nothing where a `%` begins no code, or the codes are no text.
pub fn decoded(text: &str) -> Option<String> {
    let is_code = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !text.split('%').skip(1).all(is_code) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, origin};

    #[test]
    fn an_address_falls_into_origin_and_path() {
        for (text, origin, path) in [
            ("https://example.com", "https://example.com", "/"),
            ("https://Example.com/", "https://example.com", "/"),
            ("https://example.github.io/repo", "https://example.github.io", "/repo/"),
            ("https://example.github.io/a/b/", "https://example.github.io", "/a/b/"),
            ("http://localhost:8080/x/", "http://localhost:8080", "/x/"),
            ("http://[::1]:8080", "http://[::1]:8080", "/"),
        ] {
            let address = BaseUrl::parse(text).expect(text);
            assert_eq!((&*address.origin, &*address.base_path), (origin, path), "{text}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (address, expected) in [
            ("https://a.example/b.png?c#d", Some("https://a.example")),
            ("HTTPS://A.Example:443", Some("https://a.example")),
            ("http://a.example:80/", Some("http://a.example")),
            ("https://a.example:80/", Some("https://a.example:80")),
            ("https://a.example?b", Some("https://a.example")),
            ("https://b@a.example/", None),
            ("https://a.example;img-src/", None),
            ("https://bücher.example/", None),
            ("data:image/png", None),
            ("https://", None),
        ] {
            assert_eq!(origin(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn what_is_no_absolute_address_is_refused() {
        for (text, expected) in [
            ("example.com", "is not an absolute address"),
            ("", "is not an absolute address"),
            ("/repo/", "is not an absolute address"),
            ("ftp://example.com", "is not an address of the web"),
            ("https://example.com/?a=1", "has a query or a fragment"),
            ("https://example.com/#a", "has a query or a fragment"),
            ("https://", "has no valid host"),
            ("https:///repo", "has no valid host"),
            ("https://a b/", "has no valid host"),
            ("https://user@example.com/", "has no valid host"),
            ("https://example.com:99999/", "has no valid host"),
            ("https://example.com//a", "has a path that leads elsewhere"),
            ("https://example.com/../a", "has a path that leads elsewhere"),
            ("https://example.com/a b/", "has a path with signs that addresses don't hold"),
            ("https://example.com/é/", "has a path with signs that addresses don't hold"),
        ] {
            assert_eq!(BaseUrl::parse(text).map_err(|(what, _)| what), Err(expected.to_owned()), "{text}");
        }
    }
}
