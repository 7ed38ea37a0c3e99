//! The `facts` block: a page's quick facts.

use std::sync::Arc;

use super::FIGURE;
use crate::content::FactsBlock;
use crate::data::Data;
use crate::diagnostic::{Diagnostic, Subject};
use crate::document::Text;

/// What to do in a block about a figure that doesn't exist.
const HELP: &str = "take the id out of the block, or correct the data if they are wrong";

/// The figures that the block names; unknown ones are reported.
pub(super) fn resolve(block: &FactsBlock, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    figures(&block.figures, data, diagnostics)
}

/// The figures of a list of ids; unknown ones are reported with the nearest.
pub fn figures(wanted: &[Text], data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    let mut found = Vec::with_capacity(wanted.len());
    for text in wanted {
        match data.figures.get(&text.text) {
            Some(figure) => {
                diagnostics.extend(data.figures.old_name(&text.text, &text.place));
                found.push(Arc::clone(&figure.id));
            }
            // What a broken data file would have held is not the page's fault.
            None if data.is_broken(&text.text) => (),
            None => {
                if let Some(absence) = data.absence(&text.text) {
                    diagnostics.push(absence.problem(&FIGURE, &text.place, HELP).missing(&text.text, None));
                    continue;
                }
                let problem = Diagnostic::new(&FIGURE, &text.place, format!("there is no figure `{}`", text.text))
                    .missing(&text.text, Some(HELP));
                let problem = match data.figures.names().nearest(&text.text) {
                    Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                    None => {
                        problem.help("write a figure's id: the set, the row, the measure, such as \"bands.l3.total\"")
                    }
                };
                let set = text.text.split('.').next().filter(|set| !set.is_empty() && data.set(set).is_none());
                diagnostics.push(match set {
                    Some(set) => problem.subject(Subject::Set(set.into())),
                    None => problem,
                });
            }
        }
    }
    found
}
