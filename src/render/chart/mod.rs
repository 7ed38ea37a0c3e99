//! Charts: drawings of a block's figures with their scale, key, description and table.
//!
//! `entries` says what rows and series are; `bars`, `mix`, `lines` and `ladder` lay them out, `twin` writes the same as a table.

mod bars;
mod entries;
mod ladder;
mod lines;
mod mix;
mod placed;
mod scale;
mod text;
mod twin;
pub mod views;

use bars::{Entry, Sheet};
use scale::{Scale, Start};
use views::{ChartView, DrawingView, KeyView};

use super::Renderer;
use super::engine::escaped;
use super::nodes::Scope;
use super::plain;
use crate::content::{Block, BlockKind, ChartBlock};
use crate::data::notation::{self, Datum};
use crate::data::{Amount, DataSet, Figure, Number, Unit};
use crate::diagnostic::Diagnostic;
use crate::site::{Drawing, Plot, PlotKind, ResolvedBlock, ResolvedChart};

/// The narrowest bar that still reads as a range, in hundredths of a percent of the scale.
const READABLE: i32 = 150;
/// The most rows of a line whose values are all told in words; a table with all of them is beside it.
const MOST_IN_WORDS: usize = 12;

impl Renderer<'_> {
    pub(super) fn chart(
        &self,
        block: &Block,
        chart: &ResolvedChart,
        scope: &mut Scope<'_>,
    ) -> Result<String, Diagnostic> {
        let (BlockKind::Chart(options), Some(set)) = (&block.kind, self.site.set(&chart.set)) else {
            return Ok(String::new());
        };
        let view = self.chart_view(options, set, chart, scope)?;
        self.engine.render("components/chart.html", "chart", &view)
    }

    fn chart_view(
        &self,
        options: &ChartBlock,
        set: &DataSet,
        chart: &ResolvedChart,
        scope: &mut Scope<'_>,
    ) -> Result<ChartView, Diagnostic> {
        let (kind, panels) = match &chart.drawing {
            Drawing::Plots(kind, plots) => (kind.word(), plots.len() > 1),
            Drawing::Ladder(_) => ("ladder", false),
        };
        let id = self.claim(&format!("chart-{}", chart.set), scope);
        let figures = ResolvedBlock::Chart(chart.clone());
        let figures: Vec<&Figure> =
            figures.figures().into_iter().filter_map(|id| self.site.data.figures.get(id)).collect();
        let caption = options.caption.as_ref();
        let title = match (caption, &set.title) {
            (Some(caption), _) => caption.plain.clone(),
            (None, Some(title)) => plain(title),
            (None, None) => set.name.to_string(),
        };
        let caption_html = match (caption, &set.title) {
            (Some(caption), _) => self.nodes(&caption.nodes, &mut Scope::of_data())?,
            (None, Some(title)) => self.text_html(title)?,
            (None, None) => escaped(&set.name),
        };
        let mut drawn = self.drawings(options, chart, &figures, &title)?;
        let badges = self.badges(&figures);
        let several = drawn.drawings.len() > 1;
        for (at, drawing) in drawn.drawings.iter_mut().enumerate() {
            drawing.id = if several { format!("{id}_{}", at + 1) } else { format!("{id}_") };
            drawing.sign(&badges);
        }
        let mut about = self.about(figures.iter().copied());
        if !drawn.note.is_empty() {
            about = [about, drawn.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
        }
        let table = self.twin(&id, set, chart, &figures)?;
        Ok(ChartView { id, kind, panels, caption_html, about, key: drawn.key, drawings: drawn.drawings, table })
    }

    fn drawings(
        &self,
        options: &ChartBlock,
        chart: &ResolvedChart,
        figures: &[&Figure],
        title: &str,
    ) -> Result<Drawn, Diagnostic> {
        let labels = &self.site.config.labels;
        let (kind, plots) = match &chart.drawing {
            Drawing::Plots(kind, plots) => (*kind, plots),
            Drawing::Ladder(ladder) => {
                let steps = self.steps(ladder);
                let (ladder, height) = ladder::ladder(&steps);
                let description = ladder::describe(&steps, labels);
                let (title, ladder) = (title.to_owned(), Some(ladder));
                let drawing = DrawingView { title, description, height, ladder, ..DrawingView::default() };
                return Ok(Drawn { drawings: vec![drawing], ..Drawn::default() });
            }
        };
        let several = plots.len() > 1;
        let all: Vec<Vec<Entry>> = plots.iter().map(|plot| self.plot_entries(plot, several)).collect();
        let start = match kind {
            PlotKind::Range if options.neighbors => Start::Lowest,
            PlotKind::Range | PlotKind::Dots | PlotKind::Line => Start::Fitting,
            PlotKind::Bar | PlotKind::Mix | PlotKind::Timeline => Start::Zero,
        };
        let one_unit = figures.windows(2).all(|pair| pair[0].unit == pair[1].unit);
        let mut drawn = Drawn { key: self.key(all.iter().flatten()), ..Drawn::default() };
        let mut shared = None;
        for (plot, entries) in plots.iter().zip(&all) {
            let first = plot.rows.iter().flat_map(|row| row.marks.iter().flatten()).next();
            let unit = first.and_then(|mark| self.site.data.figures.get(&mark.figure)).map(|figure| &figure.unit);
            let unit = unit.unwrap_or(&Unit::NUMBER);
            let write = |tick: &Number| self.tick(tick, unit);
            let width = if several { text::SMALL } else { text::NARROW };
            let sheet = Sheet { width, start, unit, kind, not_zero: &labels.chart_not_zero, write: &write };
            if several && one_unit && shared.is_none() {
                shared = sheet.scale(&bars::values(all.iter().flatten())).filter(|scale| is_readable(scale, &all));
            }
            let scale = shared.clone().or_else(|| sheet.scale(&bars::values(entries)));
            let drawing = self.draw(&sheet, plot, entries, scale.as_ref());
            let (title, heading_html) = match &plot.title {
                Some(name) if several => {
                    let name = self.series_name(name);
                    (format!("{title}: {name}"), Some(escaped(&name)))
                }
                _ => (title.to_owned(), None),
            };
            drawn.drawings.push(DrawingView { title, heading_html, ..drawing });
        }
        if several && shared.is_none() {
            drawn.note = labels.chart_own_scales.to_string();
        }
        Ok(drawn)
    }

    /// A plot without its title.
    fn draw(&self, sheet: &Sheet<'_>, plot: &Plot, entries: &[Entry], scale: Option<&Scale>) -> DrawingView {
        let description = self.describe(entries);
        if let (PlotKind::Line, Some(scale)) = (sheet.kind, scale) {
            let positions: Vec<Option<Number>> = plot.rows.iter().map(|row| row.position.clone()).collect();
            let stops = lines::stops(entries, &positions);
            let series: Vec<String> = plot.series.iter().map(|name| self.series_name(name)).collect();
            let (view, height) = lines::lines(sheet, &stops, &series, scale);
            let description = match stops.len() {
                ..=MOST_IN_WORDS => description,
                _ => self.summary(&stops, &series),
            };
            return DrawingView { description, height, lines: Some(view), ..DrawingView::default() };
        }
        let mut height = 0;
        let panel = match sheet.kind {
            PlotKind::Mix => mix::panel(sheet, entries, &mut height),
            _ => sheet.panel(entries, scale, &mut height),
        };
        DrawingView { description, height, panel: Some(panel), ..DrawingView::default() }
    }

    /// Long lines in words: the first value of each, its last, and the lowest and highest.
    fn summary(&self, stops: &[lines::Stop<'_>], series: &[String]) -> String {
        let sentence = |(at, name): (usize, &String)| {
            let stated = stops.iter().filter_map(|stop| {
                let side = stop.entry.side_of(at)?;
                let (value, _) = side.ends.as_ref()?;
                Some((value, format!("{} ({})", views::in_words(&side.value), stop.entry.full_name())))
            });
            let stated: Vec<(&Number, String)> = stated.collect();
            let extreme = |found: Option<&(&Number, String)>| found.map(|(_, words)| words.clone()).unwrap_or_default();
            let words = self.site.config.labels.chart_summary.replace("{first}", &extreme(stated.first()));
            let words = words.replace("{last}", &extreme(stated.last()));
            let words = words.replace("{lowest}", &extreme(stated.iter().min_by_key(|(value, _)| *value)));
            let words = words.replace("{highest}", &extreme(stated.iter().max_by_key(|(value, _)| *value)));
            (!stated.is_empty()).then(|| format!("{name}: {words}."))
        };
        series.iter().enumerate().filter_map(sentence).collect::<Vec<_>>().join(" ")
    }

    /// A number on a scale, as the generator writes one.
    fn tick(&self, tick: &Number, unit: &Unit) -> String {
        let amount = Amount::One(tick.clone());
        notation::write(&Datum::new(&amount, unit), &self.style())
    }

    /// The key of drawings in which medians are marked.
    fn key<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> Vec<KeyView> {
        let labels = &self.site.config.labels;
        let entry = |mark, text: &str| KeyView { mark, text: text.to_owned() };
        let mut sides = entries.flat_map(|entry| &entry.sides);
        match sides.any(|side| side.median.is_some()) {
            true => vec![entry("band", &labels.range), entry("median", &labels.median)],
            false => Vec::new(),
        }
    }

    /// The words that must show wherever these figures do, each once.
    pub(super) fn badges(&self, figures: &[&Figure]) -> Vec<String> {
        let mut badges: Vec<String> = Vec::new();
        for badge in figures.iter().filter_map(|figure| figure.record.badge.as_ref()).map(plain) {
            if !badges.contains(&badge) {
                badges.push(badge);
            }
        }
        badges
    }
}

impl DrawingView {
    /// Spells out below it what must be said of its figures.
    fn sign(&mut self, badges: &[String]) {
        for badge in badges {
            self.height += 4;
            self.badges.extend(bars::small_lines("badge", badge, 0, text::SMALL, &mut self.height));
            self.description.push_str(&format!(" {badge}."));
        }
    }
}

/// What a chart consists of before it has an id.
#[derive(Default)]
struct Drawn {
    drawings: Vec<DrawingView>,
    key: Vec<KeyView>,
    note: String,
}

/// Whether no range is too narrow to be seen on a scale.
fn is_readable(scale: &Scale, all: &[Vec<Entry>]) -> bool {
    let mut ends = all.iter().flatten().flat_map(|entry| &entry.sides).filter_map(|side| side.ends.as_ref());
    ends.all(|(low, high)| low == high || scale.position(high).0 - scale.position(low).0 >= READABLE)
}
