//! Small sites that formulas are tried on.

use std::sync::Arc;

use super::read::read;
use crate::data::amount::{Amount, Bound};
use crate::data::formula::{Outcome, Results, Sheet, evaluate};
use crate::data::table::{Derived, Table};
use crate::diagnostic::{Diagnostic, Known};

/// Tables with their names, and what is worked out from them.
pub(super) struct Site {
    pub(super) tables: Vec<(Arc<str>, Table)>,
    pub(super) results: Results,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Site {
    /// Works out a site from its files: `plans.toml` with `plans.csv`.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        Self::excusing(files, &|_| false)
    }

    pub(super) fn excusing(files: &[(&str, &str)], excused: &dyn Fn(&[Arc<str>]) -> bool) -> Self {
        let mut diagnostics = Vec::new();
        let tables = read(files, &mut diagnostics);
        let sheets: Vec<Sheet<'_>> = tables.iter().map(|(name, table)| Sheet { name, table }).collect();
        let mut results = evaluate(&sheets, &|_| None, excused, &mut diagnostics);
        diagnostics.append(&mut results.unmet);
        Self { tables, results, diagnostics }
    }

    /// The problems, each as its code, its place and its message.
    pub(super) fn problems(&self) -> Vec<String> {
        let said = |problem: &Diagnostic| {
            let place = problem.place.as_ref().map_or_else(String::new, ToString::to_string);
            format!("{place} {}: {}", problem.code.name, problem.message)
        };
        self.diagnostics.iter().map(said).collect()
    }

    /// The codes of the problems.
    pub(super) fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|problem| problem.code.name).collect()
    }

    /// The cell of an id.
    pub(super) fn find(&self, id: &str) -> (usize, usize, usize) {
        let (set, rest) = id.split_once('.').unwrap();
        let sheet = self.tables.iter().position(|(name, _)| **name == *set).unwrap_or_else(|| panic!("no set {set}"));
        let table = &self.tables[sheet].1;
        let (row, column) = rest.rsplit_once('.').unwrap_or(("", rest));
        let at = table.rows.iter().position(|known| *known.id == *row).unwrap_or_else(|| panic!("no row {id}"));
        (sheet, at, table.column(column).unwrap_or_else(|| panic!("no column {id}")))
    }

    /// What a formula gives.
    pub(super) fn outcome(&self, id: &str) -> &Known<Outcome> {
        let (sheet, row, column) = self.find(id);
        self.results.cell(sheet, row, column).unwrap_or_else(|| panic!("{id} is not calculated"))
    }

    /// Whether a formula gives a value, or the reason why there is none.
    pub(super) fn outcome_or_none(&self, id: &str) -> bool {
        let (sheet, row, column) = self.find(id);
        self.results.cell(sheet, row, column).is_some_and(Result::is_ok)
    }

    /// What is derived from a cell or a pair of rows, by its id.
    pub(super) fn derived(&self, id: &str) -> Option<&Outcome> {
        let (of, kind) = id.rsplit_once('.').unwrap();
        let kind = Derived::ALL.iter().find(|(_, name)| *name == kind).unwrap().0;
        if kind.is_between_rows() {
            let (set, rest) = of.split_once('.').unwrap();
            let (pair, column) = rest.rsplit_once('.').unwrap();
            let sheet = self.tables.iter().position(|(name, _)| **name == *set).unwrap();
            let column = self.tables[sheet].1.column(column).unwrap();
            let mut pairs = self.results.pairs(sheet).iter();
            return pairs
                .find(|known| *known.id == *pair && known.column == column && known.derived == kind)
                .map(|pair| &pair.outcome);
        }
        let (sheet, row, column) = self.find(of);
        let derived = self.results.derived(sheet, row, column).iter();
        derived.clone().find(|(known, _)| *known == kind).map(|(_, outcome)| outcome)
    }

    /// The value of a formula, in words: `4 USD/month`, `4–6 USD`, `none: …`.
    pub(super) fn value(&self, id: &str) -> String {
        match self.outcome(id) {
            Ok(outcome) => words(outcome),
            Err(_) => "reported".to_owned(),
        }
    }
}

/// A value in words.
pub(super) fn words(outcome: &Outcome) -> String {
    let value = match &outcome.amount {
        Err(gap) => return format!("none: {gap}"),
        Ok(Amount::Text(text)) => return format!("'{text}'"),
        Ok(Amount::Date(date)) => return date.to_string(),
        Ok(Amount::One(one)) => one.to_string(),
        Ok(Amount::Range(low, high)) => format!("{low}–{high}"),
        Ok(Amount::From(low)) => format!("{low}–open"),
        Ok(Amount::To(high)) => format!("open–{high}"),
        Ok(Amount::Unstated | Amount::Tolerance { .. }) => "open–open".to_owned(),
    };
    let value = outcome.median.as_ref().map_or(value.clone(), |median| format!("{value} ({median})"));
    let bound = match outcome.bound {
        None => "",
        Some(Bound::Over) => "over ",
        Some(Bound::AtLeast) => "at least ",
        Some(Bound::Under) => "under ",
        Some(Bound::UpTo) => "up to ",
        Some(Bound::About) => "about ",
    };
    let sign = if outcome.signed { "±" } else { "" };
    format!("{sign}{bound}{value} {}", outcome.unit).trim_end().to_owned()
}
