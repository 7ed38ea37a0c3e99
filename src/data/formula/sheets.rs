//! The tables that formulas run over, with indexes: rows by their ids, the order of rows, rows by the values of a column.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::quantity::Scale;
use super::tree::Formula;
use crate::data::table::{CellValue, Column, ColumnKind, Order, Row, Table};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Names, Reported};
use crate::work;

/// A table or a set of facts, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The set's name.
    pub name: &'a Arc<str>,
    /// What it holds.
    pub table: &'a Table,
}

/// A row, by the indexes of its sheet and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RowAt {
    pub(super) sheet: usize,
    pub(super) row: usize,
}

/// A cell, by the indexes of its sheet, its row and its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CellAt {
    pub(super) sheet: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl RowAt {
    pub(super) fn cell(self, column: usize) -> CellAt {
        CellAt { sheet: self.sheet, row: self.row, column }
    }
}

impl CellAt {
    pub(super) fn row(self) -> RowAt {
        RowAt { sheet: self.sheet, row: self.row }
    }

    /// Its column, by the indexes of its sheet and its own.
    pub(super) fn of_column(self) -> (usize, usize) {
        (self.sheet, self.column)
    }
}

/// All sheets.
pub(super) struct Sheets<'a> {
    all: Vec<Indexed<'a>>,
    names: HashMap<&'a str, usize>,
    lost: &'a dyn Fn(&str) -> Option<Reported>,
    scales: RefCell<HashMap<Unit, Arc<Scale>>>,
}

/// A sheet with its indexes.
pub(super) struct Indexed<'a> {
    pub(super) sheet: Sheet<'a>,
    columns: HashMap<&'a str, usize>,
    rows: HashMap<&'a str, usize>,
    row_names: OnceCell<Names<Arc<str>>>,
    neighbors: OnceCell<Vec<Neighbors>>,
    pairs: OnceCell<HashMap<String, (usize, usize)>>,
    /// Rows by what they have in common.
    groups: RefCell<HashMap<Common, Rc<Groups>>>,
}

/// What rows have in common: some parts of their ids, or their text in a typed column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Common {
    Parts(Vec<usize>),
    Text(usize),
}

/// Rows by a text that they have in common.
pub(super) type Groups = HashMap<String, Rc<[usize]>>;

/// The rows before and behind one, and those at both ends of its sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbors {
    pub(super) previous: Option<usize>,
    pub(super) next: Option<usize>,
    pub(super) first: usize,
    pub(super) last: usize,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(sheets: &[Sheet<'a>], lost: &'a dyn Fn(&str) -> Option<Reported>) -> Self {
        let names = sheets.iter().enumerate().map(|(at, sheet)| (&**sheet.name, at)).collect();
        Self { all: sheets.iter().map(|sheet| Indexed::new(*sheet)).collect(), names, lost, scales: RefCell::default() }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Indexed<'a>)> {
        self.all.iter().enumerate()
    }

    pub(super) fn at(&self, sheet: usize) -> &Indexed<'a> {
        &self.all[sheet]
    }

    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The names of all sheets.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|indexed| &**indexed.sheet.name)
    }

    /// The proof that what an id names could not be read; for a set's name, that anything of it may be missing.
    pub(super) fn lost(&self, id: &str) -> Option<Reported> {
        (self.lost)(id)
    }

    pub(super) fn row(&self, at: RowAt) -> &'a Row {
        &self.all[at.sheet].sheet.table.rows[at.row]
    }

    pub(super) fn cell(&self, at: CellAt) -> &'a crate::data::table::Cell {
        &self.row(at.row()).cells[at.column]
    }

    pub(super) fn column(&self, at: CellAt) -> &'a Column {
        &self.all[at.sheet].sheet.table.columns[at.column]
    }

    /// The id of a cell: `plans.small.server`.
    pub(super) fn id(&self, at: CellAt) -> Arc<str> {
        let (indexed, column) = (self.at(at.sheet), self.column(at));
        match &*self.row(at.row()).id {
            "" => format!("{}.{}", indexed.sheet.name, column.id).into(),
            row => format!("{}.{row}.{}", indexed.sheet.name, column.id).into(),
        }
    }

    /// The scale of a unit, made once.
    pub(super) fn scale(&self, unit: &Unit) -> Arc<Scale> {
        if let Some(known) = self.scales.borrow().get(unit) {
            return Arc::clone(known);
        }
        let scale = Scale::of(unit);
        self.scales.borrow_mut().insert(unit.clone(), Arc::clone(&scale));
        scale
    }
}

impl<'a> Indexed<'a> {
    fn new(sheet: Sheet<'a>) -> Self {
        let table = sheet.table;
        work::steps(table.rows.len());
        Self {
            sheet,
            columns: table.columns.iter().enumerate().rev().map(|(at, column)| (&*column.id, at)).collect(),
            rows: table.rows.iter().enumerate().rev().map(|(at, row)| (&*row.id, at)).collect(),
            row_names: OnceCell::new(),
            neighbors: OnceCell::new(),
            pairs: OnceCell::new(),
            groups: RefCell::default(),
        }
    }

    /// How many parts the id of a row has; none for facts.
    pub(super) fn parts(&self) -> usize {
        let keys = self.sheet.table.keys.len().max(1);
        self.sheet.table.rows.first().map_or(keys, |row| row.parts.len())
    }

    /// Whether it is a set of facts.
    pub(super) fn is_facts(&self) -> bool {
        self.parts() == 0
    }

    pub(super) fn column(&self, id: &str) -> Option<usize> {
        self.columns.get(id).copied()
    }

    /// The columns with formulas.
    pub(super) fn calculated(&self) -> impl Iterator<Item = (usize, &'a Formula)> + use<'a> {
        let columns = self.sheet.table.columns.iter().enumerate();
        columns.filter_map(|(at, column)| Some((at, column.formula.as_ref()?)))
    }

    /// The ids of the columns.
    pub(super) fn column_ids(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.sheet.table.columns.iter().map(|column| &*column.id)
    }

    pub(super) fn row(&self, id: &str) -> Option<usize> {
        self.rows.get(id).copied()
    }

    /// The id of a row that is near a mistyped one.
    pub(super) fn nearest_row(&self, id: &str) -> Option<&str> {
        let names = || self.sheet.table.rows.iter().map(|row| Arc::clone(&row.id)).collect();
        self.row_names.get_or_init(names).nearest(id)
    }

    /// The neighbors of a row; `None` where the rows have no order.
    pub(super) fn neighbors(&self, row: usize) -> Option<Neighbors> {
        let order = self.sheet.table.order?;
        self.neighbors.get_or_init(|| self.in_order(order)).get(row).copied()
    }

    fn in_order(&self, order: Order) -> Vec<Neighbors> {
        let rows = &self.sheet.table.rows;
        work::steps(rows.len());
        let mut sequences: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let others = match order {
                Order::Typed => Vec::new(),
                Order::Along(key) => {
                    let others = row.parts.iter().enumerate().filter(|(part, _)| *part != key);
                    others.map(|(_, part)| &**part).collect()
                }
            };
            sequences.entry(others).or_default().push(at);
        }
        let alone = Neighbors { previous: None, next: None, first: 0, last: 0 };
        let mut neighbors = vec![alone; rows.len()];
        for sequence in sequences.values() {
            for (at, row) in sequence.iter().enumerate() {
                neighbors[*row] = Neighbors {
                    previous: at.checked_sub(1).map(|before| sequence[before]),
                    next: sequence.get(at + 1).copied(),
                    first: sequence[0],
                    last: sequence[sequence.len() - 1],
                };
            }
        }
        neighbors
    }

    /// Two rows that follow each other, by what their ids make: `engineer.senior-to-staff.berlin`.
    pub(super) fn pair(&self, id: &str) -> Option<(usize, usize)> {
        self.sheet.table.order?;
        let pairs = || {
            let rows = 0..self.sheet.table.rows.len();
            let pairs = rows.filter_map(|row| Some((row, self.neighbors(row)?.next?)));
            pairs.map(|(row, next)| (self.pair_id(row, next), (row, next))).collect()
        };
        self.pairs.get_or_init(pairs).get(id).copied()
    }

    /// What the ids of two rows make: the parts that they share, and `a-to-b` where they differ.
    pub(super) fn pair_id(&self, row: usize, next: usize) -> String {
        let rows = &self.sheet.table.rows;
        rows[row].pair_id(&rows[next])
    }

    /// The rows whose ids have the given texts at some parts; those of all rows where none are given.
    pub(super) fn rows_with(&self, parts: &[(usize, &str)]) -> Option<Rc<[usize]>> {
        let common = Common::Parts(parts.iter().map(|(at, _)| *at).collect());
        let text = |row: &Row| Some(parts.iter().map(|(at, _)| &*row.parts[*at]).collect::<Vec<_>>().join("."));
        let key = parts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(".");
        self.grouped(common, text).get(&key).cloned()
    }

    /// The rows by their texts in a typed column: texts, words of a choice, and the words in place of numbers.
    pub(super) fn by_text(&self, column: usize) -> Rc<Groups> {
        let kind = &self.sheet.table.columns[column].kind;
        let text = |row: &Row| typed_text(row.cells[column].value.as_ref().ok()?, kind);
        self.grouped(Common::Text(column), text)
    }

    /// The rows by a text, which is looked up once for each.
    fn grouped(&self, common: Common, text: impl Fn(&Row) -> Option<String>) -> Rc<Groups> {
        if let Some(known) = self.groups.borrow().get(&common) {
            return Rc::clone(known);
        }
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in self.sheet.table.rows.iter().enumerate() {
            work::steps(1);
            if let Some(text) = text(row) {
                groups.entry(text).or_default().push(at);
            }
        }
        let groups: Rc<Groups> = Rc::new(groups.into_iter().map(|(text, rows)| (text, rows.into())).collect());
        self.groups.borrow_mut().insert(common, Rc::clone(&groups));
        groups
    }
}

/// A typed value as its text: a number as typed. `None` for what has none, such as a range.
pub(in crate::data) fn typed_text(value: &CellValue, kind: &ColumnKind) -> Option<String> {
    Some(match value {
        CellValue::Unstated => "unstated".to_owned(),
        CellValue::Word(word) => word.to_string(),
        CellValue::One(typed) => match u32::try_from(typed.decimals) {
            Ok(decimals) => typed.value.to_fixed(decimals),
            Err(_) => typed.value.to_string(),
        },
        CellValue::Text(text) => text.text.to_string(),
        CellValue::Choice(at) => match kind {
            ColumnKind::Choice(words) => words.get(*at)?.text.to_string(),
            _ => return None,
        },
        CellValue::Date(date) => date.to_string(),
        CellValue::Range(..) | CellValue::Tolerance(..) | CellValue::Figures(_) | CellValue::Formula => return None,
    })
}

/// The columns that a unit names, as `{currency}` in `{currency}/year`.
pub(super) fn columns_in(unit: &ColumnUnit) -> Vec<&str> {
    match unit {
        ColumnUnit::Fixed(_) => Vec::new(),
        ColumnUnit::ByRow(text) => braces(&text.text).filter_map(|part| part.err()).collect(),
    }
}

/// A text in pieces: plain ones, and the names in braces as errors.
pub(super) fn braces(text: &str) -> impl Iterator<Item = Result<&str, &str>> {
    text.split('{')
        .enumerate()
        .flat_map(|(at, piece)| match piece.split_once('}') {
            Some((name, rest)) if at > 0 => [Some(Err(name)), Some(Ok(rest))],
            _ => [Some(Ok(piece)), None],
        })
        .flatten()
}
