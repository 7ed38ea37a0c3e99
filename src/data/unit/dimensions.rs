//! What a unit is made of: a product of powers of bases, such as currency × month⁻¹.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What sizes are measured in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Base {
    /// A currency, by its ISO code.
    Currency(Arc<str>),
    Second,
    /// Calendar months, which are no fixed number of days.
    Month,
    Byte,
    Metre,
    Gram,
    Ampere,
    Kelvin,
    Mole,
    Candela,
    /// A temperature, or a difference of two, in degrees Celsius.
    Celsius,
    /// The same in degrees Fahrenheit.
    Fahrenheit,
}

/// Powers of bases; none is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimensions(BTreeMap<Base, i8>);

impl Dimensions {
    /// One base.
    pub fn of(base: Base) -> Self {
        Self(BTreeMap::from([(base, 1)]))
    }

    /// A product of powers of bases.
    pub(super) fn from_powers(powers: impl IntoIterator<Item = (Base, i8)>) -> Self {
        Self(powers.into_iter().collect())
    }

    /// Whether it is a plain number.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.joined(other, 1)
    }

    /// The quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.joined(other, -1)
    }

    /// The `degree`-th root; `None` where a power is no multiple of it.
    pub fn root(&self, degree: i8) -> Option<Self> {
        let powers = self
            .0
            .iter()
            .map(|(base, power)| (degree != 0 && power % degree == 0).then(|| (base.clone(), power / degree)));
        powers.collect::<Option<_>>().map(Self)
    }

    /// The currencies in it.
    pub fn currencies(&self) -> impl Iterator<Item = &Arc<str>> {
        self.0.keys().filter_map(|base| match base {
            Base::Currency(code) => Some(code),
            _ => None,
        })
    }

    fn joined(&self, other: &Self, sign: i8) -> Self {
        let mut powers = self.0.clone();
        for (base, power) in &other.0 {
            let entry = powers.entry(base.clone()).or_insert(0);
            *entry = entry.saturating_add(power * sign);
        }
        powers.retain(|_, power| *power != 0);
        Self(powers)
    }
}

impl fmt::Display for Dimensions {
    /// For messages: `USD per month`, `a plain number`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |sign: i8| {
            let bases = self.0.iter().filter(move |(_, power)| power.signum() == sign);
            let words = bases.map(|(base, power)| match power.abs() {
                1 => base.to_string(),
                power => format!("{base}^{power}"),
            });
            words.collect::<Vec<_>>().join(" × ")
        };
        match (named(1).as_str(), named(-1).as_str()) {
            ("", "") => out.write_str("a plain number"),
            (top, "") => out.write_str(top),
            ("", below) => write!(out, "1 per {below}"),
            (top, below) => write!(out, "{top} per {below}"),
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Currency(code) => code,
            Self::Second => "time",
            Self::Month => "month",
            Self::Byte => "data",
            Self::Metre => "length",
            Self::Gram => "mass",
            Self::Ampere => "current",
            Self::Kelvin => "kelvin",
            Self::Mole => "amount of substance",
            Self::Candela => "luminous intensity",
            Self::Celsius => "°C",
            Self::Fahrenheit => "°F",
        })
    }
}
