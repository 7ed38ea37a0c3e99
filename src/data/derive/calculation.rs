//! The calculations that a file of facts asks for, over figures of any set.

use std::collections::HashMap;
use std::sync::Arc;

use super::order::in_order;
use super::record::merged;
use super::{change, percent};
use crate::data::absence::{Absence, Lookup, absence, not_calculated};
use crate::data::figure::{Amount, Aspect, Figure, Inputs, Record, RowName, Signing, Unit};
use crate::data::number::Number;
use crate::data::read::{Broken, unknown_figure};
use crate::data::set::DataSet;
use crate::diagnostic::{Code, Diagnostic, Known, Names, Place, Report, Severity};
use crate::document::Text;

pub(super) const CODES: &[&Code] = &[&INPUT, &CYCLE, &UNSTATED, &UNITS, &COMPARE, &ZERO];

static INPUT: Code = Code {
    name: "calculation-input",
    severity: Severity::Error,
    rule: false,
    what: "A calculation names a figure that doesn't exist, or that is not one number.",
    why: "Nothing can be calculated from it.",
    example: "[calc.gap]\ntitle = \"Gap\"\ndifference = [\"bands.l4.total\", \"bands.l3.total\"]",
    mend: "Name a figure with one value: an end, `bands.l4.total.low`, or another side of the range.",
};
static CYCLE: Code = Code {
    name: "calculation-cycle",
    severity: Severity::Error,
    rule: false,
    what: "A calculation takes itself as an input, directly or through others.",
    why: "It can't be worked out.",
    example: "[calc.a]\ntitle = \"A\"\nsum = [\"facts.a\", \"facts.b\"]",
    mend: "Name the typed figures that are meant.",
};
static UNSTATED: Code = Code {
    name: "calculation-unstated",
    severity: Severity::Error,
    rule: false,
    what: "A calculation takes a figure that the source doesn't state.",
    why: "What is unknown has no sum and no share.",
    example: "[calc.gap]\ntitle = \"Gap\"\ndifference = [\"facts.unstated-one\", \"facts.other\"]",
    mend: "Remove the calculation, or take a figure that is stated.",
};
static UNITS: Code = Code {
    name: "calculation-unit",
    severity: Severity::Error,
    rule: false,
    what: "A calculation takes figures that count different things.",
    why: "A year's pay and a month's, or dollars and percent, have no sum.",
    example: "[calc.all]\ntitle = \"All\"\nsum = [\"facts.pay-a-year\", \"facts.bonus-once\"]",
    mend: "Take figures of one unit, one currency and one period.",
};
static COMPARE: Code = Code {
    name: "calculation-compare",
    severity: Severity::Error,
    rule: false,
    what: "A calculation takes figures of different roles or scopes.",
    why: "One employer's figure beside the whole market's misleads where nobody meant to compare them.",
    example: "[calc.gap]\ntitle = \"Gap\"\ndifference = [\"bands.l4.total.high\", \"one-employer.pm-total\"]",
    mend: "Add `compare = true` where the comparison is meant, or take figures that belong together.",
};
static ZERO: Code = Code {
    name: "calculation-zero",
    severity: Severity::Error,
    rule: false,
    what: "A calculation divides by zero, or its result has more digits than are kept.",
    why: "A share of nothing, and a rise from nothing, are no numbers.",
    example: "[calc.rise]\ntitle = \"Rise\"\nchange = [\"facts.zero\", \"facts.now\"]",
    mend: "Take another whole to divide by.",
};

/// What to do about a calculation from a figure that doesn't exist.
const HELP: &str = "name another figure or remove the calculation, or correct the data if they are wrong";

/// A calculation as its file asks for it.
pub(in crate::data) struct Calculation {
    pub(in crate::data) id: Arc<str>,
    pub(in crate::data) set: Arc<str>,
    pub(in crate::data) name: RowName,
    pub(in crate::data) operation: Operation,
    pub(in crate::data) inputs: Vec<Text>,
    /// Whether figures of different scope or role may meet.
    pub(in crate::data) compares: bool,
    /// Whether a sum or a share needs its sign. A difference and a change always do.
    pub(in crate::data) signed: bool,
    pub(in crate::data) qualifier: Option<Text>,
    pub(in crate::data) note: Option<Text>,
    /// The set's own record, for its badge.
    pub(in crate::data) set_record: Arc<Record>,
    pub(in crate::data) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum Operation {
    /// The first less the second.
    Difference,
    /// All of them together.
    Sum,
    /// The first in percent of the second.
    Share,
    /// The rise from the first to the second in percent of the first.
    Change,
}

/// Works out all calculations, each after those that it takes, and adds their figures.
pub(in crate::data) fn calculations(
    calculations: &[Calculation],
    sets: &[DataSet],
    broken: &mut Broken,
    figures: &mut Vec<Figure>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if calculations.is_empty() {
        return;
    }
    let numbers: HashMap<&str, usize> = calculations.iter().enumerate().map(|(at, asked)| (&*asked.id, at)).collect();
    let needs: Vec<Vec<usize>> = calculations
        .iter()
        .map(|asked| asked.inputs.iter().filter_map(|input| numbers.get(&*input.text).copied()).collect())
        .collect();
    let order = in_order(&needs);
    for circle in &order.circles {
        let reported = diagnostics.report(cycle(circle, calculations));
        for at in circle {
            broken.figure(&calculations[*at].id, reported);
        }
    }
    let mut known: HashMap<Arc<str>, usize> =
        figures.iter().enumerate().map(|(at, figure)| (Arc::clone(&figure.id), at)).collect();
    // Those that take part in a circle, and those that need one of them, come last and find an input that was reported.
    let asked_for = calculations.iter().map(|asked| Arc::clone(&asked.id));
    let names: Names<Arc<str>> = figures.iter().map(|figure| Arc::clone(&figure.id)).chain(asked_for).collect();
    for asked in order.sorted.iter().chain(&order.left).map(|at| &calculations[*at]) {
        if broken.covers(&asked.id) {
            continue;
        }
        let get = |id: &str| known.get(id).map(|at| &figures[*at]);
        let mut inputs = Vec::with_capacity(asked.inputs.len());
        let mut fault = None;
        for input in &asked.inputs {
            match (get(&input.text), broken.reported(&input.text)) {
                (_, Some(reported)) => fault = Some(reported),
                (Some(figure), None) => inputs.push(figure),
                (None, None) => {
                    let absence = absence(&input.text, sets, &get);
                    fault = Some(diagnostics.report(unknown_figure(&INPUT, input, absence, HELP, &names, |_| true)));
                }
            }
        }
        match fault.map_or_else(|| asked.work_out(&inputs, &get, diagnostics), Err) {
            Ok(figure) => {
                known.insert(Arc::clone(&figure.id), figures.len());
                figures.push(figure);
            }
            Err(reported) => broken.figure(&asked.id, reported),
        }
    }
}

/// The problem of a circle, which names at least one calculation.
fn cycle(circle: &[usize], calculations: &[Calculation]) -> Diagnostic {
    let first = &calculations[circle[0]];
    let names: Vec<&str> = circle.iter().chain(circle.first()).map(|at| &*calculations[*at].id).collect();
    let mut problem =
        Diagnostic::new(&CYCLE, &first.place, format!("`{}` takes itself: {}", first.id, names.join(" → ")))
            .help("name a typed figure in place of one of them");
    for at in circle.iter().skip(1) {
        problem = problem.label(&calculations[*at].place, "by way of this");
    }
    problem
}

impl Calculation {
    /// The figure that the inputs make; there are at least two.
    fn work_out<'f>(
        &self,
        inputs: &[&'f Figure],
        get: Lookup<'_, 'f>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Known<Figure> {
        let named = inputs.iter().zip(&self.inputs);
        let typed: Vec<Known<Number>> =
            named.map(|(figure, typed)| one_number(figure, typed, get, diagnostics)).collect();
        let typed = typed.into_iter().collect::<Known<Vec<Number>>>()?;
        self.hold_together(inputs, diagnostics)?;
        let unit = inputs[0].unit.clone();
        let values: Option<Vec<Number>> =
            typed.iter().zip(inputs).map(|(value, figure)| value.mul(factor(&figure.unit, &unit)?)).collect();
        let Some(values) = values else { return Err(diagnostics.report(self.no_number(inputs, typed[0], typed[1]))) };
        let (first, second) = (values[0], values[1]);
        let (result, unit, formula): (_, _, Arc<str>) = match self.operation {
            Operation::Difference => (first.sub(second), unit.of_difference(), "{0} − {1}".into()),
            Operation::Sum => {
                let sum = values.iter().try_fold(Number::ZERO, |sum, value| sum.add(*value));
                (sum, unit, super::plus(values.len()))
            }
            Operation::Share => (percent(first, second), Unit::Percent, "{0} / {1}".into()),
            Operation::Change => (change(first, second), Unit::Percent, "({1} − {0}) / {0}".into()),
        };
        let Some(result) = result else { return Err(diagnostics.report(self.no_number(inputs, first, second))) };
        Ok(Figure {
            id: Arc::clone(&self.id),
            set: Arc::clone(&self.set),
            rows: vec![self.name.clone()],
            measure: None,
            aspect: Aspect::Calculation,
            amount: Amount::One(result),
            unit,
            precision: None,
            bound: None,
            signing: match self.operation {
                Operation::Difference | Operation::Change => Signing::Always,
                Operation::Sum | Operation::Share if self.signed => Signing::Always,
                Operation::Sum | Operation::Share => Signing::BelowZero,
            },
            qualifier: self.qualifier.clone(),
            note: self.note.clone(),
            inputs: Some(Inputs { formula, ids: inputs.iter().map(|figure| Arc::clone(&figure.id)).collect() }),
            record: self.record(inputs),
            place: self.place.clone(),
        })
    }

    /// The least confidence and all sources of the inputs, and the set's own badge.
    fn record(&self, inputs: &[&Figure]) -> Arc<Record> {
        let records: Vec<&Arc<Record>> = inputs.iter().map(|figure| &figure.record).collect();
        let record = merged(&records);
        match &self.set_record.badge {
            Some(badge) if record.badge.as_ref().is_none_or(|own| own.text != badge.text) => {
                Arc::new(Record { badge: Some(badge.clone()), ..Record::clone(&record) })
            }
            _ => record,
        }
    }

    /// Reports inputs that count different things, or that belong to different roles or scopes.
    fn hold_together(&self, inputs: &[&Figure], diagnostics: &mut Vec<Diagnostic>) -> Known<()> {
        let mut typed = inputs.iter().zip(&self.inputs);
        let Some((first, first_typed)) = typed.next() else { return Ok(()) };
        for (figure, typed) in typed {
            let place = &typed.place;
            if factor(&figure.unit, &first.unit).is_none() {
                return Err(diagnostics.report(
                    Diagnostic::new(
                        &UNITS,
                        place,
                        format!("`{}` is {}, and `{}` {}", first.id, first.unit, figure.id, figure.unit),
                    )
                    .label(&first_typed.place, first.unit.to_string())
                    .help("take figures of one unit, one currency and one period"),
                ));
            }
            let differs = |said: fn(&Record) -> Option<&Text>| {
                said(&first.record).zip(said(&figure.record)).filter(|(one, other)| one.text != other.text)
            };
            let difference = differs(|record| record.scope.as_ref())
                .map(|texts| ("scope", texts))
                .or_else(|| differs(|record| record.role.as_ref()).map(|texts| ("role", texts)));
            if let Some((what, (one, other))) = difference.filter(|_| !self.compares) {
                return Err(diagnostics.report(
                    Diagnostic::new(
                        &COMPARE,
                        place,
                        format!("the {what} of the inputs differs: {}, and {}", one.text, other.text),
                    )
                    .label(&first_typed.place, format!("{}", one.text))
                    .help("add compare = true to the calculation if the two are meant to be compared"),
                ));
            }
        }
        Ok(())
    }

    fn no_number(&self, inputs: &[&Figure], first: Number, second: Number) -> Diagnostic {
        let zero = match self.operation {
            Operation::Share if second.is_zero() => self.inputs.get(1).zip(inputs.get(1)),
            Operation::Change if first.is_zero() => self.inputs.first().zip(inputs.first()),
            _ => None,
        };
        match zero {
            Some((input, figure)) => {
                let (divisor, place) = (Arc::clone(&figure.id), figure.place.clone());
                Absence::Zero { divisor, place }.problem(
                    &ZERO,
                    &input.place,
                    "take another whole, or ask for the difference",
                )
            }
            None => Diagnostic::new(
                &ZERO,
                &self.place,
                format!("the result of `{}` has more digits than are kept", self.id),
            )
            .help("take figures with fewer digits"),
        }
    }
}

/// By what a number of one unit is multiplied to be one of another; nothing where they count different things.
fn factor(unit: &Unit, other: &Unit) -> Option<Number> {
    match (unit, other) {
        (Unit::Duration(unit), Unit::Duration(other)) => unit.factor(*other),
        _ => (unit == other).then_some(Number::ONE),
    }
}

/// The one number that a figure is.
fn one_number<'f>(
    figure: &'f Figure,
    typed: &Text,
    get: Lookup<'_, 'f>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Known<Number> {
    let id = &figure.id;
    let problem = match figure.amount {
        Amount::One(value) => return Ok(value),
        Amount::Unstated => {
            let help = "remove the calculation until the source states the figure";
            not_calculated(figure, get).problem(&UNSTATED, &typed.place, help)
        }
        Amount::Range(..) => Diagnostic::new(&INPUT, &typed.place, format!("`{id}` is a range, not one number"))
            .help(format!("name one of its ends: `{id}.low` or `{id}.high`")),
        Amount::Date(_) => Diagnostic::new(&INPUT, &typed.place, format!("`{id}` is a date, not a number"))
            .help("take a figure that is a number"),
    };
    Err(diagnostics.report(problem))
}
