//! Mistakes in tables whose rows are combinations of the rows of others.

use super::{check, figures, undecided};

const ROLES: &str = "[columns]\ntitle = { title = \"Role\", type = \"text\" }\nbase = { title = \"Base\", unit = \"USD\" }\n\
                     [[row]]\nid = \"dev\"\ntitle = \"Developer\"\nbase = 100\n[[row]]\nid = \"ops\"\ntitle = \"Operator\"\nbase = 80\n";
const PLACES: &str = "key = [\"city\"]\n[columns]\ncity = { title = \"City\", type = \"text\" }\nfactor = { title = \"Factor\" }\n\
                      [[row]]\ncity = \"São Paulo\"\nfactor = 0.5\n[[row]]\ncity = \"Berlin\"\nfactor = 1.1\n";
const PAY: &str = "unit = \"USD\"\nkey = [\"role\", \"place\"]\ncombine = [\"roles\", \"places\"]\n[columns]\n\
                   role = { title = \"Role\", type = \"text\" }\nplace = { title = \"Place\", type = \"text\" }\n\
                   pay = { title = \"Pay\", formula = \"roles.{role}.base * places.{place}.factor\" }\n";

#[track_caller]
fn check_pay(pay: &str, expected: &[&str]) {
    check(&[("pay.toml", pay), ("places.toml", PLACES), ("roles.toml", ROLES)], expected);
}

#[test]
fn each_combination_of_rows_is_a_row() {
    let found = figures(&[("pay.toml", PAY), ("places.toml", PLACES), ("roles.toml", ROLES)]);
    let found: Vec<&str> = found.iter().map(String::as_str).filter(|figure| figure.starts_with("pay.")).collect();
    assert_eq!(
        found,
        ["pay.dev.berlin.pay=110", "pay.dev.sao-paulo.pay=50", "pay.ops.berlin.pay=88", "pay.ops.sao-paulo.pay=40"]
    );
}

#[test]
fn a_table_combines_as_many_tables_as_it_has_keys() {
    check_pay(
        &PAY.replace("\"role\", \"place\"", "\"role\""),
        &["pay.toml:3:13 bad-combine `combine` names 2 tables, and `key` 1 columns"],
    );
    check_pay(
        &PAY.replace("key = [\"role\", \"place\"]\n", ""),
        &["pay.toml:2:13 bad-combine `combine` names 2 tables, and `key` 0 columns"],
    );
    check_pay(&PAY.replace("\"roles\", \"places\"", ""), &["pay.toml:3:1 bad-combine `combine` names no table"]);
}

#[test]
fn what_is_combined_is_a_table_with_one_key() {
    check_pay(&PAY.replace("\"places\"", "\"place\""), &["pay.toml:3:22 bad-combine there is no table `place`"]);
    check(
        &[
            ("pay.toml", &PAY.replace(" * places.{place}.factor", "")),
            ("places.toml", "kind = \"facts\"\n"),
            ("roles.toml", ROLES),
        ],
        &["pay.toml:3:22 bad-combine `places` is no table"],
    );
    let two = PLACES.replace("key = [\"city\"]", "key = [\"city\", \"factor\"]");
    check(
        &[("pay.toml", &PAY.replace(" * places.{place}.factor", "")), ("places.toml", &two), ("roles.toml", ROLES)],
        &["pay.toml:3:22 bad-combine a row of `places` has 2 keys, and one is needed"],
    );
    check_pay(&PAY.replace("\"places\"]", "\"pay\"]"), &["pay.toml:3:22 bad-combine `pay` combines itself"]);
    let ring = |other: &str| {
        format!("key = [\"a\"]\ncombine = [\"{other}\"]\n[columns]\na = {{ title = \"A\", type = \"text\" }}\n")
    };
    check(
        &[("one.toml", &ring("two")), ("two.toml", &ring("one"))],
        &["one.toml:2:13 bad-combine `one` combines itself: one → two → one"],
    );
}

#[test]
fn only_keys_are_not_calculated() {
    check_pay(
        &format!("{PAY}bonus = {{ title = \"Bonus\" }}\n"),
        &["pay.toml:8:1 bad-combine `bonus` has no formula, and the rows of the table aren't typed"],
    );
    check_pay(
        &PAY.replace("place = { title = \"Place\", type = \"text\" }", "place = { title = \"Place\" }"),
        &["pay.toml:6:1 bad-combine `place` is a key of combined rows, which is text"],
    );
    check_pay(
        &format!("{PAY}[[row]]\nrole = \"x\"\nplace = \"y\"\n"),
        &["pay.toml:8:3 bad-rows the rows come from `combine` and from `row`"],
    );
}

#[test]
fn a_combined_table_may_be_combined() {
    let both = "key = [\"both\", \"role\"]\ncombine = [\"half\", \"roles\"]\n[columns]\nboth = { title = \"B\", type = \"text\" }\n\
                role = { title = \"R\", type = \"text\" }\nbase = { title = \"Base\", unit = \"USD\", formula = \"roles.{role}.base\" }\n";
    let half = "key = [\"city\"]\ncombine = [\"places\"]\n[columns]\ncity = { title = \"City\", type = \"text\" }\n";
    let found = figures(&[("both.toml", both), ("half.toml", half), ("places.toml", PLACES), ("roles.toml", ROLES)]);
    assert_eq!(found.iter().filter(|figure| figure.starts_with("both.")).count(), 4);
}

#[test]
fn rows_that_could_not_be_read_are_missed_by_no_table() {
    check(
        &[("pay.toml", PAY), ("places.toml", &PLACES.replace("\"Berlin\"", "5")), ("roles.toml", ROLES)],
        &["places.toml:9:8 wrong-type `city` takes text, not a whole number"],
    );
    undecided(
        &[("pay.toml", &PAY.replace("\"roles\"", "\"role\"")), ("places.toml", PLACES), ("roles.toml", ROLES)],
        "`roles`",
    );
}
