//! What differs between two states of the data: figures added, removed and changed.

use super::derive::ends_of;
use super::figure::{Amount, Aspect, Figure};
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// What it was.
    pub from: Number,
    /// What it is.
    pub to: Number,
    /// What it is less what it was.
    pub by: Number,
    /// The same in percent of what it was; nothing where that was nought.
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

    /// Whether this is but one end of a typed range, which changes as a whole.
    pub fn is_end(&self) -> bool {
        !self.is_calculated() && matches!(self.figure().aspect, Aspect::Low | Aspect::High)
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
    let added = new.figures.iter().filter(|is| old.figures.get(&is.id).is_none() && !old.is_broken(&is.id));
    changes.extend(added.map(|is| Change { old: None, new: Some(is), moves: Vec::new() }));
    changes.sort_by(|a, b| a.figure().id.cmp(&b.figure().id));
    changes
}

fn moves(old: &Figure, new: &Figure) -> Vec<Shift> {
    let (Some(was), Some(is)) = (ends_of(old.amount), ends_of(new.amount)) else { return Vec::new() };
    if old.unit != new.unit {
        return Vec::new();
    }
    let is_single = matches!((old.amount, new.amount), (Amount::One(_), Amount::One(_)));
    let pairs = [(was.0, is.0), (was.1, is.1)];
    pairs.iter().take(if is_single { 1 } else { 2 }).filter_map(|(from, to)| shift(*from, *to)).collect()
}

fn shift(from: Number, to: Number) -> Option<Shift> {
    let by = to.sub(from)?;
    let percent = from.abs().and_then(|size| by.div(size)).and_then(|part| part.mul(Number::HUNDRED));
    Some(Shift { from, to, by, percent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::read;
    use crate::diagnostic::Source;

    fn facts(text: &str) -> Data {
        let text = format!("kind = \"facts\"\ncurrency = \"USD\"\n{text}");
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
                        let percent = shift.percent.map_or("?".to_owned(), |percent| percent.to_string());
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
        let one = fact("a", "percent = 10");
        check(&one, &one, &[]);
        check("", &one, &["f.a added"]);
        check(&one, "", &["f.a removed"]);
        check(&one, &fact("a", "percent = 12"), &["f.a changed 2 20%"]);
        check(&one, &fact("a", "percent = 5"), &["f.a changed -5 -50%"]);
        check(&fact("a", "percent = 0"), &one, &["f.a changed 10 ?%"]);
        check(&fact("a", "percent = [10, 20]"), &fact("a", "percent = [10, 25]"), &["f.a changed 0 0% 5 25%"]);
        check(&one, &fact("a", "percent = [10, 20]"), &["f.a changed 0 0% 10 100%"]);
        check(&one, &fact("a", "percent = \"unstated\""), &["f.a changed"]);
        check(&one, &fact("a", "money = 10"), &["f.a changed"]);
        check(&one, &fact("a", "percent = 10\nbound = \"over\""), &["f.a changed 0 0%"]);
    }

    #[test]
    fn what_a_broken_file_hides_is_no_difference() {
        check("[a]\ntitle = \"T\"\npercent = 1\n", "[a]\ntitle = \"T\"\npercent = \n", &[]);
    }
}
