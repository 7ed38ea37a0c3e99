//! What one file says of another: sources that are cited, figures that cells, conflicts and releases name.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::id::is_part;
use crate::data::absence::{Absence, absence};
use crate::data::broken::Broken;
use crate::data::figure::Figures;
use crate::data::set::{Contents, DataSet};
use crate::data::table::CellValue;
use crate::diagnostic::{Code, Diagnostic, Names, Place, Report, Severity, Subject};
use crate::document::Text;

pub(super) const CODES: &[&Code] = &[&UNKNOWN_SOURCE, &CELL, &CONFLICT, &TERM_PAIR, &RELEASE];

/// What to do in each of these files about a figure that doesn't exist.
const CELL_HELP: &str = "name another one or write \"unstated\", or correct the data if they are wrong";
const CONFLICT_HELP: &str = "take the id out of `figures`, or correct the data if they are wrong";
const RELEASE_HELP: &str = "say what changed in the release's `note` and remove this change";

static UNKNOWN_SOURCE: Code = Code {
    name: "unknown-source",
    severity: Severity::Error,
    rule: false,
    what: "A set, a row or a figure names a source that no file of kind `sources` holds.",
    why: "Readers could not see who said it.",
    example: "sources = [\"price-lst\"]",
    mend: "Write the source's id as its file has it, or add the source there.",
};
static CELL: Code = Code {
    name: "cell-figure",
    severity: Severity::Error,
    rule: false,
    what: "A cell of type `figure` names a figure that doesn't exist.",
    why: "Tables and charts would show an empty place.",
    example: "[columns]\nprice = { title = \"Price\", type = \"figure\" }\n\n[[row]]\nid = \"small\"\nprice = \"plans.smal.server\"",
    mend: "Write the figure's whole id, or `\"unstated\"`.",
};
static CONFLICT: Code = Code {
    name: "conflict-figure",
    severity: Severity::Error,
    rule: false,
    what: "A conflict names a figure that doesn't exist, and under which none stands.",
    why: "The figure that the conflict is about would show without it.",
    example: "[too-high]\nfigures = [\"bands.l1.totl\"]",
    mend: "Write the figure's id; `bands.l1` covers all of a row, `bands.l1.total` all sides of a cell.",
};

static TERM_PAIR: Code = Code {
    name: "term-pair",
    severity: Severity::Error,
    rule: false,
    what: "A term is not to be confused with one that no set of terms holds, or with itself.",
    why: "Readers would see an id in place of the other term, and pages that use both would not be told apart.",
    example: "[vm]\nterm = \"virtual machine\"\ndefinition = \"…\"\nnot_to_confuse = \"vmn\"",
    mend: "Write the other term's id, or say in words what the term is not.",
};

static RELEASE: Code = Code {
    name: "release-figure",
    severity: Severity::Warning,
    rule: true,
    what: "A change of a release names a figure that doesn't exist.",
    why: "The list of releases leaves the change out.",
    example: "[[release.change]]\nfigure = \"bands.l3.totl\"",
    mend: "Write the figure's id. Where the figure was taken out since, say what changed in the release's `note`.",
};

/// Reports terms that name another by an id which none has. What is no id is a text, and may say anything.
pub(super) fn terms(
    sets: &[DataSet],
    known: &HashMap<Arc<str>, Place>,
    broken: &Broken,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let ids: Names<&str> = known.keys().map(|id| &**id).collect();
    let all = sets.iter().filter_map(|set| match &set.contents {
        Contents::Terms(terms) => Some((set, terms)),
        _ => None,
    });
    for (set, term) in all.clone().flat_map(|(set, terms)| terms.iter().map(move |term| (set, term))) {
        let Some(other) = term.not_to_confuse.as_ref() else { continue };
        let small = other.text.trim().to_lowercase();
        // One word in capitals is an id only if a term has it.
        if !is_part(&small) || (small != other.text.trim() && !known.contains_key(&*small)) {
            continue;
        }
        let id = other.text.trim();
        let is_lost = || all.clone().any(|(set, _)| broken.covers(&format!("{}.{id}", set.name)));
        if id == &*term.id {
            let message = format!("`{}` is not to be confused with itself", term.id);
            diagnostics.push(Diagnostic::new(&TERM_PAIR, &other.place, message).help("write the other term's id"));
        } else if !known.contains_key(id) && !is_lost() {
            let message = format!("no set of terms holds `{id}`, which `{}.{}` names", set.name, term.id);
            let problem = Diagnostic::new(&TERM_PAIR, &other.place, message);
            diagnostics.push(match ids.near(id).into_iter().find(|known| *known != &*term.id) {
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help("write the other term's id, or say in words what the term is not"),
            });
        }
    }
}

/// Reports cited sources that don't exist.
pub(super) fn sources(
    cited: &[Text],
    known: &HashMap<Arc<str>, Place>,
    broken: &Broken,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if broken.has_sources() {
        return;
    }
    let ids: Names<&str> = known.keys().map(|id| &**id).collect();
    for source in cited.iter().filter(|source| !known.contains_key(&source.text)) {
        let problem = Diagnostic::new(&UNKNOWN_SOURCE, &source.place, format!("there is no source `{}`", source.text))
            .subject(Subject::Source(Arc::clone(&source.text)));
        diagnostics.push(match ids.nearest(&source.text) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if source.text.trim().is_empty() => {
                problem.help("write the id of a source between the quotes, or remove them")
            }
            None => problem.help(format!("add [{}] with a title to a file with kind = \"sources\"", source.text)),
        });
    }
}

/// Reports figures that cells of type `figure` and `figures` name, and that don't exist.
pub(super) fn columns(sets: &[DataSet], figures: &Figures, broken: &mut Broken, diagnostics: &mut Vec<Diagnostic>) {
    for set in sets {
        let (Contents::Table(table) | Contents::Facts(table)) = &set.contents else { continue };
        for (row, cell) in table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell))) {
            let Ok(CellValue::Figures(named)) = &cell.value else { continue };
            for named in named.iter().filter(|named| figures.get(&named.text).is_none()) {
                if !broken.covers(&named.text) {
                    let absence = absence(&named.text, sets, &|id| figures.get(id));
                    let problem = unknown_figure(&CELL, named, absence, CELL_HELP, figures.names(), |_| true);
                    broken.cell(&set.name, &row.id, diagnostics.report(problem));
                }
            }
        }
    }
}

/// Reports conflicts about figures that don't exist. One id covers what is below it.
pub(super) fn conflicts(sets: &[DataSet], figures: &Figures, broken: &mut Broken, diagnostics: &mut Vec<Diagnostic>) {
    for set in sets {
        let Contents::Conflicts(entries) = &set.contents else { continue };
        for entry in entries {
            let all: HashSet<&str> = entry.figures.iter().map(|named| &*named.text).collect();
            let is_free = |id: &str| !all.contains(id);
            for named in &entry.figures {
                let exists = figures.get(&named.text).is_some() || !figures.below(&named.text).is_empty();
                if !exists && !broken.covers(&named.text) {
                    let absence = absence(&named.text, sets, &|id| figures.get(id));
                    let problem = unknown_figure(&CONFLICT, named, absence, CONFLICT_HELP, figures.names(), is_free);
                    broken.row(&set.name, &entry.id, diagnostics.report(problem));
                }
            }
        }
    }
}

/// Reports changes of figures that don't exist.
pub(super) fn releases(sets: &[DataSet], figures: &Figures, broken: &Broken, diagnostics: &mut Vec<Diagnostic>) {
    let all = sets.iter().filter_map(|set| match &set.contents {
        Contents::Releases(releases) => Some(releases),
        _ => None,
    });
    for named in all.flatten().flat_map(|release| &release.changes).map(|change| &change.figure) {
        let exists = figures.get(&named.text).is_some() || !figures.below(&named.text).is_empty();
        if exists || broken.covers(&named.text) {
            continue;
        }
        if let Some(absence) = absence(&named.text, sets, &|id| figures.get(id)) {
            diagnostics.push(absence.problem(&RELEASE, &named.place, RELEASE_HELP).missing(&named.text, None));
            continue;
        }
        let problem = Diagnostic::new(&RELEASE, &named.place, format!("there is no figure `{}`", named.text))
            .missing(&named.text, Some(RELEASE_HELP));
        let gone = "if it was taken out since, say so in the release's `note` and remove this change";
        diagnostics.push(match figures.names().nearest(&named.text) {
            Some(near) => problem.help(format!("did you mean `{near}`? {gone}")),
            None => problem.help(format!("write a figure's whole id, such as `plans.small.server`; {gone}")),
        });
    }
}

/// A figure that doesn't exist: the reason where the data have one, else the nearest id, or what is below where the id names more than
/// one figure. `if_gone` is the help where the figure is missing for a reason.
pub(in crate::data) fn unknown_figure(
    code: &'static Code,
    named: &Text,
    absence: Option<Absence>,
    if_gone: &'static str,
    known: &Names<Arc<str>>,
    is_free: impl Fn(&str) -> bool,
) -> Diagnostic {
    if let Some(absence) = absence {
        return absence.problem(code, &named.place, if_gone).missing(&named.text, None);
    }
    let problem = Diagnostic::new(code, &named.place, format!("there is no figure `{}`", named.text))
        .missing(&named.text, Some(if_gone));
    let set = named.text.split('.').next().unwrap_or("");
    let problem = match known.beginning_with(&format!("{set}.")).next() {
        Some(_) => problem,
        None => problem.subject(Subject::Set(set.into())),
    };
    if let Some(below) = known.beginning_with(&format!("{}.", named.text)).find(|id| is_free(id)) {
        return problem.help(format!("name one of the figures below it, such as `{below}`"));
    }
    match known.near(&named.text).into_iter().find(|id| is_free(id)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => {
            let own = known.beginning_with("").find(|id| is_free(id)).map_or("plans.small.server", |id| id);
            problem.help(format!("write a figure's whole id, such as `{own}`; `bandbook figures` lists them"))
        }
    }
}
