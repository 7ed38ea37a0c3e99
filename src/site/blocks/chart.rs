//! The `chart` block: which figures are drawn, in which order, and what they have to do with each other.
//!
//! Where they are drawn is decided in `render`.

use std::collections::HashSet;
use std::sync::Arc;

use super::{COLUMN, KIND, choose, choose_rows, facts};
use crate::content::ChartBlock;
use crate::data::notation::unit_name;
use crate::data::{Amount, CellValue, Column, Contents, Data, DataSet, Figure, Ids, Table, Unit};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::document::Text;

/// A chart that knows its figures.
#[derive(Clone, Debug)]
pub struct ResolvedChart {
    /// The set's name.
    pub set: Arc<str>,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a chart draws, by its kind.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// Each measure's ranges by row, below each other.
    Range(Vec<Series>),
    /// Each measure's ranges by row, as small charts side by side.
    Parts(Vec<Series>),
    /// Each measure's ranges with what neighbors share, or leave open between them.
    Overlap(Vec<Series>),
    /// The rungs of a ladder, the lowest first.
    Ladder(Vec<ChartRung>),
    /// Durations on one scale: ids of figures.
    Timeline(Vec<Arc<str>>),
    /// Ids of figures in pairs.
    Dumbbell(Vec<[Arc<str>; 2]>),
}

/// The rows of one measure.
#[derive(Clone, Debug)]
pub struct Series {
    /// The measure's title; nothing for single figures.
    pub title: Option<Text>,
    /// Its figures in order.
    pub bars: Vec<Bar>,
}

/// A row of a measure.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The figure's id.
    pub figure: Arc<str>,
    /// The id of its stated median.
    pub median: Option<Arc<str>>,
    /// The id of what it shares with the bar after it, or of the gap between the two.
    pub joint: Option<Arc<str>>,
}

/// A rung that is drawn.
#[derive(Clone, Debug)]
pub struct ChartRung {
    /// Its id.
    pub rung: Arc<str>,
    /// The id of the figure that prices it.
    pub figure: Option<Arc<str>>,
}

pub(super) static OPTION: Code = Code {
    name: "chart-option",
    severity: Severity::Error,
    rule: false,
    what: "A chart is given an option that its kind does not take, or lacks the one that it needs.",
    why: "What the option asks for would silently be missing from the drawing.",
    example: "```chart ladder\nkind = \"ladder\"\nmeasures = [\"total\"]\n```",
    mend: "Bands take `rows` and `measures`, a ladder takes `rows`, timelines and dumbbells take `figures`.",
};
pub(super) static SCALE: Code = Code {
    name: "chart-scale",
    severity: Severity::Error,
    rule: false,
    what: "A chart is asked to set figures on one scale that have none in common.",
    why: "Dollars beside months, or one tier of employers beside the whole market, would be compared by eye without meaning.",
    example: "figures = [\"facts.transition-time\", \"facts.premium\"]",
    mend: "Draw figures of one unit and one scope in a chart, and the others in a chart of their own.",
};
pub(super) static PAIRS: Code = Code {
    name: "chart-pairs",
    severity: Severity::Error,
    rule: false,
    what: "A chart that compares figures two by two is given one that has no partner.",
    why: "There is nothing to draw a line to.",
    example: "kind = \"dumbbell\"\nfigures = [\"facts.a\"]",
    mend: "Name the figures in pairs: the first of one role, then of the other, and so on; neighbors for an overlap.",
};

impl ResolvedChart {
    pub(super) fn figures(&self) -> Vec<&str> {
        match &self.drawing {
            Drawing::Range(series) | Drawing::Parts(series) | Drawing::Overlap(series) => {
                let bars = series.iter().flat_map(|series| &series.bars);
                let ids = bars.flat_map(|bar| [Some(&bar.figure), bar.median.as_ref(), bar.joint.as_ref()]);
                ids.flatten().map(AsRef::as_ref).collect()
            }
            Drawing::Ladder(rungs) => rungs.iter().filter_map(|rung| rung.figure.as_deref()).collect(),
            Drawing::Timeline(ids) => ids.iter().map(AsRef::as_ref).collect(),
            Drawing::Dumbbell(pairs) => pairs.iter().flatten().map(AsRef::as_ref).collect(),
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
    let kind = &*block.kind.text;
    let drawing = match (kind, &set.contents) {
        ("range", _) if !block.figures.is_empty() => {
            refuse(&block.rows, "rows", block, diagnostics);
            refuse(&block.measures, "measures", block, diagnostics);
            let figures = on_one_scale(block, data, diagnostics);
            let bars = figures.iter().map(|figure| Bar { figure: Arc::clone(&figure.id), median: None, joint: None });
            Drawing::Range(vec![Series { title: None, bars: bars.collect() }])
        }
        ("range" | "parts" | "overlap", Contents::Table(table)) if numbers(table).next().is_some() => {
            refuse(&block.figures, "figures", block, diagnostics);
            let series = series(block, set, table, data, diagnostics);
            match kind {
                "range" => Drawing::Range(series),
                "parts" => Drawing::Parts(series),
                _ => Drawing::Overlap(series),
            }
        }
        ("ladder", Contents::Table(table)) if names_figures(table) => {
            refuse(&block.measures, "measures", block, diagnostics);
            refuse(&block.figures, "figures", block, diagnostics);
            Drawing::Ladder(rungs(block, set, table, data, diagnostics))
        }
        ("timeline" | "dumbbell", Contents::Table(_) | Contents::Facts(_)) => {
            refuse(&block.rows, "rows", block, diagnostics);
            refuse(&block.measures, "measures", block, diagnostics);
            let figures = on_one_scale(block, data, diagnostics);
            if kind == "timeline" {
                Drawing::Timeline(durations(block, &figures, diagnostics))
            } else {
                Drawing::Dumbbell(pairs(block, &figures, diagnostics))
            }
        }
        _ => {
            diagnostics.push(misfit(block, set));
            return None;
        }
    };
    // Half a drawing would show a comparison that nobody asked for.
    (diagnostics.len() == before).then(|| ResolvedChart { set: Arc::clone(&set.name), drawing })
}

/// Reports a kind that can't draw the set, with the kinds that can.
fn misfit(block: &ChartBlock, set: &DataSet) -> Diagnostic {
    let kind = &block.kind.text;
    let (what, kinds) = match &set.contents {
        Contents::Table(table) if numbers(table).next().is_some() => {
            ("rows of numbers", "\"range\", \"parts\" or \"overlap\"")
        }
        Contents::Table(table) if names_figures(table) => ("rows that name figures", "\"ladder\""),
        Contents::Facts(_) => ("single figures", "\"range\", \"timeline\" or \"dumbbell\" with `figures`"),
        _ => {
            let problem = format!("a chart can't draw `{}`, which holds no figures", set.name);
            return Diagnostic::new(&KIND, &block.set.place, problem)
                .help(format!("write ```table {0} or ```list {0}", set.name));
        }
    };
    Diagnostic::new(
        &KIND,
        &block.kind.place,
        format!("a chart of kind `{kind}` can't draw `{}`, which holds {what}", set.name),
    )
    .help(format!("write one of the kinds that can: {kinds}"))
}

/// Reports an option that the chart's kind does not take.
fn refuse(option: &[Text], name: &str, block: &ChartBlock, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(first) = option.first() {
        let kind = &*block.kind.text;
        let (chart, takes) = match kind {
            "range" if !block.figures.is_empty() => ("a chart of single figures".to_owned(), "`figures`"),
            "range" | "parts" | "overlap" => (format!("a chart of kind `{kind}`"), "`rows` and `measures`"),
            "ladder" => (format!("a chart of kind `{kind}`"), "`rows`"),
            _ => (format!("a chart of kind `{kind}`"), "`figures`"),
        };
        // The option itself stands at the start of its line, before its first value.
        let source = &first.place.source;
        let before = source.text().get(..first.place.span.start as usize).unwrap_or("");
        let key = before.rfind(name).map(|at| Place::new(source, at..at + name.len()));
        let place = key.as_ref().unwrap_or(&first.place);
        let problem = Diagnostic::new(&OPTION, place, format!("{chart} takes no `{name}`"));
        diagnostics.push(problem.help(format!("remove the line; such a chart takes {takes}")));
    }
}

fn series(
    block: &ChartBlock,
    set: &DataSet,
    table: &Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Series> {
    let kind = &*block.kind.text;
    let rows = choose_rows(&block.rows, set, data, diagnostics);
    if kind == "overlap" {
        neighbors(block, set, &rows, diagnostics);
    }
    let measures: Ids = numbers(table).map(|column| Arc::clone(&column.id)).collect::<Vec<_>>().into();
    let measures = match &block.measures[..] {
        [] => usual_measures(kind, table),
        wanted => choose(wanted, &measures, &set.name, &COLUMN, diagnostics),
    };
    let id = |rest: String| data.figures.get(&format!("{}.{rest}", set.name)).map(|figure| Arc::clone(&figure.id));
    let joint = |row: &str, next: &str, measure: &str| {
        let both = [format!("{row}-to-{next}"), format!("{next}-to-{row}")];
        let sides = both.iter().flat_map(|pair| ["overlap", "gap"].map(|side| format!("{pair}.{measure}.{side}")));
        sides.into_iter().find_map(id)
    };
    let bars = |measure: &str| {
        let bar = |(at, row): (usize, &Arc<str>)| {
            Some(Bar {
                figure: id(format!("{row}.{measure}"))?,
                median: (kind != "parts").then(|| id(format!("{row}.{measure}.median"))).flatten(),
                joint: rows.get(at + 1).filter(|_| kind == "overlap").and_then(|next| joint(row, next, measure)),
            })
        };
        rows.iter().enumerate().filter_map(bar).collect()
    };
    let measures = measures.iter().filter_map(|id| table.columns.iter().find(|column| column.id == *id));
    measures.map(|measure| Series { title: Some(measure.title.clone()), bars: bars(&measure.id) }).collect()
}

/// Whether a table has a column whose cells each name a figure.
fn names_figures(table: &Table) -> bool {
    table.columns.iter().any(|column| column.kind.is_figure())
}

/// The columns of a table that hold numbers.
fn numbers(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.kind.is_number())
}

/// The columns of a chart that names none: those that are typed, or the first of them.
fn usual_measures(kind: &str, table: &Table) -> Vec<Arc<str>> {
    let typed = numbers(table).filter(|column| column.formula.is_none()).map(|column| Arc::clone(&column.id));
    if kind == "parts" { typed.collect() } else { typed.take(1).collect() }
}

/// Reports rows between which nothing can be shared, since they don't follow each other in the file.
fn neighbors(block: &ChartBlock, set: &DataSet, rows: &[Arc<str>], diagnostics: &mut Vec<Diagnostic>) {
    if let ([only], Some(typed)) = (rows, block.rows.first()) {
        let problem = Diagnostic::new(&PAIRS, &typed.place, format!("`{only}` alone overlaps with nothing"));
        diagnostics.push(problem.help("name two rows or more that follow each other in the data file"));
    }
    for pair in block.rows.windows(2) {
        if let [one, other] = pair
            && let (Some(first), Some(second)) = (set.ids().position(&one.text), set.ids().position(&other.text))
            && first.abs_diff(second) != 1
        {
            let message = format!("`{}` and `{}` are no neighbors in `{}`", one.text, other.text, block.set.text);
            diagnostics.push(
                Diagnostic::new(&PAIRS, &other.place, message)
                    .help("name rows that follow each other in the data file, in its order"),
            );
        }
    }
}

fn rungs(
    block: &ChartBlock,
    set: &DataSet,
    table: &Table,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ChartRung> {
    let chosen: HashSet<Arc<str>> = choose_rows(&block.rows, set, data, diagnostics).into_iter().collect();
    let priced = table.columns.iter().position(|column| column.kind.is_figure());
    let rows = table.rows.iter().filter(|row| chosen.contains(&row.id));
    rows.map(|row| ChartRung {
        rung: Arc::clone(&row.id),
        figure: match priced.map(|at| &row.cells[at].value) {
            Some(Ok(CellValue::Figures(ids))) => {
                ids.first().and_then(|id| data.figures.get(&id.text)).map(|figure| Arc::clone(&figure.id))
            }
            _ => None,
        },
    })
    .collect()
}

/// The figures that the block names; reported are unknown ones, and those that share no scale with the first.
fn on_one_scale<'d>(block: &ChartBlock, data: &'d Data, diagnostics: &mut Vec<Diagnostic>) -> Vec<&'d Figure> {
    if block.figures.is_empty() {
        let kind = &block.kind;
        let problem = Diagnostic::new(&OPTION, &kind.place, format!("a chart of kind `{}` needs `figures`", kind.text));
        diagnostics.push(problem.help(format!("add figures = [\"{}.…\", …] with the ids to draw", block.set.text)));
        return Vec::new();
    }
    let before = diagnostics.len();
    let ids = facts::figures(&block.figures, data, diagnostics);
    if diagnostics.len() > before {
        return Vec::new();
    }
    let figures: Vec<&Figure> = ids.iter().filter_map(|id| data.figures.get(id)).collect();
    if figures.len() < block.figures.len() || block.figures.iter().any(|text| data.is_broken(&text.text)) {
        return Vec::new();
    }
    let typed = figures.iter().zip(&block.figures);
    let Some((first, first_typed)) = typed.clone().next() else { return figures };
    for (figure, text) in typed {
        let scope = |figure: &Figure| figure.record.scope.as_ref().map(|scope| Arc::clone(&scope.text));
        let problem = |message| Diagnostic::new(&SCALE, &text.place, message);
        if matches!(figure.amount, Amount::Date(_)) {
            diagnostics
                .push(problem(format!("`{}` is a date, which has no place on a scale", figure.id)).help("remove it"));
        } else if !converts(&figure.unit, &first.unit) {
            let message = format!(
                "`{}` is {}, and `{}` {}",
                first.id,
                unit_name(&first.unit),
                figure.id,
                unit_name(&figure.unit)
            );
            let problem = problem(message).label(&first_typed.place, first.unit.to_string());
            diagnostics.push(problem.help("draw figures of one unit, one currency and one period"));
        } else if let (Some(one), Some(other)) = (scope(first), scope(figure))
            && one != other
        {
            let message = format!("`{}` holds for the scope `{one}`, and `{}` for `{other}`", first.id, figure.id);
            let problem = problem(message).label(&first_typed.place, one.to_string());
            diagnostics.push(problem.help("draw figures of one scope, and the others in a chart of their own"));
        }
    }
    // Figures that have no scale in common need not be held against each other.
    if diagnostics.len() > before { Vec::new() } else { figures }
}

/// Whether figures of two units fit on one scale.
fn converts(one: &Unit, other: &Unit) -> bool {
    one == other || one.is_time() && one.is_like(other)
}

fn durations(block: &ChartBlock, figures: &[&Figure], diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    if let (Some(first), Some(typed)) = (figures.first(), block.figures.first())
        && !first.unit.is_time()
    {
        let message = format!("`{}` is {}, and a timeline draws durations", first.id, unit_name(&first.unit));
        diagnostics
            .push(Diagnostic::new(&SCALE, &typed.place, message).help("write kind = \"range\" for other figures"));
    }
    figures.iter().map(|figure| Arc::clone(&figure.id)).collect()
}

fn pairs(block: &ChartBlock, figures: &[&Figure], diagnostics: &mut Vec<Diagnostic>) -> Vec<[Arc<str>; 2]> {
    for (figure, typed) in figures.iter().zip(&block.figures) {
        if matches!(figure.amount, Amount::Range(..)) {
            let message = format!("`{}` is a range, and a dumbbell sets single values side by side", figure.id);
            let help = format!("name one of its ends, such as \"{}.low\", or write kind = \"range\"", figure.id);
            diagnostics.push(Diagnostic::new(&PAIRS, &typed.place, message).help(help));
            return Vec::new();
        }
    }
    for pair in block.figures.chunks_exact(2) {
        if let [one, other] = pair
            && one.text == other.text
            && !figures.is_empty()
        {
            let message = format!("`{}` is set beside itself", other.text);
            let help = "name the figure that it should be compared with";
            diagnostics.push(Diagnostic::new(&PAIRS, &other.place, message).help(help));
        }
    }
    if let (1, Some(last)) = (figures.len() % 2, block.figures.last()) {
        let message = format!("`{}` has no partner", last.text);
        diagnostics
            .push(Diagnostic::new(&PAIRS, &last.place, message).help("name the figure to set beside it, or remove it"));
    }
    figures
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [one, other] => Some([Arc::clone(&one.id), Arc::clone(&other.id)]),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
