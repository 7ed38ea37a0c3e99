//! Mistakes in the rows of a table: where they come from, and their ids.

use super::{check, check_below, figures, undecided};

const COLUMNS: &str = "[columns]\nplace = { title = \"Place\", type = \"text\" }\nprice = { title = \"Price\" }\n";

#[test]
fn rows_come_from_one_place() {
    let row = "[[row]]\nid = \"x\"\nplace = \"X\"\nprice = 1\n";
    let csv = "id,place,price\ny,Y,2\n";
    let typed = format!("{COLUMNS}{row}");
    let from_csv = format!("rows = \"csv\"\n{COLUMNS}");
    check(&[("t.toml", &typed)], &[]);
    check(&[("t.toml", &from_csv), ("t.csv", csv)], &[]);
    check(&[("t.toml", COLUMNS)], &["t.toml:1:1 bad-rows the table has no rows"]);
    check(&[("t.toml", "title = \"T\"\n")], &["t.toml:1:1 bad-rows the table has no rows"]);
    check(&[("t.toml", "row = []\n")], &["t.toml:1:1 bad-rows the table has no rows"]);
    check(&[("t.toml", &from_csv)], &["t.toml:1:8 bad-rows there is no `content/data/t.csv`"]);
    check(&[("t.toml", &typed), ("t.csv", csv)], &["t.csv:1:1 bad-rows `t.toml` doesn't read this file"]);
    check(&[("u.csv", csv)], &["u.csv:1:1 csv-alone there is no `u.toml` that says what the columns are"]);
    check(
        &[("t.toml", &format!("{from_csv}{row}")), ("t.csv", csv)],
        &["t.toml:5:3 bad-rows the rows come from `rows` and from `row`"],
    );
    check(
        &[("t.toml", &format!("combine = [\"u\"]\n{from_csv}")), ("t.csv", csv)],
        &["t.toml:1:1 bad-rows the rows come from `rows` and from `combine`"],
    );
    check(
        &[("t.toml", &typed.replace("[[row]]", "[row]"))],
        &["t.toml:4:1 wrong-type `row` takes a list, not a table"],
    );
    check(
        &[("t.toml", &from_csv.replace("csv", "cvs")), ("t.csv", csv)],
        &["t.toml:1:1 bad-rows `rows` can't be \"cvs\""],
    );
    check(
        &[("t.toml", &format!("rows = 5\n{COLUMNS}"))],
        &["t.toml:1:1 bad-rows `rows` says where the rows are, and takes \"csv\", not a whole number"],
    );
}

#[test]
fn ids_of_rows_are_well_made_and_stand_once() {
    let row = |id: &str| format!("[[row]]\nid = \"{id}\"\nplace = \"X\"\nprice = 2\n");
    let check = |rows: &str, expected: &[&str]| check_below(COLUMNS, rows, expected);
    for id in ["l3", "2024", "next-450-tb", "45000-01"] {
        check(&row(id), &[]);
    }
    check(&row("L3"), &["2:7 bad-id the row id `L3` is not made as ids are"]);
    check(&row("a--b"), &["2:7 bad-id the row id `a--b` is not made as ids are"]);
    check(&row("a.b"), &["2:7 bad-id the row id `a.b` is not made as ids are"]);
    check(&row(""), &["2:6 blank-text `id` is empty"]);
    check(&(row("a") + &row("b") + &row("a")), &["10:7 duplicate-id the row id is there twice: `a`"]);
    check("[[row]]\nplace = \"X\"\nprice = 2\n", &["1:1 row-id the row has no id"]);
    check("[[row]]\nid = 3\nplace = \"X\"\nprice = 2\n", &["2:6 wrong-type `id` takes text, not a whole number"]);
    check(&(row("a") + &row("b") + &row("a-to-b")), &["9:1 bad-id `a-to-b` is also what is between two other rows"]);
    check(&(row("a") + &row("a-to-b")), &[]);
}

#[test]
fn ids_of_rows_are_made_from_keys() {
    let head = "key = [\"place\", \"size\"]\n[columns]\nplace = { title = \"Place\", type = \"text\" }\nsize = { title = \"Size\" }\n\
                price = { title = \"Price\" }\n";
    let row = |place: &str, size: &str| format!("[[row]]\nplace = \"{place}\"\nsize = {size}\nprice = 1\n");
    let check = |rows: &str, expected: &[&str]| check_below(head, rows, expected);
    check(&(row("Kraków", "10") + &row("Kraków", "20")), &[]);
    check(
        &(row("Kraków", "10") + &row("krakow", "10")),
        &["6:10 duplicate-id a row with this key is there twice: `krakow.10`"],
    );
    check(&row("—", "10"), &["2:9 row-id no id can be made of \"—\", which has no letter and no digit"]);
    check("[[row]]\nsize = 10\nprice = 1\n", &["1:1 row-id the row has no `place`, which is part of its id"]);
    check(&row("", "10"), &["2:9 row-id the row has no `place`, which is part of its id"]);
    check(
        "[[row]]\nid = \"x\"\nplace = \"X\"\nsize = 10\nprice = 1\n",
        &["2:1 row-id the row has an `id`, and the table a `key`"],
    );
    let text = format!("{head}{}{}", row("Europe North", "2.5"), row("Straße", "1e3"));
    assert_eq!(
        figures(&[("t.toml", &text)]),
        [
            "t.europe-north.2-5.price=1",
            "t.europe-north.2-5.size=2.5",
            "t.strasse.1e3.price=1",
            "t.strasse.1e3.size=1000"
        ]
    );
}

#[test]
fn what_is_calculated_is_never_typed() {
    let head = "unit = \"USD\"\n[columns]\na = { title = \"A\" }\nb = { title = \"B\", formula = \"a + 1\" }\n";
    check_below(head, "[[row]]\nid = \"x\"\na = 1\n", &[]);
    check_below(
        head,
        "[[row]]\nid = \"x\"\na = 1\nb = 2\n",
        &["4:5 bad-rows `b` is calculated, and row `x` gives a value"],
    );
}

#[test]
fn a_key_that_no_column_has_is_one_mistake_in_all_rows() {
    let row = |id: &str| format!("[[row]]\nid = \"{id}\"\nplace = \"X\"\nprice = 2\nquality = 5\n");
    check_below(COLUMNS, &(row("a") + &row("b")), &["5:1 unknown-key unknown key `quality`"]);
    // Where a column could not be read, its cells are no further mistakes.
    let columns = COLUMNS.replace("price = {", "price = \"Price\" #");
    check_below(
        &columns,
        "[[row]]\nid = \"a\"\nplace = \"X\"\nprice = 2\n",
        &["0:9 bad-rows the column `price` takes a table, not text"],
    );
}

#[test]
fn a_row_says_of_its_figures_what_sets_say() {
    let row = |more: &str| format!("[[row]]\nid = \"x\"\nplace = \"X\"\nprice = 1\n{more}\n");
    let check = |more: &str, expected: &[&str]| check_below(COLUMNS, &row(more), expected);
    check(
        "as_of = \"2026-Q1\"\nscope = \"x\"\nsubject = \"y\"\nbadge = \"*b*\"\nnote = \"n\"\nprecision = 0.5\nconfidence = \"medium\"",
        &[],
    );
    check("note = 5", &["5:8 wrong-type `note` takes text, not a whole number"]);
    check("note = \" \"", &["5:8 blank-text `note` is empty"]);
    check("precision = -5", &["5:13 bad-number `precision` is not above zero"]);
    check("as_of = \"2026-13\"", &["5:9 bad-date `as_of` has a month that is not 01 to 12: 2026-13"]);
    check("confidence = \"low\"", &["5:14 confidence-reason the confidence is low, without a reason"]);
    check("titel = \"T\"", &["5:1 unknown-key unknown key `titel`"]);
}

#[test]
fn the_next_thing_to_type_is_proposed() {
    undecided(&[("t.toml", COLUMNS)], "rows = \"csv\"");
    undecided(&[("t.toml", &format!("{COLUMNS}[[row]]\nplace = \"X\"\nprice = 1\n"))], "id = \"…\"");
    undecided(&[("t.toml", &format!("{COLUMNS}[[row]]\nid = \"Level 3\"\nplace = \"X\"\nprice = 1\n"))], "`level-3`");
    undecided(&[("u.csv", "a\n1\n")], "content/data/u.toml");
}

#[test]
fn numbers_of_both_signs_name_rows_of_their_own() {
    let text = "key = [\"x\"]\n[columns]\nx = { title = \"X\" }\ny = { title = \"Y\" }\n\
                z = { title = \"Z\", formula = \"2 * t.{x}.y\" }\n\
                [[row]]\nx = -1.5\ny = 1\n[[row]]\nx = 1.5\ny = 2\n";
    let found = super::figures(&[("t.toml", text)]);
    for figure in ["t.minus-1-5.z=2", "t.1-5.z=4"] {
        assert!(found.iter().any(|line| line == figure), "{found:?}");
    }
}
