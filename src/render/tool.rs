//! What the tools share: names of rows, sentences with figures in them, and how a script is to write amounts.

use serde::Serialize;

use super::Renderer;
use super::text::plain;
use super::views::FigureView;
use crate::data::notation::{self, Datum};
use crate::data::{Amount, Figure, Number, RowName, Unit};

/// How amounts of a unit are written and read: what stands before and behind the digits, and for money its ISO code.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct UnitView {
    pub before: String,
    pub after: String,
    /// What stands behind a single one, as in "1 percentage point".
    pub one: String,
    pub code: String,
    /// Whether thousands and millions are written short.
    pub money: bool,
}

/// The marks of numbers, for a script: `components/marks.html`, as `marks`.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct MarksView {
    pub group: String,
    pub point: String,
    pub thousand: String,
    pub million: String,
    pub billion: String,
    pub percent: String,
    pub plus: String,
    pub minus: String,
}

/// A piece of a sentence: words, or a figure.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PieceView {
    pub text: String,
    pub figure: Option<FigureView>,
}

/// A row's name: its code, or what it has instead, and what else it is called.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct NameView {
    pub short: String,
    pub rest: Option<String>,
}

impl NameView {
    /// "M Medium server".
    pub(super) fn whole(&self) -> String {
        match &self.rest {
            Some(rest) => format!("{} {rest}", self.short),
            None => self.short.clone(),
        }
    }
}

/// The name of the row that a figure stands in.
pub(super) fn name_of(figure: &Figure) -> NameView {
    figure.rows.first().map(name).unwrap_or_default()
}

fn name(row: &RowName) -> NameView {
    match (row.code.as_ref().map(plain), row.title.as_ref().map(plain)) {
        (Some(short), rest) => NameView { short, rest },
        (None, Some(short)) => NameView { short, rest: None },
        (None, None) => NameView { short: row.id.to_string(), rest: None },
    }
}

/// A sentence with figures in the places of `{…}`.
pub(super) fn pieces(pattern: &str, values: &[(&str, &FigureView)]) -> Vec<PieceView> {
    let words = |text: &str| PieceView { text: text.to_owned(), figure: None };
    let mut found = Vec::new();
    let mut rest = pattern;
    while let Some((at, key, figure)) =
        values.iter().filter_map(|(key, figure)| Some((rest.find(key)?, *key, *figure))).min_by_key(|next| next.0)
    {
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            found.push(words(before));
        }
        found.push(PieceView { text: String::new(), figure: Some(figure.clone()) });
        rest = after.strip_prefix(key).unwrap_or_default();
    }
    if !rest.is_empty() {
        found.push(words(rest));
    }
    found
}

impl Renderer<'_> {
    /// "L1, L2 and L3".
    pub(super) fn listed(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.site.config.labels.list_and),
        }
    }

    /// What stands around the digits of a unit.
    pub(super) fn unit_view(&self, unit: &Unit) -> UnitView {
        let around = |number: i64| {
            let amount = Amount::One(Number::from_integer(number));
            let text = notation::write(&Datum::new(&amount, unit), &self.style());
            let (before, after) = text.split_once(&number.to_string()).unwrap_or_default();
            (before.to_owned(), after.to_owned())
        };
        let (before, after) = around(5);
        let (_, one) = around(1);
        let code = unit.currency().map(ToString::to_string).unwrap_or_default();
        UnitView { before, after, one, money: !code.is_empty(), code }
    }

    /// The marks of numbers.
    pub(super) fn marks_view(&self) -> MarksView {
        let words = &self.words;
        MarksView {
            group: words.thousands_mark.to_string(),
            point: words.decimal_mark.to_string(),
            thousand: words.thousand.to_string(),
            million: words.million.to_string(),
            billion: words.billion.to_string(),
            percent: words.percent_sign.to_string(),
            plus: words.plus.to_string(),
            minus: words.minus.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &[&str]) {
        let figure = |text: &str| FigureView { text: text.to_owned(), ..FigureView::default() };
        let found = pieces(pattern, &[("{low}", &figure("1")), ("{high}", &figure("2"))]);
        let texts: Vec<String> = found
            .into_iter()
            .map(|piece| piece.figure.map_or(piece.text, |figure| format!("<{}>", figure.text)))
            .collect();
        assert_eq!(texts, expected, "{pattern}");
    }

    #[test]
    fn figures_take_the_places_of_their_names() {
        check("", &[]);
        check("all", &["all"]);
        check("{low}", &["<1>"]);
        check("from {low} to {high}.", &["from ", "<1>", " to ", "<2>", "."]);
        check("bis {high}, ab {low}", &["bis ", "<2>", ", ab ", "<1>"]);
        check("{low}{low} {mid}", &["<1>", "<1>", " {mid}"]);
    }
}
