//! Aliases: which texts are addresses that a page may be redirected from, and the redirects that pages ask for.
//!
//! An alias is written as in a browser's address bar: `/my%20file/` and `/my file/` are the same address.

use std::borrow::Cow;

use super::address::Address;
use super::outputs::Redirect;
use super::page::SitePage;
use crate::config::decoded;
use crate::content::Alias;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input;

pub(super) static ALIAS: Code = Code {
    name: "alias-address",
    severity: Severity::Error,
    rule: false,
    what: "An alias is not an address of this site.",
    why: "A redirect can only be published at an address below the site's own, under names that every system can store, and not \
          where bandbook or a host has files of its own.",
    example: "aliases = [\"old-page\"]",
    mend: "Write the old address from the site's root, with slashes: `aliases = [\"/old-page/\"]`.",
};

/// The longest path of a redirect's file, in bytes. A page's own can't be longer either.
const MAX_PATH: usize = 1_000;

/// Names at the top of a site that hosts read as settings, or show where there is no page.
const OF_HOSTS: [&str; 9] = [
    "404.html",
    "_headers",
    "_redirects",
    "_routes.json",
    "_worker.js",
    "cname",
    "netlify.toml",
    "vercel.json",
    "web.config",
];

/// The redirects that the pages ask for.
pub(super) fn redirects(pages: &[SitePage], diagnostics: &mut Vec<Diagnostic>) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        for alias in &page.page.front.aliases {
            let (from, fragment) = match (address_of(&alias.from.text), fragment_of(alias)) {
                (Ok(from), Ok(fragment)) => (from, fragment),
                (from, fragment) => {
                    diagnostics.extend(from.err().map(|fault| fault.problem(alias)));
                    diagnostics.extend(fragment.err());
                    continue;
                }
            };
            redirects.push(Redirect { from, page: at, fragment, place: alias.from.place.clone() });
        }
    }
    redirects
}

/// An address as an alias is written, where it can be one.
pub fn alias_of(address: &str) -> Option<String> {
    let text = address.replace('%', "%25").replace('#', "%23").replace('"', "%22");
    address_of(&text).is_ok_and(|found| found.as_str() == address).then_some(text)
}

/// Why a text can't be an alias.
struct Fault {
    what: Cow<'static, str>,
    /// What to write instead, where that is certain, and else what to do.
    better: Result<String, &'static str>,
}

impl Fault {
    fn new(what: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self { what: what.into(), better: Err(help) }
    }

    fn problem(self, alias: &Alias) -> Diagnostic {
        let place = &alias.from.place;
        let problem = Diagnostic::new(&ALIAS, place, format!("the alias `{}` {}", shown(&alias.from.text), self.what));
        match self.better {
            Ok(better) if alias.from.exact => problem.help(format!("write \"{better}\"")).edit(place, better),
            Ok(better) => problem.help(format!("write \"{better}\"")),
            Err(help) => problem.help(help),
        }
    }
}

/// The beginning of a text that may be long.
fn shown(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The address that an alias names.
fn address_of(text: &str) -> Result<Address, Fault> {
    const FROM_ROOT: &str = "write the old address from the site's root, with slashes: \"/old-page/\"";
    if text.is_empty() {
        return Err(Fault::new("is empty", "remove it, or write the address of an old page: \"/old-page/\""));
    }
    let Some(path) = text.strip_prefix('/') else {
        let slashed = format!("/{}/", text.trim_matches('/'));
        let better = if address_of(&slashed).is_ok() { Ok(slashed) } else { Err(FROM_ROOT) };
        return Err(Fault { what: "doesn't begin with a slash".into(), better });
    };
    if let Some(at) = text.find(['#', '?']) {
        let is_address = address_of(&text[..at]).is_ok();
        let better = if is_address { Ok(text[..at].to_owned()) } else { Err(FROM_ROOT) };
        return Err(Fault { what: "goes on after its address".into(), better });
    }
    let (folders, is_folder) = path.strip_suffix('/').map_or((path, false), |folders| (folders, true));
    if folders.is_empty() {
        return Err(Fault::new(
            "is the front page, or names no page",
            "remove it, or write the address of an old page",
        ));
    }
    let names: Vec<String> = folders.split('/').map(name_of).collect::<Result<_, Fault>>()?;
    let top = names.first().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    if OF_HOSTS.contains(&&*top) {
        let what = "is a file that hosts take for their settings or for their page of what is not found";
        return Err(Fault::new(what, "remove it, or write the address of an old page"));
    }
    let is_file = !is_folder && names.last().is_some_and(|name| name.contains('.'));
    let address = Address::new(&format!("/{}{}", names.join("/"), if is_file { "" } else { "/" }));
    match address.file().len() {
        length if length > MAX_PATH => Err(Fault::new(
            format!("needs a file whose path has {length} bytes, and {MAX_PATH} are the most"),
            "remove it, or write a shorter address",
        )),
        _ => Ok(address),
    }
}

/// One name of an address, decoded.
fn name_of(written: &str) -> Result<String, Fault> {
    let name = decoded(written).ok_or_else(|| {
        Fault::new(
            "holds a `%` that begins no character",
            "write `%25` for a percent sign, or the characters as they are",
        )
    })?;
    if name.is_empty() {
        return Err(Fault::new("has two slashes in a row", "write one slash between two names"));
    }
    if matches!(&*name, "." | "..") {
        return Err(Fault::new(
            format!("holds the name `{name}`, which browsers resolve before they ask"),
            "write the address that a browser shows, without dots between slashes",
        ));
    }
    if name.starts_with('.') {
        return Err(Fault::new(
            format!("holds the name `{}`, and names that begin with a dot are hidden", shown(&name)),
            "remove it: no page was ever published there",
        ));
    }
    if name.contains('/') || !input::is_portable(&name) {
        return Err(Fault::new(
            format!("holds the name `{}`, which some systems can't store", shown(&name)),
            "write names without `\\`, `:`, `*`, `?`, `\"`, `<`, `>`, `|`, invisible characters, and spaces or dots at their ends",
        ));
    }
    Ok(name)
}

/// The heading that an alias leads to.
fn fragment_of(alias: &Alias) -> Result<Option<String>, Diagnostic> {
    let Some(to) = &alias.to else { return Ok(None) };
    match to.text.strip_prefix('#').filter(|id| !id.is_empty()) {
        Some(id) => Ok(Some(id.to_owned())),
        None => Err(Diagnostic::new(&ALIAS, &to.place, format!("`to` can't be `{}`", shown(&to.text)))
            .help("write a heading of this page with its sign: to = \"#id\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_an_address_from_the_root() {
        let long = format!("/{}", "a/".repeat(495));
        for (text, expected) in [
            ("/old/", "/old/"),
            ("/old", "/old/"),
            ("/a/b/", "/a/b/"),
            ("/v1.2/page", "/v1.2/page/"),
            ("/feed.xml", "/feed.xml"),
            ("/feed.xml/", "/feed.xml/"),
            ("/my file/", "/my file/"),
            ("/my%20file/", "/my file/"),
            ("/caf%C3%A9/", "/café/"),
            ("/C%23/", "/C#/"),
            ("/100%25/", "/100%/"),
            ("/it's/", "/it's/"),
            (&long, &long),
        ] {
            assert_eq!(address_of(text).ok().map(|address| address.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_site_is_refused_with_words_that_are_accepted() {
        let deep = "/a".repeat(5_000);
        let long = format!("/{}", "a/".repeat(496));
        for (text, what, better) in [
            ("old", "begin with a slash", Some("/old/")),
            ("", "empty", None),
            ("https://a.example/", "begin with a slash", None),
            ("/", "front page", None),
            ("//host/", "two slashes", None),
            ("/a//b/", "two slashes", None),
            ("/../a/", "browsers resolve", None),
            ("/a/%2e%2E/b/", "browsers resolve", None),
            ("/./", "browsers resolve", None),
            ("/a/#b", "goes on", Some("/a/")),
            ("/a/?b=c", "goes on", Some("/a/")),
            ("/100%/", "begins no character", None),
            ("/%+1/", "begins no character", None),
            ("/%ff/", "begins no character", None),
            ("/a%2fb/", "some systems can't store", None),
            ("/a%00/", "some systems can't store", None),
            ("/a\u{202e}b/", "some systems can't store", None),
            ("/a\\b/", "some systems can't store", None),
            ("/nul/a/", "some systems can't store", None),
            ("/a /", "some systems can't store", None),
            ("/.git/config", "begin with a dot", None),
            ("/.bandbook-manifest", "begin with a dot", None),
            ("/a/.htaccess", "begin with a dot", None),
            ("/CNAME", "hosts", None),
            ("/cname/a/", "hosts", None),
            ("/_headers", "hosts", None),
            ("/404.html", "hosts", None),
            (&deep, "bytes", None),
            (&long, "bytes", None),
        ] {
            let fault = address_of(text).err().unwrap_or_else(|| panic!("{text} is accepted"));
            assert!(fault.what.contains(what), "{text}: {}", fault.what);
            assert_eq!(fault.better.ok().as_deref(), better, "{text}");
        }
    }

    #[test]
    fn an_address_is_written_as_the_alias_that_names_it() {
        for address in ["/old/", "/my file/", "/100%/", "/C#/", "/%41/", "/feed.xml"] {
            let alias = alias_of(address).unwrap_or_else(|| panic!("{address} is no alias"));
            assert_eq!(address_of(&alias).ok().expect("an address").as_str(), address);
        }
        assert_eq!([alias_of("/404.html"), alias_of("/"), alias_of("x")], [None, None, None]);
    }
}
