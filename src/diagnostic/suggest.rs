//! The nearest known name to a mistyped one.

/// The candidate that an author most probably meant to type, or nothing when none is near. Names with other digits are never
/// near, since `fee-2025` is no slip for `fee-2026`; and of ids, each part must be near by itself, since `plans.small.price` is no
/// slip for `plans.large.price`. Ties go to the first, so that the answer does not depend on how candidates were gathered.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |typed: &str| (typed.chars().count() / 3).max(1);
    let limit = far(typed);
    let is_near = |candidate: &str| {
        let parts = || typed.split('.').zip(candidate.split('.'));
        let same_parts = typed.matches('.').count() == candidate.matches('.').count();
        digits(typed).eq(digits(candidate))
            && (!same_parts || parts().all(|(part, other)| distance(part, other, far(part)) <= far(part)))
    };
    candidates
        .into_iter()
        .map(|candidate| (distance(typed, candidate, limit), candidate))
        .filter(|(distance, candidate)| *distance <= limit && is_near(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
}

/// True if two names differ by one slip of the hand: a letter too many, too few, another, or two that are exchanged.
pub fn is_slip(typed: &str, name: &str) -> bool {
    distance(typed, name, 1) == 1
}

/// The Damerau-Levenshtein distance (optimal string alignment), ignoring case; above `limit` any larger number.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            next[j] = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + swap);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
}
