//! What a chart draws on a scale: its kind, its rows and its series.

use std::sync::Arc;

use crate::data::{Aspect, Number, RowName};
use crate::diagnostic::{Code, Place, Severity};
use crate::document::Text;

/// How values on a scale are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotKind {
    /// Each range from its low end to its high end.
    Range,
    /// Each value as a bar from zero.
    Bar,
    /// The values of a row as parts of one bar.
    Mix,
    /// The values of a series joined along `x`.
    Line,
    /// Each value as a point.
    Dots,
    /// Durations from zero.
    Timeline,
}

/// Rows and series on one scale.
#[derive(Clone, Debug, Default)]
pub struct Plot {
    /// Its column, where each column has a plot.
    pub title: Option<SeriesName>,
    /// The series: one for each mark of a row.
    pub series: Vec<SeriesName>,
    /// The rows in the order drawn.
    pub rows: Vec<PlotRow>,
}

/// What a series is called.
#[derive(Clone, Debug)]
pub struct SeriesName {
    /// The column's title, or the value that its rows share.
    pub title: PlotName,
    /// Which side of the column's values it shows.
    pub aspect: Aspect,
}

/// A row of a plot.
#[derive(Clone, Debug)]
pub struct PlotRow {
    /// What it is called.
    pub name: PlotName,
    /// Whose figure it is, where a chart shows single figures of several.
    pub group: Option<Arc<str>>,
    /// Where it is along a line.
    pub position: Option<Number>,
    /// A mark for each series; `None` where there is no figure.
    pub marks: Vec<Option<Mark>>,
    /// The id of what it shares with the row after it, or of the gap between the two.
    pub joint: Option<Arc<str>>,
}

/// What a row or a series is called.
#[derive(Clone, Debug)]
pub enum PlotName {
    /// As the row is.
    Row(RowName),
    /// Inline Markdown of the data.
    Text(Text),
    /// Words without Markdown.
    Words(Arc<str>),
    /// The value of a figure, by its id.
    Value(Arc<str>),
    /// What the figure of an id is.
    Figure(Arc<str>),
}

/// A value that is drawn.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The figure's id.
    pub figure: Arc<str>,
    /// The id of its stated median.
    pub median: Option<Arc<str>>,
    /// Where the block asks for it.
    pub place: Place,
}

pub(in crate::site::blocks) static OPTION: Code = Code {
    name: "chart-option",
    severity: Severity::Error,
    rule: false,
    what: "A chart is given an option that its kind does not take, or one that does not fit the others or the set.",
    why: "What the option asks for would silently be missing from the drawing.",
    example: "```chart sizes\nkind = \"ladder\"\nseries = \"region\"\n```",
    mend: "Remove the option, or write what the message proposes; the reference lists the options of each kind.",
};
pub(in crate::site::blocks) static SCALE: Code = Code {
    name: "chart-scale",
    severity: Severity::Error,
    rule: false,
    what: "A chart is asked to draw figures on one scale that have none in common, or that its kind can't draw.",
    why: "Dollars beside months, or one region beside the whole market, would be compared by eye without meaning.",
    example: "figures = [\"facts.transition-time\", \"facts.premium\"]",
    mend: "Draw figures of one unit and one scope in a chart, and the others in a chart of their own.",
};
pub(in crate::site::blocks) static ROWS: Code = Code {
    name: "chart-rows",
    severity: Severity::Error,
    rule: false,
    what: "The rows of a chart can't be drawn as it is asked to: two of them are in one place, or neighbors are no neighbors.",
    why: "One mark would cover another, or the drawing would show an overlap that the data don't have.",
    example: "kind = \"range\"\nneighbors = true\nrows = [\"small\", \"large\"]",
    mend: "Choose other rows, or name the column that tells them apart.",
};

impl PlotKind {
    /// The kind of a word; `None` for a ladder.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "range" => Self::Range,
            "bar" => Self::Bar,
            "mix" => Self::Mix,
            "line" => Self::Line,
            "dots" => Self::Dots,
            "timeline" => Self::Timeline,
            _ => return None,
        })
    }

    /// The word by which blocks ask for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Bar => "bar",
            Self::Mix => "mix",
            Self::Line => "line",
            Self::Dots => "dots",
            Self::Timeline => "timeline",
        }
    }

    /// Whether it can draw single figures.
    pub(super) const fn takes_figures(self) -> bool {
        !matches!(self, Self::Line)
    }

    /// The options that it takes beside `kind` and `caption`.
    pub(super) const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Range => &["y", "x", "series", "rows", "where", "order", "neighbors", "panels"],
            Self::Mix => &["y", "x", "series", "rows", "where", "order"],
            Self::Bar | Self::Line | Self::Dots | Self::Timeline => {
                &["y", "x", "series", "rows", "where", "order", "panels"]
            }
        }
    }
}
