//! Rows on a scale: how they stand below each other, and where their marks lie.

use super::scale::{Scale, Start};
use super::text::{self, NAME, NOTE, width, wrap};
use super::views::{
    Across, ArrowView, BarRowView, JointView, LineView, MedianView, PanelView, PointView, Position, StretchView,
    SwatchView, TickView, ValueView,
};
use crate::data::{Number, Unit};
use crate::site::PlotKind;

/// A row before it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// What stands above it and those after it, where it begins a group.
    pub group: Option<String>,
    /// Its short code.
    pub code: Option<String>,
    /// Its name; empty where its sides say it all.
    pub name: String,
    /// Its values: one at the end of its name's line, or several on lines of their own.
    pub sides: Vec<Side>,
    /// What it has to do with the row after it.
    pub joint: Option<Joint>,
}

/// One value of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// Its series' place among all.
    pub series: usize,
    /// Its series' name, where there are several.
    pub name: String,
    /// Words that limit it.
    pub note: Option<String>,
    /// Its text, not placed yet.
    pub value: ValueView,
    /// Where it begins and ends on the scale; nothing where it is not stated.
    pub ends: Option<(Number, Number)>,
    /// Which end is open, if one is.
    pub open: Option<OpenEnd>,
    /// The stated median, and its text.
    pub median: Option<(Number, String)>,
}

/// The end that a range doesn't have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenEnd {
    Low,
    High,
}

/// What two rows share, or what lies between them.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    /// `overlap` or `gap`.
    pub kind: &'static str,
    pub value: ValueView,
}

/// What all rows of a drawing have in common.
pub(super) struct Sheet<'a> {
    /// How wide it is at least, in pixels.
    pub width: u32,
    pub start: Start,
    pub unit: &'a Unit,
    /// What is drawn for a value.
    pub kind: PlotKind,
    /// What stands below a scale that leaves zero out.
    pub not_zero: &'a str,
    /// Writes a tick.
    pub write: &'a dyn Fn(&Number) -> String,
}

/// Pixels between two lines of names, of notes, and from a line's top to its letters' foot.
const LINE: u32 = 20;
const NOTE_LINE: u32 = 17;
const FOOT: u32 = 15;
const NOTE_FOOT: u32 = 12;
/// A bar's height, and the room above it and below.
const BAR: u32 = 10;
const ABOVE: u32 = 4;
const BELOW: u32 = 14;
/// The room between two rows that a joint's words need, and how far its frames stand out above and below the bars.
const JOINT: u32 = 26;
const FRAME: u32 = 3;
/// What a scale's labels take.
const LABELS: u32 = 26;
/// The least room between two labels of a scale.
const APART: u32 = 5;
/// How much narrower text is set that stands beside a value.
const GAP: u32 = 10;
/// How far text is set in behind a swatch, and the room between two values of a row.
const SIGN: u32 = 18;
const BETWEEN: u32 = 6;

/// Every value that the scale of some rows must hold.
pub(super) fn values<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<Number> {
    let sides = entries.into_iter().flat_map(|entry| &entry.sides);
    let of_side = |side: &Side| {
        let (low, high) = side.ends.clone()?;
        // An open range goes on for a while.
        let further = || low.abs().div(&Number::from_integer(20));
        let open = side.open.and_then(|open| match open {
            OpenEnd::Low => low.sub(&further()?),
            OpenEnd::High => high.add(&further()?),
        });
        Some([open, Some(low), Some(high), side.median.as_ref().map(|(median, _)| median.clone())])
    };
    sides.filter_map(of_side).flatten().flatten().collect()
}

impl Sheet<'_> {
    /// The scale of some values, with no more labels than fit side by side.
    pub(super) fn scale(&self, values: &[Number]) -> Option<Scale> {
        let scales = (1..=5).rev().filter_map(|most| Scale::new(values, self.start, self.unit, most));
        let mut last = None;
        for scale in scales {
            if self.has_room(&scale) {
                return Some(scale);
            }
            last = Some(scale);
        }
        last
    }

    /// Whether the labels of a scale stand apart: the first to the right of its place, the last to the left.
    fn has_room(&self, scale: &Scale) -> bool {
        let widths: Vec<u32> = scale.ticks().iter().map(|tick| width(&(self.write)(tick), NOTE)).collect();
        let last = u32::try_from(widths.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let spacing = self.width / last.max(1);
        let whole = |at: usize| at == 0 || at + 1 == widths.len();
        let reach = |at: usize| widths.get(at).map_or(0, |width| if whole(at) { *width } else { width / 2 });
        (1..widths.len()).all(|at| reach(at - 1) + reach(at) + APART <= spacing)
    }

    /// Rows on one scale, from a height on.
    pub(super) fn panel(&self, entries: &[Entry], scale: Option<&Scale>, y: &mut u32) -> PanelView {
        let mut view = PanelView { top: *y, ..PanelView::default() };
        let mut joint_y = None;
        for (at, entry) in entries.iter().enumerate() {
            let mut row = self.row(entry, scale, y);
            if let (Some((joint, from)), Some(scale)) = (joint_y.take(), scale) {
                let previous: Option<&mut BarRowView> = view.rows.last_mut();
                if let (Some(previous), Some(before)) = (previous, at.checked_sub(1).and_then(|at| entries.get(at))) {
                    previous.joint = self.joint(joint, (before, entry), scale, (from, *y));
                }
            }
            let has_mark = !row.bars.is_empty() || !row.arrows.is_empty() || !row.points.is_empty();
            let last = at + 1 == entries.len();
            if let Some(joint) = entry.joint.as_ref().filter(|_| !last) {
                joint_y = Some((joint, y.saturating_sub(BAR)));
                *y += JOINT;
            } else {
                *y += if has_mark || last { BELOW } else { BELOW / 2 };
            }
            row.values.retain(|value| !value.text.is_empty());
            view.rows.push(row);
        }
        view.bottom = *y;
        if let Some(scale) = scale {
            let ticks = scale.ticks();
            let end = ticks.len().saturating_sub(1);
            let anchor = |at| match at {
                0 => None,
                at if at == end => Some("end"),
                _ => Some("middle"),
            };
            let tick = |(at, tick): (usize, &Number)| TickView {
                x: scale.position(tick),
                anchor: anchor(at),
                text: (self.write)(tick),
            };
            view.ticks = ticks.iter().enumerate().map(tick).collect();
            view.label_y = *y + 17;
            *y += LABELS;
            let is_inside = scale.holds_zero() && !scale.begins_at_zero();
            view.zero = is_inside.then(|| scale.position(&Number::ZERO));
            if !scale.holds_zero() {
                view.foot = self.lines("note", self.not_zero, 0, self.width, y);
            }
        }
        view
    }

    /// A row's words from a height on, and its marks below them.
    fn row(&self, entry: &Entry, scale: Option<&Scale>, y: &mut u32) -> BarRowView {
        let mut row = BarRowView::default();
        if let Some(group) = &entry.group {
            *y += if *y > 0 { ABOVE } else { 0 };
            row.lines.extend(self.lines("group", group, 0, self.width, y));
        }
        match &entry.sides[..] {
            [side] if side.name.is_empty() => {
                row.values.push(end_value(&side.value, *y));
                let beside = self.width.saturating_sub(value_width(&side.value) + GAP);
                row.lines.extend(self.named(entry.code.as_deref(), &entry.name, beside, y));
                row.lines.extend(side.note.iter().flat_map(|note| self.lines("note", note, 0, self.width, y)));
                self.marks(&[side], scale, &mut row, y);
            }
            sides => {
                for mut line in self.named(entry.code.as_deref(), &entry.name, self.width, y) {
                    line.kind = "head";
                    row.lines.push(line);
                }
                let together = self.kind == PlotKind::Dots;
                for (at, side) in sides.iter().enumerate() {
                    if !together && at > 0 {
                        *y += BETWEEN;
                    }
                    self.named_side(side, &mut row, y);
                    if !together {
                        self.marks(&[side], scale, &mut row, y);
                    }
                }
                if together {
                    self.marks(&sides.iter().collect::<Vec<_>>(), scale, &mut row, y);
                }
            }
        }
        row
    }

    /// One of several values of a row: its series with a swatch, and its text at the end of the line.
    fn named_side(&self, side: &Side, row: &mut BarRowView, y: &mut u32) {
        if self.kind == PlotKind::Dots {
            row.points.push(PointView { x: Across::Pixels(6), y: *y + FOOT - 5, series: side.series });
        } else {
            row.swatches.push(SwatchView { x: 1, y: *y + FOOT - 10, series: side.series });
        }
        row.values.push(end_value(&side.value, *y));
        let beside = self.width.saturating_sub(value_width(&side.value) + GAP + SIGN);
        for text in wrap(&side.name, NAME, beside, self.width - SIGN) {
            let x = Across::Pixels(SIGN);
            row.lines.push(LineView { kind: "name", x, y: *y + FOOT, text, ..LineView::default() });
            *y += LINE;
        }
        row.lines.extend(side.note.iter().flat_map(|note| self.lines("note", note, SIGN, self.width - SIGN, y)));
    }

    /// The marks of values that are drawn at one height; nothing where none is stated.
    fn marks(&self, sides: &[&Side], scale: Option<&Scale>, row: &mut BarRowView, y: &mut u32) {
        let Some(scale) = scale else { return };
        let stated = sides.iter().filter_map(|side| Some((*side, side.ends.as_ref()?)));
        let stated: Vec<(&Side, &(Number, Number))> = stated.collect();
        if stated.is_empty() {
            return;
        }
        *y += ABOVE;
        let (top, middle) = (*y, *y + BAR / 2);
        let stretch = |low: &Number, high: &Number, y, height, series| {
            let (from, to) = (scale.position(low), scale.position(high));
            StretchView { from, to, width: Position((to.0 - from.0).abs()), y, height, series }
        };
        let median = |side: &Side| {
            let (median, _) = side.median.as_ref()?;
            Some(MedianView { x: scale.position(median), top: top.saturating_sub(3), bottom: top + BAR + 3 })
        };
        for (side, (low, high)) in &stated {
            if let Some(open) = side.open {
                let (from, back) = (scale.position(low), open == OpenEnd::Low);
                let to = Position(if back { 0 } else { 10_000 });
                row.arrows.push(ArrowView { from, to, y: middle, back, series: side.series });
                row.medians.extend(median(side));
            } else if self.kind == PlotKind::Bar {
                row.bars.push(stretch(low.min(&Number::ZERO), high.max(&Number::ZERO), top, BAR, side.series));
            } else if low < high {
                row.bars.push(stretch(low, high, top, BAR, side.series));
                row.medians.extend(median(side));
            } else {
                row.points.push(PointView { x: Across::Share(scale.position(low)), y: middle, series: side.series });
            }
        }
        let lows = stated.iter().map(|(_, (low, _))| low);
        let reach = match (lows.clone().min(), lows.max()) {
            (Some(least), Some(most)) if self.kind == PlotKind::Dots && stated.len() > 1 => Some((least, most)),
            (Some(least), _) if self.kind == PlotKind::Timeline => Some((&Number::ZERO, least)),
            _ => None,
        };
        row.reaches.extend(reach.map(|(from, to)| stretch(from.min(to), from.max(to), middle, 0, 0)));
        *y += BAR;
    }

    /// What two bars share, or what lies between them, framed at each of the two: a frame that reached from one to the
    /// other would cross the name that stands between.
    fn joint(&self, joint: &Joint, rows: (&Entry, &Entry), scale: &Scale, heights: (u32, u32)) -> Option<JointView> {
        let ((low, high), (next_low, next_high)) = (first_ends(rows.0)?, first_ends(rows.1)?);
        // What both cover lies between these; so does what neither covers, the other way round.
        let (one, other) = (scale.position(low.max(next_low)), scale.position(high.min(next_high)));
        let (from, to) = (one.min(other), one.max(other));
        let center = (from.0 + to.0) / 2;
        let (x, anchor) = match center {
            ..3500 => (from, None),
            3500..6500 => (Position(center), Some("middle")),
            _ => (to, Some("end")),
        };
        let (top, bottom) = heights;
        let frame = |bar: u32| {
            let (width, y, height) = (Position(to.0 - from.0), bar.saturating_sub(FRAME), BAR + 2 * FRAME);
            StretchView { from, to, width, y, height, series: 0 }
        };
        let frames = [frame(top), frame(bottom.saturating_sub(BAR))];
        let value = ValueView { x: Across::Share(x), y: top + BAR + 18, anchor, ..joint.value.clone() };
        Some(JointView { kind: joint.kind, frames, value })
    }

    /// A name with its code, the first line beside a value.
    pub(super) fn named(&self, code: Option<&str>, name: &str, beside: u32, y: &mut u32) -> Vec<LineView> {
        if code.is_none() && name.is_empty() {
            return Vec::new();
        }
        let taken = code.map_or(0, |code| width(code, NAME) + 6);
        let texts = wrap(name, NAME, beside.saturating_sub(taken), self.width);
        let mut code = code.map(str::to_owned);
        let mut lines = Vec::with_capacity(texts.len());
        for text in texts {
            lines.push(LineView { kind: "name", y: *y + FOOT, code: code.take(), text, ..LineView::default() });
            *y += LINE;
        }
        lines
    }

    /// Lines of smaller text.
    pub(super) fn lines(&self, kind: &'static str, text: &str, x: u32, room: u32, y: &mut u32) -> Vec<LineView> {
        small_lines(kind, text, x, room, y)
    }
}

/// Low and high of a row's first value.
fn first_ends(entry: &Entry) -> Option<&(Number, Number)> {
    entry.sides.first()?.ends.as_ref()
}

/// Lines of smaller text from a height on.
pub(super) fn small_lines(kind: &'static str, text: &str, x: u32, room: u32, y: &mut u32) -> Vec<LineView> {
    let mut lines = Vec::new();
    for text in wrap(text, NOTE, room, room) {
        lines.push(LineView { kind, x: Across::Pixels(x), y: *y + NOTE_FOOT, text, ..LineView::default() });
        *y += NOTE_LINE;
    }
    *y += if kind == "group" { 4 } else { 0 };
    lines
}

/// A value at the end of the line whose top is at a height.
fn end_value(value: &ValueView, y: u32) -> ValueView {
    ValueView { x: Across::Share(Position(10_000)), y: y + FOOT, anchor: Some("end"), ..value.clone() }
}

/// How wide a value's text runs with what stands before and behind it; an asterisk has room in the gap beside it.
pub(super) fn value_width(value: &ValueView) -> u32 {
    let words = [value.before.as_deref(), Some(value.text.as_str()), value.after.as_deref()];
    words.into_iter().flatten().map(|word| text::width(word, NAME) + 4).sum()
}

#[cfg(test)]
mod tests;
