//! The rows of a table that a test picks, by the values that their columns have once everything is calculated.
//!
//! A test is what stands behind `where`. It is tried as an expectation that no row can meet, with the test as its condition: the rows on
//! which it fails are those that the test picks.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use super::amount::Amount;
use super::figure::Figure;
use super::formula::{Expectation, Sheet, evaluate};
use super::number::Number;
use super::set::{Data, DataSet};
use super::table::{Cell, CellValue, Column, ColumnKind, End, Row, Table, Typed};
use super::unit::ColumnUnit;
use crate::diagnostic::{Diagnostic, Known, Place, Report};
use crate::document::Text;

/// A column that is added for the expectation. No column of a file can have this name.
const ADDED: &str = "r_";
/// What is put before a test: a comparison that is never true.
const NEVER: &str = "r_ != r_ where ";

impl Data {
    /// The ids of the rows of which a test is true, such as `region = 'north' and hour < 0.1`. A row that lacks a value of the test is
    /// not picked. What is wrong with the test is reported at its place.
    pub fn picked(
        &self,
        set: &DataSet,
        table: &Table,
        test: &Text,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Known<HashSet<Arc<str>>> {
        let before = diagnostics.len();
        let whole = if test.text.trim().is_empty() { test } else { &behind(test) };
        let expectation = Expectation::parse(whole, diagnostics)?;
        let mut own = self.with_values(set, table);
        own.expectations = vec![expectation];
        add_ids(&mut own);
        let named = |other: &&DataSet| other.name != set.name && test.text.contains(&format!("{}.", other.name));
        let others = self.sets.iter().filter(named);
        let others = others.filter_map(|other| Some((&other.name, self.with_values(other, other.table()?))));
        let others: Vec<(&Arc<str>, Table)> = others.collect();
        let mut sheets = vec![Sheet { name: &set.name, table: &own }];
        sheets.extend(others.iter().map(|(name, table)| Sheet { name, table }));
        let picked = RefCell::new(HashSet::new());
        let pick = |ids: &[Arc<str>]| {
            picked.borrow_mut().extend(ids.first().cloned());
            true
        };
        evaluate(&sheets, &|id| self.reported(id), &pick, diagnostics);
        let problems = diagnostics.split_off(before);
        if let Some(reported) = problems.into_iter().map(|problem| diagnostics.report(problem)).last() {
            return Err(reported);
        }
        let id = |row: &Row| format!("{}.{}.{ADDED}", set.name, row.id);
        let picked = picked.into_inner();
        Ok(table.rows.iter().filter(|row| picked.contains(&*id(row))).map(|row| Arc::clone(&row.id)).collect())
    }

    /// A table with the values of its figures in place of formulas and of ids of figures, and without expectations.
    fn with_values(&self, set: &DataSet, table: &Table) -> Table {
        let mut table = Table { expectations: Vec::new(), ..table.clone() };
        for (at, column) in table.columns.iter_mut().enumerate() {
            let is_figure = matches!(column.kind, ColumnKind::Figure);
            if column.formula.take().is_none() && !is_figure {
                continue;
            }
            for row in &mut table.rows {
                let id = match &row.cells[at].value {
                    Ok(CellValue::Figures(ids)) => ids.first().map(|id| id.text.to_string()).unwrap_or_default(),
                    _ if row.id.is_empty() => format!("{}.{}", set.name, column.id),
                    _ => format!("{}.{}.{}", set.name, row.id, column.id),
                };
                let Some(figure) = self.figures.get(&id) else { continue };
                let median = self.figures.get(&format!("{id}.median"));
                let value = Ok(value_of(figure, median, column));
                row.cells[at] = Cell { value, unit: figure.unit.clone(), bound: figure.bound, ..row.cells[at].clone() };
            }
            if is_figure {
                column.kind = ColumnKind::Number;
            }
            // Each cell has its own unit.
            column.unit = ColumnUnit::ByRow(Text { text: "".into(), ..column.title.clone() });
        }
        table
    }
}

/// A test behind the comparison that is never true, at a place by which its own parts stand where they are typed.
fn behind(test: &Text) -> Text {
    let place = &test.place;
    let moved = usize::try_from(place.span.start).ok().and_then(|start| start.checked_sub(NEVER.len()));
    let (place, exact) = match moved {
        Some(start) if test.exact => (Place::new(&place.source, start..place.span.end as usize), true),
        _ => (place.clone(), false),
    };
    Text { text: format!("{NEVER}{}", test.text).into(), place, exact }
}

/// Adds a column with the ids of the rows.
fn add_ids(table: &mut Table) {
    let Some(first) = table.columns.first() else { return };
    let title = Text { text: ADDED.into(), place: first.place.clone(), exact: false };
    let added = Column { id: ADDED.into(), kind: ColumnKind::Text, derive: Vec::new(), ..first.clone() };
    table.columns.push(Column { title: title.clone(), ..added });
    for row in &mut table.rows {
        let text = Text { text: Arc::clone(&row.id), ..title.clone() };
        row.cells.extend(row.cells.first().cloned().map(|cell| Cell { value: Ok(CellValue::Text(text)), ..cell }));
    }
}

/// A figure's value as a cell of a column has it.
fn value_of(figure: &Figure, median: Option<&Figure>, column: &Column) -> CellValue {
    let typed = |value: &Number| Typed { value: value.clone(), decimals: 0, place: figure.place.clone() };
    let end = |value: &Number| End::At(typed(value));
    let median = median.and_then(|median| median.amount.first()).map(typed);
    match (&figure.amount, &column.kind) {
        (Amount::Unstated, _) => CellValue::Unstated,
        (Amount::Text(word), ColumnKind::Number | ColumnKind::Figure) if figure.gap.is_some() => {
            CellValue::Word(Arc::clone(word))
        }
        (Amount::Text(text), ColumnKind::Choice(words)) => match words.iter().position(|word| word.text == *text) {
            Some(at) => CellValue::Choice(at),
            None => CellValue::Unstated,
        },
        (Amount::Text(text), _) => {
            CellValue::Text(Text { text: Arc::clone(text), place: figure.place.clone(), exact: false })
        }
        (Amount::One(value), _) => CellValue::One(typed(value)),
        (Amount::Range(low, high), _) => CellValue::Range(end(low), end(high), median),
        (Amount::From(low), _) => CellValue::Range(end(low), End::Open, median),
        (Amount::To(high), _) => CellValue::Range(End::Open, end(high), median),
        (Amount::Tolerance { value, plus, minus }, _) => CellValue::Tolerance(typed(value), typed(plus), typed(minus)),
        (Amount::Date(date), _) => CellValue::Date(*date),
    }
}
