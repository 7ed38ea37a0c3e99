//! A handful of diagnostics built by hand, for the tests of each format.

use std::sync::Arc;

use bandbook::diagnostic::{Code, Diagnostic, Place, Severity, Source};

pub static VALUE: Code = Code {
    name: "figure-value",
    severity: Severity::Error,
    rule: true,
    what: "The text of a figure and its datum disagree.",
    why: "A reader would take home a number that is not so.",
    example: "[$430K](figure:bands.l3.total.median)",
    mend: "Type the datum, or correct it.",
};
pub static LOOSE: Code = Code { name: "loose-figure", severity: Severity::Warning, ..VALUE_LIKE };

const VALUE_LIKE: Code =
    Code { name: "", severity: Severity::Error, rule: true, what: "", why: "", example: "", mend: "" };

/// The place of the first time that `words` stand in a source.
pub fn place(source: &Arc<Source>, words: &str) -> Place {
    let start = source.text().find(words).expect("the words stand in the source");
    Place::new(source, start..start + words.len())
}

/// A figure that disagrees with its datum in another file.
pub fn disagreement() -> Diagnostic {
    let page = Source::new("content/bands.md", "# Bands\n\nA Medium VPS has [$430K](figure:bands.l3) a year.\n");
    let data =
        Source::new("content/data/bands.toml", "unit = \"USD/year\"\n\n[[row]]\nid = \"l3\"\nmedian = 432_000\n");
    Diagnostic::new(&VALUE, &place(&page, "$430K"), "the text says $430K, the data say $432K")
        .caption("should be $432K")
        .label(&place(&data, "432_000"), "the datum stands here")
        .help("Type `$432K`, or correct the datum.")
        .edit(&place(&page, "$430K"), "$432K")
}

/// A warning about a number that is bound to nothing.
pub fn loose(path: &str) -> Diagnostic {
    let page = Source::new(path, "About 12% move.\n");
    Diagnostic::new(&LOOSE, &place(&page, "12%"), "12% is bound to no datum")
}

/// A problem of the tree as a whole.
pub fn placeless() -> Diagnostic {
    Diagnostic::without_place(&VALUE, "there is no content folder").help("Run `bandbook init`.")
}

/// Text that would like to be something else: escapes, commands, markup.
pub fn hostile() -> Diagnostic {
    let page = Source::new("content/a,b:c%.md", "x \x1b[2J\u{202e}evil\n");
    Diagnostic::new(&VALUE, &place(&page, "\x1b[2J\u{202e}evil"), "\x1b]0;title\x07 100%\n::error::<b>`*_|")
        .caption("\u{9b}31m")
        .help("Type\u{200b} a\r\nb.")
}
