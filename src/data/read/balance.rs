//! What facts must add up to: partitions of a whole, and pairs that make it up.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Reader;
use crate::data::number::Number;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::Text;

pub(super) const CODES: &[&Code] = &[&PARTITION, &COMPLEMENT];

static PARTITION: Code = Code {
    name: "partition",
    severity: Severity::Error,
    rule: false,
    what: "Facts that divide a whole do not add up to 100.",
    why: "Either one of them is wrong, or one is missing.",
    example: "[a]\ntitle = \"A\"\npercent = 60\npartition = \"p\"\n\n[b]\ntitle = \"B\"\npercent = 30\npartition = \"p\"",
    mend: "Correct the share that is wrong, or add the one that is missing; take `partition` out if they needn't add up.",
};
static COMPLEMENT: Code = Code {
    name: "complement",
    severity: Severity::Error,
    rule: false,
    what: "Two facts that make up a whole do not make 100.",
    why: "Where one share is high the other must be low by as much: 60–70 % leaves 30–40 %.",
    example: "[a]\ntitle = \"A\"\npercent = [60, 70]\ncomplement = \"b\"\n\n[b]\ntitle = \"B\"\npercent = [20, 40]",
    mend: "Correct the end that is wrong, or take `complement` out.",
};
/// The facts of a file as far as they are held against each other. Nothing stands for one that is no share.
#[derive(Default)]
pub(super) struct Balance {
    partitions: BTreeMap<Arc<str>, Vec<Option<Share>>>,
    shares: HashMap<Arc<str>, Option<Share>>,
    has_blank: bool,
    /// Where each partition is named first.
    names: HashMap<Arc<str>, Text>,
}

/// A share in percent.
#[derive(Clone)]
pub(super) struct Share {
    /// The fact's id in its file.
    pub(super) id: Arc<str>,
    /// Low and high, the same for one value; nothing where the source is silent.
    pub(super) ends: Option<(Number, Number)>,
    pub(super) complement: Option<Text>,
    pub(super) place: Place,
}

impl Balance {
    /// Adds a fact; where its partition is blank, it may be one of any.
    pub(super) fn add(&mut self, id: Arc<str>, partition: Option<Text>, share: Option<Share>, is_blank: bool) {
        self.has_blank |= is_blank;
        if let Some(name) = partition {
            self.names.entry(Arc::clone(&name.text)).or_insert_with(|| name.clone());
            self.partitions.entry(name.text).or_default().push(share.clone());
        }
        self.shares.insert(id, share);
    }
}

impl Reader<'_> {
    /// Reports facts that don't add up as they say.
    pub(super) fn balance(&mut self, balance: &Balance) {
        if !balance.has_blank {
            self.partitions(balance);
        }
        self.complements(&balance.shares);
    }

    /// Shares of one name add to 100; where some are ranges, 100 lies between the lows and the highs.
    fn partitions(&mut self, Balance { partitions, names, .. }: &Balance) {
        let mut found: Vec<(&Arc<str>, Vec<&Share>, Number, Number)> = Vec::new();
        for (name, shares) in partitions {
            let shares: Option<Vec<&Share>> = shares.iter().map(Option::as_ref).collect();
            let Some(shares) = shares else { continue };
            let ends: Option<Vec<(Number, Number)>> = shares.iter().map(|share| share.ends).collect();
            let Some(ends) = ends.filter(|ends| !ends.is_empty()) else { continue };
            let low = ends.iter().try_fold(Number::ZERO, |sum, (low, _)| sum.add(*low));
            let high = ends.iter().try_fold(Number::ZERO, |sum, (_, high)| sum.add(*high));
            let (Some(low), Some(high)) = (low, high) else { continue };
            if !(low <= Number::HUNDRED && Number::HUNDRED <= high) {
                found.push((name, shares, low, high));
            }
        }
        // The smaller one of two names that are much alike is most probably mistyped.
        found.sort_by_key(|(_, shares, ..)| (shares.len(), shares.first().map(|share| share.place.span)));
        let mut meant: Vec<Arc<str>> = Vec::new();
        for (at, (name, shares, low, high)) in found.iter().enumerate() {
            let Some(first) = shares.first().filter(|_| !meant.contains(name)) else { continue };
            let near = nearest(name, found[at + 1..].iter().map(|(other, ..)| &***other));
            meant.extend(near.map(Arc::from));
            let sum = if low == high { low.to_string() } else { format!("{low} to {high}") };
            let named = names.get(*name).filter(|_| near.is_some());
            let mut problem = Diagnostic::new(
                &PARTITION,
                named.map_or(&first.place, |named| &named.place),
                format!("the shares of `{name}` add to {sum}, not to 100"),
            )
            .help(match near {
                Some(near) => format!("did you mean partition = \"{near}\", which lacks as much?"),
                None => format!("correct the wrong one, or add the fact that is missing with partition = \"{name}\""),
            });
            for share in shares.iter().skip(1) {
                problem = problem.label(&share.place, "and this");
            }
            // Which of them is wrong nobody knows, so that no page can be held against them.
            let reported = self.push(problem);
            shares.iter().for_each(|share| self.lose_row(&share.id, Some(reported)));
        }
    }

    /// One share's low and the other's high make 100, both ways.
    fn complements(&mut self, shares: &HashMap<Arc<str>, Option<Share>>) {
        let mut asking: Vec<&Share> = shares.values().flatten().filter(|share| share.complement.is_some()).collect();
        asking.sort_by_key(|share| share.place.span);
        for share in asking {
            let Some(name) = &share.complement else { continue };
            let key = name.text.strip_prefix(&*format!("{}.", self.set)).unwrap_or(&name.text);
            let Some(other) = shares.get(key) else {
                let mut known: Vec<&str> = shares.keys().map(|id| &**id).collect();
                known.sort_unstable();
                let problem =
                    Diagnostic::new(&COMPLEMENT, &name.place, format!("this set has no fact `{}`", name.text));
                self.push(match nearest(key, known) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("name the fact of this file that makes 100 with this one"),
                });
                continue;
            };
            let Some(other) = other else {
                if !self.gathered.broken.covers(&format!("{}.{key}", self.set)) {
                    self.push(
                        Diagnostic::new(&COMPLEMENT, &name.place, format!("`{key}` is no share in percent"))
                            .help("name the fact of this file that makes 100 with this one"),
                    );
                }
                continue;
            };
            let names_back =
                other.complement.as_ref().is_some_and(|back| back.text.rsplit('.').next() == Some(&*share.id));
            if names_back && other.place.span < share.place.span {
                continue;
            }
            let (Some((low, high)), Some((other_low, other_high))) = (share.ends, other.ends) else { continue };
            let makes_whole = |one: Number, two: Number| one.add(two) == Some(Number::HUNDRED);
            if makes_whole(low, other_high) && makes_whole(high, other_low) {
                continue;
            }
            let span =
                |low: Number, high: Number| if low == high { low.to_string() } else { format!("{low} to {high}") };
            let rest = Number::HUNDRED.sub(high).zip(Number::HUNDRED.sub(low)).map(|(low, high)| span(low, high));
            let reported = self.push(
                Diagnostic::new(
                    &COMPLEMENT,
                    &share.place,
                    format!("{} and the {} of `{key}` do not make 100", span(low, high), span(other_low, other_high)),
                )
                .label(&other.place, "its complement")
                .help(format!("beside {} the other is {}", span(low, high), rest.unwrap_or_default())),
            );
            self.lose_row(&share.id, Some(reported));
            self.lose_row(key, Some(reported));
        }
    }
}
