//! The tool that places a value, as it stands on a built page without scripts.

use crate::project::Project;

const SIZES: &str = r#"title = "Sizes"
unit = "cm"
[columns]
name = { title = "Name", type = "text" }
whole = { title = "Whole" }
foot = { title = "Foot" }
neck = { title = "Neck" }
[[row]]
id = "a"
name = "A"
whole = [10, "open"]
foot = { range = [4, 8], qualifier = "with a sock" }
neck = "unstated"
[[row]]
id = "b"
name = "B"
whole = [20, 40]
foot = 6
neck = "unstated"
[[row]]
id = "c"
name = "C"
whole = [30, 35]
foot = "unstated"
neck = "unstated"
"#;

fn page(sizes: &str) -> Project {
    let block = "```tool place\nset = \"sizes\"\ncolumn = \"whole\"\nparts = [\"foot\", \"neck\"]\n```";
    Project::new().file("content/data/sizes.toml", sizes).file("content/index.md", format!("# Home\n\n{block}\n"))
}

#[test]
fn a_column_and_its_parts_are_drawn_and_answered() {
    let project = page(SIZES);
    project.run("build").succeeds();
    let html = project.read("public/index.html");
    let (whole, parts) = html.split_once("<details>").expect("parts");
    // The scale that a script marks a value on; an open range reaches to its end.
    assert!(whole.contains(" data-from=\"0\" data-to=\"40\""), "{whole}");
    assert!(whole.contains("<line class=\"arrow s0\" x1=\"25%\" x2=\"100%\" y1=\"29\""), "{whole}");
    assert_eq!(whole.matches("<line class=\"mark\" y1=").count(), 1);
    // The part that no row states has no answers.
    assert_eq!(parts.matches("<summary").count(), 1, "{parts}");
    assert!(parts.contains("Where every value lies: Foot</summary>"), "{parts}");
    assert!(parts.contains(" data-from=\"0\" data-to=\"8\""), "{parts}");
    assert!(parts.contains("in two ranges: A and B"), "{parts}");
    assert!(parts.contains("No range is stated for C.") && !whole.contains("No range is stated"), "{html}");
    assert!(parts.contains("<small>with a sock</small>"), "{parts}");
    assert!(!html.contains(" style="), "the policy of the page allows no style of an element");
}

#[test]
fn a_part_in_another_unit_is_reported() {
    let project = page(&SIZES.replace("title = \"Foot\"", "title = \"Foot\", unit = \"kg\""));
    let run = project.run("check");
    run.finds_errors().says("block-units");
    run.says("take `foot` out of `parts`, or state it in the unit of `column`");
}
