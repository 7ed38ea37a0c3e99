//! What the generator calculates is not typed by hand.
//!
//! That two numbers are equal proves nothing, so each case needs a second sign: the typed figure is called what the
//! calculated one is called, or no source gives it, or a whole column adds up row by row.

mod calculated;

use std::collections::HashMap;

use calculated::{Calculated, is_called, words};

use super::conflicts::is_documented;
use crate::check::{Look, Rule};
use crate::data::notation::{self, Style};
use crate::data::{Amount, Aspect, Bands, Contents, DataSet, Figure, Number, Unit};
use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::document::Text;
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&TYPED], look: Look::Site(look) };

static TYPED: Code = Code {
    name: "typed-derived",
    severity: Severity::Warning,
    rule: true,
    what: "A value of the data is typed by hand that the generator calculates from others: a midpoint, a spread, a sum. It \
           bears the name of the calculated value, or has its value and no source; or a measure is in every row the sum of others.",
    why: "When the values change that it follows from, it stays as it was. And it reads as if a source stated it.",
    example: "[l3-midpoint]\ntitle = \"Midpoint of the total at L3\"\nmoney = 432_500   # bands.l3.total.midpoint",
    mend: "Remove it and use the calculated figure: `[$432.5K](figure:bands.l3.total.midpoint)`. A measure that adds others up \
           says so: `sum = [\"base\", \"bonus\"]`. Where a source does state the value, waive the rule and say which.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    let calculated = Calculated::of(site);
    let mut columns: HashMap<(&str, &str), usize> = HashMap::new();
    for figure in site.data.figures.iter() {
        let is_value = figure.inputs.is_none() && figure.aspect == Aspect::Whole;
        let is_stated = is_value && !matches!(figure.amount, Amount::Unstated | Amount::Date(_));
        if !is_stated || is_documented(site, &figure.id) {
            continue;
        }
        let words = words(figure);
        let named = calculated.named(figure, &words).filter(|other| is_alike(figure, other));
        let is_derived = |other: &&Figure| is_called(&words, other) || is_unsourced(figure, other);
        let found = named.or_else(|| calculated.equal(figure).find(is_derived));
        let Some(other) = found else { continue };
        // A column that is typed so throughout is one problem.
        let column = figure.measure.as_ref().map(|_| (&*figure.set, figure.id.rsplit('.').next().unwrap_or("")));
        match column.and_then(|column| columns.get(&column)) {
            Some(&at) => problems[at].labels.push(Label { place: figure.place.clone(), text: "and this".into() }),
            None => {
                columns.extend(column.map(|column| (column, problems.len())));
                problems.push(problem(figure, other));
            }
        }
    }
    for set in &site.data.sets {
        if let Contents::Bands(bands) = &set.contents {
            (0..bands.measures.len()).for_each(|at| problems.extend(column(set, bands, at)));
        }
    }
}

fn problem(figure: &Figure, other: &Figure) -> Diagnostic {
    let write = |figure: &Figure| notation::write(&figure.datum(), &Style::default());
    let message = match figure.amount == other.amount {
        true => format!("`{}` is typed, and is calculated as `{}`", figure.id, other.id),
        false => format!(
            "`{}` is typed as {}, and is calculated as `{}`: {}",
            figure.id,
            write(figure),
            other.id,
            write(other)
        ),
    };
    Diagnostic::new(&TYPED, &figure.place, message).label(&other.place, "calculated from this").help(format!(
        "remove it, and quote figure:{}; where a source states it, waive the rule and name the source: \
         # bandbook: allow typed-derived: stated by …",
        other.id
    ))
}

/// Whether two figures count one thing of one role and one scope, as far as they say.
fn is_alike(figure: &Figure, other: &Figure) -> bool {
    let agree = |one: &Option<Text>, two: &Option<Text>| match (one, two) {
        (Some(one), Some(two)) => one.text == two.text,
        _ => true,
    };
    let (one, two) = (&figure.record, &other.record);
    figure.unit == other.unit && agree(&one.role, &two.role) && agree(&one.scope, &two.scope)
}

/// Whether no source gives a figure that follows from sourced ones.
fn is_unsourced(figure: &Figure, other: &Figure) -> bool {
    figure.record.sources.is_empty() && !other.record.sources.is_empty()
}

/// A typed measure that is in every row the sum of others, and doesn't say so.
fn column(set: &DataSet, bands: &Bands, at: usize) -> Option<Diagnostic> {
    let measure = &bands.measures[at];
    let is_typed = |other: usize| bands.measures[other].sum.is_empty();
    if bands.rows.len() < 2 || !measure.parts.is_empty() || !is_typed(at) {
        return None;
    }
    let others: Vec<usize> = (0..bands.measures.len()).filter(|other| *other != at && is_typed(*other)).collect();
    let pairs =
        others.iter().enumerate().flat_map(|(first, one)| others[first + 1..].iter().map(|two| vec![*one, *two]));
    let all = Some(others.clone()).filter(|others| 2 < others.len());
    let parts = pairs.chain(all).find(|parts| bands.rows.iter().all(|row| adds_up(row, at, parts)))?;
    let names: Vec<String> = parts.iter().map(|part| format!("\"{}\"", bands.measures[*part].id)).collect();
    let names = names.join(", ");
    let message = format!("`{}.{}` is in every row the sum of {}", set.name, measure.id, names.replace('"', "`"));
    Some(Diagnostic::new(&TYPED, &measure.place, message).help(format!(
        "add sum = [{names}] here, and take the values out of the rows; where the source states them, add parts = [{names}]"
    )))
}

fn adds_up(row: &crate::data::BandRow, at: usize, parts: &[usize]) -> bool {
    let ends = |at: usize| -> Option<(Number, Number, &Unit)> {
        let cell = row.cells.get(at)?.as_ref()?;
        match cell.amount {
            Amount::One(value) => Some((value, value, &cell.unit)),
            Amount::Range(low, high) => Some((low, high, &cell.unit)),
            _ => None,
        }
    };
    let Some((low, high, unit)) = ends(at) else { return false };
    let sum = parts.iter().try_fold((Number::ZERO, Number::ZERO), |(low, high), part| {
        let (from, to, own) = ends(*part)?;
        (own == unit).then_some(())?;
        Some((low.add(from)?, high.add(to)?))
    });
    sum == Some((low, high)) && !high.is_zero()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::fixture;

    const BANDS: &str = "kind = \"bands\"\ncurrency = \"USD\"\nperiod = \"year\"\nsources = [\"survey\"]\n[measures.base]\ntitle = \"Base\"\n\
        [ratios.own]\ntitle = \"Own\"\nof = \"base\"\nto = \"base\"\n[[row]]\nid = \"l1\"\nbase = [180, 255]\n";

    fn check(fact: &str, expected: &[&str]) {
        let facts = format!("kind = \"facts\"\ncurrency = \"USD\"\nperiod = \"year\"\n{fact}");
        let sources = ("data/sources.toml", "kind = \"sources\"\n[survey]\ntitle = \"Survey\"\n");
        let (site, _) = fixture::site(&[("data/pay.toml", BANDS), ("data/facts.toml", &facts), sources]);
        let mut problems = Vec::new();
        look(&site, &mut problems);
        let found: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(found, expected, "{fact}");
    }

    #[test]
    fn a_typed_value_needs_more_than_an_equal_number() {
        let stated = "sources = [\"survey\"]\n";
        let midpoint = "`facts.x` is typed, and is calculated as `pay.l1.base.midpoint`";
        check(&format!("[x]\ntitle = \"Start\"\nmoney = 217.5\n{stated}"), &[]);
        check("[x]\ntitle = \"Start\"\nmoney = 217.5\n", &[midpoint]);
        check("[x]\ntitle = \"Start\"\nmoney = 217\n", &[]);
        check(&format!("[x]\ntitle = \"The midpoint\"\nmoney = 217.5\n{stated}"), &[midpoint]);
        check(&format!("[x]\ntitle = \"The midpoint\"\nmoney = 200\n{stated}"), &[]);
        check(
            &format!("[l1-base-midpoint]\ntitle = \"M\"\nmoney = 200\n{stated}"),
            &["`facts.l1-base-midpoint` is typed as $200, and is calculated as `pay.l1.base.midpoint`: $217.50"],
        );
        check(
            &format!("[x]\ntitle = \"Spread\"\npercent = 41.7\n{stated}"),
            &["`facts.x` is typed as 41.7%, and is calculated as `pay.l1.base.spread`: 41.7%"],
        );
        let stale = "`facts.l1-middle` is typed as $200, and is calculated as `pay.l1.base.midpoint`: $217.50";
        check(&format!("[l1-middle]\ntitle = \"Midpoint of bases\"\nmoney = 200\n{stated}"), &[stale]);
        check(&format!("[l1-middle]\ntitle = \"Midpoint of pay\"\nmoney = 200\n{stated}"), &[]);
        check(&format!("[l1-middle]\ntitle = \"Midpoint of base\"\nmoney = 200\nrole = \"B\"\n{stated}"), &[stale]);
        check("[x]\ntitle = \"Width\"\npercent = 75\n", &[]);
    }

    #[test]
    fn a_typed_column_is_one_problem() {
        let bands = "kind = \"bands\"\ncurrency = \"USD\"\nperiod = \"year\"\n[measures.base]\ntitle = \"Base\"\n\
            [measures.midpoint]\ntitle = \"Midpoint\"\n[[row]]\nid = \"l1\"\nbase = [180, 255]\nmidpoint = 217.5\n\
            [[row]]\nid = \"l2\"\nbase = [280, 355]\nmidpoint = 317.5\n";
        let (site, _) = fixture::site(&[("data/pay.toml", bands)]);
        let mut problems = Vec::new();
        look(&site, &mut problems);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!(problem.message, "`pay.l1.midpoint` is typed, and is calculated as `pay.l1.base.midpoint`");
        assert_eq!(problem.labels.len(), 2);
    }
}
