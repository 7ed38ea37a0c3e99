//! A figure that moves far between two states of the data needs a reason in a set of releases.
//!
//! This can't be a rule of every check: only a comparison knows what a figure was.

use crate::data::notation::{self, Style};
use crate::data::{Amount, Change, Contents, Data, Figure, Number, ReleaseChange};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Item, Value};

/// The codes of a comparison.
pub static CODES: &[&Code] = &[&MOVE];

static MOVE: Code = Code {
    name: "move-without-reason",
    severity: Severity::Error,
    rule: true,
    what: "A figure moved by more than the site allows in one step, and no release says why. `bandbook diff` finds it.",
    why: "A value that jumps is a mistyped digit or news; readers who remember the old value should learn which.",
    example: "total = [365_000, 5_000_000]   # it was [365_000, 500_000]",
    mend: "Correct the value, or add to a release in the set of releases: `[[release.change]]` with `figure`, `was` and \
           `reason`. The limit is `max_move_percent` under `[limits]` in content/site.toml.",
};

/// The typed figures that moved by more than `limit` percent, or count something else, without a reason.
pub fn moves(changes: &[Change<'_>], old: &Data, new: &Data, limit: u32) -> Vec<Diagnostic> {
    let reasons = reasons(old, new);
    let moved = changes.iter().filter(|change| !change.is_calculated() && !change.is_end());
    moved.filter_map(|change| problem(change, &reasons, limit)).collect()
}

fn problem(change: &Change<'_>, reasons: &[Reason<'_>], limit: u32) -> Option<Diagnostic> {
    let (old, new) = (change.old?, change.new?);
    let limit_number = Number::from_integer(i64::from(limit));
    let far = change.moves.iter().find(|shift| match shift.percent.as_ref().map(Number::abs) {
        Some(percent) => percent > limit_number,
        None => !shift.to.is_zero(),
    });
    let stated = old.amount != Amount::Unstated && new.amount != Amount::Unstated;
    let what = match far {
        Some(shift) => match &shift.percent {
            Some(percent) => format!("moves by {}%", rounded(percent)),
            None => "moves away from 0".to_owned(),
        },
        None if change.changes_unit() && stated => {
            format!("is {} now, and was {}", notation::unit_name(&new.unit), notation::unit_name(&old.unit))
        }
        None => return None,
    };
    let named = |reason: &&Reason<'_>| [&old.id, &new.id].iter().any(|id| covers(&reason.change.figure.text, id));
    if reasons.iter().filter(named).any(|reason| reason.explains(old)) {
        return None;
    }
    let written = |figure: &Figure| notation::write(&figure.datum(), &Style::default());
    let message = format!("`{}` {what}, from {} to {}, and no release says why", new.id, written(old), written(new));
    let problem = Diagnostic::new(&MOVE, &new.place, message).caption(format!("it was {}", written(old)));
    Some(match reasons.iter().find(named) {
        Some(reason) => problem
            .label(&reason.change.figure.place, "a reason for another move")
            .help(format!("add one for this move: {}", entry(old))),
        None => problem.help(format!("correct it, or add to a release in the set of releases: {}", entry(old))),
    })
}

/// What an author should add.
fn entry(old: &Figure) -> String {
    let was = match &old.amount {
        Amount::One(value) => value.to_plain_string(),
        Amount::Range(low, high) => format!("[{}, {}]", low.to_plain_string(), high.to_plain_string()),
        Amount::Date(date) => format!("\"{date}\""),
        Amount::Text(text) => format!("\"{text}\""),
        Amount::Unstated => "\"unstated\"".to_owned(),
        _ => format!("\"{}\"", notation::write(&old.datum(), &Style::default())),
    };
    format!("[[release.change]] with figure = \"{}\", was = {was}, reason = \"…\"", old.id)
}

/// A change that a release speaks of.
struct Reason<'a> {
    change: &'a ReleaseChange,
    /// Whether the old data did not have it yet.
    fresh: bool,
}

fn reasons<'a>(old: &Data, new: &'a Data) -> Vec<Reason<'a>> {
    let said: Vec<&ReleaseChange> = changes_of(old).collect();
    let is_same = |a: &ReleaseChange, b: &ReleaseChange| {
        let reason = |change: &ReleaseChange| change.reason.as_ref().map(|reason| reason.text.clone());
        a.figure.text == b.figure.text && reason(a) == reason(b)
    };
    let stated =
        changes_of(new).filter(|change| change.reason.as_ref().is_some_and(|reason| !reason.text.trim().is_empty()));
    stated.map(|change| Reason { change, fresh: !said.iter().any(|other| is_same(change, other)) }).collect()
}

fn changes_of(data: &Data) -> impl Iterator<Item = &ReleaseChange> {
    let releases = data.sets.iter().filter_map(|set| match &set.contents {
        Contents::Releases(releases) => Some(releases),
        _ => None,
    });
    releases.flatten().flat_map(|release| &release.changes)
}

impl Reason<'_> {
    /// Whether it is of a move from this value. One that doesn't say what the value was is taken at its word while new.
    fn explains(&self, old: &Figure) -> bool {
        match self.change.was.as_ref().filter(|_| *self.change.figure.text == *old.id) {
            Some(was) => is_value(was, old),
            None => self.fresh,
        }
    }
}

/// Whether a value of a file is a figure's.
fn is_value(was: &Value, figure: &Figure) -> bool {
    let number = |value: &Value| match &value.item {
        Item::Integer(digits) | Item::Float(digits) => Number::from_decimal(digits).ok(),
        _ => None,
    };
    match &was.item {
        Item::Text(text) => notation::is_true(text, &figure.datum()),
        Item::List(ends) => match (&ends[..], &figure.amount) {
            ([low, high], Amount::Range(from, to)) => {
                number(low).as_ref() == Some(from) && number(high).as_ref() == Some(to)
            }
            _ => false,
        },
        _ => matches!(&figure.amount, Amount::One(value) if number(was).as_ref() == Some(value)),
    }
}

/// Whether an id is that of a figure, or of something above it.
fn covers(named: &str, id: &str) -> bool {
    id.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Percent as a message says it, with a sign.
fn rounded(percent: &Number) -> String {
    let shown = percent.rounded(1).to_plain_string();
    if percent.is_negative() { shown.replace('-', "\u{2212}") } else { format!("+{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{difference, read};
    use crate::diagnostic::Source;

    fn data(fact: &str, release: &str) -> Data {
        let facts = format!("kind = \"facts\"\nunit = \"USD\"\n[a]\ntitle = \"T\"\n{fact}\n");
        let releases = format!("kind = \"releases\"\n[[release]]\nversion = \"1\"\n{release}\n");
        let sources = [Source::new("content/data/f.toml", facts), Source::new("content/data/releases.toml", releases)];
        read(&sources, &[], &mut Vec::new())
    }

    fn check(old: (&str, &str), new: (&str, &str), expected: &[&str]) {
        let (old, new) = (data(old.0, old.1), data(new.0, new.1));
        let problems = moves(&difference(&old, &new), &old, &new, 25);
        let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn a_far_move_needs_a_reason_of_its_own() {
        let change = |was: &str| format!("[[release.change]]\nfigure = \"f.a\"\nreason = \"News.\"\n{was}");
        let far = "`f.a` moves by +30%, from $100K to $130K, and no release says why";
        check(("value = 100_000", ""), ("value = 125_000", ""), &[]);
        check(("value = 100_000", ""), ("value = 130_000", ""), &[far]);
        check(("value = 100_000", ""), ("value = 130_000", &change("was = 100_000")), &[]);
        check(("value = 100_000", ""), ("value = 130_000", &change("was = \"$100K\"")), &[]);
        check(("value = 100_000", ""), ("value = 130_000", &change("was = 90_000")), &[far]);
        check(("value = 100_000", ""), ("value = 130_000", &change("")), &[]);
        check(("value = 100_000", &change("")), ("value = 130_000", &change("")), &[far]);
        check(
            ("value = [100_000, 200_000]", ""),
            ("value = [100_000, 20_000_000]", &change("was = [100_000, 200_000]")),
            &[],
        );
    }

    #[test]
    fn another_unit_is_a_move_and_a_value_that_arrives_is_none() {
        check(
            ("value = 100_000", ""),
            ("unit = \"%\"\nvalue = 50", ""),
            &["`f.a` is a percentage now, and was an amount in USD, from $100K to 50%, and no release says why"],
        );
        check(("value = \"unstated\"", ""), ("value = 100_000", ""), &[]);
        check(("value = 100_000", ""), ("value = \"unstated\"", ""), &[]);
        check(
            ("unit = \"%\"\nvalue = 0", ""),
            ("unit = \"%\"\nvalue = 5", ""),
            &["`f.a` moves away from 0, from 0% to 5%, and no release says why"],
        );
    }
}
