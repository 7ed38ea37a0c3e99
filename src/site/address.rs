//! Addresses, and the one place where the base path is put before them.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::BaseUrl;

/// An address below the site's root, decoded, with an opening slash: `/bands/`, `/404.html`, `/site.css`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// An address from its decoded text; an opening slash is added where there is none.
    pub fn new(text: &str) -> Self {
        if text.starts_with('/') { Self(text.into()) } else { Self(format!("/{text}").into()) }
    }

    /// The address of a page's file: `bands.md`, `bands/index.md` → `/bands/`; `index.md` → `/`; `404.md` → `/404.html`.
    /// `slug` replaces the last segment.
    pub fn of_page(file: &str, slug: Option<&str>) -> Self {
        let stem = file.strip_suffix(".md").unwrap_or(file);
        if stem == "404" {
            return Self::new("/404.html");
        }
        let stem = if stem == "index" { "" } else { stem.strip_suffix("/index").unwrap_or(stem) };
        let (folder, last) = stem.rsplit_once('/').map_or(("", stem), |(folder, last)| (folder, last));
        let last = match slug {
            Some(slug) if !last.is_empty() => slug,
            _ => last,
        };
        let mut address = String::with_capacity(stem.len() + 2);
        address.push('/');
        for part in [folder, last].into_iter().filter(|part| !part.is_empty()) {
            address.push_str(part);
            address.push('/');
        }
        Self(address.into())
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that answers this address, from the published folder: `bands/index.html`.
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The parent's address: `/bands/` of `/bands/l3/`; nothing for the root.
    pub fn parent(&self) -> Option<Self> {
        let inner = self.0.trim_end_matches('/');
        let cut = inner.rfind('/')?;
        Some(Self(inner[..=cut].into()))
    }

    /// Percent-encoded, without the base path.
    pub fn encoded(&self) -> String {
        utf8_percent_encode(&self.0, PATH).to_string()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where the site is published: the one thing that turns an address into an `href` or a whole address.
#[derive(Clone, Debug)]
pub struct Base {
    url: BaseUrl,
}

impl Base {
    /// From the configuration's, or the command line's, base URL.
    pub fn new(url: BaseUrl) -> Self {
        Self { url }
    }

    /// `/` or `/repo/`.
    pub fn path(&self) -> &str {
        &self.url.base_path
    }

    /// Scheme, host and port: `https://user.github.io`.
    pub fn origin(&self) -> &str {
        &self.url.origin
    }

    /// An address as a link: `/repo/bands/`.
    pub fn href(&self, address: &Address) -> String {
        let mut href = String::with_capacity(self.url.base_path.len() + address.0.len());
        href.push_str(&self.url.base_path);
        href.extend(utf8_percent_encode(address.0.trim_start_matches('/'), PATH));
        href
    }

    /// An address with a fragment, as a link.
    pub fn href_with(&self, address: &Address, fragment: Option<&str>) -> String {
        let mut href = self.href(address);
        if let Some(fragment) = fragment {
            href.push('#');
            href.extend(utf8_percent_encode(fragment, PATH));
        }
        href
    }

    /// A whole address: `https://user.github.io/repo/bands/`.
    pub fn absolute(&self, address: &Address) -> String {
        format!("{}{}", self.url.origin, self.href(address))
    }
}

/// Percent-encodes what no address may hold as it is, and leaves all else as it was typed.
pub(super) fn encode_typed(text: &str) -> String {
    utf8_percent_encode(text, NEVER).to_string()
}

/// What no address may hold as it is.
const NEVER: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// What may not stand in a path or a fragment as it is (RFC 3986, `pchar` and `/`), nor in an attribute.
const PATH: &AsciiSet = &NEVER.add(b'#').add(b'%').add(b'&').add(b'\'').add(b'?');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_at_the_address_of_its_path() {
        for (file, slug, address, output) in [
            ("index.md", None, "/", "index.html"),
            ("bands.md", None, "/bands/", "bands/index.html"),
            ("bands/index.md", None, "/bands/", "bands/index.html"),
            ("bands/l3.md", None, "/bands/l3/", "bands/l3/index.html"),
            ("bands/l3.md", Some("senior"), "/bands/senior/", "bands/senior/index.html"),
            ("404.md", None, "/404.html", "404.html"),
        ] {
            let found = Address::of_page(file, slug);
            assert_eq!((found.as_str(), &*found.file()), (address, output), "{file}");
        }
    }

    #[test]
    fn the_base_path_is_put_before_every_address() {
        let base = Base::new(BaseUrl { origin: "https://a.example".into(), base_path: "/repo/".into() });
        assert_eq!(base.href(&Address::new("/a b/ü/")), "/repo/a%20b/%C3%BC/");
        assert_eq!(base.absolute(&Address::new("/")), "https://a.example/repo/");
        assert_eq!(base.href_with(&Address::new("/bands/"), Some("l3")), "/repo/bands/#l3");
    }

    #[test]
    fn a_typed_address_stays_as_it_is_but_for_what_none_may_hold() {
        for same in ["report.pdf", "/api/v1/", "../a%20b.md#c", "/x?a=1&b=2", "it's.pdf"] {
            assert_eq!(encode_typed(same), same);
        }
        assert_eq!(encode_typed("my \"ü\".pdf"), "my%20%22%C3%BC%22.pdf");
    }

    #[test]
    fn a_parent_is_the_folder_above() {
        let parent = |text: &str| Address::new(text).parent().map(|address| address.to_string());
        assert_eq!(parent("/bands/l3/").as_deref(), Some("/bands/"));
        assert_eq!(parent("/bands/").as_deref(), Some("/"));
        assert_eq!(parent("/"), None);
    }
}
