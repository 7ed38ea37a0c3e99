//! What the rows of a chart are, kind by kind: their names, their values, and the same in words.

use std::sync::Arc;

use super::bars::{Entry, Joint, Side};
use super::ladder::Step;
use super::views::ValueView;
use crate::data::{Amount, Aspect, CellValue, Contents, Figure, Number, Row, Unit};
use crate::render::Renderer;
use crate::render::nodes::{as_typed, plain};
use crate::site::{ChartRung, Series};

impl Renderer<'_> {
    /// A row for each bar of a measure. Where room is short, a row with a code goes by that alone.
    pub(super) fn series_entries(&self, series: &Series, short: bool) -> Vec<Entry> {
        let figures = &self.site.data.figures;
        let bars = series.bars.iter().filter_map(|bar| Some((bar, figures.get(&bar.figure)?)));
        let first = bars.clone().next().map(|(_, figure)| &figure.unit);
        bars.map(|(bar, figure)| {
            let (code, name) = names(figure);
            let joint = bar.joint.as_ref().and_then(|id| figures.get(id)).map(|figure| self.joint_value(figure));
            Entry {
                group: None,
                name: if short && code.is_some() { String::new() } else { name },
                code,
                median: bar
                    .median
                    .as_ref()
                    .and_then(|id| figures.get(id))
                    .and_then(|median| Some(ends(median, first)?.0)),
                sides: vec![self.side(figure, first)],
                joint,
            }
        })
        .collect()
    }

    /// A row for each duration, under the role that it belongs to where there are several.
    pub(super) fn timeline_entries(&self, ids: &[Arc<str>]) -> Vec<Entry> {
        let figures: Vec<&Figure> = ids.iter().filter_map(|id| self.site.data.figures.get(id)).collect();
        let role = |figure: &Figure| figure.record.role.as_ref().map(as_typed).unwrap_or_default();
        let first = figures.first().copied();
        let several = figures.iter().any(|figure| first.map(role) != Some(role(figure)));
        let mut current = None;
        figures
            .iter()
            .map(|figure| {
                let own = Some(role(figure)).filter(|role| several && !role.is_empty());
                let group = if own == current { None } else { own.clone() };
                current = own;
                let (code, name) = names(figure);
                Entry {
                    group,
                    code,
                    name,
                    sides: vec![self.side(figure, first.map(|figure| &figure.unit))],
                    ..Entry::default()
                }
            })
            .collect()
    }

    /// A row for each pair, named by what its two titles have in common beside the roles.
    pub(super) fn pair_entries(&self, pairs: &[[Arc<str>; 2]]) -> Vec<Entry> {
        let figures = &self.site.data.figures;
        let pairs = pairs.iter().filter_map(|[one, other]| Some((figures.get(one)?, figures.get(other)?)));
        let first = pairs.clone().next().map(|(figure, _)| &figure.unit);
        pairs
            .map(|(one, other)| {
                let (name, sides) = match (subject(one), subject(other)) {
                    (Some((role, subject)), Some((other_role, same))) if subject == same && role != other_role => {
                        (subject, [role, other_role])
                    }
                    _ => (String::new(), [self.figure_label(one), self.figure_label(other)]),
                };
                let [left, right] = sides;
                let sides =
                    vec![Side { name: left, ..self.side(one, first) }, Side { name: right, ..self.side(other, first) }];
                Entry { name, sides, ..Entry::default() }
            })
            .collect()
    }

    /// The rungs of a ladder, the lowest first, each with its depth and its price.
    pub(super) fn steps(&self, set: &str, rungs: &[ChartRung]) -> Vec<Step> {
        let Some(Contents::Table(table)) = self.site.set(set).map(|set| &set.contents) else { return Vec::new() };
        let find = |id: &str| table.rows.iter().find(|row| *row.id == *id);
        let text = |row: &Row, name: &str| match &row.cells[table.column(name)?].value {
            Ok(CellValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let title = |row: &Row| match &row.cells[table.title_column()?].value {
            Ok(CellValue::Text(text)) => Some(plain(text)),
            _ => None,
        };
        let parents: Vec<Option<usize>> = rungs
            .iter()
            .map(|shown| {
                let parent = text(find(&shown.rung)?, "branch-of")?.text;
                rungs.iter().position(|other| other.rung == parent)
            })
            .collect();
        rungs
            .iter()
            .enumerate()
            .filter_map(|(at, shown)| {
                let row = find(&shown.rung)?;
                let figure = shown.figure.as_ref().and_then(|id| self.site.data.figures.get(id));
                Some(Step {
                    code: figure.and_then(|figure| figure.rows.first()).and_then(|row| row.code.as_ref()).map(plain),
                    name: title(row).unwrap_or_else(|| row.id.to_string()),
                    note: figure.and_then(|figure| figure.qualifier.as_ref()).map(plain),
                    value: match figure {
                        Some(figure) => self.value(figure),
                        None => ValueView {
                            text: self.site.config.labels.unpriced.to_string(),
                            unstated: true,
                            ..ValueView::default()
                        },
                    },
                    parent: parents.get(at).copied().flatten().filter(|parent| *parent != at),
                })
            })
            .collect()
    }

    /// Every number of some rows, in words.
    pub(super) fn describe<'e>(&self, entries: impl Iterator<Item = &'e Entry>) -> String {
        let mut sentences: Vec<String> = Vec::new();
        let mut group = String::new();
        for entry in entries {
            if let Some(own) = &entry.group {
                group.clone_from(own);
            }
            let name = [entry.code.as_deref(), Some(&entry.name)];
            let name: Vec<&str> = name.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            let name = [group.as_str(), &name.join(" ")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            for side in &entry.sides {
                let whose: Vec<&str> =
                    [name.as_str(), &side.name].into_iter().filter(|part| !part.is_empty()).collect();
                let mut sentence = format!("{}: {}", whose.join(", "), in_words(&side.value));
                if let Some(note) = &side.note {
                    sentence.push_str(&format!(", {note}"));
                }
                if let Some((figure, label)) = self.median_of(entry, side) {
                    sentence.push_str(&format!(", {label} {figure}"));
                }
                sentences.push(sentence);
            }
            sentences.extend(entry.joint.as_ref().map(|joint| in_words(&joint.value)));
        }
        sentences.iter().map(|sentence| format!("{sentence}.")).collect::<Vec<_>>().join(" ")
    }

    fn median_of(&self, entry: &Entry, side: &Side) -> Option<(String, String)> {
        entry.median.as_ref()?;
        let figure = self.site.data.figures.get(&format!("{}.median", side.value.figure.as_deref()?))?;
        Some((self.value(figure).text, self.site.config.labels.median.to_lowercase()))
    }

    fn side(&self, figure: &Figure, unit: Option<&Unit>) -> Side {
        let note = figure.qualifier.as_ref().map(plain);
        Side { name: String::new(), note, value: self.value(figure), ends: ends(figure, unit) }
    }

    /// A figure's text with its bound, and with the mark of what is calculated.
    fn value(&self, figure: &Figure) -> ValueView {
        let view = self.figure(figure);
        let labels = &self.site.config.labels;
        ValueView {
            text: if view.bound.is_empty() { view.text } else { format!("{} {}", view.bound, view.text) },
            after: view.calculated.then(|| labels.calc.to_string()),
            figure: Some(view.id),
            unstated: view.unstated,
            flag: !view.conflicts.is_empty() && !view.unstated,
            ..ValueView::default()
        }
    }

    fn joint_value(&self, figure: &Figure) -> Joint {
        let labels = &self.site.config.labels;
        let (kind, word) = match figure.aspect {
            Aspect::Gap => ("gap", &labels.gap),
            _ => ("overlap", &labels.overlap),
        };
        let after = Some(format!("({})", labels.calculated));
        Joint { kind, value: ValueView { before: Some(word.to_string()), after, ..self.value(figure) } }
    }
}

/// A value with what stands before and behind it.
pub(super) fn in_words(value: &ValueView) -> String {
    let words = [value.before.as_deref(), Some(value.text.as_str()), value.after.as_deref()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A figure's code, and the title of its row or of itself.
pub(super) fn names(figure: &Figure) -> (Option<String>, String) {
    let Some(row) = figure.rows.first() else {
        return (None, figure.measure.as_ref().map(plain).unwrap_or_default());
    };
    let code = row.code.as_ref().map(plain);
    let title = row.title.as_ref().or(figure.measure.as_ref()).map(plain);
    let name = title.unwrap_or_else(|| if code.is_some() { String::new() } else { row.id.to_string() });
    (code, name)
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

/// The role that a title begins with, and what it says of it: "Product Manager" and "Total pay".
pub(super) fn subject(figure: &Figure) -> Option<(String, String)> {
    let role = as_typed(figure.record.role.as_ref()?);
    let (_, title) = names(figure);
    let rest = title.strip_prefix(&role)?.trim_start_matches([',', ':', ';', ' ', '\u{2013}', '\u{2014}', '-']);
    let mut chars = rest.chars();
    let first = chars.next()?;
    Some((role, first.to_uppercase().chain(chars).collect()))
}
