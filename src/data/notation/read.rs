//! Reading a figure's text: words, numbers and dates one after the other, then what they say together.

use std::ops::Range;

use super::affix::{self, Prefix, Suffix};
use super::around::{below_zero, bound, introduced, per};
use super::dates;
use super::faults::{check_ordinal, currency_of, digit_fault};
use super::range::{self, Item};
use super::scan::{self, after_letters, char_at, char_before, is_digit_at, is_word_char, slice};
use super::unreadable::{Unreadable, UnreadableKind};
use super::vocabulary::{self, NumberWord};
use super::written::{Numeral, NumeralStyle, Part, Quantity, Shape, Sign, Written};
use crate::data::number::Number;
use crate::data::unit::Thing;

/// Reads a figure's text, emphasis aside.
pub fn read(text: &str) -> Result<Written, Unreadable> {
    let whole = scan::after_spaces(text, 0)..text.trim_end().len().max(scan::after_spaces(text, 0));
    let words = slice(text, whole.clone());
    if words.is_empty() {
        let message = "the text of the figure is empty".to_owned();
        return Err(Unreadable::new(
            UnreadableKind::Empty,
            0..text.len(),
            message,
            "Write the figure, such as `$432K`.",
        ));
    }
    if words.eq_ignore_ascii_case("unstated") || vocabulary::ends_with(words, "not stated") == Some(0) {
        return Ok(Written { text: text.into(), shape: Shape::Unstated, bound: None, per: None });
    }
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_invisible(c)) {
        let message = format!("the text holds the invisible character U+{:04X}", u32::from(c));
        let help = "Delete the text and type it again.";
        return Err(Unreadable::new(UnreadableKind::Invisible, at..at + c.len_utf8(), message, help));
    }
    let mut reader = Reader { text, at: 0, items: Vec::new() };
    while let Some(c) = char_at(text, reader.at) {
        reader.step(c)?;
    }
    reader.finish(whole)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    items: Vec<Item>,
}

impl Reader<'_> {
    /// Takes in what starts with the next character.
    fn step(&mut self, c: char) -> Result<(), Unreadable> {
        let text = self.text;
        if let Some((date, form)) = dates::at(text, self.at)? {
            self.at = date.range.end;
            self.items.push(Item::Date(date, form));
        } else if let Some(end) = self.after_per(c) {
            self.at = end;
        } else if c.is_ascii_digit() {
            self.digits()?;
        } else if c.is_alphabetic() {
            self.word()?;
        } else if c.is_numeric() {
            let range = self.at..self.at + c.len_utf8();
            let message = format!("`{c}` can't be read as a number");
            return Err(Unreadable::new(UnreadableKind::ForeignDigits, range, message, "Type the digits 0 to 9."));
        } else {
            self.at += c.len_utf8();
        }
        Ok(())
    }

    /// Takes in a number in digits.
    fn digits(&mut self) -> Result<(), Unreadable> {
        let text = self.text;
        let run = scan::digit_run(text, self.at);
        let shown = slice(text, run.range.clone());
        if let Some(fault) = run.fault {
            return Err(digit_fault(shown, run.range.clone(), fault));
        }
        if char_before(text, self.at) == Some('.') {
            let message = format!("`.{shown}` starts with the decimal mark");
            let help = format!("Write `0.{shown}`, or a space after a full stop.");
            return Err(Unreadable::new(UnreadableKind::DecimalMark, self.at - 1..run.range.end, message, help));
        }
        let value = Number::from_decimal(&shown.replace(',', "")).map_err(|problem| {
            let message = format!("the number {problem}");
            let help = "Write fewer digits, such as `$1.1M` or `6.022 × 10²³`.";
            Unreadable::new(UnreadableKind::ManyDigits, run.range.clone(), message, help)
        })?;
        let prefix = affix::prefix(text, self.at, self.floor());
        let suffix = affix::suffix(text, run.range.end, prefix.money.is_some());
        if let Some(glued) =
            suffix.glued.clone().filter(|glued| slice(text, glued.clone()).contains(|c| !char::is_alphabetic(c)))
        {
            let range = self.at..glued.end;
            let message = format!("`{}` mixes digits and letters", slice(text, range.clone()));
            let help = "Put a space between a number and a word, or leave the word outside the link.";
            return Err(Unreadable::new(UnreadableKind::Letters, range, message, help));
        }
        let style = match &suffix.ordinal {
            Some(ordinal) => {
                check_ordinal(text, &value, run.range.start..ordinal.end)?;
                NumeralStyle::Ordinal
            }
            None if prefix.hash => NumeralStyle::Hash,
            None => NumeralStyle::Digits { grouped: run.grouped || run.integer_end - run.range.start < 4 },
        };
        let decimals = u32::try_from(run.range.end.saturating_sub(run.integer_end + 1)).unwrap_or(u32::MAX);
        self.push(Numeral { value, decimals, style, range: run.range }, prefix, suffix)
    }

    /// Takes in a word: a number in words, or something that only stands there.
    fn word(&mut self) -> Result<(), Unreadable> {
        let (text, start) = (self.text, self.at);
        let end = after_letters(text, start);
        let word = slice(text, start..end);
        let number = vocabulary::number_word(word).filter(|_| !char_at(text, end).is_some_and(is_word_char));
        match number {
            Some(NumberWord::Ordinal(2)) if self.is_period_before(start) => self.at = end,
            Some(NumberWord::Other) if self.is_side(start..end) => self.at = end,
            Some(NumberWord::Cardinal(value)) => self.number_word(value, NumeralStyle::Word, start..end)?,
            Some(NumberWord::Ordinal(value)) => self.number_word(value, NumeralStyle::OrdinalWord, start..end)?,
            Some(NumberWord::Other) => return Err(self.in_words(start..end)),
            None if is_known(word) => self.at = end,
            None => self.at = after_word(text, end),
        }
        Ok(())
    }

    fn number_word(&mut self, value: u8, style: NumeralStyle, range: Range<usize>) -> Result<(), Unreadable> {
        let text = self.text;
        let prefix = affix::prefix(text, range.start, self.floor());
        let suffix = match style {
            NumeralStyle::Word => affix::suffix(text, range.end, false),
            _ => Suffix { end: range.end, ..Suffix::default() },
        };
        let is_percent =
            suffix.thing.as_ref().is_some_and(|thing| matches!(thing.value, Thing::Percent | Thing::Points));
        if prefix.money.is_some() || suffix.money.is_some() || suffix.magnitude.is_some() || is_percent {
            return Err(self.in_words(range.start..suffix.end));
        }
        let value = Number::from_integer(i64::from(value));
        let prefix = Prefix { start: range.start, sign: None, money: None, hash: false };
        self.push(Numeral { value, decimals: 0, style, range }, prefix, suffix)
    }

    fn push(&mut self, numeral: Numeral, prefix: Prefix, suffix: Suffix) -> Result<(), Unreadable> {
        let text = self.text;
        let currency = currency_of(text, prefix.money, suffix.money)?;
        let end = suffix
            .plus
            .as_ref()
            .map_or(suffix.end, |plus| if plus.end == suffix.end { plus.start } else { suffix.end });
        self.at = suffix.end;
        let quantity = Quantity {
            range: prefix.start..end,
            sign: prefix.sign,
            currency,
            numeral,
            magnitude: suffix.magnitude,
            thing: suffix.thing,
        };
        self.items.push(Item::Number(quantity, suffix.plus));
        Ok(())
    }

    /// Where a measure ends that has a number of its own and is introduced here: `per 100 g`, `/100 g`.
    fn after_per(&self, c: char) -> Option<usize> {
        let is_start = c == '/' || !char_before(self.text, self.at).is_some_and(is_word_char);
        let per = introduced(self.text, self.at, None).filter(|_| is_start && matches!(c, '/' | 'p' | 'P'))?;
        let has_number = per.value.number != Number::ONE || slice(self.text, per.range.clone()).contains('1');
        has_number.then_some(per.range.end)
    }

    /// Where the last number or date ends.
    fn floor(&self) -> usize {
        self.items.last().map_or(0, Item::end)
    }

    /// Whether `per`, `a` or `/` stands before a word, so that it names a period.
    fn is_period_before(&self, at: usize) -> bool {
        let before = slice(self.text, 0..scan::before_spaces(self.text, at));
        let is_a = !self.items.is_empty() && vocabulary::ends_with(before, "a").is_some();
        is_a || before.ends_with('/') || vocabulary::ends_with(before, "per").is_some()
    }

    /// Whether `zero` is that of `below zero`.
    fn is_side(&self, word: Range<usize>) -> bool {
        let before = slice(self.text, 0..scan::before_spaces(self.text, word.start));
        let is_side = ["below", "above"].iter().any(|side| vocabulary::ends_with(before, side).is_some());
        is_side && slice(self.text, word).eq_ignore_ascii_case("zero")
    }

    /// The error for a number in words, which knows from the rest of the text what is counted.
    fn in_words(&self, range: Range<usize>) -> Unreadable {
        let shown = slice(self.text, range.clone());
        let mut words = self.text.split(|c: char| !c.is_alphabetic());
        let is_money = self.text.contains(super::currency::is_sign)
            || self.text.split(|c: char| !c.is_alphabetic()).any(|word| vocabulary::currency(word).is_some());
        let is_percent = self.text.contains('%') || words.any(|word| word.eq_ignore_ascii_case("percent"));
        let (kind, what, example) = match (is_money, is_percent) {
            (true, _) => (UnreadableKind::MoneyInWords, "money in words", "`$432K` or `$432,000`"),
            (_, true) => (UnreadableKind::PercentInWords, "a percentage in words", "`10%` or `10 percent`"),
            _ => (UnreadableKind::NumberInWords, "a number in words", "`20` or `5,000`; words go from one to twelve"),
        };
        Unreadable::new(kind, range, format!("`{shown}` is {what}"), format!("Type digits, such as {example}."))
    }

    /// What the numbers and dates say together.
    fn finish(self, whole: Range<usize>) -> Result<Written, Unreadable> {
        let text = self.text;
        let written = |shape, bound, per| Ok(Written { text: text.into(), shape, bound, per });
        match <[Item; 1]>::try_from(self.items) {
            Ok([Item::Date(date, form)]) => written(Shape::Date(date, form), None, None),
            Ok([Item::Number(quantity, plus)]) => {
                let quantity = with_side(text, quantity)?;
                let bound = bound(text, &quantity.range, false, plus);
                let per = per(text, quantity.range.start, quantity.currency.is_some(), None);
                written(Shape::One(quantity), bound, per)
            }
            Err(items) if items.is_empty() => {
                let message = format!("`{}` holds no number", slice(text, whole.clone()));
                let help = "Write the figure, such as `$432K`, or `not stated` where the source does not say.";
                Err(Unreadable::new(UnreadableKind::NoNumber, whole, message, help))
            }
            Err(items) => {
                let range = items[0].range().start..items[items.len() - 1].range().end;
                let plus = items.iter().find_map(|item| match item {
                    Item::Number(_, plus) => plus.clone(),
                    Item::Date(..) => None,
                });
                let shape = range::several(text, items)?;
                let is_money =
                    matches!(&shape, Shape::Range(one, _) | Shape::Tolerance(one, ..) if one.currency.is_some());
                let per = per(text, range.start, is_money, None);
                written(shape, bound(text, &range, true, plus), per)
            }
        }
    }
}

/// A number with the side of zero that the words behind it state.
fn with_side(text: &str, quantity: Quantity) -> Result<Quantity, Unreadable> {
    let Some(range) = below_zero(text, quantity.range.end) else { return Ok(quantity) };
    if quantity.sign.is_some() {
        let message = format!("`{}` says twice that it is below zero", slice(text, quantity.range.start..range.end));
        return Err(Unreadable::new(UnreadableKind::SignTwice, range, message, "Leave the sign or the words out."));
    }
    Ok(Quantity { sign: Some(Part { value: Sign::Minus, range }), ..quantity })
}

/// Whether a word is part of the grammar, so that a hyphen or a digit behind it starts something new.
fn is_known(word: &str) -> bool {
    super::Currency::from_code(word).is_some()
        || vocabulary::currency(word).is_some()
        || ["to", "through", "and", "between"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Where a word ends that starts with letters: digits, and what hyphens, points and strokes join to it, are its own.
pub(super) fn after_word(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at) {
        let next = at + c.len_utf8();
        let joins = match c {
            '-' | '\u{2011}' | '\'' | '’' => char_at(text, next).is_some_and(char::is_alphanumeric),
            '.' | '/' | ':' => is_digit_at(text, next),
            c => is_word_char(c),
        };
        if !joins {
            break;
        }
        at = next;
    }
    at
}

/// Marks of direction and spaces without width, which would part what looks like one number.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (c.is_control() && !c.is_whitespace())
}
