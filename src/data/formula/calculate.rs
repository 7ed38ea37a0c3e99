//! Works out the formula of a cell, and brings its value to the unit that the column declares.

use std::sync::Arc;

use super::engine::{Calculated, Engine, Halt, Tried};
use super::functions::Function;
use super::plan::{Base, Plan, Reference, Side, Step, StepKind};
use super::problems::{KIND, SIZE, UNITS};
use super::quantity::{Kind, Quantity, Scale, Value};
use super::sheets::CellAt;
use crate::data::notation::Date;
use crate::data::table::ColumnKind;
use crate::data::unit::{Thing, Unit};
use crate::diagnostic::{Diagnostic, Known};

impl<'e, 'a> Engine<'e, 'a> {
    /// The value of a cell whose column has a formula.
    pub(super) fn calculate(&mut self, at: CellAt) -> Tried<Calculated> {
        let plan = match self.plans.get(&(at.sheet, at.column)) {
            Some(Ok(plan)) => plan,
            Some(Err(reported)) => return Err((*reported).into()),
            None => return Err(Halt::Needs),
        };
        self.begin(plan.text, plan.terms);
        let declared = self.scale_of(at);
        self.declared = declared.as_ref().ok().and_then(|declared| declared.as_ref().ok()).cloned();
        let value = self.eval(&plan.step, &mut vec![at.row()]);
        let (declared, value) = (declared?, value?);
        let (scale, value) = match declared {
            Ok(scale) => (scale, value),
            // What the unit is isn't stated, and so the value isn't.
            Err(gap) => (self.sheets.scale(&Unit::NUMBER), Value::Nothing(gap)),
        };
        let findings = self.trace.findings();
        let value = self.fit(value, &scale, plan, at)?;
        let (formula, inputs) = self.explained(plan, at.row())?;
        let signed = self.sheets.column(at).signed.unwrap_or_else(|| self.is_change(&plan.step, at));
        Ok(Calculated { value, scale, signed, findings, formula, inputs })
    }

    /// Whether a formula gives a change, whose text needs its sign.
    fn is_change(&self, step: &Step, at: CellAt) -> bool {
        match &step.kind {
            StepKind::Apply(Function::Difference | Function::Change, _) => true,
            StepKind::Apply(Function::Round | Function::Convert, arguments) => self.is_change(&arguments[0], at),
            StepKind::Negative(inner) => self.is_change(inner, at),
            StepKind::Name(Reference { base: Base::Frame(_), column, side: Side::Whole }) if *column != at.column => {
                let column = &self.sheets.at(at.sheet).sheet.table.columns[*column];
                column.signed == Some(true)
            }
            _ => false,
        }
    }

    /// A value in the unit, the size and the kind that its column declares.
    fn fit(&mut self, value: Value, scale: &Arc<Scale>, plan: &Plan<'a>, at: CellAt) -> Known<Value> {
        let column = self.sheets.column(at);
        let is_number = matches!(column.kind, ColumnKind::Number);
        Ok(match value {
            Value::Nothing(gap) | Value::Open(_, gap) => Value::Nothing(gap),
            Value::Number(number) if is_number => Value::Number(self.fit_number(number, scale, plan, at)?),
            Value::Tolerance(parts) if is_number => {
                let [number, ..] = *parts;
                Value::Number(self.fit_number(number, scale, plan, at)?)
            }
            Value::Range(range) if is_number => {
                let mut fitted = range.clone();
                for end in [&mut fitted.low, &mut fitted.high, &mut fitted.median] {
                    if let Some(number) = end.take() {
                        *end = Some(Quantity { bound: None, ..self.fit_number(number, scale, plan, at)? });
                    }
                }
                Value::Range(fitted)
            }
            value => self.fit_word(value, plan, at)?,
        })
    }

    /// A text, a choice or a date as its column has them. A column of numbers takes them too: the formula says what it gives.
    fn fit_word(&mut self, value: Value, plan: &Plan<'a>, at: CellAt) -> Known<Value> {
        let column = self.sheets.column(at);
        let fitted = match (&column.kind, &value) {
            (ColumnKind::Choice(words), Value::Text(text) | Value::Choice(_, _, text)) => {
                let index = words.iter().position(|word| word.text == *text);
                index.map(|index| Value::Choice((at.sheet, at.column), index, Arc::clone(text)))
            }
            (ColumnKind::Date, Value::Date(date)) => Some(Value::Date(*date)),
            (ColumnKind::Date, Value::Text(text)) => Date::parse(text).ok().map(Value::Date),
            (ColumnKind::Number, Value::Date(date)) => Some(Value::Date(*date)),
            (_, Value::Text(text) | Value::Choice(_, _, text)) => Some(Value::Text(Arc::clone(text))),
            (_, Value::Date(date)) => Some(Value::Text(date.to_string().into())),
            _ => None,
        };
        if let Some(fitted) = fitted {
            return Ok(fitted);
        }
        let (gives, declared) = (value.description(), kind_name(&column.kind));
        let message = format!("the formula of `{}` gives {gives}, and its type is {declared}", column.id);
        let problem = Diagnostic::new(&KIND, &plan.text.place, message);
        Err(self.report(problem.help("change the type, or the formula"), ""))
    }

    fn fit_number(&mut self, number: Quantity, scale: &Arc<Scale>, plan: &Plan<'a>, at: CellAt) -> Known<Quantity> {
        let column = self.sheets.column(at);
        let bound = column.bound.unwrap_or(number.bound);
        if number.takes_unit() {
            return self.fit_literal(number, scale, plan).map(|number| Quantity { bound, ..number });
        }
        let place = &plan.text.place;
        let name = scale.name();
        let problem = if number.scale.dimensions != scale.dimensions {
            let message = format!("the formula gives {}, and the unit is {name}", number.scale.name());
            let currencies: Vec<String> = [&number.scale, scale]
                .iter()
                .filter_map(|scale| scale.dimensions.currencies().next().map(ToString::to_string))
                .collect();
            let problem = Diagnostic::new(&UNITS, place, message);
            match &currencies[..] {
                [one, two] if one != two => {
                    problem.help(format!("multiply by a rate, a figure with the unit {two}/{one}"))
                }
                _ => problem.help("correct the formula or the unit"),
            }
        } else if number.scale.kind == Kind::Points && scale.kind != Kind::Points {
            let message = format!("the formula gives percentage points, and the unit is {name}");
            Diagnostic::new(&UNITS, place, message).help("write unit = \"percentage points\"")
        } else if number.scale.kind == Kind::Percent && scale.kind == Kind::Points {
            Diagnostic::new(&UNITS, place, "the formula gives a percentage, and the unit is percentage points")
                .help("write unit = \"%\"")
        } else if number.scale.size != scale.size {
            let given = number.scale.unit.as_ref().map(|_| format!("{}, ", number.scale.name())).unwrap_or_default();
            let message = format!("the formula gives {given}another size of {name}");
            let help = format!("write `convert({})`, which brings it to the size of the unit", plan.text.text);
            Diagnostic::new(&SIZE, place, message).help(help)
        } else {
            let has_percent = number.has_percent || scale.kind != Kind::Plain;
            return Ok(Quantity { scale: Arc::clone(scale), is_literal: false, bound, has_percent, ..number });
        };
        Err(self.report(problem, ""))
    }

    /// A number without a unit: it counts what the column says, unless that is money, or an amount per something.
    fn fit_literal(&mut self, number: Quantity, scale: &Arc<Scale>, plan: &Plan<'a>) -> Known<Quantity> {
        let counts = |unit: &Unit| unit.per.is_none() && matches!(unit.thing, Thing::Measure(_));
        let is_fit = scale.dimensions.is_none() || scale.unit.as_ref().is_some_and(counts);
        let value = if scale.kind == Kind::Plain { number.value.mul(&scale.size) } else { Some(number.value.clone()) };
        match value {
            Some(value) if is_fit => Ok(Quantity { value, scale: Arc::clone(scale), is_literal: false, ..number }),
            _ => {
                let message = format!("the formula gives a plain number, and the unit is {}", scale.name());
                let problem = Diagnostic::new(&UNITS, &plan.text.place, message);
                Err(self.report(problem.help("write the unit behind the numbers of the formula, as in `12 USD`"), ""))
            }
        }
    }
}

fn kind_name(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "number",
        ColumnKind::Text => "text",
        ColumnKind::Choice(_) => "choice",
        ColumnKind::Date => "date",
        ColumnKind::Figure => "figure",
        ColumnKind::Figures => "figures",
    }
}
