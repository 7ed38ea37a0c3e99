//! A table made from data.

use super::Renderer;
use super::engine::escaped;
use super::nodes::{Scope, as_typed, plain};
use super::views::{CellView, ColumnGroupView, ColumnView, RowView, TableView};
use crate::content::{self, Block, BlockKind, TableBlock};
use crate::data::notation;
use crate::data::{Figure, Unit};
use crate::diagnostic::Diagnostic;
use crate::site::{ResolvedTable, TableCell, TableColumn};

impl Renderer<'_> {
    pub(super) fn table(
        &self,
        block: &Block,
        table: &ResolvedTable,
        scope: &mut Scope<'_>,
    ) -> Result<String, Diagnostic> {
        let BlockKind::Table(options) = &block.kind else { return Ok(String::new()) };
        let view = self.table_view(options, table, scope)?;
        self.engine.render("components/table.html", "table", &view)
    }

    fn table_view(
        &self,
        options: &TableBlock,
        table: &ResolvedTable,
        scope: &mut Scope<'_>,
    ) -> Result<TableView, Diagnostic> {
        let Some(set) = self.site.set(&table.set) else { return Ok(TableView::default()) };
        let styles: Vec<Vec<Option<String>>> =
            (0..table.columns.len()).map(|at| self.column_texts(table, at)).collect();
        let mut columns: Vec<ColumnView> =
            table.columns.iter().map(|column| self.column(column)).collect::<Result<_, _>>()?;
        for (at, column) in columns.iter_mut().enumerate() {
            let mut figures = table.rows.iter().filter_map(|row| self.cell_figure(&row.cells[at])).peekable();
            column.calculated = figures.peek().is_some() && figures.all(|figure| figure.inputs.is_some());
        }
        let groups = self.group_columns(&table.columns, &mut columns)?;
        let figures = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| self.cell_figure(cell));
        let credit = self.credit(set, figures.clone());
        let mut rows = Vec::with_capacity(table.rows.len());
        for (index, row) in table.rows.iter().enumerate() {
            let mut cells = Vec::with_capacity(row.cells.len());
            for (at, cell) in row.cells.iter().enumerate() {
                let mut view =
                    self.cell(cell, &table.columns[at], at == 0, styles[at][index].as_deref(), credit.badge.is_some())?;
                view.calculated &= !columns[at].calculated;
                cells.push(view);
            }
            // A row that shows twice on a page is anchored where it shows first.
            let is_new = scope.claimed.insert(row.id.to_string());
            let id = if is_new { row.id.to_string() } else { String::new() };
            rows.push(RowView { id, cells });
        }
        let caption_html = match &options.caption {
            Some(caption) => Some(self.nodes(&caption.nodes, &mut Scope::of_data())?),
            None => self.optional_html(set.title.as_ref())?,
        };
        let notes = options.notes.iter().map(|note| self.nodes(&note.nodes, &mut Scope::of_data()));
        let mut notes_html = notes.collect::<Result<Vec<_>, _>>()?;
        if options.notes.is_empty() {
            notes_html.extend(self.optional_html(set.note.as_ref())?);
        }
        let id = self.claim(&format!("table-{}", table.set), scope);
        Ok(TableView {
            caption_html,
            about: self.about(figures.clone()),
            columns,
            groups,
            rows,
            notes_html,
            conflicts: self.disagreements(&id, figures, scope),
            credit,
            id,
        })
    }

    fn cell(
        &self,
        cell: &TableCell,
        column: &TableColumn,
        first: bool,
        text: Option<&str>,
        signed: bool,
    ) -> Result<CellView, Diagnostic> {
        let mut view = CellView { header: first, numeric: column.numeric, ..CellView::default() };
        match cell {
            TableCell::Figure(_) => {
                if let Some(figure) = self.cell_figure(cell) {
                    let own = super::views::FigureView { badge_again: signed, ..self.figure(figure) };
                    view.calculated = own.calculated;
                    view.sort = own.value.split("..").next().unwrap_or_default().to_owned();
                    view.figure = Some(match text {
                        Some(text) => super::views::FigureView { text: text.to_owned(), ..own },
                        None => own,
                    });
                }
            }
            TableCell::Text(text) => {
                view.html = Some(escaped(&text.text));
                view.sort = as_typed(text);
            }
            TableCell::Markdown(text) => {
                let nodes = &content::inline(text, &mut Vec::new()).nodes;
                view.html = Some(self.nodes(nodes, &mut Scope { signed, ..Scope::of_data() })?);
                let place = column.scale.iter().position(|word| word.text == text.text);
                view.sort = place.map_or_else(|| plain(text), |place| format!("{place}"));
            }
            TableCell::Empty => (),
        }
        Ok(view)
    }

    fn cell_figure(&self, cell: &TableCell) -> Option<&Figure> {
        match cell {
            TableCell::Figure(id) => self.site.data.figures.get(id),
            TableCell::Markdown(_) | TableCell::Text(_) | TableCell::Empty => None,
        }
    }

    /// The texts of a column's figures, with as many decimals as the one that needs most.
    fn column_texts(&self, table: &ResolvedTable, at: usize) -> Vec<Option<String>> {
        let figures: Vec<Option<&Figure>> =
            table.rows.iter().map(|row| row.cells.get(at).and_then(|cell| self.cell_figure(cell))).collect();
        let datums: Vec<_> = figures.iter().map(|figure| figure.map(Figure::datum)).collect();
        let style = self.style();
        datums.iter().map(|datum| datum.as_ref().map(|datum| notation::write(datum, &style))).collect()
    }

    fn column(&self, column: &TableColumn) -> Result<ColumnView, Diagnostic> {
        let labels = &self.site.config.labels;
        let own = match (&*column.id, &column.title) {
            (_, Some(title)) => self.text_html(title)?,
            ("code", None) => escaped(&labels.level),
            ("track", None) => escaped(&labels.track),
            ("value", None) => escaped(&labels.value),
            ("note" | "qualifier", None) => escaped(&labels.note),
            ("low", None) => escaped(&labels.low),
            ("high", None) => escaped(&labels.high),
            _ => escaped(&labels.title),
        };
        let side = if column.title.is_some() { self.aspect(column.aspect) } else { "" };
        let title_html = if side.is_empty() { own } else { format!("{own}, {}", escaped(&lower_first(side))) };
        Ok(ColumnView { title_html, numeric: column.numeric, ..ColumnView::default() })
    }

    /// Puts the title that neighboring columns share above them, where two do and nothing but such columns follows: a title
    /// said twice side by side is long, and on a phone higher than the table.
    fn group_columns(
        &self,
        columns: &[TableColumn],
        views: &mut [ColumnView],
    ) -> Result<Vec<ColumnGroupView>, Diagnostic> {
        let title = |column: &TableColumn| column.title.clone().filter(|_| !self.aspect(column.aspect).is_empty());
        let first = columns.iter().rposition(|column| title(column).is_none()).map_or(0, |at| at + 1);
        let mut groups: Vec<ColumnGroupView> = Vec::new();
        let mut last = None;
        for (column, view) in columns.iter().zip(views.iter()).skip(first) {
            let Some(title) = title(column) else { continue };
            match groups.last_mut().filter(|_| last.as_ref() == Some(&title.text)) {
                Some(group) => {
                    group.span += 1;
                    group.calculated &= view.calculated;
                }
                None => groups.push(ColumnGroupView {
                    title_html: self.text_html(&title)?,
                    span: 1,
                    calculated: view.calculated,
                }),
            }
            last = Some(title.text);
        }
        if groups.iter().all(|group| group.span < 2) {
            return Ok(Vec::new());
        }
        for (column, view) in columns.iter().zip(views.iter_mut()).skip(first) {
            view.grouped = true;
            view.title_html = escaped(&upper_first(self.aspect(column.aspect)));
        }
        Ok(groups)
    }

    /// "USD a year, as of Q1 2026" where all figures agree in date, and all amounts in currency and period. Other units
    /// stand in the cells, so only where no figure is an amount must all have the same one.
    pub(super) fn about<'f>(&self, figures: impl Iterator<Item = &'f Figure> + Clone) -> String {
        let mut units: Vec<&Unit> = Vec::new();
        let mut dates: Vec<String> = Vec::new();
        for figure in figures {
            if !units.contains(&&figure.unit) {
                units.push(&figure.unit);
            }
            let date = figure.record.as_of.as_ref().map(|(date, _)| self.as_of(*date)).unwrap_or_default();
            if !date.is_empty() && !dates.contains(&date) {
                dates.push(date);
            }
        }
        if units.iter().any(|unit| unit.is_money()) {
            units.retain(|unit| unit.is_money());
        }
        let mut parts = Vec::new();
        if let [unit] = &units[..] {
            parts.extend(Some(self.unit(unit)).filter(|unit| !unit.is_empty()));
        }
        if let [date] = &dates[..] {
            parts.push(date.clone());
        }
        parts.join(", ")
    }

    /// An id that is new on the page: the wanted one, or the wanted one with a number.
    pub(super) fn claim(&self, wanted: &str, scope: &mut Scope<'_>) -> String {
        let mut id = wanted.to_owned();
        let mut count = 1;
        while !scope.claimed.insert(id.clone()) {
            count += 1;
            id = format!("{wanted}-{count}");
        }
        id
    }
}

/// The words with a small letter in front, for the inside of a line.
pub(super) fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn upper_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
