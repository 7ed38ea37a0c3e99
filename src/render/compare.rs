//! The comparison: every two neighboring rows side by side, from which the script makes any other two.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::Renderer;
use super::nodes::Scope;
use super::tool::{MarksView, NameView, UnitView, name_of};
use super::views::{CreditView, FigureView, LinkView};
use crate::data::notation::Notation;
use crate::data::{Aspect, Figure};
use crate::diagnostic::Diagnostic;
use crate::site::{ComparedLine, ComparedPair, ResolvedCompare};

/// `components/compare.html`, as `compare`.
#[derive(Clone, Debug, Default, Serialize)]
struct CompareView {
    /// Unique on the page: `compare-bands`.
    id: String,
    about: String,
    rows: Vec<CompareRowView>,
    /// Every line that a pair may have, in order.
    lines: Vec<LineView>,
    pairs: Vec<PairView>,
    /// Whether anything between two rows is calculated; otherwise only the script does that.
    differences: bool,
    marks: MarksView,
    conflicts: Vec<LinkView>,
    credit: CreditView,
}

#[derive(Clone, Debug, Default, Serialize)]
struct CompareRowView {
    id: String,
    name: NameView,
}

#[derive(Clone, Debug, Default, Serialize)]
struct PairView {
    id: String,
    from: CompareRowView,
    to: CompareRowView,
    /// "L1 to L2".
    title: String,
    lines: Vec<LineView>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct LineView {
    /// `total.median`
    key: String,
    title_html: String,
    /// "Stated median", or nothing for the range itself.
    aspect: Option<String>,
    /// Whether what it sets side by side is calculated.
    calculated: bool,
    /// Whether it holds medians, which some rows leave unstated.
    median: bool,
    /// Whether its figures lead to no record: that of the range is beside theirs, and the page holds many.
    plain: bool,
    /// How the script is to write what it calculates; nothing where rows differ in unit.
    unit: Option<UnitView>,
    /// The same for the difference of two: that of percentages is in percentage points.
    difference: Option<UnitView>,
    /// The first row's, the second's, and what lies between them.
    figures: [LineFigureView; 3],
}

#[derive(Clone, Debug, Default, Serialize)]
struct LineFigureView {
    figure: Option<FigureView>,
    /// "Overlap", "Gap" or "Meet at", before what lies between two ranges.
    kind: Option<String>,
}

/// How the figures of each column, and of its medians and midpoints, are written.
type Columns<'t> = HashMap<(&'t str, Aspect), Notation>;

impl Renderer<'_> {
    pub(super) fn compare(&self, tool: &ResolvedCompare, scope: &mut Scope<'_>) -> Result<String, Diagnostic> {
        let Some(set) = self.site.set(&tool.set) else { return Ok(String::new()) };
        let lines = || tool.pairs.iter().flat_map(|pair| &pair.lines);
        let figures = || {
            lines()
                .flat_map(|line| [&line.first, &line.second])
                .flatten()
                .filter_map(|id| self.site.data.figures.get(id))
        };
        let columns = self.compared_columns(tool);
        let id = self.claim(&format!("compare-{}", tool.set), scope);
        let view = CompareView {
            about: self.about(figures()),
            rows: tool.rows.iter().map(|row| self.compared_row(row, tool)).collect(),
            differences: lines().any(|line| line.difference.is_some()),
            lines: self.all_lines(tool, &columns)?,
            pairs: tool.pairs.iter().map(|pair| self.pair(pair, tool, &columns, scope)).collect::<Result<_, _>>()?,
            marks: self.marks_view(),
            conflicts: self.disagreements(figures()),
            credit: self.credit(set, figures()),
            id,
        };
        self.engine.render("components/compare.html", "compare", &view)
    }

    /// How the lines of each kind are written, in all pairs alike, since the script puts any two rows side by side.
    fn compared_columns<'t>(&self, tool: &'t ResolvedCompare) -> Columns<'t> {
        let mut figures: HashMap<_, Vec<&Figure>> = HashMap::new();
        for line in tool.pairs.iter().flat_map(|pair| &pair.lines) {
            let sides = [&line.first, &line.second].into_iter().flatten();
            let found = sides.filter_map(|id| self.site.data.figures.get(id));
            figures.entry((&*line.column, line.aspect)).or_default().extend(found);
        }
        let notation = |figures: Vec<&Figure>| Notation::of(figures.into_iter().map(Figure::datum));
        figures.into_iter().map(|(line, figures)| (line, notation(figures))).collect()
    }

    /// One line of each kind, without its figures.
    fn all_lines(&self, tool: &ResolvedCompare, columns: &Columns<'_>) -> Result<Vec<LineView>, Diagnostic> {
        let mut lines = Vec::new();
        for column in &tool.columns {
            for aspect in [Aspect::Whole, Aspect::Median, Aspect::Midpoint] {
                let is_it = |line: &&ComparedLine| line.column == column.id && line.aspect == aspect;
                if let Some(line) = tool.pairs.iter().flat_map(|pair| &pair.lines).find(is_it) {
                    let unit = column.unit.as_ref().map(|unit| self.unit_view(unit));
                    let difference = column.unit.as_ref().map(|unit| self.unit_view(&unit.of_difference()));
                    lines.push(LineView { unit, difference, figures: Default::default(), ..self.line(line, columns)? });
                }
            }
        }
        Ok(lines)
    }

    fn compared_row(&self, row: &str, tool: &ResolvedCompare) -> CompareRowView {
        let mut ids = tool.columns.iter().map(|column| format!("{}.{row}.{}", tool.set, column.id));
        let figure = ids.find_map(|id| self.site.data.figures.get(&id));
        let name = figure.map_or_else(|| NameView { short: row.to_owned(), rest: None }, name_of);
        CompareRowView { id: row.to_owned(), name }
    }

    fn pair(
        &self,
        pair: &ComparedPair,
        tool: &ResolvedCompare,
        columns: &Columns<'_>,
        scope: &mut Scope<'_>,
    ) -> Result<PairView, Diagnostic> {
        let (from, to) = (self.compared_row(&pair.from, tool), self.compared_row(&pair.to, tool));
        let title = self.site.config.labels.from_to.replace("{from}", &from.name.short).replace("{to}", &to.name.short);
        let id = self.claim(&format!("{}-to-{}", pair.from, pair.to), scope);
        let lines = pair.lines.iter().map(|line| self.line(line, columns)).collect::<Result<_, _>>()?;
        Ok(PairView { id, from, to, title, lines })
    }

    fn line(&self, line: &ComparedLine, columns: &Columns<'_>) -> Result<LineView, Diagnostic> {
        let find = |id: &Option<Arc<str>>| id.as_ref().and_then(|id| self.site.data.figures.get(id));
        let (first, second, difference) = (find(&line.first), find(&line.second), find(&line.difference));
        let sides: Vec<&Figure> = [first, second].into_iter().flatten().collect();
        let side = |figure: &Figure| match columns.get(&(&*line.column, line.aspect)) {
            Some(column) => self.figure_in(figure, column),
            None => self.figure(figure),
        };
        let view = |figure: Option<&Figure>| LineFigureView { figure: figure.map(side), kind: None };
        let between = |figure: Option<&Figure>| LineFigureView {
            figure: figure.map(|figure| self.figure(figure)),
            kind: figure.and_then(|figure| match figure.aspect {
                Aspect::Overlap | Aspect::Gap => Some(self.aspect(figure.aspect).to_owned()),
                Aspect::Low => Some(self.site.config.labels.meet.to_string()),
                _ => None,
            }),
        };
        let title = sides.first().and_then(|figure| figure.measure.as_ref());
        Ok(LineView {
            key: match line.aspect {
                Aspect::Median => format!("{}.median", line.column),
                Aspect::Midpoint => format!("{}.midpoint", line.column),
                _ => line.column.to_string(),
            },
            title_html: self.optional_html(title)?.unwrap_or_else(|| line.column.to_string()),
            aspect: Some(self.aspect(line.aspect)).filter(|words| !words.is_empty()).map(str::to_lowercase),
            calculated: !sides.is_empty() && sides.iter().all(|figure| figure.inputs.is_some()),
            unit: None,
            difference: None,
            median: line.aspect == Aspect::Median,
            plain: line.aspect != Aspect::Whole,
            figures: [view(first), view(second), between(difference)],
        })
    }
}
