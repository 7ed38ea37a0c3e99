//! The repository's own site, built once for all tests, and read as a reader sees it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::project::Project;

/// Where the built site would stand.
pub const HOST: &str = "https://pay.example/";

/// A file that the repository's own site is built to.
pub fn output(path: &str) -> &'static str {
    files().get(path).unwrap_or_else(|| panic!("{path} was not built"))
}

/// The built site, path by path; what is no text is left out.
pub fn files() -> &'static BTreeMap<String, String> {
    static FILES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    FILES.get_or_init(|| {
        let project = Project::empty();
        let root = env!("CARGO_MANIFEST_DIR");
        project.run(&format!("build --out public --base-url {HOST} --root {root}")).succeeds();
        let mut files = BTreeMap::new();
        gather(&project.path("public"), "", &mut files);
        files
    })
}

fn gather(folder: &Path, within: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{within}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.insert(name, text);
        }
    }
}

/// What a reader sees of a page.
pub struct Page {
    /// As it was written.
    pub html: &'static str,
    words: String,
    rows: Vec<Vec<String>>,
}

/// The page at an address.
pub fn page(address: &str) -> Page {
    let html = output(&format!("{}index.html", address.trim_start_matches('/')));
    read(html, html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).unwrap().0)
}

/// The words and the rows of a part of a page.
fn read(html: &'static str, part: &str) -> Page {
    let rows = part.split("<tr").skip(1).map(|row| {
        let row = row.split("</tr>").next().unwrap_or("");
        let cells = row.replace("<th", "<td");
        cells.split("<td").skip(1).map(|cell| words(&format!("<td{cell}"))).collect()
    });
    Page { html, words: words(part), rows: rows.collect() }
}

/// Text without tags, drawings and small signs; a figure as its id in braces.
pub fn words(html: &str) -> String {
    let mut text = html.to_owned();
    for (from, to) in [
        ("<svg", "</svg>"),
        ("<sup", "</sup>"),
        ("<abbr class=\"calc\"", "</abbr>"),
        ("<small class=\"badge", "</small>"),
    ] {
        text = replaced(&text, from, to, |_| String::new());
    }
    text = replaced(&text, "<data ", "</data>", |mark| format!("{{{}}}", attribute(mark, "data-figure")));
    for end in
        ["</p>", "</li>", "</td>", "</th>", "</dt>", "</dd>", "</div>", "</h1>", "</h2>", "</h3>", "</figcaption>"]
    {
        text = text.replace(end, " ");
    }
    text = replaced(&text, "<", ">", |_| String::new());
    for (entity, character) in
        [("&#x27;", "'"), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with each part from one string through another replaced.
fn replaced(text: &str, from: &str, to: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        let Some((part, behind)) = after.split_once(to) else { break };
        out.push_str(before);
        out.push_str(&with(part));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What an attribute of a tag says.
pub fn attribute<'text>(tag: &'text str, name: &str) -> &'text str {
    let value = tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or_else(|| panic!("no {name} in {tag}"), |(value, _)| value)
}

impl Page {
    /// What stands below a heading, up to the next of the second level.
    #[track_caller]
    pub fn section(&self, id: &str) -> Self {
        let (_, rest) = self.html.split_once(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("no section {id}"));
        let part = rest.split("<div class=\"h h2\"").next().and_then(|part| part.split("</main>").next()).unwrap();
        read(part, part)
    }

    /// The page has these words, in this order, without anything between.
    #[track_caller]
    pub fn says(&self, expected: &str) -> &Self {
        assert!(self.words.contains(expected), "the page lacks: {expected}\n\n{}", self.words);
        self
    }

    /// A table has a row of exactly these cells.
    #[track_caller]
    pub fn has_row(&self, expected: &[&str]) -> &Self {
        assert!(self.rows.iter().any(|row| row == expected), "no row {expected:?} in\n{:#?}", self.rows);
        self
    }

    /// A table has a row that begins with these cells.
    #[track_caller]
    pub fn has_row_beginning(&self, expected: &[&str]) -> &Self {
        let found = self.rows.iter().any(|row| row.get(..expected.len()).is_some_and(|cells| cells == expected));
        assert!(found, "no row begins with {expected:?} in\n{:#?}", self.rows);
        self
    }

    /// The page links there.
    #[track_caller]
    pub fn links_to(&self, path: &str) -> &Self {
        assert!(self.html.contains(&format!("href=\"/{path}\"")), "no link to {path}");
        self
    }
}

/// The rows of a set as it is given out for programs.
pub fn rows(set: &str) -> &'static [Value] {
    static SETS: OnceLock<BTreeMap<String, Vec<Value>>> = OnceLock::new();
    let sets = SETS.get_or_init(|| {
        let exports = files().iter().filter_map(|(path, text)| {
            let name = path.strip_prefix("data/")?.strip_suffix(".json")?;
            let export: Value = serde_json::from_str(text).unwrap();
            Some((name.to_owned(), export["rows"].as_array().cloned().unwrap_or_default()))
        });
        exports.collect()
    });
    &sets[set]
}
