//! Formulas as they were worked out on a row: what stands for each input, and the ids of the inputs.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::cells::Target;
use super::derived::derived_id;
use super::engine::{Engine, State, Trace, Tried};
use super::functions::Function;
use super::plan::{Base, IdPart, OverRows, Plan, Reference, Side, Step, StepKind, TermStep, Terms, TestStep};
use super::quantity::Value;
use super::sheets::{CellAt, RowAt};
use crate::data::table::CellValue;
use crate::document::Text;

/// How firmly the parts of a text hold together: what is looser needs parentheses inside what is firmer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Firmness {
    Sum,
    Product,
    One,
}

/// The text of a formula while it is made.
#[derive(Default)]
struct Draft<'e> {
    inputs: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, usize>,
    /// The functions over rows around the part at hand.
    around: Vec<&'e OverRows>,
    /// Whether the part at hand is behind `where`.
    is_condition: bool,
}

impl<'e, 'a> Engine<'e, 'a> {
    /// Begins a formula.
    pub(super) fn begin(&mut self, text: &'e Text, terms: Terms) {
        self.text = text;
        self.declared = None;
        self.trace = Trace::new(terms);
    }

    /// The formula as it was worked out on a row, and the ids of its inputs.
    pub(super) fn explained(&mut self, plan: &'e Plan<'a>, row: RowAt) -> Tried<(Arc<str>, Vec<Arc<str>>)> {
        let mut draft = Draft::default();
        let (text, _) = self.words(&plan.step, &mut vec![row], &mut draft)?;
        Ok((text.into(), draft.inputs))
    }

    fn words(&mut self, step: &'e Step, frames: &mut Vec<RowAt>, draft: &mut Draft<'e>) -> Tried<(String, Firmness)> {
        Ok(match &step.kind {
            StepKind::Number(_) | StepKind::ByRow(..) | StepKind::Text(_) => {
                (self.slice(&step.range).trim_matches(['(', ')', ' ']).to_owned(), Firmness::One)
            }
            StepKind::Name(reference) => (self.name_words(reference, step, frames, draft)?, Firmness::One),
            StepKind::Negative(inner) => {
                let inner = self.at_least(Firmness::One, inner, frames, draft)?;
                (format!("−{inner}"), Firmness::Product)
            }
            StepKind::Sum(first, rest) => {
                (self.terms(first, rest, [" + ", " − "], Firmness::Sum, frames, draft)?, Firmness::Sum)
            }
            StepKind::Product(first, rest) => {
                (self.terms(first, rest, [" × ", " / "], Firmness::Product, frames, draft)?, Firmness::Product)
            }
            StepKind::Apply(Function::Convert, arguments) => return self.words(&arguments[0], frames, draft),
            StepKind::Apply(Function::Difference, arguments) => {
                let from = self.at_least(Firmness::Product, &arguments[0], frames, draft)?;
                let (to, _) = self.words(&arguments[1], frames, draft)?;
                (format!("{to} − {from}"), Firmness::Sum)
            }
            StepKind::Apply(Function::Change, arguments) => {
                let from = self.at_least(Firmness::One, &arguments[0], frames, draft)?;
                let (to, _) = self.words(&arguments[1], frames, draft)?;
                (format!("({to} − {from}) / {from}"), Firmness::Product)
            }
            StepKind::Apply(function, arguments) => {
                let mut texts = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    texts.push(self.words(argument, frames, draft)?.0);
                }
                (format!("{}({})", function.name(), texts.join(", ")), Firmness::One)
            }
            StepKind::Neighbor(function, frame, inner) => {
                let Some(here) = frames.get(*frame).copied() else {
                    let (inner, _) = self.words(inner, frames, draft)?;
                    return Ok((format!("{}({inner})", function.name()), Firmness::One));
                };
                let Ok(row) = self.neighbor(*function, here) else {
                    return Ok((self.slice(&step.range).to_owned(), Firmness::One));
                };
                frames[*frame] = row;
                let words = self.words(inner, frames, draft);
                frames[*frame] = here;
                words?
            }
            StepKind::OverRows(over) => (self.over_words(over, frames, draft)?, Firmness::One),
        })
    }

    /// The text of a part, in parentheses where it is looser than needed.
    fn at_least(
        &mut self,
        firmness: Firmness,
        step: &'e Step,
        frames: &mut Vec<RowAt>,
        draft: &mut Draft<'e>,
    ) -> Tried<String> {
        let (text, own) = self.words(step, frames, draft)?;
        Ok(if own < firmness { format!("({text})") } else { text })
    }

    fn terms(
        &mut self,
        first: &'e Step,
        rest: &'e [TermStep],
        signs: [&str; 2],
        firmness: Firmness,
        frames: &mut Vec<RowAt>,
        draft: &mut Draft<'e>,
    ) -> Tried<String> {
        let mut text = self.at_least(firmness, first, frames, draft)?;
        let inner = if firmness == Firmness::Sum { Firmness::Product } else { Firmness::One };
        for term in rest {
            text.push_str(signs[usize::from(term.is_inverse)]);
            text.push_str(&self.at_least(inner, &term.step, frames, draft)?);
        }
        Ok(text)
    }

    fn name_words(
        &mut self,
        reference: &'e Reference,
        step: &Step,
        frames: &[RowAt],
        draft: &mut Draft<'e>,
    ) -> Tried<String> {
        let is_beyond = |part: &IdPart| matches!(part, IdPart::Column(frame, _) if *frame >= frames.len());
        match &reference.base {
            Base::Frame(frame) if *frame >= frames.len() => {
                let over = draft.around.iter().find(|over| over.frame == *frame).copied();
                return Ok(match over {
                    Some(over) => self.any_words(over, reference, frames, draft)?,
                    None => self.slice(&step.range).to_owned(),
                });
            }
            Base::LookUp(_, parts) if parts.iter().any(is_beyond) => return Ok(self.slice(&step.range).to_owned()),
            _ => (),
        }
        let id = match self.target(reference, &step.range, frames)? {
            Ok(target) => self.target_id(&target),
            Err(_) => return Ok(self.slice(&step.range).to_owned()),
        };
        let next = draft.inputs.len();
        let number = *draft.numbers.entry(Arc::clone(&id)).or_insert(next);
        if number == next {
            draft.inputs.push(id);
        }
        Ok(format!("{{{number}}}"))
    }

    /// The id of where a name leads.
    pub(super) fn target_id(&self, target: &Target) -> Arc<str> {
        match target {
            Target::Cell(at, Side::Whole) => self.sheets.id(*at),
            // One number is both ends of itself, and has no ids for them.
            Target::Cell(at, Side::Low | Side::High) if self.is_one_number(*at) => self.sheets.id(*at),
            Target::Cell(at, side) => format!("{}.{}", self.sheets.id(*at), side.name()).into(),
            Target::Pair(row, next, column, derived) => {
                let indexed = self.sheets.at(row.sheet);
                let column = &indexed.sheet.table.columns[*column].id;
                let pair = indexed.pair_id(row.row, *next);
                derived_id(&format!("{}.{pair}.{column}", indexed.sheet.name), *derived)
            }
        }
    }

    /// The names of the rows that a function runs over: `prices.*.large.hour`; behind `where` the column alone.
    fn any_words(
        &mut self,
        over: &'e OverRows,
        reference: &Reference,
        frames: &[RowAt],
        draft: &Draft<'e>,
    ) -> Tried<String> {
        let indexed = self.sheets.at(over.sheet);
        let column = &indexed.sheet.table.columns[reference.column].id;
        let side = if reference.side == Side::Whole { String::new() } else { format!(".{}", reference.side.name()) };
        if draft.is_condition {
            return Ok(format!("{column}{side}"));
        }
        let mut text = indexed.sheet.name.to_string();
        match &over.pattern {
            None => text.push_str(&".*".repeat(indexed.parts())),
            Some(parts) => {
                for part in parts {
                    let part = match part {
                        IdPart::Any => "*".to_owned(),
                        IdPart::Word(word) => word.to_string(),
                        IdPart::Column(frame, column) if *frame < frames.len() => {
                            self.id_part(*frame, *column, frames)?.unwrap_or_else(|_| "?".to_owned())
                        }
                        IdPart::Column(..) => "?".to_owned(),
                    };
                    let _ = write!(text, ".{part}");
                }
            }
        }
        Ok(format!("{text}.{column}{side}"))
    }

    fn over_words(&mut self, over: &'e OverRows, frames: &mut Vec<RowAt>, draft: &mut Draft<'e>) -> Tried<String> {
        let was_condition = std::mem::replace(&mut draft.is_condition, false);
        draft.around.push(over);
        let mut arguments = Vec::with_capacity(over.arguments.len());
        for step in &over.arguments {
            arguments.push(self.words(step, frames, draft)?.0);
        }
        if let (Function::AtMax | Function::AtMin, Some(column)) = (over.function, over.column) {
            arguments.push(self.sheets.at(over.sheet).sheet.table.columns[column].id.to_string());
        }
        draft.is_condition = true;
        let mut conditions = Vec::with_capacity(over.conditions.len());
        for test in &over.conditions {
            conditions.push(self.test_words(test, frames, draft)?);
        }
        draft.around.pop();
        draft.is_condition = was_condition;
        let picked = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
        Ok(format!("{}({}{picked})", over.function.name(), arguments.join(", ")))
    }

    fn test_words(&mut self, test: &'e TestStep, frames: &mut Vec<RowAt>, draft: &mut Draft<'e>) -> Tried<String> {
        let (left, _) = self.words(&test.left, frames, draft)?;
        let (right, _) = self.words(&test.right, frames, draft)?;
        Ok(format!("{left} {} {right}", test.comparison.sign()))
    }

    fn is_one_number(&self, at: CellAt) -> bool {
        match &self.sheets.cell(at).value {
            Ok(CellValue::One(_)) => true,
            Ok(CellValue::Formula) => match self.cells.get(&(at.sheet, at.column)).map(|rows| &rows[at.row]) {
                Some(State::Done(Ok(cell))) => matches!(cell.value, Value::Number(_)),
                _ => false,
            },
            _ => false,
        }
    }
}
