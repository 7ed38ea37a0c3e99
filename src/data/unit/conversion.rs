//! How a number of one unit becomes one of another, temperatures with their zeros included.

use crate::data::number::Number;

/// What is done to a number of one unit to get that of another: multiplied, and then shifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What it is multiplied by.
    pub factor: Number,
    /// What is added then: zero but for levels of temperature.
    pub shift: Number,
}

/// A scale of temperature: how many kelvins one degree is, and where absolute zero is on it.
pub(super) struct Scale {
    degree: Number,
    zero: Number,
}

impl Conversion {
    /// The number in the other unit. `None` if it has too many digits to be kept.
    pub fn apply(&self, value: &Number) -> Option<Number> {
        value.mul(&self.factor)?.add(&self.shift)
    }

    /// The number whose number in the other unit this is.
    pub fn undo(&self, value: &Number) -> Option<Number> {
        value.sub(&self.shift)?.div(&self.factor)
    }

    /// Whether it leaves every number as it is.
    pub fn is_none(&self) -> bool {
        self.factor == Number::ONE && self.shift.is_zero()
    }
}

impl Scale {
    /// The scale of a unit's word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let hundredths = |number: i64| Number::from_integer(number).div(&Number::HUNDRED);
        let (degree, zero) = match word {
            "K" => (Number::ONE, Number::ZERO),
            "°C" => (Number::ONE, hundredths(-27_315)?),
            "°F" => (Number::from_integer(5).div(&Number::from_integer(9))?, hundredths(-45_967)?),
            _ => return None,
        };
        Some(Self { degree, zero })
    }

    /// The conversion of a level, or of a difference of two, to another scale.
    pub(super) fn conversion(&self, to: &Self, is_difference: bool) -> Conversion {
        let factor = self.degree.div(&to.degree).unwrap_or(Number::ONE);
        let moved = self.zero.mul(&factor).and_then(|zero| to.zero.sub(&zero)).filter(|_| !is_difference);
        Conversion { factor, shift: moved.unwrap_or(Number::ZERO) }
    }
}

#[cfg(test)]
mod tests {
    use crate::data::number::Number;
    use crate::data::unit::Unit;

    #[test]
    fn levels_of_temperature_have_their_zeros_and_differences_none() {
        let check = |from: &str, to: &str, is_difference, value: &str, expected: &str| {
            let unit = |text: &str| Unit::parse(text).unwrap();
            let conversion = unit(from).conversion(&unit(to), is_difference).unwrap();
            let value = Number::from_decimal(value).unwrap();
            let converted = conversion.apply(&value).unwrap();
            assert_eq!(converted.to_string(), expected, "{value} {from} in {to}");
            assert_eq!(conversion.undo(&converted), Some(value));
        };
        check("°C", "°F", false, "-41.7", "-43.06");
        check("°C", "°F", true, "1.5", "2.7");
        check("°F", "°C", false, "32", "0");
        check("K", "°C", false, "273.15", "0");
        check("°C", "°C", false, "5", "5");
        check("µs", "ms", false, "3968", "3.968");
        check("USD/month", "USD/year", false, "10", "120");
    }
}
