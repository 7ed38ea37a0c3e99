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

fn with_sheet<T>(start: Start, kind: PlotKind, see: impl FnOnce(&Sheet<'_>) -> T) -> T {
    let write = |tick: &Number| tick.to_string();
    see(&Sheet { width: text::NARROW, start, unit: &Unit::NUMBER, kind, not_zero: "Not zero", write: &write })
}

fn draw_as(kind: PlotKind, entries: &[Entry], start: Start) -> (PanelView, u32) {
    with_sheet(start, kind, |sheet| {
        let mut height = 0;
        let panel = sheet.panel(entries, sheet.scale(&values(entries)).as_ref(), &mut height);
        (panel, height)
    })
}

fn draw(entries: &[Entry], start: Start) -> (PanelView, u32) {
    draw_as(PlotKind::Range, entries, start)
}

fn share(x: Across) -> i32 {
    match x {
        Across::Share(position) => position.0,
        Across::Pixels(pixels) => panic!("{pixels} pixels"),
    }
}

#[test]
fn bars_lie_on_the_scale_in_hundredths_of_a_percent() {
    let check = |low, high, from, width| {
        let (panel, _) = draw(&[entry("a", Some((low, high))), entry("b", Some((0, 300)))], Start::Zero);
        let bar = panel.rows[0].bars[0].clone();
        assert_eq!((bar.from.0, bar.width.0), (from, width), "{low} to {high}");
        assert_eq!(bar.to.0, from + width);
    };
    check(0, 300, 0, 10_000);
    check(100, 200, 3333, 3334);
    check(299, 300, 9967, 33);
}

#[test]
fn a_value_without_a_width_is_a_point_and_one_unstated_has_no_mark() {
    let (panel, _) = draw(&[entry("a", Some((50, 50))), entry("b", None), entry("c", Some((0, 100)))], Start::Zero);
    let [point, unstated, bar] = &panel.rows[..] else { panic!("three rows") };
    assert_eq!(point.points, [PointView { x: Across::Share(Position(5000)), y: 29, series: 0 }]);
    assert_eq!((point.bars.is_empty(), bar.bars.len() == 1, bar.points.is_empty()), (true, true, true));
    assert_eq!((unstated.bars.is_empty(), unstated.points.is_empty(), unstated.values.len()), (true, true, 1));
}

#[test]
fn an_open_range_goes_to_the_edge_and_is_no_point() {
    let mut entries = [entry("a", Some((40, 40))), entry("b", Some((60, 60))), entry("c", Some((0, 100)))];
    entries[0].sides[0].open = Some(OpenEnd::Low);
    entries[1].sides[0].open = Some(OpenEnd::High);
    let (panel, _) = draw(&entries, Start::Zero);
    let arrow = |row: usize| {
        panel.rows[row].arrows.iter().map(|arrow| (arrow.from.0, arrow.to.0, arrow.back)).collect::<Vec<_>>()
    };
    assert_eq!((arrow(0), arrow(1), arrow(2)), (vec![(4000, 0, true)], vec![(6000, 10_000, false)], vec![]));
    assert!(panel.rows.iter().all(|row| row.points.is_empty()));
    // Where the end that it has would be the edge, the scale goes on.
    let mut alone = [entry("a", Some((100, 100)))];
    alone[0].sides[0].open = Some(OpenEnd::High);
    let (panel, _) = draw(&alone, Start::Zero);
    assert!(panel.rows[0].arrows[0].from.0 < 10_000);
}

#[test]
fn rows_of_which_nothing_is_stated_have_no_scale() {
    let (panel, height) = draw(&[entry("a", None), entry("b", None)], Start::Zero);
    assert!(panel.ticks.is_empty());
    assert!(height > 0);
    let (panel, _) = draw(&[], Start::Zero);
    assert!(panel.rows.is_empty() && panel.ticks.is_empty());
}

#[test]
fn values_around_zero_reach_from_it_to_both_sides() {
    let entries = [entry("loss", Some((-50, -50))), entry("gain", Some((50, 50)))];
    let (panel, _) = draw_as(PlotKind::Bar, &entries, Start::Zero);
    let bars: Vec<(i32, i32)> = panel.rows.iter().map(|row| (row.bars[0].from.0, row.bars[0].to.0)).collect();
    assert_eq!((bars, panel.zero), (vec![(0, 5000), (5000, 10_000)], Some(Position(5000))));
    let (panel, _) = draw_as(PlotKind::Timeline, &[entry("a", Some((50, 100)))], Start::Zero);
    assert_eq!(panel.rows[0].reaches.iter().map(|reach| (reach.from.0, reach.to.0)).collect::<Vec<_>>(), [(0, 5000)]);
    assert_eq!(panel.zero, None);
}

#[test]
fn a_median_is_marked_only_where_there_is_a_bar() {
    let mut with = entry("a", Some((0, 100)));
    with.sides[0].median = Some((number(40), "40".into()));
    let mut point = entry("b", Some((50, 50)));
    point.sides[0].median = Some((number(50), "50".into()));
    let (panel, _) = draw(&[with, point, entry("c", Some((20, 90)))], Start::Zero);
    let medians: Vec<Option<i32>> = panel.rows.iter().map(|row| row.medians.first().map(|median| median.x.0)).collect();
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
    let (panel, _) = draw(&entries, Start::Zero);
    let rows = &panel.rows;
    let joints: Vec<_> = rows.iter().filter_map(|row| row.joint.as_ref()).collect();
    let areas: Vec<_> = joints.iter().map(|joint| (joint.kind, joint.frames[0].from.0, joint.frames[0].to.0)).collect();
    assert_eq!(areas, [("overlap", 4000, 6000), ("gap", 7000, 8000)]);
    for (at, joint) in joints.iter().enumerate() {
        let (first, second) = (&rows[at].bars[0], &rows[at + 1].bars[0]);
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
        let (panel, _) = draw(&entries, Start::Zero);
        let joint = panel.rows[0].joint.as_ref().unwrap();
        assert_eq!((joint.value.x, joint.value.anchor), (Across::Share(Position(x)), anchor), "{from} to {to}");
    };
    check(10, 20, 1000, None);
    check(40, 60, 5000, Some("middle"));
    check(80, 90, 9000, Some("end"));
}

#[test]
fn a_hundred_rows_stand_below_each_other() {
    let entries: Vec<Entry> = (0..100).map(|at| entry("row", Some((at, at + 10)))).collect();
    let (panel, height) = draw(&entries, Start::Fitting);
    let tops: Vec<u32> = panel.rows.iter().map(|row| row.bars[0].y).collect();
    assert_eq!(tops.len(), 100);
    assert!(tops.windows(2).all(|pair| pair[0] + BAR + LINE < pair[1]));
    assert!(tops[99] + BAR < panel.bottom && panel.bottom < height);
}

#[test]
fn a_long_name_breaks_beside_its_value_and_pushes_its_bar_down() {
    let (panel, _) = draw(&[entry("a", Some((1, 2)))], Start::Zero);
    let (long, _) = draw(&[entry(&"word ".repeat(30), Some((1, 2)))], Start::Zero);
    let lines = &long.rows[0].lines;
    assert!(lines.len() > 2, "{lines:?}");
    assert!(lines.iter().all(|line| width(&line.text, NAME) <= text::NARROW));
    assert!(width(&lines[0].text, NAME) + value_width(&long.rows[0].values[0]) <= text::NARROW);
    let bar = |panel: &PanelView| panel.rows[0].bars[0].y;
    assert_eq!(bar(&long), bar(&panel) + LINE * (u32::try_from(lines.len()).unwrap() - 1));
}

/// A row of two series.
fn pair() -> Entry {
    let side = |series, name: &str, at| Side {
        series,
        name: name.into(),
        note: Some("note".into()),
        value: value("1"),
        ends: Some((number(at), number(at))),
        open: None,
        median: None,
    };
    Entry { name: "Fee".into(), sides: vec![side(0, "One", 100), side(1, "Other", 20)], ..Entry::default() }
}

#[test]
fn dots_of_two_series_share_a_line_and_each_has_a_sign() {
    let (panel, _) = draw_as(PlotKind::Dots, &[pair()], Start::Zero);
    let row = &panel.rows[0];
    let lines: Vec<(&str, &str)> = row.lines.iter().map(|line| (line.kind, &*line.text)).collect();
    assert_eq!(lines, [("head", "Fee"), ("name", "One"), ("note", "note"), ("name", "Other"), ("note", "note")]);
    let (signs, points): (Vec<_>, Vec<_>) = row.points.iter().partition(|point| point.x == Across::Pixels(6));
    assert_eq!(signs.iter().map(|sign| sign.series).collect::<Vec<_>>(), [0, 1]);
    let points: Vec<(i32, usize)> = points.iter().map(|point| (share(point.x), point.series)).collect();
    assert_eq!(points, [(10_000, 0), (2000, 1)]);
    assert_eq!((row.reaches[0].from.0, row.reaches[0].to.0), (2000, 10_000));
}

#[test]
fn bars_of_two_series_stand_each_below_its_name() {
    let (panel, _) = draw_as(PlotKind::Bar, &[pair()], Start::Zero);
    let row = &panel.rows[0];
    assert_eq!(row.swatches.iter().map(|swatch| swatch.series).collect::<Vec<_>>(), [0, 1]);
    let [one, other] = &row.bars[..] else { panic!("two bars") };
    assert_eq!([(one.series, one.width.0), (other.series, other.width.0)], [(0, 10_000), (1, 2000)]);
    assert!(row.swatches[0].y < one.y && one.y + BAR < row.swatches[1].y && row.swatches[1].y < other.y);
}

#[test]
fn labels_of_a_scale_never_touch() {
    let check = |most: i64, long: bool| {
        let write = |tick: &Number| if long { format!("{tick} kilograms") } else { tick.to_string() };
        let sheet = Sheet {
            width: text::SMALL,
            start: Start::Zero,
            unit: &Unit::NUMBER,
            kind: PlotKind::Bar,
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
fn a_scale_without_zero_says_so_below_its_labels() {
    let check = |low, high, expected: &[&str]| {
        let (panel, height) = draw(&[entry("a", Some((low, high)))], Start::Lowest);
        let foot: Vec<&str> = panel.foot.iter().map(|line| &*line.text).collect();
        assert_eq!(foot, expected, "{low} to {high}");
        assert!(panel.foot.iter().all(|line| panel.label_y < line.y && line.y < height));
    };
    check(200, 300, &["Not zero"]);
    check(-300, -200, &["Not zero"]);
    check(-20, 30, &[]);
    check(0, 30, &[]);
}
