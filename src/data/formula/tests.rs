//! Tests of formulas, on small sites that are written as data files are.

mod cases;
mod expectations;
mod explained;
mod growth;
mod missing;
mod parsing;
mod problems;
mod read;
mod records;
mod rows;
mod rows_of_files;
mod site;
mod units;
mod values;

use site::Site;

/// A set of facts with some typed facts, and one that is calculated by a formula in a unit.
fn fact(typed: &str, unit: &str, formula: &str) -> Site {
    let text = format!(
        "kind = \"facts\"\n{typed}\n[result]\ntitle = \"Result\"\nunit = \"{unit}\"\nformula = \"{formula}\"\n"
    );
    Site::new(&[("facts.toml", &text)])
}

/// The value of such a fact; its problems where there are any.
fn value(typed: &str, unit: &str, formula: &str) -> String {
    let site = fact(typed, unit, formula);
    match site.diagnostics.is_empty() {
        true => site.value("facts.result"),
        false => site.problems().join("; "),
    }
}
