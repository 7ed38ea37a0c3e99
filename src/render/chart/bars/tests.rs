//! The geometry of bars: panels, marks, text, and what is left when little is stated.

use super::*;

fn number(value: i64) -> Number {
    Number::from_integer(value)
}

fn value(text: &str) -> ValueView {
    ValueView { figure: Some(format!("set.{text}")), text: text.into(), ..ValueView::default() }
}

/// A row from low to high; nothing stated where there are no ends.
fn entry(name: &str, ends: Option<(i64, i64)>) -> Entry {
    let ends = ends.map(|(low, high)| (number(low), number(high)));
    Entry {
        name: name.into(), sides: vec![Side { value: value("1–2"), ends, ..Side::default() }], ..Entry::default()
    }
}

fn with_sheet<T>(start: Start, reach: bool, see: impl FnOnce(&Sheet<'_>) -> T) -> T {
    let write = |tick: &Number| tick.to_string();
    see(&Sheet {
        width: text::NARROW,
        start,
        unit: &Unit::NUMBER,
        reach,
        own_scale: "Own",
        not_zero: "Not zero",
        write: &write,
    })
}

fn draw(entries: &[Entry], start: Start) -> (Vec<PanelView>, u32) {
    with_sheet(start, false, |sheet| sheet.panels(&groups(entries), 0))
}

#[test]
fn a_row_that_dwarfs_the_others_gets_a_panel_of_its_own() {
    let check = |highs: &[i64], expected: &[usize]| {
        let entries: Vec<Entry> = highs.iter().map(|high| entry("a", Some((*high / 2, *high)))).collect();
        assert_eq!(groups(&entries).iter().map(Vec::len).collect::<Vec<_>>(), expected, "{highs:?}");
    };
    check(&[], &[0]);
    check(&[9], &[1]);
    check(&[1, 900], &[2]);
    check(&[290, 360, 500, 735, 920, 2100], &[5, 1]);
    check(&[290, 2100, 500], &[2, 1]);
    check(&[290, 360, 719], &[3]);
    check(&[290, 360, 720], &[2, 1]);
    check(&[290, 2100, 2100], &[3]);
    check(&[0, 0, 10], &[3]);
    check(&[-1, -2, -900], &[2, 1]);
    check(&[0, 0, 0], &[3]);
}

#[test]
fn bars_lie_on_the_scale_in_hundredths_of_a_percent() {
    let check = |low, high, from, width| {
        let (panels, _) = draw(&[entry("a", Some((low, high))), entry("b", Some((0, 300)))], Start::Zero);
        let bar = panels[0].rows[0].bar.clone().unwrap();
        assert_eq!((bar.from.0, bar.width.0), (from, width), "{low} to {high}");
        assert_eq!(bar.to.0, from + width);
    };
    check(0, 300, 0, 10_000);
    check(100, 200, 3333, 3334);
    check(299, 300, 9967, 33);
}

#[test]
fn a_value_without_a_width_is_a_point_and_one_unstated_has_no_mark() {
    let (panels, _) = draw(&[entry("a", Some((50, 50))), entry("b", None), entry("c", Some((0, 100)))], Start::Zero);
    let [point, unstated, bar] = &panels[0].rows[..] else { panic!("three rows") };
    assert_eq!(point.points, [PointView { x: Position(5000), y: 29, second: false }]);
    assert_eq!((point.bar.is_none(), bar.bar.is_some(), bar.points.is_empty()), (true, true, true));
    assert_eq!((unstated.bar.is_none(), unstated.points.is_empty(), unstated.values.len()), (true, true, 1));
}

#[test]
fn rows_of_which_nothing_is_stated_have_no_scale() {
    let (panels, height) = draw(&[entry("a", None), entry("b", None)], Start::Zero);
    assert!(panels[0].ticks.is_empty());
    assert!(height > 0);
    let (panels, _) = draw(&[], Start::Zero);
    assert!(panels[0].rows.is_empty() && panels[0].ticks.is_empty());
}

#[test]
fn values_around_zero_reach_from_it_to_both_sides() {
    let entries = [entry("loss", Some((-50, -50))), entry("gain", Some((50, 50)))];
    let (panels, _) = with_sheet(Start::Zero, true, |sheet| sheet.panels(&groups(&entries), 0));
    let reaches: Vec<(i32, i32)> =
        panels[0].rows.iter().filter_map(|row| row.reach.as_ref()).map(|reach| (reach.from.0, reach.to.0)).collect();
    let zero = panels[0].ticks.iter().find(|tick| tick.text == "0").unwrap().x.0;
    assert_eq!(reaches, [(panels[0].rows[0].points[0].x.0, zero), (zero, panels[0].rows[1].points[0].x.0)]);
    assert!(reaches[0].0 < zero && zero < reaches[1].1);
}

#[test]
fn a_median_is_marked_only_where_there_is_a_bar() {
    let mut with = entry("a", Some((0, 100)));
    with.median = Some(number(40));
    let mut point = entry("b", Some((50, 50)));
    point.median = Some(number(50));
    let (panels, _) = draw(&[with, point, entry("c", Some((20, 90)))], Start::Zero);
    let medians: Vec<Option<i32>> =
        panels[0].rows.iter().map(|row| row.median.as_ref().map(|median| median.x.0)).collect();
    assert_eq!(medians, [Some(4000), None, None]);
}

#[test]
fn what_rows_share_and_what_lies_between_them_is_framed_at_both_bars() {
    let joint = |kind| Some(Joint { kind, value: value("10") });
    let mut entries = [entry("a", Some((0, 60))), entry("b", Some((40, 70))), entry("c", Some((80, 100)))];
    entries[0].joint = joint("overlap");
    entries[1].joint = joint("gap");
    // Nothing comes after the last.
    entries[2].joint = joint("gap");
    let (panels, _) = with_sheet(Start::Zero, false, |sheet| sheet.panels(&[entries.iter().collect()], 0));
    let rows = &panels[0].rows;
    let joints: Vec<_> = rows.iter().filter_map(|row| row.joint.as_ref()).collect();
    let areas: Vec<_> = joints.iter().map(|joint| (joint.kind, joint.frames[0].from.0, joint.frames[0].to.0)).collect();
    assert_eq!(areas, [("overlap", 4000, 6000), ("gap", 7000, 8000)]);
    for (at, joint) in joints.iter().enumerate() {
        let (first, second) = (rows[at].bar.as_ref().unwrap(), rows[at + 1].bar.as_ref().unwrap());
        for (frame, bar) in joint.frames.iter().zip([first, second]) {
            assert_eq!((frame.y + FRAME, frame.height), (bar.y, bar.height + 2 * FRAME));
        }
        let name = rows[at + 1].lines[0].y;
        assert!(first.y + first.height < joint.value.y && joint.value.y + 13 < name, "the words stand between");
        assert!(name + FRAME < joint.frames[1].y, "no frame crosses a name");
    }
}

#[test]
fn words_of_a_joint_stay_inside_the_drawing() {
    let check = |from, to, x, anchor| {
        let mut entries = [entry("a", Some((0, to))), entry("b", Some((from, 100)))];
        entries[0].joint = Some(Joint { kind: "overlap", value: value("10") });
        let (panels, _) = with_sheet(Start::Zero, false, |sheet| sheet.panels(&[entries.iter().collect()], 0));
        let joint = panels[0].rows[0].joint.as_ref().unwrap();
        assert_eq!((joint.value.x, joint.value.anchor), (Across::Share(Position(x)), anchor), "{from} to {to}");
    };
    check(10, 20, 1000, None);
    check(40, 60, 5000, Some("middle"));
    check(80, 90, 9000, Some("end"));
}

#[test]
fn a_hundred_rows_stand_below_each_other() {
    let entries: Vec<Entry> = (0..100).map(|at| entry("row", Some((at, at + 10)))).collect();
    let (panels, height) = draw(&entries, Start::Fitting);
    let tops: Vec<u32> = panels[0].rows.iter().map(|row| row.bar.as_ref().unwrap().y).collect();
    assert_eq!(tops.len(), 100);
    assert!(tops.windows(2).all(|pair| pair[0] + BAR + LINE < pair[1]));
    assert!(tops[99] + BAR < panels[0].bottom && panels[0].bottom < height);
}

#[test]
fn a_long_name_breaks_beside_its_value_and_pushes_its_bar_down() {
    let (panels, _) = draw(&[entry("a", Some((1, 2)))], Start::Zero);
    let (long, _) = draw(&[entry(&"word ".repeat(30), Some((1, 2)))], Start::Zero);
    let lines = &long[0].rows[0].lines;
    assert!(lines.len() > 2, "{lines:?}");
    assert!(lines.iter().all(|line| width(&line.text, NAME) <= text::NARROW));
    assert!(width(&lines[0].text, NAME) + value_width(&long[0].rows[0].values[0]) <= text::NARROW);
    let bar = |panels: &[PanelView]| panels[0].rows[0].bar.as_ref().unwrap().y;
    assert_eq!(bar(&long), bar(&panels) + LINE * (u32::try_from(lines.len()).unwrap() - 1));
}

#[test]
fn a_pair_has_a_line_and_a_sign_for_each_value() {
    let side = |name: &str, at| Side {
        name: name.into(),
        note: Some("note".into()),
        value: value("1"),
        ends: Some((number(at), number(at))),
    };
    let pair = Entry { name: "Pay".into(), sides: vec![side("One", 100), side("Other", 20)], ..Entry::default() };
    let (panels, _) = draw(&[pair], Start::Zero);
    let row = &panels[0].rows[0];
    let lines: Vec<(&str, &str)> = row.lines.iter().map(|line| (line.kind, &*line.text)).collect();
    assert_eq!(lines, [("head", "Pay"), ("name", "One"), ("note", "note"), ("name", "Other"), ("note", "note")]);
    assert_eq!(row.signs.iter().map(|sign| sign.second).collect::<Vec<_>>(), [false, true]);
    let points: Vec<(i32, bool)> = row.points.iter().map(|point| (point.x.0, point.second)).collect();
    assert_eq!(points, [(10_000, false), (2000, true)]);
    let reach = row.reach.as_ref().unwrap();
    assert_eq!((reach.from.0, reach.to.0), (2000, 10_000));
}

#[test]
fn labels_of_a_scale_never_touch() {
    let check = |most: i64, long: bool| {
        let write = |tick: &Number| if long { format!("{tick} kilograms") } else { tick.to_string() };
        let sheet = Sheet {
            width: text::SMALL,
            start: Start::Zero,
            unit: &Unit::NUMBER,
            reach: false,
            own_scale: "",
            not_zero: "",
            write: &write,
        };
        sheet.scale(&[number(most)]).unwrap().ticks().len()
    };
    assert_eq!(check(5, false), 6);
    assert_eq!(check(5_000_000, false), 3);
    assert_eq!(check(5, true), 2);
    assert_eq!(check(5_000_000, true), 2);
}

#[test]
fn a_second_scale_begins_at_zero_where_the_first_does() {
    let rows = [(10, 90), (20, 95), (1100, 2100)].map(|ends| entry("a", Some(ends)));
    let (panels, _) = draw(&rows, Start::Fitting);
    assert_eq!(panels.iter().map(|panel| &*panel.ticks[0].text).collect::<Vec<_>>(), ["0", "0"]);
    assert_eq!(panels[1].heading[0].text, "Own");
}

#[test]
fn a_scale_without_zero_says_so_below_its_labels() {
    let check = |low, high, expected: &[&str]| {
        let (panels, height) = draw(&[entry("a", Some((low, high)))], Start::Lowest);
        let foot: Vec<&str> = panels[0].foot.iter().map(|line| &*line.text).collect();
        assert_eq!(foot, expected, "{low} to {high}");
        assert!(panels[0].foot.iter().all(|line| panels[0].label_y < line.y && line.y < height));
    };
    check(200, 300, &["Not zero"]);
    check(-300, -200, &["Not zero"]);
    check(-20, 30, &[]);
    check(0, 30, &[]);
}
