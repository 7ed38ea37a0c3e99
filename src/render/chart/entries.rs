//! What the rows and rungs of a chart are: their names, their values, and the same in words.

use std::sync::Arc;

use super::bars::{Entry, Joint, OpenEnd, Side};
use super::ladder::Step;
use super::views::{ValueView, in_words};
use crate::data::notation::Notation;
use crate::data::{Amount, Aspect, Figure, Number, Unit};
use crate::render::Renderer;
use crate::render::plain;
use crate::render::table::lower_first;
use crate::site::{Ladder, Mark, Plot, PlotName, SeriesName};

impl Renderer<'_> {
    /// The rows of a plot. Where room is short, a row with a code goes by that alone.
    pub(super) fn plot_entries(&self, plot: &Plot, short: bool) -> Vec<Entry> {
        let figures = &self.site.data.figures;
        let marks = plot.rows.iter().flat_map(|row| row.marks.iter().flatten());
        let unit = marks.filter_map(|mark| figures.get(&mark.figure)).map(|figure| &figure.unit).next();
        let series: Vec<String> = match &plot.series[..] {
            [_] => vec![String::new()],
            series => series.iter().map(|name| self.series_name(name)).collect(),
        };
        let columns: Vec<Written> = (0..series.len()).map(|at| self.written(plot, at)).collect();
        let mut group = None;
        let entry = |row: &crate::site::PlotRow| {
            let own = row.group.as_ref().map(ToString::to_string);
            let begins = own != group;
            group.clone_from(&own);
            let (code, name) = self.plot_name(&row.name);
            let side = |(at, mark): (usize, &Option<Mark>)| {
                let mark = mark.as_ref()?;
                let column = columns.get(at)?;
                let side = self.side(figures.get(&mark.figure)?, unit, &column.values);
                let median = mark.median.as_ref().and_then(|id| figures.get(id));
                Some(Side {
                    series: at,
                    name: series.get(at).cloned().unwrap_or_default(),
                    median: median
                        .and_then(|median| Some((ends(median, unit)?.0, self.value(median, &column.medians).text))),
                    ..side
                })
            };
            Entry {
                group: own.filter(|_| begins),
                name: if short && code.is_some() { String::new() } else { name },
                code,
                sides: row.marks.iter().enumerate().filter_map(side).collect(),
                joint: row
                    .joint
                    .as_ref()
                    .and_then(|id| figures.get(id))
                    .zip(columns.first())
                    .map(|(figure, column)| self.joint_value(figure, &column.values)),
            }
        };
        plot.rows.iter().map(entry).collect()
    }

    /// How the figures of a series are written, in the drawing and in the table behind it.
    pub(super) fn written(&self, plot: &Plot, series: usize) -> Written {
        let figure = |id: &Arc<str>| self.site.data.figures.get(id);
        let marks = || plot.rows.iter().filter_map(|row| row.marks.get(series)?.as_ref());
        let joints = plot.rows.iter().filter_map(|row| figure(row.joint.as_ref()?));
        let values = marks().filter_map(|mark| figure(&mark.figure)).chain(joints);
        let medians = marks().filter_map(|mark| figure(mark.median.as_ref()?));
        let of = |figures: &mut dyn Iterator<Item = &Figure>| Notation::of(figures.map(Figure::datum));
        Written { values: of(&mut { values }), medians: of(&mut { medians }) }
    }

    /// How the prices of a ladder are written.
    pub(super) fn written_rungs(&self, ladder: &Ladder) -> Notation {
        let figures = ladder.rungs.iter().filter_map(|rung| self.site.data.figures.get(rung.figure.as_ref()?));
        Notation::of(figures.map(Figure::datum))
    }

    /// What a series is called: "Total", "Total, median".
    pub(super) fn series_name(&self, series: &SeriesName) -> String {
        let (_, title) = self.plot_name(&series.title);
        let aspect = lower_first(self.aspect(series.aspect));
        [title, aspect].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// A row's code, and its name.
    pub(super) fn plot_name(&self, name: &PlotName) -> (Option<String>, String) {
        let figure = |id: &str| self.site.data.figures.get(id);
        match name {
            PlotName::Row(row) => {
                let code = row.code.as_ref().map(plain);
                let title = row.title.as_ref().map(plain);
                let name = title.unwrap_or_else(|| if code.is_some() { String::new() } else { row.id.to_string() });
                (code, name)
            }
            PlotName::Text(text) => (None, plain(text)),
            PlotName::Words(words) => (None, words.to_string()),
            PlotName::Value(id) => (None, figure(id).map(|figure| self.figure_text(figure)).unwrap_or_default()),
            PlotName::Figure(id) => (None, figure(id).map(|figure| self.figure_label(figure)).unwrap_or_default()),
        }
    }

    /// The rungs of a ladder, the lowest first, each with its figure.
    pub(super) fn steps(&self, ladder: &Ladder) -> Vec<Step> {
        let column = self.written_rungs(ladder);
        let step = |(at, rung): (usize, &crate::site::ChartRung)| {
            let figure = rung.figure.as_ref().and_then(|id| self.site.data.figures.get(id));
            Step {
                code: figure.and_then(|figure| figure.rows.first()).and_then(|row| row.code.as_ref()).map(plain),
                name: rung.title.as_ref().map_or_else(|| rung.rung.to_string(), plain),
                note: figure.and_then(|figure| figure.qualifier.as_ref()).map(plain),
                value: match figure {
                    Some(figure) => self.value(figure, &column),
                    None => ValueView {
                        text: self.site.config.labels.unpriced.to_string(),
                        unstated: true,
                        ..ValueView::default()
                    },
                },
                parent: rung.parent.filter(|parent| *parent != at),
            }
        };
        ladder.rungs.iter().enumerate().map(step).collect()
    }

    /// Every number of some rows, in words.
    pub(super) fn describe(&self, entries: &[Entry]) -> String {
        let label = self.site.config.labels.median.to_lowercase();
        let mut sentences: Vec<String> = Vec::new();
        let mut group = String::new();
        for entry in entries {
            if let Some(own) = &entry.group {
                group.clone_from(own);
            }
            let name = entry.full_name();
            for side in &entry.sides {
                let whose = [group.as_str(), &name, &side.name];
                let whose: Vec<&str> = whose.into_iter().filter(|part| !part.is_empty()).collect();
                let mut sentence = format!("{}: {}", whose.join(", "), in_words(&side.value));
                if let Some(note) = &side.note {
                    sentence.push_str(&format!(", {note}"));
                }
                if let Some((_, median)) = &side.median {
                    sentence.push_str(&format!(", {label} {median}"));
                }
                sentences.push(sentence);
            }
            sentences.extend(entry.joint.as_ref().map(|joint| in_words(&joint.value)));
        }
        sentences.iter().map(|sentence| format!("{sentence}.")).collect::<Vec<_>>().join(" ")
    }

    fn side(&self, figure: &Figure, unit: Option<&Unit>, column: &Notation) -> Side {
        let note = figure.qualifier.as_ref().map(plain);
        let open = match figure.amount {
            Amount::From(_) => Some(OpenEnd::High),
            Amount::To(_) => Some(OpenEnd::Low),
            _ => None,
        };
        Side { note, value: self.value(figure, column), ends: ends(figure, unit), open, ..Side::default() }
    }

    /// A figure's text with its bound, and with the mark of what is calculated.
    fn value(&self, figure: &Figure, column: &Notation) -> ValueView {
        let view = self.figure_in(figure, column);
        let labels = &self.site.config.labels;
        ValueView {
            text: if view.bound.is_empty() { view.text } else { format!("{} {}", view.bound, view.text) },
            after: view.calculated.then(|| labels.calc.to_string()),
            figure: Some(view.id),
            unstated: view.unstated,
            flags: view.flags,
            ..ValueView::default()
        }
    }

    fn joint_value(&self, figure: &Figure, column: &Notation) -> Joint {
        let labels = &self.site.config.labels;
        let (kind, word) = match figure.aspect {
            Aspect::Gap => ("gap", &labels.gap),
            _ => ("overlap", &labels.overlap),
        };
        let after = Some(format!("({})", labels.calculated));
        Joint {
            kind,
            value: ValueView { before: Some(word.to_string()), after, small: true, ..self.value(figure, column) },
        }
    }
}

/// How the figures of a series are written: its values, with what they have to do with each other, and its medians.
pub(super) struct Written {
    pub(super) values: Notation,
    pub(super) medians: Notation,
}

impl Entry {
    /// Its code and its name.
    pub(super) fn full_name(&self) -> String {
        let name = [self.code.as_deref(), Some(&self.name)];
        name.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Its value of a series.
    pub(super) fn side_of(&self, series: usize) -> Option<&Side> {
        let found = self.sides.binary_search_by_key(&series, |side| side.series);
        found.ok().map(|at| &self.sides[at])
    }
}

/// Low and high in another unit; nothing where nothing is stated.
pub(super) fn ends(figure: &Figure, unit: Option<&Unit>) -> Option<(Number, Number)> {
    let (low, high) = match &figure.amount {
        Amount::One(value) => (value, value),
        Amount::Range(low, high) => (low, high),
        Amount::From(value) | Amount::To(value) | Amount::Tolerance { value, .. } => (value, value),
        Amount::Unstated | Amount::Text(_) | Amount::Date(_) => return None,
    };
    let factor = match unit {
        Some(other) => figure.unit.factor(other)?,
        None => Number::ONE,
    };
    Some((low.mul(&factor)?, high.mul(&factor)?))
}
