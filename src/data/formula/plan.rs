//! Formulas whose names are resolved to cells as far as they can be without looking at a row.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::functions::Function;
use super::quantity::Quantity;
use super::sheets::RowAt;
use super::tree::Comparison;
use crate::data::number::Number;
use crate::data::table::Derived;
use crate::document::Text;

/// A formula that can be worked out on a row of its sheet.
pub(super) struct Plan<'a> {
    pub(super) text: &'a Text,
    pub(super) step: Step,
    pub(super) terms: Terms,
}

/// What the column of a formula says of its inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Terms {
    /// Figures of different scope or subject may meet.
    pub(super) compares: bool,
    /// The column says which bound the result has, so that those of the inputs don't matter.
    pub(super) drops_bounds: bool,
}

/// An expectation that can be tried on a row of its sheet.
pub(super) struct TestPlan<'a> {
    pub(super) text: &'a Text,
    pub(super) test: TestStep,
    pub(super) conditions: Vec<TestStep>,
    /// Whether it is tried on each row.
    pub(super) takes_row: bool,
}

/// A part of a formula.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) kind: StepKind,
    /// Its bytes in the formula's text.
    pub(super) range: Range<usize>,
}

/// What a part of a formula does.
#[derive(Debug)]
pub(super) enum StepKind {
    /// A number, with its unit.
    Number(Quantity),
    /// A number whose unit names columns of the row in a frame.
    ByRow(Number, Arc<str>, Frame),
    Text(Arc<str>),
    Name(Reference),
    Negative(Box<Step>),
    Sum(Box<Step>, Vec<TermStep>),
    Product(Box<Step>, Vec<TermStep>),
    /// A function of its arguments alone.
    Apply(Function, Vec<Step>),
    /// A value from another row of an ordered table.
    Neighbor(Function, Frame, Box<Step>),
    OverRows(Rc<OverRows>),
}

/// A further part of a sum or a product.
#[derive(Debug)]
pub(super) struct TermStep {
    pub(super) is_inverse: bool,
    pub(super) operator: Range<usize>,
    pub(super) step: Step,
}

/// A comparison.
#[derive(Debug)]
pub(super) struct TestStep {
    pub(super) comparison: Comparison,
    pub(super) left: Step,
    pub(super) right: Step,
}

/// Which of the rows at hand is meant: 0 for the one that the formula is worked out on, then one for each function over rows around.
pub(super) type Frame = usize;

/// A function that runs over rows.
#[derive(Debug)]
pub(super) struct OverRows {
    /// What it is told apart by.
    pub(super) number: usize,
    pub(super) function: Function,
    /// The frame of the row that it is worked out for.
    pub(super) of: Frame,
    /// The sheet whose rows it runs over.
    pub(super) sheet: usize,
    /// The frame of the row that it is at.
    pub(super) frame: Frame,
    /// The parts of the ids that it fits; `None` for all rows of the formula's own table.
    pub(super) pattern: Option<Vec<IdPart>>,
    pub(super) arguments: Vec<Step>,
    /// The column that `at_max` and `at_min` give; `None` for the row's id.
    pub(super) column: Option<usize>,
    pub(super) conditions: Vec<TestStep>,
    /// The condition that a typed column has a text, so that its rows can be looked up.
    pub(super) look_up: Option<usize>,
    pub(super) outside: Outside,
}

/// What a function over rows takes from the rows around it.
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
    const NAMES: [(&'static str, Self); 6] = [
        ("low", Self::Low),
        ("high", Self::High),
        ("median", Self::Median),
        ("plus", Self::Plus),
        ("minus", Self::Minus),
        ("range", Self::Range),
    ];

    /// The side of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let side = Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, side)| *side);
        side.or_else(|| super::sheets::derived_named(name).map(Self::Derived))
    }

    /// Its name; empty for the whole.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Derived(derived) => super::sheets::derived_name(derived),
            side => Self::NAMES.iter().find(|(_, known)| *known == side).map_or("", |(name, _)| name),
        }
    }

    /// All names.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name).chain(Derived::ALL.iter().map(|(_, name)| *name))
    }
}

impl StepKind {
    /// The number, where it is one typed without a unit.
    pub(super) fn plain_number(&self) -> Option<&Number> {
        match self {
            Self::Number(quantity) if quantity.takes_unit() => Some(&quantity.value),
            _ => None,
        }
    }
}
