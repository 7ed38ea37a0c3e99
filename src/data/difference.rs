//! What differs between two states of the data: figures added, removed and changed.

use super::amount::Amount;
use super::figure::{Aspect, Figure};
use super::number::Number;
use super::set::Data;

/// A figure that is not what it was. At least one of the two is there.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// What it was.
    pub old: Option<&'a Figure>,
    /// What it is.
    pub new: Option<&'a Figure>,
    /// How far it moved: one entry for a value, low and high for a range; none where numbers can't be compared.
    pub moves: Vec<Shift>,
}

/// How far one number moved, in the figure's own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// What it was.
    pub from: Number,
    /// What it is.
    pub to: Number,
    /// The change: new value minus old value.
    pub by: Number,
    /// The change in percent of the old size; `None` where that was zero.
    pub percent: Option<Number>,
}

impl<'a> Change<'a> {
    /// The figure as it is, or, where it was removed, as it was.
    pub fn figure(&self) -> &'a Figure {
        self.new.or(self.old).unwrap_or_else(|| unreachable!("a change is made from one of the two"))
    }

    /// Whether the figure is calculated, so that its change follows from others.
    pub fn is_calculated(&self) -> bool {
        self.figure().inputs.is_some()
    }

    /// Whether this is but one end of a typed range, which changes as a whole, or follows from a value and its tolerances.
    pub fn is_end(&self) -> bool {
        !self.is_calculated() && matches!(self.figure().aspect, Aspect::Low | Aspect::High | Aspect::Limits)
    }

    /// Whether the figure was there, and counts something else now.
    pub fn changes_unit(&self) -> bool {
        matches!((self.old, self.new), (Some(old), Some(new)) if old.unit != new.unit)
    }
}

/// Every figure that differs between two states of the data, by id. What may be missing because its file is broken is
/// no difference.
pub fn difference<'a>(old: &'a Data, new: &'a Data) -> Vec<Change<'a>> {
    let mut changes: Vec<Change<'a>> = Vec::new();
    for was in old.figures.iter() {
        match new.figures.get(&was.id) {
            Some(is) if was.amount == is.amount && was.unit == is.unit && was.bound == is.bound => (),
            Some(is) => changes.push(Change { old: Some(was), new: Some(is), moves: moves(was, is) }),
            None if new.is_broken(&was.id) => (),
            None => changes.push(Change { old: Some(was), new: None, moves: Vec::new() }),
        }
    }
    let added = new.figures.iter().filter(|is| old.figures.past_of(is).is_none() && !old.is_broken(&is.id));
    changes.extend(added.map(|is| Change { old: None, new: Some(is), moves: Vec::new() }));
    changes.sort_by(|a, b| a.figure().id.cmp(&b.figure().id));
    changes
}

fn moves(old: &Figure, new: &Figure) -> Vec<Shift> {
    let (was, is) = match (&old.amount, &new.amount) {
        (Amount::From(was), Amount::From(is)) | (Amount::To(was), Amount::To(is)) => ((was, was), (is, is)),
        (was, is) => match (was.ends(), is.ends()) {
            (Some(was), Some(is)) => (was, is),
            _ => return Vec::new(),
        },
    };
    if old.unit != new.unit {
        return Vec::new();
    }
    let has_range = [old, new].iter().any(|figure| matches!(figure.amount, Amount::Range(..)));
    let pairs = [(was.0, is.0), (was.1, is.1)];
    pairs.iter().take(if has_range { 2 } else { 1 }).filter_map(|(from, to)| shift(from, to)).collect()
}

fn shift(from: &Number, to: &Number) -> Option<Shift> {
    let by = to.sub(from)?;
    let percent = by.div(&from.abs()).and_then(|part| part.mul(&Number::HUNDRED));
    Some(Shift { from: from.clone(), to: to.clone(), by, percent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::read;
    use crate::diagnostic::Source;

    fn facts(text: &str) -> Data {
        let text = format!("kind = \"facts\"\nunit = \"USD\"\n{text}");
        read(&[Source::new("content/data/f.toml", text)], &[], &mut Vec::new())
    }

    fn check(old: &str, new: &str, expected: &[&str]) {
        let (old, new) = (facts(old), facts(new));
        let found: Vec<String> = difference(&old, &new)
            .iter()
            .filter(|change| !change.is_calculated() && !change.is_end())
            .map(|change| {
                let kind = match (change.old, change.new) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "changed",
                };
                let moves: Vec<String> = change
                    .moves
                    .iter()
                    .map(|shift| {
                        let percent = shift.percent.as_ref().map_or("?".to_owned(), ToString::to_string);
                        format!(" {} {percent}%", shift.by)
                    })
                    .collect();
                format!("{} {kind}{}", change.figure().id, moves.concat())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn figures_are_added_removed_and_changed() {
        let fact = |key: &str, value: &str| format!("[{key}]\ntitle = \"T\"\n{value}\n");
        let share = |value: &str| fact("a", &format!("unit = \"%\"\nvalue = {value}"));
        let one = share("10");
        check(&one, &one, &[]);
        check("", &one, &["f.a added"]);
        check(&one, "", &["f.a removed"]);
        check(&one, &share("12"), &["f.a changed 2 20%"]);
        check(&one, &share("5"), &["f.a changed -5 -50%"]);
        check(&share("-10"), &share("-15"), &["f.a changed -5 -50%"]);
        check(&share("0"), &one, &["f.a changed 10 ?%"]);
        check(&share("[10, 20]"), &share("[10, 25]"), &["f.a changed 0 0% 5 25%"]);
        check(&one, &share("[10, 20]"), &["f.a changed 0 0% 10 100%"]);
        check(&share("[10, \"open\"]"), &share("[15, \"open\"]"), &["f.a changed 5 50%"]);
        check(
            &share("{ value = 10, plus_minus = 1 }"),
            &share("{ value = 10, plus_minus = 2 }"),
            &["f.a changed 0 0%", "f.a.minus changed 1 100%", "f.a.plus changed 1 100%"],
        );
        check(&one, &share("\"unstated\""), &["f.a changed"]);
        check(&one, &fact("a", "value = 10"), &["f.a changed"]);
        check(&one, &fact("a", "unit = \"%\"\nvalue = 10\nbound = \"over\""), &["f.a changed 0 0%"]);
        let words = |value: &str| fact("a", &format!("words = [\"none\", \"all\"]\nvalue = {value}"));
        check(&words("\"none\""), &words("\"all\""), &["f.a changed"]);
        check(&words("5"), &words("\"all\""), &["f.a changed"]);
    }

    #[test]
    fn what_a_broken_file_hides_is_no_difference() {
        check("[a]\ntitle = \"T\"\nvalue = 1\n", "[a]\ntitle = \"T\"\nvalue = \n", &[]);
    }
}
