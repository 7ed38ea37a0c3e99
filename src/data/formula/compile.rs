//! Resolves the names of a formula once, so that only values are left to be looked up row by row.

use std::ops::Range;
use std::sync::Arc;

use super::functions::Function;
use super::names::{Resolver, Scope};
use super::outside::test_outside;
use super::plan::{Base, Outside, Plan, Side, Step, StepKind, TermStep, Terms, TestPlan, TestStep};
use super::problems::{HUNDRED, NAME, ORDER, WORD};
use super::quantity::Quantity;
use super::sheets::{Sheets, braces};
use super::tree::{Call, LiteralUnit, Node, NodeKind, Term, Test};
use super::typed::{Expectation, Formula};
use crate::data::number::Number;
use crate::data::table::{ColumnKind, ColumnUnit};
use crate::data::unit::{Thing, Unit};
use crate::diagnostic::{Diagnostic, Known, Report, nearest};

/// Compiles formulas and expectations, and numbers their functions over rows.
pub(super) struct Compiler<'s, 'a> {
    sheets: &'s Sheets<'a>,
    functions: usize,
}

impl<'s, 'a> Compiler<'s, 'a> {
    pub(super) fn new(sheets: &'s Sheets<'a>) -> Self {
        Self { sheets, functions: 0 }
    }

    /// The plan of a column's formula.
    pub(super) fn formula(
        &mut self,
        formula: &'a Formula,
        (sheet, column): (usize, usize),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Known<Plan<'a>> {
        let resolver = Resolver { sheets: self.sheets, text: &formula.text, diagnostics };
        let column = &self.sheets.at(sheet).sheet.table.columns[column];
        let mut one = One { resolver, functions: &mut self.functions };
        let step = one.step(&formula.tree, &Scope::of(sheet))?;
        if let ColumnUnit::Fixed(Unit { thing: Thing::Percent | Thing::Points, .. }) = column.unit {
            one.no_hundred(&step)?;
        }
        let terms = Terms { compares: column.compare, drops_bounds: column.bound.is_some() };
        Ok(Plan { text: &formula.text, step, terms })
    }

    /// The plan of an expectation.
    pub(super) fn expectation(
        &mut self,
        expectation: &'a Expectation,
        sheet: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Known<TestPlan<'a>> {
        let resolver = Resolver { sheets: self.sheets, text: &expectation.text, diagnostics };
        let mut one = One { resolver, functions: &mut self.functions };
        let scope = Scope::of(sheet);
        let test = one.test(&expectation.test, &scope);
        let conditions = one.conditions(&expectation.conditions, &scope)?;
        let test = test?;
        let mut outside = Outside::default();
        test_outside(&test, 1, &mut outside, self.sheets, &scope.sheets);
        let takes_row = outside.takes_values || !outside.texts.is_empty() || !conditions.is_empty();
        Ok(TestPlan { text: &expectation.text, test, conditions, takes_row })
    }
}

/// One formula.
pub(super) struct One<'s, 'a, 'f> {
    pub(super) resolver: Resolver<'s, 'a>,
    pub(super) functions: &'f mut usize,
}

impl One<'_, '_, '_> {
    fn step(&mut self, node: &Node, scope: &Scope) -> Known<Step> {
        let kind = match &node.kind {
            NodeKind::Number(value, unit) => self.number(value, unit, &node.range, scope)?,
            NodeKind::Text(text) => StepKind::Text(Arc::clone(text)),
            NodeKind::Name(parts) => StepKind::Name(self.resolver.name(parts, &node.range, scope)?),
            NodeKind::Negative(inner) => StepKind::Negative(Box::new(self.step(inner, scope)?)),
            NodeKind::Sum(first, rest) => {
                let first = self.step(first, scope);
                let rest = self.terms(rest, scope)?;
                StepKind::Sum(Box::new(first?), rest)
            }
            NodeKind::Product(first, rest) => {
                let first = self.step(first, scope);
                let rest = self.terms(rest, scope)?;
                StepKind::Product(Box::new(first?), rest)
            }
            NodeKind::Call(call) => self.call(call, &node.range, scope)?,
        };
        Ok(Step { kind, range: node.range.clone() })
    }

    /// All nodes, so that each unknown name is reported.
    pub(super) fn steps<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>, scope: &Scope) -> Known<Vec<Step>> {
        let steps: Vec<Known<Step>> = nodes.into_iter().map(|node| self.step(node, scope)).collect();
        steps.into_iter().collect()
    }

    fn terms(&mut self, terms: &[Term], scope: &Scope) -> Known<Vec<TermStep>> {
        let steps = self.steps(terms.iter().map(|term| &term.node), scope)?;
        let of = |(step, term): (Step, &Term)| TermStep {
            is_inverse: term.is_inverse,
            operator: term.operator.clone(),
            step,
        };
        Ok(steps.into_iter().zip(terms).map(of).collect())
    }

    fn test(&mut self, test: &Test, scope: &Scope) -> Known<TestStep> {
        let left = self.step(&test.left, scope);
        let right = self.step(&test.right, scope)?;
        Ok(TestStep { comparison: test.comparison, left: left?, right })
    }

    fn number(&mut self, value: &Number, unit: &LiteralUnit, range: &Range<usize>, scope: &Scope) -> Known<StepKind> {
        let sheets = self.resolver.sheets;
        let unit = match unit {
            LiteralUnit::None => {
                return Ok(StepKind::Number(Quantity::literal(value.clone(), &sheets.scale(&Unit::NUMBER))));
            }
            LiteralUnit::Fixed(unit) => unit,
            LiteralUnit::ByRow(text) => {
                let indexed = sheets.at(scope.sheets[scope.braces]);
                let Some(unknown) = braces(text).filter_map(Result::err).find(|name| indexed.column(name).is_none())
                else {
                    return Ok(StepKind::ByRow(value.clone(), Arc::clone(text), scope.braces));
                };
                let message = format!("`{}` has no column `{unknown}`", indexed.sheet.name);
                let problem = self.resolver.problem(&NAME, range, message);
                let near = nearest(unknown, indexed.sheet.table.columns.iter().map(|column| &*column.id));
                let problem = match near {
                    Some(near) => problem.help(format!("did you mean `{{{near}}}`?")),
                    None => problem.help("name a column of this table in the braces"),
                };
                return Err(self.resolver.diagnostics.report(problem));
            }
        };
        let scale = sheets.scale(unit);
        let is_literal = scale.dimensions.is_none();
        let quantity = Quantity::typed(value, &scale).unwrap_or_else(|| Quantity::literal(value.clone(), &scale));
        Ok(StepKind::Number(Quantity { is_literal, ..quantity }))
    }

    fn call(&mut self, call: &Call, range: &Range<usize>, scope: &Scope) -> Known<StepKind> {
        let function = call.function;
        if function == Function::Rank || function.runs_over_rows(call.arguments.len()) {
            return self.over_rows(call, range, scope);
        }
        if function.takes_another_row() {
            let indexed = self.resolver.sheets.at(scope.sheets[scope.own]);
            if indexed.sheet.table.order.is_none() {
                let name = indexed.sheet.name;
                let message = format!("the rows of `{name}` have no order, so that `{}` is unknown", function.name());
                let problem = self.resolver.problem(&ORDER, range, message);
                let help = "add ordered = true to the table, or ordered = \"KEY\" with the key along which rows follow";
                return Err(self.resolver.diagnostics.report(problem.help(help)));
            }
            let inner = self.step(&call.arguments[0], scope)?;
            return Ok(StepKind::Neighbor(function, scope.own, Box::new(inner)));
        }
        Ok(StepKind::Apply(function, self.steps(&call.arguments, scope)?))
    }

    /// Comparisons behind `where`; a word that no row has is reported.
    pub(super) fn conditions(&mut self, tests: &[Test], scope: &Scope) -> Known<Vec<TestStep>> {
        let compiled: Vec<Known<TestStep>> = tests.iter().map(|test| self.test(test, scope)).collect();
        let compiled: Vec<TestStep> = compiled.into_iter().collect::<Known<_>>()?;
        for test in &compiled {
            self.word_exists(test, scope)?;
        }
        Ok(compiled)
    }

    fn word_exists(&mut self, test: &TestStep, scope: &Scope) -> Known<()> {
        let pairs = [(&test.left, &test.right), (&test.right, &test.left)];
        for (name, text) in pairs {
            let (StepKind::Name(reference), StepKind::Text(word)) = (&name.kind, &text.kind) else { continue };
            let (Base::Frame(frame), Side::Whole) = (&reference.base, reference.side) else { continue };
            let indexed = self.resolver.sheets.at(scope.sheets[*frame]);
            let column = &indexed.sheet.table.columns[reference.column];
            if test.comparison.asks_for_order() || column.formula.is_some() {
                continue;
            }
            let texts = indexed.by_text(reference.column);
            let is_choice = match &column.kind {
                ColumnKind::Choice(words) => words.iter().any(|known| known.text == *word),
                ColumnKind::Number => {
                    let words = column.words.iter().chain(&column.blank);
                    **word == *"unstated" || words.into_iter().any(|known| known.text == *word)
                }
                _ => false,
            };
            if is_choice || texts.contains_key(&**word) || self.resolver.sheets.lost(indexed.sheet.name).is_some() {
                continue;
            }
            let message = format!("no row of `{}` has '{word}' as its `{}`", indexed.sheet.name, column.id);
            let problem = self.resolver.problem(&WORD, &text.range, message);
            let problem = match nearest(word, texts.keys().map(String::as_str)) {
                Some(near) => problem.help(format!("did you mean '{near}'?")),
                None => problem.help("write a word that the column has"),
            };
            return Err(self.resolver.diagnostics.report(problem));
        }
        Ok(())
    }

    /// Reports a factor of 100 in a formula that gives percent.
    fn no_hundred(&mut self, step: &Step) -> Known<()> {
        match &step.kind {
            StepKind::Product(first, rest) => {
                for step in std::iter::once(&**first).chain(rest.iter().map(|term| &term.step)) {
                    if step.kind.plain_number() == Some(&Number::HUNDRED) {
                        let problem = hundred(&self.resolver, &step.range);
                        return Err(self.resolver.diagnostics.report(problem));
                    }
                    self.no_hundred(step)?;
                }
                Ok(())
            }
            StepKind::Negative(inner) => self.no_hundred(inner),
            StepKind::Sum(first, rest) => {
                self.no_hundred(first)?;
                rest.iter().try_for_each(|term| self.no_hundred(&term.step))
            }
            StepKind::Apply(_, arguments) => arguments.iter().try_for_each(|step| self.no_hundred(step)),
            _ => Ok(()),
        }
    }
}

fn hundred(resolver: &Resolver<'_, '_>, range: &Range<usize>) -> Diagnostic {
    let problem = resolver.problem(&HUNDRED, range, "100 is a factor beside a percentage");
    problem.help("leave it out: a percentage is a number of hundredths already")
}
