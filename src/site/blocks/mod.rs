//! Blocks, resolved: which rows and columns of which set they show.

pub mod compare;
pub mod chart;
mod column;
pub mod facts;
pub mod list;
pub mod place;
mod pivot;
mod rows;
pub mod table;
mod wanted;

use std::sync::Arc;

use wanted::{COLUMN, FIGURE, KIND, ROW, SET, choose, choose_rows, find_set, unknown};

use crate::content::{Block, BlockKind, Gaps, TableBlock};
use crate::data::{Contents, Data, DataSet};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::Text;

/// A block that knows what it shows.
#[derive(Clone, Debug)]
pub enum ResolvedBlock {
    /// `table SET`
    Table(table::ResolvedTable),
    /// `chart SET`
    Chart(chart::ResolvedChart),
    /// `list SET`
    List(list::ResolvedList),
    /// `facts`: ids of figures.
    Facts(Vec<Arc<str>>),
    /// `tool place`
    Place(place::ResolvedPlace),
    /// `tool compare`
    Compare(compare::ResolvedCompare),
    /// `block NAME`
    Own(ResolvedOwn),
}

/// A block with a template of the site's own.
#[derive(Clone, Debug)]
pub struct ResolvedOwn {
    /// The template's name.
    pub name: Text,
    /// What it is given: the sets that it names, in order.
    pub tables: Vec<table::ResolvedTable>,
}

impl ResolvedOwn {
    /// The template's path.
    pub fn template(&self) -> String {
        format!("blocks/{}.html", self.name.text)
    }
}

pub(super) static CODES: &[&Code] = &[
    &SET,
    &ROW,
    &COLUMN,
    &KIND,
    &FIGURE,
    &rows::CHOICE,
    &pivot::PIVOT,
    &place::EMPTY,
    &place::UNITS,
    &place::WORDS,
    &chart::OPTION,
    &chart::SCALE,
    &chart::ROWS,
];

impl ResolvedBlock {
    /// Ids of all figures that the block shows.
    pub fn figures(&self) -> Vec<&str> {
        match self {
            Self::Table(table) => table.figures(),
            Self::Chart(chart) => chart.figures(),
            Self::List(list) => list.figures(),
            Self::Facts(ids) => ids.iter().map(AsRef::as_ref).collect(),
            Self::Place(tool) => tool.figures(),
            Self::Compare(tool) => tool.figures(),
            Self::Own(own) => own.tables.iter().flat_map(table::ResolvedTable::figures).collect(),
        }
    }

    /// The set that the block shows; nothing for figures of several.
    pub fn set(&self) -> Option<&str> {
        match self {
            Self::Table(table) => Some(&table.set),
            Self::List(list) => Some(&list.set),
            Self::Chart(chart) => Some(&chart.set),
            Self::Place(tool) => Some(&tool.set),
            Self::Compare(tool) => Some(&tool.set),
            Self::Facts(_) | Self::Own(_) => None,
        }
    }

    /// Ids that the block gives to its rows and entries.
    pub fn anchors(&self) -> Vec<String> {
        match self {
            Self::Table(table) => table.rows.iter().map(|row| row.id.to_string()).collect(),
            Self::List(list) => list.rows.iter().map(|row| list.contents.anchor(row)).collect(),
            Self::Chart(_) | Self::Facts(_) | Self::Place(_) | Self::Compare(_) | Self::Own(_) => Vec::new(),
        }
    }
}

/// Resolves a block; what is wrong with it is reported at its own option. What it may lack because of that comes with it.
pub(super) fn resolve(block: &Block, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> (Option<ResolvedBlock>, Gaps) {
    let mut gaps = Gaps::NONE;
    let mut problems = Vec::new();
    let resolved = resolve_with(block, data, &mut problems);
    let set = match &block.kind {
        BlockKind::Table(table) => Some(&table.set),
        BlockKind::List(list) => Some(&list.set),
        BlockKind::Chart(chart) => Some(&chart.set),
        BlockKind::Place(tool) => Some(&tool.set),
        BlockKind::Compare(tool) => Some(&tool.set),
        BlockKind::Facts(_) | BlockKind::Own(_) => None,
    };
    // What a set could not say is not the page's fault, and of what a block could not say nothing more is known.
    let lost = set.and_then(|set| data.reported(&set.text)).or(block.whole.err());
    if let Some(reported) = lost {
        gaps.hide_text(reported);
        return (resolved, gaps);
    }
    if let Some(reported) = set.and_then(|set| data.reported_below(&set.text)) {
        gaps.hide_anchors(reported);
    }
    for problem in problems {
        let reported = diagnostics.report(problem);
        match &resolved {
            Some(resolved) if resolved.anchors().len() >= block.wanted_rows() => gaps.hide_links(reported),
            _ => gaps.hide_text(reported),
        }
    }
    (resolved, gaps)
}

fn resolve_with(block: &Block, data: &Data, diagnostics: &mut Vec<Diagnostic>) -> Option<ResolvedBlock> {
    match &block.kind {
        BlockKind::Table(table) => {
            let set = find_set(data, &table.set, diagnostics)?;
            resolve_table(table, set, data, diagnostics).map(ResolvedBlock::Table)
        }
        BlockKind::List(list) => {
            let set = find_set(data, &list.set, diagnostics)?;
            list::resolve(list, set, data, diagnostics).map(ResolvedBlock::List)
        }
        BlockKind::Facts(facts) => Some(ResolvedBlock::Facts(facts::resolve(facts, data, diagnostics))),
        BlockKind::Place(tool) => place::resolve(tool, data, diagnostics).map(ResolvedBlock::Place),
        BlockKind::Compare(tool) => compare::resolve(tool, data, diagnostics).map(ResolvedBlock::Compare),
        BlockKind::Own(own) => {
            let tables = own.sets.iter().filter_map(|block| {
                let set = find_set(data, &block.set, diagnostics)?;
                if set.table().is_none() {
                    let message = format!("a template can't be given `{}`, which is no table", set.name);
                    let problem = Diagnostic::new(&KIND, &block.set.place, message);
                    diagnostics.push(problem.help("name tables and facts in `sets`"));
                    return None;
                }
                resolve_table(block, set, data, diagnostics)
            });
            Some(ResolvedBlock::Own(ResolvedOwn { tables: tables.collect(), name: own.name.clone() }))
        }
        BlockKind::Chart(chart) => {
            let set = find_set(data, &chart.set, diagnostics)?;
            chart::resolve(chart, set, data, diagnostics).map(ResolvedBlock::Chart)
        }
    }
}

/// What a `table` block shows of a set, or a block with a template of the site's own.
fn resolve_table(
    block: &TableBlock,
    set: &DataSet,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<table::ResolvedTable> {
    if set.table().is_none() {
        let problem = Diagnostic::new(&KIND, &block.set.place, format!("a table can't show `{}`", set.name));
        diagnostics.push(problem.help(format!("write ```list {}", set.name)));
        return None;
    }
    let mut ids = rows::sorted(&block.rows, set, data, diagnostics);
    if let Some(key) = &block.pivot {
        return pivot::resolve(block, key, &ids, set, data, diagnostics);
    }
    let all = rows::limit(&block.rows, &mut ids, diagnostics);
    let (columns, rows) = match &set.contents {
        Contents::Table(table) => table::rows_table(&block.columns, &ids, set, table, data, diagnostics),
        _ => table::facts_table(block, &ids, set, data, diagnostics),
    };
    Some(table::ResolvedTable { set: Arc::clone(&set.name), columns, rows, all })
}
