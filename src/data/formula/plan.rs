//! What the parts of a formula mean, as far as it is known without looking at a row.

use std::sync::Arc;

use super::sheets::RowAt;
use super::tree::Node;
use crate::data::table::Derived;
use crate::document::Text;

/// What a formula means: it can be worked out on a row of its sheet.
pub(super) struct Plan<'a> {
    pub(super) text: &'a Text,
    /// What each of its parts means.
    pub(super) meanings: Vec<Meaning>,
    pub(super) terms: Terms,
    /// What it takes from the row that it is worked out on.
    pub(super) outside: Outside,
}

/// What the column of a formula says of its inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Terms {
    /// Figures of different scope or subject may meet.
    pub(super) compares: bool,
    /// The column says which bound the result has, so that those of the inputs don't matter.
    pub(super) drops_bounds: bool,
}

impl Terms {
    /// Anything may meet anything.
    pub(super) const FREE: Self = Self { compares: true, drops_bounds: true };
}

/// Which of the rows at hand is meant: 0 for the one that the formula is worked out on, then one for each function over rows around.
pub(super) type Frame = usize;

/// What a part of a formula means beside what its text says.
#[derive(Debug)]
pub(super) enum Meaning {
    Nothing,
    /// A name.
    Name(Reference),
    /// A number whose unit names columns of a row, or a function that takes a value from a row near it.
    Row(Frame),
    /// A function that runs over rows.
    OverRows(OverRows),
}

/// A function that runs over rows.
#[derive(Debug)]
pub(super) struct OverRows {
    /// What it is told apart by from those of all formulas.
    pub(super) number: usize,
    /// The frame of the row that it is worked out for.
    pub(super) of: Frame,
    /// The sheet whose rows it runs over.
    pub(super) sheet: usize,
    /// The frame of the row that it is at.
    pub(super) frame: Frame,
    /// The parts of the ids that it fits; `None` for all rows of the formula's own table.
    pub(super) pattern: Option<Vec<IdPart>>,
    /// The column that `at_max` and `at_min` give; `None` for the row's id.
    pub(super) column: Option<usize>,
    /// A typed column, and what is its text in the rows that are picked.
    pub(super) look_up: Option<(usize, IdPart)>,
    pub(super) outside: Outside,
}

/// What a part of a formula takes from the rows around it.
#[derive(Debug, Default)]
pub(super) struct Outside {
    /// Texts of columns.
    pub(super) texts: Vec<(Frame, usize)>,
    /// Whether it takes anything else, so that it must be worked out for each row by itself.
    pub(super) takes_values: bool,
}

/// A part of the id of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IdPart {
    Word(Arc<str>),
    /// What a column of the row in a frame says.
    Column(Frame, usize),
    /// Any, in a pattern.
    Any,
}

/// A name, resolved.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) base: Base,
    pub(super) column: usize,
    pub(super) side: Side,
}

/// Which row a name means.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// The row in a frame.
    Frame(Frame),
    /// One row.
    Row(RowAt),
    /// The row of a sheet whose id is made from columns.
    LookUp(usize, Vec<IdPart>),
    /// Two rows that follow each other.
    Pair(RowAt, usize),
}

/// Which side of a cell is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Whole,
    Low,
    High,
    Median,
    Plus,
    Minus,
    Range,
    Derived(Derived),
}

impl Side {
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Low, "low"),
        (Self::High, "high"),
        (Self::Median, "median"),
        (Self::Plus, "plus"),
        (Self::Minus, "minus"),
        (Self::Range, "range"),
    ];

    /// All with their names.
    fn all() -> impl Iterator<Item = (Self, &'static str)> {
        Self::NAMES.into_iter().chain(Derived::ALL.into_iter().map(|(derived, name)| (Self::Derived(derived), name)))
    }

    /// The side of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::all().find(|(_, known)| *known == name).map(|(side, _)| side)
    }

    /// Its name; empty for the whole.
    pub(super) fn name(self) -> &'static str {
        Self::all().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    /// All names.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        Self::all().map(|(_, name)| name)
    }

    /// The id of this side of a figure.
    pub(super) fn of(self, id: Arc<str>) -> Arc<str> {
        if self == Self::Whole { id } else { format!("{id}.{}", self.name()).into() }
    }
}

impl Plan<'_> {
    /// What a part means.
    pub(super) fn meaning(&self, node: &Node) -> &Meaning {
        self.meanings.get(node.part).unwrap_or(&Meaning::Nothing)
    }
}
