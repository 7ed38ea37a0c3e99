//! Mistakes in cells.

use super::{check_below, undecided};

const HEAD: &str = "unit = \"USD\"\n[columns]\nbase = { title = \"Base\" }\ntotal = { title = \"Total\" }\n";

/// A row with these lines; its first line is the third.
#[track_caller]
fn check_row(lines: &str, expected: &[&str]) {
    check_below(HEAD, &format!("[[row]]\nid = \"x\"\n{lines}\n"), expected);
}

/// A row with a value of a column that has more keys.
#[track_caller]
fn check_cell(column: &str, value: &str, expected: &[&str]) {
    let head = format!("[columns]\na = {{ title = \"A\", {column} }}\n");
    check_below(&head, &format!("[[row]]\nid = \"x\"\na = {value}\n"), expected);
}

#[test]
fn a_sound_row_says_nothing() {
    for row in [
        "base = [1, 2]\ntotal = 3",
        "base = [-2, -1]\ntotal = -0.5",
        "base = \"unstated\"\ntotal = { value = \"unstated\", note = \"*n*\" }",
        "base = 0\ntotal = 123_456_789_012.123_456",
        "base = 1.602176634e-19\ntotal = 1e30",
        "base = { range = [1, 9], median = 9 }\ntotal = { range = \"unstated\" }",
        "base = { low = 1, high = 9, median = 5 }\ntotal = { low = 1, high = \"open\" }",
        "base = [\"open\", 1]\ntotal = [1, \"open\"]",
        "base = { value = 3, plus = 0.1, minus = 0.2 }\ntotal = { value = 3, plus_minus = 0.1 }",
        "base = { value = 3, plus_minus = [0.1, 0.2] }\ntotal = 1",
        "total = { value = 3, precision = 1, bound = \"up-to\", qualifier = \"*q*\" }\n[row.base]\nrange = [1, 2]\nmedian = \"unstated\"",
        "base.range = [1, 2]\nbase.median = 1.5\ntotal.low = 1\ntotal.high = 2",
        "base = [1, 500]\ntotal = [1_000,1_500]",
    ] {
        check_row(row, &[]);
    }
}

#[test]
fn cells_are_numbers_ranges_or_unstated() {
    check_row("base = [2, 1]\ntotal = 3", &["3:8 range-order the low end of `base`, 2, is above its high end, 1"]);
    check_row("base = [-1, -2]\ntotal = 3", &["3:8 range-order the low end of `base`, -1, is above its high end, -2"]);
    check_row("base = [2, 2.0]\ntotal = 3", &["3:8 range-order `base` is a range from 2 to 2"]);
    check_row("base = [1]\ntotal = 3", &["3:8 bad-value `base` is a list of 1, not of low and high"]);
    check_row("base = [1, 2, 3]\ntotal = 3", &["3:8 bad-value `base` is a list of 3, not of low and high"]);
    check_row("base = 1e99\ntotal = 3", &["3:8 bad-number `base` has an exponent outside −30 to 30: 1e99"]);
    check_row(
        "base = 1.234567890123456789012345678901\ntotal = 3",
        &["3:8 bad-number `base` has more than 30 significant digits: 1.234567890123456789012345678901"],
    );
    check_row("base = \"$120K\"\ntotal = 3", &["3:8 bad-value `base` is text where a number belongs: \"$120K\""]);
    check_row("base = \"\"\ntotal = 3", &["3:8 blank-cell `base` is blank"]);
    check_row("base = true\ntotal = 3", &["3:8 bad-value `base` takes a number, not true or false"]);
    check_row("base = 2026-01-31\ntotal = 3", &["3:8 bad-value `base` takes a number, not a date"]);
    check_row("base = [1, \"x\"]\ntotal = 3", &["3:12 bad-value `base` is text where a number belongs: \"x\""]);
    check_row("base = [1, \"unstated\"]\ntotal = 3", &["3:12 bad-value one end of `base` can't be unstated"]);
    check_row("base = [\"open\", \"open\"]\ntotal = 3", &["3:8 bad-value both ends of `base` are open"]);
    check_row(
        "base = inf\ntotal = nan",
        &[
            "3:8 bad-number `base` has `i`, which is not part of a number: inf",
            "4:9 bad-number `total` has `n`, which is not part of a number: nan",
        ],
    );
}

#[test]
fn a_number_with_a_thousands_comma_is_no_range() {
    for (value, digits) in [("[1,500]", "1,500"), ("[12,345]", "12,345"), ("[115,999]", "115,999")] {
        let message =
            format!("3:8 grouped-number `[{digits}]` may be {} with a thousands comma", digits.replace(',', ""));
        check_row(&format!("base = {value}\ntotal = 3"), &[&message]);
    }
    for value in ["[1, 500]", "[1,50]", "[1,5000]", "[1000,1500]", "[1.5,500]", "[1,500.0]"] {
        check_row(&format!("base = {value}\ntotal = 3"), &[]);
    }
}

#[test]
fn a_table_of_a_cell_says_one_value_and_what_goes_with_it() {
    check_row("base = { median = 1 }\ntotal = 3", &["2:6 missing-cell row `x` has no `base`"]);
    check_row("base = {}\ntotal = 3", &["2:6 missing-cell row `x` has no `base`"]);
    check_row("base = { note = \"n\" }\ntotal = 3", &["2:6 missing-cell row `x` has no `base`"]);
    check_row(
        "base = { range = [1, 2], value = 3 }\ntotal = 3",
        &["3:26 bad-value `base` says both `range` and `value`"],
    );
    check_row("base = { value = 1, low = 3 }\ntotal = 3", &["3:21 bad-value `base` says both `value` and `low`"]);
    check_row("base = { low = 3 }\ntotal = 3", &["3:10 bad-value `base` has a `low` and no `high`"]);
    check_row("base = { high = 3, median = 2 }\ntotal = 3", &["3:10 bad-value `base` has a `high` and no `low`"]);
    check_row(
        "base = { low = 3, high = 1 }\ntotal = 3",
        &["3:16 range-order the low end of `base`, 3, is above its high end, 1"],
    );
    check_row("base = { value = 3, median = 2 }\ntotal = 3", &["3:21 bad-value a median belongs to a range"]);
    check_row(
        "base = { value = \"unstated\", median = 1 }\ntotal = 3",
        &["3:30 bad-value a median belongs to a range"],
    );
    check_row(
        "base = { range = [1, 2], plus_minus = 1 }\ntotal = 3",
        &["3:26 bad-value a tolerance belongs to one value"],
    );
    check_row(
        "base = { range = [1, 2], plus = 1, minus = 1 }\ntotal = 3",
        &["3:26 bad-value a tolerance belongs to one value"],
    );
    check_row("base = { value = 3, plus = 1 }\ntotal = 3", &["3:8 bad-value `base` has one of `plus` and `minus`"]);
    check_row(
        "base = { value = 3, plus_minus = -1 }\ntotal = 3",
        &["3:34 bad-value the tolerance of `base` is below zero"],
    );
    check_row(
        "base = { value = 3, plus_minus = [1, -1] }\ntotal = 3",
        &["3:38 bad-value the tolerance of `base` is below zero"],
    );
    check_row("base = { vlue = 3 }\ntotal = 3", &["3:10 unknown-key unknown key `vlue`"]);
    check_row("base = { value = 1, bound = \"ovr\" }\ntotal = 3", &["3:29 wrong-type `bound` can't be \"ovr\""]);
    check_row("base = { value = 1, note = \" \" }\ntotal = 3", &["3:28 blank-text `note` is empty"]);
    check_row("base = { value = 1, precision = 0 }\ntotal = 3", &["3:33 bad-number `precision` is not above zero"]);
    check_row(
        "base = { range = [1, 2], median = \"x\" }\ntotal = 3",
        &["3:35 bad-value `base.median` is text where a number belongs: \"x\""],
    );
}

#[test]
fn each_row_gives_each_column() {
    check_row("base = 1", &["2:6 missing-cell row `x` has no `total`"]);
    check_row("", &["2:6 missing-cell row `x` has no `base`", "2:6 missing-cell row `x` has no `total`"]);
    check_row("base = 1\ntotl = 2", &["4:1 unknown-key unknown key `totl`"]);
    check_row("base = 1\ntotal = 2\nvolume = 2", &["5:1 unknown-key unknown key `volume`"]);
}

#[test]
fn words_stand_in_place_of_numbers_where_the_column_allows_them() {
    let words = "words = [\"unlimited\", \"trace\"]";
    for value in ["\"unlimited\"", "\"trace\"", "\"unstated\"", "5", "[1, 2]", "{ value = \"trace\", note = \"n\" }"] {
        check_cell(words, value, &[]);
    }
    check_cell(words, "\"unlimted\"", &["3:5 bad-value \"unlimted\" is no number, and none of the words of `a`"]);
    check_cell(words, "[1, \"trace\"]", &["3:9 bad-value \"trace\" is a word of `a`, and no end of a range"]);
    check_cell(words, "\"1,500\"", &["3:5 bad-value `a` is text where a number belongs: \"1,500\""]);
    check_cell("unit = \"GB\"", "\"unlimited\"", &["3:5 bad-value `a` is text where a number belongs: \"unlimited\""]);
}

#[test]
fn a_blank_means_what_the_column_says() {
    check_cell("blank = \"no data\"", "\"\"", &[]);
    check_cell("blank = \"unstated\"", "\"\"", &[]);
    check_cell("blank = \"open\"", "[1, \"\"]", &[]);
    check_cell("unit = \"GB\"", "\" \"", &["3:5 blank-cell `a` is blank"]);
    check_cell("type = \"text\"", "\"\"", &["3:5 blank-cell `a` is blank"]);
    check_below("[columns]\na = { title = \"A\", blank = \"no data\" }\n", "[[row]]\nid = \"x\"\n", &[]);
    check_below(
        "[columns]\na = { title = \"A\", type = \"text\" }\n",
        "[[row]]\nid = \"x\"\n",
        &["2:6 missing-cell row `x` has no `a`"],
    );
}

#[test]
fn each_type_takes_its_own_values() {
    let choice = "type = \"choice\", values = [\"Low\", \"High\"]";
    check_cell(choice, "\"High\"", &[]);
    check_cell(choice, "\"unstated\"", &[]);
    check_cell(choice, "\"Middle\"", &["3:6 unknown-choice \"Middle\" is none of the choices of `a`"]);
    check_cell(choice, "5", &["3:5 wrong-type `a` takes text, not a whole number"]);
    check_cell("type = \"text\"", "5", &["3:5 wrong-type `a` takes text, not a whole number"]);
    check_cell("type = \"text\"", "{ value = \"*A*\", note = \"n\" }", &[]);
    for date in ["\"2026-Q1\"", "2026", "2026-01-31", "\"unstated\"", "{ value = \"2026-01\", note = \"n\" }"] {
        check_cell("type = \"date\"", date, &[]);
    }
    check_cell(
        "type = \"date\"",
        "\"2026-02-30\"",
        &["3:5 bad-date `a` has a day that its month does not have: 2026-02-30"],
    );
    check_cell("type = \"date\"", "true", &["3:5 bad-date `a` takes a date, not true or false"]);
    check_cell("type = \"figure\"", "\"unstated\"", &[]);
    check_cell("type = \"figure\"", "\"t.x.b\"", &["3:6 cell-figure there is no figure `t.x.b`"]);
    check_cell("type = \"figure\"", "[\"t.x.b\"]", &["3:5 wrong-type `a` takes text, not a list"]);
    check_cell("type = \"figures\"", "[]", &[]);
    check_cell("type = \"figures\"", "[\"t.x.b\"]", &["3:7 cell-figure there is no figure `t.x.b`"]);
    check_cell("type = \"figures\"", "\"t.x.b\"", &["3:5 wrong-type `a` takes a list, not text"]);
}

#[test]
fn one_mistake_hides_no_other_and_makes_no_other() {
    check_below(
        HEAD,
        "[[row]]\nid = \"x\"\nbase = [2, 1]\ntotal = true\n[[row]]\nid = \"Y\"\nbase = 1\ntotal = \"?\"\n",
        &[
            "3:8 range-order the low end of `base`, 2, is above its high end, 1",
            "4:9 bad-value `total` takes a number, not true or false",
            "6:7 bad-id the row id `Y` is not made as ids are",
            "8:9 bad-value `total` is text where a number belongs: \"?\"",
        ],
    );
    let broken = format!(
        "ordered = true\nderive = [\"gap\"]\n{HEAD}[[row]]\nid = \"x\"\nbase = [2, 1]\ntotal = 1\n[[row]]\nid = \"y\"\nbase = 1\ntotal = 1\n"
    );
    let conflicts = "kind = \"conflicts\"\n[c]\ntitle = \"T\"\nkind = \"gap\"\nexplanation = \"E\"\nstatus = \"open\"\n\
                     figures = [\"t.x.base.low\", \"t.x-to-y.total.gap\", \"t.y.base.lw\"]\n";
    super::check(
        &[("t.toml", &broken), ("u.toml", conflicts)],
        &[
            "t.toml:9:8 range-order the low end of `base`, 2, is above its high end, 1",
            "u.toml:7:51 conflict-figure there is no figure `t.y.base.lw`",
        ],
    );
}

#[test]
fn values_are_proposed_and_left_to_the_editor() {
    let row = |line: &str| format!("{HEAD}[[row]]\nid = \"x\"\n{line}\ntotal = 1\n");
    for (line, proposed) in [
        ("base = [225_000, 180_000]", "write [180_000, 225_000]"),
        ("base = [5, 5]", "write the one value: 5"),
        ("base = \"120,000\"", "120000"),
        ("base = \"$4–$6\"", "[4, 6]"),
        ("base = \"not stated\"", "\"unstated\""),
        ("base = \"unstatd\"", "\"unstated\""),
        ("base = \"n/a\"", "\"unstated\""),
        ("base = [1,500]", "write 1500 without brackets, or [1, 500] for the range"),
        ("base = [1, \"unstated\"]", "\"open\""),
        ("base = { low = 1 }", "high = \"open\""),
        ("base = { value = 1, confidence = \"hihg\" }", "\"high\""),
    ] {
        undecided(&[("t.toml", &row(line))], proposed);
    }
    undecided(
        &[(
            "t.toml",
            "[columns]\na = { title = \"A\", type = \"choice\", values = [\"Low\", \"High\"] }\n[[row]]\nid = \"x\"\na = \"Hihg\"\n",
        )],
        "\"High\"",
    );
    undecided(
        &[("t.toml", "[columns]\na = { title = \"A\", type = \"date\" }\n[[row]]\nid = \"x\"\na = \"Q1 2026\"\n")],
        "\"2026-Q1\"",
    );
    undecided(
        &[("t.toml", "[columns]\na = { title = \"A\", words = [\"trace\"] }\n[[row]]\nid = \"x\"\na = \"trase\"\n")],
        "\"trace\"",
    );
}
