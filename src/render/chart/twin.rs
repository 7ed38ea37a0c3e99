//! The table behind a chart: the same figures in rows and columns.

use std::sync::Arc;

use super::entries::{names, subject};
use crate::data::{CellValue, Contents, DataSet, Figure, Row, RowName};
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::render::engine::escaped;
use crate::render::nodes::{Scope, plain};
use crate::render::views::{CellView, ColumnView, FigureView, RowView, TableView};
use crate::site::{ChartRung, Drawing, ResolvedChart, Series};

impl Renderer<'_> {
    /// The table of a chart's figures, with where they come from.
    pub(super) fn twin(
        &self,
        id: &str,
        set: &DataSet,
        chart: &ResolvedChart,
        figures: &[&Figure],
        scope: &mut Scope<'_>,
    ) -> Result<TableView, Diagnostic> {
        let (columns, rows) = match &chart.drawing {
            Drawing::Overlap(series) => self.joined_rows(series)?,
            Drawing::Range(series) | Drawing::Parts(series) => self.series_rows(series)?,
            Drawing::Timeline(ids) => self.listed_rows(ids)?,
            Drawing::Dumbbell(pairs) => self.paired_rows(pairs)?,
            Drawing::Ladder(rungs) => self.rung_rows(set, rungs)?,
        };
        Ok(TableView {
            id: id.to_owned(),
            columns,
            rows,
            conflicts: self.disagreements(id, figures.iter().copied(), scope),
            credit: self.credit(set, figures.iter().copied()),
            ..TableView::default()
        })
    }

    /// Rows by name, a column for each measure, and one for its median where any is stated.
    fn series_rows(&self, series: &[Series]) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let figure = |id: &Arc<str>| self.site.data.figures.get(id);
        let first: Vec<&Figure> =
            series.first().iter().flat_map(|one| &one.bars).filter_map(|bar| figure(&bar.figure)).collect();
        let coded = first.iter().any(|figure| names(figure).0.is_some());
        let titled = first.iter().any(|figure| !names(figure).1.is_empty());
        let mut columns = Vec::new();
        columns.extend(coded.then(|| words_column(&labels.level)));
        columns.extend((titled || !coded).then(|| words_column(&labels.title)));
        let mut cells: Vec<Vec<CellView>> = Vec::new();
        for figure in &first {
            let (code, name) = names(figure);
            let mut row = Vec::new();
            if coded {
                row.push(words(&code.unwrap_or_default(), true));
            }
            if titled || !coded {
                row.push(words(&name, !coded));
            }
            cells.push(row);
        }
        for one in series {
            let title = one.title.as_ref().map_or_else(|| Ok(escaped(&labels.value)), |title| self.text_html(title))?;
            let has_median = one.bars.iter().any(|bar| bar.median.is_some());
            let whole: Vec<Option<&Figure>> = one.bars.iter().map(|bar| figure(&bar.figure)).collect();
            let medians: Vec<Option<&Figure>> =
                one.bars.iter().map(|bar| bar.median.as_ref().and_then(figure)).collect();
            let median_title = format!("{title}, {}", escaped(&labels.median.to_lowercase()));
            self.add_column(title, &whole, &mut columns, &mut cells);
            if has_median {
                self.add_column(median_title, &medians, &mut columns, &mut cells);
            }
        }
        Ok((columns, as_rows(cells)))
    }

    /// Each bar, and what it has to do with the one after it, as rows.
    fn joined_rows(&self, series: &[Series]) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let figure = |id: &Arc<str>| self.site.data.figures.get(id);
        let bars = || series.iter().flat_map(|one| &one.bars);
        let mut cells = Vec::new();
        let (mut values, mut medians) = (Vec::new(), Vec::new());
        for one in series {
            let measure = one.title.as_ref().filter(|_| series.len() > 1).map(plain);
            for bar in &one.bars {
                let whole = figure(&bar.figure);
                let joint = bar.joint.as_ref().and_then(figure);
                for (shown, median) in [(whole, bar.median.as_ref().and_then(figure)), (joint, None)] {
                    let Some(shown) = shown else { continue };
                    let name = [Some(self.row_name(shown)), measure.clone()].into_iter().flatten().collect::<Vec<_>>();
                    cells.push(vec![words(&name.join(", "), true)]);
                    values.push(Some(shown));
                    medians.push(median);
                }
            }
        }
        let title = match series {
            [Series { title: Some(title), .. }] => self.text_html(title)?,
            _ => escaped(&labels.value),
        };
        let mut columns = vec![words_column(&labels.title)];
        self.add_column(title, &values, &mut columns, &mut cells);
        if bars().any(|bar| bar.median.is_some()) {
            self.add_column(escaped(&labels.median), &medians, &mut columns, &mut cells);
        }
        Ok((columns, as_rows(cells)))
    }

    /// "L1 TPM", or "L1 to L2, overlap" for what two rows have to do with each other.
    fn row_name(&self, figure: &Figure) -> String {
        let short = |row: &RowName| {
            let name = row.code.as_ref().map(plain).or_else(|| row.title.as_ref().map(plain));
            name.unwrap_or_else(|| row.id.to_string())
        };
        match &figure.rows[..] {
            [from, to] => {
                let both = self.site.config.labels.from_to.replace("{from}", &short(from)).replace("{to}", &short(to));
                format!("{both}, {}", self.aspect(figure.aspect).to_lowercase())
            }
            _ => {
                let (code, name) = names(figure);
                [code, Some(name)].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// Each figure with what it is.
    fn listed_rows(&self, ids: &[Arc<str>]) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let figures: Vec<Option<&Figure>> = ids.iter().map(|id| self.site.data.figures.get(id)).collect();
        let mut columns = vec![words_column(&labels.title)];
        let mut cells = Vec::with_capacity(figures.len());
        for figure in &figures {
            cells.push(vec![words(&figure.map(|figure| self.figure_label(figure)).unwrap_or_default(), true)]);
        }
        self.add_column(escaped(&labels.value), &figures, &mut columns, &mut cells);
        Ok((columns, as_rows(cells)))
    }

    /// Pairs as rows, a column for each role; where the roles differ from pair to pair, every figure as a row.
    fn paired_rows(&self, pairs: &[[Arc<str>; 2]]) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let figure = |id: &Arc<str>| self.site.data.figures.get(id);
        let mut roles: Option<[String; 2]> = None;
        let mut subjects = Vec::new();
        for [one, other] in pairs {
            let (one, other) = (figure(one).and_then(subject), figure(other).and_then(subject));
            if let (Some((role, what)), Some((other_role, same))) = (one, other)
                && what == same
                && role != other_role
                && *roles.get_or_insert_with(|| [role.clone(), other_role.clone()]) == [role, other_role]
            {
                subjects.push(what);
            }
        }
        let Some([left, right]) = roles.filter(|_| subjects.len() == pairs.len()) else {
            return self.listed_rows(&pairs.iter().flatten().cloned().collect::<Vec<_>>());
        };
        let mut columns = vec![words_column(&labels.title)];
        let mut cells = Vec::with_capacity(pairs.len());
        for subject in &subjects {
            cells.push(vec![words(subject, true)]);
        }
        let (ones, others): (Vec<_>, Vec<_>) = pairs.iter().map(|[one, other]| (figure(one), figure(other))).unzip();
        self.add_column(escaped(&left), &ones, &mut columns, &mut cells);
        self.add_column(escaped(&right), &others, &mut columns, &mut cells);
        Ok((columns, as_rows(cells)))
    }

    /// The rungs, the highest first.
    fn rung_rows(&self, set: &DataSet, rungs: &[ChartRung]) -> Result<Made, Diagnostic> {
        let labels = &self.site.config.labels;
        let Contents::Table(table) = &set.contents else { return Ok(Made::default()) };
        let text = |row: &Row, at: Option<usize>| match &row.cells[at?].value {
            Ok(CellValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let track = table.column("track");
        let tracks = table.rows.iter().any(|row| text(row, track).is_some());
        let code = |shown: &ChartRung| {
            let figure = shown.figure.as_ref().and_then(|id| self.site.data.figures.get(id))?;
            figure.rows.first()?.code.as_ref().map(plain)
        };
        let coded = rungs.iter().any(|shown| code(shown).is_some());
        let mut columns = Vec::new();
        columns.extend(coded.then(|| words_column(&labels.level)));
        columns.push(words_column(&labels.title));
        columns.extend(tracks.then(|| words_column(&labels.track)));
        columns.push(ColumnView { numeric: true, ..words_column(&labels.value) });
        let mut cells = Vec::with_capacity(rungs.len());
        for shown in rungs.iter().rev() {
            let Some(of) = table.rows.iter().find(|row| row.id == shown.rung) else { continue };
            let mut row = Vec::new();
            if coded {
                row.push(words(&code(shown).unwrap_or_default(), false));
            }
            let title = match text(of, table.title_column()) {
                Some(title) => self.text_html(&title)?,
                None => escaped(&of.id),
            };
            row.push(CellView { header: true, html: Some(title), ..CellView::default() });
            if tracks {
                let track = text(of, track).map(|track| self.text_html(&track)).transpose()?;
                row.push(CellView { html: track, ..CellView::default() });
            }
            let figure = shown.figure.as_ref().and_then(|id| self.site.data.figures.get(id));
            row.push(match figure {
                Some(figure) => self.number(figure),
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
        columns: &mut Vec<ColumnView>,
        cells: &mut [Vec<CellView>],
    ) {
        let mut stated = figures.iter().flatten().peekable();
        let calculated = stated.peek().is_some() && stated.all(|figure| figure.inputs.is_some());
        columns.push(ColumnView { title_html, numeric: true, calculated, ..ColumnView::default() });
        for (row, figure) in cells.iter_mut().zip(figures) {
            let mut cell =
                figure.map_or(CellView { numeric: true, ..CellView::default() }, |figure| self.number(figure));
            cell.calculated &= !calculated;
            row.push(cell);
        }
    }

    /// A figure's cell.
    fn number(&self, figure: &Figure) -> CellView {
        // The credit below spells the badge out.
        let view = FigureView { badge_again: true, ..self.figure(figure) };
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
