//! `kind = "bands"`: measures and ratios, and how they hang together. `rows` reads what stands in them.

use std::collections::HashMap;
use std::sync::Arc;

use super::Reader;
use super::entries::key_text;
use super::inherit::Inherited;
use super::value;
use crate::data::derive;
use crate::data::fields::ROW;
use crate::data::figure::Unit;
use crate::data::notation::DurationUnit;
use crate::data::set::{Bands, Measure, Ratio};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::{Entry, Table, Text};

pub(super) const CODES: &[&Code] = &[
    &UNKNOWN_MEASURE,
    &MEASURE_CYCLE,
    &MEASURE_LIST,
    &super::rows::MISSING_MEASURE,
    &super::rows::TYPED_SUM,
    &super::rows::MEDIAN,
];

pub(super) static UNKNOWN_MEASURE: Code = Code {
    name: "unknown-measure",
    severity: Severity::Error,
    rule: false,
    what: "A row, a sum, a list of parts or a ratio names a measure that the set doesn't declare.",
    why: "The value would show nowhere, or the calculation would lack a part.",
    example: "[[row]]\nid = \"l1\"\nbse = [115_000, 155_000]",
    mend: "Write the measure as it is declared, or declare it: `[measures.base]` with a `title`.",
};
static MEASURE_CYCLE: Code = Code {
    name: "measure-cycle",
    severity: Severity::Error,
    rule: false,
    what: "A measure is made of itself, directly or through others.",
    why: "It can't be calculated.",
    example: "[measures.cash]\ntitle = \"Cash\"\nsum = [\"base\", \"cash\"]",
    mend: "Take the measure out of its own `sum` or `parts`.",
};

static MEASURE_LIST: Code = Code {
    name: "measure-list",
    severity: Severity::Error,
    rule: false,
    what: "The `sum` or the `parts` of a measure name too few measures, or one of them twice.",
    why: "A sum of one is that one, and what is counted twice makes every total wrong.",
    example: "[measures.total]\ntitle = \"Total\"\nparts = [\"base\", \"base\"]",
    mend: "Name each measure that goes into it once: `parts = [\"base\", \"bonus\"]`.",
};

impl Reader<'_> {
    pub(super) fn bands(&mut self, table: &Table, inherited: &Inherited) -> Bands {
        let mut seen = HashMap::new();
        let faulty = table.reported.is_some() || table.table("measures").and_then(Table::fault).is_some();
        let before = self.diagnostics.len();
        let mut measures = self.measures(table.table("measures"), &mut seen);
        let suspect = faulty || self.diagnostics.len() > before;
        if let Some(reported) = table.table("measures").and_then(Table::fault) {
            self.lose_set(reported);
        }
        let has_parts = has_parts(&measures);
        let sums = self.hold_together(&mut measures, suspect);
        let ratios = self.ratios(table.table("ratios"), &measures, &has_parts, suspect, &mut seen);
        if self.diagnostics.len() > before
            && let Some(reported) = self.fault
        {
            // Every row may lack what these would have been.
            self.lose_set(reported);
        }
        // What is declared and refused is not reported again in each row.
        let declared = table.table("measures").map(|table| table.entries.as_slice()).unwrap_or_default();
        let names = declared.iter().map(|entry| &*entry.key);
        let refused: Vec<&str> = names.filter(|name| measures.iter().all(|measure| *measure.id != **name)).collect();
        let rows = self.rows(table.list("row"), &measures, &refused, suspect, inherited);
        let mut bands = Bands { measures, ratios, rows };
        let mut problems = Vec::new();
        derive::bands(&self.set, &mut bands, &sums, &mut self.gathered.figures, &mut problems);
        for problem in problems {
            // Which of the measures is wrong nobody knows.
            let reported = self.push(problem);
            self.lose_set(reported);
        }
        bands
    }

    fn measures(&mut self, table: Option<&Table>, seen: &mut HashMap<Arc<str>, Place>) -> Vec<Measure> {
        let entries = table.map(|table| table.entries.as_slice()).unwrap_or_default();
        entries.iter().filter_map(|entry| self.measure(entry, seen)).collect()
    }

    fn measure(&mut self, entry: &Entry, seen: &mut HashMap<Arc<str>, Place>) -> Option<Measure> {
        let table = entry.value.as_table()?;
        if !self.new_id(&entry.key, &entry.key_place(), "measure", seen) {
            return None;
        }
        if ROW.iter().any(|field| field.name == entry.key) {
            let message = format!("a measure can't be called `{}`: rows have that key themselves", entry.key);
            let help = format!("give it another name, such as `{}-value`", entry.key);
            self.push(Diagnostic::new(&super::id::BAD_ID, &entry.key_place(), message).help(help));
            return None;
        }
        // A measure without a title is reported by now, and goes by its id, so that its cells are still read.
        let title = self.text(table, "title").unwrap_or_else(|| key_text(entry));
        let unit = self.text(table, "unit").map(|unit| measure_unit(&unit.text));
        let (parts, sum) = (self.made_of(table, "parts"), self.made_of(table, "sum"));
        Some(Measure { id: entry.key.as_str().into(), title, parts, sum, unit, place: entry.key_place() })
    }

    /// The measures that `sum` or `parts` name; reports too few of them, and one that is named twice.
    fn made_of(&mut self, table: &Table, key: &str) -> Vec<Text> {
        let names = table.texts(key);
        let Some(value) = table.get(key) else { return names };
        let twice =
            names.iter().enumerate().find(|(at, name)| names[..*at].iter().any(|other| other.text == name.text));
        if let Some((_, name)) = twice {
            self.push(
                Diagnostic::new(&MEASURE_LIST, &name.place, format!("`{key}` names `{}` twice", name.text))
                    .help("write the measure that is meant, or remove it"),
            );
        } else if names.len() < if key == "sum" { 2 } else { 1 } {
            let message = match names.first() {
                Some(only) => format!("`{key}` names `{}` alone", only.text),
                None => format!("`{key}` names no measure"),
            };
            self.push(
                Diagnostic::new(&MEASURE_LIST, &value.place(), message)
                    .help(format!("name what it is made of, {key} = [\"base\", \"bonus\"], or remove the line")),
            );
        }
        names
    }

    /// Reports unknown measures and circles in `sum` and `parts`, takes such parts out, and gives the sums that can be
    /// calculated in an order in which each comes after those that it needs.
    fn hold_together(&mut self, measures: &mut [Measure], suspect: bool) -> Vec<usize> {
        let ids: Vec<Arc<str>> = measures.iter().map(|measure| Arc::clone(&measure.id)).collect();
        let position: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (&**id, at)).collect();
        let is_known = |name: &Text| position.contains_key(&*name.text);
        let needs: Vec<Vec<usize>> = measures
            .iter()
            .map(|measure| {
                measure.sum.iter().chain(&measure.parts).filter_map(|name| position.get(&*name.text).copied()).collect()
            })
            .collect();
        let order = derive::in_order(&needs);
        for circle in &order.circles {
            let names: Vec<&str> = circle.iter().chain(circle.first()).map(|at| &*ids[*at]).collect();
            let place = measures[circle[0]].place.clone();
            self.push(
                Diagnostic::new(
                    &MEASURE_CYCLE,
                    &place,
                    format!("`{}` is made of itself: {}", names[0], names.join(" → ")),
                )
                .help("take one of them out of the other's `sum` or `parts`"),
            );
        }
        for measure in measures.iter_mut() {
            let unknown = measure.sum.iter().chain(&measure.parts).filter(|name| !is_known(name));
            // A name that nobody declares may be one that could not be read.
            let new: Vec<&Text> =
                unknown.filter(|name| !suspect && self.unknown.insert(name.text.to_string())).collect();
            for name in new {
                self.push(unknown_measure(name, &ids));
            }
            if !measure.parts.iter().all(is_known) {
                measure.parts.clear();
            }
        }
        for at in order.left {
            measures[at].parts.clear();
        }
        let can_be_summed = |at: &usize| !measures[*at].sum.is_empty() && measures[*at].sum.iter().all(is_known);
        order.sorted.into_iter().filter(can_be_summed).collect()
    }

    fn ratios(
        &mut self,
        table: Option<&Table>,
        measures: &[Measure],
        has_parts: &[bool],
        suspect: bool,
        seen: &mut HashMap<Arc<str>, Place>,
    ) -> Vec<Ratio> {
        let entries = table.map(|table| table.entries.as_slice()).unwrap_or_default();
        entries.iter().filter_map(|entry| self.ratio(entry, measures, has_parts, suspect, seen)).collect()
    }

    fn ratio(
        &mut self,
        entry: &Entry,
        measures: &[Measure],
        has_parts: &[bool],
        suspect: bool,
        seen: &mut HashMap<Arc<str>, Place>,
    ) -> Option<Ratio> {
        let table = entry.value.as_table()?;
        if !self.new_id(&entry.key, &entry.key_place(), "ratio", seen) {
            return None;
        }
        let title = self.text(table, "title").unwrap_or_else(|| key_text(entry));
        let (of, to) = (table.text("of")?, table.text("to")?);
        let ids: Vec<Arc<str>> = measures.iter().map(|measure| Arc::clone(&measure.id)).collect();
        let mut fits = true;
        for (name, parts_of) in [(&of, None), (&to, to.text.strip_prefix("parts."))] {
            let measure = parts_of.unwrap_or(&name.text);
            let Some(at) = ids.iter().position(|id| **id == *measure) else {
                fits = false;
                if !suspect && self.unknown.insert(measure.to_owned()) {
                    self.push(unknown_measure(name, &ids));
                }
                continue;
            };
            if parts_of.is_some() && !has_parts[at] && suspect {
                fits = false;
            } else if parts_of.is_some() && !has_parts[at] {
                fits = false;
                self.push(
                    Diagnostic::new(&UNKNOWN_MEASURE, &name.place, format!("`{measure}` has no parts"))
                        .help(format!("add parts = [\"…\"] to [measures.{measure}], or write to = \"{measure}\"")),
                );
            }
        }
        fits.then(|| Ratio { id: entry.key.as_str().into(), title, of, to, place: entry.key_place() })
    }
}

/// Which measures declare parts, known ones or not.
fn has_parts(measures: &[Measure]) -> Vec<bool> {
    measures.iter().map(|measure| !measure.parts.is_empty()).collect()
}

fn unknown_measure(name: &Text, known: &[Arc<str>]) -> Diagnostic {
    let (lead, measure) = name.text.strip_prefix("parts.").map_or(("", &*name.text), |measure| ("parts.", measure));
    let problem = Diagnostic::new(&UNKNOWN_MEASURE, &name.place, format!("there is no measure `{measure}`"));
    match nearest(measure, known.iter().map(|id| &**id)) {
        Some(near) => problem.help(format!("did you mean `{lead}{near}`?")),
        None => problem.help(format!("write one of {}, or declare [measures.{measure}]", list(known))),
    }
}

pub(super) fn list(names: &[Arc<str>]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What a measure's `unit` says.
fn measure_unit(word: &str) -> Unit {
    match word {
        "percent" => Unit::Percent,
        "count" => Unit::Count,
        "rank" => Unit::Rank,
        word => DurationUnit::parse(word).map_or_else(|| value::free_unit(word.into()), Unit::Duration),
    }
}
