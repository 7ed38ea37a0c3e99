//! The `chart` block: which figures are drawn, in which order, and what they have to do with each other.
//!
//! `plots` makes series and rows of columns and figures, `fits` says whether they can be drawn together, `ladder` reads a
//! ladder. Where marks are drawn is decided in `render`.

mod fits;
mod ladder;
mod neighbors;
mod plot;
mod plots;

use std::sync::Arc;

use super::KIND;
use crate::content::ChartBlock;
use crate::data::{Column, Contents, Data, DataSet, Table};
use crate::diagnostic::{Diagnostic, Place};

pub use ladder::{ChartRung, Ladder};
pub use plot::{Mark, Plot, PlotKind, PlotName, PlotRow, SeriesName};
pub(super) use plot::{OPTION, ROWS, SCALE};

/// A chart that knows its figures.
#[derive(Clone, Debug)]
pub struct ResolvedChart {
    /// The set's name.
    pub set: Arc<str>,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a chart draws.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// Values on a scale; several plots are small charts side by side.
    Plots(PlotKind, Vec<Plot>),
    /// Rows that name figures, the lowest first.
    Ladder(Ladder),
}

impl ResolvedChart {
    pub(super) fn figures(&self) -> Vec<&str> {
        match &self.drawing {
            Drawing::Plots(_, plots) => {
                let rows = plots.iter().flat_map(|plot| &plot.rows);
                let ids = rows.flat_map(|row| {
                    let marks = row.marks.iter().flatten();
                    marks.flat_map(|mark| [Some(&mark.figure), mark.median.as_ref()]).chain([row.joint.as_ref()])
                });
                ids.flatten().map(AsRef::as_ref).collect()
            }
            Drawing::Ladder(ladder) => ladder.rungs.iter().filter_map(|rung| rung.figure.as_deref()).collect(),
        }
    }
}

/// What the block draws. What is wrong with it is reported at its own option, and nothing is drawn then.
pub(super) fn resolve(
    block: &ChartBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ResolvedChart> {
    let before = diagnostics.len();
    let kind = PlotKind::of(&block.kind.text);
    let single = kind.is_some_and(PlotKind::takes_figures) && !block.figures.is_empty();
    if block.figures.is_empty() && block.given.iter().any(|(name, _)| name == "figures") {
        // An empty list is reported already.
        return None;
    }
    let drawing = match (kind, &set.contents) {
        (Some(kind), Contents::Table(_) | Contents::Facts(_)) if single => {
            refuse(block, "a chart of single figures", &["figures"], diagnostics);
            Drawing::Plots(kind, plots::of_figures(kind, block, data, diagnostics))
        }
        (Some(kind), Contents::Table(table)) if table.columns.iter().any(holds_numbers) => {
            let chart = format!("a chart of kind `{}`", kind.word());
            refuse(block, &chart, kind.options(), diagnostics);
            let rows = plots::Rows { kind, block, set, table, data };
            Drawing::Plots(kind, rows.plots(diagnostics))
        }
        (Some(kind), Contents::Facts(_)) if kind.takes_figures() => {
            let message = format!("a chart of `{}`, which holds single figures, needs `figures`", set.name);
            let problem = Diagnostic::new(&OPTION, &block.kind.place, message);
            diagnostics.push(problem.help(format!("add figures = [\"{}.…\", …] with the ids to draw", set.name)));
            return None;
        }
        (None, Contents::Table(table)) if table.columns.iter().any(|column| column.kind.is_figure()) => {
            refuse(block, "a chart of kind `ladder`", &["y", "rows", "where", "branch", "group"], diagnostics);
            Drawing::Ladder(ladder::resolve(block, set, table, data, diagnostics))
        }
        _ => {
            diagnostics.push(misfit(block, set));
            return None;
        }
    };
    if let (Drawing::Plots(kind, plots), true) = (&drawing, diagnostics.len() == before) {
        fits::check(*kind, plots, block, data, diagnostics);
    }
    // Half a drawing would show a comparison that nobody asked for.
    (diagnostics.len() == before).then(|| ResolvedChart { set: Arc::clone(&set.name), drawing })
}

fn holds_numbers(column: &Column) -> bool {
    column.kind.is_number()
}

/// Reports a kind that can't draw the set, with the kinds that can.
fn misfit(block: &ChartBlock, set: &DataSet) -> Diagnostic {
    let is_plot = |table: &Table| table.columns.iter().any(holds_numbers);
    let (what, kinds) = match &set.contents {
        Contents::Table(table) if is_plot(table) => {
            ("rows of numbers", "\"range\", \"bar\", \"mix\", \"line\", \"dots\" or \"timeline\"")
        }
        Contents::Table(table) if table.columns.iter().any(|column| column.kind.is_figure()) => {
            ("rows that name figures", "\"ladder\"")
        }
        Contents::Facts(_) => {
            ("single figures", "\"range\", \"bar\", \"mix\", \"dots\" or \"timeline\", with `figures`")
        }
        _ => {
            let problem = format!("a chart can't draw `{}`, which holds no figures", set.name);
            return Diagnostic::new(&KIND, &block.set.place, problem)
                .help(format!("write ```table {0} or ```list {0}", set.name));
        }
    };
    let kind = &block.kind;
    let message = format!("a chart of kind `{}` can't draw `{}`, which holds {what}", kind.text, set.name);
    Diagnostic::new(&KIND, &kind.place, message).help(format!("write one of the kinds that can: {kinds}"))
}

/// Reports the options that a chart does not take.
fn refuse(block: &ChartBlock, chart: &str, takes: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    for (name, place) in &block.given {
        if !takes.contains(&name.as_str()) && !matches!(name.as_str(), "kind" | "caption") {
            let takes = takes.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let problem = Diagnostic::new(&OPTION, place, format!("{chart} takes no `{name}`"));
            diagnostics.push(problem.help(format!("remove the line; such a chart takes {takes}")));
        }
    }
}

/// The place of an option that is given; of `kind` where it is not.
fn option_place<'b>(block: &'b ChartBlock, name: &str) -> &'b Place {
    block.given.iter().find(|(given, _)| given == name).map_or(&block.kind.place, |(_, place)| place)
}

#[cfg(test)]
mod tests;
