//! What a block asks for by name: its set, rows and columns, held against what there is.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::Arc;

use crate::data::{Data, DataSet, Ids};
use crate::diagnostic::{Code, Diagnostic, Severity, Subject, nearest};
use crate::document::Text;
use crate::work;

pub(super) static SET: Code = Code {
    name: "block-set",
    severity: Severity::Error,
    rule: false,
    what: "A block names a data set that does not exist.",
    why: "There is nothing to show.",
    example: "```table band\n```",
    mend: "Write the name of a file in content/data/ without its ending; the message names the nearest one.",
};
pub(super) static ROW: Code = Code {
    name: "block-row",
    severity: Severity::Error,
    rule: false,
    what: "A block asks for a row that its set does not hold.",
    why: "The row would silently be missing from the page.",
    example: "rows = [\"l33\"]",
    mend: "Use the row's id from the data file; the message names the nearest one.",
};
pub(super) static COLUMN: Code = Code {
    name: "block-column",
    severity: Severity::Error,
    rule: false,
    what: "A block asks for a column or field that its set does not hold.",
    why: "The column would silently be missing from the page.",
    example: "columns = [\"titel\"]",
    mend: "Use one of the set's columns; the message names the nearest one.",
};
pub(super) static KIND: Code = Code {
    name: "block-kind",
    severity: Severity::Error,
    rule: false,
    what: "A block can't show a set of this kind.",
    why: "A glossary has no columns, and a list of sources has nothing to draw.",
    example: "```table terms\n```",
    mend: "Use the block that the message names.",
};
pub(super) static FIGURE: Code = Code {
    name: "block-figure",
    severity: Severity::Error,
    rule: false,
    what: "A block asks for a figure that no data set holds.",
    why: "The figure would silently be missing from the page.",
    example: "figures = [\"bands.l3.total.medain\"]",
    mend: "Use the figure's id; the message names the nearest one.",
};

/// What to do in a block about a row that is gone from the data.
const ROW_HELP: &str = "take the row out of the block, or correct the data if they are wrong";

/// So many ids are named to choose from.
const MOST_NAMED: usize = 12;

/// The set that a block names.
pub(super) fn find_set<'a>(data: &'a Data, name: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<&'a DataSet> {
    let found = data.set(&name.text);
    // A set whose file is broken is not the page's fault.
    if found.is_none() && !data.is_broken(&name.text) {
        let problem = Diagnostic::new(&SET, &name.place, format!("there is no data set `{}`", name.text))
            .subject(Subject::Set(Arc::clone(&name.text)));
        diagnostics.push(match nearest(&name.text, data.sets.iter().map(|set| &*set.name)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("write the name of a file in content/data/, without .toml"),
        });
    }
    found
}

/// The wanted ones of some ids, in the wanted order; all where none are wanted. Unknown ones are reported.
pub(super) fn choose(
    wanted: &[Text],
    known: &Ids,
    set: &str,
    code: &'static Code,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<str>> {
    choose_or(wanted, known, &mut |text, free| diagnostics.push(unknown_among(text, free, set, code)))
}

/// The same; `report` is given each unknown id, with the ids that it may stand for.
fn choose_or<'a>(wanted: &'a [Text], known: &'a Ids, report: &mut dyn FnMut(&Text, &Free<'a>)) -> Vec<Arc<str>> {
    if wanted.is_empty() {
        return known.in_order().to_vec();
    }
    // What is named already was hardly meant once more.
    let taken = || wanted.iter().map(|text| &*text.text).filter(|id| known.position(id).is_some()).collect();
    let free = LazyCell::new(|| Free::new(known, taken()));
    let mut chosen = Vec::with_capacity(wanted.len());
    for text in wanted {
        match known.position(&text.text) {
            Some(at) => chosen.push(Arc::clone(&known.in_order()[at])),
            None => report(text, &free),
        }
    }
    chosen
}

/// The wanted ones of a set's rows. Nothing is said of those that its file holds and that could not be read.
pub(super) fn choose_rows(
    wanted: &[Text],
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<str>> {
    let known = set.ids();
    choose_or(wanted, known, &mut |row, free| {
        let id = format!("{}.{}", set.name, row.text);
        if !data.is_broken(&id) {
            diagnostics.push(unknown_among(row, free, &set.name, &ROW).missing(&id, Some(ROW_HELP)));
        }
    })
}

/// The ids that an unknown one may stand for.
struct Free<'a> {
    known: &'a Ids,
    /// Those that it can't stand for, since they are named too.
    taken: HashSet<&'a str>,
    /// The first of the others, one more than a message names.
    first: Vec<&'a str>,
}

impl<'a> Free<'a> {
    /// All known ids but those that are taken, or all where none is left.
    fn new(known: &'a Ids, mut taken: HashSet<&'a str>) -> Self {
        if taken.len() == known.in_order().len() {
            taken.clear();
        }
        let ids = known.in_order().iter().map(AsRef::as_ref).inspect(|_| work::steps(1));
        let first = ids.filter(|id| !taken.contains(id)).take(MOST_NAMED + 1).collect();
        Self { known, taken, first }
    }
}

pub(super) fn unknown(text: &Text, known: &Ids, taken: &HashSet<&str>, set: &str, code: &'static Code) -> Diagnostic {
    unknown_among(text, &Free::new(known, taken.clone()), set, code)
}

fn unknown_among(text: &Text, free: &Free<'_>, set: &str, code: &'static Code) -> Diagnostic {
    let problem = Diagnostic::new(code, &text.place, format!("`{set}` has no `{}`", text.text));
    match free.known.near(&text.text).into_iter().find(|id| !free.taken.contains(id)) {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")),
        None => {
            let named = free.first.get(..MOST_NAMED).unwrap_or(&free.first);
            let more = if free.first.len() > MOST_NAMED { ", …" } else { "" };
            problem.help(format!("use one of {}{more}", named.join(", ")))
        }
    }
}
