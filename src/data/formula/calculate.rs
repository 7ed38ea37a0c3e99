//! Works out the formula of a cell, and brings its value to the unit that the column declares.

use std::sync::Arc;

use super::engine::{Calculated, Engine, Halt, Tried, given};
use super::evaluate::amount;
use super::functions::Function;
use super::plan::{Base, Meaning, Reference, Side};
use super::problems::{KIND, SIZE, UNITS};
use super::quantity::{Kind, Quantity, Scale, Value};
use super::results::Outcome;
use super::sheets::CellAt;
use super::tree::{Node, NodeKind};
use crate::data::amount::Amount;
use crate::data::figure::Inputs;
use crate::data::notation::Date;
use crate::data::table::{Column, ColumnKind};
use crate::data::unit::{Thing, Unit};
use crate::diagnostic::{Code, Diagnostic};

impl Engine<'_, '_> {
    /// The value of a cell whose column has a formula.
    pub(super) fn calculate(&mut self, at: CellAt) -> Tried<Calculated> {
        let plan = match self.plans.get(&at.of_column()) {
            Some(plan) => plan.as_ref().map_err(|reported| *reported)?,
            None => return Err(Halt::Needs),
        };
        let column = self.sheets.column(at);
        let Some(formula) = &column.formula else { return Err(Halt::Needs) };
        self.begin(plan, at.row());
        let declared = self.scale_of(at);
        self.declared = declared.as_ref().ok().cloned();
        let value = self.eval(&formula.root);
        let (declared, value) = (given(declared)?, given(value)?);
        let findings = self.trace.findings();
        if let (Ok(Kind::Percent | Kind::Points), Some(node)) =
            (declared.as_ref().map(|scale| scale.kind), formula.root.hundred())
        {
            return self.hundred(node);
        }
        // What the unit is may not be stated, and the value isn't then.
        let scale = declared.clone().unwrap_or_else(|_| self.sheets.scale(&Unit::NUMBER));
        let value = given(match declared.and(value) {
            Ok(value) => self.fit(value, &scale, at),
            Err(gap) => Err(gap.into()),
        })?;
        let (text, ids) = self.explained(formula)?;
        let (amount, median) = amount(&value, &scale, &plan.text.place);
        // A column of numbers may turn out to give texts, which count nothing.
        let unit = match amount {
            Ok(Amount::Text(_) | Amount::Date(_)) => Unit::NUMBER,
            _ => scale.unit.clone().unwrap_or(Unit::NUMBER),
        };
        let bound = if let Ok(Value::Number(number)) = &value { number.bound } else { None };
        let signed = column.signed.unwrap_or_else(|| self.is_change(&formula.root, at));
        let inputs = Inputs { formula: text, ids, exact: findings.is_exact, rows: findings.rows };
        let outcome = Outcome { amount, median, unit, bound, signed, inputs, record: findings.record };
        Ok(Calculated { value, outcome })
    }

    /// Whether a formula gives a change, whose text needs its sign.
    fn is_change(&self, node: &Node, at: CellAt) -> bool {
        match (&node.kind, self.plan.meaning(node)) {
            (NodeKind::Call(call), _) => match call.function {
                Function::Difference | Function::Change => true,
                Function::Round | Function::Convert => self.is_change(&call.arguments[0], at),
                _ => false,
            },
            (NodeKind::Negative(inner), _) => self.is_change(inner, at),
            (_, Meaning::Name(Reference { base: Base::Frame(_), column, side: Side::Whole })) => {
                *column != at.column && self.sheets.column(CellAt { column: *column, ..at }).signed == Some(true)
            }
            _ => false,
        }
    }

    /// A value in the unit, the size and the kind that its column declares.
    fn fit(&mut self, value: Value, scale: &Arc<Scale>, at: CellAt) -> Tried<Value> {
        let column = self.sheets.column(at);
        let is_number = matches!(column.kind, ColumnKind::Number);
        match value {
            Value::Open(_, gap) => Err(gap.into()),
            Value::Number(number) if is_number => self.fit_number(number, scale, column).map(Value::Number),
            Value::Tolerance(parts) if is_number => {
                let [number, ..] = *parts;
                self.fit_number(number, scale, column).map(Value::Number)
            }
            Value::Range(range) if is_number => {
                let mut ends = [range.low, range.high, range.median];
                for end in &mut ends {
                    if let Some(number) = end.take() {
                        *end = Some(Quantity { bound: None, ..self.fit_number(number, scale, column)? });
                    }
                }
                Ok(Value::from(ends))
            }
            value => self.fit_word(value, at),
        }
    }

    /// A text, a choice or a date as its column has them. A column of numbers takes them too: the formula says what it gives.
    fn fit_word(&mut self, value: Value, at: CellAt) -> Tried<Value> {
        let column = self.sheets.column(at);
        let fitted = match (&column.kind, &value, value.text()) {
            (ColumnKind::Choice(words), _, Some(text)) => {
                let index = words.iter().position(|word| word.text == *text);
                index.map(|index| Value::Choice(at.of_column(), index, Arc::clone(text)))
            }
            (ColumnKind::Date, _, Some(text)) => Date::parse(text).ok().map(Value::Date),
            (ColumnKind::Date | ColumnKind::Number, Value::Date(date), _) => Some(Value::Date(*date)),
            (ColumnKind::Choice(_), ..) => None,
            (_, Value::Date(date), _) => Some(Value::Text(date.to_string().into())),
            (_, _, text) => text.cloned().map(Value::Text),
        };
        let kind = match column.kind {
            ColumnKind::Number => "number",
            ColumnKind::Text => "text",
            ColumnKind::Choice(_) => "choice",
            ColumnKind::Date => "date",
            ColumnKind::Figure => "figure",
            ColumnKind::Figures => "figures",
        };
        let message =
            || format!("the formula of `{}` gives {}, and its type is {kind}", column.id, value.description());
        match fitted {
            Some(fitted) => Ok(fitted),
            None => self.misfit(&KIND, message(), "change the type, or the formula"),
        }
    }

    fn fit_number(&mut self, number: Quantity, scale: &Arc<Scale>, column: &Column) -> Tried<Quantity> {
        let bound = column.bound.unwrap_or(number.bound);
        let (own, name) = (&number.scale, scale.name());
        let fitted = Quantity { scale: Arc::clone(scale), is_literal: false, is_rest: false, bound, ..number.clone() };
        if number.takes_unit() {
            // It counts what the column says, unless that is money, or an amount per something.
            let counts = |unit: &Unit| unit.per.is_none() && matches!(unit.thing, Thing::Measure(_));
            let is_fit = scale.dimensions.is_none() || scale.unit.as_ref().is_some_and(counts);
            let size = if scale.kind == Kind::Plain { number.value.mul(&scale.size) } else { Some(number.value) };
            return match size.filter(|_| is_fit) {
                Some(value) => Ok(Quantity { value, ..fitted }),
                None => {
                    let message = format!("the formula gives a plain number, and the unit is {name}");
                    let help = "write the unit behind the numbers of the formula, as in `12 USD`";
                    self.misfit(&UNITS, message, help)
                }
            };
        }
        if own.dimensions != scale.dimensions {
            let message = format!("the formula gives {}, and the unit is {name}", own.name());
            let help = match (own.currency(), scale.currency()) {
                (Some(one), Some(two)) if one != two => {
                    format!("multiply by a rate, a figure with the unit {two}/{one}")
                }
                _ => "correct the formula or the unit".to_owned(),
            };
            self.misfit(&UNITS, message, help)
        } else if own.kind == Kind::Points && scale.kind != Kind::Points {
            let message = format!("the formula gives percentage points, and the unit is {name}");
            self.misfit(&UNITS, message, "write unit = \"percentage points\"")
        } else if own.kind == Kind::Percent && scale.kind == Kind::Points {
            let message = "the formula gives a percentage, and the unit is percentage points";
            self.misfit(&UNITS, message, "write unit = \"%\"")
        } else if own.size != scale.size {
            let given = own.unit.as_ref().map(|_| format!("{}, ", own.name())).unwrap_or_default();
            let help = format!("write `convert({})`, which brings it to the size of the unit", self.plan.text.text);
            self.misfit(&SIZE, format!("the formula gives {given}another size of {name}"), help)
        } else {
            Ok(Quantity { has_percent: number.has_percent || scale.kind != Kind::Plain, ..fitted })
        }
    }

    /// Reports that a whole formula doesn't give what its column declares.
    fn misfit<T>(&mut self, code: &'static Code, message: impl Into<String>, help: impl Into<String>) -> Tried<T> {
        Err(self.report(Diagnostic::new(code, &self.plan.text.place, message).help(help), "").into())
    }
}
