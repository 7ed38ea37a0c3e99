//! Mistakes in band tables.

use super::{check, mended, undecided};

const HEAD: &str = "kind = \"bands\"\ncurrency = \"USD\"\n";
const MEASURES: &str = "[measures.base]\ntitle = \"Base\"\n[measures.total]\ntitle = \"Total\"\n";

/// Places count from the first line of `rest`.
#[track_caller]
fn check_table(measures: &str, rest: &str, expected: &[&str]) {
    let text = format!("{HEAD}{measures}{rest}");
    let before = HEAD.lines().count() + measures.lines().count();
    let expected: Vec<String> = expected
        .iter()
        .map(|line| {
            let (number, rest) = line.split_once(':').expect("a line");
            format!("b.toml:{}:{rest}", number.parse::<usize>().expect("a number") + before)
        })
        .collect();
    check(&[("b.toml", &text)], &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[track_caller]
fn check_row(row: &str, expected: &[&str]) {
    check_table(MEASURES, &format!("[[row]]\nid = \"x\"\n{row}\n"), expected);
}

#[test]
fn a_sound_table_says_nothing() {
    for row in [
        "base = [1, 2]\ntotal = 3",
        "base = \"unstated\"\ntotal = { value = \"unstated\" }",
        "base = 0\ntotal = 123_456_789_012.123_456",
        "base = { range = [1, 9], median = 9 }\ntotal = { range = \"unstated\" }",
        "total = { value = 3, precision = 1, bound = \"up-to\", note = \"*n*\" }\n[row.base]\nrange = [1, 2]\nmedian = \"unstated\"",
        "base.range = [1, 2]\nbase.median = 1.5\ntotal = { value = 1, currency = \"EUR\", period = \"once\" }",
    ] {
        check_row(row, &[]);
    }
}

#[test]
fn cells_are_numbers_ranges_or_unstated() {
    check_row("base = [2, 1]\ntotal = 3", &["3:8 range-order the low end of `base`, 2, is above its high end, 1"]);
    check_row("base = [2, 2]\ntotal = 3", &["3:8 range-order `base` is a range from 2 to 2"]);
    check_row("base = [1]\ntotal = 3", &["3:8 bad-value `base` is a list of 1, not of low and high"]);
    check_row("base = [1, 2, 3]\ntotal = 3", &["3:8 bad-value `base` is a list of 3, not of low and high"]);
    check_row("base = -1\ntotal = 3", &["3:8 bad-number `base` is below zero: -1"]);
    check_row("base = [-2, -1]\ntotal = 3", &["3:9 bad-number `base` is below zero: -2"]);
    check_row("base = 1e5\ntotal = 3", &["3:8 bad-number `base` is written with an exponent: 1e5"]);
    check_row("base = 1.2345678\ntotal = 3", &["3:8 bad-number `base` has more than 6 decimals: 1.2345678"]);
    check_row(
        "base = 1234567890123\ntotal = 3",
        &["3:8 bad-number `base` has more than 12 digits before its point: 1234567890123"],
    );
    check_row("base = \"$120K\"\ntotal = 3", &["3:8 bad-value `base` is text where a number belongs: \"$120K\""]);
    check_row("base = \"\"\ntotal = 3", &["3:8 bad-value `base` is empty"]);
    check_row("base = true\ntotal = 3", &["3:8 bad-value `base` takes a number, not true or false"]);
    check_row("base = [1, \"x\"]\ntotal = 3", &["3:12 bad-value `base` is text where a number belongs: \"x\""]);
    check_row("base = { median = 1 }\ntotal = 3", &["3:8 bad-value `base` has neither a range nor a value"]);
    check_row(
        "base = { range = [1, 2], value = 3 }\ntotal = 3",
        &["3:34 bad-value `base` has both a range and a value"],
    );
    check_row("base = { range = 3 }\ntotal = 3", &["3:18 bad-value `range` takes [low, high], not a whole number"]);
    check_row("base = { vlue = 3 }\ntotal = 3", &["3:10 unknown-key unknown key `vlue`"]);
    check_row("base = { value = 1, bound = \"ovr\" }\ntotal = 3", &["3:29 wrong-type `bound` can't be \"ovr\""]);
    check_row(
        "base = inf\ntotal = nan",
        &[
            "3:8 bad-number `base` holds `i`, which is no part of a decimal number: inf",
            "4:9 bad-number `total` holds `n`, which is no part of a decimal number: nan",
        ],
    );
}

#[test]
fn a_median_lies_in_its_range() {
    let outside = "3:34 median the median 432 lies above the range 100 to 400";
    check_row("base = { range = [100, 400], median = 432 }\ntotal = 3", &[&outside.replace("3:34", "3:39")]);
    check_row(
        "base = { range = [100, 400], median = 99.5 }\ntotal = 3",
        &["3:39 median the median 99.5 lies below the range 100 to 400"],
    );
    check_row("base = { value = 100, median = 100 }\ntotal = 3", &["3:32 median `base` has a median, and no range"]);
    check_row(
        "base = { value = \"unstated\", median = 1 }\ntotal = 3",
        &["3:39 median `base` has a median, and no range"],
    );
    check_row("base = { range = [1, 2], median = -1 }\ntotal = 3", &["3:35 bad-number `median` is below zero: -1"]);
}

#[test]
fn each_row_gives_each_measure() {
    check_row("base = 1", &["2:6 missing-measure row `x` has no `total`"]);
    check_row("", &["2:6 missing-measure row `x` has no `base`", "2:6 missing-measure row `x` has no `total`"]);
    check_row("base = 1\ntotl = 2", &["4:1 unknown-measure there is no measure or key `totl`"]);
    check_row("base = 1\ntotal = 2\nequity = 2", &["5:1 unknown-measure there is no measure or key `equity`"]);
    check_row("base = 1\ntotal = 2\ntitel = \"x\"", &["5:1 unknown-measure there is no measure or key `titel`"]);
    check_row("base = 1\ntotal = 2\ntitle = 5", &["5:9 wrong-type `title` takes text, not a whole number"]);
    check_row("base = 1\ntotal = 2\ntrack = \" \"", &["5:9 blank-text `track` is empty"]);
}

#[test]
fn row_ids_are_well_made_and_stand_once() {
    let row = |id: &str| format!("[[row]]\nid = \"{id}\"\nbase = 1\ntotal = 2\n");
    check_table(MEASURES, &row("L3"), &["2:7 bad-id the row id `L3` is not made as ids are"]);
    check_table(MEASURES, &row("a--b"), &["2:7 bad-id the row id `a--b` is not made as ids are"]);
    check_table(MEASURES, &row(""), &["2:6 bad-id the row id `` is not made as ids are"]);
    check_table(MEASURES, &row("l1-to-l2"), &["2:7 bad-id the row id `l1-to-l2` holds `-to-`, which names two rows"]);
    check_table(MEASURES, &(row("a") + &row("b") + &row("a")), &["10:7 duplicate-id the row id `a` stands twice"]);
    check_table(MEASURES, "[[row]]\nbase = 1\ntotal = 2\n", &["1:1 missing-key `id` is missing"]);
}

#[test]
fn measures_are_made_of_measures() {
    let row = "[[row]]\nid = \"x\"\nbase = 1\nbonus = 1\n";
    let measures =
        |more: &str| format!("[measures.base]\ntitle = \"Base\"\n[measures.bonus]\ntitle = \"Bonus\"\n{more}\n");
    let check = |more: &str, row_more: &str, expected: &[&str]| {
        check_table("", &format!("{}{row}{row_more}", measures(more)), expected);
    };
    check("[measures.cash]\ntitle = \"Cash\"\nsum = [\"base\", \"bonus\"]", "", &[]);
    check(
        "[measures.cash]\ntitle = \"Cash\"\nsum = [\"bse\", \"bonus\"]",
        "",
        &["7:9 unknown-measure there is no measure `bse`"],
    );
    check(
        "[measures.cash]\ntitle = \"Cash\"\nparts = [\"bse\", \"base\"]\nsum = [\"base\", \"bnus\"]",
        "",
        &["7:11 unknown-measure there is no measure `bse`", "8:17 unknown-measure there is no measure `bnus`"],
    );
    check(
        "[measures.cash]\ntitle = \"Cash\"\nsum = [\"base\", \"cash\"]",
        "",
        &["5:11 measure-cycle `cash` is made of itself: cash → cash"],
    );
    check(
        "[measures.a]\ntitle = \"A\"\nsum = [\"b\", \"base\"]\n[measures.b]\ntitle = \"B\"\nsum = [\"c\", \"base\"]\n[measures.c]\ntitle = \"C\"\nparts = [\"a\", \"base\"]",
        "c = 1",
        &["5:11 measure-cycle `a` is made of itself: a → b → c → a"],
    );
    check(
        "[measures.cash]\ntitle = \"Cash\"\nsum = [\"base\", \"bonus\"]",
        "cash = 3",
        &["12:1 typed-sum `cash` is calculated, and typed here"],
    );
    check(
        "[measures.title]\ntitle = \"Title\"",
        "",
        &["5:11 bad-id a measure can't be called `title`: rows have that key themselves"],
    );
    check(
        "[measures.Cash]\ntitle = \"Title\"",
        "Cash = 1",
        &["5:11 bad-id the measure id `Cash` is not made as ids are"],
    );
    check("[ratios.r]\ntitle = \"R\"\nof = \"bonus\"\nto = \"base\"", "", &[]);
    check(
        "[ratios.r]\ntitle = \"R\"\nof = \"bonuss\"\nto = \"parts.bse\"",
        "",
        &["7:7 unknown-measure there is no measure `bonuss`", "8:7 unknown-measure there is no measure `bse`"],
    );
    check(
        "[ratios.r]\ntitle = \"R\"\nof = \"bonus\"\nto = \"parts.base\"",
        "",
        &["8:7 unknown-measure `base` has no parts"],
    );
    check(
        "[ratios.base]\ntitle = \"R\"\nof = \"bonus\"\nto = \"base\"",
        "",
        &["5:9 duplicate-id the ratio id `base` stands twice"],
    );
    check("[ratios.r]\ntitle = \"R\"\nof = \"bonus\"", "", &["5:1 missing-key `to` is missing"]);
}

#[test]
fn units_meet_their_like() {
    check_table(
        "",
        "[measures.a]\ntitle = \"A\"\n[measures.b]\ntitle = \"B\"\nunit = \"ms\"\n[measures.c]\ntitle = \"C\"\nsum = [\"a\", \"b\"]\n\
         [[row]]\nid = \"x\"\na = 1\nb = 2\n[[row]]\nid = \"y\"\na = 1\nb = 2\n",
        &["3:11 measure-unit in row `x`, USD meets a time in ms"],
    );
    check_row(
        "base = { value = 1, currency = \"US\" }\ntotal = 1",
        &["3:32 unknown-currency there is no currency \"US\""],
    );
    check_row("base = 1\ntotal = 1\nprecision = -5", &["5:13 bad-number `precision` is below zero: -5"]);
    check(
        &[(
            "b.toml",
            "kind = \"bands\"\n[measures.a]\ntitle = \"A\"\n[[row]]\nid = \"x\"\na = 1\n[[row]]\nid = \"y\"\na = 1\n",
        )],
        &["b.toml:6:5 no-currency the amount has no currency"],
    );
    check(
        &[(
            "b.toml",
            "kind = \"bands\"\n[measures.a]\ntitle = \"A\"\nunit = \"count\"\n[[row]]\nid = \"x\"\na = 1.5\n",
        )],
        &["b.toml:7:5 bad-number `a` counts whole things, and has decimals"],
    );
}

#[test]
fn confidence_below_medium_needs_its_own_reason() {
    check_row(
        "base = 1\ntotal = 1\nconfidence = \"low\"",
        &["5:14 confidence-reason the confidence is low, without a reason"],
    );
    check_row(
        "base = { value = 1, confidence = \"very-low\" }\ntotal = 1\nconfidence = \"low\"\nconfidence_reason = \"r\"",
        &["3:34 confidence-reason the confidence is very-low, without a reason"],
    );
    check_row("base = 1\ntotal = 1\nconfidence = \"medium\"", &[]);
    check_row("base = 1\ntotal = 1\nconfidence = \"lw\"", &["5:14 wrong-type `confidence` can't be \"lw\""]);
    check_row(
        "base = 1\ntotal = 1\nscope = \"markets\"\nperiod = \"yearly\"",
        &["5:9 wrong-type `scope` can't be \"markets\"", "6:10 wrong-type `period` can't be \"yearly\""],
    );
}

#[test]
fn one_mistake_hides_no_other_and_makes_no_other() {
    check_table(
        MEASURES,
        "[[row]]\nid = \"x\"\nbase = [2, 1]\ntotal = -1\n[[row]]\nid = \"Y\"\nbase = 1\ntotal = \"?\"\n",
        &[
            "3:8 range-order the low end of `base`, 2, is above its high end, 1",
            "4:9 bad-number `total` is below zero: -1",
            "6:7 bad-id the row id `Y` is not made as ids are",
            "8:9 bad-value `total` is text where a number belongs: \"?\"",
        ],
    );
    let broken = format!(
        "{HEAD}{MEASURES}[[row]]\nid = \"x\"\nbase = [2, 1]\ntotal = 1\n[[row]]\nid = \"y\"\nbase = 1\ntotal = 1\n"
    );
    let conflicts = "kind = \"conflicts\"\n[c]\ntitle = \"T\"\nseverity = 1\nexplanation = \"E\"\nstatus = \"open\"\n\
                     figures = [\"b.x.base.low\", \"b.x-to-y.total.gap\", \"b.y.base.lw\"]\n";
    check(
        &[("b.toml", &broken), ("c.toml", conflicts)],
        &[
            "b.toml:9:8 range-order the low end of `base`, 2, is above its high end, 1",
            "c.toml:7:51 conflict-figure there is no figure `b.y.base.lw`",
        ],
    );
}

#[test]
fn values_and_names_of_data_are_proposed_and_left_to_the_editor() {
    for (row, proposed) in [
        ("base = [225_000, 180_000]\ntotal = 1", "[180_000, 225_000]"),
        ("base = [5, 5]\ntotal = 1", "5"),
        ("base = \"120,000\"\ntotal = 1", "120_000"),
        ("base = \"not stated\"\ntotal = 1", "\"unstated\""),
        ("base = 1\ntotl = 1", "`total`"),
        ("base = 1\ntotal = 1\nconfidence = \"hihg\"", "\"high\""),
        ("base = 1\ntotal = 1\ncurrency = \"eur\"", "\"EUR\""),
    ] {
        undecided("b.toml", &format!("{HEAD}{MEASURES}[[row]]\nid = \"x\"\n{row}\n"), proposed);
    }
}

#[test]
fn a_mistyped_key_is_mended_where_it_can_be_only_one() {
    let whole = |key: &str| format!("{HEAD}{MEASURES}[[row]]\nid = \"x\"\ntotal = 1\nbase = {{ {key} = [1, 2] }}\n");
    assert_eq!(mended("b.toml", &whole("rnage")), whole("range"));
    let text = whole("rnage").replace("[1, 2]", "\"wide\"");
    undecided("b.toml", &text, "`range`");
}
