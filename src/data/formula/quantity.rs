//! Values of formulas: numbers with dimensions, ranges, texts.

use std::cmp::Ordering;
use std::sync::Arc;

use super::gap::Gap;
use crate::data::amount::Bound;
use crate::data::notation::Date;
use crate::data::number::Number;
use crate::data::unit::{Dimensions, Thing, Unit};

/// The value of a formula or of a part of it.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(Quantity),
    Range(Interval),
    /// A number with its tolerances: how much more and how much less.
    Tolerance(Box<[Quantity; 3]>),
    /// An end of a range that is open: less or greater than any number. The gap says which.
    Open(Ordering, Arc<Gap>),
    Text(Arc<str>),
    /// A choice, by its index among those of its column, and its word.
    Choice(Column, usize, Arc<str>),
    Date(Date),
}

/// A value, or why there is none.
pub(super) type Given = Result<Value, Arc<Gap>>;

/// A column, by the index of its table and its own.
pub(super) type Column = (usize, usize);

/// A range; an end without a number is open.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    pub(super) low: Option<Quantity>,
    pub(super) high: Option<Quantity>,
    pub(super) median: Option<Quantity>,
}

/// A number, and what it counts.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// In base units; of a percentage the fraction: 0.05 for 5%.
    pub(super) value: Number,
    pub(super) scale: Arc<Scale>,
    /// Whether it is typed in the formula, a count or a rank: it takes the unit of what it is added to or compared with.
    pub(super) is_literal: bool,
    pub(super) bound: Option<Bound>,
    /// Whether a percentage is among its factors.
    pub(super) has_percent: bool,
    /// Whether it is what a percentage leaves of one typed in the formula, as `100% - x`: less another one it is a percentage still.
    pub(super) is_rest: bool,
}

/// What a number counts, and in which size.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) dimensions: Dimensions,
    /// How many base units one of it is; of percent, 1.
    pub(super) size: Number,
    pub(super) kind: Kind,
    /// The unit, where it is that of data.
    pub(super) unit: Option<Unit>,
}

/// Whether a number is one of percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Percent,
    Points,
}

impl Scale {
    /// What a number of a unit counts.
    pub(super) fn of(unit: &Unit) -> Arc<Self> {
        let kind = match unit.thing {
            Thing::Percent => Kind::Percent,
            Thing::Points => Kind::Points,
            _ => Kind::Plain,
        };
        let scale = unit.scale();
        let size = if kind == Kind::Plain { scale } else { scale.mul(&Number::HUNDRED).unwrap_or(scale) };
        Arc::new(Self { dimensions: unit.dimensions(), size, kind, unit: Some(unit.clone()) })
    }

    /// Whether it counts nothing that takes part in arithmetic.
    pub(super) fn is_plain(&self) -> bool {
        self.kind == Kind::Plain && self.dimensions.is_none()
    }

    /// By what a number in this unit is multiplied to be in base units.
    pub(super) fn factor(&self) -> Number {
        match self.kind {
            Kind::Plain => self.size.clone(),
            Kind::Percent | Kind::Points => self.size.div(&Number::HUNDRED).unwrap_or_else(|| self.size.clone()),
        }
    }

    /// What it counts, for messages: `USD/year`, `a plain number`.
    pub(super) fn name(&self) -> String {
        match &self.unit {
            Some(unit) if *unit != Unit::NUMBER => format!("`{unit}`"),
            _ => match self.kind {
                Kind::Plain => self.dimensions.to_string(),
                Kind::Percent => "a percentage".to_owned(),
                Kind::Points => "percentage points".to_owned(),
            },
        }
    }

    /// The currency that is in it.
    pub(super) fn currency(&self) -> Option<&Arc<str>> {
        self.dimensions.currencies().next()
    }
}

impl Quantity {
    /// A number of a unit, as data gives it; `None` where it has more digits than are kept.
    pub(super) fn typed(value: &Number, scale: &Arc<Scale>) -> Option<Self> {
        let value = match scale.size == Number::ONE && scale.kind == Kind::Plain {
            true => value.clone(),
            false => value.mul(&scale.factor())?,
        };
        let has_percent = scale.kind != Kind::Plain;
        Some(Self { value, scale: Arc::clone(scale), is_literal: false, bound: None, has_percent, is_rest: false })
    }

    /// Whether it takes the unit of what it is added to or compared with.
    pub(super) fn takes_unit(&self) -> bool {
        self.is_literal && self.scale.is_plain()
    }

    /// The number in its own unit.
    pub(super) fn in_unit(&self, scale: &Scale) -> Option<Number> {
        self.value.div(&scale.factor())
    }
}

impl Interval {
    /// Each end and the median changed.
    pub(super) fn map<T, E>(&self, change: impl Fn(&Quantity) -> Result<T, E>) -> Result<[Option<T>; 3], E> {
        let one = |end: &Option<Quantity>| end.as_ref().map(&change).transpose();
        Ok([one(&self.low)?, one(&self.high)?, one(&self.median)?])
    }
}

impl From<[Option<Quantity>; 3]> for Value {
    fn from([low, high, median]: [Option<Quantity>; 3]) -> Self {
        Self::Range(Interval { low, high, median })
    }
}

impl Value {
    /// What it is, for messages.
    pub(super) fn description(&self) -> &'static str {
        match self {
            Self::Number(_) | Self::Tolerance(_) => "a number",
            Self::Range(_) => "a range",
            Self::Open(..) => "an open end",
            Self::Text(_) => "a text",
            Self::Choice(..) => "a choice",
            Self::Date(_) => "a date",
        }
    }

    /// The text that it is.
    pub(super) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) | Self::Choice(_, _, text) => Some(text),
            _ => None,
        }
    }

    /// The numbers in it: one, or the ends of a range and its median.
    pub(super) fn numbers(&self) -> Vec<&Quantity> {
        match self {
            Self::Number(number) => vec![number],
            Self::Range(range) => [&range.low, &range.high, &range.median].into_iter().flatten().collect(),
            _ => Vec::new(),
        }
    }
}
