//! What a figure that doesn't exist was in the last commit, said in the problems that name it.

use std::sync::Arc;

use super::figures::text_of;
use crate::data::{self, Data};
use crate::diagnostic::{Diagnostic, Missing};
use crate::input::{self, Root};
use crate::site::Site;

/// The data of the last commit: read when a problem first asks for them, and again once there is another commit.
#[derive(Default)]
pub(super) struct Past {
    /// The commit with its data.
    read: Option<(String, Data)>,
}

impl Past {
    /// Adds to each problem of a figure that doesn't exist what the figure was. Where the repository can't tell, nothing is added.
    pub(super) fn explain(&mut self, problems: &mut [Diagnostic], site: &Site, root: &Root) {
        let mut concerned = problems.iter_mut().filter(|problem| problem.missing.is_some()).peekable();
        if concerned.peek().is_none() {
            return;
        }
        let Some(old) = self.data(root) else { return };
        for problem in concerned {
            if let Some(missing) = problem.missing.take() {
                add(problem, &missing, old, site);
            }
        }
    }

    fn data(&mut self, root: &Root) -> Option<&Data> {
        let commit = input::head(root)?;
        if self.read.as_ref().is_none_or(|(known, _)| *known != commit) {
            let sources = input::data_at(root, &commit).ok()?;
            // What is wrong with old data is nobody's problem now.
            self.read = Some((commit, data::read(&sources, &[], &mut Vec::new())));
        }
        self.read.as_ref().map(|(_, data)| data)
    }
}

fn add(problem: &mut Diagnostic, missing: &Missing, old: &Data, site: &Site) {
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
            let line = place.position().line;
            problem.message = format!("`{id}` is gone: {was} in HEAD ({}:{line})", place.source.path());
            problem.help = Some(match lost_set(id, site) {
                Some(set) => format!("bring back content/data/{set}.toml under this name, or take out what names it"),
                None => help.to_owned(),
            });
            problem.edit = None;
        }
        Some(_) => (),
        None => {
            if let Some(place) = problem.place.clone() {
                *problem = problem.clone().label(&place, format!("{was} in HEAD"));
            }
        }
    }
}

/// The set that an id begins with, where the site has none of this name.
fn lost_set<'a>(id: &'a Arc<str>, site: &Site) -> Option<&'a str> {
    let set = id.split('.').next()?;
    site.data.set(set).is_none().then_some(set)
}
