//! Words for percentiles stand only beside ranges that are percentiles.

use std::ops::Range;

use crate::check::{Look, Rule};
use crate::content::{Inline, Node, PlainText};
use crate::data::Record;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, texts, visit};

pub(crate) static RULE: Rule = Rule { codes: &[&WORD], look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static WORD: Code = Code {
    name: "percentile-word",
    severity: Severity::Warning,
    rule: true,
    what: "A sentence, or the caption of a block, calls figures percentiles or quartiles, and their `range_meaning` does not.",
    why: "A range from the least to the most says nothing on how many lie below a number. Called a percentile, it does.",
    example: "The 25th to 75th percentile is [$365K–$500K](figure:bands.l3.total).",
    mend: "Say what the source says, such as \"range\". Where the source does give percentiles, say so in the set's \
           `range_meaning`.",
};

const STEMS: &[&str] = &["percentile", "quartile", "decile"];
const CODES: &[&str] = &["p10", "p25", "p50", "p75", "p90", "p95", "p99"];
const DENIALS: &[&str] =
    &["not", "no", "never", "neither", "nor", "none", "without", "whether", "unless", "if", "cannot"];

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    if site.data.figures.is_empty() {
        return;
    }
    let own = &site.pages[page];
    sentences(site, &own.page.plain, &own.page.body, problems);
    for inline in [&own.page.front.title, &own.page.front.description].into_iter().flatten() {
        sentences(site, &inline.words, &inline.nodes, problems);
    }
    visit(&own.page.body, &mut |node| {
        let Node::Block(block) = node else { return };
        let shown = own.block_at(block.place.span.start);
        let ids = shown.map(|shown| shown.figures()).unwrap_or_default();
        let is_other =
            ids.iter().filter_map(|id| site.data.figures.get(id)).any(|figure| !is_percentile(&figure.record));
        texts(block).into_iter().filter(|_| is_other).for_each(|inline| caption(inline, problems));
    });
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    site.texts.iter().for_each(|text| sentences(site, &text.words, &text.nodes, problems));
}

/// Sentences that hold both such a word and a figure that is none.
fn sentences(site: &Site, plain: &PlainText, nodes: &[Node], problems: &mut Vec<Diagnostic>) {
    let mut others: Option<Vec<u32>> = None;
    for run in &plain.runs {
        let text = plain.run_text(run);
        for (sentence, word) in words(text) {
            if !text.get(sentence.clone()).is_some_and(|sentence| sentence.contains('\u{FFFC}')) {
                continue;
            }
            let start = run.start as usize;
            let stretch = plain.place_of(start + sentence.start..start + sentence.end).span;
            let others = others.get_or_insert_with(|| others_in(site, nodes));
            let next = others.get(others.partition_point(|at| *at < stretch.start));
            if next.is_some_and(|at| *at < stretch.end) {
                report(plain, start + word.start..start + word.end, problems);
            }
        }
    }
}

/// Where figures that are no percentiles stand, in order.
fn others_in(site: &Site, nodes: &[Node]) -> Vec<u32> {
    let mut found = Vec::new();
    visit(nodes, &mut |node| {
        if let Node::Figure(link) = node
            && site.data.figures.get(&link.id).is_some_and(|figure| !is_percentile(&figure.record))
        {
            found.push(link.text_place.span.start);
        }
    });
    found.sort_unstable();
    found
}

fn caption(inline: &Inline, problems: &mut Vec<Diagnostic>) {
    for run in &inline.words.runs {
        for (_, word) in words(inline.words.run_text(run)) {
            let start = run.start as usize;
            report(&inline.words, start + word.start..start + word.end, problems);
        }
    }
}

fn report(plain: &PlainText, word: Range<usize>, problems: &mut Vec<Diagnostic>) {
    let said = plain.text.get(word.clone()).unwrap_or("");
    problems.push(
        Diagnostic::new(&WORD, &plain.place_of(word), format!("`{said}` is said of figures that are no percentiles"))
            .help("call it a range, or say in the set's `range_meaning` that the source gives percentiles"),
    );
}

fn is_percentile(record: &Record) -> bool {
    let meanings = [&record.range_meaning, &record.median_meaning];
    meanings.into_iter().flatten().any(|meaning| {
        let meaning = meaning.text.to_lowercase();
        STEMS.iter().any(|stem| meaning.contains(stem)) || CODES.iter().any(|code| meaning.contains(code))
    })
}

/// The words for percentiles in a text, each with its sentence; sentences that deny or doubt are left out.
fn words(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    // Nearly every text has none, so that this is what costs.
    let has_code = text.as_bytes().windows(2).any(|pair| matches!(pair, [b'p' | b'P', b'1'..=b'9']));
    if !has_code && !STEMS.iter().any(|stem| text.contains(stem.get(1..).unwrap_or(stem))) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        let mut word_of = None;
        let mut is_denied = false;
        let mut at = 0;
        for piece in sentence.split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            let low = word.to_lowercase();
            is_denied |= DENIALS.contains(&&*low) || low.ends_with("n't") || low.ends_with("n’t");
            if STEMS.iter().any(|stem| low.strip_prefix(stem).is_some_and(|rest| rest.len() < 2))
                || CODES.contains(&&*low)
            {
                word_of = word_of.or(Some(start + at..start + at + word.len()));
            }
            at += piece.len();
        }
        if let Some(word) = word_of.filter(|_| !is_denied) {
            found.push((start..start + sentence.len(), word));
        }
        start += sentence.len();
    }
    found
}
