//! Figures in prose say what their data say.

use std::ops::Range;

use crate::check::{Look, Rule};
use crate::content::{FigureLink, Node};
use crate::data::notation::{self, Disagreement, DisagreementKind, Shape, Unreadable, UnreadableKind, Written};
use crate::data::{Aspect, Figure};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::site::{Site, visit, visit_page};

pub(crate) static RULE: Rule = Rule { codes: CODES, look: Look::Page(look) };

/// The same for the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static CODES: &[&Code] = &[&UNKNOWN, &TEXT, &VALUE, &UNIT, &SHAPE, &BOUND, &PERIOD, &UNSTATED, &PRECISION];

static UNKNOWN: Code = Code {
    name: "figure-unknown",
    severity: Severity::Error,
    rule: false,
    what: "A figure is bound to an id that no data set holds.",
    why: "The number in the sentence can't be held against anything.",
    example: "[$432K](figure:bands.l3.total.medain)",
    mend: "Write the figure's id: set, row, measure, side, with points between; `bandbook figures` lists them all.",
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
static UNIT: Code = Code {
    name: "figure-unit",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose has another unit or currency than its datum, or none.",
    why: "432 is not $432K, and 10 % is not 10 months.",
    example: "[432](figure:bands.l3.total.median)",
    mend: "Write the unit that the datum has, as the message shows it.",
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
    what: "A figure in prose says \"over\" or \"up to\" where its datum is no such threshold.",
    why: "\"Over $450K\" and \"$450K\" are two different statements.",
    example: "[over $432K](figure:bands.l3.total.median)",
    mend: "Leave the word out of the link, or give the datum its `bound`.",
};
static PERIOD: Code = Code {
    name: "figure-period",
    severity: Severity::Error,
    rule: false,
    what: "A figure in prose is paid for another period than its datum.",
    why: "An amount a month and the same amount a year differ twelvefold.",
    example: "[$432K a month](figure:bands.l3.total.median)",
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

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    visit_page(&site.pages[page].page, &mut |node| {
        if let Node::Figure(figure) = node {
            problems.extend(problem(site, figure));
        }
    });
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| {
            if let Node::Figure(figure) = node {
                problems.extend(problem(site, figure));
            }
        });
    }
}

/// What is wrong with a bound figure, if anything.
fn problem(site: &Site, link: &FigureLink) -> Option<Diagnostic> {
    // Of what a data file could not say whole, nothing is said: that file's own problems are reported.
    if site.data.is_broken(&link.id) {
        return None;
    }
    let Some(figure) = site.data.figures.get(&link.id) else { return unknown(site, link) };
    let written = match notation::read(&link.text) {
        Ok(written) => written,
        Err(unreadable) => return Some(cannot_read(link, figure, &unreadable)),
    };
    let datum = figure.datum();
    match notation::compare(&written, &datum) {
        Ok(agreement) => {
            let (message, help) = agreement.warning?;
            Some(Diagnostic::new(&PRECISION, &link.text_place, message).help(help).label(&figure.place, "the datum"))
        }
        Err(disagreement) => {
            let mended = rewritten(figure, &written);
            // The whole of the link's text, where there are words around the number.
            let help = match (&mended, disagreement.kind) {
                (Some(text), _) => format!("Write `{text}`."),
                (None, DisagreementKind::Value | DisagreementKind::Rounding | DisagreementKind::Sign) => format!(
                    "Read the whole sentence again, and write what is true now: the figure is {}.",
                    notation::write(&datum, &notation::Style { signed: may_fall(figure), ..Default::default() })
                ),
                _ => disagreement.help.clone(),
            };
            let help = match word_behind(link).filter(|_| disagreement.kind == DisagreementKind::Unit) {
                Some(word) if notation::read(&format!("{} {word}", link.text)).is_ok() => {
                    format!("take `{word}` into the brackets: `[{} {word}](figure:{})`", link.text, link.id)
                }
                _ => help,
            };
            let place = part(link, &disagreement.range);
            let problem = Diagnostic::new(code(disagreement.kind), &place, disagreement.message.clone())
                .caption(caption(&disagreement))
                .label(&figure.place, label(figure))
                .help(help);
            Some(match mended.filter(|_| link.exact) {
                Some(text) => problem.edit(&link.text_place, text),
                None => problem,
            })
        }
    }
}

/// The text with the figure's present size, where nothing but the size can have changed since it was written. Else
/// `None`: only an editor can say whether the sentence around the text is still true.
fn rewritten(figure: &Figure, written: &Written) -> Option<String> {
    // Without a sign of its own, the words around the text may say whether the figure rose or fell.
    let hides_sign = may_fall(figure) && matches!(&written.shape, Shape::One(number) if number.sign.is_none());
    if hides_sign { None } else { notation::rewrite(written, &figure.datum()) }
}

/// True if the figure can be below zero: a change, or a calculation that may be one.
fn may_fall(figure: &Figure) -> bool {
    matches!(figure.aspect, Aspect::Step | Aspect::MedianStep | Aspect::MedianOffset | Aspect::Calculation)
}

/// The word behind a link, which may be the unit of its number: `[38](figure:…) hours`.
fn word_behind(link: &FigureLink) -> Option<&str> {
    let behind = link.id_place.source.text().get(link.id_place.span.end as usize..)?.strip_prefix(") ")?;
    behind.split(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty())
}

fn unknown(site: &Site, link: &FigureLink) -> Option<Diagnostic> {
    let set = link.id.split('.').next().unwrap_or("");
    let problem = Diagnostic::new(&UNKNOWN, &link.id_place, format!("there is no figure `{}`", link.id));
    let known = || site.data.figures.iter().map(|figure| &*figure.id);
    let same_set = site.data.set(set).is_some();
    let near = |fits: &dyn Fn(&str) -> bool| match same_set {
        true => nearest(&link.id, known().filter(|id| fits(id) && id.split('.').next() == Some(set)))
            .or_else(|| nearest(&link.id, known().filter(|id| fits(id)))),
        false => nearest(&link.id, known().filter(|id| fits(id))),
    };
    // The figure that says what the text says, else one that counts the same, else any that is near.
    let written = notation::read(&link.text).ok();
    let agrees = |id: &str, or: &[DisagreementKind]| {
        let (Some(written), Some(figure)) = (&written, site.data.figures.get(id)) else { return false };
        notation::compare(written, &figure.datum()).map_or_else(|problem| or.contains(&problem.kind), |_| true)
    };
    let alike = [DisagreementKind::Value, DisagreementKind::Rounding, DisagreementKind::Sign, DisagreementKind::Bound];
    let sure = near(&|id| agrees(id, &[])).or_else(|| near(&|id| agrees(id, &alike)));
    // `bands.l3.median` leaves out a part of `bands.l3.total.median`.
    let skips = |id: &str| {
        let (start, end) = link.id.rsplit_once('.').unwrap_or((&link.id, ""));
        !end.is_empty()
            && id.strip_prefix(start).is_some_and(|rest| rest.starts_with('.') && rest.ends_with(&format!(".{end}")))
    };
    let sure = known().find(|id| skips(id) && agrees(id, &[])).or(sure);
    Some(match sure.or_else(|| near(&|_| true)) {
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
        DisagreementKind::Value | DisagreementKind::Rounding | DisagreementKind::Sign => &VALUE,
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

fn label(figure: &Figure) -> String {
    match &figure.inputs {
        Some(_) => format!("`{}` is calculated from this", figure.id),
        None => format!("`{}`", figure.id),
    }
}
