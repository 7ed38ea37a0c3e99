//! Every derived number of the bands and of the two roles at one employer, worked out by hand.

use crate::data::figure::{Amount, Aspect, Confidence, Figure, Unit};
use crate::data::number::Number;
use crate::data::{Data, read};
use crate::diagnostic::{Diagnostic, Source};

const BANDS: &str = r#"kind = "bands"
currency = "USD"
period = "year"
as_of = "2026-Q1"
sources = ["pay-page"]
confidence = "medium"
[measures.base]
title = "Base"
[measures.bonus]
title = "Bonus"
[measures.equity]
title = "Equity"
[measures.total]
title = "Total"
parts = ["base", "bonus", "equity"]
[measures.cash]
title = "Cash"
sum = ["base", "bonus"]
[ratios.bonus-of-base]
title = "Bonus of base"
of = "bonus"
to = "base"
[ratios.equity-of-parts]
title = "Equity of the parts"
of = "equity"
to = "parts.total"
[[row]]
id = "l1"
base = [115_000, 155_000]
bonus = [11_000, 19_000]
equity = [25_000, 90_000]
total = { range = [155_000, 290_000], median = 220_000 }
[[row]]
id = "l2"
base = [145_000, 190_000]
bonus = [22_000, 30_000]
equity = [45_000, 130_000]
total = { range = [220_000, 360_000], median = 290_000 }
[[row]]
id = "l3"
code = "L3"
title = "Senior"
base = [180_000, 225_000]
bonus = [36_000, 45_000]
equity = [140_000, 230_000]
total = { range = [365_000, 500_000], median = 432_000 }
[[row]]
id = "l4"
base = [210_000, 245_000]
bonus = [52_000, 62_000]
equity = [230_000, 430_000]
total = { range = [495_000, 735_000], median = 615_000 }
[[row]]
id = "l5"
base = [240_000, 290_000]
bonus = [72_000, 87_000]
equity = [300_000, 530_000]
total = [625_000, 920_000]
[[row]]
id = "l6"
confidence = "low"
confidence_reason = "Printed to the nearest hundred thousand."
base = [315_000, 400_000]
bonus = [125_000, 200_000]
equity = [750_000, 1_500_000]
[row.total]
range = [1_100_000, 2_100_000]
precision = 100_000
"#;

const EMPLOYER: &str = r#"kind = "facts"
currency = "USD"
period = "year"
role = "Product Manager"
badge = "one post"
sources = ["post"]
confidence = "very-low"
confidence_reason = "One post."
[pm-total]
title = "Product, total"
money = 468_000
[program-total]
title = "Program, total"
role = "Program Manager"
money = 305_000
[pm-base]
title = "Product, base"
money = 250_000
[program-base]
title = "Program, base"
role = "Program Manager"
money = 180_000
[program-ceiling]
title = "Program, at most"
role = "Program Manager"
money = 320_000
[raise]
title = "Rise"
money = 30_000
[claim]
title = "Claim"
money = 500_000
bound = "over"
[calc.rest-share]
title = "Rest of the gap"
share = ["employer.rest-gap", "employer.total-gap"]
[calc.rest-gap]
title = "Gap of the rest"
difference = ["employer.pm-rest", "employer.program-rest"]
compare = true
[calc.total-gap]
title = "Gap"
difference = ["employer.pm-total", "employer.program-total"]
compare = true
[calc.total-change]
title = "Higher by"
change = ["employer.program-total", "employer.pm-total"]
compare = true
[calc.base-gap]
title = "Gap of the base"
difference = ["employer.pm-base", "employer.program-base"]
compare = true
[calc.base-change]
title = "Base higher by"
change = ["employer.program-base", "employer.pm-base"]
compare = true
[calc.base-share]
title = "Base of the gap"
share = ["employer.base-gap", "employer.total-gap"]
[calc.pm-rest]
title = "Product, rest"
difference = ["employer.pm-total", "employer.pm-base"]
[calc.program-rest]
title = "Program, rest"
difference = ["employer.program-total", "employer.program-base"]
[calc.after-raise]
title = "With the rise"
sum = ["employer.pm-total", "employer.raise"]
[calc.shortfall]
title = "Short by"
difference = ["employer.claim", "employer.after-raise"]
[calc.needed]
title = "Needed"
difference = ["employer.claim", "employer.pm-total"]
[calc.ceiling-gain]
title = "Gain"
difference = ["employer.program-ceiling", "employer.program-total"]
[calc.ceiling-change]
title = "Gain in percent"
change = ["employer.program-total", "employer.program-ceiling"]
[calc.pm-base-share]
title = "Base of the total"
share = ["employer.pm-base", "employer.pm-total"]
[calc.program-base-share]
title = "Base of the total"
share = ["employer.program-base", "employer.program-total"]
[calc.fall]
title = "The other way round"
difference = ["employer.program-total", "employer.pm-total"]
compare = true
"#;

const SOURCES: &str = "kind = \"sources\"\n[pay-page]\ntitle = \"Pay\"\n[post]\ntitle = \"Post\"\n";

#[track_caller]
fn data(files: &[(&str, &str)]) -> Data {
    let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(format!("{name}.toml"), *text)).collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    data
}

#[track_caller]
fn figure<'a>(data: &'a Data, id: &str) -> &'a Figure {
    data.figures.get(id).unwrap_or_else(|| panic!("no {id}"))
}

/// A value as the tests write it: percentages to one decimal, ranges with two points.
fn written(figure: &Figure) -> String {
    let one = |number: Number| match number.decimals() {
        Some(0) => number.to_string(),
        _ => {
            let tenths = number.round(1);
            format!("{}.{}", tenths / 10, tenths.abs() % 10)
        }
    };
    match figure.amount {
        Amount::One(value) => one(value),
        Amount::Range(low, high) => format!("{}..{}", one(low), one(high)),
        Amount::Unstated => "unstated".into(),
        Amount::Date(date) => date.to_string(),
    }
}

/// One figure's side in each of the six rows; nothing where there must be no figure.
#[track_caller]
fn each_level(data: &Data, side: &str, expected: [&str; 6]) {
    for (level, expected) in ["l1", "l2", "l3", "l4", "l5", "l6"].into_iter().zip(expected) {
        let id = format!("bands.{level}.{side}");
        assert_eq!(data.figures.get(&id).map(written).unwrap_or_default(), expected, "{id}");
    }
}

#[test]
fn each_row_has_the_sides_worked_out_by_hand() {
    let data = data(&[("bands", BANDS), ("sources", SOURCES)]);
    each_level(&data, "total.median", ["220000", "290000", "432000", "615000", "unstated", "unstated"]);
    each_level(&data, "total.midpoint", ["222500", "290000", "432500", "615000", "772500", "1600000"]);
    each_level(&data, "total.median-offset", ["-2500", "0", "-500", "0", "", ""]);
    each_level(&data, "total.spread", ["87.1", "63.6", "37.0", "48.5", "47.2", "90.9"]);
    each_level(&data, "total.width", ["135000", "140000", "135000", "240000", "295000", "1000000"]);
    each_level(&data, "total.parts.low", ["151000", "212000", "356000", "492000", "612000", "1190000"]);
    each_level(&data, "total.parts.high", ["264000", "350000", "500000", "737000", "907000", "2100000"]);
    each_level(&data, "total.below-parts", ["", "", "", "", "", "90000"]);
    each_level(&data, "total.above-parts", ["26000", "10000", "", "", "13000", ""]);
    each_level(&data, "bonus-of-base.at-low", ["9.6", "15.2", "20", "24.8", "30", "39.7"]);
    each_level(&data, "bonus-of-base.at-high", ["12.3", "15.8", "20", "25.3", "30", "50"]);
    each_level(&data, "equity-of-parts.at-low", ["16.6", "21.2", "39.3", "46.7", "49.0", "63.0"]);
    each_level(&data, "equity-of-parts.at-high", ["34.1", "37.1", "46", "58.3", "58.4", "71.4"]);
    each_level(&data, "base.spread", ["34.8", "31.0", "25", "16.7", "20.8", "27.0"]);
    each_level(&data, "base.median", ["", "", "", "", "", ""]);
    let cash =
        ["126000..174000", "167000..220000", "216000..270000", "262000..307000", "312000..377000", "440000..600000"];
    each_level(&data, "cash", cash);
    each_level(&data, "cash.low", ["126000", "167000", "216000", "262000", "312000", "440000"]);
    each_level(&data, "cash.midpoint", ["150000", "193500", "243000", "284500", "344500", "520000"]);
}

#[test]
fn neighbors_overlap_or_leave_a_gap() {
    let data = data(&[("bands", BANDS), ("sources", SOURCES)]);
    for (pair, total, step, median_step, base) in [
        ("l1-to-l2", ("overlap", "70000"), "30.3", "31.8", ("overlap", "10000")),
        ("l2-to-l3", ("gap", "5000"), "49.1", "49.0", ("overlap", "10000")),
        ("l3-to-l4", ("overlap", "5000"), "42.2", "42.4", ("overlap", "15000")),
        ("l4-to-l5", ("overlap", "110000"), "25.6", "", ("overlap", "5000")),
        ("l5-to-l6", ("gap", "180000"), "107.1", "", ("gap", "25000")),
    ] {
        let side = |name: &str| data.figures.get(&format!("bands.{pair}.{name}")).map(written).unwrap_or_default();
        assert_eq!(side(&format!("total.{}", total.0)), total.1, "{pair}");
        assert_eq!(side(&format!("base.{}", base.0)), base.1, "{pair}");
        assert_eq!((&*side("total.step"), &*side("total.median-step")), (step, median_step), "{pair}");
        let other = if total.0 == "gap" { "overlap" } else { "gap" };
        assert_eq!(side(&format!("total.{other}")), "", "{pair}");
    }
    assert_eq!(data.figures.below("bands.l1-to-l3").len(), 0);
    let step = figure(&data, "bands.l2-to-l3.total.step");
    assert_eq!(step.rows.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["l2", "l3"]);
}

#[test]
fn calculations_are_worked_out_in_any_order_of_the_file() {
    let data = data(&[("employer", EMPLOYER), ("sources", SOURCES)]);
    for (id, expected) in [
        ("total-gap", "163000"),
        ("total-change", "53.4"),
        ("base-gap", "70000"),
        ("base-share", "42.9"),
        ("base-change", "38.9"),
        ("pm-rest", "218000"),
        ("program-rest", "125000"),
        ("rest-gap", "93000"),
        ("rest-share", "57.1"),
        ("after-raise", "498000"),
        ("shortfall", "2000"),
        ("needed", "32000"),
        ("ceiling-gain", "15000"),
        ("ceiling-change", "4.9"),
        ("pm-base-share", "53.4"),
        ("program-base-share", "59.0"),
        ("fall", "-163000"),
    ] {
        assert_eq!(written(figure(&data, &format!("employer.{id}"))), expected, "{id}");
    }
}

#[test]
fn a_figure_says_what_it_is_calculated_from() {
    let data = data(&[("bands", BANDS), ("employer", EMPLOYER), ("sources", SOURCES)]);
    for (id, formula, inputs) in [
        ("bands.l3.total.midpoint", "({0} + {1}) / 2", "bands.l3.total.low bands.l3.total.high"),
        ("bands.l3.total.spread", "({1} − {0}) / {0}", "bands.l3.total.low bands.l3.total.high"),
        ("bands.l3.total.median-offset", "{0} − {1}", "bands.l3.total.median bands.l3.total.midpoint"),
        ("bands.l3.total.parts", "{0} + {1} + {2}", "bands.l3.base bands.l3.bonus bands.l3.equity"),
        ("bands.l3.total.parts.low", "{0} + {1} + {2}", "bands.l3.base.low bands.l3.bonus.low bands.l3.equity.low"),
        ("bands.l1.total.above-parts", "{0} − {1}", "bands.l1.total.high bands.l1.total.parts.high"),
        ("bands.l6.total.below-parts", "{0} − {1}", "bands.l6.total.parts.low bands.l6.total.low"),
        ("bands.l3.cash.high", "{0} + {1}", "bands.l3.base.high bands.l3.bonus.high"),
        ("bands.l3.equity-of-parts.at-low", "{0} / {1}", "bands.l3.equity.low bands.l3.total.parts.low"),
        ("bands.l2-to-l3.total.gap", "{0} − {1}", "bands.l3.total.low bands.l2.total.high"),
        ("bands.l1-to-l2.total.overlap", "{0} − {1}", "bands.l1.total.high bands.l2.total.low"),
        ("employer.total-change", "({1} − {0}) / {0}", "employer.program-total employer.pm-total"),
    ] {
        let inputs_of = figure(&data, id).inputs.as_ref().expect(id);
        assert_eq!((&*inputs_of.formula, &*inputs_of.ids.join(" ")), (formula, inputs), "{id}");
        assert!(inputs_of.ids.iter().all(|input| data.figures.get(input).is_some()), "{id}");
    }
    for id in ["bands.l3.total", "bands.l3.total.low", "bands.l3.total.median", "employer.pm-total"] {
        assert!(figure(&data, id).inputs.is_none(), "{id}");
    }
}

#[test]
fn records_are_inherited_and_merged() {
    let data = data(&[("bands", BANDS), ("employer", EMPLOYER), ("sources", SOURCES)]);
    let confidence = |id: &str| figure(&data, id).record.confidence;
    assert_eq!(confidence("bands.l3.total.low"), Some(Confidence::Medium));
    assert_eq!(confidence("bands.l6.bonus.low"), Some(Confidence::Low));
    assert_eq!(confidence("bands.l5-to-l6.total.gap"), Some(Confidence::Low));
    assert!(figure(&data, "bands.l5-to-l6.total.gap").record.confidence_reason.is_some());
    assert!(figure(&data, "bands.l5.total").record.confidence_reason.is_none());
    assert_eq!(figure(&data, "bands.l6.total").precision, Some(Number::from_integer(100_000)));
    assert_eq!(figure(&data, "bands.l6.total.low").precision, Some(Number::from_integer(100_000)));
    assert_eq!(figure(&data, "bands.l6.total.midpoint").precision, None);
    let gap = figure(&data, "employer.total-gap");
    assert!(gap.record.role.is_none(), "the two roles differ");
    assert_eq!(gap.record.badge.as_ref().map(|badge| &*badge.text), Some("one post"));
    assert_eq!(gap.record.sources.len(), 1);
    assert_eq!(gap.aspect, Aspect::Calculation);
    assert_eq!(figure(&data, "employer.pm-rest").record.role.as_ref().map(|role| &*role.text), Some("Product Manager"));
}

#[test]
fn a_figure_stands_where_its_value_is_typed() {
    let data = data(&[("bands", BANDS), ("employer", EMPLOYER), ("sources", SOURCES)]);
    for (id, text) in [
        ("bands.l3.base", "[180_000, 225_000]"),
        ("bands.l3.base.high", "225_000"),
        ("bands.l3.total", "[365_000, 500_000]"),
        ("bands.l3.total.median", "432_000"),
        ("bands.l3.total.midpoint", "[365_000, 500_000]"),
        ("bands.l6.total.low", "1_100_000"),
        ("bands.l5.total.median", "[625_000, 920_000]"),
        ("employer.claim", "500_000"),
    ] {
        assert_eq!(figure(&data, id).place.text(), text, "{id}");
    }
}

#[test]
fn what_is_unstated_or_single_makes_no_more_than_it_can() {
    let text = |row: &str| {
        format!(
            "kind = \"bands\"\ncurrency = \"EUR\"\n[measures.a]\ntitle = \"A\"\n[measures.b]\ntitle = \"B\"\n\
             [measures.t]\ntitle = \"T\"\nparts = [\"a\", \"b\"]\n[measures.s]\ntitle = \"S\"\nsum = [\"a\", \"b\"]\n\
             [ratios.r]\ntitle = \"R\"\nof = \"a\"\nto = \"b\"\n[[row]]\nid = \"x\"\n{row}"
        )
    };
    for (row, expected) in [
        ("a = 1\nb = 2\nt = 4", "x.a=1 x.b=2 x.r.at-high=50 x.r.at-low=50 x.s=3 x.t=4 x.t.above-parts=1 x.t.parts=3"),
        ("a = 1\nb = \"unstated\"\nt = 4", "x.a=1 x.b=unstated x.s=unstated x.t=4"),
        ("a = 1\nb = 0\nt = \"unstated\"", "x.a=1 x.b=0 x.s=1 x.t=unstated x.t.parts=1"),
        (
            "a = 0.5\nb = [0, 1]\nt = { value = 1, note = \"n\" }",
            "x.a=0.5 x.b=0..1 x.b.high=1 x.b.low=0 x.b.midpoint=0.5 x.b.width=1 x.r.at-high=50 x.s=0.5..1.5 x.s.high=1.5 \
             x.s.low=0.5 x.s.midpoint=1 x.s.spread=200 x.s.width=1 x.t=1 x.t.parts=0.5..1.5 x.t.parts.high=1.5 x.t.parts.low=0.5",
        ),
    ] {
        let data = data(&[("d", &text(row))]);
        let found: Vec<String> = data
            .figures
            .iter()
            .map(|figure| format!("{}={}", figure.id.trim_start_matches("d."), written(figure)))
            .collect();
        assert_eq!(found.join(" "), expected, "{row}");
    }
}

#[test]
fn durations_are_converted_to_the_first_input_s_unit() {
    let text = "kind = \"facts\"\n[a]\ntitle = \"A\"\nduration = 18\nunit = \"month\"\n[b]\ntitle = \"B\"\nduration = 1\nunit = \"year\"\n\
                [calc.d]\ntitle = \"D\"\ndifference = [\"d.a\", \"d.b\"]\n[calc.s]\ntitle = \"S\"\nshare = [\"d.b\", \"d.a\"]\n";
    let data = data(&[("d", text)]);
    assert_eq!((written(figure(&data, "d.d")), written(figure(&data, "d.s"))), ("6".into(), "66.7".into()));
    assert_eq!(figure(&data, "d.d").unit.to_string(), "a time in months");
}

#[test]
fn a_change_can_be_quoted_by_the_direction_that_it_has() {
    let data = data(&[("bands", BANDS), ("employer", EMPLOYER), ("sources", SOURCES)]);
    let found = |id: &str| data.figures.get(id).map(written);
    for (id, up, down) in [
        ("bands.l2-to-l3.total.step", Some("49.1"), None),
        ("bands.l2-to-l3.total.median-step", Some("49.0"), None),
        ("bands.l1.total.median-offset", None, Some("2500")),
        ("bands.l2.total.median-offset", None, None),
        ("employer.total-gap", Some("163000"), None),
        ("employer.total-change", Some("53.4"), None),
        ("employer.fall", None, Some("163000")),
        ("bands.l2.total.midpoint", None, None),
        ("bands.l2-to-l3.total.gap", None, None),
        ("employer.base-share", None, None),
    ] {
        assert_eq!(found(&format!("{id}.up")).as_deref(), up, "{id}");
        assert_eq!(found(&format!("{id}.down")).as_deref(), down, "{id}");
    }
}

#[test]
fn a_direction_is_quoted_as_its_figure_and_is_none_of_its_own() {
    let data = data(&[("bands", BANDS), ("employer", EMPLOYER), ("sources", SOURCES)]);
    let figures = &data.figures;
    let quoted = |id: &str| figures.quoted(id).map(|figure| &*figure.id);
    for side in ["", ".up", ".down"] {
        assert_eq!(quoted(&format!("employer.fall{side}")), Some("employer.fall"));
    }
    assert_eq!(quoted("employer.base-share.up"), None);
    assert_eq!(quoted("employer.fall.high"), None);
    assert_eq!(quoted("up"), None);
    assert!(figures.iter().all(|figure| !figure.id.ends_with(".up") && !figure.id.ends_with(".down")));
    assert!(figures.directed().is_sorted_by_key(|figure| &figure.id));
    assert_eq!(figure(&data, "employer.fall.down").record_id(), "employer.fall");
    assert_eq!(figure(&data, "employer.fall").record_id(), "employer.fall");
}

#[test]
fn rows_and_facts_may_be_called_up_and_down() {
    let facts = "kind = \"facts\"\n[up]\ntitle = \"U\"\ncount = 5\n[down]\ntitle = \"D\"\ncount = 3\n\
                 [calc.change]\ntitle = \"C\"\ndifference = [\"d.up\", \"d.down\"]\n";
    let bands = "kind = \"bands\"\ncurrency = \"EUR\"\n[measures.up]\ntitle = \"U\"\n[[row]]\nid = \"down\"\nup = [1, 2]\n\
                 [[row]]\nid = \"up\"\nup = [3, 4]\n";
    let data = data(&[("d", facts), ("b", bands)]);
    for (id, expected) in [
        ("d.up", "5"),
        ("d.down", "3"),
        ("d.change", "2"),
        ("d.change.up", "2"),
        ("b.down.up", "1..2"),
        ("b.up.up.high", "4"),
        ("b.down-to-up.up.step", "133.3"),
        ("b.down-to-up.up.step.up", "133.3"),
    ] {
        assert_eq!(written(figure(&data, id)), expected, "{id}");
    }
}

#[test]
fn a_sum_is_signed_if_it_says_so() {
    let text = |signed: &str| {
        format!(
            "kind = \"facts\"\n[a]\ntitle = \"A\"\ncount = 5\n[b]\ntitle = \"B\"\ncount = 3\n\
             [calc.d]\ntitle = \"D\"\ndifference = [\"d.b\", \"d.a\"]\n\
             [calc.s]\ntitle = \"S\"\nsum = [\"d.d\", \"d.d\"]\n{signed}"
        )
    };
    let down = |signed: &str| data(&[("d", &text(signed))]).figures.get("d.s.down").map(written);
    assert_eq!(down(""), None);
    assert_eq!(down("signed = true\n").as_deref(), Some("4"));
}

#[test]
fn the_difference_of_two_percentages_is_in_percentage_points() {
    let text = "kind = \"facts\"\n[a]\ntitle = \"A\"\npercent = 12\n[b]\ntitle = \"B\"\npercent = 10\n\
                [c]\ntitle = \"C\"\nnumber = 2.5\nunit = \"percentage points\"\n\
                [calc.d]\ntitle = \"D\"\ndifference = [\"d.a\", \"d.b\"]\n[calc.r]\ntitle = \"R\"\nchange = [\"d.b\", \"d.a\"]\n";
    let data = data(&[("d", text)]);
    for (id, unit) in [("d.d", Unit::Points), ("d.c", Unit::Points), ("d.r", Unit::Percent), ("d.a", Unit::Percent)] {
        assert_eq!(figure(&data, id).unit, unit, "{id}");
    }
}
