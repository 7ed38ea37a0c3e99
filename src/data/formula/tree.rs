//! Formulas as trees. Each part knows its range of bytes in the formula's text.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::functions::Function;
use crate::data::number::Number;
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::document::Text;

/// A formula, as typed.
#[derive(Clone)]
pub struct Formula {
    pub(super) text: Text,
    pub(super) root: Node,
    /// What is behind the `where` of an expectation.
    pub(super) conditions: Vec<Node>,
    /// How many parts it has.
    pub(super) parts: usize,
}

/// A comparison that must be true, as typed.
#[derive(Clone, Debug)]
pub struct Expectation(pub(super) Formula);

/// A part of a formula.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) range: Range<usize>,
    /// Which part of the formula it is.
    pub(super) part: usize,
}

/// What a part of a formula is.
#[derive(Clone, Debug)]
pub(super) enum NodeKind {
    /// `60_000 GB`, `5%`, `3 {currency}`
    Number(Number, ColumnUnit),
    /// `'final'`
    Text(Arc<str>),
    /// `plans.*.total.low`
    Name(Vec<NamePart>),
    /// `-x`
    Negative(Box<Node>),
    /// `a + b - c`; a list, so that a long one isn't nested deeply.
    Sum(Vec<Term>),
    /// `a * b / c`
    Product(Vec<Term>),
    /// `sum(x where y > 2)`
    Call(Call),
    /// `a <= b`
    Compare(Comparison, Box<[Node; 2]>),
}

/// A part of a sum or a product, with the operator before it.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Whether it is subtracted, or divided by.
    pub(super) is_inverse: bool,
    /// The range of the operator; empty for the first part.
    pub(super) operator: Range<usize>,
    pub(super) node: Node,
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
    pub(super) conditions: Vec<Node>,
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

impl Formula {
    /// The formula as typed.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

impl fmt::Debug for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Formula({:?})", self.text.text)
    }
}

impl Node {
    /// The parts that it is made of, without what picks rows.
    pub(super) fn children(&self) -> Vec<&Self> {
        match &self.kind {
            NodeKind::Number(..) | NodeKind::Text(_) | NodeKind::Name(_) => Vec::new(),
            NodeKind::Negative(inner) => vec![inner],
            NodeKind::Sum(terms) | NodeKind::Product(terms) => terms.iter().map(|term| &term.node).collect(),
            NodeKind::Call(call) => call.values().iter().collect(),
            NodeKind::Compare(_, sides) => sides.iter().collect(),
        }
    }

    /// The factor of 100 without a unit in a part and the parts that it is calculated from on the same row.
    pub(super) fn hundred(&self) -> Option<&Self> {
        let factor = match &self.kind {
            NodeKind::Product(terms) => terms.iter().map(|term| &term.node).find(|node| node.is_hundred()),
            NodeKind::Call(call) if call.takes_rows() => return None,
            _ => None,
        };
        factor.or_else(|| self.children().into_iter().find_map(Self::hundred))
    }

    /// Whether it is 100, without a unit.
    pub(super) fn is_hundred(&self) -> bool {
        matches!(&self.kind, NodeKind::Number(number, ColumnUnit::Fixed(unit))
            if *number == Number::HUNDRED && *unit == Unit::NUMBER)
    }
}

impl Call {
    /// Whether it takes values from other rows.
    pub(super) fn takes_rows(&self) -> bool {
        self.function.runs_over_rows(self.arguments.len())
            || self.function.takes_another_row()
            || self.function == Function::Rank
    }

    /// The arguments that are calculated: the second of `at_max` names a column.
    pub(super) fn values(&self) -> &[Node] {
        if self.function.gives_text() { &self.arguments[..1] } else { &self.arguments }
    }
}

impl NamePart {
    /// The word that it is; `None` for what stands for others.
    pub(super) fn word(&self) -> Option<&str> {
        if let Self::Word(word) = self { Some(word) } else { None }
    }
}

impl fmt::Display for NamePart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => out.write_str(word),
            Self::Column(column) => write!(out, "{{{column}}}"),
            Self::Any => out.write_str("*"),
        }
    }
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
