//! Resolves the names of a formula once, and which rows its functions run over, so that only values are left to be looked up row by row.

use std::ops::Range;
use std::sync::Arc;

use super::functions::Function;
use super::names::{Resolver, Scope, no_column, short};
use super::plan::{Base, Frame, IdPart, Meaning, Outside, OverRows, Plan, Reference, Side, Terms};
use super::problems::{NAME, ORDER, ROWS, Reporter, WORD};
use super::sheets::{Sheets, columns_in};
use super::tree::{Call, Comparison, Formula, NamePart, Node, NodeKind};
use crate::data::table::ColumnKind;
use crate::data::unit::ColumnUnit;
use crate::diagnostic::{Diagnostic, Known, nearest};

/// What a formula of a sheet means.
pub(super) fn resolve<'a>(
    sheets: &Sheets<'a>,
    formula: &'a Formula,
    (sheet, terms): (usize, Terms),
    functions: &mut usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Known<Plan<'a>> {
    let meanings = (0..formula.parts).map(|_| Meaning::Nothing).collect();
    let reporter = Reporter { text: &formula.text, diagnostics };
    let mut resolver = Resolver { sheets, reporter, meanings, functions };
    let scope = Scope { sheets: vec![sheet], own: 0, braces: 0, any: None };
    let root = resolver.node(&formula.root, &scope);
    resolver.conditions(&formula.conditions, &scope)?;
    root?;
    let mut outside = Outside::default();
    resolver.outside(&formula.root, 1, &scope.sheets, &mut outside);
    Ok(Plan { text: &formula.text, meanings: resolver.meanings, terms, outside })
}

impl Resolver<'_, '_> {
    fn node(&mut self, node: &Node, scope: &Scope) -> Known<()> {
        let meaning = match &node.kind {
            NodeKind::Name(parts) => Meaning::Name(self.name(parts, &node.range, scope)?),
            NodeKind::Number(_, unit @ ColumnUnit::ByRow(_)) => {
                self.unit(unit, &node.range, scope)?;
                Meaning::Row(scope.braces)
            }
            NodeKind::Call(call) if call.function.takes_another_row() => {
                let indexed = self.sheets.at(scope.sheets[scope.own]);
                if indexed.sheet.table.order.is_none() {
                    let (name, function) = (indexed.sheet.name, call.function.name());
                    let message = format!("the rows of `{name}` have no order, so that `{function}` is unknown");
                    let help =
                        "add ordered = true to the table, or ordered = \"KEY\" with the key along which rows follow";
                    return self.reporter.fail(&ORDER, &node.range, message, help);
                }
                self.nodes(&call.arguments, scope)?;
                Meaning::Row(scope.own)
            }
            NodeKind::Call(call) if call.takes_rows() => Meaning::OverRows(self.over_rows(call, &node.range, scope)?),
            _ => return self.nodes(node.children(), scope),
        };
        self.meanings[node.part] = meaning;
        Ok(())
    }

    /// All nodes, so that each unknown name is reported.
    fn nodes<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>, scope: &Scope) -> Known<()> {
        let resolved: Vec<Known<()>> = nodes.into_iter().map(|node| self.node(node, scope)).collect();
        resolved.into_iter().collect()
    }

    /// Reports a column that a unit names and the row doesn't have.
    fn unit(&mut self, unit: &ColumnUnit, range: &Range<usize>, scope: &Scope) -> Known<()> {
        let indexed = self.sheets.at(scope.sheets[scope.braces]);
        let unknown = columns_in(unit).into_iter().find(|name| indexed.column(name).is_none());
        let Some(unknown) = unknown else { return Ok(()) };
        let help = match nearest(unknown, indexed.column_ids()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => "name a column of this table in the braces".to_owned(),
        };
        self.reporter.fail(&NAME, range, format!("`{}` has no column `{unknown}`", indexed.sheet.name), help)
    }

    /// Comparisons behind `where`; a word that no row has is reported.
    fn conditions(&mut self, tests: &[Node], scope: &Scope) -> Known<()> {
        tests.iter().try_for_each(|test| self.no_bare_word(test, scope))?;
        self.nodes(tests, scope)?;
        tests.iter().try_for_each(|test| self.word_exists(test, scope))
    }

    /// Reports a word without quotes that is compared with a column of words.
    fn no_bare_word(&mut self, test: &Node, scope: &Scope) -> Known<()> {
        let NodeKind::Compare(_, sides) = &test.kind else { return Ok(()) };
        let indexed = self.sheets.at(scope.sheets[scope.own]);
        let word = |node: &Node| match &node.kind {
            NodeKind::Name(parts) => match &parts[..] {
                [NamePart::Word(word)] => Some(Arc::clone(word)),
                _ => None,
            },
            _ => None,
        };
        let [left, right] = &**sides;
        for (side, other) in [(left, right), (right, left)] {
            let (Some(column), Some(word)) = (word(side).and_then(|id| indexed.column(&id)), word(other)) else {
                continue;
            };
            let column = &indexed.sheet.table.columns[column];
            let holds_words = matches!(column.kind, ColumnKind::Text | ColumnKind::Choice(_));
            if holds_words && indexed.column(&word).is_none() {
                let message = format!("`{word}` is no column of this table");
                return self.reporter.fail(
                    &NAME,
                    &other.range,
                    message,
                    format!("put a word between quotes: '{word}'"),
                );
            }
        }
        Ok(())
    }

    fn word_exists(&mut self, test: &Node, scope: &Scope) -> Known<()> {
        let NodeKind::Compare(comparison, sides) = &test.kind else { return Ok(()) };
        let [left, right] = &**sides;
        for (name, text) in [(left, right), (right, left)] {
            let NodeKind::Text(word) = &text.kind else { continue };
            let Some((frame, at)) = self.whole_column(name) else { continue };
            let indexed = self.sheets.at(scope.sheets[frame]);
            let column = &indexed.sheet.table.columns[at];
            if comparison.asks_for_order() || column.formula.is_some() {
                continue;
            }
            let texts = indexed.by_text(at);
            let is_declared = match &column.kind {
                ColumnKind::Choice(words) => words.iter().any(|known| known.text == *word),
                ColumnKind::Number => {
                    let mut words = column.words.iter().chain(&column.blank);
                    **word == *"unstated" || words.any(|known| known.text == *word)
                }
                _ => false,
            };
            let name = indexed.sheet.name;
            if is_declared || texts.contains_key(&**word) || self.sheets.lost(name).is_some() {
                continue;
            }
            let help = match nearest(word, texts.keys().map(String::as_str)) {
                Some(near) => format!("did you mean '{near}'?"),
                None => "write a word that the column has".to_owned(),
            };
            let message = format!("no row of `{name}` has '{word}' as its `{}`", column.id);
            return self.reporter.fail(&WORD, &text.range, message, help);
        }
        Ok(())
    }

    /// The column of a row at hand that a part names without a side.
    fn whole_column(&self, node: &Node) -> Option<(Frame, usize)> {
        match &self.meanings[node.part] {
            Meaning::Name(Reference { base: Base::Frame(frame), column, side: Side::Whole }) => Some((*frame, *column)),
            _ => None,
        }
    }

    /// A function over rows: of an id with `*`, or of this table's own columns.
    fn over_rows(&mut self, call: &Call, range: &Range<usize>, scope: &Scope) -> Known<OverRows> {
        let starred = call.values().iter().find_map(with_any);
        let frame = scope.sheets.len();
        let mut inner = scope.clone();
        let (sheet, pattern) = match starred {
            Some((_, name)) if call.function == Function::Rank => {
                let message = "`rank` is the place of a row among those of its own table";
                return self.reporter.fail(&ROWS, name, message, "name columns of this table");
            }
            Some((parts, name)) => {
                let (sheet, pattern) = self.pattern(parts, name, scope)?;
                inner.any = Some((frame, pattern.to_vec()));
                (sheet, Some(self.fitting(sheet, pattern, name, scope)?))
            }
            None => {
                self.own_rows(call, range, scope)?;
                (inner.own, inner.braces, inner.any) = (frame, scope.own, None);
                (scope.sheets[scope.own], None)
            }
        };
        inner.sheets.push(sheet);
        let values = self.nodes(call.values(), &inner);
        (inner.own, inner.braces) = (frame, scope.own);
        let conditions = self.conditions(&call.conditions, &inner);
        let column = self.column_at(call, sheet)?;
        values.and(conditions)?;
        let mut outside = Outside::default();
        for node in call.values().iter().chain(&call.conditions) {
            self.outside(node, frame, &inner.sheets, &mut outside);
        }
        outside.take_parts(pattern.iter().flatten(), frame);
        *self.functions += 1;
        let look_up = call.conditions.iter().find_map(|test| self.look_up(test, frame, sheet));
        Ok(OverRows { number: *self.functions, of: scope.own, sheet, frame, pattern, column, look_up, outside })
    }

    /// The sheet that a name with `*` runs over, and the parts of the name that say which rows.
    fn pattern<'n>(
        &mut self,
        parts: &'n [NamePart],
        range: &Range<usize>,
        scope: &Scope,
    ) -> Known<(usize, &'n [NamePart])> {
        let Some(sheet) = self.sheets.named(&parts[0].to_string()) else {
            let own = scope.sheets[scope.own];
            let unknown = self.no_set(parts, own);
            return Err(self.unknown(unknown, parts, range, own));
        };
        let count = self.sheets.at(sheet).parts();
        if parts.len() < count + 2 {
            let unknown = short(self.sheets, sheet, parts);
            return Err(self.unknown(unknown, parts, range, sheet));
        }
        let pattern = &parts[..=count];
        if !pattern.contains(&NamePart::Any) {
            let message = format!("`{}` has a `*` where no part of a row is", self.reporter.slice(range));
            return self.reporter.fail(&ROWS, range, message, "write `*` for a part of the row's id");
        }
        Ok((sheet, pattern))
    }

    /// The parts of the ids that a pattern fits; a fixed part that no row has is reported.
    fn fitting(
        &mut self,
        sheet: usize,
        pattern: &[NamePart],
        range: &Range<usize>,
        scope: &Scope,
    ) -> Known<Vec<IdPart>> {
        let parts = match self.id_parts(&pattern[1..], scope) {
            Ok(parts) => parts,
            Err(unknown) => return Err(self.unknown(unknown, pattern, range, sheet)),
        };
        let indexed = self.sheets.at(sheet);
        let name = indexed.sheet.name;
        for (at, part) in parts.iter().enumerate() {
            let IdPart::Word(word) = part else { continue };
            if indexed.rows_with(&[(at, word)]).is_some() || self.sheets.lost(name).is_some() {
                continue;
            }
            let help = match nearest(word, indexed.sheet.table.rows.iter().map(|row| &*row.parts[at])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write a part that a row has, or `*` for any".to_owned(),
            };
            let message = format!("no row of `{name}` has `{word}` in its id at this place");
            return self.reporter.fail(&NAME, range, message, help);
        }
        Ok(parts)
    }

    /// Reports a function over rows that names neither `*` nor a column.
    fn own_rows(&mut self, call: &Call, range: &Range<usize>, scope: &Scope) -> Known<()> {
        let indexed = self.sheets.at(scope.sheets[scope.own]);
        let is_column = |id: &str| indexed.column(id).is_some();
        if !indexed.is_facts() && call.values().iter().any(|node| names_own(node, &is_column)) {
            return Ok(());
        }
        // A name that means nothing is the problem itself.
        self.nodes(call.values(), scope)?;
        let name = call.function.name();
        let help =
            format!("name a column of this table, or an id with `*` for the rows of another: `{name}(plans.*.price)`");
        self.reporter.fail(&ROWS, range, format!("`{name}` has no rows to run over"), help)
    }

    /// The column whose text `at_max` and `at_min` give.
    fn column_at(&mut self, call: &Call, sheet: usize) -> Known<Option<usize>> {
        let indexed = self.sheets.at(sheet);
        let Some(node) = call.arguments.get(1).filter(|_| call.function.gives_text()) else {
            return Ok(indexed.sheet.table.title_column());
        };
        let id = self.reporter.slice(&node.range);
        match indexed.column(id) {
            Some(column) => Ok(Some(column)),
            None => {
                let unknown = no_column(self.sheets, sheet, id);
                Err(self.unknown(unknown, &[NamePart::Word(id.into())], &node.range, sheet))
            }
        }
    }

    /// The typed column that a condition compares with a text, and the text.
    fn look_up(&self, test: &Node, frame: Frame, sheet: usize) -> Option<(usize, IdPart)> {
        let NodeKind::Compare(Comparison::Equal, sides) = &test.kind else { return None };
        let (own, column) = self.whole_column(&sides[0])?;
        let declared = &self.sheets.at(sheet).sheet.table.columns[column];
        let is_text = matches!(declared.kind, ColumnKind::Text | ColumnKind::Choice(_)) && declared.formula.is_none();
        let text = match (&sides[1].kind, self.whole_column(&sides[1])) {
            (NodeKind::Text(text), _) => IdPart::Word(text.clone()),
            (_, Some((other, column))) if other != frame => IdPart::Column(other, column),
            _ => return None,
        };
        (own == frame && is_text).then_some((column, text))
    }

    /// Notes what a part takes from frames before `frame`.
    fn outside(&self, node: &Node, frame: Frame, frames: &[usize], outside: &mut Outside) {
        match (&self.meanings[node.part], &node.kind) {
            (Meaning::OverRows(over), NodeKind::Call(call)) => {
                outside.takes_values |= over.outside.takes_values || call.function == Function::Rank;
                outside.texts.extend(over.outside.texts.iter().filter(|(of, _)| *of < frame));
                return;
            }
            (Meaning::Name(Reference { base: Base::Frame(of), column, side }), _) if *of < frame => {
                let kind = &self.sheets.at(frames[*of]).sheet.table.columns[*column].kind;
                match kind {
                    ColumnKind::Text | ColumnKind::Choice(_) | ColumnKind::Date if *side == Side::Whole => {
                        outside.texts.push((*of, *column));
                    }
                    _ => outside.takes_values = true,
                }
            }
            (Meaning::Name(Reference { base: Base::LookUp(_, parts), .. }), _) => outside.take_parts(parts, frame),
            (Meaning::Row(of), NodeKind::Number(_, unit)) if *of < frame => {
                let indexed = self.sheets.at(frames[*of]);
                let columns = columns_in(unit).into_iter().filter_map(|name| indexed.column(name));
                outside.texts.extend(columns.map(|column| (*of, column)));
            }
            (Meaning::Row(of), _) => outside.takes_values |= *of < frame,
            _ => (),
        }
        node.children().into_iter().for_each(|child| self.outside(child, frame, frames, outside));
    }
}

impl Outside {
    /// Notes what parts of an id take from frames before `frame`.
    fn take_parts<'p>(&mut self, parts: impl IntoIterator<Item = &'p IdPart>, frame: Frame) {
        self.texts.extend(parts.into_iter().filter_map(|part| match part {
            IdPart::Column(of, column) if *of < frame => Some((*of, *column)),
            _ => None,
        }));
    }
}

/// The first name with `*` in a part of a formula, without those inside another function over rows.
fn with_any(node: &Node) -> Option<(&[NamePart], &Range<usize>)> {
    match &node.kind {
        NodeKind::Name(parts) if parts.contains(&NamePart::Any) => Some((parts, &node.range)),
        NodeKind::Call(call) if call.function.runs_over_rows(call.arguments.len()) => None,
        _ => node.children().into_iter().find_map(with_any),
    }
}

/// Whether a part of a formula names a column of the row at hand.
fn names_own(node: &Node, is_column: &dyn Fn(&str) -> bool) -> bool {
    match &node.kind {
        NodeKind::Name(parts) => parts[0].word().is_some_and(is_column),
        _ => node.children().into_iter().any(|child| names_own(child, is_column)),
    }
}
