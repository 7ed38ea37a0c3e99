//! What the names in a formula mean, and what to say of one that means nothing.

use std::ops::Range;
use std::sync::Arc;

use super::plan::{Base, Frame, IdPart, Meaning, Reference, Side};
use super::problems::{NAME, ROWS, Reporter};
use super::sheets::{RowAt, Sheets};
use super::tree::NamePart;
use crate::data::table::ColumnKind;
use crate::diagnostic::{Diagnostic, Known, Report, Reported, nearest};

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

/// Resolves one formula.
pub(super) struct Resolver<'s, 'a> {
    pub(super) sheets: &'s Sheets<'a>,
    pub(super) reporter: Reporter<'a, 's>,
    pub(super) meanings: Vec<Meaning>,
    /// How many functions over rows there are in all formulas so far.
    pub(super) functions: &'s mut usize,
}

/// Why a name means nothing: a problem that was reported, or what to say of it, with its help.
pub(super) enum Unknown {
    Reported(Reported),
    Said(String, String),
}

impl Resolver<'_, '_> {
    /// What a name means; what means nothing is reported.
    pub(super) fn name(&mut self, parts: &[NamePart], range: &Range<usize>, scope: &Scope) -> Known<Reference> {
        let own = scope.sheets[scope.own];
        let of_row = |frame: Frame, at: usize| {
            let (column, side) = column(self.sheets, scope.sheets[frame], parts, at, false)?;
            Ok(Reference { base: Base::Frame(frame), column, side })
        };
        let found = match parts {
            [NamePart::Column(_), ..] => of_row(scope.braces, 0),
            [NamePart::Word(id), sides @ ..] if self.sheets.at(own).column(id).is_some() && self.is_own(id, sides) => {
                of_row(scope.own, 0)
            }
            _ if parts.contains(&NamePart::Any) => {
                let shown = self.reporter.slice(range);
                let Some((frame, pattern)) = &scope.any else {
                    let help = "write a function that makes one of them, such as `sum(…)` or `max(…)`";
                    return self.reporter.fail(&ROWS, range, format!("`{shown}` stands for many figures"), help);
                };
                if !parts.starts_with(pattern) {
                    let other = joined(pattern);
                    let message = format!("`{shown}` and `{other}` don't stand for the same rows");
                    let help = format!("in one function all names with `*` begin alike: `{other}`");
                    return self.reporter.fail(&ROWS, range, message, help);
                }
                of_row(*frame, pattern.len())
            }
            _ => self.id(parts, scope),
        };
        found.map_err(|unknown| self.unknown(unknown, parts, range, own))
    }

    /// Whether what follows the name of a column is a side, not the rest of an id in a set that is called like the column.
    fn is_own(&self, column: &str, sides: &[NamePart]) -> bool {
        match sides {
            [] => true,
            [NamePart::Word(side)] if Side::named(side).is_some() => true,
            _ => self.sheets.named(column).is_none(),
        }
    }

    /// An id in full, in which a part may be taken from a column of the row.
    fn id(&self, parts: &[NamePart], scope: &Scope) -> Result<Reference, Unknown> {
        let sheet = parts[0].word().and_then(|set| self.sheets.named(set)).filter(|_| parts.len() > 1);
        let Some(sheet) = sheet else { return Err(self.no_set(parts, scope.sheets[scope.own])) };
        if parts.iter().all(|part| part.word().is_some()) {
            return find(self.sheets, parts);
        }
        let count = self.sheets.at(sheet).parts();
        if parts.len() < count + 2 {
            return Err(short(self.sheets, sheet, parts));
        }
        let row = self.id_parts(&parts[1..=count], scope)?;
        let (column, side) = column(self.sheets, sheet, parts, count + 1, false)?;
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
                None => Err(no_column(self.sheets, sheet, id)),
            },
        };
        parts.iter().map(part).collect()
    }

    /// A name that begins with no set, in a formula of a sheet.
    pub(super) fn no_set(&self, parts: &[NamePart], own: usize) -> Unknown {
        let (set, indexed) = (parts[0].to_string(), self.sheets.at(own));
        if is_in_file(parts) {
            let what = if indexed.is_facts() { "fact of this file" } else { "column of this table" };
            let said = || Unknown::Said(format!("`{set}` is no {what}"), self.help_for_own(&set, own));
            return self.sheets.lost(indexed.sheet.name).map_or_else(said, Unknown::Reported);
        }
        no_set(self.sheets, parts)
    }

    /// Reports a name that means nothing in a formula of a sheet.
    pub(super) fn unknown(
        &mut self,
        unknown: Unknown,
        parts: &[NamePart],
        range: &Range<usize>,
        own: usize,
    ) -> Reported {
        let (message, help) = match unknown {
            Unknown::Reported(reported) => return reported,
            Unknown::Said(message, help) => (message, help),
        };
        let problem = Diagnostic::new(&NAME, &self.reporter.text.place_of(range.clone()), message).help(help);
        let if_gone = "take the name out of the formula, or correct the data if they are wrong";
        // The id of the one figure that the name would name, if it existed.
        let indexed = self.sheets.at(own);
        let set = match (is_in_file(parts), indexed.is_facts()) {
            _ if parts.iter().any(|part| part.word().is_none()) => None,
            (true, true) => Some(format!("{}.", indexed.sheet.name)),
            (true, false) => None,
            (false, _) => Some(String::new()),
        };
        self.reporter.diagnostics.report(match set {
            Some(set) => problem.missing(&(set + &joined(parts)), Some(if_gone)),
            None => problem,
        })
    }

    /// What to write for an unknown name without a point.
    fn help_for_own(&self, shown: &str, own: usize) -> String {
        let indexed = self.sheets.at(own);
        let is_known = |name: &str| indexed.column(name).is_some() || self.sheets.named(name).is_some();
        let mut halves = shown.match_indices('-').map(|(at, _)| (&shown[..at], &shown[at + 1..]));
        if let Some((first, second)) = halves.find(|(first, second)| is_known(first) && is_known(second)) {
            return format!("for a difference write a space on each side: `{first} - {second}`");
        }
        let mut facts = self.sheets.iter().filter(|(_, indexed)| indexed.is_facts());
        if let Some((_, indexed)) = facts.find(|(_, indexed)| indexed.column(shown).is_some()) {
            return format!("write `{}.{shown}` for the fact", indexed.sheet.name);
        }
        did_you_mean(nearest(shown, indexed.column_ids()), "name a column, or a figure by its whole id")
    }
}

/// What an id in full names.
pub(super) fn find(sheets: &Sheets<'_>, id: &[NamePart]) -> Result<Reference, Unknown> {
    let Some(sheet) = sheets.named(&id[0].to_string()) else { return Err(no_set(sheets, id)) };
    let indexed = sheets.at(sheet);
    let count = indexed.parts();
    if id.len() < count + 2 {
        return Err(short(sheets, sheet, id));
    }
    let row_id = joined(&id[1..=count]);
    let no_row = || {
        let near = did_you_mean(indexed.nearest_row(&row_id), "name a row of the table");
        let said = || Unknown::Said(format!("`{}` has no row `{row_id}`", indexed.sheet.name), near);
        let lost = sheets.lost(&joined(id)).or_else(|| sheets.lost(indexed.sheet.name));
        lost.map_or_else(said, Unknown::Reported)
    };
    let base = match (indexed.row(&row_id), indexed.pair(&row_id)) {
        (Some(row), _) => Base::Row(RowAt { sheet, row }),
        (None, Some((row, next))) => Base::Pair(RowAt { sheet, row }, next),
        (None, None) => return Err(no_row()),
    };
    let is_pair = matches!(base, Base::Pair(..));
    let (column, side) = column(sheets, sheet, id, count + 1, is_pair)?;
    match side {
        Side::Derived(derived) if derived.is_between_rows() => (),
        _ if is_pair => return Err(no_row()),
        _ => (),
    }
    Ok(Reference { base, column, side })
}

/// The column and the side that a name means from one of its parts on; of two rows that follow each other, or of one.
fn column(
    sheets: &Sheets<'_>,
    sheet: usize,
    name: &[NamePart],
    at: usize,
    is_pair: bool,
) -> Result<(usize, Side), Unknown> {
    let Some(id) = name.get(at) else { return Err(short(sheets, sheet, name)) };
    let indexed = sheets.at(sheet);
    let found = match id {
        NamePart::Word(id) => indexed.column(id).ok_or(&**id),
        NamePart::Column(id) if at == 0 => indexed.column(id).ok_or(&**id),
        _ => Err(""),
    };
    let column = found.map_err(|word| match word {
        "" => no_column(sheets, sheet, &id.to_string()),
        word => no_column(sheets, sheet, word),
    })?;
    let no_side = |side: &str| {
        let names: Vec<&str> = Side::names().collect();
        let otherwise = format!("a side is one of {}", names.join(", "));
        let message = format!("`{}` ends in `{side}`, which is no side of a figure", joined(name));
        Err(Unknown::Said(message, did_you_mean(nearest(side, names), &otherwise)))
    };
    let typed = match &name[at + 1..] {
        [] => return Ok((column, Side::Whole)),
        [NamePart::Word(side)] => side,
        [NamePart::Word(_), second, ..] | [second, ..] => return no_side(&second.to_string()),
    };
    let declared = &indexed.sheet.table.columns[column];
    match Side::named(typed) {
        // The id in the cell says which figure's side it is.
        Some(side) if matches!(declared.kind, ColumnKind::Figure) && !is_pair => Ok((column, side)),
        Some(Side::Derived(derived)) if derived.is_between_rows() && !is_pair => no_side(typed),
        Some(Side::Derived(derived)) if !declared.derive.contains(&derived) => Err(Unknown::Said(
            format!("`{typed}` is not derived in this column"),
            format!("add derive = [\"{typed}\"] to the column"),
        )),
        Some(side) => Ok((column, side)),
        None => no_side(typed),
    }
}

fn no_set(sheets: &Sheets<'_>, parts: &[NamePart]) -> Unknown {
    let set = parts[0].to_string();
    let help = did_you_mean(nearest(&set, sheets.names()), "name a figure by its whole id");
    let lost = sheets.lost(&joined(parts)).or_else(|| sheets.lost(&set));
    lost.map_or_else(|| Unknown::Said(format!("no data set is called `{set}`"), help), Unknown::Reported)
}

/// A name that ends before it names a figure.
pub(super) fn short(sheets: &Sheets<'_>, sheet: usize, parts: &[NamePart]) -> Unknown {
    let help = format!("name a column behind the row, one of {}", columns(sheets, sheet));
    Unknown::Said(format!("`{}` names no figure", joined(parts)), help)
}

pub(super) fn no_column(sheets: &Sheets<'_>, sheet: usize, column: &str) -> Unknown {
    let indexed = sheets.at(sheet);
    let what = if indexed.is_facts() { "fact" } else { "column" };
    let help = did_you_mean(nearest(column, indexed.column_ids()), &format!("it has {}", columns(sheets, sheet)));
    let said = || Unknown::Said(format!("`{}` has no {what} `{column}`", indexed.sheet.name), help);
    sheets.lost(indexed.sheet.name).map_or_else(said, Unknown::Reported)
}

/// The names of a sheet's columns, for helps: a few of them.
fn columns(sheets: &Sheets<'_>, sheet: usize) -> String {
    sheets.at(sheet).column_ids().take(8).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a name is that of a column or a fact of the formula's own file, maybe with a side.
fn is_in_file(parts: &[NamePart]) -> bool {
    match parts {
        [_] => true,
        [_, NamePart::Word(side)] => Side::named(side).is_some(),
        _ => false,
    }
}

/// Parts of a name, joined by points.
fn joined(parts: &[NamePart]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}
