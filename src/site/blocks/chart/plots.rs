//! Series and rows of a chart, made of a table's columns or of single figures.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::column::{NamedColumn, unknown_column};
use super::super::rows::chosen;
use super::super::{COLUMN, facts};
use super::{Mark, OPTION, Plot, PlotKind, PlotName, PlotRow, ROWS, SeriesName};
use crate::content::{self, ChartBlock};
use crate::data::{
    Amount, Aspect, CellValue, Column, ColumnKind, Data, DataSet, Figure, Number, Order, RowName, Table,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Text;

/// What the rows of a chart are chosen from.
pub(super) struct Rows<'a> {
    pub kind: PlotKind,
    pub block: &'a ChartBlock,
    pub set: &'a DataSet,
    pub table: &'a Table,
    pub data: &'a Data,
}

/// A column that is drawn, and where the block asks for it.
pub(super) struct Drawn<'a> {
    pub(super) named: NamedColumn<'a>,
    place: Place,
}

/// A name, and the text by which equal ones are told.
type Named = (String, PlotName);

/// The plot of the figures that a block names.
pub(super) fn of_figures(
    kind: PlotKind,
    block: &ChartBlock,
    data: &Data,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Plot> {
    let before = diagnostics.len();
    facts::figures(&block.figures, data, diagnostics);
    let is_lost = |text: &Text| data.is_broken(&text.text) || data.figures.get(&text.text).is_none();
    if diagnostics.len() > before || block.figures.iter().any(is_lost) {
        return Vec::new();
    }
    let figures = block.figures.iter().filter_map(|text| Some((data.figures.get(&text.text)?, &text.place)));
    let figures: Vec<(&Figure, &Place)> = figures.collect();
    let mark = |(figure, place): (&Figure, &Place)| {
        Some(Mark { figure: Arc::clone(&figure.id), median: None, place: place.clone() })
    };
    let name = |figure: &Figure| PlotName::Figure(Arc::clone(&figure.id));
    let row = |name, group, marks| PlotRow { name, group, position: None, marks, joint: None };
    let series = |title| SeriesName { title, aspect: Aspect::Whole };
    let paired = if kind == PlotKind::Dots { by_subject(&figures, &mark) } else { None };
    let plot = match (kind, paired) {
        (_, Some(plot)) => plot,
        (PlotKind::Mix, None) => Plot {
            title: None,
            series: figures.iter().map(|(figure, _)| series(name(figure))).collect(),
            rows: vec![row(PlotName::Words("".into()), None, figures.iter().copied().map(mark).collect())],
        },
        _ => {
            let subject = |figure: &Figure| figure.record.subject.clone();
            let words = |figure: &Figure| subject(figure).map(|subject| subject.text);
            let several = figures.windows(2).any(|pair| words(pair[0].0) != words(pair[1].0));
            let rows = figures.iter().copied().map(|(figure, place)| {
                row(name(figure), words(figure).filter(|_| several), vec![mark((figure, place))])
            });
            Plot { title: None, series: vec![series(PlotName::Words("".into()))], rows: rows.collect() }
        }
    };
    vec![plot]
}

/// Figures of several subjects, where more than one have a figure of the same name: a series for each subject.
fn by_subject(figures: &[(&Figure, &Place)], mark: &dyn Fn((&Figure, &Place)) -> Option<Mark>) -> Option<Plot> {
    let mut plot = Plot::default();
    let (mut subjects, mut names): (HashMap<String, usize>, HashMap<String, usize>) = Default::default();
    for (figure, place) in figures.iter().copied() {
        let (subject, name) = subject(figure)?;
        let title = PlotName::Words(subject.as_str().into());
        let at = *subjects.entry(subject).or_insert(plot.series.len());
        if at == plot.series.len() {
            plot.series.push(SeriesName { title, aspect: Aspect::Whole });
        }
        let title = PlotName::Words(name.as_str().into());
        let row = *names.entry(name).or_insert(plot.rows.len());
        if row == plot.rows.len() {
            plot.rows.push(PlotRow { name: title, group: None, position: None, marks: Vec::new(), joint: None });
        }
        let marks = &mut plot.rows[row].marks;
        if marks.get(at).is_some_and(Option::is_some) {
            return None;
        }
        marks.resize_with(marks.len().max(at + 1), || None);
        marks[at] = mark((figure, place));
    }
    let count = subjects.len();
    plot.rows.iter_mut().for_each(|row| row.marks.resize_with(count, || None));
    (count > 1 && plot.rows.len() < figures.len()).then_some(plot)
}

/// The subject that a fact's title begins with, and the rest of the title: "North" and "Price" of "North, price".
fn subject(figure: &Figure) -> Option<(String, String)> {
    let subject = figure.record.subject.as_ref()?;
    let title = plain(figure.rows.first()?.title.as_ref()?);
    let rest = title.strip_prefix(&*subject.text)?;
    let rest = rest.trim_start_matches([',', ':', ';', ' ', '\u{2013}', '\u{2014}', '-']);
    let mut chars = rest.chars();
    let first = chars.next()?;
    Some((subject.text.to_string(), first.to_uppercase().chain(chars).collect()))
}

impl<'a> Rows<'a> {
    /// The plots of the columns that the block names.
    pub(super) fn plots(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Plot> {
        let before = diagnostics.len();
        let chosen = chosen(&self.block.rows, self.set, self.data, diagnostics).ids;
        let rows: Vec<usize> = chosen.iter().filter_map(|id| self.set.ids().position(id)).collect();
        let drawn = self.drawn(diagnostics);
        let x = self.block.x.as_ref().map(|text| self.column(text, diagnostics));
        let series = self.block.series.as_ref().map(|text| self.column(text, diagnostics));
        if diagnostics.len() > before {
            return Vec::new();
        }
        let (x, series) = (x.flatten(), series.flatten());
        let several = drawn.len() > 1 && !self.block.panels;
        if let (Some(text), true) = (&self.block.series, several) {
            let problem = "a chart draws several columns or several series, not both";
            let help = "name one column in `y`, remove `series`, or add panels = true for a small chart of each column";
            diagnostics.push(Diagnostic::new(&OPTION, &text.place, problem).help(help));
        }
        if self.block.neighbors {
            self.check_neighbors(&rows, &drawn, series.is_some() || several, diagnostics);
        }
        if diagnostics.len() > before {
            return Vec::new();
        }
        match self.block.panels {
            true => drawn.chunks(1).map(|one| self.plot(&rows, one, x, series, diagnostics)).collect(),
            false => vec![self.plot(&rows, &drawn, x, series, diagnostics)],
        }
    }

    /// The columns of `y`, or those that are usual for the kind.
    fn drawn(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Drawn<'a>> {
        let (set, table) = (self.set, self.table);
        if !self.block.y.is_empty() {
            let find = |text: &Text| {
                let named = NamedColumn::find(text, set, table, self.data, diagnostics)?;
                if !named.column.kind.is_number() {
                    let names: Vec<&str> = table
                        .columns
                        .iter()
                        .filter(|column| column.kind.is_number())
                        .map(|column| &*column.id)
                        .collect();
                    let problem = format!("`{}` of `{}` holds no numbers", named.column.id, set.name);
                    let problem = Diagnostic::new(&COLUMN, &text.place, problem);
                    diagnostics.push(problem.help(format!("use one of {}", names.join(", "))));
                    return None;
                }
                Some(Drawn { named, place: text.place.clone() })
            };
            return self.block.y.iter().filter_map(find).collect();
        }
        let numbers = || table.columns.iter().enumerate().filter(|(_, column)| column.kind.is_number());
        let typed: Vec<(usize, &Column)> = numbers().filter(|(_, column)| column.formula.is_none()).collect();
        let usual = if typed.is_empty() { numbers().collect() } else { typed };
        let is_mix = self.kind == PlotKind::Mix && self.block.series.is_none();
        let count = if is_mix || self.block.panels { usual.len() } else { 1 };
        let drawn =
            |(at, column)| Drawn { named: NamedColumn::whole(at, column), place: self.block.kind.place.clone() };
        usual.into_iter().take(count).map(drawn).collect()
    }

    /// The column of an option, by its place in the table.
    fn column(&self, text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
        let found = self.table.column(&text.text);
        if found.is_none() {
            let known: Vec<String> = self.table.columns.iter().map(|column| column.id.to_string()).collect();
            diagnostics.push(unknown_column(text, &self.set.name, &known));
        }
        found
    }

    /// Some columns on one scale: a series for each, or for each value of a column.
    fn plot(
        &self,
        rows: &[usize],
        drawn: &[Drawn<'a>],
        x: Option<usize>,
        series: Option<usize>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Plot {
        let of_column = |drawn: &Drawn<'_>| SeriesName {
            title: PlotName::Text(drawn.named.column.title.clone()),
            aspect: drawn.named.aspect,
        };
        let mut plot = Plot { title: drawn.first().filter(|_| self.block.panels).map(of_column), ..Plot::default() };
        let x = x.or_else(|| self.usual_x(series));
        let mut keys: HashMap<String, usize> = HashMap::new();
        let mut row_of: HashMap<String, usize> = HashMap::new();
        let is_merged = series.is_some() || self.kind == PlotKind::Line && x.is_some();
        if series.is_none() {
            plot.series = drawn.iter().map(of_column).collect();
        }
        for row in rows.iter().copied() {
            let (key, name) = self.name(row, x, series);
            let next = plot.rows.len();
            let at = if is_merged { *row_of.entry(key).or_insert(next) } else { next };
            if at == next {
                let position = self.position(row, x);
                plot.rows.push(PlotRow { name, group: None, position, marks: Vec::new(), joint: None });
            }
            let first = series.map_or(0, |series| {
                let (key, title) = self.cell_name(row, series);
                *keys.entry(key).or_insert_with(|| {
                    plot.series.push(SeriesName { title, aspect: Aspect::Whole });
                    plot.series.len() - 1
                })
            });
            let target = &mut plot.rows[at].marks;
            target.resize_with(target.len().max(first + drawn.len()), || None);
            for (drawn, mark) in drawn.iter().zip(target.iter_mut().skip(first)) {
                if let Some(other) = mark {
                    diagnostics.push(self.twice(other, row, x, series));
                    return plot;
                }
                *mark = self.mark(row, drawn);
            }
        }
        let count = plot.series.len();
        plot.rows.iter_mut().for_each(|row| row.marks.resize_with(count, || None));
        if self.block.neighbors
            && let [drawn] = drawn
        {
            let joints = rows.windows(2).map(|pair| self.joint(pair[0], pair[1], &drawn.named.id));
            plot.rows.iter_mut().zip(joints).for_each(|(row, joint)| row.joint = joint);
        }
        plot
    }

    fn mark(&self, row: usize, drawn: &Drawn<'_>) -> Option<Mark> {
        let id = drawn.named.figure(self.set, &self.table.rows[row]);
        let find = |id: &str| self.data.figures.get(id).map(|figure| Arc::clone(&figure.id));
        let has_median = self.kind == PlotKind::Range && !self.block.panels;
        Some(Mark {
            figure: find(&id)?,
            median: has_median.then(|| find(&format!("{id}.median"))).flatten(),
            place: drawn.place.clone(),
        })
    }

    /// The column by which rows go where the block names none: for a line the one along which the rows are ordered, else a
    /// date; else the only key beside that of the series.
    fn usual_x(&self, series: Option<usize>) -> Option<usize> {
        let table = self.table;
        let along = match table.order {
            Some(Order::Along(key)) => table.keys.get(key).copied(),
            _ => None,
        };
        let is_date = |column: &Column| matches!(column.kind, ColumnKind::Date);
        let dated = || table.columns.iter().position(is_date);
        let mut others = table.keys.iter().copied().filter(|key| Some(*key) != series);
        let mut only = || others.next().filter(|_| others.next().is_none());
        match self.kind {
            PlotKind::Line => along.or_else(only).or_else(dated),
            _ => only().filter(|_| table.keys.len() > 1),
        }
        .filter(|x| Some(*x) != series)
    }

    /// What a row is called: as in a column, else as everywhere, without the key that is the series.
    fn name(&self, row: usize, x: Option<usize>, series: Option<usize>) -> Named {
        if let Some(x) = x {
            return self.cell_name(row, x);
        }
        let name = RowName::of(self.table, &self.table.rows[row], series);
        let key = name.title.as_ref().map_or_else(|| name.id.to_string(), plain);
        (key, PlotName::Row(name))
    }

    /// A row's value in a column, as a name.
    fn cell_name(&self, row: usize, at: usize) -> Named {
        let (row, column) = (&self.table.rows[row], &self.table.columns[at]);
        let of_text = |text: &Text| (plain(text), PlotName::Text(text.clone()));
        match (&row.cells[at].value, &column.kind) {
            (Ok(CellValue::Text(text)), _) => of_text(text),
            (Ok(CellValue::Choice(choice)), ColumnKind::Choice(words)) => of_text(&words[*choice]),
            _ => {
                let figure = self.data.figures.get(&format!("{}.{}.{}", self.set.name, row.id, column.id));
                let key = figure.map(|figure| match &figure.amount {
                    Amount::Date(date) => date.to_string(),
                    Amount::Text(text) => text.to_string(),
                    amount => amount.first().map(ToString::to_string).unwrap_or_default(),
                });
                let name =
                    figure.map_or_else(|| PlotName::Words("".into()), |figure| PlotName::Value(Arc::clone(&figure.id)));
                (key.unwrap_or_default(), name)
            }
        }
    }

    /// Where a row is along a line, if its column holds dates or numbers.
    fn position(&self, row: usize, x: Option<usize>) -> Option<Number> {
        let (row, column) = (&self.table.rows[row], &self.table.columns[x?]);
        let figure = self.data.figures.get(&format!("{}.{}.{}", self.set.name, row.id, column.id))?;
        match &figure.amount {
            Amount::Date(date) => Some(Number::from_integer(date.first_day())),
            amount => amount.first().cloned(),
        }
    }

    /// Reports a row whose mark would cover another's.
    fn twice(&self, other: &Mark, row: usize, x: Option<usize>, series: Option<usize>) -> Diagnostic {
        let (id, text) = (&self.table.rows[row].id, |at| self.name(row, at, series).0);
        let place = match series.and(self.block.series.as_ref()).or(self.block.x.as_ref()) {
            Some(text) => &text.place,
            None => &self.block.kind.place,
        };
        let of = series.map(|series| format!(" of `{}`", self.cell_name(row, series).0)).unwrap_or_default();
        let message = format!("`{}.{id}` is at `{}`{of}, as `{}` is", self.set.name, text(x), other.figure);
        let help = "choose other `rows`, or name in `x` or `series` the column that tells them apart";
        Diagnostic::new(&ROWS, place, message).help(help)
    }
}

/// A text without its Markdown.
fn plain(text: &Text) -> String {
    content::inline(text, &mut Vec::new()).plain
}
