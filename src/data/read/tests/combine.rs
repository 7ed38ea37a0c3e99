//! Mistakes in tables whose rows are combinations of the rows of others.

use super::{check, figures, undecided};

const ROLES: &str = "[columns]\ntitle = { title = \"Role\", type = \"text\" }\nbase = { title = \"Base\", unit = \"USD\" }\n\
                     [[row]]\nid = \"dev\"\ntitle = \"Developer\"\nbase = 100\n[[row]]\nid = \"ops\"\ntitle = \"Operator\"\nbase = 80\n";
const PLACES: &str = "key = [\"city\"]\n[columns]\ncity = { title = \"City\", type = \"text\" }\nfactor = { title = \"Factor\" }\n\
                      [[row]]\ncity = \"São Paulo\"\nfactor = 0.5\n[[row]]\ncity = \"Berlin\"\nfactor = 1.1\n";
const FEE: &str = "unit = \"USD\"\nkey = [\"role\", \"place\"]\ncombine = [\"roles\", \"places\"]\n[columns]\n\
                   role = { title = \"Role\", type = \"text\" }\nplace = { title = \"Place\", type = \"text\" }\n\
                   fee = { title = \"Fee\", formula = \"roles.{role}.base * places.{place}.factor\" }\n";

#[track_caller]
fn check_fee(fee: &str, expected: &[&str]) {
    check(&[("fee.toml", fee), ("places.toml", PLACES), ("roles.toml", ROLES)], expected);
}

#[test]
fn each_combination_of_rows_is_a_row() {
    let found = figures(&[("fee.toml", FEE), ("places.toml", PLACES), ("roles.toml", ROLES)]);
    let found: Vec<&str> = found.iter().map(String::as_str).filter(|figure| figure.starts_with("fee.")).collect();
    assert_eq!(
        found,
        ["fee.dev.berlin.fee=110", "fee.dev.sao-paulo.fee=50", "fee.ops.berlin.fee=88", "fee.ops.sao-paulo.fee=40"]
    );
}

#[test]
fn a_table_combines_as_many_tables_as_it_has_keys() {
    check_fee(
        &FEE.replace("\"role\", \"place\"", "\"role\""),
        &["fee.toml:3:13 bad-combine `combine` names 2 tables, and `key` 1 columns"],
    );
    check_fee(
        &FEE.replace("key = [\"role\", \"place\"]\n", ""),
        &["fee.toml:2:13 bad-combine `combine` names 2 tables, and `key` 0 columns"],
    );
    check_fee(&FEE.replace("\"roles\", \"places\"", ""), &["fee.toml:3:1 bad-combine `combine` names no table"]);
}

#[test]
fn what_is_combined_is_a_table_with_one_key() {
    check_fee(&FEE.replace("\"places\"", "\"place\""), &["fee.toml:3:22 bad-combine there is no table `place`"]);
    check(
        &[
            ("fee.toml", &FEE.replace(" * places.{place}.factor", "")),
            ("places.toml", "kind = \"facts\"\n"),
            ("roles.toml", ROLES),
        ],
        &["fee.toml:3:22 bad-combine `places` is no table"],
    );
    let two = PLACES.replace("key = [\"city\"]", "key = [\"city\", \"factor\"]");
    check(
        &[("fee.toml", &FEE.replace(" * places.{place}.factor", "")), ("places.toml", &two), ("roles.toml", ROLES)],
        &["fee.toml:3:22 bad-combine a row of `places` has 2 keys, and one is needed"],
    );
    check_fee(&FEE.replace("\"places\"]", "\"fee\"]"), &["fee.toml:3:22 bad-combine `fee` combines itself"]);
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
    check_fee(
        &format!("{FEE}extra = {{ title = \"Extra\" }}\n"),
        &["fee.toml:8:1 bad-combine `extra` has no formula, and the rows of the table aren't typed"],
    );
    check_fee(
        &FEE.replace("place = { title = \"Place\", type = \"text\" }", "place = { title = \"Place\" }"),
        &["fee.toml:6:1 bad-combine `place` is a key of combined rows, which is text"],
    );
    check_fee(
        &format!("{FEE}[[row]]\nrole = \"x\"\nplace = \"y\"\n"),
        &["fee.toml:8:3 bad-rows the rows come from `combine` and from `row`"],
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
        &[("fee.toml", FEE), ("places.toml", &PLACES.replace("\"Berlin\"", "5")), ("roles.toml", ROLES)],
        &["places.toml:9:8 wrong-type `city` takes text, not a whole number"],
    );
    undecided(
        &[("fee.toml", &FEE.replace("\"roles\"", "\"role\"")), ("places.toml", PLACES), ("roles.toml", ROLES)],
        "`roles`",
    );
}
