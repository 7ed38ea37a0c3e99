//! The ranges that the tool holds a value against, drawn as a range chart draws them.

use super::bars::{self, Sheet};
use super::scale::Start;
use super::text;
use super::views::{DrawingView, KeyView};
use crate::data::{Figure, Number, Unit};
use crate::render::Renderer;
use crate::site::{Mark, PlaceColumn, PlaceRow, Plot, PlotKind, PlotName, PlotRow, SeriesName};

impl Renderer<'_> {
    /// The ranges of a column on one scale, on which a script can mark a value, and what their marks mean; nothing where no range
    /// is stated. An open range reaches to the end of the scale.
    pub(in crate::render) fn placed(
        &self,
        id: &str,
        title: &str,
        column: &PlaceColumn,
        unit: &Unit,
    ) -> Option<(DrawingView, Vec<KeyView>)> {
        let find = |row: &PlaceRow| self.site.data.figures.get(&row.cell);
        let figures: Vec<&Figure> = column.rows.iter().filter_map(find).collect();
        let plot_row = |row: &PlaceRow| {
            let figure = find(row)?;
            let (cell, median) = (row.cell.clone(), row.median.clone());
            let mark = Mark { figure: cell, median, place: figure.place.clone() };
            let name = PlotName::Row(figure.rows.first()?.clone());
            Some(PlotRow { name, group: None, position: None, marks: vec![Some(mark)], joint: None })
        };
        let series = SeriesName { title: PlotName::Words(column.id.clone()), aspect: figures.first()?.aspect };
        let rows: Vec<PlotRow> = column.rows.iter().map(plot_row).collect::<Option<_>>()?;
        let mut entries = self.plot_entries(&Plot { title: None, series: vec![series], rows }, false);
        let write = |tick: &Number| self.tick(tick, unit);
        let sheet = Sheet {
            width: text::NARROW,
            start: Start::Fitting,
            unit,
            kind: PlotKind::Range,
            not_zero: &self.site.config.labels.chart_not_zero,
            write: &write,
        };
        let scale = sheet.scale(&bars::values(&entries))?;
        let [from, to] = scale.ends();
        for (side, row) in entries.iter_mut().flat_map(|entry| &mut entry.sides).zip(&column.rows) {
            let end = |edge: &Option<crate::site::Edge>, open: &Number| {
                edge.as_ref().map_or_else(|| open.clone(), |edge| edge.value.clone())
            };
            side.ends = Some((end(&row.low, from), end(&row.high, to)));
        }
        let mut height = 0;
        let mut drawing = DrawingView {
            id: id.to_owned(),
            title: title.to_owned(),
            description: self.describe(&entries),
            panel: Some(sheet.panel(&entries, Some(&scale), &mut height)),
            mark: Some([from, to].map(Number::to_plain_string)),
            height,
            ..DrawingView::default()
        };
        drawing.sign(&self.badges(&figures));
        Some((drawing, self.key(entries.iter())))
    }
}
