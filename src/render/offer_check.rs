//! The offer check: the table of every amount's answer, the bands, and the form that the script makes work.

use serde::Serialize;

use super::Renderer;
use super::nodes::Scope;
use super::tool::{MarksView, NameView, PieceView, UnitView, name_of, pieces};
use super::views::{CreditView, DisagreementsView, FigureView};
use crate::content::{Block, BlockKind, Warning};
use crate::data::{Amount, Column, Contents, Figure};
use crate::diagnostic::Diagnostic;
use crate::site::{Answer, Edge, Interval, OfferRow, ResolvedOfferCheck};

/// `components/offer-check.html`, as `offer`.
#[derive(Clone, Debug, Default, Serialize)]
struct OfferCheckView {
    /// Unique on the page: `offer-bands`.
    id: String,
    about: String,
    /// The field for an amount, then those of its parts.
    amount: FieldView,
    parts: Vec<FieldView>,
    /// "USD a year".
    measured: String,
    /// What an amount looks like.
    hint: Vec<PieceView>,
    /// The same without marks, and what an amount may look like, as a regular expression.
    hint_text: String,
    pattern: String,
    warnings: Vec<WarningView>,
    intervals: Vec<IntervalView>,
    rows: Vec<OfferRowView>,
    /// Whether the measure has medians.
    medians: bool,
    /// Rows that can't hold an amount.
    unstated: Option<String>,
    unit: UnitView,
    marks: MarksView,
    conflicts: DisagreementsView,
    credit: CreditView,
}

#[derive(Clone, Debug, Default, Serialize)]
struct FieldView {
    /// Its name in the address.
    name: String,
    title_html: String,
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
    /// The bands that hold it, by their places in the table of bands, with blanks between.
    bands: String,
    amount: Vec<PieceView>,
    answer: String,
    /// How far an amount is from the bands around it, for the script to fill in.
    distances: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct OfferRowView {
    name: NameView,
    low: FigureView,
    high: FigureView,
    median: Option<FigureView>,
}

/// Names of fields that a part's own would hide in the address.
const TAKEN: [&str; 2] = ["amount", "title"];

impl Renderer<'_> {
    pub(super) fn offer_check(
        &self,
        block: &Block,
        tool: &ResolvedOfferCheck,
        scope: &mut Scope<'_>,
    ) -> Result<String, Diagnostic> {
        let BlockKind::OfferCheck(options) = &block.kind else { return Ok(String::new()) };
        let Some(set) = self.site.set(&tool.set) else { return Ok(String::new()) };
        let Contents::Table(table) = &set.contents else { return Ok(String::new()) };
        let measure = |id: &str| table.columns.iter().find(|column| *column.id == *id);
        let figures = || {
            let rows = tool.rows.iter().flat_map(|row| [Some(&row.low), Some(&row.high)].into_iter().flatten());
            rows.filter_map(|edge| self.site.data.figures.get(&edge.figure))
        };
        let labels = &self.site.config.labels;
        let unstated: Vec<String> = tool
            .unstated
            .iter()
            .filter_map(|id| self.site.data.figures.get(id))
            .map(|figure| name_of(figure).whole())
            .collect();
        let rows: Vec<OfferRowView> = tool
            .rows
            .iter()
            .map(|row| OfferRowView {
                name: self.site.data.figures.get(&row.low.figure).map(name_of).unwrap_or_default(),
                low: self.edge(&row.low),
                high: self.edge(&row.high),
                median: row
                    .median
                    .as_ref()
                    .and_then(|id| self.site.data.figures.get(id))
                    .map(|figure| self.figure(figure)),
            })
            .collect();
        let hint = self.hint(tool);
        let unit = self.unit_view(&tool.unit);
        let measured = self.unit(&tool.unit);
        let id = self.claim(&format!("offer-{}", tool.set), scope);
        let medians = tool.rows.iter().filter_map(|row| self.site.data.figures.get(row.median.as_ref()?));
        let view = OfferCheckView {
            pattern: self.pattern(&unit),
            hint_text: hint
                .iter()
                .map(|piece| piece.figure.as_ref().map_or(&*piece.text, |figure| &figure.text))
                .collect(),
            hint,
            measured,
            unit,
            about: self.about(figures()),
            amount: self.field("amount", measure(&tool.measure))?,
            parts: tool
                .parts
                .iter()
                .map(|id| {
                    let name = if TAKEN.contains(&id.as_ref()) { format!("part-{id}") } else { id.to_string() };
                    self.field(&name, measure(id))
                })
                .collect::<Result<_, _>>()?,
            warnings: options.warn.iter().map(|warning| self.warning(warning)).collect::<Result<_, _>>()?,
            intervals: tool.intervals.iter().map(|interval| self.interval(interval, tool, &rows)).collect(),
            medians: rows.iter().any(|row| row.median.is_some()),
            rows,
            unstated: (!unstated.is_empty()).then(|| labels.offer_unstated.replace("{rows}", &self.listed(&unstated))),
            marks: self.marks_view(),
            conflicts: self.disagreements(&id, figures().chain(medians), scope),
            credit: self.credit(set, figures()),
            id,
        };
        self.engine.render("components/offer-check.html", "offer", &view)
    }

    fn edge(&self, edge: &Edge) -> FigureView {
        self.site.data.figures.get(&edge.figure).map(|figure| self.figure(figure)).unwrap_or_default()
    }

    fn field(&self, name: &str, measure: Option<&Column>) -> Result<FieldView, Diagnostic> {
        let title_html = self.optional_html(measure.map(|measure| &measure.title))?.unwrap_or_default();
        Ok(FieldView { name: name.to_owned(), title_html })
    }

    /// An amount as it may be typed: the middle row's, in plain digits and as the site writes it.
    fn hint(&self, tool: &ResolvedOfferCheck) -> Vec<PieceView> {
        let middle = tool.rows.get(tool.rows.len() / 2).and_then(|row| self.site.data.figures.get(&row.low.figure));
        let Some(figure) = middle else { return Vec::new() };
        let written = FigureView { bound: String::new(), ..self.figure(figure) };
        let plain = FigureView { text: digits(figure), ..written.clone() };
        pieces(&self.site.config.labels.offer_hint, &[("{plain}", &plain), ("{written}", &written)])
    }

    fn warning(&self, warning: &Warning) -> Result<WarningView, Diagnostic> {
        let words: Vec<String> = warning.words.iter().map(|word| format!("“{}”", word.text)).collect();
        let lines: Vec<String> = warning.words.iter().map(|word| literal(&word.text)).collect();
        Ok(WarningView {
            title: self.site.config.labels.offer_warning.replace("{words}", &words.join(", ")),
            words: format!(r"(?<![\p{{L}}\p{{N}}])(?:{})(?![\p{{L}}\p{{N}}])", lines.join("|")),
            html: self.nodes(&warning.text.nodes, &mut Scope::of_data())?,
        })
    }

    fn interval(&self, interval: &Interval, tool: &ResolvedOfferCheck, rows: &[OfferRowView]) -> IntervalView {
        let labels = &self.site.config.labels;
        let edge = |edge: &Option<Edge>| edge.as_ref().map(|edge| self.edge(edge));
        let names = |wanted: &[usize]| -> String {
            let names: Vec<String> =
                wanted.iter().filter_map(|at| rows.get(*at)).map(|row| row.name.short.clone()).collect();
            self.listed(&names)
        };
        let figure = |figure: FigureView| PieceView { text: String::new(), figure: Some(figure) };
        let amount = match (edge(&interval.from), edge(&interval.to)) {
            (None, Some(to)) => pieces(&labels.offer_under, &[("{value}", &to)]),
            (Some(from), None) => pieces(&labels.offer_over, &[("{value}", &from)]),
            (Some(from), Some(_)) if interval.from == interval.to => vec![figure(from)],
            (Some(from), Some(to)) => {
                vec![figure(from), PieceView { text: self.words.range_dash.to_string(), figure: None }, figure(to)]
            }
            (None, None) => Vec::new(),
        };
        let past = |below: &[usize]| labels.offer_past.replace("{below}", &names(below));
        let short = |above: &[usize]| labels.offer_short.replace("{above}", &names(above));
        let ending = |edge: &Option<Edge>| -> Vec<usize> {
            let at_edge = |row: &OfferRow| {
                edge.as_ref().is_some_and(|edge| [&row.low.value, &row.high.value].contains(&&edge.value))
            };
            tool.rows.iter().enumerate().filter(|(_, row)| at_edge(row)).map(|(at, _)| at).collect()
        };
        let (answer, distances) = match &interval.answer {
            Answer::Below => (labels.offer_below.to_string(), Some(short(&ending(&interval.to)))),
            Answer::Above => (labels.offer_above.to_string(), Some(past(&ending(&interval.from)))),
            Answer::Within(holders) => {
                let pattern = match holders.len() {
                    1 => &labels.offer_in_one,
                    2 => &labels.offer_in_two,
                    _ => &labels.offer_in_many,
                };
                (pattern.replace("{count}", &holders.len().to_string()).replace("{rows}", &names(holders)), None)
            }
            Answer::Between(below, above) => (
                labels.offer_between.replace("{below}", &names(below)).replace("{above}", &names(above)),
                Some(format!("{}, {}", past(below), short(above))),
            ),
        };
        let held = match &interval.answer {
            Answer::Within(holders) => holders.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        let value = |edge: &Option<Edge>| edge.as_ref().map(|edge| edge.value.to_plain_string()).unwrap_or_default();
        IntervalView { from: value(&interval.from), to: value(&interval.to), bands: held, amount, answer, distances }
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
