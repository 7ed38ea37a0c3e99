//! The functions of formulas: how each is written, and how many arguments it takes.

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// All, with the least and the greatest number of arguments, and how each is written.
const TABLE: [(Function, [usize; 2], &str); 19] = [
    (Function::Sum, [1, ANY], "sum(x) or sum(x, y)"),
    (Function::Mean, [1, ANY], "mean(x) or mean(x, y)"),
    (Function::Median, [1, 1], "median(x)"),
    (Function::Min, [1, ANY], "min(x) or min(x, y)"),
    (Function::Max, [1, ANY], "max(x) or max(x, y)"),
    (Function::Count, [1, 1], "count(x)"),
    (Function::AtMax, [1, 2], "at_max(x) or at_max(x, column)"),
    (Function::AtMin, [1, 2], "at_min(x) or at_min(x, column)"),
    (Function::Round, [2, 2], "round(x, step)"),
    (Function::Range, [2, 2], "range(low, high)"),
    (Function::Root, [2, 2], "root(x, n)"),
    (Function::Rank, [1, ANY], "rank(x) or rank(x, y)"),
    (Function::Previous, [1, 1], "previous(column)"),
    (Function::Next, [1, 1], "next(column)"),
    (Function::First, [1, 1], "first(column)"),
    (Function::Last, [1, 1], "last(column)"),
    (Function::Convert, [1, 1], "convert(x)"),
    (Function::Difference, [2, 2], "difference(from, to)"),
    (Function::Change, [2, 2], "change(from, to)"),
];

impl Function {
    /// The names of all.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(function, ..)| function.name())
    }

    /// The function of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        TABLE.iter().map(|(function, ..)| *function).find(|function| function.name() == name)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        self.shape().split('(').next().unwrap_or("")
    }

    /// How it is written with all its arguments, for helps.
    pub(super) fn shape(self) -> &'static str {
        TABLE.iter().find(|(known, ..)| *known == self).map_or("", |(.., shape)| shape)
    }

    /// Whether it takes this number of arguments.
    pub(super) fn takes(self, count: usize) -> bool {
        TABLE.iter().any(|(known, [least, most], _)| *known == self && (*least..=*most).contains(&count))
    }

    /// Whether a call with this number of arguments runs over rows.
    pub(super) const fn runs_over_rows(self, arguments: usize) -> bool {
        match self {
            Self::Sum | Self::Mean | Self::Min | Self::Max => arguments == 1,
            Self::Median | Self::Count | Self::AtMax | Self::AtMin => true,
            _ => false,
        }
    }

    /// Whether it gives the text of the row with the largest or the smallest value.
    pub(super) const fn gives_text(self) -> bool {
        matches!(self, Self::AtMax | Self::AtMin)
    }

    /// Whether it takes its argument from another row of an ordered table.
    pub(super) const fn takes_another_row(self) -> bool {
        matches!(self, Self::Previous | Self::Next | Self::First | Self::Last)
    }
}
