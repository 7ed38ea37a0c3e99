//! Formulas as trees. Each part knows its range of bytes in the formula's text.

use std::ops::Range;
use std::sync::Arc;

use super::functions::Function;
use crate::data::number::Number;
use crate::data::unit::Unit;

/// A part of a formula.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) range: Range<usize>,
}

/// What a part of a formula is.
#[derive(Clone, Debug)]
pub(super) enum NodeKind {
    /// `60_000 GB`, `5%`
    Number(Number, LiteralUnit),
    /// `'final'`
    Text(Arc<str>),
    /// `plans.*.total.low`
    Name(Vec<NamePart>),
    /// `-x`
    Negative(Box<Node>),
    /// `a + b - c`
    Sum(Box<Node>, Vec<Term>),
    /// `a * b / c`
    Product(Box<Node>, Vec<Term>),
    /// `sum(x where y > 2)`
    Call(Call),
}

/// A further part of a sum or a product, with its operator.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Whether it is subtracted, or divided by.
    pub(super) is_inverse: bool,
    /// The range of the operator.
    pub(super) operator: Range<usize>,
    pub(super) node: Node,
}

/// The unit of a number in a formula.
#[derive(Clone, Debug)]
pub(super) enum LiteralUnit {
    /// None: it takes the unit of what it is added to or compared with.
    None,
    /// A unit.
    Fixed(Unit),
    /// A unit in which `{column}` stands for the row's text in that column.
    ByRow(Arc<str>),
}

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NamePart {
    /// `plans`
    Word(Arc<str>),
    /// `{place}`: the row's value in this column.
    Column(Arc<str>),
    /// `*`: any value.
    Any,
}

/// A call of a function.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) function: Function,
    pub(super) arguments: Vec<Node>,
    /// What is behind `where`: all must be true of a row.
    pub(super) conditions: Vec<Test>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) comparison: Comparison,
    pub(super) left: Node,
    pub(super) right: Node,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Comparison {
    /// All, as they are written; the longer before those that they begin with.
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("!=", Self::Unequal),
        ("=", Self::Equal),
        ("<", Self::Below),
        (">", Self::Above),
    ];

    /// As it is written.
    pub(super) fn sign(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(sign, _)| sign)
    }

    /// Whether it asks for an order, not only for equality.
    pub(super) const fn asks_for_order(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal)
    }
}
