//! Formulas as they were worked out on a row: what stands for each input, and the ids of the inputs.

use std::collections::HashMap;
use std::sync::Arc;

use super::cells::Target;
use super::engine::{Engine, Tried, given};
use super::functions::Function;
use super::plan::{Base, IdPart, Meaning, OverRows, Reference, Side};
use super::quantity::Value;
use super::sheets::CellAt;
use super::tree::{Call, Formula, Node, NodeKind, Term};
use crate::data::table::CellValue;

/// How firmly the parts of a text hold together: what is looser needs parentheses inside what is firmer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Firmness {
    Sum,
    Product,
    One,
}

/// The text of a formula while it is made.
struct Draft<'e> {
    inputs: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, usize>,
    /// The functions over rows around the part at hand.
    around: Vec<&'e OverRows>,
    /// Whether the part at hand is behind `where`.
    is_condition: bool,
}

impl<'e> Engine<'e, '_> {
    /// The formula as it was worked out on a row, and the ids of its inputs.
    pub(super) fn explained(&mut self, formula: &'e Formula) -> Tried<(Arc<str>, Vec<Arc<str>>)> {
        let (inputs, numbers) = (Vec::new(), HashMap::new());
        let mut draft = Draft { inputs, numbers, around: Vec::new(), is_condition: false };
        let (text, _) = self.words(&formula.root, &mut draft)?;
        Ok((text.into(), draft.inputs))
    }

    fn words(&mut self, node: &'e Node, draft: &mut Draft<'e>) -> Tried<(String, Firmness)> {
        let as_typed = || self.slice(&node.range).to_owned();
        Ok(match (&node.kind, self.plan.meaning(node)) {
            (NodeKind::Name(_), Meaning::Name(reference)) => (self.name_words(reference, node, draft)?, Firmness::One),
            (NodeKind::Number(..) | NodeKind::Text(_) | NodeKind::Name(_), _) => {
                (as_typed().trim_matches(['(', ')', ' ']).to_owned(), Firmness::One)
            }
            (NodeKind::Negative(inner), _) => {
                (format!("−{}", self.at_least(Firmness::One, inner, draft)?), Firmness::Product)
            }
            (NodeKind::Sum(terms), _) => (self.term_words(terms, [" + ", " − "], draft)?, Firmness::Sum),
            (NodeKind::Product(terms), _) => (self.term_words(terms, [" × ", " / "], draft)?, Firmness::Product),
            (NodeKind::Compare(comparison, sides), _) => {
                let (left, right) = (self.words(&sides[0], draft)?.0, self.words(&sides[1], draft)?.0);
                (format!("{left} {} {right}", comparison.sign()), Firmness::Sum)
            }
            (NodeKind::Call(call), Meaning::OverRows(over)) => (self.over_words(call, over, draft)?, Firmness::One),
            (NodeKind::Call(call), Meaning::Row(frame)) => {
                let Some(here) = self.frames.get(*frame).copied() else {
                    return Ok((self.call_words(call, draft)?, Firmness::One));
                };
                let Ok(row) = self.neighbor(call.function, here) else { return Ok((as_typed(), Firmness::One)) };
                self.frames[*frame] = row;
                let words = self.words(&call.arguments[0], draft);
                self.frames[*frame] = here;
                words?
            }
            (NodeKind::Call(call), _) => match (call.function, &call.arguments[..]) {
                (Function::Convert, [inner]) => self.words(inner, draft)?,
                (Function::Difference, [from, to]) => {
                    let from = self.at_least(Firmness::Product, from, draft)?;
                    (format!("{} − {from}", self.words(to, draft)?.0), Firmness::Sum)
                }
                (Function::Change, [from, to]) => {
                    let from = self.at_least(Firmness::One, from, draft)?;
                    (format!("({} − {from}) / {from}", self.words(to, draft)?.0), Firmness::Product)
                }
                _ => (self.call_words(call, draft)?, Firmness::One),
            },
        })
    }

    /// The text of a part, in parentheses where it is looser than needed.
    fn at_least(&mut self, firmness: Firmness, node: &'e Node, draft: &mut Draft<'e>) -> Tried<String> {
        let (text, own) = self.words(node, draft)?;
        Ok(if own < firmness { format!("({text})") } else { text })
    }

    fn term_words(&mut self, terms: &'e [Term], signs: [&str; 2], draft: &mut Draft<'e>) -> Tried<String> {
        let is_sum = signs[0] == " + ";
        let mut text = String::new();
        for (at, term) in terms.iter().enumerate() {
            let firmness = match (at, is_sum) {
                (0, true) => Firmness::Sum,
                (0, false) | (_, true) => Firmness::Product,
                (_, false) => Firmness::One,
            };
            text += if at == 0 { "" } else { signs[usize::from(term.is_inverse)] };
            text += &self.at_least(firmness, &term.node, draft)?;
        }
        Ok(text)
    }

    fn call_words(&mut self, call: &'e Call, draft: &mut Draft<'e>) -> Tried<String> {
        Ok(format!("{}({})", call.function.name(), self.list(call.values(), ", ", draft)?))
    }

    fn list(&mut self, nodes: &'e [Node], between: &str, draft: &mut Draft<'e>) -> Tried<String> {
        let texts: Tried<Vec<String>> = nodes.iter().map(|node| Ok(self.words(node, draft)?.0)).collect();
        Ok(texts?.join(between))
    }

    fn name_words(&mut self, reference: &'e Reference, node: &Node, draft: &mut Draft<'e>) -> Tried<String> {
        let known = self.frames.len();
        let is_beyond = |part: &IdPart| matches!(part, IdPart::Column(frame, _) if *frame >= known);
        match &reference.base {
            Base::Frame(frame) if *frame >= known => {
                let over = draft.around.iter().find(|over| over.frame == *frame).copied();
                return match over {
                    Some(over) => self.any_words(over, reference, draft),
                    None => Ok(self.slice(&node.range).to_owned()),
                };
            }
            Base::LookUp(_, parts) if parts.iter().any(is_beyond) => return Ok(self.slice(&node.range).to_owned()),
            _ => (),
        }
        let Ok(target) = given(self.target(reference, &node.range))? else {
            return Ok(self.slice(&node.range).to_owned());
        };
        let (id, next) = (self.target_id(&target), draft.inputs.len());
        let number = *draft.numbers.entry(Arc::clone(&id)).or_insert(next);
        if number == next {
            draft.inputs.push(id);
        }
        Ok(format!("{{{number}}}"))
    }

    /// The id of where a name leads.
    pub(super) fn target_id(&self, target: &Target) -> Arc<str> {
        match target {
            // One number is both ends of itself, and has no ids for them.
            Target::Cell(at, Side::Low | Side::High) if self.is_one_number(*at) => self.sheets.id(*at),
            Target::Cell(at, side) => side.of(self.sheets.id(*at)),
            Target::Pair(row, next, column, derived) => {
                let indexed = self.sheets.at(row.sheet);
                let column = &indexed.sheet.table.columns[*column].id;
                let pair = indexed.pair_id(row.row, *next);
                Side::Derived(*derived).of(format!("{}.{pair}.{column}", indexed.sheet.name).into())
            }
        }
    }

    /// The names of the rows that a function runs over: `prices.*.large.hour`; behind `where` the column alone.
    fn any_words(&mut self, over: &OverRows, reference: &Reference, draft: &Draft<'e>) -> Tried<String> {
        let indexed = self.sheets.at(over.sheet);
        let column = reference.side.of(Arc::clone(&indexed.sheet.table.columns[reference.column].id));
        if draft.is_condition {
            return Ok(column.to_string());
        }
        let any = vec![IdPart::Any; indexed.parts()];
        let mut text = indexed.sheet.name.to_string();
        for part in over.pattern.as_ref().unwrap_or(&any) {
            let part = match part {
                IdPart::Column(frame, _) if *frame >= self.frames.len() => "?".to_owned(),
                part => match given(self.id_part(part))? {
                    Ok(part) => part.unwrap_or_else(|| "*".to_owned()),
                    Err(_) => "?".to_owned(),
                },
            };
            text = format!("{text}.{part}");
        }
        Ok(format!("{text}.{column}"))
    }

    fn over_words(&mut self, call: &'e Call, over: &'e OverRows, draft: &mut Draft<'e>) -> Tried<String> {
        let was_condition = std::mem::replace(&mut draft.is_condition, false);
        draft.around.push(over);
        let mut text = self.list(call.values(), ", ", draft)?;
        if let (true, Some(column)) = (call.function.gives_text(), over.column) {
            text = format!("{text}, {}", self.sheets.at(over.sheet).sheet.table.columns[column].id);
        }
        draft.is_condition = true;
        if !call.conditions.is_empty() {
            text = format!("{text} where {}", self.list(&call.conditions, " and ", draft)?);
        }
        draft.around.pop();
        draft.is_condition = was_condition;
        Ok(format!("{}({text})", call.function.name()))
    }

    fn is_one_number(&self, at: CellAt) -> bool {
        match (&self.sheets.cell(at).value, self.calculated(at)) {
            (Ok(CellValue::One(_)), _) => true,
            (Ok(CellValue::Formula), Some(Ok(cell))) => matches!(cell.value, Ok(Value::Number(_))),
            _ => false,
        }
    }
}
