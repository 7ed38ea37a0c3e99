//! Lists that name things: an empty one says nothing, and a name that stands twice was hardly meant.

use super::value::Value;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

pub(super) static EMPTY: Code = Code {
    name: "empty-list",
    severity: Severity::Warning,
    rule: true,
    what: "A list that is to name something is empty.",
    why: "In a block it shows everything, as if the line were not there; figures with empty `sources` show nobody who said them.",
    example: "columns = []",
    mend: "Write the names between the brackets, or remove the line.",
};
pub(super) static REPEATED: Code = Code {
    name: "list-repeats",
    severity: Severity::Error,
    rule: true,
    what: "A list names the same thing twice.",
    why: "The column, row or source would show twice; often the second was meant to be another.",
    example: "columns = [\"title\", \"total\", \"total\"]",
    mend: "Remove the second one, or write the name that was meant.",
};

/// A list without a name in it.
pub(super) fn empty(place: &Place, key: &str) -> Diagnostic {
    let help = match key {
        "sources" => "write the id of the source between the brackets, [\"…\"], or remove the line",
        _ => "write names between the brackets, each in quotes, [\"…\"], or remove the line",
    };
    Diagnostic::new(&EMPTY, place, format!("`{key}` is an empty list")).help(help)
}

/// Texts that stand in a list before. Nothing is said of blank ones.
pub fn repeated(values: &[Value], key: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let Some(name) = value.as_str().filter(|name| !name.trim().is_empty()) else { continue };
        let first = values[..at].iter().find(|earlier| earlier.as_str() == Some(name));
        if let Some(first) = first {
            found.push(
                Diagnostic::new(&REPEATED, &value.place(), format!("`{key}` names \"{name}\" twice"))
                    .label(&first.place(), "the first")
                    .help("remove this one, or write the other name that was meant"),
            );
        }
    }
    found
}
