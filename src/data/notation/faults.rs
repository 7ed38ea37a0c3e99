//! What can be wrong with one number: its grouping, its currency, the letters of a rank.

use std::ops::Range;

use super::affix::Money;
use super::range;
use super::scan::{DigitFault, slice};
use super::unreadable::{Unreadable, UnreadableKind};
use super::written::Part;
use super::{Currency, digits};
use crate::data::number::Number;

/// The one currency that stands before or behind a number.
pub(super) fn currency_of(
    text: &str,
    before: Option<Part<Money>>,
    after: Option<Part<Money>>,
) -> Result<Option<Part<Currency>>, Unreadable> {
    let known = |money: Part<Money>| match money.value {
        Money::Known(value) => Ok(Part { value, range: money.range }),
        Money::Cents => {
            let message = "the amount is in cents".to_owned();
            Err(Unreadable::new(UnreadableKind::Cents, money.range, message, "Write `$0.50` for 50 cents."))
        }
        Money::UnknownSign => {
            let message = format!("`{}` is not a currency sign that can be read", slice(text, money.range.clone()));
            let help = "Write the currency's ISO code, such as `INR 500`; `$`, `€`, `£` and `¥` are the signs.";
            Err(Unreadable::new(UnreadableKind::UnknownCurrency, money.range, message, help))
        }
    };
    let (before, after) = (before.map(known).transpose()?, after.map(known).transpose()?);
    match (before, after) {
        (Some(before), Some(after)) if before.value != after.value => {
            Err(range::mixed_currencies(before.range.start..after.range.end, before.value, after.value))
        }
        (before, after) => Ok(before.or(after)),
    }
}

pub(super) fn digit_fault(shown: &str, range: Range<usize>, fault: DigitFault) -> Unreadable {
    let (whole, decimals) = shown.find('.').map_or((shown, ""), |point| shown.split_at(point));
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let grouped = format!("{}{decimals}", digits::group(&digits, ","));
    let digits = format!("{digits}{decimals}");
    match fault {
        DigitFault::Mark(mark) => {
            let message = format!("`{mark}` can't group the digits of `{shown}`");
            let help = match whole.contains(',') {
                // The comma may be a decimal mark.
                true => "Thousands are set off by `,`, decimals by `.`, as in `1,100,000.5`.".to_owned(),
                false => format!("Write `{grouped}` or `{digits}`."),
            };
            Unreadable::new(UnreadableKind::Grouping, range, message, help)
        }
        DigitFault::Grouping => {
            let message = format!("`{shown}` is not grouped in threes");
            let decimal = shown.replace(',', ".");
            let help = match shown.matches(',').count() {
                1 if !decimals.is_empty() => format!("Write `{grouped}` or `{digits}`."),
                1 if digits.starts_with('0') => format!("Write `{decimal}`: the decimal mark is a point."),
                1 => format!("Write `{decimal}` if the comma is a decimal mark, else `{grouped}`."),
                _ => format!("Write `{grouped}` or `{digits}`."),
            };
            Unreadable::new(UnreadableKind::Grouping, range, message, help)
        }
        DigitFault::DecimalMark => {
            let message = format!("`{shown}` has more than one decimal mark");
            let help = "Thousands are set off by `,`, decimals by `.`: write `1,100,000` or `1.1`.";
            Unreadable::new(UnreadableKind::DecimalMark, range, message, help)
        }
    }
}

pub(super) fn check_ordinal(text: &str, value: &Number, range: Range<usize>) -> Result<(), Unreadable> {
    let shown = slice(text, range.clone());
    let right = value.is_integer().then(|| digits::ordinal(value, ","));
    match right {
        Some(right) if right == shown || right.replace(',', "") == shown => Ok(()),
        Some(right) => {
            let message = format!("`{shown}` is not how this rank is written");
            Err(Unreadable::new(UnreadableKind::Ordinal, range, message, format!("Write `{right}`.")))
        }
        None => {
            let message = format!("`{shown}` is a rank with decimals");
            Err(Unreadable::new(UnreadableKind::Ordinal, range, message, "Write a whole number, such as `2nd`."))
        }
    }
}
