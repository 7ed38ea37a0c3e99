//! A ladder: its rungs below each other, the highest on top, and what leaves it to the side.

use super::bars::small_lines;
use super::text::{NAME, NARROW, width, wrap};
use super::views::{Across, LadderView, LineView, RailView, RungMarkView, ValueView, in_words};
use crate::config::Labels;

/// A rung before it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    /// Its level's code.
    pub code: Option<String>,
    /// Its title.
    pub name: String,
    /// Words that limit its price.
    pub note: Option<String>,
    /// Its price, or that none is published.
    pub value: ValueView,
    /// The place of the rung from which it branches off.
    pub parent: Option<usize>,
}

/// Pixels from a rail to the next one to its right, and from a rung's mark to its words.
const ASIDE: u32 = 22;
const WORDS: u32 = 16;
const LINE: u32 = 20;
const BETWEEN: u32 = 10;
/// Where the ladder itself stands, and how far below a line's top its mark.
const LEFT: u32 = 7;
const MARK: u32 = 10;
/// How far a branch may lead from the ladder; what branches off further is drawn there.
const DEEPEST: u32 = 3;

/// The ladder of some rungs, given the lowest first, and its height.
pub(super) fn ladder(steps: &[Step]) -> (LadderView, u32) {
    let mut view = LadderView::default();
    let mut marks = vec![(0, 0); steps.len()];
    let mut y = 2;
    for (at, step) in steps.iter().enumerate().rev() {
        let x = LEFT + ASIDE * depth(steps, at);
        let (text_x, mark_y) = (x + WORDS, y + MARK);
        let room = NARROW - text_x;
        let taken = step.code.as_ref().map_or(0, |code| width(code, NAME) + 6);
        let mut code = step.code.clone();
        let mut lines = Vec::new();
        for text in wrap(&step.name, NAME, room - taken.min(room), room) {
            lines.push(LineView { kind: "name", x: Across::Pixels(text_x), y: y + 15, code: code.take(), text });
            y += LINE;
        }
        // Below the name, since a price at the far edge would be hard to follow from a rail.
        let value = ValueView { x: Across::Pixels(text_x), y: y + 14, anchor: None, ..step.value.clone() };
        y += LINE;
        if let Some(note) = &step.note {
            lines.extend(small_lines("note", note, text_x, room, &mut y));
        }
        y += BETWEEN;
        if let Some(mark) = marks.get_mut(at) {
            *mark = (x, mark_y);
        }
        view.rungs.push(RungMarkView { x, y: mark_y, priced: !step.value.unstated, lines, value });
    }
    let mark = |at: usize| marks.get(at).copied().unwrap_or_default();
    let mut on_ladder = steps.iter().enumerate().filter(|(_, step)| step.parent.is_none()).map(|(at, _)| mark(at).1);
    if let Some(bottom) = on_ladder.next()
        && let Some(top) = on_ladder.next_back()
    {
        view.rails.push(RailView { x1: LEFT, y1: top, x2: LEFT, y2: bottom, branch: false });
    }
    for (at, step) in steps.iter().enumerate() {
        if let Some(parent) = step.parent {
            let ((x, y), (from_x, from_y)) = (mark(at), mark(parent));
            // Aside first, then up or down along the branch.
            let bend = if y < from_y { from_y.saturating_sub(ASIDE).max(y) } else { (from_y + ASIDE).min(y) };
            view.rails.push(RailView { x1: from_x, y1: from_y, x2: x, y2: bend, branch: true });
            view.rails.push(RailView { x1: x, y1: bend, x2: x, y2: y, branch: true });
        }
    }
    (view, y.saturating_sub(BETWEEN) + 4)
}

/// Every rung in words, the highest first.
pub(super) fn describe(steps: &[Step], labels: &Labels) -> String {
    let sentence = |step: &Step| {
        let name = [step.code.as_deref(), Some(step.name.as_str())].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parent = step.parent.and_then(|parent| steps.get(parent));
        let branch = parent.map(|parent| labels.branches_from.replace("{rung}", &parent.name));
        let words = [Some(format!("{name}: {}", in_words(&step.value))), step.note.clone(), branch];
        format!("{}.", words.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    steps.iter().rev().map(sentence).collect::<Vec<_>>().join(" ")
}

/// How many branches lead from the ladder to a rung.
fn depth(steps: &[Step], at: usize) -> u32 {
    let mut depth = 0;
    let mut at = at;
    while let Some(parent) = steps.get(at).and_then(|step| step.parent) {
        depth += 1;
        at = parent;
        if depth == DEEPEST {
            break;
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, parent: Option<usize>) -> Step {
        let value = ValueView { text: "$1".into(), ..ValueView::default() };
        Step { name: name.into(), value, parent, ..Step::default() }
    }

    #[test]
    fn the_highest_rung_is_on_top_and_a_branch_stands_aside() {
        let (view, height) = ladder(&[step("low", None), step("aside", Some(0)), step("high", None)]);
        let places: Vec<(u32, u32)> = view.rungs.iter().map(|rung| (rung.x, rung.y)).collect();
        assert_eq!(places, [(7, 12), (29, 62), (7, 112)]);
        assert_eq!(height, 146);
        let rails: Vec<_> = view.rails.iter().map(|rail| (rail.x1, rail.y1, rail.x2, rail.y2, rail.branch)).collect();
        assert_eq!(rails, [(7, 12, 7, 112, false), (7, 112, 29, 90, true), (29, 90, 29, 62, true)]);
    }

    #[test]
    fn a_ladder_without_rungs_or_with_one_has_no_rail() {
        assert_eq!(ladder(&[]).0, LadderView::default());
        assert!(ladder(&[step("only", None)]).0.rails.is_empty());
    }

    #[test]
    fn branches_that_go_in_a_circle_end() {
        let (view, _) = ladder(&[step("a", Some(1)), step("b", Some(0))]);
        assert!(view.rungs.iter().all(|rung| rung.x == LEFT + ASIDE * DEEPEST));
    }

    #[test]
    fn rungs_are_told_from_the_highest_with_price_and_branch() {
        let mut steps = [step("Low", None), step("Aside", Some(0))];
        steps[0].code = Some("L1".into());
        steps[1].note = Some("big tier".into());
        let expected = "Aside: $1, big tier, branches from Low. L1 Low: $1.";
        assert_eq!(describe(&steps, &Labels::default()), expected);
    }
}
