//! What neighboring rows of a chart share, or the gap between them.

use std::sync::Arc;

use super::plots::{Drawn, Rows};
use super::{OPTION, ROWS, option_place};
use crate::data::{Derived, Order};
use crate::diagnostic::Diagnostic;

impl Rows<'_> {
    /// Reports neighbors that can't be drawn.
    pub(super) fn check_neighbors(
        &self,
        rows: &[usize],
        drawn: &[Drawn<'_>],
        several: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let key = option_place(self.block, "neighbors");
        if several {
            let message = "neighbors are drawn for one series";
            let help = "name one column in `y` and no `series`, or add panels = true for a small chart of each column";
            diagnostics.push(Diagnostic::new(&OPTION, key, message).help(help));
            return;
        }
        for column in drawn.iter().map(|drawn| drawn.named.column) {
            if ![Derived::Overlap, Derived::Gap].iter().any(|derived| column.derive.contains(derived)) {
                let message = format!("`{}` of `{}` derives no overlaps and gaps", column.id, self.set.name);
                let help = format!("add derive = [\"overlap\", \"gap\"] to the column in {}", self.set.source.path());
                diagnostics.push(Diagnostic::new(&OPTION, key, message).help(help));
                return;
            }
        }
        let place = |at: usize| self.block.rows.rows.get(at).map_or(key, |text| &text.place);
        let id = |row: usize| &self.table.rows[row].id;
        if let [only] = rows {
            let message = format!("`{}` alone has no neighbor", id(*only));
            let help = "choose two rows or more that follow each other in the data file";
            diagnostics.push(Diagnostic::new(&ROWS, place(0), message).help(help));
        }
        let typed = self.table.order == Some(Order::Typed);
        for (at, pair) in rows.windows(2).enumerate().filter(|_| typed) {
            if pair[0].abs_diff(pair[1]) != 1 {
                let message =
                    format!("`{}` and `{}` are no neighbors in `{}`", id(pair[0]), id(pair[1]), self.set.name);
                let help = "choose rows that follow each other in the data file, in its order";
                diagnostics.push(Diagnostic::new(&ROWS, place(at + 1), message).help(help));
            }
        }
    }

    /// What two rows share, or the gap between them.
    pub(super) fn joint(&self, row: usize, next: usize, column: &str) -> Option<Arc<str>> {
        let pair = |one: usize, other: usize| {
            let parts = self.table.rows[one].parts.iter().zip(&self.table.rows[other].parts);
            let part = |(one, other): (&Arc<str>, &Arc<str>)| match one == other {
                true => one.to_string(),
                false => format!("{one}-to-{other}"),
            };
            parts.map(part).collect::<Vec<_>>().join(".")
        };
        let sides = [pair(row, next), pair(next, row)]
            .into_iter()
            .flat_map(|pair| ["overlap", "gap"].map(|side| format!("{}.{pair}.{column}.{side}", self.set.name)));
        sides.into_iter().find_map(|id| self.data.figures.get(&id).map(|figure| Arc::clone(&figure.id)))
    }
}
