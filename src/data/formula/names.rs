//! What the names in a formula mean, and what to say of one that means nothing.

use std::ops::Range;
use std::sync::Arc;

use super::plan::{Base, Frame, IdPart, Reference, Side};
use super::problems::{NAME, ROWS};
use super::sheets::{RowAt, Sheets};
use super::tree::NamePart;
use crate::data::table::ColumnKind;
use crate::diagnostic::{Code, Diagnostic, Known, Report, Reported, nearest};
use crate::document::Text;

/// What names in a part of a formula mean.
#[derive(Clone)]
pub(super) struct Scope {
    /// The sheet of the row in each frame.
    pub(super) sheets: Vec<usize>,
    /// The frame whose columns are named without a point.
    pub(super) own: Frame,
    /// The frame whose columns are named in braces.
    pub(super) braces: Frame,
    /// The frame of the rows that `*` runs over, and what it fits.
    pub(super) any: Option<(Frame, Vec<NamePart>)>,
}

impl Scope {
    pub(super) fn of(sheet: usize) -> Self {
        Self { sheets: vec![sheet], own: 0, braces: 0, any: None }
    }
}

/// Resolves the names of one formula.
pub(super) struct Resolver<'s, 'a> {
    pub(super) sheets: &'s Sheets<'a>,
    pub(super) text: &'a Text,
    pub(super) diagnostics: &'s mut Vec<Diagnostic>,
}

/// Why an id names nothing.
pub(super) enum Unknown {
    Set,
    /// The id ends before it names a figure.
    Short(usize),
    Row(usize, String),
    Column(usize, String),
    Side(String),
    /// A side that only exists where the column asks for it.
    NotDerived(String),
    Reported(Reported),
}

impl<'a> Resolver<'_, 'a> {
    pub(super) fn problem(&self, code: &'static Code, range: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.text.place_of(range.clone()), message)
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text.text[range.clone()]
    }

    /// What a name means; what means nothing is reported.
    pub(super) fn name(&mut self, parts: &[NamePart], range: &Range<usize>, scope: &Scope) -> Known<Reference> {
        let own = scope.sheets[scope.own];
        let found = match parts {
            [NamePart::Column(column), sides @ ..] => {
                let sheet = scope.sheets[scope.braces];
                self.own_column(sheet, scope.braces, column, sides)
            }
            [NamePart::Word(column), sides @ ..]
                if self.sheets.at(own).column(column).is_some() && is_side(self.sheets, column, sides) =>
            {
                self.own_column(own, scope.own, column, sides)
            }
            [NamePart::Word(_)] => Err(Unknown::Set),
            _ if parts.contains(&NamePart::Any) => return self.starred(parts, range, scope),
            _ => self.id(parts, scope),
        };
        found.map_err(|unknown| self.unknown(unknown, parts, range, scope))
    }

    /// A column of the row in a frame.
    fn own_column(&self, sheet: usize, frame: Frame, id: &str, sides: &[NamePart]) -> Result<Reference, Unknown> {
        let Some(column) = self.sheets.at(sheet).column(id) else {
            return Err(Unknown::Column(sheet, id.to_owned()));
        };
        let side = self.side(sheet, column, sides)?;
        Ok(Reference { base: Base::Frame(frame), column, side })
    }

    fn side(&self, sheet: usize, column: usize, sides: &[NamePart]) -> Result<Side, Unknown> {
        let typed = match sides {
            [] => return Ok(Side::Whole),
            [NamePart::Word(side)] => side,
            [NamePart::Word(_), second, ..] | [second, ..] => return Err(Unknown::Side(part_text(second))),
        };
        let column = &self.sheets.at(sheet).sheet.table.columns[column];
        match Side::named(typed) {
            // The id in the cell says which figure's side it is.
            Some(side) if matches!(column.kind, ColumnKind::Figure) => Ok(side),
            Some(Side::Derived(derived)) if derived.is_between_rows() => Err(Unknown::Side(typed.to_string())),
            Some(Side::Derived(derived)) if !column.derive.contains(&derived) => {
                Err(Unknown::NotDerived(typed.to_string()))
            }
            Some(side) => Ok(side),
            None => Err(Unknown::Side(typed.to_string())),
        }
    }

    /// A name with `*`: it must be inside a function that runs over what it fits.
    fn starred(&mut self, parts: &[NamePart], range: &Range<usize>, scope: &Scope) -> Known<Reference> {
        let shown = self.slice(range);
        let Some((frame, pattern)) = &scope.any else {
            let problem = self
                .problem(&ROWS, range, format!("`{shown}` stands for many figures"))
                .help("write a function that makes one of them, such as `sum(…)` or `max(…)`");
            return Err(self.diagnostics.report(problem));
        };
        let sheet = scope.sheets[*frame];
        if !parts.starts_with(pattern) {
            let other: Vec<String> = pattern.iter().map(part_text).collect();
            let other = other.join(".");
            let problem = self
                .problem(&ROWS, range, format!("`{shown}` and `{other}` don't stand for the same rows"))
                .help(format!("in one function all names with `*` begin alike: `{other}`"));
            return Err(self.diagnostics.report(problem));
        }
        let found = match &parts[pattern.len()..] {
            [NamePart::Word(column), sides @ ..] => self.own_column(sheet, *frame, column, sides),
            [] => Err(Unknown::Short(sheet)),
            [other, ..] => Err(Unknown::Column(sheet, part_text(other))),
        };
        found.map_err(|unknown| self.unknown(unknown, parts, range, scope))
    }

    /// An id in full, in which a part may be taken from a column of the row.
    fn id(&self, parts: &[NamePart], scope: &Scope) -> Result<Reference, Unknown> {
        let texts: Option<Vec<&str>> = parts.iter().map(word).collect();
        if let Some(texts) = texts {
            return find(self.sheets, &texts);
        }
        let Some(sheet) = word(&parts[0]).and_then(|set| self.sheets.named(set)) else { return Err(Unknown::Set) };
        let count = self.sheets.at(sheet).parts();
        if parts.len() < count + 2 {
            return Err(Unknown::Short(sheet));
        }
        let row = self.id_parts(&parts[1..=count], scope)?;
        let Some(id) = word(&parts[count + 1]) else {
            return Err(Unknown::Column(sheet, part_text(&parts[count + 1])));
        };
        let Some(column) = self.sheets.at(sheet).column(id) else { return Err(Unknown::Column(sheet, id.to_owned())) };
        let side = self.side(sheet, column, &parts[count + 2..])?;
        Ok(Reference { base: Base::LookUp(sheet, row), column, side })
    }

    /// The parts of an id, with columns for the names in braces.
    pub(super) fn id_parts(&self, parts: &[NamePart], scope: &Scope) -> Result<Vec<IdPart>, Unknown> {
        let sheet = scope.sheets[scope.braces];
        let part = |part: &NamePart| match part {
            NamePart::Word(word) => Ok(IdPart::Word(Arc::clone(word))),
            NamePart::Any => Ok(IdPart::Any),
            NamePart::Column(id) => match self.sheets.at(sheet).column(id) {
                Some(column) => Ok(IdPart::Column(scope.braces, column)),
                None => Err(Unknown::Column(sheet, id.to_string())),
            },
        };
        parts.iter().map(part).collect()
    }

    /// Reports a name that means nothing.
    pub(super) fn unknown(
        &mut self,
        unknown: Unknown,
        parts: &[NamePart],
        range: &Range<usize>,
        scope: &Scope,
    ) -> Reported {
        let own = scope.sheets[scope.own];
        let shown = self.slice(range);
        let set_of = |sheet: usize| self.sheets.at(sheet).sheet.name;
        let lost = match &unknown {
            Unknown::Reported(reported) => return *reported,
            Unknown::Set if is_own(parts) => self.sheets.lost(set_of(own)),
            Unknown::Set => self.sheets.lost(shown).or_else(|| self.sheets.lost(&part_text(&parts[0]))),
            Unknown::Row(sheet, _) | Unknown::Column(sheet, _) => self.sheets.lost(set_of(*sheet)),
            Unknown::Short(_) | Unknown::Side(_) | Unknown::NotDerived(_) => None,
        };
        if let Some(reported) = lost {
            return reported;
        }
        let problem = self.unknown_name(&unknown, parts, range, own);
        self.diagnostics.report(problem)
    }

    fn unknown_name(&self, unknown: &Unknown, parts: &[NamePart], range: &Range<usize>, own: usize) -> Diagnostic {
        let shown = self.slice(range);
        let (message, help) = match unknown {
            Unknown::Set if is_own(parts) => {
                let indexed = self.sheets.at(own);
                let what = if indexed.is_facts() { "fact of this file" } else { "column of this table" };
                let shown = part_text(&parts[0]);
                (format!("`{shown}` is no {what}"), self.help_for_own(&shown, own))
            }
            Unknown::Set => {
                let set = part_text(&parts[0]);
                let near = nearest(&set, self.sheets.names());
                (format!("no data set is called `{set}`"), did_you_mean(near, "name a figure by its whole id"))
            }
            Unknown::Short(sheet) => {
                let columns = self.columns(*sheet);
                (format!("`{shown}` names no figure"), format!("name a column behind the row, one of {columns}"))
            }
            Unknown::Row(sheet, row) => {
                let near = self.sheets.at(*sheet).nearest_row(row);
                let set = self.sheets.at(*sheet).sheet.name;
                (format!("`{set}` has no row `{row}`"), did_you_mean(near, "name a row of the table"))
            }
            Unknown::Column(sheet, column) => {
                let indexed = self.sheets.at(*sheet);
                let near = nearest(column, indexed.sheet.table.columns.iter().map(|known| &*known.id));
                let what = if indexed.is_facts() { "fact" } else { "column" };
                let help = did_you_mean(near, &format!("it has {}", self.columns(*sheet)));
                (format!("`{}` has no {what} `{column}`", indexed.sheet.name), help)
            }
            Unknown::Side(side) => {
                let names: Vec<&str> = Side::names().collect();
                let help =
                    did_you_mean(nearest(side, Side::names()), &format!("a side is one of {}", names.join(", ")));
                (format!("`{shown}` ends in `{side}`, which is no side of a figure"), help)
            }
            Unknown::NotDerived(side) => {
                (format!("`{side}` is not derived in this column"), format!("add derive = [\"{side}\"] to the column"))
            }
            Unknown::Reported(_) => (format!("`{shown}` is unknown"), String::new()),
        };
        let problem = self.problem(&NAME, range, message).help(help);
        match self.figure_of(parts, own) {
            Some(id) => {
                problem.missing(&id, Some("take the name out of the formula, or correct the data if they are wrong"))
            }
            None => problem,
        }
    }

    /// The id of the one figure that a name would name, if it existed.
    fn figure_of(&self, parts: &[NamePart], own: usize) -> Option<String> {
        let words: Option<Vec<&str>> = parts.iter().map(word).collect();
        let (id, indexed) = (words?.join("."), self.sheets.at(own));
        match (is_own(parts), indexed.is_facts()) {
            (true, true) => Some(format!("{}.{id}", indexed.sheet.name)),
            (true, false) => None,
            (false, _) => Some(id),
        }
    }

    /// What to write for an unknown name without a point.
    fn help_for_own(&self, shown: &str, own: usize) -> String {
        let indexed = self.sheets.at(own);
        let is_known = |name: &str| indexed.column(name).is_some() || self.sheets.named(name).is_some();
        let hyphens = shown.match_indices('-');
        let two = hyphens.map(|(at, _)| (&shown[..at], &shown[at + 1..])).find(|(a, b)| is_known(a) && is_known(b));
        if let Some((first, second)) = two {
            return format!("for a difference write a space on each side: `{first} - {second}`");
        }
        let own = indexed.sheet.table.columns.iter().map(|column| &*column.id);
        let facts = || {
            let mut facts = self.sheets.iter().filter(|(_, indexed)| indexed.is_facts());
            facts.find(|(_, indexed)| indexed.column(shown).is_some())
        };
        if let Some((_, indexed)) = facts() {
            return format!("write `{}.{shown}` for the fact", indexed.sheet.name);
        }
        did_you_mean(nearest(shown, own), "name a column, or a figure by its whole id")
    }

    /// The names of a sheet's columns, for helps: a few of them.
    fn columns(&self, sheet: usize) -> String {
        let columns = self.sheets.at(sheet).sheet.table.columns.iter();
        let names: Vec<String> = columns.take(8).map(|column| format!("`{}`", column.id)).collect();
        names.join(", ")
    }
}

/// What an id in full names.
pub(super) fn find(sheets: &Sheets<'_>, id: &[&str]) -> Result<Reference, Unknown> {
    let Some(sheet) = id.first().and_then(|set| sheets.named(set)) else {
        return match sheets.lost(&id.join(".")) {
            Some(reported) => Err(Unknown::Reported(reported)),
            None => Err(Unknown::Set),
        };
    };
    let indexed = sheets.at(sheet);
    let count = indexed.parts();
    let Some(column_id) = id.get(count + 1) else { return Err(Unknown::Short(sheet)) };
    let row_id = id[1..=count].join(".");
    let row = indexed.row(&row_id);
    let pair = if row.is_none() { indexed.pair(&row_id) } else { None };
    if row.is_none() && pair.is_none() {
        return match sheets.lost(&id.join(".")) {
            Some(reported) => Err(Unknown::Reported(reported)),
            None => Err(Unknown::Row(sheet, row_id)),
        };
    }
    let Some(column) = indexed.column(column_id) else { return Err(Unknown::Column(sheet, (*column_id).to_owned())) };
    let typed = match id.get(count + 2..).unwrap_or(&[]) {
        [] => None,
        [side] => Some(*side),
        [_, second, ..] => return Err(Unknown::Side((*second).to_owned())),
    };
    let side = match typed {
        None => Side::Whole,
        Some(typed) => Side::named(typed).ok_or_else(|| Unknown::Side(typed.to_owned()))?,
    };
    let declared = &indexed.sheet.table.columns[column];
    match (side, row, pair) {
        (Side::Derived(derived), _, Some((first, next))) if derived.is_between_rows() => {
            if !declared.derive.contains(&derived) {
                return Err(Unknown::NotDerived(side.name().to_owned()));
            }
            Ok(Reference { base: Base::Pair(RowAt { sheet, row: first }, next), column, side })
        }
        (_, None, _) => Err(Unknown::Row(sheet, row_id)),
        (Side::Derived(_), Some(row), _) if matches!(declared.kind, ColumnKind::Figure) => {
            Ok(Reference { base: Base::Row(RowAt { sheet, row }), column, side })
        }
        (Side::Derived(derived), Some(_), _) if derived.is_between_rows() => Err(Unknown::Side(side.name().to_owned())),
        (Side::Derived(derived), Some(_), _) if !declared.derive.contains(&derived) => {
            Err(Unknown::NotDerived(side.name().to_owned()))
        }
        (side, Some(row), _) => Ok(Reference { base: Base::Row(RowAt { sheet, row }), column, side }),
    }
}

/// Whether what follows the name of a column is a side, not the rest of an id in a set that is called like the column.
fn is_side(sheets: &Sheets<'_>, column: &str, sides: &[NamePart]) -> bool {
    match sides {
        [] => true,
        [NamePart::Word(side)] if Side::named(side).is_some() => true,
        _ => sheets.named(column).is_none(),
    }
}

/// Whether a name is that of a column or a fact of the formula's own file, maybe with a side.
fn is_own(parts: &[NamePart]) -> bool {
    match parts {
        [_] => true,
        [_, NamePart::Word(side)] => Side::named(side).is_some(),
        _ => false,
    }
}

fn word(part: &NamePart) -> Option<&str> {
    match part {
        NamePart::Word(word) => Some(word),
        _ => None,
    }
}

pub(super) fn part_text(part: &NamePart) -> String {
    match part {
        NamePart::Word(word) => word.to_string(),
        NamePart::Column(column) => format!("{{{column}}}"),
        NamePart::Any => "*".to_owned(),
    }
}

fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}
