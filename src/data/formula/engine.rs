//! Works out figures in the order in which they need each other, without recursion from figure to figure.
//!
//! A formula is worked out with what is known. What it needs beside that is noted, worked out first, and the formula is tried again, so
//! that a chain of ten thousand rows takes no more of the stack than one.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::plan::{OverRows, Plan, Terms};
use super::problems::{COMPARE, CYCLE};
use super::quantity::{Column, Scale, Value};
use super::record::Records;
use super::results::RowCount;
use super::sheets::{CellAt, RowAt, Sheets};
use crate::data::figure::Record;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Report, Reported};
use crate::document::Text;
use crate::work;

/// Why a part of a formula has no value yet, or never will.
#[derive(Clone, Copy, Debug)]
pub(super) enum Halt {
    /// Something else must be worked out first.
    Needs,
    /// A problem was reported.
    Reported(Reported),
}

impl From<Reported> for Halt {
    fn from(reported: Reported) -> Self {
        Self::Reported(reported)
    }
}

/// A value, or why there is none yet.
pub(super) type Tried<T> = Result<T, Halt>;

/// How far something is worked out.
#[derive(Debug)]
pub(super) enum State<T> {
    Fresh,
    /// It is being worked out.
    Begun,
    Done(Known<Rc<T>>),
}

/// A calculated cell.
#[derive(Debug)]
pub(super) struct Calculated {
    pub(super) value: Value,
    /// What its column declares.
    pub(super) scale: Arc<Scale>,
    pub(super) signed: bool,
    pub(super) findings: Findings,
    /// The formula in words, and the ids of its inputs.
    pub(super) formula: Arc<str>,
    pub(super) inputs: Vec<Arc<str>>,
}

/// What a function over rows gives.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) value: Value,
    /// Of `rank`: the place of each row, by the row's index.
    pub(super) ranks: HashMap<usize, usize>,
    pub(super) findings: Findings,
}

/// What is known of the inputs of something.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    pub(super) record: Option<Arc<Record>>,
    pub(super) is_exact: bool,
    pub(super) rows: Vec<RowCount>,
}

/// Something to be worked out.
#[derive(Clone)]
pub(super) enum Task<'e> {
    Cell(CellAt),
    Function(FunctionTask<'e>),
}

/// A function over rows, for what it takes from the rows around it.
#[derive(Clone)]
pub(super) struct FunctionTask<'e> {
    pub(super) over: &'e OverRows,
    pub(super) outside: Vec<String>,
    pub(super) frames: Vec<RowAt>,
    pub(super) text: &'e Text,
    pub(super) terms: Terms,
}

/// What is gathered while a formula is worked out.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) records: Records,
    pub(super) is_inexact: bool,
    pub(super) rows: Vec<RowCount>,
    pub(super) terms: Terms,
    /// The first input that says whose figure it is, and in which scope.
    subject: Option<(Text, Range<usize>)>,
    scope: Option<(Text, Range<usize>)>,
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

/// Works out formulas.
pub(super) struct Engine<'e, 'a> {
    pub(super) sheets: &'e Sheets<'a>,
    pub(super) plans: &'e HashMap<Column, Known<Plan<'a>>>,
    pub(super) diagnostics: &'e mut Vec<Diagnostic>,
    pub(super) cells: HashMap<Column, Vec<State<Calculated>>>,
    pub(super) functions: HashMap<(usize, Vec<String>), State<Ran>>,
    pub(super) needed: Vec<Task<'e>>,
    pub(super) trace: Trace,
    /// The text of the formula at hand.
    pub(super) text: &'e Text,
    /// What the column of the formula at hand declares.
    pub(super) declared: Option<Arc<Scale>>,
    /// What was reported, so that one mistake in a column is one problem and not one for each row.
    said: HashMap<(&'static str, usize, crate::diagnostic::Span, String), Reported>,
}

impl<'e, 'a> Engine<'e, 'a> {
    pub(super) fn new(
        sheets: &'e Sheets<'a>,
        plans: &'e HashMap<Column, Known<Plan<'a>>>,
        text: &'e Text,
        diagnostics: &'e mut Vec<Diagnostic>,
    ) -> Self {
        let rows = |(sheet, _): &Column| sheets.at(*sheet).sheet.table.rows.len();
        let fresh = |column: &Column| (0..rows(column)).map(|_| State::Fresh).collect();
        let cells = plans.keys().map(|column| (*column, fresh(column))).collect();
        Self {
            sheets,
            plans,
            diagnostics,
            cells,
            functions: HashMap::new(),
            needed: Vec::new(),
            trace: Trace::default(),
            text,
            declared: None,
            said: HashMap::new(),
        }
    }

    /// Works out a task and everything that it needs.
    pub(super) fn settle(&mut self, root: Task<'e>) {
        let mut tasks = vec![root];
        let mut begun: Vec<Task<'e>> = Vec::new();
        while let Some(task) = tasks.last().cloned() {
            match self.progress(&task) {
                Progress::Done => {
                    tasks.pop();
                    continue;
                }
                Progress::Fresh => {
                    self.set(&task, None);
                    begun.push(task.clone());
                }
                Progress::Begun => (),
            }
            work::steps(1);
            self.needed.clear();
            let result = self.work(&task);
            let needed = std::mem::take(&mut self.needed);
            let result = match result {
                Err(Halt::Needs) => match needed.iter().find(|task| self.progress(task) == Progress::Begun) {
                    Some(again) => Err(self.cycle(&begun, again)),
                    None => {
                        tasks.extend(needed);
                        continue;
                    }
                },
                Err(Halt::Reported(reported)) => Err(reported),
                Ok(done) => Ok(done),
            };
            self.set(&task, Some(result));
            begun.pop();
            tasks.pop();
        }
    }

    fn work(&mut self, task: &Task<'e>) -> Tried<Done> {
        match task {
            Task::Cell(at) => self.calculate(*at).map(|cell| Done::Cell(Rc::new(cell))),
            Task::Function(task) => self.run(task).map(|ran| Done::Function(Rc::new(ran))),
        }
    }

    fn progress(&self, task: &Task<'e>) -> Progress {
        fn of<T>(state: Option<&State<T>>) -> Progress {
            match state {
                None | Some(State::Fresh) => Progress::Fresh,
                Some(State::Begun) => Progress::Begun,
                Some(State::Done(_)) => Progress::Done,
            }
        }
        match task {
            Task::Cell(at) => of(self.cells.get(&(at.sheet, at.column)).map(|rows| &rows[at.row])),
            Task::Function(task) => of(self.functions.get(&(task.over.number, task.outside.clone()))),
        }
    }

    fn set(&mut self, task: &Task<'e>, done: Option<Known<Done>>) {
        match task {
            Task::Cell(at) => {
                let state = match done {
                    None => State::Begun,
                    Some(Ok(Done::Cell(cell))) => State::Done(Ok(cell)),
                    Some(Ok(Done::Function(_))) => return,
                    Some(Err(reported)) => State::Done(Err(reported)),
                };
                if let Some(rows) = self.cells.get_mut(&(at.sheet, at.column)) {
                    rows[at.row] = state;
                }
            }
            Task::Function(task) => {
                let state = match done {
                    None => State::Begun,
                    Some(Ok(Done::Function(ran))) => State::Done(Ok(ran)),
                    Some(Ok(Done::Cell(_))) => return,
                    Some(Err(reported)) => State::Done(Err(reported)),
                };
                self.functions.insert((task.over.number, task.outside.clone()), state);
            }
        }
    }

    /// Reports that a task needs itself by way of those begun behind it. A circle of columns is one problem.
    fn cycle(&mut self, begun: &[Task<'e>], again: &Task<'e>) -> Reported {
        let is_again = |task: &&Task<'e>| match (*task, again) {
            (Task::Cell(one), Task::Cell(two)) => one == two,
            (Task::Function(one), Task::Function(two)) => {
                one.over.number == two.over.number && one.outside == two.outside
            }
            _ => false,
        };
        let from = begun.iter().position(|task| is_again(&task)).unwrap_or(0);
        let mut cells: Vec<CellAt> = Vec::new();
        for task in &begun[from..] {
            match task {
                Task::Cell(at) if !cells.iter().any(|known| known.sheet == at.sheet && known.column == at.column) => {
                    cells.push(*at);
                }
                _ => (),
            }
        }
        let Some(first) = cells.iter().copied().min_by_key(|at| (at.sheet, at.column)) else {
            // Functions over rows need each other by way of cells alone.
            return self.report(Diagnostic::new(&CYCLE, &self.text.place, "the formula needs itself"), "");
        };
        let start = cells.iter().position(|at| *at == first).unwrap_or(0);
        cells.rotate_left(start);
        let place = |at: CellAt| self.formula_place(at);
        let ids: Vec<Arc<str>> = cells.iter().chain(cells.first()).map(|at| self.sheets.id(*at)).collect();
        let message = format!("`{}` is calculated from itself: {}", ids[0], ids.join(" → "));
        let mut problem = Diagnostic::new(&CYCLE, &place(first), message)
            .help("name a typed figure in place of one of them, or another row");
        for at in &cells[1..] {
            problem = problem.label(&place(*at), "by way of this");
        }
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
        if let Some(reported) = self.said.get(&key) {
            return *reported;
        }
        let reported = self.diagnostics.report(problem);
        self.said.insert(key, reported);
        reported
    }

    /// A problem of a part of the formula at hand.
    pub(super) fn problem(&self, code: &'static Code, range: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.text.place_of(range.clone()), message)
    }

    /// The text of a part of the formula at hand.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'e str {
        self.text.text.get(range.clone()).unwrap_or("")
    }

    /// Notes the record of an input; inputs of different scope or subject are reported, unless they are meant to meet.
    pub(super) fn note(&mut self, record: &Arc<Record>, range: &Range<usize>) -> Known<()> {
        self.trace.records.add(record);
        if self.trace.terms.compares {
            return Ok(());
        }
        let said = [("subject", &record.role), ("scope", &record.scope)];
        for (what, said) in said {
            let Some(said) = said else { continue };
            let first = if what == "subject" { &mut self.trace.subject } else { &mut self.trace.scope };
            let Some((one, of)) = first else {
                *first = Some((said.clone(), range.clone()));
                continue;
            };
            if one.text == said.text {
                continue;
            }
            let message = format!("the {what} of the inputs differs: {}, and {}", one.text, said.text);
            let (first, of) = (one.text.to_string(), of.clone());
            let problem = self
                .problem(&COMPARE, range, message)
                .help("add compare = true beside the formula if the two are meant to be compared");
            let problem = if of == *range { problem } else { problem.label(&self.text.place_of(of), first) };
            return Err(self.report(problem, ""));
        }
        Ok(())
    }
}

/// What a task has given.
enum Done {
    Cell(Rc<Calculated>),
    Function(Rc<Ran>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Fresh,
    Begun,
    Done,
}
