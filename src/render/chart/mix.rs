//! Parts of a whole: each row as one bar, with its parts by name and value below it.

use super::bars::{Entry, Sheet, Side};
use super::text::{NOTE, width, wrap};
use super::views::{Across, BarRowView, LineView, PanelView, Position, StretchView, SwatchView, ValueView};
use crate::data::Number;

/// Pixels: a bar's height, what is above and below it, a line of parts, a swatch with its gap, and the room between two parts.
const BAR: u32 = 18;
const ABOVE: u32 = 4;
const BELOW: u32 = 6;
const LINE: u32 = 19;
const SWATCH: u32 = 16;
const APART: u32 = 14;
/// The room between two rows.
const BETWEEN: u32 = 14;
/// The whole of a bar, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// Rows of parts, from a height on. Where a part is not stated, amounts have no whole, and no bar is drawn.
pub(super) fn panel(sheet: &Sheet<'_>, entries: &[Entry], y: &mut u32) -> PanelView {
    let mut view = PanelView { top: *y, ..PanelView::default() };
    for entry in entries {
        let lines = sheet.named(entry.code.as_deref(), &entry.name, sheet.width, y);
        let mut row = BarRowView { lines, ..BarRowView::default() };
        row.lines.iter_mut().for_each(|line| line.kind = "head");
        if let Some(bars) = parts(&entry.sides, sheet.unit.is_percent(), *y + ABOVE) {
            row.bars = bars;
            *y += ABOVE + BAR + BELOW;
        }
        let mut x = 0;
        for side in &entry.sides {
            x = label(sheet.width, side, x, &mut row, y);
        }
        *y += LINE + BETWEEN;
        view.rows.push(row);
    }
    view.bottom = *y;
    view
}

/// The parts of a bar, each from where the one before it ends.
fn parts(sides: &[Side], is_percent: bool, y: u32) -> Option<Vec<StretchView>> {
    let values: Vec<Option<&Number>> = sides.iter().map(|side| Some(&side.ends.as_ref()?.0)).collect();
    if !is_percent && values.contains(&None) {
        return None;
    }
    let sum = values.iter().flatten().try_fold(Number::ZERO, |sum, value| sum.add(value))?;
    let whole = if is_percent { sum.max(Number::HUNDRED) } else { sum };
    let place = |sum: &Number| {
        let hundredths = sum.mul(&Number::from_integer(WHOLE))?.div(&whole)?.rounded(0).to_integer()?;
        Some(Position(i32::try_from(hundredths).ok()?))
    };
    let mut bars = Vec::with_capacity(sides.len());
    let mut sum = Number::ZERO;
    for (side, value) in sides.iter().zip(values) {
        let Some(value) = value else { continue };
        let from = place(&sum)?;
        sum = sum.add(value)?;
        let to = place(&sum)?;
        bars.push(StretchView { from, to, width: Position(to.0 - from.0), y, height: BAR, series: side.series });
    }
    (!bars.is_empty()).then_some(bars)
}

/// A part's name and value, on the line that is begun if there is room. Returns where the next may begin.
fn label(room: u32, side: &Side, x: u32, row: &mut BarRowView, y: &mut u32) -> u32 {
    let value = &side.value;
    let behind = [Some(value.text.as_str()), value.after.as_deref(), value.flags.own.then_some("*")];
    let value_width: u32 = behind.into_iter().flatten().map(|word| width(word, NOTE) + 4).sum();
    let name_width = if side.name.is_empty() { 0 } else { width(&side.name, NOTE) + 4 };
    let whole = SWATCH + name_width + value_width;
    let x = if x > 0 && x + whole > room {
        *y += LINE;
        0
    } else {
        x
    };
    row.swatches.push(SwatchView { x: x + 1, y: *y + 3, series: side.series });
    let mut before = Some(side.name.clone()).filter(|name| !name.is_empty());
    if whole > room {
        // The name alone fills more than a line.
        for text in wrap(&side.name, NOTE, room - SWATCH, room - SWATCH) {
            row.lines.push(LineView {
                kind: "note",
                x: Across::Pixels(SWATCH),
                y: *y + 13,
                text,
                ..LineView::default()
            });
            *y += LINE;
        }
        before = None;
    }
    row.values.push(ValueView { x: Across::Pixels(x + SWATCH), y: *y + 13, small: true, before, ..value.clone() });
    if whole > room { room } else { x + whole + APART }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(series: usize, value: Option<i64>) -> Side {
        let ends = value.map(|value| (Number::from_integer(value), Number::from_integer(value)));
        Side { series, ends, ..Side::default() }
    }

    fn check(values: &[Option<i64>], is_percent: bool, expected: Option<&[(usize, i32, i32)]>) {
        let sides: Vec<Side> = values.iter().enumerate().map(|(at, value)| side(at, *value)).collect();
        let bars = parts(&sides, is_percent, 0);
        let drawn = bars.map(|bars| bars.iter().map(|bar| (bar.series, bar.from.0, bar.to.0)).collect::<Vec<_>>());
        assert_eq!(drawn.as_deref(), expected, "{values:?}");
    }

    #[test]
    fn amounts_are_drawn_as_shares_of_their_sum() {
        check(&[Some(10), Some(30)], false, Some(&[(0, 0, 2500), (1, 2500, 10_000)]));
        check(&[Some(1), Some(1), Some(1)], false, Some(&[(0, 0, 3333), (1, 3333, 6667), (2, 6667, 10_000)]));
        check(&[Some(0), Some(0)], false, None);
        check(&[], false, None);
    }

    #[test]
    fn percentages_leave_open_what_is_not_stated_and_amounts_then_have_no_whole() {
        check(&[Some(20), None, Some(30)], true, Some(&[(0, 0, 2000), (2, 2000, 5000)]));
        check(&[Some(50), Some(51)], true, Some(&[(0, 0, 4950), (1, 4950, 10_000)]));
        check(&[Some(20), None, Some(30)], false, None);
    }
}
