//! What a part of a formula takes from the rows around it, so that what depends on none of them is worked out once.

use super::functions::Function;
use super::plan::{Base, IdPart, Outside, Side, Step, StepKind, TestStep};
use super::sheets::{Sheets, braces};
use crate::data::table::ColumnKind;

/// Notes what a part takes from frames before `frame`.
pub(super) fn step_outside(step: &Step, frame: usize, outside: &mut Outside, sheets: &Sheets<'_>, frames: &[usize]) {
    match &step.kind {
        StepKind::Number(_) | StepKind::Text(_) => (),
        StepKind::ByRow(_, text, of) if *of < frame => {
            let indexed = sheets.at(frames[*of]);
            let columns = braces(text).filter_map(Result::err).filter_map(|name| indexed.column(name));
            outside.texts.extend(columns.map(|column| (*of, column)));
        }
        StepKind::ByRow(..) => (),
        StepKind::Name(reference) => match &reference.base {
            Base::Frame(of) if *of < frame => {
                let column = &sheets.at(frames[*of]).sheet.table.columns[reference.column];
                let is_text = matches!(column.kind, ColumnKind::Text | ColumnKind::Choice(_) | ColumnKind::Date);
                match is_text && reference.side == Side::Whole {
                    true => outside.texts.push((*of, reference.column)),
                    false => outside.takes_values = true,
                }
            }
            Base::LookUp(_, parts) => parts.iter().for_each(|part| part_outside(part, frame, outside)),
            Base::Frame(_) | Base::Row(_) | Base::Pair(..) => (),
        },
        StepKind::Negative(inner) => step_outside(inner, frame, outside, sheets, frames),
        StepKind::Sum(first, rest) | StepKind::Product(first, rest) => {
            step_outside(first, frame, outside, sheets, frames);
            rest.iter().for_each(|term| step_outside(&term.step, frame, outside, sheets, frames));
        }
        StepKind::Apply(_, arguments) => {
            arguments.iter().for_each(|step| step_outside(step, frame, outside, sheets, frames));
        }
        StepKind::Neighbor(_, of, inner) => {
            outside.takes_values |= *of < frame;
            step_outside(inner, frame, outside, sheets, frames);
        }
        StepKind::OverRows(over) => {
            outside.takes_values |= over.outside.takes_values || over.function == Function::Rank;
            outside.texts.extend(over.outside.texts.iter().filter(|(of, _)| *of < frame));
        }
    }
}

/// The same for a comparison.
pub(super) fn test_outside(
    test: &TestStep,
    frame: usize,
    outside: &mut Outside,
    sheets: &Sheets<'_>,
    frames: &[usize],
) {
    step_outside(&test.left, frame, outside, sheets, frames);
    step_outside(&test.right, frame, outside, sheets, frames);
}

/// The same for a part of an id.
pub(super) fn part_outside(part: &IdPart, frame: usize, outside: &mut Outside) {
    if let IdPart::Column(of, column) = part
        && *of < frame
    {
        outside.texts.push((*of, *column));
    }
}
