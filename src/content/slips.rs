//! Slips that Markdown passes on without a word: a heading without its space, a table that is none or loses a cell,
//! and what a version control left in a file.

use std::ops::Range;

use super::origin::Origin;
use super::walk::Walk;
use crate::diagnostic::{Code, Diagnostic, Known, Report, Severity};

pub(super) static HEADING_SPACE: Code = Code {
    name: "heading-space",
    severity: Severity::Error,
    rule: false,
    what: "A line starts with the marks of a heading and lacks the space behind them.",
    why: "It would show as text with its marks, and links to the heading would lead nowhere.",
    example: "##Prices",
    mend: "Write a space behind the marks: `## Prices`; or `\\#` for a mark that should be seen.",
};
pub(super) static TABLE_SHAPE: Code = Code {
    name: "table-shape",
    severity: Severity::Error,
    rule: false,
    what: "Lines with bars make no table, or a row of a table has more cells than its head.",
    why: "The lines would show as text, and cells beyond the head's are left out of the page without a word.",
    example: "| Share | Of all |\n|---|\n| Inside | some |",
    mend: "Write a line of dashes below the head, with as many cells as the head has, and no more cells in any row; `\\|` is a bar \
           inside a cell.",
};
pub(super) static MERGE_MARKER: Code = Code {
    name: "merge-marker",
    severity: Severity::Error,
    rule: false,
    what: "A page holds a line that a version control wrote to part two versions of a text.",
    why: "Both versions would be published, one below the other.",
    example: "<<<<<<< HEAD",
    mend: "Keep one of the two versions, and remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.",
};

/// Looks for the lines between which two versions stand.
pub(super) fn merge_markers(body: &str, origin: &Origin, diagnostics: &mut Vec<Diagnostic>) -> Known<()> {
    if !body.contains("<<<<<<< ") && !body.contains(">>>>>>> ") {
        return Ok(());
    }
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            let place = origin.place(at..at + line.trim_end().len());
            let problem = Diagnostic::new(&MERGE_MARKER, &place, "two versions of the text stand here")
                .help("keep one of them, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
            return Err(diagnostics.report(problem));
        }
        at += line.len();
    }
    Ok(())
}

/// Looks at a paragraph that may have been meant for something else.
pub(super) fn paragraph(walk: &mut Walk<'_, '_>, range: &Range<usize>) {
    let Some(text) = walk.body.get(range.clone()) else { return };
    let line = text.lines().next().unwrap_or("");
    let words = line.trim_start_matches('#');
    let marks = line.len() - words.len();
    if (2..=6).contains(&marks) && words.starts_with(char::is_alphanumeric) {
        let place = range.start..range.start + marks;
        let problem = Diagnostic::new(&HEADING_SPACE, &walk.origin.place(place.clone()), "these marks make no heading")
            .help(format!("write a space behind them: `{} {}`", &line[..marks], words.trim_end()));
        let problem = walk.origin.edit(problem, place, format!("{} ", &line[..marks]));
        walk.gaps.hide_anchors(walk.diagnostics.report(problem));
    }
    let first = line.trim();
    if first.len() > 2 && first.starts_with('|') && first.ends_with('|') && cells(first) > 1 {
        let dashes = vec!["---"; cells(first)].join("|");
        walk.diagnostics.push(
            Diagnostic::new(
                &TABLE_SHAPE,
                &walk.origin.place(range.start..range.start + line.trim_end().len()),
                "these lines make no table",
            )
            .help(format!("write `|{dashes}|` as the line below this one, with an empty line before it")),
        );
    }
}

/// Looks for rows with more cells than the head, whose last ones would be left out.
pub(super) fn table(walk: &mut Walk<'_, '_>, range: &Range<usize>, columns: usize) {
    let Some(text) = walk.body.get(range.clone()) else { return };
    let mut at = range.start;
    for line in text.split_inclusive('\n') {
        let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let found = cells(row);
        if found > columns {
            let start = at + line.find(row).unwrap_or(0);
            walk.diagnostics.push(
                Diagnostic::new(
                    &TABLE_SHAPE,
                    &walk.origin.place(start..start + row.len()),
                    format!("the row has {found} cells, and the table's head {columns}"),
                )
                .help("remove what is too much, or give the head another column; write `\\|` for a bar inside a cell"),
            );
        }
        at += line.len();
    }
}

/// How many cells a line of a table has.
fn cells(row: &str) -> usize {
    let mut bars = 0;
    let mut before = ' ';
    for c in row.chars() {
        bars += usize::from(c == '|' && before != '\\');
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    let outer =
        usize::from(row.starts_with('|')) + usize::from(row.len() > 1 && row.ends_with('|') && !row.ends_with("\\|"));
    (bars + 1).saturating_sub(outer)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_stand_between_bars() {
        for (row, expected) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("|---|---|", 2),
            ("| a \\| b |", 1),
            ("| a | b | c |", 3),
            ("a", 1),
            ("|", 1),
        ] {
            assert_eq!(cells(row), expected, "{row}");
        }
    }
}
