//! The tool that places a value: the table of all answers, the ranges, and the form that the script makes work.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Renderer;
use super::chart::views::{DrawingView, KeyView};
use super::nodes::Scope;
use super::text::plain;
use super::tool::{MarksView, NameView, PieceView, UnitView, name_of, pieces};
use super::views::{CreditView, FigureView, LinkView};
use crate::config::PlaceWords;
use crate::content::{Block, BlockKind, Warning};
use crate::data::notation::Notation;
use crate::data::{Amount, Contents, Ends, Figure, Table};
use crate::diagnostic::Diagnostic;
use crate::site::{Answer, Edge, Interval, PlaceColumn, PlaceRow, ResolvedPlace};

/// `components/place.html`, as `place`.
#[derive(Clone, Debug, Default, Serialize)]
struct PlaceView {
    /// Unique on the page: `place-bands`.
    id: String,
    words: BTreeMap<&'static str, String>,
    about: String,
    /// The column of amounts, then those of its parts.
    whole: PlaceColumnView,
    parts: Vec<PlaceColumnView>,
    /// The title of the column that names the rows.
    head_html: String,
    /// "USD a year".
    measured: String,
    /// What an amount looks like.
    hint: Vec<PieceView>,
    /// The same without marks, and what an amount may look like, as a regular expression.
    hint_text: String,
    pattern: String,
    warnings: Vec<WarningView>,
    /// The note on which ends a range holds.
    edges: String,
    rows: Vec<PlaceRowView>,
    /// Whether the column has medians.
    medians: bool,
    unit: UnitView,
    marks: MarksView,
    conflicts: Vec<LinkView>,
    credit: CreditView,
}

#[derive(Clone, Debug, Default, Serialize)]
struct PlaceColumnView {
    /// Of its caption; unique on the page.
    id: String,
    /// The name of its field in the address.
    name: String,
    title_html: String,
    /// The ranges and what they say of every amount; a part may have none.
    drawing: Option<DrawingView>,
    key: Vec<KeyView>,
    intervals: Vec<IntervalView>,
    /// The note on rows that can't hold an amount.
    unstated: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct WarningView {
    title: String,
    /// The words that call for it, as a regular expression.
    words: String,
    html: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct IntervalView {
    /// The ends in plain digits; empty where there is none.
    from: String,
    to: String,
    /// Which of the ends are among them: `from`, `to` or both.
    holds: String,
    /// The rows that hold it, by their places in the table of ranges, with blanks between.
    rows: String,
    amount: Vec<PieceView>,
    answer: String,
    /// How far an amount is from the bands around it, for the script to fill in.
    distances: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct PlaceRowView {
    name: NameView,
    /// Nothing where it is open.
    low: Option<FigureView>,
    high: Option<FigureView>,
    median: Option<FigureView>,
}

/// Names of fields that a part's own would hide in the address.
const TAKEN: [&str; 2] = ["amount", "title"];

impl Renderer<'_> {
    pub(super) fn place(
        &self,
        block: &Block,
        tool: &ResolvedPlace,
        scope: &mut Scope<'_>,
    ) -> Result<String, Diagnostic> {
        let BlockKind::Place(options) = &block.kind else { return Ok(String::new()) };
        let Some(set) = self.site.set(&tool.set) else { return Ok(String::new()) };
        let Contents::Table(table) = &set.contents else { return Ok(String::new()) };
        let whole = &tool.whole;
        let figures = || {
            let columns = std::iter::once(whole).chain(&tool.parts);
            let rows = columns.flat_map(|column| &column.rows).flat_map(|row| [&row.low, &row.high]).flatten();
            rows.filter_map(|edge| self.site.data.figures.get(&edge.figure))
        };
        let labels = &self.site.config.labels;
        let words = match &options.words {
            Some(own) => labels.place.clone().with(own),
            None => labels.place.clone(),
        };
        let written = Notation::of(figures().map(Figure::datum));
        let edge = |edge: &Option<Edge>| edge.as_ref().map(|edge| self.edge(edge, &written));
        let medians = || whole.rows.iter().filter_map(|row| self.site.data.figures.get(row.median.as_ref()?));
        let written_medians = Notation::of(medians().map(Figure::datum));
        let rows: Vec<PlaceRowView> = whole
            .rows
            .iter()
            .map(|row| PlaceRowView {
                name: self.site.data.figures.get(&row.cell).map(name_of).unwrap_or_default(),
                low: edge(&row.low),
                high: edge(&row.high),
                median: row
                    .median
                    .as_ref()
                    .and_then(|id| self.site.data.figures.get(id))
                    .map(|figure| self.figure_in(figure, &written_medians)),
            })
            .collect();
        let hint = self.hint(tool, &written, &words);
        let unit = self.unit_view(&tool.unit);
        let measured = self.unit(&tool.unit);
        let id = self.claim(&format!("place-{}", tool.set), scope);
        let view = PlaceView {
            pattern: self.pattern(&unit),
            hint_text: hint
                .iter()
                .map(|piece| piece.figure.as_ref().map_or(&*piece.text, |figure| &figure.text))
                .collect(),
            hint,
            measured,
            unit,
            words: words.iter().map(|(key, word)| (key, word.to_owned())).collect(),
            edges: match whole.ends {
                Ends::Both => words.edges.to_string(),
                Ends::Low => words.edges_low.to_string(),
                Ends::High => words.edges_high.to_string(),
            },
            about: self.about(figures()),
            head_html: self
                .optional_html(
                    table.column("code").or_else(|| table.title_column()).map(|at| &table.columns[at].title),
                )?
                .unwrap_or_else(|| labels.title.to_string()),
            whole: self.place_column((&id, "amount"), whole, table, tool, &words)?,
            parts: tool
                .parts
                .iter()
                .map(|part| {
                    let taken = if TAKEN.contains(&part.id.as_ref()) { "part-" } else { "" };
                    self.place_column((&id, &format!("{taken}{}", part.id)), part, table, tool, &words)
                })
                .collect::<Result<_, _>>()?,
            warnings: options.warn.iter().map(|warning| self.warning(warning, &words)).collect::<Result<_, _>>()?,
            medians: rows.iter().any(|row| row.median.is_some()),
            rows,
            marks: self.marks_view(),
            conflicts: self.disagreements(figures().chain(medians())),
            credit: self.credit(set, figures()),
            id,
        };
        self.engine.render("components/place.html", "place", &view)
    }

    fn edge(&self, edge: &Edge, column: &Notation) -> FigureView {
        let figure = self.site.data.figures.get(&edge.figure);
        figure.map(|figure| self.figure_in(figure, column)).unwrap_or_default()
    }

    /// A column by the id of its tool and the name of its field.
    fn place_column(
        &self,
        (tool_id, name): (&str, &str),
        column: &PlaceColumn,
        table: &Table,
        tool: &ResolvedPlace,
        words: &PlaceWords,
    ) -> Result<PlaceColumnView, Diagnostic> {
        let id = format!("{tool_id}-{name}-answers");
        let title = table.column(&column.id).map(|at| &table.columns[at].title);
        let edges = column.rows.iter().flat_map(|row| [&row.low, &row.high]).flatten();
        let written =
            Notation::of(edges.filter_map(|edge| self.site.data.figures.get(&edge.figure)).map(Figure::datum));
        let unstated = column.unstated.iter().filter_map(|id| self.site.data.figures.get(id));
        let unstated: Vec<String> = unstated.map(|figure| name_of(figure).whole()).collect();
        let drawn = self.placed(&id, &title.map(plain).unwrap_or_default(), column, &tool.unit);
        let (drawing, key) = drawn.map_or_else(Default::default, |(drawing, key)| (Some(drawing), key));
        Ok(PlaceColumnView {
            title_html: self.optional_html(title)?.unwrap_or_default(),
            intervals: column
                .intervals
                .iter()
                .map(|interval| self.interval(interval, column, &written, words))
                .collect(),
            unstated: (!unstated.is_empty()).then(|| words.unstated.replace("{rows}", &self.listed(&unstated))),
            name: name.to_owned(),
            drawing,
            key,
            id,
        })
    }

    /// An amount as it may be typed: the middle row's, in plain digits and as the site writes it.
    fn hint(&self, tool: &ResolvedPlace, column: &Notation, words: &PlaceWords) -> Vec<PieceView> {
        let rows = &tool.whole.rows;
        let middle = rows.get(rows.len() / 2).and_then(|row| row.low.as_ref().or(row.high.as_ref()));
        let middle = middle.and_then(|edge| self.site.data.figures.get(&edge.figure));
        let Some(figure) = middle else { return Vec::new() };
        let written = FigureView { bound: String::new(), ..self.figure_in(figure, column) };
        let plain = FigureView { text: digits(figure), ..written.clone() };
        pieces(&words.hint, &[("{plain}", &plain), ("{written}", &written)])
    }

    fn warning(&self, warning: &Warning, labels: &PlaceWords) -> Result<WarningView, Diagnostic> {
        let words: Vec<String> = warning.words.iter().map(|word| format!("“{}”", word.text)).collect();
        let lines: Vec<String> = warning.words.iter().map(|word| literal(&word.text)).collect();
        Ok(WarningView {
            title: labels.warning.replace("{words}", &words.join(", ")),
            words: format!(r"(?<![\p{{L}}\p{{N}}])(?:{})(?![\p{{L}}\p{{N}}])", lines.join("|")),
            html: self.nodes(&warning.text.nodes, &mut Scope::of_data())?,
        })
    }

    fn interval(
        &self,
        interval: &Interval,
        column: &PlaceColumn,
        written: &Notation,
        labels: &PlaceWords,
    ) -> IntervalView {
        let edge = |edge: &Option<Edge>| edge.as_ref().map(|edge| self.edge(edge, written));
        let names = |wanted: &[usize]| -> String {
            let cells = wanted.iter().filter_map(|at| self.site.data.figures.get(&column.rows.get(*at)?.cell));
            self.listed(&cells.map(|cell| name_of(cell).short).collect::<Vec<_>>())
        };
        let figure = |figure: FigureView| PieceView { text: String::new(), figure: Some(figure) };
        let amount = match (edge(&interval.from), edge(&interval.to)) {
            (None, Some(to)) => pieces(&labels.under, &[("{value}", &to)]),
            (Some(from), None) => pieces(&labels.over, &[("{value}", &from)]),
            (Some(from), Some(_)) if interval.from == interval.to => vec![figure(from)],
            (Some(from), Some(to)) => {
                vec![figure(from), PieceView { text: self.words.range_dash.to_string(), figure: None }, figure(to)]
            }
            (None, None) => Vec::new(),
        };
        let past = |below: &[usize]| labels.past.replace("{below}", &names(below));
        let short = |above: &[usize]| labels.short.replace("{above}", &names(above));
        let ending = |edge: &Option<Edge>| -> Vec<usize> {
            let at_edge = |row: &PlaceRow| edge.is_some() && (row.low == *edge || row.high == *edge);
            column.rows.iter().enumerate().filter(|(_, row)| at_edge(row)).map(|(at, _)| at).collect()
        };
        let (answer, distances) = match &interval.answer {
            Answer::Below => (labels.below.to_string(), Some(short(&ending(&interval.to)))),
            Answer::Above => (labels.above.to_string(), Some(past(&ending(&interval.from)))),
            Answer::Within(holders) => {
                let pattern = match holders.len() {
                    1 => &labels.in_one,
                    2 => &labels.in_two,
                    _ => &labels.in_many,
                };
                (pattern.replace("{count}", &holders.len().to_string()).replace("{rows}", &names(holders)), None)
            }
            Answer::Between(below, above) => (
                labels.between.replace("{below}", &names(below)).replace("{above}", &names(above)),
                Some(format!("{}, {}", past(below), short(above))),
            ),
        };
        let held = match &interval.answer {
            Answer::Within(holders) => holders.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        let value = |edge: &Option<Edge>| edge.as_ref().map(|edge| edge.value.to_plain_string()).unwrap_or_default();
        let ends = ["from", "to"].into_iter().zip(interval.holds);
        let holds = ends.filter_map(|(end, held)| held.then_some(end)).collect::<Vec<_>>().join(" ");
        IntervalView {
            from: value(&interval.from),
            to: value(&interval.to),
            holds,
            rows: held,
            amount,
            answer,
            distances,
        }
    }

    /// Digits, in groups or not, with decimals or not, and a thousand, a million or a billion of them, with the unit before or
    /// behind. The groups of the expression: the whole digits, the decimals, and one for each magnitude.
    fn pattern(&self, unit: &UnitView) -> String {
        let words = &self.words;
        let units: Vec<String> = [&unit.before, &unit.after, &unit.code]
            .into_iter()
            .map(|word| literal(word.trim()))
            .filter(|word| !word.is_empty())
            .collect();
        let magnitude = |letter: &str, word: &str| -> String {
            let upper = letter.to_uppercase();
            let both = format!("[{letter}{upper}]");
            if word.is_empty() || word.eq_ignore_ascii_case(letter) {
                both
            } else {
                format!("{both}|{}", literal(word))
            }
        };
        let (group, point, units) = (literal(&words.thousands_mark), literal(&words.decimal_mark), units.join("|"));
        let (k, m, b) =
            (magnitude("k", &words.thousand), magnitude("m", &words.million), magnitude("b", &words.billion));
        format!(
            r"(?:{units})?\s*(\d{{1,12}}|\d{{1,3}}(?:(?:{group}|\s)\d{{3}}){{1,3}})(?:{point}(\d{{1,6}}))?\s*(?:({k})|({m})|({b}))?\s*(?:{units})?"
        )
    }
}

/// A text as a regular expression that says it.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "^$\\.*+?()[]{}|/".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A figure in plain digits.
fn digits(figure: &Figure) -> String {
    match &figure.amount {
        Amount::One(value) | Amount::Range(value, _) => value.to_plain_string(),
        _ => String::new(),
    }
}
