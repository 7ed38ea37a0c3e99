//! Every number of a table and of some facts, worked out by hand.

mod directions;

use crate::data::amount::{Amount, Bound};
use crate::data::figure::{Aspect, Figure};
use crate::data::number::Number;
use crate::data::record::Confidence;
use crate::data::unit::Unit;
use crate::data::{Data, read};
use crate::diagnostic::{Diagnostic, Source};

const BANDS: &str = r#"unit = "USD/year"
as_of = "2026-Q1"
sources = ["fee-page"]
confidence = "medium"
ordered = true
derive = ["midpoint", "spread", "width", "median-offset", "step", "median-step", "overlap", "gap"]
[columns]
code = { title = "Code", type = "text" }
title = { title = "Title", type = "text" }
base = { title = "Base" }
extra = { title = "Extra" }
volume = { title = "Volume" }
total = { title = "Total" }
cash = { title = "Cash", formula = "base + extra", derive = ["midpoint"] }
parts = { title = "Parts", formula = "base + extra + volume" }
extra-at-low = { title = "Extra of base", unit = "%", formula = "extra.low / base.low" }
volume-at-high = { title = "Volume of the parts", unit = "%", formula = "volume.high / parts.high" }
[[row]]
id = "l1"
code = "L1"
title = "Junior"
base = [115_000, 155_000]
extra = [11_000, 19_000]
volume = [25_000, 90_000]
total = { range = [155_000, 290_000], median = 220_000 }
[[row]]
id = "l2"
code = "L2"
title = "Middle"
base = [145_000, 190_000]
extra = [22_000, 30_000]
volume = [45_000, 130_000]
total = { range = [220_000, 360_000], median = 290_000 }
[[row]]
id = "l3"
code = "L3"
title = "Senior"
base = [180_000, 225_000]
extra = [36_000, 45_000]
volume = [140_000, 230_000]
total = { range = [365_000, 500_000], median = 432_000 }
[[row]]
id = "l4"
code = "L4"
title = "Staff"
base = [210_000, 245_000]
extra = [52_000, 62_000]
volume = [230_000, 430_000]
total = { range = [495_000, 735_000], median = 615_000 }
[[row]]
id = "l5"
code = "L5"
title = "Principal"
base = [240_000, 290_000]
extra = [72_000, 87_000]
volume = [300_000, 530_000]
total = [625_000, 920_000]
[[row]]
id = "l6"
code = "L6"
title = "Fellow"
confidence = "low"
confidence_reason = "Printed to the nearest hundred thousand."
base = [315_000, 400_000]
extra = [125_000, 200_000]
volume = [750_000, 1_500_000]
total = { range = [1_100_000, 2_100_000], precision = 100_000 }
"#;

const PROVIDER: &str = r#"kind = "facts"
unit = "USD/year"
subject = "Product Manager"
badge = "one post"
sources = ["post"]
confidence = "very-low"
confidence_reason = "One post."
[pm-total]
title = "Product, total"
value = 468_000
[program-total]
title = "Program, total"
subject = "Program Manager"
value = 305_000
[pm-base]
title = "Product, base"
value = 250_000
[raise]
title = "Rise"
value = 30_000
[claim]
title = "Claim"
value = 500_000
bound = "over"
[rest-share]
title = "Rest of the total"
unit = "%"
formula = "pm-rest / pm-total"
[pm-rest]
title = "Product, rest"
formula = "pm-total - pm-base"
[total-gap]
title = "Gap"
formula = "difference(program-total, pm-total)"
compare = true
[total-change]
title = "Higher by"
unit = "%"
formula = "change(program-total, pm-total)"
compare = true
[fall]
title = "The other way round"
formula = "difference(pm-total, program-total)"
compare = true
[after-raise]
title = "With the rise"
formula = "pm-total + raise"
[shortfall]
title = "Short by"
formula = "claim - after-raise"
[needed]
title = "Needed, signed"
formula = "claim - pm-total"
signed = true
"#;

const SOURCES: &str = "kind = \"sources\"\n[fee-page]\ntitle = \"Fee\"\n[post]\ntitle = \"Post\"\n";

#[track_caller]
fn data(files: &[(&str, &str)]) -> Data {
    let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(format!("{name}.toml"), *text)).collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let data = read(&sources, &[], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    data
}

fn all() -> Data {
    data(&[("bands", BANDS), ("provider", PROVIDER), ("sources", SOURCES)])
}

#[track_caller]
fn figure<'a>(data: &'a Data, id: &str) -> &'a Figure {
    data.figures.get(id).unwrap_or_else(|| panic!("no {id}"))
}

/// A value as the tests write it: to one decimal, ranges with two points.
fn written(figure: &Figure) -> String {
    let one = |number: &Number| number.rounded(1).to_plain_string();
    match &figure.amount {
        Amount::One(value) => one(value),
        Amount::Range(low, high) => format!("{}..{}", one(low), one(high)),
        Amount::From(low) => format!("{}..", one(low)),
        Amount::To(high) => format!("..{}", one(high)),
        Amount::Tolerance { value, plus, minus } => format!("{}+{}-{}", one(value), one(plus), one(minus)),
        Amount::Unstated => "unstated".into(),
        Amount::Text(text) => format!("\"{text}\""),
        Amount::Date(date) => date.to_string(),
    }
}

/// One figure's side in each of the six rows; nothing where there must be no figure.
#[track_caller]
fn each_row(data: &Data, side: &str, expected: [&str; 6]) {
    for (row, expected) in ["l1", "l2", "l3", "l4", "l5", "l6"].into_iter().zip(expected) {
        let id = format!("bands.{row}.{side}");
        assert_eq!(data.figures.get(&id).map(written).unwrap_or_default(), expected, "{id}");
    }
}

#[test]
fn each_row_has_the_sides_worked_out_by_hand() {
    let data = all();
    each_row(&data, "total.median", ["220000", "290000", "432000", "615000", "unstated", "unstated"]);
    each_row(&data, "total.midpoint", ["222500", "290000", "432500", "615000", "772500", "1600000"]);
    each_row(&data, "total.median-offset", ["-2500", "0", "-500", "0", "unstated", "unstated"]);
    each_row(&data, "total.spread", ["87.1", "63.6", "37", "48.5", "47.2", "90.9"]);
    each_row(&data, "total.width", ["135000", "140000", "135000", "240000", "295000", "1000000"]);
    each_row(&data, "parts.low", ["151000", "212000", "356000", "492000", "612000", "1190000"]);
    each_row(&data, "parts.high", ["264000", "350000", "500000", "737000", "907000", "2100000"]);
    each_row(&data, "parts.midpoint", ["", "", "", "", "", ""]);
    each_row(&data, "extra-at-low", ["9.6", "15.2", "20", "24.8", "30", "39.7"]);
    each_row(&data, "volume-at-high", ["34.1", "37.1", "46", "58.3", "58.4", "71.4"]);
    each_row(&data, "base.spread", ["34.8", "31", "25", "16.7", "20.8", "27"]);
    each_row(&data, "base.median", ["", "", "", "", "", ""]);
    let cash =
        ["126000..174000", "167000..220000", "216000..270000", "262000..307000", "312000..377000", "440000..600000"];
    each_row(&data, "cash", cash);
    each_row(&data, "cash.low", ["126000", "167000", "216000", "262000", "312000", "440000"]);
    each_row(&data, "cash.midpoint", ["150000", "193500", "243000", "284500", "344500", "520000"]);
    each_row(&data, "cash.width", ["", "", "", "", "", ""]);
    each_row(&data, "title", ["", "", "", "", "", ""]);
}

#[test]
fn neighbors_overlap_or_leave_a_gap() {
    let data = all();
    for (pair, total, step, median_step, base) in [
        ("l1-to-l2", ("overlap", "70000"), "30.3", "31.8", ("overlap", "10000")),
        ("l2-to-l3", ("gap", "5000"), "49.1", "49", ("overlap", "10000")),
        ("l3-to-l4", ("overlap", "5000"), "42.2", "42.4", ("overlap", "15000")),
        ("l4-to-l5", ("overlap", "110000"), "25.6", "unstated", ("overlap", "5000")),
        ("l5-to-l6", ("gap", "180000"), "107.1", "unstated", ("gap", "25000")),
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
    assert_eq!(step.aspect, Aspect::Step);
}

#[test]
fn facts_are_worked_out_in_any_order_of_the_file() {
    let data = all();
    for (id, expected) in [
        ("rest-share", "46.6"),
        ("pm-rest", "218000"),
        ("total-gap", "163000"),
        ("total-change", "53.4"),
        ("fall", "-163000"),
        ("after-raise", "498000"),
        ("shortfall", "2000"),
        ("needed", "32000"),
    ] {
        assert_eq!(written(figure(&data, &format!("provider.{id}"))), expected, "{id}");
    }
    assert_eq!(figure(&data, "provider.claim").bound, Some(Bound::Over));
    assert_eq!(figure(&data, "provider.shortfall").bound, Some(Bound::Over));
    assert_eq!(figure(&data, "provider.after-raise").bound, None);
}

#[test]
fn a_figure_says_what_it_is_calculated_from() {
    let data = all();
    for (id, formula, inputs) in [
        ("bands.l3.total.midpoint", "({0} + {1}) / 2", "bands.l3.total.low bands.l3.total.high"),
        ("bands.l3.total.spread", "({1} − {0}) / {0}", "bands.l3.total.low bands.l3.total.high"),
        ("bands.l3.parts", "{0} + {1} + {2}", "bands.l3.base bands.l3.extra bands.l3.volume"),
        ("bands.l3.cash", "{0} + {1}", "bands.l3.base bands.l3.extra"),
        ("bands.l3.volume-at-high", "{0} / {1}", "bands.l3.volume.high bands.l3.parts.high"),
        ("bands.l2-to-l3.total.gap", "{0} − {1}", "bands.l3.total.low bands.l2.total.high"),
        ("bands.l1-to-l2.total.overlap", "{0} − {1}", "bands.l1.total.high bands.l2.total.low"),
        ("bands.l1-to-l2.total.step", "({1} − {0}) / {0}", "bands.l1.total.midpoint bands.l2.total.midpoint"),
        ("provider.total-change", "({1} − {0}) / {0}", "provider.program-total provider.pm-total"),
    ] {
        let inputs_of = figure(&data, id).inputs.as_ref().expect(id);
        let mut ids: Vec<&str> = inputs_of.ids.iter().map(|id| &**id).collect();
        let named = |text: &str| {
            ids.iter().enumerate().fold(text.to_owned(), |text, (at, id)| text.replace(&format!("{{{at}}}"), id))
        };
        let expected = inputs
            .split(' ')
            .enumerate()
            .fold(formula.to_owned(), |text, (at, id)| text.replace(&format!("{{{at}}}"), id));
        assert_eq!(named(&inputs_of.formula), expected, "{id}");
        ids.retain(|input| data.figures.get(input).is_none());
        assert!(ids.is_empty(), "{id}: {ids:?}");
    }
    for id in ["bands.l3.total", "bands.l3.total.low", "bands.l3.total.median", "provider.pm-total"] {
        assert!(figure(&data, id).inputs.is_none(), "{id}");
    }
}

#[test]
fn records_are_inherited_and_merged() {
    let data = all();
    let confidence = |id: &str| figure(&data, id).record.confidence;
    assert_eq!(confidence("bands.l3.total.low"), Some(Confidence::Medium));
    assert_eq!(confidence("bands.l6.extra.low"), Some(Confidence::Low));
    assert_eq!(confidence("bands.l6.cash"), Some(Confidence::Low));
    assert_eq!(confidence("bands.l5-to-l6.total.gap"), Some(Confidence::Low));
    assert!(figure(&data, "bands.l5-to-l6.total.gap").record.confidence_reason.is_some());
    assert!(figure(&data, "bands.l5.total").record.confidence_reason.is_none());
    assert_eq!(figure(&data, "bands.l6.total").precision, Some(Number::from_integer(100_000)));
    assert_eq!(figure(&data, "bands.l6.total.low").precision, Some(Number::from_integer(100_000)));
    assert_eq!(figure(&data, "bands.l6.total.midpoint").precision, None);
    let gap = figure(&data, "provider.total-gap");
    assert_eq!(gap.record.badge.as_ref().map(|badge| &*badge.text), Some("one post"));
    assert_eq!(gap.record.sources.len(), 1);
    let subject = |id: &str| figure(&data, id).record.subject.as_ref().map(|subject| subject.text.to_string());
    assert_eq!(subject("provider.pm-rest").as_deref(), Some("Product Manager"));
    assert_eq!(subject("provider.total-gap"), None, "the two differ");
}

#[test]
fn a_figure_is_where_its_value_is_typed() {
    let data = all();
    for (id, text) in [
        ("bands.l3.base", "[180_000, 225_000]"),
        ("bands.l3.base.high", "225_000"),
        ("bands.l3.total", "[365_000, 500_000]"),
        ("bands.l3.total.median", "432_000"),
        ("bands.l3.total.midpoint", "[365_000, 500_000]"),
        ("bands.l6.total.low", "1_100_000"),
        ("bands.l5.total.median", "[625_000, 920_000]"),
        ("bands.l3.cash", "base + extra"),
        ("provider.claim", "500_000"),
        ("provider.pm-rest", "pm-total - pm-base"),
    ] {
        assert_eq!(figure(&data, id).place.text(), text, "{id}");
    }
}

#[test]
fn rows_are_called_by_their_code_and_title() {
    let data = all();
    let row = &figure(&data, "bands.l3.total").rows[0];
    let text = |text: &Option<crate::document::Text>| text.as_ref().map(|text| text.text.to_string());
    assert_eq!((text(&row.code).as_deref(), text(&row.title).as_deref()), (Some("L3"), Some("Senior")));
    let fact = figure(&data, "provider.claim");
    assert_eq!((text(&fact.rows[0].title).as_deref(), fact.measure.is_none()), (Some("Claim"), true));
}

#[test]
fn a_row_of_several_keys_is_called_by_all_of_them() {
    let name = |head: &str, row: &str| {
        let keys = "keys = { title = \"Keys\", type = \"text\" }";
        let text = format!(
            "key = [\"region\", \"year\"]\n[columns]\n{head}\nyear = {{ title = \"Year\" }}\nhour = {{ title = \"An hour\" }}\n[[row]]\n{row}\nyear = 2018\nhour = 1\n"
        );
        let text = text.replace("KEYS", keys);
        let data = data(&[("prices", &text)]);
        let row = &data.figures.get("prices.japan.2018.hour").expect("a figure").rows[0];
        (row.code.is_none(), row.title.as_ref().map(|title| title.text.to_string()).unwrap_or_default())
    };
    let region = "region = { title = \"Region\", type = \"text\" }";
    let named = |words: &str| (true, words.to_owned());
    assert_eq!(name(region, "region = \"Japan\""), named("Japan, 2018"));
    let title = format!("title = {{ title = \"Title\", type = \"text\" }}\n{region}");
    assert_eq!(name(&title, "title = \"Tokyo\"\nregion = \"Japan\""), named("Tokyo, Japan, 2018"));
    let coded = format!("code = {{ title = \"Code\", type = \"text\" }}\n{title}");
    assert_eq!(name(&coded, "code = \"T\"\ntitle = \"Tokyo\"\nregion = \"Japan\""), named("T Tokyo, Japan, 2018"));
    let choice = "region = { title = \"Region\", type = \"choice\", values = [\"Japan\"] }";
    assert_eq!(name(choice, "region = \"Japan\""), named("Japan, 2018"));
}

#[test]
fn what_is_unstated_or_single_makes_no_more_than_it_can() {
    let text = |row: &str| {
        format!(
            "derive = [\"midpoint\", \"width\", \"spread\"]\n[columns]\na = {{ title = \"A\" }}\nb = {{ title = \"B\", words = [\"none\"] }}\n\
             s = {{ title = \"S\", formula = \"a + b\", derive = [\"width\"] }}\nr = {{ title = \"R\", unit = \"%\", formula = \"a / b.low\" }}\n\
             [[row]]\nid = \"x\"\n{row}"
        )
    };
    for (row, expected) in [
        ("a = 1\nb = 2", "a=1 b=2 r=50 s=3"),
        ("a = 1\nb = \"unstated\"", "a=1 b=unstated r=unstated s=unstated"),
        ("a = 1\nb = \"none\"", "a=1 b=\"none\" r=\"none\" s=\"none\""),
        (
            "a = 0.5\nb = [0, 1]",
            "a=0.5 b=0..1 b.high=1 b.low=0 b.midpoint=0.5 b.spread=unstated b.width=1 r=unstated s=0.5..1.5 s.high=1.5 s.low=0.5 s.width=1",
        ),
        (
            "a = 1\nb = [2, \"open\"]",
            "a=1 b=2.. b.low=2 b.midpoint=unstated b.spread=unstated b.width=unstated r=50 s=3.. s.low=3 s.width=unstated",
        ),
        (
            "a = { value = 5, plus = 1, minus = 2 }\nb = 4",
            "a=5+1-2 a.high=6 a.low=3 a.minus=2 a.plus=1 a.range=3..6 b=4 r=125 s=9",
        ),
    ] {
        let data = data(&[("d", &text(row))]);
        let found: Vec<String> = data
            .figures
            .iter()
            .map(|figure| format!("{}={}", figure.id.trim_start_matches("d.x."), written(figure)))
            .collect();
        assert_eq!(found.join(" "), expected, "{row}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    let text = "kind = \"facts\"\n[a]\ntitle = \"A\"\nvalue = \"unstated\"\n[b]\ntitle = \"B\"\nformula = \"a + 1\"\n\
                [c]\ntitle = \"C\"\nformula = \"1 / b\"\n[z]\ntitle = \"Z\"\nvalue = 0\n[q]\ntitle = \"Q\"\nformula = \"1 / z\"\n";
    let data = data(&[("d", text)]);
    let gap = |id: &str| figure(&data, id).gap.as_ref().map(|gap| gap.to_string()).unwrap_or_default();
    assert_eq!(gap("d.a"), "");
    assert_eq!(gap("d.b"), "`d.a` is not stated");
    assert_eq!(gap("d.c"), "`d.b` needs `d.a`, which is not stated");
    assert_eq!(gap("d.q"), "`d.z` is zero");
}

#[test]
fn rows_of_several_keys_follow_each_other_along_one() {
    let table = "key = [\"place\", \"year\"]\nordered = \"year\"\nderive = [\"step\"]\n[columns]\nplace = { title = \"P\", type = \"text\" }\n\
                 year = { title = \"Y\", type = \"date\" }\nn = { title = \"N\" }\n";
    let row = |place: &str, year: u32, n: u32| format!("[[row]]\nplace = \"{place}\"\nyear = {year}\nn = {n}\n");
    let text =
        format!("{table}{}{}{}{}", row("A", 2023, 100), row("B", 2023, 10), row("A", 2024, 150), row("B", 2024, 5));
    let data = data(&[("d", &text)]);
    let steps: Vec<String> = data
        .figures
        .iter()
        .filter(|figure| figure.aspect == Aspect::Step)
        .map(|figure| format!("{}={}", figure.id, written(figure)))
        .collect();
    assert_eq!(steps, ["d.a.2023-to-2024.n.step=50", "d.b.2023-to-2024.n.step=-50"]);
}

#[test]
fn an_end_of_a_bounded_range_keeps_what_holds_for_it() {
    let bound = |word: &str, id: &str| {
        let text = format!(
            "kind = \"facts\"\n[a]\ntitle = \"A\"\nvalue = {{ range = [1, 3], median = 2, bound = \"{word}\" }}\n"
        );
        figure(&data(&[("d", &text)]), id).bound
    };
    assert_eq!(bound("up-to", "d.a"), Some(Bound::UpTo));
    assert_eq!(bound("up-to", "d.a.high"), Some(Bound::UpTo));
    assert_eq!((bound("up-to", "d.a.low"), bound("up-to", "d.a.median")), (None, None));
    assert_eq!((bound("about", "d.a.low"), bound("about", "d.a.high")), (Some(Bound::About), Some(Bound::About)));
}

#[test]
fn the_difference_of_two_percentages_is_in_percentage_points() {
    let text = "kind = \"facts\"\nunit = \"%\"\n[a]\ntitle = \"A\"\nvalue = 12\n[b]\ntitle = \"B\"\nvalue = 10\n\
                [c]\ntitle = \"C\"\nunit = \"percentage points\"\nvalue = 2.5\n\
                [d]\ntitle = \"D\"\nunit = \"percentage points\"\nformula = \"a - b\"\n[r]\ntitle = \"R\"\nformula = \"change(b, a)\"\n";
    let data = data(&[("d", text)]);
    for (id, unit, value) in [
        ("d.d", Unit::POINTS, "2"),
        ("d.c", Unit::POINTS, "2.5"),
        ("d.r", Unit::PERCENT, "20"),
        ("d.a", Unit::PERCENT, "12"),
    ] {
        assert_eq!((&figure(&data, id).unit, &*written(figure(&data, id))), (&unit, value), "{id}");
    }
}

#[test]
fn each_row_has_its_own_unit() {
    let text = "[columns]\nin = { title = \"In\", type = \"text\" }\na = { title = \"A\", unit = \"{in}/hour\" }\n\
                [[row]]\nid = \"x\"\nin = \"USD\"\na = 1\n[[row]]\nid = \"y\"\nin = \"EUR\"\na = 2\n";
    let data = data(&[("d", text)]);
    assert_eq!(figure(&data, "d.x.a").unit.to_string(), "USD/hour");
    assert_eq!(figure(&data, "d.y.a").unit.to_string(), "EUR/hour");
}
