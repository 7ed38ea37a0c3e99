//! Numbers of a CSV file in another spelling than the file's: what they mean, and what to write.

use super::cell::Slot;
use super::csv::separator;
use super::reader::{Reader, is_csv};
use super::value::{BAD_VALUE, in_digits};
use crate::data::notation::{self, Shape};
use crate::data::unit::{Thing, Unit};
use crate::diagnostic::{Diagnostic, Known};
use crate::document::Value;

impl Reader<'_> {
    /// Reports a number of a CSV file that is spelled in another way than the file spells them.
    pub(super) fn is_spelled_as_the_file(&mut self, slot: &Slot<'_>, value: &Value) -> Known<()> {
        let is_word = |text: &&str| slot.column.words.iter().any(|word| *word.text == **text);
        let Some(text) = value.as_str().filter(|text| is_csv(&value.source) && !is_word(text)) else { return Ok(()) };
        let is_list = separator(value.source.text()) != ',';
        let Some(help) = help(text, self.decimal, is_list, &slot.unit) else { return Ok(()) };
        let message = format!("`{}` is text where a number belongs: \"{text}\"", slot.name);
        Err(self.push(Diagnostic::new(&BAD_VALUE, &value.place(), message).help(help)))
    }
}

/// What to do about a text where a number belongs; `None` where nothing is known of it. `decimal` is the file's mark, and `is_list` says
/// that cells are separated by something else than commas.
fn help(text: &str, decimal: &str, is_list: bool, unit: &Unit) -> Option<String> {
    let text = text.trim();
    if !unit.is_percent() && is_percentage(text) {
        return Some(format!("write it in {unit}, which is what the column counts, or give the column another unit"));
    }
    let with_mark = |number: &str| number.replace('.', decimal);
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        let size = in_digits(inner).filter(|digits| !digits.starts_with(['-', '[']))?;
        return Some(format!("write -{}", with_mark(&size)));
    }
    let other = if decimal == "," { '.' } else { ',' };
    let (whole, decimals) = text.split_once(other)?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let size = whole.strip_prefix(['-', '−']).unwrap_or(whole);
    if !is_digits(size) || !is_digits(decimals) {
        return None;
    }
    let sign = if size.len() < whole.len() { "-" } else { "" };
    let spelled = format!("{sign}{size}{decimal}{decimals}");
    let may_be_grouped = decimals.len() == 3 && size.len() <= 3 && !size.starts_with('0');
    match (decimal, may_be_grouped) {
        (",", false) => Some(format!("write {spelled}")),
        (",", true) => Some(format!("it may mean {sign}{size}{decimals} or {spelled}: write one of the two")),
        (_, false) => {
            Some(format!("write {spelled}, or add decimal = \",\" to the TOML file if its numbers have decimal commas"))
        }
        (_, true) if is_list => Some(format!(
            "it may mean {sign}{size}{decimals} or {spelled}: write one of the two, or add decimal = \",\" to the TOML file if its numbers have decimal commas"
        )),
        (_, true) => None,
    }
}

/// Whether a text is a number of hundredths.
fn is_percentage(text: &str) -> bool {
    let Ok(written) = notation::read(text) else { return false };
    match written.shape {
        Shape::One(one) => one.thing.is_some_and(|thing| thing.value == Thing::Percent),
        _ => false,
    }
}
