//! What is answered to a request: the rules of GitHub Pages, and the few files of the server's own.
//!
//! `/bands` leads to `/bands/`, which is `bands/index.html`; `bands.html` answers for `/bands`; names count with their case; what is
//! not there gets `404.html` with status 404. So a page that works here works there.

use std::borrow::Cow;

use hyper::body::Bytes;
use serde::Serialize;

use super::board::State;
use super::inject::{print, with_script};
use crate::config;
use crate::render;
use crate::session::Shelf;

const RELOAD: &[u8] = include_bytes!("reload.js");
const WORKER: &[u8] = include_bytes!("worker.js");
const PROBLEMS: &str = include_str!("problems.html");

/// An answer, before it is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    pub content_type: Cow<'static, str>,
    /// Where to go instead, for a redirect.
    pub location: Option<String>,
    pub body: What,
}

/// What an answer holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// These bytes.
    Bytes(Bytes),
    /// Messages as they come.
    Messages,
}

impl Answer {
    fn new(status: u16, content_type: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: content_type.into(), location: None, body: What::Bytes(body.into()) }
    }

    pub(super) fn text(status: u16, text: impl Into<Bytes>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text)
    }

    fn redirect(to: String, query: Option<&str>) -> Self {
        let location = match query {
            Some(query) => format!("{to}?{query}"),
            None => to,
        };
        Self { location: Some(location), ..Self::text(301, "") }
    }
}

/// Answers for the path of a request, as it was sent, and what follows its `?`.
pub(super) fn answer(state: &State, raw: &str, query: Option<&str>) -> Answer {
    let base = state.base();
    if format!("{raw}/") == base {
        return Answer::redirect(base.to_owned(), query);
    }
    // In whichever folder: a page may have been loaded where the site was before, or while nobody knew where it is.
    if let Some((_, name)) = raw.rsplit_once(&format!("/{}", State::FOLDER)) {
        return own(state, name, query);
    }
    let Some(shelf) = &state.shelf else { return no_site(state) };
    if base != "/" && raw == "/" {
        // Nothing is there once the site is published, but whoever types the address wants to see it.
        return Answer { status: 302, ..Answer::redirect(base.to_owned(), query) };
    }
    let Some(path) = raw.strip_prefix(base) else {
        let nothing = || Answer::text(404, format!("There is nothing here: the site is at {base}\n"));
        return moved(state, raw, query).unwrap_or_else(nothing);
    };
    let Some(path) = decoded(path) else { return Answer::text(400, "The address is not well written.\n") };
    if path.is_empty() || path.ends_with('/') {
        return file(state, shelf, &format!("{path}index.html"));
    }
    if shelf.holds(&path) {
        return file(state, shelf, &path);
    }
    if shelf.holds(&format!("{path}.html")) {
        return file(state, shelf, &format!("{path}.html"));
    }
    if shelf.holds(&format!("{path}/index.html")) {
        return Answer::redirect(format!("{raw}/"), query);
    }
    moved(state, raw, query).unwrap_or_else(|| missing(state, shelf))
}

/// Where an address leads that lies in a folder which the site had before: a page that is open may still ask for its files there.
///
/// An address in the site's own folder is moved only where that makes it shorter, so that no redirect leads to another for ever.
fn moved(state: &State, raw: &str, query: Option<&str>) -> Option<Answer> {
    let base = state.base();
    let mut former = state.former().filter(|folder| !raw.starts_with(base) || folder.starts_with(base));
    let rest = former.find_map(|folder| raw.strip_prefix(folder))?;
    // With a slash before it, this would be the name of another host.
    if rest.starts_with(['/', '\\']) {
        return None;
    }
    Some(Answer { status: 302, ..Answer::redirect(format!("{base}{rest}"), query) })
}

/// The server's own files.
fn own(state: &State, name: &str, query: Option<&str>) -> Answer {
    let script = "application/javascript; charset=utf-8";
    match name {
        "reload.js" => Answer::new(200, script, RELOAD),
        "worker.js" => Answer::new(200, script, WORKER),
        "events" => Answer { body: What::Messages, ..Answer::new(200, "text/event-stream", "") },
        "page" => page_state(state, query),
        _ => Answer::text(404, "There is nothing here.\n"),
    }
}

/// What tells the page of an address from its older self: `page?at=/bands/`.
fn page_state(state: &State, query: Option<&str>) -> Answer {
    #[derive(Serialize)]
    struct Known<'a> {
        page: &'a str,
        rest: &'a str,
        style: Option<String>,
    }
    let at = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("at="))).and_then(decoded);
    let (Some(at), Some(shelf)) = (at, &state.shelf) else { return Answer::new(200, JSON, "{}") };
    let path = at.strip_prefix(state.base()).and_then(decoded);
    let candidates = path.into_iter().flat_map(|path| match path.is_empty() || path.ends_with('/') {
        true => vec![format!("{path}index.html")],
        false => vec![format!("{path}.html"), path],
    });
    let path = candidates.chain(["404.html".to_owned()]).find(|path| shelf.is_page(path));
    let style = shelf.stylesheet();
    let bytes = path.and_then(|path| shelf.file(&path)).and_then(Result::ok);
    let print = print(bytes.as_ref().map_or(&[], AsRef::as_ref), style.as_deref());
    let known = Known { page: &print.page, rest: &print.rest, style };
    Answer::new(200, JSON, serde_json::to_vec(&known).unwrap_or_default())
}

const JSON: &str = "application/json; charset=utf-8";

fn file(state: &State, shelf: &Shelf, path: &str) -> Answer {
    if !shelf.is_made(path) {
        return match shelf.file(path) {
            Some(Ok(bytes)) => Answer::new(200, content_type(path), Bytes::from_owner(bytes)),
            _ => missing(state, shelf),
        };
    }
    let made = state.sending.page(path, || match shelf.file(path) {
        Some(Ok(bytes)) => (200, dressed(shelf, path, bytes.as_ref())),
        // The template fails on this page alone; the problem is among those that are shown.
        Some(Err(problem)) => (500, problems_page(state, &[problem.message])),
        None => (404, Vec::new()),
    });
    match made {
        None => overloaded(),
        Some((200, bytes)) => Answer::new(200, content_type(path), bytes),
        Some((status, bytes)) => Answer::new(status, HTML, bytes),
    }
}

fn missing(state: &State, shelf: &Shelf) -> Answer {
    if !shelf.holds("404.html") {
        return Answer::text(404, "There is no page at this address, and the site has no 404.md to say so.\n");
    }
    let answer = file(state, shelf, "404.html");
    let status = if answer.status == 200 { 404 } else { answer.status };
    Answer { status, ..answer }
}

/// A page with the script that shows it anew; anything else as it is.
fn dressed(shelf: &Shelf, path: &str, bytes: &[u8]) -> Vec<u8> {
    match shelf.is_page(path) {
        true => with_script(bytes, shelf.base(), &print(bytes, shelf.stylesheet().as_deref())),
        false => bytes.to_vec(),
    }
}

/// The site has had errors since the server was started.
fn no_site(state: &State) -> Answer {
    match state.sending.page("", || (500, problems_page(state, &state.errors))) {
        Some((status, bytes)) => Answer::new(status, HTML, bytes),
        None => overloaded(),
    }
}

/// Clients have asked for more than they read.
fn overloaded() -> Answer {
    Answer::text(503, "Other clients have not read what they asked for. Close them, or try again in a minute.\n")
}

const HTML: &str = "text/html; charset=utf-8";

fn problems_page(state: &State, errors: &[String]) -> Vec<u8> {
    let print = print(b"", None);
    let page = PROBLEMS.replace("{{ errors }}", &render::escaped(&errors.join("\n")));
    with_script(page.as_bytes(), state.base(), &print)
}

/// The content type of a file by the ending of its name; of texts with how they are encoded.
fn content_type(path: &str) -> Cow<'static, str> {
    let kind = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    let is_text = kind.starts_with("text/") || kind == "application/json";
    if is_text { format!("{kind}; charset=utf-8").into() } else { kind.into() }
}

/// A path with its escapes resolved; nothing where they are broken, or are no text.
fn decoded(path: &str) -> Option<String> {
    config::decoded(path).filter(|text| !text.contains('\0'))
}
