//! What `serve` sends to a browser: the events with a site's errors, the page that shows them where there is no other, and the tag in
//! pages. All of it stays text, and the scripts that get it make no markup of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use rayon::prelude::*;

use super::fields::quoted;
use super::media;
use super::refusals::hostile_site;
use super::site::Site;
use super::{PAYLOADS, REFUSED, escaped};
use crate::project::Project;

/// A server of its own for a project, ended with this value.
struct Serving {
    child: Child,
    address: String,
    /// The site's folder on its host.
    base: String,
}

impl Serving {
    fn new(project: &Project) -> Self {
        let mut command = project.command(".", "serve --port 0 --format json");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let url = lines.find_map(|line| Some(line.strip_prefix("serving http://")?.split(' ').next()?.to_owned()));
        let url = url.unwrap();
        assert!(lines.any(|line| line.starts_with("read ")), "the site is read");
        let (address, base) = url.split_once('/').unwrap();
        Self { child, address: address.to_owned(), base: format!("/{base}") }
    }

    fn ask(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("GET {}{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.base, self.address);
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    fn get(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.ask(path).read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap().split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// The errors that the first event holds.
    fn errors(&self) -> Result<Vec<String>, String> {
        let mut lines = self.ask(".bandbook/events").lines().map(Result::unwrap);
        let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).ok_or("no event")?;
        let event: serde_json::Value = serde_json::from_str(&data).map_err(|error| format!("{error}: {data}"))?;
        let errors = event["errors"].as_array().ok_or("an event without errors")?;
        errors.iter().map(|error| error.as_str().map(str::to_owned).ok_or(format!("no text: {error}"))).collect()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_browser_is_told_of_errors_in_text_alone() {
    let site = Site::new();
    let wrong: Vec<String> = PAYLOADS
        .par_iter()
        .chain(REFUSED.par_iter())
        .filter_map(|payload| errors_told(&site, payload).err().map(|cause| format!("{payload:?}: {cause}")))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

fn errors_told(site: &Site, payload: &str) -> Result<(), String> {
    let project = hostile_site(site, payload);
    let serving = Serving::new(&project);
    let errors = serving.errors()?;
    let all = errors.join("\n");
    // What can't be shown as it is, is shown in another way.
    let is_plain = payload.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if is_plain && !all.contains(payload) {
        return Err(format!("no error holds the payload\n{all}"));
    }
    if let Some(c) = media::obeyed(&all) {
        return Err(format!("an error holds U+{:04X}", u32::from(c)));
    }
    let parts = media::html(&serving.get("any/page/"));
    let elements: Vec<&str> =
        parts.iter().map(|(place, _)| place.as_str()).filter(|place| place.starts_with('<')).collect();
    let expected = [
        "<html>",
        "<head>",
        "<meta>",
        "<meta>",
        "<meta>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "</head>",
        "<body>",
        "<h1>",
        "</h1>",
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "</body>",
        "</html>",
    ];
    if elements != expected {
        return Err(format!("the page of errors has {elements:?}"));
    }
    let shown = parts.iter().rev().find(|(place, _)| place == "text").map(|(_, text)| text.as_str());
    if shown != Some(&*all) {
        return Err(format!("the page of errors says {shown:?}\n{all:?}"));
    }
    Ok(())
}

#[test]
fn the_tag_of_a_served_page_is_in_its_head() {
    let mut project = Project::new();
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let typed = quoted(&escaped(&payload.replace('\n', " ")));
        let text = format!("+++\ntitle = {typed}\ndescription = {typed}\n+++\n\nText.\n");
        project = project.file(&format!("content/p{at}.md"), text);
    }
    project.run("build").succeeds();
    let serving = Serving::new(&project);
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let served = serving.get(&format!("p{at}/"));
        let (before, rest) = served.split_once("<script src=\"/.bandbook/reload.js?").unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        assert!(format!("{before}{after}") == project.read(&format!("public/p{at}/index.html")), "{payload:?}");
        let opened = media::html(before);
        assert!(opened.iter().all(|(place, _)| place != "</head>" && place != "<body>"), "{payload:?}");
        assert_eq!(media::html(after)[0].0, "</head>", "{payload:?}");
    }
}

#[test]
fn the_scripts_of_the_server_make_no_markup_of_texts() {
    let scripts = [
        ("reload.js", include_str!("../../../src/serve/reload.js")),
        ("worker.js", include_str!("../../../src/serve/worker.js")),
    ];
    for (name, script) in scripts {
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "setHTML",
            "document.write",
            "DOMParser",
            "createContextualFragment",
            "srcdoc",
            "eval(",
            "Function(",
            "import(",
        ] {
            assert!(!script.contains(word), "{name} has {word}");
        }
    }
    assert!(scripts[0].1.contains("pre.textContent = text;"), "errors are shown as text");
}
