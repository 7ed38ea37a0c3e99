//! Mistakes in facts and in what is calculated from them.

use super::{check, undecided};

const HEAD: &str = "kind = \"facts\"\ncurrency = \"USD\"\nperiod = \"year\"\n";

/// Places count from the first line of `rest`.
#[track_caller]
fn check_facts(rest: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|line| {
            let (number, rest) = line.split_once(':').expect("a line");
            format!("f.toml:{}:{rest}", number.parse::<usize>().expect("a number") + HEAD.lines().count())
        })
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(&[("f.toml", &format!("{HEAD}{rest}"))], &expected);
}

/// A fact's table.
fn fact(id: &str, rest: &str) -> String {
    format!("[{id}]\ntitle = \"T\"\n{rest}\n")
}

/// A calculation over facts of the same file.
fn calc(id: &str, rest: &str) -> String {
    format!("[calc.{id}]\ntitle = \"T\"\n{rest}\n")
}

#[test]
fn sound_facts_say_nothing() {
    for rest in [
        "money = [1, 2]\nbound = \"over\"",
        "percent = 12.5\nqualifier = \"at most\"",
        "duration = [12, 24]\nunit = \"month\"",
        "count = \"unstated\"",
        "rank = 2",
        "date = \"2026-Q1\"",
        "date = 2026",
        "date = 2026-01-31",
        "date = \"unstated\"",
        "number = 2.5\nunit = \"GB\"",
        "number = 2.5",
        "money = 1\nas_of = \"2026\"\nprecision = 0.5",
    ] {
        check_facts(&fact("a", rest), &[]);
    }
}

#[test]
fn a_fact_has_exactly_one_value() {
    check_facts(&fact("a", ""), &["1:2 fact-value the fact `a` has no value"]);
    check_facts(&fact("a", "money = 1\npercent = 2"), &["4:1 fact-value the fact `a` has two values"]);
    check_facts(&fact("a", "moneys = 1"), &["3:1 unknown-key unknown key `moneys`"]);
    check_facts(&fact("a", "money = \"1\""), &["3:9 bad-value `money` is text where a number belongs: \"1\""]);
    check_facts("[a]\nmoney = 1\n", &["1:1 missing-key `title` is missing"]);
    check_facts("[a]\ntitle = \"\"\nmoney = 1\n", &["2:9 blank-text `title` is empty"]);
    check_facts("confidense = \"high\"\n", &["1:1 unknown-key unknown key `confidense`"]);
    check_facts("uplift = 5\n", &["1:1 unknown-key unknown key `uplift`"]);
    check_facts(&fact("A", "money = 1"), &["1:2 bad-id the fact id `A` is not made as ids are"]);
    check_facts(&fact("pm-to-lead", "money = 1"), &[]);
    check_facts(&fact("a", "count = 1.5"), &["3:9 bad-number `count` counts whole things, and has decimals"]);
    check_facts(
        &fact("a", "date = \"2026-02-30\""),
        &["3:8 bad-date `date` has a day that its month does not have: 2026-02-30"],
    );
    check_facts(&fact("a", "date = true"), &["3:8 bad-date `date` takes a date, not true or false"]);
    check_facts(
        &fact("a", "money = 1\nas_of = \"Q1 2026\""),
        &["4:9 bad-date `as_of` is none of the forms `2026`, `2026-Q1`, `2026-01` and `2026-01-31`: Q1 2026"],
    );
}

#[test]
fn units_belong_to_durations_and_numbers() {
    check_facts(&fact("a", "duration = 12"), &["3:12 fact-unit the duration has no unit"]);
    check_facts(&fact("a", "duration = 12\nunit = \"moth\""), &["4:9 fact-unit there is no unit of time \"moth\""]);
    check_facts(&fact("a", "money = 12\nunit = \"month\""), &["4:9 fact-unit `money` takes no unit"]);
    check_facts(&fact("a", "duration = 12\nunit = 5"), &["4:8 wrong-type `unit` takes text, not a whole number"]);
}

#[test]
fn partitions_add_to_a_hundred() {
    let share = |id: &str, percent: &str| fact(id, &format!("percent = {percent}\npartition = \"p\""));
    let two = |one: &str, other: &str| share("a", one) + &share("b", other);
    check_facts(&two("60", "40"), &[]);
    check_facts(&two("33.3", "66.7"), &[]);
    check_facts(&two("[50, 60]", "[40, 45]"), &[]);
    check_facts(&two("60", "\"unstated\""), &[]);
    check_facts(&two("60", "35"), &["3:11 partition the shares of `p` add to 95, not to 100"]);
    check_facts(&two("[50, 60]", "[20, 30]"), &["3:11 partition the shares of `p` add to 70 to 90, not to 100"]);
    check_facts(&two("60", "-40"), &["7:11 bad-number `percent` is below zero: -40"]);
    check_facts(
        &(share("a", "60") + &fact("b", "money = 40\npartition = \"p\"")),
        &["8:14 fact-value only shares in percent can add up to 100"],
    );
}

#[test]
fn complements_make_a_hundred() {
    let share =
        |id: &str, percent: &str, other: &str| fact(id, &format!("percent = {percent}\ncomplement = \"{other}\""));
    let two = |one: &str, other: &str| share("a", one, "b") + &share("b", other, "a");
    check_facts(&two("[60, 70]", "[30, 40]"), &[]);
    check_facts(&two("60", "40"), &[]);
    check_facts(&two("[60, 70]", "[20, 40]"), &["3:11 complement 60 to 70 and the 20 to 40 of `b` do not make 100"]);
    check_facts(
        &(share("a", "60", "b") + &fact("b", "percent = 30")),
        &["3:11 complement 60 and the 30 of `b` do not make 100"],
    );
    check_facts(&(share("a", "60", "bb") + &fact("b", "percent = 40")), &["4:15 complement this set has no fact `bb`"]);
    check_facts(
        &(share("a", "60", "b") + &fact("b", "percent = true")),
        &["7:11 bad-value `percent` takes a number, not true or false"],
    );
}

#[test]
fn calculations_say_one_thing_of_known_figures() {
    let facts = fact("a", "money = 3")
        + &fact("b", "money = [1, 2]")
        + &fact("u", "money = \"unstated\"")
        + &fact("z", "money = 0");
    let check = |rest: &str, expected: &[&str]| check_facts(&format!("{facts}{}", calc("c", rest)), expected);
    check("difference = [\"f.a\", \"f.b.low\"]", &[]);
    check("sum = [\"f.a\", \"f.b.low\", \"f.b.high\"]", &[]);
    check("", &["13:7 calculation the calculation `c` doesn't say what to calculate"]);
    check(
        "sum = [\"f.a\", \"f.a\"]\nshare = [\"f.a\", \"f.a\"]",
        &["16:1 calculation the calculation `c` says both `sum` and `share`"],
    );
    check("share = [\"f.a\"]", &["15:9 calculation `share` takes two figures, not 1"]);
    check("sum = []", &["15:7 calculation `sum` takes two figures or more, not 0"]);
    check("share = [\"f.a\", \"f.aa\"]", &["15:18 calculation-input there is no figure `f.aa`"]);
    check("share = [\"f.a\", \"f.b\"]", &["15:18 calculation-input `f.b` is a range, not one number"]);
    check("share = [\"f.a\", \"f.u\"]", &["15:18 calculation-unstated not calculated: `f.u` is not stated"]);
    check("share = [\"f.a\", \"f.z\"]", &["15:18 calculation-zero not calculated: `f.z` is zero"]);
    check("change = [\"f.z\", \"f.a\"]", &["15:12 calculation-zero not calculated: `f.z` is zero"]);
    check("sum = [\"f.c\", \"f.a\"]", &["13:7 calculation-cycle `f.c` takes itself: f.c → f.c"]);
    check("sum = [\"f.a\", \"f.a\"]\nqualifer = \"x\"", &["16:1 unknown-key unknown key `qualifer`"]);
    check("sum = [\"f.a\", 5]", &["15:15 wrong-type each item takes text, not a whole number"]);
}

#[test]
fn calculations_take_like_with_like() {
    let facts = fact("a", "money = 3\nscope = \"market\"\nrole = \"X\"")
        + &fact("b", "money = 3\nscope = \"employer\"\nrole = \"X\"")
        + &fact("r", "money = 3\nscope = \"market\"\nrole = \"Y\"")
        + &fact("m", "money = 3\nperiod = \"month\"")
        + &fact("e", "money = 3\ncurrency = \"EUR\"")
        + &fact("p", "percent = 3")
        + &fact("d", "date = 2026");
    let lines = facts.lines().count();
    let check = |rest: &str, expected: &str| {
        let expected: Vec<String> = expected.lines().map(|line| format!("{}:{line}", lines + 3)).collect();
        check_facts(&format!("{facts}{}", calc("c", rest)), &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    check("sum = [\"f.a\", \"f.b\"]\ncompare = true", "");
    check("sum = [\"f.a\", \"f.b\"]", "16 calculation-compare the scope of the inputs differs: market, and employer");
    check("sum = [\"f.a\", \"f.r\"]", "16 calculation-compare the role of the inputs differs: X, and Y");
    check("sum = [\"f.a\", \"f.m\"]", "16 calculation-unit `f.a` is USD per year, and `f.m` USD per month");
    check("sum = [\"f.a\", \"f.e\"]", "16 calculation-unit `f.a` is USD per year, and `f.e` EUR per year");
    check("sum = [\"f.a\", \"f.p\"]", "16 calculation-unit `f.a` is USD per year, and `f.p` percent");
    check("sum = [\"f.d\", \"f.a\"]", "9 calculation-input `f.d` is a date, not a number");
}

#[test]
fn durations_are_converted_where_they_can_be() {
    let facts = fact("a", "duration = 18\nunit = \"month\"")
        + &fact("b", "duration = 1\nunit = \"year\"")
        + &fact("d", "duration = 3\nunit = \"day\"");
    check_facts(&format!("{facts}{}", calc("c", "difference = [\"f.a\", \"f.b\"]")), &[]);
    check_facts(
        &format!("{facts}{}", calc("c", "difference = [\"f.a\", \"f.d\"]")),
        &["15:23 calculation-unit `f.a` is a time in months, and `f.d` a time in days"],
    );
}

#[test]
fn what_depends_on_a_mistake_is_not_reported() {
    let broken = fact("a", "money = true") + &fact("b", "money = 1");
    let rest = calc("c", "sum = [\"f.a\", \"f.b\"]")
        + &calc("d", "share = [\"f.c\", \"f.b\"]")
        + &calc("e", "share = [\"f.a.low\", \"f.b\"]");
    check_facts(&(broken + &rest), &["3:9 bad-value `money` takes a number, not true or false"]);
    let cycle = fact("b", "money = 1")
        + &calc("x", "sum = [\"f.y\", \"f.b\"]")
        + &calc("y", "sum = [\"f.x\", \"f.b\"]")
        + &calc("z", "sum = [\"f.x\", \"f.b\"]");
    check_facts(&cycle, &["4:7 calculation-cycle `f.x` takes itself: f.x → f.y → f.x"]);
    let syntax = format!("{HEAD}[a]\ntitle = \"T\"\nmoney = \n[calc.c]\ntitle = \"T\"\nsum = [\"f.a\", \"f.x\"]\n");
    let found = super::lines(&super::problems(&[("f.toml", &syntax)]));
    assert!(found.iter().all(|line| line.contains("toml-syntax")), "{found:?}");
}

#[test]
fn ids_stand_once_in_facts_and_calculations() {
    check_facts(
        &(fact("a", "money = 1") + &calc("a", "sum = [\"f.a\", \"f.a\"]")),
        &["4:7 duplicate-id the calculation id `a` stands twice"],
    );
}

#[test]
fn near_ids_are_proposed_and_never_taken() {
    let text = |id: &str| {
        format!("{HEAD}{}{}", fact("premium", "money = 3"), calc("c", &format!("sum = [\"f.premium\", \"{id}\"]")))
    };
    undecided("f.toml", &text("f.premiun"), "`f.premium`");
}
