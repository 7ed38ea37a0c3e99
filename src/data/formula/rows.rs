//! Runs functions over rows. What takes nothing from the row at hand but its texts is run once for all rows that have these texts.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::arithmetic::{Worked, alike, compare, shared};
use super::engine::{Engine, Findings, FunctionTask, Halt, Ran, State, Task, Trace, Tried};
use super::eval::{Given, Operand, Spot};
use super::functions::Function;
use super::gap::{Cause, Gap};
use super::plan::{Base, IdPart, OverRows, Reference, StepKind, Terms, TestStep};
use super::quantity::{Quantity, Value};
use super::results::RowCount;
use super::sheets::RowAt;
use crate::data::number::Number;
use crate::data::unit::Unit;
use crate::work;

/// The value of a row, with the row's index.
type OfRow = (usize, Value);

impl<'e> Engine<'e, '_> {
    /// The value of a function over rows.
    pub(super) fn over_rows(&mut self, over: &'e Rc<OverRows>, frames: &mut Vec<RowAt>) -> Tried<Value> {
        if over.outside.takes_values {
            let ran = self.run_here(over, frames)?;
            return self.taken(over, &Rc::new(ran), frames);
        }
        let mut outside = Vec::with_capacity(over.outside.texts.len());
        for (frame, column) in &over.outside.texts {
            match self.text_of(frames[*frame].cell(*column))? {
                Ok(text) => outside.push(text),
                Err(gap) => return Ok(Value::Nothing(gap)),
            }
        }
        let key = (over.number, outside);
        match self.functions.get(&key) {
            Some(State::Done(Ok(ran))) => {
                let ran = Rc::clone(ran);
                self.taken(over, &ran, frames)
            }
            Some(State::Done(Err(reported))) => Err((*reported).into()),
            Some(State::Fresh | State::Begun) | None => {
                let (frames, terms) = (frames[..over.frame].to_vec(), self.trace.terms);
                let task = FunctionTask { over, outside: key.1, frames, text: self.text, terms };
                self.needed.push(Task::Function(task));
                Err(Halt::Needs)
            }
        }
    }

    /// The value of a function that has run, whose inputs are noted.
    fn taken(&mut self, over: &'e OverRows, ran: &Rc<Ran>, frames: &mut Vec<RowAt>) -> Tried<Value> {
        self.trace.is_inexact |= !ran.findings.is_exact;
        self.trace.rows.extend(&ran.findings.rows);
        if let Some(record) = &ran.findings.record {
            let range = over.arguments.first().map_or(0..0, |step| step.range.clone());
            self.note(record, &range)?;
        }
        if over.function != Function::Rank {
            return Ok(ran.value.clone());
        }
        let row = frames[over.of];
        if let Some(rank) = ran.ranks.get(&row.row) {
            return Ok(self.literal(*rank));
        }
        // It has no place since one of its own values is missing.
        frames.push(row);
        let values = self.eval_all(&over.arguments, frames);
        frames.pop();
        let gap = values?.into_iter().find(|value| matches!(value, Value::Nothing(_)));
        Ok(gap.unwrap_or_else(|| self.too_long(&over.arguments[0].range)))
    }

    /// Runs a function for the texts of a task.
    pub(super) fn run(&mut self, task: &FunctionTask<'e>) -> Tried<Ran> {
        self.text = task.text;
        self.trace.terms = task.terms;
        let mut frames = task.frames.clone();
        self.run_here(task.over, &mut frames)
    }

    /// Runs a function from the rows at hand, with inputs of its own.
    fn run_here(&mut self, over: &'e OverRows, frames: &mut Vec<RowAt>) -> Tried<Ran> {
        let inner = Trace::new(self.trace.terms);
        let around = std::mem::replace(&mut self.trace, inner);
        let declared = self.declared.take();
        let ran = self.run_rows(over, frames);
        self.declared = declared;
        self.trace = around;
        ran
    }

    fn run_rows(&mut self, over: &'e OverRows, frames: &mut Vec<RowAt>) -> Tried<Ran> {
        let rows = match self.candidates(over, frames)? {
            Ok(rows) => rows,
            Err(gap) => return Ok(self.ran(Value::Nothing(gap), HashMap::new(), None)),
        };
        let mut values: Vec<(usize, Vec<Value>)> = Vec::with_capacity(rows.len());
        let mut needs = false;
        for row in rows {
            work::steps(1);
            frames.push(RowAt { sheet: over.sheet, row });
            let tried = self.run_row(over, frames);
            frames.pop();
            match tried {
                Ok(Some(of_row)) => values.push((row, of_row)),
                Ok(None) => (),
                Err(Halt::Needs) => needs = true,
                Err(reported) => return Err(reported),
            }
        }
        if needs {
            return Err(Halt::Needs);
        }
        if over.function == Function::Rank {
            return self.ranked(over, values, frames);
        }
        let values = values.into_iter().filter_map(|(row, values)| Some((row, values.into_iter().next()?))).collect();
        self.summed_up(over, values, frames)
    }

    /// The values of the arguments on a row; `None` where it isn't picked.
    fn run_row(&mut self, over: &'e OverRows, frames: &mut Vec<RowAt>) -> Tried<Option<Vec<Value>>> {
        if !self.holds(&over.conditions, frames)? {
            return Ok(None);
        }
        self.eval_all(&over.arguments, frames).map(Some)
    }

    /// Whether all conditions are true of the rows at hand. What they compare is no input.
    pub(super) fn holds(&mut self, conditions: &'e [TestStep], frames: &mut Vec<RowAt>) -> Tried<bool> {
        if conditions.is_empty() {
            return Ok(true);
        }
        let inner = Trace::new(Terms { compares: true, drops_bounds: true });
        let around = std::mem::replace(&mut self.trace, inner);
        let (mut holds, mut halt) = (true, None);
        for test in conditions {
            match self.test(test, frames) {
                Ok(is_true) => holds &= is_true == Some(true),
                Err(why) => halt = Some(why),
            }
            if !holds || halt.is_some() {
                break;
            }
        }
        self.trace = around;
        halt.map_or(Ok(holds), Err)
    }

    /// The rows that may be picked: those that fit the pattern, or that have the text which a condition asks for.
    pub(super) fn candidates(&mut self, over: &'e OverRows, frames: &[RowAt]) -> Tried<Given<Vec<usize>>> {
        let indexed = self.sheets.at(over.sheet);
        let mut fixed: Vec<(usize, String)> = Vec::new();
        for (at, part) in over.pattern.iter().flatten().enumerate() {
            match part {
                IdPart::Any => (),
                IdPart::Word(word) => fixed.push((at, word.to_string())),
                IdPart::Column(frame, column) => match self.id_part(*frame, *column, frames)? {
                    Ok(text) => fixed.push((at, text)),
                    Err(gap) => return Ok(Err(gap)),
                },
            }
        }
        if !fixed.is_empty() {
            let fixed: Vec<(usize, &str)> = fixed.iter().map(|(at, text)| (*at, &**text)).collect();
            return Ok(Ok(indexed.rows_with(&fixed).map_or_else(Vec::new, |rows| rows.to_vec())));
        }
        let Some(test) = over.look_up.map(|at| &over.conditions[at]) else {
            return Ok(Ok((0..indexed.sheet.table.rows.len()).collect()));
        };
        let StepKind::Name(Reference { column, .. }) = &test.left.kind else { return Ok(Ok(Vec::new())) };
        let text = match &test.right.kind {
            StepKind::Text(text) => text.to_string(),
            StepKind::Name(Reference { base: Base::Frame(frame), column, .. }) => {
                match self.text_of(frames[*frame].cell(*column))? {
                    Ok(text) => text,
                    Err(gap) => return Ok(Err(gap)),
                }
            }
            _ => return Ok(Ok(Vec::new())),
        };
        Ok(Ok(indexed.by_text(*column).get(&text).map_or_else(Vec::new, |rows| rows.to_vec())))
    }

    fn summed_up(&mut self, over: &'e OverRows, values: Vec<OfRow>, frames: &[RowAt]) -> Tried<Ran> {
        let step = &over.arguments[0];
        let range = &step.range;
        let all = values.len();
        let is_there = |value: &Value| !matches!(value, Value::Nothing(_));
        let takes_open = matches!(over.function, Function::Min | Function::Max | Function::Count);
        let is_taken = |value: &Value| is_there(value) && (takes_open || !matches!(value, Value::Open(..)));
        let first_gap = values.iter().find_map(|(_, value)| match value {
            Value::Nothing(gap) | Value::Open(_, gap) if !is_taken(value) => Some(Arc::clone(gap)),
            _ => None,
        });
        let taken: Vec<OfRow> = values.into_iter().filter(|(_, value)| is_taken(value)).collect();
        let count = RowCount { taken: taken.len(), left_out: all - taken.len() };
        if over.function == Function::Count {
            let value = self.literal(count.taken);
            return Ok(self.ran(value, HashMap::new(), Some(count)));
        }
        if let (Function::Sum, Some(gap)) = (over.function, &first_gap) {
            return Ok(self.ran(Value::Nothing(Arc::clone(gap)), HashMap::new(), Some(count)));
        }
        if taken.is_empty() {
            let of: Arc<str> = self.slice(range).into();
            let cause = if all == 0 { Cause::NoRow(of) } else { Cause::NoValue(of) };
            let gap = Gap { cause, through: None, place: self.text.place_of(range.clone()) };
            return Ok(self.ran(Value::Nothing(Arc::new(gap)), HashMap::new(), Some(count)));
        }
        let value = match over.function {
            Function::Min | Function::Max => {
                let values = taken.into_iter().map(|(_, value)| (value, step)).collect();
                self.extreme(over.function, values, range, frames)?
            }
            Function::Median => self.median(over, taken, frames)?,
            Function::AtMax | Function::AtMin => self.at_extreme(over, taken, frames)?,
            _ => {
                let mut operands = Vec::with_capacity(taken.len());
                for (_, value) in taken {
                    match self.operand(value, step)? {
                        Ok(operand) => operands.push((operand, step)),
                        Err(gap) => return Ok(self.ran(Value::Nothing(gap), HashMap::new(), Some(count))),
                    }
                }
                let total = self.total(operands, over.function == Function::Mean, range, frames)?;
                total.map_or_else(Value::Nothing, Value::from)
            }
        };
        Ok(self.ran(value, HashMap::new(), Some(count)))
    }

    fn ran(&mut self, value: Value, ranks: HashMap<usize, usize>, count: Option<RowCount>) -> Ran {
        let findings = self.trace.findings();
        let rows = count.into_iter().collect();
        Ran { value, ranks, findings: Findings { rows, ..findings } }
    }

    /// A whole number that takes the unit of what it is added to.
    fn literal(&self, number: usize) -> Value {
        let number = Number::from_integer(i64::try_from(number).unwrap_or(i64::MAX));
        Value::Number(Quantity::literal(number, &self.sheets.scale(&Unit::NUMBER)))
    }

    /// Numbers in the unit of the first.
    fn in_one_unit(
        &mut self,
        over: &'e OverRows,
        taken: Vec<OfRow>,
        frames: &[RowAt],
    ) -> Tried<Given<Vec<(usize, Quantity)>>> {
        let step = &over.arguments[0];
        let mut numbers: Vec<(usize, Quantity)> = Vec::with_capacity(taken.len());
        for (row, value) in taken {
            let number = match self.number(value, step)? {
                Ok(number) => number,
                Err(gap) => return Ok(Err(gap)),
            };
            let worked = match numbers.first() {
                Some((_, first)) => alike(first, &number).map(|(_, number)| number),
                None => Ok(number),
            };
            let spot = Spot { operator: &step.range, left: step.range.clone(), right: step };
            match self.worked(worked, &spot, frames)? {
                Ok(number) => numbers.push((row, number)),
                Err(gap) => return Ok(Err(gap)),
            }
        }
        Ok(Ok(numbers))
    }

    fn median(&mut self, over: &'e OverRows, taken: Vec<OfRow>, frames: &[RowAt]) -> Tried<Value> {
        let mut numbers = match self.in_one_unit(over, taken, frames)? {
            Ok(numbers) => numbers,
            Err(gap) => return Ok(Value::Nothing(gap)),
        };
        numbers.sort_by(|(_, one), (_, two)| one.value.cmp(&two.value));
        let middle = numbers.len() / 2;
        let upper = numbers[middle].1.clone();
        if numbers.len() % 2 == 1 {
            return Ok(Value::Number(upper));
        }
        let lower = &numbers[middle - 1].1;
        let half: Worked<Quantity> = match lower.value.add(&upper.value) {
            Some(value) => shared(&Quantity { value, ..lower.clone() }, 2),
            None => Err(super::arithmetic::Fault::Digits),
        };
        let step = &over.arguments[0];
        let spot = Spot { operator: &step.range, left: step.range.clone(), right: step };
        Ok(self.worked(half, &spot, frames)?.map_or_else(Value::Nothing, |half| Value::from(Operand::Number(half))))
    }

    /// The text of the row with the largest or the smallest value.
    fn at_extreme(&mut self, over: &'e OverRows, taken: Vec<OfRow>, frames: &[RowAt]) -> Tried<Value> {
        let numbers = match self.in_one_unit(over, taken, frames)? {
            Ok(numbers) => numbers,
            Err(gap) => return Ok(Value::Nothing(gap)),
        };
        let sizes = numbers.iter().map(|(_, number)| &number.value);
        let best = if over.function == Function::AtMax { sizes.max() } else { sizes.min() }.cloned();
        let rows: Vec<usize> =
            numbers.iter().filter(|(_, number)| Some(&number.value) == best.as_ref()).map(|(row, _)| *row).collect();
        let at = |row: usize| RowAt { sheet: over.sheet, row };
        if rows.len() > 1 {
            let ids = rows.iter().map(|row| Arc::clone(&self.sheets.row(at(*row)).id)).collect();
            let place = self.sheets.row(at(rows[0])).place.clone();
            return Ok(Value::Nothing(Arc::new(Gap { cause: Cause::Shared(ids), through: None, place })));
        }
        let Some(column) = over.column else {
            return Ok(Value::Text(Arc::clone(&self.sheets.row(at(rows[0])).id)));
        };
        Ok(match self.text_of(at(rows[0]).cell(column))? {
            Ok(text) => Value::Text(text.into()),
            Err(gap) => Value::Nothing(gap),
        })
    }

    /// The place of each row in the order of its values, the largest first; rows with the same values share a place.
    fn ranked(&mut self, over: &'e OverRows, values: Vec<(usize, Vec<Value>)>, frames: &[RowAt]) -> Tried<Ran> {
        let all = values.len();
        let mut rows: Vec<(usize, Vec<Quantity>)> = Vec::with_capacity(values.len());
        for (row, values) in values {
            let mut numbers = Vec::with_capacity(values.len());
            for (value, step) in values.into_iter().zip(&over.arguments) {
                numbers.extend(self.number(value, step)?);
            }
            if numbers.len() == over.arguments.len() {
                rows.push((row, numbers));
            }
        }
        if let Some((_, first)) = rows.first().cloned() {
            for (_, numbers) in &rows {
                for ((one, two), step) in first.iter().zip(numbers).zip(&over.arguments) {
                    let spot = Spot { operator: &step.range, left: step.range.clone(), right: step };
                    let _ = self.worked(compare(one, two), &spot, frames)?;
                }
            }
        }
        let sizes = |numbers: &[Quantity]| numbers.iter().map(|number| number.value.clone()).collect::<Vec<_>>();
        rows.sort_by_cached_key(|(_, numbers)| std::cmp::Reverse(sizes(numbers)));
        let (mut ranks, mut rank) = (HashMap::new(), 0);
        for at in 0..rows.len() {
            if at == 0 || sizes(&rows[at].1) != sizes(&rows[at - 1].1) {
                rank = at + 1;
            }
            ranks.insert(rows[at].0, rank);
        }
        let count = RowCount { taken: rows.len(), left_out: all - rows.len() };
        let value = self.literal(rows.len());
        Ok(self.ran(value, ranks, Some(count)))
    }
}
