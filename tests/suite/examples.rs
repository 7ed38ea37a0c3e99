//! The example sites under `examples/`: another kind, another language, nothing of the first site.

use std::path::Path;

use crate::project::Project;

/// Builds a site of `examples/` into a folder of its own.
fn built(name: &str) -> Project {
    let project = Project::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let root = root.to_str().unwrap();
    project.run(&format!("check --deny-warnings --today 2026-11-20 --root {root}")).succeeds().says("no problems");
    project.run(&format!("build --out public --root {root}")).succeeds();
    project
}

#[test]
fn a_german_site_of_hosting_prices_speaks_german() {
    let project = built("hosting");
    let page = project.read("public/preise/index.html");
    for words in
        ["lang=\"de\"", "Zum Inhalt", "Auf dieser Seite", "Stand Oktober 2026", "keine Angabe", "€10.49–€13.29"]
    {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("EUR in der Stunde"), "no one period holds for a table of two");
    assert!(page.contains("EUR im Monat"), "and one does for the chart");
    for path in ["public/index.html", "public/preise/index.html", "public/figures/tarife/index.html"] {
        let page = project.read(path);
        for english in [
            ">Skip to",
            ">Menu<",
            ">On this page",
            ">Figures<",
            ">Edit this page",
            ">Source<",
            ">Sources<",
            ">Title<",
            ">Theme<",
            ">Confidence<",
            ">As of<",
            ">Low<",
            ">High<",
            "not stated",
            ">Cite",
        ] {
            assert!(!page.contains(english), "{path}: {english}");
        }
    }
}
