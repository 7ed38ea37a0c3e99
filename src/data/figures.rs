//! Figures of all tables and facts: typed cells, their ends and medians, what is calculated, and what is derived where it is asked for.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use super::amount::Ends;
use super::amount::{Amount, Bound, Signing};
use super::broken::Broken;
use super::figure::{Aspect, Figure, Figures, RowName};
use super::former;
use super::formula::{self, Outcome, Results, Sheet};
use super::record::Record;
use super::set::{Contents, DataSet};
use super::table::{Cell, CellValue, Column, ColumnKind, Derived, End, Row, Table, Typed};
use super::unit::Unit;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Text;

/// Works out what the tables ask for, and gives every figure. What could not be worked out was reported, and is noted as broken.
pub(super) fn figures(
    sets: &[DataSet],
    broken: &mut Broken,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Figures, Vec<Diagnostic>) {
    let with_tables = sets.iter().filter_map(|set| Some((set, set.table()?)));
    let sheets: Vec<Sheet<'_>> = with_tables.clone().map(|(set, table)| Sheet { name: &set.name, table }).collect();
    let entries = sets.iter().filter_map(|set| match &set.contents {
        Contents::Conflicts(entries) => Some(entries),
        _ => None,
    });
    let named: HashSet<&str> = entries.flatten().flat_map(|entry| &entry.figures).map(|figure| &*figure.text).collect();
    let is_named = |id: &Arc<str>| {
        let mut ends = id.match_indices('.').map(|(at, _)| at).chain([id.len()]);
        ends.any(|end| named.contains(&id[..end]))
    };
    // A conflict that could not be read may name any of them.
    let conflicts = sets.iter().filter(|set| matches!(set.contents, Contents::Conflicts(_)));
    let is_lost = broken.has_lost_set(|name| sets.binary_search_by(|set| (*set.name).cmp(name)).is_ok())
        || conflicts.clone().any(|set| broken.has(&set.name));
    let excused = |ids: &[Arc<str>]| is_lost || ids.iter().any(is_named);
    let results = formula::evaluate(&sheets, &|id| broken.reported(id), &excused, diagnostics);
    let mut all = Vec::new();
    for (at, (set, table)) in with_tables.enumerate() {
        let sheet = Made { set, table, at, results: &results };
        sheet.cells(&mut all, broken);
        sheet.neighbors(&mut all);
    }
    (Figures::new(all), results.unmet)
}

/// The figures of one table are made from this.
struct Made<'a> {
    set: &'a DataSet,
    table: &'a Table,
    /// Where the table is among all.
    at: usize,
    results: &'a Results,
}

impl Made<'_> {
    fn cells(&self, figures: &mut Vec<Figure>, broken: &mut Broken) {
        let is_facts = matches!(self.set.contents, Contents::Facts(_));
        for (column_at, column) in self.table.columns.iter().enumerate().filter(|(_, column)| column.makes_figures()) {
            let has_median = self
                .table
                .rows
                .iter()
                .any(|row| matches!(row.cells[column_at].value, Ok(CellValue::Range(.., Some(_)))));
            for (row_at, row) in self.table.rows.iter().enumerate() {
                let name = if is_facts { fact_name(column) } else { self.row_name(row) };
                let whole = match self.whole(row, row_at, column_at, name, is_facts) {
                    Some(Ok(whole)) => whole,
                    Some(Err(reported)) => {
                        let id = if is_facts { column.id.to_string() } else { row.id.to_string() };
                        match is_facts {
                            true => broken.row(&self.set.name, &id, reported),
                            false => broken.cell(&self.set.name, &id, reported),
                        }
                        continue;
                    }
                    None => continue,
                };
                let median = match self.results.cell(self.at, row_at, column_at) {
                    Some(Ok(outcome)) => outcome.median.as_ref(),
                    _ => None,
                };
                self.sides(&whole, &row.cells[column_at], has_median, median, figures);
                for (derived, outcome) in self.results.derived(self.at, row_at, column_at) {
                    let bases: Vec<_> = [&whole.id].into_iter().chain(&whole.was).map(Arc::clone).collect();
                    figures.push(self.derived(&bases, whole.rows.clone(), column, *derived, outcome, &whole.place));
                }
                figures.push(whole);
            }
        }
    }

    /// The figure of a cell itself; `None` for text that is typed.
    fn whole(
        &self,
        row: &Row,
        row_at: usize,
        column_at: usize,
        name: RowName,
        is_facts: bool,
    ) -> Option<Result<Figure, crate::diagnostic::Reported>> {
        let (column, cell) = (&self.table.columns[column_at], &row.cells[column_at]);
        let value = match &cell.value {
            Ok(value) => value,
            Err(reported) => return Some(Err(*reported)),
        };
        let rows = (!is_facts).then(|| former::names(&row.id, &row.was));
        let mut ids = former::ids(self.set, rows, column).into_iter();
        let figure = Figure {
            id: ids.next()?,
            was: ids.collect(),
            set: Arc::clone(&self.set.name),
            rows: vec![name],
            measure: (!is_facts).then(|| column.title.clone()),
            aspect: Aspect::Whole,
            amount: Amount::Unstated,
            unit: if matches!(column.kind, ColumnKind::Date) { Unit::DATE } else { cell.unit.clone() },
            precision: cell.precision.clone(),
            decimals: None,
            digits: column.digits,
            ends: self.table.ends,
            bound: cell.bound,
            signing: if column.signed == Some(true) { Signing::Always } else { Signing::BelowZero },
            qualifier: cell.qualifier.clone(),
            note: cell.note.clone(),
            inputs: None,
            gap: None,
            record: Arc::clone(&cell.record),
            place: cell.place.clone(),
        };
        if matches!(value, CellValue::Formula) {
            return Some(match self.results.cell(self.at, row_at, column_at)? {
                Ok(outcome) => Ok(Figure {
                    precision: None,
                    record: record_of(&cell.record, outcome.record.as_ref()),
                    ..with_outcome(figure, outcome)
                }),
                Err(reported) => Err(*reported),
            });
        }
        let (amount, decimals) = typed_amount(value, column);
        Some(Ok(Figure { amount, decimals, ..figure }))
    }

    /// The ends of a range, its median, and the tolerances of a value.
    fn sides(
        &self,
        whole: &Figure,
        cell: &Cell,
        has_median: bool,
        calculated_median: Option<&super::number::Number>,
        figures: &mut Vec<Figure>,
    ) {
        let side = |name: &str, aspect, amount, place: &Place, decimals| Figure {
            aspect,
            amount,
            decimals,
            place: place.clone(),
            ..below(whole, name)
        };
        let typed = match &cell.value {
            Ok(CellValue::Range(low, high, median)) => Some((low, high, median.as_ref())),
            _ => None,
        };
        let end_place = |end: Option<&End>| match end {
            Some(End::At(typed)) => typed.place.clone(),
            _ => whole.place.clone(),
        };
        let end_decimals = |end: Option<&End>| match end {
            Some(End::At(typed)) => decimals(typed),
            _ => None,
        };
        let (low, high) = match &whole.amount {
            Amount::Range(low, high) => (Some(low), Some(high)),
            Amount::From(low) => (Some(low), None),
            Amount::To(high) => (None, Some(high)),
            Amount::Tolerance { value, plus, minus } => {
                self.tolerance(whole, [value, plus, minus], figures);
                return;
            }
            _ => (None, None),
        };
        let ends = typed.map(|(low, high, _)| (low, high));
        if let Some(low) = low {
            let (end, place) = (ends.map(|ends| ends.0), end_place(ends.map(|ends| ends.0)));
            let bound = whole.bound.filter(|bound| *bound == Bound::About);
            let figure = side("low", Aspect::Low, Amount::One(low.clone()), &place, end_decimals(end));
            figures.push(Figure { bound, ..figure });
        }
        if let Some(high) = high {
            let (end, place) = (ends.map(|ends| ends.1), end_place(ends.map(|ends| ends.1)));
            figures.push(side("high", Aspect::High, Amount::One(high.clone()), &place, end_decimals(end)));
        }
        let (median, place) = match typed.and_then(|(.., median)| median) {
            Some(median) => (Amount::One(median.value.clone()), &median.place),
            None if calculated_median.is_some() => {
                (calculated_median.map_or(Amount::Unstated, |median| Amount::One(median.clone())), &whole.place)
            }
            None if has_median && !matches!(whole.amount, Amount::One(_)) => (Amount::Unstated, &whole.place),
            None => return,
        };
        let places = typed.and_then(|(.., median)| median).and_then(decimals);
        figures.push(Figure { bound: None, ..side("median", Aspect::Median, median, place, places) });
    }

    /// The tolerances of a value, and the range that they make.
    fn tolerance(&self, whole: &Figure, [value, plus, minus]: [&super::number::Number; 3], figures: &mut Vec<Figure>) {
        let (Some(low), Some(high)) = (value.sub(minus), value.add(plus)) else { return };
        let sides = [
            ("plus", Aspect::Plus, Amount::One(plus.clone())),
            ("minus", Aspect::Minus, Amount::One(minus.clone())),
            ("low", Aspect::Low, Amount::One(low.clone())),
            ("high", Aspect::High, Amount::One(high.clone())),
            ("range", Aspect::Limits, Amount::Range(low, high)),
        ];
        // As many decimals as the value has, and as many more as it takes.
        let places = |amount: &Amount| {
            let ends = amount.ends().into_iter().flat_map(|(low, high)| [low.decimals(), high.decimals()]);
            let exact = ends.flatten().filter_map(|places| i32::try_from(places).ok()).max();
            whole.decimals.map(|typed| exact.unwrap_or(typed).max(typed))
        };
        figures.extend(sides.into_iter().map(|(name, aspect, amount)| Figure {
            signing: match aspect {
                Aspect::Plus | Aspect::Minus if plus == minus => Signing::BothWays,
                _ => whole.signing,
            },
            decimals: places(&amount),
            aspect,
            amount,
            ..below(whole, name)
        }));
    }

    /// What rows that follow each other have to do with each other.
    fn neighbors(&self, figures: &mut Vec<Figure>) {
        for pair in self.results.pairs(self.at) {
            let (first, second) = (&self.table.rows[pair.first], &self.table.rows[pair.second]);
            let column = &self.table.columns[pair.column];
            let rows = vec![self.row_name(first), self.row_name(second)];
            let pairs = former::pairs(&pair.id, first, second);
            let bases = former::ids(self.set, Some(pairs.iter().map(String::as_str).collect()), column);
            let place = &second.cells[pair.column].place;
            figures.push(self.derived(&bases, rows, column, pair.derived, &pair.outcome, place));
        }
    }

    fn derived(
        &self,
        bases: &[Arc<str>],
        rows: Vec<RowName>,
        column: &Column,
        derived: Derived,
        outcome: &Outcome,
        place: &Place,
    ) -> Figure {
        let (_, name) = Derived::ALL[Derived::ALL.iter().position(|(known, _)| *known == derived).unwrap_or(0)];
        let is_facts = matches!(self.set.contents, Contents::Facts(_));
        let mut ids = bases.iter().map(|base| format!("{base}.{name}").into());
        let figure = Figure {
            id: ids.next().unwrap_or_default(),
            was: ids.collect(),
            set: Arc::clone(&self.set.name),
            rows,
            measure: (!is_facts).then(|| column.title.clone()),
            aspect: Aspect::of(derived),
            amount: Amount::Unstated,
            unit: Unit::NUMBER,
            precision: None,
            decimals: None,
            digits: column.digits,
            ends: Ends::Both,
            bound: None,
            signing: Signing::BelowZero,
            qualifier: None,
            note: None,
            inputs: None,
            record: outcome.record.clone().unwrap_or_default(),
            gap: None,
            place: place.clone(),
        };
        with_outcome(figure, outcome)
    }

    fn row_name(&self, row: &Row) -> RowName {
        RowName::of(self.table, row, None)
    }
}

impl RowName {
    /// What a row is called: by its code and its title. A row of several keys is called by its title and what its keys hold, and
    /// by the keys alone, in their order, where one of them is the title. `series` is a key that is said elsewhere.
    pub fn of(table: &Table, row: &Row, series: Option<usize>) -> Self {
        let text = |at: usize| match row.cells.get(at).map(|cell| &cell.value) {
            Some(Ok(CellValue::Text(text))) => Some(text.clone()),
            _ => None,
        };
        let code = table.column("code").filter(|at| table.columns[*at].kind.is_text());
        let title = table.title_column().filter(|at| Some(*at) != code);
        let id = Arc::clone(&row.id);
        if table.keys.len() < 2 {
            return Self { id, code: code.and_then(text), title: title.and_then(text) };
        }
        let value = |at: &usize| {
            let value = row.cells.get(*at)?.value.as_ref().ok()?;
            formula::typed_text(value, &table.columns[*at].kind).filter(|words| !words.is_empty())
        };
        let own: Vec<String> = [code, title]
            .into_iter()
            .flatten()
            .filter(|at| !table.keys.contains(at))
            .filter_map(|at| value(&at))
            .collect();
        let keys = table.keys.iter().filter(|key| Some(**key) != series).filter_map(value);
        let words: Vec<String> = Some(own.join(" ")).filter(|own| !own.is_empty()).into_iter().chain(keys).collect();
        let text = Text { text: words.join(", ").into(), place: row.place.clone(), exact: false };
        Self { id, code: None, title: Some(text).filter(|text| !text.text.is_empty()) }
    }
}

fn fact_name(column: &Column) -> RowName {
    RowName { id: Arc::clone(&column.id), code: None, title: Some(column.title.clone()) }
}

/// A figure like another whose side it is, under that one's ids.
fn below(whole: &Figure, side: &str) -> Figure {
    let id = |id: &Arc<str>| -> Arc<str> { format!("{id}.{side}").into() };
    Figure { id: id(&whole.id), was: whole.was.iter().map(id).collect(), ..whole.clone() }
}

/// A figure with what came out for it.
fn with_outcome(figure: Figure, outcome: &Outcome) -> Figure {
    let (amount, gap) = match &outcome.amount {
        Ok(amount) => (amount.clone(), None),
        Err(gap) => (gap.word().map_or(Amount::Unstated, |word| Amount::Text(Arc::clone(word))), Some(Arc::clone(gap))),
    };
    Figure {
        unit: if matches!(amount, Amount::Date(_)) { Unit::DATE } else { outcome.unit.clone() },
        amount,
        bound: outcome.bound,
        signing: if outcome.signed { Signing::Always } else { figure.signing },
        inputs: Some(outcome.inputs.clone()),
        gap,
        ..figure
    }
}

/// What a typed cell states, and how many decimals are typed.
fn typed_amount(value: &CellValue, column: &Column) -> (Amount, Option<i32>) {
    match value {
        CellValue::Unstated | CellValue::Figures(_) | CellValue::Formula => (Amount::Unstated, None),
        CellValue::Word(word) => (Amount::Text(Arc::clone(word)), None),
        CellValue::One(typed) => (Amount::One(typed.value.clone()), decimals(typed)),
        CellValue::Range(End::At(low), End::At(high), _) => {
            let places = decimals(low).max(decimals(high));
            (Amount::Range(low.value.clone(), high.value.clone()), places)
        }
        CellValue::Range(End::At(low), End::Open, _) => (Amount::From(low.value.clone()), decimals(low)),
        CellValue::Range(End::Open, End::At(high), _) => (Amount::To(high.value.clone()), decimals(high)),
        CellValue::Range(End::Open, End::Open, _) => (Amount::Unstated, None),
        CellValue::Tolerance(value, plus, minus) => {
            let places = decimals(value);
            let [value, plus, minus] = [value, plus, minus].map(|typed| typed.value.clone());
            (Amount::Tolerance { value, plus, minus }, places)
        }
        CellValue::Text(text) => (Amount::Text(Arc::clone(&text.text)), None),
        CellValue::Choice(at) => match &column.kind {
            ColumnKind::Choice(words) => {
                (words.get(*at).map_or(Amount::Unstated, |word| Amount::Text(Arc::clone(&word.text))), None)
            }
            _ => (Amount::Unstated, None),
        },
        CellValue::Date(date) => (Amount::Date(*date), None),
    }
}

/// How many decimals are typed.
fn decimals(typed: &Typed) -> Option<i32> {
    Some(typed.decimals)
}

/// The record of a figure that a column calculates: what the inputs say together, and the badge that the column's own table gives.
fn record_of(own: &Arc<Record>, inputs: Option<&Arc<Record>>) -> Arc<Record> {
    // All inputs may be plain numbers, or say nothing.
    let says = |record: &&Arc<Record>| !record.sources.is_empty() || record.confidence.is_some();
    let Some(inputs) = inputs.filter(says) else { return Arc::clone(own) };
    let text = |badge: &Option<Text>| badge.as_ref().map(|badge| Arc::clone(&badge.text));
    match &own.badge {
        Some(_) if text(&own.badge) != text(&inputs.badge) => {
            Arc::new(Record { badge: own.badge.clone(), ..Record::clone(inputs) })
        }
        _ => Arc::clone(inputs),
    }
}
