//! What a figure was in the last commits, said in the problems that name it.

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::Arc;

use super::text_of;
use crate::data::{self, Data, Figure};
use crate::diagnostic::{Diagnostic, Missing, Place};
use crate::input::{self, Root};
use crate::site::Site;

/// How many states of the data are looked at, from the last commit backwards.
const MOST_STATES: usize = 12;

/// The data of the last commits that changed them: read when a problem first asks for them, and again once there is another
/// commit.
#[derive(Default)]
pub(super) struct Past {
    head: Option<String>,
    /// The commits, the last one first, each with its data once they are read.
    states: Vec<(String, Option<Data>)>,
}

/// A figure as it was, with the name of the commit.
type Was<'a> = (String, &'a Data);

impl Past {
    /// Adds to each problem of a figure that doesn't exist what the figure was, and takes an edit back whose figure was of
    /// another kind before. Where the repository can't tell, nothing changes.
    pub(super) fn explain(&mut self, problems: &mut [Diagnostic], site: &Site, root: &Root) {
        let figure_of = |problem: &Diagnostic| problem.edit.as_ref().and_then(|edit| edit.figure.clone());
        if problems.iter().any(|problem| problem.missing.is_some() || figure_of(problem).is_some()) {
            self.refresh(root);
        }
        for problem in problems {
            if let Some(missing) = problem.missing.take() {
                let holds = |data: &Data| {
                    data.figures.get(&missing.figure).is_some() || !data.figures.below(&missing.figure).is_empty()
                };
                if let Some(was) = self.last(root, holds) {
                    add(problem, &missing, &was, site);
                }
            } else if let Some(figure) = figure_of(problem).and_then(|id| site.data.figures.get(&id)) {
                let differs = |data: &Data| {
                    data.figures.past_of(figure).is_some_and(|old| !is_same(old, data, figure, &site.data))
                };
                let Some((commit, data)) = self.last(root, differs) else { continue };
                if let Some(old) =
                    data.figures.past_of(figure).filter(|old| !is_same_kind(old, data, figure, &site.data))
                {
                    take_back(problem, figure, &format!("{} in {commit}", kind_of(site, old)), &kind_of(site, figure));
                }
            }
        }
    }

    /// Lists the commits anew where there is another one since.
    fn refresh(&mut self, root: &Root) {
        let head = input::head(root);
        if self.head != head {
            let commits = input::data_commits(root, MOST_STATES);
            *self = Self { head, states: commits.into_iter().map(|commit| (commit, None)).collect() };
        }
    }

    /// The last state of the data that is as asked.
    fn last(&mut self, root: &Root, is_wanted: impl Fn(&Data) -> bool) -> Option<Was<'_>> {
        let mut at = 0;
        loop {
            let (commit, data) = self.states.get_mut(at)?;
            let data = match data {
                Some(data) => data,
                None => match input::data_at(root, commit) {
                    // What is wrong with old data is nobody's problem now.
                    Ok(sources) => data.insert(data::read(&sources, &[], &mut Vec::new())),
                    Err(_) => {
                        self.states.truncate(at);
                        return None;
                    }
                },
            };
            if is_wanted(data) {
                break;
            }
            at += 1;
        }
        let (commit, data) = self.states.get(at)?;
        let name = if at == 0 { "HEAD".to_owned() } else { commit.chars().take(9).collect() };
        Some((name, data.as_ref()?))
    }
}

/// Whether a figure is what it was, value and all.
fn is_same(old: &Figure, old_data: &Data, new: &Figure, data: &Data) -> bool {
    old.amount == new.amount && is_same_kind(old, old_data, new, data)
}

/// Whether a figure counts the same in the same way, whatever its size: in its own formula, and in those of all that goes in.
fn is_same_kind(old: &Figure, old_data: &Data, new: &Figure, data: &Data) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![(old, new)];
    while let Some((old, new)) = waiting.pop() {
        let counts_alike =
            discriminant(&old.amount) == discriminant(&new.amount) && old.unit == new.unit && old.bound == new.bound;
        let inputs = match (&old.inputs, &new.inputs) {
            (None, None) if counts_alike => continue,
            (Some(old), Some(new)) if counts_alike && old.formula == new.formula && old.ids == new.ids => &new.ids,
            _ => return false,
        };
        for id in inputs.iter().filter(|id| seen.insert(Arc::clone(id))) {
            match (old_data.figures.get(id), data.figures.get(id)) {
                (Some(old), Some(new)) => waiting.push((old, new)),
                (None, None) => (),
                _ => return false,
            }
        }
    }
    true
}

/// `72 months`, and how it is calculated.
fn kind_of(site: &Site, figure: &Figure) -> String {
    let value = text_of(site, figure);
    match &figure.inputs {
        Some(inputs) => format!("{value} ({}), calculated from {}", figure.unit, inputs.ids.join(" and ")),
        None => format!("{value} ({})", figure.unit),
    }
}

fn take_back(problem: &mut Diagnostic, figure: &Figure, was: &str, is: &str) {
    problem.edit = None;
    problem.help = Some(format!(
        "Read the sentence again: `{}` is not the same figure as before, or what goes into it is not. It was {was}, and is now {is}.",
        figure.id
    ));
}

fn add(problem: &mut Diagnostic, missing: &Missing, (commit, old): &Was<'_>, site: &Site) {
    let id = &missing.figure;
    let below = old.figures.below(id);
    let (was, place) = match (old.figures.get(id), below) {
        (Some(figure), _) => (format!("it was {}", text_of(site, figure)), &figure.place),
        (None, [only]) => (format!("it held `{}`", only.id), &only.place),
        (None, [first, ..]) => (format!("it held {} figures", below.len()), &first.place),
        (None, []) => return,
    };
    match missing.if_gone {
        // An id that still holds figures is not gone.
        Some(help) if site.data.figures.below(id).is_empty() => {
            let row = lost_row(id, old, site);
            let place = row.as_ref().map_or(place, |(_, place)| place);
            let with = row.as_ref().map_or_else(String::new, |(row, _)| format!(" with `{row}`"));
            let line = place.position().line;
            problem.message = format!("`{id}` is gone{with}: {was} in {commit} ({}:{line})", place.source.path());
            problem.help = Some(match lost_set(id, site) {
                Some(set) => format!("bring back content/data/{set}.toml under this name, or take out what names it"),
                None => help.to_owned(),
            });
            problem.edit = None;
        }
        Some(_) => (),
        None => {
            if let Some(place) = problem.place.clone() {
                *problem = problem.clone().label(&place, format!("{was} in {commit}"));
            }
        }
    }
}

/// The row that a figure was in or between, where that is gone with all its figures, and where its first figure was.
fn lost_row<'a>(id: &str, old: &'a Data, site: &Site) -> Option<(String, &'a Place)> {
    let (set, rest) = id.split_once('.')?;
    let (rows, _) = rest.split_once('.')?;
    site.data.set(set)?;
    rows.split("-to-").find_map(|row| {
        let row = format!("{set}.{row}");
        let first = old.figures.below(&row).first()?;
        site.data.figures.below(&row).is_empty().then_some((row, &first.place))
    })
}

/// The set that an id begins with, where the site has none of this name.
fn lost_set<'a>(id: &'a Arc<str>, site: &Site) -> Option<&'a str> {
    let set = id.split('.').next()?;
    site.data.set(set).is_none().then_some(set)
}
