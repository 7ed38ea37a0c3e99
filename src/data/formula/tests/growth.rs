//! Large tables: the cost grows with the number of rows, and chains of rows take no more of the stack than one.

use std::fmt::Write as _;

use super::site::Site;
use crate::work;

/// A table of lines with a running total, look-ups and sums over groups.
fn lines(rows: usize) -> String {
    let mut text = String::from(
        r#"
key = ["line", "day"]
ordered = true
derive = ["step"]
[columns]
line = { type = "text" }
day = { type = "text" }
group = { type = "text" }
amount = { unit = "USD" }
total = { unit = "USD", formula = "amount + before" }
before = { unit = "USD", formula = "max(0, lines.{line}.{day}.amount - amount)" }
share = { unit = "%", formula = "amount / sum(lines.*.{day}.amount)" }
of-group = { unit = "%", formula = "amount / sum(amount where group = {group})" }
of-all = { unit = "%", formula = "amount / sum(lines.*.*.amount)" }
place = { unit = "rank", formula = "rank(amount)" }
"#,
    );
    for row in 0..rows {
        let _ = write!(
            text,
            "[[row]]\nline = \"l{row}\"\nday = \"d{}\"\ngroup = \"g{}\"\namount = {}\n",
            row / 4,
            row / 3,
            row + 1
        );
    }
    text
}

#[test]
fn the_cost_grows_with_the_rows() {
    work::growth("formulas", |rows| {
        let site = Site::new(&[("lines.toml", &lines(rows))]);
        assert_eq!(site.problems(), [""; 0]);
    });
}

#[test]
fn a_chain_of_rows_is_no_recursion() {
    let chain = |formula: &str| {
        let mut text = format!(
            "ordered = true\n[columns]\ntitle = {{ type = \"text\" }}\namount = {{ }}\nedge = {{ blank = \"none\" }}\ntotal = {{ formula = \"{formula}\" }}\n"
        );
        for row in 0..5000 {
            let _ = write!(text, "[[row]]\nid = \"r{row}\"\ntitle = \"R\"\namount = 1\nedge = 0\n");
        }
        Site::new(&[("rows.toml", &text)])
    };
    let site = chain("previous(total) + amount");
    assert_eq!(site.value("rows.r1.total"), "none: `rows.r0.total` has no value: no row is before `r0`");
    assert_eq!(site.value("rows.r4999.total"), "none: `rows.r4998.total` has no value: no row is before `r0`");
    let site = chain("next(total) + amount");
    assert_eq!(site.value("rows.r4999.total"), "none: no row is behind `r4999`");
    assert_eq!(site.value("rows.r0.total"), "none: `rows.r1.total` has no value: no row is behind `r4999`");
    let site = chain("max(edge, sum(previous(amount), amount))");
    assert_eq!(site.value("rows.r4999.total"), "2");
}
