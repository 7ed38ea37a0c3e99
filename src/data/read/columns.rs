//! Columns and facts: what their values are, and what is said of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::entries::key_text;
use super::inherit::Inherited;
use super::reader::Reader;
use super::value::bound;
use crate::data::amount::Digits;
use crate::data::fields::{COLUMN_TABLE, ROW};
use crate::data::formula::Formula;
use crate::data::table::{Column, ColumnKind, Derived, Order};
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Known, Reported, Severity};
use crate::document::{Entry, Item, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&COLUMN, &DERIVE];

static COLUMN: Code = Code {
    name: "bad-column",
    severity: Severity::Error,
    rule: false,
    what: "A column says things that don't fit together, or has a name that it can't have.",
    why: "Its values can't be read, or their ids would mean something else.",
    example: "[columns.demand]\ntitle = \"Demand\"\ntype = \"choice\"",
    mend: "Give a choice its `values`, numbers a `unit`, and the column a name of its own.",
};
static DERIVE: Code = Code {
    name: "bad-derive",
    severity: Severity::Error,
    rule: false,
    what: "A set or a column asks for something that can't be derived from its values.",
    why: "Steps, gaps and overlaps need rows that follow each other; the rest needs numbers.",
    example: "derive = [\"step\"]",
    mend: "Add `ordered = true` to the table, or take the word out of `derive`.",
};

/// The last parts of the ids of what belongs to a figure: no set, column or fact can be called so.
const SIDES: [&str; 8] = ["low", "high", "median", "plus", "minus", "range", "up", "down"];

/// What a set says of the values of its columns.
#[derive(Default)]
pub(super) struct Defaults {
    kind: Option<String>,
    pub(super) unit: Option<Known<ColumnUnit>>,
    words: Vec<Text>,
    blank: Option<Text>,
    digits: Digits,
    derive: Vec<Derived>,
}

/// A column with what holds for its figures.
pub(super) struct ReadColumn {
    pub(super) column: Column,
    pub(super) inherited: Inherited,
    /// Whether the column says something of its figures itself, so that rows are laid over that.
    pub(super) says: bool,
    /// Set where not all that the column says could be read.
    pub(super) fault: Option<Reported>,
    /// Set where it isn't known what its values are.
    pub(super) lost: Option<Reported>,
}

impl Reader<'_> {
    /// What a set says of the values of its columns.
    pub(super) fn defaults(&mut self, table: &Table, order: Option<Order>) -> Defaults {
        let mut defaults = Defaults::default();
        self.values(table, order, &mut defaults);
        defaults
    }

    /// What a table says of values, laid over what holds already.
    fn values(&mut self, table: &Table, order: Option<Order>, defaults: &mut Defaults) {
        defaults.kind = table.str("type").map(str::to_owned).or(defaults.kind.take());
        if let Some(unit) = table.text("unit") {
            defaults.unit = Some(self.column_unit(&unit));
        }
        if table.get("words").is_some() {
            defaults.words = table.texts("words");
        }
        if let Some(blank) = table.text("blank") {
            defaults.blank = Some(blank);
        }
        if let Some(digits) = table.get("digits") {
            defaults.digits = match &digits.item {
                Item::Integer(count) => match count.parse() {
                    Ok(count) if count > 0 => Digits::Significant(count),
                    _ => {
                        let message = format!("`digits` is {count}, and a number has at least one digit");
                        let problem = Diagnostic::new(&COLUMN, &digits.place(), message);
                        self.push(problem.help("write how many digits a text shows, or \"as-typed\""));
                        Digits::Free
                    }
                },
                _ => Digits::AsTyped,
            };
        }
        if table.get("derive").is_some() {
            defaults.derive = self.derived(table, order);
        }
    }

    fn derived(&mut self, table: &Table, order: Option<Order>) -> Vec<Derived> {
        let words = table.texts("derive");
        let known = words.iter().filter_map(|word| {
            let (derived, _) = Derived::ALL.into_iter().find(|(_, name)| *name == &*word.text)?;
            Some((word, derived))
        });
        let (fit, lost): (Vec<_>, Vec<_>) =
            known.partition(|(_, derived)| !derived.is_between_rows() || order.is_some());
        if let (Some((word, _)), None) = (lost.first(), table.reported) {
            let message = format!("`{}` needs rows that follow each other", word.text);
            let problem = Diagnostic::new(&DERIVE, &word.place, message)
                .help("add ordered = true above the table's columns, or take the word out");
            let reported = self.push(problem);
            self.lose_set(reported);
        }
        fit.into_iter().map(|(_, derived)| derived).collect()
    }

    /// The columns of a table in the order written.
    pub(super) fn columns(
        &mut self,
        table: Option<&Table>,
        defaults: &Defaults,
        order: Option<Order>,
        above: &Inherited,
    ) -> Vec<ReadColumn> {
        let entries = table.map(|table| table.entries.as_slice()).unwrap_or_default();
        let mut seen = HashMap::new();
        let mut columns = Vec::new();
        for entry in entries {
            let Some(own) = entry.value.as_table() else { continue };
            if !self.new_id(&entry.key, &entry.key_place(), "column", &mut seen) || !self.is_free_name(entry, "column")
            {
                continue;
            }
            if ROW.iter().any(|field| field.name == entry.key) {
                let message = format!("a column can't be called `{}`: rows have that key themselves", entry.key);
                let help = format!("give it another name, such as `{}-value`", entry.key.replace('_', "-"));
                let reported = self.push(Diagnostic::new(&COLUMN, &entry.key_place(), message).help(help));
                self.lose_set(reported);
                continue;
            }
            let mut own = own.clone();
            self.hold(&mut own, &COLUMN_TABLE);
            columns.push(self.column(entry, &own, defaults, order, above));
        }
        columns
    }

    /// Whether an id can be that of a column or a fact: it isn't a side, and begins with a letter.
    pub(super) fn is_free_name(&mut self, entry: &Entry, what: &str) -> bool {
        let is_side = SIDES.contains(&&*entry.key) || Derived::ALL.iter().any(|(_, name)| *name == entry.key);
        let message = match (is_side, entry.key.starts_with(|c: char| c.is_ascii_digit())) {
            (true, _) => format!("a {what} can't be called `{}`, which is the name of a side", entry.key),
            (false, true) => format!("the name of a {what} begins with a letter, and `{}` doesn't", entry.key),
            (false, false) => return true,
        };
        let help = format!("give it another name, such as `{what}-{}`", entry.key);
        let reported = self.push(Diagnostic::new(&COLUMN, &entry.key_place(), message).help(help));
        self.lose_set(reported);
        false
    }

    /// A column or a fact from its own table.
    pub(super) fn column(
        &mut self,
        entry: &Entry,
        own: &Table,
        above: &Defaults,
        order: Option<Order>,
        inherited: &Inherited,
    ) -> ReadColumn {
        let (read, fault) = self.watch(|reader| Some(reader.column_parts(entry, own, above, order, inherited)));
        let (column, inherited, says) = read.unwrap_or_else(|| unreachable!("a column is always given"));
        let fault = fault.or(own.reported);
        let has_type = |table: &Table| table.get("type").is_some();
        let is_unknown = entry.value.as_table().is_some_and(has_type) && !has_type(own);
        // Without a type, and where the set's may be another, nobody knows what the values are.
        let is_empty = matches!(&column.kind, ColumnKind::Choice(words) if words.is_empty());
        ReadColumn { column, inherited, says, fault, lost: fault.filter(|_| is_unknown || is_empty) }
    }

    fn column_parts(
        &mut self,
        entry: &Entry,
        own: &Table,
        above: &Defaults,
        order: Option<Order>,
        inherited: &Inherited,
    ) -> (Column, Inherited, bool) {
        let mut values = Defaults {
            kind: above.kind.clone(),
            unit: above.unit.clone(),
            words: above.words.clone(),
            blank: above.blank.clone(),
            digits: above.digits,
            derive: above.derive.clone(),
        };
        let formula = own.text("formula");
        if formula.is_some() {
            // A calculated column asks for what is derived from it itself.
            values.derive.clear();
        }
        self.values(own, order, &mut values);
        let mut formula = formula
            .and_then(|text| Formula::parse(&text, self.diagnostics).map_err(|reported| self.fail(reported)).ok());
        let kind = self.kind(entry, own, values.kind.as_deref());
        if !kind.is_number() {
            if own.get("derive").is_some() {
                let place = own.entry("derive").map_or_else(|| entry.key_place(), Entry::key_place);
                let message = format!("nothing is derived from `{}`, which holds no numbers", entry.key);
                self.push(Diagnostic::new(&DERIVE, &place, message).help("take the line out"));
            }
            values.derive.clear();
        }
        let said = self.said(own);
        let below = said.below(inherited);
        // A column without a title is reported by now, and goes by its id, so that its cells are still read.
        let title = self.text(own, "title").unwrap_or_else(|| key_text(entry));
        let column = Column {
            id: entry.key.as_str().into(),
            title,
            unit: match values.unit.filter(|_| kind.is_number()) {
                None => ColumnUnit::Fixed(Unit::NUMBER),
                Some(Ok(unit)) => unit,
                Some(Err(reported)) => {
                    // Nobody knows what the formula is to give.
                    formula = None;
                    self.fail(reported);
                    ColumnUnit::Fixed(Unit::NUMBER)
                }
            },
            kind,
            formula,
            words: values.words,
            blank: values.blank,
            digits: values.digits,
            derive: values.derive,
            bound: own.str("bound").map(|word| bound(Some(word))),
            signed: own.boolean("signed"),
            was: own.texts("was"),
            compare: own.boolean("compare").unwrap_or(false),
            header: own.text("header"),
            record: Arc::clone(&below.record),
            place: entry.key_place(),
        };
        (column, below, !said.is_empty())
    }

    fn kind(&mut self, entry: &Entry, own: &Table, kind: Option<&str>) -> ColumnKind {
        let words = own.texts("values");
        if !words.is_empty() && kind != Some("choice") && own.reported.is_none() {
            let place = own.get("values").map_or_else(|| entry.key_place(), Value::place);
            let message = format!("`{}` has `values`, which only a choice has", entry.key);
            self.push(Diagnostic::new(&COLUMN, &place, message).help("add type = \"choice\", or take `values` out"));
        }
        match kind {
            Some("text") => ColumnKind::Text,
            Some("date") => ColumnKind::Date,
            Some("figure") => ColumnKind::Figure,
            Some("figures") => ColumnKind::Figures,
            Some("choice") => {
                if words.is_empty() && own.get("values").is_none() && own.reported.is_none() {
                    let message = format!("the choice `{}` has no `values`", entry.key);
                    let help = "add values = [\"low\", \"high\"], the words from the lowest to the highest";
                    self.push(Diagnostic::new(&COLUMN, &entry.key_place(), message).help(help));
                }
                ColumnKind::Choice(words)
            }
            _ => ColumnKind::Number,
        }
    }

    fn column_unit(&mut self, text: &Text) -> Known<ColumnUnit> {
        if text.text.contains('{') {
            return Ok(ColumnUnit::ByRow(text.clone()));
        }
        self.unit_of(&text.text, &text.place).map(ColumnUnit::Fixed)
    }

    /// Whether a table's rows follow each other, and how; `keys` are the names of its keys.
    pub(super) fn order(&mut self, table: &Table, keys: &[Text]) -> Option<Order> {
        let Some(value) = table.get("ordered") else {
            // A key that was reported may be this one.
            return table.reported.map(|_| Order::Typed);
        };
        let Some(name) = value.as_str() else {
            return (table.boolean("ordered") == Some(true)).then_some(Order::Typed);
        };
        let at = keys.iter().position(|key| *key.text == *name);
        if at.is_none() {
            let message = format!("rows can't follow each other along `{name}`, which is none of the table's keys");
            let help = match keys {
                [] => "write ordered = true for rows that follow each other as they are typed".to_owned(),
                keys => format!("write one of {}", keys.iter().map(|key| &*key.text).collect::<Vec<_>>().join(", ")),
            };
            let reported = self.push(Diagnostic::new(&COLUMN, &value.place(), message).help(help));
            self.lose_set(reported);
        }
        Some(at.map_or(Order::Typed, Order::Along))
    }
}

/// The ids of columns.
pub(super) fn names(columns: &[ReadColumn]) -> Vec<Arc<str>> {
    columns.iter().map(|column| Arc::clone(&column.column.id)).collect()
}
