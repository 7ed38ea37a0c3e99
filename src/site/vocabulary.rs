//! The terms of a site as words of its pages: which of them a page uses, and which it writes out.

use std::collections::{BTreeMap, HashMap};

use super::phrases::Phrases;
use crate::content::{Context, PlainText};
use crate::data::{Contents, Data, TermEntry};

/// All terms with a short form, by their words. A term's number is its place among them, by set and file.
#[derive(Debug)]
pub struct Vocabulary {
    /// Where each term is: set and entry.
    places: Vec<(usize, usize)>,
    /// Terms by their short forms, each form once.
    by_short: Vec<Vec<usize>>,
    /// The short forms, as the terms have them.
    short: Phrases,
    /// The terms themselves, in any case.
    whole: Phrases,
    /// Pairs of terms of which one is not to be confused with the other, in the order of the terms.
    pairs: Vec<(usize, usize)>,
    /// The pairs of each term that has some.
    pairs_of: HashMap<usize, Vec<usize>>,
}

/// Where a page uses a short form, as bytes of its plain text.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// First of all.
    pub first: usize,
    /// First in prose, where there is room to explain it.
    pub in_prose: Option<usize>,
    /// Whether several terms have this form.
    pub shared: bool,
}

impl Vocabulary {
    pub(super) fn of(data: &Data) -> Self {
        let mut places = Vec::new();
        let mut terms: Vec<&TermEntry> = Vec::new();
        for (set, contents) in data.sets.iter().map(|set| &set.contents).enumerate() {
            let Contents::Terms(entries) = contents else { continue };
            for (entry, term) in entries.iter().enumerate().filter(|(_, term)| term.short.is_some()) {
                places.push((set, entry));
                terms.push(term);
            }
        }
        let mut forms: HashMap<&str, usize> = HashMap::new();
        let mut by_short: Vec<Vec<usize>> = Vec::new();
        for (number, term) in terms.iter().enumerate() {
            let form = *forms.entry(short(term)).or_insert(by_short.len());
            if form == by_short.len() {
                by_short.push(Vec::new());
            }
            by_short[form].push(number);
        }
        let pairs = pairs(&terms);
        let mut pairs_of: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, (one, two)) in pairs.iter().enumerate() {
            pairs_of.entry(*one).or_default().push(at);
            pairs_of.entry(*two).or_default().push(at);
        }
        Self {
            short: Phrases::of(forms.into_iter(), false),
            whole: Phrases::of(terms.iter().enumerate().map(|(number, term)| (&*term.term.text, number)), true),
            places,
            by_short,
            pairs,
            pairs_of,
        }
    }

    /// A term by its number.
    pub fn term<'d>(&self, number: usize, data: &'d Data) -> Option<&'d TermEntry> {
        let (set, entry) = self.places.get(number)?;
        match &data.sets.get(*set)?.contents {
            Contents::Terms(terms) => terms.get(*entry),
            _ => None,
        }
    }

    /// The terms whose short forms a page uses as words, or in the plural.
    pub fn used(&self, plain: &PlainText) -> BTreeMap<usize, Use> {
        let mut forms: HashMap<usize, Use> = HashMap::new();
        for (at, form) in self.short.find(&plain.text) {
            let found =
                forms.entry(form).or_insert(Use { first: at, in_prose: None, shared: self.by_short[form].len() > 1 });
            if found.in_prose.is_none() && is_prose(plain, at) {
                found.in_prose = Some(at);
            }
        }
        forms.into_iter().flat_map(|(form, used)| self.by_short[form].iter().map(move |term| (*term, used))).collect()
    }

    /// The terms that a text writes out, and where each is first written out.
    pub fn written_out(&self, text: &str) -> HashMap<usize, usize> {
        let mut found = HashMap::new();
        for (at, term) in self.whole.find(text) {
            found.entry(term).or_insert(at);
        }
        found
    }

    /// The pairs of terms that are easily confused and of which both are among some.
    pub fn confusable(&self, used: &BTreeMap<usize, Use>) -> Vec<(usize, usize)> {
        let mut found: Vec<usize> = used.keys().filter_map(|term| self.pairs_of.get(term)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let pairs = found.into_iter().map(|at| self.pairs[at]);
        pairs.filter(|(one, two)| used.contains_key(one) && used.contains_key(two)).collect()
    }
}

/// Terms that one of them says not to confuse with the other, each pair once.
fn pairs(terms: &[&TermEntry]) -> Vec<(usize, usize)> {
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (number, term) in terms.iter().enumerate() {
        by_id.entry(&term.id).or_insert(number);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for (number, term) in terms.iter().enumerate() {
        let other = term.not_to_confuse.as_ref().and_then(|id| by_id.get(id.text.trim())).copied();
        let Some(other) = other.filter(|other| terms[*other].id != term.id) else { continue };
        if known.insert((number.min(other), number.max(other))) {
            pairs.push((number, other));
        }
    }
    pairs
}

fn is_prose(plain: &PlainText, at: usize) -> bool {
    let run = plain.runs.partition_point(|run| run.end as usize <= at);
    plain.runs.get(run).is_some_and(|run| run.start as usize <= at && run.context == Context::Prose)
}

fn short(term: &TermEntry) -> &str {
    term.short.as_ref().map_or("", |short| &short.text)
}
