//! The functions of formulas: their names, and how many arguments each takes.

use std::ops::RangeInclusive;

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Function {
    Sum,
    Mean,
    Median,
    Min,
    Max,
    Count,
    /// The text in a column, of the row with the largest value.
    AtMax,
    /// The text in a column, of the row with the smallest value.
    AtMin,
    Round,
    Range,
    Root,
    Rank,
    Previous,
    Next,
    First,
    Last,
    Convert,
    Difference,
    Change,
}

/// No limit to the number of arguments.
const ANY: usize = usize::MAX;

impl Function {
    /// All, by their names.
    pub(super) const ALL: [(&'static str, Self); 19] = [
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("median", Self::Median),
        ("min", Self::Min),
        ("max", Self::Max),
        ("count", Self::Count),
        ("at_max", Self::AtMax),
        ("at_min", Self::AtMin),
        ("round", Self::Round),
        ("range", Self::Range),
        ("root", Self::Root),
        ("rank", Self::Rank),
        ("previous", Self::Previous),
        ("next", Self::Next),
        ("first", Self::First),
        ("last", Self::Last),
        ("convert", Self::Convert),
        ("difference", Self::Difference),
        ("change", Self::Change),
    ];

    /// The function of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// How many arguments it takes.
    pub(super) const fn arguments(self) -> RangeInclusive<usize> {
        match self {
            Self::Sum | Self::Mean | Self::Min | Self::Max | Self::Rank => 1..=ANY,
            Self::AtMax | Self::AtMin => 1..=2,
            Self::Round | Self::Range | Self::Root | Self::Difference | Self::Change => 2..=2,
            Self::Median | Self::Count | Self::Convert => 1..=1,
            Self::Previous | Self::Next | Self::First | Self::Last => 1..=1,
        }
    }

    /// How it is written with all its arguments, for helps.
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::Sum => "sum(x) or sum(x, y)",
            Self::Mean => "mean(x) or mean(x, y)",
            Self::Median => "median(x)",
            Self::Min => "min(x) or min(x, y)",
            Self::Max => "max(x) or max(x, y)",
            Self::Count => "count(x)",
            Self::AtMax => "at_max(x) or at_max(x, column)",
            Self::AtMin => "at_min(x) or at_min(x, column)",
            Self::Round => "round(x, step)",
            Self::Range => "range(low, high)",
            Self::Root => "root(x, n)",
            Self::Rank => "rank(x) or rank(x, y)",
            Self::Previous => "previous(column)",
            Self::Next => "next(column)",
            Self::First => "first(column)",
            Self::Last => "last(column)",
            Self::Convert => "convert(x)",
            Self::Difference => "difference(from, to)",
            Self::Change => "change(from, to)",
        }
    }

    /// Whether a call with this number of arguments runs over rows.
    pub(super) const fn runs_over_rows(self, arguments: usize) -> bool {
        match self {
            Self::Sum | Self::Mean | Self::Min | Self::Max => arguments == 1,
            Self::Median | Self::Count | Self::AtMax | Self::AtMin => true,
            _ => false,
        }
    }

    /// Whether it takes its argument from another row of an ordered table.
    pub(super) const fn takes_another_row(self) -> bool {
        matches!(self, Self::Previous | Self::Next | Self::First | Self::Last)
    }
}
