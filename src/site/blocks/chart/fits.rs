//! Whether the figures of a chart can be drawn together, and by its kind.

use std::sync::Arc;

use super::{Mark, OPTION, Plot, PlotKind, SCALE};
use crate::content::ChartBlock;
use crate::data::notation::unit_name;
use crate::data::{Amount, Data, Figure, Number, Unit};
use crate::diagnostic::Diagnostic;

/// The most rows that are drawn: the most points of a line.
const MOST_ROWS: usize = 500;
/// The most lines that color, dash and mark tell apart.
const MOST_LINES: usize = 12;
/// What the shares of a whole may add up to, in percent, since they are rounded.
const MOST_PERCENT: i64 = 101;

/// Reports the first figure of each plot that can't be drawn with the others.
pub(super) fn check(
    kind: PlotKind,
    plots: &[Plot],
    block: &ChartBlock,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for plot in plots {
        if plot.rows.len() > MOST_ROWS {
            let message = format!("the chart has {} rows, and at most {MOST_ROWS} are drawn", plot.rows.len());
            let problem = Diagnostic::new(&OPTION, &block.kind.place, message);
            diagnostics.push(problem.help("choose some of them with `rows` or `where`"));
            return;
        }
        if kind == PlotKind::Line && plot.series.len() > MOST_LINES {
            let count = plot.series.len();
            let message = format!("the chart has {count} lines, and at most {MOST_LINES} can be told apart");
            let help = "choose some of them with `rows` or `where`, or draw several columns with panels = true";
            diagnostics.push(Diagnostic::new(&OPTION, &block.kind.place, message).help(help));
            return;
        }
        let marks = plot.rows.iter().flat_map(|row| row.marks.iter().flatten());
        let figures: Vec<(&Mark, &Figure)> =
            marks.filter_map(|mark| Some((mark, data.figures.get(&mark.figure)?))).collect();
        let is_single = !block.figures.is_empty();
        let Some(first) = figures.iter().find(|(_, figure)| is_single || figure.amount.first().is_some()) else {
            continue;
        };
        if let Some(problem) = figures.iter().find_map(|other| misfit(kind, *first, *other, is_single)) {
            diagnostics.push(problem);
            return;
        }
        if kind == PlotKind::Mix
            && let Some(problem) = plot.rows.iter().find_map(|row| overfull(&row.marks, data))
        {
            diagnostics.push(problem);
            return;
        }
    }
}

/// Why a figure can't be drawn beside the first.
fn misfit(kind: PlotKind, first: (&Mark, &Figure), other: (&Mark, &Figure), is_single: bool) -> Option<Diagnostic> {
    let ((first_mark, first), (mark, figure)) = (first, other);
    let problem = |message: String| Diagnostic::new(&SCALE, &mark.place, message);
    let id = &figure.id;
    let scope = |figure: &Figure| figure.record.scope.as_ref().map(|scope| Arc::clone(&scope.text));
    match &figure.amount {
        Amount::Date(_) => {
            return Some(problem(format!("`{id}` is a date, which has no place on a scale")).help("remove it"));
        }
        Amount::Unstated | Amount::Text(_) if !is_single => return None,
        Amount::Range(..) | Amount::From(_) | Amount::To(_)
            if !matches!(kind, PlotKind::Range | PlotKind::Timeline) =>
        {
            let help = "name one of its ends, with `.low` or `.high` behind the name, or write kind = \"range\"";
            let message = format!("`{id}` is a range, and a chart of kind `{}` draws single values", kind.word());
            return Some(problem(message).help(help));
        }
        Amount::One(value) if kind == PlotKind::Mix && value.is_negative() => {
            let message = format!("`{id}` is below zero, and no part of a whole can be");
            return Some(problem(message).help("write kind = \"bar\", which draws values below zero"));
        }
        _ => (),
    }
    if kind == PlotKind::Timeline && !figure.unit.is_time() {
        let message = format!("`{id}` is {}, and a timeline draws durations", unit_name(&figure.unit));
        return Some(problem(message).help("write kind = \"range\" for other figures"));
    }
    if !converts(&figure.unit, &first.unit) {
        let (one, other) = (unit_name(&first.unit), unit_name(&figure.unit));
        let problem = problem(format!("`{}` is {one}, and `{id}` {other}", first.id))
            .label(&first_mark.place, first.unit.to_string());
        return Some(problem.help(match is_single {
            true => "draw figures of one unit, one currency and one period",
            false => "draw columns and rows of one unit, or add panels = true for a small chart of each column",
        }));
    }
    match (scope(first), scope(figure)) {
        (Some(one), Some(other)) if is_single && one != other => {
            let message = format!("`{}` holds for the scope `{one}`, and `{id}` for `{other}`", first.id);
            let problem = problem(message).label(&first_mark.place, one.to_string());
            Some(problem.help("draw figures of one scope, and the others in a chart of their own"))
        }
        _ => None,
    }
}

/// Reports shares that are more than the whole.
fn overfull(marks: &[Option<Mark>], data: &Data) -> Option<Diagnostic> {
    let figures: Vec<(&Mark, &Figure)> =
        marks.iter().flatten().filter_map(|mark| Some((mark, data.figures.get(&mark.figure)?))).collect();
    let (mark, figure) = figures.iter().copied().find(|(_, figure)| figure.unit.is_percent())?;
    let mut values = figures.iter().filter_map(|(_, figure)| figure.amount.first());
    let sum = values.try_fold(Number::ZERO, |sum, value| sum.add(value))?;
    (sum > Number::from_integer(MOST_PERCENT)).then(|| {
        let message = format!("`{}` and the parts beside it add up to {sum}%", figure.id);
        let help = "draw shares of one whole, or write kind = \"bar\"";
        Diagnostic::new(&SCALE, &mark.place, message).help(help)
    })
}

/// Whether figures of two units fit on one scale.
fn converts(one: &Unit, other: &Unit) -> bool {
    one == other || one.is_time() && one.is_like(other)
}
