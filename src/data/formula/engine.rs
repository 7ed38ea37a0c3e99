//! Works out figures in the order in which they need each other, without recursion from figure to figure.
//!
//! A formula is worked out with what is known. What it needs beside that is noted, worked out first, and the formula is tried again, so
//! that a chain of ten thousand rows takes no more of the stack than one.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::gap::{Cause, Gap};
use super::plan::{Plan, Terms};
use super::problems::{COMPARE, CYCLE};
use super::quantity::{Column, Given, Scale};
use super::record::Records;
use super::results::Outcome;
use super::sheets::{CellAt, RowAt, Sheets};
use crate::data::figure::RowCount;
use crate::data::record::Record;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Report, Reported, Span};
use crate::document::Text;
use crate::work;

/// Why a part of a formula has no value yet, or never will.
#[derive(Clone, Debug)]
pub(super) enum Halt {
    /// Something else must be worked out first.
    Needs,
    /// A problem was reported.
    Reported(Reported),
    /// Something that it takes has no value.
    Gap(Arc<Gap>),
}

impl From<Reported> for Halt {
    fn from(reported: Reported) -> Self {
        Self::Reported(reported)
    }
}

impl From<Arc<Gap>> for Halt {
    fn from(gap: Arc<Gap>) -> Self {
        Self::Gap(gap)
    }
}

/// A value, or why there is none yet.
pub(super) type Tried<T> = Result<T, Halt>;

/// The same where a value that is missing is an answer too.
pub(super) fn given<T>(tried: Tried<T>) -> Tried<Result<T, Arc<Gap>>> {
    match tried {
        Ok(value) => Ok(Ok(value)),
        Err(Halt::Gap(gap)) => Ok(Err(gap)),
        Err(halt) => Err(halt),
    }
}

/// A calculated cell: its value for other formulas, and what others are told of it.
#[derive(Debug)]
pub(super) struct Calculated {
    pub(super) value: Given,
    pub(super) outcome: Outcome,
}

/// What is known of the inputs of something.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    pub(super) record: Option<Arc<Record>>,
    pub(super) is_exact: bool,
    pub(super) rows: Vec<RowCount>,
}

/// What is gathered while a formula is worked out.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) records: Records,
    pub(super) is_inexact: bool,
    pub(super) rows: Vec<RowCount>,
    pub(super) terms: Terms,
    /// The first input that says whose figure it is, and the first that says its scope.
    said: [Option<(Text, Range<usize>)>; 2],
}

impl Trace {
    /// Nothing gathered yet.
    pub(super) fn new(terms: Terms) -> Self {
        Self { terms, ..Self::default() }
    }

    pub(super) fn findings(&self) -> Findings {
        Findings { record: self.records.merged(), is_exact: !self.is_inexact, rows: self.rows.clone() }
    }
}

/// What a function over rows gives.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) value: Given,
    /// Of `rank`: the place of each row, by the row's index.
    pub(super) ranks: HashMap<usize, usize>,
    pub(super) findings: Findings,
}

/// Works out formulas.
pub(super) struct Engine<'e, 'a> {
    pub(super) sheets: &'e Sheets<'a>,
    pub(super) plans: &'e HashMap<Column, Known<Plan<'a>>>,
    pub(super) diagnostics: &'e mut Vec<Diagnostic>,
    /// The cells that are begun, and those that are calculated.
    cells: HashMap<CellAt, Option<Known<Rc<Calculated>>>>,
    /// The functions over rows that have run, by their numbers and the texts that they take from the rows around them.
    pub(super) functions: HashMap<(usize, Vec<String>), Known<Rc<Ran>>>,
    pub(super) needed: Vec<CellAt>,
    /// The rows at hand: the one that the formula is worked out on, then one for each function over rows around.
    pub(super) frames: Vec<RowAt>,
    pub(super) trace: Trace,
    /// The formula at hand.
    pub(super) plan: &'e Plan<'a>,
    /// What the column of the formula at hand declares.
    pub(super) declared: Option<Arc<Scale>>,
    /// What was reported, so that one mistake in a column is one problem and not one for each row.
    reported: HashMap<(&'static str, usize, Span, String), Reported>,
}

impl<'e, 'a> Engine<'e, 'a> {
    pub(super) fn new(
        sheets: &'e Sheets<'a>,
        plans: &'e HashMap<Column, Known<Plan<'a>>>,
        plan: &'e Plan<'a>,
        diagnostics: &'e mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            sheets,
            plans,
            diagnostics,
            cells: HashMap::new(),
            functions: HashMap::new(),
            needed: Vec::new(),
            frames: Vec::new(),
            trace: Trace::default(),
            plan,
            declared: None,
            reported: HashMap::new(),
        }
    }

    /// Begins a formula on a row.
    pub(super) fn begin(&mut self, plan: &'e Plan<'a>, row: RowAt) {
        self.plan = plan;
        self.frames = vec![row];
        self.declared = None;
        self.trace = Trace::new(plan.terms);
    }

    /// What has been calculated; `None` where it must be first.
    pub(super) fn calculated(&self, at: CellAt) -> Option<&Known<Rc<Calculated>>> {
        self.cells.get(&at)?.as_ref()
    }

    /// Works out a cell and everything that it needs.
    pub(super) fn settle(&mut self, root: CellAt) {
        let mut tasks = vec![root];
        let mut begun: Vec<CellAt> = Vec::new();
        while let Some(at) = tasks.last().copied() {
            match self.cells.get(&at) {
                Some(Some(_)) => {
                    tasks.pop();
                    continue;
                }
                Some(None) => (),
                None => {
                    self.cells.insert(at, None);
                    begun.push(at);
                }
            }
            work::steps(1);
            self.needed.clear();
            let result = match self.calculate(at) {
                Ok(done) => Ok(Rc::new(done)),
                Err(Halt::Reported(reported)) => Err(reported),
                Err(Halt::Needs | Halt::Gap(_)) => {
                    let needed = std::mem::take(&mut self.needed);
                    let again = needed.iter().find(|at| matches!(self.cells.get(at), Some(None)));
                    match again.or(needed.is_empty().then_some(&at)) {
                        Some(again) => Err(self.cycle(&begun, *again)),
                        None => {
                            tasks.extend(needed);
                            continue;
                        }
                    }
                }
            };
            self.cells.insert(at, Some(result));
            begun.pop();
            tasks.pop();
        }
    }

    /// Works out something on a row, and all that it needs.
    pub(super) fn settled<T>(
        &mut self,
        plan: &'e Plan<'a>,
        row: RowAt,
        mut tried: impl FnMut(&mut Self) -> Tried<T>,
    ) -> Tried<T> {
        loop {
            self.needed.clear();
            self.begin(plan, row);
            match tried(self) {
                Err(Halt::Needs) => std::mem::take(&mut self.needed).into_iter().for_each(|at| self.settle(at)),
                tried => return tried,
            }
        }
    }

    /// Reports that a cell needs itself by way of those begun behind it. A circle of columns is one problem.
    fn cycle(&mut self, begun: &[CellAt], again: CellAt) -> Reported {
        let from = begun.iter().position(|at| *at == again).unwrap_or(0);
        let mut cells: Vec<CellAt> = Vec::new();
        for at in &begun[from..] {
            if !cells.iter().any(|known| known.of_column() == at.of_column()) {
                cells.push(*at);
            }
        }
        let first = cells.iter().copied().min_by_key(|at| at.of_column()).unwrap_or(again);
        let start = cells.iter().position(|at| *at == first).unwrap_or(0);
        cells.rotate_left(start);
        let ids: Vec<Arc<str>> = cells.iter().chain(cells.first()).map(|at| self.sheets.id(*at)).collect();
        let message = format!("`{}` is calculated from itself: {}", ids[0], ids.join(" → "));
        let problem = Diagnostic::new(&CYCLE, &self.formula_place(first), message)
            .help("name a typed figure in place of one of them, or another row");
        let label = |problem: Diagnostic, at: &CellAt| problem.label(&self.formula_place(*at), "by way of this");
        let problem = cells[1..].iter().fold(problem, label);
        self.report(problem, "")
    }

    pub(super) fn formula_place(&self, at: CellAt) -> Place {
        let column = self.sheets.column(at);
        column.formula.as_ref().map_or_else(|| column.place.clone(), |formula| formula.text.place.clone())
    }

    /// Reports a problem unless the same one was reported at its place. `about` tells apart what may be wrong there in several ways.
    pub(super) fn report(&mut self, problem: Diagnostic, about: &str) -> Reported {
        let Some(place) = &problem.place else { return self.diagnostics.report(problem) };
        let source = Arc::as_ptr(&place.source).cast::<()>() as usize;
        let key = (problem.code.name, source, place.span, about.to_owned());
        *self.reported.entry(key).or_insert_with(|| self.diagnostics.report(problem))
    }

    /// Reports what is wrong with a part of the formula at hand, and what to do about it.
    pub(super) fn fail<T>(
        &mut self,
        code: &'static Code,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Tried<T> {
        let problem = Diagnostic::new(code, &self.place(range), message).help(help);
        Err(self.report(problem, "").into())
    }

    /// The text of a part of the formula at hand.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'e str {
        self.plan.text.text.get(range.clone()).unwrap_or("")
    }

    /// Where a part of the formula at hand is.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.plan.text.place_of(range.clone())
    }

    /// No value, since it would have more digits than are kept.
    pub(super) fn too_long(&self, range: &Range<usize>) -> Halt {
        Gap::new(Cause::Digits, &self.place(range)).into()
    }

    /// Notes the record of an input; inputs of different scope or subject are reported, unless they are meant to meet.
    pub(super) fn note(&mut self, record: &Arc<Record>, range: &Range<usize>) -> Tried<()> {
        self.trace.records.add(record);
        if self.trace.terms.compares {
            return Ok(());
        }
        for (at, (what, said)) in [("subject", &record.subject), ("scope", &record.scope)].into_iter().enumerate() {
            let Some(said) = said else { continue };
            let (first, of) = self.trace.said[at].get_or_insert_with(|| (said.clone(), range.clone()));
            if first.text == said.text {
                continue;
            }
            let (first, of) = (Arc::clone(&first.text), of.clone());
            let message = format!("the {what} of the inputs differs: {first}, and {}", said.text);
            let problem = Diagnostic::new(&COMPARE, &self.place(range), message)
                .help("add compare = true beside the formula if the two are meant to be compared");
            let problem = if of == *range { problem } else { problem.label(&self.place(&of), &*first) };
            return Err(self.report(problem, "").into());
        }
        Ok(())
    }
}
