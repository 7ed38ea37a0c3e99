//! `kind = "facts"`: single values and ranges, and the calculations that a file asks for.

use std::collections::HashMap;
use std::sync::Arc;

use super::Reader;
use super::balance::{Balance, Share};
use super::inherit::Inherited;
use super::value;
use crate::data::derive::{self, Calculation, Operation};
use crate::data::fields::{FACT_TABLE, FACT_VALUES, FACTS, OPERATIONS};
use crate::data::figure::{Amount, Aspect, Figure, RowName, Signing, Unit};
use crate::data::notation::DurationUnit;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::{self, Entry, Item, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&FACT_VALUE, &FACT_UNIT, &CALCULATION];

static FACT_VALUE: Code = Code {
    name: "fact-value",
    severity: Severity::Error,
    rule: false,
    what: "A fact has no value, or more than one.",
    why: "A fact is one figure: it is an amount of money, or a share, or a time, and not two of them.",
    example: "[uplift]\ntitle = \"Pay rise on moving\"",
    mend: "Give exactly one of money, percent, duration, count, rank, date and number.",
};
static FACT_UNIT: Code = Code {
    name: "fact-unit",
    severity: Severity::Error,
    rule: false,
    what: "A fact lacks the unit that it needs, or has one that it can't have.",
    why: "`duration = 18` may be months or years.",
    example: "[move]\ntitle = \"The move\"\nduration = [12, 24]",
    mend: "Add `unit = \"month\"`, or another of the units of time; a `number` takes free text such as \"GB\".",
};
static CALCULATION: Code = Code {
    name: "calculation",
    severity: Severity::Error,
    rule: false,
    what: "A calculation doesn't say what to do, says two things, or names too few or too many figures.",
    why: "Nothing can be calculated.",
    example: "[calc.gap]\ntitle = \"Gap\"\ndifference = [\"facts.a\"]",
    mend: "Give exactly one of difference = [a, b], sum = [a, b, …], share = [part, whole] and change = [from, to].",
};

impl Reader<'_> {
    /// The whole ids of facts and calculations in the file's order.
    pub(super) fn facts(&mut self, table: &Table, inherited: &Inherited) -> Vec<Arc<str>> {
        let known: Vec<&str> = FACTS.iter().map(|field| field.name).collect();
        let mut ids: Vec<(u32, Arc<str>)> = Vec::new();
        let mut seen = HashMap::new();
        let mut balance = Balance::default();
        for entry in table.entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let Item::Table(fact) = &entry.value.item else {
                let problem = document::unknown_key(entry, &known);
                let reported = self.push(match nearest(&entry.key, known.iter().copied()) {
                    Some(_) => problem,
                    None => problem.help(format!("a fact is a table: [{}] with a title and a value", entry.key)),
                });
                self.lose_row(&entry.key, Some(reported));
                continue;
            };
            if self.is_mistyped_calc(entry, fact) {
                continue;
            }
            if !self.new_id(&entry.key, &entry.key_place(), "fact", &mut seen) {
                continue;
            }
            let id: Arc<str> = format!("{}.{}", self.set, entry.key).into();
            let (_, fault) = self.watch(|reader| reader.fact(entry, fact, &id, inherited, &mut balance));
            self.lose_row(&entry.key, fault);
            ids.push((entry.key_span.start, id));
        }
        for entry in table.table("calc").map(|calc| calc.entries.as_slice()).unwrap_or_default() {
            let Some(calc) = entry.value.as_table() else { continue };
            if !self.new_id(&entry.key, &entry.key_place(), "calculation", &mut seen) {
                continue;
            }
            let id: Arc<str> = format!("{}.{}", self.set, entry.key).into();
            let (calculation, fault) = self.watch(|reader| reader.calculation(entry, calc, &id, inherited));
            self.gathered.calculations.extend(calculation);
            self.lose_row(&entry.key, fault.or(calc.reported));
            ids.push((entry.key_span.start, id));
        }
        self.balance(&balance);
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether `[cal.gap]` was to be `[calc.gap]`; it is reported.
    fn is_mistyped_calc(&mut self, entry: &Entry, table: &Table) -> bool {
        let holds_tables =
            !table.entries.is_empty() && table.entries.iter().all(|inner| inner.value.as_table().is_some());
        if !holds_tables || nearest(&entry.key, ["calc"]).is_none() {
            return false;
        }
        let reported = self.push(document::unknown_key(entry, &["calc"]));
        self.lose_set(reported);
        true
    }

    fn fact(
        &mut self,
        entry: &Entry,
        table: &Table,
        id: &Arc<str>,
        inherited: &Inherited,
        balance: &mut Balance,
    ) -> Option<()> {
        let mut table = table.clone();
        let before = self.diagnostics.len();
        self.hold(&mut table, &FACT_TABLE);
        let is_blank = table.str("partition").is_some_and(|name| name.trim().is_empty());
        let partition = self.text(&table, "partition");
        let complement = self.text(&table, "complement");
        let sound = self.diagnostics.len() == before;
        let inherited = self.inherit(inherited, &table);
        let read = self.fact_value(entry, &table, &inherited, sound);
        if let (Some(name), Some((_, unit, place))) = (partition.as_ref().or(complement.as_ref()), &read)
            && *unit != Unit::Percent
        {
            self.push(
                Diagnostic::new(&FACT_VALUE, &name.place, "only shares in percent can add up to 100")
                    .label(place, "this is no share")
                    .help("remove the line, or give the fact as percent"),
            );
        }
        let name: Arc<str> = entry.key.as_str().into();
        let share = read.as_ref().filter(|(_, unit, _)| *unit == Unit::Percent).map(|(amount, _, place)| Share {
            id: Arc::clone(&name),
            ends: derive::ends_of(*amount),
            complement,
            place: place.clone(),
        });
        balance.add(Arc::clone(&name), partition, share, is_blank);
        let (amount, unit, place) = read?;
        let figure = Figure {
            id: Arc::clone(id),
            set: Arc::clone(&self.set),
            rows: vec![RowName { id: name, code: None, title: self.text(&table, "title") }],
            measure: None,
            aspect: Aspect::Whole,
            amount,
            unit,
            precision: inherited.precision,
            bound: value::bound(&table),
            signing: Signing::BelowZero,
            qualifier: self.text(&table, "qualifier"),
            note: self.text(&table, "note"),
            inputs: None,
            record: inherited.record,
            place: place.clone(),
        };
        let ends = table.entries.iter().find(|entry| FACT_VALUES.contains(&&*entry.key)).map(|entry| &entry.value);
        derive::with_ends(figure, ends.and_then(Value::as_list), &mut self.gathered.figures);
        Some(())
    }

    fn fact_value(
        &mut self,
        entry: &Entry,
        table: &Table,
        inherited: &Inherited,
        sound: bool,
    ) -> Option<(Amount, Unit, Place)> {
        let mut values = table.entries.iter().filter(|entry| FACT_VALUES.contains(&&*entry.key));
        let Some(typed) = values.next() else {
            if sound {
                self.push(
                    Diagnostic::new(&FACT_VALUE, &entry.key_place(), format!("the fact `{}` has no value", entry.key))
                        .help("add one of money, percent, duration, count, rank, date and number, or say \"unstated\" there"),
                );
            }
            return None;
        };
        if let Some(second) = values.next() {
            self.push(
                Diagnostic::new(&FACT_VALUE, &second.key_place(), format!("the fact `{}` has two values", entry.key))
                    .label(&typed.key_place(), "the first")
                    .help(format!("make two facts of it, or remove `{}` or `{}`", typed.key, second.key)),
            );
            return None;
        }
        let (kind, value) = (typed.key.as_str(), &typed.value);
        let unit = self.unit(kind, value, table, inherited, sound);
        let amount = match kind {
            "date" if value.as_str() != Some("unstated") => self.date_of(kind, value).map(Amount::Date),
            kind => self.amount(kind, value),
        };
        let (unit, amount) = (unit?, amount?);
        let counts = matches!(unit, Unit::Count | Unit::Rank);
        if counts && !self.is_whole(kind, amount, value) {
            return None;
        }
        if unit == Unit::Rank && !self.is_from_one(kind, amount, value) {
            return None;
        }
        Some((amount, unit, value.place()))
    }

    fn unit(&mut self, kind: &str, value: &Value, table: &Table, inherited: &Inherited, sound: bool) -> Option<Unit> {
        let typed = self.text(table, "unit");
        if let Some(unit) = typed.as_ref().filter(|_| !matches!(kind, "duration" | "number")) {
            self.push(
                Diagnostic::new(&FACT_UNIT, &unit.place, format!("`{kind}` takes no unit"))
                    .help("remove the line; only `duration` and `number` have a unit"),
            );
        }
        match kind {
            "money" => self.money(inherited, value),
            "percent" => Some(Unit::Percent),
            "count" => Some(Unit::Count),
            "rank" => Some(Unit::Rank),
            "date" => Some(Unit::Date),
            "number" => Some(value::free_unit(typed.map(|unit| unit.text).unwrap_or_default())),
            _ => self.duration(typed, value, sound && table.get("unit").is_none()),
        }
    }

    fn duration(&mut self, typed: Option<Text>, value: &Value, is_missing: bool) -> Option<Unit> {
        let names = DurationUnit::ALL.map(DurationUnit::key);
        let Some(typed) = typed else {
            if is_missing {
                self.push(
                    Diagnostic::new(&FACT_UNIT, &value.place(), "the duration has no unit")
                        .help(format!("add unit = \"month\", or another of {}", names.join(", "))),
                );
            }
            return None;
        };
        let unit = DurationUnit::parse(&typed.text);
        if unit.is_none() {
            let place = &typed.place;
            let problem = Diagnostic::new(&FACT_UNIT, place, format!("there is no unit of time \"{}\"", typed.text));
            self.push(match nearest(&typed.text, names) {
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help(format!("write one of {}", names.join(", "))),
            });
        }
        unit.map(Unit::Duration)
    }

    fn calculation(
        &mut self,
        entry: &Entry,
        table: &Table,
        id: &Arc<str>,
        inherited: &Inherited,
    ) -> Option<Calculation> {
        let mut asked = table.entries.iter().filter(|entry| OPERATIONS.contains(&&*entry.key));
        let help =
            "give exactly one of difference = [a, b], sum = [a, b, …], share = [part, whole] and change = [from, to]";
        let Some(operation) = asked.next() else {
            if table.reported.is_none() {
                let message = format!("the calculation `{}` doesn't say what to calculate", entry.key);
                self.push(Diagnostic::new(&CALCULATION, &entry.key_place(), message).help(help));
            }
            return None;
        };
        if let Some(second) = asked.next() {
            let message = format!("the calculation `{}` says both `{}` and `{}`", entry.key, operation.key, second.key);
            self.push(Diagnostic::new(&CALCULATION, &second.key_place(), message).help(help));
            return None;
        }
        let inputs = table.texts(&operation.key);
        let (kind, fits) = match operation.key.as_str() {
            "difference" => (Operation::Difference, inputs.len() == 2),
            "share" => (Operation::Share, inputs.len() == 2),
            "change" => (Operation::Change, inputs.len() == 2),
            _ => (Operation::Sum, inputs.len() >= 2),
        };
        if !fits && table.reported.is_some() {
            return None;
        }
        if !fits {
            let takes = if kind == Operation::Sum { "two figures or more" } else { "two figures" };
            let message = format!("`{}` takes {takes}, not {}", operation.key, inputs.len());
            self.push(Diagnostic::new(&CALCULATION, &operation.value.place(), message).help(help));
            return None;
        }
        Some(Calculation {
            id: Arc::clone(id),
            set: Arc::clone(&self.set),
            name: RowName { id: entry.key.as_str().into(), code: None, title: self.text(table, "title") },
            operation: kind,
            inputs,
            compares: table.boolean("compare").unwrap_or(false),
            signed: table.boolean("signed").unwrap_or(false),
            qualifier: self.text(table, "qualifier"),
            note: self.text(table, "note"),
            set_record: Arc::clone(&inherited.record),
            place: entry.key_place(),
        })
    }
}
