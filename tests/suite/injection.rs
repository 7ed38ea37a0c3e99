//! Text that would like to be more than text: every payload goes through every field, and every output is read back by a parser
//! of its kind. What was typed is what is read, and nothing is there that the site without the payload lacks.

#![expect(clippy::print_stdout, reason = "how much was tried is part of the result")]

mod fields;
mod media;
mod refusals;
mod served;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bandbook::config;
use bandbook::content::{BLOCK_FIELDS, FRONT_MATTER_FIELDS};
use bandbook::data::KINDS;
use bandbook::diagnostic::Severity;
use bandbook::session::{BuildOptions, Report, build};
use rayon::prelude::*;

use media::Part;
use site::{Site, Texts, Written};

/// Each breaks out of some medium, or has broken out of one somewhere.
const PAYLOADS: &[&str] = &[
    "\"'><b>x",
    "\" onfocus=alert(1) autofocus x=\"",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><img src=x onerror=alert(1)>",
    "</head><body onload=alert(1)>",
    "]]><b>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?php echo 1 ?>",
    "&lt;b&gt; &amp;amp; &#60;",
    "javascript:alert(1)",
    "jAvA&#x09;script&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raw %}{% include \"x\" %}",
    "{# comment",
    "::error::x",
    "##[command]x",
    "x\n::stop-commands::y",
    "%0A::error::x",
    "](javascript:alert(1))",
    "![x](//example.net/x)",
    "`` ` ```",
    "a | b | c",
    "=1+1",
    "+1",
    "-1+1",
    "@x",
    "\t=1+1",
    "＝1+1",
    "a, =1; =2",
    "'=x",
    "<br>",
    "$x^2_y$ \\input{x} ~ # & }",
    "$(touch x) `id` ; rm",
    "../../etc/passwd",
    "%2e%2e%2f%00",
    "C:\\con\\",
    "https://user@[::1]:80/?a=b&c=d#e",
    "👩‍💻 🏳️‍🌈 𝕏",
    "שלום עולם",
    "مرحبا",
    "e\u{301} A\u{30a} ﬁ",
    "x ß İ ı ſ",
    "line\u{2028}separator",
    "zero\u{200b}width",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft_Donaudampfschifffahrt",
];

/// No file may hold these: they are refused wherever they are.
const REFUSED: &[&str] = &[
    "\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "nul\0",
    "bell\u{7}",
    "back\u{8}space",
    "del\u{7f}",
    "\u{85}next",
    "\u{202e}turned\u{202c}",
    "\u{2066}isolated\u{2069}",
];

/// A site that was built, as the parts of its files.
type Published = BTreeMap<String, Vec<Part>>;

#[test]
fn what_was_typed_is_what_is_read() {
    let site = Site::new();
    covers_every_field(&site);
    let mut free = free_places(&site);
    let plain = publish(&site, &BTreeSet::new(), &mut free, mark).unwrap();
    let wrong: Vec<String> = PAYLOADS
        .par_iter()
        .flat_map_iter(|payload| {
            // In a unit these are signs of its own.
            let is_read = |at: &usize| site.places[*at].field.ends_with(".unit") && payload.contains(['/', '{']);
            let mut kept: BTreeSet<usize> = free.iter().copied().filter(|at| !is_read(at)).collect();
            let text = |at: usize| {
                let typed = format!("{payload} {}", mark(at));
                if site.places[at].is_markdown { escaped(&typed) } else { typed }
            };
            let wrong = match publish(&site, &free, &mut kept, text) {
                Ok(found) => differences(&plain, &found, payload, &kept),
                Err(cause) => vec![cause],
            };
            println!("{payload:?}: {} of {} fields take it", kept.len(), free.len());
            let few = (kept.len() * 10 < free.len() * 9).then(|| format!("only {} fields take it", kept.len()));
            wrong
                .into_iter()
                .chain(few)
                .map(|cause| format!("{payload:?}: {}", named(&site, &cause)))
                .collect::<Vec<_>>()
        })
        .collect();
    println!("{} payloads × {} fields", PAYLOADS.len(), free.len());
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Markdown that nobody escaped makes what Markdown makes, and addresses, names and units with a payload behind them are refused or
/// harmless.
#[test]
fn nothing_runs_that_the_site_does_not_run() {
    let site = Site::new();
    let free = free_places(&site);
    let names = |published: &Published| -> BTreeSet<String> {
        published
            .values()
            .flatten()
            .map(|(place, _)| place.clone())
            .filter(|place| !place.starts_with("svg of "))
            .collect()
    };
    let mut plain = free.clone();
    let mut ours = names(&publish(&site, &BTreeSet::new(), &mut plain, mark).unwrap());
    let of_markdown =
        ["em", "strong", "code", "del"].iter().flat_map(|name| [format!("<{name}>"), format!("</{name}>")]);
    ours.extend(of_markdown);
    let wrong: Vec<String> = PAYLOADS
        .par_iter()
        .flat_map_iter(|payload| {
            // A unit, a header or the words of a scale are refused where other texts lack them.
            let is_shared =
                |field: &str| [".unit", ".header", ".formula", ".values.*"].iter().any(|name| field.ends_with(name));
            let raw = |at: &usize| {
                let place = &site.places[*at];
                !is_shared(&place.field) && (place.is_markdown || !free.contains(at))
            };
            let mut kept: BTreeSet<usize> =
                (0..site.places.len()).filter(|at| site.places[*at].is_prose).filter(raw).collect();
            let text = |at: usize| format!("{}{payload}", site.places[at].typed);
            let published = publish(&site, &BTreeSet::new(), &mut kept, text);
            println!("{payload:?}: {} fields take it raw", kept.len());
            let wrong: Vec<String> = match &published {
                Err(cause) => vec![cause.clone()],
                Ok(published) => {
                    let runs = published
                        .values()
                        .flatten()
                        .filter(|(place, text)| media::is_address(place) && media::runs(text));
                    let runs = runs.map(|(place, text)| format!("{place} runs {text:?}"));
                    runs.chain(names(published).difference(&ours).cloned()).collect()
                }
            };
            wrong.into_iter().map(|cause| format!("{payload:?}: {cause}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Fails where the sample lacks a field that holds text.
fn covers_every_field(site: &Site) {
    let mut names = Vec::new();
    let tables = [("site", config::FIELDS), ("front", FRONT_MATTER_FIELDS)];
    let blocks = BLOCK_FIELDS.iter().map(|(block, fields)| (block.trim_end_matches(" SET"), *fields));
    for (name, fields) in tables.into_iter().chain(blocks) {
        fields
            .iter()
            .for_each(|field| fields::text_fields(&field.shape, &format!("{name}.{}", field.name), &mut names));
    }
    KINDS.iter().for_each(|kind| fields::text_fields(&kind.shape, kind.name, &mut names));
    let reached: BTreeSet<&str> = site.places.iter().map(|place| place.field.as_str()).collect();
    let lacking: Vec<&String> = names.iter().filter(|name| !reached.contains(name.as_str())).collect();
    assert!(lacking.is_empty(), "the sample site has no {lacking:?}");
}

/// The places that take any words, alone and together, and name no file.
fn free_places(site: &Site) -> BTreeSet<usize> {
    let files = files_with(site, &Texts::new());
    assert!(files.is_some(), "the sample can't be built");
    let takes_words = |at: &usize| {
        let place = &site.places[*at];
        let is_told = place.is_markdown || place.field.starts_with("site.labels.");
        place.is_prose && (is_told || files_with(site, &[(*at, mark(*at))].into()) == files)
    };
    (0..site.places.len()).into_par_iter().filter(takes_words).collect()
}

/// A word by which a place's text is found again.
fn mark(at: usize) -> String {
    format!("zq{at}qz")
}

/// A text with the names of the fields that its marks belong to.
fn named(site: &Site, text: &str) -> String {
    let mut parts = text.split("zq");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once("qz").unwrap_or(("", part));
        let name = number.parse().ok().and_then(|at: usize| site.places.get(at));
        out.push_str(&format!(
            "⟨{} {:?}⟩{rest}",
            name.map_or(number, |place| &place.field),
            name.map(|place| &place.typed)
        ));
    }
    out
}

/// A text as Markdown that says it.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The files that are published with these texts; nothing where they are refused.
fn files_with(site: &Site, texts: &Texts) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    site.write(texts).save(folder.path());
    let is_built = !build_folder(folder.path()).failed();
    is_built.then(|| read(&folder.path().join("public")).unwrap().into_keys().collect())
}

/// Builds the site with a text in each of the places; those that refuse it are taken out, and hold their mark.
fn publish(
    site: &Site,
    all: &BTreeSet<usize>,
    places: &mut BTreeSet<usize>,
    text: impl Fn(usize) -> String,
) -> Result<Published, String> {
    loop {
        let text = |at: &usize| (*at, if places.contains(at) { text(*at) } else { mark(*at) });
        let texts: Texts = all.union(places).map(text).collect();
        let written = site.write(&texts);
        let folder = tempfile::tempdir().unwrap();
        written.save(folder.path());
        let report = build_folder(folder.path());
        if !report.failed() {
            return read(&folder.path().join("public"));
        }
        let refusing = refusing(&report, &written);
        let before = places.len();
        places.retain(|at| !refusing.contains(at));
        if places.len() == before {
            return Err(format!("errors at no place that has a payload\n{}", errors(&report)));
        }
    }
}

fn build_folder(root: &Path) -> Report {
    let options = BuildOptions { root: root.to_owned(), out: root.join("public"), ..BuildOptions::default() };
    build(&options).unwrap()
}

/// The places that errors are about.
fn refusing(report: &Report, written: &Written) -> BTreeSet<usize> {
    let errors = report.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    errors
        .flat_map(|problem| problem.place.iter().chain(problem.labels.iter().map(|label| &label.place)))
        .filter_map(|place| written.at(place))
        .collect()
}

fn errors(report: &Report) -> String {
    let errors = report.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    errors
        .map(|problem| {
            format!(
                "  {:?} {}: {}\n",
                problem.place.as_ref().map(ToString::to_string),
                problem.code.name,
                problem.message
            )
        })
        .collect()
}

/// All files of a folder, each read by a parser of its kind.
fn read(folder: &Path) -> Result<Published, String> {
    let mut published = Published::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let parts = match path.rsplit('.').next() {
            Some("html" | "svg" | "xml") => media::html(&text),
            Some("csv") => media::csv(&text).map_err(|cause| format!("{path}: {cause}"))?,
            Some("json") => media::json(&text).map_err(|cause| format!("{path}: {cause}"))?,
            Some("txt") => text.lines().map(|line| ("line".to_owned(), line.to_owned())).collect(),
            _ => continue,
        };
        published.insert(path, parts);
    }
    Ok(published)
}

/// Where a site with a payload says anything but what the plain one says with the payload before each mark.
fn differences(plain: &Published, found: &Published, payload: &str, places: &BTreeSet<usize>) -> Vec<String> {
    let mut wrong = Vec::new();
    if !plain.keys().eq(found.keys()) {
        wrong.push(format!("other files: {:?}", found.keys()));
    }
    for (path, parts) in found {
        let Some(expected) = plain.get(path) else { continue };
        let mut pairs = parts.iter().zip(expected);
        let differing = pairs.find(|((place, text), (own_place, own))| {
            place != own_place || !media::says(place, text, &with_payload(own, payload, places))
        });
        match differing {
            Some((one, other)) => wrong.push(format!("{path}: {one:?}, not {other:?}")),
            None if parts.len() != expected.len() => {
                wrong.push(format!("{path}: {} parts, not {}", parts.len(), expected.len()))
            }
            None => (),
        }
    }
    wrong
}

/// A text with the payload before each mark of these places.
fn with_payload(text: &str, payload: &str, places: &BTreeSet<usize>) -> String {
    let text = text.to_lowercase();
    let mut parts = text.split("zq");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once("qz").and_then(|(number, _)| number.parse().ok());
        if number.is_some_and(|number| places.contains(&number)) {
            out.push_str(payload);
            out.push(' ');
        }
        out.push_str("zq");
        out.push_str(part);
    }
    out
}
