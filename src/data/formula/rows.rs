//! Runs functions over rows. What takes nothing from the row at hand but its texts is run once for all rows that have these texts.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::arithmetic::{alike, compare, midpoint};
use super::engine::{Engine, Findings, Halt, Ran, Trace, Tried, given};
use super::functions::Function;
use super::gap::{Cause, Gap};
use super::plan::{IdPart, OverRows};
use super::quantity::{Given, Quantity, Value};
use super::sheets::RowAt;
use super::tree::{Call, Node};
use crate::data::figure::RowCount;
use crate::data::number::Number;
use crate::data::unit::Unit;
use crate::work;

impl<'e> Engine<'e, '_> {
    /// The value of a function over rows.
    pub(super) fn over_rows(&mut self, call: &'e Call, over: &'e OverRows) -> Tried<Value> {
        if over.outside.takes_values {
            let ran = self.run(call, over)?;
            return self.taken(call, over, &ran);
        }
        let mut texts = Vec::with_capacity(over.outside.texts.len());
        for (frame, column) in &over.outside.texts {
            texts.push(self.text_of(self.frames[*frame].cell(*column))?);
        }
        let key = (over.number, texts);
        let ran = match self.functions.get(&key) {
            Some(ran) => ran.clone()?,
            None => {
                let ran = match self.run(call, over) {
                    Ok(ran) => Ok(Rc::new(ran)),
                    Err(Halt::Reported(reported)) => Err(reported),
                    Err(needs) => return Err(needs),
                };
                self.functions.insert(key, ran.clone());
                ran?
            }
        };
        self.taken(call, over, &ran)
    }

    /// The value of a function that has run, whose inputs are noted.
    fn taken(&mut self, call: &'e Call, over: &OverRows, ran: &Ran) -> Tried<Value> {
        self.trace.is_inexact |= !ran.findings.is_exact;
        self.trace.rows.extend(ran.findings.rows.iter().cloned());
        if let Some(record) = &ran.findings.record {
            self.note(record, &call.arguments[0].range)?;
        }
        if call.function != Function::Rank {
            return Ok(ran.value.clone()?);
        }
        let row = self.frames[over.of];
        if let Some(rank) = ran.ranks.get(&row.row) {
            return Ok(self.literal(*rank));
        }
        // It has no place since one of its own values is missing.
        self.frames.push(row);
        let values = self.eval_all(&call.arguments);
        self.frames.pop();
        let gap = values?.into_iter().find_map(Result::err);
        Err(gap.map_or_else(|| self.too_long(&call.arguments[0].range), Halt::from))
    }

    /// Runs a function from the rows at hand, with inputs of its own.
    fn run(&mut self, call: &'e Call, over: &'e OverRows) -> Tried<Ran> {
        let inner = Trace::new(self.trace.terms);
        let around = std::mem::replace(&mut self.trace, inner);
        let declared = self.declared.take();
        let mut ranks = HashMap::new();
        let mut count = None;
        let value = given(self.run_rows(call, over, &mut ranks, &mut count));
        let findings = Findings { rows: count.into_iter().collect(), ..self.trace.findings() };
        self.declared = declared;
        self.trace = around;
        Ok(Ran { value: value?, findings, ranks })
    }

    fn run_rows(
        &mut self,
        call: &'e Call,
        over: &'e OverRows,
        ranks: &mut HashMap<usize, usize>,
        count: &mut Option<RowCount>,
    ) -> Tried<Value> {
        let mut values: Vec<(usize, Vec<Given>)> = Vec::new();
        let mut needs = false;
        for row in self.candidates(over)? {
            work::steps(1);
            self.frames.push(RowAt { sheet: over.sheet, row });
            let tried = self.holds(&call.conditions).and_then(|holds| match holds {
                true => self.eval_all(call.values()).map(Some),
                false => Ok(None),
            });
            self.frames.pop();
            match tried {
                Ok(Some(of_row)) => values.push((row, of_row)),
                Ok(None) => (),
                Err(Halt::Needs) => needs = true,
                Err(halt) => return Err(halt),
            }
        }
        if needs {
            return Err(Halt::Needs);
        }
        if call.function == Function::Rank {
            *ranks = self.ranked(call, &values)?;
            let left_out = values.len() - ranks.len();
            *count = Some(RowCount { set: self.set_name(over), taken: ranks.len(), left_out });
            return Ok(self.literal(ranks.len()));
        }
        let values = values.into_iter().filter_map(|(row, values)| Some((row, values.into_iter().next()?)));
        self.summed_up(call, over, values.collect(), count)
    }

    /// The name of the set whose rows a function runs over.
    fn set_name(&self, over: &OverRows) -> Arc<str> {
        Arc::clone(self.sheets.at(over.sheet).sheet.name)
    }

    /// The rows that may be picked: those that fit the pattern, or that have the text which a condition asks for.
    pub(super) fn candidates(&mut self, over: &OverRows) -> Tried<Vec<usize>> {
        let indexed = self.sheets.at(over.sheet);
        let mut fixed: Vec<(usize, String)> = Vec::new();
        for (at, part) in over.pattern.iter().flatten().enumerate() {
            fixed.extend(self.id_part(part)?.map(|text| (at, text)));
        }
        let rows = if !fixed.is_empty() {
            let fixed: Vec<(usize, &str)> = fixed.iter().map(|(at, text)| (*at, &**text)).collect();
            indexed.rows_with(&fixed)
        } else if let Some((column, part)) = &over.look_up {
            let text = match part {
                IdPart::Column(frame, column) => self.text_of(self.frames[*frame].cell(*column))?,
                IdPart::Word(text) => text.to_string(),
                IdPart::Any => String::new(),
            };
            indexed.by_text(*column).get(&text).cloned()
        } else {
            return Ok((0..indexed.sheet.table.rows.len()).collect());
        };
        Ok(rows.map_or_else(Vec::new, |rows| rows.to_vec()))
    }

    fn summed_up(
        &mut self,
        call: &'e Call,
        over: &'e OverRows,
        values: Vec<(usize, Given)>,
        count: &mut Option<RowCount>,
    ) -> Tried<Value> {
        let (function, node) = (call.function, &call.arguments[0]);
        let all = values.len();
        let takes_open = matches!(function, Function::Min | Function::Max | Function::Count);
        let mut first_gap = None;
        let mut taken: Vec<(usize, Value)> = Vec::with_capacity(all);
        for (row, value) in values {
            match value {
                Ok(Value::Open(_, gap)) if !takes_open => first_gap = first_gap.or(Some(gap)),
                Ok(value) => taken.push((row, value)),
                Err(gap) => first_gap = first_gap.or(Some(gap)),
            }
        }
        *count = Some(RowCount { set: self.set_name(over), taken: taken.len(), left_out: all - taken.len() });
        match (function, first_gap) {
            (Function::Count, _) => return Ok(self.literal(taken.len())),
            (Function::Sum, Some(gap)) => return Err(gap.into()),
            _ if taken.is_empty() => {
                let of: Arc<str> = self.slice(&node.range).into();
                let cause = if all == 0 { Cause::NoRow(of) } else { Cause::NoValue(of) };
                return Err(Gap::new(cause, &self.place(&node.range)).into());
            }
            _ => (),
        }
        let values = |taken: Vec<(usize, Value)>| taken.into_iter().map(|(_, value)| (value, node)).collect();
        match function {
            Function::Min | Function::Max => self.extreme(function, values(taken), &node.range),
            Function::Median => self.median(node, taken),
            Function::AtMax | Function::AtMin => self.at_extreme(function, over, node, taken),
            _ => {
                let mut operands = Vec::with_capacity(taken.len());
                for (_, value) in taken {
                    operands.push((self.operand(value, node)?, node));
                }
                self.total(operands, function == Function::Mean, &node.range)
            }
        }
    }

    /// A whole number that takes the unit of what it is added to.
    fn literal(&self, number: usize) -> Value {
        let value = Number::from_integer(i64::try_from(number).unwrap_or(i64::MAX));
        let scale = self.sheets.scale(&Unit::NUMBER);
        Value::Number(Quantity { value, scale, is_literal: true, bound: None, has_percent: false, is_rest: false })
    }

    /// Numbers of rows in the unit of the first.
    fn in_one_unit(&mut self, node: &'e Node, taken: Vec<(usize, Value)>) -> Tried<Vec<(usize, Quantity)>> {
        let mut numbers: Vec<(usize, Quantity)> = Vec::with_capacity(taken.len());
        for (row, value) in taken {
            let number = self.number(value, node)?;
            let worked = match numbers.first() {
                Some((_, first)) => alike(first, &number).map(|(_, number)| number),
                None => Ok(number),
            };
            numbers.push((row, self.worked(worked, (&node.range, node.range.clone(), node))?));
        }
        Ok(numbers)
    }

    fn median(&mut self, node: &'e Node, taken: Vec<(usize, Value)>) -> Tried<Value> {
        let mut numbers = self.in_one_unit(node, taken)?;
        numbers.sort_by(|(_, one), (_, two)| one.value.cmp(&two.value));
        let middle = numbers.len() / 2;
        let (upper, lower) = (&numbers[middle].1, &numbers[middle.saturating_sub(1)].1);
        if numbers.len() % 2 == 1 {
            return Ok(Value::Number(upper.clone()));
        }
        let bound = lower.bound;
        let spot = (&node.range, node.range.clone(), node);
        let middle = midpoint(&Quantity { bound: None, ..lower.clone() }, &Quantity { bound: None, ..upper.clone() });
        Ok(Value::Number(Quantity { bound, ..self.worked(middle, spot)? }))
    }

    /// The text of the row with the largest or the smallest value.
    fn at_extreme(
        &mut self,
        function: Function,
        over: &OverRows,
        node: &'e Node,
        taken: Vec<(usize, Value)>,
    ) -> Tried<Value> {
        let numbers = self.in_one_unit(node, taken)?;
        let sizes = numbers.iter().map(|(_, number)| &number.value);
        let best = if function == Function::AtMax { sizes.max() } else { sizes.min() };
        let best = numbers.iter().filter(|(_, number)| Some(&number.value) == best);
        let rows: Vec<RowAt> = best.map(|(row, _)| RowAt { sheet: over.sheet, row: *row }).collect();
        let row = self.sheets.row(rows[0]);
        if rows.len() > 1 {
            let ids = rows.iter().map(|row| Arc::clone(&self.sheets.row(*row).id)).collect();
            return Err(Gap::new(Cause::Shared(ids), &row.place).into());
        }
        match over.column {
            Some(column) => self.text_of(rows[0].cell(column)).map(|text| Value::Text(text.into())),
            None => Ok(Value::Text(Arc::clone(&row.id))),
        }
    }

    /// The place of each row in the order of its values, the largest first; rows with the same values share a place.
    fn ranked(&mut self, call: &'e Call, values: &[(usize, Vec<Given>)]) -> Tried<HashMap<usize, usize>> {
        let mut rows: Vec<(Vec<Quantity>, usize)> = Vec::with_capacity(values.len());
        for (row, values) in values {
            let mut numbers = Vec::with_capacity(values.len());
            for (value, node) in values.iter().zip(&call.arguments) {
                if let Ok(value) = value {
                    numbers.extend(given(self.number(value.clone(), node))?);
                }
            }
            if numbers.len() == call.arguments.len() {
                rows.push((numbers, *row));
            }
        }
        // Those that don't compare are reported.
        for (numbers, _) in &rows {
            for ((one, two), node) in rows[0].0.iter().zip(numbers).zip(&call.arguments) {
                self.worked(compare(one, two), (&node.range, node.range.clone(), node))?;
            }
        }
        let sizes = |numbers: &[Quantity]| numbers.iter().map(|number| number.value.clone()).collect::<Vec<_>>();
        let mut rows: Vec<(Vec<Number>, usize)> = rows.iter().map(|(numbers, row)| (sizes(numbers), *row)).collect();
        rows.sort_by(|(one, _), (two, _)| two.cmp(one));
        let (mut ranks, mut rank) = (HashMap::new(), 0);
        for (at, (sizes, row)) in rows.iter().enumerate() {
            if at == 0 || *sizes != rows[at - 1].0 {
                rank = at + 1;
            }
            ranks.insert(*row, rank);
        }
        Ok(ranks)
    }
}
