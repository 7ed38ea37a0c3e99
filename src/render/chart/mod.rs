//! Charts: drawings of a block's figures with their scale, key, description and table.
//!
//! Each kind says what its rows are; `bars` and `ladder` lay them out, `twin` writes the same as a table.

mod bars;
mod entries;
mod ladder;
mod scale;
mod text;
mod twin;
pub mod views;

use bars::{Entry, Sheet};
use scale::{Scale, Start};
use views::{ChartView, DrawingView, KeyView};

use super::Renderer;
use super::engine::escaped;
use super::nodes::{Scope, plain};
use crate::config::Labels;
use crate::content::{Block, BlockKind, ChartBlock};
use crate::data::notation::{self, Datum};
use crate::data::{Amount, DataSet, Figure, Number, Unit};
use crate::diagnostic::Diagnostic;
use crate::site::{Drawing, ResolvedBlock, ResolvedChart};

/// The narrowest bar that still reads as a range, in hundredths of a percent of the scale.
const READABLE: i32 = 150;

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
        let kind = kind(&chart.drawing);
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
        let mut drawn = self.drawings(chart, &figures, &title)?;
        let badges = self.badges(&figures);
        let several = drawn.drawings.len() > 1;
        for (at, drawing) in drawn.drawings.iter_mut().enumerate() {
            drawing.id = if several { format!("{id}_{}", at + 1) } else { format!("{id}_") };
            for badge in &badges {
                drawing.height += 4;
                let lines = bars::small_lines("badge", badge, 0, text::SMALL, &mut drawing.height);
                drawing.badges.extend(lines);
                drawing.description.push_str(&format!(" {badge}."));
            }
        }
        let mut about = self.about(figures.iter().copied());
        if !drawn.note.is_empty() {
            about = [about, drawn.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
        }
        let table = self.twin(&id, set, chart, &figures, scope)?;
        Ok(ChartView { id, kind, caption_html, about, key: drawn.key, drawings: drawn.drawings, table })
    }

    fn drawings(&self, chart: &ResolvedChart, figures: &[&Figure], title: &str) -> Result<Drawn, Diagnostic> {
        let labels = &self.site.config.labels;
        match &chart.drawing {
            Drawing::Range(series) | Drawing::Overlap(series) => {
                let overlap = matches!(chart.drawing, Drawing::Overlap(_));
                let start = if overlap { Start::Lowest } else { Start::Fitting };
                let mut drawn = Drawn::default();
                for one in series {
                    let entries = self.series_entries(one, false);
                    // What two rows share can only be seen where they stand on one scale.
                    let groups = if overlap { vec![entries.iter().collect()] } else { bars::groups(&entries) };
                    let named = series.len() > 1;
                    let (title, heading_html) = self.titles(title, one.title.as_ref().filter(|_| named))?;
                    let sheet = Paper { width: text::NARROW, start, reach: false };
                    drawn.add_key(self.key(&entries));
                    drawn.drawings.push(self.draw(&sheet, &groups, figures, None, title, heading_html));
                }
                Ok(drawn)
            }
            Drawing::Parts(series) => {
                let all: Vec<Vec<Entry>> = series.iter().map(|one| self.series_entries(one, true)).collect();
                let paper = Paper { width: text::SMALL, start: Start::Fitting, reach: false };
                let shared = self.shared_scale(&paper, &all, figures);
                let mut drawn = Drawn::default();
                for (one, entries) in series.iter().zip(&all) {
                    let (title, heading_html) = self.titles(title, one.title.as_ref())?;
                    let groups = [entries.iter().collect()];
                    drawn.drawings.push(self.draw(&paper, &groups, figures, shared.as_ref(), title, heading_html));
                }
                if shared.is_none() && series.len() > 1 {
                    drawn.note = labels.chart_own_scales.to_string();
                }
                Ok(drawn)
            }
            Drawing::Timeline(ids) => {
                let entries = self.timeline_entries(ids);
                let paper = Paper { width: text::NARROW, start: Start::Zero, reach: true };
                let groups = [entries.iter().collect()];
                Ok(Drawn::one(self.draw(&paper, &groups, figures, None, title.to_owned(), None)))
            }
            Drawing::Dumbbell(pairs) => {
                let entries = self.pair_entries(pairs);
                let paper = Paper { width: text::NARROW, start: Start::Zero, reach: false };
                let groups = [entries.iter().collect()];
                Ok(Drawn::one(self.draw(&paper, &groups, figures, None, title.to_owned(), None)))
            }
            Drawing::Ladder(rungs) => {
                let steps = self.steps(&chart.set, rungs);
                let (ladder, height) = ladder::ladder(&steps);
                let description = ladder::describe(&steps, labels);
                let ladder = Some(ladder);
                Ok(Drawn::one(DrawingView {
                    title: title.to_owned(),
                    description,
                    height,
                    ladder,
                    ..DrawingView::default()
                }))
            }
        }
    }

    /// Rows drawn on paper of a kind, on a scale of their own unless one is given.
    fn draw(
        &self,
        paper: &Paper,
        groups: &[Vec<&Entry>],
        figures: &[&Figure],
        scale: Option<&Scale>,
        title: String,
        heading_html: Option<String>,
    ) -> DrawingView {
        let unit = figures.first().map_or(&Unit::NUMBER, |figure| &figure.unit);
        let write = |tick: &Number| self.tick(tick, unit);
        let sheet = paper.sheet(unit, &self.site.config.labels, &write);
        let (panels, height) = match (scale, groups) {
            (Some(scale), [entries]) => {
                let mut height = 0;
                (vec![sheet.panel(entries, "", Some(scale), &mut height)], height)
            }
            _ => sheet.panels(groups, 0),
        };
        let description = self.describe(groups.iter().flatten().copied());
        DrawingView { title, heading_html, description, height, panels, ..DrawingView::default() }
    }

    /// One scale for several small drawings, where every bar is wide enough on it to be read.
    fn shared_scale(&self, paper: &Paper, all: &[Vec<Entry>], figures: &[&Figure]) -> Option<Scale> {
        let unit = &figures.first()?.unit;
        if figures.iter().any(|figure| figure.unit != *unit) {
            return None;
        }
        let write = |tick: &Number| self.tick(tick, unit);
        let scale = paper.sheet(unit, &self.site.config.labels, &write).scale(&bars::values(all.iter().flatten()))?;
        let mut ends = all.iter().flatten().flat_map(|entry| &entry.sides).filter_map(|side| side.ends.as_ref());
        let readable =
            |(low, high): &(Number, Number)| low == high || scale.position(high).0 - scale.position(low).0 >= READABLE;
        ends.all(readable).then_some(scale)
    }

    /// A number on a scale, as the generator writes one.
    fn tick(&self, tick: &Number, unit: &Unit) -> String {
        let amount = Amount::One(tick.clone());
        notation::write(&Datum::new(&amount, unit), &self.style())
    }

    /// What a drawing is called, and what stands above it, where it is one of several.
    fn titles(
        &self,
        title: &str,
        measure: Option<&crate::document::Text>,
    ) -> Result<(String, Option<String>), Diagnostic> {
        Ok(match measure {
            Some(measure) => (format!("{title}: {}", plain(measure)), Some(self.text_html(measure)?)),
            None => (title.to_owned(), None),
        })
    }

    /// The key of a drawing with ranges, where more than these are marked.
    fn key(&self, entries: &[Entry]) -> Vec<KeyView> {
        let labels = &self.site.config.labels;
        let entry = |mark, text: &str| KeyView { mark, text: text.to_owned() };
        if entries.iter().all(|entry| entry.median.is_none()) {
            return Vec::new();
        }
        vec![entry("band", &labels.range), entry("median", &labels.median)]
    }

    /// The words that must show wherever these figures do, each once.
    fn badges(&self, figures: &[&Figure]) -> Vec<String> {
        let mut badges: Vec<String> = Vec::new();
        for badge in figures.iter().filter_map(|figure| figure.record.badge.as_ref()).map(plain) {
            if !badges.contains(&badge) {
                badges.push(badge);
            }
        }
        badges
    }
}

/// What a chart consists of before it has an id.
#[derive(Default)]
struct Drawn {
    drawings: Vec<DrawingView>,
    key: Vec<KeyView>,
    note: String,
}

impl Drawn {
    fn one(drawing: DrawingView) -> Self {
        Self { drawings: vec![drawing], ..Self::default() }
    }

    fn add_key(&mut self, key: Vec<KeyView>) {
        if self.key.is_empty() {
            self.key = key;
        }
    }
}

/// What a drawing of a kind is made on.
struct Paper {
    width: u32,
    start: Start,
    reach: bool,
}

impl Paper {
    fn sheet<'a>(&self, unit: &'a Unit, labels: &'a Labels, write: &'a dyn Fn(&Number) -> String) -> Sheet<'a> {
        Sheet {
            width: self.width,
            start: self.start,
            unit,
            reach: self.reach,
            own_scale: &labels.chart_own_scale,
            not_zero: &labels.chart_not_zero,
            write,
        }
    }
}

fn kind(drawing: &Drawing) -> &'static str {
    match drawing {
        Drawing::Range(_) => "range",
        Drawing::Parts(_) => "parts",
        Drawing::Overlap(_) => "overlap",
        Drawing::Ladder(_) => "ladder",
        Drawing::Timeline(_) => "timeline",
        Drawing::Dumbbell(_) => "dumbbell",
    }
}
