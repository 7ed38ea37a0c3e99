//! The table behind a chart: the same figures in rows and columns.

use std::sync::Arc;

use crate::data::notation::Notation;
use crate::data::{DataSet, Figure, RowName};
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::render::engine::escaped;
use crate::render::plain;
use crate::render::views::{CellView, ColumnView, FigureView, RowView, TableView};
use crate::site::{ChartRung, Drawing, Ladder, Plot, ResolvedChart};

impl Renderer<'_> {
    /// The table of a chart's figures, with where they come from.
    pub(super) fn twin(
        &self,
        id: &str,
        set: &DataSet,
        chart: &ResolvedChart,
        figures: &[&Figure],
    ) -> Result<TableView, Diagnostic> {
        let (columns, rows) = match &chart.drawing {
            Drawing::Plots(_, plots) => match &plots[..] {
                [plot] if plot.rows.iter().any(|row| row.joint.is_some()) => self.joined_rows(plot),
                plots => self.plot_rows(set, plots),
            },
            Drawing::Ladder(ladder) => self.rung_rows(set, ladder)?,
        };
        Ok(TableView {
            id: id.to_owned(),
            columns,
            rows,
            conflicts: self.disagreements(figures.iter().copied()),
            credit: self.credit(set, figures.iter().copied()),
            ..TableView::default()
        })
    }

    /// What a set calls one of its columns.
    fn column_title(&self, set: &DataSet, id: &str) -> String {
        let column = set.table().and_then(|table| table.columns.iter().find(|column| *column.id == *id));
        column.map_or_else(|| self.site.config.labels.title.to_string(), |column| plain(&column.title))
    }

    /// Rows by name, a column for each series of each plot, and one for its median where any is stated.
    fn plot_rows(&self, set: &DataSet, plots: &[Plot]) -> Made {
        let labels = &self.site.config.labels;
        let rows = plots.first().map_or(&[][..], |plot| &plot.rows);
        let names: Vec<(Option<String>, String)> = rows.iter().map(|row| self.plot_name(&row.name)).collect();
        let coded = names.iter().any(|(code, _)| code.is_some());
        let titled = names.iter().any(|(_, name)| !name.is_empty());
        let grouped = rows.iter().any(|row| row.group.is_some());
        let mut columns = Vec::new();
        columns.extend(grouped.then(|| words_column("")));
        columns.extend(coded.then(|| words_column(&self.column_title(set, "code"))));
        columns.extend((titled || !coded).then(|| words_column(&labels.title)));
        let mut cells: Vec<Vec<CellView>> = Vec::new();
        for (row, (code, name)) in rows.iter().zip(names) {
            let mut cell = Vec::new();
            if grouped {
                cell.push(words(row.group.as_deref().unwrap_or_default(), false));
            }
            if coded {
                cell.push(words(&code.unwrap_or_default(), true));
            }
            if titled || !coded {
                cell.push(words(&name, !coded));
            }
            cells.push(cell);
        }
        for plot in plots {
            for (at, series) in plot.series.iter().enumerate() {
                let plot_title = plot.title.as_ref().filter(|_| plot.series.len() > 1);
                let title = [plot_title, Some(series)].into_iter().flatten().map(|name| self.series_name(name));
                let title = title.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
                let title = if title.is_empty() { escaped(&labels.value) } else { escaped(&title) };
                let marks = || plot.rows.iter().map(|row| row.marks.get(at).and_then(Option::as_ref));
                let figure = |id: &Arc<str>| self.site.data.figures.get(id);
                let whole: Vec<Option<&Figure>> = marks().map(|mark| figure(&mark?.figure)).collect();
                let medians: Vec<Option<&Figure>> = marks().map(|mark| figure(mark?.median.as_ref()?)).collect();
                let median_title = format!("{title}, {}", escaped(&labels.median.to_lowercase()));
                let written = self.written(plot, at);
                self.add_column(title, &whole, &written.values, &mut columns, &mut cells);
                if medians.iter().any(Option::is_some) {
                    self.add_column(median_title, &medians, &written.medians, &mut columns, &mut cells);
                }
            }
        }
        (columns, as_rows(cells))
    }

    /// Each row and what it has to do with the next, below each other.
    fn joined_rows(&self, plot: &Plot) -> Made {
        let labels = &self.site.config.labels;
        let figure = |id: &Arc<str>| self.site.data.figures.get(id);
        let mut cells: Vec<Vec<CellView>> = Vec::new();
        let (mut values, mut medians) = (Vec::new(), Vec::new());
        for row in &plot.rows {
            let mark = row.marks.iter().flatten().next();
            let median = mark.and_then(|mark| mark.median.as_ref()).and_then(figure);
            let (code, name) = self.plot_name(&row.name);
            let name = [code, Some(name)].into_iter().flatten().filter(|part| !part.is_empty());
            cells.push(vec![words(&name.collect::<Vec<_>>().join(" "), true)]);
            values.push(mark.and_then(|mark| figure(&mark.figure)));
            medians.push(median);
            if let Some(joint) = row.joint.as_ref().and_then(figure) {
                cells.push(vec![words(&self.joint_name(joint), true)]);
                values.push(Some(joint));
                medians.push(None);
            }
        }
        let title = plot.series.first().map(|series| self.series_name(series)).unwrap_or_default();
        let mut columns = vec![words_column(&labels.title)];
        let written = self.written(plot, 0);
        self.add_column(escaped(&title), &values, &written.values, &mut columns, &mut cells);
        if medians.iter().any(Option::is_some) {
            self.add_column(escaped(&labels.median), &medians, &written.medians, &mut columns, &mut cells);
        }
        (columns, as_rows(cells))
    }

    /// "L1 to L2, overlap", for what two rows have to do with each other.
    fn joint_name(&self, figure: &Figure) -> String {
        let short = |row: &RowName| {
            let name = row.code.as_ref().map(plain).or_else(|| row.title.as_ref().map(plain));
            name.unwrap_or_else(|| row.id.to_string())
        };
        let [from, to] = &figure.rows[..] else { return self.figure_label(figure) };
        let both = self.site.config.labels.from_to.replace("{from}", &short(from)).replace("{to}", &short(to));
        format!("{both}, {}", self.aspect(figure.aspect).to_lowercase())
    }

    /// The rungs, the highest first.
    fn rung_rows(&self, set: &DataSet, ladder: &Ladder) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let figure = |rung: &ChartRung| self.site.data.figures.get(rung.figure.as_ref()?);
        let code = |rung: &ChartRung| figure(rung)?.rows.first()?.code.as_ref().map(plain);
        let coded = ladder.rungs.iter().any(|rung| code(rung).is_some());
        let mut columns = Vec::new();
        columns.extend(coded.then(|| words_column(&self.column_title(set, "code"))));
        columns.push(words_column(&labels.title));
        if let Some(group) = &ladder.group {
            columns.push(ColumnView { title_html: self.text_html(group)?, ..ColumnView::default() });
        }
        columns.push(ColumnView { title_html: self.text_html(&ladder.title)?, numeric: true, ..ColumnView::default() });
        let written = self.written_rungs(ladder);
        let mut cells = Vec::with_capacity(ladder.rungs.len());
        for rung in ladder.rungs.iter().rev() {
            let mut row = Vec::new();
            if coded {
                row.push(words(&code(rung).unwrap_or_default(), false));
            }
            let title = rung.title.as_ref().map_or_else(|| Ok(escaped(&rung.rung)), |title| self.text_html(title))?;
            row.push(CellView { header: true, html: Some(title), ..CellView::default() });
            if ladder.group.is_some() {
                let group = rung.group.as_ref().map(|group| self.text_html(group)).transpose()?;
                row.push(CellView { html: group, ..CellView::default() });
            }
            row.push(match figure(rung) {
                Some(figure) => self.number(figure, &written),
                None => CellView { numeric: true, ..words(&labels.unpriced, false) },
            });
            cells.push(row);
        }
        Ok((columns, as_rows(cells)))
    }

    /// A column of figures; one that holds only calculated ones says so in its head.
    fn add_column(
        &self,
        title_html: String,
        figures: &[Option<&Figure>],
        written: &Notation,
        columns: &mut Vec<ColumnView>,
        cells: &mut [Vec<CellView>],
    ) {
        let mut stated = figures.iter().flatten().peekable();
        let calculated = stated.peek().is_some() && stated.all(|figure| figure.inputs.is_some());
        columns.push(ColumnView { title_html, numeric: true, calculated, ..ColumnView::default() });
        for (row, figure) in cells.iter_mut().zip(figures) {
            let mut cell =
                figure.map_or(CellView { numeric: true, ..CellView::default() }, |figure| self.number(figure, written));
            cell.calculated &= !calculated;
            row.push(cell);
        }
    }

    /// A figure's cell.
    fn number(&self, figure: &Figure, written: &Notation) -> CellView {
        // The credit below spells the badge out.
        let view = FigureView { badge_again: true, ..self.figure_in(figure, written) };
        CellView { numeric: true, calculated: view.calculated, figure: Some(view), ..CellView::default() }
    }
}

fn words(text: &str, header: bool) -> CellView {
    CellView { header, html: Some(escaped(text)), ..CellView::default() }
}

/// A column of words, with a label as its title.
fn words_column(title: &str) -> ColumnView {
    ColumnView { title_html: escaped(title), ..ColumnView::default() }
}

/// Columns and rows.
type Made = (Vec<ColumnView>, Vec<RowView>);

/// Rows without anchors: those belong to the tables that a page shows at once.
fn as_rows(cells: Vec<Vec<CellView>>) -> Vec<RowView> {
    cells.into_iter().map(|cells| RowView { id: String::new(), cells }).collect()
}
