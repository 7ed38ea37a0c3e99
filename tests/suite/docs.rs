//! Documentation that is made from the code is what the code says. `UPDATE_DOCS=1 cargo test docs` writes it anew.

mod reference;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use bandbook::diagnostic::{Code, Severity};

#[test]
fn the_list_of_rules_is_what_the_code_explains() {
    is_fresh("docs/rules.md", &rules(&bandbook::session::codes()));
}

#[test]
fn the_reference_of_keys_is_what_the_code_reads() {
    is_fresh("docs/reference.md", &reference::page());
}

#[test]
fn the_codes_that_the_guide_for_editors_explains_exist() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editing.md")).unwrap();
    let codes = bandbook::session::codes();
    let mut count = 0;
    for cell in text.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split(" |").next()) {
        for name in cell.split(", ").map(|name| name.trim_matches('`')) {
            count += 1;
            assert!(codes.iter().any(|code| code.name == name), "no code is called `{name}`");
        }
    }
    assert!(count >= 10, "the tables were not found");
}

/// The file is this text, or becomes it where it is to be written anew.
#[track_caller]
fn is_fresh(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == expected, "{name} is not what the code says: run `UPDATE_DOCS=1 cargo test --test suite docs`");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents: Vec<_> = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md"]
        .into_iter()
        .map(|name| root.join(name))
        .chain(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    documents.sort();
    let mut dead = Vec::new();
    let mut seen = 0;
    for path in documents {
        let text = fs::read_to_string(&path).unwrap();
        for target in targets(&text) {
            seen += 1;
            let file = target.split('#').next().unwrap_or("");
            if !file.is_empty() && !path.parent().unwrap().join(file).exists() {
                dead.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "\n{}", dead.join("\n"));
    assert!(seen > 20, "{seen} links");
}

/// Targets of links to files of the repository, outside code.
fn targets(text: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Parser, Tag};
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .filter(|target| !target.contains(':'))
        .collect()
}

/// The whole page.
fn rules(codes: &[&Code]) -> String {
    let mut text = String::from(
        "# Every problem bandbook reports\n\n\
         <!-- Made from the code by `UPDATE_DOCS=1 cargo test --test suite docs`; don't edit it by hand. -->\n\n\
         `bandbook explain CODE` says the same in a terminal. A *rule* can be set in `content/site.toml` to `\"error\"`, `\"warn\"` or\n\
         `\"off\"`, and waived on a page with `<!-- bandbook: allow CODE: reason -->`; in TOML with\n\
         `# bandbook: allow CODE: reason` on the line before. A *fault* leaves nothing certain to build, and can't be.\n",
    );
    for (heading, is_rule) in [("Rules", true), ("Faults", false)] {
        let _ = write!(text, "\n## {heading}\n");
        for code in codes.iter().filter(|code| code.rule == is_rule) {
            let severity = match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Off => "off",
            };
            let Code { name, what, why, example, mend, .. } = code;
            // Longer than any fence in an example.
            let fence = "`".repeat(4);
            let _ = write!(
                text,
                "\n### {name}\n\n*{severity}.* {} {}\n\n{fence}text\n{}\n{fence}\n\n{}\n",
                escaped(what),
                escaped(why),
                example.trim_end(),
                escaped(mend)
            );
        }
    }
    text
}

/// Text as Markdown shows it: what looks like a tag, or like a link of ours, is escaped outside code.
fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 1 { part.to_owned() } else { part.replace('<', "\\<").replace('[', "\\[").replace('*', "\\*") }
    });
    parts.collect::<Vec<_>>().join("`")
}
