//! Mistakes in columns, in what a set says of all of them, and in keys.

use super::{check_below, undecided};

/// Columns and a row `x` in which each of these ids has this value.
#[track_caller]
fn check_columns(columns: &str, row: &str, expected: &[&str]) {
    check_below("", &format!("[columns]\n{columns}\n[[row]]\nid = \"x\"\n{row}\n"), expected);
}

/// A column `a` with these keys.
#[track_caller]
fn check_column(keys: &str, expected: &[&str]) {
    check_columns(&format!("a = {{ title = \"A\", {keys} }}"), "", expected);
}

#[test]
fn columns_have_titles_and_known_keys() {
    check_columns("a = { title = \"A\" }", "a = 1", &[]);
    check_columns("a = {}", "a = 1", &["2:5 missing-key `title` is missing"]);
    check_columns("a = { title = \"\" }", "a = 1", &["2:15 blank-text `title` is empty"]);
    check_columns("a = { titel = \"A\" }", "a = 1", &["2:7 unknown-key unknown key `titel`"]);
    check_columns("a = \"A\"", "a = 1", &["2:5 bad-rows the column `a` takes a table, not text"]);
    check_columns("a = { title = \"A\", type = \"txt\" }", "a = 1", &["2:27 wrong-type `type` can't be \"txt\""]);
    check_columns(
        "unit = \"USD\"\na = { title = \"A\" }",
        "a = 1",
        &["2:1 bad-rows `unit` is said of the whole table, and is below [columns]"],
    );
    check_columns(
        "a = { title = \"A\" }\ntitle = \"T\"",
        "a = 1",
        &["3:1 bad-rows `title` is said of the whole table, and is below [columns]"],
    );
}

#[test]
fn names_of_columns_begin_with_a_letter_and_are_no_sides() {
    let named = |name: &str, expected: &[&str]| check_columns(&format!("{name} = {{ title = \"A\" }}"), "", expected);
    for side in ["low", "high", "median", "plus", "minus", "range", "up", "down", "midpoint", "gap", "median-step"] {
        named(side, &[&format!("2:1 bad-column a column can't be called `{side}`, which is the name of a side")]);
    }
    named("2024", &["2:1 bad-column the name of a column begins with a letter, and `2024` doesn't"]);
    named("Base", &["2:1 bad-id the column id `Base` is not made as ids are"]);
    named("base_fee", &["2:1 bad-id the column id `base_fee` is not made as ids are"]);
    for key in ["id", "note", "scope", "subject", "sources", "confidence", "badge", "precision"] {
        named(key, &[&format!("2:1 bad-column a column can't be called `{key}`: rows have that key themselves")]);
    }
}

#[test]
fn a_choice_has_values_and_nothing_else_has() {
    check_column("type = \"choice\"", &["2:1 bad-column the choice `a` has no `values`"]);
    check_column(
        "type = \"choice\", values = [\"x\", \"x\"], blank = \"none\"",
        &["2:52 list-repeats `values` names \"x\" twice"],
    );
    check_column("values = [\"x\"], blank = \"none\"", &["2:29 bad-column `a` has `values`, which only a choice has"]);
    check_below(
        "type = \"choice\"\n",
        "[columns]\na = { title = \"A\", values = [\"x\"] }\n[[row]]\nid = \"r\"\na = \"x\"\n",
        &[],
    );
}

#[test]
fn units_can_be_read_and_name_columns_of_their_table() {
    let unit = |unit: &str, expected: &[&str]| check_column(&format!("blank = \"none\", unit = \"{unit}\""), expected);
    for sound in ["USD", "USD/year", "g/100 g", "USD/GB-month", "%", "request", ""] {
        unit(sound, &[]);
    }
    unit("USD/", &["2:44 bad-unit the unit \"USD/\" lacks a word before or behind the stroke"]);
    unit("USD/month/seat", &["2:44 bad-unit the unit \"USD/month/seat\" has two strokes"]);
    unit("USD/months", &["2:44 bad-unit the unit \"USD/months\" is written `month`"]);
    unit("€/month", &["2:44 bad-unit the unit \"€/month\" holds `€`, which is no part of a word"]);
    unit("g/0 g", &["2:44 bad-unit the unit \"g/0 g\" holds `0`, which is no number above zero"]);
    let columns = "a = { title = \"A\", unit = \"USD/hour\" }\nb = { title = \"B\", unit = \"USD/hour/seat\", formula = \"a\" }\n\
                   c = { title = \"C\", unit = \"USD/hour\", formula = \"b\" }";
    check_columns(columns, "a = 1", &["3:28 bad-unit the unit \"USD/hour/seat\" has two strokes"]);
    let columns = "in = { title = \"In\", type = \"text\" }\na = { title = \"A\", unit = \"{in}/hour\" }";
    check_columns(columns, "in = \"USD\"\na = 1", &[]);
    check_columns(columns, "in = \"USD/x\"\na = 1", &["7:5 bad-unit the unit \"USD/x/hour\" has two strokes"]);
    check_columns(
        &columns.replace("{in}", "{inn}"),
        "in = \"USD\"\na = 1\n[[row]]\nid = \"y\"\nin = \"USD\"\na = 1",
        &["3:28 bad-unit there is no column `inn`"],
    );
    check_below(
        "unit = \"USD/\"\n",
        "[columns]\na = { title = \"A\" }\nb = { title = \"B\" }\n[[row]]\nid = \"x\"\na = 1\nb = 1\n",
        &["0:9 bad-unit the unit \"USD/\" lacks a word before or behind the stroke"],
    );
}

#[test]
fn what_is_derived_fits_the_column() {
    check_column("derive = [\"midpoint\", \"spread\"], blank = \"none\"", &[]);
    check_column("derive = [\"middle\"], blank = \"none\"", &["2:30 wrong-type each item can't be \"middle\""]);
    check_column(
        "derive = [\"midpoint\", \"step\"], blank = \"none\"",
        &["2:43 bad-derive `step` needs rows that follow each other"],
    );
    check_column(
        "type = \"text\", derive = [\"midpoint\"], blank = \"none\"",
        &["2:35 bad-derive nothing is derived from `a`, which holds no numbers"],
    );
    let table = "[columns]\na = { title = \"A\" }\nb = { title = \"B\", type = \"text\" }\n[[row]]\nid = \"x\"\na = 1\nb = \"B\"\n";
    check_below("derive = [\"gap\", \"step\"]\n", table, &["0:12 bad-derive `gap` needs rows that follow each other"]);
    check_below("ordered = true\nderive = [\"gap\", \"step\"]\n", table, &[]);
    check_below(
        "ordered = false\nderive = [\"overlap\"]\n",
        table,
        &["0:12 bad-derive `overlap` needs rows that follow each other"],
    );
}

#[test]
fn digits_are_those_typed_or_so_many() {
    check_column("digits = \"as-typed\", blank = \"none\"", &[]);
    check_column("digits = 3, blank = \"none\"", &[]);
    check_column(
        "digits = \"typed\", blank = \"none\"",
        &["2:29 wrong-type `digits` takes one of \"as-typed\" or a whole number, not text"],
    );
    check_column(
        "digits = 0, blank = \"none\"",
        &["2:29 bad-column `digits` is 0, and a number has at least one digit"],
    );
}

#[test]
fn keys_name_columns_that_are_typed() {
    let columns = "[columns]\nplace = { title = \"Place\", type = \"text\" }\nsize = { title = \"Size\", type = \"choice\", values = [\"S\", \"L\"] }\n\
                   year = { title = \"Year\", type = \"date\" }\nprice = { title = \"Price\", unit = \"USD\" }\n\
                   twice = { title = \"Twice\", unit = \"USD\", formula = \"price * 2\" }\n\
                   other = { title = \"Other\", type = \"figure\" }\n";
    let row = "[[row]]\nplace = \"North\"\nsize = \"S\"\nyear = 2024\nprice = 1\nother = \"unstated\"\n";
    let check = |key: &str, expected: &[&str]| check_below(key, &format!("{columns}{row}"), expected);
    check("key = [\"place\"]\n", &[]);
    check("key = [\"place\", \"size\", \"year\", \"price\"]\n", &[]);
    check("key = [\"place\", \"sise\"]\n", &["0:18 bad-key there is no column `sise`"]);
    check("key = [\"twice\"]\n", &["0:9 bad-key `twice` is calculated, and can't name rows"]);
    check("key = [\"other\"]\n", &["0:9 bad-key `other` holds ids of figures, and can't name rows"]);
    check("key = [\"place\", \"place\"]\n", &["0:17 list-repeats `key` names \"place\" twice"]);
    check("key = \"place\"\n", &["0:7 wrong-type `key` takes a list, not text"]);
}

#[test]
fn rows_follow_each_other_along_a_key() {
    let rest = "[columns]\nplace = { title = \"Place\", type = \"text\" }\nyear = { title = \"Year\", type = \"date\" }\n\
                [[row]]\nplace = \"North\"\nyear = 2024\n";
    let check =
        |head: &str, expected: &[&str]| check_below(&format!("{head}\nkey = [\"place\", \"year\"]\n"), rest, expected);
    check("ordered = \"year\"", &[]);
    check("ordered = true", &[]);
    check(
        "ordered = \"yaer\"",
        &["-1:11 bad-column rows can't follow each other along `yaer`, which is none of the table's keys"],
    );
    check("ordered = 5", &["-1:11 wrong-type `ordered` takes true or false or text, not a whole number"]);
    let single = "ordered = \"name\"\n[columns]\nname = { title = \"Name\", type = \"text\" }\n[[row]]\nid = \"x\"\nname = \"X\"\n";
    undecided(&[("t.toml", single)], "ordered = true");
}

#[test]
fn names_are_proposed_and_never_taken() {
    let row = "[[row]]\nid = \"x\"\nprice = 1\n";
    for (text, proposed) in [
        (format!("[columns]\nprice = {{ title = \"P\" }}\n{row}prise = 2\n"), "remove it, or declare [columns.prise]"),
        (format!("key = [\"prize\"]\n[columns]\nprice = {{ title = \"P\" }}\n{row}"), "`price`"),
        ("[columns]\nPrice = { title = \"P\" }\n[[row]]\nid = \"x\"\n".to_owned(), "`price`"),
        (format!("[columns]\nprice = {{ title = \"P\", unit = \"USD/months\" }}\n{row}"), "\"USD/month\""),
        (format!("[columns]\nprice = {{ title = \"P\", unit = \"{{prise}}\" }}\n{row}"), "{price}"),
        (format!("derive = [\"step\"]\n[columns]\nprice = {{ title = \"P\" }}\n{row}"), "ordered = true"),
    ] {
        undecided(&[("t.toml", &text)], proposed);
    }
}
