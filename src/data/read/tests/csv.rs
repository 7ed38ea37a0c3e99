//! Mistakes in CSV files, with their lines and columns.

use super::{check, figures, problems, undecided};

const HEAD: &str = "key = [\"region\", \"size\"]\nrows = \"csv\"\n[columns]\nregion = { title = \"Region\", type = \"text\" }\n\
                    size = { title = \"Size\", type = \"text\" }\nhour = { title = \"An hour\", unit = \"USD/hour\" }\n";

#[track_caller]
fn check_csv(csv: &str, expected: &[&str]) {
    check_in(HEAD, csv, expected);
}

/// Places are those of the CSV file.
#[track_caller]
fn check_in(head: &str, csv: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|line| format!("t.csv:{line}")).collect();
    check(&[("t.toml", head), ("t.csv", csv)], &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The figures of a file with the ids `north.small` and so on.
#[track_caller]
fn reads(head: &str, csv: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|figure| format!("t.{figure}")).collect();
    assert_eq!(figures(&[("t.toml", head), ("t.csv", csv)]), expected, "{csv}");
}

#[test]
fn rows_are_read_however_a_spreadsheet_writes_them() {
    let expected = ["north.large.hour=0.25", "north.small.hour=0.12"];
    for csv in [
        "region,size,hour\nNorth,Small,0.12\nNorth,Large,0.25\n",
        "region,size,hour\r\nNorth,Small,0.12\r\nNorth,Large,0.25\r\n",
        "\u{FEFF}region,size,hour\nNorth,Small,0.12\nNorth,Large,0.25",
        "region;size;hour\nNorth;Small;0.12\nNorth;Large;0.25\n",
        "region\tsize\thour\nNorth\tSmall\t0.12\nNorth\tLarge\t0.25\n",
        "\"region\",\"size\",\"hour\"\n\"North\",\"Small\",\"0.12\"\n\"North\",\"Large\",\"0.25\"\n",
        "hour , Size, REGION\n0.12,Small,North\n0.25, Large , North\n",
        "region,size,hour\n\nNorth,Small,0.12\n\n\nNorth,Large,0.25\n\n",
    ] {
        reads(HEAD, csv, &expected);
    }
}

#[test]
fn a_quoted_cell_holds_separators_quotes_and_line_breaks() {
    let head =
        "rows = \"csv\"\n[columns]\nname = { title = \"Name\", type = \"text\" }\nprice = { title = \"Price\" }\n";
    reads(head, "id,name,price\na,\"One, \"\"two\"\"\nand three\",5\nb,N,6\n", &["a.price=5", "b.price=6"]);
    check_in(
        head,
        "id,name,price\na,\"One,\ntwo\",x\nb,N,y\n",
        &[
            "3:6 bad-value `price` is text where a number belongs: \"x\"",
            "4:5 bad-value `price` is text where a number belongs: \"y\"",
        ],
    );
    check_in(head, "id,name,price\na,\"One,5\nb,Two,6\n", &["2:3 csv-cells a quote is opened and not closed"]);
    check_in(head, "id,name,price\na,\"One\" two,5\n", &["2:3 csv-cells text follows the closing quote"]);
    reads(head, "id,name,price\na,5\" disk,5\n", &["a.price=5"]);
}

#[test]
fn a_header_stands_for_the_column_whose_id_it_makes_or_that_names_it() {
    let head = "rows = \"csv\"\n[columns]\nprice-per-hour = { title = \"P\" }\nlist = { title = \"L\", header = \"Prix, net (€)\" }\n";
    for header in ["Price per hour", "price-per-hour", "PRICE PER HOUR", "Price (per hour)"] {
        reads(head, &format!("id,{header},\"Prix, net (€)\"\na,1,2\n"), &["a.list=2", "a.price-per-hour=1"]);
    }
    check_in(head, "id,price-per-hour,list\na,1,2\n", &["1:19 csv-header the header \"list\" stands for no column"]);
}

#[test]
fn headers_stand_for_one_column_each_and_all_columns_have_one() {
    check_csv("regoin,size,hour\nNorth,Small,1\n", &["1:1 csv-header the header \"regoin\" stands for no column"]);
    check_csv(
        "region,size,hour,price\nNorth,Small,1,2\n",
        &["1:18 csv-header the header \"price\" stands for no column"],
    );
    check_csv("region,size,hour,\nNorth,Small,1,\n", &["1:18 csv-header the header \"\" stands for no column"]);
    check_csv("region,size\nNorth,Small\n", &["1:1 csv-header the file has no header for the column `hour`"]);
    check_csv("region,size,hour.lo\nNorth,Small,1\n", &["1:13 csv-header the header \"hour.lo\" stands for no column"]);
    check_csv("region,size,hour,Hour\nNorth,Small,1,2\n", &["1:18 csv-header two headers stand for `hour`"]);
    check_csv("region,size,hour,note,note\nNorth,Small,1,a,b\n", &["1:23 csv-header two headers stand for `note`"]);
    check_csv(
        "region,size,hour.low,hour.high,hour.low\nNorth,Small,1,2,3\n",
        &["1:32 csv-header two headers stand for `hour.low`"],
    );
    check_csv("", &["1:1 csv-header the file is empty"]);
    check_csv("region,size,hour\n", &["1:1 bad-rows the file has no rows"]);
    let calculated = format!("{HEAD}day = {{ title = \"A day\", unit = \"USD/day\", formula = \"convert(hour)\" }}\n");
    check_in(&calculated, "region,size,hour\nNorth,Small,1\n", &[]);
    check_in(
        &calculated,
        "region,size,hour,day\nNorth,Small,1,24\n",
        &["1:18 csv-header `day` is calculated, and the file has a column for it"],
    );
    let blank = HEAD.replace("unit =", "blank = \"no data\", unit =");
    reads(&blank, "region,size\nNorth,Small\n", &["north.small.hour=\"no data\""]);
}

#[test]
fn each_row_has_a_cell_for_each_header() {
    check_csv(
        "region,size,hour\nNorth,Small\nNorth,Large,2\nNorth,Huge,1,2\n",
        &["2:1 csv-cells the row has 2 of 3 cells", "4:1 csv-cells the row has 4 of 3 cells"],
    );
    check_csv("region,size,hour\nNorth,Small,\n", &["2:13 blank-cell `hour` is blank"]);
    check_csv("region,size,hour\n,Small,1\n", &["2:1 row-id the row has no `region`, which is part of its id"]);
    check_csv(
        "region,size,hour\nNorth,Small,1\nnorth,SMALL,2\n",
        &["3:1 duplicate-id a row with this key is there twice: `north.small`"],
    );
    check_in(
        &HEAD.replace("key = [\"region\", \"size\"]\n", ""),
        "region,size,hour\nNorth,Small,1\n",
        &["2:1 row-id the row has no id"],
    );
}

#[test]
fn numbers_are_plain_and_may_have_a_bound() {
    for (typed, value) in [
        ("12", "12"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("+2", "2"),
        ("1e3", "1000"),
        ("1_500", "1500"),
        ("\"7\"", "7"),
    ] {
        reads(HEAD, &format!("region,size,hour\nNorth,Small,{typed}\n"), &[&format!("north.small.hour={value}")]);
    }
    for typed in ["<5", "≤ 5", ">5", "≥5", "~5", "\"< 5\""] {
        reads(HEAD, &format!("region,size,hour\nNorth,Small,{typed}\n"), &["north.small.hour=5"]);
    }
    reads(HEAD, "region,size,hour\nNorth,Small,unstated\n", &["north.small.hour=unstated"]);
    let wrong = |typed: &str, message: &str| check_csv(&format!("region,size,hour\nNorth,Small,{typed}\n"), &[message]);
    for text in ["$12", "12%", "4-6", "n/a", "2026-01-31", "1.2.3", "12 USD"] {
        wrong(text, &format!("2:13 bad-value `hour` is text where a number belongs: \"{text}\""));
    }
    wrong("\"1,500\"", "2:13 bad-value `hour` is text where a number belongs: \"1,500\"");
    wrong("1e99", "2:13 bad-number `hour` has an exponent outside −30 to 30: 1e99");
    wrong("<", "2:13 bad-value `hour` is text where a number belongs: \"<\"");
}

#[test]
fn the_decimal_mark_is_the_one_that_the_set_names() {
    let head = format!("decimal = \",\"\n{HEAD}");
    reads(
        &head,
        "region;size;hour\nNorth;Small;0,0060\nNorth;Large;< 1,5\n",
        &["north.large.hour=1.5", "north.small.hour=0.006"],
    );
    check_in(
        &head,
        "region;size;hour\nNorth;Small;1.500\nNorth;Large;1.500,25\n",
        &[
            "2:13 bad-value `hour` is text where a number belongs: \"1.500\"",
            "3:13 bad-value `hour` is text where a number belongs: \"1.500,25\"",
        ],
    );
    check(
        &[("t.toml", &head.replace("\",\"", "\"'\"")), ("t.csv", "region;size;hour\nNorth;Small;1\n")],
        &["t.toml:1:11 wrong-type `decimal` can't be \"'\""],
    );
}

#[test]
fn sides_and_what_is_said_of_a_cell_have_headers_of_their_own() {
    let head = HEAD.replace("hour = { ", "hour = { words = [\"free\"], ");
    reads(
        &head,
        "region,size,hour.low,hour.high,hour.median,hour.note,hour.as_of\nA,S,1,3,2,n,2026\nB,S,1,open,,,\n",
        &[
            "a.s.hour=1..3",
            "a.s.hour.high=3",
            "a.s.hour.low=1",
            "a.s.hour.median=2",
            "b.s.hour=1..",
            "b.s.hour.low=1",
            "b.s.hour.median=unstated",
        ],
    );
    reads(
        &head,
        "region,size,hour.value,hour.plus,hour.minus\nA,S,5,1,2\nB,S,free,,\n",
        &[
            "a.s.hour=5+1-2",
            "a.s.hour.high=6",
            "a.s.hour.low=3",
            "a.s.hour.minus=2",
            "a.s.hour.plus=1",
            "a.s.hour.range=3..6",
            "b.s.hour=\"free\"",
        ],
    );
    let blank = HEAD.replace("unit =", "blank = \"no data\", unit =");
    reads(&blank, "region,size,hour.low,hour.high\nA,S,,\n", &["a.s.hour=\"no data\""]);
    check_csv(
        "region,size,hour.low,hour.high\nA,S,3,1\n",
        &["2:5 range-order the low end of `hour`, 3, is above its high end, 1"],
    );
    check_csv("region,size,hour.low,hour.high\nA,S,3,\n", &["2:7 blank-cell one end of `hour` is blank"]);
    check_csv("region,size,hour.low\nA,S,3\n", &["2:5 bad-value `hour` has a `low` and no `high`"]);
    check_csv(
        "region,size,hour,hour.as_of\nA,S,3,2026-13\n",
        &["2:7 bad-date `as_of` has a month that is not 01 to 12: 2026-13"],
    );
    check_csv(
        "region,size,hour,hour.confidence\nA,S,3,low\n",
        &["2:7 confidence-reason the confidence is low, without a reason"],
    );
    check_csv("region,size,hour,hour.confidence,hour.confidence_reason\nA,S,3,low,One page.\n", &[]);
    check_csv("region,size,hour,hour.source\nA,S,3,survey\n", &["2:7 unknown-source there is no source `survey`"]);
}

#[test]
fn some_headers_are_said_of_the_row() {
    let head = "rows = \"csv\"\n[columns]\nprice = { title = \"Price\" }\n";
    check_in(head, "id,price,as_of,source,confidence,badge,note\na,1,2026,,medium,new,\"A *note*\"\nb,2,,,,,\n", &[]);
    check_in(
        head,
        "id,price,as_of\na,1,yesterday\n",
        &["2:5 bad-date `as_of` is none of the forms `2026`, `2026-Q1`, `2026-01` and `2026-01-31`: yesterday"],
    );
    check_in(head, "id,price,source\na,1,survey\n", &["2:5 unknown-source there is no source `survey`"]);
    check_in(head, "id,price,confidence\na,1,hihg\n", &["2:5 wrong-type `confidence` can't be \"hihg\""]);
    check_in(
        head,
        "id,price,confidence\na,1,low\n",
        &["2:5 confidence-reason the confidence is low, without a reason"],
    );
    check_in(head, "id,price,confidence,confidence_reason\na,1,low,One page.\n", &[]);
    check_in(head, "id,price\nA 1,1\n", &["2:1 bad-id the row id `A 1` is not made as ids are"]);
    let keyed = format!("key = [\"price\"]\n{head}");
    check_in(&keyed, "id,price\na,1\nb,2\n", &["2:1 row-id the row has an `id`, and the table a `key`"]);
}

#[test]
fn the_other_types_are_read_from_text() {
    let head = "rows = \"csv\"\n[columns]\nday = { title = \"Day\", type = \"date\" }\n\
                size = { title = \"Size\", type = \"choice\", values = [\"S\", \"L\"] }\nof = { title = \"Of\", type = \"figure\" }\n\
                n = { title = \"N\", words = [\"trace\"] }\n";
    reads(
        head,
        "id,day,size,of,n\na,2026-Q1,S,t.b.n,5\nb,2026,L,unstated,trace\n",
        &["a.day=2026-Q1", "a.n=5", "b.day=2026", "b.n=\"trace\""],
    );
    check_in(
        head,
        "id,day,size,of,n\na,soon,M,t.b.m,tracee\n",
        &[
            "2:3 bad-date `day` is none of the forms `2026`, `2026-Q1`, `2026-01` and `2026-01-31`: soon",
            "2:8 unknown-choice \"M\" is none of the choices of `size`",
            "2:10 cell-figure there is no figure `t.b.m`",
            "2:16 bad-value \"tracee\" is no number, and none of the words of `n`",
        ],
    );
}

#[test]
fn columns_are_counted_in_characters_of_the_file() {
    check_csv("region,size,hour\nØresund,Små,x\n", &["2:13 bad-value `hour` is text where a number belongs: \"x\""]);
    check_csv("\u{FEFF}region,size,huor\nA,B,1\n", &["1:14 csv-header the header \"huor\" stands for no column"]);
    check_csv(
        "region,size,hour\r\nA,\"B\nC\",x\r\nD,E,y\r\n",
        &[
            "3:4 bad-value `hour` is text where a number belongs: \"x\"",
            "4:5 bad-value `hour` is text where a number belongs: \"y\"",
        ],
    );
}

#[test]
fn help_fits_a_file_of_comma_separated_values() {
    for (csv, proposed) in [
        ("regoin,size,hour\nN,S,1\n", "did you mean `region`?"),
        ("region,size,hour,price\nN,S,1,2\n", "[columns.price]"),
        ("region,size\nN,S\n", "header = \"…\""),
        ("region,size,hour\nN,S\n", "add the cells that are missing"),
        ("region,size,hour\nN,S,1,5\n", "quotes around"),
        ("region,size,hour\nN,S,\"1,500\"\n", "write 1500"),
        ("region,size,hour\nN,S,$12\n", "write 12"),
        ("region,size,hour\nN,S,4-6\n", "`hour.low` and `hour.high`"),
        ("region,size,hour\nN,S,n/a\n", "unstated"),
        ("region,size,hour\nN,S,\n", "blank = \"no data\""),
    ] {
        undecided(&[("t.toml", HEAD), ("t.csv", csv)], proposed);
        let found = problems(&[("t.toml", HEAD), ("t.csv", csv)]);
        let help = found[0].help.as_deref().unwrap_or_default();
        assert!(!help.contains("without quotes") && !help.contains("brackets"), "{csv}: {help}");
    }
}

#[test]
fn help_with_numbers_never_changes_what_they_mean() {
    let toml = |decimal: &str| format!("{decimal}{HEAD}");
    let commas = toml("decimal = \",\"\n");
    for (head, cell, proposed) in [
        (HEAD, "(5)", "write -5"),
        (HEAD, "($1.5)", "write -1.5"),
        (HEAD, "0,1", "write 0.1, or add decimal = \",\" to the TOML file if its numbers have decimal commas"),
        (HEAD, "-12,50", "write -12.50, or add"),
        (HEAD, "1,500", "it may mean 1500 or 1.500: write one of the two, or add decimal = \",\""),
        (HEAD, "10%", "write it in USD/hour, which is what the column counts"),
        (&commas, "1.2", "write 1,2"),
        (&commas, "1.200", "it may mean 1200 or 1,200: write one of the two"),
        (&commas, "0.125", "write 0,125"),
        (&commas, "(0.5)", "write -0,5"),
    ] {
        let csv = format!("region;size;hour\nN;S;{cell}\n");
        let found = problems(&[("t.toml", head), ("t.csv", &csv)]);
        let help = found[0].help.as_deref().unwrap_or_default();
        assert!(help.starts_with(proposed), "{cell}: {help}");
    }
}
