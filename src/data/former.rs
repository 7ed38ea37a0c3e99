//! The ids that figures had before a set, a column, a row or a fact was renamed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::figure::Figures;
use super::ids::id_of;
use super::set::{Contents, DataSet};
use super::table::{CellValue, Column, Row};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::Text;

/// The codes that reading raises.
pub(super) const CODES: &[&Code] = &[&OLD_NAME, &RENAMED];

static OLD_NAME: Code = Code {
    name: "old-name",
    severity: Severity::Error,
    rule: false,
    what: "`was` holds a name that something has now, that two things had, or that can't be a name.",
    why: "A link to the old name could mean either of the two.",
    example: "[columns.total]\ntitle = \"Total\"\nwas = [\"server\"]   # and there is a column `server`",
    mend: "Take the name out of `was`, or rename the other thing.",
};

static RENAMED: Code = Code {
    name: "figure-renamed",
    severity: Severity::Warning,
    rule: true,
    what: "A figure is bound to an id that it had before its set, column, row or fact was renamed.",
    why: "The link works as long as the data list the old name in `was`; somebody will take it out one day.",
    example: "[$432K](figure:all-bands.l3.total.median)   # bands.toml says was = [\"all-bands\"]",
    mend: "Write the id that the figure has now; `bandbook fix` does.",
};

/// Something with a name, and the names that it had.
type Named<'a> = (&'a str, &'a [Text]);

/// Reports old names that can't be followed.
pub(super) fn check(sets: &[DataSet], diagnostics: &mut Vec<Diagnostic>) {
    check_names("set", None, sets.iter().map(|set| (&*set.name, &*set.was)), diagnostics);
    for (set, table) in sets.iter().filter_map(|set| Some((set, set.table()?))) {
        let columns = table.columns.iter().map(|column| (&*column.id, &*column.was));
        check_names(if set.is_facts() { "fact" } else { "column" }, None, columns, diagnostics);
        check_names("row", Some('.'), table.rows.iter().map(|row| (&*row.id, &*row.was)), diagnostics);
    }
}

/// Reports what is wrong with the old names of all sets, or of a table's columns or rows. Only the name of a row has a `point` between
/// its parts.
fn check_names<'a>(
    what: &str,
    point: Option<char>,
    all: impl Iterator<Item = Named<'a>> + Clone,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut with_past = all.clone().filter(|(_, was)| !was.is_empty()).peekable();
    if with_past.peek().is_none() {
        return;
    }
    let known: HashSet<&str> = all.map(|(name, _)| name).collect();
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    for (name, old) in with_past.flat_map(|(name, was)| was.iter().map(move |old| (name, old))) {
        let problem = |message: String| Diagnostic::new(&OLD_NAME, &old.place, message);
        diagnostics.extend(if *name == *old.text {
            Some(problem(format!("`{name}` is the name that the {what} has")).help("take it out of `was`"))
        } else if known.contains(&*old.text) {
            let message = format!("there is a {what} `{}`, so the {what} `{name}` can't have been called so", old.text);
            Some(problem(message).help("take it out of `was`, or rename the other one"))
        } else if !old.text.split(|c| Some(c) == point).all(|part| !part.is_empty() && id_of(part) == *part) {
            let message = format!("`{}` can't be the name of a {what}", old.text);
            Some(problem(message).help("write the name as links have it: lowercase letters, digits and hyphens"))
        } else if let Some(first) = seen.insert(&old.text, old) {
            let problem = problem(format!("two {what}s were called `{}`", old.text));
            Some(problem.label(&first.place, "the first").help("keep it with the one that links to it mean"))
        } else {
            None
        });
    }
}

impl Figures {
    /// The problem of an id at a place that a figure had; `None` where it is that of a figure now, or of none.
    pub fn old_name(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let now = self.renamed(id)?;
        let problem = Diagnostic::new(&RENAMED, place, format!("`{id}` is called `{now}` now"));
        let problem = problem.help(format!("write `{now}`"));
        // The id may be typed with characters that stand for others.
        Some(if place.text() == id { problem.edit(place, now) } else { problem })
    }
}

/// Reports old ids in cells and conflicts, and puts the new ones in their place. What a release says is of its own time.
pub(super) fn follow(sets: &mut [DataSet], figures: &Figures, diagnostics: &mut Vec<Diagnostic>) {
    for contents in sets.iter_mut().map(|set| &mut set.contents) {
        let named: Vec<&mut Text> = match contents {
            Contents::Conflicts(entries) => entries.iter_mut().flat_map(|entry| &mut entry.figures).collect(),
            Contents::Table(table) | Contents::Facts(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                let named = cells.filter_map(|cell| match &mut cell.value {
                    Ok(CellValue::Figures(named)) => Some(named),
                    _ => None,
                });
                named.flatten().collect()
            }
            _ => Vec::new(),
        };
        for text in named {
            if let Some(now) = figures.renamed(&text.text) {
                diagnostics.extend(figures.old_name(&text.text, &text.place));
                text.text = now.into();
                text.exact = false;
            }
        }
    }
}

/// Every way to join one name of each, with points between: the first is of the names that hold now.
pub(super) fn joined(names: &[Vec<&str>]) -> Vec<Arc<str>> {
    let mut all = vec![String::new()];
    for (at, of_one) in names.iter().enumerate() {
        let longer = all.iter().flat_map(|so_far| {
            of_one.iter().map(move |name| if at == 0 { (*name).to_owned() } else { format!("{so_far}.{name}") })
        });
        all = longer.collect();
    }
    all.into_iter().map(Arc::from).collect()
}

/// Its name, and then those that it had.
pub(super) fn names<'a>(name: &'a str, was: &'a [Text]) -> Vec<&'a str> {
    [name].into_iter().chain(was.iter().map(|old| &*old.text)).collect()
}

/// The ids that the figure of a cell has and had, its own first; `rows` are the names of its row, or of two neighbors together.
pub(super) fn ids(set: &DataSet, rows: Option<Vec<&str>>, column: &Column) -> Vec<Arc<str>> {
    let names: Vec<Vec<&str>> =
        [Some(names(&set.name, &set.was)), rows, Some(names(&column.id, &column.was))].into_iter().flatten().collect();
    joined(&names)
}

/// What two neighbors are and were called together, `a-to-b`, where one of the two had another name. The first is `now`.
pub(super) fn pairs(now: &str, first: &Row, second: &Row) -> Vec<String> {
    let mut all = vec![now.to_owned()];
    if first.was.is_empty() && second.was.is_empty() {
        return all;
    }
    let [firsts, seconds] = [first, second].map(|row| names(&row.id, &row.was));
    for (one, other) in firsts.iter().flat_map(|one| seconds.iter().map(move |other| (one, other))) {
        let (ones, others): (Vec<&str>, Vec<&str>) = (one.split('.').collect(), other.split('.').collect());
        let differing: Vec<usize> = (0..ones.len().min(others.len())).filter(|at| ones[*at] != others[*at]).collect();
        if let ([at], true) = (&differing[..], ones.len() == others.len()) {
            let pair = format!("{}-to-{}", ones[*at], others[*at]);
            let mut parts = ones.clone();
            parts[*at] = &pair;
            all.push(parts.join("."));
        }
    }
    let mut seen = HashSet::new();
    all.retain(|pair| seen.insert(pair.clone()));
    all
}
