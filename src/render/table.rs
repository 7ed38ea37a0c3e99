//! A table made from data.

use super::Renderer;
use super::engine::escaped;
use super::nodes::Scope;
use super::text::{as_typed, plain};
use super::views::{CellView, ColumnGroupView, ColumnView, FigureView, RowView, TableView};
use crate::content::{self, Block, BlockKind, TableBlock};
use crate::data::notation::Notation;
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

    pub(super) fn table_view(
        &self,
        options: &TableBlock,
        table: &ResolvedTable,
        scope: &mut Scope<'_>,
    ) -> Result<TableView, Diagnostic> {
        let Some(set) = self.site.set(&table.set) else { return Ok(TableView::default()) };
        let notations = self.notations(table);
        let mut columns: Vec<ColumnView> =
            table.columns.iter().map(|column| self.column(column)).collect::<Result<_, _>>()?;
        for (at, column) in columns.iter_mut().enumerate() {
            let mut figures = table.rows.iter().filter_map(|row| self.cell_figure(&row.cells[at])).peekable();
            // A column that a pivot leaves empty says nothing of the others.
            let is_spread = table.columns[at].head.is_some();
            column.calculated =
                (is_spread || figures.peek().is_some()) && figures.all(|figure| figure.inputs.is_some());
        }
        let groups = self.group_columns(&table.columns, &mut columns)?;
        let figures = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| self.cell_figure(cell));
        let credit = self.credit(set, figures.clone());
        // Of several badges a mark alone doesn't say which is meant.
        let signed = credit.badges.len() == 1;
        let qualified = table.columns.iter().any(|column| column.title.is_none() && *column.id == *"qualifier");
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut cells = Vec::with_capacity(row.cells.len());
            for (at, cell) in row.cells.iter().enumerate() {
                let mut view = self.cell(cell, &table.columns[at], at == 0, &notations[at], signed)?;
                view.calculated &= !columns[at].calculated;
                if let Some(figure) = view.figure.as_mut().filter(|_| qualified) {
                    figure.qualifier = None;
                }
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
            rows_shown: self.rows_shown(rows.len(), table.all),
            rows,
            notes_html,
            conflicts: self.disagreements(figures),
            credit,
            id,
        })
    }

    /// "10 of 24 rows", where not all are shown.
    pub(super) fn rows_shown(&self, shown: usize, all: usize) -> Option<String> {
        let words = || self.site.config.labels.rows_shown.replace("{shown}", &shown.to_string());
        (shown < all).then(|| words().replace("{all}", &all.to_string()))
    }

    fn cell(
        &self,
        cell: &TableCell,
        column: &TableColumn,
        first: bool,
        notation: &Notation,
        signed: bool,
    ) -> Result<CellView, Diagnostic> {
        let mut view = CellView { header: first, numeric: column.numeric, ..CellView::default() };
        match cell {
            TableCell::Figure(_) => {
                if let Some(figure) = self.cell_figure(cell) {
                    let own = FigureView { badge_again: signed, ..self.figure_in(figure, notation) };
                    view.calculated = own.calculated;
                    view.sort = own.value.split("..").next().unwrap_or_default().to_owned();
                    view.figure = Some(own);
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
            TableCell::Open => view.html = Some(escaped(&self.site.config.labels.open)),
            TableCell::Empty => (),
        }
        Ok(view)
    }

    fn cell_figure(&self, cell: &TableCell) -> Option<&Figure> {
        match cell {
            TableCell::Figure(id) => self.site.data.figures.get(id),
            TableCell::Markdown(_) | TableCell::Text(_) | TableCell::Open | TableCell::Empty => None,
        }
    }

    /// How the figures of each column are written: those of one column, and all that a pivot has spread, in one notation.
    pub(super) fn notations(&self, table: &ResolvedTable) -> Vec<Notation> {
        let of = |columns: &[usize]| {
            let cells = table.rows.iter().flat_map(|row| columns.iter().map(|at| &row.cells[*at]));
            Notation::of(cells.filter_map(|cell| self.cell_figure(cell)).map(Figure::datum))
        };
        // The columns of a pivot are the last.
        let is_spread = |at: &usize| table.columns[*at].head.is_some();
        let (spread, single): (Vec<usize>, Vec<usize>) = (0..table.columns.len()).partition(is_spread);
        let mut notations: Vec<Notation> = single.iter().map(|at| of(&[*at])).collect();
        notations.resize(table.columns.len(), of(&spread));
        notations
    }

    pub(super) fn column(&self, column: &TableColumn) -> Result<ColumnView, Diagnostic> {
        let labels = &self.site.config.labels;
        if let Some(head) = &column.head {
            let title_html = self.cell_html(head, &Notation::of(self.cell_figure(head).map(Figure::datum)))?;
            return Ok(ColumnView { title_html, numeric: column.numeric, ..ColumnView::default() });
        }
        let own = match (&*column.id, &column.title) {
            (_, Some(title)) => self.text_html(title)?,
            ("value", None) => escaped(&labels.value),
            ("note" | "qualifier", None) => escaped(&labels.note),
            ("low", None) => escaped(&labels.low),
            ("high", None) => escaped(&labels.high),
            _ => escaped(&labels.title),
        };
        let side = if column.title.is_some() { self.aspect(column.aspect) } else { "" };
        let title_html = if side.is_empty() { own } else { format!("{own}, {}", escaped(&lower_first(side))) };
        Ok(ColumnView { id: column.id.to_string(), title_html, numeric: column.numeric, ..ColumnView::default() })
    }

    /// What a cell holds, outside of a table's rows; empty where nothing is stated.
    pub(super) fn cell_html(&self, cell: &TableCell, notation: &Notation) -> Result<String, Diagnostic> {
        match (cell, self.cell_figure(cell)) {
            (TableCell::Markdown(text), _) => self.text_html(text),
            (TableCell::Text(text), _) => Ok(escaped(&text.text)),
            (_, Some(figure)) => {
                self.engine.render("components/figure.html", "figure", &self.figure_in(figure, notation))
            }
            (TableCell::Open, _) => Ok(escaped(&self.site.config.labels.open)),
            (TableCell::Figure(_) | TableCell::Empty, None) => Ok(String::new()),
        }
    }

    /// Puts the title that neighboring columns share above them, where two do and nothing but such columns follows, and that of the values above the columns of a pivot: a title
    /// said twice side by side is long, and on a phone higher than the table.
    fn group_columns(
        &self,
        columns: &[TableColumn],
        views: &mut [ColumnView],
    ) -> Result<Vec<ColumnGroupView>, Diagnostic> {
        let has_side = |column: &TableColumn| !self.aspect(column.aspect).is_empty();
        let title = |column: &TableColumn| column.title.clone().filter(|_| column.head.is_some() || has_side(column));
        let is_pivoted = columns.iter().any(|column| column.head.is_some());
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
                    title_html: match column.head {
                        Some(_) => self.column(&TableColumn { head: None, ..column.clone() })?.title_html,
                        None => self.text_html(&title)?,
                    },
                    span: 1,
                    calculated: view.calculated,
                }),
            }
            last = Some(title.text);
        }
        if !is_pivoted && groups.iter().all(|group| group.span < 2) {
            return Ok(Vec::new());
        }
        for (column, view) in columns.iter().zip(views.iter_mut()).skip(first) {
            view.grouped = true;
            if !is_pivoted {
                view.title_html = escaped(&upper_first(self.aspect(column.aspect)));
            }
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
