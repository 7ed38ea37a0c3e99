//! The order in which things that need each other can be worked out, and the circles that can't.

use std::collections::VecDeque;

/// What can be worked out, and what can't.
pub(in crate::data) struct Order {
    /// Each after all that it needs.
    pub(in crate::data) sorted: Vec<usize>,
    /// Things that need themselves through each other, each circle in the order of needing.
    pub(in crate::data) circles: Vec<Vec<usize>>,
    /// What stands in a circle, or needs what does.
    pub(in crate::data) left: Vec<usize>,
}

/// Orders things by what each of them needs, in time linear in the needs. Without circles nothing is left.
pub(in crate::data) fn in_order(needs: &[Vec<usize>]) -> Order {
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (at, needs) in needs.iter().enumerate() {
        for need in needs {
            needed_by[*need].push(at);
        }
    }
    let mut ready: VecDeque<usize> = (0..needs.len()).filter(|at| waiting[*at] == 0).collect();
    let mut sorted = Vec::with_capacity(needs.len());
    while let Some(at) = ready.pop_front() {
        sorted.push(at);
        for &next in &needed_by[at] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push_back(next);
            }
        }
    }
    let left: Vec<usize> = (0..needs.len()).filter(|at| waiting[*at] > 0).collect();
    Order { circles: circles(needs, &waiting, &left), sorted, left }
}

/// Follows needs from each thing that is left: sooner or later the walk comes back to itself or to an older one.
fn circles(needs: &[Vec<usize>], waiting: &[usize], left: &[usize]) -> Vec<Vec<usize>> {
    let mut walked_in = vec![0_usize; needs.len()];
    let mut circles = Vec::new();
    for (walk, &start) in left.iter().enumerate() {
        let mut path = Vec::new();
        let mut at = start;
        while walked_in[at] == 0 {
            walked_in[at] = walk + 1;
            path.push(at);
            match needs[at].iter().find(|need| waiting[**need] > 0) {
                Some(next) => at = *next,
                None => break,
            }
        }
        let Some(first) = path.iter().position(|step| *step == at).filter(|_| walked_in[at] == walk + 1) else {
            continue;
        };
        let mut circle = path.split_off(first);
        let smallest = circle.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(position, _)| position);
        circle.rotate_left(smallest);
        circles.push(circle);
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn each_comes_after_what_it_needs_and_circles_are_named_once() {
        let check = |needs: &[&[usize]], sorted: &[usize], circles: &[&[usize]], left: &[usize]| {
            let needs: Vec<Vec<usize>> = needs.iter().map(|needs| needs.to_vec()).collect();
            let order = in_order(&needs);
            assert_eq!((&*order.sorted, &*order.left), (sorted, left), "{needs:?}");
            assert_eq!(order.circles, circles, "{needs:?}");
        };
        check(&[], &[], &[], &[]);
        check(&[&[1], &[2], &[]], &[2, 1, 0], &[], &[]);
        check(&[&[1, 1], &[]], &[1, 0], &[], &[]);
        check(&[&[0]], &[], &[&[0]], &[0]);
        check(&[&[2], &[0], &[1], &[0], &[]], &[4], &[&[0, 2, 1]], &[0, 1, 2, 3]);
        check(&[&[1], &[0], &[3], &[2]], &[], &[&[0, 1], &[2, 3]], &[0, 1, 2, 3]);
    }

    #[test]
    fn a_very_long_chain_is_walked_without_recursion() {
        let needs: Vec<Vec<usize>> = (0..200_000).map(|at| vec![(at + 1) % 200_000]).collect();
        assert_eq!(in_order(&needs).circles.len(), 1);
    }
}
