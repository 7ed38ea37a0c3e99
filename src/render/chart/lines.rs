//! Values joined by lines: where they are, which are labeled, and where the series' names fit at their ends.

use super::bars::{Entry, Sheet, Side, small_lines, value_width};
use super::scale::Scale;
use super::text::{NOTE, width, wrap};
use super::views::{Across, GridView, LineView, LinesView, PathView, PointView, Position, TickView, ValueView};
use crate::data::Number;

/// Pixels: how high a plot is, what is above it and below, and the most that names at the ends of lines take.
const HEIGHT: u32 = 200;
const ABOVE: u32 = 22;
const LABELS: u32 = 26;
const LABELED: u32 = 16;
const ENDS: u32 = 104;
/// The room beside labels, and between a line's end and its name.
const APART: u32 = 8;
const SIGN: u32 = 22;
/// Pixels between two lines of a name at a line's end.
const NAME_LINE: u32 = 16;
/// How far apart values are at least that each get a mark.
const MARKED: u32 = 14;
/// The width of a drawing, in hundredths of a percent.
const ACROSS: u32 = 10_000;

/// Where a row is along the lines.
#[derive(Clone, Debug)]
pub(super) struct Stop<'e> {
    pub entry: &'e Entry,
    /// Its share of the way, in hundredths of a percent.
    pub at: u32,
}

/// A value of a series, in pixels down and hundredths of a percent across.
#[derive(Clone, Copy)]
struct Place<'e> {
    side: &'e Side,
    stop: usize,
    x: u32,
    y: u32,
}

/// Rows in the order of their positions, evenly apart where one has none.
pub(super) fn stops<'e>(entries: &'e [Entry], positions: &[Option<Number>]) -> Vec<Stop<'e>> {
    let known: Option<Vec<Number>> = positions.iter().cloned().collect();
    let known = known.unwrap_or_else(|| (0i64..).take(entries.len()).map(Number::from_integer).collect());
    let mut rows: Vec<(&Number, &Entry)> = known.iter().zip(entries).collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let (Some((first, _)), Some((last, _))) = (rows.first(), rows.last()) else { return Vec::new() };
    let at = |position: &Number| {
        let share = position.sub(first)?.mul(&Number::from_integer(ACROSS.into()))?.div(&last.sub(first)?)?;
        u32::try_from(share.rounded(0).to_integer()?).ok()
    };
    rows.iter().map(|(position, entry)| Stop { entry, at: at(position).unwrap_or(ACROSS / 2) }).collect()
}

/// The lines of some series on a scale, from the top of the drawing, and its height.
pub(super) fn lines(sheet: &Sheet<'_>, stops: &[Stop<'_>], series: &[String], scale: &Scale) -> (LinesView, u32) {
    let ticks = scale.ticks();
    let texts: Vec<String> = ticks.iter().map(|tick| (sheet.write)(tick)).collect();
    let left = texts.iter().map(|text| width(text, NOTE)).max().unwrap_or(0) + APART;
    let named = series.len() > 1;
    let stated = stops.iter().flat_map(|stop| &stop.entry.sides).filter(|side| side.ends.is_some());
    let widest = stated.map(|side| value_width(&side.value)).max().unwrap_or(0);
    // How far the two nearest rows are from each other.
    let nearest = stops.windows(2).map(|pair| pair[1].at - pair[0].at).min().unwrap_or(ACROSS);
    let spacing = sheet.width.saturating_sub(left + widest / 2) * nearest / ACROSS;
    let labeled = !named && spacing >= widest + 2;
    let names: Vec<Vec<String>> = series.iter().map(|name| wrap(name, NOTE, ENDS - SIGN, ENDS - SIGN)).collect();
    let right = if labeled {
        widest / 2
    } else {
        let texts = names.iter().flatten().filter(|_| named).map(|line| width(line, NOTE));
        (texts.max().unwrap_or(0).max(widest) + SIGN).min(ENDS.max(widest + SIGN))
    };
    let share = |pixels: u32| pixels * ACROSS / sheet.width.max(1);
    let (from, to) = (share(left), ACROSS.saturating_sub(share(right)).max(share(left)));
    let across = |at: u32| from + at * (to - from) / ACROSS;
    let needed: u32 = names.iter().filter(|_| named).map(|lines| end_height(lines)).sum();
    let height = HEIGHT.max(needed);
    let down = |value: &Number| {
        let up = u32::try_from(scale.position(value).0).unwrap_or(0);
        ABOVE + (ACROSS - up) * height / ACROSS
    };
    let mut view = LinesView { height: ABOVE + height, right: position(to), ..LinesView::default() };
    view.grid =
        ticks.iter().zip(texts).map(|(tick, text)| GridView { y: down(tick), text, is_zero: tick.is_zero() }).collect();
    let mut ends = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let places = places(stops, at, &across, &down);
        view.paths.extend(paths(&places, at));
        let marked = |place: &Place<'_>| spacing >= MARKED || is_alone(&places, place.stop);
        for place in
            places.iter().filter(|place| marked(place) || places.last().is_some_and(|last| last.stop == place.stop))
        {
            view.points.push(PointView { x: Across::Share(position(place.x)), y: place.y, series: at });
        }
        if labeled {
            view.values.extend(places.iter().enumerate().map(|(at, place)| beside_point(&places, at, place)));
        } else if let Some(last) = places.last() {
            ends.push((at, *last, if named { name.as_slice() } else { &[] }));
        }
    }
    place_ends(&mut view, ends, (position(to + share(SIGN - 8)), position(to + share(SIGN))), ABOVE + height);
    // Values of the lowest points stand below them.
    let bottom = ABOVE + height + if labeled { LABELED } else { 0 };
    view.label_y = bottom + 18;
    view.ticks = labels(stops, &across, sheet.width);
    let mut y = bottom + LABELS;
    if !scale.holds_zero() {
        view.foot = small_lines("note", sheet.not_zero, 0, sheet.width, &mut y);
    }
    (view, y)
}

/// The stated values of a series.
fn places<'e>(
    stops: &[Stop<'e>],
    series: usize,
    across: &dyn Fn(u32) -> u32,
    down: &dyn Fn(&Number) -> u32,
) -> Vec<Place<'e>> {
    let place = |(at, stop): (usize, &Stop<'e>)| {
        let side = stop.entry.side_of(series)?;
        let (value, _) = side.ends.as_ref()?;
        Some(Place { side, stop: at, x: across(stop.at), y: down(value) })
    };
    stops.iter().enumerate().filter_map(place).collect()
}

/// Whether a value has no neighbor to which a line could go.
fn is_alone(places: &[Place<'_>], stop: usize) -> bool {
    let is_at = |stop: usize| places.binary_search_by_key(&stop, |place| place.stop).is_ok();
    !is_at(stop + 1) && stop.checked_sub(1).is_none_or(|before| !is_at(before))
}

/// The unbroken stretches of a series: a value that is not stated leaves a gap.
fn paths(places: &[Place<'_>], series: usize) -> Vec<PathView> {
    let stretches = places.chunk_by(|one, other| one.stop + 1 == other.stop);
    let path = |stretch: &[Place<'_>]| {
        let points: Vec<String> = stretch.iter().map(|place| format!("{},{}", place.x, place.y)).collect();
        PathView { series, points: points.join(" ") }
    };
    stretches.filter(|stretch| stretch.len() > 1).map(path).collect()
}

/// The text of a value above its point; below it where lines go up from there.
fn beside_point(places: &[Place<'_>], at: usize, place: &Place<'_>) -> ValueView {
    let higher = |other: Option<&Place<'_>>| other.is_none_or(|other| other.y < place.y);
    let is_valley =
        places.len() > 1 && higher(at.checked_sub(1).and_then(|at| places.get(at))) && higher(places.get(at + 1));
    let y = if is_valley { place.y + 20 } else { place.y.saturating_sub(10) };
    ValueView { x: Across::Share(position(place.x)), y, anchor: Some("middle"), ..place.side.value.clone() }
}

fn end_height(name: &[String]) -> u32 {
    NAME_LINE * u32::try_from(name.len() + 1).unwrap_or(u32::MAX) + APART
}

/// Names and last values to the right of the lines, each beside its line's end as far as the others leave room.
fn place_ends(
    view: &mut LinesView,
    mut ends: Vec<(usize, Place<'_>, &[String])>,
    (mark_x, x): (Position, Position),
    bottom: u32,
) {
    ends.sort_by_key(|(series, place, _)| (place.y, *series));
    let mut tops: Vec<u32> = Vec::with_capacity(ends.len());
    let mut free = 0;
    for (_, place, name) in &ends {
        let top = place.y.saturating_sub(end_height(name) / 2).max(free);
        tops.push(top);
        free = top + end_height(name);
    }
    let mut limit = bottom + APART;
    for ((_, _, name), top) in ends.iter().zip(&mut tops).rev() {
        *top = (*top).min(limit.saturating_sub(end_height(name)));
        limit = *top;
    }
    for ((series, place, name), top) in ends.into_iter().zip(tops) {
        let mut y = top + NAME_LINE;
        let x = Across::Share(x);
        if !name.is_empty() {
            view.points.push(PointView { x: Across::Share(mark_x), y: y - 5, series });
        }
        for text in name {
            view.names.push(LineView { kind: "end", x, y, text: text.clone(), ..LineView::default() });
            y += NAME_LINE;
        }
        view.values.push(ValueView { x, y: if name.is_empty() { place.y + 5 } else { y }, ..place.side.value.clone() });
    }
}

/// The names of rows below the lines: the first, the last, and as many between as fit, evenly apart.
fn labels(stops: &[Stop<'_>], across: &dyn Fn(u32) -> u32, room: u32) -> Vec<TickView> {
    let texts: Vec<String> = stops.iter().map(|stop| shortened(&stop.entry.full_name(), room * 2 / 5)).collect();
    let Some(last) = stops.len().checked_sub(1) else { return Vec::new() };
    // Centered below its row, or inward from there.
    let place = |at: usize, inward: bool| {
        let (x, half) = (across(stops[at].at) * room / ACROSS, width(&texts[at], NOTE) / 2);
        match (x < half || inward && at == 0, x + half > room || inward && at == last) {
            (true, _) => (None, x, x + 2 * half),
            (_, true) => (Some("end"), x.saturating_sub(2 * half), x),
            _ => (Some("middle"), x - half, x + half),
        }
    };
    let chosen = |step: usize| {
        let near_last = |at: &usize| *at == last || at + step <= last;
        let mut chosen: Vec<usize> = (0..=last).step_by(step).filter(near_last).collect();
        if chosen.last() != Some(&last) {
            chosen.push(last);
        }
        chosen
    };
    let fits = |chosen: &[usize], inward| {
        chosen.windows(2).all(|pair| place(pair[0], inward).2 + APART <= place(pair[1], inward).1)
    };
    let centered = (1..=last.max(1)).map(chosen).find(|chosen| fits(chosen, false));
    let inward = centered.is_none();
    let ends = if last > 0 && fits(&[0, last], true) { vec![0, last] } else { vec![0] };
    let chosen = centered.unwrap_or(ends);
    let tick = |at: usize| TickView {
        x: position(across(stops[at].at)),
        anchor: place(at, inward).0,
        text: texts[at].clone(),
    };
    chosen.into_iter().map(tick).collect()
}

/// A name with what doesn't fit on one line left out.
fn shortened(name: &str, room: u32) -> String {
    match &wrap(name, NOTE, room, room)[..] {
        [first, _, ..] => format!("{first}…"),
        _ => name.to_owned(),
    }
}

fn position(hundredths: u32) -> Position {
    Position(i32::try_from(hundredths).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Unit;
    use crate::render::chart::scale::Start;
    use crate::render::chart::{bars, text};
    use crate::site::PlotKind;

    fn entry(name: &str, values: &[Option<i64>]) -> Entry {
        let side = |(series, value): (usize, &Option<i64>)| Side {
            series,
            value: ValueView { text: value.map_or("none".into(), |value| value.to_string()), ..ValueView::default() },
            ends: value.map(|value| (Number::from_integer(value), Number::from_integer(value))),
            ..Side::default()
        };
        Entry { name: name.into(), sides: values.iter().enumerate().map(side).collect(), ..Entry::default() }
    }

    fn draw(entries: &[Entry], positions: &[Option<i64>], series: &[&str]) -> (LinesView, u32) {
        let write = |tick: &Number| tick.to_string();
        let (unit, kind) = (&Unit::NUMBER, PlotKind::Line);
        let sheet =
            Sheet { width: text::NARROW, start: Start::Fitting, unit, kind, not_zero: "Not zero", write: &write };
        let scale = sheet.scale(&bars::values(entries)).unwrap();
        let positions: Vec<_> = positions.iter().map(|at| at.map(Number::from_integer)).collect();
        let series: Vec<String> = series.iter().map(|name| (*name).to_owned()).collect();
        lines(&sheet, &stops(entries, &positions), &series, &scale)
    }

    fn paths(view: &LinesView) -> Vec<usize> {
        view.paths.iter().map(|path| path.points.split(' ').count()).collect()
    }

    #[test]
    fn rows_go_by_their_positions_and_evenly_where_one_has_none() {
        let entries = [entry("c", &[]), entry("a", &[]), entry("b", &[])];
        let check = |positions: [Option<i64>; 3], expected: &[(&str, u32)]| {
            let positions = positions.map(|at| at.map(Number::from_integer));
            let stops = stops(&entries, &positions);
            assert_eq!(stops.iter().map(|stop| (&*stop.entry.name, stop.at)).collect::<Vec<_>>(), expected);
        };
        check([Some(10), Some(0), Some(1)], &[("a", 0), ("b", 1000), ("c", 10_000)]);
        check([Some(10), None, Some(1)], &[("c", 0), ("a", 5000), ("b", 10_000)]);
        check([Some(3), Some(3), Some(3)], &[("c", 5000), ("a", 5000), ("b", 5000)]);
    }

    #[test]
    fn what_is_not_stated_leaves_a_gap_and_a_value_alone_is_marked() {
        let values = [Some(1), Some(2), None, Some(3), None, Some(5), Some(4)];
        let entries: Vec<Entry> = values.iter().map(|value| entry("a", &[*value])).collect();
        let (view, _) = draw(&entries, &[None; 7], &["A"]);
        assert_eq!(paths(&view), [2, 2]);
        assert_eq!(view.points.len(), 5, "all are marked where there is room");
        let many: Vec<Entry> = (0..500).map(|at| entry("a", &[(at % 100 != 7).then_some(at)])).collect();
        let (view, _) = draw(&many, &[None; 500], &["A"]);
        assert_eq!((paths(&view), view.points.len()), (vec![7, 99, 99, 99, 99, 92], 1));
    }

    #[test]
    fn each_value_is_labeled_where_there_is_room_and_else_the_last() {
        let few: Vec<Entry> = [30, 10, 20].iter().map(|value| entry("a", &[Some(*value)])).collect();
        let (view, _) = draw(&few, &[None; 3], &["A"]);
        assert_eq!(view.values.len(), 3);
        assert!(view.values[0].y < view.points[0].y && view.points[1].y < view.values[1].y, "below where lines go up");
        let many: Vec<Entry> = (0..60).map(|value| entry("a", &[Some(value)])).collect();
        let (view, _) = draw(&many, &[None; 60], &["A"]);
        assert_eq!(view.values.iter().map(|value| &*value.text).collect::<Vec<_>>(), ["59"]);
        assert!(view.names.is_empty(), "one series needs no name");
    }

    #[test]
    fn names_of_series_that_end_together_stand_below_each_other() {
        let names = ["One", "Two", "Three with a name of several lines", "Four"];
        let entries = [entry("a", &[Some(1); 4]), entry("b", &[Some(100); 4])];
        let (view, height) = draw(&entries, &[None; 2], &names);
        let mut lines: Vec<u32> =
            view.names.iter().map(|line| line.y).chain(view.values.iter().map(|value| value.y)).collect();
        lines.sort_unstable();
        assert!(view.names.len() > 4);
        assert!(lines.windows(2).all(|pair| pair[0] + NAME_LINE <= pair[1]), "{lines:?}");
        assert!(lines.iter().all(|y| *y < height));
    }

    #[test]
    fn labels_below_never_touch_and_name_both_ends() {
        let entries: Vec<Entry> = (0..48).map(|month| entry(&format!("Month {month}"), &[Some(month)])).collect();
        let (view, _) = draw(&entries, &[None; 48], &["A"]);
        let texts: Vec<&str> = view.ticks.iter().map(|tick| &*tick.text).collect();
        assert_eq!((texts.first(), texts.last()), (Some(&"Month 0"), Some(&"Month 47")));
        assert!(texts.len() > 2, "{texts:?}");
        let long = ["The first of two long names", "The second of two long names"];
        let (view, _) = draw(&long.map(|name| entry(name, &[Some(1)])), &[None; 2], &["A"]);
        let texts: Vec<&str> = view.ticks.iter().map(|tick| &*tick.text).collect();
        assert!(texts.iter().all(|text| text.ends_with('…') && width(text, NOTE) < text::NARROW / 2), "{texts:?}");
    }
}
