//! The value of a figure, and how it is meant: its bound, its ends, its sign and its digits.

use std::cmp::Ordering;
use std::sync::Arc;

use super::notation::Date;
use super::number::Number;

/// A figure's value, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// The source does not say.
    Unstated,
    /// A word in place of a number, such as "no data", or the name that a formula picks, such as "eu-north".
    Text(Arc<str>),
    /// One value.
    One(Number),
    /// Low and high.
    Range(Number, Number),
    /// The low end of a range that is open above.
    From(Number),
    /// The high end of a range that is open below.
    To(Number),
    /// A value with its tolerances, both as sizes.
    Tolerance {
        /// The value itself.
        value: Number,
        /// How much more it may be.
        plus: Number,
        /// How much less it may be.
        minus: Number,
    },
    /// A date.
    Date(Date),
}

impl Amount {
    /// The number that decides where it is in an order or on a scale: the value, the low end, or the only end.
    pub fn first(&self) -> Option<&Number> {
        match self {
            Self::One(value) | Self::Range(value, _) | Self::From(value) | Self::To(value) => Some(value),
            Self::Tolerance { value, .. } => Some(value),
            Self::Unstated | Self::Text(_) | Self::Date(_) => None,
        }
    }

    /// Low and high; of one value, that value twice. `None` without two ends.
    pub fn ends(&self) -> Option<(&Number, &Number)> {
        match self {
            Self::One(value) | Self::Tolerance { value, .. } => Some((value, value)),
            Self::Range(low, high) => Some((low, high)),
            _ => None,
        }
    }
}

/// A threshold or a hedge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// More than the value.
    Over,
    /// The value or more.
    AtLeast,
    /// Less than the value.
    Under,
    /// The value or less.
    UpTo,
    /// About the value.
    About,
}

/// When a text of a figure needs a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signing {
    /// Where it is below zero, as most figures.
    #[default]
    BelowZero,
    /// Always: the figure is a change or a difference, whose direction is part of what it says.
    Always,
    /// Never: its id states the direction.
    Never,
    /// Never, but it may have both: the figure is a tolerance, `±0.05`.
    BothWays,
}

/// On which side of zero a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Above zero.
    Up,
    /// Below zero.
    Down,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Up, Self::Down];

    /// The direction that the last part of an id states.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.key() == key)
    }

    /// The direction of a number; `None` for zero.
    pub fn of(value: &Number) -> Option<Self> {
        match value.cmp(&Number::ZERO) {
            Ordering::Greater => Some(Self::Up),
            Ordering::Less => Some(Self::Down),
            Ordering::Equal => None,
        }
    }

    /// The last part of the id of a figure with this direction.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// How many digits a text of a figure has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// As many as its author likes.
    #[default]
    Free,
    /// Those of the data: 12.50 is not 12.5.
    AsTyped,
    /// So many significant ones.
    Significant(u32),
}

/// Which ends of a range belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ends {
    /// Both.
    #[default]
    Both,
    /// Its low end, and not its high end.
    Low,
    /// Its high end, and not its low end.
    High,
}
