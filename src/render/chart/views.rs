//! What the templates of charts see: `components/chart.html` and those that it includes.
//!
//! Across, places are percentages of the drawing's width, so that a drawing fits any width and its text never stretches;
//! down, they are pixels.

use serde::{Serialize, Serializer};

use crate::render::views::{FlagsView, TableView};

/// A place across a drawing, or a part of its width, in hundredths of a percent. Templates see `12.34%`, `20%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i32);

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => serializer.collect_str(&format_args!("{whole}%")),
            (tenths, 0) => serializer.collect_str(&format_args!("{whole}.{tenths}%")),
            (tenths, hundredths) => serializer.collect_str(&format_args!("{whole}.{tenths}{hundredths}%")),
        }
    }
}

/// A place across a drawing that moves with its width, or stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Across {
    Share(Position),
    Pixels(u32),
}

impl Default for Across {
    fn default() -> Self {
        Self::Pixels(0)
    }
}

/// `components/chart.html`, as `chart`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChartView {
    /// Unique on the page: `chart-bands`.
    pub id: String,
    /// `range`, `bar`, `mix`, `line`, `dots`, `timeline`, `ladder`.
    pub kind: &'static str,
    /// Whether its drawings are small and stand side by side.
    pub panels: bool,
    pub caption_html: String,
    /// "USD a year, as of Q1 2026."
    pub about: String,
    /// What the marks mean; empty where one kind of mark is used.
    pub key: Vec<KeyView>,
    pub drawings: Vec<DrawingView>,
    /// The same figures as a table, with their credit.
    pub table: TableView,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeyView {
    /// `band` or `median`.
    pub mark: &'static str,
    pub text: String,
}

/// One `<svg>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DrawingView {
    pub id: String,
    /// What stands above it, where a chart has several.
    pub heading_html: Option<String>,
    /// What it is called, for those who don't see it.
    pub title: String,
    /// Every number in it, in words.
    pub description: String,
    /// In pixels.
    pub height: u32,
    /// Rows on a scale, where it has them.
    pub panel: Option<PanelView>,
    /// Lines, where it has them.
    pub lines: Option<LinesView>,
    /// The ladder, where it is one.
    pub ladder: Option<LadderView>,
    /// Words that stand inside the drawing, such as "not verified".
    pub badges: Vec<LineView>,
    /// Where its scale begins and ends, in plain digits, if a script marks a value on it.
    pub mark: Option<[String; 2]>,
}

/// Rows on one scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PanelView {
    /// Where its grid begins, ends, and is labeled.
    pub top: u32,
    pub bottom: u32,
    pub label_y: u32,
    pub ticks: Vec<TickView>,
    /// Where zero is, if a line is drawn there.
    pub zero: Option<Position>,
    pub rows: Vec<BarRowView>,
    /// What is said of the scale below it.
    pub foot: Vec<LineView>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TickView {
    pub x: Position,
    /// `middle` or `end`: which side of the text lies at the place; nothing for its start.
    pub anchor: Option<&'static str>,
    pub text: String,
}

/// A line of text, flush left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// `name`, `head`, `note`, `group`, `badge`.
    pub kind: &'static str,
    pub x: Across,
    pub y: u32,
    /// A short code that stands out, such as "L3".
    pub code: Option<String>,
    pub text: String,
}

/// A figure's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueView {
    /// The figure's id; nothing where no figure is published.
    pub figure: Option<String>,
    pub x: Across,
    pub y: u32,
    /// `middle` or `end`; nothing for its start.
    pub anchor: Option<&'static str>,
    /// What stands before the figure's text, such as "Overlap".
    pub before: Option<String>,
    pub text: String,
    /// What stands behind it, such as "calculated".
    pub after: Option<String>,
    pub unstated: bool,
    /// Whether it is set in smaller letters.
    pub small: bool,
    /// Where it bears asterisks, because a contradiction names it.
    pub flags: FlagsView,
}

/// A row: its words, and its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BarRowView {
    pub lines: Vec<LineView>,
    pub values: Vec<ValueView>,
    /// Marks beside the lines, which say of which series they are.
    pub swatches: Vec<SwatchView>,
    /// Thin lines between marks, or to them.
    pub reaches: Vec<StretchView>,
    /// Ranges, values from zero, or parts of a whole.
    pub bars: Vec<StretchView>,
    /// Ranges with an open end.
    pub arrows: Vec<ArrowView>,
    /// Stated medians in ranges.
    pub medians: Vec<MedianView>,
    /// Single values, and their marks beside the lines.
    pub points: Vec<PointView>,
    /// What it shares with the next row, or the gap between them.
    pub joint: Option<JointView>,
}

/// From one place to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StretchView {
    pub from: Position,
    pub to: Position,
    pub width: Position,
    /// Its upper edge; of a line, its middle.
    pub y: u32,
    pub height: u32,
    /// Which of the series it is of, from 0.
    pub series: usize,
}

/// A range with an open end: from the end that it has to the edge of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ArrowView {
    pub from: Position,
    pub to: Position,
    pub y: u32,
    /// Whether it points to the left.
    pub back: bool,
    /// Which of the series it is of, from 0.
    pub series: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MedianView {
    pub x: Position,
    pub top: u32,
    pub bottom: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PointView {
    pub x: Across,
    pub y: u32,
    /// Which of the series it is of, from 0.
    pub series: usize,
}

/// A small square that shows how a series is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SwatchView {
    /// Pixels from the left edge.
    pub x: u32,
    pub y: u32,
    pub series: usize,
}

/// Values joined by lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinesView {
    /// How high the lines' own box is; across it has 10,000 units.
    pub height: u32,
    /// Where the grid ends.
    pub right: Position,
    pub grid: Vec<GridView>,
    pub paths: Vec<PathView>,
    pub points: Vec<PointView>,
    /// Labels below the lines.
    pub ticks: Vec<TickView>,
    pub label_y: u32,
    /// The series' names at their ends.
    pub names: Vec<LineView>,
    pub values: Vec<ValueView>,
    /// What is said of the scale below it.
    pub foot: Vec<LineView>,
}

/// A line across at a round number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GridView {
    pub y: u32,
    pub text: String,
    pub is_zero: bool,
}

/// An unbroken stretch of a series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PathView {
    pub series: usize,
    /// `0,12 5000,30`
    pub points: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JointView {
    /// `overlap` or `gap`.
    pub kind: &'static str,
    /// Its frame at the row's bar, and that at the next row's.
    pub frames: [StretchView; 2],
    pub value: ValueView,
}

/// A ladder, the highest rung on top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LadderView {
    pub rails: Vec<RailView>,
    pub rungs: Vec<RungMarkView>,
}

/// From one rung to another, in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RailView {
    pub x1: u32,
    pub y1: u32,
    pub x2: u32,
    pub y2: u32,
    /// Whether it leaves the ladder.
    pub branch: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RungMarkView {
    pub x: u32,
    pub y: u32,
    pub priced: bool,
    pub lines: Vec<LineView>,
    pub value: ValueView,
}

/// A value with what stands before and behind it.
pub(super) fn in_words(value: &ValueView) -> String {
    let words = [value.before.as_deref(), Some(value.text.as_str()), value.after.as_deref()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
