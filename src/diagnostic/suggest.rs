//! The nearest known name to a mistyped one.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::work;

/// Of more names than this, only those are compared with a typed one that are near it in order, so that each of many mistyped
/// names costs the same.
const FEW: usize = 256;
/// So many names are taken before and after the typed one, in the order of their first letters and in that of their last.
const AROUND: usize = 64;

/// The candidate that an author most probably meant, or nothing when none is near. Names with other digits are never near, since
/// `fee-2025` is no slip for `fee-2026`; and of ids, each part must be near by itself, since `plans.small.price` is no slip for
/// `plans.large.price`. Ties go to the first, so that the answer does not depend on how candidates were gathered.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(typed, candidates).into_iter().next()
}

/// All candidates that an author may have meant, the nearest first.
fn near<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let letters = typed.to_lowercase();
    let limit = far(&letters);
    let distances = candidates.into_iter().map(|candidate| (distance(&letters, candidate, limit), candidate));
    let mut near: Vec<(usize, &str)> =
        distances.filter(|(distance, candidate)| *distance <= limit && is_near(typed, candidate)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many slips a name of these letters may have.
fn far(letters: &str) -> usize {
    (letters.chars().count() / 3).max(1)
}

/// Whether two names that are near as a whole are so in their digits and in each part.
fn is_near(typed: &str, candidate: &str) -> bool {
    let parts = typed.split('.').map(str::to_lowercase).zip(candidate.split('.'));
    let same_parts = typed.matches('.').count() == candidate.matches('.').count();
    digits(typed).eq(digits(candidate))
        && (!same_parts || parts.into_iter().all(|(part, other)| distance(&part, other, far(&part)) <= far(&part)))
}

fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
}

/// True if two names differ by one slip of the hand: a letter too many, too few, another, or two that are exchanged.
pub fn is_slip(typed: &str, name: &str) -> bool {
    distance(&typed.to_lowercase(), name, 1) == 1
}

/// Many known names, in which the nearest to each of many typed ones is found.
#[derive(Clone, Debug, Default)]
pub struct Names<S> {
    /// The names in order, capitals beside small letters.
    sorted: Vec<S>,
    /// Their indexes in the order of their last letters, worked out when it is first asked for.
    backward: OnceLock<Vec<u32>>,
}

impl<S: PartialEq> PartialEq for Names<S> {
    fn eq(&self, other: &Self) -> bool {
        self.sorted == other.sorted
    }
}

impl<S: AsRef<str>> FromIterator<S> for Names<S> {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut sorted: Vec<S> = names.into_iter().collect();
        sorted.sort_by(|a, b| order(a.as_ref(), b.as_ref()));
        sorted.dedup_by(|b, a| a.as_ref() == b.as_ref());
        Self { sorted, backward: OnceLock::new() }
    }
}

impl<S: AsRef<str>> Names<S> {
    /// The names in order, capitals beside small letters.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(AsRef::as_ref)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether a name is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.sorted.binary_search_by(|known| order(known.as_ref(), name)).is_ok()
    }

    /// The name that an author most probably meant, or nothing when none is near.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        self.near(typed).into_iter().next()
    }

    /// All names that an author may have meant, the nearest first. Of many names, those are looked at that begin or end as the
    /// typed one does.
    pub fn near(&self, typed: &str) -> Vec<&str> {
        if self.sorted.len() <= FEW {
            return near(typed, self.iter());
        }
        let backward = self.backward();
        let name = |at: &u32| self.sorted[*at as usize].as_ref();
        let first =
            around(self.sorted.partition_point(|known| order(known.as_ref(), typed).is_lt()), self.sorted.len());
        let last = around(backward.partition_point(|at| order_backward(name(at), typed).is_lt()), backward.len());
        let mut found: Vec<u32> = first.map(|at| at as u32).chain(backward[last].iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        near(typed, found.iter().map(name))
    }

    /// The names that begin with a text, in order.
    pub fn beginning_with<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.sorted.partition_point(|known| order_of_letters(known.as_ref(), start).is_lt());
        let begins = |name: &str| name.get(..start.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(start));
        let known = self.sorted[from..].iter().map(AsRef::as_ref);
        known.take_while(move |name| begins(name)).filter(move |name| name.starts_with(start))
    }

    /// The first name whose last part, behind a point, is a text in any capitals.
    pub fn ending_in_part(&self, part: &str) -> Option<&str> {
        let end = format!(".{part}");
        let backward = self.backward();
        let name = |at: u32| self.sorted[at as usize].as_ref();
        let from = backward.partition_point(|at| order_backward(name(*at), &end).is_lt());
        let at = backward.get(from)?;
        let start = name(*at).len().checked_sub(end.len())?;
        name(*at).get(start..).filter(|ended| ended.eq_ignore_ascii_case(&end)).map(|_| name(*at))
    }

    /// The name that differs from another in capitals alone; nothing where there are several.
    pub fn in_any_case(&self, name: &str) -> Option<&str> {
        let start = self.sorted.partition_point(|known| order_of_letters(known.as_ref(), name).is_lt());
        let mut same =
            self.sorted[start..].iter().map(AsRef::as_ref).take_while(|known| known.eq_ignore_ascii_case(name));
        let first = same.next()?;
        same.next().is_none().then_some(first)
    }

    fn backward(&self) -> &[u32] {
        self.backward.get_or_init(|| {
            let mut backward: Vec<u32> = (0..self.sorted.len() as u32).collect();
            backward
                .sort_by(|a, b| order_backward(self.sorted[*a as usize].as_ref(), self.sorted[*b as usize].as_ref()));
            backward
        })
    }
}

/// The indexes around one, of so many.
fn around(at: usize, len: usize) -> std::ops::Range<usize> {
    at.saturating_sub(AROUND)..(at + AROUND).min(len)
}

fn order(a: &str, b: &str) -> Ordering {
    order_of_letters(a, b).then_with(|| a.cmp(b))
}

fn order_of_letters(a: &str, b: &str) -> Ordering {
    let small = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(small).cmp(b.bytes().map(small))
}

fn order_backward(a: &str, b: &str) -> Ordering {
    let small = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().rev().map(small).cmp(b.bytes().rev().map(small))
}

/// How many slips apart two names are, ignoring case: letters too many, too few, others, or two that are exchanged. Above
/// `limit` any larger number.
fn distance(small: &str, name: &str, limit: usize) -> usize {
    work::steps(1);
    let name = name.to_lowercase();
    match small.chars().count().abs_diff(name.chars().count()) {
        apart if apart > limit => apart,
        _ => strsim::osa_distance(small, &name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let names = ["title", "weight", "template", "description"];
        for (typed, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("wieght", Some("weight")),
            ("desc", None),
            ("descripton", Some("description")),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, names), expected, "{typed}");
            assert_eq!(names.into_iter().collect::<Names<_>>().nearest(typed), expected, "{typed}");
        }
        let ids = ["plans.small.total.high", "facts.fee-2025"];
        for (typed, expected) in [
            ("plans.small.totl.high", Some("plans.small.total.high")),
            ("plans.large.total.high", None),
            ("facts.fee-2026", None),
            ("facts.fe-2025", Some("facts.fee-2025")),
        ] {
            assert_eq!(nearest(typed, ids), expected, "{typed}");
        }
    }

    #[test]
    fn among_many_names_a_slip_is_found_wherever_it_is() {
        let rows = (0..2000).map(|at| format!("plans.row-{at}.total.median"));
        let names: Names<String> = rows.chain(["plans.special.base.low".to_owned()]).collect();
        for (typed, expected) in [
            ("plans.specail.base.low", "plans.special.base.low"),
            ("plasn.special.base.low", "plans.special.base.low"),
            ("plans.special.base.lwo", "plans.special.base.low"),
            ("plans.row-77.total.medain", "plans.row-77.total.median"),
            ("plans.rwo-1234.total.median", "plans.row-1234.total.median"),
            ("Plans.Row-5.total.median", "plans.row-5.total.median"),
        ] {
            assert_eq!(names.nearest(typed), Some(expected), "{typed}");
        }
        assert_eq!(names.in_any_case("PLANS.special.base.low"), Some("plans.special.base.low"));
        assert!(names.contains("plans.row-5.total.median") && !names.contains("Plans.row-5.total.median"));
    }

    #[test]
    fn many_mistyped_names_are_compared_with_few_each() {
        work::growth("nearest names", |n| {
            let names: Names<String> = (0..n).map(|at| format!("facts.f{at}")).collect();
            (0..n).for_each(|at| _ = names.nearest(&format!("facts.g{at}x")));
        });
    }
}
