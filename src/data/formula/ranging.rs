//! Resolves functions over rows: which rows they run over, and what they take from the rows around them.

use std::ops::Range;
use std::rc::Rc;

use super::compile::One;
use super::functions::Function;
use super::names::{Scope, Unknown, part_text};
use super::outside::{part_outside, step_outside, test_outside};
use super::plan::{Base, IdPart, Outside, OverRows, Reference, Side, StepKind, TestStep};
use super::problems::{NAME, ROWS};
use super::tree::{Call, Comparison, NamePart, Node, NodeKind};
use crate::data::table::ColumnKind;
use crate::diagnostic::{Known, Report, nearest};

impl One<'_, '_, '_> {
    /// A function over rows: of an id with `*`, or of this table's own columns.
    pub(super) fn over_rows(&mut self, call: &Call, range: &Range<usize>, scope: &Scope) -> Known<StepKind> {
        let arguments = match call.function {
            Function::AtMax | Function::AtMin => &call.arguments[..1],
            _ => &call.arguments[..],
        };
        let mut starred = Vec::new();
        arguments.iter().for_each(|node| names_with_any(node, &mut starred));
        let frame = scope.sheets.len();
        let mut inner = scope.clone();
        if let (Function::Rank, Some((_, name))) = (call.function, starred.first()) {
            let problem =
                self.resolver.problem(&ROWS, name, "`rank` is the place of a row among those of its own table");
            return Err(self.resolver.diagnostics.report(problem.help("name columns of this table")));
        }
        let (sheet, pattern) = match starred.first() {
            Some((parts, name)) => {
                let (sheet, pattern) = self.pattern(parts, name, scope)?;
                inner.any = Some((frame, pattern.clone()));
                (sheet, Some(self.fitting(sheet, &pattern, name, scope)?))
            }
            None => {
                self.own_rows(call.function, arguments, range, scope)?;
                (inner.own, inner.braces, inner.any) = (frame, scope.own, None);
                (scope.sheets[scope.own], None)
            }
        };
        inner.sheets.push(sheet);
        let arguments = self.steps(arguments, &inner);
        (inner.own, inner.braces) = (frame, scope.own);
        let conditions = self.conditions(&call.conditions, &inner);
        let column = self.column_at(call, sheet)?;
        let (arguments, conditions) = (arguments?, conditions?);
        let mut outside = Outside::default();
        for step in &arguments {
            step_outside(step, frame, &mut outside, self.resolver.sheets, &inner.sheets);
        }
        for test in &conditions {
            test_outside(test, frame, &mut outside, self.resolver.sheets, &inner.sheets);
        }
        for part in pattern.iter().flatten() {
            part_outside(part, frame, &mut outside);
        }
        *self.functions += 1;
        let look_up = conditions.iter().position(|test| self.is_look_up(test, frame, sheet));
        Ok(StepKind::OverRows(Rc::new(OverRows {
            number: *self.functions,
            function: call.function,
            of: scope.own,
            sheet,
            frame,
            pattern,
            arguments,
            column,
            conditions,
            look_up,
            outside,
        })))
    }

    /// The sheet that a name with `*` runs over, and the parts of the name that say which rows.
    fn pattern(&mut self, parts: &[NamePart], range: &Range<usize>, scope: &Scope) -> Known<(usize, Vec<NamePart>)> {
        let set = part_text(&parts[0]);
        let Some(sheet) = self.resolver.sheets.named(&set) else {
            return Err(self.resolver.unknown(Unknown::Set, parts, range, scope));
        };
        let count = self.resolver.sheets.at(sheet).parts();
        if parts.len() < count + 2 {
            return Err(self.resolver.unknown(Unknown::Short(sheet), parts, range, scope));
        }
        let pattern = parts[..=count].to_vec();
        if !pattern.contains(&NamePart::Any) {
            let shown = self.resolver.slice(range);
            let problem = self.resolver.problem(&ROWS, range, format!("`{shown}` has a `*` where no part of a row is"));
            return Err(self.resolver.diagnostics.report(problem.help("write `*` for a part of the row's id")));
        }
        Ok((sheet, pattern))
    }

    /// The parts of the ids that a pattern fits; a fixed part that no row has is reported.
    fn fitting(
        &mut self,
        sheet: usize,
        pattern: &[NamePart],
        range: &Range<usize>,
        scope: &Scope,
    ) -> Known<Vec<IdPart>> {
        let parts = match self.resolver.id_parts(&pattern[1..], scope) {
            Ok(parts) => parts,
            Err(unknown) => return Err(self.resolver.unknown(unknown, pattern, range, scope)),
        };
        let indexed = self.resolver.sheets.at(sheet);
        for (at, part) in parts.iter().enumerate() {
            let IdPart::Word(word) = part else { continue };
            if indexed.rows_with(&[(at, word)]).is_some() || self.resolver.sheets.lost(indexed.sheet.name).is_some() {
                continue;
            }
            let message = format!("no row of `{}` has `{word}` in its id at this place", indexed.sheet.name);
            let problem = self.resolver.problem(&NAME, range, message);
            let known = indexed.sheet.table.rows.iter().map(|row| &*row.parts[at]);
            let problem = match nearest(word, known) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("write a part that a row has, or `*` for any"),
            };
            return Err(self.resolver.diagnostics.report(problem));
        }
        Ok(parts)
    }

    /// Reports a function over rows that names neither `*` nor a column.
    fn own_rows(&mut self, function: Function, nodes: &[Node], range: &Range<usize>, scope: &Scope) -> Known<()> {
        let indexed = self.resolver.sheets.at(scope.sheets[scope.own]);
        let names_column = nodes.iter().any(|node| names_own(node, &|name| indexed.column(name).is_some()));
        if !indexed.is_facts() && names_column {
            return Ok(());
        }
        // A name that means nothing is the problem itself.
        self.steps(nodes, scope)?;
        let name = function.name();
        let problem = self.resolver.problem(&ROWS, range, format!("`{name}` has no rows to run over")).help(format!(
            "name a column of this table, or an id with `*` for the rows of another: `{name}(plans.*.price)`"
        ));
        Err(self.resolver.diagnostics.report(problem))
    }

    /// The column whose text `at_max` and `at_min` give.
    fn column_at(&mut self, call: &Call, sheet: usize) -> Known<Option<usize>> {
        if !matches!(call.function, Function::AtMax | Function::AtMin) {
            return Ok(None);
        }
        let indexed = self.resolver.sheets.at(sheet);
        let Some(node) = call.arguments.get(1) else { return Ok(indexed.sheet.table.title_column()) };
        let id = self.resolver.slice(&node.range);
        match indexed.column(id) {
            Some(column) => Ok(Some(column)),
            None => {
                let unknown = Unknown::Column(sheet, id.to_owned());
                Err(self.resolver.unknown(unknown, &[NamePart::Word(id.into())], &node.range, &Scope::of(sheet)))
            }
        }
    }

    /// Whether a condition picks the rows that have a text in a typed column.
    fn is_look_up(&self, test: &TestStep, frame: usize, sheet: usize) -> bool {
        let StepKind::Name(Reference { base: Base::Frame(own), column, side: Side::Whole }) = &test.left.kind else {
            return false;
        };
        let declared = &self.resolver.sheets.at(sheet).sheet.table.columns[*column];
        let is_text = matches!(declared.kind, ColumnKind::Text | ColumnKind::Choice(_)) && declared.formula.is_none();
        let is_other = match &test.right.kind {
            StepKind::Text(_) => true,
            StepKind::Name(Reference { base: Base::Frame(other), side: Side::Whole, .. }) => *other != frame,
            _ => false,
        };
        test.comparison == Comparison::Equal && *own == frame && is_text && is_other
    }
}

/// The names with `*` in a part of a formula, without those inside another function over rows.
fn names_with_any<'n>(node: &'n Node, found: &mut Vec<(&'n [NamePart], &'n Range<usize>)>) {
    match &node.kind {
        NodeKind::Name(parts) if parts.contains(&NamePart::Any) => found.push((parts, &node.range)),
        NodeKind::Negative(inner) => names_with_any(inner, found),
        NodeKind::Sum(first, rest) | NodeKind::Product(first, rest) => {
            names_with_any(first, found);
            rest.iter().for_each(|term| names_with_any(&term.node, found));
        }
        NodeKind::Call(call) if !call.function.runs_over_rows(call.arguments.len()) => {
            call.arguments.iter().for_each(|node| names_with_any(node, found));
        }
        _ => (),
    }
}

/// Whether a part of a formula names a column of the row at hand.
fn names_own(node: &Node, is_column: &dyn Fn(&str) -> bool) -> bool {
    match &node.kind {
        NodeKind::Name(parts) => matches!(&parts[0], NamePart::Word(word) if is_column(word)),
        NodeKind::Negative(inner) => names_own(inner, is_column),
        NodeKind::Sum(first, rest) | NodeKind::Product(first, rest) => {
            names_own(first, is_column) || rest.iter().any(|term| names_own(&term.node, is_column))
        }
        NodeKind::Call(call) => call.arguments.iter().any(|node| names_own(node, is_column)),
        NodeKind::Number(..) | NodeKind::Text(_) => false,
    }
}
