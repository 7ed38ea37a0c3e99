//! Mistakes in facts.

use super::{check_below, undecided};

const HEAD: &str = "kind = \"facts\"\nunit = \"USD/year\"\n";

/// Places count from the first line of `rest`.
#[track_caller]
fn check_facts(rest: &str, expected: &[&str]) {
    check_below(HEAD, rest, expected);
}

/// A fact's table.
fn fact(id: &str, rest: &str) -> String {
    format!("[{id}]\ntitle = \"T\"\n{rest}\n")
}

#[test]
fn sound_facts_say_nothing() {
    for rest in [
        "value = [1, 2]\nbound = \"over\"",
        "value = 12.5\nunit = \"%\"\nqualifier = \"at most\"",
        "value = [12, 24]\nunit = \"month\"",
        "value = \"unstated\"",
        "value = \"2026-Q1\"\ntype = \"date\"",
        "value = 2026\ntype = \"date\"",
        "value = 2026-01-31\ntype = \"date\"",
        "value = \"unstated\"\ntype = \"date\"",
        "value = \"*Large*\"\ntype = \"text\"",
        "value = \"High\"\ntype = \"choice\"\nvalues = [\"Low\", \"High\"]",
        "value = \"trace\"\nwords = [\"trace\"]",
        "value = { value = 5, plus_minus = 0.5, note = \"n\" }",
        "value = { low = 5, high = \"open\" }",
        "value = 1\nas_of = \"2026\"\nprecision = 0.5\nsigned = true",
        "formula = \"1 USD/year\"",
    ] {
        check_facts(&fact("a", rest), &[]);
    }
}

#[test]
fn a_fact_has_a_value_or_a_formula() {
    check_facts(&fact("a", ""), &["1:2 fact-value the fact `a` has no value"]);
    check_facts(
        &fact("a", "value = 1\nformula = \"1 USD/year\""),
        &["4:1 fact-value the fact `a` has a value and a formula"],
    );
    check_facts(&fact("a", "valeu = 1"), &["3:1 unknown-key unknown key `valeu`"]);
    check_facts(&fact("a", "money = 1"), &["3:1 unknown-key unknown key `money`"]);
    check_facts(&fact("a", "value = \"1\""), &["3:9 bad-value `value` is text where a number belongs: \"1\""]);
    check_facts(&fact("a", "value = [2, 1]"), &["3:9 range-order the low end of `value`, 2, is above its high end, 1"]);
    check_facts(&fact("a", "value = [1,500]"), &["3:9 grouped-number `[1,500]` may be 1500 with a thousands comma"]);
    check_facts(&fact("a", "value = \"\""), &["3:9 blank-cell `value` is blank"]);
    check_facts("[a]\nvalue = 1\n", &["1:1 missing-key `title` is missing"]);
    check_facts("[a]\ntitle = \"\"\nvalue = 1\n", &["2:9 blank-text `title` is empty"]);
    check_facts("confidense = \"high\"\n", &["1:1 unknown-key unknown key `confidense`"]);
    check_facts("uplift = 5\n", &["1:1 unknown-key unknown key `uplift`"]);
}

#[test]
fn a_fact_is_held_to_its_type() {
    check_facts(
        &fact("a", "type = \"date\"\nvalue = \"2026-02-30\""),
        &["4:9 bad-date `value` has a day that its month does not have: 2026-02-30"],
    );
    check_facts(&fact("a", "type = \"date\"\nvalue = true"), &["4:9 bad-date `value` takes a date, not true or false"]);
    check_facts(&fact("a", "type = \"choice\"\nvalue = \"High\""), &["1:2 bad-column the choice `a` has no `values`"]);
    check_facts(
        &fact("a", "type = \"choice\"\nvalues = [\"Low\", \"High\"]\nvalue = \"Middle\""),
        &["5:10 unknown-choice \"Middle\" is none of the choices of `value`"],
    );
    check_facts(
        &fact("a", "value = 1\nas_of = \"Q1 2026\""),
        &["4:9 bad-date `as_of` is none of the forms `2026`, `2026-Q1`, `2026-01` and `2026-01-31`: Q1 2026"],
    );
    check_facts(
        &fact("a", "unit = \"USD/months\"\nvalue = 1"),
        &["3:9 bad-unit the unit \"USD/months\" is written `month`"],
    );
    check_facts(
        &fact("a", "unit = \"{in}/month\"\nvalue = 1"),
        &["3:9 bad-unit a fact has no columns, and the unit names `{in}`"],
    );
    check_facts(&fact("a", "unit = 5\nvalue = 1"), &["3:8 wrong-type `unit` takes text, not a whole number"]);
    check_facts(
        &fact("a", "value = 1\nderive = [\"step\"]"),
        &["4:12 bad-derive `step` needs rows that follow each other"],
    );
}

#[test]
fn names_of_facts_are_those_of_columns() {
    check_facts(&fact("A", "value = 1"), &["1:2 bad-id the fact id `A` is not made as ids are"]);
    check_facts(
        &fact("low", "value = 1"),
        &["1:2 bad-column a fact can't be called `low`, which is the name of a side"],
    );
    check_facts(
        &fact("2024", "value = 1"),
        &["1:2 bad-column the name of a fact begins with a letter, and `2024` doesn't"],
    );
    check_facts(&fact("small-to-large", "value = 1"), &[]);
    check_facts(
        "[scope]\ntitle = \"T\"\nvalue = 1\n",
        &["1:2 wrong-type `scope` can't be an id: the table has that key itself"],
    );
}

#[test]
fn what_depends_on_a_mistake_is_not_reported() {
    let formulas = fact("c", "formula = \"a + b\"")
        + &fact("d", "unit = \"%\"\nformula = \"c / b\"")
        + &fact("e", "formula = \"a.low + b\"");
    check_facts(
        &(fact("a", "value = true") + &fact("b", "value = 1") + &formulas),
        &["3:9 bad-value `value` takes a number, not true or false"],
    );
    check_facts(
        &(fact("a", "unit = \"USD/\"\nvalue = 1") + &fact("b", "value = 1") + &formulas),
        &["3:9 bad-unit the unit \"USD/\" lacks a word before or behind the stroke"],
    );
    let syntax = format!("{HEAD}{}[c]\ntitle = \"T\"\nformula = \"a + x\"\n", fact("a", "value = "));
    let found = super::lines(&super::problems(&[("t.toml", &syntax)]));
    assert!(found.iter().all(|line| line.contains("toml-syntax")), "{found:?}");
}

#[test]
fn the_next_thing_to_type_is_proposed() {
    for (rest, proposed) in [
        ("[a]\ntitle = \"T\"\n", "value = \"unstated\""),
        ("a = 5\n", "[a] with a title and a value"),
        ("[low]\ntitle = \"T\"\nvalue = 1\n", "`fact-low`"),
        ("[2024]\ntitle = \"T\"\nvalue = 1\n", "`fact-2024`"),
        ("[a]\ntitle = \"T\"\nvalue = \"$450K\"\n", "450000"),
    ] {
        undecided(&[("t.toml", &format!("{HEAD}{rest}"))], proposed);
    }
}
