//! Cells and the values of facts: what is typed in them, by the type of their column.

use std::sync::Arc;

use super::inherit::Inherited;
use super::reader::Reader;
use super::value::{BAD_VALUE, bound, in_digits};
use crate::data::fields::CELL_TABLE;
use crate::data::number::Number;
use crate::data::table::{Cell, CellValue, Column, ColumnKind, End, Typed};
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Severity, nearest};
use crate::document::{self, Item, Shape, Table, Value};

pub(super) const CODES: &[&Code] = &[&MISSING_CELL, &BLANK_CELL, &CHOICE, &GROUPED, &RANGE_ORDER];

static MISSING_CELL: Code = Code {
    name: "missing-cell",
    severity: Severity::Error,
    rule: false,
    what: "A row has no value for a column.",
    why: "A blank cell leaves open whether something was forgotten.",
    example: "[columns]\nserver = { title = \"Server\" }\n\n[[row]]\nid = \"small\"",
    mend: "Write the value, `\"unstated\"` where the source doesn't say, or `blank = \"no data\"` at the column.",
};
static BLANK_CELL: Code = Code {
    name: "blank-cell",
    severity: Severity::Error,
    rule: false,
    what: "A cell is blank, and its column doesn't say what a blank means.",
    why: "Zero, \"no data\" and \"not offered\" are different things.",
    example: "region,price\nnorth,",
    mend: "Write the value, or `blank = \"no data\"` at the column.",
};
static CHOICE: Code = Code {
    name: "unknown-choice",
    severity: Severity::Error,
    rule: false,
    what: "A cell holds a word that is none of its column's choices.",
    why: "A word off the scale can't be ordered or found.",
    example: "[columns.demand]\ntitle = \"Demand\"\ntype = \"choice\"\nvalues = [\"Low\", \"High\"]\n\n[[row]]\nid = \"a\"\ndemand = \"Hihg\"",
    mend: "Write one of the column's `values`, or add the word to them.",
};
static GROUPED: Code = Code {
    name: "grouped-number",
    severity: Severity::Error,
    rule: false,
    what: "Three digits follow right behind a comma between brackets, as in a number with a thousands comma.",
    why: "`[1,500]` is a range from 1 to 500, and may have been meant as 1500.",
    example: "price = [1,500]",
    mend: "Write `1500` or `1_500`; for the range, put a space behind the comma: `[1, 500]`.",
};
static RANGE_ORDER: Code = Code {
    name: "range-order",
    severity: Severity::Error,
    rule: false,
    what: "The low end of a range is not below its high end.",
    why: "One of the two is a slip, and everything calculated from the range would be wrong.",
    example: "base = [155_000, 115_000]",
    mend: "Put the lower number first; write one value where the source gives one: `base = 115_000`.",
};

/// What a cell is read for.
pub(super) struct Slot<'a> {
    pub(super) column: &'a Column,
    pub(super) unit: Unit,
    /// What the column and the row say.
    pub(super) inherited: &'a Inherited,
    /// What to call it in messages: `server`.
    pub(super) name: &'a str,
    /// Where to report that it is missing.
    pub(super) row: Place,
    /// The row's own name, for the same message.
    pub(super) of: String,
}

impl Reader<'_> {
    /// A cell of a column without a formula.
    pub(super) fn cell(&mut self, slot: &Slot<'_>, value: Option<&Value>) -> Cell {
        let mut cell = Cell {
            value: Ok(CellValue::Unstated),
            unit: slot.unit.clone(),
            precision: slot.inherited.precision.clone(),
            bound: slot.column.bound.flatten(),
            qualifier: None,
            note: None,
            record: Arc::clone(&slot.inherited.record),
            place: value.map_or_else(|| slot.row.clone(), Value::place),
        };
        cell.value = match value {
            None => self.missing(slot),
            Some(Value { item: Item::Table(table), .. }) => self.cell_table(slot, table, &mut cell),
            Some(value) => self.cell_value(slot, value),
        };
        cell
    }

    fn missing(&mut self, slot: &Slot<'_>) -> Known<CellValue> {
        match &slot.column.blank {
            Some(word) => Ok(blank(&word.text, slot.column)),
            None => {
                let message = format!("{} has no `{}`", slot.of, slot.name);
                let sample = match slot.column.kind {
                    ColumnKind::Number => format!("{} = …, with a number, [low, high] or \"unstated\"", slot.name),
                    _ => format!("{} = \"…\"", slot.name),
                };
                let problem = Diagnostic::new(&MISSING_CELL, &slot.row, message)
                    .help(format!("add {sample}, or say at the column what a blank means: blank = \"no data\""));
                Err(self.push(problem))
            }
        }
    }

    /// A cell that says more than its value.
    fn cell_table(&mut self, slot: &Slot<'_>, table: &Table, cell: &mut Cell) -> Known<CellValue> {
        let mut table = table.clone();
        self.hold(&mut table, &CELL_TABLE);
        let said = self.said(&table);
        let inherited = said.below(slot.inherited);
        (cell.record, cell.precision) = (inherited.record, inherited.precision);
        cell.bound = bound(table.str("bound")).or(cell.bound);
        cell.qualifier = self.text(&table, "qualifier");
        cell.note = self.text(&table, "note");
        let typed = ["range", "value", "low", "high"].into_iter().filter_map(|key| table.entry(key));
        let typed: Vec<&document::Entry> = typed.collect();
        if let Some(entry) = typed.first() {
            cell.place = entry.value.place();
        }
        let keys: Vec<&str> = typed.iter().map(|entry| &*entry.key).collect();
        let value = match *keys {
            ["range"] => self.cell_value(slot, &typed[0].value)?,
            ["value"] => self.cell_value(slot, &typed[0].value)?,
            ["low", "high"] => {
                let (low, high) = (self.end(slot, &typed[0].value)?, self.end(slot, &typed[1].value)?);
                self.range(slot, &typed[0].value.place(), low, high)?
            }
            _ if table.reported.is_some() => return Err(table.reported.unwrap_or_else(|| unreachable!("just seen"))),
            [] => return self.missing(slot),
            ["low"] | ["high"] => {
                let (has, lacks) = if keys[0] == "low" { ("low", "high") } else { ("high", "low") };
                let message = format!("`{}` has a `{has}` and no `{lacks}`", slot.name);
                let problem = Diagnostic::new(&BAD_VALUE, &typed[0].key_place(), message)
                    .help(format!("add {lacks} = …, or {lacks} = \"open\" where there is no such end"));
                return Err(self.push(problem));
            }
            _ => {
                let message = format!("`{}` says both `{}` and `{}`", slot.name, keys[0], keys[1]);
                let problem = Diagnostic::new(&BAD_VALUE, &typed[1].key_place(), message)
                    .help("keep one of the two: `range`, `value`, or `low` with `high`");
                return Err(self.push(problem));
            }
        };
        let median = self.part(slot, &table, "median")?;
        let tolerance = self.tolerance(slot, &table)?;
        match (value, median, tolerance) {
            (CellValue::Range(low, high, _), median, None) => Ok(CellValue::Range(low, high, median)),
            (CellValue::One(value), None, Some((plus, minus))) => Ok(CellValue::Tolerance(value, plus, minus)),
            (value, None, None) => Ok(value),
            (value, median, _) => {
                let lacks_range = median.is_some() && !matches!(value, CellValue::Range(..));
                let (keys, what, help) = match lacks_range {
                    true => (&["median"][..], "a median belongs to a range", "write the range, or remove the median"),
                    false => (
                        &["plus_minus", "plus", "minus"][..],
                        "a tolerance belongs to one value",
                        "write the value, or remove the tolerance",
                    ),
                };
                let entry = keys.iter().find_map(|key| table.entry(key));
                let place = entry.map_or_else(|| table.place(), document::Entry::key_place);
                Err(self.push(Diagnostic::new(&BAD_VALUE, &place, what.to_owned()).help(help)))
            }
        }
    }

    fn part(&mut self, slot: &Slot<'_>, table: &Table, key: &str) -> Known<Option<Typed>> {
        match table.get(key) {
            None => Ok(None),
            Some(value) if value.as_str() == Some("unstated") => Ok(None),
            Some(value) => self.typed(&format!("{}.{key}", slot.name), value).map(Some),
        }
    }

    fn tolerance(&mut self, slot: &Slot<'_>, table: &Table) -> Known<Option<(Typed, Typed)>> {
        let name = format!("{}.plus_minus", slot.name);
        let pair = match table.get("plus_minus") {
            Some(value) => match value.as_list() {
                Some([plus, minus]) => Some((self.typed(&name, plus)?, self.typed(&name, minus)?)),
                _ => {
                    let both = self.typed(&name, value)?;
                    Some((both.clone(), both))
                }
            },
            None => match (self.part(slot, table, "plus")?, self.part(slot, table, "minus")?) {
                (None, None) => None,
                (Some(plus), Some(minus)) => Some((plus, minus)),
                _ => {
                    let message = format!("`{}` has one of `plus` and `minus`", slot.name);
                    let problem = Diagnostic::new(&BAD_VALUE, &table.place(), message)
                        .help("write both, or plus_minus = … where they are the same");
                    return Err(self.push(problem));
                }
            },
        };
        let negative = pair.iter().flat_map(|(plus, minus)| [plus, minus]).find(|typed| typed.value.is_negative());
        if let Some(typed) = negative {
            let message = format!("the tolerance of `{}` is below zero", slot.name);
            let problem = Diagnostic::new(&BAD_VALUE, &typed.place, message)
                .help("write both tolerances as sizes, without a sign");
            return Err(self.push(problem));
        }
        Ok(pair)
    }

    /// What one value says, by the column's type.
    fn cell_value(&mut self, slot: &Slot<'_>, value: &Value) -> Known<CellValue> {
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return match &slot.column.blank {
                Some(word) => Ok(blank(&word.text, slot.column)),
                None => {
                    let problem = Diagnostic::new(&BLANK_CELL, &value.place(), format!("`{}` is blank", slot.name))
                        .help("write the value, or say at the column what a blank means: blank = \"no data\"");
                    Err(self.push(problem))
                }
            };
        }
        match &slot.column.kind {
            ColumnKind::Number => self.number_cell(slot, value),
            _ if value.as_str() == Some("unstated") => Ok(CellValue::Unstated),
            ColumnKind::Text => self.text_of(slot.name, value).map(CellValue::Text),
            // That there are none was reported.
            ColumnKind::Choice(words) if words.is_empty() => Ok(CellValue::Unstated),
            ColumnKind::Choice(words) => {
                let text = self.text_of(slot.name, value)?;
                let known = words.iter().map(|word| &*word.text);
                if let Some(at) = known.clone().position(|word| *word == *text.text) {
                    return Ok(CellValue::Choice(at));
                }
                let message = format!("\"{}\" is none of the choices of `{}`", text.text, slot.name);
                let problem = Diagnostic::new(&CHOICE, &text.place, message);
                Err(self.push(match nearest(&text.text, known.clone()) {
                    Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                    None => problem.help(format!("write one of {}", known.collect::<Vec<_>>().join(", "))),
                }))
            }
            ColumnKind::Date => self.date_of(slot.name, value).map(CellValue::Date),
            ColumnKind::Figure => Ok(CellValue::Figures(vec![self.text_of(slot.name, value)?])),
            ColumnKind::Figures => match &value.item {
                Item::List(ids) => {
                    let ids = ids.iter().map(|id| self.text_of(slot.name, id)).collect::<Known<Vec<_>>>();
                    Ok(CellValue::Figures(ids?))
                }
                _ => Err(self.push(document::wrong_shape(value, slot.name, &Shape::List(&Shape::Id)))),
            },
        }
    }

    fn number_cell(&mut self, slot: &Slot<'_>, value: &Value) -> Known<CellValue> {
        match &value.item {
            Item::Text(text) if text == "unstated" => Ok(CellValue::Unstated),
            Item::Text(text) if slot.column.words.iter().any(|word| *word.text == **text) => {
                Ok(CellValue::Word(text.as_str().into()))
            }
            Item::List(ends) => {
                let [low, high] = ends.as_slice() else {
                    let message = format!("`{}` is a list of {}, not of low and high", slot.name, ends.len());
                    let help = "write two numbers, [low, high], or one number without brackets";
                    return Err(self.push(Diagnostic::new(&BAD_VALUE, &value.place(), message).help(help)));
                };
                self.is_no_grouped_number(value, low, high)?;
                // Two ends that are wrong alike are one mistake.
                let (low, high) = (self.end(slot, low)?, self.end(slot, high)?);
                self.range(slot, &value.place(), low, high)
            }
            _ => {
                let typed = self.typed_or_word(slot, value)?;
                self.is_place(slot, &typed)?;
                Ok(CellValue::One(typed))
            }
        }
    }

    /// Reports a place in an order that is none: the first is 1.
    fn is_place(&mut self, slot: &Slot<'_>, typed: &Typed) -> Known<()> {
        if !slot.unit.is_rank() || typed.value.is_integer() && typed.value >= Number::ONE {
            return Ok(());
        }
        let message = format!("`{}` is no place in an order: {}", slot.name, typed.value);
        let problem = Diagnostic::new(&super::value::BAD_NUMBER, &typed.place, message);
        Err(self.push(problem.help("write a whole number, 1 for the first")))
    }

    /// Reports `[1,500]`: three digits right behind the comma.
    fn is_no_grouped_number(&mut self, value: &Value, low: &Value, high: &Value) -> Known<()> {
        let (Item::Integer(first), Item::Integer(second)) = (&low.item, &high.item) else { return Ok(()) };
        let is_grouped = second.len() == 3 && first.len() <= 3 && low.span.end + 1 == high.span.start;
        if !is_grouped {
            return Ok(());
        }
        let message = format!("`[{first},{second}]` may be {first}{second} with a thousands comma");
        let help = format!("write {first}{second} without brackets, or [{first}, {second}] for the range");
        Err(self.push(Diagnostic::new(&GROUPED, &value.place(), message).help(help)))
    }

    fn end(&mut self, slot: &Slot<'_>, value: &Value) -> Known<End> {
        match value.as_str() {
            Some("open") => Ok(End::Open),
            Some(text) if text.trim().is_empty() => {
                if slot.column.blank.as_ref().is_some_and(|word| &*word.text == "open") {
                    return Ok(End::Open);
                }
                let message = format!("one end of `{}` is blank", slot.name);
                let problem = Diagnostic::new(&BLANK_CELL, &value.place(), message)
                    .help("write the end, or \"open\" where there is none");
                Err(self.push(problem))
            }
            _ => {
                let typed = self.typed_or_word(slot, value)?;
                self.is_place(slot, &typed)?;
                Ok(End::At(typed))
            }
        }
    }

    fn range(&mut self, slot: &Slot<'_>, place: &Place, low: End, high: End) -> Known<CellValue> {
        let (End::At(first), End::At(second)) = (&low, &high) else {
            if matches!((&low, &high), (End::Open, End::Open)) {
                let message = format!("both ends of `{}` are open", slot.name);
                let problem = Diagnostic::new(&BAD_VALUE, place, message).help("write one of them, or \"unstated\"");
                return Err(self.push(problem));
            }
            return Ok(CellValue::Range(low, high, None));
        };
        if first.value < second.value {
            return Ok(CellValue::Range(low, high, None));
        }
        let written = |end: &Typed| end.place.text().to_owned();
        let problem = if first.value == second.value {
            let message = format!("`{}` is a range from {} to {}", slot.name, first.value, second.value);
            Diagnostic::new(&RANGE_ORDER, place, message).help(format!("write the one value: {}", written(first)))
        } else {
            let message =
                format!("the low end of `{}`, {}, is above its high end, {}", slot.name, first.value, second.value);
            let swapped = format!("[{}, {}]", written(second), written(first));
            Diagnostic::new(&RANGE_ORDER, place, message).help(format!("write {swapped}"))
        };
        Err(self.push(problem))
    }

    /// A number; what isn't one is reported with the words that the column allows.
    fn typed_or_word(&mut self, slot: &Slot<'_>, value: &Value) -> Known<Typed> {
        let words: Vec<&str> = slot.column.words.iter().map(|word| &*word.text).collect();
        self.is_spelled_as_the_file(slot, value)?;
        if let (Some(text), false) = (value.as_str(), words.is_empty())
            && in_digits(text).is_none()
        {
            let message = match words.contains(&text) {
                true => format!("\"{text}\" is a word of `{}`, and no end of a range", slot.name),
                false => format!("\"{text}\" is no number, and none of the words of `{}`", slot.name),
            };
            let problem = Diagnostic::new(&BAD_VALUE, &value.place(), message);
            return Err(self.push(match nearest(text, words.iter().copied()) {
                Some(near) if near == text => problem.help("write the word alone, or a number here"),
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help(format!("write a number, \"unstated\", or one of {}", words.join(", "))),
            }));
        }
        self.typed(slot.name, value)
    }
}

/// What a blank cell of a column holds.
fn blank(word: &Arc<str>, column: &Column) -> CellValue {
    match (&**word, &column.kind) {
        ("unstated", _) => CellValue::Unstated,
        (_, ColumnKind::Choice(words)) => match words.iter().position(|choice| choice.text == *word) {
            Some(at) => CellValue::Choice(at),
            None => CellValue::Word(Arc::clone(word)),
        },
        _ => CellValue::Word(Arc::clone(word)),
    }
}

/// The cell of a calculated column, before it is worked out.
pub(super) fn calculated(slot: &Slot<'_>) -> Cell {
    Cell {
        value: Ok(CellValue::Formula),
        unit: slot.unit.clone(),
        precision: slot.inherited.precision.clone(),
        bound: slot.column.bound.flatten(),
        qualifier: None,
        note: None,
        record: Arc::clone(&slot.inherited.record),
        place: slot.column.formula.as_ref().map_or(&slot.column.place, |formula| &formula.text().place).clone(),
    }
}
