//! Figures in prose say what their data say.

use std::ops::Range;

use crate::check::{Look, Rule};
use crate::content::{FigureLink, Node, PlainText};
use crate::data::notation::{
    self, Around, Disagreement, DisagreementKind, Fault, Outside, Side, Unreadable, UnreadableKind, WarningKind,
};
use crate::data::{Amount, Aspect, Bound, Direction, Figure};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Subject, nearest};
use crate::site::{Site, texts, visit};

pub(crate) static RULE: Rule = Rule { codes: CODES, look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static CODES: &[&Code] =
    &[&UNKNOWN, &TEXT, &VALUE, &DIRECTION, &UNIT, &SHAPE, &BOUND, &LIMIT, &PERIOD, &UNSTATED, &PRECISION];

static UNKNOWN: Code = Code {
    name: "figure-unknown",
    severity: Severity::Error,
    rule: false,
    what: "A figure is bound to an id that names no figure: it is mistyped, or the figure is gone or can't be calculated any more. \
           The message says why where the data or the last commits tell it.",
    why: "The number in the sentence can't be held against anything.",
    example: "[$432K](figure:bands.l3.total.medain)",
    mend: "Write the figure's id: set, row, measure, side, with points between; `bandbook figures` lists them all. Where the figure is \
           gone, rewrite the sentence.",
};
static TEXT: Code = Code {
    name: "figure-text",
    severity: Severity::Error,
    rule: false,
    what: "The text of a bound figure can't be read as one number, range, date, or \"not stated\".",
    why: "What can't be read can't be compared, and might say something else than the data.",
    example: "[four hundred thousand dollars](figure:bands.l3.total.median)",
    mend: "Write the value in digits, as the message says: `$432K`, `10–20%`, `12–24 months`.",
};
static VALUE: Code = Code {
    name: "figure-value",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose disagrees with its datum.",
    why: "The page would publish a number that the data do not hold. Either the datum changed and the sentence is stale, \
          or the sentence is mistyped.",
    example: "[$430K](figure:bands.l3.total.median)   # the datum is 432,000",
    mend: "Type the value that the message names; `bandbook fix` does so in your own notation where nothing but the size \
           differs. Else read the whole sentence again.",
};
static DIRECTION: Code = Code {
    name: "figure-direction",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose has the wrong sign, or the text of a change has none, or the figure has not the direction that its id states.",
    why: "On the day a rise becomes a fall, \"rose by 4%\" says the opposite of what is true, whatever the number is.",
    example: "rose by [4%](figure:bands.l3-to-l4.total.step)",
    mend: "Write the sign, `[+4%](figure:ID)`; or, where the words of the sentence say the direction, bind the size: \
           `rose by [4%](figure:ID.up)`, which fails once the figure is not above zero, and `fell by [4%](figure:ID.down)`. \
           No tool changes a sign: read the sentence again.",
};
static UNIT: Code = Code {
    name: "figure-unit",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose has another unit or currency than its datum, or none, or its noun is in the wrong number, or what stands right \
           before or behind it states another.",
    why: "432 is not $432K, 10 % is not 10 months, and 10 percentage points are not 10 percent.",
    example: "[432](figure:bands.l3.total.median)",
    mend: "Write the unit that the datum has, as the message shows it, or the number that is true in your unit.",
};
static SHAPE: Code = Code {
    name: "figure-shape",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose shows one number for a range, or a range for one number.",
    why: "Half a range is another figure than the whole: its low end has an id of its own.",
    example: "[$365K](figure:bands.l3.total)",
    mend: "Bind one number to `….low`, `….high` or `….median`, and two numbers to the range.",
};
static BOUND: Code = Code {
    name: "figure-bound",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose says \"over\" or \"up to\", between its brackets or right outside them, where its datum is no such \
           threshold; or it leaves out the \"over\", \"under\" or \"about\" that its datum has.",
    why: "\"Over $450K\" and \"$450K\" are two different statements.",
    example: "[over $432K](figure:bands.l3.total.median)",
    mend: "Leave the word out, or give the datum its `bound`; where the datum has one, write its word between the brackets or right before \
           them. \
           A sentence that compares something with the figure says `above` or `below`.",
};
static LIMIT: Code = Code {
    name: "figure-limit",
    severity: Severity::Warning,
    rule: true,
    what: "A figure in prose leaves out that its datum is the most or the least: its `bound` is \"up-to\" or \"at-least\".",
    why: "\"A review adds 8%\" promises what \"up to 8%\" doesn't. Where a sentence makes it plain that the number is a limit, as in \
          \"the plan has 50 projects\", nothing is lost.",
    example: "A backup adds [8%](figure:prices.backup).   # the datum has bound = \"up-to\"",
    mend: "Write \"up to\" or \"at least\" between the brackets or right before them; switch the rule off on a site of limits.",
};
static PERIOD: Code = Code {
    name: "figure-period",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose is for another period than its datum, by its text or by the words right before or behind it.",
    why: "An amount a month and the same amount a year differ twelvefold.",
    example: "[$432K](figure:bands.l3.total.median) a month",
    mend: "Write the datum's own period, or none.",
};
static UNSTATED: Code = Code {
    name: "figure-unstated",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose gives a value that no source states, or says \"not stated\" of one that is stated.",
    why: "A value out of nothing is an invention; and on the day a value arrives, the sentence that misses it is stale.",
    example: "[not stated](figure:bands.l3.total.median)",
    mend: "Write \"not stated\" where the datum is unstated, and the value where it is not.",
};
static PRECISION: Code = Code {
    name: "figure-precision",
    severity: Severity::Warning,
    rule: true,
    what: "A figure in prose shows more digits than its source printed.",
    why: "Digits that nobody measured look like knowledge.",
    example: "[$1,100,000](figure:bands.l6.total.low)   # printed to the nearest 100,000",
    mend: "Write as many digits as the source did; the message shows how.",
};

/// Among so many figures of a row, one is looked for of which an id leaves out a part.
const MOST_BELOW: usize = 256;

/// What to do about a sentence whose figure doesn't exist.
const HELP: &str = "rewrite the sentence without this figure, or correct the data if they are wrong";

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    let page = &site.pages[page].page;
    for inline in [&page.front.title, &page.front.description].into_iter().flatten() {
        look_at(site, &inline.nodes, &inline.words, problems);
    }
    look_at(site, &page.body, &page.plain, problems);
    visit(&page.body, &mut |node| {
        if let Node::Block(block) = node {
            texts(block).into_iter().for_each(|inline| look_at(site, &inline.nodes, &inline.words, problems));
        }
    });
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    site.texts.iter().for_each(|text| look_at(site, &text.nodes, &text.words, problems));
}

/// The figures of one text, with its words.
fn look_at(site: &Site, nodes: &[Node], words: &PlainText, problems: &mut Vec<Diagnostic>) {
    visit(nodes, &mut |node| {
        if let Node::Figure(figure) = node {
            problems.extend(site.data.figures.old_name(&figure.id, &figure.id_place));
            problems.extend(problem(site, figure, words));
        }
    });
}

/// What is wrong with a bound figure, if anything.
fn problem(site: &Site, link: &FigureLink, words: &PlainText) -> Option<Diagnostic> {
    // Of what a data file could not say whole, nothing is said: that file's own problems are reported.
    let figures = &site.data.figures;
    let exists = figures.get(&link.id).is_some();
    let is_lost = if exists { site.data.is_unsure(&link.id) } else { site.data.is_broken(&link.id) };
    if is_lost {
        return None;
    }
    let Some(figure) = figures.get(&link.id) else {
        return figures.quoted(&link.id).map(|figure| turned(link, figure)).or_else(|| unknown(site, link));
    };
    let datum = figure.datum();
    let around = around(link, figure, words);
    let agreement = match notation::judge(&link.text, &datum, &around) {
        Ok(agreement) => agreement,
        Err(Fault::Unreadable(unreadable)) => return Some(cannot_read(link, figure, &unreadable)),
        Err(Fault::Disagreement(disagreement)) => return Some(disagrees(link, figure, words, &disagreement)),
        Err(Fault::Outside(problem)) => return Some(outside(link, figure, words, problem)),
    };
    let warning = agreement.warning?;
    let code = match warning.kind {
        WarningKind::Digits => &PRECISION,
        WarningKind::Limit => &LIMIT,
    };
    let problem = Diagnostic::new(code, &link.text_place, warning.message).help(warning.help);
    Some(problem.label(&figure.place, "the datum"))
}

/// The problem of a text that can be read and says something else than its datum.
fn disagrees(link: &FigureLink, figure: &Figure, words: &PlainText, disagreement: &Disagreement) -> Diagnostic {
    let datum = figure.datum();
    let around = around(link, figure, words);
    let taken = taken_in(link, figure, words, disagreement.kind);
    // What stands beside the link must be true of the new size too.
    let fits = |text: &String| notation::judge(text, &datum, &around).is_ok();
    let written = notation::read(&link.text).ok().and_then(|written| written.beside(around.behind).ok());
    let mended = written.and_then(|written| notation::rewrite(&written, &datum));
    let mended = mended.filter(|text| taken.is_none() && fits(text));
    // The whole of the link's text, where there are words around the number.
    let help = match (&mended, disagreement.kind) {
        _ if taken.is_some() => taken.unwrap_or_default(),
        (Some(text), _) => format!("Write `{text}`."),
        (None, DisagreementKind::Value | DisagreementKind::Rounding) => format!(
            "Read the whole sentence again, and write what is true now: the figure is {}.",
            notation::write(&datum, &notation::Style::default())
        ),
        _ => disagreement.help.clone(),
    };
    let place = part(link, &disagreement.range);
    let problem = Diagnostic::new(code(disagreement.kind), &place, disagreement.message.clone())
        .caption(caption(disagreement))
        .help(help);
    let problem = label(figure, problem);
    // A word is for an editor to change.
    let same_words = |text: &String| letters(text).eq(letters(&link.text));
    match mended.filter(|text| link.exact && same_words(text)) {
        Some(text) => problem.edit_of(&figure.id, &link.text_place, text),
        None => problem,
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphabetic())
}

/// What stands around the brackets of a figure.
fn around<'w>(link: &FigureLink, figure: &Figure, words: &'w PlainText) -> Around<'w> {
    let end = match figure.aspect {
        Aspect::Low => Some(Bound::AtLeast),
        Aspect::High => Some(Bound::UpTo),
        _ => None,
    };
    Around { before: words.text_before(link.behind), behind: words.text_behind(link.behind), end }
}

/// The problem of what stands right before or right behind a figure.
fn outside(link: &FigureLink, figure: &Figure, words: &PlainText, problem: Outside) -> Diagnostic {
    let end = link.behind as usize;
    let start = match problem.side {
        Side::Behind => end,
        Side::Before => end - '\u{FFFC}'.len_utf8() - words.text_before(link.behind).len(),
    };
    let place = match problem.range {
        Some(range) => words.place_of(start + range.start..start + range.end),
        None => link.text_place.clone(),
    };
    label(figure, Diagnostic::new(code(problem.kind), &place, problem.message).help(problem.help))
}

/// The help where what a number lacks is behind its link: `[38](figure:…) hours`, `[1.2](figure:…) million`, `[60](figure:…)%`.
fn taken_in(link: &FigureLink, figure: &Figure, words: &PlainText, kind: DisagreementKind) -> Option<String> {
    let is_unit = match kind {
        DisagreementKind::Unit => true,
        DisagreementKind::Value | DisagreementKind::Rounding => false,
        _ => return None,
    };
    let behind = words.text_behind(link.behind);
    let space = if behind.starts_with(' ') { " " } else { "" };
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let ends = behind.match_indices(|c: char| !c.is_alphabetic()).map(|(at, _)| at).chain([behind.len()]).take(2);
    let sign = behind.starts_with('%').then_some(1);
    let fits = |part: &&str| {
        let text = notation::read(&format!("{}{space}{part}", link.text));
        text.is_ok_and(|written| match notation::compare(&written, &figure.datum()) {
            Ok(_) => true,
            Err(problem) => is_unit && !matches!(problem.kind, DisagreementKind::Unit | DisagreementKind::Notation),
        })
    };
    let mut parts = sign.into_iter().chain(ends).filter_map(|end| behind.get(..end)).filter(|part| !part.is_empty());
    let part = parts.find(fits)?;
    Some(format!("Take `{part}` into the brackets: `[{}{space}{part}](figure:{})`.", link.text, link.id))
}

/// The problem of an id that states a direction which the figure does not have.
fn turned(link: &FigureLink, figure: &Figure) -> Diagnostic {
    let written = notation::write(&figure.datum(), &notation::Style::default());
    let direction = match figure.amount {
        Amount::One(ref value) => Direction::of(value),
        _ => None,
    };
    let now = match direction {
        Some(Direction::Up) => "now above zero",
        Some(Direction::Down) => "now below zero",
        None => "neither above nor below zero",
    };
    let message = format!("`{}` is {now}, {written}, so this sentence may say the opposite of what is true", figure.id);
    let help = format!("Read the sentence again, and change it until it is true of {written}.");
    label(figure, Diagnostic::new(&DIRECTION, &link.id_place, message).help(help))
}

fn unknown(site: &Site, link: &FigureLink) -> Option<Diagnostic> {
    if let Some(absence) = site.data.absence(&link.id) {
        return Some(absence.problem(&UNKNOWN, &link.id_place, HELP).missing(&link.id, None));
    }
    let set = link.id.split('.').next().unwrap_or("");
    let problem = Diagnostic::new(&UNKNOWN, &link.id_place, format!("there is no figure `{}`", link.id))
        .missing(&link.id, Some(HELP));
    let same_set = site.data.set(set).is_some();
    let mut known = site.data.figures.names().near(&link.id);
    known.sort_by_key(|id| same_set && id.split('.').next() != Some(set));
    // The figure that says what the text says, else one that counts the same, else any that is near.
    let written = notation::read(&link.text).ok();
    let agrees = |id: &str, or: &[DisagreementKind]| {
        let (Some(written), Some(figure)) = (&written, site.data.figures.get(id)) else { return false };
        notation::compare(written, &figure.datum()).map_or_else(|problem| or.contains(&problem.kind), |_| true)
    };
    let alike = [DisagreementKind::Value, DisagreementKind::Rounding, DisagreementKind::Sign, DisagreementKind::Bound];
    // `bands.l3.median` leaves out a part of `bands.l3.total.median`.
    let (start, end) = link.id.rsplit_once('.').unwrap_or((&link.id, ""));
    let end = format!(".{end}");
    let below = site.data.figures.below(start).iter().take(MOST_BELOW).map(|figure| &*figure.id);
    let skips = below.filter(|id| end.len() > 1 && id.ends_with(&end)).find(|id| agrees(id, &[]));
    let near = |or: &[DisagreementKind]| known.iter().copied().find(|id| agrees(id, or));
    let sure = skips.or_else(|| near(&[])).or_else(|| near(&alike));
    Some(match sure.or_else(|| known.first().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if same_set => {
            let below: Vec<&str> =
                site.data.figures.below(parent(&link.id)).iter().take(6).map(|figure| &*figure.id).collect();
            match below.is_empty() {
                true => problem.help(format!("`bandbook figures {set}` lists the figures of this set")),
                false => problem
                    .help(format!("there are {}; `bandbook figures {set}` lists all of this set", below.join(", "))),
            }
        }
        None => match nearest(set, site.data.sets.iter().map(|set| &*set.name)) {
            Some(near) => problem.help(format!("there is no data set `{set}`; did you mean `{near}`?")),
            None => problem
                .help(format!("there is no data set `{set}`: an id begins with the name of a file in content/data/")),
        },
    })
    .map(|problem| if same_set { problem } else { problem.subject(Subject::Set(set.into())) })
}

fn parent(id: &str) -> &str {
    id.rsplit_once('.').map_or(id, |(parent, _)| parent)
}

fn cannot_read(link: &FigureLink, figure: &Figure, unreadable: &Unreadable) -> Diagnostic {
    let in_words = matches!(
        unreadable.kind,
        UnreadableKind::MoneyInWords | UnreadableKind::PercentInWords | UnreadableKind::NumberInWords
    );
    let place = if in_words { link.text_place.clone() } else { part(link, &unreadable.range) };
    let written = notation::write(&figure.datum(), &notation::Style::default());
    let help = if in_words { format!("Type digits: `{written}`.") } else { unreadable.help.clone() };
    Diagnostic::new(&TEXT, &place, unreadable.message.clone())
        .help(help)
        .label(&figure.place, format!("the datum: {written}"))
}

/// Where a part of a figure's text stands, or the whole text where its bytes are not the file's.
fn part(link: &FigureLink, range: &Range<usize>) -> Place {
    match link.exact {
        true => {
            let start = link.text_place.span.start as usize;
            Place::new(&link.text_place.source, start + range.start..start + range.end)
        }
        false => link.text_place.clone(),
    }
}

fn code(kind: DisagreementKind) -> &'static Code {
    match kind {
        DisagreementKind::Value | DisagreementKind::Rounding | DisagreementKind::Digits => &VALUE,
        DisagreementKind::Sign => &DIRECTION,
        DisagreementKind::Unit | DisagreementKind::Currency => &UNIT,
        DisagreementKind::Shape => &SHAPE,
        DisagreementKind::Bound => &BOUND,
        DisagreementKind::Period => &PERIOD,
        DisagreementKind::Unstated => &UNSTATED,
        DisagreementKind::Notation => &TEXT,
    }
}

fn caption(disagreement: &Disagreement) -> String {
    match disagreement.kind {
        DisagreementKind::Value | DisagreementKind::Rounding | DisagreementKind::Sign => {
            format!("the datum is {}", disagreement.expected)
        }
        _ => format!("write {}", disagreement.expected),
    }
}

/// Adds the place of the datum; where it isn't calculated, that of what is missing for it.
fn label(figure: &Figure, problem: Diagnostic) -> Diagnostic {
    match (&figure.gap, &figure.inputs) {
        (Some(gap), _) => problem.label(&gap.place, format!("not calculated: {gap}")),
        (None, Some(_)) => problem.label(&figure.place, format!("`{}` is calculated from this", figure.id)),
        (None, None) => problem.label(&figure.place, format!("`{}`", figure.id)),
    }
}
